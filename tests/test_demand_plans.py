"""Child protection plans: second and subsequent ones, long ones, and those reviewed in time."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import random
from collections import defaultdict

import hypothesis.strategies as st
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings

from bucks_cs.demand import (
    PLANS_REVIEWED_IN_TIME,
    SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS,
    PlanReviews,
    ProtectionPlans,
    mark_plans_ended_after_two_years,
    mark_plans_open_two_years,
    mark_plans_reviewed_in_time,
    mark_second_or_subsequent_plans,
    mark_second_or_subsequent_plans_within_two_years,
    plans_ended_after_two_years,
    plans_open_two_years,
    plans_reviewed_in_time,
    second_or_subsequent_plans,
    second_or_subsequent_plans_within_two_years,
)
from bucks_cs.errors import EngineMismatch, FrameProblems, InvalidValue, NotInForce, UnknownColumn
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import FinancialYear, Month, Snapshot, Span
from bucks_cs.testing import as_engine, frames

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
YEAR = FinancialYear("2022-23")
END = Snapshot("31 March 2023")
LONG_AGO = dt.date(1990, 1, 1)


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def plans(*rows, **others):
    """Plans from (child, start, end, number of plans before)."""
    schema = {
        "child_id": pl.String, "start_date": pl.Date, "end_date": pl.Date, "initial_category": pl.String,
        "number_of_previous_plans": pl.Int64,
    }  # fmt: skip
    cells = [(child, day(start), day(end), "NEG", before) for child, start, end, before in rows]
    frame = pl.DataFrame(cells, schema=schema, orient="row")
    return frame.with_columns(pl.Series(name, values) for name, values in others.items())


def reviews(*rows):
    """Reviews from (child, start of the plan, day)."""
    schema = {"child_id": pl.String, "plan_start_date": pl.Date, "review_date": pl.Date}
    return pl.DataFrame([(child, day(start), day(on)) for child, start, on in rows], schema=schema, orient="row")


def polars_of(native):
    frame = nw.from_native(native).lazy().collect(backend="polars").to_native()
    return frame.with_columns(pl.col(name).cast(pl.Date) for name in frame.columns if name.endswith("_date"))


def plan_open_for_a_month(child="A"):
    return plans((child, "2023-03-01", None, 0))


# A second or subsequent plan, ever


@pytest.mark.parametrize(
    ("before", "again", "unknown"), [(0, False, False), (1, True, False), (3, True, False), (None, False, True)]
)
def test_the_number_of_plans_before_is_history(before, again, unknown):
    """Recorded as none it is a first plan; as one or more another; and not recorded it cannot be told."""
    rows = mark_second_or_subsequent_plans(plans(("A", "2022-05-01", None, before)), history_from=day("2016-04-01"))
    assert rows.select("in_denominator", "in_numerator", "no_history").row(0) == (True, again, unknown)


def test_an_earlier_plan_in_the_frame_is_history_whatever_the_number_says():
    """Two plans of a child: the second is one, with no number, and with a number that says otherwise."""
    for before in (None, 0):
        two = plans(("A", "2010-05-01", "2010-06-01", 0), ("A", "2022-05-01", None, before))
        rows = mark_second_or_subsequent_plans(two, history_from=day("2009-04-01")).sort("start_date")
        assert rows["in_numerator"].to_list() == [False, True]
        assert not rows["no_history"].any()


def test_a_history_of_nineteen_years_is_long_enough_and_a_day_less_is_not():
    """A plan of 1 May 2022: one that ended on 30 April 2003 is over 19 years old, and one of 1 May 2003 is just 19."""
    plan = plans(("A", "2022-05-01", None, None))
    assert not mark_second_or_subsequent_plans(plan, history_from=day("2003-05-01"))["no_history"].item()
    assert mark_second_or_subsequent_plans(plan, history_from=day("2003-05-02"))["no_history"].item()


def test_a_plan_that_cannot_be_told_withholds_its_group_and_no_other():
    """North has a plan with no number and a short history; South is known; the groupless total is withheld as well."""
    some = plans(("A", "2022-05-01", None, None), ("B", "2022-05-01", None, 1), team=["North", "South"])
    arguments = {"period": YEAR, "history_from": day("2016-04-01")}
    found = second_or_subsequent_plans(some, by="team", **arguments)
    assert found.at(team="North").withheld.value == "no_history"
    assert found.at(team="South").number == 100
    assert second_or_subsequent_plans(some, **arguments).at().withheld.value == "no_history"


def test_a_second_plan_outside_the_period_counts_nothing():
    """The earlier plan lies before the period, is history, and is in no denominator."""
    two = plans(("A", "2021-05-01", "2021-06-01", 0), ("A", "2022-05-01", None, None), ("B", "2022-06-01", None, 0))
    reading = second_or_subsequent_plans(two, period=YEAR, history_from=LONG_AGO).at()
    assert (reading.numerator, reading.denominator) == (1, 2)


# And within two years


@pytest.mark.parametrize(
    ("ended", "started", "again"),
    [
        ("2020-06-30", "2022-06-30", True),  # the anniversary
        ("2020-06-30", "2022-07-01", False),  # and the day after
        ("2020-02-29", "2022-02-28", True),  # where February has no 29th the two years end with it
        ("2020-02-29", "2022-03-01", False),
        ("2018-02-28", "2020-02-29", False),
        (None, "2022-06-30", True),  # still open when the other began
        ("2023-01-01", "2022-06-30", True),  # ended after the other began
    ],
)
def test_two_years_run_from_the_end_of_the_plan_before_to_the_anniversary(ended, started, again):
    """Both ends by hand."""
    two = plans(("A", "2017-05-01", ended, 0), ("A", started, None, 1))
    rows = mark_second_or_subsequent_plans_within_two_years(two, history_from=LONG_AGO).sort("start_date")
    assert rows["in_numerator"].to_list() == [False, again]
    assert not rows["no_history"].any()


def test_the_end_that_counts_is_the_latest_of_all_plans_before():
    """A long plan that ended last year, and a short one within it that ended long ago."""
    three = plans(("A", "2016-01-01", "2021-06-30", 0), ("A", "2017-01-01", "2017-06-30", 1), ("A", "2022-05-01", None, 2))
    rows = mark_second_or_subsequent_plans_within_two_years(three, history_from=LONG_AGO).sort("start_date")
    assert rows["in_numerator"].to_list() == [False, True, True]


@pytest.mark.parametrize(
    ("history_from", "before", "unknown"),
    [
        ("2020-05-01", None, True),  # a plan that ended on 30 April 2020 is just within two years
        ("2020-05-01", 2, True),
        ("2020-05-01", 0, False),  # recorded as the first
        ("2020-04-30", None, False),
        ("2020-04-30", 2, False),  # there were others, and none in two years
    ],
)
def test_two_years_of_history_are_needed_but_of_a_first_plan(history_from, before, unknown):
    """A plan of 30 April 2022 with nothing before it in the frame."""
    plan, since = plans(("A", "2022-04-30", None, before)), day(history_from)
    rows = mark_second_or_subsequent_plans_within_two_years(plan, history_from=since)
    assert rows.select("in_numerator", "no_history").row(0) == (False, unknown)
    reading = second_or_subsequent_plans_within_two_years(plan, period=YEAR, history_from=since).at()
    assert (reading.withheld is not None) == unknown


def test_nobody_publishes_a_limit_of_two_years():
    """The definition says so, and that DfE's measure has none."""
    assert "regardless of how long ago" in SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS.sources[0].reason


