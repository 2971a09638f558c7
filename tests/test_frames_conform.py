"""An analyst's own frame is conformed, what was changed is said, and what cannot be taken is refused by name."""

from __future__ import annotations

import datetime as dt
import decimal
import pickle
from typing import Any, Optional

import attrs
import duckdb
import narwhals as nw
import pandas as pd
import pandera.pyarrow as pandera_arrow
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.demand import Contacts
from bucks_cs.errors import FrameProblems, InvalidValue, UnitError, UnknownColumn
from bucks_cs.frames import Checked, Date, Engine, FrameModel, Number, Text, WholeNumber, field, rule
from bucks_cs.frames.engine import collect
from bucks_cs.frames.patterns import portable, whole_match
from bucks_cs.testing import as_engine, frames
from made_up import BREAKS, GOOD, MAKE, NOTHING, SCHEMA, WORST, Episodes, in_duckdb, in_order, rows, said

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")


@pytest.fixture(params=MAKE, ids=str)
def engine(request):
    """The name of each engine but Spark."""
    return request.param


def notes(checked):
    """What was said, as text."""
    return {str(note) for note in checked.notes}


def text(**options):
    """A column of text."""
    return field(title="Text", description="A text.", **options)


# An analyst's own frame

HERS = pl.DataFrame(
    {
        "Child Unique ID": [1001, 1001, 1002, 1003],
        "TEAM NAME": pl.Series(["North", "North", "South", None], dtype=pl.Categorical),
        "Date started": [
            dt.datetime(2022, 1, 4, 9, 30),
            dt.datetime(2022, 6, 1),
            dt.datetime(2022, 1, 4, 9, 30),
            dt.datetime(2020, 2, 29, 9, 30),
        ],
        "date_ended": [dt.datetime(2022, 3, 1), None, dt.datetime(2022, 1, 4), dt.datetime(2021, 2, 28)],
        "How many": [3.0, 0.0, 12.0, None],
        "withheld": pl.Series([None, None, None, "c"], dtype=pl.Enum(["c", "x", "z"])),
        "cost": [120.5, 0.0, None, 9.25],
        "urgent": [1, 0, None, 1],
        "locality": ["Wycombe", "Wycombe", "Aylesbury", "Aylesbury"],
    }
)


def test_an_analysts_own_frame_is_conformed_and_what_was_widened_is_said(engine):
    """Datetimes at 09:30, whole-number ids, float counts, categories, her own headings, 0 and 1 for no and yes."""
    checked = Episodes.conform(MAKE[engine](HERS), columns={"contacts": "How many"})
    expected = GOOD.with_columns(locality=pl.Series(["Wycombe", "Wycombe", "Aylesbury", "Aylesbury"]))
    assert in_order(checked.frame) == in_order(expected)
    expected_notes = {
        "child_id: read from 'Child Unique ID'",
        "child_id: whole numbers, taken as text",
        "team: read from 'TEAM NAME'",
        "started: read from 'Date started'",
        "started: a time of day dropped (3 rows)",
        "ended: read from 'date_ended'",
        "contacts: read from 'How many'",
        "contacts: whole numbers kept as decimals, taken as Int64",
        "urgent: 0 and 1, taken as no and yes",
    }
    categories = {"team: a category, taken as its text", "withheld: a category, taken as its text"}
    # DuckDB is handed the text of Arrow's categories, so that there is nothing to say.
    assert notes(checked) == expected_notes | (set() if engine == "DuckDB" else categories)


def test_conformed_types_are_those_of_the_schema_whatever_the_data(engine):
    """The schema decides: the same types come from her frame as from a good one."""
    if engine == "pandas":
        kinds = {"child_id": "str", "started": "datetime64", "contacts": "float64", "cost": "float64"}
        frame = Episodes.conform(MAKE[engine](HERS), columns={"contacts": "How many"}).frame
        assert all(str(frame[name].dtype).startswith(kind) for name, kind in kinds.items())
    else:
        lazy = nw.from_native(Episodes.conform(MAKE[engine](HERS), columns={"contacts": "How many"}).frame).lazy()
        schema = lazy.collect_schema()
        assert [schema[name] for name in SCHEMA] == [
            nw.String,
            nw.String,
            nw.Date,
            nw.Date,
            nw.Int64,
            nw.String,
            nw.Float64,
            nw.Boolean,
        ]


