"""Caseloads, hand-offs and assessments of a child: against a plain loop, on every engine."""

from __future__ import annotations

import datetime as dt
import random
import statistics

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand
from bucks_cs.demand import Allocations, Assessments
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Withheld
from bucks_cs.periods import FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
ALLOCATIONS = {
    "child_id": pl.String,
    "worker_id": pl.String,
    "team": pl.String,
    "start_date": pl.Date,
    "end_date": pl.Date,
    "locality": pl.String,
}
ASSESSED = {
    "child_id": pl.String,
    "referral_date": pl.Date,
    "start_date": pl.Date,
    "authorisation_date": pl.Date,
    "team": pl.String,
}
DAYS = [dt.date(2020, 2, 29), dt.date(2021, 3, 31), dt.date(2021, 4, 1), dt.date(2022, 12, 31)]
YEARS = [FinancialYear("2020-21"), FinancialYear("2021-22"), Month("February 2020"), Span("1 April 2020", "31 March 2022")]
HISTORY, WITHIN = dt.date(2019, 9, 15), 28


def allocations(*rows, schema=ALLOCATIONS):
    """A frame of allocations from tuples: child, worker, team, start, end, and a locality where one is given."""
    full = [(*row, *(None,) * (len(schema) - len(row))) for row in rows]
    return pl.DataFrame(full, schema=schema, orient="row")


def random_allocations(n=10_000):
    """Allocations with ties, leap days, ends on the days asked on, open ends, no length at all, and a null group."""
    pick = random.Random(20_230_401)
    edges = [*DAYS, *(day + dt.timedelta(days=1) for day in DAYS), HISTORY, dt.date(2020, 4, 1), dt.date(2022, 3, 31)]
    rows = []
    for _ in range(n):
        start = pick.choice(edges) if pick.random() < 0.1 else dt.date(2019, 6, 1) + dt.timedelta(days=pick.randrange(1300))
        length = pick.choice([0, 1, 14, 28, 29, 90, 300])
        end = None if pick.random() < 0.15 else pick.choice(edges) if pick.random() < 0.1 else start + dt.timedelta(days=length)
        if end is not None and end < start:
            end = start
        child, worker = f"C{pick.randrange(2500)}", f"W{pick.randrange(150)}"
        rows.append((child, worker, pick.choice(["East", "West", "North"]), start, end, pick.choice(["A", "B", None])))
    return allocations(*rows)


def random_assessments(n=10_000):
    """Assessments of 3,000 children, no two of one child on a day."""
    pick = random.Random(45)
    rows = {}
    for _ in range(n):
        start = dt.date(2020, 2, 1) + dt.timedelta(days=pick.randrange(800))
        child = f"C{pick.randrange(3000)}"
        done = None if pick.random() < 0.2 else start + dt.timedelta(days=pick.randrange(60))
        rows[child, start] = (child, None, start, done, pick.choice(["East", "West", None]))
    return pl.DataFrame(list(rows.values()), schema=ASSESSED, orient="row")


ROWS, ASSESSMENTS = random_allocations(), random_assessments()


# The same, by a plain loop


def is_open(row, day):
    """Begun on the day or before, and not ended, or ended after it."""
    return row["start_date"] <= day and (row["end_date"] is None or row["end_date"] > day)


def keys_of(frame, by):
    """The groups a frame has."""
    return sorted({tuple(row[name] for name in by) for row in frame.iter_rows(named=True)}, key=repr) if by else [()]


def caseloads_by_loop(frame, days, by=(), limit=None):
    """Every figure of both caseload functions: group, day and key to value."""
    out = {}
    for day in days:
        for group in keys_of(frame, by):
            pairs = {
                (row["child_id"], row["worker_id"])
                for row in frame.iter_rows(named=True)
                if is_open(row, day) and tuple(row[name] for name in by) == group
            }
            held = [sum(1 for _, w in pairs if w == worker) for worker in {w for _, w in pairs}]
            figures = {"demand.cases": len(pairs), "demand.children_with_an_allocated_social_worker": len({c for c, _ in pairs})}
            if limit is not None:
                figures = {
                    "demand.workers_with_cases": len(held),
                    "demand.workers_over_a_limit": sum(1 for n in held if n > limit),
                    "demand.median_caseload": statistics.median(held) if held else "z",
                    "demand.mean_caseload": len(pairs) / len(held) if held else "z",
                    "demand.highest_caseload": max(held) if held else "z",
                }
            out |= {(key, *group, day): value for key, value in figures.items()}
    return out


