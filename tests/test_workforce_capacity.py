"""Social workers needed for a caseload, the gap to those there are, and what agency cover of vacancies costs."""

from __future__ import annotations

import csv
import math

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, workforce
from bucks_cs.errors import Ambiguous, InvalidValue, UnitError
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.interchange import from_json, to_json
from bucks_cs.periods import FinancialYear, Snapshot
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine
from bucks_cs.units import quantity
from bucks_cs.workforce import (
    CASELOAD_FTE,
    CASES,
    AgencyTerms,
    EmploymentTerms,
    WorkersNeeded,
    break_even_hourly_rate,
    case_holders_short,
    cost_of_agency_cover,
    saving_of_filling_posts,
    social_workers_needed,
)

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
DAY, BEFORE = Snapshot("30 September 2024"), Snapshot("30 September 2023")
SIXTEEN = quantity(16, "case/FTE")
A_RANGE = quantity(16, "case/FTE"), quantity(20, "case/FTE")


def pounds(low, high=None, units="GBP"):
    one = quantity(low, units)
    return one if high is None else (one, quantity(high, units))


def percent(low, high=None):
    return pounds(low, high, "percent")


def magnitudes(ends):
    return tuple(float(end.magnitude) for end in ends)


# Workers needed, of quantities


def test_workers_needed_are_cases_over_the_caseload():
    """By hand: 3,542 / 16 = 221.375, which 221 workers are too few for and 222 are not."""
    needed = social_workers_needed(quantity(3_542, "case"), caseload=SIXTEEN)
    assert needed.fte == quantity(221.375, "FTE")
    assert needed.whole_workers == (quantity(222, "worker"), quantity(222, "worker"))
    assert str(needed) == "221.4 FTE of social workers who hold cases: 222 if whole-time"


def test_ranges_in_give_ranges_out():
    """By hand: 3,200 to 3,600 cases at 16 to 20: the least 3,200 / 20 = 160 and the most 3,600 / 16 = 225."""
    needed = social_workers_needed((quantity(3_200, "case"), quantity(3_600, "case")), caseload=A_RANGE)
    assert (needed.lower, needed.upper) == (quantity(160, "FTE"), quantity(225, "FTE"))
    assert magnitudes(needed.whole_workers) == (160, 225)
    with pytest.raises(Ambiguous, match="the workers needed could be the least or the most"):
        _ = needed.fte


def test_all_in_post_are_more_than_those_who_hold_cases():
    """By hand: half of those there hold cases and a twentieth of days is lost: 1,520 / (16 x 0.5 x 0.95) = 200."""
    needed = social_workers_needed(quantity(1_520, "case"), caseload=SIXTEEN, holding=percent(50), absence=percent(5))
    assert needed.fte.magnitude == pytest.approx(200)
    assert magnitudes(needed.whole_workers) == (200, 200)
    assert needed.who == "social workers, agency workers among them"
    least = social_workers_needed(quantity(1_520, "case"), caseload=SIXTEEN, holding=percent(50, 80), absence=percent(0, 5))
    assert (least.lower.magnitude, least.upper.magnitude) == (pytest.approx(118.75), pytest.approx(200))


def test_the_share_who_hold_cases_is_of_agency_workers_too():
    """Buckinghamshire 2025: 2,720 cases, 150.4 FTE of holders, 231.6 in post, 70 for agencies: as many are needed as there are.

    150.4 of 301.6 is 49.9%. 150.4 of the 231.6 in post would be 64.9%, and find 231.6 enough for what 301.6 do.
    """
    there = quantity(2720 / 150.4, "case/FTE")
    needed = social_workers_needed(quantity(2_720, "case"), caseload=there, holding=percent(100 * 150.4 / 301.6))
    assert needed.fte.magnitude == pytest.approx(301.6)
    assert magnitudes(needed.gap(quantity(231.6, "FTE"))) == (pytest.approx(70), pytest.approx(70))


def test_a_division_that_is_even_is_not_rounded_up():
    """36.2 / 18.1 is 2, and 0.3 / 0.1 is 3, whatever their last binary digit."""
    for cases, caseload, whole in ((36.2, 18.1, 2), (0.3, 0.1, 3), (4.35, 0.15, 29)):
        needed = social_workers_needed(quantity(cases, "case"), caseload=quantity(caseload, "case/FTE"))
        assert magnitudes(needed.whole_workers) == (whole, whole)


