"""Savings: opening the file a tracker is kept in, and writing one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import polars as pl

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Note
from bucks_cs.frames.engine import Engine, engine_of, headings, sealed

__all__ = ["of_one_type", "opened_tracker", "saved_tracker"]

_SHEETS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}


def opened_tracker(frame: Any, *, sheet: str | None, header_row: int) -> Any:
    """A frame as it is, or the tracker in a file: a csv file with every cell as text, a spreadsheet with the types of its cells.

    Args:
        frame: A path, or a frame of any engine.
        sheet: The sheet of a spreadsheet; None for the first.
        header_row: The row with the headings, from 1 as a spreadsheet numbers it.

    Raises:
        InvalidValue: There is no such file or sheet, it is of another kind, or ``sheet`` or ``header_row`` is given for a frame.
        FrameProblems: The file cannot be read.
    """
    row: object = header_row
    if isinstance(row, bool) or not isinstance(row, int) or row < 1:
        raise InvalidValue(what="header_row", expected="the row with the headings, a whole number from 1")
    if sheet is not None and not isinstance(sheet, str):
        raise InvalidValue(what="sheet", expected="the name of a sheet, or None for the first")
    if not isinstance(frame, (str, os.PathLike)):
        if sheet is not None or header_row != 1:
            raise InvalidValue(what="sheet, header_row", expected="none for a frame: they are of a file")
        return frame
    path = Path(frame)
    if not path.is_file():
        raise InvalidValue(what="frame", expected="a frame, or the path of a csv, xlsx or ods file that is there")
    if path.suffix.casefold() == ".csv":
        if sheet is not None:
            raise InvalidValue(what="sheet", expected="None for a csv file, which has no sheets")
        return sealed(lambda: pl.read_csv(path, infer_schema=False, skip_lines=header_row - 1), what="reading the csv file")
    if path.suffix.casefold() not in _SHEETS:
        raise InvalidValue(what="frame", expected="a file whose name ends in .csv, .xlsx or .ods")
    return _sheet(path, sheet, header_row)


def _sheet(path: Path, sheet: str | None, header_row: int) -> pl.DataFrame:
    import fastexcel

    book = sealed(lambda: fastexcel.read_excel(path), what="reading the spreadsheet")
    if sheet is not None and sheet not in book.sheet_names:
        raise InvalidValue(what="sheet", expected="the name of a sheet of the file, letter for letter")
    # All rows are looked at for the type of a column: one that has a text far down is text as a whole.
    which = 0 if sheet is None else sheet
    return sealed(
        lambda: book.load_sheet(which, header_row=header_row - 1, schema_sample_rows=None).to_polars(), what="reading the sheet"
    )


def of_one_type(frame: Any) -> tuple[Any, tuple[Note, ...]]:
    """A frame with text in each pandas column that has numbers beside texts, as pandas reads a spreadsheet; others as they are.

    Args:
        frame: A frame of any engine.

    Returns:
        The frame, and a note for each such column.

    Raises:
        UnsupportedFrame: It is no frame.
    """
    if engine_of(frame) not in {Engine.PANDAS, Engine.PANDAS_ARROW}:
        return frame, ()
    import pandas as pd

    headings(frame)
    mixed = [
        name
        for name, dtype in frame.dtypes.items()
        if str(dtype) == "object" and pd.api.types.infer_dtype(frame[name], skipna=True) in {"mixed", "mixed-integer"}
    ]
    texts = {name: frame[name].astype("string") for name in mixed}
    notes = tuple(Note(column=str(name), what="numbers beside texts, read as text") for name in mixed)
    return (frame.assign(**texts) if texts else frame), notes


def saved_tracker(rows: pl.DataFrame, path: Any) -> Path:
    """A wide tracker as a csv file.

    Args:
        rows: The tracker.
        path: Where it goes; what is there is replaced.

    Raises:
        InvalidValue: The path does not end in .csv, or its folder is not there.
    """
    if not isinstance(path, (str, os.PathLike)) or Path(path).suffix.casefold() != ".csv":
        raise InvalidValue(what="path", expected="the path of a csv file")
    file = Path(path)
    if not file.parent.is_dir():
        raise InvalidValue(what="path", expected="a path in a folder that is there")
    sealed(lambda: rows.write_csv(file, include_bom=True), what="writing the csv file")
    return file
