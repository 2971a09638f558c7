"""Inspections: outcomes in the scale of their own regime, what changed, and what is due.

Ofsted has judged authorities, areas and schools under one **regime** after another, each with its own judgements and grades. An
`InspectionOutcome` keeps to its regime: grades of two regimes are never one scale, and a comparison across them is refused.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.inspections.calculations.among_areas import PlaceAmongAreas, place_among_areas
    from bucks_cs.inspections.calculations.change import Direction, JudgementChange, OutcomeChange, compare, direction, directions
    from bucks_cs.inspections.calculations.due import NextInspection, action_plan_due, next_inspections, time_since
    from bucks_cs.inspections.calculations.moving import mark_movement, movement
    from bucks_cs.inspections.calculations.outcome_frames import frame_of, outcomes_of
    from bucks_cs.inspections.calculations.progress import (
        ActionProgress,
        Against,
        KPIProgress,
        PlanProgress,
        Progress,
        Travel,
        plan_progress,
    )
    from bucks_cs.inspections.calculations.published_area_send import area_send_of_ended_areas, read_area_send
    from bucks_cs.inspections.calculations.published_local_authorities import read_local_authority_outcomes
    from bucks_cs.inspections.calculations.published_schools import read_schools_by_authority
    from bucks_cs.inspections.calculations.school_indicators import (
        PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS,
        SCHOOLS_GOOD,
        SCHOOLS_GOOD_OR_OUTSTANDING,
        SCHOOLS_INADEQUATE,
        SCHOOLS_MOVED,
        SCHOOLS_NOT_GRADED,
        SCHOOLS_OUTSTANDING,
        SCHOOLS_REQUIRES_IMPROVEMENT,
    )
    from bucks_cs.inspections.calculations.shares_of_pupils import (
        mark_pupils_in_good_or_outstanding_schools,
        pupils_in_good_or_outstanding_schools,
    )
    from bucks_cs.inspections.calculations.shares_of_schools import (
        mark_schools_good_or_outstanding,
        mark_schools_not_graded,
        schools_good_or_outstanding,
        schools_not_graded,
    )
    from bucks_cs.inspections.calculations.spreading import AREAS_BY_GRADE, distribution, mark_distribution
    from bucks_cs.inspections.calculations.timelines import Standing, Timeline, timeline
    from bucks_cs.inspections.model.dates import DatesAsGiven
    from bucks_cs.inspections.model.files_read import OutcomesRead, RefusedRow
    from bucks_cs.inspections.model.interventions import Intervention, InterventionKind
    from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family, Judgement, Regime
    from bucks_cs.inspections.model.movements import Movement
    from bucks_cs.inspections.model.outcome import InspectionOutcome, Judged
    from bucks_cs.inspections.model.plans import KPI, Action, ActionPlan, ActionStatus, StatusAt
    from bucks_cs.inspections.model.recommendations import AreaOfWeakness, Recommendation
    from bucks_cs.inspections.model.regimes import (
        AREA_SEND_2016,
        AREA_SEND_2023,
        CHILDRENS_HOME_SCCIF,
        ILACS,
        REGIMES,
        SCHOOL_FOUR_GRADES,
        SCHOOL_KEY_JUDGEMENTS,
        SCHOOL_REPORT_CARD,
        SCHOOL_UNGRADED_FROM_2024,
        SCHOOL_UNGRADED_TO_2024,
        SINGLE_INSPECTION_FRAMEWORK,
        regime_of,
        regimes_on,
    )
    from bucks_cs.inspections.model.scales import Grade, NoGrade, Scale
    from bucks_cs.inspections.model.school_shares import ShareOfPupils, ShareOfSchools
    from bucks_cs.inspections.schema.judgements import Judgements
    from bucks_cs.inspections.schema.ofsted_headings import LocalAuthoritySheet
    from bucks_cs.inspections.schema.schools import Reinspections, Schools
    from bucks_cs.inspections.sources.cycles import CYCLES, PLAN_LIMIT, STATEMENT_LIMIT, Cycle
    from bucks_cs.inspections.sources.publications import AREA_SEND_OUTCOMES_2023, AREA_SEND_OUTCOMES_TO_2022, ILACS_OUTCOMES
    from bucks_cs.inspections.sources.schools import SCHOOLS_BY_GRADE

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "AREA_SEND_2016",
    "AREA_SEND_2023",
    "AREA_SEND_OUTCOMES_2023",
    "AREA_SEND_OUTCOMES_TO_2022",
    "AREAS_BY_GRADE",
    "CHILDRENS_HOME_SCCIF",
    "CYCLES",
    "ILACS",
    "ILACS_OUTCOMES",
    "INDICATORS",
    "KPI",
    "PLAN_LIMIT",
    "PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS",
    "REGIMES",
    "SCHOOL_FOUR_GRADES",
    "SCHOOL_KEY_JUDGEMENTS",
    "SCHOOL_REPORT_CARD",
    "SCHOOL_UNGRADED_FROM_2024",
    "SCHOOL_UNGRADED_TO_2024",
    "SCHOOLS_BY_GRADE",
    "SCHOOLS_GOOD",
    "SCHOOLS_GOOD_OR_OUTSTANDING",
    "SCHOOLS_INADEQUATE",
    "SCHOOLS_MOVED",
    "SCHOOLS_NOT_GRADED",
    "SCHOOLS_OUTSTANDING",
    "SCHOOLS_REQUIRES_IMPROVEMENT",
    "SINGLE_INSPECTION_FRAMEWORK",
    "STATEMENT_LIMIT",
    "Action",
    "ActionPlan",
    "ActionProgress",
    "ActionStatus",
    "Activity",
    "Against",
    "AreaOfWeakness",
    "Cycle",
    "DatesAsGiven",
    "Direction",
    "Family",
    "Grade",
    "InspectionOutcome",
    "Intervention",
    "InterventionKind",
    "Judged",
    "Judgement",
    "JudgementChange",
    "Judgements",
    "KPIProgress",
    "LocalAuthoritySheet",
    "Movement",
    "NextInspection",
    "NoGrade",
    "OutcomeChange",
    "OutcomesRead",
    "PlaceAmongAreas",
    "PlanProgress",
    "Progress",
    "Recommendation",
    "RefusedRow",
    "Regime",
    "Reinspections",
    "Scale",
    "Schools",
    "ShareOfPupils",
    "ShareOfSchools",
    "Standing",
    "StatusAt",
    "Timeline",
    "Travel",
    "action_plan_due",
    "area_send_of_ended_areas",
    "compare",
    "direction",
    "directions",
    "distribution",
    "frame_of",
    "mark_distribution",
    "mark_movement",
    "mark_pupils_in_good_or_outstanding_schools",
    "mark_schools_good_or_outstanding",
    "mark_schools_not_graded",
    "movement",
    "next_inspections",
    "outcomes_of",
    "place_among_areas",
    "plan_progress",
    "pupils_in_good_or_outstanding_schools",
    "read_area_send",
    "read_local_authority_outcomes",
    "read_schools_by_authority",
    "regime_of",
    "regimes_on",
    "schools_good_or_outstanding",
    "schools_not_graded",
    "time_since",
    "timeline",
]

_ROOMS = {
    "calculations.among_areas": ("PlaceAmongAreas", "place_among_areas"),
    "calculations.change": ("Direction", "JudgementChange", "OutcomeChange", "compare", "direction", "directions"),
    "calculations.due": ("NextInspection", "action_plan_due", "next_inspections", "time_since"),
    "calculations.moving": ("mark_movement", "movement"),
    "calculations.outcome_frames": ("frame_of", "outcomes_of"),
    "calculations.progress": ("ActionProgress", "Against", "KPIProgress", "PlanProgress", "Progress", "Travel", "plan_progress"),
    "calculations.published_area_send": ("area_send_of_ended_areas", "read_area_send"),
    "calculations.published_local_authorities": ("read_local_authority_outcomes",),
    "calculations.published_schools": ("read_schools_by_authority",),
    "calculations.school_indicators": (
        "PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS", "SCHOOLS_GOOD", "SCHOOLS_GOOD_OR_OUTSTANDING", "SCHOOLS_INADEQUATE",
        "SCHOOLS_MOVED", "SCHOOLS_NOT_GRADED", "SCHOOLS_OUTSTANDING", "SCHOOLS_REQUIRES_IMPROVEMENT",
    ),
    "calculations.shares_of_pupils": ("mark_pupils_in_good_or_outstanding_schools", "pupils_in_good_or_outstanding_schools"),
    "calculations.shares_of_schools": (
        "mark_schools_good_or_outstanding", "mark_schools_not_graded", "schools_good_or_outstanding", "schools_not_graded",
    ),
    "calculations.spreading": ("AREAS_BY_GRADE", "distribution", "mark_distribution"),
    "calculations.timelines": ("Standing", "Timeline", "timeline"),
    "model.dates": ("DatesAsGiven",),
    "model.files_read": ("OutcomesRead", "RefusedRow"),
    "model.interventions": ("Intervention", "InterventionKind"),
    "model.kinds_of_inspection": ("Activity", "Family", "Judgement", "Regime"),
    "model.movements": ("Movement",),
    "model.outcome": ("InspectionOutcome", "Judged"),
    "model.plans": ("KPI", "Action", "ActionPlan", "ActionStatus", "StatusAt"),
    "model.recommendations": ("AreaOfWeakness", "Recommendation"),
    "model.regimes": (
        "AREA_SEND_2016", "AREA_SEND_2023", "CHILDRENS_HOME_SCCIF", "ILACS", "REGIMES", "SCHOOL_FOUR_GRADES",
        "SCHOOL_KEY_JUDGEMENTS", "SCHOOL_REPORT_CARD", "SCHOOL_UNGRADED_FROM_2024", "SCHOOL_UNGRADED_TO_2024",
        "SINGLE_INSPECTION_FRAMEWORK", "regime_of", "regimes_on",
    ),
    "model.scales": ("Grade", "NoGrade", "Scale"),
    "model.school_shares": ("ShareOfPupils", "ShareOfSchools"),
    "schema.judgements": ("Judgements",),
    "schema.ofsted_headings": ("LocalAuthoritySheet",),
    "schema.schools": ("Reinspections", "Schools"),
    "sources.cycles": ("CYCLES", "PLAN_LIMIT", "STATEMENT_LIMIT", "Cycle"),
    "sources.publications": ("AREA_SEND_OUTCOMES_2023", "AREA_SEND_OUTCOMES_TO_2022", "ILACS_OUTCOMES"),
    "sources.schools": ("SCHOOLS_BY_GRADE",),
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
