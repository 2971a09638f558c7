"""Demand: section 47 enquiries, a row each, as the children in need census and list 5 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.demand.schema.people import child
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field, rule

__all__ = ["Section47Enquiries"]


class Section47Enquiries(FrameModel):
    """Enquiries under section 47 of the Children Act 1989, a row each, from the strategy discussion that initiated them.

    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    start_date: Date = field(
        title="Begun",
        description="The day of the strategy discussion at which the enquiries were initiated.",
        aliases=["S47ActualStartDate", "Strategy discussion initiating Section 47 Enquiry Start Date"],
    )
    conference_date: Date = field(
        title="Conference",
        description="The day of the initial child protection conference they led to.",
        aliases=["DateOfInitialCPC", "Date of Initial Child Protection Conference"],
        nullable=True,
        gap="no conference, or none yet",
    )
    conference_not_required: Boolean = field(
        title="No conference needed",
        description="Whether an initial child protection conference was found unnecessary.",
        aliases=["ICPCnotRequired", "Was an Initial Child Protection Conference deemed unnecessary?"],
        nullable=True,
        gap="not decided yet, or not recorded",
    )

    @rule("a conference before its strategy discussion", columns=("start_date", "conference_date"))
    def conference_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """No conference before the strategy discussion."""
        return col("conference_date") >= col("start_date")

    class Config:
        """A child's enquiries begin on different days: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "start_date"]
