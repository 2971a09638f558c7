"""Demand: hand-offs, how often a child passes from one worker or team to the next.

Buckinghamshire's transformation programme of 2023 promises fewer. No return counts them for a child, so that the definition
here is this library's own, and says what it passes over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.several_figures import Figure, several
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import Allocations
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import (
    FIRST,
    NUMBER,
    beside,
    drill_down,
    groups,
    left_joined,
    marked,
    one_period_of_a_flow,
    periods_of_a_flow,
    plain_day,
    tally,
    unmarked,
    whole,
)
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["CHANGES_OF_TEAM", "CHANGES_OF_WORKER", "HAND_OFFS", "hand_offs", "mark_hand_offs"]

_LEFT_OUT = (
    "the first worker of a child; one who comes beside others, when none of them has left, or another has come in the place of "
    "the one who did; one who is back within the days given; one who comes later than that, which is a new beginning; "
    "allocations that end on the day they began"
)
_OWN = ("changed_worker", "changed_team", "no_history")
_DAY = ("child_id", "start_date")
_ALLOCATION = ("child_id", "worker_id", "team", "start_date", "__finish")
_OTHERS = {"worker_id": "__worker", "team": "__team", "start_date": "__begun", "__finish": "__until"}
_STILL_OPEN = dt.date(9999, 12, 31)


def _of_hand_offs(key: str, **said: Any) -> DemandIndicator:
    """What the three indicators have in common."""
    return DemandIndicator(
        key=key,
        leaves_out=_LEFT_OUT,
        measure=Measure.MEAN,
        kind=Kind.FLOW,
        better=Better.LOWER,
        sources=sources.NO_SERIES_OF_HAND_OFFS,
        stage=Stage.ALLOCATED_SOCIAL_WORKER,
        **said,
    )


HAND_OFFS = _of_hand_offs(
    "demand.hand_offs",
    title="Cases handed on",
    counts="cases that passed from one who left to another worker, another team or both, for each child who was allocated in the "
    "period",
    unit="case/child",
)

CHANGES_OF_WORKER = _of_hand_offs(
    "demand.changes_of_worker",
    title="Changes of worker",
    counts="changes from a worker who left to another, in the same team or not, for each child who was allocated in the period",
    unit="worker/child",
)

CHANGES_OF_TEAM = _of_hand_offs(
    "demand.changes_of_team",
    title="Changes of team",
    counts="changes from a team that left to another, with the same worker or not, for each child who was allocated in the "
    "period",
    unit="team/child",
)


def mark_hand_offs(frame: FrameT | Checked[FrameT], *, period: Period, within: int, history_from: dt.date) -> FrameT:
    """The caller's allocations, each with whether its child counts and whether it is a hand-off: the drill-down of `hand_offs`.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`; those before the period too.
        period: The period; which rows count differs from one to another.
        within: How many days may lie between one leaving and the next coming; 0 is the same day.
        history_from: The first day from which every allocation is in the frame: all that had not ended before it, so that those
            open on it are included, however long ago they began. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the allocation was open in
        the period: the different children of these are those counted), ``in_numerator`` (yes where it is a hand-off of the
        period), ``changed_worker`` and ``changed_team`` (which of the two) and ``no_history``: whether the figure cannot be told
        for it, because it began in the period too soon after the history does, or because the period began before.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        InvalidValue: ``period`` is not one period to count over; ``within`` is no whole number, 0 or more; ``history_from`` is
            no plain date.

    Source:
        As `hand_offs`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "East", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2022, 6, 3), dt.date(2021, 6, 1)],
        ...     "end_date": [dt.date(2022, 6, 1), None, None]})
        >>> demand.mark_hand_offs(rows, period=FinancialYear("2022-23"), within=28, history_from=dt.date(2021, 4, 1)).select(
        ...     "in_denominator", "changed_worker", "changed_team").rows()
        [(True, False, False), (True, True, False), (True, False, False)]
    """
    of, days, known_from = one_period_of_a_flow(period), _days(within), plain_day(history_from, what="history_from")
    checked = Allocations.admit(frame)
    keys = _ALLOCATION[1:]
    before = {f"__{name}": nw.col(name).shift(1).over("child_id", order_by=keys) for name in keys}
    alike = nw.all_horizontal(*(nw.col(name) == nw.col(f"__{name}") for name in keys), ignore_nulls=False)
    rows = _followed(_with_finish(unmarked(checked.lazy, *_OWN)), days, known_from, of.start, of.end).with_columns(**before)
    # Of allocations that are alike one is the hand-off.
    here, new = _held_in(of.start, of.end), ~alike.fill_null(value=False)
    rows = rows.with_columns(
        changed_worker=nw.col("__changed_worker") & new,
        changed_team=nw.col("__changed_team") & new,
        no_history=here & (nw.col("__no_history") | nw.lit(of.start < known_from)),
    )
    rows = marked(rows, whole=here, part=nw.col("changed_worker") | nw.col("changed_team"))
    native: FrameT = drill_down(checked, rows, *_OWN)
    return native


def hand_offs(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    within: int,
    history_from: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How often a child passed to another worker or team in a period: the mean for each child who was allocated in it.

    Whether an allocation is a change of worker is told from those of the child *near* it: those that had begun by its first day,
    and on that day were open or had ended at most ``within`` days before. It is one where

    - no such allocation begun before it is of its own worker: one who stays, or is back within those days, is no change;
    - another worker has left: all of hers near it have ended, the last of them on that day at the latest; and
    - nobody has come in her place: no worker's first allocation near it began on the day the other left, or later, but before
      it. Who comes first after a leaving comes in the place of her who left, and who comes later comes beside. Two who come on
      one day both do.

    Whoever else holds the child and stays is passed over: who comes beside her while nobody has left is no change, and who comes
    once another has left is one. An allocation that overlaps the next by a day or more is not followed by it. A change of team is
    the same of teams, each of which holds a child while any worker of it does. A hand-off is a change of worker, of team, or of
    both at once: it is one of the allocations that the new worker or team begins with on that day, and belongs to the period the
    day lies in.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`; those before the period too.
        period: One or several; an allocation of a child counts in each period in which it was open on a day.
        within: How many days may lie between one leaving and the next coming; 0 is the same day, and after more of them it is
            a new beginning. Nobody sets it, so that it has to be given.
        history_from: The first day from which every allocation is in the frame: all that had not ended before it, so that those
            open on it are included, however long ago they began. It cannot be seen from the rows.
        by: Columns to break it down by; a hand-off is in the group of the later allocation, and a child in each that held it.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Three indicators for each group of the frame and each period, in the caller's own kind of frame: ``demand.hand_offs``,
        ``demand.changes_of_worker`` and ``demand.changes_of_team``: so many for each child, 0 or more, with both counts; the days
        are in their titles. A change of worker and team at once is one hand-off and one of each. ``z`` where no child was
        allocated; ``no_history``, with no numerator, where the period began before the history, or where a worker or team
        that seems new to a child came in the period with under ``within`` days of history behind it.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none to count
            over; ``within`` is no whole number, 0 or more; ``history_from`` is no plain date.

    Source:
        No official one: see `HAND_OFFS`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "East", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2022, 6, 3), dt.date(2021, 6, 1)],
        ...     "end_date": [dt.date(2022, 6, 1), None, None]})
        >>> for reading in demand.hand_offs(rows, period=FinancialYear("2022-23"), within=28, history_from=dt.date(2021, 4, 1)):
        ...     print(reading)
        Changes of team (within 28 days), 2022-23: 0 teams per child, 0 over 2
        Changes of worker (within 28 days), 2022-23: 0.5 workers per child, 1 over 2
        Cases handed on (within 28 days), 2022-23: 0.5 cases per child, 1 over 2
    """
    periods, days, known_from = periods_of_a_flow(period), _days(within), plain_day(history_from, what="history_from")
    checked = Allocations.admit(frame)
    columns = groups(checked, by, own=_OWN)
    first, last = min(each.start for each in periods), max(each.end for each in periods)
    # Of allocations that are alike one is the hand-off.
    once = _with_finish(checked.lazy).group_by(*dict.fromkeys((*columns, *_ALLOCATION, "end_date"))).agg(__rows=nw.len())
    held = beside(_followed(once, days, known_from, first, last), periods, holds=_held_in)
    # Begun in this period, and not only open in it.
    new, worker, team = nw.col("start_date") >= nw.col(FIRST), nw.col("__changed_worker"), nw.col("__changed_team")
    tests = {
        "__handed_on": (worker | team) & new,
        "__workers": worker & new,
        "__teams": team & new,
        "__unknown": (nw.col("__no_history") & new) | (nw.col(FIRST) < known_from),
    }
    of_children = held.group_by(*columns, NUMBER, "child_id").agg(**{name: tally(test) for name, test in tests.items()})
    sums = of_children.group_by(*columns, NUMBER).agg(__children=nw.len(), **{name: nw.col(name).sum() for name in tests})
    figures = {
        _of_window(indicator, days): Figure.mean(name, among="__children", unknown="__unknown")
        for indicator, name in ((HAND_OFFS, "__handed_on"), (CHANGES_OF_WORKER, "__workers"), (CHANGES_OF_TEAM, "__teams"))
    }
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=periods, by=columns, area=area, source=source)


