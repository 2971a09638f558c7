"""Caseloads, hand-offs and assessments of a child: against a plain loop, on every engine."""

from __future__ import annotations

import collections
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
ON_TWO = pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
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
    """Allocations with ties, leap days, ends on the days asked on, open ends, no length at all, co-workers and a null group.

    A child has three workers of her own for the most part, so that one is back, stays beside another, or changes team. Some
    rows are there twice, with another locality or not, and some have a second row of the same day that ends on another.
    """
    pick = random.Random(20_230_401)
    edges = [*DAYS, *(day + dt.timedelta(days=1) for day in DAYS), HISTORY, dt.date(2020, 4, 1), dt.date(2022, 3, 31)]
    rows = []
    while len(rows) < n:
        start = pick.choice(edges) if pick.random() < 0.1 else dt.date(2019, 6, 1) + dt.timedelta(days=pick.randrange(1300))
        length = pick.choice([0, 1, 14, 28, 29, 90, 300])
        end = None if pick.random() < 0.15 else pick.choice(edges) if pick.random() < 0.1 else start + dt.timedelta(days=length)
        if end is not None and end < start:
            end = start
        child = pick.randrange(1800)
        worker = f"W{(child * 3 + pick.randrange(3)) % 150 if pick.random() < 0.8 else pick.randrange(150)}"
        row = (f"C{child}", worker, pick.choice(["East", "West", "North"]), start, end, pick.choice(["A", "B", None]))
        rows.append(row)
        if pick.random() < 0.4:  # the next one takes over on the day it ends, or soon after
            begins = (end or start) + dt.timedelta(days=pick.choice([0, 0, 1, 27, 28, 29]))
            ends = pick.choice([None, begins + dt.timedelta(days=60)])
            next_to = f"W{(child * 3 + pick.randrange(3)) % 150}"
            rows.append((row[0], next_to, pick.choice(["East", "West"]), begins, ends, row[5]))
        if pick.random() < 0.02:
            rows.append((*row[:5], pick.choice(["A", "B", None])))
        if pick.random() < 0.02:
            rows.append((*row[:4], start + dt.timedelta(days=7), row[5]))
    return allocations(*rows[:n])


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


def grouped(frame, by):
    """The rows of each group, as dicts."""
    out = {} if by else {(): []}
    for row in frame.iter_rows(named=True):
        out.setdefault(tuple(row[name] for name in by), []).append(row)
    return out


def is_open(row, day):
    """Begun on the day or before, and not ended, or ended after it."""
    return row["start_date"] <= day and (row["end_date"] is None or row["end_date"] > day)


def caseloads_by_loop(frame, days, by=(), limit=None):
    """Every figure of both caseload functions: group, day and key to value."""
    out = {}
    for group, rows in grouped(frame, by).items():
        for day in days:
            pairs = {(row["child_id"], row["worker_id"]) for row in rows if is_open(row, day)}
            held = list(collections.Counter(worker for _, worker in pairs).values())
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


def days_held(row, first, last):
    """The days from one to another, as numbers, on which an allocation is open."""
    end = FAR if row["end_date"] is None else row["end_date"].toordinal()
    return set(range(max(first, row["start_date"].toordinal()), min(last + 1, end)))


FAR = dt.date.max.toordinal()


def comes_in_place(unit, row, of_child, within):
    """Day by day: whether a worker or team not seen in the days before takes the place of one seen in them who has left.

    The days are the first of the allocation and the ``within`` before it, and the one before those: she who ended ``within`` days
    before was there until the day before that. Given with whether it is new at all.
    """
    today = row["start_date"].toordinal()
    first = today - within - 1
    seen, here = {}, set()
    for other in of_child:
        held = days_held(other, first, today)
        if today in held:
            here.add(other[unit])
        seen.setdefault(other[unit], set()).update(held - {today})
    seen = {who: days for who, days in seen.items() if days}
    if row[unit] in seen:
        return False, False
    gone = [max(days) + 1 for who, days in seen.items() if who not in here]
    came = [min(days) for days in seen.values()]
    return True, bool(gone) and not any(max(gone) <= day for day in came)


