"""Attainment: a figure set against an ambition: its bounds, its year and its area, or the error that says what is wrong."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import Any

import attrs

from bucks_cs.attainment.model.ambition import Ambition, exact
from bucks_cs.errors import ImpossibleFigure, InvalidValue, NotComparable, UnitError, of_kind
from bucks_cs.geography import area_key
from bucks_cs.indicators import Break, Interval, Reading, with_unit
from bucks_cs.periods import AcademicYear
from bucks_cs.units import Quantity, in_unit, same_dimension, unit

__all__ = ["At", "Figure", "Value", "figure_of", "need_ambition", "year_asked"]

Value = Quantity | tuple[Quantity, Quantity] | Reading
"""A figure, the two ends of a range, or a reading with the bounds of its rounding."""

At = AcademicYear | dt.date
"""The academic year of the results, or a day."""

_CERTAIN = {Interval.ROUNDING, Interval.BOUNDS}
_time_or_none = of_kind(AcademicYear, dt.date, type(None), expected="an AcademicYear, a date without a time of day, or None")


@attrs.frozen(kw_only=True)
class Figure:
    """A figure set against an ambition.

    Args:
        ambition: The ambition.
        low: The least it can be, in the ambition's unit.
        high: The most; the same where it is exact.
        at: The academic year of the results, or a day; None where it was not asked for.
        area: LA number or ONS code; None for the caller's own area.

    Raises:
        InvalidValue: The low end is above the high one, or a part is of another kind.
    """

    ambition: Ambition = attrs.field(validator=of_kind(Ambition, expected="an Ambition"))
    low: Fraction = attrs.field(validator=of_kind(Fraction, expected="a Fraction"))
    high: Fraction = attrs.field(validator=of_kind(Fraction, expected="a Fraction"))
    at: AcademicYear | dt.date | None = attrs.field(default=None, validator=_time_or_none)
    area: str | None = attrs.field(default=None, validator=of_kind(str, type(None), expected="the key of an area, or None"))

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            raise InvalidValue(what="Figure.low", expected="an end that is not above the high one")

    @property
    def is_comparison(self) -> bool:
        """Whether it is of another area than the one whose ambition it is, for which there is then no target."""
        return self.area != self.ambition.area

    @property
    def years(self) -> Fraction:
        """Years from the baseline's: whole ones at the end of an academic year, and a part of one on a day within."""
        if self.at is None:  # pragma: no cover - asked of figures with a time alone
            raise InvalidValue(what="at", expected="the academic year of the results, or a day")
        start = self.ambition.baseline_year.end.year
        if isinstance(self.at, AcademicYear):
            return Fraction(self.at.end.year - start)
        year = AcademicYear.containing(self.at)
        passed = Fraction((self.at - year.start).days + 1, year.number_of_days)
        return year.end.year - 1 - start + passed

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks of the series from the baseline to then, in this area; those of any area where it is not known."""
        if self.at is None:
            return ()
        start = self.ambition.baseline_year.start
        day = self.at.start if isinstance(self.at, AcademicYear) else self.at
        found = (b for b in self.ambition.indicator.breaks if start < day and b.lies_between(start, day))
        return tuple(b for b in found if self.area is None or b.concerns(self.area))

    @property
    def said(self) -> str:
        """The figure as a sentence has it, with its bounds."""
        units = self.ambition.indicator.unit
        low, high = (with_unit(float(end), units, places=2) for end in (self.low, self.high))
        return low if self.low == self.high else f"{low} to {high}"

    @property
    def whose(self) -> str:
        """That the ambition is national, and, of an authority, that it is a comparison."""
        if not self.is_comparison:
            return "A national ambition for England."
        here = "this area" if self.area is None else self.area
        return f"A comparison with a national ambition: {here} has no target of its own in it."


def need_ambition(ambition: Any) -> None:
    """Make sure that something is an ambition.

    Args:
        ambition: The thing.

    Raises:
        InvalidValue: It is none.
    """
    if not isinstance(ambition, Ambition):
        raise InvalidValue(what="ambition", expected="an Ambition, such as KEY_STAGE_2_AMBITION or GCSE_AMBITION")


def figure_of(ambition: Ambition, value: Any, *, at: Any = None, area: Any = None, timed: bool = True) -> Figure:
    """A figure read from what was given.

    Args:
        ambition: What it is set against.
        value: A quantity, two as the ends of a range, or a reading.
        at: Its year or day; a reading has its own.
        area: Its area; a reading has its own.
        timed: Whether its time matters.

    Raises:
        InvalidValue: A part is of another kind, or ``at`` or ``area`` is given beside a reading.
        UnknownArea: There is no such area.
        UnitError: The figure is in another unit: a mean grade is no share.
        NotComparable: A reading of another indicator, or one that is withheld.
        ImpossibleFigure: It is below the least or above the most it can be, or of a year, or a day of one, without results.
    """
    need_ambition(ambition)
    if isinstance(value, Reading):
        if at is not None or area is not None:
            raise InvalidValue(what="at, area", expected="nothing beside a Reading, which has its own")
        low, high = _ends_of_reading(ambition, value)
        when, where = value.period, value.area
    else:
        low, high = _ends(ambition, value)
        when, where = at, None if area is None else area_key(area)
    for end in (low, high):
        if not ambition.least <= end <= ambition.most:
            units = ambition.indicator.unit
            least, most = with_unit(ambition.least, units), with_unit(ambition.most, units)
            raise ImpossibleFigure(what="value", why=f"{ambition.indicator.title} lies between {least} and {most}")
    time = _time(when) if timed else when if isinstance(when, AcademicYear) else None
    found = Figure(ambition=ambition, low=low, high=high, at=time, area=where)
    _refuse_a_year_without_results(found)
    return found


def _ends(ambition: Ambition, value: Any) -> tuple[Fraction, Fraction]:
    pair = value if isinstance(value, tuple) else (value, value)
    if len(pair) != 2 or not all(isinstance(end, Quantity) for end in pair):
        raise InvalidValue(what="value", expected="a quantity, two of them as the ends of a range, or a Reading")
    low, high = (_in_unit(ambition, end) for end in pair)
    if low > high:
        raise InvalidValue(what="value", expected="a range with its lower end first")
    return low, high


def _in_unit(ambition: Ambition, value: Quantity) -> Fraction:
    units = ambition.indicator.unit
    if not same_dimension(str(value.units), units):
        kind = "a share of pupils" if ambition.is_share else "a mean grade, and no share of pupils at a grade"
        raise UnitError(what=f"{ambition.indicator.title} is {kind}: in {unit(units)}, and {value.units} is something else")
    number = in_unit(value, units)
    if not math.isfinite(number):
        raise ImpossibleFigure(what="value", why="it is not a finite number")
    return exact(number)


def _ends_of_reading(ambition: Ambition, value: Reading) -> tuple[Fraction, Fraction]:
    if value.indicator.key != ambition.indicator.key:
        why = f"the ambition is of {ambition.indicator.key}, which is another measure"
        raise NotComparable(what=f"a reading of {value.indicator.key}", why=why)
    if value.lower is not None and value.upper is not None and value.interval in _CERTAIN:
        return _in_unit(ambition, value.lower), _in_unit(ambition, value.upper)
    if not isinstance(value.value, Quantity):
        raise NotComparable(what=f"a reading of {value.indicator.key}", why=f"it has no value ({value.withheld})")
    return (_in_unit(ambition, value.value),) * 2


def _time(at: Any) -> AcademicYear | dt.date:
    if isinstance(at, AcademicYear) or (isinstance(at, dt.date) and not isinstance(at, dt.datetime)):
        return at
    raise InvalidValue(what="at", expected='the AcademicYear of the results, such as AcademicYear("2024/25"), or a date')


def _refuse_a_year_without_results(figure: Figure) -> None:
    year = AcademicYear.containing(figure.at) if isinstance(figure.at, dt.date) else figure.at
    for none in figure.ambition.without_results:
        if year == none.year:
            raise ImpossibleFigure(what=figure.ambition.indicator.title, why=f"there are no results of {none}")


def year_asked(ambition: Ambition, by: Any) -> tuple[AcademicYear, ...]:
    """The target years that are asked for: all that the words can mean, or the one chosen.

    Args:
        ambition: The ambition.
        by: A year, or None for all.

    Raises:
        InvalidValue: It is no year that the words can mean.
    """
    if by is None:
        return ambition.by.years
    if by not in ambition.by.years:
        labels = " or ".join(year.label for year in ambition.by.years)
        raise InvalidValue(what="by", expected=f"None, or an AcademicYear that {ambition.by.printed} can mean: {labels}")
    return (by,)
