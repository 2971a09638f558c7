"""The measures of EHC plans as an analyst would write them in polars, lazily: no checks, no gaps, no intervals."""

from __future__ import annotations

import polars as pl

from bench.by_hand_polars import Frames, month, of_year, share

_DAYS_TO_PLAN = (pl.col("plan_start_date") - pl.col("received_date")).dt.total_days()


def requests(frames: Frames) -> pl.DataFrame:
    rows = of_year(frames["journeys"].lazy(), "received_date")
    return rows.group_by("team", period_start=month("received_date")).agg(value=pl.len()).collect()


def refused(frames: Frames) -> pl.DataFrame:
    return share(frames["journeys"].lazy(), "received_date", pl.col("request_outcome") == "N")


def decided_in_six_weeks(frames: Frames) -> pl.DataFrame:
    rows = frames["journeys"].lazy().filter(pl.col("request_outcome").is_in(["Y", "N"]))
    days = (pl.col("request_outcome_date") - pl.col("received_date")).dt.total_days()
    return share(rows, "request_outcome_date", days <= 42)


def _issued(frames: Frames) -> pl.LazyFrame:
    agreed = pl.col("request_outcome").is_in(["Y", "H"])
    return frames["journeys"].lazy().filter(agreed, pl.col("assessment_outcome") == "Y")


def issued_in_time_including_exceptions(frames: Frames) -> pl.DataFrame:
    return share(_issued(frames), "plan_start_date", _DAYS_TO_PLAN <= 140)


def issued_in_time_excluding_exceptions(frames: Frames) -> pl.DataFrame:
    return share(_issued(frames).filter(~pl.col("exceptions_apply")), "plan_start_date", _DAYS_TO_PLAN <= 140)


def weeks_taken_median(frames: Frames) -> pl.DataFrame:
    rows = of_year(frames["journeys"].lazy(), "plan_start_date")
    return rows.group_by("team", period_start=month("plan_start_date")).agg(value=_DAYS_TO_PLAN.median() / 7).collect()


def open_requests(frames: Frames) -> pl.DataFrame:
    ended = pl.when(pl.col("request_outcome").is_in(["N", "W"])).then("request_outcome_date").otherwise("assessment_outcome_date")
    rows = frames["journeys"].lazy().select("team", "received_date", ended=ended)
    counted = [
        rows.filter(pl.col("received_date") <= day, pl.col("ended").is_null() | (pl.col("ended") > day))
        .group_by("team", period_start=pl.lit(day))
        .agg(value=pl.len())
        for day in frames["days"]
    ]
    return pl.concat(pl.collect_all(counted))
