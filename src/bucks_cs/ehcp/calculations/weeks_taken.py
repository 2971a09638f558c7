"""EHC plans: how many weeks it took from the request to the plan, of the plans issued in a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.counting import lies_in, without
from bucks_cs.ehcp.calculations.timeliness import ISSUED_IN_TIME_INCLUDING_EXCEPTIONS, with_exceptions
from bucks_cs.ehcp.calculations.weeks import DAYS_OF_A_WEEK, Middle, need_percentile, of_percentile, sums_of_days, weeks_of
from bucks_cs.ehcp.schema import Journeys
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import MARKS, drill_down, groups, marked, over_periods, periods_of_a_flow
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "OWN",
    "WEEKS_TAKEN_MEAN",
    "WEEKS_TAKEN_MEDIAN",
    "WEEKS_TAKEN_PERCENTILE",
    "mark_weeks_taken",
    "weeks_taken_mean",
    "weeks_taken_median",
    "weeks_taken_percentile",
]

OWN = ("weeks_taken",)
"""The columns that a drill-down of plans issued has beside its marks."""


def _of_weeks(which: str, *, counts: str, measure: Measure, title: str) -> Indicator:
    return Indicator(
        key=f"ehcp.weeks_taken_{which}",
        title=title,
        counts=f"{counts} the weeks from the day the request was received to the day the plan started, of the plans that "
        "started in the period, those with exceptions among them; a week is seven days, and part of one counts as part",
        leaves_out="requests that have led to no plan, however long ago they were received; "
        f"{ISSUED_IN_TIME_INCLUDING_EXCEPTIONS.leaves_out}",
        measure=measure,
        kind=Kind.FLOW,
        unit="week",
        better=Better.LOWER,
        sources=sources.NO_SERIES_OF_WEEKS_TAKEN,
    )


WEEKS_TAKEN_MEAN = _of_weeks("mean", title="Mean weeks from request to plan", counts="the mean of", measure=Measure.MEAN)

WEEKS_TAKEN_MEDIAN = _of_weeks(
    "median",
    title="Median weeks from request to plan",
    counts="the middle one of, or midway between the two in the middle of,",
    measure=Measure.QUANTILE,
)

WEEKS_TAKEN_PERCENTILE = _of_weeks(
    "percentile", title="Weeks from request to plan", counts="a percentile of", measure=Measure.QUANTILE
)


def mark_weeks_taken(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's journeys, each with the weeks its plan took: the drill-down of the mean, the median and the percentile.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a journey counts where its plan started in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (both yes where the
        plan started in a period), and ``weeks_taken`` from the request to the plan, 0 or more; null where no plan was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `weeks_taken_median`.

    Example:
        >>> from bucks_cs.ehcp import mark_weeks_taken
        >>> from bucks_cs.periods import CalendarYear
        >>> import datetime as dt
        >>> import polars as pl
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 1, 2),
        ...     "relevant_youth_accommodation": False, "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "exceptions_apply": False,
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 7, 23)]})
        >>> mark_weeks_taken(rows, period=CalendarYear(2024))["weeks_taken"].to_list()
        [20.0, 29.0]
    """
    periods, checked = periods_of_a_flow(period), Journeys.admit(frame)
    inside = lies_in("plan_start_date", periods)
    rows = _timed(checked).with_columns(__counts=nw.col(MARKS[0]) & inside)
    native: FrameT = drill_down(checked, marked(rows, whole=nw.col("__counts"), part=nw.col("__counts")), *OWN)
    return native


def weeks_taken_mean(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The mean of the weeks from request to plan, of the plans that started in a period.

    A few plans that took very long lift it: look at `weeks_taken_median` beside it.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a journey belongs to the period its plan started in, whenever it was requested.
        by: Columns to break it down by, such as ``"exceptions_apply"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Weeks, 0 or more, for each group of the frame and each period, in the caller's own kind of frame, with the weeks of all
        and the number of plans they were divided by. ``z`` where no plan was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        No official one: see `WEEKS_TAKEN_MEAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import weeks_taken_mean
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 1, 2),
        ...     "relevant_youth_accommodation": False, "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "exceptions_apply": False,
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 7, 23)]})
        >>> for reading in weeks_taken_mean(rows, period=CalendarYear(2024)):
        ...     print(reading)
        Mean weeks from request to plan, 2024: 24.5 weeks, 49 over 2
    """
    return _one_figure(frame, WEEKS_TAKEN_MEAN, None, period=period, by=by, area=area, source=source)


def weeks_taken_median(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The median of the weeks from request to plan, of the plans that started in a period.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a journey belongs to the period its plan started in, whenever it was requested.
        by: Columns to break it down by, such as ``"exceptions_apply"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Weeks, 0 or more, for each group of the frame and each period, in the caller's own kind of frame. ``z`` where no plan
        was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `weeks_taken_mean`.

    Source:
        No official one: see `WEEKS_TAKEN_MEDIAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import weeks_taken_median
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 1, 2),
        ...     "relevant_youth_accommodation": False, "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "exceptions_apply": False,
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 7, 23)]})
        >>> weeks_taken_median(rows, period=CalendarYear(2024)).at().number
        24.5
    """
    return _one_figure(frame, WEEKS_TAKEN_MEDIAN, 50.0, period=period, by=by, area=area, source=source)


def weeks_taken_percentile(
    frame: FrameT | Checked[FrameT],
    *,
    percentile: float,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """A percentile of the weeks from request to plan, of the plans that started in a period: the 90th, say.

    Between two plans it lies in proportion, as in a spreadsheet's PERCENTILE.INC. The 50th is the median.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        percentile: Which one, 0 to 100; the reading's title says it.
        period: One or several; a journey belongs to the period its plan started in, whenever it was requested.
        by: Columns to break it down by, such as ``"exceptions_apply"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        As `weeks_taken_median`.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `weeks_taken_mean`; or ``percentile`` is no number from 0 to 100.

    Source:
        No official one: see `WEEKS_TAKEN_PERCENTILE`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import weeks_taken_percentile
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2024, 1, 2),
        ...     "relevant_youth_accommodation": False, "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "exceptions_apply": False,
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 7, 23)]})
        >>> for reading in weeks_taken_percentile(rows, percentile=90, period=CalendarYear(2024)):
        ...     print(reading)
        Weeks from request to plan, 90th percentile, 2024: 28.1 weeks
    """
    wanted = need_percentile(percentile)
    indicator = of_percentile(WEEKS_TAKEN_PERCENTILE, wanted)
    return _one_figure(frame, indicator, wanted, period=period, by=by, area=area, source=source)


def _timed(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    """Journeys with their marks on the basis that includes exceptions, and the days and weeks of those whose plan was issued."""
    rows = without(with_exceptions(checked), *OWN)
    days = nw.when(nw.col(MARKS[0])).then(nw.col("days_taken"))
    return rows.with_columns(__days=days).with_columns(weeks_taken=nw.col("__days").cast(nw.Float64) / DAYS_OF_A_WEEK)


def _one_figure(
    frame: FrameT | Checked[FrameT],
    indicator: Indicator,
    percentile: float | None,
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[FrameT]:
    periods, checked = periods_of_a_flow(period), Journeys.admit(frame)
    columns = groups(checked, by, own=OWN)
    sums = sums_of_days("__days", percentile=percentile)
    counted = over_periods(_timed(checked), date="plan_start_date", periods=periods, by=columns, sums=sums, every=checked.lazy)
    which = Middle.MEAN if percentile is None else Middle.QUANTILE
    return weeks_of(counted, which=which, indicator=indicator, home=checked.home, by=columns, area=area, source=source)
