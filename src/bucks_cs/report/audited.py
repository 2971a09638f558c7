"""What the audit found of a section's figures, and what official statistics stand beside them, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bucks_cs import record
from bucks_cs.audit import Finding, Findings
from bucks_cs.indicators import Withheld
from bucks_cs.indicators.wording import capital
from bucks_cs.record import RecordFinding, RecordFindings
from bucks_cs.report.blocks import Block, Bullets, Download, Section, Subheading, Table
from bucks_cs.report.definitions import AUDIT, Definition, Use
from bucks_cs.report.sentences import Figure, Paragraph, Piece, counted, paragraph, said
from bucks_cs.tables import Layout

__all__ = ["NOT_PRINTED", "audited_section", "findings_table", "how_many", "is_at"]

NOT_PRINTED = (Withheld.NOT_AVAILABLE.symbol, "not printed")
"""What stands in a table of the record where print has no figure, and what that means."""

_NOTHING = "none"
_HOW = (
    f"Each printed figure stands for everything that rounds to it. {_NOTHING.capitalize()} stands where there is nothing to say."
)


def audited_section(
    key: str,
    title: str,
    blocks: Iterable[Block],
    *,
    places: Iterable[str],
    audit: RecordFindings,
    downloads: Iterable[Download] = (),
) -> Section:
    """A section that ends with what official statistics say beside its figures, and with what the audit found of them.

    Args:
        key: Its id.
        title: Its heading.
        blocks: What it is made of, but for those.
        places: Where its figures are printed: each a document and a paragraph.
        audit: What the audit found of the record.
        downloads: Files of its figures.
    """
    where = tuple(places)
    official = _beside_official(where, name=f"{key}-beside-official-statistics", title=f"{title}: beside official statistics")
    findings = _findings_at(audit, where)
    closing: list[Block] = [official] if official is not None else []
    if len(findings):
        table = findings_table(findings, name=f"{key}-audit", title=f"{title}: what the audit found of its figures")
        wrong = [_does_not_hold(found) for found in findings.disagrees]
        closing += [Subheading(text="Do the printed figures follow from one another?"), how_many(findings)]
        closing += [Bullets(items=wrong)] if wrong else []
        closing.append(table)
    return Section(key=key, title=title, blocks=[*blocks, *closing], findings=findings, downloads=downloads)


def is_at(figure: str, places: Iterable[str]) -> bool:
    """Whether a printed figure stands at one of several places of a document.

    Args:
        figure: Its id.
        places: Each a document and a paragraph; an item of that paragraph stands at it too.
    """
    return any(figure == place or figure.startswith((f"{place}/", f"{place}-")) for place in places)


def _findings_at(audit: RecordFindings, places: tuple[str, ...]) -> RecordFindings:
    """The findings of the relations that a figure of one of several places is in."""
    return RecordFindings(found for found in audit if any(is_at(one, places) for one in found.relation.figures))


def how_many(findings: RecordFindings | Findings, *, of: str = "relations between its figures") -> Paragraph:
    """How many were found to follow, and how many not, in a sentence.

    Args:
        findings: The findings.
        of: What was checked, in words.
    """
    there = ((findings.agrees, "hold"), (findings.disagrees, "cannot hold"), (findings.cannot_check, "cannot be checked"))
    parts = [(counted(len(found)), f" {words}") for found, words in there if len(found)]
    pieces: list[Piece] = ["Of ", counted(len(findings)), f" {of}"] if parts else ["There are no ", of, " to check"]
    for place, (number, words) in enumerate(parts):
        pieces += [", " if place == 0 else " and " if place == len(parts) - 1 else ", ", number, words]
    return paragraph(*pieces, ".")


def _does_not_hold(found: RecordFinding) -> Paragraph:
    """A finding in a sentence, which leads to the figure that is audited, and what to do about it."""
    audited = record.figure(found.relation.audited[0])
    use = Use(definition=Definition.of_printed(audited), source=audited.source)
    pieces: list[Piece] = [Figure(text=_in_words(found.label), use=use), said(str(found).removeprefix(found.label))]
    if found.outcome.advice:
        pieces += [" What to do: ", said(found.outcome.advice)]
    return paragraph(*pieces)


def _in_words(label: str) -> str:
    """What is checked, with the documents by their titles: the keys of the record say nothing to a reader."""
    for document in record.documents():
        label = re.sub(rf"\b{re.escape(document.key)}/(?P<at>[^/ ]+)/[^ ,:]+", rf"{document.title}, \g<at>", label)
        label = label.replace(f"{document.key}, ", f"{document.title}, ")
    return label


def findings_table(findings: RecordFindings | Findings, *, name: str, title: str) -> Table:
    """Findings as a table: what is printed, what follows from the rest, and what was found.

    Args:
        findings: The findings, one or more.
        name: The table's id.
        title: What they are of.
    """
    rows = [_of_record(one) if isinstance(one, RecordFinding) else _of_audit(one) for one in findings]
    laid = Layout(
        title=title,
        keys=("What is checked",),
        figures=("Printed", "From the rest", "Finding", "Why", "What to do"),
        rows=rows,
        notes=(_HOW,),
        sources=_sources(findings),
    )
    return Table(name=name, layout=laid, uses=(Use(definition=AUDIT),), folded=True)


def _sources(findings: RecordFindings | Findings) -> tuple[str, ...]:
    if isinstance(findings, Findings):
        return ()
    documents = (str(record.figure(one).document) for found in findings for one in found.relation.figures)
    return tuple(dict.fromkeys(documents))


def _of_record(finding: RecordFinding) -> tuple[str | None, ...]:
    outcome = finding.outcome
    said = capital(finding.relation.says) or finding.label
    return (
        f"{_in_words(finding.label)}: {said}",
        "; ".join(finding.printed),
        outcome.follows or _NOTHING,
        finding.status.value,
        outcome.why or _NOTHING,
        outcome.advice or _NOTHING,
    )


def _of_audit(finding: Finding) -> tuple[str | None, ...]:
    follows = str(finding.shown) if any(finding.shown) else _NOTHING
    return (finding.label, finding.printed_shown, follows, finding.status.value, finding.why or _NOTHING, _NOTHING)


def _beside_official(places: tuple[str, ...], *, name: str, title: str) -> Table | None:
    """What official statistics say beside the printed figures of several places; None where they say nothing."""
    found = [one for one in record.comparisons() if is_at(one.figure.id, places)]
    if not found:
        return None
    rows = [(capital(one.figure.measure), one.figure.as_printed, one.match.value, capital(str(one))) for one in found]
    sources = dict.fromkeys(str(fact.source) for one in found for beside in one.beside for fact in beside.facts)
    laid = Layout(
        title=title,
        keys=("Figure",),
        figures=("Printed", "Beside official statistics", "How"),
        rows=rows,
        sources=tuple(sources),
    )
    uses = (Use(definition=Definition.of_printed(one.figure), source=one.figure.source) for one in found)
    return Table(name=name, layout=laid, uses=tuple(uses), folded=True)
