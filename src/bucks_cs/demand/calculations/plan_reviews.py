"""Demand: child protection plans reviewed in time, the first review within three months and the next at most six apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema.protection_plans import PlanReviews, one_plan_at_a_time
from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import within_months
from bucks_cs.frames.engine import collect
from bucks_cs.frames.rules import Test
from bucks_cs.frames.second_table import carried
from bucks_cs.indicators import Better, Kind, Measure, Withheld
from bucks_cs.marking import (
    MARKS,
    as_snapshots,
    drill_down,
    groups,
    is_open,
    left_joined,
    marked,
    one_day,
    plain_day,
    stock_shares,
    tally,
    unmarked,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["PLANS_REVIEWED_IN_TIME", "mark_plans_reviewed_in_time", "plans_reviewed_in_time"]

_FIRST, _FURTHER = sources.REVIEW_LIMITS

PLANS_REVIEWED_IN_TIME = DemandIndicator(
    key="demand.plans_reviewed_in_time",
    title="Plans reviewed in time",
    counts="child protection plans open on the day, whose first three months had run out by then, of which no review was late or "
    "overdue: the first is due within three months of the start and each further one within six months of the one before; out of "
    "all plans open on the day whose first three months had run out",
    leaves_out="plans in their first three months, the day those end included, whose first review need not have been held",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.HIGHER,
    sources=sources.PLANS_REVIEWED,
    stage=Stage.CHILD_PROTECTION_PLAN,
    timescale=Timescale(begins="the start of the plan", ends="first review", limits=_FIRST),
)


_IN_TIME, _CANNOT_BE_TOLD, _IS_LATE = range(3)
_OWN = ("reviews_held", "reviews_late", "last_review_date", "no_history")


def mark_plans_reviewed_in_time(
    frame: FrameT | Checked[FrameT], *, reviews: NativeFrame | Checked[Any], at: Snapshot, history_from: dt.date
) -> FrameT:
    """The caller's plans, each with whether it was reviewed in time by a day: the drill-down of `plans_reviewed_in_time`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        reviews: The reviews of those plans, of the same engine or eager, or checked by `PlanReviews`.
        at: The day.
        history_from: The first day from which every review is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no);
        ``reviews_held`` and ``reviews_late``: how many reviews by the day the frame has and how many of them were late, whatever
        it lacks; ``last_review_date``, null where it has none; and ``no_history``: whether it cannot be told, as
        `plans_reviewed_in_time` says.

    Raises:
        FrameProblems: As `plans_reviewed_in_time`.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: Not one snapshot, or ``history_from`` is no plain date.
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
        >>> rows = mark_plans_reviewed_in_time(
        ...     plans, reviews=held, at=Snapshot("31 March 2023"), history_from=dt.date(2020, 4, 1))
        >>> rows.sort("child_id").select("in_numerator", "reviews_held", "reviews_late").rows()
        [(True, 1, 0), (False, 1, 1)]
    """
    day, since = one_day(at), plain_day(history_from, what="history_from")
    checked, held = _admitted(frame, reviews)
    return drill_down(checked, _marked(checked, held, day, since), *_OWN)


def plans_reviewed_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    reviews: NativeFrame | Checked[Any],
    at: Snapshot | Iterable[Snapshot],
    history_from: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans open on a day, and past their first three months, of which no review was late or overdue.

    The first review is due within three months of the start of the plan, each further one within six months of the one before,
    the same day of the month included; where a month has no such day, they end with it. A plan is out of time for good once a
    review was late, and while one is overdue on the day. A plan whose first three months end on the day itself is in no
    denominator yet, and a further review that is due on it is not overdue yet. Reviews after the day are not looked at.

    Of a plan that began before the history of the reviews, some may not be in the frame. It is out of time where a review was
    late or is overdue even if one was held on the last day that is not known, in time where those that are known are close
    enough to one another, and cannot be told otherwise.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        reviews: The reviews of those plans, of the same engine or eager, or checked by `PlanReviews`; they are found by the
            child's number and the day the plan began, and those of other plans are passed over.
        at: The day, or several.
        history_from: The first day from which every review is in the frame. It cannot be seen from the rows: an export with the
            reviews of one year begins on the first day of that year, and one with no more than the latest review of each plan on
            the day it was made.
        by: Columns to break it down by, of the plan.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where no plan was past its first three months; ``no_history`` where a plan cannot be told.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` or `PlanReviews` is broken; a child's plans overlap; a plan was reviewed on the
            day it began, which is the conference that made it; a review was held within a plan of the child and names another
            start, as after records of one plan were merged.
        UnknownColumn: ``by`` names a column the frame lacks.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no day, or a period
            that is no snapshot; ``history_from`` is no plain date.
        NotInForce: The day is before the limits came into force.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CPP_Reviewed_InReqTimeScl: of children the subject of a
        plan at 31 March "that had been on a plan for at least three months", those reviewed "within the first three months of
        being the subject of the plan, and then subsequently at intervals of not more than six months". Its words for the
        denominator go on to say "and had reviews carried out within the required timescales", which would make every share 100:
        they are taken to belong to the numerator. They name no year, so that all reviews since the start are looked at. That on
        31 March a plan of 31 December is not of three months, and one of 30 December is, is inferred from published counts: plans
        "for three months or more" (CPP_31March_3MnthorMore) and those of "3 months or less" (data file d5) add up to all plans of
        every authority in just the years of 2016 to 2025 when 30 December was no weekday. How DfE takes a further review that is
        due on the day itself, and reviews before the year of its census, is in the specification
        of its report "CPPs reviewed within timescales", which was not found. That a plan is not reviewed on the day it begins is
        rule 8841 of the children in need census.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import plans_reviewed_in_time
        >>> from bucks_cs.periods import Snapshot
        >>> plans = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": [dt.date(2022, 10, 3), dt.date(2022, 10, 3),
        ...     dt.date(2023, 2, 1)], "end_date": None, "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 10, 3),
        ...     "review_date": [dt.date(2023, 1, 3), dt.date(2023, 1, 4)]})
        >>> reading = plans_reviewed_in_time(
        ...     plans, reviews=held, at=Snapshot("31 March 2023"), history_from=dt.date(2020, 4, 1)).at()
        >>> reading.number, reading.denominator
        (50.0, 2.0)
    """
    days, since = as_snapshots(at), plain_day(history_from, what="history_from")
    checked, held = _admitted(frame, reviews)
    columns = groups(checked, by, own=_OWN)
    return stock_shares(
        lambda day: _marked(checked, held, day, since),
        every=checked.lazy,
        home=checked.home,
        indicator=PLANS_REVIEWED_IN_TIME,
        at=days,
        by=columns,
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: "no_history"},
    )


