"""EHC plans: what share of a cohort each of its parts is, and by how many points that changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.cohort_pairs import CohortPair, need_cohort
from bucks_cs.ehcp.model.breakdown import Part
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.cohort_readings import dim_of
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.rates import proportion
from bucks_cs.readings import Readings
from bucks_cs.trend import change
from bucks_cs.units import quantity

__all__ = ["SHARE_OF_PLANS", "change_in_share", "share_of_plans"]

SHARE_OF_PLANS = Indicator(
    key="ehcp.share_of_plans",
    title="Share of EHC plans",
    counts="the plans of a part (a primary need, a phase, a locality) out of all plans maintained, those of which the part is "
    "not recorded among them",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=(
        sources.EHC_PLANS.at("data file sen_needs_all_plans, columns asd_pc to vi_pc and unknown_pc, over ehc_plans"),
        sources.DATA_GUIDANCE_2025.at("sen_needs_all_plans.csv"),
    ),
    breaks=PLANS.breaks,
)


def share_of_plans(cohort: EHCPCohort, *, by: str = "primary_need", confidence: float = 0.95) -> Readings[pl.DataFrame]:
    """Each part's plans out of all plans maintained, those of which it is not recorded among them, as DfE has it.

    Args:
        cohort: The cohort.
        by: The breakdown, which it has.
        confidence: The level of the interval.

    Returns:
        In polars, percent (0 to 100) by the part, with Wilson's interval, the plans of the part as numerator and all plans as
        denominator; not recorded is null. ``z`` where there are no plans.

    Raises:
        UnknownColumn: ``by`` is no breakdown.
        InvalidValue: It is no cohort, or not broken down by it; or a confidence outside 0 to 1.

    Source:
        DfE, *Education, health and care plans* 2025, data file sen_needs_all_plans: 2,302 of 7,217 is the 31.9% of
        Buckinghamshire in January 2025, and 70 not recorded the 1%.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, share_of_plans
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> cohort = EHCPCohort(area="825", at=Month("January 2025"), total=4, by_primary_need={"ASD": 3, None: 1},
        ...     source=NoOfficialSource(reason="an example"))
        >>> share_of_plans(cohort).to_polars().select("primary_need", "value").rows()
        [('ASD', 75.0), (None, 25.0)]
    """
    parts = need_cohort(cohort, what="cohort").parts(by)
    if not len(parts):
        raise InvalidValue(what="cohort", expected=f"a cohort by {by}")
    return Readings.of(_shares(cohort, parts.counts, by, confidence=confidence), by=by)


def change_in_share(
    earlier: EHCPCohort, later: EHCPCohort, *, by: str = "primary_need", across_breaks: bool = False
) -> Readings[pl.DataFrame]:
    """By how many percentage points each part's share of all plans changed.

    Args:
        earlier: The cohort changed from.
        later: The cohort changed to, of the same area.
        by: The breakdown; both have it.
        across_breaks: Go on across the break of 2023.

    Returns:
        In polars, ``ehcp.share_of_plans/change_points`` by the part, together 0; a part that one cohort lacks is a share of 0
        there, or ``x`` where it may be among plans not given. ``z`` where one has no plans.

    Raises:
        NotComparable: As for `growth_by`; so are the others.

    Source:
        As `share_of_plans`, by `bucks_cs.trend.change`.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, change_in_share
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> def plans(month, **needs):
        ...     return EHCPCohort(area="825", at=Month(month), total=sum(needs.values()), by_primary_need=needs,
        ...         source=NoOfficialSource(reason="an example"))
        >>> changed = change_in_share(plans("January 2019", ASD=30, SLCN=70), plans("January 2022", ASD=80, SLCN=120))
        >>> changed.to_polars().select("primary_need", "value").rows()
        [('ASD', 10.0), ('SLCN', -10.0)]
    """
    pair = CohortPair(earlier=earlier, later=later, across_breaks=across_breaks)
    both = pair.parts(by)
    shares = [
        reading
        for n, cohort in enumerate((earlier, later))
        for reading in _shares(cohort, [(part, plans[n]) for part, plans in both.items()], by, confidence=0.95)
    ]
    return change(Readings.of(shares, by=by), earlier=earlier.at, later=later.at, across_breaks=across_breaks)


def _shares(cohort: EHCPCohort, parts: Iterable[tuple[Part, int | None]], by: str, *, confidence: float) -> Iterable[Reading]:
    where: dict[str, Any] = {"area": cohort.area, "period": cohort.at, "source": cohort.source}
    for part, plans in parts:
        dims = {by: dim_of(part)}
        if plans is None or not cohort.plans:
            gap = Withheld.NOT_AVAILABLE if plans is None else Withheld.NOT_APPLICABLE
            yield Reading.of(SHARE_OF_PLANS, gap, dims=dims, **where)
            continue
        estimate = proportion(plans, cohort.plans, confidence=confidence)
        limits = {"lower": quantity(100 * estimate.lower, "percent"), "upper": quantity(100 * estimate.upper, "percent")}
        parts_of_it = {"numerator": plans, "denominator": cohort.plans, "interval": Interval.CONFIDENCE, "level": confidence}
        yield Reading.of(SHARE_OF_PLANS, 100 * plans / cohort.plans, dims=dims, **limits, **parts_of_it, **where)