def changes_by_loop(frame, within=WITHIN, history_from=HISTORY):
    """Each allocation that holds a day, once, with whether worker and team changed, and whether that cannot be told."""
    of_child, of_day = {}, {}
    for row in frame.iter_rows(named=True):
        if row["end_date"] is None or row["end_date"] > row["start_date"]:
            of_child.setdefault(row["child_id"], []).append(row)
            of_day.setdefault((row["child_id"], row["start_date"]), set()).add(known_by(row))
    out = {}
    for rows in of_child.values():
        for row in rows:
            flags = []
            for unit, other in (("worker_id", "team"), ("team", "worker_id")):
                new, changed = comes_in_place(unit, row, rows, within)
                # Of several of the day the first by the other name, and of those the longest.
                same = [key for key in of_day[row["child_id"], row["start_date"]] if named(key)[unit] == row[unit]]
                first = min(same, key=lambda key: (named(key)[other], -named(key)["finish"]))
                flags.append((new and first == known_by(row), changed and first == known_by(row)))
            (new_worker, worker), (new_team, team) = flags
            short = (row["start_date"] - history_from).days < within
            out[known_by(row)] = (worker, team, short and (new_worker or new_team))
    return out


def known_by(row):
    """What an allocation is known by: two alike in all of it are one."""
    finish = FAR if row["end_date"] is None else row["end_date"].toordinal()
    return row["child_id"], row["worker_id"], row["team"], row["start_date"], finish


def named(key):
    """The same by name."""
    return dict(zip(("child_id", "worker_id", "team", "start_date", "finish"), key, strict=True))


def hand_offs_by_loop(frame, periods, by=()):
    """The three indicators: group, period and key to (numerator, denominator) or the reason there is none."""
    changes, out = changes_by_loop(frame), {}
    for group, rows in grouped(frame, by).items():
        held = {known_by(row): row for row in rows if known_by(row) in changes}
        for period in periods:
            inside = {
                key: row
                for key, row in held.items()
                if row["start_date"] <= period.end and (row["end_date"] is None or row["end_date"] > period.start)
            }
            begun = [changes[key] for key, row in inside.items() if row["start_date"] >= period.start]
            unknown = any(cannot for _, _, cannot in begun) or (inside and period.start < HISTORY)
            counts = {
                "hand_offs": sum(worker or team for worker, team, _ in begun),
                "changes_of_worker": sum(worker for worker, _, _ in begun),
                "changes_of_team": sum(team for _, team, _ in begun),
            }
            children = len({row["child_id"] for row in inside.values()})
            for key, n in counts.items():
                told = "no_history" if unknown else (n, children) if children else "z"
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


@pytest.mark.long
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


@pytest.mark.long
def test_the_random_allocations_have_what_they_are_to_have(expected):
    """No check is of nothing: hand-offs of each kind, a period that cannot be told, and ties."""
    found_by = changes_by_loop(ROWS)
    changes = list(found_by.values())
    assert sum(worker and team for worker, team, _ in changes) > 50
    assert sum(worker and not team for worker, team, _ in changes) > 20
    assert any(team and not worker for worker, team, _ in changes)
    assert any(unknown for _, _, unknown in changes)
    assert len(found_by) < ROWS.filter((pl.col("end_date") > pl.col("start_date")).fill_null(value=True)).height
    # Handed on while a co-worker of three weeks or more stays.
    of_child = {child: rows.to_dicts() for (child,), rows in ROWS.partition_by("child_id", as_dict=True).items()}
    stayed = [
        key
        for key, (worker, _, _) in found_by.items()
        if worker and any(is_open(row, key[3]) and (key[3] - row["start_date"]).days > 21 for row in of_child[key[0]])
    ]
    assert len(stayed) > 50
    assert ROWS.select(pl.struct("child_id", "start_date").is_duplicated().sum()).item() > 0
    over = {key: n for key, n in expected["by worker"][()].items() if key[0] == "demand.workers_over_a_limit"}
    assert any(0 < n < expected["by worker"][()]["demand.workers_with_cases", day] for (_, day), n in over.items())
    assert not isinstance(expected["hand-offs"][()]["demand.hand_offs", dt.date(2020, 4, 1), dt.date(2021, 3, 31)], str)


def assessments_by_loop(frame, periods, by=()):
    """Assessments begun and the children in them: group and period to both."""
    out = {}
    for group, rows in grouped(frame, by).items():
        for period in periods:
            children = [row["child_id"] for row in rows if period.contains(row["start_date"])]
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


