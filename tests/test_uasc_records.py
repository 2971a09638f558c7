"""Unaccompanied children from an authority's records: against a plain loop on every engine, with birthdays, gaps and refusals."""

from __future__ import annotations

import datetime as dt
import random
import statistics

import polars as pl
import pytest
from hypothesis import given, settings

from bucks_cs import uasc
from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.testing import as_engine, frames

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
ON_TWO = pytest.mark.parametrize("engine", [Engine.PANDAS, Engine.DUCKDB], ids=lambda engine: engine.value)
SCHEMA = {
    "child_id": pl.String,
    "date_of_birth": pl.Date,
    "start_date": pl.Date,
    "end_date": pl.Date,
    "closed_date": pl.Date,
    "claim_date": pl.Date,
    "decision_date": pl.Date,
    "team": pl.String,
}
DAY = dt.date
DAYS = [DAY(2021, 3, 31), DAY(2022, 2, 28), DAY(2022, 3, 1), DAY(2022, 10, 11)]
AT = [Snapshot(day) for day in DAYS]
PERIODS = [CalendarYear(2021), Month("February 2022"), Month("March 2022"), FinancialYear("2022-23")]
PERIODS.append(Span("2021-06-01", "2023-06-30"))
BORN = [DAY(2004, 2, 29), DAY(2004, 3, 1), DAY(2004, 2, 28), DAY(2003, 3, 31), DAY(2004, 10, 11), DAY(2004, 10, 12)]
EXAMPLE = NoOfficialSource(reason="made up for a test")
STOCKS = ("looked_after", "former_unaccompanied", "waiting_for_a_decision")
FLOWS = ("started_to_be_looked_after", "turned_18", "days_to_decision_mean", "days_to_decision_median")


def records(*rows):
    """Records of child, born, started, ceased, closed, claimed, decided and team; what is left out is null."""
    return pl.DataFrame([(*row, *(None,) * (len(SCHEMA) - len(row))) for row in rows], schema=SCHEMA, orient="row")


def ten_thousand():
    """Records with birthdays on and beside the days asked on, leap days, unknown births, second rows and rows left open."""
    pick, rows = random.Random(352), {}
    while len(rows) < 10_000:
        child = f"C{pick.randrange(6_000)}"
        start = DAY(2018, 1, 1) + dt.timedelta(days=pick.randrange(1_800))
        born = DAY(2002, 1, 1) + dt.timedelta(days=pick.randrange(1_400))
        if pick.random() < 0.2:
            born = pick.choice(BORN)
        end = None if pick.random() < 0.4 else start + dt.timedelta(days=pick.choice([0, 1, 200, 600, 900]))
        if end is not None and pick.random() < 0.1:
            end = max(start, pick.choice(DAYS))
        closed = None if pick.random() < 0.6 else (end or start) + dt.timedelta(days=pick.choice([0, 1, 300]))
        claim = None if pick.random() < 0.2 else start + dt.timedelta(days=pick.randrange(-20, 60))
        decision = None if claim is None or pick.random() < 0.4 else claim + dt.timedelta(days=pick.choice([0, 30, 365, 900]))
        team = pick.choice(["East", "West", None])
        rows[child, start] = (child, None if pick.random() < 0.02 else born, start, end, closed, claim, decision, team)
        if pick.random() < 0.2:  # back into care, the claim the same
            again = start + dt.timedelta(days=pick.choice([30, 700]))
            rows[child, again] = (child, born, again, None, None, claim, decision, pick.choice([team, "East"]))
    return records(*list(rows.values())[:10_000])


ROWS = ten_thousand()


# The loop: what a person with a ledger would do


def birthday(born):
    """The 18th; 1 March for 29 February, since no 18th birthday is in a leap year."""
    if (born.month, born.day) == (2, 29):
        return DAY(born.year + 18, 3, 1)
    return born.replace(year=born.year + 18)


def goes_on(end, day):
    """Not ended by the end of a day."""
    return end is None or end > day


