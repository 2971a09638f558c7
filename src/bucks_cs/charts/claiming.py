"""What may be said of two figures: that they rose or fell only where they can be compared and are plainly apart."""

from __future__ import annotations

from bucks_cs.errors import AcrossBreak, NotComparable
from bucks_cs.indicators import Reading, alike
from bucks_cs.indicators.wording import with_unit
from bucks_cs.trend import Change
from bucks_cs.trend import change as change_between

__all__ = ["by_how_much", "change_or_why", "direction", "overlap"]


def change_or_why(first: Reading | None, last: Reading | None) -> Change | str:
    """The change between two readings; or, in words, why none is given.

    Args:
        first: The earlier, or None where there is none.
        last: The later.
    """
    if first is None or last is None or first.number is None or last.number is None:
        return "no change is given: a figure is missing"
    why = ""
    try:
        return change_between(first, last)
    except AcrossBreak:
        why = "no change is given: the series breaks between the two, or may"
    except NotComparable:
        why = "no change is given: the two cannot be compared"
    return why


def overlap(found: Change) -> bool:
    """Whether the intervals of the two figures share a value, so that the change may be none.

    Args:
        found: The change.
    """
    ends = [one.bound(which) for one in (found.earlier, found.later) for which in ("lower", "upper")]
    low, high, low2, high2 = ends
    if low is None or high is None or low2 is None or high2 is None:
        return False
    return low <= high2 and low2 <= high


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
    """How far, with its direction: ``up 51.9%``, ``down 2.1 percentage points``; and whether the intervals overlap.

    Args:
        found: The change.
    """
    for part in (found.percent, found.points, found.absolute):
        number = None if part is None else part.number
        if part is not None and number is not None:
            said = f"{'up' if number > 0 else 'down'} {with_unit(abs(number), part.indicator.unit)}"
            shared = ", intervals overlap" if overlap(found) else ""
            return f"{said}{shared}" if direction(found) or (shared and number) else "no change"
    return "no change is given"
