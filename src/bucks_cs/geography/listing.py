"""All the areas there are: the authorities of a day, the regions, and the look-up as rows to join on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bucks_cs.errors import OutsideCoverage
from bucks_cs.geography.finding import region as find_region
from bucks_cs.geography.model import Authority, England, Region, plain_day
from bucks_cs.geography.sources import AUTHORITIES_KNOWN_FROM
from bucks_cs.geography.table import table

__all__ = ["authorities", "england", "lookup_rows", "parts_of_london", "regions"]


def england() -> England:
    """England.

    Example:
        >>> england().ons_code
        'E92000001'
    """
    return table().england


def regions() -> tuple[Region, ...]:
    """The nine regions, in order of ONS code; `parts_of_london` are inside one of them.

    Example:
        >>> len(regions())
        9
    """
    return tuple(each for each in table().regions.values() if each.part_of is None)


def parts_of_london() -> tuple[Region, ...]:
    """Inner and Outer London, for which DfE gives figures beside those of London as a whole.

    Example:
        >>> [part.name for part in parts_of_london()]
        ['Inner London', 'Outer London']
    """
    return tuple(each for each in table().regions.values() if each.part_of is not None)


def authorities(on: dt.date | None = None, *, region: int | str | Region | None = None) -> tuple[Authority, ...]:
    """The local authorities with children's services, in order of LA number.

    Args:
        on: The day they were there; without it, all that there have been since 1 April 2009.
        region: Those of one region, or of Inner or Outer London.

    Returns:
        152 authorities to 31 March 2019, 151 to 31 March 2021, 152 to 31 March 2023, 153 since; 158 in all. A day
        after the sources were made has the authorities that had not ended by then.

    Raises:
        OutsideCoverage: A day before 1 April 2009.
        UnknownArea: There is no such region.

    Source:
        `CODE_HISTORY`. DfE, *Children in need 2025*, table b1, has the same number of authorities at each 31 March.

    Example:
        >>> len(authorities(dt.date(2022, 3, 31))), len(authorities(dt.date(2022, 3, 31), region="South East"))
        (152, 19)
    """
    day = None if on is None else plain_day(on)
    within = None if region is None else find_region(region)
    if day is not None and day < AUTHORITIES_KNOWN_FROM:
        raise OutsideCoverage(
            what="the list of authorities",
            first=AUTHORITIES_KNOWN_FROM.isoformat(),
            last="now",
            hint=" Seven counties ended the day before; no table here has them.",
        )
    return tuple(
        each
        for each in table().authorities.values()
        if (day is None or each.exists(day)) and (within is None or within in (each.region, each.part_of_london))
    )


def lookup_rows() -> tuple[dict[str, Any], ...]:
    """The look-up as rows, one an authority and ONS code, to make a frame of and join on.

    Returns:
        Dicts with ``la_number``, ``ons_code``, ``name``, ``region``, ``region_code``, ``valid_from`` (a date) and
        ``valid_to`` (a date, or None while the code holds); new ones at each call. ``ons_code`` is unique,
        ``la_number`` is not.

    Example:
        >>> [row["ons_code"] for row in lookup_rows() if row["la_number"] == "825"]
        ['E10000002', 'E06000060']
    """
    return tuple(
        {
            "la_number": each.la_number,
            "ons_code": code.value,
            "name": each.name,
            "region": each.region.name,
            "region_code": each.region.ons_code,
            "valid_from": code.since,
            "valid_to": code.until,
        }
        for each in table().authorities.values()
        for code in each.codes
    )
