"""Home education: every figure of DfE's file, its percentages worked out again, growth within its bounds; and population."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, record, trend
from bucks_cs.errors import FrameProblems, InvalidValue, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import AcademicYear, Snapshot
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
FILE = "home_education/ehe_academic_year.csv"
BY_AGE = "population/ons_mid2020_single_year_of_age_unrebased.csv"
MID_YEARS = "population/ons_mid-year_population_estimates_2012_to_2024.csv"
ENGLAND = "E92000001"
COUNTS = {
    "ehe_anytime_full_year": demand.HOME_EDUCATED_IN_THE_YEAR,
    "ehe_starts_full_year": demand.HOME_EDUCATION_STARTED,
    "ehe_returns_full_year": demand.HOME_EDUCATION_RETURNS_TO_SCHOOL,
    "ehe_section_437_full_year": demand.SCHOOL_ATTENDANCE_NOTICES,
    "ehe_sao_issued_full_year": demand.SCHOOL_ATTENDANCE_ORDERS,
    "ehe_sao_revoked_full_year": demand.SCHOOL_ATTENDANCE_ORDERS_REVOKED,
}
SCHOOLS = {
    "ey": "Early years", "none": "None", "lamain": "Local authority maintained school", "acad": "Academy",
    "free": "Free school", "ind": "Independent school", "spec": "Special school", "ap": "Alternative provision",
    "pru": "Pupil referral unit", "ehe": "Elective home education", "else_unk": "Elsewhere or unknown",
}  # fmt: skip
STARTED, STARTED_FROM = demand.HOME_EDUCATION_STARTED.key, demand.HOME_EDUCATION_STARTED_FROM.key


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def printed(published):
    """The rows of DfE's file by Python's own reader."""
    with (published / FILE).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture(scope="module")
def taught(published):
    """What the reader makes of it."""
    return demand.read_home_education(published / FILE)


@pytest.fixture(scope="module")
def schools(published):
    """The same by the school before."""
    return demand.read_previous_schools(published / FILE)


def area_of(row):
    """The key an area has in readings."""
    return row["old_la_code"] or row["region_code"] or row["country_code"]


def year_of(row):
    """The calendar year an academic year ends in: 202425 is 2025."""
    return 2000 + int(row["time_period"][-2:])


def cell(text):
    """The number and the reason of a printed cell."""
    return (None, text) if text in {"x", "low"} else (float(text), None)


def found_in(readings, *dims):
    """The rows of readings by indicator, area, year and dims."""
    return {
        (row["indicator"], row["area"], row["period_end"].year, *(row[name] for name in dims)): row
        for row in readings.frame.iter_rows(named=True)
    }


# Every figure.


def test_every_count_of_the_file_is_read_with_the_bounds_of_its_rounding(printed, taught):
    """655 rows of 2021/22 to 2024/25: authorities and regions to the nearest 10, England to the nearest 100."""
    found = found_in(taught)
    assert len(printed) == 655
    assert len(found) == 6 * 655
    for row in printed:
        half = {"National": 50}.get(row["geographic_level"], 5)
        for column, indicator in COUNTS.items():
            reading = found[indicator.key, area_of(row), year_of(row)]
            number, why = cell(row[column])
            assert (reading["value"], reading["withheld"]) == (number, why)
            bounds = (None, None) if number is None else (max(0, number - half), number + half)
            assert (reading["lower"], reading["upper"]) == bounds
            assert reading["interval"] == (None if number is None else "rounding")


def test_buckinghamshire_in_2024_25(taught):
    """1,740 at any time, 670 began, 310 went back; 10 notices, and no orders."""
    year = AcademicYear("2024/25")
    numbers = [taught.at(indicator=indicator, area="825", period=year).number for indicator in COUNTS.values()]
    assert numbers == [1_740, 670, 310, 10, 0, 0]
    assert taught.at(indicator=demand.SCHOOL_ATTENDANCE_NOTICES, area="825", period=AcademicYear("2022/23")).value is Withheld.LOW


def test_every_count_and_share_by_the_school_before_is_read(printed, schools):
    """Eleven types, each with a count and a share; above an authority the counts are x, and the shares are there."""
    found = found_in(schools, "previous_school")
    assert len(found) == 2 * 11 * 655
    for row in printed:
        whole = cell(row["ehe_starts_full_year"])[0]
        for name, school in SCHOOLS.items():
            count = found[STARTED, area_of(row), year_of(row), school]
            share = found[STARTED_FROM, area_of(row), year_of(row), school]
            assert (count["value"], count["withheld"]) == cell(row[f"ehe_schtype_{name}"])
            assert (share["value"], share["withheld"]) == cell(row[f"ehe_schtype_{name}_pc"])
            assert (share["numerator"], share["denominator"]) == (count["value"], whole)


# Percentages from their components.


def judged(row, name):
    """Whether a percentage follows from the count and the starts beside it; low is told apart."""
    count, percent, starts = row[f"ehe_schtype_{name}"], row[f"ehe_schtype_{name}_pc"], row["ehe_starts_full_year"]
    if "x" in {count, percent, starts}:
        return "cannot be checked"
    ends = []
    for text in (count, starts):
        number = 0 if text == "low" else int(text)
        ends.append((max(0, number - 5), number + 5))
    least = Fraction(ends[0][0] * 100, ends[1][1])
    most = None if ends[1][0] == 0 else Fraction(ends[0][1] * 100, ends[1][0])
    if percent == "low":
        return "low, and cannot round to 0" if least > Fraction(1, 2) else "low, and may round to 0"
    half = Fraction(1, 2)
    agrees = least <= int(percent) + half and (most is None or most >= int(percent) - half)
    return "agrees" if agrees else "disagrees"


def test_every_percentage_of_an_authority_follows_from_its_row_but_for_what_is_marked_low(printed):
    """4,071 agree and none disagrees; of 2,232 marked low 869 are of counts that cannot round to 0: they are under 5%."""
    answers = Counter()
    for row in printed:
        for name in SCHOOLS:
            answers[row["geographic_level"], judged(row, name)] += 1
    assert answers == {
        ("Local authority", "agrees"): 4_071,
        ("Local authority", "low, and may round to 0"): 1_363,
        ("Local authority", "low, and cannot round to 0"): 869,
        ("Local authority", "cannot be checked"): 418,
        # No count by school is printed above an authority.
        ("Regional", "cannot be checked"): 440,
        ("National", "cannot be checked"): 44,
    }


def test_no_authority_has_a_percentage_from_1_to_4_and_regions_have(printed):
    """So that low stands for all under 5% in an authority's row, which the guidance does not say."""
    small = Counter()
    for row in printed:
        for name in SCHOOLS:
            percent = row[f"ehe_schtype_{name}_pc"]
            small[row["geographic_level"]] += percent in {"1", "2", "3", "4"}
    assert (small["Local authority"], small["Regional"], small["National"]) == (0, 208, 24)


