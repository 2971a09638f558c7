"""Demand: referrals avoided, as far as they can be spoken of: the difference between two groups that the caller gives."""

from __future__ import annotations

import math

from bucks_cs.demand.model.early_help import DifferenceInReferrals, ReferralGroup
from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.rates import proportion
from bucks_cs.units import quantity

__all__ = ["difference_in_referrals"]

_TWO_WINDOWS = "each was counted under a definition of its own, such as within 6 months and within 12"

_WHY = (
    "how many would have been referred without early help is not in the rows of those who had it; give a group without it, or "
    "those of a time before it"
)


def difference_in_referrals(
    with_help: ReferralGroup, *, without_help: ReferralGroup | None = None, confidence: float = 0.95
) -> DifferenceInReferrals:
    """How much less often children were referred with early help than without it: a difference between two groups.

    It is what can be said of "referrals avoided", and is no effect of the help. Who is offered early help, and who takes it,
    is not who is not; and between a time before and a time after much else changes. The interval is that of two groups of
    different children, as if each had been drawn at random; of the same children before and after it is not the interval.
    Both are to be followed for the same months: of groups taken from readings it is made sure.

    Args:
        with_help: The children who had early help.
        without_help: The children they are set beside: without it, or of a time before it. Without one it is refused.
        confidence: The level of the interval.

    Returns:
        A `DifferenceInReferrals`: in percentage points with its interval, the share without help less that with, above 0 where
        fewer were referred with it; and the same as a number of referrals among the children with help.

    Raises:
        NotComparable: There is no group to compare with; or the groups are of readings that were followed for different months.
        InvalidValue: A group of another kind, or a confidence outside 0 to 1.

    Source:
        The interval: Newcombe, *Interval estimation for the difference between independent proportions: comparison of
        eleven methods*, Statistics in Medicine 17 (1998), 873-890, method 10, from Wilson's intervals of the two shares. That
        there is no national figure: `REFERRED_AFTER_EARLY_HELP`.

    Example:
        >>> from bucks_cs.demand import ReferralGroup, difference_in_referrals
        >>> found = difference_in_referrals(ReferralGroup(name="helped in 2021-22", referred=48, children=80),
        ...     without_help=ReferralGroup(name="on the waiting list", referred=56, children=70))
        >>> print(found)
        Difference between two groups in the share referred: no effect of early help. helped in 2021-22: 48 of 80 referred (60%);
        on the waiting list: 56 of 70 referred (80%). Difference 20.0 percentage points (95% confidence interval 5.2 to 33.4).
        >>> round(found.fewer_referrals.magnitude)
        16
    """
    if without_help is None:
        raise NotComparable(what="referrals avoided by early help", why=_WHY)
    for what, group in (("with_help", with_help), ("without_help", without_help)):
        if not isinstance(group, ReferralGroup):
            raise InvalidValue(what=what, expected="a ReferralGroup, with how many of its children were referred")
    of = (with_help.counted_as, without_help.counted_as)
    if None not in of and of[0] != of[1] and len({each.key for each in of if each is not None}) == 1:
        raise NotComparable(what="the share referred of the two groups", why=_TWO_WINDOWS)
    ours = proportion(with_help.referred, with_help.children, confidence=confidence)
    others = proportion(without_help.referred, without_help.children, confidence=confidence)
    difference = others.value - ours.value
    lower = difference - math.hypot(others.value - others.lower, ours.upper - ours.value)
    upper = difference + math.hypot(others.upper - others.value, ours.value - ours.lower)
    return DifferenceInReferrals(
        with_help=with_help,
        without_help=without_help,
        points=quantity(difference * 100, "percentage_point"),
        points_between=(quantity(lower * 100, "percentage_point"), quantity(upper * 100, "percentage_point")),
        confidence=float(confidence),
    )
