"""EHC plans: how many weeks, in one figure: the mean, the median and any percentile of days, given in weeks of seven."""

from __future__ import annotations

import enum
import numbers
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.marking import as_readings, tally
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["DAYS_OF_A_WEEK", "Middle", "need_percentile", "of_percentile", "sums_of_days", "weeks_of"]

DAYS_OF_A_WEEK = 7


class Middle(enum.Enum):
    """Which one figure stands for many."""

    MEAN = "mean"
    QUANTILE = "quantile"


def need_percentile(given: object) -> float:
    """A percentile, 0 to 100, both included; 50 is the median, 90 what nine in ten are not above.

    Args:
        given: What was given as ``percentile=``.

    Raises:
        InvalidValue: It is no number from 0 to 100.
    """
    number: Any = given
    if isinstance(given, bool) or not isinstance(given, numbers.Real) or not 0 <= number <= 100:
        raise InvalidValue(what="percentile", expected="a number from 0 to 100, such as 90")
    return float(number)


def of_percentile(indicator: Indicator, percentile: float) -> Indicator:
    """An indicator of a certain percentile, so that figures of two percentiles are never put together under one definition.

    Args:
        indicator: That of percentiles as such.
        percentile: Which.
    """
    named = f"{ordinal(percentile)} percentile"
    return attrs.evolve(
        indicator, title=f"{indicator.title}, {named}", counts=indicator.counts.replace("a percentile", f"the {named}", 1)
    )


def ordinal(number: float) -> str:
    """A number in its place: 90th, 22nd, 97.5th.

    Args:
        number: The number.
    """
    text = f"{number:g}"
    ending = {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
    teens = text.isdigit() and len(text) > 1 and text[-2] == "1"
    return text + ("th" if teens or not text.isdigit() else ending)


def sums_of_days(days: str, *, percentile: float | None) -> dict[str, nw.Expr]:
    """What is summed for one figure: how many rows, the total of their days, and the figure itself where it is a quantile.

    Between two rows a percentile lies in proportion, as in a spreadsheet's PERCENTILE.INC.

    Args:
        days: The column with the days; null in rows that do not count.
        percentile: Which percentile; None for the mean.
    """
    counted = {"__n": tally(~nw.col(days).is_null()), "__total": nw.col(days).sum()}
    if percentile is None:
        return counted
    return counted | {"__quantile": nw.col(days).cast(nw.Float64).quantile(percentile / 100, interpolation="linear")}


def weeks_of(
    counted: nw.LazyFrame[Any],
    *,
    which: Middle,
    indicator: Indicator,
    home: Home,
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
    unknown: str | None = None,
) -> Readings[Any]:
    """Readings in weeks from the sums of each group and period: ``z`` where there were no rows.

    Args:
        counted: A row for each group and period, with `sums_of_days`.
        which: The mean, with its total and number, or the quantile.
        indicator: What it measures.
        home: The caller's engine.
        by: The groups.
        area: The area the rows are of.
        source: Where they are from.
        unknown: The column with how many rows cannot be told; a group with one is withheld as ``no_history``.
    """
    number = nw.col("__n").fill_null(0).cast(nw.Float64)
    reason: nw.Expr = nw.when(number == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    if unknown is not None:
        told = nw.col(unknown).fill_null(0) == 0
        reason = nw.when(~told).then(nw.lit(Withheld.NO_HISTORY.value)).otherwise(reason)
    named = counted.with_columns(reason.alias("withheld"), number.alias("__number"))
    told = nw.col("withheld").is_null()
    some = nw.when(told).then(nw.col("__number"))  # null before it is divided by: some engines stop at a division by zero
    total = nw.col("__total").cast(nw.Float64) / DAYS_OF_A_WEEK
    if which is Middle.MEAN:
        values = {"value": total / some, "numerator": nw.when(told).then(total), "denominator": nw.col("__number")}
    else:
        values = {"value": nw.when(told).then(nw.col("__quantile") / DAYS_OF_A_WEEK)}
    return as_readings(named.with_columns(**values), home=home, indicator=indicator, by=by, area=area, source=source)
