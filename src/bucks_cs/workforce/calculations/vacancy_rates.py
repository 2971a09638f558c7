"""The workforce: vacancies beside social workers in post, and cover beside agency workers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue, UnknownColumn
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.second_table import carried
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import as_snapshots, groups
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.readings.table import schema_of
from bucks_cs.workforce.calculations.heads import AGENCY, FTE, IN_POST, KNOWN_FTE, only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.schema.vacancies import Vacancies
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "AGENCY_COVER_RATE_FTE",
    "VACANCY_RATE_FTE",
    "agency_cover_rate_fte",
    "vacancy_rate_fte",
]


def _beside(checked: Checked[Any], vacancies: Any, column: str, by: tuple[str, ...]) -> Sums:
    """The sums of one column of the second table, in the engine of the first."""
    second = Vacancies.admit(vacancies)
    for name in by:
        if name not in second.names:
            raise UnknownColumn(column=name, columns=second.names, argument="vacancies")
    rows = carried(second, like=checked.lazy, columns=list(dict.fromkeys(("as_at", column, *by))))
    mine, theirs = schema_of(checked.lazy), schema_of(rows)
    for name in by:
        if mine[name] != theirs[name]:
            raise InvalidValue(what=f"by={name!r}", expected="a column of the same type in both frames")
    return Sums(rows=rows, of={"__second": nw.col(column), "__unknown": only(nw.lit(1.0), nw.col(column).is_null())})


VACANCY_RATE_FTE = Indicator(
    key="workforce.vacancy_rate_fte",
    title="Vacancy rate of social workers (FTE)",
    counts="the full-time equivalent of vacancies, out of that of vacancies and social workers in post together",
    leaves_out="agency workers, whether they cover a vacancy or not; workers whose full-time equivalent is not known",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.LOWER,
    sources=(publications.VACANCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column vacancy_rate_fte")),
    breaks=FROM_2017,
)


def vacancy_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    vacancies: NativeFrame | Checked[Any],
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Vacancies as a share of vacancies and social workers in post together, by full-time equivalent.

    A post that an agency worker covers is vacant all the same. The drill-down of those in post is
    `mark_social_workers_in_post_fte`. A record whose full-time equivalent is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        vacancies: Vacancies of the same days, of any engine, or checked by `Vacancies`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as a team: columns of both frames. A group that one of them lacks has nothing there.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 to 100, for each group of either frame and each day, in the first one's kind of frame, with no interval: a
        full-time equivalent is no count. ``z`` where there is neither a vacancy nor anyone in post; ``x`` where a group's
        vacancies were not returned, and for a day of which one of the frames has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` or `Vacancies` is broken.
        UnknownColumn: ``by`` names a column that one of the two frames lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; it is of another type in the
            second frame; ``at`` is no snapshot.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_Vac_Rate, Social worker vacancies.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> vacant = pl.DataFrame({"as_at": [dt.date(2025, 9, 30)], "vacancies_fte": [1.5], "agency_cover_fte": [1.0]})
        >>> print(workforce.vacancy_rate_fte(workers, vacancies=vacant, at=Snapshot("30 September 2025")).at())
        Vacancy rate of social workers (FTE), 30 September 2025: 48.4%, 1.5 of 3.1
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    second = _beside(checked, vacancies, "vacancies_fte", columns)
    # In the denominator too.
    theirs = attrs.evolve(second, of={**second.of, "__posts": nw.col("vacancies_fte")})
    mine = Sums(rows=checked.lazy, of={"__in_post": only(FTE, IN_POST & KNOWN_FTE)})
    return figures(
        [mine, theirs],
        Ratio(numerator="__second", denominator=("__in_post", "__posts"), per=100, lacking=("__unknown",)),
        indicator=VACANCY_RATE_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


AGENCY_COVER_RATE_FTE = Indicator(
    key="workforce.agency_cover_rate_fte",
    title="Agency workers who cover a vacancy (FTE)",
    counts="the full-time equivalent of agency workers who cover a vacancy, out of that of all agency workers",
    leaves_out="agency workers whose full-time equivalent is not known",
    measure=Measure.SHARE,
    kind=Kind.STOCK,
    unit="percent",
    better=Better.NEITHER,
    sources=(publications.AGENCY_COVER_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_cover_rate_fte")),
    breaks=FROM_2017,
)


def agency_cover_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    vacancies: NativeFrame | Checked[Any],
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers who cover a vacancy, as a share of all agency workers, by full-time equivalent.

    The two come from two tables, so that more can be said to cover a vacancy than there are: that is not refused, and is above
    100. The drill-down of agency workers is `mark_agency_workers_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        vacancies: Vacancies of the same days, of any engine, or checked by `Vacancies`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as a team: columns of both frames. A group that one of them lacks has nothing there.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 or more, for each group of either frame and each day, in the first one's kind of frame, with no interval: a
        full-time equivalent is no count. ``z`` where there is no agency worker; ``x`` where a group's cover was not returned, and
        for a day of which one of the frames has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` or `Vacancies` is broken.
        UnknownColumn: ``by`` names a column that one of the two frames lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; it is of another type in the
            second frame; ``at`` is no snapshot.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_AgencyCover, Agency workers covering
        vacancies rate.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> vacant = pl.DataFrame({"as_at": [dt.date(2025, 9, 30)], "vacancies_fte": [1.5], "agency_cover_fte": [1.0]})
        >>> print(workforce.agency_cover_rate_fte(workers, vacancies=vacant, at=Snapshot("30 September 2025")).at())
        Agency workers who cover a vacancy (FTE), 30 September 2025: 100%, 1 of 1
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by)
    theirs = _beside(checked, vacancies, "agency_cover_fte", columns)
    mine = Sums(rows=checked.lazy, of={"__agency": only(FTE, AGENCY & KNOWN_FTE)})
    return figures(
        [mine, theirs],
        Ratio(numerator="__second", denominator="__agency", per=100, lacking=("__unknown",)),
        indicator=AGENCY_COVER_RATE_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
