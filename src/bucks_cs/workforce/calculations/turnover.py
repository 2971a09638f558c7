"""The workforce: turnover, leavers of a year beside those in post at its end."""

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
from bucks_cs.workforce.calculations.heads import FTE, IN_POST, KNOWN_FTE, LEFT, Marks, one_a_worker, only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, a_year, figures, years
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "TURNOVER_RATE_FTE",
    "TURNOVER_RATE_HEADCOUNT",
    "mark_turnover_rate_fte",
    "mark_turnover_rate_headcount",
    "turnover_rate_fte",
    "turnover_rate_headcount",
]


def _by_fte(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=IN_POST & KNOWN_FTE, part=LEFT & KNOWN_FTE)


def _by_head(checked: Checked[Any], by: tuple[str, ...]) -> Marks:
    in_post = one_a_worker(checked.lazy, IN_POST, by=by, name="__in_post")
    rows = one_a_worker(in_post, LEFT, each=("role_end_date",), by=by, name="__leaver")
    return Marks(rows=rows, whole=nw.col("__in_post"), part=nw.col("__leaver"))


TURNOVER_RATE_FTE = Indicator(
    key="workforce.turnover_rate_fte",
    title="Turnover of social workers (FTE)",
    counts="the full-time equivalent of those who left in the year, for each 100 in post on its last day; no part of them, "
    "so that it may be above 100",
    leaves_out="agency workers; leavers who had begun in the same year; workers whose full-time equivalent is not known",
    measure=Measure.RATE,
    kind=Kind.FLOW,
    unit="percent",
    per=100,
    better=Better.LOWER,
    sources=(publications.TURNOVER_DEFINITION, publications.WORKFORCE_STATISTICS.at("column turnover_rate_fte")),
    breaks=FROM_2017,
)


def mark_turnover_rate_fte(frame: FrameT | Checked[FrameT], *, period: Period) -> FrameT:
    """The caller's records, marked for turnover by full-time equivalent: the drill-down of `turnover_rate_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is in post on the last day
        of the year) and ``in_numerator`` (yes where she left in the year, having begun before it; both only where her full-time
        equivalent is known); neither in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``period`` is not one period of twelve months.

    Source:
        As `turnover_rate_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_turnover_rate_fte(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, False), (False, True), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_fte(checked).drilled(checked, day)
    return native


def turnover_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Turnover by full-time equivalent: those who left in a year, for each 100 in post on its last day.

    Leavers are those of `leavers_fte`, and no part of those in post, so that it may be above 100. A record whose full-time
    equivalent is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; ``z`` where nobody is in
        post on the last day, ``x`` for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_TO_Rate, Turnover Rates.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.turnover_rate_fte(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Turnover of social workers (FTE), year to 30 September 2025: 60 per 100, 0.6 over 1
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_fte(checked)
    sums = {"__left": only(FTE, marks.part), "__in_post": only(FTE, marks.whole)}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__left", denominator="__in_post", per=100),
        indicator=TURNOVER_RATE_FTE,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )


TURNOVER_RATE_HEADCOUNT = Indicator(
    key="workforce.turnover_rate_headcount",
    title="Turnover of social workers (headcount)",
    counts="social workers who left in the year, for each 100 in post on its last day; no part of them, so that it may be "
    "above 100",
    leaves_out="agency workers; leavers who had begun in the same year",
    measure=Measure.RATE,
    kind=Kind.FLOW,
    unit="percent",
    per=100,
    better=Better.LOWER,
    sources=(publications.TURNOVER_DEFINITION, publications.WORKFORCE_STATISTICS.at("column turnover_rate_headcount")),
    breaks=FROM_2017,
)


def mark_turnover_rate_headcount(
    frame: FrameT | Checked[FrameT], *, period: Period, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, marked for turnover by head: the drill-down of `turnover_rate_headcount`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.
        by: The columns the figure is broken down by: they settle which of two posts alike stands for their worker.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes in one record of each worker in post
        on the last day of the year) and ``in_numerator`` (yes in one record of each leaver and day she left); neither in the rows
        of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not one period of
            twelve months.

    Source:
        As `turnover_rate_headcount`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_turnover_rate_headcount(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, False), (False, True), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    native: FrameT = _by_head(checked, columns).drilled(checked, day)
    return native


def turnover_rate_headcount(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Turnover by head: social workers who left in a year, for each 100 in post on its last day.

    Leavers are those of `leavers_headcount`, and no part of those in post, so that it may be above 100; there is no interval.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; ``z`` where nobody is in
        post on the last day, ``x`` for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_TO_Rate, Turnover Rates.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2023, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.turnover_rate_headcount(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Turnover of social workers (headcount), year to 30 September 2025: 100 per 100, 1 over 1
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_head(checked, columns)
    sums = {"__left": only(nw.lit(1.0), marks.part), "__here": only(nw.lit(1.0), marks.whole)}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__left", denominator="__here", per=100),
        indicator=TURNOVER_RATE_HEADCOUNT,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )
