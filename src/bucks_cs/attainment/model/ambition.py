"""Attainment: a national ambition: what is measured, from where, to where and by when, with what its words leave open."""

from __future__ import annotations

from fractions import Fraction
from numbers import Real
from typing import Any

import attrs

from bucks_cs.attainment.model.indicators import KEY_STAGE_2, MEAN_GCSE_GRADE
from bucks_cs.attainment.sources import EDUCATION_HUB, OPPORTUNITY_FOR_ALL, TOOL_DICTIONARY
from bucks_cs.errors import InvalidValue, MissingSource, of_kind
from bucks_cs.geography import england
from bucks_cs.indicators import Indicator, Measure, with_unit
from bucks_cs.periods import AcademicYear
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import Quantity, in_unit, quantity

__all__ = ["GCSE_AMBITION", "KEY_STAGE_2_AMBITION", "Ambition", "TargetYear", "YearWithoutResults"]

_text = of_kind(str, expected="text")
_a_number = of_kind(Real, expected="a number")
_a_year = of_kind(AcademicYear, expected="an AcademicYear")


def _need_source(_: object, attribute: attrs.Attribute[AnySource], value: object) -> None:
    if not isinstance(value, (Source, NoOfficialSource)):
        raise MissingSource(what=f"an ambition: {attribute.name}")


def _all(kind: type, expected: str) -> Any:
    return attrs.validators.deep_iterable(of_kind(kind, expected=expected), of_kind(tuple, expected=expected))


@attrs.frozen(kw_only=True)
class TargetYear:
    """The academic year a target is for, where words leave open which of two it is.

    Args:
        printed: The words, such as ``"by 2030"``.
        earliest: The earliest year they can mean.
        latest: The latest.
        why: What is open.

    Raises:
        InvalidValue: ``latest`` is before ``earliest``, or a part is of another kind.
    """

    printed: str = attrs.field(validator=_text)
    earliest: AcademicYear = attrs.field(validator=_a_year)
    latest: AcademicYear = attrs.field(validator=_a_year)
    why: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if self.latest < self.earliest:
            raise InvalidValue(what="TargetYear.latest", expected="a year that is not before the earliest")

    @property
    def years(self) -> tuple[AcademicYear, ...]:
        """Each year that the words can mean, the earliest first."""
        span = range(self.earliest.end.year, self.latest.end.year + 1)
        return tuple(AcademicYear.ending(year) for year in span)

    def __str__(self) -> str:
        labels = " or ".join(year.label for year in self.years)
        return f"{self.printed} ({labels})"


@attrs.frozen(kw_only=True)
class YearWithoutResults:
    """An academic year of which there is no result, and why.

    Args:
        year: The year.
        why: Why there is none.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: A part is of another kind.
    """

    year: AcademicYear = attrs.field(validator=_a_year)
    why: str = attrs.field(validator=_text)
    source: AnySource = attrs.field(validator=_need_source)

    def __str__(self) -> str:
        return f"{self.year.label}: {self.why}"


