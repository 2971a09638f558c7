"""EHC plans: what came of needs assessments, by the year they ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.requests_received import REQUESTS
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome
from bucks_cs.ehcp.schema.assessments import Assessed, Assessments
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, shares
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["PLANS_AFTER_ASSESSMENT", "mark_plans_after_assessment", "plans_after_assessment"]

_DAY = "assessment_outcome_date"

PLANS_AFTER_ASSESSMENT = Indicator(
    key="ehcp.plans_after_assessment",
    title="Assessments that led to a plan",
    counts="assessments that ended in the period with the decision to issue a plan, out of all assessments that ended in it: "
    "with a plan, with none, or withdrawn, where the day of that is recorded. A refusal that was changed later stays one",
    leaves_out="assessments not decided yet, those of a plan that is to be issued and has not been, and those withdrawn on a day "
    "that is not recorded, as it never is in the return",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.EHC_PLANS.at("data file assessments, column assess_issued_pc"),
    breaks=REQUESTS.breaks,
)


def mark_plans_after_assessment(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's assessments, each with whether it led to a plan: the drill-down of `plans_after_assessment`.

    Args:
        frame: Assessments or journeys, of any engine, or checked.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the assessment ended on a known
        day) and ``in_numerator``.

    Raises:
        FrameProblems: A rule of `Assessments` is broken.

    Source:
        As `plans_after_assessment`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import mark_plans_after_assessment
        >>> tested = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": ["1", "2", "3"], "week20": 0,
        ...     "assessment_outcome": ["Y", "N", "W"],
        ...     "assessment_outcome_date": [dt.date(2024, 4, 1), dt.date(2024, 4, 2), None]})
        >>> mark_plans_after_assessment(tested).select("in_denominator", "in_numerator").rows()
        [(True, True), (True, False), (False, False)]
    """
    checked = _admitted(frame)
    return drill_down(checked, _ended(checked))


def plans_after_assessment(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of the assessments that ended in a period after which a plan was issued.

    Args:
        frame: Assessments or journeys, of any engine, or checked.
        period: One or several; an assessment belongs to the period it ended in, whenever the request was received.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where no assessment ended.

    Raises:
        FrameProblems: A rule of `Assessments` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or that the measure makes; no period, or one that events
            are not counted over (a snapshot, a monthly average).

    Source:
        DfE, *Education, health and care plans*, data file assessments: assess_issued_pc = assess_issued / assess_in_year, where
        assess_in_year adds up those with a plan, with none, withdrawn and not decided. Those not decided are a thousandth of it
        (62 of 105,340 in England in 2024) and have no day to be counted on; nor have those withdrawn in the return (327), so that
        this share of a return is some 0.3 points above DfE's.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import plans_after_assessment
        >>> from bucks_cs.periods import CalendarYear
        >>> tested = pl.DataFrame({"child_id": ["A", "B", "C"], "request_id": ["1", "2", "3"], "week20": 0,
        ...     "assessment_outcome": ["Y", "N", "W"],
        ...     "assessment_outcome_date": [dt.date(2024, 4, 1), dt.date(2024, 4, 2), None]})
        >>> for reading in plans_after_assessment(tested, period=CalendarYear(2024)):
        ...     print(reading)
        Assessments that led to a plan, 2024: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods = periods_of_a_flow(period)
    checked = _admitted(frame)
    return shares(
        _ended(checked),
        every=checked.lazy,
        home=checked.home,
        indicator=PLANS_AFTER_ASSESSMENT,
        date=_DAY,
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )


def _admitted(frame: FrameT | Checked[FrameT]) -> Checked[FrameT]:
    """Assessments, or journeys that are checked already: both have what became of an assessment, under the same rules."""
    schema = Assessed if isinstance(frame, Checked) and issubclass(frame.schema, Assessed) else Assessments
    checked: Checked[FrameT] = schema.admit(frame)
    return checked


def _ended(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    issued = nw.col("assessment_outcome").is_in([AssessmentOutcome.ISSUE.value, sources.HISTORICAL])
    return marked(checked.lazy, whole=~nw.col(_DAY).is_null(), part=issued)
