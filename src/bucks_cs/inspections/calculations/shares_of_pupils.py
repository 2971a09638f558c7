"""Inspections: the share of pupils in schools judged good or outstanding: a school counts by its pupils, and not once."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from bucks_cs.errors import FrameProblems, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Withheld
from bucks_cs.inspections.calculations.school_indicators import (
    PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS,
    day_with_overall_grades,
)
from bucks_cs.inspections.calculations.shares_of_schools import marked_schools, schools_on
from bucks_cs.marking import MARKS, area_number, drill_down, groups, over_periods, tally
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["mark_pupils_in_good_or_outstanding_schools", "pupils_in_good_or_outstanding_schools"]

_DAY = "__day"


def mark_pupils_in_good_or_outstanding_schools(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's schools, each with whether its pupils are counted: the drill-down of the share of pupils.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`, with their pupils.
        at: The day, as a snapshot.

    Returns:
        As `mark_schools_good_or_outstanding`: the share is the ``pupils`` of the rows in the numerator out of the ``pupils`` of
        those in the denominator, and not the number of the rows.

    Raises:
        FrameProblems: As `pupils_in_good_or_outstanding_schools`.
        InvalidValue: ``at`` is not one snapshot.
        NotInForce: The day is on or after 2 September 2024.

    Source:
        As `pupils_in_good_or_outstanding_schools`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import mark_pupils_in_good_or_outstanding_schools
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["1", "2"], "pupils": [900, 200], "grade": ["Good", "Inadequate"],
        ...     "judged_date": [dt.date(2019, 5, 1), dt.date(2022, 3, 1)]})
        >>> marks = mark_pupils_in_good_or_outstanding_schools(rows, at=Snapshot("31 August 2022"))
        >>> marks.filter("in_denominator").select("pupils", "in_numerator").rows()
        [(900, True), (200, False)]
    """
    checked: Checked[FrameT] = _with_pupils(frame, day_with_overall_grades(at))
    return drill_down(checked, marked_schools(checked))


def pupils_in_good_or_outstanding_schools(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The share of pupils in schools judged good or outstanding on a day, out of those in schools with an overall grade.

    It is no share of schools: that is `schools_good_or_outstanding`, another indicator, and the two are not compared. There is no
    interval: pupils come by the school, so that one school's grade moves all of them at once.

    Args:
        frame: Schools as they were on the day, of any engine, or checked by `Schools`, with their pupils.
        at: The day, as a snapshot; none on or after 2 September 2024, when overall grades ended.
        by: Columns to break it down by, such as ``"phase"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 to 100, with the pupils as numerator and denominator, for each group of the frame, in the caller's own kind of
        frame; ``x`` where the pupils of a school with a grade are not known, ``z`` where no pupil is in a school with a grade.

    Raises:
        FrameProblems: As `schools_good_or_outstanding`; or the frame has no pupils.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that the measure makes; ``at`` is not one snapshot.
        NotInForce: The day is on or after 2 September 2024.

    Source:
        None that was read: see `PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS`. Buckinghamshire Council, *Children's Services Update*, 11
        October 2022, paragraph 3.38, prints such a share, 90%, and not how it was counted.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import pupils_in_good_or_outstanding_schools
        >>> from bucks_cs.periods import Snapshot
        >>> rows = pl.DataFrame({"urn": ["1", "2"], "pupils": [900, 200], "grade": ["Good", "Inadequate"],
        ...     "judged_date": [dt.date(2019, 5, 1), dt.date(2022, 3, 1)]})
        >>> print(pupils_in_good_or_outstanding_schools(rows, at=Snapshot("31 August 2022")).at())
        Pupils in schools judged good or outstanding, 31 August 2022: 81.8%, 900 of 1,100
    """
    day = day_with_overall_grades(at)
    checked: Checked[FrameT] = _with_pupils(frame, day)
    columns = groups(checked, by)
    graded, good, pupils = nw.col(MARKS[0]), nw.col(MARKS[1]), nw.col("pupils").cast(nw.Float64)
    sums = {
        "denominator": nw.when(graded).then(pupils).otherwise(0.0).sum(),
        "numerator": nw.when(good).then(pupils).otherwise(0.0).sum(),
        "__unknown": tally(graded & nw.col("pupils").is_null()),
    }
    rows = marked_schools(checked).with_columns(nw.lit(day.start).cast(nw.Date).alias(_DAY))
    counted = over_periods(rows, date=_DAY, periods=(day,), by=columns, sums=sums)
    counted = counted.with_columns(*(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums))
    some, known = nw.col("denominator") > 0, nw.col("__unknown") == 0
    none = nw.when(~some).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    shared = counted.with_columns(
        nw.when(some & known).then(nw.col("numerator") / nw.when(some).then(nw.col("denominator")) * 100).alias("value"),
        nw.when(~known).then(nw.lit(Withheld.NOT_AVAILABLE.value)).otherwise(none).alias("withheld"),
    )
    # What is seen of pupils who are not all known is neither part nor whole.
    parts = (nw.when(known).then(nw.col(name)).alias(name) for name in ("numerator", "denominator"))
    named = shared.with_columns(*parts, nw.lit(area_number(area)).cast(nw.String).alias("area"))
    return Readings.worked_out(
        named, home=checked.home, indicators=PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS, by=columns, source=source
    )


def _with_pupils(frame: FrameT | Checked[FrameT], day: Snapshot) -> Checked[FrameT]:
    checked: Checked[FrameT] = schools_on(frame, at=day)
    if "pupils" not in checked.names:
        hint = " A share of pupils needs the pupils of each school."
        problem = Problem(column="pupils", rule="there is no such column", hint=hint)
        raise FrameProblems(schema="Schools", problems=(problem,))
    return checked
