"""Readers of DfE's files of EHC plans: releases and their headings, gaps, refusals, and every kind of frame."""

from __future__ import annotations

import datetime as dt
import functools
import io

import polars as pl
import pytest

from bucks_cs import ehcp
from bucks_cs.errors import FrameProblems, InvalidValue, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, Month, Snapshot
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
TIMELINESS, REQUESTS, ASSESSMENTS = "timeliness_20_week", "requests", "assessments"
NEEDS, CASELOAD, MI = "sen_needs_all_plans", "caseload", "sen2_mi"
ENGLAND = "E92000001"


def path_of(published, file):
    """Where a file is."""
    return published / "ehc_plans" / f"{file}.csv"


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def table(published):
    """A published file as polars with every cell as text, read once."""
    return functools.cache(lambda file: pl.read_csv(path_of(published, file), infer_schema=False))


@pytest.fixture(scope="module")
def readings_in(published):
    """What a reader of this library makes of a published file, read once."""
    return functools.cache(lambda read, file, by=None: read(path_of(published, file), **({} if by is None else {"by": by})))


# Releases.

_KEYS = "time_period,time_identifier,geographic_level,country_code,region_code,new_la_code,old_la_code,breakdown_topic,breakdown"
OF_2026 = f"""{_KEYS},plans_issued_den,plans_issued_den_ex,plans_issued_within_20_weeks,plans_issued_20_weeks_ex,\
pc_plans_issued_within_20_weeks,pc_plans_issued_20_weeks_ex
2019,Calendar year,National,E92000001,,,,All EHC plans,All EHC plans,53327,49519,31313,29895,58.7,60.4
2019,Calendar year,Regional,E92000001,E12000001,,,All EHC plans,All EHC plans,2624,2469,1765,1723,67.3,69.8
"""
"""Rows of the release of 2026 as DfE's data catalogue shows them: other headings, and another name for the total."""
NEEDS_OF_2026 = f"""{_KEYS},ehc_plans,number_asd,number_ds,number_hi,number_mld,number_msi,number_oth,number_pd,number_pmld,\
number_semh,number_slcn,number_sld,number_spld,number_vi,number_need_unknown,asd_pc,ds_pc,hi_pc,mld_pc,msi_pc,oth_pc,pd_pc,pmld_pc,\
semh_pc,slcn_pc,sld_pc,spld_pc,vi_pc,unknown_pc
202425,Academic year,National,E92000001,,,,All EHC plans,All EHC plans,638745,201183,x,8765,67861,1692,7512,24897,8577,132218,\
135835,25025,15030,5280,4870,31.5,x,1.4,10.6,0.3,1.2,3.9,1.3,20.7,21.3,3.9,2.4,0.8,0.8
"""


def release(text):
    """A release as polars with every cell as text."""
    return pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)


def test_a_release_of_2025_and_one_of_2026_are_read_under_the_same_keys(readings_in):
    """``PC_plans_issued_20_weeks_ex`` is ``pc_plans_issued_20_weeks_ex``, and All EHC plans issued is All EHC plans."""
    after, before = ehcp.read_timeliness(release(OF_2026)), readings_in(ehcp.read_timeliness, TIMELINESS)
    assert after.source.title == "Education, health and care plans, reporting year 2026"
    assert before.source.title == "Education, health and care plans, reporting year 2025"
    assert len(after) == 4
    for reading in after:
        same = before.at(indicator=reading.indicator, area=reading.area, period=reading.period)
        assert (reading.number, reading.numerator, reading.denominator) == (same.number, same.numerator, same.denominator)


def test_special_academies_and_free_schools_are_one_column_and_then_two(table):
    """To the release of 2025 and since that of 2026."""
    row = (
        table(CASELOAD)
        .filter((pl.col("la_name") == "Buckinghamshire") & (pl.col("time_period") == "202425"))
        .filter(pl.col("breakdown") == pl.col("breakdown_topic"))
    )
    before = ehcp.read_caseload(row, by="establishment")
    assert before.at(establishment="special, academy or free school").number == float(row["special_academy_free"].item())
    later = (
        row.drop("special_academy_free")
        .with_columns(time_period=pl.lit("202526"), special_academy=pl.lit("10"), special_free_school=pl.lit("2"))
        .rename({"AP_PRU_total_pc": "ap_pru_total_pc"})
    )
    after = ehcp.read_caseload(later, by="establishment")
    assert after.at(establishment="special, free school").number == 2
    assert after.at(establishment="special, academy").period == Snapshot("15 January 2026")
    assert after.source.title == "Education, health and care plans, reporting year 2026"


