"""Sums of marks over periods and groups, as readings: counts of a flow and of a stock, shares, and ratios of two counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames.engine import Home
from bucks_cs.indicators import Indicator, Interval, Withheld
from bucks_cs.marking.asked import area_number
from bucks_cs.marking.rows import MARKS, NUMBER, beside, is_open, summed_beside, tally
from bucks_cs.marking.table import in_full, over_periods
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.rates.columns import with_wilson
from bucks_cs.readings import Readings

__all__ = ["as_readings", "flows", "ratios", "shares", "stock_shares", "stocks", "with_share"]

_DAY = "__day"
_SUMS = {"denominator": tally(nw.col(MARKS[0])), "numerator": tally(nw.col(MARKS[1]))}


def flows(
    lazy: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    date: str,
    period: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    every: nw.LazyFrame[Any] | None = None,
) -> Readings[Any]:
    """How many rows have their day in each period: every group and every period, 0 where there are none.

    Args:
        lazy: The rows.
        home: The caller's engine.
        indicator: What is counted.
        date: The column with the day.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        every: The rows before they were marked, if there are such: every group of theirs is given, and the marks of rows of
            other periods need not be worked out to know the groups.
    """
    counted = over_periods(lazy, date=date, periods=period, by=by, sums={"value": nw.len()}, every=every)
    filled = counted.with_columns(nw.col("value").fill_null(0).cast(nw.Float64))
    return as_readings(filled, home=home, indicator=indicator, by=by, area=area, source=source)


def stocks(
    lazy: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    starts: str,
    ends: str,
    at: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    once: str | None = None,
) -> Readings[Any]:
    """How many rows are open on each day: begun on or before it, and not ended, or ended after it.

    Args:
        lazy: The rows.
        home: The caller's engine.
        indicator: What is counted.
        starts: The column with the day a row begins.
        ends: The column with the day it ends; null while it is open.
        at: The days, as snapshots.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        once: A column, such as the child's number, of which each value is counted once in a group, however many rows it has.
    """
    def there(day: nw.Expr, _: nw.Expr) -> nw.Expr:
        return is_open(starts, ends, day)

    sums = {"value": nw.len()}
    if once is None:
        summed = summed_beside(lazy, at, by=by, sums=sums, holds=there)
    else:
        summed = beside(lazy, at, holds=there).group_by(*by, NUMBER, once).agg(__rows=nw.len()).group_by(*by, NUMBER).agg(**sums)
    filled = in_full(lazy, summed, at, by).with_columns(nw.col("value").fill_null(0).cast(nw.Float64))
    return as_readings(filled, home=home, indicator=indicator, by=by, area=area, source=source)


def shares(
    rows: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    date: str,
    period: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    confidence: float,
    unknown: Mapping[Withheld, nw.Expr] | None = None,
    every: nw.LazyFrame[Any] | None = None,
) -> Readings[Any]:
    """The share of marked rows, in percent, with Wilson's interval, for each group and period.

    Args:
        rows: Rows with `MARKS`.
        home: The caller's engine.
        indicator: What the share is of.
        date: The column with the day that puts a row in a period.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        confidence: The level of the interval.
        unknown: Reasons a row of the denominator cannot be told; a group and period with one such row is withheld for it, and
            has no numerator.
        every: The rows before they were marked, if there are such: every group of theirs is given, and the marks of rows of
            other periods need not be worked out to know the groups.
    """
    gaps = dict(unknown or {})
    sums = dict(_SUMS)
    sums |= {f"__{reason.value}": tally(nw.col(MARKS[0]) & test) for reason, test in gaps.items()}
    counted = over_periods(rows, date=date, periods=period, by=by, sums=sums, every=every)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums))
    return as_readings(
        with_share(counted, confidence=confidence, gaps=gaps), home=home, indicator=indicator, by=by, area=area, source=source
    )


def with_share(counted: nw.LazyFrame[Any], *, confidence: float, gaps: Mapping[Withheld, Any]) -> nw.LazyFrame[Any]:
    """Counted rows with the share of their numerator, its interval, and the reason where there is none.

    Args:
        counted: Rows with a numerator, a denominator and, for each reason, how many rows cannot be told for it.
        confidence: The level of the interval.
        gaps: The reasons.
    """
    reason: nw.Expr = nw.when(nw.col("denominator") == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    for gap in reversed([gap for gap in Withheld if gap in gaps]):
        reason = nw.when(nw.col(f"__{gap.value}") > 0).then(nw.lit(gap.value)).otherwise(reason)
    named = with_wilson(counted, count="numerator", out_of="denominator", confidence=confidence)
    named = named.with_columns(reason.alias("withheld"))
    told = nw.col("withheld").is_null()
    return named.with_columns(
        nw.when(told).then(nw.col("__value") * 100).alias("value"),
        nw.when(told).then(nw.col("__lower") * 100).alias("lower"),
        nw.when(told).then(nw.col("__upper") * 100).alias("upper"),
        nw.when(told).then(nw.lit(Interval.CONFIDENCE.value)).alias("interval"),
        nw.when(told).then(nw.lit(confidence)).alias("level"),
        # What can be seen of a part that cannot be told is no numerator; that nothing was there to divide is one.
        nw.when(told | (nw.col("denominator") == 0)).then(nw.col("numerator")).alias("numerator"),
    ).drop("__value", "__lower", "__upper", *(f"__{gap.value}" for gap in gaps))


def stock_shares(
    rows_at: Callable[[Snapshot], nw.LazyFrame[Any]],
    *,
    home: Home,
    indicator: Indicator,
    at: Sequence[Snapshot],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    confidence: float,
    unknown: Mapping[Withheld, str] | None = None,
    every: nw.LazyFrame[Any] | None = None,
) -> Readings[Any]:
    """The share of the rows marked for each day, in percent, with Wilson's interval, for each group and day.

    Args:
        rows_at: What gives all rows with `MARKS` for a day: those that do not stand on it are in no denominator.
        home: The caller's engine.
        indicator: What the share is of.
        at: The days.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        confidence: The level of the interval.
        unknown: Reasons a row of the denominator cannot be told, and the column that says so.
        every: The rows before they were marked, if there are such: every group of theirs is given, and the marks of rows
            that are not there need not be worked out to know the groups.
    """
    gaps = dict(unknown or {})
    needed = (*by, *MARKS, *gaps.values())
    days = [rows_at(day).select(*needed).with_columns(nw.lit(day.start).cast(nw.Date).alias(_DAY)) for day in at]
    rows = days[0] if len(days) == 1 else nw.concat(days, how="vertical")
    return shares(
        rows,
        home=home,
        indicator=indicator,
        date=_DAY,
        period=at,
        by=by,
        area=area,
        source=source,
        confidence=confidence,
        unknown={reason: nw.col(name) for reason, name in gaps.items()},
        every=every,
    )


def ratios(
    rows: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    date: str,
    period: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    per: int,
) -> Readings[Any]:
    """One count over another, for each group and period, where the one is no part of the other; ``z`` over none.

    There is no interval: two counts of different things are neither a share nor a rate of people.

    Args:
        rows: Rows with `MARKS`, each row in the denominator, in the numerator, or in neither.
        home: The caller's engine.
        indicator: What the ratio is of.
        date: The column with the day that puts a row in a period.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where the rows are from.
        per: How many of the denominator the ratio is per.
    """
    counted = over_periods(rows, date=date, periods=period, by=by, sums=_SUMS)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in _SUMS))
    some = nw.col("denominator") > 0
    out = counted.with_columns(
        nw.when(some).then(nw.col("numerator") / nw.when(some).then(nw.col("denominator")) * per).alias("value"),
        nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value)).alias("withheld"),
    )
    return as_readings(out, home=home, indicator=indicator, by=by, area=area, source=source)


def as_readings(
    lazy: nw.LazyFrame[Any], *, home: Home, indicator: Indicator, by: tuple[str, ...], area: str | None, source: AnySource | None
) -> Readings[Any]:
    """Rows of the long form as readings of one indicator.

    Args:
        lazy: The rows, a group and period each.
        home: The caller's engine.
        indicator: What they measure.
        by: The groups.
        area: The area they are of.
        source: Where they are from.
    """
    named = lazy.with_columns(nw.lit(indicator.key).alias("indicator"), nw.lit(area_number(area)).cast(nw.String).alias("area"))
    return Readings.worked_out(named, home=home, indicators=indicator, by=by, source=source)
