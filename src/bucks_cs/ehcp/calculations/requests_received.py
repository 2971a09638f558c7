"""EHC plans: requests for an assessment, by the year they were received."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.counting import counted_by_day, mark_counted_by_day
from bucks_cs.ehcp.calculations.plans_at_a_date import NEW_PLANS
from bucks_cs.ehcp.schema import Requests
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["REQUESTS", "mark_requests", "requests"]

REQUESTS = Indicator(
    key="ehcp.requests",
    title="Requests for an EHC needs assessment",
    counts="requests for an education, health and care needs assessment received in the period, each counted where there were "
    "several for a child, whatever became of them",
    leaves_out="historical requests whose day is not known, such as those of children who moved in with a plan",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="request",
    better=Better.NEITHER,
    sources=(
        sources.EHC_PLANS.at("data file requests, column requests_received_in_year"),
        sources.DATA_GUIDANCE_2025.at("requests.csv"),
    ),
    breaks=NEW_PLANS.breaks,
)


def mark_requests(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's requests, each with whether it is counted: the drill-down of `requests`.

    Args:
        frame: Requests or journeys, of any engine, or checked.
        period: One or several; a row is counted where its day lies in one of them.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the request has a day) and
        ``in_numerator`` (yes where that day lies in a period).

    Raises:
        FrameProblems: A rule of `Requests` is broken.
        InvalidValue: No period, or one that events are not counted over (a snapshot, a monthly average).

    Source:
        As `requests`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_requests
        >>> from bucks_cs.periods import CalendarYear
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": [dt.date(2023, 12, 31), dt.date(2024, 1, 1)], "request_outcome": None,
        ...     "request_outcome_date": None})
        >>> mark_requests(asked, period=CalendarYear(2024))["in_numerator"].to_list()
        [False, True]
    """
    checked: Checked[FrameT] = Requests.admit(frame)
    return mark_counted_by_day(checked, date="received_date", period=period)


def requests(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Requests for an EHC needs assessment received in a period.

    Args:
        frame: Requests or journeys, of any engine, or checked.
        period: One or several, such as ``CalendarYear(2024)``; a request belongs to the period it was received in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many requests, 0 or more, for each group of the frame and each period, in the caller's own kind of frame: 0 where
        there were none, and never a gap.

    Raises:
        FrameProblems: A rule of `Requests` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`); no
            period, or one that events are not counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file requests, requests_received_in_year ("Total requests for an EHC needs
        assessment"), by calendar year.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import ehcp
        >>> from bucks_cs.periods import CalendarYear
        >>> asked = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": [dt.date(2023, 12, 31), dt.date(2024, 1, 1)], "request_outcome": None,
        ...     "request_outcome_date": None})
        >>> for reading in ehcp.requests(asked, period=CalendarYear(2024)):
        ...     print(reading)
        Requests for an EHC needs assessment, 2024: 1 request
    """
    checked: Checked[FrameT] = Requests.admit(frame)
    return counted_by_day(checked, indicator=REQUESTS, date="received_date", period=period, by=by, area=area, source=source)
