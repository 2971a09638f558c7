"""Marking: a measure is rows that count and rows that do not, and the number is what they sum to.

A measure ``x`` of person-level rows comes with ``mark_x``, which gives the caller's rows back with two columns,
``in_denominator`` and ``in_numerator``: that is the drill-down from a share to the children behind it. ``x`` sums those
marks over periods and groups, and nothing else, so that the two cannot part.

Everything here is lazy and is run by whoever asks for the result. Each group that the frame has is given for each period
that was asked for: a month with none is 0 and no gap in the table, and a share of nothing is withheld as ``z``.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import Home, small_table
from bucks_cs.indicators import Indicator, Interval, Withheld
from bucks_cs.periods import Month, Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.rates import wilson
from bucks_cs.readings import Readings

__all__ = [
    "MARKS",
    "as_periods",
    "as_snapshots",
    "beside",
    "flows",
    "groups",
    "marked",
    "means",
    "ratios",
    "shares",
    "stock_shares",
    "stocks",
]

MARKS = ("in_denominator", "in_numerator")
"""The two columns that a ``mark_`` function adds: whether a row is counted in the whole, and in the part."""

_PERIOD = {"period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date}
_NUMBER = "__period"
_DAY = "__day"


def as_periods(given: Period | Iterable[Period]) -> tuple[Period, ...]:
    """One period or several, each once, in order of their days.

    Args:
        given: A period, or several.

    Raises:
        InvalidValue: None, something else than periods, or one twice.
    """
    periods = (given,) if isinstance(given, Period) else tuple(given)
    if not periods or not all(isinstance(period, Period) for period in periods):
        raise InvalidValue(what="period", expected="a period or several, such as FinancialYear('2022-23').months()")
    if len(set(periods)) != len(periods):
        raise InvalidValue(what="period", expected="each period once")
    return tuple(sorted(periods, key=lambda period: (period.start, period.end)))


def as_snapshots(given: Snapshot | Iterable[Snapshot]) -> tuple[Snapshot, ...]:
    """One day or several, each once, in order: the days a stock is counted on.

    Args:
        given: A `Snapshot`, or several.

    Raises:
        InvalidValue: None, something else than snapshots (a year has many days), or one twice.
    """
    days = as_periods(given)
    if not all(isinstance(day, Snapshot) for day in days):
        raise InvalidValue(what="at", expected="a Snapshot or several, such as Snapshot('31 March 2023')")
    return tuple(day for day in days if isinstance(day, Snapshot))


def groups(checked: Checked[Any], by: str | Sequence[str] | None, *, own: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns to break a measure down by: the frame's, and none that the measure makes itself.

    A frame that was marked before has columns of those names, and they would be replaced before anything is counted by them.

    Args:
        checked: The frame.
        by: One column, several, or None for none.
        own: What the measure's drill-down has beside `MARKS`.

    Raises:
        UnknownColumn: The frame lacks one.
        InvalidValue: One identifies a person, is named twice, or is a mark.
    """
    columns = checked.grouping(by)
    made = {name.casefold() for name in (*MARKS, *own)}  # DuckDB and Spark take no notice of case
    for column in columns:
        if column.casefold() in made:
            raise InvalidValue(what=f"by={column!r}", expected="a column the measure does not make itself; rename it first")
    return columns


