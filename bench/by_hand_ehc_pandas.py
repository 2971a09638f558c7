"""The measures of EHC plans as an analyst would write them in pandas: no checks, no gaps, no intervals."""

from __future__ import annotations

import pandas as pd

from bench.by_hand_pandas import Frames, grouped, of_year, share


def requests(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["journeys"][["team", "received_date"]], "received_date")
    return grouped(rows, "received_date").size().rename("value").reset_index()


def refused(frames: Frames) -> pd.DataFrame:
    rows = frames["journeys"]
    return share(rows, "received_date", rows["request_outcome"] == "N")


def decided_in_six_weeks(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["journeys"], "request_outcome_date")
    rows = rows[rows["request_outcome"].isin(["Y", "N"])]
    return share(rows, "request_outcome_date", (rows["request_outcome_date"] - rows["received_date"]).dt.days <= 42)


def _issued(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["journeys"], "plan_start_date")
    return rows[rows["request_outcome"].isin(["Y", "H"]) & (rows["assessment_outcome"] == "Y")]


def _days_to_plan(rows: pd.DataFrame) -> pd.Series:
    return (rows["plan_start_date"] - rows["received_date"]).dt.days


def issued_in_time_including_exceptions(frames: Frames) -> pd.DataFrame:
    rows = _issued(frames)
    return share(rows, "plan_start_date", _days_to_plan(rows) <= 140)


def issued_in_time_excluding_exceptions(frames: Frames) -> pd.DataFrame:
    rows = _issued(frames)
    rows = rows[~rows["exceptions_apply"]]
    return share(rows, "plan_start_date", _days_to_plan(rows) <= 140)


def weeks_taken_median(frames: Frames) -> pd.DataFrame:
    rows = of_year(frames["journeys"], "plan_start_date")
    rows = rows.assign(value=_days_to_plan(rows) / 7)
    return grouped(rows, "plan_start_date")["value"].median().reset_index()


def open_requests(frames: Frames) -> pd.DataFrame:
    rows = frames["journeys"]
    refused_or_withdrawn = rows["request_outcome"].isin(["N", "W"])
    ended = rows["request_outcome_date"].where(refused_or_withdrawn, rows["assessment_outcome_date"])
    days = []
    for each in frames["days"]:
        day = pd.Timestamp(each)
        still = (rows["received_date"] <= day) & (ended.isna() | (ended > day))
        days.append(rows[still].groupby("team").size().rename("value").reset_index().assign(period_start=day))
    return pd.concat(days)
