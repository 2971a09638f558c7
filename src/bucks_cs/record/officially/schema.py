"""The record: the frames of the official facts, and of printed figures beside them."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import Boolean, Date, FrameModel, Number, Text, field, rule
from bucks_cs.indicators import Withheld
from bucks_cs.periods import KINDS
from bucks_cs.record.officially.kinds import Match
from bucks_cs.record.officially.measures import OFFICIAL_MEASURES

__all__ = ["AgainstOfficial", "OfficialFacts"]


class OfficialFacts(FrameModel):
    """Official figures that the record is set beside, a row each: a number, words or the reason there is neither."""

    measure: Text = field(title="Measure", description="The key of the official measure.", isin=list(OFFICIAL_MEASURES))
    area: Text = field(
        title="Area", description="LA number, or the ONS code above an authority.", str_matches=r"^(?:\d{3}|E\d{8})$"
    )
    part: Text = field(
        title="Part", description="Which part of the whole: a primary need, a grade.", nullable=True, gap="it is the whole"
    )
    period_kind: Text = field(title="Kind of period", description="What kind of period it is of.", isin=list(KINDS))
    period_start: Date = field(title="First day", description="The first day of the period.")
    period_end: Date = field(title="Last day", description="The last day, included; the same day for a stock.")
    value: Number = field(
        title="Value",
        description="The number as published, in the measure's unit.",
        nullable=True,
        gap="it is words or a date (see said), or withheld",
    )
    numerator: Number = field(
        title="Numerator", description="What was divided.", nullable=True, gap="not a ratio, or not published"
    )
    denominator: Number = field(
        title="Denominator", description="And what by.", nullable=True, gap="not a ratio, or not published"
    )
    said: Text = field(title="Said", description="A grade or a date, as published.", nullable=True, gap="it is a number")
    withheld: Text = field(
        title="Withheld",
        description="Why there is no value.",
        isin=[why.value for why in Withheld],
        nullable=True,
        gap="there is one",
    )

    @rule("not one of a value, words and a reason", columns=("value", "said", "withheld"))
    def one_of_three(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A number, words, or the reason there is neither."""
        said, withheld = col("said").is_null(), col("withheld").is_null()
        number = col("value").is_null()
        return (~number & said & withheld) | (number & ~said & withheld) | (number & said & ~withheld)

    @rule("the period ends before it starts", columns=("period_start", "period_end"))
    def period_in_order(cls, col: Any) -> Any:  # noqa: N805
        """A period runs forwards."""
        return col("period_start") <= col("period_end")


class AgainstOfficial(FrameModel):
    """Printed figures beside official ones, a row each official figure; a figure that nothing stands beside has one row."""

    id: Text = field(title="Id", description="The id of the printed figure, as in `Figures`.", str_length={"min_value": 1})
    printed: Text = field(title="As printed", description="The figure, letter for letter.", str_length={"min_value": 1})
    match: Text = field(title="Match", description="How the figure and the official ones match.", isin=[m.value for m in Match])
    official: Text = field(
        title="Official measure", description="What the official figure measures.", nullable=True, gap="none stands beside it"
    )
    basis: Text = field(
        title="Basis",
        description="Of the alike measures, which.",
        nullable=True,
        gap="nothing to tell apart, or none stands beside it",
    )
    area: Text = field(title="Area", description="LA number, or the ONS code above.", nullable=True, gap="none stands beside it")
    period_kind: Text = field(
        title="Kind of period", description="Of the official figure.", nullable=True, gap="none stands beside it"
    )
    period_start: Date = field(
        title="First day", description="Of the official figure.", nullable=True, gap="none stands beside it"
    )
    period_end: Date = field(title="Last day", description="Of the official figure.", nullable=True, gap="none stands beside it")
    value: Number = field(
        title="Official value",
        description="The number set beside the printed one, in its unit: as published, or worked out as said.",
        nullable=True,
        gap="it is words or a date (see said), or none stands beside it",
    )
    said: Text = field(
        title="Official words",
        description="The official figure in words, a grade or a date.",
        nullable=True,
        gap="a number, or none",
    )
    numerator: Number = field(
        title="Numerator", description="What was divided.", nullable=True, gap="not a ratio, or not published"
    )
    denominator: Number = field(
        title="Denominator", description="And what by.", nullable=True, gap="not a ratio, or not published"
    )
    worked_out: Text = field(
        title="Worked out", description="How the number was made of the published one.", nullable=True, gap="it is as published"
    )
    base_value: Number = field(
        title="Worked out from",
        description="The other official number that it was worked out from: the earlier count of a change.",
        nullable=True,
        gap="it is worked out from none",
    )
    base_release: Text = field(
        title="Release of that number", description="In which release.", nullable=True, gap="it is worked out from none"
    )
    base_note: Text = field(
        title="How that number was read",
        description="What a reader should know of its source.",
        nullable=True,
        gap="it is worked out from none",
    )
    agrees: Boolean = field(
        title="Agrees",
        description="Whether the printed figure can stand for this one.",
        nullable=True,
        gap="they are not to be equal: it lies between two, or is only the nearest there is",
    )
    why: Text = field(title="Why", description="What an officer should know of the match.", str_length={"min_value": 1})
    publisher: Text = field(title="Publisher", description="Whose figure it is.", nullable=True, gap="none stands beside it")
    release: Text = field(title="Release", description="In which release.", nullable=True, gap="none stands beside it")
    file: Text = field(
        title="File", description="In which file of it.", nullable=True, gap="none, or read in a report's own pages"
    )
    place: Text = field(title="Place", description="Columns, measure or worksheet.", nullable=True, gap="none stands beside it")
