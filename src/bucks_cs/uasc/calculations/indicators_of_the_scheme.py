"""Unaccompanied children: what is measured against the National Transfer Scheme, as indicators."""

from __future__ import annotations

from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.uasc import sources

__all__ = ["HEADROOM", "SHARE_REACHED", "THRESHOLD"]

_THE_CHILDREN = (
    "former unaccompanied children, who have turned 18; children whose claim was granted are not left out while they are under 18"
)

THRESHOLD = Indicator(
    key="uasc.threshold",
    title="National Transfer Scheme threshold",
    counts="the whole number of children that the threshold in force on the day, 0.07% or 0.10%, makes of the children aged 0 "
    "to 17, by the vintage of the estimate that is named; to the nearest child, unless another rounding is asked for",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.TRANSFER_PROTOCOL, sources.THRESHOLD_OF_2022, sources.THRESHOLD_OF_2016, sources.NO_SERIES_OF_HEADROOM),
)

HEADROOM = Indicator(
    key="uasc.headroom",
    title="Unaccompanied children still to come up to the threshold",
    counts="the threshold's number of children less the unaccompanied children looked after on the day: 0 where that number is "
    "reached, and below 0 where it is passed; the number is to the nearest child, unless another rounding is asked for",
    leaves_out=_THE_CHILDREN,
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_HEADROOM, sources.TRANSFER_PROTOCOL, sources.THRESHOLD_OF_2022, sources.THRESHOLD_OF_2016),
)

SHARE_REACHED = Indicator(
    key="uasc.share_reached",
    title="Unaccompanied children as a share of all children",
    counts="unaccompanied children looked after on the day, out of the children aged 0 to 17, by the vintage of the estimate "
    "that is named: what is set beside the threshold of 0.07% or 0.10%",
    leaves_out=_THE_CHILDREN,
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_HEADROOM, sources.TRANSFER_PROTOCOL, sources.LOOKED_AFTER_AT_31_MARCH),
)
