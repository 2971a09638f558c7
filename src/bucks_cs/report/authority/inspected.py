"""The inspections of an authority and of its area's SEND, and the grades of its schools, from Ofsted's own files."""

from __future__ import annotations

from bucks_cs import charts, inspections
from bucks_cs.geography import Authority
from bucks_cs.inspections import InspectionOutcome, LocalAuthoritySheet
from bucks_cs.provenance import Source
from bucks_cs.report.authority.folder import PublishedFolder
from bucks_cs.report.authority.series import Series, all_of, series_blocks
from bucks_cs.report.blocks import Block, Bullets, Drawing, Section, Table
from bucks_cs.report.sections.inspections import first_of, timeline_rows
from bucks_cs.report.sentences import Paragraph, listed, paragraph, said

__all__ = ["inspections_of", "schools_of"]


def inspections_of(authority: Authority, folder: PublishedFolder) -> Section:
    """The inspections of the authority and of its area's SEND.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    read = _read(folder)
    outcomes = [one for one in read if one.area == authority.key]
    if not outcomes:
        blocks: list[Block] = [
            paragraph("Neither of the files read here has an inspection of ", said(authority.name), "."),
            _of_files(read),
        ]
        return Section(key="inspections", title="Inspections", blocks=blocks)
    line = inspections.timeline(outcomes)
    blocks = [
        paragraph("The latest inspections, each in the scale of its own regime:"),
        Bullets(items=[paragraph(said(one)) for one in _latest(outcomes)]),
        _of_files(read),
        Drawing(name="inspection-timeline", chart=charts.inspection_timeline(line), layout=timeline_rows(line)),
    ]
    return Section(key="inspections", title="Inspections", blocks=blocks)


def _read(folder: PublishedFolder) -> list[InspectionOutcome]:
    """The inspections of every authority and of every area's SEND."""
    history = inspections.read_local_authority_outcomes(
        folder.file("local authority inspections"), sheet=LocalAuthoritySheet.HISTORY
    )
    send = inspections.read_area_send(folder.file("area SEND inspections"))
    return [*history, *send]


def _of_files(read: list[InspectionOutcome]) -> Paragraph:
    titles = dict.fromkeys(one.source.title for one in read if isinstance(one.source, Source))
    return paragraph("Read here: ", listed(titles), ". An inspection that neither has, such as a later one, is not here.")


def _latest(outcomes: list[InspectionOutcome]) -> list[InspectionOutcome]:
    """The last of each regime."""
    newest = {one.regime.title: one for one in sorted(outcomes, key=first_of)}
    return list(newest.values())


def schools_of(authority: Authority, folder: PublishedFolder) -> Section:
    """The schools of the area by their grade.

    Args:
        authority: Whose.
        folder: The published statistics.
    """
    found = inspections.read_schools_by_authority(folder.file("schools"))
    of = inspections.SCHOOLS_GOOD_OR_OUTSTANDING
    blocks = series_blocks(Series(authority=authority, indicator=of, every=found), name="schools-good-or-outstanding-over-time")
    own = all_of(found, authority)
    tables = [Table.of(own, name="schools-by-grade-table", title="Schools by grade")] if len(own) else []
    return Section(key="schools", title="Schools", blocks=[*blocks, *tables])
