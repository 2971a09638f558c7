"""Demand: what is said of early help: how far it reaches, and how two groups of children differ in the referrals after it."""

from __future__ import annotations

import math
from typing import Any

import attrs
from attrs.validators import optional

from bucks_cs.errors import ImpossibleFigure, InvalidValue, of_kind
from bucks_cs.indicators import Indicator, Measure, Reading, with_unit
from bucks_cs.provenance import AnySource, DateBounds, NoOfficialSource, Source
from bucks_cs.units import Quantity, in_unit, quantity

__all__ = ["DifferenceInReferrals", "EarlyHelpReach", "ReferralGroup"]

_source = of_kind(Source, NoOfficialSource, expected="a Source, or NoOfficialSource with the reason")


def _words(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A validator: text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="text, which is not blank")


def _in(unit: str) -> Any:
    """A validator: a quantity of a unit, 0 or more."""

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        what = f"{type(instance).__name__}.{attribute.name}"
        if not isinstance(value, Quantity):
            raise InvalidValue(what=what, expected=f"a quantity, such as quantity(16, '{unit}')")
        if not math.isfinite(number := in_unit(value, unit)):
            raise ImpossibleFigure(what=what, why="it is no finite number")
        if number < 0:
            raise ImpossibleFigure(what=what, why="it is below 0")

    return check


@attrs.frozen(kw_only=True)
class EarlyHelpReach:
    """How far an area's early help reaches, as far as it is printed: its centres, and fewer people than so many.

    Early help has no national definition, so that this compares with no other area.

    Args:
        area: The LA number of the area.
        at: When it was so.
        family_centres: How many family centres there are.
        people_fewer_than: The number that the people worked with are fewer than: "almost 1,000" says no more.
        worked_with_by: Who works with them, in the document's words.
        source: Where it is printed.

    Raises:
        InvalidValue: A part of another kind.
        ImpossibleFigure: A number below 0, or none that is finite.
        UnitError: A quantity of another unit.

    Example:
        >>> from bucks_cs import record
        >>> print(record.early_help())
        16 family centres, and fewer than 1,000 people worked with by outreach teams, in 825. Source: ...
    """

    area: str = attrs.field(validator=_words)
    at: DateBounds = attrs.field(validator=of_kind(DateBounds, expected="DateBounds"))
    family_centres: Quantity = attrs.field(validator=_in("centre"))
    people_fewer_than: Quantity = attrs.field(validator=_in("person"))
    worked_with_by: str = attrs.field(validator=_words)
    source: AnySource = attrs.field(validator=_source)

    def __str__(self) -> str:
        centres = with_unit(in_unit(self.family_centres, "centre"), "centre")
        people = with_unit(in_unit(self.people_fewer_than, "person"), "person")
        return (
            f"{centres.replace(' ', ' family ', 1)}, and fewer than {people} worked with by {self.worked_with_by}, "
            f"in {self.area}. Source: {self.source}."
        )


def _a_count(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="a whole number, 0 or more")


