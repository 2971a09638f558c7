"""EHC plans to come: the ways to project them, and what each rests on."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from bucks_cs.errors import InvalidValue

__all__ = ["ProjectionMethod", "as_methods"]


class ProjectionMethod(enum.Enum):
    """How plans are projected from a history. Nothing in any of the three is drawn at random, so that none needs a seed.

    `AGE_COHORT`: those of each age become a year older, each step; some cease and some start. With new plans by age given, the
    plans of an age next year are those of the age below this year times the share that stays, and the new ones; the share is what
    is left when new plans are taken away. Without, they are those of the age below times the **cohort change ratio**, in
    which leavers and starters are one; and the plans of children up to 4, nearly all of them new, are held. Shares and ratios are
    worked out over all areas of the history together, and new plans are each area's own.

    `COMPOUND_GROWTH`: an area's total grows by the same percent each year as it did, on average, over the history.

    `LINEAR`: it grows by the same number of plans each year as it did, on average, over the history; never below 0.

    Source:
        Cohort change ratios are demography's Hamilton-Perry method: C. H. Hamilton and J. Perry, "A short method for projecting
        population by age from one decennial census to another", *Social Forces*, 1962, as D. A. Swanson and L. M. Tedrow tell it
        in "The top ten reasons to use the cohort change ratio method", 2016. That ratios of a larger area serve a small one
        better than its own: J. Tayman and D. A. Swanson, "Using modified cohort change and child-woman ratios in the
        Hamilton-Perry forecasting method", *Journal of Population Research* 34, 2017. The paper of 1962 was not read, and of that
        of 2017 the abstract alone.
    """

    AGE_COHORT = "age cohort"
    COMPOUND_GROWTH = "compound growth"
    LINEAR = "linear"

    def __str__(self) -> str:
        return self.value


def as_methods(given: object, *, what: str = "methods") -> tuple[ProjectionMethod, ...]:
    """One method or several, each once, in the order of the enum.

    Args:
        given: A `ProjectionMethod`, or several.
        what: The argument it was given for.

    Raises:
        InvalidValue: None, something else, or one twice.
    """
    asked: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    known = [method for method in asked if isinstance(method, ProjectionMethod)]
    if not asked or len(known) < len(asked) or len(set(known)) < len(known):
        expected = f"a ProjectionMethod or several, each once: {', '.join(ProjectionMethod.__members__)}"
        raise InvalidValue(what=what, expected=expected)
    return tuple(method for method in ProjectionMethod if method in known)
