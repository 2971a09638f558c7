"""Demand: early help and the referrals after it, where a council's own rows give the link.

A referral after early help is no sign that the help failed, and none after it no sign that it worked: who is helped is not who is
not. How the share differs between two groups is `difference_in_referrals`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import EarlyHelpEpisodes, Referrals
from bucks_cs.demand.sources.early_help import NO_SERIES_OF_EARLY_HELP
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import within_months
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

__all__ = [
    "EARLY_HELP_NOT_FOLLOWED_UP",
    "REFERRED_AFTER_EARLY_HELP",
    "early_help_not_followed_up",
    "mark_referred_after_early_help",
    "referred_after_early_help",
]

REFERRED_AFTER_EARLY_HELP = DemandIndicator(
    key="demand.referred_after_early_help",
    title="Referrals after early help ended",
    counts="endings of a child's early help after which the child was referred, on the day or later within the months, out of "
    "all endings whose months are over; two episodes that end on one day are two endings, and a child who has moved away or "
    "turned 18 meanwhile counts as not referred",
    leaves_out="referrals made while that help was open, though it ended soon after because of them; endings after which other "
    "early help of the same child went on; and endings whose months are not over, whatever has come of them, which are counted "
    "beside it",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=NO_SERIES_OF_EARLY_HELP,
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
)

EARLY_HELP_NOT_FOLLOWED_UP = DemandIndicator(
    key="demand.early_help_not_followed_up",
    title="Early help ended whose months are not over",
    counts="endings of a child's early help that are left out of the share referred after it because their months are not over",
    leaves_out="endings after which other early help of the same child went on",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="case",
    better=Better.NEITHER,
    sources=NO_SERIES_OF_EARLY_HELP,
    stage=Stage.REFERRAL,
)

_OWN = ("not_due", "referred_date")
_END = ["child_id", "end_date"]


def mark_referred_after_early_help(
    frame: FrameT | Checked[FrameT], *, referrals: NativeFrame | Checked[Any], within: int, followed_to: dt.date
) -> FrameT:
    """The caller's episodes, each with whether its ending counts and whether the child was referred after it.

    Args:
        frame: Episodes of early help, of any engine, or checked by `EarlyHelpEpisodes`.
        referrals: Referrals, of the same engine or eager, or checked by `Referrals`.
        within: How many months a child is followed, the anniversary included; 0 is the day itself.
        followed_to: The last day up to which ``referrals`` is complete, included. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no),
        ``not_due``: whether it ended and its months are not over on ``followed_to``, so that it is left out, and
        ``referred_date``: the child's first referral on the day it ended or after, however much later; null where there is none.
        An episode that is open, or after which other early help of the child went on, is in neither.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnsupportedFrame: ``frame`` or ``referrals`` is no frame.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: ``within`` is no whole number from 0, or ``followed_to`` no plain date.

    Source:
        As `referred_after_early_help`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> helped = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 1, 4),
        ...     "end_date": [dt.date(2021, 6, 30), dt.date(2021, 7, 30), None]})
        >>> referred = pl.DataFrame({"child_id": ["A"], "referral_date": [dt.date(2021, 9, 1)], "decision_date": None,
        ...     "seen_date": None, "no_further_action": False, "closure_date": None, "closure_reason": None})
        >>> rows = demand.mark_referred_after_early_help(helped, referrals=referred, within=12,
        ...     followed_to=dt.date(2022, 6, 30))
        >>> rows.select("child_id", "in_denominator", "in_numerator", "not_due").rows()
        [('A', True, True, False), ('B', False, False, True), ('C', False, False, False)]
    """
    months, day = _window(within, followed_to)
    first, second = EarlyHelpEpisodes.admit(frame), Referrals.admit(referrals)
    native: FrameT = drill_down(first, _marked(first.lazy, _referred(second, like=first.lazy), months, day), *_OWN)
    return native


def referred_after_early_help(
    frame: FrameT | Checked[FrameT],
    *,
    referrals: NativeFrame | Checked[Any],
    within: int,
    followed_to: dt.date,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of endings of early help in a period after which the same child was referred within so many months.

    Each ending is followed from its own day: a child whose early help ended twice is in it twice. An ending is not one where
    other early help of the child was open at the end of that day; two episodes that end on one day are two endings. One whose
    months are not over on ``followed_to`` is left out, even where the child has been referred already, because those
    who have not been yet would be missing beside it: `early_help_not_followed_up` counts them.

    A referral made before the help ended does not count, and its ending stays among all: where help is closed some days after the
    referral that takes its place, the share is low for that alone. The rows do not say who moved away or turned 18 within the
    months: they count as not referred.

    It says what came after the help and nothing of what the help did: nobody knows from these rows who would have been referred
    without it. `difference_in_referrals` sets it beside another group, and no less than that is needed to speak of
    referrals avoided.

    Args:
        frame: Episodes of early help, of any engine, or checked by `EarlyHelpEpisodes`.
        referrals: Referrals, of the same engine or eager, or checked by `Referrals`; those after the period too, as far as
            ``followed_to``.
        within: How many months a child is followed, the anniversary included; 0 is the day itself.
        followed_to: The last day up to which ``referrals`` is complete, included. It cannot be seen from the rows.
        period: One or several; an ending belongs to the period its day lies in.
        by: Columns to break it down by, of the episode: a kind of help, a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame;
        ``z`` where no ending could be followed. The months are in its title.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnsupportedFrame: ``frame`` or ``referrals`` is no frame.
        UnknownColumn: ``by`` names a column the frame lacks.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        InvalidValue: ``within`` is no whole number from 0, ``followed_to`` no plain date, ``by`` names a column that identifies a
            person or that the measure makes, no period, or one that is no period to count over.

    Source:
        None official: early help has no national definition and no census (see `REFERRED_AFTER_EARLY_HELP`).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> helped = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2021, 1, 4),
        ...     "end_date": [dt.date(2021, 6, 30), dt.date(2021, 5, 30), None]})
        >>> referred = pl.DataFrame({"child_id": ["A"], "referral_date": [dt.date(2021, 9, 1)], "decision_date": None,
        ...     "seen_date": None, "no_further_action": False, "closure_date": None, "closure_reason": None})
        >>> for reading in demand.referred_after_early_help(helped, referrals=referred, within=12,
        ...         followed_to=dt.date(2022, 6, 30), period=FinancialYear("2021-22")):
        ...     print(reading)
        Referrals after early help ended (within 12 months), 2021-22: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    (months, day), periods = _window(within, followed_to), periods_of_a_flow(period)
    first, second = EarlyHelpEpisodes.admit(frame), Referrals.admit(referrals)
    columns = groups(first, by, own=_OWN)
    begun, over = min(each.start for each in periods), max(each.end for each in periods)
    # Endings of other days are counted nowhere; the other episodes of their children still say whose help went on.
    ended = first.lazy.filter((nw.col("end_date") >= begun) & (nw.col("end_date") <= over))
    return shares(
        _marked(ended, _referred(second, like=first.lazy), months, day, among=first.lazy),
        every=first.lazy,
        home=first.home,
        indicator=_of_months(REFERRED_AFTER_EARLY_HELP, months),
        date="end_date",
        period=periods,
        by=columns,
        area=area,
        source=source,
        confidence=confidence,
    )


def early_help_not_followed_up(
    frame: FrameT | Checked[FrameT],
    *,
    within: int,
    followed_to: dt.date,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """How many endings of a period `referred_after_early_help` leaves out as not due; ``not_due`` in its drill-down.

    Args:
        frame: Episodes of early help, of any engine, or checked by `EarlyHelpEpisodes`.
        within: How many months a child is followed.
        followed_to: The last day up to which referrals are complete, included.
        period: One or several; an ending belongs to the period its day lies in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A count, 0 or more, for each group of the frame and each period, in the caller's own kind of frame.

    Raises:
        FrameProblems: A rule of `EarlyHelpEpisodes` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: As `referred_after_early_help`.

    Source:
        None: it says how much is left out.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.periods import FinancialYear
        >>> helped = pl.DataFrame({"child_id": ["A", "B"], "start_date": dt.date(2021, 1, 4),
        ...     "end_date": [dt.date(2021, 6, 30), dt.date(2021, 7, 1)]})
        >>> demand.early_help_not_followed_up(helped, within=12, followed_to=dt.date(2022, 6, 30),
        ...     period=FinancialYear("2021-22")).at().number
        1.0
    """
    (months, day), periods = _window(within, followed_to), periods_of_a_flow(period)
    first = EarlyHelpEpisodes.admit(frame)
    columns = groups(first, by, own=_OWN)
    rows = _told(first.lazy, months, day, among=first.lazy)
    return flows(
        rows.with_columns(__not_due_on=nw.when(nw.col("not_due")).then(nw.col("end_date"))),
        every=first.lazy,
        home=first.home,
        indicator=_of_months(EARLY_HELP_NOT_FOLLOWED_UP, months),
        date="__not_due_on",
        period=periods,
        by=columns,
        area=area,
        source=source,
    )


def _window(within: object, followed_to: object) -> tuple[int, dt.date]:
    return whole(within, what="within", least=0, of="months"), plain_day(followed_to, what="followed_to")


def _of_months(indicator: DemandIndicator, months: int) -> DemandIndicator:
    """An indicator of certain months, so that figures of two windows are never put together under one definition."""
    said = "on the same day" if months == 0 else f"within {months} {'month' if months == 1 else 'months'}"
    return attrs.evolve(
        indicator, title=f"{indicator.title} ({said})", counts=f"{indicator.counts}; the months it is followed: {months}"
    )


def _referred(second: Checked[Any], *, like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Each child and day of a referral, in the engine of the episodes."""
    rows = carried(second, like=like, columns=("child_id", "referral_date"))
    return rows.select(nw.col("child_id").alias("__child"), nw.col("referral_date").cast(nw.Date).alias("__referred"))


