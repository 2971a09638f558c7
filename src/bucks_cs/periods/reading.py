"""Reading a period whose kind the text, or the column beside it, must tell.

A constructor (`FinancialYear("2023/24")`) is told the kind by its name. `parse` is not, and refuses whatever has
more than one reading: "2023/24" is a financial year in one file and an academic year in the next. DfE's files
settle it in the column beside ``time_period``, the ``time_identifier``.
"""

from __future__ import annotations

import datetime as dt
import re

from bucks_cs.errors import Ambiguous, InvalidValue, Unreadable
from bucks_cs.periods.period import Month, Period, Snapshot, a
from bucks_cs.periods.reporting import REPORTING_YEARS_END, ReportingYear
from bucks_cs.periods.windows import MonthlyAverage, Span
from bucks_cs.periods.written import FIRST_YEAR, LAST_YEAR, as_date, folded, is_six_digits, year_pair
from bucks_cs.periods.years import AcademicYear, CalendarYear, FinancialYear

__all__ = ["KINDS", "TIME_IDENTIFIERS", "from_bounds", "mid_year_population", "parse"]

_CLASSES: tuple[type[Period], ...] = (
    *(FinancialYear, AcademicYear, CalendarYear, ReportingYear),
    *(Month, Snapshot, MonthlyAverage, Span),
)
_BY_KIND = {str(cls.kind): cls for cls in _CLASSES} | {"monthly average within": MonthlyAverage}

KINDS = tuple(_BY_KIND)
"""The kinds of period there are, as ``period.kind`` and a frame's column of kinds have them."""

_FORMS = "a year, month, day or two dates, such as FY2022-23, 2022/23 academic year, January 2020 or 31 March 2025"

_MONTH_NAMES = tuple(str(Month.of(2000, n)).partition(" ")[0] for n in range(1, 13))
# Financial year quarters and halves: how many months after 1 April they begin, and how many months they have.
_PARTS = {f"Financial year Q{n}": (3 * n - 3, 3) for n in (1, 2, 3, 4)}
_PARTS |= {"Part 1 (April to September)": (0, 6), "Part 2 (October to March)": (6, 6)}
_TWO_YEARS: dict[str, type[FinancialYear] | type[AcademicYear]] = {"Financial year": FinancialYear, "Academic year": AcademicYear}
_REFUSED = (
    *("Tax year", "Autumn term", "Spring term", "Summer term", "Autumn and spring term"),
    *(f"Week {n}" for n in range(1, 53)),
    *(f"{year} Q{n}" for year in ("Academic year", "Calendar year", "Tax year") for n in (1, 2, 3, 4)),
)

TIME_IDENTIFIERS = ("Calendar year", "Reporting year", *_TWO_YEARS, *_PARTS, *_MONTH_NAMES)
"""The values of ``time_identifier`` that `parse` reads.

Source:
    DfE, *Analysts' guide*, open data standards, "List of allowable time values". Of that list, tax years, terms and weeks are
    not read: the standard gives them no days, and nothing in this library counts by them.
"""


