"""Savings: amounts of different years in the prices of one."""

from __future__ import annotations

from fractions import Fraction

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import FinancialYear, Period
from bucks_cs.savings.calculations.levels import annual_level
from bucks_cs.savings.model.deflators import Deflators
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, nearest_penny
from bucks_cs.units import Quantity

__all__ = ["in_real_terms", "level_in_real_terms"]


def in_real_terms(amount: Quantity, *, year: Period, prices_of: Period, deflators: Deflators) -> Quantity:
    """An amount of one year in the prices of another: the amount times the deflator of the other over that of its own.

    Args:
        amount: The amount, in pounds of ``year``.
        year: The year whose money it is.
        prices_of: The year whose prices it is wanted in.
        deflators: The table, of years of the same kind as these two. None is shipped: deflators are revised, and a figure in
            real terms means nothing without the date of its table.

    Returns:
        Pounds, to the nearest penny.

    Raises:
        NotComparable: The years are of another kind than the table's: `Deflators.for_financial_years` says which calendar year
            to take for which.
        OutsideCoverage: The table does not have one of the years.
        InvalidValue: An argument is of another kind.
        UnitError: ``amount`` is not money.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.provenance import Source
        >>> from bucks_cs.savings import Deflators, in_real_terms, pounds
        >>> now, later = FinancialYear("2023-24"), FinancialYear("2024-25")
        >>> table = Deflators(name="an index", entries={now: 100.0, later: 104.0},
        ...     source=Source(title="Deflators", publisher="A treasury", date=dt.date(2025, 12, 22), place="table 1"))
        >>> print(in_real_terms(pounds(10_400_000), year=later, prices_of=now, deflators=table))
        100000 GBP
    """
    if not isinstance(deflators, Deflators):
        raise InvalidValue(what="deflators", expected="a table of Deflators with its source")
    pence = in_pence(amount, what="amount")
    to, own = _fraction(deflators.of(prices_of)), _fraction(deflators.of(year))
    return nearest_penny(Fraction(pence, 100) * to / own)


def _fraction(value: float) -> Fraction:
    """The decimal number that a file prints, and not the binary one nearest to it."""
    return Fraction(repr(value))


def level_in_real_terms(
    line: SavingsLine, *, year: FinancialYear, prices_of: FinancialYear, deflators: Deflators
) -> tuple[Quantity, Quantity]:
    """What a line saves in a year, in the prices of another: the least and the most of what it can be.

    Args:
        line: The line, in the money of each year.
        year: The year.
        prices_of: The year whose prices it is wanted in.
        deflators: The table, by financial year.

    Returns:
        The least and the most, in pounds; alike where the line leaves nothing open.

    Raises:
        NotComparable: The table is not by financial year.
        OutsideCoverage: It does not have one of the years.
        InvalidValue: The level rests on a year without a figure, or an argument is of another kind.
    """
    level = annual_level(line, year=year)
    low, high = (
        in_real_terms(end, year=year, prices_of=prices_of, deflators=deflators) for end in (level.lower, level.upper)
    )
    return low, high
