"""The ways out of `Readings`: other frames, text in three forms, and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from bucks_cs import interchange
from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.frames.engine import Engine, Home, collect
from bucks_cs.indicators import Indicator, Reading
from bucks_cs.provenance import AnySource
from bucks_cs.readings import page, rows

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["Written"]


class Written:
    """What `Readings` can be written as; each of these runs lazy readings."""

    __slots__ = ()

    if TYPE_CHECKING:
        indicators: tuple[Indicator, ...]
        by: tuple[str, ...]
        source: AnySource | None
        other_sources: tuple[tuple[rows.Key, AnySource | None], ...]

        def _entered(self) -> nw.LazyFrame[Any]: ...
        def __len__(self) -> int: ...

    def to_polars(self) -> pl.DataFrame:
        """The long frame in polars; lazy readings are run."""
        return collect(self._entered())

    def to_pandas(self) -> pd.DataFrame:
        """The long frame in pandas with its own types, where a date is midnight; lazy readings are run.

        Raises:
            MissingExtra: pandas is not installed.
        """
        if find_spec("pandas") is None:
            raise MissingExtra(package="pandas", extra="pandas")
        frame: pd.DataFrame = Home(Engine.PANDAS).back(self._entered())
        return frame

    def to_arrow(self) -> pa.Table:
        """The long frame as a pyarrow table; lazy readings are run."""
        return self.to_polars().to_arrow()

    def to_csv(self) -> str:
        """The long frame as CSV text: a heading, then a line a reading, a null an empty cell, dates as 2022-10-11."""
        return self.to_polars().write_csv()

    def to_json(self, *, indent: int | None = 2) -> str:
        """The readings with the definitions of their indicators and their sources, as one JSON document.

        Args:
            indent: Spaces a level; None for one line.
        """
        return interchange.to_json(self, indent=indent)

    def to_toml(self) -> str:
        """The readings with the definitions of their indicators and their sources, as one TOML document."""
        return interchange.to_toml(self)

    def to_html(self, *, limit: int = 50) -> str:
        """The readings as an HTML table with a caption, headings, units and a note on gaps; lazy readings are run.

        Args:
            limit: How many readings to show; how many more there are is said below.

        Raises:
            InvalidValue: ``limit`` is below 1.
        """
        if limit < 1:
            raise InvalidValue(what="limit", expected="1 or more")
        few = collect(self._entered().head(limit))
        shown = tuple(self._readings(few))
        total = len(shown) if len(shown) < limit else len(self)
        return page.table_of(shown, indicators=self.indicators, by=self.by, total=total)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _readings(self, frame: pl.DataFrame) -> Iterator[Reading]:
        known, others = {found.key: found for found in self.indicators}, dict(self.other_sources)
        for row in frame.iter_rows(named=True):
            source = others.get(rows.key_of_row(row, self.by), self.source)
            yield rows.reading_of(row, indicators=known, by=self.by, source=source)
