"""Unaccompanied children: how far an authority is from the threshold, and how long at a rate of arrivals it takes to reach it."""

from __future__ import annotations

from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.uasc.model.child_population import ChildPopulation
from bucks_cs.uasc.model.children import UnaccompaniedChildren, need_children
from bucks_cs.uasc.model.months_to_reach import MonthsToReach
from bucks_cs.uasc.model.transfer_threshold import TransferThreshold
from bucks_cs.units import OneOrRange, Quantity, ends_of, quantity

__all__ = ["headroom", "months_to_reach", "share_reached"]

_NONE = quantity(0, "child/month")


def headroom(children: UnaccompaniedChildren, *, threshold: TransferThreshold) -> Quantity:
    """The children still to come up to the threshold: its number less those looked after.

    The number is the whole one, made so as the threshold says. Where that was rounded down the share itself takes one child more:
    see `TransferThreshold.first_at_or_above`, or ask for the threshold with ``rounding=Rounding.UP``.

    Args:
        children: The unaccompanied children looked after on a day; those who have turned 18 are no part of it.
        threshold: The threshold of the same authority, as `bucks_cs.uasc.threshold` gives it: of the day the children are
            counted on, or of another day to see what that threshold would leave.

    Returns:
        Children: 0 where the threshold's whole number is reached, below 0 where it is passed.

    Raises:
        NotComparable: Former unaccompanied children are given; or the two are of different areas.
        InvalidValue: The one is no `UnaccompaniedChildren`, or the other no `TransferThreshold`.

    Source:
        No official series: see `HEADROOM`. Buckinghamshire's 32 of October 2022 leave 95 to the 127 of the threshold of 0.10%,
        and would have left 57 to the 89 before.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.units import quantity
        >>> here = uasc.UnaccompaniedChildren(area="825", at=Snapshot("11 October 2022"), under_18=quantity(32, "child"),
        ...     source=NoOfficialSource(reason="an example"))
        >>> all_children = uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"),
        ...     count=quantity(126_804, "child"), vintage="as first published", source=demand.CHILDREN_AT_MID_2020_UNREBASED)
        >>> print(uasc.headroom(here, threshold=uasc.threshold(all_children, at=dt.date(2022, 10, 11))))
        95 child
    """
    found = need_children(children)
    if not isinstance(threshold, TransferThreshold):
        raise InvalidValue(what="threshold", expected="a TransferThreshold, as uasc.threshold gives it")
    _need_one_area(found, threshold.population)
    return quantity(int(threshold.number.magnitude) - found.number, "child")


def share_reached(children: UnaccompaniedChildren, *, population: ChildPopulation) -> Quantity:
    """Unaccompanied children as a share of all children of the authority, in percent: what is set beside 0.07% or 0.10%.

    Args:
        children: The unaccompanied children looked after on a day.
        population: The children of the authority aged 0 to 17, with the vintage of the estimate.

    Returns:
        Percent, from 0 up. It has no interval: everyone is counted, and nobody is sampled.

    Raises:
        NotComparable: Former unaccompanied children are given; the two are of different areas; or the population is not of
            children aged 0 to 17, or has nobody in it.
        InvalidValue: The one is no `UnaccompaniedChildren`, or the other no `ChildPopulation`.

    Source:
        No official series: see `SHARE_REACHED`. 32 of 126,804 are 0.025%.

    Example:
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.units import quantity
        >>> here = uasc.UnaccompaniedChildren(area="825", at=Snapshot("11 October 2022"), under_18=quantity(32, "child"),
        ...     source=NoOfficialSource(reason="an example"))
        >>> all_children = uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"),
        ...     count=quantity(126_804, "child"), vintage="as first published", source=demand.CHILDREN_AT_MID_2020_UNREBASED)
        >>> print(f"{uasc.share_reached(here, population=all_children):.4f}")
        0.0252 percent
    """
    found = need_children(children)
    if not isinstance(population, ChildPopulation):
        raise InvalidValue(what="population", expected="a ChildPopulation: children with the vintage of their estimate")
    _need_one_area(found, population)
    if not population.is_of_children or not population.number:
        why = "the share is of those under 18, aged 0 to 17, and there must be some"
        raise NotComparable(what="unaccompanied children and a population", why=why)
    return quantity(100 * found.number / population.number, "percent")


def months_to_reach(
    children: UnaccompaniedChildren,
    *,
    threshold: TransferThreshold,
    arrivals: OneOrRange,
    departures: OneOrRange = _NONE,
) -> MonthsToReach:
    """How many months it takes to reach the threshold, if children arrive and leave at a steady rate.

    The headroom, over the arrivals of a month less the departures. It is no forecast: arrivals come as boats and directions do,
    and the more children there are, the more of them turn 18 in a month, so that a steady number of departures makes it look
    sooner than it is.

    Args:
        children: The unaccompanied children looked after on a day.
        threshold: The threshold of the same authority.
        arrivals: Children who come in a month or a year, ``quantity(4, "child/month")``, or the least and the most of them.
        departures: Children who leave, most of them by turning 18, or the least and the most of them; none where it is left out.

    Returns:
        The months to the threshold's whole number, as `headroom` has it, soonest and latest, not rounded: 31.7 is in the 32nd
        month. 0 where it is reached already; None where it never is.

    Raises:
        NotComparable: Former unaccompanied children are given; or the two are of different areas.
        UnitError: Arrivals or departures are not in children a month or a year.
        InvalidValue: They are below 0, or the least after the most; the others as `headroom`.

    Source:
        Arithmetic.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.units import quantity
        >>> here = uasc.UnaccompaniedChildren(area="825", at=Snapshot("11 October 2022"), under_18=quantity(32, "child"),
        ...     source=NoOfficialSource(reason="an example"))
        >>> all_children = uasc.ChildPopulation(area="825", mid_year=Snapshot("30 June 2020"),
        ...     count=quantity(126_804, "child"), vintage="as first published", source=demand.CHILDREN_AT_MID_2020_UNREBASED)
        >>> print(uasc.months_to_reach(here, threshold=uasc.threshold(all_children, at=dt.date(2022, 10, 11)),
        ...     arrivals=(quantity(4, "child/month"), quantity(6, "child/month")), departures=quantity(12, "child/year")))
        reached after 19 to 31.7 months
    """
    left = headroom(children, threshold=threshold)
    (few, many), (stay, go) = (
        ends_of(given, "child/month", what=what) for given, what in ((arrivals, "arrivals"), (departures, "departures"))
    )
    number = float(left.magnitude)
    return MonthsToReach(headroom=left, soonest=_months(number, many - stay), latest=_months(number, few - go))


def _months(number: float, a_month: float) -> Quantity | None:
    if number <= 0:
        return quantity(0.0, "month")
    return quantity(number / a_month, "month") if a_month > 0 else None


def _need_one_area(children: UnaccompaniedChildren, population: ChildPopulation) -> None:
    if children.area != population.area:
        raise NotComparable(what="unaccompanied children and the threshold", why="they are of two areas")
