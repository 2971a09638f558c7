"""Unaccompanied children: which population a printed number is a share of, as far as the number itself tells."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeVar

import attrs

from bucks_cs.audit import Rounding
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.uasc.model.amounts import as_children
from bucks_cs.uasc.model.child_population import ChildPopulation
from bucks_cs.uasc.model.transfer_threshold import made_whole, share_in_force
from bucks_cs.uasc.sources import NTS_THRESHOLD
from bucks_cs.units import Quantity, quantity

__all__ = ["PopulationBehind", "PrintedNumber", "populations_giving"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class PrintedNumber:
    """A number of children that is printed as the threshold, and a day on which the threshold was the one it is of.

    Args:
        at: The day.
        number: The number as printed.

    Raises:
        NotInForce: The day is before 1 July 2016.
        UnitError: It is no number of children.
        ImpossibleFigure: It is not whole, or below 0.
        InvalidValue: A part is of another kind.
    """

    at: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    number: Quantity = attrs.field(converter=as_children)

    def __attrs_post_init__(self) -> None:
        NTS_THRESHOLD.on(self.at)

    def __str__(self) -> str:
        return f"{int(self.number.magnitude):,} (the threshold of {NTS_THRESHOLD.on(self.at).magnitude:g}%)"


def populations_giving(number: int, at: dt.date, rounding: Rounding) -> tuple[int, int] | None:
    """The fewest and the most people of whom the threshold of a day makes a whole number; None where no number of people does.

    Args:
        number: The whole number.
        at: The day.
        rounding: How it was made whole.
    """
    share = share_in_force(at)
    low, high = {
        Rounding.NEAREST: (Fraction(2 * number - 1, 2), Fraction(2 * number + 1, 2)),
        Rounding.DOWN: (Fraction(number), Fraction(number + 1)),
        Rounding.UP: (Fraction(number - 1), Fraction(number)),
    }[rounding]
    # Rounded up, the high end belongs to it and the low one does not; otherwise it is the other way about.
    if rounding is Rounding.UP:
        fewest, most = math.floor(low / share) + 1, math.floor(high / share)
    else:
        fewest, most = math.ceil(low / share), math.ceil(high / share) - 1
    fewest = max(fewest, 0)
    return (fewest, most) if fewest <= most else None


def _all_printed(given: Iterable[PrintedNumber]) -> tuple[PrintedNumber, ...]:
    return _several(given, PrintedNumber, what="printed")


def _all_tried(given: Iterable[ChildPopulation]) -> tuple[ChildPopulation, ...]:
    return _several(given, ChildPopulation, what="among")


def _several(given: Any, kind: type[T], *, what: str) -> tuple[T, ...]:
    # A quantity says that it can be gone through, and cannot.
    several = isinstance(given, Iterable) and not isinstance(given, Quantity)
    there = tuple(given) if several else ()
    if not several or not all(isinstance(one, kind) for one in there):
        raise InvalidValue(what=what, expected=f"{kind.__name__}, one or several in a list")
    return there


@attrs.frozen(kw_only=True)
class PopulationBehind:
    """Printed numbers beside the populations they may be a share of: which give them, and what the others would give.

    Args:
        printed: The numbers, each with a day of its threshold.
        among: The populations that were tried.
        rounding: How the numbers are taken to have been made whole.

    Raises:
        InvalidValue: No number is printed, or a part is of another kind.
    """

    printed: tuple[PrintedNumber, ...] = attrs.field(converter=_all_printed)
    among: tuple[ChildPopulation, ...] = attrs.field(converter=_all_tried)
    rounding: Rounding = attrs.field(default=Rounding.NEAREST, validator=of_kind(Rounding, expected="a Rounding"))

    def __attrs_post_init__(self) -> None:
        if not self.printed:
            raise InvalidValue(what="printed", expected="one or more numbers of children, each with a day of its threshold")

    @property
    def implied(self) -> tuple[Quantity, Quantity] | None:
        """The fewest and the most people that all of the numbers can be a share of; None where no population gives them all."""
        ends = [populations_giving(int(one.number.magnitude), one.at, self.rounding) for one in self.printed]
        known = [pair for pair in ends if pair is not None]
        low, high = max((pair[0] for pair in known), default=0), min((pair[1] for pair in known), default=-1)
        return (quantity(low, "child"), quantity(high, "child")) if len(known) == len(ends) and low <= high else None

    def numbers_of(self, population: ChildPopulation) -> tuple[Quantity, ...]:
        """What the threshold of each printed number makes of a population, in the order they are printed.

        Args:
            population: The population, of whatever ages.

        Raises:
            InvalidValue: It is no population.
        """
        if not isinstance(population, ChildPopulation):
            raise InvalidValue(what="population", expected="a ChildPopulation")
        exact = (share_in_force(one.at) * population.number for one in self.printed)
        return tuple(quantity(made_whole(number, self.rounding), "child") for number in exact)

    def gives(self, population: ChildPopulation) -> bool:
        """Whether a population gives every number that is printed.

        Args:
            population: The population, of whatever ages.

        Raises:
            InvalidValue: It is no population.
        """
        return self.numbers_of(population) == tuple(one.number for one in self.printed)

    @property
    def giving(self) -> tuple[ChildPopulation, ...]:
        """Those of the populations that give every number that is printed."""
        return tuple(one for one in self.among if self.gives(one))

    def __str__(self) -> str:
        asked = " and ".join(map(str, self.printed))
        ends = self.implied
        any_of = "" if ends is None else f"any of {ends[0].magnitude:,} to {ends[1].magnitude:,} gives them"
        lines = [f"{asked}: {any_of or 'no population gives them all'}."]
        for one in self.among:
            numbers = " and ".join(f"{int(number.magnitude):,}" for number in self.numbers_of(one))
            lines.append(f"{'Gives them' if self.gives(one) else 'Does not'}: {one}: {numbers}.")
        return "\n".join(lines)

