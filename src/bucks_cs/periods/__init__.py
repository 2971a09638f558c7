"""Periods: when a figure is of, as a thing that knows its kind.

A figure for "2022" may be of a calendar year, of a financial year, of the twelve months to 31 March, of one day in
September or of the mean month of a year not yet over. Here each is an object of its own kind, a year of one kind
never equals a year of another, and text that could be two of them is refused with both.

`FinancialYear`, `AcademicYear`, `CalendarYear`, `ReportingYear`, `Month`, `Snapshot`, `MonthlyAverage` and `Span` read what
DfE and councils write; `parse` reads a DfE ``time_period`` beside its ``time_identifier``; `from_bounds` makes a period again
from the three columns that a frame keeps of it.
"""

from __future__ import annotations

from bucks_cs.periods.period import Month, Period, Snapshot
from bucks_cs.periods.reading import KINDS, TIME_IDENTIFIERS, from_bounds, mid_year_population, parse
from bucks_cs.periods.reporting import ReportingYear
from bucks_cs.periods.windows import MonthlyAverage, Span
from bucks_cs.periods.years import AcademicYear, CalendarYear, FinancialYear

__all__ = [
    "KINDS",
    "TIME_IDENTIFIERS",
    "AcademicYear",
    "CalendarYear",
    "FinancialYear",
    "Month",
    "MonthlyAverage",
    "Period",
    "ReportingYear",
    "Snapshot",
    "Span",
    "from_bounds",
    "mid_year_population",
    "parse",
]
