"""The workforce: vacancies and the agency workers who cover them: totals, since a vacancy is no person."""

from __future__ import annotations

from bucks_cs.frames import Date, FrameModel, Number, field
from bucks_cs.workforce.schema.social_workers import day_of_the_return

__all__ = ["Vacancies"]


class Vacancies(FrameModel):
    """Vacancies of a day, and how far agency workers cover them: one row for the authority, or a row for each team or locality.

    The census has one row, of the authority; rows of one day are added up, so that each vacancy is to be in one of them.
    Further columns (a team, a locality, a role) come along, and measures can be broken down by them.
    Headings known here are those of the census's schema of 2022.
    """

    as_at: Date = day_of_the_return()
    vacancies_fte: Number = field(
        title="Vacancies",
        description="The full-time equivalent of posts that are vacant, covered by an agency worker or not.",
        unit="FTE",
        aliases=["NumberOfVacancies"],
        nullable=True,
        gap="not returned",
        ge=0,
    )
    agency_cover_fte: Number = field(
        title="Agency workers covering vacancies",
        description="The full-time equivalent of agency workers who cover a vacancy.",
        unit="FTE",
        aliases=["NoAgencyFTE"],
        nullable=True,
        gap="not returned",
        ge=0,
    )
