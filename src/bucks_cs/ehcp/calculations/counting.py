"""EHC plans: rows counted by a day of theirs, over periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import column_names
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Indicator
from bucks_cs.marking import drill_down, flows, groups, marked, periods_of_a_flow
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["counted_by_day", "lies_in", "mark_counted_by_day", "nothing_after", "without"]


def counted_by_day(
    checked: Checked[FrameT],
    *,
    indicator: Indicator,
    date: str,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[FrameT]:
    """How many rows have their day in each period; a row with no day is in none.

    Args:
        checked: The rows.
        indicator: What is counted.
        date: The column with the day.
        period: The periods.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
    """
    return flows(
        checked.lazy,
        home=checked.home,
        indicator=indicator,
        date=date,
        period=periods_of_a_flow(period),
        by=groups(checked, by),
        area=area,
        source=source,
    )


def mark_counted_by_day(checked: Checked[FrameT], *, date: str, period: Period | Iterable[Period]) -> FrameT:
    """The rows with whether each has a day to be counted on, and whether that lies in one of the periods.

    Args:
        checked: The rows.
        date: The column with the day.
        period: The periods.
    """
    inside = lies_in(date, periods_of_a_flow(period))
    native: FrameT = drill_down(checked, marked(checked.lazy, whole=~nw.col(date).is_null(), part=inside))
    return native


def lies_in(date: str, periods: Sequence[Period]) -> nw.Expr:
    """Whether a day lies in one of several periods.

    Args:
        date: The column with the day.
        periods: The periods.
    """
    inside = nw.lit(value=False)
    for each in periods:
        inside = inside | ((nw.col(date) >= each.start) & (nw.col(date) <= each.end))
    return inside


def nothing_after(last: dt.date, days: Sequence[str]) -> tuple[Test, ...]:
    """What must hold of days that are followed up to one: none comes after it.

    Args:
        last: The last day that the rows are followed to.
        days: The columns with the days.
    """
    rule = f"is after {last}, the day that followed_to says the rows go to"
    hint = " Give the last day that the rows really go to, or empty what came after it."
    return tuple(Test(column=day, rule=rule, holds=nw.col(day).is_null() | (nw.col(day) <= last), hint=hint) for day in days)


def without(lazy: nw.LazyFrame[Any], *made: str) -> nw.LazyFrame[Any]:
    """Rows without the columns that are about to be made, whatever their case: DuckDB and Spark take no notice of it.

    Args:
        lazy: The rows; their marks stay.
        made: The columns.
    """
    folded = {name.casefold() for name in made}
    return lazy.drop(*(name for name in column_names(lazy) if name.casefold() in folded))
