"""Savings: reading a published file of deflators."""

from __future__ import annotations

import contextlib
import csv
import io
import math
from pathlib import Path

from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.periods import CalendarYear
from bucks_cs.provenance import Source
from bucks_cs.savings.model.deflators import Deflator, Deflators

__all__ = ["read_calendar_year_deflators"]

_COLUMNS = ("year", "value")


def read_calendar_year_deflators(
    path: str | Path, *, source: Source, name: str = "GDP deflator at market prices"
) -> Deflators:
    """A table of deflators by calendar year, from a csv file of ``year`` and ``value``.

    Args:
        path: The file.
        source: The release it is of, with its date.
        name: What the index is.

    Returns:
        The table, by calendar year.

    Raises:
        FrameProblems: A column is missing, or rows have no year or no value above 0: counts of rows, never a cell.
        InvalidValue: There is no such file, it is not in UTF-8, it has no row, or a year twice.
        MissingSource: There is no source.

    Source:
        The form of HM Treasury's *GDP deflators at market prices, and money GDP* as the Department for Education's finance tools
        keep it: one row a calendar year, an index.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    rows = [] if missing else [(row["year"], row["value"]) for row in reader]
    if missing:
        problems = tuple(Problem(column=column, rule="is missing") for column in missing)
        raise FrameProblems(schema="deflators", problems=problems)
    entries = [_entry(year, value) for year, value in rows]
    known = tuple(entry for entry in entries if entry is not None)
    if len(known) < len(entries):
        rule = "a calendar year in four digits and a number above 0"
        raise FrameProblems(schema="deflators", problems=(Problem(rule=rule, rows=len(entries) - len(known)),))
    return Deflators(name=name, entries=known, source=source)


def _text(path: object) -> str:
    """What the file says; bytes that are no UTF-8 are not shown."""
    file = Path(path) if isinstance(path, (str, Path)) else None
    if file is None or not file.is_file():
        raise InvalidValue(what="path", expected="the path of a csv file")
    text = None
    with contextlib.suppress(UnicodeDecodeError):
        text = file.read_bytes().decode("utf-8-sig")
    if text is None:
        raise InvalidValue(what="path", expected="the path of a csv file in UTF-8")
    return text


def _entry(year: str | None, value: str | None) -> Deflator | None:
    number = _number(value)
    digits = (year or "").strip()
    if number is None or not (digits.isascii() and digits.isdigit() and 1900 <= int(digits) <= 2100):
        return None
    return Deflator(year=CalendarYear(int(digits)), value=number)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None
