"""The worksheets of an accessible workbook, as gptables of the Analysis Function writes them."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bucks_cs.errors import MissingExtra
from bucks_cs.provenance import day_in_words
from bucks_cs.tables.layouts import NO_FIGURE, Cell, Layout

if TYPE_CHECKING:
    from bucks_cs.tables.workbooks import Cover

__all__ = ["in_bytes", "plain"]

# Text stays text: what begins with "=" is a team's name here, and no formula.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_DAY = dt.date(1980, 1, 1)
_CONTENTS = (32.0, 90.0)
_NOTES = (14.0, 90.0, 36.0)
# Widths are in characters of the default font of Excel; the type here, Arial 12, is wider.
_WIDER = 1.25
_NARROWEST, _WIDEST = 12.0, 60.0
_LINES_OF_HEADING = 4


def in_bytes(tables: Mapping[str, Layout], *, cover: Cover) -> bytes:
    """A workbook as the bytes of its file.

    Args:
        tables: What stands on each sheet, by the sheet's name.
        cover: The first sheet.

    Raises:
        MissingExtra: The extra ``spreadsheets`` is not installed.
    """
    gptables = _gptables()
    file, notes = io.BytesIO(), _Notes(tables)
    sheets = {
        name: gptables.GPTable(**_table(place, name, laid, notes))
        for place, (name, laid) in enumerate(tables.items(), start=1)
    }  # fmt: skip
    with warnings.catch_warnings():
        # Where there is nothing to note there is no sheet for notes, which gptables thinks worth a warning.
        warnings.filterwarnings("ignore", message="No note text provided")
        warnings.filterwarnings("ignore", category=DeprecationWarning, module="gptables")
        made = gptables.produce_workbook(
            file, sheets, cover=_cover(gptables, cover), contentsheet_options={"additional_elements": ["subtitles"]},
            notes_table=notes.table(), auto_width=False, workbook_options=_OPTIONS,
        )  # fmt: skip
    widths = {"Contents": _CONTENTS, "Notes": _NOTES, **{name: _widths(laid) for name, laid in tables.items()}}
    for sheet in made.worksheets():
        for column, width in enumerate(widths.get(sheet.name, ())):
            sheet.set_column(column, column, width)
    day = cover.dated or _NO_DAY
    made.set_properties({"title": cover.title, "created": dt.datetime(day.year, day.month, day.day)})
    made.close()
    return file.getvalue()


def _gptables() -> Any:
    missing = False
    try:
        import gptables as found
    except ImportError:
        missing = True
    if missing:
        raise MissingExtra(package="gptables", extra="spreadsheets")
    return found


def _cover(gptables: Any, cover: Cover) -> Any:
    dated = [f"Dated {day_in_words(cover.dated)}."] if cover.dated else []
    return gptables.Cover(
        title=plain(cover.title), intro=list(cover.introduction) or None, about=[*dated, *cover.about] or None,
        contact=list(cover.contact) or None,
    )  # fmt: skip


def plain(text: str) -> str:
    """Text that gptables takes for text: two dollars would be a reference to a note, brackets and parentheses a link.

    Args:
        text: Any text.
    """
    return text.replace("$$", "$ $").replace("](", "] (")


class _Notes:
    """Every note there is, under the reference that sheets have to it, in the order they first refer to it."""

    def __init__(self, tables: Mapping[str, Layout]) -> None:
        self.sheets: dict[str, list[str]] = {}
        for name, laid in tables.items():
            for text in laid.below:
                self.sheets.setdefault(text, []).append(name)
        self.references = {text: str(number) for number, text in enumerate(self.sheets, start=1)}

    def of(self, texts: Iterable[str]) -> str:
        """References to some of them, as gptables writes them."""
        return "".join(f"$${self.references[text]}$$" for text in dict.fromkeys(texts))

    def table(self) -> Any:
        """Reference, text and the sheets that refer to it; None where there are none."""
        import pandas as pd

        if not self.sheets:
            return None
        texts, names = list(map(plain, self.sheets)), [", ".join(dict.fromkeys(names)) for names in self.sheets.values()]
        return pd.DataFrame({"Note number": list(self.references.values()), "Note": texts, "Worksheets": names})


def _table(place: int, name: str, laid: Layout, notes: _Notes) -> dict[str, Any]:
    """What gptables needs for one sheet."""
    import pandas as pd

    columns = {plain(heading): pd.Series(list(map(_value, laid.column(heading))), dtype=object) for heading in laid.headings}
    what = "This worksheet contains one table."
    if laid.below:
        what += f" What its symbols mean and what to read with care is on the worksheet Notes. {notes.of(laid.below)}"
    sources = f"{'Sources' if len(laid.sources) > 1 else 'Source'}: {plain('; '.join(laid.sources))}." if laid.sources else None
    return {
        "table": pd.DataFrame(columns), "table_name": f"table_{place}_{re.sub(r'[^A-Za-z0-9]+', '_', name).lower()}",
        "title": plain(laid.title), "subtitles": [plain(laid.subtitle)] if laid.subtitle else [], "instructions": what,
        "source": sources, "index_columns": {1: 0} if laid.keys else {}, "additional_formatting": list(_formats(laid)),
    }  # fmt: skip


def _value(cell: Cell) -> Cell:
    return NO_FIGURE if cell is None else plain(cell) if isinstance(cell, str) else float(cell)


def _formats(laid: Layout) -> Iterable[dict[str, Any]]:
    """Numbers to the right, thousands parted, to their decimals: a column at once where it is alike, cell by cell where not."""
    first = len(laid.keys)
    for column in range(len(laid.figures)):
        yield {"column": {"columns": [first + column], "format": {"align": "right"}, "include_names": True}}
        places = [row[column] for row in laid.decimals]
        if len(set(places)) == 1:
            yield {"column": {"columns": [first + column], "format": {"num_format": _number_format(places[0])}}}
            continue
        for row, decimals in enumerate(places, start=1):
            yield {"cell": {"cells": (row, first + column), "format": {"num_format": _number_format(decimals)}}}


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _widths(laid: Layout) -> tuple[float, ...]:
    """As wide as the longest cell and the longest word of the heading; a long heading takes some lines."""
    found = []
    for heading in laid.headings:
        longest = max(len(_shown(laid, heading, row)) for row in range(len(laid.rows)))
        words = max(map(len, heading.split()))
        wide = max(longest, words, len(heading) / _LINES_OF_HEADING)
        found.append(round(min(max(_NARROWEST, wide * _WIDER + 2), _WIDEST), 2))
    return tuple(found)


def _shown(laid: Layout, heading: str, row: int) -> str:
    cell = laid.rows[row][laid.headings.index(heading)]
    if heading in laid.keys or not isinstance(cell, (int, float)):
        return str(_value(cell))
    return f"{cell:,.{laid.decimals[row][laid.figures.index(heading)]}f}"
