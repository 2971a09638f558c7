"""The record: the frame of its figures, and of the digits in the documents that are no figures."""

from __future__ import annotations

from typing import Any

from bucks_cs.audit import Bound
from bucks_cs.frames import Date, FrameModel, Number, Text, WholeNumber, field, rule
from bucks_cs.record.kinds import FigureKind, Legibility, PeriodIs, Subject
from bucks_cs.record.papers import documents

__all__ = ["Figures", "NotFigures"]

_KEYS = [document.key for document in documents()]
_SLUG = r"[a-z0-9]+(?:[.-][a-z0-9]+)*"


class Figures(FrameModel):
    """Figures as printed, one row each; a reading of a figure stands beside its print and never in its place."""

    id: Text = field(
        title="Id",
        description="The figure's lasting name: document, place, what it is.",
        str_matches=rf"^{_SLUG}(?:/{_SLUG}){{2,3}}$",
        unique=True,
    )
    document: Text = field(title="Document", description="The key of the document it is printed in.", isin=_KEYS)
    place: Text = field(
        title="Place",
        description="The paragraph, the item of a list, or who spoke and which of their points.",
        str_length={"min_value": 1},
    )
    subject: Text = field(title="Subject", description="Which part of the service it is about.", isin=[s.value for s in Subject])
    measure: Text = field(title="Measure", description="What it measures, in words.", str_length={"min_value": 1})
    period: Text = field(
        title="Period, as said",
        description="The time it is of, in words.",
        nullable=True,
        gap="no time is said",
    )
    period_start: Date = field(
        title="Not before",
        description="The first day of the period or of the bounds it lies within; for a date, of the date.",
        nullable=True,
        gap="not known",
    )
    period_end: Date = field(
        title="Not after",
        description="The last day, included.",
        nullable=True,
        gap="not known",
    )
    period_is: Text = field(
        title="How surely dated",
        description="Whether the two days are the period's own, bounds it lies within, or unknown.",
        isin=[known.value for known in PeriodIs],
    )
    printed: Text = field(title="As printed", description="The figure, letter for letter.", str_length={"min_value": 1})
    printed_text: Text = field(
        title="Printed in",
        description="A run of the document's own words round it, with white space folded.",
        str_length={"min_value": 1},
    )
    scale: WholeNumber = field(
        title="Scale",
        description="What the heading of its column multiplies it by: 1000 under £'000.",
        isin=[1, 1000],
    )
    kind: Text = field(title="Kind", description="What kind of figure it is.", isin=[kind.value for kind in FigureKind])
    low: Number = field(
        title="Lowest number read",
        description="The number read from the print, in its unit; of a range the lower. Hedges and rounding are not in it.",
        nullable=True,
        gap="it is no number, or none that could be stated",
    )
    high: Number = field(
        title="Highest number read",
        description="The same number again; of a range the higher.",
        nullable=True,
        gap="it is no number, or none that could be stated",
    )
    unit: Text = field(
        title="Unit",
        description="The unit of the number, a name of this library's registry.",
        nullable=True,
        gap="it is no number, or counts what the registry has no name for (see basis)",
    )
    bound: Text = field(
        title="Bound",
        description="How it is hedged where it is printed.",
        isin=[bound.value for bound in Bound],
        nullable=True,
        gap="it is no number and no time",
    )
    basis: Text = field(
        title="Basis",
        description="What tells it from figures that look alike: stock or flow, headcount or FTE, pupils or schools.",
        nullable=True,
        gap="nothing more is said",
    )
    said_by: Text = field(title="Said by", description="Whose statement it is.", str_length={"min_value": 1})
    restates: Text = field(
        title="Restates",
        description="The id of the earlier figure it repeats.",
        nullable=True,
        gap="it repeats none",
    )
    reading: Text = field(
        title="Reading",
        description="Whether it can be told what the print means.",
        isin=[reading.value for reading in Legibility],
    )
    note: Text = field(
        title="Note",
        description="What a reader should know: why it is unresolved, what it could be mistaken for.",
        nullable=True,
        gap="nothing to note",
    )

    @rule("only one of low and high", columns=("low", "high"))
    def both_ends(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A number has both ends."""
        return col("low").is_null() == col("high").is_null()

    @rule("low is above high", columns=("low", "high"))
    def ends_in_order(cls, col: Any) -> Any:  # noqa: N805
        """A range runs upwards."""
        return col("low") <= col("high")

    @rule("a number of such a kind that is read and not there", columns=("kind", "low", "reading"))
    def number_is_there(cls, col: Any) -> Any:  # noqa: N805
        """A count that is read has its number."""
        number = col("kind").is_in([kind.value for kind in FigureKind if kind.has_a_number])
        return ~(number & col("low").is_null() & (col("reading") == Legibility.READ.value))

    @rule("unresolved, and no note says why", columns=("reading", "note"))
    def unresolved_is_explained(cls, col: Any) -> Any:  # noqa: N805
        """What is unresolved says why."""
        return ~((col("reading") == Legibility.UNRESOLVED.value) & col("note").is_null())

    @rule("the days do not go with how surely it is dated", columns=("period_start", "period_end", "period_is"))
    def days_are_there(cls, col: Any) -> Any:  # noqa: N805
        """Both days where they are known, none where they are not."""
        unknown = col("period_is") == PeriodIs.UNKNOWN.value
        return (col("period_start").is_null() == unknown) & (col("period_end").is_null() == unknown)

    @rule("the period ends before it starts", columns=("period_start", "period_end"))
    def period_in_order(cls, col: Any) -> Any:  # noqa: N805
        """A period runs forwards."""
        return col("period_start") <= col("period_end")


class NotFigures(FrameModel):
    """Digits in the documents that are no figures, and why, so that none is passed over in silence."""

    document: Text = field(title="Document", description="The key of the document.", isin=_KEYS)
    text: Text = field(title="Text", description="A run of the document's own words round them, with white space folded.")
    digits: Text = field(title="Digits", description="The digits, in order, parted by spaces.", str_matches=r"^[0-9. ]+$")
    reason: Text = field(
        title="Reason",
        description="Why they are no figure.",
        isin=[
            *("paragraph number", "list numeral", "agenda item number", "time of day"),
            *("name", "unit of a column", "web address", "telephone number"),
        ],
    )
