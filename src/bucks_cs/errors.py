"""Errors: one root, each also the built-in error one expects, none with a child's data in it.

Errors get logged, and rows are about children. So an error here names columns, rules, types and
*counts of rows*, and never a cell. Each error has fields, builds its own message from them, compares
by its fields and survives pickling, so that a pipeline can act on it without reading the text.

Text that could not be read (as a period, a unit, an area) is described by its length and never
repeated, since it may have been a cell of somebody's frame.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable
from typing import Any

import attrs

__all__ = [
    "AcrossBreak",
    "Ambiguous",
    "BucksError",
    "EngineMismatch",
    "FrameProblems",
    "ImpossibleFigure",
    "InvalidValue",
    "MissingExtra",
    "MissingSource",
    "NotComparable",
    "NotFound",
    "NotInForce",
    "OutsideCoverage",
    "Problem",
    "UnitError",
    "UnknownArea",
    "UnknownColumn",
    "Unreadable",
    "UnsupportedFrame",
    "did_you_mean",
    "of_kind",
]


def did_you_mean(asked: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known *names* (of columns, areas, keys), or nothing.

    Give it names only, never cells: what is known is printed.

    Args:
        asked: The name that was not found.
        known: The names there are.

    Returns:
        Such as ``" Did you mean 'referral_date'?"``, or ``""`` where nothing is near.

    Example:
        >>> did_you_mean("referal_date", ["referral_date", "child_id"])
        " Did you mean 'referral_date'?"
    """
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(asked.casefold(), list(folded), n=2, cutoff=0.7)
    return f" Did you mean {' or '.join(repr(folded[n]) for n in near)}?" if near else ""


