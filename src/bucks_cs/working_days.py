"""Working days: the days an office is open, counted without a loop, and refused where the holidays are not known.

A working day is any day but a Saturday, a Sunday or a holiday of the calendar in use. England's calendar is the
bank holidays of England and Wales as GOV.UK lists them, from the copy that comes with the package
``govuk-bank-holidays``: never from the network, and never by today's date. It covers whole years only; outside
them a date is refused, since a bank holiday that is not listed would be counted as worked. A council's own
closure days are added with `WorkingCalendar.with_closures`, or a calendar is made of any dates at all.

The count begins on the day *after* the start, as limits in law and guidance do: 15 working days after a Monday
with no holiday in between is the Monday three weeks on.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Self, SupportsIndex

import attrs
from attrs.validators import min_len

from bucks_cs.errors import InvalidValue, OutsideCoverage
from bucks_cs.provenance import Source

__all__ = ["BANK_HOLIDAYS", "WORKING_DAY", "WorkingCalendar", "add", "between", "england", "is_working_day"]

WORKING_DAY = Source(
    title="The Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007 (S.I. 2007/462)",
    publisher="Secretary of State for Education and Skills",
    date=dt.date(2007, 2, 19),
    place="regulation 1(2)",
    note="any day other than a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales",
)
"""What a working day is in the law of inspections: the definition this module follows."""

BANK_HOLIDAYS = Source(
    title="Banking and Financial Dealings Act 1971",
    publisher="Parliament",
    date=dt.date(1971, 12, 16),
    place="section 1 and Schedule 1, paragraph 1",
    url="https://www.legislation.gov.uk/ukpga/1971/80",
    note="others are proclaimed; GOV.UK lists them all, with Good Friday and Christmas Day, at www.gov.uk/bank-holidays",
)
"""Which days are bank holidays in England and Wales."""

_HOLIDAYS_IN_A_YEAR = 8
_A_DATE = "a datetime.date with no time of day (for a datetime, its .date())"


def _date(value: object, *, what: str) -> dt.date:
    """The value, if it is a plain date; a datetime is one too by class, and is refused."""
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise InvalidValue(what=what, expected=_A_DATE)
    return value


def _first(value: object) -> dt.date:
    return _date(value, what="first")


def _last(value: object) -> dt.date:
    return _date(value, what="last")


def _dates(values: object) -> frozenset[dt.date]:
    if not isinstance(values, Iterable):
        raise InvalidValue(what="holidays", expected=f"several dates, each {_A_DATE}")
    return frozenset(_date(value, what="a holiday") for value in values)


def _whole(days: object) -> int:
    """A whole number of days, numpy's included; a bool is none, and neither is a float."""
    if isinstance(days, bool) or not isinstance(days, SupportsIndex):
        raise InvalidValue(what="days", expected="a whole number of working days")
    return operator.index(days)


