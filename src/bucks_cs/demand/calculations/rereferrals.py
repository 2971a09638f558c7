"""Demand: re-referrals, the children who come back within a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.pathway import REFERRALS
from bucks_cs.demand.model.stages import DemandIndicator, Stage
from bucks_cs.demand.schema import Referrals
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import within_months
from bucks_cs.indicators import Better, Kind, Measure, Withheld
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, plain_day, shares, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["REREFERRALS", "mark_rereferrals", "rereferrals"]

REREFERRALS = DemandIndicator(
    key="demand.rereferrals",
    title="Re-referrals within 12 months",
    counts="referrals of a child who was referred in the 12 months before, the anniversary included, out of all referrals",
    leaves_out="nothing: a child referred three times in a year is counted three times, twice as a re-referral",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.LOWER,
    sources=(sources.REREFERRAL, sources.CHILDREN_IN_NEED.at("data file c1, column rereferral_percent")),
    breaks=REFERRALS.breaks,
    stage=Stage.REFERRAL,
)

_MONTHS = 12


def mark_rereferrals(frame: FrameT | Checked[FrameT], *, history_from: dt.date) -> FrameT:
    """The caller's referrals, each with whether it counts and whether it is a re-referral: the drill-down of `rereferrals`.

    The earlier referral may carry any team or outcome; it is the child's last one before, wherever it is in the frame.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`; those before the period too, as far back as they go.
        history_from: The first day from which every referral is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` and ``in_numerator`` (yes or no)
        and ``no_history``: whether fewer than 12 months before the referral are known and none of them has an earlier one,
        so that it cannot be told.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a child's referrals on the same day are one of them.
        InvalidValue: ``history_from`` is no plain date.

    Source:
        As `rereferrals`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import mark_rereferrals
        >>> referred = pl.DataFrame({"child_id": ["A", "A", "B"], "referral_date": [dt.date(2021, 5, 1), dt.date(2022, 5, 1),
        ...     dt.date(2022, 6, 1)], "decision_date": None, "seen_date": None, "no_further_action": False,
        ...     "closure_date": None, "closure_reason": None})
        >>> mark_rereferrals(referred, history_from=dt.date(2020, 4, 1))["in_numerator"].to_list()
        [False, True, False]
    """
    first = plain_day(history_from, what="history_from")
    checked = Referrals.admit(frame)
    native: FrameT = drill_down(checked, _marked(checked, first), "no_history")
    return native


def rereferrals(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    history_from: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of referrals in a period that came within 12 months of an earlier referral of the same child.

    Args:
        frame: Referrals, of any engine, or checked by `Referrals`; those before the period too, as far back as they go.
        period: One or several; a referral belongs to the period its day lies in.
        history_from: The first day from which every referral is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by, of the later referral; the earlier one may carry any team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where there were no referrals; ``no_history``, with no numerator, where a referral of the period cannot be told,
        having under 12 months of history behind it and no earlier referral in them.

    Raises:
        FrameProblems: A rule of `Referrals` is broken; a child's referrals on the same day are one of them.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events
            are counted over (a snapshot, a monthly average); or ``history_from`` is no plain date.

    Source:
        DfE, *Children in need*, "re-referrals within 12 months of the previous referral" (Local authority interactive tool,
        data dictionary, measure ReReferral; data file c1, rereferral_percent = rereferral_count / referral_count).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.demand import rereferrals
        >>> from bucks_cs.periods import FinancialYear
        >>> referred = pl.DataFrame({"child_id": ["A", "A", "B"], "referral_date": [dt.date(2021, 5, 1), dt.date(2022, 5, 1),
        ...     dt.date(2022, 6, 1)], "decision_date": None, "seen_date": None, "no_further_action": False,
        ...     "closure_date": None, "closure_reason": None})
        >>> for reading in rereferrals(referred, period=FinancialYear("2022-23"), history_from=dt.date(2020, 4, 1)):
        ...     print(reading)
        Re-referrals within 12 months, 2022-23: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods, first = periods_of_a_flow(period), plain_day(history_from, what="history_from")
    checked = Referrals.admit(frame)
    return shares(
        _marked(checked, first),
        every=checked.lazy,
        home=checked.home,
        indicator=REREFERRALS,
        date="referral_date",
        period=periods,
        by=groups(checked, by, own=("no_history",)),
        area=area,
        source=source,
        confidence=confidence,
        unknown={Withheld.NO_HISTORY: nw.col("no_history")},
    )


def _marked(checked: Checked[Any], history_from: dt.date) -> nw.LazyFrame[Any]:
    earlier = nw.col("referral_date").shift(1).over("child_id", order_by="referral_date")
    known = unmarked(checked.lazy, "no_history").with_columns(__earlier=earlier)
    again = within_months(nw.col("__earlier"), nw.col("referral_date"), months=_MONTHS)
    # Known for 12 months back where the day before the history began would be too long ago to count.
    day_before = nw.lit(history_from - dt.timedelta(days=1))
    short = within_months(day_before, nw.col("referral_date"), months=_MONTHS)
    rows = marked(known, whole=nw.lit(value=True), part=again)
    return rows.with_columns(no_history=~nw.col("in_numerator") & short)
