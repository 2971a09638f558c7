"""Long frames put end to end, and taken apart: engines, types and sources that must go together."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import alongside, collect, engine_of, enter
from bucks_cs.provenance import AnySource
from bucks_cs.readings.rows import Key
from bucks_cs.readings.table import has_time_of_day, recast

__all__ = ["carried", "end_to_end", "only", "sources_together"]

Others: TypeAlias = tuple[tuple[Key, AnySource | None], ...]


def only(lazy: nw.LazyFrame[Any], wanted: tuple[str, object]) -> nw.LazyFrame[Any]:
    """The rows with one value in one column.

    Args:
        lazy: A long frame.
        wanted: The column and the value. None asks for a null, and text asks any column by the text a `Reading` has of it.

    Raises:
        InvalidValue: A value of a kind that the column does not hold.
    """
    name, value = wanted
    if value is None:
        return lazy.filter(nw.col(name).is_null())
    dtype = lazy.collect_schema()[name]
    if isinstance(value, str) and dtype.is_float():
        number = _as_number(value)
        none = nw.col(name).is_null() & ~nw.col(name).is_null()
        return lazy.filter(none if number is None else nw.col(name) == number)
    if isinstance(dtype, nw.Datetime) and isinstance(value, (str, dt.date)) and not isinstance(value, dt.datetime):
        return lazy.filter((nw.col(name).dt.date().cast(nw.String) == str(value)) & ~has_time_of_day(name))
    if not (isinstance(value, str) or _is_of(dtype, value)):
        expected = "text, or what the column holds: a number, a date, yes or no"
        raise InvalidValue(what=name, expected=f"{expected}, not a {type(value).__name__}")
    return lazy.filter((nw.col(name).cast(nw.String) if isinstance(value, str) else nw.col(name)) == value)


def _is_of(dtype: Any, value: object) -> bool:
    """Whether a value is of the kind that a column holds, so that an engine can compare them."""
    if dtype.is_numeric():
        return isinstance(value, (int, float, decimal.Decimal)) and not isinstance(value, bool)
    if isinstance(dtype, nw.Boolean):
        return isinstance(value, bool)
    if isinstance(dtype, nw.Date):
        return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    return isinstance(dtype, nw.Datetime) and isinstance(value, dt.date)


def _as_number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?", text) else None


def carried(frame: Any, like: nw.LazyFrame[Any], *, by: Sequence[str]) -> nw.LazyFrame[Any]:
    """A long frame in the engine of another; an eager one is carried there, in types that every engine has.

    Args:
        frame: The long frame.
        like: The frame whose engine it is to live in.
        by: What it is broken down by.

    Raises:
        EngineMismatch: It is lazy in another engine.
    """
    if engine_of(frame).is_lazy or like.implementation is nw.Implementation.POLARS:
        return alongside(frame, like)
    lazy, _ = enter(frame)
    local = recast(lazy, by)
    schema = local.collect_schema()
    widened = [nw.col(name).cast(_everywhere(schema[name])) for name in by]
    return alongside(collect(local.with_columns(*widened)), like)


def _everywhere(dtype: Any) -> Any:
    if dtype.is_integer():
        return nw.Int64
    if dtype.is_numeric():
        return nw.Float64
    return dtype if dtype in {nw.Boolean, nw.Date} else nw.String


def end_to_end(pieces: Sequence[nw.LazyFrame[Any]], *, by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Long frames of one engine in one; a ``by`` column that they hold in different types becomes text.

    Args:
        pieces: The frames, each with the columns of the contract.
        by: What they are broken down by.
    """
    schemas = [piece.collect_schema() for piece in pieces]
    mixed = [name for name in by if len({str(schema[name]) for schema in schemas}) > 1]
    even = [piece.with_columns(*(nw.col(name).cast(nw.String) for name in mixed)) if mixed else piece for piece in pieces]
    return nw.concat(even, how="vertical")


def sources_together(parts: Sequence[tuple[AnySource | None, Others, tuple[Key, ...] | None]]) -> tuple[AnySource | None, Others]:
    """One source for most, and by key the sources of the others.

    Args:
        parts: Of each: its source, its other sources, and its keys; no keys for one that has not been run.

    Raises:
        InvalidValue: Two that have not been run are of different sources.
    """
    unrun = [source for source, _, there in parts if there is None]
    if any(source != unrun[0] for source in unrun):
        hint = " Which of them is from where cannot be known before they run: collect() them first."
        raise InvalidValue(what="Readings.concat", expected="one source for all lazy readings", hint=hint)
    main = unrun[0] if unrun else parts[0][0]
    others: dict[Key, AnySource | None] = {}
    for source, apart, there in parts:
        others |= dict.fromkeys(there or (), source) if source != main else {}
        others |= dict(apart)
    return main, tuple((key, source) for key, source in others.items())
