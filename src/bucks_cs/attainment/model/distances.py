"""Attainment: a figure beside an ambition: what is needed a year, where it stands to the line, how many pupils it is short."""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Any

import attrs

from bucks_cs.attainment.model.ambition import Ambition
from bucks_cs.attainment.model.figure import Figure
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Break, with_unit, written
from bucks_cs.periods import AcademicYear
from bucks_cs.provenance import day_in_words
from bucks_cs.units import Quantity, quantity

__all__ = ["AgainstLine", "LineStanding", "ProgressNeeded", "ProgressStatus", "Range", "Shortfall", "range_of"]

Range = tuple[Quantity, Quantity]
"""The least and the most; the same twice where it is exact."""


def range_of(least: Fraction, most: Fraction, unit: str) -> Range:
    """A range as quantities.

    Args:
        least: Its lower end.
        most: Its upper end.
        unit: The unit of both.
    """
    return quantity(float(least), unit), quantity(float(most), unit)


class ProgressStatus(enum.Enum):
    """Where a figure stands to a target and its year."""

    TO_GO = "to go"
    REACHED = "reached"
    UNSETTLED = "reached or not within its bounds"
    YEAR_PAST = "not reached, and the year is past"
    PAST_IN_ONE_READING = "not reached, and the year is past in one reading of it"


class LineStanding(enum.Enum):
    """Where a figure stands to the straight line from the baseline to the target."""

    ABOVE = "above the line"
    ON = "on the line"
    BELOW = "below the line"
    UNSETTLED = "on another side of the line in each reading of the target year"


def _is_range(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, tuple) or len(value) != 2 or not all(isinstance(end, Quantity) for end in value):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="two quantities, the least and the most")


_a_year = "a tuple of one AcademicYear or more"
_is_years = attrs.validators.deep_iterable(of_kind(AcademicYear, expected=_a_year), of_kind(tuple, expected=_a_year))


@attrs.frozen(kw_only=True)
class _OfAFigure:
    """What is said of one figure beside an ambition: whose it is."""

    figure: Figure = attrs.field(validator=of_kind(Figure, expected="a Figure"))

    @property
    def ambition(self) -> Ambition:
        """The ambition."""
        return self.figure.ambition

    @property
    def area(self) -> str | None:
        """The area of the figure; None for the caller's own."""
        return self.figure.area

    @property
    def is_comparison(self) -> bool:
        """Whether the figure is of another area than England, which has no target in a national ambition."""
        return self.figure.is_comparison

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks of the series from the baseline to the figure; none where no time was asked for."""
        return self.figure.breaks


@attrs.frozen(kw_only=True)
class ProgressNeeded(_OfAFigure):
    """What is needed a year, every year alike, from a figure to the target.

    Args:
        figure: The figure.
        by: The years the target can be for that were asked for.
        status: Where it stands.
        distance: From the figure to the target, at least 0: in percentage points of a share, else in the measure's unit.
        years_left: From the figure's year to the target's, at least 0.
        a_year: What is needed a year; None where the year is past and the target is not surely reached.

    Raises:
        InvalidValue: A part is of another kind.
    """

    by: tuple[AcademicYear, ...] = attrs.field(validator=_is_years)
    status: ProgressStatus = attrs.field(validator=of_kind(ProgressStatus, expected="a ProgressStatus"))
    distance: Range = attrs.field(validator=_is_range)
    years_left: Range = attrs.field(validator=_is_range)
    a_year: Range | None = attrs.field(validator=attrs.validators.optional(_is_range))

    def __str__(self) -> str:
        if self.status is ProgressStatus.REACHED:
            needed = "the target is reached"
        elif self.a_year is None and self.status is ProgressStatus.UNSETTLED:
            needed = f"the target's year is past: {_said(self.distance)} short"
        elif self.a_year is None:
            needed = f"the target is not reached and its year is past: {_said(self.distance)} short"
        else:
            needed = f"{_said(self.a_year)} needed"
        labels = " or ".join(year.label for year in self.by)
        odd = f" ({self.status.value})" if self.status in _ODD else ""
        said = f"{self.ambition.title}: {self.figure.said} {_when(self.figure)}, {needed} by {labels}{odd}"
        return f"{said}. {self.figure.whose}"


@attrs.frozen(kw_only=True)
class AgainstLine(_OfAFigure):
    """A figure beside the straight line from the baseline to the target, which nobody published.

    Args:
        figure: The figure.
        by: The years the target can be for that were asked for.
        expected: What stands on the line then.
        gap: The figure less that: below 0 under the line; in percentage points of a share, else in the measure's unit.
        standing: Above, on or below it.

    Raises:
        InvalidValue: A part is of another kind.
    """

    by: tuple[AcademicYear, ...] = attrs.field(validator=_is_years)
    expected: Range = attrs.field(validator=_is_range)
    gap: Range = attrs.field(validator=_is_range)
    standing: LineStanding = attrs.field(validator=of_kind(LineStanding, expected="a LineStanding"))

    def __str__(self) -> str:
        beside = f"where {_said(self.expected)} stands on a straight line of this library's own"
        said = f"{self.ambition.title}: {self.figure.said} {_when(self.figure)}, {self.standing.value}, {beside}"
        across = f" The line passes over: {'; '.join(str(b) for b in self.breaks)}." if self.breaks else ""
        return f"{said} ({_said(self.gap)} from it). {self.figure.whose}{across}"


@attrs.frozen(kw_only=True)
class Shortfall(_OfAFigure):
    """How much a figure is short of the target, in whole pupils or whole grade points.

    Args:
        figure: The figure.
        of: The pupils of the cohort, or the grades the mean is of.
        short: How many short, the least and the most; 0 where the target is reached.

    Raises:
        InvalidValue: A part is of another kind.
    """

    of: Quantity = attrs.field(validator=of_kind(Quantity, expected="a quantity"))
    short: Range = attrs.field(validator=_is_range)

    def __str__(self) -> str:
        of = with_unit(float(self.of.magnitude), str(self.of.units))
        target = with_unit(float(self.ambition.target.magnitude), self.ambition.indicator.unit)
        said = f"{self.ambition.title}: at {self.figure.said}, {_said(self.short)} of {of} short of {target}"
        return f"{said}. {self.figure.whose}"


_ODD = {ProgressStatus.UNSETTLED, ProgressStatus.PAST_IN_ONE_READING}


def _said(ends: Range) -> str:
    low, high = (float(end.magnitude) for end in ends)
    units = str(ends[0].units)
    upper = with_unit(high, units, places=2)
    return upper if written(low, places=2) == written(high, places=2) else f"{written(low, places=2)} to {upper}"


def _when(figure: Figure) -> str:
    if isinstance(figure.at, AcademicYear):
        return f"in {figure.at.label}"
    return "" if figure.at is None else f"on {day_in_words(figure.at)}"
