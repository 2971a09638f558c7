"""What a figure of the report is, and who says so: an entry of the page's definitions, which every figure leads to."""

from __future__ import annotations

import re
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Better, Break, Indicator
from bucks_cs.indicators.wording import capital, unit_heading
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.record import PrintedFigure
from bucks_cs.report.parts import several, several_pairs, words

__all__ = ["AUDIT", "Definition", "Use", "break_in_words"]

_SLUG = re.compile(r"[^a-z0-9]+")
_NEITHER = "neither way: more of it is neither better nor worse of itself"


def _all_pairs(instance: object, attribute: attrs.Attribute[Any], given: tuple[tuple[object, ...], ...]) -> None:
    if not all(len(pair) == 2 and all(isinstance(text, str) for text in pair) for pair in given):
        raise InvalidValue(what="Definition.said", expected="pairs of what is said and what it is about, both text")


def break_in_words(found: Break) -> str:
    """A break in a series, with its area by name and, where it is inferred, that nobody has published why.

    Args:
        found: The break.
    """
    said = str(attrs.evolve(found, area=found.area_name))
    return said if found.certain else f"{said}; its cause is not published"


@attrs.frozen(kw_only=True)
class Definition:
    """An entry of the definitions: what is counted, what is left out, and who says so.

    Args:
        key: What it is of: the key of an indicator, or the id of a printed figure.
        title: Its heading.
        said: What is said of it, each with what it is about (``Counts``, ``Leaves out``).
        sources: Who says so.
        is_printed: Whether it is of a single figure, as it was printed.

    Raises:
        InvalidValue: It has no title, or a source is none.
    """

    key: str = attrs.field(validator=of_kind(str, expected="text"))
    title: str = attrs.field(validator=words)
    said: tuple[tuple[str, str], ...] = attrs.field(converter=several_pairs, validator=_all_pairs)
    sources: tuple[AnySource, ...] = attrs.field(converter=several)
    is_printed: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))

    def __attrs_post_init__(self) -> None:
        if not self.sources or not all(isinstance(source, (Source, NoOfficialSource)) for source in self.sources):
            raise InvalidValue(what="Definition.sources", expected="one Source or more, or NoOfficialSource with the reason")

    @classmethod
    def of(cls, indicator: Indicator) -> Definition:
        """The definition of an indicator.

        Args:
            indicator: The indicator.
        """
        if not isinstance(indicator, Indicator):
            raise InvalidValue(what="indicator", expected="an Indicator")
        unit = unit_heading(indicator.unit, per=indicator.per)
        if unit and not any(letter.isalnum() for letter in unit):
            # A symbol alone is passed over by some screen readers.
            unit = f"{indicator.unit} ({unit})"
        better = _NEITHER if indicator.better is Better.NEITHER else indicator.better.value
        said = {
            "Counts": indicator.counts,
            "Leaves out": indicator.leaves_out or "nothing that is counted",
            "Kind": f"{indicator.measure.value}, a {indicator.kind.value}",
            "Unit": unit or "a number",
            "Better": better,
            "Breaks": "; ".join(map(break_in_words, indicator.breaks)) or "none known",
        }
        return cls(key=indicator.key, title=indicator.title, said=tuple(said.items()), sources=indicator.sources)

    @classmethod
    def of_printed(cls, figure: PrintedFigure) -> Definition:
        """The definition of a figure that is no indicator's: what print says of it, and where.

        Args:
            figure: The figure.
        """
        if not isinstance(figure, PrintedFigure):
            raise InvalidValue(what="figure", expected="a PrintedFigure")
        said = {
            "Counts": figure.measure,
            "As printed": f"{figure.as_printed} ({figure.place})",
            "In the words": figure.printed_text,
            "When": figure.period_said,
            "Basis": figure.basis or "not printed",
            "Said by": figure.said_by,
            "Read it with care": figure.note,
        }
        there = tuple((head, text) for head, text in said.items() if text)
        return cls(key=figure.id, title=capital(figure.measure), said=there, sources=(figure.source,), is_printed=True)

    @property
    def slug(self) -> str:
        """Its id on a page."""
        return f"definition-{_SLUG.sub('-', self.key.lower()).strip('-')}"


AUDIT = Definition(
    key="audit",
    title="Findings of the audit",
    said=(
        (
            "Counts",
            "relations between printed figures: a percentage and the figures beside it, a total and its parts, a repetition",
        ),
        ("Agrees", "some values that round to what is printed fit together, which does not say that they are true"),
        ("Disagrees", "no values that round to what is printed fit together"),
        ("Cannot check", "what would check the figure is not in the documents"),
        ("Leaves out", "figures that nothing printed can be held against"),
    ),
    sources=(NoOfficialSource(reason="arithmetic between printed figures, by bucks_cs.audit and bucks_cs.record.audit"),),
)
"""What a count of findings is of."""


@attrs.frozen(kw_only=True)
class Use:
    """A definition as a figure uses it, with where that figure itself is from.

    Args:
        definition: What the figure is.
        source: Where it is published or printed; None where it is worked out here.
    """

    definition: Definition = attrs.field(validator=of_kind(Definition, expected="a Definition"))
    source: AnySource | None = attrs.field(
        default=None, validator=of_kind(Source, NoOfficialSource, type(None), expected="a Source, or None")
    )
