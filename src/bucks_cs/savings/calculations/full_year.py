"""Savings: what a saving that begins part of the way through a year comes to in a whole one."""

from __future__ import annotations

from fractions import Fraction

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.calculations.levels import need_line, need_year
from bucks_cs.savings.model.choices import Basis, Recurrence
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, nearest_penny, pounds, pounds_said
from bucks_cs.savings.model.parts import YearSaving
from bucks_cs.units import Quantity

__all__ = ["FullYearEffect", "full_year_effect", "with_full_year_effect"]


@attrs.frozen(kw_only=True)
class FullYearEffect:
    """A saving in its first, part year and in a whole one.

    Args:
        part_year: What is saved in the year it begins in.
        months: The months of that year it runs for.
        full_year: What it saves in twelve months.
        still_to_come: What the year after adds.
    """

    part_year: Quantity
    months: int
    full_year: Quantity
    still_to_come: Quantity

    def __str__(self) -> str:
        full, part, rest = (pounds_said(one) for one in (self.full_year, self.part_year, self.still_to_come))
        return f"{full} in a full year: {part} in its first {self.months} months, and {rest} more the year after."


def full_year_effect(part_year: Quantity, *, months: int) -> FullYearEffect:
    """What a saving comes to in a full year, from what it saves in the months of its first: times 12 over the months.

    It holds for a saving that is the same every month. One that builds up, as a team fills its posts, has no such multiple.

    Args:
        part_year: What is saved in the first year, in pounds.
        months: How many months of that year it runs for, 1 to 12.

    Returns:
        The full year, to the nearest penny, and what the year after adds, which is the rest of it exactly.

    Raises:
        InvalidValue: ``months`` is no whole number from 1 to 12, or the saving is not of whole pence.
        UnitError: ``part_year`` is not money.

    Example:
        >>> from bucks_cs.savings import full_year_effect, pounds
        >>> print(full_year_effect(pounds(39_000_000), months=9))
        £520,000 in a full year: £390,000 in its first 9 months, and £130,000 more the year after.
    """
    if type(months) is not int or not 1 <= months <= 12:
        raise InvalidValue(what="months", expected="a whole number of months, 1 to 12")
    part = in_pence(part_year, what="part_year")
    full = in_pence(nearest_penny(Fraction(part, 100) * 12 / months))
    return FullYearEffect(part_year=pounds(part), months=months, full_year=pounds(full), still_to_come=pounds(full - part))


def with_full_year_effect(line: SavingsLine, *, year: FinancialYear, months: int) -> SavingsLine:
    """A line with the rest of a saving that begins part of the way through a year added to the year after.

    Args:
        line: A recurring line whose years are each on top of the year before.
        year: The year in which the saving of its figure begins.
        months: How many months of that year it runs for.

    Returns:
        The line with the rest in the year after, on top of what it has there; what was printed is left out.

    Raises:
        InvalidValue: The line is not recurring and incremental (`as_incremental` makes it so), has no figure for the year, or the
            year after is a gap (`blanks_as_zero` takes it for 0) or may be one of those that it does not name.

    Example:
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.savings import Basis, Recurrence, SavingsLine, pounds, with_full_year_effect
        >>> line = SavingsLine(key="a", description="A team", programme="P", basis=Basis.INCREMENTAL,
        ...     recurrence=Recurrence.RECURRING, amounts={FinancialYear("2023-24"): pounds(39_000_000)},
        ...     source=NoOfficialSource(reason="an example"))
        >>> print(with_full_year_effect(line, year=FinancialYear("2023-24"), months=9))
        A team (P): £390,000 in 2023-24, £130,000 in 2024-25; each year on top of the year before; recurring.
    """
    need_line(line)
    if (line.basis, line.recurrence) != (Basis.INCREMENTAL, Recurrence.RECURRING):
        raise InvalidValue(what="line", expected="a recurring line whose years are each on top of the year before")
    figure = line.figure(need_year(year))
    if figure is None:
        raise InvalidValue(what="year", expected="a year the line has a figure for")
    rest, after = full_year_effect(figure, months=months).still_to_come, year.next()
    if after in line.gaps:
        hint = " blanks_as_zero(line) takes a year with no figure for 0, where that is what a blank means."
        raise InvalidValue(what="the line's figures", expected="one for the year after", hint=hint)
    if line.unplaced is not None and line.unplaced.after < after:
        raise InvalidValue(what="line", expected="one whose figures are of named years: the rest may be in those that are not")
    before = line.figure(after)
    added = pounds(in_pence(rest) + (in_pence(before) if before is not None else 0))
    kept = (attrs.evolve(one, as_printed=None) for one in line.amounts if one.year != after)
    return attrs.evolve(line, amounts=(*kept, YearSaving(year=after, saving=added)), printed=None)
