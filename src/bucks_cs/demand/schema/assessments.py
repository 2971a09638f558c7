"""Demand: assessments, a row each, as the children in need census and list 4 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.demand.schema.people import child
from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["Assessments"]


class Assessments(FrameModel):
    """Assessments of children in need, a row each: the one that replaced the initial and the core assessment.

    List 2 of Annex A, the assessments of early help, is not read as these: its children are not in need.
    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    referral_date: Date = field(
        title="Referred",
        description="The day the referral that led to it was received.",
        aliases=["CINreferralDate", "Date of referral"],
        nullable=True,
        gap="not linked to a referral",
    )
    start_date: Date = field(
        title="Begun",
        description="The day it began.",
        aliases=["AssessmentActualStartDate", "Continuous Assessment Start Date"],
    )
    authorisation_date: Date = field(
        title="Authorised",
        description="The day it was authorised, and so completed.",
        aliases=["AssessmentAuthorisationDate", "Continuous Assessment Date of Authorisation"],
        nullable=True,
        gap="still open",
    )

    @rule("started before the referral", columns=("referral_date", "start_date"))
    def starts_after_referral(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not begun before the referral."""
        return col("start_date") >= col("referral_date")

    @rule("authorised before it started", columns=("start_date", "authorisation_date"))
    def authorised_after_start(cls, col: Any) -> Any:  # noqa: N805
        """Not authorised before it began."""
        return col("authorisation_date") >= col("start_date")

    class Config:
        """A child's assessments begin on different days: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "start_date"]
