"""The record beside official statistics: facts rebuilt, figures recomputed from the published files, claims ranked by hand."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import statistics

import attrs
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import attainment, demand, ehcp, geography, inspections, looked_after, uasc, workforce
from bucks_cs.comparison import NeighbourModel, Quartile, neighbours
from bucks_cs.errors import InvalidValue, NotComparable, NotFound, UnitError
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.record.officially.claim_tests import above_the_others, as_indicator, best_quarter, largest_needs, rose
from bucks_cs.record.officially.claims_in_words import Claim, ClaimTest, claim, claims
from bucks_cs.record.officially.comparisons import Beside, Comparison, against_official, agrees, comparison, comparisons
from bucks_cs.record.officially.declared_claims import CLAIMS
from bucks_cs.record.officially.facts import OfficialFact, as_readings, official_fact, official_facts
from bucks_cs.record.officially.kinds import ClaimVerdict, Match
from bucks_cs.record.officially.measures import OFFICIAL_MEASURES, OfficialMeasure, official_measure, official_measures
from bucks_cs.record.officially.pairs import PAIRS
from bucks_cs.record.officially.rules import Official, Pair, Rule
from bucks_cs.record.officially.schema import AgainstOfficial, OfficialFacts
from bucks_cs.record.printed_figures import figure, figures

BUCKS, ENGLAND = "825", "E92000001"
MINUTES, REPORT, IMPROVEMENT = "cabinet-minutes-2020-01", "cabinet-2022-10", "improvement-plan-minutes-2021-22"
PROGRAMME = "transformation-minutes-2023"
ON_TIME = f"{MINUTES}/vouyioukas-5/issued-within-20-weeks"
PLANS = f"{REPORT}/3.22/plans"

SOURCE = Source(title="A release", publisher="A department", date=dt.date(2020, 1, 1), place="a table")
MADE_UP = OfficialMeasure(key="made.up", title="Made up for a test", unit="percent", source=SOURCE)
FACT = OfficialFact(measure=MADE_UP, area=BUCKS, period=Snapshot("31 March 2020"), value=40.0)


# The published files, read here by another way than the tool's


def rows(published, name, **cells):
    """The rows of a CSV file that have these cells."""
    with (published / name).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[key] == cell for key, cell in cells.items())]


def cell(published, name, column, **cells):
    """The number of the only row that has these cells."""
    (row,) = rows(published, name, **cells)
    return float(row[column])


@pytest.fixture(scope="module")
def lait(published):
    """The interactive tool's value of a measure, year and area, as a function."""
    table = pl.read_parquet(published / "lait" / "bds_long_0.parquet")

    def value(measure, year, area="Buckinghamshire"):
        found = table.filter(
            pl.col("Short Desc") == measure, pl.col("Years").str.starts_with(str(year)), pl.col("LA and Regions") == area
        )
        return float(found["Values"].item())

    return value


def values(figure_id):
    """The official numbers beside a printed figure, in order."""
    return [one.value for one in comparison(figure_id).beside]


# The facts


def test_the_committed_facts_are_what_the_tool_makes_of_the_published_files(published, root, monkeypatch):
    """Byte for byte; run tools/build_official_facts.py when they are not."""
    monkeypatch.syspath_prepend(root / "tools")
    tool = importlib.import_module("build_official_facts")
    assert tool.FACTS.read_bytes().decode() == tool.build(published)
    assert {each.authority.la_number for each in neighbours(BUCKS, model=NeighbourModel.APRIL_2021)} == tool.NEIGHBOURS


def test_every_measure_names_a_file_that_is_there_and_the_two_that_name_none_say_where_they_were_read(published):
    """No number without a release, a file and a place in it."""
    without = {key for key, measure in OFFICIAL_MEASURES.items() if measure.file is None}
    assert without == {"inspections.overall_effectiveness_before", "demand.children_subject_to_a_child_protection_plan_in_2010"}
    assert all("read" in OFFICIAL_MEASURES[key].source.note for key in without)
    files = [file for measure in OFFICIAL_MEASURES.values() for file in (measure.file, measure.file_of_parts) if file]
    assert all((published / file).is_file() for file in files)


def test_where_a_subject_has_the_measure_the_record_has_its_indicator_and_no_definition_of_its_own():
    """Of plans, of demand and of schools: the one object, with its key and unit; no key of a subject stands for anything else."""
    subjects = (attainment, demand, ehcp, inspections, looked_after, uasc, workforce)
    of_subjects = {indicator.key: indicator for subject in subjects for indicator in subject.INDICATORS}
    shared = {key: measure for key, measure in OFFICIAL_MEASURES.items() if key in of_subjects}
    assert {"ehcp.plans", "demand.referrals", "demand.children_at_mid_year", "looked_after.children"} < shared.keys()
    assert len(shared) >= 13
    for key, measure in shared.items():
        assert measure.indicator is of_subjects[key]
        assert measure.unit == of_subjects[key].unit
    own = {key for key, measure in OFFICIAL_MEASURES.items() if measure.indicator is None}
    assert own == OFFICIAL_MEASURES.keys() - shared.keys()
    assert not [key for key in own if key.startswith("ehcp.")]
    assert as_indicator("ehcp.plans", Better.HIGHER, Kind.FLOW) is ehcp.PLANS
    made = as_indicator("poverty.children_in_relative_low_income", Better.LOWER, Kind.FLOW)
    assert (made.key, made.better, made.kind) == ("record.poverty_children_in_relative_low_income", Better.LOWER, Kind.FLOW)


def test_a_measures_parts_can_be_of_another_file_than_the_whole():
    """7,217 plans in January 2025 are of the caseload, and the 2,302 of autism of the file by need."""
    day = dt.date(2025, 1, 31)
    whole, part = official_fact("ehcp.plans", on=day), official_fact("ehcp.plans", on=day, part="ASD")
    assert (whole.value, whole.file, whole.source.place) == (7_217, "ehc_plans/caseload.csv", "ehcplans, all EHC plans")
    assert (part.value, part.file) == (2_302, "ehc_plans/sen_needs_all_plans.csv")
    assert part.source.place.startswith("number_asd to number_vi")
    grade = official_fact("inspections.schools_by_grade", on=dt.date(2022, 8, 31), part="good")
    assert (grade.file, grade.source) == (grade.measure.file, grade.measure.source)


def test_the_dates_of_the_interactive_tools_measures_are_its_dictionarys_own(published):
    """A spreadsheet's number of days since 30 December 1899."""
    dictionary = {row["Measure_short"]: row for row in rows(published, "lait/lait_data_dictionary.csv")}
    of_lait = [measure for measure in OFFICIAL_MEASURES.values() if (measure.file or "").startswith("lait/")]
    assert len(of_lait) == 12
    for measure in of_lait:
        row = dictionary[measure.source.place.removeprefix("measure ")]
        assert measure.source.date == dt.date(1899, 12, 30) + dt.timedelta(days=int(row["Last Update"])), measure.key


def test_the_facts_are_few_and_of_the_areas_that_are_compared():
    """Buckinghamshire, its region, its neighbours and England; 756 rows in all."""
    frame = official_facts()
    region = {each.la_number for each in geography.authorities(dt.date(2021, 12, 31), region="South East")}
    near = {each.authority.la_number for each in neighbours(BUCKS, model=NeighbourModel.APRIL_2021)}
    assert set(frame["area"]) == region | near | {BUCKS, "E12000008", ENGLAND}
    assert frame.height == 756
    assert OfficialFacts.validate(frame).equals(frame)