def test_the_gap_is_to_those_in_post_and_those_to_come():
    """By hand: 354.2 to 375 needed, 340 in post, 4 to 6 appointed: 354.2 - 346 = 8.2 to 375 - 344 = 31; too many is below 0."""
    needed = WorkersNeeded(lower=quantity(354.2, "FTE"), upper=quantity(375, "FTE"), who="social workers in post")
    got = needed.gap(quantity(340, "FTE"), appointed=(quantity(4, "FTE"), quantity(6, "FTE")))
    assert magnitudes(got) == (pytest.approx(8.2), pytest.approx(31))
    assert magnitudes(needed.gap(quantity(400, "FTE")))[1] == pytest.approx(-25)


def test_workers_who_are_not_whole_time_are_more():
    """By hand: 188 FTE at 0.94 FTE each are 200 workers, and at 0.94 to 1 are 188 to 200."""
    needed = WorkersNeeded(lower=quantity(188, "FTE"), upper=quantity(188, "FTE"), who="social workers in post")
    assert magnitudes(needed.workers(fte_each=quantity(0.94, "FTE/worker"))) == (200, 200)
    assert magnitudes(needed.workers(fte_each=pounds(0.94, 1, "FTE/worker"))) == (188, 200)
    with pytest.raises(InvalidValue, match="fte_each"):
        needed.workers(fte_each=quantity(1.2, "FTE/worker"))


@settings(max_examples=60)
@given(cases=st.integers(0, 100_000), caseload=st.integers(1, 400))
def test_whole_workers_keep_the_caseload_and_one_fewer_would_not(cases, caseload):
    """For whole cases and a caseload in tenths: n x caseload is not below the cases, and (n - 1) x caseload is."""
    needed = social_workers_needed(quantity(cases, "case"), caseload=quantity(caseload / 10, "case/FTE"))
    (fewest, most) = magnitudes(needed.whole_workers)
    assert fewest == most
    assert fewest * caseload >= cases * 10
    assert cases == 0 or (fewest - 1) * caseload < cases * 10


# Of readings, on every engine


def cases_of(engine, spark=None):
    """Readings of cases: a number, one with bounds, one with a lower bound alone, and two gaps, one of them bounded."""
    common = {"period": DAY}
    made = [
        Reading.of(CASES, 320, dims={"team": "East"}, **common),
        Reading.of(CASES, 320, dims={"team": "East"}, period=BEFORE),
        Reading.of(CASES, 400, lower=384, upper=416, interval=Interval.CONFIDENCE, level=0.9, dims={"team": "North"}, **common),
        Reading.of(CASES, 80, lower=64, interval=Interval.BOUNDS, dims={"team": "South"}, **common),
        Reading.of(CASES, Withheld.CONFIDENTIAL, dims={"team": "West"}, **common),
        Reading.of(
            CASES, Withheld.UNRESOLVED, lower=160, upper=320, interval=Interval.BOUNDS, dims={"team": None}, **common
        ),
    ]
    frame = Readings.of(made).frame
    return Readings.from_frame(as_engine(frame, engine, spark=spark), indicators=CASES, by="team", source=MADE_UP)


MADE_UP = NoOfficialSource(reason="made up")


def said(readings):
    """Team and day to value or reason, bounds, what they are and their level."""
    rows = readings.to_polars().iter_rows(named=True)
    return {
        (row["team"], row["period_end"]): (
            row["value"] if row["withheld"] is None else row["withheld"],
            *(row[name] for name in ("lower", "upper", "interval", "level")),
        )
        for row in rows
    }


def check_readings(cases):
    """By hand at 16 cases each, then at 16 to 20: the least is over 20 and the most over 16."""
    d, e = DAY.start, BEFORE.start
    at_16 = social_workers_needed(cases, caseload=SIXTEEN)
    assert said(at_16) == {
        ("East", d): (20, None, None, None, None),
        ("East", e): (20, None, None, None, None),
        ("North", d): (25, 24, 26, "confidence", 0.9),
        ("South", d): (5, 4, None, "bounds", None),
        ("West", d): ("c", None, None, None, None),
        (None, d): ("unresolved", 10, 20, "bounds", None),
    }
    assert said(social_workers_needed(cases, caseload=A_RANGE)) == {
        ("East", d): ("unresolved", 16, 20, "bounds", None),
        ("East", e): ("unresolved", 16, 20, "bounds", None),
        ("North", d): ("unresolved", pytest.approx(19.2), 26, "bounds", None),
        ("South", d): ("unresolved", pytest.approx(3.2), None, "bounds", None),
        ("West", d): ("c", None, None, None, None),
        (None, d): ("unresolved", 8, 20, "bounds", None),
    }
    return at_16


