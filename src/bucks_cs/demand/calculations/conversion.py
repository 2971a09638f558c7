"""Demand: conversion between stages, how many of those who reach one stage come to a later one.

Each child is followed from a start to what came of it, once that can be known. The ratio of the counts of two stages, which is
often taken for the same, is `stage_ratio`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.linking import STAGES, StageRows, need_steps, unfinished, with_dims
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import days_between
from bucks_cs.frames.second_table import carried
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.marking import (
    drill_down,
    flows,
    groups,
    left_joined,
    marked,
    periods_of_a_flow,
    plain_day,
    shares,
    unmarked,
    whole,
)
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["CONVERSION", "IMMATURE_STARTS", "conversion", "mark_conversion"]

CONVERSION = DemandIndicator(
    key="demand.conversion",
    title="Conversion to a later stage",
    counts="starts at one stage of which the same child reached the later stage on the day or within so many days, out of all "
    "starts whose days are over",
    leaves_out="starts whose days are not over yet, whatever has come of them: immature starts, which are counted beside it; "
    "and, among what may come of a start, initial conferences held because the child moved in with a plan",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_CONVERSION,
    breaks=REFERRALS.breaks,
    stage=Stage.CONTACT,  # the first that a child may be followed from; a reading's own are among its dims
)

IMMATURE_STARTS = DemandIndicator(
    key="demand.immature_starts",
    title="Immature starts",
    counts="starts at one stage that are left out of the conversion because their days are not over yet",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="case",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_CONVERSION,
    breaks=REFERRALS.breaks,
    stage=Stage.CONTACT,
)

_DIMS = (*STAGES, "within_days")
_OWN = ("immature", "linked_date")


def mark_conversion(
    frame: FrameT | Checked[FrameT],
    *,
    later: NativeFrame | Checked[Any],
    from_stage: Stage,
    to_stage: Stage,
    within: int,
    followed_to: dt.date,
) -> FrameT:
    """The caller's starts, each with whether it counts and what the child came to: the drill-down of `conversion`.

    Each start is linked to the child's first event at the later stage on its day or after; two starts may be linked to one event.
    An initial conference held because the child moved in is linked to nothing before it.

    Args:
        frame: The rows of the earlier stage, of any engine, or checked by its schema (`Contacts`, `Referrals`, `Assessments`,
            `Section47Enquiries`, `InitialConferences`).
        later: The rows of the later stage, of the same engine or eager; `ProtectionPlans` may be the last.
        from_stage: The stage of ``frame``.
        to_stage: The stage of ``later``, further along.
        within: How many days a child is followed, the last day included; 0 is the day itself.
        followed_to: The last day up to which ``later`` is complete, included. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no),
        ``immature``: whether its days are not over on ``followed_to``, so that it is left out, and ``linked_date``: the day of
        the event it is linked to, however much later; null where there is none.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnsupportedFrame: ``frame`` or ``later`` is no frame.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: A stage is no step of the pathway, ``to_stage`` does not come after ``from_stage``, ``within`` is no whole
            number from 0, or ``followed_to`` no plain date.

    Source:
        As `conversion`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import Stage, mark_conversion
        >>> enquiries = pl.DataFrame({"child_id": ["A", "B"], "start_date": [dt.date(2022, 5, 2), dt.date(2022, 6, 20)],
        ...     "conference_date": None, "conference_not_required": None})
        >>> conferences = pl.DataFrame({"child_id": ["A"], "conference_date": [dt.date(2022, 5, 23)],
        ...     "strategy_discussion_date": None, "transfer_in": False, "led_to_plan": True})
        >>> rows = mark_conversion(enquiries, later=conferences, from_stage=Stage.SECTION_47_ENQUIRY,
        ...     to_stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, within=28, followed_to=dt.date(2022, 6, 30))
        >>> rows.sort("child_id").select("in_denominator", "in_numerator", "immature").rows()
        [(True, True, False), (False, False, True)]
    """
    steps, window = need_steps(from_stage, to_stage), _window(within, followed_to)
    first, second = (step.schema.admit(rows) for step, rows in zip(steps, (frame, later), strict=True))
    rows = _marked(first.lazy, _events(second, steps[1], like=first.lazy), steps[0].reached, window)
    native: FrameT = drill_down(first, rows, *_OWN)
    return native


def conversion(
    frame: FrameT | Checked[FrameT],
    *,
    later: NativeFrame | Checked[Any],
    from_stage: Stage,
    to_stage: Stage,
    within: int,
    followed_to: dt.date,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of starts in a period of which the same child reached a later stage on the day or within so many days.

    The cohort is of starts and is followed from each one's own day: a child with two section 47 enquiries is in it twice, and
    both may be linked to one conference. A start whose days are not over on ``followed_to`` is *immature*. It is left out even
    where the child has reached the later stage already, because those who have not yet would be missing beside it.

    An assessment is reached on the day it began, as a start and as what came of one; `stage_ratio` counts those completed. An
    initial conference held because the child moved in (``transfer_in``) came of nothing here and is no start's outcome, however
    soon after; as a start it is followed to a plan like any other. Plans do not say which are of children who moved in.

    Every step has the breaks of referrals, since its stages are no part of its key: in Buckinghamshire `trend.change` across
    2023-24 is refused of the later steps too, which need not have broken. There ``across_breaks=True`` lets it through.

    Args:
        frame: The rows of the earlier stage, of any engine, or checked by its schema (`Contacts`, `Referrals`, `Assessments`,
            `Section47Enquiries`, `InitialConferences`).
        later: The rows of the later stage, of the same engine or eager; `ProtectionPlans` may be the last. Those after the
            period too, as far as ``followed_to``.
        from_stage: The stage of ``frame``.
        to_stage: The stage of ``later``, further along; stages between may be passed over.
        within: How many days a child is followed, the last day included; 0 is the day itself.
        followed_to: The last day up to which ``later`` is complete, included. It cannot be seen from the rows.
        period: One or several; a start belongs to the period its day lies in.
        by: Columns to break it down by, of the start; the later event may carry any team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Two indicators for each group and period, in the caller's own kind of frame, broken down by ``from_stage``,
        ``to_stage`` and ``within_days`` before the columns of ``by``, so that the steps of the pathway can be joined by
        `Readings.concat`. `CONVERSION` is percent, 0 to 100, with Wilson's interval, and ``z`` where there were no mature
        starts; `IMMATURE_STARTS` is how many were left out, 0 where the period is followed to its end.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnsupportedFrame: ``frame`` or ``later`` is no frame.
        UnknownColumn: ``by`` names a column the frame lacks.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: A stage is no step of the pathway, ``to_stage`` does not come after ``from_stage``, ``within`` is no whole
            number from 0, ``followed_to`` no plain date, ``by`` names a column that identifies a person or that the measure
            makes, no period is given, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        None official: DfE counts each stage by itself, and its totals of two stages in a year are `stage_ratio`. That the
        conference of a child who moved in came of no enquiry here is this library's reading of such conferences, which the
        Local authority interactive tool, data dictionary, measure ISCP_Conf, says are "conducted when a child who is the
        subject of an existing child protection plan transfers to a new local authority".

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import Stage, conversion
        >>> from bucks_cs.periods import FinancialYear
        >>> enquiries = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": [dt.date(2022, 5, 2), dt.date(2022, 5, 3),
        ...     dt.date(2023, 3, 20)], "conference_date": None, "conference_not_required": None})
        >>> conferences = pl.DataFrame({"child_id": ["A"], "conference_date": [dt.date(2022, 5, 30)],
        ...     "strategy_discussion_date": None, "transfer_in": False, "led_to_plan": True})
        >>> for reading in conversion(enquiries, later=conferences, from_stage=Stage.SECTION_47_ENQUIRY,
        ...         to_stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE, within=28, followed_to=dt.date(2023, 3, 31),
        ...         period=FinancialYear("2022-23")):
        ...     print(reading.indicator.title, reading.number, reading.numerator, reading.denominator)
        Conversion to a later stage 50.0 1.0 2.0
        Immature starts 1.0 None None
    """
    steps, window, periods = need_steps(from_stage, to_stage), _window(within, followed_to), periods_of_a_flow(period)
    first, second = (step.schema.admit(rows) for step, rows in zip(steps, (frame, later), strict=True))
    columns, lazily, start = groups(first, by, own=(*_DIMS, *_OWN)), unfinished(first.home), steps[0].reached
    # Starts of other days are counted nowhere, and nothing after the days are over makes a mature one converted.
    begun, over = min(each.start for each in periods), max(each.end for each in periods)
    starts = first.lazy.filter((nw.col(start) >= begun) & (nw.col(start) <= over))
    events = _events(second, steps[1], like=first.lazy)
    rows = _marked(starts, events.filter((nw.col("__event") >= begun) & (nw.col("__event") <= window[1])), start, window)
    # Of the starts as they came: what they are linked to makes none of them immature.
    counted = starts.with_columns(__left_out=nw.when(_is_immature(starts, start, window)).then(nw.col(start)))
    share = shares(
        rows,
        every=first.lazy,
        home=lazily,
        indicator=CONVERSION,
        date=start,
        period=periods,
        by=columns,
        area=area,
        source=source,
        confidence=confidence,
    )
    count = flows(
        counted,
        every=first.lazy,
        home=lazily,
        indicator=IMMATURE_STARTS,
        date="__left_out",
        period=periods,
        by=columns,
        area=area,
        source=source,
    )
    dims = {"from_stage": from_stage.value, "to_stage": to_stage.value, "within_days": within}
    both: nw.LazyFrame[Any] = nw.concat([nw.from_native(part.frame).lazy() for part in (share, count)], how="vertical")
    named = with_dims(both, dims)
    return Readings.worked_out(
        named, home=first.home, indicators=(CONVERSION, IMMATURE_STARTS), by=(*_DIMS, *columns), source=source
    )