@settings(max_examples=settings.default.max_examples // 12)
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


@settings(max_examples=settings.default.max_examples // 12)
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


MARK = {
    "mark_caseload": (lambda frame: demand.mark_caseload(frame, at=Snapshot(DAYS[1])), []),
    "mark_caseload_by_worker": (
        lambda frame: demand.mark_caseload_by_worker(frame, at=Snapshot(DAYS[1]), limit=5),
        ["cases_of_worker"],
    ),
    "mark_hand_offs": (
        lambda frame: demand.mark_hand_offs(frame, period=YEARS[0], within=7, history_from=HISTORY),
        ["changed_worker", "changed_team", "no_history"],
    ),
    "mark_assessments_per_child": (
        lambda frame: demand.mark_assessments_per_child(frame, period=YEARS[0]),
        ["assessments_of_child"],
    ),
}


def rows_for(name):
    """Some rows that the measure takes."""
    return (ASSESSMENTS if "assess" in name else ROWS).head(40)


def rows_in_order(native):
    """The rows of any frame, sorted, since DuckDB and Spark keep no order."""
    lazy = nw.from_native(native).lazy()
    return sorted(lazy.collect("polars").to_native().rows(), key=repr)


def check_marks(name, frame):
    mark, more = MARK[name]
    once = mark(frame)
    assert type(once) is type(frame)
    columns = nw.from_native(frame).collect_schema().names()
    assert nw.from_native(once).collect_schema().names() == [*columns, "in_denominator", "in_numerator", *more]
    twice = mark(once)
    assert nw.from_native(twice).collect_schema().names() == nw.from_native(once).collect_schema().names()
    assert rows_in_order(twice) == rows_in_order(once)


@ON_EVERY_ENGINE
@pytest.mark.parametrize("name", MARK)
def test_marks_come_back_in_the_callers_own_kind_of_frame_and_can_be_marked_again(engine, name):
    """Her rows, as many as there were, her columns first; a frame that was marked before has its marks replaced."""
    check_marks(name, as_engine(rows_for(name), engine))


@pytest.mark.spark
@pytest.mark.parametrize("name", MARK)
def test_marks_come_back_in_the_callers_own_kind_of_frame_and_can_be_marked_again_on_spark(name, spark):
    """The same on Spark."""
    check_marks(name, as_engine(rows_for(name), Engine.PYSPARK, spark=spark))


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.POLARS_LAZY, Engine.PANDAS, Engine.PYARROW], ids=lambda e: e.value)
def test_marked_rows_are_in_the_order_they_came_in(engine):
    """All 10,000, where the engine keeps one."""
    for name in ("mark_caseload_by_worker", "mark_hand_offs"):
        native = MARK[name][0](as_engine(ROWS, engine))
        marks = nw.from_native(native).lazy().collect("polars").to_native()
        for column in ("child_id", "worker_id", "team", "locality"):
            assert marks[column].to_list() == ROWS[column].to_list()


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


def june(day):
    """A day of June 2021; the first is the day on which W1 leaves in what follows."""
    return dt.date(2021, 6, day)


