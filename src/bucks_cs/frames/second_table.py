"""A second table beside a first: carried into its engine, so that the rows of one can be found beside those of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames.checked import Checked
from bucks_cs.frames.engine import alongside, collect

__all__ = ["carried"]


def carried(
    second: Checked[Any], *, like: nw.LazyFrame[Any], columns: Sequence[str] | None = None, where: nw.Expr | None = None
) -> nw.LazyFrame[Any]:
    """A second checked table in the engine of the first, under the schema's types.

    Args:
        second: The second table; an eager one is carried over, a lazy one must be of the same engine.
        like: A frame of the first one's engine.
        columns: The columns that are needed; None for all.
        where: Which rows are; None for all.

    Raises:
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
    """
    rows = second.lazy if where is None else second.lazy.filter(where)
    rows = rows if columns is None else rows.select(*columns)
    # Not by way of the caller's own kind: pandas would make times of the dates.
    stays = second.home.engine.is_lazy or rows.implementation is like.implementation
    return alongside(rows.to_native() if stays else collect(rows), like)
