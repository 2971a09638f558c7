"""EHC plans: growth from a few plans, and how far chance alone could have moved it."""

from __future__ import annotations

from typing import Any

from bucks_cs.ehcp.model.breakdown import counted_plans, number_of
from bucks_cs.rates.estimates import checked_confidence
from bucks_cs.units import Quantity, quantity

__all__ = ["SMALL_BASE", "checked_base", "growth_limits"]

SMALL_BASE: Quantity = quantity(100, "plan")
"""Growth from fewer plans than this comes with its interval.

From fewer than 100 plans one plan more moves the growth by more than one percentage point, so that not even a whole percent, as
reports print it, is settled by the plans themselves. The number is this library's own: no publication sets one for growth.
"""


def checked_base(small_base: Any) -> int:
    """The number of plans below which a base is small.

    Args:
        small_base: A whole number or a quantity of plans; 0 for no interval at all.

    Raises:
        InvalidValue: It is no whole number of plans.
        UnitError: It is a quantity of something else.
        ImpossibleFigure: It is below 0.
    """
    return number_of(counted_plans(small_base, what="small_base"))


def growth_limits(before: int, after: int, *, confidence: float) -> tuple[float, float]:
    """The exact limits of the growth from one count to another, in percent, as if both were independent Poisson counts.

    Given how many there are together, the later count is then binomial, and its share p has Clopper and Pearson's limits; the
    growth is p / (1 - p) - 1. Two cohorts share most of their plans, so that they vary together: the interval is too wide for
    them rather than too narrow.

    Args:
        before: The earlier count, above 0.
        after: The later, from 0 up.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The lower and the upper limit, in percent; −100 where there are none after.

    Raises:
        InvalidValue: A confidence outside 0 to 1.

    Source:
        The conditional test of two Poisson means: Przyborowski and Wilenski (1940), as Krishnamoorthy and Thomson (2004) name it,
        *Journal of Statistical Planning and Inference* 119, 23-35, "C-test"; Lehmann (1986), *Testing Statistical Hypotheses*,
        page 152, as Fay's ``rateratio.test`` for R cites it, whose published example it reproduces. Clopper and Pearson (1934),
        *Biometrika* 26, 404-413.
    """
    from scipy.special import betaincinv

    tail = (1 - checked_confidence(confidence)) / 2
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    # From the other side, so that a share near 1 keeps its digits: 1 - p is the earlier count's share.
    rest = float(betaincinv(before, after + 1, tail))
    return (low / (1 - low) - 1) * 100, ((1 - rest) / rest - 1) * 100
