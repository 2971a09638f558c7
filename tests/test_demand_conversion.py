"""Conversion between stages: a cohort that is followed, the starts that are too young to tell, and the ratio of two counts."""

from __future__ import annotations

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
    CONVERSION,
    IMMATURE_STARTS,
    STAGE_RATIO,
    Assessments,
    Contacts,
    InitialConferences,
    ProtectionPlans,
    Referrals,
    Section47Enquiries,
    Stage,
    conversion,
    mark_conversion,
    stage_ratio,
)
from bucks_cs.demand.calculations.linking import STAGE_ROWS
from bucks_cs.errors import AcrossBreak, EngineMismatch, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames
from bucks_cs.trend import change

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
TO_CONFERENCE = {"from_stage": Stage.SECTION_47_ENQUIRY, "to_stage": Stage.INITIAL_CHILD_PROTECTION_CONFERENCE}
YEAR = FinancialYear("2022-23")


def day(text):
    return dt.date.fromisoformat(text)


def enquiries(*rows, **others):
    """Section 47 enquiries from (child, day) pairs."""
    data = {"child_id": [child for child, _ in rows], "start_date": [day(on) for _, on in rows], **others}
    schema = {"child_id": pl.String, "start_date": pl.Date}
    frame = pl.DataFrame(data, schema_overrides=schema)
    return frame.with_columns(
        conference_date=pl.lit(None, pl.Date), conference_not_required=pl.lit(None, pl.Boolean)
    )


def conferences(*rows, **others):
    """Initial conferences from (child, day) pairs."""
    data = {"child_id": [child for child, _ in rows], "conference_date": [day(on) for _, on in rows], **others}
    data = {"transfer_in": [False] * len(rows)} | data
    schema = {"child_id": pl.String, "conference_date": pl.Date, "transfer_in": pl.Boolean}
    frame = pl.DataFrame(data, schema_overrides=schema)
    return frame.with_columns(strategy_discussion_date=pl.lit(None, pl.Date), led_to_plan=pl.lit(None, pl.Boolean))


def plans(*rows):
    """Child protection plans from (child, day) pairs."""
    data = {"child_id": [child for child, _ in rows], "start_date": [day(on) for _, on in rows]}
    frame = pl.DataFrame(data, schema={"child_id": pl.String, "start_date": pl.Date})
    nothing = {"end_date": pl.lit(None, pl.Date), "initial_category": pl.lit(None, pl.String)}
    return frame.with_columns(**nothing, number_of_previous_plans=pl.lit(0, pl.Int64))


def referrals(*rows):
    """Referrals from (child, day) pairs."""
    data = {"child_id": [child for child, _ in rows], "referral_date": [day(on) for _, on in rows]}
    frame = pl.DataFrame(data, schema={"child_id": pl.String, "referral_date": pl.Date})
    dates = {name: pl.lit(None, pl.Date) for name in ("decision_date", "seen_date", "closure_date")}
    return frame.with_columns(**dates, no_further_action=pl.lit(value=False), closure_reason=pl.lit(None, pl.String))


def assessments(*rows):
    """Assessments from (child, day begun, day authorised or None)."""
    data = {
        "child_id": [child for child, _, _ in rows],
        "start_date": [day(on) for _, on, _ in rows],
        "authorisation_date": [None if done is None else day(done) for _, _, done in rows],
    }
    frame = pl.DataFrame(data, schema={"child_id": pl.String, "start_date": pl.Date, "authorisation_date": pl.Date})
    return frame.with_columns(referral_date=pl.lit(None, pl.Date))


def polars_of(native):
    return nw.from_native(native).lazy().collect(backend="polars").to_native()


def one_start(start, conference, *, within, followed_to):
    """The marks of one enquiry, with one conference of the same child or none."""
    held = conferences() if conference is None else conferences(("A", conference))
    out = mark_conversion(enquiries(("A", start)), later=held, within=within, followed_to=day(followed_to), **TO_CONFERENCE)
    return out.select("in_denominator", "in_numerator", "immature").row(0)


# By hand, on the edges


@pytest.mark.parametrize(
    ("conference", "reached"),
    [
        ("2022-05-01", False),  # the day before
        ("2022-05-02", True),  # the day itself
        ("2022-05-30", True),  # 2 May and 28 days
        ("2022-05-31", False),  # and one more
        (None, False),
    ],
)
def test_a_conference_counts_from_the_day_of_the_enquiry_to_the_last_day_of_the_window(conference, reached):
    """28 days from 2 May 2022 end on 30 May 2022, both ends included."""
    assert one_start("2022-05-02", conference, within=28, followed_to="2023-03-31") == (True, reached, False)


def test_a_window_of_no_days_is_the_day_itself():
    """``within=0`` counts the conference of the same day and not of the next."""
    assert one_start("2022-05-02", "2022-05-02", within=0, followed_to="2022-05-02") == (True, True, False)
    assert one_start("2022-05-02", "2022-05-03", within=0, followed_to="2022-05-03") == (True, False, False)


