"""Attainment: what is needed a year from a figure to a national ambition."""

from __future__ import annotations

from fractions import Fraction

from bucks_cs.attainment.model.ambition import Ambition, exact
from bucks_cs.attainment.model.distances import ProgressNeeded, ProgressStatus, range_of
from bucks_cs.attainment.model.figure import At, Figure, Value, figure_of, year_asked
from bucks_cs.periods import AcademicYear
from bucks_cs.units import in_unit

__all__ = ["progress_needed"]


def progress_needed(
    ambition: Ambition,
    value: Value,
    *,
    at: At | None = None,
    area: str | int | None = None,
    by: AcademicYear | None = None,
) -> ProgressNeeded:
    """What is needed a year, every year alike, from a figure to the target of a national ambition.

    Args:
        ambition: `KEY_STAGE_2_AMBITION` or `GCSE_AMBITION`.
        value: The figure: a quantity, two of them as the ends of a range, or a `Reading` of the ambition's indicator. The bounds
            of a reading's rounding are kept, and a quantity is taken to be exact.
        at: The academic year of the results, or a day; a reading has its own.
        area: LA number, ONS code or name; left out, the caller's own area, which is never England. A reading has its own.
        by: The academic year the target is taken to be for; left out, each that "by 2030" can mean.

    Returns:
        The range of points (of a share) or grades needed a year, at least 0, over the bounds of the figure and the years asked
        for; with where it stands by name: to go, reached, unsettled within its bounds, or past, when there is no such number. An
        authority's is a comparison, and says so.

    Raises:
        UnitError: The figure is in another unit: a mean grade is no share of pupils at a grade.
        ImpossibleFigure: It is outside the measure's scale, or of a year of which there are no results.
        NotComparable: A reading of another indicator, or one that is withheld.
        InvalidValue: A part is of another kind, or ``by`` is no year that the words can mean.
        UnknownArea: There is no such area.

    Source:
        Arithmetic on the ambition's own figures: *Opportunity for all*, 28 March 2022. No yearly path was published.

    Example:
        >>> from bucks_cs.attainment import KEY_STAGE_2_AMBITION, progress_needed
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.units import quantity
        >>> england = progress_needed(KEY_STAGE_2_AMBITION, quantity(63, "percent"), at=AcademicYear("2024/25"), area="England")
        >>> print(england)
        Pupils at the expected standard in reading, writing and maths at the end of key stage 2: 63% in 2024/25, 5.4 to 6.75
        percentage points a year needed by 2028/29 or 2029/30. A national ambition for England.
    """
    figure = figure_of(ambition, value, at=at, area=area)
    years = year_asked(ambition, by)
    target = exact(in_unit(ambition.target, ambition.indicator.unit))
    least, most = (max(Fraction(0), target - end) for end in (figure.high, figure.low))
    left = [max(Fraction(0), Fraction(ambition.length(year)) - figure.years) for year in years]
    status = _status(figure, target, left)
    unit, a_year = ambition.distance_unit, None
    if status is ProgressStatus.REACHED:
        a_year = (Fraction(0), Fraction(0))
    elif max(left) > 0:
        a_year = (least / max(left), most / min(each for each in left if each > 0))
    return ProgressNeeded(
        figure=figure,
        by=years,
        status=status,
        distance=range_of(least, most, unit),
        years_left=range_of(min(left), max(left), "year"),
        a_year=None if a_year is None else range_of(*a_year, f"{unit}/year"),
    )


def _status(figure: Figure, target: Fraction, left: list[Fraction]) -> ProgressStatus:
    if figure.low >= target:
        return ProgressStatus.REACHED
    if figure.high >= target:
        return ProgressStatus.UNSETTLED
    if max(left) == 0:
        return ProgressStatus.YEAR_PAST
    return ProgressStatus.PAST_IN_ONE_READING if min(left) == 0 else ProgressStatus.TO_GO
