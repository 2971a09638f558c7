"""Savings: the rows of a wide tracker, made even: its columns found, its words and cells read, what cannot be read counted."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import Ambiguous, FrameProblems, Problem
from bucks_cs.frames import Checked, Date, FrameModel, Note, Text, field
from bucks_cs.frames.checked import folded
from bucks_cs.frames.engine import collect, headings
from bucks_cs.savings.schema.printed_money import WITHOUT_A_UNIT
from bucks_cs.savings.schema.total_rows import IS_TOTAL, TotalRows, is_total
from bucks_cs.savings.schema.tracker import SavingsTracker
from bucks_cs.savings.schema.tracker_cells import NO_UNIT, TWO_UNITS, UNREAD, CellColumn, pence_name, with_pence, wrong_name
from bucks_cs.savings.schema.tracker_layout import YearColumn
from bucks_cs.savings.schema.tracker_words import CHOICES, Choice, in_our_words, year_label

__all__ = ["PLACE", "SCHEMA", "Asked", "Rows", "TrackerRow", "as_cells", "even_rows", "matched_headings"]

SCHEMA = "savings tracker"
PLACE = "__place"


def _column(name: str) -> Any:
    known = SavingsTracker.to_schema().columns[name]
    said: dict[str, Any] = {"title": str(known.title), "description": str(known.description)}
    return field(**said, aliases=SavingsTracker.aliases(name), nullable=True, gap="blank")


class TrackerRow(FrameModel):
    """A row of a tracker as it is kept: what it says of its line, as text; whatever is blank, may be."""

    line: Text | None = _column("line")
    description: Text | None = _column("description")
    programme: Text | None = _column("programme")
    workstream: Text | None = _column("workstream")
    cost_centre: Text | None = _column("cost_centre")
    owner: Text | None = _column("owner")
    kind: Text | None = _column("kind")
    status: Text | None = _column("status")
    status_date: Date | None = _column("status_date")
    basis: Text | None = _column("basis")
    base_year: Text | None = _column("base_year")
    recurrence: Text | None = _column("recurrence")
    already_counted_in: Text | None = _column("already_counted_in")


@attrs.frozen(kw_only=True)
class Asked:
    """What a caller said of her tracker.

    Args:
        words: Its own words for closed choices.
        blanks: Texts in it that mean a blank.
        zeros: Texts in it that mean 0.
        totals: What is done with rows of totals.
    """

    words: Mapping[str, Choice]
    blanks: tuple[str, ...]
    zeros: tuple[str, ...]
    totals: TotalRows


@attrs.frozen(kw_only=True)
class Rows:
    """The rows of a wide tracker, made even.

    Args:
        lazy: Those that are lines and those that are totals, with the pence of each column of cells.
        columns: The columns about the line that are there.
        notes: What was left out.
    """

    lazy: nw.LazyFrame[Any]
    columns: tuple[str, ...]
    notes: tuple[Note, ...]


def matched_headings(frame: Any, checked: Checked[Any], columns: Mapping[str, str | None] | None) -> dict[str, str]:
    """The tracker's own headings of the columns about the line, by this library's names.

    Args:
        frame: The frame as it came.
        checked: What `TrackerRow` made of it, which made sure that each is one.
        columns: What the caller said.
    """
    there, given = headings(frame), {ours: theirs for ours, theirs in (columns or {}).items() if theirs is not None}
    found = {}
    for ours in TrackerRow.to_schema().columns:
        if ours not in checked.names or (ours in (columns or {}) and ours not in given):
            continue
        spellings = {folded(ours), *(folded(alias) for alias in TrackerRow.aliases(ours))}
        near = [theirs for theirs in there if folded(theirs) in spellings and theirs not in given.values()]
        found[ours] = str(given.get(ours, ours if ours in there else next(iter(near), ours)))
    return found


def even_rows(checked: Checked[Any], cells: tuple[CellColumn, ...], asked: Asked, *, once: bool) -> Rows:
    """The rows of a wide tracker with words and cells read, once nothing in them is left that cannot be read.

    Args:
        checked: The tracker, by `TrackerRow`.
        cells: Its columns of money.
        asked: What the caller said of it.
        once: Whether it is worked out at once, so that it need not be again.

    Raises:
        FrameProblems: A cell is no amount of money, a word is unknown, a line has no figure, or a row is a total and it was not
            said what to do with it.
        Ambiguous: Cells say no unit, and neither does their heading.
    """
    ours = tuple(name for name in TrackerRow.to_schema().columns if name in checked.names)
    lazy = _numbered(checked.lazy).with_columns(*(_trimmed(name) for name in ours if name != "status_date"))
    years = [name for name in ("base_year",) if name in ours]
    lazy = lazy.with_columns(year_label(name).alias(name) for name in years) if years else lazy
    lazy = with_pence(lazy, cells, blanks=asked.blanks, zeros=asked.zeros)
    lazy = lazy.with_columns(
        __blank=_all([*(nw.col(name).is_null() for name in ours), *(_is_blank(cell) for cell in cells)]),
        **{IS_TOTAL: nw.lit(value=False) if asked.totals is TotalRows.LINES else is_total(ours)},
    )
    known = {name: in_our_words(name, asked.words) for name in CHOICES if name in ours}
    tests = {f"__known_{name}": test.holds for name, (_, test) in known.items()}
    lazy = lazy.with_columns(**tests) if tests else lazy
    lazy = lazy.with_columns(value.alias(name) for name, (value, _) in known.items()) if known else lazy
    lazy = nw.from_native(collect(lazy).lazy()) if once else lazy
    blank_rows = _need_readable(lazy, cells, {name: test for name, (_, test) in known.items()}, asked.totals)
    notes = [Note(column="the table", what="blank rows left out", rows=blank_rows)] if blank_rows else []
    kept = lazy.filter(~nw.col("__blank")).drop("__blank", *tests, *(wrong_name(cell.number) for cell in cells))
    return Rows(lazy=kept, columns=ours, notes=tuple(notes))


def _numbered(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Rows with their place, from 1, where their engine keeps them in order."""
    if lazy.implementation is not nw.Implementation.POLARS:
        return lazy.with_columns(nw.lit(None).cast(nw.Int64).alias(PLACE))
    native: Any = lazy.to_native()
    numbered: nw.LazyFrame[Any] = nw.from_native(native.with_row_index(PLACE, offset=1))
    return numbered.with_columns(nw.col(PLACE).cast(nw.Int64))


