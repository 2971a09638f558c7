"""Savings: a line from its figures as they are printed, so that sign and scale are read once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import PrintedSign
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds
from bucks_cs.savings.model.parts import PrintedForm, UnplacedSaving, YearSaving
from bucks_cs.savings.schema.printed_money import read_money, times_of_heading
from bucks_cs.units import Quantity

__all__ = ["line_as_printed", "money_as_printed"]


def line_as_printed(
    figures: Mapping[FinancialYear, str],
    *,
    heading: str,
    sign: PrintedSign,
    unplaced: Mapping[str, str] | None = None,
    unplaced_after: FinancialYear | None = None,
    **fields: Any,
) -> SavingsLine:
    """A line from its figures as they are printed.

    Args:
        figures: The figure of each year, letter for letter; a year whose cell is blank is left out, since a blank is no 0.
        heading: The unit at the head of the columns: ``"£'000"``, ``"£m"``, ``"£"``.
        sign: Which sign a saving has there. A plan that takes savings away from a budget prints them below 0.
        unplaced: A figure whose years are not named, by what it is called: ``{"Future Savings": "390"}``; one at the most.
        unplaced_after: The year that it comes after.
        **fields: The other fields of a `SavingsLine`.

    Returns:
        The line: savings above 0 and in pounds, with each figure as printed beside them.

    Raises:
        Ambiguous: A figure says no unit, or two.
        Unreadable: A figure is no amount of money.
        InvalidValue: A part is of another kind, or ``unplaced`` is given without the year it comes after, or that year alone.
        MissingSource: There is no source.

    Example:
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.savings import PrintedSign, line_as_printed
        >>> line = line_as_printed({FinancialYear("2023-24"): "-332"}, heading="£'000", sign=PrintedSign.BELOW_ZERO,
        ...     key="staff", description="Fewer agency staff", programme="Transformation",
        ...     source=NoOfficialSource(reason="an example"))
        >>> print(line.figure(FinancialYear("2023-24")), line.amounts[0].as_printed)
        332000 GBP -332
    """
    if not isinstance(figures, Mapping):
        raise InvalidValue(what="figures", expected="the figure of each financial year, as printed")
    printed = PrintedForm(heading=heading, sign=sign)
    amounts = tuple(YearSaving(year=year, saving=_saving(text, printed), as_printed=text) for year, text in figures.items())
    return SavingsLine(amounts=amounts, unplaced=_unplaced(unplaced, unplaced_after, printed), printed=printed, **fields)


def _unplaced(given: object, after: FinancialYear | None, printed: PrintedForm) -> UnplacedSaving | None:
    """The figure whose years are not named, where there is one."""
    if given is None and after is None:
        return None
    if not isinstance(given, Mapping) or len(given) != 1 or after is None:
        expected = "one figure by what it is called, with unplaced_after, the year it comes after"
        raise InvalidValue(what="unplaced", expected=expected)
    ((said, text),) = given.items()
    return UnplacedSaving(said=said, after=after, saving=_saving(text, printed), as_printed=text)


def _saving(text: str, printed: PrintedForm) -> Quantity:
    """A printed figure as a saving above 0."""
    amount = read_money(text, heading=printed.heading).amount
    pence = in_pence(amount)
    return pounds(pence if printed.sign is PrintedSign.ABOVE_ZERO else -pence)


def money_as_printed(saving: Quantity, *, printed: PrintedForm) -> str:
    """A saving as a column prints it: with the sign it has there, in the unit of its heading, exactly.

    Args:
        saving: The saving, above 0, in pounds.
        printed: How the column prints.

    Returns:
        Digits with thousands parted, with as many decimals as the amount needs; below 0 with a hyphen, as spreadsheets read it.

    Raises:
        InvalidValue: A part is of another kind.

    Example:
        >>> from bucks_cs.savings import PrintedForm, PrintedSign, money_as_printed, pounds
        >>> money_as_printed(pounds(233_100_000), printed=PrintedForm(heading="£'000", sign=PrintedSign.BELOW_ZERO))
        '-2,331'
        >>> money_as_printed(pounds(130_000_050), printed=PrintedForm(heading="£m", sign=PrintedSign.ABOVE_ZERO))
        '1.3000005'
    """
    if not isinstance(printed, PrintedForm):
        raise InvalidValue(what="printed", expected="a PrintedForm: the heading, and the sign a saving has")
    pence = in_pence(saving) * (1 if printed.sign is PrintedSign.ABOVE_ZERO else -1)
    worth = times_of_heading(printed.heading) * 100
    whole, rest = divmod(abs(pence), worth)
    decimals = f"{rest:0{len(str(worth)) - 1}d}".rstrip("0")
    return f"{'-' if pence < 0 else ''}{whole:,}{f'.{decimals}' if decimals else ''}"
