"""Conforming: the analyst's own headings and types, matched, widened and checked in one query.

The columns are matched by name (the schema's own, then those the caller gives, then known headings of the children
in need census and Ofsted's Annex A), widened to the schema's types, and every rule is counted in a single
aggregate query. Only counts leave the engine, so an error can hold nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, did_you_mean
from bucks_cs.frames.checked import Checked, Note, folded
from bucks_cs.frames.engine import Engine, collect, column_names, engine_of, enter, headings
from bucks_cs.frames.rules import Test, column_tests, row_tests
from bucks_cs.frames.widen import Widened, widen

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["conformed", "rechecked"]

_RAW = "__as_it_came_"
_HEADING = "__heading_"
_ABSENT = "__absent_"
_UNASKABLE = "Spark cannot be asked for a heading with a dot or a backtick in it"
_MIXED = "holds values of more than one type, or of one that Arrow does not have"
_ONE_TYPE = " Give the column one type first, such as astype('string') in pandas."


@attrs.frozen(kw_only=True)
class _Matched:
    """Which column of the frame is which of the schema."""

    names: dict[str, str]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    absent: tuple[str, ...] = ()


def _match(model: type[FrameModel], there: tuple[str, ...], given: Mapping[str, str | None], *, aliases: bool) -> _Matched:
    columns = model.to_schema().columns
    names: dict[str, str] = {}
    notes: list[Note] = []
    problems: list[Problem] = []
    absent = tuple(ours for ours, theirs in given.items() if theirs is None and ours in columns and columns[ours].nullable)
    for ours, theirs in given.items():
        if ours not in columns:
            turned = f" Turn it round: columns={{{theirs!r}: {ours!r}}}." if theirs in columns else did_you_mean(ours, columns)
            problems.append(Problem(column=ours, rule="is no column of this schema", hint=turned))
        elif theirs is None and ours not in absent:
            problems.append(Problem(column=ours, rule="cannot be done without: no row may lack it"))
        elif theirs is not None and theirs not in there:
            problems.append(Problem(column=ours, rule=f"the frame has no column {theirs!r}", hint=did_you_mean(theirs, there)))
    for name, column in columns.items():
        if name in given and given[name] is None:
            continue
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
    notes += [Note(column=ours, what="not in the frame: nothing is recorded") for ours in absent]
    return _Matched(names=names, notes=tuple(notes), problems=tuple(problems), absent=absent)


def _candidates(
    name: str, known: tuple[str, ...], there: tuple[str, ...], given: Mapping[str, str | None], *, aliases: bool
) -> list[str]:
    theirs_is = given.get(name)
    if theirs_is is not None:
        return [theirs_is] if theirs_is in there else []
    if name in there:
        return [name]
    if not aliases:
        return []
    spellings = {folded(name), *(folded(alias) for alias in known)}
    taken = set(given.values())
    return [theirs for theirs in there if folded(theirs) in spellings and theirs not in taken]


def _missing_hint(name: str, model: type[FrameModel], there: tuple[str, ...]) -> str:
    spellings = {folded(name), *(folded(alias) for alias in model.aliases(name))}
    near = [theirs for theirs in there if folded(theirs) in spellings]
    if near:
        return f" {model.__name__}.conform(frame) would read {near[0]!r} as this."
    or_none = ", or None where the frame has none" if model.to_schema().columns[name].nullable else ""
    return did_you_mean(name, there) or f" Say which it is: columns={{{name!r}: ...}}{or_none}."


@attrs.frozen(kw_only=True)
class _Prepared:
    """A frame under the schema's names and types, with what is to be counted in it."""

    lazy: nw.LazyFrame[Any]
    kept: tuple[str, ...]
    widening: tuple[Test, ...] = ()
    rules: tuple[Test, ...] = ()
    counted: tuple[tuple[Note, nw.Expr | None], ...] = ()

    @property
    def tests(self) -> tuple[Test, ...]:
        """All that is counted of rows."""
        return (*self.widening, *self.rules)


