"""Wording: findings as an officer reads them, in plain text and in an accessible HTML table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from bucks_cs.audit.findings import Finding, Findings, Status
from bucks_cs.audit.suggestions import Sense, Slip

__all__ = ["as_html", "as_text"]

ROWS_SHOWN = 50
SUGGESTIONS_SHOWN = 5
LABEL_WIDTH = 46


def as_text(findings: Findings) -> str:
    """A table of the findings, then each disagreement with what would explain it.

    The first 50 rows are shown and the first 5 suggestions of each, and it is said how many more there are.
    """
    if not findings:
        return "No printed figure to check."
    rows = _worth_showing(findings)
    tables = [_table(list(group)) for _, group in groupby(rows, key=_columns)]
    left_out = len(findings) - len(rows)
    more = [f"and {left_out:,} more rows: {findings!r}."] if left_out else []
    details = [_detail(finding) for finding in rows if not finding.agrees]
    return "\n\n".join([*tables, *more, *details])


def _worth_showing(findings: Findings) -> list[Finding]:
    """All, where they are few; else those that do not agree come first."""
    if len(findings) <= ROWS_SHOWN:
        return list(findings)
    return [*findings.disagrees, *findings.cannot_check, *findings.agrees][:ROWS_SHOWN]


def _columns(finding: Finding) -> tuple[str, ...]:
    return (*(name for name, _ in finding.cells), finding.column)


def _headings(finding: Finding) -> list[str]:
    *cells, printed = _columns(finding)
    about_printed = printed if printed == "printed" else f"{printed} (printed)"
    return ["", *cells, about_printed, "recomputed", "from", "to", "finding"]


def _cells(finding: Finding) -> list[str]:
    texts = [text for _, text in finding.cells]
    return [finding.label, *texts, finding.printed, *finding.shown, finding.status.value]


def _table(findings: Sequence[Finding]) -> str:
    lines = [_headings(findings[0]), *(_cells(finding) for finding in findings)]
    lines = [[_clipped(line[0], LABEL_WIDTH), *line[1:]] for line in lines]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    last = len(widths) - 1

    def laid_out(line: Sequence[str]) -> str:
        # Words to the left, numbers to the right.
        parts = (text.ljust(w) if i in {0, last} else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths, strict=True)))
        return "  ".join(parts).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([laid_out(lines[0]), rule, *map(laid_out, lines[1:])])


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _detail(finding: Finding) -> str:
    heading, lines, last = _explained(finding)
    bullets = [f"  - {line}" for line in lines]
    return "\n".join([" ".join([str(finding), *heading]), *bullets, *(f"  {line}" for line in last)])


def _explained(finding: Finding) -> tuple[list[str], list[str], list[str]]:
    """A heading, the suggestions to show, and what is to be said after them."""
    first = [f"{e}." for e in finding.explanations if e.sense is Sense.PERCENTAGE_POINTS]
    last = [f"{e}." for e in finding.explanations if e.sense is not Sense.PERCENTAGE_POINTS]
    found = finding.suggestions
    if not finding.disagrees or not finding.searched:
        return first, [], last
    if not found:
        return [*first, "No single slip that was searched for would explain it."], [], last
    if len(found) == 1:
        return [*first, "Only one slip that was searched for would explain it:"], [str(found[0])], last
    lines = [str(suggestion) for suggestion in found[:SUGGESTIONS_SHOWN]]
    left = len(found) - len(lines)
    more = [f"and {left} more, all in .suggestions"] if left else []
    heading = f"{len(found)} slips would each explain it, and nothing here says which:"
    return [*first, heading], lines, [*more, *_only_change(finding), *last]


def _only_change(finding: Finding) -> list[str]:
    changed = finding.repairs(Slip.DIGIT_CHANGED)
    if len(changed) != 1:
        return []
    only = changed[0]
    return [f"{only.instead} for {only.printed} ({only.column}) is the only change of one digit that would."]


def as_html(findings: Findings) -> str:
    """The same as a table with a caption and scoped headings; every text of the report is escaped."""
    rows = _worth_showing(findings)
    left_out = len(findings) - len(rows)
    tables = "".join(_html_table(list(group), findings) for _, group in groupby(rows, key=_columns))
    more = f"<p>and {left_out:,} more rows.</p>" if left_out else ""
    details = "".join(_html_detail(finding) for finding in rows if not finding.agrees)
    return f"<div>{tables or '<p>No printed figure to check.</p>'}{more}{details}</div>"


def _html_table(rows: Sequence[Finding], findings: Findings) -> str:
    counts = repr(findings).removeprefix("Findings(").removesuffix(")")
    caption = f"Does each printed figure follow from those beside it? {counts.capitalize()}."
    headings = ["Row", *_headings(rows[0])[1:]]
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(_html_row(_cells(finding), disagrees=finding.status is Status.DISAGREES) for finding in rows)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_row(cells: Sequence[str], *, disagrees: bool) -> str:
    label, *rest = (escape(cell) for cell in cells)
    if disagrees:
        rest[-1] = f"<strong>{rest[-1]}</strong>"
    return f'<tr><th scope="row">{label}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def _html_detail(finding: Finding) -> str:
    heading, lines, last = _explained(finding)
    bullets = "".join(f"<li>{escape(line)}</li>" for line in lines)
    after = "".join(f"<p>{escape(line)}</p>" for line in last)
    return f"<p>{escape(' '.join([str(finding), *heading]))}</p>{f'<ul>{bullets}</ul>' if bullets else ''}{after}"
