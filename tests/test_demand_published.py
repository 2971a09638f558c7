"""The published files: every figure read, DfE's percentages audited from their parts, and LAIT's rates worked out from ours."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import audit, demand, geography
from bucks_cs.errors import FrameProblems, InvalidValue, MissingSource, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Better, Interval, Withheld
from bucks_cs.periods import ReportingYear, Snapshot
from bucks_cs.provenance import DateBounds, NoOfficialSource, Source
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
C1 = "children_in_need/c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
B1 = "children_in_need/b1_children_in_need_2013_to_2025.csv"
D3 = "children_in_need/d3_cpps_subsequent_plan_2013_to_2025.csv"
D5 = "children_in_need/d5_cpps_at31march_by_duration_2013_to_2025.csv"
MID_YEARS = "population/ons_mid-year_population_estimates_2012_to_2024.csv"
BY_AGE = "population/ons_mid2020_single_year_of_age_unrebased.csv"
ENGLAND, YORKSHIRE = "E92000001", "E12000003"


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def csv_rows(path):
    """The rows of a CSV file, by Python's own reader."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def table(published):
    """A published file as polars with every cell as text, read once."""
    return functools.cache(lambda file: pl.read_csv(published / file, infer_schema=False))


@pytest.fixture(scope="module")
def rows_in(published):
    """The rows of a published file by Python's own reader, read once."""
    return functools.cache(lambda file: csv_rows(published / file))


@pytest.fixture(scope="module")
def readings_in(published):
    """What a reader of this library makes of a published file, by its path, read once."""
    return functools.cache(lambda read, file: read(published / file))


@pytest.fixture(scope="module")
def lait(published):
    """The rates of the Local authority interactive tool that ours are set beside."""
    bank = pl.scan_parquet(published / "lait" / "bds_long_0.parquet").select("Short Desc", "LA Number", "Years", "Values")
    return bank.filter(pl.col("Short Desc").is_in([measure for measure, *_ in RATES])).collect()


# Releases as they were: rows copied from DfE's files of 2024 and 2025, names and counts of children left out.
_CODES = "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code"
_YEAR, _LA = "Reporting year", "Local authority"
OF_2024 = f"""{_CODES},Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,No_Further_Action,\
No_Further_Action_percent,Not_in_Need,Not_in_Need_percent
2024,{_YEAR},National,E92000001,,,,621880,518.3,139080,22.4,38920,6.3,188300,30.3
2024,{_YEAR},Regional,E92000001,E12000001,,,32050,598.8,7120,22.2,670,2.1,9300,29
2024,{_YEAR},{_LA},E92000001,E12000001,840,E06000047,4668,468.5,792,17,0,0,949,20.3
2024,{_YEAR},{_LA},E92000001,E12000002,355,E08000006,4538,739.4,1151,25.4,c,c,1961,43.2
"""
OF_2025 = f"""{_CODES},referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent,\
not_in_need_count,not_in_need_percent
2025,{_YEAR},National,E92000001,,,,632830,142900,22.6,41340,6.5,194620,30.8
2025,{_YEAR},Regional,E92000001,E12000001,,,32490,6730,20.7,390,1.2,10160,31.3
2013,{_YEAR},{_LA},E92000001,E13000002,319,E09000029,1768,334,18.9,57,3.2,388,21.9
"""


def release(text):
    """A release as polars with every cell as text."""
    return pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)


def one_row(**cells):
    """A row of data file d3 of an authority, with some of its cells changed (or left out: None)."""
    row = {
        "time_period": "2023",
        "time_identifier": "Reporting year",
        "geographic_level": "Local authority",
        "country_code": "E92000001",
        "region_code": "E12000001",
        "old_la_code": "840",
        "new_la_code": "E06000047",
        "CPP_start": "763",
        "CPP_subsequent": "163",
        "CPP_subsequent_percent": "21.4",
    } | cells
    return pl.DataFrame({name: [cell] for name, cell in row.items() if cell is not None})


# Published truth: percentages from their components.


def audited(data, part, whole, percent, *, above):
    """DfE's percentages audited: counts of authorities exact, those above to the nearest 10, percentages to one decimal."""
    is_above = pl.col("geographic_level") != "Local authority"
    step = 10 if above else 0
    return audit.shares(
        data.filter(is_above if above else ~is_above),
        count=part,
        of=whole,
        printed=percent,
        label=["time_period", "geographic_level", "region_name", "la_name"],
        rounded_to={part: step, whole: step, percent: 0.1},
        suggest=False,
    )


BANDS = [
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
    "2_years_or_more",
]
# File, part, whole, percent, and the authorities' rows that have all three: 1,976 in all, the others withheld or of none.
SHARES = [
    (C1, "rereferral_count", "referral_count", "rereferral_percent", 1_948),
    (C1, "no_further_action_count", "referral_count", "no_further_action_percent", 1_873),
    (C1, "not_in_need_count", "referral_count", "not_in_need_percent", 1_940),
    (D3, "CPP_subsequent", "CPP_start", "CPP_subsequent_percent", 1_924),
    *((D5, band, "CPP_At31", f"{band}_percent", n) for band, n in zip(BANDS, (1_919, 1_889, 1_908, 1_334, 1_241), strict=True)),
]
IDS = [percent for *_, percent, _ in SHARES]


