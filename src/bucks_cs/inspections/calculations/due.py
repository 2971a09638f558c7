"""Inspections: how long ago one was, when the next is to be, and when an answer to it is due."""

from __future__ import annotations

import calendar as months_of
import datetime as dt
from collections.abc import Iterable

import attrs

from bucks_cs import working_days
from bucks_cs.errors import InvalidValue, NotInForce, of_kind
from bucks_cs.inspections.model.fields import first_day, last_day, need_day
from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.scales import Grade
from bucks_cs.inspections.sources.cycles import CYCLES, PLAN_LIMIT, STATEMENT_LIMIT, Cycle
from bucks_cs.provenance import AnySource, Dated, day_in_words
from bucks_cs.units import Quantity, in_unit, quantity
from bucks_cs.working_days import WorkingCalendar

__all__ = ["NextInspection", "action_plan_due", "next_inspections", "time_since"]


@attrs.frozen(kw_only=True)
class NextInspection:
    """An inspection that is to follow, and the days between which.

    Args:
        activity: What kind of inspection.
        earliest: The first day it is looked for.
        latest: The last.
        source: Who says how long after the last.
        source_of_about: Who says how much sooner or later it may be.
    """

    activity: Activity = attrs.field(validator=of_kind(Activity, expected="an Activity"))
    earliest: dt.date
    latest: dt.date
    source: AnySource
    source_of_about: AnySource

    def is_overdue(self, *, as_at: dt.date) -> bool:
        """Whether its last day is past.

        Args:
            as_at: The day.

        Raises:
            InvalidValue: It is no plain date.
        """
        return need_day(as_at, what="as_at") > self.latest

    def __str__(self) -> str:
        return f"{self.activity.title} between {day_in_words(self.earliest)} and {day_in_words(self.latest)}"


def time_since(outcome: InspectionOutcome, *, as_at: dt.date) -> tuple[Quantity, Quantity]:
    """How many days ago an inspection began, the least and the most where its first day is only bounded.

    Args:
        outcome: The outcome.
        as_at: The day from which is looked back.

    Returns:
        Two quantities of days, the same where the first day is known; 0 on that day.

    Raises:
        InvalidValue: The inspection begins after the day or, its first day only bounded, may begin after it; or a part is of
            another kind.

    Source:
        The outcome's own. From the first day, since Ofsted's files have no other.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.inspections import time_since
        >>> visit = next(one for one in record.inspection_outcomes() if one.activity.key == "monitoring_visit")
        >>> print(*time_since(visit, as_at=dt.date(2020, 1, 13)))
        74 day 104 day
    """
    _need_outcome(outcome)
    first, last = first_day(outcome.start), last_day(outcome.start)
    if need_day(as_at, what="as_at") < last:
        raise InvalidValue(what="as_at", expected="a day on or after the last on which the inspection can have begun")
    return quantity((as_at - last).days, "day"), quantity((as_at - first).days, "day")


def next_inspections(outcome: InspectionOutcome, *, cycles: Dated[tuple[Cycle, ...]] | None = None) -> tuple[NextInspection, ...]:
    """What inspections follow one, and between which days, by the cycle of its regime that was in force.

    "About" stays a range: of ILACS six months either way, as guidance has it; of area SEND six months either way too, which is
    this library's own reading of "within approximately": it may be sooner. It is when the rule looks for the next, and no
    forecast: most have come later (see ``source.note`` of what is returned). It is counted in months from the first day of the
    inspection, or from the day of its report where the cycle says so.

    Args:
        outcome: A full inspection that carries an overall grade.
        cycles: Other cycles, by date in force; those of `CYCLES` for its regime where none are given.

    Returns:
        A `NextInspection` for each that is to follow, soonest first: one, or two after widespread failings in an area.

    Raises:
        NotInForce: The regime's cycle is not of that date.
        InvalidValue: There is no cycle of that regime, or none after that grade (an inadequate authority's is not counted from
            the last); the inspection is no full one, or its overall grade is missing; or a part is of another kind.

    Source:
        `CYCLES`: Ofsted and the Care Quality Commission, Area SEND inspections: framework and handbook, for area SEND since 2023;
        Kirklees Safeguarding Children Partnership's guidance for ILACS, since Ofsted's own paragraph was not read.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.inspections import next_inspections
        >>> december = next(one for one in record.inspection_outcomes() if one.regime.key == "ilacs" and one.judgements)
        >>> for expected in next_inspections(december):
        ...     print(expected)
        Standard inspection between 6 June 2024 and 6 June 2025
    """
    _need_outcome(outcome)
    if not outcome.activity.is_full or not isinstance(outcome.overall, Grade):
        raise InvalidValue(what="outcome", expected="a full inspection with an overall grade, from which the next is counted")
    grade = outcome.overall.key
    following = [cycle for cycle in _cycles(outcome, cycles) if grade in cycle.grades]
    if not following:
        raise InvalidValue(what="cycles", expected="one that counts from an inspection with that grade; none is known here")
    found = [_next(outcome, cycle) for cycle in following]
    return tuple(sorted(found, key=lambda one: one.earliest))