@ON_EVERY_ENGINE
def test_readings_of_cases_give_readings_of_workers_and_keep_gaps_and_bounds(engine):
    """Each kind of gap and of bound, on every engine."""
    cases = cases_of(engine)
    got = check_readings(cases)
    assert type(got.frame) is type(cases.frame)
    assert got.source == MADE_UP
    (indicator,) = got.indicators
    assert (indicator.key, indicator.unit) == ("workforce.social_workers_needed", "FTE")
    assert indicator.title == "Social workers needed (FTE), 16 cases each"


@pytest.mark.spark
def test_readings_of_cases_and_of_caseloads_give_the_same_on_spark(spark):
    """The same on Spark."""
    check_readings(cases_of(Engine.PYSPARK, spark))
    check_caseloads(caseloads_of(Engine.PYSPARK, spark))


def caseloads_of(engine, spark=None):
    """Readings of the caseload: 3,542 over 174.5, none who hold cases, suppressed, and one printed without its parts."""
    rounded = {"lower": 20.25, "upper": 20.35, "interval": Interval.ROUNDING}
    made = [
        Reading.of(CASELOAD_FTE, 20.3, numerator=3_542, denominator=174.5, dims={"team": "A"}, period=DAY, **rounded),
        Reading.of(CASELOAD_FTE, Withheld.NOT_APPLICABLE, numerator=8, denominator=0, dims={"team": "B"}, period=DAY),
        Reading.of(CASELOAD_FTE, Withheld.CONFIDENTIAL, dims={"team": "C"}, period=DAY),
        Reading.of(CASELOAD_FTE, 17, dims={"team": "D"}, period=DAY),
        Reading.of(CASELOAD_FTE, 10, numerator=100, denominator=10, dims={"team": "E"}, period=DAY),
    ]
    frame = Readings.of(made).frame
    return Readings.from_frame(as_engine(frame, engine, spark=spark), indicators=CASELOAD_FTE, by="team")


def check_caseloads(caseloads):
    """By hand: 3,542 / 16 - 174.5 = 46.875; 8 / 16 - 0; 100 / 16 - 10 = -3.75. The bounds of a caseload are none of its cases."""
    d, none = DAY.start, (None, None, None, None)
    assert said(case_holders_short(caseloads, caseload=SIXTEEN)) == {
        ("A", d): (46.875, *none),
        ("B", d): (0.5, *none),
        ("C", d): ("c", *none),
        ("D", d): ("x", *none),
        ("E", d): (-3.75, *none),
    }
    assert said(case_holders_short(caseloads, caseload=A_RANGE)) == {
        ("A", d): ("unresolved", pytest.approx(2.6), 46.875, "bounds", None),
        ("B", d): ("unresolved", 0.4, 0.5, "bounds", None),
        ("C", d): ("c", *none),
        ("D", d): ("x", *none),
        ("E", d): ("unresolved", -5, -3.75, "bounds", None),
    }
    assert said(social_workers_needed(caseloads, caseload=SIXTEEN))["A", d] == (221.375, *none)


@ON_EVERY_ENGINE
def test_readings_of_a_caseload_give_the_case_holders_short_of_another(engine):
    """From the two parts, on every engine; a gap in one is a gap."""
    check_caseloads(caseloads_of(engine))


def test_lazy_readings_stay_lazy_and_two_caseloads_are_not_put_together():
    """Nothing has run, and the caseload is in the definition."""
    cases = cases_of(Engine.DUCKDB)
    at_16, at_18 = (social_workers_needed(cases, caseload=quantity(each, "case/FTE")) for each in (16, 18))
    assert at_16.is_lazy
    with pytest.raises(InvalidValue, match="one definition under a key"):
        Readings.concat([at_16, at_18])


