"""Widening: an analyst's column as the schema's type, where nothing is lost or what is lost is counted.

The schema decides the type and not the data. A whole-number id becomes text, a category its text, a count that
pandas made a float a whole number again, a timestamp its day. What cannot be had without guessing (text to a date,
1.5 to a whole number) is a problem, said with the number of rows.

Every conversion is written so that it cannot fail on a row: an engine that fails puts the cell in its message.
"""

from __future__ import annotations

from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames.rules import Test

__all__ = ["Widened", "widen"]

_EXACT_IN_A_FLOAT = 2**53
_LARGEST = 2**63 - 1


@attrs.frozen(kw_only=True)
class Widened:
    """How a column is taken into the schema's type.

    Args:
        value: The expression that gives it.
        tests: What must hold for the column as it came.
        said: What was done, in words; empty where nothing was.
        counted: The number of rows that lose something by it, where any may.
    """

    value: nw.Expr
    tests: tuple[Test, ...] = ()
    said: str = ""
    counted: nw.Expr | None = None


def widen(name: str, came: nw.dtypes.DType, wanted: Any, *, column: str) -> Widened:
    """A column as the type the schema wants.

    A column of a type that cannot be taken must be empty: engines and CSV readers give a column of nulls any type at all.

    Args:
        name: The column's name in the frame as it came.
        came: The type it came with.
        wanted: The narwhals type of the schema.
        column: The schema's own name for it, for messages.
    """
    raw = nw.col(name)
    if wanted is nw.Float64 and came == nw.Float64:
        return Widened(value=raw, tests=(_finite(raw, column),))
    if came == wanted:
        return Widened(value=raw)
    how = {nw.String: _text, nw.Int64: _whole, nw.Float64: _decimal, nw.Date: _day, nw.Boolean: _truth}.get(wanted)
    taken = how(raw, came, column) if how else None
    return taken or _empty(raw, came, wanted, column)


def _empty(raw: nw.Expr, came: nw.dtypes.DType, wanted: Any, column: str) -> Widened:
    words = f"holds {_spoken(came)}, not {_spoken(wanted)}"
    test = Test(column=column, rule=words, holds=raw.is_null(), hint=_hint(came, wanted))
    nothing = nw.when(raw.is_null() & ~raw.is_null()).then(nw.lit(None, dtype=wanted))  # null in each row, and no mere scalar
    return Widened(value=nothing, tests=(test,), said=f"an empty column, taken as {_spoken(wanted)}")


def _finite(raw: nw.Expr, column: str) -> Test:
    return Test(column=column, rule="is not a finite number", holds=raw.is_finite())


def _is_whole(raw: nw.Expr) -> nw.Expr:
    return raw.is_finite() & (raw.abs() <= _EXACT_IN_A_FLOAT) & (raw % 1 == 0)


def _whole_tests(raw: nw.Expr, column: str) -> tuple[Test, ...]:
    exact = ~raw.is_finite() | (raw.abs() <= _EXACT_IN_A_FLOAT)
    return (
        Test(column=column, rule="is not a whole number", holds=raw.is_finite() & (raw % 1 == 0)),
        Test(column=column, rule="is too large to be exact as a decimal", holds=exact),
    )


def _from_float(raw: nw.Expr) -> nw.Expr:
    return nw.when(_is_whole(raw)).then(raw).cast(nw.Int64)


def _text(raw: nw.Expr, came: nw.dtypes.DType, column: str) -> Widened | None:
    if came in (nw.Categorical, nw.Enum):
        return Widened(value=raw.cast(nw.String), said="a category, taken as its text")
    if came.is_integer():
        return Widened(value=raw.cast(nw.String), said="whole numbers, taken as text")
    if came.is_float() or came == nw.Decimal:
        number = raw.cast(nw.Float64)
        said = "whole numbers kept as decimals, taken as text"
        return Widened(value=_from_float(number).cast(nw.String), tests=_whole_tests(number, column), said=said)
    return None


