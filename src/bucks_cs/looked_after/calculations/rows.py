"""Children looked after: measures of a file whose rows are told apart by their texts, the whole of a share in another row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.provenance import AnySource
from bucks_cs.published_files import Published, PublishedFile, PublishedRows, published_rows, readings_of
from bucks_cs.readings import Readings

__all__ = ["WHOLE", "read_rows"]

WHOLE = "whole"
"""The figure that a share is of, where that stands in a row of its own."""

_PLACE = ("area", "kind", "start", "end")


def read_rows(
    frame: Any,
    file: PublishedFile,
    measures: Sequence[Published],
    *,
    source: AnySource | None,
    whole: tuple[str, str, str] | None = None,
    dims: Mapping[str, nw.Expr] | None = None,
) -> Readings[Any]:
    """The measures of a file, each from its own rows.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        file: Which file it is.
        measures: What is to be read in it.
        source: The release; None for what its headings and its newest year tell of it.
        whole: Which row has what a share is of: the column that tells it apart, its text there, and the figure, which is then
            `WHOLE` beside the others of its area, year and group; None where there is no such row.
        dims: What the readings are broken down by, worked out from the columns that tell the rows apart.
    """
    rows = published_rows(frame, file)
    by = dict(dims or {})
    lazy = rows.lazy if whole is None else _beside_their_whole(rows, *whole, apart=tuple(file.told_apart_by))
    own = attrs.evolve(rows, lazy=lazy.with_columns(**by) if by else lazy, figures=rows.figures | {WHOLE}, by=tuple(by))
    return readings_of(own, measures, source=rows.source if source is None else source)


def _beside_their_whole(
    rows: PublishedRows, column: str, text: str, figure: str, *, apart: tuple[str, ...]
) -> nw.LazyFrame[Any]:
    """Rows with the figure of the row that they are a share of; null where the file lacks that row."""
    on = [*_PLACE, *(name for name in apart if name != column)]
    wholes = rows.lazy.filter(nw.col(column) == text).select(*on, nw.col(figure).alias(WHOLE))
    return rows.lazy.join(wholes, on=on, how="left")
