"""Child protection plans: second and subsequent ones, long ones, and those reviewed in time."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import itertools
import random
from collections import defaultdict

import duckdb
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
from bucks_cs.indicators import Reading
from bucks_cs.periods import FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.readings import Readings
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
        ("2022-06-30", "2022-06-30", True),  # the day the other ended
    ],
)
def test_two_years_run_from_the_end_of_the_plan_before_to_the_anniversary(ended, started, again):
    """Both ends by hand."""
    two = plans(("A", "2017-05-01", ended, 0), ("A", started, None, 1))
    rows = mark_second_or_subsequent_plans_within_two_years(two, history_from=LONG_AGO).sort("start_date")
    assert rows["in_numerator"].to_list() == [False, again]
    assert not rows["no_history"].any()


def test_the_end_that_counts_is_that_of_the_plan_just_before():
    """The first plan ended long before the third began, and the second a year before it."""
    three = plans(("A", "2016-01-01", "2016-06-30", 0), ("A", "2020-01-01", "2021-06-30", 1), ("A", "2022-05-01", None, 2))
    rows = mark_second_or_subsequent_plans_within_two_years(three, history_from=LONG_AGO).sort("start_date")
    assert rows["in_numerator"].to_list() == [False, False, True]


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


# One plan at a time


def every_measure_of(frame):
    """What each measure that depends on it would be asked."""
    return (
        lambda: second_or_subsequent_plans(frame, period=YEAR, history_from=LONG_AGO),
        lambda: second_or_subsequent_plans_within_two_years(frame, period=YEAR, history_from=LONG_AGO),
        lambda: plans_ended_after_two_years(frame, period=YEAR),
        lambda: plans_open_two_years(frame, at=END),
        lambda: plans_reviewed_in_time(frame, reviews=reviews(), at=END, history_from=LONG_AGO),
        lambda: mark_second_or_subsequent_plans(frame, history_from=LONG_AGO),
        lambda: mark_second_or_subsequent_plans_within_two_years(frame, history_from=LONG_AGO),
        lambda: mark_plans_ended_after_two_years(frame),
        lambda: mark_plans_open_two_years(frame, at=END),
        lambda: mark_plans_reviewed_in_time(frame, reviews=reviews(), at=END, history_from=LONG_AGO),
    )


@pytest.mark.parametrize(
    "second",
    [
        ("A", "2022-06-01", None, 1),  # entered again, and both are open
        ("A", "2022-06-01", "2022-07-01", 1),  # begun and ended while the other was open
        ("A", "2022-04-02", "2022-09-01", 0),
    ],
)
def test_two_plans_of_a_child_at_a_time_are_refused_by_every_measure(second):
    """The second record is no second plan, and neither says how long the one plan was: one row of the two is counted."""
    two = plans(("A", "2022-04-01", None, 0), second, ("B", "2022-04-01", None, 0))
    for measure in every_measure_of(two):
        with pytest.raises(FrameProblems, match=r"while the child's plan before it was open \(1 row\)\. .* merge the records"):
            measure()
    checked = ProtectionPlans.conform(two)
    with pytest.raises(FrameProblems, match="1 row"):
        plans_open_two_years(checked, at=END)


@pytest.mark.parametrize("engine", [Engine.PANDAS, Engine.DUCKDB])
def test_two_plans_at_a_time_are_refused_on_other_engines(engine):
    """Begun the day before the other ended."""
    two = as_engine(plans(("A", "2022-04-01", "2022-06-01", 0), ("A", "2022-05-31", None, 1)), engine)
    with pytest.raises(FrameProblems, match="1 row"):
        plans_open_two_years(two, at=END)


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_a_plan_that_began_on_the_day_another_ended_is_another_plan(engine):
    """A plan is not open on the day it ends; nor do the plans of two children overlap."""
    three = plans(("A", "2022-04-01", "2022-06-01", 0), ("A", "2022-06-01", None, 1), ("B", "2022-05-01", None, 0))
    found = second_or_subsequent_plans(as_engine(three, engine), period=YEAR, history_from=LONG_AGO).at()
    assert (found.numerator, found.denominator) == (1, 3)
    assert plans_open_two_years(as_engine(three, engine), at=END).at().denominator == 2


def test_that_no_two_plans_overlap_is_one_question_more():
    """On DuckDB a raw frame is asked two, that of the schema and this one, and a checked frame this one."""
    connection = duckdb.connect()
    connection.register("plans", plan_open_for_a_month().to_arrow())
    checked = ProtectionPlans.conform(connection.table("plans"))
    connection.execute("call enable_logging('QueryLog')")

    def asked():
        said = connection.sql("select message from duckdb_logs where type = 'QueryLog'").fetchall()
        return sum("duckdb_logs" not in message for (message,) in said)

    assert plans_open_two_years(connection.table("plans"), at=END).is_lazy
    assert asked() == 2
    assert plans_open_two_years(checked, at=END).is_lazy
    assert asked() == 3


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


def marks_of(start, *held, at="2023-03-31", end=None, history_from=LONG_AGO):
    """What is said of one plan on a day: whether it counts, whether it was in time, whether that cannot be told."""
    held = reviews(*(("A", start, on) for on in held))
    plan = plans(("A", start, end, 0))
    rows = mark_plans_reviewed_in_time(plan, reviews=held, at=Snapshot(at), history_from=history_from)
    return rows.select("in_denominator", "in_numerator", "no_history").row(0)


def in_time(start, *held, at="2023-03-31", end=None):
    """Whether one plan counts on a day, and whether it was reviewed in time, where all is known."""
    whole, part, untold = marks_of(start, *held, at=at, end=end)
    assert not untold
    return whole, part


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


def test_a_further_review_that_is_due_on_the_day_itself_is_not_overdue_yet():
    """The next after 30 September 2022 is due on 30 March 2023."""
    assert in_time("2022-08-01", "2022-09-30", at="2023-03-30") == (True, True)
    assert in_time("2022-08-01", "2022-09-30", at="2023-03-31") == (True, False)


def test_a_plan_is_looked_at_once_its_first_three_months_have_run_out():
    """They end on 30 March for a plan of 30 December, which is late by the 31st, and on the 31st for one of 31 December."""
    assert in_time("2022-12-30", at="2023-03-30") == (False, False)
    assert in_time("2022-12-30") == (True, False)
    assert in_time("2022-12-31") == (False, False)
    assert in_time("2022-12-31", "2023-03-31") == (False, False)
    assert in_time("2023-01-01") == (False, False)


def test_published_counts_say_that_a_plan_of_31_december_is_not_of_three_months_on_31_march(published):
    """A plan of 30 December is both of "3 months or less" (d5) and of "three months or more" (LAIT), one of the 31st is not.

    So the two add up to all plans of each authority in the years when hardly a plan began on 30 December, a Saturday or Sunday,
    and in no other year: not in 2017 and 2023, when the 31st was a Saturday, and in 2019, when it was a Monday.
    """
    bank = pl.scan_parquet(published / "lait" / "bds_long_0.parquet").filter(pl.col("Short Desc") == "CPP_31March_3MnthorMore")
    longer = bank.select(
        pl.col("Years").cast(pl.Int64), pl.col("LA Number").cast(pl.Int64), long=pl.col("Values").cast(pl.Int64, strict=False)
    ).collect()
    d5 = pl.read_csv(published / "children_in_need" / "d5_cpps_at31march_by_duration_2013_to_2025.csv", infer_schema=False)
    plans = d5.select(
        pl.col("time_period", "old_la_code", "CPP_At31", "3_months_or_less").cast(pl.Int64, strict=False)
    ).drop_nulls()
    both = plans.join(longer.drop_nulls(), left_on=["time_period", "old_la_code"], right_on=["Years", "LA Number"])
    twice = pl.col("long") - pl.col("CPP_At31") + pl.col("3_months_or_less")
    found = both.group_by("time_period").agg(authorities=(twice != 0).sum(), plans=twice.sum(), of=pl.len()).sort("time_period")
    assert found["of"].sum() == 1481
    weekend = {year for year in range(2016, 2026) if dt.date(year - 1, 12, 30).weekday() >= 5}
    assert weekend == {2018, 2019, 2024}
    assert set(found.filter(pl.col("authorities") == 0)["time_period"]) == weekend
    assert (found.filter(~pl.col("time_period").is_in(weekend))["plans"] > 0).all()


def test_reviews_that_name_the_start_of_a_record_that_was_merged_are_refused():
    """A plan of 1 April, kept as two records and merged: the second record's review begins no plan, and was held within one."""
    merged = plans(("E", "2022-04-01", None, 0))
    starts, held = [day("2022-04-01"), day("2022-08-31")], [day("2022-06-30"), day("2022-11-25")]
    reviews = pl.DataFrame({"child_id": "E", "plan_start_date": starts, "review_date": held})
    asked = {"at": Snapshot("31 March 2023"), "history_from": day("2022-04-01")}
    for engine in (Engine.POLARS, Engine.DUCKDB):
        with pytest.raises(FrameProblems, match=r"begins no plan of the child.*\(1 row\)") as refused:
            plans_reviewed_in_time(as_engine(merged, engine), reviews=reviews, **asked)
        assert "2022" not in str(refused.value)
    known = reviews.with_columns(plan_start_date=starts[0])
    reading = plans_reviewed_in_time(merged, reviews=known, **asked).at()
    assert (reading.numerator, reading.denominator) == (1, 1)  # due by 1 July, 30 December and 25 May


