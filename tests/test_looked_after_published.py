"""Children looked after: every figure of DfE's four files read, and each printed rate and percentage worked out again."""

from __future__ import annotations

import csv
import functools
import logging
from collections import Counter
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, looked_after
from bucks_cs.errors import FrameProblems, InvalidValue, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Kind, Withheld
from bucks_cs.looked_after import CareLeaverActivity, CareLeaverAge
from bucks_cs.periods import ReportingYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
FOLDER = "children_looked_after"
NUMBERS, PLACEMENTS, WORKERS, LEAVERS = (
    f"{name}.csv"
    for name in (
        "cla_number_and_rate_per_10k_children", "la_cla_placement_stability", "la_cla_swcount", "la_care_leavers_activity",
    )
)  # fmt: skip
KINDS = {
    "Children looked after on 31 March each year": "looked_after.children",
    "Children starting to be looked after each year": "looked_after.children_starting",
    "Children ceasing to be looked after each year": "looked_after.children_ceasing",
}
SHARES = {
    "With 3 or more placements during the year": "looked_after.three_or_more_placements_in_the_year",
    "With 3 or more placements during the previous 2 years": "looked_after.three_or_more_placements_in_two_years",
    "Living with the same carer for at least 2 years": "looked_after.same_carer_for_two_years",
    "3 or more social workers during the year": "looked_after.three_or_more_social_workers",
}
TOTALS = {
    "Total": "looked_after.care_leavers",
    "Total in education, employment or training": "looked_after.care_leavers_in_education_employment_or_training",
    "Total not in education, employment or training": "looked_after.care_leavers_not_in_education_employment_or_training",
    "Total information not known": "looked_after.care_leavers_not_known",
}
READERS = {
    NUMBERS: looked_after.read_children_looked_after,
    PLACEMENTS: looked_after.read_placement_stability,
    WORKERS: looked_after.read_social_worker_changes,
    LEAVERS: looked_after.read_care_leavers,
}
SYMBOLS = {"c": "c", "z": "z", "x": "x", "k": "low"}


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def rows_in(published):
    """The rows of a file by Python's own reader, read once."""

    def read(file):
        with (published / FOLDER / file).open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened))

    return functools.cache(read)


@pytest.fixture(scope="module")
def readings_in(published):
    """What a reader makes of a file, read once."""
    return functools.cache(lambda read, file: read(published / FOLDER / file))


def area_of(row):
    """The key an area has in readings."""
    return row["old_la_code"] or row["region_code"] or row["country_code"]


def cell(text):
    """The number and the reason of a printed cell."""
    return (None, SYMBOLS[text]) if text in SYMBOLS else (float(text), None)


def found_in(readings, *dims):
    """The rows of readings by indicator, area, year and dims."""
    return {
        (row["indicator"], row["area"], row["period_end"].year, *(row[name] for name in dims)): row
        for row in readings.frame.iter_rows(named=True)
    }


# Every figure.


def test_every_number_and_rate_of_the_file_is_read_as_it_is_printed(rows_in, readings_in):
    """2,505 rows: 5,010 readings, with the children each rate is of."""
    found = found_in(readings_in(looked_after.read_children_looked_after, NUMBERS))
    printed = rows_in(NUMBERS)
    assert len(found) == 2 * len(printed) == 5_010
    for row in printed:
        key = (KINDS[row["population_type"]], area_of(row), int(row["time_period"]))
        count, rate = found[key], found[f"{key[0]}_per_10_000", *key[1:]]
        assert (count["value"], count["withheld"]) == cell(row["children_count"])
        assert (rate["value"], rate["withheld"]) == cell(row["rate_per_10000"])
        assert (rate["numerator"], rate["denominator"]) == (cell(row["children_count"])[0], cell(row["population_estimate"])[0])
        half = None if row["old_la_code"] or count["value"] is None else 5
        assert (count["upper"] - count["value"] if half else count["upper"]) == half
        assert rate["interval"] == (None if rate["value"] is None else "rounding")


