"""Made-up tables of events that keep every rule of the schemas, from one seed: nobody's rows.

Six years of them, to the end of 2022-23, over forty teams. Each child has three rows or so of a table.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

FIRST = dt.date(2017, 4, 1)
START, END = dt.date(2022, 4, 1), dt.date(2023, 3, 31)
"""The year that is measured, month by month."""

TEAMS = [f"Team {n:02}" for n in range(40)]
_DAYS = (END - FIRST).days + 1
_ZERO = (FIRST - dt.date(1970, 1, 1)).days
_RC9 = (START - FIRST).days  # closed as RC9 from 2022-23


def day_range() -> int:
    """How many days there are, from the first to the end."""
    return _DAYS


def tables(rows: int) -> dict[str, pl.DataFrame]:
    """Every table, of so many rows each.

    Args:
        rows: How many; plans under review and conferences are fewer.
    """
    random = np.random.default_rng(825)
    plans = _plans(random, rows)
    enquiries = _enquiries(random, rows)
    return {
        "referrals": _referrals(random, rows),
        "assessments": _assessments(random, rows),
        "enquiries": enquiries,
        "conferences": _conferences(random, enquiries),
        "plans": plans,
        "reviews": _reviews(random, plans),
        "allocations": _allocations(random, rows),
    }


def saved(rows: int, folder: Path) -> dict[str, pl.DataFrame]:
    """Every table, also as files that other processes read.

    Args:
        rows: How many.
        folder: Where the files go.
    """
    made = tables(rows)
    for name, frame in made.items():
        frame.write_parquet(folder / f"{name}.parquet")
    return made


def _starts(random: np.random.Generator, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Children and days, no child twice on one day, in no order."""
    children = max(rows // 3, 1)
    keys = np.unique(random.integers(0, children * _DAYS, rows + rows // 100 + 10))
    random.shuffle(keys)
    keys = keys[:rows]
    return keys // _DAYS, keys % _DAYS


def made_children(numbers: np.ndarray) -> pl.Series:
    return "C" + pl.Series(numbers).cast(pl.String).str.zfill(8)


def made_dates(days: np.ndarray, known: np.ndarray | None = None) -> pl.Series:
    dates = pl.Series((days + _ZERO).astype(np.int32)).cast(pl.Date)
    return dates if known is None else pl.select(pl.when(pl.Series(known)).then(dates)).to_series()


def made_texts(random: np.random.Generator, among: list[str], rows: int) -> pl.Series:
    return pl.Series(among).gather(random.integers(0, len(among), rows))


def _referrals(random: np.random.Generator, rows: int) -> pl.DataFrame:
    child, day = _starts(random, rows)
    rows = len(child)
    closed, lasted = random.random(rows) < 0.8, random.integers(0, 400, rows)
    reason = random.integers(0, 9, rows)
    reason = np.where((reason == 8) & (day + lasted < _RC9), 7, reason)
    reasons = pl.Series([f"RC{n}" for n in range(1, 10)]).gather(reason)
    return pl.DataFrame(
        {
            "child_id": made_children(child),
            "referral_date": made_dates(day),
            "decision_date": made_dates(day + random.integers(0, 6, rows), random.random(rows) < 0.95),
            "seen_date": made_dates(day + random.integers(0, 20, rows), random.random(rows) < 0.9),
            "no_further_action": random.random(rows) < 0.3,
            "closure_date": made_dates(day + lasted, closed),
            "closure_reason": pl.select(pl.when(pl.Series(closed)).then(reasons)).to_series(),
            "team": made_texts(random, TEAMS, rows),
        }
    )


def _assessments(random: np.random.Generator, rows: int) -> pl.DataFrame:
    child, day = _starts(random, rows)
    rows = len(child)
    return pl.DataFrame(
        {
            "child_id": made_children(child),
            "referral_date": made_dates(day - random.integers(0, 8, rows), random.random(rows) < 0.97),
            "start_date": made_dates(day),
            "authorisation_date": made_dates(day + random.integers(0, 90, rows), random.random(rows) < 0.95),
            "team": made_texts(random, TEAMS, rows),
        }
    )


def _enquiries(random: np.random.Generator, rows: int) -> pl.DataFrame:
    child, day = _starts(random, rows)
    rows = len(child)
    return pl.DataFrame(
        {
            "child_id": made_children(child),
            "start_date": made_dates(day),
            "conference_date": made_dates(day, np.zeros(rows, dtype=bool)),
            "conference_not_required": random.random(rows) < 0.5,
            "team": made_texts(random, TEAMS, rows),
        }
    )


def _conferences(random: np.random.Generator, enquiries: pl.DataFrame) -> pl.DataFrame:
    rows = len(enquiries)
    delay = pl.Series(random.integers(0, 45, rows).astype(np.int32))
    return (
        enquiries.with_columns(
            delay=delay,
            held=pl.Series(random.random(rows) < 0.5),
            transfer_in=pl.Series(random.random(rows) < 0.05),
            led_to_plan=pl.Series(random.random(rows) < 0.8),
        )
        .filter("held")
        .select(
            "child_id",
            conference_date=(pl.col("start_date").cast(pl.Int32) + pl.col("delay")).cast(pl.Date),
            strategy_discussion_date=pl.when(~pl.col("transfer_in")).then("start_date"),
            transfer_in="transfer_in",
            led_to_plan="led_to_plan",
            team="team",
        )
        .unique(["child_id", "conference_date"], maintain_order=True)
    )


def _plans(random: np.random.Generator, rows: int) -> pl.DataFrame:
    """Plans that end before the child's next one begins."""
    child, day = _starts(random, rows)
    rows = len(child)
    made = pl.DataFrame(
        {
            "child_id": made_children(child),
            "start_date": made_dates(day),
            "end_date": made_dates(day + random.integers(0, 1100, rows), random.random(rows) < 0.8),
            "initial_category": made_texts(random, ["NEG", "PHY", "SAB", "EMO", "MUL"], rows),
            "number_of_previous_plans": random.choice(np.array([0, 0, 0, 0, 1, 2]), rows),
            "team": made_texts(random, TEAMS, rows),
        }
    )
    following = pl.col("start_date").shift(-1).over("child_id", order_by="start_date")
    return made.with_columns(end_date=pl.min_horizontal("end_date", following.dt.offset_by("-1d")))


def _reviews(random: np.random.Generator, plans: pl.DataFrame) -> pl.DataFrame:
    """Three reviews of one plan in three, most of them in time."""
    some = plans.head(len(plans) // 3).select("child_id", plan_start_date="start_date")
    after = [random.integers(70, 95, len(some))]
    for _ in range(2):
        after.append(after[-1] + random.integers(120, 190, len(some)))
    held = [
        some.with_columns(review_date=(pl.col("plan_start_date").cast(pl.Int32) + pl.Series(days.astype(np.int32))).cast(pl.Date))
        for days in after
    ]
    return pl.concat(held).sample(fraction=1, shuffle=True, seed=825)


def _allocations(random: np.random.Generator, rows: int) -> pl.DataFrame:
    child, day = _starts(random, rows)
    rows = len(child)
    worker = random.integers(0, max(rows // 200, len(TEAMS)), rows)
    return pl.DataFrame(
        {
            "child_id": made_children(child),
            "worker_id": "W" + pl.Series(worker).cast(pl.String).str.zfill(6),
            "team": pl.Series(TEAMS).gather(worker % len(TEAMS)),
            "start_date": made_dates(day),
            "end_date": made_dates(day + random.integers(0, 700, rows), random.random(rows) < 0.9),
        }
    )
