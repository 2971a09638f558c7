"""Attainment: how many pupils, or grade points, a figure is short of an ambition."""

from __future__ import annotations

import math
from fractions import Fraction

from bucks_cs.attainment.model.ambition import Ambition, exact
from bucks_cs.attainment.model.distances import Shortfall
from bucks_cs.attainment.model.figure import Figure, Value, figure_of, need_ambition
from bucks_cs.errors import ImpossibleFigure, InvalidValue
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["grade_points_short", "pupils_short"]

_NOISE = Fraction(1, 10**9)
"""What the last digits of a float may add: 66.666666666667% of 3 pupils is 2 of them."""


def pupils_short(ambition: Ambition, value: Value, *, cohort: Quantity, area: str | int | None = None) -> Shortfall:
    """How many pupils of a cohort would have to reach the standard, beside those who do, for the target share.

    Args:
        ambition: An ambition for a share: `KEY_STAGE_2_AMBITION`.
        value: The share, as `progress_needed` takes it.
        cohort: The pupils the share is of, such as ``quantity(6500, "pupil")``: a whole number, 1 or more.
        area: As `progress_needed` takes it.

    Returns:
        Whole pupils, the least and the most, at least 0: of a published share every whole number of pupils counts that it can
        stand for. The target is reached by the first whole number of pupils that is not below it. An authority's is a comparison.

    Raises:
        InvalidValue: An ambition for a mean grade, for which `grade_points_short` is; or a cohort that is no whole number.
        ImpossibleFigure: The share is of no whole number of the cohort's pupils, as a rounded share given as exact may be.
        UnitError: As `progress_needed`; so are the others.

    Source:
        Arithmetic on the ambition's own target: *Opportunity for all*, 28 March 2022.

    Example:
        >>> from bucks_cs.attainment import KEY_STAGE_2_AMBITION, pupils_short
        >>> from bucks_cs.units import quantity
        >>> rounded = (quantity(64.5, "percent"), quantity(65.5, "percent"))
        >>> print(pupils_short(KEY_STAGE_2_AMBITION, rounded, cohort=quantity(6500, "pupil"), area=825))
        Pupils at the expected standard in reading, writing and maths at the end of key stage 2: at 64.5% to 65.5%, 1,593 to
        1,657 pupils of 6,500 pupils short of 90%. A comparison with a national ambition: 825 has no target of its own in it.
    """
    need_ambition(ambition)
    if not ambition.is_share:
        hint = " A mean grade is of every pupil's grade, and no pupil reaches it or not: grade_points_short is for it."
        raise InvalidValue(what="ambition", expected="one for a share of pupils", hint=hint)
    figure = figure_of(ambition, value, area=area, timed=False)
    count = _whole(cohort, unit="pupil", what="cohort")
    short = _short(figure, count, scale=Fraction(count, 100))
    return Shortfall(figure=figure, of=quantity(count, "pupil"), short=(quantity(short[0], "pupil"), quantity(short[1], "pupil")))


def grade_points_short(ambition: Ambition, value: Value, *, grades: Quantity, area: str | int | None = None) -> Shortfall:
    """How many grade points, over all the grades that a mean is of, are short of the target mean.

    Args:
        ambition: An ambition for a mean grade: `GCSE_AMBITION`.
        value: The mean, as `progress_needed` takes it.
        grades: How many grades it is a mean of, such as ``quantity(12000, "grade")`` for 6,000 pupils with one in each of two
            subjects: a whole number, 1 or more.
        area: As `progress_needed` takes it.

    Returns:
        Whole grade points, the least and the most, at least 0. One pupil going up by one grade in one subject is one of them,
        wherever on the scale that is. An authority's is a comparison.

    Raises:
        InvalidValue: An ambition for a share, for which `pupils_short` is; or a number of grades that is no whole one.
        ImpossibleFigure: The mean is of no whole number of grade points.
        UnitError: As `progress_needed`; so are the others.

    Source:
        Arithmetic on the ambition's own target. That a step anywhere on the scale counts alike: Secretary of State for
        Education, statement of 28 March 2022.

    Example:
        >>> from bucks_cs.attainment import GCSE_AMBITION, grade_points_short
        >>> from bucks_cs.units import quantity
        >>> found = grade_points_short(GCSE_AMBITION, quantity(4.5, "grade"), grades=quantity(12000, "grade"))
        >>> print(found.short[0])
        6000 grade
    """
    need_ambition(ambition)
    if ambition.is_share:
        hint = " A share counts pupils who reach a standard: pupils_short is for it."
        raise InvalidValue(what="ambition", expected="one for a mean grade", hint=hint)
    figure = figure_of(ambition, value, area=area, timed=False)
    count = _whole(grades, unit="grade", what="grades")
    short = _short(figure, count, scale=Fraction(count))
    return Shortfall(figure=figure, of=quantity(count, "grade"), short=(quantity(short[0], "grade"), quantity(short[1], "grade")))


def _short(figure: Figure, count: int, *, scale: Fraction) -> tuple[int, int]:
    """The whole numbers short of the target, from the whole numbers that the figure can stand for."""
    fewest, most = math.ceil((figure.low - _NOISE) * scale), math.floor((figure.high + _NOISE) * scale)
    if fewest > most:
        why = f"it is no whole number over {count:,}; a rounded figure is given with its bounds, as (lower, upper) or a Reading"
        raise ImpossibleFigure(what="value", why=why)
    needed = math.ceil(exact(in_unit(figure.ambition.target, figure.ambition.indicator.unit)) * scale)
    return max(0, needed - most), max(0, needed - fewest)


def _whole(given: object, *, unit: str, what: str) -> int:
    known = isinstance(given, Quantity) and same_dimension(str(given.units), unit)
    number = in_unit(given, unit) if known and isinstance(given, Quantity) else math.nan
    if not (math.isfinite(number) and number >= 1 and number == int(number)):
        raise InvalidValue(what=what, expected=f'a whole number from 1 up with its unit, such as quantity(6500, "{unit}")')
    return int(number)
