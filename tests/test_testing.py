"""Made-up frames keep the rules of any schema, and one frame is had as every kind there is."""

from __future__ import annotations

import datetime as dt
import importlib.util

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from bucks_cs.demand import Activity
from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.frames import Engine, FrameModel, Text, WholeNumber, field
from bucks_cs.testing import as_engine, columns_of, frames, in_every_engine
from made_up import GOOD, MAKE, Episodes, in_order, kind_of
from test_frames_dictionary import Everything

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")


class Odds(FrameModel):
    """Odd numbers, of which half of those drawn are none."""

    n: WholeNumber = field(title="n", description="n", ge=1, lt=6, ne=3, unique=True)
    code: Text = field(title="code", description="code", isin=["a", "b", "c"], notin=["c"])


@settings(max_examples=20)
@given(frame=frames(Odds, max_rows=6))
def test_drawn_frames_keep_checks_that_no_strategy_is_made_for(frame):
    """Those that a drawn cell may break are left out by row."""
    assert set(frame["n"].to_list()) <= {1, 2, 4, 5}
    assert frame["n"].n_unique() == frame.height
    assert set(frame["code"].to_list()) <= {"a", "b"}


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(frame=frames(Everything, max_rows=3))
def test_a_schema_with_every_kind_of_check_can_be_drawn(frame):
    """And what is drawn is good."""
    assert Everything.validate(frame) is frame


@pytest.mark.parametrize("engine", [Engine.POLARS_LAZY, Engine.PANDAS, Engine.PANDAS_ARROW, Engine.PYARROW, Engine.DUCKDB])
def test_frames_are_drawn_in_the_kind_asked_for(engine):
    """And are good in it."""

    @settings(max_examples=5, database=None)
    @given(frame=frames(Odds, engine=engine, min_rows=1, max_rows=3))
    def check(frame):
        assert kind_of(frame) == kind_of(MAKE[engine.value](GOOD))
        assert 1 <= len(Odds.conform(frame)) <= 3

    check()


PERIOD = {
    "period_start": st.dates(dt.date(2022, 1, 1), dt.date(2022, 6, 30)),
    "period_end": st.dates(dt.date(2022, 7, 1), dt.date(2022, 12, 31)),
}


@settings(max_examples=10)
@given(frame=frames(Activity, columns=PERIOD | {"team": st.sampled_from(["North", "South"])}))
def test_columns_of_ones_own_replace_and_add(frame):
    """In a frame with no rows too."""
    assert frame.columns == [*Activity.to_schema().columns, "team"]
    assert set(frame["team"].to_list()) <= {"North", "South"}
    assert all(day.month <= 6 for day in frame["period_start"].to_list())
    assert Activity.conform(frame).names[-1] == "team"


def test_a_strategy_a_column_gives_cells_the_schema_allows():
    """Nulls where it allows them, and nowhere else."""
    cells = columns_of(Odds)
    assert list(cells) == ["n", "code"]

    @settings(max_examples=50, database=None)
    @given(n=cells["n"], team=columns_of(Episodes)["team"])
    def check(n, team):
        assert isinstance(n, int)
        assert team is None or isinstance(team, str)

    check()


def test_impossible_demands_are_refused():
    """Spark without a session, and more rows at the least than at the most."""
    with pytest.raises(InvalidValue, match="an engine that needs no session; draw polars and hand it to Spark"):
        frames(Odds, engine=Engine.PYSPARK)
    for least, most in ((3, 2), (-1, 2)):
        with pytest.raises(InvalidValue, match="min_rows: expected 0 or more, and no more than max_rows"):
            frames(Odds, min_rows=least, max_rows=most)
    with pytest.raises(InvalidValue, match="a Spark session"):
        as_engine(GOOD, Engine.PYSPARK)


@pytest.mark.long
def test_more_rows_than_there_can_be_are_not_pretended():
    """Four values of a unique column make no five rows: Hypothesis says that it finds none."""

    @settings(max_examples=5, database=None, suppress_health_check=list(HealthCheck))
    @given(frame=frames(Odds, min_rows=5, max_rows=6))
    def check(frame):
        raise AssertionError(frame.height)

    with pytest.raises(Unsatisfiable):
        check()


def test_one_frame_is_given_as_every_kind_there_is():
    """All but Spark, which wants a session; with the same rows."""
    found = dict(in_every_engine(GOOD))
    assert [engine.value for engine in found] == list(MAKE)
    for engine, frame in found.items():
        assert kind_of(frame) == kind_of(MAKE[engine.value](GOOD))
        assert in_order(frame) == in_order(GOOD)


def test_an_engine_that_is_not_installed_is_left_out_and_named_where_it_was_asked_for(monkeypatch):
    """With the command that brings it."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name in {"duckdb", "hypothesis"} else found(name, *rest)
    )
    assert Engine.DUCKDB not in dict(in_every_engine(GOOD))
    with pytest.raises(MissingExtra, match=r"duckdb is not installed: pip install 'bucks_cs\[duckdb\]'"):
        as_engine(GOOD, Engine.DUCKDB)
    with pytest.raises(MissingExtra, match=r"hypothesis is not installed: pip install 'bucks_cs\[test\]'"):
        frames(Odds)
