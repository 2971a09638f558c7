"""Made-up members of an academy, and what a person with a calendar says of them: months by hand, and no narwhals."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import random

import polars as pl

SCHEMA = {
    "worker_id": pl.String,
    "start_date": pl.Date,
    "moved_to_team_date": pl.Date,
    "leaving_date": pl.Date,
    "asye_deferred_date": pl.Date,
    "asye_outcome": pl.String,
    "asye_outcome_date": pl.Date,
    "intake": pl.String,
}


def members(*rows):
    """Members from mappings; what is not said is a gap, and the number is that of the row."""
    given = [{"worker_id": f"W{n}"} | row for n, row in enumerate(rows)]
    days = [
        {name: dt.date.fromisoformat(cell) if name.endswith("_date") and cell else cell for name, cell in row.items()}
        for row in given
    ]
    return pl.DataFrame(days, schema=SCHEMA)


@functools.cache
def served_by(start, months):
    """The first day on which so many months are whole: the same day, or the first of the next month where there is none."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    if start.day <= calendar.monthrange(year, month)[1]:
        return dt.date(year, month, start.day)
    return dt.date(year + (month == 12), month % 12 + 1, 1)


@functools.cache
def until(start, months):
    """The last day within so many months: the same day, or the last of the month where there is none."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


FOLLOWED_TO = dt.date(2022, 6, 30)


def ten_thousand():
    """Random members: starts at month ends and leap days, leaving on anniversaries and a day off, some after the last day."""
    draw = random.Random(20221011)
    edges = [dt.date(2019, 1, 31), dt.date(2020, 2, 29), dt.date(2020, 8, 31), dt.date(2021, 6, 30), dt.date(2021, 7, 1)]
    rows = []
    for n in range(10_000):
        start = dt.date(2019, 1, 1) + dt.timedelta(days=draw.randrange(1_300))
        start = draw.choice(edges) if draw.random() < 0.1 else start
        leaving = None
        if draw.random() < 0.55:
            leaving = start + dt.timedelta(days=draw.randrange(1_200))
            if draw.random() < 0.4:
                leaving = served_by(start, draw.randrange(1, 30)) + dt.timedelta(days=draw.choice([-1, 0, 0, 1]))
        moved = start + dt.timedelta(days=draw.randrange(120, 260))
        moved = None if draw.random() < 0.1 or (leaving is not None and moved > leaving) else moved
        outcome = draw.choice(["passed"] * 6 + ["failed", "withdrawn", None, None])
        day = until(start, 12) + dt.timedelta(days=draw.choice([-200, -20, -1, 0, 0, 1, 40]))
        if outcome is None or (leaving is not None and day > leaving):
            outcome = day = None
        deferred = start + dt.timedelta(days=draw.randrange(150, 360)) if draw.random() < 0.2 else None
        deferred = None if deferred is not None and day is not None and deferred > day else deferred
        intake = draw.choice(["spring", "autumn", None])
        rows.append((f"W{n}", start, moved, leaving, deferred, outcome, day, intake))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")
