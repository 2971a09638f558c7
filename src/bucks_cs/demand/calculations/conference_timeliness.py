"""Demand: initial child protection conferences within 15 working days of the strategy discussion, and those that have none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.clocks import Clock, tellable, timed
from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import InitialConferences
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import drill_down, flows, groups, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.working_days import WorkingCalendar

__all__ = [
    "CONFERENCES_IN_TIME",
    "CONFERENCES_NOT_TIMED",
    "conferences_in_time",
    "conferences_not_timed",
    "mark_conferences_in_time",
]

CONFERENCES_IN_TIME = DemandIndicator(
    key="demand.conferences_in_time",
    title="Initial child protection conferences within 15 working days of the strategy discussion",
    counts="initial conferences held in the period at most 15 working days after the strategy discussion that initiated the "
    "section 47 enquiries, out of those held that have one of 15 April 2013 or later",
    leaves_out="conferences for a child who moved in with a plan, and those with no section 47 enquiry recorded; the share DfE "
    "publishes is out of all conferences, with these in it. Conferences not held yet, however late, are in neither",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(sources.CONFERENCE_LIMIT.values[0].source, sources.DURATION_TO_CONFERENCE),
    stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE,
    timescale=Timescale(
        begins="the strategy discussion that decided on section 47 enquiries",
        ends="an initial child protection conference is held",
        limits=sources.CONFERENCE_LIMIT,
    ),
)
_CLOCK = Clock(start="strategy_discussion_date", end="conference_date", limits=sources.CONFERENCE_LIMIT)


def mark_conferences_in_time(frame: FrameT | Checked[FrameT], *, calendar: WorkingCalendar | None = None) -> FrameT:
    """The caller's initial conferences, each with whether it was in time: the drill-down of `conferences_in_time`.

    Args:
        frame: Initial conferences, of any engine, or checked by `InitialConferences`.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``working_days`` from the strategy discussion (0 or more;
        null where none is recorded, or the calendar does not cover both), ``in_denominator``, ``in_numerator`` and ``not_timed``:
        held, and not in the denominator.

    Raises:
        FrameProblems: As `conferences_in_time`.
        InvalidValue: ``calendar`` is no calendar.

    Source:
        As `conferences_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_conferences_in_time
        >>> held = pl.DataFrame({"child_id": ["A", "B", "C"], "conference_date": dt.date(2022, 10, 24), "led_to_plan": True,
        ...     "strategy_discussion_date": [dt.date(2022, 10, 3), dt.date(2022, 9, 30), None],
        ...     "transfer_in": [False, False, True]})
        >>> mark_conferences_in_time(held).select("working_days", "in_numerator", "not_timed").rows()
        [(15, True, False), (16, False, False), (None, False, True)]
    """
    checked = InitialConferences.admit(frame, also=tellable(_CLOCK, calendar=calendar))
    native: FrameT = drill_down(checked, _marked(checked, calendar), "working_days", "not_timed")
    return native


def conferences_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
    calendar: WorkingCalendar | None = None,
) -> Readings[FrameT]:
    """The share of initial conferences of a period that were held within 15 working days of the strategy discussion.

    A conference with no section 47 enquiry is no mistake: a child who moves in with a plan has one. It has no such clock, and
    is left out here and counted by `conferences_not_timed`.

    Args:
        frame: Initial conferences, of any engine, or checked by `InitialConferences`.
        period: One or several; a conference belongs to the period it was held in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.
        calendar: The days worked; England's bank holidays where none is given.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no conference has a strategy discussion of 15 April 2013 or later behind it.

    Raises:
        FrameProblems: A rule of `InitialConferences` is broken; a conference under the limit has a day outside the calendar.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``calendar`` is no calendar.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CP_conf_15days: "within 15 working days of the strategy
        discussion which decided whether s.47 enquiries should be initiated". Its published share is out of *all* conferences,
        those of a child who moves in with a plan too: 1,318 of 1,324 authorities' years (2016 to 2025) follow from measures
        10_ICPC, 15_ICPC and ISCP_Conf with the population, to the decimal printed.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import conferences_in_time
        >>> from bucks_cs.periods import Month
        >>> held = pl.DataFrame({"child_id": ["A", "B", "C"], "conference_date": dt.date(2022, 10, 24), "led_to_plan": True,
        ...     "strategy_discussion_date": [dt.date(2022, 10, 3), dt.date(2022, 9, 30), None],
        ...     "transfer_in": [False, False, True]})
        >>> for reading in conferences_in_time(held, period=Month("2022-10")):
        ...     print(reading)
        Initial child protection conferences within 15 working days of the strategy discussion, October 2022: 50% (...), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked = InitialConferences.admit(frame, also=tellable(_CLOCK, calendar=calendar))
    return shares(
        _marked(checked, calendar),
        every=checked.lazy,
        home=checked.home,
        indicator=CONFERENCES_IN_TIME,
        date="conference_date",
        period=periods,
        by=groups(checked, by, own=("working_days", "not_timed")),
        area=area,
        source=source,
        confidence=confidence,
    )


def _marked(checked: Checked[Any], calendar: WorkingCalendar | None) -> nw.LazyFrame[Any]:
    rows = timed(checked.lazy, clock=_CLOCK, whole=~nw.col("transfer_in"), calendar=calendar)
    return rows.with_columns(not_timed=~nw.col("in_denominator"))


CONFERENCES_NOT_TIMED = DemandIndicator(
    key="demand.conferences_not_timed",
    title="Initial child protection conferences not timed from a strategy discussion",
    counts="initial conferences held in the period for a child who moved in with a plan, with no section 47 enquiry recorded, or "
    "with a strategy discussion before 15 April 2013: those that the share within 15 working days leaves out",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="conference",
    better=Better.NEITHER,
    sources=NoOfficialSource(reason="DfE counts those for a child who moves in among all, and does not publish them apart"),
    stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE,
)


def conferences_not_timed(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many initial conferences of a period `conferences_in_time` leaves out; ``not_timed`` in its drill-down.

    Args:
        frame: Initial conferences, of any engine, or checked by `InitialConferences`.
        period: One or several; a conference belongs to the period it was held in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A count, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: A rule of `InitialConferences` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import conferences_not_timed
        >>> from bucks_cs.periods import Month
        >>> held = pl.DataFrame({"child_id": ["A", "B"], "conference_date": dt.date(2022, 10, 24), "led_to_plan": True,
        ...     "strategy_discussion_date": [dt.date(2022, 10, 3), None], "transfer_in": [False, True]})
        >>> for reading in conferences_not_timed(held, period=Month("2022-10")):
        ...     print(reading)
        Initial child protection conferences not timed from a strategy discussion, October 2022: 1 conference
    """
    periods = periods_of_a_flow(period)
    checked = InitialConferences.admit(frame)
    rows = _marked(checked, None)
    return flows(
        rows.with_columns(__not_timed_on=nw.when(nw.col("not_timed")).then(nw.col("conference_date"))),
        every=checked.lazy,
        home=checked.home,
        indicator=CONFERENCES_NOT_TIMED,
        date="__not_timed_on",
        period=periods,
        by=groups(checked, by, own=("working_days", "not_timed")),
        area=area,
        source=source,
    )