@attrs.frozen(kw_only=True)
class Ambition:
    """A national ambition for a measure of attainment.

    Args:
        title: What it is called in a sentence.
        indicator: What is measured; its unit is that of the baseline and the target.
        area: Whose ambition it is: the ONS code of England.
        baseline: Where it begins, as printed.
        baseline_year: The academic year of that.
        target: Where it is to be.
        by: The year it is to be there.
        least: The least that the measure can be.
        most: The most.
        without_results: The years of which there is no result.
        open_questions: What its words leave open.
        source: Who set it.
        baseline_source: Who says where it begins.

    Raises:
        MissingSource: There is no source.
        UnitError: The baseline or the target is not in the indicator's unit: a mean grade is no share.
        InvalidValue: A target that is not above the baseline, years out of order, or a part of another kind.

    Example:
        >>> from bucks_cs.attainment import GCSE_AMBITION
        >>> print(GCSE_AMBITION)
        Mean GCSE grade in English language and mathematics: 5 grades by 2030 (2028/29 or 2029/30), from 4.5 grades in 2018/19.
        A national ambition for England, and no target of any authority.
    """

    title: str = attrs.field(validator=_text)
    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    area: str = attrs.field(factory=lambda: england().key, validator=_text)
    baseline: Quantity = attrs.field(validator=of_kind(Quantity, expected="a quantity"))
    baseline_year: AcademicYear = attrs.field(validator=_a_year)
    target: Quantity = attrs.field(validator=of_kind(Quantity, expected="a quantity"))
    by: TargetYear = attrs.field(validator=of_kind(TargetYear, expected="a TargetYear"))
    least: float = attrs.field(default=0.0, validator=_a_number)
    most: float = attrs.field(validator=_a_number)
    without_results: tuple[YearWithoutResults, ...] = attrs.field(
        default=(), validator=_all(YearWithoutResults, "a tuple of YearWithoutResults")
    )
    open_questions: tuple[str, ...] = attrs.field(default=(), validator=_all(str, "a tuple of texts"))
    source: AnySource = attrs.field(validator=_need_source)
    baseline_source: AnySource = attrs.field(validator=_need_source)

    def __attrs_post_init__(self) -> None:
        start, end = in_unit(self.baseline, self.indicator.unit), in_unit(self.target, self.indicator.unit)
        if not self.least <= start < end <= self.most:
            raise InvalidValue(what="Ambition.target", expected="a figure above the baseline, both from the least to the most")
        if not self.baseline_year < self.by.earliest:
            raise InvalidValue(what="Ambition.by", expected="years after that of the baseline")

    @property
    def is_share(self) -> bool:
        """Whether it is of a share of pupils, and not of a mean."""
        return self.indicator.measure is Measure.SHARE

    @property
    def distance_unit(self) -> str:
        """The unit of a distance: percentage points for a share, else the indicator's own."""
        return "percentage_point" if self.is_share else self.indicator.unit

    def expected(self, years: Fraction, *, by: AcademicYear) -> Fraction:
        """What stands on the straight line some years after the baseline; after the target's year, the target.

        Args:
            years: Years after the baseline's, which may be part of one.
            by: The year the target is for.

        Returns:
            A number in the indicator's unit.
        """
        start, end = (exact(in_unit(each, self.indicator.unit)) for each in (self.baseline, self.target))
        return start + (end - start) * min(years / self.length(by), Fraction(1))

    def length(self, by: AcademicYear) -> int:
        """The years from the baseline to the target.

        Args:
            by: The year the target is for.
        """
        return by.end.year - self.baseline_year.end.year

    def __str__(self) -> str:
        units = self.indicator.unit
        target, start = (with_unit(in_unit(each, units), units) for each in (self.target, self.baseline))
        said = f"{self.title}: {target} {self.by}, from {start} in {self.baseline_year.label}"
        return f"{said}. A national ambition for England, and no target of any authority."


def exact(number: float) -> Fraction:
    """A printed number as it is printed, without the noise of a float: 4.5 is 9/2, and 62.3 is 623/10.

    Args:
        number: The number.
    """
    return Fraction(repr(float(number)))


_BY_2030 = TargetYear(
    printed="by 2030",
    earliest=AcademicYear("2028/29"),
    latest=AcademicYear("2029/30"),
    why="the results of summer 2029 are the last before 2030, and those of summer 2030 the ones in it",
)
_CANCELLED = "assessments were cancelled because of the coronavirus pandemic"

KEY_STAGE_2_AMBITION = Ambition(
    title="Pupils at the expected standard in reading, writing and maths at the end of key stage 2",
    indicator=KEY_STAGE_2,
    baseline=quantity(65.0, "percent"),
    baseline_year=AcademicYear("2018/19"),
    target=quantity(90.0, "percent"),
    by=_BY_2030,
    most=100.0,
    without_results=tuple(
        YearWithoutResults(year=AcademicYear(year), why=_CANCELLED, source=TOOL_DICTIONARY) for year in ("2019/20", "2020/21")
    ),
    open_questions=(
        "which academic year 2030 means",
        "whether England is all schools, as in the 65%, or state-funded schools alone",
    ),
    source=OPPORTUNITY_FOR_ALL,
    baseline_source=EDUCATION_HUB,
)
"""90% of children by 2030, from 65% in 2019.

Source:
    DfE, *Opportunity for all* (Schools White Paper), 28 March 2022, and the Department's own account of it; mission 5 of
    *Levelling Up the United Kingdom*, 2 February 2022. The baseline is the 65 of 2018/19 of *Key stage 2 attainment: national
    headlines*, which is of all schools; the interactive tool's England, also 65 in 2018/19, has a point more than the headlines
    in 2015/16, 2016/17 and 2017/18.
"""

GCSE_AMBITION = Ambition(
    title="Mean GCSE grade in English language and mathematics",
    indicator=MEAN_GCSE_GRADE,
    baseline=quantity(4.5, "grade"),
    baseline_year=AcademicYear("2018/19"),
    target=quantity(5.0, "grade"),
    by=_BY_2030,
    most=9.0,
    open_questions=(
        "which academic year 2030 means",
        "whether the mean is over both subjects together, or is meant of each of the two",
        "which pupils it is of, and what an ungraded result counts",
    ),
    source=OPPORTUNITY_FOR_ALL,
    baseline_source=EDUCATION_HUB,
)
"""A mean grade of 5.0 by 2030, from 4.5 in 2019: a mean, and no share of pupils at grade 5.

Source:
    DfE, *Opportunity for all* (Schools White Paper), 28 March 2022, and the Secretary of State's statement of that day: a child
    who goes from grade 2 to 3 contributes as much as one who goes from 4 to 5.
"""
