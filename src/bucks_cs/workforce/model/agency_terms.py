"""The workforce: what an agency worker costs a year, what an employed one does, and what a number of posts comes to."""

from __future__ import annotations

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.units import OneOrRange, Quantity, ends_of, quantity

__all__ = ["AgencyTerms", "CostOfCover", "EmploymentTerms", "SavingOfFilling"]

Ends = tuple[Quantity, Quantity]

_MOST_HOURS, _MOST_DAYS, _MOST_WEEKS = 60, 262, 53


def _both(given: object, units: str, *, what: str, least: float | None = 0) -> Ends:
    low, high = ends_of(given, units, what=what, least=least)
    return quantity(low, units), quantity(high, units)


# What attrs turns fields into, each by a name of its own, as type checkers ask.
def _posts(given: object) -> Ends:
    return _both(given, "FTE", what="posts")


def _a_year(given: object) -> Ends:
    return _both(given, "GBP/year", what="the cost of a year")


def _more_a_year(given: object) -> Ends:
    return _both(given, "GBP/year", what="the difference of a year", least=None)


def _in_the_first(given: object) -> Ends:
    return _both(given, "GBP", what="first_year", least=None)


def _once(given: object) -> Ends:
    return _both(given, "GBP", what="once")


def _months(given: object) -> Ends | None:
    return None if given is None else _both(given, "month", what="months_to_repay")


