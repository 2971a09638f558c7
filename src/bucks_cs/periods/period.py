"""What every period has, and the two that the others are made of: the month and the day.

A period has a kind, a first and a last day. Two periods are the same only where all three are: the financial
year 2022-23 and DfE's reporting year 2023 cover the same days and are still two things, since what is counted
over them, and when it was counted, differ.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import ClassVar, Self

import attrs

from bucks_cs.errors import Ambiguous, InvalidValue, NotComparable, Unreadable
from bucks_cs.periods.written import (
    FIRST_YEAR,
    LAST_YEAR,
    as_date,
    day_of,
    day_written,
    folded,
    in_reach,
    month_of,
    month_written,
    whole_year,
)

__all__ = ["Kind", "Month", "Period", "Snapshot"]

ONE_DAY = dt.timedelta(days=1)


def a(kind: str) -> str:
    """The kind with its article: ``a month``, ``an academic year``."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


class Kind:
    """The kind of a period, the same text on the class and on each of its objects."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type | None = None) -> str:
        return self.name


@attrs.frozen(init=False, repr=False)
class Period:
    """A stretch of days of a stated kind: the common base of all periods, never made by itself.

    Attributes:
        kind: What kind of period it is: ``"financial year"``, ``"month"``, ``"snapshot"`` and so on.
        start: The first day.
        end: The last day, included; the same as ``start`` for a snapshot.
    """

    kind: ClassVar[Kind]
    _forms: ClassVar[str]
    start: dt.date
    end: dt.date

    def __init__(self) -> None:
        raise InvalidValue(what="Period", expected="a period of some kind: FinancialYear, Month, Snapshot, Span or another")

    def __attrs_post_init__(self) -> None:
        if self.start.year < FIRST_YEAR or self.end.year > LAST_YEAR:
            raise InvalidValue(what=a(self.kind), expected=f"years from {FIRST_YEAR} to {LAST_YEAR}")

    @property
    def label(self) -> str:
        """The short form, for the axis of a chart or the head of a column."""
        return f"{day_written(self.start, short=True)} to {day_written(self.end, short=True)}"

    @property
    def named(self) -> str:
        """The form that leaves no doubt which kind is meant: ``financial year 2022-23``."""
        return str(self)

    def __str__(self) -> str:
        return f"{day_written(self.start)} to {day_written(self.end)}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}('{self.start}', '{self.end}')"

    @property
    def number_of_days(self) -> int:
        """How many days it has, the first and the last included."""
        return (self.end - self.start).days + 1

    def contains(self, date: dt.date) -> bool:
        """Whether a day lies in the period, first and last day included.

        Args:
            date: A date, or a datetime, of which the day counts.

        Returns:
            True or False. Where a period is only known to lie within bounds, whether the day lies in those.

        Raises:
            InvalidValue: It is no date.
        """
        return self.start <= as_date(date, what="date", any_time=True) <= self.end

    def months(self) -> tuple[Month, ...]:
        """The months of the period, in order.

        Returns:
            Twelve for a year, one for a month.

        Raises:
            InvalidValue: The period does not begin and end with a month, as a snapshot never does.
        """
        last = calendar.monthrange(self.end.year, self.end.month)[1]
        if self.start.day != 1 or self.end.day != last:
            raise InvalidValue(what=f"the months of {a(self.kind)}", expected="a period that begins and ends with a month")
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return tuple(Month.containing(self.start)._moved(n) for n in range(count))

    def at_end(self) -> Snapshot:
        """The last day, as the snapshot a stock is counted on: 31 March 2025 for the year that ends then."""
        return Snapshot(self.end)

    def next(self) -> Self:
        """The period of the same kind that follows.

        Raises:
            InvalidValue: Periods of its kind do not follow one another, as only years and months do.
        """
        return self._moved(1)

    def previous(self) -> Self:
        """The period of the same kind that comes before.

        Raises:
            InvalidValue: Periods of its kind do not follow one another, as only years and months do.
        """
        return self._moved(-1)

    def _moved(self, by: int) -> Self:
        what = f"the period next to {a(self.kind)}"
        raise InvalidValue(what=what, expected="a year or a month, since only these follow one another")

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        """Every period of this kind that folded words can be read as: none, one, or several where they are ambiguous."""
        return ()

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        """The only period of this kind that can have these bounds, if any; the caller sees whether it has."""
        return cls._made(start, end) if start <= end else None

    @classmethod
    def _made(cls, start: dt.date, end: dt.date) -> Self:
        made = cls.__new__(cls)
        made.__attrs_init__(start, end)
        return made

    @classmethod
    def _only(cls, text: object, *, hint: str = "", settle_by: str = "") -> Self:
        """The one period that text can be read as, or the error that says why there is none."""
        found = cls._read(folded(text, what=a(cls.kind), expected=cls._forms))
        if len(found) > 1:
            raise Ambiguous(what="this text", readings=tuple(period.named for period in found), settle_by=settle_by)
        if not found:
            raise Unreadable(what=a(cls.kind), length=len(str(text)), expected=cls._forms, hint=hint)
        return found[0]

    def _series(self) -> tuple[str, str]:
        """What two periods must share to be put in order, and the name of it for a message."""
        return self.kind, a(self.kind)

    def _before(self, other: Period, *, or_same: bool) -> bool:
        (mine, my_name), (theirs, their_name) = self._series(), other._series()
        if mine != theirs:
            raise NotComparable(what=f"{my_name} and {their_name}", why="only periods of one kind have an order")
        here, there = (self.start, self.end), (other.start, other.end)
        return here <= there if or_same else here < there

    def __lt__(self, other: object) -> bool:
        return self._before(other, or_same=False) if isinstance(other, Period) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._before(other, or_same=True) if isinstance(other, Period) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return other._before(self, or_same=False) if isinstance(other, Period) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return other._before(self, or_same=True) if isinstance(other, Period) else NotImplemented


@attrs.frozen(init=False, repr=False)
class Month(Period):
    """A calendar month.

    Args:
        text: ``"2020-01"``, ``"01/2020"``, ``"202001"``, ``"January 2020"``, ``"Jan 2020"`` or ``"Jan-20"``.

    Raises:
        Unreadable: The text is none of these.
        InvalidValue: It is not text, or the year is out of reach (1900 to 2100).

    Example:
        >>> Month("Jan-20")
        Month('2020-01')
        >>> print(Month("2020-01").next())
        February 2020
    """

    kind = Kind("month")
    _forms = "2020-01, January 2020 or Jan-20"

    def __init__(self, text: str) -> None:
        found = self._only(text)
        self.__attrs_init__(found.start, found.end)

    @classmethod
    def of(cls, year: int, month: int) -> Self:
        """The month of a year by its number, 1 to 12.

        Args:
            year: The calendar year.
            month: 1 to 12.

        Raises:
            InvalidValue: There is no such month, or the year is out of reach.

        Example:
            >>> print(Month.of(2020, 1))
            January 2020
        """
        year = whole_year(year, what="year")
        if isinstance(month, bool) or month not in range(1, 13):
            raise InvalidValue(what="month", expected="a whole number from 1 to 12")
        return cls._made(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def containing(cls, date: dt.date) -> Self:
        """The month a day lies in.

        Args:
            date: The day.

        Example:
            >>> print(Month.containing(dt.date(2022, 5, 25)))
            May 2022
        """
        day = as_date(date, what="date", any_time=True)
        return cls.of(day.year, day.month)

    @property
    def label(self) -> str:
        """``Jan 2020``."""
        return month_written(self.start, short=True)

    def __str__(self) -> str:
        return month_written(self.start)

    def __repr__(self) -> str:
        return f"Month('{self.start:%Y-%m}')"

    def _moved(self, by: int) -> Self:
        year, month = divmod(self.start.year * 12 + self.start.month - 1 + by, 12)
        return self.of(in_reach(year, what="a month"), month + 1)

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        found = month_of(words)
        return () if found is None or not FIRST_YEAR <= found[0] <= LAST_YEAR else (cls.of(*found),)

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        return cls.containing(start)


@attrs.frozen(init=False, repr=False)
class Snapshot(Period):
    """One day, on which a stock is counted: the children with a plan at 31 March.

    Args:
        date: A date, or ``"2025-03-31"``, ``"31/03/2025"`` (day first), ``"31 March 2025"``, ``"31st Mar 2025"`` or ``"as at
            31 March 2025"``.

    Raises:
        Unreadable: The text is none of these, or there is no such day.
        InvalidValue: It is neither text nor a date, or it has a time of day, or is out of reach (1900 to 2100).

    Example:
        >>> Snapshot("31 March 2025") == Snapshot(dt.date(2025, 3, 31))
        True
        >>> print(Snapshot("2025-03-31"))
        31 March 2025
    """

    kind = Kind("snapshot")
    _forms = "2025-03-31, 31/03/2025 or 31 March 2025"

    def __init__(self, date: str | dt.date) -> None:
        day = self._only(date).start if isinstance(date, str) else as_date(date, what="Snapshot")
        self.__attrs_init__(day, day)

    def months(self) -> tuple[Month, ...]:
        """A snapshot is one day and has no months.

        Raises:
            InvalidValue: Always.
        """
        raise InvalidValue(
            what="the months of a snapshot",
            expected="a period of whole months, and a snapshot is one day",
            hint=" Month.containing(date) gives the month around it.",
        )

    @property
    def label(self) -> str:
        """``31 Mar 2025``."""
        return day_written(self.start, short=True)

    def __str__(self) -> str:
        return day_written(self.start)

    def __repr__(self) -> str:
        return f"Snapshot('{self.start}')"

    @classmethod
    def _read(cls, words: str) -> tuple[Self, ...]:
        day = day_of(words.removeprefix("as ").removeprefix("at "))
        return () if day is None else (cls._made(day, day),)

    @classmethod
    def _of_bounds(cls, start: dt.date, end: dt.date) -> Self | None:
        return cls._made(start, start)
