"""The workforce: sums of the rows of a return, for each group and each return, and the figure made of them.

A day is asked for by `Snapshot` and a year by a period of twelve months: both find the rows of the return of their last day.
Where a table has no row of that day at all, what is not there is not 0 and is withheld as ``x``.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.marking import NUMBER, as_readings, in_full, one_period_of_a_flow, periods_of_a_flow, summed_beside
from bucks_cs.marking.sums import with_share
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["Ratio", "Sums", "Total", "a_year", "figures", "on_the_day", "years"]


def years(given: Period | Iterable[Period]) -> tuple[Period, ...]:
    """Years, each to the day of a return: DfE's are `ReportingYear(2025, ends=(9, 30))`.

    Args:
        given: A period of twelve months, or several.

    Raises:
        InvalidValue: None, one twice, a snapshot, a monthly average, or one that is not twelve months long.
    """
    periods = periods_of_a_flow(given)
    if not all(_is_a_year(period) for period in periods):
        hint = " The year to 30 September 2025 is ReportingYear(2025, ends=(9, 30))."
        raise InvalidValue(what="period", expected="twelve months to the day of a return", hint=hint)
    return periods


def a_year(given: Period | Iterable[Period]) -> Period:
    """The one year of a drill-down.

    Args:
        given: A period of twelve months.

    Raises:
        InvalidValue: As `years`, or several.
    """
    return years(one_period_of_a_flow(given))[0]


def _is_a_year(period: Period) -> bool:
    after = period.end + dt.timedelta(days=1)
    month, day = (3, 1) if (after.month, after.day) == (2, 29) else (after.month, after.day)
    return period.start == dt.date(after.year - 1, month, day)


def on_the_day(_: nw.Expr, last: nw.Expr) -> nw.Expr:
    """Whether a row is of the return of a period's last day.

    Args:
        last: That day.
    """
    found: nw.Expr = nw.col("as_at") == last
    return found


@attrs.frozen(kw_only=True)
class Sums:
    """A table of returns, and what is summed over its rows.

    Args:
        rows: The table, in the engine of the caller's first.
        of: What is summed, by name: numbers, where a null counts as nothing.
    """

    rows: nw.LazyFrame[Any]
    of: Mapping[str, nw.Expr]


@attrs.frozen(kw_only=True)
class Total:
    """A figure that is one sum.

    Args:
        value: The sum.
        lacking: Sums of rows for which what is to be summed is not recorded: one such row, and the total is withheld as ``x``.
    """

    value: str
    lacking: tuple[str, ...] = ()

    def columns(self, gap: nw.Expr, periods: Sequence[Period]) -> dict[str, nw.Expr]:
        """The columns of the long frame.

        Args:
            gap: The reason there is no figure, null where there is one.
            periods: The periods.
        """
        return {"value": nw.when(gap.is_null()).then(nw.col(self.value)), "withheld": gap}


@attrs.frozen(kw_only=True)
class Ratio:
    """A figure that is one sum over another; ``z`` over nothing.

    Args:
        numerator: The sum above.
        denominator: The sums below, added up.
        per: How many of the denominator the ratio is per.
        times: What the denominator is multiplied by in each period, such as the working days of the year; None for nothing.
        lacking: As for `Total`.
    """

    numerator: str
    denominator: str | tuple[str, ...]
    per: int
    times: Callable[[Period], float] | None = None
    lacking: tuple[str, ...] = ()

    def columns(self, gap: nw.Expr, periods: Sequence[Period]) -> dict[str, nw.Expr]:
        """The columns of the long frame.

        Args:
            gap: The reason there is no figure, null where there is one.
            periods: The periods.
        """
        part, whole = nw.col(self.numerator), self.whole * self._multiplier(periods)
        some, told = whole > 0, gap.is_null()
        nothing = nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value))
        return {
            # Null before it is divided by: some engines stop at a division by zero in a branch that is not chosen.
            "value": nw.when(told & some).then(part / nw.when(some).then(whole) * self.per),
            "numerator": nw.when(told).then(part),
            "denominator": nw.when(told).then(whole),
            "withheld": nw.when(told).then(nothing).otherwise(gap),
        }

    @property
    def whole(self) -> nw.Expr:
        """The sum below, not multiplied."""
        names = (self.denominator,) if isinstance(self.denominator, str) else self.denominator
        return functools.reduce(operator.add, (nw.col(name) for name in names))

    def _multiplier(self, periods: Sequence[Period]) -> nw.Expr:
        chosen: nw.Expr = nw.lit(1.0)
        if self.times is not None:
            for period in periods:
                chosen = nw.when(nw.col("period_end") == period.end).then(nw.lit(self.times(period))).otherwise(chosen)
        return chosen


def figures(
    tables: Sequence[Sums],
    figure: Total | Ratio,
    *,
    indicator: Indicator,
    home: Home,
    periods: Sequence[Period],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    confidence: float | None = None,
) -> Readings[Any]:
    """Readings of one indicator from the returns of each period's last day, every group and every period there.

    Args:
        tables: One table or two, each with its sums; the names of the sums differ.
        figure: How the figure is made of them.
        indicator: What it is a figure of.
        home: The caller's engine.
        periods: The periods.
        by: The groups, columns of each table.
        area: The area the rows are of.
        source: Where they are from.
        confidence: For a share of heads, the level of its interval; None for figures that have none.
    """
    names = [name for table in tables for name in table.of]
    rows = [f"__rows_{n}" for n in range(len(tables))]
    counted = [_summed(table, n, [*names, *rows], periods, by) for n, table in enumerate(tables)]
    every = _end_to_end([table.rows.select(*by) if by else table.rows.select("as_at") for table in tables])
    together = _end_to_end(counted)
    if len(tables) > 1:
        together = together.group_by(*by, NUMBER).agg(*(nw.col(name).sum() for name in (*names, *rows)))
    full = in_full(every, together, periods, by).with_columns(*(nw.col(name).fill_null(0.0) for name in (*names, *rows)))
    full = full.with_columns(*(nw.col(name).sum().over("period_start").alias(f"{name}_in_all") for name in rows))
    lacking = [nw.col(f"{name}_in_all") == 0 for name in rows] + [nw.col(name) > 0 for name in figure.lacking]
    gap = nw.when(nw.any_horizontal(*lacking, ignore_nulls=True)).then(nw.lit(Withheld.NOT_AVAILABLE.value))
    if confidence is None or isinstance(figure, Total):
        made = full.with_columns(gap.alias("__gap"))
        made = made.with_columns(**figure.columns(nw.col("__gap"), periods))
    else:
        made = _share(full, figure, gap, confidence)
    return as_readings(made, home=home, indicator=indicator, by=by, area=area, source=source)


def _share(full: nw.LazyFrame[Any], figure: Ratio, gap: nw.Expr, confidence: float) -> nw.LazyFrame[Any]:
    """The share of heads with Wilson's interval."""
    unknown = nw.when(gap.is_null()).then(nw.lit(0)).otherwise(nw.lit(1))
    parts = {"numerator": nw.col(figure.numerator), "denominator": figure.whole}
    counted = full.with_columns(**parts, __x=unknown)
    shared = with_share(counted, confidence=confidence, gaps={Withheld.NOT_AVAILABLE: nw.col("__x")})
    told = nw.col("withheld").is_null() | (nw.col("withheld") != Withheld.NOT_AVAILABLE.value)
    return shared.with_columns(*(nw.when(told).then(nw.col(name)).alias(name) for name in parts))


def _summed(table: Sums, n: int, names: Sequence[str], periods: Sequence[Period], by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """The sums of one table by group and return, beside noughts for those of the other."""
    sums = {name: of_rows.sum() for name, of_rows in table.of.items()} | {f"__rows_{n}": nw.len()}
    found = summed_beside(table.rows, periods, by=by, sums=sums, holds=on_the_day)
    columns = (nw.col(name) if name in sums else nw.lit(0).alias(name) for name in names)
    return found.select(*by, NUMBER, *(column.cast(nw.Float64) for column in columns))


def _end_to_end(parts: Sequence[nw.LazyFrame[Any]]) -> nw.LazyFrame[Any]:
    return parts[0] if len(parts) == 1 else nw.concat(list(parts), how="vertical")
