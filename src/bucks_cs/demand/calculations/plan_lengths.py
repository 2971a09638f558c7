"""Demand: child protection plans of two years or more, those open on a day and those that ended in a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema.protection_plans import one_plan_at_a_time
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import (
    as_snapshots,
    drill_down,
    groups,
    is_open,
    marked,
    one_day,
    periods_of_a_flow,
    shares,
    stock_shares,
    unmarked,
)
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "PLANS_ENDED_AFTER_TWO_YEARS",
    "PLANS_OPEN_TWO_YEARS",
    "mark_plans_ended_after_two_years",
    "mark_plans_open_two_years",
    "plans_ended_after_two_years",
    "plans_open_two_years",
]

PLANS_OPEN_TWO_YEARS = DemandIndicator(
    key="demand.plans_open_two_years",
    title="Plans open for two years or more",
    counts="child protection plans that on the day had lasted for more than 729 calendar days, the first and the day itself "
    "included, out of all open on the day",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.LOWER,
    sources=(sources.PLANS_OPEN_LONG, sources.CHILDREN_IN_NEED.at("data file d5, column 2_years_or_more_percent")),
    stage=Stage.CHILD_PROTECTION_PLAN,
)

PLANS_ENDED_AFTER_TWO_YEARS = DemandIndicator(
    key="demand.plans_ended_after_two_years",
    title="Plans that ended after two years or more",
    counts="child protection plans that ended after more than 729 calendar days, the first and the day of cessation included, "
    "out of all that ended",
    leaves_out="plans still open, however long",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.LOWER,
    sources=(sources.PLANS_ENDED_LONG, sources.DURATION_OF_ENDED_PLANS),
    stage=Stage.CHILD_PROTECTION_PLAN,
)

_OWN = ("days_on_plan",)


def mark_plans_open_two_years(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's plans, each with whether it was open on a day and for two years: the drill-down of `plans_open_two_years`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        at: The day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no) and
        ``days_on_plan``: the days from the start to the day, both included; null for a plan not open on it.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        InvalidValue: Not one snapshot.

    Source:
        As `plans_open_two_years`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_plans_open_two_years
        >>> from bucks_cs.periods import Snapshot
        >>> plans = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2021, 4, 1), dt.date(2021, 4, 2)],
        ...     "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> rows = mark_plans_open_two_years(plans, at=Snapshot("31 March 2023"))
        >>> rows.select("in_numerator", "days_on_plan").rows()
        [(True, 730), (False, 729)]
    """
    day, checked = one_day(at), one_plan_at_a_time(frame)
    return drill_down(checked, _open(checked, day), *_OWN)


def plans_open_two_years(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans open on a day that had been open for two years or more.

    A plan is open on a day where it started on or before it and had not ended by it. Two years or more is more than 729
    calendar days, counted with the day of the start and the day itself: a plan that started on 1 April is two years long on 31
    March, two years on, and a day sooner where they hold a 29 February. As many plans are open as there are children with one:
    plans of a child that overlap are refused, as `second_or_subsequent_plans` says.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        at: The day, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where no plan was open.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no day, or a period
            that is no snapshot.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CPPlans2yrsActive: "continuously for two years or longer
        (i.e. for more than 729 calendar days including days of cessation)". The dictionary has it over all plans of the year;
        data file d5, whose 2_years_or_more_percent is over CPP_At31, the plans open on the day, is what is followed here. No
        worked example is published: that the day of the start is counted too is a reading of these words.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import plans_open_two_years
        >>> from bucks_cs.periods import Snapshot
        >>> plans = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2021, 4, 1), dt.date(2022, 9, 1)],
        ...     "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> plans_open_two_years(plans, at=Snapshot("31 March 2023")).at().number
        50.0
    """
    days, checked = as_snapshots(at), one_plan_at_a_time(frame)
    return stock_shares(
        lambda day: _open(checked, day),
        every=checked.lazy,
        home=checked.home,
        indicator=PLANS_OPEN_TWO_YEARS,
        at=days,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_plans_ended_after_two_years(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's plans, each with whether it ended after two years or more: the drill-down of `plans_ended_after_two_years`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no) and
        ``days_on_plan``: the days from the start to the end, both included; null for a plan still open.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.

    Source:
        As `plans_ended_after_two_years`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_plans_ended_after_two_years
        >>> plans = pl.DataFrame({"child_id": ["A", "B"], "start_date": dt.date(2021, 4, 1),
        ...     "end_date": [dt.date(2023, 3, 31), dt.date(2023, 3, 30)], "initial_category": "NEG",
        ...     "number_of_previous_plans": 0})
        >>> mark_plans_ended_after_two_years(plans).select("in_numerator", "days_on_plan").rows()
        [(True, 730), (False, 729)]
    """
    checked = one_plan_at_a_time(frame)
    return drill_down(checked, _ended(checked), *_OWN)


def plans_ended_after_two_years(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans that ended in a period after two years or more.

    Two years or more is more than 729 calendar days, counted with the day of the start and the day of cessation. Plans of a child
    that overlap are refused, as `second_or_subsequent_plans` says: neither of two records says how long the plan was.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        period: One or several; a plan belongs to the period in which it ended.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan ended.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no period, or one that
            is no period to count over (a snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CPPlans2yrs: of those ceasing during the year, the number
        who had been the subject of a plan "continuously for two years or longer (i.e. for more than 729 calendar days including
        days of cessation)", a child counted each time. No worked example is published: that the day of the start is counted too
        is a reading of these words.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import plans_ended_after_two_years
        >>> from bucks_cs.periods import FinancialYear
        >>> plans = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2021, 4, 1), dt.date(2022, 9, 1)],
        ...     "end_date": dt.date(2023, 3, 31), "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> plans_ended_after_two_years(plans, period=FinancialYear("2022-23")).at().number
        50.0
    """
    periods, checked = periods_of_a_flow(period), one_plan_at_a_time(frame)
    return shares(
        _ended(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=PLANS_ENDED_AFTER_TWO_YEARS,
        date="end_date",
        period=periods,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def _open(checked: Checked[Any], day: Snapshot) -> nw.LazyFrame[Any]:
    there = is_open("start_date", "end_date", day.start)
    lasted = nw.when(there).then(days_between(nw.col("start_date"), nw.lit(day.start), like=checked.lazy) + 1)
    return _marked(unmarked(checked.lazy, *_OWN).with_columns(days_on_plan=lasted))


def _ended(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    lasted = days_between(nw.col("start_date"), nw.col("end_date"), like=checked.lazy) + 1
    return _marked(unmarked(checked.lazy, *_OWN).with_columns(days_on_plan=lasted))


def _marked(known: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    lasted = nw.col("days_on_plan")
    return marked(known, whole=~lasted.is_null(), part=lasted > sources.DAYS_OF_A_LONG_PLAN)
