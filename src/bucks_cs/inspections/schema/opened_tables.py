"""Inspections: a table of Ofsted's as rows of cells, from a spreadsheet, a CSV file or a frame."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import attrs
import fastexcel
import polars as pl

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.engine import collect, enter, sealed
from bucks_cs.inspections.schema.ofsted_headings import OfstedTable
from bucks_cs.published_files import heading_names, opened

__all__ = ["Opened", "day_of", "is_table", "number_of", "open_table", "text_of", "yes_or_no"]

_SPREADSHEETS = frozenset({".ods", ".xlsx", ".xls", ".xlsm", ".xlsb"})
_COVER = "Cover"
_PUBLISHED_ON = "Published on:"
_NOTHING = frozenset({"", "NA"})


@attrs.frozen(kw_only=True)
class Opened:
    """The rows of a table.

    Args:
        rows: Each row, by heading.
        first: The number of the first row: that of the spreadsheet, or 1.
        published: The day the file was published, where its cover says so.
        worksheet: The worksheet, where there is one.
        notes: The texts of its worksheet Notes.
    """

    rows: tuple[dict[str, Any], ...]
    first: int = 1
    published: dt.date | None = None
    worksheet: str = ""
    notes: tuple[str, ...] = ()


def open_table(frame: Any, table: OfstedTable) -> Opened:
    """A table of a file or a frame.

    Args:
        frame: The path of a spreadsheet or a CSV file, or a frame of any engine with the file's headings.
        table: Which table.

    Raises:
        InvalidValue: There is no such file.
        FrameProblems: The file cannot be read, has no such worksheet, or lacks a column.
        UnsupportedFrame: It is no frame.
    """
    if isinstance(frame, (str, os.PathLike)) and Path(frame).suffix.lower() in _SPREADSHEETS:
        return _of_spreadsheet(Path(frame), table)
    cells = collect(enter(opened(frame), kept=False)[0])
    _need_headings(cells.columns, table)
    return Opened(rows=tuple(cells.iter_rows(named=True)), first=2 if isinstance(frame, (str, os.PathLike)) else 1)


def is_table(frame: Any, table: OfstedTable) -> bool:
    """Whether a CSV file or a frame has the headings of a table; a spreadsheet is known by its worksheets.

    Args:
        frame: A path, or a frame.
        table: The table.

    Raises:
        InvalidValue: There is no such file.
        UnsupportedFrame: It is no frame.
    """
    if isinstance(frame, (str, os.PathLike)) and Path(frame).suffix.lower() in _SPREADSHEETS:
        return False
    there = set(heading_names(opened(frame)))
    return len(there & set(table.needed)) > len(table.needed) // 2


def _of_spreadsheet(path: Path, table: OfstedTable) -> Opened:
    if not path.is_file():
        raise InvalidValue(what="frame", expected="a frame, or the path of a file that is there")
    reader = sealed(lambda: fastexcel.read_excel(path), what="reading the spreadsheet")
    named = [name for name in reader.sheet_names if table.worksheet and name.startswith(table.worksheet)]
    if len(named) != 1:
        rule = f"no one worksheet has a name that begins with {table.worksheet}"
        raise FrameProblems(schema=table.what, problems=(Problem(rule=rule),))
    cells = _cells(reader, named[0])
    key = next(iter(table.headings.values()))
    at = next((number for number, row in enumerate(cells) if key in row), None)
    headings = [] if at is None else [heading or "" for heading in cells[at]]
    _need_headings(headings, table)
    rows = tuple(dict(zip(headings, row, strict=True)) for row in cells[(at or 0) + 1 :])
    return Opened(
        rows=rows,
        first=(at or 0) + 2,
        published=_published(reader),
        worksheet=named[0],
        notes=_notes(reader),
    )


def _cells(reader: Any, worksheet: str) -> list[tuple[str | None, ...]]:
    def load() -> pl.DataFrame:
        sheet: pl.DataFrame = reader.load_sheet(worksheet, header_row=None, dtypes="string").to_polars()
        return sheet

    return sealed(load, what="reading the worksheet").rows()


def _published(reader: Any) -> dt.date | None:
    """The day on the cover."""
    cells = _cells(reader, _COVER) if _COVER in reader.sheet_names else []
    day = next((row[1] for row in cells if row[0] == _PUBLISHED_ON and len(row) > 1), None)
    return None if day is None else _day_in(day)


def _notes(reader: Any) -> tuple[str, ...]:
    """The texts of the worksheet Notes; where they are numbered, without their numbers and headings."""
    cells = _cells(reader, "Notes") if "Notes" in reader.sheet_names else []
    numbered = [row for row in cells if len(row) > 1 and row[0] is not None and row[0].isdigit()]
    return tuple(row[1] for row in numbered if row[1] is not None) or tuple(row[0] for row in cells if row[0] is not None)


def _need_headings(there: Any, table: OfstedTable) -> None:
    missing = [heading for heading in table.needed if heading not in there]
    if missing:
        known = [heading for heading in there if heading]
        problems = (Problem(column=one, rule="there is no such column", hint=did_you_mean(one, known)) for one in missing)
        raise FrameProblems(schema=table.what, problems=tuple(problems))


def text_of(row: dict[str, Any], heading: str) -> str | None:
    """A cell as text; None where it is blank, or NA.

    Args:
        row: The row.
        heading: The column.
    """
    cell = row[heading]
    if cell is None or cell != cell:  # pandas keeps a blank as a number that is none
        return None
    text = str(cell).strip()
    return None if text in _NOTHING else text


def day_of(row: dict[str, Any], heading: str) -> dt.date | None:
    """A cell as a day: a date, a timestamp, or text such as 2025-01-27 or 27/01/2025; None where it is blank.

    Args:
        row: The row.
        heading: The column.

    Raises:
        InvalidValue: It is none.
    """
    cell = row[heading]
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = text_of(row, heading)
    if text is None:
        return None
    day = _day_in(text)
    if day is None:
        raise InvalidValue(what=heading, expected="a day, such as 27/01/2025")
    return day


def _day_in(text: str) -> dt.date | None:
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def number_of(row: dict[str, Any], heading: str) -> int | None:
    """A cell as a whole number from 0 up; None where it is blank.

    Args:
        row: The row.
        heading: The column.

    Raises:
        InvalidValue: It is none.
    """
    text = text_of(row, heading)
    if text is None:
        return None
    whole = text.removesuffix(".0")
    if not (whole.isascii() and whole.isdigit()):
        raise InvalidValue(what=heading, expected="a whole number from 0 up")
    return int(whole)


def yes_or_no(row: dict[str, Any], heading: str) -> bool:
    """A cell that says yes or no.

    Args:
        row: The row.
        heading: The column.

    Raises:
        InvalidValue: It says neither.
    """
    said = {"yes": True, "no": False}.get((text_of(row, heading) or "").lower())
    if said is None:
        raise InvalidValue(what=heading, expected="Yes or No")
    return said