# Growth.


def test_growth_between_two_years_has_the_bounds_that_rounding_leaves(taught):
    """1,360 to 1,740 is 27.9%, and by the rounding 1,735 / 1,365 to 1,745 / 1,355: 27.1 to 28.8."""
    growth = trend.change(taught, earlier=AcademicYear("2021/22"), later=AcademicYear("2024/25"))
    percent = growth.at(indicator=f"{demand.HOME_EDUCATED_IN_THE_YEAR.key}/change_percent", area="825")
    assert percent.number == pytest.approx(100 * 380 / 1_360)
    assert percent.bound("lower") == pytest.approx(100 * (1_735 / 1_365 - 1))
    assert percent.bound("upper") == pytest.approx(100 * (1_745 / 1_355 - 1))
    assert percent.interval is Interval.ROUNDING
    england = growth.at(indicator=f"{demand.HOME_EDUCATED_IN_THE_YEAR.key}/change", area=ENGLAND)
    assert (england.number, england.bound("lower"), england.bound("upper")) == (59_600, 59_500, 59_700)


def test_growth_from_a_count_that_is_low_is_withheld(taught):
    """Orders in Buckinghamshire: 0 to 0 has no percent; notices from low have no number."""
    growth = trend.change(taught, earlier=AcademicYear("2022/23"), later=AcademicYear("2024/25"))
    assert growth.at(indicator=f"{demand.SCHOOL_ATTENDANCE_NOTICES.key}/change", area="825").value is Withheld.LOW
    orders = growth.at(indicator=f"{demand.SCHOOL_ATTENDANCE_ORDERS.key}/change_percent", area="825")
    assert orders.value is Withheld.NOT_APPLICABLE