def parse(text: str | int, *, time_identifier: str | None = None, ends: tuple[int, int] | None = None) -> Period:
    """A period from text, of whichever kind the text or its ``time_identifier`` says it is.

    Args:
        text: With no ``time_identifier``: words that leave no doubt, such as ``"FY2022-23"``, ``"2022/23 academic year"``,
            ``"year ending 31 March 2025"``, ``"January 2020"``, ``"2020-01"``, ``"31 March 2025"`` or ``"1 April to 30
            September 2022"``. With one: the ``time_period`` beside it, text or a whole number, such as ``"202223"``.
        time_identifier: DfE's name for the kind, one of `TIME_IDENTIFIERS`; capitals do not matter.
        ends: For "Reporting year" and only there, the month and day it ends, such as ``(3, 31)``.

    Returns:
        A year, month, snapshot, monthly average or span. A quarter or half of a financial year is a `Span`.

    Raises:
        Ambiguous: The text has more than one reading; ``readings`` lists them.
        Unreadable: It has none, or is not of the form its ``time_identifier`` asks for, or that is not in the standard.
        InvalidValue: A reporting year without ``ends``, or ``ends`` without a reporting year; a ``time_identifier`` of the
            standard that is not read here; text that is not text.

    Source:
        DfE, *Analysts' guide*, open data standards, "Time columns" ("six digit time_periods must represent
        consecutive years") and "List of allowable time values": four digits for calendar and reporting years and for
        months, six for academic and financial years and their parts.

    Example:
        >>> parse("202223", time_identifier="Academic year")
        AcademicYear('2022/23')
        >>> parse("2025", time_identifier="Reporting year", ends=(3, 31))
        ReportingYear(2025, ends=(3, 31))
        >>> print(parse("202223", time_identifier="Financial year Q1"))
        1 April 2022 to 30 June 2022
        >>> parse("2023/24")
        Traceback (most recent call last):
        bucks_cs.errors.Ambiguous: this text could be financial year 2023-24 or academic year 2023/24: ...
    """
    if time_identifier is not None:
        return _identified(text, _known(time_identifier), ends)
    if ends is not None:
        raise InvalidValue(what="ends", expected='nothing, except beside the time_identifier "Reporting year"')
    words = folded(text, what="a period", expected=_FORMS)
    if re.fullmatch(r"[0-9]{4}", words) and FIRST_YEAR < int(words) < LAST_YEAR:
        settle_by = "give its time_identifier, or use the class of its kind"
        raise Ambiguous(what="this text", readings=_one_year(int(words)), settle_by=settle_by)
    found = [period for cls in _CLASSES for period in cls._read(words)]
    if is_six_digits(words):
        found = [*_six_digits(words), *found]
    if len(found) > 1:
        raise Ambiguous(
            what="this text",
            readings=tuple(period.named for period in found),
            settle_by="name the kind, give its time_identifier, or use the class of its kind",
        )
    if not found:
        raise Unreadable(what="a period", length=len(str(text)), expected=_FORMS)
    return found[0]


def _one_year(year: int) -> tuple[str, ...]:
    """What a year alone can be."""
    spanning = [cls.ending(year + n).named for cls in (FinancialYear, AcademicYear) for n in (0, 1)]
    return f"calendar year {year}", f"reporting year {year}", *spanning


def _six_digits(words: str) -> tuple[Period, ...]:
    """The two-part years of ``202223``; none for ``202212``, whose years do not follow each other."""
    pair = year_pair(f"{words[:4]}-{words[4:]}")
    good = pair is not None and pair[1] == pair[0] + 1 and FIRST_YEAR <= pair[0] < LAST_YEAR
    return tuple(cls.starting(pair[0]) for cls in (FinancialYear, AcademicYear)) if good and pair else ()


def _known(time_identifier: str) -> str:
    """The name as the standard writes it, of those read here."""
    expected = f"one of DfE's: {', '.join(TIME_IDENTIFIERS)}"
    words = folded(time_identifier, what="time_identifier", expected="Financial year")
    for name in TIME_IDENTIFIERS:
        if name.casefold() == words:
            return name
    for name in _REFUSED:
        if name.casefold() == words:
            what, hint = f'the time_identifier "{name}"', " Where its days are known, give them: Span(start, end)."
            raise InvalidValue(what=what, expected="a year, a month, or a part of a financial year", hint=hint)
    raise Unreadable(what="a time_identifier", length=len(time_identifier), expected=expected)


def _identified(text: str | int, kind: str, ends: tuple[int, int] | None) -> Period:
    words = folded(text, what="a time_period", expected="202223")
    if kind == "Reporting year":
        return _reporting(words, ends)
    if ends is not None:
        raise InvalidValue(what="ends", expected=f'nothing beside the time_identifier "{kind}", whose days are known')
    if kind == "Calendar year":
        return CalendarYear(words)
    if kind in _MONTH_NAMES:
        if not re.fullmatch(r"[0-9]{4}", words):
            raise Unreadable(what=f"the year of a month ({kind})", length=len(words), expected="four digits, as in 2022")
        return Month.of(int(words), _MONTH_NAMES.index(kind) + 1)
    year = _two_years(words, _TWO_YEARS.get(kind, FinancialYear))
    if kind not in _PARTS:
        return year
    after, count = _PARTS[kind]
    months = year.months()[after : after + count]
    return Span(months[0].start, months[-1].end)