def test_readings_of_several_sources_have_none():
    """Which is of which is known by key, and what is worked out has no source of its own."""
    (one, two) = (
        Source(title=title, publisher="P", date=DAY.start, place="table 1") for title in ("One", "Two")
    )
    cases = Readings.of([Reading.of(CASES, 16, period=DAY, source=one), Reading.of(CASES, 32, period=BEFORE, source=two)])
    assert social_workers_needed(cases, caseload=SIXTEEN).source is None


def test_cases_that_demand_counts_are_taken():
    """`demand.cases` is in cases, and its children are not."""
    rows = pl.DataFrame(
        {"child_id": ["A", "B"], "worker_id": ["W1", "W1"], "team": "East", "start_date": [DAY.start] * 2, "end_date": None},
        schema_overrides={"end_date": pl.Date},
    )
    counted = demand.caseload(rows, at=DAY)
    got = social_workers_needed(counted.where(indicator=demand.CASES), caseload=SIXTEEN)
    assert got.at().number == 2 / 16
    for refused in (counted, counted.where(indicator=demand.CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER)):
        with pytest.raises(InvalidValue, match="cases: expected readings of one indicator"):
            social_workers_needed(refused, caseload=SIXTEEN)


def test_cases_over_a_year_are_not_cases_held():
    """A flow is refused."""
    flow = Indicator(
        key="demand.cases_begun",
        title="Cases begun",
        counts="cases begun",
        measure=Measure.COUNT,
        kind=Kind.FLOW,
        unit="case",
        better=Better.NEITHER,
        sources=MADE_UP,
    )
    readings = Readings.of([Reading.of(flow, 9, period=FinancialYear("2023-24"))])
    with pytest.raises(InvalidValue, match="cases held on a day"):
        social_workers_needed(readings, caseload=SIXTEEN)


def test_the_published_cases_need_as_many_as_hold_them_at_the_published_caseload(published):
    """csww_indicators_2017_to_2025, columns cases, caseload_fte and case_holders_fte, every authority and year.

    Cases over the printed caseload, which is rounded to a tenth, are those who hold them: each printed FTE lies between cases
    over the caseload's two ends, but for its own rounding to a tenth. Every row that has the three agrees.
    """
    path = published / "social_work_workforce" / "csww_indicators_2017_to_2025.csv"
    agree = disagree = 0
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            try:
                cases, each, holders = (float(row[name]) for name in ("cases", "caseload_fte", "case_holders_fte"))
            except ValueError:
                continue
            if each < 0.05:
                continue
            ends = quantity(each - 0.05, "case/FTE"), quantity(each + 0.05, "case/FTE")
            needed = social_workers_needed(quantity(cases, "case"), caseload=ends)
            low, high = float(needed.lower.magnitude) - 0.05, float(needed.upper.magnitude) + 0.05
            fits = low - 1e-9 <= holders <= high + 1e-9
            agree, disagree = agree + fits, disagree + (not fits)
    assert disagree == 0
    assert agree > 1_300


def test_buckinghamshire_in_2025_is_short_of_sixteen_cases_each(published):
    """From DfE's file, row 825 of 2025: 2,720 cases over 150.4 FTE; by hand 2,720 / 16 = 170, which is 19.6 more."""
    file = published / "social_work_workforce" / "csww_indicators_2017_to_2025.csv"
    readings, day = workforce.read_social_work_workforce(file), Snapshot("30 September 2025")
    short = case_holders_short(readings.where(indicator=CASELOAD_FTE, area="825"), caseload=SIXTEEN)
    assert short.at(period=day).number == pytest.approx(19.6)
    needed = social_workers_needed(readings.where(indicator=CASES, area="825"), caseload=SIXTEEN)
    assert needed.at(period=day).number == 170


