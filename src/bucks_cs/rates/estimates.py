"""A share or a rate of single numbers, with its interval, as plain floats."""

from __future__ import annotations

import enum
import math
import numbers
from statistics import NormalDist

import attrs

from bucks_cs.errors import ImpossibleFigure, InvalidValue
from bucks_cs.indicators import with_unit, written

__all__ = ["FEW", "Estimate", "Method", "checked_confidence", "checked_per", "exact_limits", "proportion", "rate", "z_score"]

FEW = 10
"""Below this many events the exact Poisson interval is used, from it on Byar's.

Source:
    OHID (Fingertips), *Public health technical guidance*, "Rates": "Counts of 10 or greater", "Counts of less than 10".
"""

_LARGEST = 2**63 - 1


class Method(enum.Enum):
    """How an interval was worked out."""

    WILSON = "Wilson"
    BYAR = "Byar"
    EXACT = "exact Poisson"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class Estimate:
    """A share or a rate with its confidence interval.

    Args:
        value: The share (0 to 1), or the rate in units of ``per``.
        lower: Lower confidence limit, on the same scale.
        upper: Upper confidence limit.
        count: The events, or those with the attribute.
        out_of: What the count was divided by: all of them for a share, the population for a rate.
        per: For a rate, the number of people it is per; None for a share.
        confidence: The level, strictly between 0 and 1.
        method: Which interval.
    """

    value: float
    lower: float
    upper: float
    count: int
    out_of: int | float
    per: int | None = None
    confidence: float
    method: Method

    def __str__(self) -> str:
        level = f"{self.confidence * 100:.10g}% confidence interval"
        count, whole = written(self.count), written(self.out_of)
        if self.per is None:
            value, lower, upper = (with_unit(part * 100, "percent") for part in (self.value, self.lower, self.upper))
            return f"{value} ({level} {lower} to {upper}, {self.method}), {count} of {whole}"
        value, lower, upper = (written(part) for part in (self.value, self.lower, self.upper))
        return f"{value} per {self.per:,} ({level} {lower} to {upper}, {self.method}), {count} in a population of {whole}"


def proportion(count: float, out_of: float, *, confidence: float = 0.95) -> Estimate:
    """A share of a whole with Wilson's score interval.

    With x of n and z the normal percentile: (2x + z² ∓ z√(z² + 4x(1 − x/n))) / (2(n + z²)).

    Args:
        count: How many have the attribute: a whole number from 0 to ``out_of``.
        out_of: How many there are: a whole number above 0.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The share and its limits between 0 and 1 (an indicator's share is in percent, 0 to 100); the lower limit is 0
        where the count is 0 and the upper is 1 where it is all.

    Raises:
        ImpossibleFigure: More than there are, fewer than none, or nothing to divide by.
        InvalidValue: A count that is no whole number, or a confidence outside 0 to 1.

    Source:
        OHID (Fingertips), *Public health technical guidance*, "Proportions"; APHO, *Technical Briefing 3: Commonly used
        public health statistics and their confidence intervals*, March 2008, page 6; after Wilson (1927).

    Example:
        >>> print(proportion(500, 1_381))
        36.2% (95% confidence interval 33.7% to 38.8%, Wilson), 500 of 1,381
        >>> proportion(0, 12).lower
        0.0
    """
    z = z_score(confidence)
    x, n = _whole(count, what="count"), _whole(out_of, what="out_of")
    if n == 0:
        raise ImpossibleFigure(what="proportion", why="out_of is 0, so there is nothing to divide by")
    if x > n:
        raise ImpossibleFigure(what="proportion", why="count is above out_of, and a share is of a whole")
    value = x / n
    # (n - x) / n is 1 - x / n, and keeps its digits where nearly all have the attribute.
    spread = z * math.sqrt(z * z + 4 * x * ((n - x) / n))
    lower = 0.0 if x == 0 else min(value, (2 * x + z * z - spread) / (2 * (n + z * z)))
    upper = 1.0 if x == n else min(1.0, max(value, (2 * x + z * z + spread) / (2 * (n + z * z))))
    return Estimate(value=value, lower=lower, upper=upper, count=x, out_of=n, confidence=float(confidence), method=Method.WILSON)


