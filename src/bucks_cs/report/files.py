"""The update's files: the page, the workbook, and files of its figures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.report.blocks import Download
from bucks_cs.report.page import update_page
from bucks_cs.report.parts import each_of_kind, need_told, several
from bucks_cs.report.update import Step, Told, Update
from bucks_cs.report.workbook import write_update_workbook

__all__ = ["Written", "write_update"]


_PAGE = "index.html"
_a_path = of_kind(Path, expected="a path")


@attrs.frozen(kw_only=True)
class Written:
    """The files of an update.

    Args:
        page: The page.
        workbook: The workbook.
        figures: Files of figures, comma-separated; none where no section has one.
    """

    page: Path = attrs.field(validator=_a_path)
    workbook: Path = attrs.field(validator=_a_path)
    figures: tuple[Path, ...] = attrs.field(default=(), converter=several, validator=each_of_kind(Path, expected="a path each"))

    def __iter__(self) -> Iterator[Path]:
        return iter((self.page, self.workbook, *self.figures))

    def __str__(self) -> str:
        *most, last = map(str, (self.page, self.workbook, *self.figures))
        return f"{', '.join(most)} and {last}"


def write_update(update: Update, folder: str | os.PathLike[str], *, told: Told | None = None) -> Written:
    """Write an update as a page, as a workbook, and as files of figures.

    Args:
        update: As `bucks_cs.report.cabinet_update` gives it.
        folder: Where to; made if it is not there, and what is in it under these names is written over.
        told: What is told of each file before it is made.

    Returns:
        The page (``index.html``), the workbook (``update.xlsx``), and what its sections give to take away, such as
        ``demand.csv``: a row a figure, the cells as printed, then what was recomputed with its interval, the finding, and every
        slip or other sense that would explain it (UTF-8 with a byte-order mark, so that Excel reads it right). Nothing is
        written where the page cannot be made.

    Raises:
        InvalidValue: It is no update, ``folder`` is no path or cannot be written to, or ``told`` cannot be told.
        MissingExtra: The extras ``charts`` or ``spreadsheets`` are not installed: ``pip install "bucks_cs[report]"`` has both.

    Example:
        >>> import tempfile
        >>> from bucks_cs import record
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.report import cabinet_update, demand_table_alone, write_update
        >>> mine = cabinet_update(demand_table_alone(record.demand_table(), source=NoOfficialSource(reason="my own table")))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     [path.name for path in write_update(mine, folder)]
        ['index.html', 'update.xlsx', 'demand.csv']
    """
    if not isinstance(update, Update):
        raise InvalidValue(what="update", expected="an Update, as report.cabinet_update gives it")
    need_told(told)
    place = _need_path(folder)
    _tell(told, 1, "the page, with its charts")
    html = update_page(update)
    taken_away = [download for section in update.sections for download in section.downloads]
    _write(place, html, taken_away)
    _tell(told, 2, "the workbook")
    return Written(
        page=place / _PAGE,
        workbook=write_update_workbook(update, place / "update.xlsx"),
        figures=[place / each.name for each in taken_away],
    )


def _need_path(folder: Any) -> Path:
    path = os.fspath(folder) if isinstance(folder, (str, os.PathLike)) else None
    # What is blank would be the folder that the program happens to run in.
    if not isinstance(path, str) or not path.strip():
        raise InvalidValue(what="folder", expected="the path of a folder to write to")
    return Path(path)


def _write(place: Path, html: str, taken_away: list[Download]) -> None:
    refused = False
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / _PAGE).write_text(html, encoding="utf-8")
        for each in taken_away:
            # The mark at the beginning of the file is what Excel takes for UTF-8.
            (place / each.name).write_text(each.text, encoding="utf-8-sig", newline="")
    except OSError:
        refused = True
    if refused:
        raise InvalidValue(what="folder", expected="a folder that can be written to")


def _tell(told: Told | None, number: int, title: str) -> None:
    if told is not None:
        told(Step(number=number, of=2, title=title))
