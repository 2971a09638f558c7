"""Charts: readings drawn so that a head of service reads them right, and a screen reader reads them at all.

Each function here takes `Readings` of any engine, or the typed object of a subject, and gives an Altair chart that can be changed
like any other: a headline and a statistical subtitle above it, the colours of the Government Analysis Function, words beside the
marks and no legend to look up, and an alternative text written from the data. `svg`, `png` and `figure` turn it into a picture
with nothing asked of any network. They need the extra ``charts``: ``pip install "bucks_cs[charts]"``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.charts.against_thresholds import threshold_headroom
    from bucks_cs.charts.along_the_pathway import pathway
    from bucks_cs.charts.changing import change
    from bucks_cs.charts.groups import bars, growth_by_need
    from bucks_cs.charts.inspecting import inspection_timeline
    from bucks_cs.charts.pictures import alt_text, figure, png, svg
    from bucks_cs.charts.saving import savings_profile
    from bucks_cs.charts.style import MOST_SERIES, PALETTE, Chart
    from bucks_cs.charts.times import over_time

__all__ = [
    "MOST_SERIES",
    "PALETTE",
    "Chart",
    "alt_text",
    "bars",
    "change",
    "figure",
    "growth_by_need",
    "inspection_timeline",
    "over_time",
    "pathway",
    "png",
    "savings_profile",
    "svg",
    "threshold_headroom",
]

_ROOMS = {
    "against_thresholds": ("threshold_headroom",),
    "along_the_pathway": ("pathway",),
    "changing": ("change",),
    "groups": ("bars", "growth_by_need"),
    "inspecting": ("inspection_timeline",),
    "pictures": ("alt_text", "figure", "png", "svg"),
    "saving": ("savings_profile",),
    "style": ("MOST_SERIES", "PALETTE", "Chart"),
    "times": ("over_time",),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
