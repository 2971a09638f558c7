"""The first year in which there are fewer places than children who need one, and how far a scheme moves it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.periods import AcademicYear, Period
from bucks_cs.units import Quantity, quantity

__all__ = ["Deficit", "EffectOfScheme", "FirstYearOfDeficit"]


class Deficit(enum.Enum):
    """Whether there is a deficit in the years that were given."""

    IN_A_YEAR = "in a year"
    NONE_IN_THE_YEARS_GIVEN = "none in the years given"
    CANNOT_BE_KNOWN = "cannot be known"


_PERIOD_OR_NONE = of_kind(Period, NoneType, expected="a period, or None")


def _pairs(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: pairs of a column and its value, or of a column and None."""
    pairs = value if isinstance(value, tuple) else (value,)
    if not all(
        isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], (str, NoneType))
        for pair in pairs
    ):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="pairs of a column and its value")


def _as_years(given: Period | Iterable[Period]) -> tuple[Period, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


@attrs.frozen(kw_only=True)
class FirstYearOfDeficit:
    """The first year of deficit of a group, with the years it lies between where the need is not exactly known.

    Args:
        area: The LA number; None for the caller's own area.
        dims: What the group is, as pairs of a column and its value (None: not recorded).
        years: The years (or days) that were given, in order: nothing is said of others.
        deficit: Whether there is one.
        year: The first year of deficit, by the need as it is expected; None where there is none or it cannot be known.
        earliest: The first year in which there may be a deficit; None where there can be none in the years given.
        latest: The first year in which there must be one; None where that is sure of no year given.

    Raises:
        InvalidValue: No years; a year that is not among them; a year without a deficit, or a deficit without its year; years out
            of order; a part of another kind.
    """

    area: str | None = attrs.field(default=None, validator=of_kind(str, NoneType, expected="text, or None"))
    dims: tuple[tuple[str, str | None], ...] = attrs.field(default=(), validator=_pairs)
    years: tuple[Period, ...] = attrs.field(converter=_as_years)
    deficit: Deficit = attrs.field(validator=of_kind(Deficit, expected="a Deficit"))
    year: Period | None = attrs.field(default=None, validator=_PERIOD_OR_NONE)
    earliest: Period | None = attrs.field(default=None, validator=_PERIOD_OR_NONE)
    latest: Period | None = attrs.field(default=None, validator=_PERIOD_OR_NONE)

    def __attrs_post_init__(self) -> None:
        named = [year for year in (self.earliest, self.year, self.latest) if year is not None]
        if not self.years or not all(isinstance(year, Period) for year in self.years) or not set(named) <= set(self.years):
            raise InvalidValue(what="FirstYearOfDeficit.years", expected="the periods given, and each year named among them")
        if (self.deficit is Deficit.IN_A_YEAR) != (self.year is not None):
            raise InvalidValue(what="FirstYearOfDeficit.year", expected="the year of a deficit, and only of one")
        if [year.start for year in named] != sorted(year.start for year in named):
            raise InvalidValue(what="FirstYearOfDeficit", expected="earliest, year and latest in that order")

    @property
    def group(self) -> str:
        """The group in words; "all" where nothing is broken down."""
        return ", ".join(f"{name} {'not recorded' if value is None else value}" for name, value in self.dims) or "all"

    def __str__(self) -> str:
        said = self.deficit.value if self.year is None else str(self.year)
        span = ""
        if (self.earliest, self.latest) != (self.year, self.year):
            first = "never" if self.earliest is None else self.earliest.label
            last = "no year given" if self.latest is None else self.latest.label
            span = f" (possible from {first}, certain from {last})"
        return f"{self.group}: {said}{span}"


@attrs.frozen(kw_only=True)
class EffectOfScheme:
    """The first year of deficit of a group without a scheme and with it.

    Args:
        before: Without it.
        after: With it.

    Raises:
        InvalidValue: They are of different groups or years, or of another kind.
    """

    before: FirstYearOfDeficit = attrs.field(validator=of_kind(FirstYearOfDeficit, expected="a FirstYearOfDeficit"))
    after: FirstYearOfDeficit = attrs.field(validator=of_kind(FirstYearOfDeficit, expected="a FirstYearOfDeficit"))

    def __attrs_post_init__(self) -> None:
        both = (self.before, self.after)
        if len({(each.area, each.dims, each.years) for each in both}) > 1:
            raise InvalidValue(what="EffectOfScheme", expected="the same group and years before and after")

    @property
    def moved(self) -> Quantity | None:
        """How much later the first deficit is: years between academic years, days between days; earlier is negative.

        None where there is no deficit on one of the sides, or it cannot be known: see `moved_at_least`.
        """
        if self.before.year is None or self.after.year is None:
            return None
        return _between(self.before.year, self.after.year)

    @property
    def moved_at_least(self) -> Quantity | None:
        """How much later it is at the least, where a deficit is gone from the years given: past the last of them.

        From the first year of deficit to the one after the last academic year given (for homes, to the last day given); None
        where nothing is gone.
        """
        if self.before.year is None or self.after.deficit is not Deficit.NONE_IN_THE_YEARS_GIVEN:
            return None
        last = self.before.years[-1]
        return _between(self.before.year, last.next() if isinstance(last, AcademicYear) else last)

    def __str__(self) -> str:
        was = self.before.deficit.value if self.before.year is None else str(self.before.year)
        now = self.after.deficit.value if self.after.year is None else str(self.after.year)
        least = f", at least {_said(self.moved_at_least)} later" if self.moved_at_least is not None else ""
        return f"{self.before.group}: first deficit {was}, with the scheme {now}{_how_far(self.moved) or least}"


def _between(one: Period, other: Period) -> Quantity:
    if isinstance(one, AcademicYear):
        return quantity(other.start.year - one.start.year, "year")
    return quantity((other.start - one.start).days, "day")


def _said(moved: Quantity) -> str:
    number = abs(int(moved.magnitude))
    return f"{number:,} {moved.units}{'' if number == 1 else 's'}"


def _how_far(moved: Quantity | None) -> str:
    if moved is None:
        return ""
    return f", {_said(moved)} {'later' if moved.magnitude > 0 else 'earlier'}" if moved.magnitude else ", not moved"
