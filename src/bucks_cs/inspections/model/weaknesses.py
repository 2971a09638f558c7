"""Inspections: whether the weaknesses that an area's inspection found fit its outcome and each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bucks_cs.errors import InvalidValue
from bucks_cs.inspections.model.kinds_of_inspection import Family

if TYPE_CHECKING:
    from bucks_cs.inspections.model.outcome import InspectionOutcome

__all__ = ["need_weaknesses_that_fit"]

_WHAT = "InspectionOutcome.number_of_weaknesses"
_PROGRESS = "InspectionOutcome.number_with_progress"
_ANSWERS = {
    "written_statement_of_action_required": ("required", "written statement of action"),
    "inspection_outcome": ("widespread_and/or_systemic_failings", "priority action plan"),
}
"""The judgement that asks for an answer to weaknesses, before 2023 and since: the grade that does, and what it asks for."""


def need_weaknesses_that_fit(outcome: InspectionOutcome) -> None:
    """Refuse weaknesses that contradict the outcome or each other.

    Args:
        outcome: The outcome.

    Raises:
        InvalidValue: Weaknesses of what is no area; a number that is not that of the areas listed; a statement of action, or
            since 2023 a priority action plan, required without a weakness, or not required with one; progress on more or fewer
            weaknesses than there are, on others than those listed have it, or than the outcome of the revisit says; or progress
            at what is no revisit.
    """
    counted, listed = outcome.number_of_weaknesses, outcome.areas_of_weakness
    progress = (outcome.number_with_progress, outcome.number_without_progress)
    if outcome.regime.family is not Family.AREA_SEND:
        if counted is not None or listed or progress != (None, None):
            raise InvalidValue(what=_WHAT, expected="None: areas of weakness are of area SEND inspections")
        return
    if counted is not None and listed and counted != len(listed):
        raise InvalidValue(what=_WHAT, expected="as many as there are areas of weakness")
    found = counted if counted is not None else len(listed) or None
    _need_answer(outcome, found)
    _need_progress(outcome, found, *progress)


def _need_answer(outcome: InspectionOutcome, found: int | None) -> None:
    for judgement, (grade, answer) in _ANSWERS.items():
        given = outcome.grades.get(judgement)
        if given is not None and given.key != grade and found:
            raise InvalidValue(what=_WHAT, expected=f"none where no {answer} is required")
        if given is not None and given.key == grade and found == 0:
            raise InvalidValue(what=_WHAT, expected=f"one or more where a {answer} is required")


def _need_progress(outcome: InspectionOutcome, found: int | None, made: int | None, not_made: int | None) -> None:
    if (made is None) != (not_made is None):
        raise InvalidValue(what=_PROGRESS, expected="beside the number without, or neither")
    told = [one.progress_was_sufficient for one in outcome.areas_of_weakness]
    if outcome.activity.key != "revisit" and (made is not None or any(one is not None for one in told)):
        raise InvalidValue(what=_PROGRESS, expected="None: progress is of a revisit")
    if told and None not in told:
        listed = (told.count(True), told.count(False))
        if made is not None and (made, not_made) != listed:
            raise InvalidValue(what=_PROGRESS, expected="as the areas of weakness have it")
        made, not_made = listed
    if made is None or not_made is None:
        return
    if found is not None and made + not_made != found:
        raise InvalidValue(what=_PROGRESS, expected="with those without, as many as there are")
    said = outcome.grades.get("sufficient_progress")
    fits = {"in_all": not_made == 0 < made, "in_some": made > 0 < not_made, "in_none": made == 0 < not_made}
    if said is not None and not fits[said.key]:
        raise InvalidValue(what=_PROGRESS, expected="as the outcome of the revisit has it")
