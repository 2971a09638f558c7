"""Readings: the long frame keeps its contract on every engine, and what goes in comes out the same."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from html.parser import HTMLParser

import attrs
import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import (
    EngineMismatch,
    FrameProblems,
    InvalidValue,
    NotFound,
    UnitError,
    UnknownColumn,
    Unreadable,
    UnsupportedFrame,
)
from bucks_cs.frames.engine import Engine, enter
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.interchange import from_json, from_toml
from bucks_cs.periods import AcademicYear, FinancialYear, Month, MonthlyAverage, ReportingYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.readings import RESERVED, Readings, columns, long_form
from bucks_cs.units import quantity

TOKEN = "Qx7childNameQx7"
CABINET = Source(title="Update", publisher="Buckinghamshire Council", date=dt.date(2022, 10, 11), place="paragraph 3.19")
CENSUS = Source(title="Children in need", publisher="DfE", date=dt.date(2025, 10, 30), place="table C1")
OWN = NoOfficialSource(reason="each authority counts its own")


def indicator(key="demand.contacts", title="Contacts", unit="contact", measure=Measure.COUNT, **more):
    """An indicator made up for these tests."""
    given = {"counts": "contacts received", "kind": Kind.FLOW, "better": Better.NEITHER, "sources": OWN, **more}
    return Indicator(key=key, title=title, unit=unit, measure=measure, **given)


CONTACTS = indicator()
REREFERRALS = indicator("demand.rereferrals", "Re-referrals", "percent", Measure.SHARE, better=Better.LOWER, sources=(CENSUS,))
WAIT = indicator("demand.wait", "Wait", "week", Measure.MEAN)

JANUARY, MARCH = Month("January 2020"), Month("March 2020")

SAMPLE = (
    Reading.of(CONTACTS, 1375, period=JANUARY, dims={"team": "East"}, area="825"),
    Reading.of(CONTACTS, Withheld.NOT_AVAILABLE, period=MARCH, dims={"team": "East"}, area="825"),
    Reading.of(CONTACTS, 0, period=JANUARY, dims={"team": None}, area="825"),
    Reading.of(
        REREFERRALS, 22.5, period=JANUARY, dims={"team": "East"}, lower=20.0, upper=25.0, interval=Interval.CONFIDENCE,
        level=0.95,
        numerator=9.0, denominator=40.0,
    ),
    Reading.of(
        REREFERRALS, Withheld.UNRESOLVED, period=JANUARY, dims={"team": "West"}, lower=1.0, upper=3.0, interval=Interval.BOUNDS
    ),
)  # fmt: skip
INDICATORS = (CONTACTS, REREFERRALS)
EAGER = ("polars", "pandas", "pandas_arrow", "pyarrow")
ENGINES = (*EAGER, "polars_lazy", "duckdb")


def native(frame, engine):
    """A polars frame as a frame of an engine."""
    ways = {
        "polars": lambda: frame,
        "polars_lazy": frame.lazy,
        "pandas": frame.to_pandas,
        "pandas_arrow": lambda: frame.to_pandas(use_pyarrow_extension_array=True),
        "pyarrow": frame.to_arrow,
        "duckdb": lambda: duckdb.connect().from_arrow(frame.to_arrow()),
    }
    return ways[engine]()


def sample(engine, readings=SAMPLE, **more):
    """The sample in an engine, brought in as a user brings it."""
    by = readings[0].dims and tuple(name for name, _ in readings[0].dims)
    return Readings.from_frame(native(Readings.of(readings).frame, engine), indicators=INDICATORS, by=by or (), **more)


def problems(frame, **more):
    """What is wrong with a frame: column, rule and rows of each."""
    with pytest.raises(FrameProblems) as caught:
        Readings.from_frame(frame, **{"indicators": INDICATORS, **more})
    return {(problem.column, problem.rule): problem.rows for problem in caught.value.problems}


# The contract


def test_the_columns_are_those_of_the_design_in_its_order():
    """DESIGN.md, section 2, "The currency, exactly": the table of columns, with two by columns."""
    assert columns(("from_stage", "to_stage")) == (
        "indicator", "area", "from_stage", "to_stage", "period_kind", "period_start", "period_end", "value", "lower", "upper",
        "interval", "level", "numerator", "denominator", "withheld",
    )  # fmt: skip
    assert set(RESERVED) == set(columns()) | {"period"}


def test_the_frame_has_the_types_of_the_design():
    """String, Date and Float64, as the table says."""
    schema = Readings.of(SAMPLE).frame.schema
    text = dict.fromkeys(("indicator", "area", "team", "period_kind", "interval", "withheld"), pl.String)
    numbers = dict.fromkeys(("value", "lower", "upper", "level", "numerator", "denominator"), pl.Float64)
    assert dict(schema) == text | numbers | {"period_start": pl.Date, "period_end": pl.Date}


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_are_sorted_on_indicator_area_by_and_period_with_nulls_last(engine):
    """Whatever order they came in: by hand from the sample, "not recorded" after East."""
    found = sample(engine, tuple(reversed(SAMPLE))).to_polars().select("indicator", "team", "period_start", "withheld").rows()
    january, march = dt.date(2020, 1, 1), dt.date(2020, 3, 1)
    assert found == [
        ("demand.contacts", "East", january, None),
        ("demand.contacts", "East", march, "x"),
        ("demand.contacts", None, january, None),
        ("demand.rereferrals", "East", january, None),
        ("demand.rereferrals", "West", january, "unresolved"),
    ]


@pytest.mark.parametrize(
    ("engine", "kind"),
    [("polars", pl.DataFrame), ("polars_lazy", pl.LazyFrame), ("pandas", pd.DataFrame), ("pandas_arrow", pd.DataFrame),
     ("pyarrow", pa.Table), ("duckdb", duckdb.DuckDBPyRelation)],
)  # fmt: skip
def test_the_frame_is_of_the_kind_that_came_in(engine, kind):
    """Also after a selection, and after being put together with more."""
    found = sample(engine)
    rest = found.where(indicator=REREFERRALS)
    assert [type(part.frame) for part in (found, rest, Readings.concat([found.where(indicator=CONTACTS), rest]))] == [kind] * 3
    assert found.engine is Engine[engine.upper()]
    assert tuple(nw.from_native(found.frame).collect_schema().names()) == columns("team")


@pytest.mark.parametrize("engine", ENGINES)
def test_objects_come_back_equal_from_a_frame_of_each_engine(engine):
    """A gap as its reason, nought as nought, bounds beside a gap, and "not recorded" as None."""
    assert set(sample(engine)) == set(SAMPLE)
    assert len(sample(engine)) == len(SAMPLE)


@pytest.mark.spark
def test_objects_come_back_equal_from_a_spark_frame(spark):
    """The same, on Spark, and it stays lazy."""
    frame = spark.createDataFrame(Readings.of(SAMPLE).frame.to_arrow())
    found = Readings.from_frame(frame, indicators=INDICATORS, by="team")
    assert found.is_lazy
    assert set(found) == set(SAMPLE)
    assert found.at(indicator=REREFERRALS, team="East").number == 22.5
    both = Readings.concat([found.where(indicator=CONTACTS), Readings.of(SAMPLE[3:])])
    assert set(both) == set(SAMPLE)
    assert found.at(indicator=CONTACTS, area="825", period=MARCH).withheld is Withheld.NOT_AVAILABLE
    assert len(found.where(team=None)) == 1
    assert "[unresolved]" in found._repr_html_()
    stamped = frame.withColumn("period_start", frame.period_start.cast("timestamp"))
    assert Readings.from_frame(stamped, indicators=INDICATORS, by="team").collect() == Readings.of(SAMPLE)
    broken = spark.createDataFrame(pl.DataFrame(BAD).to_arrow())
    assert problems(broken, by=()) == BAD_ROWS
    twice = frame.unionAll(frame)
    assert problems(twice, by="team") == {(", ".join(columns("team")[:6]), "are not unique together"): 10}


# Round trips, for any readings

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)
months = st.builds(Month.of, st.integers(1990, 2050), st.integers(1, 12))
days = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))
some_periods = (
    months
    | st.builds(lambda year: FinancialYear(f"{year}-{(year + 1) % 100:02}"), st.integers(2000, 2040))
    | st.builds(lambda year: AcademicYear(f"{year}/{(year + 1) % 100:02}"), st.integers(2000, 2040))
    | st.builds(Snapshot, days)
    | st.builds(lambda two: Span(min(two), max(two)), st.tuples(days, days))
    | st.builds(lambda two, exact: MonthlyAverage(*sorted(two), exact=exact), st.tuples(months, months), st.booleans())
)


@st.composite
def any_reading(draw, by):
    """A reading of any indicator, with or without a value, bounds and parts."""
    given = {"value": draw(numbers | st.sampled_from(Withheld)), "area": draw(st.none() | st.sampled_from(["825", "E92000001"]))}
    given |= {"period": draw(some_periods), "dims": {name: draw(st.none() | texts) for name in by}}
    if draw(st.booleans()):
        lower, upper = sorted((draw(numbers), draw(numbers)))
        given |= draw(st.sampled_from([{"lower": lower, "upper": upper}, {"lower": lower}, {"upper": upper}]))
        given |= {"interval": draw(st.sampled_from(Interval)), "level": draw(st.none() | st.floats(0.01, 0.99))}
    given |= {"numerator": draw(st.none() | numbers), "denominator": draw(st.none() | numbers)}
    source = draw(st.sampled_from([None, CABINET, CENSUS, OWN]))
    return Reading.of(draw(st.sampled_from([*INDICATORS, WAIT])), given.pop("value"), source=source, **given)


def distinct(reading):
    """What no two readings of one frame share."""
    return reading.indicator.key, reading.area, reading.dims, reading.period


any_by = st.sampled_from([(), ("team",), ("from_stage", "to_stage")])
any_readings = any_by.flatmap(lambda by: st.lists(any_reading(by), unique_by=distinct, max_size=6))


@given(readings=any_readings, kind=st.sampled_from(EAGER))
@settings(max_examples=settings.default.max_examples // 5)
def test_any_readings_come_back_equal_through_each_eager_engine_with_their_own_sources(readings, kind):
    """Objects to frame to objects: values to the last bit, and each reading keeps its source."""
    found = Readings.of(readings, kind=kind)
    assert len(found) == len(readings)
    assert set(found) == set(readings)
    assert pickle.loads(pickle.dumps(found)) == found == Readings.of(reversed(readings))


@given(readings=any_readings)
@settings(max_examples=settings.default.max_examples // 10)
def test_any_readings_come_back_equal_through_json_and_toml(readings):
    """Documents hold the definitions, the sources and the rows."""
    found = Readings.of(readings)
    for again in (Readings.from_json(found.to_json()), Readings.from_toml(found.to_toml())):
        assert set(again) == set(readings)
        assert (again.by, again.indicators, again.source) == (found.by, found.indicators, found.source)
        assert again == found


@given(readings=any_readings)
@settings(max_examples=settings.default.max_examples // 20)
def test_any_readings_come_back_equal_through_duckdb(readings):
    """Sources go beside the frame, so each is left out here."""
    plain = [attrs.evolve(reading, source=None) for reading in readings]
    whole = Readings.of(plain)
    frame = duckdb.connect().from_arrow(whole.frame.to_arrow())
    again = Readings.from_frame(frame, indicators=whole.indicators, by=whole.by)
    assert set(again) == set(plain)
    assert again.collect() == whole


# Built from objects


def test_a_value_in_another_unit_of_the_same_dimension_is_turned_into_the_indicators():
    """14 days, with bounds of 7 and 21, are 2 weeks, 1 to 3."""
    reading = Reading(
        indicator=WAIT,
        period=JANUARY,
        value=quantity(14, "day"),
        lower=quantity(7, "day"),
        upper=quantity(21, "day"),
        interval=Interval.BOUNDS,
    )
    assert Readings.of([reading]).frame.select("value", "lower", "upper").row(0) == (2.0, 1.0, 3.0)


def test_a_value_in_a_unit_of_another_dimension_never_gets_so_far():
    """Working days are no part of a week."""
    with pytest.raises(UnitError):
        Reading(indicator=WAIT, period=JANUARY, value=quantity(10, "working_day"))


def test_readings_keep_their_own_sources_where_these_differ():
    """The one that most have is the source, and the others are kept by key: none is lost, and none is claimed falsely."""
    given = [
        attrs.evolve(SAMPLE[0], source=CABINET),
        attrs.evolve(SAMPLE[1], source=CABINET),
        SAMPLE[2],
        attrs.evolve(SAMPLE[3], source=CENSUS),
    ]
    found = Readings.of(given)
    assert found.source == CABINET
    assert [source for _, source in found.other_sources] == [None, CENSUS]
    assert [reading.source for reading in found] == [CABINET, CABINET, None, CENSUS]
    assert found.at(indicator=REREFERRALS).source == CENSUS
    assert [reading.source for reading in Readings.from_json(found.to_json())] == [CABINET, CABINET, None, CENSUS]


def test_no_readings_are_readings_too():
    """Of nothing, or of an indicator that has none, with what they would be broken down by."""
    assert (len(Readings.of([])), str(Readings.of([])), list(Readings.of([]))) == (0, "No readings", [])
    empty = Readings.from_frame(Readings.of([], by="team").frame, indicators=CONTACTS, by="team")
    assert str(empty) == "No readings of Contacts, by team"
    assert Readings.from_json(empty.to_json()) == empty == Readings.from_toml(empty.to_toml())
    assert "0 readings of Contacts" in empty.to_html()
    assert Readings.concat([empty, Readings.of(SAMPLE)]) == Readings.of(SAMPLE)


@pytest.mark.parametrize(
    ("readings", "more"),
    [
        ([SAMPLE[0], Reading.of(CONTACTS, 1, period=JANUARY)], {}),
        (SAMPLE, {"by": "need"}),
        ([SAMPLE[0], Reading.of(attrs.evolve(CONTACTS, title="Other"), 1, period=MARCH, dims={"team": "East"})], {}),
        ([Reading.of(CONTACTS, 1, period=JANUARY, dims={"value": "East"})], {}),
        ([Reading.of(CONTACTS, 1, period=JANUARY, dims=(("team", "East"), ("team", "West")))], {}),
        ([3], {}),
        (Readings.of(SAMPLE).frame, {}),
        (SAMPLE, {"kind": "spreadsheet"}),
    ],
)
def test_readings_that_do_not_go_together_are_refused(readings, more):
    """Other dims, other by, two definitions under one key, a reserved or a doubled name, no readings at all, no such kind."""
    with pytest.raises(InvalidValue):
        Readings.of(readings, **more)


def test_two_readings_of_the_same_thing_are_refused_by_count():
    """One of them would be lost, or both would be added up."""
    with pytest.raises(FrameProblems, match=r"are not unique together \(2 rows\)"):
        Readings.of([SAMPLE[0], attrs.evolve(SAMPLE[0], value=quantity(1, "contact"))])


def test_a_number_beyond_all_numbers_in_the_indicators_own_unit_is_refused():
    """So many weeks are more days than a number can be, though each by itself is one."""
    took = attrs.evolve(SAMPLE[0].indicator, unit="day")
    with pytest.raises(FrameProblems, match=r"value: is not a finite number \(1 row\)"):
        Readings.of([Reading(indicator=took, value=quantity(1e308, "week"), period=Month("January 2020"))])


def test_a_number_that_is_not_finite_is_refused():
    """Neither a value nor a gap: a `Reading` cannot have one, and of a frame the rows are counted."""
    for number in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(InvalidValue, match="expected finite ones"):
            Readings.of([Reading.of(CONTACTS, number, period=JANUARY)])
        with pytest.raises(FrameProblems, match=r"value: is not a finite number \(1 row\)"):
            Readings.from_frame(PLAIN.with_columns(value=pl.Series([1375.0, number])), indicators=CONTACTS)


def test_a_share_of_nearly_all_is_no_hundred_percent_in_a_notebook():
    """9,999 of 10,000 is 99.99%, and its upper limit of 99.998 is not 100 either; 4 of 10,000 is not 0."""
    shares = Indicator(
        key="demand.on_time", title="On time", counts="those on time", measure=Measure.SHARE, kind=Kind.FLOW, unit="percent",
        better=Better.HIGHER, sources=NoOfficialSource(reason="made up for a test"),
    )  # fmt: skip
    limits = {"lower": 99.94, "upper": 99.998, "interval": Interval.CONFIDENCE, "level": 0.95}
    found = Readings.of([Reading.of(shares, 99.99, period=JANUARY, **limits), Reading.of(shares, 0.04, period=MARCH, **limits)])
    page = found.to_html()
    assert "<td>99.99</td>" in page
    assert "99.9 to 99.998 (95% confidence)" in page
    assert "<td>0.04</td>" in page


def test_the_source_of_readings_is_a_source_and_what_was_given_is_not_repeated():
    """attrs' own validator would put it in its message."""
    frame = Readings.of([]).frame
    with pytest.raises(InvalidValue) as caught:
        Readings(frame=frame, indicators=CONTACTS, source="secret 900913")
    assert str(caught.value) == "Readings.source: expected a Source, NoOfficialSource, or None."
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


