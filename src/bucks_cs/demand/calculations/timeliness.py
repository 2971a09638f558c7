"""Demand: how soon a referral is decided on and a child seen, and how any clock of the pathway is read off two dates.

A clock runs in working days from a day that is not counted to a day that is, against the limit in force on the day it
started. What started before there was a limit was not under it, and is left out; a day on a clock that the calendar of
bank holidays does not cover is refused with a count, since it cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.model import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import Referrals
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import add_working_days
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import as_periods, groups, marked, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, Dated
from bucks_cs.readings import Readings
from bucks_cs.units import Quantity, in_unit
from bucks_cs.working_days import WorkingCalendar, england

__all__ = [
    "DECIDED_IN_TIME",
    "SEEN_IN_TIME",
    "decided_in_time",
    "mark_decided_in_time",
    "mark_seen_in_time",
    "seen_in_time",
    "tellable",
    "timed",
]


def timed(
    lazy: nw.LazyFrame[Any], *, start: str, end: str, limits: Dated[Quantity], whole: nw.Expr, calendar: WorkingCalendar | None
) -> nw.LazyFrame[Any]:
    """Rows with ``working_days`` from one date to another and the two marks: under a limit, and within it.

    Args:
        lazy: The rows.
        start: The column with the day the clock starts; not counted.
        end: The column with the day it stops; counted if it is worked. A row that has none is not in time.
        limits: The limit by date in force; the day the clock starts decides which one holds.
        whole: Which rows are in the denominator, where a limit was in force.
        calendar: The days worked; England's bank holidays where none is given.
    """
    known = add_working_days(lazy, nw.col(start), nw.col(end), name="working_days", calendar=calendar)
    limit = _limit(nw.col(start), limits)
    return marked(known, whole=whole & ~limit.is_null(), part=nw.col("working_days") <= limit)


def tellable(*, start: str, end: str, limits: Dated[Quantity], calendar: WorkingCalendar | None) -> tuple[Test, ...]:
    """What must hold of the days on a clock that was under a limit: both in the calendar. Their order is the schema's affair.

    Args:
        start: The column with the day the clock starts.
        end: The column with the day it stops.
        limits: The limit by date in force.
        calendar: The days worked; England's bank holidays where none is given.
    """
    known = england() if calendar is None else calendar
    begin, finish = nw.col(start), nw.col(end)
    free = _limit(begin, limits).is_null()
    outside = f"is outside {known.what} ({known.first} to {known.last})"
    both = f"{start}, {end}"
    return (
        # A clock that has not stopped needs no calendar: it is not in time, whatever was worked.
        Test(column=both, rule=f"{start} {outside}", holds=free | finish.is_null() | begin.is_between(known.first, known.last)),
        Test(column=both, rule=f"{end} {outside}", holds=free | finish.is_between(known.first, known.last)),
    )


def _limit(start: nw.Expr, limits: Dated[Quantity]) -> nw.Expr:
    """The working days allowed on the day a clock starts; null where no limit was in force."""
    allowed = nw.lit(None).cast(nw.Int64)
    for each in limits:
        held = start >= each.since if each.until is None else (start >= each.since) & (start <= each.until)
        allowed = nw.when(held).then(nw.lit(int(in_unit(each.value, "working_day"))).cast(nw.Int64)).otherwise(allowed)
    return allowed


DECIDED_IN_TIME = DemandIndicator(
    key="demand.decided_in_time",
    title="Referrals decided on within 1 working day",
    counts="referrals received since 15 April 2013 on which it was decided within one working day what to do, out of all "
    "of them",
    leaves_out="nothing else: a referral with no day of decision, not decided yet or not recorded, counts as not in time",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.DECISION, sources.NO_FURTHER_ACTION),
    stage=Stage.REFERRAL,
    timescale=Timescale(begins="receiving it", ends="a decision on a referral", limits=sources.DECISION_LIMIT),
)
_DECISION: dict[str, Any] = {"start": "referral_date", "end": "decision_date", "limits": sources.DECISION_LIMIT}


def mark_decided_in_time(frame: FrameT | Checked[FrameT], *, calendar: WorkingCalendar | None = None) -> FrameT:
    """The caller's referrals, each with whether it was decided on in time: the drill-down of `decided_in_time`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``working_days`` from the referral to the decision (0 or
        more; null where there is no decision, or the calendar does not cover both), ``in_denominator`` and ``in_numerator``.

    Raises:
        FrameProblems: As `decided_in_time`.

    Source:
        As `decided_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_decided_in_time
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 4, 14), "no_further_action": False,
        ...     "decision_date": [dt.date(2022, 4, 19), dt.date(2022, 4, 20)],  # over Good Friday and Easter Monday
        ...     "seen_date": None, "closure_date": None, "closure_reason": None})
        >>> mark_decided_in_time(referred).select("working_days", "in_numerator").rows()
        [(1, True), (2, False)]
    """
    checked = Referrals.admit(frame, also=tellable(**_DECISION, calendar=calendar))
    native: FrameT = checked.home.back(_decided(checked, calendar))
    return native


def decided_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of referrals received in a period on which it was decided within one working day what to do.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no referral was under the limit: there were none, or all were received before 15 April 2013.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a referral under the limit has a day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes, or no period is given.

    Source:
        *Working Together to Safeguard Children*, 2013 and later: within one working day. DfE, Local authority interactive tool,
        data dictionary, measure CIN_Refferals_NFA: "on receipt of a referral the local authority has one working day to decide
        what further work needs to be done". No share is published.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import decided_in_time
        >>> from bucks_cs.periods import Month
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 4, 14), "no_further_action": False,
        ...     "decision_date": [dt.date(2022, 4, 19), dt.date(2022, 4, 20)],
        ...     "seen_date": None, "closure_date": None, "closure_reason": None})
        >>> for reading in decided_in_time(referred, period=Month("2022-04")):
        ...     print(reading)
        Referrals decided on within 1 working day, April 2022: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    checked = Referrals.admit(frame, also=tellable(**_DECISION, calendar=calendar))
    return shares(
        _decided(checked, calendar),
        every=checked.lazy,
        home=checked.home,
        indicator=DECIDED_IN_TIME,
        date="referral_date",
        period=as_periods(period),
        by=groups(checked, by, own=("working_days",)),
        area=area,
        source=source,
        confidence=confidence,
    )


def _decided(checked: Checked[Any], calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    return timed(checked.lazy, **_DECISION, whole=nw.lit(value=True), calendar=calendar)


SEEN_IN_TIME = DemandIndicator(
    key="demand.seen_in_time",
    title="Children seen within 5 working days of the referral",
    counts="referrals since 11 February 2022, those with no further action apart, whose child was seen by a social worker within "
    "five working days, out of all such referrals: Buckinghamshire's own standard, and no law",
    leaves_out="referrals with no further action, which need no assessment; a referral with no day the child was seen, not seen "
    "yet or not recorded, counts as not in time",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=sources.SEEN_LIMIT.values[0].source,
    stage=Stage.REFERRAL,
    timescale=Timescale(begins="the referral", ends="a child is seen by a social worker", limits=sources.SEEN_LIMIT),
)
_SEEN: dict[str, Any] = {"start": "referral_date", "end": "seen_date", "limits": sources.SEEN_LIMIT}
_SEEN_BEFORE = Test(
    column="referral_date, seen_date",
    rule="the child was seen before the referral",
    holds=_limit(nw.col("referral_date"), sources.SEEN_LIMIT).is_null() | (nw.col("seen_date") >= nw.col("referral_date")),
    hint=" The first time after it is meant.",
)


def mark_seen_in_time(frame: FrameT | Checked[FrameT], *, calendar: WorkingCalendar | None = None) -> FrameT:
    """The caller's referrals, each with whether its child was seen in time: the drill-down of `seen_in_time`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``working_days`` from the referral to the day the child was
        seen (0 or more; null where there is none, or the calendar does not cover both), ``in_denominator`` and ``in_numerator``.

    Raises:
        FrameProblems: As `seen_in_time`.

    Source:
        As `seen_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_seen_in_time
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 9, 14), "no_further_action": False,
        ...     "seen_date": [dt.date(2022, 9, 22), dt.date(2022, 9, 23)],  # over the State Funeral
        ...     "decision_date": None, "closure_date": None, "closure_reason": None})
        >>> mark_seen_in_time(referred).select("working_days", "in_numerator").rows()
        [(5, True), (6, False)]
    """
    checked = Referrals.admit(frame, also=(_SEEN_BEFORE, *tellable(**_SEEN, calendar=calendar)))
    native: FrameT = checked.home.back(_seen(checked, calendar))
    return native


def seen_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of referrals in a period, those with no further action apart, whose child was seen within five working days.

    It is Buckinghamshire's own standard. Its minutes say it of children who came in through the multi-agency safeguarding hub
    (MASH) and needed an assessment: where other referrals are in the frame, leave them out before.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no referral was under the standard: there were none, all had no further action, or all were received before 11
        February 2022, the latest day that the undated minutes can be of.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a referral under the standard has a child seen before it, or a day outside
            the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes, or no period is given.

    Source:
        Buckinghamshire Council, Children's and Education Select Committee, undated minutes (May 2021 to February 2022), bullet
        13: children "needing an assessment were seen by a social worker within 5 working days of the referral". No
        guidance sets it.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import seen_in_time
        >>> from bucks_cs.periods import Month
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 9, 14), "no_further_action": False,
        ...     "seen_date": [dt.date(2022, 9, 22), dt.date(2022, 9, 23)],
        ...     "decision_date": None, "closure_date": None, "closure_reason": None})
        >>> for reading in seen_in_time(referred, period=Month("2022-09")):
        ...     print(reading)
        Children seen within 5 working days of the referral, September 2022: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    checked = Referrals.admit(frame, also=(_SEEN_BEFORE, *tellable(**_SEEN, calendar=calendar)))
    return shares(
        _seen(checked, calendar),
        every=checked.lazy,
        home=checked.home,
        indicator=SEEN_IN_TIME,
        date="referral_date",
        period=as_periods(period),
        by=groups(checked, by, own=("working_days",)),
        area=area,
        source=source,
        confidence=confidence,
    )


def _seen(checked: Checked[Any], calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    return timed(checked.lazy, **_SEEN, whole=~nw.col("no_further_action"), calendar=calendar)
