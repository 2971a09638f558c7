"""Demand: child protection plans that are a second or subsequent one, ever and within two years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema.protection_plans import one_plan_at_a_time, with_the_plan_before
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import within_months
from bucks_cs.frames.one_at_a_time import END_BEFORE, START_BEFORE
from bucks_cs.indicators import Better, Kind, Measure, Withheld
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, plain_day, shares, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "SECOND_OR_SUBSEQUENT_PLANS",
    "SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS",
    "mark_second_or_subsequent_plans",
    "mark_second_or_subsequent_plans_within_two_years",
    "second_or_subsequent_plans",
    "second_or_subsequent_plans_within_two_years",
]

SECOND_OR_SUBSEQUENT_PLANS = DemandIndicator(
    key="demand.second_or_subsequent_plans",
    title="Plans that are a second or subsequent one",
    counts="child protection plans that started, of a child who had been the subject of one before, however long ago, out of all "
    "that started",
    leaves_out="nothing: a child who became the subject of a plan twice in the period is counted twice",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.LOWER,
    sources=(sources.SUBSEQUENT_PLANS, sources.CHILDREN_IN_NEED.at("data file d3, column CPP_subsequent_percent")),
    stage=Stage.CHILD_PROTECTION_PLAN,
)

SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS = DemandIndicator(
    key="demand.second_or_subsequent_plans_within_two_years",
    title="Plans that started within two years of another's end",
    counts="child protection plans that started at most 24 months after an earlier plan of the same child ended, the anniversary "
    "included, out of all that started",
    leaves_out="nothing: a child who became the subject of a plan twice in the period is counted twice",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.LOWER,
    sources=sources.NO_SERIES_WITHIN_TWO_YEARS,
    stage=Stage.CHILD_PROTECTION_PLAN,
)

_TWO_YEARS = 24
_CHILDHOOD = 19 * 12  # under eighteen, and a plan may be made before a child is born
_OWN = ("no_history",)


def mark_second_or_subsequent_plans(frame: FrameT | Checked[FrameT], *, history_from: dt.date) -> FrameT:
    """The caller's plans, each with whether it is a second or subsequent one: the drill-down of `second_or_subsequent_plans`.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`; those before the period too.
        history_from: The first day from which every plan is in the frame, those open on it included. It cannot be seen
            from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no)
        and ``no_history``: whether it cannot be told, as `second_or_subsequent_plans` says.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        InvalidValue: ``history_from`` is no plain date.

    Source:
        As `second_or_subsequent_plans`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_second_or_subsequent_plans
        >>> plans = pl.DataFrame({"child_id": ["A", "B", "C"], "start_date": dt.date(2022, 5, 1), "end_date": None,
        ...     "initial_category": "NEG", "number_of_previous_plans": [1, 0, None]})
        >>> rows = mark_second_or_subsequent_plans(plans, history_from=dt.date(2016, 4, 1))
        >>> rows.select("in_numerator", "no_history").rows()
        [(True, False), (False, False), (False, True)]
    """
    since = plain_day(history_from, what="history_from")
    checked = one_plan_at_a_time(frame)
    return drill_down(checked, _ever(checked, since), *_OWN)


def second_or_subsequent_plans(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    history_from: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans that started in a period, of a child who had been the subject of a plan before, however long ago.

    A plan is a second or subsequent one where the number of plans before it is recorded as one or more, or where the frame has
    an earlier plan of the child, whatever the number says. It is a first one where the number is recorded as none.

    A child is the subject of one plan at a time: two that overlap are records of one plan, such as one entered again for a change
    of category, and the second would be counted as a subsequent one. They are refused, whole, as the census refuses them; to
    merge them here would be to guess whose team and category they have.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`; those before the period too, as far back
            as they go.
        period: One or several; a plan belongs to the period in which it started.
        history_from: The first day from which every plan is in the frame, those open on it included. It cannot be seen
            from the rows.
        by: Columns to break it down by, of the later plan; the earlier one may carry any team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan started; ``no_history`` where a plan of the period cannot be told: no number of plans before is
        recorded, the frame has no earlier one, and fewer than 19 years are known, which is a childhood and the months before
        birth.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no period, or one that
            is no period to count over (a snapshot, a monthly average); ``history_from`` is no plain date.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure PrevRegCPR: of the plans starting between 1 April and 31
        March, each occasion counted, those of children "who had previously had a child protection plan, regardless of how long
        ago that was"; data file d3, CPP_subsequent_percent = CPP_subsequent / CPP_start. How DfE weighs the number recorded
        against the plans it has seen is not published. A child is under eighteen: Children Act 1989, section 105(1).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import second_or_subsequent_plans
        >>> from bucks_cs.periods import FinancialYear
        >>> plans = pl.DataFrame({"child_id": ["A", "B", "C", "D"], "start_date": dt.date(2022, 5, 1), "end_date": None,
        ...     "initial_category": "NEG", "number_of_previous_plans": [1, 0, 0, 0]})
        >>> second_or_subsequent_plans(plans, period=FinancialYear("2022-23"), history_from=dt.date(2016, 4, 1)).at().number
        25.0
    """
    periods, since = periods_of_a_flow(period), plain_day(history_from, what="history_from")
    checked = one_plan_at_a_time(frame)
    return shares(
        _ever(checked, since),
        every=checked.lazy,
        home=checked.home,
        indicator=SECOND_OR_SUBSEQUENT_PLANS,
        date="start_date",
        period=periods,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: nw.col("no_history")},
    )


