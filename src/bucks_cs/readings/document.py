"""Readings as a document: the definitions, the sources and the rows, all that is needed to read them again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl

from bucks_cs import interchange
from bucks_cs.indicators import Indicator
from bucks_cs.provenance import AnySource
from bucks_cs.readings import rows
from bucks_cs.readings.currency import Readings
from bucks_cs.readings.table import columns

__all__ = ["teach"]

_TYPES: dict[str, Any] = {
    "text": pl.String,
    "whole number": pl.Int64,
    "number": pl.Float64,
    "true or false": pl.Boolean,
    "date": pl.Date,
}
_DATES = ("period_start", "period_end")
_NUMBERS = ("value", "lower", "upper", "level", "numerator", "denominator")


def teach() -> None:
    """Teach `interchange` how readings are written and read."""
    interchange.register(Readings, write=_write, read=_read)


def _write(readings: Readings[Any], write: Callable[[Any], Any]) -> dict[str, Any]:
    frame = readings.to_polars()
    kinds = {name: _kind(frame.schema[name]) for name in readings.by}
    frame = frame.with_columns(pl.col(name).cast(_TYPES[kind]) for name, kind in kinds.items())
    there = [dict(row) for row in frame.iter_rows(named=True)]
    others = dict(readings.other_sources)
    apart: dict[AnySource | None, list[int]] = {}
    for n, row in enumerate(there, 1):
        source = others.get(rows.key_of_row(row, readings.by), readings.source)
        if source != readings.source:
            apart.setdefault(source, []).append(n)
    return {
        "by": [{"name": name, "type": kind} for name, kind in kinds.items()],
        "source": None if readings.source is None else write(readings.source),
        "indicators": [write(indicator) for indicator in readings.indicators],
        "readings": [{name: _cell(value, write) for name, value in row.items()} for row in there],
        "other_sources": [{"source": None if source is None else write(source), "readings": n} for source, n in apart.items()],
    }


def _kind(dtype: Any) -> str:
    if dtype.is_integer():
        return "whole number"
    if dtype.is_numeric():
        return "number"
    return {pl.Boolean: "true or false", pl.Date: "date"}.get(dtype.base_type(), "text")


def _cell(value: Any, write: Callable[[Any], Any]) -> Any:
    return write(value) if isinstance(value, dt.date) else value


def _read(document: dict[str, Any], read: Callable[[Any, Any], Any]) -> Readings[pl.DataFrame]:
    if set(document) - {"by", "source", "indicators", "readings", "other_sources"}:
        raise ValueError
    kinds = {read(each["name"], str): read(each["type"], str) for each in document["by"]}
    types = dict.fromkeys(columns(kinds), pl.String) | dict.fromkeys(_NUMBERS, pl.Float64) | dict.fromkeys(_DATES, pl.Date)
    types |= {name: _TYPES[kind] for name, kind in kinds.items()}
    given = document.get("readings", [])
    if any(set(row) - set(types) for row in given):
        raise ValueError
    cells = {name: [_read_cell(row.get(name), dtype, read) for row in given] for name, dtype in types.items()}
    frame = pl.DataFrame(cells, schema=types, strict=True)
    source = _source(document.get("source"), read)
    indicators = read(document.get("indicators", []), tuple[Indicator, ...])
    apart: dict[rows.Key, AnySource | None] = {}
    for part in document.get("other_sources", []):
        for n in read(part["readings"], tuple[int, ...]):
            apart[rows.key_of_row(_in_range(frame, n), tuple(kinds))] = _source(part.get("source"), read)
    found = Readings.from_frame(frame, indicators=indicators, by=tuple(kinds), source=source)
    return Readings(
        frame=found.frame, indicators=found.indicators, by=found.by, source=source, other_sources=tuple(apart.items())
    )


def _in_range(frame: pl.DataFrame, n: int) -> dict[str, Any]:
    if not 1 <= n <= frame.height:
        raise ValueError
    return frame.row(n - 1, named=True)


def _source(data: Any, read: Callable[[Any, Any], Any]) -> AnySource | None:
    found: AnySource | None = None if data is None else read(data, AnySource)
    return found


_PLAIN: dict[Any, type] = {pl.String: str, pl.Int64: int, pl.Float64: float, pl.Boolean: bool, pl.Date: dt.date}


def _read_cell(value: Any, dtype: Any, read: Callable[[Any, Any], Any]) -> Any:
    cell = None if value is None else read(value, _PLAIN[dtype])
    return float(cell) if dtype is pl.Float64 and cell is not None else cell
