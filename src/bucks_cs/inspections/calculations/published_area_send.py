"""Inspections: Ofsted's files of area SEND inspections, before and since 2023, as typed outcomes."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.inspections.calculations.row_by_row import first_day_of, inspected_area, read_rows, source_of_file
from bucks_cs.inspections.model.files_read import OutcomesRead
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.regimes import AREA_SEND_2016, AREA_SEND_2023
from bucks_cs.inspections.schema.ofsted_headings import AREA_SEND_SINCE_2023, AREA_SEND_TO_2022, NOT_REVISITED
from bucks_cs.inspections.schema.opened_tables import day_of, is_table, number_of, open_table, text_of, yes_or_no
from bucks_cs.inspections.sources.publications import AREA_SEND_OUTCOMES_TO_2022
from bucks_cs.provenance import AnySource, DateBounds

__all__ = ["area_send_of_ended_areas", "read_area_send"]

_TITLE = "Area SEND inspection and revisit outcomes"
_FAILINGS = "widespread_and/or_systemic_failings"


def read_area_send(frame: str | os.PathLike[str] | FrameT, *, source: AnySource | None = None) -> OutcomesRead:
    """Area SEND inspections and revisits, from Ofsted's file of 2016 to 2022 or one of those since 2023: the headings say which.

    Before 2023 an inspection has no grade: a written statement of action was required or not, for so many significant weaknesses,
    and a revisit found sufficient progress in all of them, in some or in none. Since 2023 there is one of three outcomes. The two
    are regimes of their own, and are not compared.

    Args:
        frame: The path of the file (a spreadsheet, or a CSV file), or a frame with the file's own headings, of any engine.
        source: Where it is from; None to go by the cover of a spreadsheet. A CSV file and a frame have none.

    Returns:
        An outcome for each inspection and another for its revisit, and every row that gave none with its reason; in ``notes``
        what the file says of areas that are not in it, whose outcomes are in `area_send_of_ended_areas`.

    Raises:
        InvalidValue: There is no such file.
        MissingSource: Neither ``source`` nor a cover says where it is from.
        FrameProblems: The file cannot be read, or has no such worksheet or columns.
        UnsupportedFrame: It is no frame.

    Source:
        Ofsted, *Area SEND inspection and revisit outcomes, 1 May 2016 to 31 August 2022*, 17 November 2022, worksheets
        Area_SEND_up_to_31_Aug_2022, Guidance and Notes; *Area SEND inspections, management information, winter 2022 to 2023*.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.inspections import read_area_send
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> rows = pl.DataFrame({"Local.area.partnership": ["Oxfordshire"], "Inspection.start.date": "17/07/2023",
        ...     "Inspection.publication.date": "15/09/2023", "Inspection.outcome": "Widespread and/or systemic failings",
        ...     "Priority.action.plan.required.": "Yes", "Number.of.areas.for.priority.action": "5"})
        >>> outcome, = read_area_send(rows, source=NoOfficialSource(reason="an example"))
        >>> print(outcome.overall, "|", outcome.number_of_weaknesses)
        widespread and/or systemic failings | 5
    """
    since_2023 = is_table(frame, AREA_SEND_SINCE_2023)
    table = AREA_SEND_SINCE_2023 if since_2023 else AREA_SEND_TO_2022
    opened = open_table(frame, table)
    title = AREA_SEND_OUTCOMES_TO_2022.title if opened.published == AREA_SEND_OUTCOMES_TO_2022.date else _TITLE
    said = source_of_file(opened, source, title=title, publisher=AREA_SEND_OUTCOMES_TO_2022.publisher, what=table.what)

    def read(row: dict[str, Any]) -> tuple[InspectionOutcome, ...]:
        return (_since_2023(row, said),) if since_2023 else _to_2022(row, said)

    return read_rows(opened, read, what=table.what)


def _to_2022(row: dict[str, Any], source: AnySource) -> tuple[InspectionOutcome, ...]:
    """The inspection of a row, and its revisit."""
    headings = AREA_SEND_TO_2022.headings
    start = first_day_of(row, headings["start"])
    area = inspected_area(row, headings["code"], on=start)
    required = yes_or_no(row, headings["statement"])
    weaknesses = number_of(row, headings["weaknesses"])
    if required != (weaknesses is not None):
        raise InvalidValue(what=headings["weaknesses"], expected="a number where a statement was required, and only there")
    inspection = InspectionOutcome(
        area=area,
        regime=AREA_SEND_2016,
        activity="inspection",
        start=start,
        published=day_of(row, headings["published"]),
        judgements={"written_statement_of_action_required": "required" if required else "not required"},
        number_of_weaknesses=weaknesses,
        source=source,
    )
    return (inspection, *_revisit(row, inspection, required=required))


def _revisit(row: dict[str, Any], inspection: InspectionOutcome, *, required: bool) -> tuple[InspectionOutcome, ...]:
    headings = AREA_SEND_TO_2022.headings
    told = {name: text_of(row, headings[name]) for name in ("revisit_start", "progress", "with_progress", "without_progress")}
    if told["revisit_start"] in (None, NOT_REVISITED):
        if any(text is not None for name, text in told.items() if name != "revisit_start"):
            raise InvalidValue(what=headings["progress"], expected="a blank where there was no revisit")
        if required != (told["revisit_start"] == NOT_REVISITED):
            expected = f"a day or '{NOT_REVISITED}' where a statement was required, and a blank where none was"
            raise InvalidValue(what=headings["revisit_start"], expected=expected)
        return ()
    if not required:
        raise InvalidValue(what=headings["revisit_start"], expected="a blank where no statement was required")
    begun = first_day_of(row, headings["revisit_start"])
    if isinstance(inspection.start, dt.date) and begun < inspection.start:
        raise InvalidValue(what=headings["revisit_start"], expected="a day after the inspection")
    revisit = InspectionOutcome(
        area=inspection.area,
        regime=AREA_SEND_2016,
        activity="revisit",
        start=begun,
        published=day_of(row, headings["revisit_published"]),
        judgements={"sufficient_progress": told["progress"]},
        number_of_weaknesses=inspection.number_of_weaknesses,
        number_with_progress=number_of(row, headings["with_progress"]),
        number_without_progress=number_of(row, headings["without_progress"]),
        source=inspection.source,
    )
    return (revisit,)


def _since_2023(row: dict[str, Any], source: AnySource) -> InspectionOutcome:
    headings = AREA_SEND_SINCE_2023.headings
    start = first_day_of(row, headings["start"])
    outcome = InspectionOutcome(
        area=inspected_area(row, headings["name"], on=start),
        regime=AREA_SEND_2023,
        activity="full_inspection",
        start=start,
        published=day_of(row, headings["published"]),
        judgements={"inspection_outcome": text_of(row, headings["outcome"])},
        number_of_weaknesses=number_of(row, headings["weaknesses"]),
        source=source,
    )
    plan = yes_or_no(row, headings["plan"])
    found = outcome.grades.get("inspection_outcome")
    if found is not None and plan != (found.key == _FAILINGS):
        raise InvalidValue(what=headings["plan"], expected="Yes where there are failings, and only there")
    if plan != bool(outcome.number_of_weaknesses):
        raise InvalidValue(what=headings["weaknesses"], expected="1 or more where a plan is required, and only there")
    return outcome


def area_send_of_ended_areas() -> tuple[InspectionOutcome, ...]:
    """The area SEND inspections of Dorset and Northamptonshire, which Ofsted's file leaves out since both were reorganised.

    They are in its notes alone, by their months: the county of Dorset to 31 March 2019 and Northamptonshire to 31 March 2021 are
    not the authorities of those names, or of those places, that came after.

    Returns:
        Three outcomes: Dorset's inspection and revisit, and Northamptonshire's inspection; their days are bounds of a month.

    Source:
        Ofsted, *Area SEND inspection and revisit outcomes, 1 May 2016 to 31 August 2022*, worksheet Notes, notes 1 to 3.

    Example:
        >>> from bucks_cs.inspections import area_send_of_ended_areas
        >>> for outcome in area_send_of_ended_areas():
        ...     print(outcome.body_name, "|", outcome.activity, "|", *outcome.grades.values())
        Dorset | Local area SEND inspection | required
        Dorset | Local area SEND revisit | in some
        Northamptonshire | Local area SEND inspection | not required
    """
    told = (
        ("835", "2", "inspection", (2017, 1, 31), {"written_statement_of_action_required": "required"}),
        ("835", "2", "revisit", (2019, 2, 28), {"sufficient_progress": "in some"}),
        ("928", "3", "inspection", (2017, 5, 31), {"written_statement_of_action_required": "not required"}),
    )
    return tuple(
        InspectionOutcome(
            area=area,
            regime=AREA_SEND_2016,
            activity=activity,
            start=DateBounds(
                earliest=dt.date(year, month, 1), latest=dt.date(year, month, last), why="the note names the month alone"
            ),
            judgements=judgements,
            source=AREA_SEND_OUTCOMES_TO_2022.at(f"worksheet Notes, note {note}"),
            note="left out of the table, since the area no longer exists",
        )
        for area, note, activity, (year, month, last), judgements in told
    )
