"""Inspections: the rows of a file read one by one into outcomes, or refused with a reason that repeats no cell."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotInForce
from bucks_cs.geography import authority
from bucks_cs.inspections.model.files_read import OutcomesRead, RefusedRow
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.schema.opened_tables import Opened, day_of, text_of
from bucks_cs.provenance import AnySource, NoOfficialSource, Source

__all__ = ["first_day_of", "inspected_area", "read_rows", "source_of_file"]


def read_rows(
    opened: Opened, read: Callable[[dict[str, Any]], tuple[InspectionOutcome, ...]], *, what: str, notes: tuple[str, ...] = ()
) -> OutcomesRead:
    """Each row as its outcomes, or as refused.

    Args:
        opened: The rows.
        read: Gives the outcomes of a row; what it raises is why a row is refused.
        what: What is read, in words.
        notes: What the file says of what it leaves out.
    """
    outcomes: list[InspectionOutcome] = []
    refused: list[RefusedRow] = []
    for number, row in enumerate(opened.rows, opened.first):
        try:
            outcomes.extend(read(row))
        except BucksError as error:
            refused.append(RefusedRow(number=number, reason=_reason(error)))
    return OutcomesRead(
        what=what, outcomes=tuple(outcomes), refused=tuple(refused), rows=len(opened.rows), notes=(*notes, *opened.notes)
    )


def _reason(error: BucksError) -> str:
    """Why a row was refused, by the parts of the error that are no cells: a day that is out of force is one."""
    if isinstance(error, NotInForce):
        return f"{error.what} was not in force on the first day"
    if isinstance(error, InvalidValue):
        return f"{error.what}: expected {error.expected}"
    return f"{type(error).__name__}"


def inspected_area(row: dict[str, Any], heading: str, *, on: dt.date) -> str:
    """The LA number of the area of a row, by its code or its name.

    Args:
        row: The row.
        heading: The column with the code or the name.
        on: The first day of the inspection: an authority that was not there then was not inspected.

    Raises:
        InvalidValue: It is blank, is no area that is known, or was not there on the day.
    """
    text = text_of(row, heading)
    found = None if text is None else _authority(text, on)
    if found is None:
        raise InvalidValue(what=heading, expected="the code or the name of an authority that a look-up here knows")
    if not found[1]:
        raise InvalidValue(what=heading, expected="an authority that was there on the first day of the inspection")
    return found[0]


@functools.lru_cache(maxsize=4096)
def _authority(text: str, on: dt.date) -> tuple[str, bool] | None:
    """The LA number, and whether the authority was there. A file may have the code of before a reorganisation, or of after."""
    for day in (None, on):
        try:
            found = authority(text, on=day)
        except BucksError:
            continue
        return found.key, found.exists(on)
    return None


def first_day_of(row: dict[str, Any], heading: str) -> dt.date:
    """The first day of an inspection, which no row may lack.

    Args:
        row: The row.
        heading: The column.

    Raises:
        InvalidValue: It is blank or no day.
    """
    day = day_of(row, heading)
    if day is None:
        raise InvalidValue(what=heading, expected="the first day of the inspection, and not a blank")
    return day


def source_of_file(opened: Opened, given: AnySource | None, *, title: str, publisher: str, what: str) -> AnySource:
    """Where the rows are from: as it was said, or as the cover of the file says.

    Args:
        opened: The rows.
        given: What the caller says; None to go by the cover.
        title: The title of the publication.
        publisher: Who publishes it.
        what: What is read, in words.

    Raises:
        MissingSource: Neither says.
    """
    if given is not None or opened.published is None:
        if not isinstance(given, (Source, NoOfficialSource)):
            raise MissingSource(what=what)
        return given
    return Source(title=title, publisher=publisher, date=opened.published, place=f"worksheet {opened.worksheet}")
