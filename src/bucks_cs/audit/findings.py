"""Findings: what an audit says of each printed figure, for people and for programs."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import attrs

from bucks_cs.audit.cases import NOTHING, Match, Shown
from bucks_cs.audit.relations import Relation
from bucks_cs.errors import NotFound

__all__ = ["Finding", "Findings", "Slip", "Status", "Suggestion"]


class Status(enum.Enum):
    """Whether a printed figure follows from the figures beside it."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_CHECK = "cannot check"


class Slip(enum.Enum):
    """What may have happened to a figure on its way to the page."""

    DIGIT_CHANGED = "one digit changed"
    DIGITS_SWAPPED = "two digits swapped"
    DIGIT_DROPPED = "one digit dropped"
    DIGIT_DOUBLED = "one digit doubled"
    SCALE = "a slip of scale"
    TRUNCATED = "cut off instead of rounded"
    COPIED_FROM_ROW_ABOVE = "copied from the row above"
    COPIED_FROM_ROW_BELOW = "copied from the row below"
    VALUE_OF_ROW_ABOVE = "the row above has the value"
    VALUE_OF_ROW_BELOW = "the row below has the value"

    @property
    def is_digit(self) -> bool:
        """Whether one digit of one figure is wrong, missing, too many or out of place."""
        return self in {Slip.DIGIT_CHANGED, Slip.DIGITS_SWAPPED, Slip.DIGIT_DROPPED, Slip.DIGIT_DOUBLED}

    @property
    def is_copy(self) -> bool:
        """Whether a figure may be a second printing of its neighbour, so that its own is not known."""
        return self in {Slip.COPIED_FROM_ROW_ABOVE, Slip.COPIED_FROM_ROW_BELOW}

    @property
    def is_neighbour(self) -> bool:
        """Whether a cell above or below comes into it."""
        return self.is_copy or self in {Slip.VALUE_OF_ROW_ABOVE, Slip.VALUE_OF_ROW_BELOW}

    @property
    def where(self) -> str:
        """The neighbour in words."""
        return "below" if self in {Slip.COPIED_FROM_ROW_BELOW, Slip.VALUE_OF_ROW_BELOW} else "above"


