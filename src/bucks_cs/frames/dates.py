"""Dates in columns: days and months between, on every engine alike, and working days.

Engines do not agree what a date minus a date is, so dates are subtracted nowhere but here: where the engine is known its
own difference is taken, and elsewhere a day is turned into its number since 1 January 1970 with whole-number arithmetic, which
every engine has. Every function of expressions here takes and gives narwhals expressions; `with_working_days` is for a whole
frame.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

import narwhals as nw
import polars as pl

from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames.engine import collect, column_names, enter, need_columns
from bucks_cs.frames.rules import Test
from bucks_cs.frames.widen import Widened, widen
from bucks_cs.working_days import WorkingCalendar, england

__all__ = [
    "add_working_days",
    "day_number",
    "days_between",
    "month_start",
    "whole_months",
    "whole_months_between",
    "with_working_days",
    "within_months",
]

FrameT = TypeVar("FrameT")
_EPOCH = dt.date(1970, 1, 1)
_DAYS_BEFORE_1970 = _EPOCH.toordinal()


def _parts(date: nw.Expr) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    return date.dt.year().cast(nw.Int64), date.dt.month().cast(nw.Int64), date.dt.day().cast(nw.Int64)


def day_number(date: nw.Expr) -> nw.Expr:
    """Days since 1 January 1970, as a whole number.

    Args:
        date: An expression of dates in the year 1 or later.

    Source:
        The Gregorian calendar: a leap day every fourth year, but not every hundredth, but every four hundredth.
    """
    # Years and days of the year take less than half the time of years, months and days.
    year = date.dt.year().cast(nw.Int64) - 1
    return year * 365 + year // 4 - year // 100 + year // 400 + date.dt.ordinal_day().cast(nw.Int64) - _DAYS_BEFORE_1970


def days_between(start: nw.Expr, end: nw.Expr, *, like: nw.LazyFrame[Any] | None = None) -> nw.Expr:
    """Whole days from one date to another; negative where the second is earlier, null where either is.

    Args:
        start: Dates.
        end: Dates.
        like: A frame of the engine it is for, whose own difference is ten times as fast on polars and DuckDB; where there is
            none, the days are worked out in a way that every engine has.
    """
    if like is not None and like.implementation is nw.Implementation.POLARS:
        return end.cast(nw.Int64) - start.cast(nw.Int64)  # as it keeps dates
    if like is not None and like.implementation is nw.Implementation.DUCKDB:
        return (end - start).cast(nw.Int64)
    return day_number(end) - day_number(start)


def month_start(date: nw.Expr) -> nw.Expr:
    """The first day of a date's month."""
    return date.dt.truncate("1mo").cast(nw.Date)


def whole_months(start: nw.Expr, end: nw.Expr) -> nw.Expr:
    """How many whole calendar months there are from one date to another, both included; null where there is no whole number.

    Args:
        start: Dates; the first of a month.
        end: Dates; the last of a month.
    """
    year, month, day = _parts(start)
    later_year, later_month, _ = _parts(end)
    is_last = end.dt.offset_by("1d").dt.day() == 1
    return nw.when((day == 1) & is_last).then((later_year - year) * 12 + (later_month - month) + 1)


def whole_months_between(start: nw.Expr, end: nw.Expr) -> nw.Expr:
    """Whole months from one date to another: a month is whole on the same day of a later month.

    From 31 January a month is whole on 1 March, February having no 31st, and from 29 February a year is whole on 1 March of
    a year that is no leap year.

    Args:
        start: Dates.
        end: Dates, not before the starts.
    """
    year, month, day = _parts(start)
    later_year, later_month, later_day = _parts(end)
    apart = (later_year - year) * 12 + (later_month - month)
    return nw.when(later_day < day).then(apart - 1).otherwise(apart)


def within_months(start: nw.Expr, end: nw.Expr, *, months: int) -> nw.Expr:
    """Whether a date is at most so many months after another, the anniversary included.

    12 months from 15 March 2021 run to 15 March 2022, and from 29 February 2020 to 28 February 2021: where the month has
    no such day, they end with the month. True too where the second date is the earlier one.

    Args:
        start: Dates.
        end: Dates.
        months: How many months.
    """
    year, month, day = _parts(start)
    later_year, later_month, later_day = _parts(end)
    apart = (later_year - year) * 12 + (later_month - month)
    return (apart < months) | ((apart == months) & (later_day <= day))


