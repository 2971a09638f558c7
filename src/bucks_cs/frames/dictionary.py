"""The data dictionary: what a schema says of its columns, as Markdown for readers and Table Schema for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bucks_cs.frames.rules import column_tests, row_tests
from bucks_cs.units import symbol

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["as_markdown", "as_table_schema"]

_FRICTIONLESS = {"String": "string", "Int64": "integer", "Float64": "number", "Date": "date", "Boolean": "boolean"}
_WORDS = {"String": "text", "Int64": "whole number", "Float64": "number", "Date": "date", "Boolean": "yes or no"}
_CONSTRAINTS = {
    "greater_than_or_equal_to": {"minimum": "min_value"},
    "less_than_or_equal_to": {"maximum": "max_value"},
    "in_range": {"minimum": "min_value", "maximum": "max_value"},
    "str_length": {"minLength": "min_value", "maxLength": "max_value"},
    "isin": {"enum": "allowed_values"},
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


def _rules_of(name: str, column: Any) -> str:
    import narwhals as nw

    rules = [test.rule for test in column_tests(name, column, came=nw.col(name)) if test.rule != "is missing"]
    said = f" Refused where it {', or '.join(rules)}." if rules else ""
    return f"{said} No two rows may have the same." if column.unique else said


def _between_columns(model: type[FrameModel]) -> list[str]:
    said = [f"- Refused: {test.rule} ({test.column})." for test in row_tests(model.to_schema())]
    said += [f"- No two rows may have the same {', '.join(key)}." for key in model.keys() if len(key) > 1]
    return ["", *said] if said else []


def as_table_schema(model: type[FrameModel]) -> str:
    """A schema as Frictionless Table Schema JSON, for data packages and validators in other languages.

    Units, gaps and known headings have no place in the standard and stand under ``bucks_cs:`` keys of each field;
    rules between columns under ``bucks_cs:rules``.

    Args:
        model: The schema.

    Source:
        Frictionless Data, *Table Schema*, version 1: fields, types, constraints, primaryKey, missingValues.

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
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "title": model.__name__,
        "description": (model.__doc__ or "").strip().split("\n")[0],
        "fields": [_field(name, column) for name, column in schema.columns.items()],
        "missingValues": [""],
    }
    if schema.unique:
        out["primaryKey"] = list(schema.unique)
    rules = [{"columns": (test.column or "").split(", "), "breaks": test.rule} for test in row_tests(schema)]
    if rules:
        out["bucks_cs:rules"] = rules
    return json.dumps(out, indent=2, ensure_ascii=False)


def _field(name: str, column: Any) -> dict[str, Any]:
    about = column.metadata or {}
    constraints: dict[str, Any] = {"required": not column.nullable}
    if column.unique:
        constraints["unique"] = True
    for check in column.checks:
        for key, statistic in _CONSTRAINTS.get(check.name, {}).items():
            value = check.statistics.get(statistic)
            if value is not None:
                constraints[key] = [_plain(v) for v in value] if statistic == "allowed_values" else _plain(value)
        if check.name == "str_matches":
            constraints["pattern"] = check.statistics["pattern"]
    out = {"name": name, "title": column.title, "description": column.description, "type": _FRICTIONLESS[_type(column)]}
    out["constraints"] = constraints
    extras = {"unit": about.get("unit"), "gap": about.get("gap"), "aliases": list(about.get("aliases", ()))}
    return out | {f"bucks_cs:{key}": value for key, value in extras.items() if value}
