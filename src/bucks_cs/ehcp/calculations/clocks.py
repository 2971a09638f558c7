"""EHC plans: how a statutory clock is read off two dates of a row.

That of a journey starts with the day the request was received, which is not counted, and runs in calendar days to a day that is:
six weeks are over on day 42, sixteen on day 112, twenty on day 140, and that day is in time. The limit is the one in force on the
day the clock starts; what started before there was one was under none.
"""

from __future__ import annotations

from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames.dates import days_between
from bucks_cs.marking import marked, unmarked
from bucks_cs.provenance import Dated
from bucks_cs.units import Quantity, in_unit

__all__ = ["OWN", "Clock", "timed"]

OWN = ("days_taken",)
"""The column that a drill-down has beside its marks."""


@attrs.frozen(kw_only=True)
class Clock:
    """A day of a row, and within how long of another it is to come.

    Args:
        start: The column with the day the clock starts, which is not counted: of a journey, that the request was received.
        end: The column with the day the clock stops; counted.
        limits: The limit by date in force; the day the clock starts decides which one holds.
    """

    start: str = "received_date"
    end: str
    limits: Dated[Quantity]

    @property
    def limit(self) -> nw.Expr:
        """The days allowed; null where no limit was in force, or the day the clock starts is not known."""
        begin, found = nw.col(self.start), nw.lit(None).cast(nw.Int64)
        for each in self.limits:
            held = begin >= each.since if each.until is None else (begin >= each.since) & (begin <= each.until)
            found = nw.when(held).then(nw.lit(int(in_unit(each.value, "day"))).cast(nw.Int64)).otherwise(found)
        return found

    def taken(self, like: nw.LazyFrame[Any]) -> nw.Expr:
        """The days from the start to the end; null where either is not known.

        Args:
            like: A frame of the engine it is for.
        """
        return days_between(nw.col(self.start), nw.col(self.end), like=like)


def timed(lazy: nw.LazyFrame[Any], *, clock: Clock, whole: nw.Expr) -> nw.LazyFrame[Any]:
    """Journeys with ``days_taken`` from the request to a day, and the two marks: under a limit, and within it.

    Args:
        lazy: The journeys.
        clock: Which day, and the limit.
        whole: Which rows are in the denominator, where the clock has stopped and a limit was in force.
    """
    rows = unmarked(lazy, *OWN).with_columns(days_taken=clock.taken(lazy))
    limit = clock.limit
    stopped = ~nw.col("days_taken").is_null() & ~limit.is_null()
    return marked(rows, whole=whole & stopped, part=nw.col("days_taken") <= limit)