# Two years and more


def test_a_plan_of_730_days_is_two_years_long_and_one_of_729_is_not():
    """1 April 2021 to 31 March 2023 are 365 + 365 days with both ends; a day less is 729."""
    rows = mark_plans_ended_after_two_years(plans(("A", "2021-04-01", "2023-03-31", 0), ("B", "2021-04-01", "2023-03-30", 0)))
    assert rows.select("days_on_plan", "in_numerator").rows() == [(730, True), (729, False)]


def test_with_a_leap_day_a_plan_is_two_years_long_a_day_sooner():
    """1 April 2019 to 30 March 2021 are 366 + 364 days: 29 February 2020 lies in them."""
    rows = mark_plans_ended_after_two_years(plans(("A", "2019-04-01", "2021-03-30", 0), ("B", "2019-04-01", "2021-03-29", 0)))
    assert rows.select("days_on_plan", "in_numerator").rows() == [(730, True), (729, False)]


def test_a_plan_open_on_the_day_is_counted_with_the_day():
    """1 April 2021 to 31 March 2023, as for a plan that ended; one begun on the day has lasted a day."""
    some = plans(("A", "2021-04-01", None, 0), ("B", "2021-04-02", None, 0), ("C", "2023-03-31", None, 0))
    assert mark_plans_open_two_years(some, at=END)["days_on_plan"].to_list() == [730, 729, 1]
    reading = plans_open_two_years(some, at=END).at()
    assert (reading.numerator, reading.denominator) == (1, 3)