def test_where_a_month_has_no_such_day_a_plan_is_looked_at_the_day_after_its_review_was_due():
    """Three months from 30 November end with February, and have run out on 1 March: never reviewed, it is late by then."""
    assert in_time("2022-11-30", at="2023-02-28") == (False, False)
    assert in_time("2022-11-30", at="2023-03-01") == (True, False)


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
    reading = plans_reviewed_in_time(two, reviews=held, at=END, history_from=LONG_AGO).at()
    assert (reading.numerator, reading.denominator) == (0, 1)


def test_a_plan_that_has_ended_is_not_looked_at():
    """A plan ended on the day is not open on it."""
    assert in_time("2022-01-01", "2022-02-01", end="2023-03-31") == (False, False)


def test_the_limits_are_those_in_force_on_the_day():
    """They came into effect in December 1999; nothing is known of before."""
    with pytest.raises(NotInForce):
        plans_reviewed_in_time(plans(), reviews=reviews(), at=Snapshot("31 March 1999"), history_from=LONG_AGO)
    assert "3 month" in str(PLANS_REVIEWED_IN_TIME.timescale)


@pytest.mark.parametrize("on", ["2022-10-03", "2022-10-02"])
def test_a_plan_is_not_reviewed_on_the_day_it_began(on):
    """That is the conference that made it; taken for a review, it would give the next one six months."""
    with pytest.raises(FrameProblems, match="PlanReviews"):
        in_time("2022-10-03", on)


