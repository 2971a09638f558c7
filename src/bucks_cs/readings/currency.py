"""`Readings`: the currency that calculations, comparison, trend, tables and charts deal in."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from functools import reduce
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, overload

import attrs
import narwhals as nw
import polars as pl

from bucks_cs import interchange
from bucks_cs.errors import InvalidValue, NotFound, UnknownColumn, did_you_mean, of_kind
from bucks_cs.frames.engine import Engine, Home, collect, engine_of, enter, sealed
from bucks_cs.indicators import Indicator, Reading
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.readings import checks, joining, page, rows, table
from bucks_cs.readings.writing import Written

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["UNASKED", "Readings"]

FrameT = TypeVar("FrameT")
F = TypeVar("F")


class _Unasked(enum.Enum):
    UNASKED = "unasked"

    def __repr__(self) -> str:
        return "UNASKED"


UNASKED: Final = _Unasked.UNASKED
"""An area that was not asked on; None asks for the caller's own."""

_ENGINES = {
    "polars": Engine.POLARS,
    "polars_lazy": Engine.POLARS_LAZY,
    "pandas": Engine.PANDAS,
    "pandas_arrow": Engine.PANDAS_ARROW,
    "pyarrow": Engine.PYARROW,
}


def _as_indicators(given: Indicator | Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(table.by_key(given).values())


@attrs.frozen(kw_only=True, eq=False, repr=False, str=False)
class Readings(Written, Generic[FrameT]):
    """Many readings as one long frame of the caller's own kind.

    Make them with `of` (from `Reading` objects) or `from_frame` (from a long frame, which is checked); calculations make them.
    Made directly, they are only looked at for the right columns. Exactly one of ``value`` and ``withheld`` is set in each row;
    rows are unique and sorted on indicator, area, ``by`` and period, nulls last.

    Readings of a lazy frame (polars, DuckDB, Spark) stay lazy: `at`, `collect`, `len`, iteration, ``to_*`` and HTML run it.
    `repr`, `str` and `where` do not, nor does ``==``, by which lazy readings are equal to themselves alone.

    Args:
        frame: The long frame; its columns are those of `columns`.
        indicators: What there are values of; a definition for each key in the frame.
        by: The columns it is broken down by.
        source: Where the figures are from; None for results the caller worked out on her own data.
        other_sources: Where single readings are from, by their keys, where that is another source than ``source``.

    Raises:
        FrameProblems: The columns are not those of the long frame.
        InvalidValue: ``by`` has a reserved name, two definitions share a key, or ``source`` is none.
        UnsupportedFrame: ``frame`` is no frame.
    """

    frame: FrameT
    indicators: tuple[Indicator, ...] = attrs.field(converter=_as_indicators)
    by: tuple[str, ...] = attrs.field(default=(), converter=table.as_by)
    source: AnySource | None = attrs.field(
        default=None, validator=of_kind(Source, NoOfficialSource, NoneType, expected="a Source, NoOfficialSource, or None")
    )
    other_sources: tuple[tuple[rows.Key, AnySource | None], ...] = attrs.field(default=())

    def __attrs_post_init__(self) -> None:
        engine_of(self.frame)
        native: Any = nw.from_native(self.frame)
        names = sealed(lambda: native.collect_schema().names(), what="reading the frame's columns")
        table.need_columns_of(names, self.by)

    # Made

    @overload
    @classmethod
    def of(
        cls, readings: Iterable[Reading], *, by: str | Iterable[str] | None = ..., kind: Literal["polars"] = ...
    ) -> Readings[pl.DataFrame]: ...
    @overload
    @classmethod
    def of(
        cls, readings: Iterable[Reading], *, by: str | Iterable[str] | None = ..., kind: Literal["polars_lazy"]
    ) -> Readings[pl.LazyFrame]: ...
    @overload
    @classmethod
    def of(
        cls, readings: Iterable[Reading], *, by: str | Iterable[str] | None = ..., kind: Literal["pandas", "pandas_arrow"]
    ) -> Readings[pd.DataFrame]: ...
    @overload
    @classmethod
    def of(
        cls, readings: Iterable[Reading], *, by: str | Iterable[str] | None = ..., kind: Literal["pyarrow"]
    ) -> Readings[pa.Table]: ...
    @classmethod
    def of(
        cls,
        readings: Iterable[Reading],
        *,
        by: str | Iterable[str] | None = None,
        kind: Literal["polars", "polars_lazy", "pandas", "pandas_arrow", "pyarrow"] = "polars",
    ) -> Readings[Any]:
        """Readings from `Reading` objects; a value in another unit of the same dimension is turned into the indicator's.

        Args:
            readings: The objects; each with the same dims.
            by: The names of those dims, to make sure of them; needed only where there may be no readings.
            kind: The kind of frame. For DuckDB and Spark, which keep a session of their own, use `from_frame`.

        Returns:
            As many readings, each keeping its own source; a gap keeps its reason.

        Raises:
            FrameProblems: Two have the same indicator, area, dims and period.
            InvalidValue: They have different dims, or two definitions under one key.

        Example:
            >>> from bucks_cs.indicators import Better, Kind, Measure, Withheld
            >>> from bucks_cs.periods import Month
            >>> contacts = Indicator(key="demand.contacts", title="Contacts", counts="contacts received", measure=Measure.COUNT,
            ...     kind=Kind.FLOW, unit="contact", better=Better.NEITHER, sources=NoOfficialSource(reason="counted locally"))
            >>> found = Readings.of([Reading.of(contacts, 1375, period=Month("January 2020")),
            ...     Reading.of(contacts, Withheld.NOT_AVAILABLE, period=Month("February 2020"))])
            >>> print(found)
            2 readings of Contacts, January 2020 to February 2020, 1 withheld (not available)
        """
        given: tuple[Any, ...] = tuple(readings)
        odd = next((type(thing).__name__ for thing in given if not isinstance(thing, Reading)), None)
        if odd is not None:
            raise InvalidValue(
                what="readings", expected=f"Reading objects, not a {odd}", hint=" A frame goes to Readings.from_frame."
            )
        if kind not in _ENGINES:
            raise InvalidValue(what="kind", expected=" or ".join(map(repr, _ENGINES)))
        dims = rows.shared_dims(given)
        names = dims if by is None else table.as_by(by)
        if given and dims != names:
            raise InvalidValue(what="by", expected=f"the dims of the readings: {', '.join(dims) or 'none'}")
        known = table.by_key(reading.indicator for reading in given)
        source, others = rows.sources_of(given)
        even = checks.of_objects(rows.frame_of(given, table.as_by(names)), by=names)
        frame = Home(_ENGINES[kind]).back(nw.from_native(even.lazy()))
        return Readings(frame=frame, indicators=tuple(known.values()), by=names, source=source, other_sources=others)

    @classmethod
    def from_frame(
        cls,
        frame: F,
        *,
        indicators: Indicator | Iterable[Indicator],
        by: str | Iterable[str] = (),
        source: AnySource | None = None,
    ) -> Readings[F]:
        """Readings from a long frame of any engine, which is widened where that is safe, and checked.

        Args:
            frame: ``indicator``, ``period_kind``, ``period_start``, ``period_end``, ``value``, the ``by`` columns, and those of
                the other columns (`columns`) that it has: a missing one is taken for nulls. Their order does not matter.
            indicators: A definition for each key in the column ``indicator``.
            by: What it is broken down by: each further column.
            source: Where the figures are from.

        Returns:
            Readings of the same kind of frame; of a lazy one, one query of counts has run and no more.

        Raises:
            FrameProblems: Every rule of the long frame that is broken, with counts of rows and no cell.
            InvalidValue: ``by`` has a reserved name, or two definitions share a key.
            UnsupportedFrame: It is no frame of an engine this library runs on.
        """
        names, known = table.as_by(by), table.by_key(indicators)
        lazy, home = enter(frame)
        checked = checks.conformed(lazy, indicators=known, by=names)
        return Readings(frame=home.back(checked), indicators=tuple(known.values()), by=names, source=source)

    @classmethod
    def worked_out(
        cls,
        lazy: nw.LazyFrame[Any],
        *,
        home: Home,
        indicators: Indicator | Iterable[Indicator],
        by: str | Iterable[str] = (),
        source: AnySource | None = None,
    ) -> Readings[Any]:
        """Readings from what one of this library's own calculations worked out: shaped, and not checked, so that nothing runs.

        Args:
            lazy: A narwhals frame as `long_form` takes it.
            home: The kind of frame to go back to, as `frames.engine.enter` gave it; a lazy one stays lazy.
            indicators: What was worked out.
            by: What it is broken down by.
            source: Where the figures are from.

        Returns:
            Readings of the kind of frame that came in.

        Raises:
            FrameProblems: A column that cannot be filled is missing.
        """
        known, names = _as_indicators(indicators), table.as_by(by)
        frame = home.back(table.long_form(lazy, indicators=known, by=names))
        return Readings(frame=frame, indicators=known, by=names, source=source)

    @classmethod
    def concat(cls, parts: Iterable[Readings[F]]) -> Readings[F]:
        """Several readings in one frame: those of further indicators, areas or periods.

        Args:
            parts: Readings broken down by the same columns. Where one is lazy the result is lazy, in its engine, and eager ones
                are carried into it; otherwise it is of the first one's kind.

        Returns:
            All of them, each keeping its own source.

        Raises:
            InvalidValue: No parts, different ``by``, two definitions under one key, or lazy readings of different sources
                (which reading is from where cannot be known before they run: `collect` them first).
            EngineMismatch: The second frame is of a lazy engine that is not the first's.
            FrameProblems: The same indicator, area, dims and period in two of them.
        """
        given: tuple[Any, ...] = tuple(parts)
        if not given or not all(isinstance(part, Readings) for part in given):
            raise InvalidValue(what="Readings.concat", expected="one or more Readings")
        by = given[0].by
        if any(part.by != by for part in given):
            raise InvalidValue(
                what="Readings.concat", expected=f"readings by the same columns, as the first are ({', '.join(by) or 'none'})"
            )
        known = table.by_key(indicator for part in given for indicator in part.indicators)
        lead = next((part for part in given if part.is_lazy), given[0])
        lazy, home = enter(lead.frame)
        pieces = [table.recast(joining.carried(part.frame, lazy, by=by), by) for part in given]
        together = joining.end_to_end(pieces, by=by)
        once = len(known) == sum(len(part.indicators) for part in given)
        together = (
            together.sort(*table.keys(by), nulls_last=True) if once else checks.conformed(together, indicators=known, by=by)
        )
        source, others = joining.sources_together([(part.source, part.other_sources, part._keys()) for part in given])
        return Readings(frame=home.back(together), indicators=tuple(known.values()), by=by, source=source, other_sources=others)

    # Asked

    @property
    def engine(self) -> Engine:
        """Which kind of frame it is."""
        return engine_of(self.frame)

    @property
    def is_lazy(self) -> bool:
        """Whether the frame is a plan that has not been run."""
        return self.engine.is_lazy

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the frame, in order."""
        return table.columns(self.by)

    def indicator(self, key: str) -> Indicator:
        """The definition under a key.

        Args:
            key: Such as ``"demand.contacts"``.

        Raises:
            NotFound: There is none here; the keys there are, are named.
        """
        for found in self.indicators:
            if found.key == key:
                return found
        known = [found.key for found in self.indicators]
        hint = did_you_mean(str(key), known) or f" There are {', '.join(known[:12]) or 'none'}."
        raise NotFound(what="indicators of these readings", asked_on=("indicator",), rows=0, hint=hint)

    def at(
        self,
        /,
        *,
        indicator: str | Indicator | None = None,
        area: str | Literal[_Unasked.UNASKED] | None = UNASKED,
        period: Period | None = None,
        **dims: object,
    ) -> Reading:
        """The one reading there is of an indicator, area, period and dims; what there is one of need not be named.

        Args:
            indicator: An indicator, or its key.
            area: LA number or ONS code; None for the caller's own area; left out, any.
            period: A period; the same days of another kind of period are another.
            **dims: A value for each ``by`` column; None for not recorded.

        Returns:
            The reading; where there is a gap its value is the reason.

        Raises:
            NotFound: None or several match: names the columns asked on and the count of rows, and no cell.
            UnknownColumn: A dim that these readings are not broken down by.
            InvalidValue: A period that is no `Period`.
        """
        found = self.where(indicator=indicator, area=area, period=period, **dims)
        few = collect(found._entered().head(2))
        if len(few) == 1:
            return next(found._readings(few))
        asked = {"indicator": indicator is not None, "area": area is not UNASKED, "period": period is not None}
        on = (*(name for name, is_asked in asked.items() if is_asked), *dims)
        left = [name for name in ("indicator", "area", *self.by, "period") if name not in on]
        hint = f" Not asked on: {', '.join(left)}." if len(few) and left else ""
        raise NotFound(what="readings", asked_on=on, rows=len(found) if len(few) else 0, hint=hint)

    def where(
        self,
        /,
        *,
        indicator: str | Indicator | None = None,
        area: str | Literal[_Unasked.UNASKED] | None = UNASKED,
        period: Period | None = None,
        **dims: object,
    ) -> Readings[FrameT]:
        """Those of the readings that are of an indicator, area, period and dims; asked as `at` is asked.

        Args:
            indicator: An indicator, or its key.
            area: LA number or ONS code; None for the caller's own area; left out, any.
            period: A period.
            **dims: A value for a ``by`` column; None for not recorded.

        Returns:
            Readings of the same kind of frame, maybe none; lazy ones stay lazy.

        Raises:
            NotFound: An indicator that these readings are not of.
            UnknownColumn: A dim that they are not broken down by.
            InvalidValue: A period that is no `Period`.
        """
        if period is not None and not isinstance(period, Period):
            raise InvalidValue(
                what="period", expected=f"a Period, such as FinancialYear('2022-23'), not a {type(period).__name__}"
            )
        for name in dims:
            if name not in self.by:
                raise UnknownColumn(column=name, columns=self.by, argument="by")
        kept = self.indicators
        wanted: dict[str, object] = {}
        if indicator is not None:
            kept = (self.indicator(indicator.key if isinstance(indicator, Indicator) else indicator),)
            wanted["indicator"] = kept[0].key
        if area is not UNASKED:
            wanted["area"] = area
        if period is not None:
            wanted |= {"period_kind": str(period.kind), "period_start": period.start, "period_end": period.end}
        lazy = reduce(joining.only, (wanted | dims).items(), self._entered())
        return attrs.evolve(self, frame=Home(self.engine).back(lazy), indicators=kept)

    def collect(self) -> Readings[pl.DataFrame]:
        """The same readings in polars and in memory; lazy ones are run."""
        return Readings(
            frame=self.to_polars(), indicators=self.indicators, by=self.by, source=self.source, other_sources=self.other_sources
        )

    def __len__(self) -> int:
        return int(collect(self._entered().select(nw.len().alias("n"))).item())

    def __iter__(self) -> Iterator[Reading]:
        return self._readings(self.to_polars())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Readings):
            return NotImplemented
        if self is other:
            return True
        if self.is_lazy or other.is_lazy or (self.by, set(self.indicators)) != (other.by, set(other.indicators)):
            return False
        return self._plain() == other._plain()

    __hash__ = None  # type: ignore[assignment]

    # Read and said

    @classmethod
    def from_json(cls, text: str) -> Readings[pl.DataFrame]:
        """The readings of a JSON document, in polars.

        Args:
            text: What `to_json` wrote.

        Raises:
            Unreadable: It is no such document, or a reading in it cannot be; nothing of the text is repeated.
        """
        return interchange.from_json(text, Readings)

    @classmethod
    def from_toml(cls, text: str) -> Readings[pl.DataFrame]:
        """The readings of a TOML document, in polars.

        Args:
            text: What `to_toml` wrote.

        Raises:
            Unreadable: It is no such document, or a reading in it cannot be; nothing of the text is repeated.
        """
        return interchange.from_toml(text, Readings)

    def __repr__(self) -> str:
        of = f"of {len(self.indicators)} indicator{'' if len(self.indicators) == 1 else 's'}{page.broken_down(self.by)}"
        return f"<Readings {of}: {self.engine.value}, {'not run' if self.is_lazy else f'{len(self):,} rows'}>"

    def __str__(self) -> str:
        if self.is_lazy:
            return page.unrun(self.indicators, by=self.by, engine=self.engine.value)
        return page.sentence(tuple(self), indicators=self.indicators, by=self.by)

    # Inside

    def _entered(self) -> nw.LazyFrame[Any]:
        lazy, _ = enter(self.frame)
        return table.recast(lazy, self.by)

    def _keys(self) -> tuple[rows.Key, ...] | None:
        """The key of each row, or None where they cannot be known without a run."""
        return None if self.is_lazy else tuple(rows.keys_in(self.to_polars(), self.by))

    def _plain(self) -> list[tuple[object, ...]]:
        """Each row as plain values with its source, alike whatever engine it lives in."""
        frame, others = self.to_polars(), dict(self.other_sources)
        figures = [name for name in self.columns if name not in table.keys(self.by)]
        there = ((rows.key_of_row(row, self.by), tuple(row[name] for name in figures)) for row in frame.iter_rows(named=True))
        return sorted(((key, figure, others.get(key, self.source)) for key, figure in there), key=lambda row: repr(row[0]))
