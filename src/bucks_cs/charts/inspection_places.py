"""Where the points, bars and words of a timeline of inspections stand, so that none covers another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import attrs

from bucks_cs.charts.plotting import noon
from bucks_cs.charts.style import LINE_HEIGHT, wrapped
from bucks_cs.inspections import Grade, InspectionOutcome, Intervention, Timeline
from bucks_cs.provenance import DateBounds, day_in_words

__all__ = ["Places", "day_of", "placed", "result"]

_WORDS, _LABELS = 22, 32
_LETTER = 6.6
# Between a point and the words nearest to it; between words; round the labels of a row.
_NEAR, _GAP, _MARGIN = 10, 6, 8
_BAR = 34
# Room before the first day and after the last, as a part of the whole.
_PAD = 0.03


@attrs.frozen(kw_only=True)
class Places:
    """What is drawn, with the height of each thing in pixels from the top.

    Args:
        points: A row an inspection.
        words: The results, where they stand.
        leads: From a point to words that are not next to it.
        bars: A row an intervention, over the days that are certain.
        open_days: What lies between two days.
        rows: The rows, with their names.
        first: The first day of the chart.
        last: The last.
        height: Of the plot.
    """

    points: list[dict[str, Any]]
    words: list[dict[str, Any]]
    leads: list[dict[str, Any]]
    bars: list[dict[str, Any]]
    open_days: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    first: dt.date
    last: dt.date
    height: float


@attrs.frozen(kw_only=True)
class _Scale:
    """Days as pixels, and back."""

    first: dt.date
    days: int
    width: int

    def pixel(self, day: dt.date) -> float:
        return (day - self.first).days / self.days * self.width

    def day(self, pixel: float) -> dt.date:
        return self.first + dt.timedelta(days=round(pixel / self.width * self.days))


def day_of(when: dt.date | DateBounds) -> dt.date:
    """The day a point stands on: the last it can be.

    Args:
        when: A day, or the bounds it lies within.
    """
    return when.latest if isinstance(when, DateBounds) else when


def _earliest(when: dt.date | DateBounds) -> dt.date:
    return when.earliest if isinstance(when, DateBounds) else when


def result(one: InspectionOutcome) -> str:
    """The grade of an inspection as a whole, in its own words.

    Args:
        one: The inspection.
    """
    return one.overall.wording if isinstance(one.overall, Grade) else "no grade"


def placed(line: Timeline, *, width: int) -> Places:
    """Where everything stands.

    Args:
        line: The inspections and interventions.
        width: Of the plot, in pixels.
    """
    days = [day for one in line.outcomes for day in (_earliest(one.start), day_of(one.start))]
    spans = [day for one in line.interventions for day in (one.begun, one.ended) if day is not None]
    days += [end for day in spans for end in (_earliest(day), day_of(day))]
    pad = dt.timedelta(days=max(60, round((max(days) - min(days)).days * _PAD)))
    first, last = min(days) - pad, max(days) + pad
    places = Places(
        points=[], words=[], leads=[], bars=[], open_days=[], rows=[], first=first, last=last, height=0.0
    )  # fmt: skip
    scale = _Scale(first=first, days=(last - first).days, width=width)
    regimes: dict[str, list[InspectionOutcome]] = {}
    for one in line.outcomes:
        regimes.setdefault(one.regime.title, []).append(one)
    height = 0.0
    for title, of_regime in regimes.items():
        height = _inspections(places, title, of_regime, scale, height)
    for title, lane in _lanes(line.interventions, last):
        height = _interventions(places, title, lane, height)
    return attrs.evolve(places, height=height)


def _inspections(places: Places, title: str, found: Sequence[InspectionOutcome], scale: _Scale, top: float) -> float:
    """One row of points, as high as its words need; gives where the next begins."""
    told = [(one, wrapped(result(one), _WORDS)) for one in found if one.activity.is_full]
    levels = _levels([_width(scale, one, lines) for one, lines in told])
    line = max((len(lines) for _, lines in told), default=0) * LINE_HEIGHT + _GAP
    above, below = (max((level for level in levels if level * sign > 0), key=abs, default=0) for sign in (1, -1))
    name = wrapped(title, _LABELS)
    half = max(len(name) * LINE_HEIGHT / 2, _NEAR) + _MARGIN / 2
    middle = top + max(half, _NEAR + above * line)
    places.rows.append({"text": "\n".join(name), "y": middle})
    for one in found:
        places.points.append(_point(one, middle))
        if isinstance(one.start, DateBounds):
            places.open_days.append({"at": noon(one.start.earliest), "to": noon(one.start.latest), "y": middle})
    for (one, lines), level in zip(told, levels, strict=True):
        near = _NEAR + (abs(level) - 1) * line
        tall = len(lines) * LINE_HEIGHT
        y = middle + near + tall / 2 if level < 0 else middle - near - tall / 2
        left, right = _width(scale, one, lines)
        places.words.append({"text": "\n".join(lines), "at": noon(scale.day((left + right) / 2)), "y": y})
        if abs(level) > 1:
            places.leads.append({"at": noon(day_of(one.start)), "y": middle, "to": y})
    return middle + max(half, _NEAR - below * line)


def _point(one: InspectionOutcome, middle: float) -> dict[str, Any]:
    said = f"{one.activity.title}, {day_in_words(day_of(one.start))}: {result(one)}"
    return {"at": noon(day_of(one.start)), "y": middle, "full": one.activity.is_full, "said": said}


def _width(scale: _Scale, one: InspectionOutcome, lines: Sequence[str]) -> tuple[float, float]:
    """How far words reach to the left and right; those at the left edge are moved into the plot, away from the row's name."""
    half = max(map(len, lines)) * _LETTER / 2
    middle = max(scale.pixel(day_of(one.start)), half + 2)
    return middle - half, middle + half