def _prepare(
    model: type[FrameModel], lazy: nw.LazyFrame[Any], names: Mapping[str, str], *, extras: Sequence[str], also: Sequence[Test]
) -> _Prepared:
    """Widen every matched column, beside a copy of it as it came for the tests of the widening."""
    schema, types = model.to_schema(), lazy.collect_schema()
    # A column of nulls alone has no type in polars; what is not recorded is a gap in a group's name.
    untyped = [name for name in extras if types[name] == nw.Unknown]
    lazy = lazy.with_columns(nw.col(name).cast(nw.String) for name in untyped) if untyped else lazy
    widened = {
        ours: widen(f"{_RAW}{ours}", types[theirs], model.narwhals_type(ours), column=ours) for ours, theirs in names.items()
    }
    raw = lazy.select(*(nw.col(names[ours]).alias(f"{_RAW}{ours}") for ours in widened), *extras)
    both = raw.with_columns(*(how.value.alias(ours) for ours, how in widened.items()))
    rules = [test for ours in widened for test in column_tests(ours, schema.columns[ours], came=nw.col(f"{_RAW}{ours}"))]
    rules += [_where_read(test, widened) for test in row_tests(schema) if _covers(test, widened, every=schema.columns)]
    return _Prepared(
        lazy=both,
        kept=(*(name for name in schema.columns if name in widened), *extras),
        widening=tuple(test for how in widened.values() for test in how.tests),
        rules=(*rules, *(test for test in also if _covers(test, widened, every=schema.columns))),
        counted=tuple((Note(column=ours, what=how.said), how.counted) for ours, how in widened.items() if how.said),
    )


def _columns_of(test: Test, every: Iterable[str]) -> list[str]:
    return list(every) if test.column is None else test.column.split(", ")


def _covers(test: Test, there: Collection[str], *, every: Iterable[str]) -> bool:
    return all(column in there for column in _columns_of(test, every))


def _where_read(test: Test, widened: Mapping[str, Widened]) -> Test:
    """A rule between columns, for rows whose cells could be taken: a cell that could not be is said once, and is no gap."""
    holds = test.holds
    for column in _columns_of(test, widened):
        for taken in widened[column].tests:
            holds = holds | ~taken.holds.fill_null(value=True)
    return attrs.evolve(test, holds=holds)


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
    columns: Mapping[str, str | None] | None = None,
    aliases: bool = True,
    keep_others: bool = True,
    also: Sequence[Test] = (),
    unique: Sequence[tuple[str, ...]] = (),
) -> Checked[Any]:
    """A frame matched, widened and checked against a model, or one error that lists every broken rule.

    Args:
        model: The schema.
        frame: A frame of any engine.
        columns: The schema's names to the frame's own, where they differ; None for one that the frame does not have.
        aliases: Whether known headings are matched too.
        keep_others: Whether columns the schema does not know come along (for ``by=``).
        also: Further rules of the calculation that asks, counted in the same query.
        unique: Further sets of columns in which no two rows may be the same.

    Raises:
        FrameProblems: Every broken rule with its count of rows.
        UnsupportedFrame: It is no frame.
    """
    there = headings(frame)
    matched = _match(model, there, _given(columns), aliases=aliases)
    if not matched.names:
        none = Problem(rule="none of its columns is one of this schema", hint="" if there else " It has none at all.")
        raise FrameProblems(schema=model.__name__, problems=matched.problems or (none,))
    wanted = list(matched.names.values())
    frame, renamed = _askable(frame, there)
    columns_in = None if keep_others else [renamed.get(theirs, theirs) for theirs in wanted]
    lazy, home = enter(frame, columns=columns_in, leave_behind=there, kept=keep_others)
    if matched.absent:
        gaps = (nw.lit(None).cast(model.narwhals_type(ours)).alias(f"{_ABSENT}{ours}") for ours in matched.absent)
        lazy = lazy.with_columns(*gaps)
    arrived = column_names(lazy)
    extras, left = _others(model, there, wanted, arrived) if keep_others else ((), ())
    names = {ours: renamed.get(theirs, theirs) for ours, theirs in matched.names.items()}
    names |= {ours: f"{_ABSENT}{ours}" for ours in matched.absent}
    mixed = [Problem(column=ours, rule=_MIXED, hint=_ONE_TYPE) for ours, theirs in names.items() if theirs not in arrived]
    names = {ours: theirs for ours, theirs in names.items() if theirs in arrived}
    problems, counts, prepared = [*matched.problems, *mixed], {"rows": 0}, _Prepared(lazy=lazy, kept=())
    if names:
        prepared = _prepare(model, lazy, names, extras=extras, also=also)
        keys = tuple(key for key in (*model.keys(), *unique) if set(key) <= set(prepared.kept))
        counts = _count(prepared, keys)
        problems += _broken(prepared, keys, counts)
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
    every = checked.schema.to_schema().columns
    rules = tuple(test for test in also if _covers(test, there, every=every))
    prepared = _Prepared(lazy=checked.lazy, kept=there, rules=rules)
    keys = tuple(key for key in unique if set(key) <= set(there))
    problems = _broken(prepared, keys, _count(prepared, keys))
    if problems:
        raise FrameProblems(schema=checked.schema.__name__, problems=tuple(problems))
    return checked


