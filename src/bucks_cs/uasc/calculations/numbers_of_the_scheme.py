"""Unaccompanied children: the number that the threshold means, and which population a printed number is a share of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from bucks_cs.audit import Rounding
from bucks_cs.errors import ImpossibleFigure, InvalidValue
from bucks_cs.uasc.model.child_population import ChildPopulation
from bucks_cs.uasc.model.transfer_threshold import TransferThreshold
from bucks_cs.uasc.model.tried_populations import PopulationBehind, PrintedNumber
from bucks_cs.units import Quantity

__all__ = ["implied_population", "population_behind", "threshold"]


def threshold(population: ChildPopulation, *, at: dt.date, rounding: Rounding = Rounding.NEAREST) -> TransferThreshold:
    """The number of unaccompanied children that the National Transfer Scheme's threshold means for an authority.

    The threshold is a share of the children aged 0 to 17: 0.07% from 1 July 2016, 0.10% from 24 August 2022. Which estimate of
    them is used makes a difference of several children, so that the population says its vintage.

    Args:
        population: The children of the authority, with the vintage of the estimate.
        at: The day that says which threshold was in force.
        rounding: How the number is made whole: to the nearest child (a half up), down, or up. No published rule was found;
            to the nearest is what the printed 127 and 89 bear out, and so would rounding up.

    Returns:
        A `TransferThreshold`: the share, the exact number, the whole one, and the first whole number at or above the share,
        which rounding to the nearest can miss by one.

    Raises:
        NotInForce: The day is before 1 July 2016.
        NotComparable: The population is not of children aged 0 to 17.
        InvalidValue: It is no `ChildPopulation`, such as a bare number, which does not say its vintage; or no plain date.

    Source:
        The shares and their dates: `NTS_THRESHOLD`. Checked on Buckinghamshire's 127 and 89 (Cabinet report of October 2022,
        paragraph 3.30), which follow from ONS's 126,804 of mid-2020 as first published.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.units import quantity
        >>> children = uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"), count=quantity(126_804, "child"),
        ...     vintage="as first published", source=demand.CHILDREN_AT_MID_2020_UNREBASED)
        >>> now, before = (uasc.threshold(children, at=day) for day in (dt.date(2022, 10, 11), dt.date(2022, 8, 23)))
        >>> print(now.number, "and", before.number)
        127 child and 89 child
    """
    return TransferThreshold(population=population, at=at, rounding=rounding)


def implied_population(
    number: Quantity, *, at: dt.date, rounding: Rounding = Rounding.NEAREST
) -> tuple[Quantity, Quantity]:
    """The fewest and the most children that a printed threshold number can be a share of.

    Args:
        number: The number of children as printed.
        at: A day on which the threshold was the one it is of.
        rounding: How it is taken to have been made whole.

    Returns:
        Two numbers of children, both of which give the number; so does every whole number between, and none outside.

    Raises:
        NotInForce: The day is before 1 July 2016.
        UnitError: It is no number of children.
        ImpossibleFigure: It is not whole, or below 0; or no population gives it.
        InvalidValue: A part is of another kind.

    Source:
        Arithmetic: 126.5 to just under 127.5, over 0.10%.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.uasc import implied_population
        >>> from bucks_cs.units import quantity
        >>> print(*implied_population(quantity(127, "child"), at=dt.date(2022, 10, 11)))
        126500 child 127499 child
        >>> print(*implied_population(quantity(89, "child"), at=dt.date(2022, 8, 23)))
        126429 child 127857 child
    """
    found = PopulationBehind(printed=(PrintedNumber(at=at, number=number),), among=(), rounding=rounding).implied
    if found is None:  # pragma: no cover - a share below 1 passes over no whole number
        raise ImpossibleFigure(what="the number", why="no number of children has that share")
    return found


def population_behind(
    printed: Mapping[dt.date, Quantity],
    *,
    among: Iterable[ChildPopulation],
    rounding: Rounding = Rounding.NEAREST,
) -> PopulationBehind:
    """Which of several populations gives the threshold numbers that are printed: which vintage, and which ages.

    Args:
        printed: The numbers of children as printed, each by a day on which the threshold was the one it is of.
        among: The populations to try: vintages of an estimate, and other ages too, such as 0 to 18.
        rounding: How the numbers are taken to have been made whole.

    Returns:
        A `PopulationBehind`: which give every number, what each of the others would give, and between which numbers of people
        any population must lie that gives them. That one fits does not say that it was used: others in that span fit too.

    Raises:
        NotInForce: A day is before 1 July 2016.
        UnitError: A number is none of children.
        ImpossibleFigure: A number is not whole, or below 0.
        InvalidValue: Nothing is printed, or a part is of another kind.

    Source:
        Arithmetic, as `threshold`.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.units import quantity
        >>> def at_mid_2020(people, vintage, source, ages=(0, 17)):
        ...     return uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"), count=quantity(people, "child"),
        ...         vintage=vintage, source=source, ages=ages)
        >>> first, rebased = demand.CHILDREN_AT_MID_2020_UNREBASED, demand.CHILDREN_TO_MID_2024
        >>> print(uasc.population_behind(
        ...     {dt.date(2022, 10, 11): quantity(127, "child"), dt.date(2022, 8, 23): quantity(89, "child")},
        ...     among=[at_mid_2020(126_804, "as first published", first), at_mid_2020(122_495, "rebased", rebased),
        ...         at_mid_2020(133_033, "as first published", first, ages=(0, 18))]))
        127 (the threshold of 0.1%) and 89 (the threshold of 0.07%): any of 126,500 to 127,499 gives them.
        Gives them: 126,804 aged 0 to 17 in 825 on 30 June 2020, as first published: 127 and 89.
        Does not: 122,495 aged 0 to 17 in 825 on 30 June 2020, rebased: 122 and 86.
        Does not: 133,033 aged 0 to 18 in 825 on 30 June 2020, as first published: 133 and 93.
    """
    numbers: Any = printed
    if not isinstance(numbers, Mapping):
        raise InvalidValue(what="printed", expected="a dict of days and the numbers of children printed for their threshold")
    each = tuple(PrintedNumber(at=at, number=number) for at, number in numbers.items())
    return PopulationBehind(printed=each, among=among, rounding=rounding)
