"""Frames: the boundary between a council's tables and the calculations.

Raw frames of any engine come in, are conformed to a schema and checked in one query, and go out in the caller's own kind.
"""

from bucks_cs.frames.checked import Checked, Note
from bucks_cs.frames.dates import with_working_days
from bucks_cs.frames.dictionary import as_markdown, as_table_schema
from bucks_cs.frames.engine import Engine
from bucks_cs.frames.model import Boolean, Date, FrameModel, Number, Text, WholeNumber, field, rule

__all__ = [
    "Boolean",
    "Checked",
    "Date",
    "Engine",
    "FrameModel",
    "Note",
    "Number",
    "Text",
    "WholeNumber",
    "as_markdown",
    "as_table_schema",
    "field",
    "rule",
    "with_working_days",
]
