"""Demand: what reaches children's social care, from a first contact to a child protection plan.

A **contact** is information or a request, before anyone has decided what it is. Accepted as a request for services it is
a **referral**, on which a decision is due within one working day. An **assessment** says what a child needs, within 45
working days; where there is reasonable cause to suspect significant harm there is a **section 47 enquiry**, and where
concerns are borne out an **initial child protection conference**, within 15 working days of the strategy discussion, which
decides whether the child becomes the subject of a **child protection plan**. Along the way a child may be a **child in need**
and have an **allocated social worker**.

Beside the pathway stand **early help**, which comes before it and has no national definition, children **educated at home**,
and the children there are.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.demand.calculations.assessment_timeliness import (
        ASSESSED_IN_TIME_FROM_REFERRAL,
        ASSESSED_IN_TIME_FROM_START,
        ASSESSMENTS_NOT_TIMED,
        assessed_in_time_from_referral,
        assessed_in_time_from_start,
        assessments_not_timed,
        mark_assessed_in_time_from_referral,
        mark_assessed_in_time_from_start,
    )
    from bucks_cs.demand.calculations.assessments_per_child import (
        ASSESSMENTS_PER_CHILD,
        assessments_per_child,
        mark_assessments_per_child,
    )
    from bucks_cs.demand.calculations.caseload import (
        CASES,
        HIGHEST_CASELOAD,
        MEAN_CASELOAD,
        MEDIAN_CASELOAD,
        WORKERS_OVER_A_LIMIT,
        WORKERS_WITH_CASES,
        caseload,
        caseload_by_worker,
        mark_caseload,
        mark_caseload_by_worker,
    )
    from bucks_cs.demand.calculations.children_at_a_date import (
        children_in_need,
        children_subject_to_a_child_protection_plan,
        children_with_an_allocated_social_worker,
        mark_children_in_need,
        mark_children_subject_to_a_child_protection_plan,
        mark_children_with_an_allocated_social_worker,
    )
    from bucks_cs.demand.calculations.conference_timeliness import (
        CONFERENCES_IN_TIME,
        CONFERENCES_NOT_TIMED,
        conferences_in_time,
        conferences_not_timed,
        mark_conferences_in_time,
    )
    from bucks_cs.demand.calculations.conversion import CONVERSION, IMMATURE_STARTS, conversion, mark_conversion
    from bucks_cs.demand.calculations.counts import (
        assessments,
        contacts,
        mark_assessments,
        mark_contacts,
        mark_referrals,
        referrals,
    )
    from bucks_cs.demand.calculations.difference import difference_in_referrals
    from bucks_cs.demand.calculations.early_help import (
        EARLY_HELP_NOT_FOLLOWED_UP,
        REFERRED_AFTER_EARLY_HELP,
        early_help_not_followed_up,
        mark_referred_after_early_help,
        referred_after_early_help,
    )
    from bucks_cs.demand.calculations.enquiries_and_conferences import (
        initial_child_protection_conferences,
        mark_initial_child_protection_conferences,
        mark_section_47_enquiries,
        section_47_enquiries,
    )
    from bucks_cs.demand.calculations.hand_offs import CHANGES_OF_TEAM, CHANGES_OF_WORKER, HAND_OFFS, hand_offs, mark_hand_offs
    from bucks_cs.demand.calculations.home_education import (
        HOME_EDUCATED_IN_THE_YEAR,
        HOME_EDUCATION_RETURNS_TO_SCHOOL,
        HOME_EDUCATION_STARTED,
        HOME_EDUCATION_STARTED_FROM,
        SCHOOL_ATTENDANCE_NOTICES,
        SCHOOL_ATTENDANCE_ORDERS,
        SCHOOL_ATTENDANCE_ORDERS_REVOKED,
        read_home_education,
        read_previous_schools,
    )
    from bucks_cs.demand.calculations.monthly import monthly_average
    from bucks_cs.demand.calculations.not_due import (
        CHILDREN_NOT_DUE_TO_BE_SEEN,
        DECISIONS_NOT_DUE,
        children_not_due_to_be_seen,
        decisions_not_due,
    )
    from bucks_cs.demand.calculations.outcomes import (
        ASSESSED_NOT_IN_NEED,
        NO_FURTHER_ACTION,
        assessed_not_in_need,
        mark_assessed_not_in_need,
        mark_no_further_action,
        no_further_action,
    )
    from bucks_cs.demand.calculations.pathway import (
        ASSESSMENTS,
        CHILDREN_IN_NEED,
        CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
        CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER,
        CONTACTS,
        INITIAL_CHILD_PROTECTION_CONFERENCES,
        PATHWAY,
        REFERRALS,
        SECTION_47_ENQUIRIES,
        activity,
    )
    from bucks_cs.demand.calculations.per_10_000 import (
        ASSESSMENTS_PER_10_000,
        CHILD_PROTECTION_PLANS_ENDED_PER_10_000,
        CHILD_PROTECTION_PLANS_STARTED_PER_10_000,
        CHILDREN_IN_NEED_PER_10_000,
        CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000,
        CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000,
        CONTACTS_PER_10_000,
        INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000,
        REFERRALS_PER_10_000,
        SECTION_47_ENQUIRIES_PER_10_000,
        per_10_000,
    )
    from bucks_cs.demand.calculations.plan_lengths import (
        PLANS_ENDED_AFTER_TWO_YEARS,
        PLANS_OPEN_TWO_YEARS,
        mark_plans_ended_after_two_years,
        mark_plans_open_two_years,
        plans_ended_after_two_years,
        plans_open_two_years,
    )
    from bucks_cs.demand.calculations.plan_reviews import (
        PLANS_REVIEWED_IN_TIME,
        mark_plans_reviewed_in_time,
        plans_reviewed_in_time,
    )
    from bucks_cs.demand.calculations.plans import (
        SECOND_OR_SUBSEQUENT_PLANS,
        SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS,
        mark_second_or_subsequent_plans,
        mark_second_or_subsequent_plans_within_two_years,
        second_or_subsequent_plans,
        second_or_subsequent_plans_within_two_years,
    )
    from bucks_cs.demand.calculations.plans_in_a_period import (
        CHILD_PROTECTION_PLANS_ENDED,
        CHILD_PROTECTION_PLANS_STARTED,
        child_protection_plans_ended,
        child_protection_plans_started,
        mark_child_protection_plans_ended,
        mark_child_protection_plans_started,
    )
    from bucks_cs.demand.calculations.population import CHILDREN_AT_MID_YEAR, read_mid_year_population, read_population_by_age
    from bucks_cs.demand.calculations.published import (
        read_children_in_need,
        read_plans_by_duration,
        read_referrals,
        read_subsequent_plans,
    )
    from bucks_cs.demand.calculations.rereferrals import REREFERRALS, mark_rereferrals, rereferrals
    from bucks_cs.demand.calculations.stage_ratio import STAGE_RATIO, stage_ratio
    from bucks_cs.demand.calculations.timeliness import (
        DECIDED_IN_TIME,
        SEEN_IN_TIME,
        decided_in_time,
        mark_decided_in_time,
        mark_seen_in_time,
        seen_in_time,
    )
    from bucks_cs.demand.model.early_help import DifferenceInReferrals, EarlyHelpReach, ReferralGroup
    from bucks_cs.demand.model.stages import DemandIndicator, Stage, Timescale
    from bucks_cs.demand.schema import (
        Activity,
        Allocations,
        Assessments,
        ChildrenInNeedEpisodes,
        Contacts,
        EarlyHelpEpisodes,
        InitialConferences,
        MidYearPopulation,
        PlanReviews,
        ProtectionPlans,
        Referrals,
        Section47Enquiries,
    )
    from bucks_cs.demand.sources import (
        CATEGORY_OF_ABUSE_CODES,
        CHILDREN_AT_MID_2020_UNREBASED,
        CHILDREN_TO_MID_2024,
        CLOSURE_REASON_CODES,
        PRIMARY_NEED_CODES,
        REFERRAL_SOURCE_CODES,
    )
    from bucks_cs.indicators import Indicator

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "ASSESSED_IN_TIME_FROM_REFERRAL",
    "ASSESSED_IN_TIME_FROM_START",
    "ASSESSED_NOT_IN_NEED",
    "ASSESSMENTS",
    "ASSESSMENTS_NOT_TIMED",
    "ASSESSMENTS_PER_10_000",
    "ASSESSMENTS_PER_CHILD",
    "CASES",
    "CATEGORY_OF_ABUSE_CODES",
    "CHANGES_OF_TEAM",
    "CHANGES_OF_WORKER",
    "CHILD_PROTECTION_PLANS_ENDED",
    "CHILD_PROTECTION_PLANS_ENDED_PER_10_000",
    "CHILD_PROTECTION_PLANS_STARTED",
    "CHILD_PROTECTION_PLANS_STARTED_PER_10_000",
    "CHILDREN_AT_MID_2020_UNREBASED",
    "CHILDREN_AT_MID_YEAR",
    "CHILDREN_IN_NEED",
    "CHILDREN_IN_NEED_PER_10_000",
    "CHILDREN_NOT_DUE_TO_BE_SEEN",
    "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN",
    "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000",
    "CHILDREN_TO_MID_2024",
    "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER",
    "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000",
    "CLOSURE_REASON_CODES",
    "CONFERENCES_IN_TIME",
    "CONFERENCES_NOT_TIMED",
    "CONTACTS",
    "CONTACTS_PER_10_000",
    "CONVERSION",
    "DECIDED_IN_TIME",
    "DECISIONS_NOT_DUE",
    "EARLY_HELP_NOT_FOLLOWED_UP",
    "HAND_OFFS",
    "HIGHEST_CASELOAD",
    "HOME_EDUCATED_IN_THE_YEAR",
    "HOME_EDUCATION_RETURNS_TO_SCHOOL",
    "HOME_EDUCATION_STARTED",
    "HOME_EDUCATION_STARTED_FROM",
    "IMMATURE_STARTS",
    "INDICATORS",
    "INITIAL_CHILD_PROTECTION_CONFERENCES",
    "INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000",
    "MEAN_CASELOAD",
    "MEDIAN_CASELOAD",
    "NO_FURTHER_ACTION",
    "PATHWAY",
    "PLANS_ENDED_AFTER_TWO_YEARS",
    "PLANS_OPEN_TWO_YEARS",
    "PLANS_REVIEWED_IN_TIME",
    "PRIMARY_NEED_CODES",
    "REFERRAL_SOURCE_CODES",
    "REFERRALS",
    "REFERRALS_PER_10_000",
    "REFERRED_AFTER_EARLY_HELP",
    "REREFERRALS",
    "SCHOOL_ATTENDANCE_NOTICES",
    "SCHOOL_ATTENDANCE_ORDERS",
    "SCHOOL_ATTENDANCE_ORDERS_REVOKED",
    "SECOND_OR_SUBSEQUENT_PLANS",
    "SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS",
    "SECTION_47_ENQUIRIES",
    "SECTION_47_ENQUIRIES_PER_10_000",
    "SEEN_IN_TIME",
    "STAGE_RATIO",
    "WORKERS_OVER_A_LIMIT",
    "WORKERS_WITH_CASES",
    "Activity",
    "Allocations",
    "Assessments",
    "ChildrenInNeedEpisodes",
    "Contacts",
    "DemandIndicator",
    "DifferenceInReferrals",
    "EarlyHelpEpisodes",
    "EarlyHelpReach",
    "InitialConferences",
    "MidYearPopulation",
    "PlanReviews",
    "ProtectionPlans",
    "ReferralGroup",
    "Referrals",
    "Section47Enquiries",
    "Stage",
    "Timescale",
    "activity",
    "assessed_in_time_from_referral",
    "assessed_in_time_from_start",
    "assessed_not_in_need",
    "assessments",
    "assessments_not_timed",
    "assessments_per_child",
    "caseload",
    "caseload_by_worker",
    "child_protection_plans_ended",
    "child_protection_plans_started",
    "children_in_need",
    "children_not_due_to_be_seen",
    "children_subject_to_a_child_protection_plan",
    "children_with_an_allocated_social_worker",
    "conferences_in_time",
    "conferences_not_timed",
    "contacts",
    "conversion",
    "decided_in_time",
    "decisions_not_due",
    "difference_in_referrals",
    "early_help_not_followed_up",
    "hand_offs",
    "initial_child_protection_conferences",
    "mark_assessed_in_time_from_referral",
    "mark_assessed_in_time_from_start",
    "mark_assessed_not_in_need",
    "mark_assessments",
    "mark_assessments_per_child",
    "mark_caseload",
    "mark_caseload_by_worker",
    "mark_child_protection_plans_ended",
    "mark_child_protection_plans_started",
    "mark_children_in_need",
    "mark_children_subject_to_a_child_protection_plan",
    "mark_children_with_an_allocated_social_worker",
    "mark_conferences_in_time",
    "mark_contacts",
    "mark_conversion",
    "mark_decided_in_time",
    "mark_hand_offs",
    "mark_initial_child_protection_conferences",
    "mark_no_further_action",
    "mark_plans_ended_after_two_years",
    "mark_plans_open_two_years",
    "mark_plans_reviewed_in_time",
    "mark_referrals",
    "mark_referred_after_early_help",
    "mark_rereferrals",
    "mark_second_or_subsequent_plans",
    "mark_second_or_subsequent_plans_within_two_years",
    "mark_section_47_enquiries",
    "mark_seen_in_time",
    "monthly_average",
    "no_further_action",
    "per_10_000",
    "plans_ended_after_two_years",
    "plans_open_two_years",
    "plans_reviewed_in_time",
    "read_children_in_need",
    "read_home_education",
    "read_mid_year_population",
    "read_plans_by_duration",
    "read_population_by_age",
    "read_previous_schools",
    "read_referrals",
    "read_subsequent_plans",
    "referrals",
    "referred_after_early_help",
    "rereferrals",
    "second_or_subsequent_plans",
    "second_or_subsequent_plans_within_two_years",
    "section_47_enquiries",
    "seen_in_time",
    "stage_ratio",
]

_ROOMS = {
    "calculations.assessment_timeliness": (
        "ASSESSED_IN_TIME_FROM_REFERRAL", "ASSESSED_IN_TIME_FROM_START", "ASSESSMENTS_NOT_TIMED",
        "assessed_in_time_from_referral", "assessed_in_time_from_start", "assessments_not_timed",
        "mark_assessed_in_time_from_referral", "mark_assessed_in_time_from_start",
    ),
    "calculations.assessments_per_child": ("ASSESSMENTS_PER_CHILD", "assessments_per_child", "mark_assessments_per_child"),
    "calculations.caseload": (
        "CASES", "HIGHEST_CASELOAD", "MEAN_CASELOAD", "MEDIAN_CASELOAD", "WORKERS_OVER_A_LIMIT", "WORKERS_WITH_CASES",
        "caseload", "caseload_by_worker", "mark_caseload", "mark_caseload_by_worker",
    ),
    "calculations.children_at_a_date": (
        "children_in_need", "children_subject_to_a_child_protection_plan", "children_with_an_allocated_social_worker",
        "mark_children_in_need", "mark_children_subject_to_a_child_protection_plan",
        "mark_children_with_an_allocated_social_worker",
    ),
    "calculations.conference_timeliness": (
        "CONFERENCES_IN_TIME", "CONFERENCES_NOT_TIMED", "conferences_in_time", "conferences_not_timed",
        "mark_conferences_in_time",
    ),
    "calculations.conversion": ("CONVERSION", "IMMATURE_STARTS", "conversion", "mark_conversion"),
    "calculations.counts": ("assessments", "contacts", "mark_assessments", "mark_contacts", "mark_referrals", "referrals"),
    "calculations.difference": ("difference_in_referrals",),
    "calculations.early_help": (
        "EARLY_HELP_NOT_FOLLOWED_UP", "REFERRED_AFTER_EARLY_HELP", "early_help_not_followed_up",
        "mark_referred_after_early_help", "referred_after_early_help",
    ),
    "calculations.enquiries_and_conferences": (
        "initial_child_protection_conferences", "mark_initial_child_protection_conferences", "mark_section_47_enquiries",
        "section_47_enquiries",
    ),
    "calculations.hand_offs": ("CHANGES_OF_TEAM", "CHANGES_OF_WORKER", "HAND_OFFS", "hand_offs", "mark_hand_offs"),
    "calculations.home_education": (
        "HOME_EDUCATED_IN_THE_YEAR", "HOME_EDUCATION_RETURNS_TO_SCHOOL", "HOME_EDUCATION_STARTED",
        "HOME_EDUCATION_STARTED_FROM", "SCHOOL_ATTENDANCE_NOTICES", "SCHOOL_ATTENDANCE_ORDERS",
        "SCHOOL_ATTENDANCE_ORDERS_REVOKED", "read_home_education", "read_previous_schools",
    ),
    "calculations.monthly": ("monthly_average",),
    "calculations.not_due": (
        "CHILDREN_NOT_DUE_TO_BE_SEEN", "DECISIONS_NOT_DUE", "children_not_due_to_be_seen", "decisions_not_due",
    ),
    "calculations.outcomes": (
        "ASSESSED_NOT_IN_NEED", "NO_FURTHER_ACTION", "assessed_not_in_need", "mark_assessed_not_in_need",
        "mark_no_further_action", "no_further_action",
    ),
    "calculations.pathway": (
        "ASSESSMENTS", "CHILDREN_IN_NEED", "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN",
        "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER", "CONTACTS", "INITIAL_CHILD_PROTECTION_CONFERENCES", "PATHWAY",
        "REFERRALS", "SECTION_47_ENQUIRIES", "activity",
    ),
    "calculations.per_10_000": (
        "ASSESSMENTS_PER_10_000", "CHILD_PROTECTION_PLANS_ENDED_PER_10_000", "CHILD_PROTECTION_PLANS_STARTED_PER_10_000",
        "CHILDREN_IN_NEED_PER_10_000", "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000",
        "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000", "CONTACTS_PER_10_000",
        "INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000", "REFERRALS_PER_10_000", "SECTION_47_ENQUIRIES_PER_10_000",
        "per_10_000",
    ),
    "calculations.plan_lengths": (
        "PLANS_ENDED_AFTER_TWO_YEARS", "PLANS_OPEN_TWO_YEARS", "mark_plans_ended_after_two_years",
        "mark_plans_open_two_years", "plans_ended_after_two_years", "plans_open_two_years",
    ),
    "calculations.plan_reviews": ("PLANS_REVIEWED_IN_TIME", "mark_plans_reviewed_in_time", "plans_reviewed_in_time"),
    "calculations.plans": (
        "SECOND_OR_SUBSEQUENT_PLANS", "SECOND_OR_SUBSEQUENT_PLANS_WITHIN_TWO_YEARS", "mark_second_or_subsequent_plans",
        "mark_second_or_subsequent_plans_within_two_years", "second_or_subsequent_plans",
        "second_or_subsequent_plans_within_two_years",
    ),
    "calculations.plans_in_a_period": (
        "CHILD_PROTECTION_PLANS_ENDED", "CHILD_PROTECTION_PLANS_STARTED", "child_protection_plans_ended",
        "child_protection_plans_started", "mark_child_protection_plans_ended", "mark_child_protection_plans_started",
    ),
    "calculations.population": ("CHILDREN_AT_MID_YEAR", "read_mid_year_population", "read_population_by_age"),
    "calculations.published": ("read_children_in_need", "read_plans_by_duration", "read_referrals", "read_subsequent_plans"),
    "calculations.rereferrals": ("REREFERRALS", "mark_rereferrals", "rereferrals"),
    "calculations.stage_ratio": ("STAGE_RATIO", "stage_ratio"),
    "calculations.timeliness": (
        "DECIDED_IN_TIME", "SEEN_IN_TIME", "decided_in_time", "mark_decided_in_time", "mark_seen_in_time", "seen_in_time",
    ),
    "model.early_help": ("DifferenceInReferrals", "EarlyHelpReach", "ReferralGroup"),
    "model.stages": ("DemandIndicator", "Stage", "Timescale"),
    "schema": (
        "Activity", "Allocations", "Assessments", "ChildrenInNeedEpisodes", "Contacts", "EarlyHelpEpisodes",
        "InitialConferences", "MidYearPopulation", "PlanReviews", "ProtectionPlans", "Referrals", "Section47Enquiries",
    ),
    "sources": (
        "CATEGORY_OF_ABUSE_CODES", "CHILDREN_AT_MID_2020_UNREBASED", "CHILDREN_TO_MID_2024", "CLOSURE_REASON_CODES",
        "PRIMARY_NEED_CODES", "REFERRAL_SOURCE_CODES",
    ),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name == "INDICATORS":
            from bucks_cs.indicators import Indicator

            found = (__getattr__(known) for known in __all__ if known.isupper() and known not in {"INDICATORS", "PATHWAY"})
            return tuple(each for each in found if isinstance(each, Indicator))
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
