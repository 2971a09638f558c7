"""The data dictionary: what a schema says of itself, as Markdown and as Table Schema."""

from __future__ import annotations

import datetime as dt
import json
import re

import polars as pl
import pytest

from bucks_cs.demand import Activity
from bucks_cs.errors import FrameProblems
from bucks_cs.frames import Boolean, Date, FrameModel, Number, Text, WholeNumber, field, rule
from bucks_cs.frames.dictionary import as_markdown, as_table_schema
from made_up import Episodes

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")

TYPES = {
    "string",
    "number",
    "integer",
    "date",
    "time",
    "datetime",
    "boolean",
    "object",
    "geopoint",
    "geojson",
    "array",
    "duration",
    "any",
}
CONSTRAINTS = {
    "required",
    "unique",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "pattern",
    "enum",
}
"""Data Package 2.0, Table Schema: the types of fields, and the constraints that are used here."""


def said(title, **options):
    """A field with a title alone."""
    return field(title=title, description=f"The {title}.", **options)


class Everything(FrameModel):
    """A schema with every kind of check | and a pipe."""

    equal: WholeNumber = said("equal", eq=3)
    unlike: WholeNumber = said("unlike", ne=3)
    above: Number = said("above", gt=0.5, lt=9)
    between: WholeNumber = said("between", in_range={"min_value": 1, "max_value": 5})
    inside: Number = said("inside", in_range={"min_value": 1, "max_value": 5, "include_min": False, "include_max": False})
    since: Date = said("since", ge=dt.date(2012, 1, 1), le=dt.date(2027, 12, 31))
    code: Text = said("code", isin={"b", "a", "c"})
    banned: Text = said("banned", notin=["q"])
    number: Text = said("number", str_matches=r"R\d{7}$", unique=True)
    prefix: Text = said("prefix", str_startswith="A", str_endswith="Z", str_contains="M")
    exact: Text = said("exact", str_length={"exact_value": 3})
    short: Text = said("short", str_length={"min_value": 1, "max_value": 4})
    flag: Boolean = said("flag", nullable=True, gap="not asked", aliases=["Flagged?", "yes|no"])
    cost: Number = said("cost", unit="GBP", nullable=True, gap="unknown", le=100, raise_warning=True)

    @rule("above is below inside", columns=("above", "inside"))
    def ordered(cls, col):  # noqa: N805
        """In order."""
        return col("above") >= col("inside")

    class Config:
        """One of each."""

        unique = ["code", "since"]


@pytest.fixture(params=[Activity, Episodes, Everything], ids=lambda model: model.__name__)
def model(request):
    """Each schema."""
    return request.param


def test_a_table_schema_is_json_of_the_standards_own_words(model):
    """Types and constraints are those of the standard; what it has no word for stands under keys of this library's own."""
    schema = json.loads(as_table_schema(model))
    assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
    assert schema["missingValues"] == [""]
    assert {key for key in schema if not key.startswith("bucks_cs:")} <= {
        "$schema",
        "title",
        "description",
        "fields",
        "missingValues",
        "uniqueKeys",
    }
    assert [f["name"] for f in schema["fields"]] == list(model.to_schema().columns)
    for one in schema["fields"]:
        assert one["type"] in TYPES
        assert set(one["constraints"]) <= CONSTRAINTS
        assert isinstance(one["constraints"]["required"], bool)
        assert {key for key in one if not key.startswith("bucks_cs:")} == {"name", "title", "description", "type", "constraints"}


def constraints(model):
    """The constraints of each field."""
    return {one["name"]: one["constraints"] for one in json.loads(as_table_schema(model))["fields"]}


def test_every_check_that_the_standard_has_a_word_for_is_a_constraint():
    """An open end is an exclusive bound; an exact length is both lengths; a code list is an enum in a lasting order."""
    required = {"required": True}
    assert constraints(Everything) == {
        "equal": required | {"enum": [3]},
        "unlike": required,
        "above": required | {"exclusiveMinimum": 0.5, "exclusiveMaximum": 9},
        "between": required | {"minimum": 1, "maximum": 5},
        "inside": required | {"exclusiveMinimum": 1, "exclusiveMaximum": 5},
        "since": required | {"minimum": "2012-01-01", "maximum": "2027-12-31"},
        "code": required | {"enum": ["a", "b", "c"]},
        "banned": required,
        "number": required | {"unique": True, "pattern": "R[0-9]{7}"},
        "prefix": required,
        "exact": required | {"minLength": 3, "maxLength": 3},
        "short": required | {"minLength": 1, "maxLength": 4},
        "flag": {"required": False},
        "cost": {"required": False},
    }


def test_a_pattern_in_the_table_schema_is_one_of_the_whole_cell():
    """XML Schema's patterns have no anchors: the same cells match it, whole, as match the schema's own."""
    pattern = constraints(Everything)["number"]["pattern"]
    cells = ["R1234567", "R12345678", "R123456", "xR1234567"]
    assert [bool(re.fullmatch(pattern, cell)) for cell in cells] == [bool(re.match(r"R\d{7}$", cell)) for cell in cells]


