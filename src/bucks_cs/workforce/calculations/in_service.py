"""The workforce: members of an academy still in service on a day, and after so many months: two shares that are not the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import drill_down, groups, is_open, marked, one_day, periods_of_a_flow, shares, unmarked
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.workforce.calculations.following import MONTHS, as_months, each_month, followed_for, last_day, served
from bucks_cs.workforce.schema.academy_members import AcademyMembers
from bucks_cs.workforce.sources.academy import NO_SERIES_OF_RETENTION

__all__ = ["RETAINED", "STILL_IN_SERVICE", "mark_retained", "mark_still_in_service", "retained", "still_in_service"]

STILL_IN_SERVICE = Indicator(
    key="workforce.still_in_service",
    title="Academy starters still in service",
    counts="members of an academy who started in the period and are in service at the end of a later day, out of all who started",
    leaves_out="those of the period who start after the day, and nobody else: whoever started the day before is counted as "
    "still in service, and it is no retention after any time",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=NO_SERIES_OF_RETENTION,
)

RETAINED = Indicator(
    key="workforce.retained",
    title="Academy starters retained",
    counts="members of an academy who started in the period and served so many whole months, out of those who have been followed "
    "for so many; how many is in the column months",
    leaves_out="those who have not been followed for so many months, those who have left among them: the others who started then "
    "are not told yet",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.HIGHER,
    sources=NO_SERIES_OF_RETENTION,
)

_OF_RETAINED = ("not_followed",)


def mark_still_in_service(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's members, each with whether she is in service on a day: the drill-down of `still_in_service`.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`.
        at: The day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she had started) and
        ``in_numerator``.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        InvalidValue: Not one snapshot.

    Source:
        As `still_in_service`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.workforce import mark_still_in_service
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2020, 9, 1),
        ...     "moved_to_team_date": dt.date(2021, 3, 1), "leaving_date": [None, dt.date(2022, 1, 31)]})
        >>> mark_still_in_service(members, at=Snapshot("30 June 2022"))["in_numerator"].to_list()
        [True, False]
    """
    day, checked = one_day(at), AcademyMembers.admit(frame)
    native: FrameT = drill_down(checked, _there(checked, day))
    return native


def still_in_service(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """The share of those who started in a period who are in service at the end of a day: what a report prints as "42 of the 60".

    Those who started last have had the least time to leave in, so that the share falls as a cohort grows older, and a cohort that
    takes in more keeps it up. `retained` gives the share after as many months for each.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`; those who have left among them.
        period: When they started, one or several.
        at: The day.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each period, in the caller's own kind of frame;
        the day is in the title. ``z`` where nobody had started.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``at`` is not one snapshot.

    Source:
        No official one: see `STILL_IN_SERVICE`. Printed so in Buckinghamshire Council, *Children's Services Update*, 11
        October 2022, paragraph 3.28.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import FinancialYear, Snapshot
        >>> from bucks_cs.workforce import still_in_service
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2020, 9, 1),
        ...     "moved_to_team_date": dt.date(2021, 3, 1), "leaving_date": [None, dt.date(2022, 1, 31)]})
        >>> print(still_in_service(members, period=FinancialYear("2020-21"), at=Snapshot("30 June 2022")).at())
        Academy starters still in service on 30 June 2022, 2020-21: 50% (95% confidence interval 9.5 to 90.5), 1 of 2
    """
    periods, day, checked = periods_of_a_flow(period), one_day(at), AcademyMembers.admit(frame)
    return shares(
        _there(checked, day),
        every=checked.lazy,
        home=checked.home,
        indicator=attrs.evolve(STILL_IN_SERVICE, title=f"{STILL_IN_SERVICE.title} on {day}"),
        date="start_date",
        period=periods,
        by=groups(checked, by),
        area=area,
        source=source,
        confidence=confidence,
    )


def mark_retained(frame: FrameT | Checked[FrameT], *, followed_to: dt.date, months: int = 12) -> FrameT:
    """The caller's members, each with whether she served so many months: the drill-down of `retained`.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`.
        followed_to: The last day of which everyone who left is in the frame. It cannot be seen from the rows.
        months: How many whole months.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator``, ``in_numerator`` and ``not_followed``:
        whether so many months had not passed for her, so that she is left out.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        InvalidValue: ``months`` is not one whole number, 1 or more; ``followed_to`` is no plain date.

    Source:
        As `retained`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.workforce import mark_retained
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2", "W3"], "moved_to_team_date": None,
        ...     "start_date": [dt.date(2020, 9, 1), dt.date(2020, 9, 1), dt.date(2022, 1, 4)],
        ...     "leaving_date": [None, dt.date(2021, 8, 31), None]})
        >>> rows = mark_retained(members, followed_to=dt.date(2022, 6, 30))
        >>> rows.select("in_denominator", "in_numerator", "not_followed").rows()
        [(True, True, False), (True, False, False), (False, False, True)]
    """
    (after,), last, checked = as_months([months]), last_day(followed_to), AcademyMembers.admit(frame)
    native: FrameT = drill_down(checked, _after(checked, after, last), *_OF_RETAINED)
    return native


def retained(
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
    """The share of those who started in a period who served so many whole months, out of those followed for so many.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`; those who have left among them.
        period: When they started, one or several.
        followed_to: The last day of which everyone who left is in the frame. It cannot be seen from the rows.
        months: How many whole months, one or several; 12 is the length of the assessed and supported year.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame, each of the ``months`` (a column) and each period,
        in the caller's own kind of frame. ``z`` where nobody has been followed for so long. The shares after 6 and 12 months are
        of different people while some have been followed for 6 and not for 12: `survival` uses them all.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``months`` are no whole numbers, 1 or more; ``followed_to`` is no plain date.

    Source:
        No official one: see `RETAINED`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import Span
        >>> from bucks_cs.workforce import retained
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2", "W3"], "moved_to_team_date": None,
        ...     "start_date": [dt.date(2020, 9, 1), dt.date(2020, 9, 1), dt.date(2022, 1, 4)],
        ...     "leaving_date": [None, dt.date(2021, 8, 31), None]})
        >>> found = retained(members, period=Span("2020-04-01", "2022-03-31"), followed_to=dt.date(2022, 6, 30))
        >>> found.at(months=12).number, found.at().denominator
        (50.0, 2.0)
    """
    asked, last, periods = as_months(months), last_day(followed_to), periods_of_a_flow(period)
    checked = AcademyMembers.admit(frame)
    columns = groups(checked, by, own=(MONTHS, *_OF_RETAINED))
    return shares(
        each_month(asked, rows_after=lambda after: _after(checked, after, last)),
        home=checked.home,
        indicator=RETAINED,
        date="start_date",
        period=periods,
        by=(*columns, MONTHS),
        area=area,
        source=source,
        confidence=confidence,
    )


def _there(checked: Checked[Any], day: Snapshot) -> nw.LazyFrame[Any]:
    started = nw.col("start_date") <= day.start
    return marked(checked.lazy, whole=started, part=is_open("start_date", "leaving_date", day.start))


def _after(checked: Checked[Any], months: int, followed_to: dt.date) -> nw.LazyFrame[Any]:
    rows = unmarked(checked.lazy, *_OF_RETAINED).with_columns(not_followed=followed_for(followed_to) < months)
    stayed = nw.col("leaving_date").is_null() | (served() >= months)
    return marked(rows, whole=~nw.col("not_followed"), part=stayed)
