"""EHC plans: what becomes of a request and of an assessment, and refusals that are changed."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from bucks_cs.ehcp.model.stages import Stage
from bucks_cs.errors import InvalidValue, of_kind

__all__ = ["AssessmentOutcome", "ChangeOfDecision", "ChangedBy", "RequestOutcome"]


class RequestOutcome(enum.Enum):
    """What became of a request, by the return's code (`REQUEST_OUTCOME_CODES`).

    Undecided ("A") is None here, and a historical request ("H") has no course to tell.
    """

    ASSESS = "Y"
    REFUSE = "N"
    WITHDRAWN = "W"


class AssessmentOutcome(enum.Enum):
    """What became of an assessment, by the return's code (`ASSESSMENT_OUTCOME_CODES`).

    Undecided ("A") is None here, and a historical assessment ("H") has no course to tell.
    """

    ISSUE = "Y"
    NO_PLAN = "N"
    WITHDRAWN = "W"


class ChangedBy(enum.Enum):
    """How a refusal came to be changed."""

    AUTHORITY = "authority"
    MEDIATION = "mediation"
    TRIBUNAL = "tribunal"


@attrs.frozen(kw_only=True)
class ChangeOfDecision:
    """A refusal that was changed: to assess after all, or to issue a plan after all.

    The refusal keeps its day: "the original request outcome and request outcome date should not be changed" (SEN2 guide, items
    2.4 and 3.1), and the return flags mediation and tribunal beside it.

    Args:
        stage: `Stage.ASSESS` for a refusal to assess, `Stage.NO_PLAN` for a decision that no plan was to be issued.
        on: The day it was changed, or ordered to be.
        by: How.

    Raises:
        InvalidValue: A part is of another kind, or the stage is the final plan, which is no refusal.
    """

    stage: Stage = attrs.field(validator=of_kind(Stage, expected="a Stage"))
    on: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    by: ChangedBy = attrs.field(validator=of_kind(ChangedBy, expected="a ChangedBy"))

    def __attrs_post_init__(self) -> None:
        if self.stage is Stage.PLAN:
            raise InvalidValue(what="ChangeOfDecision.stage", expected="Stage.ASSESS or Stage.NO_PLAN, the two refusals")
