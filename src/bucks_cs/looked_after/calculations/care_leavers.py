"""Children looked after: what becomes of those who have left care, at 17 and 18 and at 19 to 21."""

from __future__ import annotations

import os
from typing import Any, overload

import narwhals as nw
import polars as pl

from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.looked_after import schema, sources
from bucks_cs.looked_after.calculations.rows import WHOLE, read_rows
from bucks_cs.looked_after.model import CareLeaverActivity
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import TO_TEN_ABOVE, Published, Rounding
from bucks_cs.readings import Readings

__all__ = [
    "CARE_LEAVERS",
    "CARE_LEAVERS_BY_ACTIVITY",
    "CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING",
    "CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING",
    "CARE_LEAVERS_NOT_KNOWN",
    "read_care_leavers",
    "read_care_leavers_by_activity",
]

_PERCENT = Rounding(authority=1, above=1)
_WHO = (
    "young people whose birthday at the age falls in the year to 31 March and who were looked after for 13 weeks or more "
    "after their 14th birthday, some of them after their 16th; those the authority is not in touch with are among them"
)
_LEFT_OUT = (
    "those looked after under an agreed series of short-term placements alone, those who have died, those back with "
    "parents for six months or more, and those whose care passed to another authority"
)
_SOURCES = (
    sources.CARE_LEAVERS_DEFINITION,
    sources.CHILDREN_LOOKED_AFTER.at("data file la_care_leavers_activity, 2021 to 2025"),
)

CARE_LEAVERS: Indicator = Indicator(
    key="looked_after.care_leavers",
    title="Care leavers",
    counts=_WHO,
    leaves_out=_LEFT_OUT,
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="person",
    better=Better.NEITHER,
    sources=_SOURCES,
)


def _share(function: str, *, title: str, of: str, better: Better) -> Indicator:
    return Indicator(
        key=f"looked_after.{function}",
        title=title,
        counts=f"care leavers {of} on or around that birthday, out of all care leavers of the age: {_WHO}",
        leaves_out=_LEFT_OUT,
        measure=Measure.SHARE,
        kind=Kind.FLOW,
        unit="percent",
        better=better,
        sources=_SOURCES,
    )


CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING: Indicator = _share(
    "care_leavers_in_education_employment_or_training",
    title="Care leavers in education, employment or training",
    of="in education, employment or training",
    better=Better.HIGHER,
)
CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING: Indicator = _share(
    "care_leavers_not_in_education_employment_or_training",
    title="Care leavers not in education, employment or training",
    of="known not to be in education, employment or training, whatever the reason,",
    better=Better.LOWER,
)
CARE_LEAVERS_NOT_KNOWN: Indicator = _share(
    "care_leavers_not_known",
    title="Care leavers of whom it is not known what they are doing",
    of="of whom the authority does not know what they are doing",
    better=Better.LOWER,
)
CARE_LEAVERS_BY_ACTIVITY: Indicator = _share(
    "care_leavers_by_activity",
    title="Care leavers by what they are doing",
    of="in each activity, or of whom none is known,",
    better=Better.NEITHER,
)


def _of(indicator: Indicator, *texts: str) -> Published:
    return Published(
        indicator=indicator,
        value="care_leavers_percent",
        part="care_leavers",
        whole=WHOLE,
        rounding=_PERCENT,
        rows={schema.ACTIVITY: texts},
    )


_ALL = (
    Published(
        indicator=CARE_LEAVERS, value="care_leavers", rounding=TO_TEN_ABOVE, rows={schema.ACTIVITY: (schema.TOTAL,)}
    ),
    _of(CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING, schema.IN_EDUCATION),
    _of(CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING, schema.NOT_IN_EDUCATION),
    _of(CARE_LEAVERS_NOT_KNOWN, schema.NOT_KNOWN),
)
_EACH = (*(activity.value for activity in CareLeaverActivity), schema.NOT_KNOWN)
_BY_ACTIVITY = (_of(CARE_LEAVERS_BY_ACTIVITY, *_EACH),)
_WHOLE = (schema.ACTIVITY, schema.TOTAL, "care_leavers")
_AGE = {schema.AGE: nw.col(schema.AGE)}
# What is not known is null, as everywhere: it is no activity.
_ACTIVITY = {"activity": nw.when(nw.col(schema.ACTIVITY) != schema.NOT_KNOWN).then(nw.col(schema.ACTIVITY))}