# Brought in as a frame

PLAIN = pl.DataFrame({
    "indicator": ["demand.contacts"] * 2,
    "period_kind": ["month"] * 2,
    "period_start": [dt.date(2020, 1, 1), dt.date(2020, 2, 1)],
    "period_end": [dt.date(2020, 1, 31), dt.date(2020, 2, 29)],
    "value": [1375, 1400],
})  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frame_may_lack_the_columns_that_would_be_null(engine):
    """They are filled with nulls of their type, and whole numbers become Float64."""
    found = Readings.from_frame(native(PLAIN, engine), indicators=CONTACTS)
    assert [(reading.number, reading.area, reading.numerator) for reading in found] == [
        (1375.0, None, None),
        (1400.0, None, None),
    ]
    assert found.to_polars().schema == Readings.of([]).frame.schema


def test_an_analysts_own_types_are_widened():
    """pandas with midnights for dates, categories for text, whole LA numbers and columns in another order."""
    frame = PLAIN.with_columns(area=pl.lit(825), withheld=pl.lit(None, dtype=pl.String)).to_pandas()
    frame["indicator"] = frame["indicator"].astype("category")
    frame["period_start"], frame["period_end"] = pd.to_datetime(frame["period_start"]), pd.to_datetime(frame["period_end"])
    found = Readings.from_frame(frame[sorted(frame.columns)], indicators=CONTACTS, source=CABINET)
    assert [(reading.area, str(reading.period), reading.source) for reading in found] == [
        ("825", "January 2020", CABINET),
        ("825", "February 2020", CABINET),
    ]