def _weekdays(number: nw.Expr) -> nw.Expr:
    """Mondays to Fridays up to a day, but for a constant; 1 January 1970 was a Thursday."""
    since_monday = number + 3
    rest = since_monday % 7
    return (since_monday // 7) * 5 + nw.when(rest < 5).then(rest + 1).otherwise(nw.lit(5))


def add_working_days(
    lazy: nw.LazyFrame[Any], start: nw.Expr, end: nw.Expr, *, name: str, calendar: WorkingCalendar | None = None
) -> nw.LazyFrame[Any]:
    """A lazy frame with a column of working days, as `bucks_cs.working_days.between` counts them; for calculations.

    In polars each day is looked up among the numbers of working days up to it. Elsewhere both dates become day numbers in
    columns of their own first: written into each of some 140 comparisons with a holiday, they took DuckDB half a minute to plan.

    Args:
        lazy: The frame.
        start: Dates.
        end: Dates.
        name: What the new column is called.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The frame with whole numbers; null where either date is null or outside the calendar, or the end is before the start.
        Count such rows and refuse them (`with_working_days` does) before the nulls are read as anything.
    """
    known = england() if calendar is None else calendar
    if lazy.implementation is nw.Implementation.POLARS:
        return _looked_up(lazy.with_columns(__begin=start, __finish=end), name, known)
    first, last = _number_of(known.first), _number_of(known.last)
    begin, finish = nw.col("__begin"), nw.col("__finish")
    lost = [
        ((begin < day) & (finish >= day)).cast(nw.Int64) for day in map(_number_of, known.weekday_holidays())
    ]
    worked = _weekdays(finish) - _weekdays(begin)
    if lost:
        worked = worked - nw.sum_horizontal(*lost)
    covered = (begin >= first) & (finish <= last) & (finish >= begin)
    epoch = nw.lit(_EPOCH)
    numbered = lazy.with_columns(__begin=days_between(epoch, start, like=lazy), __finish=days_between(epoch, end, like=lazy))
    return numbered.with_columns(nw.when(covered).then(worked).alias(name)).drop("__begin", "__finish")


def _looked_up(dated: nw.LazyFrame[Any], name: str, known: WorkingCalendar) -> nw.LazyFrame[Any]:
    """As `add_working_days`, in polars alone: the working days up to the finish, less those up to the beginning."""
    days = pl.date_range(known.first, known.last, eager=True)
    up_to = ((days.dt.weekday() <= 5) & ~days.is_in(known.weekday_holidays())).cast(pl.Int64).cum_sum()
    begin, finish = pl.col("__begin"), pl.col("__finish")
    covered = (begin >= known.first) & (finish <= known.last) & (finish >= begin)
    first, last = (pl.when(covered).then(day.cast(pl.Int64) - _number_of(known.first)) for day in (begin, finish))
    worked = pl.lit(up_to).gather(last) - pl.lit(up_to).gather(first)
    native: pl.LazyFrame = dated.to_native()
    counted: nw.LazyFrame[Any] = nw.from_native(native.with_columns(worked.alias(name)).drop("__begin", "__finish"))
    return counted


def _number_of(date: dt.date) -> int:
    return (date - _EPOCH).days


def with_working_days(
    frame: FrameT, *, start: str, end: str, name: str = "working_days", calendar: WorkingCalendar | None = None
) -> FrameT:
    """A frame with a column of working days from one of its dates to another.

    Args:
        frame: A frame of any engine, with dates or timestamps (whose time of day is passed over).
        start: The column with the day it started; not counted.
        end: The column with the day it ended; counted if it is worked.
        name: What the new column is called.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's own kind of frame with one more column of whole numbers, 0 or more; null where either date is.
        On a lazy engine one aggregate query runs, to count what must be refused.

    Raises:
        UnknownColumn: The frame lacks a column.
        InvalidValue: It has one called ``name`` already.
        FrameProblems: A column holds no dates; an end before its start; a date outside the calendar: with counts of rows.

    Source:
        As `bucks_cs.working_days.between`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> plan = pl.DataFrame({"published": [dt.date(2022, 2, 11)], "due": [dt.date(2022, 5, 25)]})
        >>> with_working_days(plan, start="published", end="due")["working_days"].to_list()
        [70]
    """
    lazy, home = enter(frame)
    need_columns(lazy, (start, end))
    if name.casefold() in {there.casefold() for there in column_names(lazy)}:  # DuckDB and Spark take no notice of case
        raise InvalidValue(what=f"name={name!r}", expected="a name that the frame does not have yet")
    types = lazy.collect_schema()
    days = {column: widen(column, types[column], nw.Date, column=column) for column in (start, end)}
    begin, finish = days[start].value, days[end].value
    known = england() if calendar is None else calendar
    _refuse(lazy, start, end, days, known)
    out: FrameT = home.back(add_working_days(lazy, begin, finish, name=name, calendar=known))
    return out


def _refuse(lazy: nw.LazyFrame[Any], start: str, end: str, days: Mapping[str, Widened], known: WorkingCalendar) -> None:
    begin, finish = days[start].value, days[end].value
    outside = f"is outside {known.what} ({known.first} to {known.last})"
    tests = [
        *(test for how in days.values() for test in how.tests),
        Test(column=f"{start}, {end}", rule="the end is before the start", holds=finish >= begin),
        Test(column=start, rule=outside, holds=(begin >= known.first) & (begin <= known.last)),
        Test(column=end, rule=outside, holds=(finish >= known.first) & (finish <= known.last)),
    ]
    counts = collect(lazy.select(**{f"n{i}": test.broken() for i, test in enumerate(tests)})).row(0)
    found = zip(tests, counts, strict=True)
    problems = tuple(Problem(column=test.column, rule=test.rule, rows=int(n), hint=test.hint) for test, n in found if n)
    if problems:
        raise FrameProblems(schema="working days", problems=problems)
