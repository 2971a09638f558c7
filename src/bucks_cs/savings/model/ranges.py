"""Savings: an amount, or the least and the most that it can be: ranges in, ranges out."""

from __future__ import annotations

from typing import TypeAlias

from bucks_cs import units as ground
from bucks_cs.savings.model.possible import PossibleAmount

__all__ = ["OneOrRange", "ends_of"]

OneOrRange: TypeAlias = ground.OneOrRange | PossibleAmount
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
    return ground.ends_of(given, units, what=what, least=least)
