"""The report: Buckinghamshire's Children's Services Update, rebuilt from the record and audited as it is built.

It begins with the demand table of paragraph 3.19 of the Cabinet report of October 2022: `demand_findings` recomputes each
percentage from its own row, `write_update` puts the table on a page and into a file.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.report.demand import demand_findings
    from bucks_cs.report.page import demand_page
    from bucks_cs.report.update import write_update

__all__ = ["demand_findings", "demand_page", "write_update"]

if not TYPE_CHECKING:
    _ROOMS = {"demand_findings": "demand", "demand_page": "page", "write_update": "update"}

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
