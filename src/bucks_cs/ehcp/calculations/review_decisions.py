"""EHC plans: how soon after a review meeting it is decided whether the plan is kept, amended or ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.clocks import Clock
from bucks_cs.ehcp.calculations.counting import nothing_after
from bucks_cs.ehcp.schema.reviews import Reviews
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, flows, groups, marked, periods_of_a_flow, plain_day, shares, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings

__all__ = [
    "REVIEW_DECISIONS_IN_TIME",
    "REVIEW_DECISIONS_NOT_DUE",
    "mark_review_decisions_in_time",
    "review_decisions_in_time",
    "review_decisions_not_due",
]

REVIEW_DECISIONS_IN_TIME = Indicator(
    key="ehcp.review_decisions_in_time",
    title="Decisions within 4 weeks of the review meeting",
    counts="review meetings held since 1 September 2014 on which parent or young person was told within four weeks whether the "
    "plan is kept, amended or ended, out of all on which a decision after the rows end would be late; one with no day of a "
    "decision, not decided yet or not recorded, counts as not in time",
    leaves_out="meetings on which a decision after the rows end could still be in time, decided already or not; they are counted "
    "apart, as decisions not due. Nothing is allowed for coronavirus in 2020, when the limits could be set aside",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.REVIEW_DECISION_LIMIT.values[0].source, sources.ANNUAL_REVIEWS),
)

REVIEW_DECISIONS_NOT_DUE = Indicator(
    key="ehcp.review_decisions_not_due",
    title="Review meetings on which a decision is not due yet",
    counts="review meetings held in the period on which a decision after the rows end could still be in time, decided already "
    "or not. The share decided within 4 weeks leaves them out",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="review",
    better=Better.NEITHER,
    sources=NoOfficialSource(reason="it says how much of a measure is left out; DfE has one for its own share"),
)

_OWN = ("days_to_decision", "not_due")
_DECISION = Clock(start="meeting_date", end="outcome_date", limits=sources.REVIEW_DECISION_LIMIT)


def mark_review_decisions_in_time(frame: FrameT | Checked[FrameT], *, followed_to: dt.date) -> FrameT:
    """The caller's reviews, each with whether it was decided on in time: the drill-down of `review_decisions_in_time`.

    Args:
        frame: Reviews, of any engine, or checked by `Reviews`.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no),
        ``days_to_decision`` from the meeting (0 or more; null where there is no decision) and ``not_due``: whether a decision
        after ``followed_to`` could still be in time, so that the meeting is left out.

    Raises:
        FrameProblems: As `review_decisions_in_time`.
        InvalidValue: ``followed_to`` is no plain date.

    Source:
        As `review_decisions_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_review_decisions_in_time
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 9, 1),
        ...     "meeting_date": dt.date(2024, 1, 16), "outcome": "M",
        ...     "outcome_date": [dt.date(2024, 2, 13), dt.date(2024, 2, 14)]})
        >>> rows = mark_review_decisions_in_time(held, followed_to=dt.date(2025, 1, 16))
        >>> rows.select("days_to_decision", "in_numerator").rows()
        [(28, True), (29, False)]
    """
    checked, rows = _followed(frame, followed_to)
    return drill_down(checked, rows, *_OWN)


def review_decisions_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the review meetings of a period after which it was decided within four weeks what becomes of the plan.

    Day 28 after the meeting is in time. A decision is *not due* while one after ``followed_to`` could still be in time; its
    meeting is left out even where it was decided on already, because those not decided on yet would be missing beside it.

    Args:
        frame: Reviews, of any engine, or checked by `Reviews`.
        period: One or several; a meeting belongs to the period it was held in.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by, such as ``"outcome"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no meeting was under the limit and due. `review_decisions_not_due` counts those that are left out.

    Raises:
        FrameProblems: A rule of `Reviews` is broken; a meeting or a decision after ``followed_to``.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``followed_to`` is no plain date.

    Source:
        Special Educational Needs and Disability Regulations 2014, regulation 20(10): within four weeks of the review meeting; the
        code of practice, paragraph 9.169. Of those the return has, DfE's annual_reviews.csv has the number decided within 4 weeks
        and after; what its percentage is out of is not verified.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import review_decisions_in_time
        >>> from bucks_cs.periods import CalendarYear
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 9, 1),
        ...     "meeting_date": dt.date(2024, 1, 16), "outcome": "M",
        ...     "outcome_date": [dt.date(2024, 2, 13), dt.date(2024, 2, 14)]})
        >>> for reading in review_decisions_in_time(held, period=CalendarYear(2024), followed_to=dt.date(2025, 1, 16)):
        ...     print(reading)
        Decisions within 4 weeks of the review meeting, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked, rows = _followed(frame, followed_to)
    return shares(
        rows,
        every=checked.lazy,
        home=checked.home,
        indicator=REVIEW_DECISIONS_IN_TIME,
        date="meeting_date",
        period=periods,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def review_decisions_not_due(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many review meetings of a period `review_decisions_in_time` leaves out; ``not_due`` in its drill-down.

    Args:
        frame: Reviews, of any engine, or checked by `Reviews`.
        period: One or several; a meeting belongs to the period it was held in.
        followed_to: The last day of which every decision is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many meetings, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: As `review_decisions_in_time`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `review_decisions_in_time`.

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import review_decisions_not_due
        >>> from bucks_cs.periods import Month
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "plan_start_date": dt.date(2022, 9, 1),
        ...     "meeting_date": [dt.date(2024, 12, 19), dt.date(2024, 12, 20)], "outcome": None, "outcome_date": None})
        >>> for reading in review_decisions_not_due(held, period=Month("2024-12"), followed_to=dt.date(2025, 1, 16)):
        ...     print(reading)
        Review meetings on which a decision is not due yet, December 2024: 1 review
    """
    periods = periods_of_a_flow(period)
    checked, rows = _followed(frame, followed_to)
    return flows(
        rows.with_columns(__not_due_on=nw.when(nw.col("not_due")).then(nw.col("meeting_date"))),
        every=checked.lazy,
        home=checked.home,
        indicator=REVIEW_DECISIONS_NOT_DUE,
        date="__not_due_on",
        period=periods,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
    )


def _followed(frame: FrameT | Checked[FrameT], followed_to: dt.date) -> tuple[Checked[FrameT], nw.LazyFrame[Any]]:
    """Reviews once they are checked, and their rows with the marks and columns of `review_decisions_in_time`."""
    last = plain_day(followed_to, what="followed_to")
    checked: Checked[FrameT] = Reviews.admit(frame, also=nothing_after(last, ("meeting_date", "outcome_date")))
    allowed = _DECISION.limit
    since = days_between(nw.col("meeting_date"), nw.lit(last), like=checked.lazy)
    rows = unmarked(checked.lazy, *_OWN).with_columns(
        days_to_decision=_DECISION.taken(checked.lazy), not_due=(since < allowed).fill_null(value=False), __allowed=allowed
    )
    under = ~nw.col("__allowed").is_null() & ~nw.col("not_due")
    return checked, marked(rows, whole=under, part=nw.col("days_to_decision") <= nw.col("__allowed"))
