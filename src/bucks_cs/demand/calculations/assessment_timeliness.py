"""Demand: assessments completed within 45 working days, from the referral and from their own start: two measures, two keys.

*Working Together* sets 45 working days from the referral. DfE publishes a share "within 45 working days" that follows from its
durations of assessments, whose first band is "Started and finished the same day": from the assessment's own start. An
assessment that begins some days after the referral is so late by the one and in time by the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.clocks import Clock, tellable, timed
from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import Assessments
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import drill_down, flows, groups, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.working_days import WorkingCalendar

__all__ = [
    "ASSESSED_IN_TIME_FROM_REFERRAL",
    "ASSESSED_IN_TIME_FROM_START",
    "ASSESSMENTS_NOT_TIMED",
    "assessed_in_time_from_referral",
    "assessed_in_time_from_start",
    "assessments_not_timed",
    "mark_assessed_in_time_from_referral",
    "mark_assessed_in_time_from_start",
]

ASSESSED_IN_TIME_FROM_REFERRAL = DemandIndicator(
    key="demand.assessed_in_time_from_referral",
    title="Assessments completed within 45 working days of the referral",
    counts="assessments completed in the period that took at most 45 working days from the referral, out of those completed that "
    "are linked to a referral of 15 April 2013 or later: the limit of Working Together",
    leaves_out="assessments still open, however late, and those linked to no referral; a further assessment, begun long after "
    "the referral, counts from that referral and so as late. The share DfE publishes runs, by its headings, from the "
    "assessment's start",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.ASSESSMENT, sources.WORKING_TOGETHER_2013),
    stage=Stage.ASSESSMENT,
    timescale=Timescale(begins="the referral", ends="an assessment is completed", limits=sources.ASSESSMENT_LIMIT),
)
_FROM_REFERRAL = Clock(start="referral_date", end="authorisation_date", limits=sources.ASSESSMENT_LIMIT)


def mark_assessed_in_time_from_referral(frame: FrameT | Checked[FrameT], *, calendar: WorkingCalendar | None = None) -> FrameT:
    """The caller's assessments, each with whether it was in time: the drill-down of `assessed_in_time_from_referral`.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``working_days`` from the referral (0 or more; null where the
        assessment is open or linked to no referral, or the calendar does not cover both), ``in_denominator``,
        ``in_numerator`` and ``not_timed``: completed, and not in the denominator.

    Raises:
        FrameProblems: As `assessed_in_time_from_referral`.
        InvalidValue: ``calendar`` is no calendar.

    Source:
        As `assessed_in_time_from_referral`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_assessed_in_time_from_referral
        >>> assessed = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 9, 1), None],
        ...     "start_date": dt.date(2022, 9, 5), "authorisation_date": dt.date(2022, 11, 7)})
        >>> mark_assessed_in_time_from_referral(assessed).select("working_days", "in_numerator", "not_timed").rows()
        [(46, False, False), (None, False, True)]
    """
    checked = Assessments.admit(frame, also=tellable(_FROM_REFERRAL, calendar=calendar))
    native: FrameT = drill_down(checked, _from_referral(checked, calendar), "working_days", "not_timed")
    return native


def assessed_in_time_from_referral(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of assessments completed in a period that were completed within 45 working days of the referral.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several; an assessment belongs to the period it was completed in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where none was completed that is linked to a referral of 15 April 2013 or later; those completed and left out are
        counted by `assessments_not_timed`.

    Raises:
        FrameProblems: A rule of `Assessments` is broken; a completed assessment under the limit has a day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``calendar`` is no calendar.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Continue_Assess_Comp: "an assessment should be completed
        within 45 working days of a referral", and the count is "of continuous assessments with an end date recorded within the
        collection year"; *Working Together to Safeguard Children*, 2013 and later. The share published under that measure
        follows from data set C2 instead, which runs from the assessment's start: see `assessed_in_time_from_start`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import assessed_in_time_from_referral
        >>> from bucks_cs.periods import Month
        >>> assessed = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 9, 1), dt.date(2022, 9, 5)],
        ...     "start_date": dt.date(2022, 9, 5), "authorisation_date": dt.date(2022, 11, 7)})
        >>> for reading in assessed_in_time_from_referral(assessed, period=Month("2022-11")):
        ...     print(reading)
        Assessments completed within 45 working days of the referral, November 2022: 50% (...), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked = Assessments.admit(frame, also=tellable(_FROM_REFERRAL, calendar=calendar))
    return shares(
        _from_referral(checked, calendar),
        every=checked.lazy,
        home=checked.home,
        indicator=ASSESSED_IN_TIME_FROM_REFERRAL,
        date="authorisation_date",
        period=periods,
        by=groups(checked, by, own=("working_days", "not_timed")),
        area=area,
        source=source,
        confidence=confidence,
    )


def _from_referral(checked: Checked[Any], calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    completed = ~nw.col("authorisation_date").is_null()
    rows = timed(checked.lazy, clock=_FROM_REFERRAL, whole=completed, calendar=calendar)
    return rows.with_columns(not_timed=completed & ~nw.col("in_denominator"))


ASSESSMENTS_NOT_TIMED = DemandIndicator(
    key="demand.assessments_not_timed",
    title="Completed assessments not timed from a referral",
    counts="assessments completed in the period that are linked to no referral, or to one before 15 April 2013: those that the "
    "share within 45 working days of the referral leaves out",
    leaves_out="assessments still open",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="assessment",
    better=Better.LOWER,
    sources=NoOfficialSource(reason="it says how much of a measure is missing, and is not published"),
    stage=Stage.ASSESSMENT,
)


def assessments_not_timed(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many assessments completed in a period `assessed_in_time_from_referral` leaves out; ``not_timed`` in its drill-down.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several; an assessment belongs to the period it was completed in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A count, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        None: it says how much is missing.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import assessments_not_timed
        >>> from bucks_cs.periods import Month
        >>> assessed = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 9, 1), None],
        ...     "start_date": dt.date(2022, 9, 5), "authorisation_date": dt.date(2022, 11, 7)})
        >>> for reading in assessments_not_timed(assessed, period=Month("2022-11")):
        ...     print(reading)
        Completed assessments not timed from a referral, November 2022: 1 assessment
    """
    periods = periods_of_a_flow(period)
    checked = Assessments.admit(frame)
    rows = _from_referral(checked, None)
    return flows(
        rows.with_columns(__not_timed_on=nw.when(nw.col("not_timed")).then(nw.col("authorisation_date"))),
        every=checked.lazy,
        home=checked.home,
        indicator=ASSESSMENTS_NOT_TIMED,
        date="__not_timed_on",
        period=periods,
        by=groups(checked, by, own=("working_days", "not_timed")),
        area=area,
        source=source,
    )


