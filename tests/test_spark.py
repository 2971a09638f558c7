"""What holds on every engine holds on PySpark: one session for all of them.

``make test-spark`` runs these; they need PySpark and Java 17.
"""

from __future__ import annotations

import datetime as dt
import decimal
import logging
import pickle
import traceback

import narwhals as nw
import polars as pl
import pytest

from bucks_cs import audit, rates, working_days
from bucks_cs.demand import PATHWAY, activity
from bucks_cs.errors import BucksError, EngineMismatch, FrameProblems, InvalidValue
from bucks_cs.frames import Engine, FrameModel, Text
from bucks_cs.frames.dates import day_number, days_between, month_start, whole_months_between, with_working_days, within_months
from bucks_cs.frames.engine import alongside, collect, engine_of, enter, rows_of, small_table
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, in_every_engine
from bucks_cs.working_days import WorkingCalendar
from made_up import BREAKS, GOOD, SCHEMA, WORST, WORST_SAID, Episodes, in_order, rows, said
from test_demand import COUNTS, counts, values
from test_frames_conform import CODES, HERS, notes, text
from test_frames_dates import EVERY_DAY, STATED, in_rows, pairs, worked_out
from test_frames_engines import SMALL, SMALL_TYPES
from test_no_cell_leaks import BAD, BAD_ROWS, CHECKS, FLOATS, LISTS, TEXT, TOKENS, WORD, everything_of, long_frame

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore:PySpark does not yet")]


@pytest.fixture
def make(spark):
    """How to make a frame of Spark."""
    return lambda frame: spark.createDataFrame(frame.to_arrow())


# Frames


@pytest.mark.parametrize("broken", BREAKS)
def test_the_same_problems_are_found(make, broken):
    """As on every other engine: column, rule and rows."""
    spoil, expected = BREAKS[broken]
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(make(spoil(GOOD)))
    assert said(caught.value) == expected


@pytest.mark.parametrize(
    "check",
    [Episodes.conform, Episodes.validate, Episodes, Episodes.to_schema().validate],
    ids=["conform", "validate", "model", "schema"],
)
def test_one_error_lists_every_problem_with_its_rows(make, check):
    """By each way to check."""
    with pytest.raises(FrameProblems) as caught:
        check(make(WORST))
    assert said(caught.value) == WORST_SAID


def test_a_good_frame_comes_back_as_a_frame_of_spark_with_the_same_rows(make):
    """Not run, nothing changed; its types those of the schema."""
    frame = make(GOOD)
    checked = Episodes.conform(frame)
    assert engine_of(checked.frame) is Engine.PYSPARK
    assert (checked.notes, len(checked)) == ((), 4)
    assert in_order(checked.frame) == in_order(GOOD)
    assert Episodes.validate(frame) is frame
    assert [kind for _, kind in checked.frame.dtypes] == [
        "string",
        "string",
        "date",
        "date",
        "bigint",
        "string",
        "double",
        "boolean",
    ]


def test_an_analysts_own_frame_is_conformed_and_what_was_widened_is_said(make):
    """Datetimes at 09:30, whole-number ids, float counts, her own headings; one has a dot in it."""
    frame = make(HERS.with_columns(pl.col("TEAM NAME", "withheld").cast(pl.String)).rename({"How many": "No. of contacts"}))
    checked = Episodes.conform(frame)
    assert in_order(checked.frame) == in_order(
        GOOD.with_columns(locality=pl.Series(["Wycombe", "Wycombe", "Aylesbury", "Aylesbury"]))
    )
    assert notes(checked) == {
        "child_id: read from 'Child Unique ID'",
        "child_id: whole numbers, taken as text",
        "team: read from 'TEAM NAME'",
        "started: read from 'Date started'",
        "started: a time of day dropped (3 rows)",
        "ended: read from 'date_ended'",
        "contacts: read from 'No. of contacts'",
        "contacts: whole numbers kept as decimals, taken as Int64",
        "urgent: 0 and 1, taken as no and yes",
    }