@pytest.mark.parametrize(("file", "part", "whole", "percent", "with_figures"), SHARES, ids=IDS)
def test_every_percentage_of_every_authority_and_year_follows_from_its_parts(table, file, part, whole, percent, with_figures):
    """1,976 rows of 2013 to 2025; what cannot be checked is withheld, or a share of no plans."""
    found = audited(table(file), part, whole, percent, above=False)
    checked, agreed = len(found.agrees) + len(found.disagrees), len(found.agrees)
    said = f"{percent}: {agreed} of {checked} agree, {len(found.cannot_check)} cannot be checked"
    assert (checked, agreed) == (with_figures, with_figures), said
    assert len(found.cannot_check) == 1_976 - with_figures, said
    assert all("is withheld" in finding.why or "may be 0" in finding.why for finding in found.cannot_check), said


@pytest.mark.parametrize(("file", "part", "whole", "percent", "_with_figures"), SHARES, ids=IDS)
def test_every_percentage_of_a_region_and_england_follows_within_rounding_but_two(
    table, file, part, whole, percent, _with_figures
):
    """156 rows each; the two that do not are England's and Yorkshire's subsequent plans of 2022, explained below."""
    found = audited(table(file), part, whole, percent, above=True)
    checked, agreed = len(found.agrees) + len(found.disagrees), len(found.agrees)
    missed = {finding.label for finding in found.disagrees}
    expected = {"2022, National", "2022, Regional, Yorkshire and The Humber"} if percent == "CPP_subsequent_percent" else set()
    assert (checked, agreed, missed) == (156, 156 - len(expected), expected), f"{percent}: {agreed} of {checked} agree"


def test_the_durations_of_authorities_are_8291_percentages():
    """The five bands together, which the issue gives as about 8,300."""
    assert sum(n for file, *_, n in SHARES if file == D5) == 8_291


def test_the_two_percentages_that_miss_follow_once_doncaster_is_left_out_of_what_they_are_of(rows_in):
    """In 2022 Doncaster's subsequent plans are ``u``, and its 437 plans are in the count of the region and of England."""
    rows = [row for row in rows_in(D3) if row["time_period"] == "2022"]
    (doncaster,) = [row for row in rows if row["la_name"] == "Doncaster"]
    assert (doncaster["CPP_start"], doncaster["CPP_subsequent"]) == ("437", "u")
    for level, code in (("National", ""), ("Regional", YORKSHIRE)):
        (row,) = [row for row in rows if row["geographic_level"] == level and row["region_code"] == code]
        part, whole, percent = (Fraction(row[name]) for name in ("CPP_subsequent", "CPP_start", "CPP_subsequent_percent"))
        least, most = (100 * (part - 5) / (whole - 437 + 5), 100 * (part + 5) / (whole - 437 - 5))
        half = Fraction(1, 20)
        assert least <= percent + half, level
        assert percent - half <= most, level
        assert 100 * (part + 5) / (whole - 5) < percent - half, level
    authorities = [row for row in rows if row["region_code"] == YORKSHIRE and row["geographic_level"] == "Local authority"]
    others = [row for row in authorities if row["la_name"] != "Doncaster"]
    share = Fraction(sum(int(row["CPP_subsequent"]) for row in others), sum(int(row["CPP_start"]) for row in others))
    assert (len(others), round(float(100 * share), 1)) == (14, 23.6)


def test_regional_counts_taken_as_exact_would_accuse_sound_percentages(table):
    """What the rounding excuses: six re-referral percentages, five with no further action, eight assessed as not in need."""
    accused = []
    for file, part, whole, percent, _ in SHARES[:3]:
        data = table(file).filter(pl.col("geographic_level") != "Local authority")
        exact = {part: 0, whole: 0, percent: 0.1}
        found = audit.shares(data, count=part, of=whole, printed=percent, rounded_to=exact, suggest=False)
        accused.append(len(found.disagrees))
    assert accused == [6, 5, 8]


# Every cell of every file is the reading it should be.

KEYS = {
    "demand.referrals": (demand.read_referrals, C1, "referral_count", None, None),
    "demand.rereferrals": (demand.read_referrals, C1, "rereferral_percent", "rereferral_count", "referral_count"),
    "demand.no_further_action": (
        *(demand.read_referrals, C1, "no_further_action_percent", "no_further_action_count", "referral_count"),
    ),
    "demand.assessed_not_in_need": (demand.read_referrals, C1, "not_in_need_percent", "not_in_need_count", "referral_count"),
    "demand.children_in_need": (demand.read_children_in_need, B1, "At31_episodes", None, None),
    "demand.child_protection_plans_started": (demand.read_subsequent_plans, D3, "CPP_start", None, None),
    "demand.second_or_subsequent_plans": (
        *(demand.read_subsequent_plans, D3, "CPP_subsequent_percent", "CPP_subsequent", "CPP_start"),
    ),
    "demand.children_subject_to_a_child_protection_plan": (demand.read_plans_by_duration, D5, "CPP_At31", None, None),
    "demand.plans_open_two_years": (
        *(demand.read_plans_by_duration, D5, "2_years_or_more_percent", "2_years_or_more", "CPP_At31"),
    ),
}
STOCKS = {"demand.children_in_need", "demand.children_subject_to_a_child_protection_plan", "demand.plans_open_two_years"}


def plainly(cell):
    """A cell as (number, symbol), read by Python."""
    try:
        return float(cell), None
    except ValueError:
        return None, cell


def area_of(row):
    """The area of a row, by hand: the LA number, or the code above it."""
    return {"Local authority": row["old_la_code"], "Regional": row["region_code"], "National": ENGLAND}[row["geographic_level"]]


