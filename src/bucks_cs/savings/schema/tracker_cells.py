r"""Savings: cells of money in a column, read as `read_money` reads one text, in expressions that every engine runs.

A cell is taken apart step by step, each step a column of its own: engines work out a column once, however often it is used.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames.patterns import portable
from bucks_cs.savings.model.money import MOST_POUNDS
from bucks_cs.savings.schema.printed_money import times_of_heading

__all__ = ["NO_UNIT", "TWO_UNITS", "UNREAD", "CellColumn", "pence_name", "with_pence", "wrong_name"]

UNREAD, NO_UNIT, TWO_UNITS = 1, 2, 3
"""Why a cell has no pence: it is no amount of money, it says no unit, or it says another than its heading."""

_MOST_PENCE = MOST_POUNDS * 100
_A_FIFTIETH = 0.02
_DIGITS_OF_MOST = len(str(_MOST_PENCE))

# Python's white space, letter for letter: the engines do not agree on what white space is.
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_W = f"[{_SPACES}]*"
_PARTED = "|".join(f"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:[.][0-9]+)?" for mark in (",", "\u00a0", "\u2009", "\u202f"))
_NUMBER = rf"(?:{_PARTED}|[0-9]+(?:[.][0-9]+)?|[.][0-9]+)(?:{_W}(?:thousand|million|billion|mn|bn|k|m|b))?{_W}"
_SIGN = "[-−–+]?"
_PLAIN = rf"(?:{_W}{_SIGN}{_W}£?{_W}|{_W}£?{_W}{_SIGN}{_W}){_NUMBER}"
_IN_BRACKETS = rf"(?:[(]{_W}£?{_W}|{_W}£?{_W}[(]{_W}){_NUMBER}[)]"
_AMOUNT = portable(rf"^(?:{_PLAIN}|{_IN_BRACKETS})$")
_NOTES = portable(rf"(?:{_W}(?:\[(?:[befpru]|note [a-z0-9_]+)\]|[(][pr][)]|[*†‡]))+$")
_MAGNITUDES = {3: "[kt]", 6: "m", 9: "b"}


@attrs.frozen(kw_only=True)
class CellColumn:
    """A column of cells of money.

    Args:
        name: What it is called in the frame.
        number: Which of them it is, for the names of what is read from it.
        dtype: The type it has.
        heading: What stands over it for its unit; None where nothing does.
    """

    name: str
    number: int
    dtype: Any
    heading: str | None

    @property
    def exponent(self) -> int:
        """How many noughts its heading stands for."""
        return 0 if self.heading is None else len(str(times_of_heading(self.heading))) - 1


def pence_name(number: int) -> str:
    """The column with the pence of a column of cells; null for a blank, and for what cannot be read.

    Args:
        number: Its number.
    """
    return f"__pence_{number}"


def wrong_name(number: int) -> str:
    """The column that says why a cell that is not blank has no pence; 0 where it has.

    Args:
        number: Its number.
    """
    return f"__wrong_{number}"


def with_pence(
    lazy: nw.LazyFrame[Any], cells: Sequence[CellColumn], *, blanks: Collection[str] = (), zeros: Collection[str] = ()
) -> nw.LazyFrame[Any]:
    """A frame with the pence of each column of cells, with the sign they are printed with, and why a cell has none.

    Args:
        lazy: The frame.
        cells: The columns.
        blanks: Texts that mean a blank.
        zeros: Texts that mean 0.
    """
    texts = [cell for cell in cells if cell.dtype in (nw.String, nw.Categorical, nw.Enum)]
    numbers = [cell for cell in cells if cell not in texts]
    if numbers:
        lazy = lazy.with_columns(*(each for cell in numbers for each in _of_number(cell)))
    if not texts:
        return lazy
    lazy = lazy.with_columns(*(_bare(cell, blanks, zeros) for cell in texts))
    lazy = lazy.with_columns(*(each for cell in texts for each in _parts(cell)))
    lazy = lazy.with_columns(*(each for cell in texts for each in _figures(cell)))
    lazy = lazy.with_columns(*(_without_sign(cell) for cell in texts))
    lazy = lazy.with_columns(*(each for cell in texts for each in _of_text(cell)))
    return lazy.drop(*(_step(name, cell) for cell in texts for name in _STEPS))


_STEPS = ("bare", "exponent", "amount", "number", "whole", "rest", "size")


def _step(name: str, cell: CellColumn) -> str:
    return f"__{name}_{cell.number}"


def _col(name: str, cell: CellColumn) -> nw.Expr:
    return nw.col(_step(name, cell))


def _bare(cell: CellColumn, blanks: Collection[str], zeros: Collection[str]) -> nw.Expr:
    """The text in small letters, without the space and the footnotes round it; null for a blank."""
    text = nw.col(cell.name).cast(nw.String).str.strip_chars(_SPACES).str.to_lowercase()
    bare = text.str.replace_all(_NOTES, "")
    if zeros:
        # £0k has a unit of its own, and may stand under any heading.
        bare = nw.when(text.is_in([zero.strip().lower() for zero in zeros])).then(nw.lit("£0k")).otherwise(bare)
    is_blank = text.is_in(["", *(blank.strip().lower() for blank in blanks)])
    return nw.when(~is_blank).then(bare).alias(_step("bare", cell))


def _parts(cell: CellColumn) -> list[nw.Expr]:
    """Whether it is an amount, how many noughts it stands for, and its digits with their point."""
    bare = _col("bare", cell)
    exponent: nw.Expr = nw.lit(cell.exponent)
    for noughts, letters in _MAGNITUDES.items():
        exponent = nw.when(bare.str.contains(letters)).then(nw.lit(noughts)).otherwise(exponent)
    return [
        bare.str.contains(_AMOUNT).alias(_step("amount", cell)),
        exponent.cast(nw.Int64).alias(_step("exponent", cell)),
        bare.str.replace_all("[^0-9.]", "").alias(_step("number", cell)),
    ]


def _figures(cell: CellColumn) -> list[nw.Expr]:
    """The digits before the point and those after it, without noughts that say nothing."""
    number = _col("number", cell)
    return [
        number.str.replace_all("[.].*", "").str.replace_all("^0+", "").alias(_step("whole", cell)),
        number.str.replace_all("^[0-9]*[.]?", "").str.replace_all(portable("0+$"), "").alias(_step("rest", cell)),
    ]


def _without_sign(cell: CellColumn) -> nw.Expr:
    """The pence, its sign aside: digits moved past the point; null where they are too many, or a part of a penny."""
    whole, rest, places = _col("whole", cell), _col("rest", cell), _col("exponent", cell) + 2
    filled = nw.concat_str(rest, nw.lit("0" * 11))
    moved = filled.str.slice(0, 2)
    for noughts in _MAGNITUDES:
        moved = nw.when(places == noughts + 2).then(filled.str.slice(0, noughts + 2)).otherwise(moved)
    fits = (whole.str.len_chars() + places <= _DIGITS_OF_MOST) & (rest.str.len_chars() <= places)
    digits = nw.when(_col("amount", cell) & fits).then(nw.concat_str(whole, moved))
    return digits.cast(nw.Int64).alias(_step("size", cell))


def _of_text(cell: CellColumn) -> list[nw.Expr]:
    bare, size = _col("bare", cell), _col("size", cell)
    has_pounds, has_letters = bare.str.contains("£"), bare.str.contains("[a-z]")
    wrong = nw.when((size <= _MOST_PENCE).fill_null(value=False)).then(nw.lit(0)).otherwise(nw.lit(UNREAD))
    if cell.heading is None:
        wrong = nw.when((wrong == 0) & ~has_pounds).then(nw.lit(NO_UNIT)).otherwise(wrong)
    elif cell.exponent:
        wrong = nw.when((wrong == 0) & has_pounds & ~has_letters).then(nw.lit(TWO_UNITS)).otherwise(wrong)
    wrong = nw.when(bare.is_null()).then(nw.lit(0)).otherwise(wrong)
    signed = nw.when(bare.str.contains("^[^0-9]*[-−–(]")).then(-size).otherwise(size)
    return [nw.when(wrong == 0).then(signed).alias(pence_name(cell.number)), wrong.alias(wrong_name(cell.number))]


def _of_number(cell: CellColumn) -> list[nw.Expr]:
    raw, there = nw.col(cell.name), ~nw.col(cell.name).is_null()
    nothing = nw.lit(None).cast(nw.Int64).alias(pence_name(cell.number))
    if not cell.dtype.is_numeric() or cell.heading is None:
        why = NO_UNIT if cell.dtype.is_numeric() else UNREAD
        return [nothing, nw.when(there).then(nw.lit(why)).otherwise(nw.lit(0)).alias(wrong_name(cell.number))]
    times = 10 ** (cell.exponent + 2)
    if cell.dtype.is_integer() and cell.dtype not in (nw.UInt64, nw.Int128, nw.UInt128):
        whole = raw.cast(nw.Int64)
        ok = (whole <= _MOST_PENCE // times) & (whole >= -(_MOST_PENCE // times))
        pence = nw.when(ok).then(whole) * times
    else:
        # As `in_pence`: the penny that it lies within a fiftieth of, since 0.1 + 0.2 is meant for 30 pence.
        scaled = raw.cast(nw.Float64) * times
        usable = scaled.is_finite() & (scaled.abs() <= _MOST_PENCE)
        near = nw.when(usable).then(scaled).round(0)
        ok = usable & ((scaled - near).abs() <= _A_FIFTIETH)
        pence = nw.when(ok).then(near).cast(nw.Int64)
    wrong = nw.when(there & ~ok.fill_null(value=False)).then(nw.lit(UNREAD)).otherwise(nw.lit(0))
    return [pence.alias(pence_name(cell.number)), wrong.alias(wrong_name(cell.number))]
