"""Whole workers out of weights: by the largest remainder and by Sainte-Laguë's quotients, in the engine of the frame.

Both begin with the exact shares under a minimum. By weight, the lightest first, a locality has the minimum for as long as its
share of what is left is below it; from the first locality that reaches it on, all do. So a sum that runs over the localities
finds what repeated sharing out anew would.
"""

from __future__ import annotations

import math
from typing import Any

import narwhals as nw

from bucks_cs.frames.engine import small_table
from bucks_cs.workforce.calculations.weights import ALL, Weighed, of_all
from bucks_cs.workforce.model.allocation import SharingMethod

__all__ = ["rounded"]

_ONE_BY_ONE = ("__weight", "locality")
_AND_A_FEW = 6


def rounded(weights: Weighed, *, total: int, minimum: int, method: SharingMethod) -> nw.LazyFrame[Any]:
    """Whole workers for each locality, which add up to the total.

    Args:
        weights: The localities with their weights.
        total: How many workers; as many as the minimum of all localities, or more.
        minimum: The fewest that a locality is to have.
        method: How they are shared out.

    Returns:
        ``locality`` and ``__workers``.
    """
    shares = _with_whole_shares(weights.lazy, total=total, minimum=minimum)
    if method is SharingMethod.LARGEST_REMAINDER:
        return _by_largest_remainder(shares)
    return _by_quotients(shares, weights, total=total, minimum=minimum)


def _with_whole_shares(lazy: nw.LazyFrame[Any], *, total: int, minimum: int) -> nw.LazyFrame[Any]:
    """Each locality with its exact share rounded down, ``__floor``, what was cut off, ``__remainder``, and how many are left.

    ``__above`` is 1 where the share reaches the minimum; the others have the minimum as their floor.
    """
    weight = nw.col("__weight")
    running = lazy.with_columns(
        __lighter=weight.cum_sum().over(ALL, order_by=[*_ONE_BY_ONE]).cast(nw.Int64) - weight,
        __place=nw.col(ALL).cum_sum().over(ALL, order_by=[*_ONE_BY_ONE]).cast(nw.Int64) - 1,
    )
    reaches = weight * (total - nw.col("__place") * minimum) >= (nw.col("__whole") - nw.col("__lighter")) * minimum
    marked = running.with_columns(__reaches=nw.when(reaches).then(nw.lit(1)).otherwise(nw.lit(0)))
    so_far = nw.col("__reaches").cum_sum().over(ALL, order_by=[*_ONE_BY_ONE])
    marked = marked.with_columns(__above=nw.when(so_far > 0).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64))
    among = marked.with_columns(
        __left_to_share=total - of_all(1 - nw.col("__above")) * minimum, __weight_above=of_all(weight * nw.col("__above"))
    )
    part = among.with_columns(__remainder=(weight * nw.col("__left_to_share")) % nw.col("__weight_above"))
    # Less its remainder it divides evenly: rounding takes off what the engine's own division adds, and no more.
    even = (weight * nw.col("__left_to_share") - nw.col("__remainder")).cast(nw.Float64) / nw.col("__weight_above")
    above = nw.col("__above") == 1
    return part.with_columns(__floor=nw.when(above).then(even.round().cast(nw.Int64)).otherwise(nw.lit(minimum)).cast(nw.Int64))


def _by_largest_remainder(shares: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The workers left go one each to the largest remainders; of two alike, to the locality whose name is first."""
    above = nw.col("__above") == 1
    handed = shares.with_columns(
        __left=nw.col("__left_to_share") - of_all(nw.col("__floor") * nw.col("__above")),
        # Those that have the minimum come last: no remainder is below 0.
        __order=nw.when(above).then(0 - nw.col("__remainder")).otherwise(nw.lit(1)),
    )
    ranked = handed.with_columns(__rank=nw.col(ALL).cum_sum().over(ALL, order_by=["__order", "locality"]))
    one_more = nw.when(nw.col("__rank") <= nw.col("__left")).then(nw.lit(1)).otherwise(nw.lit(0))
    return ranked.select("locality", (nw.col("__floor") + one_more).alias("__workers"))


def _by_quotients(shares: nw.LazyFrame[Any], weights: Weighed, *, total: int, minimum: int) -> nw.LazyFrame[Any]:
    """The workers go to the largest quotients; of two alike, to the locality whose name is first.

    Exact shares of as many workers fewer, or more, as half the localities, rounded to the nearest, come to the total at the most,
    or at the least. So each locality is sure of the one and cannot have more than the other, and only quotients between the two
    are looked at: in all some two for each locality, however many workers there are.
    """
    share = nw.col("__weight").cast(nw.Float64) * nw.col("__left_to_share") / nw.col("__weight_above")
    fewer = 1 - of_all(nw.col("__above")).cast(nw.Float64) / (nw.col("__left_to_share") * 2)
    # One fewer than that: a float may be next to the number it stands for.
    sure = (share * fewer).floor().cast(nw.Int64) - 1
    base = nw.when((nw.col("__above") == 1) & (sure > minimum)).then(sure).otherwise(nw.lit(minimum)).cast(nw.Int64)
    based = shares.with_columns(__base=base)
    based = based.with_columns(__left=total - of_all(nw.col("__base")))
    # No locality has a larger share of those above the minimum, times how many those are, than it has of all.
    span = max(1, min(math.ceil(weights.largest_share * weights.rows) + _AND_A_FEW, total - weights.rows * minimum))
    further = small_table(shares, {"__further": range(span)}, {"__further": nw.Int64})
    divisor = ((nw.col("__base") + nw.col("__further")) * 2 + 1).cast(nw.Float64)
    seats = based.join(further, how="cross").with_columns(__order=0.0 - nw.col("__weight").cast(nw.Float64) / divisor)
    rank = nw.col(ALL).cum_sum().over(ALL, order_by=["__order", "locality", "__further"])
    won = seats.with_columns(__rank=rank).with_columns(
        __won=nw.when(nw.col("__rank") <= nw.col("__left")).then(nw.lit(1)).otherwise(nw.lit(0))
    )
    summed = won.group_by("locality", "__base").agg(nw.col("__won").sum())
    return summed.select("locality", (nw.col("__base") + nw.col("__won")).alias("__workers"))
