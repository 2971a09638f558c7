"""Demand: the frames it accepts. The long activity frame is the one that holds counts; rows about children come apart."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.frames import Date, FrameModel, Number, Text, field, rule
from bucks_cs.frames.dates import whole_months
from bucks_cs.indicators import Withheld
from bucks_cs.periods import KINDS

__all__ = ["Activity"]

_TWELVE_MONTHS_FROM = {"calendar year": 1, "financial year": 4, "academic year": 8}


def _has_the_days_of(kind: nw.Expr, start: nw.Expr, end: nw.Expr) -> nw.Expr:
    """Whether two days are the first and last of a period of a kind; where they may be any days, yes."""
    months = whole_months(start, end).fill_null(0)
    good = nw.when(kind == "snapshot").then(start == end).otherwise(nw.lit(value=True))
    good = nw.when(kind == "month").then(months == 1).otherwise(good)
    good = nw.when(kind.is_in(["monthly average", "monthly average within"])).then(months > 0).otherwise(good)
    for year, first_month in _TWELVE_MONTHS_FROM.items():
        twelve = (months == 12) & (start.dt.month() == first_month)
        good = nw.when(kind == year).then(twelve).otherwise(good)
    return good | (end < start)


class Activity(FrameModel):
    """Counts of demand in long form: one row a count, for an indicator, an area and a period.

    Further columns (a team, a locality, an age band) come along, and counts can be broken down by them.
    """

    indicator: Text = field(
        title="Indicator",
        description="What is counted: the key of an indicator of demand, such as demand.referrals.",
        aliases=["measure", "indicator key"],
        str_length={"min_value": 1},
    )
    area: Text = field(
        title="Area",
        description='LA number, such as "825"; the ONS code above an authority.',
        aliases=["old_la_code", "la number", "la code"],
        nullable=True,
        gap="the caller's own area",
    )
    period_kind: Text = field(
        title="Kind of period",
        description="What the period is, so that a year of one kind is never taken for another.",
        isin=list(KINDS),
    )
    period_start: Date = field(title="First day", description="The first day of the period, included.", aliases=["start date"])
    period_end: Date = field(
        title="Last day",
        description="The last day of the period, included; the first day again for a stock.",
        aliases=["end date"],
    )
    count: Number = field(
        title="Count",
        description="How many; an average over months may have decimals.",
        aliases=["value", "number"],
        nullable=True,
        gap="see withheld",
        ge=0,
    )
    withheld: Text = field(
        title="Withheld",
        description="Why there is no count.",
        aliases=["symbol"],
        nullable=True,
        gap="there is a count",
        isin=[reason.value for reason in Withheld],
    )

    @rule("the period ends before it starts", columns=("period_start", "period_end"))
    def ends_after_it_starts(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A period does not end before it starts."""
        return col("period_end") >= col("period_start")

    @rule("the days are not those of such a period", columns=("period_kind", "period_start", "period_end"))
    def period_is_of_its_kind(cls, col: Any) -> Any:  # noqa: N805
        """A month has the days of a month, a financial year those of one."""
        return _has_the_days_of(col("period_kind"), col("period_start"), col("period_end"))

    @rule("a gap with no reason: neither a count nor why there is none", columns=("count", "withheld"))
    def gap_is_explained(cls, col: Any) -> Any:  # noqa: N805
        """No count without a reason."""
        return ~(col("count").is_null() & col("withheld").is_null())

    @rule("both a count and a reason why there is none", columns=("count", "withheld"))
    def count_is_not_withheld(cls, col: Any) -> Any:  # noqa: N805
        """No reason beside a count."""
        return ~(~col("count").is_null() & ~col("withheld").is_null())