@pytest.mark.parametrize("key", KEYS)
def test_every_row_of_the_file_is_the_reading_it_says(readings_in, rows_in, key):
    """All 2,132 rows by Python's own CSV reader: area, days, number or reason, parts, and the bounds of the rounding."""
    read, file, value, part, whole = KEYS[key]
    found = readings_in(read, file).where(indicator=key).frame
    got = {(row["area"], row["period_end"]): row for row in found.iter_rows(named=True)}
    rows = rows_in(file)
    assert len(got) == len(rows) == 2_132
    for row in rows:
        year = int(row["time_period"])
        reading = got[area_of(row), dt.date(year, 3, 31)]
        first = dt.date(year, 3, 31) if key in STOCKS else dt.date(year - 1, 4, 1)
        kind = "snapshot" if key in STOCKS else "reporting year"
        assert (reading["period_kind"], reading["period_start"]) == (kind, first)
        number, symbol = plainly(row[value])
        assert (reading["value"], reading["withheld"]) == (number, symbol)
        assert reading["numerator"] == (plainly(row[part])[0] if part else None)
        assert reading["denominator"] == (plainly(row[whole])[0] if whole else None)
        half = 0.05 if part else 5.0 if row["geographic_level"] != "Local authority" else None
        if number is None or half is None:
            assert (reading["lower"], reading["upper"], reading["interval"]) == (None, None, None)
        else:
            most = 100.0 if part else float("inf")
            least, greatest = max(number - half, 0), min(number + half, most)
            assert abs(reading["lower"] - least) < 1e-9
            assert abs(reading["upper"] - greatest) < 1e-9
            assert (reading["interval"], reading["level"]) == ("rounding", None)


def test_buckinghamshire_is_one_area_under_its_two_codes(readings_in, rows_in):
    """DfE has it as E10000002 to 2020 and as E06000060 since; a reading has it as 825."""
    assert {row["new_la_code"] for row in rows_in(C1) if row["old_la_code"] == "825"} == {"E10000002", "E06000060"}
    years = readings_in(demand.read_referrals, C1).where(indicator="demand.referrals", area="825")
    assert [reading.period for reading in years] == [ReportingYear(year, ends=(3, 31)) for year in range(2013, 2026)]
    assert years.at(period=ReportingYear(2023, ends=(3, 31))).number == 12_157
    assert years.at(period=ReportingYear(2024, ends=(3, 31))).number == 6_620


def test_a_file_without_la_numbers_gives_the_same_areas_by_its_codes(table, readings_in):
    """Old codes and new ones, looked up by whatever code an authority has had."""
    data, expected = table(D3), readings_in(demand.read_subsequent_plans, D3).frame
    for without in (data.drop("old_la_code"), data.with_columns(old_la_code=pl.lit(":"))):
        assert demand.read_subsequent_plans(without).frame.equals(expected)


def test_readings_of_a_file_are_of_the_measures_that_events_give(readings_in):
    """The same definitions, and so the same keys, breaks and units."""
    readings = readings_in(demand.read_referrals, C1)
    assert readings.indicators == (demand.REFERRALS, demand.REREFERRALS, demand.NO_FURTHER_ACTION, demand.ASSESSED_NOT_IN_NEED)
    assert readings_in(demand.read_subsequent_plans, D3).indicators == (
        *(demand.CHILD_PROTECTION_PLANS_STARTED, demand.SECOND_OR_SUBSEQUENT_PLANS),
    )
    assert readings_in(demand.read_plans_by_duration, D5).indicators == (
        *(demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN, demand.PLANS_OPEN_TWO_YEARS),
    )
    assert readings_in(demand.read_children_in_need, B1).indicators == (demand.CHILDREN_IN_NEED,)
    assert Readings.from_frame(readings.frame, indicators=readings.indicators).frame.equals(readings.frame)


# Releases and their headings.


def test_a_release_of_2024_and_one_of_2025_are_read_under_the_same_keys():
    """``Referrals`` and ``referral_count``, ``Re_referrals_percent`` and ``rereferral_percent`` are one."""
    before, after = demand.read_referrals(release(OF_2024)), demand.read_referrals(release(OF_2025))
    at_2024, at_2025 = ReportingYear(2024, ends=(3, 31)), ReportingYear(2025, ends=(3, 31))
    expected = {
        demand.REFERRALS: (621_880, 632_830),
        demand.REREFERRALS: (22.4, 22.6),
        demand.NO_FURTHER_ACTION: (6.3, 6.5),
        demand.ASSESSED_NOT_IN_NEED: (30.3, 30.8),
    }
    for indicator, (was, is_) in expected.items():
        assert before.at(indicator=indicator, area=ENGLAND, period=at_2024).number == was
        assert after.at(indicator=indicator, area=ENGLAND, period=at_2025).number == is_
    together = Readings.concat([before, after])
    assert set(together.where(indicator="demand.rereferrals").frame["area"]) == {ENGLAND, "E12000001", "840", "355", "319"}


def test_a_rate_is_read_where_the_release_has_one():
    """Releases to 2024 print referrals per 10,000, to one decimal; that of 2025 prints none."""
    rate = demand.read_referrals(release(OF_2024)).at(indicator="demand.referrals_per_10_000", area="840")
    assert (rate.number, rate.interval, rate.numerator) == (468.5, Interval.ROUNDING, None)
    assert (rate.bound("lower"), rate.bound("upper")) == pytest.approx((468.45, 468.55))
    assert demand.REFERRALS_PER_10_000 not in demand.read_referrals(release(OF_2025)).indicators
    b1 = one_row(At31_episodes="4109", At31_episodes_rate="412.4")
    assert demand.read_children_in_need(b1).at(indicator="demand.children_in_need_per_10_000").number == 412.4


