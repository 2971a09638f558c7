"""The workforce: working days lost to sickness, and their share of a year's working days."""

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
from bucks_cs.units import in_unit
from bucks_cs.workforce.calculations.heads import EMPLOYED, FTE, IN_POST, KNOWN_FTE, Marks, only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, Total, a_year, figures, years
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017
from bucks_cs.workforce.sources.working_days import WORKING_DAYS_OF_A_YEAR

__all__ = [
    "ABSENCE_RATE_FTE",
    "WORKING_DAYS_LOST",
    "absence_rate_fte",
    "mark_absence_rate_fte",
    "mark_working_days_lost",
    "working_days_lost",
]

_DAYS = nw.col("working_days_lost")
NOT_RECORDED = EMPLOYED & _DAYS.is_null()
OWN = ("not_recorded",)
LACKING = {"__unknown": only(nw.lit(1.0), NOT_RECORDED)}


def _lost(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=EMPLOYED, part=EMPLOYED & (_DAYS > 0), own={"not_recorded": NOT_RECORDED})


def _absence(checked: Checked[Any]) -> Marks:
    return Marks(
        rows=checked.lazy, whole=IN_POST & KNOWN_FTE, part=EMPLOYED & (_DAYS > 0), own={"not_recorded": NOT_RECORDED}
    )


def _working_days(year: Period) -> float:
    """How many working days DfE takes a year to have."""
    return in_unit(WORKING_DAYS_OF_A_YEAR.on(year.end).between(year.start, year.end), "working_day")


WORKING_DAYS_LOST = Indicator(
    key="workforce.working_days_lost",
    title="Working days lost to sickness",
    counts="working days that child and family social workers missed through sickness in the year",
    leaves_out="agency workers",
    measure=Measure.AMOUNT,
    kind=Kind.FLOW,
    unit="working_day",
    better=Better.LOWER,
    sources=(publications.ABSENCE_DEFINITION, publications.WORKFORCE_STATISTICS.at("column working_days_lost_fte")),
    breaks=FROM_2017,
)


def mark_working_days_lost(frame: FrameT | Checked[FrameT], *, period: Period) -> FrameT:
    """The caller's records, marked for working days lost to sickness: the drill-down of `working_days_lost`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is employed, or was until
        she left in the year) and ``in_numerator`` (yes where she missed a day, so that their days add up to the figure), and
        ``not_recorded`` (yes where her days are not recorded, so that the figure cannot be told); neither in the rows of another
        return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``period`` is not one period of twelve months.

    Source:
        As `working_days_lost`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 5, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_working_days_lost(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_numerator", "not_recorded").rows()
        [(True, False), (True, False), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    native: FrameT = _lost(checked).drilled(checked, day)
    return native


def working_days_lost(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Working days that social workers missed through sickness in a year; those who left in it are among them.

    Agency workers are not: their days need not be returned.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Working days, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; ``x`` where the
        days of one who is or was employed are not recorded, and for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_SWAbsence ("days missed due to sickness
        absence during the year"); the census's item WorkingDaysLost. Not verified: that DfE counts the days of those who had
        left, and what it makes of a record whose days are missing.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 5, None], "absent_on_the_day": 0})
        >>> print(workforce.working_days_lost(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Working days lost to sickness, year to 30 September 2025: 7 working days
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by, own=OWN)
    return figures(
        [Sums(rows=checked.lazy, of={"__days": only(_DAYS, EMPLOYED), **LACKING})],
        Total(value="__days", lacking=("__unknown",)),
        indicator=WORKING_DAYS_LOST,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )


ABSENCE_RATE_FTE = Indicator(
    key="workforce.absence_rate_fte",
    title="Sickness absence of social workers (FTE)",
    counts="working days missed through sickness in the year, for each 100 that those in post on its last day would work in "
    "a year: their full-time equivalent times 253, 254 in a leap year",
    leaves_out="agency workers; workers whose full-time equivalent is not known",
    measure=Measure.RATE,
    kind=Kind.FLOW,
    unit="percent",
    per=100,
    better=Better.LOWER,
    sources=(publications.ABSENCE_DEFINITION, publications.WORKFORCE_STATISTICS.at("column absence_rate_fte")),
    breaks=FROM_2017,
)


def mark_absence_rate_fte(frame: FrameT | Checked[FrameT], *, period: Period) -> FrameT:
    """The caller's records, marked for sickness absence: the drill-down of `absence_rate_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is in post on the last day
        of the year and her full-time equivalent is known) and ``in_numerator`` (yes where she missed a day, in post or not), and
        ``not_recorded`` (yes where her days are not recorded, so that the figure cannot be told); neither in the rows of another
        return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``period`` is not one period of twelve months.

    Source:
        As `absence_rate_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 5, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_absence_rate_fte(workers, period=ReportingYear(2025, ends=(9, 30)))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (False, True), (False, False)]
    """
    day = a_year(period).end
    checked = SocialWorkers.admit(frame)
    native: FrameT = _absence(checked).drilled(checked, day)
    return native


def absence_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Sickness absence: working days missed in a year, for each 100 that those in post on its last day would work in one.

    A year has 253 working days and a leap year 254 (`WORKING_DAYS_OF_A_YEAR`), by DfE's convention and for everyone. A leap year
    is one whose twelve months have a 29 February. A record whose full-time equivalent is not known is left out, as DfE leaves it
    out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        period: Twelve months to the day of a return, or several: DfE's is ``ReportingYear(2025, ends=(9, 30))``.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 or more, for each group of the frame and each year, in the caller's own kind of frame; its denominator is the
        full-time equivalent in post times the working days. ``z`` where nobody is in post, ``x`` where the days of one who is or
        was employed are not recorded, and for a year whose last day the frame has no return of.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is not twelve months
            long.
        NotInForce: The year ends before 1 October 2016, where the convention is not known.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_SWAbsence, Absence Rates. Each authority's
        published rate of 2017 to 2025 follows with it from its own row.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import ReportingYear
        >>> left = [None, dt.date(2025, 6, 6), None]
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": left,
        ...     "reason_for_leaving": None, "cases": [18, None, 15], "working_days_lost": [2, 5, None], "absent_on_the_day": 0})
        >>> print(workforce.absence_rate_fte(workers, period=ReportingYear(2025, ends=(9, 30))).at())
        Sickness absence of social workers (FTE), year to 30 September 2025: 2.8 per 100, 7 over 253
    """
    periods = years(period)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by, own=OWN)
    marks = _absence(checked)
    sums = {"__days": only(_DAYS, EMPLOYED), "__fte": only(FTE, marks.whole), **LACKING}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__days", denominator="__fte", per=100, times=_working_days, lacking=("__unknown",)),
        indicator=ABSENCE_RATE_FTE,
        home=checked.home,
        periods=periods,
        by=columns,
        area=area,
        source=source,
    )