JANUARY, MARCH, MAY = dt.date(2021, 1, 1), dt.date(2021, 3, 1), dt.date(2021, 5, 1)
W1_LEAVES = ("A", "W1", "East", JANUARY, JUNE)
STORIES = {
    "W2 came and went beside W1, and W3 comes the day after W1 left: her 31 days do not count": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, MAY), ("A", "W3", "East", june(2), None)],
        (1, 1, 0),
    ),
    "W2 comes beside W1, who stays": ([("A", "W1", "East", JANUARY, None), ("A", "W2", "East", JUNE, None)], (0, 0, 0)),
    "W1 leaves nine days after W2 came: they overlap": (
        [("A", "W1", "East", JANUARY, june(10)), ("A", "W2", "East", JUNE, None)],
        (0, 0, 0),
    ),
    "W1 leaves, W2 stays, and W3 comes": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, None), ("A", "W3", "East", june(2), None)],
        (1, 1, 0),
    ),
    "W1 and W2 came on one day, W2 leaves on the day W3 comes, and W1 stays": (
        [("A", "W1", "East", MAY, None), ("A", "W2", "East", MAY, JUNE), ("A", "W3", "East", JUNE, None)],
        (1, 1, 0),
    ),
    "W1 leaves, and W2, who was there, is recorded anew": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, june(3)), ("A", "W2", "East", june(3), None)],
        (0, 0, 0),
    ),
    "the same, and W3 comes after: it is still W1 whose place is free": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, june(3)), ("A", "W2", "East", june(3), None), ("A", "W3", "East", june(9), None)],
        (1, 1, 0),
    ),
    "W2 takes the child with her to another team, with W1 gone two days before": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, june(3)), ("A", "W2", "West", june(3), None)],
        (1, 0, 1),
    ),
    "W3 of another team comes for W1, whose team goes on with W2": (
        [W1_LEAVES, ("A", "W2", "East", MARCH, None), ("A", "W3", "West", june(2), None)],
        (1, 1, 0),
    ),
    "W2 comes for W1, and W3 beside W2 nine days later": (
        [W1_LEAVES, ("A", "W2", "East", JUNE, None), ("A", "W3", "East", june(10), None)],
        (1, 1, 0),
    ),
    "W2 and W3 come for W1 on one day": (
        [W1_LEAVES, ("A", "W2", "East", JUNE, None), ("A", "W3", "East", JUNE, None)],
        (2, 2, 0),
    ),
    "W2 covers for W1, who is back 19 days after: one change": (
        [W1_LEAVES, ("A", "W2", "East", JUNE, june(20)), ("A", "W1", "East", june(20), None)],
        (1, 1, 0),
    ),
    "the same, and W1 is back 29 days after: another": (
        [W1_LEAVES, ("A", "W2", "East", JUNE, june(30)), ("A", "W1", "East", june(30), None)],
        (2, 2, 0),
    ),
    "W1 is closed and opened again on one day, and W3 comes beside her": (
        [W1_LEAVES, ("A", "W1", "East", JUNE, None), ("A", "W3", "East", june(5), None)],
        (0, 0, 0),
    ),
    "W1 is back on the day W3 comes": (
        [W1_LEAVES, ("A", "W1", "East", june(10), None), ("A", "W3", "East", june(10), None)],
        (0, 0, 0),
    ),
    "W2 comes in two teams on one day: one worker, two teams, and two allocations": (
        [("A", "W1", "North", JANUARY, JUNE), ("A", "W2", "East", JUNE, None), ("A", "W2", "West", JUNE, None)],
        (2, 1, 2),
    ),
    "W2's coming is there twice, alike": ([W1_LEAVES, *[("A", "W2", "East", JUNE, None)] * 2], (1, 1, 0)),
    "W2's coming is there twice, with two ends": (
        [W1_LEAVES, ("A", "W2", "East", JUNE, june(8)), ("A", "W2", "East", JUNE, None)],
        (1, 1, 0),
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_who_comes_for_one_who_left_is_a_hand_off_whoever_else_is_there(story):
    """Within 28 days. W1 holds the child from January to 1 June 2021 where nothing else is said; the marks say so too."""
    rows, expected = story
    frame = allocations(*rows)
    assert handed(*rows) == expected
    marks = demand.mark_hand_offs(frame, period=YEARS[1], within=28, history_from=dt.date(2020, 1, 1))
    assert tuple(marks[name].sum() for name in ("in_numerator", "changed_worker", "changed_team")) == expected
    assert marks.select(frame.columns).equals(frame)


def test_a_hand_off_belongs_to_the_period_it_began_in():
    """Not to the next, in which both the child and the worker still are."""
    rows = [("A", "W1", "East", dt.date(2021, 1, 1), dt.date(2022, 3, 31)), ("A", "W2", "East", dt.date(2022, 3, 31), None)]
    assert handed(*rows) == (1, 1, 0)
    assert handed(*rows, period=FinancialYear("2022-23")) == (0, 0, 0)


SUMMER = Span("1 June 2021", "31 August 2021")


def test_a_hand_off_too_soon_after_the_history_begins_cannot_be_told():
    """History from 1 June 2021: one ended by 31 May would not be in the frame, and 28 June is 28 days after it; 29 June is 29."""
    for day, expected in ((27, True), (28, True), (29, False)):
        got = handed(("A", "W2", "East", june(day), None), history_from=JUNE, period=SUMMER)
        assert (got == (Withheld.NO_HISTORY,) * 3) is expected
    rows = [W1_LEAVES, ("A", "W2", "East", june(29), None)]
    assert handed(*rows, history_from=JUNE, period=SUMMER) == (1, 1, 0)


def test_a_new_worker_may_have_been_there_until_just_before_the_history():
    """W1 ended on 1 June and W2 began: that W2 had ended on 20 May would not be seen. W1, back on 10 June, is no change."""
    rows = [W1_LEAVES, ("A", "W2", "East", JUNE, None)]
    assert handed(*rows, history_from=JUNE, period=SUMMER) == (Withheld.NO_HISTORY,) * 3
    seen = [*rows, ("A", "W2", "East", MARCH, dt.date(2021, 5, 20))]
    assert handed(*seen, history_from=JANUARY, period=SUMMER) == (0, 0, 0)
    assert handed(W1_LEAVES, ("A", "W1", "East", june(10), None), history_from=JUNE, period=SUMMER) == (0, 0, 0)


def test_a_period_that_begins_before_the_history_cannot_be_told():
    """Children who were held and gone by then are not in the frame, so that there is neither part nor whole."""
    rows = [("A", "W1", "East", JANUARY, None)]
    assert handed(*rows, history_from=dt.date(2021, 4, 2)) == (Withheld.NO_HISTORY,) * 3
    assert handed(*rows, history_from=dt.date(2021, 4, 1)) == (0, 0, 0)
    marks = demand.mark_hand_offs(allocations(*rows), period=YEARS[1], within=28, history_from=dt.date(2021, 4, 2))
    assert marks["no_history"].to_list() == [True]


def test_a_figure_that_cannot_be_told_has_no_numerator():
    """And keeps the children it would have been of; that of nobody is 0 of 0."""
    got = demand.hand_offs(allocations(("A", "W1", "East", JUNE, None)), period=SUMMER, within=28, history_from=JUNE)
    assert {(r.numerator, r.denominator) for r in got} == {(None, 1)}
    none = demand.hand_offs(allocations(), period=SUMMER, within=28, history_from=JUNE)
    assert {(r.numerator, r.denominator, r.withheld) for r in none} == {(0, 0, Withheld.NOT_APPLICABLE)}


TOGETHER = {
    "child_id": st.sampled_from("AB"),
    "worker_id": st.sampled_from("VWX"),
    "team": st.sampled_from(["East", "West"]),
    "start_date": st.dates(JANUARY, dt.date(2021, 3, 31)),
    "end_date": st.none() | st.dates(JANUARY, dt.date(2021, 4, 30)),
}


@settings(max_examples=settings.default.max_examples // 8)
@given(frames(Allocations, columns=TOGETHER), st.integers(0, 40), st.dates(JANUARY, dt.date(2021, 3, 31)))
def test_what_can_be_told_is_what_the_whole_history_tells(frame, within, known_from):
    """Without the allocations that had ended before the history begins, each flag is the same, or withheld."""
    period = Span(known_from, dt.date(2021, 4, 30))
    seen = frame.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= known_from))
    short = demand.mark_hand_offs(seen, period=period, within=within, history_from=known_from)
    full = demand.mark_hand_offs(frame, period=period, within=within, history_from=dt.date(2019, 1, 1))
    full = full.filter(pl.col("end_date").is_null() | (pl.col("end_date") >= known_from))
    told, flags = ~short["no_history"], ["in_denominator", "in_numerator", "changed_worker", "changed_team"]
    assert short.select(flags).filter(told).equals(full.select(flags).filter(told))
    assert short["in_denominator"].equals(full["in_denominator"])


