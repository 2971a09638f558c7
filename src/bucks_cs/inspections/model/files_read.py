"""Inspections: what came of reading a file: outcomes, and the rows that were refused, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import attrs

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, of_kind
from bucks_cs.geography import area_key
from bucks_cs.inspections.model.fields import as_tuple, each_of, need_words
from bucks_cs.inspections.model.outcome import InspectionOutcome

__all__ = ["OutcomesRead", "RefusedRow"]


@attrs.frozen(kw_only=True)
class RefusedRow:
    """A row that gave no outcome, and why; nothing of what stands in it is repeated.

    Args:
        number: Its number: that of a spreadsheet where it came from a file, counted from 1 where it came from a frame.
        reason: Why it was refused, in words.
    """

    number: int = attrs.field(validator=of_kind(int, expected="the number of the row"))
    reason: str = attrs.field(validator=need_words)

    def __str__(self) -> str:
        return f"row {self.number}: {self.reason}"


@attrs.frozen(kw_only=True)
class OutcomesRead(Sequence[InspectionOutcome]):
    """The outcomes of a file, in its order, and the rows of it that were refused: every row is the one or the other.

    It is the sequence of its outcomes.

    Args:
        what: What was read, in words.
        outcomes: The outcomes; a row with an inspection and its revisit gives two.
        refused: The rows that gave none.
        rows: How many rows were read.
        notes: What the file says of what it leaves out.

    Raises:
        InvalidValue: More rows refused than read, or a part of another kind.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.inspections import read_area_send
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> rows = pl.DataFrame({"Local.area.partnership": ["Enfield", "Nowhere"], "Inspection.start.date": "20/03/2023",
        ...     "Inspection.publication.date": "02/08/2023", "Inspection.outcome": "Inconsistent experiences and outcomes",
        ...     "Priority.action.plan.required.": "No", "Number.of.areas.for.priority.action": "NA"})
        >>> print(read_area_send(rows, source=NoOfficialSource(reason="made up")))
        Area SEND inspections since 2023: 2 rows, 1 outcome, 1 row refused.
        row 2: Local.area.partnership: expected the code or the name of an authority that a look-up here knows
    """

    what: str = attrs.field(validator=need_words)
    outcomes: tuple[InspectionOutcome, ...] = attrs.field(
        converter=as_tuple, validator=each_of(InspectionOutcome, "an InspectionOutcome each"), repr=False
    )
    refused: tuple[RefusedRow, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(RefusedRow, "a RefusedRow each"), repr=False
    )
    rows: int = attrs.field(validator=of_kind(int, expected="how many rows were read"))
    notes: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=each_of(str, "texts"), repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.refused) > self.rows:
            raise InvalidValue(what="OutcomesRead.rows", expected="as many as were refused, or more")

    def of(self, area: int | str) -> tuple[InspectionOutcome, ...]:
        """The outcomes of one area, in the order of the file.

        Args:
            area: LA number, ONS code or name.

        Raises:
            UnknownArea: There is none.
        """
        key = area_key(area)
        return tuple(outcome for outcome in self.outcomes if outcome.area == key)

    def need_every_row(self) -> OutcomesRead:
        """This itself, where no row was refused.

        Raises:
            FrameProblems: Rows were refused: each reason, with how many rows it holds of.
        """
        if self.refused:
            reasons = [row.reason for row in self.refused]
            problems = tuple(Problem(rule=reason, rows=reasons.count(reason)) for reason in dict.fromkeys(reasons))
            raise FrameProblems(schema=self.what, problems=problems)
        return self

    @overload
    def __getitem__(self, index: int) -> InspectionOutcome: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[InspectionOutcome, ...]: ...
    def __getitem__(self, index: int | slice) -> InspectionOutcome | tuple[InspectionOutcome, ...]:
        return self.outcomes[index]

    def __len__(self) -> int:
        return len(self.outcomes)

    def __iter__(self) -> Iterator[InspectionOutcome]:
        return iter(self.outcomes)

    def __str__(self) -> str:
        counts = ((self.rows, "row"), (len(self.outcomes), "outcome"), (len(self.refused), "row"))
        rows, outcomes, refused = (f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in counts)
        return "\n".join([f"{self.what}: {rows}, {outcomes}, {refused} refused.", *map(str, self.refused)])