def test_the_release_is_told_by_headings_and_newest_year_and_no_further():
    """A whole file says its release; a part of an old one says only between which two releases it lies."""
    exact = demand.read_referrals(release(OF_2024)).source
    assert (exact.title, exact.publisher) == ("Children in need, reporting year 2024", "Department for Education")
    assert demand.read_referrals(release(OF_2025)).source.title == "Children in need, reporting year 2025"
    part = demand.read_referrals(release(OF_2024.replace("\n2024,", "\n2021,"))).source
    assert isinstance(part.date, DateBounds)
    assert (part.date.earliest, part.date.latest) == (dt.date(2021, 1, 1), dt.date(2024, 12, 31))
    recent = demand.read_referrals(release(OF_2025.replace("\n2025,", "\n2014,"))).source
    assert recent.title == "Children in need, reporting year 2025"  # the headings are of no earlier one
    assert demand.read_referrals(release(OF_2025.replace("\n2025,", "\n2026,"))).source.title.endswith("2026")
    unchanged = demand.read_subsequent_plans(one_row()).source
    assert (unchanged.date.earliest, unchanged.date.latest) == (dt.date(2023, 1, 1), dt.date(2025, 12, 31))


def test_a_source_that_is_given_is_the_source():
    """The caller knows her file."""
    mine = Source(title="Children in need 2024", publisher="DfE", date=dt.date(2024, 10, 31), place="my copy of c1")
    assert demand.read_referrals(release(OF_2024), source=mine).source == mine


def test_headings_of_two_releases_in_one_file_are_refused():
    """A figure under both names could be either."""
    both = release(OF_2024).with_columns(referral_count=pl.lit("1"))
    with pytest.raises(FrameProblems, match="referrals: could be any of Referrals, referral_count"):
        demand.read_referrals(both)


def test_missing_headings_are_all_named_with_the_releases_they_are_of():
    """Every one at once, and nothing of the rows."""
    left_out = ("referral_count", "not_in_need_percent", "time_period", "old_la_code", "new_la_code")
    with pytest.raises(FrameProblems) as caught:
        demand.read_referrals(release(OF_2025).drop(*left_out))
    message = str(caught.value)
    assert "Referrals (releases to 2024) or referral_count (since the release of 2025): there is no such column" in message
    assert "Not_in_Need_percent (releases to 2024) or not_in_need_percent" in message
    assert "time_period: there is no such column" in message
    assert "old_la_code, new_la_code: there is neither column" in message
    assert len(caught.value.problems) == 4


def test_columns_nobody_asked_for_are_passed_over():
    """Even one of a type that no engine could read."""
    odd = release(OF_2025).to_pandas()
    odd["note"] = [object(), 1, "text"]
    assert demand.read_referrals(odd).at(indicator="demand.referrals", area="319").number == 1_768


# Gaps.


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        ("c", Withheld.CONFIDENTIAL),
        ("x", Withheld.NOT_AVAILABLE),
        ("z", Withheld.NOT_APPLICABLE),
        ("Z", Withheld.NOT_APPLICABLE),
        ("low", Withheld.LOW),
        ("k", Withheld.LOW),
        ("~", Withheld.LOW),
        ("u", Withheld.LOW_RELIABILITY),
        (":", Withheld.NOT_AVAILABLE),
        ("-", Withheld.NOT_AVAILABLE),
        ("[c]", Withheld.CONFIDENTIAL),
        (" c ", Withheld.CONFIDENTIAL),
    ],
)
def test_each_symbol_is_a_gap_with_its_reason(printed, reason):
    """In a share and in a count, and the parts that are there stay."""
    readings = demand.read_subsequent_plans(one_row(CPP_subsequent=printed, CPP_subsequent_percent=printed))
    share = readings.at(indicator="demand.second_or_subsequent_plans")
    assert (share.withheld, share.number, share.lower, share.numerator, share.denominator) == (reason, None, None, None, 763)
    count = demand.read_subsequent_plans(one_row(CPP_start=printed)).at(indicator="demand.child_protection_plans_started")
    assert count.withheld is reason


@pytest.mark.parametrize("cell", ["", " ", "..", "n/a", "1,234", "1e3", "no_history", "NaN", "12%"])
def test_a_cell_that_is_neither_a_number_nor_a_symbol_is_refused_and_not_shown(cell):
    """With its column and the count of rows."""
    with pytest.raises(FrameProblems) as caught:
        demand.read_subsequent_plans(one_row(CPP_start=cell))
    (problem,) = caught.value.problems
    assert (problem.column, problem.rows) == ("CPP_start", 1)
    assert problem.rule.startswith("is neither a number nor one of")


def test_a_null_and_a_number_that_is_none_are_refused():
    """A blank has no one meaning, also where a reader made it a null or not a number."""
    for cell in (None, float("nan"), float("inf")):
        frame = one_row().with_columns(CPP_start=pl.lit(cell, dtype=pl.Float64))
        with pytest.raises(FrameProblems, match="CPP_start: is neither a number"):
            demand.read_subsequent_plans(frame)


