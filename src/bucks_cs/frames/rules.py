"""Rules of a schema as expressions: each check becomes one column of the one query that validates a frame.

pandera's built-in checks are compiled here by name, and a model's own rules (`bucks_cs.frames.rule`, or pandera's
``check`` and ``dataframe_check`` with ``native=False``) hand over an expression themselves. Nothing is registered on
``pandera.Check``, so that other people's schemas are as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.patterns import portable
from bucks_cs.frames.quiet_pandera import Dispatcher

__all__ = ["Test", "built_in", "column_tests", "in_order", "need_what_is_compiled", "row_tests"]


@attrs.frozen(kw_only=True)
class Test:
    """One thing that must hold for every row: true, or unknown for a null, is good.

    Args:
        column: The column or columns it is about, or None for the table.
        rule: What is wrong with a row where it does not hold, in words.
        holds: The expression.
        warns: True where a row that breaks it is noted and not refused.
        hint: What might mend it; never a cell.
    """

    __test__ = False  # not a test of pytest's

    column: str | None
    rule: str
    holds: nw.Expr
    warns: bool = False
    hint: str = ""

    def broken(self) -> nw.Expr:
        """The number of rows that break it."""
        return (~self.holds).cast(nw.Int64).sum()


def _pattern(given: str | re.Pattern[str]) -> str:
    return given.pattern if isinstance(given, re.Pattern) else given


def _between(column: nw.Expr, low: Any, high: Any, include_low: bool = True, include_high: bool = True) -> nw.Expr:
    above: nw.Expr = column >= low if include_low else column > low
    below: nw.Expr = column <= high if include_high else column < high
    return above & below


def _length(column: nw.Expr, low: int | None, high: int | None, exact: int | None) -> nw.Expr:
    length = column.str.len_chars()
    if exact is not None:
        return length == exact
    if high is None:
        return length >= (low or 0)
    return (length >= low) & (length <= high) if low else length <= high


_BUILT_IN: dict[str, tuple[Callable[..., nw.Expr], Callable[..., str]]] = {
    "equal_to": (lambda c, value: c == value, lambda value: f"is not {value}"),
    "not_equal_to": (lambda c, value: c != value, lambda value: f"is {value}"),
    "greater_than": (lambda c, min_value: c > min_value, lambda min_value: f"is not above {min_value}"),
    "greater_than_or_equal_to": (lambda c, min_value: c >= min_value, lambda min_value: f"is below {min_value}"),
    "less_than": (lambda c, max_value: c < max_value, lambda max_value: f"is not below {max_value}"),
    "less_than_or_equal_to": (lambda c, max_value: c <= max_value, lambda max_value: f"is above {max_value}"),
    "in_range": (
        lambda c, min_value, max_value, include_min=True, include_max=True: _between(
            c, min_value, max_value, include_min, include_max
        ),
        lambda min_value, max_value, **_: f"is not between {min_value} and {max_value}",
    ),
    "isin": (
        lambda c, allowed_values: c.is_in(list(allowed_values)),
        lambda allowed_values: f"is not one of {_listed(allowed_values)}",
    ),
    "notin": (
        lambda c, forbidden_values: ~c.is_in(list(forbidden_values)),
        lambda forbidden_values: f"is one of {_listed(forbidden_values)}",
    ),
    "str_matches": (
        lambda c, pattern: c.str.contains(f"^(?:{portable(pattern)})"),
        lambda pattern: f"does not match {_pattern(pattern)}",
    ),
    "str_contains": (
        lambda c, pattern: c.str.contains(portable(pattern)),
        lambda pattern: f"does not contain {_pattern(pattern)}",
    ),
    "str_startswith": (lambda c, string: c.str.starts_with(string), lambda string: f"does not start with {string}"),
    "str_endswith": (lambda c, string: c.str.ends_with(string), lambda string: f"does not end with {string}"),
    "str_length": (
        lambda c, min_value=None, max_value=None, exact_value=None: _length(c, min_value, max_value, exact_value),
        lambda min_value=None, max_value=None, exact_value=None: _length_words(min_value, max_value, exact_value),
    ),
}


def in_order(values: Iterable[Any]) -> list[Any]:
    """Allowed values in the order given, or where they were given in none, in that of their text."""
    return sorted(values, key=str) if isinstance(values, (set, frozenset)) else list(values)


def _listed(values: Iterable[Any]) -> str:
    texts = [str(value) for value in in_order(values)]
    return ", ".join(texts) if len(texts) <= 12 else f"{', '.join(texts[:10])} and {len(texts) - 10} more"


def _length_words(low: int | None, high: int | None, exact: int | None) -> str:
    if exact is not None:
        return f"is not {exact} characters long"
    if high is None:
        return "is blank" if low == 1 else f"is under {low} characters long"
    return f"is not {low or 0} to {high} characters long"


def built_in(check: Any) -> str | None:
    """The name of pandera's own check behind one, also where it was given a name of its own; None for any other.

    A model's own check may have the name of one of pandera's, and is none for that.
    """
    return str(check._check_fn.__name__) if isinstance(check._check_fn, Dispatcher) else None


def _own(check: Any, what: str, argument: Any) -> nw.Expr:
    """The expression a model's own check hands over."""
    if built_in(check) or check.native or check.element_wise or check.groupby is not None or not check.ignore_na:
        ours = "one with native=False, from a narwhals expression to one, with no element_wise, groupby or ignore_na=False"
        raise InvalidValue(what=f"the check {check.name} of {what}", expected=f"{ours}; or one of {', '.join(_BUILT_IN)}")
    holds = check._check_fn(argument, **check._check_kwargs)
    if not isinstance(holds, nw.Expr):
        raise InvalidValue(what=f"the check {check.name} of {what}", expected="a narwhals expression back")
    return holds


