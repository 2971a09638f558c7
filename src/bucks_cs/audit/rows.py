"""Rows: report tables of any engine in, findings in the caller's own kind out.

An audit is of report tables, a few rows to some thousands, so it runs on plain Python rows with exact arithmetic and
not in the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from bucks_cs.audit.findings import Findings
from bucks_cs.audit.reading import Single
from bucks_cs.errors import UnknownColumn

__all__ = ["CallersFrame", "as_frame", "rows_in"]

_PLAIN = ("label", "relation", "cells", "column", "printed", "recomputed", "low", "high", "status", "why")
_LISTS = ("suggestions", "explanations")
_COLUMNS = (*_PLAIN, *_LISTS)
_NUMBERS = frozenset({"recomputed", "low", "high"})


@attrs.frozen(eq=False, repr=False)
class CallersFrame:
    """What is needed to give a frame of the caller's own kind back: its engine and, for a lazy one, a frame in it."""

    home: Any
    like: Any


def rows_in(
    frame: Any, *, columns: Sequence[tuple[str, str]], order_by: str | None
) -> tuple[list[tuple[Any, ...]], CallersFrame]:
    """The rows of a frame as tuples, in order.

    Args:
        frame: A frame of any engine.
        columns: The argument that names it, and the column.
        order_by: The column to put the rows in order by.

    Raises:
        UnknownColumn: The frame has no such column.
        UnsupportedFrame: It is no frame.
    """
    from bucks_cs.frames.engine import collect, column_names, enter

    asked = [*columns, *([("order_by", order_by)] if order_by is not None else [])]
    lazy, home = enter(frame, columns=list(dict.fromkeys(column for _, column in asked)))
    there = frozenset(column_names(lazy))
    for argument, column in asked:
        if column not in there:
            raise UnknownColumn(column=column, columns=_all_columns(frame), argument=argument)
    names = [column for _, column in columns]
    local = collect(lazy)
    if order_by is not None:
        local = local.sort(order_by, maintain_order=True)
    cells = [_cells(local[name]) for name in names]
    return list(zip(*cells, strict=True)), CallersFrame(home, lazy if home.engine.is_lazy else None)


def _cells(column: Any) -> list[Any]:
    """The cells of a column; floats of 32 bits by their own shortest text, since Python would give them 64."""
    import polars as pl

    if column.dtype != pl.Float32:
        return list(column.to_list())
    return [None if text is None else Single(text) for text in column.cast(pl.String).to_list()]


def _all_columns(frame: Any) -> tuple[str, ...]:
    import narwhals as nw

    from bucks_cs.frames.engine import sealed

    return tuple(sealed(lambda: nw.from_native(frame).collect_schema().names(), what="reading the frame's columns"))


def as_frame(findings: Findings) -> Any:
    """Findings as a frame of the caller's kind, or polars where there was none."""
    import narwhals as nw
    import polars as pl

    from bucks_cs.frames.engine import small_table

    rows = [_flat(row) for row in findings.rows()]
    data = {name: [row[name] for row in rows] for name in _COLUMNS}
    schema = {name: nw.Float64() if name in _NUMBERS else nw.String() for name in _COLUMNS}
    if findings.home is None:
        local = {name: pl.Float64 if name in _NUMBERS else pl.String for name in _COLUMNS}
        return pl.DataFrame(data, schema=local)
    like = findings.home.like if findings.home.like is not None else nw.from_native(pl.LazyFrame())
    return findings.home.home.back(small_table(like, data, schema))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    cells = "; ".join(f"{name}: {text}" for name, text in row["cells"].items())
    return {**row, "cells": cells} | {name: "; ".join(item["text"] for item in row[name]) for name in _LISTS}
