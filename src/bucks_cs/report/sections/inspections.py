"""Inspections: what was found when, in the scale of its own regime, and what was asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bucks_cs import charts, inspections
from bucks_cs.indicators.wording import with_unit
from bucks_cs.inspections import AreaOfWeakness, Grade, InspectionOutcome, Intervention, Recommendation, Timeline
from bucks_cs.provenance import DateBounds, day_in_words
from bucks_cs.record import PrintedFigure, RecordFindings, comparison
from bucks_cs.report.audited import audited_section
from bucks_cs.report.blocks import Block, Bullets, Drawing, Section, Subheading
from bucks_cs.report.definitions import Definition
from bucks_cs.report.sentences import Paragraph, counted, paragraph, printed, said
from bucks_cs.tables import Layout

__all__ = ["first_of", "inspections_of_the_area", "timeline_rows"]

_PLACES = (
    "cabinet-2022-10/3.2",
    "cabinet-2022-10/3.3",
    "cabinet-2022-10/3.4",
    "cabinet-2022-10/3.9",
    "cabinet-2022-10/3.10",
    "cabinet-2022-10/3.11",
    "cabinet-2022-10/3.12",
    "cabinet-2022-10/3.14",
    "cabinet-2022-10/3.16",
    "cabinet-2022-10/3.18",
)


def inspections_of_the_area(
    line: Timeline,
    *,
    told: dt.date,
    asked_for: tuple[Recommendation, ...],
    weak: tuple[AreaOfWeakness, ...],
    listed: tuple[PrintedFigure, PrintedFigure],
    send_days: tuple[PrintedFigure, PrintedFigure],
    plan_due: PrintedFigure,
    audit: RecordFindings,
) -> Section:
    """The inspections of the area up to the day of the update.

    Args:
        line: The outcomes and interventions, as `bucks_cs.inspections.timeline` puts them in order.
        told: The day of the update.
        asked_for: The recommendations of the inspection of the authority.
        weak: The areas of significant weakness that the inspection of the area's SEND found.
        listed: How many of both are printed.
        send_days: The first and the last day of the inspection of the area's SEND, as printed.
        plan_due: The day the authority's plan was due, as printed.
        audit: What the audit found of the record.
    """
    known = inspections.timeline(
        [one for one in line.outcomes if first_of(one) <= told],
        interventions=[one for one in line.interventions if first_of(one) <= told],
    )
    blocks: list[Block] = [
        paragraph("What stood on ", said(day_in_words(told)), ":"),
        _standing(known, told),
        *_later(line, told),
        Drawing(name="inspection-timeline", chart=_drawn(known, told), layout=timeline_rows(known)),
        _days_of_send(*send_days),
        Subheading(text="What the inspections asked for"),
        _asked(listed[0], len(asked_for), "recommendations of the inspection of the authority"),
        Bullets(items=[paragraph(said(one)) for one in asked_for]),
        _due(known, plan_due),
        _asked(listed[1], len(weak), "areas of significant weakness that the inspection of the area's SEND found"),
        Bullets(items=[paragraph(said(one)) for one in weak]),
    ]
    return audited_section("inspections", "Inspections", blocks, places=_PLACES, audit=audit)


def first_of(one: InspectionOutcome | Intervention) -> dt.date:
    """The first day of an inspection or an intervention that it can have begun on.

    Args:
        one: The inspection or intervention.
    """
    begun = one.start if isinstance(one, InspectionOutcome) else one.begun
    return begun.earliest if isinstance(begun, DateBounds) else begun


def timeline_rows(line: Timeline) -> Layout:
    """A timeline as a table: when, whose, what kind, and with what result.

    Args:
        line: The timeline.
    """
    rows = [_row(one) for one in line.entries]
    sources = dict.fromkeys(str(one.source) for one in line.entries)
    return Layout(
        title="Inspections and interventions, each inspection in the scale of its own regime",
        keys=("When",),
        figures=("Whose", "What", "Regime", "Result"),
        rows=rows,
        notes=("Grades of two regimes are no one scale, and are not compared.",),
        sources=tuple(sources),
    )


def _row(one: InspectionOutcome | Intervention) -> tuple[str, str, str, str, str]:
    if isinstance(one, Intervention):
        legal = "statutory" if one.kind.is_statutory else "not statutory"
        ended = "" if one.ended is None else f", ended {day_in_words(one.ended)}"
        begun = f"{'begun' if isinstance(one.begun, DateBounds) else 'from'} {day_in_words(one.begun)}"
        return (f"{begun}{ended}", "the area", one.title, one.kind.value, legal)
    out = "" if one.published is None else f", published {day_in_words(one.published)}"
    return (f"{day_in_words(one.start)}{out}", one.body_name, one.activity.title, one.regime.title, _result(one))


def _result(one: InspectionOutcome) -> str:
    if isinstance(one.overall, Grade):
        return one.overall.wording
    return "; ".join(f"{each.judgement.title}: {each.grade}" for each in one.judgements) or "no grade"


def _standing(line: Timeline, day: dt.date) -> Bullets:
    """What stood on a day, the authority's own judgement first."""
    found = line.on(day)
    outcomes = sorted(found.outcomes, key=lambda one: one.body != one.area)
    items = [paragraph(said(one.body_name), ": ", said(_result(one)), " (", said(one.regime.title), ")") for one in outcomes]
    items += [paragraph(said(one.title)) for one in found.interventions]
    titles = [one.title if isinstance(one, Intervention) else one.activity.title for one in found.perhaps]
    items += [paragraph(said(title), ": perhaps; whether it still held is not printed") for title in titles]
    return Bullets(items=items or [paragraph("nothing that is known")])