def test_a_published_percentage_is_its_numerator_over_its_denominator_to_its_own_rounding():
    """In every authority; counts above them are published to the nearest ten, so that their percentages are not told by them."""
    ratios = official_facts().filter(pl.col("numerator").is_not_null(), ~pl.col("measure").str.ends_with("_per_10_000"))
    shares = ratios.filter(pl.col("area").str.len_chars() == 3)
    placed = 2 * 3 * 19 + 2 * 19 + (4 * 19 - 1)  # in time, agency, re-referrals but for one gap: the South East
    alone = 2 * 3 + 2 * 8 + 9 + (13 + 12) + 4 + 9 + 9  # those in other years, not in need but for one gap, schools, posts
    assert shares.height == placed + alone
    off = (100 * pl.col("numerator") / pl.col("denominator") - pl.col("value")).abs() > 0.05 + 1e-9
    assert shares.filter(off).height == 0


def test_a_published_rate_is_its_referrals_over_its_children():
    """Buckinghamshire, year to 31 March 2023: 12,157 over 126,053 children is 964.4 per 10,000."""
    assert round(12_157 / 126_053 * 10_000, 1) == 964.4
    fact = official_fact("demand.referrals_per_10_000", on=dt.date(2023, 3, 31))
    assert (fact.value, fact.numerator, fact.denominator) == (964.4, 12_157, 126_053)


def test_a_published_rate_of_children_looked_after_is_its_children_over_all_to_a_whole_number():
    """Buckinghamshire on 31 March 2024: 520 over 128,126 children is 40.6, printed 41."""
    rates = official_facts().filter(measure="looked_after.children_per_10_000")
    assert rates.height == 5
    whole = 10_000 * rates["numerator"] / rates["denominator"]
    assert whole.round(0).to_list() == rates["value"].to_list()
    fact = official_fact("looked_after.children_per_10_000", on=dt.date(2024, 3, 31))
    assert (fact.value, fact.numerator, fact.denominator) == (41, 520, 128_126)


def test_every_year_of_buckinghamshire_that_a_file_has_is_there():
    """So that a figure of 2022 can be set beside one of 2024: as many years as rows of its own, none of them provisional."""
    own = official_facts().filter(area=BUCKS).filter(pl.col("part").is_null())
    years = dict(own.group_by("measure").len().rows())
    assert {key: years[key] for key in ("demand.rereferrals", "demand.no_further_action", "demand.children_in_need")} == {
        "demand.rereferrals": 13, "demand.no_further_action": 13, "demand.children_in_need": 13,
    }  # fmt: skip
    assert {years[f"workforce.{name}"] for name in ("agency_rate_fte", "vacancy_rate_fte", "turnover_rate_fte", "cases")} == {9}
    assert years["ehcp.issued_in_time_excluding_exceptions"] == years["ehcp.issued_in_time_including_exceptions"] == 6
    assert (years["attainment.phonics"], years["attainment.key_stage_2"]) == (9, 10)  # phonics of 2025 is provisional
    assert years["uasc.looked_after"] == years["looked_after.children"] == 10


def test_a_gap_keeps_its_reason_and_is_never_reckoned_with():
    """Hampshire's re-referrals of the year to 31 March 2024 are published as ``u``, of low reliability."""
    day = dt.date(2024, 3, 31)
    hampshire = official_fact("demand.rereferrals", on=day, area="850")
    assert (hampshire.value, hampshire.withheld) == (None, Withheld("u"))
    with pytest.raises(NotComparable, match=r"demand\.rereferrals of 850, year to 31 March 2024"):
        _ = hampshire.number
    with pytest.raises(NotComparable):
        rose("demand.rereferrals", dt.date(2023, 3, 31), day, area="850")
    indicator = share_indicator()
    assert as_readings(indicator, measure="demand.rereferrals", on=day).at(area="850").withheld is Withheld("u")


def test_readings_say_what_each_is_published_rounded_to_and_no_share_goes_beyond_the_whole():
    """74.7% is anything from 74.65% to 74.75%; Southampton's 100% at most 100%."""
    found = as_readings(share_indicator(), measure="ehcp.issued_in_time_excluding_exceptions", on=dt.date(2020, 12, 31))
    own, whole = found.at(area=BUCKS), found.at(area="852")
    assert own.interval is Interval.ROUNDING
    assert (own.bound("lower"), own.bound("upper")) == (pytest.approx(74.65), pytest.approx(74.75))
    assert (whole.number, whole.bound("upper")) == (100, 100)


def share_indicator(unit="percent"):
    """A share, for tests."""
    measure = Measure.SHARE if unit == "percent" else Measure.COUNT
    return Indicator(
        key="test.share", title="A share", counts="what a test counts", measure=measure, kind=Kind.FLOW, unit=unit,
        better=Better.HIGHER, sources=NoOfficialSource(reason="made up for a test"),
    )  # fmt: skip


# Figures beside official ones: each recomputed from the published files


def test_40_percent_in_time_is_258_of_645_without_exceptions_and_not_258_of_673_with_them(published):
    """100 x 258 / 645 = 40.0, and 100 x 258 / 673 = 38.3, which no 40% stands for."""
    where = {"old_la_code": BUCKS, "time_period": "2019", "breakdown": "All EHC plans issued"}
    (row,) = rows(published, "ehc_plans/timeliness_20_week.csv", **where)
    names = ("plans_issued_20_weeks_ex", "plans_issued_den_ex", "plans_issued_within_20_weeks", "plans_issued_den")
    assert [int(row[name]) for name in names] == [258, 645, 258, 673]
    found = comparison(ON_TIME)
    assert values(ON_TIME) == [pytest.approx(25_800 / 645), pytest.approx(25_800 / 673)]
    assert [one.agrees for one in found.beside] == [True, False]
    assert found.match is Match.ON_ONE_BASIS


def test_30_percent_agency_is_89_of_299_by_headcount_and_by_fte_rounds_to_31(published):
    """100 x 89 / (89 + 210) = 29.8; 100 x 87.8 / (87.8 + 197.1) = 30.8, beyond the 30.5 that 30% ends at."""
    (row,) = rows(published, "social_work_workforce/csww_indicators_2017_to_2025.csv", old_la_code=BUCKS, time_period="2019")
    names = ("agency_headcount", "inpost_headcount", "agency_fte", "inpost_fte")
    assert [float(row[name]) for name in names] == [89, 210, 87.8, 197.1]
    found = comparison(f"{MINUTES}/discussion-6.4/agency-share")
    assert [one.value for one in found.beside] == [pytest.approx(8_900 / 299), pytest.approx(8_780 / 284.9)]
    assert [one.agrees for one in found.beside] == [True, False]


