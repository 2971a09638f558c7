"""EHC plans to come: the errors of a back-test over all areas, method by method, on the same areas."""

from __future__ import annotations

from typing import Any, TypeVar

import narwhals as nw
import polars as pl

from bucks_cs.ehcp.calculations.projections.errors_made import (
    MEDIAN_PROJECTION_ERROR,
    MEDIAN_PROJECTION_ERROR_PERCENT,
    PROJECTION_COVERED,
    PROJECTION_ERROR,
    PROJECTION_ERROR_PERCENT,
)
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import alongside, enter
from bucks_cs.rates import wilson
from bucks_cs.readings import Readings

__all__ = ["summarise_back_test"]

F = TypeVar("F")

_KEYS = ("scenario", "cut", "horizon")
_PERIOD = ("period_kind", "period_start", "period_end")
_LEVEL = 0.95


def summarise_back_test(errors: Readings[F]) -> Readings[F]:
    """How far each method was out over all areas: the median error without its sign, in plans and percent, and the coverage.

    Methods are compared on the same projections: of a cut and a horizon, those that every method made which made any there.
    Regions and England are left out where there are authorities.

    Args:
        errors: What `back_test` gives.

    Returns:
        By ``scenario``, ``cut`` and ``horizon``, of no area: `MEDIAN_PROJECTION_ERROR`, `MEDIAN_PROJECTION_ERROR_PERCENT`, both
        0 or more, and `PROJECTION_COVERED` with Wilson's interval, its numerator and its denominator. By age or phase, over areas
        and ages or phases alike. A method that made no projection from a cut is not there for it. Frame of the caller's kind.

    Raises:
        InvalidValue: They are not the readings of a back-test.

    Source:
        Errors of a forecast in units and in percent: R. J. Hyndman and G. Athanasopoulos, *Forecasting: principles and practice*,
        section 2.5 ("Scale-dependent errors", "Percentage errors") of the first edition. The median and not the mean, since
        "extreme values" of a few small authorities would make a mean.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import ProjectionMethod, back_test, summarise_back_test
        >>> totals = pl.DataFrame({"day": [dt.date(year, 1, 31) for year in (2023, 2024, 2025)], "youngest_age": 0,
        ...     "oldest_age": 25, "plans": [5_890, 6_697, 7_217]})
        >>> errors = back_test(totals, methods=ProjectionMethod.LINEAR, cuts=2024)
        >>> summarise_back_test(errors).at(indicator="ehcp.median_projection_error_percent").number
        3.976...
    """
    given: object = errors
    if not isinstance(given, Readings) or given.by[:3] != _KEYS:
        raise InvalidValue(what="errors", expected="the readings that back_test gives")
    made = _alike(_of_authorities(errors.to_polars()), errors.by[3:])
    groups = [*_KEYS, *_PERIOD]
    medians = [
        made.filter(pl.col("indicator") == of.key).group_by(groups).agg(value=pl.col("value").abs().median()).with_columns(
            indicator=pl.lit(median.key)
        )
        for of, median in (
            (PROJECTION_ERROR, MEDIAN_PROJECTION_ERROR),
            (PROJECTION_ERROR_PERCENT, MEDIAN_PROJECTION_ERROR_PERCENT),
        )
    ]
    told = [part.filter(pl.col("value").is_not_null()) for part in medians]
    shaped = pl.concat([*told, _coverage(made, groups)], how="diagonal")
    like, home = enter(errors.frame)
    lazy: nw.LazyFrame[Any] = alongside(shaped, like)
    known = (MEDIAN_PROJECTION_ERROR, MEDIAN_PROJECTION_ERROR_PERCENT, PROJECTION_COVERED)
    return Readings.worked_out(lazy, home=home, indicators=known, by=_KEYS, source=errors.source)


def _of_authorities(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of authorities, where there are such: their sums over regions and England would be counted with them."""
    above = pl.col("area").str.contains(r"^[A-Z]\d{8}$").fill_null(value=False)
    return rows.filter(~above) if rows.filter(~above).height else rows


def _alike(rows: pl.DataFrame, dims: tuple[str, ...]) -> pl.DataFrame:
    """The rows of projections that each method made which made any from the cut for the horizon."""
    errors = rows.filter((pl.col("indicator") == PROJECTION_ERROR.key) & pl.col("value").is_not_null())
    at = ["cut", "horizon"]
    there = errors.group_by(at).agg(__of=pl.col("scenario").n_unique())
    cell = ["area", *dims, *at]
    shared = errors.group_by(cell).agg(__n=pl.col("scenario").n_unique()).join(there, on=at)
    return rows.join(shared.filter(pl.col("__n") == pl.col("__of")), on=cell, how="semi", nulls_equal=True).join(
        errors, on=["scenario", *cell], how="semi", nulls_equal=True
    )


def _coverage(made: pl.DataFrame, groups: list[str]) -> pl.DataFrame:
    """The share of intervals that held, with its own interval."""
    had = made.filter((pl.col("indicator") == PROJECTION_COVERED.key) & pl.col("value").is_not_null())
    counted = nw.from_native(had.group_by(groups).agg(pl.col("numerator", "denominator").sum()))
    value, lower, upper = wilson(nw.col("numerator"), nw.col("denominator"), confidence=_LEVEL)
    shares: pl.DataFrame = counted.with_columns(value=value * 100, lower=lower * 100, upper=upper * 100).to_native()
    return shares.with_columns(
        interval=pl.lit("confidence"), level=pl.lit(_LEVEL), indicator=pl.lit(PROJECTION_COVERED.key)
    )
