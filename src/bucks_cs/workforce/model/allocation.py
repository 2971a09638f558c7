"""The workforce: how whole workers are shared out over localities, and how much need and deprivation weigh in it."""

from __future__ import annotations

import enum
import math
from fractions import Fraction

import attrs

from bucks_cs.errors import InvalidValue

__all__ = ["SharingMethod", "Weighting"]

_SIMPLEST = 1_000
_CLOSE = Fraction(1, 10**9)


class SharingMethod(enum.Enum):
    """How whole workers are shared out in proportion to weights.

    An exact share is hardly ever a whole number, and no method of rounding has every property one would want.

    - `LARGEST_REMAINDER`, Hamilton's method: every locality has its exact share rounded down, and the workers left go one each to
      the largest fractions cut off. Each has one of the two whole numbers on either side of its exact share. But **a locality may
      lose a worker when the total grows** (the Alabama paradox), because fractions grow at different speeds.
    - `SAINTE_LAGUE`, Webster's method: weights are divided by 1, 3, 5, 7 and so on, and the workers go one each to the largest
      quotients. **No locality ever loses a worker when the total grows.** But a locality may, rarely, have fewer or more than
      either whole number beside its exact share.

    With a minimum for each locality: by the largest remainder, localities whose exact share is below it have the minimum, and
    the rest is shared out anew among the others until no share is below; by Sainte-Laguë, the quotients that stand for the
    minimum come first.

    Source:
        M. L. Balinski and H. P. Young, *Fair Representation*, second edition, 2001, chapters 3 to 5; the minimum as in article 17
        of the Swiss Federal Act on Political Rights; the divisors as in section 11-3 of the Norwegian Act No. 57 of 28 June 2002.
    """

    LARGEST_REMAINDER = "largest remainder"
    SAINTE_LAGUE = "Sainte-Laguë"

    @property
    def may_take_away_when_total_grows(self) -> bool:
        """Whether a locality may lose a worker when there are more of them to share out."""
        return self is SharingMethod.LARGEST_REMAINDER


def _share(given: object, *, what: str) -> Fraction:
    """A share as a fraction: 0.6 is three fifths, and not the binary number nearest to it."""
    if isinstance(given, bool) or not isinstance(given, (int, float, Fraction)) or not math.isfinite(given):
        raise InvalidValue(what=what, expected="a share from 0 to 1, such as 0.6")
    exact = Fraction(given)
    simple = exact.limit_denominator(_SIMPLEST)
    if not 0 <= simple <= 1 or abs(exact - simple) > _CLOSE:
        hint = " A third is Fraction(1, 3)."
        raise InvalidValue(what=what, expected="a share from 0 to 1 of three decimals at most, or a simple fraction", hint=hint)
    return simple


def _of_need(given: object) -> Fraction:
    return _share(given, what="need")


def _of_deprivation(given: object) -> Fraction:
    return _share(given, what="deprivation")


@attrs.frozen(kw_only=True)
class Weighting:
    """How much need and deprivation weigh: the shares of a locality's weight, which add up to 1.

    A locality's weight is the share of all need that it has, times ``need``, and the share of all deprivation that it has, times
    ``deprivation``. So both have to be things that add up over localities, such as children: a score or a rank is none.

    Args:
        need: The share for need, from 0 to 1: a number of three decimals at most, or a `fractions.Fraction`.
        deprivation: The share for deprivation.

    Raises:
        InvalidValue: A share is no such number, or the two do not add up to 1.

    Example:
        >>> from bucks_cs.workforce import Weighting
        >>> weighting = Weighting(need=0.6, deprivation=0.4)
        >>> print(weighting)
        60% by need and 40% by deprivation
        >>> weighting.parts
        (3, 2)
    """

    need: Fraction = attrs.field(converter=_of_need)
    deprivation: Fraction = attrs.field(converter=_of_deprivation)

    def __attrs_post_init__(self) -> None:
        if self.need + self.deprivation != 1:
            raise InvalidValue(what="need and deprivation", expected="two shares that add up to 1, such as 0.6 and 0.4")

    @property
    def parts(self) -> tuple[int, int]:
        """The two as whole numbers in the same proportion, as small as can be."""
        whole = math.lcm(self.need.denominator, self.deprivation.denominator)
        return int(self.need * whole), int(self.deprivation * whole)

    def __str__(self) -> str:
        shares = {"need": self.need, "deprivation": self.deprivation}
        return " and ".join(f"{float(100 * share):.4g}% by {name}" for name, share in shares.items() if share)
