"""Demand: the table of the update, each printed percentage recomputed, and the slips that would explain those that disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bucks_cs import charts, trend
from bucks_cs.audit import Finding, Findings
from bucks_cs.indicators import Reading
from bucks_cs.provenance import AnySource, Source
from bucks_cs.readings import Readings
from bucks_cs.record import RecordFindings
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Bullets, Download, Drawing, Section, Subheading, Table, uses_of
from bucks_cs.report.definitions import AUDIT, Definition, Use
from bucks_cs.report.demand_table import demand_layout, demand_rows
from bucks_cs.report.sentences import Figure, Paragraph, Piece, counted, listed, paragraph, read, said

__all__ = ["demand", "demand_alone"]

_PLACE = "cabinet-2022-10/3.19"
_TITLE = "Demand"


def demand(
    readings: Readings[Any], findings: Findings, *, indicators: Sequence[str], audit: RecordFindings, source: Source
) -> Section:
    """Demand as the update of October 2022 has it.

    Args:
        readings: The averages of its table, as `bucks_cs.record.demand` gives them.
        findings: What was found of its percentages, as `bucks_cs.report.demand_findings` gives them.
        indicators: The key of the indicator of each row of the table, in its order.
        audit: What the audit found of the record, the repetitions in the minutes among it.
        source: Where the table is printed.
    """
    pairs = _pairs(readings)
    first, last = pairs[indicators[0]]
    headings = [heading for heading, _ in findings[0].cells]
    as_printed = "The monthly averages, as printed"
    blocks: list[Block] = [
        paragraph(
            "The table of paragraph ",
            said(_place_of(source)),
            " sets two averages side by side: ",
            listed(f"“{heading}” ({one.period})" for heading, one in zip(headings, (first, last), strict=True)),
            ". The months themselves are not printed.",
        ),
        _summary(findings),
        Bullets(items=[_moved(*pairs[key], found) for key, found in zip(indicators, findings, strict=True)]),
        Drawing.of(charts.change(readings), readings, name="demand-then-and-now", across="period", title=as_printed),
        paragraph("The chart draws the averages as they are printed, whether or not the percentage beside them follows."),
        _table(findings, source, uses=uses_of(readings)),
        *_slips(findings),
    ]
    taken_away = Download(name="demand.csv", text=demand_rows(findings, source=source))
    return audited_section("demand", _TITLE, blocks, places=(_PLACE,), audit=audit, downloads=(taken_away,))


def demand_alone(findings: Findings, *, source: AnySource) -> Section:
    """A demand table of one's own, and what was found of it.

    Args:
        findings: As `bucks_cs.report.demand_findings` gives them.
        source: Where the table is from.

    Raises:
        MissingSource: There is no source.
    """
    return Section(
        key="demand",
        title=_TITLE,
        blocks=[_summary(findings), *([_table(findings, source)] if len(findings) else []), *_slips(findings)],
        downloads=(Download(name="demand.csv", text=demand_rows(findings, source=source)),),
    )


def _summary(findings: Findings) -> Paragraph:
    right, wrong, unknown = findings.agrees, findings.disagrees, findings.cannot_check
    pieces: list[Piece] = [
        "Of ",
        counted(len(findings)),
        " percentage" if len(findings) == 1 else " percentages",
        ", ",
        counted(len(right)),
    ]
    pieces += [f" follow{'s' * (len(right) == 1)} from the two averages beside {'it' if len(right) == 1 else 'them'} and "]
    pieces += [counted(len(wrong)), " does not" if len(wrong) == 1 else " do not"]
    pieces += [": ", listed(found.label for found in wrong), "."] if len(wrong) else ["."]
    if len(unknown):
        pieces += [" ", counted(len(unknown)), " cannot be checked."]
    return paragraph(*pieces)


def _pairs(readings: Readings[Any]) -> dict[str, tuple[Reading, Reading]]:
    """The two readings of each indicator by its key, the earlier first."""
    found: dict[str, list[Reading]] = {}
    for one in sorted(readings, key=lambda one: one.period.end):
        found.setdefault(one.indicator.key, []).append(one)
    return {key: (some[0], some[-1]) for key, some in found.items()}


def _moved(first: Reading, last: Reading, found: Finding) -> Paragraph:
    change = trend.change(first, last)
    pieces: list[Piece] = [
        said(first.indicator.title),
        ": a monthly average of ",
        read(first, bare=True),
        ", then of ",
        read(last, bare=True),
    ]
    if change.percent is not None:
        pieces += [": a change of ", read(change.percent)]
    verb = "which agrees with" if found.agrees else "which disagrees with" if found.disagrees else "beside"
    of = Definition.of(first.indicator if change.percent is None else change.percent.indicator)
    shown = Figure(text=found.printed_shown, use=Use(definition=of, source=first.source))
    return paragraph(*pieces, f", {verb} the printed ", shown, ".")


def _table(findings: Findings, source: AnySource, uses: tuple[Use, ...] = ()) -> Table:
    audited = Use(definition=AUDIT, source=source)
    return Table(name="demand-table", layout=demand_layout(findings, source=source), uses=(*uses, audited))


def _slips(findings: Findings) -> list[Block]:
    if not len(findings.disagrees):
        return []
    blocks: list[Block] = [
        Subheading(text="What would explain it"),
        paragraph(
            "Slips of one digit, sign, scale, copying or rounding were searched for. None is put in place of what is printed, "
            "and nothing here says that any of them happened."
        ),
    ]
    for found in findings.disagrees:
        blocks.append(_lead(found))
        items = [*found.suggestions, *(f"With no slip at all: {one}" for one in found.explanations)]
        if items:
            blocks.append(Bullets(items=[paragraph(said(one)) for one in items]))
    return blocks


def _lead(found: Finding) -> Paragraph:
    number = len(found.suggestions)
    finding: list[Piece] = [Figure(text=found.label, use=Use(definition=AUDIT)), said(str(found).removeprefix(found.label))]
    if number == 0:
        return paragraph(finding, " No single slip that was searched for would explain it.")
    if number == 1:
        return paragraph(finding, " Only one slip that was searched for would explain it:")
    return paragraph(finding, " ", counted(number), " slips would each explain it:")


def _place_of(source: Source) -> str:
    return source.place.removeprefix("paragraph ").partition(",")[0]