def test_the_19_percent_of_january_2020_cannot_be_checked_since_the_series_begins_with_2021_22(printed):
    """The record says so of the figure and of the claim beside it; no row of the file is of a year before."""
    assert min(row["time_period"] for row in printed) == "202122"
    growth = record.comparison("cabinet-minutes-2020-01/discussion-1/home-education")
    assert (growth.figure.as_printed, growth.beside) == ("19%", ())
    assert "begins with 2021/22" in str(growth)
    claim = record.claim("cabinet-minutes-2020-01/discussion-1/in-line")
    assert claim.tests == ()
    assert "begins with 2021/22" in claim.why


# Frames made up of a row like DfE's.


def made(**more):
    """Buckinghamshire in 2024/25, in text."""
    row = {
        "time_period": "202425", "time_identifier": "Academic year", "geographic_level": "Local authority",
        "country_code": "E92000001", "region_code": "E12000008", "old_la_code": "825",
        **dict.fromkeys(COUNTS, "670"), **{f"ehe_schtype_{name}": "low" for name in SCHOOLS},
        **{f"ehe_schtype_{name}_pc": "8" for name in SCHOOLS},
    }  # fmt: skip
    return pl.DataFrame([row | more])


READERS = (demand.read_home_education, demand.read_previous_schools)


def same_everywhere(read, engine, spark=None):
    """A reader gives what it gives of polars, in the caller's own kind of frame."""
    frame = pl.concat([made(), made(time_period="202324", ehe_schtype_acad_pc="x", ehe_anytime_full_year="low")])
    expected = rows_of(read(frame).frame)
    readings = read(as_engine(frame, engine, spark=spark))
    assert readings.engine is engine
    assert rows_of(readings.frame) == expected
    assert {row["withheld"] for row in expected} >= {None, "low"}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
@pytest.mark.parametrize("read", [READERS[0], pytest.param(READERS[1], marks=pytest.mark.wide)], ids=lambda read: read.__name__)
def test_every_kind_of_frame_gives_the_same_readings_in_its_own_kind(read, engine):
    """And a lazy one stays lazy."""
    same_everywhere(read, engine)


@pytest.mark.spark
def test_spark_gives_the_same_readings_in_its_own_kind(spark):
    """The same on Spark."""
    for read in READERS:
        same_everywhere(read, Engine.PYSPARK, spark=spark)


@settings(max_examples=20)
@given(count=st.integers(0, 200_000), level=st.sampled_from(["Local authority", "Regional", "National"]))
def test_a_count_lies_within_the_bounds_of_what_is_printed_of_it(count, level):
    """Whatever it is: rounded as the guidance says, to 10 or for England to 100."""
    unit = 100 if level == "National" else 10
    printed = (count + unit // 2) // unit * unit
    codes = {"Local authority": "825", "Regional": None, "National": None}
    frame = made(geographic_level=level, old_la_code=codes[level], ehe_anytime_full_year=str(printed))
    reading = demand.read_home_education(frame).at(indicator=demand.HOME_EDUCATED_IN_THE_YEAR)
    assert reading.bound("lower") <= count <= reading.bound("upper")
    assert reading.bound("upper") - reading.number == unit / 2


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (made(ehe_anytime_full_year="many"), "ehe_anytime_full_year: is neither a number nor"),
        (made(ehe_anytime_full_year="-10"), "ehe_anytime_full_year: is below 0"),
        (made(time_period="2025"), "time_period: is no year of six digits"),
        (made(time_identifier="Autumn term"), "time_identifier: is not Academic year"),
        (made().drop("ehe_sao_issued_full_year"), "ehe_sao_issued_full_year: there is no such column"),
        (pl.concat([made(), made()]), r"area, time_period: more than one row has the same \(2 rows\)"),
    ],
    ids=["text", "negative", "year", "a term", "no column", "twice"],
)
def test_rows_that_cannot_be_read_are_refused_by_column_and_count(frame, says):
    """A file of a census day is no file of a year."""
    with pytest.raises(FrameProblems, match=says) as caught:
        demand.read_home_education(frame)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_a_share_above_100_a_path_and_a_number_are_refused(read, tmp_path):
    """By our own errors."""
    with pytest.raises(InvalidValue, match="path of a CSV file"):
        read(tmp_path / "none.csv")
    with pytest.raises(UnsupportedFrame):
        read(42)
    with pytest.raises(FrameProblems, match="is not a percentage from 0 to 100"):
        demand.read_previous_schools(made(ehe_schtype_acad_pc="101"))


