"""Demand: what is counted at each stage of the pathway, and counts as readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
from bucks_cs.demand.schema import Activity
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test
from bucks_cs.indicators import Better, Break, Kind, Measure
from bucks_cs.provenance import AnySource, NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.readings.table import as_by

__all__ = [
    "ASSESSMENTS",
    "CHILDREN_IN_NEED",
    "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN",
    "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER",
    "CONTACTS",
    "INITIAL_CHILD_PROTECTION_CONFERENCES",
    "PATHWAY",
    "REFERRALS",
    "SECTION_47_ENQUIRIES",
    "activity",
]

CONTACTS = DemandIndicator(
    key="demand.contacts",
    title="Contacts",
    counts="pieces of information or requests received by children's social care before they are accepted as a referral",
    leaves_out="whatever the authority does not record as a contact: there is no national definition, so authorities do not "
    "compare",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="contact",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_CONTACTS,
    stage=Stage.CONTACT,
)

REFERRALS = DemandIndicator(
    key="demand.referrals",
    title="Referrals",
    counts="requests for services to be provided by children's social care, each counted where a child is referred more than "
    "once",
    leaves_out="requests about a child whose case is already open",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="referral",
    better=Better.NEITHER,
    sources=(sources.REFERRAL, sources.CHILDREN_IN_NEED.at("data file c1, column referral_count")),
    breaks=(
        Break(
            on=dt.date(2023, 4, 1),
            latest=dt.date(2024, 3, 31),
            what="referrals recorded in Buckinghamshire fell from 12,157 in the year before to 6,620, and those with no further "
            "action from 49.0% to 1.7%",
            certain=False,
            area="825",
            source=NoOfficialSource(
                reason="the fall is in DfE's file c1 of Children in need 2025; what caused it is not published, and that it is a "
                "break is inferred"
            ),
        ),
    ),
    stage=Stage.REFERRAL,
    timescale=Timescale(begins="receiving it", ends="a decision on a referral", limits=sources.DECISION_LIMIT),
)

ASSESSMENTS = DemandIndicator(
    key="demand.assessments",
    title="Assessments completed",
    counts="continuous assessments under section 17 of the Children Act 1989 that were completed (authorised) in the period, "
    "whenever they began, each counted where a child has more than one",
    leaves_out="assessments still open at the end of the period",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="assessment",
    better=Better.NEITHER,
    sources=sources.ASSESSMENT,
    stage=Stage.ASSESSMENT,
    timescale=Timescale(begins="the referral", ends="an assessment is completed", limits=sources.ASSESSMENT_LIMIT),
)

SECTION_47_ENQUIRIES = DemandIndicator(
    key="demand.section_47_enquiries",
    title="Section 47 enquiries",
    counts="enquiries started because there is reasonable cause to suspect that a child is suffering, or is likely to suffer, "
    "significant harm, each counted where a child has more than one",
    leaves_out="enquiries that began before the period, though they went on in it",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="enquiry",
    better=Better.NEITHER,
    sources=sources.SECTION_47,
    stage=Stage.SECTION_47_ENQUIRY,
)

INITIAL_CHILD_PROTECTION_CONFERENCES = DemandIndicator(
    key="demand.initial_child_protection_conferences",
    title="Initial child protection conferences",
    counts="initial conferences held, one for each child and each counted where a child has more than one, those for a child who "
    "moves in from another authority with a plan among them",
    leaves_out="review conferences",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="conference",
    better=Better.NEITHER,
    sources=sources.CONFERENCE,
    stage=Stage.INITIAL_CHILD_PROTECTION_CONFERENCE,
    timescale=Timescale(
        begins="the strategy discussion that decided on section 47 enquiries",
        ends="an initial child protection conference is held",
        limits=sources.CONFERENCE_LIMIT,
    ),
)

CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN = DemandIndicator(
    key="demand.children_subject_to_a_child_protection_plan",
    title="Children subject to a child protection plan",
    counts="children who are the subject of a child protection plan on the day, each once",
    leaves_out="children whose plan ends on the day",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=sources.PLAN,
    stage=Stage.CHILD_PROTECTION_PLAN,
    timescale=Timescale(begins="the initial conference", ends="a first review of the plan", limits=sources.REVIEW_LIMITS[0]),
)

CHILDREN_IN_NEED = DemandIndicator(
    key="demand.children_in_need",
    title="Children in need",
    counts="children with an episode of need open on the day, each once, whether on a child in need or a child protection plan, "
    "looked after or leaving care, the unborn and those aged 18 or over among them",
    leaves_out="referrals with no further action, which begin no episode of need, and children whose episode ends on the day",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=sources.CHILD_IN_NEED,
    stage=Stage.CHILD_IN_NEED,
)

CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER = DemandIndicator(
    key="demand.children_with_an_allocated_social_worker",
    title="Children with an allocated social worker",
    counts="children to whom a social worker is allocated on the day, as the authority records it, each once however many "
    "workers the child has",
    leaves_out="children whose last allocation ends on the day",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_ALLOCATION,
    stage=Stage.ALLOCATED_SOCIAL_WORKER,
)

PATHWAY: tuple[DemandIndicator, ...] = (
    CONTACTS,
    REFERRALS,
    ASSESSMENTS,
    SECTION_47_ENQUIRIES,
    INITIAL_CHILD_PROTECTION_CONFERENCES,
    CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
    CHILDREN_IN_NEED,
    CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER,
)
"""What is counted at each stage, in the order of the stages."""


def activity(
    frame: FrameT | Checked[FrameT], *, by: str | Sequence[str] | None = None, source: AnySource | None = None
) -> Readings[FrameT]:
    """Counts of demand as readings: a long frame of counts that a council has worked out already.

    Args:
        frame: Counts as `Activity` has them, of any engine, or checked by it.
        by: Columns of it that a count is broken down by (team, locality); a count has one value of each.
        source: Where the counts are from.

    Returns:
        One reading a row, in the caller's own kind of frame: ``value`` is the count, 0 or more, in the indicator's unit. A
        withheld count keeps its reason. A column that is neither the schema's nor in ``by`` does not come along.

    Raises:
        FrameProblems: A rule of `Activity` is broken; a key that is no indicator of demand; two counts for the same
            indicator, area, groups and period.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names one of the columns of the long frame, or one twice.

    Source:
        Each indicator's own, in `PATHWAY`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> counts = pl.DataFrame({"indicator": ["demand.referrals"], "area": ["825"], "period_kind": ["month"],
        ...     "period_start": [dt.date(2022, 9, 1)], "period_end": [dt.date(2022, 9, 30)], "count": [1282], "withheld": [None]})
        >>> for reading in activity(counts):
        ...     print(reading)
        Referrals in 825, September 2022: 1,282 referrals
    """
    groups = as_by(by)
    one_count = ("indicator", "area", *groups, "period_kind", "period_start", "period_end")
    checked = Activity.admit(frame, also=[_known_indicator()], unique=[one_count])
    groups = checked.grouping(groups)
    lazy = checked.lazy.select(*dict.fromkeys(one_count), nw.col("count").alias("value"), "withheld")
    return Readings.worked_out(lazy, home=checked.home, indicators=PATHWAY, by=groups, source=source)


def _known_indicator() -> Test:
    keys = [indicator.key for indicator in PATHWAY]
    known = f" Known: {', '.join(keys)}."
    return Test(column="indicator", rule="is no indicator of demand", holds=nw.col("indicator").is_in(keys), hint=known)
