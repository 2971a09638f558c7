"""Savings: pounds to the penny, never lost to rounding.

The fields of a line are quantities in pounds, as everywhere in this library; what is added up is whole pence, as integers.
Integers and not decimals: they have no context that another part of a program can set to fewer digits, every engine has them,
and JSON and TOML keep them. A number of pence and its pounds are each the other's: pounds are a whole number, or the float that
is nearest to so many pence, and up to `MOST_POUNDS` no two amounts share one.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from numbers import Integral

from bucks_cs.errors import InvalidValue, UnitError
from bucks_cs.units import Quantity, unit

__all__ = ["MOST_POUNDS", "as_pounds", "in_pence", "nearest_penny", "pounds", "pounds_said"]

MOST_POUNDS = 10**12
"""A thousand billion pounds: below it a float still tells one penny from the next."""

_A_FIFTIETH = Fraction(1, 50)
_GBP = unit("GBP")


def pounds(pence: int) -> Quantity:
    """Pounds from a whole number of pence.

    Args:
        pence: The pence; below 0 for a cost.

    Returns:
        A quantity in GBP: a whole number where there are no odd pence, otherwise the float nearest to it.

    Raises:
        InvalidValue: It is no whole number, or above `MOST_POUNDS` either way.

    Example:
        >>> from bucks_cs.savings import pounds
        >>> print(pounds(33_200_000), pounds(-150))
        332000 GBP -1.5 GBP
    """
    if type(pence) is not int or abs(pence) > MOST_POUNDS * 100:
        raise InvalidValue(what="pence", expected="a whole number of pence, of no more than £1,000 billion")
    whole, odd = divmod(pence, 100)
    return Quantity(pence / 100 if odd else whole, _GBP)


def in_pence(amount: Quantity, *, what: str = "an amount of money") -> int:
    """The whole number of pence that an amount of money is.

    Args:
        amount: A quantity in pounds.
        what: What it is, for the message.

    Returns:
        The pence, exactly. A float is taken for the penny that it lies within a fiftieth of, so that 0.1 + 0.2 is 30 pence.

    Raises:
        InvalidValue: It is no quantity, not finite, above `MOST_POUNDS`, or has a part of a penny.
        UnitError: It is not an amount of money: £ a week is none.

    Example:
        >>> from bucks_cs.savings import in_pence
        >>> from bucks_cs.units import quantity
        >>> in_pence(quantity(0.1 + 0.2, "GBP"))
        30
    """
    given: object = amount
    # Whole pounds are most of what there is, and need no fraction.
    if isinstance(given, Quantity) and type(given.magnitude) is int and given.units == _GBP:
        whole: int = given.magnitude
        if abs(whole) <= MOST_POUNDS:
            return whole * 100
    pence = _fraction(given, what=what) * 100
    nearest = round(pence)
    if abs(pence - nearest) > _A_FIFTIETH:
        raise InvalidValue(what=what, expected="whole pence: round it first, and say how")
    return nearest


def as_pounds(amount: object) -> Quantity:
    """An amount of money as this subject keeps it, for the fields of its classes.

    Args:
        amount: A quantity in pounds, of whole pence.

    Raises:
        InvalidValue: As for `in_pence`.
        UnitError: As for `in_pence`.
    """
    return pounds(in_pence(amount))  # type: ignore[arg-type]


def nearest_penny(amount: Fraction | float) -> Quantity:
    """Pounds, rounded to the nearest penny (halves to even), of a result that has no whole number of pence: a share, a mean.

    Args:
        amount: The pounds.
    """
    return pounds(round(Fraction(amount) * 100))


def pounds_said(amount: Quantity) -> str:
    """An amount as a sentence prints it: ``£332,000``, ``−£1.50``.

    Args:
        amount: A quantity in pounds, of whole pence.
    """
    pence = in_pence(amount)
    whole, odd = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{whole:,}" + (f".{odd:02d}" if odd else "")


def _fraction(amount: object, *, what: str) -> Fraction:
    if not isinstance(amount, Quantity):
        raise InvalidValue(what=what, expected='a quantity in pounds, such as quantity(450_000, "GBP")')
    if amount.dimensionality != _GBP.dimensionality:
        raise UnitError(what=f"{what} is in {amount.units}, which is not money in GBP")
    number = amount.m_as("GBP")
    if isinstance(number, Integral):  # numpy's whole numbers too
        number = int(number)
    usable = isinstance(number, (int, float, Fraction, Decimal)) and math.isfinite(number)
    if not usable or abs(number) > MOST_POUNDS:
        raise InvalidValue(what=what, expected="a finite number of pounds, of no more than £1,000 billion")
    return Fraction(number)
