"""EHC plans: how many are maintained on a day, and how many started in a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.counting import counted_by_day, mark_counted_by_day
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.ehcp.schema.plans import one_plan_at_a_time
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Break, Indicator, Kind, Measure
from bucks_cs.marking import as_snapshots, drill_down, groups, is_open, marked, one_day, periods_of_a_flow, stocks
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["NEW_PLANS", "PLANS", "mark_new_plans", "mark_plans", "new_plans", "plans"]

NEW_PLANS = Indicator(
    key="ehcp.new_plans",
    title="New EHC plans",
    counts="education, health and care plans that started in the period, by the day the final plan was issued",
    leaves_out="amended plans: a plan that is amended after a review goes on",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="plan",
    better=Better.NEITHER,
    sources=sources.DATA_GUIDANCE_2025.at("newplans.csv, column new_ehc_plans"),
    breaks=Break(
        on=dt.date(2022, 1, 1),
        what="the figures of 2022, collected in January 2023, are the first to be collected person by person; those before were "
        "totals that each authority returned",
        certain=True,
        source=sources.DATA_GUIDANCE_2025.at("Data sources; The time series"),
    ),
)


def mark_plans(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's plans, each with whether it is maintained on a day: the drill-down of `plans`.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        at: The day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each) and ``in_numerator``
        (yes where the plan is maintained on the day).

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        InvalidValue: Not one snapshot.

    Source:
        As `plans`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_plans
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None, "start_date": dt.date(2023, 9, 1),
        ...     "cease_date": [dt.date(2025, 1, 16), None], "cease_reason": ["5", None]})
        >>> mark_plans(rows, at=Snapshot("16 January 2025"))["in_numerator"].to_list()
        [False, True]
    """
    day, checked = one_day(at), one_plan_at_a_time(frame)
    there = is_open("start_date", "cease_date", day.start)
    native: FrameT = drill_down(checked, marked(checked.lazy, whole=nw.lit(value=True), part=there))
    return native


def plans(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """EHC plans maintained on a day: started on that day or before, and not ceased, or ceased after it.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        at: The day, as a snapshot, or several: ``Snapshot("16 January 2025")`` is the survey day of SEN2 2025.
        by: Columns to break it down by, such as ``"primary_need"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each day, in the caller's own kind of frame: 0 where there
        were none, and never a gap. Groups add up to the whole.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap: they are one record kept twice, or the earlier one
            lacks its day of ceasing, and would be counted twice.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Education, health and care plans*, data file caseload: "EHC plans active at January each year", on the survey day
        of SEN2. Whether DfE counts a plan that ceased on the survey day itself is not verified: here it has ceased.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import plans
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": None, "start_date": dt.date(2023, 9, 1),
        ...     "cease_date": [dt.date(2024, 7, 31), None, None], "cease_reason": ["3", None, None],
        ...     "primary_need": ["ASD", "ASD", "SLCN"]})
        >>> for reading in plans(rows, at=Snapshot("16 January 2025"), by="primary_need"):
        ...     print(reading)
        EHC plans, primary_need ASD, 16 January 2025: 1 plan
        EHC plans, primary_need SLCN, 16 January 2025: 1 plan
    """
    days, checked = as_snapshots(at), one_plan_at_a_time(frame)
    return stocks(
        checked.lazy,
        home=checked.home,
        indicator=PLANS,
        starts="start_date",
        ends="cease_date",
        at=days,
        by=groups(checked, by),
        area=area,
        source=source,
    )


def mark_new_plans(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's plans, each with whether it started in a period: the drill-down of `new_plans`.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        period: One or several; a plan is counted where it started in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each) and ``in_numerator``
        (yes where the plan started in a period).

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `new_plans`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_new_plans
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None,
        ...     "start_date": [dt.date(2023, 12, 31), dt.date(2024, 1, 1)], "cease_date": None, "cease_reason": None})
        >>> mark_new_plans(rows, period=CalendarYear(2024))["in_numerator"].to_list()
        [False, True]
    """
    periods = periods_of_a_flow(period)
    return mark_counted_by_day(one_plan_at_a_time(frame), date="start_date", period=periods)


def new_plans(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """EHC plans that started in a period, whatever has become of them.

    A plan that moved in with its child keeps the day it started elsewhere, and is new here in no period after that. Leave such
    plans out before, or break down by ``transferla``, where they started in the period: DfE's own treatment is not verified.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        period: One or several; a plan belongs to the period it started in. DfE counts over calendar years.
        by: Columns to break it down by, such as ``"primary_need"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0 where none
        started, and never a gap.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file newplans: "The number of EHC plans which start each year", by
        calendar year.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import new_plans
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None,
        ...     "start_date": [dt.date(2023, 12, 31), dt.date(2024, 1, 1)], "cease_date": None, "cease_reason": None})
        >>> for reading in new_plans(rows, period=CalendarYear(2024)):
        ...     print(reading)
        New EHC plans, 2024: 1 plan
    """
    periods, checked = periods_of_a_flow(period), one_plan_at_a_time(frame)
    return counted_by_day(
        checked, indicator=NEW_PLANS, date="start_date", period=periods, by=by, area=area, source=source
    )
