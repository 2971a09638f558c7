"""Requests for an assessment and what is decided on them: against a plain loop on every engine, limits to the day, gaps."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import ehcp
from bucks_cs.ehcp import Journeys
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames import Engine
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, Month, MonthlyAverage, Snapshot
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine
from made_up_ehcp import (
    ENGINES,
    PERIODS,
    TEAMS,
    agrees_with_the_loop,
    assessed,
    journey,
    journeys_of,
    led_to_a_plan,
    refused,
    rows_of,
    six_weeks,
    sixteen_weeks,
    ten_thousand,
)

MEASURES = {
    "decided_in_six_weeks": (six_weeks, "request_outcome_date"),
    "no_plan_in_sixteen_weeks": (sixteen_weeks, "assessment_outcome_date"),
    "refused": (refused, "received_date"),
    "assessed": (assessed, "received_date"),
    "plans_after_assessment": (led_to_a_plan, "assessment_outcome_date"),
}
YEAR = CalendarYear(2024)
NOT_ASSESSED = {"assessment_outcome": None, "assessment_outcome_date": None, "plan_start_date": None}


@pytest.fixture(scope="module")
def rows():
    """The journeys."""
    return ten_thousand()


@pytest.fixture(scope="module")
def frame(rows):
    """The same, as a frame."""
    return journeys_of(*rows)


def share(name, *journeys, period=YEAR):
    """The one reading of some journeys."""
    (reading,) = getattr(ehcp, name)(journeys_of(*journeys), period=period)
    return reading


@pytest.mark.long
def test_the_ten_thousand_requests_hold_what_they_are_there_for(rows):
    """A test on random rows is worth what is in them: every outcome, limits hit and missed by a day, leap days, ties."""
    assert len(rows) == 10_000
    assert set(Counter(row["request_outcome"] for row in rows)) == {"Y", "N", "A", "W", "H", None}
    assert set(Counter(row["assessment_outcome"] for row in rows)) == {"Y", "N", "A", "W", "H", None}
    took = Counter(
        (end, (row[end] - row["received_date"]).days)
        for row in rows
        for end in ("request_outcome_date", "assessment_outcome_date")
        if row[end] and row["received_date"]
    )
    assert min(took["request_outcome_date", days] for days in (0, 41, 42, 43)) > 300
    assert min(took["assessment_outcome_date", days] for days in (111, 112, 113)) > 20
    assert sum(row["received_date"] == dt.date(2024, 2, 29) for row in rows) > 50
    assert sum(row["received_date"] == dt.date(2014, 8, 31) for row in rows) > 50
    assert sum(row["received_date"] is None for row in rows) > 100
    overturned = [row for row in rows if row["request_outcome"] == "N" and row["assessment_outcome"] == "Y"]
    assert len(overturned) > 100
    ties = Counter((row["child_id"], row["received_date"]) for row in rows)
    assert sum(number > 1 for number in ties.values()) > 5


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_requests_are_what_a_plain_loop_says_on_every_engine(engine, rows, frame):
    """Rows and numbers of each share, by team with one that is not recorded, over years and months that overlap."""
    checked_everywhere(as_engine(frame, engine), rows)


@pytest.mark.spark
def test_ten_thousand_requests_are_what_a_plain_loop_says_on_spark(spark, rows, frame):
    """The same on Spark."""
    checked_everywhere(as_engine(frame, Engine.PYSPARK, spark=spark), rows)


def checked_everywhere(native, rows):
    """Every measure of this file, and the count of requests."""
    checked = Journeys.conform(native)
    for name, (loop, day) in MEASURES.items():
        mark, measure = getattr(ehcp, f"mark_{name}"), getattr(ehcp, name)
        reasons = agrees_with_the_loop(native, checked, rows, mark=mark, measure=measure, loop=loop, day=day)
        assert reasons[None] > 15
        assert reasons["z"] >= 3  # 2035
    counted = Counter()
    for row in rows:
        for period in PERIODS:
            received = row["received_date"]
            counted[row["team"], period.kind, period.start] += received is not None and period.start <= received <= period.end
    found = rows_of(ehcp.requests(native, period=PERIODS, by="team").frame)
    assert len(found) == len(TEAMS) * len(PERIODS)
    assert all(row["value"] == counted[row["team"], row["period_kind"], row["period_start"]] for row in found)


# Limits, to the day. 2 January 2024 plus 42 days is 13 February, plus 112 days 23 April: 2024 is a leap year.


@pytest.mark.parametrize(
    ("received", "decided", "in_time"),
    [
        ("2024-01-02", "2024-02-13", True),  # 29 days of January and 13 of February are 42
        ("2024-01-02", "2024-02-14", False),
        ("2024-02-29", "2024-04-11", True),  # 31 days of March and 11 of April are 42
        ("2024-02-29", "2024-04-12", False),
        ("2023-02-01", "2023-03-15", True),  # 27 days of February 2023 and 15 of March are 42
        ("2023-02-01", "2023-03-16", False),
        ("2024-02-01", "2024-03-14", True),  # 28 days of February 2024 and 14 of March
        ("2024-01-02", "2024-01-02", True),
    ],
)
def test_a_decision_is_in_time_on_day_42(received, decided, in_time):
    """The day of receipt is not counted; yes or no is all the same."""
    for outcome in "YN":
        one = journey(received_date=received, request_outcome=outcome, request_outcome_date=decided, **NOT_ASSESSED)
        reading = share("decided_in_six_weeks", one, period=CalendarYear(int(decided[:4])))
        assert (reading.numerator, reading.denominator) == (in_time, 1)


@pytest.mark.parametrize(("decided", "in_time"), [("2024-04-23", True), ("2024-04-24", False)])
def test_a_decision_that_there_is_no_plan_is_in_time_on_day_112(decided, in_time):
    """From 2 January 2024: 29 + 29 + 31 + 23 = 112."""
    one = journey(assessment_outcome="N", assessment_outcome_date=decided, plan_start_date=None)
    reading = share("no_plan_in_sixteen_weeks", one)
    assert (reading.numerator, reading.denominator) == (in_time, 1)


def test_a_request_of_before_the_regulations_is_under_no_limit():
    """They are in force from 1 September 2014: one received on 31 August is left out."""
    old = {"request_outcome_date": "2014-09-10", **NOT_ASSESSED}
    rows = [journey("1", received_date="2014-08-31", **old), journey("2", received_date="2014-09-01", **old)]
    reading = share("decided_in_six_weeks", *rows, period=CalendarYear(2014))
    assert (reading.numerator, reading.denominator) == (1, 1)


# What belongs to which year, and to which denominator.


def test_a_decision_counts_in_the_year_it_was_made_and_a_refusal_in_the_year_of_the_request():
    """Received on 20 December 2023, refused on 10 January 2024."""
    one = journey(received_date="2023-12-20", request_outcome="N", request_outcome_date="2024-01-10", **NOT_ASSESSED)
    assert share("decided_in_six_weeks", one, period=CalendarYear(2024)).denominator == 1
    assert share("decided_in_six_weeks", one, period=CalendarYear(2023)).value is Withheld.NOT_APPLICABLE
    assert share("refused", one, period=CalendarYear(2023)).number == 100
    assert share("refused", one, period=CalendarYear(2024)).value is Withheld.NOT_APPLICABLE


def test_requests_refused_and_to_be_assessed_are_out_of_all_that_were_received():
    """Four received: one each refused, to be assessed, undecided and withdrawn; as DfE's percentages add up to 100 with these."""
    nothing = {"request_outcome_date": None, **NOT_ASSESSED}
    rows = [
        journey("1", **nothing | {"request_outcome": "N", "request_outcome_date": "2024-02-01"}),
        journey("2", **nothing | {"request_outcome": "Y", "request_outcome_date": "2024-02-01"}),
        journey("3", **nothing | {"request_outcome": "A"}),
        journey("4", **nothing | {"request_outcome": "W"}),
    ]
    assert (share("refused", *rows).number, share("assessed", *rows).number) == (25, 25)
    (counted,) = ehcp.requests(journeys_of(*rows), period=YEAR)
    assert counted.number == 4


