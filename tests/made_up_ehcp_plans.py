"""EHC plans that nobody has: 10,000 plans, 10,000 journeys and their reviews, drawn at random, with every edge in them."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

TEAMS = ["North", "South", None]
FOLLOWED_TO = dt.date(2024, 12, 31)
LEAP_DAYS = [dt.date(2020, 2, 28), dt.date(2020, 2, 29), dt.date(2020, 3, 1), dt.date(2024, 2, 29), dt.date(2023, 12, 31)]

PLANS = {
    "child_id": pl.String,
    "request_id": pl.String,
    "start_date": pl.Date,
    "cease_date": pl.Date,
    "cease_reason": pl.String,
    "primary_need": pl.String,
    "team": pl.String,
}
JOURNEYS = {
    "child_id": pl.String,
    "request_id": pl.String,
    "received_date": pl.Date,
    "relevant_youth_accommodation": pl.Boolean,
    "request_outcome": pl.String,
    "request_outcome_date": pl.Date,
    "assessment_outcome": pl.String,
    "assessment_outcome_date": pl.Date,
    "exceptions_apply": pl.Boolean,
    "plan_start_date": pl.Date,
    "team": pl.String,
}
REVIEWS = {
    "child_id": pl.String,
    "plan_start_date": pl.Date,
    "meeting_date": pl.Date,
    "outcome": pl.String,
    "outcome_date": pl.Date,
    "team": pl.String,
}


def frame(rows, schema):
    """Rows as polars, what a row lacks as null."""
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def days(count):
    """So many days."""
    return dt.timedelta(days=count)


def ten_thousand_plans():
    """Plans of children who have one, or one after another, begun on the day the last one ceased or later; some still there."""
    draw, rows, child = random.Random(5704), [], 0
    while len(rows) < 10_000:
        child += 1
        start = draw.choice(LEAP_DAYS) if draw.random() < 0.1 else dt.date(2017, 1, 1) + days(draw.randrange(2_800))
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            lasted = draw.choice([0, 1, 364, 365, 366, draw.randrange(3_000)])
            ceased = start + days(lasted) if draw.random() < 0.6 else None
            reason = draw.choice([*"123456789", None]) if ceased else None
            rows.append(
                {"child_id": f"C{child}", "start_date": start, "cease_date": ceased, "cease_reason": reason}
                | {"primary_need": draw.choice(["ASD", "SLCN", "SEMH", None]), "team": draw.choice(TEAMS)}
            )
            if ceased is None or ceased == start:
                break
            start = ceased + days(draw.choice([0, 1, 400]))
    rows = rows[:10_000]
    draw.shuffle(rows)
    return rows


def ten_thousand_journeys():
    """Journeys of every course, up to `FOLLOWED_TO`: what would come after it has not come yet."""
    draw = random.Random(2020)
    rows = [_journey(draw, number) for number in range(10_000)]
    draw.shuffle(rows)
    return rows


_EDGES = [0, 1, 41, 42, 43, 111, 112, 113, 139, 140, 141, 203, 363, 364, 365, 366, 700]


def _after(draw):
    """So many days: on the edge of a limit, a day beside it, or anywhere."""
    return days(draw.choice(_EDGES) if draw.random() < 0.5 else draw.randrange(600))


def _journey(draw, number):
    received = draw.choice(LEAP_DAYS) if draw.random() < 0.1 else dt.date(2019, 1, 1) + days(draw.randrange(2_191))
    row = {"child_id": f"C{number % 7_000}", "request_id": f"R{number}", "team": draw.choice(TEAMS), "received_date": received}
    row["relevant_youth_accommodation"] = draw.choice([True, False, None])
    decided, ended = received + _after(draw), received + _after(draw)
    course = draw.choice(["undecided", "refused", "changed", "withdrawn", "going on", "no plan", "dropped", *["plan"] * 6])
    if draw.random() < 0.05:
        course = draw.choice(["moved in", "historical", "historical plan", "historical, going on"])
    row |= _COURSES[course](draw, decided, ended)
    if course in {"moved in", "historical"}:
        row["received_date"] = None
    if course in {"moved in", "historical", "withdrawn", "dropped"} and row["team"] == "South":
        row["team"] = "North"  # so that every day can be told of South
    return _up_to(row)


def _plan(draw, ended):
    flag = draw.choice([True, False, False, None]) if ended < dt.date(2022, 1, 1) else draw.choice([True, False, False])
    return {"assessment_outcome": "Y", "assessment_outcome_date": ended, "exceptions_apply": flag, "plan_start_date": ended}


_COURSES = {
    "undecided": lambda draw, decided, ended: {"request_outcome": draw.choice([None, "A"])},
    "refused": lambda draw, decided, ended: {"request_outcome": "N", "request_outcome_date": decided},
    "changed": lambda draw, decided, ended: {"request_outcome": "N", "request_outcome_date": decided} | _plan(draw, ended),
    "withdrawn": lambda draw, decided, ended: {
        "request_outcome": "W",
        "request_outcome_date": draw.choice([None, decided]),
    },
    "going on": lambda draw, decided, ended: {
        "request_outcome": "Y",
        "request_outcome_date": decided,
        "assessment_outcome": draw.choice([None, "A"]),
    },
    "no plan": lambda draw, decided, ended: {
        "request_outcome": "Y",
        "request_outcome_date": decided,
        "assessment_outcome": "N",
        "assessment_outcome_date": ended,
    },
    "dropped": lambda draw, decided, ended: {
        "request_outcome": "Y",
        "request_outcome_date": decided,
        "assessment_outcome": "W",
        "assessment_outcome_date": draw.choice([None, ended]),
    },
    "plan": lambda draw, decided, ended: {"request_outcome": "Y", "request_outcome_date": decided} | _plan(draw, ended),
    "moved in": lambda draw, decided, ended: {"request_outcome": "H", "assessment_outcome": "H", "plan_start_date": ended},
    "historical": lambda draw, decided, ended: {"request_outcome": "H", "assessment_outcome": draw.choice([None, "A", "H"])},
    "historical plan": lambda draw, decided, ended: {"request_outcome": "H"} | _plan(draw, ended),
    "historical, going on": lambda draw, decided, ended: {"request_outcome": "H"},
}


def _up_to(row):
    """A journey as it stands on the last day: decisions, assessments and plans after it are not there."""
    for date, outcome in (("request_outcome_date", "request_outcome"), ("assessment_outcome_date", "assessment_outcome")):
        if row.get(date) and row[date] > FOLLOWED_TO:
            row[date] = row[outcome] = None
    if row.get("plan_start_date") and row["plan_start_date"] > FOLLOWED_TO:
        row["plan_start_date"] = None
    if row.get("request_outcome") is None:
        for name in ("assessment_outcome", "assessment_outcome_date", "exceptions_apply", "plan_start_date"):
            row[name] = None
    if row.get("assessment_outcome") not in {"Y", "N", "H"}:
        row["plan_start_date"] = None
    return row


def reviews_of(plans):
    """Reviews of plans: on the anniversary, a day to either side of it, anywhere; some decided on, some not; none on others."""
    draw, rows = random.Random(44), []
    for plan in plans:
        day = plan["start_date"]
        for _ in range(draw.choice([0, 1, 2, 3])):
            day = day + days(draw.choice([364, 365, 366, 367, draw.randrange(1, 600)]))
            if day > (plan["cease_date"] or FOLLOWED_TO) or day > FOLLOWED_TO:
                break
            told = day + days(draw.choice([0, 27, 28, 29, draw.randrange(90)]))
            told = told if told <= FOLLOWED_TO and draw.random() < 0.8 else None
            outcome = draw.choice([*"ACM", None]) if told else None
            rows.append(
                {"child_id": plan["child_id"], "plan_start_date": plan["start_date"], "meeting_date": day}
                | {"outcome": outcome, "outcome_date": told, "team": draw.choice(TEAMS)}
            )
    draw.shuffle(rows)
    return rows
