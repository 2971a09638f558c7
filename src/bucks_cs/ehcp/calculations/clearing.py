"""EHC plans: clearing a backlog: how many must be finished a month, what is left by a date, and when it is gone.

It is arithmetic on quantities and no forecast. What is finished a month and what comes in a month are taken to be the same in
every month. Where a figure is known only to lie between two others, both are given, and so are both answers.

A backlog is what should not be there: at any rate of work there are requests still open that are in time, and clearing all of
those is not what is asked. `overdue_requests` counts those past the 20 weeks.
"""

from __future__ import annotations

import contextlib
import math
from fractions import Fraction
from typing import TypeAlias

import attrs

from bucks_cs.ehcp.sources import NO_SERIES_OF_CLEARING
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import with_unit
from bucks_cs.periods import Month, Period
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["Between", "Cleared", "backlog_left", "cleared", "clearing_rate"]

Amount: TypeAlias = "Quantity | tuple[Quantity, Quantity]"
_Ends: TypeAlias = tuple[Fraction, Fraction]
_LAST_YEAR = 9999


@attrs.frozen(kw_only=True)
class Between:
    """A quantity that lies between two others, both included; one that is known is both.

    Args:
        lowest: The least it can be.
        highest: The most it can be.
        source: Why no official source has it.
    """

    lowest: Quantity
    highest: Quantity
    source: NoOfficialSource = NO_SERIES_OF_CLEARING

    def __str__(self) -> str:
        highest = with_unit(float(self.highest.magnitude), str(self.highest.units))
        return highest if self.lowest == self.highest else f"{float(self.lowest.magnitude):,g} to {highest}"


@attrs.frozen(kw_only=True)
class Cleared:
    """The month by the end of which a backlog is gone, or that it never is.

    Args:
        earliest: The month in the best case; None where it is never cleared even so.
        latest: The month in the worst case; None where it is never cleared then.
        source: Why no official source has it.
    """

    earliest: Month | None
    latest: Month | None
    source: NoOfficialSource = NO_SERIES_OF_CLEARING

    def __str__(self) -> str:
        if self.earliest is None:
            return "never: no more is finished than comes in"
        if self.latest is None:
            return f"{self.earliest} at the earliest, and never if no more is finished than comes in"
        return str(self.latest) if self.earliest == self.latest else f"{self.earliest} to {self.latest}"


def clearing_rate(backlog: Amount, *, inflow: Amount, over: Period) -> Between:
    """How many must be finished a month for a backlog to be gone by the end of a period, while more come in.

    It is (backlog + inflow x months) / months, upwards to a whole one: with one fewer a month something would be left. What
    comes in is finished too, as far as it has to be for the backlog not to grow.

    Args:
        backlog: How many there are at the start, such as ``quantity(400, "plan")``; a pair where it lies between two.
        inflow: How many come in a month, of the same kind, such as ``quantity(60, "plan/month")``; a pair likewise.
        over: The period by whose end it is to be gone, in whole months: ``Span("2019-01-01", "2019-12-31")``.

    Returns:
        The least and the most that must be finished a month, whole ones; the same where single figures were given.

    Raises:
        InvalidValue: ``backlog`` or ``inflow`` is no quantity, a pair out of order, negative, or endless; ``inflow`` is not of
            the backlog's kind a month; ``over`` is no period of whole months.

    Source:
        None: arithmetic. Nobody publishes what a backlog is, or how many must be finished (``source`` of the answer says so).

    Example:
        Buckinghamshire's minutes of January 2020 say that a backlog of about 400 plans was cleared, and not in what time. In a
        year in which 56 plans a month came in (673 were issued in 2019), 90 a month would have done it:

        >>> from bucks_cs.ehcp import clearing_rate
        >>> from bucks_cs.periods import Span
        >>> from bucks_cs.units import quantity
        >>> year = Span("2019-01-01", "2019-12-31")
        >>> print(clearing_rate(quantity(400, "plan"), inflow=quantity(56, "plan/month"), over=year))
        90 plans a month
        >>> about = (quantity(350, "plan"), quantity(450, "plan"))
        >>> print(clearing_rate(about, inflow=quantity(56, "plan/month"), over=year))
        86 to 94 plans a month
    """
    unit, waiting = _backlog(backlog)
    coming, months = _a_month(inflow, unit, what="inflow"), _months(over)
    ends = [quantity(math.ceil(n / months + each), f"{unit}/month") for n, each in zip(waiting, coming, strict=True)]
    return Between(lowest=ends[0], highest=ends[1])


