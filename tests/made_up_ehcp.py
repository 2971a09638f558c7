"""Made-up requests, assessments and plans, the loop an officer would count them by, and what both must agree on.

Nobody's rows: days, outcomes and teams are drawn from a seed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.periods import AcademicYear, CalendarYear, Span

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
REQUESTS = {
    "child_id": pl.String,
    "request_id": pl.String,
    "received_date": pl.Date,
    "relevant_youth_accommodation": pl.Boolean,
    "request_outcome": pl.String,
    "request_outcome_date": pl.Date,
}
ASSESSMENTS = {
    "assessment_outcome": pl.String,
    "assessment_outcome_date": pl.Date,
    "exceptions_apply": pl.Boolean,
    "request_id": pl.String,
    "child_id": pl.String,
}
PLANS = {
    "child_id": pl.String,
    "request_id": pl.String,
    "start_date": pl.Date,
    "cease_date": pl.Date,
    "cease_reason": pl.String,
    "primary_need": pl.String,
}
_OF_ASSESSMENT = {name: kind for name, kind in ASSESSMENTS.items() if name not in REQUESTS}
JOURNEYS = {**REQUESTS, **_OF_ASSESSMENT, "plan_start_date": pl.Date}

TEAMS = ("North", "South", None)
PERIODS = (
    CalendarYear(2020),
    CalendarYear(2023),
    CalendarYear(2024),
    *Span("2023-12-01", "2024-02-29").months(),
    AcademicYear("2023/24"),
    CalendarYear(2035),
)
Row = dict[str, Any]


def journey(request_id: str = "1", **given: Any) -> Row:
    """One made-up journey: a request that led to a plan on day 140, but for what is given; days may be given as text."""
    row: Row = {
        "child_id": f"C{request_id}",
        "request_id": request_id,
        "received_date": "2024-01-02",
        "relevant_youth_accommodation": False,
        "request_outcome": "Y",
        "request_outcome_date": "2024-02-13",
        "assessment_outcome": "Y",
        "assessment_outcome_date": "2024-05-21",
        "exceptions_apply": False,
        "plan_start_date": "2024-05-21",
        **given,
    }
    return {name: dt.date.fromisoformat(value) if name.endswith("_date") and value else value for name, value in row.items()}


def journeys_of(*rows: Row) -> pl.DataFrame:
    """Journeys as a frame, with the columns that the rows have beside those of the schema."""
    more = {name: pl.String for row in rows for name in row if name not in JOURNEYS}
    return pl.DataFrame(list(rows), schema={**JOURNEYS, **more})


def _drawn(draw: random.Random, number: int) -> Row:
    """One request with what became of it, at random."""
    first = dt.date(2018, 6, 1)
    received = first + dt.timedelta(days=draw.randrange((dt.date(2024, 12, 31) - first).days + 1))
    if draw.random() < 0.12:
        edges = ["2020-02-29", "2024-02-29", "2023-12-31", "2024-01-01", "2014-08-31", "2014-09-01", "2020-05-01", "2023-08-31"]
        received = dt.date.fromisoformat(draw.choice(edges))
    outcome = draw.choices(["Y", "N", "A", None, "W", "H"], [64, 22, 3, 2, 3, 6])[0]
    row: Row = dict.fromkeys(JOURNEYS)
    row |= {"request_id": f"R{number}", "received_date": received, "request_outcome": outcome, "team": draw.choice(TEAMS)}
    row["relevant_youth_accommodation"] = draw.choice([False, False, False, True, None])

    def after(limit: int, most: int) -> dt.date:
        days = draw.choice([0, limit - 1, limit, limit, limit + 1, draw.randrange(most), draw.randrange(most)])
        return received + dt.timedelta(days=days)

    if outcome in {"Y", "N"} or (outcome == "W" and draw.random() < 0.5):
        row["request_outcome_date"] = after(42, 120)
    if outcome == "Y" or (outcome == "N" and draw.random() < 0.3) or outcome == "H":
        ended = draw.choices(["Y", "N", "A", None, "W", "H"], [78, 9, 4, 3, 4, 2])[0]
        row["assessment_outcome"] = ended
        row["exceptions_apply"] = draw.random() < 0.12
        if draw.random() < 0.01:
            row["exceptions_apply"] = None
        if ended == "Y":
            row["assessment_outcome_date"] = row["plan_start_date"] = after(140, 600)
        elif ended == "N" or (ended == "W" and draw.random() < 0.5):
            row["assessment_outcome_date"] = after(112, 300)
        if (ended == "N" and draw.random() < 0.3) or ended == "H":
            row["plan_start_date"] = after(400, 700)
        if ended == "Y" and draw.random() < 0.03:
            row["plan_start_date"] = None  # agreed, and not issued yet
    if outcome == "H" and draw.random() < 0.5:
        row["received_date"] = None
    return row


def ten_thousand() -> list[Row]:
    """Random journeys: every outcome, exceptions, open ends, leap days, year ends, limits met and missed by a day, ties.

    A child with a plan has one request; one without may have several, some on the same day.
    """
    draw = random.Random(20241231)
    rows = [_drawn(draw, number) for number in range(10_000)]
    for number, row in enumerate(rows):
        row["child_id"] = f"P{number}" if row["plan_start_date"] else f"C{draw.randrange(1_500)}"
    draw.shuffle(rows)
    return rows


def as_tables(rows: list[Row]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Journeys taken apart again: requests with their team, assessments, plans."""
    asked = pl.DataFrame(rows, schema={**REQUESTS, "team": pl.String})
    begun = [row for row in rows if any(row[name] is not None for name in _OF_ASSESSMENT)]
    issued = [{**row, "start_date": row["plan_start_date"]} for row in rows if row["plan_start_date"]]
    return asked, pl.DataFrame(begun, schema=ASSESSMENTS), pl.DataFrame(issued, schema=PLANS)


