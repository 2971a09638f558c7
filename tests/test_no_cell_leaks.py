"""A token stands in every cell, and is in no error, log, warning or output of this library on any engine.

Rows are about children, and errors are logged. Each way in is tried with frames that break every rule, that the engine itself
cannot go on with, and that no engine could read.
"""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import traceback
import warnings

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest

from bucks_cs import audit, rates, trend
from bucks_cs.demand import PATHWAY, Activity, activity
from bucks_cs.errors import BucksError
from bucks_cs.frames.dates import with_working_days
from bucks_cs.frames.engine import alongside, collect, enter, rows_of, small_table
from bucks_cs.readings import Readings
from made_up import LAZY, MAKE, SCHEMA, Episodes, in_duckdb

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")

WORD = "Zebedee" + "Quux"
NUMBER = 77_190_823
YEAR = 1871
TOKENS = (WORD, WORD.lower(), str(NUMBER), f"{NUMBER:,}", str(YEAR), "7719", "Zebed")
A_DAY, EARLIER = dt.date(YEAR, 3, 14), dt.date(YEAR, 3, 13)


@pytest.fixture(params=MAKE, ids=str)
def engine(request):
    """The name of each engine but Spark."""
    return request.param


def everything_of(error):
    """All that an error could show of itself, as text."""
    parts = [str(error), repr(error), repr(error.args), repr(vars(error)), repr(getattr(error, "__notes__", ()))]
    parts += [repr(error.fields), pickle.dumps(error).decode("latin-1"), "".join(traceback.format_exception(error))]
    return "\n".join(parts)


@pytest.fixture
def refused(caplog, capfd):
    """A function that runs something, which must be refused with an error of ours that shows no token in any way."""

    def run(attempt):
        caplog.set_level(logging.DEBUG)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            with pytest.raises(BucksError) as caught:
                attempt()
        error = caught.value
        assert error.__cause__ is None
        assert error.__context__ is None
        shown = [everything_of(error), caplog.text, *(str(warning.message) for warning in warned), *capfd.readouterr()]
        assert not [token for token in TOKENS if any(token in text for text in shown)]
        assert everything_of(pickle.loads(pickle.dumps(error))).count(str(error)) >= 1
        return error

    return run


# Frames with a token in every cell


BAD = pl.DataFrame(
    {
        "child_id": [WORD, WORD, ""],
        "team": [WORD] * 3,
        "started": [A_DAY] * 3,
        "ended": [EARLIER] * 3,
        "contacts": [-NUMBER] * 3,
        "withheld": [WORD] * 3,
        "cost": [-NUMBER - 0.25] * 3,
        "urgent": [NUMBER] * 3,
        WORD.lower()[:3]: [WORD] * 3,
    }
)
TEXT = BAD.with_columns(pl.lit(WORD).alias(name) for name in SCHEMA)
FLOATS = BAD.with_columns(pl.lit(NUMBER + 0.5).alias(name) for name in SCHEMA)
LISTS = BAD.with_columns(pl.lit([WORD]).alias(name) for name in SCHEMA)