def _told(
    rows: nw.LazyFrame[Any], months: int, followed_to: dt.date, *, among: nw.LazyFrame[Any]
) -> nw.LazyFrame[Any]:
    """Episodes with whether each ended a child's early help, and whether its months are over."""
    ends = unmarked(rows, *_OWN).select(nw.col("child_id").alias("__child"), nw.col("end_date").alias("__end"))
    others = among.select(
        nw.col("child_id").alias("__child"), nw.col("start_date").alias("__begun"), nw.col("end_date").alias("__until")
    )
    open_still = (nw.col("__until").is_null() | (nw.col("__until") > nw.col("__end"))).fill_null(value=True)
    pairs = ends.join(others, on="__child", how="inner").filter((nw.col("__begun") <= nw.col("__end")) & open_still)
    went_on = pairs.group_by("__child", "__end").agg(__others=nw.len())
    known = left_joined(unmarked(rows, *_OWN), went_on, _END, known_as=["__child", "__end"])
    ended = ~nw.col("end_date").is_null() & nw.col("__others").is_null()
    # Its months are over where the day after the last that is followed would be too late.
    next_day = nw.lit(followed_to + dt.timedelta(days=1))
    short = within_months(nw.col("end_date"), next_day, months=months).fill_null(value=False)
    return known.with_columns(__ended=ended, not_due=ended & short)


def _marked(
    rows: nw.LazyFrame[Any],
    referred: nw.LazyFrame[Any],
    months: int,
    followed_to: dt.date,
    *,
    among: nw.LazyFrame[Any] | None = None,
) -> nw.LazyFrame[Any]:
    """Episodes with their marks, and with the day of the referral after each."""
    told = _told(rows, months, followed_to, among=rows if among is None else among)
    ends = rows.select(nw.col("child_id").alias("__child"), nw.col("end_date").alias("__end"))
    pairs = ends.join(referred, on="__child", how="inner").filter(nw.col("__referred") >= nw.col("__end"))
    linked = pairs.group_by("__child", "__end").agg(__linked=nw.col("__referred").min())
    beside = left_joined(told, linked, _END, known_as=["__child", "__end"])
    in_time = within_months(nw.col("end_date"), nw.col("__linked"), months=months)
    known = beside.with_columns(referred_date=nw.col("__linked"))
    return marked(known, whole=nw.col("__ended") & ~nw.col("not_due"), part=in_time)