@pytest.mark.parametrize(
    ("asked", "error", "named"),
    [
        ({"cases": 3_542}, InvalidValue, "cases: expected a quantity in case"),
        ({"cases": quantity(3_542, "child")}, UnitError, "cases is in case, and child"),
        ({"cases": quantity(-1, "case")}, InvalidValue, "cases: expected finite numbers of 0 or more"),
        ({"cases": quantity(math.inf, "case")}, InvalidValue, "cases: expected finite numbers"),
        ({"cases": (quantity(9, "case"), quantity(8, "case"))}, InvalidValue, "the least before the most"),
        ({"cases": pl.DataFrame()}, InvalidValue, "cases: expected a quantity in case"),
        ({"caseload": 16}, InvalidValue, "caseload: expected a quantity in case / FTE"),
        ({"caseload": quantity(16, "case")}, UnitError, "caseload is in case / FTE"),
        ({"caseload": quantity(16, "case/worker")}, UnitError, "caseload is in case / FTE"),
        ({"caseload": quantity(0, "case/FTE")}, InvalidValue, "caseload: expected finite numbers above 0"),
        ({"holding": percent(0)}, InvalidValue, "holding: expected above 0% and at most 100%"),
        ({"holding": percent(101)}, InvalidValue, "holding: expected above 0% and at most 100%"),
        ({"holding": 0.5}, InvalidValue, "holding: expected a quantity in percent"),
        ({"absence": percent(100)}, InvalidValue, "absence: expected 0% and below 100%"),
        ({"absence": quantity(3, "percentage_point")}, UnitError, "absence is in percent"),
    ],
)
def test_what_cannot_be_needed_is_refused_by_its_name(asked, error, named):
    """Each argument, with what it may be."""
    of = {"cases": quantity(3_542, "case"), "caseload": SIXTEEN} | asked
    with pytest.raises(error) as refused:
        social_workers_needed(of.pop("cases"), **of)
    assert named in str(refused.value)


def test_only_a_caseload_has_a_shortage():
    """Cases alone say nothing of those who hold them."""
    for wrong in (cases_of(Engine.POLARS), 16, None):
        with pytest.raises(InvalidValue, match="caseloads: expected readings of CASELOAD_FTE"):
            case_holders_short(wrong, caseload=SIXTEEN)


# Agency cover

EMPLOYED = EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=percent(33))
"""Made up: 44,000 x 1.33 = 58,520 a year."""

AGENCY = AgencyTerms.by_hour(pounds(40), hours_a_week=37, weeks=45)
"""Made up: 40 x 37 x 45 = 66,600 a year."""


def test_cover_costs_the_rate_for_what_is_paid_less_the_post():
    """By hand: ten of 66,600 are 666,000, ten of 58,520 are 585,200, and 80,800 lie between."""
    cost = cost_of_agency_cover(quantity(10, "FTE"), agency=AGENCY, employed=EMPLOYED)
    assert magnitudes(cost.agency) == (666_000, 666_000)
    assert magnitudes(cost.employed) == (585_200, 585_200)
    assert magnitudes(cost.above) == (80_800, 80_800)
    assert str(cost.above[0].units) == "GBP / year"
    assert str(cost) == "10 FTE of agency cover: £666,000 a year, £585,200 if employed, £80,800 above"


def test_rates_by_hour_day_week_and_year_come_to_the_same():
    """37 hours of 40 pounds are 1,480 a week, 296 a day of five, and over 45 weeks, which are 225 days, 66,600."""
    assert AgencyTerms.by_day(pounds(296, units="GBP/working_day"), days=225) == AGENCY
    assert AgencyTerms.by_week(pounds(1_480, units="GBP/week"), weeks=45) == AGENCY
    assert AgencyTerms.by_year(pounds(66_600, units="GBP/year")) == AGENCY


def test_ranges_of_posts_and_rates_give_the_ends_of_the_cost():
    """By hand: 38 to 42 an hour are 63,270 to 69,930; less 57,200 to 59,400 that is 3,870 to 12,730 for each of 8 to 10 posts."""
    agency = AgencyTerms.by_hour(pounds(38, 42), hours_a_week=37, weeks=45)
    employed = EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=percent(30, 35))
    cost = cost_of_agency_cover(pounds(8, 10, "FTE"), agency=agency, employed=employed)
    assert magnitudes(cost.above) == (pytest.approx(30_960), pytest.approx(127_300))
    assert magnitudes(cost.agency) == (506_160, 699_300)


def test_cover_that_costs_less_is_below_nothing():
    """At 30 an hour, 49,950 a year: the most posts give the least, 10 x (49,950 - 58,520) = -85,700, and 8 give -68,560."""
    agency = AgencyTerms.by_hour(pounds(30), hours_a_week=37, weeks=45)
    cost = cost_of_agency_cover(pounds(8, 10, "FTE"), agency=agency, employed=EMPLOYED)
    assert magnitudes(cost.above) == (-85_700, -68_560)
    assert "−£85,700 to −£68,560 above" in str(cost)


