"""Savings: what agency staff who become permanent save, and how many of them a saving stands for."""

from __future__ import annotations

from bucks_cs.errors import InvalidValue
from bucks_cs.savings.model.ranges import OneOrRange, ends_of
from bucks_cs.units import Quantity, quantity

__all__ = ["break_even_day_rate", "posts_to_turn_permanent", "saving_of_permanent_staff"]

Ends = tuple[float, float]

_MOST_WORKING_DAYS = 262


def saving_of_permanent_staff(
    *, day_rate: OneOrRange, days: float, salary: OneOrRange, on_costs: OneOrRange, fte: OneOrRange
) -> tuple[Quantity, Quantity]:
    """What is saved in a year by posts that agency staff held and permanent staff now hold.

    For each whole-time post: the day rate times the days it is paid for, less the salary with the employer's costs on it.
    Recruitment, and the weeks a post is empty, are not in it.

    Args:
        day_rate: What the agency charges a day, fee and all, ``quantity(420, "GBP/working_day")``, or the least and most.
        days: How many days a year an agency worker is paid for, above 0 and at most 262, the most working days of a year; no
            default, since leave and sickness are not paid for.
        salary: The pay of a whole-time permanent post, ``quantity(46_000, "GBP/year")``, or the least and most.
        on_costs: National insurance and pension on top, as a share of the salary, ``quantity(35, "percent")``, or both ends.
        fte: How many whole-time posts, ``quantity(12.5, "FTE")``, or the least and most.

    Returns:
        The least and the most, in pounds a year; below 0 where permanent staff cost more.

    Raises:
        InvalidValue: ``days`` is no such number, or an amount is below 0.
        UnitError: An amount is in another unit.

    Example:
        >>> from bucks_cs.savings import saving_of_permanent_staff
        >>> print(*saving_of_permanent_staff(day_rate=quantity(400, "GBP/working_day"), days=225,
        ...     salary=quantity(48_000, "GBP/year"), on_costs=quantity(35, "percent"), fte=quantity(10, "FTE")))
        252000.0 GBP / year 252000.0 GBP / year
    """
    each, posts = _saved_by_a_post(day_rate, days, salary, on_costs), ends_of(fte, "FTE", what="fte")
    corners = [saved * count for saved in each for count in posts]
    return quantity(min(corners), "GBP/year"), quantity(max(corners), "GBP/year")


def break_even_day_rate(*, days: float, salary: OneOrRange, on_costs: OneOrRange) -> tuple[Quantity, Quantity]:
    """The day rate at which an agency worker costs what a permanent one does.

    Args:
        days: As for `saving_of_permanent_staff`.
        salary: As for `saving_of_permanent_staff`.
        on_costs: As for `saving_of_permanent_staff`.

    Returns:
        The least and the most, in pounds a working day.

    Raises:
        InvalidValue: As for `saving_of_permanent_staff`.
        UnitError: As for `saving_of_permanent_staff`.

    Example:
        >>> from bucks_cs.savings import break_even_day_rate
        >>> print(*break_even_day_rate(days=225, salary=quantity(45_000, "GBP/year"), on_costs=quantity(35, "percent")))
        270.0 GBP / working_day 270.0 GBP / working_day
    """
    paid = _need_days(days)
    low, high = _with_on_costs(salary, on_costs)
    return quantity(low / paid, "GBP/working_day"), quantity(high / paid, "GBP/working_day")


def posts_to_turn_permanent(
    saving: OneOrRange, *, day_rate: OneOrRange, days: float, salary: OneOrRange, on_costs: OneOrRange
) -> tuple[Quantity, Quantity]:
    """How many whole-time posts have to pass from agency to permanent staff, for a whole year, to save an amount.

    Args:
        saving: What is to be saved in a year, in pounds: an amount, the least and the most, or what `annual_level` gives.
        day_rate: As for `saving_of_permanent_staff`.
        days: As for `saving_of_permanent_staff`.
        salary: As for `saving_of_permanent_staff`.
        on_costs: As for `saving_of_permanent_staff`.

    Returns:
        The fewest and the most, in FTE.

    Raises:
        InvalidValue: A post does not save anything at the worst of the ranges, so that no number is enough; otherwise as for
            `saving_of_permanent_staff`.
        UnitError: As for `saving_of_permanent_staff`.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import annual_level, posts_to_turn_permanent
        >>> level = annual_level(savings_lines().line("locality-based-model"), year=FinancialYear("2025-26"))
        >>> fewest, most = posts_to_turn_permanent(level, day_rate=quantity(400, "GBP/working_day"), days=225,
        ...     salary=quantity(48_000, "GBP/year"), on_costs=quantity(35, "percent"))
        >>> print(f"{fewest.magnitude:.0f} to {most.magnitude:.0f}")
        114 to 220
    """
    least, most = ends_of(saving, "GBP", what="saving")
    low, high = _saved_by_a_post(day_rate, days, salary, on_costs)
    if low <= 0:
        raise InvalidValue(what="day_rate", expected="one at which a permanent post costs less than an agency worker")
    return quantity(least / high, "FTE"), quantity(most / low, "FTE")


def _saved_by_a_post(day_rate: OneOrRange, days: float, salary: OneOrRange, on_costs: OneOrRange) -> Ends:
    paid = _need_days(days)
    agency = ends_of(day_rate, "GBP/working_day", what="day_rate")
    own = _with_on_costs(salary, on_costs)
    return agency[0] * paid - own[1], agency[1] * paid - own[0]


def _with_on_costs(salary: OneOrRange, on_costs: OneOrRange) -> Ends:
    pay = ends_of(salary, "GBP/year", what="salary")
    low, high = ends_of(on_costs, "percent", what="on_costs")
    # 35 percent of 48,000 is worked out before it is divided, so that whole pounds stay whole.
    return pay[0] + pay[0] * low / 100, pay[1] + pay[1] * high / 100


def _need_days(days: object) -> float:
    if isinstance(days, bool) or not isinstance(days, (int, float)) or not 0 < days <= _MOST_WORKING_DAYS:
        raise InvalidValue(what="days", expected=f"how many days a year are paid for, above 0 and at most {_MOST_WORKING_DAYS}")
    return float(days)
