"""The workforce: what DfE publishes of children's social workers, under the keys of the measures from a council's own rows."""

from __future__ import annotations

import os
from typing import Any, overload

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import small_table
from bucks_cs.indicators import Indicator
from bucks_cs.periods import ReportingYear
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import (
    EXACT,
    TO_ONE_DECIMAL,
    Published,
    PublishedRows,
    heading_names,
    opened,
    published_rows,
    readings_of,
)
from bucks_cs.readings import Readings
from bucks_cs.units import in_unit
from bucks_cs.workforce.calculations.absence import ABSENCE_RATE_FTE, WORKING_DAYS_LOST
from bucks_cs.workforce.calculations.agency import AGENCY_WORKERS_FTE, AGENCY_WORKERS_HEADCOUNT
from bucks_cs.workforce.calculations.agency_rates import AGENCY_RATE_FTE, AGENCY_RATE_HEADCOUNT
from bucks_cs.workforce.calculations.caseload import CASELOAD_FTE
from bucks_cs.workforce.calculations.cases_held import CASE_HOLDERS_FTE, CASES
from bucks_cs.workforce.calculations.in_post import SOCIAL_WORKERS_IN_POST_FTE, SOCIAL_WORKERS_IN_POST_HEADCOUNT
from bucks_cs.workforce.calculations.leaving import LEAVERS_FTE, LEAVERS_HEADCOUNT
from bucks_cs.workforce.calculations.starting import STARTERS_FTE, STARTERS_HEADCOUNT
from bucks_cs.workforce.calculations.turnover import TURNOVER_RATE_FTE, TURNOVER_RATE_HEADCOUNT
from bucks_cs.workforce.calculations.vacancies import AGENCY_COVER_FTE, VACANCIES_FTE, VACANCY_AGENCY_COVER_RATE_FTE
from bucks_cs.workforce.calculations.vacancy_rates import AGENCY_COVER_RATE_FTE, VACANCY_RATE_FTE
from bucks_cs.workforce.schema.published_headings import file_with
from bucks_cs.workforce.sources.working_days import WORKING_DAYS_OF_A_YEAR

__all__ = ["COUNTED", "DAYS_AVAILABLE", "RATES", "WORKING_DAYS", "read_social_work_workforce", "workforce_rows"]

DAYS_AVAILABLE = "days_available"
"""Social workers in post (FTE) times the working days of the year: what the days lost are a share of. No file prints it."""

WORKING_DAYS = "working_days"
"""The working days of the row's year; null before the year to 30 September 2017."""


def _fte(indicator: Indicator, value: str) -> Published:
    return Published(indicator=indicator, value=value, rounding=TO_ONE_DECIMAL)


def _whole(indicator: Indicator, value: str) -> Published:
    return Published(indicator=indicator, value=value, rounding=EXACT)


def _rate(indicator: Indicator, value: str, part: str, *whole: str) -> Published:
    return Published(indicator=indicator, value=value, part=part, whole=whole, rounding=TO_ONE_DECIMAL)


COUNTED = (
    _fte(SOCIAL_WORKERS_IN_POST_FTE, "in_post_fte"),
    _whole(SOCIAL_WORKERS_IN_POST_HEADCOUNT, "in_post_headcount"),
    _fte(STARTERS_FTE, "starters_fte"),
    _whole(STARTERS_HEADCOUNT, "starters_headcount"),
    _fte(LEAVERS_FTE, "leavers_fte"),
    _whole(LEAVERS_HEADCOUNT, "leavers_headcount"),
    _fte(AGENCY_WORKERS_FTE, "agency_fte"),
    _whole(AGENCY_WORKERS_HEADCOUNT, "agency_headcount"),
    _fte(AGENCY_COVER_FTE, "agency_cover_fte"),
    _fte(VACANCIES_FTE, "vacancies_fte"),
    _fte(CASE_HOLDERS_FTE, "case_holders_fte"),
    _whole(CASES, "cases"),
    _fte(WORKING_DAYS_LOST, "working_days_lost"),
)
"""What is counted, each with what it is rounded to: one decimal, or not at all."""

RATES = (
    _rate(TURNOVER_RATE_FTE, "turnover_rate_fte", "leavers_fte", "in_post_fte"),
    _rate(TURNOVER_RATE_HEADCOUNT, "turnover_rate_headcount", "leavers_headcount", "in_post_headcount"),
    _rate(AGENCY_RATE_FTE, "agency_fte_percent", "agency_fte", "agency_fte", "in_post_fte"),
    _rate(AGENCY_RATE_HEADCOUNT, "agency_headcount_percent", "agency_headcount", "agency_headcount", "in_post_headcount"),
    _rate(AGENCY_COVER_RATE_FTE, "agency_cover_fte_percent", "agency_cover_fte", "agency_fte"),
    _rate(VACANCY_RATE_FTE, "vacancy_fte_percent", "vacancies_fte", "vacancies_fte", "in_post_fte"),
    _rate(VACANCY_AGENCY_COVER_RATE_FTE, "vacancy_agency_cover_rate_fte", "agency_cover_fte", "vacancies_fte"),
    _rate(CASELOAD_FTE, "caseload_fte", "cases", "case_holders_fte"),
    _rate(ABSENCE_RATE_FTE, "absence_rate_fte", "working_days_lost", DAYS_AVAILABLE),
)
"""What DfE works out from them: a part, and the figures that add up to what it is of."""


