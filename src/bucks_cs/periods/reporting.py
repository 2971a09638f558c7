"""DfE's reporting year, which ends on another day in each publication.

"2025" with the ``time_identifier`` "Reporting year" is the year to 31 March 2025 in children in need, the year to 30 September
2025 in the social work workforce and 30 June 2025 in population estimates. The file does not say which.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.periods.period import ONE_DAY, Kind, Period
from bucks_cs.periods.written import FIRST_YEAR, as_date, day_of, day_written, in_reach, month_of, month_written, whole_year

__all__ = ["REPORTING_YEARS_END", "ReportingYear"]

REPORTING_YEARS_END = (
    "(3, 31) in children in need and children looked after, (9, 30) in the children's social work workforce, "
    "(6, 30) in mid-year population estimates"
)


def _days_end(ends: object) -> tuple[int, int]:
    """The month and day a reporting year ends, checked: a day that every year has."""
    if ends is None:
        raise InvalidValue(
            what="ends",
            expected="the month and day the reporting year ends, which is part of what it is and which no file says",
            hint=f" It is {REPORTING_YEARS_END}.",
        )
    pair = tuple(ends) if isinstance(ends, (tuple, list)) else ()
    whole = len(pair) == 2 and all(isinstance(part, int) and not isinstance(part, bool) for part in pair)
    if not whole or day_of(f"2023-{pair[0]:02}-{pair[1]:02}") is None:
        raise InvalidValue(what="ends", expected="a month and a day that every year has, as in (3, 31)")
    return pair[0], pair[1]


@attrs.frozen(init=False, repr=False)
class ReportingYear(Period):
    """The twelve months to a stated day, known by the year they end in.

    DfE uses it for whatever fits no other year, figures "collected on a specific day" included. The day differs by
    publication, so it is an argument here and part of what the year is: the year 2025 to 31 March is not the one
    to 30 September. A figure counted on the last day alone is a stock at `at_end`.

    Args:
        year: The year it ends in: ``2025`` or ``"2025"``; or the whole, ``"year to 31 March 2025"`` or ``"year ending
            31 March 2025"``, which needs no ``ends``.
        ends: Month and day it ends: ``(3, 31)`` in children in need and children looked after, ``(9, 30)`` in the
            children's social work workforce, ``(6, 30)`` in mid-year population estimates. 29 February will not do.

    Raises:
        InvalidValue: ``ends`` is missing, is no day that every year has, or disagrees with the text; or the year is out
            of reach (1900 to 2100).
        Unreadable: The text is none of these.

    Source:
        DfE, *Analysts' guide*, open data standards, "List of allowable time values" ("Use 'Reporting year' if your
        data does not fit in other categories, i.e. collected on a specific day"). DfE, *Characteristics of children in
        need*, year ending 31 March. DfE, *Children's social work workforce* 2024, data guidance ("Each reporting year
        covers the period 1 October to 30 September"). ONS, *Mid-year population estimates
        QMI* ("the usually resident population on 30 June of each year").

    Example:
        >>> year = ReportingYear(2025, ends=(3, 31))
        >>> print(year)
        year to 31 March 2025
        >>> print(year.start)
        2024-04-01
        >>> year == ReportingYear("year ending 31 March 2025")
        True
        >>> year == ReportingYear(2025, ends=(9, 30))
        False
    """

    kind = Kind("reporting year")
    _forms = "one year in four digits, or as in year to 31 March 2025"

    def __init__(self, year: str | int, *, ends: tuple[int, int] | None = None) -> None:
        if isinstance(year, str) and re.fullmatch(r" *[0-9]{4} *", year):
            year = int(year)
        if isinstance(year, str):
            found = self._only(year)
            if ends is not None and _days_end(ends) != found.ends:
                raise InvalidValue(what="ends", expected="the day the text gives, or nothing")
        else:
            found = self._ended(whole_year(year, what="the year it ends in"), _days_end(ends))
        self.__attrs_init__(found.start, found.end)

    @classmethod
    def containing(cls, date: dt.date, *, ends: tuple[int, int]) -> Self:
        """The reporting year a day lies in.

        Args:
            date: The day.
            ends: The month and day on which such a year ends.

        Raises:
            InvalidValue: It is no date; or ``ends`` is no day that every year has; or the year is out of reach.
        """
        day, last = as_date(date, what="date", any_time=True), _days_end(ends)
        return cls._ended(day.year + ((day.month, day.day) > last), last)

    @property
    def ends(self) -> tuple[int, int]:
        """The month and day it ends."""
        return self.end.month, self.end.day

    @property
    def label(self) -> str:
        """``year to Mar 2025``, with its day where that is not the last of the month."""
        whole_months = (self.end + ONE_DAY).day == 1
        return f"year to {(month_written if whole_months else day_written)(self.end, short=True)}"

    def __str__(self) -> str:
        return f"year to {day_written(self.end)}"

    def __repr__(self) -> str:
        return f"ReportingYear({self.end.year}, ends={self.ends})"

    def _series(self) -> tuple[str, str]:
        return f"{self.kind} {self.ends}", f"a reporting year to {day_written(self.end).rpartition(' ')[0]}"

    def _moved(self, by: int) -> Self:
        return self._ended(self.end.year + by, self.ends)

    @classmethod
    def _ended(cls, year: int, ends: tuple[int, int]) -> Self:
        in_reach(year - (ends != (12, 31)), what="the year it starts in")
        in_reach(year, what="the year it ends in")
        return cls._made(dt.date(year - 1, *ends) + ONE_DAY, dt.date(year, *ends))

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        match = re.fullmatch(r"(?:the )?(?:reporting )?year (?:to|ending|ended)(?: on)? (.+)", words)
        if not match:
            return ()
        day, month = day_of(match[1]), month_of(match[1])
        if day is None and month is not None and month[1] != 2:
            day = next((d for n in (31, 30) if (d := day_of(f"{month[0]}-{month[1]:02}-{n}"))), None)
        return () if day is None else tuple(filter(None, [cls._of_bounds(day, day)]))

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        good = (end.month, end.day) != (2, 29) and end.year > FIRST_YEAR
        return cls._ended(end.year, (end.month, end.day)) if good else None