def test_a_window_over_a_leap_day_has_one_day_more_in_it():
    """365 days from 29 February 2020 end on 28 February 2021; from 28 February 2020 on 27 February 2021."""
    assert one_start("2020-02-29", "2021-02-28", within=365, followed_to="2022-01-01")[1]
    assert not one_start("2020-02-28", "2021-02-28", within=365, followed_to="2022-01-01")[1]


def test_a_start_is_mature_on_the_last_day_of_its_window_and_not_before():
    """28 days from 2 May are over where the frame is complete up to 30 May, and not where up to 29 May."""
    assert one_start("2022-05-02", None, within=28, followed_to="2022-05-30") == (True, False, False)
    assert one_start("2022-05-02", None, within=28, followed_to="2022-05-29") == (False, False, True)


def test_an_immature_start_is_left_out_even_where_the_child_got_there():
    """Counting the quick and not the slow would make every young cohort look better."""
    assert one_start("2022-05-02", "2022-05-03", within=28, followed_to="2022-05-29") == (False, False, True)


def test_each_start_is_linked_to_the_first_event_and_two_may_share_one():
    """Two enquiries and the conference of 20 May: both are linked to it, and neither to the one in June."""
    started = enquiries(("A", "2022-05-02"), ("A", "2022-05-10"))
    held = conferences(("A", "2022-05-20"), ("A", "2022-06-20"), ("B", "2022-05-11"))
    out = mark_conversion(started, later=held, within=28, followed_to=day("2022-12-31"), **TO_CONFERENCE)
    assert out["linked_date"].to_list() == [day("2022-05-20")] * 2
    assert out["in_numerator"].to_list() == [True, True]


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.PANDAS], ids=lambda engine: engine.value)
def test_the_rows_come_back_in_the_order_they_were_given_in(engine):
    """Five thousand enquiries in no order: the drill-down has them as they came."""
    given_order = as_engine(STARTED.sample(fraction=1, shuffle=True, seed=825), engine)
    rows = mark_conversion(given_order, later=HELD, within=28, followed_to=day("2022-03-31"), **TO_CONFERENCE)
    columns = ["child_id", "start_date"]
    assert polars_of(rows).select(columns).rows() == polars_of(given_order).select(columns).rows()


def test_a_link_is_shown_however_much_later_it_is():
    """The drill-down shows the day of a conference that came too late to count."""
    started, held = enquiries(("A", "2022-05-02")), conferences(("A", "2022-09-02"))
    out = mark_conversion(started, later=held, within=28, followed_to=day("2022-12-31"), **TO_CONFERENCE)
    assert out.select("in_numerator", "linked_date").row(0) == (False, day("2022-09-02"))


def test_two_contacts_on_one_day_are_two_starts():
    """Contacts may be several a day; each counts."""
    made = pl.DataFrame(
        {"child_id": ["A", "A"], "contact_date": [day("2022-05-02")] * 2, "contact_source": ["1A", "2B"], "led_to_referral": True}
    )
    stages = {"from_stage": Stage.CONTACT, "to_stage": Stage.REFERRAL}
    both = conversion(
        made, later=referrals(("A", "2022-05-03")), within=1, followed_to=day("2023-03-31"), period=YEAR, **stages
    )
    found = both.at(indicator=CONVERSION)
    assert (found.numerator, found.denominator) == (2, 2)


def test_a_reading_says_from_where_to_where_within_how_long_and_how_many_were_too_young():
    """Of three enquiries one led to a conference, one did not, and the third began too late to say."""
    started = enquiries(("A", "2022-05-02"), ("B", "2022-05-03"), ("C", "2023-03-20"))
    found = conversion(
        started, later=conferences(("A", "2022-05-30")), within=28, followed_to=day("2023-03-31"), period=YEAR, **TO_CONFERENCE
    )
    assert found.by == ("from_stage", "to_stage", "within_days")
    reading = found.at(indicator=CONVERSION, from_stage="section 47 enquiry")
    assert (reading.number, reading.numerator, reading.denominator) == (50.0, 1, 2)
    assert dict(reading.dims)["to_stage"] == "initial child protection conference"
    assert found.at(indicator=IMMATURE_STARTS, within_days=28).number == 1


# Children who moved in


def test_a_conference_because_the_child_moved_in_is_no_outcome_of_an_enquiry():
    """A's only conference is a transfer in; B's transfer in of 10 May is passed over for the conference of 20 May: 1 of 2."""
    started = enquiries(("A", "2022-05-02"), ("B", "2022-05-02"))
    held = conferences(("A", "2022-05-10"), ("B", "2022-05-10"), ("B", "2022-05-20"), transfer_in=[True, True, False])
    arguments = {"later": held, "within": 28, "followed_to": day("2023-03-31"), **TO_CONFERENCE}
    out = mark_conversion(started, **arguments)
    assert out.select("in_numerator", "linked_date").rows() == [(False, None), (True, day("2022-05-20"))]
    share = conversion(started, period=YEAR, **arguments).at(indicator=CONVERSION)
    assert (share.numerator, share.denominator) == (1, 2)


