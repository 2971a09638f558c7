"""Demand: several figures of the same rows at once, one under each indicator's key, run as one query.

Rows are set beside the periods they stand in, grouped once, and every group of the frame is given for every period that was
asked for. Groups are brought together by grouping and not by joining: no join of SQL matches a group that is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs import marking
from bucks_cs.demand.model import DemandIndicator
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home, small_table
from bucks_cs.indicators import Withheld
from bucks_cs.marking import as_periods
from bucks_cs.periods import MonthlyAverage, Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["FIRST", "NUMBER", "Figure", "beside", "periods_of_a_flow", "several"]

NUMBER = "__period"
"""The column with the number of the period that a row stands in."""

FIRST = "__first"
"""The column with the first day of that period."""
_VALUES: dict[str, Any] = {"value": nw.Float64, "numerator": nw.Float64, "denominator": nw.Float64, "withheld": nw.String}


@attrs.frozen(kw_only=True)
class Figure:
    """How one figure is made from the sums of a group and period.

    Args:
        value: The number; taken only where there is no gap.
        numerator: For a ratio, what is divided.
        denominator: And what by.
        gap: The reason there is no number, as its symbol; null where there is one.
    """

    value: nw.Expr
    numerator: nw.Expr | None = None
    denominator: nw.Expr | None = None
    gap: nw.Expr | None = None

    @classmethod
    def count(cls, name: str) -> Figure:
        """A count, 0 where there are no rows.

        Args:
            name: The column it is in.
        """
        return cls(value=nw.col(name).fill_null(0))

    @classmethod
    def of_some(cls, name: str, *, among: str) -> Figure:
        """A number that there is only among some: ``z`` among none.

        Args:
            name: The column it is in.
            among: The column with how many there are.
        """
        return cls(value=nw.col(name), gap=_none(among))

    @classmethod
    def mean(cls, total: str, *, among: str, unknown: str | None = None) -> Figure:
        """So many for each of so many: ``z`` for none, ``no_history`` where one of them cannot be told.

        Args:
            total: The column with what is divided.
            among: The column with what it is divided by.
            unknown: The column with how many cannot be told.
        """
        whole, part = nw.col(among).fill_null(0), nw.col(total).fill_null(0)
        gap = _none(among)
        if unknown is not None:
            gap = nw.when(nw.col(unknown).fill_null(0) > 0).then(nw.lit(Withheld.NO_HISTORY.value)).otherwise(gap)
        # Null before it is divided by: some engines stop at a division by zero in a branch that is not chosen.
        return cls(value=part / nw.when(whole > 0).then(whole), numerator=part, denominator=whole, gap=gap)

    def column(self, name: str) -> nw.Expr:
        """One of the columns of the long frame.

        Args:
            name: ``value``, ``numerator``, ``denominator`` or ``withheld``.
        """
        if name == "withheld":
            return nw.lit(None, dtype=nw.String) if self.gap is None else self.gap
        given: nw.Expr | None = getattr(self, name)
        if given is None:
            return nw.lit(None, dtype=nw.Float64)
        number = given.cast(nw.Float64)
        return number if name != "value" or self.gap is None else nw.when(self.gap.is_null()).then(number)


def _none(among: str) -> nw.Expr:
    return nw.when(nw.col(among).fill_null(0) == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value))


def periods_of_a_flow(given: Period | Iterable[Period]) -> tuple[Period, ...]:
    """Periods that events can be counted over: a day is for stocks, and a monthly average is worked out from months.

    Args:
        given: A period, or several.

    Raises:
        InvalidValue: None, one twice, a snapshot or a monthly average.
    """
    periods = as_periods(given)
    if any(isinstance(period, (MonthlyAverage, Snapshot)) for period in periods):
        raise InvalidValue(what="period", expected="periods to count events over, not the day of a snapshot or a monthly average")
    return periods


def beside(lazy: nw.LazyFrame[Any], periods: Sequence[Period], *, starts: str, ends: str | None) -> nw.LazyFrame[Any]:
    """The rows beside each period they stand in, whose number is in `NUMBER` and first day in `FIRST`.

    Args:
        lazy: The rows.
        periods: The periods.
        starts: The column with the day a row begins.
        ends: The column with the day it ends, null while it is open: the row stands in a period if it is open on one of its
            days. None for an event, which stands in the period that its day lies in.
    """

    def holds(first: nw.Expr, last: nw.Expr) -> nw.Expr:
        begun = nw.col(starts) <= last
        if ends is None:
            return begun & (nw.col(starts) >= first)
        open_still = nw.col(ends).is_null()
        return begun & (open_still | (nw.col(ends) > first)) & (open_still | (nw.col(ends) > nw.col(starts)))

    return marking.beside(lazy, periods, holds=holds)


def several(
    sums: nw.LazyFrame[Any],
    figures: Mapping[DemandIndicator, Figure],
    *,
    rows: nw.LazyFrame[Any],
    home: Home,
    periods: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    """Readings of several indicators from the sums of each group and period, every group and period there.

    Args:
        sums: Columns of numbers by the groups and `NUMBER`; a group may lack a period.
        figures: How each figure is made from them.
        rows: The frame whose groups are to be given.
        home: The caller's engine.
        periods: The periods, in the order of their numbers.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
    """
    names = [name for name in sums.collect_schema().names() if name not in {*by, NUMBER}]
    table = small_table(
        rows,
        {
            NUMBER: range(len(periods)),
            "period_kind": [str(each.kind) for each in periods],
            "period_start": [each.start for each in periods],
            "period_end": [each.end for each in periods],
        },
        {NUMBER: nw.Int64, "period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date},
    )
    groups = rows.group_by(*by).agg(__rows=nw.len()).drop("__rows").join(table.select(NUMBER), how="cross") if by else table
    empty = groups.select(*by, NUMBER, *(nw.lit(None, dtype=nw.Float64).alias(name) for name in names))
    found = sums.select(*by, nw.col(NUMBER).cast(nw.Int64), *(nw.col(name).cast(nw.Float64) for name in names))
    # A group and period has at most one row of sums, so the greatest is that row's.
    filled = nw.concat([empty, found], how="vertical").group_by(*by, NUMBER).agg(*(nw.col(name).max() for name in names))
    keys = small_table(rows, {"indicator": [each.key for each in figures]}, {"indicator": nw.String})
    long = filled.join(table, on=NUMBER, how="inner").join(keys, how="cross").select(
        *by, "indicator", "period_kind", "period_start", "period_end", nw.lit(area, dtype=nw.String).alias("area"),
        *(_chosen(figures, name).alias(name) for name in _VALUES),
    )  # fmt: skip
    return Readings.worked_out(long, home=home, indicators=tuple(figures), by=by, source=source)


def _chosen(figures: Mapping[DemandIndicator, Figure], name: str) -> nw.Expr:
    chosen: nw.Expr = nw.lit(None, dtype=_VALUES[name])
    for indicator, figure in figures.items():
        chosen = nw.when(nw.col("indicator") == indicator.key).then(figure.column(name)).otherwise(chosen)
    return chosen
