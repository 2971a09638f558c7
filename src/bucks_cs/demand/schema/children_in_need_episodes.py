"""Demand: episodes of need, a row each, as the children in need census and list 6 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.demand.schema.people import child
from bucks_cs.demand.sources import CLOSURE_REASONS, PRIMARY_NEEDS
from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["ChildrenInNeedEpisodes"]


class ChildrenInNeedEpisodes(FrameModel):
    """Episodes of need, a row each: from the day a child is in need to the day the case is closed.

    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    start_date: Date = field(
        title="Begun",
        description="The day the episode began; in the census, the day of the referral.",
        aliases=["CINreferralDate", "CIN Start Date"],
    )
    end_date: Date = field(
        title="Ended",
        description="The day the case was closed.",
        aliases=["CINclosureDate", "CIN Closure Date"],
        nullable=True,
        gap="still open",
    )
    primary_need: Text = field(
        title="Primary need",
        description="The census's code for the main reason the child needs services.",
        aliases=["PrimaryNeedCode", "Primary Need Code"],
        nullable=True,
        gap="not recorded; N0 where it is recorded as not stated",
        isin=list(PRIMARY_NEEDS),
    )
    closure_reason: Text = field(
        title="Why closed",
        description="The census's code for the reason it was closed.",
        aliases=["ReasonForClosure", "Reason for Closure"],
        nullable=True,
        gap="still open, or not recorded",
        isin=list(CLOSURE_REASONS),
    )

    @rule("ended before it started", columns=("start_date", "end_date"))
    def ends_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ended before it began."""
        return col("end_date") >= col("start_date")

    @rule("a reason for closing and no day of it", columns=("end_date", "closure_reason"))
    def reason_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No reason without a day."""
        return col("closure_reason").is_null() | ~col("end_date").is_null()

    class Config:
        """A child's episodes begin on different days: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "start_date"]
