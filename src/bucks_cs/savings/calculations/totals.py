"""Savings: totals of lines by year, programme and kind, which give a range where lines cannot simply be added."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs
import polars as pl

from bucks_cs.errors import InvalidValue, UnknownColumn
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import FinancialYear, Period, Span
from bucks_cs.readings import Readings
from bucks_cs.savings.calculations.levels import added, annual_level, need_year, possible_cash, possible_level, years_from
from bucks_cs.savings.model.choices import SavingKind
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.parts import UnplacedSaving
from bucks_cs.savings.model.possible import PossibleAmount
from bucks_cs.savings.model.programme import SavingsProgramme, lines_of
from bucks_cs.savings.sources.unpublished import NO_DEFINITION_OF_A_SAVING

__all__ = ["TOTAL_CASH", "TOTAL_LEVEL", "Profile", "YearAmount", "YearsNotNamed", "profile", "total_cash", "total_level"]

Lines = SavingsProgramme | Iterable[SavingsLine] | SavingsLine

TOTAL_LEVEL = Indicator(
    key="savings.total_level",
    title="Planned savings in the year",
    counts="pounds planned to be saved in the year against no saving at all, each line counted whole, of every kind and status",
    leaves_out="what lines share (see double_counted), and what was delivered (see delivery)",
    measure=Measure.AMOUNT,
    kind=Kind.FLOW,
    unit="GBP",
    better=Better.HIGHER,
    sources=NO_DEFINITION_OF_A_SAVING,
)

TOTAL_CASH = Indicator(
    key="savings.total_cash",
    title="Planned savings over the years, in cash",
    counts="pounds planned to be saved in each of the years, added up, each line counted whole, of every kind and status",
    leaves_out="what lines share (see double_counted), and what was delivered (see delivery)",
    measure=Measure.AMOUNT,
    kind=Kind.FLOW,
    unit="GBP",
    better=Better.HIGHER,
    sources=NO_DEFINITION_OF_A_SAVING,
)

_DIMS: dict[str, Callable[[SavingsLine], str | None]] = {
    "line": lambda line: line.key,
    "programme": lambda line: line.programme,
    "workstream": lambda line: line.workstream,
    "cost_centre": lambda line: line.cost_centre,
    "owner": lambda line: line.owner,
    "kind": lambda line: None if line.kind is SavingKind.UNSTATED else line.kind.value,
    "status": lambda line: None if line.status is None else line.status.status.value,
}


def total_level(
    lines: Lines, *, years: FinancialYear | Iterable[FinancialYear], by: str | Iterable[str] | None = None
) -> Readings[pl.DataFrame]:
    """What lines save in each year, added up.

    Lines that cannot be added, since they leave open how their years stand, are not: the reading is then withheld as unresolved,
    between the least and the most that all of their readings give.

    Args:
        lines: The lines.
        years: The financial years, or one.
        by: ``"line"``, ``"programme"``, ``"workstream"``, ``"cost_centre"``, ``"owner"``, ``"kind"``, ``"status"``, or several;
            None for all together.

    Returns:
        A reading a year and group, in GBP, to the penny. ``unresolved`` with bounds where a line leaves its figures open and it
        matters; ``x`` where one rests on a year that has no figure; a dim is None where it is not stated.

    Raises:
        UnknownColumn: ``by`` is no such part of a line.
        InvalidValue: There are no lines or years, or one is of another kind.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import total_level
        >>> for reading in total_level(savings_lines(), years=[FinancialYear("2023-24"), FinancialYear("2024-25")]):
        ...     print(reading)
        Planned savings in the year, 2023-24: £1,342,000
        Planned savings in the year, 2024-25: unresolved: ... (bounds 2,331,000 to 5,688,000)
    """
    every, names = lines_of(lines), _dims_asked(by)
    readings = []
    for year in _years_asked(years):
        readings += _grouped(every, names, TOTAL_LEVEL, year, lambda line, year=year: possible_level(line, year))  # type: ignore[misc]
    return Readings.of(readings, by=names)


def total_cash(
    lines: Lines, *, first: FinancialYear, last: FinancialYear, by: str | Iterable[str] | None = None
) -> Readings[pl.DataFrame]:
    """The cash that lines save over years, added up.

    Args:
        lines: The lines.
        first: The first year.
        last: The last year.
        by: As for `total_level`.

    Returns:
        A reading a group, over all the years, otherwise as `total_level` gives them.

    Raises:
        UnknownColumn: ``by`` is no such part of a line.
        InvalidValue: There are no lines, the years are out of order, or one is of another kind.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import total_cash
        >>> locality = savings_lines().line("locality-based-model")
        >>> print(*total_cash(locality, first=FinancialYear("2023-24"), last=FinancialYear("2025-26")))
        Planned savings over the years, in cash, 1 April 2023 to 31 March 2026: unresolved: ... (bounds 5,546,000 to 8,541,000)
    """
    every, names, years = lines_of(lines), _dims_asked(by), years_from(first, last)
    period: Period = years[0] if len(years) == 1 else Span(years[0].start, years[-1].end)
    return Readings.of(_grouped(every, names, TOTAL_CASH, period, lambda line: possible_cash(line, years)), by=names)


def _dims_asked(by: object) -> tuple[str, ...]:
    if by is None:
        return ()
    names = (by,) if isinstance(by, str) else tuple(by) if isinstance(by, Iterable) else (None,)
    for name in names:
        if not isinstance(name, str):
            raise InvalidValue(what="by", expected="names of parts of a line, as text")
        if name not in _DIMS:
            raise UnknownColumn(column=name, columns=tuple(_DIMS), argument="by")
    if len(set(names)) != len(names):
        raise InvalidValue(what="by", expected="each name once")
    return tuple(name for name in names if isinstance(name, str))


def _years_asked(years: object) -> tuple[FinancialYear, ...]:
    given = (years,) if isinstance(years, FinancialYear) else tuple(years) if isinstance(years, Iterable) else (years,)
    if not given:
        raise InvalidValue(what="years", expected="one FinancialYear or more")
    return tuple(dict.fromkeys(need_year(year, what="years") for year in given))


def _grouped(
    lines: tuple[SavingsLine, ...],
    names: tuple[str, ...],
    indicator: Indicator,
    period: Period,
    amount: Callable[[SavingsLine], PossibleAmount | None],
) -> list[Reading]:
    groups: dict[tuple[str | None, ...], list[PossibleAmount | None]] = {}
    for line in lines:
        groups.setdefault(tuple(_DIMS[name](line) for name in names), []).append(amount(line))
    return [_reading(amounts, tuple(zip(names, key, strict=True)), indicator, period) for key, amounts in groups.items()]


def _reading(
    amounts: list[PossibleAmount | None], dims: tuple[tuple[str, str | None], ...], indicator: Indicator, period: Period
) -> Reading:
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return Reading(indicator=indicator, period=period, dims=dims, value=Withheld.NOT_AVAILABLE)
    whole = added(known)
    if whole.is_resolved:
        return Reading(indicator=indicator, period=period, dims=dims, value=whole.amount)
    return Reading(
        indicator=indicator, period=period, dims=dims, value=Withheld.UNRESOLVED,
        lower=whole.lower, upper=whole.upper, interval=Interval.BOUNDS,
    )  # fmt: skip


@attrs.frozen(kw_only=True)
class YearAmount:
    """What lines come to in a year.

    Args:
        year: The year.
        amount: What they come to, with why it is open where it is.
    """

    year: FinancialYear
    amount: PossibleAmount

    def __str__(self) -> str:
        return f"{self.year} {self.amount.span}"


@attrs.frozen(kw_only=True)
class YearsNotNamed:
    """A figure of a line whose years are not named, and the years it may fall in among those asked for.

    Args:
        line: The key of the line.
        figure: The figure.
        among: The years it may fall in; it may also come after all of them.
    """

    line: str
    figure: UnplacedSaving
    among: tuple[FinancialYear, ...]


@attrs.frozen(kw_only=True)
class Profile:
    """What lines come to, year by year, and which of their figures have no named year.

    Args:
        years: What they come to in each year.
        not_named: The figures whose years are not named.
    """

    years: tuple[YearAmount, ...]
    not_named: tuple[YearsNotNamed, ...]

    def at(self, year: FinancialYear) -> PossibleAmount:
        """What they come to in a year.

        Args:
            year: One of the years asked for.

        Raises:
            InvalidValue: It is none of them.
        """
        for one in self.years:
            if one.year == year:
                return one.amount
        raise InvalidValue(what="year", expected=f"one of {', '.join(str(one.year) for one in self.years)}")

    def __str__(self) -> str:
        said = "; ".join(map(str, self.years))
        open_figures = "; ".join(f"{one.line}: {one.figure}" for one in self.not_named)
        return f"{said}. Not placed in a year: {open_figures}." if open_figures else f"{said}."


def profile(lines: Lines, *, years: FinancialYear | Iterable[FinancialYear]) -> Profile:
    """What lines come to year by year, with the figures that name no year.

    Args:
        lines: The lines.
        years: The financial years, or one.

    Returns:
        An amount or a range a year, and the figures of no named year with the years they may fall in.

    Raises:
        InvalidValue: There are no lines or years, or an amount rests on a year that has no figure.

    Example:
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import profile
        >>> found = profile(savings_lines(), years=savings_lines().years)
        >>> [str(one) for one in found.years]
        ['2023-24 £1,342,000', '2024-25 £2,331,000 to £5,688,000', '2025-26 £2,883,000 to £8,571,000']
        >>> [(one.line, *map(str, one.among)) for one in found.not_named][0]
        ('edge-of-care-team', '2024-25', '2025-26')
    """
    every, asked = lines_of(lines), _years_asked(years)
    return Profile(
        years=tuple(YearAmount(year=year, amount=added(annual_level(line, year=year) for line in every)) for year in asked),
        not_named=tuple(
            YearsNotNamed(line=line.key, figure=line.unplaced, among=tuple(year for year in asked if year > line.unplaced.after))
            for line in every
            if line.unplaced is not None
        ),
    )
