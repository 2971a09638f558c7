"""Education, health and care plans: how many, for what need, and how soon.

A parent, a young person or a school makes a **request for an EHC needs assessment**; within 6 weeks the authority decides
whether to assess, by 16 weeks it says if no plan is to be issued, and within 20 weeks of the request the **final plan** is sent,
unless one of the **exceptions** of the regulations applies. A plan names a **primary need**, is **reviewed** each year, and is
maintained until it **ceases**. An `EHCPCohort` is the plans maintained in an area at a date.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.ehcp.calculations.ages_of_open_requests import (
        AGE_OF_OPEN_REQUESTS_MEAN,
        AGE_OF_OPEN_REQUESTS_MEDIAN,
        AGE_OF_OPEN_REQUESTS_PERCENTILE,
        age_of_open_requests_mean,
        age_of_open_requests_median,
        age_of_open_requests_percentile,
    )
    from bucks_cs.ehcp.calculations.assessment_outcomes import (
        PLANS_AFTER_ASSESSMENT,
        mark_plans_after_assessment,
        plans_after_assessment,
    )
    from bucks_cs.ehcp.calculations.bands import (
        ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS,
        ISSUED_BY_BAND_INCLUDING_EXCEPTIONS,
        WEEKS_BANDS,
        issued_by_band_excluding_exceptions,
        issued_by_band_including_exceptions,
        mark_issued_by_band_excluding_exceptions,
        mark_issued_by_band_including_exceptions,
    )
    from bucks_cs.ehcp.calculations.ceasing import (
        CEASED,
        CEASED_BY_REASON,
        NO_REASON,
        ceased,
        ceased_by_reason,
        mark_ceased,
        mark_ceased_by_reason,
    )
    from bucks_cs.ehcp.calculations.clearing import Between, Cleared, backlog_left, cleared, clearing_rate
    from bucks_cs.ehcp.calculations.cohort_growth import growth, growth_by
    from bucks_cs.ehcp.calculations.cohort_shares import SHARE_OF_PLANS, change_in_share, share_of_plans
    from bucks_cs.ehcp.calculations.compounding import compound_growth, years_between, years_to_double
    from bucks_cs.ehcp.calculations.contributions import CONTRIBUTION_TO_GROWTH, contribution_to_growth
    from bucks_cs.ehcp.calculations.decisions import (
        DECIDED_IN_SIX_WEEKS,
        NO_PLAN_IN_SIXTEEN_WEEKS,
        decided_in_six_weeks,
        mark_decided_in_six_weeks,
        mark_no_plan_in_sixteen_weeks,
        no_plan_in_sixteen_weeks,
    )
    from bucks_cs.ehcp.calculations.joining import journeys
    from bucks_cs.ehcp.calculations.lateness import (
        AGES_OF_REQUESTS,
        OPEN_REQUESTS_BY_AGE,
        OVERDUE_REQUESTS,
        mark_overdue_requests,
        open_requests_by_age,
        overdue_requests,
    )
    from bucks_cs.ehcp.calculations.per_1_000 import PREVALENCE, prevalence, prevalence_by_area
    from bucks_cs.ehcp.calculations.plans_at_a_date import NEW_PLANS, mark_new_plans, mark_plans, new_plans, plans
    from bucks_cs.ehcp.calculations.printed_growth import implied_earlier
    from bucks_cs.ehcp.calculations.projections.ceased_ahead import project_ceased
    from bucks_cs.ehcp.calculations.projections.errors_made import (
        MEDIAN_PROJECTION_ERROR,
        MEDIAN_PROJECTION_ERROR_PERCENT,
        PROJECTION_COVERED,
        PROJECTION_ERROR,
        PROJECTION_ERROR_PERCENT,
    )
    from bucks_cs.ehcp.calculations.projections.looking_back import back_test
    from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod
    from bucks_cs.ehcp.calculations.projections.projecting import project
    from bucks_cs.ehcp.calculations.projections.summing_up import summarise_back_test
    from bucks_cs.ehcp.calculations.published import read_assessments, read_requests, read_sen2_mi, read_timeliness
    from bucks_cs.ehcp.calculations.published_bands import read_timeliness_bands
    from bucks_cs.ehcp.calculations.published_plans import read_caseload, read_needs
    from bucks_cs.ehcp.calculations.request_outcomes import ASSESSED, REFUSED, assessed, mark_assessed, mark_refused, refused
    from bucks_cs.ehcp.calculations.requests_received import REQUESTS, mark_requests, requests
    from bucks_cs.ehcp.calculations.review_decisions import (
        REVIEW_DECISIONS_IN_TIME,
        REVIEW_DECISIONS_NOT_DUE,
        mark_review_decisions_in_time,
        review_decisions_in_time,
        review_decisions_not_due,
    )
    from bucks_cs.ehcp.calculations.reviews import (
        REVIEWS_IN_TIME,
        REVIEWS_NOT_DUE,
        mark_reviews_in_time,
        reviews_in_time,
        reviews_not_due,
    )
    from bucks_cs.ehcp.calculations.small_base import SMALL_BASE
    from bucks_cs.ehcp.calculations.timeliness import (
        ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
        ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
        issued_in_time_excluding_exceptions,
        issued_in_time_including_exceptions,
        mark_issued_in_time_excluding_exceptions,
        mark_issued_in_time_including_exceptions,
    )
    from bucks_cs.ehcp.calculations.waiting import OPEN_REQUESTS, mark_open_requests, open_requests
    from bucks_cs.ehcp.calculations.weeks_taken import (
        WEEKS_TAKEN_MEAN,
        WEEKS_TAKEN_MEDIAN,
        WEEKS_TAKEN_PERCENTILE,
        mark_weeks_taken,
        weeks_taken_mean,
        weeks_taken_median,
        weeks_taken_percentile,
    )
    from bucks_cs.ehcp.model.breakdown import Parts, Rest
    from bucks_cs.ehcp.model.clock import Plan
    from bucks_cs.ehcp.model.cohort import BREAKDOWNS, EHCPCohort
    from bucks_cs.ehcp.model.exceptions import ExceptionApplied, ExceptionToTheLimit
    from bucks_cs.ehcp.model.implied_cohort import ImpliedCohort
    from bucks_cs.ehcp.model.needs import Phase, PrimaryNeed
    from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, ChangedBy, ChangeOfDecision, RequestOutcome
    from bucks_cs.ehcp.model.plans_maintained import PLANS
    from bucks_cs.ehcp.model.stages import Deadline, Stage, Standing
    from bucks_cs.ehcp.schema import Assessments, Journeys, Plans, Requests
    from bucks_cs.ehcp.schema.plans_by_age import CeasedByAge, NewPlansByAge, PlansByAge
    from bucks_cs.ehcp.schema.reviews import Reviews
    from bucks_cs.ehcp.schema.survey_days import SURVEY_DAYS
    from bucks_cs.ehcp.sources import (
        ASSESSMENT_OUTCOME_CODES,
        CEASE_REASON_CODES,
        EHC_PLANS,
        NEED_CODES,
        NO_PLAN_LIMIT,
        PLAN_LIMIT,
        PUBLISHED_AS,
        REQUEST_LIMIT,
        REQUEST_OUTCOME_CODES,
        REVIEW_DECISION_LIMIT,
        REVIEW_LIMIT,
        REVIEW_OUTCOME_CODES,
        SETTING_CODES,
        SUSPENSION,
        WEEK20_CODES,
    )
    from bucks_cs.indicators import Indicator

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "AGE_OF_OPEN_REQUESTS_MEAN",
    "AGE_OF_OPEN_REQUESTS_MEDIAN",
    "AGE_OF_OPEN_REQUESTS_PERCENTILE",
    "AGES_OF_REQUESTS",
    "ASSESSED",
    "ASSESSMENT_OUTCOME_CODES",
    "BREAKDOWNS",
    "CEASE_REASON_CODES",
    "CEASED",
    "CEASED_BY_REASON",
    "CONTRIBUTION_TO_GROWTH",
    "DECIDED_IN_SIX_WEEKS",
    "EHC_PLANS",
    "INDICATORS",
    "ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS",
    "ISSUED_BY_BAND_INCLUDING_EXCEPTIONS",
    "ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS",
    "ISSUED_IN_TIME_INCLUDING_EXCEPTIONS",
    "MEDIAN_PROJECTION_ERROR",
    "MEDIAN_PROJECTION_ERROR_PERCENT",
    "NEED_CODES",
    "NEW_PLANS",
    "NO_PLAN_IN_SIXTEEN_WEEKS",
    "NO_PLAN_LIMIT",
    "NO_REASON",
    "OPEN_REQUESTS",
    "OPEN_REQUESTS_BY_AGE",
    "OVERDUE_REQUESTS",
    "PLAN_LIMIT",
    "PLANS",
    "PLANS_AFTER_ASSESSMENT",
    "PREVALENCE",
    "PROJECTION_COVERED",
    "PROJECTION_ERROR",
    "PROJECTION_ERROR_PERCENT",
    "PUBLISHED_AS",
    "REFUSED",
    "REQUEST_LIMIT",
    "REQUEST_OUTCOME_CODES",
    "REQUESTS",
    "REVIEW_DECISION_LIMIT",
    "REVIEW_DECISIONS_IN_TIME",
    "REVIEW_DECISIONS_NOT_DUE",
    "REVIEW_LIMIT",
    "REVIEW_OUTCOME_CODES",
    "REVIEWS_IN_TIME",
    "REVIEWS_NOT_DUE",
    "SETTING_CODES",
    "SHARE_OF_PLANS",
    "SMALL_BASE",
    "SURVEY_DAYS",
    "SUSPENSION",
    "WEEK20_CODES",
    "WEEKS_BANDS",
    "WEEKS_TAKEN_MEAN",
    "WEEKS_TAKEN_MEDIAN",
    "WEEKS_TAKEN_PERCENTILE",
    "AssessmentOutcome",
    "Assessments",
    "Between",
    "CeasedByAge",
    "ChangedBy",
    "ChangeOfDecision",
    "Cleared",
    "Deadline",
    "EHCPCohort",
    "ExceptionApplied",
    "ExceptionToTheLimit",
    "ImpliedCohort",
    "Journeys",
    "NewPlansByAge",
    "Parts",
    "Phase",
    "Plan",
    "Plans",
    "PlansByAge",
    "PrimaryNeed",
    "ProjectionMethod",
    "RequestOutcome",
    "Requests",
    "Rest",
    "Reviews",
    "Stage",
    "Standing",
    "age_of_open_requests_mean",
    "age_of_open_requests_median",
    "age_of_open_requests_percentile",
    "assessed",
    "back_test",
    "backlog_left",
    "ceased",
    "ceased_by_reason",
    "change_in_share",
    "cleared",
    "clearing_rate",
    "compound_growth",
    "contribution_to_growth",
    "decided_in_six_weeks",
    "growth",
    "growth_by",
    "implied_earlier",
    "issued_by_band_excluding_exceptions",
    "issued_by_band_including_exceptions",
    "issued_in_time_excluding_exceptions",
    "issued_in_time_including_exceptions",
    "journeys",
    "mark_assessed",
    "mark_ceased",
    "mark_ceased_by_reason",
    "mark_decided_in_six_weeks",
    "mark_issued_by_band_excluding_exceptions",
    "mark_issued_by_band_including_exceptions",
    "mark_issued_in_time_excluding_exceptions",
    "mark_issued_in_time_including_exceptions",
    "mark_new_plans",
    "mark_no_plan_in_sixteen_weeks",
    "mark_open_requests",
    "mark_overdue_requests",
    "mark_plans",
    "mark_plans_after_assessment",
    "mark_refused",
    "mark_requests",
    "mark_review_decisions_in_time",
    "mark_reviews_in_time",
    "mark_weeks_taken",
    "new_plans",
    "no_plan_in_sixteen_weeks",
    "open_requests",
    "open_requests_by_age",
    "overdue_requests",
    "plans",
    "plans_after_assessment",
    "prevalence",
    "prevalence_by_area",
    "project",
    "project_ceased",
    "read_assessments",
    "read_caseload",
    "read_needs",
    "read_requests",
    "read_sen2_mi",
    "read_timeliness",
    "read_timeliness_bands",
    "refused",
    "requests",
    "review_decisions_in_time",
    "review_decisions_not_due",
    "reviews_in_time",
    "reviews_not_due",
    "share_of_plans",
    "summarise_back_test",
    "weeks_taken_mean",
    "weeks_taken_median",
    "weeks_taken_percentile",
    "years_between",
    "years_to_double",
]

_ROOMS = {
    "calculations.ages_of_open_requests": (
        "AGE_OF_OPEN_REQUESTS_MEAN", "AGE_OF_OPEN_REQUESTS_MEDIAN", "AGE_OF_OPEN_REQUESTS_PERCENTILE",
        "age_of_open_requests_mean", "age_of_open_requests_median", "age_of_open_requests_percentile",
    ),
    "calculations.assessment_outcomes": ("PLANS_AFTER_ASSESSMENT", "mark_plans_after_assessment", "plans_after_assessment"),
    "calculations.bands": (
        "ISSUED_BY_BAND_EXCLUDING_EXCEPTIONS", "ISSUED_BY_BAND_INCLUDING_EXCEPTIONS", "WEEKS_BANDS",
        "issued_by_band_excluding_exceptions", "issued_by_band_including_exceptions",
        "mark_issued_by_band_excluding_exceptions", "mark_issued_by_band_including_exceptions",
    ),
    "calculations.ceasing": (
        "CEASED", "CEASED_BY_REASON", "NO_REASON", "ceased", "ceased_by_reason", "mark_ceased", "mark_ceased_by_reason",
    ),
    "calculations.clearing": ("Between", "Cleared", "backlog_left", "cleared", "clearing_rate"),
    "calculations.cohort_growth": ("growth", "growth_by"),
    "calculations.cohort_shares": ("SHARE_OF_PLANS", "change_in_share", "share_of_plans"),
    "calculations.compounding": ("compound_growth", "years_between", "years_to_double"),
    "calculations.contributions": ("CONTRIBUTION_TO_GROWTH", "contribution_to_growth"),
    "calculations.decisions": (
        "DECIDED_IN_SIX_WEEKS", "NO_PLAN_IN_SIXTEEN_WEEKS", "decided_in_six_weeks", "mark_decided_in_six_weeks",
        "mark_no_plan_in_sixteen_weeks", "no_plan_in_sixteen_weeks",
    ),
    "calculations.joining": ("journeys",),
    "calculations.lateness": (
        "AGES_OF_REQUESTS", "OPEN_REQUESTS_BY_AGE", "OVERDUE_REQUESTS", "mark_overdue_requests", "open_requests_by_age",
        "overdue_requests",
    ),
    "calculations.per_1_000": ("PREVALENCE", "prevalence", "prevalence_by_area"),
    "calculations.plans_at_a_date": ("NEW_PLANS", "mark_new_plans", "mark_plans", "new_plans", "plans"),
    "calculations.printed_growth": ("implied_earlier",),
    "calculations.projections.ceased_ahead": ("project_ceased",),
    "calculations.projections.errors_made": (
        "MEDIAN_PROJECTION_ERROR", "MEDIAN_PROJECTION_ERROR_PERCENT", "PROJECTION_COVERED", "PROJECTION_ERROR",
        "PROJECTION_ERROR_PERCENT",
    ),
    "calculations.projections.looking_back": ("back_test",),
    "calculations.projections.methods": ("ProjectionMethod",),
    "calculations.projections.projecting": ("project",),
    "calculations.projections.summing_up": ("summarise_back_test",),
    "calculations.published": ("read_assessments", "read_requests", "read_sen2_mi", "read_timeliness"),
    "calculations.published_bands": ("read_timeliness_bands",),
    "calculations.published_plans": ("read_caseload", "read_needs"),
    "calculations.request_outcomes": ("ASSESSED", "REFUSED", "assessed", "mark_assessed", "mark_refused", "refused"),
    "calculations.requests_received": ("REQUESTS", "mark_requests", "requests"),
    "calculations.review_decisions": (
        "REVIEW_DECISIONS_IN_TIME", "REVIEW_DECISIONS_NOT_DUE", "mark_review_decisions_in_time", "review_decisions_in_time",
        "review_decisions_not_due",
    ),
    "calculations.reviews": ("REVIEWS_IN_TIME", "REVIEWS_NOT_DUE", "mark_reviews_in_time", "reviews_in_time", "reviews_not_due"),
    "calculations.small_base": ("SMALL_BASE",),
    "calculations.timeliness": (
        "ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS", "ISSUED_IN_TIME_INCLUDING_EXCEPTIONS", "issued_in_time_excluding_exceptions",
        "issued_in_time_including_exceptions", "mark_issued_in_time_excluding_exceptions",
        "mark_issued_in_time_including_exceptions",
    ),
    "calculations.waiting": ("OPEN_REQUESTS", "mark_open_requests", "open_requests"),
    "calculations.weeks_taken": (
        "WEEKS_TAKEN_MEAN", "WEEKS_TAKEN_MEDIAN", "WEEKS_TAKEN_PERCENTILE", "mark_weeks_taken", "weeks_taken_mean",
        "weeks_taken_median", "weeks_taken_percentile",
    ),
    "model.breakdown": ("Parts", "Rest"),
    "model.clock": ("Plan",),
    "model.cohort": ("BREAKDOWNS", "EHCPCohort"),
    "model.exceptions": ("ExceptionApplied", "ExceptionToTheLimit"),
    "model.implied_cohort": ("ImpliedCohort",),
    "model.needs": ("Phase", "PrimaryNeed"),
    "model.outcomes": ("AssessmentOutcome", "ChangedBy", "ChangeOfDecision", "RequestOutcome"),
    "model.plans_maintained": ("PLANS",),
    "model.stages": ("Deadline", "Stage", "Standing"),
    "schema": ("Assessments", "Journeys", "Plans", "Requests"),
    "schema.plans_by_age": ("CeasedByAge", "NewPlansByAge", "PlansByAge"),
    "schema.reviews": ("Reviews",),
    "schema.survey_days": ("SURVEY_DAYS",),
    "sources": (
        "ASSESSMENT_OUTCOME_CODES", "CEASE_REASON_CODES", "EHC_PLANS", "NEED_CODES", "NO_PLAN_LIMIT", "PLAN_LIMIT",
        "PUBLISHED_AS", "REQUEST_LIMIT", "REQUEST_OUTCOME_CODES", "REVIEW_DECISION_LIMIT", "REVIEW_LIMIT",
        "REVIEW_OUTCOME_CODES", "SETTING_CODES", "SUSPENSION", "WEEK20_CODES",
    ),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name == "INDICATORS":
            from bucks_cs.indicators import Indicator

            found = (__getattr__(known) for known in __all__ if known.isupper() and known != "INDICATORS")
            return tuple(each for each in found if isinstance(each, Indicator))
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
