"""EHC plans: the share issued within 20 weeks of the request, on the two bases that are published, which are never mixed.

Plans that followed a refusal which was changed are in neither, nor in `issued_by_band_including_exceptions`,
`issued_by_band_excluding_exceptions` and the weeks taken, which are marked here too; `new_plans` has them. Three things say so.
The law: a plan that the First-tier Tribunal has ordered an assessment for is due 14 weeks after the order, and one that it has
ordered to be made 11 weeks after (S.I. 2014/1530, regulation 44(2)(b)(ii) and (c)), whatever became of the 20 weeks by then. The
return: a refusal keeps its code and its day though it is changed (SEN2 guide, items 2.4 and 3.1), so that such a plan has none of
a decision to assess, or to issue, to be timed by. And the figures: DfE's denominator is below the plans issued after an
assessment (90,392 of 98,547 in England in 2024, never above them in 303 rows of authorities), and the more so the more of an
authority's requests went to mediation or tribunal (a correlation of 0.61 in 2023 and 0.54 in 2024, both over plans issued; with
decisions after 6 weeks it is 0.08 and -0.13). DfE itself says it nowhere that was found, and in 41 of the 303 rows more plans are
missing than requests went there.

*Including exceptions*: all plans issued in the period. *Excluding exceptions*: those to which no exception of the regulations
applied, in the numerator and in the denominator. The day of the plan decides the period, so that no request has to be waited for:
one that has led to no plan yet is in neither, however late it is (`bucks_cs.ehcp.open_requests` counts those).

The return carries exceptions as one flag a plan, which the authority sets. From 1 May to 25 September 2020 a limit had not to be
met where coronavirus made that impractical; the return, which begins with 2022, has no mark of its own for it. So a plan that
fell due then and came late is late here, unless the frame has its flag set. How authorities counted such plans in DfE's figures
of 2020 was not verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.clocks import OWN, Clock, timed
from bucks_cs.ehcp.calculations.plans_at_a_date import NEW_PLANS
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, RequestOutcome
from bucks_cs.ehcp.schema import Journeys
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Withheld
from bucks_cs.marking import drill_down, groups, periods_of_a_flow, shares, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS",
    "ISSUED_IN_TIME_INCLUDING_EXCEPTIONS",
    "issued_in_time_excluding_exceptions",
    "issued_in_time_including_exceptions",
    "mark_issued_in_time_excluding_exceptions",
    "mark_issued_in_time_including_exceptions",
    "with_exceptions",
    "without_exceptions",
]

_PLAN = Clock(end="plan_start_date", limits=sources.PLAN_LIMIT)
_FLAG, _UNKNOWN = "exceptions_apply", "exceptions_unknown"
_AGREED = nw.col("request_outcome").is_in([RequestOutcome.ASSESS.value, sources.HISTORICAL])
_ISSUED = _AGREED & (nw.col("assessment_outcome") == AssessmentOutcome.ISSUE.value)
_LEAVES_OUT = (
    "plans that followed a refusal which was changed later, to which the 20 weeks do not apply as they stand; plans of a request "
    "that is not known, such as those that moved in with their child, and those that the return has as historical; and requests "
    "of before 1 September 2014. So they are not all new plans"
)


def _of_a_basis(key: str, *, title: str, plans: str, whole: str, leaves_out: str, column: str, columns: str) -> Indicator:
    return Indicator(
        key=key,
        title=title,
        counts=f"{plans} issued in the period within 20 weeks (140 days) of the day the request was received, out of {whole}",
        leaves_out=leaves_out,
        measure=Measure.SHARE,
        kind=Kind.FLOW,
        unit="percent",
        better=Better.HIGHER,
        sources=(
            sources.EHC_PLANS.at(f"data file timeliness_20_week, column {column}"),
            sources.DATA_GUIDANCE_2025.at(f"timeliness_20_week.csv, {columns}"),
            sources.SEND_REGULATIONS_2014.at("regulation 13(2)"),
        ),
        breaks=NEW_PLANS.breaks,
    )


ISSUED_IN_TIME_INCLUDING_EXCEPTIONS = _of_a_basis(
    "ehcp.issued_in_time_including_exceptions",
    title="Plans issued within 20 weeks, including exceptions",
    plans="education, health and care plans",
    whole="all plans issued in it under that limit",
    leaves_out=_LEAVES_OUT,
    column="pc_plans_issued_within_20_weeks",
    columns="plans_issued_within_20_weeks and plans_issued_den",
)

ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS = _of_a_basis(
    "ehcp.issued_in_time_excluding_exceptions",
    title="Plans issued within 20 weeks, excluding exceptions",
    plans="education, health and care plans to which no exception applied,",
    whole="the plans issued in it under that limit to which no exception applied",
    leaves_out=f"plans to which an exception applied, in time or not; {_LEAVES_OUT}",
    column="PC_plans_issued_20_weeks_ex",
    columns="plans_issued_20_weeks_ex and plans_issued_den_ex",
)


def mark_issued_in_time_including_exceptions(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's journeys, each with whether its plan came in time: the drill-down of `issued_in_time_including_exceptions`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where a plan was issued under the
        limit, and so followed no refusal), ``in_numerator`` and ``days_taken`` from the day the request was received to the day
        the plan started (0 or more; null where either is not known).

    Raises:
        FrameProblems: A rule of `Journeys` is broken.

    Source:
        As `issued_in_time_including_exceptions`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_issued_in_time_including_exceptions
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 5, 22)]})
        >>> mark_issued_in_time_including_exceptions(rows).select("in_denominator", "in_numerator", "days_taken").rows()
        [(True, True, 140), (True, False, 141)]
    """
    checked: Checked[FrameT] = Journeys.admit(frame)
    return drill_down(checked, with_exceptions(checked), *OWN)


