"""Tables: readings laid out for a page, a notebook or an accessible workbook.

A **layout** says what stands in which row and column: units in headings and never in cells, a gap by its symbol with a note of
what the symbol means, and the source below. `page_table` makes a table of it for pages and notebooks (great_tables, the extra
``tables``), `html` the same as text of a page, and `write_workbook` an accessible workbook for a council's website (gptables of
the Analysis Function, the extra ``spreadsheets``): a cover, contents, notes, and one table a sheet.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.tables.arranging import layout
    from bucks_cs.tables.layouts import NO_FIGURE, Cell, Layout
    from bucks_cs.tables.pages import html, page_table
    from bucks_cs.tables.workbooks import Cover, Sheet, write_workbook

__all__ = [
    "NO_FIGURE",
    "Cell",
    "Cover",
    "Layout",
    "Sheet",
    "html",
    "layout",
    "page_table",
    "write_workbook",
]

_ROOMS = {
    "arranging": ("layout",),
    "layouts": ("NO_FIGURE", "Cell", "Layout"),
    "pages": ("html", "page_table"),
    "workbooks": ("Cover", "Sheet", "write_workbook"),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
