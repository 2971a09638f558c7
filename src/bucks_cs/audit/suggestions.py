"""Suggestions: what would explain a printed figure that does not follow, for people and for programs.

A slip is something that may have happened to a figure on its way to the page. An explanation is none: every digit is
as it was meant, and the page is to be read in another sense than the one that was checked.
"""

from __future__ import annotations

import enum

import attrs

from bucks_cs.audit.cases import Match

__all__ = ["Explanation", "Sense", "Slip", "Suggestion"]


class Slip(enum.Enum):
    """What may have happened to a figure on its way to the page."""

    DIGIT_CHANGED = "one digit changed"
    DIGITS_SWAPPED = "two digits swapped"
    DIGIT_DROPPED = "one digit dropped"
    DIGIT_DOUBLED = "one digit doubled"
    SCALE = "a slip of scale"
    SIGN = "a sign lost or added"
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


class Sense(enum.Enum):
    """How a row may be meant, other than as it was checked."""

    PERCENTAGE_POINTS = "percentage points"
    COARSER_ROUNDING = "rounded further than the last digit shows"


@attrs.frozen(kw_only=True)
class Explanation:
    """A sense in which a row would agree with no slip in it. It *would*: nothing says that it is meant so.

    Args:
        sense: Which.
        columns: The cells it is about.
        printed: What is printed in each.
        step: What they would be rounded to at the least, as it would be printed; empty for points.
        gives: What then follows, with its interval.
    """

    sense: Sense
    columns: tuple[str, ...]
    printed: tuple[str, ...]
    step: str = ""
    gives: str

    def __str__(self) -> str:
        where, what = (" and ".join(texts) for texts in (self.columns, self.printed))
        if self.sense is Sense.PERCENTAGE_POINTS:
            return f"{where}: {what} follows as percentage points ({self.gives}), not as a percentage"
        verb = "is" if len(self.printed) == 1 else "are"
        return f"{where}: would agree if {what} {verb} rounded to the nearest {self.step} or coarser"
