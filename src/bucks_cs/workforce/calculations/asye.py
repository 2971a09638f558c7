"""The workforce: how members of an academy go through their assessed and supported year in employment (ASYE)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.dates import whole_months_between, within_months
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, marked, periods_of_a_flow, shares, shares_of_parts, unmarked
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.units import in_unit
from bucks_cs.workforce.calculations.following import MONTHS, as_months, each_month, last_day, served
from bucks_cs.workforce.schema.academy_members import AssessedYears
from bucks_cs.workforce.sources.academy import (
    ASYE_LENGTH,
    ASYE_OUTCOME_CODES,
    ASYE_OUTCOMES,
    ASYE_PROGRAMME,
    NO_SERIES_OF_ASYE_PROGRESS,
)

__all__ = [
    "ASYE_PASSED_IN_TIME",
    "ASYE_PROGRESS",
    "ASYE_STATES",
    "asye_passed_in_time",
    "asye_progress",
    "mark_asye_passed_in_time",
    "mark_asye_progress",
]

_LEFT, _DEFERRED, _UNDER_WAY = "left", "deferred", "under way"
ASYE_STATES = (*ASYE_OUTCOME_CODES, _LEFT, _DEFERRED, _UNDER_WAY)
"""Where a member may be in the year: an outcome, left without one, deferred with none yet, or still under way."""

ASYE_PROGRESS = Indicator(
    key="workforce.asye_progress",
    title="Academy starters by where they are in the assessed and supported year",
    counts="members of an academy who started in the period, by whether so many months on they have passed, failed, withdrawn, "
    "left without an outcome, been deferred, or are under way, out of those who have been followed for so long; how many "
    "months is in the column months",
    leaves_out="those for whom so many months have not passed by the last day that is known, and those who started before the "
    "programme",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(ASYE_PROGRAMME, ASYE_OUTCOMES, NO_SERIES_OF_ASYE_PROGRESS),
)

ASYE_PASSED_IN_TIME = Indicator(
    key="workforce.asye_passed_in_time",
    title="Academy starters who passed the assessed and supported year within 12 months",
    counts="members of an academy who started in the period and passed within 12 months of their start, the anniversary "
    "included, out of all for whom 12 months have passed by the last day that is known; who left or withdrew first did not pass",
    leaves_out="those for whom 12 months have not passed, whether they passed already or not, and those who started before the "
    "programme. Part-time hours and pauses, which make the year longer, are not in the rows",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=(ASYE_PROGRAMME, ASYE_OUTCOMES, NO_SERIES_OF_ASYE_PROGRESS),
)

_STATE = "asye_state"
_NOT_DUE = ("not_due",)
_OF_PROGRESS = (_STATE, *_NOT_DUE)


def mark_asye_passed_in_time(frame: FrameT | Checked[FrameT], *, followed_to: dt.date) -> FrameT:
    """The caller's members, each with whether she passed within 12 months: the drill-down of `asye_passed_in_time`.

    Args:
        frame: Members of an academy with how their year went, of any engine, or checked by `AssessedYears`.
        followed_to: The last day of which every outcome is in the frame. It cannot be seen from the rows.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator`` and ``not_due``: whether
        12 months had not passed for her by ``followed_to``, so that she is left out.

    Raises:
        FrameProblems: A rule of `AssessedYears` is broken.
        InvalidValue: ``followed_to`` is no plain date.

    Source:
        As `asye_passed_in_time`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.workforce import mark_asye_passed_in_time
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2021, 1, 4), "moved_to_team_date": None,
        ...     "leaving_date": None, "asye_deferred_date": None, "asye_outcome": "passed",
        ...     "asye_outcome_date": [dt.date(2022, 1, 4), dt.date(2022, 1, 5)]})
        >>> mark_asye_passed_in_time(members, followed_to=dt.date(2022, 3, 31))["in_numerator"].to_list()
        [True, False]
    """
    last, checked = last_day(followed_to), AssessedYears.admit(frame)
    native: FrameT = drill_down(checked, _in_time(checked, last), *_NOT_DUE)
    return native


def asye_passed_in_time(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of those who started in a period who passed their assessed and supported year within its 12 months.

    Args:
        frame: Members of an academy with how their year went, of any engine, or checked by `AssessedYears`.
        period: When they started, one or several.
        followed_to: The last day of which every outcome is in the frame. It cannot be seen from the rows.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame.
        ``z`` where 12 months have passed for nobody, or all started before 30 September 2012.

    Raises:
        FrameProblems: A rule of `AssessedYears` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``followed_to`` is no plain date.

    Source:
        DfE, *Child and family ASYE: registration and funding*, 26 February 2026: a 12-month programme, not compulsory and with no
        limit in law; Skills for Care, *ASYE: assessments*: a pass or a fail. No series is published.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import CalendarYear
        >>> from bucks_cs.workforce import asye_passed_in_time
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2021, 1, 4), "moved_to_team_date": None,
        ...     "leaving_date": None, "asye_deferred_date": None, "asye_outcome": "passed",
        ...     "asye_outcome_date": [dt.date(2022, 1, 4), dt.date(2022, 1, 5)]})
        >>> asye_passed_in_time(members, period=CalendarYear(2021), followed_to=dt.date(2022, 3, 31)).at().number
        50.0
    """
    periods, last, checked = periods_of_a_flow(period), last_day(followed_to), AssessedYears.admit(frame)
    return shares(
        _in_time(checked, last),
        every=checked.lazy,
        home=checked.home,
        indicator=ASYE_PASSED_IN_TIME,
        date="start_date",
        period=periods,
        by=groups(checked, by, own=_NOT_DUE),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_asye_progress(frame: FrameT | Checked[FrameT], *, followed_to: dt.date, months: int = 12) -> FrameT:
    """The caller's members, each with where she was in the year so many months on: the drill-down of `asye_progress`.

    Args:
        frame: Members of an academy with how their year went, of any engine, or checked by `AssessedYears`.
        followed_to: The last day of which everything is in the frame. It cannot be seen from the rows.
        months: How many whole months after the start.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator`` (yes where she had
        passed), ``asye_state``, one of `ASYE_STATES`, and ``not_due``: whether so many months had not passed for her, so that she
        is left out and her state is null.

    Raises:
        FrameProblems: A rule of `AssessedYears` is broken.
        InvalidValue: ``months`` is not one whole number, 1 or more; ``followed_to`` is no plain date.

    Source:
        As `asye_progress`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.workforce import mark_asye_progress
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2021, 1, 4), "moved_to_team_date": None,
        ...     "leaving_date": None, "asye_deferred_date": [None, dt.date(2021, 12, 1)], "asye_outcome": "passed",
        ...     "asye_outcome_date": [dt.date(2022, 1, 4), dt.date(2022, 3, 1)]})
        >>> mark_asye_progress(members, followed_to=dt.date(2022, 3, 31))["asye_state"].to_list()
        ['passed', 'deferred']
    """
    (after,), last, checked = as_months([months]), last_day(followed_to), AssessedYears.admit(frame)
    native: FrameT = drill_down(checked, _progress(checked, after, last), *_OF_PROGRESS)
    return native


def asye_progress(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    followed_to: dt.date,
    months: int | Iterable[int] = 12,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """Those who started in a period by where they were in their assessed and supported year so many months on.

    An outcome by then counts before all else; who left without one has left; who was deferred and has none yet is deferred; the
    others are under way. At 12 months the programme is over, and who is under way then has taken longer.

    Args:
        frame: Members of an academy with how their year went, of any engine, or checked by `AssessedYears`.
        period: When they started, one or several.
        followed_to: The last day of which everything is in the frame. It cannot be seen from the rows.
        months: How many whole months after the start, one or several.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame, each of the ``months`` (a column), each period and
        each ``asye_state`` (a column, every one of `ASYE_STATES`), in the caller's own kind of frame: the states of a group,
        period and month add up to 100. ``z`` where so many months have passed for nobody.

    Raises:
        FrameProblems: A rule of `AssessedYears` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``months`` are no whole numbers, 1 or more; ``followed_to`` is no plain date.

    Source:
        As `asye_passed_in_time`; six months are in the academy and six in a team by Buckinghamshire Council, *Children's Services
        Update*, 11 October 2022, paragraph 3.27.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import CalendarYear
        >>> from bucks_cs.workforce import asye_progress
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2021, 1, 4), "moved_to_team_date": None,
        ...     "leaving_date": None, "asye_deferred_date": [None, dt.date(2021, 12, 1)], "asye_outcome": "passed",
        ...     "asye_outcome_date": [dt.date(2022, 1, 4), dt.date(2022, 3, 1)]})
        >>> found = asye_progress(members, period=CalendarYear(2021), followed_to=dt.date(2022, 3, 31), months=[6, 12])
        >>> [found.at(months=n, asye_state="deferred").number for n in (6, 12)], found.at(months=6, asye_state="under way").number
        ([0.0, 50.0], 100.0)
    """
    asked, last, periods = as_months(months), last_day(followed_to), periods_of_a_flow(period)
    checked = AssessedYears.admit(frame)
    columns = groups(checked, by, own=(MONTHS, *_OF_PROGRESS))
    return shares_of_parts(
        each_month(asked, rows_after=lambda after: _progress(checked, after, last)),
        home=checked.home,
        indicator=ASYE_PROGRESS,
        date="start_date",
        period=periods,
        part=_STATE,
        parts=ASYE_STATES,
        by=(*columns, MONTHS),
        area=area,
        source=source,
        confidence=confidence,
    )


def _in_time(checked: Checked[Any], followed_to: dt.date) -> nw.LazyFrame[Any]:
    """Rows with their marks, by the length of the programme in force on the day each started."""
    start, no = nw.col("start_date"), nw.lit(value=False)
    whole: nw.Expr = no
    part: nw.Expr = no
    known: nw.Expr = no
    for each in ASYE_LENGTH:
        months = int(in_unit(each.value, "month"))
        holds = start >= each.since if each.until is None else (start >= each.since) & (start <= each.until)
        due = whole_months_between(start, nw.lit(followed_to)) >= months
        passed = (nw.col("asye_outcome") == "passed") & within_months(start, nw.col("asye_outcome_date"), months=months)
        known, whole = nw.when(holds).then(nw.lit(value=True)).otherwise(known), nw.when(holds).then(due).otherwise(whole)
        part = nw.when(holds).then(passed).otherwise(part)
    rows = unmarked(checked.lazy, *_NOT_DUE).with_columns(not_due=known & ~whole)
    return marked(rows, whole=whole, part=part)


def _progress(checked: Checked[Any], months: int, followed_to: dt.date) -> nw.LazyFrame[Any]:
    start = nw.col("start_date")
    in_force = start >= next(iter(ASYE_LENGTH)).since
    due = whole_months_between(start, nw.lit(followed_to)) >= months
    ended = within_months(start, nw.col("asye_outcome_date"), months=months).fill_null(value=False)
    gone = (served() < months).fill_null(value=False)
    deferred = within_months(start, nw.col("asye_deferred_date"), months=months).fill_null(value=False)
    waiting = nw.when(deferred).then(nw.lit(_DEFERRED)).otherwise(nw.lit(_UNDER_WAY))
    without_outcome = nw.when(gone).then(nw.lit(_LEFT)).otherwise(waiting)
    state = nw.when(ended).then(nw.col("asye_outcome")).otherwise(without_outcome)
    rows = unmarked(checked.lazy, *_OF_PROGRESS).with_columns(not_due=in_force & ~due)
    rows = rows.with_columns(nw.when(in_force & due).then(state).alias(_STATE))
    return marked(rows, whole=in_force & due, part=nw.col(_STATE) == "passed")
