"""Marking: a measure is rows that count and rows that do not, and the number is what they sum to.

A measure ``x`` of person-level rows comes with ``mark_x``, which gives the caller's rows back with two columns,
``in_denominator`` and ``in_numerator``: that is the drill-down from a share to the children behind it. ``x`` sums those
marks over periods and groups, and nothing else, so that the two cannot part.

Everything here is lazy and is run by whoever asks for the result. Each group that the frame has is given for each period
that was asked for: a month with none is 0 and no gap in the table, and a share of nothing is withheld as ``z``.
"""

from __future__ import annotations

from bucks_cs.marking.asked import (
    area_number,
    as_periods,
    as_snapshots,
    groups,
    one_day,
    one_period_of_a_flow,
    periods_of_a_flow,
    plain_day,
    whole,
)
from bucks_cs.marking.parts import shares_of_parts
from bucks_cs.marking.rows import (
    FIRST,
    LAST,
    MARKS,
    NUMBER,
    beside,
    drill_down,
    is_open,
    left_joined,
    marked,
    marked_on,
    summed_beside,
    tally,
    unmarked,
)
from bucks_cs.marking.sums import as_readings, flows, ratios, shares, stock_shares, stocks
from bucks_cs.marking.table import in_full, layers, over_periods, period_table

__all__ = [
    "FIRST",
    "LAST",
    "MARKS",
    "NUMBER",
    "area_number",
    "as_periods",
    "as_readings",
    "as_snapshots",
    "beside",
    "drill_down",
    "flows",
    "groups",
    "in_full",
    "is_open",
    "layers",
    "left_joined",
    "marked",
    "marked_on",
    "one_day",
    "one_period_of_a_flow",
    "over_periods",
    "period_table",
    "periods_of_a_flow",
    "plain_day",
    "ratios",
    "shares",
    "shares_of_parts",
    "stock_shares",
    "stocks",
    "summed_beside",
    "tally",
    "unmarked",
    "whole",
]
