"""The update's page: one HTML file that asks nothing of any other, and that a screen reader can follow."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable
from html import escape

from bucks_cs import charts
from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import AnySource, Source
from bucks_cs.report.blocks import Block, Bullets, Drawing, Section, Subheading, Table
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Figure, Paragraph
from bucks_cs.report.table_on_a_page import table_html
from bucks_cs.report.update import Update

__all__ = ["update_page"]

_DEFINITIONS, _CONTENT = "definitions", "content"


def update_page(update: Update) -> str:
    """An update as a page.

    Args:
        update: As `bucks_cs.report.cabinet_update` gives it.

    Returns:
        A whole HTML document: its style is in it and its charts are drawn in it, so that it asks for nothing; every figure leads
        to what it counts and who says so, further down the same page. It is the same for the same update.

    Raises:
        InvalidValue: It is no update.
        MissingExtra: It has charts, and the extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.report import cabinet_update, demand_table_alone, update_page
        >>> mine = demand_table_alone(record.demand_table(), source=NoOfficialSource(reason="my own table"))
        >>> update_page(cabinet_update(mine)).splitlines()[0]
        '<!doctype html>'
    """
    if not isinstance(update, Update):
        raise InvalidValue(what="update", expected="an Update, as report.cabinet_update gives it")
    title = f"{update.title}: {update.area}"
    parts = [
        "<!doctype html>",
        '<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_style()}</style></head><body>",
        f'<a class="skip" href="#{_CONTENT}">Skip to the content</a>',
        f'<header><h1>{escape(update.title)}</h1><p class="of">{escape(update.area)}</p></header>',
        _contents(update),
        f'<main id="{_CONTENT}">',
        *(_paragraph(one) for one in update.introduction),
        *(_section(section) for section in update.sections),
        _definitions(update),
        "</main>",
        '<footer><p class="source">Made by bucks_cs, a library of children’s services performance.</p></footer></body></html>\n',
    ]
    return "\n".join(parts)


def _style() -> str:
    return (importlib.resources.files("bucks_cs.report") / "page.css").read_text(encoding="utf-8")


def _contents(update: Update) -> str:
    links = [(section.key, section.title) for section in update.sections] + [(_DEFINITIONS, "Definitions and sources")]
    items = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title in links)
    return f'<nav aria-label="Contents"><ol>{items}</ol></nav>'


def _section(section: Section) -> str:
    parts = [f'<section aria-labelledby="{section.key}"><h2 id="{section.key}">{escape(section.title)}</h2>']
    parts += [_block(block) for block in section.blocks]
    return "\n".join([*parts, "</section>"])


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{_inline(item)}</li>' for item in block.items)}</ul>"
    if isinstance(block, Subheading):
        return f"<h3>{escape(block.text)}</h3>"
    return _table(block) if isinstance(block, Table) else _drawing(block)


def _paragraph(one: Paragraph) -> str:
    return f"<p>{_inline(one)}</p>"


def _inline(one: Paragraph) -> str:
    return "".join(
        f'<a class="figure" href="#{piece.use.definition.slug}">{escape(piece.text)}</a>'
        if isinstance(piece, Figure)
        else escape(piece if isinstance(piece, str) else piece.text)
        for piece in one.pieces
    )


def _table(table: Table) -> str:
    shown = table_html(table.layout, name=table.name, scrolls=True) + _what(table.uses)
    if not table.folded:
        return shown
    return f"<details><summary>{escape(table.layout.title)}</summary>{shown}</details>"


def _drawing(drawing: Drawing) -> str:
    behind = None if drawing.layout is None else table_html(drawing.layout, name=f"{drawing.name}-figures", scrolls=False)
    return charts.figure(drawing.chart, name=drawing.name, table=behind) + _what(drawing.uses)


def _what(uses: Iterable[Use]) -> str:
    """The definitions that the figures of a table or a chart lead to."""
    found = dict.fromkeys(use.definition for use in uses)
    if not found:
        return ""
    links = ", ".join(f'<a href="#{one.slug}">{escape(_lower(one.title))}</a>' for one in found)
    return f'<p class="what">What is counted, and who says so: {links}.</p>'


def _lower(title: str) -> str:
    """A title within a sentence: its first letter small, but for a name in capitals."""
    return f"{title[:1].lower()}{title[1:]}" if not title[:2].isupper() else title


def _definitions(update: Update) -> str:
    there, uses = update.definitions, update.uses
    groups = {
        "What is measured": [one for one in there if not one.is_printed],
        "Single figures as printed": [one for one in there if one.is_printed],
    }
    entries = []
    for head, some in groups.items():
        if some:
            entries += [f"<h3>{head}</h3>", *(_definition(one, _published(one, uses)) for one in some)]
    lead = "<p>What each figure above counts, what it leaves out, and who says so, in the order of the alphabet.</p>"
    head = f'<section aria-labelledby="{_DEFINITIONS}"><h2 id="{_DEFINITIONS}">Definitions and sources</h2>{lead}'
    return "\n".join([head, *entries, "</section>"])


def _published(definition: Definition, uses: Iterable[Use]) -> list[AnySource]:
    """Where the figures of a definition are from, each once."""
    found = (use.source for use in uses if use.definition == definition and use.source is not None)
    return [source for source in dict.fromkeys(found) if source not in definition.sources]


def _definition(one: Definition, published: list[AnySource]) -> str:
    rows = [(head, escape(text)) for head, text in one.said]
    rows.append(("Defined by", "; ".join(map(_source, one.sources))))
    if published:
        rows.append(("Figures here are from", "; ".join(map(_source, published))))
    if one.is_printed:
        said = f"<p>{' '.join(f'<b>{escape(head)}:</b> {text}.' for head, text in rows)}</p>"
    else:
        said = f"<dl>{''.join(f'<dt>{escape(head)}</dt><dd>{text}</dd>' for head, text in rows)}</dl>"
    return f'<article id="{one.slug}"><h4>{escape(one.title)}</h4>{said}</article>'


def _source(source: AnySource) -> str:
    text = escape(str(source))
    if isinstance(source, Source) and source.url is not None:
        text = f'<a href="{escape(source.url)}">{text}</a>'
    return f"{text} ({escape(source.note)})" if isinstance(source, Source) and source.note else text
