"""EHC plans: the plans that DfE publishes as at January, by setting, age and primary need, as readings of ``ehcp.plans``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any, overload

import polars as pl

from bucks_cs.ehcp.calculations.cohort_shares import SHARE_OF_PLANS
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.ehcp.schema.published_headings import CASELOAD_FILE, ESTABLISHMENTS, NEEDS_FILE, PUBLISHED_NEEDS, SETTING_GROUPS
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import EXACT, TO_ONE_DECIMAL, Published, read_published
from bucks_cs.readings import Readings

__all__ = ["read_caseload", "read_needs"]

_TOTAL = (Published(indicator=PLANS, value="plans", rounding=EXACT),)
_WIDE = {"setting": SETTING_GROUPS, "establishment": ESTABLISHMENTS}
_BY_NEED = tuple(
    measure
    for code, name in PUBLISHED_NEEDS.items()
    for measure in (
        Published(indicator=PLANS, value=name, rounding=EXACT, dims={"primary_need": code}),
        Published(
            indicator=SHARE_OF_PLANS,
            value=f"{name}_percent",
            part=name,
            whole="plans",
            rounding=TO_ONE_DECIMAL,
            dims={"primary_need": code},
        ),
    )
)


@overload
def read_caseload(
    frame: str | os.PathLike[str], *, by: str | Sequence[str] | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_caseload(frame: FrameT, *, by: str | Sequence[str] | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_caseload(frame: Any, *, by: str | Sequence[str] | None = None, source: AnySource | None = None) -> Readings[Any]:
    """EHC plans as at January for every authority, region and England, as DfE publishes them (data file caseload).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases of 2025 and 2026 are known.
        by: What the file has columns for: ``"setting"`` (mainstream, special and so on) or ``"establishment"`` (each kind of
            setting); or rows, from January 2024: ``"age"``, ``"sex"``, ``"ethnicity"``, ``"age_at_start"`` or ``"years_held"``.
            Or one of each, such as ``("age", "setting")``; None for all plans.
        source: As `read_timeliness`.

    Returns:
        Plans on SEN2's survey day of each year (16 January 2025), from 0 up and exact. The file says January and no day:
        `SURVEY_DAYS` has those that are known, 2015 to 2027, and plans of another year are of its month. 202425 with "Academic
        year" and 2025 with "Calendar year" are the same January. The groups of settings make the whole since January 2024, and
        establishments in every year; but for Hackney and Peterborough in January 2024, which gave a total and few settings or
        none, and for London, the East of England and England with them. Not recorded is null. Areas, gaps and kind of frame as
        `read_timeliness`.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.
        InvalidValue: ``by`` is none of these, or two that stand in columns or two that stand in rows.

    Source:
        DfE, *Education, health and care plans* 2025, data file caseload, and its data guidance: "The number of EHC plans active
        at January each year"; "Figures for 2023/24 include the total number of EHC plans for Hackney and Peterborough". The days:
        DfE, SEN2 guide of each year.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_caseload
        >>> rows = pl.DataFrame({"time_period": ["202425", "202425"], "time_identifier": ["Academic year"] * 2,
        ...     "geographic_level": ["Local authority"] * 2, "country_code": ["E92000001"] * 2, "region_code": ["E12000008"] * 2,
        ...     "new_la_code": ["E10000002"] * 2, "old_la_code": ["825"] * 2, "breakdown_topic": ["All EHC plans", "Sex"],
        ...     "breakdown": ["All EHC plans", "Unknown"], "ehcplans": ["7217", "2"]})
        >>> print(*read_caseload(rows))
        EHC plans in 825, 16 January 2025: 7,217 plans (Department for Education, ...)
        >>> read_caseload(rows, by="sex").at(sex=None).number
        2.0
    """
    topic, wide = _columns_and_rows(by)
    measures = _TOTAL if wide is None else _of_columns(wide)
    return read_published(frame, CASELOAD_FILE, measures, by=topic, source=source)


def _columns_and_rows(by: object) -> tuple[str | None, str | None]:
    """The topic whose rows are asked for, and the breakdown whose columns are."""
    asked: tuple[Any, ...] = () if by is None else (by,) if not isinstance(by, (tuple, list)) else tuple(by)
    wide = [name for name in asked if name in _WIDE]
    topics = [name for name in asked if name not in _WIDE]
    if len(wide) > 1 or len(topics) > 1 or any(name not in CASELOAD_FILE.topics for name in topics):
        rows, columns = ", ".join(CASELOAD_FILE.topics), " or ".join(_WIDE)
        raise InvalidValue(what="by", expected=f"None, one of {rows}, {columns}, or one of the first with one of the last two")
    return (topics[0] if topics else None), (wide[0] if wide else None)


def _of_columns(name: str) -> Iterable[Published]:
    return [Published(indicator=PLANS, value=column, rounding=EXACT, dims={name: group}) for group, column in _WIDE[name].items()]


@overload
def read_needs(
    frame: str | os.PathLike[str], *, by: str | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_needs(frame: FrameT, *, by: str | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_needs(frame: Any, *, by: str | None = None, source: AnySource | None = None) -> Readings[Any]:
    """EHC plans as at January by primary need, as DfE publishes them (data file sen_needs_all_plans).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases of 2025 and 2026 are known.
        by: ``"age"``, ``"sex"``, ``"ethnicity"``, ``"years_held"`` or ``"placement"`` (DfE's own words, whose totals stand among
            the kinds), as well as the need; None for the need alone.
        source: As `read_timeliness`.

    Returns:
        By ``primary_need`` (the codes of `PrimaryNeed`; null where it is not recorded): plans on SEN2's survey day, from 0 up and
        exact; and the share of all plans in percent (0 to 100) with the counts it is of. Down Syndrome is counted under OTH to
        the release of 2025, and is DS in that of 2026. Days as `read_caseload`; areas, gaps and kind of frame as
        `read_timeliness`.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.

    Source:
        DfE, *Education, health and care plans* 2025, data file sen_needs_all_plans, and its data guidance: "Surrey submitted
        amended figures on the primary type of need": in its row, SLD and SPLD are the amended counts and their percentages
        those of before; the regions and England have the counts of before.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_needs
        >>> codes = ("asd", "hi", "mld", "msi", "oth", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi", "need_unknown")
        >>> columns = {f"number_{code}": [2] for code in codes}
        >>> columns |= {f"{code.removeprefix('need_')}_pc": [7.7] for code in codes}
        >>> made_up = pl.DataFrame({"time_period": [202425], "time_identifier": ["Academic year"], "country_code": ["E92000001"],
        ...     "geographic_level": ["National"], "region_code": [None], "old_la_code": [None], "ehc_plans": [26],
        ...     "breakdown_topic": ["All EHC plans"], "breakdown": ["All EHC plans"]} | columns)
        >>> needs = read_needs(made_up)
        >>> needs.at(indicator="ehcp.plans", primary_need="ASD").number
        2.0
        >>> share = needs.at(indicator="ehcp.share_of_plans", primary_need=None)
        >>> print(share.period, share.number, share.numerator, share.denominator)
        16 January 2025 7.7 2.0 26.0
    """
    return read_published(frame, NEEDS_FILE, _BY_NEED, by=by, source=source)
