"""Demand: the mean of monthly figures over a window of months, as a Cabinet report prints it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand.calculations.of_readings import opened, shared_source
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import month_start, whole_months
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Indicator, Kind, Measure, Withheld
from bucks_cs.marking import NUMBER, as_periods, beside, period_table
from bucks_cs.periods import Month, MonthlyAverage, Period, Snapshot
from bucks_cs.readings import Readings

__all__ = ["monthly_average"]

_ORDER = tuple(Withheld)
_NONE = len(_ORDER)


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
        InvalidValue: ``readings`` are none; ``over`` is no period, begins or ends within a month, is only known to lie within
            bounds, or is there twice; a month of it is in none of the readings; readings of a share, a rate or a mean, whose mean
            over months is not their value over the window.

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
    lazy, home = opened(readings)
    windows = _windows(over)
    for indicator in readings.indicators:
        _need_countable(indicator)
    monthly = lazy.with_columns(__monthly=_is_of_a_month(readings.indicators), __place=_place(nw.col("withheld")))
    _need_every_month(monthly, windows)
    within = beside(monthly.filter("__monthly"), windows, holds=_lies_within)
    sums = {"__total": nw.col("value").sum(), "__rows": nw.len().cast(nw.Int64), "__place": nw.col("__place").min()}
    summed = within.group_by("indicator", "area", *readings.by, NUMBER).agg(**sums)
    means = _means(summed.join(period_table(lazy, windows), on=NUMBER, how="inner"))
    source = shared_source(readings)
    return Readings.worked_out(means, home=home, indicators=readings.indicators, by=readings.by, source=source)


def _windows(given: Period | Iterable[Period]) -> tuple[MonthlyAverage, ...]:
    """The windows in order, each once: a year and the monthly average over it are one."""
    windows = [_window(period) for period in as_periods(given, what="over")]
    known = [window for window in windows if window is not None]
    if len(known) < len(windows):
        hint = " Such as MonthlyAverage('January 2022', 'March 2022')."
        raise InvalidValue(what="over", expected="windows that begin and end with a month, and are known exactly", hint=hint)
    as_periods(known, what="over")
    return tuple(sorted(known, key=lambda window: (window.start, window.end)))


def _window(period: Period) -> MonthlyAverage | None:
    if isinstance(period, MonthlyAverage):
        return period if period.exact else None
    try:
        return MonthlyAverage.over(period)
    except InvalidValue:
        return None


def _need_countable(indicator: Indicator) -> None:
    if indicator.measure not in {Measure.COUNT, Measure.AMOUNT}:
        why = "counts or amounts: the mean of monthly shares or rates is not that of the months together"
        hint = " Work it out over the whole window, as a Span."
        raise InvalidValue(what=f"monthly_average of {indicator.key}", expected=why, hint=hint)


def _is_of_a_month(indicators: Sequence[Indicator]) -> nw.Expr:
    """Whether a figure is a month's: of a flow the month's own, of a stock that of the month's last day."""
    kind, next_day = nw.col("period_kind"), nw.col("period_end").dt.offset_by("1d")
    found: nw.Expr = kind == str(Month.kind)
    for stock in (indicator.key for indicator in indicators if indicator.kind is Kind.STOCK):
        at_its_end = (kind == str(Snapshot.kind)) & (next_day.dt.day() == 1)
        found = nw.when(nw.col("indicator") == stock).then(at_its_end).otherwise(found)
    return found


def _lies_within(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    inside: nw.Expr = (nw.col("period_start") >= first) & (nw.col("period_end") <= last)
    return inside


def _need_every_month(monthly: nw.LazyFrame[Any], windows: Sequence[MonthlyAverage]) -> None:
    """Refuse windows with months that no reading is of: one query of counts by month."""
    month = nw.when(nw.col("__monthly")).then(month_start(nw.col("period_end")))
    counted = collect(monthly.with_columns(__month=month).group_by("__month").agg(__rows=nw.len()))
    found = {Month.containing(first) for first in counted["__month"] if first is not None}
    missing = [month for month in sorted({month for window in windows for month in window.months()}) if month not in found]
    if counted.height and missing:
        said = f"{missing[0]}{f' and {len(missing) - 1} more' if len(missing) > 1 else ''}"
        hint = f" There is no reading of {said}. Count over months(), or a stock on the last day of each."
        raise InvalidValue(what="over", expected="a window of which each month is among the readings", hint=hint)


def _means(named: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    months = whole_months(nw.col("period_start"), nw.col("period_end"))
    lacking = nw.when(nw.col("__rows") < months).then(_ORDER.index(Withheld.NOT_AVAILABLE)).otherwise(_NONE)
    placed = named.with_columns(__gap=nw.min_horizontal(nw.col("__place"), lacking.cast(nw.Int64)))
    gap = nw.lit(None, dtype=nw.String)
    for n, reason in enumerate(_ORDER):
        gap = nw.when(nw.col("__gap") == n).then(nw.lit(reason.value)).otherwise(gap)
    mean = nw.when(nw.col("__gap") == _NONE).then(nw.col("__total") / months.cast(nw.Float64))
    return placed.with_columns(mean.alias("value"), gap.alias("withheld"))


def _place(withheld: nw.Expr) -> nw.Expr:
    """Where a reason comes by `Withheld.first`, and after all of them where there is none."""
    place = nw.lit(_NONE).cast(nw.Int64)
    for n, reason in enumerate(_ORDER):
        place = nw.when(withheld == reason.value).then(nw.lit(n).cast(nw.Int64)).otherwise(place)
    return place
