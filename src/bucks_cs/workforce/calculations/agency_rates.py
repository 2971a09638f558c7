"""The workforce: agency workers as a share of all who work as social workers."""

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
from bucks_cs.workforce.calculations.heads import AGENCY, FTE, IN_POST, KNOWN_FTE, PRESENT, Marks, one_a_worker, only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "AGENCY_RATE_FTE",
    "AGENCY_RATE_HEADCOUNT",
    "agency_rate_fte",
    "agency_rate_headcount",
    "mark_agency_rate_fte",
    "mark_agency_rate_headcount",
]


def _by_fte(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=PRESENT & KNOWN_FTE, part=AGENCY & KNOWN_FTE)


def _by_head(checked: Checked[Any], by: tuple[str, ...]) -> Marks:
    rows = one_a_worker(checked.lazy, IN_POST, by=by)
    return Marks(rows=rows, whole=nw.col("__head") | AGENCY, part=AGENCY)


AGENCY_RATE_FTE: Indicator = Indicator(
    key="workforce.agency_rate_fte",
    title="Agency workers among social workers (FTE)",
    counts="the full-time equivalent of agency workers, out of that of agency workers and social workers in post together",
    leaves_out="vacancies; workers whose full-time equivalent is not known",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.LOWER,
    sources=(publications.AGENCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_rate_fte")),
    breaks=FROM_2017,
)


def mark_agency_rate_fte(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for the agency rate by full-time equivalent: the drill-down of `agency_rate_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is there on the day, in
        post or for an agency) and ``in_numerator`` (yes where it is for an agency; both only where her full-time equivalent is
        known); neither in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `agency_rate_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_agency_rate_fte(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, False), (True, False), (True, True)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_fte(checked).drilled(checked, day)
    return native


def agency_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers as a share of agency workers and social workers in post together, by full-time equivalent.

    It is not the rate by head: of Buckinghamshire at 30 September 2019 DfE has 30.8% by full-time equivalent and 29.8% by head,
    and the 30% of its report of January 2020 may be either. A record whose full-time equivalent is not known is left out, as DfE
    leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 to 100, for each group of the frame and each day, in the caller's own kind of frame, with no interval: a full-
        time equivalent is no count. ``z`` where a return has nobody, ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_Agecy_Rate, Agency Staff.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.agency_rate_fte(workers, at=Snapshot("30 September 2025")).at())
        Agency workers among social workers (FTE), 30 September 2025: 38.5%, 1 of 2.6
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_fte(checked)
    sums = {"__agency": only(FTE, marks.part), "__all": only(FTE, marks.whole)}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__agency", denominator="__all", per=100),
        indicator=AGENCY_RATE_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


AGENCY_RATE_HEADCOUNT: Indicator = Indicator(
    key="workforce.agency_rate_headcount",
    title="Agency workers among social workers (headcount)",
    counts="agency workers, out of agency workers and social workers in post together",
    leaves_out="vacancies",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.LOWER,
    sources=(publications.AGENCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_rate_headcount")),
    breaks=FROM_2017,
)


def mark_agency_rate_headcount(frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None) -> FrameT:
    """The caller's records, marked for the agency rate by head: the drill-down of `agency_rate_headcount`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.
        by: The columns the figure is broken down by: they settle which of two posts alike stands for their worker.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes in one record of each social worker
        in post and in each record of an agency worker there) and ``in_numerator`` (yes where it is of an agency worker); neither
        in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is not one snapshot.

    Source:
        As `agency_rate_headcount`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_agency_rate_headcount(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, False), (True, False), (True, True)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    native: FrameT = _by_head(checked, columns).drilled(checked, day)
    return native


def agency_rate_headcount(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """Agency workers as a share of agency workers and social workers in post together, by head.

    A worker with two posts is one head, and two records of an agency worker are two.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval.

    Returns:
        Percent, 0 to 100, with Wilson's interval, for each group of the frame and each day, in the caller's own kind of frame.
        ``z`` where a return has nobody, ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_Agecy_Rate, Agency Staff.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.agency_rate_headcount(workers, at=Snapshot("30 September 2025")).at())
        Agency workers among social workers (headcount), 30 September 2025: 33.3% (95% confidence interval 6.1 to 79.2), 1 of 3
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_head(checked, columns)
    sums = {"__agency": only(nw.lit(1.0), marks.part), "__all": only(nw.lit(1.0), marks.whole)}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__agency", denominator="__all", per=100),
        indicator=AGENCY_RATE_HEADCOUNT,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
        confidence=confidence,
    )