def began_as_a_child(row):
    """Under 18 on the first day, or of no known age."""
    return row["date_of_birth"] is None or row["start_date"] < birthday(row["date_of_birth"])


def state_on(row, day):
    """child, former, a maybe of each, or nothing, on a day."""
    if not began_as_a_child(row) or row["start_date"] > day or not goes_on(row["closed_date"], day):
        return set()
    cared_for = goes_on(row["end_date"], day)
    if row["date_of_birth"] is None:
        return {"former?"} | ({"child?"} if cared_for else set())
    if birthday(row["date_of_birth"]) <= day:
        return {"former"}
    return {"child"} if cared_for else set()


def turns_18_in(row, period):
    """turned, maybe, or nothing."""
    ends = [end for end in (row["end_date"], row["closed_date"]) if end is not None]
    if row["date_of_birth"] is None:
        there = row["start_date"] < period.end and all(end >= period.start for end in ends)
        return {"turned?"} if there else set()
    day = birthday(row["date_of_birth"])
    there = row["start_date"] < day and all(end >= day for end in ends)
    return {"turned"} if there and period.start <= day <= period.end else set()


def grouped(frame, by):
    """The rows of each group."""
    out = {} if by else {(): []}
    for row in frame.iter_rows(named=True):
        out.setdefault(tuple(row[name] for name in by), []).append(row)
    return out


def known_of(states, what):
    """How many children are told to be something, or the two it lies between."""
    sure = {child for child, found in states.items() if what in found}
    unsure = {child for child, found in states.items() if f"{what}?" in found} - sure
    return ("unresolved", len(sure), len(sure) + len(unsure)) if unsure else len(sure)


def each_child(rows, of):
    """What is found of all rows of a child."""
    found = {}
    for row in rows:
        found.setdefault(row["child_id"], set()).update(of(row))
    return found


def stocks_by_loop(frame, by=()):
    """Each stock: group and day to how many."""
    out = {name: {} for name in STOCKS}
    for group, rows in grouped(frame, by).items():
        for day in DAYS:
            states = each_child(rows, lambda row, day=day: state_on(row, day))
            out["looked_after"][*group, day] = known_of(states, "child")
            out["former_unaccompanied"][*group, day] = known_of(states, "former")
            claims = {
                (row["child_id"], row["claim_date"])
                for row in rows
                if row["claim_date"] is not None and row["claim_date"] <= day and goes_on(row["decision_date"], day)
                and row["start_date"] <= day and goes_on(row["closed_date"], day) and began_as_a_child(row)
            }  # fmt: skip
            out["waiting_for_a_decision"][*group, day] = len(claims)
    return out


def flows_by_loop(frame, by=()):
    """Each flow: group and period to the number, or why there is none."""
    out = {name: {} for name in FLOWS}
    for group, rows in grouped(frame, by).items():
        for period in PERIODS:
            key = (*group, period.start, period.end)
            out["started_to_be_looked_after"][key] = sum(
                period.contains(row["start_date"]) and began_as_a_child(row) for row in rows
            )
            states = each_child(rows, lambda row, period=period: turns_18_in(row, period))
            out["turned_18"][key] = known_of(states, "turned")
            claims = {
                (row["child_id"], row["claim_date"], row["decision_date"])
                for row in rows
                if row["decision_date"] is not None and period.contains(row["decision_date"]) and began_as_a_child(row)
            }
            taken = [(decided - claimed).days for _, claimed, decided in claims]
            out["days_to_decision_mean"][key] = pytest.approx(sum(taken) / len(taken)) if taken else "z"
            out["days_to_decision_median"][key] = statistics.median(taken) if taken else "z"
    return out


def said(readings, by=(), *, ends=False):
    """What readings say, as the loops say it."""
    out = {}
    for row in readings.to_polars().iter_rows(named=True):
        key = (*(row[name] for name in by), row["period_start"], *([row["period_end"]] if ends else []))
        gap = row["withheld"]
        out[key] = row["value"] if gap is None else (gap, row["lower"], row["upper"]) if gap == "unresolved" else gap
    return out


