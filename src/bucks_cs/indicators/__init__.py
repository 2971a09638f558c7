"""Indicators and readings: what a measure means, and one number that measures it.

An `Indicator` is the definition: what is counted and what is left out, flow or stock, unit, which way is
better, who says so, and where its series breaks. A `Reading` is one value of it for an area and a period, with
its interval, its parts and its source; where there is no value it holds a `Withheld` that says why. No
frame is in sight here.
"""

from __future__ import annotations

from bucks_cs.indicators.breaks import Break
from bucks_cs.indicators.definitions import Better, Indicator, Kind, Measure
from bucks_cs.indicators.reading import Interval, Reading
from bucks_cs.indicators.withheld import Withheld
from bucks_cs.indicators.wording import alike as alike
from bucks_cs.indicators.wording import definition_table as definition_table
from bucks_cs.indicators.wording import told_apart as told_apart
from bucks_cs.indicators.wording import with_unit as with_unit
from bucks_cs.indicators.wording import written as written

__all__ = ["Better", "Break", "Indicator", "Interval", "Kind", "Measure", "Reading", "Withheld"]
