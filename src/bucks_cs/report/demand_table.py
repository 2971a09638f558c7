"""The demand table of the update: each percentage of it recomputed from its own row."""

from __future__ import annotations

import csv
import io
from typing import Any

from bucks_cs import audit
from bucks_cs.audit import Findings
from bucks_cs.errors import InvalidValue, MissingSource
from bucks_cs.frames.engine import enter, need_columns
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.record import demand_table
from bucks_cs.tables import Layout

__all__ = ["HEADINGS", "demand_findings", "demand_layout", "demand_rows"]

HEADINGS = {"early_2020_monthly_average": "Early 2020", "monthly_average_2022": "2022", "percent_change": "% change"}
"""The columns of the table as a page heads them; both averages are a month."""

_COLUMNS = ("label", "printed", "recomputed", "low", "high", "status", "why")
_BEFORE, _AFTER, _CHANGE = HEADINGS.values()
_RECOMPUTED = ("Recomputed (%)", "At least (%)", "At most (%)")
_TITLE = "The monthly averages, and the change between them"
_HOW = (
    "Each printed figure stands for everything that rounds to it. A percentage disagrees only where no unrounded averages could "
    "have given it, taking each figure as rounded to its last digit."
)


def demand_findings(table: Any = None, *, order_by: str | None = None) -> Findings:
    """Whether each printed percentage of a demand table follows from the two averages beside it.

    Args:
        table: A frame of any engine with the columns of `bucks_cs.record.demand_table` (text as printed); that table
            itself where none is given.
        order_by: A column to put the rows in order by, for engines that keep none.

    Returns:
        A finding a row: agrees, disagrees or cannot be checked, with every slip that would explain a disagreement.

    Raises:
        UnknownColumn: A column is missing.
        InvalidValue: ``order_by`` is no text.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 3.19.

    Example:
        >>> from bucks_cs.report import demand_findings
        >>> [finding.label for finding in demand_findings().disagrees]
        ['Section 47 enquires', 'Initial Child Protection Conferences', 'Children with an allocated social worker']
    """
    if order_by is not None and not isinstance(order_by, str):
        raise InvalidValue(what="order_by", expected="the name of a column, as text, or None")
    lazy, home = enter(demand_table() if table is None else table)
    columns = ("label", *HEADINGS, *([order_by] if order_by is not None else []))
    need_columns(lazy, columns)
    headed = home.back(lazy.select(*dict.fromkeys(columns)).rename(HEADINGS))
    return audit.changes(headed, before=_BEFORE, after=_AFTER, printed=_CHANGE, label="label", order_by=order_by)


def demand_layout(findings: Findings, *, source: AnySource) -> Layout:
    """The table as it was printed, with what follows from each row beside it.

    Args:
        findings: As `demand_findings` gives them.
        source: Where the printed figures are from.

    Raises:
        MissingSource: There is no source.
    """
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a table of printed figures")
    columns = [name for name, _ in findings[0].cells] if len(findings) else []
    audited = findings[0].column if len(findings) else "Printed"
    return Layout(
        title=_TITLE,
        keys=("Indicator",),
        figures=(*(f"{name}, monthly average" for name in columns), f"{audited} (printed)", *_RECOMPUTED, "Finding"),
        rows=[
            (
                found.label,
                *(text or None for _, text in found.cells),
                found.printed or None,
                *map(_percent, found.shown),
                found.status.value + (f": {found.why}" if found.why else ""),
            )
            for found in findings
        ],
        notes=(_HOW,),
        sources=(str(source),),
    )


def _percent(shown: str) -> float | None:
    """A percentage as it is shown, as a number: its unit stands in the heading."""
    return float(shown.removesuffix("%").replace(",", "").replace("−", "-")) if shown else None


def demand_rows(findings: Findings, *, source: AnySource) -> str:
    """The same as a file of comma-separated values, with every slip or other sense that would explain a disagreement.

    Args:
        findings: As `demand_findings` gives them.
        source: Where the printed figures are from.
    """
    cells = [name for name, _ in findings[0].cells] if len(findings) else []
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["label", *cells, *_COLUMNS[1:], "what would explain it", "source"])
    for finding in findings:
        plain = finding.row()
        slips = "; ".join(str(each) for each in (*finding.suggestions, *finding.explanations))
        rows.writerow([plain["label"], *plain["cells"].values(), *(plain[name] for name in _COLUMNS[1:]), slips, str(source)])
    return text.getvalue()
