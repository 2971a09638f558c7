"""Unaccompanied children: those who came into care in a period and those who turned 18 in it: arrivals, and most departures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, flows, groups, marked, one_period_of_a_flow, periods_of_a_flow, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.uasc import sources
from bucks_cs.uasc.calculations.ages import order_of, order_of_18th_birthday, started_under_18
from bucks_cs.uasc.calculations.once import counted_once, marked_once
from bucks_cs.uasc.schema import UnaccompaniedRecords

__all__ = [
    "STARTED_TO_BE_LOOKED_AFTER",
    "TURNED_18",
    "mark_started_to_be_looked_after",
    "mark_turned_18",
    "started_to_be_looked_after",
    "turned_18",
]

STARTED_TO_BE_LOOKED_AFTER = Indicator(
    key="uasc.started_to_be_looked_after",
    title="Unaccompanied children who started to be looked after",
    counts="each time an unaccompanied child started to be looked after in the period, by transfer or by coming to the area: a "
    "child who started twice is counted twice",
    leaves_out="those who had turned 18 by that day, as an assessment of age may find",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="child",
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_STARTS,
)

TURNED_18 = Indicator(
    key="uasc.turned_18",
    title="Unaccompanied children who turned 18 while looked after",
    counts="unaccompanied children who were looked after until their 18th birthday, which was in the period: from then on they "
    "are former unaccompanied children",
    leaves_out="children who ceased to be looked after before, such as those whose care was transferred",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="child",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_18TH_BIRTHDAYS, sources.CHILDREN_LOOKED_AFTER_RETURN),
)

_OWN = ("cannot_be_told",)


def mark_started_to_be_looked_after(frame: FrameT | Checked[FrameT], *, period: Period | Iterable[Period]) -> FrameT:
    """The caller's records, each with whether it is counted: the drill-down of `started_to_be_looked_after`.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for each that started under 18, or of
        whom no age is known) and ``in_numerator`` (yes where that day lies in a period too).

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        InvalidValue: No period, or one that is no period to count over (a snapshot, a monthly average).

    Source:
        As `started_to_be_looked_after`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2006, 5, 1),
        ...     "start_date": [dt.date(2022, 3, 31), dt.date(2022, 4, 1)], "end_date": None, "closed_date": None,
        ...     "claim_date": None, "decision_date": None})
        >>> uasc.mark_started_to_be_looked_after(rows, period=FinancialYear("2022-23"))["in_numerator"].to_list()
        [False, True]
    """
    periods, checked = periods_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    inside = nw.lit(value=False)
    for each in periods:
        inside = inside | ((nw.col("start_date") >= each.start) & (nw.col("start_date") <= each.end))
    children = marked(checked.lazy, whole=started_under_18(), part=inside & started_under_18())
    native: FrameT = drill_down(checked, children)
    return native


def started_to_be_looked_after(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Each time an unaccompanied child started to be looked after in a period: the arrivals that `months_to_reach` asks for.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Starts, 0 or more, a child who started twice twice, for each group of the frame and each period, in the caller's own kind
        of frame; 0 where there were none, and never a gap: a start of somebody of no known age is counted.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; ``period`` is none
            that events are counted over (a snapshot, a monthly average).

    Source:
        No official one: see `STARTED_TO_BE_LOOKED_AFTER`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import FinancialYear
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": dt.date(2006, 5, 1),
        ...     "start_date": [dt.date(2022, 3, 31), dt.date(2022, 4, 1)], "end_date": None, "closed_date": None,
        ...     "claim_date": None, "decision_date": None})
        >>> print(uasc.started_to_be_looked_after(rows, period=FinancialYear("2022-23")).at())
        Unaccompanied children who started to be looked after, 2022-23: 1 child
    """
    periods, checked = periods_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    return flows(
        checked.lazy.filter(started_under_18()),
        home=checked.home,
        indicator=STARTED_TO_BE_LOOKED_AFTER,
        date="start_date",
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        every=checked.lazy,
    )


def mark_turned_18(frame: FrameT | Checked[FrameT], *, period: Period, by: str | Sequence[str] | None = None) -> FrameT:
    """The caller's records, each with whether its child turned 18 in a period while looked after: the drill-down of `turned_18`.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: The period.
        by: The columns the count is broken down by: a child is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the row counts),
        ``in_numerator`` (yes for one such row of each child), and ``cannot_be_told``: looked after in it, of no known age.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; not one period to
            count over.

    Source:
        As `turned_18`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2004, 10, 31), dt.date(2004, 11, 1)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> uasc.mark_turned_18(rows, period=Month("October 2022"))["in_numerator"].to_list()
        [True, False]
    """
    one, checked = one_period_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    rows = marked_once(unmarked(checked.lazy, *_OWN), one, columns, counts=_turns_18, untold=_may_turn_18)
    native: FrameT = drill_down(checked, rows, *_OWN)
    return native


def turned_18(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Unaccompanied children who turned 18 in a period, looked after until then: the departures that are known in advance.

    For a period to come it is those who will, of the children looked after now, if none of them ceases before; who is yet to come
    is not among them.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        period: One or several, gone by or to come.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Children, 0 or more, each once in a group and period, for each group of the frame and each period, in the caller's own
        kind of frame; 0 where there were none. ``unresolved``, between bounds, where the date of birth of one is not known.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; ``period`` is none
            that events are counted over (a snapshot, a monthly average).

    Source:
        No official one: see `TURNED_18`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Month
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2004, 10, 31), dt.date(2004, 11, 1)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> for reading in uasc.turned_18(rows, period=[Month("October 2022"), Month("November 2022")]):
        ...     print(reading)
        Unaccompanied children who turned 18 while looked after, October 2022: 1 child
        Unaccompanied children who turned 18 while looked after, November 2022: 1 child
    """
    periods, checked = periods_of_a_flow(period), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    return counted_once(
        checked, periods, columns, indicator=TURNED_18, counts=_turns_18, untold=_may_turn_18, area=area, source=source
    )


def _turns_18(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    birthday = order_of_18th_birthday()
    inside = (birthday >= order_of(first)) & (birthday <= order_of(last))
    return inside & (order_of(nw.col("start_date")) < birthday) & _not_before(birthday, "end_date", "closed_date")


def _not_before(birthday: nw.Expr, *ends: str) -> nw.Expr:
    test = nw.lit(value=True)
    for name in ends:
        test = test & (nw.col(name).is_null() | (order_of(nw.col(name)) >= birthday)).fill_null(value=True)
    return test


def _may_turn_18(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    there: nw.Expr = (nw.col("start_date") < last) & nw.col("date_of_birth").is_null()
    for name in ("end_date", "closed_date"):
        there = there & (nw.col(name).is_null() | (nw.col(name) >= first)).fill_null(value=True)
    return there