def _two_years(words: str, cls: type[FinancialYear] | type[AcademicYear]) -> FinancialYear | AcademicYear:
    if not is_six_digits(words):
        return cls(words)
    pair = year_pair(f"{words[:4]}-{words[4:]}")
    if pair is None or pair[1] != pair[0] + 1:
        expected = "two years, the second the one after the first, as in 202223"
        raise Unreadable(what=f"the time_period of {a(cls.kind)}", length=len(words), expected=expected)
    return cls.starting(pair[0])


def _reporting(words: str, ends: tuple[int, int] | None) -> ReportingYear:
    if ends is None and re.fullmatch(r"[0-9]{4}", words):
        raise InvalidValue(
            what="ends",
            expected="the month and day this publication's reporting year ends, which the file does not say",
            hint=f" It is {REPORTING_YEARS_END}.",
        )
    return ReportingYear(words, ends=ends)


def from_bounds(kind: str, start: dt.date, end: dt.date) -> Period:
    """A period again from the three columns a frame of readings keeps of it.

    Args:
        kind: The text of ``period.kind``.
        start: The first day; a datetime at midnight will do, as pandas keeps dates.
        end: The last day, included.

    Returns:
        The period whose ``kind``, ``start`` and ``end`` these are.

    Raises:
        Unreadable: There is no such kind.
        InvalidValue: No period of the kind has these days, as none does that runs backwards; or they are no dates.

    Example:
        >>> from_bounds("financial year", dt.date(2022, 4, 1), dt.date(2023, 3, 31))
        FinancialYear('2022-23')
        >>> from_bounds("snapshot", dt.date(2025, 3, 31), dt.date(2025, 3, 30))
        Traceback (most recent call last):
        bucks_cs.errors.InvalidValue: the bounds of a snapshot: expected the first and last day of one.
    """
    if kind not in _BY_KIND:
        raise Unreadable(what="a kind of period", length=len(str(kind)), expected=", ".join(KINDS))
    first, last = as_date(start, what="period_start"), as_date(end, what="period_end")
    period = _BY_KIND[kind]._of_bounds(first, last)
    if isinstance(period, MonthlyAverage) and kind != MonthlyAverage.kind:
        period = MonthlyAverage(period.first, period.last, exact=False)
    if period is None or (period.start, period.end) != (first, last):
        raise InvalidValue(what=f"the bounds of {a(kind)}", expected="the first and last day of one")
    return period


def mid_year_population(period: Period) -> Snapshot:
    """The day of the population estimate under a rate for a year that ends on 31 March, or for that day.

    A rate for the year to 31 March Y is per ONS's estimate for mid-year Y-1, 30 June, the last one before the year
    ends: the population of 30 June 2021 for the year to 31 March 2022.

    Args:
        period: A financial or reporting year that ends on 31 March, or the snapshot of a 31 March.

    Returns:
        The snapshot of 30 June of the calendar year before.

    Raises:
        InvalidValue: The period ends on another day, or is no year: which estimate goes with it is not known here.

    Source:
        DfE, *Children looked after in England* 2025, ``cla_number_and_rate_per_10k_children``: its ``population_estimate``
        of each reporting year is ONS's estimate for the mid-year before. ONS, *Mid-year population estimates QMI*:
        "relate to the usually resident population on 30 June of each year".

    Example:
        >>> print(mid_year_population(ReportingYear(2022, ends=(3, 31))))
        30 June 2021
    """
    good = isinstance(period, (FinancialYear, ReportingYear, Snapshot)) and (period.end.month, period.end.day) == (3, 31)
    if not good:
        raise InvalidValue(what="the mid-year population of a period", expected="a year that ends on 31 March, or a 31 March")
    return Snapshot(dt.date(period.end.year - 1, 6, 30))
