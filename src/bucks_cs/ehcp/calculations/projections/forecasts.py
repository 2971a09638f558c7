"""EHC plans to come: any of the methods from any history, as totals, by age or by phase."""

from __future__ import annotations

import polars as pl

from bucks_cs.ehcp.calculations.projections.ageing import ageing_of, cohort_ahead
from bucks_cs.ehcp.calculations.projections.growth import totals_ahead
from bucks_cs.ehcp.calculations.projections.history import History
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod
from bucks_cs.ehcp.model.needs import Phase

__all__ = ["actual", "by_cell", "forecast"]


def forecast(history: History, *, method: ProjectionMethod, years: int, over: int | None, by: str | None) -> pl.DataFrame:
    """Plans so many years on.

    The simple methods keep the ages in the proportions of the last day, where they are known.

    Args:
        history: The history; all of it is used, and nothing else.
        method: How.
        years: How many years on.
        over: How many years back it is fitted on; None for all.
        by: None for totals, ``"age"`` or ``"phase"``.

    Returns:
        ``area``, ``cell`` (null for totals), ``horizon`` and ``n``; no row for an area with too short a history.
    """
    if method is ProjectionMethod.AGE_COHORT:
        ages = _by_cohort(history, years=years, over=over)
    else:
        whole = totals_ahead(history, method=method, years=years, over=over)
        if by is None:
            return by_cell(whole, history, by=None)
        shape = history.ages.filter(pl.col("year") == history.last).select(
            "area", "age", share=pl.col("n") / pl.col("n").sum().over("area")
        )
        ages = whole.join(shape, on="area", how="inner").with_columns(n=pl.col("n") * pl.col("share"))
    return by_cell(ages, history, by=by)


def _by_cohort(history: History, *, years: int, over: int | None) -> pl.DataFrame:
    ageing = ageing_of(history, over=over)
    start = history.ages.filter(pl.col("year") == history.last)
    if ageing is None:
        none = {"area": pl.String, "age": pl.Int64, "horizon": pl.Int64, "n": pl.Float64}
        return pl.DataFrame(schema=none)
    return cohort_ahead(start, ageing, years=years)


def actual(history: History, *, year: int, by: str | None) -> pl.DataFrame:
    """The plans there were, in the same cells.

    Args:
        history: The history.
        year: The year of the snapshot.
        by: As for `forecast`.

    Returns:
        ``area``, ``cell`` and ``n``.
    """
    source = history.totals.rename({"total": "n"}) if by is None else history.ages
    there = source.filter(pl.col("year") == year).with_columns(horizon=pl.lit(0, dtype=pl.Int64))
    return by_cell(there, history, by=by).drop("horizon")


def by_cell(plans: pl.DataFrame, history: History, *, by: str | None) -> pl.DataFrame:
    """Plans of single ages summed to totals, to the history's own bands of age, or to phases.

    Args:
        plans: ``area``, ``horizon``, ``n``, and ``age`` unless they are totals already.
        history: The history.
        by: As for `forecast`.
    """
    if by == "age":
        cell = pl.coalesce("band", "age").cast(pl.String)
        plans = plans.join(history.youngest, on=["area", "age"], how="left").with_columns(cell=cell)
    elif by == "phase":
        plans = plans.join(_phases(), on="age", how="left")
    else:
        plans = plans.with_columns(cell=pl.lit(None, dtype=pl.String))
    summed = plans.group_by("area", "cell", "horizon").agg(pl.col("n").sum())
    return summed.sort("area", "cell", "horizon")


def _phases() -> pl.DataFrame:
    """The phase of each age."""
    ages = [(age, phase.value) for phase in Phase for age in phase.ages]
    return pl.DataFrame(ages, schema={"age": pl.Int64, "cell": pl.String}, orient="row")
