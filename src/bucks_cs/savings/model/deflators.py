"""Savings: a dated table of deflators, by the kind of year it is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, NotComparable, OutsideCoverage, of_kind
from bucks_cs.periods import CalendarYear, FinancialYear, Period
from bucks_cs.provenance import Source
from bucks_cs.savings.model.parts import words

__all__ = ["Deflator", "Deflators"]


@attrs.frozen(kw_only=True)
class Deflator:
    """The level of prices in a year.

    Args:
        year: The year.
        value: The index, above 0; only its ratio to that of another year means anything.
    """

    year: Period = attrs.field(validator=of_kind(FinancialYear, CalendarYear, expected="a FinancialYear or a CalendarYear"))
    value: float

    def __attrs_post_init__(self) -> None:
        value: object = self.value
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < float("inf"):
            raise InvalidValue(what="Deflator.value", expected="a number above 0")


def _entries(given: Any) -> Any:
    if isinstance(given, Mapping):
        given = [Deflator(year=year, value=value) for year, value in given.items()]
    return tuple(given) if isinstance(given, (list, tuple)) else (given,)


@attrs.frozen(kw_only=True)
class Deflators:
    """A table of deflators: what prices were in each year, all years of one kind, as published on a date.

    Args:
        name: What it is: ``"GDP deflator at market prices"``.
        entries: A `Deflator` a year, or values by year.
        source: The release it is of, with its date: deflators are revised.

    Raises:
        MissingSource: There is no dated source.
        InvalidValue: No years, a year twice, years of two kinds, or a part is of another kind.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.savings import Deflators
        >>> table = Deflators(name="an index", entries={FinancialYear("2023-24"): 100.0, FinancialYear("2024-25"): 104.0},
        ...     source=Source(title="Deflators", publisher="A treasury", date=dt.date(2025, 12, 22), place="table 1"))
        >>> print(table)
        an index by financial year, 2023-24 to 2024-25 (A treasury, Deflators, 22 December 2025, table 1)
    """

    name: str = attrs.field(validator=words)
    entries: tuple[Deflator, ...] = attrs.field(converter=_entries)
    source: Source = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, Source):
            raise MissingSource(what="a table of Deflators")
        if not self.entries or not all(isinstance(one, Deflator) for one in self.entries):
            raise InvalidValue(what="Deflators.entries", expected="a Deflator a year, or values by year")
        if len({one.year.kind for one in self.entries}) > 1 or len({one.year for one in self.entries}) < len(self.entries):
            raise InvalidValue(what="Deflators.entries", expected="years of one kind, each once")

    @property
    def kind(self) -> str:
        """The kind of year it is of: ``"calendar year"`` or ``"financial year"``."""
        return self.entries[0].year.kind

    def of(self, year: Period) -> float:
        """The deflator of a year.

        Args:
            year: A year of the table's kind.

        Raises:
            NotComparable: It is of another kind: a calendar year's prices are not a financial year's.
            OutsideCoverage: The table does not have it.
            InvalidValue: It is no year.
        """
        if not isinstance(year, Period):
            raise InvalidValue(what="year", expected=f"a {self.kind}")
        if year.kind != self.kind:
            why = f"the deflators are by {self.kind}; say which year's to take for each with for_financial_years"
            raise NotComparable(what=f"prices of a {year.kind}", why=why)
        for one in self.entries:
            if one.year == year:
                return float(one.value)
        raise OutsideCoverage(what="the table of deflators", first=str(self._ends[0]), last=str(self._ends[1]))

    @property
    def _ends(self) -> tuple[Period, Period]:
        ordered = sorted((one.year for one in self.entries), key=lambda year: year.start)
        return ordered[0], ordered[-1]

    def for_financial_years(self, taken: Mapping[FinancialYear, CalendarYear]) -> Deflators:
        """The table with calendar years put in the place of financial years, as somebody has decided and says.

        Three quarters of the financial year 2023-24 lie in 2023 and one in 2024: which of them to take is a choice, and no
        default is made here.

        Args:
            taken: The calendar year whose deflator is taken for each financial year.

        Returns:
            A table by financial year, whose name says which year was taken for which.

        Raises:
            NotComparable: This table is not by calendar year.
            OutsideCoverage: It does not have one of the years.
            InvalidValue: A pair is not of the two kinds, or there is none.
        """
        pairs: object = taken
        usable = isinstance(pairs, Mapping) and all(
            isinstance(year, FinancialYear) and isinstance(calendar, CalendarYear) for year, calendar in pairs.items()
        )
        if not usable or not taken:
            raise InvalidValue(what="taken", expected="the CalendarYear to take for each FinancialYear")
        entries = tuple(Deflator(year=year, value=self.of(calendar)) for year, calendar in taken.items())
        said = ", ".join(f"{calendar} for {year}" for year, calendar in taken.items())
        return Deflators(name=f"{self.name}, taking {said}", entries=entries, source=self.source)

    def __str__(self) -> str:
        first, last = self._ends
        return f"{self.name} by {self.kind}, {first} to {last} ({self.source})"
