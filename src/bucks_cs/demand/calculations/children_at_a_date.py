"""Demand: children on a day: in need, subject to a child protection plan, with an allocated social worker.

Children are counted and not rows: with two workers, or two records of one plan, a child is one child. By team, a child with
two teams is one child in each, so that teams add up to more than the whole; the whole is a call of its own, without ``by``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bucks_cs.demand.calculations.pathway import (
    CHILDREN_IN_NEED,
    CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
    CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER,
)
from bucks_cs.demand.model.stages import DemandIndicator
from bucks_cs.demand.schema import Allocations, ChildrenInNeedEpisodes, ProtectionPlans
from bucks_cs.frames import Checked, FrameModel
from bucks_cs.frames.checked import FrameT
from bucks_cs.marking import as_snapshots, drill_down, groups, marked_on, one_day, stocks
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "children_in_need",
    "children_subject_to_a_child_protection_plan",
    "children_with_an_allocated_social_worker",
    "mark_children_in_need",
    "mark_children_subject_to_a_child_protection_plan",
    "mark_children_with_an_allocated_social_worker",
]


def _on(
    frame: FrameT | Checked[FrameT],
    schema: type[FrameModel],
    *,
    indicator: DemandIndicator,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[FrameT]:
    days, checked = as_snapshots(at), schema.admit(frame)
    return stocks(
        checked.lazy,
        home=checked.home,
        indicator=indicator,
        starts="start_date",
        ends="end_date",
        at=days,
        by=groups(checked, by),
        area=area,
        source=source,
        once="child_id",
    )


def _mark_on(
    frame: FrameT | Checked[FrameT],
    schema: type[FrameModel],
    *,
    at: Snapshot,
    by: str | Sequence[str] | None,
    order: Sequence[str],
) -> FrameT:
    day, checked = one_day(at), schema.admit(frame)
    once = (*groups(checked, by), "child_id")
    rows = marked_on(checked.lazy, day, starts="start_date", ends="end_date", once=once, order=order)
    native: FrameT = drill_down(checked, rows)
    return native


def mark_children_in_need(frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None) -> FrameT:
    """The caller's episodes of need, each with whether it is open on a day and counts a child.

    It is the drill-down of `children_in_need`.

    Args:
        frame: Episodes of need, of any engine, or checked by `ChildrenInNeedEpisodes`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a child is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the episode is open)
        and ``in_numerator`` (yes for one such row of each child, the earliest, so that they add up to children).

    Raises:
        FrameProblems: A rule of `ChildrenInNeedEpisodes` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is not one snapshot.

    Source:
        As `children_in_need`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, dt.date(2022, 3, 31)], "primary_need": "N1", "closure_reason": None})
        >>> marked = demand.mark_children_in_need(rows, at=Snapshot("31 March 2022"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, True), (False, False)]
    """
    return _mark_on(frame, ChildrenInNeedEpisodes, at=at, by=by, order=("start_date",))


def children_in_need(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Children with an open episode of need on a day: begun on or before it, and not ended, or ended after it.

    DfE publishes open episodes. They are as many as the children, since "a child should not have more than one episode of need at
    any point in time"; where a frame has two, the child is still one. An episode that is open counts whatever comes of it later:
    that an assessment will find no need is not known on the day.

    Args:
        frame: Episodes of need, of any engine, or checked by `ChildrenInNeedEpisodes`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many children, 0 or more, for each group of the frame and each day, in the caller's own kind of frame: 0 where
        there were none, and never a gap. Groups may add up to more than the whole, where a child is in two of them.

    Raises:
        FrameProblems: A rule of `ChildrenInNeedEpisodes` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is no snapshot.

    Source:
        DfE, *Children in need*, data file b1, At31_episodes; Local authority interactive tool, data dictionary, measure
        CINTime3months (one episode of need at a time).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, dt.date(2022, 3, 31)], "primary_need": "N1", "closure_reason": None})
        >>> days = [Snapshot("30 March 2022"), Snapshot("31 March 2022")]
        >>> for reading in demand.children_in_need(rows, at=days):
        ...     print(reading)
        Children in need, 30 March 2022: 3 children
        Children in need, 31 March 2022: 2 children
    """
    indicator = CHILDREN_IN_NEED
    return _on(frame, ChildrenInNeedEpisodes, indicator=indicator, at=at, by=by, area=area, source=source)


