"""Demand: what DfE publishes of children in need, as readings under the same keys as the measures from a council's own rows."""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.demand.calculations.outcomes import ASSESSED_NOT_IN_NEED, NO_FURTHER_ACTION
from bucks_cs.demand.calculations.pathway import CHILDREN_IN_NEED, CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN, REFERRALS
from bucks_cs.demand.calculations.per_10_000 import CHILDREN_IN_NEED_PER_10_000, REFERRALS_PER_10_000
from bucks_cs.demand.calculations.plan_lengths import PLANS_OPEN_TWO_YEARS
from bucks_cs.demand.calculations.plans import SECOND_OR_SUBSEQUENT_PLANS
from bucks_cs.demand.calculations.plans_in_a_period import CHILD_PROTECTION_PLANS_STARTED
from bucks_cs.demand.calculations.rereferrals import REREFERRALS
from bucks_cs.demand.schema.published_headings import (
    CHILDREN_IN_NEED_FILE,
    PLANS_BY_DURATION_FILE,
    REFERRALS_FILE,
    SUBSEQUENT_PLANS_FILE,
)
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Indicator
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import TO_ONE_DECIMAL, TO_TEN_ABOVE, Published, read_published
from bucks_cs.readings import Readings

__all__ = ["read_children_in_need", "read_plans_by_duration", "read_referrals", "read_subsequent_plans"]


def _share(indicator: Indicator, value: str, *, part: str, whole: str) -> Published:
    return Published(indicator=indicator, value=value, part=part, whole=whole, rounding=TO_ONE_DECIMAL)


_OF_REFERRALS = (
    Published(indicator=REFERRALS, value="referrals", rounding=TO_TEN_ABOVE),
    Published(indicator=REFERRALS_PER_10_000, value="referrals_rate", rounding=TO_ONE_DECIMAL),
    _share(REREFERRALS, "rereferrals_percent", part="rereferrals", whole="referrals"),
    _share(NO_FURTHER_ACTION, "no_further_action_percent", part="no_further_action", whole="referrals"),
    _share(ASSESSED_NOT_IN_NEED, "not_in_need_percent", part="not_in_need", whole="referrals"),
)
_OF_CHILDREN_IN_NEED = (
    Published(indicator=CHILDREN_IN_NEED, value="in_need", rounding=TO_TEN_ABOVE),
    Published(indicator=CHILDREN_IN_NEED_PER_10_000, value="in_need_rate", rounding=TO_ONE_DECIMAL),
)
_OF_SUBSEQUENT_PLANS = (
    Published(indicator=CHILD_PROTECTION_PLANS_STARTED, value="started", rounding=TO_TEN_ABOVE),
    _share(SECOND_OR_SUBSEQUENT_PLANS, "subsequent_percent", part="subsequent", whole="started"),
)
_OF_PLANS_BY_DURATION = (
    Published(indicator=CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN, value="open", rounding=TO_TEN_ABOVE),
    _share(PLANS_OPEN_TWO_YEARS, "two_years_percent", part="two_years", whole="open"),
)