def test_a_further_column_that_spark_cannot_be_asked_for_stays_behind_and_is_said(make):
    """A dot is a field of a struct to Spark, and a backtick a quotation mark."""
    checked = Episodes.conform(
        make(GOOD.with_columns(pl.lit(1).alias("No. seen"), pl.lit(1).alias("a`b"), pl.lit(1).alias("ward")))
    )
    assert checked.names == (*SCHEMA, "ward")
    assert len(checked.notes) == 2
    assert "No. seen: left behind: Spark cannot be asked for a heading with a dot or a backtick in it" in notes(checked)
    assert rows(checked.frame)[0]["ward"] == 1


@pytest.mark.parametrize("heading", ["contacts", "CONTACTS"])
def test_a_column_whose_name_is_taken_by_another_stays_behind_and_is_said(make, heading):
    """In any case: Spark takes no notice of it, and would overwrite the one with the other."""
    frame = make(GOOD.rename({"contacts": "n"}).with_columns(pl.lit("x").alias(heading)))
    checked = Episodes.conform(frame, columns={"contacts": "n"})
    assert f"{heading}: left behind: the schema has a column of this name, read from elsewhere" in notes(checked)
    assert in_order(checked.frame) == in_order(GOOD)


def test_two_columns_of_one_name_are_refused_by_name(make):
    """In any case too, unless Spark is told to take notice of it."""
    for second in ("team", "Team"):
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(make(GOOD).selectExpr("*", f"team as {second}"))
        assert said(caught.value) == {("team", "two columns share this name", None)}


def test_a_column_of_nulls_alone_takes_the_type_of_the_schema(make):
    """Void, or any type at all; and a frame with no rows is a good one."""
    for column in ("team", "ended", "cost", "urgent"):
        expected = in_order(GOOD.with_columns(pl.lit(None, SCHEMA[column]).alias(column)))
        kind = {"team": "void", "ended": "int", "cost": "string", "urgent": "timestamp"}[column]
        frame = make(GOOD).selectExpr(*(name for name in SCHEMA if name != column), f"cast(null as {kind}) as {column}")
        assert in_order(Episodes.conform(frame).frame) == expected
    assert len(Episodes.conform(make(GOOD.head(0)))) == 0


def test_decimals_are_whole_numbers_ids_and_costs(spark):
    """As a warehouse has them."""
    row = ("North", dt.date(2022, 1, 4), None, None, True)
    frame = spark.createDataFrame([row], "team string, started date, ended date, withheld string, urgent boolean").selectExpr(
        "*",
        "cast(1001 as decimal(10, 0)) as child_id",
        "cast(6 as decimal(38, 0)) as contacts",
        "cast(12.5 as decimal(8, 2)) as cost",
    )
    (found,) = rows(Episodes.conform(frame).frame)
    assert (found["child_id"], found["contacts"], found["cost"]) == ("1001", 6, 12.5)
    assert not isinstance(found["cost"], decimal.Decimal)


@pytest.mark.parametrize("pattern", [r"R\d{7}$", r"R\d{7}", r"\s?R\d+$", r"(?:R|r)\w{7}\Z"])
def test_a_pattern_means_the_same_as_on_polars(make, pattern):
    """Java lets ``$`` stand before a last line break; here it is the end."""
    options = {"__annotations__": {"code": Text}, "code": text(str_matches=pattern)}
    model = type("Codes", (FrameModel,), options)
    frame = pl.DataFrame({"code": CODES})
    found = []
    for native in (frame, make(frame)):
        with pytest.raises(FrameProblems) as caught:
            model.conform(native)
        found.append(said(caught.value))
    assert found[0] == found[1]


def executions(spark):
    """How many queries of SQL the session has run, as its own status store counts them."""
    spark._jsparkSession.sparkContext().listenerBus().waitUntilEmpty()
    return spark._jsparkSession.sharedState().statusStore().executionsCount()


def test_conforming_runs_one_query_and_a_checked_frame_none(spark, make):
    """Of counts."""
    frame = make(GOOD)
    before = executions(spark)
    checked = Episodes.conform(frame)
    assert executions(spark) - before == 1
    Episodes.admit(checked)
    assert checked.frame is not None
    assert "PySpark" in repr(checked)
    assert executions(spark) - before == 1