@pytest.fixture(scope="module")
def expected():
    """The loops, run once."""
    return {by: stocks_by_loop(ROWS, by) | flows_by_loop(ROWS, by) for by in ((), ("team",))}


def check(frame, expected):
    """Every measure, alone and by team."""
    for by, want in expected.items():
        for name in STOCKS:
            assert said(getattr(uasc, name)(frame, at=AT, by=by), by) == want[name], (name, by)
        for name in FLOWS:
            assert said(getattr(uasc, name)(frame, period=PERIODS, by=by), by, ends=True) == want[name], (name, by)


@pytest.mark.long
@ON_EVERY_ENGINE
def test_10_000_records_give_what_a_plain_loop_gives(engine, expected):
    """Birthdays on the day, leap days, unknown births, children with two rows, and rows left open past 18."""
    check(as_engine(ROWS, engine), expected)


@pytest.mark.spark
def test_10_000_records_give_what_a_plain_loop_gives_on_spark(expected, spark):
    """The same on Spark, by team, which takes long enough."""
    check(as_engine(ROWS, Engine.PYSPARK, spark=spark), {("team",): expected["team",]})


@pytest.mark.long
def test_the_random_records_have_what_they_are_to_have(expected):
    """Both groups, some who cannot be told, children counted once though they have two rows, and claims too."""
    on = expected["team",]
    assert any(isinstance(value, tuple) and value[2] > value[1] for value in on["looked_after"].values())
    assert all(value[2] > 100 for value in expected[()]["looked_after"].values())
    assert all(value[2] > 100 for value in expected[()]["former_unaccompanied"].values())
    assert ROWS.filter(pl.col("date_of_birth") == DAY(2004, 2, 29)).height > 50
    assert ROWS.filter(pl.struct("child_id", "claim_date").is_duplicated() & pl.col("claim_date").is_not_null()).height > 500


# Marks


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.mark.long
@ON_EVERY_ENGINE
def test_the_marks_add_up_to_the_measure(engine):
    """On 300 records with every date of birth known, for each measure that has marks."""
    known = ROWS.filter(pl.col("date_of_birth").is_not_null()).head(300)
    frame = as_engine(known, engine)
    for name in STOCKS:
        rows = rows_of(getattr(uasc, f"mark_{name}")(frame, at=AT[3]))
        assert sum(row["in_numerator"] for row in rows) == getattr(uasc, name)(frame, at=AT[3]).at().number, name
        assert all(row["in_denominator"] or not row["in_numerator"] for row in rows)
        assert len(rows) == 300
    for name in ("started_to_be_looked_after", "turned_18"):
        rows = rows_of(getattr(uasc, f"mark_{name}")(frame, period=PERIODS[3]))
        assert sum(row["in_numerator"] for row in rows) == getattr(uasc, name)(frame, period=PERIODS[3]).at().number, name
    rows = rows_of(uasc.mark_days_to_decision(frame, period=PERIODS[0]))
    taken = [row["days_to_decision"] for row in rows if row["in_numerator"]]
    assert uasc.days_to_decision_median(frame, period=PERIODS[0]).at().number == statistics.median(taken)
    mean = uasc.days_to_decision_mean(frame, period=PERIODS[0]).at()
    assert (mean.numerator, mean.denominator) == (sum(taken), len(taken))


def test_marks_give_the_callers_rows_and_columns_and_are_replaced_by_a_second_call():
    """Her columns first; nothing that was worked out on the way stays."""
    frame = records(("A", DAY(2006, 5, 1), DAY(2021, 9, 1)), ("B", None, DAY(2021, 9, 1)))
    first = uasc.mark_looked_after(frame, at=AT[3])
    assert first.columns == [*SCHEMA, "in_denominator", "in_numerator", "age_on_the_day", "cannot_be_told"]
    assert first.select("in_numerator", "age_on_the_day", "cannot_be_told").rows() == [(True, 16, False), (False, None, True)]
    assert uasc.mark_looked_after(first, at=AT[3]).equals(first)


