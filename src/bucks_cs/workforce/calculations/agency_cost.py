"""Agency cost: what covering vacancies by agency costs above employing, what filling posts saves, and where they break even."""

from __future__ import annotations

from bucks_cs.errors import InvalidValue
from bucks_cs.units import OneOrRange, Quantity, ends_of, quantity
from bucks_cs.workforce.model.agency_terms import AgencyTerms, CostOfCover, EmploymentTerms, SavingOfFilling

__all__ = ["break_even_hourly_rate", "cost_of_agency_cover", "saving_of_filling_posts"]

Ends = tuple[float, float]

_MONTHS = 12


def cost_of_agency_cover(posts: OneOrRange, *, agency: AgencyTerms, employed: EmploymentTerms) -> CostOfCover:
    """What a year of agency cover of vacancies costs, what the posts would cost filled, and the difference.

    Args:
        posts: How many whole-time posts are covered for the year, ``quantity(58.3, "FTE")``, or the fewest and most. Posts
            covered for half a year are half as many. DfE counts them at 30 September as agency workers covering a vacancy.
        agency: What the council pays for an agency worker.
        employed: What one who is employed costs.

    Returns:
        The three, in pounds a year, each the least and the most. ``above`` is below 0 where agency costs less. Recruiting, and
        what changes of worker cost children, are not in it.

    Raises:
        InvalidValue: ``posts`` are below 0 or a range out of order; terms are of another kind.
        UnitError: ``posts`` are not in FTE.

    Source:
        No rate is published: every one is given. Of the price caps that regions agree, and what they are to include: Department
        for Education, *Child and family social workers: agency rules*, in effect from 31 October 2024; it sets no national price.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import AgencyTerms, EmploymentTerms, cost_of_agency_cover
        >>> agency = AgencyTerms.by_hour((quantity(38, "GBP"), quantity(42, "GBP")), hours_a_week=37, weeks=45)
        >>> employed = EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=quantity(33, "percent"))
        >>> print(cost_of_agency_cover(quantity(10, "FTE"), agency=agency, employed=employed))
        10 FTE of agency cover: £632,700 to £699,300 a year, £585,200 if employed, £47,500 to £114,100 above
    """
    count, charged, cost = _given(posts, agency, employed)
    more = charged[0] - cost[1], charged[1] - cost[0]
    return CostOfCover(
        posts=(quantity(count[0], "FTE"), quantity(count[1], "FTE")),
        agency=_pounds_a_year(_corners(count, charged)),
        employed=_pounds_a_year(_corners(count, cost)),
        above=_pounds_a_year(_corners(count, more)),
    )


def saving_of_filling_posts(
    posts: OneOrRange, *, agency: AgencyTerms, employed: EmploymentTerms, once: OneOrRange
) -> SavingOfFilling:
    """What filling posts saves that agency workers cover, a year and in the first, and when what filling cost is repaid.

    Args:
        posts: How many whole-time posts are filled, in FTE, or the fewest and most.
        agency: What the council pays for an agency worker.
        employed: What one who is employed costs.
        once: What filling a post costs once, in pounds for each whole-time post: advertising, a welcome payment, training.
            ``quantity(0, "GBP/FTE")`` for nothing; no default, since it is seldom nothing.

    Returns:
        The saving of a year in pounds a year; of the first year, less what filling cost, in pounds; and the months until that is
        repaid, None where at the worst of the ranges a post saves nothing to repay it with. Posts are filled from the first day.

    Raises:
        InvalidValue: An amount is below 0 or a range out of order; terms are of another kind.
        UnitError: An amount is in another unit.

    Source:
        As for `cost_of_agency_cover`.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import AgencyTerms, EmploymentTerms, saving_of_filling_posts
        >>> agency = AgencyTerms.by_hour(quantity(40, "GBP"), hours_a_week=37, weeks=45)
        >>> employed = EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=quantity(33, "percent"))
        >>> print(saving_of_filling_posts(quantity(10, "FTE"), agency=agency, employed=employed, once=quantity(4_000, "GBP/FTE")))
        £80,800 a year, £40,800 in the first; what filling costs is repaid in 5.9 months
    """
    count, charged, cost = _given(posts, agency, employed)
    price = ends_of(once, "GBP/FTE", what="once")
    saved = charged[0] - cost[1], charged[1] - cost[0]
    repaid = None
    if price[1] == 0 or saved[0] > 0:
        fewest, most = (_MONTHS * paid / each if paid else 0.0 for paid, each in zip(price, reversed(saved), strict=True))
        repaid = quantity(fewest, "month"), quantity(most, "month")
    first = _corners(count, (saved[0] - price[1], saved[1] - price[0]))
    spent = _corners(count, price)
    return SavingOfFilling(
        a_year=_pounds_a_year(_corners(count, saved)),
        first_year=(quantity(first[0], "GBP"), quantity(first[1], "GBP")),
        once=(quantity(spent[0], "GBP"), quantity(spent[1], "GBP")),
        months_to_repay=repaid,
    )


def break_even_hourly_rate(
    employed: EmploymentTerms, *, hours_a_week: float, weeks: float
) -> tuple[Quantity, Quantity]:
    """The hourly rate at which an agency worker costs what one who is employed does.

    Args:
        employed: What one who is employed costs.
        hours_a_week: The hours an agency worker is paid for in a week.
        weeks: The weeks of a year she is paid for, at most 53.

    Returns:
        Pounds for an hour, the least and the most, where the employer's costs are a range.

    Raises:
        InvalidValue: A number is not above 0, or too large to be one; the terms are of another kind.

    Source:
        Arithmetic, of what is given alone.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import EmploymentTerms, break_even_hourly_rate
        >>> employed = EmploymentTerms(salary=quantity(45_000, "GBP/year"), on_costs=quantity(33.2, "percent"))
        >>> print(*break_even_hourly_rate(employed, hours_a_week=37, weeks=45), sep=" to ")
        36.0 GBP to 36.0 GBP
    """
    if not isinstance(employed, EmploymentTerms):
        raise InvalidValue(what="employed", expected="EmploymentTerms")
    # A pound an hour is as many pounds a year as there are hours in it.
    hours = float(AgencyTerms.by_hour(quantity(1, "GBP"), hours_a_week=hours_a_week, weeks=weeks).a_year[0].magnitude)
    low, high = employed.a_year
    return quantity(float(low.magnitude) / hours, "GBP"), quantity(float(high.magnitude) / hours, "GBP")


def _given(posts: object, agency: object, employed: object) -> tuple[Ends, Ends, Ends]:
    """Posts, and the cost of a year of each kind of worker, the least and the most of each."""
    count = ends_of(posts, "FTE", what="posts")
    if not isinstance(agency, AgencyTerms):
        raise InvalidValue(what="agency", expected="AgencyTerms, such as AgencyTerms.by_hour makes")
    if not isinstance(employed, EmploymentTerms):
        raise InvalidValue(what="employed", expected="EmploymentTerms")
    charged, cost = (tuple(float(end.magnitude) for end in terms.a_year) for terms in (agency, employed))
    return count, (charged[0], charged[1]), (cost[0], cost[1])


def _corners(count: Ends, each: Ends) -> Ends:
    """The least and the most of a product; what each comes to may be below 0, so that the most posts may give the least."""
    products = [posts * amount for posts in count for amount in each]
    return min(products), max(products)


def _pounds_a_year(ends: Ends) -> tuple[Quantity, Quantity]:
    return quantity(ends[0], "GBP/year"), quantity(ends[1], "GBP/year")
