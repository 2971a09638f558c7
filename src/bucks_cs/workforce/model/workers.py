"""The workforce: a number of social workers, which may be a range."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import attrs

from bucks_cs.errors import ImpossibleFigure, InvalidValue, UnitError
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["WorkerRange"]

_EXPECTED = "a whole number of workers, 0 or more, or the least and the most of a range"


def _counted(given: object) -> Quantity:
    """An attrs converter: a whole number of workers."""
    number: object = given
    if isinstance(given, Quantity):
        if not same_dimension(str(given.units), "worker"):
            raise UnitError(what=f"WorkerRange: {given.units} where workers are wanted")
        number = in_unit(given, "worker")
    if isinstance(number, bool) or not isinstance(number, (int, float, Integral)):
        raise InvalidValue(what="WorkerRange", expected=_EXPECTED)
    if isinstance(number, float) and not number.is_integer():
        raise InvalidValue(what="WorkerRange", expected=_EXPECTED)
    if number < 0:
        raise ImpossibleFigure(what="WorkerRange", why="a number of workers is not below 0")
    return quantity(int(number), "worker")


@attrs.frozen(kw_only=True)
class WorkerRange:
    """A whole number of social workers, or the least and the most there may be; heads or full-time equivalents is not said.

    Args:
        least: The fewest: a whole number, kept as a quantity of workers.
        most: The most; the same where the number is exact.

    Raises:
        ImpossibleFigure: A number below 0, or ``most`` below ``least``.
        InvalidValue: No whole number.
        UnitError: A quantity of something else.

    Example:
        >>> from bucks_cs.workforce import WorkerRange
        >>> print(WorkerRange(least=10, most=20))
        10 to 20 workers
        >>> WorkerRange.read(60).is_exact
        True
    """

    least: Quantity = attrs.field(converter=_counted)
    most: Quantity = attrs.field(converter=_counted)

    def __attrs_post_init__(self) -> None:
        if self.highest < self.fewest:
            raise ImpossibleFigure(what="WorkerRange", why="the most is below the least")

    @classmethod
    def read(cls, given: Any, *, what: str = "WorkerRange") -> WorkerRange:
        """A range from a range, a whole number, a quantity of workers, or a pair of either.

        Args:
            given: What was given.
            what: What it is for, for the message.

        Raises:
            ImpossibleFigure: As the constructor.
            InvalidValue: It is none of these.
            UnitError: As the constructor.
        """
        if isinstance(given, WorkerRange):
            return given
        pair = given if isinstance(given, (tuple, list)) else (given, given)
        if len(pair) != 2:
            raise InvalidValue(what=what, expected=_EXPECTED)
        return cls(least=pair[0], most=pair[1])

    @property
    def fewest(self) -> int:
        """The least, as a plain number."""
        return int(self.least.magnitude)

    @property
    def highest(self) -> int:
        """The most, as a plain number."""
        return int(self.most.magnitude)

    @property
    def is_exact(self) -> bool:
        """Whether there is one number and no range."""
        return self.fewest == self.highest

    @property
    def numbers(self) -> str:
        """``60``, or ``10 to 20``."""
        return f"{self.fewest:,}" if self.is_exact else f"{self.fewest:,} to {self.highest:,}"

    def plus(self, other: WorkerRange) -> WorkerRange:
        """Both together.

        Args:
            other: Others, none of whom is among these: a range, or what `read` makes one of.

        Raises:
            InvalidValue: It is neither.
        """
        other = WorkerRange.read(other, what="WorkerRange.plus")
        return WorkerRange(least=self.fewest + other.fewest, most=self.highest + other.highest)

    def less(self, part: WorkerRange) -> WorkerRange:
        """These without a part of them.

        Args:
            part: The part, which is no more than these: a range, or what `read` makes one of.

        Raises:
            ImpossibleFigure: The part is more than these can be.
            InvalidValue: It is neither.
        """
        part = WorkerRange.read(part, what="WorkerRange.less")
        if part.fewest > self.highest:
            raise ImpossibleFigure(what="WorkerRange.less", why="the part is above the whole")
        return WorkerRange(least=max(0, self.fewest - part.highest), most=self.highest - part.fewest)

    def __str__(self) -> str:
        return f"{self.numbers} worker{'' if self.highest == 1 else 's'}"