def _cycles(outcome: InspectionOutcome, given: Dated[tuple[Cycle, ...]] | None) -> Iterable[Cycle]:
    known = CYCLES.get(outcome.regime.key) if given is None else given
    if known is None:
        raise InvalidValue(what="cycles", expected=f"the cycles of {outcome.regime.title}, by date in force; none are known here")
    by_date: object = known
    found = by_date.on(first_day(outcome.start)) if isinstance(by_date, Dated) else None
    if not isinstance(found, tuple) or not all(isinstance(one, Cycle) for one in found):
        raise InvalidValue(what="cycles", expected="a Dated of tuples of Cycle, or None")
    return found


def _next(outcome: InspectionOutcome, cycle: Cycle) -> NextInspection:
    after, earlier, later = (round(in_unit(length, "month")) for length in (cycle.after, cycle.earlier, cycle.later))
    counted_from = outcome.published if cycle.from_report else outcome.start
    if counted_from is None:
        raise InvalidValue(what="outcome", expected="one whose report's day is known, from which the next is counted")
    return NextInspection(
        activity=outcome.regime.activity(cycle.next_activity),
        earliest=months_later(first_day(counted_from), after - earlier),
        latest=months_later(last_day(counted_from), after + later),
        source=cycle.source,
        source_of_about=cycle.source_of_about,
    )


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last where it has no such day.

    Args:
        day: The day.
        months: How many months later.

    Example:
        >>> months_later(dt.date(2024, 8, 31), 18)
        datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, months_of.monthrange(year, month + 1)[1]))


def action_plan_due(
    of: InspectionOutcome | dt.date, *, family: Family | None = None, calendar: WorkingCalendar | None = None
) -> dt.date:
    """When the answer to an inspection is due: an authority's action plan, or an area's written statement of action.

    Both are due 70 working days after the report is received. The day of receipt is given, or that of publication stands for it.
    A focused visit that finds areas for priority action asks for a plan too: give the day its letter was received.

    Args:
        of: The outcome, whose report's day counts; or the day the report was received.
        family: Of a day alone, whose inspection it was: `Family.LOCAL_AUTHORITY` (where none is given) or `Family.AREA_SEND`; of
            an outcome, which has its own, None or the same.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The last day for it.

    Raises:
        NotInForce: No such time was in force on that day.
        OutsideCoverage: The calendar does not cover the days.
        InvalidValue: The report's day is not known to the day; such an inspection does not of itself ask for a plan (a visit, a
            home, a school, an area that need state no action, or an area's inspection since 2023, whose time for a priority
            action plan was not verified); ``family`` is not that of the outcome; or a part is of another kind.

    Source:
        Education and Inspections Act 2006, section 137(3), with S.I. 2007/462 for authorities (the regulation on it was not read;
        "within 70 working days of receiving the letter" is Ofsted's word to Children & Young People Now, 16 August 2018, and
        Buckinghamshire's plan on the report of 11 February 2022 was due by 25 May 2022, which is 70 working days); S.I.
        2015/1792, regulation 4, for areas.

    Example:
        >>> from bucks_cs.inspections import action_plan_due
        >>> action_plan_due(dt.date(2022, 2, 11))
        datetime.date(2022, 5, 25)
    """
    if not isinstance(calendar, WorkingCalendar | None):
        raise InvalidValue(what="calendar", expected="a WorkingCalendar, or None for England's bank holidays")
    limits = {Family.LOCAL_AUTHORITY: PLAN_LIMIT, Family.AREA_SEND: STATEMENT_LIMIT}
    if family is not None and family not in list(limits):
        raise InvalidValue(what="family", expected="Family.LOCAL_AUTHORITY, Family.AREA_SEND, or None")
    if isinstance(of, InspectionOutcome):
        received, whose = _report_day(of), of.regime.family
        if family not in (None, whose):
            raise InvalidValue(what="family", expected="None, or the family of the outcome's regime")
    else:
        received, whose = need_day(of, what="of"), family or Family.LOCAL_AUTHORITY
    if whose is Family.AREA_SEND and received > _LAST_STATEMENT:
        what = "a written statement of action"
        raise NotInForce(what=what, on=received.isoformat(), ranges=("reports of area SEND inspections begun to 31 March 2022",))
    days = round(in_unit(limits[whose].on(received), "working_day"))
    return working_days.add(received, days, calendar=calendar)


_LAST_STATEMENT = dt.date(2022, 10, 31)
"""Ofsted's list of inspections that could ask for a statement has the reports published by then (its worksheet Cover)."""


def _report_day(outcome: InspectionOutcome) -> dt.date:
    required = outcome.grades.get("written_statement_of_action_required")
    authority = outcome.regime.family is Family.LOCAL_AUTHORITY and outcome.activity.is_full
    if not authority and (required is None or required.key != "required"):
        raise InvalidValue(what="of", expected="an inspection of an authority, or of an area that is to state its action")
    if not isinstance(outcome.published, dt.date):
        raise InvalidValue(what="of", expected="an outcome whose report's day is known, or the day it was received")
    return outcome.published


def _need_outcome(given: object) -> None:
    if not isinstance(given, InspectionOutcome):
        raise InvalidValue(what="outcome", expected="an InspectionOutcome")
