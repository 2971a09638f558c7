"""Unaccompanied children: how many days decisions on their claims took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.marking import as_readings, drill_down, groups, marked, over_periods, periods_of_a_flow, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.uasc import sources
from bucks_cs.uasc.calculations.ages import started_under_18
from bucks_cs.uasc.calculations.claims import CLAIM, first_of_each_claim
from bucks_cs.uasc.schema import UnaccompaniedRecords

__all__ = [
    "DAYS_TO_DECISION_MEAN",
    "DAYS_TO_DECISION_MEDIAN",
    "days_to_decision_mean",
    "days_to_decision_median",
    "mark_days_to_decision",
]

_OF_THOSE_WHO_WAIT = "claims that still wait, however long: where decisions slow down, those made look quicker than those to come"


def _of_days(which: str, *, title: str, counts: str, measure: Measure) -> Indicator:
    return Indicator(
        key=f"uasc.days_to_decision_{which}",
        title=title,
        counts=f"{counts} the days from the claim for asylum to the final decision, of the claims decided in the "
        "period, each once",
        leaves_out=_OF_THOSE_WHO_WAIT,
        measure=measure,
        kind=Kind.FLOW,
        unit="day",
        better=Better.LOWER,
        sources=sources.NO_SERIES_OF_DECISIONS,
    )


DAYS_TO_DECISION_MEAN = _of_days("mean", title="Mean days to a decision on asylum", counts="the mean of", measure=Measure.MEAN)

DAYS_TO_DECISION_MEDIAN = _of_days(
    "median",
    title="Median days to a decision on asylum",
    counts="the middle one of, or midway between the two in the middle of,",
    measure=Measure.QUANTILE,
)

_OWN = ("days_to_decision",)


def mark_days_to_decision(
    frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period], by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, each with the days its decision took: the drill-down of the mean and the median.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several; a claim counts where it was decided in one of them.
        by: The columns they are broken down by: a claim is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (both yes for one row
        of each claim decided in a period: a child who came back into care has two rows of one claim), and ``days_to_decision``,
        null where there is no decision.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no period.

    Source:
        As `days_to_decision_median`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2002, 5, 1), "start_date": dt.date(2017, 1, 2),
        ...     "end_date": None, "closed_date": None, "claim_date": dt.date(2017, 1, 10),
        ...     "decision_date": [dt.date(2017, 11, 6), None]})
        >>> uasc.mark_days_to_decision(rows, period=CalendarYear(2017))["days_to_decision"].to_list()
        [300, None]
    """
    periods, checked = periods_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    inside = nw.lit(value=False)
    for each in periods:
        inside = inside | ((nw.col("decision_date") >= each.start) & (nw.col("decision_date") <= each.end))
    rows = first_of_each_claim(_timed(checked), inside & started_under_18(), (*columns, *CLAIM, "decision_date"))
    native: FrameT = drill_down(checked, marked(rows, whole=nw.col("__first"), part=nw.col("__first")), *_OWN)
    return native


def days_to_decision_mean(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The mean of the days from claim to final decision, of the claims decided in a period.

    It is of decisions made, and says nothing of the claims that still wait: see `waiting_for_a_decision` beside it.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several; a claim belongs to the period it was decided in, whenever it was submitted.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Days, 0 or more, for each group of the frame and each period, in the caller's own kind of frame, with the days of all and
        the number of claims they were divided by. ``z`` where none was decided.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; ``period`` is none
            that events are counted over (a snapshot, a monthly average).

    Source:
        No official one: see `DAYS_TO_DECISION_MEAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2002, 5, 1), "start_date": dt.date(2017, 1, 2),
        ...     "end_date": None, "closed_date": None, "claim_date": dt.date(2017, 1, 10),
        ...     "decision_date": [dt.date(2017, 11, 6), dt.date(2017, 12, 26)]})
        >>> print(uasc.days_to_decision_mean(rows, period=CalendarYear(2017)).at())
        Mean days to a decision on asylum, 2017: 325 days, 650 over 2
    """
    days = {"numerator": nw.col("days_to_decision").sum(), "denominator": nw.len()}
    return _of_decisions(frame, period, by, DAYS_TO_DECISION_MEAN, sums=days, area=area, source=source)


def days_to_decision_median(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The median of the days from claim to final decision, of the claims decided in a period.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several; a claim belongs to the period it was decided in, whenever it was submitted.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Days, 0 or more, for each group of the frame and each period, in the caller's own kind of frame; of an even number of
        claims midway between the two in the middle. ``z`` where none was decided.

    Raises:
        FrameProblems: As `days_to_decision_mean`; so are the others.

    Source:
        No official one: see `DAYS_TO_DECISION_MEDIAN`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2002, 5, 1), "start_date": dt.date(2017, 1, 2),
        ...     "end_date": None, "closed_date": None, "claim_date": dt.date(2017, 1, 10),
        ...     "decision_date": [dt.date(2017, 11, 6), None]})
        >>> print(uasc.days_to_decision_median(rows, period=CalendarYear(2017)).at())
        Median days to a decision on asylum, 2017: 300 days
    """
    median = {"value": nw.col("days_to_decision").median(), "__claims": nw.len()}
    return _of_decisions(frame, period, by, DAYS_TO_DECISION_MEDIAN, sums=median, area=area, source=source)


def _of_decisions(
    frame: Any,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None,
    indicator: Indicator,
    *,
    sums: dict[str, nw.Expr],
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    periods, checked = periods_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    key = (*columns, *CLAIM, "decision_date")
    decided = _timed(checked).filter(~nw.col("decision_date").is_null() & started_under_18())
    claims = decided.group_by(*key).agg(nw.col("days_to_decision").max())
    summed = over_periods(claims, date="decision_date", periods=periods, by=columns, sums=sums, every=checked.lazy)
    many = "denominator" if "denominator" in sums else "__claims"
    some = nw.col(many).fill_null(0) > 0
    if many == "denominator":
        part, whole = (nw.col(name).fill_null(0).cast(nw.Float64) for name in ("numerator", "denominator"))
        summed = summed.with_columns(numerator=part, denominator=whole, value=part / nw.when(whole > 0).then(whole))
    out = summed.with_columns(
        nw.when(some).then(nw.col("value").cast(nw.Float64)).alias("value"),
        nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value)).alias("withheld"),
    )
    return as_readings(out, home=checked.home, indicator=indicator, by=columns, area=area, source=source)


def _timed(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    taken = days_between(nw.col("claim_date"), nw.col("decision_date"), like=checked.lazy)
    return unmarked(checked.lazy, *_OWN).with_columns(days_to_decision=taken)