def test_127_and_89_are_of_126804_children_aged_0_to_17_as_first_estimated_and_of_no_other_population(published):
    """0.10% of 126,804 is 126.8 and 0.07% 88.8; of 122,495 rebased 122.5 and 85.7; of 133,033 aged 0 to 18, 133.0 and 93.1."""
    (row,) = rows(published, "population/ons_mid2020_single_year_of_age_unrebased.csv", code="E06000060")
    to_17 = sum(float(row[f"age_{age}"]) for age in range(18))
    assert (to_17, to_17 + float(row["age_18"])) == (126_804, 133_033)
    rebased = cell(
        published, "population/ons_mid-year_population_estimates_2012_to_2024.csv", "population_estimate",
        old_la_code=BUCKS, time_period="2020",
    )  # fmt: skip
    assert rebased == 122_495
    for name, per_100_000, numbers in (
        ("threshold-number", 100, (126.8, 122.5, 133.0)),
        ("previous-number", 70, (88.8, 85.7, 93.1)),
    ):
        found = comparison(f"{REPORT}/3.30/{name}")
        expected = [people * per_100_000 / 100_000 for people in (126_804, 122_495, 133_033)]
        assert [one.value for one in found.beside] == pytest.approx(expected)
        assert [round(number, 1) for number in expected] == list(numbers)
        assert [one.agrees for one in found.beside] == [True, False, False]
        assert found.match is Match.ON_ONE_BASIS


def test_the_ages_printed_0_to_18_do_not_give_the_127_of_their_sentence_and_0_to_17_would():
    """0.10% of 133,033 is 133.0; the verdict follows the print."""
    found = comparison(f"{REPORT}/3.30/population-ages")
    assert (found.match, [one.value for one in found.beside]) == (Match.DIFFERS, [pytest.approx(133.033)])
    pair = next(pair for pair in PAIRS if pair.figure.endswith("population-ages"))
    ages = figure(pair.figure)
    assert pair.compared(printed=attrs.evolve(ages, as_printed="0-17", high=17.0)).match is Match.MATCHES
    assert pair.compared(printed=attrs.evolve(ages, as_printed="0-15", high=15.0)).match is Match.NOT_COMPARABLE


def test_5704_plans_lie_between_those_of_the_two_januaries_and_so_do_both_growths(published):
    """5,415 < 5,704 < 5,890; 5,704 is 16.2% above 4,910 and 5.3% above 5,415; 40.7% above 4,054 and 24.1% above 4,595."""
    maintained = {
        year: cell(
            published, "ehc_plans/caseload.csv", "ehcplans", old_la_code=BUCKS, time_period=year, breakdown="All EHC plans"
        )
        for year in ("201819", "201920", "202021", "202122", "202223")
    }
    assert list(maintained.values()) == [4_054, 4_595, 4_910, 5_415, 5_890]
    assert values(PLANS) == [5_415, 5_890]
    assert values(f"{REPORT}/3.22/since-2021") == [pytest.approx(100 * 794 / 4_910), pytest.approx(100 * 289 / 5_415)]
    assert values(f"{REPORT}/3.22/since-2019") == [pytest.approx(100 * 1_650 / 4_054), pytest.approx(100 * 1_109 / 4_595)]
    for name in ("plans", "since-2021", "since-2019"):
        assert comparison(f"{REPORT}/3.22/{name}").match is Match.BETWEEN


def test_the_referrals_of_a_month_are_a_twelfth_of_the_years(published):
    """8,367 / 12 = 697; 13,087 / 12 = 1,091; 12,157 / 12 = 1,013: 1,282 is above both, and no month is published."""
    file = "children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    year = {end: cell(published, file, "referral_count", old_la_code=BUCKS, time_period=end) for end in ("2020", "2022", "2023")}
    assert list(year.values()) == [8_367, 13_087, 12_157]
    assert values(f"{REPORT}/3.19/referrals/early-2020") == [8_367 / 12]
    assert values(f"{REPORT}/3.19/referrals/2022") == [13_087 / 12, 12_157 / 12]
    found = comparison(f"{REPORT}/3.19/referrals/2022")
    assert (found.match, {one.agrees for one in found.beside}) == (Match.NOT_COMPARABLE, {None})
    assert max(values(f"{REPORT}/3.19/referrals/2022")) < 1_282


@pytest.mark.parametrize(
    ("row", "measure", "by_hand"),
    [
        ("section-47-enquiries", "Section_47", {2020: 201.1, 2022: 296.4, 2023: 237.5}),
        ("initial-child-protection-conferences", "ISCP_Conf", {2020: 71.5, 2022: 87.1, 2023: 59.3}),
    ],
)
def test_enquiries_and_conferences_of_a_month_are_the_rate_times_the_children_over_12(published, lait, row, measure, by_hand):
    """197.6 x 122,137 / 10,000 / 12 = 201.1, on the population of the mid-year before; and so on."""
    file = "population/ons_mid-year_population_estimates_2012_to_2024.csv"
    expected = {}
    for year, rounded in by_hand.items():
        people = cell(published, file, "population_estimate", old_la_code=BUCKS, time_period=str(year - 1))
        expected[year] = lait(measure, year) * people / 120_000
        assert round(expected[year], 1) == rounded
    assert values(f"{REPORT}/3.19/{row}/early-2020") == [pytest.approx(expected[2020])]
    assert values(f"{REPORT}/3.19/{row}/2022") == [pytest.approx(expected[2022]), pytest.approx(expected[2023])]
    assert comparison(f"{REPORT}/3.19/{row}/early-2020").match is Match.NOT_COMPARABLE
    assert comparison(f"{REPORT}/3.19/{row}/2022").match is Match.BETWEEN


def test_512_plans_are_below_both_31_marches_round_them_and_730_are_between_theirs(published):
    """562 and 575 on 31 March 2019 and 2020; 752 and 520 on 31 March 2022 and 2023."""
    file = "children_in_need/d5_cpps_at31march_by_duration_2013_to_2025.csv"
    found = [cell(published, file, "CPP_At31", old_la_code=BUCKS, time_period=str(year)) for year in (2019, 2020, 2022, 2023)]
    assert found == [562, 575, 752, 520]
    early, late = (comparison(f"{REPORT}/3.19/child-protection-plans/{window}") for window in ("early-2020", "2022"))
    assert [one.value for one in (*early.beside, *late.beside)] == found
    assert (early.match, late.match) == (Match.DIFFERS, Match.BETWEEN)


def test_nothing_official_counts_children_with_a_social_worker_and_the_nearest_stand_beside(published):
    """3,328 and 4,277 children in need; 3,218 and 3,266 cases held."""
    need, held = "children_in_need/b1_children_in_need_2013_to_2025.csv", "social_work_workforce/csww_indicators_2017_to_2025.csv"
    for window, year, autumn in (("early-2020", "2020", "2019"), ("2022", "2022", "2022")):
        found = comparison(f"{REPORT}/3.19/allocated-social-worker/{window}")
        assert [one.value for one in found.beside] == [
            cell(published, need, "At31_episodes", old_la_code=BUCKS, time_period=year),
            cell(published, held, "cases", old_la_code=BUCKS, time_period=autumn),
        ]
        assert found.match is Match.NOT_COMPARABLE
        assert {one.agrees for one in found.beside} == {None}


def test_32_unaccompanied_children_lie_between_28_and_71(lait):
    """Looked after on 31 March 2022 and 2023."""
    found = [lait("Unacc_Asylmn_Seek_Childn", year) for year in (2022, 2023)]
    assert found == [28, 71] == values(f"{REPORT}/3.30/supported")
    assert comparison(f"{REPORT}/3.30/supported").match is Match.BETWEEN


