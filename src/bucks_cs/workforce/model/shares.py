"""The workforce: a share, or the least and the most that it can be, as parts of 1."""

from __future__ import annotations

from bucks_cs.errors import InvalidValue
from bucks_cs.units import ends_of

__all__ = ["share_ends"]


def share_ends(given: object, *, what: str, least: bool, most: bool) -> tuple[float, float]:
    """The least and the most of a share, as numbers from 0 to 1.

    Args:
        given: A quantity in percent, or a tuple of two.
        what: The argument, for the message.
        least: Whether it may be 0%.
        most: Whether it may be 100%.

    Raises:
        InvalidValue: It is neither, or is not between 0% and 100%.
        UnitError: It is of another unit.
    """
    low, high = ends_of(given, "percent", what=what)
    if high > 100 or (low == 0 and not least) or (high == 100 and not most):
        raise InvalidValue(what=what, expected=f"{'0%' if least else 'above 0%'} and {'at most' if most else 'below'} 100%")
    return low / 100, high / 100