def mark_children_subject_to_a_child_protection_plan(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's child protection plans, each with whether it is open on a day and counts a child.

    It is the drill-down of `children_subject_to_a_child_protection_plan`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a child is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the plan is open)
        and ``in_numerator`` (yes for one such row of each child, the earliest, so that they add up to children).

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is not one snapshot.

    Source:
        As `children_subject_to_a_child_protection_plan`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, dt.date(2022, 3, 31)], "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> marked = demand.mark_children_subject_to_a_child_protection_plan(rows, at=Snapshot("31 March 2022"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, True), (False, False)]
    """
    return _mark_on(frame, ProtectionPlans, at=at, by=by, order=("start_date",))


def children_subject_to_a_child_protection_plan(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Children who are the subject of a child protection plan on a day: begun on or before it, and not ended, or ended after it.

    On the day a plan ends the child is no longer the subject of it.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many children, 0 or more, for each group of the frame and each day, in the caller's own kind of frame: 0 where
        there were none, and never a gap. Groups may add up to more than the whole, where a child is in two of them.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is no snapshot.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CPP_Num ("Number of children who were the subject of
        a child protection plan at 31 March"); *Children in need*, data file d5, CPP_At31.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, dt.date(2022, 3, 31)], "initial_category": "NEG", "number_of_previous_plans": 0})
        >>> days = [Snapshot("30 March 2022"), Snapshot("31 March 2022")]
        >>> for reading in demand.children_subject_to_a_child_protection_plan(rows, at=days):
        ...     print(reading)
        Children subject to a child protection plan, 30 March 2022: 3 children
        Children subject to a child protection plan, 31 March 2022: 2 children
    """
    indicator = CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN
    return _on(frame, ProtectionPlans, indicator=indicator, at=at, by=by, area=area, source=source)


def mark_children_with_an_allocated_social_worker(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's allocations, each with whether it is open on a day and counts a child.

    It is the drill-down of `children_with_an_allocated_social_worker`.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a child is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the allocation is open)
        and ``in_numerator`` (yes for one such row of each child, the earliest, so that they add up to children).

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is not one snapshot.

    Source:
        As `children_with_an_allocated_social_worker`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B", "C"], "worker_id": ["W1", "W2", "W1", "W2"],
        ...     "team": ["East", "West", "East", "West"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, None, dt.date(2022, 3, 31)]})
        >>> marked = demand.mark_children_with_an_allocated_social_worker(rows, at=Snapshot("31 March 2022"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, False), (True, True), (False, False)]
    """
    return _mark_on(frame, Allocations, at=at, by=by, order=("start_date", "worker_id", "team", "end_date"))


def children_with_an_allocated_social_worker(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Children to whom a social worker is allocated on a day: since that day or before, and not ended, or ended after it.

    A child with two workers is one child; by team, one in each of the teams.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        How many children, 0 or more, for each group of the frame and each day, in the caller's own kind of frame: 0 where
        there were none, and never a gap. Groups may add up to more than the whole, where a child is in two of them.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one of a reserved name (`bucks_cs.marking.groups`);
            ``at`` is no snapshot.

    Source:
        No official one: see `CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER`. No return counts them.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B", "C"], "worker_id": ["W1", "W2", "W1", "W2"],
        ...     "team": ["East", "West", "East", "West"], "start_date": dt.date(2021, 5, 1),
        ...     "end_date": [None, None, None, dt.date(2022, 3, 31)]})
        >>> days = [Snapshot("30 March 2022"), Snapshot("31 March 2022")]
        >>> for reading in demand.children_with_an_allocated_social_worker(rows, at=days):
        ...     print(reading)
        Children with an allocated social worker, 30 March 2022: 3 children
        Children with an allocated social worker, 31 March 2022: 2 children
    """
    indicator = CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER
    return _on(frame, Allocations, indicator=indicator, at=at, by=by, area=area, source=source)