def test_the_32_percent_of_the_minutes_is_englands_growth_from_2010_to_2020_and_of_no_years_of_the_file(published):
    """51,510 / 39,100 = 1.317; from 2013 on no later 31 March is 31.5% above an earlier one."""
    file = "children_in_need/d5_cpps_at31march_by_duration_2013_to_2025.csv"
    plans = {int(row["time_period"]): float(row["CPP_At31"]) for row in rows(published, file, geographic_level="National")}
    growth = [plans[late] / plans[early] - 1 for early in plans for late in plans if early < late <= 2023]
    assert max(growth) == pytest.approx(53_790 / 43_140 - 1)
    assert max(growth) < 0.25
    found = comparison(f"{PROGRAMME}/presentation-1/protection-plans")
    ends = [plans[year] for year in (2020, 2021, 2022, 2023)]
    assert [one.value for one in found.beside] == [pytest.approx(100 * (end / 39_100 - 1)) for end in ends]
    assert [round(one.value, 1) for one in found.beside] == [31.7, 27.9, 30.2, 29.9]
    assert [one.agrees for one in found.beside] == [True, False, False, False]
    others = [year for year in plans if year <= 2023 and round(100 * (plans[year] / 39_100 - 1)) == 32]
    assert others == [2020]


def test_the_count_of_2010_has_its_own_source_in_the_frame_and_says_that_it_is_of_the_press():
    """Both releases stand beside the 32%: that of the later count, and that of the 39,100."""
    frame = against_official().filter(id=f"{PROGRAMME}/presentation-1/protection-plans")
    assert set(frame["base_value"]) == {39_100}
    assert set(frame["release"]) == {"Children in need, reporting year 2025"}
    assert set(frame["base_release"]) == {"Children in need in England, year to 31 March 2017"}
    assert all("Children & Young People Now" in note for note in frame["base_note"])
    elsewhere = against_official().filter(pl.col("id") != f"{PROGRAMME}/presentation-1/protection-plans")
    assert elsewhere["base_release"].null_count() == elsewhere.height


def test_39100_to_the_nearest_hundred_gives_32_percent_whatever_it_was_rounded_from():
    """51,510 / 39,150 = 1.3157 and 51,510 / 39,050 = 1.3191: both round to 32%."""
    assert {round(100 * (51_510 / low - 1)) for low in (39_050, 39_150)} == {32}


def test_the_grade_and_the_month_of_the_inspection_are_ofsteds(published):
    """Requires improvement to be good, from 6 December 2021; the report of 11 February 2022."""
    file = published / "inspections" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
    sheet = pl.read_excel(file, sheet_name="ILACS_inspection_history", read_options={"header_row": 2}, infer_schema_length=0)
    first = sheet.filter(pl.col("Local authority name") == "Buckinghamshire").sort("Inspection date").row(0, named=True)
    assert first["Inspection date"].startswith("2021-12-06")
    assert first["Publication date"].startswith("2022-02-11")
    assert first["Overall effectiveness"] == "Requires improvement to be good"
    for name in ("3.2/inspection", "3.2/overall-judgement", "3.2/no-longer", "3.4/plan-due"):
        assert comparison(f"{REPORT}/{name}").match is Match.MATCHES


def test_the_area_inspection_began_a_week_later_than_is_printed_and_found_three_weaknesses(published):
    """7 March 2022, where 28 February is printed."""
    file = published / "inspections" / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
    sheet = pl.read_excel(file, sheet_name="Area_SEND_up_to_31_Aug_2022", read_options={"header_row": 4}, infer_schema_length=0)
    row = sheet.filter(pl.col("Area name") == "Buckinghamshire").row(0, named=True)
    assert row["Inspection start date"].startswith("2022-03-07")
    assert row["Number significant weaknesses identified in written statement of action"] == "3"
    began = comparison(f"{REPORT}/3.10/inspection-from")
    assert (began.match, began.beside[0].said) == (Match.DIFFERS, "2022-03-07")
    assert comparison(f"{REPORT}/3.12/areas-of-weakness").match is Match.MATCHES


def test_90_percent_is_of_pupils_and_the_schools_good_or_outstanding_are_207_of_234(published):
    """Mainstream 43 + 151 of 221, special 4 + 6 of 10, alternative provision 2 + 1 of 3."""
    file = "inspections/schools_overall_effectiveness_by_la_2019_2023.csv"
    found = rows(published, file, la_name="Buckinghamshire", Year="2022", Measure="Overall effectiveness (number of schools)")
    good = sum(float(row["Value"]) for row in found if row["Overall effectiveness"] in {"Good", "Outstanding"})
    assert (good, sum(float(row["Value"]) for row in found)) == (43 + 151 + 4 + 6 + 2 + 1, 221 + 10 + 3)
    near = comparison(f"{REPORT}/3.38/pupils")
    assert near.match is Match.NOT_COMPARABLE
    assert near.beside[0].value == pytest.approx(100 * 207 / 234)
    fact = official_fact("inspections.schools_good_or_outstanding", on=dt.date(2022, 8, 31))
    read = inspections.read_schools_by_authority(published / file)
    beside = read.where(indicator=fact.measure.key, area=fact.area, period=fact.period).at()
    assert (beside.numerator, beside.denominator) == (fact.numerator, fact.denominator) == (207, 234)


def test_four_schools_that_dropped_are_in_no_tension_with_five_fewer_outstanding(published):
    """A school that goes from outstanding to good has kept a good or better grade, which the report counts as maintained."""
    file = "inspections/schools_overall_effectiveness_by_la_2019_2023.csv"
    counts = {}
    for row in rows(published, file, la_name="Buckinghamshire", Measure="Overall effectiveness (number of schools)"):
        key = row["Year"], row["Overall effectiveness"]
        counts[key] = counts.get(key, 0) + float(row["Value"])
    assert [counts["2022", grade] - counts["2021", grade] for grade in ("Outstanding", "Inadequate")] == [-4, 4]
    assert values(f"{REPORT}/3.36/dropped") == []
    assert comparison(f"{REPORT}/3.36/dropped").match is Match.NOT_COMPARABLE


BY_HAND = {
    Match.MATCHES: {
        *(f"{REPORT}/3.2/inspection", f"{REPORT}/3.2/no-longer", f"{REPORT}/3.2/overall-judgement"),
        *(f"{REPORT}/3.4/plan-due", f"{REPORT}/3.12/areas-of-weakness"),
    },
    Match.ON_ONE_BASIS: {
        *(ON_TIME, f"{MINUTES}/discussion-6.4/agency-share", f"{PROGRAMME}/presentation-1/protection-plans"),
        *(f"{REPORT}/3.30/threshold-number", f"{REPORT}/3.30/previous-number"),
    },
    Match.BETWEEN: {
        *(f"{REPORT}/3.19/section-47-enquiries/2022", f"{REPORT}/3.19/initial-child-protection-conferences/2022"),
        *(f"{REPORT}/3.19/child-protection-plans/2022", f"{REPORT}/3.30/supported"),
        *(PLANS, f"{REPORT}/3.22/since-2021", f"{REPORT}/3.22/since-2019"),
    },
    Match.DIFFERS: {
        *(f"{REPORT}/3.10/inspection-from", f"{REPORT}/3.30/population-ages"),
        f"{REPORT}/3.19/child-protection-plans/early-2020",
    },
}


def test_every_other_figure_is_said_not_to_be_comparable_and_why():
    """The verdicts reached above, and no more."""
    by_hand = {name: match for match, names in BY_HAND.items() for name in names}
    for found in comparisons():
        assert found.match is by_hand.pop(found.figure.id, Match.NOT_COMPARABLE), found.figure.id
        assert len(found.why) > 20
    assert not by_hand