def test_a_refusal_that_was_changed_stays_a_refusal():
    """The request was refused and the child assessed all the same: the return keeps the first decision."""
    one = journey(request_outcome="N")
    assert share("refused", one).number == 100
    assert share("assessed", one).number == 0
    assert share("plans_after_assessment", one).number == 100


def test_an_assessment_that_was_withdrawn_counts_where_its_day_is_known():
    """With its day it is in DfE's denominator; without, as in the return, it lies in no year."""
    issued = journey("1")
    withdrawn = journey("2", assessment_outcome="W", assessment_outcome_date="2024-06-01", plan_start_date=None)
    assert share("plans_after_assessment", issued, withdrawn).denominator == 2
    assert share("plans_after_assessment", issued, {**withdrawn, "assessment_outcome_date": None}).denominator == 1


def test_a_historical_assessment_led_to_a_plan_where_its_day_is_known():
    """H is a decision to issue that was made before the return: with no day, as in the return, it lies in no year."""
    historical = journey("2", assessment_outcome="H")
    assert share("plans_after_assessment", historical).number == 100
    assert share("plans_after_assessment", {**historical, "assessment_outcome_date": None}).value is Withheld.NOT_APPLICABLE


def test_a_historical_request_whose_day_is_not_known_is_in_no_year():
    """A child who moved in with a plan: the request was made elsewhere."""
    nothing = dict.fromkeys(("received_date", "request_outcome_date", "assessment_outcome_date"))
    moved_in = journey("2", request_outcome="H", assessment_outcome="H", **nothing)
    assert share("refused", journey("1"), moved_in).denominator == 1
    (counted,) = ehcp.requests(journeys_of(journey("1"), moved_in), period=YEAR)
    assert counted.number == 1
    marked = ehcp.mark_assessed(journeys_of(journey("1"), moved_in))
    assert marked["in_denominator"].to_list() == [True, False]


