"""Demand: caseloads on a day: how many cases a team holds, and how they are shared among its workers.

A case is a child whom a worker holds: a child with two workers is two cases and one child. No figure here is of one worker,
who is a person too; what is given is how many workers there are, and how their caseloads lie. The marks give the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.pathway import CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER
from bucks_cs.demand.calculations.several_figures import Figure, several
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import Allocations
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import (
    NUMBER,
    as_snapshots,
    beside,
    drill_down,
    groups,
    is_open,
    marked,
    marked_on,
    one_day,
    tally,
    unmarked,
    whole,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "CASES",
    "HIGHEST_CASELOAD",
    "MEAN_CASELOAD",
    "MEDIAN_CASELOAD",
    "WORKERS_OVER_A_LIMIT",
    "WORKERS_WITH_CASES",
    "caseload",
    "caseload_by_worker",
    "mark_caseload",
    "mark_caseload_by_worker",
]

_EARLIEST_FIRST = ("start_date", "team", "end_date")
_OF_WORKERS = ("cases_of_worker",)


def _of_caseload(key: str, **said: Any) -> DemandIndicator:
    """What the indicators of this room have in common."""
    return DemandIndicator(
        key=key, kind=Kind.STOCK, sources=sources.NO_SERIES_OF_CASELOADS, stage=Stage.ALLOCATED_SOCIAL_WORKER, **said
    )


CASES = _of_caseload(
    "demand.cases",
    title="Cases held",
    counts="children held by a worker on a day, once for each worker who holds them: a child with two workers is two cases",
    leaves_out="children to whom no worker is allocated on the day",
    measure=Measure.COUNT,
    unit="case",
    better=Better.NEITHER,
)


def mark_caseload(frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None) -> FrameT:
    """The caller's allocations, each with whether it is open on a day and is a case: the drill-down of `caseload`.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot.
        by: The columns the caseload is broken down by: a case is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the allocation is open)
        and ``in_numerator`` (yes for one such row of each child and worker, the earliest, so that they add up to cases).

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is not one snapshot.

    Source:
        As `caseload`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "West", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2021, 6, 1), dt.date(2021, 6, 1)],
        ...     "end_date": [None, None, dt.date(2022, 3, 31)]})
        >>> demand.mark_caseload(rows, at=Snapshot("31 March 2022"))["in_numerator"].to_list()
        [True, True, False]
    """
    day = one_day(at)
    checked = Allocations.admit(frame)
    native: FrameT = drill_down(checked, _marked(checked, day, groups(checked, by)))
    return native


def caseload(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Cases held on a day, and the children in them: allocated on that day or before, and not ended, or ended after it.

    A child with two workers is two cases and one child. Two open allocations of a child to one worker are one case.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by, such as ``"team"``; a worker is a person, and her caseload is in `caseload_by_worker`.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Two indicators, ``demand.cases`` and ``demand.children_with_an_allocated_social_worker``: how many, 0 or more, for each
        group of the frame and each day, in the caller's own kind of frame; 0 where there were none, and never a gap. Groups
        may add up to more than the whole: a child, or a worker's case, may be in two of them.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        No official one: see `CASES`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "West", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2021, 6, 1), dt.date(2021, 6, 1)],
        ...     "end_date": [None, None, dt.date(2022, 3, 31)]})
        >>> for reading in demand.caseload(rows, at=Snapshot("30 March 2022")):
        ...     print(reading)
        Cases held, 30 March 2022: 3 cases
        Children with an allocated social worker, 30 March 2022: 2 children
    """
    days = as_snapshots(at)
    checked = Allocations.admit(frame)
    columns = groups(checked, by)
    of_children = _cases(checked, days, columns).group_by(*columns, NUMBER, "child_id").agg(__held=nw.len())
    sums = of_children.group_by(*columns, NUMBER).agg(__cases=nw.col("__held").sum(), __children=nw.len())
    figures = {CASES: Figure.count("__cases"), CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER: Figure.count("__children")}
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=days, by=columns, area=area, source=source)


WORKERS_WITH_CASES = _of_caseload(
    "demand.workers_with_cases",
    title="Workers who hold cases",
    counts="workers who hold one case or more on a day",
    leaves_out="workers without a case: they are in no row of the allocations",
    measure=Measure.COUNT,
    unit="worker",
    better=Better.NEITHER,
)

MEDIAN_CASELOAD = _of_caseload(
    "demand.median_caseload",
    title="Median caseload",
    counts="the caseload with as many workers above it as below, of those who hold cases; midway between the two in the middle",
    leaves_out="workers without a case",
    measure=Measure.QUANTILE,
    unit="case",
    better=Better.LOWER,
)

MEAN_CASELOAD = _of_caseload(
    "demand.mean_caseload",
    title="Mean caseload",
    counts="cases held on a day, for each worker who holds one or more: a worker counts as one, whatever hours she works",
    leaves_out="workers without a case",
    measure=Measure.MEAN,
    unit="case",
    better=Better.LOWER,
)

HIGHEST_CASELOAD = _of_caseload(
    "demand.highest_caseload",
    title="Highest caseload",
    counts="the most cases that any one worker holds on a day",
    measure=Measure.QUANTILE,
    unit="case",
    better=Better.LOWER,
)

WORKERS_OVER_A_LIMIT = _of_caseload(
    "demand.workers_over_a_limit",
    title="Workers over a limit",
    counts="workers who hold more cases on a day than the limit that was given",
    leaves_out="workers who hold as many as the limit",
    measure=Measure.COUNT,
    unit="worker",
    better=Better.LOWER,
)


def mark_caseload_by_worker(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, limit: int, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's allocations, each with its worker's caseload, and if over a limit: the drill-down of `caseload_by_worker`.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot.
        limit: How many cases a worker may hold.
        by: The columns the caseloads are broken down by: a worker of two teams has a caseload in each.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for one open row of each child and
        worker, so that they add up to cases), ``in_numerator`` (yes where it is one of a worker over the limit, so that her
        different workers are those over it) and ``cases_of_worker`` (how many the worker of the row holds on the day).

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is not one snapshot;
            ``limit`` is no whole number, 1 or more.

    Source:
        As `caseload_by_worker`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "West", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2021, 6, 1), dt.date(2021, 6, 1)],
        ...     "end_date": [None, None, dt.date(2022, 3, 31)]})
        >>> marked = demand.mark_caseload_by_worker(rows, at=Snapshot("30 March 2022"), limit=1)
        >>> marked.select("cases_of_worker", "in_numerator").rows()
        [(2, True), (1, False), (2, True)]
    """
    day, most = one_day(at), whole(limit, what="limit", least=1, of="cases")
    checked = Allocations.admit(frame)
    columns = groups(checked, by, own=_OF_WORKERS)
    cases = unmarked(_marked(checked, day, columns).with_columns(__case=nw.col("in_numerator")), *_OF_WORKERS)
    held = cases.with_columns(cases_of_worker=tally(nw.col("__case")).over(*columns, "worker_id").cast(nw.Int64))
    rows = marked(held, whole=nw.col("__case"), part=nw.col("cases_of_worker") > most)
    native: FrameT = drill_down(checked, rows, *_OF_WORKERS)
    return native


def caseload_by_worker(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    limit: int,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How caseloads lie among workers on a day: how many workers, the median, mean and highest, and how many over a limit.

    Workers are those who hold a case. No limit is in law or guidance, so that it has to be given. A worker is counted as one
    whatever hours she works, and a worker of two teams has, by team, a caseload in each.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`.
        at: The day, as a snapshot, or several.
        limit: How many cases a worker may hold; a worker who holds as many is not over it.
        by: Columns to break it down by, such as ``"team"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Five indicators for each group of the frame and each day, in the caller's own kind of frame:
        ``demand.workers_with_cases`` and ``demand.workers_over_a_limit``, 0 or more (the limit is in the title of the latter);
        ``demand.median_caseload``, ``demand.mean_caseload`` (cases over workers) and ``demand.highest_caseload``, in cases,
        1 or more, ``z`` where no worker holds any.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot;
            ``limit`` is no whole number, 1 or more.

    Source:
        No official one: see `MEAN_CASELOAD`. DfE's average is of full-time equivalents, and these are of workers.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "worker_id": ["W1", "W2", "W1"], "team": ["East", "West", "East"],
        ...     "start_date": [dt.date(2021, 5, 1), dt.date(2021, 6, 1), dt.date(2021, 6, 1)],
        ...     "end_date": [None, None, dt.date(2022, 3, 31)]})
        >>> for reading in demand.caseload_by_worker(rows, at=Snapshot("30 March 2022"), limit=1):
        ...     print(reading)
        Highest caseload, 30 March 2022: 2 cases
        Mean caseload, 30 March 2022: 1.5 cases, 3 over 2
        Median caseload, 30 March 2022: 1.5 cases
        Workers with more than 1 case, 30 March 2022: 1 worker
        Workers who hold cases, 30 March 2022: 2 workers
    """
    days, most = as_snapshots(at), whole(limit, what="limit", least=1, of="cases")
    checked = Allocations.admit(frame)
    columns = groups(checked, by, own=_OF_WORKERS)
    of_workers = _cases(checked, days, columns).group_by(*columns, NUMBER, "worker_id").agg(__held=nw.len())
    sums = of_workers.group_by(*columns, NUMBER).agg(
        __workers=nw.len(),
        __over=tally(nw.col("__held") > most),
        __cases=nw.col("__held").sum(),
        __median=nw.col("__held").median(),
        __highest=nw.col("__held").max(),
    )
    figures = {
        WORKERS_WITH_CASES: Figure.count("__workers"),
        _over_the_limit(most): Figure.count("__over"),
        MEAN_CASELOAD: Figure.mean("__cases", among="__workers"),
        MEDIAN_CASELOAD: Figure.of_some("__median", among="__workers"),
        HIGHEST_CASELOAD: Figure.of_some("__highest", among="__workers"),
    }
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=days, by=columns, area=area, source=source)


def _over_the_limit(limit: int) -> DemandIndicator:
    """`WORKERS_OVER_A_LIMIT` of a certain limit, so that figures of two limits are never put together under one definition."""
    cases = "case" if limit == 1 else "cases"
    return attrs.evolve(
        WORKERS_OVER_A_LIMIT,
        title=f"Workers with more than {limit} {cases}",
        counts=f"workers who hold more than {limit} {cases} on a day",
        leaves_out=f"workers who hold {limit}, or fewer",
    )


def _cases(checked: Checked[Any], days: Sequence[Snapshot], by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """A row for each child and worker of a group and day."""
    wanted = checked.lazy.select(*dict.fromkeys((*by, "child_id", "worker_id", "start_date", "end_date")))
    held = beside(wanted, days, holds=lambda day, _: is_open("start_date", "end_date", day))
    return held.group_by(*by, NUMBER, "child_id", "worker_id").agg(__rows=nw.len())


def _marked(checked: Checked[Any], day: Snapshot, by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    once = (*by, "child_id", "worker_id")
    return marked_on(checked.lazy, day, starts="start_date", ends="end_date", once=once, order=_EARLIEST_FIRST)