def test_figures_of_two_windows_are_not_put_together_under_one_definition():
    """The days are part of what is counted, and of the title."""
    frame = allocations(("A", "W1", "East", OPEN, None))
    first, second = (
        demand.hand_offs(frame, period=YEARS[1], within=n, history_from=dt.date(2021, 1, 1), area=area)
        for n, area in ((28, "825"), (7, "826"))
    )
    titles = [first.indicator(f"demand.{key}").title for key in ("hand_offs", "changes_of_worker", "changes_of_team")]
    assert titles == [f"{what} (within 28 days)" for what in ("Cases handed on", "Changes of worker", "Changes of team")]
    with pytest.raises(InvalidValue, match="one definition under a key"):
        Readings.concat([first, second])
    for within, said in ((0, "on the same day"), (1, "within 1 day")):
        got = demand.hand_offs(frame, period=YEARS[1], within=within, history_from=dt.date(2021, 1, 1))
        assert got.indicator("demand.hand_offs").title == f"Cases handed on ({said})"
        assert said in got.indicator("demand.hand_offs").counts


def test_a_child_assessed_twice_in_a_year_and_one_assessed_once_are_one_and_a_half_each():
    """3 of 2. An assessment still open counts; one begun on the day after the year does not."""
    rows = [("A", None, dt.date(2021, 4, 1), None, "East"), ("A", None, dt.date(2022, 3, 31), None, "West")]
    rows += [("B", None, OPEN, dt.date(2021, 7, 1), "East"), ("C", None, dt.date(2022, 4, 1), None, "East")]
    frame = pl.DataFrame(rows, schema=ASSESSED, orient="row")
    reading = demand.assessments_per_child(frame, period=FinancialYear("2021-22")).at()
    assert (reading.number, reading.numerator, reading.denominator) == (1.5, 3, 2)