@attrs.frozen(kw_only=True)
class WorkingCalendar:
    """Which days are worked, from a first day to a last: every day but weekends and the holidays given.

    Args:
        what: What the calendar is, in words, for messages.
        first: The first day it covers.
        last: The last day it covers.
        holidays: The days not worked, weekends apart; all from ``first`` to ``last``.

    Raises:
        InvalidValue: ``last`` is before ``first``, a holiday lies outside them, or something is no plain date.

    Example:
        >>> depot = WorkingCalendar.of([dt.date(2024, 1, 1)], first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
        >>> depot.is_working_day(dt.date(2024, 1, 1)), depot.is_working_day(dt.date(2024, 1, 2))
        (False, True)
    """

    what: str = attrs.field(validator=min_len(1))
    first: dt.date = attrs.field(converter=_first)
    last: dt.date = attrs.field(converter=_last)
    holidays: frozenset[dt.date] = attrs.field(converter=_dates, repr=lambda days: f"<{len(days)} days>")
    _closed: tuple[int, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidValue(what="WorkingCalendar", expected="last on or after first")
        outside = sum(not self.covers(day) for day in self.holidays)
        if outside:
            raise InvalidValue(what="WorkingCalendar", expected=f"every holiday from first to last; {outside} lie outside")
        object.__setattr__(self, "_closed", tuple(day.toordinal() for day in self.weekday_holidays()))

    @classmethod
    def of(cls, holidays: Iterable[dt.date], *, first: dt.date, last: dt.date, what: str = "the calendar given") -> Self:
        """A calendar of any dates at all.

        Args:
            holidays: The days not worked, weekends apart; in any order, and more than once if need be.
            first: The first day for which they are known.
            last: The last day for which they are known.
            what: What the calendar is, in words, for messages.

        Raises:
            InvalidValue: As the class.
        """
        return cls(what=what, first=first, last=last, holidays=_dates(holidays))

    def with_closures(self, dates: Iterable[dt.date]) -> Self:
        """The same calendar with more days not worked: a council's days between Christmas and New Year, say.

        Args:
            dates: The closure days; one that is a holiday already changes nothing.

        Raises:
            InvalidValue: Something is no plain date.
            OutsideCoverage: A closure day is one the calendar does not cover.

        Example:
            >>> ours = england().with_closures([dt.date(2024, 12, 27), dt.date(2024, 12, 30), dt.date(2024, 12, 31)])
            >>> add(dt.date(2024, 12, 24), 1), add(dt.date(2024, 12, 24), 1, calendar=ours)
            (datetime.date(2024, 12, 27), datetime.date(2025, 1, 2))
        """
        closures = _dates(dates)
        for day in closures:
            self._covered(day)
        return attrs.evolve(self, what=f"{self.what}, with {len(closures)} closure days", holidays=self.holidays | closures)

    def covers(self, date: dt.date) -> bool:
        """Whether the calendar knows the day.

        Args:
            date: The day.
        """
        return self.first <= date <= self.last

    def weekday_holidays(self) -> tuple[dt.date, ...]:
        """The holidays that fall on Monday to Friday, in order: those that take a day away from a count."""
        return tuple(sorted(day for day in self.holidays if day.weekday() < 5))

    def is_working_day(self, date: dt.date) -> bool:
        """Whether a day is worked; see `is_working_day` of the module.

        Args:
            date: The day.
        """
        day = self._covered(_date(date, what="date"))
        return day.weekday() < 5 and day not in self.holidays

    def between(self, start: dt.date, end: dt.date) -> int:
        """Working days after ``start`` up to and including ``end``; see `between` of the module.

        Args:
            start: The day from which is counted, itself not counted.
            end: The last day counted.
        """
        begin, finish = _date(start, what="start"), _date(end, what="end")
        if finish < begin:
            raise InvalidValue(what="between", expected="an end on or after its start")
        return self._worked(self._covered(finish).toordinal()) - self._worked(self._covered(begin).toordinal())

    def add(self, start: dt.date, days: int) -> dt.date:
        """The working day so many working days after ``start``; see `add` of the module.

        Args:
            start: The day from which is counted, itself not counted.
            days: How many; below 0 counts back.
        """
        begin, number = self._covered(_date(start, what="start")), _whole(days)
        if number == 0:
            return begin
        ordinal = begin.toordinal()
        place = self._worked(ordinal) + number if number > 0 else self._worked(ordinal - 1) + number + 1
        first, last = self.first.toordinal(), self.last.toordinal()
        if not self._worked(first - 1) < place <= self._worked(last):
            raise self._outside()
        return dt.date.fromordinal(bisect_left(range(last + 1), place, lo=first, key=self._worked))

    def _worked(self, ordinal: int) -> int:
        """Working days from the first Monday there was (ordinal 1) up to a day; only differences mean anything."""
        weeks, rest = divmod(ordinal, 7)
        return 5 * weeks + min(rest, 5) - bisect_right(self._closed, ordinal)

    def _covered(self, date: dt.date) -> dt.date:
        if not self.covers(date):
            raise self._outside()
        return date

    def _outside(self) -> OutsideCoverage:
        hint = " For other years give calendar=WorkingCalendar.of(holidays, first=..., last=...)."
        return OutsideCoverage(what=self.what, first=self.first.isoformat(), last=self.last.isoformat(), hint=hint)

    def __str__(self) -> str:
        return f"{self.what}: {len(self.holidays)} holidays, {self.first.isoformat()} to {self.last.isoformat()}"


@functools.cache
def england() -> WorkingCalendar:
    """The bank holidays of England and Wales, for the whole years of the copy that is installed.

    Returns:
        The calendar; the same object every time. A year at either end of the copy with fewer than eight bank
        holidays is not whole and is left out.

    Raises:
        InvalidValue: The copy has no whole year, or one that is not whole between two that are.

    Source:
        GOV.UK, *UK bank holidays*, England and Wales, in the offline copy of ``govuk-bank-holidays``;
        Banking and Financial Dealings Act 1971, section 1 and Schedule 1, paragraph 1 (`BANK_HOLIDAYS`).

    Example:
        >>> print(england())
        the calendar of bank holidays in England: ... holidays, 2012-01-01 to ...-12-31
    """
    # Imported on use: it imports an HTTP client, which is never used here.
    from govuk_bank_holidays.bank_holidays import BankHolidays

    copy = BankHolidays(use_cached_holidays=True)
    listed = [day["date"] for day in copy.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)]
    first, last = _whole_years(listed)
    return WorkingCalendar.of(
        (day for day in listed if first <= day.year <= last),
        first=dt.date(first, 1, 1),
        last=dt.date(last, 12, 31),
        what="the calendar of bank holidays in England",
    )