# Reviews that may not be in the frame


@pytest.mark.parametrize(
    ("history_from", "expected"),
    [
        ("2022-05-10", (True, False, False)),  # none is missing: the first, of 1 November, was due on 10 August
        ("2022-05-11", (True, False, False)),  # nor can there be one on the day the plan began
        ("2022-05-12", (True, False, True)),  # one on 11 May, and the next due on 11 November
        ("2022-05-02", (True, False, False)),
        ("2023-04-01", (True, False, True)),  # of an export of that day with no more than the latest
    ],
)
def test_a_late_review_is_late_only_where_none_before_it_can_be_missing(history_from, expected):
    """A plan of 10 May 2022 and one review, on 1 November."""
    assert marks_of("2022-05-10", "2022-11-01", history_from=day(history_from)) == expected


@pytest.mark.parametrize(
    ("history_from", "untold"), [("2022-05-02", False), ("2022-05-03", True)]
)
def test_a_review_too_long_after_the_last_unknown_day_is_late_for_certain(history_from, untold):
    """A review on 2 November 2022: one on 1 May would be six months before it but a day, and one on 2 May just six."""
    assert marks_of("2021-06-01", "2022-11-02", history_from=day(history_from)) == (True, False, untold)


@pytest.mark.parametrize(
    ("history_from", "untold"), [("2022-10-01", False), ("2022-10-02", True)]
)
def test_a_review_is_overdue_for_certain_where_one_on_the_last_unknown_day_would_be_too_old(history_from, untold):
    """After one on 30 September 2022 the next was due on 30 March 2023; after 1 October it is due on 1 April."""
    assert marks_of("2021-06-01", "2021-08-01", history_from=day(history_from)) == (True, False, untold)


def test_a_plan_is_in_time_where_the_known_reviews_are_close_enough():
    """Whatever else was held: within three months of the start, and then of six."""
    assert marks_of("2022-10-03", "2022-12-20", history_from=day("2023-03-31")) == (True, True, False)
    assert marks_of("2022-03-01", "2022-05-31", "2022-11-30", history_from=day("2023-04-01")) == (True, True, False)


def test_a_plan_without_a_review_is_late_or_cannot_be_told_and_never_so_in_silence():
    """Begun in October 2021: with all of 2022-23 known it is late, and with nothing known it cannot be told."""
    assert marks_of("2021-10-01", history_from=day("2022-04-01")) == (True, False, False)
    assert marks_of("2021-10-01", history_from=day("2023-03-01")) == (True, False, True)


def test_a_plan_that_is_not_looked_at_is_not_unknown():
    """One that has ended, and one that is not three months old."""
    assert marks_of("2021-10-01", end="2023-03-31", history_from=day("2023-03-01")) == (False, False, False)
    assert marks_of("2023-02-01", history_from=day("2023-03-01")) == (False, False, False)


def test_one_plan_that_cannot_be_told_withholds_its_group_and_no_other():
    """The latest review alone of two plans: one a month after the start, and one a year after."""
    two = plans(("A", "2022-10-03", None, 0), ("B", "2021-10-03", None, 0), team=["North", "South"])
    held = reviews(("A", "2022-10-03", "2022-11-03"), ("B", "2021-10-03", "2022-10-03"))
    found = plans_reviewed_in_time(two, reviews=held, at=END, history_from=day("2023-03-31"), by="team")
    assert found.at(team="North").number == 100
    south = found.at(team="South")
    assert (south.withheld.value, south.numerator, south.denominator) == ("no_history", None, 1)


# Against a plain loop


