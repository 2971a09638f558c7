"""Demand: the children there are, by which a rate is divided: a mid-year estimate a row."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import Date, FrameModel, Number, Text, field, rule

__all__ = ["MidYearPopulation"]


class MidYearPopulation(FrameModel):
    """Children aged 0 to 17 at mid-year, a row for each area and year.

    Further columns (a locality, an age band) come along: a rate that is broken down by them needs the children of each.
    """

    area: Text = field(
        title="Area",
        description='LA number, such as "825"; the ONS code above an authority.',
        aliases=["old_la_code", "la number", "la code"],
        nullable=True,
        gap="the caller's own area",
    )
    mid_year: Date = field(
        title="Mid-year",
        description="The day of the estimate, 30 June.",
        aliases=["period_start", "date", "day"],
    )
    children: Number = field(
        title="Children",
        description="Children aged 0 to 17 who are usually resident.",
        unit="child",
        aliases=["population", "population_estimate", "value"],
        nullable=True,
        gap="not available",
        ge=0,
    )

    @rule("is not a 30 June, the day of a mid-year estimate", columns=("mid_year",))
    def is_mid_year(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """The estimates are of 30 June."""
        return (col("mid_year").dt.month() == 6) & (col("mid_year").dt.day() == 30)
