"""Demand: early help, an episode a row, as the standard safeguarding dataset carries it."""

from __future__ import annotations

from typing import Any

from bucks_cs.demand.schema.people import child
from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["EarlyHelpEpisodes"]


class EarlyHelpEpisodes(FrameModel):
    """Episodes of early help, a row each; a child helped twice has two rows, and so has one whom two teams help at once.

    Ofsted's Annex A lists early help assessments and not the help; the headings of the standard safeguarding dataset are known.
    What is early help is each authority's own. Further columns (a kind of help, a team, a family centre) come along, and
    measures can be broken down by them.
    """

    child_id: Text = child("earl_person_id")
    start_date: Date = field(
        title="Begun",
        description="The day the help began.",
        aliases=["earl_episode_start_date"],
    )
    end_date: Date = field(
        title="Ended",
        description="The day the help ended.",
        aliases=["earl_episode_end_date"],
        nullable=True,
        gap="still open",
    )

    @rule("ended before it started", columns=("start_date", "end_date"))
    def ends_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ended before it began."""
        return col("end_date") >= col("start_date")
