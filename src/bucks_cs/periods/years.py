"""The three years that begin on the same day wherever they are met, and how each is written.

Money goes by the financial year, schools by the academic year, and DfE's figures on new EHC plans and their 20
weeks by the calendar year. A year of one kind never equals a year of another.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar, Self

import attrs

from bucks_cs.periods.period import ONE_DAY, Kind, Period
from bucks_cs.periods.written import FIRST_YEAR, LAST_YEAR, as_date, full_year, in_reach, is_six_digits, whole_year, year_pair

__all__ = ["AcademicYear", "CalendarYear", "FinancialYear"]


@attrs.frozen(init=False, repr=False)
class _Year(Period):
    """A year that begins on the same day every year."""

    _begins: ClassVar[tuple[int, int]]
    _called: ClassVar[str]

    @classmethod
    def starting(cls, year: int) -> Self:
        """The year of this kind that starts in a calendar year.

        Raises:
            InvalidValue: It is no whole number, or out of reach (1900 to 2100).
        """
        first = whole_year(year, what="the year it starts in")
        following = in_reach(first + (cls._begins != (1, 1)), what="the year it ends in")
        start = dt.date(first, *cls._begins)
        end = dt.date(first, 12, 31) if following == first else dt.date(following, *cls._begins) - ONE_DAY
        return cls._made(start, end)

    @classmethod
    def ending(cls, year: int) -> Self:
        """The year of this kind that ends in a calendar year.

        Raises:
            InvalidValue: It is no whole number, or out of reach (1900 to 2100).
        """
        return cls.starting(whole_year(year, what="the year it ends in") - (cls._begins != (1, 1)))

    @classmethod
    def containing(cls, date: dt.date) -> Self:
        """The year of this kind that a day lies in.

        Raises:
            InvalidValue: It is no date, or out of reach (1900 to 2100).
        """
        day = as_date(date, what="date", any_time=True)
        return cls.starting(day.year - ((day.month, day.day) < cls._begins))

    @property
    def named(self) -> str:
        """The kind and the year: ``financial year 2022-23``."""
        return f"{self.kind} {self.label}"

    def _moved(self, by: int) -> Self:
        return self.starting(self.start.year + by)

    @classmethod
    def _unnamed(cls, words: str) -> str:
        """The words without the kind's own name before or after them: ``fy2022-23``, ``2022-23 academic year``."""
        match = re.fullmatch(rf"(?:{cls._called}) ?(.+)|(.+?) ?(?:{cls._called})", words)
        return (match[1] or match[2]).removesuffix(",") if match else words

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        return cls.containing(start)


@attrs.frozen(init=False, repr=False)
class _TwoPartYear(_Year):
    """A year that spans two calendar years and is written with both."""

    def __init__(self, text: str) -> None:
        beside = " Six digits are read beside their time_identifier: parse(time_period, time_identifier=...)."
        hint = beside if is_six_digits(text) else ""
        settle_by = f"write both years, or use {type(self).__name__}.starting(year) or .ending(year)"
        found = self._only(text, hint=hint, settle_by=settle_by)
        self.__attrs_init__(found.start, found.end)

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        bare = cls._unnamed(words)
        pair = year_pair(bare)
        if pair is not None:
            first, second = pair
            return (cls.starting(first),) if second == first + 1 and FIRST_YEAR <= first < LAST_YEAR else ()
        # One year alone ("2022", and "FY22" after the kind's name) may be the one it starts or the one it ends in.
        if not re.fullmatch(r"[0-9]{4}" if bare == words else r"[0-9]{4}|[0-9]{2}", bare):
            return ()
        year = full_year(bare)
        return (cls.ending(year), cls.starting(year)) if FIRST_YEAR < year < LAST_YEAR else ()


@attrs.frozen(init=False, repr=False)
class FinancialYear(_TwoPartYear):
    """1 April to 31 March: the year of budgets, savings and council tax.

    Args:
        text: ``"2022-23"``, ``"22-23"``, ``"23/24"``, ``"2023/2024"``, ``"2022 to 2023"``, with ``"FY"`` or
            ``"financial year"`` before or after it or not. Two digits are 1969 to 2068.

    Raises:
        Unreadable: The text is none of these; the second year is not the one after the first; or it is six digits
            (``202223``), which `parse` reads beside their ``time_identifier`` and nothing reads without.
        Ambiguous: One year alone: it may start or end in it. `starting` and `ending` say which.

    Source:
        Local Government and Housing Act 1989, section 66(1)(b): "the period of twelve months beginning on 1st
        April" (read as in force on 2 September 1993). Education Act 1996, section 579(1): "a period of twelve
        months ending with 31st March" (read as in force on 1 August 1997).

    Example:
        >>> year = FinancialYear("2022-23")
        >>> print(year.start, year.end)
        2022-04-01 2023-03-31
        >>> print(year.months()[0], "to", year.months()[-1])
        April 2022 to March 2023
        >>> FinancialYear("2022")
        Traceback (most recent call last):
        bucks_cs.errors.Ambiguous: this text could be financial year 2021-22 or financial year 2022-23: write both...
    """

    kind = Kind("financial year")
    _begins = (4, 1)
    _called = "fy|financial year"
    _forms = "two years, the second the one after the first, as in 2022-23, 22/23 or 2022/2023"

    @property
    def label(self) -> str:
        """``2022-23``."""
        return f"{self.start.year}-{self.end.year % 100:02}"

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return f"FinancialYear('{self.label}')"


@attrs.frozen(init=False, repr=False)
class AcademicYear(_TwoPartYear):
    """1 August to 31 July: the year of schools, as DfE's statistics count it.

    A *school year* is another thing and has no fixed first day: it begins with a school's first term after July.
    Many people speak of 1 September to 31 August; no official definition with those dates was found, so a
    figure that rests on them is a `Span`.

    Args:
        text: ``"2022/23"``, ``"22/23"``, ``"2022-23"``, ``"2022/2023"``, ``"2022 to 2023"``, with ``"AY"`` or
            ``"academic year"`` before or after it or not. Two digits are 1969 to 2068.

    Raises:
        Unreadable: The text is none of these; the second year is not the one after the first; or it is six digits
            (``202223``), which `parse` reads beside their ``time_identifier`` and nothing reads without.
        Ambiguous: One year alone: it may start or end in it. `starting` and `ending` say which.

    Source:
        DfE, *Explore education statistics*, glossary, "Academic year" ("1 August to 31 July ... '2012/13' to
        describe the year from 1 August 2012 to 31 July 2013"), to which DfE's open data standards link. School
        Admissions (Admission Arrangements and Co-ordination of Admission Arrangements) (England) Regulations 2012
        (SI 2012/8), regulation 2(2), gives the same days. School year: Education (School Day and School Year)
        (England) Regulations 1999 (SI 1999/3181), regulation 2.

    Example:
        >>> year = AcademicYear("2022/23")
        >>> print(year)
        2022/23 academic year
        >>> print(year.start, year.end)
        2022-08-01 2023-07-31
        >>> year == FinancialYear("2022/23")
        False
    """

    kind = Kind("academic year")
    _begins = (8, 1)
    _called = "ay|academic year"
    _forms = "two years, the second the one after the first, as in 2022/23, 22/23 or 2022/2023"

    @property
    def label(self) -> str:
        """``2022/23``."""
        return f"{self.start.year}/{self.end.year % 100:02}"

    def __str__(self) -> str:
        return f"{self.label} academic year"

    def __repr__(self) -> str:
        return f"AcademicYear('{self.label}')"


@attrs.frozen(init=False, repr=False)
class CalendarYear(_Year):
    """1 January to 31 December: the year DfE counts new EHC plans and their 20 weeks by.

    Args:
        year: ``2022`` or ``"2022"``, with ``"CY"`` or ``"calendar year"`` before or after it or not.

    Raises:
        Unreadable: The text is none of these.
        InvalidValue: It is neither text nor a whole number, or out of reach (1900 to 2100).

    Source:
        DfE, *Education, health and care plans* 2025, data guidance: new plans, requests, assessments and timeliness
        "is shown on a calendar year basis".

    Example:
        >>> print(CalendarYear("2022"))
        2022
        >>> CalendarYear(2022).number_of_days
        365
    """

    kind = Kind("calendar year")
    _begins = (1, 1)
    _called = "cy|calendar year"
    _forms = "one year in four digits, as in 2022"

    def __init__(self, year: str | int) -> None:
        found = self._only(year) if isinstance(year, str) else self.starting(year)
        self.__attrs_init__(found.start, found.end)

    @property
    def label(self) -> str:
        """``2022``."""
        return str(self.start.year)

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return f"CalendarYear('{self.label}')"

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        bare = cls._unnamed(words)
        year = int(bare) if re.fullmatch(r"[0-9]{4}", bare) else 0
        return (cls.starting(year),) if FIRST_YEAR <= year <= LAST_YEAR else ()
