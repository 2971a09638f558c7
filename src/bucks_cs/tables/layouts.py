"""What stands in which row and column of a table, what is said below it, and to how many decimals its figures are shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import attrs

from bucks_cs.errors import InvalidValue, UnknownColumn, of_kind

__all__ = ["NO_FIGURE", "Cell", "Layout", "decimals", "several"]

Cell: TypeAlias = float | str | None
"""A number; the symbol of a gap, or a key, as text; None where there is no figure at all."""

NO_FIGURE = "[no figure]"
"""What stands where there is neither a figure nor a gap with a reason: a cell is never left blank."""

_NO_FIGURE_MEANS = "there is no figure for this row and column"
_MOST_DECIMALS = 3
_NOISE = 1e-12


def several(given: Any) -> tuple[Any, ...]:
    """An attrs converter: several things as a tuple, and one thing, as a text is, as a tuple of it.

    Args:
        given: One or several.
    """
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def _rows(given: Any) -> tuple[Any, ...]:
    """Each row as a tuple; what is no row stays as it is, and is refused later."""
    if not isinstance(given, Iterable):
        return (given,)
    return tuple(tuple(row) if isinstance(row, Iterable) and not isinstance(row, str) else row for row in given)


def _all_text(instance: object, attribute: attrs.Attribute[Any], given: tuple[object, ...]) -> None:
    """An attrs validator: text that says something, each."""
    if not all(isinstance(text, str) and text.strip() for text in given):
        raise InvalidValue(what=f"Layout.{attribute.name}", expected="text, each")


def _all_pairs(instance: object, attribute: attrs.Attribute[Any], given: tuple[object, ...]) -> None:
    """An attrs validator: a symbol and what it means, each."""
    if not all(isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in given):
        raise InvalidValue(what=f"Layout.{attribute.name}", expected="pairs of a symbol and what it means, both text")


@attrs.frozen(kw_only=True)
class Layout:
    """A table before it is drawn: headings, rows, and what must be said below.

    Args:
        title: What it is a table of.
        subtitle: Where and when, where every row is of one area or period; empty otherwise.
        keys: The headings of the columns that say what a row is of, from the left.
        figures: The headings of the columns of figures, each with its unit, where the rows do not say it.
        rows: A row each: its keys, as text, then its figures: numbers, symbols of gaps, or None where there is no figure.
        decimals: To how many decimals each figure is shown, a row each; left out, each column to as many as `decimals` says.
        marks: The symbols of gaps that are used, each with what it means.
        notes: What else must be said: breaks in the series.
        sources: Where the figures are from.

    Raises:
        InvalidValue: No row or no column of figures, two headings alike, a row with another number of cells than there are
            headings, a key that is no text, a figure that is neither a finite number nor text nor None, decimals for other
            cells; or a part of another kind.
    """

    title: str = attrs.field(validator=of_kind(str, expected="text"))
    subtitle: str = attrs.field(default="", validator=of_kind(str, expected="text"))
    keys: tuple[str, ...] = attrs.field(converter=several, validator=_all_text)
    figures: tuple[str, ...] = attrs.field(converter=several, validator=_all_text)
    rows: tuple[tuple[Cell, ...], ...] = attrs.field(converter=_rows)
    decimals: tuple[tuple[int, ...], ...] = attrs.field(default=(), converter=_rows)
    marks: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_rows, validator=_all_pairs)
    notes: tuple[str, ...] = attrs.field(default=(), converter=several, validator=_all_text)
    sources: tuple[str, ...] = attrs.field(default=(), converter=several, validator=_all_text)

    def __attrs_post_init__(self) -> None:
        if not self.title.strip():
            raise InvalidValue(what="Layout.title", expected="words")
        if not self.figures:
            raise InvalidValue(what="Layout.figures", expected="the heading of one column of figures or more")
        if len(set(self.headings)) != len(self.headings):
            raise InvalidValue(what="Layout", expected="headings that are all different")
        self._check_rows()
        if not self.decimals:
            places = tuple(decimals(_numbers(self.column(heading))) for heading in self.figures)
            object.__setattr__(self, "decimals", (places,) * len(self.rows))
        if len(self.decimals) != len(self.rows) or not all(_are_places(row, len(self.figures)) for row in self.decimals):
            raise InvalidValue(what="Layout.decimals", expected="a whole number, 0 or more, for each figure of each row")

    def _check_rows(self) -> None:
        if not self.rows or not all(_is_row(row, len(self.headings)) for row in self.rows):
            raise InvalidValue(what="Layout.rows", expected="one row or more, each with as many cells as there are headings")
        said = len(self.keys)
        if not all(isinstance(cell, str) and cell.strip() for row in self.rows for cell in row[:said]):
            raise InvalidValue(what="Layout.rows", expected="text for each key of each row")
        if not all(_is_figure(cell) for row in self.rows for cell in row[said:]):
            raise InvalidValue(what="Layout.rows", expected="a finite number, a symbol as text, or None for each figure")

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings, from the left."""
        return (*self.keys, *self.figures)

    @property
    def below(self) -> tuple[str, ...]:
        """What is said below, a sentence each: what each symbol means, then the notes."""
        blank = [(NO_FIGURE, _NO_FIGURE_MEANS)] if any(cell is None for row in self.rows for cell in row) else []
        return (*(f"{mark}: {meaning}." for mark, meaning in (*self.marks, *blank)), *self.notes)

    def column(self, heading: str) -> tuple[Cell, ...]:
        """The cells under a heading.

        Args:
            heading: One of `headings`.

        Raises:
            UnknownColumn: There is no such heading.
            InvalidValue: It is no text.
        """
        if not isinstance(heading, str):
            raise InvalidValue(what="heading", expected="a heading of the table, as text")
        if heading not in self.headings:
            raise UnknownColumn(column=heading, columns=self.headings, argument="heading")
        place = self.headings.index(heading)
        return tuple(row[place] for row in self.rows)


def _is_row(row: object, wide: int) -> bool:
    return isinstance(row, tuple) and len(row) == wide


def _is_figure(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(cell.strip())
    return cell is None or (isinstance(cell, (float, int)) and not isinstance(cell, bool) and math.isfinite(cell))


def _are_places(row: Any, wide: int) -> bool:
    return _is_row(row, wide) and all(type(number) is int and number >= 0 for number in row)


def _numbers(cells: Iterable[Cell]) -> list[float]:
    return [float(cell) for cell in cells if cell is not None and not isinstance(cell, str)]


def decimals(numbers: Sequence[float], *, percent: bool = False) -> int:
    """To how many decimals figures that stand together are shown.

    Args:
        numbers: The figures.
        percent: Whether they are percent.

    Returns:
        As many as they all have, three at most. Where some go on, one; or as many as it takes so that none but zero is shown as
        zero, and no percent but 100 as 100.

    Example:
        >>> decimals([512, 730.0]), decimals([46.25, 50]), decimals([100 / 3, 50]), decimals([100 / 3, 0.0421])
        (0, 2, 1, 2)
        >>> decimals([100 / 3, 99.96]), decimals([100 / 3, 99.96], percent=True)
        (1, 2)
    """
    noise = _NOISE * max((abs(number) for number in numbers), default=0.0)
    for places in range(_MOST_DECIMALS + 1):
        if all(abs(number - round(number, places)) <= noise for number in numbers):
            return places
    wholes = (0.0, 100.0) if percent else (0.0,)
    apart = [abs(abs(number) - whole) for number in numbers for whole in wholes]
    return max(1, *(-math.floor(math.log10(distance)) for distance in apart if distance > noise))
