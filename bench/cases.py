"""What is measured: one measure of the library, and the tables it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from bucks_cs.periods import FinancialYear

Frames = dict[str, Any]

YEAR = FinancialYear("2022-23")
FLOW: dict[str, Any] = {"period": YEAR.months(), "by": "team"}
DAYS: dict[str, Any] = {"at": [month.at_end() for month in YEAR.months()], "by": "team"}


@attrs.frozen
class Case:
    """One measure.

    Args:
        ours: What this library is asked.
        tables: The tables it takes.
        aim: Whether there is an aim for it; counts of working days have none.
    """

    ours: Callable[[Frames], Any]
    tables: tuple[str, ...]
    aim: bool = True


def case_of(measure: Callable[..., Any], table: str, asked: dict[str, Any], *, aim: bool = True) -> Case:
    """The case of a measure that takes one table."""
    return Case(lambda frames: measure(frames[table], **asked), (table,), aim)