def test_the_dims_of_a_pandas_frame_are_written_as_elsewhere():
    """Beside a gap pandas makes 10 a 10.0, and a date midnight: as dims they are "10" and the date, and can be asked by both."""
    data = {"year": [10, None], "day": [dt.date(2020, 5, 1), None]}
    for engine in ENGINES:
        frame = native(PLAIN.with_columns(pl.Series(name, values) for name, values in data.items()), engine)
        found = Readings.from_frame(frame, indicators=CONTACTS, by=("year", "day"))
        assert {reading.dims for reading in found} == {(("year", "10"), ("day", "2020-05-01")), (("year", None), ("day", None))}
        for asked in (
            {"year": 10},
            {"year": "10"},
            {"day": dt.date(2020, 5, 1)},
            {"day": "2020-05-01"},
            {"year": "10", "day": "2020-05-01"},
        ):
            assert found.at(**asked).number == 1375
        assert found.at(day=None).number == 1400
        with pytest.raises(NotFound):
            found.at(year="ten")


def test_columns_of_other_types_than_text_come_back_from_documents_as_they_were():
    """Whole numbers, numbers, dates and truths; categories come back as text."""
    more = {"n": [1, None], "x": [0.5, None], "on": [dt.date(2020, 5, 1), None], "yes": [True, None]}
    frame = PLAIN.with_columns(
        *(pl.Series(name, values) for name, values in more.items()), c=pl.Series(["a", None], dtype=pl.Categorical)
    )
    found = Readings.from_frame(frame, indicators=CONTACTS, by=(*more, "c"))
    for again in (Readings.from_json(found.to_json()), Readings.from_toml(found.to_toml())):
        assert again == found
        assert [again.frame.schema[name] for name in again.by] == [pl.Int64, pl.Float64, pl.Date, pl.Boolean, pl.String]


