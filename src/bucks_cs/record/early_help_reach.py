"""The record: what is printed of early help, as typed data."""

from __future__ import annotations

import functools

from bucks_cs.audit import Bound
from bucks_cs.demand import EarlyHelpReach
from bucks_cs.errors import InvalidValue
from bucks_cs.provenance import DateBounds
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.units import Quantity, quantity

__all__ = ["early_help"]

_PLACE = "cabinet-minutes-2020-01/discussion-7"
_BUCKINGHAMSHIRE = "825"


@functools.cache
def early_help() -> EarlyHelpReach:
    """How far Buckinghamshire's early help reached in January 2020: 16 family centres, and almost 1,000 people.

    Both are of the Cabinet Member's answer of 13 January 2020, four months after the Family Support Service began. "Almost 1,000"
    is an upper bound: fewer, by how many is not printed. Who is counted (people, and not children) and since when is not either.

    Returns:
        A `bucks_cs.demand.EarlyHelpReach`. No gaps.

    Source:
        Buckinghamshire County Council, Cabinet, minutes of 13 January 2020, discussion, bullet 7; read through
        `bucks_cs.record.figure`.

    Example:
        >>> from bucks_cs.record import early_help
        >>> reach = early_help()
        >>> print(reach.family_centres, "|", reach.people_fewer_than)
        16.0 centre | 1000.0 person
    """
    centres, people = figure(f"{_PLACE}/family-centres"), figure(f"{_PLACE}/outreach")
    if people.bound is not Bound.ALMOST or not isinstance(people.period, DateBounds):  # pragma: no cover - so it is printed
        raise InvalidValue(what="the people worked with", expected="an upper bound, and when it was")
    return EarlyHelpReach(
        area=_BUCKINGHAMSHIRE,
        at=people.period,
        family_centres=_number(centres, "centre"),
        people_fewer_than=_number(people, "person"),
        worked_with_by="outreach teams",
        source=people.source,
    )


def _number(printed: PrintedFigure, unit: str) -> Quantity:
    if printed.low is None:  # pragma: no cover - both are numbers
        raise InvalidValue(what=printed.measure, expected="a number")
    return quantity(printed.low, unit)
