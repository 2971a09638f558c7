"""Demand: the children there are at mid-year, as ONS estimates them, for the rates: which vintage is always said."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any, overload

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.demand import sources
from bucks_cs.demand.schema.population_by_age import people_by_area
from bucks_cs.demand.schema.published_headings import POPULATION_FILE
from bucks_cs.errors import InvalidValue, MissingSource
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.published_files import EXACT, Published, read_published
from bucks_cs.readings import Readings

__all__ = ["CHILDREN_AT_MID_YEAR", "read_mid_year_population", "read_population_by_age"]

CHILDREN_AT_MID_YEAR: Indicator = Indicator(
    key="demand.children_at_mid_year",
    title="Children aged 0 to 17",
    counts="children aged 0 to 17 who are usually resident on 30 June, as estimated; the estimates of a year are revised",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.CHILDREN_TO_MID_2024, sources.CHILDREN_AT_MID_2020_UNREBASED),
)

_OF_POPULATION = (Published(indicator=CHILDREN_AT_MID_YEAR, value="children", rounding=EXACT),)
_MID_YEAR = (6, 30)
_OLDEST_CHILD = 17
_LAST_SINGLE_YEAR = 89


@overload
def read_mid_year_population(frame: str | os.PathLike[str], *, source: AnySource) -> Readings[pl.DataFrame]: ...
@overload
def read_mid_year_population(frame: FrameT, *, source: AnySource) -> Readings[FrameT]: ...
def read_mid_year_population(frame: Any, *, source: AnySource) -> Readings[Any]:
    """Children aged 0 to 17 at each mid-year, for every authority, region and England, as DfE carries ONS's estimates.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        source: The release of the estimates: the estimate of one mid-year differs between releases and no file says which it is,
            so it must be said. `CHILDREN_TO_MID_2024` is that of the file to mid-2024.

    Returns:
        Children on 30 June, as `per_10_000` takes them for a population: 0 or more; areas and kind of frame as `read_referrals`.
        ``x`` for an authority that had ended, or was not there yet.

    Raises:
        MissingSource: ``source`` is no source.
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        ONS, *Mid-year population estimates*; DfE's file has the children of the authorities there were at the 31 March after.

    Example:
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> ons = pl.DataFrame({"time_period": ["2020"], "geographic_level": ["Local authority"], "country_code": ["E92000001"],
        ...     "region_code": ["E12000008"], "old_la_code": ["825"], "population_estimate": ["122495"]})
        >>> children = demand.read_mid_year_population(ons, source=demand.CHILDREN_TO_MID_2024)
        >>> print(children.at().value, children.at().period)
        122495.0 child 30 June 2020
    """
    _need(source)
    return read_published(frame, POPULATION_FILE, _OF_POPULATION, source=source)


@overload
def read_population_by_age(
    frame: str | os.PathLike[str], *, mid_year: int, source: AnySource, oldest: int = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_population_by_age(frame: FrameT, *, mid_year: int, source: AnySource, oldest: int = ...) -> Readings[FrameT]: ...
def read_population_by_age(frame: Any, *, mid_year: int, source: AnySource, oldest: int = _OLDEST_CHILD) -> Readings[Any]:
    """Children aged 0 to 17 at one mid-year, from ONS's table of estimates by single year of age.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine: ``code`` and ``age_0`` to ``age_17``.
        mid_year: The year of the estimate, which the table does not have.
        source: The release of the estimates; `CHILDREN_AT_MID_2020_UNREBASED` is that of mid-2020 as first published.
        oldest: The last age that is counted: 17 for children. To another age it is no population of children, and is under a
            key of its own ("0-18 population" is one year of age more), which no rate of children takes.

    Returns:
        Children on 30 June of the year for each authority with children's services, region and England in it: the sum of the
        ages from 0 on. Other rows (districts, metropolitan counties, other countries of the United Kingdom) are left behind.

    Raises:
        MissingSource: ``source`` is no source.
        FrameProblems: A column is missing; an age is no number, is infinite or below 0; an area is there twice; or none is
            known.
        InvalidValue: ``mid_year`` is no year, ``oldest`` no age from 0 to 89; there is no file at the path.

    Source:
        ONS, *Estimates of the population*, single year of age.

    Example:
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> ages = {f"age_{age}": [7_044, 1] for age in range(18)}
        >>> ons = pl.DataFrame({"code": ["E06000060", "W06000001"], **ages})
        >>> demand.read_population_by_age(ons, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED).at().number
        126792.0
    """
    _need(source)
    day, indicator = nw.lit(_day_of(mid_year)), _to_age(oldest)
    lazy, home = people_by_area(frame, oldest=oldest)
    dated = lazy.with_columns(nw.lit(str(Snapshot.kind)).alias("period_kind"), day.alias("period_start"), day.alias("period_end"))
    return Readings.worked_out(dated, home=home, indicators=indicator, source=source)


def _day_of(mid_year: object) -> dt.date:
    if not isinstance(mid_year, int) or isinstance(mid_year, bool) or not 1900 <= mid_year <= 2100:
        raise InvalidValue(what="mid_year", expected="the year of the estimate, such as 2020")
    return dt.date(mid_year, *_MID_YEAR)


def _to_age(oldest: object) -> Indicator:
    """The population to an age: children to 17, and others under another key and in another unit."""
    if not isinstance(oldest, int) or isinstance(oldest, bool) or not 0 <= oldest <= _LAST_SINGLE_YEAR:
        raise InvalidValue(what="oldest", expected="the last age that is counted, a whole number from 0 to 89")
    if oldest == _OLDEST_CHILD:
        return CHILDREN_AT_MID_YEAR
    people = f"people aged 0 to {oldest}"
    return attrs.evolve(
        CHILDREN_AT_MID_YEAR,
        key=f"demand.people_aged_0_to_{oldest}_at_mid_year",
        title=people.capitalize(),
        counts=CHILDREN_AT_MID_YEAR.counts.replace("children aged 0 to 17", people),
        unit="person",
    )


def _need(source: object) -> None:
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a population whose vintage is not said")
