"""Unaccompanied children: the rows of an authority's own records, a row each time one of them was looked after."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["UnaccompaniedRecords"]


class UnaccompaniedRecords(FrameModel):
    """Unaccompanied asylum-seeking children and those who were, a row for each time one started to be looked after.

    A child who came back into care has two rows. Children looked after under an agreed series of short-term placements are left
    out before they come here, as DfE leaves them out. A row that starts when they had turned 18, as an assessment of age may
    find, is kept and counts in no measure: such a person never was an unaccompanied child. Further columns (a team, a kind of
    placement) come along, and measures can be broken down by them.
    """

    child_id: Text = field(
        title="Child",
        description="The child's number, the same in every row.",
        aliases=["CHILD", "Child Unique ID"],
        identifies="child",
        str_length={"min_value": 1},
    )
    date_of_birth: Date = field(
        title="Date of birth",
        description="The date of birth, as it was claimed or assessed.",
        aliases=["DOB", "Date of Birth"],
        nullable=True,
        gap="not known",
    )
    start_date: Date = field(
        title="Started to be looked after",
        description="The day the child started to be looked after.",
        aliases=["DECOM", "Date Started to be Looked After"],
    )
    end_date: Date = field(
        title="Ceased to be looked after",
        description="The day the child ceased to be looked after, on the 18th birthday at the latest.",
        aliases=["DEC", "Date Ceased to be Looked After"],
        nullable=True,
        gap="still looked after, as far as is recorded",
    )
    closed_date: Date = field(
        title="Closed",
        description="The day the service closed the case, of a child or of a care leaver.",
        aliases=["Date Closed"],
        nullable=True,
        gap="still open to the service",
    )
    claim_date: Date = field(
        title="Claimed asylum",
        description="The day the claim for asylum was submitted.",
        aliases=["Date of Asylum Claim"],
        nullable=True,
        gap="not claimed yet, or not recorded",
    )
    decision_date: Date = field(
        title="Decided",
        description="The day of the Home Office's final decision on the claim.",
        aliases=["Date of Asylum Decision"],
        nullable=True,
        gap="not decided",
    )

    @rule("ceased before it started", columns=("start_date", "end_date"))
    def ceased_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ceased before it started."""
        return col("end_date") >= col("start_date")

    @rule("started before the date of birth", columns=("date_of_birth", "start_date"))
    def born_before_start(cls, col: Any) -> Any:  # noqa: N805
        """Not looked after before birth."""
        return col("start_date") >= col("date_of_birth")

    @rule("closed before the child ceased to be looked after", columns=("end_date", "closed_date"))
    def closed_after_end(cls, col: Any) -> Any:  # noqa: N805
        """Not closed while looked after."""
        return col("closed_date") >= col("end_date")

    @rule("closed before it started", columns=("start_date", "closed_date"))
    def closed_after_start(cls, col: Any) -> Any:  # noqa: N805
        """Not closed before it started."""
        return col("closed_date") >= col("start_date")

    @rule("decided before it was claimed", columns=("claim_date", "decision_date"))
    def decided_after_claim(cls, col: Any) -> Any:  # noqa: N805
        """Not decided before the claim."""
        return col("decision_date") >= col("claim_date")

    @rule("decided, but not claimed", columns=("claim_date", "decision_date"))
    def decided_on_a_claim(cls, col: Any) -> Any:  # noqa: N805
        """No decision without a claim."""
        return col("decision_date").is_null() | ~col("claim_date").is_null()

    class Config:
        """A child starts to be looked after once a day."""

        unique: ClassVar = ["child_id", "start_date"]
