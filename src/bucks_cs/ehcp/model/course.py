"""EHC plans: the course of a request that can be, and what it is in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bucks_cs.ehcp.model.exceptions import ExceptionApplied, ExceptionToTheLimit
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, ChangeOfDecision, RequestOutcome
from bucks_cs.ehcp.model.stages import Stage
from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import day_in_words

if TYPE_CHECKING:
    from bucks_cs.ehcp.model.clock import Plan

__all__ = ["course_in_words", "refuse_what_cannot_be"]

_LAST_DAY = dt.date.max - dt.timedelta(days=366)
_DAYS = ("request_outcome_date", "assessment_outcome_date", "plan_start_date", "cease_date")
_BROKEN = tuple[bool, str, str]
"""Whether a rule is broken, the field it is a rule of, and what was expected."""


def refuse_what_cannot_be(plan: Plan) -> None:
    """Refuses a course that cannot be.

    Args:
        plan: The course.

    Raises:
        InvalidValue: Naming the field that is wrong, and what was expected of it.
    """
    for rules in (_kinds(plan), _from_the_request(plan), _decisions(plan), _steps(plan), _changes(plan)):
        for broken, field, expected in rules:
            if broken:
                raise InvalidValue(what=f"Plan.{field}", expected=expected)


def _kinds(plan: Plan) -> Iterator[_BROKEN]:
    yield not all(isinstance(e, ExceptionApplied) for e in plan.exceptions), "exceptions", "an ExceptionApplied each"
    yield not all(isinstance(c, ChangeOfDecision) for c in plan.changes), "changes", "a ChangeOfDecision each"


def _from_the_request(plan: Plan) -> Iterator[_BROKEN]:
    yield plan.received_date > _LAST_DAY, "received_date", "a day that a limit can be counted from"
    for field in _DAYS:
        day = getattr(plan, field)
        yield day is not None and day < plan.received_date, field, "a day on or after the request"
    early = any(e.last_day < plan.received_date for e in plan.exceptions)
    yield early, "exceptions", "exceptions that last into the time since the request"
    young = any(e.reason is ExceptionToTheLimit.EARLY_YEARS_CLOSED for e in plan.exceptions)
    expected = "no early years provider's closure for a person in relevant youth accommodation"
    yield young and plan.relevant_youth_accommodation, "exceptions", expected


def _decisions(plan: Plan) -> Iterator[_BROKEN]:
    told = plan.request_outcome in {RequestOutcome.ASSESS, RequestOutcome.REFUSE}
    yield told and plan.request_outcome_date is None, "request_outcome_date", "the day of the decision, there being one"
    undecided = plan.request_outcome is None and plan.request_outcome_date is not None
    yield undecided, "request_outcome", "the decision, there being a day of it"
    refused = plan.assessment_outcome is AssessmentOutcome.NO_PLAN and plan.assessment_outcome_date is None
    yield refused, "assessment_outcome_date", "the day they were told that there is to be no plan"
    undecided = plan.assessment_outcome is None and plan.assessment_outcome_date is not None
    yield undecided, "assessment_outcome", "the decision, there being a day of it"


def _steps(plan: Plan) -> Iterator[_BROKEN]:
    agreed = _agreed(plan, Stage.ASSESS, plan.request_outcome is RequestOutcome.ASSESS, plan.request_outcome_date)
    yield plan.assessment_outcome is not None and agreed is None, "assessment_outcome", "none without a decision to assess"
    yield _before(plan.assessment_outcome_date, agreed), "assessment_outcome_date", "a day on or after the decision to assess"
    issue = plan.assessment_outcome is AssessmentOutcome.ISSUE
    to_issue = _agreed(plan, Stage.NO_PLAN, issue, plan.assessment_outcome_date or agreed)
    yield plan.plan_start_date is not None and to_issue is None, "plan_start_date", "none without a decision to issue a plan"
    yield _before(plan.plan_start_date, to_issue), "plan_start_date", "a day on or after the decisions it follows from"
    yield plan.cease_date is not None and plan.plan_start_date is None, "cease_date", "none without a plan"
    yield _before(plan.cease_date, plan.plan_start_date), "cease_date", "a day on or after the plan was issued"


def _agreed(plan: Plan, stage: Stage, agreed: bool, on: dt.date | None) -> dt.date | None:
    """The day a stage was agreed to: at once, or when its refusal was changed."""
    return on if agreed else next((change.on for change in plan.changes if change.stage is stage), None)


def _before(day: dt.date | None, other: dt.date | None) -> bool:
    return day is not None and other is not None and day < other


def _changes(plan: Plan) -> Iterator[_BROKEN]:
    yield len({change.stage for change in plan.changes}) < len(plan.changes), "changes", "one change of a refusal"
    for change in plan.changes:
        first = change.stage is Stage.ASSESS
        refused = plan.request_outcome is RequestOutcome.REFUSE if first else plan.assessment_outcome is AssessmentOutcome.NO_PLAN
        yield not refused, "changes", "a refusal for each change"
        told = plan.request_outcome_date if first else plan.assessment_outcome_date
        yield _before(change.on, told), "changes", "a change on or after the refusal it changes"


_WORDS = {
    RequestOutcome.ASSESS: "assessment agreed",
    RequestOutcome.REFUSE: "assessment refused",
    RequestOutcome.WITHDRAWN: "withdrawn before it was decided whether to assess",
    AssessmentOutcome.ISSUE: "to be issued a plan",
    AssessmentOutcome.NO_PLAN: "told that no plan was to be issued",
    AssessmentOutcome.WITHDRAWN: "withdrawn before it was decided whether to issue a plan",
}


def course_in_words(plan: Plan) -> str:
    """The course of a request as a sentence.

    Args:
        plan: The course.
    """
    issued = plan.plan_start_date is not None and plan.assessment_outcome is AssessmentOutcome.ISSUE
    said = [_step("Request received", plan.received_date)]
    if plan.request_outcome is not None:
        said.append(_step(_WORDS[plan.request_outcome], plan.request_outcome_date))
    said += [_step(f"agreed after all ({c.by.value})", c.on) for c in plan.changes if c.stage is Stage.ASSESS]
    if plan.assessment_outcome is not None and not issued:
        said.append(_step(_WORDS[plan.assessment_outcome], plan.assessment_outcome_date))
    said += [_step(f"a plan after all ({c.by.value})", c.on) for c in plan.changes if c.stage is Stage.NO_PLAN]
    said += [_step("plan issued", plan.plan_start_date)] if plan.plan_start_date else []
    said += [_step("ceased", plan.cease_date)] if plan.cease_date else []
    return ", ".join(said) + "."


def _step(words: str, on: dt.date | None) -> str:
    return words if on is None else f"{words} on {day_in_words(on)}"
