"""EHC plans: whether a request is still open on a day, read off the days of its journey.

SEN2 gives no day to a withdrawal, and none to what is historical. On the last day that the rows go to, what has ended is over;
on a day before that it cannot be told of such a request.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.counting import nothing_after
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, RequestOutcome
from bucks_cs.ehcp.schema import Journeys
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.marking import in_full, plain_day, summed_beside
from bucks_cs.periods import Snapshot

__all__ = ["admitted", "cannot_be_told", "followed_up_to", "is_still_open", "open_summed", "received_by", "with_ends"]

_DAYS = ("received_date", "request_outcome_date", "assessment_outcome_date", "plan_start_date")
_ENDS = ("__end", "__end_unknown")


def followed_up_to(at: Sequence[Snapshot], followed_to: object) -> dt.date:
    """The last day that rows are followed to, once it is sure that no day is asked for after it.

    Args:
        at: The days asked for.
        followed_to: What was given as ``followed_to=``.

    Raises:
        InvalidValue: It is no plain date; a day is after it.
    """
    last = plain_day(followed_to, what="followed_to")
    if any(day.start > last for day in at):
        raise InvalidValue(what="at", expected=f"no day after {last}, the day that followed_to says the rows go to")
    return last


def admitted(frame: FrameT | Checked[FrameT], last: dt.date) -> Checked[FrameT]:
    """Journeys, once it is sure that none has a day after the last one they are followed to.

    Args:
        frame: The journeys.
        last: That day.

    Raises:
        FrameProblems: A rule of `Journeys` is broken; a day after it.
    """
    checked: Checked[FrameT] = Journeys.admit(frame, also=nothing_after(last, _DAYS))
    return checked


def open_summed(
    checked: Checked[Any],
    days: Sequence[Snapshot],
    last: dt.date,
    *,
    by: tuple[str, ...],
    sums: Mapping[str, nw.Expr],
) -> nw.LazyFrame[Any]:
    """Sums over the requests that are, or may be, open on each day, for every group and day; null where there are none.

    Args:
        checked: The journeys.
        days: The days.
        last: The last day the journeys are followed to.
        by: The groups.
        sums: What is summed, by name, of ``__days`` since a request was received, and ``__untold``: whether it `cannot_be_told`.
    """

    def looked_at(day: nw.Expr, _: nw.Expr) -> dict[str, nw.Expr]:
        days_open = days_between(nw.col("received_date"), day, like=checked.lazy)
        return {"__days": days_open, "__untold": cannot_be_told(day, last)}

    kept = with_ends(checked.lazy).select(*dict.fromkeys((*by, "received_date", *_ENDS)))
    summed = summed_beside(kept, days, by=by, sums=sums, holds=lambda day, _: is_still_open(day, last), also=looked_at)
    return in_full(checked.lazy, summed, days, by)


def with_ends(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Journeys with what `is_still_open` and `cannot_be_told` look at, worked out once for all days.

    Args:
        lazy: The journeys.

    Returns:
        The journeys with ``__end``, the day on which the request came to an end, null where it did not or on a day that is not
        known; and ``__end_unknown``: whether it came to one on such a day.
    """
    outcome, after = nw.col("request_outcome"), nw.col("assessment_outcome")
    over = (outcome == RequestOutcome.REFUSE.value) | (outcome == RequestOutcome.WITHDRAWN.value)
    of_request = nw.when(over).then(nw.col("request_outcome_date"))
    no_plan = nw.when(after == AssessmentOutcome.NO_PLAN.value).then(nw.col("assessment_outcome_date"))
    # The rules see to it that there is a plan, or the day of an outcome, only where the assessment has ended.
    of_assessment = nw.coalesce(no_plan, nw.col("plan_start_date"), nw.col("assessment_outcome_date"))
    rows = lazy.with_columns(__end=nw.min_horizontal(of_request, of_assessment))
    # It may have been decided to issue a plan that has not been issued: such an outcome has no day, and has ended nothing.
    ended = over | (after == AssessmentOutcome.WITHDRAWN.value) | (after == sources.HISTORICAL)
    return rows.with_columns(__end_unknown=ended.fill_null(value=False) & nw.col("__end").is_null())


def received_by(day: nw.Expr) -> nw.Expr:
    """Whether a request was received by a day, or on one that is not known.

    Args:
        day: The day.
    """
    return (nw.col("received_date") <= day).fill_null(value=True)


def is_still_open(day: nw.Expr, last: dt.date) -> nw.Expr:
    """Whether a request `with_ends` had been received by a day, and had not come to an end by it as far as is known.

    Args:
        day: The day.
        last: The last day the journeys are followed to.
    """
    over = nw.col("__end_unknown") & (day == nw.lit(last))
    return received_by(day) & (nw.col("__end") > day).fill_null(value=True) & ~over


def cannot_be_told(day: nw.Expr, last: dt.date) -> nw.Expr:
    """Whether a request that `is_still_open` takes to be open may not have been received by a day, or may have ended by it.

    Args:
        day: The day.
        last: The last day the journeys are followed to.
    """
    return (day < nw.lit(last)) & (nw.col("received_date").is_null() | nw.col("__end_unknown"))
