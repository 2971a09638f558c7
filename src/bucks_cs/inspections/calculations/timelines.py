"""Inspections: the timeline of an area: which judgements and which interventions were in force on a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.geography import area as area_of
from bucks_cs.indicators.wording import definition_table
from bucks_cs.inspections.model.dates import between_in_words
from bucks_cs.inspections.model.fields import When, as_tuple, each_of, first_day, in_a_sentence, last_day, need_day, said_of
from bucks_cs.inspections.model.interventions import Intervention
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.scales import Grade
from bucks_cs.provenance import day_in_words

__all__ = ["Standing", "Timeline", "timeline"]


def stands_from(outcome: InspectionOutcome) -> When:
    """From when an outcome stands: the day of its report; where that is not known, its last day, or its first.

    Args:
        outcome: The outcome.
    """
    return outcome.published or outcome.end or outcome.start


def _outcomes(given: Any) -> tuple[Any, ...]:
    found = as_tuple(given)
    if not all(isinstance(one, InspectionOutcome) for one in found):
        return found
    return tuple(sorted(found, key=lambda one: (last_day(one.start), one.regime.key, one.body)))


def _interventions(given: Any) -> tuple[Any, ...]:
    found = as_tuple(given)
    return tuple(sorted(found, key=lambda one: last_day(one.begun))) if all(isinstance(x, Intervention) for x in found) else found


@attrs.frozen(kw_only=True)
class Standing:
    """What was in force in an area on a day.

    Args:
        day: The day.
        outcomes: The newest full inspection of each body that stood by then.
        since: What came after it, and changes no grade: visits, revisits, ungraded inspections.
        interventions: The interventions that were in force.
        perhaps: What was in force or was not: its sources leave the day open.
    """

    day: dt.date
    outcomes: tuple[InspectionOutcome, ...]
    since: tuple[InspectionOutcome, ...]
    interventions: tuple[Intervention, ...]
    perhaps: tuple[InspectionOutcome | Intervention, ...]

    def __str__(self) -> str:
        parts = [f"{one.body_name}: {_result(one)} ({one.regime.title})" for one in self.outcomes]
        parts += [one.title for one in self.interventions]
        parts += [
            f"perhaps {one.title if isinstance(one, Intervention) else in_a_sentence(one.activity.title)}" for one in self.perhaps
        ]
        return f"On {day_in_words(self.day)}: {'; '.join(parts) or 'nothing known'}."


@attrs.frozen(kw_only=True)
class Timeline:
    """The inspections of an area and the interventions in it, in order of time.

    Args:
        outcomes: The outcomes, of the authority, the area's SEND, its schools and homes.
        interventions: The interventions.

    Raises:
        InvalidValue: Nothing at all, things of several areas, or something of another kind.
    """

    outcomes: tuple[InspectionOutcome, ...] = attrs.field(
        converter=_outcomes, validator=each_of(InspectionOutcome, "an InspectionOutcome each")
    )
    interventions: tuple[Intervention, ...] = attrs.field(
        default=(), converter=_interventions, validator=each_of(Intervention, "an Intervention each")
    )

    def __attrs_post_init__(self) -> None:
        if len({one.area for one in self.outcomes} | {one.area for one in self.interventions}) != 1:
            raise InvalidValue(what="Timeline", expected="outcomes and interventions of one area, and one or more of them")

    @property
    def area(self) -> str:
        """The LA number of the area."""
        return (self.outcomes or self.interventions)[0].area

    def on(self, day: dt.date) -> Standing:
        """What was in force on a day.

        A judgement stands from the day its report is published until the next full inspection of the same body is, whatever its
        regime; one whose report has no known day stands from the last day of the inspection or, that unknown too, from its first.
        Where a day is only bounded, what may or may not have been in force is given apart, and what stood before it stays.

        Args:
            day: The day.

        Returns:
            A `Standing`; with nothing in it before the first report.

        Raises:
            InvalidValue: It is no plain date.
        """
        need_day(day, what="day")
        out = [one for one in self.outcomes if last_day(stands_from(one)) <= day]
        newest = {(one.regime.family, one.body): one for one in sorted(out, key=_published) if one.activity.is_full}
        standing = tuple(newest.values())
        held = {one: one.holds(day) for one in self.interventions}
        open_to_doubt = (one for one in self.outcomes if first_day(stands_from(one)) <= day < last_day(stands_from(one)))
        return Standing(
            day=day,
            outcomes=tuple(one for one in self.outcomes if one in standing),
            since=tuple(one for one in out if not one.activity.is_full and _after_its_own(one, newest)),
            interventions=tuple(one for one, holds in held.items() if holds),
            perhaps=(*open_to_doubt, *(one for one, holds in held.items() if holds is None)),
        )

    @property
    def entries(self) -> tuple[InspectionOutcome | Intervention, ...]:
        """All there is, in order of its first day, or of the last that it can be."""
        return tuple(sorted((*self.outcomes, *self.interventions), key=_first))

    def __str__(self) -> str:
        lines = [f"{_when(one)}: {_what(one)}" for one in self.entries]
        return "\n".join([f"{area_of(self.area).name}:", *(f"- {line}" for line in lines)])

    def _repr_html_(self) -> str:
        said: dict[str, str] = {}
        for one in self.entries:
            said[_when(one)] = "; ".join(filter(None, (said.get(_when(one), ""), _what(one))))
        return definition_table(f"Inspections and interventions, {area_of(self.area).name}", said)


def _published(outcome: InspectionOutcome) -> tuple[dt.date, dt.date]:
    return last_day(stands_from(outcome)), first_day(outcome.start)


def _after_its_own(outcome: InspectionOutcome, newest: dict[Any, InspectionOutcome]) -> bool:
    """Whether it came after the full inspection that stands for the same body, or there is none."""
    full = newest.get((outcome.regime.family, outcome.body))
    return full is None or first_day(outcome.start) >= first_day(full.start)


def _first(one: InspectionOutcome | Intervention) -> dt.date:
    return last_day(one.start if isinstance(one, InspectionOutcome) else one.begun)


def _when(one: InspectionOutcome | Intervention) -> str:
    if isinstance(one, InspectionOutcome):
        return between_in_words(one.start, one.end, one.published)
    return f"from {said_of(one.begun)}" + ("" if one.ended is None else f" to {said_of(one.ended)}")


def _what(one: InspectionOutcome | Intervention) -> str:
    if isinstance(one, Intervention):
        return one.title
    return f"{one.body_name}, {in_a_sentence(one.activity.title)} ({one.regime.title}): {_result(one)}"


def _result(one: InspectionOutcome) -> str:
    """The outcome in a few words: its overall grade, or its judgements where there is none."""
    if isinstance(one.overall, Grade):
        return one.overall.wording
    return "; ".join(map(str, one.judgements)) or ("no grades" if not one.activity.carries_grades else "grades not given")


def timeline(outcomes: Iterable[InspectionOutcome] = (), *, interventions: Iterable[Intervention] = ()) -> Timeline:
    """The inspections of an area and the interventions in it as one timeline, which can be asked what was in force on a day.

    Args:
        outcomes: Outcomes of one area, in any order: its authority, its SEND, its schools and homes.
        interventions: Interventions in the same area.

    Returns:
        A `Timeline`; `Timeline.on` gives what was in force on a day.

    Raises:
        InvalidValue: Nothing at all, things of several areas, or something of another kind.

    Source:
        The outcomes' and interventions' own. That a judgement stands from the day of its report, or from the inspection where no
        day of a report is known, is this library's rule.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.inspections import timeline
        >>> bucks = timeline(record.inspection_outcomes(), interventions=record.interventions())
        >>> then = bucks.on(dt.date(2020, 6, 1))
        >>> [str(outcome.overall) for outcome in then.outcomes], [one.kind.value for one in then.interventions]
        (['inadequate', 'good'], ['statutory direction'])
    """
    return Timeline(outcomes=outcomes, interventions=interventions)
