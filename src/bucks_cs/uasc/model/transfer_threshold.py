"""Unaccompanied children: the number of children that the National Transfer Scheme's threshold means for an authority."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs

from bucks_cs.audit import Rounding
from bucks_cs.audit.printed import exactly
from bucks_cs.errors import NotComparable, of_kind
from bucks_cs.provenance import AnySource, day_in_words
from bucks_cs.uasc.model.child_population import ChildPopulation
from bucks_cs.uasc.sources import NTS_THRESHOLD
from bucks_cs.units import Quantity, quantity

__all__ = ["TransferThreshold", "made_whole", "share_in_force"]

_HALF = Fraction(1, 2)


def share_in_force(at: dt.date) -> Fraction:
    """The threshold on a day as an exact share of 1: 7/10,000, or 1/1,000.

    Args:
        at: The day.

    Raises:
        NotInForce: It is before the scheme began, on 1 July 2016.
        InvalidValue: It is no plain date.
    """
    return exactly(NTS_THRESHOLD.on(at).magnitude, what="the threshold") / 100


def made_whole(exact: Fraction, rounding: Rounding) -> int:
    """A number of children made whole; a half is rounded up, to the next child.

    Args:
        exact: The number.
        rounding: To the nearest, down, or up.
    """
    if rounding is Rounding.UP:
        return -(-exact.numerator // exact.denominator)
    raised = exact + _HALF if rounding is Rounding.NEAREST else exact
    return raised.numerator // raised.denominator


@attrs.frozen(kw_only=True)
class TransferThreshold:
    """The threshold of the National Transfer Scheme for one authority on a day, as a number of children.

    Args:
        population: The children it is a share of, with the vintage of the estimate.
        at: The day that says which threshold was in force.
        rounding: How the number is made whole.

    Raises:
        NotInForce: The day is before 1 July 2016.
        NotComparable: The population is not of children aged 0 to 17.
        InvalidValue: A part is of another kind.

    Example:
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> children = uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"), count=quantity(126_804, "child"),
        ...     vintage="as first published", source=NoOfficialSource(reason="an example"))
        >>> print(uasc.TransferThreshold(population=children, at=dt.date(2022, 10, 11)))
        127 children: 0.1% on 11 October 2022 of 126,804 aged 0 to 17 in 825 on 30 June 2020, as first published, which is
        126.804, to the nearest child
    """

    population: ChildPopulation = attrs.field(
        validator=of_kind(ChildPopulation, expected="a ChildPopulation: children with the vintage of their estimate")
    )
    at: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    rounding: Rounding = attrs.field(default=Rounding.NEAREST, validator=of_kind(Rounding, expected="a Rounding"))

    def __attrs_post_init__(self) -> None:
        NTS_THRESHOLD.on(self.at)
        if not self.population.is_of_children:
            first, last = self.population.ages
            why = "the threshold is a share of those under 18, aged 0 to 17; see population_behind for what others would give"
            raise NotComparable(what=f"the threshold and a population aged {first} to {last}", why=why)

    @property
    def share(self) -> Quantity:
        """The threshold that was in force, in percent."""
        return NTS_THRESHOLD.on(self.at)

    @property
    def source(self) -> AnySource:
        """Who says that this threshold was in force."""
        return NTS_THRESHOLD.in_force(self.at).source

    @property
    def _exact(self) -> Fraction:
        return share_in_force(self.at) * self.population.number

    @property
    def exact(self) -> Quantity:
        """The share of the children before it is made whole."""
        return quantity(float(self._exact), "child")

    @property
    def number(self) -> Quantity:
        """The number of children, made whole as `rounding` says: what reports print."""
        return quantity(made_whole(self._exact, self.rounding), "child")

    @property
    def first_at_or_above(self) -> Quantity:
        """The least whole number of children that is at or above the share: with one fewer it is not reached.

        It is the number printed, or one more where that was rounded down.
        """
        return quantity(made_whole(self._exact, Rounding.UP), "child")

    def __str__(self) -> str:
        n = int(self.number.magnitude)
        how = {Rounding.NEAREST: "to the nearest child", Rounding.UP: "rounded up", Rounding.DOWN: "rounded down"}[self.rounding]
        share = f"{self.share.magnitude:g}% on {day_in_words(self.at)} of {self.population}"
        return f"{n:,} {'child' if n == 1 else 'children'}: {share}, which is {float(self._exact):,.10g}, {how}"
