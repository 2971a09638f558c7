"""Attainment: the two national ambitions of 2022, and how far there is to go.

By 2030, **90% of children** at the expected standard in reading, writing and maths at the end of key stage 2, and a **mean GCSE
grade** of 5.0 in English language and maths, from 4.5 in 2019. Both are *national*: no authority has a share of them, and what
one stands against is said to be a comparison and no target.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.attainment.calculations.line import on_line
    from bucks_cs.attainment.calculations.over_areas import (
        KEY_STAGE_2_GAP_TO_LINE,
        KEY_STAGE_2_YEARLY_PROGRESS,
        MEAN_GCSE_GRADE_GAP_TO_LINE,
        MEAN_GCSE_GRADE_YEARLY_PROGRESS,
        gap_to_line,
        yearly_progress,
    )
    from bucks_cs.attainment.calculations.progress import progress_needed
    from bucks_cs.attainment.calculations.published import read_attainment
    from bucks_cs.attainment.calculations.shortfall import grade_points_short, pupils_short
    from bucks_cs.attainment.model.ambition import GCSE_AMBITION, KEY_STAGE_2_AMBITION, Ambition, TargetYear, YearWithoutResults
    from bucks_cs.attainment.model.distances import AgainstLine, LineStanding, ProgressNeeded, ProgressStatus, Shortfall
    from bucks_cs.attainment.model.figure import Figure
    from bucks_cs.attainment.model.indicators import (
        A_LEVEL_POINTS,
        ATTAINMENT_8,
        ENGLISH_AND_MATHEMATICS,
        GOOD_LEVEL_OF_DEVELOPMENT,
        KEY_STAGE_2,
        MEAN_GCSE_GRADE,
        PHONICS,
    )
    from bucks_cs.attainment.sources import (
        AMBITIONS_IN_THE_COMMONS,
        EDUCATION_HUB,
        KEY_STAGE_2_HEADLINES,
        LEVELLING_UP,
        MEAN_GRADE_METHODOLOGY,
        OPPORTUNITY_FOR_ALL,
        TOOL_A_LEVEL_POINTS,
        TOOL_ATTAINMENT_8,
        TOOL_ENGLISH_AND_MATHEMATICS,
        TOOL_GOOD_LEVEL,
        TOOL_KEY_STAGE_2,
        TOOL_PHONICS,
    )
    from bucks_cs.indicators import Indicator

    INDICATORS: tuple[Indicator, ...]
    """Every indicator of the subject, in the order of their names."""

__all__ = [
    "A_LEVEL_POINTS",
    "AMBITIONS_IN_THE_COMMONS",
    "ATTAINMENT_8",
    "EDUCATION_HUB",
    "ENGLISH_AND_MATHEMATICS",
    "GCSE_AMBITION",
    "GOOD_LEVEL_OF_DEVELOPMENT",
    "INDICATORS",
    "KEY_STAGE_2",
    "KEY_STAGE_2_AMBITION",
    "KEY_STAGE_2_GAP_TO_LINE",
    "KEY_STAGE_2_HEADLINES",
    "KEY_STAGE_2_YEARLY_PROGRESS",
    "LEVELLING_UP",
    "MEAN_GCSE_GRADE",
    "MEAN_GCSE_GRADE_GAP_TO_LINE",
    "MEAN_GCSE_GRADE_YEARLY_PROGRESS",
    "MEAN_GRADE_METHODOLOGY",
    "OPPORTUNITY_FOR_ALL",
    "PHONICS",
    "TOOL_A_LEVEL_POINTS",
    "TOOL_ATTAINMENT_8",
    "TOOL_ENGLISH_AND_MATHEMATICS",
    "TOOL_GOOD_LEVEL",
    "TOOL_KEY_STAGE_2",
    "TOOL_PHONICS",
    "AgainstLine",
    "Ambition",
    "Figure",
    "LineStanding",
    "ProgressNeeded",
    "ProgressStatus",
    "Shortfall",
    "TargetYear",
    "YearWithoutResults",
    "gap_to_line",
    "grade_points_short",
    "on_line",
    "progress_needed",
    "pupils_short",
    "read_attainment",
    "yearly_progress",
]

_ROOMS = {
    "calculations.line": ("on_line",),
    "calculations.over_areas": (
        "KEY_STAGE_2_GAP_TO_LINE", "KEY_STAGE_2_YEARLY_PROGRESS", "MEAN_GCSE_GRADE_GAP_TO_LINE",
        "MEAN_GCSE_GRADE_YEARLY_PROGRESS", "gap_to_line", "yearly_progress",
    ),
    "calculations.progress": ("progress_needed",),
    "calculations.published": ("read_attainment",),
    "calculations.shortfall": ("grade_points_short", "pupils_short"),
    "model.ambition": ("GCSE_AMBITION", "KEY_STAGE_2_AMBITION", "Ambition", "TargetYear", "YearWithoutResults"),
    "model.distances": ("AgainstLine", "LineStanding", "ProgressNeeded", "ProgressStatus", "Shortfall"),
    "model.figure": ("Figure",),
    "model.indicators": (
        "A_LEVEL_POINTS", "ATTAINMENT_8", "ENGLISH_AND_MATHEMATICS", "GOOD_LEVEL_OF_DEVELOPMENT", "KEY_STAGE_2",
        "MEAN_GCSE_GRADE", "PHONICS",
    ),
    "sources": (
        "AMBITIONS_IN_THE_COMMONS", "EDUCATION_HUB", "KEY_STAGE_2_HEADLINES", "LEVELLING_UP", "MEAN_GRADE_METHODOLOGY",
        "OPPORTUNITY_FOR_ALL", "TOOL_A_LEVEL_POINTS", "TOOL_ATTAINMENT_8", "TOOL_ENGLISH_AND_MATHEMATICS",
        "TOOL_GOOD_LEVEL", "TOOL_KEY_STAGE_2", "TOOL_PHONICS",
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
