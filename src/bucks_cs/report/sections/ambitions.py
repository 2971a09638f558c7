"""Attainment: the two national ambitions, which are no targets of an authority."""

from __future__ import annotations

from collections.abc import Sequence

from bucks_cs.record import PrintedAmbition, PrintedFigure, RecordFindings
from bucks_cs.report.audited import NOT_PRINTED, audited_section
from bucks_cs.report.blocks import Block, Bullets, Section, Table, uses_of
from bucks_cs.report.sentences import Paragraph, Piece, listed, paragraph, printed, said
from bucks_cs.tables import Cell, Layout

__all__ = ["national_ambitions"]

_PLACES = ("cabinet-2022-10/2.3",)


def national_ambitions(ambitions: Sequence[PrintedAmbition], *, audit: RecordFindings) -> Section:
    """The national ambitions as the update of October 2022 and the minutes of that day print them.

    Args:
        ambitions: As `bucks_cs.record.ambitions` gives them.
        audit: What the audit found of the record.
    """
    first = [one for one in ambitions if one.restates is None]
    blocks: list[Block] = [
        paragraph("Both are ambitions for England, and no target of the council:"),
        Bullets(items=[_ambition(one) for one in first]),
        paragraph("Neither document says which academic year the last one is. ", *_open(first)),
        _as_printed(ambitions),
    ]
    return audited_section("attainment", "National ambitions for attainment", blocks, places=_PLACES, audit=audit)


def _ambition(one: PrintedAmbition) -> Paragraph:
    of = one.ambition.indicator
    pieces: list[Piece] = [said(one.ambition.title)]
    if one.baseline is not None and one.baseline_year is not None:
        pieces += [", from ", printed(one.baseline, of=of), " in ", printed(one.baseline_year)]
    else:
        pieces += [", from a start that is not printed"]
    pieces += [", to ", printed(one.target, of=of), " by ", printed(one.by), "."]
    agrees = " It is what the Schools White Paper set." if one.agrees else " It is not what the Schools White Paper set."
    return paragraph(*pieces, agrees)


def _open(ambitions: Sequence[PrintedAmbition]) -> list[Piece]:
    years = dict.fromkeys(" or ".join(year.label for year in one.ambition.by.years) for one in ambitions)
    return ["It may be ", listed(years), "."]


def _as_printed(ambitions: Sequence[PrintedAmbition]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.ambition.title, one.source.title, _text(one.baseline), _text(one.baseline_year), _text(one.target), _text(one.by))
        for one in ambitions
    ]
    laid = Layout(
        title="The national ambitions, as printed",
        keys=("Ambition", "Document"),
        figures=("From", "In", "To", "By"),
        rows=rows,
        marks=(NOT_PRINTED,),
        sources=tuple(dict.fromkeys(str(one.source) for one in ambitions)),
    )
    uses = uses_of([one.ambition.indicator for one in ambitions])
    return Table(name="national-ambitions", layout=laid, uses=tuple(dict.fromkeys(uses)))


def _text(figure: PrintedFigure | None) -> str:
    return NOT_PRINTED[0] if figure is None else figure.as_printed
