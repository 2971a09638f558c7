"""Inspections: Ofsted's counts of schools by grade, as readings: the numbers, and the share good or outstanding."""

from __future__ import annotations

import os
from typing import Any, overload

import narwhals as nw
import polars as pl

from bucks_cs.errors import InvalidValue, MissingSource
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.inspections.calculations.school_indicators import (
    SCHOOLS_GOOD,
    SCHOOLS_GOOD_OR_OUTSTANDING,
    SCHOOLS_INADEQUATE,
    SCHOOLS_OUTSTANDING,
    SCHOOLS_REQUIRES_IMPROVEMENT,
)
from bucks_cs.inspections.schema.schools_by_grade import GRADES, SCHOOL_TYPE, schools_by_grade
from bucks_cs.inspections.sources.schools import SCHOOLS_BY_GRADE
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.rates import wilson
from bucks_cs.readings import Readings

__all__ = ["read_schools_by_authority"]

_COUNTS = dict(zip(GRADES, (SCHOOLS_OUTSTANDING, SCHOOLS_GOOD, SCHOOLS_REQUIRES_IMPROVEMENT, SCHOOLS_INADEQUATE), strict=True))
_DAY = ("period_kind", "period_start", "period_end")


@overload
def read_schools_by_authority(
    frame: str | os.PathLike[str], *, by: str | None = None, source: AnySource = ..., confidence: float = 0.95
) -> Readings[pl.DataFrame]: ...
@overload
def read_schools_by_authority(
    frame: FrameT, *, by: str | None = None, source: AnySource = ..., confidence: float = 0.95
) -> Readings[FrameT]: ...
def read_schools_by_authority(
    frame: Any, *, by: str | None = None, source: AnySource = SCHOOLS_BY_GRADE, confidence: float = 0.95
) -> Readings[Any]:
    """State-funded schools by their latest overall grade, for every authority, region and England, from Ofsted's file.

    The share judged good or outstanding is worked out from the numbers, and the file's own percentages must agree with them. It
    is a share of schools: of pupils the file says nothing.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        by: None for all types of school together, or ``"school_type"`` for each as the file has them (mainstream, special and
            alternative provision, and non-maintained special schools).
        source: Where it is from; `SCHOOLS_BY_GRADE` is the file of 2019 to 2023.
        confidence: The level of the interval of the share.

    Returns:
        Five indicators on 31 August of each year, for each area and type that the file has, in the caller's own kind of frame:
        ``inspections.schools_outstanding``, ``..._good``, ``..._requires_improvement`` and ``..._inadequate``, 0 or more (a grade
        that the file has no row of is 0, since the others add up to its total); ``inspections.schools_good_or_outstanding``,
        percent, 0 to 100, with numerator, denominator and Wilson's interval. Never a gap.

    Raises:
        InvalidValue: There is no such file, or ``by`` is something else.
        MissingSource: ``source`` is no source.
        FrameProblems: A column is missing; a row is of no area, year, grade or measure that is known, or is there twice; the
            grades do not add up to the total, or a percentage does not follow from the numbers.
        UnsupportedFrame: It is no frame.

    Source:
        Ofsted; the file names years and no day, and its shares for England are those of *State-funded schools inspections and
        outcomes as at 31 August* of 2019, 2021, 2022 and 2023 (86, 86, 88 and 89 per cent): see `SCHOOLS_BY_GRADE`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.inspections import read_schools_by_authority
        >>> rows = pl.DataFrame({"Year": "2022", "school_type": "State-funded mainstream school",
        ...     "Overall effectiveness": ["Outstanding", "Good", "Requires improvement", "Inadequate"],
        ...     "grand_total_schools": "221", "geographic_level": "Local authority", "Region": "South East",
        ...     "la_name": "Buckinghamshire", "Measure": "Overall effectiveness (number of schools)",
        ...     "Value": ["43.0", "151.0", "15.0", "12.0"]})
        >>> share = read_schools_by_authority(rows).where(indicator="inspections.schools_good_or_outstanding").at()
        >>> print(share.area, share.period, round(share.number, 1), share.numerator, share.denominator)
        825 31 August 2022 87.8 194.0 221.0
    """
    if by not in (None, SCHOOL_TYPE):
        raise InvalidValue(what="by", expected=f'None for all types of school together, or "{SCHOOL_TYPE}"')
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a file of schools by grade")
    lazy, home = schools_by_grade(frame)
    groups = () if by is None else (by,)
    schools = lazy.group_by("area", *_DAY, *groups).agg(**{name: nw.col(name).sum() for name in GRADES})
    parts = [_counts(schools, name, groups) for name in GRADES]
    both = nw.concat([*parts, _share(schools, groups, confidence=confidence)], how="vertical")
    indicators = (*_COUNTS.values(), SCHOOLS_GOOD_OR_OUTSTANDING)
    return Readings.worked_out(both, home=home, indicators=indicators, by=groups, source=source)


_NOT_OF_COUNTS: dict[str, Any] = {
    **dict.fromkeys(("lower", "upper", "level", "numerator", "denominator"), nw.Float64),
    **dict.fromkeys(("interval", "withheld"), nw.String),
}


def _counts(schools: nw.LazyFrame[Any], name: str, groups: tuple[str, ...]) -> nw.LazyFrame[Any]:
    key = nw.lit(_COUNTS[name].key).alias("indicator")
    blanks = (nw.lit(None, dtype=kind).alias(column) for column, kind in _NOT_OF_COUNTS.items())
    return schools.select("area", *_DAY, *groups, key, nw.col(name).cast(nw.Float64).alias("value"), *blanks)


def _share(schools: nw.LazyFrame[Any], groups: tuple[str, ...], *, confidence: float) -> nw.LazyFrame[Any]:
    number, out_of = nw.col("outstanding") + nw.col("good"), nw.sum_horizontal(*(nw.col(name) for name in GRADES))
    parted = schools.with_columns(numerator=number.cast(nw.Float64), denominator=out_of.cast(nw.Float64))
    value, lower, upper = wilson(nw.col("numerator"), nw.col("denominator"), confidence=confidence)
    some = nw.col("denominator") > 0
    return parted.select(
        "area",
        *_DAY,
        *groups,
        nw.lit(SCHOOLS_GOOD_OR_OUTSTANDING.key).alias("indicator"),
        (value * 100).alias("value"),
        (lower * 100).alias("lower"),
        (upper * 100).alias("upper"),
        nw.when(some).then(nw.lit(confidence)).alias("level"),
        nw.col("numerator"),
        nw.col("denominator"),
        nw.when(some).then(nw.lit(Interval.CONFIDENCE.value)).alias("interval"),
        nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value)).alias("withheld"),
    )
