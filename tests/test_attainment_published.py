"""Attainment as DfE's Local authority interactive tool has it: every figure read, gaps kept, and what cannot be read refused."""

from __future__ import annotations

import datetime as dt
import logging

import polars as pl
import pytest

from bucks_cs import attainment, trend
from bucks_cs.attainment import (
    A_LEVEL_POINTS,
    ATTAINMENT_8,
    ENGLISH_AND_MATHEMATICS,
    GCSE_AMBITION,
    GOOD_LEVEL_OF_DEVELOPMENT,
    KEY_STAGE_2,
    KEY_STAGE_2_AMBITION,
    MEAN_GCSE_GRADE,
    PHONICS,
    gap_to_line,
    read_attainment,
    yearly_progress,
)
from bucks_cs.errors import AcrossBreak, FrameProblems, InvalidValue, NotFound, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import AcademicYear
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.published_files import EXACT, ToolMeasure, read_interactive_tool
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
FILE = "lait/bds_long_0.parquet"
ENGLAND, SOUTH_EAST = "E92000001", "E12000008"
NAMES = {
    "FSP_NEW_GOODDEV": GOOD_LEVEL_OF_DEVELOPMENT,
    "KS1P_all": PHONICS,
    "KS2RWM_Expected_STD": KEY_STAGE_2,
    "AVG_Attain8_Score": ATTAINMENT_8,
    "EngMaths9-4": ENGLISH_AND_MATHEMATICS,
    "APSE_Alevel": A_LEVEL_POINTS,
}


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def tool(**cells):
    """Two rows of the tool as text, some of whose cells are changed (or a column left out: None)."""
    columns = {
        "Short Desc": ["KS2RWM_Expected_STD"] * 2,
        "Data item": ["Attainment at the end of key stage 2"] * 2,
        "Years": ["2019", "2020"],
        "LA and Regions": ["Buckinghamshire"] * 2,
        "Values": ["66", "-"],
        "LA Number": ["825", "825"],
        "Region": ["South East"] * 2,
    } | cells
    return pl.DataFrame({name: cell for name, cell in columns.items() if cell is not None})


@pytest.fixture(scope="module")
def cells(published):
    """The rows of the six measures in the file, by polars alone."""
    bank = pl.scan_parquet(published / FILE).filter(pl.col("Short Desc").is_in(list(NAMES)))
    return bank.select("Short Desc", "Years", "LA and Regions", "Values", "LA Number").collect()


@pytest.fixture(scope="module")
def readings(published):
    """What the reader makes of the file."""
    return read_attainment(published / FILE)


def at(readings, indicator, area, year):
    """The reading of an area in the academic year that ends in a year."""
    return readings.at(indicator=indicator, area=area, period=AcademicYear.ending(year))


# The file


@pytest.mark.parametrize(
    ("area", "year", "number"),
    [("825", 2019, 66), ("825", 2022, 61), ("825", 2025, 65), (ENGLAND, 2019, 65), (ENGLAND, 2022, 59), (ENGLAND, 2025, 63)],
)
def test_key_stage_2_of_buckinghamshire_and_england_is_as_published(readings, area, year, number):
    """LAIT, measure KS2RWM_Expected_STD, to a whole percent."""
    found = at(readings, KEY_STAGE_2, area, year)
    assert found.number == number
    assert (found.bound("lower"), found.bound("upper"), found.interval) == (number - 0.5, number + 0.5, Interval.ROUNDING)


@pytest.mark.parametrize(
    ("indicator", "bucks", "england", "half"),
    [
        (GOOD_LEVEL_OF_DEVELOPMENT, 74.3, 71.8, 0.05),
        (PHONICS, 82, 82, 0.5),
        (ATTAINMENT_8, 55.1, 46.7, 0.05),
        (ENGLISH_AND_MATHEMATICS, 75.5, 64.6, 0.05),
        (A_LEVEL_POINTS, 38.2, 32.87, 0.005),
    ],
)
def test_the_other_measures_of_2019_are_as_published(readings, indicator, bucks, england, half):
    """Read in LAIT's file; England's points per A level entry have more decimals in other years, and no bounds."""
    here, there = (at(readings, indicator, area, 2019) for area in ("825", ENGLAND))
    assert (here.number, there.number) == (bucks, england)
    assert here.bound("upper") == pytest.approx(bucks + half)
    assert (there.bound("upper") is None) == (indicator is A_LEVEL_POINTS)


