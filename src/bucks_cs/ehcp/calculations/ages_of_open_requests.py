"""EHC plans: how many weeks the requests still open on a day have waited, in one figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.still_open import admitted, followed_up_to, open_summed
from bucks_cs.ehcp.calculations.waiting import OPEN_REQUESTS, OWN
from bucks_cs.ehcp.calculations.weeks import Middle, need_percentile, of_percentile, sums_of_days, weeks_of
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import as_snapshots, groups, tally
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "AGE_OF_OPEN_REQUESTS_MEAN",
    "AGE_OF_OPEN_REQUESTS_MEDIAN",
    "AGE_OF_OPEN_REQUESTS_PERCENTILE",
    "age_of_open_requests_mean",
    "age_of_open_requests_median",
    "age_of_open_requests_percentile",
]


def _of_open(key: str, *, title: str, counts: str, measure: Measure) -> Indicator:
    return Indicator(
        key=f"ehcp.{key}",
        title=title,
        counts=f"{counts}; a request is open as in `ehcp.open_requests`",
        leaves_out=OPEN_REQUESTS.leaves_out,
        measure=measure,
        kind=Kind.STOCK,
        unit="week",
        better=Better.LOWER,
        sources=sources.NO_SERIES_OF_OPEN_REQUESTS,
    )


AGE_OF_OPEN_REQUESTS_MEAN = _of_open(
    "age_of_open_requests_mean",
    title="Mean weeks that open requests have waited",
    counts="the mean of the weeks from the day a request was received to the day, of the requests open on it",
    measure=Measure.MEAN,
)

AGE_OF_OPEN_REQUESTS_MEDIAN = _of_open(
    "age_of_open_requests_median",
    title="Median weeks that open requests have waited",
    counts="the middle one, or midway between the two in the middle, of the weeks from the day a request was received to the "
    "day, of the requests open on it",
    measure=Measure.QUANTILE,
)

AGE_OF_OPEN_REQUESTS_PERCENTILE = _of_open(
    "age_of_open_requests_percentile",
    title="Weeks that open requests have waited",
    counts="a percentile of the weeks from the day a request was received to the day, of the requests open on it",
    measure=Measure.QUANTILE,
)

def age_of_open_requests_mean(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The mean of the weeks that the requests open on a day have waited; `mark_open_requests` gives the rows.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Weeks, 0 or more, for each group of the frame and each day, in the caller's own kind of frame, with the weeks of all and
        the number of requests they were divided by. ``z`` where none was open; ``no_history`` where it cannot be told of a
        request whether it was open, or when it was received.

    Raises:
        FrameProblems: As `open_requests`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `open_requests`.

    Source:
        No official one: see `AGE_OF_OPEN_REQUESTS_MEAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import age_of_open_requests_mean
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2025, 1, 2)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> for reading in age_of_open_requests_mean(rows, at=Snapshot(day), followed_to=day):
        ...     print(reading)
        Mean weeks that open requests have waited, 16 January 2025: 11 weeks, 22 over 2
    """
    return _one_figure(
        frame, AGE_OF_OPEN_REQUESTS_MEAN, None, at=at, followed_to=followed_to, by=by, area=area, source=source
    )


def age_of_open_requests_median(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The median of the weeks that the requests open on a day have waited; `mark_open_requests` gives the rows.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Weeks, 0 or more, for each group of the frame and each day, in the caller's own kind of frame. ``z`` where none was open;
        ``no_history`` where it cannot be told of a request whether it was open, or when it was received.

    Raises:
        FrameProblems: As `open_requests`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `open_requests`.

    Source:
        No official one: see `AGE_OF_OPEN_REQUESTS_MEDIAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import age_of_open_requests_median
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2025, 1, 2)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> age_of_open_requests_median(rows, at=Snapshot(day), followed_to=day).at().number
        11.0
    """
    return _one_figure(
        frame, AGE_OF_OPEN_REQUESTS_MEDIAN, 50.0, at=at, followed_to=followed_to, by=by, area=area, source=source
    )


def age_of_open_requests_percentile(
    frame: FrameT | Checked[FrameT],
    *,
    percentile: float,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """A percentile of the weeks that the requests open on a day have waited; `mark_open_requests` gives the rows.

    Between two requests it lies in proportion, as in a spreadsheet's PERCENTILE.INC. The 50th is the median.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        percentile: Which one, 0 to 100; the reading's title says it.
        at: The day, as a snapshot, or several; none after ``followed_to``.
        followed_to: The last day of which everything is in the frame, as for `open_requests`.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        As `age_of_open_requests_median`.

    Raises:
        FrameProblems: As `open_requests`.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `open_requests`; or ``percentile`` is no number from 0 to 100.

    Source:
        No official one: see `AGE_OF_OPEN_REQUESTS_PERCENTILE`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import age_of_open_requests_percentile
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"],
        ...     "received_date": [dt.date(2024, 8, 29), dt.date(2025, 1, 2)], "relevant_youth_accommodation": False,
        ...     "request_outcome": None, "request_outcome_date": None, "assessment_outcome": None,
        ...     "assessment_outcome_date": None, "exceptions_apply": None, "plan_start_date": None})
        >>> day = dt.date(2025, 1, 16)
        >>> for reading in age_of_open_requests_percentile(rows, percentile=75, at=Snapshot(day), followed_to=day):
        ...     print(reading)
        Weeks that open requests have waited, 75th percentile, 16 January 2025: 15.5 weeks
    """
    wanted = need_percentile(percentile)
    indicator = of_percentile(AGE_OF_OPEN_REQUESTS_PERCENTILE, wanted)
    return _one_figure(frame, indicator, wanted, at=at, followed_to=followed_to, by=by, area=area, source=source)


def _one_figure(
    frame: FrameT | Checked[FrameT],
    indicator: Indicator,
    percentile: float | None,
    *,
    at: Snapshot | Iterable[Snapshot],
    followed_to: dt.date,
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[FrameT]:
    days = as_snapshots(at)
    last = followed_up_to(days, followed_to)
    checked = admitted(frame, last)
    columns = groups(checked, by, own=OWN)
    sums = sums_of_days("__days", percentile=percentile)
    sums |= {"__unsure": tally(nw.col("__untold") | nw.col("__days").is_null())}
    return weeks_of(
        open_summed(checked, days, last, by=columns, sums=sums),
        which=Middle.MEAN if percentile is None else Middle.QUANTILE,
        indicator=indicator,
        home=checked.home,
        by=columns,
        area=area,
        source=source,
        unknown="__unsure",
    )