def test_those_looked_after_are_of_the_day_and_those_who_start_or_cease_of_the_year(readings_in):
    """522 on 31 March 2025; 214 started and 215 ceased in the year to it."""
    found = readings_in(looked_after.read_children_looked_after, NUMBERS)
    day, year = Snapshot("31 March 2025"), ReportingYear(2025, ends=(3, 31))
    for function, period, number in (
        ("children", day, 522),
        ("children_per_10_000", day, 40),
        ("children_starting", year, 214),
        ("children_ceasing", year, 215),
    ):
        assert found.at(indicator=f"looked_after.{function}", area="825", period=period).number == number
    assert looked_after.CHILDREN.kind is Kind.STOCK


def test_shares_of_children_are_of_the_day_and_care_leavers_of_the_year(readings_in):
    """The children are those of 31 March, whatever befell them in the year; a birthday falls in the year."""
    year, day = ReportingYear(2025, ends=(3, 31)), Snapshot("31 March 2025")
    moved = readings_in(looked_after.read_placement_stability, PLACEMENTS)
    assert moved.at(indicator=looked_after.THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR, area="825", period=day).denominator == 522
    changed = readings_in(looked_after.read_social_worker_changes, WORKERS)
    assert changed.at(area="825", period=Snapshot("31 March 2024")).number == 29
    leaving = readings_in(looked_after.read_care_leavers, LEAVERS)
    of_age = {"area": "825", "care_leaver_age": CareLeaverAge.AGED_19_TO_21.value}
    assert leaving.at(indicator=looked_after.CARE_LEAVERS, period=year, **of_age).number == 268


@pytest.mark.parametrize("file", [PLACEMENTS, WORKERS])
def test_every_share_of_children_is_read_with_the_children_it_is_of(rows_in, readings_in, file):
    """The denominator is the "Total children" of the same group, in a row of its own."""
    found = found_in(readings_in(READERS[file], file))
    column = "placement_stability" if file == PLACEMENTS else "sw_stability"
    count, percent = ("children_count", "children_percent") if file == PLACEMENTS else ("number", "percentage")
    printed = rows_in(file)
    of_all = [row for row in printed if row[column] == "Total children"]
    totals = {(area_of(row), row["time_period"], row["cla_group"]): row[count] for row in of_all}
    shares = [row for row in printed if row[column] != "Total children"]
    assert len(found) == len(shares) == {PLACEMENTS: 2_505, WORKERS: 165}[file]
    for row in shares:
        reading = found[SHARES[row[column]], area_of(row), int(row["time_period"])]
        assert (reading["value"], reading["withheld"]) == cell(row[percent])
        whole = totals[area_of(row), row["time_period"], row["cla_group"]]
        assert (reading["numerator"], reading["denominator"]) == (cell(row[count])[0], cell(whole)[0])


def test_every_care_leaver_is_read_by_age_and_what_they_are_doing(rows_in, readings_in):
    """20,040 rows: 6,680 of totals and 15,030 of activities, where the share not known stands in both."""
    printed = rows_in(LEAVERS)
    totals = found_in(readings_in(looked_after.read_care_leavers, LEAVERS), "care_leaver_age")
    by_activity = readings_in(looked_after.read_care_leavers_by_activity, LEAVERS)
    each = found_in(by_activity, "care_leaver_age", "activity")
    assert (len(printed), len(totals), len(each)) == (20_040, 6_680, 15_030)
    wholes = {
        (area_of(row), row["time_period"], row["care_leaver_age"]): row["care_leaver_count"]
        for row in printed
        if row["breakdown"] == "Total"
    }
    activities = {activity.value for activity in CareLeaverActivity}
    for row in printed:
        place = (area_of(row), int(row["time_period"]), row["care_leaver_age"])
        whole = cell(wholes[place[0], row["time_period"], place[2]])[0]
        parts = (cell(row["care_leaver_count"])[0], whole)
        there = []
        if row["breakdown"] in TOTALS:
            there.append(totals[TOTALS[row["breakdown"]], *place])
        if row["breakdown"] in activities or row["breakdown"] == "Total information not known":
            activity = row["breakdown"] if row["breakdown"] in activities else None
            there.append(each["looked_after.care_leavers_by_activity", *place, activity])
        assert there
        for reading in there:
            is_count = reading["indicator"] == "looked_after.care_leavers"
            own = row["care_leaver_count" if is_count else "care_leaver_percent"]
            assert (reading["value"], reading["withheld"]) == cell(own)
            assert (reading["numerator"], reading["denominator"]) == ((None, None) if is_count else parts)


