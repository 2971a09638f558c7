"""Unaccompanied children: those looked after on a day, who are under 18, and apart from them those who have turned 18."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import small_table
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import (
    FIRST,
    NUMBER,
    as_readings,
    as_snapshots,
    drill_down,
    groups,
    in_full,
    is_open,
    one_day,
    tally,
    unmarked,
)
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.uasc import sources
from bucks_cs.uasc.calculations.ages import is_under_18, started_under_18, years_old
from bucks_cs.uasc.calculations.once import counted_once, marked_once, of_each_child, with_bounds
from bucks_cs.uasc.schema import UnaccompaniedRecords

__all__ = [
    "FORMER_UNACCOMPANIED",
    "LOOKED_AFTER",
    "former_unaccompanied",
    "looked_after",
    "looked_after_by_age",
    "mark_former_unaccompanied",
    "mark_looked_after",
]

LOOKED_AFTER: Indicator = Indicator(
    key="uasc.looked_after",
    title="Unaccompanied asylum-seeking children looked after",
    counts="children under 18 who have claimed asylum in their own right, are separated from both parents, and are looked after "
    "by the authority on the day, whether their claim is decided or not",
    leaves_out="children looked after under an agreed series of short-term placements; former unaccompanied children, who have "
    "turned 18",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="child",
    better=Better.NEITHER,
    sources=(
        sources.LOOKED_AFTER_AT_31_MARCH,
        sources.IMMIGRATION_RULES_352ZD,
        sources.CHILDREN_ACT_1989_SECTION_20,
        sources.CHILDREN_LOOKED_AFTER_RETURN,
    ),
)

FORMER_UNACCOMPANIED = Indicator(
    key="uasc.former_unaccompanied",
    title="Former unaccompanied children over 18 open to the service",
    counts="young people of 18 and over on the day who were looked after as unaccompanied children, and whose case is open",
    leaves_out="unaccompanied children, who are under 18 and counted apart",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="case",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_FORMER_UNACCOMPANIED_CHILDREN, sources.CHILDREN_ACT_1989_SECTION_23C),
)

_OWN = ("age_on_the_day", "cannot_be_told")
_AGES = range(18)
_AGE = "age"


def mark_looked_after(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, each with whether it is of an unaccompanied child looked after on a day.

    It is the drill-down of `looked_after` and of `looked_after_by_age`.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a child is counted once in each group.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the row counts),
        ``in_numerator`` (yes for one such row of each child, so that they add up to children), ``age_on_the_day`` in whole years,
        null where it is not known or the child was not born, and ``cannot_be_told``: looked after, of no known age.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; not one snapshot.

    Source:
        As `looked_after`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2006, 5, 1), dt.date(2004, 10, 11)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> marked = uasc.mark_looked_after(rows, at=Snapshot("11 October 2022"))
        >>> marked.select("child_id", "in_numerator", "age_on_the_day").rows()
        [('A', True, 16), ('B', False, 18)]
    """
    native: FrameT = _mark(frame, at, by, counts=_is_child, untold=_may_be_child)
    return native


