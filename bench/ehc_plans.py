"""The measures of EHC plans: made-up journeys that keep every rule, from one seed, and what is asked of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from bench.cases import DAYS, FLOW, Case, case_of
from bench.events import END, TEAMS, day_range, made_children, made_dates, made_texts
from bucks_cs import ehcp

SCHEMAS: dict[str, Any] = {"journeys": ehcp.Journeys}

CASES: dict[str, Case] = {
    "requests": case_of(ehcp.requests, "journeys", FLOW),
    "refused": case_of(ehcp.refused, "journeys", FLOW),
    "decided_in_six_weeks": case_of(ehcp.decided_in_six_weeks, "journeys", FLOW),
    "issued_in_time_including_exceptions": case_of(ehcp.issued_in_time_including_exceptions, "journeys", FLOW),
    "issued_in_time_excluding_exceptions": case_of(ehcp.issued_in_time_excluding_exceptions, "journeys", FLOW),
    "weeks_taken_median": case_of(ehcp.weeks_taken_median, "journeys", FLOW),
    "open_requests": case_of(ehcp.open_requests, "journeys", {**DAYS, "followed_to": END}),
}


def saved(rows: int, folder: Path) -> dict[str, pl.DataFrame]:
    """The table of journeys, also as a file that other processes read.

    Args:
        rows: How many.
        folder: Where the file goes.
    """
    made = {"journeys": journeys(np.random.default_rng(825), rows)}
    for name, frame in made.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return made


def journeys(random: np.random.Generator, rows: int) -> pl.DataFrame:
    """Requests, each with what became of it by the last day: one to a child.

    Args:
        random: What draws.
        rows: How many.
    """
    day = random.integers(0, day_range(), rows)
    outcome = random.choice(np.array(["Y", "N", "A", "W"]), rows, p=[0.70, 0.22, 0.05, 0.03])
    ended = np.where(outcome == "Y", random.choice(np.array(["Y", "N", "A"]), rows, p=[0.85, 0.06, 0.09]), "A")
    decided, finished = day + random.integers(10, 70, rows), day + random.integers(75, 400, rows)
    # What would come after the last day has not happened yet.
    outcome = np.where(decided < day_range(), outcome, "A")
    ended = np.where((finished < day_range()) & (outcome == "Y"), ended, "A")
    assessed = pl.select(pl.when(pl.Series(outcome) == "Y").then(pl.Series(ended))).to_series()
    return pl.DataFrame(
        {
            "child_id": made_children(np.arange(rows)),
            "request_id": "R" + pl.Series(random.permutation(rows)).cast(pl.String).str.zfill(8),
            "received_date": made_dates(day),
            "relevant_youth_accommodation": random.random(rows) < 0.002,
            "request_outcome": pl.Series(outcome),
            "request_outcome_date": made_dates(decided, outcome != "A"),
            "assessment_outcome": assessed,
            "assessment_outcome_date": made_dates(finished, ended != "A"),
            "exceptions_apply": random.random(rows) < 0.06,
            "plan_start_date": made_dates(finished, ended == "Y"),
            "team": made_texts(random, TEAMS, rows),
        }
    )