def _drawn(line: Timeline, told: dt.date) -> Any:
    """The timeline, under the judgement that stood on the day of the update, and not the last that is known today."""
    own = [one for one in line.on(told).outcomes if one.body == one.area and isinstance(one.overall, Grade)]
    headline = f"{own[-1].body_name}, as judged on {day_in_words(told)}: {_result(own[-1])}" if own else None
    return charts.inspection_timeline(line, headline=headline)


def _days_of_send(first: PrintedFigure, last: PrintedFigure) -> Paragraph:
    beside = said(comparison(first.id))
    return paragraph(
        "The update prints the inspection of the area's SEND from ", printed(first), " to ", printed(last), ". ", beside
    )


def _later(line: Timeline, told: dt.date) -> list[Block]:
    since = [one for one in line.entries if first_of(one) > told]
    if not since:
        return []
    items = [paragraph(said(one)) for one in since]
    return [paragraph("Since the update, and so no part of it:"), Bullets(items=items)]


def _asked(printed_count: PrintedFigure, there: int, what: str) -> Paragraph:
    here = counted(there, of=Definition.of_printed(printed_count), source=printed_count.source)
    return paragraph("The update lists ", here, f" {what} (printed: ", printed(printed_count), "):")


def _due(line: Timeline, plan_due: PrintedFigure) -> Paragraph:
    graded = [one for one in line.outcomes if one.activity.is_full and one.body == one.area and one.regime is inspections.ILACS]
    if not graded:
        return paragraph("The day the plan was due is printed as ", printed(plan_due), ".")
    limit = inspections.PLAN_LIMIT.on(_known_day(graded[-1]))
    follows = inspections.action_plan_due(graded[-1])
    return paragraph(
        "The authority's plan was due by ",
        printed(plan_due),
        " as printed; ",
        said(with_unit(float(limit.magnitude), str(limit.units))),
        " from the day the report was published make it ",
        said(day_in_words(follows)),
        ".",
    )


def _known_day(one: InspectionOutcome) -> dt.date:
    day = one.published if one.published is not None else one.start
    return day.latest if isinstance(day, DateBounds) else day
