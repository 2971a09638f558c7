"""EHC plans: how much of a cohort's growth each of its parts brought."""

from __future__ import annotations

from typing import Any

import polars as pl

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.cohort_pairs import CohortPair
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.cohort_readings import dim_of
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Reading, Withheld
from bucks_cs.periods import Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings

__all__ = ["CONTRIBUTION_TO_GROWTH", "contribution_to_growth"]

CONTRIBUTION_TO_GROWTH = Indicator(
    key="ehcp.contribution_to_growth",
    title="Contribution to the growth of EHC plans",
    counts="the plans that a part has more than it had, over all the plans there were: percentage points of the growth of the "
    "whole, to which the contributions of all parts add up",
    measure=Measure.CHANGE,
    kind=Kind.STOCK,
    unit="percentage_point",
    better=Better.NEITHER,
    sources=(
        sources.EHC_PLANS.at("data files caseload and sen_needs_all_plans"),
        NoOfficialSource(reason="no official table has contributions: they are arithmetic on published counts"),
    ),
    breaks=PLANS.breaks,
)


def contribution_to_growth(
    earlier: EHCPCohort, later: EHCPCohort, *, by: str = "primary_need", across_breaks: bool = False
) -> Readings[pl.DataFrame]:
    """How many percentage points of the growth of all plans each part brought: its plans more, over all plans before.

    A need that grew by 75% from a few plans may have brought less than one that grew by 37% from many.

    Args:
        earlier: The cohort grown from.
        later: The cohort grown to, of the same area.
        by: The breakdown; both have it.
        across_breaks: Go on across the break of 2023.

    Returns:
        In polars, percentage points by the part, not recorded as null, below 0 for a part that shrank: together the growth of the
        whole in percent. The plans more are the numerator, all plans before the denominator; the period is the span between.
        ``z`` where there were no plans at all; ``x`` for a part that one cohort lacks and may have among plans not given.

    Raises:
        NotComparable: As for `growth_by`; so are the others.

    Source:
        Arithmetic: (after - before) / all before, by part. No official table has it.

    Example:
        >>> from bucks_cs.ehcp import EHCPCohort, contribution_to_growth
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> def plans(month, **needs):
        ...     return EHCPCohort(area="825", at=Month(month), total=sum(needs.values()), by_primary_need=needs,
        ...         source=NoOfficialSource(reason="an example"))
        >>> brought = contribution_to_growth(plans("January 2019", SLCN=900, SLD=100), plans("January 2022", SLCN=1_233, SLD=175))
        >>> brought.to_polars().select("primary_need", "value").rows()
        [('SLCN', 33.3), ('SLD', 7.5)]
    """
    pair = CohortPair(earlier=earlier, later=later, across_breaks=across_breaks)
    where: dict[str, Any] = {"area": later.area, "period": Span(earlier.at.start, later.at.end)}
    where["source"] = later.source if later.source == earlier.source else None
    found = []
    for part, (before, after) in pair.parts(by).items():
        dims = {by: dim_of(part)}
        if before is None or after is None:
            found.append(Reading.of(CONTRIBUTION_TO_GROWTH, Withheld.NOT_AVAILABLE, dims=dims, **where))
        elif not earlier.plans:
            found.append(Reading.of(CONTRIBUTION_TO_GROWTH, Withheld.NOT_APPLICABLE, dims=dims, **where))
        else:
            more = {"numerator": after - before, "denominator": earlier.plans}
            found.append(Reading.of(CONTRIBUTION_TO_GROWTH, 100 * (after - before) / earlier.plans, dims=dims, **more, **where))
    return Readings.of(found, by=by)
