"""Inspections: the share of schools judged good or outstanding, each counted once, and the schools without a grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test
from bucks_cs.inspections.calculations.school_indicators import (
    SCHOOLS_GOOD_OR_OUTSTANDING,
    SCHOOLS_NOT_GRADED,
    day_with_overall_grades,
)
from bucks_cs.inspections.schema.school_grades import is_good_or_better
from bucks_cs.inspections.schema.schools import Schools
from bucks_cs.marking import MARKS, drill_down, flows, groups, marked, stock_shares
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = [
    "mark_schools_good_or_outstanding",
    "mark_schools_not_graded",
    "marked_schools",
    "schools_good_or_outstanding",
    "schools_not_graded",
    "schools_on",
]

_DAY = "__day"


def mark_schools_good_or_outstanding(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's schools, each with whether it has a grade and whether that is good: the drill-down of the share of schools.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`.
        at: The day, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where the school has an overall
        grade) and ``in_numerator`` (yes where it is good or outstanding).

    Raises:
        FrameProblems: A rule of `Schools` is broken, or a school was judged after the day.
        InvalidValue: ``at`` is not one snapshot.
        NotInForce: The day is on or after 2 September 2024.

    Source:
        As `schools_good_or_outstanding`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import mark_schools_good_or_outstanding
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["1", "2", "3"], "pupils": [900, 200, 100], "grade": ["Good", "Inadequate", None],
        ...     "judged_date": [dt.date(2019, 5, 1), dt.date(2022, 3, 1), None]})
        >>> marks = mark_schools_good_or_outstanding(rows, at=Snapshot("31 August 2022"))
        >>> marks.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, False), (False, False)]
    """
    checked: Checked[FrameT] = schools_on(frame, at=day_with_overall_grades(at))
    return drill_down(checked, marked_schools(checked))


def schools_good_or_outstanding(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of schools judged good or outstanding on a day, out of those with an overall grade: a school counts once.

    It is no share of pupils: that is `pupils_in_good_or_outstanding_schools`, another indicator, and the two are not compared.
    How many schools are left out, having no grade, is `schools_not_graded`.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`.
        at: The day, as a snapshot; none on or after 2 September 2024, when overall grades ended.
        by: Columns to break it down by, such as ``"phase"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, numerator and denominator, for each group of the frame, in the caller's own
        kind of frame; ``z`` where no school has a grade.

    Raises:
        FrameProblems: A rule of `Schools` is broken (a grade of another regime, or given since overall grades ended), or a school
            was judged after the day, so that what stood on the day is not in the frame.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that the measure makes; ``at`` is not one snapshot.
        NotInForce: The day is on or after 2 September 2024.

    Source:
        Ofsted, *State-funded schools inspections and outcomes*: schools by their latest overall effectiveness. That there is none
        since 2 September 2024: Ofsted, *School inspection handbook*, 16 September 2024.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import schools_good_or_outstanding
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["1", "2", "3"], "pupils": [900, 200, 100], "grade": ["Good", "Inadequate", None],
        ...     "judged_date": [dt.date(2019, 5, 1), dt.date(2022, 3, 1), None]})
        >>> print(schools_good_or_outstanding(rows, at=Snapshot("31 August 2022")).at())
        Schools judged good or outstanding, 31 August 2022: 50% (...), 1 of 2
    """
    day = day_with_overall_grades(at)
    checked: Checked[FrameT] = schools_on(frame, at=day)
    return stock_shares(
        lambda _: marked_schools(checked),
        home=checked.home,
        indicator=SCHOOLS_GOOD_OR_OUTSTANDING,
        at=(day,),
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_schools_not_graded(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's schools, each with whether it lacks a grade: the drill-down of `schools_not_graded`.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`.
        at: The day, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (every school) and ``in_numerator`` (yes
        where it has no overall grade).

    Raises:
        FrameProblems: As `mark_schools_good_or_outstanding`.
        InvalidValue: As `mark_schools_good_or_outstanding`.
        NotInForce: As `mark_schools_good_or_outstanding`.

    Source:
        As `schools_not_graded`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.inspections import mark_schools_not_graded
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["3"], "pupils": [100], "grade": [None], "judged_date": [None]},
        ...     schema_overrides={"grade": pl.String, "judged_date": pl.Date})
        >>> mark_schools_not_graded(rows, at=Snapshot("31 August 2022"))["in_numerator"].to_list()
        [True]
    """
    checked: Checked[FrameT] = schools_on(frame, at=day_with_overall_grades(at))
    return drill_down(checked, _not_graded(checked))


def schools_not_graded(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Schools without an overall grade on a day: those that no share of good or outstanding schools counts.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`.
        at: The day, as a snapshot.
        by: Columns to break it down by, such as ``"phase"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A count, 0 or more, for each group of the frame, in the caller's own kind of frame; never a gap.

    Raises:
        FrameProblems: As `schools_good_or_outstanding`.
        UnknownColumn: As `schools_good_or_outstanding`.
        InvalidValue: As `schools_good_or_outstanding`.
        NotInForce: As `schools_good_or_outstanding`.

    Source:
        As `schools_good_or_outstanding`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import schools_not_graded
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["1", "2", "3"], "pupils": [900, 200, 100], "grade": ["Good", "Inadequate", None],
        ...     "judged_date": [dt.date(2019, 5, 1), dt.date(2022, 3, 1), None]})
        >>> print(schools_not_graded(rows, at=Snapshot("31 August 2022")).at())
        Schools without an overall grade, 31 August 2022: 1 school
    """
    day = day_with_overall_grades(at)
    checked: Checked[FrameT] = schools_on(frame, at=day)
    rows = _not_graded(checked).with_columns(nw.lit(day.start).cast(nw.Date).alias(_DAY))
    return flows(
        rows.filter(nw.col(MARKS[1])),
        every=rows,
        home=checked.home,
        indicator=SCHOOLS_NOT_GRADED,
        date=_DAY,
        period=(day,),
        by=groups(checked, by),
        area=area,
        source=source,
    )


def schools_on(frame: Any, *, at: Snapshot) -> Checked[Any]:
    """Schools checked, none of which was judged after the day.

    Args:
        frame: Schools.
        at: The day.

    Raises:
        FrameProblems: A rule is broken.
    """
    rule = "was judged after the day that is asked for, so that what stood on the day is not in the frame"
    after = Test(column="grade, judged_date", rule=rule, holds=nw.col("grade").is_null() | (nw.col("judged_date") <= at.start))
    return Schools.admit(frame, also=(after,))


def marked_schools(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    """Schools with their marks: those with a grade, and those of them that are good or outstanding.

    Args:
        checked: The schools.
    """
    return marked(checked.lazy, whole=~nw.col("grade").is_null(), part=is_good_or_better(nw.col("grade")))


def _not_graded(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    return marked(checked.lazy, whole=nw.lit(value=True), part=nw.col("grade").is_null())
