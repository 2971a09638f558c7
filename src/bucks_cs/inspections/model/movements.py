"""Inspections: what became of a school's grade from one graded inspection to the next."""

from __future__ import annotations

import enum

from bucks_cs.errors import InvalidValue
from bucks_cs.inspections.model.regimes import SCHOOL_FOUR_GRADES
from bucks_cs.inspections.model.scales import Grade, Scale

__all__ = ["GOOD_OR_BETTER", "Movement", "OVERALL_GRADES"]


def _overall_scale() -> Scale:
    overall = SCHOOL_FOUR_GRADES.overall
    if overall is None:  # pragma: no cover - the regime is defined by having one
        raise InvalidValue(what="SCHOOL_FOUR_GRADES", expected="an overall judgement")
    return overall.scale


OVERALL_GRADES = _overall_scale()
"""The four grades of overall effectiveness, best first."""

GOOD_OR_BETTER = OVERALL_GRADES.grades[:2]
"""Outstanding and good."""


class Movement(enum.Enum):
    """What became of a school's grade: every pair of grades is in one of these, and a first grade in the last.

    They are finer than "improved, maintained, dropped", which leaves open where an outstanding school that is now good belongs:
    its rating dropped, and it is good or better still.
    """

    IMPROVED_TO_GOOD_OR_BETTER = "improved to good or better"
    IMPROVED_TO_REQUIRES_IMPROVEMENT = "improved to requires improvement"
    MAINTAINED_GOOD_OR_BETTER = "maintained good or better"
    REMAINED_REQUIRES_IMPROVEMENT = "remained requires improvement"
    REMAINED_INADEQUATE = "remained inadequate"
    DROPPED_TO_GOOD = "dropped from outstanding to good"
    DROPPED_BELOW_GOOD = "dropped below good"
    FIRST_GRADED = "graded for the first time"

    @property
    def is_improved(self) -> bool:
        """Whether the grade is better than the one before."""
        return self in {Movement.IMPROVED_TO_GOOD_OR_BETTER, Movement.IMPROVED_TO_REQUIRES_IMPROVEMENT}

    @property
    def is_maintained(self) -> bool:
        """Whether the grade is the one before."""
        kept = (Movement.MAINTAINED_GOOD_OR_BETTER, Movement.REMAINED_REQUIRES_IMPROVEMENT, Movement.REMAINED_INADEQUATE)
        return self in kept

    @property
    def is_dropped(self) -> bool:
        """Whether the grade is worse than the one before."""
        return self in {Movement.DROPPED_TO_GOOD, Movement.DROPPED_BELOW_GOOD}

    @classmethod
    def between(cls, previous: str | Grade | None, grade: str | Grade) -> Movement:
        """What became of a grade.

        Args:
            previous: The grade before, or its wording; None where there was none.
            grade: The grade now.

        Raises:
            InvalidValue: One is no overall grade of a school.

        Example:
            >>> from bucks_cs.inspections import Movement
            >>> Movement.between("outstanding", "good"), Movement.between("requires improvement", "good").is_improved
            (<Movement.DROPPED_TO_GOOD: 'dropped from outstanding to good'>, True)
        """
        now = OVERALL_GRADES.read(grade, what="the grade now")
        if previous is None:
            return cls.FIRST_GRADED
        then = OVERALL_GRADES.read(previous, what="the grade before")
        good, requires = now in GOOD_OR_BETTER, now == OVERALL_GRADES.grades[2]
        if now == then:
            below = cls.REMAINED_REQUIRES_IMPROVEMENT if requires else cls.REMAINED_INADEQUATE
            return cls.MAINTAINED_GOOD_OR_BETTER if good else below
        if now > then:
            return cls.IMPROVED_TO_GOOD_OR_BETTER if good else cls.IMPROVED_TO_REQUIRES_IMPROVEMENT
        return cls.DROPPED_TO_GOOD if good else cls.DROPPED_BELOW_GOOD

    def __str__(self) -> str:
        return self.value
