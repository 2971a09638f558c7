"""EHC plans: growth a year between two dates, and how long plans take to double at it."""

from __future__ import annotations

import datetime as dt
import math
import sys

from bucks_cs.ehcp.calculations.cohort_pairs import CohortPair
from bucks_cs.ehcp.model.cohort import EHCPCohort, as_time
from bucks_cs.errors import ImpossibleFigure, InvalidValue, NotComparable
from bucks_cs.periods import Month, Period
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["compound_growth", "years_between", "years_to_double"]


def years_between(earlier: Period | dt.date, later: Period | dt.date) -> Quantity:
    """How many years lie between two dates: whole years by the date, and the days left over as part of the year they are in.

    From 17 January 2019 to 17 January 2022 are 3 years, whatever leap days lie between, as anyone counts who checks the figure by
    hand; days over 365.2425 would make them 3.0007. The days after the last anniversary are divided by the days, 365 or 366,
    from it to the next. The anniversary of a 29 February is 1 March in a common year. Two months are as many twelfths apart as
    there are months between them.

    Args:
        earlier: A date, a `Snapshot` or a `Month`.
        later: A later one, of the same kind.

    Returns:
        Years, above 0.

    Raises:
        NotComparable: They are in the wrong order or one and the same, or one is a day and the other a month.
        InvalidValue: One is neither a date nor a month.

    Source:
        None: no official definition of the length of the part of a year; it is this library's own choice, made so that whole
        years are whole.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.ehcp import years_between
        >>> from bucks_cs.periods import Month
        >>> print(years_between(dt.date(2019, 1, 17), dt.date(2022, 1, 17)), years_between(Month("Jan 2019"), Month("Jul 2022")))
        3.0 year 3.5 year
    """
    first, last = as_time(earlier, what="earlier"), as_time(later, what="later")
    if isinstance(first, Month) != isinstance(last, Month):
        raise NotComparable(what="two dates", why="one is a day and of the other only the month is known")
    if not first < last:
        raise NotComparable(what="two dates", why="the earlier must come before the later")
    if isinstance(first, Month):
        months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month
        return quantity(months / 12, "year")
    begin, end = first.start, last.start
    whole = end.year - begin.year - (_anniversary(begin, end.year) > end)
    reached, following = _anniversary(begin, begin.year + whole), _anniversary(begin, begin.year + whole + 1)
    return quantity(whole + (end - reached).days / (following - reached).days, "year")


def _anniversary(day: dt.date, year: int) -> dt.date:
    if (day.month, day.day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        return dt.date(year, 3, 1)
    return day.replace(year=year)


def compound_growth(earlier: EHCPCohort, later: EHCPCohort, *, across_breaks: bool = False) -> Quantity:
    """The growth a year that makes the later total of the earlier, year on year: (later / earlier) ** (1 / years) - 1.

    Args:
        earlier: The cohort grown from.
        later: The cohort grown to, of the same area.
        across_breaks: Go on across the break of 2023.

    Returns:
        Percent a year, from −100 up; years are counted by `years_between`.

    Raises:
        ImpossibleFigure: There were no plans; or so many more a day later that the growth a year is no number.
        NotComparable: As for `growth`.
        AcrossBreak: As for `growth`.
        InvalidValue: One is no cohort.

    Source:
        Arithmetic; no official definition.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, compound_growth
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> def plans(month, number):
        ...     return EHCPCohort(area="825", at=Month(month), total=number, source=NoOfficialSource(reason="an example"))
        >>> print(compound_growth(plans("January 2019", 1_000), plans("January 2021", 1_210)))
        10.0... percent / year
    """
    pair = CohortPair(earlier=earlier, later=later, across_breaks=across_breaks)
    if not earlier.plans:
        raise ImpossibleFigure(what="compound_growth", why="there were no plans to grow from")
    years = in_unit(years_between(pair.earlier.at, pair.later.at), "year")
    a_year = math.log(later.plans / earlier.plans) / years if later.plans else -math.inf
    if a_year > _LARGEST:
        raise ImpossibleFigure(what="compound_growth", why="so much growth in so short a time is no number a year")
    return quantity(100 * math.expm1(a_year), "percent/year")


_LARGEST = math.log(sys.float_info.max / 100)
"""The logarithm of a year's growth above which its percent is no number."""


def years_to_double(growth: Quantity) -> Quantity:
    """How many years plans take to double at a growth a year: the logarithm of 2 over that of 1 and the growth.

    Args:
        growth: Percent a year, above 0, as `compound_growth` gives it.

    Returns:
        Years, above 0.

    Raises:
        ImpossibleFigure: The growth is 0 or below, at which nothing doubles.
        InvalidValue: It is no quantity in percent a year.

    Source:
        Arithmetic; no official definition.

    Example:
        >>> from bucks_cs.ehcp import years_to_double
        >>> from bucks_cs.units import quantity
        >>> print(years_to_double(quantity(100, "percent/year")))
        1.0 year
    """
    given: object = growth
    if not isinstance(given, Quantity) or not same_dimension(str(given.units), "percent/year"):
        raise InvalidValue(what="growth", expected='a quantity in percent a year, such as quantity(10, "percent/year")')
    a_year = in_unit(growth, "percent/year") / 100
    if not math.isfinite(a_year) or a_year <= 0:
        raise ImpossibleFigure(what="years_to_double", why="the growth is not above 0, and nothing doubles at it")
    return quantity(math.log(2) / math.log1p(a_year), "year")
