"""Demand: contacts, a row each, as list 1 of Ofsted's Annex A carries them."""

from __future__ import annotations

from bucks_cs.demand.schema.people import child
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field

__all__ = ["Contacts"]


class Contacts(FrameModel):
    """Contacts with children's social care, a row each; a child may have several on one day.

    Annex A does not say whether a contact led to a referral: the case system does.
    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    contact_date: Date = field(
        title="Contact",
        description="The day of the contact.",
        aliases=["Date of Contact"],
    )
    contact_source: Text = field(
        title="Who made it",
        description="Who made the contact, in the authority's own words or by the census's codes for the source of a referral.",
        aliases=["Contact Source"],
        nullable=True,
        gap="not recorded",
    )
    led_to_referral: Boolean = field(
        title="Led to a referral",
        description="Whether it was accepted as a request for services.",
        nullable=True,
        gap="not decided yet, or not recorded",
    )