@pytest.mark.parametrize("heading", ["Team name", "TEAM_NAME", " team-name ", "Team  Name:", "TeamName", "team"])
def test_a_known_heading_is_known_in_any_case_and_spacing(heading):
    """Letters and figures matter, and nothing else."""
    assert Episodes.conform(GOOD.rename({"team": heading} if heading != "team" else {})).frame.equals(GOOD)


def test_two_columns_that_could_be_the_same_are_not_chosen_between():
    """She says which; and where one has the schema's own name, it is that one."""
    frame = GOOD.rename({"team": "Team name"}).with_columns(pl.lit("x").alias("TEAM_NAME"))
    with pytest.raises(
        FrameProblems, match=r"could be any of Team name, TEAM_NAME. Say which is meant: columns=\{'team': \.\.\.\}"
    ) as caught:
        Episodes.conform(frame)
    assert said(caught.value) == {("team", "could be any of Team name, TEAM_NAME", None)}
    assert Episodes.conform(frame, columns={"team": "TEAM_NAME"}).frame["team"].to_list() == ["x"] * 4
    both = GOOD.with_columns(pl.lit("x").alias("Team name"))
    assert Episodes.conform(both).frame["team"].to_list() == GOOD["team"].to_list()


def test_columns_are_checked_by_name():
    """A column the frame lacks, a field the schema lacks, two fields of one column, a dict turned round: each is said."""
    renamed = GOOD.rename({"team": "gang"})
    cases = {
        (("team", "gangs"),): {("team", "the frame has no column 'gangs'", None)},
        (("teams", "gang"),): {("teams", "is no column of this schema", None), ("team", "there is no such column", None)},
        (("gang", "team"),): {("gang", "is no column of this schema", None), ("team", "there is no such column", None)},
        (("team", "withheld"),): {("team, withheld", "are all read from one column, 'withheld'", None)},
    }
    for given_columns, expected in cases.items():
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(renamed, columns=dict(given_columns))
        assert said(caught.value) == expected
    with pytest.raises(FrameProblems, match=r"Did you mean 'gang'\?"):
        Episodes.conform(renamed, columns={"team": "gangs"})
    with pytest.raises(FrameProblems, match=r"Did you mean 'team'\?"):
        Episodes.conform(renamed, columns={"teams": "gang"})
    with pytest.raises(FrameProblems, match=r"Turn it round: columns=\{'team': 'gang'\}"):
        Episodes.conform(renamed, columns={"gang": "team"})


@pytest.mark.parametrize("columns", [["team"], "team", {5: "team"}], ids=str)
def test_columns_that_are_no_dict_of_names_are_refused(columns):
    """With what would be taken."""
    with pytest.raises(InvalidValue, match="columns: expected a dict of this schema's names to the frame's own"):
        Episodes.conform(GOOD, columns=columns)


def test_validate_takes_the_schemas_own_names_alone_and_says_what_conform_would_read():
    """``validate`` gives the frame back as it is, so it must have the names already."""
    with pytest.raises(FrameProblems, match=r"Episodes.conform\(frame\) would read 'Team name' as this"):
        Episodes.validate(GOOD.rename({"team": "Team name"}))


# What comes along, and what stays behind


def test_further_columns_come_along_after_the_schemas_own(engine):
    """To break measures down by."""
    frame = MAKE[engine](GOOD.select(pl.lit("A").alias("locality"), *SCHEMA))
    checked = Episodes.conform(frame)
    assert checked.names == (*SCHEMA, "locality")
    assert [row["locality"] for row in rows(checked.frame)] == ["A"] * 4


def test_a_further_column_of_several_types_stays_behind_and_is_said():
    """pandas has such columns and no other engine does; one of the schema's own is refused."""
    mixed = pd.Series([1, "two", dt.date(2022, 1, 1), None], dtype=object)
    frame = GOOD.to_pandas().assign(remarks=mixed)
    checked = Episodes.conform(frame)
    assert checked.names == tuple(SCHEMA)
    assert "remarks: left behind: holds values of more than one type, or of one that Arrow does not have" in notes(checked)
    with pytest.raises(InvalidValue, match="by='remarks': expected a column that could be taken in; this one was left behind"):
        checked.grouping("remarks")
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(GOOD.to_pandas().assign(contacts=mixed))
    assert said(caught.value) == {("contacts", "holds values of more than one type, or of one that Arrow does not have", None)}


