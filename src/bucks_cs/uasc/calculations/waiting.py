"""Unaccompanied children: how many claims for asylum wait for a decision on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import (
    NUMBER,
    as_readings,
    as_snapshots,
    beside,
    drill_down,
    groups,
    in_full,
    is_open,
    marked,
    one_day,
    unmarked,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.uasc import sources
from bucks_cs.uasc.calculations.ages import started_under_18
from bucks_cs.uasc.calculations.claims import CLAIM, first_of_each_claim
from bucks_cs.uasc.schema import UnaccompaniedRecords

__all__ = ["WAITING_FOR_A_DECISION", "mark_waiting_for_a_decision", "waiting_for_a_decision"]

WAITING_FOR_A_DECISION = Indicator(
    key="uasc.waiting_for_a_decision",
    title="Claims for asylum waiting for a decision",
    counts="claims submitted by the day on which there was no final decision by the end of it, each once, of unaccompanied "
    "children and of former ones whose case is open",
    leaves_out="those whose case the service has closed",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="case",
    better=Better.LOWER,
    sources=(sources.NO_SERIES_OF_DECISIONS, sources.LITTLES_LAW),
)


def mark_waiting_for_a_decision(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, each with whether its claim waits on a day: the drill-down of `waiting_for_a_decision`.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a claim is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where its claim waits) and
        ``in_numerator`` (yes for one such row of each claim, so that they add up to claims).

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; not one snapshot.

    Source:
        As `waiting_for_a_decision`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2002, 5, 1), "start_date": dt.date(2017, 1, 2),
        ...     "end_date": None, "closed_date": None, "claim_date": dt.date(2017, 1, 10),
        ...     "decision_date": [dt.date(2017, 11, 6), None]})
        >>> uasc.mark_waiting_for_a_decision(rows, at=Snapshot("31 December 2017"))["in_numerator"].to_list()
        [False, True]
    """
    day, checked = one_day(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by)
    waits = _waits(nw.lit(day.start)).fill_null(value=False)
    rows = first_of_each_claim(unmarked(checked.lazy), waits, (*columns, *CLAIM))
    native: FrameT = drill_down(checked, marked(rows, whole=waits, part=nw.col("__first")))
    return native


def waiting_for_a_decision(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Claims that wait for a final decision on a day: submitted by it and not decided by it, of children and of former ones.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Cases, a claim each, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where none
        waited, and never a gap.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; ``at`` is no snapshot.

    Source:
        No official one: see `WAITING_FOR_A_DECISION`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2002, 5, 1), "start_date": dt.date(2017, 1, 2),
        ...     "end_date": None, "closed_date": None, "claim_date": dt.date(2017, 1, 10),
        ...     "decision_date": [dt.date(2017, 11, 6), None]})
        >>> print(uasc.waiting_for_a_decision(rows, at=Snapshot("31 December 2017")).at())
        Claims for asylum waiting for a decision, 31 December 2017: 1 case
    """
    days, checked = as_snapshots(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by)
    waiting = beside(checked.lazy, days, holds=lambda day, _: _waits(day))
    claims = waiting.group_by(*columns, NUMBER, *CLAIM).agg(__rows=nw.len()).group_by(*columns, NUMBER).agg(value=nw.len())
    filled = in_full(checked.lazy, claims, days, columns).with_columns(nw.col("value").fill_null(0).cast(nw.Float64))
    return as_readings(filled, home=checked.home, indicator=WAITING_FOR_A_DECISION, by=columns, area=area, source=source)


def _waits(day: nw.Expr) -> nw.Expr:
    return is_open("claim_date", "decision_date", day) & is_open("start_date", "closed_date", day) & started_under_18()