def test_a_child_counts_once_in_each_group():
    """Two rows of one child that are open at once, of two teams: one child, and one in each."""
    frame = records(
        ("A", DAY(2006, 5, 1), DAY(2021, 9, 1), None, None, None, None, "East"),
        ("A", DAY(2006, 5, 1), DAY(2022, 9, 1), None, None, None, None, "West"),
    )
    assert uasc.looked_after(frame, at=AT[3]).at().number == 1
    assert said(uasc.looked_after(frame, at=AT[3], by="team"), ("team",)) == {("East", DAYS[3]): 1, ("West", DAYS[3]): 1}
    assert uasc.mark_looked_after(frame, at=AT[3])["in_numerator"].to_list() == [True, False]
    assert uasc.mark_looked_after(frame, at=AT[3], by="team")["in_numerator"].to_list() == [True, True]


# Birthdays and gaps, by hand


@ON_EVERY_ENGINE
def test_on_the_18th_birthday_a_child_is_a_former_one(engine):
    """Born on 11 October 2004: a child on 10 October 2022, and none on the 11th, though the row was left open."""
    frame = as_engine(records(("A", DAY(2004, 10, 11), DAY(2021, 9, 1))), engine)
    days = [Snapshot(DAY(2022, 10, day)) for day in (10, 11)]
    assert [r.number for r in uasc.looked_after(frame, at=days)] == [1, 0]
    assert [r.number for r in uasc.former_unaccompanied(frame, at=days)] == [0, 1]
    assert uasc.turned_18(frame, period=Month("October 2022")).at().number == 1


@ON_EVERY_ENGINE
def test_who_was_born_on_29_february_is_18_on_1_march(engine):
    """In no February and in one March: 2022 is no leap year."""
    frame = as_engine(records(("A", DAY(2004, 2, 29), DAY(2021, 9, 1))), engine)
    assert [r.number for r in uasc.looked_after(frame, at=AT[1:3])] == [1, 0]  # 28 February and 1 March 2022
    assert [r.number for r in uasc.turned_18(frame, period=[Month("February 2022"), Month("March 2022")])] == [0, 1]


def test_children_who_left_before_do_not_turn_18_and_those_who_leave_that_day_do():
    """Ceased a day before the birthday, on it, and never; started on it."""
    born = DAY(2004, 10, 11)
    frame = records(
        ("A", born, DAY(2021, 9, 1), DAY(2022, 10, 10)),
        ("B", born, DAY(2021, 9, 1), DAY(2022, 10, 11)),
        ("C", born, DAY(2021, 9, 1)),
        ("D", born, DAY(2022, 10, 11)),
        ("E", born, DAY(2021, 9, 1), None, DAY(2022, 10, 10)),
    )
    marked = uasc.mark_turned_18(frame, period=Month("October 2022"))
    assert marked.filter("in_numerator")["child_id"].to_list() == ["B", "C"]


def test_who_was_18_when_they_started_never_was_an_unaccompanied_child():
    """Assessed as born on 11 October 2004: A starts on the 18th birthday and counts nowhere, B the day before and counts."""
    born, claimed, decided = DAY(2004, 10, 11), DAY(2022, 10, 12), DAY(2022, 10, 20)
    starts = (("A", DAY(2022, 10, 11)), ("B", DAY(2022, 10, 10)))
    frame = records(*((child, born, start, None, None, claimed, decided) for child, start in starts))
    month, day = Month("October 2022"), Snapshot("15 October 2022")
    for name in ("former_unaccompanied", "waiting_for_a_decision"):
        assert getattr(uasc, name)(frame, at=day).at().number == 1, name
        assert getattr(uasc, f"mark_{name}")(frame, at=day)["in_numerator"].to_list() == [False, True], name
    assert uasc.started_to_be_looked_after(frame, period=month).at().number == 1
    assert uasc.mark_started_to_be_looked_after(frame, period=month)["in_denominator"].to_list() == [False, True]
    assert uasc.days_to_decision_mean(frame, period=month).at().denominator == 1
    assert uasc.mark_days_to_decision(frame, period=month)["in_numerator"].to_list() == [False, True]
    by_child = frame.with_columns(team=pl.col("child_id"))
    assert said(uasc.started_to_be_looked_after(by_child, period=month, by="team"), ("team",)) == {
        ("A", month.start): 0, ("B", month.start): 1,
    }  # fmt: skip