@settings(max_examples=settings.default.max_examples // 10)
@given(st.decimals(min_value=0, max_value=10**6, places=1), st.sampled_from(["", " ", "  "]))
def test_any_number_that_is_printed_is_the_number_read(number, space):
    """Whatever stands around it."""
    readings = demand.read_subsequent_plans(one_row(CPP_start=f"{space}{number}{space}"))
    assert readings.at(indicator="demand.child_protection_plans_started").number == float(number)


def test_the_bounds_of_a_rounded_figure_stay_within_what_can_be():
    """Not below 0, and no share above 100."""
    row = one_row(geographic_level="Regional", CPP_start="0", CPP_subsequent_percent="100")
    readings = demand.read_subsequent_plans(row)
    count = readings.at(indicator="demand.child_protection_plans_started")
    share = readings.at(indicator="demand.second_or_subsequent_plans")
    assert (count.bound("lower"), count.bound("upper")) == (0, 5)
    assert (share.bound("lower"), share.bound("upper")) == pytest.approx((99.95, 100))


# Refusals.

_UNKNOWN = "has a code that no area of its level is known by"


@pytest.mark.parametrize(
    ("cells", "column", "rule"),
    [
        ({"time_period": "202223"}, "time_period", "is no year of four digits"),
        ({"time_period": "1899"}, "time_period", "is no year of four digits"),
        ({"time_period": ""}, "time_period", "is no year of four digits"),
        ({"time_identifier": "Academic year"}, "time_identifier", "is not Reporting year"),
        ({"geographic_level": "Ward"}, "geographic_level", "is not National, Regional or Local authority"),
        ({"old_la_code": "999"}, "area", _UNKNOWN),
        ({"old_la_code": "", "new_la_code": "E06000999"}, "area", _UNKNOWN),
        ({"geographic_level": "Regional", "region_code": "E06000060"}, "area", _UNKNOWN),
        ({"geographic_level": "National", "country_code": "W92000004"}, "area", _UNKNOWN),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused(cells, column, rule):
    """By its column and rule, and the count of rows."""
    with pytest.raises(FrameProblems) as caught:
        demand.read_subsequent_plans(one_row(**cells))
    assert [(problem.column, problem.rule, problem.rows) for problem in caught.value.problems] == [(column, rule, 1)]


_PERCENT, _BELOW = "is not a percentage from 0 to 100", "is below 0"


@pytest.mark.parametrize(
    ("read", "cells", "column", "rule"),
    [
        (demand.read_subsequent_plans, {"CPP_start": "-763"}, "CPP_start", _BELOW),
        (demand.read_subsequent_plans, {"CPP_subsequent": "-163"}, "CPP_subsequent", _BELOW),
        (demand.read_subsequent_plans, {"CPP_subsequent_percent": "-21.4"}, "CPP_subsequent_percent", _PERCENT),
        (demand.read_subsequent_plans, {"CPP_subsequent_percent": "121.4"}, "CPP_subsequent_percent", _PERCENT),
        (demand.read_subsequent_plans, {"CPP_subsequent_percent": "2140"}, "CPP_subsequent_percent", _PERCENT),
        (demand.read_children_in_need, {"At31_episodes": "4109", "At31_episodes_rate": "-412.4"}, "At31_episodes_rate", _BELOW),
    ],
)
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.PANDAS], ids=lambda engine: engine.value)
def test_a_figure_that_cannot_be_is_refused_and_not_shown(engine, read, cells, column, rule):
    """A count or a rate below 0, and a percentage below 0 or above 100: by the column and the rule, with the count of rows."""
    with pytest.raises(FrameProblems) as caught:
        read(as_engine(pl.concat([one_row(**cells), one_row(**cells, time_period="2024")]), engine))
    assert [(problem.column, problem.rule, problem.rows) for problem in caught.value.problems] == [(column, rule, 2)]
    assert not any(cell.lstrip("-") in str(caught.value) for cell in cells.values())


def test_a_percentage_of_0_or_100_and_a_rate_above_100_can_be():
    """The bounds themselves are within."""
    for share in ("0", "100", "100.0"):
        readings = demand.read_subsequent_plans(one_row(CPP_subsequent_percent=share))
        assert readings.at(indicator="demand.second_or_subsequent_plans").number == float(share)
    rate = demand.read_children_in_need(one_row(At31_episodes="4109", At31_episodes_rate="1424.9"))
    assert rate.at(indicator="demand.children_in_need_per_10_000").number == 1424.9


def test_a_number_below_0_or_infinite_is_refused_as_a_number_too():
    """Where a reader made numbers of the cells, and where the digits are too many for any number."""
    for number, rule in ((-1.0, _BELOW), (float("-inf"), "is neither a number"), (float("inf"), "is neither a number")):
        frame = one_row().with_columns(CPP_start=pl.lit(number))
        with pytest.raises(FrameProblems, match=rf"1 problem\n.*CPP_start: {rule}"):
            demand.read_subsequent_plans(frame)
    with pytest.raises(FrameProblems, match="CPP_start: is neither a number") as caught:
        demand.read_subsequent_plans(one_row(CPP_start="9" * 400))
    assert "999" not in str(caught.value)


def test_children_below_0_are_refused():
    """In DfE's file of estimates; there is no percentage in it."""
    with pytest.raises(FrameProblems, match=r"population_estimate: is below 0 \(1 row\)"):
        demand.read_mid_year_population(one_row(population_estimate="-5"), source=demand.CHILDREN_TO_MID_2024)


def test_two_rows_of_one_area_and_year_are_refused():
    """Even where one has the old code and one the new."""
    rows = pl.concat([one_row(old_la_code="", new_la_code="E10000002"), one_row(old_la_code="", new_la_code="E06000060")])
    with pytest.raises(FrameProblems, match=r"area, time_period: more than one row has the same \(2 rows\)"):
        demand.read_subsequent_plans(rows)


def test_every_problem_is_told_at_once_and_no_cell_with_it():
    """A token in the cells is in no message."""
    token = "zq9-token"
    row = one_row(time_period=token, geographic_level=token, CPP_start=token, CPP_subsequent=token, CPP_subsequent_percent=token)
    with pytest.raises(FrameProblems) as caught:
        demand.read_subsequent_plans(row)
    assert [problem.column for problem in caught.value.problems] == [
        *("time_period", "geographic_level", "CPP_start", "CPP_subsequent", "CPP_subsequent_percent"),
    ]
    assert token not in str(caught.value)
    assert token not in repr(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_path_that_leads_nowhere_and_what_is_no_frame_are_refused(tmp_path):
    """And neither is repeated."""
    with pytest.raises(InvalidValue, match="the path of a CSV file that is there") as caught:
        demand.read_referrals(tmp_path / "secret.csv")
    assert "secret" not in str(caught.value)
    with pytest.raises(UnsupportedFrame):
        demand.read_referrals([1, 2])


def test_a_file_is_read_by_its_path_as_text_with_a_byte_order_mark_or_without(tmp_path):
    """A path as text and as an object, and what a spreadsheet puts before the first heading."""
    for encoding in ("utf-8", "utf-8-sig"):
        path = tmp_path / f"c1 {encoding}.csv"
        path.write_text(OF_2025, encoding=encoding)
        for given_path in (path, str(path)):
            readings = demand.read_referrals(given_path)
            assert readings.engine is Engine.POLARS
            assert readings.frame.equals(demand.read_referrals(release(OF_2025)).frame)


def test_a_file_with_no_rows_gives_no_readings():
    """And a source all the same."""
    none = demand.read_referrals(release(OF_2025).head(0))
    assert (len(none), none.source.title) == (0, "Children in need, reporting year 2025")


# Engines.


@functools.cache
def in_polars():
    """What polars makes of the release of 2024, which has every measure of the file."""
    return rows_of(demand.read_referrals(release(OF_2024)).frame)


def same_everywhere(engine, spark=None):
    """The release in any kind of frame gives the readings it gives in polars, in its own kind."""
    readings = demand.read_referrals(as_engine(release(OF_2024), engine, spark=spark))
    assert readings.engine is engine
    assert rows_of(readings.frame) == in_polars()
    assert len(in_polars()) == 5 * 4


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_every_kind_of_frame_gives_the_same_readings_in_its_own_kind(engine):
    """And a lazy one stays lazy."""
    same_everywhere(engine)


@pytest.mark.spark
def test_spark_gives_the_same_readings_in_its_own_kind(spark):
    """As the others."""
    same_everywhere(Engine.PYSPARK, spark)


@pytest.mark.parametrize("text", [OF_2024, OF_2025], ids=["2024", "2025"])
def test_a_reader_that_guesses_types_changes_nothing(text):
    """Years and counts as whole numbers, LA numbers as decimals because regions have none."""
    expected = rows_of(demand.read_referrals(release(text)).frame)
    pandas = pytest.importorskip("pandas")
    guessed = pandas.read_csv(io.StringIO(text))
    assert str(guessed["old_la_code"].dtype) == "float64"
    assert rows_of(demand.read_referrals(guessed).frame) == expected
    assert rows_of(demand.read_referrals(pl.read_csv(io.BytesIO(text.encode()))).frame) == expected


@pytest.mark.parametrize("engine", [Engine.PANDAS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_a_whole_file_is_the_same_in_another_engine(table, readings_in, engine):
    """All rows of d3."""
    expected = readings_in(demand.read_subsequent_plans, D3).frame
    native = as_engine(table(D3), engine)
    assert rows_of(demand.read_subsequent_plans(native).frame) == expected.to_dicts()


# Population and rates.


@pytest.fixture(scope="module")
def children(published):
    """DfE's file of ONS's estimates, rebased to the Census of 2021."""
    return demand.read_mid_year_population(published / MID_YEARS, source=demand.CHILDREN_TO_MID_2024)


@pytest.fixture(scope="module")
def first_vintage(published):
    """ONS's estimates of mid-2020 as first published, before the Census of 2021."""
    return demand.read_population_by_age(published / BY_AGE, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED)


def test_every_row_of_the_population_file_is_the_reading_it_says(rows_in, children):
    """On 30 June of its year, exact at every level; the 21 that are not available say so."""
    got = {(row["area"], row["period_start"]): row for row in children.frame.iter_rows(named=True)}
    rows = rows_in(MID_YEARS)
    assert len(got) == len(rows) == 2_132
    for row in rows:
        reading = got[area_of(row), dt.date(int(row["time_period"]), 6, 30)]
        assert (reading["value"], reading["withheld"]) == plainly(row["population_estimate"])
        assert (reading["period_kind"], reading["interval"]) == ("snapshot", None)
    assert children.frame["withheld"].drop_nulls().to_list() == ["x"] * 21


def test_two_vintages_of_one_mid_year_are_told_apart_by_their_source(rows_in, children, first_vintage):
    """Buckinghamshire's children in mid-2020: 126,804 as first published, 122,495 as rebased."""
    first, day = first_vintage, Snapshot("30 June 2020")
    assert first.at(area="825", period=day).number == 126_804
    assert children.at(area="825", period=day).number == 122_495
    assert (first.source, children.source) == (demand.CHILDREN_AT_MID_2020_UNREBASED, demand.CHILDREN_TO_MID_2024)
    # By hand, and by Python's own reader: the sum of the ages of every code that is known.
    by_hand = {row["code"]: sum(float(row[f"age_{age}"]) for age in range(18)) for row in rows_in(BY_AGE)}
    keys = {row["ons_code"]: row["la_number"] for row in geography.lookup_rows()} | {ENGLAND: ENGLAND}
    keys |= {region.ons_code: region.ons_code for region in geography.regions()}
    expected = {keys[code]: number for code, number in by_hand.items() if code in keys}
    assert {row["area"]: row["value"] for row in first.frame.iter_rows(named=True)} == expected
    assert len(expected) == 162


def test_a_lazy_population_runs_one_query_of_one_row_and_stays_lazy(monkeypatch):
    """Its rows are counted by rule, and nothing else runs until it is asked."""
    ran = []
    collected = pl.LazyFrame.collect

    def counting(self, *args, **kwargs):
        out = collected(self, *args, **kwargs)
        ran.append(out.height)
        return out

    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    rows = one_row(population_estimate="122495").lazy()
    ages = pl.LazyFrame({"code": ["E06000060", "E06000047"], **AGES})
    children = demand.read_mid_year_population(rows, source=demand.CHILDREN_TO_MID_2024)
    assert ran == [1]
    by_age = demand.read_population_by_age(ages, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED)
    assert ran == [1, 1]
    assert children.is_lazy
    assert by_age.is_lazy


def test_a_population_needs_its_vintage_said():
    """No source, no number."""
    frame = one_row(population_estimate="122495")
    with pytest.raises(TypeError, match="source"):
        demand.read_mid_year_population(frame)
    with pytest.raises(MissingSource, match="vintage"):
        demand.read_mid_year_population(frame, source=None)
    with pytest.raises(MissingSource, match="vintage"):
        demand.read_population_by_age(frame, mid_year=2020, source="ONS")
    said = NoOfficialSource(reason="made up for a test")
    assert demand.read_mid_year_population(frame, source=said).at().period == Snapshot("30 June 2023")


AGES = {f"age_{age}": [age, 2 * age] for age in range(18)}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_single_years_of_age_are_added_in_every_kind_of_frame(engine):
    """0 + 1 + ... + 17 = 153; a district is left behind."""
    frame = as_engine(pl.DataFrame({"code": ["E06000060", "E07000004"], **AGES, "age_18": [1_000, 1_000]}), engine)
    readings = demand.read_population_by_age(frame, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED)
    assert readings.engine is engine
    (reading,) = readings
    assert (reading.area, reading.number, reading.period) == ("825", 153, Snapshot("30 June 2020"))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"age_3": ["c", "4"]}, r"age_3: is no number from 0 up \(1 row\)"),
        ({"age_3": [-1, 4]}, r"age_3: is no number from 0 up \(1 row\)"),
        ({"age_3": [float("inf"), 4.0]}, r"age_3: is no number from 0 up \(1 row\)"),
        ({"age_3": [4.0, float("nan")]}, r"age_3: is no number from 0 up \(1 row\)"),
        ({"age_3": ["9" * 400, "4"]}, r"age_3: is no number from 0 up \(1 row\)"),
        ({"code": ["E06000060", "E10000002"]}, r"code: more than one row is of the same area \(2 rows\)"),
        ({"code": ["W06000001", "E07000004"]}, "code: none is that of an authority"),
        ({"age_17": None}, "age_17: there is no such column"),
    ],
)
def test_a_table_by_age_that_cannot_be_added_is_refused(columns, message):
    """By the column and the rule."""
    data = {"code": ["E06000060", "E06000047"], **AGES} | columns
    frame = pl.DataFrame({name: cells for name, cells in data.items() if cells is not None})
    with pytest.raises(FrameProblems, match=message):
        demand.read_population_by_age(frame, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED)


