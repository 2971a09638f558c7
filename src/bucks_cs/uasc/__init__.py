"""Unaccompanied children: how many an authority looks after, and the threshold of the National Transfer Scheme.

A child who claims asylum in their own right and is separated from both parents is looked after by the authority. The **National
Transfer Scheme** asks each authority to take more until they reach a share of its children, its **threshold**; those who have
turned 18 are **former unaccompanied children**, who are care leavers and are counted apart.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.indicators import Indicator
    from bucks_cs.uasc.calculations.by_area import headroom_by_area, share_reached_by_area, threshold_by_area
    from bucks_cs.uasc.calculations.decisions import (
        DAYS_TO_DECISION_MEAN,
        DAYS_TO_DECISION_MEDIAN,
        days_to_decision_mean,
        days_to_decision_median,
        mark_days_to_decision,
    )
    from bucks_cs.uasc.calculations.in_a_period import (
        STARTED_TO_BE_LOOKED_AFTER,
        TURNED_18,
        mark_started_to_be_looked_after,
        mark_turned_18,
        started_to_be_looked_after,
        turned_18,
    )
    from bucks_cs.uasc.calculations.indicators_of_the_scheme import HEADROOM, SHARE_REACHED, THRESHOLD
    from bucks_cs.uasc.calculations.numbers_of_the_scheme import implied_population, population_behind, threshold
    from bucks_cs.uasc.calculations.on_a_day import (
        FORMER_UNACCOMPANIED,
        LOOKED_AFTER,
        former_unaccompanied,
        looked_after,
        looked_after_by_age,
        mark_former_unaccompanied,
        mark_looked_after,
    )
    from bucks_cs.uasc.calculations.reaching import headroom, months_to_reach, share_reached
    from bucks_cs.uasc.calculations.side_by_side import beside_children
    from bucks_cs.uasc.calculations.waiting import WAITING_FOR_A_DECISION, mark_waiting_for_a_decision, waiting_for_a_decision
    from bucks_cs.uasc.calculations.waits import longer_wait, number_waiting
    from bucks_cs.uasc.model.child_population import ChildPopulation
    from bucks_cs.uasc.model.children import FormerUnaccompaniedChildren, UnaccompaniedChildren
    from bucks_cs.uasc.model.decision_length import DecisionLength
    from bucks_cs.uasc.model.months_to_reach import MonthsToReach
    from bucks_cs.uasc.model.number_waiting import LongerWait, NumberWaiting
    from bucks_cs.uasc.model.transfer_threshold import TransferThreshold
    from bucks_cs.uasc.model.tried_populations import PopulationBehind, PrintedNumber
    from bucks_cs.uasc.schema import UnaccompaniedByArea, UnaccompaniedRecords
    from bucks_cs.uasc.sources import (
        CHILDREN_ACT_1989_SECTION_20,
        CHILDREN_ACT_1989_SECTION_23C,
        IMMIGRATION_ACT_2016,
        IMMIGRATION_RULES_352ZD,
        LITTLES_LAW,
        LOOKED_AFTER_AT_31_MARCH,
        NTS_PARTICIPATION,
        NTS_THRESHOLD,
        THRESHOLD_OF_2016,
        THRESHOLD_OF_2022,
        TRANSFER_PROTOCOL,
        Participation,
    )

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "CHILDREN_ACT_1989_SECTION_20",
    "CHILDREN_ACT_1989_SECTION_23C",
    "DAYS_TO_DECISION_MEAN",
    "DAYS_TO_DECISION_MEDIAN",
    "FORMER_UNACCOMPANIED",
    "HEADROOM",
    "IMMIGRATION_ACT_2016",
    "IMMIGRATION_RULES_352ZD",
    "INDICATORS",
    "LITTLES_LAW",
    "LOOKED_AFTER",
    "LOOKED_AFTER_AT_31_MARCH",
    "NTS_PARTICIPATION",
    "NTS_THRESHOLD",
    "SHARE_REACHED",
    "STARTED_TO_BE_LOOKED_AFTER",
    "THRESHOLD",
    "THRESHOLD_OF_2016",
    "THRESHOLD_OF_2022",
    "TRANSFER_PROTOCOL",
    "TURNED_18",
    "WAITING_FOR_A_DECISION",
    "ChildPopulation",
    "DecisionLength",
    "FormerUnaccompaniedChildren",
    "LongerWait",
    "MonthsToReach",
    "NumberWaiting",
    "Participation",
    "PopulationBehind",
    "PrintedNumber",
    "TransferThreshold",
    "UnaccompaniedByArea",
    "UnaccompaniedChildren",
    "UnaccompaniedRecords",
    "beside_children",
    "days_to_decision_mean",
    "days_to_decision_median",
    "former_unaccompanied",
    "headroom",
    "headroom_by_area",
    "implied_population",
    "longer_wait",
    "looked_after",
    "looked_after_by_age",
    "mark_days_to_decision",
    "mark_former_unaccompanied",
    "mark_looked_after",
    "mark_started_to_be_looked_after",
    "mark_turned_18",
    "mark_waiting_for_a_decision",
    "months_to_reach",
    "number_waiting",
    "population_behind",
    "share_reached",
    "share_reached_by_area",
    "started_to_be_looked_after",
    "threshold",
    "threshold_by_area",
    "turned_18",
    "waiting_for_a_decision",
]

_ROOMS = {
    "calculations.by_area": ("headroom_by_area", "share_reached_by_area", "threshold_by_area"),
    "calculations.decisions": (
        "DAYS_TO_DECISION_MEAN", "DAYS_TO_DECISION_MEDIAN", "days_to_decision_mean", "days_to_decision_median",
        "mark_days_to_decision",
    ),
    "calculations.in_a_period": (
        "STARTED_TO_BE_LOOKED_AFTER", "TURNED_18", "mark_started_to_be_looked_after", "mark_turned_18",
        "started_to_be_looked_after", "turned_18",
    ),
    "calculations.indicators_of_the_scheme": ("HEADROOM", "SHARE_REACHED", "THRESHOLD"),
    "calculations.numbers_of_the_scheme": ("implied_population", "population_behind", "threshold"),
    "calculations.on_a_day": (
        "FORMER_UNACCOMPANIED", "LOOKED_AFTER", "former_unaccompanied", "looked_after", "looked_after_by_age",
        "mark_former_unaccompanied", "mark_looked_after",
    ),
    "calculations.reaching": ("headroom", "months_to_reach", "share_reached"),
    "calculations.side_by_side": ("beside_children",),
    "calculations.waiting": ("WAITING_FOR_A_DECISION", "mark_waiting_for_a_decision", "waiting_for_a_decision"),
    "calculations.waits": ("longer_wait", "number_waiting"),
    "model.child_population": ("ChildPopulation",),
    "model.children": ("FormerUnaccompaniedChildren", "UnaccompaniedChildren"),
    "model.decision_length": ("DecisionLength",),
    "model.months_to_reach": ("MonthsToReach",),
    "model.number_waiting": ("LongerWait", "NumberWaiting"),
    "model.transfer_threshold": ("TransferThreshold",),
    "model.tried_populations": ("PopulationBehind", "PrintedNumber"),
    "schema": ("UnaccompaniedByArea", "UnaccompaniedRecords"),
    "sources": (
        "CHILDREN_ACT_1989_SECTION_20", "CHILDREN_ACT_1989_SECTION_23C", "IMMIGRATION_ACT_2016", "IMMIGRATION_RULES_352ZD",
        "LITTLES_LAW", "LOOKED_AFTER_AT_31_MARCH", "NTS_PARTICIPATION", "NTS_THRESHOLD", "THRESHOLD_OF_2016",
        "THRESHOLD_OF_2022", "TRANSFER_PROTOCOL", "Participation",
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
