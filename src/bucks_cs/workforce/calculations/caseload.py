"""The workforce: cases, those who hold them, and cases for each full-time equivalent of theirs."""

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
from bucks_cs.workforce.calculations.cases_held import HOLDS, LACKING, NOT_RECORDED, OWN
from bucks_cs.workforce.calculations.heads import FTE, Marks, only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, figures
from bucks_cs.workforce.schema.social_workers import SocialWorkers
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "CASELOAD_FTE",
    "caseload_fte",
    "mark_caseload_fte",
]


def _caseload(checked: Checked[Any]) -> Marks:
    return Marks(rows=checked.lazy, whole=HOLDS & (FTE > 0), part=HOLDS, own={"not_recorded": NOT_RECORDED})


CASELOAD_FTE = Indicator(
    key="workforce.caseload_fte",
    title="Average caseload of social workers (FTE)",
    counts="cases held on a day, agency workers' included, for each full-time equivalent of those who hold one or more",
    leaves_out="workers without a case, and those whose full-time equivalent is 0 or not known, whose cases count all the same",
    measure=Measure.MEAN,
    kind=Kind.STOCK,
    unit="case/FTE",
    better=Better.LOWER,
    sources=(publications.CASELOAD_DEFINITION, publications.WORKFORCE_STATISTICS.at("column caseload_fte")),
    breaks=FROM_2017,
)


def mark_caseload_fte(frame: FrameT | Checked[FrameT], *, at: Snapshot) -> FrameT:
    """The caller's records, marked for the average caseload: the drill-down of `caseload_fte`.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot.

    Returns:
        The caller's rows and columns in her own kind of frame, with ``in_denominator`` (yes where she holds a case and has a
        full-time equivalent above 0, which is in the denominator) and ``in_numerator`` (yes where she holds a case, whatever her
        full-time equivalent: her cases are in the numerator), and ``not_recorded`` (yes where the cases of one who is there are
        not recorded, so that the figure cannot be told); neither in the rows of another return.

    Raises:
        FrameProblems: A rule of `SocialWorkers` is broken.
        InvalidValue: ``at`` is not one snapshot.

    Source:
        As `caseload_fte`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> workers = pl.DataFrame({"worker_id": ["A", "B", "C"], "as_at": dt.date(2025, 9, 30), "agency_worker": [0, 0, 1],
        ...     "fte": [1.0, 0.6, 1.0], "role": "5", "role_start_date": dt.date(2024, 11, 4), "role_end_date": None,
        ...     "reason_for_leaving": None, "cases": [18, 9, 15], "working_days_lost": [2, 0, None], "absent_on_the_day": 0})
        >>> marked = workforce.mark_caseload_fte(workers, at=Snapshot("30 September 2025"))
        >>> marked.select("in_denominator", "in_numerator").rows()
        [(True, True), (True, True), (True, True)]
    """
    day = one_day(at).start
    checked = SocialWorkers.admit(frame)
    native: FrameT = _caseload(checked).drilled(checked, day)
    return native


def caseload_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The average caseload: cases held on the day of a return, over the full-time equivalent of those who hold them.

    Social workers without a case are in no denominator: it is not cases over all social workers. Agency workers are in both. The
    cases of a holder whose full-time equivalent is 0 or not known count, as the definition has it, and she does not.

    Args:
        frame: Records of social workers, of any engine, or checked by `SocialWorkers`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as ``"role"`` or a team.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Cases for each FTE, above 0, for each group of the frame and each day, in the caller's own kind of frame; ``z`` where
        nobody holds a case, ``x`` where the cases of one who is there are not recorded, and for a day of which the frame has no
        return.

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
        >>> print(workforce.caseload_fte(workers, at=Snapshot("30 September 2025")).at())
        Average caseload of social workers (FTE), 30 September 2025: 16.2 cases per FTE, 42 over 2.6
    """
    days = as_snapshots(at)
    checked = SocialWorkers.admit(frame)
    columns = groups(checked, by, own=OWN)
    marks = _caseload(checked)
    sums = {"__cases": only(nw.col("cases"), marks.part), "__fte": only(FTE, marks.whole), **LACKING}
    return figures(
        [Sums(rows=marks.rows, of=sums)],
        Ratio(numerator="__cases", denominator="__fte", per=1, lacking=("__unknown",)),
        indicator=CASELOAD_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