def test_filling_posts_saves_what_cover_costs_above_and_repays_what_it_took():
    """By hand: 8,080 a post and year; ten posts at 4,000 once: 80,800 - 40,000 = 40,800; 12 x 4,000 / 8,080 = 5.94 months."""
    saved = saving_of_filling_posts(quantity(10, "FTE"), agency=AGENCY, employed=EMPLOYED, once=quantity(4_000, "GBP/FTE"))
    assert magnitudes(saved.a_year) == (80_800, 80_800)
    assert magnitudes(saved.first_year) == (40_800, 40_800)
    assert magnitudes(saved.once) == (40_000, 40_000)
    assert magnitudes(saved.months_to_repay)[0] == pytest.approx(48_000 / 8_080)
    assert str(saved) == "£80,800 a year, £40,800 in the first; what filling costs is repaid in 5.9 months"


def test_what_filling_costs_once_may_be_a_range():
    """By hand: at 40 to 42 an hour a post saves 8,080 to 11,410: least 10 x (8,080 - 4,000), most 10 x (11,410 - 2,000)."""
    agency = AgencyTerms.by_hour(pounds(40, 42), hours_a_week=37, weeks=45)
    once = pounds(2_000, 4_000, "GBP/FTE")
    saved = saving_of_filling_posts(quantity(10, "FTE"), agency=agency, employed=EMPLOYED, once=once)
    assert magnitudes(saved.first_year) == (40_800, 94_100)
    assert magnitudes(saved.once) == (20_000, 40_000)
    assert magnitudes(saved.months_to_repay) == (pytest.approx(24_000 / 11_410), pytest.approx(48_000 / 8_080))


def test_filling_that_may_save_nothing_may_never_be_repaid():
    """Where a post may cost more filled there are no months; where filling cost nothing there is nothing to repay."""
    agency = AgencyTerms.by_hour(pounds(30, 40), hours_a_week=37, weeks=45)
    saved = saving_of_filling_posts(quantity(10, "FTE"), agency=agency, employed=EMPLOYED, once=quantity(4_000, "GBP/FTE"))
    assert saved.months_to_repay is None
    assert str(saved).endswith("at the worst it never repays what filling costs")
    free = saving_of_filling_posts(quantity(10, "FTE"), agency=agency, employed=EMPLOYED, once=quantity(0, "GBP/FTE"))
    assert magnitudes(free.months_to_repay) == (0, 0)
    assert magnitudes(free.first_year) == magnitudes(free.a_year) == (-85_700, 80_800)


@settings(max_examples=60)
@given(salary=st.integers(20_000, 90_000), share=st.integers(0, 60), weeks=st.integers(1, 53))
def test_at_the_break_even_rate_cover_costs_nothing_above(salary, share, weeks):
    """Put back as a rate, it gives a difference of nothing."""
    employed = EmploymentTerms(salary=quantity(salary, "GBP/year"), on_costs=percent(share))
    rate, same = break_even_hourly_rate(employed, hours_a_week=37, weeks=weeks)
    assert rate == same
    agency = AgencyTerms.by_hour(rate, hours_a_week=37, weeks=weeks)
    cost = cost_of_agency_cover(quantity(10, "FTE"), agency=agency, employed=employed)
    assert magnitudes(cost.above) == (pytest.approx(0, abs=1e-6), pytest.approx(0, abs=1e-6))


