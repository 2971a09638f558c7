"""Demand: children educated at home, how many in a year and where they were before, and the notices and orders to their parents.

No stage of the pathway to a child protection plan is about them: these are plain indicators, and have none.
"""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.demand.schema.home_education_headings import HOME_EDUCATION_FILE, PREVIOUS_SCHOOLS
from bucks_cs.demand.sources.home_education import (
    EDUCATION_ACT_1996,
    ELECTIVE_HOME_EDUCATION,
    HOME_EDUCATION_COLLECTION,
    HOME_EDUCATION_GUIDANCE,
)
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.provenance import AnySource, Source
from bucks_cs.published_files import Published, Rounding, read_published
from bucks_cs.readings import Readings

__all__ = [
    "HOME_EDUCATED_IN_THE_YEAR",
    "HOME_EDUCATION_RETURNS_TO_SCHOOL",
    "HOME_EDUCATION_STARTED",
    "HOME_EDUCATION_STARTED_FROM",
    "SCHOOL_ATTENDANCE_NOTICES",
    "SCHOOL_ATTENDANCE_ORDERS",
    "SCHOOL_ATTENDANCE_ORDERS_REVOKED",
    "read_home_education",
    "read_previous_schools",
]

_UNKNOWN_TO_IT = "children of whom the authority does not know, and those it provides education for otherwise than at a school"
_SERIES = (ELECTIVE_HOME_EDUCATION, HOME_EDUCATION_GUIDANCE, HOME_EDUCATION_COLLECTION)


def _count(function: str, *, title: str, counts: str, leaves_out: str, unit: str, law: tuple[Source, ...] = ()) -> Indicator:
    """A count over an academic year; none of them is better either way."""
    return Indicator(
        key=f"demand.{function}",
        title=title,
        counts=counts,
        leaves_out=leaves_out,
        measure=Measure.COUNT,
        kind=Kind.FLOW,
        unit=unit,
        better=Better.NEITHER,
        sources=(*law, *_SERIES),
    )


HOME_EDUCATED_IN_THE_YEAR: Indicator = _count(
    "home_educated_in_the_year",
    title="Children educated at home at any time in the year",
    counts="children of compulsory school age known to the authority as electively home educated at any time in the "
    "academic year; many more than on a day of it",
    leaves_out=_UNKNOWN_TO_IT,
    unit="child",
    law=(EDUCATION_ACT_1996.at("section 7"),),
)
HOME_EDUCATION_STARTED: Indicator = _count(
    "home_education_started",
    title="Children who began to be educated at home",
    counts="children who began elective home education in the academic year",
    leaves_out=_UNKNOWN_TO_IT,
    unit="child",
)
HOME_EDUCATION_RETURNS_TO_SCHOOL: Indicator = _count(
    "home_education_returns_to_school",
    title="Children educated at home who went back to school",
    counts="children who returned from elective home education in the academic year",
    leaves_out="those who ceased to be educated at home otherwise, having left the area or compulsory school age",
    unit="child",
)
SCHOOL_ATTENDANCE_NOTICES: Indicator = _count(
    "school_attendance_notices",
    title="Notices to satisfy the authority of a child's education",
    counts="notices under section 437(1) of the Education Act 1996 in the academic year",
    leaves_out="informal inquiries",
    unit="notice",
    law=(EDUCATION_ACT_1996.at("section 437(1)"),),
)
SCHOOL_ATTENDANCE_ORDERS: Indicator = _count(
    "school_attendance_orders",
    title="School attendance orders",
    counts="school attendance orders issued in the academic year",
    leaves_out="notices that no order followed",
    unit="order",
    law=(EDUCATION_ACT_1996.at("section 437(3)"),),
)
SCHOOL_ATTENDANCE_ORDERS_REVOKED: Indicator = _count(
    "school_attendance_orders_revoked",
    title="School attendance orders revoked",
    counts="school attendance orders revoked in the academic year, whenever they were issued",
    leaves_out="orders that ended otherwise",
    unit="order",
)

HOME_EDUCATION_STARTED_FROM: Indicator = Indicator(
    key="demand.home_education_started_from",
    title="Children who began to be educated at home, by the school before",
    counts="children who began elective home education in the academic year from each type of school, out of all who began",
    leaves_out="nothing: a child whose school before is elsewhere or not known is in a type of its own",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=_SERIES,
)

