"""The record: what an official measure is: one that a public body publishes, with its release, its file and its place in it."""

from __future__ import annotations

from types import NoneType

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Indicator
from bucks_cs.provenance import Source
from bucks_cs.units import unit as known_unit

__all__ = ["OfficialMeasure"]

_text = of_kind(str, expected="text")
_file = of_kind(str, NoneType, expected="the name of a file, or None")


@attrs.frozen(kw_only=True)
class OfficialMeasure:
    """A measure that a public body publishes, as it is set beside what Buckinghamshire printed.

    Args:
        indicator: The indicator of a subject of this library that it is the published figure of: its key, its unit and what it
            counts are then that one's. None where no subject has it.
        key: Its name in the facts; the indicator's where there is one.
        title: What it measures, in words; the indicator's own where left out.
        basis: What tells it from measures that look alike.
        unit: The unit of its values, a name of `bucks_cs.units`: the indicator's where there is one, else None where they are
            words, dates, or a score.
        rounded_to: The step that its values are published to; None where they are exact, or are words.
        file: The file of the release that it was read from; None where it was read in a report's own pages.
        source: The release, and the place in it.
        file_of_parts: The file that its parts were read from, where they are not in that one.
        source_of_parts: The release of the parts, and the place in it, where there is such a file.

    Raises:
        InvalidValue: A part of another kind; a key or a unit that is not the indicator's; or one of the two of the parts alone.
        UnitError: The unit is unknown.

    Example:
        >>> from bucks_cs import ehcp
        >>> from bucks_cs.record import official_measure
        >>> official_measure("ehcp.plans").indicator is ehcp.PLANS
        True
    """

    indicator: Indicator | None = attrs.field(
        default=None, validator=of_kind(Indicator, NoneType, expected="an Indicator, or None")
    )
    key: str = attrs.field(validator=_text)
    title: str = attrs.field(validator=_text)
    basis: str = attrs.field(default="", validator=_text)
    unit: str | None = attrs.field()
    rounded_to: float | None = attrs.field(default=None, validator=of_kind(float, NoneType, expected="a step, or None"))
    file: str | None = attrs.field(default=None, validator=_file)
    source: Source = attrs.field(validator=of_kind(Source, expected="a Source"))
    file_of_parts: str | None = attrs.field(default=None, validator=_file)
    source_of_parts: Source | None = attrs.field(default=None, validator=of_kind(Source, NoneType, expected="a Source, or None"))

    @key.default
    def _key_of_the_indicator(self) -> str | None:
        return None if self.indicator is None else self.indicator.key

    @title.default
    def _title_of_the_indicator(self) -> str | None:
        return None if self.indicator is None else self.indicator.title

    @unit.default
    def _unit_of_the_indicator(self) -> str | None:
        return None if self.indicator is None else self.indicator.unit

    def __attrs_post_init__(self) -> None:
        if self.indicator is not None and (self.key, self.unit) != (self.indicator.key, self.indicator.unit):
            raise InvalidValue(what="OfficialMeasure", expected="the key and the unit of its indicator, which need not be given")
        if (self.file_of_parts is None) != (self.source_of_parts is None):
            raise InvalidValue(what="OfficialMeasure", expected="both file_of_parts and source_of_parts, or neither")
        if self.unit is not None:
            known_unit(self.unit)
        if self.rounded_to is not None and self.rounded_to <= 0:
            raise InvalidValue(what="OfficialMeasure.rounded_to", expected="a step above 0, or None")

    def __str__(self) -> str:
        return f"{self.title}, {self.basis}" if self.basis else self.title