# Gaps, empty frames and refusals


@ON_TWO
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
    "assessments_per_child": lambda frame, **more: demand.assessments_per_child(frame, **{"period": YEARS[0]} | more),
}
OF_ALLOCATIONS = ["caseload", "caseload_by_worker", "hand_offs"]
EACH = pytest.mark.parametrize("call", [CALLS[name] for name in OF_ALLOCATIONS], ids=OF_ALLOCATIONS)


@EACH
@pytest.mark.parametrize("by", ["worker_id", "child_id", ["team", "worker_id"], ["team", "team"]])
def test_no_figure_is_of_one_worker_or_one_child(call, by):
    """Both are people."""
    with pytest.raises(InvalidValue, match="by"):
        call(ROWS.head(5), by=by)


OWN = {
    "caseload": ["in_denominator", "In_Numerator", "value", "period"],
    "caseload_by_worker": ["in_numerator", "cases_of_worker", "withheld"],
    "hand_offs": ["in_numerator", "changed_worker", "changed_team", "no_history", "area"],
    "assessments_per_child": ["in_denominator", "assessments_of_child", "indicator"],
}


@pytest.mark.parametrize(("call", "column"), [(call, column) for call, columns in OWN.items() for column in columns])
def test_a_column_the_measure_makes_itself_is_no_group(call, column):
    """It would be replaced before anything is counted by it, or stand for two things in the readings."""
    with pytest.raises(InvalidValue, match=f"by='{column}'"):
        CALLS[call](rows_for(call).rename({"team" if "assess" in call else "locality": column}), by=column)


NAMES = ["cases", "workers", "over", "total", "children", "median", "highest", "hand_off", "assessments", "within", "unknown"]


@ON_TWO
@pytest.mark.parametrize("call", list(OWN))
def test_a_group_may_have_the_name_of_anything_that_is_summed(call, engine):
    """Whatever columns of the caller's are called, they give what they gave under another name: here all of them at once."""
    rows, own = rows_for(call).head(12), "team" if "assess" in call else "locality"
    renamed = rows.with_columns(pl.col(own).alias(name) for name in NAMES)
    expected = {(key, *[group] * len(NAMES), day): n for (key, group, day), n in found(CALLS[call](rows, by=own), [own]).items()}
    assert found(CALLS[call](as_engine(renamed, engine), by=NAMES), NAMES) == expected


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


NO_PERIOD = [None, 5, "2021-22", object(), [], [DAY], [YEARS[0], "2021-22"], [YEARS[0], YEARS[0]], pl.DataFrame({"a": [1]})]
NO_NUMBER = [-1, 2.5, True, None, "28", [3], object()]
NO_DAY = [None, 5, "2021-04-01", dt.datetime(2021, 4, 1), dt.date.min, dt.date.max, Snapshot(DAY), object()]
WRONG = {
    "at": [*NO_PERIOD, FinancialYear("2021-22")],
    "period": [*NO_PERIOD, Snapshot(DAY), MonthlyAverage("2021-01", "2021-03")],
    "limit": [*NO_NUMBER, 0],
    "within": NO_NUMBER,
    "history_from": NO_DAY,
}
TAKES = {
    "caseload": {"at": Snapshot(DAY)},
    "caseload_by_worker": {"at": Snapshot(DAY), "limit": 3},
    "hand_offs": {"period": YEARS[0], "within": 28, "history_from": HISTORY},
    "assessments_per_child": {"period": YEARS[0]},
}


@pytest.mark.parametrize("name", [*TAKES, *(f"mark_{name}" for name in TAKES)])
def test_what_is_no_period_day_or_number_is_refused_by_the_name_of_its_argument(name):
    """Half a case is no limit, a year no day, and a day no period; 0 days are: handed on the same day."""
    takes = TAKES[name.removeprefix("mark_")]
    for argument in takes:
        for wrong in WRONG[argument]:
            with pytest.raises(InvalidValue, match=f"^{argument}:? "):
                getattr(demand, name)(rows_for(name), **takes | {argument: wrong})


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