def test_every_row_of_the_six_measures_is_read(readings, cells):
    """As many readings as rows, each number as Python's own float reads it, and each mark a gap."""
    assert len(readings) == cells.height == 10_030
    numbers = {
        "England": ENGLAND,
        "South East": SOUTH_EAST,
        "London (Inner)": "E13000001",
        "Yorkshire and the Humber": "E12000003",
    }
    found = {(r["indicator"], r["area"], r["period_end"].year): r for r in rows_of(readings.frame)}
    compared = 0
    for row in cells.iter_rows(named=True):
        area = numbers.get(row["LA and Regions"]) or str(int(row["LA Number"]))
        reading = found.get((NAMES[row["Short Desc"]].key, area, int(row["Years"][:4])))
        if reading is None:
            assert area.startswith("98") or area == "990", "a region whose code is not written out here"
            continue
        compared += 1
        expected = None if row["Values"] == "-" else float(row["Values"])
        assert reading["value"] == expected
        assert reading["withheld"] == ("x" if expected is None else None)
    assert compared > 9_500


def test_no_assessment_was_held_in_2020_and_2021(readings):
    """Key stage 2, phonics and the early years: every area of both years is a gap, and none of 2019 and 2022 for England."""
    for indicator in (KEY_STAGE_2, PHONICS, GOOD_LEVEL_OF_DEVELOPMENT):
        for year in (2020, 2021):
            of_year = readings.where(indicator=indicator, period=AcademicYear.ending(year))
            assert {reading.withheld for reading in of_year} == {Withheld.NOT_AVAILABLE}
        assert all(at(readings, indicator, ENGLAND, year).number for year in (2019, 2022))


def test_authorities_that_ended_and_those_that_began_are_both_there(readings):
    """Cumbria has key stage 2 to 2022 and its two successors from 2023 on."""
    assert at(readings, KEY_STAGE_2, "909", 2022).number == 56
    assert at(readings, KEY_STAGE_2, "909", 2023).withheld is Withheld.NOT_AVAILABLE
    assert at(readings, KEY_STAGE_2, "942", 2023).number is not None


def test_the_edition_in_a_years_label_is_left_behind(readings):
    """Phonics of "2025 (prov)" is of 2024/25."""
    assert at(readings, PHONICS, "825", 2025).number == 82


def test_the_source_is_the_tool_at_the_dates_it_has_of_the_measures(published):
    """One measure has one date; several lie between theirs."""
    one = read_attainment(published / FILE, indicators=KEY_STAGE_2).source
    assert (one.title, one.date) == ("Local authority interactive tool", dt.date(2025, 12, 1))
    two = read_attainment(published / FILE, indicators=[KEY_STAGE_2, PHONICS]).source
    assert (two.date.earliest, two.date.latest) == (dt.date(2025, 10, 1), dt.date(2025, 12, 1))
    own = NoOfficialSource(reason="made up")
    assert read_attainment(tool(), indicators=KEY_STAGE_2, source=own).source is own


def test_the_mean_gcse_grade_is_in_no_file():
    """So no reader gives it, and it is not taken from another measure."""
    with pytest.raises(InvalidValue, match=r"attainment\.key_stage_2"):
        read_attainment(tool(), indicators=MEAN_GCSE_GRADE)


def test_a_change_over_the_pandemic_is_refused_until_it_is_asked_for(readings):
    """The break names why."""
    here = readings.where(indicator=KEY_STAGE_2, area="825")
    years = {"earlier": AcademicYear("2018/19"), "later": AcademicYear("2021/22")}
    with pytest.raises(AcrossBreak, match="cancelled in the pandemic"):
        trend.change(here, **years)
    assert trend.change(here, **years, across_breaks=True).at().number == -5


# Beside the ambition


