"""What may be said of figures: that one rose or is the highest only where they can be compared and are plainly apart."""

from __future__ import annotations

from collections.abc import Iterable

from bucks_cs.errors import AcrossBreak, NotComparable
from bucks_cs.indicators import Reading, alike
from bucks_cs.indicators.wording import with_unit
from bucks_cs.trend import Change
from bucks_cs.trend import change as change_between

__all__ = ["MISSING", "by_how_much", "change_or_why", "direction", "highest"]


MISSING = "no change is given: a figure is missing"
"""Why there is no change where one of the two has no value."""


def change_or_why(first: Reading | None, last: Reading | None) -> Change | str:
    """The change between two readings; or, in words, why none is given.

    Args:
        first: The earlier, or None where there is none.
        last: The later.
    """
    if first is None or last is None or first.number is None or last.number is None:
        return MISSING
    why = ""
    try:
        return change_between(first, last)
    except AcrossBreak:
        why = "no change is given: the series, or that of a part, breaks between the two, or may"
    except NotComparable:
        why = "no change is given: the two cannot be compared"
    return why


def highest(one: Reading, others: Iterable[Reading]) -> bool:
    """Whether a figure is above all the others, intervals and all; never where one of them may be anything.

    Args:
        one: The figure.
        others: The others; those that are withheld, with no range, are passed over.
    """
    low = one.reach[0]
    known = (each for each in others if each.number is not None or each.interval is not None)
    return one.number is not None and all(low > high and not alike(low, high) for _, high in (each.reach for each in known))


def direction(found: Change) -> int:
    """1 where the figure rose, -1 where it fell, 0 where it stayed, or where its intervals overlap and nothing is claimed.

    Args:
        found: The change.
    """
    before, after = found.earlier.number, found.later.number
    if before is None or after is None or alike(before, after) or found.intervals_overlap:
        return 0
    return 1 if after > before else -1


def by_how_much(found: Change) -> str:
    """How far, with its direction: ``up 51.9%``, ``down 2.1 percentage points``; no direction where the intervals overlap.

    Args:
        found: The change.
    """
    for part in (found.percent, found.points, found.absolute):
        number = None if part is None else part.number
        if part is not None and number is not None:
            if not direction(found):
                return "no plain change: intervals overlap" if number and found.intervals_overlap else "no change"
            return f"{'up' if number > 0 else 'down'} {with_unit(abs(number), part.indicator.unit)}"
    return "no change is given"