def need_what_is_compiled(schema: Any, *, what: str) -> None:
    """Refuse a schema that asks for what is not compiled here, when it is made and not when a frame comes.

    Args:
        schema: A pandera schema.
        what: The name of its model.

    Raises:
        InvalidValue: A type that is none of the five, a check or a setting that would be passed over, a rule of columns
            that there are not.
    """
    kinds = (nw.String, nw.Int64, nw.Float64, nw.Date, nw.Boolean)
    for name, column in schema.columns.items():
        if not any(column.dtype is not None and column.dtype.type == kind for kind in kinds):
            raise InvalidValue(what=f"{what}.{name}", expected="columns of Text, WholeNumber, Number, Date or Boolean")
        _need_unset(column, f"{what}.{name}", ("coerce", "regex", "default", "drop_invalid_rows", "parsers"))
        list(column_tests(name, column, came=nw.col(name)))
    settings = ("coerce", "strict", "ordered", "dtype", "add_missing_columns", "drop_invalid_rows", "parsers", "index")
    _need_unset(schema, f"{what}.Config", settings)
    between = {column for test in row_tests(schema) if test.column is not None for column in test.column.split(", ")}
    for column in (*between, *(schema.unique or ())):
        if column not in schema.columns:
            raise InvalidValue(what=f"{what}: a rule or key of {column!r}", expected="a column of the schema")


def _need_unset(thing: Any, what: str, settings: Iterable[str]) -> None:
    for setting in settings:
        if getattr(thing, setting, None):
            hint = " Types are widened, further columns kept and rows refused in one way, which conform says."
            raise InvalidValue(what=f"{what}: {setting}", expected="nothing, since it is not compiled", hint=hint)


def column_tests(name: str, column: Any, *, came: nw.Expr) -> Iterator[Test]:
    """What must hold in one column: no null where none may be, and each of its checks.

    Args:
        name: The column's name.
        column: Its pandera column.
        came: The column before it was widened, so that what could not be widened is not called missing too.
    """
    value = nw.col(name)
    if not column.nullable:
        yield Test(column=name, rule="is missing", holds=~came.is_null())
    for check in column.checks:
        known = built_in(check)
        if known not in _BUILT_IN or check.element_wise or not check.ignore_na:
            words = check.error or check.description or f"breaks {check.name}"
            yield Test(column=name, rule=words, holds=_own(check, name, value), warns=check.raise_warning)
            continue
        holds, words_for = _BUILT_IN[known]
        words = words_for(**check.statistics)
        yield Test(column=name, rule=words, holds=holds(value, **check.statistics), warns=check.raise_warning)


def row_tests(schema: Any) -> Iterator[Test]:
    """What must hold between the columns of a row: the rules of the model as a whole.

    Args:
        schema: A pandera schema.
    """
    for check in schema.checks:
        holds = _own(check, str(schema.name), nw.col)
        words = check.error or check.description or f"breaks {check.name}"
        yield Test(column=check.title, rule=words, holds=holds, warns=check.raise_warning)
