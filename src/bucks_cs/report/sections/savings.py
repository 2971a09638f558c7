"""Savings and pressures: what the minutes of another document plan to save, with the range that an unstated basis leaves."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import polars as pl

from bucks_cs import charts, savings
from bucks_cs.frames import Checked
from bucks_cs.indicators import Reading
from bucks_cs.record import Document, PrintedFigure, RecordFindings
from bucks_cs.report.audited import NOT_PRINTED, audited_section
from bucks_cs.report.blocks import Block, Bullets, Drawing, Section, Subheading, Table, uses_of
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Paragraph, counted, listed, paragraph, printed, read, said
from bucks_cs.savings import Pressure, SavingsLine, SavingsProgramme
from bucks_cs.tables import Cell, Layout, layout

__all__ = ["planned_savings"]

_PLACES = ("transformation-minutes-2023/response", "transformation-minutes-2023/question-4")


def planned_savings(
    programme: SavingsProgramme,
    pressures: Iterable[tuple[Pressure, PrintedFigure]],
    *,
    audit: RecordFindings,
    document: Document,
    in_words: PrintedFigure,
) -> Section:
    """Savings and pressures, which the update does not print and another document does.

    Args:
        programme: The lines, as `bucks_cs.record.savings_lines` gives them.
        pressures: As `bucks_cs.record.pressures` gives them, each with its amount as printed.
        audit: What the audit found of the record.
        document: The document they are printed in.
        in_words: The figure that the text of it prints, in another unit than its table.
    """
    levels = savings.total_level(programme, years=programme.years)
    blocks: list[Block] = [
        paragraph("The update prints no savings. What stands here is of another document: ", said(document), "."),
        _what_is_open(programme),
        *(_in_all(one) for one in levels),
        _drawn(programme),
        _lines(programme),
        Table(name="savings-by-year", layout=layout(levels, title=savings.TOTAL_LEVEL.title), uses=uses_of(levels)),
        _slip(in_words, audit),
        Subheading(text="Pressures"),
        Bullets(items=[_pressure(one, as_printed) for one, as_printed in pressures]),
        paragraph("They are against different plans: no sum of them means anything."),
    ]
    return audited_section("savings", "Savings and pressures", blocks, places=_PLACES, audit=audit)


def _in_all(one: Reading) -> Paragraph:
    if one.number is not None:
        return paragraph("In ", said(one.period), " all lines together come to ", read(one), ".")
    return paragraph(
        "In ", said(one.period), " all lines together come to ", read(one), ", from the least to the most that print can mean."
    )


def _what_is_open(programme: SavingsProgramme) -> Paragraph:
    number = counted(len(programme.lines), of=savings.TOTAL_LEVEL, source=programme.source)
    unplaced = counted(len(programme.unplaced), of=savings.TOTAL_LEVEL, source=programme.source)
    open_to_doubt = [line for line in programme.lines if line.basis is savings.Basis.UNSTATED]
    how_many_open = counted(len(open_to_doubt), of=savings.TOTAL_LEVEL, source=programme.source)
    recurring = [line for line in programme.lines if line.recurrence is savings.Recurrence.UNSTATED]
    recurring_open = counted(len(recurring), of=savings.TOTAL_LEVEL, source=programme.source)
    return paragraph(
        "Of ",
        number,
        " lines, ",
        how_many_open,
        " do not state whether the figure of a year is on top of the year before or counts it in, ",
        recurring_open,
        " whether it recurs, and ",
        unplaced,
        " have a figure of years that are not named, which may fall in any year to come. Nothing is guessed: where it matters, "
        "the sum is a range.",
    )


def _drawn(programme: SavingsProgramme) -> Drawing:
    both = savings.tracker_profile(_tracker(programme), years=programme.years)
    laid = layout(both, title="Planned savings year by year")
    return Drawing(name="savings-profile", chart=charts.savings_profile(programme), layout=laid, uses=uses_of(both))


def _tracker(programme: SavingsProgramme) -> Checked[pl.DataFrame]:
    # What a tracker has no column for changes no amount of a profile.
    plain = [attrs.evolve(line, depends_on=(), delivered=(), status=None, already_counted_in=None) for line in programme.lines]
    return savings.tracker_of_lines(plain)


def _lines(programme: SavingsProgramme) -> Table:
    years = programme.years
    rows: list[tuple[Cell, ...]] = [
        (line.description, *(_in(line, year) for year in years), _unplaced(line)) for line in programme.lines
    ]
    laid = Layout(
        title=f"{programme.name}: lines, savings above zero",
        keys=("Line",),
        figures=(*(f"{year} (£)" for year in years), "Years not named (£)"),
        rows=rows,
        marks=((NOT_PRINTED[0], "not printed for that year"),),
        sources=tuple(dict.fromkeys(str(line.source) for line in programme.lines)),
    )
    uses = (Use(definition=Definition.of(savings.TOTAL_LEVEL), source=line.source) for line in programme.lines)
    return Table(name="savings-lines", layout=laid, uses=tuple(dict.fromkeys(uses)))


def _in(line: SavingsLine, year: object) -> Cell:
    for one in line.amounts:
        if one.year == year and one.saving is not None:
            return float(one.saving.m_as("GBP"))
    return NOT_PRINTED[0]


def _unplaced(line: SavingsLine) -> Cell:
    return None if line.unplaced is None else float(line.unplaced.saving.m_as("GBP"))


def _slip(in_words: PrintedFigure, audit: RecordFindings) -> Paragraph:
    wrong = audit.of(in_words.id).disagrees
    if not wrong:
        return paragraph("The text and the table agree on ", printed(in_words), ".")
    follows = listed(dict.fromkeys(found.outcome.follows for found in wrong))
    return paragraph("The text prints ", printed(in_words), " where its own table has ", follows, ".")


def _pressure(one: Pressure, as_printed: PrintedFigure) -> Paragraph:
    return paragraph(
        printed(as_printed, of=savings.PRESSURE),
        " in ",
        said(one.year),
        " against ",
        said(one.against),
        ": ",
        said(one.description),
        ".",
    )
