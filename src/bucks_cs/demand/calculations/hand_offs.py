"""Demand: hand-offs and assessments, what a family goes through in a period: who comes, and how often it is assessed anew.

Buckinghamshire's transformation programme of 2023 promises fewer of both. No return counts either for a child, so that the
definitions here are this library's own, and each says what it passes over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.several_figures import FIRST, NUMBER, Figure, beside, periods_of_a_flow, several
from bucks_cs.demand.model import DemandIndicator, Stage
from bucks_cs.demand.schema import Allocations, Assessments
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import days_between
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import marked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "ASSESSMENTS_PER_CHILD",
    "CHANGES_OF_TEAM",
    "CHANGES_OF_WORKER",
    "HAND_OFFS",
    "assessments_per_child",
    "hand_offs",
    "mark_assessments_per_child",
    "mark_hand_offs",
]

_LEFT_OUT = (
    "the first worker of a child; a worker who comes while the one before is still allocated; one who comes later after the one "
    "before than the days that were given, which is a new beginning; allocations that end on the day they began"
)


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
    counts="cases that passed to another worker, another team or both, for each child who was allocated in the period",
    unit="case/child",
)

CHANGES_OF_WORKER = _of_hand_offs(
    "demand.changes_of_worker",
    title="Changes of worker",
    counts="changes to another worker, in the same team or not, for each child who was allocated in the period",
    unit="worker/child",
)

CHANGES_OF_TEAM = _of_hand_offs(
    "demand.changes_of_team",
    title="Changes of team",
    counts="changes to another team, with the same worker or not, for each child who was allocated in the period",
    unit="team/child",
)


def mark_hand_offs(frame: FrameT | Checked[FrameT], *, period: Period, within: int, history_from: dt.date) -> FrameT:
    """The caller's allocations, each with whether its child counts and whether it is a hand-off: the drill-down of `hand_offs`.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`; those before the period too.
        period: The period; which rows count differs from one to another.
        within: How many days may lie between the end of one allocation and the beginning of the next.
        history_from: The first day from which every allocation is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the allocation was open in
        the period: the different children of these are those counted), ``in_numerator`` (yes where it is a hand-off of the
        period), ``changed_worker`` and ``changed_team`` (which of the two) and ``no_history``: whether it began in the period
        too soon after the history does to tell.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        InvalidValue: ``period`` is not one period to count over; ``within`` is no whole number, 0 or more.

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
    checked = Allocations.admit(frame)
    known = _followed(checked, _days(within), history_from)
    of = _one_period(period)
    here, new = _held_in(of), (nw.col("start_date") >= of.start) & (nw.col("start_date") <= of.end)
    names = ("changed_worker", "changed_team", "no_history")
    flags = {name: (nw.col(name) & here & new).fill_null(value=False) for name in names}
    rows = known.with_columns(**flags, __here=here)
    rows = marked(rows, whole=nw.col("__here"), part=nw.col("changed_worker") | nw.col("changed_team"))
    native: FrameT = checked.home.back(rows.select(*checked.names, "in_denominator", "in_numerator", *flags))
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

    An allocation is a hand-off where the one of the child that began last before it had ended by its first day, at most
    ``within`` days before, and was of another worker or another team. It belongs to the period its first day lies in. Which
    of two workers leads is in no table, so that a worker who comes beside another is none.

    Args:
        frame: Allocations, of any engine, or checked by `Allocations`; those before the period too.
        period: One or several; an allocation of a child counts in each period in which it was open on a day.
        within: How many days may lie between the end of one allocation and the beginning of the next; after more of them it
            is a new beginning. Nobody sets it, so that it has to be given.
        history_from: The first day from which every allocation is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by; a hand-off is in the group of the later allocation, and a child in each that held it.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Three indicators for each group of the frame and each period, in the caller's own kind of frame: ``demand.hand_offs``,
        ``demand.changes_of_worker`` and ``demand.changes_of_team``: so many for each child, 0 or more, with both counts. A change
        of worker and team at once is one hand-off and one of each. ``z`` where no child was allocated; ``no_history`` where an
        allocation of the period cannot be told, having under ``within`` days of history behind it and none before it.

    Raises:
        FrameProblems: A rule of `Allocations` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person; ``period`` is none to count over; ``within`` is no whole
            number, 0 or more.

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
        Changes of team, 2022-23: 0 teams per child, 0 of 2
        Changes of worker, 2022-23: 0.5 workers per child, 1 of 2
        Cases handed on, 2022-23: 0.5 cases per child, 1 of 2
    """
    checked = Allocations.admit(frame)
    periods, columns = periods_of_a_flow(period), checked.grouping(by)
    known = _followed(checked, _days(within), history_from)
    flags = ("changed_worker", "changed_team", "hand_off", "no_history")
    known = known.with_columns(hand_off=nw.col("changed_worker") | nw.col("changed_team"))
    wanted = dict.fromkeys((*columns, "child_id", "start_date", "end_date", *flags))
    held = beside(known.select(*wanted), periods, starts="start_date", ends="end_date")
    # Begun in this period, and not only open in it.
    new = nw.col("start_date") >= nw.col(FIRST)
    numbers = {name: nw.when(nw.col(name) & new).then(nw.lit(1)).otherwise(nw.lit(0)).sum() for name in flags}
    of_children = held.group_by(*columns, NUMBER, "child_id").agg(**numbers)
    sums = of_children.group_by(*columns, NUMBER).agg(children=nw.len(), **{name: nw.col(name).sum() for name in flags})
    figures = {
        indicator: Figure.mean(name, among="children", unknown="no_history")
        for indicator, name in ((HAND_OFFS, "hand_off"), (CHANGES_OF_WORKER, "changed_worker"), (CHANGES_OF_TEAM, "changed_team"))
    }
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=periods, by=columns, area=area, source=source)


ASSESSMENTS_PER_CHILD = DemandIndicator(
    key="demand.assessments_per_child",
    title="Assessments of a child",
    counts="assessments begun in the period, for each child of whom one or more were begun in it",
    leaves_out="children of whom none was begun; assessments of early help",
    measure=Measure.MEAN,
    kind=Kind.FLOW,
    unit="assessment/child",
    better=Better.LOWER,
    sources=sources.NO_SERIES_OF_HAND_OFFS,
    stage=Stage.ASSESSMENT,
)


def mark_assessments_per_child(frame: FrameT | Checked[FrameT], *, period: Period) -> FrameT:
    """The caller's assessments, each with how many its child had in a period: the drill-down of `assessments_per_child`.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: The period; how many a child had differs from one to another.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes where the
        assessment began in the period: the rows are the assessments, their different children the children) and
        ``assessments_of_child`` (how many of the row's child began in the period).

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        InvalidValue: ``period`` is not one period to count over.

    Source:
        As `assessments_per_child`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "referral_date": None, "authorisation_date": None,
        ...     "start_date": [dt.date(2022, 5, 1), dt.date(2023, 3, 31), dt.date(2022, 6, 1)]})
        >>> demand.mark_assessments_per_child(rows, period=FinancialYear("2022-23"))["assessments_of_child"].to_list()
        [2, 2, 1]
    """
    checked = Assessments.admit(frame)
    of = _one_period(period)
    inside = (nw.col("start_date") >= of.start) & (nw.col("start_date") <= of.end)
    rows = marked(checked.lazy, whole=inside, part=inside)
    each = nw.when(nw.col("in_numerator")).then(nw.lit(1)).otherwise(nw.lit(0)).sum().over("child_id")
    native: FrameT = checked.home.back(rows.with_columns(assessments_of_child=each.cast(nw.Int64)))
    return native


def assessments_per_child(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How often a child was assessed in a period: assessments begun in it, for each child of whom one or more were.

    Args:
        frame: Assessments, of any engine, or checked by `Assessments`.
        period: One or several; an assessment belongs to the period it began in, completed or not.
        by: Columns to break it down by; a child is counted in each group that assessed it.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Assessments for each child, 1 or more, with both counts, for each group of the frame and each period, in the caller's
        own kind of frame; ``z`` where none was begun.

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person; ``period`` is none to count over.

    Source:
        No official one: see `ASSESSMENTS_PER_CHILD`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "A", "B"], "referral_date": None, "authorisation_date": None,
        ...     "start_date": [dt.date(2022, 5, 1), dt.date(2023, 3, 31), dt.date(2022, 6, 1)]})
        >>> for reading in demand.assessments_per_child(rows, period=FinancialYear("2022-23")):
        ...     print(reading)
        Assessments of a child, 2022-23: 1.5 assessments per child, 3 of 2
    """
    checked = Assessments.admit(frame)
    periods, columns = periods_of_a_flow(period), checked.grouping(by)
    wanted = dict.fromkeys((*columns, "child_id", "start_date"))
    begun = beside(checked.lazy.select(*wanted), periods, starts="start_date", ends=None)
    of_children = begun.group_by(*columns, NUMBER, "child_id").agg(assessments=nw.len())
    sums = of_children.group_by(*columns, NUMBER).agg(children=nw.len(), assessments=nw.col("assessments").sum())
    figures = {ASSESSMENTS_PER_CHILD: Figure.mean("assessments", among="children")}
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=periods, by=columns, area=area, source=source)


