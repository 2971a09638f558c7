"""Unaccompanied children: how many months it takes to reach the threshold, soonest and latest, or that it never is."""

from __future__ import annotations

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.units import Quantity

__all__ = ["MonthsToReach"]

_months = of_kind(Quantity, type(None), expected="a quantity of months, or None: never")


def _written(months: Quantity) -> str:
    return f"{float(months.magnitude):,.1f}".removesuffix(".0")


@attrs.frozen(kw_only=True)
class MonthsToReach:
    """Months until the number of children is that of the threshold, if they arrive and leave at a steady rate.

    `bucks_cs.uasc.months_to_reach` makes it.

    Args:
        headroom: The children there are still to come; 0 or below where it is reached.
        soonest: With the most arrivals and the fewest departures; None where even so it is never reached.
        latest: With the fewest arrivals and the most departures; None where it is then never reached.

    Raises:
        InvalidValue: The latest is before the soonest, there is one and no soonest, or a part is of another kind.
    """

    headroom: Quantity = attrs.field(validator=of_kind(Quantity, expected="a quantity of children"))
    soonest: Quantity | None = attrs.field(validator=_months)
    latest: Quantity | None = attrs.field(validator=_months)

    def __attrs_post_init__(self) -> None:
        if self.latest is not None and (self.soonest is None or self.latest < self.soonest):
            raise InvalidValue(what="MonthsToReach", expected="a soonest that is not after the latest")

    @property
    def is_reached(self) -> bool:
        """Whether it is reached already."""
        return float(self.headroom.magnitude) <= 0

    @property
    def may_never_be(self) -> bool:
        """Whether there are rates within those given at which it is never reached."""
        return self.latest is None

    def __str__(self) -> str:
        if self.is_reached:
            return "reached already"
        if self.soonest is None:
            return "never reached at these rates"
        if self.latest is None:
            return f"reached after {_written(self.soonest)} months or more, or never"
        if self.latest == self.soonest:
            return f"reached after {_written(self.soonest)} months"
        return f"reached after {_written(self.soonest)} to {_written(self.latest)} months"
