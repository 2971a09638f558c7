"""EHC plans to come: how wide the fan is, from how far the same method was out before."""

from __future__ import annotations

import polars as pl

from bucks_cs.ehcp.calculations.projections.ageing import ageing_of, cohort_ahead
from bucks_cs.ehcp.calculations.projections.forecasts import actual, by_cell, forecast
from bucks_cs.ehcp.calculations.projections.history import History
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod

__all__ = ["with_bounds"]

_HALF_A_PLAN = 0.5
"""Added to both sides of a ratio, so that a cell of no plans has one."""

_ROUNDING = 1e-9
"""Taken off before a place is rounded up, so that 0.8 of 5 is the fourth whatever the last digits of a float are."""


def with_bounds(
    ahead: pl.DataFrame, history: History, *, method: ProjectionMethod, over: int | None, by: str | None, level: float
) -> pl.DataFrame:
    """Projected plans with the bounds of a prediction interval.

    The method is fitted on each earlier part of the history and set against the snapshot a year later. Of the n ratios of actual
    to projected plans that makes, over all areas and years of a cell, up or down alike, the ceil((n + 1) x level)-th smallest is
    the interval's reach for one year; for h years it is h times as far, in logarithms. Where there are too few for the level
    there are no bounds.

    The age cohort method has little to look back on where few snapshots are by age. Where its past errors are too few its reach
    is the wider of two: that of how far each area was from what the shares of all areas together would have made of it in the
    step they were fitted on, which knows nothing of how one year differs from the next; and that of compound growth's past
    errors, which do.

    Args:
        ahead: As `forecasts.forecast` gives it.
        history: The history it was made from.
        method: The method it was made by.
        over: As for `forecasts.forecast`.
        by: As for `forecasts.forecast`.
        level: The share of intervals that are to hold the plans there will be.

    Returns:
        ``ahead`` with ``lower`` and ``upper``, null where there are none.

    Source:
        Split conformal prediction: J. Lei and others, "Distribution-free predictive inference for regression", *Journal of the
        American Statistical Association* 113, 2018 (the rule as demonstrations of it repeat it; the paper was not read). That it
        holds rests on past and future errors being alike, which nobody can promise: the errors of all areas in one year move
        together, so that many areas over two years tell of two years. That the reach grows with the years and not with their
        square root was measured: see *Projecting EHC plans* in the documentation.
    """
    found = _reach(_past(history, method=method, over=over, by=by), level=level)
    if method is ProjectionMethod.AGE_COHORT:
        simple = _past(history, method=ProjectionMethod.COMPOUND_GROWTH, over=over, by=by)
        instead = [_reach(pool, level=level) for pool in (_of_the_step(history, over=over, by=by), simple)]
        wider = pl.concat(instead).group_by("cell").agg(instead=pl.col("reach").max())
        both = found.join(wider, on="cell", how="full", coalesce=True, nulls_equal=True)
        found = both.select("cell", reach=pl.coalesce("reach", "instead"))
    joined = ahead.join(found, on="cell", how="left", nulls_equal=True)
    factor, shifted = (pl.col("reach") * pl.col("horizon")).exp(), pl.col("n") + _HALF_A_PLAN
    return joined.with_columns(
        lower=(shifted / factor - _HALF_A_PLAN).clip(lower_bound=0.0),
        upper=shifted * factor - _HALF_A_PLAN,
    ).drop("reach")


def _reach(errors: pl.DataFrame, *, level: float) -> pl.DataFrame:
    """How far an interval of one year reaches, in logarithms, for each cell; null where errors are too few for the level."""
    ratio = (pl.col("n") + _HALF_A_PLAN) / (pl.col("projected") + _HALF_A_PLAN)
    sizes = errors.group_by("cell").agg(found=pl.len(), sizes=ratio.log().abs().sort())
    place = ((pl.col("found") + 1) * level - _ROUNDING).ceil().cast(pl.Int64)
    nth = pl.col("sizes").list.get(place - 1, null_on_oob=True)
    return sizes.select("cell", reach=pl.when(place <= pl.col("found")).then(nth))


def _past(history: History, *, method: ProjectionMethod, over: int | None, by: str | None) -> pl.DataFrame:
    """Projections of one year from each earlier part of the history, beside the plans there were."""
    made = [
        forecast(history.up_to(year), method=method, years=1, over=over, by=by).join(
            actual(history, year=year + 1, by=by), on=["area", "cell"], how="inner", suffix="_then", nulls_equal=True
        )
        for year in history.years[:-1]
        if year + 1 in history.days
    ]
    none = pl.DataFrame(schema={"cell": pl.String, "projected": pl.Float64, "n": pl.Float64})
    return pl.concat([none, *(part.select("cell", projected="n", n="n_then") for part in made)])


def _of_the_step(history: History, *, over: int | None, by: str | None) -> pl.DataFrame:
    """The step the shares were fitted on, made with them for each area, beside the plans there were at its end."""
    ageing = ageing_of(history, over=over)
    if ageing is None:
        return pl.DataFrame(schema={"cell": pl.String, "projected": pl.Float64, "n": pl.Float64})
    of_step = ageing.pairs.filter(pl.col("year") == history.last)
    start = of_step.select("area", "age", n="same")
    made = by_cell(cohort_ahead(start, ageing, years=1), history, by=by)
    there = actual(history, year=history.last, by=by)
    both = made.join(there, on=["area", "cell"], how="inner", suffix="_then", nulls_equal=True)
    return both.select("cell", projected="n", n="n_then")
