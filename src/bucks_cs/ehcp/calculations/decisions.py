"""EHC plans: how soon it is decided whether to assess, and that there is to be no plan, by the year of the decision.

DfE's percentages of both are out of the decisions *made* in the year, whenever their requests were received: in 67 of the 303
rows of authorities for 2023 and 2024 there are more decisions than requests received. So nothing is left to come in a year that
is over, and no decision has to be waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.clocks import OWN, Clock, timed
from bucks_cs.ehcp.calculations.requests_received import REQUESTS
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, RequestOutcome
from bucks_cs.ehcp.schema import Journeys, Requests
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "DECIDED_IN_SIX_WEEKS",
    "NO_PLAN_IN_SIXTEEN_WEEKS",
    "decided_in_six_weeks",
    "mark_decided_in_six_weeks",
    "mark_no_plan_in_sixteen_weeks",
    "no_plan_in_sixteen_weeks",
]

_TO_ASSESS = Clock(end="request_outcome_date", limits=sources.REQUEST_LIMIT)
_TO_ISSUE = Clock(end="assessment_outcome_date", limits=sources.NO_PLAN_LIMIT)
_IS_DECIDED = nw.col("request_outcome").is_in([RequestOutcome.ASSESS.value, RequestOutcome.REFUSE.value])
_IS_NO_PLAN = nw.col("assessment_outcome") == AssessmentOutcome.NO_PLAN.value

DECIDED_IN_SIX_WEEKS = Indicator(
    key="ehcp.decided_in_six_weeks",
    title="Decisions whether to assess within 6 weeks",
    counts="decisions of the period whether to carry out an EHC needs assessment, yes or no, made within 6 weeks (42 days) of "
    "the day the request was received, out of all such decisions of the period",
    leaves_out="requests withdrawn, not decided yet, or historical, and requests of before 1 September 2014. No exception to the "
    "6 weeks is left out: the return has none",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(
        sources.EHC_PLANS.at("data file requests, column request_outcome_six_weeks_pc"),
        sources.SEND_REGULATIONS_2014.at("regulation 5(1)"),
    ),
    breaks=REQUESTS.breaks,
)

NO_PLAN_IN_SIXTEEN_WEEKS = Indicator(
    key="ehcp.no_plan_in_sixteen_weeks",
    title="Decisions not to issue a plan within 16 weeks",
    counts="decisions of the period that no plan is to be issued after an assessment, made within 16 weeks (112 days) of the day "
    "the request was received, out of all such decisions of the period. A refusal that was changed later stays one",
    leaves_out="assessments that led to a plan, were withdrawn, or are not decided yet, and requests whose day is not known or "
    "was before 1 September 2014. No exception to the 16 weeks is left out",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(
        sources.EHC_PLANS.at("data file assessments, column outcome_decision_within_time_pc"),
        sources.SEND_REGULATIONS_2014.at("regulation 10(1)"),
    ),
    breaks=REQUESTS.breaks,
)


def mark_decided_in_six_weeks(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's requests, each with whether it was decided on in time: the drill-down of `decided_in_six_weeks`.

    Args:
        frame: Requests or journeys, of any engine, or checked.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator`` and ``days_taken`` from
        the day the request was received to the day of the decision (0 or more; null where either is not known).

    Raises:
        FrameProblems: A rule of `Requests` is broken.

    Source:
        As `decided_in_six_weeks`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_decided_in_six_weeks
        >>> asked = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": ["1", "2", "3"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["Y", "N", "A"],
        ...     "request_outcome_date": [dt.date(2024, 2, 13), dt.date(2024, 2, 14), None]})
        >>> mark_decided_in_six_weeks(asked).select("in_denominator", "in_numerator", "days_taken").rows()
        [(True, True, 42), (True, False, 43), (False, False, None)]
    """
    checked: Checked[FrameT] = Requests.admit(frame)
    return drill_down(checked, timed(checked.lazy, clock=_TO_ASSESS, whole=_IS_DECIDED), *OWN)


