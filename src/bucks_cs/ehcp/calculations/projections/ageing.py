"""EHC plans to come, by age cohort: what share of each age stays and how many start, and a year's step with them."""

from __future__ import annotations

import attrs
import polars as pl

from bucks_cs.ehcp.calculations.projections.history import History

__all__ = ["HELD_UP_TO", "Ageing", "ageing_of", "cohort_ahead"]

HELD_UP_TO = 4
"""Up to this age plans are held where new ones are not given by age: nearly all of them are new ones, and an age is no measure of
the next. A child is of compulsory school age from the term after her fifth birthday.

Source:
    Education Act 1996, section 8(2), for the age. In January 2024 England had 481 plans of children under 3, 4,576 at 3 and
    21,470 at 4 (DfE, data file caseload), so that the ratio of one to the next would be 29 and 4.7.
"""

_HALF = 0.5
"""The share of new plans of an age whose child is a year older at the snapshot: half, if births and starts are spread evenly over
the year, as the two triangles of a Lexis diagram are taken to be alike."""


@attrs.frozen(kw_only=True)
class Ageing:
    """What moves plans a year on.

    Args:
        rates: ``age``, ``stays`` (share of those a year younger, null where the age is held), ``joins`` (share of an area's new
            plans of the age that is seen at the snapshot).
        new: ``area``, ``age``, ``new``: each area's new plans of the last year, at their age on its last day; None where they
            were not given, and leavers and starters are one.
        pairs: ``area``, ``year``, ``age``, ``n``, ``same`` and ``younger``: the steps it was fitted on: the plans of each
            age at the end, and at the start those of the same age and those of a year younger.
    """

    rates: pl.DataFrame
    new: pl.DataFrame | None
    pairs: pl.DataFrame


def ageing_of(history: History, *, over: int | None) -> Ageing | None:
    """Fit shares and ratios on a history, over all its areas together.

    Where no area has its ages in two years running, the ages of the last year are taken to have been in the same proportions
    the year before, when the total is known: what one snapshot by age and the total before it can tell.

    Args:
        history: The history; all of it is used.
        over: How many steps back to fit on; None for all there are.

    Returns:
        The rates; None where the history is too short for them.
    """
    first = history.last - (over if over is not None else history.last)
    ages = history.ages.filter(pl.col("year") >= first)
    pairs = _pairs(ages.with_columns(year=pl.col("year") + 1), ages)
    if pairs.is_empty():
        pairs = _pairs(_the_year_before(history), ages)
    new = None
    if history.new is not None:
        new = _at_the_snapshot(history.new)
        pairs = pairs.join(new, on=["area", "year", "age"], how="inner")
    if pairs.is_empty():
        return None
    latest = None if new is None else new.filter(pl.col("year") == history.last).select("area", "age", "new")
    return Ageing(rates=_rates(pairs), new=latest, pairs=pairs)


def _pairs(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Each area, year and age with the plans of those a year younger the year before."""
    younger = before.with_columns(age=pl.col("age") + 1).rename({"n": "younger"})
    same = before.rename({"n": "same"})
    both = after.join(same, on=["area", "year", "age"], how="inner")
    return both.join(younger, on=["area", "year", "age"], how="left").with_columns(pl.col("younger").fill_null(0.0))


def _the_year_before(history: History) -> pl.DataFrame:
    """The ages of the last year scaled to the total of the year before, dated to the last year."""
    last = history.last
    before = history.totals.filter(pl.col("year") == last - 1).select("area", before="total")
    scaled = history.ages.filter(pl.col("year") == last).join(before, on="area", how="inner")
    share = pl.col("n") / pl.col("n").sum().over("area", "year")
    return scaled.select("area", "year", "age", n=share * pl.col("before"))


def _at_the_snapshot(new: pl.DataFrame) -> pl.DataFrame:
    """New plans at the age on the day of the snapshot: half are a year older than when they started, but at the oldest age."""
    ordered = new.sort("area", "year", "age")
    older = (pl.col("n") * _HALF).shift(1, fill_value=0.0).over("area", "year")
    stays = pl.when(pl.col("age") == pl.col("age").max()).then(pl.col("n")).otherwise(pl.col("n") * (1 - _HALF))
    return ordered.select("area", "year", "age", new=stays + older)


def _rates(pairs: pl.DataFrame) -> pl.DataFrame:
    """What stays of each age and what joins, summed over areas and years."""
    if "new" not in pairs.columns:
        summed = pairs.group_by("age").agg(pl.col("n", "younger").sum())
        held = (pl.col("age") <= HELD_UP_TO) | (pl.col("younger") == 0)
        return summed.select("age", stays=pl.when(~held).then(pl.col("n") / pl.col("younger")), joins=pl.lit(0.0)).sort("age")
    summed = pairs.group_by("age").agg(pl.col("n", "younger", "new").sum())
    rest = pl.max_horizontal(pl.col("n") - pl.col("new"), 0.0)
    # At the youngest ages more start than are there: they are older by the snapshot than half a year on average makes them.
    too_many = (pl.col("new") > pl.col("n")) | ((pl.col("younger") == 0) & (pl.col("new") > 0))
    return summed.select(
        "age",
        stays=pl.when(pl.col("younger") > 0).then(rest / pl.col("younger")).when(pl.col("new") > 0).then(0.0),
        joins=pl.when(too_many).then(pl.col("n") / pl.col("new")).otherwise(1.0),
    ).sort("age")


def cohort_ahead(start: pl.DataFrame, ageing: Ageing, *, years: int) -> pl.DataFrame:
    """Plans of each age, so many years on.

    Args:
        start: ``area``, ``age`` and ``n`` of the areas that can be projected: all 26 ages.
        ageing: The rates.
        years: How many steps.

    Returns:
        ``area``, ``age``, ``horizon`` (1 to ``years``) and ``n``.
    """
    now = start.select("area", "age", "n").join(ageing.rates, on="age", how="left").sort("area", "age")
    if ageing.new is None:
        now = now.with_columns(new=pl.lit(0.0))
    else:
        now = now.join(ageing.new, on=["area", "age"], how="inner").sort("area", "age")
    moved = pl.col("n").shift(1, fill_value=0.0).over("area", order_by="age") * pl.col("stays") + pl.col("new") * pl.col("joins")
    steps = []
    for horizon in range(1, years + 1):
        now = now.with_columns(n=pl.when(pl.col("stays").is_null()).then(pl.col("n")).otherwise(moved))
        steps.append(now.select("area", "age", pl.lit(horizon, dtype=pl.Int64).alias("horizon"), "n"))
    return pl.concat(steps)
