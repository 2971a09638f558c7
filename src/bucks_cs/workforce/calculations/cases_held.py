"""The workforce: cases held, and those who hold them."""

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
from bucks_cs.workforce.calculations.heads import FTE, PRESENT, Marks, only
from bucks_cs.workforce.calculations.returned import Sums, Total, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "CASES",
    "CASE_HOLDERS_FTE",
    "case_holders_fte",
    "cases",
    "mark_case_holders_fte",
    "mark_cases",
]

HOLDS = PRESENT & (nw.col("cases") > 0)
NOT_RECORDED = PRESENT & nw.col("cases").is_null()
OWN = ("not_recorded",)
LACKING = {"__unknown": only(nw.lit(1.0), NOT_RECORDED)}


def _held(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=PRESENT, part=HOLDS, own={"not_recorded": NOT_RECORDED})


def _holders(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=PRESENT, part=HOLDS & (FTE > 0), own={"not_recorded": NOT_RECORDED})


CASES: Indicator = Indicator(
    key="workforce.cases",
    title="Cases held by social workers",
    counts="cases held on a day by child and family social workers, agency workers included",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="case",
    better=Better.NEITHER,
    sources=(publications.CASES_DEFINITION, publications.WORKFORCE_STATISTICS.at("column cases")),
    breaks=FROM_2017,
)


def mark_cases(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for cases held: the drill-down of `cases`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is there on the day, in
        post or for an agency) and ``in_numerator`` (yes where she holds a case, so that their cases add up to the figure), and
        ``not_recorded`` (yes where the cases of one who is there are not recorded, so that the figure cannot be told); neither in
        the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `cases`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_cases(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_numerator", "not_recorded").rows()
        [(True, False), (True, False), (True, False)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _held(checked).drilled(checked, day)
    return native


def cases(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Cases held on the day of a return by social workers in post and by agency workers.

    It is a number that each record has; which children they are is in no return (see `demand.caseload`).

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Cases, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; ``x`` where the cases of
        one who is there are not recorded, and for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measures Work_Force_Num_CaseHeld and Work_Force_AvgNumCase_SW
        ("including agency workers"). Not verified: what DfE makes of a record whose cases are missing.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.cases(workers, at=Snapshot("30 September 2025")).at())
        Cases held by social workers, 30 September 2025: 42 cases
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by, own=OWN)
    return figures(
        [Sums(rows=checked.lazy, of={"__cases": only(nw.col("cases"), HOLDS), **LACKING})],
        Total(value="__cases", lacking=("__unknown",)),
        indicator=CASES,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


CASE_HOLDERS_FTE = Indicator(
    key="workforce.case_holders_fte",
    title="Social workers who hold cases (FTE)",
    counts="the full-time equivalent of child and family social workers, agency workers included, who hold one case or more "
    "on a day",
    leaves_out="workers without a case; workers whose full-time equivalent is not known",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.CASELOAD_DEFINITION, publications.WORKFORCE_STATISTICS.at("column case_holders_fte")),
    breaks=FROM_2017,
)


def mark_case_holders_fte(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for those who hold cases, by full-time equivalent: the drill-down of `case_holders_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she is there on the day, in
        post or for an agency) and ``in_numerator`` (yes where she holds a case and has a full-time equivalent above 0), and
        ``not_recorded`` (yes where the cases of one who is there are not recorded, so that the figure cannot be told); neither in
        the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `case_holders_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_case_holders_fte(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_numerator", "not_recorded").rows()
        [(True, False), (True, False), (True, False)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _holders(checked).drilled(checked, day)
    return native


def case_holders_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Those who hold one case or more on the day of a return, in post or for an agency, by full-time equivalent.

    A record whose full-time equivalent is not known is left out, as DfE leaves it out.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; ``x`` where the cases of one
        who is there are not recorded, and for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_AvgNumCase_SW, Average Caseload.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> print(workforce.case_holders_fte(workers, at=Snapshot("30 September 2025")).at())
        Social workers who hold cases (FTE), 30 September 2025: 2.6 FTE
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by, own=OWN)
    marks = _holders(checked)
    return figures(
        [Sums(rows=marks.rows, of={"__fte": only(FTE, marks.part), **LACKING})],
        Total(value="__fte", lacking=("__unknown",)),
        indicator=CASE_HOLDERS_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
