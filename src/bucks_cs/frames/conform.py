"""Conforming: the analyst's own headings and types, matched, widened and checked in one query.

The columns are matched by name (the schema's own, then those the caller gives, then known headings of the children
in need census and Ofsted's Annex A), widened to the schema's types, and every rule is counted in a single
aggregate query. Only counts leave the engine, so an error can hold nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.errors import FrameProblems, Problem, did_you_mean
from bucks_cs.frames.checked import Checked, Note
from bucks_cs.frames.engine import Engine, collect, column_names, engine_of, enter
from bucks_cs.frames.rules import Test, column_tests, row_tests
from bucks_cs.frames.widen import Widened, widen

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["conformed", "rechecked"]

_RAW = "__as_it_came_"
_MIXED = "holds values of more than one type"
_ONE_TYPE = " Give the column one type first, such as astype('string') in pandas."


def _folded(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


@attrs.frozen(kw_only=True)
class _Matched:
    """Which column of the frame is which of the schema."""

    names: dict[str, str]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]


def _match(model: type[FrameModel], there: tuple[str, ...], given: Mapping[str, str], *, aliases: bool) -> _Matched:
    columns = model.to_schema().columns
    names: dict[str, str] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    for ours, theirs in given.items():
        if ours not in columns:
            problems.append(Problem(column=ours, rule="is no column of this schema", hint=did_you_mean(ours, columns)))
        elif theirs not in there:
            problems.append(Problem(column=ours, rule=f"the frame has no column {theirs!r}", hint=did_you_mean(theirs, there)))
    for name, column in columns.items():
        found = _candidates(name, model.aliases(name), there, given, aliases=aliases)
        if len(found) > 1:
            hint = f" Say which is meant: columns={{{name!r}: ...}}."
            problems.append(Problem(column=name, rule=f"could be any of {', '.join(found)}", hint=hint))
        elif found:
            names[name] = found[0]
            if found[0] != name:
                notes.append(Note(column=name, what=f"read from {found[0]!r}"))
        elif column.required and given.get(name) is None:
            problems.append(Problem(column=name, rule="there is no such column", hint=_missing_hint(name, model, there)))
    for theirs in sorted({t for t in names.values() if list(names.values()).count(t) > 1}):
        both = [ours for ours, t in names.items() if t == theirs]
        problems.append(Problem(column=", ".join(both), rule=f"are all read from one column, {theirs!r}"))
    return _Matched(names=names, notes=tuple(notes), problems=tuple(problems))


def _candidates(
    name: str, known: tuple[str, ...], there: tuple[str, ...], given: Mapping[str, str], *, aliases: bool
) -> list[str]:
    if name in given:
        return [given[name]] if given[name] in there else []
    if name in there:
        return [name]
    if not aliases:
        return []
    spellings = {_folded(name), *(_folded(alias) for alias in known)}
    taken = set(given.values())
    return [theirs for theirs in there if _folded(theirs) in spellings and theirs not in taken]


def _missing_hint(name: str, model: type[FrameModel], there: tuple[str, ...]) -> str:
    spellings = {_folded(name), *(_folded(alias) for alias in model.aliases(name))}
    near = [theirs for theirs in there if _folded(theirs) in spellings]
    if near:
        return f" {model.__name__}.conform(frame) would read {near[0]!r} as this."
    return did_you_mean(name, there) or f" Say which it is: columns={{{name!r}: ...}}."


@attrs.frozen(kw_only=True)
class _Prepared:
    """A frame under the schema's names and types, with what is to be counted in it."""

    lazy: nw.LazyFrame[Any]
    kept: tuple[str, ...]
    tests: tuple[Test, ...]
    counted: tuple[tuple[Note, nw.Expr | None], ...]
    problems: tuple[Problem, ...]


def _prepare(model: type[FrameModel], lazy: nw.LazyFrame[Any], names: Mapping[str, str]) -> _Prepared:
    """Widen every matched column, beside a copy of it as it came for the tests of the widening."""
    schema, types, empty = model.to_schema(), lazy.collect_schema(), _empty_columns(lazy)
    extras = [name for name in types.names() if name not in names.values() and name not in schema.columns]
    widened: dict[str, Widened] = {}
    problems: list[Problem] = []
    for ours, theirs in names.items():
        how = widen(f"{_RAW}{ours}", types[theirs], model.narwhals_type(ours), column=ours, empty=theirs in empty)
        if isinstance(how, Problem):
            problems.append(how)
        else:
            widened[ours] = how
    raw = lazy.select(*(nw.col(names[ours]).alias(f"{_RAW}{ours}") for ours in widened), *extras)
    both = raw.with_columns(*(how.value.alias(ours) for ours, how in widened.items()))
    tests = [test for how in widened.values() for test in how.tests]
    tests += [test for ours in widened for test in column_tests(ours, schema.columns[ours], came=nw.col(f"{_RAW}{ours}"))]
    tests += [test for test in row_tests(schema) if _covers(test, widened)]
    notes = tuple((Note(column=ours, what=how.said), how.counted) for ours, how in widened.items() if how.said)
    kept = (*(name for name in schema.columns if name in widened), *extras)
    return _Prepared(lazy=both, kept=kept, tests=tuple(tests), counted=notes, problems=tuple(problems))


def _covers(test: Test, widened: Container[str]) -> bool:
    return test.column is None or all(column in widened for column in test.column.split(", "))


