"""Unaccompanied children: each counted once in a group, however many rows they have, and bounds where some cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.indicators import Indicator, Interval, Withheld
from bucks_cs.marking import FIRST, LAST, NUMBER, as_readings, beside, in_full, marked, tally
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["Test", "counted_once", "marked_once", "of_each_child", "with_bounds"]

Test = Callable[[nw.Expr, nw.Expr], nw.Expr]
"""What gives a test of a row from the first and the last day of a period; of a day both are that day."""

_CHILD = "child_id"


def of_each_child(
    checked: Checked[Any],
    periods: Sequence[Period],
    by: tuple[str, ...],
    *,
    counts: Test,
    untold: Test,
    **sums: nw.Expr,
) -> nw.LazyFrame[Any]:
    """A row for each child of a group and period, with whether it counts, in ``__counts``, or cannot be told, in ``__untold``.

    Args:
        checked: The rows.
        periods: The periods, in the order of their numbers.
        by: The groups.
        counts: Whether a row counts; null is no.
        untold: Whether it cannot be told of a row.
        **sums: What else is needed of a child's rows; the columns that the tests make are there.
    """
    def either(first: nw.Expr, last: nw.Expr) -> nw.Expr:
        return counts(first, last).fill_null(value=False) | untold(first, last).fill_null(value=False)

    rows = beside(checked.lazy, periods, holds=either)
    first, last = nw.col(FIRST), nw.col(LAST)
    flags = {"__counts": tally(counts(first, last)), "__untold": tally(untold(first, last))}
    each = rows.group_by(*by, NUMBER, _CHILD).agg(**flags, **sums)
    told = nw.col("__counts") > 0
    return each.with_columns(__counts=told, __untold=~told & (nw.col("__untold") > 0))


def counted_once(
    checked: Checked[Any],
    periods: Sequence[Period],
    by: tuple[str, ...],
    *,
    indicator: Indicator,
    counts: Test,
    untold: Test,
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    """How many children count in each group and period: ``unresolved``, between bounds, where some cannot be told.

    Args:
        checked: The rows.
        periods: The periods, in the order of their numbers.
        by: The groups.
        indicator: What is counted.
        counts: Whether a row counts.
        untold: Whether it cannot be told of a row.
        area: The area the rows are of.
        source: Where they are from.
    """
    each = of_each_child(checked, periods, by, counts=counts, untold=untold)
    sums = {"__known": tally(nw.col("__counts")), "__unknown": tally(nw.col("__untold"))}
    full = in_full(checked.lazy, each.group_by(*by, NUMBER).agg(**sums), periods, by)
    return as_readings(with_bounds(full), home=checked.home, indicator=indicator, by=by, area=area, source=source)


def with_bounds(counted: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Counts as values; where some children cannot be told, as ``unresolved`` between the count without and with them.

    Args:
        counted: Rows with ``__known`` and ``__unknown``, null where there were none.
    """
    sure, unsure = (nw.col(name).fill_null(0).cast(nw.Float64) for name in ("__known", "__unknown"))
    untold = unsure > 0
    return counted.with_columns(
        nw.when(~untold).then(sure).alias("value"),
        nw.when(untold).then(nw.lit(Withheld.UNRESOLVED.value)).alias("withheld"),
        nw.when(untold).then(sure).alias("lower"),
        nw.when(untold).then(sure + unsure).alias("upper"),
        nw.when(untold).then(nw.lit(Interval.BOUNDS.value)).alias("interval"),
    )


def marked_once(
    lazy: nw.LazyFrame[Any], period: Period, by: tuple[str, ...], *, counts: Test, untold: Test
) -> nw.LazyFrame[Any]:
    """Rows with their marks for a period: those that count, the first of each child, and ``cannot_be_told``.

    Args:
        lazy: The rows.
        period: The period.
        by: The groups: a child is marked once in each.
        counts: Whether a row counts.
        untold: Whether it cannot be told of a row.
    """
    first, last = nw.lit(period.start), nw.lit(period.end)
    there = nw.when(counts(first, last).fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    rows = lazy.with_columns(__there=there, cannot_be_told=untold(first, last).fill_null(value=False))
    so_far = nw.col("__there").cum_sum().over(*by, _CHILD, order_by=["start_date"])
    numbered = rows.with_columns(__so_far=so_far)
    return marked(numbered, whole=nw.col("__there") == 1, part=nw.col("__so_far") == 1)