def test_requests_alone_and_assessments_alone_are_enough_for_what_is_theirs():
    """The tables of the return, under its own headings."""
    asked = pl.DataFrame({
        "persontableid": [11, 12],
        "requeststableid": [1, 2],
        "receiveddate": dt.date(2024, 1, 2),
        "rya": [0, 1],
        "requestoutcome": ["Y", "N"],
        "requestoutcomedate": [dt.date(2024, 2, 13), dt.date(2024, 2, 14)],
    })
    (six,) = ehcp.decided_in_six_weeks(asked, period=YEAR)
    assert (six.numerator, six.denominator) == (1, 2)
    (no,) = ehcp.refused(asked, period=YEAR)
    assert no.number == 50
    tested = pl.DataFrame({
        "requeststableid": [1],
        "assessmentoutcome": ["N"],
        "assessmentoutcomedate": [dt.date(2024, 5, 1)],
        "week20": [1],
    })
    (led,) = ehcp.plans_after_assessment(ehcp.Assessments.conform(tested, columns={"child_id": None}), period=YEAR)
    assert (led.numerator, led.denominator) == (0, 1)


# Shape, intervals, groups.


@pytest.mark.parametrize("name", MEASURES)
def test_a_checked_frame_is_taken_as_a_raw_one_and_marks_are_replaced(name, frame):
    """Checked once as journeys, every measure takes it, and marking twice is marking once."""
    mark = getattr(ehcp, f"mark_{name}")
    once = mark(frame.head(50))
    for again in (once, Journeys.conform(frame.head(50)), Journeys.conform(once)):
        assert mark(again).select(once.columns).equals(once)


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_to_divide_by_is_not_applicable(name):
    """An empty frame; by team it has no groups."""
    empty = journeys_of()
    (reading,) = getattr(ehcp, name)(empty, period=YEAR)
    assert reading.value is Withheld.NOT_APPLICABLE
    assert (reading.numerator, reading.denominator) == (0, 0)
    assert list(getattr(ehcp, name)(empty.with_columns(team=pl.lit("North")), period=YEAR, by="team")) == []
    assert getattr(ehcp, f"mark_{name}")(empty).is_empty()


