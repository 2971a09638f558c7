"""EHC plans: what a growth that was printed in whole percents says of the cohort it started from."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction

from bucks_cs.audit import Printed, read_printed
from bucks_cs.audit.relations import Change
from bucks_cs.audit.spans import Span
from bucks_cs.ehcp.calculations.cohort_pairs import need_cohort
from bucks_cs.ehcp.model.cohort import EHCPCohort, as_time
from bucks_cs.ehcp.model.implied_cohort import ImpliedCohort
from bucks_cs.errors import ImpossibleFigure, InvalidValue, NotComparable
from bucks_cs.periods import Month, Period
from bucks_cs.provenance import AnySource

__all__ = ["implied_earlier"]


def implied_earlier(
    later: EHCPCohort,
    growth: str | Printed,
    *,
    at: Period | dt.date,
    rounded_to: object = None,
    source: AnySource | None = None,
) -> ImpliedCohort:
    """The plans there can have been, where only the later count and the growth are printed.

    "An increase of 10%" stands for every growth that rounds to it, 9.5% to 10.5%: 5,704 plans are then 10% more than any number
    from 5,162 to 5,209, and than no other. The later count is taken to be exact.

    Args:
        later: The cohort that was grown to.
        growth: The growth as printed: ``"+10%"``, ``"29%"``, ``"−3%"``; or what `bucks_cs.audit.read_printed` made of it.
        at: When the earlier cohort was: a day or a month, before the later.
        rounded_to: What the growth was rounded to, in percentage points, where that is not its last digit.
        source: Where the growth is printed; the source of ``later`` where that is left out.

    Returns:
        The fewest and the most plans there can have been, whole numbers, both included.

    Raises:
        ImpossibleFigure: No whole number of plans gives that growth.
        InvalidValue: ``later`` is no `EHCPCohort` or has no plans; the growth is no percentage, is hedged ("about 10%", "over
            10%") so that it has no two ends, or may be a loss of everything; ``at`` is no date.
        NotComparable: ``at`` is not before the later cohort, or is a day where that is a month.
        Unreadable: The growth is no figure as reports print it.

    Source:
        `bucks_cs.audit`, in exact arithmetic: how a printed figure is read, and what would have to stand before for it to follow.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, implied_earlier
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> july = EHCPCohort(area="825", at=Month("July 2022"), total=5_704, source=NoOfficialSource(reason="an example"))
        >>> print(implied_earlier(july, "+10%", at=Month("July 2021")))
        Buckinghamshire maintained between 5,162 and 5,209 EHC plans in July 2021: 5,704 in July 2022 is a change of +10%.
    """
    when = as_time(at, what="at")
    _need_before(when, need_cohort(later, what="later").at)
    if not later.plans:
        raise InvalidValue(what="later", expected="a cohort of one or more plans")
    printed = _percentage(growth, rounded_to)
    least, most = _whole_ends(printed, later.plans)
    return ImpliedCohort(
        area=later.area,
        at=when,
        least=least,
        most=most,
        follows_from=f"{later.plans:,} {'in' if isinstance(later.at, Month) else 'on'} {later.at} is a change of {printed.text}",
        source=later.source if source is None else source,
    )


def _need_before(when: Period, later: Period) -> None:
    if isinstance(when, Month) != isinstance(later, Month):
        raise NotComparable(what="two cohorts", why="one is of a day and of the other only the month is known")
    if not when < later:
        raise NotComparable(what="two cohorts", why="the earlier must come before the later")


def _percentage(growth: object, rounded_to: object) -> Printed:
    """The growth as printed, in percent, with two ends."""
    expected = 'a percentage as printed, such as "+10%"'
    if isinstance(growth, Printed) and rounded_to is not None:
        raise InvalidValue(what="rounded_to", expected="nothing, where the growth was read with read_printed")
    if not isinstance(growth, (str, Printed)):
        raise InvalidValue(what="growth", expected=expected)
    printed = growth if isinstance(growth, Printed) else read_printed(growth, rounded_to=rounded_to)
    if printed.unit != "%":
        raise InvalidValue(what="growth", expected=expected, hint=" Percentage points are no growth of a count.")
    if printed.span is None or printed.span.low is None or printed.span.high is None or printed.bound.opens_downwards:
        raise InvalidValue(what="growth", expected=f'{expected}: with no "about", "over" or "up to", which have no two ends')
    if printed.span.low <= -100:
        raise InvalidValue(what="growth", expected=f"{expected}: above −100%, so that there is a most")
    return printed


def _whole_ends(printed: Printed, plans: int) -> tuple[int, int]:
    """The fewest and the most whole plans that the growth can have started from."""
    grown_to = [Span.point(Fraction(0)), Span.point(Fraction(plans))]
    span = None if printed.span is None else Change().needed(0, grown_to, printed.span)
    if span is None or span.low is None or span.high is None:
        raise ImpossibleFigure(what="implied_earlier", why="no number of plans gives that growth")
    least, most = math.ceil(span.low), math.floor(span.high)
    if least > most:
        raise ImpossibleFigure(what="implied_earlier", why="no whole number of plans gives that growth")
    return least, most