def test_children_whose_birth_is_not_known_are_bounds_and_no_number():
    """One child told, one not: between 1 and 2, and 68 would be between too."""
    start = DAY(2021, 9, 1)
    frame = records(("A", DAY(2006, 5, 1), start), ("B", None, start), ("C", None, start, DAY(2022, 1, 1)))
    child, grown = (measure(frame, at=AT[3]).at() for measure in (uasc.looked_after, uasc.former_unaccompanied))
    assert (child.withheld, child.bound("lower"), child.bound("upper"), child.interval) == (
        Withheld.UNRESOLVED, 1, 2, Interval.BOUNDS,
    )  # fmt: skip
    assert (grown.withheld, grown.bound("lower"), grown.bound("upper")) == (Withheld.UNRESOLVED, 0, 2)
    ages = uasc.looked_after_by_age(frame, at=AT[3])
    assert {(r.withheld, r.bound("lower"), r.bound("upper")) for r in ages if r.dims == (("age", "16"),)} == {
        (Withheld.UNRESOLVED, 1, 2)
    }


@pytest.mark.long
@ON_EVERY_ENGINE
def test_the_ages_add_up_to_the_whole(engine):
    """Every age from 0 to 17, in each group, on each day."""
    known = ROWS.filter(pl.col("date_of_birth").is_not_null()).head(500)
    frame = as_engine(known, engine)
    whole = said(uasc.looked_after(frame, at=AT[1:3], by="team"), ("team",))
    summed = dict.fromkeys(whole, 0)
    by_age = said(uasc.looked_after_by_age(frame, at=AT[1:3], by="team"), ("team", "age"))
    for (team, age, day), value in by_age.items():
        assert age in range(18)
        summed[team, day] += value
    assert summed == whole
    assert len(by_age) == 18 * len(whole)
    loop = {}
    for row in known.iter_rows(named=True):
        if state_on(row, DAYS[1]) == {"child"}:
            age = DAYS[1].year - row["date_of_birth"].year - ((2, 28) < (row["date_of_birth"].month, row["date_of_birth"].day))
            loop.setdefault((row["team"], age), set()).add(row["child_id"])
    assert {(t, a): v for (t, a, day), v in by_age.items() if day == DAYS[1] and v} == {key: len(v) for key, v in loop.items()}


def test_a_claim_of_two_rows_is_one_claim():
    """A child who came back into care waits once, and is decided once."""
    frame = records(
        ("A", DAY(2006, 5, 1), DAY(2021, 1, 1), DAY(2021, 2, 1), None, DAY(2021, 1, 5), DAY(2021, 4, 15)),
        ("A", DAY(2006, 5, 1), DAY(2021, 3, 1), None, None, DAY(2021, 1, 5), DAY(2021, 4, 15)),
        ("B", DAY(2006, 5, 1), DAY(2021, 1, 1), None, None, DAY(2021, 1, 5), DAY(2021, 2, 4)),
    )
    assert uasc.waiting_for_a_decision(frame, at=Snapshot(DAY(2021, 3, 31))).at().number == 1
    mean = uasc.days_to_decision_mean(frame, period=CalendarYear(2021)).at()
    assert (mean.number, mean.numerator, mean.denominator) == (65, 130, 2)  # 100 and 30 days
    assert uasc.mark_days_to_decision(frame, period=CalendarYear(2021))["in_numerator"].to_list() == [True, False, True]


