"""Children looked after: how many, how steady their homes and social workers are, and what becomes of those who leave.

A child is **looked after** who is in an authority's care by a court's order or is given accommodation by it. DfE counts them on
31 March and those who started and ceased in the year, how often they **moved home** or changed social worker, and what
**care leavers** are doing at 17 to 21.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.looked_after.calculations.care_leavers import (
        CARE_LEAVERS,
        CARE_LEAVERS_BY_ACTIVITY,
        CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING,
        CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING,
        CARE_LEAVERS_NOT_KNOWN,
        read_care_leavers,
        read_care_leavers_by_activity,
    )
    from bucks_cs.looked_after.calculations.children import (
        CHILDREN,
        CHILDREN_CEASING,
        CHILDREN_CEASING_PER_10_000,
        CHILDREN_PER_10_000,
        CHILDREN_STARTING,
        CHILDREN_STARTING_PER_10_000,
        read_children_looked_after,
    )
    from bucks_cs.looked_after.calculations.stability import (
        SAME_CARER_FOR_TWO_YEARS,
        THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR,
        THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS,
        THREE_OR_MORE_SOCIAL_WORKERS,
        read_placement_stability,
        read_social_worker_changes,
    )
    from bucks_cs.looked_after.model import CareLeaverActivity, CareLeaverAge

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "CARE_LEAVERS",
    "CARE_LEAVERS_BY_ACTIVITY",
    "CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING",
    "CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING",
    "CARE_LEAVERS_NOT_KNOWN",
    "CHILDREN",
    "CHILDREN_CEASING",
    "CHILDREN_CEASING_PER_10_000",
    "CHILDREN_PER_10_000",
    "CHILDREN_STARTING",
    "CHILDREN_STARTING_PER_10_000",
    "INDICATORS",
    "SAME_CARER_FOR_TWO_YEARS",
    "THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR",
    "THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS",
    "THREE_OR_MORE_SOCIAL_WORKERS",
    "CareLeaverActivity",
    "CareLeaverAge",
    "read_care_leavers",
    "read_care_leavers_by_activity",
    "read_children_looked_after",
    "read_placement_stability",
    "read_social_worker_changes",
]

_ROOMS = {
    "calculations.care_leavers": (
        "CARE_LEAVERS", "CARE_LEAVERS_BY_ACTIVITY", "CARE_LEAVERS_IN_EDUCATION_EMPLOYMENT_OR_TRAINING",
        "CARE_LEAVERS_NOT_IN_EDUCATION_EMPLOYMENT_OR_TRAINING", "CARE_LEAVERS_NOT_KNOWN", "read_care_leavers",
        "read_care_leavers_by_activity",
    ),
    "calculations.children": (
        "CHILDREN", "CHILDREN_CEASING", "CHILDREN_CEASING_PER_10_000", "CHILDREN_PER_10_000", "CHILDREN_STARTING",
        "CHILDREN_STARTING_PER_10_000", "read_children_looked_after",
    ),
    "calculations.stability": (
        "SAME_CARER_FOR_TWO_YEARS", "THREE_OR_MORE_PLACEMENTS_IN_THE_YEAR", "THREE_OR_MORE_PLACEMENTS_IN_TWO_YEARS",
        "THREE_OR_MORE_SOCIAL_WORKERS", "read_placement_stability", "read_social_worker_changes",
    ),
    "model": ("CareLeaverActivity", "CareLeaverAge"),
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
