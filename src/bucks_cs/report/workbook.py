"""The update's workbook: a cover, contents, notes, and one table a sheet, the definitions of all figures last."""

from __future__ import annotations

from pathlib import Path

from bucks_cs.indicators.wording import capital
from bucks_cs.report.blocks import Drawing, Section, Table
from bucks_cs.report.update import Update
from bucks_cs.tables import Cover, Layout, Sheet, write_workbook

__all__ = ["write_update_workbook"]

_LONGEST_NAME = 31
_CAPITALS = frozenset({"ehc", "ehcp", "fte"})
_ABOUT = (
    "Every figure is as printed or published, or worked out from what is. Units stand in headings; a gap is its symbol, which "
    "the sheet Notes explains.",
    "The last sheet has what each figure counts, what it leaves out, and who says so.",
)


def write_update_workbook(update: Update, path: str | Path) -> Path:
    """Write the tables of an update into an accessible workbook, those behind its charts and its findings among them.

    Args:
        update: As `bucks_cs.report.cabinet_update` gives it.
        path: Where to, ending in ``.xlsx``.

    Raises:
        MissingExtra: The extra ``spreadsheets`` is not installed.
    """
    layouts = {name: laid for section in update.sections for name, laid in _layouts(section).items()}
    defined = bool(update.definitions)
    layouts |= {"definitions-and-sources": _definitions(update)} if defined else {}
    sheets = [Sheet(name=name, table=laid) for name, laid in zip(_names(layouts), layouts.values(), strict=True)]
    introduction = tuple(map(str, update.introduction))
    cover = Cover(title=f"{update.title}: {update.area}", introduction=introduction, about=_ABOUT if defined else _ABOUT[:1])
    return write_workbook(sheets, path, cover=cover)


def _layouts(section: Section) -> dict[str, Layout]:
    """The tables of a section by their names, in the order of the page."""
    shown = (block for block in section.blocks if isinstance(block, (Table, Drawing)))
    return {one.name: one.layout for one in shown if one.layout is not None}


def _names(layouts: dict[str, Layout]) -> list[str]:
    """The names of the sheets: short enough for a tab, of whole words, and all different."""
    names: list[str] = []
    for name in layouts:
        words = " ".join(word.upper() if word in _CAPITALS else word for word in name.split("-"))
        short = _of_whole_words(capital(words))
        while short.lower() in {other.lower() for other in names}:
            short = f"{short[: _LONGEST_NAME - 2].strip()} b"
        names.append(short)
    return names


def _of_whole_words(name: str) -> str:
    if len(name) <= _LONGEST_NAME:
        return name
    return name[: _LONGEST_NAME + 1].rpartition(" ")[0] or name[:_LONGEST_NAME]


def _definitions(update: Update) -> Layout:
    rows = [
        (one.title, *(dict(one.said).get(head) for head in _HEADS), "; ".join(map(str, one.sources)))
        for one in update.definitions
    ]
    return Layout(title="Definitions and sources", keys=("Figure",), figures=(*_HEADS, "Defined by"), rows=_each_once(rows))


_HEADS = ("Counts", "Leaves out", "Unit", "When", "Basis")


def _each_once(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    return list(dict.fromkeys(rows))