def marked(lazy: nw.LazyFrame[Any], *, whole: nw.Expr, part: nw.Expr) -> nw.LazyFrame[Any]:
    """Rows with their two marks: null counts as no, and what is not in the whole is not in the part.

    Args:
        lazy: The rows.
        whole: Whether a row is in the denominator.
        part: Whether it is in the numerator.
    """
    in_whole, in_part = whole.fill_null(value=False), part.fill_null(value=False)
    return lazy.with_columns(in_whole.alias(MARKS[0]), (in_whole & in_part).alias(MARKS[1]))


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
    counted = _over_periods(lazy, date=date, periods=period, by=by, sums={"value": nw.len()}, every=every)
    filled = counted.with_columns(nw.col("value").fill_null(0).cast(nw.Float64))
    return _readings(filled, home=home, indicator=indicator, by=by, area=area, source=source)


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
    counted: nw.Expr | None = None,
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
        counted: What to sum for an open row, where that is not 1 for each.
        once: A column, such as the child's number, of which each value is counted once in a group, however many rows it has.
    """
    one = nw.lit(1) if counted is None else counted
    rows = beside(lazy, at, holds=lambda day, _: is_open(starts, ends, day)).with_columns(__one=one)
    if once is not None:
        rows = rows.group_by(*by, _NUMBER, once).agg(__one=nw.col("__one").max())
    summed = rows.group_by(*by, _NUMBER).agg(value=nw.col("__one").sum().cast(nw.Float64))
    filled = _in_full(lazy, summed, at, by).with_columns(nw.col("value").fill_null(0.0))
    return _readings(filled, home=home, indicator=indicator, by=by, area=area, source=source)


def beside(
    lazy: nw.LazyFrame[Any], periods: Sequence[Period], *, holds: Callable[[nw.Expr, nw.Expr], nw.Expr]
) -> nw.LazyFrame[Any]:
    """The rows beside each period for which a test holds: its number in ``__period``, its days in ``__first`` and ``__last``.

    polars, which would keep every pair of a row and a period at once, filters the rows for each period instead; SQL engines
    join, which takes them half the time.

    Args:
        lazy: The rows.
        periods: The periods, in the order of their numbers.
        holds: What gives the test, from the first and the last day of a period.
    """
    if lazy.implementation is nw.Implementation.POLARS:
        days = [(nw.lit(each.start), nw.lit(each.end)) for each in periods]
        parts = [
            lazy.filter(holds(first, last)).with_columns(nw.lit(n).cast(nw.Int64).alias(_NUMBER), __first=first, __last=last)
            for n, (first, last) in enumerate(days)
        ]
        return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    numbered = {_NUMBER: range(len(periods)), "__first": [p.start for p in periods], "__last": [p.end for p in periods]}
    table = small_table(lazy, numbered, {_NUMBER: nw.Int64, "__first": nw.Date, "__last": nw.Date})
    return lazy.join(table, how="cross").filter(holds(nw.col("__first"), nw.col("__last")))


def is_open(starts: str, ends: str, day: Any) -> nw.Expr:
    """Whether a row is open at the end of a day: begun on or before it, and not ended, or ended after it.

    Args:
        starts: The column with the day a row begins.
        ends: The column with the day it ends; null while it is open.
        day: The day.
    """
    begun: nw.Expr = nw.col(starts) <= day
    not_over: nw.Expr = (nw.col(ends).is_null() | (nw.col(ends) > day)).fill_null(value=True)
    return begun & not_over


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
        unknown: Reasons a row of the denominator cannot be told; a group and period with one such row is withheld for it.
        every: The rows before they were marked, if there are such: every group of theirs is given, and the marks of rows of
            other periods need not be worked out to know the groups.
    """
    gaps = dict(unknown or {})
    sums = {"denominator": _count(nw.col(MARKS[0])), "numerator": _count(nw.col(MARKS[1]))}
    sums |= {f"__{reason.value}": _count(nw.col(MARKS[0]) & test) for reason, test in gaps.items()}
    counted = _over_periods(rows, date=date, periods=period, by=by, sums=sums, every=every)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums))
    return _readings(
        _with_share(counted, confidence=confidence, gaps=gaps), home=home, indicator=indicator, by=by, area=area, source=source
    )


def _with_share(counted: nw.LazyFrame[Any], *, confidence: float, gaps: Mapping[Withheld, Any]) -> nw.LazyFrame[Any]:
    value, lower, upper = wilson(nw.col("numerator"), nw.col("denominator"), confidence=confidence)
    reason: nw.Expr = nw.when(nw.col("denominator") == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    for gap in reversed([gap for gap in Withheld if gap in gaps]):
        reason = nw.when(nw.col(f"__{gap.value}") > 0).then(nw.lit(gap.value)).otherwise(reason)
    named = counted.with_columns(reason.alias("withheld"))
    told = nw.col("withheld").is_null()
    return named.with_columns(
        nw.when(told).then(value * 100).alias("value"),
        nw.when(told).then(lower * 100).alias("lower"),
        nw.when(told).then(upper * 100).alias("upper"),
        nw.when(told).then(nw.lit(Interval.CONFIDENCE.value)).alias("interval"),
        nw.when(told).then(nw.lit(confidence)).alias("level"),
    ).drop(*(f"__{gap.value}" for gap in gaps))


def means(
    lazy: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    value: nw.Expr,
    date: str,
    period: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    """The mean of a number over the rows of each group and period; ``z`` where there are none.

    Args:
        lazy: The rows.
        home: The caller's engine.
        indicator: What the mean is of.
        value: The number of each row.
        date: The column with the day that puts a row in a period.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
    """
    known = lazy.with_columns(__value=value.cast(nw.Float64))
    sums = {"numerator": nw.col("__value").sum(), "denominator": nw.col("__value").count()}
    counted = _over_periods(known, date=date, periods=period, by=by, sums=sums)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums))
    some = nw.col("denominator") > 0
    out = counted.with_columns(
        nw.when(some).then(nw.col("numerator") / nw.when(some).then(nw.col("denominator"))).alias("value"),
        nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value)).alias("withheld"),
    )
    return _readings(out, home=home, indicator=indicator, by=by, area=area, source=source)


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
        every: The rows before they were marked, if there are such: every group of theirs is given, and the marks of rows
            that are not there need not be worked out to know the groups.
    """
    needed = (*by, *MARKS)
    days = [rows_at(day).select(*needed).with_columns(nw.lit(day.start).cast(nw.Date).alias(_DAY)) for day in at]
    rows = days[0] if len(days) == 1 else nw.concat(days, how="vertical")
    return shares(
        rows, home=home, indicator=indicator, date=_DAY, period=at, by=by, area=area, source=source, confidence=confidence
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
    sums = {"denominator": _count(nw.col(MARKS[0])), "numerator": _count(nw.col(MARKS[1]))}
    counted = _over_periods(rows, date=date, periods=period, by=by, sums=sums)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums))
    some = nw.col("denominator") > 0
    out = counted.with_columns(
        nw.when(some).then(nw.col("numerator") / nw.when(some).then(nw.col("denominator")) * per).alias("value"),
        nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value)).alias("withheld"),
    )
    return _readings(out, home=home, indicator=indicator, by=by, area=area, source=source)


def _count(test: nw.Expr) -> nw.Expr:
    return nw.when(test).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _over_periods(
    lazy: nw.LazyFrame[Any], *, date: str, periods: Sequence[Period], by: tuple[str, ...], sums: Mapping[str, nw.Expr]
) -> nw.LazyFrame[Any]:
    """Sums for every group the frame has and every period, null where a group has no row in a period."""
    # By the date itself first, which an engine can do before it works out what is to be summed.
    found = [
        lazy.filter(_lies_in(layer, date))
        .with_columns(_number_of(layer, date).alias(_NUMBER))
        .filter(~nw.col(_NUMBER).is_null())
        .group_by(*by, _NUMBER)
        .agg(**sums)
        for layer in _layers(periods)
    ]
    return _in_full(lazy, found[0] if len(found) == 1 else nw.concat(found, how="vertical"), periods, by)


def _in_full(
    lazy: nw.LazyFrame[Any], counted: nw.LazyFrame[Any], periods: Sequence[Period], by: tuple[str, ...]
) -> nw.LazyFrame[Any]:
    """What was counted by group and number of the period, with every group of the frame and every period, null where none was."""
    table = _table(lazy, periods)
    if by:
        groups = lazy.group_by(*by).agg(__rows=nw.len()).drop("__rows")
        table = groups.join(table, how="cross")
        counted = _null_safe(counted, by)
        table = _null_safe(table, by)
    keys = [*(f"__key_{name}" for name in by), _NUMBER]
    joined = table.join(counted.drop(*by) if by else counted, on=keys, how="left")
    return joined.drop(*keys)


def _null_safe(frame: nw.LazyFrame[Any], by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Columns to join groups on, where a group may be null, which no join of SQL matches."""
    text = (nw.concat_str(nw.lit("="), nw.col(name).cast(nw.String)).fill_null("").alias(f"__key_{name}") for name in by)
    return frame.with_columns(*text)


