"""Unaccompanied children: one row of each claim for asylum: a child who came back into care has two rows of one claim."""

from __future__ import annotations

from typing import Any

import narwhals as nw

__all__ = ["CLAIM", "first_of_each_claim"]

CLAIM = ("child_id", "claim_date")
"""The columns that tell one claim from another."""


def first_of_each_claim(lazy: nw.LazyFrame[Any], counts: nw.Expr, claim: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Rows with ``__first``: yes for the first row of each claim among those that count.

    Args:
        lazy: The rows.
        counts: Whether a row counts; null is no.
        claim: The columns of which each combination is a claim, such as the groups and `CLAIM`.
    """
    there = nw.when(counts.fill_null(value=False)).then(nw.lit(1)).otherwise(nw.lit(0))
    so_far = nw.col("__there").cum_sum().over(*claim, order_by=["start_date"])
    numbered = lazy.with_columns(__there=there).with_columns(__so_far=so_far)
    return numbered.with_columns(__first=(nw.col("__there") == 1) & (nw.col("__so_far") == 1))