def _trimmed(name: str) -> nw.Expr:
    text = nw.col(name).str.strip_chars()
    return nw.when(text != "").then(text).alias(name)


def _all(holds: list[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.and_, holds)


def _is_blank(cell: CellColumn) -> nw.Expr:
    return nw.col(pence_name(cell.number)).is_null() & (nw.col(wrong_name(cell.number)) == 0)


def _rows_where(holds: nw.Expr) -> nw.Expr:
    return nw.when(holds.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0)).sum()


def _need_readable(lazy: nw.LazyFrame[Any], cells: tuple[CellColumn, ...], words: Mapping[str, Any], totals: TotalRows) -> int:
    """How many rows are blank, once all others can be read: one query, of counts."""
    is_line = ~nw.col("__blank") & ~nw.col(IS_TOTAL)
    none = _all([_is_blank(cell) for cell in cells])
    counted = {"blank": _rows_where(nw.col("__blank")), "total": _rows_where(nw.col(IS_TOTAL) & ~nw.col("__blank"))}
    counted |= {"none": _rows_where(is_line & none)}
    counted |= {f"word_{name}": _rows_where(is_line & ~nw.col(f"__known_{name}")) for name in words}
    for cell in cells:
        wrong = nw.col(wrong_name(cell.number))
        counted |= {f"{why}_{cell.number}": _rows_where(is_line & (wrong == why)) for why in (UNREAD, NO_UNIT, TWO_UNITS)}
    counts = {name: int(n or 0) for name, n in collect(lazy.select(**counted)).row(0, named=True).items()}
    problems = [
        Problem(column=name, rule=test.rule, rows=counts[f"word_{name}"], hint=test.hint)
        for name, test in words.items()
        if counts[f"word_{name}"]
    ]
    if counts["total"] and totals is TotalRows.REFUSED:
        hint = " TotalRows.LEFT_OUT leaves them out and compares them with the lines, TotalRows.LINES takes them for lines."
        problems.append(Problem(rule="rows say that they are a total of others", rows=counts["total"], hint=hint))
    if counts["none"]:
        hint = " A heading among the rows, or a line without a figure, is to be left out first."
        problems.append(Problem(rule="rows have words and no figure in any year", rows=counts["none"], hint=hint))
    problems += [problem for cell in cells for problem in _of_cells(cell, counts)]
    unsaid = {cell.name: counts[f"{NO_UNIT}_{cell.number}"] for cell in cells if counts[f"{NO_UNIT}_{cell.number}"]}
    if problems:
        could_be = f" It could be {' or '.join(WITHOUT_A_UNIT)}: give unit=."
        rule = "says no unit, nor does its heading"
        problems += [Problem(column=name, rule=rule, rows=n, hint=could_be) for name, n in unsaid.items()]
        raise FrameProblems(schema=SCHEMA, problems=tuple(problems))
    if unsaid:
        what = f"the figures of {', '.join(map(repr, unsaid))} ({sum(unsaid.values()):,} of them without a unit)"
        raise Ambiguous(what=what, readings=WITHOUT_A_UNIT, settle_by="give unit=")
    return counts["blank"]


def _of_cells(cell: CellColumn, counts: Mapping[str, int]) -> list[Problem]:
    unread, twice = counts[f"{UNREAD}_{cell.number}"], counts[f"{TWO_UNITS}_{cell.number}"]
    problems = []
    if unread:
        hint = " Say what its words mean: blanks=('TBC',) for no figure, zeros=('-',) for 0."
        problems.append(Problem(column=cell.name, rule="is no amount of money", rows=unread, hint=hint))
    if twice:
        rule = f"has a £ of its own, under a heading of {cell.heading}"
        problems.append(Problem(column=cell.name, rule=rule, rows=twice, hint=" Leave out the £, or write its own k or m."))
    return problems


def as_cells(
    years: tuple[YearColumn, ...], unplaced: tuple[str, str | None] | None, types: Mapping[str, Any]
) -> tuple[CellColumn, ...]:
    """The columns of money of a tracker, numbered.

    Args:
        years: Those of a year.
        unplaced: That of no named year, and its unit.
        types: The type of each column.

    Raises:
        FrameProblems: One was left behind on the way in.
    """
    named = [(one.heading, one.unit) for one in years] + ([unplaced] if unplaced is not None else [])
    lost = [Problem(column=name, rule="holds what cannot be taken in") for name, _ in named if name not in types]
    if lost:
        hint = " Give it one type and a plain heading first."
        raise FrameProblems(schema=SCHEMA, problems=tuple(attrs.evolve(problem, hint=hint) for problem in lost))
    return tuple(
        CellColumn(name=name, number=n, dtype=types[name], heading=unit) for n, (name, unit) in enumerate(named)
    )
