"""Demand: the mean of monthly figures over a window of months, as a Cabinet report prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect, enter, small_table
from bucks_cs.indicators import Indicator, Measure, Withheld
from bucks_cs.marking import as_periods
from bucks_cs.periods import Month, MonthlyAverage, Period
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast

__all__ = ["monthly_average"]

_ORDER = tuple(Withheld)
_NONE = len(_ORDER)
_PERIOD = {"period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date}


def monthly_average(readings: Readings[FrameT], *, over: Period | Iterable[Period]) -> Readings[FrameT]:
    """The mean of the monthly figures of a window: of counts over months, or of children on the last day of each month.

    Two windows of one call can be set against each other with `bucks_cs.trend.change`.

    Args:
        readings: Counts or amounts, of each month of the window: of a flow the months (``year.months()``), of a stock the
            last days of the months (``[month.at_end() for month in year.months()]``). Others among them are passed over.
        over: A window, or several: a `MonthlyAverage`, or a period that begins and ends with a month.

    Returns:
        The means in the indicators' own units, under the same keys, one for each area, group and window, in the same kind of
        frame, lazy if they were; their period is the `MonthlyAverage`. Where a month is withheld so is the mean, with the
        first of the reasons by `Withheld.first`; a month that a group lacks is ``x``. No interval is made up.

    Raises:
        InvalidValue: A month of the window is in none of the readings; a window that has no whole months, or whose months
            are not known exactly; readings of a share, a rate or a mean, whose mean over months is not their value over the
            window.

    Source:
        No official one: Buckinghamshire Council, report to Cabinet, *Children's Services Update*, 11 October 2022, paragraph
        3.19, prints monthly averages of flows and of stocks, and does not say how they were worked out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Span
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "contact_date": [dt.date(2022, 7, 1), dt.date(2022, 7, 2),
        ...     dt.date(2022, 9, 30)], "contact_source": None, "led_to_referral": None})
        >>> summer = Span("1 July 2022", "30 September 2022")
        >>> for reading in demand.monthly_average(demand.contacts(rows, period=summer.months()), over=summer):
        ...     print(reading)
        Contacts, monthly average, July 2022 to September 2022: 1 contact
    """
    windows = _windows(over)
    for indicator in readings.indicators:
        _need_countable(indicator)
    native, home = enter(readings.frame)
    lazy = recast(native, readings.by)
    months = _months(lazy, windows)
    _need_every_month(lazy, months, windows)
    keys = ("indicator", "area", *readings.by)
    there = lazy.select(*keys, *_PERIOD, "value", __place=_place(nw.col("withheld"))).join(months, on=[*_PERIOD], how="inner")
    summed = (
        there.drop(*_PERIOD)
        .group_by(*keys, "__window")
        .agg(__total=nw.col("value").sum(), __rows=nw.len().cast(nw.Int64), __place=nw.col("__place").min())
    )
    named = summed.join(_named(lazy, windows), on="__window", how="inner")
    source = None if readings.other_sources else readings.source
    return Readings.worked_out(_means(named), home=home, indicators=readings.indicators, by=readings.by, source=source)


def _windows(given: Period | Iterable[Period]) -> tuple[MonthlyAverage, ...]:
    windows = tuple(period if isinstance(period, MonthlyAverage) else MonthlyAverage.over(period) for period in as_periods(given))
    for window in windows:
        window.months()  # which refuses one whose months are not known
    return as_periods(windows)  # type: ignore[return-value]


def _need_countable(indicator: Indicator) -> None:
    if indicator.measure not in {Measure.COUNT, Measure.AMOUNT}:
        why = "counts or amounts: the mean of monthly shares or rates is not that of the months together"
        hint = " Work it out over the whole window, as a Span."
        raise InvalidValue(what=f"monthly_average of {indicator.key}", expected=why, hint=hint)


def _months(like: nw.LazyFrame[Any], windows: Sequence[MonthlyAverage]) -> nw.LazyFrame[Any]:
    """A row for each period that a monthly figure of a window may be of: the month of a flow, its last day of a stock."""
    periods = [(n, p) for n, window in enumerate(windows) for month in window.months() for p in (month, month.at_end())]
    data: dict[str, list[Any]] = {
        "__window": [n for n, _ in periods],
        "period_kind": [str(period.kind) for _, period in periods],
        "period_start": [period.start for _, period in periods],
        "period_end": [period.end for _, period in periods],
    }
    return small_table(like, data, {"__window": nw.Int64, **_PERIOD})


def _need_every_month(lazy: nw.LazyFrame[Any], months: nw.LazyFrame[Any], windows: Sequence[MonthlyAverage]) -> None:
    """Refuse windows with months that no reading is of: one query of counts by month."""
    asked = months.group_by(*_PERIOD).agg(__windows=nw.len())
    marked = lazy.join(asked, on=[*_PERIOD], how="left")
    counted = collect(marked.group_by("period_end", "__windows").agg(__rows=nw.len()))
    found = {Month.containing(end) for end, asked_for, _ in counted.rows() if asked_for is not None}
    missing = [month for month in sorted({month for window in windows for month in window.months()}) if month not in found]
    if counted.height and missing:
        said = f"{missing[0]}{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}"
        hint = f" There is no reading of {said}. Count over months(), or a stock on the last day of each."
        raise InvalidValue(what="over", expected="a window of which each month is among the readings", hint=hint)


def _named(like: nw.LazyFrame[Any], windows: Sequence[MonthlyAverage]) -> nw.LazyFrame[Any]:
    data: dict[str, list[Any]] = {
        "__window": list(range(len(windows))),
        "__months": [len(window.months()) for window in windows],
        "period_kind": [str(window.kind) for window in windows],
        "period_start": [window.start for window in windows],
        "period_end": [window.end for window in windows],
    }
    return small_table(like, data, {"__window": nw.Int64, "__months": nw.Int64, **_PERIOD})


def _means(named: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    lacking = nw.when(nw.col("__rows") < nw.col("__months")).then(_ORDER.index(Withheld.NOT_AVAILABLE)).otherwise(_NONE)
    placed = named.with_columns(__first=nw.min_horizontal(nw.col("__place"), lacking.cast(nw.Int64)))
    gap = nw.lit(None, dtype=nw.String)
    for n, reason in enumerate(_ORDER):
        gap = nw.when(nw.col("__first") == n).then(nw.lit(reason.value)).otherwise(gap)
    mean = nw.when(nw.col("__first") == _NONE).then(nw.col("__total") / nw.col("__months").cast(nw.Float64))
    return placed.with_columns(mean.alias("value"), gap.alias("withheld"))


def _place(withheld: nw.Expr) -> nw.Expr:
    """Where a reason comes by `Withheld.first`, and after all of them where there is none."""
    place = nw.lit(_NONE).cast(nw.Int64)
    for n, reason in enumerate(_ORDER):
        place = nw.when(withheld == reason.value).then(nw.lit(n).cast(nw.Int64)).otherwise(place)
    return place
