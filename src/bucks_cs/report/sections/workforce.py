"""Workforce: the Social Work Academy, and how many of those who have been through it remain."""

from __future__ import annotations

from bucks_cs import workforce
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import written
from bucks_cs.indicators.wording import capital
from bucks_cs.record import PrintedAcademy, PrintedFigure, RecordFindings, comparison
from bucks_cs.report.audited import NOT_PRINTED, audited_section
from bucks_cs.report.blocks import Block, Bullets, Section, Table
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Figure, Paragraph, amount, counted, paragraph, printed, said, span
from bucks_cs.tables import Cell, Layout
from bucks_cs.workforce import AcademyCohort, Retention, WorkerRange

__all__ = ["social_work_academy"]

_PLACES = ("cabinet-2022-10/3.25", "cabinet-2022-10/3.27", "cabinet-2022-10/3.28", "cabinet-minutes-2020-01/discussion-6")


def social_work_academy(
    academy: PrintedAcademy,
    *,
    audit: RecordFindings,
    further: tuple[PrintedFigure, PrintedFigure],
    months: tuple[PrintedFigure, PrintedFigure],
    agency: PrintedFigure,
) -> Section:
    """The workforce as the update of October 2022 has it.

    Args:
        academy: As `bucks_cs.record.academy` gives it.
        audit: What the audit found of the record.
        further: How many more are planned, and by when, as printed.
        months: How long the part in the academy is, and that in a team, as printed.
        agency: The share of agency workers, which another document prints.
    """
    found = workforce.retention(academy.to_june_2022)
    blocks: list[Block] = [
        _remain(found),
        Bullets(items=[paragraph(said(one)) for one in found.does_not_say]),
        _planned(academy.planned_to_april_2023, *further),
        _parts(academy, months),
        _cohorts(academy),
        paragraph(
            "The update prints no share of agency workers. Another document, ",
            said(agency.document),
            ", has ",
            printed(agency),
            ". ",
            said(capital(str(comparison(agency.id)))),
        ),
    ]
    return audited_section("workforce", "Workforce", blocks, places=_PLACES, audit=audit)


def _remain(found: Retention) -> Paragraph:
    cohort, of = found.cohort, workforce.STILL_IN_SERVICE
    remaining, started = _number(cohort.remaining, Definition.of(of), cohort), _number(cohort.started, Definition.of(of), cohort)
    confidence = counted(round(100 * found.smallest.confidence), of=Definition.of(of))
    return paragraph(
        "Of ",
        started,
        " ",
        said(cohort.who.value),
        " social workers who have been through the academy, ",
        remaining,
        " remain in the service: ",
        span(*found.share, of=of),
        ", with a ",
        confidence,
        "% confidence interval of ",
        span(*found.interval, of=of),
        ".",
    )


def _planned(cohort: AcademyCohort, further: PrintedFigure, by: PrintedFigure) -> Paragraph:
    number = _number(cohort.started, Definition.of_printed(further), cohort)
    return paragraph(
        "The academy is to support a further ", number, " ", said(cohort.who.value), " social workers by ", printed(by), "."
    )


def _parts(academy: PrintedAcademy, months: tuple[PrintedFigure, PrintedFigure]) -> Paragraph:
    lengths = (academy.in_academy, academy.in_team)
    first, rest = (amount(one, of=Definition.of_printed(of), source=of.source) for one, of in zip(lengths, months, strict=True))
    return paragraph("A newly qualified social worker is in the academy for ", first, " and in a team for ", rest, ".")


def _number(workers: WorkerRange | None, of: Definition, cohort: AcademyCohort) -> Figure:
    if workers is None:
        raise InvalidValue(what="cohort", expected="the numbers of workers that the sentence is of")
    low, high = (float(end.magnitude) for end in (workers.least, workers.most))
    return (
        counted(int(low), of=of, source=cohort.source)
        if low == high
        else span(workers.least, workers.most, of=of, source=cohort.source)
    )


def _cohorts(academy: PrintedAcademy) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (f"{one.who.value}, {one.status.value}", _when(one), *map(_cell, (one.started, one.in_academy, one.remaining, one.gone)))
        for one in academy.cohorts
    ]
    laid = Layout(
        title="The cohorts of the Social Work Academy",
        keys=("Cohort", "When"),
        figures=("Started (workers)", "In the academy (workers)", "Remaining (workers)", "Gone, which follows (workers)"),
        rows=rows,
        marks=(NOT_PRINTED,),
        sources=tuple(dict.fromkeys(str(one.source) for one in academy.cohorts)),
    )
    of = Definition.of(workforce.STILL_IN_SERVICE)
    uses = dict.fromkeys(Use(definition=of, source=one.source) for one in academy.cohorts)
    return Table(name="academy-cohorts", layout=laid, uses=tuple(uses))


def _when(one: AcademyCohort) -> str:
    return "no date" if one.started_in is None else str(one.started_in).partition(" (")[0]


def _cell(workers: WorkerRange | None) -> Cell:
    if workers is None:
        return NOT_PRINTED[0]
    low, high = float(workers.least.magnitude), float(workers.most.magnitude)
    return low if low == high else f"{written(low)} to {written(high)}"
