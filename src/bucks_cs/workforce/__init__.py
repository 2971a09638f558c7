"""The workforce: the social workers in post, those covering for agency, their cases, and the academy that makes new ones.

At 30 September each year DfE counts social workers **in post**, **vacancies**, **agency** workers, **leavers**, the **cases**
held and the days lost to sickness; each rate has a denominator of its own, and FTE and headcount are never mixed. An **academy**
takes in newly qualified social workers for their **assessed and supported year in employment** (ASYE); what remains of a cohort
is **retention**.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.workforce.calculations.absence import (
        ABSENCE_RATE_FTE,
        WORKING_DAYS_LOST,
        absence_rate_fte,
        mark_absence_rate_fte,
        mark_working_days_lost,
        working_days_lost,
    )
    from bucks_cs.workforce.calculations.agency import (
        AGENCY_WORKERS_FTE,
        AGENCY_WORKERS_HEADCOUNT,
        agency_workers_fte,
        agency_workers_headcount,
        mark_agency_workers_fte,
        mark_agency_workers_headcount,
    )
    from bucks_cs.workforce.calculations.agency_cost import break_even_hourly_rate, cost_of_agency_cover, saving_of_filling_posts
    from bucks_cs.workforce.calculations.agency_rates import (
        AGENCY_RATE_FTE,
        AGENCY_RATE_HEADCOUNT,
        agency_rate_fte,
        agency_rate_headcount,
        mark_agency_rate_fte,
        mark_agency_rate_headcount,
    )
    from bucks_cs.workforce.calculations.asye import (
        ASYE_PASSED_IN_TIME,
        ASYE_PROGRESS,
        ASYE_STATES,
        asye_passed_in_time,
        asye_progress,
        mark_asye_passed_in_time,
        mark_asye_progress,
    )
    from bucks_cs.workforce.calculations.caseload import CASELOAD_FTE, caseload_fte, mark_caseload_fte
    from bucks_cs.workforce.calculations.cases_held import (
        CASE_HOLDERS_FTE,
        CASES,
        case_holders_fte,
        cases,
        mark_case_holders_fte,
        mark_cases,
    )
    from bucks_cs.workforce.calculations.expecting import ExpectedInPost, ExpectedOfIntake, expected_in_post
    from bucks_cs.workforce.calculations.in_post import (
        SOCIAL_WORKERS_IN_POST_FTE,
        SOCIAL_WORKERS_IN_POST_HEADCOUNT,
        mark_social_workers_in_post_fte,
        mark_social_workers_in_post_headcount,
        social_workers_in_post_fte,
        social_workers_in_post_headcount,
    )
    from bucks_cs.workforce.calculations.in_service import (
        RETAINED,
        STILL_IN_SERVICE,
        mark_retained,
        mark_still_in_service,
        retained,
        still_in_service,
    )
    from bucks_cs.workforce.calculations.leaving import (
        LEAVERS_FTE,
        LEAVERS_HEADCOUNT,
        leavers_fte,
        leavers_headcount,
        mark_leavers_fte,
        mark_leavers_headcount,
    )
    from bucks_cs.workforce.calculations.needing import (
        CASE_HOLDERS_SHORT,
        SOCIAL_WORKERS_NEEDED,
        case_holders_short,
        social_workers_needed,
    )
    from bucks_cs.workforce.calculations.published import read_social_work_workforce
    from bucks_cs.workforce.calculations.rate_checks import RateCheck, RateChecks
    from bucks_cs.workforce.calculations.recomputed import recomputed_rates
    from bucks_cs.workforce.calculations.retaining import Retention, retention
    from bucks_cs.workforce.calculations.sharing_out import (
        EXACT_SHARE_OF_SOCIAL_WORKERS,
        SOCIAL_WORKERS_SHARED_OUT,
        exact_share,
        share_out,
    )
    from bucks_cs.workforce.calculations.standing import (
        ACADEMY_STANDING,
        STANDINGS,
        academy_cohort,
        academy_standing,
        mark_academy_standing,
    )
    from bucks_cs.workforce.calculations.starting import (
        STARTERS_FTE,
        STARTERS_HEADCOUNT,
        mark_starters_fte,
        mark_starters_headcount,
        starters_fte,
        starters_headcount,
    )
    from bucks_cs.workforce.calculations.surviving import SURVIVAL, SURVIVAL_AT_RISK, SURVIVAL_LEFT, mark_survival, survival
    from bucks_cs.workforce.calculations.turnover import (
        TURNOVER_RATE_FTE,
        TURNOVER_RATE_HEADCOUNT,
        mark_turnover_rate_fte,
        mark_turnover_rate_headcount,
        turnover_rate_fte,
        turnover_rate_headcount,
    )
    from bucks_cs.workforce.calculations.vacancies import (
        AGENCY_COVER_FTE,
        VACANCIES_FTE,
        VACANCY_AGENCY_COVER_RATE_FTE,
        agency_cover_fte,
        vacancies_fte,
        vacancy_agency_cover_rate_fte,
    )
    from bucks_cs.workforce.calculations.vacancy_rates import (
        AGENCY_COVER_RATE_FTE,
        VACANCY_RATE_FTE,
        agency_cover_rate_fte,
        vacancy_rate_fte,
    )
    from bucks_cs.workforce.model.academy import AcademyCohort, CohortStatus, Qualification
    from bucks_cs.workforce.model.agency_terms import AgencyTerms, CostOfCover, EmploymentTerms, SavingOfFilling
    from bucks_cs.workforce.model.allocation import SharingMethod, Weighting
    from bucks_cs.workforce.model.needed import WorkersNeeded
    from bucks_cs.workforce.model.survival_curve import BeyondLastMonth, SurvivalCurve, SurvivalPoint
    from bucks_cs.workforce.model.workers import WorkerRange
    from bucks_cs.workforce.schema.academy_members import AcademyMembers, AssessedYears
    from bucks_cs.workforce.schema.localities import Localities
    from bucks_cs.workforce.schema.social_workers import SocialWorkers
    from bucks_cs.workforce.schema.vacancies import Vacancies
    from bucks_cs.workforce.sources.academy import ACADEMY_LENGTH, ASYE_LENGTH, ASYE_OUTCOME_CODES
    from bucks_cs.workforce.sources.capacity import AGENCY_RULES, INDICES_OF_DEPRIVATION_2025, NO_CASELOAD_LIMIT
    from bucks_cs.workforce.sources.codes import REASON_FOR_LEAVING_CODES, ROLE_CODES
    from bucks_cs.workforce.sources.publications import (
        CENSUS_GUIDE,
        CENSUS_SCHEMA,
        INTERACTIVE_TOOL,
        METHODOLOGY,
        WORKFORCE_STATISTICS,
    )
    from bucks_cs.workforce.sources.working_days import WORKING_DAYS_OF_A_YEAR, WorkingDaysOfAYear

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "ABSENCE_RATE_FTE",
    "ACADEMY_LENGTH",
    "ACADEMY_STANDING",
    "AGENCY_COVER_FTE",
    "AGENCY_COVER_RATE_FTE",
    "AGENCY_RATE_FTE",
    "AGENCY_RATE_HEADCOUNT",
    "AGENCY_RULES",
    "AGENCY_WORKERS_FTE",
    "AGENCY_WORKERS_HEADCOUNT",
    "ASYE_LENGTH",
    "ASYE_OUTCOME_CODES",
    "ASYE_PASSED_IN_TIME",
    "ASYE_PROGRESS",
    "ASYE_STATES",
    "CASE_HOLDERS_FTE",
    "CASE_HOLDERS_SHORT",
    "CASELOAD_FTE",
    "CASES",
    "CENSUS_GUIDE",
    "CENSUS_SCHEMA",
    "EXACT_SHARE_OF_SOCIAL_WORKERS",
    "INDICATORS",
    "INDICES_OF_DEPRIVATION_2025",
    "INTERACTIVE_TOOL",
    "LEAVERS_FTE",
    "LEAVERS_HEADCOUNT",
    "METHODOLOGY",
    "NO_CASELOAD_LIMIT",
    "REASON_FOR_LEAVING_CODES",
    "RETAINED",
    "ROLE_CODES",
    "SOCIAL_WORKERS_IN_POST_FTE",
    "SOCIAL_WORKERS_IN_POST_HEADCOUNT",
    "SOCIAL_WORKERS_NEEDED",
    "SOCIAL_WORKERS_SHARED_OUT",
    "STANDINGS",
    "STARTERS_FTE",
    "STARTERS_HEADCOUNT",
    "STILL_IN_SERVICE",
    "SURVIVAL",
    "SURVIVAL_AT_RISK",
    "SURVIVAL_LEFT",
    "TURNOVER_RATE_FTE",
    "TURNOVER_RATE_HEADCOUNT",
    "VACANCIES_FTE",
    "VACANCY_AGENCY_COVER_RATE_FTE",
    "VACANCY_RATE_FTE",
    "WORKFORCE_STATISTICS",
    "WORKING_DAYS_LOST",
    "WORKING_DAYS_OF_A_YEAR",
    "AcademyCohort",
    "AcademyMembers",
    "AgencyTerms",
    "AssessedYears",
    "BeyondLastMonth",
    "CohortStatus",
    "CostOfCover",
    "EmploymentTerms",
    "ExpectedInPost",
    "ExpectedOfIntake",
    "Localities",
    "Qualification",
    "RateCheck",
    "RateChecks",
    "Retention",
    "SavingOfFilling",
    "SharingMethod",
    "SocialWorkers",
    "SurvivalCurve",
    "SurvivalPoint",
    "Vacancies",
    "Weighting",
    "WorkerRange",
    "WorkersNeeded",
    "WorkingDaysOfAYear",
    "absence_rate_fte",
    "academy_cohort",
    "academy_standing",
    "agency_cover_fte",
    "agency_cover_rate_fte",
    "agency_rate_fte",
    "agency_rate_headcount",
    "agency_workers_fte",
    "agency_workers_headcount",
    "asye_passed_in_time",
    "asye_progress",
    "break_even_hourly_rate",
    "case_holders_fte",
    "case_holders_short",
    "caseload_fte",
    "cases",
    "cost_of_agency_cover",
    "exact_share",
    "expected_in_post",
    "leavers_fte",
    "leavers_headcount",
    "mark_absence_rate_fte",
    "mark_academy_standing",
    "mark_agency_rate_fte",
    "mark_agency_rate_headcount",
    "mark_agency_workers_fte",
    "mark_agency_workers_headcount",
    "mark_asye_passed_in_time",
    "mark_asye_progress",
    "mark_case_holders_fte",
    "mark_caseload_fte",
    "mark_cases",
    "mark_leavers_fte",
    "mark_leavers_headcount",
    "mark_retained",
    "mark_social_workers_in_post_fte",
    "mark_social_workers_in_post_headcount",
    "mark_starters_fte",
    "mark_starters_headcount",
    "mark_still_in_service",
    "mark_survival",
    "mark_turnover_rate_fte",
    "mark_turnover_rate_headcount",
    "mark_working_days_lost",
    "read_social_work_workforce",
    "recomputed_rates",
    "retained",
    "retention",
    "saving_of_filling_posts",
    "share_out",
    "social_workers_in_post_fte",
    "social_workers_in_post_headcount",
    "social_workers_needed",
    "starters_fte",
    "starters_headcount",
    "still_in_service",
    "survival",
    "turnover_rate_fte",
    "turnover_rate_headcount",
    "vacancies_fte",
    "vacancy_agency_cover_rate_fte",
    "vacancy_rate_fte",
    "working_days_lost",
]

_ROOMS = {
    "calculations.absence": (
        "ABSENCE_RATE_FTE", "WORKING_DAYS_LOST", "absence_rate_fte", "mark_absence_rate_fte", "mark_working_days_lost",
        "working_days_lost",
    ),
    "calculations.agency": (
        "AGENCY_WORKERS_FTE", "AGENCY_WORKERS_HEADCOUNT", "agency_workers_fte", "agency_workers_headcount",
        "mark_agency_workers_fte", "mark_agency_workers_headcount",
    ),
    "calculations.agency_cost": ("break_even_hourly_rate", "cost_of_agency_cover", "saving_of_filling_posts"),
    "calculations.agency_rates": (
        "AGENCY_RATE_FTE", "AGENCY_RATE_HEADCOUNT", "agency_rate_fte", "agency_rate_headcount", "mark_agency_rate_fte",
        "mark_agency_rate_headcount",
    ),
    "calculations.asye": (
        "ASYE_PASSED_IN_TIME", "ASYE_PROGRESS", "ASYE_STATES", "asye_passed_in_time", "asye_progress",
        "mark_asye_passed_in_time", "mark_asye_progress",
    ),
    "calculations.caseload": ("CASELOAD_FTE", "caseload_fte", "mark_caseload_fte"),
    "calculations.cases_held": ("CASE_HOLDERS_FTE", "CASES", "case_holders_fte", "cases", "mark_case_holders_fte", "mark_cases"),
    "calculations.expecting": ("ExpectedInPost", "ExpectedOfIntake", "expected_in_post"),
    "calculations.in_post": (
        "SOCIAL_WORKERS_IN_POST_FTE", "SOCIAL_WORKERS_IN_POST_HEADCOUNT", "mark_social_workers_in_post_fte",
        "mark_social_workers_in_post_headcount", "social_workers_in_post_fte", "social_workers_in_post_headcount",
    ),
    "calculations.in_service": (
        "RETAINED", "STILL_IN_SERVICE", "mark_retained", "mark_still_in_service", "retained", "still_in_service",
    ),
    "calculations.leaving": (
        "LEAVERS_FTE", "LEAVERS_HEADCOUNT", "leavers_fte", "leavers_headcount", "mark_leavers_fte", "mark_leavers_headcount",
    ),
    "calculations.needing": ("CASE_HOLDERS_SHORT", "SOCIAL_WORKERS_NEEDED", "case_holders_short", "social_workers_needed"),
    "calculations.published": ("read_social_work_workforce",),
    "calculations.rate_checks": ("RateCheck", "RateChecks"),
    "calculations.recomputed": ("recomputed_rates",),
    "calculations.retaining": ("Retention", "retention"),
    "calculations.sharing_out": ("EXACT_SHARE_OF_SOCIAL_WORKERS", "SOCIAL_WORKERS_SHARED_OUT", "exact_share", "share_out"),
    "calculations.standing": ("ACADEMY_STANDING", "STANDINGS", "academy_cohort", "academy_standing", "mark_academy_standing"),
    "calculations.starting": (
        "STARTERS_FTE", "STARTERS_HEADCOUNT", "mark_starters_fte", "mark_starters_headcount", "starters_fte",
        "starters_headcount",
    ),
    "calculations.surviving": ("SURVIVAL", "SURVIVAL_AT_RISK", "SURVIVAL_LEFT", "mark_survival", "survival"),
    "calculations.turnover": (
        "TURNOVER_RATE_FTE", "TURNOVER_RATE_HEADCOUNT", "mark_turnover_rate_fte", "mark_turnover_rate_headcount",
        "turnover_rate_fte", "turnover_rate_headcount",
    ),
    "calculations.vacancies": (
        "AGENCY_COVER_FTE", "VACANCIES_FTE", "VACANCY_AGENCY_COVER_RATE_FTE", "agency_cover_fte", "vacancies_fte",
        "vacancy_agency_cover_rate_fte",
    ),
    "calculations.vacancy_rates": ("AGENCY_COVER_RATE_FTE", "VACANCY_RATE_FTE", "agency_cover_rate_fte", "vacancy_rate_fte"),
    "model.academy": ("AcademyCohort", "CohortStatus", "Qualification"),
    "model.agency_terms": ("AgencyTerms", "CostOfCover", "EmploymentTerms", "SavingOfFilling"),
    "model.allocation": ("SharingMethod", "Weighting"),
    "model.needed": ("WorkersNeeded",),
    "model.survival_curve": ("BeyondLastMonth", "SurvivalCurve", "SurvivalPoint"),
    "model.workers": ("WorkerRange",),
    "schema.academy_members": ("AcademyMembers", "AssessedYears"),
    "schema.localities": ("Localities",),
    "schema.social_workers": ("SocialWorkers",),
    "schema.vacancies": ("Vacancies",),
    "sources.academy": ("ACADEMY_LENGTH", "ASYE_LENGTH", "ASYE_OUTCOME_CODES"),
    "sources.capacity": ("AGENCY_RULES", "INDICES_OF_DEPRIVATION_2025", "NO_CASELOAD_LIMIT"),
    "sources.codes": ("REASON_FOR_LEAVING_CODES", "ROLE_CODES"),
    "sources.publications": ("CENSUS_GUIDE", "CENSUS_SCHEMA", "INTERACTIVE_TOOL", "METHODOLOGY", "WORKFORCE_STATISTICS"),
    "sources.working_days": ("WORKING_DAYS_OF_A_YEAR", "WorkingDaysOfAYear"),
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
