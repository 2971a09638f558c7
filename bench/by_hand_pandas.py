"""The measures as an analyst would write them in pandas: no checks, no gaps, no intervals."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from bench.events import END, START

Frames = dict[str, Any]

_START, _END = pd.Timestamp(START), pd.Timestamp(END)


def of_year(frame: pd.DataFrame, date: str) -> pd.DataFrame:
    return frame[frame[date].between(_START, _END)]


def month(dates: pd.Series) -> pd.Series:
    return dates.dt.to_period("M").dt.start_time


def grouped(frame: pd.DataFrame, date: str) -> Any:
    return frame.assign(period_start=month(frame[date])).groupby(["team", "period_start"])


def share(frame: pd.DataFrame, date: str, hit: pd.Series) -> pd.DataFrame:
    rows = frame[["team", date]].assign(hit=hit)
    out = grouped(of_year(rows, date), date)["hit"].agg(numerator="sum", denominator="size").reset_index()
    return out.assign(value=100 * out["numerator"] / out["denominator"])


def referrals(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["referrals"][["team", "referral_date"]], "referral_date")
    return grouped(rows, "referral_date").size().rename("value").reset_index()


def rereferrals(frames: Frames) -> pd.DataFrame:
    rows = frames["referrals"][["team", "child_id", "referral_date"]].sort_values(["child_id", "referral_date"])
    before = rows.groupby("child_id")["referral_date"].shift()
    return share(rows, "referral_date", before + pd.DateOffset(months=12) >= rows["referral_date"])


def no_further_action(frames: Frames) -> pd.DataFrame:
    rows = frames["referrals"]
    return share(rows, "referral_date", rows["no_further_action"])


def assessed_not_in_need(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["referrals"], "referral_date")
    in_month = rows["closure_date"] <= rows["referral_date"] + pd.offsets.MonthEnd(0)
    return share(rows, "referral_date", rows["closure_reason"].isin(["RC8", "RC9"]) & ~rows["no_further_action"] & in_month)


def _worked(start: pd.Series, end: pd.Series, holidays: list[dt.date]) -> np.ndarray:
    day = np.timedelta64(1, "D")
    first, last = (each.to_numpy().astype("datetime64[D]") + day for each in (start, end))
    return np.busday_count(first, last, holidays=np.array(holidays, dtype="datetime64[D]"))


def _in_time(rows: pd.DataFrame, start: str, end: str, counted_on: str, limit: int, holidays: list[dt.date]) -> pd.DataFrame:
    rows = of_year(rows, counted_on)
    stopped = rows[end].notna()
    worked = _worked(rows[start], rows[end].fillna(rows[start]), holidays)
    return share(rows, counted_on, stopped & (worked <= limit))


def decided_in_time(frames: Frames) -> pd.DataFrame:
    return _in_time(frames["referrals"], "referral_date", "decision_date", "referral_date", 1, frames["holidays"])


def assessed_in_time(frames: Frames) -> pd.DataFrame:
    rows = frames["assessments"]
    rows = rows[rows["referral_date"].notna()]
    return _in_time(rows, "referral_date", "authorisation_date", "authorisation_date", 45, frames["holidays"])


def conferences_in_time(frames: Frames) -> pd.DataFrame:
    rows = frames["conferences"]
    rows = rows[~rows["transfer_in"] & rows["strategy_discussion_date"].notna()]
    return _in_time(rows, "strategy_discussion_date", "conference_date", "conference_date", 15, frames["holidays"])


def conversion(frames: Frames) -> pd.DataFrame:
    enquiries = of_year(frames["enquiries"][["team", "child_id", "start_date"]], "start_date")
    conferences = frames["conferences"]
    conferences = conferences.loc[~conferences["transfer_in"], ["child_id", "conference_date"]]
    pairs = enquiries[["child_id", "start_date"]].merge(conferences, on="child_id")
    days = (pairs["conference_date"] - pairs["start_date"]).dt.days
    reached = pairs.loc[days.between(0, 28), ["child_id", "start_date"]].drop_duplicates().assign(reached=True)
    rows = enquiries.merge(reached, on=["child_id", "start_date"], how="left")
    mature = rows["start_date"] <= _END - pd.Timedelta(days=28)
    rows = rows.assign(numerator=mature & rows["reached"].notna(), denominator=mature, immature_starts=~mature)
    out = grouped(rows, "start_date")[["numerator", "denominator", "immature_starts"]].sum().reset_index()
    return out.assign(conversion=100 * out["numerator"] / out["denominator"].where(out["denominator"] > 0))


def second_or_subsequent_plans(frames: Frames) -> pd.DataFrame:
    rows = frames["plans"][["team", "child_id", "start_date", "number_of_previous_plans"]]
    rows = rows.sort_values(["child_id", "start_date"])
    return share(rows, "start_date", rows.duplicated("child_id") | (rows["number_of_previous_plans"] > 0))


def second_or_subsequent_plans_within_two_years(frames: Frames) -> pd.DataFrame:
    rows = frames["plans"][["team", "child_id", "start_date", "end_date"]].sort_values(["child_id", "start_date"])
    before = rows.groupby("child_id")["end_date"].shift()
    return share(rows, "start_date", before + pd.DateOffset(months=24) >= rows["start_date"])


def plans_ended_after_two_years(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["plans"], "end_date")
    return share(rows, "end_date", (rows["end_date"] - rows["start_date"]).dt.days + 1 > 729)


def _open(frame: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return frame[(frame["start_date"] <= day) & (frame["end_date"].isna() | (frame["end_date"] > day))]


def _share_on(rows: pd.DataFrame, hit: pd.Series) -> pd.DataFrame:
    out = rows[["team"]].assign(hit=hit).groupby("team")["hit"].agg(numerator="sum", denominator="size").reset_index()
    return out.assign(period_start=_END, value=100 * out["numerator"] / out["denominator"])


def plans_open_two_years(frames: Frames) -> pd.DataFrame:
    rows = _open(frames["plans"], _END)
    return _share_on(rows, (_END - rows["start_date"]).dt.days + 1 > 729)


def plans_reviewed_in_time(frames: Frames) -> pd.DataFrame:
    plan = ["child_id", "plan_start_date"]
    reviews = frames["reviews"]
    reviews = reviews[reviews["review_date"] <= _END].sort_values([*plan, "review_date"])
    before = reviews.groupby(plan)["review_date"].shift()
    first, further = reviews["plan_start_date"] + pd.DateOffset(months=3), before + pd.DateOffset(months=6)
    late = reviews["review_date"] > further.fillna(first)
    by_plan = reviews.assign(late=late).groupby(plan).agg(late=("late", "any"), last=("review_date", "max")).reset_index()
    rows = _open(frames["plans"], _END)
    rows = rows[rows["start_date"] + pd.DateOffset(months=3) < _END]
    rows = rows.merge(by_plan, left_on=["child_id", "start_date"], right_on=plan, how="left")
    in_time = (rows["late"] == False) & (rows["last"] + pd.DateOffset(months=6) >= _END)  # noqa: E712 - null is not in time
    return _share_on(rows, in_time)


def _each_day(frames: Frames, table: str, of_day: Any) -> pd.DataFrame:
    days = [pd.Timestamp(day) for day in frames["days"]]
    return pd.concat([of_day(_open(frames[table], day)).assign(period_start=day) for day in days])


def children_with_a_plan(frames: Frames) -> pd.DataFrame:
    return _each_day(frames, "plans", lambda rows: rows.groupby("team")["child_id"].nunique().rename("value").reset_index())


def caseload(frames: Frames) -> pd.DataFrame:
    def of_day(rows: pd.DataFrame) -> pd.DataFrame:
        cases = rows[["team", "child_id", "worker_id"]].drop_duplicates().groupby("team")["child_id"]
        return cases.agg(cases="size", children_with_an_allocated_social_worker="nunique").reset_index()

    return _each_day(frames, "allocations", of_day)


def caseload_by_worker(frames: Frames) -> pd.DataFrame:
    def of_day(rows: pd.DataFrame) -> pd.DataFrame:
        held = rows.groupby(["team", "worker_id"])["child_id"].nunique().rename("held").reset_index()
        held = held.assign(over=held["held"] > 18)
        return held.groupby("team").agg(
            workers_with_cases=("held", "size"),
            workers_over_a_limit=("over", "sum"),
            mean_caseload=("held", "mean"),
            median_caseload=("held", "median"),
            highest_caseload=("held", "max"),
        ).reset_index()

    return _each_day(frames, "allocations", of_day)


def assessments_per_child(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["assessments"][["team", "child_id", "start_date"]], "start_date")
    out = grouped(rows, "start_date")["child_id"].agg(numerator="size", denominator="nunique").reset_index()
    return out.assign(value=out["numerator"] / out["denominator"])
