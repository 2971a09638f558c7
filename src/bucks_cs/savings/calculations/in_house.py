"""Savings: when a home or a Parent and Child provision of one's own costs less than the places it takes the place of."""

from __future__ import annotations

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.savings.calculations.placements import need_weeks
from bucks_cs.savings.model.ranges import OneOrRange, ends_of
from bucks_cs.units import Quantity, quantity

__all__ = ["BreakEven", "break_even", "saving_of_provision"]


@attrs.frozen(kw_only=True)
class BreakEven:
    """How full a provision of one's own has to be to cost no more than the places outside that it takes the place of.

    Args:
        places: How many places it has.
        fewest: How many of them have to be filled all the year, at the best of the ranges; None where no number is enough.
        most: And at the worst of them; None where no number is enough.
    """

    places: Quantity
    fewest: Quantity | None
    most: Quantity | None

    @property
    def occupancy(self) -> tuple[Quantity | None, Quantity | None]:
        """The two as a share of its places, in percent; above 100 where it has too few."""
        return self._share(self.fewest), self._share(self.most)

    @property
    def can_be_reached(self) -> bool | None:
        """Whether its places are enough; None where that depends on where in the ranges the costs lie."""
        if self.most is not None and self.most <= self.places:
            return True
        return None if self.fewest is not None and self.fewest <= self.places else False

    def _share(self, filled: Quantity | None) -> Quantity | None:
        return None if filled is None else quantity(100 * filled.m_as("place") / self.places.m_as("place"), "percent")

    def __str__(self) -> str:
        ends = ["no number of places" if one is None else f"{one.m_as('place'):.1f}" for one in (self.fewest, self.most)]
        said = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        answer = {True: "it can be reached", False: "it cannot be reached", None: "it may be reached or not"}
        there = f"{self.places.m_as('place'):g} places"
        return f"breaks even with {said} of {there} filled all the year: {answer[self.can_be_reached]}."


def break_even(
    *, fixed: OneOrRange, weekly: OneOrRange, external_weekly: OneOrRange, places: int, weeks: float
) -> BreakEven:
    """How many places of an in-house home, or a Parent and Child provision, have to be filled for it to pay for itself.

    What it costs whoever is there, over what each filled place saves: the price outside less the cost that comes with a child.

    Args:
        fixed: What it costs a year whoever is there (staff, building), ``quantity(600_000, "GBP/year")``, or the least and most.
        weekly: What each filled place costs a week beside that, ``quantity("£900/week")``, or the least and most.
        external_weekly: What the place outside costs a week, or the least and most.
        places: How many places it has.
        weeks: How many weeks a year a place is paid for, outside and inside: above 0 and at most 53; there is no default.

    Returns:
        The fewest places at the best of the ranges and the most at the worst.

    Raises:
        InvalidValue: ``places`` or ``weeks`` is no such number, or a cost is below 0.
        UnitError: A cost is not per year, or not per week, as it should be: neither becomes the other by itself.

    Example:
        >>> from bucks_cs.savings import break_even
        >>> print(break_even(fixed=quantity(728_000, "GBP/year"), weekly=quantity("£1000/week"),
        ...     external_weekly=(quantity("£4500/week"), quantity("£8000/week")), places=4, weeks=52))
        breaks even with 2.0 to 4.0 of 4 places filled all the year: it can be reached.
    """
    if type(places) is not int or places < 1:
        raise InvalidValue(what="places", expected="a whole number from 1 up")
    paid = need_weeks(weeks)
    fixed_ends = ends_of(fixed, "GBP/year", what="fixed")
    weekly_ends = ends_of(weekly, "GBP/week", what="weekly")
    outside = ends_of(external_weekly, "GBP/week", what="external_weekly")
    return BreakEven(
        places=quantity(places, "place"),
        fewest=_filled(fixed_ends[0], (outside[1] - weekly_ends[0]) * paid),
        most=_filled(fixed_ends[1], (outside[0] - weekly_ends[1]) * paid),
    )


def _filled(fixed: float, saved_by_a_place: float) -> Quantity | None:
    if saved_by_a_place > 0:
        return quantity(fixed / saved_by_a_place, "place")
    return quantity(0.0, "place") if fixed == 0 and saved_by_a_place == 0 else None


def saving_of_provision(
    *, fixed: OneOrRange, weekly: OneOrRange, external_weekly: OneOrRange, filled: OneOrRange, weeks: float
) -> tuple[Quantity, Quantity]:
    """What a provision of one's own saves in a year against places outside, with so many places filled.

    Args:
        fixed: As for `break_even`.
        weekly: As for `break_even`.
        external_weekly: As for `break_even`.
        filled: How many places are filled on average, ``quantity(3.5, "place")``, or the least and most.
        weeks: As for `break_even`.

    Returns:
        The least and the most, in pounds a year; below 0 where it costs more than the places outside.

    Raises:
        InvalidValue: As for `break_even`.
        UnitError: As for `break_even`, or ``filled`` is not in places.

    Example:
        >>> from bucks_cs.savings import saving_of_provision
        >>> print(*saving_of_provision(fixed=quantity(728_000, "GBP/year"), weekly=quantity("£1000/week"),
        ...     external_weekly=quantity("£4500/week"), filled=(quantity(3, "place"), quantity(4, "place")), weeks=52))
        -182000.0 GBP / year 0.0 GBP / year
    """
    paid = need_weeks(weeks)
    cheap, dear = ends_of(fixed, "GBP/year", what="fixed")
    each_ends, outside = ends_of(weekly, "GBP/week", what="weekly"), ends_of(external_weekly, "GBP/week", what="external_weekly")
    full = ends_of(filled, "place", what="filled")
    by_place = ((outside[0] - each_ends[1]) * paid, (outside[1] - each_ends[0]) * paid)
    # Where a place loses money, more of them lose more: which end of the places is the worse depends on its sign.
    least = min(by_place[0] * count for count in full) - dear
    most = max(by_place[1] * count for count in full) - cheap
    return quantity(least, "GBP/year"), quantity(most, "GBP/year")
