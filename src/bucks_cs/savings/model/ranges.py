"""Savings: an amount, or the least and the most that it can be: ranges in, ranges out."""

from __future__ import annotations

import math
from typing import TypeAlias

from bucks_cs.errors import InvalidValue, UnitError
from bucks_cs.savings.model.possible import PossibleAmount
from bucks_cs.units import Quantity, in_unit, same_dimension, unit

__all__ = ["OneOrRange", "ends_of"]

OneOrRange: TypeAlias = "Quantity | tuple[Quantity, Quantity] | PossibleAmount"
"""A quantity, the least and the most of one, or what a line can come to."""


def ends_of(given: object, units: str, *, what: str, least: float | None = 0) -> tuple[float, float]:
    """The least and the most of a quantity or a range of two, as numbers in a unit.

    Args:
        given: A quantity, a tuple of two, or a `PossibleAmount`.
        units: The unit they are given back in, and must be of.
        what: The argument, for the message.
        least: The least it may be; None where it may be anything.

    Raises:
        InvalidValue: It is none of these, is not finite, is below ``least``, or the second is below the first.
        UnitError: It is of another unit.
    """
    if isinstance(given, PossibleAmount):
        given = (given.lower, given.upper)
    pair = given if isinstance(given, tuple) else (given, given)
    if len(pair) != 2 or not all(isinstance(one, Quantity) for one in pair):
        raise InvalidValue(what=what, expected=f"a quantity in {unit(units)}, or a tuple of the least and the most")
    for one in pair:
        if not same_dimension(str(one.units), units):
            raise UnitError(what=f"{what} is in {unit(units)}, and {one.units} is something else")
    low, high = (in_unit(one, units) for one in pair)
    if not (math.isfinite(low) and math.isfinite(high)) or low > high or (least is not None and low < least):
        floor = "" if least is None else f", of {least:g} or more"
        raise InvalidValue(what=what, expected=f"finite numbers{floor}, the least before the most")
    return low, high
