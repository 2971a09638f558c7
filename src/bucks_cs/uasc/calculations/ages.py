"""Unaccompanied children: how old they are on a day, in whole months and years, and when they turn 18.

Someone is 18 from the 18th birthday on; who was born on 29 February is so from 1 March, since no 18th birthday falls in a leap
year. Not verified: that law reads it so; it is how `bucks_cs.frames.dates.whole_months_between` counts.
"""

from __future__ import annotations

import narwhals as nw

from bucks_cs.frames.dates import whole_months_between
from bucks_cs.uasc.sources import MONTHS_TO_18

__all__ = ["is_under_18", "months_old", "order_of", "order_of_18th_birthday", "started_under_18", "years_old"]

_BORN = "date_of_birth"
_MONTHS = 12
_LEAP_DAY = (2, 29)


def months_old(day: nw.Expr) -> nw.Expr:
    """Whole months of age on a day; null where the date of birth is not known.

    Args:
        day: The day.
    """
    return whole_months_between(nw.col(_BORN), day)


def years_old(day: nw.Expr) -> nw.Expr:
    """Whole years of age on a day.

    Args:
        day: The day.
    """
    return months_old(day) // _MONTHS


def is_under_18(day: nw.Expr) -> nw.Expr:
    """Whether they are under 18 on a day; null where the date of birth is not known.

    Args:
        day: The day.
    """
    return months_old(day) < MONTHS_TO_18


def started_under_18() -> nw.Expr:
    """Whether they were under 18 on the day the row starts, or are not known not to have been.

    Who turns out to have been 18 by then, as after an assessment of age, never was an unaccompanied child.
    """
    return is_under_18(nw.col("start_date")).fill_null(value=True)


def order_of(date: nw.Expr) -> nw.Expr:
    """A whole number that puts dates in order: 372 a year, 31 a month, which every engine works out alike.

    Args:
        date: Dates.
    """
    year, month, day = date.dt.year(), date.dt.month(), date.dt.day()
    return year.cast(nw.Int64) * 372 + month.cast(nw.Int64) * 31 + day.cast(nw.Int64)


def order_of_18th_birthday() -> nw.Expr:
    """The 18th birthday as `order_of` has it; null where the date of birth is not known."""
    born = nw.col(_BORN)
    month, day = _LEAP_DAY
    # 1 March is three after 29 February in that order, where every month has 31 days.
    leap_day = nw.when((born.dt.month() == month) & (born.dt.day() == day)).then(nw.lit(3)).otherwise(nw.lit(0))
    return order_of(born) + (MONTHS_TO_18 // _MONTHS) * 372 + leap_day.cast(nw.Int64)
