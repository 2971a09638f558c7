"""Gaps on a chart: the mark that stands where a value is withheld, what it means, and the range that is known all the same."""

from __future__ import annotations

from collections.abc import Iterable

from bucks_cs.indicators import Reading, Withheld
from bucks_cs.indicators.wording import with_unit

__all__ = ["in_words", "marks", "marks_said", "range_in_words", "with_range"]


def in_words(reading: Reading) -> str:
    """A reading's value as a label prints it; its mark where it is withheld.

    Args:
        reading: The reading.
    """
    number = reading.number
    if number is None:
        assert reading.withheld is not None
        return reading.withheld.symbol
    return with_unit(number, reading.indicator.unit, per=reading.indicator.per)


def range_in_words(reading: Reading) -> str:
    """What a withheld value lies between, where that is known: ``40% to 60%``, ``at least 3 plans``; nothing where it is not.

    Args:
        reading: The reading.
    """
    of = reading.indicator
    low, high = (None if end is None else with_unit(end, of.unit, per=of.per) for end in map(reading.bound, ("lower", "upper")))
    if reading.number is not None or (low is None and high is None):
        return ""
    return f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"


def with_range(reading: Reading) -> str:
    """A reading's value as a label prints it; where it is withheld its mark, with the range that is drawn.

    Args:
        reading: The reading.
    """
    span = range_in_words(reading)
    return f"{in_words(reading)} ({span})" if span else in_words(reading)


def marks(readings: Iterable[Reading]) -> str:
    """What each mark of a gap means, a line of a subtitle each; nothing where there is no gap.

    Args:
        readings: The readings that are drawn.
    """
    return "".join(f"\n{said}" for said in _marks(readings))


def marks_said(readings: Iterable[Reading]) -> str:
    """What each mark of a gap means, as sentences of an alternative text; nothing where there is no gap.

    Args:
        readings: The readings that are drawn.
    """
    return "".join(f" {said}." for said in _marks(readings))


def _marks(readings: Iterable[Reading]) -> list[str]:
    used = {one.withheld for one in readings if one.withheld is not None}
    return [f"{reason.symbol}: {reason.meaning}" for reason in Withheld if reason in used]
