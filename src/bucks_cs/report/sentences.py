"""Sentences of the report: words without digits, and figures that come from readings, typed objects and printed figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Indicator, Reading, wording
from bucks_cs.indicators.wording import told_apart, with_unit, written
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.record import PrintedFigure
from bucks_cs.report.definitions import AUDIT, Definition, Use
from bucks_cs.report.parts import several, words
from bucks_cs.units import Quantity

__all__ = [
    "Figure",
    "Paragraph",
    "Piece",
    "Said",
    "amount",
    "counted",
    "listed",
    "paragraph",
    "printed",
    "read",
    "read_apart",
    "said",
    "span",
]

_DIGIT = re.compile(r"\d")
_text = of_kind(str, expected="text")
_PERCENT, _POUNDS = "percent", "GBP"


@attrs.frozen(kw_only=True)
class Figure:
    """A figure in a sentence, with what it is and where it is from.

    Args:
        text: As the sentence has it.
        use: What it is, and where it is from.
    """

    text: str = attrs.field(validator=words)
    use: Use = attrs.field(validator=of_kind(Use, expected="a Use"))


@attrs.frozen(kw_only=True)
class Said:
    """Words that come from an object and not from a template: a name, a period, a label, a finding.

    Args:
        text: As the sentence has it.
    """

    text: str = attrs.field(validator=_text)


Piece: TypeAlias = "str | Figure | Said"


@attrs.frozen(kw_only=True)
class Paragraph:
    """A paragraph, or an item of a list, in pieces.

    Args:
        pieces: Words, which have no digit in them; figures; and what is said by objects.

    Raises:
        InvalidValue: Words have a digit in them, or a piece is something else.
    """

    pieces: tuple[Piece, ...] = attrs.field(converter=several)

    def __attrs_post_init__(self) -> None:
        for piece in self.pieces:
            if not isinstance(piece, (str, Figure, Said)):
                raise InvalidValue(what="Paragraph.pieces", expected="words, a Figure or Said each")
            if isinstance(piece, str) and _DIGIT.search(piece):
                expected = "words without digits: a number comes from a reading, a typed object or a printed figure"
                raise InvalidValue(what="Paragraph.pieces", expected=expected)

    @property
    def uses(self) -> tuple[Use, ...]:
        """What its figures are, in order."""
        return tuple(piece.use for piece in self.pieces if isinstance(piece, Figure))

    def __str__(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


def paragraph(*pieces: Piece | Iterable[Piece]) -> Paragraph:
    """A paragraph of pieces, or of runs of pieces.

    Args:
        *pieces: Each a piece, or several.
    """
    flat: list[Piece] = []
    for piece in pieces:
        flat.extend([piece] if isinstance(piece, (str, Figure, Said)) else piece)
    return Paragraph(pieces=flat)


def said(thing: Any) -> Said:
    """What an object says of itself.

    Args:
        thing: A period, a name, a finding: anything whose `str` is words.
    """
    return Said(text=str(thing))


def read(reading: Reading, *, bare: bool = False) -> Figure:
    """A reading as a figure: its value with its unit, or why it has none; the range where only that is known.

    Args:
        reading: The reading.
        bare: Without the unit, where the sentence names it.
    """
    of, number = reading.indicator, reading.number
    use = Use(definition=Definition.of(of), source=reading.source)
    if number is not None:
        # A share out of a hundred is a percentage, as it is called wherever it is compared.
        per = None if of.unit == _PERCENT else of.per
        text = written(number, units=of.unit) if bare else with_unit(number, of.unit, per=per)
        return Figure(text=text, use=use)
    low, high = reading.bound("lower"), reading.bound("upper")
    if low is None or high is None:
        return Figure(text=reading.withheld.symbol if reading.withheld else "", use=use)
    return Figure(text=_between(low, high, of.unit), use=use)


def read_apart(one: Reading, other: Reading) -> tuple[Figure, Figure]:
    """Two readings of one indicator that have values, with as many decimals as it takes to tell them apart.

    Args:
        one: A reading.
        other: Another.

    Raises:
        InvalidValue: One of them has no value.
    """
    if one.number is None or other.number is None:
        raise InvalidValue(what="readings", expected="two readings that have values")
    of = one.indicator
    texts = told_apart(one.number, other.number, of.unit, per=None if of.unit == _PERCENT else of.per)
    uses = (Use(definition=Definition.of(each.indicator), source=each.source) for each in (one, other))
    first, second = (Figure(text=text, use=use) for text, use in zip(texts, uses, strict=True))
    return first, second


def printed(figure: PrintedFigure, *, of: Indicator | None = None) -> Figure:
    """A printed figure, letter for letter.

    Args:
        figure: The figure.
        of: The indicator it is a figure of; None where it is none's, and print itself is all there is to say of it.
    """
    definition = Definition.of_printed(figure) if of is None else Definition.of(of)
    return Figure(text=figure.as_printed, use=Use(definition=definition, source=figure.source))


def amount(
    quantity: Quantity, *, of: Indicator | Definition, source: AnySource | None = None, places: int = 1, bare: bool = False
) -> Figure:
    """A quantity that a typed object holds or works out.

    Args:
        quantity: The quantity.
        of: What it is an amount of.
        source: Where it is from; None where it is worked out here.
        places: The most decimals, where these are enough.
        bare: Without the unit, where the sentence names it.
    """
    number, unit = float(quantity.magnitude), str(quantity.units)
    text = written(number, units=unit, places=places) if bare else with_unit(number, unit, places=places)
    return Figure(text=text, use=_use(of, source))


def span(low: Quantity, high: Quantity, *, of: Indicator | Definition, source: AnySource | None = None) -> Figure:
    """A range of two quantities; a single one where they are alike.

    Args:
        low: The least.
        high: The most, in the same unit.
        of: What it is a range of.
        source: Where it is from; None where it is worked out here.
    """
    unit = str(low.units)
    ends = float(low.magnitude), float(high.m_as(unit))
    return Figure(text=_between(*ends, unit), use=_use(of, source))


def counted(number: int, *, of: Definition | Indicator = AUDIT, source: AnySource | None = None) -> Figure:
    """How many there are of something that was counted here.

    Args:
        number: How many.
        of: What was counted; findings of the audit where nothing is said.
        source: Where it is from; None where it is counted here.
    """
    return Figure(text=f"{number:,}", use=_use(of, source))


def _use(of: Indicator | Definition, source: AnySource | None) -> Use:
    if not isinstance(source, (Source, NoOfficialSource, type(None))):
        raise InvalidValue(what="source", expected="a Source, or None")
    return Use(definition=of if isinstance(of, Definition) else Definition.of(of), source=source)


def _between(low: float, high: float, unit: str) -> str:
    if low == high:
        return with_unit(low, unit)
    first, last = told_apart(low, high, unit)
    # The unit stands once, but for a sign that belongs to each number.
    return f"{first} to {last}" if unit in {_PERCENT, _POUNDS} else f"{first.split(' ')[0]} to {last}"


def listed(names: Iterable[str]) -> Said:
    """Names with commas, and ``and`` before the last.

    Args:
        names: The names.
    """
    return Said(text=wording.listed(names))