@pytest.mark.parametrize("heading", ["contacts", "Contacts", "CONTACTS"])
def test_a_column_whose_name_is_taken_by_another_stays_behind_and_is_said(engine, heading):
    """DuckDB and Spark take no notice of case, so that it could not stand beside the schema's own."""
    frame = MAKE[engine](GOOD.rename({"contacts": "n"}).with_columns(pl.lit("x").alias(heading)))
    checked = Episodes.conform(frame, columns={"contacts": "n"})
    assert f"{heading}: left behind: the schema has a column of this name, read from elsewhere" in notes(checked)
    assert in_order(checked.frame) == in_order(GOOD)


def test_a_frame_checked_already_is_taken_as_it_is():
    """By its own schema; another schema checks it anew, and a smaller one finds its columns."""

    class Teams(FrameModel):
        """The teams alone."""

        team: Text = text(nullable=True, gap="not recorded")

    checked = Episodes.conform(GOOD)
    assert Episodes.conform(checked) is checked
    assert Episodes.admit(checked) is checked
    assert Teams.conform(checked).schema is Teams
    assert Teams.admit(checked).names == ("team", *(name for name in SCHEMA if name != "team"))
    assert len(Episodes.conform(checked, columns={"team": "team"})) == 4


def test_a_schema_that_inherits_keeps_the_rules_and_adds_its_own():
    """And a frame checked by it is checked for its parent."""

    class Placements(Episodes):
        """Episodes with a place."""

        place: Text = text(isin=["home", "away"])

        class Config:
            """The parent's key and no other."""

            unique = ["child_id", "started"]

    frame = GOOD.with_columns(place=pl.lit("home"))
    checked = Placements.conform(frame)
    assert Episodes.admit(checked) is checked
    assert Placements.identifiers() == ("child_id",)
    with pytest.raises(FrameProblems) as caught:
        Placements.conform(WORST.with_columns(place=pl.lit("abroad")))
    assert {("place", "is not one of home, away", 4), ("started, ended", "ended before it started", 2)} <= said(caught.value)


# Numbers, texts and days of every kind


@pytest.mark.parametrize(
    "kind",
    [pl.Int8, pl.Int16, pl.Int32, pl.UInt8, pl.UInt32, pl.UInt64, pl.Int128, pl.Float32, pl.Float64, pl.Decimal(12, 2)],
    ids=str,
)
def test_whole_numbers_of_every_kind_are_counts_and_ids(kind):
    """Counts become Int64 and ids text, with no ``.0`` behind."""
    frame = GOOD.with_columns(
        pl.col("contacts").cast(kind), child_id=pl.Series([101, 101, 102, 103]).cast(pl.Int64).cast(kind, strict=False)
    )
    if kind in (pl.Int8, pl.UInt8):
        frame = frame.with_columns(child_id=pl.Series([101, 101, 102, 103], dtype=kind))
    out = Episodes.conform(frame).frame
    assert out["contacts"].to_list() == [3, 0, 12, None]
    assert out["child_id"].to_list() == ["101", "101", "102", "103"]


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (1.5, "is not a whole number"),
        (float("inf"), "is not a whole number"),
        (float("-inf"), "is not a whole number"),
        (2.0**53 + 2, "is too large to be exact as a decimal"),
        (1e300, "is too large to be exact as a decimal"),
        (-1.0, "is below 0"),
    ],
)
def test_what_is_no_count_is_counted(engine, number, problem):
    """On each engine, with the same words; the largest number that a decimal has exactly is still taken."""
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(MAKE[engine](GOOD.with_columns(contacts=pl.Series([number, 1.0, number, None]))))
    assert said(caught.value) == {("contacts", problem, 2)}
    largest = GOOD.with_columns(contacts=pl.Series([2.0**53, 1.0, 2.0, None]))
    assert 2**53 in [row["contacts"] for row in rows(Episodes.conform(MAKE[engine](largest)).frame)]


def test_a_nan_is_no_number_and_in_pandas_a_gap(engine):
    """pandas with numpy types has no other null, so there a NaN is one."""
    frame = MAKE[engine](
        GOOD.with_columns(contacts=pl.Series([float("nan"), 0.0, 12.0, None]), cost=pl.Series([float("nan"), 0.0, None, 1.0]))
    )
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(frame)
    elsewhere = {("contacts", "is not a whole number", 1), ("cost", "is not a finite number", 1)}
    assert said(caught.value) == ({("contacts, withheld", "a gap with no reason", 1)} if engine == "pandas" else elsewhere)