def _days(within: object) -> int:
    return whole(within, what="within", least=0, of="days")


def _of_window(indicator: DemandIndicator, within: int) -> DemandIndicator:
    """An indicator of certain days, so that figures of two windows are never put together under one definition."""
    days = "on the same day" if within == 0 else f"within {within} {'day' if within == 1 else 'days'}"
    return attrs.evolve(
        indicator,
        title=f"{indicator.title} ({days})",
        counts=f"{indicator.counts}, where the next came {days}{'' if within == 0 else ' of the leaving'}",
    )


def _held_in(first: Any, last: Any) -> nw.Expr:
    """Whether an allocation was open on a day of a period."""
    ends = nw.col("end_date")
    not_over: nw.Expr = (ends.is_null() | ((ends > nw.col("start_date")) & (ends > first))).fill_null(value=False)
    begun: nw.Expr = nw.col("start_date") <= last
    return begun & not_over


def _with_finish(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Allocations with the day each ends, a far one where it is open still."""
    finish = nw.when(nw.col("end_date").is_null()).then(nw.lit(_STILL_OPEN)).otherwise(nw.col("end_date"))
    return lazy.with_columns(__finish=finish)


def _followed(rows: nw.LazyFrame[Any], within: int, history_from: dt.date, first: dt.date, last: dt.date) -> nw.LazyFrame[Any]:
    """Allocations with whether each that began from one day to another changed worker or team, and if that cannot be told."""
    held = nw.col("__finish") > nw.col("start_date")
    begun = held & (nw.col("start_date") >= first) & (nw.col("start_date") <= last)
    near = _near(rows.filter(held).select(*_ALLOCATION), begun, within)
    known = {f"__known_{unit}": _is_known(unit, other) for unit, other in (("worker_id", "team"), ("team", "worker_id"))}
    rows = left_joined(rows, near.group_by(*_ALLOCATION).agg(**known), _ALLOCATION)
    rows = left_joined(rows, _left(near, "worker_id"), _DAY)
    rows = left_joined(rows, _left(near, "team"), _DAY)
    new_worker, new_team = (begun & (nw.col(name).fill_null(0) == 0) for name in known)
    known_for = days_between(nw.lit(history_from), nw.col("start_date"), like=rows)
    return rows.with_columns(
        __changed_worker=new_worker & ~nw.col("__left_worker_id").is_null(),
        __changed_team=new_team & ~nw.col("__left_team").is_null(),
        # One that seems new may have held the child until just before the history begins.
        __no_history=(new_worker | new_team) & (known_for < within),
    )


def _near(held: nw.LazyFrame[Any], begun: nw.Expr, within: int) -> nw.LazyFrame[Any]:
    """Allocations beside each other of the child that began by the first day and was open on it or so many days before."""
    others = held.select("child_id", **{theirs: nw.col(own) for own, theirs in _OTHERS.items()})
    pairs = held.filter(begun).join(others, on="child_id", how="inner").filter(nw.col("__begun") <= nw.col("start_date"))
    pairs = pairs.filter(days_between(nw.col("__until"), nw.col("start_date"), like=pairs) <= within)
    alike = (nw.col(own) == nw.col(theirs) for own, theirs in _OTHERS.items())
    return pairs.filter(~nw.all_horizontal(*alike, ignore_nulls=False))


def _is_known(unit: str, other: str) -> nw.Expr:
    """Of how many near it its worker (or team) is the same: earlier ones, and of the same day one that goes before it."""
    next_to, theirs = nw.col(_OTHERS[other]), nw.col(_OTHERS[unit])
    longer = (next_to == nw.col(other)) & (nw.col("__until") > nw.col("__finish"))
    earlier = nw.col("__begun") < nw.col("start_date")
    return tally((theirs == nw.col(unit)) & (earlier | (next_to < nw.col(other)) | longer))


def _left(near: nw.LazyFrame[Any], unit: str) -> nw.LazyFrame[Any]:
    """The days of each child on which a worker's (or team's) place is free: she has left, and nobody has come since."""
    day = nw.col("start_date")
    each = near.group_by(*_DAY, _OTHERS[unit]).agg(__left=nw.col("__until").max(), __came=nw.col("__begun").min())
    left = nw.when(nw.col("__left") <= day).then(nw.col("__left")).max()
    came = nw.when(nw.col("__came") < day).then(nw.col("__came")).max()
    days: nw.LazyFrame[Any] = each.group_by(*_DAY).agg(**{f"__left_{unit}": left, "__came": came})
    return days.filter(nw.col("__came") < nw.col(f"__left_{unit}")).drop("__came")
