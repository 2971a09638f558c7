"""The data dictionary: what a schema says of its columns, as Markdown for readers and Table Schema for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import narwhals as nw

from bucks_cs.frames.patterns import whole_match
from bucks_cs.frames.rules import Test, built_in, column_tests, in_order, row_tests
from bucks_cs.units import symbol

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["as_markdown", "as_table_schema"]

_FRICTIONLESS = {"String": "string", "Int64": "integer", "Float64": "number", "Date": "date", "Boolean": "boolean"}
_WORDS = {"String": "text", "Int64": "whole number", "Float64": "number", "Date": "date", "Boolean": "yes or no"}
# In a pattern these are no emphasis, no link, and no backslash that only keeps the next character from being one.
_MARKDOWN = re.compile(r"[*_\[\]]|\\(?=[!-/:-@\[-`{-~])")
_BOUNDS = {
    "greater_than_or_equal_to": {"min_value": "minimum"},
    "less_than_or_equal_to": {"max_value": "maximum"},
    "greater_than": {"min_value": "exclusiveMinimum"},
    "less_than": {"max_value": "exclusiveMaximum"},
    "str_length": {"min_value": "minLength", "max_value": "maxLength"},
}


def _type(column: Any) -> str:
    return str(column.dtype.type)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def as_markdown(model: type[FrameModel]) -> str:
    """A schema's columns as a Markdown table, with its rules below.

    Args:
        model: The schema.

    Returns:
        Column, what it is, type, unit, what an empty cell means and known headings, a row a column.

    Example:
        >>> from bucks_cs.frames import FrameModel, Text, field
        >>> class Team(FrameModel):
        ...     team: Text = field(title="Team", description="The team's name.", aliases=["Team name"])
        >>> print(as_markdown(Team))
        | Column | What it is | Type | Unit | An empty cell | Also known as |
        | --- | --- | --- | --- | --- | --- |
        | `team` | **Team**. The team's name. | text |  | is refused | Team name |
    """
    lines = ["| Column | What it is | Type | Unit | An empty cell | Also known as |", "| --- | --- | --- | --- | --- | --- |"]
    for name, column in model.to_schema().columns.items():
        about = column.metadata or {}
        cells = (
            f"`{name}`",
            f"**{column.title}**. {column.description}{_rules_of(name, column)}",
            _WORDS[_type(column)],
            symbol(about["unit"]) if about.get("unit") else "",
            about.get("gap") or "is refused",
            ", ".join(about.get("aliases", ())),
        )
        lines.append(f"| {' | '.join(_escaped(cell) for cell in cells)} |")
    return "\n".join([*lines, *_between_columns(model)])


def _tests(name: str, column: Any) -> list[Test]:
    return [test for test in column_tests(name, column, came=nw.col(name)) if test.rule != "is missing"]


def _rules_of(name: str, column: Any) -> str:
    refused = [test.rule for test in _tests(name, column) if not test.warns]
    noted = [test.rule for test in _tests(name, column) if test.warns]
    said = f" Refused where it {', or '.join(refused)}." if refused else ""
    said += f" Noted where it {', or '.join(noted)}." if noted else ""
    said = _MARKDOWN.sub(r"\\\g<0>", said)
    return f"{said} No two rows may have the same." if column.unique else said


def _between_columns(model: type[FrameModel]) -> list[str]:
    keys = model.keys()
    tests = list(row_tests(model.to_schema()))
    said = [f"- {'Noted' if test.warns else 'Refused'}: {test.rule} ({test.column or 'the table'})." for test in tests]
    said += [f"- No two rows may have the same {', '.join(key)}." for key in keys if len(key) > 1]
    return ["", *said] if said else []


def as_table_schema(model: type[FrameModel]) -> str:
    """A schema as Frictionless Table Schema JSON, for data packages and validators in other languages.

    Units, gaps and known headings have no place in the standard and stand under ``bucks_cs:`` keys of each field, as do all
    its rules in words, for some have none either; rules between columns stand under ``bucks_cs:rules`` of the table.

    Args:
        model: The schema.

    Source:
        Frictionless Data, Data Package version 2.0, *Table Schema*: fields, types, constraints, uniqueKeys, missingValues.

    Example:
        >>> import json
        >>> from bucks_cs.frames import FrameModel, WholeNumber, field
        >>> class Counts(FrameModel):
        ...     plans: WholeNumber = field(title="Plans", description="Plans.", unit="plan", ge=0)
        >>> json.loads(as_table_schema(Counts))["fields"][0]["constraints"]
        {'required': True, 'minimum': 0}
    """
    schema = model.to_schema()
    out: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "title": model.__name__,
        "description": (model.__doc__ or "").strip().split("\n")[0],
        "fields": [_field(name, column) for name, column in schema.columns.items()],
        "missingValues": [""],
    }
    if schema.unique:
        out["uniqueKeys"] = [list(schema.unique)]
    tests = [test for test in row_tests(schema) if not test.warns]
    rules = [{"columns": test.column.split(", ") if test.column else list(schema.columns), "breaks": test.rule} for test in tests]
    if rules:
        out["bucks_cs:rules"] = rules
    return json.dumps(out, indent=2, ensure_ascii=False)


def _field(name: str, column: Any) -> dict[str, Any]:
    about = column.metadata or {}
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.unique:
        constraints["unique"] = True
    for check in column.checks:
        if not check.raise_warning:
            constraints |= _constraints(built_in(check), check.statistics)
    out = {"name": name, "title": column.title, "description": column.description, "type": _FRICTIONLESS[_type(column)]}
    out["constraints"] = constraints
    rules = [test.rule for test in _tests(name, column) if not test.warns]
    extras = {"unit": about.get("unit"), "gap": about.get("gap"), "aliases": list(about.get("aliases", ())), "rules": rules}
    return out | {f"bucks_cs:{key}": value for key, value in extras.items() if value}


def _constraints(known: str | None, statistics: Mapping[str, Any]) -> dict[str, Any]:
    """What the standard has a word for; the rest of the rules stand in words."""
    found = {key: statistics[name] for name, key in _BOUNDS.get(known or "", {}).items() if statistics.get(name) is not None}
    if known == "in_range":
        low = "minimum" if statistics.get("include_min", True) else "exclusiveMinimum"
        high = "maximum" if statistics.get("include_max", True) else "exclusiveMaximum"
        found = {low: statistics["min_value"], high: statistics["max_value"]}
    if known == "str_length" and statistics.get("exact_value") is not None:
        found = dict.fromkeys(("minLength", "maxLength"), statistics["exact_value"])
    found = {key: _plain(value) for key, value in found.items()}
    if known in {"isin", "equal_to"}:
        found["enum"] = [_plain(value) for value in in_order(statistics.get("allowed_values", [statistics.get("value")]))]
    if known == "str_matches" and (pattern := whole_match(statistics["pattern"])) is not None:
        found["pattern"] = pattern
    return found
