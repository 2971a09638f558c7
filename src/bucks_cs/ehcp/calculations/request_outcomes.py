"""EHC plans: what was decided on requests for an assessment, by the year they were received.

DfE's two shares are out of all requests *received* in the year, whatever has become of them: one that is not decided yet, or was
withdrawn, stays in the denominator. Both shares of a recent year grow as its last requests are decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.requests_received import REQUESTS
from bucks_cs.ehcp.model.outcomes import RequestOutcome
from bucks_cs.ehcp.schema import Requests
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["ASSESSED", "REFUSED", "assessed", "mark_assessed", "mark_refused", "refused"]

_DAY = "received_date"
_TO_ASSESS = (RequestOutcome.ASSESS.value, sources.HISTORICAL)
_NOT_TO_ASSESS = (RequestOutcome.REFUSE.value,)

REFUSED = Indicator(
    key="ehcp.refused",
    title="Requests refused an assessment",
    counts="requests received in the period on which the authority decided not to assess, out of all requests received in it. A "
    "refusal that was changed later, after mediation or an appeal, stays one. One not decided yet is in the denominator",
    leaves_out="nothing of the requests received in the period",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.EHC_PLANS.at("data file requests, column request_not_assess_pc"),
    breaks=REQUESTS.breaks,
)

ASSESSED = Indicator(
    key="ehcp.assessed",
    title="Requests that led to an assessment",
    counts="requests received in the period on which the authority decided to assess, out of all requests received in it. One "
    "not decided yet is in the denominator; a historical one was decided on in an earlier return, and to assess",
    leaves_out="nothing of the requests received in the period",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.EHC_PLANS.at("data file requests, column request_assess_pc"),
    breaks=REQUESTS.breaks,
)


def mark_refused(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's requests, each with whether it was refused an assessment: the drill-down of `refused`.

    Args:
        frame: Requests or journeys, of any engine, or checked.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the request has a day) and
        ``in_numerator``.

    Raises:
        FrameProblems: A rule of `Requests` is broken.

    Source:
        As `refused`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_refused
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["N", "A"],
        ...     "request_outcome_date": [dt.date(2024, 2, 1), None]})
        >>> mark_refused(asked).select("in_denominator", "in_numerator").rows()
        [(True, True), (True, False)]
    """
    checked: Checked[FrameT] = Requests.admit(frame)
    return drill_down(checked, _decided(checked, _NOT_TO_ASSESS))


def refused(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the requests received in a period on which the authority decided not to assess.

    Args:
        frame: Requests or journeys, of any engine, or checked.
        period: One or several; a request belongs to the period it was received in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no request was received.

    Raises:
        FrameProblems: A rule of `Requests` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file requests: request_not_assess_pc = requests_decided_not_to_assess /
        requests_received_in_year, which holds in each of its 12,096 rows of 2023 and 2024 that have both; the requests decided,
        not decided and withdrawn add up to those received.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import refused
        >>> from bucks_cs.periods import CalendarYear
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["N", "A"],
        ...     "request_outcome_date": [dt.date(2024, 2, 1), None]})
        >>> for reading in refused(asked, period=CalendarYear(2024)):
        ...     print(reading)
        Requests refused an assessment, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    return _shared(frame, REFUSED, _NOT_TO_ASSESS, period=period, by=by, area=area, source=source, confidence=confidence)


def mark_assessed(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's requests, each with whether it led to an assessment: the drill-down of `assessed`.

    Args:
        frame: Requests or journeys, of any engine, or checked.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the request has a day) and
        ``in_numerator``.

    Raises:
        FrameProblems: A rule of `Requests` is broken.

    Source:
        As `assessed`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_assessed
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["Y", "W"],
        ...     "request_outcome_date": [dt.date(2024, 2, 1), None]})
        >>> mark_assessed(asked).select("in_denominator", "in_numerator").rows()
        [(True, True), (True, False)]
    """
    checked: Checked[FrameT] = Requests.admit(frame)
    return drill_down(checked, _decided(checked, _TO_ASSESS))


def assessed(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the requests received in a period on which the authority decided to assess.

    Args:
        frame: Requests or journeys, of any engine, or checked.
        period: One or several; a request belongs to the period it was received in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        As `refused`.

    Raises:
        FrameProblems: As `refused`.
        UnknownColumn: As `refused`.
        InvalidValue: As `refused`.

    Source:
        DfE, *Education, health and care plans*, data file requests: request_assess_pc = requests_decided_to_assess /
        requests_received_in_year, in each of its 12,096 rows of 2023 and 2024 that have both.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import assessed
        >>> from bucks_cs.periods import CalendarYear
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["Y", "W"],
        ...     "request_outcome_date": [dt.date(2024, 2, 1), None]})
        >>> for reading in assessed(asked, period=CalendarYear(2024)):
        ...     print(reading)
        Requests that led to an assessment, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    return _shared(frame, ASSESSED, _TO_ASSESS, period=period, by=by, area=area, source=source, confidence=confidence)


def _decided(checked: Checked[Any], outcomes: Sequence[str]) -> nw.LazyFrame[Any]:
    """Requests that have a day, and those of them with one of some outcomes."""
    there = nw.col("request_outcome").is_in([*outcomes])
    return marked(checked.lazy, whole=~nw.col(_DAY).is_null(), part=there)


def _shared(
    frame: FrameT | Checked[FrameT],
    indicator: Indicator,
    outcomes: Sequence[str],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
    confidence: float,
) -> Readings[FrameT]:
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Requests.admit(frame)
    return shares(
        _decided(checked, outcomes),
        every=checked.lazy,
        home=checked.home,
        indicator=indicator,
        date=_DAY,
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )
