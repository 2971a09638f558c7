"""EHC plans: journeys, a row for each request with what became of it."""

from __future__ import annotations

from typing import Any

from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, RequestOutcome
from bucks_cs.ehcp.schema.assessments import Assessed
from bucks_cs.ehcp.schema.requests import Requests
from bucks_cs.ehcp.sources import UNDECIDED
from bucks_cs.frames import Date, field, rule

__all__ = ["Journeys"]

_NOT_TO_BE_ASSESSED = [UNDECIDED, RequestOutcome.WITHDRAWN.value]
_NO_PLAN_FROM_IT = [UNDECIDED, AssessmentOutcome.WITHDRAWN.value]


class Journeys(Assessed, Requests):
    """Requests for an EHC needs assessment, a row each, with what became of each: the decision, the assessment and the plan.

    `bucks_cs.ehcp.journeys` makes such rows out of the three tables of the SEN2 return; a case system may have them as they are.
    A refusal that was changed later stays a refusal, and may have an assessment and a plan after it. Further columns (a team, a
    locality, the primary need of the plan) come along, and measures can be broken down by them.
    """

    plan_start_date: Date = field(
        title="Plan started",
        description="The day the final plan was issued.",
        aliases=["startdate"],
        nullable=True,
        gap="no plan, or none yet",
    )

    @rule("the assessment ended before the request was received", columns=("received_date", "assessment_outcome_date"))
    def assessed_after(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """No assessment that ended before the request."""
        return col("assessment_outcome_date") >= col("received_date")

    @rule("the plan started before the request was received", columns=("received_date", "plan_start_date"))
    def plan_after(cls, col: Any) -> Any:  # noqa: N805
        """No plan before its request."""
        return col("plan_start_date") >= col("received_date")

    @rule("an assessment that ended, of a request not decided or withdrawn", columns=("request_outcome", "assessment_outcome"))
    def assessment_was_agreed_to(cls, col: Any) -> Any:  # noqa: N805
        """No assessment that ended but of a request on which there was a decision."""
        running = col("assessment_outcome").fill_null(UNDECIDED) == UNDECIDED
        return running | ~col("request_outcome").fill_null(UNDECIDED).is_in(_NOT_TO_BE_ASSESSED)

    @rule("a plan out of an assessment that did not end, or was withdrawn", columns=("assessment_outcome", "plan_start_date"))
    def plan_out_of_an_assessment(cls, col: Any) -> Any:  # noqa: N805
        """No plan but out of an assessment on which there was a decision."""
        return col("plan_start_date").is_null() | ~col("assessment_outcome").fill_null(UNDECIDED).is_in(_NO_PLAN_FROM_IT)
