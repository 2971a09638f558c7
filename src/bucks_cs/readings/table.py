"""The long frame: its columns in their order and their types.

Each row is one value, or one gap with its reason. What a column is called and what type it has is said once, here; the rules
for what stands in it are in `checks`, and the class that holds such a frame in `currency`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.engine import sealed
from bucks_cs.indicators import Indicator

__all__ = [
    "NUMBERS",
    "RESERVED",
    "PERIOD",
    "SCHEMA",
    "TYPES",
    "as_by",
    "by_key",
    "column",
    "columns",
    "has_time_of_day",
    "keys",
    "long_form",
    "missing_columns",
    "need_columns_of",
    "recast",
    "schema_of",
    "shaped",
    "typed",
]

_FIRST = {"indicator": nw.String, "area": nw.String}
PERIOD: dict[str, Any] = {"period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date}
_FIGURES = {
    **dict.fromkeys(("value", "lower", "upper"), nw.Float64),
    "interval": nw.String,
    **dict.fromkeys(("level", "numerator", "denominator"), nw.Float64),
    "withheld": nw.String,
}
TYPES: dict[str, Any] = {**_FIRST, **PERIOD, **_FIGURES}
NUMBERS = tuple(name for name, dtype in TYPES.items() if dtype is nw.Float64)
_NEEDED = ("indicator", *PERIOD, "value")

RESERVED = (*TYPES, "period")
"""Names that no `by` column may have: the columns of the frame, and ``period``, which `Readings.at` asks with."""

SCHEMA = "Readings"


def columns(by: str | Iterable[str] = ()) -> tuple[str, ...]:
    """The columns of the long frame, in order.

    Args:
        by: What the readings are broken down by.

    Returns:
        Indicator and area, the ``by`` columns, kind, start and end of the period, then the figures.

    Raises:
        InvalidValue: A ``by`` column has a reserved name, or is named twice.

    Example:
        >>> columns(by="team")[:6]
        ('indicator', 'area', 'team', 'period_kind', 'period_start', 'period_end')
    """
    return (*keys(as_by(by)), *_FIGURES)


def keys(by: Sequence[str]) -> tuple[str, ...]:
    """The columns that are unique together and that the frame is sorted on.

    Args:
        by: What the readings are broken down by.
    """
    return (*_FIRST, *by, *PERIOD)


def as_by(by: str | Iterable[str] | None) -> tuple[str, ...]:
    """The ``by`` columns as a tuple, of names that are free.

    Args:
        by: One name, several, or None for none.

    Raises:
        InvalidValue: A name is reserved, given twice, or no text.
    """
    given: tuple[Any, ...] = () if by is None else (by,) if isinstance(by, str) else tuple(by)
    if not all(isinstance(name, str) and name for name in given) or len(set(given)) < len(given):
        raise InvalidValue(what="by", expected="names of columns, each once")
    taken = [name for name in given if name in RESERVED]
    if taken:
        raise InvalidValue(
            what=f"by={taken[0]!r}", expected="a name that is not reserved", hint=f" Reserved: {', '.join(RESERVED)}."
        )
    return given


def by_key(indicators: Indicator | Iterable[Indicator]) -> dict[str, Indicator]:
    """Indicators by their keys, in the order given.

    Args:
        indicators: One or several; the same one may be there more than once.

    Raises:
        InvalidValue: Something else than indicators, or two that differ under one key.
    """
    given = (indicators,) if isinstance(indicators, Indicator) else tuple(indicators)
    found: dict[str, Indicator] = {}
    for indicator in given:
        if not isinstance(indicator, Indicator):
            raise InvalidValue(what="indicators", expected=f"Indicator objects, not a {type(indicator).__name__}")
        if found.setdefault(indicator.key, indicator) != indicator:
            raise InvalidValue(what=f"indicators: {indicator.key}", expected="one definition under a key, and two of them differ")
    return found


# What a calculation has worked out


def long_form(
    lazy: nw.LazyFrame[Any], *, indicators: Indicator | Iterable[Indicator], by: str | Iterable[str] = ()
) -> nw.LazyFrame[Any]:
    """The long frame of what a calculation has worked out: no query runs, and nothing is checked.

    Args:
        lazy: A narwhals frame with ``period_kind``, ``period_start``, ``period_end``, ``value``, the ``by`` columns, and
            those of the others that it has; further columns are left behind.
        indicators: What was worked out; where it is one, the frame may lack the column ``indicator``.
        by: What it is broken down by.

    Returns:
        The columns of `columns`, in that order and of the types of the contract, missing ones filled with nulls, sorted on
        indicator, area, by and period, nulls last.

    Raises:
        FrameProblems: A column that cannot be filled is missing.
    """
    known, names = by_key(indicators), as_by(by)
    schema = schema_of(lazy)
    if "indicator" not in schema and len(known) == 1:
        lazy = lazy.with_columns(nw.lit(next(iter(known)), dtype=nw.String).alias("indicator"))
        schema = {**schema, "indicator": nw.String()}
    missing = missing_columns(schema, names)
    if missing:
        raise FrameProblems(schema=SCHEMA, problems=tuple(missing))
    return shaped(lazy, schema, names).sort(*keys(names), nulls_last=True)


def recast(lazy: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """A long frame that has been home (where pandas keeps a date as midnight) in the types of the contract again.

    Args:
        lazy: A frame that has the columns of the contract.
        by: What it is broken down by.
    """
    return shaped(lazy, schema_of(lazy), by)


def schema_of(lazy: nw.LazyFrame[Any]) -> dict[str, Any]:
    """The type of each column; no query of rows runs.

    Args:
        lazy: The frame.
    """
    return dict(sealed(lazy.collect_schema, what="reading the frame's columns"))


def shaped(lazy: nw.LazyFrame[Any], schema: Mapping[str, Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """The columns of the contract in their order and types, those that are not there filled with nulls.

    Args:
        lazy: The frame.
        schema: The types of its columns that can be used.
        by: What it is broken down by; a column that is not there is passed over, since its type is not known.
    """
    by = [name for name in by if name in schema]
    return lazy.select(*(column(name, schema.get(name)) for name in (*keys(by), *_FIGURES)))


def column(name: str, dtype: Any) -> nw.Expr:
    """A column of the long frame, in its type.

    Args:
        name: Its name.
        dtype: The type it has; None where it is not there.
    """
    want = TYPES.get(name)
    if dtype is None:
        return nw.lit(None, dtype=want).alias(name)
    if want is None:
        return nw.col(name).cast(nw.String) if dtype == nw.Unknown else nw.col(name)
    if dtype == want:
        return nw.col(name)
    return typed(name, dtype)


def typed(name: str, dtype: Any = None) -> nw.Expr:
    """A column of the contract in its type.

    Args:
        name: Its name.
        dtype: The type it has; a datetime gives its own day, whatever its time zone.
    """
    if isinstance(dtype, nw.Datetime):
        return nw.col(name).dt.date()
    return nw.col(name).cast(TYPES[name])


def has_time_of_day(name: str) -> nw.Expr:
    """Whether a datetime is at another time than midnight.

    Args:
        name: The column.
    """
    time = nw.col(name).dt
    return (time.hour() > 0) | (time.minute() > 0) | (time.second() > 0) | (time.microsecond() > 0)


def missing_columns(schema: Mapping[str, Any], by: Sequence[str]) -> list[Problem]:
    """A problem for each column that must be there and is not.

    Args:
        schema: The columns there are.
        by: What the frame is broken down by.
    """
    there = [name for name in schema if name not in TYPES and name not in by]
    wanted = [name for name in (*_NEEDED, *by) if name not in schema]
    return [Problem(column=name, rule="is missing", hint=did_you_mean(name, there)) for name in wanted]


def need_columns_of(names: Sequence[str], by: Sequence[str]) -> None:
    """Make sure that a frame has the columns of the contract, all of them, in order and no others.

    Args:
        names: The columns there are.
        by: What the frame is broken down by.

    Raises:
        FrameProblems: It has not.
    """
    want = columns(by)
    if tuple(names) != want:
        rule = "the columns are not those of the long frame, in its order"
        hint = f" They are {', '.join(want)}. Readings.from_frame puts them so."
        raise FrameProblems(schema=SCHEMA, problems=(Problem(rule=rule, hint=hint),))
