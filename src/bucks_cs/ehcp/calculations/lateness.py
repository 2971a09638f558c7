"""EHC plans: requests still open on a day by the limit they have passed, and the share of them that is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.clocks import Clock
from bucks_cs.ehcp.calculations.still_open import admitted, followed_up_to, open_summed
from bucks_cs.ehcp.calculations.waiting import OPEN_REQUESTS, OWN, untold_as_bounds, with_weeks_open
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import small_table
from bucks_cs.indicators import Better, Measure, Withheld
from bucks_cs.marking import as_readings, as_snapshots, drill_down, groups, marked, one_day, stock_shares, tally
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, Dated
from bucks_cs.readings import Readings
from bucks_cs.units import Quantity

__all__ = [
    "AGES_OF_REQUESTS",
    "OPEN_REQUESTS_BY_AGE",
    "OVERDUE_REQUESTS",
    "mark_overdue_requests",
    "open_requests_by_age",
    "overdue_requests",
]

_AGE = "band"

AGES_OF_REQUESTS = ("within 6 weeks", "6 to 16 weeks", "16 to 20 weeks", "over 20 weeks", "not known")
"""How old a request is, by the limit it has passed: the decision whether to assess, that no plan is to be issued, the final plan.

Day 42, 112 and 140 after it was received are still within. It is not known of a historical request with no day of receipt, nor of
one from before there were limits.
"""

OPEN_REQUESTS_BY_AGE = attrs.evolve(
    OPEN_REQUESTS,
    key="ehcp.open_requests_by_age",
    title="Requests still open, by how old they are",
    counts=f"{OPEN_REQUESTS.counts}; by the weeks since they were received: within the 6 weeks of the decision whether to "
    "assess, the 16 of the decision that no plan is to be issued, the 20 of the final plan, or over",
)

OVERDUE_REQUESTS = attrs.evolve(
    OPEN_REQUESTS,
    key="ehcp.overdue_requests",
    title="Open requests overdue",
    counts="requests open on the day that were received more than 20 weeks before it, those with exceptions among them, out of "
    "all open on the day",
    measure=Measure.SHARE,
    unit="percent",
    better=Better.LOWER,
    sources=(*OPEN_REQUESTS.sources, sources.SEND_REGULATIONS_2014.at("regulation 13(2)")),
)


def open_requests_by_age(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Requests open on a day, by the limit of the law that they have passed; `mark_open_requests` gives the rows.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many requests, 0 or more, for each group of the frame, each day and each age of `AGES_OF_REQUESTS` (in the column
        ``band``), in the caller's own kind of frame; 0 where there were none. They add up to `open_requests`. ``no_history``,
        between bounds, where one cannot be told.

    Raises:
        FrameProblems: As `open_requests`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `open_requests`.

    Source:
        The limits: Special Educational Needs and Disability Regulations 2014, regulations 5(1), 10(1) and 13(2). No series is
        published.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import open_requests_by_age
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2024, 8, 28)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> for reading in open_requests_by_age(rows, at=Snapshot(day), followed_to=day).where(band="over 20 weeks"):
        ...     print(reading)
        Requests still open, by how old they are, band over 20 weeks, 16 January 2025: 1 request
    """
    days = as_snapshots(at)
    last = followed_up_to(days, followed_to)
    checked = admitted(frame, last)
    columns = groups(checked, by, own=(*OWN, _AGE))
    aged = _age()
    sums = {
        f"__{name}_{n}": tally((aged == age) & (nw.col("__untold") == untold))
        for n, age in enumerate(AGES_OF_REQUESTS)
        for name, untold in _TOLD.items()
    }
    ages = small_table(checked.lazy, {_AGE: list(AGES_OF_REQUESTS)}, {_AGE: nw.String})
    long = open_summed(checked, days, last, by=columns, sums=sums).join(ages, how="cross")
    counted = untold_as_bounds(long.with_columns(*(_of_age(f"__{name}").alias(f"__{name}") for name in _TOLD)))
    by_age = (*columns, _AGE)
    return as_readings(counted, home=checked.home, indicator=OPEN_REQUESTS_BY_AGE, by=by_age, area=area, source=source)


