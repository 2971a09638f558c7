"""Unaccompanied children: what the length of decisions does to the number who wait: Little's law, with what it cannot say."""

from __future__ import annotations

from bucks_cs.audit import Bound
from bucks_cs.uasc.model.decision_length import DecisionLength
from bucks_cs.uasc.model.number_waiting import LongerWait, NumberWaiting
from bucks_cs.units import OneOrRange, ends_of, quantity

__all__ = ["longer_wait", "number_waiting"]


def number_waiting(arrivals: OneOrRange, *, wait: OneOrRange | DecisionLength) -> NumberWaiting:
    """How many wait for a decision at a time, where so many come in a year and each waits so long: the one times the other.

    This is Little's law: the average number there is equals the rate of arrivals times the average time each stays. It needs no
    more than that both stay as they are for long, and that those who come also leave. It holds of averages over years, whatever
    order they are decided in, and however the waits are spread.

    The wait it asks for is the mean of all who come, those still waiting too. What reports print is seldom that: "the norm" is
    what is usual, and the mean of decisions made leaves out whoever waits longest. Where such a length is given it is taken for
    the mean, and the number is no better than that.

    It does not say how many wait on a certain day; how soon the number gets there when the wait changes, which takes as long as
    the new wait itself; or how many are under 18. Whoever waits over a birthday becomes a former unaccompanied child and still
    waits, so that a longer wait adds mostly to those over 18, whom the threshold does not count.

    Args:
        arrivals: Those who come in a year, ``quantity(12, "child/year")``, or the least and the most of them.
        wait: The mean years they wait, ``quantity(2, "year")``, the least and the most, or a `DecisionLength` with its hedge.

    Returns:
        The fewest and the most claims that wait at a time, in cases, one for each child who came, of whatever age by now; no most
        where the wait is open upwards; and about as many where the wait is hedged so.

    Raises:
        UnitError: Arrivals are not in children a year or a month, or the wait is no length of time in years or months.
        InvalidValue: One of them is below 0, has the least after the most, or is of another kind.

    Source:
        J. D. C. Little, "Little's Law as Viewed on Its 50th Anniversary", Operations Research 59(3), 2011, and his proof of 1961.

    Example:
        >>> from bucks_cs.uasc import number_waiting
        >>> from bucks_cs.units import quantity
        >>> print(number_waiting(quantity(12, "child/year"), wait=(quantity(2, "year"), quantity(3, "year"))))
        24 to 36 claims waiting at a time, if arrivals and waits stay as they are for years
    """
    few, many = ends_of(arrivals, "child/year", what="arrivals")
    short, long, bound = _wait(wait, what="wait")
    most = None if long is None else quantity(many * long, "case")
    return NumberWaiting(least=quantity(few * short, "case"), most=most, bound=bound)


def longer_wait(
    arrivals: OneOrRange, *, before: OneOrRange | DecisionLength, after: OneOrRange | DecisionLength
) -> LongerWait:
    """How many more wait at a time where decisions take longer, and as many come as before.

    It is `number_waiting` twice, with the conditions and the silences of that: the difference is there once the longer wait has
    lasted as long as itself, not on the day that decisions slow down.

    Args:
        arrivals: Those who come in a year, the same with both waits, or the least and the most of them.
        before: The wait before, as for `number_waiting`.
        after: The wait after.

    Returns:
        Both numbers, and the fewest and the most claims that are added, in cases: below 0 where fewer may wait; no end where
        one of the waits has none on that side.

    Raises:
        UnitError: As `number_waiting`; so are the others.

    Source:
        As `number_waiting`.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.uasc import longer_wait
        >>> from bucks_cs.units import quantity
        >>> _, before, now = record.unaccompanied_children().decision_lengths
        >>> print(longer_wait(quantity(12, "child/year"), before=before, after=now))
        at least 12 more claims waiting at a time: over 48 in place of 24 to 36
    """
    few, many = ends_of(arrivals, "child/year", what="arrivals")
    (short, long, _), (later_short, later_long, _) = _wait(before, what="before"), _wait(after, what="after")
    fewest = None if long is None else _least(later_short - long, few, many)
    most = None if later_long is None else -_least(short - later_long, few, many)
    return LongerWait(
        before=number_waiting(arrivals, wait=before),
        after=number_waiting(arrivals, wait=after),
        fewest_more=None if fewest is None else quantity(fewest, "case"),
        most_more=None if most is None else quantity(most, "case"),
    )


def _least(years: float, few: float, many: float) -> float:
    """The least that a difference of years makes of any number of arrivals between the two."""
    return years * (few if years >= 0 else many)


def _wait(given: OneOrRange | DecisionLength, *, what: str) -> tuple[float, float | None, Bound]:
    if isinstance(given, DecisionLength):
        return *given.years, given.bound
    low, high = ends_of(given, "year", what=what)
    return low, high, Bound.RANGE if isinstance(given, tuple) else Bound.AS_PRINTED