def months_on(start, months):
    """The same day some months on; where there is none, the last of the month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    try:
        return dt.date(year, month + 1, start.day)
    except ValueError:
        following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        return following - dt.timedelta(days=1)


def made_up(number, seed):
    """Plans that follow and touch one another; ends about two years; reviews about their limits."""
    chance = random.Random(seed)
    starts = [day("2020-02-29"), day("2021-04-01"), day("2020-11-30"), day("2021-08-31"), day("2022-12-31")]
    found, held = {}, set()
    for child in range(number):
        start = day("2016-01-01") + dt.timedelta(days=chance.randint(0, 2700))
        if chance.random() < 0.3:
            start = chance.choice(starts) + dt.timedelta(days=chance.randint(-2, 2))
        while len(found) < number and start < day("2023-12-31"):
            length = chance.choice([chance.randint(1, 1500), chance.randint(726, 733)])
            end = None if chance.random() < 0.3 else start + dt.timedelta(days=length)
            before = chance.choice([None, 0, 0, 1, 2])
            found[f"C{child}", start] = (end, before, chance.choice(["North", "South", None]), f"W{chance.randint(1, 400)}")
            if end is None or chance.random() < 0.2:
                break
            start = months_on(end, 24) + dt.timedelta(days=chance.choice([0, 1, -1, chance.randint(-600, 300)]))
            start = max(start, end) if chance.random() < 0.8 else end
    for (child, start), (end, *_) in found.items():
        last, months = start, 3
        while chance.random() < 0.93 and last < day("2023-06-30") and (end is None or last < end):
            early = chance.choice([0, 0, 1, 10, 40] if chance.random() < 0.95 else [-1, -30])
            last = max(months_on(last, months) - dt.timedelta(days=early), last + dt.timedelta(days=1))
            held.add((child, start, last))
            months = 6
    rows = [(child, start, end, "NEG", *others) for (child, start), (end, *others) in found.items()]
    chance.shuffle(rows)
    names = ["child_id", "start_date", "end_date", "initial_category", "number_of_previous_plans", "team", "ward"]
    types = [pl.String, pl.Date, pl.Date, pl.String, pl.Int64, pl.String, pl.String]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    types = {"child_id": pl.String, "plan_start_date": pl.Date, "review_date": pl.Date}
    return frame, pl.DataFrame(sorted(held), schema=types, orient="row")


PLANS, REVIEWS = made_up(10_000, seed=7)
HISTORY = day("2018-04-01")
REVIEWS_FROM = day("2021-10-01")
PERIODS = (*FinancialYear("2020-21").months(), *(FinancialYear(f"{year}-{year % 100 + 1}") for year in range(2018, 2023)))
DAYS = (Snapshot("29 February 2020"), Snapshot("28 February 2021"), Snapshot("31 March 2022"), END)
OF_CHILD = defaultdict(list)
for _child, _start, _end in PLANS.select("child_id", "start_date", "end_date").iter_rows():
    OF_CHILD[_child].append((_start, _end))
OF_PLAN = defaultdict(list)
for _child, _start, _held in REVIEWS.iter_rows():
    OF_PLAN[_child, _start].append(_held)


def ever(row):
    """Second or subsequent, and whether it can be told, by looking at every other plan of the child."""
    before = [start for start, _ in OF_CHILD[row["child_id"]] if start < row["start_date"]]
    again = bool(before) or (row["number_of_previous_plans"] or 0) > 0
    oldest_missing = HISTORY - dt.timedelta(days=1)
    short = row["start_date"] <= months_on(oldest_missing, 19 * 12)
    return True, again, not again and row["number_of_previous_plans"] is None and short


def within_two_years(row):
    """The same, of plans that ended within two years."""
    ends = [end for start, end in OF_CHILD[row["child_id"]] if start < row["start_date"]]
    again = any(end is None or row["start_date"] <= months_on(end, 24) for end in ends)
    short = row["start_date"] <= months_on(HISTORY - dt.timedelta(days=1), 24)
    return True, again, not again and row["number_of_previous_plans"] != 0 and short


def ended_long(row):
    ended = row["end_date"] is not None
    return ended, ended and (row["end_date"] - row["start_date"]).days + 1 > 729, False


def is_open_on(row, on):
    return row["start_date"] <= on and (row["end_date"] is None or row["end_date"] > on)


def open_long(row, on):
    return is_open_on(row, on), is_open_on(row, on) and len(range(row["start_date"].toordinal(), on.toordinal() + 1)) > 729, False


def none_late(start, held, on):
    """Whether no review was late, nor is one overdue on the day, looking at one after the other."""
    due = months_on(start, 3)
    for review in sorted(held):
        if review > due:
            return False
        due = months_on(review, 6)
    return due >= on


def reviewed(row, on, since=LONG_AGO):
    """In time where it is without any other review; late where it is with one every four weeks that is not known."""
    start = row["start_date"]
    counts = is_open_on(row, on) and months_on(start, 3) < on
    if not counts:
        return False, False, False
    held = {review for review in OF_PLAN[row["child_id"], start] if review <= on}
    good = none_late(start, held, on)
    unknown = range((min(since, on) - start).days - 1, 0, -28)
    perhaps = none_late(start, held | {start + dt.timedelta(days=days) for days in unknown}, on)
    return True, good, perhaps and not good


@functools.cache
def periods_with(on):
    return [period for period in PERIODS if on is not None and period.contains(on)]


@functools.cache
def expected(name):
    """Numerator, denominator and rows that cannot be told, for each group and period or day, by the loop."""
    cells = defaultdict(lambda: [0, 0, 0])
    for row in PLANS.iter_rows(named=True):
        if name in FLOWS:
            _, told_of, date = FLOWS[name]
            marks = told_of(row)
            counted = [(period, marks) for period in periods_with(row[date])]
        else:
            counted = [(day_, STOCKS[name][1](row, day_.start)) for day_ in days_of(name)]
        for period, (whole, part, unknown) in counted:
            for place, count in enumerate((part, whole, unknown)):
                cells[row[grouping_of(name)], period.start, period.end][place] += count
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
    "reviewed": (lambda f, r: plans_reviewed_in_time(f, reviews=r, at=DAYS, history_from=LONG_AGO, by="team"), reviewed),
    "reviewed, as far as known": (
        lambda f, r: plans_reviewed_in_time(f, reviews=r, at=DAYS[2], history_from=REVIEWS_FROM, by="ward"),
        lambda row, on: reviewed(row, on, REVIEWS_FROM),
    ),
}


def grouping_of(name):
    """Wards are so small that some have no plan that cannot be told."""
    return "ward" if name == "reviewed, as far as known" else "team"


def days_of(name):
    return DAYS[2:3] if name == "reviewed, as far as known" else DAYS


def agrees(found, name, periods):
    rows = found.collect().frame.to_dicts()
    group = grouping_of(name)
    assert len(rows) == PLANS[group].n_unique() * len(periods)
    for row in rows:
        numerator, denominator, unknown = expected(name)[row[group], row["period_start"], row["period_end"]]
        assert (row["numerator"], row["denominator"]) == (None if unknown else numerator, denominator)
        gap = "no_history" if unknown else "z" if not denominator else None
        assert row["withheld"] == gap
        assert row["value"] == (None if gap else pytest.approx(100 * numerator / denominator))


def every_measure_agrees(native, held):
    for name, (measure, _, _) in FLOWS.items():
        agrees(measure(native), name, PERIODS)
    for name, (measure, _) in STOCKS.items():
        agrees(measure(native, held), name, days_of(name))


def every_mark_agrees(native, held):
    marks = {
        "ever": (mark_second_or_subsequent_plans(native, history_from=HISTORY), ever),
        "within": (mark_second_or_subsequent_plans_within_two_years(native, history_from=HISTORY), within_two_years),
        "ended": (mark_plans_ended_after_two_years(native), ended_long),
        "open": (mark_plans_open_two_years(native, at=END), lambda row: open_long(row, END.start)),
        "reviewed": (
            mark_plans_reviewed_in_time(native, reviews=held, at=DAYS[2], history_from=REVIEWS_FROM),
            lambda row: reviewed(row, DAYS[2].start, REVIEWS_FROM),
        ),
    }
    of_row = {(row["child_id"], row["start_date"]): row for row in PLANS.iter_rows(named=True)}
    for marked, of in marks.values():
        rows = polars_of(marked)
        assert rows.height == PLANS.height
        told = "no_history" if "no_history" in rows.columns else pl.lit(value=False).alias("no_history")
        columns = ("child_id", "start_date", "in_denominator", "in_numerator", told)
        for child, start, whole, part, unknown in rows.select(*columns).iter_rows():
            assert (whole, part, unknown) == of(of_row[child, start])


@pytest.mark.long
def test_the_made_up_plans_try_every_case():
    """Each measure has both answers and, where there is one, the gap; and reviews in and out of time."""
    for name in (*FLOWS, *STOCKS):
        cells = expected(name)
        parts, wholes, unknown = (sum(cell[i] for cell in cells.values()) for i in range(3))
        assert 0 < parts < wholes, name
        assert (unknown > 0) == (name not in {"ended", "open", "reviewed"}), name
    for name in ("within two years", "reviewed, as far as known"):
        assert any(cell[1] and not cell[2] for cell in expected(name).values()), name
    assert PLANS.height == 10_000
    touching = [1 for ends in OF_CHILD.values() for start, _ in ends if start in {end for _, end in ends}]
    assert len(touching) > 200
    assert 10_000 < REVIEWS.height


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_plans_give_the_numbers_of_a_plain_loop(engine):
    """Every measure, group and period, on each engine."""
    every_measure_agrees(as_engine(PLANS, engine), as_engine(REVIEWS, engine))


@pytest.mark.long
@pytest.mark.parametrize("engine", [Engine.PANDAS, Engine.DUCKDB])
def test_ten_thousand_plans_are_marked_as_a_plain_loop_marks_them(engine):
    """Every row of every drill-down."""
    every_mark_agrees(as_engine(PLANS, engine), as_engine(REVIEWS, engine))


@pytest.mark.spark
def test_spark_gives_the_same(spark):
    """The numbers on Spark, with the reviews eager."""
    every_measure_agrees(as_engine(PLANS, Engine.PYSPARK, spark=spark), REVIEWS)


@pytest.mark.spark
def test_spark_refuses_two_plans_at_a_time(spark):
    """Its windows are of one child each: two children may have plans on one day, and one child may not."""
    some = [("A", "2022-04-01", None, 0), ("B", "2022-05-01", None, 0), ("B", "2022-06-01", None, 1)]
    assert plans_open_two_years(as_engine(plans(*some[:2]), Engine.PYSPARK, spark=spark), at=END).at().denominator == 2
    with pytest.raises(FrameProblems, match=r"was open \(1 row\)"):
        plans_open_two_years(as_engine(plans(*some), Engine.PYSPARK, spark=spark), at=END)


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


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.PANDAS, Engine.DUCKDB])
def test_empty_frames_have_a_gap_for_every_period(engine):
    """Nothing to divide by, in each measure."""
    native, held = as_engine(plans(), engine), as_engine(reviews(), engine)
    for found in (
        second_or_subsequent_plans(native, period=YEAR, history_from=LONG_AGO),
        second_or_subsequent_plans_within_two_years(native, period=YEAR, history_from=LONG_AGO),
        plans_ended_after_two_years(native, period=YEAR),
        plans_open_two_years(native, at=END),
        plans_reviewed_in_time(native, reviews=held, at=END, history_from=LONG_AGO),
    ):
        assert found.engine is engine
        assert found.at().withheld.value == "z"


@pytest.mark.parametrize("engine", [Engine.POLARS_LAZY, Engine.DUCKDB])
def test_lazy_in_lazy_out(engine):
    """Readings and marks of a lazy frame have not been run."""
    native, held = as_engine(plan_open_for_a_month(), engine), as_engine(reviews(), engine)
    assert second_or_subsequent_plans(native, period=YEAR, history_from=LONG_AGO).is_lazy
    assert plans_reviewed_in_time(native, reviews=held, at=END, history_from=LONG_AGO).is_lazy
    assert type(mark_plans_reviewed_in_time(native, reviews=held, at=END, history_from=LONG_AGO)) is type(native)
    assert type(mark_plans_open_two_years(native, at=END)) is type(native)


@pytest.mark.parametrize("first", [Engine.POLARS_LAZY, Engine.PYARROW, Engine.DUCKDB])
def test_eager_reviews_are_carried_into_the_engine_of_the_plans(first):
    """Plans of any engine, reviews of pandas."""
    plan, held = plans(("A", "2022-10-03", None, 0)), reviews(("A", "2022-10-03", "2023-01-03"))
    found = plans_reviewed_in_time(as_engine(plan, first), reviews=as_engine(held, Engine.PANDAS), at=END, history_from=LONG_AGO)
    assert found.engine is first
    assert found.at().number == 100


def test_reviews_of_another_lazy_engine_are_refused():
    """polars plans and DuckDB reviews, both lazy."""
    lazy, other = as_engine(plans(), Engine.POLARS_LAZY), as_engine(reviews(), Engine.DUCKDB)
    with pytest.raises(EngineMismatch):
        plans_reviewed_in_time(lazy, reviews=other, at=END, history_from=LONG_AGO)


def test_checked_frames_are_taken():
    """`conform` once for both tables."""
    plan, held = plans(("A", "2022-10-03", None, 0)), reviews(("A", "2022-10-03", "2023-01-03"))
    checked = ProtectionPlans.conform(plan)
    found = plans_reviewed_in_time(checked, reviews=PlanReviews.conform(held), at=END, history_from=LONG_AGO)
    assert found.at().number == 100


def test_a_group_with_nobody_on_a_day_is_there_with_a_gap():
    """Two teams and two days: four readings, and ``z`` where a team had no plan open."""
    some = plans(("A", "2020-01-01", "2022-01-01", 0), ("B", "2022-06-01", None, 0), team=["North", None])
    found = plans_open_two_years(some, at=[Snapshot("31 March 2021"), END], by="team")
    assert len(found) == 4
    assert found.at(team=None, period=Snapshot("31 March 2021")).withheld.value == "z"
    assert found.at(team="North", period=END).withheld.value == "z"
    assert found.at(team=None, period=END).number == 0


AVERAGE = MonthlyAverage(Month("April 2022"), Month("March 2023"))
READINGS = Readings.of([Reading.of(PLANS_REVIEWED_IN_TIME, 50, period=END)])


@pytest.mark.parametrize("at", [YEAR, [], [END, END], "31 March 2023", None, plans(), READINGS, AVERAGE])
def test_a_stock_is_counted_on_days(at):
    """A year, no day, one twice, text, and what is no day at all are refused by both stocks and their drill-downs."""
    for measure in (plans_open_two_years, mark_plans_open_two_years):
        with pytest.raises(InvalidValue, match="at:"):
            measure(plans(), at=at)
    for measure in (plans_reviewed_in_time, mark_plans_reviewed_in_time):
        with pytest.raises(InvalidValue, match="at:"):
            measure(plans(), reviews=reviews(), at=at, history_from=LONG_AGO)


def test_a_drill_down_is_of_one_day():
    """Rows are marked for a single snapshot."""
    two = [Snapshot("31 March 2022"), END]
    with pytest.raises(InvalidValue, match="at:"):
        mark_plans_open_two_years(plans(), at=two)
    with pytest.raises(InvalidValue, match="at:"):
        mark_plans_reviewed_in_time(plans(), reviews=reviews(), at=two, history_from=LONG_AGO)


@pytest.mark.parametrize("period", [END, AVERAGE, [], [YEAR, YEAR], "2022-23", None, plans(), READINGS])
def test_plans_that_start_or_end_are_counted_over_periods(period):
    """A day and a monthly average are none to count over, and what is no period at all is refused by name."""
    for measure in (second_or_subsequent_plans, second_or_subsequent_plans_within_two_years):
        with pytest.raises(InvalidValue, match="period:"):
            measure(plans(), period=period, history_from=LONG_AGO)
    with pytest.raises(InvalidValue, match="period:"):
        plans_ended_after_two_years(plans(), period=period)


@pytest.mark.parametrize("history_from", [None, "2016-04-01", dt.datetime(2016, 4, 1), dt.date.min, YEAR, plans()])
def test_a_history_begins_on_a_date(history_from):
    """It cannot be left open, nor be text, a time, a period, a frame, or the first day there is."""
    asked = {"history_from": history_from}
    for refused in (
        lambda: mark_second_or_subsequent_plans(plans(), **asked),
        lambda: mark_second_or_subsequent_plans_within_two_years(plans(), **asked),
        lambda: mark_plans_reviewed_in_time(plans(), reviews=reviews(), at=END, **asked),
        lambda: second_or_subsequent_plans(plans(), period=YEAR, **asked),
        lambda: second_or_subsequent_plans_within_two_years(plans(), period=YEAR, **asked),
        lambda: plans_reviewed_in_time(plans(), reviews=reviews(), at=END, **asked),
    ):
        with pytest.raises(InvalidValue, match="history_from:"):
            refused()


OF_REVIEWS = ("reviews_held", "reviews_late", "last_review_date", "no_history")


@pytest.mark.parametrize(
    ("measure", "own"),
    [
        (functools.partial(second_or_subsequent_plans, period=YEAR, history_from=LONG_AGO), ("no_history",)),
        (functools.partial(second_or_subsequent_plans_within_two_years, period=YEAR, history_from=LONG_AGO), ("no_history",)),
        (functools.partial(plans_ended_after_two_years, period=YEAR), ("days_on_plan",)),
        (functools.partial(plans_open_two_years, at=END), ("days_on_plan",)),
        (functools.partial(plans_reviewed_in_time, reviews=reviews(), at=END, history_from=LONG_AGO), OF_REVIEWS),
    ],
)
def test_nothing_is_broken_down_by_what_the_measure_makes(measure, own):
    """The marks, the further columns of its own drill-down, and a name that readings keep; those of another's are taken."""
    made = ("in_denominator", "in_numerator", "period_start", *own)
    some = plans(("A", "2022-05-01", None, 0)).with_columns(pl.lit("x").alias(name) for name in (*made, "team"))
    for column in made:
        with pytest.raises(InvalidValue, match="rename it first"):
            measure(some, by=column)
    assert len(measure(some, by="team")) == 1


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_a_marked_frame_can_be_marked_again(engine):
    """By itself and by another: the marks and its own columns are new each time, and nothing is left of the way there."""
    marked = plans(("A", "2022-10-03", None, 0)).with_columns(in_numerator=False, days_on_plan=7, reviews_late=7, no_history=True)
    native, held = as_engine(marked, engine), reviews(("A", "2022-10-03", "2023-01-03"))
    native = mark_plans_open_two_years(mark_second_or_subsequent_plans(native, history_from=LONG_AGO), at=END)
    rows = polars_of(mark_plans_reviewed_in_time(native, reviews=held, at=END, history_from=LONG_AGO))
    own = ["days_on_plan", "in_denominator", "in_numerator", "reviews_held", "reviews_late", "last_review_date", "no_history"]
    assert rows.columns == [*plans().columns, *own]
    assert rows.select(own).row(0) == (180, True, True, 1, 0, day("2023-01-03"), False)
    ended = polars_of(mark_plans_ended_after_two_years(as_engine(marked, engine)))
    assert ended.columns == [*plans().columns, "reviews_late", "no_history", "in_denominator", "in_numerator", "days_on_plan"]
    lately = polars_of(mark_second_or_subsequent_plans_within_two_years(as_engine(marked, engine), history_from=LONG_AGO))
    assert lately.columns == [*plans().columns, "days_on_plan", "reviews_late", "in_denominator", "in_numerator", "no_history"]


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
        plans_reviewed_in_time(
            plans(), reviews=reviews(("A", "2022-05-02", "2022-05-01")), at=END, history_from=LONG_AGO
        )