def in_order(row):
    """By first day; of the same day the one that ended first, an open one last."""
    return row["start_date"], row["end_date"] or dt.date.max, row["worker_id"], row["team"]


def changes_by_loop(frame, within=WITHIN, history_from=HISTORY):
    """Each held allocation with whether worker and team changed, and whether that cannot be told."""
    of_child = {}
    for number, row in enumerate(frame.iter_rows(named=True)):
        if row["end_date"] is None or row["end_date"] > row["start_date"]:
            of_child.setdefault(row["child_id"], []).append((number, row))
    out = {}
    for rows in of_child.values():
        rows.sort(key=lambda pair: in_order(pair[1]))
        for place, (number, row) in enumerate(rows):
            before = rows[place - 1][1] if place else None
            passed = False
            if before is not None and before["end_date"] is not None:
                passed = 0 <= (row["start_date"] - before["end_date"]).days <= within
            worker = passed and before["worker_id"] != row["worker_id"]
            team = passed and before["team"] != row["team"]
            unknown = before is None and (row["start_date"] - history_from).days < within
            out[number] = (worker, team, unknown)
    return out


def hand_offs_by_loop(frame, periods, by=()):
    """The three indicators: group, period and key to (numerator, denominator) or the reason there is none."""
    changes, out = changes_by_loop(frame), {}
    for period in periods:
        for group in keys_of(frame, by):
            children, counts, unknown = set(), {"hand_offs": 0, "changes_of_worker": 0, "changes_of_team": 0}, False
            for number, row in enumerate(frame.iter_rows(named=True)):
                if number not in changes or tuple(row[name] for name in by) != group:
                    continue
                if row["start_date"] > period.end or (row["end_date"] is not None and row["end_date"] <= period.start):
                    continue
                children.add(row["child_id"])
                if row["start_date"] >= period.start:
                    worker, team, cannot = changes[number]
                    unknown = unknown or cannot
                    counts["hand_offs"] += worker or team
                    counts["changes_of_worker"] += worker
                    counts["changes_of_team"] += team
            for key, n in counts.items():
                told = "no_history" if unknown else (n, len(children)) if children else "z"
                out[(f"demand.{key}", *group, period.start, period.end)] = told
    return out


def found(readings, by=(), *, parts=False):
    """What readings say, as the loops say it."""
    out = {}
    for row in readings.to_polars().iter_rows(named=True):
        when = (row["period_start"], row["period_end"]) if parts else (row["period_start"],)
        number = (row["numerator"], row["denominator"]) if parts else row["value"]
        out[(row["indicator"], *(row[name] for name in by), *when)] = number if row["withheld"] is None else row["withheld"]
        if parts and row["withheld"] is None:
            assert row["value"] == pytest.approx(row["numerator"] / row["denominator"])
    return out


def same(one, other):
    """Alike, but for the last digit of a mean."""
    assert set(one) == set(other)
    for key, value in one.items():
        assert other[key] == (value if isinstance(value, (str, tuple)) else pytest.approx(value)), key


# Against the loop, on every engine


@pytest.fixture(scope="module")
def expected():
    """The loops, run once: they take longer than the engines."""
    return {
        "caseload": {by: caseloads_by_loop(ROWS, DAYS, by) for by in ((), ("team", "locality"))},
        "by worker": {by: caseloads_by_loop(ROWS, DAYS, by, limit=8) for by in ((), ("locality",))},
        "hand-offs": {by: hand_offs_by_loop(ROWS, YEARS, by) for by in ((), ("locality",))},
    }


def check_caseload(frame, expected):
    for by, want in expected["caseload"].items():
        got = demand.caseload(frame, at=[Snapshot(day) for day in DAYS], by=by)
        same(want, found(got, by))