# Dates


def test_every_day_of_two_centuries_has_its_number(make):
    """And its month its first day."""
    epoch = dt.date(1970, 1, 1).toordinal()
    frame = make(pairs([(day, day) for day in EVERY_DAY]))
    assert worked_out(day_number(nw.col("start")), frame) == [day.toordinal() - epoch for day in EVERY_DAY]
    assert worked_out(month_start(nw.col("start")), frame) == [day.replace(day=1) for day in EVERY_DAY]


def test_leap_days_and_gaps_are_as_elsewhere(make):
    """12 months from 29 February 2020 end on 28 February 2021, and are whole on 1 March."""
    start, end, leap = nw.col("start"), nw.col("end"), dt.date(2020, 2, 29)
    frame = make(pairs([(leap, dt.date(2021, 2, 28)), (leap, dt.date(2021, 3, 1)), (leap, None)]))
    assert worked_out(within_months(start, end, months=12), frame) == [True, False, None]
    assert worked_out(whole_months_between(start, end), frame) == [11, 12, None]
    assert worked_out(days_between(start, end), frame) == [365, 366, None]


def test_working_days_are_the_same_as_elsewhere(make):
    """70 after 11 February 2022; in a frame of Spark, and with a calendar before 1970 too."""
    frame = make(pairs(STATED))
    out = with_working_days(frame, start="start", end="end")
    assert engine_of(out) is Engine.PYSPARK
    assert in_rows(out) == [70, 1, 0, 0, None]
    own = WorkingCalendar(what="ours", first=dt.date(1960, 1, 1), last=dt.date(1961, 12, 31), holidays=[dt.date(1960, 12, 26)])
    given = [(dt.date(1960, 12, 1), dt.date(1960, 12, 1) + dt.timedelta(days=n)) for n in range(40)]
    expected = [working_days.between(a, b, calendar=own) for a, b in given]
    assert in_rows(with_working_days(make(pairs(given)), start="start", end="end", calendar=own)) == expected
    void = with_working_days(make(pairs(STATED)).selectExpr("n", "start", "null as end"), start="start", end="end")
    assert in_rows(void) == [None] * 5
    with pytest.raises(InvalidValue, match="a name that the frame does not have yet"):
        with_working_days(frame, start="start", end="end", name="START")
    with pytest.raises(FrameProblems) as caught:
        with_working_days(make(pairs([(dt.date(2022, 5, 25), dt.date(2022, 2, 11))])), start="start", end="end")
    assert said(caught.value) == {("start, end", "the end is before the start", 1)}


# Demand, rows and second frames


def test_counts_become_readings_as_elsewhere(make):
    """Raw and checked, with gaps carried; slips refused with their rows."""
    found = activity(make(COUNTS), by="team")
    assert engine_of(found.frame) is Engine.PYSPARK
    assert values(found) == values(activity(COUNTS, by="team"))
    with pytest.raises(FrameProblems) as caught:
        activity(make(COUNTS))
    assert said(caught.value) == {("indicator, area, period_kind, period_start, period_end", "more than one row has the same", 2)}
    with pytest.raises(FrameProblems, match=f"Known: {PATHWAY[0].key}"):
        activity(make(counts(("referals", "825", None, 1.0, None))))


def test_second_frames_and_small_tables_live_in_the_session(make):
    """Eager ones are carried in; a lazy one of another engine is not moved unasked."""
    lazy, _ = enter(make(GOOD))
    table = small_table(lazy, SMALL, SMALL_TYPES)
    assert table.implementation is lazy.implementation
    assert collect(table.sort("n")).to_dict(as_series=False) == SMALL
    assert collect(small_table(lazy, dict.fromkeys(SMALL, ()), SMALL_TYPES)).height == 0
    heads = pl.DataFrame({"team": ["North", "South"], "head": ["A", "B"]})
    for _, second in (*((e, f) for e, f in in_every_engine(heads) if not e.is_lazy), (None, make(heads))):
        assert sorted(collect(lazy.join(alongside(second, lazy), on="team"))["head"].to_list()) == ["A", "A", "B"]
    for lazy_second in (heads.lazy(), as_engine(heads, Engine.DUCKDB)):
        with pytest.raises(EngineMismatch, match="one frame is PySpark and the other"):
            alongside(lazy_second, lazy)
    assert rows_of(make(heads), columns=["head"], order_by="head") == ({"head": "A"}, {"head": "B"})


