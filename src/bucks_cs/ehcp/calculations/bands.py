"""EHC plans: the plans issued in a period by how long they took, on the two bases that are published, which are never mixed.

The bands are DfE's: within 20 weeks, 20 to 52 weeks, after 52 weeks. Their shares add up to 100 on each basis, and the first is
`issued_in_time_including_exceptions` or `issued_in_time_excluding_exceptions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.clocks import OWN, Clock
from bucks_cs.ehcp.calculations.counting import without
from bucks_cs.ehcp.calculations.timeliness import (
    ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
    ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
    with_exceptions,
    without_exceptions,
)
from bucks_cs.ehcp.schema import Journeys
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.marking import MARKS, drill_down, groups, periods_of_a_flow, shares_of_parts
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS",
    "ISSUED_BY_BAND_INCLUDING_EXCEPTIONS",
    "WEEKS_BANDS",
    "issued_by_band_excluding_exceptions",
    "issued_by_band_including_exceptions",
    "mark_issued_by_band_excluding_exceptions",
    "mark_issued_by_band_including_exceptions",
]

WEEKS_BANDS = ("within 20 weeks", "20 weeks to a year", "over a year")
"""How long a plan took. A year is DfE's 52 weeks: day 364 after the request is in it, and day 365 is over it.

Source:
    DfE, *Education, health and care plans*, reporting year 2025, data guidance, timeliness_20_week.csv: "issued between 20 and 52
    weeks" (plans_issued_gt20weeks_ltYear) and "issued after 52 weeks" (plans_issued_gt_1_year).
"""

_BAND, _UNKNOWN = "band", "exceptions_unknown"
_DAYS_OF_52_WEEKS = 52 * 7
_PLAN = Clock(end="plan_start_date", limits=sources.PLAN_LIMIT)


def _of_bands(of: Indicator, *, key: str, basis: str, columns: str) -> Indicator:
    return Indicator(
        key=f"ehcp.issued_by_band_{key}",
        title=f"Plans issued by how long they took, {basis}",
        counts=f"{of.counts.split(' within 20 weeks')[0]} within 20 weeks of the day the request was received, in 20 to 52 "
        f"weeks, and after 52, each out of {of.counts.split('out of ')[1]}",
        leaves_out=of.leaves_out,
        measure=Measure.SHARE,
        kind=Kind.FLOW,
        unit="percent",
        better=Better.NEITHER,
        sources=sources.DATA_GUIDANCE_2025.at(f"timeliness_20_week.csv, {columns}"),
        breaks=of.breaks,
    )


ISSUED_BY_BAND_INCLUDING_EXCEPTIONS = _of_bands(
    ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
    key="including_exceptions",
    basis="including exceptions",
    columns="pc_plans_issued_within_20_weeks, pc_plans_issued_gt20weeks_ltYear and pc_plans_issued_gt_1_year",
)

ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS = _of_bands(
    ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
    key="excluding_exceptions",
    basis="excluding exceptions",
    columns="PC_plans_issued_20_weeks_ex, PC_plans_issued_gt20weeks_ltYear_ex and PC_plans_issued_gt_1_year_ex",
)


def mark_issued_by_band_including_exceptions(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's journeys, each with the band of its plan: the drill-down of `issued_by_band_including_exceptions`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where a plan was issued),
        ``in_numerator`` (yes where it was in time), ``days_taken`` from the request to the plan, and ``band``: one of
        `WEEKS_BANDS`, null where no plan was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.

    Source:
        As `issued_by_band_including_exceptions`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_issued_by_band_including_exceptions
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2023, 1, 3),
        ...     "rya": False, "request_outcome": "Y", "request_outcome_date": dt.date(2023, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 1, 2), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 1, 2), dt.date(2024, 1, 3)]})
        >>> mark_issued_by_band_including_exceptions(rows).select("days_taken", "band").rows()
        [(364, '20 weeks to a year'), (365, 'over a year')]
    """
    checked: Checked[FrameT] = Journeys.admit(frame)
    return drill_down(checked, _banded(with_exceptions(checked)), *OWN, _BAND)


