"""Conversion between stages: a cohort that is followed, the starts that are too young to tell, and the ratio of two counts."""

from __future__ import annotations

import datetime as dt
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
from bucks_cs.errors import EngineMismatch, FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import FinancialYear, Month, Span
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames

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
    schema = {"child_id": pl.String, "conference_date": pl.Date}
    frame = pl.DataFrame(data, schema_overrides=schema)
    return frame.with_columns(
        strategy_discussion_date=pl.lit(None, pl.Date), transfer_in=pl.lit(value=False), led_to_plan=pl.lit(None, pl.Boolean)
    )


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
    referred = pl.DataFrame(
        {
            "child_id": ["A"], "referral_date": [day("2022-05-03")], "decision_date": None, "seen_date": None,
            "no_further_action": False, "closure_date": None, "closure_reason": None,
        }
    )  # fmt: skip
    stages = {"from_stage": Stage.CONTACT, "to_stage": Stage.REFERRAL}
    both = conversion(made, later=referred, within=1, followed_to=day("2023-03-31"), period=YEAR, **stages)
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
    return enquiries(*first, team=teams), conferences(*second, team=others)


def followed(started, held, *, within, followed_to):
    """The loop: for each enquiry, whether it is mature, whether it converted, and the day of its link."""
    of_child = defaultdict(list)
    for row in held.iter_rows(named=True):
        of_child[row["child_id"]].append(row["conference_date"])
    for row in started.iter_rows(named=True):
        after = [on for on in of_child[row["child_id"]] if on >= row["start_date"]]
        link = min(after) if after else None
        mature = row["start_date"] + dt.timedelta(days=within) <= followed_to
        yield row, mature, mature and link is not None and (link - row["start_date"]).days <= within, link


LEAP_DAY = Span("2020-02-29", "2020-02-29")
PERIODS = (*FinancialYear("2020-21").months(), FinancialYear("2020-21"), FinancialYear("2021-22"), LEAP_DAY)
STARTED, HELD = made_up(10_000, seed=47)


def agrees_with_the_loop(started, held):
    within, until = 28, day("2022-03-31")
    expected = defaultdict(lambda: [0, 0, 0])
    marks = {}
    for row, mature, converted, link in followed(STARTED, HELD, within=within, followed_to=until):
        marks[row["child_id"], row["start_date"]] = (mature, converted, not mature, link)
        for period in PERIODS:
            if period.contains(row["start_date"]):
                cell = expected[row["team"], period.kind, period.start]
                cell[0] += converted
                cell[1] += mature
                cell[2] += not mature
    assert sum(cell[2] for cell in expected.values()) > 50
    found = conversion(started, later=held, within=within, followed_to=until, period=PERIODS, by="team", **TO_CONFERENCE)
    rows = found.collect().frame.to_dicts()
    assert len(rows) == 2 * 3 * len(PERIODS)
    for row in rows:
        numerator, denominator, immature = expected[row["team"], row["period_kind"], row["period_start"]]
        if row["indicator"] == CONVERSION.key:
            assert (row["numerator"], row["denominator"]) == (numerator, denominator)
            assert row["value"] == pytest.approx(100 * numerator / denominator) if denominator else row["withheld"] == "z"
        else:
            assert row["value"] == immature
    drilled = polars_of(mark_conversion(started, later=held, within=within, followed_to=until, **TO_CONFERENCE))
    columns = ["child_id", "start_date", "in_denominator", "in_numerator", "immature", "linked_date"]
    dates = [pl.col(name).cast(pl.Date) for name in ("start_date", "linked_date")]
    assert {(child, on): tuple(rest) for child, on, *rest in drilled.with_columns(dates).select(columns).iter_rows()} == marks


def ratio_agrees_with_the_loop(started, held):
    expected = defaultdict(lambda: [0, 0])
    for frame, column, side in ((STARTED, "start_date", 1), (HELD, "conference_date", 0)):
        for row in frame.iter_rows(named=True):
            for period in PERIODS:
                expected[row["team"], period.kind, period.start][side] += period.contains(row[column])
    rows = stage_ratio(started, later=held, period=PERIODS, by="team", **TO_CONFERENCE).collect().frame.to_dicts()
    assert len(rows) == 4 * len(PERIODS)  # North, South, West and not recorded
    for row in rows:
        events, starts = expected[row["team"], row["period_kind"], row["period_start"]]
        assert (row["numerator"], row["denominator"]) == (events, starts)
        assert row["value"] == pytest.approx(100 * events / starts) if starts else row["withheld"] == "z"
        assert row["lower"] is None


@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_events_are_followed_as_a_plain_loop_follows_them(engine):
    """Every group, period and row, on each engine."""
    agrees_with_the_loop(as_engine(STARTED, engine), as_engine(HELD, engine))


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


@pytest.mark.parametrize("first", ENGINES)
@pytest.mark.parametrize("second", [Engine.POLARS, Engine.PANDAS, Engine.PYARROW])
def test_an_eager_later_frame_is_carried_into_the_first_ones_engine(first, second):
    """Any engine, with an eager frame of another."""
    started = enquiries(("A", "2022-05-02"), ("B", "2022-05-03"))
    found = conversion(
        as_engine(started, first), later=as_engine(conferences(("A", "2022-05-30")), second), within=28,
        followed_to=day("2023-03-31"), period=YEAR, **TO_CONFERENCE,
    )  # fmt: skip
    assert found.engine is first
    assert found.at(indicator=CONVERSION).number == 50


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
    planned = pl.DataFrame(
        {
            "child_id": ["A"], "start_date": [day("2022-05-20")], "end_date": None, "initial_category": "NEG",
            "number_of_previous_plans": 0,
        }
    )  # fmt: skip
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


@settings(max_examples=25)
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


@settings(max_examples=20)
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
    ("from_stage", "to_stage"),
    [
        (Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, Stage.SECTION_47_ENQUIRY),
        (Stage.SECTION_47_ENQUIRY, Stage.SECTION_47_ENQUIRY),
        (Stage.REFERRAL, Stage.CHILD_IN_NEED),
        (Stage.ALLOCATED_SOCIAL_WORKER, Stage.CHILD_PROTECTION_PLAN),
        ("section 47 enquiry", Stage.CHILD_PROTECTION_PLAN),
    ],
)
def test_stages_must_be_steps_one_after_the_other(from_stage, to_stage):
    """A child in need is a state and no step, and nothing leads back; both measures say so."""
    stages = {"from_stage": from_stage, "to_stage": to_stage, "period": YEAR}
    with pytest.raises(InvalidValue, match="from_stage and to_stage"):
        conversion(enquiries(), later=conferences(), within=28, followed_to=day("2023-03-31"), **stages)
    with pytest.raises(InvalidValue, match="from_stage and to_stage"):
        stage_ratio(enquiries(), later=conferences(), **stages)


@pytest.mark.parametrize("within", [-1, 2.5, True, None, "28"])
def test_a_window_is_a_whole_number_of_days(within):
    """Not below none, not a part of a day, and no flag."""
    with pytest.raises(InvalidValue, match="within"):
        conversion(enquiries(), later=conferences(), within=within, followed_to=day("2023-03-31"), period=YEAR, **TO_CONFERENCE)


@pytest.mark.parametrize("until", [None, "2023-03-31", dt.datetime(2023, 3, 31)])
def test_how_far_they_are_followed_is_a_date(until):
    """It cannot be left open, nor be a time."""
    with pytest.raises(InvalidValue, match="followed_to"):
        mark_conversion(enquiries(), later=conferences(), within=28, followed_to=until, **TO_CONFERENCE)


def test_groups_are_columns_that_say_nothing_of_a_person_and_clash_with_nothing():
    """A child's number, a column that is not there, and a name of the result's own are refused."""
    started = enquiries(("A", "2022-05-02"), to_stage=["mine"])
    arguments = {"later": conferences(), "within": 28, "followed_to": day("2023-03-31"), "period": YEAR, **TO_CONFERENCE}
    with pytest.raises(InvalidValue, match="identifies a person"):
        conversion(started, by="child_id", **arguments)
    with pytest.raises(InvalidValue, match="this result's own"):
        conversion(started, by="to_stage", **arguments)
    with pytest.raises(UnknownColumn):
        conversion(started, by="team", **arguments)


def test_a_ratio_needs_its_groups_in_both_frames_and_of_one_type():
    """The later frame has no team, or has numbers for teams."""
    started = enquiries(("A", "2022-05-02"), team=["North"])
    with pytest.raises(UnknownColumn):
        stage_ratio(started, later=conferences(("A", "2022-05-02")), period=YEAR, by="team", **TO_CONFERENCE)
    with pytest.raises(InvalidValue, match="one type in both frames"):
        stage_ratio(started, later=conferences(("A", "2022-05-02"), team=[1]), period=YEAR, by="team", **TO_CONFERENCE)


def test_no_period_is_refused():
    """An empty list of periods is a slip."""
    with pytest.raises(InvalidValue, match="period"):
        conversion(enquiries(), later=conferences(), within=28, followed_to=day("2023-03-31"), period=[], **TO_CONFERENCE)


def test_rules_of_either_schema_are_kept():
    """An enquiry kept twice, and a conference kept twice, are each counted and refused."""
    twice = enquiries(("A", "2022-05-02"), ("A", "2022-05-02"))
    arguments = {"within": 28, "followed_to": day("2023-03-31"), "period": YEAR, **TO_CONFERENCE}
    with pytest.raises(FrameProblems, match="Section47Enquiries"):
        conversion(twice, later=conferences(), **arguments)
    with pytest.raises(FrameProblems, match="InitialConferences"):
        conversion(enquiries(), later=conferences(("A", "2022-05-02"), ("A", "2022-05-02")), **arguments)


def test_the_definitions_say_that_nobody_publishes_them():
    """Each has a reason in place of a source, and the ratio is bounded by nothing."""
    for indicator in (CONVERSION, IMMATURE_STARTS, STAGE_RATIO):
        assert "no child" in indicator.sources[0].reason
    assert STAGE_RATIO.per == 100


def test_every_stage_has_its_table():
    """The tables and their days are those of the schemas: a start of each is followed to a plan."""
    from bucks_cs.demand.calculations.linking import STAGE_ROWS

    assert list(STAGE_ROWS) == list(Stage)[:6]
    for schema, column in STAGE_ROWS.values():
        assert column in schema.to_schema().columns
    assert [schema for schema, _ in STAGE_ROWS.values()][:2] == [Contacts, Referrals]
    assert STAGE_ROWS[Stage.CHILD_PROTECTION_PLAN][0] is ProtectionPlans
