"""Findings: what an audit says of each printed figure, for people and for programs."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, overload

import attrs

from bucks_cs.audit.cases import NOTHING, Shown
from bucks_cs.audit.relations import Relation
from bucks_cs.audit.suggestions import Explanation, Slip, Suggestion
from bucks_cs.errors import NotFound

__all__ = ["Finding", "Findings", "Status"]


class Status(enum.Enum):
    """Whether a printed figure follows from the figures beside it."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_CHECK = "cannot check"


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
        explanations: Every other sense in which a row that disagrees would agree as it is printed. None is a slip.
        searched: Whether slips were searched for.
        to_last_digit: Whether it disagrees on the footing that a figure ending in 0 was rounded to that 0, which
            the page does not say.
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
    explanations: tuple[Explanation, ...] = ()
    searched: bool = False
    to_last_digit: bool = False

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
            "explanations": [_plain_explanation(explanation) for explanation in self.explanations],
        }

    @property
    def printed_shown(self) -> str:
        """What is printed, with its ``%`` where it goes without saying."""
        return self.printed + self.unit if self.printed else "nothing"

    def __str__(self) -> str:
        recomputed = f", recomputed {self.shown}" if any(self.shown) else ""
        footing = ", taking each figure as rounded to its last digit" if self.to_last_digit else ""
        why = f", since {self.why}" if self.why else ""
        return f"{self.label}: printed {self.printed_shown}{recomputed}: {self.status.value}{footing}{why}."


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


def _plain_explanation(explanation: Explanation) -> dict[str, Any]:
    return {
        "sense": explanation.sense.value,
        "columns": list(explanation.columns),
        "printed": list(explanation.printed),
        "step": explanation.step,
        "gives": explanation.gives,
        "text": str(explanation),
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
        """Each finding as plain values, its cells, suggestions and explanations in full."""
        return tuple(finding.row() for finding in self.items)

    def to_json(self) -> str:
        """The rows as JSON text."""
        return json.dumps(self.rows(), ensure_ascii=False, indent=2)

    @property
    def frame(self) -> Any:
        """A row a finding, in the caller's own kind of frame (polars for single figures).

        Returns:
            Columns label, relation, cells, column, printed, recomputed, low, high, status, why, suggestions,
            explanations: text, but for recomputed, low and high, which are Float64 and null where there is no such
            number.
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