def check_by_worker(frame, expected):
    for by, want in expected["by worker"].items():
        got = demand.caseload_by_worker(frame, at=[Snapshot(day) for day in DAYS], limit=8, by=by)
        same(want, found(got, by))


def check_hand_offs(frame, expected):
    for by, want in expected["hand-offs"].items():
        got = demand.hand_offs(frame, period=YEARS, within=WITHIN, history_from=HISTORY, by=by)
        same(want, found(got, by, parts=True))


CHECKS = pytest.mark.parametrize("check", [check_caseload, check_by_worker, check_hand_offs], ids=lambda check: check.__name__)


@ON_EVERY_ENGINE
@CHECKS
def test_the_figures_of_10_000_random_allocations_are_those_of_a_plain_loop(engine, check, expected):
    """Ties, leap days, ends on the day, open ends, allocations of no length, short histories and a null group among them."""
    check(as_engine(ROWS, engine), expected)


@pytest.mark.spark
@CHECKS
def test_the_figures_of_10_000_random_allocations_are_those_of_a_plain_loop_on_spark(check, expected, spark):
    """The same on Spark."""
    check(as_engine(ROWS, Engine.PYSPARK, spark=spark), expected)


def test_the_random_allocations_have_what_they_are_to_have(expected):
    """No check is of nothing: hand-offs of each kind, a period that cannot be told, and ties."""
    changes = list(changes_by_loop(ROWS).values())
    assert sum(worker and team for worker, team, _ in changes) > 50
    assert sum(worker and not team for worker, team, _ in changes) > 20
    assert any(team and not worker for worker, team, _ in changes)
    assert any(unknown for _, _, unknown in changes)
    assert ROWS.select(pl.struct("child_id", "start_date").is_duplicated().sum()).item() > 0
    over = {key: n for key, n in expected["by worker"][()].items() if key[0] == "demand.workers_over_a_limit"}
    assert any(0 < n < expected["by worker"][()]["demand.workers_with_cases", day] for (_, day), n in over.items())
    assert not isinstance(expected["hand-offs"][()]["demand.hand_offs", dt.date(2020, 4, 1), dt.date(2021, 3, 31)], str)


def assessments_by_loop(frame, periods, by=()):
    """Assessments begun and the children in them: group and period to both."""
    out = {}
    for period in periods:
        for group in keys_of(frame, by):
            children = [
                row["child_id"]
                for row in frame.iter_rows(named=True)
                if period.contains(row["start_date"]) and tuple(row[name] for name in by) == group
            ]
            told = (len(children), len(set(children))) if children else "z"
            out["demand.assessments_per_child", *group, period.start, period.end] = told
    return out


MONTHS = [*FinancialYear("2020-21").months(), FinancialYear("2020-21"), FinancialYear("2018-19")]


@pytest.fixture(scope="module")
def assessed():
    """The loop, run once."""
    return {by: assessments_by_loop(ASSESSMENTS, MONTHS, by) for by in ((), ("team",))}


def check_assessments(frame, assessed):
    for by, want in assessed.items():
        same(want, found(demand.assessments_per_child(frame, period=MONTHS, by=by), by, parts=True))


@ON_EVERY_ENGINE
def test_assessments_for_each_child_are_those_of_a_plain_loop(engine, assessed):
    """Of 10,000 random assessments; a year with none is z, and months lie in the year they are given beside."""
    check_assessments(as_engine(ASSESSMENTS, engine), assessed)


@pytest.mark.spark
def test_assessments_for_each_child_are_those_of_a_plain_loop_on_spark(spark, assessed):
    """The same on Spark."""
    check_assessments(as_engine(ASSESSMENTS, Engine.PYSPARK, spark=spark), assessed)


# Properties


TEAMS = {"team": st.sampled_from(["East", "West"]), "child_id": st.sampled_from("ABC"), "worker_id": st.sampled_from("VW")}