def rate(count: float, population: float, *, per: int, confidence: float = 0.95) -> Estimate:
    """A rate of events in a population with Byar's interval, exact Poisson below ten events.

    With x events and z the normal percentile, the limits of the count are x(1 − 1/(9x) − z/(3√x))³ and
    (x + 1)(1 − 1/(9(x + 1)) + z/(3√(x + 1)))³; below ten, half the chi-squared percentiles a/2 with 2x degrees of
    freedom (0 where there are no events) and 1 − a/2 with 2x + 2.

    Args:
        count: How many events: a whole number; it may be above the population, since one child can have several.
        population: How many people, or person-years: above 0, whole or not.
        per: The number of people the rate is per, such as 10,000: a whole number above 0.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The rate and its limits in units of ``per``.

    Raises:
        ImpossibleFigure: A negative count, or nobody in the population.
        InvalidValue: A count that is no whole number, a population that is no number, ``per`` or confidence out of range.

    Source:
        OHID (Fingertips), *Public health technical guidance*, "Rates"; APHO, *Technical Briefing 3*, March 2008, page 7,
        formulas 4a and 4b; after Breslow and Day (1987), and Armitage and Berry (2002) for the exact interval.

    Example:
        >>> print(rate(600, 124_000, per=10_000))
        48.4 per 10,000 (95% confidence interval 44.6 to 52.4, Byar), 600 in a population of 124,000
        >>> print(rate(4, 124_000, per=10_000).method)
        exact Poisson
    """
    z = z_score(confidence)
    x, n, scale = _whole(count, what="count"), _positive(population, what="population"), checked_per(per)
    if x < FEW:
        low, high = exact_limits(x, confidence)
        method = Method.EXACT
    else:
        low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
        high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
        method = Method.BYAR
    value, lower, upper = (part / n * scale for part in (x, low, high))
    return Estimate(
        value=value, lower=lower, upper=upper, count=x, out_of=n, per=scale, confidence=float(confidence), method=method
    )


def z_score(confidence: float) -> float:
    """The normal percentile of a two-sided interval: 1.96 for 0.95.

    Raises:
        InvalidValue: The level is not strictly between 0 and 1.

    Example:
        >>> round(z_score(0.95), 4)
        1.96
    """
    # From the lower tail: 1 - a/2 is rounded to 1 at very high levels, a/2 is not rounded to 0.
    return -NormalDist().inv_cdf((1 - checked_confidence(confidence)) / 2)


def exact_limits(count: int, confidence: float) -> tuple[float, float]:
    """The exact Poisson limits of a count of events.

    Args:
        count: How many events.
        confidence: The level, strictly between 0 and 1.

    Returns:
        Half the chi-squared percentiles named at `rate`, as gamma percentiles, which are the same.

    Example:
        >>> lower, upper = exact_limits(0, 0.95)
        >>> print(lower, round(upper, 3))
        0.0 3.689
    """
    from scipy.special import gammainccinv, gammaincinv

    tail = (1 - checked_confidence(confidence)) / 2
    return (float(gammaincinv(count, tail)) if count else 0.0), float(gammainccinv(count + 1, tail))


def checked_confidence(confidence: float) -> float:
    """A level strictly between 0 and 1 as a float.

    Raises:
        InvalidValue: It is anything else; 95 is not 0.95.
    """
    level = _number(confidence)
    if level is None or not 0 < level < 1:
        raise InvalidValue(what="confidence", expected="a level strictly between 0 and 1", hint=" Write 95% as 0.95.")
    return level


def checked_per(per: int) -> int:
    """The number of people a rate is per, as an int.

    Raises:
        InvalidValue: It is no whole number above 0.
    """
    number = _number(per)
    if number is None or not number.is_integer() or not 0 < number <= _LARGEST:
        raise InvalidValue(what="per", expected="the number of people a rate is per, a whole number above 0 such as 10_000")
    return int(per)


def _number(given: object) -> float | None:
    """A finite float, or None for what is no number: text, a bool (a mistaken comparison), not-a-number, infinity."""
    if isinstance(given, bool) or not isinstance(given, numbers.Real):
        return None
    try:
        number = float(given)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _whole(given: float, *, what: str) -> int:
    number = _number(given)
    if number is None or not number.is_integer() or abs(number) > _LARGEST:
        raise InvalidValue(what=what, expected="a whole number of 0 or more")
    if number < 0:
        raise ImpossibleFigure(what=what, why="a count is not below 0")
    return int(given)


def _positive(given: float, *, what: str) -> int | float:
    number = _number(given)
    if number is None or abs(number) > _LARGEST:
        raise InvalidValue(what=what, expected="a number above 0")
    if number <= 0:
        raise ImpossibleFigure(what=what, why="it is not above 0, so there is nobody to divide by")
    return int(given) if number.is_integer() else number
