"""Inspections: what the figures of schools by grade count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bucks_cs.errors import NotInForce
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.inspections.model.regimes import SCHOOL_FOUR_GRADES, SCHOOL_KEY_JUDGEMENTS
from bucks_cs.inspections.model.school_shares import ShareOfPupils, ShareOfSchools
from bucks_cs.inspections.sources.schools import SCHOOLS_BY_GRADE
from bucks_cs.marking import one_day, periods_of_a_flow
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import NoOfficialSource, day_in_words

__all__ = [
    "PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS",
    "SCHOOLS_GOOD",
    "SCHOOLS_GOOD_OR_OUTSTANDING",
    "SCHOOLS_INADEQUATE",
    "SCHOOLS_MOVED",
    "SCHOOLS_NOT_GRADED",
    "SCHOOLS_OUTSTANDING",
    "SCHOOLS_REQUIRES_IMPROVEMENT",
    "day_with_overall_grades",
    "periods_with_overall_grades",
]

_NOT_GRADED = "schools without a grade: not inspected yet, or inspected only since overall grades ended on 2 September 2024"


def _of_schools(key: str, **said: Any) -> Indicator:
    """What the counts and shares of schools have in common."""
    return Indicator(key=f"inspections.{key}", sources=SCHOOLS_BY_GRADE, **said)


def _of_grade(grade: str, better: Better) -> Indicator:
    return _of_schools(
        f"schools_{grade.replace(' ', '_')}",
        title=f"Schools judged {grade}",
        counts=f"state-funded schools whose latest overall grade is {grade}",
        leaves_out=_NOT_GRADED,
        measure=Measure.COUNT,
        kind=Kind.STOCK,
        unit="school",
        better=better,
    )


SCHOOLS_OUTSTANDING = _of_grade("outstanding", Better.HIGHER)
SCHOOLS_GOOD = _of_grade("good", Better.NEITHER)
SCHOOLS_REQUIRES_IMPROVEMENT = _of_grade("requires improvement", Better.NEITHER)
SCHOOLS_INADEQUATE = _of_grade("inadequate", Better.LOWER)

SCHOOLS_GOOD_OR_OUTSTANDING: Indicator = _of_schools(
    ShareOfSchools.indicator.removeprefix("inspections."),
    title="Schools judged good or outstanding",
    counts="state-funded schools whose latest overall grade is good or outstanding, out of those with a grade; a school counts "
    "once, large or small",
    leaves_out=_NOT_GRADED,
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.HIGHER,
)

PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS = Indicator(
    key=ShareOfPupils.indicator,
    title="Pupils in schools judged good or outstanding",
    counts="pupils on roll in schools whose latest overall grade is good or outstanding, out of those in schools with a grade; a "
    "school counts by its pupils",
    leaves_out=f"the pupils of {_NOT_GRADED}",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.HIGHER,
    sources=NoOfficialSource(
        reason="Ofsted and the Department have given such shares, and how they count pupils was not read: pupils on roll as the "
        "caller has them, out of those in schools with a grade"
    ),
)

SCHOOLS_NOT_GRADED = _of_schools(
    "schools_not_graded",
    title="Schools without an overall grade",
    counts="schools that no share of good or outstanding schools, or of pupils in them, counts: they have no grade",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="school",
    better=Better.NEITHER,
)

SCHOOLS_MOVED = Indicator(
    key="inspections.schools_moved",
    title="Schools by what became of their grade",
    counts="graded inspections of schools by how the overall grade stands to that of the graded inspection before",
    leaves_out="ungraded inspections and monitoring visits, which change no grade",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="school",
    better=Better.NEITHER,
    sources=NoOfficialSource(
        reason="Ofsted gives outcomes by previous grade, and no one names what becomes of a grade in these words; "
        "Buckinghamshire Council's report of October 2022, paragraph 3.36, has 'improved', 'maintained' and 'dropped'"
    ),
)


def day_with_overall_grades(at: Snapshot) -> Snapshot:
    """One day on which schools had overall grades that could still be told apart by them.

    Args:
        at: The day, as a snapshot.

    Raises:
        InvalidValue: It is not one snapshot.
        NotInForce: It is on or after 2 September 2024.
    """
    day = one_day(at)
    _need_overall_grades(day.start, what="a share of schools judged good or outstanding")
    return day


def periods_with_overall_grades(period: Period | Iterable[Period]) -> tuple[Period, ...]:
    """Periods on every day of which an inspection could give an overall grade: after them none moved, which is no count of 0.

    Args:
        period: One or several.

    Raises:
        InvalidValue: There is no period, or one that events are not counted over.
        NotInForce: One goes on after 1 September 2024.
    """
    periods = periods_of_a_flow(period)
    for one in periods:
        _need_overall_grades(one.end, what="what became of overall grades")
    return periods


def _need_overall_grades(day: dt.date, *, what: str) -> None:
    last = SCHOOL_FOUR_GRADES.until
    if isinstance(last, dt.date) and day > last:
        since = f"{SCHOOL_KEY_JUDGEMENTS.title.lower()} and report cards give no overall grade"
        raise NotInForce(what=what, on=day.isoformat(), ranges=(f"to {day_in_words(last)}; since then {since}",))