@settings(max_examples=20)
@given(frames(Allocations, columns=TEAMS), st.dates(dt.date(2016, 1, 1), dt.date(2025, 12, 31)))
def test_figures_of_caseloads_hang_together(frame, day):
    """Children are no more than cases, the mean lies up to the highest, and the workers over the limit are among the workers."""
    at = Snapshot(day)
    figures = {reading.indicator.key: reading.number for reading in demand.caseload(frame, at=at)}
    spread = {reading.indicator.key: reading.number for reading in demand.caseload_by_worker(frame, at=at, limit=1)}
    assert 0 <= figures["demand.children_with_an_allocated_social_worker"] <= figures["demand.cases"] <= frame.height
    assert 0 <= spread["demand.workers_over_a_limit"] <= spread["demand.workers_with_cases"] <= 2
    if figures["demand.cases"]:
        assert 1 <= spread["demand.median_caseload"] <= spread["demand.highest_caseload"]
        assert spread["demand.mean_caseload"] * spread["demand.workers_with_cases"] == figures["demand.cases"]
    else:
        assert spread["demand.median_caseload"] is spread["demand.mean_caseload"] is spread["demand.highest_caseload"] is None


@settings(max_examples=20)
@given(frames(Allocations, columns=TEAMS), st.integers(0, 400))
def test_a_hand_off_is_a_change_of_worker_or_of_team_or_both(frame, within):
    """So there are at least as many as of either, and no more than of both together."""
    decade = Span("1 January 2016", "31 December 2025")
    got = demand.hand_offs(frame, period=decade, within=within, history_from=dt.date(2010, 1, 1))
    parts = {reading.indicator.key: reading for reading in got}
    both, worker, team = (parts[f"demand.{name}"].numerator for name in ("hand_offs", "changes_of_worker", "changes_of_team"))
    assert max(worker, team) <= both <= worker + team
    assert both <= frame.height


# The marks give the figures


def counted(frame, day, by):
    """Cases of each group, from the marks."""
    marks = demand.mark_caseload(frame, at=Snapshot(day), by=by)
    return dict(marks.group_by(*by).agg(pl.col("in_numerator").sum()).rows()) if by else {None: marks["in_numerator"].sum()}


@pytest.mark.parametrize("by", [[], ["team"], ["locality"]])
def test_the_marks_of_caseload_sum_to_its_cases(by):
    """Of the whole and of groups, the null group too."""
    for day in DAYS:
        got = demand.caseload(ROWS, at=Snapshot(day), by=by).where(indicator="demand.cases").to_polars()
        assert dict(zip(got[by[0]] if by else [None], got["value"], strict=True)) == counted(ROWS, day, by)


def test_the_marks_of_caseload_by_worker_give_the_workers_over_the_limit():
    """The different workers of the marked rows, and each with as many rows as cases."""
    at, limit = Snapshot(DAYS[1]), 3
    marks = demand.mark_caseload_by_worker(ROWS, at=at, limit=limit, by="team")
    got = demand.caseload_by_worker(ROWS, at=at, limit=limit, by="team").to_polars()
    over = marks.filter("in_numerator").group_by("team").agg(pl.col("worker_id").n_unique())
    all_of_them = marks.filter("in_denominator").group_by("team").agg(pl.col("worker_id").n_unique())
    for key, want in (("demand.workers_over_a_limit", over), ("demand.workers_with_cases", all_of_them)):
        assert dict(got.filter(pl.col("indicator") == key).select("team", "value").rows()) == dict(want.rows())
    held = marks.filter("in_denominator").group_by("team", "worker_id").agg(pl.len(), pl.col("cases_of_worker").unique())
    assert held.select((pl.col("len") == pl.col("cases_of_worker").list.first()).all()).item()
    assert over["worker_id"].sum() > 0


def test_the_marks_of_hand_offs_sum_to_its_parts():
    """The rows handed on, and the different children of those that stand in the period."""
    year = FinancialYear("2020-21")
    marks = demand.mark_hand_offs(ROWS, period=year, within=WITHIN, history_from=HISTORY)
    got = {r.indicator.key: r for r in demand.hand_offs(ROWS, period=year, within=WITHIN, history_from=HISTORY)}
    assert got["demand.hand_offs"].numerator == marks["in_numerator"].sum()
    assert got["demand.changes_of_worker"].numerator == marks["changed_worker"].sum()
    assert got["demand.changes_of_team"].numerator == marks["changed_team"].sum()
    assert got["demand.hand_offs"].denominator == marks.filter("in_denominator")["child_id"].n_unique()
    assert not marks["no_history"].any()
    early = demand.mark_hand_offs(ROWS, period=Span("15 September 2019", "31 October 2019"), within=WITHIN, history_from=HISTORY)
    assert early["no_history"].any()


