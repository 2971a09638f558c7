"""Demand: how a clock of the pathway is read off two dates.

A clock runs in working days from a day that is not counted to a day that is, against the limit in force on the day it
started. What started before there was a limit was not under it, and is left out; a day on a clock that the calendar of
bank holidays does not cover is refused with a count, since it cannot be told.

Where those on a clock are counted by the day it started, the last of them are not due yet: nobody can say of them what
will come in time. They are left out, whatever has come of them, and counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.dates import add_working_days
from bucks_cs.frames.rules import Test
from bucks_cs.marking import marked, plain_day, unmarked
from bucks_cs.provenance import Dated
from bucks_cs.units import Quantity, in_unit
from bucks_cs.working_days import WorkingCalendar, england

__all__ = ["Clock", "followed", "tellable", "timed"]

_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Clock:
    """Two dates of a row and how far apart they may be.

    Args:
        start: The column with the day the clock starts; not counted.
        end: The column with the day it stops; counted if it is worked.
        limits: The limit by date in force; the day the clock starts decides which one holds.
    """

    start: str
    end: str
    limits: Dated[Quantity]

    @property
    def limit(self) -> nw.Expr:
        """The working days allowed; null where no limit was in force."""
        return self.by_limit(nw.Int64, lambda days: days)

    @property
    def both(self) -> str:
        """Its two columns, as a problem names them."""
        return f"{self.start}, {self.end}"

    def by_limit(self, kind: Any, told: Callable[[int], Any]) -> nw.Expr:
        """What follows from the limit in force on the day the clock starts; null where none was.

        Args:
            kind: The type of what follows.
            told: What follows, from the working days allowed.
        """
        begin, found = nw.col(self.start), nw.lit(None).cast(kind)
        for each in self.limits:
            held = begin >= each.since if each.until is None else (begin >= each.since) & (begin <= each.until)
            value = nw.lit(told(int(in_unit(each.value, "working_day")))).cast(kind)
            found = nw.when(held).then(value).otherwise(found)
        return found


def timed(lazy: nw.LazyFrame[Any], *, clock: Clock, whole: nw.Expr, calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    """Rows with ``working_days`` from one date to another and the two marks: under a limit, and within it.

    Args:
        lazy: The rows.
        clock: Which dates, and the limit. A row with no day the clock stopped is not in time.
        whole: Which rows are in the denominator, where a limit was in force.
        calendar: The days worked; England's bank holidays where none is given.
    """
    days = _known(calendar)
    rows = unmarked(lazy, "working_days", "not_due")
    counted = add_working_days(rows, nw.col(clock.start), nw.col(clock.end), name="working_days", calendar=days)
    return marked(counted, whole=whole & ~clock.limit.is_null(), part=nw.col("working_days") <= clock.limit)


def followed(
    lazy: nw.LazyFrame[Any], *, clock: Clock, whole: nw.Expr, followed_to: dt.date, calendar: WorkingCalendar | None
) -> nw.LazyFrame[Any]:
    """As `timed`, of rows that are followed up to a day: those not due by then are left out, and have ``not_due``.

    A row is not due while a later day could still be in time. It is left out even where its clock has stopped already, because
    those that are still to stop would be missing beside it.

    Args:
        lazy: The rows.
        clock: Which dates, and the limit.
        whole: Which rows are in the denominator, where a limit was in force and has run out.
        followed_to: The last day of which every end of the clock is in the rows.
        calendar: The days worked; England's bank holidays where none is given.
    """
    not_due = _not_due(clock, followed_to, _known(calendar))
    rows = timed(lazy, clock=clock, whole=whole & ~not_due, calendar=calendar)
    return rows.with_columns(not_due=whole & not_due)


def _not_due(clock: Clock, followed_to: dt.date, days: WorkingCalendar) -> nw.Expr:
    last = plain_day(followed_to, what="followed_to")
    first = clock.by_limit(nw.Date, lambda allowed: _first_not_due(allowed, last, days))
    return (nw.col(clock.start) >= first).fill_null(value=False)


def _first_not_due(allowed: int, followed_to: dt.date, days: WorkingCalendar) -> dt.date:
    """The first day on which a clock may have started that a day after the last one could still stop in time."""
    if not (days.covers(followed_to) and days.covers(followed_to + _DAY) and days.between(days.first, followed_to) > allowed):
        covered = f"covered by {days.what} ({days.first} to {days.last})"
        expected = f"a day that is {covered}, as the day after it and {allowed + 1} working days before it are"
        raise InvalidValue(what="followed_to", expected=expected)
    following = followed_to + _DAY
    # What comes on a Saturday has taken no more working days than on the Friday: the limit lasts until the next day worked.
    return days.add(following, -allowed if days.is_working_day(following) else -allowed - 1)


def tellable(clock: Clock, *, calendar: WorkingCalendar | None, followed_to: dt.date | None = None) -> tuple[Test, ...]:
    """What must hold of the days on a clock that was under a limit, so that it can be told what it took.

    Both lie in the calendar, and none comes after the day the rows are followed to. Their order is the schema's affair.

    Args:
        clock: Which dates, and the limit.
        calendar: The days worked; England's bank holidays where none is given.
        followed_to: The last day of which every end of the clock is in the rows; None where that is not asked.
    """
    days = _known(calendar)
    begin, finish = nw.col(clock.start), nw.col(clock.end)
    free = clock.limit.is_null()
    outside = f"is outside {days.what} ({days.first} to {days.last})"
    if followed_to is None:
        covered = begin.is_between(days.first, days.last)
        ends = Test(column=clock.both, rule=f"{clock.end} {outside}", holds=free | finish.is_between(days.first, days.last))
    else:
        last = plain_day(followed_to, what="followed_to")
        covered = begin >= days.first  # what starts after the calendar has no end by the last day, which is in it
        ends = Test(
            column=clock.both,
            rule=f"{clock.end} is after {last}, the day that followed_to says the rows go to",
            holds=free | (finish <= last),
            hint=" Give the last day that the rows really go to, or empty what came after it.",
        )
    # A clock that has not stopped needs no calendar: it is not in time, whatever was worked.
    return Test(column=clock.both, rule=f"{clock.start} {outside}", holds=free | finish.is_null() | covered), ends


def _known(calendar: object) -> WorkingCalendar:
    if calendar is None:
        return england()
    if not isinstance(calendar, WorkingCalendar):
        raise InvalidValue(what="calendar", expected="a WorkingCalendar, or None for the bank holidays of England")
    return calendar