def test_figures_beside_official_ones_are_figures_of_the_record_each_once_and_in_its_order():
    """None that restates another: that is found under the other."""
    places = {name: place for place, name in enumerate(figures()["id"])}
    found = [places[each.figure.id] for each in comparisons()]
    assert found == sorted(set(found))
    assert {each.figure.restates for each in comparisons()} == {None}


def test_the_frame_has_what_the_objects_have():
    """A row each official figure; with its file and release; and one for a figure that nothing stands beside."""
    frame = against_official()
    assert AgainstOfficial.validate(frame).equals(frame)
    assert frame.height == sum(max(1, len(found.beside)) for found in comparisons())
    assert frame["id"].unique(maintain_order=True).to_list() == [found.figure.id for found in comparisons()]
    row = frame.filter(id=ON_TIME).row(1, named=True)
    assert (row["numerator"], row["denominator"], row["basis"]) == (258, 673, "including exceptions")
    assert (row["publisher"], row["file"]) == ("Department for Education", "ehc_plans/timeliness_20_week.csv")
    alone = frame.filter(id=f"{REPORT}/3.19/contacts/2022")
    assert (alone.height, alone["official"].item(), alone["release"].item()) == (1, None, None)
    assert frame.filter(pl.col("official").is_not_null() & pl.col("release").is_null()).height == 0


# Verdicts follow the figures


@given(number=st.integers(0, 100))
def test_a_share_of_exactly_40_percent_is_in_40_and_in_no_other_whole_percent(number):
    """258 of 645 is 40%, and 38.3% is in 38%: any other print agrees with neither."""
    pair = next(pair for pair in PAIRS if pair.figure == ON_TIME)
    printed = attrs.evolve(figure(ON_TIME), as_printed=f"{number}%", low=float(number), high=float(number))
    expected = Match.ON_ONE_BASIS if number in {38, 40} else Match.DIFFERS
    assert pair.compared(printed=printed).match is expected


@given(number=st.integers(0, 10_000))
def test_a_count_lies_between_the_two_januaries_or_differs(number):
    """From 5,415 to 5,890."""
    pair = next(pair for pair in PAIRS if pair.figure == PLANS)
    printed = attrs.evolve(figure(PLANS), as_printed=f"{number:,}", low=float(number), high=float(number))
    assert pair.compared(printed=printed).match is (Match.BETWEEN if 5_415 <= number <= 5_890 else Match.DIFFERS)


def test_a_grade_agrees_with_the_same_words_alone():
    """Whatever their capitals."""
    grade = figure(f"{REPORT}/3.2/overall-judgement")
    assert agrees(grade, None, "Requires Improvement to be Good")
    assert not agrees(grade, None, "good")


def test_a_day_agrees_with_a_month_that_has_it():
    """31 December 2021 and not 1 January 2022."""
    month = figure(f"{REPORT}/3.2/inspection")
    assert [agrees(month, None, day) for day in ("2021-12-31", "2022-01-01")] == [True, False]


def test_a_comparison_reads_as_a_sentence():
    """With the basis it matches, the one it does not, and the reason."""
    found = comparison(ON_TIME)
    one, other = "40% (258 of 645; excluding exceptions; 2019)", "38.3% (258 of 673; including exceptions; 2019)"
    assert str(found) == f"40% matches on one basis: {one}, and not {other}: {found.why}."
    assert str(comparison(f"{REPORT}/3.10/inspection-from")).startswith(
        "28 February differs from 7 March 2022 (First day of the area SEND inspection): "
    )


def test_an_official_fact_and_one_beside_a_print_read_as_sentences():
    """What, where, when, how much and whose; a withheld one says why; one that was worked out says how."""
    assert str(official_fact("uasc.looked_after", on=dt.date(2022, 3, 31))) == (
        "Unaccompanied asylum-seeking children looked after, stock, 31 March, 825, 31 March 2022: 28 children "
        "(Department for Education, Local authority interactive tool)."
    )
    assert ": requires improvement to be good (Ofsted, " in str(
        official_fact("inspections.overall_effectiveness", on=dt.date(2021, 12, 6))
    ).casefold().replace("ofsted", "Ofsted")
    assert ": not published (" in str(official_fact("demand.rereferrals", on=dt.date(2024, 3, 31), area="850"))
    of_april = comparison(f"{REPORT}/3.30/supported").beside[0]
    assert str(of_april).startswith("28 children, beside the print; Unaccompanied")
    worked_out = comparison(f"{REPORT}/3.30/threshold-number").beside[0]
    assert str(worked_out).startswith("126.8 (0.10% of the population), beside the print; ")


def test_the_official_measures_are_had_at_the_door():
    """Each once, by its key."""
    assert {measure.key: measure for measure in official_measures()} == dict(OFFICIAL_MEASURES)


# Claims in words: ranked here by sorting the published files


def standing(pairs, *, own="Buckinghamshire", reverse=True):
    """The rank of an authority by sorting, and how many there are."""
    ordered = sorted((value for _, value in pairs), reverse=reverse)
    return ordered.index(dict(pairs)[own]) + 1, len(ordered)


@pytest.mark.parametrize(
    ("year", "basis", "rank"), [(2020, "excluding", 8), (2020, "including", 8), (2021, "excluding", 9), (2021, "including", 8)]
)
def test_buckinghamshire_was_eighth_or_ninth_of_19_in_the_south_east_for_plans_in_time(published, year, basis, rank):
    """By sorting the shares of the file; of 19, places 1 to 5 are the best quarter, 8 and 9 in the second."""
    column = "PC_plans_issued_20_weeks_ex" if basis == "excluding" else "pc_plans_issued_within_20_weeks"
    where = {"time_period": str(year), "breakdown": "All EHC plans issued", "region_name": "South East"}
    found = rows(published, "ehc_plans/timeliness_20_week.csv", geographic_level="Local authority", **where)
    assert standing([(row["la_name"], float(row[column])) for row in found]) == (rank, 19)
    tests = {test.asked: test for test in claim(f"{IMPROVEMENT}/bullet-12/timely-plans").tests}
    test = tests[f"in the best quarter of the South East, {basis} exceptions, {year}"]
    assert (test.position.rank, test.position.of, test.position.quartile) == (rank, 19, Quartile.B)
    assert not test.holds


def test_the_region_taken_as_one_is_far_below(published):
    """The file's own figures of the South East: 48.7% in 2020 and 49.3% in 2021, excluding exceptions."""
    tests = claim(f"{IMPROVEMENT}/bullet-12/timely-plans").tests
    for year, test in ((2020, tests[0]), (2021, tests[2])):
        where = {"time_period": str(year), "breakdown": "All EHC plans issued", "geographic_level": "Regional"}
        region = cell(
            published, "ehc_plans/timeliness_20_week.csv", "PC_plans_issued_20_weeks_ex", region_name="South East", **where
        )
        assert round(test.position.aggregate.magnitude, 1) == region == {2020: 48.7, 2021: 49.3}[year]


