"""Every group and every period: what was counted is set beside all that was asked for, so that nothing drops out in silence."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames.engine import small_table
from bucks_cs.marking.rows import NUMBER
from bucks_cs.periods import Month, Period

__all__ = ["in_full", "layers", "over_periods", "period_table"]

_PERIOD = {"period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date}


def over_periods(
    lazy: nw.LazyFrame[Any],
    *,
    date: str,
    periods: Sequence[Period],
    by: tuple[str, ...],
    sums: Mapping[str, nw.Expr],
    every: nw.LazyFrame[Any] | None = None,
) -> nw.LazyFrame[Any]:
    """Sums for every group the frame has and every period, null where a group has no row in a period.

    Args:
        lazy: The rows.
        date: The column with the day that puts a row in a period.
        periods: The periods.
        by: The groups.
        sums: What is summed, by name.
        every: The rows whose groups are given, where they are others: those before they were marked, so that the marks of
            rows of other periods need not be worked out to know the groups.
    """
    # By the date itself first, which an engine can do before it works out what is to be summed.
    found = [
        lazy.filter(_lies_in(layer, date))
        .with_columns(_number_of(layer, date).alias(NUMBER))
        .filter(~nw.col(NUMBER).is_null())
        .group_by(*by, NUMBER)
        .agg(**sums)
        for layer in layers(periods)
    ]
    counted = found[0] if len(found) == 1 else nw.concat(found, how="vertical")
    return in_full(lazy if every is None else every, counted, periods, by)


def in_full(
    lazy: nw.LazyFrame[Any], counted: nw.LazyFrame[Any], periods: Sequence[Period], by: tuple[str, ...]
) -> nw.LazyFrame[Any]:
    """What was counted by group and number of the period, with every group of the frame and every period, null where none was.

    Args:
        lazy: The rows whose groups are given.
        counted: What was counted, by the groups and the number of the period.
        periods: The periods, in the order of their numbers.
        by: The groups.
    """
    table = period_table(lazy, periods)
    if by:
        groups = lazy.group_by(*by).agg(__rows=nw.len()).drop("__rows")
        table = groups.join(table, how="cross")
        counted = _null_safe(counted, by)
        table = _null_safe(table, by)
    keys = [*(f"__key_{name}" for name in by), NUMBER]
    joined = table.join(counted.drop(*by) if by else counted, on=keys, how="left")
    return joined.drop(*keys)


def period_table(like: nw.LazyFrame[Any], periods: Sequence[Period]) -> nw.LazyFrame[Any]:
    """A row for each period, with its number and its three columns of the long frame.

    Args:
        like: A frame of the engine it is for.
        periods: The periods, in the order of their numbers.
    """
    data: dict[str, list[Any]] = {
        NUMBER: list(range(len(periods))),
        "period_kind": [str(period.kind) for period in periods],
        "period_start": [period.start for period in periods],
        "period_end": [period.end for period in periods],
    }
    return small_table(like, data, {NUMBER: nw.Int64, **_PERIOD})


def _null_safe(frame: nw.LazyFrame[Any], by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Columns to join groups on, where a group may be null, which no join of SQL matches."""
    text = (nw.concat_str(nw.lit("="), nw.col(name).cast(nw.String)).fill_null("").alias(f"__key_{name}") for name in by)
    return frame.with_columns(*text)


def layers(periods: Sequence[Period]) -> list[list[tuple[int, Period]]]:
    """The periods with their numbers, in layers within which no two overlap, so that a day lies in one of each at most.

    Args:
        periods: The periods, in order of their days.
    """
    found: list[list[tuple[int, Period]]] = []
    for number, period in enumerate(periods):
        for layer in found:
            if layer[-1][1].end < period.start:
                layer.append((number, period))
                break
        else:
            found.append([(number, period)])
    return found


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
