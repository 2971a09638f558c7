"""Which days a row's ``time_period`` is of: a year of one kind or another, or the day a stock was counted in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.periods import AcademicYear, CalendarYear, FinancialYear, Month, Period, ReportingYear, Snapshot

__all__ = ["Timing"]

_FOUR, _SIX = ("Calendar year", "Reporting year"), ("Academic year", "Financial year")
_YEARS = range(2000, 2100)


def _as_identifiers(given: object) -> tuple[str, ...]:
    several = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, (tuple, list)) else ()
    if not several or not all(name in {*_FOUR, *_SIX} for name in several) or len(set(several)) < len(several):
        raise InvalidValue(what="Timing.identifiers", expected=f"one or more of {', '.join((*_FOUR, *_SIX))}, each once")
    return several


@attrs.frozen(kw_only=True)
class Timing:
    """How the column ``time_period`` of a file is read, beside its ``time_identifier``.

    The same plans are of ``2024`` and "Calendar year" in one release and of ``202324`` and "Academic year" in the next: a stock
    counted in January is of that January in both.

    Args:
        identifiers: DfE's names of the years it takes: "Calendar year" and "Reporting year" with four digits, "Academic year"
            and "Financial year" with six (``202425``). Where a file has no ``time_identifier``, its years are of the first.
        ends: The month and day a reporting year ends, which no file says.
        month: The month in which a stock is counted, 1 to 12; None where it is counted on the last day of the year.
        days: The day in that month on which it was counted, by its calendar year, as far as it is known. A stock of another
            year is of the month as a whole.

    Raises:
        InvalidValue: A name that is not one of the four; ``ends`` without a reporting year, or a reporting year without; a
            month that is none, days without a month, or a day that is not in that month of its year.

    Example:
        >>> from bucks_cs.published_files import Timing
        >>> january = Timing(identifiers=("Academic year", "Calendar year"), month=1, days={2025: dt.date(2025, 1, 16)})
        >>> print(january.stock(AcademicYear("2024/25")), "|", january.stock(CalendarYear(2025)))
        16 January 2025 | 16 January 2025
        >>> print(january.stock(AcademicYear("2030/31")))
        January 2031
    """

    identifiers: tuple[str, ...] = attrs.field(converter=_as_identifiers)
    ends: tuple[int, int] | None = None
    month: int | None = None
    days: Mapping[int, dt.date] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if (self.ends is not None) != ("Reporting year" in self.identifiers):
            raise InvalidValue(what="Timing.ends", expected="the day a reporting year ends, beside that and nothing else")
        if self.ends is not None:
            ReportingYear(2001, ends=self.ends)
        if self.month is not None:
            Month.of(2001, self.month)
        elif self.days:
            raise InvalidValue(what="Timing.month", expected="the month in which the days lie")
        for year, day in self.days.items():
            is_day = type(day) is dt.date
            if not is_day or (day.year, day.month) != (year, self.month):
                raise InvalidValue(what="Timing.days", expected="a day in the month, for each calendar year")

    def stock(self, year: Period) -> Period:
        """When a stock of a year was counted: a day, or a month where the day is not known.

        Args:
            year: A year of one of the kinds this takes.

        Raises:
            InvalidValue: It is no period.
        """
        if not isinstance(year, Period):
            raise InvalidValue(what="year", expected="a period, such as AcademicYear('2024/25')")
        if self.month is None:
            return year.at_end()
        # A reporting year is named by the calendar year it ends in, and so is what is counted in it.
        in_it = isinstance(year, (AcademicYear, FinancialYear)) and self.month >= year.start.month
        calendar_year = year.start.year if in_it else year.end.year
        day = self.days.get(calendar_year)
        return Month.of(calendar_year, self.month) if day is None else Snapshot(day)

    @property
    def form(self) -> str:
        """What a ``time_period`` must be, in words."""
        forms = [said for names, said in ((_FOUR, "four digits"), (_SIX, "six digits")) if set(names) & set(self.identifiers)]
        return f"year of {' or '.join(forms)}"

    def calendar(self) -> dict[str, list[Any]]:
        """Every ``time_period`` that can be read, with its days, as columns of a small table.

        Returns:
            ``__identifier`` (in small letters), ``__time_period``, ``year`` (the calendar year it ends in, or in whose month the
            stock was counted), and ``kind``, ``start`` and ``end`` of the year, and of the stock with ``stock_`` before them.
        """
        rows = [self._row(name, text, period) for name in self.identifiers for text, period in self._years(name)]
        return {name: [row[name] for row in rows] for name in rows[0]}

    def _years(self, name: str) -> list[tuple[str, Period]]:
        if name == "Reporting year":
            return [(str(year), ReportingYear(year, ends=self.ends)) for year in _YEARS]
        if name == "Calendar year":
            return [(str(year), CalendarYear(year)) for year in _YEARS]
        kind = AcademicYear if name == "Academic year" else FinancialYear
        return [(f"{year}{(year + 1) % 100:02}", kind.starting(year)) for year in _YEARS]

    def _row(self, name: str, text: str, period: Period) -> dict[str, Any]:
        stock: Period = self.stock(period)
        return {
            "__identifier": name.lower(),
            "__time_period": text,
            "year": (period if self.month is None else stock).end.year,
            "kind": str(period.kind),
            "start": period.start,
            "end": period.end,
            "stock_kind": str(stock.kind),
            "stock_start": stock.start,
            "stock_end": stock.end,
        }
