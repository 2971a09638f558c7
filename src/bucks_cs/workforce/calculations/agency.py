"""The workforce: agency workers, by full-time equivalent and by head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import as_snapshots, groups, one_day
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.workforce.calculations.heads import AGENCY, FTE, KNOWN_FTE, Marks, only
from bucks_cs.workforce.calculations.returned import Sums, Total, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "AGENCY_WORKERS_FTE",
    "AGENCY_WORKERS_HEADCOUNT",
    "agency_workers_fte",
    "agency_workers_headcount",
    "mark_agency_workers_fte",
    "mark_agency_workers_headcount",
]


def _by_fte(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=AGENCY, part=AGENCY & KNOWN_FTE)


def _by_head(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=AGENCY, part=AGENCY)


AGENCY_WORKERS_FTE = Indicator(
    key="workforce.agency_workers_fte",
    title="Agency social workers (FTE)",
    counts="the full-time equivalent of those who work as child and family social workers on a day and are not paid by the "
    "authority",
    leaves_out="social workers in post; workers whose full-time equivalent is not known",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.AGENCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_fte")),
    breaks=FROM_2017,
)


def mark_agency_workers_fte(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for agency workers by full-time equivalent: the drill-down of `agency_workers_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she works for an agency and is
        there on the day) and ``in_numerator`` (yes where her full-time equivalent is known too); neither in the rows of another
        return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `agency_workers_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_agency_workers_fte(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(False, False), (False, False), (True, True)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_fte(checked).drilled(checked, day)
    return native


def agency_workers_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers on the day of a return, by full-time equivalent: whether they cover a vacancy or not.

    A record whose full-time equivalent is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where a return has none,
        ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_Agecy_Rate; *Children's social work
        workforce*, methodology, agency workers.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.agency_workers_fte(workers, at=Snapshot("30 September 2025")).at())
        Agency social workers (FTE), 30 September 2025: 1 FTE
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_fte(checked)
    return figures(
        [Sums(rows=marks.rows, of={"__fte": only(FTE, marks.part)})],
        Total(value="__fte"),
        indicator=AGENCY_WORKERS_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


AGENCY_WORKERS_HEADCOUNT = Indicator(
    key="workforce.agency_workers_headcount",
    title="Agency social workers (headcount)",
    counts="records of those who work as child and family social workers on a day and are not paid by the authority; two "
    "records are two workers",
    leaves_out="social workers in post",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="worker",
    better=Better.NEITHER,
    sources=(publications.AGENCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_headcount")),
    breaks=FROM_2017,
)


def mark_agency_workers_headcount(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for agency workers by head: the drill-down of `agency_workers_headcount`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she works for an agency and is
        there on the day) and ``in_numerator`` (the same: each record is a head); neither in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `agency_workers_headcount`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_agency_workers_headcount(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(False, False), (False, False), (True, True)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_head(checked).drilled(checked, day)
    return native


def agency_workers_headcount(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers on the day of a return, by head: each record is one, and two of the same number are two.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Workers, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where a return has
        none, ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Children's social work workforce*, methodology, headcount ("duplicate records for agency workers are not removed,
        with each record regarded as a separate individual").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.agency_workers_headcount(workers, at=Snapshot("30 September 2025")).at())
        Agency social workers (headcount), 30 September 2025: 1 worker
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_head(checked)
    return figures(
        [Sums(rows=marks.rows, of={"__heads": only(nw.lit(1.0), marks.part)})],
        Total(value="__heads"),
        indicator=AGENCY_WORKERS_HEADCOUNT,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
