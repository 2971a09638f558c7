"""Demand: the ratio of two counts, the events at a later stage for each 100 at an earlier one in the same period.

It needs no child's number, and its numerator is no part of its denominator: what became of those who reached the earlier stage
is `conversion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.linking import STAGES, need_steps, unfinished, with_dims
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.second_table import carried
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import MARKS, groups, periods_of_a_flow, ratios
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["STAGE_RATIO", "stage_ratio"]

STAGE_RATIO = DemandIndicator(
    key="demand.stage_ratio",
    title="Events at a later stage for each 100 at an earlier one",
    counts="events at the later stage in the period, over those at the earlier stage in the same period, each as its total is "
    "published: assessments that were completed, and conferences with those of children who moved in with a plan; they need not "
    "be of the same children, so that it may be above 100",
    leaves_out="assessments not completed in the period, whenever they began",
    measure=Measure.RATE,
    kind=Kind.FLOW,
    unit="percent",
    per=100,
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_CONVERSION,
    breaks=REFERRALS.breaks,
    stage=Stage.CONTACT,
)


def stage_ratio(
    frame: FrameT | Checked[FrameT],
    *,
    later: NativeFrame | Checked[Any],
    from_stage: Stage,
    to_stage: Stage,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many events there were at a later stage in a period, for each 100 at an earlier stage in the same period.

    Nobody is followed: a conference in April may be of an enquiry in March, and is over April's enquiries here. That is how
    published totals are compared, and all that can be said of them. There is nothing to mark: every row counts in its own period.

    A stage is counted as DfE's total of it is. An assessment belongs to the period it was completed in (its authorisation), and
    one that is open to none, while `conversion` follows it from its start. An initial conference held because the child moved in
    is counted, while to `conversion` it is no outcome. All others are counted by the day `conversion` has for them.

    Every ratio has the breaks of referrals, since its stages are no part of its key: in Buckinghamshire `trend.change` across
    2023-24 is refused of later stages too, which need not have broken. There ``across_breaks=True`` lets it through.

    Args:
        frame: The rows of the earlier stage, of any engine, or checked by its schema, as in `conversion`.
        later: The rows of the later stage, of the same engine or eager.
        from_stage: The stage of ``frame``.
        to_stage: The stage of ``later``, further along.
        period: One or several; each row belongs to the period its own day lies in, an assessment to that of its authorisation.
        by: Columns to break it down by, which both frames have, under the same name and of the same type; each row counts in
            the group it carries itself.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A number per 100, 0 or more and not bounded by 100, with no interval, for each group of either frame and each period,
        broken down by ``from_stage`` and ``to_stage`` before the columns of ``by``; ``z`` where there is nothing at the
        earlier stage.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnsupportedFrame: ``frame`` or ``later`` is no frame.
        UnknownColumn: ``by`` names a column either frame lacks.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: A stage is no step of the pathway, ``to_stage`` does not come after ``from_stage``, ``by`` names a column
            that identifies a person, that the measure makes or that the frames hold in different types, no period is given, or
            one that is no period to count over (a snapshot, a monthly average).

    Source:
        None official, and any two totals of DfE's *Children in need* can be compared so. What each total counts: DfE, Local
        authority interactive tool, data dictionary, measures Continue_Assess_Comp ("continuous assessments with an end date
        recorded within the collection year"), Section_47 ("which started during the year") and ISCP_Conf ("includes ICPCs
        conducted when a child who is the subject of an existing child protection plan transfers to a new local authority").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import Stage, stage_ratio
        >>> from bucks_cs.periods import Month
        >>> enquiries = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 5, 2), dt.date(2022, 5, 3)],
        ...     "conference_date": None, "conference_not_required": None})
        >>> conferences = pl.DataFrame({"child_id": ["X", "Y", "Z"], "conference_date": dt.date(2022, 5, 4),
        ...     "strategy_discussion_date": None, "transfer_in": False, "led_to_plan": True})
        >>> stage_ratio(enquiries, later=conferences, from_stage=Stage.SECTION_47_ENQUIRY,
        ...     to_stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, period=Month("May 2022")).at().number
        150.0
    """
    steps, periods = need_steps(from_stage, to_stage), periods_of_a_flow(period)
    first, second = (step.schema.admit(rows) for step, rows in zip(steps, (frame, later), strict=True))
    columns = groups(first, by, own=STAGES)
    groups(second, columns, own=STAGES)
    _need_same_types(first, second, columns)
    days = tuple(step.counted for step in steps)
    others = carried(second, like=first.lazy, columns=tuple(dict.fromkeys((days[1], *columns))))
    sides = [
        side.select(
            *columns,
            nw.col(day).cast(nw.Date).alias("__day_of_it"),
            nw.lit(value=is_start).alias(MARKS[0]),
            nw.lit(value=not is_start).alias(MARKS[1]),
        )
        for side, day, is_start in zip((first.lazy, others), days, (True, False), strict=True)
    ]
    rows: nw.LazyFrame[Any] = nw.concat(sides, how="vertical")
    ratio = ratios(
        rows,
        home=unfinished(first.home),
        indicator=STAGE_RATIO,
        date="__day_of_it",
        period=periods,
        by=columns,
        area=area,
        source=source,
        per=100,
    )
    named = with_dims(nw.from_native(ratio.frame).lazy(), {"from_stage": from_stage.value, "to_stage": to_stage.value})
    return Readings.worked_out(named, home=first.home, indicators=STAGE_RATIO, by=(*STAGES, *columns), source=source)


def _need_same_types(first: Checked[Any], second: Checked[Any], columns: tuple[str, ...]) -> None:
    ours, theirs = first.lazy.collect_schema(), second.lazy.collect_schema()
    for column in columns:
        if ours[column] != theirs[column]:
            # Its name alone: the type of an Enum holds its categories, which are cells.
            one, other = type(ours[column]).__name__, type(theirs[column]).__name__
            expected = f"a column of one type in both frames, not {one} and {other}"
            raise InvalidValue(what=f"by={column!r}", expected=expected)
