"""Unaccompanied children: counts of several authorities beside their children, with the vintage of the population."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from bucks_cs.frames import Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.indicators import Withheld
from bucks_cs.uasc.sources import NTS_THRESHOLD

__all__ = ["UnaccompaniedByArea"]

_FIRST: dt.date = next(iter(NTS_THRESHOLD)).since
_MOST = 100_000_000


class UnaccompaniedByArea(FrameModel):
    """Unaccompanied children looked after on a day beside all children, a row for each area, day and vintage of the population.

    The day says which threshold was in force. The same area and day may stand there with two vintages, each in a row of its own.
    """

    area: Text = field(
        title="Area",
        description='LA number, such as "825"; the ONS code above an authority.',
        aliases=["old_la_code", "la_number"],
        nullable=True,
        gap="the caller's own area",
    )
    day: Date = field(
        title="Day",
        description="The day the children are counted on.",
        aliases=["date", "period_end"],
    )
    children: WholeNumber = field(
        title="Unaccompanied children",
        description="Unaccompanied asylum-seeking children under 18 looked after on the day.",
        unit="child",
        aliases=["unaccompanied_children", "uasc"],
        nullable=True,
        gap="see withheld",
        ge=0,
        le=_MOST,
    )
    withheld: Text = field(
        title="Withheld",
        description="Why there is no count of unaccompanied children, by its symbol.",
        nullable=True,
        gap="there is a count",
        isin=[reason.value for reason in Withheld],
    )
    population: WholeNumber = field(
        title="All children",
        description="All children of the area aged 0 to 17.",
        unit="child",
        aliases=["population_estimate", "children_aged_0_to_17"],
        nullable=True,
        gap="not available",
        ge=0,
        le=_MOST,
    )
    vintage: Text = field(
        title="Vintage of the population",
        description="Which estimate, and which edition of it: \"mid-2020 as first published\".",
        aliases=["population_vintage"],
        str_length={"min_value": 1},
    )

    @rule("neither a count of unaccompanied children nor why there is none, or both", columns=("children", "withheld"))
    def is_there_or_withheld(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """One of the two, and not both."""
        return col("children").is_null() != col("withheld").is_null()

    @rule("more unaccompanied children than children", columns=("children", "population"))
    def is_part_of_all(cls, col: Any) -> Any:  # noqa: N805
        """No more than there are."""
        return col("children") <= col("population")

    @rule(f"is before the threshold came into force, on {_FIRST.day} July {_FIRST.year}", columns=("day",))
    def threshold_is_in_force(cls, col: Any) -> Any:  # noqa: N805
        """There was no threshold before."""
        return col("day") >= _FIRST

    class Config:
        """One row for an area, a day and a vintage."""

        unique: ClassVar = ["area", "day", "vintage"]