def _whole(raw: nw.Expr, came: nw.dtypes.DType, column: str) -> Widened | None:
    if came in (nw.UInt64, nw.Int128, nw.UInt128):
        fits = (raw <= _LARGEST) & (raw >= -_LARGEST)
        test = Test(column=column, rule="is too large for a whole number", holds=fits)
        return Widened(value=nw.when(fits).then(raw).cast(nw.Int64), tests=(test,), said="taken as Int64")
    if came.is_integer():
        return Widened(value=raw.cast(nw.Int64), said="taken as Int64")
    if came.is_float() or came == nw.Decimal:
        number = raw.cast(nw.Float64)
        said = "whole numbers kept as decimals, taken as Int64"
        return Widened(value=_from_float(number), tests=_whole_tests(number, column), said=said)
    return None


def _decimal(raw: nw.Expr, came: nw.dtypes.DType, column: str) -> Widened | None:
    if came.is_integer() or came == nw.Decimal:
        return Widened(value=raw.cast(nw.Float64), said="taken as Float64")
    if came.is_float():
        number = raw.cast(nw.Float64)
        return Widened(value=number, tests=(_finite(number, column),), said="taken as Float64")
    return None


def _day(raw: nw.Expr, came: nw.dtypes.DType, column: str) -> Widened | None:
    if came != nw.Datetime:
        return None
    day = raw.dt.date()
    lost = nw.when((raw.dt.hour() > 0) | (raw.dt.minute() > 0) | (raw.dt.second() > 0) | (raw.dt.microsecond() > 0))
    return Widened(value=day, said="a time of day dropped", counted=lost.then(nw.lit(1)).otherwise(nw.lit(0)).sum())


def _truth(raw: nw.Expr, came: nw.dtypes.DType, column: str) -> Widened | None:
    if came in (nw.String, nw.Categorical, nw.Enum):
        words = raw.cast(nw.String).str.to_lowercase()
        yes, no = words.is_in(_YES), words.is_in(_NO)
        test = Test(column=column, rule="is neither yes nor no", holds=yes | no, hint=_ANSWERS)
        return Widened(value=nw.when(yes | no).then(yes), tests=(test,), said="words for yes and no, taken as such")
    if not came.is_numeric():
        return None
    test = Test(column=column, rule="is neither 0 nor 1", holds=(raw == 0) | (raw == 1))
    return Widened(value=raw == 1, tests=(test,), said="0 and 1, taken as no and yes")


# A closed list, so that nothing is guessed; the last of each are Ofsted's answers in Annex A.
_YES = ("yes", "y", "true", "1", "a) yes")
_NO = ("no", "n", "false", "0", "b) no")
_ANSWERS = " Taken are Yes and No, Y and N, true and false, 1 and 0, and Annex A's a) Yes and b) No, in any case."

_WORDS = {
    nw.String: "text",
    nw.Int64: "whole numbers",
    nw.Float64: "numbers",
    nw.Date: "dates",
    nw.Boolean: "yes or no",
    nw.Categorical: "categories",
}


def _spoken(dtype: Any) -> str:
    for kind, words in _WORDS.items():
        if dtype == kind:
            return words
    if isinstance(dtype, nw.dtypes.DType) and dtype.is_integer():
        return "whole numbers"
    if isinstance(dtype, nw.dtypes.DType) and dtype.is_numeric():
        return "numbers"
    if dtype == nw.Datetime:
        return "dates with a time"
    return "a type of its own engine" if dtype == nw.Unknown else f"values of type {type(dtype).__name__}"


def _hint(came: nw.dtypes.DType, wanted: Any) -> str:
    if wanted is nw.Date and came == nw.String:
        return " Say how the text is to be read first: pandas.to_datetime(..., format='%d/%m/%Y'), or str.to_date in polars."
    if wanted in (nw.Int64, nw.Float64) and came == nw.String:
        return " Turn the text into numbers first; a withheld value (c, x, z) belongs in a column of its own."
    if came == nw.Unknown:
        return " Cast it in the engine first."
    return ""
