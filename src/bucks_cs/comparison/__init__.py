"""Comparison: where an area stands among others, and which others those are.

`position` says where an authority stands among England's authorities, those of its region, its ten statistical neighbours or a
list of one's own: its rank, its quartile, and how far it is from three things that are often given one name, the *aggregate* of
the others, their *mean* and their *median*. `neighbours` gives the statistical neighbours of an authority, by either model.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucks_cs.comparison.neighbourhood import (
        MODELS_IN_FORCE,
        Closeness,
        Neighbour,
        NeighbourModel,
        neighbours,
    )
    from bucks_cs.comparison.others import Among, AreaValue, LeftOut
    from bucks_cs.comparison.placing import position
    from bucks_cs.comparison.standing import Position, Quartile
else:
    _ROOM_OF = {
        **dict.fromkeys(("MODELS_IN_FORCE", "Closeness", "Neighbour", "NeighbourModel", "neighbours"), "neighbourhood"),
        **dict.fromkeys(("Among", "AreaValue", "LeftOut"), "others"),
        **dict.fromkeys(("Position", "Quartile"), "standing"),
        "position": "placing",
    }

    def __getattr__(name: str) -> object:
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "MODELS_IN_FORCE",
    "Among",
    "AreaValue",
    "Closeness",
    "LeftOut",
    "Neighbour",
    "NeighbourModel",
    "Position",
    "Quartile",
    "neighbours",
    "position",
]
