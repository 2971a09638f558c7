"""Savings: what a line saves a year, and what cash it saves over years: two questions, two functions.

A line says neither outright. Its figures are read on its basis and by whether it recurs; where a line leaves one of these open,
every way to read it is worked out, and none is chosen.

- Read as recurring and incremental, the level of a year is the sum of the figures up to it.
- Read as recurring and cumulative, it is the figure of the year, and after the last figure it stays.
- Read as one-off, it is the figure of the year on either basis, and after the last figure nothing.

A figure whose years are not named may come in any of the years after the one it is said to follow, in parts or whole, or later
than all that are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import Basis, Recurrence
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds
from bucks_cs.savings.model.possible import PossibleAmount, ReadAs
from bucks_cs.savings.model.years import years_between

__all__ = ["added", "annual_level", "cash_over", "need_line", "need_year", "possible_cash", "possible_level", "years_from"]

Ends = tuple[int, int]


def annual_level(line: SavingsLine, *, year: FinancialYear) -> PossibleAmount:
    """What a line saves in a year, against no saving at all: the level it has reached.

    Args:
        line: The line.
        year: The year.

    Returns:
        Pounds, with every way the line can be read; 0 before its first year. `PossibleAmount.amount` is the one there is, where
        there is one.

    Raises:
        InvalidValue: The answer rests on a year that has no figure, or an argument is of another kind.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import annual_level
        >>> print(annual_level(savings_lines().line("locality-based-model"), year=FinancialYear("2025-26")))
        £5,546,000 if incremental, recurring or £2,883,000 if cumulative, recurring or £2,883,000 if one-off: ...
    """
    need_line(line)
    found = possible_level(line, need_year(year))
    return _need(found)


def cash_over(line: SavingsLine, *, first: FinancialYear, last: FinancialYear) -> PossibleAmount:
    """What a line saves in cash over years: the sum of what it saves in each.

    Args:
        line: The line.
        first: The first year.
        last: The last year; not before ``first``.

    Returns:
        Pounds, with every way the line can be read.

    Raises:
        InvalidValue: The answer rests on a year that has no figure, the years are out of order, or an argument is of another
            kind.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import cash_over
        >>> line = savings_lines().line("locality-based-model")
        >>> cash = cash_over(line, first=FinancialYear("2023-24"), last=FinancialYear("2025-26"))
        >>> print(cash.lower, cash.upper)
        5546000 GBP 8541000 GBP
    """
    need_line(line)
    return _need(possible_cash(line, years_from(first, last)))


def _need(found: PossibleAmount | None) -> PossibleAmount:
    if found is None:
        hint = " blanks_as_zero(line) takes a year with no figure for 0, where that is what a blank means."
        raise InvalidValue(what="the line's figures", expected="one for each year that the answer rests on", hint=hint)
    return found


def need_line(line: object) -> None:
    """Refuse what is no line.

    Args:
        line: What is given for one.

    Raises:
        InvalidValue: It is none.
    """
    if not isinstance(line, SavingsLine):
        raise InvalidValue(what="line", expected="a SavingsLine")


def need_year(year: object, *, what: str = "year") -> FinancialYear:
    """Refuse what is no financial year.

    Args:
        year: What is given for one.
        what: The argument.

    Raises:
        InvalidValue: It is none.
    """
    if not isinstance(year, FinancialYear):
        raise InvalidValue(what=what, expected='a FinancialYear, such as FinancialYear("2023-24")')
    return year


def years_from(first: object, last: object) -> tuple[FinancialYear, ...]:
    """The financial years from one to another, both included.

    Args:
        first: The first.
        last: The last.

    Raises:
        InvalidValue: One is no financial year, or the last is before the first.
    """
    begin, end = need_year(first, what="first"), need_year(last, what="last")
    if end < begin:
        raise InvalidValue(what="last", expected="a year that is not before the first")
    return years_between(begin, end)


def possible_level(line: SavingsLine, year: FinancialYear) -> PossibleAmount | None:
    """What `annual_level` gives, or None where it rests on a year that has no figure.

    Args:
        line: The line.
        year: The year.
    """
    return _over_all(line, {how: _level(line, year, *how) for how in _ways(line)})


def possible_cash(line: SavingsLine, years: tuple[FinancialYear, ...]) -> PossibleAmount | None:
    """What `cash_over` gives, or None where it rests on a year that has no figure.

    Args:
        line: The line.
        years: The years, in order.
    """
    return _over_all(line, {how: _cash(line, years, *how) for how in _ways(line)})


def added(amounts: Iterable[PossibleAmount]) -> PossibleAmount:
    """Several amounts together: the least of each and the most of each, since one line says nothing of how to read another.

    Args:
        amounts: The amounts.
    """
    each = tuple(amounts)
    low, high = (sum(in_pence(end) for end in ends) for ends in ([one.lower for one in each], [one.upper for one in each]))
    why = "; ".join(dict.fromkeys(one.why for one in each if one.why and not one.is_resolved))
    return PossibleAmount(lower=pounds(low), upper=pounds(high), why=why)


def _ways(line: SavingsLine) -> tuple[tuple[Basis, Recurrence], ...]:
    """The ways a line can be read: one of its words where it has both, otherwise each it leaves open."""
    bases = (Basis.INCREMENTAL, Basis.CUMULATIVE) if line.basis is Basis.UNSTATED else (line.basis,)
    recurring = tuple((basis, Recurrence.RECURRING) for basis in bases)
    one_off = ((line.basis, Recurrence.ONE_OFF),)
    if line.recurrence is Recurrence.UNSTATED:
        return recurring + one_off
    return recurring if line.recurrence is Recurrence.RECURRING else one_off


def _over_all(line: SavingsLine, found: dict[tuple[Basis, Recurrence], Ends | None]) -> PossibleAmount | None:
    known = {how: ends for how, ends in found.items() if ends is not None}
    if len(known) < len(found):
        return None
    readings = [
        ReadAs(basis=basis, recurrence=recurrence, lower=pounds(low), upper=pounds(high))
        for (basis, recurrence), (low, high) in known.items()
    ]
    lower, upper = min(low for low, _ in known.values()), max(high for _, high in known.values())
    why = _why(known) if lower != upper else ""
    return PossibleAmount(lower=pounds(lower), upper=pounds(upper), readings=readings, why=why)


def _why(found: dict[tuple[Basis, Recurrence], Ends]) -> str:
    """What leaves an amount open: only what makes a difference to it."""
    recurring = {ends for (_, recurrence), ends in found.items() if recurrence is Recurrence.RECURRING}
    one_off = {ends for (_, recurrence), ends in found.items() if recurrence is Recurrence.ONE_OFF}
    open_points = []
    if len(recurring) > 1:
        open_points.append("whether each year is on top of the year before or against a base year is not stated")
    if one_off and recurring - one_off:
        open_points.append("whether it recurs is not stated")
    if any(low != high for low, high in found.values()):
        open_points.append("the years of some of it are not named")
    return ", and ".join(open_points)


def _level(line: SavingsLine, year: FinancialYear, basis: Basis, recurrence: Recurrence) -> Ends | None:
    settled = _settled(line, year, basis, recurrence)
    if settled is None or line.unplaced is None or year <= line.unplaced.after:
        return None if settled is None else (settled, settled)
    later = in_pence(line.unplaced.saving)
    reached = later if (basis, recurrence) == (Basis.CUMULATIVE, Recurrence.RECURRING) else settled + later
    return min(settled, reached), max(settled, reached)


def _settled(line: SavingsLine, year: FinancialYear, basis: Basis, recurrence: Recurrence) -> int | None:
    """The level by the figures whose years are named, or None where one of them is a gap."""
    sums = basis is Basis.INCREMENTAL and recurrence is Recurrence.RECURRING
    if any(gap <= year if sums else gap == year for gap in line.gaps):
        return None
    figures = [(one.year, in_pence(one.saving)) for one in line.amounts if one.year <= year]
    if sums:
        return sum(pence for _, pence in figures)
    if not figures or (recurrence is Recurrence.ONE_OFF and figures[-1][0] != year):
        return 0
    return figures[-1][1]


def _cash(line: SavingsLine, years: tuple[FinancialYear, ...], basis: Basis, recurrence: Recurrence) -> Ends | None:
    if recurrence is Recurrence.RECURRING:
        levels = [_level(line, year, basis, recurrence) for year in years]
        known = [ends for ends in levels if ends is not None]
        return (sum(low for low, _ in known), sum(high for _, high in known)) if len(known) == len(levels) else None
    # What comes once comes once: a figure of no named year is not counted in each year it may fall in.
    settled = [_settled(line, year, basis, recurrence) for year in years]
    placed = [pence for pence in settled if pence is not None]
    if len(placed) != len(settled):
        return None
    after = line.unplaced is not None and years[-1] > line.unplaced.after
    later = in_pence(line.unplaced.saving) if line.unplaced is not None and after else 0
    return sum(placed) + min(0, later), sum(placed) + max(0, later)
