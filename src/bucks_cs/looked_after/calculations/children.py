"""Children looked after: how many on 31 March, how many started and ceased to be in the year, and their rates."""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.looked_after import sources
from bucks_cs.looked_after.calculations.rows import read_rows
from bucks_cs.looked_after.schema import CEASING, LOOKED_AFTER_FILE, ON_31_MARCH, POPULATION, STARTING
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import TO_TEN_ABOVE, Published, Rounding
from bucks_cs.readings import Readings

__all__ = [
    "CHILDREN",
    "CHILDREN_CEASING",
    "CHILDREN_CEASING_PER_10_000",
    "CHILDREN_PER_10_000",
    "CHILDREN_STARTING",
    "CHILDREN_STARTING_PER_10_000",
    "read_children_looked_after",
]

_PER = 10_000
_FILE = sources.CHILDREN_LOOKED_AFTER

CHILDREN: Indicator = Indicator(
    key="looked_after.children",
    title="Children looked after",
    counts="children looked after by the authority on 31 March: under a care order or a placement order, or given accommodation "
    "by it for more than 24 hours on end",
    leaves_out=sources.SHORT_TERM,
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.CHILDREN_ACT_1989, sources.LAIT, _FILE),
)

CHILDREN_STARTING: Indicator = Indicator(
    key="looked_after.children_starting",
    title="Children who started to be looked after",
    counts="children who started to be looked after in the year to 31 March, once however often they started; in England's "
    "figure once in each authority, where their care passed from one to another",
    leaves_out=sources.SHORT_TERM,
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.LAIT.at("measure LACnum_Start"), _FILE, sources.METHODOLOGY),
)

CHILDREN_CEASING: Indicator = Indicator(
    key="looked_after.children_ceasing",
    title="Children who ceased to be looked after",
    counts="children who ceased to be looked after in the year to 31 March, once however often they ceased",
    leaves_out=sources.SHORT_TERM,
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="child",
    better=Better.NEITHER,
    sources=(_FILE, sources.METHODOLOGY),
)


def _rate_of(count: Indicator) -> Indicator:
    """The rate of a count, in whole numbers per 10,000 children as DfE prints it."""
    return Indicator(
        key=f"{count.key}_per_10_000",
        title=f"{count.title} per 10,000 children",
        counts=f"{count.counts}, beside the children aged 0 to 17 at the mid-year before",
        leaves_out=count.leaves_out,
        measure=Measure.RATE,
        kind=count.kind,
        unit="per_10_000",
        per=_PER,
        better=Better.NEITHER,
        sources=(_FILE.at("data file cla_number_and_rate_per_10k_children, columns rate_per_10000 and population_estimate"),),
    )


CHILDREN_PER_10_000: Indicator = _rate_of(CHILDREN)
CHILDREN_STARTING_PER_10_000: Indicator = _rate_of(CHILDREN_STARTING)
CHILDREN_CEASING_PER_10_000: Indicator = _rate_of(CHILDREN_CEASING)

_WHOLE_NUMBER = Rounding(authority=1, above=1)


def _measures() -> tuple[Published, ...]:
    found = []
    for text, count, rate in (
        (ON_31_MARCH, CHILDREN, CHILDREN_PER_10_000),
        (STARTING, CHILDREN_STARTING, CHILDREN_STARTING_PER_10_000),
        (CEASING, CHILDREN_CEASING, CHILDREN_CEASING_PER_10_000),
    ):
        own = {POPULATION: (text,)}
        found.append(Published(indicator=count, value="children", rounding=TO_TEN_ABOVE, rows=own))
        found.append(
            Published(indicator=rate, value="rate", part="children", whole="population", rounding=_WHOLE_NUMBER, rows=own)
        )
    return tuple(found)


@overload
def read_children_looked_after(
    frame: str | os.PathLike[str], *, source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_children_looked_after(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_children_looked_after(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Children looked after on each 31 March, and those who started and ceased in the year before it, as DfE publishes them.

    Args:
        frame: The path of the CSV file ``cla_number_and_rate_per_10k_children``, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Six indicators: three counts, and their rates per 10,000 children with the count and the children they are of. Those
        looked after are of the day, 31 March; those who started or ceased of the year to it. An authority is named by its LA
        number and what is above it by its ONS code. A figure withheld keeps its reason (``c`` suppressed, ``z`` of an authority
        that was not there). The bounds of a printed figure are those of its rounding: a rate to a whole number, a count of a
        region or England to the nearest 10; an authority's count is exact and has none. A path gives polars, and a frame
        its own kind, lazy if it was.

    Raises:
        FrameProblems: A heading is missing, or rows cannot be read: a year, a level, a code, a kind of population that is not
            known, a figure that is neither a number nor one of DfE's symbols, or two rows of one area, year and kind. Counts of
            rows, and no cell.
        InvalidValue: There is no file at the path.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Children looked after in England including adoptions*, data file cla_number_and_rate_per_10k_children. Who is
        looked after: Children Act 1989, section 22(1) and (2).

    Example:
        >>> import polars as pl
        >>> from bucks_cs.looked_after import read_children_looked_after
        >>> file = pl.DataFrame({"time_period": ["2025"], "time_identifier": ["Reporting year"],
        ...     "geographic_level": ["Local authority"], "country_code": ["E92000001"], "region_code": ["E12000008"],
        ...     "old_la_code": ["825"], "population_type": ["Children looked after on 31 March each year"],
        ...     "population_estimate": ["130466"], "children_count": ["522"], "rate_per_10000": ["40"]})
        >>> for reading in read_children_looked_after(file):
        ...     print(reading.indicator.title, "|", reading.period, "|", reading.number)
        Children looked after | 31 March 2025 | 522.0
        Children looked after per 10,000 children | 31 March 2025 | 40.0
    """
    return read_rows(frame, LOOKED_AFTER_FILE, _measures(), source=source)
