"""Demand: referrals that could still be in time after the rows end, which the shares in time leave out: how many they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.calculations.timeliness import OWN, children_seen, decisions
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import flows, groups, periods_of_a_flow
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.working_days import WorkingCalendar

__all__ = ["CHILDREN_NOT_DUE_TO_BE_SEEN", "DECISIONS_NOT_DUE", "children_not_due_to_be_seen", "decisions_not_due"]

_HOW_MUCH_IS_LEFT_OUT = NoOfficialSource(reason="it says how much of a measure is left out, and is not published")

DECISIONS_NOT_DUE = DemandIndicator(
    key="demand.decisions_not_due",
    title="Referrals on which a decision is not due yet",
    counts="referrals received in the period on which a decision after the rows end could still be in time, decided already or "
    "not (a day that is not worked takes no working day: those of a Thursday too, where the rows end on a Friday). The share "
    "decided within 1 working day leaves them out",
    leaves_out="referrals received before 15 April 2013, which were under no limit",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="referral",
    better=Better.NEITHER,
    sources=_HOW_MUCH_IS_LEFT_OUT,
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
)


def decisions_not_due(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """How many referrals of a period `decided_in_time` leaves out as not due; ``not_due`` in its drill-down.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        A count, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: As `decided_in_time`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `decided_in_time`.

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import decisions_not_due
        >>> from bucks_cs.periods import Month
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 6, 29), dt.date(2022, 6, 30)],
        ...     "no_further_action": False, "decision_date": None, "seen_date": None, "closure_date": None,
        ...     "closure_reason": None})
        >>> for reading in decisions_not_due(referred, period=Month("2022-06"), followed_to=dt.date(2022, 6, 30)):
        ...     print(reading)
        Referrals on which a decision is not due yet, June 2022: 1 referral
    """
    periods = periods_of_a_flow(period)
    checked, rows = decisions(frame, followed_to=followed_to, calendar=calendar)
    return flows(
        _left_out(rows),
        every=checked.lazy,
        home=checked.home,
        indicator=DECISIONS_NOT_DUE,
        date="__not_due_on",
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
    )


CHILDREN_NOT_DUE_TO_BE_SEEN = DemandIndicator(
    key="demand.children_not_due_to_be_seen",
    title="Referrals whose child is not due to be seen yet",
    counts="referrals received in the period, those with no further action apart, whose child could still be seen in time after "
    "the rows end, seen already or not (a day that is not worked takes no working day: those of the Friday before too, where the "
    "rows end on a Friday). The share seen within 5 working days leaves them out",
    leaves_out="referrals with no further action, and those received before 11 February 2022: Buckinghamshire's five days are "
    "asked of neither",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="referral",
    better=Better.NEITHER,
    sources=_HOW_MUCH_IS_LEFT_OUT,
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
)


def children_not_due_to_be_seen(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """How many referrals of a period `seen_in_time` leaves out as not due; ``not_due`` in its drill-down.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period it was received in.
        followed_to: The last day of which every child seen is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        A count, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: As `seen_in_time`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `seen_in_time`.

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import children_not_due_to_be_seen
        >>> from bucks_cs.periods import Month
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 6, 23), dt.date(2022, 6, 24)],
        ...     "no_further_action": False, "decision_date": None, "seen_date": None, "closure_date": None,
        ...     "closure_reason": None})
        >>> for reading in children_not_due_to_be_seen(referred, period=Month("2022-06"), followed_to=dt.date(2022, 6, 30)):
        ...     print(reading)
        Referrals whose child is not due to be seen yet, June 2022: 1 referral
    """
    periods = periods_of_a_flow(period)
    checked, rows = children_seen(frame, followed_to=followed_to, calendar=calendar)
    return flows(
        _left_out(rows),
        every=checked.lazy,
        home=checked.home,
        indicator=CHILDREN_NOT_DUE_TO_BE_SEEN,
        date="__not_due_on",
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
    )


def _left_out(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The rows, with the day of the referral of those that are not due."""
    return rows.with_columns(__not_due_on=nw.when(nw.col("not_due")).then(nw.col("referral_date")))
