"""EHC plans: requests still open on a day, which make the backlog: how many, how old they are, and how many are overdue.

A request is open from the day it was received until it has come to an end: until it was decided not to assess, or not to issue a
plan, or it was withdrawn, or the plan was issued. A decision to assess does not end it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.still_open import (
    admitted,
    cannot_be_told,
    followed_up_to,
    is_still_open,
    open_summed,
    received_by,
    with_ends,
)
from bucks_cs.ehcp.calculations.weeks import DAYS_OF_A_WEEK
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.marking import as_readings, as_snapshots, drill_down, groups, marked, one_day, tally, unmarked
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["OPEN_REQUESTS", "OWN", "mark_open_requests", "open_requests", "untold_as_bounds", "with_weeks_open"]

OWN = ("weeks_open", "cannot_be_told")
"""The columns that a drill-down of open requests has beside its marks."""

OPEN_REQUESTS = Indicator(
    key="ehcp.open_requests",
    title="Requests for an EHC needs assessment still open",
    counts="requests received on the day or before on which, by the end of the day, it had not been decided not to assess, nor "
    "not to issue a plan, which had not been withdrawn, and for which no plan had been issued",
    leaves_out="requests that it was decided to refuse, though the refusal was changed later: the return keeps the refusal",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="request",
    better=Better.LOWER,
    sources=sources.NO_SERIES_OF_OPEN_REQUESTS,
)


def mark_open_requests(frame: FrameT | Checked[FrameT], *, at: Snapshot, followed_to: dt.date) -> FrameT:
    """The caller's journeys, each with whether it is open on a day and for how long: the drill-down of `open_requests`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, not after ``followed_to``.
        followed_to: The last day of which everything is in the frame, such as the survey day. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each request received by the
        day, or on a day that is not known), ``in_numerator`` (yes where it is open), ``weeks_open`` since it was received, null
        where it is not open or that day is not known, and ``cannot_be_told``: whether it may have been open, as `open_requests`
        says.

    Raises:
        FrameProblems: A rule of `Journeys` is broken; a day after ``followed_to``.
        InvalidValue: Not one snapshot, or one after ``followed_to``; or ``followed_to`` is no plain date.

    Source:
        As `open_requests`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_open_requests
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 8, 29),
        ...     "rya": False, "request_outcome": ["Y", "N"], "request_outcome_date": dt.date(2024, 10, 10),
        ...     "assessment_outcome": None, "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> marked = mark_open_requests(rows, at=Snapshot("16 January 2025"), followed_to=dt.date(2025, 1, 16))
        >>> marked.select("in_numerator", "weeks_open").rows()
        [(True, 20.0), (False, None)]
    """
    day = one_day(at)
    last = followed_up_to((day,), followed_to)
    checked = admitted(frame, last)
    rows = with_weeks_open(checked.lazy, day, last)
    out = marked(rows, whole=received_by(nw.lit(day.start)), part=nw.col("__open"))
    native: FrameT = drill_down(checked, out, *OWN)
    return native


def open_requests(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Requests still open on a day: received by it, and not come to an end by it.

    SEN2 has no day on which a request was withdrawn, and none on which a historical one was received or ended. On the last day
    that the rows go to a request that has ended is over, whichever day that was. On a day before it cannot be told, and the count
    lies between two: without such requests, and with them.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, such as the survey day. It cannot be seen from the rows: a
            request on which nothing was decided yet looks the same however long ago they were drawn.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many requests, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where there
        were none. ``no_history``, between bounds, where one cannot be told.

    Raises:
        FrameProblems: A rule of `Journeys` is broken; a day after ``followed_to``.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot, or after
            ``followed_to``; ``followed_to`` is no plain date.

    Source:
        No official one: see `OPEN_REQUESTS`. DfE's requests.csv and assessments.csv have those not decided at the end of a year.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import open_requests
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 8, 29),
        ...     "rya": False, "request_outcome": ["Y", "W"], "request_outcome_date": [dt.date(2024, 10, 10), None],
        ...     "assessment_outcome": None, "assessment_outcome_date": None, "week20": None, "plan_start_date": None})
        >>> days = [Snapshot("31 December 2024"), Snapshot("16 January 2025")]
        >>> for reading in open_requests(rows, at=days, followed_to=dt.date(2025, 1, 16)):
        ...     print(reading)
        Requests for an EHC needs assessment still open, 31 December 2024: not enough history to know (bounds 1 to 2)
        Requests for an EHC needs assessment still open, 16 January 2025: 1 request
    """
    days = as_snapshots(at)
    last = followed_up_to(days, followed_to)
    checked = admitted(frame, last)
    columns = groups(checked, by, own=OWN)
    sums = {"__open": tally(~nw.col("__untold")), "__untold": tally(nw.col("__untold"))}
    counted = untold_as_bounds(open_summed(checked, days, last, by=columns, sums=sums))
    return as_readings(counted, home=checked.home, indicator=OPEN_REQUESTS, by=columns, area=area, source=source)


def with_weeks_open(lazy: nw.LazyFrame[Any], day: Snapshot, last: dt.date) -> nw.LazyFrame[Any]:
    """Journeys with the columns of `OWN`, whether each is open on a day in ``__open``, and ``__days`` since it was received.

    Args:
        lazy: The journeys.
        day: The day.
        last: The last day the journeys are followed to.
    """
    on = nw.lit(day.start)
    there, untold = is_still_open(on, last), cannot_be_told(on, last)
    rows = with_ends(unmarked(lazy, *OWN)).with_columns(
        __open=there & ~untold, cannot_be_told=there & untold, __days=days_between(nw.col("received_date"), on, like=lazy)
    )
    weeks = nw.when(nw.col("__open")).then(nw.col("__days").cast(nw.Float64) / DAYS_OF_A_WEEK)
    return rows.with_columns(weeks_open=weeks)


def untold_as_bounds(counted: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Counts as values; where some rows cannot be told, as ``no_history`` between the count without them and the one with them.

    Args:
        counted: Rows with ``__open`` and ``__untold``, null where there were none.
    """
    sure, unsure = (nw.col(name).fill_null(0).cast(nw.Float64) for name in ("__open", "__untold"))
    untold = unsure > 0
    return counted.with_columns(
        nw.when(~untold).then(sure).alias("value"),
        nw.when(untold).then(nw.lit(Withheld.NO_HISTORY.value)).alias("withheld"),
        nw.when(untold).then(sure).alias("lower"),
        nw.when(untold).then(sure + unsure).alias("upper"),
        nw.when(untold).then(nw.lit(Interval.BOUNDS.value)).alias("interval"),
    )