BAD = {
    "indicator": (
        "demand.contacts",
        "demand.contacts",
        TOKEN,
        None,
        "demand.contacts",
        "demand.rereferrals",
        "demand.contacts",
        "demand.contacts",
    ),
    "period_kind": ("month", "month", "month", "month", TOKEN, "month", "month", None),
    "period_start": (dt.date(2020, 1, 1),) * 6 + (dt.date(2020, 1, 2), None),
    "period_end": (dt.date(2020, 1, 31),) * 7 + (None,),
    "value": (1.0, 2.0, None, 1.0, float("nan"), float("inf"), 3.0, 4.0),
    "lower": (None, None, 2.0, None, None, 5.0, None, None),
    "upper": (None, None, 1.0, None, None, None, None, None),
    "interval": (None, "bounds", "bounds", None, None, None, TOKEN, None),
    "level": (None, 0.0, 1.0, 0.95, -0.5, 2.0, None, None),
    "withheld": (None, None, None, "c", None, None, None, TOKEN),
}


KEY = "indicator, area, period_kind, period_start, period_end"
BAD_ROWS = {
    ("indicator", "is null"): 1,
    ("period_kind", "is null"): 1,
    ("period_start", "is null"): 1,
    ("period_end", "is null"): 1,
    ("indicator", "is not one of demand.contacts, demand.rereferrals"): 1,
    ("withheld", "is not one of c, u, x, no_history, unresolved, low, z"): 1,
    ("interval", "is not one of confidence, prediction, rounding, bounds"): 1,
    ("value", "is not a finite number"): 2,
    ("level", "is not between 0 and 1"): 4,
    ("value, withheld", "neither a value nor the reason there is none"): 1,
    ("value, withheld", "both a value and a reason there is none"): 2,
    ("interval", "bounds without what they mean, or a meaning without bounds"): 3,
    ("lower, upper", "lower is above upper"): 1,
    (KEY, "are not unique together"): 2,
    ("period_kind, period_start, period_end", "are not the kind, first and last day of any period"): 2,
}


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if not engine.startswith("pandas")])
def test_every_broken_rule_of_a_frame_is_told_at_once_with_counts_of_rows(engine):
    """Counted by hand from the table above; no cell of it is in the message.

    Rows 1 and 2 are there twice; row 3 has neither value nor reason; rows 4 and 8 have both.
    """
    found = problems(native(pl.DataFrame(BAD), engine), by=())
    assert found == BAD_ROWS


@pytest.mark.parametrize("engine", ENGINES)
def test_no_cell_of_a_broken_frame_is_in_its_error(engine):
    """A token stands in every column of text; the error has no cause, no context and no token."""
    frame = native(pl.DataFrame(BAD).with_columns(area=pl.lit(TOKEN), team=pl.lit(TOKEN)), engine)
    with pytest.raises(FrameProblems) as caught:
        Readings.from_frame(frame, indicators=INDICATORS, by="team")
    error = caught.value
    assert (error.__cause__, error.__context__) == (None, None)
    assert TOKEN not in f"{error} {error!r} {error.args} {error.fields}"


