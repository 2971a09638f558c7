"""A published figure: its number, or the symbol that says why there is none."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.indicators import Withheld

__all__ = ["SYMBOLS", "figure", "is_unread", "out_of_range", "text_of", "why_withheld"]

SYMBOLS = ("c", "x", "z", "low", "u", "k", "~", ":", "-")
"""What a publisher prints where there is no number."""

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"


def text_of(name: str, dtype: Any) -> nw.Expr:
    """A column as text without surplus spaces; a code that a reader took for a number is a whole one again.

    Args:
        name: The column.
        dtype: The type it has.
    """
    column = nw.col(name)
    if dtype.is_numeric():
        return column.cast(nw.Int64).cast(nw.String)
    return column.cast(nw.String).str.strip_chars()


def figure(heading: str, dtype: Any, *, name: str) -> tuple[nw.Expr, nw.Expr]:
    """A published figure: its number, and why there is none. Where it is neither, both are null: see `is_unread`.

    Args:
        heading: The column it stands in.
        dtype: The type that has.
        name: What it is called here.

    Returns:
        Two columns: ``name`` and ``name_withheld``.
    """
    if dtype.is_numeric():
        return nw.col(heading).cast(nw.Float64).alias(name), nw.lit(None, dtype=nw.String).alias(f"{name}_withheld")
    text = nw.col(heading).cast(nw.String).str.strip_chars()
    is_number = text.str.contains(_NUMBER).fill_null(value=False)
    number = nw.when(is_number).then(text).cast(nw.Float64)
    return number.alias(name), why_withheld(text).alias(f"{name}_withheld")


def is_unread(name: str) -> nw.Expr:
    """Whether a figure is neither a finite number nor a symbol; a number of hundreds of digits is an infinite one.

    Args:
        name: What the figure is called here.
    """
    number = nw.col(name)
    return (number.is_null() & nw.col(f"{name}_withheld").is_null()) | ~number.is_finite().fill_null(value=True)


def why_withheld(text: nw.Expr) -> nw.Expr:
    """The reason behind a printed symbol, as `Withheld.read` has it; null where it is none.

    Args:
        text: The cells as text.
    """
    bare = text.str.to_lowercase()
    known: dict[str, list[str]] = {}
    for symbol in SYMBOLS:
        known.setdefault(Withheld.read(symbol).value, []).extend((symbol, f"[{symbol}]"))
    why = nw.lit(None, dtype=nw.String)
    for reason, symbols in known.items():
        why = nw.when(bare.is_in(symbols)).then(nw.lit(reason)).otherwise(why)
    return why


def out_of_range(name: str, *, most: float | None) -> tuple[str, nw.Expr]:
    """The rule that a figure's number keeps to, and where it does not; what is no number at all is told of by another.

    Args:
        name: What the figure is called here.
        most: The most it can be; None for no end.
    """
    number = nw.col(name)
    finite = number.is_finite().fill_null(value=False)
    if most is None:
        return "is below 0", ((number < 0) & finite).fill_null(value=False)
    return f"is not a percentage from 0 to {most:g}", (((number < 0) | (number > most)) & finite).fill_null(value=False)