def test_nor_is_it_one_of_a_contact_or_a_referral():
    """Whatever the stage before: of two referrals, the one with a transfer in after it came to no conference."""
    held = conferences(("A", "2022-05-10"), ("B", "2022-05-10"), transfer_in=[True, False])
    stages = {"from_stage": Stage.REFERRAL, "to_stage": Stage.INITIAL_CHILD_PROTECTION_CONFERENCE}
    referred = referrals(("A", "2022-05-02"), ("B", "2022-05-02"))
    out = mark_conversion(referred, later=held, within=28, followed_to=day("2023-03-31"), **stages)
    assert out["in_numerator"].to_list() == [False, True]


def test_it_is_a_start_that_is_followed_to_a_plan():
    """Both conferences of 10 May, one a transfer in, led to a plan the same day: 2 of 2."""
    held = conferences(("A", "2022-05-10"), ("B", "2022-05-10"), transfer_in=[True, False])
    planned = plans(("A", "2022-05-10"), ("B", "2022-05-10"))
    stages = {"from_stage": Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, "to_stage": Stage.CHILD_PROTECTION_PLAN}
    share = conversion(held, later=planned, within=0, followed_to=day("2023-03-31"), period=YEAR, **stages)
    assert (share.at(indicator=CONVERSION).numerator, share.at(indicator=CONVERSION).denominator) == (2, 2)


def test_the_ratio_counts_it_as_the_published_total_does():
    """DfE's total of conferences has those of children who moved in: 2 over 1 enquiry is 200 for each 100."""
    held = conferences(("X", "2022-05-10"), ("Y", "2022-05-10"), transfer_in=[True, False])
    ratio = stage_ratio(enquiries(("A", "2022-05-02")), later=held, period=YEAR, **TO_CONFERENCE).at()
    assert (ratio.number, ratio.numerator, ratio.denominator) == (200, 2, 1)


# Assessments, which begin and are completed


COMPLETED = assessments(
    ("A", "2022-03-20", "2022-04-01"),  # completed on the first day of the year
    ("B", "2022-05-02", "2022-06-01"),
    ("C", "2023-03-01", "2023-03-31"),  # and on the last
    ("D", "2023-03-01", "2023-04-01"),  # begun in the year, completed after it
    ("E", "2022-05-02", None),  # begun in the year, still open
    ("F", "2022-01-10", "2022-03-31"),  # completed the day before it
)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_ratio_counts_assessments_by_the_day_they_were_completed(engine):
    """Of six assessments A, B and C were completed in 2022-23; of two referrals it has one: 300; of five enquiries 5 / 3."""
    of = {"period": YEAR}
    completed = as_engine(COMPLETED, engine)
    begun = as_engine(referrals(("A", "2022-03-01"), ("B", "2022-05-01")), engine)
    after_referrals = stage_ratio(begun, later=completed, from_stage=Stage.REFERRAL, to_stage=Stage.ASSESSMENT, **of).at()
    assert (after_referrals.number, after_referrals.numerator, after_referrals.denominator) == (300, 3, 1)
    later = as_engine(enquiries(*((child, "2022-07-01") for child in "VWXYZ")), engine)
    over = stage_ratio(completed, later=later, from_stage=Stage.ASSESSMENT, to_stage=Stage.SECTION_47_ENQUIRY, **of).at()
    assert (over.numerator, over.denominator) == (5, 3)
    assert over.number == pytest.approx(500 / 3)


def test_where_every_assessment_is_open_the_ratio_over_them_is_not_applicable():
    """None was completed, so there is nothing to divide by."""
    stages = {"from_stage": Stage.ASSESSMENT, "to_stage": Stage.SECTION_47_ENQUIRY}
    ratio = stage_ratio(assessments(("A", "2022-05-02", None)), later=enquiries(("A", "2022-05-09")), period=YEAR, **stages)
    assert ratio.at().withheld.value == "z"


def test_a_cohort_reaches_an_assessment_and_leaves_it_on_the_day_it_began():
    """Of the six, B, C, D and E began in 2022-23; E's is open, and was reached 1 day after the referral all the same."""
    until = {"followed_to": day("2023-12-31"), "period": YEAR}
    onward = {"from_stage": Stage.ASSESSMENT, "to_stage": Stage.SECTION_47_ENQUIRY}
    found = conversion(COMPLETED, later=enquiries(("B", "2022-05-03"), ("F", "2022-04-02")), within=1, **until, **onward)
    assert (found.at(indicator=CONVERSION).numerator, found.at(indicator=CONVERSION).denominator) == (1, 4)
    referred = referrals(("E", "2022-05-01"), ("D", "2023-03-30"))
    stages = {"from_stage": Stage.REFERRAL, "to_stage": Stage.ASSESSMENT}
    reached = conversion(referred, later=COMPLETED, within=7, **until, **stages).at(indicator=CONVERSION)
    assert (reached.numerator, reached.denominator) == (1, 2)  # D's began before the referral and was completed 2 days after it