def test_a_year_with_no_decision_has_no_length():
    """z, and not 0."""
    frame = records(("A", DAY(2006, 5, 1), DAY(2021, 1, 1)))
    for measure in (uasc.days_to_decision_mean, uasc.days_to_decision_median):
        assert measure(frame, period=CalendarYear(2021)).at().withheld is Withheld.NOT_APPLICABLE


def test_littles_law_holds_of_records_that_come_and_go_steadily():
    """One claim a week, each decided after 100 days: about 100 / 7 wait on any day, as arrivals times wait."""
    start = DAY(2018, 1, 1)
    weeks = [start + dt.timedelta(days=7 * n) for n in range(300)]
    born, later = DAY(2004, 1, 1), dt.timedelta(days=100)
    frame = records(*((f"C{n}", born, day, None, None, day, day + later) for n, day in enumerate(weeks)))
    days = [Snapshot(DAY(2020, 1, 1) + dt.timedelta(days=n)) for n in range(70)]
    waiting = [r.number for r in uasc.waiting_for_a_decision(frame, at=days)]
    assert statistics.mean(waiting) == pytest.approx(100 / 7)
    assert uasc.days_to_decision_mean(frame, period=CalendarYear(2020)).at().number == 100


@settings(max_examples=20)
@given(frame=frames(uasc.UnaccompaniedRecords, max_rows=12))
def test_a_child_and_a_former_one_are_never_the_same(frame):
    """For every frame that keeps the schema: no row is marked as both, and none that starts later is either."""
    both = [rows_of(mark(frame, at=AT[1])) for mark in (uasc.mark_looked_after, uasc.mark_former_unaccompanied)]
    for child, grown in zip(*both, strict=True):
        assert not (child["in_denominator"] and grown["in_denominator"])
        assert child["start_date"] <= DAYS[1] or not (child["in_denominator"] or grown["in_denominator"])


# Asked and refused

EACH = [(name, {"at": AT[3]}) for name in (*STOCKS, "looked_after_by_age")]
EACH += [(name, {"period": PERIODS[0]}) for name in FLOWS]
MARKED = [(f"mark_{name}", {"at": AT[3]}) for name in STOCKS] + [
    (f"mark_{name}", {"period": PERIODS[0]}) for name in ("started_to_be_looked_after", "turned_18", "days_to_decision")
]


@ON_TWO
@pytest.mark.parametrize(("name", "takes"), EACH)
def test_an_empty_frame_gives_noughts_or_no_number_in_its_own_kind(name, takes, engine):
    """0 of what is counted, z of what is measured; and nothing by a column, which has no groups."""
    empty = as_engine(records(), engine)
    found = getattr(uasc, name)(empty, **takes, source=EXAMPLE, area="825")
    assert (found.engine, found.source) == (engine, EXAMPLE)
    assert {(r.number, r.withheld, r.area) for r in found} in (
        {(0, None, "825")}, {(None, Withheld.NOT_APPLICABLE, "825")},
    )  # fmt: skip
    assert len(getattr(uasc, name)(empty, **takes, by="team")) == 0


@pytest.mark.parametrize(("name", "takes"), [*EACH, *MARKED])
def test_what_is_no_day_or_period_is_refused_by_the_name_of_its_argument(name, takes):
    """A day is no period, a period no day, and neither is text."""
    argument = next(iter(takes))
    wrong = [None, 5, "2022", object(), [], [DAY(2022, 1, 1)]]
    wrong += [FinancialYear("2021-22")] if argument == "at" else [AT[0], MonthlyAverage("2021-01", "2021-03")]
    for one in wrong:
        with pytest.raises(InvalidValue, match=f"^{argument}:? "):
            getattr(uasc, name)(ROWS.head(5), **{argument: one})


