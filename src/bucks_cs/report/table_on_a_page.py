"""A table on the update's page: plain HTML in the page's own colours, with headings that a screen reader gives with each cell."""

from __future__ import annotations

import re
from html import escape

from bucks_cs.tables import NO_FIGURE, Cell, Layout

__all__ = ["table_html"]

# A figure as print has it, or the mark of a gap.
_FIGURE = re.compile(r"[−+-]?£?[\d,.]+%?( to [\d,.]+)?|\[[a-z ]+\]")
_LONG = 60
_STATUS = "Finding"


def table_html(laid: Layout, *, name: str, scrolls: bool) -> str:
    """A layout as a table, with its notes and sources below.

    Args:
        laid: What stands in it.
        name: Its id.
        scrolls: Whether it gets a region of its own that scrolls on a narrow page; not where it stands in one already.

    Returns:
        HTML: numbers to the decimals of the layout, a gap by its symbol, explained below.
    """
    subtitle = f'<span class="sub">{escape(laid.subtitle)}</span>' if laid.subtitle else ""
    caption = f'<caption id="{name}-caption"><span>{escape(laid.title)}</span>{subtitle}</caption>'
    words = {heading: _is_words(laid.column(heading)) for heading in laid.headings}
    head = "".join(f'<th scope="col"{_class(words[heading], "words")}>{escape(heading)}</th>' for heading in laid.headings)
    body = "\n".join(_row(laid, row, words) for row in _texts(laid))
    table = f'<table id="{name}">{caption}<thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>'
    sources = f"Source{'s' * (len(laid.sources) > 1)}: {'; '.join(laid.sources)}."
    below = [*laid.below, *([sources] if laid.sources else [])]
    notes = "".join(f'<p class="note">{escape(text)}</p>' for text in below)
    if not scrolls:
        return table + notes
    return f'<div class="scroll" role="region" aria-labelledby="{name}-caption" tabindex="0">{table}</div>{notes}'


def _texts(laid: Layout) -> list[tuple[str, ...]]:
    said = len(laid.keys)
    return [
        (*map(str, row[:said]), *(_cell(cell, places) for cell, places in zip(row[said:], decimals, strict=True)))
        for row, decimals in zip(laid.rows, laid.decimals, strict=True)
    ]


def _cell(cell: Cell, places: int) -> str:
    if cell is None:
        return NO_FIGURE
    if isinstance(cell, str):
        return cell
    text = f"{abs(cell):,.{places}f}"
    return f"−{text}" if cell < 0 and float(text.replace(",", "")) else text


def _row(laid: Layout, row: tuple[str, ...], words: dict[str, bool]) -> str:
    cells = []
    for place, (heading, text) in enumerate(zip(laid.headings, row, strict=True)):
        if place < len(laid.keys):
            cells.append(f'<th scope="row" class="words">{escape(text)}</th>')
            continue
        kind = ["words" if words[heading] else "number"] + ["long"] * (words[heading] and len(text) > _LONG)
        kind += ["status"] * (heading == _STATUS)
        cells.append(f'<td class="{" ".join(kind)}">{escape(text)}</td>')
    status = next((text for heading, text in zip(laid.headings, row, strict=True) if heading == _STATUS), "")
    return f"<tr{_class(status.startswith('disagrees'), 'disagrees')}>{''.join(cells)}</tr>"


def _class(there: bool, name: str) -> str:
    return f' class="{name}"' if there else ""


def _is_words(cells: tuple[Cell, ...]) -> bool:
    """Whether a column is of words, and not of numbers, of figures as they were printed, and of the marks of gaps."""
    return not all(cell is None or isinstance(cell, (int, float)) or _FIGURE.fullmatch(cell) for cell in cells)
