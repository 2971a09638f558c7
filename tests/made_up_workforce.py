"""Made-up returns of social workers: 10,000 random records of three years, and one made to Buckinghamshire's printed totals."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

RECORD = {
    "worker_id": pl.String,
    "as_at": pl.Date,
    "agency_worker": pl.Boolean,
    "fte": pl.Float64,
    "role": pl.String,
    "role_start_date": pl.Date,
    "role_end_date": pl.Date,
    "reason_for_leaving": pl.String,
    "cases": pl.Int64,
    "working_days_lost": pl.Float64,
    "absent_on_the_day": pl.Boolean,
    "team": pl.String,
}
VACANT = {"as_at": pl.Date, "vacancies_fte": pl.Float64, "agency_cover_fte": pl.Float64, "team": pl.String}
DAYS = [dt.date(2023, 9, 30), dt.date(2024, 9, 30), dt.date(2025, 9, 30)]
"""The days of the returns: the year to the second has a 29 February."""


def record(worker="A", **other):
    """A record of an employed social worker in post at 30 September 2025, but for what is said."""
    usual = {
        "worker_id": worker,
        "as_at": DAYS[-1],
        "agency_worker": False,
        "fte": 1.0,
        "role": "5",
        "role_start_date": dt.date(2020, 1, 6),
        "cases": 10,
        "working_days_lost": 0.0,
        "team": "East",
    }
    return {**dict.fromkeys(RECORD), **usual, **other}


def left(worker="A", day=dt.date(2025, 3, 31), **other):
    """A record of one who left."""
    return record(worker, role_end_date=day, cases=None, **other)


def returned(*records):
    """A frame of them."""
    return pl.DataFrame(list(records), schema=RECORD)


def vacant(*rows):
    """Vacancies from tuples: the vacancies, the cover, and a team and a day where they are given."""
    full = [(row[3] if len(row) > 3 else DAYS[-1], row[0], row[1], row[2] if len(row) > 2 else "East") for row in rows]
    return pl.DataFrame(full, schema=VACANT, orient="row")


def _dates(pick, day):
    """When one began and left, about a return: on the days at its ends, as often as not."""
    first = dt.date(day.year - 1, 10, 1)
    edges = [first, first + dt.timedelta(days=1), day - dt.timedelta(days=1), day]
    began = pick.choice([*edges, first - dt.timedelta(days=1), first - dt.timedelta(days=pick.randrange(3000))])
    if pick.random() < 0.7:
        return began, None
    ends = [*edges, day + dt.timedelta(days=pick.randrange(1, 30)), first + dt.timedelta(days=pick.randrange(365))]
    return began, max(began, pick.choice(ends))


def random_returns(n=10_000):
    """Records of three returns with second posts, agency workers without dates, parts of full time, gaps and a null team.

    One return in which nothing that a total needs is missing, and two where now and then it is.
    """
    pick = random.Random(30_9)
    rows = []
    for i in range(n):
        day = DAYS[i % 3]
        agency = pick.random() < 0.2
        began, ended = _dates(pick, day)
        if agency and pick.random() < 0.5:
            began, ended = None, None
        gone = ended is not None and ended <= day
        gaps = 0.0 if day == DAYS[-1] else 0.002
        rows.append(
            record(
                f"W{pick.randrange(n // 5)}",
                as_at=day,
                agency_worker=agency,
                fte=pick.choice([None, 0.0, 0.2, 0.5, 0.6, 0.8, *[1.0] * 6]),
                role=pick.choice([None, *"123456"]),
                role_start_date=began,
                role_end_date=ended,
                reason_for_leaving=None if ended is None else pick.choice([None, "1", "10"]),
                cases=(None if pick.random() < 0.5 else 0) if gone else None if pick.random() < gaps else pick.randrange(25),
                working_days_lost=None if agency or pick.random() < gaps else pick.choice([0.0, 0.5, 3.0, 40.25]),
                absent_on_the_day=None if gone else pick.random() < 0.05,
                team=pick.choice(["East", "West", "North", None]),
            )
        )
    return returned(*rows)


def random_vacancies():
    """Vacancies of the three days by team, one team that has nobody, one gap, and more cover than vacancies now and then."""
    pick = random.Random(79)
    rows = [
        (pick.randrange(80) / 2, pick.randrange(80) / 2, team, day)
        for day in DAYS
        for team in ("East", "West", None, "Courts")
        for _ in range(2)
    ]
    rows[3] = (rows[3][0], None, *rows[3][2:])
    rows[4] = (None, rows[4][1], *rows[4][2:])
    return vacant(*rows)


def buckinghamshire_2025():
    """A return that adds up to what is printed of Buckinghamshire at 30 September 2025, and its vacancies.

    215 in post at full time, 2 at four fifths and 25 at three fifths are 242 heads and 231.6 FTE. 50 of those at full time
    started in the year, and one of those at four fifths: 51 heads, 50.8 FTE. 22 at full time, one at four fifths and one at
    two fifths left, 24 heads and 23.2 FTE; one who had begun in the year left too, and is in none of these figures. Of 70
    agency workers 60 hold cases, of those in post 76 at full time and 24 at three fifths: 160 holders of 17 cases are 2,720
    cases and 150.4 FTE. 83 missed four days each: 332.
    """
    started = dt.date(2024, 11, 4)
    rows = [
        record(
            f"F{n}",
            role_start_date=started if n < 50 else dt.date(2019, 4, 1),
            cases=17 if n < 76 else 0,
            working_days_lost=4.0 if n < 83 else 0.0,
            team="East" if n % 2 else "West",
        )
        for n in range(215)
    ]
    rows += [record(f"P{n}", fte=0.6, cases=17 if n < 24 else 0) for n in range(25)]
    rows += [record("Q", fte=0.8, cases=0), record("R", fte=0.8, cases=0, role_start_date=started)]
    rows += [left(f"L{n}") for n in range(22)]
    rows += [left("S", fte=0.8), left("T", fte=0.4), left("U", fte=0.5, role_start_date=started)]
    agency = {"agency_worker": True, "role_start_date": None, "working_days_lost": None}
    rows += [record(f"A{n}", cases=17 if n < 60 else 0, **agency) for n in range(70)]
    return returned(*rows), vacant((79.0, 65.0))
