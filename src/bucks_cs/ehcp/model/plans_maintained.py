"""EHC plans: what is counted when plans are maintained on a day; a cohort and the rows of plans are measured alike."""

from __future__ import annotations

import datetime as dt

from bucks_cs.ehcp import sources
from bucks_cs.indicators import Better, Break, Indicator, Kind, Measure

__all__ = ["PLANS"]

# No count lies between those of January 2022 and January 2023, so the first day of the new series is put at the month's first:
# a count of that January is then of the new series whether its day is known or only its month.
_FROM_TOTALS_TO_PERSONS = Break(
    on=dt.date(2023, 1, 1),
    what="the plans of January 2023 are the first to be collected person by person; those before were totals that each authority "
    "returned",
    certain=True,
    source=sources.DATA_GUIDANCE_2025.at("Data sources; The time series"),
)

PLANS = Indicator(
    key="ehcp.plans",
    title="EHC plans",
    counts="education, health and care plans that the authority maintains on the day: started on or before it, and not ceased, "
    "or ceased after it. A child or young person has one at a time",
    leaves_out="plans that ceased on the day itself; and statements of special educational needs, the last of which were "
    "converted in 2018",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="plan",
    better=Better.NEITHER,
    sources=(sources.EHC_PLANS.at("data file caseload, column ehcplans"), sources.DATA_GUIDANCE_2025.at("caseload.csv")),
    breaks=_FROM_TOTALS_TO_PERSONS,
)
