"""The same schema finds the same problems on every engine, and gives the caller's own kind of frame back."""

from __future__ import annotations

import datetime as dt

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from bucks_cs.errors import EngineMismatch, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames import Engine
from bucks_cs.frames.engine import alongside, collect, engine_of, enter, rows_of, small_table
from made_up import BREAKS, GOOD, LAZY, MAKE, SCHEMA, WORST, WORST_SAID, Episodes, in_duckdb, in_order, kind_of, said

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")


@pytest.fixture(params=MAKE, ids=str)
def engine(request):
    """The name of each engine but Spark."""
    return request.param


@pytest.mark.parametrize("broken", BREAKS)
def test_the_same_problems_are_found_on_every_engine(engine, broken):
    """Column, rule and number of rows, counted by hand; and nothing else is said."""
    spoil, expected = BREAKS[broken]
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(MAKE[engine](spoil(GOOD)))
    assert said(caught.value) == expected


def test_one_error_lists_every_problem_with_its_rows(engine):
    """A missing column, a wrong type, nulls, ranges, codes, rules between columns and keys, all in one."""
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(MAKE[engine](WORST))
    assert said(caught.value) == WORST_SAID
    assert str(caught.value).startswith("Episodes: 9 problems\n  - ")
    assert "  - started, ended: ended before it started (2 rows)." in str(caught.value)
    assert "  - child_id: is blank (1 row)." in str(caught.value)


@pytest.mark.parametrize("check", ["conform", "validate", "model", "schema", "called", "lazily"])
def test_each_way_to_check_says_the_same(engine, check):
    """``conform``, ``validate``, the model itself and its schema, lazy or not."""
    ways = {
        "conform": Episodes.conform,
        "validate": Episodes.validate,
        "model": Episodes,
        "schema": Episodes.to_schema().validate,
        "called": Episodes.to_schema(),
        "lazily": lambda frame: Episodes.to_schema().validate(frame, lazy=True),
    }
    with pytest.raises(FrameProblems) as caught:
        ways[check](MAKE[engine](WORST))
    assert said(caught.value) == WORST_SAID


def test_a_good_frame_comes_back_in_its_own_kind_with_the_same_rows(engine):
    """Nothing was to be changed, so nothing is noted, but that numpy has no whole number with nulls beside it."""
    frame = MAKE[engine](GOOD)
    checked = Episodes.conform(frame)
    assert kind_of(checked.frame) == kind_of(frame)
    assert in_order(checked.frame) == in_order(GOOD)
    noted = ["contacts: whole numbers kept as decimals, taken as Int64"] if engine == "pandas" else []
    assert [str(note) for note in checked.notes] == noted
    assert (len(checked), checked.names) == (4, tuple(SCHEMA))
    assert checked.home.engine.value == engine


def test_validate_gives_the_very_frame_back(engine):
    """Not a copy: ``validate`` changes nothing."""
    frame = MAKE[engine](GOOD)
    assert Episodes.validate(frame) is frame
    assert Episodes(frame) is frame
    assert Episodes.to_schema().validate(frame) is frame


@pytest.mark.parametrize("of_the_engine", [False, True], ids=["typed", "untyped"])
def test_a_frame_with_no_rows_is_a_good_one(engine, of_the_engine):
    """A quarter in which nothing happened; with no rows many readers give no types either."""
    empty = GOOD.head(0).cast(dict.fromkeys(SCHEMA, pl.Null)) if of_the_engine else GOOD.head(0)
    if engine == "DuckDB" and of_the_engine:
        frame = duckdb.sql(f"select {', '.join(f'null as {name}' for name in SCHEMA)} where false")
    else:
        frame = MAKE[engine](empty)
    checked = Episodes.conform(frame)
    assert len(checked) == 0
    lazy = nw.from_native(checked.frame).lazy()
    if not engine.startswith("pandas"):
        assert [str(kind) for kind in lazy.collect_schema().dtypes()] == [
            str(nw.from_native(GOOD).schema[name]) for name in SCHEMA
        ]


