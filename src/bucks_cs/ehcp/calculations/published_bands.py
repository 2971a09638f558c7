"""EHC plans: the plans that DfE publishes as issued within 20 weeks, within a year, and later, on both bases."""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.ehcp.calculations.bands import (
    ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS,
    ISSUED_BY_BAND_INCLUDING_EXCEPTIONS,
    WEEKS_BANDS,
)
from bucks_cs.ehcp.schema.published_headings import TIMELINESS_FILE
from bucks_cs.frames.checked import FrameT
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import TO_ONE_DECIMAL, Published, read_published
from bucks_cs.readings import Readings

__all__ = ["read_timeliness_bands"]

_BANDS = dict(zip(WEEKS_BANDS, ("in_20_weeks", "in_a_year", "over_a_year"), strict=True))
_BY_BAND = tuple(
    Published(
        indicator=indicator,
        value=f"{part}{basis}_percent",
        part=f"{part}{basis}",
        whole=f"issued{basis}",
        rounding=TO_ONE_DECIMAL,
        dims={"band": band},
    )
    for indicator, basis in ((ISSUED_BY_BAND_INCLUDING_EXCEPTIONS, ""), (ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS, "_ex"))
    for band, part in _BANDS.items()
)


@overload
def read_timeliness_bands(
    frame: str | os.PathLike[str], *, by: str | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_timeliness_bands(frame: FrameT, *, by: str | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_timeliness_bands(frame: Any, *, by: str | None = None, source: AnySource | None = None) -> Readings[Any]:
    """Plans issued within 20 weeks, from there to a year, and after more than a year, on both bases (timeliness_20_week).

    Args:
        frame: As `read_timeliness`, of the same file.
        by: As `read_timeliness`.
        source: As `read_timeliness`.

    Returns:
        The share in each ``band`` in percent (0 to 100), including exceptions and excluding them, with the counts they are of.
        Years before 2023 have the first band alone, the others being ``x``. Some plans issued are in no band, so that the
        shares make less than 100: in England 639 of 80,945 in 2023 and 64 of 90,392 in 2024, in Manchester 448 of 1,584 in 2023.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.

    Source:
        DfE, *Education, health and care plans* 2025, data file timeliness_20_week, columns pc_plans_issued_gt20weeks_ltYear
        ("between 20 and 52 weeks") and pc_plans_issued_gt_1_year ("after 52 weeks").

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_timeliness_bands
        >>> counts = {"den": 85_748, "within_20_weeks": 43_086, "gt20weeks_ltYear": 36_000, "gt_1_year": 6_662}
        >>> counts = {f"plans_issued_{name}": [n] for name, n in counts.items()}
        >>> counts |= {"plans_issued_den_ex": [1], "plans_issued_20_weeks_ex": [1], "plans_issued_gt20weeks_ltYear_ex": [0]}
        >>> shares = {"pc_plans_issued_within_20_weeks": [50.2], "pc_plans_issued_gt20weeks_ltYear": [42.0],
        ...     "pc_plans_issued_gt_1_year": [7.8], "PC_plans_issued_20_weeks_ex": [100], "PC_plans_issued_gt_1_year_ex": [0],
        ...     "PC_plans_issued_gt20weeks_ltYear_ex": [0], "plans_issued_gt_1_year_ex": [0]}
        >>> made_up = pl.DataFrame({"time_period": [2023], "geographic_level": ["National"], "country_code": ["E92000001"],
        ...     "region_code": [None], "old_la_code": [None], "breakdown_topic": ["All"], "breakdown": ["All"]} | counts | shares)
        >>> for reading in read_timeliness_bands(made_up).where(indicator="ehcp.issued_by_band_including_exceptions"):
        ...     print(reading.dims[0][1], reading.number)
        20 weeks to a year 42.0
        over a year 7.8
        within 20 weeks 50.2
    """
    return read_published(frame, TIMELINESS_FILE, _BY_BAND, by=by, source=source)
