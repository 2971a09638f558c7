"""Windows that are no year: a monthly average over some months, and any two dates.

A Cabinet report sets "2022 monthly average" beside "Early 2020 (pre-pandemic) monthly average". Such a figure is
the mean of monthly figures, so it is comparable with a month and not with a year; and where the report does
not print the months, they are only known to lie within bounds.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

import attrs

from bucks_cs.errors import InvalidValue, Unreadable
from bucks_cs.periods.period import Kind, Month, Period
from bucks_cs.periods.written import as_date, day_of, folded, month_of, month_written

__all__ = ["MonthlyAverage", "Span"]


class _AverageKind(Kind):
    """The kind of a monthly average, which is another where the months are only known to lie within bounds."""

    def __get__(self, instance: object, owner: type | None = None) -> str:
        known = not isinstance(instance, MonthlyAverage) or instance.exact
        return self.name if known else f"{self.name} within"


def _as_month(given: Month | str, *, what: str) -> Month:
    if isinstance(given, str):
        return Month(given)
    if not isinstance(given, Month):
        raise InvalidValue(what=what, expected="a Month, or text such as January 2020")
    return given


@attrs.frozen(init=False, repr=False)
class MonthlyAverage(Period):
    """The mean of the monthly figures of a window of months.

    Args:
        first: The first month of the window: a `Month`, or text that `Month` reads.
        last: The last.
        exact: True where the window is just these months. False where it is only known to lie within them: its kind
            is then ``"monthly average within"``, so that it never equals an exact one.

    Raises:
        InvalidValue: ``last`` is before ``first``, or either is no month.
        Unreadable: Text that is no month.

    Source:
        Buckinghamshire Council, report to Cabinet, *Children's Services Update*, 11 October 2022, paragraph 3.19: the headings
        "Early 2020 (pre-pandemic) monthly average" and "2022 monthly average" print no months.

    Example:
        >>> print(MonthlyAverage("January 2020", "March 2020"))
        monthly average, January 2020 to March 2020
        >>> early = MonthlyAverage("2020-01", "2020-03", exact=False)
        >>> print(early, "|", early.kind)
        monthly average, within January 2020 to March 2020 | monthly average within
    """

    kind = _AverageKind("monthly average")
    _forms = "monthly average, January 2020 to March 2020"
    exact: bool = True

    def __init__(self, first: Month | str, last: Month | str, *, exact: bool = True) -> None:
        begin, finish = _as_month(first, what="first"), _as_month(last, what="last")
        if not isinstance(exact, bool):
            raise InvalidValue(what="exact", expected="True or False")
        if finish < begin:
            raise InvalidValue(what="MonthlyAverage", expected="last not before first")
        self.__attrs_init__(begin.start, finish.end, exact)

    @classmethod
    def over(cls, period: Period, *, exact: bool = True) -> Self:
        """The monthly average over the months of a period, or within them.

        Args:
            period: What to average over; it begins and ends with a month.
            exact: False where the months lie somewhere within the period, and which they are is not said.

        Raises:
            InvalidValue: The period does not begin and end with a month.

        Example:
            >>> print(MonthlyAverage.over(Month("May 2022")))
            monthly average, May 2022
        """
        months = period.months()
        return cls(months[0], months[-1], exact=exact)

    @property
    def first(self) -> Month:
        """The first month of the window, or of its bounds."""
        return Month.containing(self.start)

    @property
    def last(self) -> Month:
        """The last month of the window, or of its bounds."""
        return Month.containing(self.end)

    def months(self) -> tuple[Month, ...]:
        """The months the figure is the mean of.

        Raises:
            InvalidValue: They are only known to lie within bounds (`first`, `last`).
        """
        if not self.exact:
            what, hint = f"the months of a {self.kind}", " Its bounds are first and last."
            raise InvalidValue(what=what, expected="a window that is known exactly", hint=hint)
        return super().months()

    @property
    def label(self) -> str:
        """``Jan 2020 to Mar 2020``, with ``within`` before it where the window is not known."""
        return self._window(short=True)

    def __str__(self) -> str:
        return f"monthly average, {self._window(short=False)}"

    def __repr__(self) -> str:
        exact = "" if self.exact else ", exact=False"
        return f"MonthlyAverage('{self.start:%Y-%m}', '{self.end:%Y-%m}'{exact})"

    def _window(self, *, short: bool) -> str:
        begin, finish = month_written(self.start, short=short), month_written(self.end, short=short)
        return ("" if self.exact else "within ") + (begin if begin == finish else f"{begin} to {finish}")

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        match = re.fullmatch(r"monthly average,? (?P<within>within )?(?P<first>.+?)(?: to (?P<last>.+))?", words)
        if match:
            months = [month_of(match["first"]), month_of(match["last"] or match["first"])]
            found = [Month.of(*month) for month in months if month]
            if len(found) == 2:
                return (cls(found[0], found[1], exact=not match["within"]),) if found[0] <= found[1] else ()
        # "2022 monthly average" may be of the whole year, or of what there was of it when it was printed.
        match = re.fullmatch(r"([0-9]{4}) monthly average|monthly average,? (?:in |for )?([0-9]{4})", words)
        if not match:
            return ()
        year = int(match[1] or match[2])
        return tuple(cls(Month.of(year, 1), Month.of(year, 12), exact=exact) for exact in (True, False))

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        return cls(Month.containing(start), Month.containing(end)) if start <= end else None


def _end_of_span(words: str, *, last: bool, year: int | None = None) -> dt.date | None:
    """The day a span begins or ends on, from a day or a month."""
    day = day_of(words) or (day_of(words, year=year) if year else None)
    month = month_of(words) or (month_of(f"{words} {year}") if year else None)
    if day is None and month is not None:
        whole = Month.of(*month)
        return whole.end if last else whole.start
    return day


@attrs.frozen(init=False, repr=False)
class Span(Period):
    """From one date to another, where no other kind fits: the first six months of a year, an inspection's fieldwork.

    A span never equals a year or a month, even with the same days: give those by their own kind.

    Args:
        start: The first day: a date, or text that `Snapshot` reads.
        end: The last day, included.

    Raises:
        InvalidValue: ``end`` is before ``start``, or either is no date, or has a time of day.
        Unreadable: Text that is no day.

    Example:
        >>> half = Span("1 April 2022", "30 September 2022")
        >>> print(half)
        1 April 2022 to 30 September 2022
        >>> half.number_of_days, len(half.months())
        (183, 6)
    """

    kind = Kind("period")
    _forms = "1 April 2022 to 30 September 2022"

    def __init__(self, start: dt.date | str, end: dt.date | str) -> None:
        first, last = (_as_day(start, what="start"), _as_day(end, what="end"))
        if last < first:
            raise InvalidValue(what="Span", expected="end on or after start")
        self.__attrs_init__(first, last)

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        one, to, other = words.removeprefix("from ").partition(" to " if " to " in words else "-")
        end = _end_of_span(other, last=True) if to else None
        # "1 April to 30 September 2022" prints its year once.
        start = _end_of_span(one, last=False, year=end.year) if end else None
        return (cls._made(start, end),) if start and end and start <= end else ()


def _as_day(given: dt.date | str, *, what: str) -> dt.date:
    if not isinstance(given, str):
        return as_date(given, what=what)
    expected = "2025-03-31, 31/03/2025 or 31 March 2025"
    day = day_of(folded(given, what=what, expected=expected))
    if day is None:
        raise Unreadable(what=f"the {what} of a period", length=len(given), expected=expected)
    return day
