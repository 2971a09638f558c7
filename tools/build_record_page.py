"""Make ``docs/the-published-record.md``: every document and figure of the record, what was found, and what to do about it.

Nothing on the page is written by hand but the sentences of this file: figures, counts, verdicts and advice are those of
``bucks_cs.record``, so that the page cannot say anything else than the library does.

Run from the root of the repository::

    python tools/build_record_page.py

The same record gives the same bytes; ``tests/test_record_page.py`` checks that the committed page is up to date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bucks_cs import record
from bucks_cs.audit import Status
from bucks_cs.provenance import DateBounds, Source, day_in_words
from bucks_cs.record import ClaimVerdict, Document, Match, PrintedFigure, RecordFinding, RelationKind, Unchecked

PAGE = Path(__file__).resolve().parents[1] / "docs" / "the-published-record.md"

WOULD_HELP = {
    Unchecked.UNRESOLVED: "Print the number or the word that was meant.",
    Unchecked.DOES_NOT_FIT: "Put right the one that is found wrong, and the others are checked with it.",
    Unchecked.CLAIM: "Print the figures that bear it out: see [the claims in words](#claims).",
    Unchecked.GAP: "Print the figure when there is one.",
    Unchecked.COUNTS_NOT_PRINTED: "Print the counts beside the percentage, and anybody can check it.",
    Unchecked.NOT_HELD: "Keep the paper that is pointed at with the one that points.",
    Unchecked.TO_COME: "Come back to it when its day has come.",
    Unchecked.RULE: "Name the law or the guide that sets it.",
    Unchecked.ONLY_RESTATED: "Name its source where it is first printed: to repeat a figure bears nothing out.",
    Unchecked.JUDGEMENT: "Name the report it is taken from, and its date.",
    Unchecked.TIME: "Name the paper that has the day.",
    Unchecked.ALONE: "Name its source, or print the figures that it was made of.",
}
"""What a writer could do so that such a figure could be checked."""

MATCHES = {
    Match.MATCHES: "It can stand for the official figure.",
    Match.ON_ONE_BASIS: "It can stand for one of several, and the print does not say that this one was meant.",
    Match.BETWEEN: "Official figures are of other days or years, and it lies between those round it.",
    Match.DIFFERS: "It does neither, which does not say that either is wrong: the reason stands beside it.",
    Match.NOT_COMPARABLE: "Nothing official counts this, or counts it at that time.",
}
CLAIMS = {
    ClaimVerdict.BORNE_OUT: "By every test it was put to.",
    ClaimVerdict.IN_PART: "By some of the tests and not by others.",
    ClaimVerdict.NOT_BORNE_OUT: "By none of them, as the words are read here; read otherwise they may fare better.",
    ClaimVerdict.NOT_CHECKABLE: "No official figure would show it, or it is a judgement.",
}
COUNTED = {Status.AGREES: "agree", Status.DISAGREES: "disagree", Status.CANNOT_CHECK: "cannot be checked"}

INTRODUCTION = """\
# The published record

Five documents of Buckinghamshire's two councils, of 2020 to 2023, print {figures} figures.
Each of them is here as it was printed, with what was found when it was set beside the others.

Printed slips are ordinary.
A report to Cabinet is the work of many hands, in little time, from figures that are still moving.
Most of what could be checked below is sound.
What is said here is said of a print, and not of anybody who wrote it.
The point is that a library can catch such a slip [before it is published](how-to/audit-your-own-report.md).

## In short {{ #in-short }}
"""

READING = """\
- A figure that **agrees** fits the figures it is printed with, or a fact named beside it; that does not make it true.
- One that **disagrees** should follow from others, and nothing that rounds to what is printed does.
- One that **cannot be checked** is not in doubt: the documents have nothing to check it by, and the reason is given.

Of figures that do not fit one another, only the one that should follow is said to disagree.
No page says which of them is the slip.
Each figure is taken for every number that rounds to it: see [the audit](explanation/rounding-aware-audit.md)."""

BY_ID = """\
The small code under each figure is its id, by which a program has it with all that is known of it.

```python
>>> from bucks_cs import record
>>> print(record.figure("{id}"))
{printed}
```"""

OFFICIAL = """\
For {sought} figures an official statistic of the same thing was sought.
{found} of them have one beside them, or the nearest there is.
A figure that only repeats an earlier one is found under that one.
For intentions and most dates none was sought; of the councils' own money only for the overspend."""

CLAIMED = """\
A claim in words is a figure too, where figures could bear it out.
Taken in are words that say how much, how many or how good something is: *all*, *more*, *higher*, *marked*, *significantly*.
Words of purpose or praise, in which nothing is counted or compared, are not.
Each is given the reading that stands beside it, and put to the tests that official statistics allow.
Where it is ranked among others, quartile A is the best quarter of them by that measure, and D the worst."""

