"""The measures as an analyst would write them in polars, lazily: no checks, no gaps, no intervals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from bench.events import END, START

Frames = dict[str, Any]

_DAY = dt.timedelta(days=1)


def month(date: str) -> pl.Expr:
    return pl.col(date).dt.truncate("1mo")


def of_year(frame: pl.LazyFrame, date: str) -> pl.LazyFrame:
    return frame.filter(pl.col(date).is_between(START, END))


def share(frame: pl.LazyFrame, date: str, hit: pl.Expr) -> pl.DataFrame:
    return (
        of_year(frame, date)
        .group_by("team", period_start=month(date))
        .agg(numerator=hit.sum(), denominator=pl.len())
        .with_columns(value=100 * pl.col("numerator") / pl.col("denominator"))
        .collect()
    )


def referrals(frames: Frames) -> pl.DataFrame:
    rows = of_year(frames["referrals"].lazy(), "referral_date")
    return rows.group_by("team", period_start=month("referral_date")).agg(value=pl.len()).collect()


def rereferrals(frames: Frames) -> pl.DataFrame:
    before = pl.col("referral_date").shift(1).over("child_id", order_by="referral_date")
    rows = frames["referrals"].lazy().select("team", "child_id", "referral_date").with_columns(before=before)
    return share(rows, "referral_date", pl.col("before").dt.offset_by("12mo") >= pl.col("referral_date"))


def no_further_action(frames: Frames) -> pl.DataFrame:
    return share(frames["referrals"].lazy(), "referral_date", pl.col("no_further_action"))


def assessed_not_in_need(frames: Frames) -> pl.DataFrame:
    hit = pl.col("closure_reason").is_in(["RC8", "RC9"]) & ~pl.col("no_further_action")
    hit &= pl.col("closure_date") <= pl.col("referral_date").dt.month_end()
    return share(frames["referrals"].lazy(), "referral_date", hit)


def _worked(start: str, end: str, holidays: list[dt.date]) -> pl.Expr:
    return pl.business_day_count(pl.col(start) + _DAY, pl.col(end) + _DAY, holidays=holidays)


def decided_in_time(frames: Frames) -> pl.DataFrame:
    in_time = _worked("referral_date", "decision_date", frames["holidays"]) <= 1
    return share(frames["referrals"].lazy(), "referral_date", in_time)


def assessed_in_time(frames: Frames) -> pl.DataFrame:
    rows = frames["assessments"].lazy().filter(pl.col("referral_date").is_not_null())
    return share(rows, "authorisation_date", _worked("referral_date", "authorisation_date", frames["holidays"]) <= 45)


def conferences_in_time(frames: Frames) -> pl.DataFrame:
    rows = frames["conferences"].lazy().filter(~pl.col("transfer_in"), pl.col("strategy_discussion_date").is_not_null())
    return share(rows, "conference_date", _worked("strategy_discussion_date", "conference_date", frames["holidays"]) <= 15)


def conversion(frames: Frames) -> pl.DataFrame:
    enquiries = of_year(frames["enquiries"].lazy(), "start_date").select("team", "child_id", "start_date")
    held = frames["conferences"].lazy().filter(~pl.col("transfer_in")).select("child_id", "conference_date")
    pairs = enquiries.join(held, on="child_id")
    days = (pl.col("conference_date") - pl.col("start_date")).dt.total_days()
    reached = pairs.filter(days.is_between(0, 28)).select("child_id", "start_date", reached=True).unique()
    rows = enquiries.join(reached, on=["child_id", "start_date"], how="left")
    mature = pl.col("start_date") <= END - 28 * _DAY
    return (
        rows.group_by("team", period_start=month("start_date"))
        .agg(numerator=(mature & pl.col("reached")).sum(), denominator=mature.sum(), immature_starts=(~mature).sum())
        .with_columns(
            conversion=pl.when(pl.col("denominator") > 0).then(100 * pl.col("numerator") / pl.col("denominator")),
        )
        .collect()
    )


def second_or_subsequent_plans(frames: Frames) -> pl.DataFrame:
    again = pl.col("start_date").shift(1).over("child_id", order_by="start_date").is_not_null()
    rows = frames["plans"].lazy().with_columns(again=again | (pl.col("number_of_previous_plans") > 0))
    return share(rows, "start_date", pl.col("again"))


def second_or_subsequent_plans_within_two_years(frames: Frames) -> pl.DataFrame:
    before = pl.col("end_date").shift(1).over("child_id", order_by="start_date")
    rows = frames["plans"].lazy().select("team", "child_id", "start_date", "end_date").with_columns(before=before)
    return share(rows, "start_date", pl.col("before").dt.offset_by("24mo") >= pl.col("start_date"))


def plans_ended_after_two_years(frames: Frames) -> pl.DataFrame:
    days = (pl.col("end_date") - pl.col("start_date")).dt.total_days() + 1
    return share(frames["plans"].lazy(), "end_date", days > 729)


def _open(frame: pl.LazyFrame, day: dt.date) -> pl.LazyFrame:
    return frame.filter(pl.col("start_date") <= day, pl.col("end_date").is_null() | (pl.col("end_date") > day))


def plans_open_two_years(frames: Frames) -> pl.DataFrame:
    days = (pl.lit(END) - pl.col("start_date")).dt.total_days() + 1
    return (
        _open(frames["plans"].lazy(), END)
        .group_by("team")
        .agg(numerator=(days > 729).sum(), denominator=pl.len())
        .select("team", "numerator", "denominator", period_start=END, value=100 * pl.col("numerator") / pl.col("denominator"))
        .collect()
    )


def plans_reviewed_in_time(frames: Frames) -> pl.DataFrame:
    plan = ["child_id", "plan_start_date"]
    reviews = frames["reviews"].lazy().filter(pl.col("review_date") <= END)
    before = pl.col("review_date").shift(1).over(plan, order_by="review_date")
    due = pl.when(before.is_null()).then(pl.col("plan_start_date").dt.offset_by("3mo")).otherwise(before.dt.offset_by("6mo"))
    by_plan = (
        reviews.with_columns(late=pl.col("review_date") > due)
        .group_by(plan)
        .agg(late=pl.col("late").any(), last=pl.col("review_date").max())
    )
    rows = _open(frames["plans"].lazy(), END).filter(pl.col("start_date").dt.offset_by("3mo") < END)
    rows = rows.join(by_plan, left_on=["child_id", "start_date"], right_on=plan, how="left")
    in_time = ~pl.col("late") & (pl.col("last").dt.offset_by("6mo") >= END)
    return (
        rows.group_by("team")
        .agg(numerator=in_time.sum(), denominator=pl.len())
        .select("team", "numerator", "denominator", period_start=END, value=100 * pl.col("numerator") / pl.col("denominator"))
        .collect()
    )


def children_with_a_plan(frames: Frames) -> pl.DataFrame:
    plans = frames["plans"].lazy()
    days = [
        _open(plans, day).group_by("team").agg(value=pl.col("child_id").n_unique()).with_columns(period_start=pl.lit(day))
        for day in frames["days"]
    ]
    return pl.concat(days).collect()


def caseload(frames: Frames) -> pl.DataFrame:
    rows = frames["allocations"].lazy()
    days = [
        _open(rows, day)
        .select("team", "child_id", "worker_id")
        .unique()
        .group_by("team")
        .agg(cases=pl.len(), children_with_an_allocated_social_worker=pl.col("child_id").n_unique())
        .with_columns(period_start=pl.lit(day))
        for day in frames["days"]
    ]
    return pl.concat(days).collect()


def caseload_by_worker(frames: Frames) -> pl.DataFrame:
    rows = frames["allocations"].lazy()
    held = pl.col("held")
    days = [
        _open(rows, day)
        .group_by("team", "worker_id")
        .agg(held=pl.col("child_id").n_unique())
        .group_by("team")
        .agg(
            workers_with_cases=pl.len(),
            workers_over_a_limit=(held > 18).sum(),
            mean_caseload=held.mean(),
            median_caseload=held.median(),
            highest_caseload=held.max(),
        )
        .with_columns(period_start=pl.lit(day))
        for day in frames["days"]
    ]
    return pl.concat(days).collect()


def assessments_per_child(frames: Frames) -> pl.DataFrame:
    return (
        of_year(frames["assessments"].lazy(), "start_date")
        .group_by("team", period_start=month("start_date"))
        .agg(numerator=pl.len(), denominator=pl.col("child_id").n_unique())
        .with_columns(value=pl.col("numerator") / pl.col("denominator"))
        .collect()
    )
