"""The report's page: one HTML file that asks nothing of any other, and that a screen reader can follow."""

from __future__ import annotations

from html import escape

from bucks_cs.audit import Finding, Findings
from bucks_cs.errors import MissingSource
from bucks_cs.provenance import AnySource, NoOfficialSource, Source

__all__ = ["demand_page"]

# Government Analysis Function colours; words, not colour alone, say which rows disagree.
_STYLE = """
:root { color-scheme: light dark;
  --ink: #0b0c0c; --soft: #3d3d3d; --line: #b1b4b6; --blue: #12436d; --pink: #801650; --paper: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f2f1; --soft: #d0cfcd; --line: #6f777b; --blue: #9cc8f0; --pink: #f3a6cf; --paper: #16191b; }
}
body { font: 1.05rem/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { color: var(--blue); line-height: 1.2; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding-bottom: .5rem; }
th, td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th[scope="row"], th:first-child, td:last-child, th:last-child { text-align: left; }
tr.disagrees td:last-child { color: var(--pink); font-weight: bold; }
.source, .note { color: var(--soft); }
@media print { body { margin: 0; max-width: none; } }
"""


def demand_page(findings: Findings, *, source: AnySource, title: str = "Children's Services Update: demand") -> str:
    """The demand table and what was found of it, as a page.

    Args:
        findings: As `demand_findings` gives them.
        source: Where the printed figures are from.
        title: The page's heading.

    Returns:
        A whole HTML document, with every printed figure as it was printed.

    Raises:
        MissingSource: There is no source.
    """
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a page of printed figures")
    wrong = len(findings.disagrees)
    parts = [
        "<!doctype html>",
        '<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(_summary(findings))}</p>",
        f'<div class="scroll" role="region" aria-label="Demand table" tabindex="0">{_table(findings)}</div>',
        '<p class="note">Each printed figure stands for everything that rounds to it. A percentage disagrees only where no '
        "unrounded averages could have given it, taking each figure as rounded to its last digit.</p>",
    ]
    if wrong:
        parts.append("<h2>What would explain it</h2>")
        parts.append("<p>Slips of one digit, sign, scale, copying or rounding were searched for.")
        parts.append("None is put in place of what is printed, and nothing here says that any of them happened.</p>")
        parts += [_explained(finding) for finding in findings.disagrees]
    parts.append(f'<p class="source">Printed figures: {escape(str(source))}. Recomputed by bucks_cs.</p>')
    parts.append("</main></body></html>\n")
    return "\n".join(parts)


def _summary(findings: Findings) -> str:
    agree, wrong, unknown = len(findings.agrees), len(findings.disagrees), len(findings.cannot_check)
    said = f"Of {len(findings)} percentages, {agree} follow{'s' if agree == 1 else ''} from their own row and {wrong} "
    said += "does not." if wrong == 1 else "do not."
    return said + (f" {unknown} cannot be checked." if unknown else "")


def _table(findings: Findings) -> str:
    columns = [name for name, _ in findings[0].cells] if len(findings) else []
    audited = findings[0].column if len(findings) else "Printed"
    heads = ["Indicator", *(f"{name}, monthly average" for name in columns), f"{audited} (printed)", "Recomputed", "Finding"]
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "\n".join(_row(finding) for finding in findings)
    caption = "Monthly averages early in 2020 and in 2022 so far, and the change between them"
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _row(finding: Finding) -> str:
    recomputed = str(finding.shown) if any(finding.shown) else ""
    cells = [*(text for _, text in finding.cells), finding.printed_shown, recomputed, _said(finding)]
    data = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    kind = finding.status.value.replace(" ", "-")
    return f'<tr class="{kind}"><th scope="row">{escape(finding.label)}</th>{data}</tr>'


def _said(finding: Finding) -> str:
    return finding.status.value + (f": {finding.why}" if finding.why else "")


def _explained(finding: Finding) -> str:
    several = f"{len(finding.suggestions)} slips would each explain it:"
    only = "Only one slip that was searched for would explain it:"
    intro = {0: "No single slip that was searched for would explain it.", 1: only}.get(len(finding.suggestions), several)
    slips = "".join(f"<li>{escape(str(suggestion))}</li>" for suggestion in finding.suggestions)
    listed = f"<ul>{slips}</ul>" if slips else ""
    senses = "".join(f"<p>With no slip at all: {escape(str(explanation))}.</p>" for explanation in finding.explanations)
    return f"<h3>{escape(finding.label)}</h3><p>{escape(str(finding))} {escape(intro)}</p>{listed}{senses}"