_TOLD = {"open": False, "untold": True}


def _of_age(name: str) -> nw.Expr:
    """The count of the age in the row, out of those of every age."""
    chosen: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for n, age in enumerate(AGES_OF_REQUESTS):
        chosen = nw.when(nw.col(_AGE) == age).then(nw.col(f"{name}_{n}")).otherwise(chosen)
    return chosen


def _age() -> nw.Expr:
    """How old a request is, by the limits in force when it was received."""
    days, limits = nw.col("__days"), (sources.REQUEST_LIMIT, sources.NO_PLAN_LIMIT, sources.PLAN_LIMIT)
    age: nw.Expr = nw.lit(AGES_OF_REQUESTS[3])
    for n, limit in reversed([*enumerate(limits)]):
        age = nw.when(days <= _days_allowed(limit)).then(nw.lit(AGES_OF_REQUESTS[n])).otherwise(age)
    unknown = days.is_null() | _days_allowed(sources.PLAN_LIMIT).is_null()
    return nw.when(unknown).then(nw.lit(AGES_OF_REQUESTS[-1])).otherwise(age)


def mark_overdue_requests(frame: FrameT | Checked[FrameT], *, at: Snapshot, followed_to: dt.date) -> FrameT:
    """The caller's journeys, each with whether it is open on a day, and overdue: the drill-down of `overdue_requests`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, not after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the request is open, or
        may be), ``in_numerator`` (yes where it is open and overdue), and ``weeks_open`` and ``cannot_be_told`` as
        `mark_open_requests`; a request that is open and was received on a day not known cannot be told either.

    Raises:
        FrameProblems: As `open_requests`.
        InvalidValue: As `mark_open_requests`.

    Source:
        As `overdue_requests`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_overdue_requests
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2024, 8, 28)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> mark_overdue_requests(rows, at=Snapshot(day), followed_to=day)["in_numerator"].to_list()
        [False, True]
    """
    day = one_day(at)
    last = followed_up_to((day,), followed_to)
    checked = admitted(frame, last)
    return drill_down(checked, _marked(checked, day, last), *OWN)


def overdue_requests(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the requests open on a day that were received more than 20 weeks before it.

    They are overdue whether or not an exception of regulation 10(4) applies: which apply is known when the plan is issued. A
    request of before 1 September 2014 was under no limit, and is never overdue.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where no request was open; ``no_history`` where it cannot be told of one whether it was open, or when received.

    Raises:
        FrameProblems: As `open_requests`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `open_requests`.

    Source:
        The limit: Special Educational Needs and Disability Regulations 2014, regulation 13(2). No series is published.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import overdue_requests
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2024, 8, 28)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> for reading in overdue_requests(rows, at=Snapshot(day), followed_to=day):
        ...     print(reading)
        Open requests overdue, 16 January 2025: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    days = as_snapshots(at)
    last = followed_up_to(days, followed_to)
    checked = admitted(frame, last)
    return stock_shares(
        lambda day: _marked(checked, day, last),
        every=checked.lazy,
        home=checked.home,
        indicator=OVERDUE_REQUESTS,
        at=days,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: "cannot_be_told"},
    )


def _marked(checked: Checked[Any], day: Snapshot, last: dt.date) -> nw.LazyFrame[Any]:
    rows = with_weeks_open(checked.lazy, day, last)
    aged, unaged = (nw.col("__open") & test for test in (~nw.col("__days").is_null(), nw.col("__days").is_null()))
    rows = rows.with_columns(__aged=aged, cannot_be_told=nw.col("cannot_be_told") | unaged)
    late = nw.col("__days") > _days_allowed(sources.PLAN_LIMIT)
    return marked(rows, whole=nw.col("__aged") | nw.col("cannot_be_told"), part=nw.col("__aged") & late)


def _days_allowed(limits: Dated[Quantity]) -> nw.Expr:
    """The days allowed by the limit in force on the day a request was received; null where there was none."""
    return Clock(end="plan_start_date", limits=limits).limit