def _levels(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For words from left to right the level of each: 1 above the line, -1 below, 2 above that; the first with room.

    The side that the words before are not on is tried first.
    """
    taken: dict[int, float] = {}
    found: list[int] = []
    for left, right in spans:
        side = -1 if found and found[-1] > 0 else 1
        level = next(
            sign * side * height
            for height in range(1, len(spans) + 2)
            for sign in (1, -1)
            if taken.get(sign * side * height, -float("inf")) + _GAP <= left
        )
        taken[level] = right
        found.append(level)
    return found


def _lanes(found: Sequence[Intervention], last: dt.date) -> list[tuple[str, list[tuple[Intervention, dt.date]]]]:
    """Interventions by their title; one that overlaps another of its title is in a row of its own."""
    lanes: list[tuple[str, list[tuple[Intervention, dt.date]]]] = []
    for one in found:
        end = last if one.ended is None else day_of(one.ended)
        free = next((lane for title, lane in lanes if title == one.title and lane[-1][1] < _earliest(one.begun)), None)
        if free is None:
            lanes.append((one.title, [(one, end)]))
        else:
            free.append((one, end))
    return lanes


def _interventions(places: Places, title: str, lane: Sequence[tuple[Intervention, dt.date]], top: float) -> float:
    name = wrapped(title, _LABELS)
    tall = max(_BAR, len(name) * LINE_HEIGHT + _MARGIN)
    middle = top + tall / 2
    places.rows.append({"text": "\n".join(name), "y": middle})
    for one, end in lane:
        sure = day_of(one.begun), end if one.ended is None else _earliest(one.ended)
        if sure[0] < sure[1]:
            places.bars.append({"at": noon(sure[0]), "to": noon(sure[1]), "y": middle, "said": one.title})
        for when in (one.begun, one.ended):
            if isinstance(when, DateBounds):
                places.open_days.append({"at": noon(when.earliest), "to": noon(when.latest), "y": middle})
    return top + tall