def _empty_columns(lazy: nw.LazyFrame[Any]) -> frozenset[str]:
    """Columns that hold nothing but nulls and so came with no type."""
    native = lazy.to_native()
    if isinstance(native, pl.LazyFrame):
        return frozenset(name for name, dtype in native.collect_schema().items() if dtype == pl.Null)
    types = getattr(native, "dtypes", ())
    if types and isinstance(types[0], tuple):
        return frozenset(name for name, dtype in types if dtype == "void")
    return frozenset()


def _count(prepared: _Prepared, keys: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The one query: rows, rows that break each rule, rows touched by each widening, rows of repeated keys."""
    counts = {"rows": nw.len()}
    counts |= {f"test_{i}": test.broken() for i, test in enumerate(prepared.tests)}
    counts |= {f"note_{i}": expr for i, (_, expr) in enumerate(prepared.counted) if expr is not None}
    query = prepared.lazy.select(**counts)
    for i, key in enumerate(keys):
        repeated = prepared.lazy.group_by(*key).agg(__n=nw.len()).filter(nw.col("__n") > 1)
        query = query.join(repeated.select(nw.col("__n").sum().alias(f"key_{i}")), how="cross")
    row = collect(query).row(0, named=True)
    return {name: int(number or 0) for name, number in row.items()}


def conformed(
    model: type[FrameModel],
    frame: Any,
    *,
    columns: Mapping[str, str] | None = None,
    aliases: bool = True,
    keep_others: bool = True,
    also: Sequence[Test] = (),
    unique: Sequence[tuple[str, ...]] = (),
) -> Checked[Any]:
    """A frame matched, widened and checked against a model, or one error that lists every broken rule.

    Args:
        model: The schema.
        frame: A frame of any engine.
        columns: The schema's names to the frame's own, where they differ.
        aliases: Whether known headings are matched too.
        keep_others: Whether columns the schema does not know come along (for ``by=``).
        also: Further rules of the calculation that asks, counted in the same query.
        unique: Further sets of columns in which no two rows may be the same.

    Raises:
        FrameProblems: Every broken rule with its count of rows.
        UnsupportedFrame: It is no frame.
    """
    given = dict(columns or {})
    there = _names(frame)
    matched = _match(model, there, given, aliases=aliases)
    wanted = list(matched.names.values())
    lazy, home = enter(frame, columns=None if keep_others else wanted, leave_behind=there)
    arrived = column_names(lazy)
    prepared = _prepare(model, lazy, {ours: theirs for ours, theirs in matched.names.items() if theirs in arrived})
    prepared = attrs.evolve(prepared, tests=(*prepared.tests, *(test for test in also if _covers(test, prepared.kept))))
    mixed = [Problem(column=o, rule=_MIXED, hint=_ONE_TYPE) for o, t in matched.names.items() if t not in arrived]
    problems = [*matched.problems, *mixed, *prepared.problems]
    left = tuple(Note(column=name, what=f"left behind: {_MIXED}") for name in _others(there, wanted, keep_others) if name not in arrived)
    keys = tuple(key for key in (*model.keys(), *unique) if set(key) <= set(prepared.kept))
    counts = _count(prepared, keys) if prepared.kept else {"rows": 0}
    problems += _broken(prepared.tests, keys, counts)
    if problems:
        raise FrameProblems(schema=model.__name__, problems=tuple(problems))
    notes = (*matched.notes, *_said(prepared, counts), *left)
    return Checked(schema=model, lazy=prepared.lazy.select(*prepared.kept), home=home, rows=counts["rows"], notes=notes)


def rechecked(checked: Checked[Any], *, also: Sequence[Test], unique: Sequence[tuple[str, ...]]) -> Checked[Any]:
    """A checked frame once further rules of a calculation hold for it too, counted in one query.

    Args:
        checked: The frame.
        also: The further rules.
        unique: Further sets of columns in which no two rows may be the same.

    Raises:
        FrameProblems: Every further rule that is broken.
    """
    there = checked.names
    prepared = _Prepared(lazy=checked.lazy, kept=there, tests=tuple(also), counted=(), problems=())
    keys = tuple(key for key in unique if set(key) <= set(there))
    problems = _broken(prepared.tests, keys, _count(prepared, keys))
    if problems:
        raise FrameProblems(schema=checked.schema.__name__, problems=tuple(problems))
    return checked


def _broken(tests: Sequence[Test], keys: Sequence[tuple[str, ...]], counts: Mapping[str, int]) -> list[Problem]:
    broken = [
        Problem(column=test.column, rule=test.rule, rows=n, hint=test.hint)
        for i, test in enumerate(tests)
        if (n := counts.get(f"test_{i}", 0)) and not test.warns
    ]
    return broken + [
        Problem(column=", ".join(key), rule="more than one row has the same", rows=n)
        for i, key in enumerate(keys)
        if (n := counts.get(f"key_{i}", 0))
    ]


def _said(prepared: _Prepared, counts: Mapping[str, int]) -> list[Note]:
    said = []
    for i, (note, expr) in enumerate(prepared.counted):
        rows = counts.get(f"note_{i}") if expr is not None else None
        if rows != 0:
            said.append(attrs.evolve(note, rows=rows))
    for i, test in enumerate(prepared.tests):
        if test.warns and (n := counts[f"test_{i}"]):
            said.append(Note(column=test.column or "the table", what=test.rule, rows=n))
    return said


def _names(frame: Any) -> tuple[str, ...]:
    if engine_of(frame) in {Engine.PANDAS, Engine.PANDAS_ARROW}:
        return tuple(str(name) for name in frame.columns)
    lazy, _ = enter(frame)
    return column_names(lazy)


def _others(there: tuple[str, ...], wanted: list[str], keep_others: bool) -> tuple[str, ...]:
    return tuple(name for name in there if keep_others and name not in wanted)