def test_one_frame_is_given_as_every_kind_with_a_session(spark):
    """Spark last."""
    assert [engine for engine, _ in in_every_engine(GOOD, spark=spark)] == list(Engine)


# No cell


@pytest.fixture
def refused(caplog, capfd):
    """A function that runs something, which must be refused with an error of ours that shows no token in any way."""
    heard = []

    class Hearing(logging.Handler):
        def emit(self, record):
            heard.append(record.getMessage())

    from pyspark.logger import PySparkLogger

    loggers = [PySparkLogger.getLogger(name) for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger")]
    hearing = Hearing()
    for logger in loggers:
        logger.addHandler(hearing)

    def run(attempt):
        caplog.set_level(logging.INFO)
        capfd.readouterr()
        with pytest.raises(BucksError) as caught:
            attempt()
        error = caught.value
        assert error.__cause__ is None
        assert error.__context__ is None
        shown = [everything_of(error), caplog.text, *heard, *capfd.readouterr(), repr(pickle.loads(pickle.dumps(error)))]
        assert not [token for token in TOKENS if any(token in text for text in shown)]
        return error

    yield run
    for logger in loggers:
        logger.removeHandler(hearing)


@pytest.mark.parametrize("frame", [BAD, TEXT, FLOATS, LISTS], ids=["bad", "text", "floats", "lists"])
def test_a_frame_that_breaks_every_rule_shows_no_cell(make, frame, refused):
    """By each way to check, by a calculation, working days and rates."""
    native = make(frame)
    for name in ("conform", "validate", "the model", "the schema") if frame is BAD else ("conform", "a calculation"):
        refused(lambda check=CHECKS[name]: check(native))
    refused(lambda: with_working_days(native, start="started", end="ended"))
    refused(lambda: rates.proportions(native, count="contacts", out_of="cost"))
    refused(lambda: audit.changes(native, before="contacts", after="no such", printed="team"))


@pytest.fixture
def failing(make):
    """A frame whose own plan stops at a cell: a cast of text to a number, under ANSI rules."""
    return make(TEXT).selectExpr(*(name for name in TEXT.columns if name != "contacts"), "cast(team as bigint) as contacts")


def test_the_plan_here_does_fail_with_the_cell_in_sparks_message(failing):
    """Or the test below would show nothing."""
    with pytest.raises(Exception, match=WORD) as caught:
        failing.collect()
    assert WORD in "".join(traceback.format_exception(caught.value))


def test_a_plan_that_fails_on_a_cell_shows_it_to_nobody(failing, refused):
    """Nor to Spark's own loggers in Python, which else write it to the standard error."""
    for name in ("conform", "validate", "the model", "the schema", "admit"):
        refused(lambda check=CHECKS[name]: check(failing))
    assert "the engine could not do this" in str(refused(lambda: rows_of(failing, columns=["contacts"])))
    refused(lambda: rates.proportions(failing, count="contacts", out_of="contacts"))
    refused(lambda: Readings.from_frame(failing.withColumnRenamed("contacts", "value"), indicators=PATHWAY))
    like, _ = enter(failing)
    other = alongside(pl.DataFrame({"team": [WORD]}), like)
    refused(lambda: collect(like.join(other, on="team").select("contacts")))


@pytest.mark.parametrize("bad", BAD_ROWS)
def test_readings_show_no_cell(make, bad, refused):
    """Of counts handed to demand, and of a long frame handed to readings."""
    frame = make(long_frame(**BAD_ROWS[bad]))
    if bad != "no such month":
        refused(lambda: activity(frame))
    if bad != "count":
        refused(lambda: Readings.from_frame(frame.withColumnRenamed("count", "value"), indicators=PATHWAY))