def test_the_marks_of_assessments_per_child_sum_to_its_parts():
    """The rows are the assessments, their different children the children."""
    year = FinancialYear("2020-21")
    marks = demand.mark_assessments_per_child(ASSESSMENTS, period=year)
    reading = demand.assessments_per_child(ASSESSMENTS, period=year).at()
    inside = marks.filter("in_denominator")
    assert (reading.numerator, reading.denominator) == (marks["in_numerator"].sum(), inside["child_id"].n_unique())
    assert inside.group_by("child_id").agg(pl.len() == pl.col("assessments_of_child").first())["len"].all()


@ON_EVERY_ENGINE
def test_marks_come_back_in_the_callers_own_kind_of_frame_with_her_columns_first(engine):
    """Her rows, as many as there were."""
    frame = as_engine(ROWS.head(40), engine)
    at, year = Snapshot(DAYS[1]), FinancialYear("2020-21")
    marks = [
        (demand.mark_caseload(frame, at=at), []),
        (demand.mark_caseload_by_worker(frame, at=at, limit=5), ["cases_of_worker"]),
        (
            demand.mark_hand_offs(frame, period=year, within=7, history_from=HISTORY),
            ["changed_worker", "changed_team", "no_history"],
        ),
    ]
    for native, more in marks:
        assert type(native) is type(frame)
        assert nw.from_native(native).collect_schema().names() == [*ALLOCATIONS, "in_denominator", "in_numerator", *more]


# By hand


DAY, NEXT = dt.date(2022, 3, 31), dt.date(2022, 4, 1)
OPEN = dt.date(2021, 6, 1)


def numbers(readings):
    """Key to value or reason."""
    return {r.indicator.key.removeprefix("demand."): r.withheld or r.number for r in readings}


def test_a_child_with_two_workers_is_two_cases_and_one_child():
    """And with one worker in two teams, one case of the whole and one of each team."""
    frame = allocations(("A", "W1", "East", OPEN, None), ("A", "W2", "West", OPEN, None), ("A", "W1", "West", OPEN, None))
    whole = numbers(demand.caseload(frame, at=Snapshot(DAY)))
    assert whole == {"cases": 2, "children_with_an_allocated_social_worker": 1}
    by_team = demand.caseload(frame, at=Snapshot(DAY), by="team")
    assert [by_team.at(indicator="demand.cases", team=team).number for team in ("East", "West")] == [1, 2]


def test_an_allocation_is_open_on_its_first_day_and_not_on_its_last():
    """Begun on or before the day, and not ended, or ended after it."""
    frame = allocations(("A", "W1", "East", DAY, NEXT), ("B", "W1", "East", OPEN, DAY), ("C", "W1", "East", NEXT, None))
    got = demand.caseload(frame, at=[Snapshot(DAY), Snapshot(NEXT)]).where(indicator="demand.cases")
    assert [reading.number for reading in got] == [1, 1]
    assert demand.mark_caseload(frame, at=Snapshot(DAY))["in_numerator"].to_list() == [True, False, False]


def test_one_who_holds_as_many_cases_as_the_limit_is_not_over_it():
    """Three cases: over 2, and not over 3. The mean of 3 and 1 is 2, and so is the median."""
    frame = allocations(*((child, "W1", "East", OPEN, None) for child in "ABC"), ("D", "W2", "East", OPEN, None))
    over = [numbers(demand.caseload_by_worker(frame, at=Snapshot(DAY), limit=n))["workers_over_a_limit"] for n in (2, 3)]
    assert over == [1, 0]
    rest = numbers(demand.caseload_by_worker(frame, at=Snapshot(DAY), limit=2))
    assert rest == {
        "workers_with_cases": 2, "workers_over_a_limit": 1, "mean_caseload": 2, "median_caseload": 2, "highest_caseload": 3,
    }  # fmt: skip


