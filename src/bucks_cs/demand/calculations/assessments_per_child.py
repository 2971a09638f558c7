"""Demand: assessments of a child, how often a family is assessed anew in a period.

Buckinghamshire's transformation programme of 2023 promises fewer. No return counts them for a child, so that the definition
here is this library's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.several_figures import Figure, several
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import Assessments
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import NUMBER, beside, drill_down, groups, marked, one_period_of_a_flow, periods_of_a_flow, tally, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["ASSESSMENTS_PER_CHILD", "assessments_per_child", "mark_assessments_per_child"]

_OF_CHILDREN = ("assessments_of_child",)

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
    of = one_period_of_a_flow(period)
    checked = Assessments.admit(frame)
    inside = _begun_in(of.start, of.end)
    each = tally(nw.col("in_numerator")).over("child_id")
    rows = marked(unmarked(checked.lazy, "assessments_of_child"), whole=inside, part=inside)
    rows = rows.with_columns(assessments_of_child=each.cast(nw.Int64))
    native: FrameT = drill_down(checked, rows, *_OF_CHILDREN)
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
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none to count
            over.

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
        Assessments of a child, 2022-23: 1.5 assessments per child, 3 over 2
    """
    periods = periods_of_a_flow(period)
    checked = Assessments.admit(frame)
    columns = groups(checked, by, own=_OF_CHILDREN)
    wanted = checked.lazy.select(*dict.fromkeys((*columns, "child_id", "start_date")))
    begun = beside(wanted, periods, holds=_begun_in)
    of_children = begun.group_by(*columns, NUMBER, "child_id").agg(__begun=nw.len())
    sums = of_children.group_by(*columns, NUMBER).agg(__children=nw.len(), __assessments=nw.col("__begun").sum())
    figures = {ASSESSMENTS_PER_CHILD: Figure.mean("__assessments", among="__children")}
    return several(sums, figures, rows=checked.lazy, home=checked.home, periods=periods, by=columns, area=area, source=source)


def _begun_in(first: Any, last: Any) -> nw.Expr:
    begun: nw.Expr = (nw.col("start_date") >= first) & (nw.col("start_date") <= last)
    return begun
