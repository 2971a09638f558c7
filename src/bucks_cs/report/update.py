"""The report's files: where the update is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from bucks_cs.audit import Findings
from bucks_cs.provenance import AnySource
from bucks_cs.record import CABINET_REPORT_OCTOBER_2022
from bucks_cs.report.page import demand_page

__all__ = ["write_update"]

_COLUMNS = ("label", "printed", "recomputed", "low", "high", "status", "why")


def write_update(findings: Findings, folder: str | Path, *, source: AnySource = CABINET_REPORT_OCTOBER_2022) -> tuple[Path, Path]:
    """Write the demand section as a page and as a table of figures.

    Args:
        findings: As `bucks_cs.report.demand_findings` gives them.
        folder: Where to; made if it is not there, and what is in it under these names is written over.
        source: Where the printed figures are from.

    Returns:
        The page (``index.html``) and the table (``demand.csv``, UTF-8 with a byte-order mark so that Excel reads it right): a
        row a figure, the cells as printed, then what was recomputed with its interval, the finding, and every slip or other
        sense that would explain it.

    Raises:
        MissingSource: There is no source.
    """
    html = demand_page(findings, source=source)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    page, table = place / "index.html", place / "demand.csv"
    page.write_text(html, encoding="utf-8")
    table.write_text(_as_csv(findings, source), encoding="utf-8-sig", newline="")
    return page, table


def _as_csv(findings: Findings, source: AnySource) -> str:
    cells = [name for name, _ in findings[0].cells] if len(findings) else []
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["label", *cells, *_COLUMNS[1:], "what would explain it", "source"])
    for finding in findings:
        plain = finding.row()
        slips = "; ".join(str(each) for each in (*finding.suggestions, *finding.explanations))
        rows.writerow([plain["label"], *plain["cells"].values(), *(plain[name] for name in _COLUMNS[1:]), slips, str(source)])
    return text.getvalue()