def _one_period(given: Period | Iterable[Period]) -> Period:
    periods = periods_of_a_flow(given)
    if len(periods) > 1:
        raise InvalidValue(what="period", expected="one period: which rows count differs from one to another")
    return periods[0]


def _days(within: object) -> int:
    if isinstance(within, bool) or not isinstance(within, int) or within < 0:
        raise InvalidValue(what="within", expected="days that may lie between two allocations, a whole number, 0 or more")
    return within


def _held_in(period: Period) -> nw.Expr:
    """Whether an allocation was open on a day of a period."""
    ends = nw.col("end_date")
    ended_later = (ends > nw.col("start_date")) & (ends > period.start)
    return (nw.col("start_date") <= period.end) & (ends.is_null() | ended_later)


def _followed(checked: Checked[Any], within: int, history_from: dt.date) -> nw.LazyFrame[Any]:
    """Each allocation with whether it changed worker or team, and whether that cannot be told; never of one that held no day."""
    held = nw.col("end_date").is_null() | (nw.col("end_date") > nw.col("start_date"))
    # In one order on every engine, which do not agree where a null comes.
    finish = nw.when(nw.col("end_date").is_null()).then(nw.lit(dt.date(9999, 12, 31))).otherwise(nw.col("end_date"))
    rows = checked.lazy.with_columns(__held=held.fill_null(value=True), __finish=finish)
    order = ["start_date", "__finish", "worker_id", "team"]
    names = ("worker_id", "team", "start_date", "end_date")
    before = {f"__{name}": nw.col(name).shift(1).over("child_id", "__held", order_by=order) for name in names}
    rows = rows.with_columns(**before)
    gap = days_between(nw.col("__end_date"), nw.col("start_date"), like=rows)
    passed_on = (nw.col("__held") & (gap >= 0) & (gap <= within)).fill_null(value=False)
    known_for = days_between(nw.lit(history_from), nw.col("start_date"), like=rows)
    rows = rows.with_columns(
        changed_worker=passed_on & (nw.col("__worker_id") != nw.col("worker_id")),
        changed_team=passed_on & (nw.col("__team") != nw.col("team")),
        no_history=nw.col("__held") & nw.col("__start_date").is_null() & (known_for < within),
    )
    return rows.drop("__held", "__finish", *before)
