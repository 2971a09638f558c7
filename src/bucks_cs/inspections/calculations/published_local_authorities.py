"""Inspections: Ofsted's file of local authority inspection outcomes, as typed outcomes."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Any

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.inspections.calculations.row_by_row import first_day_of, inspected_area, read_rows, source_of_file
from bucks_cs.inspections.model.files_read import OutcomesRead
from bucks_cs.inspections.model.kinds_of_inspection import Activity
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.regimes import ILACS
from bucks_cs.inspections.schema.ofsted_headings import LocalAuthoritySheet
from bucks_cs.inspections.schema.opened_tables import day_of, open_table, text_of
from bucks_cs.inspections.sources.publications import ILACS_OUTCOMES
from bucks_cs.provenance import AnySource, NoOfficialSource

__all__ = ["read_local_authority_outcomes"]

_TITLE = "Local authority inspection outcomes"
_ENDED = "No longer exists"
_BESIDE = NoOfficialSource(reason="the history, read for the kinds of inspection of another worksheet")


def read_local_authority_outcomes(
    frame: str | os.PathLike[str] | FrameT,
    *,
    sheet: LocalAuthoritySheet,
    history: FrameT | None = None,
    source: AnySource | None = None,
) -> OutcomesRead:
    """Inspections of local authority children's services, from one worksheet of Ofsted's file.

    The joint judgement of before 1 January 2023 stands in Ofsted's column for children in care, and is read as what it is: of
    children in care and care leavers. A blank in the column for care leavers is then no gap; in a later inspection it is one.
    The rows of visits have a theme and no grades.

    Args:
        frame: The path of the file, or a frame of the worksheet with the file's own headings, of any engine.
        sheet: Which worksheet: ``AS_AT`` (the latest of each authority), ``IN_YEAR`` or ``HISTORY`` (since 2018).
        history: For ``AS_AT`` from a frame, a frame of the history: the one says of no inspection whether it was standard or
            short, the other does. From a file it is read there.
        source: Where it is from; None to go by the cover of the file. A frame has no cover.

    Returns:
        An outcome for each row, with the day its inspection began (the file has no last day) and was published, and every row
        that gave none with its reason. An authority that Ofsted says no longer exists has that in its note.

    Raises:
        InvalidValue: There is no such file; ``sheet`` is no `LocalAuthoritySheet`; ``AS_AT`` from a frame, without a history.
        MissingSource: Neither ``source`` nor a cover says where it is from.
        FrameProblems: The file cannot be read, or has no such worksheet or columns.
        UnsupportedFrame: It is no frame.

    Source:
        Ofsted, *Local authority inspection outcomes as at 31 March 2025*, 25 September 2025, worksheets
        Inspections_as_at_31_March, In-year_inspections, ILACS_inspection_history and Notes ("Change in sub-judgements").

    Example:
        >>> import polars as pl
        >>> from bucks_cs.inspections import LocalAuthoritySheet, read_local_authority_outcomes
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> rows = pl.DataFrame({"Local authority area code": "E06000060", "Inspection date": "2021-12-06",
        ...     "Publication date": "2022-02-11", "Inspection type": "ILACS Standard Inspection",
        ...     "Local authority status": "Current", "Overall effectiveness": "Requires improvement to be good",
        ...     "The impact of leaders on social work practice with children and families": "Requires improvement to be good",
        ...     "The experiences and progress of children who need help and protection": "Requires improvement to be good",
        ...     "The experiences and progress of children in care": "Requires improvement to be good",
        ...     "The experiences and progress of care leavers": [None]})
        >>> read = read_local_authority_outcomes(rows, sheet=LocalAuthoritySheet.HISTORY,
        ...     source=NoOfficialSource(reason="an example"))
        >>> outcome, = read
        >>> print(outcome.body_name, outcome.overall, "|", outcome.grade("care leavers").value)
        Buckinghamshire requires improvement to be good | not yet a judgement
    """
    if not isinstance(sheet, LocalAuthoritySheet):
        raise InvalidValue(what="sheet", expected="a LocalAuthoritySheet, such as LocalAuthoritySheet.HISTORY")
    table = sheet.value
    opened = open_table(frame, table)
    # The title on the cover ends in the day that the figures are as at: it is that of the publication whose sheets are known.
    title = ILACS_OUTCOMES.title if opened.published == ILACS_OUTCOMES.date else _TITLE
    said = source_of_file(opened, source, title=title, publisher=ILACS_OUTCOMES.publisher, what=table.what)
    kinds = _kinds(frame, history) if sheet is LocalAuthoritySheet.AS_AT else None

    def read(row: dict[str, Any]) -> tuple[InspectionOutcome, ...]:
        return (_outcome(row, sheet, source=said, kinds=kinds),)

    return read_rows(opened, read, what=table.what)


def _outcome(
    row: dict[str, Any], sheet: LocalAuthoritySheet, *, source: AnySource, kinds: Mapping[tuple[str, dt.date], Activity] | None
) -> InspectionOutcome:
    headings, judged = sheet.value.headings, sheet.value.judged
    start = first_day_of(row, headings["start"])
    area = inspected_area(row, headings["code"], on=start)
    activity: str | Activity | None = text_of(row, headings["activity"]) if kinds is None else kinds.get((area, start))
    if activity is None:
        where = headings.get("activity", headings["start"])
        raise InvalidValue(what=where, expected="an inspection whose kind is said, there or in the history")
    theme = text_of(row, headings["theme"]) if "theme" in headings else None
    if theme is not None and ILACS.activity(activity).carries_grades:
        raise InvalidValue(what=headings["theme"], expected="a blank: a standard or short inspection has no theme")
    return InspectionOutcome(
        area=area,
        regime=ILACS,
        activity=activity,
        start=start,
        published=day_of(row, headings["published"]),
        judgements={heading: text_of(row, heading) for heading in judged},
        theme=theme,
        source=source,
        note=_note(row, sheet),
    )


def _note(row: dict[str, Any], sheet: LocalAuthoritySheet) -> str:
    status = sheet.value.headings.get("status")
    if status is None:
        return ""
    said = text_of(row, status)
    if said not in ("Current", _ENDED):
        raise InvalidValue(what=status, expected=f"Current, or {_ENDED}")
    return "Ofsted: the authority no longer exists" if said == _ENDED else ""


def _kinds(frame: Any, history: Any) -> dict[tuple[str, dt.date], Activity]:
    """The kind of each inspection of the history, by area and first day."""
    if history is None and not isinstance(frame, (str, os.PathLike)):
        hint = " The worksheet does not say whether an inspection was standard or short."
        raise InvalidValue(what="history", expected="a frame of the history, beside a frame of the latest inspections", hint=hint)
    known = frame if history is None else history
    # Its rows are read for their days and kinds alone: where they are from is not said again.
    read = read_local_authority_outcomes(known, sheet=LocalAuthoritySheet.HISTORY, source=_BESIDE)
    return {(outcome.area, outcome.start): outcome.activity for outcome in read if isinstance(outcome.start, dt.date)}