def test_an_empty_pandas_frame_of_headings_alone_is_a_good_one():
    """``pd.DataFrame(columns=...)`` makes every column an object."""
    assert len(Episodes.conform(pd.DataFrame(columns=list(SCHEMA)))) == 0


@pytest.mark.parametrize("column", ["team", "ended", "cost", "urgent"])
def test_a_column_of_nulls_alone_takes_the_type_of_the_schema(engine, column):
    """However the engine types such a column: pandas makes it text or floats, DuckDB has a type NULL."""
    frame = MAKE[engine](GOOD.with_columns(pl.lit(None).alias(column)))
    if engine == "DuckDB":
        frame = in_duckdb(GOOD.drop(column)).project(f"*, null as {column}")
    checked = Episodes.conform(frame)
    assert in_order(checked.frame) == in_order(GOOD.with_columns(pl.lit(None, SCHEMA[column]).alias(column)))


@pytest.mark.parametrize("made", [pl.String, pl.Float64, pl.Datetime])
def test_a_column_of_nulls_alone_may_have_come_as_any_type(engine, made):
    """A reader of CSV types it as it likes, and there is nothing in it to lose."""
    for column in ("team", "ended", "cost", "urgent"):
        frame = MAKE[engine](GOOD.with_columns(pl.lit(None, made).alias(column)))
        assert in_order(Episodes.conform(frame).frame) == in_order(GOOD.with_columns(pl.lit(None, SCHEMA[column]).alias(column)))


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(), pl.LazyFrame(), pd.DataFrame(), pd.DataFrame(index=[1, 2]), pa.table({})],
    ids=["polars", "polars lazy", "pandas", "pandas with an index", "pyarrow"],
)
def test_a_frame_with_no_columns_lacks_all_of_them(frame):
    """And says so, each by name, rather than failing in the engine."""
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(frame)
    assert said(caught.value) == {(name, "there is no such column", None) for name in SCHEMA}


def test_a_frame_with_none_of_the_columns_lacks_all_of_them(engine):
    """The wrong table altogether."""
    for check in (Episodes.conform, Episodes.validate):
        with pytest.raises(FrameProblems) as caught:
            check(MAKE[engine](pl.DataFrame({"apples": [1], "pears": ["two"]})))
        assert said(caught.value) == {(name, "there is no such column", None) for name in SCHEMA}


@pytest.mark.parametrize(
    "thing",
    [None, "episodes.csv", [1], {"team": ["North"]}, GOOD["team"], GOOD.to_pandas()["team"], GOOD.to_arrow().to_batches()[0]],
    ids=lambda thing: type(thing).__name__,
)
def test_what_is_no_frame_is_refused_with_what_is_taken(thing):
    """By its type and never by its value."""
    with pytest.raises(UnsupportedFrame, match="bucks_cs takes polars") as caught:
        Episodes.conform(thing)
    assert type(thing).__name__ in str(caught.value)
    assert "episodes.csv" not in str(caught.value)
    assert isinstance(caught.value, TypeError)


def test_each_engine_is_known_by_its_frame(engine):
    """And its being lazy too."""
    found = engine_of(MAKE[engine](GOOD))
    assert found.value == engine
    assert found.is_lazy is (engine in LAZY)


def test_a_lazy_frame_comes_back_lazy_and_an_eager_one_eager(engine):
    """A lazy result has not been run."""
    frame = Episodes.conform(MAKE[engine](GOOD)).frame
    assert isinstance(frame, (pl.LazyFrame, duckdb.DuckDBPyRelation)) is (engine in LAZY)


# How many queries


