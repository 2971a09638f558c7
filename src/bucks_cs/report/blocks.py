"""What a section of the report is made of: paragraphs, lists, charts with their figures, tables, and files to take away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import attrs

from bucks_cs.audit import Findings
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Indicator
from bucks_cs.readings import Readings
from bucks_cs.record import RecordFindings
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.parts import each_of_kind, several, words
from bucks_cs.report.sentences import Paragraph
from bucks_cs.tables import Layout, layout

__all__ = ["Block", "Bullets", "Download", "Drawing", "Section", "Subheading", "Table", "uses_of"]

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_text = of_kind(str, expected="text")


def _slug(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        expected = "small letters, digits and hyphens, beginning with a letter"
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


_uses = each_of_kind(Use, expected="a Use each")


def uses_of(given: Readings[Any] | Iterable[Indicator]) -> tuple[Use, ...]:
    """What the figures of readings are, and where they are from.

    Args:
        given: Readings, or indicators alone.
    """
    if not isinstance(given, Readings):
        return tuple(Use(definition=Definition.of(one)) for one in given)
    found = [Use(definition=Definition.of(one.indicator), source=one.source or given.source) for one in given]
    return tuple(dict.fromkeys(found))


@attrs.frozen(kw_only=True)
class Subheading:
    """A heading within a section.

    Args:
        text: What it says.
    """

    text: str = attrs.field(validator=words)

    @property
    def uses(self) -> tuple[Use, ...]:
        """Nothing: a heading has no figure."""
        return ()


@attrs.frozen(kw_only=True)
class Bullets:
    """A list.

    Args:
        items: Its items.
    """

    items: tuple[Paragraph, ...] = attrs.field(converter=several, validator=each_of_kind(Paragraph, expected="a Paragraph each"))

    @property
    def uses(self) -> tuple[Use, ...]:
        """What the figures in it are."""
        return tuple(use for item in self.items for use in item.uses)


@attrs.frozen(kw_only=True)
class Table:
    """A table, on the page and on a sheet of its own in the workbook.

    Args:
        name: Its id, which no other table or chart of the update has.
        layout: What stands in it.
        uses: What its figures are, and where they are from.
        folded: Whether a page shows its title alone until a reader opens it.
    """

    name: str = attrs.field(validator=_slug)
    layout: Layout = attrs.field(validator=of_kind(Layout, expected="a Layout"))
    uses: tuple[Use, ...] = attrs.field(default=(), converter=several, validator=_uses)
    folded: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))

    @classmethod
    def of(cls, readings: Readings[Any], *, name: str, across: str = "indicator", title: str | None = None) -> Table:
        """A table of readings.

        Args:
            readings: The readings.
            name: As for the class.
            across: As `bucks_cs.tables.layout` has it.
            title: As `bucks_cs.tables.layout` has it.
        """
        return cls(name=name, layout=layout(readings, across=across, title=title), uses=uses_of(readings))


@attrs.frozen(kw_only=True)
class Drawing:
    """A chart with its figures behind it, in a table.

    Args:
        name: Its id, which no other table or chart of the update has.
        chart: As a function of `bucks_cs.charts` gives it.
        layout: Its figures, also on a sheet of the workbook; None where a table of the section has them.
        uses: What its figures are, and where they are from.
    """

    name: str = attrs.field(validator=_slug)
    chart: Any
    layout: Layout | None = attrs.field(default=None, validator=of_kind(Layout, type(None), expected="a Layout, or None"))
    uses: tuple[Use, ...] = attrs.field(default=(), converter=several, validator=_uses)

    @classmethod
    def of(
        cls, chart: Any, readings: Readings[Any], *, name: str, across: str = "indicator", title: str | None = None
    ) -> Drawing:
        """A chart of readings.

        Args:
            chart: The chart.
            readings: The readings it is of.
            name: As for the class.
            across: As `bucks_cs.tables.layout` has it.
            title: As `bucks_cs.tables.layout` has it.
        """
        laid = layout(readings, across=across, title=title)
        return cls(name=name, chart=chart, layout=laid, uses=uses_of(readings))


Block: TypeAlias = Paragraph | Bullets | Subheading | Table | Drawing


@attrs.frozen(kw_only=True)
class Download:
    """A file of figures that is written beside the page.

    Args:
        name: What it is called, ending in ``.csv``.
        text: What is in it.
    """

    name: str = attrs.field(validator=_text)
    text: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9-]+\.csv", self.name):
            raise InvalidValue(what="Download.name", expected="small letters, digits and hyphens, ending in .csv")


@attrs.frozen(kw_only=True)
class Section:
    """A section of the update.

    Args:
        key: Its id.
        title: Its heading.
        blocks: What it is made of, in order.
        findings: What the audit found of its figures, in full; None where nothing in it was printed before.
        downloads: Files of its figures.

    Raises:
        InvalidValue: A part is of another kind.
    """

    key: str = attrs.field(validator=_slug)
    title: str = attrs.field(validator=words)
    blocks: tuple[Block, ...] = attrs.field(
        converter=several,
        validator=each_of_kind(
            Paragraph, Bullets, Subheading, Table, Drawing, expected="paragraphs, lists, headings, tables and charts"
        ),
    )
    findings: RecordFindings | Findings | None = attrs.field(
        default=None, validator=of_kind(RecordFindings, Findings, type(None), expected="findings of an audit, or None")
    )
    downloads: tuple[Download, ...] = attrs.field(
        default=(), converter=several, validator=each_of_kind(Download, expected="a Download each")
    )

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs, without the items of its lists."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, without those behind charts."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Drawing, ...]:
        """Its charts."""
        return tuple(block for block in self.blocks if isinstance(block, Drawing))

    @property
    def uses(self) -> tuple[Use, ...]:
        """What its figures are, and where they are from, each once."""
        return tuple(dict.fromkeys(use for block in self.blocks for use in block.uses))

    @property
    def text(self) -> str:
        """Its paragraphs and lists as plain text, a line each."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(str(block))
            elif isinstance(block, Bullets):
                lines += [f"- {item}" for item in block.items]
        return "\n".join(lines)

    def at(self, name: str) -> Table | Drawing:
        """A table or chart by its name.

        Args:
            name: Its id.

        Raises:
            InvalidValue: There is none of that name.
        """
        named: Sequence[Table | Drawing] = (*self.tables, *self.charts)
        found = {one.name: one for one in named}
        asked: object = name
        if isinstance(asked, str) and asked in found:
            return found[asked]
        raise InvalidValue(what="name", expected=" or ".join(one.name for one in named) or "nothing: there is no table here")