def issued_in_time_including_exceptions(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the plans issued in a period that were issued within 20 weeks of the request, exceptions or not.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a plan belongs to the period it started in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan was issued.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        S.I. 2014/1530, regulation 13(2): within 20 weeks of the request, the day of receipt not counted here. DfE, *Education,
        health and care plans*, data file timeliness_20_week: pc_plans_issued_within_20_weeks = plans_issued_within_20_weeks /
        plans_issued_den, in each of its 12,166 rows that have them; years are calendar years. That plans which followed a refusal
        that was changed are not in it is inferred from the law and the figures: see `bucks_cs.ehcp.calculations.timeliness`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import issued_in_time_including_exceptions
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 5, 22)]})
        >>> for reading in issued_in_time_including_exceptions(rows, period=CalendarYear(2024)):
        ...     print(reading)
        Plans issued within 20 weeks, including exceptions, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Journeys.admit(frame)
    return shares(
        with_exceptions(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
        date=_PLAN.end,
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_issued_in_time_excluding_exceptions(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's journeys, each with whether its plan came in time: the drill-down of `issued_in_time_excluding_exceptions`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where a plan was issued under the
        limit and no exception is known to apply), ``in_numerator``, ``days_taken`` as
        `mark_issued_in_time_including_exceptions` has it, and ``exceptions_unknown``: whether it is in the denominator and it
        is not known if exceptions apply, so that it cannot be told; it is then not in the numerator.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.

    Source:
        As `issued_in_time_excluding_exceptions`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_issued_in_time_excluding_exceptions
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 5, 22)]})
        >>> mark_issued_in_time_excluding_exceptions(rows).select("in_denominator", "in_numerator").rows()
        [(True, True), (False, False)]
    """
    checked: Checked[FrameT] = Journeys.admit(frame)
    return drill_down(checked, without_exceptions(checked), *OWN, _UNKNOWN)


def issued_in_time_excluding_exceptions(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the plans issued in a period, those with exceptions apart, that were issued within 20 weeks of the request.

    Plans to which an exception applied are in neither part of the share, in time or not. Where it is not known of one plan
    whether an exception applied, it cannot be told on this basis whether that plan counts, and the share is withheld: the return
    has the flag of every assessment that led to a plan.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a plan belongs to the period it started in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan without exceptions was issued; ``x``, with no numerator, where the flag of one is not known.

    Raises:
        FrameProblems: As `issued_in_time_including_exceptions`.
        UnknownColumn: As `issued_in_time_including_exceptions`.
        InvalidValue: As `issued_in_time_including_exceptions`.

    Source:
        S.I. 2014/1530, regulations 13(2), 13(3) and 10(4). DfE, *Education, health and care plans*, data file timeliness_20_week:
        PC_plans_issued_20_weeks_ex = plans_issued_20_weeks_ex / plans_issued_den_ex, in each of its 12,033 rows that have them.
        What DfE does where the flag is not returned is not said.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import issued_in_time_excluding_exceptions
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "Y", "assessment_outcome_date": dt.date(2024, 5, 21), "week20": [False, True],
        ...     "plan_start_date": [dt.date(2024, 5, 21), dt.date(2024, 5, 22)]})
        >>> for reading in issued_in_time_excluding_exceptions(rows, period=CalendarYear(2024)):
        ...     print(reading)
        Plans issued within 20 weeks, excluding exceptions, 2024: 100% (95% confidence interval 20.7 to 100), 1 of 1
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Journeys.admit(frame)
    return shares(
        without_exceptions(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
        date=_PLAN.end,
        period=periods,
        by=groups(checked, by, own=(*OWN, _UNKNOWN)),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NOT_AVAILABLE: nw.col(_UNKNOWN)},
    )


def with_exceptions(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    """Journeys with their marks: in the whole where a plan was issued under the limit, exceptions or not, and in time.

    Args:
        checked: The journeys.
    """
    return timed(checked.lazy, clock=_PLAN, whole=_ISSUED)


def without_exceptions(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    """Journeys with their marks, those with exceptions in neither; one whose flag is not known is in the whole, and marked so.

    Args:
        checked: The journeys.
    """
    free, unknown = ~nw.col(_FLAG).fill_null(value=False), nw.col(_FLAG).is_null()
    rows = timed(unmarked(checked.lazy, _UNKNOWN), clock=_PLAN, whole=_ISSUED & free)
    told = nw.col("in_numerator") & ~unknown
    return rows.with_columns(told.alias("in_numerator"), (nw.col("in_denominator") & unknown).alias(_UNKNOWN))