# Gaps


def test_a_period_without_mature_starts_is_not_applicable_and_says_how_many_were_immature():
    """March's starts are all too young: the share is ``z``, the count 1; April had nothing at all."""
    found = conversion(
        enquiries(("A", "2023-03-20")), later=conferences(), within=28, followed_to=day("2023-03-31"),
        period=[Month("April 2022"), Month("March 2023")], **TO_CONFERENCE,
    )  # fmt: skip
    assert [reading.withheld.value for reading in found.where(indicator=CONVERSION)] == ["z", "z"]
    assert [reading.number for reading in found.where(indicator=IMMATURE_STARTS)] == [0, 1]


@pytest.mark.parametrize("engine", ENGINES)
def test_empty_frames_have_a_reading_for_every_period(engine):
    """Nothing in, a gap and a nought out."""
    found = conversion(
        as_engine(enquiries(), engine), later=as_engine(conferences(), engine), within=28, followed_to=day("2023-03-31"),
        period=YEAR, **TO_CONFERENCE,
    )  # fmt: skip
    assert found.at(indicator=CONVERSION).withheld.value == "z"
    assert found.at(indicator=IMMATURE_STARTS).number == 0
    ratio = stage_ratio(as_engine(enquiries(), engine), later=as_engine(conferences(), engine), period=YEAR, **TO_CONFERENCE)
    assert ratio.at().withheld.value == "z"


# Against a plain loop