def test_the_ages_and_activities_of_the_file_are_those_known_here(rows_in):
    """And a young person is in one activity: of Buckinghamshire's 268 at 19 to 21, 248 are known, and 20 are not."""
    printed = rows_in(LEAVERS)
    assert {row["care_leaver_age"] for row in printed} == {age.value for age in CareLeaverAge}
    assert {row["breakdown"] for row in printed} == {activity.value for activity in CareLeaverActivity} | set(TOTALS)
    mine = [
        row for row in printed
        if (row["old_la_code"], row["time_period"], row["care_leaver_age"]) == ("825", "2025", "19 to 21 years")
    ]  # fmt: skip
    by_text = {row["breakdown"]: row["care_leaver_count"] for row in mine}
    numbers = {text: int(count) for text, count in by_text.items() if count.isdigit()}
    known = sum(numbers.get(activity.value, 0) for activity in CareLeaverActivity)
    assert (known, numbers["Total information not known"], numbers["Total"]) == (248, 20, 268)
    in_it = sum(numbers.get(a.value, 0) for a in CareLeaverActivity if a.is_in_education_employment_or_training)
    assert in_it == numbers["Total in education, employment or training"] == 139


# Every printed rate and percentage, from the components printed beside it.


def judged(reading, *, per, rounded):
    """Whether a printed ratio follows from its parts, by intervals of rounding in exact arithmetic; None where none can say."""
    parts = (reading["numerator"], reading["denominator"])
    if None in parts or (reading["value"] is None and reading["withheld"] != "low"):
        return None
    half = 5 if len(reading["area"]) > 3 else 0
    above, below = (Fraction(part) for part in parts)
    slack_below = half if rounded else 0
    if below - slack_below <= 0:
        return None
    least = max(Fraction(0), above - half) / (below + slack_below) * per
    most = (above + half) / (below - slack_below) * per
    if reading["value"] is None:  # k: below a half
        return least <= Fraction(1, 2)
    printed = Fraction(reading["value"])
    return least <= printed + Fraction(1, 2) and most >= printed - Fraction(1, 2)


def counted(readings, *, per, rounded, keys):
    """How many of the printed ratios agree, disagree and cannot be checked."""
    rows = [row for row in readings.frame.iter_rows(named=True) if row["indicator"] in keys]
    answers = Counter(judged(row, per=per, rounded=rounded) for row in rows)
    return answers[True], answers[False], answers[None]


def test_every_rate_follows_from_its_count_and_its_population(readings_in):
    """2,447 agree, none disagrees; 58 cannot be checked: 56 of authorities that were not there, 2 suppressed."""
    found = readings_in(looked_after.read_children_looked_after, NUMBERS)
    keys = {f"{key}_per_10_000" for key in KINDS.values()}
    # Counts of regions and England are to the nearest 10; populations are exact.
    assert counted(found, per=10_000, rounded=False, keys=keys) == (2_447, 0, 58)
    gaps = Counter(row["withheld"] for row in found.frame.iter_rows(named=True) if row["indicator"] in keys)
    assert (gaps["z"], gaps["c"]) == (56, 2)


def test_every_percentage_of_placements_and_social_workers_follows_from_its_row_and_its_total(readings_in):
    """2,418 and 163 agree, none disagrees; 87 and 2 cannot be checked: suppressed, not there, or 0 of an unknown whole."""
    placements = readings_in(looked_after.read_placement_stability, PLACEMENTS)
    assert counted(placements, per=100, rounded=True, keys=set(SHARES.values())) == (2_418, 0, 87)
    workers = readings_in(looked_after.read_social_worker_changes, WORKERS)
    assert counted(workers, per=100, rounded=True, keys=set(SHARES.values())) == (163, 0, 2)