def _number(given: object, *, what: str, most: float, of: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not 0 < given <= most:
        raise InvalidValue(what=what, expected=f"a number of {of}, above 0 and at most {most}")
    return float(given)


def _times(rate: object, units: str, often: float) -> Ends:
    low, high = ends_of(rate, units, what="rate")
    return quantity(low * often, "GBP/year"), quantity(high * often, "GBP/year")


def _span(ends: Ends) -> str:
    low, high = (round(float(end.magnitude)) for end in ends)
    said = [f"{'−' if pounds < 0 else ''}£{abs(pounds):,}" for pounds in (low, high)]
    return said[0] if low == high else f"{said[0]} to {said[1]}"


@attrs.frozen(kw_only=True)
class AgencyTerms:
    """What the council pays in a year for a whole-time agency worker: the rate charged, times how much of a year is paid for.

    The rate is what the agency charges: pay, holiday pay, national insurance, levy, fee, and the VAT that the council bears. None
    has a default, since caps are agreed by region and hours, leave and sickness differ. Make it with one of `by_hour`, `by_day`,
    `by_week` and `by_year`.

    Args:
        a_year: The cost of a year, in ``"GBP/year"``, or the least and most.

    Raises:
        InvalidValue: It is below 0, or a range out of order.
        UnitError: It is in another unit.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import AgencyTerms
        >>> print(AgencyTerms.by_hour(quantity(40, "GBP"), hours_a_week=37, weeks=45))
        £66,600 a year for each agency worker
    """

    a_year: Ends = attrs.field(converter=_a_year)

    @classmethod
    def by_hour(cls, rate: OneOrRange, *, hours_a_week: float, weeks: float) -> AgencyTerms:
        """Terms from a rate an hour.

        Args:
            rate: Pounds for an hour, ``quantity(40, "GBP")``, or the least and most; this library has no unit for an hour.
            hours_a_week: The hours paid for in a week of a whole-time worker.
            weeks: The weeks of a year paid for, at most 53; leave and sickness are not.

        Raises:
            InvalidValue: A number is not above 0, or too large to be one.
            UnitError: The rate is not in pounds.
        """
        hours = _number(hours_a_week, what="hours_a_week", most=_MOST_HOURS, of="hours")
        return cls(a_year=_times(rate, "GBP", hours * _number(weeks, what="weeks", most=_MOST_WEEKS, of="weeks")))

    @classmethod
    def by_day(cls, rate: OneOrRange, *, days: float) -> AgencyTerms:
        """Terms from a rate a day.

        Args:
            rate: ``quantity(300, "GBP/working_day")``, or the least and most.
            days: The working days of a year paid for, at most 262.

        Raises:
            InvalidValue: As for `by_hour`.
            UnitError: The rate is not in pounds a working day.
        """
        return cls(a_year=_times(rate, "GBP/working_day", _number(days, what="days", most=_MOST_DAYS, of="working days")))

    @classmethod
    def by_week(cls, rate: OneOrRange, *, weeks: float) -> AgencyTerms:
        """Terms from a rate a week.

        Args:
            rate: ``quantity(1500, "GBP/week")``, or the least and most.
            weeks: The weeks of a year paid for, at most 53.

        Raises:
            InvalidValue: As for `by_hour`.
            UnitError: The rate is not in pounds a week.
        """
        return cls(a_year=_times(rate, "GBP/week", _number(weeks, what="weeks", most=_MOST_WEEKS, of="weeks")))

    @classmethod
    def by_year(cls, rate: OneOrRange) -> AgencyTerms:
        """Terms from a rate a year.

        Args:
            rate: ``quantity(70_000, "GBP/year")``, or the least and most.

        Raises:
            InvalidValue: It is below 0, or a range out of order.
            UnitError: It is not in pounds a year.
        """
        return cls(a_year=_times(rate, "GBP/year", 1))

    def __str__(self) -> str:
        return f"{_span(self.a_year)} a year for each agency worker"


@attrs.frozen(kw_only=True)
class EmploymentTerms:
    """What a whole-time social worker who is employed costs in a year: the salary, with the employer's costs on it.

    Args:
        salary: The pay of a year, ``quantity(44_000, "GBP/year")``, or the least and most; with allowances, where they are paid.
        on_costs: National insurance, pension and levy on top, as a share of the salary, ``quantity(33, "percent")``, or both
            ends.

    Raises:
        InvalidValue: One is below 0, or a range out of order.
        UnitError: One is in another unit.

    Example:
        >>> from bucks_cs.units import quantity
        >>> from bucks_cs.workforce import EmploymentTerms
        >>> on_costs = quantity(30, "percent"), quantity(35, "percent")
        >>> print(EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=on_costs))
        £57,200 to £59,400 a year for each social worker employed
    """

    salary: OneOrRange = attrs.field()
    on_costs: OneOrRange = attrs.field()

    @salary.validator
    def _is_pay(self, _: object, given: object) -> None:
        ends_of(given, "GBP/year", what="salary")

    @on_costs.validator
    def _is_share(self, _: object, given: object) -> None:
        ends_of(given, "percent", what="on_costs")

    @property
    def a_year(self) -> Ends:
        """The cost of a year, the least and the most."""
        pay, share = ends_of(self.salary, "GBP/year", what="salary"), ends_of(self.on_costs, "percent", what="on_costs")
        # The percentage is worked out before it is divided, so that whole pounds stay whole.
        low, high = (pounds + pounds * on_top / 100 for pounds, on_top in zip(pay, share, strict=True))
        return quantity(low, "GBP/year"), quantity(high, "GBP/year")

    def __str__(self) -> str:
        return f"{_span(self.a_year)} a year for each social worker employed"


@attrs.frozen(kw_only=True)
class CostOfCover:
    """What agency cover of a number of posts costs in a year: `workforce.cost_of_agency_cover` makes it.

    Args:
        posts: How many whole-time posts are covered, the fewest and the most, in FTE.
        agency: What the cover costs, the least and the most, in pounds a year.
        employed: What the same posts would cost filled.
        above: What the cover costs above that; below 0 where it costs less.

    Raises:
        InvalidValue: One is no quantity and no range of two, a range is out of order, or one but ``above`` is below 0.
        UnitError: One is in another unit.
    """

    posts: Ends = attrs.field(converter=_posts)
    agency: Ends = attrs.field(converter=_a_year)
    employed: Ends = attrs.field(converter=_a_year)
    above: Ends = attrs.field(converter=_more_a_year)

    def __str__(self) -> str:
        few, many = (f"{float(end.magnitude):,.6g}" for end in self.posts)
        posts = few if few == many else f"{few} to {many}"
        cost = f"{posts} FTE of agency cover: {_span(self.agency)} a year, {_span(self.employed)} if employed"
        return f"{cost}, {_span(self.above)} above"


@attrs.frozen(kw_only=True)
class SavingOfFilling:
    """What filling posts that agency workers cover saves: `workforce.saving_of_filling_posts` makes it.

    Args:
        a_year: The saving of a full year, the least and the most, in pounds a year; below 0 where filling costs more.
        first_year: The same in the year from the day the posts are filled, less what filling them cost once, in pounds.
        once: What filling them costs once.
        months_to_repay: The months until the saving has repaid that, the fewest and the most; None where, at the worst of the
            ranges, it never does.

    Raises:
        InvalidValue: One is no quantity and no range of two, a range is out of order, or what is spent once is below 0.
        UnitError: One is in another unit.
    """

    a_year: Ends = attrs.field(converter=_more_a_year)
    first_year: Ends = attrs.field(converter=_in_the_first)
    once: Ends = attrs.field(converter=_once)
    months_to_repay: Ends | None = attrs.field(converter=_months)

    def __str__(self) -> str:
        said = f"{_span(self.a_year)} a year, {_span(self.first_year)} in the first"
        if self.months_to_repay is None:
            return f"{said}; at the worst it never repays what filling costs"
        fewest, most = (f"{float(end.magnitude):.1f}" for end in self.months_to_repay)
        return f"{said}; what filling costs is repaid in {fewest if fewest == most else f'{fewest} to {most}'} months"