def rows_of(native: Any) -> list[Row]:
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


# The loop: a measure says of one row whether it is in the whole, in the part, and whether that can be told at all.

Said = tuple[bool, bool, bool]
SINCE = dt.date(2014, 9, 1)


def _within(row: Row, end: str, days: int) -> tuple[bool, bool]:
    """Whether a clock from the request was on and has stopped, and whether in time."""
    received, stopped = row["received_date"], row[end]
    if received is None or stopped is None or received < SINCE:
        return False, False
    return True, stopped - received <= dt.timedelta(days=days)


def six_weeks(row: Row) -> Said:
    """Decided yes or no, within 42 days."""
    on, in_time = _within(row, "request_outcome_date", 42)
    whole = on and row["request_outcome"] in {"Y", "N"}
    return whole, whole and in_time, True


def sixteen_weeks(row: Row) -> Said:
    """Decided that no plan is to be issued, within 112 days."""
    on, in_time = _within(row, "assessment_outcome_date", 112)
    whole = on and row["assessment_outcome"] == "N"
    return whole, whole and in_time, True


def including(row: Row) -> Said:
    """A plan out of an assessment nobody had refused, within 140 days."""
    on, in_time = _within(row, "plan_start_date", 140)
    whole = on and row["request_outcome"] in {"Y", "H"} and row["assessment_outcome"] == "Y"
    return whole, whole and in_time, True


def excluding(row: Row) -> Said:
    """As including, but for those with exceptions; where it is not known whether, it cannot be told."""
    whole, in_time, _ = including(row)
    if whole and row["exceptions_apply"] is None:
        return True, False, False
    whole = whole and not row["exceptions_apply"]
    return whole, whole and in_time, True


def refused(row: Row) -> Said:
    """Out of the requests received."""
    whole = row["received_date"] is not None
    return whole, whole and row["request_outcome"] == "N", True


def assessed(row: Row) -> Said:
    """Out of the requests received; a historical one was to be assessed."""
    whole = row["received_date"] is not None
    return whole, whole and row["request_outcome"] in {"Y", "H"}, True


def led_to_a_plan(row: Row) -> Said:
    """Out of the assessments that ended on a known day."""
    whole = row["assessment_outcome_date"] is not None
    return whole, whole and row["assessment_outcome"] in {"Y", "H"}, True


_SAID: dict[tuple[int, Callable[[Row], Said], str], tuple[dict[str, Said], dict[str, Counter[Any]]]] = {}


def _looped(rows: list[Row], loop: Callable[[Row], Said], day: str) -> tuple[dict[str, Said], dict[str, Counter[Any]]]:
    """What the loop says of each row, and its sums by team and period: gone through once for all engines."""
    asked = id(rows), loop, day
    if asked not in _SAID:
        said = {row["request_id"]: loop(row) for row in rows}
        sums: dict[str, Counter[Any]] = {"whole": Counter(), "part": Counter(), "untold": Counter()}
        for row in rows:
            whole, part, told = said[row["request_id"]]
            for period in PERIODS:
                if row[day] is not None and period.start <= row[day] <= period.end:
                    key = (row["team"], period.kind, period.start)
                    sums["whole"][key] += whole
                    sums["part"][key] += part
                    sums["untold"][key] += whole and not told
        _SAID[asked] = said, sums
    return _SAID[asked]


def agrees_with_the_loop(
    native: Any,
    checked: Any,
    rows: list[Row],
    *,
    mark: Callable[..., Any],
    measure: Callable[..., Any],
    loop: Callable[[Row], Said],
    day: str,
) -> Counter[str | None]:
    """Every row of the drill-down and every number by team is what the loop says; gives how many numbers had which reason.

    The rows are marked as they came, and the numbers are of the same rows once checked.
    """
    back = mark(native)
    assert type(back) is type(native)
    marks = collect(enter(back)[0].select("request_id", "in_denominator", "in_numerator")).rows()
    assert len(marks) == len(rows)
    said, sums = _looped(rows, loop, day)
    assert {name: found for name, *found in marks} == {name: [whole, part] for name, (whole, part, _) in said.items()}
    readings = measure(checked, period=PERIODS, by="team").frame
    assert type(readings) is type(native)
    numbers = rows_of(readings)
    assert len(numbers) == len(TEAMS) * len(PERIODS)
    for row in numbers:
        key = (row["team"], row["period_kind"], row["period_start"])
        reason = "x" if sums["untold"][key] else None if sums["whole"][key] else "z"
        assert row["withheld"] == reason
        assert (row["numerator"], row["denominator"]) == (None if reason == "x" else sums["part"][key], sums["whole"][key])
        assert row["value"] == (None if reason else pytest.approx(100 * sums["part"][key] / sums["whole"][key]))
        assert (row["lower"] is None) == (row["upper"] is None) == (reason is not None)
    return Counter(row["withheld"] for row in numbers)