def issued_by_band_including_exceptions(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the plans issued in a period, exceptions or not, that took up to 20 weeks, up to 52, and longer.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a plan belongs to the period it started in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame, each period and each ``band`` of `WEEKS_BANDS`,
        in the caller's own kind of frame; a band without a plan is 0, so that they add up to 100. ``z`` where no plan was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file timeliness_20_week: plans_issued_within_20_weeks,
        plans_issued_gt20weeks_ltYear and plans_issued_gt_1_year add up to plans_issued_den in 11,186 of the 11,526 rows of 2023
        and 2024 that have them, and to less in the others (by 639 plans of 80,945 in England in 2023): plans in no band, whose
        weeks are not known, as is inferred. Here such a plan, of a request whose day is not known, is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import issued_by_band_including_exceptions
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2023, 1, 3),
        ...     "rya": False, "request_outcome": "Y", "request_outcome_date": dt.date(2023, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 1, 2), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 1, 2), dt.date(2024, 1, 3)]})
        >>> found = issued_by_band_including_exceptions(rows, period=CalendarYear(2024))
        >>> [found.at(band=band).number for band in ("within 20 weeks", "20 weeks to a year", "over a year")]
        [0.0, 50.0, 50.0]
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Journeys.admit(frame)
    return shares_of_parts(
        _banded(with_exceptions(checked)),
        every=checked.lazy,
        home=checked.home,
        indicator=ISSUED_BY_BAND_INCLUDING_EXCEPTIONS,
        date="plan_start_date",
        period=periods,
        part=_BAND,
        parts=WEEKS_BANDS,
        by=groups(checked, by, own=(*OWN, _BAND)),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_issued_by_band_excluding_exceptions(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's journeys, each with the band of its plan: the drill-down of `issued_by_band_excluding_exceptions`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.

    Returns:
        As `mark_issued_by_band_including_exceptions`, with ``in_denominator`` yes where a plan was issued and no exception is
        known to apply, and ``exceptions_unknown``: whether it is in the denominator and it is not known if exceptions apply.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.

    Source:
        As `issued_by_band_excluding_exceptions`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_issued_by_band_excluding_exceptions
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2023, 1, 3),
        ...     "rya": False, "request_outcome": "Y", "request_outcome_date": dt.date(2023, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 1, 2), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 1, 2), dt.date(2024, 1, 3)]})
        >>> mark_issued_by_band_excluding_exceptions(rows).select("in_denominator", "band").rows()
        [(True, '20 weeks to a year'), (False, None)]
    """
    checked: Checked[FrameT] = Journeys.admit(frame)
    return drill_down(checked, _banded(without_exceptions(checked)), *OWN, _UNKNOWN, _BAND)


def issued_by_band_excluding_exceptions(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the plans issued in a period, those with exceptions apart, that took up to 20 weeks, up to 52, and longer.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a plan belongs to the period it started in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        As `issued_by_band_including_exceptions`; ``x``, with no numerator, where it is not known of one plan whether an exception
        applied, as for `issued_in_time_excluding_exceptions`.

    Raises:
        FrameProblems: As `issued_by_band_including_exceptions`.
        UnknownColumn: As `issued_by_band_including_exceptions`.
        InvalidValue: As `issued_by_band_including_exceptions`.

    Source:
        DfE, *Education, health and care plans*, data file timeliness_20_week: plans_issued_20_weeks_ex,
        plans_issued_gt20weeks_ltYear_ex and plans_issued_gt_1_year_ex add up to plans_issued_den_ex in 11,206 of the 11,526 rows
        of 2023 and 2024 that have them, and to less in the others: see `issued_by_band_including_exceptions`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import issued_by_band_excluding_exceptions
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "received_date": dt.date(2023, 1, 3),
        ...     "rya": False, "request_outcome": "Y", "request_outcome_date": dt.date(2023, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 1, 2), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 1, 2), dt.date(2024, 1, 3)]})
        >>> issued_by_band_excluding_exceptions(rows, period=CalendarYear(2024)).at(band="20 weeks to a year").number
        100.0
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Journeys.admit(frame)
    return shares_of_parts(
        _banded(without_exceptions(checked)),
        every=checked.lazy,
        home=checked.home,
        indicator=ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS,
        date="plan_start_date",
        period=periods,
        part=_BAND,
        parts=WEEKS_BANDS,
        by=groups(checked, by, own=(*OWN, _UNKNOWN, _BAND)),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NOT_AVAILABLE: nw.col(_UNKNOWN)},
    )


def _banded(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Rows with the band of those in the whole, by the limit in force and by 52 weeks."""
    in_time, late, later = WEEKS_BANDS
    within_a_year = nw.when(nw.col("days_taken") <= _DAYS_OF_52_WEEKS).then(nw.lit(late)).otherwise(nw.lit(later))
    took = nw.when(nw.col("days_taken") <= _PLAN.limit).then(nw.lit(in_time)).otherwise(within_a_year)
    return without(rows, _BAND).with_columns(nw.when(nw.col(MARKS[0])).then(took).alias(_BAND))
