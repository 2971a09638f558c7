"""The rules of the long frame, for one that a caller brings: looked at in one query, and broken ones told all at once.

Where one is broken a second query counts the rows that break each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from bucks_cs import periods
from bucks_cs.errors import BucksError, FrameProblems, Problem, did_you_mean
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Indicator, Interval, Withheld
from bucks_cs.readings.table import (
    NUMBERS,
    PERIOD,
    SCHEMA,
    TYPES,
    column,
    has_time_of_day,
    keys,
    missing_columns,
    schema_of,
    shaped,
    typed,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = ["conformed", "of_objects"]

_SAID = {nw.String: "text", nw.Date: "a date", nw.Float64: "a number"}
_NOT_FINITE = "is not a finite number"
_NOT_UNIQUE = "are not unique together"


def of_objects(frame: pl.DataFrame, *, by: Sequence[str]) -> pl.DataFrame:
    """A long frame that was made of `Reading` objects, sorted, once it is sure of what no single one of them can be.

    Each object has kept the rules of its own row. Two may be of one key, and a number may be beyond all numbers in the
    indicator's unit.

    Args:
        frame: The frame, in the types and order of the contract.
        by: What it is broken down by.

    Raises:
        FrameProblems: Two have one key, or a number is not finite.
    """
    found = [Problem(column=name, rule=_NOT_FINITE, rows=int((~frame[name].is_finite()).sum())) for name in NUMBERS]
    twice = int(frame.select(keys(by)).is_duplicated().sum())
    found.append(Problem(column=", ".join(keys(by)), rule=_NOT_UNIQUE, rows=twice))
    problems = tuple(problem for problem in found if problem.rows)
    if problems:
        raise FrameProblems(schema=SCHEMA, problems=problems)
    return frame.sort(keys(by), nulls_last=True)


def conformed(lazy: nw.LazyFrame[Any], *, indicators: Mapping[str, Indicator], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """A caller's own long frame in the types and order of the contract, checked in one query.

    Args:
        lazy: The frame.
        indicators: The definitions, by key.
        by: What it is broken down by.

    Returns:
        The long frame, sorted; it has not run.

    Raises:
        FrameProblems: Every broken rule, with counts of rows and no cell.
    """
    schema = schema_of(lazy)
    problems = [*missing_columns(schema, by), *_unknown(schema, by)]
    wrong = {name: problem for name in TYPES if (problem := _wrong_type(name, schema.get(name)))}
    usable = {name: dtype for name, dtype in schema.items() if name not in wrong}
    even = shaped(lazy, usable, [name for name in by if name in schema])
    rules = [*_times_of_day(usable), *_row_rules(indicators, frozenset(usable)), *_pair_rules(frozenset(usable))]
    problems += [*wrong.values(), *_row_problems(lazy, usable, rules, by)]
    if problems:
        raise FrameProblems(schema=SCHEMA, problems=tuple(problems))
    return even.sort(*keys(by), nulls_last=True)


def _unknown(schema: Mapping[str, Any], by: Sequence[str]) -> list[Problem]:
    extra = [name for name in schema if name not in TYPES and name not in by]
    rule = "is neither a column of the long frame nor among by"
    return [Problem(column=name, rule=rule, hint=did_you_mean(name, TYPES)) for name in extra]


def _wrong_type(name: str, dtype: Any) -> Problem | None:
    want = TYPES[name]
    if dtype is None or dtype == want or dtype == nw.Unknown:
        return None
    fits = {
        nw.String: isinstance(dtype, (nw.Categorical, nw.Enum)) or (name == "area" and dtype.is_integer()),
        nw.Float64: dtype.is_numeric(),
        nw.Date: isinstance(dtype, nw.Datetime),
    }[want]
    return None if fits else Problem(column=name, rule=f"is {type(dtype).__name__}, where {_SAID[want]} is needed")


@attrs.frozen
class _Rule:
    """A rule, and the expression that is true for a row that breaks it."""

    column: str
    rule: str
    broken: nw.Expr


def _times_of_day(there: Mapping[str, Any]) -> list[_Rule]:
    """Looked at before the dates are cast, since the cast drops what is looked for."""
    timed = [name for name in PERIOD if isinstance(there.get(name), nw.Datetime)]
    return [_Rule(name, "has a time of day, where a date is needed", has_time_of_day(name)) for name in timed]


def _row_rules(indicators: Mapping[str, Indicator], there: frozenset[str]) -> list[_Rule]:
    """The rules for single cells, of the columns there are."""
    rules = [_Rule(name, "is null", typed(name).is_null()) for name in ("indicator", *PERIOD)]
    choices = {"indicator": list(indicators), "withheld": [w.value for w in Withheld], "interval": [i.value for i in Interval]}
    for name, known in choices.items():
        said = ", ".join(known[:12]) or "nothing, for no indicator was given"
        broken = ~typed(name).is_in(known) if known else ~typed(name).is_null()
        rules.append(_Rule(name, f"is not one of {said}", broken))
    rules += [_Rule(name, _NOT_FINITE, ~typed(name).is_finite()) for name in NUMBERS]
    rules.append(_Rule("level", "is not between 0 and 1", (typed("level") <= 0) | (typed("level") >= 1)))
    return [rule for rule in rules if rule.column in there]


def _pair_rules(there: frozenset[str]) -> list[_Rule]:
    """The rules for cells that must go together."""

    def given(name: str) -> nw.Expr:
        return ~typed(name).is_null() if name in there else nw.lit(False)

    rules = []
    if "value" in there:
        figure = "value, withheld"
        rules.append(_Rule(figure, "neither a value nor the reason there is none", ~given("value") & ~given("withheld")))
        rules.append(_Rule(figure, "both a value and a reason there is none", given("value") & given("withheld")))
    if there & {"lower", "upper", "interval"}:
        bounded, said = given("lower") | given("upper"), given("interval")
        rules.append(
            _Rule("interval", "bounds without what they mean, or a meaning without bounds", (bounded & ~said) | (said & ~bounded))
        )
    if {"lower", "upper"} <= there:
        rules.append(_Rule("lower, upper", "lower is above upper", typed("lower") > typed("upper")))
    return rules


def _row_problems(lazy: nw.LazyFrame[Any], there: Mapping[str, Any], rules: Sequence[_Rule], by: Sequence[str]) -> list[Problem]:
    """What is wrong with rows: one query, which brings back counts for each period and no row.

    Rows are counted by key first, for what is there twice, then by period, for periods that cannot be: the calendar that
    knows those is not the engine's. Which rules are broken is asked only where one is.
    """
    named = {name: f"_key_{n}" for n, name in enumerate(keys(by)) if name in there}
    is_broken = nw.any_horizontal(nw.lit(False), *(rule.broken for rule in rules), ignore_nulls=True)
    cells = (column(name, there[name]).alias(key) for name, key in named.items())
    marked = lazy.select(nw.lit(0).alias("_all"), *cells, is_broken.cast(nw.Int64).alias("_broken"))
    by_key = marked.group_by("_all", *named.values()).agg(nw.len().cast(nw.Int64).alias("_rows"), nw.col("_broken").sum())
    twice = nw.when(nw.col("_rows") > 1).then(nw.col("_rows")).otherwise(0).alias("_twice")
    when = [named[name] for name in PERIOD if name in named]
    counted = collect(by_key.with_columns(twice).group_by("_all", *when).agg(nw.col("_rows", "_twice", "_broken").sum()))
    found = _broken(lazy, rules) if any(counted["_broken"]) else []
    if set(keys(by)) - {"area"} <= set(named):
        found.append(_counted(", ".join(keys(by)), _NOT_UNIQUE, counted["_twice"]))
    if len(when) == len(PERIOD):
        found.append(_impossible_periods(counted.select(*when, "_rows").rows()))
    return [problem for problem in found if problem.rows]


def _broken(lazy: nw.LazyFrame[Any], rules: Sequence[_Rule]) -> list[Problem]:
    """How many rows break each rule."""
    sums = {f"_rule_{n}": rule.broken.fill_null(False).cast(nw.Int64).sum() for n, rule in enumerate(rules)}
    counted = collect(lazy.select(**sums))
    return [_counted(rule.column, rule.rule, counted[name]) for name, rule in zip(sums, rules, strict=True)]


def _counted(column: str, rule: str, counts: Iterable[Any]) -> Problem:
    return Problem(column=column, rule=rule, rows=sum(int(count) for count in counts if count is not None))


def _impossible_periods(counted: Iterable[tuple[Any, ...]]) -> Problem:
    bad = [rows for kind, start, end, rows in counted if None not in (kind, start, end) and not _is_period(kind, start, end)]
    return _counted(", ".join(PERIOD), "are not the kind, first and last day of any period", bad)


def _is_period(kind: str, start: Any, end: Any) -> bool:
    try:
        periods.from_bounds(kind, start, end)
    except BucksError:
        return False
    return True
