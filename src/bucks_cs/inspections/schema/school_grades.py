"""Inspections: the overall grades of schools as tests that a frame of any engine can be checked with."""

from __future__ import annotations

import datetime as dt

import narwhals as nw

from bucks_cs.inspections.model.fields import last_day
from bucks_cs.inspections.model.movements import GOOD_OR_BETTER, OVERALL_GRADES
from bucks_cs.inspections.model.regimes import SCHOOL_FOUR_GRADES
from bucks_cs.inspections.schema.known_wordings import grades_of_any_regime, plain, wordings

__all__ = ["LAST_DAY", "is_another_grade", "is_good_or_better", "is_overall_grade", "place_of"]


def _last_day() -> dt.date:
    until = SCHOOL_FOUR_GRADES.until
    return dt.date.max if until is None else last_day(until)


LAST_DAY = _last_day()
"""The last day on which an inspection began that gave an overall grade."""

_EVERY = sorted({wording for grade in OVERALL_GRADES.grades for wording in wordings(grade)})
_GOOD = sorted({wording for grade in GOOD_OR_BETTER for wording in wordings(grade)})


def is_overall_grade(grade: nw.Expr) -> nw.Expr:
    """Whether a wording is one of the four grades.

    Args:
        grade: The wordings, or the grades' numbers as text.
    """
    return plain(grade).is_in(_EVERY)


def is_another_grade(grade: nw.Expr) -> nw.Expr:
    """Whether a wording is a grade of another regime, and none of the four.

    Args:
        grade: The wordings.
    """
    return plain(grade).is_in(sorted(set(grades_of_any_regime()) - set(_EVERY)))


def is_good_or_better(grade: nw.Expr) -> nw.Expr:
    """Whether a grade is good or outstanding; null where there is none.

    Args:
        grade: The wordings.
    """
    return plain(grade).is_in(_GOOD)


def place_of(grade: nw.Expr) -> nw.Expr:
    """The place of a grade, 1 for outstanding to 4 for inadequate; null where there is none.

    Args:
        grade: The wordings, as `plain` has them.
    """
    place: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for each in OVERALL_GRADES.grades:
        place = nw.when(grade.is_in(sorted(wordings(each)))).then(nw.lit(each.place).cast(nw.Int64)).otherwise(place)
    return place