@pytest.mark.parametrize("mid_year", ["2020", True, 20.0, 1_066, None])
def test_a_mid_year_is_a_year(mid_year):
    """A whole number in reach."""
    with pytest.raises(InvalidValue, match="mid_year"):
        demand.read_population_by_age(
            pl.DataFrame({"code": ["E06000060", "E06000047"], **AGES}), mid_year=mid_year, source=demand.CHILDREN_TO_MID_2024
        )


def printed_rates(lait, measure):
    """LAIT's rates by area and year: text such as 609.70000000000005 for 609.7; None where it is withheld."""
    data = lait.filter(pl.col("Short Desc") == measure)
    found = {}
    for number, year, cell in data.select("LA Number", "Years", "Values").iter_rows():
        value = None if cell == "-" else Fraction(str(round(float(cell), 6)))
        found[geography.area_key(int(number)), int(year)] = value
    return found


# Measure, its readings, authorities' rates that both have, and those that LAIT withholds: 1,700 rows of 170 areas in ten years.
RATES = [
    ("CPP_Total_Rateper10,000", demand.read_referrals, C1, "demand.referrals", 1_503),
    ("CPP_rate", demand.read_plans_by_duration, D5, "demand.children_subject_to_a_child_protection_plan", 1_492),
]


@pytest.mark.parametrize(("measure", "read", "file", "key", "authorities"), RATES, ids=[measure for measure, *_ in RATES])
def test_every_rate_that_lait_prints_for_an_authority_a_region_and_england_is_ours(
    readings_in, children, lait, measure, read, file, key, authorities
):
    """To the one decimal printed: our count by our mid-year population, on the vintage rebased to the Census."""
    printed = printed_rates(lait, measure)
    rates = demand.per_10_000(readings_in(read, file).where(indicator=key), population=children)
    ours = {(row["area"], row["period_end"].year): row for row in rates.frame.iter_rows(named=True)}
    half = Fraction(1, 20)
    checked, agreed = Counter(), Counter()
    for place, rate in printed.items():
        if rate is None:
            assert place not in ours or ours[place]["value"] is None, "we have a rate that LAIT withholds"
            continue
        assert (rate * 10).denominator == 1, "a rate of more than one decimal"
        level = "authorities" if len(place[0]) == 3 else "above"
        exact = Fraction(ours[place]["numerator"]) / Fraction(ours[place]["denominator"]) * 10_000
        checked[level] += 1
        agreed[level] += abs(exact - rate) <= half
    said = f"{measure}: {dict(agreed)} of {dict(checked)} agree"
    assert checked == {"authorities": authorities, "above": 120}, said
    assert agreed == checked, said


