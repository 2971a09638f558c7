"""Demand: allocations, a row for each time a worker of a team holds a child's case."""

from __future__ import annotations

from typing import Any

from bucks_cs.demand.schema.people import child, worker
from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["Allocations"]


class Allocations(FrameModel):
    """Allocations of children to social workers, a row each: a change of worker or of team is a new row.

    Ofsted's Annex A names the worker and the team of the day it was made, and no dates: the history is in the case system, and in
    the table of involvements of the standard safeguarding dataset, whose headings are known here.
    Further columns (a locality, a role) come along, and measures can be broken down by them.
    """

    child_id: Text = child("invo_person_id")
    worker_id: Text = worker("invo_professional_id")
    team: Text = field(
        title="Team",
        description="The team that holds the case through this worker.",
        aliases=["Allocated Team", "invo_professional_team"],
        str_length={"min_value": 1},
    )
    start_date: Date = field(
        title="Begun",
        description="The day the worker was allocated.",
        aliases=["invo_involvement_start_date"],
    )
    end_date: Date = field(
        title="Ended",
        description="The day the worker ceased to be allocated.",
        aliases=["invo_involvement_end_date"],
        nullable=True,
        gap="still allocated",
    )

    @rule("ended before it started", columns=("start_date", "end_date"))
    def ends_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ended before it began."""
        return col("end_date") >= col("start_date")
