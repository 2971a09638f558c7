"""Shares of every part at once: of a whole that falls into parts, how much of it each is, in one query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames.engine import Home, small_table
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.marking.rows import MARKS, tally
from bucks_cs.marking.sums import as_readings, with_share
from bucks_cs.marking.table import over_periods
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["shares_of_parts"]


def shares_of_parts(
    rows: nw.LazyFrame[Any],
    *,
    home: Home,
    indicator: Indicator,
    date: str,
    period: Sequence[Period],
    part: str,
    parts: Sequence[str],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    confidence: float,
    unknown: Mapping[Withheld, nw.Expr] | None = None,
    every: nw.LazyFrame[Any] | None = None,
) -> Readings[Any]:
    """The share of marked rows that is of each part, in percent, with Wilson's interval, for each group, period and part.

    Every part is given, 0 where it has none, so that the parts of a group and period add up to its whole.

    Args:
        rows: Rows with `MARKS`, of which the first says what is in the whole, and with a column of parts.
        home: The caller's engine.
        indicator: What the shares are of.
        date: The column with the day that puts a row in a period.
        period: The periods.
        part: The column with the part of each row; it is a column of the result too.
        parts: The parts there are.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        confidence: The level of the interval of each share by itself.
        unknown: Reasons a row of the whole cannot be told; a group and period with one such row is withheld for it.
        every: The rows before they were marked, as for `shares`.
    """
    gaps = dict(unknown or {})
    sums = {"denominator": tally(nw.col(MARKS[0]))}
    sums |= {f"__{reason.value}": tally(nw.col(MARKS[0]) & test) for reason, test in gaps.items()}
    of_part = {f"__part_{n}": tally(nw.col(MARKS[0]) & (nw.col(part) == name)) for n, name in enumerate(parts)}
    counted = over_periods(rows, date=date, periods=period, by=by, sums=sums | of_part, every=every)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums | of_part))
    table = small_table(rows, {part: list(parts)}, {part: nw.String})
    chosen: nw.Expr = nw.lit(None, dtype=nw.Float64)
    for name, column in zip(parts, of_part, strict=True):
        chosen = nw.when(nw.col(part) == name).then(nw.col(column)).otherwise(chosen)
    long = counted.join(table, how="cross").with_columns(numerator=chosen).drop(*of_part)
    shared = with_share(long, confidence=confidence, gaps=gaps)
    return as_readings(shared, home=home, indicator=indicator, by=(*by, part), area=area, source=source)
