"""A checked frame: the caller's rows under the schema's names and types, known to keep every rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home, column_names, need_columns

if TYPE_CHECKING:
    from bucks_cs.frames.model import FrameModel

__all__ = ["Checked", "FrameT", "NativeFrame", "Note"]



class NativeFrame(Protocol):
    """A frame of any engine, for the eyes of a type checker: all of them have columns, and a `Checked` one has not.

    That difference lets a calculation be typed once for both, as ``FrameT | Checked[FrameT]``.
    """

    @property
    def columns(self) -> Any:
        """The names of its columns, or the columns."""


FrameT = TypeVar("FrameT", bound=NativeFrame)


_MAKES_GROUPS = (nw.String, nw.Categorical, nw.Enum, nw.Boolean, nw.Date, nw.Datetime)


def folded(heading: str) -> str:
    """A heading without its case, spaces and punctuation, for telling whether two are the same."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def _names(by: object) -> tuple[str, ...]:
    given = (by,) if isinstance(by, str) or by is None else by
    names = tuple(given) if isinstance(given, Iterable) else (given,)
    names = () if by is None else names
    if not all(isinstance(name, str) for name in names):
        raise InvalidValue(what="by", expected="the name of a column, or several")
    return names


@attrs.frozen(kw_only=True)
class Note:
    """What was done to a column to take it in: said, never silent.

    Args:
        column: The schema's name of the column.
        what: What was done, in words.
        rows: How many rows it touched, where that was counted.
    """

    column: str
    what: str
    rows: int | None = None

    def __str__(self) -> str:
        count = "" if self.rows is None else f" ({self.rows:,} {'row' if self.rows == 1 else 'rows'})"
        return f"{self.column}: {self.what}{count}"


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Checked(Generic[FrameT]):
    """A frame that keeps every rule of its schema; calculations take it without checking again.

    Made by a schema's ``conform`` and not by hand. It is a wrapper, because nothing can be remembered about a frame by
    its identity: pandas frames change under one's hands.

    Args:
        schema: The schema it keeps.
        lazy: Its rows under the schema's names and types, as a lazy narwhals frame.
        home: The engine it came from.
        rows: How many rows it has.
        notes: What was renamed, widened or left behind on the way in.

    ``kept`` remembers, by name, the rules from row to row that a measure has found kept, so that they are looked at once.
    """

    schema: type[FrameModel]
    lazy: nw.LazyFrame[Any]
    home: Home
    rows: int
    notes: tuple[Note, ...] = ()
    kept: set[str] = attrs.field(factory=set, init=False)

    @property
    def frame(self) -> FrameT:
        """The conformed rows in the caller's own kind of frame: the schema's columns first, then the others."""
        native: FrameT = self.home.back(self.lazy)
        return native

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return column_names(self.lazy)

    def grouping(self, by: str | Sequence[str] | None) -> tuple[str, ...]:
        """The columns to break a measure down by, once it is sure that they may be.

        Args:
            by: One column, several, or None for none.

        Raises:
            UnknownColumn: The frame lacks one.
            InvalidValue: One identifies a person, by the schema's name or by a heading it is known by, is named twice, was left
                behind on the way in, or holds nothing that makes groups; or ``by`` is no name.
        """
        columns = _names(by)
        left = {note.column for note in self.notes if note.what.startswith("left behind")}
        for column in columns:
            if column in left:
                raise InvalidValue(what=f"by={column!r}", expected="a column that could be taken in; this one was left behind")
        need_columns(self.lazy, columns, argument="by")
        people, types = self._people(), self.lazy.collect_schema()
        for column in columns:
            if folded(column) in people:
                expected = "columns that describe a group, not one that identifies a person"
                raise InvalidValue(what=f"by={column!r}", expected=expected)
            if not (types[column].is_numeric() or types[column] in _MAKES_GROUPS):
                raise InvalidValue(what=f"by={column!r}", expected="a column of text, numbers, dates or yes and no")
        if len(set(columns)) != len(columns):
            raise InvalidValue(what="by", expected="each column once")
        return columns

    def _people(self) -> set[str]:
        """Every name of a column that identifies a person: the schema's, and the headings it is known by."""
        own = self.schema.identifiers()
        return {folded(name) for column in own for name in (column, *self.schema.aliases(column))}

    def __len__(self) -> int:
        return self.rows

    def __repr__(self) -> str:
        notes = "; ".join(str(note) for note in self.notes) or "nothing changed on the way in"
        return f"<{self.schema.__name__}, checked: {self.rows:,} rows of {self.home.engine.value}; {notes}>"