def backlog_left(backlog: Amount, *, inflow: Amount, finished: Amount, over: Period) -> Between:
    """How much of a backlog is left at the end of a period in which so many are finished a month and so many come in.

    Args:
        backlog: How many there are at the start; a pair where it lies between two.
        inflow: How many come in a month, of the same kind; a pair likewise.
        finished: How many are finished a month; a pair likewise.
        over: The period, in whole months.

    Returns:
        The least and the most that are left, 0 or more, in the backlog's unit: the least where least come in and most are
        finished. It is more than the backlog where more come in than are finished.

    Raises:
        InvalidValue: As `clearing_rate`.

    Source:
        None: arithmetic.

    Example:
        >>> from bucks_cs.ehcp import backlog_left
        >>> from bucks_cs.periods import Span
        >>> from bucks_cs.units import quantity
        >>> half = Span("2019-01-01", "2019-06-30")
        >>> print(backlog_left(quantity(400, "plan"), inflow=quantity(56, "plan/month"),
        ...     finished=(quantity(80, "plan/month"), quantity(90, "plan/month")), over=half))
        196 to 256 plans
    """
    unit, waiting = _backlog(backlog)
    coming, done, months = _a_month(inflow, unit, what="inflow"), _a_month(finished, unit, what="finished"), _months(over)
    left = [n + (each - out) * months for n, each, out in zip(waiting, coming, reversed(done), strict=True)]
    least, most = (quantity(_number(max(each, Fraction(0))), unit) for each in left)
    return Between(lowest=least, highest=most)


def cleared(backlog: Amount, *, inflow: Amount, finished: Amount, since: Month) -> Cleared:
    """The month by the end of which a backlog is gone, where so many are finished a month and so many come in.

    Args:
        backlog: How many there are at the start; a pair where it lies between two.
        inflow: How many come in a month, of the same kind; a pair likewise.
        finished: How many are finished a month; a pair likewise.
        since: The first month in which they are.

    Returns:
        The earliest and the latest month; None for never, where no more is finished than comes in. A backlog of nothing is
        gone by the end of the first month.

    Raises:
        InvalidValue: As `clearing_rate`; ``since`` is no month; or it takes beyond the year 9999.

    Source:
        None: arithmetic.

    Example:
        >>> from bucks_cs.ehcp import cleared
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.units import quantity
        >>> print(cleared(quantity(400, "plan"), inflow=quantity(56, "plan/month"), finished=quantity(90, "plan/month"),
        ...     since=Month("2019-01")))
        December 2019
        >>> print(cleared(quantity(400, "plan"), inflow=quantity(56, "plan/month"), finished=quantity(56, "plan/month"),
        ...     since=Month("2019-01")))
        never: no more is finished than comes in
    """
    unit, waiting = _backlog(backlog)
    coming, done = _a_month(inflow, unit, what="inflow"), _a_month(finished, unit, what="finished")
    if not isinstance(since, Month):
        raise InvalidValue(what="since", expected="the first month, such as Month('2019-01')")
    ends = [_month_of(n, out - each, since) for n, each, out in zip(waiting, coming, reversed(done), strict=True)]
    return Cleared(earliest=ends[0], latest=ends[1])


def _month_of(backlog: Fraction, down_by: Fraction, since: Month) -> Month | None:
    if not backlog:
        return since
    if down_by <= 0:
        return None
    number = since.start.year * 12 + since.start.month - 1 + math.ceil(backlog / down_by) - 1
    if number // 12 > _LAST_YEAR:
        raise InvalidValue(what="finished", expected=f"enough for the backlog to be gone by the year {_LAST_YEAR}")
    return Month.of(number // 12, number % 12 + 1)


def _backlog(given: object) -> tuple[str, _Ends]:
    """The unit a backlog is counted in, and its two ends."""
    first = given[0] if isinstance(given, tuple) and given else given
    unit = str(first.units) if isinstance(first, Quantity) else "plan"
    return unit, _ends(given, unit, what="backlog", such_as='quantity(400, "plan")')


def _a_month(given: object, unit: str, *, what: str) -> _Ends:
    return _ends(given, f"{unit}/month", what=what, such_as=f'quantity(60, "{unit}/month"), of the same kind as the backlog')


def _ends(given: object, unit: str, *, what: str, such_as: str) -> _Ends:
    parts = given if isinstance(given, tuple) else (given, given)
    refused = InvalidValue(what=what, expected=f"0 or more, such as {such_as}, or a pair of such, the lower first")
    if len(parts) != 2 or not all(isinstance(part, Quantity) and same_dimension(str(part.units), unit) for part in parts):
        raise refused
    low, high = (in_unit(part, unit) for part in parts)
    if not 0 <= low <= high < math.inf:
        raise refused
    return Fraction(low).limit_denominator(_FINEST), Fraction(high).limit_denominator(_FINEST)


_FINEST = 10**9
"""As fine as rates are kept: 0.1 is a tenth, so that ten months of it are one and no more."""


def _months(over: object) -> int:
    months: tuple[Month, ...] = ()
    if isinstance(over, Period):
        with contextlib.suppress(InvalidValue):
            months = tuple(over.months())
    if not months:
        raise InvalidValue(what="over", expected='a period of whole months, such as Span("2019-01-01", "2019-12-31")')
    return len(months)


def _number(exact: Fraction) -> int | float:
    return exact.numerator if exact.denominator == 1 else float(exact)
