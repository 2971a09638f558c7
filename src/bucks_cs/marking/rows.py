"""Rows that count and rows that do not: the marks of a drill-down, and rows beside the periods they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import column_names, small_table
from bucks_cs.periods import Period, Snapshot

__all__ = [
    "FIRST",
    "LAST",
    "MARKS",
    "NUMBER",
    "beside",
    "drill_down",
    "is_open",
    "left_joined",
    "marked",
    "marked_on",
    "summed_beside",
    "tally",
    "unmarked",
]

MARKS = ("in_denominator", "in_numerator")
"""The two columns that a ``mark_`` function adds: whether a row is counted in the whole, and in the part."""

NUMBER = "__period"
"""The column with the number of the period that a row stands in."""

FIRST = "__first"
"""The column with the first day of that period."""

LAST = "__last"
"""The column with the last day of that period."""


def unmarked(lazy: nw.LazyFrame[Any], *own: str) -> nw.LazyFrame[Any]:
    """Rows without the columns that a measure is about to make, whatever their case: DuckDB and Spark take no notice of it.

    Args:
        lazy: The rows.
        own: What the measure makes beside `MARKS`.
    """
    made = {name.casefold() for name in (*MARKS, *own)}
    return lazy.drop(*(name for name in column_names(lazy) if name.casefold() in made))


def marked(lazy: nw.LazyFrame[Any], *, whole: nw.Expr, part: nw.Expr) -> nw.LazyFrame[Any]:
    """Rows with their two marks: null counts as no, and what is not in the whole is not in the part.

    Args:
        lazy: The rows.
        whole: Whether a row is in the denominator.
        part: Whether it is in the numerator.
    """
    in_whole, in_part = whole.fill_null(value=False), part.fill_null(value=False)
    return unmarked(lazy).with_columns(in_whole.alias(MARKS[0]), (in_whole & in_part).alias(MARKS[1]))


def drill_down(checked: Checked[FrameT], rows: nw.LazyFrame[Any], *own: str) -> FrameT:
    """The caller's columns, then what a measure adds, in her own kind of frame: what every ``mark_`` function gives back.

    Marks of an earlier call are replaced, and what was worked out on the way is left behind.

    Args:
        checked: The frame that was marked.
        rows: Its rows, with `MARKS`.
        own: What the measure adds beside them.
    """
    added = (*MARKS, *own)
    folded = {name.casefold() for name in added}
    native: FrameT = checked.home.back(rows.select(*(name for name in checked.names if name.casefold() not in folded), *added))
    return native


def marked_on(
    lazy: nw.LazyFrame[Any], day: Snapshot, *, starts: str, ends: str, once: Sequence[str], order: Sequence[str]
) -> nw.LazyFrame[Any]:
    """Rows with their marks on a day: those open are in the denominator, and the first of them that are alike in the numerator.

    Args:
        lazy: The rows.
        day: The day.
        starts: The column with the day a row begins.
        ends: The column with the day it ends; null while it is open.
        once: The columns of which each combination counts once, such as the groups and the child's number.
        order: The columns that say which open row is the first.
    """
    there = nw.when(is_open(starts, ends, day.start)).then(nw.lit(1)).otherwise(nw.lit(0))
    so_far = nw.col("__open").cum_sum().over(*once, order_by=[*order])
    numbered = lazy.with_columns(__open=there).with_columns(__so_far=so_far)
    return marked(numbered, whole=nw.col("__open") == 1, part=nw.col("__so_far") == 1)


def tally(test: nw.Expr) -> nw.Expr:
    """How many rows a test holds of; 0 where it holds of none, and a null is no.

    Args:
        test: Yes or no.
    """
    return nw.when(test).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def left_joined(
    rows: nw.LazyFrame[Any], others: nw.LazyFrame[Any], on: Sequence[str], *, known_as: Sequence[str] | None = None
) -> nw.LazyFrame[Any]:
    """A left join that keeps the rows in order where the engine has one: polars promises none unless it is asked.

    Args:
        rows: The rows.
        others: What is set beside them.
        on: The columns of the rows to join on.
        known_as: Their names among the others, if they are not the same.
    """
    theirs = [*(on if known_as is None else known_as)]
    if rows.implementation is not nw.Implementation.POLARS:
        return rows.join(others, left_on=[*on], right_on=theirs, how="left")
    native: Any = rows.to_native().join(
        others.to_native(), left_on=[*on], right_on=theirs, how="left", maintain_order="left"
    )
    joined: nw.LazyFrame[Any] = nw.from_native(native)
    return joined


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
        numbers = [nw.lit(n).cast(nw.Int64) for n in range(len(periods))]
        days = [(nw.lit(each.start), nw.lit(each.end)) for each in periods]
        parts = [
            lazy.filter(holds(first, last)).with_columns(number.alias(NUMBER), first.alias(FIRST), last.alias(LAST))
            for number, (first, last) in zip(numbers, days, strict=True)
        ]
        return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    numbered = {NUMBER: range(len(periods)), FIRST: [p.start for p in periods], LAST: [p.end for p in periods]}
    table = small_table(lazy, numbered, {NUMBER: nw.Int64, FIRST: nw.Date, LAST: nw.Date})
    return lazy.join(table, how="cross").filter(holds(nw.col(FIRST), nw.col(LAST)))


def summed_beside(
    lazy: nw.LazyFrame[Any],
    periods: Sequence[Period],
    *,
    by: tuple[str, ...],
    sums: Mapping[str, nw.Expr],
    holds: Callable[[nw.Expr, nw.Expr], nw.Expr],
    also: Callable[[nw.Expr, nw.Expr], Mapping[str, nw.Expr]] | None = None,
) -> nw.LazyFrame[Any]:
    """Sums over the rows `beside` each period, by group and ``__period``; a group with no row beside a period is not in it.

    polars sums each period before it puts them together, so that no row is held once for each period it stands beside.

    Args:
        lazy: The rows.
        periods: The periods, in the order of their numbers.
        by: The groups.
        sums: What is summed, by name.
        holds: What gives the test, from the first and the last day of a period.
        also: What gives columns that the sums need, from the same two days; None for none.
    """
    if lazy.implementation is not nw.Implementation.POLARS:
        rows = beside(lazy, periods, holds=holds)
        rows = rows if also is None else rows.with_columns(**also(nw.col(FIRST), nw.col(LAST)))
        return rows.group_by(*by, NUMBER).agg(**sums)
    parts = []
    for number, each in enumerate(periods):
        first, last = nw.lit(each.start), nw.lit(each.end)
        rows = lazy.filter(holds(first, last))
        rows = rows if also is None else rows.with_columns(**also(first, last))
        numbered = nw.lit(number).cast(nw.Int64).alias(NUMBER)
        # To group by the number too would take as long again; only where there are no groups is there nothing else.
        part = rows.group_by(*by).agg(**sums) if by else rows.with_columns(numbered).group_by(NUMBER).agg(**sums)
        parts.append(part.with_columns(numbered).select(*by, NUMBER, *sums))
    return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")


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
