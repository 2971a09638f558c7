"""Geography: local authorities with children's services, the regions and England, by number, code, name and date.

Join on the LA number. ONS codes change when an authority is reorganised, and published files mix old and new ones
(DfE's plans of 2024 have Buckinghamshire under the code that ended in 2020); the LA number of a continuing
authority stays. In readings an area is the LA number for an authority and the ONS code above it: `area_key`.

The look-up, ``areas.csv``, is made from DfE's published tables and ONS's Code History Database by
``tools/build_areas.py``; each code has its dates and its source.

Example:
    >>> import datetime as dt
    >>> from bucks_cs import geography
    >>> for code in geography.authority(825).codes:
    ...     print(code.value, code)
    E10000002 1 January 2009 to 31 March 2020
    E06000060 1 April 2020 to now
"""

from __future__ import annotations

from bucks_cs.geography.finding import area, area_key, area_name, authority, la_number_of, name_or_code, region
from bucks_cs.geography.listing import authorities, england, lookup_rows, parts_of_london, regions
from bucks_cs.geography.model import Area, Authority, England, JointReturn, Region
from bucks_cs.geography.sources import BARNSLEY_AND_SHEFFIELD, CODE_HISTORY

__all__ = [
    "BARNSLEY_AND_SHEFFIELD",
    "CODE_HISTORY",
    "Area",
    "Authority",
    "England",
    "JointReturn",
    "Region",
    "area",
    "area_key",
    "area_name",
    "authorities",
    "authority",
    "england",
    "la_number_of",
    "lookup_rows",
    "name_or_code",
    "parts_of_london",
    "region",
    "regions",
]
