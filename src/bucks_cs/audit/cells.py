"""Cells: what stands in a cell of a report table, or in an argument of a call: a figure, or a gap and its reason.

Text is as printed, so its last digit says how it was rounded. A number says nothing of the kind: in a frame it needs
``rounded_to=``. In a call with single figures a whole number may be given as it is: a count (``before``, ``count``,
``parts``, ``population``) is then exact, and what is printed (``printed``, a published share, a figure stated twice) is
to the nearest 1, as its text would be.
"""

from __future__ import annotations

import enum
import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from bucks_cs.audit.printed import Printed
from bucks_cs.audit.reading import figure_of, read_number, read_scale, read_step
from bucks_cs.errors import InvalidValue, UnknownColumn, Unreadable
from bucks_cs.indicators import Withheld

__all__ = ["Column", "Gap", "Role", "columns_of"]

ONE = Fraction(1)


class Role(enum.Enum):
    """What a figure is to the check it takes part in."""

    COUNT = "count"
    PRINTED = "printed"
    STATED = "stated"  # a threshold, a whole of 100: exact unless it is said to be rounded


@attrs.frozen(kw_only=True)
class Gap:
    """A cell with no figure in it, and why."""

    text: str
    why: str


@attrs.frozen(kw_only=True)
class Column:
    """How the cells of one column (or one argument) are read.

    Args:
        name: Its name.
        role: What its figures are to the check.
        step: What they are rounded to; None for the last digit printed.
        scale: What its heading multiplies by.
        in_frame: Whether it is a column, where a bare number needs its step.
    """

    name: str
    role: Role
    step: Fraction | None = None
    scale: Fraction = ONE
    in_frame: bool = True

    def read(self, cell: Any) -> Printed | Gap:
        """The figure in a cell, or the gap.

        Raises:
            InvalidValue: A number whose rounding is not known, or something that is neither text nor number.
        """
        if cell is None or (isinstance(cell, float) and math.isnan(cell)):
            return Gap(text="", why="is blank")
        if isinstance(cell, str):
            return self._read_text(cell)
        if isinstance(cell, bool) or not isinstance(cell, (numbers.Real, Decimal)):
            raise InvalidValue(what=self.name, expected=f"text as printed, or numbers, not {type(cell).__name__}")
        stated = self.role is Role.STATED
        return read_number(cell, step=self._step_of(cell), scale=self.scale, column=self.name, stated=stated)

    def _read_text(self, cell: str) -> Printed | Gap:
        step = Fraction(0) if self.step is None and self.role is Role.STATED else self.step
        figure = figure_of(cell, step=step, scale=self.scale)
        if figure is not None:
            return figure
        return Gap(text=cell.strip(), why=_reason(cell))

    def _step_of(self, number: Any) -> Fraction:
        if self.step is not None:
            return self.step
        if self.role is Role.STATED:
            return Fraction(0)
        if isinstance(number, numbers.Integral) and not self.in_frame:
            return Fraction(0) if self.role is Role.COUNT else ONE
        raise InvalidValue(
            what=f"rounded_to for {self.name!r}",
            expected="the step its numbers were rounded to (1, 10, 0.1), or 0 where they are exact, since a number does not "
            "show it; or give the figures as text, as they are printed",
        )


def _reason(cell: str) -> str:
    if not cell.strip():
        return "is blank"
    try:
        withheld = Withheld.read(cell)
    except Unreadable:
        return "cannot be read as a figure"
    return f"is withheld: {withheld.meaning}"


def columns_of(
    roles: Mapping[str, Role], *, figures: Iterable[str], rounded_to: object, scale: object, in_frame: bool
) -> tuple[Column, ...]:
    """How each column of a check is read.

    Args:
        roles: The columns by name, in order.
        figures: Those that one ``rounded_to`` or ``scale`` for all is meant for: the ones in the same unit. A printed
            percentage is not among them, since counts to the nearest 10 say nothing of percentages.
        rounded_to: One step, a mapping of steps by column, or None.
        scale: One scale, a mapping by column, or None.
        in_frame: Whether they are columns of a frame.

    Raises:
        UnknownColumn: A mapping names a column that takes no part.
    """
    names, alike = tuple(roles), frozenset(figures)
    steps = _by_column(rounded_to, names, alike, argument="rounded_to")
    scales = _by_column(scale, names, alike, argument="scale")
    return tuple(
        Column(
            name=name, role=role, step=read_step(steps.get(name)), scale=read_scale(scales.get(name, 1)), in_frame=in_frame
        )
        for name, role in roles.items()
    )  # fmt: skip


def _by_column(given: object, names: Sequence[str], alike: frozenset[str], *, argument: str) -> dict[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        return dict.fromkeys(alike, given)
    for name in given:
        if name not in names:
            raise UnknownColumn(column=str(name), columns=tuple(names), argument=argument)
    return {name: value for name, value in given.items() if value is not None}