@pytest.mark.parametrize(
    "sql",
    ["18446744073709551615::ubigint", "170141183460469231731687303715884105727::hugeint", "'9223372036854775808'::uhugeint"],
)
def test_a_number_too_large_for_a_count_is_refused_and_no_overflow(sql):
    """SUM gives a HUGEINT in DuckDB; one that fits is taken."""
    frame = in_duckdb(GOOD.drop("contacts"))
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(frame.project(f"*, {sql} as contacts"))
    assert said(caught.value) == {("contacts", "is too large for a whole number", 4)}
    kind = sql.split("::")[1]
    assert {
        row["contacts"] for row in rows(Episodes.conform(frame.project(f"*, 9223372036854775807::{kind} as contacts")).frame)
    } == {2**63 - 1}


def test_sums_decimals_enums_and_zoned_times_of_duckdb_are_taken():
    """As a query in a warehouse gives them."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'Europe/London'")
    frame = connection.sql(
        """select 1001::decimal(10, 0) as child_id, 'North'::enum('North', 'South') as team,
        '2022-06-30 23:30:00+00'::timestamptz as started, null as ended, sum(x) as contacts, null as withheld,
        12.50::decimal(8, 2) as cost, 1::tinyint as urgent from range(4) t(x)"""
    )
    assert rows(Episodes.conform(frame).frame) == [
        {
            "child_id": "1001",
            "team": "North",
            "started": dt.date(2022, 7, 1),
            "ended": None,
            "contacts": 6,
            "withheld": None,
            "cost": 12.5,
            "urgent": True,
        }
    ]


def test_a_time_with_a_zone_is_the_day_in_that_zone():
    """Half past eleven at night in London on 30 June 2022 is 22:30 in UTC, and still 30 June."""
    at = pl.Series([dt.datetime(2022, 6, 30, 22, 30)] * 4).dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/London")
    frame = GOOD.with_columns(started=at, ended=pl.lit(None), child_id=pl.Series(list("abcd")))
    for make in ("polars", "polars (lazy)", "pandas", "pandas (Arrow types)", "pyarrow"):
        checked = Episodes.conform(MAKE[make](frame))
        assert {row["started"] for row in rows(checked.frame)} == {dt.date(2022, 6, 30)}
        assert "started: a time of day dropped (4 rows)" in notes(checked)


def test_pandas_ways_with_days_are_taken():
    """Objects of ``datetime.date``, timestamps, and timestamps with nulls."""
    frame = GOOD.to_pandas()
    frame["started"] = pd.Series(GOOD["started"].to_list(), dtype=object)
    assert in_order(Episodes.conform(frame).frame) == in_order(GOOD)
    frame["started"] = pd.to_datetime(frame["started"])
    assert in_order(Episodes.conform(frame).frame) == in_order(GOOD)


def test_pandas_ways_with_numbers_and_texts_are_taken():
    """Nullable integers, booleans with nulls, categories, decimals as objects, strings of both kinds."""
    frame = GOOD.to_pandas()
    frame["contacts"] = frame["contacts"].astype("Int64")
    frame["team"] = frame["team"].astype("category")
    frame["urgent"] = frame["urgent"].astype("boolean")
    frame["child_id"] = frame["child_id"].astype(object)
    frame["cost"] = pd.Series([decimal.Decimal("120.5"), decimal.Decimal(0), None, decimal.Decimal("9.25")], dtype=object)
    assert in_order(Episodes.conform(frame).frame) == in_order(GOOD)


@pytest.mark.parametrize(
    ("column", "cells", "hint"),
    [
        (
            "started",
            ["04/01/2022", "x", "y", "z"],
            r"Say how the text is to be read first: pandas.to_datetime\(..., format='%d/%m/%Y'\)",
        ),
        (
            "contacts",
            ["1,375", "2", "3", "c"],
            r"Turn the text into numbers first; a withheld value \(c, x, z\) belongs in a column of its own",
        ),
        ("urgent", ["maybe", "oui", "", "c) Unknown"], r"Taken are Yes and No, Y and N, true and false, 1 and 0"),
    ],
)
def test_text_is_never_guessed_at(engine, column, cells, hint):
    """Which of 04/01 is the month, and what ``c`` is, only she knows."""
    with pytest.raises(FrameProblems, match=hint) as caught:
        Episodes.conform(MAKE[engine](GOOD.with_columns(pl.Series(column, cells))))
    assert (column, 4) in {(where, number) for where, _, number in said(caught.value)}
    assert not {cell for cell in cells if len(cell) > 2 and cell in str(caught.value)}


@pytest.mark.parametrize(
    "cells",
    [["Y", "n", "Y", None], ["yes", "NO", "Yes", None], ["a) Yes", "b) No", "A) YES", None], ["1", "0", "1", None]],
)
def test_words_for_yes_and_no_are_taken_as_such_and_it_is_said(engine, cells):
    """Annex A answers in words; the list of them is closed, so that nothing is guessed."""
    checked = Episodes.conform(MAKE[engine](GOOD.with_columns(pl.Series("urgent", cells))))
    assert in_order(checked.frame) == in_order(GOOD.with_columns(pl.Series("urgent", [True, False, True, None])))
    assert "urgent: words for yes and no, taken as such" in [str(note) for note in checked.notes]


def test_a_type_that_cannot_be_taken_is_named():
    """A list, a time of day, and a type that only its own engine has."""
    for cells, words in (
        ([["a"]] * 4, "values of type List"),
        ([dt.time(9, 30)] * 4, "values of type Time"),
        ([b"a"] * 4, "values of type Binary"),
    ):
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(GOOD.with_columns(pl.Series("team", cells)))
        assert said(caught.value) == {("team", f"holds {words}, not text", 4)}
    with pytest.raises(FrameProblems, match=r"holds a type of its own engine, not text .* Cast it in the engine first"):
        Episodes.conform(in_duckdb(GOOD.drop("team")).project("*, uuid() as team"))


# What a checked frame is


def test_a_checked_frame_shows_counts_and_no_cell():
    """Its ``repr`` is for logs and notebooks."""
    shown = repr(Episodes.conform(HERS, columns={"contacts": "How many"}))
    assert shown.startswith("<Episodes, checked: 4 rows of polars; child_id: read from 'Child Unique ID'; ")
    assert not [cell for cell in ("1001", "North", "Wycombe", "120.5", "2022") if cell in shown]
    assert repr(Episodes.conform(GOOD)) == "<Episodes, checked: 4 rows of polars; nothing changed on the way in>"


def test_a_checked_frame_is_broken_down_by_groups_and_never_by_people():
    """A column once, one that there is, and none that identifies anybody."""
    checked = Episodes.conform(GOOD)
    assert checked.grouping(None) == ()
    assert checked.grouping("team") == ("team",)
    assert checked.grouping(["team", "withheld"]) == ("team", "withheld")
    with pytest.raises(
        InvalidValue, match="by='child_id': expected columns that describe a group, not one that identifies a person"
    ):
        checked.grouping("child_id")
    with pytest.raises(InvalidValue, match="by: expected each column once"):
        checked.grouping(["team", "team"])
    with pytest.raises(UnknownColumn, match=r"by: the frame has no column 'teem'.* Did you mean 'team'\?"):
        checked.grouping("teem")


def test_a_frame_changed_after_it_was_checked_does_not_change_what_was_checked():
    """pandas frames change under one's hands; ``Checked`` holds its own rows."""
    frame = GOOD.to_pandas()
    checked = Episodes.conform(frame)
    frame.loc[:, "contacts"] = -1
    assert in_order(checked.frame) == in_order(GOOD)


def test_an_error_survives_pickling_and_compares_by_its_fields():
    """A pool of workers hands it on so."""
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(WORST)
    again = pickle.loads(pickle.dumps(caught.value))
    assert again == caught.value
    assert (str(again), again.schema, again.problems) == (str(caught.value), "Episodes", caught.value.problems)


def test_a_rule_that_warns_is_noted_with_its_rows(engine):
    """``raise_warning`` of pandera: the frame is taken, and it is said."""

    class Costs(FrameModel):
        """Costs."""

        cost: Number = field(title="Cost", description="A cost.", nullable=True, gap="unknown", le=100, raise_warning=True)

    checked = Costs.conform(MAKE[engine](GOOD.select("cost")))
    assert notes(checked) == {"cost: is above 100 (1 row)"}


# Schemas that cannot be


def made(**options):
    """A schema with one column of text and these options of its configuration."""
    config = type("Config", (), options)
    return type("Odd", (FrameModel,), {"__annotations__": {"name": Text}, "name": text(), "Config": config})


@pytest.mark.parametrize(
    "option",
    [{"strict": True}, {"coerce": True}, {"ordered": True}, {"add_missing_columns": True}, {"drop_invalid_rows": True}],
    ids=str,
)
def test_a_setting_of_pandera_that_would_be_passed_over_is_refused(option):
    """Rather than to let its author think that it is kept."""
    with pytest.raises(InvalidValue, match=f"{next(iter(option))}: expected nothing, since it is not compiled"):
        made(**option).to_schema()


@pytest.mark.parametrize("kind", [nw.Int32, nw.Datetime, nw.Categorical, nw.Float32])
def test_a_column_has_one_of_five_types(kind):
    """Another would be passed over on some engine."""
    with pytest.raises(InvalidValue, match=r"Odd.*: expected columns of Text, WholeNumber, Number, Date or Boolean"):
        type("Odd", (FrameModel,), {"__annotations__": {"name": kind}, "name": text()}).to_schema()


def own_check(**options):
    """A schema with a check of its own on a column."""

    class Odd(FrameModel):
        name: Text = text()

        @pandera_arrow.check("name", **options)
        def fine(cls, given):  # noqa: N805
            return given if options.get("native") is False else True

    return Odd


@pytest.mark.parametrize(
    "options", [{}, {"native": True}, {"native": False, "element_wise": True}, {"native": False, "ignore_na": False}], ids=str
)
def test_a_check_that_cannot_be_compiled_is_refused_with_what_can_be(options):
    """One that wants the engine's own frame, or a cell at a time, or nulls."""
    with pytest.raises(
        InvalidValue, match=r"the check fine of name: expected one with native=False, from a narwhals expression to one"
    ):
        own_check(**options).to_schema()


def test_a_check_that_gives_no_expression_is_refused():
    """True is true of nothing."""

    class Odd(FrameModel):
        name: Text = text()

        @pandera_arrow.check("name", native=False)
        def fine(cls, given):  # noqa: N805
            return True

    with pytest.raises(InvalidValue, match="the check fine of name: expected a narwhals expression back"):
        Odd.to_schema()


def test_a_check_of_ones_own_with_the_name_of_a_built_in_one_is_ones_own():
    """``isin`` here means what its author wrote."""

    class Own(FrameModel):
        name: Text = text()

        @pandera_arrow.check("name", native=False, error="is not the North")
        def isin(cls, given):  # noqa: N805
            return given == "North"

    with pytest.raises(FrameProblems) as caught:
        Own.conform(pl.DataFrame({"name": ["North", "South"]}))
    assert said(caught.value) == {("name", "is not the North", 1)}


def test_a_rule_of_a_column_that_is_not_there_is_refused_when_the_schema_is_made():
    """A slip in a rule's columns would else mean that it is never looked at."""

    class Odd(FrameModel):
        name: Text = text()

        @rule("is odd", columns=("naem",))
        def even(cls, col):  # noqa: N805
            return col("name") == "even"

    with pytest.raises(InvalidValue, match="a rule or key of 'naem': expected a column of the schema"):
        Odd.to_schema()
    with pytest.raises(InvalidValue, match="a rule or key of 'naem'"):
        made(unique=["naem"]).to_schema()


def test_a_schema_changed_by_hand_is_refused_and_not_passed_over():
    """``remove_columns`` and its kin make another schema, of which the model knows nothing."""
    schema = Episodes.to_schema()
    assert schema.validate(GOOD) is GOOD
    for changed in (schema.remove_columns(["cost"]), schema.update_column("team", nullable=False)):
        with pytest.raises(InvalidValue, match=r"the schema of a model as the model made it\. Subclass the model"):
            changed.validate(GOOD)


def test_a_field_says_what_an_empty_cell_means_and_has_a_unit_that_is_known():
    """Where there may be one, and only there."""
    with pytest.raises(InvalidValue, match="gap: expected what an empty cell means"):
        text(nullable=True)
    with pytest.raises(InvalidValue, match="gap"):
        text(gap="nothing")
    with pytest.raises(UnitError):
        field(title="n", description="n", unit="furlongs per fortnight")


def test_an_optional_column_may_be_absent(engine):
    """``Optional[...]`` of pandera; where it is there it is checked."""

    class Loose(FrameModel):
        """One of two."""

        team: Text = text(nullable=True, gap="not recorded")
        contacts: Optional[WholeNumber] = field(title="n", description="n", nullable=True, gap="none", le=10)  # noqa: UP045

    assert Loose.conform(MAKE[engine](GOOD.select("team"))).names == ("team",)
    with pytest.raises(FrameProblems) as caught:
        Loose.conform(MAKE[engine](GOOD.select("team", "contacts")))
    assert said(caught.value) == {("contacts", "is above 10", 1)}


# Patterns

CODES = ["R1234567", "R123456", "R12345678", "r1234567", "R١٢٣٤٥٦٧", "R1234567\n", " R1234567", ""]


@pytest.mark.parametrize(
    ("pattern", "matching"),
    [
        (r"R\d{7}$", {"R1234567"}),
        (r"^R\d{7}$", {"R1234567"}),
        (r"R\d{7}", {"R1234567", "R12345678", "R1234567\n"}),
        (r"[Rr][\d]{6,7}$", {"R1234567", "R123456", "r1234567"}),
        (r"\s?R\d+$", {"R1234567", "R123456", "R12345678", " R1234567"}),
        (r"(?:R|r)\w{7}\Z", {"R1234567", "r1234567"}),
        (r"$", {""}),
    ],
)
def test_a_pattern_means_the_same_on_every_engine(engine, pattern, matching):
    """Digits of other scripts and a last line break, on which Rust, RE2 and Java do not agree, are no match."""

    class Codes(FrameModel):
        code: Text = text(str_matches=pattern)

    with pytest.raises(FrameProblems) as caught:
        Codes.conform(MAKE[engine](pl.DataFrame({"code": CODES})))
    assert said(caught.value) == {("code", f"does not match {pattern}", len(CODES) - len(matching))}
    Codes.conform(MAKE[engine](pl.DataFrame({"code": sorted(matching)})))


@pytest.mark.parametrize("pattern", [r"(?=R)R", r"(?!S)R", r"(?<=R)1", r"(R)\1", r"(?i)r", r"(?P<letter>R)", r"[\D]"])
def test_a_pattern_that_some_engine_cannot_run_is_refused_when_the_schema_is_made(pattern):
    """And not when the first frame comes."""

    class Codes(FrameModel):
        code: Text = text(str_matches=pattern)

    with pytest.raises(InvalidValue, match="pattern: expected "):
        Codes.to_schema()


@pytest.mark.parametrize(
    ("pattern", "whole"),
    [
        ("^R$", "R"),
        ("R", "R.*"),
        (r"R\d$", "R[0-9]"),
        ("(?:a|b)$", "(a|b)"),
        ("a|b", None),
        ("a^", None),
        (r"a\b", None),
        ("a*?", None),
        ("[$^]$", "[$^]"),
    ],
)
def test_a_pattern_from_the_start_can_be_had_as_one_of_the_whole(pattern, whole):
    """For readers that match the whole of a text, or not at all where that cannot be had."""
    assert whole_match(pattern) == whole
    assert portable("[]$]x$") == r"[]$]x\z"


# Properties

EAGER = ["polars", "pandas", "pandas (Arrow types)", "pyarrow"]
# Codes where there is no count and none where there is, so that most drawn rows keep the rules.
A_DAY = st.dates(dt.date(2018, 1, 1), dt.date(2024, 12, 31))
DRAWN = frames(Episodes, max_rows=6, columns={"started": A_DAY, "withheld": st.none() | st.sampled_from("cxz")})