def test_buckinghamshire_of_2025_is_beside_the_line_and_needs_five_points_a_year(readings):
    """By hand: 65 less 80 (to 2029) and less 78.64 (to 2030); (90 - 65) / 4 and / 5, with the rounding of 65."""
    here = readings.where(area="825", period=AcademicYear("2024/25"))
    gaps = {r.dims[0][1]: r for r in gap_to_line(here, ambition=KEY_STAGE_2_AMBITION)}
    assert gaps["2028/29"].number == pytest.approx(-15)
    assert gaps["2029/30"].number == pytest.approx(65 - (65 + 25 * 6 / 11))
    assert (gaps["2028/29"].bound("lower"), gaps["2028/29"].bound("upper")) == (-15.5, -14.5)
    needed = {r.dims[0][1]: r for r in yearly_progress(here, ambition=KEY_STAGE_2_AMBITION)}
    assert (needed["2028/29"].number, needed["2029/30"].number) == (6.25, 5)
    assert (needed["2029/30"].bound("lower"), needed["2029/30"].bound("upper")) == (4.9, 5.1)


def test_the_measures_of_the_file_are_no_mean_grade(readings):
    """None of them can be set beside the second ambition, and the refusal names those there are."""
    with pytest.raises(NotFound, match="attainment"):
        gap_to_line(readings, ambition=GCSE_AMBITION)


# Engines


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_reads_the_same(engine, cells):
    """And gives back its own kind of frame."""
    some = cells.filter(pl.col("LA Number").is_in([825.0, 970.0, 989.0]))
    whole = read_attainment(as_engine(some, engine))
    assert whole.engine is engine
    assert rows_of(whole.frame) == rows_of(read_attainment(some).frame)


@pytest.mark.spark
def test_spark_reads_the_same(spark, cells):
    """Lazily, in place."""
    some = cells.filter(pl.col("LA Number").is_in([825.0, 970.0]))
    assert rows_of(read_attainment(as_engine(some, Engine.PYSPARK, spark=spark)).frame) == rows_of(read_attainment(some).frame)


@pytest.mark.parametrize("number", ["825", "825.0", 825, 825.0])
def test_an_areas_number_may_be_text_or_a_number(number):
    """As a CSV, a spreadsheet or DfE's parquet has it."""
    found = read_attainment(tool(**{"LA Number": [number] * 2}), indicators=KEY_STAGE_2)
    assert {reading.area for reading in found} == {"825"}


def test_a_path_of_a_csv_or_a_parquet_file_gives_polars(tmp_path):
    """As text or as a path."""
    csv, parquet = tmp_path / "bds_long.csv", tmp_path / "bds_long.parquet"
    tool().write_csv(csv)
    tool().write_parquet(parquet)
    for path in (csv, parquet, str(parquet)):
        found = read_attainment(path, indicators=KEY_STAGE_2)
        assert [reading.number for reading in found] == [66, None]
        assert found.engine is Engine.POLARS


@pytest.mark.parametrize(
    ("mark", "why"),
    [("-", "x"), (":", "x"), ("x", "x"), ("c", "c"), ("z", "z"), ("low", "low"), ("k", "low"), ("u", "u")],
)
def test_each_mark_is_a_gap_with_its_reason(mark, why):
    """None of them is zero."""
    found = read_attainment(tool(Values=["66", mark]), indicators=KEY_STAGE_2)
    assert [reading.withheld for reading in found] == [None, Withheld(why)]


# Refused