def test_every_percentage_of_care_leavers_follows_from_its_row_and_its_total(readings_in):
    """Of the totals and of the activities: none disagrees; what cannot be checked is suppressed, not told apart, or of nobody."""
    totals = readings_in(looked_after.read_care_leavers, LEAVERS)
    each = readings_in(looked_after.read_care_leavers_by_activity, LEAVERS)
    of_totals = counted(totals, per=100, rounded=True, keys=set(list(TOTALS.values())[1:]))
    of_each = counted(each, per=100, rounded=True, keys={"looked_after.care_leavers_by_activity"})
    assert (of_totals, of_each) == ((4_805, 0, 205), (8_649, 0, 6_381))


def test_the_population_of_the_file_is_that_of_the_mid_year_before_as_the_other_file_has_it(published, readings_in):
    """Each of the rates' denominators that both files have: 2,463 of 2,505, rebased to the Census of 2021."""
    found = readings_in(looked_after.read_children_looked_after, NUMBERS)
    file = published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"
    children = demand.read_mid_year_population(file, source=demand.CHILDREN_TO_MID_2024)
    people = {(row["area"], row["period_end"].year): row["value"] for row in children.frame.iter_rows(named=True)}
    rates = [row for row in found.frame.iter_rows(named=True) if row["indicator"].endswith("_per_10_000")]
    both = [
        (row["denominator"], people[row["area"], row["period_end"].year - 1])
        for row in rates
        if row["denominator"] is not None and people.get((row["area"], row["period_end"].year - 1)) is not None
    ]
    assert len(both) == 2_463
    assert all(mine == theirs for mine, theirs in both)


# Gaps.


@pytest.mark.parametrize(
    ("symbol", "reason"),
    [("c", Withheld.CONFIDENTIAL), ("x", Withheld.NOT_AVAILABLE), ("z", Withheld.NOT_APPLICABLE), ("k", Withheld.LOW),
     ("u", Withheld.LOW_RELIABILITY)],
)  # fmt: skip
def test_a_gap_keeps_its_reason_and_is_never_0(symbol, reason):
    """In the count and in the rate."""
    frame = numbers().with_columns(children_count=pl.lit(symbol), rate_per_10000=pl.lit(symbol))
    for reading in looked_after.read_children_looked_after(frame):
        assert reading.value is reason
        assert reading.bound("upper") is None


def test_a_share_whose_total_is_not_in_the_frame_has_no_denominator():
    """It is still a share, as it is printed."""
    frame = placements().filter(pl.col("placement_stability") != "Total children")
    (reading,) = looked_after.read_placement_stability(frame)
    assert (reading.number, reading.numerator, reading.denominator) == (10, 50, None)


# What is counted, as DfE's dictionary has it.


@pytest.fixture(scope="module")
def dictionary(published):
    """DfE's definitions of its measures, by their short names."""
    with (published / "lait" / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["Measure_short"]: f"{row['Description']} {row['Methodology']}" for row in csv.DictReader(opened)}


@pytest.mark.parametrize(
    ("measure", "printed", "indicator", "field", "said"),
    [
        ("LACnum", "is subject to a placement order", looked_after.CHILDREN, "counts", "placement order"),
        ("LACStable_2016on", "All placements of 24 hours or more", looked_after.THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR,
         "leaves_out", "under 24 hours"),
        ("LACStable_2016on", "placed for adoption with their existing foster carers, then this is not counted",
         looked_after.THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR, "leaves_out", "foster carers a child lives with already"),
        ("LAC_LongStable%", "adoptive placement together with their previous placement", looked_after.SAME_CARER_FOR_TWO_YEARS,
         "counts", "that placement and the one before it together"),
        ("LAC_19_HE", "with whom the local authority are not in touch", looked_after.CARE_LEAVERS, "counts", "not in touch"),
        ("CareLeaversNEET", "those whose care was transferred to another local authority", looked_after.CARE_LEAVERS,
         "leaves_out", "passed to another authority"),
    ],
)  # fmt: skip
def test_each_exception_of_the_dictionary_is_in_the_definition(dictionary, measure, printed, indicator, field, said):
    """What is put in and what is left out, in the Department's own words beside ours."""
    assert printed in dictionary[measure]
    assert said in getattr(indicator, field)