def _window(within: object, followed_to: object) -> tuple[int, dt.date]:
    return whole(within, what="within", least=0, of="days"), plain_day(followed_to, what="followed_to")


def _marked(starts: nw.LazyFrame[Any], events: nw.LazyFrame[Any], start: str, window: tuple[int, dt.date]) -> nw.LazyFrame[Any]:
    """The starts with their marks, and with the day of the event each is linked to."""
    begun = starts.select(nw.col("child_id").alias("__child"), nw.col(start).alias("__start"))
    # A child has few events: a join and a minimum take no longer than a join to the nearest, which not every engine has.
    pairs = begun.join(events, on="__child", how="inner").filter(nw.col("__event") >= nw.col("__start"))
    linked = pairs.group_by("__child", "__start").agg(__linked=nw.col("__event").min())
    rows = left_joined(unmarked(starts, *_OWN), linked, ["child_id", start], known_as=["__child", "__start"])
    reached = days_between(nw.col(start), nw.col("__linked"), like=rows) <= window[0]
    known = rows.with_columns(immature=_is_immature(rows, start, window), linked_date=nw.col("__linked"))
    return marked(known, whole=~nw.col("immature"), part=reached)


def _events(second: Checked[Any], step: StageRows, *, like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """What may come of a start: each child and day of the later stage, without those of children who moved in."""
    came_of_it = None if step.moved_in is None else ~nw.col(step.moved_in)
    rows = carried(second, like=like, columns=("child_id", step.reached), where=came_of_it)
    return rows.select(nw.col("child_id").alias("__child"), nw.col(step.reached).cast(nw.Date).alias("__event"))


def _is_immature(starts: nw.LazyFrame[Any], start: str, window: tuple[int, dt.date]) -> nw.Expr:
    within, followed_to = window
    return days_between(nw.col(start), nw.lit(followed_to), like=starts) < within