def test_a_worker_of_two_teams_has_a_caseload_in_each():
    """And one caseload in the whole."""
    frame = allocations(("A", "W1", "East", OPEN, None), ("B", "W1", "West", OPEN, None))
    by_team = demand.caseload_by_worker(frame, at=Snapshot(DAY), limit=1, by="team")
    assert {r.number for r in by_team.where(indicator="demand.highest_caseload")} == {1}
    assert numbers(demand.caseload_by_worker(frame, at=Snapshot(DAY), limit=1))["highest_caseload"] == 2


def test_figures_of_two_limits_are_not_put_together_under_one_definition():
    """The limit is part of what is counted."""
    frame = allocations(("A", "W1", "East", OPEN, None))
    first, second = (demand.caseload_by_worker(frame, at=Snapshot(day), limit=n) for day, n in ((DAY, 1), (NEXT, 2)))
    assert first.indicator("demand.workers_over_a_limit").title == "Workers with more than 1 case"
    with pytest.raises(InvalidValue, match="one definition under a key"):
        Readings.concat([first, second])


def handed(*rows, within=28, history_from=dt.date(2020, 1, 1), period=YEARS[1]):
    """Numerators of the three: hand-offs, of worker, of team; or the reason there are none."""
    got = demand.hand_offs(allocations(*rows), period=period, within=within, history_from=history_from)
    parts = {r.indicator.key: r for r in got}
    keys = ("demand.hand_offs", "demand.changes_of_worker", "demand.changes_of_team")
    return tuple(parts[key].withheld or parts[key].numerator for key in keys)


JUNE = dt.date(2021, 6, 1)


@pytest.mark.parametrize(
    ("starts", "worker", "team", "expected"),
    [
        (JUNE, "W2", "East", (1, 1, 0)),
        (JUNE, "W1", "West", (1, 0, 1)),
        (JUNE, "W2", "West", (1, 1, 1)),
        (JUNE, "W1", "East", (0, 0, 0)),
        (dt.date(2021, 6, 29), "W2", "East", (1, 1, 0)),
        (dt.date(2021, 6, 30), "W2", "East", (0, 0, 0)),
        (dt.date(2021, 5, 31), "W2", "East", (0, 0, 0)),
    ],
    ids=["worker", "team", "both", "same again", "28 days", "29 days", "while the other is there"],
)
def test_a_case_is_handed_on_where_the_next_begins_within_so_many_days_of_the_end(starts, worker, team, expected):
    """Ended on 1 June: the next may begin on 1 June and up to 28 days later, 29 June; the day before, the two overlap."""
    assert handed(("A", "W1", "East", dt.date(2021, 1, 1), JUNE), ("A", worker, team, starts, None)) == expected


def test_an_allocation_that_ends_on_the_day_it_began_is_passed_over():
    """It holds no day: the one after it follows the one before it, and the child is not counted for it."""
    rows = [("A", "W1", "East", OPEN, JUNE), ("A", "W2", "East", JUNE, JUNE), ("A", "W1", "East", JUNE, None)]
    rows[0] = ("A", "W1", "East", dt.date(2021, 1, 1), JUNE)
    assert handed(*rows) == (0, 0, 0)
    assert handed(("A", "W2", "East", JUNE, JUNE)) == (Withheld.NOT_APPLICABLE,) * 3


def test_of_two_who_began_on_one_day_the_one_who_stayed_longer_is_the_one_before():
    """W2 leaves on 10 June, when W3 comes; W1, who came with W2, is there still, so that W3 comes beside her."""
    tenth = dt.date(2021, 6, 10)
    rows = [("A", "W1", "East", JUNE, None), ("A", "W2", "East", JUNE, tenth), ("A", "W3", "East", tenth, None)]
    assert handed(*rows) == (0, 0, 0)
    assert handed(("A", "W1", "East", JUNE, tenth), *rows[1:]) == (1, 1, 0)


def test_a_hand_off_belongs_to_the_period_it_began_in():
    """Not to the next, in which both the child and the worker still are."""
    rows = [("A", "W1", "East", dt.date(2021, 1, 1), dt.date(2022, 3, 31)), ("A", "W2", "East", dt.date(2022, 3, 31), None)]
    assert handed(*rows) == (1, 1, 0)
    assert handed(*rows, period=FinancialYear("2022-23")) == (0, 0, 0)