@overload
def read_care_leavers(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_care_leavers(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_care_leavers(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Care leavers of 17 and 18 and of 19 to 21, and how many are in education, employment or training, as DfE publishes them.

    Args:
        frame: The path of the CSV file ``la_care_leavers_activity``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        By ``care_leaver_age`` (`CareLeaverAge`), for each year to 31 March: how many care leavers there were, and the shares in
        percent (0 to 100) in education, employment or training, not in it, and not known, each with the young people it is and
        those it is of. The three make up the whole, where none is suppressed. Areas, gaps, bounds and kind of frame as
        `read_children_looked_after`; a share that rounds to 0 and is not 0 is ``low``.

    Raises:
        FrameProblems: As `read_children_looked_after`, for an age or an activity that is not known too; so are the others.

    Source:
        DfE, *Children looked after in England including adoptions*, data file la_care_leavers_activity; Local authority
        interactive tool, data dictionary, measures LAC_19_HE and CareLeaversNEET.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.looked_after import read_care_leavers
        >>> file = pl.DataFrame({"time_period": ["2025"] * 2, "geographic_level": ["Local authority"] * 2,
        ...     "country_code": ["E92000001"] * 2, "region_code": ["E12000008"] * 2, "old_la_code": ["825"] * 2,
        ...     "care_leaver_age": ["19 to 21 years"] * 2,
        ...     "breakdown": ["Total", "Total in education, employment or training"],
        ...     "care_leaver_count": ["268", "139"], "care_leaver_percent": ["100", "52"]})
        >>> for reading in read_care_leavers(file):
        ...     print(reading.indicator.title, "|", reading.number)
        Care leavers | 268.0
        Care leavers in education, employment or training | 52.0
    """
    return read_rows(frame, schema.CARE_LEAVERS_FILE, _ALL, source=source, whole=_WHOLE, dims=_AGE)


@overload
def read_care_leavers_by_activity(
    frame: str | os.PathLike[str], *, source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_care_leavers_by_activity(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_care_leavers_by_activity(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """What care leavers of each age are doing, as DfE publishes it: totals are `read_care_leavers`.

    Args:
        frame: The path of the CSV file ``la_care_leavers_activity``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        By ``care_leaver_age`` and ``activity`` (`CareLeaverActivity`; null where it is not known), for each year to 31 March: the
        share in percent (0 to 100), with the young people it is and those it is of. Areas, gaps, bounds and kind of frame as
        `read_care_leavers`. An activity that was not told apart in a year is ``z`` in it: apprenticeships in 2021, and the
        group that held them since.

    Raises:
        FrameProblems: As `read_care_leavers`; so are the others.

    Source:
        As `read_care_leavers`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.looked_after import CareLeaverActivity, read_care_leavers_by_activity
        >>> file = pl.DataFrame({"time_period": ["2025"] * 2, "geographic_level": ["Local authority"] * 2,
        ...     "country_code": ["E92000001"] * 2, "region_code": ["E12000008"] * 2, "old_la_code": ["825"] * 2,
        ...     "care_leaver_age": ["19 to 21 years"] * 2, "breakdown": ["Total", "In an apprenticeship"],
        ...     "care_leaver_count": ["268", "7"], "care_leaver_percent": ["100", "3"]})
        >>> read_care_leavers_by_activity(file).at(activity=CareLeaverActivity.APPRENTICESHIP.value).number
        3.0
    """
    return read_rows(frame, schema.CARE_LEAVERS_FILE, _BY_ACTIVITY, source=source, whole=_WHOLE, dims=_AGE | _ACTIVITY)