@pytest.mark.parametrize(("year", "rank"), [(2022, 1), (2023, 2)])
def test_referral_rates_were_above_those_of_the_ten_neighbours_of_2021(published, lait, year, rank):
    """By sorting the rates of the interactive tool; 964.4 in 2022-23, when Hampshire's were 1,075."""
    (row,) = rows(published, "neighbours/New_Statistical_Neighbour_Groupings_April_2021.csv", **{"LA num": BUCKS})
    names = [geography.authority(row[f"SN{place}"]).name for place in range(1, 11)]
    rates = {name: lait("CPP_Total_Rateper10,000", year, name) for name in (*names, "Buckinghamshire")}
    assert standing(rates.items()) == (rank, 11)
    test = claim(f"{PROGRAMME}/presentation-1/referral-rates").tests[year - 2022]
    others = [rates[name] for name in names]
    assert (test.position.rank, test.position.of) == (rank, 11)
    assert test.position.mean.magnitude == pytest.approx(statistics.fmean(others), abs=1e-4)
    assert test.position.median.magnitude == pytest.approx(statistics.median(others), abs=1e-4)
    assert rates["Buckinghamshire"] > max(statistics.fmean(others), statistics.median(others))
    assert test.holds


@pytest.mark.parametrize(("year", "england"), [("2021", 22.7), ("2022", 21.5)])
def test_re_referrals_were_third_highest_of_the_south_east_and_above_england(published, year, england):
    """So that by lower is better Buckinghamshire is 17th of 19."""
    file = "children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    here = rows(published, file, time_period=year, region_name="South East", geographic_level="Local authority")
    shares = [(row["la_name"], float(row["rereferral_percent"])) for row in here]
    assert standing(shares) == (3, 19)
    assert cell(published, file, "rereferral_percent", time_period=year, geographic_level="National") == england
    among, beside = claim(f"{REPORT}/3.2-i/re-referrals").tests[2 * (int(year) - 2021) :][:2]
    assert (among.position.rank, among.position.quartile, among.holds) == (17, Quartile.D, True)
    assert f"England {england}%" in beside.found


def test_the_share_of_agency_workers_was_sixth_highest_of_19_and_twice_englands(published):
    """30.8% of full-time equivalents on 30 September 2019, England 15.8%; what was spent is not published."""
    file = "social_work_workforce/csww_indicators_2017_to_2025.csv"
    here = rows(published, file, time_period="2019", region_name="South East", geographic_level="Local authority")
    assert standing([(row["la_name"], float(row["agency_rate_fte"])) for row in here]) == (6, 19)
    assert cell(published, file, "agency_rate_fte", time_period="2019", geographic_level="National") == 15.8
    found = claim(f"{MINUTES}/discussion-6/agency-spend")
    assert (found.tests[0].position.rank, found.tests[0].holds) == (14, True)
    assert found.verdict is ClaimVerdict.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("stage", "measure", "since", "above"),
    [
        ("good_level_of_development", "FSP_NEW_GOODDEV", 2016, True),
        ("phonics", "KS1P_all", 2016, False),
        ("key_stage_2", "KS2RWM_Expected_STD", 2016, True),
        ("attainment_8", "AVG_Attain8_Score", 2016, True),
        ("english_and_mathematics", "EngMaths9-4", 2017, True),
        ("a_level_points", "APSE_Alevel", 2016, True),
    ],
)
def test_results_were_above_england_every_year_but_in_phonics(lait, stage, measure, since, above):
    """Phonics: 81% and 81% in 2016, 82% and 82% in 2019."""
    years = range(since, 2020)
    pairs = [(lait(measure, year), lait(measure, year, "England")) for year in years]
    assert all(own > england for own, england in pairs) is above
    title = str(official_measure(f"attainment.{stage}"))
    tests = {test.asked: test for test in claim(f"{MINUTES}/vouyioukas-4/above-national-average").tests}
    test = tests[f"{title}: above England in every year"]
    assert test.holds is above
    names = [each.name for each in geography.authorities(dt.date(2019, 7, 1), region="South East")]
    values_here = {name: lait(measure, 2019, name) for name in names}
    assert (test.position.rank, test.position.of) == standing([(n, round(v, 6)) for n, v in values_here.items()])


def test_demand_had_not_been_higher_since_2013_but_for_children_looked_after(published, lait):
    """13,087 referrals, 4,277 in need and 752 plans are the most; 500 looked after in 2022 were 514 in 2019."""
    files = {
        "c1_children_in_need_referrals_and_rereferrals": "referral_count",
        "b1_children_in_need": "At31_episodes",
        "d5_cpps_at31march_by_duration": "CPP_At31",
    }
    for (name, column), most in zip(files.items(), (13_087, 4_277, 752), strict=True):
        series = {
            int(row["time_period"]): float(row[column])
            for row in rows(published, f"children_in_need/{name}_2013_to_2025.csv", old_la_code=BUCKS)
        }
        assert max((number, year) for year, number in series.items() if year <= 2022) == (most, 2022)
    assert [lait("LACnum", year) for year in (2019, 2022)] == [514, 500]
    found = claim(f"{REPORT}/3.40/demand")
    assert ([test.holds for test in found.tests], found.verdict) == ([True, True, True, False], ClaimVerdict.IN_PART)


def test_referrals_fell_in_england_and_in_buckinghamshire_in_the_year_to_march_2023(published):
    """640,430 after 650,270, and 12,157 after 13,087, though 8,367 in 2019-20."""
    file = "children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    england = [
        cell(published, file, "referral_count", geographic_level="National", time_period=year)
        for year in ("2020", "2022", "2023")
    ]
    assert england == [642_980, 650_270, 640_430]
    found = claim(f"{PROGRAMME}/discussion-2/referrals")
    assert ([test.holds for test in found.tests], found.verdict) == ([False, True, False, False], ClaimVerdict.IN_PART)


def test_the_most_plans_in_january_2025_were_for_autism_and_for_speech_and_language(published):
    """2,302 and 1,592, before 1,380 for social, emotional and mental health; it is no count of July 2022."""
    (row,) = rows(published, "ehc_plans/sen_needs_all_plans.csv", old_la_code=BUCKS, breakdown="All EHC plans")
    needs = {key: float(row[key]) for key in row if key.startswith("number_") and key != "number_need_unknown"}
    assert sorted(needs, key=needs.get, reverse=True)[:3] == ["number_asd", "number_slcn", "number_semh"]
    found = claim(f"{REPORT}/3.22/most-prevalent")
    assert (found.tests[0].holds, found.only_near, found.verdict) == (True, True, ClaimVerdict.NOT_CHECKABLE)


def shipped(measure, day):
    """The shipped numbers of the authorities, and Buckinghamshire's."""
    frame = official_facts().filter(pl.col("area").str.len_chars() == 3, measure=measure, period_end=day)
    found = dict(frame.select("area", "value").iter_rows())
    return found, found.pop(BUCKS)


def test_the_first_of_19_is_in_the_best_quarter():
    """Attainment 8 of 2019: no other authority of the South East is higher, so that the test of the best quarter says yes."""
    day = dt.date(2019, 7, 31)
    others, own = shipped("attainment.attainment_8", day)
    assert len(others) == 18
    assert own > max(others.values())
    assert best_quarter("attainment.attainment_8", day).holds


def test_16th_of_19_is_above_no_others():
    """40.0% of plans in time in 2019, below the mean and the median of the 18 others: the test of what others have says no."""
    day = dt.date(2019, 12, 31)
    others, own = shipped("ehcp.issued_in_time_excluding_exceptions", day)
    assert own == 40.0 < min(statistics.fmean(others.values()), statistics.median(others.values()))
    assert not above_the_others(share_indicator(), measure="ehcp.issued_in_time_excluding_exceptions", on=day).holds


