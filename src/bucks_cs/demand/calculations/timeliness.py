"""Demand: how soon a referral is decided on and how soon a child is seen.

Both are out of the referrals received in a period, so that the last of them are not due when the rows end. Those are left out
of both shares, whatever has come of them, and are counted in `bucks_cs.demand.calculations.not_due`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.clocks import Clock, followed, tellable
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import Referrals
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import drill_down, groups, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.working_days import WorkingCalendar

__all__ = [
    "DECIDED_IN_TIME",
    "OWN",
    "SEEN_IN_TIME",
    "children_seen",
    "decided_in_time",
    "decisions",
    "mark_decided_in_time",
    "mark_seen_in_time",
    "seen_in_time",
]

OWN = ("working_days", "not_due")
"""The columns that a drill-down has here beside its marks."""

DECIDED_IN_TIME = DemandIndicator(
    key="demand.decided_in_time",
    title="Referrals decided on within 1 working day",
    counts="referrals received since 15 April 2013 on which it was decided within one working day what to do, out of all "
    "on which a decision after the rows end would be late; one with no day of decision, not decided yet or not recorded, counts "
    "as not in time",
    leaves_out="referrals on which a decision after the rows end could still be in time, decided already or not (a day that is "
    "not worked takes no working day: those of a Thursday too, where the rows end on a Friday). They are counted apart, as "
    "decisions not due",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.WORKING_TOGETHER_2013, sources.NO_FURTHER_ACTION),
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
    timescale=Timescale(begins="receiving it", ends="a decision on a referral", limits=sources.DECISION_LIMIT),
)
_DECISION = Clock(start="referral_date", end="decision_date", limits=sources.DECISION_LIMIT)


def mark_decided_in_time(
    frame: FrameT | Checked[FrameT], *, followed_to: dt.date, calendar: WorkingCalendar | None = None
) -> FrameT:
    """The caller's referrals, each with whether it was decided on in time: the drill-down of `decided_in_time`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator``, ``working_days`` from
        the referral to the decision (0 or more; null where there is no decision, or the calendar does not cover both) and
        ``not_due``: whether a decision after ``followed_to`` could still be in time, so that the referral is left out.

    Raises:
        FrameProblems: As `decided_in_time`.
        InvalidValue: ``followed_to`` or ``calendar``, as `decided_in_time`.

    Source:
        As `decided_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_decided_in_time
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 4, 14), "no_further_action": False,
        ...     "decision_date": [dt.date(2022, 4, 19), dt.date(2022, 4, 20)],  # over Good Friday and Easter Monday
        ...     "seen_date": None, "closure_date": None, "closure_reason": None})
        >>> rows = mark_decided_in_time(referred, followed_to=dt.date(2022, 4, 30))
        >>> rows.select("working_days", "in_numerator", "not_due").rows()
        [(1, True, False), (2, False, False)]
    """
    checked, rows = decisions(frame, followed_to=followed_to, calendar=calendar)
    return drill_down(checked, rows, *OWN)


def decided_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of referrals received in a period on which it was decided within one working day what to do.

    A referral is *not due* while a decision after ``followed_to`` could still be in time. It is left out even where it was
    decided already, because those that are not decided yet would be missing beside it: `decisions_not_due` counts them.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no referral was under the limit and due: there were none, all were received before 15 April 2013, or none
        was due by ``followed_to``.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a referral under the limit has a decision after ``followed_to``, or a
            day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); ``followed_to`` is no plain date, or one that the calendar does
            not cover with the days about it; or ``calendar`` is no calendar.

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
        >>> for reading in decided_in_time(referred, period=Month("2022-04"), followed_to=dt.date(2022, 5, 31)):
        ...     print(reading)
        Referrals decided on within 1 working day, April 2022: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked, rows = decisions(frame, followed_to=followed_to, calendar=calendar)
    return shares(
        rows,
        every=checked.lazy,
        home=checked.home,
        indicator=DECIDED_IN_TIME,
        date="referral_date",
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def decisions(
    frame: FrameT | Checked[FrameT], *, followed_to: dt.date, calendar: WorkingCalendar | None
) -> tuple[Checked[FrameT], nw.LazyFrame[Any]]:
    """Referrals once they are checked, and their rows with the marks and columns of `decided_in_time`.

    Args:
        frame: Referrals.
        followed_to: The last day of which every decision is in the frame.
        calendar: The days worked; England's bank holidays where none is given.
    """
    checked = Referrals.admit(frame, also=tellable(_DECISION, calendar=calendar, followed_to=followed_to))
    every = nw.lit(value=True)
    return checked, followed(checked.lazy, clock=_DECISION, whole=every, followed_to=followed_to, calendar=calendar)


SEEN_IN_TIME = DemandIndicator(
    key="demand.seen_in_time",
    title="Children seen within 5 working days of the referral",
    counts="referrals since 11 February 2022, those with no further action apart, whose child was seen by a social worker within "
    "five working days, out of all such referrals whose child, if first seen after the rows end, would be seen late; one with no "
    "day the child was seen, not seen yet or not recorded, counts as not in time. The five days are Buckinghamshire's own, from "
    "undated minutes that say it was done; no guidance sets them",
    leaves_out="referrals with no further action, which need no assessment; and those whose child could still be seen in time "
    "after the rows end, seen already or not (a day that is not worked takes no working day: those of the Friday before too, "
    "where the rows end on a Friday). The latter are counted apart, as children not due to be seen",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=sources.SEEN_LIMIT.values[0].source,
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
    timescale=Timescale(begins="the referral", ends="a child is seen by a social worker", limits=sources.SEEN_LIMIT),
)
_SEEN = Clock(start="referral_date", end="seen_date", limits=sources.SEEN_LIMIT)
_SEEN_BEFORE = Test(
    column=_SEEN.both,
    rule="the child was seen before the referral",
    holds=_SEEN.limit.is_null() | (nw.col("seen_date") >= nw.col("referral_date")),
    hint=" The first time after it is meant.",
)


def mark_seen_in_time(
    frame: FrameT | Checked[FrameT], *, followed_to: dt.date, calendar: WorkingCalendar | None = None
) -> FrameT:
    """The caller's referrals, each with whether its child was seen in time: the drill-down of `seen_in_time`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        followed_to: The last day of which every child seen is in the frame. It cannot be seen from the rows.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator``, ``working_days`` from
        the referral to the day the child was seen (0 or more; null where there is none, or the calendar does not cover both)
        and ``not_due``: whether a child seen after ``followed_to`` could still be seen in time, so that the referral is left out.

    Raises:
        FrameProblems: As `seen_in_time`.
        InvalidValue: ``followed_to`` or ``calendar``, as `seen_in_time`.

    Source:
        As `seen_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_seen_in_time
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 9, 14), "no_further_action": False,
        ...     "seen_date": [dt.date(2022, 9, 22), dt.date(2022, 9, 23)],  # over the State Funeral
        ...     "decision_date": None, "closure_date": None, "closure_reason": None})
        >>> rows = mark_seen_in_time(referred, followed_to=dt.date(2022, 9, 30))
        >>> rows.select("working_days", "in_numerator", "not_due").rows()
        [(5, True, False), (6, False, False)]
    """
    checked, rows = children_seen(frame, followed_to=followed_to, calendar=calendar)
    return drill_down(checked, rows, *OWN)


def seen_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of referrals in a period, those with no further action apart, whose child was seen within five working days.

    It is Buckinghamshire's own standard. Its minutes say it of children who came in through the multi-agency safeguarding hub
    (MASH) and needed an assessment: where other referrals are in the frame, leave them out before.

    A referral is *not due* while a child seen after ``followed_to`` could still be seen in time. It is left out even where the
    child was seen already, because those not seen yet would be missing beside it: `children_not_due_to_be_seen` counts them.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        followed_to: The last day of which every child seen is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no referral was under the standard and due: there were none, all had no further action, none was due by
        ``followed_to``, or all were received before 11 February 2022, the latest day that the undated minutes can be of.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a referral under the standard has a child seen before it or after
            ``followed_to``, or a day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); ``followed_to`` is no plain date, or one that the calendar does
            not cover with the days about it; or ``calendar`` is no calendar.

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
        >>> for reading in seen_in_time(referred, period=Month("2022-09"), followed_to=dt.date(2022, 10, 31)):
        ...     print(reading)
        Children seen within 5 working days of the referral, September 2022: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked, rows = children_seen(frame, followed_to=followed_to, calendar=calendar)
    return shares(
        rows,
        every=checked.lazy,
        home=checked.home,
        indicator=SEEN_IN_TIME,
        date="referral_date",
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def children_seen(
    frame: FrameT | Checked[FrameT], *, followed_to: dt.date, calendar: WorkingCalendar | None
) -> tuple[Checked[FrameT], nw.LazyFrame[Any]]:
    """Referrals once they are checked, and their rows with the marks and columns of `seen_in_time`.

    Args:
        frame: Referrals.
        followed_to: The last day of which every child seen is in the frame.
        calendar: The days worked; England's bank holidays where none is given.
    """
    checked = Referrals.admit(frame, also=(_SEEN_BEFORE, *tellable(_SEEN, calendar=calendar, followed_to=followed_to)))
    assessed = ~nw.col("no_further_action")
    return checked, followed(checked.lazy, clock=_SEEN, whole=assessed, followed_to=followed_to, calendar=calendar)