LICENCE = """\
The official statistics, and the figures and short quotations of the two councils' documents, are public sector information.
They are used under the Open Government Licence v3.0.
The minutes of January 2020 are Buckinghamshire County Council's own, and the later documents Buckinghamshire Council's.
What was read in Children & Young People Now, and one fact of Skills for Care, are not under that licence.
The file `LICENSE-DATA` of the package says what is whose.
This page is made by `tools/build_record_page.py`, and a test fails where it is not what the library says."""


def escaped(text: str) -> str:
    """Printed text, of which nothing is taken for Markdown or HTML.

    Args:
        text: The text.
    """
    return re.sub(r"([\\`*_{}\[\]|])", r"\\\1", text).replace("<", "&lt;")


def sentences(text: str, *, indent: str = "") -> str:
    """Text with a sentence a line.

    Args:
        text: The text.
        indent: What each line but the first begins with.
    """
    return re.sub(r"(?<=[.?!]) (?=[A-Z0-9£\"])", f"\n{indent}", text)


def capital(text: str) -> str:
    """Words that begin with a capital.

    Args:
        text: The words.
    """
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """Words as a sentence: a capital, and a full stop.

    Args:
        text: The words.
    """
    return f"{capital(text)}{'' if text.endswith(('.', '?', '!')) else '.'}"


def table(head: Iterable[str], rows: Iterable[Iterable[str]], *, numbers: int = 0) -> str:
    """A Markdown table.

    Args:
        head: The headings.
        rows: The cells of each row.
        numbers: How many of the last columns are numbers, set to the right.
    """
    names = list(head)
    rule = ["---"] * (len(names) - numbers) + ["---:"] * numbers
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, rule, *rows))


def folded(title: str, body: str, *, shown: bool = False) -> str:
    """A table that is folded away until it is asked for, and whose rows are cards on a phone.

    Args:
        title: What can be read while it is folded.
        body: The table.
        shown: Whether it is open from the beginning.
    """
    lines = "\n".join(f"    {line}".rstrip() for line in body.split("\n"))
    return f'???{"+" if shown else ""} figures "{title}"\n\n{lines}'


def anchor(figure_id: str) -> str:
    """The name of the place on the page that says what was found of a figure.

    Args:
        figure_id: The figure's id.
    """
    return re.sub(r"[^a-z0-9]+", "-", figure_id)


def counts(rows: Iterable[dict[str, Any]]) -> list[int]:
    """How many rows agree, disagree, cannot be checked.

    Args:
        rows: Rows of the verdicts.
    """
    found = Counter(row["verdict"] for row in rows)
    return [found[status.value] for status in COUNTED]


def when(document: Document) -> str:
    """A document's day, or the days that it lies between.

    Args:
        document: The document.
    """
    first, last = day_in_words(document.earliest), day_in_words(document.latest)
    return first if first == last else f"between {first} and {last}"


def where(figure: PrintedFigure) -> str:
    """Where a figure is printed, as a link to its document.

    Args:
        figure: The figure.
    """
    return f"[{escaped(figure.place)}](#{figure.document.key})"


def what(figure: PrintedFigure) -> str:
    """What a figure measures and when, with its id below.

    Args:
        figure: The figure.
    """
    known = f"{figure.measure} {figure.as_printed}".casefold()
    period = f" ({figure.period_said})" if figure.period_said and figure.period_said.casefold() not in known else ""
    return f"{escaped(figure.measure + period)}<br>`{figure.id}`"


def release(source: Source) -> str:
    """The release an official figure is in, with how it was read where that was not in the release itself.

    Args:
        source: The source of the figure.
    """
    said = f"{source.publisher}, {escaped(source.title)}"
    return f"{said} ({escaped(source.note)})" if source.note.startswith("read") else said