def _admitted(
    frame: FrameT | Checked[FrameT], reviews: NativeFrame | Checked[Any]
) -> tuple[Checked[FrameT], nw.LazyFrame[Any]]:
    later = Test(
        column="plan_start_date, review_date",
        rule="reviewed on the day the plan started",
        holds=nw.col("review_date") > nw.col("plan_start_date"),
        hint=" The conference that made the plan is no review of it: leave it out.",
    )
    checked = one_plan_at_a_time(frame)
    held = _carried(PlanReviews.admit(reviews, also=(later,)), checked)
    _need_their_plans(checked, held)
    return checked, held


def _need_their_plans(plans: Checked[Any], held: nw.LazyFrame[Any]) -> None:
    """Refuse reviews that would be passed over though they were held within a plan of the child: one small query."""
    of_no_plan = held.join(plans.lazy, left_on=["__child", "__start"], right_on=["child_id", "start_date"], how="anti")
    days = plans.lazy.select(nw.col("child_id").alias("__child"), "start_date", "end_date")
    during = (nw.col("__held") > nw.col("start_date")) & (nw.col("end_date").is_null() | (nw.col("__held") <= nw.col("end_date")))
    rows = int(collect(of_no_plan.join(days, on="__child", how="inner").filter(during).select(rows=nw.len())).item())
    if rows:
        hint = " Where records of one plan were merged, give its reviews the day the merged plan began."
        rule = "begins no plan of the child, though one of them was open at the review"
        problem = Problem(column="plan_start_date", rule=rule, rows=rows, hint=hint)
        raise FrameProblems(schema=PlanReviews.__name__, problems=(problem,))