def test_a_hand_off_too_soon_after_the_history_begins_cannot_be_told():
    """History from 1 June 2021: one ended by 31 May would not be in the frame, and 28 June is 28 days after it; 29 June is 29."""
    for day, expected in ((27, True), (28, True), (29, False)):
        got = handed(("A", "W2", "East", dt.date(2021, 6, day), None), history_from=JUNE)
        assert (got == (Withheld.NO_HISTORY,) * 3) is expected
    rows = [("A", "W1", "East", dt.date(2021, 1, 1), JUNE), ("A", "W2", "East", JUNE, None)]
    assert handed(*rows, history_from=JUNE) == (1, 1, 0)


def test_a_child_assessed_twice_in_a_year_and_one_assessed_once_are_one_and_a_half_each():
    """3 of 2. An assessment still open counts; one begun on the day after the year does not."""
    rows = [("A", None, dt.date(2021, 4, 1), None, "East"), ("A", None, dt.date(2022, 3, 31), None, "West")]
    rows += [("B", None, OPEN, dt.date(2021, 7, 1), "East"), ("C", None, dt.date(2022, 4, 1), None, "East")]
    frame = pl.DataFrame(rows, schema=ASSESSED, orient="row")
    reading = demand.assessments_per_child(frame, period=FinancialYear("2021-22")).at()
    assert (reading.number, reading.numerator, reading.denominator) == (1.5, 3, 2)


# Gaps, empty frames and refusals


@ON_EVERY_ENGINE
def test_an_empty_frame_has_no_cases_and_no_median(engine):
    """The whole is 0, or z where there is nothing to divide by; of groups there are none."""
    frame, at, year = as_engine(allocations(), engine), Snapshot(DAY), FinancialYear("2021-22")
    assert set(numbers(demand.caseload(frame, at=at)).values()) == {0}
    spread = numbers(demand.caseload_by_worker(frame, at=at, limit=1))
    assert (spread["workers_with_cases"], spread["workers_over_a_limit"]) == (0, 0)
    assert {spread[f"{name}_caseload"] for name in ("median", "mean", "highest")} == {Withheld.NOT_APPLICABLE}
    handed_on = numbers(demand.hand_offs(frame, period=year, within=1, history_from=HISTORY))
    assert set(handed_on.values()) == {Withheld.NOT_APPLICABLE}
    assert len(demand.caseload(frame, at=at, by="team")) == 0
    assessed = as_engine(pl.DataFrame(schema=ASSESSED), engine)
    assert demand.assessments_per_child(assessed, period=year).at().withheld is Withheld.NOT_APPLICABLE


def test_every_group_of_the_frame_is_given_for_every_day():
    """0 where it holds none: a team that is gone is no gap in the table."""
    frame = allocations(("A", "W1", "East", OPEN, DAY), ("B", "W2", "West", OPEN, None))
    got = demand.caseload(frame, at=[Snapshot(OPEN), Snapshot(DAY)], by="team").where(indicator="demand.cases").to_polars()
    assert got.select("team", "value").rows() == [("East", 1.0), ("East", 0.0), ("West", 1.0), ("West", 1.0)]


def test_lazy_frames_stay_lazy():
    """No figure is worked out before it is asked for."""
    frame = ROWS.head(50).lazy()
    assert demand.caseload(frame, at=Snapshot(DAY)).is_lazy
    assert demand.caseload_by_worker(frame, at=Snapshot(DAY), limit=2).is_lazy
    assert demand.hand_offs(frame, period=YEARS[0], within=2, history_from=HISTORY).is_lazy
    assert demand.assessments_per_child(ASSESSMENTS.lazy(), period=YEARS[0]).is_lazy


def test_area_and_source_are_carried():
    """On each reading."""
    source = NoOfficialSource(reason="made up")
    for reading in demand.caseload(ROWS.head(5), at=Snapshot(DAY), area="825", source=source):
        assert (reading.area, reading.source) == ("825", source)