def test_rates_on_the_first_vintage_of_mid_2020_are_not_those_that_lait_prints(readings_in, first_vintage, lait):
    """Three of 148 plan rates of 2021 and one of 149 referral rates agree on it: LAIT has been put on the rebased one."""
    found = []
    for measure, read, file, key, _ in reversed(RATES):
        printed = printed_rates(lait, measure)
        counts = readings_in(read, file).where(indicator=key)
        rates = demand.per_10_000(counts, population=first_vintage).frame.filter(pl.col("period_end").dt.year() == 2021)
        both = [
            (row["value"], printed[row["area"], 2021])
            for row in rates.iter_rows(named=True)
            if len(row["area"]) == 3 and row["value"] is not None and printed.get((row["area"], 2021)) is not None
        ]
        found.append((len(both), sum(abs(Fraction(value) - rate) <= Fraction(1, 20) for value, rate in both)))
    assert found == [(148, 3), (149, 1)]


def test_rates_that_nobody_has_are_those_of_authorities_that_had_ended(readings_in, children, lait):
    """Bournemouth, Poole and the Dorset of then, 2016 to 2019: counts, and no population in DfE's file, and no rate in LAIT."""
    counts = readings_in(demand.read_referrals, C1).where(indicator="demand.referrals")
    rates = demand.per_10_000(counts, population=children)
    without = rates.frame.filter(
        ~pl.col("numerator").is_null() & pl.col("denominator").is_null() & (pl.col("period_end").dt.year() >= 2016)
    )
    found = Counter(without["area"].to_list())
    assert found == {"835": 4, "836": 4, "837": 4}
    assert set(without["withheld"]) == {"x"}
    printed = printed_rates(lait, "CPP_Total_Rateper10,000")
    assert all(printed[area, year] is None for area in found for year in range(2016, 2020))


