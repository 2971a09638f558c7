"""How years, months and days are written, and how they are read back; no period in sight.

Everything here takes words that `folded` has made even, and answers with numbers, or with None where the
words are not of that form. Refusing, and saying what was expected, is left to the periods themselves.
"""

from __future__ import annotations

import calendar
import datetime as dt
import operator
import re

from bucks_cs.errors import InvalidValue

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "as_date",
    "day_of",
    "day_written",
    "folded",
    "full_year",
    "in_reach",
    "is_six_digits",
    "month_of",
    "month_written",
    "whole_year",
    "year_pair",
]

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Periods lie between these years: beyond them is a slip of the keyboard."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = {name.casefold(): n for n, name in enumerate(_MONTHS, 1)}
_NUMBERS |= {name[:3]: n for name, n in _NUMBERS.items()} | {"sept": 9}
_NAME = "(" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\.?"
_DASHES = re.compile(r" ?[-/\u2010\u2011\u2012\u2013\u2014\u2212] ?")


def folded(text: object, *, what: str, expected: str) -> str:
    """Words made even: one space between them, every dash and slash a hyphen, in small letters.

    A whole number is taken for its digits, since a column of years is often read as numbers.

    Raises:
        InvalidValue: It is not text at all.
    """
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise InvalidValue(what=what, expected=f"text such as {expected}, not of type {type(text).__name__}")
    return _DASHES.sub("-", " ".join(text.split())).casefold()


def is_six_digits(text: object) -> bool:
    """Whether it is a ``time_period`` of two years, or a month, with nothing between: ``202223``, ``202212``."""
    return re.fullmatch(r"[0-9]{6}", str(text).strip()) is not None


def full_year(digits: str) -> int:
    """Two digits as POSIX and Python's ``%y`` read them: 69 to 99 are the 1900s, 00 to 68 the 2000s."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


def year_pair(words: str) -> tuple[int, int] | None:
    """The two years of ``2022-23``, ``22-23``, ``2022-2023`` or ``2022 to 2023``, consecutive or not."""
    match = re.fullmatch(r"([0-9]{4})(?:-| to )([0-9]{4}|[0-9]{2})|([0-9]{2})-([0-9]{2})", words)
    if not match:
        return None
    one, other = (part for part in match.groups() if part)
    first = full_year(one)
    second = int(other) if len(other) == 4 else first - first % 100 + int(other)
    return first, second + 100 if len(other) == 2 and second < first else second


def month_of(words: str) -> tuple[int, int] | None:
    """Year and month of ``2020-01``, ``01-2020``, ``202001``, ``january 2020``, ``jan 2020`` or ``jan-20``."""
    for pattern in (r"(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})", r"(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})"):
        if match := re.fullmatch(pattern, words):
            month = int(match["m"])
            return (int(match["y"]), month) if 1 <= month <= 12 else None
    match = re.fullmatch(_NAME + r"(?:[ -]([0-9]{4})|(?:-| ['\u2019])([0-9]{2}))", words)
    return (full_year(match[2] or match[3]), _NUMBERS[match[1]]) if match else None


def day_of(words: str, *, year: int | None = None) -> dt.date | None:
    """The day of ``2025-03-31``, ``31-03-2025`` (day first, as England writes it), ``31 march 2025``, ``31st mar 2025``.

    Args:
        words: Folded words.
        year: The year of a day written without one (``1 april``), where another day beside it gives it.
    """
    named = rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<n>{_NAME})"
    if year is not None:
        forms = [named]
    else:
        forms = [r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})", r"(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})"]
        forms.append(named + r",? (?P<y>[0-9]{4})")
    for form in forms:
        if match := re.fullmatch(form, words):
            parts = match.groupdict()
            month = int(parts["m"]) if "m" in parts else _NUMBERS[parts["n"].rstrip(".")]
            return _date(int(parts.get("y") or year or 0), month, int(parts["d"]))
    return None


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    return dt.date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def as_date(value: object, *, what: str, any_time: bool = False) -> dt.date:
    """A day out of a date, or out of a datetime at midnight (at any time of day, where that is all the same).

    Raises:
        InvalidValue: It is neither, it is missing (``NaT``), or it has a time of day that would be lost.
    """
    if isinstance(value, dt.date) and value == value:  # pandas' NaT is a datetime, and not equal to itself
        if not isinstance(value, dt.datetime):
            return value
        if any_time or value.time() == dt.time():
            return dt.date(value.year, value.month, value.day)
        raise InvalidValue(what=what, expected="a date with no time of day")
    raise InvalidValue(what=what, expected="a date, and not a missing one")


def whole_year(value: object, *, what: str) -> int:
    """A year given as a whole number.

    Raises:
        InvalidValue: It is no whole number, or out of reach.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise InvalidValue(what=what, expected="a year as a whole number, such as 2022")
    return in_reach(operator.index(value), what=what)


def in_reach(year: int, *, what: str) -> int:
    """The year itself.

    Raises:
        InvalidValue: It is before 1900 or after 2100.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue(what=what, expected=f"years from {FIRST_YEAR} to {LAST_YEAR}")
    return year


def month_written(date: dt.date, *, short: bool = False) -> str:
    """``March 2025``, or ``Mar 2025``; always in English, whatever the machine's language."""
    name = _MONTHS[date.month - 1]
    return f"{name[:3] if short else name} {date.year}"


def day_written(date: dt.date, *, short: bool = False) -> str:
    """``31 March 2025``, or ``31 Mar 2025``."""
    return f"{date.day} {month_written(date, short=short)}"
