"""Savings: the financial years from one to another."""

from __future__ import annotations

from bucks_cs.periods import FinancialYear

__all__ = ["years_between"]


def years_between(first: FinancialYear, last: FinancialYear) -> tuple[FinancialYear, ...]:
    """The financial years from one to another, both included; none where the last is before the first.

    Args:
        first: The first.
        last: The last.
    """
    found = []
    while first <= last:
        found.append(first)
        first = first.next()
    return tuple(found)
