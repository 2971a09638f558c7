"""Demand: initial child protection conferences, a row each, as the census and list 5 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.demand.schema.people import child
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field, rule

__all__ = ["InitialConferences"]


class InitialConferences(FrameModel):
    """Initial child protection conferences, a row for each child: brothers and sisters have a row each.

    Neither the census nor Annex A says which are transfers in; the heading known is that of the standard safeguarding dataset.
    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    conference_date: Date = field(
        title="Conference",
        description="The day of the conference.",
        aliases=["DateOfInitialCPC", "Date of Initial Child Protection Conference"],
    )
    strategy_discussion_date: Date = field(
        title="Strategy discussion",
        description="The day of the strategy discussion that initiated the section 47 enquiries behind it.",
        aliases=["S47ActualStartDate", "Strategy discussion initiating Section 47 Enquiry Start Date"],
        nullable=True,
        gap="no section 47 enquiry here: the child moved in with a plan, or it is not recorded",
    )
    transfer_in: Boolean = field(
        title="Transfer in",
        description="Whether it was held because the child moved in from another authority with a plan.",
        aliases=["icpc_icpc_transfer_in"],
    )
    led_to_plan: Boolean = field(
        title="Led to a plan",
        description="Whether the child became the subject of a child protection plan.",
        aliases=["Did the Initial Child Protection Conference Result in a Child Protection Plan"],
        nullable=True,
        gap="not recorded",
    )

    @rule("a conference before its strategy discussion", columns=("strategy_discussion_date", "conference_date"))
    def conference_after_discussion(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """No conference before the strategy discussion."""
        return col("conference_date") >= col("strategy_discussion_date")

    class Config:
        """A child has one initial conference a day: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "conference_date"]
