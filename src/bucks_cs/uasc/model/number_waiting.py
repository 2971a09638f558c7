"""Unaccompanied children: how many wait at a time where so many arrive and each waits so long, and what a longer wait adds."""

from __future__ import annotations

import attrs

from bucks_cs.audit import Bound
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.units import Quantity

__all__ = ["LongerWait", "NumberWaiting"]

_cases = of_kind(Quantity, expected="a quantity")
_cases_or_none = of_kind(Quantity, type(None), expected="a quantity, or None")


def _written(number: float) -> str:
    return f"{number:,.10g}".replace("-", "−")


@attrs.frozen(kw_only=True)
class NumberWaiting:
    """How many claims wait at a time, on average over years, if neither arrivals nor waits change.

    It is arrivals a year times years waited: `bucks_cs.uasc.number_waiting` makes it.

    Args:
        least: The fewest, in cases: one for each child who came, of whatever age by now.
        most: The most; None where the wait is open upwards.
        bound: How the wait is hedged, and so this number: ``about`` names no ends.

    Raises:
        InvalidValue: A part is of another kind.
    """

    least: Quantity = attrs.field(validator=_cases)
    most: Quantity | None = attrs.field(validator=_cases_or_none)
    bound: Bound = attrs.field(validator=of_kind(Bound, expected="a Bound"))

    @property
    def ends(self) -> tuple[float, float | None]:
        """The fewest and the most, as numbers."""
        return float(self.least.magnitude), None if self.most is None else float(self.most.magnitude)

    @property
    def said(self) -> str:
        """The number as a reader says it: ``24 to 36``, ``over 48``, ``under 24``, ``about 12``."""
        low, high = self.ends
        if high is None:
            return f"{'over' if self.bound is Bound.OVER else 'at least'} {_written(low)}"
        if self.bound.opens_downwards:
            return f"{self.bound.value} {_written(high)}"
        number = _written(low) if low == high else f"{_written(low)} to {_written(high)}"
        return f"about {number}" if self.bound is Bound.ABOUT else number

    def __str__(self) -> str:
        return f"{self.said} claims waiting at a time, if arrivals and waits stay as they are for years"


@attrs.frozen(kw_only=True)
class LongerWait:
    """What it adds where the wait goes from one length to another and arrivals stay the same.

    `bucks_cs.uasc.longer_wait` makes it.

    Args:
        before: How many wait at a time with the one.
        after: How many with the other, once it has lasted as long as itself.
        fewest_more: The fewest that it adds; below 0 where it may take away; None where that has no end.
        most_more: The most; None where that has no end.

    Raises:
        InvalidValue: A part is of another kind.
    """

    before: NumberWaiting = attrs.field(validator=of_kind(NumberWaiting, expected="a NumberWaiting"))
    after: NumberWaiting = attrs.field(validator=of_kind(NumberWaiting, expected="a NumberWaiting"))
    fewest_more: Quantity | None = attrs.field(validator=_cases_or_none)
    most_more: Quantity | None = attrs.field(validator=_cases_or_none)

    def __attrs_post_init__(self) -> None:
        ends = [end for end in (self.fewest_more, self.most_more) if end is not None]
        if len(ends) == 2 and ends[0] > ends[1]:
            raise InvalidValue(what="LongerWait", expected="the fewest not above the most")

    def __str__(self) -> str:
        return f"{self._added}: {self.after.said} in place of {self.before.said}"

    @property
    def _added(self) -> str:
        low, high = (None if end is None else float(end.magnitude) for end in (self.fewest_more, self.most_more))
        if low is None and high is None:
            return "no end is stated to what it adds"
        if high is not None and high <= 0:
            return f"{self._between(-high, None if low is None else -low)} fewer claims waiting at a time"
        if low is not None and low >= 0:
            return f"{self._between(low, high)} more claims waiting at a time"
        fewer = "fewer" if low is None else f"{_written(-low)} fewer"
        return f"anything from {fewer} to {'more' if high is None else f'{_written(high)} more'} claims waiting at a time"

    def _between(self, few: float, many: float | None) -> str:
        hedge = "about " if Bound.ABOUT in {self.before.bound, self.after.bound} else ""
        if many is None:
            return f"at least {hedge}{_written(few)}"
        return f"{hedge}{_written(few)}" if few == many else f"{hedge}{_written(few)} to {_written(many)}"