def test_a_plan_that_ended_by_the_day_or_began_after_it_is_not_open():
    """Open on a day is begun on or before it and not ended, or ended after it."""
    some = plans(("A", "2020-01-01", "2023-03-31", 0), ("B", "2020-01-01", "2023-04-01", 0), ("C", "2023-04-01", None, 0))
    rows = mark_plans_open_two_years(some, at=END)
    assert rows["in_denominator"].to_list() == [False, True, False]
    assert rows["days_on_plan"].is_null().to_list() == [True, False, True]


def test_a_plan_still_open_is_in_no_period_of_plans_that_ended():
    """However long it has lasted."""
    reading = plans_ended_after_two_years(plans(("A", "2010-01-01", None, 0)), period=YEAR).at()
    assert (reading.withheld.value, reading.denominator) == ("z", 0)


# Reviews


def in_time(start, *held, at="2023-03-31", end=None):
    """Whether one plan counts on a day, and whether it was reviewed in time."""
    held = reviews(*(("A", start, on) for on in held))
    rows = mark_plans_reviewed_in_time(plans(("A", start, end, 0)), reviews=held, at=Snapshot(at))
    return rows.select("in_denominator", "in_numerator").row(0)


@pytest.mark.parametrize(
    ("start", "first", "expected"),
    [
        ("2022-10-03", "2023-01-03", True),
        ("2022-10-03", "2023-01-04", False),
        ("2022-11-30", "2023-02-28", True),  # three months from 30 November end with February
        ("2022-11-30", "2023-03-01", False),
    ],
)
def test_the_first_review_is_due_within_three_months_of_the_start(start, first, expected):
    """The same day of the month included."""
    assert in_time(start, first) == (True, expected)


@pytest.mark.parametrize(
    ("second", "expected"), [("2022-10-10", True), ("2022-10-11", False)]
)
def test_the_next_review_is_due_within_six_months_of_the_one_before(second, expected):
    """From a review on 10 April 2022 to 10 October 2022."""
    assert in_time("2022-03-01", "2022-04-10", second) == (True, expected)


@pytest.mark.parametrize(("last", "expected"), [("2022-09-30", False), ("2022-10-01", True), ("2022-09-29", False)])
def test_a_review_that_is_overdue_on_the_day_is_not_in_time(last, expected):
    """The next after 30 September 2022 was due by 30 March 2023; after 1 October it is due on 1 April."""
    assert in_time("2022-08-01", last) == (True, expected)


def test_a_review_due_on_the_day_itself_is_not_overdue_yet():
    """The next after 30 September 2022 is due on 30 March 2023."""
    assert in_time("2022-08-01", "2022-09-30", at="2023-03-30") == (True, True)
    assert in_time("2022-08-01", "2022-09-30", at="2023-03-31") == (True, False)


def test_a_plan_is_looked_at_once_it_is_three_months_old():
    """One of 31 December 2022 is three months old on 31 March 2023, one of 1 January is not; never reviewed it is out of time."""
    assert in_time("2022-12-31") == (True, False)
    assert in_time("2023-01-01") == (False, False)
    assert in_time("2022-12-31", "2023-03-31") == (True, True)


def test_a_late_review_is_not_mended_by_later_ones():
    """The first came a month late, the next two in time."""
    assert in_time("2022-01-10", "2022-05-10", "2022-08-10", "2023-01-10") == (True, False)


def test_reviews_after_the_day_are_not_looked_at():
    """On 31 March 2023 the review of April has not been held: neither its being late nor its being there counts."""
    assert in_time("2022-10-03", "2023-01-03", "2023-12-03") == (True, True)
    assert in_time("2022-10-03", "2023-04-03") == (True, False)


