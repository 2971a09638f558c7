"""What may be said of figures: that one rose or is the highest only where they can be compared and are plainly apart."""

from __future__ import annotations

import math
from collections.abc import Iterable

from bucks_cs.errors import AcrossBreak, NotComparable
from bucks_cs.indicators import Reading, alike
from bucks_cs.indicators.wording import with_unit
from bucks_cs.trend import Change
from bucks_cs.trend import change as change_between

__all__ = ["MISSING", "by_how_much", "change_or_why", "direction", "highest", "overlap"]


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


def overlap(found: Change) -> bool:
    """Whether the intervals of the two figures share a value, so that the change may be none; a figure without one is a point.

    Args:
        found: The change.
    """
    if found.earlier.interval is None and found.later.interval is None:
        return False
    (low, high), (low2, high2) = _reach(found.earlier), _reach(found.later)
    # What touches shares a value, whatever the last digits of floats are.
    return (low <= high2 or alike(low, high2)) and (low2 <= high or alike(low2, high))


def _reach(one: Reading) -> tuple[float, float]:
    """Where a figure may be: its interval, without end on a side that has no bound; itself where it has no interval."""
    low, high, number = one.bound("lower"), one.bound("upper"), one.number
    if one.interval is None and number is not None:
        return number, number
    return -math.inf if low is None else low, math.inf if high is None else high


def highest(one: Reading, others: Iterable[Reading]) -> bool:
    """Whether a figure is above all the others, intervals and all; never where one of them may be anything.

    Args:
        one: The figure.
        others: The others; those that are withheld, with no range, are passed over.
    """
    low = _reach(one)[0]
    known = (each for each in others if each.number is not None or each.interval is not None)
    return one.number is not None and all(low > high and not alike(low, high) for _, high in map(_reach, known))


def direction(found: Change) -> int:
    """1 where the figure rose, -1 where it fell, 0 where it stayed, or where its intervals overlap and nothing is claimed.

    Args:
        found: The change.
    """
    before, after = found.earlier.number, found.later.number
    if before is None or after is None or alike(before, after) or overlap(found):
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
                return "no plain change: intervals overlap" if number and overlap(found) else "no change"
            return f"{'up' if number > 0 else 'down'} {with_unit(abs(number), part.indicator.unit)}"
    return "no change is given"
