"""EHC plans: annual reviews, a row each, as the active plans of module 5 of the SEN2 person-level return carry the latest."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.ehcp.schema.people import child
from bucks_cs.ehcp.sources import REVIEW_OUTCOMES
from bucks_cs.frames import Date, FrameModel, Text, field, rule

__all__ = ["Reviews"]


class Reviews(FrameModel):
    """Reviews of EHC plans, a row each, beside the plan they reviewed.

    SEN2 has no more than the latest review of each plan. That is enough to tell whether a review is overdue on the survey day,
    and not whether the reviews before it were in time. Further columns (a setting, a locality) come along.
    """

    child_id: Text = child()
    plan_start_date: Date = field(
        title="Plan started",
        description="The day the plan that was reviewed started: with the child's number it says which plan.",
        aliases=["startdate"],
    )
    meeting_date: Date = field(
        title="Review meeting",
        description="The day of the review meeting.",
        aliases=["reviewmeeting"],
    )
    outcome: Text = field(
        title="What was decided",
        description="The return's code for the authority's decision after the meeting.",
        aliases=["reviewoutcome"],
        nullable=True,
        gap="not decided yet, or not recorded",
        isin=list(REVIEW_OUTCOMES),
    )
    outcome_date: Date = field(
        title="Decided",
        description="The day parent or young person was told of the decision.",
        aliases=["lastreview"],
        nullable=True,
        gap="not decided yet, or not recorded",
    )

    @rule("reviewed before the plan started", columns=("plan_start_date", "meeting_date"))
    def reviewed_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not reviewed before the plan started."""
        return col("meeting_date") >= col("plan_start_date")

    @rule("decided before the meeting", columns=("meeting_date", "outcome_date"))
    def decided_after(cls, col: Any) -> Any:  # noqa: N805
        """Not decided before the meeting."""
        return col("outcome_date") >= col("meeting_date")

    @rule("an outcome and no day of it", columns=("outcome", "outcome_date"))
    def outcome_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No outcome without a day; a day without one there may be, as in the returns before SEN2 2024."""
        return col("outcome").is_null() | ~col("outcome_date").is_null()

    class Config:
        """A plan is reviewed once a day."""

        unique: ClassVar = ["child_id", "plan_start_date", "meeting_date"]