def looked_after(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Unaccompanied children looked after on a day: since that day or before, not ceased by it, and under 18 on it.

    A row that was left open past the 18th birthday is of no child: the date of birth decides. A child whose claim was granted or
    refused is still counted while under 18 and looked after; so is one whose claim is not recorded yet.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Children, 0 or more, for each group of the frame and each day, in the caller's own kind of frame, each child once in a
        group; 0 where there were none. ``unresolved``, between bounds, where the date of birth of one is not known: without such
        children, and with them.

    Raises:
        FrameProblems: A rule of `UnaccompaniedRecords` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person, or one that the measure makes itself; ``at`` is no snapshot.

    Source:
        DfE, Local authority interactive tool, data dictionary, measure Unacc_Asylmn_Seek_Childn (at 31 March); that status ends
        by the 18th birthday: SSDA903, validation rule 304. That DfE counts a child by the flag of the return, which may end with
        the decision on the claim, and the transfer scheme by age alone, is why the two may differ by a few.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2006, 5, 1), dt.date(2004, 10, 11)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> for reading in uasc.looked_after(rows, at=[Snapshot("10 October 2022"), Snapshot("11 October 2022")]):
        ...     print(reading)
        Unaccompanied asylum-seeking children looked after, 10 October 2022: 2 children
        Unaccompanied asylum-seeking children looked after, 11 October 2022: 1 child
    """
    days, checked = as_snapshots(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    return counted_once(
        checked, days, columns, indicator=LOOKED_AFTER, counts=_is_child, untold=_may_be_child, area=area, source=source
    )


def looked_after_by_age(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """`looked_after` by age on the day, in whole years: every age from 0 to 17, 0 where there is no child of it.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot, or several.
        by: Further columns to break it down by; not ``"age"``, which is made here.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Children, as `looked_after`, by ``age`` beside the groups: the ages add up to the whole. Where the age of one is not known
        every age of its group is ``unresolved``, between bounds: without such children, and with all of them.

    Raises:
        FrameProblems: As `looked_after`; so are the others.

    Source:
        As `looked_after`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2006, 5, 1), dt.date(2004, 12, 1)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> found = uasc.looked_after_by_age(rows, at=Snapshot("11 October 2022")).frame
        >>> found.filter(pl.col("value") > 0).select("age", "value").rows()
        [(16, 1.0), (17, 1.0)]
    """
    days, checked = as_snapshots(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=(*_OWN, _AGE))
    age = nw.when(_is_child(nw.col(FIRST), nw.col(FIRST)).fill_null(value=False)).then(years_old(nw.col(FIRST))).min()
    each = of_each_child(checked, days, columns, counts=_is_child, untold=_may_be_child, __age=age)
    sums = {f"__age_{n}": tally(nw.col("__age") == n) for n in _AGES} | {"__unknown": tally(nw.col("__untold"))}
    full = in_full(checked.lazy, each.group_by(*columns, NUMBER).agg(**sums), days, columns)
    long = full.join(small_table(checked.lazy, {_AGE: _AGES}, {_AGE: nw.Int64}), how="cross")
    known: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for n in _AGES:
        known = nw.when(nw.col(_AGE) == n).then(nw.col(f"__age_{n}").cast(nw.Int64)).otherwise(known)
    told = with_bounds(long.with_columns(__known=known))
    return as_readings(told, home=checked.home, indicator=LOOKED_AFTER, by=(*columns, _AGE), area=area, source=source)


def mark_former_unaccompanied(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, each with whether it is of a former unaccompanied child: the drill-down of `former_unaccompanied`.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot.
        by: The columns the count is broken down by: a young person is counted once in each group.

    Returns:
        As `mark_looked_after`, of those of 18 and over whose case is open.

    Raises:
        FrameProblems: As `mark_looked_after`; so are the others.

    Source:
        As `former_unaccompanied`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2006, 5, 1), dt.date(2004, 10, 11)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> uasc.mark_former_unaccompanied(rows, at=Snapshot("11 October 2022"))["in_numerator"].to_list()
        [False, True]
    """
    native: FrameT = _mark(frame, at, by, counts=_is_former, untold=_may_be_former)
    return native


def former_unaccompanied(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Former unaccompanied children on a day: those of 18 and over who were looked after as such, and whose case is open.

    They are care leavers: the transfer scheme's threshold does not count them, and their unit is a case, so that they are not
    added to the children. Someone whose row was left open past the 18th birthday is one of them from that day on, and someone who
    was 18 by the day the row starts never is.

    Args:
        frame: Records, of any engine, or checked by `UnaccompaniedRecords`.
        at: The day, as a snapshot, or several.
        by: Columns to break it down by.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Cases, 0 or more, each young person once in a group, for each group of the frame and each day, in the caller's own kind of
        frame; 0 where there were none. ``unresolved``, between bounds, where the date of birth of one is not known.

    Raises:
        FrameProblems: As `looked_after`; so are the others.

    Source:
        No official one: see `FORMER_UNACCOMPANIED`. Who is a care leaver: Children Act 1989, section 23C(1).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"child_id": ["A", "B"], "date_of_birth": [dt.date(2006, 5, 1), dt.date(2004, 10, 11)],
        ...     "start_date": dt.date(2021, 9, 1), "end_date": None, "closed_date": None, "claim_date": None,
        ...     "decision_date": None})
        >>> print(uasc.former_unaccompanied(rows, at=Snapshot("11 October 2022")).at())
        Former unaccompanied children over 18 open to the service, 11 October 2022: 1 case
    """
    days, checked = as_snapshots(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    return counted_once(
        checked, days, columns, indicator=FORMER_UNACCOMPANIED, counts=_is_former, untold=_may_be_former, area=area, source=source
    )


def _mark(frame: Any, at: Snapshot, by: str | Sequence[str] | None, *, counts: Any, untold: Any) -> Any:
    day, checked = one_day(at), UnaccompaniedRecords.admit(frame)
    columns = groups(checked, by, own=_OWN)
    born = nw.col("date_of_birth") <= day.start
    rows = unmarked(checked.lazy, *_OWN).with_columns(age_on_the_day=nw.when(born).then(years_old(nw.lit(day.start))))
    return drill_down(checked, marked_once(rows, day, columns, counts=counts, untold=untold), *_OWN)


def _is_cared_for(day: nw.Expr) -> nw.Expr:
    return is_open("start_date", "end_date", day) & is_open("start_date", "closed_date", day)


def _is_child(day: nw.Expr, _: nw.Expr) -> nw.Expr:
    return _is_cared_for(day) & is_under_18(day)


def _may_be_child(day: nw.Expr, _: nw.Expr) -> nw.Expr:
    return _is_cared_for(day) & nw.col("date_of_birth").is_null()


def _is_former(day: nw.Expr, _: nw.Expr) -> nw.Expr:
    return is_open("start_date", "closed_date", day) & ~is_under_18(day) & started_under_18()


def _may_be_former(day: nw.Expr, _: nw.Expr) -> nw.Expr:
    return is_open("start_date", "closed_date", day) & nw.col("date_of_birth").is_null()
