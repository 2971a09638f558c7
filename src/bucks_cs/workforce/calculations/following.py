"""The workforce: how long members of an academy served and how long they have been followed, in whole months.

A month is whole on the same day of a later month, so that who starts on 1 April has served a month by the end of 30 April and has
served it if she leaves on 1 May. What happened is known up to the end of ``followed_to`` and no further, and a measure after so
many months is out of those who have been followed for so many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.dates import whole_months_between
from bucks_cs.frames.engine import column_names
from bucks_cs.marking import plain_day, whole

__all__ = ["MONTHS", "MOST_MONTHS", "as_months", "each_month", "followed_for", "last_day", "served"]

MONTHS = "months"
"""The column with how many months after the start a reading is of."""

MOST_MONTHS = 600
"""Fifty years: no service is followed for longer."""


def as_months(given: int | Iterable[int], *, least: int = 1) -> tuple[int, ...]:
    """One whole number of months or several, each once, in order.

    Args:
        given: The number, or several.
        least: The least it may be.

    Raises:
        InvalidValue: None, no whole numbers, one twice, below ``least`` or above `MOST_MONTHS`.
    """
    several = tuple(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else (given,)
    months = tuple(whole(each, what="months", least=least, of="months") for each in several)
    if not months or len(set(months)) < len(months) or max(months) > MOST_MONTHS:
        raise InvalidValue(what="months", expected=f"one or more whole numbers of months, each once, up to {MOST_MONTHS}")
    return tuple(sorted(months))


def last_day(given: dt.date) -> dt.date:
    """The last day of which everything is in the rows: a plain date.

    Args:
        given: What was given as ``followed_to=``.

    Raises:
        InvalidValue: It is none.
    """
    return plain_day(given, what="followed_to")


def served() -> nw.Expr:
    """Whole months from the start to the day of leaving; null for who has none."""
    return whole_months_between(nw.col("start_date"), nw.col("leaving_date"))


def followed_for(followed_to: dt.date) -> nw.Expr:
    """Whole months from the start to the end of the last day that is known; below 0 for who starts after it.

    Args:
        followed_to: The last day of which everything is in the rows.
    """
    # The end of a day is the beginning of the next: from 1 April to the end of 31 March is a year.
    return whole_months_between(nw.col("start_date"), nw.lit(followed_to + dt.timedelta(days=1)))


def each_month(months: Iterable[int], *, rows_after: Callable[[int], nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
    """The rows as they are marked for each number of months, one below the other, with the number in `MONTHS`.

    Args:
        months: The numbers of months.
        rows_after: What gives the rows marked for one of them; a column of that name, in any case, is replaced.
    """
    stacked = []
    for after in months:
        rows = rows_after(after)
        there = [name for name in column_names(rows) if name.casefold() == MONTHS]
        stacked.append(rows.drop(*there).with_columns(nw.lit(after).cast(nw.Int64).alias(MONTHS)))
    return stacked[0] if len(stacked) == 1 else nw.concat(stacked, how="vertical")
