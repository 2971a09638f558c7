"""The workforce: where those who started in an academy stand on a day: in the academy, in post after it, or left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import (
    drill_down,
    groups,
    is_open,
    marked,
    one_day,
    one_period_of_a_flow,
    periods_of_a_flow,
    shares_of_parts,
    tally,
    unmarked,
)
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.workforce.model.academy import AcademyCohort, Qualification
from bucks_cs.workforce.schema.academy_members import AcademyMembers
from bucks_cs.workforce.sources.academy import ACADEMY_LENGTH, NO_SERIES_OF_RETENTION

__all__ = ["ACADEMY_STANDING", "STANDINGS", "academy_cohort", "academy_standing", "mark_academy_standing"]

IN_ACADEMY, IN_POST, LEFT = "in academy", "in post", "left"
STANDINGS = (IN_ACADEMY, IN_POST, LEFT)
"""Where one who started may stand: in the academy, in post in a team after it, or out of the service."""

ACADEMY_STANDING = Indicator(
    key="workforce.academy_standing",
    title="Academy starters by where they stand",
    counts="members of an academy who started in the period, by whether they are in the academy, in post in a team, or have left "
    "by the end of a later day, out of all who started",
    leaves_out="those of the period who start after the day; who left from the academy and who left from a team are not told "
    "apart",
    measure=Measure.SHARE,
    kind=Kind.FLOW,
    unit="percent",
    better=Better.NEITHER,
    sources=(*(each.source for each in ACADEMY_LENGTH), NO_SERIES_OF_RETENTION),
)

_STANDING = "standing"


def mark_academy_standing(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's members, each with where she stands on a day: the drill-down of `academy_standing`.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`.
        at: The day.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she had started),
        ``in_numerator`` (yes where she is in post after the academy) and ``standing``, one of `STANDINGS`; null where she had not
        started.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        InvalidValue: Not one snapshot.

    Source:
        As `academy_standing`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.workforce import mark_academy_standing
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2022, 1, 4),
        ...     "moved_to_team_date": [dt.date(2022, 7, 4), None], "leaving_date": None})
        >>> mark_academy_standing(members, at=Snapshot("4 July 2022"))["standing"].to_list()
        ['in post', 'in academy']
    """
    day, checked = one_day(at), AcademyMembers.admit(frame)
    native: FrameT = drill_down(checked, _standing(checked, day), _STANDING)
    return native


def academy_standing(
    frame: FrameT | Checked[FrameT],
    *,
    period: Period | Iterable[Period],
    at: Snapshot,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """Those who started in a period by where they stand at the end of a day: in the academy, in post after it, or left.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`; those who have left among them.
        period: When they started, one or several.
        at: The day.
        by: Columns to break it down by, such as an intake.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.
        confidence: The level of the interval of each share by itself.

    Returns:
        Percent, 0 to 100, with Wilson's interval and the workers counted as numerator, for each group of the frame, each period
        and each ``standing`` (a column, every one of `STANDINGS`), in the caller's own kind of frame: the three of a group and
        period add up to 100. The day is in the title. ``z`` where nobody had started.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``period`` is none that events are
            counted over; ``at`` is not one snapshot.

    Source:
        Buckinghamshire Council, *Children's Services Update*, 11 October 2022, paragraph 3.27, for the academy and the team after
        it; no official series: see `ACADEMY_STANDING`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import CalendarYear, Snapshot
        >>> from bucks_cs.workforce import academy_standing
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2022, 1, 4),
        ...     "moved_to_team_date": [dt.date(2022, 7, 4), None], "leaving_date": None})
        >>> found = academy_standing(members, period=CalendarYear(2022), at=Snapshot("4 July 2022"))
        >>> [(dict(reading.dims)["standing"], reading.numerator) for reading in found]
        [('in academy', 1.0), ('in post', 1.0), ('left', 0.0)]
    """
    periods, day, checked = periods_of_a_flow(period), one_day(at), AcademyMembers.admit(frame)
    return shares_of_parts(
        _standing(checked, day),
        every=checked.lazy,
        home=checked.home,
        indicator=attrs.evolve(ACADEMY_STANDING, title=f"{ACADEMY_STANDING.title} on {day}"),
        date="start_date",
        period=periods,
        part=_STANDING,
        parts=STANDINGS,
        by=groups(checked, by, own=(_STANDING,)),
        area=area,
        source=source,
        confidence=confidence,
    )


def academy_cohort(
    frame: FrameT | Checked[FrameT],
    *,
    started_in: Period,
    at: Snapshot,
    area: str | int,
    who: Qualification,
    source: AnySource,
    note: str = "",
) -> AcademyCohort:
    """Those who started in a period as one cohort, with how many are in the academy, in post and gone by the end of a day.

    Args:
        frame: Members of an academy, of any engine, or checked by `AcademyMembers`; those who have left among them.
        started_in: When they started.
        at: The day.
        area: Whose academy it is, as `AcademyCohort` takes it.
        who: Whether they are newly qualified.
        source: Where the rows are from.
        note: What a reader should know.

    Returns:
        An `AcademyCohort` of whole numbers, 0 or more; a lazy frame is run. Who starts after the day is not in it.

    Raises:
        FrameProblems: A rule of `AcademyMembers` is broken.
        InvalidValue: Not one period to count over, or not one snapshot; the day is before the period; or as `AcademyCohort`.
        MissingSource: There is no source.
        UnknownArea: No look-up knows the area.

    Source:
        As `academy_standing`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.periods import CalendarYear, Snapshot
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.workforce import Qualification, academy_cohort
        >>> members = pl.DataFrame({"worker_id": ["W1", "W2"], "start_date": dt.date(2022, 1, 4),
        ...     "moved_to_team_date": [dt.date(2022, 7, 4), None], "leaving_date": None})
        >>> print(academy_cohort(members, started_in=CalendarYear(2022), at=Snapshot("4 July 2022"), area="825",
        ...     who=Qualification.NEWLY_QUALIFIED, source=NoOfficialSource(reason="made up")))
        2 newly qualified social workers started in Buckinghamshire's academy in 2022; on 4 July 2022: 1 in the academy,
        1 in post, 0 left. Source: no official source: made up.
    """
    period, day, checked = one_period_of_a_flow(started_in, what="started_in"), one_day(at), AcademyMembers.admit(frame)
    start = nw.col("start_date")
    of_period = _standing(checked, day).filter(nw.col("in_denominator") & (start >= period.start) & (start <= period.end))
    sums = {name: tally(nw.col(_STANDING) == standing) for name, standing in zip(_FIELDS, STANDINGS, strict=True)}
    row = collect(of_period.select(**sums)).row(0, named=True)
    counts: dict[str, Any] = {name: int(row[name] or 0) for name in _FIELDS}
    return AcademyCohort(
        area=area,
        who=who,
        started_in=period,
        as_at=day,
        started=sum(counts.values()),
        source=source,
        note=note,
        **counts,
    )


_FIELDS = ("in_academy", "in_post", "left")


def _standing(checked: Checked[Any], day: Snapshot) -> nw.LazyFrame[Any]:
    started = nw.col("start_date") <= day.start
    moved = nw.col("moved_to_team_date") <= day.start
    here = nw.when(moved).then(nw.lit(IN_POST)).otherwise(nw.lit(IN_ACADEMY))
    where = nw.when(is_open("start_date", "leaving_date", day.start)).then(here).otherwise(nw.lit(LEFT))
    rows = unmarked(checked.lazy, _STANDING).with_columns(nw.when(started).then(where).alias(_STANDING))
    return marked(rows, whole=started, part=nw.col(_STANDING) == IN_POST)
