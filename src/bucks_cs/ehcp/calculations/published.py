"""EHC plans: what DfE publishes of requests, assessments and timeliness, under the keys of the measures from events."""

from __future__ import annotations

import os
from typing import Any, overload

import polars as pl

from bucks_cs.ehcp.calculations.assessment_outcomes import PLANS_AFTER_ASSESSMENT
from bucks_cs.ehcp.calculations.decisions import DECIDED_IN_SIX_WEEKS, NO_PLAN_IN_SIXTEEN_WEEKS
from bucks_cs.ehcp.calculations.request_outcomes import ASSESSED, REFUSED
from bucks_cs.ehcp.calculations.requests_received import REQUESTS
from bucks_cs.ehcp.calculations.timeliness import ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS, ISSUED_IN_TIME_INCLUDING_EXCEPTIONS
from bucks_cs.ehcp.schema.published_headings import ASSESSMENTS_FILE, REQUESTS_FILE, SEN2_MI_FILE, TIMELINESS_FILE
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Indicator
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import EXACT, TO_ONE_DECIMAL, Published, Rounding, read_published
from bucks_cs.readings import Readings

__all__ = ["read_assessments", "read_requests", "read_sen2_mi", "read_timeliness"]

_TO_FOUR_DECIMALS = Rounding(authority=0.0001, above=0.0001)
"""Percentages of ``sen2_mi`` but its rates: six figures of each, which of 10 to 100 are four decimals and of less are more."""


def _share(
    indicator: Indicator, value: str, *, part: str, whole: str | tuple[str, ...] | None, rounding: Rounding = TO_ONE_DECIMAL
) -> Published:
    return Published(indicator=indicator, value=value, part=part, whole=whole, rounding=rounding)


_IN_TIME = (
    _share(ISSUED_IN_TIME_INCLUDING_EXCEPTIONS, "in_20_weeks_percent", part="in_20_weeks", whole="issued"),
    _share(ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS, "in_20_weeks_ex_percent", part="in_20_weeks_ex", whole="issued_ex"),
)
_OF_REQUESTS = (
    Published(indicator=REQUESTS, value="requests", rounding=EXACT),
    _share(ASSESSED, "assessed_percent", part="assessed", whole="requests"),
    _share(REFUSED, "refused_percent", part="refused", whole="requests"),
    _share(DECIDED_IN_SIX_WEEKS, "in_six_weeks_percent", part="in_six_weeks", whole=None),
)
_OF_ASSESSMENTS = (
    _share(PLANS_AFTER_ASSESSMENT, "plans_percent", part="plans", whole="assessments"),
    _share(
        NO_PLAN_IN_SIXTEEN_WEEKS, "no_plan_in_time_percent", part="no_plan_in_time", whole=("no_plan_in_time", "no_plan_late")
    ),
)
_OF_SEN2_MI = (
    Published(indicator=REQUESTS, value="requests", rounding=EXACT),
    _share(REFUSED, "refused_percent", part="refused", whole="requests", rounding=_TO_FOUR_DECIMALS),
    _share(PLANS_AFTER_ASSESSMENT, "plans_percent", part="plans", whole="decided", rounding=_TO_FOUR_DECIMALS),
    *_IN_TIME,
)