def test_conforming_a_lazy_polars_frame_runs_one_query(monkeypatch):
    """Of one row: the counts."""
    ran = []
    collected = pl.LazyFrame.collect

    def counting(self, *args, **kwargs):
        out = collected(self, *args, **kwargs)
        ran.append(out.shape[0])
        return out

    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    checked = Episodes.conform(GOOD.lazy())
    assert ran == [1]
    Episodes.admit(checked)
    assert Episodes.conform(checked) is checked
    assert isinstance(checked.frame, pl.LazyFrame)
    assert len(checked) == 4
    assert repr(checked).startswith("<Episodes, checked: 4 rows of polars (lazy)")
    assert ran == [1]


def logged(connection):
    """The queries a connection has run since logging was put on, but for this one."""
    said = connection.sql("select message from duckdb_logs where type = 'QueryLog'").fetchall()
    return [message for (message,) in said if "duckdb_logs" not in message]


def test_conforming_a_duckdb_relation_runs_one_query():
    """As DuckDB's own log of queries has it; a checked relation is not scanned again."""
    connection = duckdb.connect()
    table = GOOD.to_arrow()
    connection.register("episodes", table)
    connection.execute("call enable_logging('QueryLog')")
    checked = Episodes.conform(connection.table("episodes"))
    assert len(logged(connection)) == 1
    Episodes.admit(checked)
    assert isinstance(checked.frame, duckdb.DuckDBPyRelation)
    assert len(logged(connection)) == 1


# In, along and out


def test_the_callers_frame_is_never_changed(engine):
    """Neither its cells nor its headings, index or types."""
    spoilt = GOOD.with_columns(started=pl.col("started").cast(pl.Datetime), contacts=pl.col("contacts").cast(pl.Float64)).rename(
        {"team": "Team Name"}
    )
    frame = MAKE[engine](spoilt)
    if engine.startswith("pandas"):
        frame.index = [7, 7, 8, 9]
        before = frame.copy(deep=True)
        Episodes.conform(frame)
        pd.testing.assert_frame_equal(frame, before)
    else:
        before = in_order(frame)
        Episodes.conform(frame)
        assert in_order(frame) == before


def test_a_pandas_index_is_passed_over():
    """A repeated index is no repeated row, and no column."""
    frame = GOOD.to_pandas().set_index(pd.Index(["a", "a", "b", "b"], name="region"))
    checked = Episodes.conform(frame)
    assert "region" not in checked.names
    assert list(checked.frame.index) == [0, 1, 2, 3]


def test_headings_in_several_levels_are_refused_with_what_to_do():
    """As a pivot of pandas makes them."""
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("contacts", "2021"), ("contacts", "2022")]))
    with pytest.raises(FrameProblems, match=r"its headings are in several levels\. Make one heading of each"):
        Episodes.conform(frame)


def test_two_columns_of_one_name_are_refused_by_name():
    """pandas and Arrow allow them, and which is meant nobody knows."""
    frame = GOOD.to_pandas()
    for twice in (pd.concat([frame, frame[["team"]]], axis=1), GOOD.to_arrow().append_column("team", pa.array(list("abcd")))):
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(twice)
        assert said(caught.value) == {("team", "two columns share this name", None)}


def test_headings_that_are_no_text_are_taken_as_their_text():
    """pandas allows a number for a heading."""
    frame = GOOD.to_pandas().rename(columns={"team": 5})
    assert Episodes.conform(frame, columns={"team": 5}).frame["team"].tolist()[:3] == ["North", "North", "South"]


# Rows, second frames and small tables


def test_rows_of_a_small_frame_come_in_the_order_asked_for(engine):
    """Each as a dict of the columns asked for."""
    frame = MAKE[engine](pl.DataFrame({"n": [3, 1, 2], "word": ["c", "a", "b"], "more": [0, 0, 0]}))
    assert rows_of(frame, columns=["word", "n"], order_by="n") == (
        {"word": "a", "n": 1},
        {"word": "b", "n": 2},
        {"word": "c", "n": 3},
    )
    with pytest.raises(UnknownColumn, match=r"no column 'words'.* Did you mean 'word'"):
        rows_of(frame, columns=["words"])
    with pytest.raises(UnknownColumn, match="no column 'size'"):
        rows_of(frame, columns=["word"], order_by="size")


