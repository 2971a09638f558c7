"""Demand: referrals that lead to no service, with no assessment at all or after one. They are two measures, and not one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.linking import unfinished
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import Referrals
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Better, Break, Kind, Measure
from bucks_cs.marking import drill_down, groups, layers, marked, one_period_of_a_flow, periods_of_a_flow, plain_day, shares
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
    "help (RC9), by the last day of the period unless a later one is asked for, out of all referrals of the period",
    leaves_out="referrals with no further action before an assessment, and cases closed after that day: those referred in a "
    "period's last weeks have little time to be closed by its end, and those of a month less than those of a year",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(sources.ASSESSED_NOT_IN_NEED, sources.CHILDREN_IN_NEED.at("data file c1, column not_in_need_percent")),
    breaks=(_FROM_51_TO_2_282, *REFERRALS.breaks),
    stage=Stage.ASSESSMENT,
)


def mark_assessed_not_in_need(
    frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period], as_at: dt.date | None = None
) -> FrameT:
    """The caller's referrals, each with whether it counts and whether its child was assessed as not in need.

    It is the drill-down of `assessed_not_in_need`, of one period: which closures count differs from one to another.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: The period.
        as_at: The last day whose closures count, on the last day of the period or after it; None for that day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the referral is of the
        period) and ``in_numerator``. They sum to the share's two counts.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a case was closed as RC9 before 1 April 2022.
        InvalidValue: ``period`` is not one period that events are counted over; or ``as_at`` is no plain date, or lies before
            its last day.

    Source:
        As `assessed_not_in_need`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_assessed_not_in_need
        >>> from bucks_cs.periods import FinancialYear
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": dt.date(2022, 5, 1), "decision_date": None,
        ...     "seen_date": None, "no_further_action": False, "closure_date": dt.date(2022, 7, 1),
        ...     "closure_reason": ["RC8", "RC1"]})
        >>> mark_assessed_not_in_need(referred, period=FinancialYear("2022-23"))["in_numerator"].to_list()
        [True, False]
    """
    of = one_period_of_a_flow(period)
    last = _last_day((of,), as_at)
    checked = Referrals.admit(frame, also=[_rc9_is_not_that_old()])
    inside = (nw.col("referral_date") >= of.start) & (nw.col("referral_date") <= of.end)
    rows = marked(checked.lazy, whole=inside, part=_not_in_need(by_day=nw.lit(of.end if last is None else last)))
    native: FrameT = drill_down(checked, rows)
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

    A closure counts up to the last day of the period its referral lies in, so that every year is followed alike, the newest
    and the oldest: no later closure is in DfE's figure either. The rows have to go to that day, which cannot be seen from them.
    A month is followed to its own end too, when many of its assessments are still open (they may take 45 working days): months
    compare with months, and do not add up to the year.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`.
        period: One or several; a referral belongs to the period its day lies in.
        as_at: The last day whose closures count, for one period, on its last day or after it; None for that day.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where there were no referrals. A case that is open, or was closed after the last day, is in the denominator alone.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a case was closed as RC9 before 1 April 2022, when there was no such
            reason.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``as_at`` is no plain date, is given for several periods, or
            lies before the last day of the period.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Referrals_AssessedNotNeed: "referrals within the
        collection year 1 April to 31 March" where "the referral does not end in no further action before an assessment has taken
        place" and "has reason for closure recorded as 'RC8, case closed after assessment, no further action' or 'RC9, case closed
        after assessment, referred to early help'"; of all referrals (data file c1, not_in_need_percent = not_in_need_count /
        referral_count, in all 1,940 rows of authorities that have the three). That it "has an assessment, but no further activity
        such as a child protection plan" is taken from the reason for closing. The dictionary does not say up to which day a
        closure counts. That none after the year's 31 March does follows from the children in need census it is counted from:
        its rule 8620, as the field's own validator keeps it, refuses a "CIN Closure Date" that "does not fall within the Census
        year".

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import assessed_not_in_need
        >>> from bucks_cs.periods import FinancialYear
        >>> referred = pl.DataFrame({"child_id": ["A", "B"], "referral_date": [dt.date(2022, 5, 1), dt.date(2023, 3, 1)],
        ...     "decision_date": None, "seen_date": None, "no_further_action": False, "closure_reason": "RC8",
        ...     "closure_date": [dt.date(2022, 7, 1), dt.date(2023, 4, 20)]})
        >>> for reading in assessed_not_in_need(referred, period=FinancialYear("2022-23")):
        ...     print(reading)
        Referrals assessed as not in need, 2022-23: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    last = _last_day(periods, as_at)
    checked = Referrals.admit(frame, also=[_rc9_is_not_that_old()])
    columns = groups(checked, by)
    parts = [
        shares(
            marked(checked.lazy, whole=nw.lit(value=True), part=_not_in_need(by_day=_end_of_its_period(apart, last))),
            every=checked.lazy,
            home=unfinished(checked.home),
            indicator=ASSESSED_NOT_IN_NEED,
            date="referral_date",
            period=apart,
            by=columns,
            area=area,
            source=source,
            confidence=confidence,
        )
        for apart in ([period for _, period in layer] for layer in layers(periods))
    ]
    rows: nw.LazyFrame[Any] = nw.concat([nw.from_native(part.frame).lazy() for part in parts], how="vertical")
    return Readings.worked_out(rows, home=checked.home, indicators=ASSESSED_NOT_IN_NEED, by=columns, source=source)


def _rc9_is_not_that_old() -> Test:
    since = next(edition.since for edition in sources.CLOSURE_REASON_CODES if "RC9" in edition.value)
    early = (nw.col("closure_reason") == "RC9") & (nw.col("closure_date") < since)
    return Test(
        column="closure_date, closure_reason",
        rule=f"closed as RC9 before {since.isoformat()}, when there was no such reason",
        holds=~early,
        hint=" Say which reason it was closed for then.",
    )


def _last_day(periods: Sequence[Period], as_at: object) -> dt.date | None:
    """The last day whose closures count, once it is sure that every referral is followed at least to the end of its period."""
    if as_at is None:
        return None
    last = plain_day(as_at, what="as_at")
    if len(periods) > 1:
        hint = " Leave it out, and each period is followed to its own end; or call once for each period."
        raise InvalidValue(what="as_at", expected="one period with it: of several, the newest would be followed least", hint=hint)
    if last < periods[0].end:
        hint = " Leave it out, or ask for a period that is over by then."
        raise InvalidValue(what="as_at", expected=f"{periods[0].end}, the last day of the period, or a later one", hint=hint)
    return last


def _not_in_need(*, by_day: nw.Expr) -> nw.Expr:
    reason = nw.col("closure_reason").is_in(list(sources.NOT_IN_NEED_REASONS))
    return reason & ~nw.col("no_further_action") & (nw.col("closure_date") <= by_day)


def _end_of_its_period(apart: Sequence[Period], last: dt.date | None) -> nw.Expr:
    """The last day whose closures count: the one asked for, or the end of the period that a referral lies in."""
    if last is not None:
        return nw.lit(last)
    *earlier, latest = apart
    found = nw.lit(latest.end)
    for each in reversed(earlier):
        found = nw.when(nw.col("referral_date") <= each.end).then(nw.lit(each.end)).otherwise(found)
    return found