_COUNTS, _PERCENT = Rounding(authority=10, above=10, england=100), Rounding(authority=1, above=1)
_OF_THE_YEAR = tuple(
    Published(indicator=indicator, value=value, rounding=_COUNTS)
    for indicator, value in (
        (HOME_EDUCATED_IN_THE_YEAR, "at_any_time"),
        (HOME_EDUCATION_STARTED, "started"),
        (HOME_EDUCATION_RETURNS_TO_SCHOOL, "returned"),
        (SCHOOL_ATTENDANCE_NOTICES, "notices"),
        (SCHOOL_ATTENDANCE_ORDERS, "orders"),
        (SCHOOL_ATTENDANCE_ORDERS_REVOKED, "orders_revoked"),
    )
)
_BY_SCHOOL = tuple(
    measure
    for name, school in PREVIOUS_SCHOOLS.items()
    for measure in (
        Published(
            indicator=HOME_EDUCATION_STARTED, value=f"from_{name}", rounding=_COUNTS, dims={"previous_school": school}
        ),
        Published(
            indicator=HOME_EDUCATION_STARTED_FROM,
            value=f"from_{name}_percent",
            part=f"from_{name}",
            whole="started",
            rounding=_PERCENT,
            dims={"previous_school": school},
        ),
    )
)


@overload
def read_home_education(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_home_education(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_home_education(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Children educated at home at any time in each academic year, and what happened in it, as DfE publishes them.

    The series begins with 2021/22, and not every authority returned it before 2024/25, when it became mandatory: figures of
    regions and England are raised for those that did not, and an authority that did not is ``x``.

    Args:
        frame: The path of the CSV file ``ehe_academic_year``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Six counts for each authority, region and England and each academic year, 0 or more, with the bounds of their rounding: to
        the nearest 10, of England to the nearest 100. ``low`` is a count that rounds to 0 and is not 0. `bucks_cs.trend.change`
        gives the growth from one year to another, within the bounds that the rounding leaves. Areas and kind of frame
        as `read_referrals`.

    Raises:
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        DfE, *Elective home education*, data file ehe_academic_year and data guidance; Education Act 1996, sections 7 and 437.

    Example:
        >>> from bucks_cs import demand, trend
        >>> from bucks_cs.periods import AcademicYear
        >>> import polars as pl
        >>> names = ("anytime", "starts", "returns", "section_437", "sao_issued", "sao_revoked")
        >>> file = pl.DataFrame({"time_period": ["202122", "202425"], "time_identifier": "Academic year",
        ...     "geographic_level": "Local authority", "country_code": "E92000001", "region_code": "E12000008",
        ...     "old_la_code": "825", **{f"ehe_{name}_full_year": ["0", "0"] for name in names}})
        >>> file = file.with_columns(ehe_anytime_full_year=pl.Series(["1360", "1740"]))
        >>> taught = demand.read_home_education(file)
        >>> growth = trend.change(taught, earlier=AcademicYear("2021/22"), later=AcademicYear("2024/25"))
        >>> percent = growth.at(indicator="demand.home_educated_in_the_year/change_percent")
        >>> [round(number, 1) for number in (percent.number, percent.bound("lower"), percent.bound("upper"))]
        [27.9, 27.1, 28.8]
    """
    return read_published(frame, HOME_EDUCATION_FILE, _OF_THE_YEAR, source=source)


@overload
def read_previous_schools(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_previous_schools(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_previous_schools(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Children who began to be educated at home in each academic year, by the type of school they were at before.

    Args:
        frame: The path of the CSV file ``ehe_academic_year``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        By ``previous_school``: how many began, and which share of all who began they are in percent (0 to 100), with both
        counts. The counts of regions and England are not published (``x``), and their shares are. In an
        authority's row every percentage below 5 is ``low``, though many of them would round to 1 to 4; its counts, which
        are the share's numerator and denominator, say more. Areas, bounds and kind of frame as `read_home_education`.

    Raises:
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        DfE, *Elective home education*, data file ehe_academic_year, columns ehe_schtype_*.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.demand import read_previous_schools
        >>> names = ("ey", "none", "lamain", "acad", "free", "ind", "spec", "ap", "pru", "ehe", "else_unk")
        >>> file = pl.DataFrame({"time_period": ["202425"], "time_identifier": "Academic year",
        ...     "geographic_level": "Local authority", "country_code": "E92000001", "region_code": "E12000008",
        ...     "old_la_code": "825", "ehe_starts_full_year": "670", **{f"ehe_schtype_{name}": "270" for name in names},
        ...     **{f"ehe_schtype_{name}_pc": "40" for name in names}})
        >>> share = read_previous_schools(file).at(indicator="demand.home_education_started_from", previous_school="Academy")
        >>> share.number, share.numerator, share.denominator
        (40.0, 270.0, 670.0)
    """
    return read_published(frame, HOME_EDUCATION_FILE, _BY_SCHOOL, source=source)