def _rebuild(kind: type[BucksError], fields: dict[str, Any]) -> BucksError:
    return kind(**fields)


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class BucksError(Exception):
    """The root of every error this library raises."""

    def __attrs_post_init__(self) -> None:
        Exception.__init__(self, self.message)

    @property
    def fields(self) -> dict[str, Any]:
        """What went wrong, as data: each field of the error by its name."""
        return {a.name: getattr(self, a.name) for a in attrs.fields(type(self))}

    @property
    def message(self) -> str:
        """The sentence a person reads."""
        return "bucks_cs could not go on."

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BucksError) and type(other) is type(self) and other.fields == self.fields

    def __hash__(self) -> int:
        return hash((type(self), self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.fields)


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class InvalidValue(BucksError, ValueError):
    """An argument that cannot be: what it was for and what would be taken."""

    what: str
    expected: str
    hint: str = ""

    @property
    def message(self) -> str:
        """What was wrong with which argument."""
        return f"{self.what}: expected {self.expected}.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class Unreadable(BucksError, ValueError):
    """Text that cannot be read as what was asked for; the text itself is not repeated."""

    what: str
    length: int
    expected: str
    hint: str = ""

    @property
    def message(self) -> str:
        """What was to be read, and the forms that can be."""
        characters = "character" if self.length == 1 else "characters"
        return f"cannot read a text of {self.length:,} {characters} as {self.what}: expected {self.expected}.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class Ambiguous(BucksError, ValueError):
    """Text that could be read in more than one way: the readings are given, none is chosen."""

    what: str
    readings: tuple[str, ...]
    settle_by: str

    @property
    def message(self) -> str:
        """The readings it could have, and how to say which is meant."""
        return f"{self.what} could be {' or '.join(self.readings)}: {self.settle_by}."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class MissingSource(BucksError, ValueError):
    """A number without a source: no source, no number."""

    what: str

    @property
    def message(self) -> str:
        """What lacks its source."""
        return (
            f"{self.what} has no source: give a Source with title, publisher, date and place in it, "
            "or NoOfficialSource with the reason there is none."
        )


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class NotInForce(BucksError, LookupError):
    """No value was in force on the date asked for."""

    what: str
    on: str
    ranges: tuple[str, ...]

    @property
    def message(self) -> str:
        """The date asked for, and the dates there are values for."""
        return f"{self.what}: nothing in force on {self.on}; known: {'; '.join(self.ranges) or 'nothing'}."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class OutsideCoverage(BucksError, ValueError):
    """A date outside what the data covers: refused, not guessed."""

    what: str
    first: str
    last: str
    hint: str = ""

    @property
    def message(self) -> str:
        """What is covered."""
        return f"{self.what} is known from {self.first} to {self.last} only.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class UnitError(BucksError, ValueError):
    """Units that do not go together, or that the registry does not know."""

    what: str
    hint: str = ""

    @property
    def message(self) -> str:
        """Which units do not go together."""
        return f"{self.what}.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class ImpossibleFigure(BucksError, ValueError):
    """A figure that cannot be: a share above the whole, a negative count, nothing to divide by."""

    what: str
    why: str

    @property
    def message(self) -> str:
        """What cannot be, and why."""
        return f"{self.what}: {self.why}."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class NotComparable(BucksError, ValueError):
    """Two figures that must not be set against each other, with the reason."""

    what: str
    why: str

    @property
    def message(self) -> str:
        """What cannot be compared, and why."""
        return f"{self.what} cannot be compared: {self.why}."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class AcrossBreak(NotComparable):
    """A comparison that would pass over a known break in a series without saying so."""

    breaks: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The breaks that lie between."""
        return f"{self.what} cannot be compared: {self.why} ({'; '.join(self.breaks)})."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class NotFound(BucksError, LookupError):
    """Not one row where one was asked for: names what was asked on, never what was in it."""

    what: str
    asked_on: tuple[str, ...]
    rows: int
    hint: str = ""

    @property
    def message(self) -> str:
        """How many rows matched, and on which columns they were sought."""
        on = ", ".join(self.asked_on) or "nothing"
        return f"{self.what}: {self.rows:,} rows match on {on}, where exactly one was asked for.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class UnknownArea(BucksError, LookupError):
    """An area that no look-up here knows."""

    what: str
    hint: str = ""

    @property
    def message(self) -> str:
        """What kind of area was sought."""
        return f"unknown {self.what}.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class UnknownColumn(BucksError, LookupError):
    """A column that the frame does not have."""

    column: str
    columns: tuple[str, ...]
    argument: str = "column"

    @property
    def message(self) -> str:
        """The column asked for, the columns there are, and the nearest."""
        there = ", ".join(self.columns) or "none"
        hint = did_you_mean(self.column, self.columns)
        return f"{self.argument}: the frame has no column {self.column!r}; it has {there}.{hint}"


@attrs.frozen(kw_only=True)
class Problem:
    """One broken rule of a frame: where, which, and for how many rows.

    Args:
        column: The column, several joined by commas, or None for the table as a whole.
        rule: The rule that is broken, in words.
        rows: How many rows break it; None where it is no matter of rows (a missing column).
        hint: What might mend it.
    """

    rule: str
    column: str | None = None
    rows: int | None = None
    hint: str = ""

    def __str__(self) -> str:
        where = self.column if self.column is not None else "the table"
        count = "" if self.rows is None else f" ({self.rows:,} {'row' if self.rows == 1 else 'rows'})"
        return f"{where}: {self.rule}{count}.{self.hint}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class FrameProblems(BucksError, ValueError):
    """A frame that breaks its schema: every broken rule at once, with counts of rows and no cell."""

    schema: str
    problems: tuple[Problem, ...]

    @property
    def message(self) -> str:
        """Every broken rule, a line each."""
        n = len(self.problems)
        lines = "".join(f"\n  - {problem}" for problem in self.problems)
        return f"{self.schema}: {n} {'problem' if n == 1 else 'problems'}{lines}"


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class UnsupportedFrame(BucksError, TypeError):
    """Something that is no frame of an engine this library runs on."""

    kind: str
    supported: str = "polars (eager or lazy), pandas, pyarrow, DuckDB relations and PySpark"

    @property
    def message(self) -> str:
        """What was given, by its type, and what is taken."""
        return f"cannot use a {self.kind} as a frame: bucks_cs takes {self.supported}."


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class EngineMismatch(BucksError, TypeError):
    """Two frames of different lazy engines in one calculation."""

    first: str
    second: str

    @property
    def message(self) -> str:
        """The two engines, and the way out."""
        return (
            f"one frame is {self.first} and the other {self.second}: a frame is not moved out of a lazy engine "
            "unasked. Give both in one engine, or the second as polars, pandas or pyarrow."
        )


@attrs.define(kw_only=True, slots=False, eq=False, str=False, repr=False, auto_exc=False)
class MissingExtra(BucksError, ImportError):
    """An optional package that is not installed."""

    package: str
    extra: str

    @property
    def message(self) -> str:
        """The package, and the command that brings it."""
        return f"{self.package} is not installed: pip install 'bucks_cs[{self.extra}]'."


def of_kind(*kinds: type, expected: str) -> Callable[[object, attrs.Attribute[Any], object], None]:
    """An attrs validator: refuses what is of another class, and names the field instead of what was given.

    attrs' own validator puts the value in its message, and raises what is no `BucksError`. Here a date with a
    time of day is no date, and True no number, unless its class is named.

    Args:
        *kinds: The classes that are taken.
        expected: What they are, in words.

    Returns:
        A validator that raises `InvalidValue`.

    Example:
        >>> import attrs
        >>> @attrs.frozen(kw_only=True)
        ... class Visit:
        ...     on: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date"))
        >>> Visit(on="the 3rd")
        Traceback (most recent call last):
        bucks_cs.errors.InvalidValue: Visit.on: expected a date.
    """

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        in_disguise = any(isinstance(value, kind) and kind not in kinds for kind in (dt.datetime, bool))
        if in_disguise or not isinstance(value, kinds):
            raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)

    return check