ASSESSED_IN_TIME_FROM_START = DemandIndicator(
    key="demand.assessed_in_time_from_start",
    title="Assessments completed within 45 working days of their start",
    counts="assessments completed in the period that took at most 45 working days from their own start, out of those completed "
    "that began on 15 April 2013 or later: by its headings, what DfE's published share is",
    leaves_out="assessments still open, however late, and the days between the referral and the start, which Working Together's "
    "limit includes. That DfE counts from the start is read from the headings of its data; no sentence that says so was found",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.DURATION_OF_ASSESSMENTS, sources.ASSESSMENT),
    stage=Stage.ASSESSMENT,
    timescale=Timescale(begins="its start", ends="an assessment is completed", limits=sources.ASSESSMENT_LIMIT),
)
_FROM_START = Clock(start="start_date", end="authorisation_date", limits=sources.ASSESSMENT_LIMIT)


def mark_assessed_in_time_from_start(frame: FrameT | Checked[FrameT], *, calendar: WorkingCalendar | None = None) -> FrameT:
    """The caller's assessments, each with whether it was in time: the drill-down of `assessed_in_time_from_start`.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``working_days`` from the start (0 or more; null where the
        assessment is open, or the calendar does not cover both), ``in_denominator`` and ``in_numerator``.

    Raises:
        FrameProblems: As `assessed_in_time_from_start`.
        InvalidValue: ``calendar`` is no calendar.

    Source:
        As `assessed_in_time_from_start`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_assessed_in_time_from_start
        >>> assessed = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 9, 1),
        ...     "start_date": dt.date(2022, 9, 5), "authorisation_date": [dt.date(2022, 11, 7), dt.date(2022, 11, 8)]})
        >>> mark_assessed_in_time_from_start(assessed).select("working_days", "in_numerator").rows()
        [(44, True), (45, True)]
    """
    checked = Assessments.admit(frame, also=tellable(_FROM_START, calendar=calendar))
    native: FrameT = drill_down(checked, _from_start(checked, calendar), "working_days")
    return native


def assessed_in_time_from_start(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of assessments completed in a period that were completed within 45 working days of their own start.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several; an assessment belongs to the period it was completed in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where none was completed that began on 15 April 2013 or later.

    Raises:
        FrameProblems: A rule of `Assessments` is broken; a completed assessment under the limit has a day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``calendar`` is no calendar.

    Source:
        DfE, *Children in need* 2025, data set C2, completed assessments by duration of assessment: its first band is "Started and
        finished the same day", and its bands up to 45 days over its assessments completed give the share published as
        Continue_Assess_Comp (England, 2025: 555,820 of 648,830, 85.7%). DfE's census rule 8670Q, too, counts 45 working days
        from AssessmentActualStartDate. The methodology's own words on the duration of assessments were not read.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import assessed_in_time_from_start
        >>> from bucks_cs.periods import Month
        >>> assessed = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 9, 1),
        ...     "start_date": dt.date(2022, 9, 5), "authorisation_date": [dt.date(2022, 11, 8), dt.date(2022, 11, 9)]})
        >>> for reading in assessed_in_time_from_start(assessed, period=Month("2022-11")):
        ...     print(reading)
        Assessments completed within 45 working days of their start, November 2022: 50% (...), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked = Assessments.admit(frame, also=tellable(_FROM_START, calendar=calendar))
    return shares(
        _from_start(checked, calendar),
        every=checked.lazy,
        home=checked.home,
        indicator=ASSESSED_IN_TIME_FROM_START,
        date="authorisation_date",
        period=periods,
        by=groups(checked, by, own=("working_days",)),
        area=area,
        source=source,
        confidence=confidence,
    )


def _from_start(checked: Checked[Any], calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    return timed(checked.lazy, clock=_FROM_START, whole=~nw.col("authorisation_date").is_null(), calendar=calendar)
