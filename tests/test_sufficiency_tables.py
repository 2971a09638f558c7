"""What the tables of sufficiency and their measures refuse: words, duplicates, numbers and arguments, and no cell is shown."""

from __future__ import annotations

import datetime as dt
import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import sufficiency
from bucks_cs.errors import EngineMismatch, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.sufficiency import Homes, Need, NeedForHomes, Places
from bucks_cs.testing import as_engine, frames

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
LINE = ("locality", "phase", "kind", "need")
ALIKE = {"locality": ["Aylesbury"], "phase": "secondary", "kind": "special school", "need": "ASD", "academic_year": "2024/25"}
GOOD_PLACES = pl.DataFrame({**ALIKE, "places": 5.0})
GOOD_NEED = pl.DataFrame({**ALIKE, "children": 5.0, "lower": None, "upper": None})


@settings(max_examples=15)
@given(st.data(), st.sampled_from([Places, Need, Homes, NeedForHomes]))
def test_frames_drawn_from_a_schema_keep_it(data, schema):
    """So that others can test their own tools with them."""
    drawn = data.draw(frames(schema, max_rows=5))
    assert schema.conform(drawn).rows == drawn.height


def test_headings_of_others_are_known_and_words_of_the_field_are_the_enums():
    """Area, planning area and capacity; each word of an enum is taken."""
    theirs = GOOD_PLACES.rename({"locality": "Planning area", "places": "Capacity", "need": "Primary need"})
    assert Places.conform(theirs).frame.to_dicts() == GOOD_PLACES.to_dicts()
    for column, words in (
        ("phase", sufficiency.PhaseOfEducation),
        ("kind", sufficiency.KindOfProvision),
        ("need", sufficiency.TypeOfNeed),
    ):
        every = pl.concat([GOOD_PLACES.with_columns(pl.lit(word.value).alias(column)) for word in words])
        assert Places.conform(every).rows == len(words)
    plans = GOOD_NEED.rename({"children": "EHC plans"})
    assert Need.conform(plans).frame["children"].to_list() == [5.0]
    assert Places.conform(GOOD_PLACES.drop("need"), columns={"need": None}).frame["need"].to_list() == [None]


def problem(caught):
    """The problems of an error: column and rows."""
    return {(each.column, each.rows) for each in caught.value.problems}


@pytest.mark.parametrize("column", ["phase", "kind", "need", "academic_year"])
def test_unknown_words_are_refused_with_their_count(column):
    """Of every list of words, in both tables."""
    for schema, frame in ((Places, GOOD_PLACES), (Need, GOOD_NEED)):
        with pytest.raises(FrameProblems) as caught:
            schema.conform(frame.with_columns(pl.lit("zzz").alias(column)))
        assert problem(caught) == {(column, 1)}


@pytest.mark.parametrize("year", ["2024/26", "2024-25", "2024", "202425", "24/25"])
def test_an_academic_year_is_written_one_way(year):
    """Or two rows of one year would be two years."""
    with pytest.raises(FrameProblems, match="academic_year"):
        Places.conform(GOOD_PLACES.with_columns(academic_year=pl.lit(year)))


def test_two_rows_of_a_line_and_year_are_refused_with_their_count():
    """Nulls too: of no one need twice is twice."""
    for schema, frame in ((Places, GOOD_PLACES), (Need, GOOD_NEED)):
        for twice in (frame, frame.with_columns(need=pl.lit(None, dtype=pl.String))):
            with pytest.raises(FrameProblems) as caught:
                schema.conform(pl.concat([twice, twice]))
            assert problem(caught) == {("locality, phase, kind, need, academic_year", 2)}


def test_numbers_that_cannot_be_are_refused():
    """Below nothing, an interval with one end, and children outside it."""
    for column, frame, schema in (("places", GOOD_PLACES, Places), ("children", GOOD_NEED, Need)):
        with pytest.raises(FrameProblems, match="is below 0"):
            schema.conform(frame.with_columns(pl.lit(-1.0).alias(column)))
    for bounds, says in (((4.0, None), "without an upper"), ((6.0, 9.0), "lie between"), ((1.0, 4.0), "lie between")):
        with pytest.raises(FrameProblems, match=says):
            Need.conform(GOOD_NEED.with_columns(lower=pl.lit(bounds[0]), upper=pl.lit(bounds[1])))
    with pytest.raises(FrameProblems, match="bounds without a number"):
        Need.conform(GOOD_NEED.with_columns(children=None, lower=pl.lit(1.0), upper=pl.lit(2.0)))


