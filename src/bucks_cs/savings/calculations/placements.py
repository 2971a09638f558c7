"""Savings: how many placements a saving stands for."""

from __future__ import annotations

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.calculations.levels import annual_level, need_line, need_year
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.ranges import OneOrRange, ends_of
from bucks_cs.units import Quantity, quantity

__all__ = ["need_weeks", "placements_to_avoid", "placements_to_avoid_for"]


def placements_to_avoid(
    line: SavingsLine, weekly_cost: OneOrRange, *, weeks: float, year: FinancialYear | None = None
) -> tuple[Quantity, Quantity]:
    """How many placements have to be avoided, each for the stated weeks of the year, to save what a line says.

    Args:
        line: The line; what it saves in the year may be a range.
        weekly_cost: The price of a placement a week, ``quantity("£7000/week")``, or the least and the most of it.
        weeks: How many weeks of the year each is avoided and would have been paid for: above 0 and at most 53. There is no
            default, since a placement avoided from October saves half as much.
        year: The financial year; may be left out for a line with one figure, of one named year.

    Returns:
        The fewest and the most, in places: the least saving at the dearest price, and the most at the cheapest. One place may be
        several children one after another.

    Raises:
        InvalidValue: ``weeks`` is not above 0 and at most 53; ``year`` is left out and the line has figures for several; the
            line saves less than nothing in the year, or rests on a year without a figure; or an argument is of another kind.
        UnitError: ``weekly_cost`` is not an amount per week.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import placements_to_avoid
        >>> edge, year = savings_lines().line("edge-of-care-team"), FinancialYear("2023-24")
        >>> fewest, most = placements_to_avoid(edge, (quantity("£5000/week"), quantity("£7000/week")), year=year, weeks=52)
        >>> print(f"{fewest.magnitude:.2f} to {most.magnitude:.2f} {most.units}s")
        1.07 to 1.50 places
    """
    need_line(line)
    if year is None and line.unplaced is None and len(line.amounts) == 1:
        year = line.amounts[0].year
    return placements_to_avoid_for(annual_level(line, year=need_year(year)), weekly_cost, weeks=weeks)


def placements_to_avoid_for(saving: OneOrRange, weekly_cost: OneOrRange, *, weeks: float) -> tuple[Quantity, Quantity]:
    """How many placements have to be avoided to save an amount, as `placements_to_avoid` counts them.

    Args:
        saving: What is to be saved in a year, in pounds: an amount, the least and the most, or what `annual_level` gives.
        weekly_cost: As for `placements_to_avoid`.
        weeks: As for `placements_to_avoid`.

    Returns:
        The fewest and the most, in places.

    Raises:
        InvalidValue: As for `placements_to_avoid`.
        UnitError: As for `placements_to_avoid`, or ``saving`` is not money.

    Example:
        >>> from bucks_cs.savings import placements_to_avoid_for, pounds
        >>> print(*placements_to_avoid_for(pounds(36_400_000), quantity("£7000/week"), weeks=52))
        1.0 place 1.0 place
    """
    least, most = ends_of(saving, "GBP", what="saving")
    cheap, dear = ends_of(weekly_cost, "GBP/week", what="weekly_cost")
    paid = need_weeks(weeks)
    if cheap == 0:
        raise InvalidValue(what="weekly_cost", expected="a price above 0")
    return quantity(least / (dear * paid), "place"), quantity(most / (cheap * paid), "place")


def need_weeks(weeks: object) -> float:
    """Refuse what is no number of paid weeks in a year.

    Args:
        weeks: What is given for it.

    Raises:
        InvalidValue: It is not above 0 and at most 53.
    """
    if isinstance(weeks, bool) or not isinstance(weeks, (int, float)) or not 0 < weeks <= 53:
        raise InvalidValue(what="weeks", expected="how many weeks of the year are paid for, above 0 and at most 53")
    return float(weeks)
