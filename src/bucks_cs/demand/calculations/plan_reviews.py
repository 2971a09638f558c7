"""Demand: child protection plans reviewed in time, the first review within three months and the next at most six apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.linking import carried
from bucks_cs.demand.model import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import PlanReviews, ProtectionPlans
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import whole_months_between, within_months
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import as_snapshots, is_open, marked, stock_shares
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["PLANS_REVIEWED_IN_TIME", "mark_plans_reviewed_in_time", "plans_reviewed_in_time"]

_FIRST, _FURTHER = sources.REVIEW_LIMITS

PLANS_REVIEWED_IN_TIME = DemandIndicator(
    key="demand.plans_reviewed_in_time",
    title="Plans reviewed in time",
    counts="child protection plans open on the day and for at least three months, of which the first review was within three "
    "months of the start and each further one within six months of the one before, none being overdue on the day, out of all "
    "plans open for at least three months",
    leaves_out="plans open for under three months, whose first review need not have been held",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.HIGHER,
    sources=sources.PLANS_REVIEWED,
    stage=Stage.CHILD_PROTECTION_PLAN,
    timescale=Timescale(begins="the start of the plan", ends="first review", limits=_FIRST),
)


def mark_plans_reviewed_in_time(frame: FrameT | Checked[FrameT], *, reviews: NativeFrame | Checked[Any], at: Snapshot) -> FrameT:
    """The caller's plans, each with whether it was reviewed in time by a day: the drill-down of `plans_reviewed_in_time`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        reviews: Every review of those plans, of the same engine or eager, or checked by `PlanReviews`.
        at: The day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no),
        ``reviews_held`` and ``reviews_late``: how many there had been by the day and how many of them were late; and
        ``last_review_date``, null where there had been none.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` or `PlanReviews` is broken.
        EngineMismatch: Two different lazy engines.
        InvalidValue: Not one snapshot.
        NotInForce: The day is before the limits came into force.

    Source:
        As `plans_reviewed_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_plans_reviewed_in_time
        >>> from bucks_cs.periods import Snapshot
        >>> plans = pl.DataFrame({"child_id": ["A", "B"], "start_date": dt.date(2022, 10, 3), "end_date": None,
        ...     "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 10, 3),
        ...     "review_date": [dt.date(2023, 1, 3), dt.date(2023, 1, 4)]})
        >>> rows = mark_plans_reviewed_in_time(plans, reviews=held, at=Snapshot("31 March 2023"))
        >>> rows.sort("child_id").select("in_numerator", "reviews_held", "reviews_late").rows()
        [(True, 1, 0), (False, 1, 1)]
    """
    checked, second = ProtectionPlans.admit(frame), PlanReviews.admit(reviews)
    (day,) = as_snapshots((at,))
    native: FrameT = checked.home.back(_marked(checked, _carried(second, checked), day))
    return native


def plans_reviewed_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    reviews: NativeFrame | Checked[Any],
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans open on a day, and for at least three months, of which every review was held in time.

    The first review is due within three months of the start of the plan, each further one within six months of the one before,
    the same day of the month included; where a month has no such day, they end with it. A plan is out of time for good once a
    review was late, and while one is overdue on the day. One never reviewed is out of time. Reviews after the day are not
    looked at.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        reviews: Every review of those plans, of the same engine or eager, or checked by `PlanReviews`; they are found by the
            child's number and the day the plan began, and those of other plans are passed over.
        at: The day, or several.
        by: Columns to break it down by, of the plan.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where no plan had been open for three months.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` or `PlanReviews` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        EngineMismatch: Two different lazy engines.
        InvalidValue: ``by`` names a column that identifies a person; no day, or a period that is no snapshot.
        NotInForce: The day is before the limits came into force.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CPP_Reviewed_InReqTimeScl: of children the subject of a
        plan at 31 March "that had been on a plan for at least three months", those reviewed "within the first three months of
        being the subject of the plan, and then subsequently at intervals of not more than six months". Its words for the
        denominator go on to say "and had reviews carried out within the required timescales", which would make every share 100:
        they are taken to belong to the numerator. How DfE counts months, and a review that is due on the day itself, is not
        published.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import plans_reviewed_in_time
        >>> from bucks_cs.periods import Snapshot
        >>> plans = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": [dt.date(2022, 10, 3), dt.date(2022, 10, 3),
        ...     dt.date(2023, 2, 1)], "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 10, 3),
        ...     "review_date": [dt.date(2023, 1, 3), dt.date(2023, 1, 4)]})
        >>> reading = plans_reviewed_in_time(plans, reviews=held, at=Snapshot("31 March 2023")).at()
        >>> reading.number, reading.denominator
        (50.0, 2.0)
    """
    checked, second = ProtectionPlans.admit(frame), PlanReviews.admit(reviews)
    days, groups = as_snapshots(at), checked.grouping(by)
    held = _carried(second, checked)
    return stock_shares(
        lambda day: _marked(checked, held, day),
        every=checked.lazy,
        home=checked.home,
        indicator=PLANS_REVIEWED_IN_TIME,
        at=days,
        by=groups,
        area=area,
        source=source,
        confidence=confidence,
    )


