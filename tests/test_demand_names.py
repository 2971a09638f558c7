"""Columns that happen to be called what a measure makes, what it works with, or what an engine cannot be asked for."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from bucks_cs import demand
from bucks_cs.demand import Stage
from bucks_cs.errors import BucksError, InvalidValue
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import FinancialYear, Snapshot
from bucks_cs.testing import as_engine

YEAR = FinancialYear("2022-23")
DAY = Snapshot("31 March 2023")
LONG_AGO = dt.date(2000, 1, 1)
ENGINES = (Engine.POLARS, Engine.PANDAS, Engine.DUCKDB)


def referrals(**others):
    rows = {
        "child_id": ["A", "B", "A", "C"],
        "referral_date": [dt.date(2022, 5, 2), dt.date(2022, 5, 3), dt.date(2022, 9, 1), dt.date(2022, 9, 2)],
        "decision_date": [dt.date(2022, 5, 3), dt.date(2022, 5, 9), dt.date(2022, 9, 2), None],
        "seen_date": None,
        "no_further_action": [True, False, False, False],
        "closure_date": None,
        "closure_reason": None,
    }
    return pl.DataFrame(rows | others)


def plans(**others):
    rows = {
        "child_id": ["A", "B", "C"],
        "start_date": [dt.date(2020, 1, 1), dt.date(2022, 6, 1), dt.date(2022, 7, 1)],
        "end_date": None,
        "initial_category": "NEG",
        "number_of_previous_plans": 0,
    }
    return pl.DataFrame(rows | others)


MEASURES = {
    "decided_in_time": lambda **o: (
        demand.decided_in_time, referrals(**o), {"period": YEAR, "followed_to": dt.date(2023, 3, 31)}),
    "no_further_action": lambda **o: (demand.no_further_action, referrals(**o), {"period": YEAR}),
    "rereferrals": lambda **o: (demand.rereferrals, referrals(**o), {"period": YEAR, "history_from": LONG_AGO}),
    "plans_open_two_years": lambda **o: (demand.plans_open_two_years, plans(**o), {"at": DAY}),
    "second_or_subsequent_plans": lambda **o: (
        demand.second_or_subsequent_plans, plans(**o), {"period": YEAR, "history_from": LONG_AGO}),
}  # fmt: skip
HEADINGS = {
    "each of its kind": {
        "Working_Days": 99, "In_Denominator": False, "In_Numerator": False, "Not_Due": True, "No_History": True,
        "Days_On_Plan": 1,
    },
    "of another kind": {"IN_NUMERATOR": "text"},
}  # fmt: skip


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_a_column_named_like_one_the_measure_makes_but_for_its_case_changes_no_number(measure, engine):
    """DuckDB takes no notice of case, so that a heading of the export would be read in place of the measure's own column."""
    of, rows, asked = MEASURES[measure]()
    plain = of(rows, **asked).at()
    for which, headings in HEADINGS.items():
        with_headings = MEASURES[measure](**headings)[1]
        found = of(as_engine(with_headings, engine), **asked).at()
        assert (found.number, found.numerator, found.denominator) == (plain.number, plain.numerator, plain.denominator), which


LIBRARYS_OWN = ["__linked", "__last", "__day", "__first", "__period", "__rows", "__as_it_came_child_id"]


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_a_column_whose_name_begins_with_two_underscores_stays_behind_and_is_said(engine):
    """Such names are the library's own while it works: none of them is read, and none can be grouped by."""
    rows = as_engine(referrals(**dict.fromkeys(LIBRARYS_OWN, 7)), engine)
    checked = demand.Referrals.conform(rows)
    assert not set(LIBRARYS_OWN) & set(checked.names)
    assert demand.no_further_action(rows, period=YEAR).at().number == 25.0
    for name in LIBRARYS_OWN:
        assert any(note.column == name and "two underscores" in note.what for note in checked.notes), name
        with pytest.raises(InvalidValue, match="left behind"):
            demand.no_further_action(checked, period=YEAR, by=name)


@pytest.mark.parametrize("name", ["Team.name", " lead", "trail "])
def test_a_heading_that_duckdb_cannot_group_by_is_refused_by_name(name):
    """It would look for a table called Team; the message says to rename the column."""
    rows = as_engine(referrals(**{name: "E"}), Engine.DUCKDB)
    with pytest.raises(InvalidValue, match="rename it first"):
        demand.referrals(rows, period=YEAR, by=name)


@pytest.mark.parametrize("name", ["", "*"])
@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_a_blank_name_or_a_star_is_refused_by_name(name, engine):
    """Neither is a column, and an engine may take a star for all of them."""
    with pytest.raises(BucksError):
        demand.referrals(as_engine(referrals(), engine), period=YEAR, by=name)


def test_a_group_that_is_null_in_every_row_is_a_group_that_was_not_recorded():
    """A column of nulls alone has no type in polars: it is taken as text."""
    found = demand.referrals(referrals(team=None), period=YEAR, by="team")
    assert [(reading.dims, reading.number) for reading in found] == [((("team", None),), 4.0)]


def test_groups_of_two_types_are_refused_without_their_categories():
    """An Enum's type holds its categories, which are cells."""
    enquiries = pl.DataFrame({"child_id": ["A"], "start_date": dt.date(2022, 5, 2), "conference_date": None,
        "conference_not_required": None, "team": pl.Series(["E"], dtype=pl.Enum(["Zebedee", "E"]))})  # fmt: skip
    conferences = pl.DataFrame({"child_id": ["A"], "conference_date": dt.date(2022, 5, 4), "strategy_discussion_date": None,
        "transfer_in": False, "led_to_plan": True, "team": "E"})  # fmt: skip
    with pytest.raises(InvalidValue, match="one type in both frames") as refused:
        demand.stage_ratio(
            enquiries,
            later=conferences,
            from_stage=Stage.SECTION_47_ENQUIRY,
            to_stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE,
            period=YEAR,
            by="team",
        )
    assert "Zebedee" not in str(refused.value)


@pytest.mark.parametrize("area", [825, "825 ", " ", "", True], ids=["number", "space", "blank", "empty", "yes"])
def test_an_area_that_is_no_plain_text_is_refused_by_name(area):
    """A number would lose a leading nought, and a space would match no population."""
    with pytest.raises(InvalidValue, match="area"):
        demand.referrals(referrals(), period=YEAR, area=area)


@pytest.mark.parametrize("annualised", ["yes", None, 1])
def test_annualised_is_yes_or_no(annualised):
    """Anything else is refused before a query runs."""
    counts = demand.referrals(referrals(), period=YEAR)
    people = pl.DataFrame({"area": ["825"], "mid_year": [dt.date(2021, 6, 30)], "children": [100]})
    with pytest.raises(InvalidValue, match="annualised"):
        demand.per_10_000(counts, population=people, annualised=annualised)


@pytest.mark.parametrize("engine", ENGINES, ids=str)
@pytest.mark.parametrize("value", [{}, 5, ["E"], dt.date(2022, 1, 1), True], ids=["dict", "number", "list", "date", "yes"])
def test_a_dim_of_another_kind_than_its_column_is_refused_by_name(value, engine):
    """A team is text: no number, date or list is asked of the engine, whose own error would say nothing of it."""
    found = demand.referrals(as_engine(referrals(team="E"), engine), period=YEAR, by="team")
    with pytest.raises(InvalidValue, match="team"):
        found.at(team=value)
