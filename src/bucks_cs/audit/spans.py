"""Spans: every value a printed figure can stand for, in exact arithmetic.

A span is an interval of rational numbers. Its ends belong to it unless it says otherwise, because ``52`` may be 52.5
rounded to even or 51.5 rounded half up, and nobody prints which. An end that is None is open to infinity.

Arithmetic on two spans gives the span of all results that any pair of values could give. An end that was left out of
what went in is taken into the result: a span may then be wider by that one point, never narrower, so that nothing is
found to disagree that could agree.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Self

import attrs

__all__ = ["Span"]

ZERO = Fraction(0)


@attrs.frozen
class Span:
    """All values from ``low`` to ``high``.

    Args:
        low: The least value, or None where there is none.
        high: The greatest value, or None.
        low_left_out: Whether ``low`` itself is no value of it.
        high_left_out: Whether ``high`` itself is no value of it.

    Example:
        >>> Span(Fraction(103, 2), Fraction(105, 2)).meets(Span(Fraction(105, 2), None))
        True
    """

    low: Fraction | None
    high: Fraction | None
    low_left_out: bool = False
    high_left_out: bool = False

    @classmethod
    def point(cls, value: Fraction) -> Self:
        """The one value."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        """Whether it is one value."""
        return self.low is not None and self.low == self.high

    def holds(self, value: Fraction) -> bool:
        """Whether a value is in it."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_left_out)
        return above and (self.high is None or value < self.high or (value == self.high and not self.high_left_out))

    def meets(self, other: Span) -> bool:
        """Whether some value is in both."""
        return _starts_before_end(self, other) and _starts_before_end(other, self)

    def within(self, low: Fraction | None, high: Fraction | None) -> Span | None:
        """The part of it from ``low`` to ``high``, or None where there is none."""
        if not self.meets(Span(low, high)):
            return None
        lows = [end for end in (self.low, low) if end is not None]
        highs = [end for end in (self.high, high) if end is not None]
        return Span(max(lows, default=None), min(highs, default=None))

    def widened(self, by: Fraction) -> Span:
        """It and all that is no further from it than ``by``."""
        if not by:
            return self
        return Span(None if self.low is None else self.low - by, None if self.high is None else self.high + by)

    def plus(self, other: Span) -> Span:
        """Every sum of a value of this and one of the other."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high)

    def minus(self, other: Span) -> Span:
        """Every difference."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Span(low, high)

    def times(self, factor: Fraction) -> Span:
        """Every value, times a number other than 0."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor < 0:
            return Span(high, low, self.high_left_out, self.low_left_out)
        return Span(low, high, self.low_left_out, self.high_left_out)

    def over(self, other: Span) -> Span:
        """Every quotient, by values that are all above 0."""
        if other.low is None or other.low <= 0:
            raise ZeroDivisionError
        low, high = self.low, self.high
        if low is not None:
            low = _quotient(low, other.low if low < 0 else other.high)
        if high is not None:
            high = _quotient(high, other.high if high < 0 else other.low)
        return Span(low, high)

    def by(self, other: Span) -> Span:
        """Every product of values that are none of them below 0."""
        if self.low is None or other.low is None or self.low < 0 or other.low < 0:
            raise ArithmeticError
        high = None if self.high is None or other.high is None else self.high * other.high
        return Span(self.low * other.low, high)


def _starts_before_end(one: Span, other: Span) -> bool:
    if one.low is None or other.high is None or one.low < other.high:
        return True
    return one.low == other.high and not (one.low_left_out or other.high_left_out)


def _quotient(end: Fraction, divisor: Fraction | None) -> Fraction:
    return ZERO if divisor is None else end / divisor
