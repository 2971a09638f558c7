"""The record: what was found of each relation.

`bucks_cs.audit.Finding` is of arithmetic between printed numbers. The record's relations are also of dates, weekdays, lists and
references, so that their findings have a class of their own; where there is arithmetic, its finding is in it whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from types import NoneType
from typing import TYPE_CHECKING, Any, overload

import attrs

from bucks_cs.audit import Finding, Findings, Status
from bucks_cs.errors import InvalidValue, NotFound, did_you_mean, of_kind
from bucks_cs.provenance import AnySource
from bucks_cs.record.checks.declared import DeclaredRelation
from bucks_cs.record.checks.facts import sources_of_facts
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.record.sequences import each_a

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Check", "Outcome", "RecordFinding", "RecordFindings"]

_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class Outcome:
    """What a check came to.

    Args:
        status: Whether the audited figures follow.
        follows: What should stand in their place by the others, in words; empty where nothing follows.
        why: Why it is so, in words.
        advice: What an officer should do; empty but for a disagreement.
        arithmetic: The finding of `bucks_cs.audit`, where there is one.

    Raises:
        InvalidValue: A part of another kind.
    """

    status: Status = attrs.field(validator=of_kind(Status, expected="a Status"))
    follows: str = attrs.field(default="", validator=_text)
    why: str = attrs.field(default="", validator=_text)
    advice: str = attrs.field(default="", validator=_text)
    arithmetic: Finding | None = attrs.field(default=None, validator=of_kind(Finding, NoneType, expected="a Finding, or None"))

    def __str__(self) -> str:
        why = f", since {self.why}" if self.why else ""
        follows = f"; from the rest follows {self.follows}" if self.follows and self.status is not Status.AGREES else ""
        return f"{self.status.value.capitalize()}{why}{follows}."


def _prints(given: Iterable[str]) -> tuple[str, ...]:
    return each_a(str, given, what="RecordFinding.printed", expected="the figures as printed, as texts")


Check = Callable[[DeclaredRelation, Mapping[str, PrintedFigure]], Outcome]
"""A check of a relation, given the figures by id."""


@attrs.frozen(kw_only=True)
class RecordFinding:
    """What was found of one relation.

    Args:
        relation: The relation, with the ids of its figures.
        printed: The audited figures as printed.
        outcome: What the check came to.

    Raises:
        InvalidValue: A part of another kind.
    """

    relation: DeclaredRelation = attrs.field(validator=of_kind(DeclaredRelation, expected="a DeclaredRelation"))
    printed: tuple[str, ...] = attrs.field(converter=_prints)
    outcome: Outcome = attrs.field(validator=of_kind(Outcome, expected="an Outcome"))

    @property
    def label(self) -> str:
        """The relation's name."""
        return self.relation.label

    @property
    def status(self) -> Status:
        """Whether the audited figures follow."""
        return self.outcome.status

    @property
    def agrees(self) -> bool:
        """Whether they can."""
        return self.status is Status.AGREES

    @property
    def disagrees(self) -> bool:
        """Whether they cannot."""
        return self.status is Status.DISAGREES

    @property
    def cannot_check(self) -> bool:
        """Whether there is no telling."""
        return self.status is Status.CANNOT_CHECK

    @property
    def sources(self) -> tuple[AnySource, ...]:
        """Where the figures are printed, and who says the facts from outside that they are held against, each once."""
        printed = (figure(key).source for key in self.relation.figures)
        return tuple(dict.fromkeys((*printed, *sources_of_facts(self.relation))))

    def row(self) -> dict[str, str]:
        """The finding as text by column."""
        return {
            "label": self.label,
            "kind": self.relation.kind.value,
            "says": self.relation.says,
            "audited": " ".join(self.relation.audited),
            "beside": " ".join(self.relation.beside),
            "printed": "; ".join(self.printed),
            "follows": self.outcome.follows,
            "status": self.status.value,
            "why": self.outcome.why,
            "what_to_do": self.outcome.advice,
        }

    def __str__(self) -> str:
        follows = f", from the rest {self.outcome.follows}" if self.outcome.follows else ""
        why = f", since {self.outcome.why}" if self.outcome.why else ""
        return f"{self.label}: printed {' and '.join(self.printed)}{follows}: {self.status.value}{why}."


def _in_order(findings: Iterable[RecordFinding]) -> tuple[RecordFinding, ...]:
    return each_a(RecordFinding, findings, what="RecordFindings.items", expected="a RecordFinding each")


@attrs.frozen(repr=False)
class RecordFindings(Sequence[RecordFinding]):
    """What was found, a relation each, in the order of the relations.

    ``findings.disagrees`` are those that do not hold, and is empty, so false, where all do. `str` is a line a finding.

    Args:
        items: The findings.

    Raises:
        InvalidValue: One of them is no `RecordFinding`.
    """

    items: tuple[RecordFinding, ...] = attrs.field(converter=_in_order)

    def _only(self, status: Status) -> RecordFindings:
        return RecordFindings(finding for finding in self.items if finding.status is status)

    @property
    def agrees(self) -> RecordFindings:
        """Those that hold."""
        return self._only(Status.AGREES)

    @property
    def disagrees(self) -> RecordFindings:
        """Those that cannot hold."""
        return self._only(Status.DISAGREES)

    @property
    def cannot_check(self) -> RecordFindings:
        """Those there is no telling of."""
        return self._only(Status.CANNOT_CHECK)

    def at(self, label: str) -> RecordFinding:
        """The finding of a relation by its label.

        Args:
            label: Such as ``"3.35, schools by phase"``.

        Raises:
            NotFound: No relation has it.
            InvalidValue: It is no text.
        """
        if not isinstance(label, str):
            raise InvalidValue(what="label", expected="a label, as text")
        for finding in self.items:
            if finding.label == label:
                return finding
        hint = did_you_mean(label, [finding.label for finding in self.items])
        raise NotFound(what="a finding", asked_on=("label",), rows=0, hint=hint)

    def of(self, id: str) -> RecordFindings:  # noqa: A002 - it is the id of the frame
        """Those of the relations that a figure is in.

        Args:
            id: The figure's id; a figure that is in none has none.

        Raises:
            NotFound: The record has no figure of that id.
            InvalidValue: It is no text.
        """
        figure(id)
        return RecordFindings(finding for finding in self.items if id in finding.relation.figures)

    @property
    def arithmetic(self) -> Findings:
        """The findings of `bucks_cs.audit` in them: intervals, suggested slips and other senses in full."""
        return Findings(found for finding in self.items if (found := finding.outcome.arithmetic) is not None)

    @property
    def frame(self) -> pl.DataFrame:
        """A polars frame, a row a finding, all text: label, kind, says, audited and beside (ids, parted by spaces), printed,
        follows, status, why, what_to_do. A null is where there is nothing to say.
        """
        import polars as pl

        rows: list[dict[str, Any]] = [{name: text or None for name, text in row.items()} for row in self.rows()]
        return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String))

    def rows(self) -> tuple[dict[str, str], ...]:
        """Each finding as text by column, as `frame` has them; what there is nothing to say of is empty."""
        return tuple(finding.row() for finding in self.items)

    def _repr_html_(self) -> str:
        shown = ("label", "printed", "follows", "status", "why", "what_to_do")
        head = "".join(f'<th scope="col">{name.replace("_", " ").capitalize()}</th>' for name in shown)
        cells = [[escape(row[name]) for name in shown] for row in self.rows()]
        body = "".join(
            f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in cells
        )
        counts = repr(self).removeprefix("RecordFindings(").removesuffix(")")
        caption = f"Do the printed figures follow from one another? {counts.capitalize()}."
        return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[RecordFinding]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> RecordFinding: ...
    @overload
    def __getitem__(self, index: slice) -> RecordFindings: ...
    def __getitem__(self, index: int | slice) -> RecordFinding | RecordFindings:
        return RecordFindings(self.items[index]) if isinstance(index, slice) else self.items[index]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self._only(status))} {word}" for status, word in _COUNTED.items())
        return f"RecordFindings({counts})"

    def __str__(self) -> str:
        return "\n".join(map(str, self.items)) or "No relation to check."


_COLUMNS = ("label", "kind", "says", "audited", "beside", "printed", "follows", "status", "why", "what_to_do")
_COUNTED = {Status.AGREES: "agree", Status.DISAGREES: "disagree", Status.CANNOT_CHECK: "cannot be checked"}