# LAIT's measure and ours: which way is better, as its data dictionary and our definition have it.
SAME_MEASURE = {
    "CPP_Total_NumRef": demand.REFERRALS,
    "CPP_Total_Rateper10,000": demand.REFERRALS_PER_10_000,
    "CIN_Refferals_NFA": demand.NO_FURTHER_ACTION,
    "Referrals_AssessedNotNeed": demand.ASSESSED_NOT_IN_NEED,
    "ReReferral": demand.REREFERRALS,
    "Continue_Assess_Comp": demand.ASSESSED_IN_TIME_FROM_START,
    "Section_47": demand.SECTION_47_ENQUIRIES_PER_10_000,
    "ISCP_Conf": demand.INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000,
    "CP_conf_15days": demand.CONFERENCES_IN_TIME,
    "CPP_rate": demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000,
    "CPP_Num": demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
    "CPP_Abuse": demand.CHILD_PROTECTION_PLANS_STARTED,
    "CPP_Abuse_Rate": demand.CHILD_PROTECTION_PLANS_STARTED_PER_10_000,
    "DeRegCPR": demand.CHILD_PROTECTION_PLANS_ENDED_PER_10_000,
    "RevCP": demand.PLANS_REVIEWED_IN_TIME,
    "PrevRegCPR": demand.SECOND_OR_SUBSEQUENT_PLANS,
    "CPPlans2yrsActive": demand.PLANS_OPEN_TWO_YEARS,
    "CPPlans2yrs": demand.PLANS_ENDED_AFTER_TWO_YEARS,
    "CIN": demand.CHILDREN_IN_NEED_PER_10_000,
}


def test_which_way_is_better_is_as_lait_has_it_but_for_the_rate_of_plans_that_start(published):
    """Of 19 measures 18 agree; that of plans started is Low in LAIT, whose count of them is neither, as both are here."""
    rows = csv_rows(published / "lait" / "lait_data_dictionary.csv")
    polarity = {row["Measure_short"]: row["Polarity"] for row in rows if row["Measure_short"] in SAME_MEASURE}
    assert len(polarity) == len(SAME_MEASURE) == 19
    ours = {Better.LOWER: "Low", Better.HIGHER: "High", Better.NEITHER: "-"}
    differ = {name: polarity[name] for name, indicator in SAME_MEASURE.items() if polarity[name] != ours[indicator.better]}
    assert differ == {"CPP_Abuse_Rate": "Low"}
    assert polarity["CPP_Abuse"] == polarity["CPP_rate"] == polarity["DeRegCPR"] == "-"