def test_needs_that_are_not_the_largest_are_said_not_to_be():
    """In January 2025 autism and speech and language were: with moderate learning difficulties in place of one, no."""
    day = dt.date(2025, 1, 31)
    assert largest_needs({"ASD", "SLCN"}, day).holds
    for named in ({"ASD", "MLD"}, {"SEMH", "SLCN"}, {"SLCN"}):
        assert not largest_needs(named, day).holds


def test_after_2022_referrals_and_protection_plans_fell_and_children_looked_after_and_plans_rose(published, lait):
    """Below 13,087 and 752 in all three years; 496, then 520 and 522 against 500; 5,890, 6,697 and 7,217 against 5,415."""
    files = {
        "c1_children_in_need_referrals_and_rereferrals": ("referral_count", 13_087),
        "d5_cpps_at31march_by_duration": ("CPP_At31", 752),
    }
    for name, (column, in_2022) in files.items():
        file = f"children_in_need/{name}_2013_to_2025.csv"
        assert cell(published, file, column, old_la_code=BUCKS, time_period="2022") == in_2022
        after = [cell(published, file, column, old_la_code=BUCKS, time_period=str(year)) for year in (2023, 2024, 2025)]
        assert max(after) < in_2022
    assert [lait("LACnum", year) for year in range(2022, 2026)] == [500, 496, 520, 522]
    years = ("202122", "202223", "202324", "202425")
    where = {"old_la_code": BUCKS, "breakdown": "All EHC plans"}
    plans = [cell(published, "ehc_plans/caseload.csv", "ehcplans", time_period=year, **where) for year in years]
    assert plans == [5_415, 5_890, 6_697, 7_217]
    found = claim(f"{REPORT}/3.20/rise")
    by_hand = [False] * 6 + [False, True, True] + [True] * 3
    assert ([test.holds for test in found.tests], found.verdict) == (by_hand, ClaimVerdict.IN_PART)


def test_demand_in_england_was_that_of_before_the_pandemic_give_or_take_a_percent(published):
    """642,980, 597,760 and 650,270 referrals in 2020, 2021 and 2022; 51,510, 50,010 and 50,920 plans."""
    expected = []
    for name, column, by_hand in (
        ("c1_children_in_need_referrals_and_rereferrals", "referral_count", (642_980, 597_760, 650_270)),
        ("d5_cpps_at31march_by_duration", "CPP_At31", (51_510, 50_010, 50_920)),
    ):
        file = f"children_in_need/{name}_2013_to_2025.csv"
        series = [
            cell(published, file, column, geographic_level="National", time_period=year) for year in ("2020", "2021", "2022")
        ]
        assert tuple(series) == by_hand
        expected += [series[2] > series[0], series[2] > series[1]]
    found = claim("cabinet-minutes-2022-10/discussion-2/national-issue")
    assert [test.holds for test in found.tests] == expected == [True, True, False, True]
    assert [round(100 * (650_270 / 642_980 - 1)), round(100 * (50_920 / 51_510 - 1))] == [1, -1]


def test_the_share_of_children_in_low_income_rose_from_11_to_11_point_4_percent(lait):
    """The years to 31 March 2022 and 2023, the first two that the interactive tool has."""
    assert [lait("ChildPov", year) for year in (2022, 2023)] == [11, 11.4]
    assert claim(f"{REPORT}/1.2/poverty").verdict is ClaimVerdict.BORNE_OUT


def test_referrals_of_2021_22_were_the_most_and_those_of_the_year_after_fewer_though_far_above_2019_20(published):
    """13,087 is 21% above 10,774, the most before; 12,157 is below it and above 8,367. From 2020: 56%, plans 31%, in need 29%."""
    file = "children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    series = {int(row["time_period"]): float(row["referral_count"]) for row in rows(published, file, old_la_code=BUCKS)}
    assert max(number for year, number in series.items() if year < 2022) == series[2021] == 10_774
    assert [series[year] for year in (2020, 2022, 2023)] == [8_367, 13_087, 12_157]
    assert claim(f"{REPORT}/1.2/surge-size").tests[0].holds
    assert [test.holds for test in claim(f"{REPORT}/1.2/surge-goes-on").tests] == [True, False]
    risen = [round(100 * (now / before - 1)) for before, now in ((8_367, 13_087), (575, 752), (3_328, 4_277))]
    assert risen == [56, 31, 29]
    assert all(f"{number}%" in claim(f"{REPORT}/3.19/marked-changes").why for number in risen)


VERDICTS = {
    ClaimVerdict.BORNE_OUT: {
        *(f"{IMPROVEMENT}/bullet-1/demand", f"{REPORT}/1.2/child-population", f"{REPORT}/3.2-i/re-referrals"),
        *(f"{PROGRAMME}/presentation-1/referral-rates", f"{REPORT}/1.2/poverty", f"{REPORT}/1.2/surge-size"),
        f"{REPORT}/3.19/marked-changes",
    },
    ClaimVerdict.IN_PART: {
        *(f"{REPORT}/3.20/rise", f"{REPORT}/1.2/surge-goes-on", "cabinet-minutes-2022-10/discussion-2/national-issue"),
        *(f"{MINUTES}/vouyioukas-4/above-national-average", f"{REPORT}/3.40/demand", f"{PROGRAMME}/discussion-2/referrals"),
    },
    ClaimVerdict.NOT_BORNE_OUT: {f"{IMPROVEMENT}/bullet-12/timely-plans"},
}


def test_every_claim_of_the_record_has_a_verdict_and_a_reason():
    """Those that repeat an earlier one aside; in the order of the record."""
    frame = figures().filter(pl.col("kind") == "claim", pl.col("restates").is_null())
    assert [found.figure.id for found in claims()] == frame["id"].to_list()
    for found in claims():
        expected = next((verdict for verdict, ids in VERDICTS.items() if found.figure.id in ids), ClaimVerdict.NOT_CHECKABLE)
        assert found.verdict is expected, found.figure.id
        assert bool(found.read_as) == bool(found.tests)


def test_the_verdict_is_of_the_tests():
    """All, some, none; and none at all where they are only near."""
    printed = figure(CLAIMS[0].figure)
    yes, no = (ClaimTest(asked="a question", holds=holds, found="an answer") for holds in (True, False))
    for tests, verdict in (
        ((yes, yes), ClaimVerdict.BORNE_OUT),
        ((yes, no), ClaimVerdict.IN_PART),
        ((no,), ClaimVerdict.NOT_BORNE_OUT),
        ((), ClaimVerdict.NOT_CHECKABLE),
    ):
        assert Claim(figure=printed, tests=tests, why="a reason").verdict is verdict
        assert Claim(figure=printed, tests=tests, why="a reason", only_near=True).verdict is ClaimVerdict.NOT_CHECKABLE
    assert str(yes) == "a question: yes (an answer)"


# Refusals


