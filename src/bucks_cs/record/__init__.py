"""The record: what Buckinghamshire published, every figure as it was printed.

Printed text is never altered to fit. A figure that does not follow from those beside it stays as it stands, and `bucks_cs.audit`
says so. `figures` has them all, a row each, from the five documents of `documents`; `figure` gives one as an object; `demand` and
`demand_table` are the table of the Cabinet report of October 2022. `audit` checks the `relations` between the figures, and
`verdicts` says of each figure whether it agrees, disagrees or cannot be checked, and why.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bucks_cs.record.auditing import audit
    from bucks_cs.record.declared import DeclaredRelation, RelationKind, relations
    from bucks_cs.record.found import RecordFinding, RecordFindings
    from bucks_cs.record.judged import verdicts
    from bucks_cs.record.kinds import FigureKind, Legibility, PeriodIs, Subject
    from bucks_cs.record.october_2022 import EARLY_2020, SO_FAR_IN_2022, demand, demand_table
    from bucks_cs.record.papers import Body, Document, DocumentKind, document, documents
    from bucks_cs.record.printed_figures import PrintedFigure, figure, figures, not_figures
    from bucks_cs.record.schema import Figures, NotFigures
    from bucks_cs.record.sources import CABINET_REPORT_OCTOBER_2022
    from bucks_cs.record.verdict_schema import Unchecked, Verdicts

__all__ = [
    "CABINET_REPORT_OCTOBER_2022",
    "EARLY_2020",
    "SO_FAR_IN_2022",
    "Body",
    "DeclaredRelation",
    "Document",
    "DocumentKind",
    "FigureKind",
    "Figures",
    "Legibility",
    "NotFigures",
    "PeriodIs",
    "PrintedFigure",
    "RecordFinding",
    "RecordFindings",
    "RelationKind",
    "Subject",
    "Unchecked",
    "Verdicts",
    "audit",
    "demand",
    "demand_table",
    "document",
    "documents",
    "figure",
    "figures",
    "not_figures",
    "relations",
    "verdicts",
]

if not TYPE_CHECKING:
    # No room is called as something in it is: importing the room would put it in that name's place.
    _ROOMS = {
        "CABINET_REPORT_OCTOBER_2022": "sources",
        **dict.fromkeys(("EARLY_2020", "SO_FAR_IN_2022", "demand", "demand_table"), "october_2022"),
        **dict.fromkeys(("Body", "Document", "DocumentKind", "document", "documents"), "papers"),
        **dict.fromkeys(("PrintedFigure", "figure", "figures", "not_figures"), "printed_figures"),
        **dict.fromkeys(("FigureKind", "Legibility", "PeriodIs", "Subject"), "kinds"),
        **dict.fromkeys(("Figures", "NotFigures"), "schema"),
        **dict.fromkeys(("DeclaredRelation", "RelationKind", "relations"), "declared"),
        **dict.fromkeys(("RecordFinding", "RecordFindings"), "found"),
        **dict.fromkeys(("Unchecked", "Verdicts"), "verdict_schema"),
        "audit": "auditing",
        "verdicts": "judged",
    }

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_ROOMS[name]}"), name)

    def __dir__() -> list[str]:
        return sorted(__all__)
