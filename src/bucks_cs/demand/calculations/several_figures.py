"""Demand: several figures of the same rows at once, one under each indicator's key, run as one query.

What was summed for each group and period is set beside every indicator, and each takes its own number and its own gap from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand.model.stages import DemandIndicator
from bucks_cs.frames.engine import Home, small_table
from bucks_cs.indicators import Withheld
from bucks_cs.marking import in_full
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["Figure", "several"]

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
        """So many for each of so many: ``z`` for none, and ``no_history``, with no numerator, where one of them cannot be told.

        Args:
            total: The column with what is divided.
            among: The column with what it is divided by.
            unknown: The column with how many cannot be told.
        """
        whole, part = nw.col(among).fill_null(0), nw.col(total).fill_null(0)
        gap = _none(among)
        if unknown is not None:
            told = nw.col(unknown).fill_null(0) == 0
            gap = nw.when(~told).then(nw.lit(Withheld.NO_HISTORY.value)).otherwise(gap)
            part = nw.when(told).then(part)
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
        sums: Columns of numbers by the groups and `NUMBER`, under names of their own (``__cases``); a group may lack a period.
        figures: How each figure is made from them.
        rows: The frame whose groups are to be given.
        home: The caller's engine.
        periods: The periods, in the order of their numbers.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
    """
    keys = small_table(rows, {"indicator": [each.key for each in figures]}, {"indicator": nw.String})
    long = in_full(rows, sums, periods, by).join(keys, how="cross").with_columns(
        nw.lit(area, dtype=nw.String).alias("area"), *(_chosen(figures, name).alias(name) for name in _VALUES)
    )  # fmt: skip
    return Readings.worked_out(long, home=home, indicators=tuple(figures), by=by, source=source)


def _chosen(figures: Mapping[DemandIndicator, Figure], name: str) -> nw.Expr:
    chosen: nw.Expr = nw.lit(None, dtype=_VALUES[name])
    for indicator, figure in figures.items():
        chosen = nw.when(nw.col("indicator") == indicator.key).then(figure.column(name)).otherwise(chosen)
    return chosen
