"""Unaccompanied children: whole numbers of people, as they are taken."""

from __future__ import annotations

import math

from bucks_cs.errors import ImpossibleFigure, InvalidValue, UnitError
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension, unit

__all__ = ["as_cases", "as_children", "whole_of"]


def whole_of(given: object, units: str, *, what: str) -> int:
    """A whole number of people from 0 up, out of a quantity.

    Args:
        given: The quantity.
        units: What is counted: ``"child"`` or ``"case"``.
        what: The argument, for the message.

    Raises:
        InvalidValue: It is no quantity.
        UnitError: It counts something else.
        ImpossibleFigure: It is not whole, or below 0.
    """
    if not isinstance(given, Quantity):
        raise InvalidValue(what=what, expected=f'a quantity, such as quantity(32, "{units}")')
    if not same_dimension(str(given.units), units):
        raise UnitError(what=f"{what} is in {unit(units)}, and {given.units} is something else")
    number = in_unit(given, units)
    if not math.isfinite(number) or number != int(number) or number < 0:
        raise ImpossibleFigure(what=what, why="people are counted in whole numbers, from 0 up")
    return int(number)


def as_children(given: object) -> Quantity:
    """An attrs converter to a whole number of children.

    Args:
        given: What is given.
    """
    return quantity(whole_of(given, "child", what="a number of children"), "child")


def as_cases(given: object) -> Quantity:
    """An attrs converter to a whole number of cases.

    Args:
        given: What is given.
    """
    return quantity(whole_of(given, "case", what="a number of cases"), "case")