def test_down_syndrome_has_a_need_of_its_own_from_the_release_of_2026(readings_in):
    """``x`` for January 2025; and the severe and specific needs are those that authorities' rows of 2025 add up to."""
    needs = ehcp.read_needs(release(NEEDS_OF_2026))
    assert needs.at(indicator="ehcp.plans", primary_need="DS").withheld is Withheld.NOT_AVAILABLE
    assert "DS" not in set(readings_in(ehcp.read_needs, NEEDS).frame["primary_need"])
    authorities = (
        readings_in(ehcp.read_needs, NEEDS).where(indicator="ehcp.plans").frame.filter(pl.col("area").str.len_chars() == 3)
    )
    for need in ("SLD", "SPLD", "SEMH", "SLCN", "ASD"):
        summed = authorities.filter(pl.col("primary_need") == need)["value"].sum()
        assert summed == needs.at(indicator="ehcp.plans", primary_need=need).number


def test_plans_of_one_january_are_the_same_whether_its_year_is_calendar_or_academic(table, readings_in):
    """``2024`` and "Calendar year" in the release of 2024, ``202324`` and "Academic year" in the next."""
    totals = table(CASELOAD).filter(pl.col("breakdown") == pl.col("breakdown_topic"))
    year = (pl.col("time_period").str.slice(0, 4).cast(pl.Int64) + 1).cast(pl.String)
    calendar = totals.with_columns(time_period=year, time_identifier=pl.lit("Calendar year"))
    assert ehcp.read_caseload(calendar).frame.equals(readings_in(ehcp.read_caseload, CASELOAD).frame)
    twice = pl.concat([totals, calendar])
    with pytest.raises(FrameProblems, match=r"area, time_period: more than one row has the same \(2,268 rows\)"):
        ehcp.read_caseload(twice)


def test_a_january_whose_day_is_not_known_is_a_month(table):
    """No survey day is guessed."""
    row = table(CASELOAD).head(1).with_columns(time_period=pl.lit("203031"))
    assert ehcp.read_caseload(row).at().period == Month("January 2031")
    assert min(ehcp.SURVEY_DAYS) == 2015
    assert all(day.strftime("%A") == "Thursday" for day in ehcp.SURVEY_DAYS.values())


def test_the_older_file_is_read_under_both_its_headings(table):
    """``IncExc20weekRate`` of 2022 is ``inc_exc_20week_rate`` of 2023 and 2024."""
    names = {
        "InreqEHC": "inreq_ehc", "AssRefusedEHC": "ass_refused_ehc", "AssRefusedEHC_pc": "ass_refused_ehc_pc",
        "NewallEHC": "new_all_ehc", "NewallEHC_AssnoneEHC_sum": "new_all_ehc_ass_none_ehc_sum", "NewallEHC_pc": "new_all_ehc_pc",
        "TotIncExcEHC": "tot_inc_exc_ehc", "IncExc20weekEHC": "inc_exc_20week_ehc", "IncExc20weekRate": "inc_exc_20week_rate",
        "TotNoExcEHC": "tot_no_exc_ehc", "NoExc20weekEHC": "no_exc_20week_ehc", "NoExc20weekRate": "no_exc_20week_rate",
    }  # fmt: skip
    before, after = ehcp.read_sen2_mi(table(MI)), ehcp.read_sen2_mi(table(MI).rename(names))
    assert after.frame.equals(before.frame)
    assert before.source.title == "Education, health and care plans, reporting year 2022"
    assert isinstance(after.source.date, DateBounds)
    assert after.source.date.earliest == dt.date(2023, 1, 1)
    medway = before.at(indicator="ehcp.plans_after_assessment", area="887", period=CalendarYear(2021))
    assert (medway.number, medway.denominator) == (57.6046, 526)  # as published; DfE's data guidance says 95.0 and 319
    assert before.at(indicator="ehcp.requests", area="825", period=CalendarYear(2015)).withheld is Withheld.NOT_APPLICABLE