def test_homes_are_refused_as_places_are():
    """Words, days and duplicates of their own."""
    day = dt.date(2023, 3, 31)
    homes = pl.DataFrame({"locality": ["A"], "kind": "foster home", "provider": "private provision", "day": day, "places": 4})
    wanted = homes.select("locality", "kind", "provider", "day", children=pl.lit(4), lower=None, upper=None)
    for column in ("kind", "provider"):
        for schema, frame in ((Homes, homes), (NeedForHomes, wanted)):
            with pytest.raises(FrameProblems) as caught:
                schema.conform(frame.with_columns(pl.lit("zzz").alias(column)))
            assert problem(caught) == {(column, 1)}
    with pytest.raises(FrameProblems, match="more than one row"):
        sufficiency.surplus_of_homes(pl.concat([homes, homes]), need=wanted)
    with pytest.raises(FrameProblems):
        sufficiency.surplus(homes, need=GOOD_NEED)


@pytest.mark.parametrize("margin", [0, 1, -0.05, 5, True, "5%", float("nan")])
def test_a_margin_is_a_share_of_the_places(margin):
    """Between none and all of them; not percent, text, or yes."""
    with pytest.raises(InvalidValue, match="margin"):
        sufficiency.surplus(GOOD_PLACES, need=GOOD_NEED, margin=margin)


@pytest.mark.parametrize("measure", [sufficiency.surplus, sufficiency.use_of_places])
def test_what_a_measure_cannot_take_is_refused_by_name(measure):
    """Columns, meanings, areas and frames."""
    with pytest.raises(UnknownColumn, match="team"):
        measure(GOOD_PLACES, need=GOOD_NEED, by="team")
    further = Places.conform(GOOD_PLACES.with_columns(team=pl.lit("A")))
    with pytest.raises(InvalidValue, match="one or several of locality, phase, kind, need"):
        measure(further, need=GOOD_NEED, by="team")
    for wrong in ("none", None, True):
        with pytest.raises(InvalidValue, match="missing"):
            measure(GOOD_PLACES, need=GOOD_NEED, missing=wrong)
    with pytest.raises(InvalidValue, match="area"):
        measure(GOOD_PLACES, need=GOOD_NEED, area=825)
    for pair in ((5, GOOD_NEED), (GOOD_PLACES, 5)):
        with pytest.raises(UnsupportedFrame):
            measure(pair[0], need=pair[1])
    with pytest.raises(EngineMismatch):
        measure(GOOD_PLACES, need=as_engine(GOOD_NEED, Engine.DUCKDB))


@pytest.mark.parametrize("wrong", [None, 5, "surplus", GOOD_PLACES, sufficiency.use_of_places(GOOD_PLACES, need=GOOD_NEED)])
def test_only_a_surplus_has_places_from_outside(wrong):
    """And none after a margin, whose deficit is of places that are kept free."""
    with pytest.raises(InvalidValue, match="surpluses"):
        sufficiency.places_from_outside(wrong)
    with pytest.raises(InvalidValue, match="without a margin"):
        sufficiency.places_from_outside(sufficiency.surplus(GOOD_PLACES, need=GOOD_NEED, margin=0.05))


TOKEN = "Zebedee"
NUMBER = -987_654_321.0


@ON_EVERY_ENGINE
def test_no_error_shows_a_cell(engine, caplog):
    """A token in every cell, by each way in; not in the message, its parts, its chain or a log."""
    bad = pl.DataFrame({name: [TOKEN] * 2 for name in (*LINE, "academic_year")})
    bad_places = as_engine(bad.with_columns(places=pl.lit(NUMBER)), engine)
    bad_need = as_engine(bad.with_columns(children=pl.lit(NUMBER), lower=pl.lit(NUMBER), upper=pl.lit(NUMBER + 1)), engine)
    good_places, good_need = as_engine(GOOD_PLACES, engine), as_engine(GOOD_NEED, engine)
    ways = [
        lambda: Places.conform(bad_places),
        lambda: Need.conform(bad_need),
        lambda: sufficiency.surplus(bad_places, need=good_need),
        lambda: sufficiency.surplus(good_places, need=bad_need),
        lambda: sufficiency.use_of_places(bad_places, need=bad_need),
        lambda: Homes.conform(bad_places, columns={"provider": "need", "day": "academic_year"}),
    ]
    for way in ways:
        with pytest.raises(FrameProblems) as caught:
            way()
        error = caught.value
        assert error.__cause__ is None
        assert error.__context__ is None
        again = pickle.loads(pickle.dumps(error))
        shown = " ".join([str(error), repr(error), str(error.args), str(error.fields), str(again), caplog.text])
        assert TOKEN not in shown
        assert "987" not in shown
