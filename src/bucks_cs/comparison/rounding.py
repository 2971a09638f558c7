"""What a published figure is rounded to, and another figure rounded likewise, so that the two can be ranked together."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["rounded", "rounding"]

_NOISE = 10
"""Decimals beyond which a float's own error may stand: 19.849999999999998, which is 397 of 2,000, is 19.85."""


def rounding(value: float, *, lower: float | None, upper: float | None) -> float | None:
    """The step that a value was rounded to, from the bounds of its rounding, which lie half a step either side.

    A bound that was held at 0 or at 100% lies nearer, so that the farther of the two tells.

    Args:
        value: The value as published.
        lower: The least that it may have been.
        upper: The most.

    Returns:
        Such as 0.1 for one decimal and 10 for the nearest ten, above 0; None where neither bound is apart from the value.

    Example:
        >>> rounding(19.9, lower=19.85, upper=19.95), rounding(100, lower=99.5, upper=100)
        (0.1, 1.0)
    """
    half = max((abs(value - bound) for bound in (lower, upper) if bound is not None), default=0)
    return float(f"{2 * half:.6g}") or None


def rounded(value: float, *, to: float) -> float:
    """A value to the nearest multiple of a step, a half up (away from 0).

    Args:
        value: The value.
        to: The step, above 0.

    Example:
        >>> rounded(19.85, to=0.1), rounded(19.849, to=0.1), rounded(655, to=10)
        (19.9, 19.8, 660.0)
    """
    step, exact = Decimal(str(to)), Decimal(str(round(value, _NOISE)))
    return float((exact / step).to_integral_value(ROUND_HALF_UP) * step)
