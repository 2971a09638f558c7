"""The record: why a figure cannot be checked, and the frame of verdicts, one a figure."""

from __future__ import annotations

import enum
from typing import Any

from bucks_cs.audit import Status
from bucks_cs.frames import FrameModel, Text, field, rule

__all__ = ["Unchecked", "Verdicts"]


class Unchecked(enum.Enum):
    """Why a figure cannot be checked by the others."""

    UNRESOLVED = "what the print means is unresolved"
    DOES_NOT_FIT = "another figure is worked out from it and does not fit; either may be the slip"
    CLAIM = "it is a claim in words"
    GAP = "it says that there is no figure"
    COUNTS_NOT_PRINTED = "what it is worked out from is not printed"
    NOT_HELD = "it points into a paper that is not among the documents"
    TO_COME = "it is a plan, an ambition or an expectation"
    RULE = "it is an age, a level or a limit that is set elsewhere"
    ONLY_RESTATED = "printed more than once, with nothing else to check it by"
    JUDGEMENT = "it is a judgement or a level in words, which nothing printed bears out"
    TIME = "it only says when, and nothing printed settles the day"
    ALONE = "nothing is printed to check it against"


class Verdicts(FrameModel):
    """What the audit of the record says of each figure, a row a figure."""

    id: Text = field(title="Id", description="The figure's lasting name.", unique=True, str_length={"min_value": 1})
    document: Text = field(title="Document", description="The key of its document.", str_length={"min_value": 1})
    place: Text = field(title="Place", description="Where in it.", str_length={"min_value": 1})
    printed: Text = field(title="As printed", description="The figure, letter for letter.", str_length={"min_value": 1})
    verdict: Text = field(
        title="Verdict",
        description="Whether it follows from the figures that it is printed with, or fits them.",
        isin=[status.value for status in Status],
    )
    reason: Text = field(
        title="Reason",
        description="Why it cannot be checked, of a closed list.",
        isin=[reason.value for reason in Unchecked],
        nullable=True,
        gap="it could be checked",
    )
    why: Text = field(title="Why", description="The verdict in words.", str_length={"min_value": 1})
    relations: Text = field(
        title="Relations",
        description="The labels of the relations it is in, parted by semicolons.",
        nullable=True,
        gap="it is in none",
    )
    what_to_do: Text = field(
        title="What to do",
        description="What an officer should do about a disagreement.",
        nullable=True,
        gap="it does not disagree",
    )

    @rule("a reason beside a verdict, or none where it cannot be checked", columns=("verdict", "reason"))
    def reason_is_there(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A figure that cannot be checked has its reason, and no other has one."""
        return col("reason").is_null() == (col("verdict") != Status.CANNOT_CHECK.value)

    @rule("disagrees and nothing is said to do, or the other way about", columns=("verdict", "what_to_do"))
    def advice_is_there(cls, col: Any) -> Any:  # noqa: N805
        """A figure that disagrees says what to do, and no other does."""
        return col("what_to_do").is_null() == (col("verdict") != Status.DISAGREES.value)
