"""Demand: what reaches children's social care, from a first contact to a child protection plan.

A **contact** is information or a request, before anyone has decided what it is. Accepted as a request for services it is
a **referral**, on which a decision is due within one working day. An **assessment** says what a child needs, within 45
working days; where there is reasonable cause to suspect significant harm there is a **section 47 enquiry**, and where
concerns are borne out an **initial child protection conference**, within 15 working days of the strategy discussion, which
decides whether the child becomes the subject of a **child protection plan**. Along the way a child may be a **child in need**
and have an **allocated social worker**.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.demand.calculations import (
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
    from bucks_cs.demand.model import DemandIndicator, Stage, Timescale
    from bucks_cs.demand.schema import Activity

    INDICATORS = PATHWAY

__all__ = [
    "ASSESSMENTS",
    "CHILDREN_IN_NEED",
    "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN",
    "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER",
    "CONTACTS",
    "INDICATORS",
    "INITIAL_CHILD_PROTECTION_CONFERENCES",
    "PATHWAY",
    "REFERRALS",
    "SECTION_47_ENQUIRIES",
    "Activity",
    "DemandIndicator",
    "Stage",
    "Timescale",
    "activity",
]

if not TYPE_CHECKING:
    _ROOMS = {"Activity": "schema", "DemandIndicator": "model", "Stage": "model", "Timescale": "model"}

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        room = importlib.import_module(f"{__name__}.{_ROOMS.get(name, 'calculations')}")
        return getattr(room, "PATHWAY" if name == "INDICATORS" else name)

    def __dir__() -> list[str]:
        return sorted(__all__)