# Frames made up of rows like DfE's.

KEYS = {
    "time_period": "2025", "time_identifier": "Reporting year", "geographic_level": "Local authority",
    "country_code": "E92000001", "region_code": "E12000008", "old_la_code": "825",
}  # fmt: skip


def made(*rows):
    """A frame of text with the keys of Buckinghamshire in 2025, unless a row says otherwise."""
    return pl.DataFrame([KEYS | row for row in rows])


def numbers(**more):
    """One row of the file of numbers."""
    row = {
        "population_type": "Children looked after on 31 March each year", "population_estimate": "130466",
        "children_count": "522", "rate_per_10000": "40",
    }  # fmt: skip
    return made(row | more)


def placements(**more):
    """Two rows of the file of placements: those with three or more in the year, and all of them."""
    group = {"cla_group": "CLA on 31 March"} | more
    rows = (("Total children", "522", "100"), ("With 3 or more placements during the year", "50", "10"))
    return made(
        *(
            group | {"placement_stability": text, "children_count": count, "children_percent": percent}
            for text, count, percent in rows
        )
    )


def leavers():
    """Three rows of the file of care leavers: all, those in an apprenticeship, and those of whom nothing is known."""
    rows = (("Total", "268", "100"), ("In an apprenticeship", "7", "3"), ("Total information not known", "20", "7"))
    return made(
        *(
            {"care_leaver_age": "19 to 21 years", "breakdown": text, "care_leaver_count": count, "care_leaver_percent": percent}
            for text, count, percent in rows
        )
    )


def workers():
    """Two rows of the file of social workers."""
    rows = (("Total children", "523", "100"), ("3 or more social workers during the year", "152", "29"))
    return made(
        *(
            {"time_period": "2024", "cla_group": "CLA on 31 March", "sw_stability": text, "number": count, "percentage": percent}
            for text, count, percent in rows
        )
    )


FRAMES = {
    looked_after.read_children_looked_after: numbers,
    looked_after.read_placement_stability: placements,
    looked_after.read_social_worker_changes: workers,
    looked_after.read_care_leavers: leavers,
    looked_after.read_care_leavers_by_activity: leavers,
}


def same_everywhere(read, engine, spark=None):
    """A reader gives what it gives of polars, in the caller's own kind of frame."""
    frame = FRAMES[read]
    expected = rows_of(read(frame()).frame)
    readings = read(as_engine(frame(), engine, spark=spark))
    assert readings.engine is engine
    assert rows_of(readings.frame) == expected
    assert any(row["value"] is not None for row in expected)


FIRST, *OTHERS = FRAMES


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
@pytest.mark.parametrize(
    "read", [FIRST, *(pytest.param(read, marks=pytest.mark.wide) for read in OTHERS)], ids=lambda read: read.__name__
)
def test_every_kind_of_frame_gives_the_same_readings_in_its_own_kind(read, engine):
    """And a lazy one stays lazy."""
    same_everywhere(read, engine)


@pytest.mark.spark
def test_spark_gives_the_same_readings_in_its_own_kind(spark):
    """The same on Spark."""
    for read in FRAMES:
        same_everywhere(read, Engine.PYSPARK, spark=spark)


def test_a_reader_that_took_numbers_for_text_is_read_the_same():
    """A CSV read with types: whole numbers, and a level in another case."""
    typed = numbers().with_columns(
        pl.col("time_period", "old_la_code", "population_estimate", "children_count", "rate_per_10000").cast(pl.Int64),
        geographic_level=pl.lit("local authority"),
    )
    assert rows_of(looked_after.read_children_looked_after(typed).frame) == rows_of(
        looked_after.read_children_looked_after(numbers()).frame
    )


