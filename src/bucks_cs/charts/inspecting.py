"""The timeline of an area's inspections: a row a regime, a point an inspection, and the interventions as spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bucks_cs.charts.inspection_layers import TIMELINE_WIDTH, layers_of
from bucks_cs.charts.inspection_places import day_of, placed, result
from bucks_cs.charts.plotting import area_name, is_frame
from bucks_cs.charts.style import Chart, finished, own_words
from bucks_cs.errors import InvalidValue
from bucks_cs.inspections import Grade, InspectionOutcome, Intervention, Timeline, outcomes_of, timeline
from bucks_cs.provenance import DateBounds, NoOfficialSource, day_in_words

__all__ = ["inspection_timeline"]


def inspection_timeline(
    inspections: Timeline | Iterable[InspectionOutcome | Intervention] | Any,
    *,
    headline: str | None = None,
    subtitle: str | None = None,
) -> Chart:
    """The inspections and interventions of an area along time: a row for each regime, since their grades are no one scale.

    Args:
        inspections: A `bucks_cs.inspections.Timeline`, outcomes and interventions of one area, or a frame of judgements of any
            engine, raw or checked by `bucks_cs.inspections.Judgements` (as `bucks_cs.inspections.frame_of` gives).
        headline: What it shows, in a sentence; None gives the last grade of the authority, or of the area.
        subtitle: Whose inspections, and when; None writes it.

    Returns:
        A chart with a point on the first day of each inspection, its result in words above or below it, and a bar from the first
        day of each intervention to its last; one with no end on record runs on to the last day of the chart. Of a day that is
        only known to lie between two others the point stands on the later, and a dashed line runs over all of them; a bar is
        drawn over the days that are certain. A visit has no words: it gives no grade.

    Raises:
        InvalidValue: Nothing, things of several areas, or something else.
        FrameProblems: A frame breaks a rule of `bucks_cs.inspections.Judgements`.
        MissingExtra: The extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs import inspections, record
        >>> from bucks_cs.charts import alt_text, inspection_timeline
        >>> bucks = inspections.timeline(record.inspection_outcomes(), interventions=record.interventions())
        >>> print(alt_text(inspection_timeline(bucks)))
        Timeline of inspections in Buckinghamshire. Buckinghamshire, Single inspection framework, 3 June 2014: ...
    """
    line = _timeline(inspections)
    name, places = area_name(line.area), placed(line, width=TIMELINE_WIDTH)
    return finished(
        layers_of(places),
        headline=own_words(headline, _headline(line, name), what="headline"),
        subtitle=own_words(subtitle, _subtitle(line, name), what="subtitle"),
        description=f"Timeline of inspections in {name}. {' '.join(_sentences(line))}",
        width=TIMELINE_WIDTH,
        height=places.height,
    )


def _timeline(given: Any) -> Timeline:
    if isinstance(given, Timeline):
        return given
    if is_frame(given):
        judged = outcomes_of(given, source=NoOfficialSource(reason="a frame given to a chart"))
        if not judged:
            raise InvalidValue(what="inspections", expected="one judgement or more")
        return timeline(judged)
    things = (given,) if isinstance(given, InspectionOutcome) else tuple(given) if isinstance(given, Iterable) else ()
    if not things or not all(isinstance(one, (InspectionOutcome, Intervention)) for one in things):
        expected = "a Timeline, outcomes and interventions of one area, or a frame of judgements"
        raise InvalidValue(what="inspections", expected=expected)
    outcomes = [one for one in things if isinstance(one, InspectionOutcome)]
    return timeline(outcomes, interventions=[one for one in things if isinstance(one, Intervention)])


def _headline(line: Timeline, name: str) -> str:
    own = [one for one in line.outcomes if one.activity.is_full and isinstance(one.overall, Grade) and one.body == one.area]
    if not own:
        return f"Inspections in {name}"
    last = max(own, key=lambda one: day_of(one.start))
    return f"{name}, last judged in {day_of(last.start).year}: {result(last)}"


def _subtitle(line: Timeline, name: str) -> str:
    fulls = {one.activity.is_full for one in line.outcomes}
    kinds = [word for full, word in ((True, "circle: full inspection"), (False, "diamond: visit or review")) if full in fulls]
    kinds += ["bar: intervention"] if line.interventions else []
    days = [day for one in line.outcomes for day in [one.start]]
    days += [day for one in line.interventions for day in (one.begun, one.ended) if day is not None]
    notes = ["Dashed: the day lies somewhere along it"] if any(isinstance(day, DateBounds) for day in days) else []
    if any(one.ended is None for one in line.interventions):
        notes += ["A bar that runs to the edge has no end on record"]
    return "\n".join([f"{name}: inspections by regime ({'; '.join(kinds)})", *notes])


def _sentences(line: Timeline) -> list[str]:
    return [*map(_outcome, line.outcomes), *map(_intervention, line.interventions)]


def _outcome(one: InspectionOutcome) -> str:
    return f"{one.body_name}, {one.regime.title}, {day_in_words(one.start)}: {one.activity.title}, {result(one)}."


def _intervention(one: Intervention) -> str:
    begun = day_in_words(one.begun)
    ended = ", no end on record" if one.ended is None else f"; ended {day_in_words(one.ended)}"
    return f"{one.title}: begun {begun}{ended}."