@attrs.frozen(kw_only=True)
class Suggestion:
    """One slip that would explain a disagreement. It *would*: nothing says that it did.

    Args:
        slip: What would have happened.
        column: In which cell of the row.
        printed: What is printed there.
        instead: What would stand there. For a copy of a neighbour, what would follow from the other figures.
        gives: What the relation then gives, with its interval.
        edits: How many edits of the cell it takes; 0 where every digit is right (a figure cut off).
        match: How the printed figure then fits the recomputed one.
        in_audited: Whether the cell is that of the audited figure, and not one it should follow from.
        neighbour: The row above or below, by its label, where one comes into it.
    """

    slip: Slip
    column: str
    printed: str
    instead: str
    gives: str
    edits: int
    match: Match
    in_audited: bool = False
    neighbour: str = ""

    @property
    def reproduces(self) -> bool:
        """Whether the recomputed figure is then the printed one, rounded or cut off; else the two only overlap."""
        return self.match is not Match.WITHIN_ROUNDING

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Its place in the list: reproduces the figure, then a neighbouring cell, then fewest edits."""
        return (not self.reproduces, not self.slip.is_neighbour, self.edits)

    def __str__(self) -> str:
        if self.slip.is_copy:
            row = f"the row {self.slip.where}" + (f" ({self.neighbour})" if self.neighbour else "")
            return f"{self.column}: {self.printed} is also printed in {row} and may be a copy; {self.instead} would follow"
        if self.slip is Slip.TRUNCATED:
            return f"{self.column}: {self.printed} cut off instead of rounded, from {self.gives}"
        how = self.slip.value
        if self.slip.is_neighbour:
            how = f"as in the row {self.slip.where}" + (f", {self.neighbour}" if self.neighbour else "")
        return f"{self.column}: {self.instead} for {self.printed} ({how}), which {self._fit()}"

    def _fit(self) -> str:
        if self.in_audited:
            ends = {Match.AS_PRINTED: "rounded", Match.TRUNCATED: "cut off", Match.WITHIN_ROUNDING: "within rounding"}
            return f"is {self.gives} {ends[self.match]}"
        cut = ", cut off where it is printed"
        ends = {Match.AS_PRINTED: "", Match.TRUNCATED: cut, Match.WITHIN_ROUNDING: ", within rounding"}
        return f"gives {self.gives}{ends[self.match]}"


@attrs.frozen(kw_only=True)
class Finding:
    """What was found of one printed figure.

    Args:
        label: The row, in the report's own words.
        relation: What the figure is to those beside it.
        cells: The figures it should follow from, as printed, by column.
        column: Where the audited figure stands.
        printed: It, as printed; empty where the cell is blank.
        recomputed: What follows from the cells as they are printed; None where nothing does.
        low: The least that can follow from what they stand for; None where there is no such end.
        high: The most.
        shown: The three in words, with the printed figure's own £, % and decimals.
        unit: ``%`` where the figure is a percentage and does not say so itself.
        status: Whether it agrees.
        why: Why it cannot be checked or cannot be at all; empty otherwise.
        suggestions: Every single slip that would explain a disagreement, in order. None is put in place.
        searched: Whether slips were searched for.
    """

    label: str
    relation: Relation
    cells: tuple[tuple[str, str], ...]
    column: str
    printed: str
    recomputed: float | None = None
    low: float | None = None
    high: float | None = None
    shown: Shown = NOTHING
    unit: str = ""
    status: Status
    why: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    searched: bool = False

    @property
    def agrees(self) -> bool:
        """Whether some unrounded values give the printed figure."""
        return self.status is Status.AGREES

    @property
    def disagrees(self) -> bool:
        """Whether no unrounded values could have given it."""
        return self.status is Status.DISAGREES

    @property
    def cannot_check(self) -> bool:
        """Whether there is no telling."""
        return self.status is Status.CANNOT_CHECK

    def repairs(self, *slips: Slip, column: str | None = None, edits: int | None = None) -> tuple[Suggestion, ...]:
        """Those of the suggestions that put another figure in the place of one that is printed.

        Args:
            *slips: Of these kinds; of any that is one digit (changed, swapped, dropped, doubled) where none is named.
            column: In this cell only.
            edits: Of this many edits only.
        """
        wanted = slips or tuple(slip for slip in Slip if slip.is_digit)
        return tuple(
            s
            for s in self.suggestions
            if s.slip in wanted and column in {None, s.column} and edits in {None, s.edits}
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """The finding as plain values: text, numbers, lists and None."""
        return {
            "label": self.label,
            "relation": self.relation.value,
            "cells": dict(self.cells),
            "column": self.column,
            "printed": self.printed,
            "recomputed": self.recomputed,
            "low": self.low,
            "high": self.high,
            "status": self.status.value,
            "why": self.why,
            "suggestions": [_plain(suggestion) for suggestion in self.suggestions],
        }

    @property
    def printed_shown(self) -> str:
        """What is printed, with its ``%`` where it goes without saying."""
        return self.printed + self.unit if self.printed else "nothing"

    def __str__(self) -> str:
        recomputed = f", recomputed {self.shown}" if any(self.shown) else ""
        why = f", since {self.why}" if self.why else ""
        return f"{self.label}: printed {self.printed_shown}{recomputed}: {self.status.value}{why}."


def _plain(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "slip": suggestion.slip.value,
        "column": suggestion.column,
        "printed": suggestion.printed,
        "instead": suggestion.instead,
        "gives": suggestion.gives,
        "edits": suggestion.edits,
        "match": suggestion.match.value,
        "in_audited": suggestion.in_audited,
        "neighbour": suggestion.neighbour,
        "text": str(suggestion),
    }


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(findings)


@attrs.frozen(repr=False)
class Findings(Sequence[Finding]):
    """What was found, a printed figure each, in the order of the rows.

    `str` is a table and, for each disagreement, what would explain it. ``findings.disagrees`` are those that
    disagree, and is empty, so false, where none does.

    Args:
        items: The findings.
        home: The caller's kind of frame, for `frame`; no part of what the findings are.
    """

    items: tuple[Finding, ...] = attrs.field(converter=_in_order)
    home: Any = attrs.field(default=None, eq=False, kw_only=True)

    def _only(self, status: Status) -> Findings:
        return attrs.evolve(self, items=tuple(finding for finding in self.items if finding.status is status))

    @property
    def agrees(self) -> Findings:
        """Those that some unrounded values give."""
        return self._only(Status.AGREES)

    @property
    def disagrees(self) -> Findings:
        """Those that no unrounded values could have given."""
        return self._only(Status.DISAGREES)

    @property
    def cannot_check(self) -> Findings:
        """Those there is no telling of."""
        return self._only(Status.CANNOT_CHECK)

    def at(self, label: str) -> Finding:
        """The finding of a row by its label.

        Args:
            label: The label of the row, as given to the audit.

        Raises:
            NotFound: No row, or more than one, has it.
        """
        found = [finding for finding in self.items if finding.label == label]
        if len(found) != 1:
            raise NotFound(what="findings", asked_on=("label",), rows=len(found))
        return found[0]

    def rows(self) -> tuple[dict[str, Any], ...]:
        """Each finding as plain values, its cells and suggestions in full."""
        return tuple(finding.row() for finding in self.items)

    def to_json(self) -> str:
        """The rows as JSON text."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=2)

    @property
    def frame(self) -> Any:
        """A row a finding, in the caller's own kind of frame (polars for single figures).

        Returns:
            Columns label, relation, cells, column, printed, recomputed, low, high, status, why, suggestions: text, but
            for recomputed, low and high, which are Float64 and null where there is no such number.
        """
        from bucks_cs.audit.rows import as_frame

        return as_frame(self)

    @staticmethod
    def concat(several: Iterable[Findings]) -> Findings:
        """Several findings in one, such as those of the tables of a report; `frame` is of the first one's kind.

        Args:
            several: The findings, in the order they are to have.
        """
        each = list(several)
        return Findings(tuple(finding for findings in each for finding in findings), home=each[0].home if each else None)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        return attrs.evolve(self, items=self.items[index]) if isinstance(index, slice) else self.items[index]

    def __reduce__(self) -> tuple[Any, ...]:
        # What knows the caller's engine is a live connection there, and stays behind.
        return Findings, (self.items,)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._only(status))} {word}" for status, word in _COUNTED.items())
        return f"Findings({counts})"

    def __str__(self) -> str:
        from bucks_cs.audit.wording import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from bucks_cs.audit.wording import as_html

        return as_html(self)


_COUNTED = {Status.AGREES: "agree", Status.DISAGREES: "disagree", Status.CANNOT_CHECK: "cannot be checked"}