# Properties


SOME_PLANS = frames(
    ProtectionPlans,
    columns={
        "child_id": st.sampled_from(["A", "B", "C"]),
        "start_date": st.dates(day("2020-01-01"), day("2022-12-31")),
        "end_date": st.none() | st.dates(day("2021-01-01"), day("2023-12-31")),
        "number_of_previous_plans": st.sampled_from([None, 0, 1]),
    },
)


def beginning_too_soon(some):
    """How many plans began while the child's plan just before was open, child after child."""
    count = 0
    for child in some["child_id"].unique():
        rows = sorted(some.filter(child_id=child).select("start_date", "end_date").rows(), key=lambda row: row[0])
        count += sum(end is None or start < end for (_, end), (start, _) in itertools.pairwise(rows))
    return count


@settings(max_examples=settings.default.max_examples // 6)
@given(some=SOME_PLANS)
def test_plans_are_refused_where_any_two_of_a_child_share_a_day(some):
    """Every two compared: there is one to refuse where two share a day; as many are counted as began too soon."""
    rows = some.select("child_id", "start_date", pl.col("end_date").fill_null(dt.date.max)).rows()
    apart = all(a[0] != b[0] or a[2] <= b[1] or b[2] <= a[1] for a, b in itertools.combinations(rows, 2))
    too_soon = beginning_too_soon(some)
    assert apart == (too_soon == 0)
    if apart:
        assert mark_plans_ended_after_two_years(some).height == some.height
    else:
        with pytest.raises(FrameProblems, match=rf"\({too_soon} rows?\)"):
            mark_plans_ended_after_two_years(some)


def one_after_the_other(some):
    """The plans of a child that began once the one before had ended."""
    kept, until = [], {}
    for row in some.sort("start_date").iter_rows(named=True):
        if row["start_date"] >= until.get(row["child_id"], dt.date.min):
            kept.append(row)
            until[row["child_id"]] = row["end_date"] or dt.date.max
    return pl.DataFrame(kept, schema=some.schema)


def readings_and_marks(which, some, back, held, since):
    """A measure of some plans, and the drill-down of the same plans in another order."""
    whole = Span("2020-01-01", "2023-12-31")
    if which == "ever":
        measured = second_or_subsequent_plans(some, period=whole, history_from=since)
        return measured, mark_second_or_subsequent_plans(back, history_from=since)
    if which == "within two years":
        measured = second_or_subsequent_plans_within_two_years(some, period=whole, history_from=since)
        return measured, mark_second_or_subsequent_plans_within_two_years(back, history_from=since)
    if which == "ended":
        return plans_ended_after_two_years(some, period=whole), mark_plans_ended_after_two_years(back)
    if which == "open":
        return plans_open_two_years(some, at=END), mark_plans_open_two_years(back, at=END)
    asked = {"reviews": held, "at": END, "history_from": since}
    return plans_reviewed_in_time(some, **asked), mark_plans_reviewed_in_time(back, **asked)


@settings(max_examples=settings.default.max_examples // 6)
@given(
    which=st.sampled_from(["ever", "within two years", "ended", "open", "reviewed"]),
    some=SOME_PLANS.map(one_after_the_other),
    held=st.lists(st.dates(day("2020-01-01"), day("2023-06-30")), max_size=20, unique=True),
    since=st.dates(day("2000-01-01"), day("2023-06-30")),
)
def test_marks_sum_to_the_measures_whatever_the_plans(which, some, held, since):
    """The drill-down sums to the number, or says why there is none; the order of the rows does not matter."""
    pairs = [(row["child_id"], row["start_date"], on) for row in some.to_dicts() for on in held if on > row["start_date"]]
    held = reviews(*((child, start.isoformat(), on.isoformat()) for child, start, on in pairs))
    readings, rows = readings_and_marks(which, some, some.reverse(), held, since)
    reading = readings.at()
    untold = "no_history" in rows.columns and rows.filter("in_denominator")["no_history"].any()
    assert rows.height == some.height
    assert reading.denominator == rows["in_denominator"].sum()
    assert reading.numerator == (None if untold else rows["in_numerator"].sum())


@settings(max_examples=settings.default.max_examples // 10)
@given(some=SOME_PLANS.map(one_after_the_other))
def test_a_plan_within_two_years_of_another_is_a_second_or_subsequent_one(some):
    """Never the other way round."""
    lately = mark_second_or_subsequent_plans_within_two_years(some, history_from=LONG_AGO).filter("in_numerator")
    ever_ = mark_second_or_subsequent_plans(some, history_from=LONG_AGO).filter("in_numerator")
    assert lately.join(ever_, on=["child_id", "start_date"], how="anti").is_empty()


def test_months_are_given_in_order_with_their_gaps():
    """Two months, a plan in one of them: the other has nothing to divide by."""
    found = second_or_subsequent_plans(
        plans(("A", "2022-05-02", None, 1)), period=[Month("May 2022"), Month("April 2022")], history_from=LONG_AGO
    )
    assert [reading.number for reading in found] == [None, 100]
