"""Ofsted's files, read by themselves for the tests: their headings, worksheets and cells as text."""

from __future__ import annotations

import datetime as dt

import fastexcel
import pytest

from bucks_cs.frames.engine import Engine
from bucks_cs.inspections import LocalAuthoritySheet
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import NoOfficialSource

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
MADE_UP = NoOfficialSource(reason="made up for a test")
AS_AT = Snapshot("31 March 2025")
OVERALL = "overall effectiveness"
SECRET = "Zephyrine"
HEADS = {
    "overall": "Overall effectiveness",
    "leaders": "The impact of leaders on social work practice with children and families",
    "help": "The experiences and progress of children who need help and protection",
    "in_care": "The experiences and progress of children in care",
    "care_leavers": "The experiences and progress of care leavers",
}
SHEETS = {
    LocalAuthoritySheet.AS_AT: ("Inspections_as_at_31_March", 153),
    LocalAuthoritySheet.IN_YEAR: ("In-year_inspections", 112),
    LocalAuthoritySheet.HISTORY: ("ILACS_inspection_history", 271),
}
GRADES = ("Outstanding", "Good", "Requires improvement to be good", "Inadequate")


def cells(path, worksheet, *, skip):
    """A worksheet as rows by heading, read here by itself: every cell as text."""
    sheet = fastexcel.read_excel(path).load_sheet(worksheet, header_row=None, dtypes="string").to_polars().rows()
    heading = sheet[skip]
    return [dict(zip(heading, row, strict=True)) for row in sheet[skip + 1 :]]


def day(text):
    """A day as the spreadsheet has it."""
    return None if text is None else dt.date.fromisoformat(text[:10])
