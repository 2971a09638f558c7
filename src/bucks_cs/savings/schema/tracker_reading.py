"""Savings: reading a tracker as councils keep it, wide and in thousands, into the checked long frame."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any, overload

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames import Checked, Note
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import Home, collect, headings
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import Basis, PrintedSign, Recurrence
from bucks_cs.savings.schema.total_rows import IS_TOTAL, TotalRows, notes_on_totals
from bucks_cs.savings.schema.tracker import SavingsTracker, whole_lines
from bucks_cs.savings.schema.tracker_cells import CellColumn, pence_name
from bucks_cs.savings.schema.tracker_files import of_one_type, opened_tracker
from bucks_cs.savings.schema.tracker_layout import CheckedTracker, TrackerLayout, unit_in, year_columns
from bucks_cs.savings.schema.tracker_rows import PLACE, SCHEMA, Asked, Rows, TrackerRow, as_cells, even_rows, matched_headings
from bucks_cs.savings.schema.tracker_words import Choice, as_words

__all__ = ["read_tracker"]

Cells = tuple[CellColumn, ...]


@overload
def read_tracker(
    frame: str | os.PathLike[str],
    *,
    sign: PrintedSign,
    unit: str | None = ...,
    basis: Basis | None = ...,
    base_year: FinancialYear | None = ...,
    recurrence: Recurrence | None = ...,
    programme: str | None = ...,
    columns: Mapping[str, str | None] | None = ...,
    years: Mapping[FinancialYear, str] | None = ...,
    unplaced: str | None = ...,
    words: Mapping[str, Choice] | None = ...,
    blanks: Collection[str] = ...,
    zeros: Collection[str] = ...,
    totals: TotalRows = ...,
    sheet: str | None = ...,
    header_row: int = ...,
) -> CheckedTracker[pl.DataFrame]: ...
@overload
def read_tracker(
    frame: FrameT,
    *,
    sign: PrintedSign,
    unit: str | None = ...,
    basis: Basis | None = ...,
    base_year: FinancialYear | None = ...,
    recurrence: Recurrence | None = ...,
    programme: str | None = ...,
    columns: Mapping[str, str | None] | None = ...,
    years: Mapping[FinancialYear, str] | None = ...,
    unplaced: str | None = ...,
    words: Mapping[str, Choice] | None = ...,
    blanks: Collection[str] = ...,
    zeros: Collection[str] = ...,
    totals: TotalRows = ...,
) -> CheckedTracker[FrameT]: ...
def read_tracker(
    frame: Any,
    *,
    sign: PrintedSign,
    unit: str | None = None,
    basis: Basis | None = None,
    base_year: FinancialYear | None = None,
    recurrence: Recurrence | None = None,
    programme: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    years: Mapping[FinancialYear, str] | None = None,
    unplaced: str | None = None,
    words: Mapping[str, Choice] | None = None,
    blanks: Collection[str] = (),
    zeros: Collection[str] = (),
    totals: TotalRows = TotalRows.REFUSED,
    sheet: str | None = None,
    header_row: int = 1,
) -> CheckedTracker[Any]:
    """A savings tracker as councils keep it, a row a line and a column a year, as the checked long frame.

    A heading gives the year and the unit, in any order: ``"2023/24 £'000"``, ``"2024-25 (£m)"``. A cell is read as `read_money`
    reads it: brackets are a minus, a figure with its own ``m`` is not multiplied again, and a blank is no figure and no 0.
    Nothing is guessed: what stands for no amount is counted and refused.

    Args:
        frame: The tracker as a frame of any engine, or the path of a csv, xlsx or ods file.
        sign: Which sign a saving has in it.
        unit: What the figures are in where a heading does not say: ``"£'000"``; None where headings or cells do.
        basis: What each year's figure is against, for all lines, where the tracker has no column ``basis``.
        base_year: The year that cumulative figures are against, for all lines.
        recurrence: Whether savings recur, for all lines, where the tracker has no column ``recurrence``.
        programme: The programme of all lines, where the tracker has no column of it.
        columns: `SavingsTracker`'s names of columns about the line to the tracker's own, where it does not know them; None for
            one that the tracker does not have. Where no column is the line's name, its description is.
        years: The heading of each year, where headings say more than year and unit.
        unplaced: The heading of the figure whose years are not named ("Future years"): they come after the last that is.
        words: The tracker's own words for basis, recurrence, kind and status: ``{"Ongoing": Recurrence.RECURRING}``. The values
            of these choices are known in any case, with spaces or hyphens.
        blanks: Texts that mean no figure, such as ``"TBC"``.
        zeros: Texts that mean 0, such as ``"-"``.
        totals: What is done with rows that say that they are a total.
        sheet: The sheet of a spreadsheet; None for the first.
        header_row: The row of a file with the headings, from 1.

    Returns:
        The tracker as `SavingsTracker` has it, checked, in the caller's own kind of frame (polars for a path), with its layout,
        by which `as_tracker` writes it back. Further columns come along. Its notes say what was left out, and how many figures of
        totals are not the sum of their lines. On a lazy engine some small queries of counts run, and nothing else.

    Raises:
        FrameProblems: Cells that are no amount of money, unknown words, rows without a figure, rows of totals, a line twice, a
            missing column: each with a count of rows, and no cell.
        Ambiguous: Figures say no unit, and neither does their heading: with the readings they could have.
        InvalidValue: An argument cannot be, or says what a column says too.
        UnsupportedFrame: It is no frame.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.savings import Basis, PrintedSign, Recurrence, read_tracker
        >>> kept = pl.DataFrame({"Ref": ["S1", "S2"], "Savings description": ["An Edge of Care Team", "Fewer agency staff"],
        ...     "Programme": "Transformation", "2023/24 £'000": ["(390)", "(332)"], "2024-25 (£m)": ["-0.390", ""]})
        >>> tracker = read_tracker(kept, sign=PrintedSign.BELOW_ZERO, recurrence=Recurrence.RECURRING, basis=Basis.INCREMENTAL)
        >>> tracker.frame.select("line", "financial_year", "pence").rows()
        [('S1', '2023-24', 39000000), ('S1', '2024-25', 39000000), ('S2', '2023-24', 33200000), ('S2', '2024-25', None)]
    """
    asked = _asked(sign, words=words, blanks=blanks, zeros=zeros, totals=totals)
    native, mixed = of_one_type(opened_tracker(frame, sheet=sheet, header_row=header_row))
    later = _unplaced(unplaced, native, unit)
    checked = TrackerRow.conform(native, columns=columns)
    ours = matched_headings(native, checked, columns)
    said = _said(checked, basis=basis, base_year=base_year, recurrence=recurrence, programme=programme)
    found, passed = year_columns(headings(native), unit=unit, years=years, taken=[*ours.values(), unplaced or ""])
    types = dict(checked.lazy.collect_schema())
    cells = as_cells(found, later, types)
    rows = even_rows(checked, cells, asked, once=not checked.home.engine.is_lazy)
    order = [name for name in headings(native) if name in ours.values() or name in checked.names]
    layout = TrackerLayout(columns=ours, years=found, unplaced=later, sign=sign, order=order)
    notes = (*mixed, *checked.notes, *rows.notes, *_on_years(passed), *_on_totals(rows, cells, asked))
    return _as_checked(rows, cells, layout, said, notes, home=checked.home)


def _asked(sign: object, *, words: object, blanks: Any, zeros: Any, totals: object) -> Asked:
    if not isinstance(sign, PrintedSign):
        raise InvalidValue(what="sign", expected="a PrintedSign: which sign a saving has in the tracker")
    if not isinstance(totals, TotalRows):
        raise InvalidValue(what="totals", expected="a TotalRows")
    texts = {"blanks": blanks, "zeros": zeros}
    for name, given in texts.items():
        is_several = isinstance(given, Collection) and not isinstance(given, (str, Mapping))
        if not is_several or not all(isinstance(one, str) for one in given):
            raise InvalidValue(what=name, expected="texts, in a tuple: ('TBC',)")
    if {one.strip().lower() for one in blanks} & {one.strip().lower() for one in zeros}:
        raise InvalidValue(what="blanks, zeros", expected="each text in one of them")
    return Asked(words=as_words(words), blanks=tuple(blanks), zeros=tuple(zeros), totals=totals)


def _said(
    checked: Checked[Any], *, basis: object, base_year: object, recurrence: object, programme: object
) -> dict[str, str | None]:
    """What the caller said for all lines, by column: what a column says, nobody may say again."""
    given = {"basis": (basis, Basis), "base_year": (base_year, FinancialYear), "recurrence": (recurrence, Recurrence)}
    said: dict[str, str | None] = {}
    for name, (value, kind) in {**given, "programme": (programme, str)}.items():
        if value is None:
            continue
        if not isinstance(value, kind) or not str(value).strip():
            raise InvalidValue(what=name, expected=f"a {kind.__name__}, or None" if kind is not str else "words, or None")
        if name in checked.names:
            raise InvalidValue(what=name, expected="None, since the tracker has a column that says it")
        said[name] = value.value if isinstance(value, (Basis, Recurrence)) else str(value)
    if basis is not None and (basis is Basis.CUMULATIVE) != (base_year is not None):
        raise InvalidValue(what="base_year", expected="the year that cumulative figures are against, and none otherwise")
    return {name: None if value == "unstated" else value for name, value in said.items()}


def _unplaced(unplaced: object, native: Any, unit: str | None) -> tuple[str, str | None] | None:
    if unplaced is None:
        return None
    if not isinstance(unplaced, str):
        raise InvalidValue(what="unplaced", expected="the heading of a column, or None")
    there = headings(native)
    if unplaced not in there:
        problem = Problem(column=unplaced, rule="there is no such column", hint=did_you_mean(unplaced, there))
        raise FrameProblems(schema=SCHEMA, problems=(problem,))
    return unplaced, unit_in(unplaced) or unit


def _on_years(passed: tuple[str, ...]) -> list[Note]:
    what = "has a year in its heading beside other words, and is not read as figures; years= says that it is"
    return [Note(column=heading, what=what) for heading in passed]


def _on_totals(rows: Rows, cells: tuple[CellColumn, ...], asked: Asked) -> list[Note]:
    if asked.totals is not TotalRows.LEFT_OUT:
        return []
    return notes_on_totals(rows.lazy, {pence_name(cell.number): cell.name for cell in cells})


def _as_checked(
    rows: Rows, cells: Cells, layout: TrackerLayout, said: Mapping[str, str | None], notes: tuple[Note, ...], *, home: Home
) -> CheckedTracker[Any]:
    lines = _filled(rows.lazy.filter(~nw.col(IS_TOTAL)).drop(IS_TOTAL), rows.columns, said, layout, cells)
    _need_names(lines)
    long = _long(lines, layout, cells)
    native: Any = long.to_native() if home.engine.is_lazy else collect(long)
    checked = SavingsTracker.conform(native)
    fields = {each.name: getattr(checked, each.name) for each in attrs.fields(Checked) if each.init}
    made: CheckedTracker[Any] = CheckedTracker(**{**fields, "home": home, "notes": notes}, layout=layout)
    extras = [name for name in checked.names if name not in SavingsTracker.to_schema().columns]
    made.kept.update(f"one {name} a line" for name in extras)  # since a line is one row of the wide tracker
    whole_lines(made)
    return made


def _need_names(lines: nw.LazyFrame[Any]) -> None:
    """Refuse rows that lack a name and lines that are there twice, counted as rows of the tracker, not of the long frame."""
    there = lines.collect_schema().names()
    named = [name for name in ("line", "description", "programme") if name in there]
    if "line" not in named:
        return
    counts = {name: nw.when(nw.col(name).is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).sum() for name in named}
    twice = lines.filter(~nw.col("line").is_null()).group_by("line").agg(__rows=nw.len()).filter(nw.col("__rows") > 1)
    found = collect(lines.select(**counts).join(twice.select(__twice=nw.col("__rows").sum()), how="cross")).row(0, named=True)
    problems = [Problem(column=name, rule="is missing", rows=int(found[name])) for name in named if found[name]]
    if found["__twice"]:
        problems.append(Problem(column="line", rule="more than one row has the same", rows=int(found["__twice"])))
    if problems:
        raise FrameProblems(schema=SCHEMA, problems=tuple(problems))


def _filled(
    lines: nw.LazyFrame[Any], there: tuple[str, ...], said: Mapping[str, str | None], layout: TrackerLayout, cells: Cells
) -> nw.LazyFrame[Any]:
    """Lines with what the caller said of all of them, a name each, and the figure that names no year."""
    filled: dict[str, nw.Expr] = {name: nw.lit(value).cast(nw.String) for name, value in said.items()}
    if "line" not in there and "description" in there:
        filled["line"] = nw.col("description")
    if layout.unplaced is not None:
        cell = cells[-1]
        pence = _signed(cell, layout)
        filled |= {
            "unplaced": nw.when(~pence.is_null()).then(nw.lit(layout.unplaced[0])),
            "unplaced_after": nw.when(~pence.is_null()).then(nw.lit(layout.years[-1].year.label)),
            "unplaced_pence": pence,
            "unplaced_as_printed": _print(cell),
        }
    lines = lines.with_columns(nw.col(PLACE).alias("place")).drop(PLACE)
    return lines.with_columns(**filled) if filled else lines


def _signed(cell: CellColumn, layout: TrackerLayout) -> nw.Expr:
    pence = nw.col(pence_name(cell.number))
    return pence if layout.sign is PrintedSign.ABOVE_ZERO else -pence


def _print(cell: CellColumn) -> nw.Expr:
    if cell.dtype not in (nw.String, nw.Categorical, nw.Enum):
        return nw.lit(None).cast(nw.String)
    return nw.when(~nw.col(pence_name(cell.number)).is_null()).then(nw.col(cell.name).cast(nw.String))


def _long(lines: nw.LazyFrame[Any], layout: TrackerLayout, cells: tuple[CellColumn, ...]) -> nw.LazyFrame[Any]:
    """A row a line and year, sorted by line and year."""
    own = {cell.name for cell in cells} | {pence_name(cell.number) for cell in cells}
    kept = [name for name in lines.collect_schema().names() if name not in own]
    parts = [
        lines.select(
            *kept,
            nw.lit(one.year.label).alias("financial_year"),
            _signed(cell, layout).alias("pence"),
            _print(cell).alias("as_printed"),
            nw.lit(one.unit).cast(nw.String).alias("printed_unit"),
            nw.lit(layout.sign.value).alias("printed_sign"),
        )
        for one, cell in zip(layout.years, cells, strict=False)
    ]
    long = parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")
    return long.sort("line", "financial_year") if "line" in kept else long