def test_the_headings_of_both_releases_are_known_and_tell_which_it_is():
    """number and percentage to 2024, children_count and children_percent since."""
    older = placements(time_period="2024").rename({"children_count": "number", "children_percent": "percentage"})
    assert [each.number for each in looked_after.read_placement_stability(older)] == [10]
    assert "2024" in str(looked_after.read_placement_stability(older).source)
    assert "2025" in str(looked_after.read_placement_stability(placements()).source)
    own = NoOfficialSource(reason="made up")
    assert looked_after.read_placement_stability(placements(), source=own).source == own


@settings(max_examples=20)
@given(count=st.integers(0, 2_000), whole=st.integers(1, 2_000))
def test_a_share_printed_as_dfe_rounds_lies_within_its_bounds(count, whole):
    """Whatever the counts: the exact share is within half a percent of the whole percent that is printed."""
    part = min(count, whole)
    printed = int(Fraction(part * 100, whole) + Fraction(1, 2))
    frame = placements().with_columns(
        children_count=pl.Series([str(whole), str(part)]), children_percent=pl.Series(["100", str(printed)])
    )
    (reading,) = looked_after.read_placement_stability(frame)
    assert reading.interval is Interval.ROUNDING
    assert reading.bound("lower") <= 100 * part / whole + 1e-9
    assert 100 * part / whole - 1e-9 <= reading.bound("upper") <= 100
    assert (reading.numerator, reading.denominator) == (part, whole)


# Refusals.


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (numbers(population_type="Children looked after at 31 March"), r"population_type: is not .* \(1 row\)"),
        (numbers(population_type=None), r"population_type: is not .* \(1 row\)"),
        (numbers(children_count="many"), r"children_count: is neither a number nor"),
        (numbers(children_count="-1"), r"children_count: is below 0"),
        (numbers(time_period="202425"), r"time_period: is no year"),
        (numbers(old_la_code="999"), r"area: has a code"),
        (numbers(geographic_level="Ward"), r"geographic_level: is not"),
        (numbers().drop("population_type"), r"population_type: there is no such column"),
        (numbers().drop("rate_per_10000"), r"rate_per_10000: there is no such column"),
        (pl.concat([numbers(), numbers()]), r"area, time_period, population_type: more than one row has the same \(2 rows\)"),
    ],
    ids=["kind", "no kind", "text", "negative", "year", "area", "level", "no column of kinds", "no rates", "twice"],
)
def test_rows_that_cannot_be_read_are_refused_by_column_and_count(frame, says):
    """No cell is shown, and nothing stands behind the error."""
    with pytest.raises(FrameProblems, match=says) as caught:
        looked_after.read_children_looked_after(frame)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_an_activity_or_a_percentage_that_cannot_be_is_refused():
    """A group that a release renames is not lost in silence."""
    with pytest.raises(FrameProblems, match=r"breakdown: is not .* \(1 row\)"):
        looked_after.read_care_leavers(leavers().with_columns(breakdown=pl.col("breakdown").str.replace("Total$", "All")))
    with pytest.raises(FrameProblems, match=r"children_percent: is not a percentage from 0 to 100"):
        looked_after.read_placement_stability(placements().with_columns(children_percent=pl.lit("101")))


@pytest.mark.parametrize("read", FRAMES, ids=lambda read: read.__name__)
def test_what_is_no_frame_and_no_file_is_refused_by_our_own_errors(read, tmp_path):
    """A path with nothing there, and an object that is neither."""
    with pytest.raises(InvalidValue, match="path of a CSV file"):
        read(tmp_path / "none.csv")
    with pytest.raises(UnsupportedFrame):
        read(42)


def test_no_error_shows_a_cell(caplog):
    """A token in every cell is in no message, repr, arguments, cause, context or log."""
    token = "SECRET-7731"
    for read, frame in FRAMES.items():
        planted = frame().with_columns(pl.lit(token).alias(name) for name in frame().columns)
        with caplog.at_level(logging.DEBUG), pytest.raises(FrameProblems) as caught:
            read(planted)
        error = caught.value
        assert token not in f"{error} {error!r} {error.args} {error.__cause__} {error.__context__} {caplog.text}"


def test_an_empty_frame_has_no_readings():
    """No rows, no readings, and no error."""
    for read, frame in FRAMES.items():
        assert len(read(frame().clear())) == 0