def test_units_gaps_headings_and_rules_stand_under_this_librarys_own_keys():
    """With every rule in words, for some have no other place."""
    schema = json.loads(as_table_schema(Everything))
    fields = {one["name"]: one for one in schema["fields"]}
    assert fields["flag"]["bucks_cs:gap"] == "not asked"
    assert fields["flag"]["bucks_cs:aliases"] == ["Flagged?", "yes|no"]
    assert fields["cost"]["bucks_cs:unit"] == "GBP"
    assert "bucks_cs:rules" not in fields["cost"]
    assert fields["unlike"]["bucks_cs:rules"] == ["is 3"]
    assert fields["banned"]["bucks_cs:rules"] == ["is one of q"]
    assert set(fields["prefix"]["bucks_cs:rules"]) == {"does not start with A", "does not end with Z", "does not contain M"}
    assert schema["bucks_cs:rules"] == [{"columns": ["above", "inside"], "breaks": "above is below inside"}]
    assert schema["uniqueKeys"] == [["code", "since"]]


def test_the_activity_frame_is_described_whole():
    """Of the seven columns three may be empty, and each says what that means."""
    schema = json.loads(as_table_schema(Activity))
    fields = {one["name"]: one for one in schema["fields"]}
    assert list(fields) == ["indicator", "area", "period_kind", "period_start", "period_end", "count", "withheld"]
    assert [one["type"] for one in schema["fields"]] == ["string", "string", "string", "date", "date", "number", "string"]
    assert {name for name, one in fields.items() if not one["constraints"]["required"]} == {"area", "count", "withheld"}
    assert fields["area"]["bucks_cs:gap"] == "the caller's own area"
    assert fields["count"]["constraints"] == {"required": False, "minimum": 0}
    assert {"c", "x", "z", "low", "u"} <= set(fields["withheld"]["constraints"]["enum"])
    breaks = [one["breaks"] for one in schema["bucks_cs:rules"]]
    assert breaks == [
        "the period ends before it starts",
        "the days are not those of such a period",
        "a gap with no reason: neither a count nor why there is none",
        "both a count and a reason why there is none",
    ]


def test_markdown_is_one_table_a_row_a_column_and_the_rules_below(model):
    """With a pipe in the text kept from ending a cell."""
    lines = as_markdown(model).split("\n")
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 2 + len(model.to_schema().columns)
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {7}
    for name, column in model.to_schema().columns.items():
        row = next(line for line in table if line.startswith(f"| `{name}` |"))
        assert column.title in row
    assert any(line.startswith("- Refused: ") for line in lines)


def test_markdown_says_every_rule_in_words():
    """What is refused, what is only noted, and what must be unique."""
    text = as_markdown(Everything)
    for words in (
        "Refused where it is not 3.",
        "Refused where it is 3.",
        "Refused where it is not above 0.5, or is not below 9.",
        "Refused where it is not between 1 and 5.",
        "Refused where it is not one of a, b, c.",
        r"Refused where it does not match R\d{7}$. No two rows may have the same.",
        "Refused where it is not 3 characters long.",
        "Refused where it is not 1 to 4 characters long.",
        "Noted where it is above 100.",
        "| not asked | Flagged?, yes\\|no |",
        "- Refused: above is below inside (above, inside).",
        "- No two rows may have the same code, since.",
    ):
        assert words in text


def test_a_pattern_is_no_markup():
    """Brackets, stars and the backslash before a full stop are shown, and are no link, emphasis or escape."""

    class Slugs(FrameModel):
        slug: Text = field(title="Slug", description="A name.", str_matches=r"^[a-z]+(?:[.-][a-z]\.)*$")

    assert r"does not match ^\[a-z\]+(?:\[.-\]\[a-z\]\\.)\*$" in as_markdown(Slugs)


def test_each_kind_of_check_finds_its_row():
    """The same words in an error as in the dictionary: a frame with one bad cell a column."""
    good = {
        "equal": 3,
        "unlike": 4,
        "above": 5.0,
        "between": 1,
        "inside": 1.5,
        "since": dt.date(2012, 1, 1),
        "code": "a",
        "banned": "p",
        "number": "R1234567",
        "prefix": "AMZ",
        "exact": "abc",
        "short": "a",
        "flag": None,
        "cost": None,
    }
    bad = {
        "equal": (4, "is not 3"),
        "unlike": (3, "is 3"),
        "above": (9.0, "is not below 9"),
        "between": (6, "is not between 1 and 5"),
        "inside": (5.0, "is not between 1 and 5"),
        "since": (dt.date(2011, 12, 31), "is below 2012-01-01"),
        "code": ("d", "is not one of a, b, c"),
        "banned": ("q", "is one of q"),
        "number": ("R123", r"does not match R\d{7}$"),
        "prefix": ("BMZ", "does not start with A"),
        "exact": ("ab", "is not 3 characters long"),
        "short": ("", "is not 1 to 4 characters long"),
    }
    kinds = {"flag": pl.Boolean, "cost": pl.Float64}
    assert Everything.validate(pl.DataFrame([good], schema_overrides=kinds)).height == 1
    for column, (cell, words) in bad.items():
        with pytest.raises(FrameProblems) as caught:
            Everything.validate(pl.DataFrame([good | {column: cell}], schema_overrides=kinds))
        assert (column, words, 1) in {(p.column, p.rule, p.rows) for p in caught.value.problems}
