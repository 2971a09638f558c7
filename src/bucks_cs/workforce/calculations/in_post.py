"""The workforce: social workers in post, by full-time equivalent and by head."""

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
from bucks_cs.workforce.calculations.heads import FTE, IN_POST, KNOWN_FTE, Marks, one_a_worker, only
from bucks_cs.workforce.calculations.returned import Sums, Total, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "SOCIAL_WORKERS_IN_POST_FTE",
    "SOCIAL_WORKERS_IN_POST_HEADCOUNT",
    "mark_social_workers_in_post_fte",
    "mark_social_workers_in_post_headcount",
    "social_workers_in_post_fte",
    "social_workers_in_post_headcount",
]


def _by_fte(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=IN_POST, part=IN_POST & KNOWN_FTE)


def _by_head(checked: Checked[Any], by: tuple[str, ...]) -> Marks:
    return Marks(rows=one_a_worker(checked.lazy, IN_POST, by=by), whole=IN_POST, part=nw.col("__head"))


SOCIAL_WORKERS_IN_POST_FTE = Indicator(
    key="workforce.social_workers_in_post_fte",
    title="Social workers in post (FTE)",
    counts="the full-time equivalent of child and family social workers whom the authority employs on a day, each post of theirs",
    leaves_out="agency workers, and vacancies; workers whose full-time equivalent is not known",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.IN_POST_DEFINITION, publications.WORKFORCE_STATISTICS.at("column inpost_fte")),
    breaks=FROM_2017,
)


def mark_social_workers_in_post_fte(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for full-time equivalents in post: the drill-down of `social_workers_in_post_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is employed and there on
        the day) and ``in_numerator`` (yes where her full-time equivalent is known too, so that theirs adds up to the figure);
        neither in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `social_workers_in_post_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_social_workers_in_post_fte(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, True), (False, False)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _by_fte(checked).drilled(checked, day)
    return native


def social_workers_in_post_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Social workers in post on the day of a return, by full-time equivalent: employed by the authority, and not left by then.

    Each post of a worker counts with its own part. She who leaves on the day itself has left. A record whose full-time equivalent
    is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where a return has nobody,
        ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_NoSW; *Children's social work workforce*,
        methodology (full-time equivalents are not rid of second posts) and data guidance of 2019, note 2 (missing ones are left
        out). Not verified: that she who leaves on 30 September is counted as a leaver of the year, which the guide has a section
        on (1.9.6).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.social_workers_in_post_fte(workers, at=Snapshot("30 September 2025")).at())
        Social workers in post (FTE), 30 September 2025: 1.6 FTE
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_fte(checked)
    return figures(
        [Sums(rows=marks.rows, of={"__fte": only(FTE, marks.part)})],
        Total(value="__fte"),
        indicator=SOCIAL_WORKERS_IN_POST_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


SOCIAL_WORKERS_IN_POST_HEADCOUNT = Indicator(
    key="workforce.social_workers_in_post_headcount",
    title="Social workers in post (headcount)",
    counts="child and family social workers whom the authority employs on a day, each once however many posts she holds",
    leaves_out="agency workers, and vacancies",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="worker",
    better=Better.NEITHER,
    sources=(publications.IN_POST_DEFINITION, publications.WORKFORCE_STATISTICS.at("column inpost_headcount")),
    breaks=FROM_2017,
)


def mark_social_workers_in_post_headcount(
    frame: FrameT | Checked[FrameT], *, at: Snapshot, by: str | Sequence[str] | None = None
) -> FrameT:
    """The caller's records, marked for social workers in post by head: the drill-down of `social_workers_in_post_headcount`.

    Of two posts of a worker the more senior counts; of two alike, the one she took up first, and then that of more hours.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.
        by: The columns the figure is broken down by: they settle which of two posts alike stands for their worker.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is employed and there on
        the day) and ``in_numerator`` (yes in one record of each worker, so that they add up to the figure); neither in the rows
        of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is not one snapshot.

    Source:
        As `social_workers_in_post_headcount`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_social_workers_in_post_headcount(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, True), (False, False)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    native: FrameT = _by_head(checked, columns).drilled(checked, day)
    return native


def social_workers_in_post_headcount(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Social workers in post on the day of a return, by head: each worker once, however many posts she holds.

    Of two posts of a worker the more senior counts, so that she is in one group and the groups add up to the whole.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Workers, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; 0 where a return has
        nobody, ``x`` for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Children's social work workforce*, methodology, headcount ("only one post (the more senior role where applicable) is
        counted to avoid duplication"). DfE knows a person by her number, birth, sex and ethnicity; here it is the number.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.social_workers_in_post_headcount(workers, at=Snapshot("30 September 2025")).at())
        Social workers in post (headcount), 30 September 2025: 2 workers
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    marks = _by_head(checked, columns)
    return figures(
        [Sums(rows=marks.rows, of={"__heads": only(nw.lit(1.0), marks.part)})],
        Total(value="__heads"),
        indicator=SOCIAL_WORKERS_IN_POST_HEADCOUNT,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