SMALL = {"month": [dt.date(2022, 1, 1), None], "n": [1, 2], "share": [0.5, None], "name": ["it's", None], "yes": [True, None]}
SMALL_TYPES = {"month": nw.Date, "n": nw.Int64, "share": nw.Float64, "name": nw.String, "yes": nw.Boolean}


def test_a_small_table_lives_in_the_engine_of_the_frame_it_is_to_be_joined_to(engine):
    """Of any type, with nulls and quotes in it, and of no rows too."""
    lazy, _ = enter(MAKE[engine](GOOD))
    table = small_table(lazy, SMALL, SMALL_TYPES)
    assert table.implementation is lazy.implementation
    assert collect(table.sort("n")).to_dict(as_series=False) == SMALL
    none = small_table(lazy, dict.fromkeys(SMALL, ()), SMALL_TYPES)
    assert collect(none).to_dict(as_series=False) == {name: [] for name in SMALL}
    assert dict(none.collect_schema()) == {name: kind() for name, kind in SMALL_TYPES.items()}
    joined = lazy.join(
        small_table(lazy, {"team": ["North"], "head": ["A"]}, {"team": nw.String, "head": nw.String}), on="team", how="left"
    )
    assert sorted(collect(joined)["head"].to_list(), key=str) == ["A", "A", None, None]


@pytest.mark.parametrize("second", MAKE)
def test_an_eager_second_frame_is_carried_into_the_first_ones_engine(engine, second):
    """And a lazy one is not moved out of its own unasked."""
    lazy, _ = enter(MAKE[engine](GOOD))
    other = MAKE[second](pl.DataFrame({"team": ["North", "South"], "children": [10, 20]}))
    first_is = "DuckDB" if engine == "DuckDB" else "polars"
    second_is = {"DuckDB": "DuckDB", "polars (lazy)": "polars"}.get(second)
    if second_is is not None and second_is != first_is:
        with pytest.raises(EngineMismatch, match="a frame is not moved out of a lazy engine unasked"):
            alongside(other, lazy)
    elif second == "DuckDB":
        with pytest.raises(EngineMismatch, match="another connection"):
            alongside(other, lazy)
    else:
        joined = collect(lazy.join(alongside(other, lazy), on="team"))
        assert sorted(joined["children"].to_list()) == [10, 10, 20]


def test_two_relations_of_one_connection_go_together():
    """Nothing is moved."""
    connection = duckdb.connect()
    table, heads = GOOD.to_arrow(), pa.table({"team": ["North"], "head": ["A"]})
    lazy, _ = enter(connection.from_arrow(table))
    assert collect(lazy.join(alongside(connection.from_arrow(heads), lazy), on="team"))["head"].to_list() == ["A", "A"]


def test_a_second_frame_with_a_type_that_cannot_be_carried_is_refused():
    """Lists have no place in a population."""
    lazy, _ = enter(in_duckdb(GOOD))
    with pytest.raises(UnsupportedFrame, match="column of type List"):
        alongside(pl.DataFrame({"team": [["North"]]}), lazy)


@pytest.mark.parametrize("part", [{"head": 1}, {"tail": 1}, {"sample": 1}, {"random_state": 1}], ids=str)
def test_a_part_of_a_frame_is_not_checked_for_the_whole(part):
    """pandera would let bad rows by."""
    for check in (Episodes.validate, Episodes.to_schema().validate):
        with pytest.raises(InvalidValue, match="the whole frame: head, tail and sample would let bad rows by"):
            check(GOOD, **part)


def test_seven_kinds_of_frame_are_known():
    """As the design has them."""
    assert [kind.value for kind in Engine] == [*MAKE, "PySpark"]