def _carried(reviews: Checked[Any], plans: Checked[Any]) -> nw.LazyFrame[Any]:
    held = carried(reviews, like=plans.lazy, columns=("child_id", "plan_start_date", "review_date"))
    return held.select(
        nw.col("child_id").alias("__child"),
        nw.col("plan_start_date").cast(nw.Date).alias("__start"),
        nw.col("review_date").cast(nw.Date).alias("__held"),
    )


def _marked(plans: Checked[Any], held: nw.LazyFrame[Any], day: Snapshot, since: dt.date) -> nw.LazyFrame[Any]:
    first, further = (int(limit.on(day.start).m_as("month")) for limit in (_FIRST, _FURTHER))
    by_plan = _by_plan(held.filter(nw.col("__held") <= day.start), first=first, further=further, since=since)
    rows = left_joined(unmarked(plans.lazy, *_OWN), by_plan, ("child_id", "start_date"), known_as=("__child", "__start"))
    rows = rows.with_columns(
        reviews_held=nw.col("__count").fill_null(0).cast(nw.Int64),
        reviews_late=nw.col("__late").fill_null(0).cast(nw.Int64),
        last_review_date=nw.col("__last"),
        __untold=nw.col("__untold").fill_null(0).cast(nw.Int64),
        __next=_standing("start_date", "__last", nw.lit(day.start), first=first, further=further, since=since),
    )
    long_enough = ~within_months(nw.col("start_date"), nw.lit(day.start), months=first)
    late = (nw.col("reviews_late") > 0) | (nw.col("__next") == _IS_LATE)
    untold = ~late & ((nw.col("__untold") > 0) | (nw.col("__next") == _CANNOT_BE_TOLD))
    out = marked(rows, whole=is_open("start_date", "end_date", day.start) & long_enough, part=~late & ~untold)
    return out.with_columns(no_history=nw.col(MARKS[0]) & untold)


def _by_plan(held: nw.LazyFrame[Any], *, first: int, further: int, since: dt.date) -> nw.LazyFrame[Any]:
    """How many reviews a plan has had, how many were late or may have been, and the last of them."""
    plan = ("__child", "__start")
    known = held.with_columns(__previous=nw.col("__held").shift(1).over(*plan, order_by="__held"))
    standing = _standing("__start", "__previous", nw.col("__held"), first=first, further=further, since=since)
    return (
        known.with_columns(__standing=standing)
        .group_by(*plan)
        .agg(
            __count=nw.len(),
            __late=tally(nw.col("__standing") == _IS_LATE),
            __untold=tally(nw.col("__standing") == _CANNOT_BE_TOLD),
            __last=nw.col("__held").max(),
        )
    )


def _standing(start: str, previous: str, day: nw.Expr, *, first: int, further: int, since: dt.date) -> nw.Expr:
    """Whether a day is in time after the review before it, or after the start where there is none, or is late.

    It cannot be told where a review on the last day that is not known would have been in time, and there is room for one.
    """
    unknown_to = nw.lit(since - dt.timedelta(days=1))
    is_first = nw.col(previous).is_null()
    from_start = within_months(nw.col(start), day, months=first)
    from_review = within_months(nw.col(previous), day, months=further)
    in_time = nw.when(is_first).then(from_start).otherwise(from_review)
    one_more = (nw.coalesce(previous, start) < unknown_to) & within_months(unknown_to, day, months=further)
    too_late = nw.when(one_more).then(nw.lit(_CANNOT_BE_TOLD)).otherwise(nw.lit(_IS_LATE))
    return nw.when(in_time).then(nw.lit(_IN_TIME)).otherwise(too_late)