def decided_in_six_weeks(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the decisions of a period whether to assess that were made within 6 weeks of the request.

    The 6 weeks need not be met where an exception of regulation 5(4) applies; the return does not say where one does, so that
    such decisions count, and late if they are. From 1 May to 25 September 2020 coronavirus excused too.

    Args:
        frame: Requests or journeys, of any engine, or checked.
        period: One or several; a decision belongs to the period it was made in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where nothing was decided.

    Raises:
        FrameProblems: A rule of `Requests` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        S.I. 2014/1530, regulation 5(1): "within 6 weeks of receiving the request"; the day of receipt is not counted here. DfE,
        *Education, health and care plans*, data file requests: request_outcome_six_weeks_pc = request_outcome_six_weeks /
        (request_outcome_six_weeks + request_outcome_over_6_weeks) in 11,800 of its 12,045 rows. In the 245 others both
        percentages are of a few decisions more, which are in neither count; here every decision has its days. That the two count
        the decisions made in the year is inferred from their sum, which is above the requests received in 67 rows of authorities;
        that withdrawals are in neither, from authorities whose withdrawals would make it larger (Leicester, 2024: 509, with 477
        decided and 298 withdrawn).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import decided_in_six_weeks
        >>> from bucks_cs.periods import CalendarYear
        >>> asked = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": ["1", "2", "3"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": ["Y", "N", "A"],
        ...     "request_outcome_date": [dt.date(2024, 2, 13), dt.date(2024, 2, 14), None]})
        >>> for reading in decided_in_six_weeks(asked, period=CalendarYear(2024)):
        ...     print(reading)
        Decisions whether to assess within 6 weeks, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Requests.admit(frame)
    return shares(
        timed(checked.lazy, clock=_TO_ASSESS, whole=_IS_DECIDED),
        every=checked.lazy,
        home=checked.home,
        indicator=DECIDED_IN_SIX_WEEKS,
        date=_TO_ASSESS.end,
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_no_plan_in_sixteen_weeks(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's journeys, each with whether a decision not to issue was in time: the drill-down of `no_plan_in_sixteen_weeks`.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator`` and ``days_taken`` from
        the day the request was received to the end of the assessment (0 or more; null where either is not known).

    Raises:
        FrameProblems: A rule of `Journeys` is broken.

    Source:
        As `no_plan_in_sixteen_weeks`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_no_plan_in_sixteen_weeks
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "N", "assessment_outcome_date": [dt.date(2024, 4, 23), dt.date(2024, 4, 24)],
        ...     "week20": False, "plan_start_date": None})
        >>> mark_no_plan_in_sixteen_weeks(rows).select("in_numerator", "days_taken").rows()
        [(True, 112), (False, 113)]
    """
    checked: Checked[FrameT] = Journeys.admit(frame)
    return drill_down(checked, timed(checked.lazy, clock=_TO_ISSUE, whole=_IS_NO_PLAN), *OWN)


def no_plan_in_sixteen_weeks(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the decisions of a period not to issue a plan that were made within 16 weeks of the request.

    Args:
        frame: Journeys, of any engine, or checked by `Journeys`.
        period: One or several; a decision belongs to the period it was made in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no plan was refused after an assessment.

    Raises:
        FrameProblems: A rule of `Journeys` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        S.I. 2014/1530, regulation 10(1). DfE, *Education, health and care plans*, data file assessments:
        outcome_decision_within_time_pc = outcome_decision_within_time / (outcome_decision_within_time +
        outcome_decision_over_time), in each of its 5,902 rows that have them: "assessments where it was decided NOT to issue a
        plan which were within 16 weeks".

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import no_plan_in_sixteen_weeks
        >>> from bucks_cs.periods import CalendarYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "request_id": ["1", "2"], "rya": False,
        ...     "received_date": dt.date(2024, 1, 2), "request_outcome": "Y", "request_outcome_date": dt.date(2024, 2, 13),
        ...     "assessment_outcome": "N", "assessment_outcome_date": [dt.date(2024, 4, 23), dt.date(2024, 4, 24)],
        ...     "week20": False, "plan_start_date": None})
        >>> for reading in no_plan_in_sixteen_weeks(rows, period=CalendarYear(2024)):
        ...     print(reading)
        Decisions not to issue a plan within 16 weeks, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked: Checked[FrameT] = Journeys.admit(frame)
    return shares(
        timed(checked.lazy, clock=_TO_ISSUE, whole=_IS_NO_PLAN),
        every=checked.lazy,
        home=checked.home,
        indicator=NO_PLAN_IN_SIXTEEN_WEEKS,
        date=_TO_ISSUE.end,
        period=periods,
        by=groups(checked, by, own=OWN),
        area=area,
        source=source,
        confidence=confidence,
    )
