"""EHC plans: how much a cohort grew, as a whole and part by part."""

from __future__ import annotations

from typing import Any

import attrs
import polars as pl

from bucks_cs.ehcp.calculations.cohort_pairs import CohortPair
from bucks_cs.ehcp.calculations.small_base import SMALL_BASE, checked_base, growth_limits
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.cohort_readings import dim_of
from bucks_cs.errors import ImpossibleFigure
from bucks_cs.indicators import Interval, Reading
from bucks_cs.rates.estimates import checked_confidence
from bucks_cs.readings import Readings
from bucks_cs.trend import change
from bucks_cs.units import Quantity, quantity

__all__ = ["growth", "growth_by"]


def growth(
    earlier: EHCPCohort,
    later: EHCPCohort,
    *,
    small_base: Quantity | int = SMALL_BASE,
    confidence: float = 0.95,
    across_breaks: bool = False,
) -> Reading:
    """How many percent more plans there are than there were: the later total less the earlier, over the earlier.

    Args:
        earlier: The cohort grown from.
        later: The cohort grown to, of the same area.
        small_base: Growth from fewer plans than this has an interval; `SMALL_BASE` says why it is 100. 0 for never.
        confidence: The level of that interval.
        across_breaks: Go on across the break of 2023, when persons were collected in place of totals, and say so in the title.

    Returns:
        A reading of ``ehcp.plans/change_percent``, in percent, below 0 where there are fewer; with lower and upper limits from a
        small base. ``z`` where there were no plans.

    Raises:
        NotComparable: Two areas, the wrong order, or a count of a day beside one of a month.
        AcrossBreak: January 2023 lies between, or is the later.
        InvalidValue: One is no `EHCPCohort`, ``small_base`` no number of plans, or a confidence outside 0 to 1.

    Source:
        Arithmetic, by `bucks_cs.trend.change`; the interval is the exact conditional one of two Poisson counts (Przyborowski and
        Wilenski 1940; Clopper and Pearson 1934), which takes the counts for independent. Plans that are in both make them vary
        together, so that it is too wide rather than too narrow.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, growth
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> def plans(month, number):
        ...     return EHCPCohort(area="825", at=Month(month), total=number, source=NoOfficialSource(reason="an example"))
        >>> print(growth(plans("January 2019", 4_054), plans("January 2022", 5_415)).value)
        33.57... percent
        >>> few = growth(plans("January 2019", 20), plans("January 2022", 32))
        >>> print(few.value, few.lower, few.upper)
        60.0 percent -11.25... percent 195.18... percent
    """
    base, level = checked_base(small_base), checked_confidence(confidence)
    pair = CohortPair(earlier=earlier, later=later, across_breaks=across_breaks)
    percent = pair.change.percent
    if percent is None:  # pragma: no cover - a count of plans is never in percent
        raise ImpossibleFigure(what="growth", why="the plans are in percent")
    return _with_limits(percent, earlier.plans, later.plans, base=base, confidence=level)


def growth_by(
    earlier: EHCPCohort,
    later: EHCPCohort,
    *,
    by: str = "primary_need",
    small_base: Quantity | int = SMALL_BASE,
    confidence: float = 0.95,
    across_breaks: bool = False,
) -> Readings[pl.DataFrame]:
    """How much each part of a cohort grew: each primary need, or phase, or locality.

    For plans that are readings already, of one authority or of all, `bucks_cs.trend.change` gives the same, without intervals.

    Args:
        earlier: The cohort grown from.
        later: The cohort grown to.
        by: The breakdown; both have it.
        small_base: As for `growth`, each part by its own plans.
        confidence: The level of the interval.
        across_breaks: As for `growth`.

    Returns:
        In polars, ``ehcp.plans/change`` (plans) and ``ehcp.plans/change_percent`` (percent) by the part; not recorded is null. A
        part that one cohort lacks is 0 there, and so the percent of one that was not there ``z``; where that cohort has plans in
        parts that are not given it is ``x``.

    Raises:
        NotComparable: As for `growth`; or a need that was no code at the earlier date (`EHCPCohort.as_published` counts DS under
            OTH, as DfE's tables of 2025 do).
        AcrossBreak: As for `growth`.
        UnknownColumn: ``by`` is no breakdown.
        InvalidValue: As for `growth`; or a cohort is not broken down by it.

    Source:
        As for `growth`.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, growth_by
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> def plans(month, **needs):
        ...     return EHCPCohort(area="825", at=Month(month), total=sum(needs.values()), by_primary_need=needs,
        ...         source=NoOfficialSource(reason="an example"))
        >>> grown = growth_by(plans("January 2019", ASD=1_200, MSI=20), plans("January 2022", ASD=1_788, MSI=32))
        >>> for reading in grown.where(indicator="ehcp.plans/change_percent"):
        ...     print(dict(reading.dims)["primary_need"], reading.number, reading.interval)
        ASD 49.0 None
        MSI 60.0 Interval.CONFIDENCE
    """
    base, level = checked_base(small_base), checked_confidence(confidence)
    pair = CohortPair(earlier=earlier, later=later, across_breaks=across_breaks)
    both = {dim_of(part): plans for part, plans in pair.parts(by).items()}
    changed = change(Readings.of(pair.as_readings(by), by=by), earlier=earlier.at, later=later.at, across_breaks=across_breaks)
    limited = []
    for reading in changed:
        before, after = both[reading.dims[0][1]]
        percent = reading.indicator.key.endswith("/change_percent")
        limited.append(_with_limits(reading, before, after, base=base, confidence=level) if percent else reading)
    return Readings.of(limited, by=by)


def _with_limits(reading: Reading, before: int | None, after: int | None, *, base: int, confidence: float) -> Reading:
    """A growth in percent with its interval, where it is from few plans and there is a growth."""
    if reading.withheld is not None or before is None or after is None or before >= base:
        return reading
    lower, upper = growth_limits(before, after, confidence=confidence)
    limits: dict[str, Any] = {"lower": _percent(lower), "upper": _percent(upper)}
    return attrs.evolve(reading, **limits, interval=Interval.CONFIDENCE, level=confidence)


def _percent(number: float) -> Quantity:
    return quantity(number, "percent")