def test_the_precision_of_the_older_file_is_said():
    """Four decimals of what is printed to six figures."""
    row = {
        "time_period": "2021",
        "geographic_level": "National",
        "country_code": ENGLAND,
        "region_code": None,
        "old_la_code": None,
    }
    figures = dict.fromkeys(("InreqEHC", "NewallEHC_AssnoneEHC_sum", "TotIncExcEHC", "TotNoExcEHC"), "3")
    figures |= dict.fromkeys(("AssRefusedEHC", "NewallEHC", "IncExc20weekEHC", "NoExc20weekEHC"), "1")
    figures |= dict.fromkeys(("AssRefusedEHC_pc", "NewallEHC_pc"), "33.3333")
    figures |= dict.fromkeys(("IncExc20weekRate", "NoExc20weekRate"), "33.300000000000")
    readings = ehcp.read_sen2_mi(pl.DataFrame({name: [cell] for name, cell in (row | figures).items()}))
    refused = readings.at(indicator="ehcp.refused")
    assert (refused.bound("lower"), refused.bound("upper")) == pytest.approx((33.33325, 33.33335))
    assert refused.interval is Interval.ROUNDING
    in_time = readings.at(indicator="ehcp.issued_in_time_including_exceptions")
    assert (in_time.bound("lower"), in_time.bound("upper")) == pytest.approx((33.25, 33.35))


# Gaps and refusals.


@pytest.mark.parametrize(
    ("printed", "reason"),
    [
        *(("x", Withheld.NOT_AVAILABLE), ("z", Withheld.NOT_APPLICABLE), ("c", Withheld.CONFIDENTIAL)),
        *(("low", Withheld.LOW), ("u", Withheld.LOW_RELIABILITY), (":", Withheld.NOT_AVAILABLE), ("[c]", Withheld.CONFIDENTIAL)),
    ],
)
def test_each_symbol_is_a_gap_with_its_reason(printed, reason):
    """And the counts beside it stay."""
    rows = release(OF_2026).with_columns(pc_plans_issued_20_weeks_ex=pl.lit(printed))
    share = ehcp.read_timeliness(rows).at(indicator="ehcp.issued_in_time_excluding_exceptions", area=ENGLAND)
    assert (share.withheld, share.numerator, share.denominator) == (reason, 29_895, 49_519)


READERS = [
    (ehcp.read_timeliness, TIMELINESS, "age"),
    (ehcp.read_timeliness_bands, TIMELINESS, "sex"),
    (ehcp.read_requests, REQUESTS, "ethnicity"),
    (ehcp.read_assessments, ASSESSMENTS, "age"),
    (ehcp.read_caseload, CASELOAD, ("age_at_start", "setting")),
    (ehcp.read_needs, NEEDS, None),
    (ehcp.read_sen2_mi, MI, None),
]
NAMES = [read.__name__ for read, *_ in READERS]


@pytest.mark.parametrize(("read", "file", "by"), READERS, ids=NAMES)
def test_what_cannot_be_read_is_refused_by_column_and_count_and_no_cell(table, read, file, by):
    """A figure, a year, an area and a heading; nothing of the cells in the message."""
    token = "zq9-token"
    rows = table(file).head(40)
    figures = rows.columns[12 if "breakdown" in rows.columns else 10 :]
    spoilt = rows.with_columns(pl.lit(token).alias(name) for name in ("time_identifier", "geographic_level", *figures))
    with pytest.raises(FrameProblems) as caught:
        read(spoilt)
    found = {(problem.column, problem.rows) for problem in caught.value.problems}
    assert {"time_identifier", "geographic_level"} < {column for column, _ in found} - {"area"}
    assert len({rows for _, rows in found}) == 1
    assert token not in repr(caught.value) + str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    with pytest.raises(FrameProblems, match="there is no such column"):
        read(rows.drop(figures))
    with pytest.raises(InvalidValue, match="the path of a CSV file that is there"):
        read("nowhere/zq9-token.csv")
    with pytest.raises(UnsupportedFrame):
        read([1, 2])


@pytest.mark.parametrize("by", ["ages", 3, ("age", "sex"), ("setting", "establishment"), ["age", "sexes"]])
def test_a_breakdown_that_is_none_is_refused_by_name(table, by):
    """With those there are."""
    with pytest.raises(InvalidValue, match="by: expected None, one of age, sex"):
        ehcp.read_caseload(table(CASELOAD), by=by)