def _whole_years(listed: Iterable[dt.date]) -> tuple[int, int]:
    """The first and last year that are whole: with the eight bank holidays that every year has had since 1978."""
    by_year = Counter(day.year for day in listed)
    whole = sorted(year for year, number in by_year.items() if number >= _HOLIDAYS_IN_A_YEAR)
    if not whole or len(whole) != whole[-1] - whole[0] + 1:
        raise InvalidValue(what="the copy of the bank holidays", expected="whole years with none missing between them")
    return whole[0], whole[-1]


def between(start: dt.date, end: dt.date, *, calendar: WorkingCalendar | None = None) -> int:
    """How many working days it took: those after ``start``, up to and including ``end``.

    The day it started is day 0. Either may be a weekend or a holiday.

    Args:
        start: The day it started; not counted.
        end: The day it ended, on or after the start; counted if it is worked.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        A whole number of working days, 0 or more.

    Raises:
        InvalidValue: ``end`` is before ``start`` (a negative count would pass for being on time), or either is
            no plain date: a datetime's time of day is to be dropped by whoever has it, not here.
        OutsideCoverage: A day is outside the calendar.

    Source:
        S.I. 2007/462, regulation 1(2) (`WORKING_DAY`). DfE's limits "within 15 working days of the strategy
        discussion" and "within 45 working days of a referral" (Local authority interactive tool, data
        dictionary) do not say what a working day is, nor whether the first day counts; it is day 0 here, which
        is how Ofsted's 70 working days come out.

    Example:
        >>> between(dt.date(2022, 2, 11), dt.date(2022, 5, 25))
        70
        >>> between(dt.date(2022, 4, 14), dt.date(2022, 4, 19))  # over Good Friday and Easter Monday
        1
    """
    return (england() if calendar is None else calendar).between(start, end)


def add(start: dt.date, days: int, *, calendar: WorkingCalendar | None = None) -> dt.date:
    """The day a number of working days after another: a deadline.

    ``add(start, n)`` is the n-th working day after ``start``, which may itself be a weekend or a holiday; so
    ``between(start, add(start, n)) == n`` for every n of 1 or more. A negative number counts back the same way:
    ``add(start, -1)`` is the last working day before ``start``. With 0 it is ``start`` itself, worked or not.

    Args:
        start: The day it starts from; not counted.
        days: How many working days; a whole number.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        A day that is worked (except where ``days`` is 0).

    Raises:
        InvalidValue: ``start`` is no plain date, or ``days`` no whole number.
        OutsideCoverage: ``start`` or the day arrived at is outside the calendar.

    Source:
        S.I. 2007/462, regulation 1(2) (`WORKING_DAY`). Ofsted has an authority submit its action plan within 70
        working days of receiving the report; Buckinghamshire's was due by 25 May 2022.

    Example:
        >>> add(dt.date(2022, 2, 11), 70)
        datetime.date(2022, 5, 25)
        >>> add(dt.date(2022, 6, 4), -1)  # back from a Saturday over the two days of the Platinum Jubilee
        datetime.date(2022, 6, 1)
    """
    return (england() if calendar is None else calendar).add(start, days)


def is_working_day(date: dt.date, *, calendar: WorkingCalendar | None = None) -> bool:
    """Whether a day is worked: no Saturday, no Sunday and no holiday.

    Args:
        date: The day.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        True or False.

    Raises:
        InvalidValue: It is no plain date.
        OutsideCoverage: It is outside the calendar.

    Source:
        S.I. 2007/462, regulation 1(2) (`WORKING_DAY`).

    Example:
        >>> is_working_day(dt.date(2022, 9, 19))  # the State Funeral of Queen Elizabeth II
        False
    """
    return (england() if calendar is None else calendar).is_working_day(date)
