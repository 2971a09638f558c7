"""Where a series is not what it was before: the day, what changed, how sure that is, and which areas it concerns."""

from __future__ import annotations

import datetime as dt
import functools
from types import NoneType

import attrs

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, of_kind
from bucks_cs.provenance import AnySource, NoOfficialSource, Source, day_in_words

__all__ = ["Break"]


@attrs.frozen(kw_only=True)
class Break:
    """A date from which a series is not what it was before.

    Args:
        on: The first day of the new series, or the first day that can be where ``latest`` is given.
        latest: The last day it can lie on, where only a period that shows it is known; None where the day is known.
        what: What changed.
        certain: True where a publication says so; False where it is inferred from the figures alone.
        area: The LA number it concerns; None for everywhere.
        source: The publication, or the reason there is none.

    Raises:
        MissingSource: There is no source.
        InvalidValue: ``on`` is no date, ``latest`` is before it, or another part is of another kind.

    Example:
        >>> print(Break(on=dt.date(2023, 4, 1), latest=dt.date(2024, 3, 31), what="referrals fell by half", certain=False,
        ...     area="825", source=NoOfficialSource(reason="what caused it is not published")))
        between 1 April 2023 and 31 March 2024, in 825: referrals fell by half (inferred from the figures, not published)
    """

    on: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    latest: dt.date | None = attrs.field(
        default=None, validator=of_kind(dt.date, NoneType, expected="a date without a time of day, or None")
    )
    what: str = attrs.field(validator=of_kind(str, expected="text"))
    certain: bool = attrs.field(validator=of_kind(bool, expected="True or False"))
    area: str | None = attrs.field(default=None, validator=of_kind(str, NoneType, expected="text, or None"))
    source: AnySource

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a break in a series")
        if self.latest is not None and self.latest < self.on:
            raise InvalidValue(what="Break.latest", expected="a day that is not before on, or None")

    def lies_between(self, earlier: dt.date, later: dt.date) -> bool:
        """Whether it lies, or may lie, after one date and up to another.

        Args:
            earlier: A date in the series; a break on it lies behind.
            later: A later date; a break on it lies between.
        """
        return earlier < later and self.on <= later and (self.latest or self.on) > earlier

    @property
    def area_name(self) -> str | None:
        """The name of the area it concerns, its own text where no look-up has it; None for everywhere."""
        from bucks_cs.geography import name_or_code

        return None if self.area is None else name_or_code(self.area)

    @property
    def codes(self) -> tuple[str, ...]:
        """What stands for its area in data: the LA number and each ONS code it has had; nothing where it is everywhere."""
        return () if self.area is None else _codes(self.area)[0]

    @property
    def codes_above(self) -> tuple[str, ...]:
        """The ONS codes of the areas that contain its area: the region and England."""
        return () if self.area is None else _codes(self.area)[1]

    def concerns(self, area: str) -> bool:
        """Whether the break touches an area's series: its own, or one that it is part of.

        Args:
            area: The LA number, any ONS code of the authority, the ONS code of an area above it, or several with a
                slash for authorities that return together.

        Example:
            >>> here = Break(on=dt.date(2023, 4, 1), what="a new form", certain=True, area="825",
            ...     source=NoOfficialSource(reason="an example"))
            >>> [here.concerns(area) for area in ("825", "E10000002", "E12000008", "E92000001", "826", "E12000009")]
            [True, True, True, True, False, False]
        """
        return self.area is None or area in self.codes or self.is_inside(area)

    def is_inside(self, area: str) -> bool:
        """Whether it concerns only a part of an area: one authority of a region, of England, or of a joint return.

        Args:
            area: As for `concerns`.
        """
        members = {part.strip() for part in area.split("/")}
        return area in self.codes_above or (len(members) > 1 and not members.isdisjoint(self.codes))

    def __str__(self) -> str:
        how = "certain" if self.certain else "inferred from the figures, not published"
        day = day_in_words(self.on)
        when = day if self.latest in {None, self.on} else f"between {day} and {day_in_words(self.latest)}"
        where = "" if self.area is None else f", in {self.area}"
        return f"{when}{where}: {self.what} ({how})"


@functools.cache
def _codes(area: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands for an area in data, and what stands for the areas that contain it."""
    from bucks_cs import geography

    try:
        found = geography.area(area)
    except BucksError:
        return (area,), ()
    england = geography.england().ons_code
    if isinstance(found, geography.Authority):
        above = [part.ons_code for part in (found.part_of_london, found.region) if part is not None]
        return (found.la_number, *(code.value for code in found.codes)), (*above, england)
    if isinstance(found, geography.Region):
        return (found.ons_code,), (*((found.part_of,) if found.part_of else ()), england)
    return (found.key,), ()
