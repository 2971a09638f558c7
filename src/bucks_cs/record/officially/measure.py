"""The record: what an official measure is: one that a public body publishes, with its release, its file and its place in it."""

from __future__ import annotations

from types import NoneType

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import Source
from bucks_cs.units import unit as known_unit

__all__ = ["OfficialMeasure"]

_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class OfficialMeasure:
    """A measure that a public body publishes, as it is set beside what Buckinghamshire printed.

    Args:
        key: Its name in the facts.
        title: What it measures, in words.
        basis: What tells it from measures that look alike.
        unit: The unit of its values, a name of `bucks_cs.units`; None where they are words, dates, or a score.
        rounded_to: The step that its values are published to; None where they are exact, or are words.
        file: The file of the release that it was read from; None where it was read in a report's own pages.
        source: The release, and the place in it.

    Raises:
        InvalidValue: A part of another kind.
        UnitError: The unit is unknown.
    """

    key: str = attrs.field(validator=_text)
    title: str = attrs.field(validator=_text)
    basis: str = attrs.field(default="", validator=_text)
    unit: str | None = attrs.field(default=None)
    rounded_to: float | None = attrs.field(default=None, validator=of_kind(float, NoneType, expected="a step, or None"))
    file: str | None = attrs.field(default=None, validator=of_kind(str, NoneType, expected="the name of a file, or None"))
    source: Source = attrs.field(validator=of_kind(Source, expected="a Source"))

    def __attrs_post_init__(self) -> None:
        if self.unit is not None:
            known_unit(self.unit)
        if self.rounded_to is not None and self.rounded_to <= 0:
            raise InvalidValue(what="OfficialMeasure.rounded_to", expected="a step above 0, or None")

    def __str__(self) -> str:
        return f"{self.title}, {self.basis}" if self.basis else self.title