@overload
def read_social_work_workforce(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_social_work_workforce(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_social_work_workforce(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Children's social workers of every authority, region and England, as DfE publishes them (csww_indicators).

    Both names of the file are read, and the headings of both: ``csww_headline_measures`` to the release of 2022, and
    ``csww_indicators`` since. A later release has other figures of the same years: each release is read as it stands, and two of
    them are kept apart by their source.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        At 30 September (a day): social workers in post, agency workers, those covering a vacancy, vacancies, cases and who holds
        them, the shares and the caseload made of them. In the year to 30 September: leavers, starters (since the release of 2023)
        and days lost, with turnover and absence. FTE and headcount are indicators of their own. FTE are from 0 up to one decimal,
        headcounts and cases whole, rates in percent and the caseload in cases per FTE, to one decimal; a rate has what it is of
        beside it as printed. An authority is its LA number; two that make one return, such as ``314 / 318``, are left behind (in
        the release of 2022 they stand under the first of the two, and the other is not applicable). A figure withheld keeps its
        reason. Bounds are those of rounding. A path gives polars, and a frame its own kind, lazy if it was.

    Raises:
        FrameProblems: A heading is missing or there under two names; rows cannot be read: a year, a level, a code, a figure that
            is neither a number nor one of DfE's symbols, one below 0, a share above 100, or two rows of one area and year.
            Counts of rows, and no cell.
        InvalidValue: There is no file at the path.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Children's social work workforce*, data files csww_headline_measures_2017_to_2022 and csww_indicators_2017_to_2025.
        Data guidance of 2023 and 2024, "Rounding": "Figures for full-time equivalents (FTEs), rates, percentages, caseload and
        working days have been rounded to one decimal place"; headcounts and cases are whole.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.workforce import read_social_work_workforce
        >>> rows = pl.DataFrame({"time_period": ["2025"], "time_identifier": ["Reporting year"],
        ...     "geographic_level": ["Local authority"], "country_code": ["E92000001"], "region_code": ["E12000008"],
        ...     "old_la_code": ["825"], "new_la_code": ["E06000060"],
        ...     "inpost_fte": ["231.6"], "inpost_headcount": ["242"], "leavers_fte": ["23.2"], "leavers_headcount": ["24"],
        ...     "turnover_rate_fte": ["10"], "turnover_rate_headcount": ["9.9"], "agency_fte": ["70"], "agency_headcount": ["70"],
        ...     "agency_rate_fte": ["23.2"], "agency_rate_headcount": ["22.4"], "agency_cover_fte": ["65"],
        ...     "agency_cover_rate_fte": ["92.9"], "vacancy_fte": ["79"], "vacancy_rate_fte": ["25.4"],
        ...     "vacancy_agency_cover_rate_fte": ["82.3"], "case_holders_fte": ["150.4"], "cases": ["2720"],
        ...     "caseload_fte": ["18.1"], "working_days_lost_fte": ["332"], "absence_rate_fte": ["0.6"]})
        >>> readings = read_social_work_workforce(rows)
        >>> print(readings.at(indicator="workforce.vacancy_rate_fte").period, "|", readings.source.title)
        30 September 2025 | Children's social work workforce, reporting year 2025
        >>> turnover = readings.at(indicator="workforce.turnover_rate_fte")
        >>> print(turnover.period, turnover.number, turnover.numerator, turnover.denominator)
        year to 30 September 2025 10.0 23.2 231.6
    """
    rows = workforce_rows(frame)
    return readings_of(rows, (*COUNTED, *RATES), source=rows.source if source is None else source)


def workforce_rows(frame: Any) -> PublishedRows:
    """The rows of either file, checked in one query, with the working days there were beside the days lost.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
    """
    native = opened(frame)
    rows = published_rows(native, file_with(heading_names(native)))
    years = small_table(rows.lazy, _days_of_years(), {"end": nw.Date, WORKING_DAYS: nw.Float64})
    available = nw.col("in_post_fte") * nw.col(WORKING_DAYS)
    beside = rows.lazy.join(years, on="end", how="left").with_columns(**{DAYS_AVAILABLE: available})
    return attrs.evolve(rows, lazy=beside, figures=rows.figures | {DAYS_AVAILABLE})


def _days_of_years() -> dict[str, list[Any]]:
    """The working days of each reporting year since the convention was first used, by its last day."""
    since = WORKING_DAYS_OF_A_YEAR.values[0].since
    years = [ReportingYear(year, ends=(9, 30)) for year in range(since.year + 1, 2100)]
    days = [WORKING_DAYS_OF_A_YEAR.on(year.end).between(year.start, year.end) for year in years]
    return {"end": [year.end for year in years], WORKING_DAYS: [float(in_unit(each, "working_day")) for each in days]}
