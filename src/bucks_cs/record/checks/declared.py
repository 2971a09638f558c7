"""The record: the relations between its figures, declared as data: what should follow from what."""

from __future__ import annotations

import csv
import enum
import functools
import importlib.resources
from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.record.sequences import each_a

__all__ = ["DeclaredRelation", "RelationKind", "relations"]


class RelationKind(enum.Enum):
    """What the figures of a relation are to each other, and so how they are checked."""

    CHANGE = "change"
    """A percentage is the change from one figure to another."""
    IMPLIED_BASE = "implied base"
    """A percentage is the change from a figure that is not printed: what it must have been is worked out."""
    TOTAL = "total"
    """Parts make a whole."""
    PART = "part of"
    """Some are no more than all."""
    THRESHOLD = "threshold"
    """A number is a percentage of a population."""
    AGES = "ages"
    """A number is a percentage of the population of the ages that are printed."""
    RESTATEMENT = "restatement"
    """One fact is printed twice."""
    REPEATED = "repeated"
    """A later figure repeats an earlier one: it is declared with the figure."""
    LIST_COUNT = "count of a list"
    """A count is of things that are listed."""
    WORKING_DAYS = "working days"
    """A day is so many working days after another."""
    WEEKDAY = "weekday"
    """A day of the week and a date are printed together."""
    SAME_TIME = "same time"
    """Two dates are of one event."""
    LENGTH = "length of a period"
    """A period is as long as it is said to be."""
    YEARS_IN_ORDER = "years in order"
    """Each year follows the one before."""
    REFERENCE = "reference"
    """The paragraphs pointed at are about what they are said to be about."""
    TABLE = "table"
    """The table pointed at is there and shows what it is said to show."""
    NOT_PRINTED = "not printed"
    """What would check the figures is not in the documents."""


def _ids(given: str | Iterable[str]) -> tuple[str, ...]:
    several = given.split() if isinstance(given, str) else given
    return each_a(str, several, what="DeclaredRelation", expected="ids, as texts or as one text parted by spaces")


@attrs.frozen(kw_only=True)
class DeclaredRelation:
    """A relation: its kind, the figures in it, and what it says, in a sentence.

    Args:
        label: Its name, which no other has.
        kind: How it is checked.
        audited: The ids of the figures that should follow: it is they that agree or do not.
        beside: The ids of the figures that they should follow from, in the order that the kind means.
        against: The fact from outside the figures that they are held against, by name; empty where there is none.
        exact: Whether every figure is a count of things, so that rounding excuses nothing.
        says: What should hold.
        carries: The ids of the figures that those of this relation repeat, where it is carried over to a restatement.

    Raises:
        InvalidValue: No figure is audited, or one of the parts is of another kind.

    Example:
        >>> from bucks_cs.record import relations
        >>> next(one for one in relations() if one.label == "3.35, schools by phase").says
        'every school inspected is primary, secondary or special'
    """

    label: str = attrs.field(validator=of_kind(str, expected="text"))
    kind: RelationKind = attrs.field(validator=of_kind(RelationKind, expected="a RelationKind"))
    audited: tuple[str, ...] = attrs.field(converter=_ids)
    beside: tuple[str, ...] = attrs.field(default=(), converter=_ids)
    against: str = attrs.field(default="", validator=of_kind(str, expected="text"))
    exact: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))
    says: str = attrs.field(validator=of_kind(str, expected="text"))
    carries: tuple[str, ...] = attrs.field(default=(), converter=_ids)

    def __attrs_post_init__(self) -> None:
        if not self.audited:
            raise InvalidValue(what="DeclaredRelation.audited", expected="one or more ids")

    def __str__(self) -> str:
        return f"{self.label}: {self.says}."

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of all its figures, the audited ones first."""
        return (*self.audited, *self.beside)


@functools.cache
def relations() -> tuple[DeclaredRelation, ...]:
    """The relations that are declared between the figures of the record, in the order they are checked.

    That a figure restates another is declared with the figure, in the column ``restates`` of `bucks_cs.record.figures`.

    Returns:
        The relations; their labels are their names in the findings of `bucks_cs.record.audit`.

    Source:
        The documents of `bucks_cs.record.documents`: each relation is what their sentences and tables say.

    Example:
        >>> len({relation.label for relation in relations()}) == len(relations())
        True
    """
    text = (importlib.resources.files("bucks_cs.record.checks") / "relations.csv").read_text(encoding="utf-8")
    return tuple(
        DeclaredRelation(
            label=row["label"],
            kind=RelationKind(row["kind"]),
            audited=row["audited"],
            beside=row["beside"],
            against=row["against"],
            exact=row["exact"] == "yes",
            says=row["says"],
        )
        for row in csv.DictReader(text.splitlines())
    )