@pytest.mark.parametrize(
    ("changed", "column", "rule", "rows"),
    [
        ({"Years": ["2019", "last year"]}, "Years", "is no year", 1),
        ({"Years": ["2019", None]}, "Years", "is no year", 1),
        ({"Years": ["2014-16", "2015-17"]}, "Years", "is no year", 2),
        ({"LA Number": ["825", "000"]}, "LA Number", "is the number of no authority", 1),
        ({"LA Number": ["825", None]}, "LA Number", "is the number of no authority", 1),
        ({"Values": ["66", "about 60"]}, "Values", "is neither a number nor one of", 1),
        ({"Values": ["66", None]}, "Values", "is neither a number nor one of", 1),
        ({"Values": ["66", "101"]}, "Values", "is below 0, or a percentage above 100", 1),
        ({"Values": ["-1", "66"]}, "Values", "is below 0, or a percentage above 100", 1),
        ({"Years": ["2019", "2019 (Rev)"]}, "Short Desc, LA Number, Years", "more than one row has the same", 2),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_that_cannot_be_read_is_counted_and_not_shown(engine, changed, column, rule, rows):
    """By its column, on every engine."""
    with pytest.raises(FrameProblems) as caught:
        read_attainment(as_engine(tool(**changed), engine), indicators=KEY_STAGE_2)
    assert [(p.column, p.rows) for p in caught.value.problems] == [(column, rows)]
    assert rule in caught.value.problems[0].rule


@pytest.mark.parametrize("column", ["Short Desc", "Years", "Values", "LA Number"])
def test_a_missing_column_is_named(column):
    """With the nearest there is."""
    with pytest.raises(FrameProblems, match=f"{column}: there is no such column"):
        read_attainment(tool(**{column: None}))


def test_a_measure_that_no_row_is_of_is_named():
    """An empty file has none."""
    with pytest.raises(FrameProblems, match="no row is of KS1P_all"):
        read_attainment(tool(), indicators=[KEY_STAGE_2, PHONICS])
    with pytest.raises(FrameProblems, match="no row is of KS2RWM_Expected_STD"):
        read_attainment(tool().clear(), indicators=KEY_STAGE_2)


def test_rows_of_other_measures_are_passed_over_whatever_stands_in_them():
    """The tool has hundreds."""
    other = tool(**{"Short Desc": ["RTA"] * 2, "Years": ["2014-16"] * 2, "Values": ["many"] * 2, "LA Number": ["none"] * 2})
    found = read_attainment(pl.concat([tool(), other]), indicators=KEY_STAGE_2)
    assert len(found) == 2


@pytest.mark.parametrize("frame", [None, 5, [1, 2], object()])
def test_what_is_no_frame_and_no_path_is_refused(frame):
    """By our own error."""
    with pytest.raises(UnsupportedFrame):
        read_attainment(frame)


def test_a_path_where_nothing_is_and_indicators_that_are_none_are_refused(tmp_path):
    """By name."""
    for path in ("nothing.csv", "nothing.parquet"):
        with pytest.raises(InvalidValue, match="frame"):
            read_attainment(tmp_path / path)
    for odd in ("attainment.key_stage_2", [], 5, [KEY_STAGE_2, "phonics"]):
        with pytest.raises(InvalidValue, match="indicators"):
            read_attainment(tool(), indicators=odd)
    for odd in ([], "KS1P_all", [KEY_STAGE_2]):
        with pytest.raises(InvalidValue, match="measures"):
            read_interactive_tool(tool(), odd)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"no parquet")
    with pytest.raises(FrameProblems):
        read_attainment(broken)


def test_a_measure_of_the_tool_names_its_period_and_its_place():
    """Other measures of the tool can be read too."""
    place = Source(title="Tool", publisher="DfE", date=dt.date(2025, 1, 1), place="measure KS2RWM_Expected_STD")
    parts = {"source": place, "indicator": KEY_STAGE_2, "rounding": EXACT, "period": AcademicYear.ending}
    found = read_interactive_tool(tool(), ToolMeasure(**parts)).at(period=AcademicYear("2018/19"))
    assert (found.number, found.interval, found.source) == (66, None, place)
    for wrong in ({"period": 2019}, {"indicator": "key"}, {"rounding": 1}, {"source": None}, {"source": place.at("page 1")}):
        with pytest.raises(InvalidValue, match=next(iter(wrong))):
            ToolMeasure(**parts | wrong)


TOKEN = "ZZTOKENZZ"


@pytest.mark.parametrize("engine", ENGINES)
def test_no_cell_is_in_an_error_or_a_log(engine, caplog):
    """A token in every cell of the columns that are read, and in the others."""
    caplog.set_level(logging.DEBUG)
    own = {"Short Desc": ["KS2RWM_Expected_STD"] * 2}
    frame = as_engine(
        tool(**dict.fromkeys(("Years", "Values", "LA Number", "LA and Regions", "Region"), [TOKEN] * 2), **own), engine
    )
    with pytest.raises(FrameProblems) as caught:
        read_attainment(frame, indicators=KEY_STAGE_2)
    error = caught.value
    assert not [text for text in (str(error), repr(error), str(error.args), caplog.text) if TOKEN in text]
    assert error.__cause__ is None
    assert error.__context__ is None


def test_every_indicator_is_in_the_door_under_its_own_key():
    """Those of the file, the mean grade, and the four beside the ambitions."""
    keys = {indicator.key for indicator in attainment.INDICATORS}
    assert len(keys) == 11
    assert {f"attainment.key_stage_2/{name}" for name in ("gap_to_line", "yearly_progress")} <= keys