class Page:
    """The page, with the verdicts and findings it is made of."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = list(record.verdicts().iter_rows(named=True))
        self.findings = record.audit()
        self.officially = {
            **{one.figure.id: f"[official figures](#official): {one.match.value}" for one in record.comparisons()},
            **{one.figure.id: f"[official figures](#claims): {one.verdict.value}" for one in record.claims()},
        }
        self.disagreeing = [row for row in self.rows if row["verdict"] == Status.DISAGREES.value]

    def text(self) -> str:
        """The whole page."""
        parts = (self.in_short(), self.what_does_not_follow(), self.unchecked(), self.official(), self.claims(), self.printed())
        return "\n\n".join([*(part for each in parts for part in each), LICENCE]) + "\n"

    def in_short(self) -> Iterator[str]:
        """The counts, in all and by document."""
        yield INTRODUCTION.format(figures=len(self.rows)).rstrip()
        lines = []
        for document in record.documents():
            rows = [row for row in self.rows if row["document"] == document.key]
            title = f"[{escaped(document.title)}](#{document.key}), {when(document)}"
            lines.append([title, *map(str, (len(rows), *counts(rows)))])
        lines.append(["**In all**", *(f"**{number}**" for number in (len(self.rows), *counts(self.rows)))])
        counted = table(["Document", "Figures", *(word.capitalize() for word in COUNTED.values())], lines, numbers=4)
        yield f'<div class="counts" markdown>\n\n{counted}\n\n</div>'
        once = [row for row in self.rows if record.figure(row["id"]).restates is None]
        words = ", ".join(f"{number} {word}" for number, word in zip(counts(once), COUNTED.values(), strict=True))
        yield (
            f"{len(self.rows) - len(once)} of the figures only repeat an earlier one, as minutes repeat the report before them.\n"
            f"Counted once, there are {len(once)}: {words}."
        )
        yield READING
        example = record.figure("cabinet-2022-10/3.19/contacts/2022")
        yield BY_ID.format(id=example.id, printed=example)

    def what_does_not_follow(self) -> Iterator[str]:
        """Each figure that disagrees: what was printed, what follows, what to do."""
        yield "## What does not follow, and what to do { #what-does-not-follow }"
        yield (
            f"{len(self.disagreeing)} figures do not follow from those they are printed with.\nEach stands as it was printed: "
            "none is put right here, since only those who have the data can say which of the figures is to be changed."
        )
        for row in self.disagreeing:
            figure = record.figure(row["id"])
            wrong = [one for one in self.findings.of(figure.id).disagrees if figure.id in one.relation.audited]
            yield f"### {capital(escaped(figure.measure))} ({escaped(figure.place)}) {{ #{anchor(figure.id)} }}"
            yield f"> … {escaped(figure.printed_text)} …"
            printed_in = f"[{escaped(figure.document.title)}](#{figure.document.key}), {escaped(figure.place)}"
            holds = dict.fromkeys(sentence(escaped(one.relation.says)) for one in wrong)
            said = {
                "As printed": f"{escaped(figure.as_printed)}, in {printed_in}.",
                "What should hold": " ".join(holds),
                "What follows": self.follows(wrong),
                "What to do": escaped(row["what_to_do"]),
            }
            yield "\n".join(f"- **{term}:** {sentences(words, indent='  ')}" for term, words in said.items())

    def follows(self, findings: Iterable[RecordFinding]) -> str:
        """What should stand there by the other figures, and why what is printed cannot.

        Args:
            findings: What was found of the relations that do not hold.
        """
        outcomes = [one.outcome for one in findings]
        whys = dict.fromkeys(sentence(escaped(one.why)) for one in outcomes)
        return " ".join([sentence(" and ".join(escaped(one.follows) for one in outcomes)), *whys])

    def unchecked(self) -> Iterator[str]:
        """What cannot be checked, by its reason."""
        yield "## What cannot be checked, and why { #what-cannot-be-checked }"
        found = Counter(row["reason"] for row in self.rows if row["reason"])
        lines = [[capital(reason.value), WOULD_HELP[reason], str(found[reason.value])] for reason in Unchecked]
        lines.sort(key=lambda cells: -int(cells[-1]))
        lines.append(["**In all**", "", f"**{found.total()}**"])
        yield table(["Reason", "What would help", "Figures"], lines, numbers=1)

    def official(self) -> Iterator[str]:
        """Printed figures beside official ones."""
        yield "## Beside official statistics { #official }"
        found = record.comparisons()
        yield OFFICIAL.format(sought=len(found), found=sum(bool(one.beside) for one in found))
        by_match = Counter(one.match for one in found)
        lines = [[capital(match.value), words, str(by_match[match])] for match, words in MATCHES.items()]
        yield table(["Match", "What that says", "Figures"], lines, numbers=1)
        for match in MATCHES:
            rows = [
                [
                    f"{where(one.figure)}: {what(one.figure)}",
                    escaped(str(one)),
                    "<br>".join(dict.fromkeys(release(fact.source) for b in one.beside for fact in b.facts)),
                ]
                for one in found
                if one.match is match
            ]
            title = f"{capital(match.value)}: {len(rows)} figures"
            yield folded(title, table(["What", "Beside official figures", "Release"], rows), shown=match is Match.DIFFERS)

    def claims(self) -> Iterator[str]:
        """The claims in words, and what official figures say of them."""
        yield "## Claims in words { #claims }"
        yield CLAIMED
        found = record.claims()
        by_verdict = Counter(one.verdict for one in found)
        lines = [[capital(verdict.value), words, str(by_verdict[verdict])] for verdict, words in CLAIMS.items()]
        yield table(["Verdict", "What that says", "Claims"], lines, numbers=1)
        for verdict in CLAIMS:
            rows = [
                [
                    f"{where(one.figure)}: **{escaped(one.figure.as_printed)}**<br>{what(one.figure)}",
                    sentence(escaped(one.read_as)) if one.read_as else "No official figure would show it.",
                    "<br>".join([sentence(escaped(one.why)), *(f"• {sentence(escaped(str(test)))}" for test in one.tests)]),
                ]
                for one in found
                if one.verdict is verdict
            ]
            title = f"{capital(verdict.value)}: {len(rows)} {'claim' if len(rows) == 1 else 'claims'}"
            yield folded(title, table(["As printed", "Read as", "What official figures say"], rows))

    def printed(self) -> Iterator[str]:
        """Each document, and its figures."""
        yield "## The documents and their figures { #documents }"
        for document in record.documents():
            rows = [row for row in self.rows if row["document"] == document.key]
            said = ", ".join(f"{number} {word}" for number, word in zip(counts(rows), COUNTED.values(), strict=True))
            yield f"### {escaped(document.title)} {{ #{document.key} }}"
            yield "\n".join(f"- {line}" for line in self.about(document))
            cells = [self.cells(row) for row in rows]
            yield folded(f"{len(rows)} figures: {said}", table(["Where", "As printed", "What", "Verdict"], cells))

    def about(self, document: Document) -> Iterator[str]:
        """Whose a document is, of when, and what it repeats.

        Args:
            document: The document.
        """
        yield f"{document.kind.value.capitalize()} of {document.body.value}, `{document.key}`."
        if isinstance(document.dated, DateBounds):
            day = document.earliest == document.latest
            yield f"Undated, and of {'' if day else 'a day '}{when(document)}.\n  {sentence(escaped(document.dated.why))}"
        else:
            yield f"Dated {when(document)}."
        if document.restates is not None:
            first = record.document(document.restates)
            yield f"It repeats [{escaped(first.title)}](#{first.key}), so that what it repeats is counted once."
        if document.source.url:
            yield f"[Where it was published]({document.source.url})."

    def cells(self, row: dict[str, Any]) -> list[str]:
        """A figure's row of the table of its document.

        Args:
            row: Its verdict.
        """
        figure = record.figure(row["id"])
        of_the_print = escaped(figure.note) if figure.note.startswith("printed ") else ""
        said = "; ".join(filter(None, (self.verdict(row, figure), of_the_print, self.officially.get(figure.id))))
        return [escaped(figure.place), f"**{escaped(figure.as_printed)}**", what(figure), said]

    def verdict(self, row: dict[str, Any], figure: PrintedFigure) -> str:
        """A figure's verdict in a few words, with a link to what was found where something does not follow.

        Args:
            row: Its verdict.
            figure: The figure.
        """
        word, its = row["verdict"], self.findings.of(figure.id)
        repeats = f"it repeats {escaped(record.figure(figure.restates).as_printed)}; " if figure.restates else ""
        if word == Status.DISAGREES.value:
            return f"**{word}**: [what follows, and what to do](#{anchor(figure.id)})"
        if word == Status.AGREES.value:
            holding = [holds(one) for one in its.agrees if one.relation.kind is not RelationKind.REPEATED]
            return f"{word}: {repeats}{escaped('; '.join(dict.fromkeys(holding)) or 'that one agrees')}"
        if row["reason"] == Unchecked.DOES_NOT_FIT.value:
            beside = dict.fromkeys(one for found in its.disagrees for one in found.relation.audited)
            links = " and ".join(f"[{escaped(record.figure(one).as_printed)}](#{anchor(one)})" for one in beside)
            return f"{word}: {links} {'do' if len(beside) > 1 else 'does'} not fit with it; either may be the slip"
        more = row["why"] if row["reason"] in _IN_THEIR_OWN_WORDS and not repeats else row["reason"]
        return f"{word}: {repeats}{escaped(more)}"


def holds(finding: RecordFinding) -> str:
    """What a relation that agrees says; of a period that may be longer or shorter, by how much.

    Args:
        finding: What was found of it.
    """
    follows = finding.outcome.follows
    within = finding.relation.kind is RelationKind.LENGTH and " to " in follows
    return f"{finding.relation.says} ({follows}, by the days it can be of)" if within else finding.relation.says


_IN_THEIR_OWN_WORDS = {
    reason.value for reason in (Unchecked.UNRESOLVED, Unchecked.GAP, Unchecked.COUNTS_NOT_PRINTED, Unchecked.NOT_HELD)
}


def build() -> str:
    """The whole page, as text."""
    return Page().text()


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8", newline="\n")
