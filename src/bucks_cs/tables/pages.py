"""A table for a page or a notebook, by great_tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

import polars as pl

from bucks_cs.errors import InvalidValue, MissingExtra
from bucks_cs.readings import Readings
from bucks_cs.tables.arranging import layout
from bucks_cs.tables.layouts import NO_FIGURE, Cell, Layout

if TYPE_CHECKING:
    from great_tables import GT

__all__ = ["as_layout", "html", "page_table"]

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_LOOK: dict[str, Any] = {
    "heading_align": "left", "table_margin_left": "0", "heading_title_font_weight": "bold", "column_labels_font_weight": "bold",
    "table_font_names": "inherit",
}  # fmt: skip
# The page's own colours, so that a table is as readable in the dark as the words around it: great_tables takes none but names.
_COLOURS = "#{name} .gt_table, #{name} .gt_table [class] {{ color: inherit; background-color: transparent; }}"


def page_table(table: Readings[Any] | Layout, *, name: str = "table", across: str | None = None) -> GT:
    """A table for a page or a notebook, which can be changed like any other of great_tables.

    Args:
        table: Readings of any engine, or a `Layout`.
        name: Its id on the page, unlike any other there: small letters, digits and hyphens.
        across: For readings, as `layout` has it; left out, the indicators. A `Layout` is laid out already.

    Returns:
        A `great_tables.GT`: keys on the left, as headings of their rows; figures as numbers, thousands parted, to as many
        decimals as `Layout.decimals` says; a gap by its symbol; notes and sources below. Title, headings and cells are tied
        together for a screen reader by great_tables.

    Raises:
        InvalidValue: ``table`` or ``name`` is of another kind or form, there is nothing in it, or ``across`` is given for a
            `Layout`.
        UnknownColumn: As for `layout`.
        MissingExtra: The extra ``tables`` is not installed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.tables import page_table
        >>> print(type(page_table(record.demand(), across="period")).__name__)
        GT
    """
    made: GT = _drawn(as_layout(table, across=across), _need_name(name))
    return made.tab_options(**_LOOK, table_additional_css=_COLOURS.format(name=name))


def html(table: Readings[Any] | Layout, *, name: str, across: str | None = None) -> str:
    """A table as HTML, which scrolls within itself on a narrow page and can be reached by keyboard.

    Args:
        table: As for `page_table`.
        name: As for `page_table`.
        across: As for `page_table`.

    Returns:
        What `page_table` makes, in one ``<div>``: a group named by the title of the table, with a style of its own, which
        touches nothing outside it. It asks for nothing off the page.

    Raises:
        InvalidValue: As for `page_table`.
        UnknownColumn: As for `page_table`.
        MissingExtra: The extra ``tables`` is not installed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.tables import html
        >>> html(record.demand(), name="demand", across="period")[:64]
        '<div id="demand" class="table" role="group" tabindex="0" aria-la'
    """
    made = page_table(table, name=name, across=across).as_raw_html()
    box = f'<div id="{escape(name)}"'
    group = f'{box} class="table" role="group" tabindex="0" aria-labelledby="{escape(name)}-title"'
    return re.sub(r"\n\s*\n+", "\n", _styled_alone(made, name)).replace(box, group, 1)


def as_layout(table: Any, *, across: str | None = None) -> Layout:
    """What is to be drawn, laid out.

    Args:
        table: Readings of any engine, or a `Layout`.
        across: For readings, as `layout` has it; None for the indicators.

    Raises:
        InvalidValue: It is neither, there is nothing in it, or ``across`` is given for a `Layout`.
        UnknownColumn: As for `layout`.
    """
    if isinstance(table, Layout):
        if across is not None:
            raise InvalidValue(what="across", expected="nothing with a Layout, which is laid out already")
        return table
    if not isinstance(table, Readings):
        raise InvalidValue(what="table", expected=f"Readings, or a Layout, not {type(table).__name__}")
    return layout(table, across="indicator" if across is None else across)


def _need_name(name: Any) -> str:
    if not isinstance(name, str) or not _SLUG.fullmatch(name):
        raise InvalidValue(what="name", expected="small letters, digits and hyphens, beginning with a letter")
    return name


def _great_tables() -> Any:
    missing = False
    try:
        import great_tables as found
    except ImportError:
        missing = True
    if missing:
        raise MissingExtra(package="great-tables", extra="tables")
    return found


def _drawn(laid: Layout, name: str) -> Any:
    columns = {f"column-{place}": heading for place, heading in enumerate(laid.headings)}
    keys = list(columns)[: len(laid.keys)]
    frame = pl.DataFrame(
        {column: _column(laid.column(heading), number=column not in keys) for column, heading in columns.items()}
    )
    made = _great_tables().GT(frame, id=name, rowname_col=keys or None)
    made = made.tab_header(title=laid.title, subtitle=laid.subtitle or None).cols_label(**columns)
    if keys:
        made = made.tab_stubhead(label=list(laid.keys))
    for place, column in enumerate(list(columns)[len(keys) :]):
        made = _figures(made, column, laid.column(laid.figures[place]), [row[place] for row in laid.decimals])
    for text in (*laid.below, *(f"Source: {one}." for one in laid.sources)):
        made = made.tab_source_note(text)
    return made


def _column(cells: Iterable[Cell], *, number: bool) -> pl.Series:
    """Keys as text, figures as numbers: a symbol is put in the place of a null when the table is drawn."""
    if not number:
        return pl.Series(list(cells), dtype=pl.String)
    return pl.Series([None if isinstance(cell, str) or cell is None else float(cell) for cell in cells], dtype=pl.Float64)


def _figures(made: Any, column: str, cells: tuple[Cell, ...], places: list[int]) -> Any:
    """Numbers to their decimals, symbols in the place of what is not there."""
    for decimals in dict.fromkeys(places):
        rows = [row for row, here in enumerate(places) if here == decimals]
        made = made.fmt_number(columns=column, rows=rows, decimals=decimals, use_seps=True)
    texts = [NO_FIGURE if cell is None else cell for cell in cells]
    for text in dict.fromkeys(text for text in texts if isinstance(text, str)):
        made = made.sub_missing(columns=column, rows=[row for row, here in enumerate(texts) if here == text], missing_text=text)
    return made.cols_align(align="right", columns=column)


def _styled_alone(made: str, name: str) -> str:
    """Each rule of its style for this table alone: great_tables leaves out its id where a rule names several elements."""

    def scoped(rule: re.Match[str]) -> str:
        parts = [part.strip() for part in rule["selectors"].split(",")]
        return ", ".join(part if part.startswith(f"#{name} ") else f"#{name} {part}" for part in parts) + " {"

    start, end = made.index("<style>") + len("<style>"), made.index("</style>")
    style = re.sub(r"(?P<selectors>[^{}]+)\{", lambda rule: "\n" + scoped(rule), made[start:end])
    return made[:start] + style + made[end:]