@overload
def read_referrals(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_referrals(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_referrals(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Referrals and what became of them, for every authority, region and England, as DfE publishes them (data file c1).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases to 2024 and since are known.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Referrals in each year to 31 March; re-referrals, referrals with no further action and those assessed as not in need, in
        percent (0 to 100) with the counts they are of; referrals per 10,000 children where the release has them (to 2024).
        An authority is named by its LA number, whatever code stands in the file. A figure withheld keeps its reason. The bounds
        of a printed figure are those of its rounding: a percentage and a rate to one decimal, a count of a region or England to
        the nearest 10; an authority's count is exact and has none. A path gives polars, and a frame its own kind, lazy if it was.

    Raises:
        FrameProblems: A heading is missing or there under two names, or rows cannot be read: a year, a level, a code, a figure
            that is neither a number nor one of DfE's symbols, a count or a rate below 0, a percentage outside 0 to 100, or two
            rows of one area and year. Counts of rows, and no cell.
        InvalidValue: There is no file at the path.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Children in need*, data file c1. That regions and England are rounded to the nearest 10, percentages and rates to
        one decimal: data guidance of 2020 and 2021, "Rounding".

    Example:
        >>> import polars as pl
        >>> from bucks_cs.demand import read_referrals
        >>> from bucks_cs.periods import ReportingYear
        >>> c1 = pl.DataFrame({"time_period": ["2023"], "geographic_level": ["Local authority"], "country_code": ["E92000001"],
        ...     "region_code": ["E12000008"], "old_la_code": ["825"], "referral_count": ["12157"], "rereferral_count": ["4752"],
        ...     "rereferral_percent": ["39.1"], "no_further_action_count": ["5958"], "no_further_action_percent": ["49"],
        ...     "not_in_need_count": ["c"], "not_in_need_percent": ["c"]})
        >>> for reading in read_referrals(c1):
        ...     print(reading.indicator.title, "|", reading.area, "|", reading.period, "|", reading.number or reading.withheld)
        Referrals assessed as not in need | 825 | year to 31 March 2023 | suppressed to protect confidentiality
        Referrals with no further action | 825 | year to 31 March 2023 | 49.0
        Referrals | 825 | year to 31 March 2023 | 12157.0
        Re-referrals within 12 months | 825 | year to 31 March 2023 | 39.1
    """
    return read_published(frame, REFERRALS_FILE, _OF_REFERRALS, source=source)


@overload
def read_children_in_need(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_children_in_need(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_children_in_need(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Children in need at each 31 March, for every authority, region and England, as DfE publishes them (data file b1).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Open episodes of need on 31 March, and their rate per 10,000 children where the release has it (to 2024); areas, gaps,
        bounds and kind of frame as `read_referrals`. Episodes and children over a year have no measure here and are left behind.

    Raises:
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        DfE, *Children in need*, data file b1, columns At31_episodes and At31_episodes_rate.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.demand import read_children_in_need
        >>> b1 = pl.DataFrame({"time_period": ["2024"], "geographic_level": ["National"], "country_code": ["E92000001"],
        ...     "region_code": [None], "old_la_code": [None], "At31_episodes": ["399460"]})
        >>> england = read_children_in_need(b1).at()
        >>> england.number, england.bound("lower"), england.bound("upper")
        (399460.0, 399455.0, 399465.0)
    """
    return read_published(frame, CHILDREN_IN_NEED_FILE, _OF_CHILDREN_IN_NEED, source=source)


@overload
def read_subsequent_plans(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_subsequent_plans(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_subsequent_plans(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Child protection plans that started in each year, and those that are a second or subsequent one (DfE's data file d3).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Plans started in each year to 31 March, and the share that are a second or subsequent one in percent (0 to 100) with the
        counts it is of; areas, gaps, bounds and kind of frame as `read_referrals`. For 2022 the percentages of England and of
        Yorkshire and The Humber are of fewer plans than the count beside them: Doncaster's are left out of them.

    Raises:
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        DfE, *Children in need*, data file d3.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.demand import read_subsequent_plans
        >>> d3 = pl.DataFrame({"time_period": ["2023"], "geographic_level": ["Local authority"], "country_code": ["E92000001"],
        ...     "region_code": ["E12000001"], "old_la_code": ["840"], "CPP_start": ["763"], "CPP_subsequent": ["163"],
        ...     "CPP_subsequent_percent": ["21.4"]})
        >>> read_subsequent_plans(d3).at(indicator="demand.second_or_subsequent_plans").number
        21.4
    """
    return read_published(frame, SUBSEQUENT_PLANS_FILE, _OF_SUBSEQUENT_PLANS, source=source)


@overload
def read_plans_by_duration(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_plans_by_duration(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_plans_by_duration(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Child protection plans open at each 31 March, and those open for two years or more (DfE's data file d5).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Children subject to a plan on 31 March, and the share whose plan had lasted two years or more in percent (0 to 100) with
        the counts it is of; areas, gaps, bounds and kind of frame as `read_referrals`. The shorter durations have no measure here
        and are left behind.

    Raises:
        FrameProblems: As `read_referrals`; so are the others.

    Source:
        DfE, *Children in need*, data file d5.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.demand import read_plans_by_duration
        >>> d5 = pl.DataFrame({"time_period": ["2023"], "geographic_level": ["Local authority"], "country_code": ["E92000001"],
        ...     "region_code": ["E12000001"], "old_la_code": ["806"], "CPP_At31": ["469"], "2_years_or_more": ["13"],
        ...     "2_years_or_more_percent": ["2.8"]})
        >>> print(read_plans_by_duration(d5).at(indicator="demand.plans_open_two_years").period)
        31 March 2023
    """
    return read_published(frame, PLANS_BY_DURATION_FILE, _OF_PLANS_BY_DURATION, source=source)
