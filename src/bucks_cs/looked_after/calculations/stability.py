"""Children looked after: how steady their homes are, and how often their social worker changes."""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.looked_after import schema, sources
from bucks_cs.looked_after.calculations.rows import WHOLE, read_rows
from bucks_cs.provenance import AnySource, Source
from bucks_cs.published_files import Published, Rounding
from bucks_cs.readings import Readings

__all__ = [
    "SAME_CARER_FOR_TWO_YEARS",
    "THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR",
    "THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS",
    "THREE_OR_MORE_SOCIAL_WORKERS",
    "read_placement_stability",
    "read_social_worker_changes",
]

_PERCENT = Rounding(authority=1, above=1)


def _share(function: str, *, title: str, counts: str, leaves_out: str, better: Better, of: tuple[Source, ...]) -> Indicator:
    """A share of children looked after on 31 March, in whole percent as DfE prints it."""
    return Indicator(
        key=f"looked_after.{function}",
        title=title,
        counts=counts,
        leaves_out=leaves_out,
        measure=Measure.SHARE,
        kind=Kind.STOCK,
        unit="percent",
        better=better,
        sources=of,
    )


THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR: Indicator = _share(
    "three_or_more_placements_in_the_year",
    title="Children looked after with three or more placements in the year",
    counts="children looked after on 31 March who had three or more placements in the year to it, out of all looked after on it; "
    "a placement open on the first or the last day of the year is among them",
    leaves_out="placements of under 24 hours; a placement for adoption with the foster carers a child lives with already, which "
    f"is no new one; {sources.SHORT_TERM}",
    better=Better.LOWER,
    of=(sources.THREE_PLACEMENTS, sources.STABILITY),
)

THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS: Indicator = _share(
    "three_or_more_placements_in_two_years",
    title="Children looked after with three or more placements in two years",
    counts="children looked after on 31 March who had three or more placements in the two years to it, out of those DfE's file "
    'groups as "CLA 2 years on 31 March"',
    leaves_out=f"children not in that group; {sources.SHORT_TERM}",
    better=Better.LOWER,
    of=(
        sources.STABILITY.at(
            "data file la_cla_placement_stability, CLA 2 years on 31 March; how long such a child was looked after was not read"
        ),
    ),
)

SAME_CARER_FOR_TWO_YEARS: Indicator = _share(
    "same_carer_for_two_years",
    title="Children looked after who have lived with the same carer for two years",
    counts="children under 16 looked after continuously for at least two and a half years on 31 March who have lived with the "
    "same carer for at least two years, or are placed for adoption and that placement and the one before it together lasted as "
    "long, out of all such children",
    leaves_out=f"children of 16 and 17, and those looked after for less than two and a half years; {sources.SHORT_TERM}",
    better=Better.HIGHER,
    of=(sources.SAME_CARER, sources.STABILITY),
)

THREE_OR_MORE_SOCIAL_WORKERS: Indicator = _share(
    "three_or_more_social_workers",
    title="Children looked after with three or more social workers in the year",
    counts="children looked after on 31 March who had three or more social workers in the year to it, out of all of whom it is "
    "known",
    leaves_out=f"children of authorities that could not say; {sources.SHORT_TERM}",
    better=Better.LOWER,
    of=(sources.SOCIAL_WORKERS,),
)


def _of(indicator: Indicator, group: str, column: str, text: str) -> Published:
    rows = {schema.GROUP: (group,), column: (text,)}
    return Published(
        indicator=indicator, value="children_percent", part="children", whole=WHOLE, rounding=_PERCENT, rows=rows
    )


_PLACEMENTS = (
    _of(THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR, schema.YEAR_GROUP, schema.PLACEMENTS, schema.THREE_IN_THE_YEAR),
    _of(THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS, schema.TWO_YEARS_GROUP, schema.PLACEMENTS, schema.THREE_IN_TWO_YEARS),
    _of(SAME_CARER_FOR_TWO_YEARS, schema.SAME_CARER_GROUP, schema.PLACEMENTS, schema.SAME_CARER_ROWS),
)
_WORKERS = (_of(THREE_OR_MORE_SOCIAL_WORKERS, schema.YEAR_GROUP, schema.SOCIAL_WORKERS, schema.THREE_WORKERS),)


@overload
def read_placement_stability(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_placement_stability(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_placement_stability(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """How many children looked after on 31 March had moved often, and how many live with the same carer, as DfE publishes it.

    Args:
        frame: The path of the CSV file ``la_cla_placement_stability``, or a frame of it of any engine; the headings of the
            releases of 2024 and 2025 are known.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Three shares on 31 March, in percent (0 to 100), each with the children it is and those it is of: three or more
        placements in the year; in two years; the same carer for two years, of those under 16 looked after for two and a half.
        Areas, gaps, bounds and kind of frame as `read_children_looked_after`; a percentage is printed whole, and has the
        bounds of that. A row whose group's "Total children" is not in the frame has no denominator.

    Raises:
        FrameProblems: As `read_children_looked_after`; so are the others.

    Source:
        DfE, *Children looked after in England including adoptions* (to 2024 *Stability measures for children looked after in
        England*), data file la_cla_placement_stability.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.looked_after import read_placement_stability
        >>> file = pl.DataFrame({"time_period": ["2025"] * 2, "geographic_level": ["Local authority"] * 2,
        ...     "country_code": ["E92000001"] * 2, "region_code": ["E12000008"] * 2, "old_la_code": ["825"] * 2,
        ...     "cla_group": ["CLA on 31 March"] * 2,
        ...     "placement_stability": ["Total children", "With 3 or more placements during the year"],
        ...     "children_count": ["522", "50"], "children_percent": ["100", "10"]})
        >>> moved = read_placement_stability(file).at()
        >>> moved.number, moved.bound("lower"), moved.bound("upper"), moved.numerator, moved.denominator
        (10.0, 9.5, 10.5, 50.0, 522.0)
    """
    return read_rows(
        frame, schema.PLACEMENTS_FILE, _PLACEMENTS, source=source, whole=(schema.PLACEMENTS, schema.TOTAL_CHILDREN, "children")
    )


@overload
def read_social_worker_changes(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_social_worker_changes(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_social_worker_changes(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """How many children looked after on 31 March had three or more social workers in the year to it, as DfE publishes it.

    It was collected for the first time for the year to 31 March 2024; authorities that could not say are ``x``.

    Args:
        frame: The path of the CSV file ``la_cla_swcount``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        The share on 31 March in percent (0 to 100), with the children it is and those it is of; areas, gaps, bounds and kind of
        frame as `read_placement_stability`.

    Raises:
        FrameProblems: As `read_children_looked_after`; so are the others.

    Source:
        DfE, *Stability measures for children looked after in England*, data file la_cla_swcount; official statistics in
        development.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.looked_after import read_social_worker_changes
        >>> file = pl.DataFrame({"time_period": ["2024"] * 2, "geographic_level": ["Local authority"] * 2,
        ...     "country_code": ["E92000001"] * 2, "region_code": ["E12000008"] * 2, "old_la_code": ["825"] * 2,
        ...     "cla_group": ["CLA on 31 March"] * 2,
        ...     "sw_stability": ["Total children", "3 or more social workers during the year"],
        ...     "number": ["523", "152"], "percentage": ["100", "29"]})
        >>> print(read_social_worker_changes(file).at().number)
        29.0
    """
    return read_rows(
        frame,
        schema.SOCIAL_WORKERS_FILE,
        _WORKERS,
        source=source,
        whole=(schema.SOCIAL_WORKERS, schema.TOTAL_CHILDREN, "children"),
    )
