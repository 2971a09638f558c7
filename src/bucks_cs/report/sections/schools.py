"""Schools: those inspected since the methodology changed, and the share of pupils in good or outstanding ones."""

from __future__ import annotations

from bucks_cs import inspections
from bucks_cs.indicators.wording import capital
from bucks_cs.record import PrintedFigure, PrintedSchoolsInspected, RecordFindings
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Section, Table
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Piece, amount, paragraph, printed, said
from bucks_cs.tables import Layout

__all__ = ["schools_inspected"]

_PLACES = ("cabinet-2022-10/3.35", "cabinet-2022-10/3.36", "cabinet-2022-10/3.38")


def schools_inspected(found: PrintedSchoolsInspected, *, audit: RecordFindings) -> Section:
    """The schools inspected, as the update of October 2022 has them.

    Args:
        found: As `bucks_cs.record.schools_inspected` gives them.
        audit: What the audit found of the record.
    """
    blocks: list[Block] = [
        paragraph(
            printed(found.inspected), " schools were inspected ", said(found.inspected.period_said), ": ", *_phases(found), "."
        ),
        paragraph(
            printed(found.improved),
            " improved to good or better, ",
            printed(found.maintained),
            " kept their judgement (",
            printed(found.maintained_good),
            " good or better, ",
            printed(found.remained_requires_improvement),
            " requires improvement) and ",
            printed(found.dropped),
            " dropped.",
        ),
        paragraph(
            amount(found.pupils.percent, of=inspections.PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS, source=found.pupils.source),
            " of pupils were in a good or outstanding school, ",
            said(found.pupils.at),
            ". It is a share of pupils, and none of schools, and the two do not compare.",
        ),
        _counts(found),
    ]
    return audited_section("schools", "Schools", blocks, places=_PLACES, audit=audit)


def _phases(found: PrintedSchoolsInspected) -> list[Piece]:
    pieces: list[Piece] = []
    for phase, figure in found.by_phase.items():
        pieces += [", "] * bool(pieces) + [printed(figure), f" {phase}"]
    return pieces


def _counts(found: PrintedSchoolsInspected) -> Table:
    figures: list[PrintedFigure] = [
        *found.by_phase.values(),
        found.improved,
        found.maintained,
        found.maintained_good,
        found.remained_requires_improvement,
        found.dropped,
        found.inspected,
    ]
    rows = [(capital(one.measure), one.low) for one in figures]
    laid = Layout(
        title="Schools inspected, as printed",
        keys=("Schools",),
        figures=("Number (schools)",),
        rows=rows,
        sources=tuple(dict.fromkeys(str(one.source) for one in figures)),
    )
    uses = (Use(definition=Definition.of_printed(one), source=one.source) for one in figures)
    return Table(name="schools-inspected", layout=laid, uses=tuple(uses))