CALLS = {
    "caseload": lambda frame, **more: demand.caseload(frame, **{"at": Snapshot(DAY)} | more),
    "caseload_by_worker": lambda frame, **more: demand.caseload_by_worker(frame, **{"at": Snapshot(DAY), "limit": 3} | more),
    "hand_offs": lambda frame, **more: demand.hand_offs(
        frame, **{"period": YEARS[0], "within": 28, "history_from": HISTORY} | more
    ),
}
EACH = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@EACH
@pytest.mark.parametrize("by", ["worker_id", "child_id", ["team", "worker_id"], ["team", "team"]])
def test_no_figure_is_of_one_worker_or_one_child(call, by):
    """Both are people."""
    with pytest.raises(InvalidValue, match="by"):
        call(ROWS.head(5), by=by)


@EACH
def test_a_column_that_is_not_there_is_named(call):
    """With the nearest that is."""
    with pytest.raises(UnknownColumn, match="Did you mean 'team'"):
        call(ROWS.head(5), by="teams")


@EACH
def test_an_allocation_that_ended_before_it_began_is_refused(call):
    """With the count of rows."""
    with pytest.raises(FrameProblems, match="ended before it started"):
        call(allocations(("A", "W1", "East", DAY, OPEN)))


@pytest.mark.parametrize("limit", [0, -1, 2.5, True, None, "20"])
def test_a_limit_is_a_whole_number_above_0(limit):
    """Half a case is no limit, and nor is none."""
    for function in (demand.caseload_by_worker, demand.mark_caseload_by_worker):
        with pytest.raises(InvalidValue, match="limit"):
            function(ROWS.head(5), at=Snapshot(DAY), limit=limit)


@pytest.mark.parametrize("within", [-1, 1.5, True, None, "28"])
def test_within_is_a_whole_number_of_days(within):
    """0 is one: handed on the same day."""
    for function in (demand.hand_offs, demand.mark_hand_offs):
        with pytest.raises(InvalidValue, match="within"):
            function(ROWS.head(5), period=YEARS[0], within=within, history_from=HISTORY)


@pytest.mark.parametrize("at", [FinancialYear("2021-22"), [], [Snapshot(DAY), Snapshot(DAY)], [DAY]])
def test_a_caseload_is_of_a_day(at):
    """A year has many."""
    for function in (demand.caseload, demand.mark_caseload):
        with pytest.raises(InvalidValue):
            function(ROWS.head(5), at=at)


@pytest.mark.parametrize("period", [Snapshot(DAY), MonthlyAverage("2021-01", "2021-03"), []])
def test_hand_offs_and_assessments_are_counted_over_a_period(period):
    """Not on a day, and a mean month is worked out from months."""
    with pytest.raises(InvalidValue, match="period"):
        demand.hand_offs(ROWS.head(5), period=period, within=28, history_from=HISTORY)
    with pytest.raises(InvalidValue, match="period"):
        demand.assessments_per_child(ASSESSMENTS.head(5), period=period)


def test_marks_are_of_one_day_or_one_period():
    """Which rows count differs from one to another."""
    days = [Snapshot(DAY), Snapshot(NEXT)]
    with pytest.raises(InvalidValue, match="one day"):
        demand.mark_caseload(ROWS.head(5), at=days)
    with pytest.raises(InvalidValue, match="one day"):
        demand.mark_caseload_by_worker(ROWS.head(5), at=days, limit=3)
    with pytest.raises(InvalidValue, match="one period"):
        demand.mark_hand_offs(ROWS.head(5), period=YEARS[:2], within=28, history_from=HISTORY)
    with pytest.raises(InvalidValue, match="one period"):
        demand.mark_assessments_per_child(ASSESSMENTS.head(5), period=YEARS[:2])


def test_checked_frames_are_taken_as_they_are():
    """And give what the raw ones give."""
    raw, checked = (demand.caseload(frame, at=Snapshot(DAY)) for frame in (ROWS, Allocations.conform(ROWS)))
    assert raw == checked
    year = FinancialYear("2020-21")
    first, second = (demand.assessments_per_child(f, period=year) for f in (ASSESSMENTS, Assessments.conform(ASSESSMENTS)))
    assert first == second
