"""Lying bars, which every chart of categories is made of: a bar a row, its range as a line, and its figure in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from bucks_cs.charts.plotting import ends_of
from bucks_cs.charts.style import (
    FONT,
    INK,
    LINE,
    LINE_HEIGHT,
    PALETTE,
    WIDTH,
    Chart,
    altair,
    colours_for,
    finished,
    placed_words,
    wrapped,
)

__all__ = ["Bar", "Mark", "lying_bars", "ranges_that_show"]

_ROW, _NARROW = 34, 22
BAR_WIDTH = WIDTH - 240
# A range narrower than this many pixels is not seen.
_SEEN = 3.0


@attrs.frozen(kw_only=True)
class Bar:
    """One bar: what it is of, how long it is, and the words beside it.

    Args:
        label: The row it stands in.
        said: The words beside it.
        value: Its length; None draws none, and the words alone stand there.
        low: The least it may be, where that is known.
        high: The most.
        group: Which of the bars of its row it is; empty where a row has one.
    """

    label: str
    said: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    group: str = ""


@attrs.frozen(kw_only=True)
class Mark:
    """A value that bars are set beside: an upright over all rows with its words above, or over one row.

    Args:
        at: The value.
        text: Its words, over the plot; empty for none.
        label: The row it is for; empty for all of them.
        dashed: Whether its line is dashed, as that of what is no longer in force.
    """

    at: float
    text: str = ""
    label: str = ""
    dashed: bool = False


def ranges_that_show(bars: Sequence[Bar]) -> list[Bar]:
    """The same bars, without ranges where all are too narrow to be seen: of those nothing need be said.

    Args:
        bars: The bars of a chart.
    """
    numbers = [number for bar in bars for number in (0.0, bar.value, bar.low, bar.high) if number is not None]
    low, high = ends_of(numbers or [0.0], zero=True)
    widest = max((bar.high - bar.low for bar in bars if bar.low is not None and bar.high is not None), default=0.0)
    shown = widest / (high - low) * BAR_WIDTH >= _SEEN
    return list(bars) if shown else [attrs.evolve(bar, low=None, high=None) for bar in bars]


def lying_bars(
    bars: Sequence[Bar], *, axis: str, headline: str, subtitle: str, description: str, marked: Sequence[Mark] = ()
) -> Chart:
    """Bars that lie, in the order given, on an axis that begins at zero.

    Args:
        bars: The bars; those of a row stand together.
        axis: The heading of the axis.
        headline: As for every chart.
        subtitle: As for every chart.
        description: The alternative text.
        marked: Values that the bars are set beside.
    """
    alt = altair()
    rows, labels = [_row(bar, marked) for bar in bars], list(dict.fromkeys(_lines(bar.label) for bar in bars))
    groups = list(dict.fromkeys(bar.group for bar in bars))
    numbers = [number for bar in bars for number in (bar.value, bar.low, bar.high) if number is not None]
    low, high = ends_of([*numbers, *(mark.at for mark in marked)] or [0.0], zero=True)
    scale = alt.Scale(domain=[low, high], nice=False)
    x = alt.X("value:Q", title=axis, scale=scale, axis=alt.Axis(grid=False, tickCount=6))
    y = alt.Y("label:N", sort=labels, title=None, axis=None, scale=alt.Scale(domain=labels))
    beside = {"yOffset": alt.YOffset("group:N", sort=groups, scale=alt.Scale(domain=groups))} if len(groups) > 1 else {}
    names = [{"label": label} for label in labels]
    layers = [
        *_drawn(alt, rows, groups, x, y, beside),
        *_uprights(alt, marked, x, y),
        alt.Chart(alt.Data(values=[{"value": 0}])).mark_rule(color=LINE).encode(x),
        *placed_words(names, x=alt.XValue(0), y=y, text="label", align="right", dx=-10, font=FONT),
    ]
    most = max(label.count("\n") + 1 for label in labels)
    step = max(_ROW, LINE_HEIGHT * most + 8) if len(groups) == 1 else max(_NARROW, (LINE_HEIGHT * most + 4) // len(groups))
    words = {"headline": headline, "subtitle": subtitle, "description": description}
    return finished(layers, width=BAR_WIDTH, height=alt.Step(step), **words)


def _drawn(alt: Any, rows: list[dict[str, Any]], groups: list[str], x: Any, y: Any, beside: dict[str, Any]) -> list[Any]:
    """The bars, their ranges, and the words after each."""
    colour = alt.Color("group:N", scale=alt.Scale(domain=groups, range=colours_for(len(groups))), legend=None)
    tips = [alt.Tooltip("label:N", title="What"), alt.Tooltip("said:N", title="Figure")]
    base = alt.Chart(alt.Data(values=rows))
    layers = [base.mark_bar(invalid="filter").encode(x, y, color=colour, tooltip=tips, **beside)]
    spans = [row for row in rows if "low" in row]
    if spans:
        low = alt.X("low:Q", title=x["title"], scale=x["scale"], axis=x["axis"])
        span = alt.Chart(alt.Data(values=spans))
        # White about the line, or its part inside a dark bar is not seen.
        layers += [
            span.mark_rule(color=colour_, strokeWidth=width).encode(low, y, x2=alt.X2("high:Q"), **beside)
            for colour_, width in (("white", 4), (PALETTE["dark grey"], 2))
        ]
    words = base.mark_text(align="left", dx=7, fontSize=13, fontWeight="bold", color=INK, font=FONT)
    end = alt.X("end:Q", title=x["title"], scale=x["scale"], axis=x["axis"])
    return [*layers, words.encode(end, y, text=alt.Text("said:N"), **beside)]


def _row(bar: Bar, marked: Sequence[Mark]) -> dict[str, Any]:
    """A bar as data; its words stand clear of the bar, of its range, and of what is marked in its row."""
    own = [mark.at for mark in marked if mark.label == bar.label]
    ends = [0.0, *own, *(number for number in (bar.value, bar.high) if number is not None)]
    said = f"{bar.group}: {bar.said}" if bar.group else bar.said
    row: dict[str, Any] = {"label": _lines(bar.label), "value": bar.value, "said": said, "group": bar.group, "end": max(ends)}
    if bar.low is not None and bar.high is not None:
        row |= {"low": bar.low, "high": bar.high}
    return row


def _lines(label: str) -> str:
    return "\n".join(wrapped(label))


def _uprights(alt: Any, marked: Sequence[Mark], x: Any, y: Any) -> list[Any]:
    """What the bars are set beside: over all rows, with words over the plot; or over its own row.

    Words stand to the left of their line, and the farther right a line is the higher they are, so that no line crosses words.
    """
    layers: list[Any] = []
    look = {"color": PALETTE["dark pink"], "strokeWidth": 3}
    for place, mark in enumerate(sorted((one for one in marked if not one.label), key=lambda one: one.at)):
        base = alt.Chart(alt.Data(values=[{"value": mark.at, "text": mark.text}])).encode(x)
        top = -4 - LINE_HEIGHT * place
        dashes = [6, 3] if mark.dashed else [1, 0]
        layers.append(base.mark_rule(strokeDash=dashes, **look).encode(y=alt.YValue(top), y2=alt.Y2Value("height")))
        words = base.mark_text(align="right", dx=2, dy=-2, baseline="bottom", fontSize=13, color=INK, font=FONT)
        layers.append(words.encode(y=alt.YValue(top), text=alt.Text("text:N")))
    own = [{"value": one.at, "label": _lines(one.label)} for one in marked if one.label]
    if own:
        layers.append(alt.Chart(alt.Data(values=own)).mark_tick(thickness=3, opacity=1, color=PALETTE["dark pink"]).encode(x, y))
    return layers
