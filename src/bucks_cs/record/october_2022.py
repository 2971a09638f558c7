"""The record: the table of paragraph 3.19, demand early in 2020 beside 2022 so far, as printed and as readings."""

from __future__ import annotations

import importlib.resources

import polars as pl

from bucks_cs.demand import PATHWAY
from bucks_cs.indicators import Interval, Reading
from bucks_cs.periods import Month, MonthlyAverage
from bucks_cs.readings import Readings
from bucks_cs.record.sources import CABINET_REPORT_OCTOBER_2022
from bucks_cs.units import quantity

__all__ = ["EARLY_2020", "SO_FAR_IN_2022", "demand", "demand_table"]

EARLY_2020 = MonthlyAverage(Month.of(2020, 1), Month.of(2020, 3), exact=False)
"""The window printed "Early 2020 (pre-pandemic)". Which months it has is not printed; that they lie within January to March is
this library's reading of "the early part of 2020, pre pandemic", and an exact window never equals it."""

SO_FAR_IN_2022 = MonthlyAverage(Month.of(2022, 1), Month.of(2022, 9), exact=False)
"""The window printed "2022": the report of 11 October says "during 2022 so far", so that it lies within January to September."""

_COLUMNS = {"early_2020_monthly_average": EARLY_2020, "monthly_average_2022": SO_FAR_IN_2022}


def demand_table() -> pl.DataFrame:
    """The six rows as printed: text, not numbers, and the percentages that do not follow left as they stand.

    Returns:
        A row an indicator, in the order printed: ``id``, ``indicator`` (its key), ``label`` (as printed, misprints and
        all), ``early_2020_monthly_average``, ``monthly_average_2022`` and ``percent_change``, all text. No gaps.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 3.19.

    Example:
        >>> demand_table().row(2, named=True)["label"]
        'Section 47 enquires'
    """
    file = importlib.resources.files("bucks_cs.record") / "october_2022_demand.csv"
    return pl.read_csv(file.read_bytes(), infer_schema=False)


def demand() -> Readings[pl.DataFrame]:
    """The counts of the table as readings, each with the bounds that its rounding leaves.

    The windows are `EARLY_2020` and `SO_FAR_IN_2022`, known within bounds only. A flow is counted a month and averaged; a stock
    is the average of the months' counts. The printed percentages are no readings: `bucks_cs.trend.change` works them out.

    Returns:
        Twelve readings for area ``"825"``, in the indicators' units, 0 or more; none withheld.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 3.19.

    Example:
        >>> print(demand().at(indicator="demand.contacts", period=EARLY_2020).value)
        1375.0 contact
    """
    known = {indicator.key: indicator for indicator in PATHWAY}
    readings = []
    for row in demand_table().iter_rows(named=True):
        indicator = known[row["indicator"]]
        for column, period in _COLUMNS.items():
            count = float(row[column].replace(",", ""))
            readings.append(
                Reading.of(
                    indicator,
                    count,
                    area="825",
                    period=period,
                    lower=quantity(count - 0.5, indicator.unit),
                    upper=quantity(count + 0.5, indicator.unit),
                    interval=Interval.ROUNDING,
                    source=CABINET_REPORT_OCTOBER_2022,
                )
            )
    return Readings.of(readings)
