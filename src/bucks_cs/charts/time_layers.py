"""The layers of a line over time, from the breaks at the bottom to the words on top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from bucks_cs.charts.gap_marks import in_words
from bucks_cs.charts.naming_periods import short
from bucks_cs.charts.plotting import Plot, ends_of, noon, since_zero
from bucks_cs.charts.series_breaks import OwnBreak, parts_of
from bucks_cs.charts.style import DASHES, HEIGHT, INK, LINE, LINE_HEIGHT, PALETTE, RULE, WIDTH, altair, colours_for
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Reading
from bucks_cs.periods import Period

__all__ = ["TIME_WIDTH", "Sketch", "layers_of", "sketch_of"]

TIME_WIDTH = WIDTH - 80
_LETTER = 7.5
# A band thinner than this many pixels is not seen.
_SEEN = 2.0
_MANY = 40


@attrs.frozen(kw_only=True)
class Sketch:
    """What is to be drawn of a plot, worked out: rows of points, where the axis ends, and whether intervals can be seen.

    Args:
        plot: The readings.
        breaks: The breaks of its own series.
        rows: A row a reading that has a value, or an interval.
        ends: Where the upright axis begins and ends.
        shaded: Whether its intervals are drawn.
    """

    plot: Plot
    breaks: tuple[OwnBreak, ...]
    rows: tuple[dict[str, Any], ...]
    ends: tuple[float, float]
    shaded: bool


def sketch_of(plot: Plot, breaks: Sequence[OwnBreak]) -> Sketch:
    """What is to be drawn of readings.

    Args:
        plot: The readings.
        breaks: The breaks of its own series.
    """
    rows = [row for name in plot.names for row in _rows(name, plot.series(name), breaks)]
    numbers = [row["value"] for row in rows if "value" in row]
    # A range without a value is drawn by its ends, whatever their distance.
    spans = [(row["low"], row["high"]) for row in rows if "low" in row]
    ends = ends_of([*numbers, *(end for span in spans for end in span)], zero=since_zero(plot.indicator))
    widest = max((high - low for low, high in spans), default=0.0)
    shaded = widest / (ends[1] - ends[0]) * HEIGHT >= _SEEN
    return Sketch(plot=plot, breaks=tuple(breaks), rows=tuple(rows), ends=ends, shaded=shaded)


def _rows(name: str, series: Sequence[Reading], breaks: Sequence[OwnBreak]) -> list[dict[str, Any]]:
    rows = []
    for one, part in zip(series, parts_of(series, breaks), strict=True):
        row: dict[str, Any] = {"series": name, "part": f"{name} {part}", "at": noon(one.period.end)}
        row |= {"when": str(one.period), "said": in_words(one)}
        low, high = one.bound("lower"), one.bound("upper")
        row |= {} if one.number is None else {"value": one.number}
        row |= {} if low is None or high is None else {"low": low, "high": high}
        rows.append(row)
    return [row for row in rows if "value" in row or "low" in row]


def layers_of(sketch: Sketch) -> list[Any]:
    """The layers, the lowest first.

    Args:
        sketch: What is to be drawn.
    """
    alt, plot = altair(), sketch.plot
    x = _along(alt, plot.periods)
    colour = alt.Scale(domain=list(plot.names), range=colours_for(len(plot.names)))
    tell = {"color": alt.Color("series:N", scale=colour, legend=None)}
    dashes = alt.Scale(domain=list(plot.names), range=list(DASHES[: len(plot.names)]))
    dash = alt.StrokeDash("series:N", scale=dashes, legend=None)
    # The words over the plot push the heading of the axis up.
    axis = alt.Axis(grid=True, tickCount=6, titleY=-12 - LINE_HEIGHT * len(sketch.breaks))
    y = alt.Y("value:Q", title=plot.unit, scale=alt.Scale(domain=sketch.ends, nice=False, zero=False), axis=axis)
    points = [row for row in sketch.rows if "value" in row]
    base = alt.Chart(alt.Data(values=points))
    line = base.mark_line(strokeWidth=2.5).encode(x, y, strokeDash=dash, detail=alt.Detail("part:N"), **tell)
    size = 20 if len(points) > _MANY else 55
    tips = [alt.Tooltip("when:N", title="Period"), alt.Tooltip("said:N", title="Value")]
    point = base.mark_point(filled=True, size=size, opacity=1).encode(x, y, tooltip=tips, **tell)
    return [
        *_bands(alt, sketch),
        *_ranges(alt, sketch, x, y, tell),
        line,
        point,
        *_break_words(alt, sketch),
        *_gap_marks(alt, plot),
        *_labels(alt, sketch, tell, dash),
    ]


def _along(alt: Any, periods: Sequence[Period]) -> Any:
    """Time along, in one zone whatever machine draws it; as many ends of periods are named as there is room for."""
    ends = {period.end: short(period) for period in periods}
    room = int(TIME_WIDTH / (_LETTER * max(map(len, ends.values())) + 12))
    shown = sorted(ends)[:: -(1 + (len(ends) - 1) // max(room, 2))]
    names = ", ".join(f"'{day.isoformat()}': '{ends[day]}'" for day in sorted(shown))
    axis = alt.Axis(values=[noon(day) for day in shown], labelExpr=f"({{{names}}})[utcFormat(datum.value, '%Y-%m-%d')]")
    return alt.X("at:T", title=None, axis=axis, scale=alt.Scale(type="utc", padding=8))


def _ranges(alt: Any, sketch: Sketch, x: Any, y: Any, tell: dict[str, Any]) -> list[Any]:
    """Intervals: a band along each part of a line, and an upright where a point stands alone or has no value."""
    if not sketch.shaded:
        return []
    there = [row for row in sketch.rows if "low" in row]
    joined = [row for row in there if "value" in row]
    many = {row["part"] for row in joined if sum(other["part"] == row["part"] for other in joined) > 1}
    low = alt.Y("low:Q", title=sketch.plot.unit, scale=y["scale"], axis=y["axis"])
    layers = []
    band = [row for row in joined if row["part"] in many]
    if band:
        area = alt.Chart(alt.Data(values=band)).mark_area(opacity=0.2)
        layers.append(area.encode(x, low, alt.Y2("high:Q"), detail=alt.Detail("part:N"), **tell))
    alone = [row for row in there if "value" not in row or row["part"] not in many]
    if alone:
        layers.append(
            alt.Chart(alt.Data(values=alone)).mark_rule(strokeWidth=3, opacity=0.4).encode(x, low, y2=alt.Y2("high:Q"), **tell)
        )
    return layers


def _bands(alt: Any, sketch: Sketch) -> list[Any]:
    """A grey band over the days among which a break lies, where no one day is known."""
    rows = [{"at": noon(on), "to": noon(latest)} for on, latest in {each.span for each in sketch.breaks} if latest is not None]
    if not rows:
        return []
    band = alt.Chart(alt.Data(values=sorted(rows, key=lambda row: row["at"]))).mark_rect(color=RULE, opacity=0.55)
    return [band.encode(alt.X("at:T", title=None), x2=alt.X2("to:T"))]


def _break_words(alt: Any, sketch: Sketch) -> list[Any]:
    """An upright line for each break, with its words over the plot, one above another."""
    periods = sketch.plot.periods
    first, last = periods[0].end, periods[-1].end
    layers = []
    for place, each in enumerate(sketch.breaks):
        day = each.drawn_at([period.end for period in periods])
        late = (day - first) > (last - first) * 0.6
        base = alt.Chart(alt.Data(values=[{"at": noon(day), "text": each.label}])).encode(alt.X("at:T", title=None))
        top = -4 - LINE_HEIGHT * place
        rule = base.mark_rule(color=PALETTE["dark grey"], strokeDash=[3, 3])
        layers.append(rule.encode(y=alt.YValue(top), y2=alt.Y2Value("height")))
        side = {"align": "right", "dx": -4} if late else {"align": "left", "dx": 4}
        words = base.mark_text(baseline="bottom", fontSize=13, color=INK, **side)
        layers.append(words.encode(y=alt.YValue(top), text=alt.Text("text:N")))
    return layers


def _gap_marks(alt: Any, plot: Plot) -> list[Any]:
    """The mark of each gap, on the axis at the end of its period."""
    days: dict[dt.date, dict[str, None]] = {}
    for _, one in plot.withheld:
        days.setdefault(one.period.end, {})[in_words(one)] = None
    if not days:
        return []
    rows = [{"at": noon(day), "text": " ".join(found)} for day, found in sorted(days.items())]
    words = alt.Chart(alt.Data(values=rows)).mark_text(baseline="bottom", dy=-3, fontSize=12, color=INK)
    return [words.encode(alt.X("at:T", title=None), y=alt.YValue("height"), text=alt.Text("text:N"))]


def _labels(alt: Any, sketch: Sketch, tell: dict[str, Any], dash: Any) -> list[Any]:
    """The last value of each series, with its name and a piece of its line, beside the plot, and none over another."""
    plot, several = sketch.plot, len(sketch.plot.names) > 1
    last = dict(plot.there)
    places = apart({name: _number(one) for name, one in last.items()}, room=(sketch.ends[1] - sketch.ends[0]) * 17 / HEIGHT)
    rows = [
        {
            "series": name,
            "at": noon(one.period.end),
            "value": one.number,
            "place": places[name],
            "text": _label(name, one, early=one.period.end < plot.periods[-1].end),
        }
        for name, one in last.items()
    ]
    base = alt.Chart(alt.Data(values=rows))
    edge, place = {"x": alt.XValue("width")}, alt.Y("place:Q", title=plot.unit)
    words = base.mark_text(align="left", dx=26 if several else 9, fontSize=13, fontWeight="bold", color=INK)
    layers = [words.encode(place, text=alt.Text("text:N"), **edge)]
    if any(row["at"] != noon(plot.periods[-1].end) for row in rows):
        lead = base.mark_rule(color=LINE, strokeWidth=1, strokeDash=[1, 3])
        layers.insert(0, lead.encode(alt.X("at:T", title=None), alt.Y("value:Q"), x2=alt.X2Value("width"), y2=alt.Y2("place:Q")))
    if several:
        key = base.mark_rule(strokeWidth=2.5, xOffset=8, x2Offset=23)
        layers.append(key.encode(place, x2=alt.X2Value("width"), strokeDash=dash, **edge, **tell))
    return layers


def _label(name: str, one: Reading, *, early: bool) -> str:
    said = f"{in_words(one)} ({short(one.period)})" if early else in_words(one)
    return f"{name}: {said}" if name else said


def _number(one: Reading) -> float:
    if one.number is None:  # pragma: no cover - only readings with a value come here
        raise InvalidValue(what="a reading", expected="one that has a value")
    return one.number


def apart(values: dict[str, float], *, room: float) -> dict[str, float]:
    """Places for labels: their values, moved up from the lowest until each has room.

    Args:
        values: The value of each series.
        room: How far apart two labels must stand.

    Example:
        >>> apart({"a": 5.0, "b": 5.5, "c": 9.0}, room=1.0)
        {'a': 5.0, 'b': 6.0, 'c': 9.0}
    """
    places: dict[str, float] = {}
    least = -float("inf")
    for name, value in sorted(values.items(), key=lambda pair: pair[1]):
        places[name] = max(value, least)
        least = places[name] + room
    return places