def test_the_interval_is_wilsons_of_the_library():
    """One of two at 80%: the scalar function, which has tests of its own."""
    rows = [journey("1"), journey("2", request_outcome_date="2024-02-14")]
    (reading,) = ehcp.decided_in_six_weeks(journeys_of(*rows), period=YEAR, confidence=0.8, area="825")
    by_hand = proportion(1, 2, confidence=0.8)
    assert reading.lower.magnitude == pytest.approx(100 * by_hand.lower)
    assert reading.upper.magnitude == pytest.approx(100 * by_hand.upper)
    assert (reading.level, reading.area, reading.interval) == (0.8, "825", Interval.CONFIDENCE)
    assert reading.indicator == ehcp.DECIDED_IN_SIX_WEEKS


@settings(max_examples=settings.default.max_examples // 10)
@given(
    st.sampled_from(["decided_in_six_weeks", "refused", "assessed"]),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from("YNAW"), st.sampled_from(["North", "South"])), max_size=12),
)
def test_the_groups_and_the_drill_down_add_up_to_the_measure(name, drawn):
    """Any requests: teams add up to the whole, and the rows of the drill-down to both."""
    rows = []
    for number, (days, outcome, team) in enumerate(drawn):
        decided = dt.date(2024, 1, 2) + dt.timedelta(days=days)
        decision = {"request_outcome": outcome, "request_outcome_date": decided.isoformat() if outcome in "YN" else None}
        rows.append(journey(str(number), team=team, **NOT_ASSESSED, **decision))
    frame = journeys_of(*rows) if rows else journeys_of().with_columns(team=pl.lit(None, pl.String))
    teams = list(getattr(ehcp, name)(frame, period=YEAR, by="team"))
    marked = getattr(ehcp, f"mark_{name}")(frame)
    assert sum(reading.numerator for reading in teams) == marked["in_numerator"].sum()
    assert sum(reading.denominator for reading in teams) == marked["in_denominator"].sum()
    assert all(reading.numerator <= reading.denominator for reading in teams)


# Published percentages: the formula behind each column, in every row that has both parts.

ROUNDING = 0.05 + 1e-9
PUBLISHED = {
    "refused": ("requests", "request_not_assess_pc", "requests_decided_not_to_assess", ("requests_received_in_year",)),
    "assessed": ("requests", "request_assess_pc", "requests_decided_to_assess", ("requests_received_in_year",)),
    "plans_after_assessment": ("assessments", "assess_issued_pc", "assess_issued", ("assess_in_year",)),
    "no_plan_in_sixteen_weeks": (
        "assessments",
        "outcome_decision_within_time_pc",
        "outcome_decision_within_time",
        ("outcome_decision_within_time", "outcome_decision_over_time"),
    ),
    "decided_in_six_weeks": (
        "requests",
        "request_outcome_six_weeks_pc",
        "request_outcome_six_weeks",
        ("request_outcome_six_weeks", "request_outcome_over_6_weeks"),
    ),
}


def official(published, file):
    """A file of DfE's, as text, the byte-order mark apart."""
    return pl.read_csv(published / "ehc_plans" / f"{file}.csv", infer_schema=False, encoding="utf8")


def recomputed(table, percent, part, whole):
    """Rows with the published percentage and what its parts give, where they are numbers and the whole is not 0."""
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in dict.fromkeys((percent, part, *whole))]
    both = table.with_columns(*numbers).with_columns(whole=pl.sum_horizontal(*whole, ignore_nulls=False))
    there = both.filter(pl.col(percent).is_not_null(), pl.col(part).is_not_null(), pl.col("whole") > 0)
    return there.with_columns(ours=100 * pl.col(part) / pl.col("whole"))


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name != "decided_in_six_weeks"])
def test_the_denominator_is_the_one_behind_dfes_percentage(name, published):
    """Within rounding to a decimal in every row."""
    file, percent, part, whole = PUBLISHED[name]
    rows = recomputed(official(published, file), percent, part, whole)
    assert rows.height > 5_900
    assert rows.filter((pl.col("ours") - pl.col(percent)).abs() > ROUNDING).height == 0