@pytest.mark.parametrize("engine", ENGINES)
def test_missing_strange_and_mistyped_columns_are_told_with_the_nearest_name(engine):
    """Names are no cells, so they may be said; types are looked at before any row is."""
    frame = PLAIN.rename({"value": "valeu", "period_end": "ends"}).with_columns(
        period_start=pl.lit(TOKEN),
        withhelt=pl.lit(None, dtype=pl.String),
        level=pl.lit(TOKEN),
        area=pl.lit(1.5),
        interval=pl.lit(3),
    )
    found = problems(native(frame, engine), by="team")
    assert {column for column, rule in found if rule == "is missing"} == {"value", "period_end", "team"}
    strange = "is neither a column of the long frame nor among by"
    assert {column for column, rule in found if rule == strange} == {"valeu", "ends", "withhelt"}
    assert {column for column, rule in found if "is needed" in rule} == {"period_start", "level", "area", "interval"}
    with pytest.raises(FrameProblems, match="Did you mean 'withheld'") as caught:
        Readings.from_frame(native(frame, engine), indicators=CONTACTS)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_date_with_a_time_of_day_is_told_not_cut(engine):
    """9:30 on the first of January is no first day of a month."""
    frame = PLAIN.with_columns(period_start=pl.Series([dt.datetime(2020, 1, 1, 9, 30), dt.datetime(2020, 2, 1)]))
    assert problems(native(frame, engine), by=()) == {("period_start", "has a time of day, where a date is needed"): 1}


def test_a_frame_of_an_indicator_that_was_not_given_is_refused():
    """A number without its definition is not read; nor is any where none was given."""
    assert problems(PLAIN, indicators=REREFERRALS) == {("indicator", "is not one of demand.rereferrals"): 2}
    assert problems(PLAIN, indicators=()) == {("indicator", "is not one of nothing, for no indicator was given"): 2}


@pytest.mark.parametrize("by", ["value", "period", "indicator", ("team", "team"), (1,), ""])
def test_a_reserved_or_doubled_name_is_no_by_column(by):
    """Its cells would stand where the figures do."""
    with pytest.raises(InvalidValue):
        Readings.from_frame(PLAIN, indicators=CONTACTS, by=by)


@pytest.mark.parametrize("frame", [None, [1], {"indicator": []}, pl.Series([1])])
def test_what_is_no_frame_is_refused(frame):
    """By its type."""
    with pytest.raises(UnsupportedFrame):
        Readings.from_frame(frame, indicators=CONTACTS)


def test_readings_made_directly_must_have_the_columns_of_the_contract():
    """In its order: a frame from elsewhere goes through from_frame."""
    with pytest.raises(FrameProblems, match=r"Readings\.from_frame puts them so"):
        Readings(frame=PLAIN, indicators=CONTACTS)
    with pytest.raises(InvalidValue):
        Readings(frame=Readings.of(SAMPLE).frame, indicators=("demand.contacts",), by="team")


# Lazy in, lazy out


class Counted:
    """A step of a lazy polars frame that counts how often it runs."""

    def __init__(self):
        self.runs = 0

    def __call__(self, frame):
        self.runs += 1
        return frame


def test_a_lazy_frame_is_run_once_to_check_it_and_then_only_when_asked():
    """repr, str, selection, putting together other indicators and comparing run nothing; the rest runs it."""
    step = Counted()
    lazy = Readings.of(SAMPLE).frame.lazy().map_batches(step)
    found = Readings.from_frame(lazy, indicators=INDICATORS, by="team")
    assert step.runs == 1
    assert repr(found) == "<Readings of 2 indicators, by team: polars (lazy), not run>"
    assert str(found) == "Readings of Contacts and 1 more, by team, in polars (lazy): not run yet, collect() runs them"
    assert found != Readings.of(SAMPLE)
    assert found == found
    parts = Readings.concat([found.where(indicator=CONTACTS), found.where(indicator=REREFERRALS)])
    assert parts.is_lazy
    assert step.runs == 1
    for n, run in enumerate((len, lambda all_: list(iter(all_)), Readings.collect, Readings.to_pandas, Readings.to_json), 2):
        run(found)
        assert step.runs == n


