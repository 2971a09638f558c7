"""Demand: child protection plans that started, and that ended, over a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.counts import counted, mark_counted
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import ProtectionPlans
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "CHILD_PROTECTION_PLANS_ENDED",
    "CHILD_PROTECTION_PLANS_STARTED",
    "child_protection_plans_ended",
    "child_protection_plans_started",
    "mark_child_protection_plans_ended",
    "mark_child_protection_plans_started",
]

CHILD_PROTECTION_PLANS_STARTED = DemandIndicator(
    key="demand.child_protection_plans_started",
    title="Child protection plans started",
    counts="child protection plans that started in the period, each counted where a child has more than one",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="plan",
    better=Better.NEITHER,
    sources=(sources.PLANS_STARTED, sources.CHILDREN_IN_NEED.at("data file d3, column CPP_start")),
    stage=Stage.CHILD_PROTECTION_PLAN,
)

CHILD_PROTECTION_PLANS_ENDED = DemandIndicator(
    key="demand.child_protection_plans_ended",
    title="Child protection plans ended",
    counts="child protection plans that ended in the period, each counted where a child has more than one",
    leaves_out="plans still open at the end of the period",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="plan",
    better=Better.NEITHER,
    sources=sources.PLANS_ENDED,
    stage=Stage.CHILD_PROTECTION_PLAN,
)


def mark_child_protection_plans_started(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's child protection plans, each with whether it is counted: the drill-down of `child_protection_plans_started`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each)
        and ``in_numerator`` (yes where the day it started lies in a period).

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `child_protection_plans_started`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> demand.mark_child_protection_plans_started(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, ProtectionPlans, date="start_date", period=period)


def child_protection_plans_started(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Child protection plans that started in a period, whether or not it was the child's first.

    Rows are counted, and two records of one plan are two; shares of plans, such as `second_or_subsequent_plans`, refuse them.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; a plan belongs to the one it started in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person; no period, or one that is no period to count over (a
            snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measures CPP_Abuse ("Child Protection plans starting during the
        year") and ReRegCPR, whose denominator it is ("a count of each occasion in the year, and may count the same child more
        than once"); *Children in need*, data file d3, CPP_start.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 9, 1), dt.date(2022, 10, 1)],
        ...     "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.child_protection_plans_started(rows, period=months):
        ...     print(reading)
        Child protection plans started, August 2022: 0 plans
        Child protection plans started, September 2022: 1 plan
    """
    return counted(
        frame,
        ProtectionPlans,
        indicator=CHILD_PROTECTION_PLANS_STARTED,
        date="start_date",
        period=period,
        by=by,
        area=area,
        source=source,
    )


def mark_child_protection_plans_ended(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's child protection plans, each with whether it is counted: the drill-down of `child_protection_plans_ended`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where it has ended)
        and ``in_numerator`` (yes where the day it ended lies in a period).

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `child_protection_plans_ended`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 3, 1), dt.date(2022, 4, 1)],
        ...     "end_date": [dt.date(2022, 9, 30), None], "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> demand.mark_child_protection_plans_ended(rows, period=Month("September 2022"))["in_numerator"].to_list()
        [True, False]
    """
    return mark_counted(frame, ProtectionPlans, date="end_date", period=period)


def child_protection_plans_ended(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Child protection plans that ended in a period, whenever they started.

    Rows are counted, and two records of one plan are two; shares of plans, such as `plans_ended_after_two_years`, refuse them.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        period: One or several, such as ``FinancialYear("2022-23").months()``; a plan belongs to the one it ended in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0
        where there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person; no period, or one that is no period to count over (a
            snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measures DeRegCPR ("Child protection plans which ceased during the
        year") and CPPlans2yrs, whose denominator it is ("This may count a child more than once if they ceased to be the subject
        of a Child Protection Plan more than once during the year").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 3, 1), dt.date(2022, 4, 1)],
        ...     "end_date": [dt.date(2022, 9, 30), None], "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> months = Span("1 August 2022", "30 September 2022").months()
        >>> for reading in demand.child_protection_plans_ended(rows, period=months):
        ...     print(reading)
        Child protection plans ended, August 2022: 0 plans
        Child protection plans ended, September 2022: 1 plan
    """
    return counted(
        frame,
        ProtectionPlans,
        indicator=CHILD_PROTECTION_PLANS_ENDED,
        date="end_date",
        period=period,
        by=by,
        area=area,
        source=source,
    )
