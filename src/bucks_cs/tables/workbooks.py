"""An accessible workbook: a cover, contents, notes, and one table a sheet, in the order a screen reader goes through them."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable
from pathlib import Path
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.readings import Readings
from bucks_cs.tables.layouts import Layout, several
from bucks_cs.tables.pages import as_layout
from bucks_cs.tables.worksheets import in_bytes, plain

__all__ = ["Cover", "Sheet", "write_workbook"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,30}")
_TAKEN = {"cover", "contents", "notes", "history"}
_LINK = re.compile(r"\[[^\[\]]+\]\((?:https?://|mailto:)[^()\s]+\)")
# What a worksheet of Excel can hold, and the heading of a table in it.
_ROWS, _COLUMNS, _TEXT, _HEADING = 1_048_576, 16_384, 32_767, 255
_ABOVE = 10

_text = of_kind(str, expected="text")


def _need_paragraphs(instance: object, attribute: attrs.Attribute[Any], given: tuple[object, ...]) -> None:
    """An attrs validator: text that says something, each with one link at most, written as in Markdown."""
    what = f"Cover.{attribute.name}"
    for text in given:
        if not isinstance(text, str) or not text.strip() or len(text) > _TEXT:
            raise InvalidValue(what=what, expected="text in each paragraph")
        if text.count("](") != len(_LINK.findall(text)) or text.count("](") > 1:
            expected = "one link a paragraph at most, as [words](https://...) or [words](mailto:...)"
            raise InvalidValue(what=what, expected=expected)


@attrs.frozen(kw_only=True)
class Cover:
    """The first sheet: what the workbook is, and whom to ask.

    Args:
        title: What it is.
        introduction: What a reader must know first, a paragraph each; a paragraph may have one link, as Markdown has it.
        about: How it was made and what it rests on, a paragraph each.
        contact: Whom to ask, a line each.
        dated: The day it is of; the cover says so, and the file is said to be of that day.

    Raises:
        InvalidValue: No title; a part that is no text, or has two links or one to something else than a page or an address.

    Example:
        >>> from bucks_cs.tables import Cover
        >>> Cover(title="Referrals", contact="[Ask us](mailto:performance@example.gov.uk)").title
        'Referrals'
    """

    title: str = attrs.field(validator=_text)
    introduction: tuple[str, ...] = attrs.field(default=(), converter=several, validator=_need_paragraphs)
    about: tuple[str, ...] = attrs.field(default=(), converter=several, validator=_need_paragraphs)
    contact: tuple[str, ...] = attrs.field(default=(), converter=several, validator=_need_paragraphs)
    dated: dt.date | None = attrs.field(default=None, validator=of_kind(dt.date, NoneType, expected="a date, or None"))

    def __attrs_post_init__(self) -> None:
        if not self.title.strip() or len(self.title) > _HEADING:
            raise InvalidValue(what="Cover.title", expected=f"words, of {_HEADING} characters at most")


@attrs.frozen(kw_only=True)
class Sheet:
    """One sheet of a workbook: one table.

    Args:
        name: The name on its tab: letters, digits, spaces, hyphens, at most 31 of them.
        table: Readings of any engine, or a `Layout`; it is kept laid out.
        across: For readings, as `layout` has it; left out, the indicators. A `Layout` is laid out already.

    Raises:
        InvalidValue: The name is of another form or one of the workbook's own, ``table`` is something else, ``across`` is given
            for a `Layout`, or a worksheet cannot hold it.
        UnknownColumn: ``across`` is no column of the readings.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.tables import Sheet
        >>> Sheet(name="Demand", table=record.demand(), across="period").table.subtitle
        'Buckinghamshire'
    """

    name: str = attrs.field(validator=_text)
    table: Layout | Readings[Any] = attrs.field()
    across: str | None = attrs.field(default=None)

    def __attrs_post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or self.name != self.name.strip() or self.name.lower() in _TAKEN:
            expected = "31 letters, digits, spaces or hyphens at most, and not Cover, Contents, Notes or History"
            raise InvalidValue(what="Sheet.name", expected=expected)
        object.__setattr__(self, "table", as_layout(self.table, across=self.across))
        object.__setattr__(self, "across", None)
        _need_room(self.layout)

    @property
    def layout(self) -> Layout:
        """The table, laid out."""
        assert isinstance(self.table, Layout)
        return self.table


def _need_room(laid: Layout) -> None:
    """Excel leaves out or refuses what is too much for it, some of it without a word."""
    if len(laid.rows) > _ROWS - _ABOVE - len(laid.below) or len(laid.headings) > _COLUMNS:
        raise InvalidValue(what="Sheet.table", expected="as many rows and columns as a worksheet can hold")
    folded = {plain(heading).casefold() for heading in laid.headings}
    if len(folded) < len(laid.headings) or any(len(heading) > _HEADING for heading in laid.headings):
        expected = f"headings of {_HEADING} characters at most, which differ by more than capitals"
        raise InvalidValue(what="Sheet.table", expected=expected)
    cells = (cell for row in laid.rows for cell in row if isinstance(cell, str))
    said = (laid.title, laid.subtitle or "none", *laid.below, *laid.sources, *laid.headings)
    if not all(re.search("[A-Za-z0-9]", text) and len(text) <= _TEXT for text in (*cells, *said)):
        # gptables takes no text without one, since some screen readers pass over signs.
        expected = f"text of {_TEXT:,} characters at most, with a letter from A to Z or a digit in it"
        raise InvalidValue(what="Sheet.table", expected=expected)


def write_workbook(sheets: Iterable[Sheet] | Sheet, path: str | os.PathLike[str], *, cover: Cover) -> Path:
    """Write an accessible workbook: a cover, contents, notes, and one table a sheet, in that order.

    Args:
        sheets: The tables.
        path: Where to, ending in ``.xlsx``; what is there is written over.
        cover: The first sheet.

    Returns:
        The path. Each sheet begins with a title, what to expect, and the source, and its table is marked up as one, with one row
        of headings, which have the units. Figures are numbers, shown to as many decimals as `Layout.decimals` says; a gap is its
        symbol, and no cell is blank or merged. What symbols mean, and each note, is on the sheet *Notes* with a number that the
        sheets refer to; where there is nothing to note, there is no such sheet. Text is never taken for a formula. The same
        tables and cover give the same bytes: the file is said to be made on the day ``cover`` is dated, or on 1 January 1980.

    Raises:
        InvalidValue: No sheet, two of one name, no cover, another kind of file, or a place that cannot be written to.
        MissingExtra: The extra ``spreadsheets`` is not installed.

    Source:
        Analysis Function, *Releasing statistics in spreadsheets* (30 June 2021), and *Accessible spreadsheets: a checklist of the
        basics* (7 July 2021), points 1 to 6: tables marked up and named, no merged cells, no blank rows or columns, one tagged
        row of headings that are unique, text wrapped. Not verified there: the rest, which follows gptables, of the same authors.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> from bucks_cs import record
        >>> from bucks_cs.tables import Cover, Sheet, write_workbook
        >>> sheet = Sheet(name="Demand", table=record.demand(), across="period")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     print(write_workbook(sheet, Path(folder) / "update.xlsx", cover=Cover(title="Update")).name)
        update.xlsx
    """
    given, place = _need_sheets(sheets), _need_path(path)
    _need_cover(cover)
    written = in_bytes({sheet.name: sheet.layout for sheet in given}, cover=cover)
    refused = False
    try:
        place.write_bytes(written)
    except OSError:
        refused = True
    if refused:
        raise InvalidValue(what="path", expected="a file that can be written, in a folder that is there")
    return place


def _need_sheets(sheets: Any) -> tuple[Sheet, ...]:
    given = (sheets,) if isinstance(sheets, Sheet) else several(sheets)
    if not given or not all(isinstance(sheet, Sheet) for sheet in given):
        raise InvalidValue(what="sheets", expected="one Sheet or more")
    if len({sheet.name.casefold() for sheet in given}) != len(given):
        raise InvalidValue(what="sheets", expected="a name of its own for each sheet")
    return given


def _need_cover(cover: Any) -> None:
    if not isinstance(cover, Cover):
        raise InvalidValue(what="cover", expected="a Cover")


def _need_path(path: Any) -> Path:
    if not isinstance(path, (str, os.PathLike)) or Path(path).suffix.lower() != ".xlsx":
        raise InvalidValue(what="path", expected="a file that ends in .xlsx")
    return Path(path)
