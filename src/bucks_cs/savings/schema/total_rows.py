"""Savings: rows of a tracker that are totals of others, told by their words and checked against the lines."""

from __future__ import annotations

import enum
import functools
import operator
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.frames import Note
from bucks_cs.frames.engine import collect
from bucks_cs.frames.patterns import portable

__all__ = ["IS_TOTAL", "TotalRows", "is_total", "notes_on_totals"]

IS_TOTAL = "__total"
_SAYS_TOTAL = portable(r"^(?:grand |overall |sub ?-? ?)?totals?(?:[^a-z].*)?$|[^a-z]totals?[ :]*$")
_NAMED_IN = ("line", "description", "programme", "workstream", "cost_centre")
_SCOPES = ("programme", "workstream", "cost_centre")
_WORDS = r"^(?:grand |overall |sub ?-? ?)?totals?\b[\s:,–-]*|[\s:,–-]*\btotals?[ :]*$"


class TotalRows(enum.Enum):
    """What is done with rows that say that they are a total: a pound must not be counted in its line and in a total."""

    REFUSED = "refused"
    """They are refused, with their number."""
    LEFT_OUT = "left out"
    """They are left out, and what they say is compared with the sum of the lines."""
    LINES = "lines"
    """They are lines, whatever their name says."""


def is_total(there: Sequence[str]) -> nw.Expr:
    """Whether a row says that it is a total, in any of the columns that name it.

    Args:
        there: The columns there are.
    """
    named = [nw.col(name).str.to_lowercase() for name in _NAMED_IN if name in there]
    said = [text.str.contains(_SAYS_TOTAL).fill_null(value=False) for text in named]
    return functools.reduce(operator.or_, said, nw.lit(value=False))


def notes_on_totals(lazy: nw.LazyFrame[Any], figures: Mapping[str, str]) -> list[Note]:
    """What the rows of totals say against the sum of the lines: how many figures differ, and how many could not be compared.

    A row that names a programme, workstream or cost centre is the total of its lines. One that names none is the total of all,
    unless it calls itself a sub-total: of what, only its place says.

    Args:
        lazy: Rows with `IS_TOTAL`.
        figures: The heading of each column of pence.
    """
    scopes = [name for name in _SCOPES if name in lazy.collect_schema().names()]
    named = [name for name in _NAMED_IN if name in lazy.collect_schema().names()]
    totals = collect(lazy.filter(nw.col(IS_TOTAL)).select(*named, *figures)).with_row_index("__row")
    if not len(totals):
        return []
    sums = [nw.col(name).sum().alias(f"__sum_{name}") for name in figures]
    lines = lazy.filter(~nw.col(IS_TOTAL)).with_columns(__all=nw.lit(1))
    of_lines = collect(lines.group_by("__all", *scopes).agg(*sums))
    placed = _placed(totals, of_lines, named, scopes)
    pairs = placed.filter(~pl.col("__unplaced")).join(of_lines, how="cross", suffix="_of_lines")
    whole = {name: pl.col(f"__scope_{name}").is_null() for name in scopes}
    within = [whole[name] | (pl.col(f"__scope_{name}") == pl.col(f"{name}_of_lines").str.to_lowercase()) for name in scopes]
    found = pairs.filter(pl.all_horizontal(pl.lit(value=True), *(each.fill_null(value=False) for each in within)))
    summed = found.group_by("__row").agg(pl.col(f"__sum_{name}").sum() for name in figures)
    compared = placed.filter(~pl.col("__unplaced")).join(summed, on="__row", how="left")
    differ = sum(int((compared[name] != compared[f"__sum_{name}"].fill_null(0)).sum()) for name in figures)
    notes = [Note(column="the table", what="rows of totals left out", rows=len(totals))]
    if differ:
        notes.append(Note(column="the table", what="figures of those totals that are not the sum of their lines", rows=differ))
    if apart := int(placed["__unplaced"].sum()):
        what = "rows of sub-totals that do not say of what, and were not compared"
        notes.append(Note(column="the table", what=what, rows=apart))
    return notes


def _placed(totals: pl.DataFrame, of_lines: pl.DataFrame, named: Sequence[str], scopes: Sequence[str]) -> pl.DataFrame:
    """Rows of totals with what each is the total of, and whether nothing but its place could say."""
    bare = {name: pl.col(name).str.to_lowercase().str.replace_all(_WORDS, "").str.strip_chars() for name in scopes}
    known = {name: of_lines[name].str.to_lowercase().drop_nulls().unique().to_list() for name in scopes}
    scoped = totals.with_columns(
        pl.when(text.is_in(known[name])).then(text).alias(f"__scope_{name}") for name, text in bare.items()
    )
    is_part = pl.any_horizontal(
        pl.lit(value=False), *(pl.col(name).str.to_lowercase().str.starts_with("sub").fill_null(value=False) for name in named)
    )
    nowhere = pl.all_horizontal(pl.lit(value=True), *(pl.col(f"__scope_{name}").is_null() for name in scopes))
    return scoped.with_columns((is_part & nowhere).alias("__unplaced"))
