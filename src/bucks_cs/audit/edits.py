"""Slips of the keyboard: every number one of them away from a printed number.

The slips are four: a digit changed, dropped, doubled, or swapped with its neighbour. A number is its digits and how
many of them come after the point, so that thousands separators and signs take no part.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["edits_of"]


def edits_of(digits: str, decimals: int) -> Iterator[tuple[str, str, int]]:
    """Every number one slip of the keyboard away: what the slip was, and the digits and decimals before it.

    A digit ``changed``; a digit ``dropped`` (so one is put back, anywhere); a digit ``doubled`` (so one of two alike is
    taken away); two neighbours ``swapped``. None begins with a 0 that a report would not print.
    """
    seen: set[tuple[str, str, int]] = set()
    for found in (slip for slips in (_changed, _dropped, _doubled, _swapped) for slip in slips(digits, decimals)):
        _, new, places = found
        whole = new[: len(new) - places]
        if new and not (len(whole) > 1 and whole[0] == "0") and found not in seen:
            seen.add(found)
            yield found


def _changed(digits: str, decimals: int) -> Iterator[tuple[str, str, int]]:
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old:
                yield "changed", digits[:i] + new + digits[i + 1 :], decimals


def _dropped(digits: str, decimals: int) -> Iterator[tuple[str, str, int]]:
    point = len(digits) - decimals
    for i in range(len(digits) + 1):
        for new in "0123456789":
            longer = digits[:i] + new + digits[i:]
            if i <= point:
                yield "dropped", longer, decimals
            if decimals and i >= point:
                yield "dropped", longer, decimals + 1


def _doubled(digits: str, decimals: int) -> Iterator[tuple[str, str, int]]:
    point = len(digits) - decimals
    for i in range(1, len(digits)):
        if digits[i] == digits[i - 1] and i != point:
            yield "doubled", digits[:i] + digits[i + 1 :], decimals - 1 if i > point else decimals


def _swapped(digits: str, decimals: int) -> Iterator[tuple[str, str, int]]:
    for i in range(1, len(digits)):
        if digits[i] != digits[i - 1]:
            yield "swapped", digits[: i - 1] + digits[i] + digits[i - 1] + digits[i + 1 :], decimals
