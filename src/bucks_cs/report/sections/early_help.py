"""Early help: how far it reached when last it was said, which another document says."""

from __future__ import annotations

from bucks_cs.demand import EarlyHelpReach
from bucks_cs.record import PrintedFigure, RecordFindings
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Section
from bucks_cs.report.definitions import Definition
from bucks_cs.report.sentences import amount, paragraph, printed, said

__all__ = ["early_help"]

_PLACES = ("cabinet-2022-10/3.39", "cabinet-minutes-2020-01/discussion-7")


def early_help(
    reach: EarlyHelpReach, *, centres: PrintedFigure, people: PrintedFigure, strategy: PrintedFigure, audit: RecordFindings
) -> Section:
    """Early help: what the update says of it, and how far it reached when that was last printed.

    Args:
        reach: As `bucks_cs.record.early_help` gives it.
        centres: The family centres, as printed.
        people: The people worked with, as printed.
        strategy: The years of the strategy, as the update prints them.
        audit: What the audit found of the record.
    """
    blocks: list[Block] = [
        paragraph("The update names a strategy for ", printed(strategy), " and prints nothing of how far early help reached."),
        paragraph(
            "Another document does, of ",
            said(reach.at.latest.year),
            ": ",
            said(centres.document),
            ". There were ",
            amount(reach.family_centres, of=Definition.of_printed(centres), source=reach.source),
            ", and fewer than ",
            amount(reach.people_fewer_than, of=Definition.of_printed(people), source=reach.source),
            " were worked with by ",
            said(reach.worked_with_by),
            ". That is an upper bound: print says ",
            printed(people),
            ".",
        ),
    ]
    return audited_section("early-help", "Early help", blocks, places=_PLACES, audit=audit)
