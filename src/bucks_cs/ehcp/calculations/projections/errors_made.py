"""EHC plans to come: what is measured of a projection once the plans it was of have been counted."""

from __future__ import annotations

from bucks_cs.ehcp import sources
from bucks_cs.indicators import Better, Indicator, Kind, Measure

__all__ = [
    "MEDIAN_PROJECTION_ERROR",
    "MEDIAN_PROJECTION_ERROR_PERCENT",
    "PROJECTION_COVERED",
    "PROJECTION_ERROR",
    "PROJECTION_ERROR_PERCENT",
]

PROJECTION_ERROR = Indicator(
    key="ehcp.projection_error",
    title="Error of a projection",
    counts="EHC plans projected for a day from the years up to a cut, less the plans there were on it; below 0 where there were "
    "more",
    measure=Measure.CHANGE,
    kind=Kind.STOCK,
    unit="plan",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_PROJECTIONS,
)

PROJECTION_ERROR_PERCENT = Indicator(
    key="ehcp.projection_error_percent",
    title="Error of a projection in percent",
    counts="EHC plans projected for a day from the years up to a cut, less the plans there were on it, in percent of these",
    leaves_out="days and ages with no plans",
    measure=Measure.CHANGE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_PROJECTIONS,
)

PROJECTION_COVERED = Indicator(
    key="ehcp.projection_covered",
    title="Projections whose interval held",
    counts="projections of EHC plans for a day from the years up to a cut whose prediction interval holds the plans there were "
    "on it, out of those that had one",
    leaves_out="projections without an interval",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_PROJECTIONS,
)

MEDIAN_PROJECTION_ERROR = Indicator(
    key="ehcp.median_projection_error",
    title="Median absolute error of projections",
    counts="the middle one of the errors of projections of EHC plans over areas, each without its sign",
    leaves_out="areas that not every method compared could project from the cut",
    measure=Measure.QUANTILE,
    kind=Kind.STOCK,
    unit="plan",
    better=Better.LOWER,
    sources=sources.NO_SERIES_OF_PROJECTIONS,
)

MEDIAN_PROJECTION_ERROR_PERCENT = Indicator(
    key="ehcp.median_projection_error_percent",
    title="Median absolute percentage error of projections",
    counts="the middle one of the errors of projections of EHC plans over areas, each without its sign and in percent of the "
    "plans there were",
    leaves_out="areas that not every method compared could project from the cut, and days and ages with no plans",
    measure=Measure.QUANTILE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.LOWER,
    sources=sources.NO_SERIES_OF_PROJECTIONS,
)