def test_what_is_not_there_is_refused_by_name_and_what_was_asked_is_not_repeated():
    """Keys and ids that are near are named."""
    with pytest.raises(NotFound, match=r"Did you mean 'ehcp\.plans'"):
        official_measure("ehcp.plan")
    with pytest.raises(NotFound) as missing:
        comparison("Jo Bloggs, 3 Acacia Avenue")
    assert "Bloggs" not in str(missing.value)
    with pytest.raises(NotFound, match=r"Did you mean 'cabinet-2022-10/3\.22/plans'"):
        comparison(f"{REPORT}/3.22/plan")
    with pytest.raises(NotFound, match="0 rows match on measure, on, area, part"):
        official_fact("uasc.looked_after", on=dt.date(2015, 3, 31))
    with pytest.raises(NotFound):
        as_readings(share_indicator(), measure="ehcp.issued_in_time_excluding_exceptions", on=dt.date(1999, 1, 1))


def test_a_figure_that_repeats_another_has_what_was_found_of_that_one():
    """The minutes' 60 workers and their claim that demand does not return are those of the report."""
    minutes = "cabinet-minutes-2022-10"
    assert comparison(f"{minutes}/academy/been-through") is comparison(f"{REPORT}/3.28/been-through")
    assert claim(f"{minutes}/minutes-1/no-return") is claim(f"{REPORT}/1.2/no-return")


def test_a_figure_that_nothing_official_was_sought_for_says_so_and_names_no_other():
    """The date of the report has no near miss: the figure is there, and the comparison is not."""
    with pytest.raises(NotFound, match="No official figure was sought") as missing:
        comparison(f"{REPORT}/header/date")
    assert "Did you mean" not in str(missing.value)
    with pytest.raises(NotFound, match="no claim in words") as missing:
        claim(f"{REPORT}/header/date")
    assert "Did you mean" not in str(missing.value)


def test_an_official_fact_that_is_not_there_says_what_is():
    """The area as a number or a name is no code; a measure in parts names them; another day, the days there are."""
    day = dt.date(2022, 3, 31)
    for area in (825, "Buckinghamshire", None):
        with pytest.raises(InvalidValue, match='"825"'):
            official_fact("uasc.looked_after", on=day, area=area)
    with pytest.raises(InvalidValue, match="part"):
        official_fact("uasc.looked_after", on=day, part=None)
    with pytest.raises(InvalidValue, match="date"):
        official_fact("uasc.looked_after", on="2022")
    for asked, says in (
        ({"measure": "inspections.schools_by_grade", "on": dt.date(2022, 8, 31)}, "'inadequate'"),
        ({"measure": "uasc.looked_after", "on": dt.date(2015, 3, 31)}, "31 March 2022, 31 March 2023"),
        ({"measure": "uasc.looked_after", "on": day, "area": "850"}, "nothing of that measure for that area"),
        ({"measure": "uasc.looked_after", "on": day, "part": "boys"}, "It has no parts"),
        ({"measure": "ehcp.plans", "on": dt.date(2025, 1, 31), "part": "DS"}, "Its parts are 'ASD', 'HI'"),
        ({"measure": "ehcp.plans", "on": dt.date(2024, 1, 31), "part": "ASD"}, "There is January 2025"),
    ):
        with pytest.raises(NotFound, match=says):
            official_fact(**asked)


def test_an_official_fact_has_a_number_or_words_or_the_reason_there_is_neither():
    """And not two of them, nor none; a whole number is a number."""
    assert attrs.evolve(FACT, value=28).value == 28.0
    assert isinstance(attrs.evolve(FACT, value=28).value, float)
    assert Beside(fact=FACT, value=40).value == 40.0
    for parts in ({"value": None}, {"said": "good"}, {"withheld": Withheld("u")}, {"value": None, "said": " "}):
        with pytest.raises(InvalidValue, match="one of value, said and withheld"):
            attrs.evolve(FACT, **parts)
    for value in (float("nan"), float("inf"), True):
        with pytest.raises(InvalidValue, match=r"OfficialFact\.value"):
            attrs.evolve(FACT, value=value)


@pytest.mark.parametrize("asked", [official_measure, comparison, claim])
def test_a_key_that_is_no_text_is_refused(asked):
    """A number is no id."""
    with pytest.raises(InvalidValue, match="text"):
        asked(825)


def test_readings_in_another_unit_than_the_measure_are_refused():
    """Plans are no percent; and grades are no numbers."""
    with pytest.raises(UnitError):
        as_readings(share_indicator(), measure="ehcp.plans", on=dt.date(2022, 1, 31))
    with pytest.raises(NotComparable, match="published in words"):
        as_readings(share_indicator("dimensionless"), measure="inspections.overall_effectiveness", on=dt.date(2021, 12, 6))


def test_parts_of_another_kind_are_refused():
    """Each names its field."""
    printed = figure(PLANS)
    for made, what in (
        (lambda: Beside(fact=FACT), "Beside"),
        (lambda: Beside(fact=FACT, value=1.0, said="one"), "Beside"),
        (lambda: Beside(fact="a fact", value=1.0), "Beside.fact"),
        (lambda: Comparison(figure=printed, match=Match.DIFFERS, beside=3, why="so"), "Comparison.beside"),
        (lambda: Claim(figure=printed, tests=3, why="so"), "Claim.tests"),
        (lambda: Comparison(figure=printed, match=Match.DIFFERS, beside=(), why=" "), "Comparison.why"),
        (lambda: Comparison(figure=printed, match=Match.DIFFERS, beside=("one",), why="so"), "Comparison.beside"),
        (lambda: Comparison(figure=printed, match="differs", beside=(), why="so"), "Comparison.match"),
        (lambda: Claim(figure=printed, why=""), "Claim.why"),
        (lambda: Claim(figure=printed, tests=("a test",), why="so"), "Claim.tests"),
        (lambda: ClaimTest(asked="so?", holds=1, found="yes"), "ClaimTest.holds"),
        (lambda: Pair(figure=PLANS, rule=Rule.EQUAL, why="so"), "Pair.official"),
        (
            lambda: Pair(figure=PLANS, rule=Rule.BETWEEN, official=(Official(measure="a", on=dt.date(2020, 1, 1)),), why=""),
            "Pair.official",
        ),
        (lambda: attrs.evolve(MADE_UP, rounded_to=-0.1), "OfficialMeasure.rounded_to"),
        (lambda: attrs.evolve(MADE_UP, indicator="ehcp.plans"), "OfficialMeasure.indicator"),
        (lambda: OfficialMeasure(title="No key and no indicator", source=SOURCE), "OfficialMeasure.key"),
        (lambda: OfficialMeasure(key="made.up", source=SOURCE), "OfficialMeasure.title"),
        (lambda: OfficialMeasure(indicator=ehcp.PLANS, key="ehcp.plan", source=SOURCE), "key and the unit of its indicator"),
        (lambda: OfficialMeasure(indicator=ehcp.PLANS, unit="child", source=SOURCE), "key and the unit of its indicator"),
        (lambda: attrs.evolve(MADE_UP, file_of_parts="a.csv"), "or neither"),
        (lambda: attrs.evolve(MADE_UP, source_of_parts=SOURCE), "or neither"),
        (lambda: attrs.evolve(FACT, value="40"), "OfficialFact.value"),
    ):
        with pytest.raises(InvalidValue, match=what):
            made()
    with pytest.raises(UnitError):
        attrs.evolve(MADE_UP, unit="picocarat")


def test_a_print_of_no_stated_width_agrees_with_no_number():
    """Close to 29 weeks has no ends to lie within: it is refused, not guessed."""
    with pytest.raises(InvalidValue, match="both its ends"):
        agrees(figure(f"{MINUTES}/discussion-8/weeks-taken"), 29.0, "")
