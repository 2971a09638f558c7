"""Published files: the data files of DfE and others, whatever a release calls its columns.

A data file of Explore education statistics has a row for each area, year and group, and a column for each figure. What differs
from one to the next is data here: a `PublishedFile` says what its columns are called in each release (`Heading`), which years its
rows are of (`Timing`) and what it is broken down by (`Topic`); a `Published` says which figure is the value of which indicator.

`read_published` gives `Readings`: authorities by their LA number whatever code stands in the file, a figure withheld with its
reason, a rounded one with the bounds of its rounding. A row that cannot be read is refused by its column and a count of rows, and
no cell of it is shown.
"""

from __future__ import annotations

from bucks_cs.published_files.areas import area_keys
from bucks_cs.published_files.figures import SYMBOLS, figure, is_unread, why_withheld
from bucks_cs.published_files.headings import Heading, PublishedFile, Topic, dropped, kept, renamed
from bucks_cs.published_files.interactive_tool import ToolMeasure, read_interactive_tool
from bucks_cs.published_files.measures import Published, read_published, readings_of
from bucks_cs.published_files.opening import heading_names, opened
from bucks_cs.published_files.rounding import EXACT, TO_ONE_DECIMAL, TO_TEN_ABOVE, Rounding
from bucks_cs.published_files.rows import PublishedRows, published_rows
from bucks_cs.published_files.timing import Timing

__all__ = [
    "EXACT",
    "SYMBOLS",
    "TO_ONE_DECIMAL",
    "TO_TEN_ABOVE",
    "Heading",
    "Published",
    "PublishedFile",
    "PublishedRows",
    "Rounding",
    "Timing",
    "ToolMeasure",
    "Topic",
    "area_keys",
    "dropped",
    "figure",
    "heading_names",
    "is_unread",
    "kept",
    "opened",
    "published_rows",
    "read_interactive_tool",
    "read_published",
    "readings_of",
    "renamed",
    "why_withheld",
]