def test_reviews_belong_to_their_own_plan():
    """The reviews of a child's first plan do not make her second one reviewed, nor do another child's."""
    two = plans(("A", "2021-01-01", "2021-12-01", 0), ("A", "2022-10-03", None, 1))
    held = reviews(("A", "2021-01-01", "2021-02-01"), ("B", "2022-10-03", "2022-11-01"))
    reading = plans_reviewed_in_time(two, reviews=held, at=END).at()
    assert (reading.numerator, reading.denominator) == (0, 1)


def test_a_plan_that_has_ended_is_not_looked_at():
    """A plan ended on the day is not open on it."""
    assert in_time("2022-01-01", "2022-02-01", end="2023-03-31") == (False, False)


def test_the_limits_are_those_in_force_on_the_day():
    """They came into effect in December 1999; nothing is known of before."""
    with pytest.raises(NotInForce):
        plans_reviewed_in_time(plans(), reviews=reviews(), at=Snapshot("31 March 1999"))
    assert "3 month" in str(PLANS_REVIEWED_IN_TIME.timescale)


# Against a plain loop


def months_on(start, months, *, or_after):
    """The same day some months on; where there is none, the last of the month, or the first after it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, start.day)
    except ValueError:
        following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        return following if or_after else following - dt.timedelta(days=1)


def made_up(number, seed):
    """Plans that follow, touch and overlap one another; ends about two years; reviews about their limits."""
    chance = random.Random(seed)
    starts = [day("2020-02-29"), day("2021-04-01"), day("2020-11-30"), day("2021-08-31"), day("2022-12-31")]
    found, held = {}, set()
    for _ in range(number):
        child = f"C{chance.randint(1, number // 2)}"
        start = day("2016-01-01") + dt.timedelta(days=chance.randint(0, 2700))
        if chance.random() < 0.3:
            start = chance.choice(starts) + dt.timedelta(days=chance.randint(-2, 2))
        length = chance.choice([chance.randint(0, 1500), chance.randint(726, 733)])
        end = None if chance.random() < 0.3 else start + dt.timedelta(days=length)
        found[child, start] = (end, chance.choice([None, 0, 0, 1, 2]), chance.choice(["North", "South", None]))
    for (child, start), (end, _, _) in found.items():
        last, months = start, 3
        while chance.random() < 0.93 and last < day("2023-06-30") and (end is None or last < end):
            early = chance.choice([0, 0, 1, 10, 40] if chance.random() < 0.95 else [-1, -30])
            last = max(months_on(last, months, or_after=False) - dt.timedelta(days=early), last + dt.timedelta(days=1))
            held.add((child, start, last))
            months = 6
    rows = [(child, start, end, "NEG", before, team) for (child, start), (end, before, team) in sorted(found.items(), key=str)]
    names = ["child_id", "start_date", "end_date", "initial_category", "number_of_previous_plans", "team"]
    types = [pl.String, pl.Date, pl.Date, pl.String, pl.Int64, pl.String]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    types = {"child_id": pl.String, "plan_start_date": pl.Date, "review_date": pl.Date}
    return frame, pl.DataFrame(sorted(held), schema=types, orient="row")


PLANS, REVIEWS = made_up(10_000, seed=7)
HISTORY = day("2018-04-01")
PERIODS = (*FinancialYear("2020-21").months(), *(FinancialYear(f"{year}-{year % 100 + 1}") for year in range(2018, 2023)))
DAYS = (Snapshot("29 February 2020"), Snapshot("28 February 2021"), Snapshot("31 March 2022"), END)
OF_CHILD = defaultdict(list)
for _child, _start, _end, *_ in PLANS.iter_rows():
    OF_CHILD[_child].append((_start, _end))
OF_PLAN = defaultdict(list)
for _child, _start, _held in REVIEWS.iter_rows():
    OF_PLAN[_child, _start].append(_held)


def ever(row):
    """Second or subsequent, and whether it can be told, by looking at every other plan of the child."""
    before = [start for start, _ in OF_CHILD[row["child_id"]] if start < row["start_date"]]
    again = bool(before) or (row["number_of_previous_plans"] or 0) > 0
    oldest_missing = HISTORY - dt.timedelta(days=1)
    short = row["start_date"] <= months_on(oldest_missing, 19 * 12, or_after=False)
    return True, again, not again and row["number_of_previous_plans"] is None and short


def within_two_years(row):
    """The same, of plans that ended within two years."""
    ends = [end for start, end in OF_CHILD[row["child_id"]] if start < row["start_date"]]
    again = any(end is None or row["start_date"] <= months_on(end, 24, or_after=False) for end in ends)
    short = row["start_date"] <= months_on(HISTORY - dt.timedelta(days=1), 24, or_after=False)
    return True, again, not again and row["number_of_previous_plans"] != 0 and short


def ended_long(row):
    ended = row["end_date"] is not None
    return ended, ended and (row["end_date"] - row["start_date"]).days + 1 > 729, False


def is_open_on(row, on):
    return row["start_date"] <= on and (row["end_date"] is None or row["end_date"] > on)


def open_long(row, on):
    return is_open_on(row, on), is_open_on(row, on) and len(range(row["start_date"].toordinal(), on.toordinal() + 1)) > 729, False


def reviewed(row, on):
    counts = is_open_on(row, on) and months_on(row["start_date"], 3, or_after=True) <= on
    held = sorted(review for review in OF_PLAN[row["child_id"], row["start_date"]] if review <= on)
    due = months_on(row["start_date"], 3, or_after=False)
    good = bool(held)
    for review in held:
        good = good and review <= due
        due = months_on(review, 6, or_after=False)
    return counts, counts and good and due >= on, False


@functools.cache
def expected(name):
    """Numerator, denominator and rows that cannot be told, for each group and period or day, by the loop."""
    cells = defaultdict(lambda: [0, 0, 0])
    for row in PLANS.iter_rows(named=True):
        if name in FLOWS:
            _, marks_of, date = FLOWS[name]
            marks, on = marks_of(row), row[date]
            counted = [(period, marks) for period in PERIODS if on is not None and period.contains(on)]
        else:
            counted = [(day_, STOCKS[name][1](row, day_.start)) for day_ in DAYS]
        for period, (whole, part, unknown) in counted:
            for place, count in enumerate((part, whole, unknown)):
                cells[row["team"], period.start, period.end][place] += count
    return cells


FLOWS = {
    "ever": (lambda f: second_or_subsequent_plans(f, period=PERIODS, history_from=HISTORY, by="team"), ever, "start_date"),
    "within two years": (
        lambda f: second_or_subsequent_plans_within_two_years(f, period=PERIODS, history_from=HISTORY, by="team"),
        within_two_years,
        "start_date",
    ),
    "ended": (lambda f: plans_ended_after_two_years(f, period=PERIODS, by="team"), ended_long, "end_date"),
}
STOCKS = {
    "open": (lambda f, r: plans_open_two_years(f, at=DAYS, by="team"), open_long),
    "reviewed": (lambda f, r: plans_reviewed_in_time(f, reviews=r, at=DAYS, by="team"), reviewed),
}
def agrees(found, name, periods):
    rows = found.collect().frame.to_dicts()
    assert len(rows) == 3 * len(periods)
    for row in rows:
        numerator, denominator, unknown = expected(name)[row["team"], row["period_start"], row["period_end"]]
        assert (row["numerator"], row["denominator"]) == (numerator, denominator)
        gap = "no_history" if unknown else "z" if not denominator else None
        assert row["withheld"] == gap
        assert row["value"] == (None if gap else pytest.approx(100 * numerator / denominator))


def every_measure_agrees(native, held):
    for name, (measure, _, _) in FLOWS.items():
        agrees(measure(native), name, PERIODS)
    for name, (measure, _) in STOCKS.items():
        agrees(measure(native, held), name, DAYS)


def every_mark_agrees(native, held):
    marks = {
        "ever": (mark_second_or_subsequent_plans(native, history_from=HISTORY), ever),
        "within": (mark_second_or_subsequent_plans_within_two_years(native, history_from=HISTORY), within_two_years),
        "ended": (mark_plans_ended_after_two_years(native), ended_long),
        "open": (mark_plans_open_two_years(native, at=END), lambda row: open_long(row, END.start)),
        "reviewed": (mark_plans_reviewed_in_time(native, reviews=held, at=END), lambda row: reviewed(row, END.start)),
    }
    of_row = {(row["child_id"], row["start_date"]): row for row in PLANS.iter_rows(named=True)}
    for marked, of in marks.values():
        rows = polars_of(marked)
        assert rows.height == PLANS.height
        told = "no_history" if "no_history" in rows.columns else pl.lit(value=False).alias("no_history")
        columns = ("child_id", "start_date", "in_denominator", "in_numerator", told)
        for child, start, whole, part, unknown in rows.select(*columns).iter_rows():
            assert (whole, part, unknown) == of(of_row[child, start])


def test_the_made_up_plans_try_every_case():
    """Each measure has both answers and, where there is one, the gap; and reviews in and out of time."""
    for name in (*FLOWS, *STOCKS):
        cells = expected(name)
        parts, wholes, unknown = (sum(cell[i] for cell in cells.values()) for i in range(3))
        assert 0 < parts < wholes, name
        assert unknown > 0 or name in {"ended", "open", "reviewed"}
    assert any(cell[2] == 0 for cell in expected("within two years").values())
    assert 8_000 < PLANS.height
    assert 10_000 < REVIEWS.height


@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_plans_give_the_numbers_of_a_plain_loop(engine):
    """Every measure, group and period, on each engine."""
    every_measure_agrees(as_engine(PLANS, engine), as_engine(REVIEWS, engine))


@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_plans_are_marked_as_a_plain_loop_marks_them(engine):
    """Every row of every drill-down, on each engine."""
    every_mark_agrees(as_engine(PLANS, engine), as_engine(REVIEWS, engine))


@pytest.mark.spark
def test_spark_gives_the_same(spark):
    """The numbers on Spark, with the reviews eager."""
    every_measure_agrees(as_engine(PLANS, Engine.PYSPARK, spark=spark), REVIEWS)


# Published


def published_rows(published, name, whole, part):
    """Authorities and years whose components and percentage are printed."""
    with (published / "children_in_need" / name).open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            cells = [row[whole], row[part], row[f"{part}_percent"]]
            if row["geographic_level"] == "Local authority" and all(cell.replace(".", "", 1).isdigit() for cell in cells):
                yield int(row["time_period"]), row["new_la_code"], int(float(cells[0])), int(float(cells[1])), float(cells[2])


def as_many(rows, **columns):
    """A plan for each that is counted: of the first so many one thing, of the rest another."""
    counts = pl.DataFrame({"la": [row[1] for row in rows], "whole": [row[2] for row in rows], "part": [row[3] for row in rows]})
    each = counts.select(pl.all().repeat_by("whole").explode(empty_as_null=False)) if counts.height else counts
    numbered = each.with_columns(pl.int_range(pl.len()).over("la").alias("n")).with_row_index("child_id")
    is_part = pl.col("n") < pl.col("part")
    chosen = [pl.when(is_part).then(pl.lit(yes)).otherwise(pl.lit(no)).alias(name) for name, (yes, no) in columns.items()]
    return numbered.select(pl.col("child_id").cast(pl.String), "la", pl.lit("NEG").alias("initial_category"), *chosen)


def agrees_as_printed(found, rows):
    for _, la, whole, part, percent in rows:
        reading = found[la]
        if whole:
            assert (reading["numerator"], reading["denominator"]) == (part, whole)
            assert abs(reading["value"] - percent) <= 0.05 + 1e-9
    return sum(1 for row in rows if row[2])


def test_the_published_share_of_second_or_subsequent_plans_follows_for_every_authority(published):
    """Data file d3: with as many plans as were printed, the measure prints the percentage, to its one decimal."""
    by_year = defaultdict(list)
    for row in published_rows(published, "d3_cpps_subsequent_plan_2013_to_2025.csv", "CPP_start", "CPP_subsequent"):
        by_year[row[0]].append(row)
    checked = 0
    for year, rows in by_year.items():
        period = FinancialYear.ending(year)
        frame = as_many(rows, number_of_previous_plans=(1, 0)).with_columns(
            start_date=period.start, end_date=pl.lit(None, pl.Date)
        )
        found = second_or_subsequent_plans(frame, period=period, history_from=period.start, by="la").frame
        checked += agrees_as_printed({row["la"]: row for row in found.iter_rows(named=True)}, rows)
    assert checked == 1_924


def test_the_published_share_of_plans_open_for_two_years_follows_for_every_authority(published):
    """Data file d5: the percentage is over the plans open on 31 March, and not over all plans of the year."""
    by_year = defaultdict(list)
    for row in published_rows(published, "d5_cpps_at31march_by_duration_2013_to_2025.csv", "CPP_At31", "2_years_or_more"):
        by_year[row[0]].append(row)
    checked = 0
    for year, rows in by_year.items():
        day_ = dt.date(year, 3, 31)
        lengths = as_many(rows, start_date=(day_ - dt.timedelta(days=729), day_ - dt.timedelta(days=728)))
        frame = lengths.with_columns(end_date=pl.lit(None, pl.Date), number_of_previous_plans=pl.lit(0, pl.Int64))
        found = plans_open_two_years(frame, at=Snapshot(day_), by="la").frame
        checked += agrees_as_printed({row["la"]: row for row in found.iter_rows(named=True)}, rows)
    assert checked == 1_241


# Engines, groups and refusals


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_frames_have_a_gap_for_every_period(engine):
    """Nothing to divide by, in each measure."""
    native, held = as_engine(plans(), engine), as_engine(reviews(), engine)
    for found in (
        second_or_subsequent_plans(native, period=YEAR, history_from=LONG_AGO),
        second_or_subsequent_plans_within_two_years(native, period=YEAR, history_from=LONG_AGO),
        plans_ended_after_two_years(native, period=YEAR),
        plans_open_two_years(native, at=END),
        plans_reviewed_in_time(native, reviews=held, at=END),
    ):
        assert found.engine is engine
        assert found.at().withheld.value == "z"


@pytest.mark.parametrize("engine", [Engine.POLARS_LAZY, Engine.DUCKDB])
def test_lazy_in_lazy_out(engine):
    """Readings and marks of a lazy frame have not been run."""
    native, held = as_engine(plan_open_for_a_month(), engine), as_engine(reviews(), engine)
    assert second_or_subsequent_plans(native, period=YEAR, history_from=LONG_AGO).is_lazy
    assert plans_reviewed_in_time(native, reviews=held, at=END).is_lazy
    assert type(mark_plans_reviewed_in_time(native, reviews=held, at=END)) is type(native)
    assert type(mark_plans_open_two_years(native, at=END)) is type(native)


@pytest.mark.parametrize("first", ENGINES)
def test_eager_reviews_are_carried_into_the_engine_of_the_plans(first):
    """Plans of any engine, reviews of pandas."""
    plan, held = plans(("A", "2022-10-03", None, 0)), reviews(("A", "2022-10-03", "2023-01-03"))
    found = plans_reviewed_in_time(as_engine(plan, first), reviews=as_engine(held, Engine.PANDAS), at=END)
    assert found.engine is first
    assert found.at().number == 100


def test_reviews_of_another_lazy_engine_are_refused():
    """polars plans and DuckDB reviews, both lazy."""
    with pytest.raises(EngineMismatch):
        plans_reviewed_in_time(as_engine(plans(), Engine.POLARS_LAZY), reviews=as_engine(reviews(), Engine.DUCKDB), at=END)


def test_checked_frames_are_taken():
    """`conform` once for both tables."""
    plan, held = plans(("A", "2022-10-03", None, 0)), reviews(("A", "2022-10-03", "2023-01-03"))
    found = plans_reviewed_in_time(ProtectionPlans.conform(plan), reviews=PlanReviews.conform(held), at=END)
    assert found.at().number == 100


def test_a_group_with_nobody_on_a_day_is_there_with_a_gap():
    """Two teams and two days: four readings, and ``z`` where a team had no plan open."""
    some = plans(("A", "2020-01-01", "2022-01-01", 0), ("B", "2022-06-01", None, 0), team=["North", None])
    found = plans_open_two_years(some, at=[Snapshot("31 March 2021"), END], by="team")
    assert len(found) == 4
    assert found.at(team=None, period=Snapshot("31 March 2021")).withheld.value == "z"
    assert found.at(team="North", period=END).withheld.value == "z"
    assert found.at(team=None, period=END).number == 0


@pytest.mark.parametrize("at", [YEAR, [], [END, END], "31 March 2023"])
def test_a_stock_is_counted_on_days(at):
    """A year, no day, one twice, and text are refused by both stocks."""
    with pytest.raises(InvalidValue):
        plans_open_two_years(plans(), at=at)
    with pytest.raises(InvalidValue):
        plans_reviewed_in_time(plans(), reviews=reviews(), at=at)


@pytest.mark.parametrize("at", [YEAR, [END], "31 March 2023"])
def test_a_drill_down_is_of_one_day(at):
    """Rows are marked for a single snapshot."""
    with pytest.raises(InvalidValue):
        mark_plans_open_two_years(plans(), at=at)
    with pytest.raises(InvalidValue):
        mark_plans_reviewed_in_time(plans(), reviews=reviews(), at=at)


@pytest.mark.parametrize("history_from", [None, "2016-04-01", dt.datetime(2016, 4, 1), dt.date.min])
def test_a_history_begins_on_a_date(history_from):
    """It cannot be left open, nor be text, a time, or the first day there is."""
    for mark in (mark_second_or_subsequent_plans, mark_second_or_subsequent_plans_within_two_years):
        with pytest.raises(InvalidValue, match="history_from"):
            mark(plans(), history_from=history_from)


def test_groups_and_rules_are_kept():
    """A child's number, an unknown column, an end before the start, a plan kept twice, and a review before its plan."""
    with pytest.raises(InvalidValue, match="identifies a person"):
        plans_ended_after_two_years(plans(), period=YEAR, by="child_id")
    with pytest.raises(UnknownColumn):
        plans_open_two_years(plans(), at=END, by="team")
    with pytest.raises(FrameProblems, match="1 row"):
        plans_ended_after_two_years(plans(("A", "2022-05-02", "2022-05-01", 0)), period=YEAR)
    with pytest.raises(FrameProblems):
        second_or_subsequent_plans(plans(*[("A", "2022-05-02", None, 0)] * 2), period=YEAR, history_from=LONG_AGO)
    with pytest.raises(FrameProblems, match="PlanReviews"):
        plans_reviewed_in_time(plans(), reviews=reviews(("A", "2022-05-02", "2022-05-01")), at=END)


