"""Inspections: what became of schools' grades: improved to good or better, maintained, dropped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import small_table
from bucks_cs.inspections.calculations.school_indicators import SCHOOLS_MOVED, periods_with_overall_grades
from bucks_cs.inspections.model.movements import OVERALL_GRADES, Movement
from bucks_cs.inspections.schema.known_wordings import plain
from bucks_cs.inspections.schema.school_grades import place_of
from bucks_cs.inspections.schema.schools import Reinspections
from bucks_cs.marking import area_number, drill_down, groups, marked, over_periods, tally
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["mark_movement", "movement"]

_MOVEMENT = "movement"
_GOOD, _TEN = 2, 10


def mark_movement(frame: FrameT | Checked[FrameT]) -> FrameT:
    """The caller's graded inspections, each with what became of the school's grade: the drill-down of `movement`.

    Args:
        frame: Graded inspections beside the ones before, of any engine, or checked by `Reinspections`.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes for every graded inspection),
        ``in_numerator`` (yes where the grade is good or better and was not better before: improved to it, or maintained) and
        ``movement``, one of `Movement`.

    Raises:
        FrameProblems: A rule of `Reinspections` is broken.

    Source:
        As `movement`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import mark_movement
        >>> rows = pl.DataFrame({"urn": ["1", "2"], "previous_grade": ["Outstanding", "3"], "grade": ["Good", "2"],
        ...     "judged_date": dt.date(2022, 3, 1)})
        >>> mark_movement(rows)["movement"].to_list()
        ['dropped from outstanding to good', 'improved to good or better']
    """
    checked: Checked[FrameT] = Reinspections.admit(frame)
    return drill_down(checked, _moved(checked), _MOVEMENT)


def movement(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Graded inspections of a period by what became of the school's grade.

    "Improved", "maintained" and "dropped" leave open where an outstanding school that is now good belongs: its rating
    dropped, and it is good or better still. Here it has a place of its own, so that either reading can be added up.

    Args:
        frame: Graded inspections beside the ones before, of any engine, or checked by `Reinspections`.
        period: One or several; an inspection belongs to the period in which it began. None that goes on after 1 September
            2024, when overall grades ended: that no school moved after it is no count of 0.
        by: Columns to break it down by, such as ``"phase"``.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        A count, 0 or more, for each group of the frame, each period and each ``movement`` of `Movement`, in the caller's own kind
        of frame; they add up to the graded inspections of the period. Never a gap.

    Raises:
        FrameProblems: A rule of `Reinspections` is broken: a grade of another regime, or one given since overall grades ended.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that the measure makes; no period, or one that events are not counted over.
        NotInForce: A period goes on after 1 September 2024.

    Source:
        The words are those of Buckinghamshire Council, *Children's Services Update*, 11 October 2022, paragraph 3.36; the grades
        are Ofsted's, *Education inspection framework*.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import movement
        >>> from bucks_cs.periods import AcademicYear
        >>> rows = pl.DataFrame({"urn": ["1", "2"], "previous_grade": ["Good", "3"], "grade": ["Good", "2"],
        ...     "judged_date": dt.date(2022, 3, 1)})
        >>> moved = movement(rows, period=AcademicYear("2021/22"))
        >>> for reading in moved:
        ...     if reading.number:
        ...         print(reading)
        Schools by what became of their grade, movement improved to good or better, 2021/22 academic year: 1 school
        Schools by what became of their grade, movement maintained good or better, 2021/22 academic year: 1 school
    """
    periods = periods_with_overall_grades(period)
    checked: Checked[FrameT] = Reinspections.admit(frame)
    columns = groups(checked, by, own=(_MOVEMENT,))
    kinds = [kind.value for kind in Movement]
    sums = {f"__kind_{n}": tally(nw.col(_MOVEMENT) == kind) for n, kind in enumerate(kinds)}
    rows = _moved(checked)
    counted = over_periods(rows, date="judged_date", periods=periods, by=columns, sums=sums)
    long = counted.join(small_table(rows, {_MOVEMENT: kinds}, {_MOVEMENT: nw.String}), how="cross")
    value: nw.Expr = nw.lit(None, dtype=nw.Float64)
    for kind, name in zip(kinds, sums, strict=True):
        value = nw.when(nw.col(_MOVEMENT) == kind).then(nw.col(name).fill_null(0).cast(nw.Float64)).otherwise(value)
    named = long.with_columns(value.alias("value"), nw.lit(area_number(area)).cast(nw.String).alias("area"))
    return Readings.worked_out(named, home=checked.home, indicators=SCHOOLS_MOVED, by=(*columns, _MOVEMENT), source=source)


def _moved(checked: Checked[Any]) -> nw.LazyFrame[Any]:
    """Rows with what became of the grade, by the places of the two, and with their marks."""
    rows = checked.lazy.drop(*(name for name in checked.names if name.casefold() == _MOVEMENT))
    # A step at a time: an engine works out what it has a name for once.
    rows = rows.with_columns(__now=plain(nw.col("grade")), __then=plain(nw.col("previous_grade")))
    rows = rows.with_columns(__now=place_of(nw.col("__now")), __then=place_of(nw.col("__then")))
    now, then = nw.col("__now"), nw.col("__then")
    kind = nw.when(then.is_null()).then(nw.lit(Movement.FIRST_GRADED.value)).otherwise(nw.lit(None, dtype=nw.String))
    for which, pairs in _pairs().items():
        kind = nw.when((then * _TEN + now).is_in(pairs).fill_null(value=False)).then(nw.lit(which.value)).otherwise(kind)
    return marked(rows.with_columns(kind.alias(_MOVEMENT)), whole=nw.lit(value=True), part=(now <= _GOOD) & (now <= then))


def _pairs() -> dict[Movement, list[int]]:
    """The places of the grade before and of the grade now, as two digits, of each kind."""
    found: dict[Movement, list[int]] = {}
    for before in OVERALL_GRADES.grades:
        for grade in OVERALL_GRADES.grades:
            places = (before.place or 0) * _TEN + (grade.place or 0)
            found.setdefault(Movement.between(before, grade), []).append(places)
    return found
