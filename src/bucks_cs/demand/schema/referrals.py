"""Demand: referrals, a row each, as the children in need census and Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.demand.schema.people import child
from bucks_cs.demand.sources import CLOSURE_REASONS
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field, rule

__all__ = ["Referrals"]


class Referrals(FrameModel):
    """Referrals to children's social care, a row each; a child referred twice has two rows.

    Neither the census nor Annex A has the day of the decision or the day the child was seen: the case system does.
    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    referral_date: Date = field(
        title="Referred",
        description="The day the referral was received.",
        aliases=["CINreferralDate", "Date of referral"],
    )
    decision_date: Date = field(
        title="Decided",
        description="The day it was decided what to do about it.",
        nullable=True,
        gap="not decided yet, or not recorded",
    )
    seen_date: Date = field(
        title="Child seen",
        description="The day a social worker first saw the child after the referral.",
        nullable=True,
        gap="not seen yet, or not recorded",
    )
    no_further_action: Boolean = field(
        title="No further action",
        description="Whether nothing followed, before any assessment.",
        aliases=["ReferralNFA", "Referral NFA?"],
    )
    closure_date: Date = field(
        title="Closed",
        description="The day the case was closed.",
        aliases=["CINclosureDate", "CIN Closure Date"],
        nullable=True,
        gap="still open",
    )
    closure_reason: Text = field(
        title="Why closed",
        description="The census's code for the reason it was closed.",
        aliases=["ReasonForClosure", "Reason for Closure"],
        nullable=True,
        gap="still open",
        isin=list(CLOSURE_REASONS),
    )

    @rule("decided before it was received", columns=("referral_date", "decision_date"))
    def decided_after(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not decided before it was received."""
        return col("decision_date") >= col("referral_date")

    @rule("closed before it was received", columns=("referral_date", "closure_date"))
    def closed_after(cls, col: Any) -> Any:  # noqa: N805
        """Not closed before it was received."""
        return col("closure_date") >= col("referral_date")

    @rule("a reason for closing and no day of it", columns=("closure_date", "closure_reason"))
    def reason_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No reason without a day."""
        return col("closure_reason").is_null() | ~col("closure_date").is_null()

    class Config:
        """A child is referred once a day: a second referral on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "referral_date"]
