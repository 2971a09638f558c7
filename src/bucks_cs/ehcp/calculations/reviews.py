"""EHC plans: annual reviews: which plans have been reviewed in the last 12 months, as they must be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.schema.plans import one_plan_at_a_time
from bucks_cs.ehcp.schema.reviews import Reviews
from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import whole_months_between
from bucks_cs.frames.engine import collect
from bucks_cs.frames.second_table import carried
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.marking import (
    MARKS,
    NUMBER,
    as_readings,
    as_snapshots,
    drill_down,
    groups,
    in_full,
    is_open,
    left_joined,
    marked,
    one_day,
    plain_day,
    stock_shares,
    unmarked,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.units import in_unit

__all__ = ["REVIEWS_IN_TIME", "REVIEWS_NOT_DUE", "mark_reviews_in_time", "reviews_in_time", "reviews_not_due"]

REVIEWS_IN_TIME = Indicator(
    key="ehcp.reviews_in_time",
    title="EHC plans with an annual review in time",
    counts="EHC plans maintained on the day, whose first 12 months had run out by then, on which no review was overdue: the last "
    "review meeting was in the 12 months up to the day; out of all plans maintained on the day whose first 12 months had run "
    "out. The day of the start, and of a meeting, is itself the first of 12 months, so that the anniversary is too late",
    leaves_out="plans in their first 12 months, of which no review need have been held; they are counted apart, as reviews not "
    "due. That a review was late before the last one makes no difference, nor does it whether a decision followed in time; and "
    "nothing is allowed for coronavirus in 2020, when the limits could be set aside where it made them impractical",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.HIGHER,
    sources=(
        sources.REVIEW_LIMIT.values[0].source,
        sources.CODE_OF_PRACTICE,
        sources.REVIEWS_STARTING_WITH_THE_DAY,
        sources.ANNUAL_REVIEWS,
    ),
)

REVIEWS_NOT_DUE = Indicator(
    key="ehcp.reviews_not_due",
    title="EHC plans whose first annual review is not due yet",
    counts="EHC plans maintained on the day, whose first 12 months had not run out by then. The share with an annual review in "
    "time leaves them out",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="plan",
    better=Better.NEITHER,
    sources=NoOfficialSource(reason="it says how much of a measure is left out, and is not published"),
)

_OWN = ("reviews_held", "last_review_date", "not_due", "no_history")


def mark_reviews_in_time(
    frame: FrameT | Checked[FrameT], *, reviews: NativeFrame | Checked[Any], at: Snapshot, history_from: dt.date
) -> FrameT:
    """The caller's plans, each with whether it was reviewed in time by a day: the drill-down of `reviews_in_time`.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        reviews: The reviews of those plans, of the same engine or eager, or checked by `Reviews`.
        at: The day.
        history_from: As for `reviews_in_time`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no);
        ``reviews_held``: how many review meetings by the day the frame has; ``last_review_date``, null where it has none;
        ``not_due``: whether the plan is maintained and in its first 12 months, so that it is left out; and ``no_history``:
        whether it cannot be told, as `reviews_in_time` says.

    Raises:
        FrameProblems: As `reviews_in_time`.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: Not one snapshot, or ``history_from`` is no plain date.
        NotInForce: The day is before the limit came into force.

    Source:
        As `reviews_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_reviews_in_time
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None, "start_date": dt.date(2022, 9, 1),
        ...     "cease_date": None, "cease_reason": None})
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 9, 1),
        ...     "meeting_date": [dt.date(2024, 1, 17), dt.date(2024, 1, 16)], "outcome": None, "outcome_date": None})
        >>> marked = mark_reviews_in_time(
        ...     rows, reviews=held, at=Snapshot("16 January 2025"), history_from=dt.date(2014, 9, 1))
        >>> marked.sort("child_id")["in_numerator"].to_list()
        [True, False]
    """
    day, since = one_day(at), plain_day(history_from, what="history_from")
    checked, held = _admitted(frame, reviews)
    return drill_down(checked, _marked(checked, held, day, since), *_OWN)


def reviews_in_time(
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
    """The share of plans maintained on a day, and past their first 12 months, that were reviewed in the 12 months up to it.

    A plan is reviewed in the 12 months that start with the day it was made, and in each 12 months that start with the day of the
    last review. It is in time on a day where those 12 months have not run out: of a review on 16 January 2024 they end on 15
    January 2025, and of one on 29 February 2024 on 28 February 2025. The day of the review is taken to be that of the meeting.
    Reviews after the day are not looked at, and a review that was late puts a plan in time again.

    It is asked of the latest review alone, since SEN2 has no other. Where a review may have been held before the history of the
    rows, and none is known since that would be in time, it cannot be told.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        reviews: The reviews of those plans, of the same engine or eager, or checked by `Reviews`; they are found by the child's
            number and the day the plan started, and those of other plans are passed over.
        at: The day, or several.
        history_from: The first day from which the reviews are in the frame. It cannot be seen from the rows. A return has the
            latest review of each plan, whenever it was: give the first day of plans, ``dt.date(2014, 9, 1)``, and as ``at`` no
            day but its survey day.
        by: Columns to break it down by, of the plan.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where no plan was past its first 12 months; ``no_history`` where a plan cannot be told. `reviews_not_due` counts
        the plans that are left out.

    Raises:
        FrameProblems: A rule of `Plans` or `Reviews` is broken; a child's plans overlap; a review was held within a plan of the
            child and names another start.
        UnknownColumn: ``by`` names a column the frame lacks.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no day, or a period
            that is no snapshot; ``history_from`` is no plain date.
        NotInForce: The day is before the limit came into force.

    Source:
        Children and Families Act 2014, section 44(1); that the 12 months *start with* the day, so that the anniversary is outside
        them, is as IPSEA quotes it, and the section's own text was not found. The code of practice, paragraph 9.169, has "within
        12 months of the date", which would take in the anniversary: the two differ by one day. Not verified: whether the review
        is held on the day of the meeting or of the decision that concludes it; `review_decisions_in_time` measures what lies
        between. DfE's annual_reviews.csv counts something else: of the plans of a January, those with a meeting in the calendar
        year before.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import reviews_in_time
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None, "start_date": dt.date(2022, 9, 1),
        ...     "cease_date": None, "cease_reason": None})
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 9, 1),
        ...     "meeting_date": [dt.date(2024, 1, 17), dt.date(2024, 1, 16)], "outcome": None, "outcome_date": None})
        >>> reading = reviews_in_time(
        ...     rows, reviews=held, at=Snapshot("16 January 2025"), history_from=dt.date(2014, 9, 1)).at()
        >>> reading.number, reading.denominator
        (50.0, 2.0)
    """
    days, since = as_snapshots(at), plain_day(history_from, what="history_from")
    checked, held = _admitted(frame, reviews)
    return stock_shares(
        lambda day: _marked(checked, held, day, since),
        every=checked.lazy,
        home=checked.home,
        indicator=REVIEWS_IN_TIME,
        at=days,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: "no_history"},
    )


def reviews_not_due(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many plans `reviews_in_time` leaves out on a day, being in their first 12 months; ``not_due`` in its drill-down.

    Args:
        frame: EHC plans, of any engine, or checked by `Plans`.
        at: The day, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many plans, 0 or more, for each group of the frame and each day, in the caller's own kind of frame.

    Raises:
        FrameProblems: A rule of `Plans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `reviews_in_time`.
        NotInForce: The day is before the limit came into force.

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import reviews_not_due
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": None,
        ...     "start_date": [dt.date(2024, 1, 16), dt.date(2024, 1, 17)], "cease_date": None, "cease_reason": None})
        >>> for reading in reviews_not_due(rows, at=Snapshot("16 January 2025")):
        ...     print(reading)
        EHC plans whose first annual review is not due yet, 16 January 2025: 1 plan
    """
    days, checked = as_snapshots(at), one_plan_at_a_time(frame)
    columns = groups(checked, by, own=_OWN)
    kept = checked.lazy.select(*dict.fromkeys((*columns, "start_date", "cease_date")))
    parts = [
        kept.filter(_maintained(day) & ~_past_the_first(day)).with_columns(nw.lit(n).cast(nw.Int64).alias(NUMBER))
        for n, day in enumerate(days)
    ]
    rows = parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    summed = rows.group_by(*columns, NUMBER).agg(value=nw.len().cast(nw.Float64))
    counted = in_full(checked.lazy, summed, days, columns).with_columns(nw.col("value").fill_null(0.0))
    return as_readings(counted, home=checked.home, indicator=REVIEWS_NOT_DUE, by=columns, area=area, source=source)


def _admitted(frame: FrameT | Checked[FrameT], reviews: NativeFrame | Checked[Any]) -> tuple[Checked[FrameT], nw.LazyFrame[Any]]:
    checked = one_plan_at_a_time(frame)
    held = carried(Reviews.admit(reviews), like=checked.lazy).select(
        nw.col("child_id").alias("__child"),
        nw.col("plan_start_date").cast(nw.Date).alias("__start"),
        nw.col("meeting_date").cast(nw.Date).alias("__held"),
    )
    _need_their_plans(checked, held)
    return checked, held


def _need_their_plans(plans: Checked[Any], held: nw.LazyFrame[Any]) -> None:
    """Refuse reviews that would be passed over though they were held within a plan of the child: one small query."""
    of_no_plan = held.join(plans.lazy, left_on=["__child", "__start"], right_on=["child_id", "start_date"], how="anti")
    days = plans.lazy.select(nw.col("child_id").alias("__child"), "start_date", "cease_date")
    until = nw.col("cease_date").is_null() | (nw.col("__held") <= nw.col("cease_date"))
    during = (nw.col("__held") > nw.col("start_date")) & until
    rows = int(collect(of_no_plan.join(days, on="__child", how="inner").filter(during).select(rows=nw.len())).item())
    if rows:
        rule = "starts no plan of the child, though one of them was maintained at the meeting"
        hint = " Where a plan was amended, give its reviews the day it first started."
        problem = Problem(column="plan_start_date", rule=rule, rows=rows, hint=hint)
        raise FrameProblems(schema=Reviews.__name__, problems=(problem,))


def _marked(plans: Checked[Any], held: nw.LazyFrame[Any], day: Snapshot, since: dt.date) -> nw.LazyFrame[Any]:
    by_plan = (
        held.filter(nw.col("__held") <= day.start)
        .group_by("__child", "__start")
        .agg(__count=nw.len(), __last=nw.col("__held").max())
    )
    rows = left_joined(unmarked(plans.lazy, *_OWN), by_plan, ("child_id", "start_date"), known_as=("__child", "__start"))
    due = _past_the_first(day)
    rows = rows.with_columns(
        reviews_held=nw.col("__count").fill_null(0).cast(nw.Int64),
        last_review_date=nw.col("__last"),
        not_due=(_maintained(day) & ~due).fill_null(value=False),
    )
    in_time = _lasts_until(nw.col("last_review_date"), day).fill_null(value=False)
    # There is room for a review on the last day that is not known, and it would have been in time.
    unseen = nw.lit(since - dt.timedelta(days=1))
    untold = ~in_time & (nw.col("start_date") <= unseen) & _lasts_until(unseen, day)
    out = marked(rows, whole=_maintained(day) & due, part=in_time)
    return out.with_columns(no_history=nw.col(MARKS[0]) & untold)


def _maintained(day: Snapshot) -> nw.Expr:
    return is_open("start_date", "cease_date", day.start)


def _past_the_first(day: Snapshot) -> nw.Expr:
    return ~_lasts_until(nw.col("start_date"), day)


def _lasts_until(first: nw.Expr, day: Snapshot) -> nw.Expr:
    """Whether a day lies in the months that start with another, which is in them itself."""
    months = int(in_unit(sources.REVIEW_LIMIT.on(day.start), "month"))
    return whole_months_between(first, nw.lit(day.start)) < months