def _carried(reviews: Checked[Any], plans: Checked[Any]) -> nw.LazyFrame[Any]:
    held = carried(reviews, like=plans.lazy, columns=("child_id", "plan_start_date", "review_date"))
    return held.select(
        nw.col("child_id").alias("__child"),
        nw.col("plan_start_date").cast(nw.Date).alias("__start"),
        nw.col("review_date").cast(nw.Date).alias("__held"),
    )


def _marked(plans: Checked[Any], held: nw.LazyFrame[Any], day: Snapshot) -> nw.LazyFrame[Any]:
    first, further = (int(limit.on(day.start).m_as("month")) for limit in (_FIRST, _FURTHER))
    by_plan = _by_plan(held.filter(nw.col("__held") <= day.start), first=first, further=further)
    rows = plans.lazy.join(by_plan, left_on=["child_id", "start_date"], right_on=["__child", "__start"], how="left")
    rows = rows.with_columns(
        reviews_held=nw.col("__count").fill_null(0).cast(nw.Int64),
        reviews_late=nw.col("__late").fill_null(0).cast(nw.Int64),
        last_review_date=nw.col("__last"),
    )
    long_enough = whole_months_between(nw.col("start_date"), nw.lit(day.start)) >= first
    none_overdue = within_months(nw.col("last_review_date"), nw.lit(day.start), months=further)
    out = marked(
        rows,
        whole=is_open("start_date", "end_date", day.start) & long_enough,
        part=(nw.col("reviews_held") > 0) & (nw.col("reviews_late") == 0) & none_overdue,
    )
    spare = ("__child", "__start", "__count", "__late", "__last")
    return out.drop(*(name for name in spare if name in out.collect_schema().names()))


def _by_plan(held: nw.LazyFrame[Any], *, first: int, further: int) -> nw.LazyFrame[Any]:
    """How many reviews a plan has had, how many came too late after the one before or the start, and the last of them."""
    plan = ("__child", "__start")
    known = held.with_columns(__previous=nw.col("__held").shift(1).over(*plan, order_by="__held"))
    in_time = (
        nw.when(nw.col("__previous").is_null())
        .then(within_months(nw.col("__start"), nw.col("__held"), months=first))
        .otherwise(within_months(nw.col("__previous"), nw.col("__held"), months=further))
    )
    late = nw.when(in_time).then(nw.lit(0)).otherwise(nw.lit(1))
    return (
        known.with_columns(__too_late=late)
        .group_by(*plan)
        .agg(__count=nw.len(), __late=nw.col("__too_late").sum(), __last=nw.col("__held").max())
    )