@overload
def read_timeliness(
    frame: str | os.PathLike[str], *, by: str | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_timeliness(frame: FrameT, *, by: str | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_timeliness(frame: Any, *, by: str | None = None, source: AnySource | None = None) -> Readings[Any]:
    """Plans issued within 20 weeks, on both bases, for every authority, region and England (data file timeliness_20_week).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases of 2025 and 2026 are known.
        by: ``"age"``, ``"sex"`` or ``"ethnicity"``, of which there are rows from 2023; None for all plans.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        The share issued within 20 weeks in each calendar year, in percent (0 to 100), including exceptions and excluding them,
        each with the counts it is of: two indicators, whose bases are never mixed. An authority is named by its LA number
        whatever code stands in the file (Buckinghamshire by ``"825"``). A figure withheld keeps its reason: an authority whose
        plans all have exceptions has none excluding them (``x``). Bounds are those of one decimal; counts are exact. A path gives
        polars, and a frame its own kind, lazy if it was. Ages are ``"10"``, ``"2 and under"``; what is not recorded is null.

    Raises:
        FrameProblems: A heading is missing or there under two names; rows cannot be read: a year, a level, a code, a figure that
            is neither a number nor one of DfE's symbols, a count below 0, a percentage outside 0 to 100, or two rows of one
            area, year and group; or no row is of the topic asked for. Counts of rows, and no cell.
        InvalidValue: There is no file at the path, or no such topic.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Education, health and care plans* 2025, data file timeliness_20_week, and its data guidance: "The dataset and
        outputs have not had suppression or rounding applied"; "For the 2024 calendar year, Dorset and City of London have
        classed all new plans as having permitted exceptions". The data guidance of 2024 has the figures of its own release as
        those "where no mediation or tribunal has taken place".

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_timeliness
        >>> rows = pl.DataFrame({"time_period": ["2019"], "time_identifier": ["Calendar year"],
        ...     "geographic_level": ["Local authority"], "country_code": ["E92000001"], "region_code": ["E12000008"],
        ...     "new_la_code": ["E10000002"], "old_la_code": ["825"], "breakdown_topic": ["All EHC plans issued"],
        ...     "breakdown": ["All EHC plans issued"], "plans_issued_den": ["673"], "plans_issued_den_ex": ["645"],
        ...     "plans_issued_within_20_weeks": ["258"], "plans_issued_20_weeks_ex": ["258"],
        ...     "pc_plans_issued_within_20_weeks": ["38.3"], "PC_plans_issued_20_weeks_ex": ["40"]})
        >>> for reading in read_timeliness(rows):
        ...     print(reading.area, reading.period, reading.indicator.key, reading.number)
        825 2019 ehcp.issued_in_time_excluding_exceptions 40.0
        825 2019 ehcp.issued_in_time_including_exceptions 38.3
    """
    return read_published(frame, TIMELINESS_FILE, _IN_TIME, by=by, source=source)


@overload
def read_requests(
    frame: str | os.PathLike[str], *, by: str | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_requests(frame: FrameT, *, by: str | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_requests(frame: Any, *, by: str | None = None, source: AnySource | None = None) -> Readings[Any]:
    """Requests for an EHC needs assessment and what became of them, as DfE publishes them (data file requests).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases of 2025 and 2026 are known.
        by: ``"age"``, ``"sex"`` or ``"ethnicity"``, of which there are rows from 2023; None for all requests.
        source: As `read_timeliness`.

    Returns:
        Requests received in each calendar year; those assessed and those refused in percent of them (0 to 100), and decisions
        within 6 weeks in percent of decisions, with the counts they are of. The decisions are of no published number: those
        within 6 weeks and those after do not make the denominator in one row of fifty, so it is left out. Shares are ``x`` before
        2023, and the counts of refusals stand beside them. Areas, gaps, bounds and kind of frame as `read_timeliness`.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.

    Source:
        DfE, *Education, health and care plans* 2025, data file requests, columns requests_received_in_year, request_assess_pc,
        request_not_assess_pc and request_outcome_six_weeks_pc.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_requests
        >>> rows = pl.DataFrame({"time_period": [2023], "geographic_level": ["National"], "country_code": ["E92000001"],
        ...     "region_code": [None], "old_la_code": [None], "breakdown_topic": ["All"], "breakdown": ["All"],
        ...     "requests_received_in_year": [138_242], "requests_decided_to_assess": [92_985], "request_assess_pc": [67.3],
        ...     "requests_decided_not_to_assess": [33_141], "request_not_assess_pc": [24.0],
        ...     "request_outcome_six_weeks": [111_723], "request_outcome_six_weeks_pc": [84.8]})
        >>> for reading in read_requests(rows):
        ...     print(reading.indicator.key, reading.number, reading.numerator, reading.denominator)
        ehcp.assessed 67.3 92985.0 138242.0
        ehcp.decided_in_six_weeks 84.8 111723.0 None
        ehcp.refused 24.0 33141.0 138242.0
        ehcp.requests 138242.0 None None
    """
    return read_published(frame, REQUESTS_FILE, _OF_REQUESTS, by=by, source=source)


@overload
def read_assessments(
    frame: str | os.PathLike[str], *, by: str | None = ..., source: AnySource | None = ...
) -> Readings[pl.DataFrame]: ...
@overload
def read_assessments(frame: FrameT, *, by: str | None = ..., source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_assessments(frame: Any, *, by: str | None = None, source: AnySource | None = None) -> Readings[Any]:
    """EHC needs assessments that led to a plan, and refusals of a plan within 16 weeks, as DfE publishes them (assessments).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine. The headings of the releases of 2025 and 2026 are known.
        by: ``"age"``, ``"sex"`` or ``"ethnicity"``, of which there are rows from 2023; None for all assessments.
        source: As `read_timeliness`.

    Returns:
        Assessments with a plan in percent of all assessments of the calendar year (0 to 100), those withdrawn and the few
        undecided among them; and decisions not to issue a plan that were made within 16 weeks in percent of such decisions; with
        the counts they are of. The first is ``x`` before 2022, the second before 2023. Areas, gaps, bounds and kind of frame as
        `read_timeliness`.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.

    Source:
        DfE, *Education, health and care plans* 2025, data file assessments, columns assess_issued_pc, of assess_in_year, and
        outcome_decision_within_time_pc, of outcome_decision_within_time and outcome_decision_over_time.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_assessments
        >>> rows = pl.DataFrame({"time_period": [2024], "geographic_level": ["National"], "country_code": ["E92000001"],
        ...     "region_code": [None], "old_la_code": [None], "breakdown_topic": ["All"], "breakdown": ["All"],
        ...     "assess_in_year": [105_340], "assess_issued": [98_547], "assess_issued_pc": [93.6],
        ...     "outcome_decision_within_time": [2_179], "outcome_decision_over_time": [4_212],
        ...     "outcome_decision_within_time_pc": [34.1]})
        >>> england = read_assessments(rows).at(indicator="ehcp.no_plan_in_sixteen_weeks")
        >>> england.number, england.numerator, england.denominator
        (34.1, 2179.0, 6391.0)
    """
    return read_published(frame, ASSESSMENTS_FILE, _OF_ASSESSMENTS, by=by, source=source)


@overload
def read_sen2_mi(frame: str | os.PathLike[str], *, source: AnySource | None = ...) -> Readings[pl.DataFrame]: ...
@overload
def read_sen2_mi(frame: FrameT, *, source: AnySource | None = ...) -> Readings[FrameT]: ...
def read_sen2_mi(frame: Any, *, source: AnySource | None = None) -> Readings[Any]:
    """Requests, assessments and timeliness from 2014, as the releases to 2024 have them in one file (data file sen2_mi).

    Args:
        frame: The path of the CSV file, or a frame of it of any engine: the headings of 2022 (``IncExc20weekRate``), and those of
            2023 and 2024 (``inc_exc_20week_rate``) as their data guidance has them.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Requests, refusals in percent of them, assessments with a plan in percent, and plans within 20 weeks on both bases, for
        each calendar year. Requests are ``z`` before 2016. Assessments with a plan are out of those decided: with a plan and
        without, none withdrawn, as totals were collected before 2023. Bounds are those of one decimal for timeliness, and of
        four for the others, which are printed to six figures. Areas, gaps and kind of frame as `read_timeliness`.

    Raises:
        FrameProblems: As `read_timeliness`; so are the others.

    Source:
        DfE, *Education, health and care plans* 2022, data file sen2_mi, and its data guidance. It corrects two figures of 2021
        that stand in the file: refusals of St. Helens ("reported as zero, but should have been 107"), assessments of Medway
        (without a plan "should have been 16 (5.0%, published = 223, 42.4%)"); "Figures for Dorset include exceptions for 2021".

    Example:
        >>> import polars as pl
        >>> from bucks_cs.ehcp import read_sen2_mi
        >>> rows = pl.DataFrame({"time_period": ["2021"], "time_identifier": ["Calendar year"], "geographic_level": ["National"],
        ...     "country_code": ["E92000001"], "region_code": [""], "old_la_code": [""], "InreqEHC": ["93302"],
        ...     "AssRefusedEHC": ["20830"], "AssRefusedEHC_pc": ["22.3254"], "NewallEHC": ["62180"],
        ...     "NewallEHC_AssnoneEHC_sum": ["66083"], "NewallEHC_pc": ["94.0938"], "TotIncExcEHC": ["61269"],
        ...     "IncExc20weekEHC": ["35470"], "IncExc20weekRate": ["57.900000000000"], "TotNoExcEHC": ["57196"],
        ...     "NoExc20weekEHC": ["34249"], "NoExc20weekRate": ["59.900000000000"]})
        >>> england = read_sen2_mi(rows)
        >>> england.at(indicator="ehcp.issued_in_time_including_exceptions").number, england.source.title
        (57.9, 'Education, health and care plans, reporting year 2022')
    """
    return read_published(frame, SEN2_MI_FILE, _OF_SEN2_MI, source=source)