def _layers(periods: Sequence[Period]) -> list[list[tuple[int, Period]]]:
    """The periods with their numbers, in layers within which no two overlap."""
    layers: list[list[tuple[int, Period]]] = []
    for number, period in enumerate(periods):
        for layer in layers:
            if layer[-1][1].end < period.start:
                layer.append((number, period))
                break
        else:
            layers.append([(number, period)])
    return layers


def _lies_in(layer: Sequence[tuple[int, Period]], date: str) -> nw.Expr:
    """Whether a day lies between the first and the last of a layer."""
    return (nw.col(date) >= layer[0][1].start) & (nw.col(date) <= layer[-1][1].end)


def _number_of(layer: Sequence[tuple[int, Period]], date: str) -> nw.Expr:
    """The number of the period a day lies in, or null: arithmetic for a run of months, comparisons for others."""
    day = nw.col(date)
    first, last = layer[0][1], layer[-1][1]
    if _is_a_run_of_months(layer):
        month = day.dt.year().cast(nw.Int64) * 12 + day.dt.month().cast(nw.Int64)
        offset = first.start.year * 12 + first.start.month - layer[0][0]
        return nw.when((day >= first.start) & (day <= last.end)).then(month - offset)
    number = nw.lit(None).cast(nw.Int64)
    for i, period in layer:
        number = nw.when((day >= period.start) & (day <= period.end)).then(nw.lit(i).cast(nw.Int64)).otherwise(number)
    return number


def _is_a_run_of_months(layer: Sequence[tuple[int, Period]]) -> bool:
    return all(isinstance(period, Month) for _, period in layer) and all(
        earlier.next() == later and number + 1 == following
        for (number, earlier), (following, later) in itertools.pairwise(layer)
    )


def _table(like: nw.LazyFrame[Any], periods: Sequence[Period]) -> nw.LazyFrame[Any]:
    data: dict[str, list[Any]] = {
        _NUMBER: list(range(len(periods))),
        "period_kind": [period.kind for period in periods],
        "period_start": [period.start for period in periods],
        "period_end": [period.end for period in periods],
    }
    return small_table(like, data, {_NUMBER: nw.Int64, **_PERIOD})


def _readings(
    lazy: nw.LazyFrame[Any], *, home: Home, indicator: Indicator, by: tuple[str, ...], area: str | None, source: AnySource | None
) -> Readings[Any]:
    named = lazy.with_columns(nw.lit(indicator.key).alias("indicator"), nw.lit(area).cast(nw.String).alias("area"))
    return Readings.worked_out(named, home=home, indicators=indicator, by=by, source=source)