@pytest.mark.parametrize(
    ("call", "error", "named"),
    [
        (lambda: AgencyTerms.by_hour(40, hours_a_week=37, weeks=45), InvalidValue, "rate: expected a quantity in GBP"),
        (lambda: AgencyTerms.by_hour(pounds(40, units="GBP/week"), hours_a_week=37, weeks=45), UnitError, "rate is in GBP"),
        (lambda: AgencyTerms.by_hour(pounds(40), hours_a_week=0, weeks=45), InvalidValue, "hours_a_week"),
        (lambda: AgencyTerms.by_hour(pounds(40), hours_a_week=168, weeks=45), InvalidValue, "hours_a_week"),
        (lambda: AgencyTerms.by_hour(pounds(40), hours_a_week=37, weeks=54), InvalidValue, "weeks"),
        (lambda: AgencyTerms.by_hour(pounds(40), hours_a_week=37, weeks=True), InvalidValue, "weeks"),
        (lambda: AgencyTerms.by_hour(pounds(40), hours_a_week=37, weeks=math.nan), InvalidValue, "weeks"),
        (lambda: AgencyTerms.by_day(pounds(300, units="GBP/working_day"), days=366), InvalidValue, "days"),
        (lambda: AgencyTerms.by_day(pounds(300, units="GBP/day"), days=225), UnitError, "rate is in GBP / working_day"),
        (lambda: AgencyTerms.by_week(pounds(42, 40, "GBP/week"), weeks=45), InvalidValue, "the least before the most"),
        (lambda: AgencyTerms.by_year(pounds(-1, units="GBP/year")), InvalidValue, "rate: expected finite numbers of 0 or more"),
        (lambda: EmploymentTerms(salary=44_000, on_costs=percent(33)), InvalidValue, "salary"),
        (lambda: EmploymentTerms(salary=pounds(44_000, units="GBP/year"), on_costs=0.33), InvalidValue, "on_costs"),
        (lambda: cost_of_agency_cover(10, agency=AGENCY, employed=EMPLOYED), InvalidValue, "posts: expected a quantity in FTE"),
        (lambda: cost_of_agency_cover(quantity(9, "FTE"), agency=None, employed=EMPLOYED), InvalidValue, "agency: expected"),
        (lambda: cost_of_agency_cover(quantity(9, "FTE"), agency=AGENCY, employed=AGENCY), InvalidValue, "employed: expected"),
        (lambda: break_even_hourly_rate(AGENCY, hours_a_week=37, weeks=45), InvalidValue, "employed: expected"),
        (
            lambda: saving_of_filling_posts(quantity(9, "FTE"), agency=AGENCY, employed=EMPLOYED, once=pounds(4_000)),
            UnitError,
            "once is in GBP / FTE",
        ),
    ],
)
def test_terms_that_cannot_be_are_refused_by_their_name(call, error, named):
    """Each argument, with what it may be; no amount is repeated."""
    with pytest.raises(error) as refused:
        call()
    assert named in str(refused.value)
    assert "44000" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_every_rate_is_given():
    """There is no default of money or of hours anywhere."""
    for call in (
        lambda: AgencyTerms.by_hour(pounds(40)),
        lambda: EmploymentTerms(salary=quantity(44_000, "GBP/year")),
        lambda: saving_of_filling_posts(quantity(9, "FTE"), agency=AGENCY, employed=EMPLOYED),
    ):
        with pytest.raises(TypeError, match="missing"):
            call()


@pytest.mark.parametrize("thing", [AGENCY, EMPLOYED, social_workers_needed(quantity(9, "case"), caseload=A_RANGE)], ids=str)
def test_what_is_given_goes_to_json_and_back(thing):
    """Terms and workers needed are kept as text and read again."""
    assert from_json(to_json(thing), type(thing)) == thing


def test_the_indicators_are_at_the_door():
    """Each with its key: the subject and the function."""
    keys = {indicator.key for indicator in workforce.INDICATORS}
    assert keys >= {
        "workforce.social_workers_needed",
        "workforce.case_holders_short",
        "workforce.share_out",
        "workforce.exact_share",
    }


@pytest.mark.parametrize("wrong", [None, 5, "five", [1], object(), (quantity(1, "FTE"),), quantity(1, "child")])
def test_what_is_made_by_the_functions_is_made_of_nothing_else_by_hand(wrong):
    """Each part of a cost and of a saving is a quantity of its unit, or the least and the most of one."""
    agency = AgencyTerms.by_year(quantity(70_000, "GBP/year"))
    terms = {"agency": agency, "employed": EmploymentTerms(salary=quantity(44_000, "GBP/year"), on_costs=percent(33))}
    cost = workforce.cost_of_agency_cover(quantity(2, "FTE"), **terms)
    saved = workforce.saving_of_filling_posts(quantity(2, "FTE"), once=quantity(100, "GBP/FTE"), **terms)
    for made, names in ((cost, ("posts", "agency", "employed", "above")), (saved, ("a_year", "first_year", "once"))):
        for name in names:
            with pytest.raises((InvalidValue, UnitError)) as caught:
                attrs.evolve(made, **{name: wrong})
            assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert attrs.evolve(saved, months_to_repay=None).months_to_repay is None
