"""Totals, gap and profile of a tracker as an analyst would write them in polars, lazily: no checks and no gaps."""

from __future__ import annotations

import polars as pl

_BY_LINE = {"partition_by": "line", "order_by": "financial_year"}


def _levels(tracker: pl.DataFrame) -> pl.LazyFrame:
    """The least and the most of each line and year: once, as summed up, as it stands, or either of these."""
    summed, stands = pl.col("pence").cum_sum().over(**_BY_LINE), pl.col("pence")
    once = pl.col("recurrence") == "one-off"
    as_summed = ~once & (pl.col("basis").is_null() | (pl.col("basis") == "incremental"))
    as_it_stands = once | pl.col("basis").is_null() | (pl.col("basis") == "cumulative")
    first, second = pl.when(as_summed).then(summed), pl.when(as_it_stands).then(stands)
    return tracker.lazy().with_columns(least=pl.min_horizontal(first, second), most=pl.max_horizontal(first, second))


def _added_up(rows: pl.LazyFrame, *by: str, indicator: str = "savings.total_level") -> pl.LazyFrame:
    found = rows.group_by("financial_year", *by).agg(pl.col("least", "most").sum())
    return found.with_columns(indicator=pl.lit(indicator))


def totals_by_year(tracker: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    return _added_up(_levels(tracker)).collect()


def totals_by_programme(tracker: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    return _added_up(_levels(tracker), "programme").collect()


def totals_by_kind_and_cost_centre(tracker: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    return _added_up(_levels(tracker), "kind", "cost_centre").collect()


def cash_by_programme(tracker: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    """Each reading is added up over the years before the least is taken: a line is of one basis in all of them."""
    once = pl.col("recurrence") == "one-off"
    ways = {"summed": pl.col("pence").cum_sum().over(**_BY_LINE), "stands": pl.col("pence")}
    cash = (
        tracker.lazy()
        .with_columns(**ways)
        .group_by("line", "programme", "basis", "recurrence")
        .agg(pl.col("summed", "stands").sum())
    )
    first = pl.when(~once & (pl.col("basis").is_null() | (pl.col("basis") == "incremental"))).then("summed")
    second = pl.when(once | pl.col("basis").is_null() | (pl.col("basis") == "cumulative")).then("stands")
    ends = cash.with_columns(least=pl.min_horizontal(first, second), most=pl.max_horizontal(first, second))
    found = ends.group_by("programme").agg(pl.col("least", "most").sum())
    return found.with_columns(financial_year=pl.lit(None, dtype=pl.String), indicator=pl.lit("savings.total_cash")).collect()


def gap(tracker: pl.DataFrame, pressures: pl.DataFrame) -> pl.DataFrame:
    closing = (pl.col("already_counted_in") == "nothing") & (pl.col("kind") != "cost avoidance")
    closing &= pl.col("status") != "not achievable"
    totals = (
        _levels(tracker)
        .group_by("financial_year")
        .agg(
            pl.col("least", "most").sum(),
            closes_least=pl.col("least").filter(closing).sum(),
            closes_most=pl.col("most").filter(closing).sum(),
        )
    )
    both = pressures.lazy().join(totals, on="financial_year")
    needed, low, high = pl.col("pence"), pl.col("closes_least"), pl.col("closes_most")
    amounts = {
        "savings.pressure": (needed, needed),
        "savings.total_level": (pl.col("least"), pl.col("most")),
        "savings.closes": (low, high),
        "savings.remaining": (needed - high, needed - low),
    }
    parts = [both.select("financial_year", least=low, most=high, indicator=pl.lit(key)) for key, (low, high) in amounts.items()]
    return pl.concat(parts).collect()


def profile_by_programme(tracker: pl.DataFrame, _: pl.DataFrame) -> pl.DataFrame:
    levels = _levels(tracker)
    before = pl.col("pence").shift(1, fill_value=0).over(**_BY_LINE)
    once = pl.col("recurrence") == "one-off"
    first = pl.when(~once & (pl.col("basis").is_null() | (pl.col("basis") == "incremental"))).then("pence")
    second = pl.when(once | pl.col("basis").is_null() | (pl.col("basis") == "cumulative")).then(pl.col("pence") - before)
    added = levels.with_columns(least=pl.min_horizontal(first, second), most=pl.max_horizontal(first, second))
    both = [_added_up(levels, "programme"), _added_up(added, "programme", indicator="savings.added_in_year")]
    return pl.concat(both).collect()