def test_what_a_calculation_worked_out_is_shaped_without_being_run():
    """Typed nulls for what is missing, no further columns, sorted, of the kind that came in; and the key where there is one."""
    step = Counted()
    worked = PLAIN.drop("indicator").with_columns(numerator=pl.lit(1), extra=pl.lit(TOKEN)).reverse()
    lazy, home = enter(worked.lazy().map_batches(step))
    found = Readings.worked_out(lazy, home=home, indicators=CONTACTS, source=CABINET)
    assert step.runs == 0
    assert isinstance(found.frame, pl.LazyFrame)
    assert found.frame.collect_schema() == Readings.of([]).frame.schema
    assert [(reading.number, reading.numerator, reading.source) for reading in found] == [
        (1375.0, 1.0, CABINET),
        (1400.0, 1.0, CABINET),
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_calculation_worked_out_goes_home_on_each_engine(engine):
    """The same readings as from objects."""
    lazy, home = enter(native(PLAIN, engine))
    found = Readings.worked_out(lazy, home=home, indicators=INDICATORS)
    assert [reading.number for reading in found] == [1375.0, 1400.0]
    assert type(found.frame) is type(native(PLAIN, engine))


def test_what_a_calculation_worked_out_must_have_what_cannot_be_filled():
    """The key, where there are two indicators; the value; a by column."""
    lazy, _ = enter(PLAIN.drop("indicator", "value"))
    with pytest.raises(FrameProblems) as caught:
        long_form(lazy, indicators=INDICATORS, by="team")
    assert [problem.column for problem in caught.value.problems] == ["indicator", "value", "team"]


# Asked


@pytest.mark.parametrize("engine", ENGINES)
def test_at_gives_the_one_reading_there_is(engine):
    """What there is one of need not be named."""
    found = sample(engine)
    assert found.at(indicator="demand.contacts", area="825", period=JANUARY, team="East").number == 1375
    assert found.at(indicator=CONTACTS, team="East", period=MARCH).withheld is Withheld.NOT_AVAILABLE
    assert found.at(indicator=CONTACTS, team=None).number == 0
    assert found.at(team="West") == SAMPLE[4]
    assert found.at(area=None, team="East") == SAMPLE[3]


@pytest.mark.parametrize("engine", ENGINES)
def test_at_says_on_which_columns_it_found_how_many_and_never_what(engine):
    """A LookupError, with counts: three of the sample are contacts, two of those by East."""
    found = sample(engine)
    with pytest.raises(NotFound) as several:
        found.at(indicator=CONTACTS)
    assert (several.value.asked_on, several.value.rows) == (("indicator",), 3)
    assert "Not asked on: area, team, period" in str(several.value)
    with pytest.raises(LookupError) as none:
        found.at(team=TOKEN, area=TOKEN, period=FinancialYear("2019-20"))
    assert (none.value.asked_on, none.value.rows) == (("area", "period", "team"), 0)
    assert TOKEN not in f"{none.value} {none.value.fields}"
    assert (none.value.__cause__, none.value.__context__) == (None, None)


def test_the_same_days_of_another_kind_of_period_are_another_period():
    """A span of the days of January is not January."""
    with pytest.raises(NotFound):
        Readings.of(SAMPLE).at(indicator=CONTACTS, team="East", period=Span("1 January 2020", "31 January 2020"))


def test_what_cannot_be_asked_is_refused_by_name():
    """A dim there is none of, an indicator there is none of (with the nearest key), text for a period."""
    found = Readings.of(SAMPLE)
    with pytest.raises(UnknownColumn, match="Did you mean 'team'"):
        found.at(teams="East")
    with pytest.raises(NotFound, match=r"Did you mean 'demand\.contacts'"):
        found.at(indicator="demand.contact")
    with pytest.raises(NotFound, match=r"There are demand\.contacts, demand\.rereferrals"):
        found.indicator("workforce.vacancies")
    with pytest.raises(InvalidValue, match="period"):
        found.at(period="2022-23")


def test_a_selection_knows_only_what_it_holds():
    """Its indicators are those asked for, and its rows those that fit."""
    found = Readings.of(SAMPLE).where(indicator=CONTACTS, area="825", team="East")
    assert (found.indicators, len(found), found.by) == ((CONTACTS,), 2, ("team",))
    assert len(found.where(period=FinancialYear("2022-23"))) == 0


def test_equality_is_of_readings_not_of_frames():
    """The same rows on another engine are equal; another value, source or definition is not."""
    found = Readings.of(SAMPLE)
    assert all(Readings.of(SAMPLE, kind=kind) == found for kind in EAGER)
    changed = [attrs.evolve(SAMPLE[0], value=quantity(1376, "contact")), *SAMPLE[1:]]
    assert Readings.of(changed) != found
    assert Readings.of([attrs.evolve(SAMPLE[0], source=CABINET), *SAMPLE[1:]]) != found
    assert Readings.of(SAMPLE[:4]) != found
    assert found != "readings"
    with pytest.raises(TypeError):
        hash(found)


# Put together


@pytest.mark.parametrize("first", ENGINES)
@pytest.mark.parametrize("second", ["polars", "pandas", "pyarrow"])
def test_readings_of_two_engines_are_put_together_in_the_first_or_in_the_lazy_one(first, second):
    """Each keeps its own source; an eager one is carried into a lazy one."""
    one, other = sample(first, SAMPLE[:3], source=CABINET), sample(second, SAMPLE[3:], source=CENSUS)
    for parts in ([one, other], [other, one] if one.is_lazy else [one, other]):
        both = Readings.concat(parts)
        assert both.engine is one.engine
        assert {reading.source for reading in both.where(indicator=CONTACTS)} == {CABINET}
        assert {reading.source for reading in both.where(indicator=REREFERRALS)} == {CENSUS}
        assert {attrs.evolve(reading, source=None) for reading in both} == set(SAMPLE)


@pytest.mark.parametrize("engine", ["polars_lazy", "duckdb"])
def test_dims_of_other_types_are_carried_into_a_lazy_engine(engine):
    """Small whole numbers, categories: as the types that every engine has, and as text where the two differ."""
    small = PLAIN.with_columns(n=pl.Series([1, 2], dtype=pl.Int16), c=pl.Series(["a", "b"], dtype=pl.Categorical))
    more = PLAIN.with_columns(n=pl.lit("3"), c=pl.lit("a"))
    one = Readings.from_frame(native(more, engine), indicators=CONTACTS, by=("n", "c"))
    other = Readings.from_frame(small, indicators=CONTACTS, by=("n", "c"))
    assert sorted(reading.dims for reading in Readings.concat([one, other])) == [
        (("n", "1"), ("c", "a")), (("n", "2"), ("c", "b")), (("n", "3"), ("c", "a")), (("n", "3"), ("c", "a")),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_reading_in_two_parts_is_refused(engine):
    """Five of the sample, twice."""
    with pytest.raises(FrameProblems, match=r"are not unique together \(10 rows\)"):
        Readings.concat([sample(engine), sample("polars")])


def test_parts_that_do_not_go_together_are_refused():
    """Nothing, no readings, other by, another definition under the same key."""
    found = Readings.of(SAMPLE)
    other = Readings.of([Reading.of(attrs.evolve(CONTACTS, title="Other"), 1, period=JANUARY, dims={"team": "North"})])
    for parts in ([], [found, 3], [found, Readings.of([Reading.of(CONTACTS, 1, period=JANUARY)])], [found, other]):
        with pytest.raises(InvalidValue):
            Readings.concat(parts)


def test_two_lazy_engines_or_two_lazy_sources_are_refused():
    """A frame is not moved out of its engine unasked, and which lazy row is from where cannot be known."""
    contacts, rest = SAMPLE[:3], SAMPLE[3:]
    with pytest.raises(EngineMismatch):
        Readings.concat([sample("duckdb", contacts), sample("polars_lazy", rest)])
    with pytest.raises(InvalidValue, match=r"collect\(\) them first"):
        Readings.concat([sample("polars_lazy", contacts, source=CABINET), sample("polars_lazy", rest, source=CENSUS)])
    both = Readings.concat(
        [sample("polars_lazy", contacts, source=CABINET).collect(), sample("polars_lazy", rest, source=CENSUS)]
    )
    assert [reading.source for reading in both] == [CABINET] * 3 + [CENSUS] * 2


# Said and shown


def test_readings_in_a_sentence():
    """Written out by hand from the sample."""
    assert str(Readings.of(SAMPLE)) == (
        "5 readings of Contacts and 1 more in 2 areas, by team, January 2020 to March 2020, "
        "2 withheld (1 not available; 1 unresolved: the source can be read in more than one way)"
    )
    assert (
        str(Readings.of(SAMPLE[:2]))
        == "2 readings of Contacts in 825, by team, January 2020 to March 2020, 1 withheld (not available)"
    )
    assert str(Readings.of(SAMPLE[:1])) == str(SAMPLE[0]) == "Contacts in 825, team East, January 2020: 1,375 contacts"
    two = [Reading.of(CONTACTS, n, period=JANUARY, dims={"from_stage": str(n), "to_stage": "b"}) for n in (1, 2)]
    assert str(Readings.of(two)) == "2 readings of Contacts, by from stage and to stage, January 2020"
    assert repr(Readings.of(SAMPLE)) == "<Readings of 2 indicators, by team: polars, 5 rows>"


class Page(HTMLParser):
    """The cells of a table, row by row, and the headings by their scope."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.scopes, self.open, self.notes = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.scopes += [dict(attributes).get("scope")] if tag == "th" else []
        if tag == "p":
            self.notes.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1] in {"td", "th"}:
            self.rows[-1][-1] += data
        if self.open[-1] == "p":
            self.notes[-1] += data


@pytest.mark.parametrize("engine", ENGINES)
def test_the_html_is_a_table_with_scopes_units_in_headings_marks_and_notes(engine):
    """Read back with a parser: a part an indicator, a gap by its mark, nought as 0, what marks mean and the source below."""
    page = Page(sample(engine, source=CABINET)._repr_html_())
    assert page.rows == [
        ["Area", "Team", "Period", "Value", "Interval", "Numerator", "Denominator"],
        ["Contacts (contacts)"],
        ["Buckinghamshire (825)", "East", "January 2020", "1,375", "", "", ""],
        ["Buckinghamshire (825)", "East", "March 2020", "[x]", "", "", ""],
        ["Buckinghamshire (825)", "not recorded", "January 2020", "0", "", "", ""],
        ["Re-referrals (%)"],
        ["own area", "East", "January 2020", "22.5", "20 to 25 (95% confidence)", "9", "40"],
        ["own area", "West", "January 2020", "[unresolved]", "1 to 3 (bounds)", "", ""],
    ]
    assert page.scopes == ["col"] * 7 + ["rowgroup"] + ["row"] * 9 + ["rowgroup"] + ["row"] * 6
    assert page.notes == [
        "[x]: not available.",
        "[unresolved]: unresolved: the source can be read in more than one way.",
        f"Source: {CABINET}.",
    ]


def test_a_number_that_is_not_zero_is_not_shown_as_zero():
    """0.004 is not 0, and neither is -0.0123, shown to one digit; a bound on one side is said in words."""
    given = [Reading.of(REREFERRALS, n, period=JANUARY, dims={"team": str(n)}) for n in (0.004, -0.0123, 0.0)]
    given += [Reading.of(REREFERRALS, 5, period=JANUARY, dims={"team": "z"}, lower=0.02, interval=Interval.BOUNDS)]
    given += [Reading.of(REREFERRALS, Withheld.LOW, period=JANUARY, dims={"team": "zz"}, upper=1, interval=Interval.BOUNDS)]
    rows = Page(Readings.of(given).to_html()).rows
    assert {row[0]: row[2:] for row in rows[2:]} == {
        "0.004": ["0.004", ""], "-0.0123": ["−0.01", ""], "0.0": ["0", ""],
        "z": ["5", "at least 0.02 (bounds)"], "zz": ["[low]", "at most 1 (bounds)"],
    }  # fmt: skip


def test_bounds_of_rounding_are_shown_as_they_are_and_no_others_as_one_number():
    """33.0 was 32.95 to 33.05, and not 33 to 33; 33.01 to 33.04 are two numbers; an area no look-up has keeps its code."""
    given = [
        Reading.of(REREFERRALS, n, period=JANUARY, area=area, dims={"team": area}, lower=low, upper=high, interval=kind)
        for area, n, low, high, kind in (
            ("825", 33.0, 32.95, 33.05, Interval.ROUNDING),
            ("826", 33.33, 33.325, 33.335, Interval.ROUNDING),
            ("E12000008", 33.02, 33.01, 33.04, Interval.BOUNDS),
            ("nowhere", 40.0, 20.26, 60.54, Interval.BOUNDS),
        )
    ]
    rows = Page(Readings.of(given).to_html()).rows
    assert {row[0]: row[4] for row in rows[2:]} == {
        "Buckinghamshire (825)": "32.95 to 33.05 (rounding)", "Milton Keynes (826)": "33.325 to 33.335 (rounding)",
        "South East (E12000008)": "33.01 to 33.04 (bounds)", "nowhere": "20.3 to 60.5 (bounds)",
    }  # fmt: skip
    assert "(before rounding 33.325 to 33.335)" in str(given[1])


def test_the_html_escapes_what_it_shows():
    """A team called like a script is shown, not run; also the title and the source."""
    nasty = "<script>alert('a & b')</script>"
    source = attrs.evolve(CABINET, title=nasty)
    given = [
        Reading.of(attrs.evolve(CONTACTS, title=nasty), n, period=JANUARY, dims={nasty: nasty + str(n)}, source=source)
        for n in (1, 2)
    ]
    text = Readings.of(given).to_html()
    assert "<script" not in text
    assert nasty + "1" in Page(text).rows[2]
    assert "<script" not in given[0]._repr_html_() + given[0].indicator._repr_html_()


def test_an_indicator_is_shown_as_a_table_of_what_is_said_of_it():
    """Each heading with what stands beside it; what there is nothing to say of is left out."""
    page = Page(REREFERRALS._repr_html_())
    assert page.rows == [
        ["Key", "demand.rereferrals"], ["Counts", "contacts received"], ["Measure", "share"], ["Kind", "flow"], ["Unit", "%"],
        ["Better", "lower"], ["Sources", str(CENSUS)],
    ]  # fmt: skip
    assert page.scopes == ["row"] * 7


def test_the_html_shows_fifty_readings_and_says_how_many_more_there_are():
    """Of sixty, ten are not shown; of fifty-one, one."""
    days = [Reading.of(CONTACTS, n, period=Snapshot(dt.date(2020, 1, 1) + dt.timedelta(n))) for n in range(60)]
    for engine in ("polars", "polars_lazy", "duckdb"):
        page = Page(sample(engine, days)._repr_html_())
        assert len(page.rows) == 2 + 50
        assert page.notes == ["10 more readings not shown."]
    assert Page(Readings.of(days[:51]).to_html()).notes == ["1 more reading not shown."]
    assert Page(Readings.of(days[:50]).to_html()).notes == []
    assert Page(Readings.of(days).to_html(limit=60)).notes == []
    with pytest.raises(InvalidValue):
        Readings.of(days).to_html(limit=0)


# Written and read


@pytest.mark.parametrize("engine", ENGINES)
def test_each_way_out_has_the_same_rows(engine):
    """polars, pandas, Arrow and CSV, from each engine."""
    found, plain = sample(engine), Readings.of(SAMPLE).frame
    assert found.to_polars().equals(plain)
    assert found.to_arrow().equals(plain.to_arrow())
    assert found.to_pandas().equals(plain.to_pandas())
    lines = found.to_csv().splitlines()
    assert lines[0] == ",".join(columns("team"))
    assert lines[2] == "demand.contacts,825,East,month,2020-03-01,2020-03-31,,,,,,,,x"
    assert len(lines) == 6


def test_a_json_document_says_its_form_and_needs_nothing_else():
    """The definitions and the sources are in it."""
    document = json.loads(Readings.of([attrs.evolve(SAMPLE[0], source=CABINET)]).to_json())
    assert document["bucks_cs"] == "readings/1"
    assert document["by"] == [{"name": "team", "type": "text"}]
    assert document["source"]["place"] == "paragraph 3.19"
    assert document["indicators"][0]["key"] == "demand.contacts"
    assert document["readings"][0]["period_start"] == "2020-01-01"
    assert list(document["readings"][0]) == list(columns("team"))


def test_interchange_reads_readings_too():
    """By class, as any other object."""
    found = Readings.of(SAMPLE)
    assert from_json(found.to_json(indent=None), Readings) == found == from_toml(found.to_toml(), Readings)


def broken(change):
    """The document of the sample with something changed."""
    document = json.loads(Readings.of([attrs.evolve(SAMPLE[0], source=CABINET), SAMPLE[1], SAMPLE[2]]).to_json())
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update({"bucks_cs": "readings/2"}),
        lambda d: d.update({TOKEN: TOKEN}),
        lambda d: d.pop("by"),
        lambda d: d["by"][0].update({"type": TOKEN}),
        lambda d: d["by"][0].update({"name": "value"}),
        lambda d: d.update({"indicators": []}),
        lambda d: d.update({"source": TOKEN}),
        lambda d: d["readings"][0].update({TOKEN: TOKEN}),
        lambda d: d["readings"][0].update({"value": TOKEN}),
        lambda d: d["readings"][0].update({"value": None}),
        lambda d: d["readings"][0].update({"value": True}),
        lambda d: d["readings"][0].update({"period_end": TOKEN}),
        lambda d: d["readings"][0].update({"withheld": TOKEN, "value": None}),
        lambda d: d["readings"][0].update({"team": 3}),
        lambda d: d["readings"].append(d["readings"][0]),
        lambda d: d["other_sources"][0]["readings"].append(99),
        lambda d: d["other_sources"][0]["readings"].append(0),
        lambda d: d["other_sources"][0]["readings"].append(TOKEN),
    ],
)
def test_a_broken_document_of_readings_is_refused_without_a_word_of_it(change):
    """Unreadable, with no cause and no context."""
    with pytest.raises(Unreadable) as caught:
        Readings.from_json(broken(change))
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert TOKEN not in f"{caught.value} {caught.value.args} {caught.value.fields}"


def test_the_document_that_the_broken_ones_were_made_from_is_read():
    """So that each of them fails for what was changed; its first reading has a source of its own."""
    found = Readings.from_json(broken(lambda document: None))
    assert [reading.source for reading in found] == [CABINET, None, None]
    assert re.search(r"January 2020 to March 2020", str(found))


def test_published_referrals_keep_their_gaps(published):
    """DfE, Children in need 2025, table C1: every row of re-referrals becomes a number or a gap, and none is lost.

    The marks are counted here from the text of the file, by the csv module.
    """
    import csv
    from collections import Counter

    with (published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv").open(
        encoding="utf-8-sig"
    ) as file:
        rows = [row for row in csv.DictReader(file) if row["geographic_level"] == "Local authority"]

    def value(text):
        return float(text) if re.fullmatch(r"[0-9.]+", text) else Withheld.read(text)

    given = [
        Reading.of(
            REREFERRALS, value(row["rereferral_percent"]), area=row["old_la_code"],
            period=ReportingYear(row["time_period"], ends=(3, 31)),
            dims={"code": row["new_la_code"]}, source=CENSUS,
        )
        for row in rows
    ]  # fmt: skip
    for kind in EAGER:
        found = Readings.of(given, kind=kind)
        marks = Counter(reading.withheld.value for reading in found if reading.withheld)
        assert marks == Counter(
            row["rereferral_percent"] for row in rows if not re.fullmatch(r"[0-9.]+", row["rereferral_percent"])
        )
        assert sum(marks.values()) > 0
        assert len(found) == len(rows)
