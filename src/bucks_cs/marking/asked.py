"""What a caller asks of a measure, made sure of: periods, days, whole numbers and groups.

Each refusal names the argument it was given for, says what it may be, and is raised before anything is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import Engine
from bucks_cs.marking.rows import MARKS
from bucks_cs.periods import MonthlyAverage, Period, Snapshot
from bucks_cs.readings import RESERVED

__all__ = [
    "area_number",
    "as_periods",
    "as_snapshots",
    "groups",
    "one_day",
    "one_period_of_a_flow",
    "periods_of_a_flow",
    "plain_day",
    "whole",
]

_MOST = 1_000_000


def as_periods(given: Period | Iterable[Period], *, what: str = "period") -> tuple[Period, ...]:
    """One period or several, each once, in order of their days.

    Args:
        given: A period, or several.
        what: The argument it was given for.

    Raises:
        InvalidValue: None, something else than periods, or one twice.
    """
    periods = _several(given)
    if not periods or not all(isinstance(period, Period) for period in periods):
        raise InvalidValue(what=what, expected="a period or several, such as FinancialYear('2022-23').months()")
    _each_once(periods, what)
    return tuple(sorted(periods, key=lambda period: (period.start, period.end)))


def periods_of_a_flow(given: Period | Iterable[Period], *, what: str = "period") -> tuple[Period, ...]:
    """Periods that events can be counted over: a day is for stocks, and a monthly average is worked out from months.

    Args:
        given: A period, or several.
        what: The argument it was given for.

    Raises:
        InvalidValue: None, one twice, a snapshot or a monthly average.
    """
    periods = as_periods(given, what=what)
    if any(isinstance(period, MonthlyAverage) for period in periods):
        hint = " Count over its months(), and give the count to monthly_average."
        raise InvalidValue(what=what, expected="a period to count over, which a monthly average is not", hint=hint)
    if any(isinstance(period, Snapshot) for period in periods):
        hint = " For one day's events give Span(day, day)."
        raise InvalidValue(what=what, expected="a period to count events over, not the day of a snapshot", hint=hint)
    return periods


def one_period_of_a_flow(given: Period | Iterable[Period], *, what: str = "period") -> Period:
    """The one period of a drill-down whose rows differ from period to period.

    Args:
        given: A period.
        what: The argument it was given for.

    Raises:
        InvalidValue: As `periods_of_a_flow`, or several.
    """
    periods = periods_of_a_flow(given, what=what)
    if len(periods) > 1:
        raise InvalidValue(what=what, expected="one period: which rows count differs from one to another")
    return periods[0]


def as_snapshots(given: Snapshot | Iterable[Snapshot], *, what: str = "at") -> tuple[Snapshot, ...]:
    """One day or several, each once, in order: the days a stock is counted on.

    Args:
        given: A `Snapshot`, or several.
        what: The argument it was given for.

    Raises:
        InvalidValue: None, something else than snapshots (a year has many days), or one twice.
    """
    asked = _several(given)
    days = tuple(day for day in asked if isinstance(day, Snapshot))
    if not days or len(days) < len(asked):
        hint = " The last day of a period is period.at_end()."
        raise InvalidValue(what=what, expected="a Snapshot or several, such as Snapshot('31 March 2023')", hint=hint)
    _each_once(days, what)
    return tuple(sorted(days, key=lambda day: day.start))


def one_day(given: Snapshot | Iterable[Snapshot], *, what: str = "at") -> Snapshot:
    """The one day of a drill-down whose rows differ from day to day.

    Args:
        given: A `Snapshot`.
        what: The argument it was given for.

    Raises:
        InvalidValue: As `as_snapshots`, or several.
    """
    days = as_snapshots(given, what=what)
    if len(days) > 1:
        raise InvalidValue(what=what, expected="one day: which rows count differs from day to day")
    return days[0]


def plain_day(given: object, *, what: str) -> dt.date:
    """A date with no time of day, such as the first day that a history goes back to.

    Args:
        given: The date.
        what: The argument it was given for.

    Raises:
        InvalidValue: Something else, a datetime, or the first or the last day there is, which stands for none at all.
    """
    if isinstance(given, dt.datetime) or not isinstance(given, dt.date) or given in {dt.date.min, dt.date.max}:
        raise InvalidValue(what=what, expected="a datetime.date with no time of day, such as datetime.date(2019, 4, 1)")
    return given


def whole(given: object, *, what: str, least: int, of: str) -> int:
    """A whole number of something, such as days or cases.

    Args:
        given: The number.
        what: The argument it was given for.
        least: The least it may be; the most is a million.
        of: What it counts, in words: ``"days"``.

    Raises:
        InvalidValue: Something else, yes or no, less than the least, or more than a million, which some engine cannot add.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= _MOST:
        raise InvalidValue(what=what, expected=f"a whole number of {of}, {least} or more")
    return given


def area_number(given: object) -> str | None:
    """The LA number that rows are of, as text, or None for the caller's own area.

    Args:
        given: What was given as ``area=``.

    Raises:
        InvalidValue: It is neither, such as a number, whose leading nought would be lost.
    """
    if given is not None and not (isinstance(given, str) and given and given == given.strip()):
        raise InvalidValue(what="area", expected="an LA number as text, such as '825', or None for the caller's own area")
    return given


def groups(checked: Checked[Any], by: str | Sequence[str] | None, *, own: Iterable[str] = ()) -> tuple[str, ...]:
    """The columns to break a measure down by: the frame's, and none that the measure or its readings make themselves.

    A frame that was marked before has columns of those names, and they would be replaced before anything is counted by them.

    Args:
        checked: The frame.
        by: One column, several, or None for none.
        own: What the measure's drill-down has beside `MARKS`.

    Raises:
        UnknownColumn: The frame lacks one.
        InvalidValue: One identifies a person, is named twice, is a mark, has a name that readings keep for themselves, or one
            that an engine cannot group by (with spaces around it, or on DuckDB a dot).
    """
    columns = checked.grouping(by)
    for column in columns:
        if column != column.strip() or not column or column == "*" or ("." in column and checked.home.engine is Engine.DUCKDB):
            raise InvalidValue(what=f"by={column!r}", expected="a plain name, which every engine can group by; rename it first")
    # DuckDB and Spark take no notice of case.
    made, kept = ({name.casefold() for name in names} for names in ((*MARKS, *own), RESERVED))
    for column in columns:
        if column.casefold() in made:
            raise InvalidValue(what=f"by={column!r}", expected="a column the measure does not make itself; rename it first")
        if column.casefold() in kept:
            hint = f" Reserved: {', '.join(RESERVED)}."
            raise InvalidValue(what=f"by={column!r}", expected="a name that is not reserved; rename it first", hint=hint)
    return columns


def _several(given: object) -> tuple[Any, ...]:
    """What was given, as several: something that is no period and cannot be gone through is one, to be refused by name."""
    if isinstance(given, Period) or not isinstance(given, Iterable):
        return (given,)
    return tuple(given)


def _each_once(periods: Sequence[Period], what: str) -> None:
    if len(set(periods)) != len(periods):
        raise InvalidValue(what=what, expected="each period once")