@attrs.frozen(kw_only=True)
class ReferralGroup:
    """A group of children, and how many of them were referred: one side of a difference.

    Args:
        name: Who they are, in words: ``"helped in 2021-22"``.
        referred: How many of them were referred.
        children: How many they are, 1 or more.
        counted_as: What they were counted as, so that two windows are not set beside each other; None where it is not known.

    Raises:
        InvalidValue: A part of another kind, or a blank name.
        ImpossibleFigure: More referred than there are, or nobody.
    """

    name: str = attrs.field(validator=_words)
    referred: int = attrs.field(validator=_a_count)
    children: int = attrs.field(validator=_a_count)
    counted_as: Indicator | None = attrs.field(default=None, validator=optional(of_kind(Indicator, expected="an Indicator")))

    def __attrs_post_init__(self) -> None:
        if self.children == 0:
            raise ImpossibleFigure(what="ReferralGroup", why="there is nobody in the group")
        if self.referred > self.children:
            raise ImpossibleFigure(what="ReferralGroup", why="more were referred than there are")

    @classmethod
    def of(cls, reading: Reading, *, name: str) -> ReferralGroup:
        """The group that a reading of a share is of, such as one of ``demand.referred_after_early_help``.

        That counts endings of early help: a child whose help ended twice in the period is two of the group, so that the interval
        of a difference, which takes each for another child, is then somewhat too narrow.

        Args:
            reading: The reading; its numerator were referred, out of its denominator.
            name: Who they are, in words.

        Raises:
            InvalidValue: It is no reading of a share, or one without whole numbers above and below.

        Example:
            >>> from bucks_cs.demand import REFERRED_AFTER_EARLY_HELP, ReferralGroup
            >>> from bucks_cs.indicators import Reading
            >>> from bucks_cs.periods import FinancialYear
            >>> reading = Reading.of(REFERRED_AFTER_EARLY_HELP, 20, period=FinancialYear("2021-22"), numerator=10, denominator=50)
            >>> print(ReferralGroup.of(reading, name="helped"))
            helped: 10 of 50 referred (20%)
        """
        given: Any = reading
        if not isinstance(given, Reading) or given.indicator.measure is not Measure.SHARE:
            raise InvalidValue(what="reading", expected="a Reading of a share referred")
        parts = (reading.numerator, reading.denominator)
        if not all(part is not None and float(part).is_integer() for part in parts):
            raise InvalidValue(what="reading", expected="a share with whole numbers above and below, which is not withheld")
        referred, children = (int(part) for part in parts if part is not None)
        return cls(name=name, referred=referred, children=children, counted_as=reading.indicator)

    def __str__(self) -> str:
        return f"{self.name}: {self.referred:,} of {self.children:,} referred ({self.referred / self.children:.0%})"


_group = of_kind(ReferralGroup, expected="a ReferralGroup")
_LAST_PLACE = 1e-9


@attrs.frozen(kw_only=True)
class DifferenceInReferrals:
    """How much less often one group was referred than another, and no effect of anything: made by `difference_in_referrals`.

    Args:
        with_help: The group that had early help.
        without_help: The group it is set beside.
        points: The share referred without help less that with, in percentage points: above 0 where fewer were referred with.
        points_between: The lower and the upper limit of it.
        confidence: The level of the limits.

    Raises:
        InvalidValue: A part of another kind.
        UnitError: A quantity that is not in percentage points.
        ImpossibleFigure: The difference is not between its limits.
    """

    with_help: ReferralGroup = attrs.field(validator=_group)
    without_help: ReferralGroup = attrs.field(validator=_group)
    points: Quantity
    points_between: tuple[Quantity, Quantity]
    confidence: float = attrs.field(validator=of_kind(float, expected="a level, such as 0.95"))

    def __attrs_post_init__(self) -> None:
        limits: Any = self.points_between
        several = (limits[0], self.points, limits[1]) if isinstance(limits, tuple) and len(limits) == 2 else ()
        if not several or not all(isinstance(each, Quantity) for each in several):
            raise InvalidValue(what="DifferenceInReferrals.points", expected="percentage points as quantities, and two limits")
        lower, points, upper = (in_unit(each, "percentage_point") for each in several)
        # Limits and difference are worked out apart: where they meet they may differ in the last binary place.
        if not lower - _LAST_PLACE <= points <= upper + _LAST_PLACE:
            raise ImpossibleFigure(what="DifferenceInReferrals.points", why="it is not between its limits")

    @property
    def title(self) -> str:
        """What it is, and what it is not."""
        return "Difference between two groups in the share referred: no effect of early help"

    @property
    def fewer_referrals(self) -> Quantity:
        """How many fewer of those with help were referred than if as many of them had been as of the others; below 0, more."""
        return self._of_children(self.points)

    @property
    def fewer_referrals_between(self) -> tuple[Quantity, Quantity]:
        """The limits of that."""
        lower, upper = self.points_between
        return self._of_children(lower), self._of_children(upper)

    def _of_children(self, points: Quantity) -> Quantity:
        return quantity(in_unit(points, "percentage_point") / 100 * self.with_help.children, "referral")

    def __str__(self) -> str:
        lower, upper = (in_unit(limit, "percentage_point") for limit in self.points_between)
        return (
            f"{self.title}. {self.with_help}; {self.without_help}. Difference {in_unit(self.points, 'percentage_point'):.1f} "
            f"percentage points ({self.confidence * 100:.10g}% confidence interval {lower:.1f} to {upper:.1f})."
        )
