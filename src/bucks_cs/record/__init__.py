"""The record: what Buckinghamshire published, every figure as it was printed.

Printed text is never altered to fit. A figure that does not follow from those beside it stays as it stands, and `bucks_cs.audit`
says so. It begins with the demand table of the Cabinet report of October 2022.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.record.october_2022 import EARLY_2020, SO_FAR_IN_2022, demand, demand_table
    from bucks_cs.record.sources import CABINET_REPORT_OCTOBER_2022

__all__ = ["CABINET_REPORT_OCTOBER_2022", "EARLY_2020", "SO_FAR_IN_2022", "demand", "demand_table"]

if not TYPE_CHECKING:
    _ROOMS = {"CABINET_REPORT_OCTOBER_2022": "sources"}

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOMS.get(name, 'october_2022')}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