CHECKS = {
    "conform": Episodes.conform,
    "conform with columns": lambda frame: Episodes.conform(frame, columns={"team": "withheld", "withheld": "team"}),
    "admit": Episodes.admit,
    "validate": Episodes.validate,
    "validate lazily": lambda frame: Episodes.validate(frame, lazy=True),
    "the model": Episodes,
    "the schema": lambda frame: Episodes.to_schema().validate(frame),
    "the schema lazily": lambda frame: Episodes.to_schema().validate(frame, lazy=True),
    "the schema called": lambda frame: Episodes.to_schema()(frame),
    "another schema": Activity.conform,
    "a calculation": activity,
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_frame_that_breaks_every_rule_shows_no_cell(engine, check, refused):
    """Ranges, codes, keys and rules between columns, by each way to check."""
    refused(lambda: CHECKS[check](MAKE[engine](BAD)))


@pytest.mark.parametrize("frame", [TEXT, FLOATS, LISTS], ids=["text", "floats", "lists"])
@pytest.mark.parametrize("check", ["conform", "validate", "the schema", "a calculation"])
def test_a_frame_of_wrong_types_shows_no_cell(engine, check, frame, refused):
    """Text for everything, half numbers for everything, lists for everything."""
    refused(lambda: CHECKS[check](MAKE[engine](frame)))


MIXED = pd.DataFrame({name: pd.Series([WORD, NUMBER, A_DAY, [WORD], {WORD: NUMBER}], dtype=object) for name in SCHEMA})
PERIODS = pd.DataFrame({name: pd.Series([pd.Period("1871-03", freq="M")] * 2) for name in SCHEMA})
COMPLEX = pd.DataFrame({name: pd.Series([complex(NUMBER, NUMBER)] * 2) for name in SCHEMA})


@pytest.mark.parametrize(
    "frame", [MIXED, MIXED[:3], PERIODS, COMPLEX, MIXED.assign(team=WORD)], ids=["mixed", "three", "periods", "complex", "part"]
)
@pytest.mark.parametrize("check", CHECKS)
def test_pandas_objects_of_several_types_show_no_cell(check, frame, refused):
    """What Arrow cannot take it names with its value; that message is not passed on."""
    refused(lambda: CHECKS[check](frame))


def test_a_frame_of_pandas_that_arrow_cannot_take_shows_no_cell_by_any_other_way(refused):
    """Working days, rows, rates, second frames, readings."""
    refused(lambda: with_working_days(MIXED, start="started", end="ended"))
    refused(lambda: rows_of(MIXED, columns=["team"]))
    refused(lambda: rates.proportions(MIXED, count="contacts", out_of="cost"))
    refused(lambda: Readings.from_frame(MIXED, indicators=PATHWAY))
    refused(lambda: alongside(MIXED, enter(BAD)[0]))
    refused(lambda: audit.changes(MIXED, before="contacts", after="cost", printed="team"))


# Plans of the caller's own that fail on a cell


def failing(engine, *, column="contacts", to="number"):
    """A lazy frame of the engine whose own plan stops at a cell, with the cell in the engine's message."""
    if engine == "DuckDB":
        cast = {"number": "bigint", "date": "date"}[to]
        others = ", ".join(name for name in TEXT.columns if name != column)
        return in_duckdb(TEXT).project(f"{others}, cast({column} as {cast}) as {column}")
    cast = {"number": pl.col(column).cast(pl.Int64), "date": pl.col(column).str.to_date("%d/%m/%Y")}[to]
    return TEXT.lazy().with_columns(cast)


def test_the_plans_here_do_fail_with_the_cell_in_the_engines_message():
    """Or the tests below would show nothing."""
    with pytest.raises(pl.exceptions.PolarsError, match=WORD):
        failing("polars (lazy)").collect()
    with pytest.raises(duckdb.Error, match=WORD):
        failing("DuckDB").fetchall()


@pytest.mark.parametrize("to", ["number", "date"])
@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("lazy", LAZY)
def test_a_plan_that_fails_on_a_cell_shows_it_to_nobody(lazy, check, to, refused):
    """The caller's own strict cast; the name of the engine's error is all that is passed on."""
    refused(lambda: CHECKS[check](failing(lazy, to=to)))


@pytest.mark.parametrize("lazy", LAZY)
def test_no_other_way_in_shows_it_either(lazy, refused):
    """Each that runs a query."""
    assert "the engine could not do this" in str(refused(lambda: rows_of(failing(lazy), columns=["contacts"])))
    refused(lambda: with_working_days(failing(lazy, column="started", to="date"), start="started", end="started"))
    refused(lambda: rates.proportions(failing(lazy), count="contacts", out_of="contacts"))
    refused(lambda: rates.rates(failing(lazy), count="contacts", population="cost", per=1_000))
    refused(lambda: audit.changes(failing(lazy), before="contacts", after="cost", printed="team"))
    refused(lambda: collect(enter(failing(lazy))[0]))
    long = failing(lazy).rename({"contacts": "value"}) if lazy != "DuckDB" else failing(lazy).project("contacts as value, *")
    refused(lambda: Readings.from_frame(long, indicators=PATHWAY))


@pytest.mark.parametrize("lazy", LAZY)
def test_joins_with_second_frames_show_no_cell(lazy, refused):
    """Where either side of the join stops at a cell."""
    like, _ = enter(failing(lazy))
    other = alongside(pl.DataFrame({"team": [WORD]}), like)
    refused(lambda: collect(like.join(other, on="team").select("contacts")))
    made = small_table(like, {"team": [WORD]}, {"team": nw.String})
    refused(lambda: collect(like.join(made, on="team").select("contacts")))
    refused(lambda: collect(made.select(nw.col("team").cast(nw.Int64))))


# Columns of figures and days


def test_working_days_show_no_cell(engine, refused):
    """Days outside the calendar, an end before its start, text for a day."""
    refused(lambda: with_working_days(MAKE[engine](BAD), start="started", end="ended"))
    refused(lambda: with_working_days(MAKE[engine](TEXT), start="started", end="ended"))
    refused(lambda: with_working_days(MAKE[engine](FLOATS), start="started", end="ended"))


def test_rates_show_no_cell(engine, refused):
    """Counts above their whole, below 0 and no numbers at all."""
    refused(lambda: rates.proportions(MAKE[engine](BAD), count="contacts", out_of="cost"))
    refused(lambda: rates.rates(MAKE[engine](BAD), count="contacts", population="cost", per=10))
    refused(lambda: rates.proportions(MAKE[engine](TEXT), count="contacts", out_of="cost"))
    refused(lambda: rates.proportions(MAKE[engine](FLOATS), count="contacts", out_of="cost"))


def long_frame(**cells):
    """A long frame of demand with a token in each cell that may have one."""
    good = {
        "indicator": "demand.referrals",
        "area": WORD,
        "period_kind": "month",
        "period_start": dt.date(2022, 9, 1),
        "period_end": dt.date(2022, 9, 30),
        "count": float(NUMBER),
        "withheld": None,
    }
    return pl.DataFrame([good | cells], schema_overrides={"withheld": pl.String})


BAD_ROWS = {
    "key": {"indicator": WORD},
    "kind": {"period_kind": WORD},
    "days": {"period_start": A_DAY, "period_end": EARLIER},
    "no such month": {"period_start": A_DAY, "period_end": A_DAY},
    "count": {"count": -float(NUMBER)},
    "reason": {"withheld": WORD, "count": None},
    "both": {"withheld": "c"},
    "text": {"count": WORD},
}


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_readings_show_no_cell(engine, bad, refused):
    """Of counts handed to demand, and of a long frame handed to readings."""
    frame = long_frame(**BAD_ROWS[bad])
    if bad != "no such month":  # whose days are no month: the long frame's own rule, which demand leaves to the schema
        refused(lambda: activity(MAKE[engine](frame)))
    if bad != "count":  # a reading may be below 0, as a change is
        refused(lambda: Readings.from_frame(MAKE[engine](frame.rename({"count": "value"})), indicators=PATHWAY))


def test_readings_that_are_there_twice_show_no_cell(engine, refused):
    """Of the same two ways in."""
    twice = pl.concat([long_frame(), long_frame()])
    refused(lambda: activity(MAKE[engine](twice)))
    refused(lambda: Readings.from_frame(MAKE[engine](twice.rename({"count": "value"})), indicators=PATHWAY))


def test_asking_readings_for_what_is_not_there_shows_no_cell(engine, refused):
    """Neither what was asked for nor what there is."""
    found = activity(MAKE[engine](long_frame()))
    refused(lambda: found.at(area=WORD[::-1]))
    refused(lambda: found.at(indicator="demand.contacts"))
    refused(lambda: found.at(team=WORD))


def test_an_audit_shows_no_cell_in_its_errors(engine, refused):
    """Its findings do show figures; its errors do not."""
    refused(lambda: audit.changes(MAKE[engine](BAD), before="contacts", after="no such", printed="team"))
    refused(lambda: audit.changes(MAKE[engine](BAD), before="contacts", after="cost", printed="started"))
    refused(lambda: audit.changes(MAKE[engine](LISTS), before="contacts", after="cost", printed="team"))


def test_a_trend_shows_no_cell_in_its_errors(refused):
    """Of readings that do not go together."""
    found = activity(long_frame())
    one = found.at()
    refused(lambda: trend.change(one, one))


def test_the_loggers_of_pyspark_are_as_they_were_after_a_failure(refused):
    """They are put off while a query runs, and on again whatever came of it."""
    module = pytest.importorskip("pyspark.logger")
    logger = module.PySparkLogger.getLogger("SQLQueryContextLogger")
    refused(lambda: rows_of(failing("polars (lazy)"), columns=["contacts"]))
    assert logger.disabled is False