def mark_second_or_subsequent_plans_within_two_years(frame: FrameT | Checked[FrameT], *, history_from: dt.date) -> FrameT:
    """The caller's plans, each with whether it came within two years of another: the drill-down of the measure of that name.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`; those before the period too.
        history_from: The first day from which every plan is in the frame, those open on it included. It cannot be seen
            from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no)
        and ``no_history``: whether it cannot be told, as `second_or_subsequent_plans_within_two_years` says.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        InvalidValue: ``history_from`` is no plain date.

    Source:
        As `second_or_subsequent_plans_within_two_years`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_second_or_subsequent_plans_within_two_years
        >>> plans = pl.DataFrame({"child_id": "A", "start_date": [dt.date(2018, 1, 1), dt.date(2020, 6, 30), dt.date(2023, 1, 1)],
        ...     "end_date": [dt.date(2018, 6, 30), dt.date(2020, 12, 31), None], "initial_category": "NEG",
        ...     "number_of_previous_plans": [0, 1, 2]})
        >>> rows = mark_second_or_subsequent_plans_within_two_years(plans, history_from=dt.date(2016, 4, 1))
        >>> rows["in_numerator"].to_list()
        [False, True, False]
    """
    since = plain_day(history_from, what="history_from")
    checked = one_plan_at_a_time(frame)
    return drill_down(checked, _within_two_years(checked, since), *_OWN)


def second_or_subsequent_plans_within_two_years(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    history_from: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of plans that started in a period at most two years after an earlier plan of the same child ended.

    The two years run from the end of the earlier plan to the start of the later, the anniversary included. The number of plans
    before it says that a plan is a first one, and cannot say when the one before it ended. Plans of a child that overlap are
    refused, as `second_or_subsequent_plans` says.

    Args:
        frame: Child protection plans, of any engine, or checked by `ProtectionPlans`; those before the period too, two years
            back and more.
        period: One or several; a plan belongs to the period in which it started.
        history_from: The first day from which every plan is in the frame, those open on it included. It cannot be seen
            from the rows.
        by: Columns to break it down by, of the later plan; the earlier one may carry any team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan started; ``no_history`` where a plan of the period cannot be told, having under 24 months of history
        behind it, no earlier plan that ended in them, and no record that it is the first.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; a child's plans overlap.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; no period, or one that
            is no period to count over (a snapshot, a monthly average); ``history_from`` is no plain date.

    Source:
        None official: DfE's measure (ReRegCPR, PrevRegCPR) is "regardless of how long ago", and no published definition of one
        with a limit was found. From where to where the two years run is this library's decision.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import second_or_subsequent_plans_within_two_years
        >>> from bucks_cs.periods import FinancialYear
        >>> plans = pl.DataFrame({"child_id": ["A", "A", "B"], "start_date": [dt.date(2019, 1, 1), dt.date(2020, 6, 30),
        ...     dt.date(2020, 7, 1)], "end_date": [dt.date(2019, 6, 30), None, None], "initial_category": "NEG",
        ...     "number_of_previous_plans": [0, 1, 0]})
        >>> second_or_subsequent_plans_within_two_years(plans, period=FinancialYear("2020-21"),
        ...     history_from=dt.date(2016, 4, 1)).at().number
        50.0
    """
    periods, since = periods_of_a_flow(period), plain_day(history_from, what="history_from")
    checked = one_plan_at_a_time(frame)
    return shares(
        _within_two_years(checked, since),
        every=checked.lazy,
        home=checked.home,
        indicator=SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS,
        date="start_date",
        period=periods,
        by=groups(checked, by, own=_OWN),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: nw.col("no_history")},
    )


def _ever(checked: Checked[Any], since: dt.date) -> nw.LazyFrame[Any]:
    recorded = nw.col("number_of_previous_plans")
    again = ~nw.col(START_BEFORE).is_null() | (recorded > 0).fill_null(value=False)
    rows = marked(with_the_plan_before(unmarked(checked.lazy, *_OWN)), whole=nw.lit(value=True), part=again)
    return rows.with_columns(no_history=~nw.col("in_numerator") & recorded.is_null() & _is_short(since, months=_CHILDHOOD))


def _within_two_years(checked: Checked[Any], since: dt.date) -> nw.LazyFrame[Any]:
    # No two overlap, so that the plan before has ended, and no other ended later.
    again = within_months(nw.col(END_BEFORE), nw.col("start_date"), months=_TWO_YEARS)
    rows = marked(with_the_plan_before(unmarked(checked.lazy, *_OWN)), whole=nw.lit(value=True), part=again)
    is_first = (nw.col("number_of_previous_plans") == 0).fill_null(value=False)
    return rows.with_columns(no_history=~nw.col("in_numerator") & ~is_first & _is_short(since, months=_TWO_YEARS))


def _is_short(since: dt.date, *, months: int) -> nw.Expr:
    """Whether a plan could have one before it, within so many months, that the frame does not have.

    A plan that ended on the day before the history began is the last that may be missing.
    """
    return within_months(nw.lit(since - dt.timedelta(days=1)), nw.col("start_date"), months=months)