@pytest.mark.parametrize(("name", "takes"), [*EACH, *MARKED])
def test_what_is_no_frame_and_what_breaks_a_rule_is_refused(name, takes):
    """With every rule and a count of rows."""
    for wrong in (None, 5, "frame", object()):
        with pytest.raises(UnsupportedFrame):
            getattr(uasc, name)(wrong, **takes)
    start = DAY(2021, 9, 1)
    for row, says in [
        (("A", None, start, DAY(2021, 8, 31)), "ceased before it started"),
        (("A", DAY(2021, 9, 2), start), "started before the date of birth"),
        (("A", None, start, DAY(2022, 1, 1), DAY(2021, 12, 31)), "closed before the child ceased"),
        (("A", None, start, None, DAY(2021, 8, 31)), "closed before it started"),
        (("A", None, start, None, None, DAY(2022, 1, 1), DAY(2021, 12, 31)), "decided before it was claimed"),
        (("A", None, start, None, None, None, DAY(2021, 12, 31)), "decided, but not claimed"),
        (("", None, start), "child_id"),
        (("A", None, None), "start_date"),
    ]:
        with pytest.raises(FrameProblems, match=says):
            getattr(uasc, name)(records(row), **takes)
    with pytest.raises(FrameProblems):
        getattr(uasc, name)(records(("A", None, start), ("A", None, start)), **takes)
    with pytest.raises(FrameProblems, match="decision_date"):
        getattr(uasc, name)(ROWS.head(5).drop("decision_date"), **takes)


@pytest.mark.parametrize(("name", "takes"), EACH)
def test_groups_are_columns_that_identify_nobody(name, takes):
    """Not the child, not what the measure makes itself, and not a column that is not there."""
    frame = ROWS.head(5).with_columns(in_numerator=pl.lit(value=True), value=pl.lit(5))
    for wrong in ("child_id", "in_numerator", "value", 5):
        with pytest.raises(InvalidValue, match="by"):
            getattr(uasc, name)(frame, **takes, by=wrong)
    with pytest.raises(UnknownColumn):
        getattr(uasc, name)(frame, **takes, by="teams")
    with pytest.raises(InvalidValue, match="area"):
        getattr(uasc, name)(frame, **takes, area=825)


def test_age_is_made_by_the_measure_by_age():
    """A column of the caller's of that name would be hidden by it."""
    with pytest.raises(InvalidValue, match="age"):
        uasc.looked_after_by_age(ROWS.head(5).with_columns(age=pl.lit(5)), at=AT[0], by="age")


def test_marks_of_what_differs_from_one_to_another_are_of_one():
    """One day, one period."""
    for name in STOCKS:
        with pytest.raises(InvalidValue, match="one day"):
            getattr(uasc, f"mark_{name}")(ROWS.head(5), at=AT)
    with pytest.raises(InvalidValue, match="one period"):
        uasc.mark_turned_18(ROWS.head(5), period=PERIODS)


def test_the_headings_of_the_return_are_known():
    """CHILD, DOB, DECOM and DEC of SSDA903; columns that an authority does not have are said to be missing ones."""
    frame = ROWS.head(5).select("child_id", "date_of_birth", "start_date", "end_date")
    frame = frame.rename({"child_id": "CHILD", "date_of_birth": "DOB", "start_date": "DECOM", "end_date": "DEC"})
    checked = uasc.UnaccompaniedRecords.conform(frame, columns=dict.fromkeys(("closed_date", "claim_date", "decision_date")))
    assert uasc.looked_after(checked, at=AT[0]).at().withheld in {None, Withheld.UNRESOLVED}


def test_no_cell_is_in_an_error():
    """A token in every cell of text, and dates of a year that is seen nowhere else."""
    token, year = "Zebedee" + "Quux", 1871
    odd, before = DAY(year, 3, 14), DAY(year, 3, 13)
    bad = records(*[(token, odd, odd, before, before, odd, before, token)] * 2)
    for frame in (bad, as_engine(bad, Engine.PANDAS_ARROW), as_engine(bad, Engine.DUCKDB)):
        for name, takes in [*EACH, *MARKED]:
            with pytest.raises(BucksError) as caught:
                getattr(uasc, name)(frame, **takes)
            error = caught.value
            shown = f"{error} {error!r} {error.args} {error.fields}"
            assert token not in shown
            assert str(year) not in shown
            assert error.__cause__ is None
            assert error.__context__ is None