# Properties


@settings(max_examples=10)
@given(
    some=frames(
        ProtectionPlans,
        columns={
            "child_id": st.sampled_from(["A", "B", "C"]),
            "start_date": st.dates(day("2020-01-01"), day("2022-12-31")),
            "end_date": st.none() | st.dates(day("2021-01-01"), day("2023-12-31")),
            "number_of_previous_plans": st.sampled_from([None, 0, 1]),
        },
    ),
    held=st.lists(st.dates(day("2020-01-01"), day("2023-06-30")), max_size=20, unique=True),
)
def test_marks_sum_to_the_measures_whatever_the_plans(some, held):
    """The drill-down sums to the number; within two years is never more than ever; order does not matter."""
    whole, back = Span("2020-01-01", "2023-12-31"), some.reverse()
    ever_ = second_or_subsequent_plans(some, period=whole, history_from=LONG_AGO).at()
    lately = second_or_subsequent_plans_within_two_years(some, period=whole, history_from=LONG_AGO).at()
    ended = plans_ended_after_two_years(some, period=whole).at()
    standing = plans_open_two_years(some, at=END).at()
    each = [(row["child_id"], row["start_date"], on) for row in some.to_dicts() for on in held if on >= row["start_date"]]
    pairs = [(child, start.isoformat(), on.isoformat()) for child, start, on in each]
    on_time = plans_reviewed_in_time(some, reviews=reviews(*pairs), at=END).at()
    for reading, rows in (
        (ever_, mark_second_or_subsequent_plans(back, history_from=LONG_AGO)),
        (lately, mark_second_or_subsequent_plans_within_two_years(back, history_from=LONG_AGO)),
        (ended, mark_plans_ended_after_two_years(back)),
        (standing, mark_plans_open_two_years(back, at=END)),
        (on_time, mark_plans_reviewed_in_time(back, reviews=reviews(*pairs), at=END)),
    ):
        assert rows.height == some.height
        assert (rows["in_numerator"].sum(), rows["in_denominator"].sum()) == (reading.numerator, reading.denominator)
    assert lately.numerator <= ever_.numerator
    assert on_time.denominator <= standing.denominator


def test_months_are_given_in_order_with_their_gaps():
    """Two months, a plan in one of them: the other has nothing to divide by."""
    found = second_or_subsequent_plans(
        plans(("A", "2022-05-02", None, 1)), period=[Month("May 2022"), Month("April 2022")], history_from=LONG_AGO
    )
    assert [reading.number for reading in found] == [None, 100]
