"""Attainment: a figure beside the straight line from an ambition's baseline to its target."""

from __future__ import annotations

from fractions import Fraction

from bucks_cs.attainment.model.ambition import Ambition
from bucks_cs.attainment.model.distances import AgainstLine, LineStanding, range_of
from bucks_cs.attainment.model.figure import At, Figure, Value, figure_of, year_asked
from bucks_cs.errors import OutsideCoverage
from bucks_cs.periods import AcademicYear

__all__ = ["on_line"]


def on_line(
    ambition: Ambition,
    value: Value,
    *,
    at: At | None = None,
    area: str | int | None = None,
    by: AcademicYear | None = None,
) -> AgainstLine:
    """Whether a figure is on, above or below the straight line from the baseline of a national ambition to its target.

    The line is this library's own choice: no path from year to year was found in what the government published. It runs through
    the two printed figures as they stand, and passes over the years of the pandemic.

    Args:
        ambition: `KEY_STAGE_2_AMBITION` or `GCSE_AMBITION`.
        value: The figure, as `progress_needed` takes it.
        at: The academic year of the results, or a day, which is a point of the line between the ends of two academic years; a
            reading has its own.
        area: As `progress_needed` takes it.
        by: The academic year the line ends in; left out, a line to each that "by 2030" can mean.

    Returns:
        What stands on the line then, how far the figure is from it, and on which side. It is on the line where its bounds hold
        what stands there; where the lines to two years tell differently the side is unsettled. After a line's end, up to the
        last year asked for, it stays at the target. An authority's is a comparison, and says so.

    Raises:
        OutsideCoverage: A time before the baseline, or after the last year the target can be for.
        UnitError: As `progress_needed`; so are the others.

    Source:
        `NoOfficialSource`: the straight line is a choice. Its ends: *Opportunity for all*, 28 March 2022.

    Example:
        >>> from bucks_cs.attainment import GCSE_AMBITION, on_line
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.units import quantity
        >>> found = on_line(GCSE_AMBITION, quantity(4.6, "grade"), at=AcademicYear("2023/24"), by=AcademicYear("2028/29"))
        >>> print(found.standing.value, found.expected[0], f"{found.gap[0]:.2f}")
        below the line 4.75 grade -0.15 grade
    """
    figure = figure_of(ambition, value, at=at, area=area)
    years = year_asked(ambition, by)
    _need_within(ambition, figure, last=years[-1])
    lines = [ambition.expected(figure.years, by=year) for year in years]
    standings = {_standing(figure, line) for line in lines}
    gap = (figure.low - max(lines), figure.high - min(lines))
    return AgainstLine(
        figure=figure,
        by=years,
        expected=range_of(min(lines), max(lines), ambition.indicator.unit),
        gap=range_of(*gap, ambition.distance_unit),
        standing=standings.pop() if len(standings) == 1 else LineStanding.UNSETTLED,
    )


def _standing(figure: Figure, line: Fraction) -> LineStanding:
    if figure.low > line:
        return LineStanding.ABOVE
    return LineStanding.BELOW if figure.high < line else LineStanding.ON


def _need_within(ambition: Ambition, figure: Figure, *, last: AcademicYear) -> None:
    if not 0 <= figure.years <= ambition.length(last):
        hint = " Before the one there is no baseline, and after the other no line: progress_needed tells what is still short."
        raise OutsideCoverage(what="the line to the ambition", first=ambition.baseline_year.label, last=last.label, hint=hint)