def test_the_decisions_within_6_weeks_are_out_of_those_that_are_timed_and_some_that_are_not(published):
    """11,800 of 12,045 rows are S / (S + V). In each other one a few decisions more are in the denominator, counted in neither.

    The same number of them gives both of DfE's percentages, which then do not add up to 100: Newcastle, 2024, has 22 Bangladeshi
    children decided in time, none late, and 95.7%, which is 22 of 23.
    """
    file, percent, part, whole = PUBLISHED["decided_in_six_weeks"]
    late = "request_outcome_over_6_weeks_pc"
    table = official(published, file).with_columns(pl.col(late).cast(pl.Float64, strict=False))
    rows = recomputed(table, percent, part, whole)
    off = rows.filter((pl.col("ours") - pl.col(percent)).abs() > ROUNDING)
    assert (rows.height, off.height) == (12_045, 245)
    for row in off.iter_rows(named=True):
        fits = (
            abs(100 * row[part] / out_of - row[percent]) <= ROUNDING and abs(100 * row[whole[1]] / out_of - row[late]) <= ROUNDING
            for out_of in range(int(row["whole"]) + 1, int(row["whole"]) + 200)
        )
        assert any(fits)


def test_decisions_made_in_a_year_are_not_those_on_the_requests_of_the_year(published):
    """In 67 of 303 rows of authorities more decisions are timed than requests were received: the year is that of the decision."""
    table = official(published, "requests").filter(
        pl.col("geographic_level") == "Local authority", pl.col("breakdown").str.starts_with("All requests")
    )
    columns = ("request_outcome_six_weeks", "request_outcome_over_6_weeks", "requests_received_in_year")
    rows = table.select(pl.col(name).cast(pl.Float64, strict=False) for name in columns).drop_nulls()
    more = rows.filter(pl.col(columns[0]) + pl.col(columns[1]) > pl.col(columns[2]))
    assert (rows.height, more.height) == (303, 67)


# Refusals.


def test_a_column_that_names_a_child_or_that_the_measure_makes_is_no_group():
    """Nor is one that is not there."""
    frame = journeys_of(journey())
    for by in ("child_id", "request_id", "persontableid", "requeststableid"):
        given_frame = frame if by in frame.columns else frame.with_columns(pl.lit("1").alias(by))
        with pytest.raises(InvalidValue, match="by="):
            ehcp.refused(given_frame, period=YEAR, by=by)
    with pytest.raises(InvalidValue, match="days_taken"):
        ehcp.decided_in_six_weeks(frame.with_columns(days_taken=pl.lit(1)), period=YEAR, by="days_taken")
    with pytest.raises(UnknownColumn):
        ehcp.requests(frame, period=YEAR, by="team")


NO_PERIODS = [Snapshot("1 January 2024"), MonthlyAverage("2024-01", "2024-06"), None, "2024", (), [YEAR, YEAR]]


@pytest.mark.parametrize("period", NO_PERIODS)
@pytest.mark.parametrize("name", [*MEASURES, "requests"])
def test_what_is_no_period_to_count_over_is_refused_by_its_name(name, period):
    """A day, an average, nothing, text, none, one twice."""
    with pytest.raises(InvalidValue, match="period"):
        getattr(ehcp, name)(journeys_of(journey()), period=period)


def test_a_broken_rule_is_refused_before_anything_is_counted():
    """A decision of before the request, in one row of two."""
    rows = [journey("1"), journey("2", request_outcome_date="2024-01-01")]
    for call in (
        lambda frame: ehcp.decided_in_six_weeks(frame, period=Month("2024-01")),
        ehcp.mark_refused,
        lambda frame: ehcp.requests(frame, period=YEAR),
    ):
        with pytest.raises(FrameProblems) as caught:
            call(journeys_of(*rows))
        (problem,) = caught.value.problems
        assert (problem.column, problem.rows) == ("received_date, request_outcome_date", 1)