def made_up(number, seed):
    """Enquiries and conferences: many on the same days, about leap days and the ends of years, teams and none."""
    chance = random.Random(seed)
    around = [day("2020-02-29"), day("2020-04-01"), day("2021-03-31"), day("2021-02-28"), day("2022-03-31")]

    def a_day():
        if chance.random() < 0.3:
            return chance.choice(around) + dt.timedelta(days=chance.randint(-29, 29))
        return day("2019-12-01") + dt.timedelta(days=chance.randint(0, 850))

    def events(how_many):
        found = {(f"C{chance.randint(1, number // 4)}", a_day()) for _ in range(how_many)}
        return [(child, on.isoformat()) for child, on in sorted(found)]

    first, second = events(number // 2), events(number // 2)
    teams = [chance.choice(["North", "South", None]) for _ in first]
    others = [chance.choice(["South", "West", None]) for _ in second]
    moved = [chance.random() < 0.1 for _ in second]
    return enquiries(*first, team=teams), conferences(*second, team=others, transfer_in=moved)


def followed(started, held, *, within, followed_to):
    """The loop: for each enquiry, whether it is mature, whether it converted, and the day of its link."""
    of_child = defaultdict(list)
    for row in held.iter_rows(named=True):
        if not row["transfer_in"]:
            of_child[row["child_id"]].append(row["conference_date"])
    for row in started.iter_rows(named=True):
        after = [on for on in of_child[row["child_id"]] if on >= row["start_date"]]
        link = min(after) if after else None
        mature = row["start_date"] + dt.timedelta(days=within) <= followed_to
        yield row, mature, mature and link is not None and (link - row["start_date"]).days <= within, link


LEAP_DAY = Span("2020-02-29", "2020-02-29")
PERIODS = (*FinancialYear("2020-21").months(), FinancialYear("2020-21"), FinancialYear("2021-22"), LEAP_DAY)
STARTED, HELD = made_up(10_000, seed=47)


WITHIN, UNTIL = 28, day("2022-03-31")


@functools.cache
def by_the_loop():
    """Numerator, denominator and immature starts of each team and period, and the marks of each row."""
    cells, marks = defaultdict(lambda: [0, 0, 0]), {}
    for row, mature, converted, link in followed(STARTED, HELD, within=WITHIN, followed_to=UNTIL):
        marks[row["child_id"], row["start_date"]] = (mature, converted, not mature, link)
        for period in PERIODS:
            if period.contains(row["start_date"]):
                cell = cells[row["team"], period.kind, period.start]
                cell[0] += converted
                cell[1] += mature
                cell[2] += not mature
    assert sum(cell[2] for cell in cells.values()) > 50
    return cells, marks


@functools.cache
def ratios_by_the_loop():
    """Events and starts of each team and period, each in its own."""
    cells = defaultdict(lambda: [0, 0])
    for frame, column, side in ((STARTED, "start_date", 1), (HELD, "conference_date", 0)):
        for row in frame.iter_rows(named=True):
            for period in PERIODS:
                cells[row["team"], period.kind, period.start][side] += period.contains(row[column])
    return cells


def agrees_with_the_loop(started, held):
    expected, marks = by_the_loop()
    arguments = {"later": held, "within": WITHIN, "followed_to": UNTIL, **TO_CONFERENCE}
    rows = conversion(started, period=PERIODS, by="team", **arguments).collect().frame.to_dicts()
    assert len(rows) == 2 * 3 * len(PERIODS)
    for row in rows:
        numerator, denominator, immature = expected[row["team"], row["period_kind"], row["period_start"]]
        if row["indicator"] == CONVERSION.key:
            assert (row["numerator"], row["denominator"]) == (numerator, denominator)
            assert row["value"] == pytest.approx(100 * numerator / denominator) if denominator else row["withheld"] == "z"
        else:
            assert row["value"] == immature
    drilled = polars_of(mark_conversion(started, **arguments))
    columns = ["child_id", "start_date", "in_denominator", "in_numerator", "immature", "linked_date"]
    dates = [pl.col(name).cast(pl.Date) for name in ("start_date", "linked_date")]
    assert {(child, on): tuple(rest) for child, on, *rest in drilled.with_columns(dates).select(columns).iter_rows()} == marks


def ratio_agrees_with_the_loop(started, held):
    expected = ratios_by_the_loop()
    rows = stage_ratio(started, later=held, period=PERIODS, by="team", **TO_CONFERENCE).collect().frame.to_dicts()
    assert len(rows) == 4 * len(PERIODS)  # North, South, West and not recorded
    for row in rows:
        events, starts = expected[row["team"], row["period_kind"], row["period_start"]]
        assert (row["numerator"], row["denominator"]) == (events, starts)
        assert row["value"] == pytest.approx(100 * events / starts) if starts else row["withheld"] == "z"
        assert row["lower"] is None


def test_the_made_up_rows_have_what_could_go_wrong():
    """Conferences of children who moved in that a careless link would take, leap days, and two enquiries with one conference."""
    _, marks = by_the_loop()
    careless = {key: link for key, (_, _, _, link) in marks.items()}
    everyone = followed(STARTED, HELD.with_columns(transfer_in=False), within=WITHIN, followed_to=UNTIL)
    assert sum(careless[row["child_id"], row["start_date"]] != link for row, _, _, link in everyone) > 50
    assert any(on == day("2020-02-29") for _, on in marks)
    links = [(child, link) for (child, _), (_, _, _, link) in marks.items() if link is not None]
    assert len(set(links)) < len(links)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_events_are_followed_as_a_plain_loop_follows_them(engine):
    """Every group, period and row, on each engine."""
    agrees_with_the_loop(as_engine(STARTED, engine), as_engine(HELD, engine))


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_the_ratio_of_ten_thousand_events_is_that_of_a_plain_count(engine):
    """Every group of either frame, and every period, on each engine."""
    ratio_agrees_with_the_loop(as_engine(STARTED, engine), as_engine(HELD, engine))


@pytest.mark.spark
def test_spark_follows_them_too(spark):
    """The same on Spark, with the later frame of Spark and eager."""
    started = as_engine(STARTED, Engine.PYSPARK, spark=spark)
    agrees_with_the_loop(started, as_engine(HELD, Engine.PYSPARK, spark=spark))
    ratio_agrees_with_the_loop(started, HELD)


# Engines


@pytest.mark.parametrize(
    ("first", "second"),
    [*((engine, Engine.PANDAS) for engine in ENGINES), (Engine.DUCKDB, Engine.POLARS), (Engine.DUCKDB, Engine.PYARROW)],
)
def test_an_eager_later_frame_is_carried_into_the_first_ones_engine(first, second):
    """Any engine, with an eager frame of another."""
    started = enquiries(("A", "2022-05-02"), ("B", "2022-05-03"))
    held = conferences(("A", "2022-05-30"), ("B", "2022-05-30"), transfer_in=[False, True])
    found = conversion(
        as_engine(started, first), later=as_engine(held, second), within=28, followed_to=day("2023-03-31"), period=YEAR,
        **TO_CONFERENCE,
    )  # fmt: skip
    assert found.engine is first
    assert found.at(indicator=CONVERSION).number == 50


@pytest.mark.parametrize("engine", ENGINES)
def test_a_marked_frame_can_be_marked_again(engine):
    """The marks are replaced: 28 days find the conference of 30 May, and 27 days do not; the columns are the same."""
    started = as_engine(enquiries(("A", "2022-05-02"), team=["North"]), engine)
    arguments = {"later": conferences(("A", "2022-05-30")), "followed_to": day("2023-03-31"), **TO_CONFERENCE}
    once = mark_conversion(started, within=28, **arguments)
    twice = polars_of(mark_conversion(once, within=27, **arguments))
    columns = ["child_id", "start_date", "conference_date", "conference_not_required", "team"]
    assert polars_of(once).columns == twice.columns
    assert set(twice.columns) == {*columns, "in_denominator", "in_numerator", "immature", "linked_date"}
    assert (polars_of(once)["in_numerator"].item(), twice["in_numerator"].item()) == (True, False)


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_columns_of_the_callers_own_that_differ_in_case_alone_are_replaced(engine):
    """DuckDB takes ``Immature`` for ``immature``: the rows come back with the measure's own columns, under its names."""
    started = as_engine(enquiries(("A", "2022-05-02"), Immature=[7], LINKED_DATE=["long ago"]), engine)
    arguments = {"later": conferences(("A", "2022-05-30")), "within": 28, "followed_to": day("2023-03-31"), **TO_CONFERENCE}
    rows = polars_of(mark_conversion(started, **arguments))
    assert rows.columns[-4:] == ["in_denominator", "in_numerator", "immature", "linked_date"]
    assert not {"Immature", "LINKED_DATE"} & set(rows.columns)
    assert rows.select("immature", "linked_date").row(0) == (False, day("2022-05-30"))


def test_two_different_lazy_engines_are_refused():
    """A polars plan cannot be joined to a DuckDB relation without running one of them."""
    started, held = enquiries(("A", "2022-05-02")), conferences(("A", "2022-05-30"))
    for first, second in ((Engine.DUCKDB, Engine.POLARS_LAZY), (Engine.POLARS_LAZY, Engine.DUCKDB)):
        with pytest.raises(EngineMismatch):
            conversion(
                as_engine(started, first), later=as_engine(held, second), within=28, followed_to=day("2023-03-31"), period=YEAR,
                **TO_CONFERENCE,
            )  # fmt: skip
        with pytest.raises(EngineMismatch):
            stage_ratio(as_engine(started, first), later=as_engine(held, second), period=YEAR, **TO_CONFERENCE)


def test_checked_frames_are_taken_and_give_the_callers_own_kind():
    """`conform` once, and both measures take what it gave."""
    started = Section47Enquiries.conform(as_engine(enquiries(("A", "2022-05-02")), Engine.PANDAS))
    held = InitialConferences.conform(as_engine(conferences(("A", "2022-05-02")), Engine.PANDAS))
    found = conversion(started, later=held, within=0, followed_to=day("2022-05-02"), period=YEAR, **TO_CONFERENCE)
    assert found.engine is Engine.PANDAS
    assert found.at(indicator=CONVERSION).number == 100
    assert stage_ratio(started, later=held, period=YEAR, **TO_CONFERENCE).at().number == 100


@pytest.mark.parametrize("engine", [Engine.POLARS_LAZY, Engine.DUCKDB])
def test_lazy_in_lazy_out(engine):
    """The readings and the marks of a lazy frame have not been run."""
    started, held = as_engine(enquiries(("A", "2022-05-02")), engine), as_engine(conferences(), engine)
    arguments = {"later": held, "within": 28, "followed_to": day("2023-03-31"), **TO_CONFERENCE}
    assert conversion(started, period=YEAR, **arguments).is_lazy
    assert type(mark_conversion(started, **arguments)) is type(started)


def test_the_steps_of_the_pathway_go_in_one_frame():
    """Two conversions with windows of their own, joined: each step is told by its dims."""
    started, held = enquiries(("A", "2022-05-02")), conferences(("A", "2022-05-20"))
    planned = plans(("A", "2022-05-20"))
    until = {"followed_to": day("2023-03-31"), "period": YEAR}
    to_plan = {"from_stage": Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, "to_stage": Stage.CHILD_PROTECTION_PLAN}
    both = Readings.concat(
        [
            conversion(started, later=held, within=28, **until, **TO_CONFERENCE),
            conversion(held, later=planned, within=0, **until, **to_plan),
        ]
    )
    assert len(both) == 4
    assert both.at(indicator=CONVERSION, from_stage="initial child protection conference").number == 100


# Properties


CHILDREN = st.sampled_from(["A", "B", "C"])
DAYS = st.dates(day("2020-02-20"), day("2020-03-20"))
SOME_ENQUIRIES = frames(
    Section47Enquiries,
    columns={"child_id": CHILDREN, "start_date": DAYS, "conference_date": st.none(), "team": st.sampled_from(["N", "S", None])},
)
SOME_CONFERENCES = frames(
    InitialConferences, columns={"child_id": CHILDREN, "conference_date": DAYS, "strategy_discussion_date": st.none()}
)


@settings(max_examples=settings.default.max_examples // 8)
@given(started=SOME_ENQUIRIES, held=SOME_CONFERENCES, within=st.integers(0, 20), late=st.integers(-5, 30))
def test_every_start_is_mature_or_immature_and_the_marks_sum_to_the_measure(started, held, within, late):
    """Mature and immature starts are all of them; the drill-down sums to the numbers; order does not matter."""
    arguments = {"within": within, "followed_to": day("2020-03-10") + dt.timedelta(days=late), **TO_CONFERENCE}
    whole = Span("2020-01-01", "2020-12-31")
    found = conversion(started, later=held, period=whole, **arguments)
    share, immature = found.at(indicator=CONVERSION), found.at(indicator=IMMATURE_STARTS).number
    assert share.denominator + immature == started.height
    rows = mark_conversion(started.reverse(), later=held.reverse(), **arguments)
    assert (rows["in_numerator"].sum(), rows["in_denominator"].sum()) == (share.numerator, share.denominator)
    assert rows["immature"].sum() == immature
    assert not (rows["in_numerator"] & ~rows["in_denominator"]).any()


@settings(max_examples=settings.default.max_examples // 10)
@given(started=SOME_ENQUIRIES, held=SOME_CONFERENCES, within=st.integers(0, 20))
def test_a_longer_window_never_converts_fewer(started, held, within):
    """With everybody followed to the end, a longer window can only find more."""
    arguments = {"followed_to": day("2021-03-31"), **TO_CONFERENCE}
    shorter, longer = (
        mark_conversion(started, later=held, within=days, **arguments)["in_numerator"].sum() for days in (within, within + 1)
    )
    assert shorter <= longer


# Refusals


@pytest.mark.parametrize(
    ("from_stage", "to_stage", "named"),
    [
        (Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, Stage.SECTION_47_ENQUIRY, "to_stage"),
        (Stage.SECTION_47_ENQUIRY, Stage.SECTION_47_ENQUIRY, "to_stage"),
        (Stage.CHILD_PROTECTION_PLAN, Stage.CONTACT, "to_stage"),
        (Stage.REFERRAL, Stage.CHILD_IN_NEED, "to_stage"),
        (Stage.ALLOCATED_SOCIAL_WORKER, Stage.CHILD_PROTECTION_PLAN, "from_stage"),
        ("section 47 enquiry", Stage.CHILD_PROTECTION_PLAN, "from_stage"),
        (pl.DataFrame({"child_id": ["A"]}), Stage.CHILD_PROTECTION_PLAN, "from_stage"),
        (Stage.REFERRAL, [Stage.ASSESSMENT], "to_stage"),
    ],
)
def test_stages_must_be_steps_one_after_the_other(from_stage, to_stage, named):
    """A child in need is a state and no step, and nothing leads back; both measures say which of the two is wrong."""
    stages = {"from_stage": from_stage, "to_stage": to_stage, "period": YEAR}
    with pytest.raises(InvalidValue, match=f"^{named}: expected a step"):
        conversion(enquiries(), later=conferences(), within=28, followed_to=day("2023-03-31"), **stages)
    with pytest.raises(InvalidValue, match=f"^{named}: expected a step"):
        stage_ratio(enquiries(), later=conferences(), **stages)


@pytest.mark.parametrize("within", [-1, 2.5, True, None, "28", enquiries()])
def test_a_window_is_a_whole_number_of_days(within):
    """Not below none, not a part of a day, no flag and no frame."""
    with pytest.raises(InvalidValue, match=r"^within: expected a whole number of days"):
        conversion(enquiries(), later=conferences(), within=within, followed_to=day("2023-03-31"), period=YEAR, **TO_CONFERENCE)


@pytest.mark.parametrize("until", [None, "2023-03-31", dt.datetime(2023, 3, 31), dt.date.max, conferences()])
def test_how_far_they_are_followed_is_a_date(until):
    """It cannot be left open, nor be a time, the last day there is, or a frame."""
    with pytest.raises(InvalidValue, match=r"^followed_to: expected"):
        mark_conversion(enquiries(), later=conferences(), within=28, followed_to=until, **TO_CONFERENCE)


def test_groups_are_columns_that_say_nothing_of_a_person_and_clash_with_nothing():
    """A child's number, a column that is not there, and a name of the result's own are refused."""
    started = enquiries(("A", "2022-05-02"), to_stage=["mine"])
    arguments = {"later": conferences(), "within": 28, "followed_to": day("2023-03-31"), "period": YEAR, **TO_CONFERENCE}
    with pytest.raises(InvalidValue, match="identifies a person"):
        conversion(started, by="child_id", **arguments)
    with pytest.raises(InvalidValue, match="the measure does not make itself"):
        conversion(started, by="to_stage", **arguments)
    with pytest.raises(InvalidValue, match="the measure does not make itself"):
        stage_ratio(started, later=arguments["later"], period=YEAR, by="to_stage", **TO_CONFERENCE)
    with pytest.raises(UnknownColumn):
        conversion(started, by="team", **arguments)


@pytest.mark.parametrize("column", ["in_numerator", "immature", "linked_date"])
def test_a_marked_frame_is_not_broken_down_by_its_marks(column):
    """They would be replaced before anything was counted by them."""
    arguments = {"later": conferences(("A", "2022-05-20")), "within": 28, "followed_to": day("2023-03-31"), **TO_CONFERENCE}
    rows = mark_conversion(enquiries(("A", "2022-05-02")), **arguments)
    with pytest.raises(InvalidValue, match="the measure does not make itself"):
        conversion(rows, period=YEAR, by=column, **arguments)


def test_a_ratio_needs_its_groups_in_both_frames_and_of_one_type():
    """The later frame has no team, or has numbers for teams."""
    started = enquiries(("A", "2022-05-02"), team=["North"])
    with pytest.raises(UnknownColumn):
        stage_ratio(started, later=conferences(("A", "2022-05-02")), period=YEAR, by="team", **TO_CONFERENCE)
    with pytest.raises(InvalidValue, match="one type in both frames"):
        stage_ratio(started, later=conferences(("A", "2022-05-02"), team=[1]), period=YEAR, by="team", **TO_CONFERENCE)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ([], "a period or several"),
        (enquiries(), "a period or several"),
        (Snapshot("31 March 2023"), "not the day of a snapshot"),
        (MonthlyAverage("April 2022", "March 2023"), "which a monthly average is not"),
        ([YEAR, YEAR], "each period once"),
    ],
)
def test_starts_and_events_are_counted_over_periods_and_nothing_else(period, said):
    """No period, a frame, a day, an average of months and one period twice are refused by both measures."""
    with pytest.raises(InvalidValue, match=f"^period: .*{said}"):
        conversion(enquiries(), later=conferences(), within=28, followed_to=day("2023-03-31"), period=period, **TO_CONFERENCE)
    with pytest.raises(InvalidValue, match=f"^period: .*{said}"):
        stage_ratio(enquiries(), later=conferences(), period=period, **TO_CONFERENCE)


def test_readings_are_no_rows():
    """What came out of a measure is not what goes into one, on either side."""
    arguments = {"within": 28, "followed_to": day("2023-03-31"), "period": YEAR, **TO_CONFERENCE}
    found = conversion(enquiries(), later=conferences(), **arguments)
    with pytest.raises(UnsupportedFrame):
        conversion(found, later=conferences(), **arguments)
    with pytest.raises(UnsupportedFrame):
        conversion(enquiries(), later=found, **arguments)
    with pytest.raises(UnsupportedFrame):
        stage_ratio(enquiries(), later=found, period=YEAR, **TO_CONFERENCE)


def test_rules_of_either_schema_are_kept():
    """An enquiry kept twice, and a conference kept twice, are each counted and refused."""
    twice = enquiries(("A", "2022-05-02"), ("A", "2022-05-02"))
    arguments = {"within": 28, "followed_to": day("2023-03-31"), "period": YEAR, **TO_CONFERENCE}
    with pytest.raises(FrameProblems, match="Section47Enquiries"):
        conversion(twice, later=conferences(), **arguments)
    with pytest.raises(FrameProblems, match="InitialConferences"):
        conversion(enquiries(), later=conferences(("A", "2022-05-02"), ("A", "2022-05-02")), **arguments)


@pytest.mark.parametrize("indicator", [CONVERSION, IMMATURE_STARTS, STAGE_RATIO], ids=lambda indicator: indicator.key)
def test_no_change_is_taken_across_buckinghamshires_break_in_silence(indicator):
    """Referrals halved in 2023-24. The step is no part of the key, so that later steps are refused too, until it is allowed."""
    years = (YEAR, FinancialYear("2023-24"))
    rows = {"later": conferences(("A", "2022-05-20"), ("B", "2023-05-20")), "period": years, **TO_CONFERENCE}
    started = enquiries(("A", "2022-05-02"), ("B", "2023-05-02"))

    def found(area):
        if indicator is STAGE_RATIO:
            return stage_ratio(started, area=area, **rows)
        return conversion(started, within=28, followed_to=day("2024-04-30"), area=area, **rows).where(indicator=indicator)

    with pytest.raises(AcrossBreak, match="12,157"):
        change(found("825"), earlier=years[0], later=years[1])
    for allowed in (
        change(found("825"), earlier=years[0], later=years[1], across_breaks=True),
        change(found("826"), earlier=years[0], later=years[1]),
    ):
        assert next(iter(allowed)).number == 0  # 1 of 1, 0 too young, 100 for each 100, in either year


def test_the_definitions_say_that_nobody_publishes_them():
    """Each has a reason in place of a source, and the ratio is bounded by nothing."""
    for indicator in (CONVERSION, IMMATURE_STARTS, STAGE_RATIO):
        assert "no child" in indicator.sources[0].reason
    assert STAGE_RATIO.per == 100


def test_every_stage_has_its_table():
    """The tables and their days are those of the schemas, and what is counted otherwise than reached is an assessment alone."""
    assert list(STAGE_ROWS) == list(Stage)[:6]
    for step in STAGE_ROWS.values():
        asked = {step.reached, step.counted, *([] if step.moved_in is None else [step.moved_in])}
        assert asked <= set(step.schema.to_schema().columns)
    schemas = [Contacts, Referrals, Assessments, Section47Enquiries, InitialConferences, ProtectionPlans]
    assert [step.schema for step in STAGE_ROWS.values()] == schemas
    assert [stage for stage, step in STAGE_ROWS.items() if step.reached != step.counted] == [Stage.ASSESSMENT]
    assert [stage for stage, step in STAGE_ROWS.items() if step.moved_in] == [Stage.INITIAL_CHILD_PROTECTION_CONFERENCE]
