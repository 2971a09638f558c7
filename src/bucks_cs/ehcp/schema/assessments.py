"""EHC plans: needs assessments, a row each, as module 3 of the SEN2 person-level return carries them since 2023."""

from __future__ import annotations

from typing import Any

from bucks_cs.ehcp.model.outcomes import AssessmentOutcome
from bucks_cs.ehcp.schema.people import child, request
from bucks_cs.ehcp.sources import ASSESSMENT_OUTCOMES, UNDECIDED
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field, rule

__all__ = ["Assessed", "Assessments"]



class Assessed(FrameModel):
    """What became of an assessment: the columns that assessments and journeys share."""

    assessment_outcome: Text = field(
        title="Whether to issue a plan",
        description="The return's code for what became of the assessment.",
        aliases=["assessmentoutcome"],
        nullable=True,
        gap="no assessment, or not decided yet, which the return codes A",
        isin=list(ASSESSMENT_OUTCOMES),
    )
    assessment_outcome_date: Date = field(
        title="Decided whether to issue a plan",
        description="The day the plan was issued, or the day the parent or young person was told that there is to be none.",
        aliases=["assessmentoutcomedate"],
        nullable=True,
        gap="no assessment, not decided yet, withdrawn, historical, or decided to issue a plan that has not been issued yet",
    )
    exceptions_apply: Boolean = field(
        title="Exceptions apply",
        description="Whether an exception to the 20-week limit applied: one flag, which does not say which of them.",
        aliases=["week20"],
        nullable=True,
        gap="no assessment, or not known",
    )

    @rule("decided that there is no plan, and no day of it", columns=("assessment_outcome", "assessment_outcome_date"))
    def assessment_decision_has_its_day(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """No refusal without a day; of a plan that is to be issued, and has not been, the guide (item 3.2) wants none."""
        no_plan = col("assessment_outcome").fill_null("") == AssessmentOutcome.NO_PLAN.value
        return ~no_plan | ~col("assessment_outcome_date").is_null()

    @rule("a day of a decision that was not made", columns=("assessment_outcome", "assessment_outcome_date"))
    def assessment_day_has_its_decision(cls, col: Any) -> Any:  # noqa: N805
        """No day without a decision."""
        return (col("assessment_outcome").fill_null(UNDECIDED) != UNDECIDED) | col("assessment_outcome_date").is_null()


class Assessments(Assessed):
    """EHC needs assessments, a row for each request that came to one.

    Further columns (``assessmentmediation``, ``assessmenttribunal``, ``othermediation``, ``othertribunal``) come along.
    """

    request_id: Text = request(unique=True)
    child_id: Text = child(nullable=True, gap="the export leaves it out here: the request says whose it is")