@settings(max_examples=settings.default.max_examples // 8)
@given(frame=DRAWN)
def test_a_drawn_frame_is_good_on_every_eager_engine_and_comes_back_the_same(frame):
    """Frames drawn from the schema keep it, and conforming changes no row."""
    for make in EAGER:
        native = MAKE[make](frame)
        assert Episodes.validate(native) is native
        assert in_order(Episodes.conform(native).frame) == in_order(frame)


SPOIL: dict[str, tuple[Any, tuple[str, str]]] = {
    "below 0": (lambda row: row | {"contacts": -1, "withheld": None}, ("contacts", "is below 0")),
    "ended first": (
        lambda row: row | {"ended": row["started"] - dt.timedelta(days=1)},
        ("started, ended", "ended before it started"),
    ),
    "a gap": (lambda row: row | {"contacts": None, "withheld": None}, ("contacts, withheld", "a gap with no reason")),
    "a code": (lambda row: row | {"contacts": None, "withheld": "low"}, ("withheld", "is not one of c, x, z")),
    "a cost": (lambda row: row | {"cost": -0.01}, ("cost", "is below 0")),
    "no day": (lambda row: row | {"started": None}, ("started", "is missing")),
    "no child": (lambda row: row | {"child_id": None}, ("child_id", "is missing")),
    "blank": (lambda row: row | {"child_id": ""}, ("child_id", "is blank")),
}


@settings(max_examples=settings.default.max_examples // 8)
@given(frame=frames(Episodes, min_rows=1, max_rows=5, columns={"started": A_DAY}), data=st.data())
def test_one_cell_broken_is_one_problem_of_one_row_on_every_engine(frame, data):
    """Exactly that problem, with that count, and nothing else."""
    spoil, (column, words) = SPOIL[data.draw(st.sampled_from(sorted(SPOIL)))]
    chosen = data.draw(st.integers(0, frame.height - 1))
    cells = [spoil(row) if i == chosen else row for i, row in enumerate(frame.to_dicts())]
    broken = pl.DataFrame(cells, schema=SCHEMA)
    for make in MAKE.values():
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(make(broken))
        assert said(caught.value) == {(column, words, 1)}


@settings(max_examples=settings.default.max_examples // 20)
@given(frame=frames(Episodes, min_rows=1, max_rows=5, columns={"started": A_DAY}), times=st.integers(2, 4))
def test_a_row_that_is_there_several_times_is_counted_each_time(frame, times):
    """All of the rows of the key, and not all but one."""
    for make in MAKE.values():
        with pytest.raises(FrameProblems) as caught:
            Episodes.conform(make(pl.concat([frame, *[frame.head(1)] * (times - 1)])))
        assert said(caught.value) == {("child_id, started", NOTHING, times)}


def test_what_is_said_is_data():
    """A pipeline acts on the fields, and need not read the text."""
    spoil, _ = BREAKS["a count below 0"]
    with pytest.raises(FrameProblems) as caught:
        Episodes.conform(spoil(GOOD))
    (problem,) = caught.value.problems
    assert attrs.asdict(problem) == {"column": "contacts", "rule": "is below 0", "rows": 2, "hint": ""}
    assert isinstance(caught.value, ValueError)
    assert Engine.POLARS in Engine
    assert isinstance(Episodes.conform(GOOD), Checked)
    assert Date is nw.Date


def test_a_heading_that_a_person_is_known_by_is_refused_as_by(engine):
    """Beside the schema's own column another may carry the same numbers under a heading of the census."""
    frame = GOOD.with_columns(pl.Series("Child Unique ID", ["p", "q", "r", "s"]))
    checked = Episodes.conform(MAKE[engine](frame))
    with pytest.raises(InvalidValue, match="not one that identifies a person"):
        checked.grouping("Child Unique ID")


def test_by_takes_names_of_columns_that_make_groups(engine):
    """A number is no name, and a list of lists makes no groups."""
    checked = Episodes.conform(MAKE[engine](GOOD))
    for by in (5, [5], [None]):
        with pytest.raises(InvalidValue, match="the name of a column, or several"):
            checked.grouping(by)
    assert checked.grouping(None) == ()
    assert checked.grouping(["team"]) == checked.grouping("team") == ("team",)
    with_lists = Episodes.conform(GOOD.with_columns(pl.Series("many", [["a"], [], ["b"], ["c"]])))
    with pytest.raises(InvalidValue, match="a column of text, numbers, dates or yes and no"):
        with_lists.grouping("many")


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.POLARS_LAZY, Engine.PANDAS, Engine.PYARROW, Engine.DUCKDB], ids=str)
def test_none_for_a_column_says_that_the_frame_does_not_have_it(engine):
    """It is a gap in every row, of the schema's own type, and the notes say so."""
    rows = as_engine(pl.DataFrame({"child_id": ["A"], "contact_date": [dt.date(2022, 9, 1)]}), engine)
    checked = Contacts.conform(rows, columns={"contact_source": None, "led_to_referral": None})
    table = pl.DataFrame(collect(checked.lazy).to_arrow())
    assert table.select("contact_source", "led_to_referral").rows() == [(None, None)]
    assert table.schema["led_to_referral"] == pl.Boolean
    assert "contact_source: not in the frame: nothing is recorded" in [str(note) for note in checked.notes]


def test_none_is_refused_for_a_column_that_no_row_may_lack():
    """A contact without a day is none; the message of the others says that None may be given."""
    rows = pl.DataFrame({"child_id": ["A"], "contact_date": [dt.date(2022, 9, 1)]})
    with pytest.raises(FrameProblems, match="contact_date: cannot be done without: no row may lack it"):
        Contacts.conform(rows, columns={"contact_date": None, "contact_source": None, "led_to_referral": None})
    with pytest.raises(FrameProblems, match=r"columns=\{'led_to_referral': ...\}, or None where the frame has none"):
        Contacts.conform(rows)