def _broken(prepared: _Prepared, keys: Sequence[tuple[str, ...]], counts: Mapping[str, int]) -> list[Problem]:
    broken = [
        Problem(column=test.column, rule=test.rule, rows=n, hint=test.hint)
        for i, test in enumerate(prepared.tests)
        if (n := counts.get(f"test_{i}", 0)) and not test.warns
    ]
    # What could not be taken is null here, and nulls would look like one key.
    unread = {test.column for i, test in enumerate(prepared.widening) if counts.get(f"test_{i}", 0)}
    return broken + [
        Problem(column=", ".join(key), rule="more than one row has the same", rows=n)
        for i, key in enumerate(keys)
        if (n := counts.get(f"key_{i}", 0)) and not unread & set(key)
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


def _given(columns: Any) -> dict[str, str | None]:
    if columns is None:
        return {}
    if not (isinstance(columns, Mapping) and all(isinstance(name, str) for name in columns)):
        raise InvalidValue(what="columns", expected="a dict of this schema's names to the frame's own")
    return {ours: None if theirs is None else str(theirs) for ours, theirs in columns.items()}


def _askable(frame: Any, there: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """The frame, and other names for headings that Spark cannot be asked for: those with a dot or a backtick."""
    if engine_of(frame) is not Engine.PYSPARK or not any(set(".`") & set(name) for name in there):
        return frame, {}
    renamed = {name: f"{_HEADING}{i}" for i, name in enumerate(there) if set(".`") & set(name)}
    return frame.toDF(*(renamed.get(name, name) for name in there)), renamed


def _others(
    model: type[FrameModel], there: Sequence[str], wanted: Sequence[str], arrived: Collection[str]
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The columns that come along, and those that stay behind, each with why."""
    ours = {name.casefold() for name in model.to_schema().columns}  # DuckDB and Spark take no notice of case
    extras, left = [], []
    for name in there:
        if name in wanted:
            continue
        if name.startswith("__"):
            left.append(Note(column=name, what="left behind: names that begin with two underscores are this library's own"))
        elif name.casefold() in ours:
            left.append(Note(column=name, what="left behind: the schema has a column of this name, read from elsewhere"))
        elif name not in arrived:
            left.append(Note(column=name, what=f"left behind: {_UNASKABLE if set('.`') & set(name) else _MIXED}"))
        else:
            extras.append(name)
    return tuple(extras), tuple(left)
