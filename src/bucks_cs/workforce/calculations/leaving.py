"""The workforce: social workers who left in a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import groups
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.workforce.calculations.heads import FTE, KNOWN_FTE, LEFT, Marks, one_a_worker, only
from bucks_cs.workforce.calculations.returned import Sums, Total, a_year, figures, years
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "LEAVERS_FTE",
    "LEAVERS_HEADCOUNT",
    "leavers_fte",
    "leavers_headcount",
    "mark_leavers_fte",
    "mark_leavers_headcount",
]


def _by_fte(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=LEFT, part=LEFT & KNOWN_FTE)


def _by_head(checked: Checked[Any], by: tuple[str, ...]) -> Marks:
    return Marks(rows=one_a_worker(checked.lazy, LEFT, each=("role_end_date",), by=by), whole=LEFT, part=nw.col("__head"))


LEAVERS_FTE = Indicator(
    key="workforce.leavers_fte",
    title="Social workers who left (FTE)",
    counts="the full-time equivalent of child and family social workers who left a post in the year",
    leaves_out="agency workers; those who began in the same year; moves and promotions within the authority, where its records "
    "do not end with them; workers whose full-time equivalent is not known",
    measure=Measure.AMOUNT,
    kind=Kind.FLOW,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.LEAVERS_DEFINITION, publications.WORKFORCE_STATISTICS.at("column leavers_fte")),
    breaks=FROM_2017,
)


def mark_leavers_fte(frame: FrameT | Checked[FrameT], *, period: Period) -> FrameT:
    """The caller's records, marked for social workers who left by full-time equivalent: the drill-down of `leavers_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she was employed and left in
        the year, having begun before it) and ``in_numerator`` (yes where her full-time equivalent is known too); neither in the
        rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``period`` is not one period of twelve months.

    Source:
        As `leavers_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_leavers_fte(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(False, False), (True, True), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_fte(checked).drilled(checked, day)
    return native


def leavers_fte(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Social workers who left a post in a year, by full-time equivalent as it was when they left; the last day is of the year.

    Who began in the same year is no leaver, as DfE has it, and no starter either. A move or a promotion within the authority is
    no end: the record is to go on. A record whose full-time equivalent is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; 0 where nobody did, ``x``
        for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Social_Work_Leavers ("exclude those ... moving
        or being promoted from one child and family social work position to another within the same local authority", "starting
        and leaving in the same reporting year"). She who left and came back has two records, and is a leaver all the same. Not
        verified: the census guide of 2021 has sections on her (1.9.5) and on those who leave on the last day (1.9.6).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.leavers_fte(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Social workers who left (FTE), year to 30 September 2025: 0.6 FTE
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_fte(checked)
    return figures(
        [Sums(rows=marks.rows, of={"__fte": only(FTE, marks.part)})],
        Total(value="__fte"),
        indicator=LEAVERS_FTE,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )


LEAVERS_HEADCOUNT = Indicator(
    key="workforce.leavers_headcount",
    title="Social workers who left (headcount)",
    counts="child and family social workers who left a post in the year, once for each day on which one did",
    leaves_out="agency workers; those who began in the same year; moves and promotions within the authority, where its records "
    "do not end with them",
    measure=Measure.COUNT,
    kind=Kind.FLOW,
    unit="worker",
    better=Better.NEITHER,
    sources=(publications.LEAVERS_DEFINITION, publications.WORKFORCE_STATISTICS.at("column leavers_headcount")),
    breaks=FROM_2017,
)


def mark_leavers_headcount(frame: FrameT | Checked[FrameT], *, period: Period, by: str | Sequence[str] | None = None) -> FrameT:
    """The caller's records, marked for social workers who left by head: the drill-down of `leavers_headcount`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.
        by: The columns the figure is broken down by: they settle which of two posts alike stands for their worker.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she was employed and left in
        the year, having begun before it) and ``in_numerator`` (yes in one record of each worker and day she left); neither in the
        rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not one period of
            twelve months.

    Source:
        As `leavers_headcount`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_leavers_headcount(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(False, False), (True, True), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    native: FrameT = _by_head(checked, columns).drilled(checked, day)
    return native


def leavers_headcount(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Social workers who left a post in a year, by head: each worker once for each day on which she left.

    Who began in the same year is no leaver, and a move within the authority is no end, as in `leavers_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Workers, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; 0 where nobody did,
        ``x`` for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Social_Work_Leavers, for who is one; *Children's social
        work workforce*, methodology, headcount ("for leavers during the year duplicates are removed based on" the worker and the
        leaving date).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.leavers_headcount(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Social workers who left (headcount), year to 30 September 2025: 1 worker
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_head(checked, columns)
    return figures(
        [Sums(rows=marks.rows, of={"__heads": only(nw.lit(1.0), marks.part)})],
        Total(value="__heads"),
        indicator=LEAVERS_HEADCOUNT,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )
