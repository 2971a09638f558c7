"""What a published figure is rounded to, and the bounds that its rounding leaves."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.geography import england
from bucks_cs.indicators import Interval

__all__ = ["EXACT", "HALVES", "TO_ONE_DECIMAL", "TO_TEN_ABOVE", "Rounding", "bounds_of_rounding", "halves"]

_WHOLE = 100.0

HALVES = {"__half_authority": nw.Float64, "__half_above": nw.Float64, "__half_england": nw.Float64}
"""The columns of a small table of measures that `bounds_of_rounding` reads."""


def _unit_or_none(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is None:
        return
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not (value > 0 and math.isfinite(value)):
        raise InvalidValue(what=f"Rounding.{attribute.name}", expected="what it is rounded to, such as 10 or 0.1, or None")


@attrs.frozen(kw_only=True)
class Rounding:
    """What a figure is rounded to: 10 for the nearest 10, 0.1 for one decimal; None where it is exact.

    Args:
        authority: The figure of an authority.
        above: The figure of a region or England.
        england: The figure of England, where it is not rounded as a region's is; None where it is.

    Raises:
        InvalidValue: It is no finite number above 0.
    """

    authority: float | None = attrs.field(default=None, validator=_unit_or_none)
    above: float | None = attrs.field(default=None, validator=_unit_or_none)
    england: float | None = attrs.field(default=None, validator=_unit_or_none)


EXACT = Rounding()
"""Not rounded."""

TO_ONE_DECIMAL = Rounding(authority=0.1, above=0.1)
"""Percentages and rates as DfE prints them."""

TO_TEN_ABOVE = Rounding(above=10)
"""Exact for an authority, to the nearest 10 for regions and England: the counts of children in need."""


def halves(roundings: Iterable[Rounding]) -> dict[str, list[float | None]]:
    """Half of what each is rounded to, as the columns `HALVES` of a small table.

    Args:
        roundings: What the figure of each row is rounded to.
    """
    each = tuple(roundings)
    units = ([r.authority for r in each], [r.above for r in each], [r.england or r.above for r in each])
    return {name: [None if unit is None else unit / 2 for unit in own] for name, own in zip(HALVES, units, strict=True)}


def bounds_of_rounding() -> dict[str, nw.Expr]:
    """``lower``, ``upper`` and ``interval`` of ``value``, of a frame with ``area``, ``above``, ``__is_share`` and `HALVES`.

    Returns:
        Bounds not below 0 and, of a share, not above 100; null where there is no number, or one that is exact.
    """
    half = nw.when(nw.col("above")).then(nw.col("__half_above")).otherwise(nw.col("__half_authority"))
    half = nw.when(nw.col("area") == england().key).then(nw.col("__half_england")).otherwise(half)
    low, high = nw.col("value") - half, nw.col("value") + half
    return {
        "lower": nw.when(low < 0).then(nw.lit(0.0)).otherwise(low),
        "upper": nw.when(nw.col("__is_share") & (high > _WHOLE)).then(nw.lit(_WHOLE)).otherwise(high),
        "interval": nw.when(~high.is_null()).then(nw.lit(Interval.ROUNDING.value)),
    }