def test_a_topic_that_the_file_has_no_rows_of_is_refused(table):
    """Rather than give nothing: the years before 2023 have totals alone."""
    early = table(TIMELINESS).filter(pl.col("time_period") == "2019")
    with pytest.raises(FrameProblems, match="breakdown_topic: no row is of Sex"):
        ehcp.read_timeliness(early, by="sex")
    with pytest.raises(FrameProblems, match="breakdown: no row is a total"):
        ehcp.read_timeliness(table(TIMELINESS).filter(pl.col("breakdown_topic") == "Sex"))
    assert len(ehcp.read_timeliness(early.head(0), by="sex")) == 0


def test_a_share_above_100_or_a_count_below_0_is_refused():
    """Counts of rows."""
    rows = release(OF_2026).with_columns(pc_plans_issued_20_weeks_ex=pl.lit("160.4"), plans_issued_den=pl.lit("-1"))
    with pytest.raises(FrameProblems) as caught:
        ehcp.read_timeliness(rows)
    assert [(problem.column, problem.rows) for problem in caught.value.problems] == [
        *(("plans_issued_den", 2), ("pc_plans_issued_20_weeks_ex", 2)),
    ]


def test_a_source_that_is_given_is_the_source():
    """The caller knows her file."""
    mine = Source(title="Education, health and care plans 2026", publisher="DfE", date=dt.date(2026, 6, 25), place="my copy")
    assert ehcp.read_timeliness(release(OF_2026), source=mine).source == mine


# Engines.


@pytest.fixture(scope="module")
def slices(table):
    """Buckinghamshire and England of each file, and what polars makes of them, worked out once."""

    @functools.cache
    def of(read, file, by):
        rows = table(file)
        part = rows.filter((pl.col("la_name") == "Buckinghamshire") | (pl.col("geographic_level") == "National"))
        return part, rows_of(read(part, **({} if by is None else {"by": by})).frame)

    return of


def same_everywhere(slices, read, file, by, engine, spark=None):
    """A slice in any kind of frame gives the readings it gives in polars, in its own kind."""
    rows, expected = slices(read, file, by)
    readings = read(as_engine(rows, engine, spark=spark), **({} if by is None else {"by": by}))
    assert readings.engine is engine
    assert rows_of(readings.frame) == expected
    assert len(expected) > 20


# Two readers on every engine each day: one of a table with a group and one with two.
EVERY_DAY = {ehcp.read_timeliness, ehcp.read_caseload}


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
@pytest.mark.parametrize(
    ("read", "file", "by"),
    [pytest.param(*each, marks=() if each[0] in EVERY_DAY else pytest.mark.wide, id=each[0].__name__) for each in READERS],
)
def test_every_kind_of_frame_gives_the_same_readings_in_its_own_kind(slices, read, file, by, engine):
    """And a lazy one stays lazy."""
    same_everywhere(slices, read, file, by, engine)


@pytest.mark.spark
@pytest.mark.parametrize(("read", "file", "by"), [READERS[0], READERS[4]], ids=["read_timeliness", "read_caseload"])
def test_spark_gives_the_same_readings_in_its_own_kind(slices, read, file, by, spark):
    """As the others."""
    same_everywhere(slices, read, file, by, Engine.PYSPARK, spark)


def test_a_reader_that_guesses_types_changes_nothing(slices):
    """LA numbers as decimals because regions have none; a column that is ``x`` in places stays text."""
    pandas = pytest.importorskip("pandas")
    rows, expected = slices(ehcp.read_caseload, CASELOAD, "age")
    guessed = pandas.read_csv(io.StringIO(rows.write_csv()))
    assert str(guessed["old_la_code"].dtype) == "float64"
    assert rows_of(ehcp.read_caseload(guessed, by="age").frame) == expected


def test_a_lazy_frame_runs_one_query_of_one_row_and_stays_lazy(table, monkeypatch):
    """Counts by rule, and nothing else until it is asked."""
    ran = []
    collected = pl.LazyFrame.collect

    def counting(self, *args, **kwargs):
        out = collected(self, *args, **kwargs)
        ran.append(out.height)
        return out

    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    readings = ehcp.read_needs(table(NEEDS).lazy(), by="age")
    assert ran == [1]
    assert readings.is_lazy


def test_what_was_read_is_what_from_frame_takes(readings_in):
    """The contract of the long frame is kept: unique keys, one of value and reason."""
    for read, file, by in ((ehcp.read_requests, REQUESTS, "age"), (ehcp.read_caseload, CASELOAD, "setting")):
        readings = readings_in(read, file, by)
        again = Readings.from_frame(readings.frame, indicators=readings.indicators, by=readings.by)
        assert again.frame.equals(readings.frame)
