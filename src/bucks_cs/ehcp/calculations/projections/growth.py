"""EHC plans to come, by the two simple ways: the same percent each year, and the same number each year."""

from __future__ import annotations

import polars as pl

from bucks_cs.ehcp.calculations.projections.history import History
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod

__all__ = ["totals_ahead"]


def totals_ahead(history: History, *, method: ProjectionMethod, years: int, over: int | None) -> pl.DataFrame:
    """Each area's total so many years on, where it has one on the last day and one before.

    Args:
        history: The history; all of it is used.
        method: Compound growth, or linear.
        years: How many years on.
        over: From how many years back growth is taken, or from the first total since; None for the first there is.

    Returns:
        ``area``, ``horizon`` (1 to ``years``) and ``n``; no row for an area with too short a history, nor for compound growth
        from no plans at all.
    """
    first = history.last - (over if over is not None else history.last)
    since = history.totals.filter(pl.col("year") >= first).sort("area", "year")
    ends = since.group_by("area", maintain_order=True).agg(
        start=pl.col("year").first(), begun=pl.col("total").first(), end=pl.col("year").last(), now=pl.col("total").last()
    )
    known = ends.filter((pl.col("end") == history.last) & (pl.col("start") < pl.col("end")))
    span = pl.col("end") - pl.col("start")
    ahead = known.join(pl.DataFrame({"horizon": range(1, years + 1)}, schema={"horizon": pl.Int64}), how="cross")
    if method is ProjectionMethod.LINEAR:
        value = pl.max_horizontal(pl.col("now") + (pl.col("now") - pl.col("begun")) / span * pl.col("horizon"), 0.0)
        return ahead.select("area", "horizon", n=value).sort("area", "horizon")
    some = ahead.filter(pl.col("begun") > 0)
    value = pl.col("now") * (pl.col("now") / pl.col("begun")) ** (pl.col("horizon") / span)
    return some.select("area", "horizon", n=value).sort("area", "horizon")
