"""The report: a Children's Services Update, made of what is printed or published, and audited as it is made.

`cabinet_update` makes an `Update` of `Evidence`: `october_2022` is the update of Buckinghamshire's Cabinet of October 2022, from
the record; `published` is any authority's, from published statistics; `demand_table_alone` is of a table of one's own. An update
is made of sections, each with its sentences, charts, tables and findings, and each figure in it leads to its definition and its
source.

`update_page` puts an update on one page that asks nothing of any other, `write_update` into files: the page, an accessible
workbook, and the figures. `demand_findings` audits the demand table alone. Charts need the extra ``charts``, the workbook the
extra ``spreadsheets``: ``pip install "bucks_cs[report]"`` has both.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.report.authority.evidence import published
    from bucks_cs.report.blocks import Bullets, Download, Drawing, Section, Subheading, Table
    from bucks_cs.report.definitions import Definition, Use
    from bucks_cs.report.demand_table import demand_findings
    from bucks_cs.report.files import Written, write_update
    from bucks_cs.report.of_the_record import demand_table_alone, october_2022
    from bucks_cs.report.page import update_page
    from bucks_cs.report.progress import Progress, progress_on
    from bucks_cs.report.sentences import Figure, Paragraph, Said
    from bucks_cs.report.update import Chapter, Evidence, Step, Update, cabinet_update

__all__ = [
    "Bullets",
    "Chapter",
    "Definition",
    "Download",
    "Drawing",
    "Evidence",
    "Figure",
    "Paragraph",
    "Progress",
    "Said",
    "Section",
    "Step",
    "Subheading",
    "Table",
    "Update",
    "Use",
    "Written",
    "cabinet_update",
    "demand_findings",
    "demand_table_alone",
    "october_2022",
    "progress_on",
    "published",
    "update_page",
    "write_update",
]

_ROOMS = {
    "authority.evidence": ("published",),
    "blocks": ("Bullets", "Download", "Drawing", "Section", "Subheading", "Table"),
    "definitions": ("Definition", "Use"),
    "demand_table": ("demand_findings",),
    "files": ("Written", "write_update"),
    "of_the_record": ("demand_table_alone", "october_2022"),
    "page": ("update_page",),
    "progress": ("Progress", "progress_on"),
    "sentences": ("Figure", "Paragraph", "Said"),
    "update": ("Chapter", "Evidence", "Step", "Update", "cabinet_update"),
}

if not TYPE_CHECKING:
    _ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in _ROOM_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