def test_no_error_shows_a_cell():
    """A token in every cell is in no part of the error."""
    token = "SECRET-7731"
    for read in READERS:
        with pytest.raises(FrameProblems) as caught:
            read(made().with_columns(pl.lit(token).alias(name) for name in made().columns))
        error = caught.value
        assert token not in f"{error} {error!r} {error.args} {error.__cause__} {error.__context__}"


# Population: both vintages of mid-2020, and one year of age too many.


def test_mid_2020_is_126804_as_first_published_and_122495_rebased_and_to_18_inclusive_133033(published):
    """The table by single year of age summed by hand; "0-18" is a year of age more, and no population of children."""
    with (published / BY_AGE).open(encoding="utf-8-sig", newline="") as opened:
        (row,) = (row for row in csv.DictReader(opened) if row["code"] == "E06000060")
    source, day = demand.CHILDREN_AT_MID_2020_UNREBASED, Snapshot("30 June 2020")
    for oldest, people in ((17, 126_804), (18, 133_033)):
        assert sum(float(row[f"age_{age}"]) for age in range(oldest + 1)) == people
        found = demand.read_population_by_age(published / BY_AGE, mid_year=2020, source=source, oldest=oldest)
        assert found.at(area="825", period=day).number == people
    rebased = demand.read_mid_year_population(published / MID_YEARS, source=demand.CHILDREN_TO_MID_2024)
    assert rebased.at(area="825", period=day).number == 122_495


def test_people_to_another_age_are_under_a_key_of_their_own_and_no_rate_of_children_takes_them():
    """In people and not in children."""
    frame = pl.DataFrame({"code": ["E06000060"], **{f"age_{age}": [10] for age in range(19)}})
    source = demand.CHILDREN_AT_MID_2020_UNREBASED
    people = demand.read_population_by_age(frame, mid_year=2020, source=source, oldest=18)
    (indicator,) = people.indicators
    assert (indicator.key, indicator.unit) == ("demand.people_aged_0_to_18_at_mid_year", "person")
    assert (indicator.title, people.at().number) == ("People aged 0 to 18", 190)
    children = demand.read_population_by_age(frame, mid_year=2020, source=source)
    assert (children.indicators[0], children.at().number) == (demand.CHILDREN_AT_MID_YEAR, 180)
    counted = demand.referrals(
        pl.DataFrame(schema={"child_id": pl.String, "referral_date": pl.Date, "decision_date": pl.Date, "seen_date": pl.Date,
                             "no_further_action": pl.Boolean, "closure_date": pl.Date, "closure_reason": pl.String}),
        period=AcademicYear("2020/21").months()[0],
        area="825",
    )  # fmt: skip
    with pytest.raises(InvalidValue, match=r"population: .*a count of children"):
        demand.per_10_000(counted, population=people)


@pytest.mark.parametrize("oldest", [-1, 90, 17.0, True, "17", None])
def test_an_age_that_is_none_is_refused_by_its_name(oldest):
    """The table has single years of age to 89."""
    frame = pl.DataFrame({"code": ["E06000060"], **{f"age_{age}": [10] for age in range(19)}})
    with pytest.raises(InvalidValue, match=r"^oldest: "):
        demand.read_population_by_age(frame, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED, oldest=oldest)
