"""Demand: referrals that lead to no service, with no assessment at all or after one. They are two measures, and not one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model import DemandIndicator, Stage
from bucks_cs.demand.schema import Referrals
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Better, Break, Kind, Measure
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, plain_day, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings

__all__ = [
    "ASSESSED_NOT_IN_NEED",
    "NO_FURTHER_ACTION",
    "assessed_not_in_need",
    "mark_assessed_not_in_need",
    "mark_no_further_action",
    "no_further_action",
]

NO_FURTHER_ACTION = DemandIndicator(
    key="demand.no_further_action",
    title="Referrals with no further action",
    counts="referrals after which nothing was done, not even an assessment, out of all referrals",
    leaves_out="referrals closed after an assessment: they are assessed and not in need, another measure",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(sources.NO_FURTHER_ACTION, sources.CHILDREN_IN_NEED.at("data file c1, column no_further_action_percent")),
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
)


def mark_no_further_action(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's referrals, each with whether it counts and whether it led to nothing: the drill-down of `no_further_action`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (always yes) and ``in_numerator``.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a child's referrals on the same day are one of them.

    Source:
        As `no_further_action`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_no_further_action
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 5, 1), "decision_date": None,
        ...     "seen_date": None, "no_further_action": [True, False], "closure_date": None, "closure_reason": None})
        >>> mark_no_further_action(referred)["in_numerator"].to_list()
        [True, False]
    """
    checked = Referrals.admit(frame)
    native: FrameT = drill_down(checked, _without_action(checked))
    return native


def no_further_action(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of referrals in a period after which nothing was done, not even an assessment.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period its day lies in.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where there were no referrals.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a child's referrals on the same day are one of them.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; or ``period`` is none that events
            are counted over (a snapshot, a monthly average).

    Source:
        DfE, Local authority interactive tool, data dictionary, measure CIN_Refferals_NFA: "a count of referrals in the collection
        year ... where the referral resulted in no further action"; of all referrals (data file c1, no_further_action_percent =
        no_further_action_count / referral_count, in all 1,873 rows of authorities that have the three).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import no_further_action
        >>> from bucks_cs.periods import FinancialYear
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 5, 1), "decision_date": None,
        ...     "seen_date": None, "no_further_action": [True, False], "closure_date": None, "closure_reason": None})
        >>> for reading in no_further_action(referred, period=FinancialYear("2022-23")):
        ...     print(reading)
        Referrals with no further action, 2022-23: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked = Referrals.admit(frame)
    return shares(
        _without_action(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=NO_FURTHER_ACTION,
        date="referral_date",
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )


def _without_action(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    return marked(checked.lazy, whole=nw.lit(value=True), part=nw.col("no_further_action"))


_FROM_51_TO_2_282 = Break(
    on=dt.date(2016, 4, 1),
    what="referrals of Buckinghamshire assessed as not in need went from 51 of 6,958 (0.7%) to 2,282 of 9,204 (24.8%)",
    certain=False,
    area="825",
    source=NoOfficialSource(
        reason="the rise is in DfE's file c1 of Children in need 2025; what caused it is not published, and that it is a break "
        "is inferred"
    ),
)

ASSESSED_NOT_IN_NEED = DemandIndicator(
    key="demand.assessed_not_in_need",
    title="Referrals assessed as not in need",
    counts="referrals closed after an assessment with no further action (RC8) or, from 2022-23, by referring the child to early "
    "help (RC9), out of all referrals",
    leaves_out="referrals with no further action before an assessment, and cases not closed yet: the share of recent months "
    "still grows",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(sources.ASSESSED_NOT_IN_NEED, sources.CHILDREN_IN_NEED.at("data file c1, column not_in_need_percent")),
    breaks=(_FROM_51_TO_2_282, *REFERRALS.breaks),
    stage=Stage.ASSESSMENT,
)


def mark_assessed_not_in_need(frame: FrameT | Checked[FrameT], *, as_at: dt.date | None = None) -> FrameT:
    """The caller's referrals, each with whether it counts and whether its child was assessed as not in need.

    It is the drill-down of `assessed_not_in_need`.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        as_at: The last day whose closures count; None for all that the frame has.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (always yes) and ``in_numerator``.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a case was closed as RC9 before 1 April 2022.
        InvalidValue: ``as_at`` is no plain date.

    Source:
        As `assessed_not_in_need`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_assessed_not_in_need
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 5, 1), "decision_date": None,
        ...     "seen_date": None, "no_further_action": False, "closure_date": dt.date(2022, 7, 1),
        ...     "closure_reason": ["RC8", "RC1"]})
        >>> mark_assessed_not_in_need(referred)["in_numerator"].to_list()
        [True, False]
    """
    last = _last_day(as_at)
    checked = Referrals.admit(frame, also=[_rc9_is_not_that_old()])
    native: FrameT = drill_down(checked, _not_in_need(checked, last))
    return native


def assessed_not_in_need(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    as_at: dt.date | None = None,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of referrals in a period whose child was assessed, found not to be in need, and the case closed.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period its day lies in.
        as_at: The last day whose closures count; None for all that the frame has. DfE's figure for a year knows those to 31
            March.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where there were no referrals. A case that is open, or was closed after ``as_at``, is in the denominator alone.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a case was closed as RC9 before 1 April 2022, when there was no such
            reason.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``as_at`` is no plain date.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Referrals_AssessedNotNeed: "the referral does not end in
        no further action before an assessment has taken place" and "has reason for closure recorded as 'RC8, case closed after
        assessment, no further action' or 'RC9, case closed after assessment, referred to early help'"; of all referrals (data
        file c1, not_in_need_percent = not_in_need_count / referral_count, in all 1,940 rows of authorities that have the three).
        That it "has an assessment, but no further activity such as a child protection plan" is taken from the reason for closing.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import assessed_not_in_need
        >>> from bucks_cs.periods import FinancialYear
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 5, 1), "decision_date": None,
        ...     "seen_date": None, "no_further_action": False, "closure_date": dt.date(2022, 7, 1),
        ...     "closure_reason": ["RC8", "RC1"]})
        >>> for reading in assessed_not_in_need(referred, period=FinancialYear("2022-23"), as_at=dt.date(2023, 3, 31)):
        ...     print(reading)
        Referrals assessed as not in need, 2022-23: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods, last = periods_of_a_flow(period), _last_day(as_at)
    checked = Referrals.admit(frame, also=[_rc9_is_not_that_old()])
    return shares(
        _not_in_need(checked, last),
        every=checked.lazy,
        home=checked.home,
        indicator=ASSESSED_NOT_IN_NEED,
        date="referral_date",
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )


def _rc9_is_not_that_old() -> Test:
    since = next(edition.since for edition in sources.CLOSURE_REASON_CODES if "RC9" in edition.value)
    early = (nw.col("closure_reason") == "RC9") & (nw.col("closure_date") < since)
    return Test(
        column="closure_date, closure_reason",
        rule=f"closed as RC9 before {since.isoformat()}, when there was no such reason",
        holds=~early,
        hint=" Say which reason it was closed for then.",
    )


def _last_day(as_at: dt.date | None) -> dt.date | None:
    return None if as_at is None else plain_day(as_at, what="as_at")


def _not_in_need(checked: Checked[Any], as_at: dt.date | None) -> nw.LazyFrame[Any]:
    closed = nw.col("closure_reason").is_in(list(sources.NOT_IN_NEED_REASONS)) & ~nw.col("no_further_action")
    if as_at is not None:
        closed = closed & (nw.col("closure_date") <= as_at)
    return marked(checked.lazy, whole=nw.lit(value=True), part=closed)
