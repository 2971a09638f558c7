"""EHC plans: how many ceased in a period, and for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.counting import counted_by_day, mark_counted_by_day
from bucks_cs.ehcp.calculations.plans_at_a_date import NEW_PLANS
from bucks_cs.ehcp.schema.plans import one_plan_at_a_time
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, shares_of_parts, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["CEASED", "CEASED_BY_REASON", "NO_REASON", "ceased", "ceased_by_reason", "mark_ceased", "mark_ceased_by_reason"]

_CEASED_PLANS = sources.DATA_GUIDANCE_2025.at("ceased_plans.csv")

CEASED = Indicator(
    key="ehcp.ceased",
    title="EHC plans that ceased",
    counts="education, health and care plans that ceased in the period, by the day they ceased to be maintained here",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="plan",
    better=Better.NEITHER,
    sources=_CEASED_PLANS.at("ceased_plans.csv, column total_ceased"),
    breaks=NEW_PLANS.breaks,
)

CEASED_BY_REASON = Indicator(
    key="ehcp.ceased_by_reason",
    title="EHC plans that ceased, by reason",
    counts="education, health and care plans that ceased in the period for each reason, by the code of the SEN2 return, out of "
    "all that ceased in it",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(_CEASED_PLANS, *(each.source for each in sources.CEASE_REASON_CODES)),
    breaks=NEW_PLANS.breaks,
)

NO_REASON = "not recorded"
"""What stands for a reason where none is recorded; it is not the code for other reasons."""

_REASON = "reason"


def mark_ceased(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's plans, each with whether it ceased in a period: the drill-down of `ceased`.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        period: One or several; a plan is counted where it ceased in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the plan has ceased) and
        ``in_numerator`` (yes where it ceased in a period).

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `ceased`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_ceased
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None, "start_date": dt.date(2020, 9, 1),
        ...     "cease_date": [dt.date(2024, 7, 31), None], "cease_reason": ["3", None]})
        >>> mark_ceased(rows, period=CalendarYear(2024))["in_numerator"].to_list()
        [True, False]
    """
    periods = periods_of_a_flow(period)
    return mark_counted_by_day(one_plan_at_a_time(frame), date="cease_date", period=periods)


def ceased(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """EHC plans that ceased in a period, by reason where asked with ``by="cease_reason"``.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        period: One or several; a plan belongs to the period it ceased in. DfE counts over calendar years.
        by: Columns to break it down by, such as ``"cease_reason"``; `sources` of this subject has what its codes mean.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0 where none
        ceased, and never a gap.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file ceased_plans: "The number of plans which ceased each year".

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import ceased
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None, "start_date": dt.date(2020, 9, 1),
        ...     "cease_date": [dt.date(2024, 7, 31), None], "cease_reason": ["3", None]})
        >>> for reading in ceased(rows, period=CalendarYear(2024)):
        ...     print(reading)
        EHC plans that ceased, 2024: 1 plan
    """
    periods, checked = periods_of_a_flow(period), one_plan_at_a_time(frame)
    return counted_by_day(checked, indicator=CEASED, date="cease_date", period=periods, by=by, area=area, source=source)


def mark_ceased_by_reason(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's plans, each with whether it has ceased and for what reason: the drill-down of `ceased_by_reason`.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the plan has ceased),
        ``in_numerator`` (yes where it has ceased and the reason is recorded) and ``reason``: the code of the reason,
        `NO_REASON` where none is recorded, null where it has not ceased.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.

    Source:
        As `ceased_by_reason`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_ceased_by_reason
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": None, "start_date": dt.date(2020, 9, 1),
        ...     "cease_date": [dt.date(2024, 7, 31), dt.date(2024, 7, 31), None], "cease_reason": ["3", None, None]})
        >>> mark_ceased_by_reason(rows)["reason"].to_list()
        ['3', 'not recorded', None]
    """
    checked = one_plan_at_a_time(frame)
    native: FrameT = drill_down(checked, _marked(checked), _REASON)
    return native


def ceased_by_reason(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the plans that ceased in a period that ceased for each reason.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        period: One or several; a plan belongs to the period it ceased in.
        by: Further columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame, each period and each ``reason``, in the caller's
        own kind of frame: every code of the return, and `NO_REASON`, whether any plan ceased for it or not, so that the shares
        of a group and period add up to 100. ``z`` where no plan ceased.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file ceased_plans, which has the number for each reason; the codes are those
        of item CeaseReason of the SEN2 guide.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import ceased_by_reason
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": None, "start_date": dt.date(2020, 9, 1),
        ...     "cease_date": [dt.date(2024, 7, 31), dt.date(2024, 7, 31), None], "cease_reason": ["3", None, None]})
        >>> ceased_by_reason(rows, period=CalendarYear(2024)).at(reason="3").number
        50.0
    """
    periods, checked = periods_of_a_flow(period), one_plan_at_a_time(frame)
    return shares_of_parts(
        _marked(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=CEASED_BY_REASON,
        date="cease_date",
        period=periods,
        part=_REASON,
        parts=(*sources.CEASE_REASONS, NO_REASON),
        by=groups(checked, by, own=(_REASON,)),
        area=area,
        source=source,
        confidence=confidence,
    )


def _marked(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    over, recorded = ~nw.col("cease_date").is_null(), ~nw.col("cease_reason").is_null()
    named = nw.when(over).then(nw.col("cease_reason").fill_null(NO_REASON))
    rows = unmarked(checked.lazy, _REASON).with_columns(named.alias(_REASON))
    return marked(rows, whole=over, part=recorded)
