"""The workforce: vacancies, and how far agency workers cover them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import as_snapshots, groups
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.workforce.calculations.heads import only
from bucks_cs.workforce.calculations.returned import Ratio, Sums, Total, figures
from bucks_cs.workforce.schema.vacancies import Vacancies
from bucks_cs.workforce.sources import publications
from bucks_cs.workforce.sources.breaks import FROM_2017

__all__ = [
    "AGENCY_COVER_FTE",
    "VACANCIES_FTE",
    "VACANCY_AGENCY_COVER_RATE_FTE",
    "agency_cover_fte",
    "vacancies_fte",
    "vacancy_agency_cover_rate_fte",
]


def _not_returned(column: str) -> nw.Expr:
    return only(nw.lit(1.0), nw.col(column).is_null())


VACANCIES_FTE = Indicator(
    key="workforce.vacancies_fte",
    title="Vacancies for social workers (FTE)",
    counts="the full-time equivalent of posts of child and family social workers that are vacant on a day, covered by an "
    "agency worker or not",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.VACANCY_DEFINITION, publications.WORKFORCE_STATISTICS.at("column vacancy_fte")),
    breaks=FROM_2017,
)


def vacancies_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Vacancies on the day of a return, by full-time equivalent: posts covered by an agency worker and posts not covered.

    They are no persons and have no drill-down: their rows are the table's.

    Args:
        frame: Vacancies, of any engine, or checked by `Vacancies`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as a team; the table must have them.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; ``x`` where a row of the
        group was not returned, and for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `Vacancies` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_Vac_Rate; the census's item
        NumberOfVacancies.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> vacant = pl.DataFrame({"as_at": [dt.date(2025, 9, 30)], "vacancies_fte": [1.5], "agency_cover_fte": [1.0]})
        >>> print(workforce.vacancies_fte(vacant, at=Snapshot("30 September 2025")).at())
        Vacancies for social workers (FTE), 30 September 2025: 1.5 FTE
    """
    days = as_snapshots(at)
    checked = Vacancies.admit(frame)
    columns = groups(checked, by)
    return figures(
        [Sums(rows=checked.lazy, of={"__vacancies": nw.col("vacancies_fte"), "__unknown": _not_returned("vacancies_fte")})],
        Total(value="__vacancies", lacking=("__unknown",)),
        indicator=VACANCIES_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


AGENCY_COVER_FTE = Indicator(
    key="workforce.agency_cover_fte",
    title="Agency workers covering vacancies (FTE)",
    counts="the full-time equivalent of agency workers who cover a vacancy on a day",
    leaves_out="agency workers who cover none",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="FTE",
    better=Better.NEITHER,
    sources=(publications.AGENCY_COVER_DEFINITION, publications.WORKFORCE_STATISTICS.at("column agency_cover_fte")),
    breaks=FROM_2017,
)


def agency_cover_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers who cover a vacancy on the day of a return, by full-time equivalent.

    The census has them as a total and not of each worker: who covers a vacancy cannot be told from her record.

    Args:
        frame: Vacancies, of any engine, or checked by `Vacancies`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as a team; the table must have them.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        FTE, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; ``x`` where a row of the
        group was not returned, and for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `Vacancies` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Work_Force_AgencyCover; the census's item NoAgencyFTE,
        among its totals of vacancies (that it is this one is read from its name and place in the schema).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> vacant = pl.DataFrame({"as_at": [dt.date(2025, 9, 30)], "vacancies_fte": [1.5], "agency_cover_fte": [1.0]})
        >>> print(workforce.agency_cover_fte(vacant, at=Snapshot("30 September 2025")).at())
        Agency workers covering vacancies (FTE), 30 September 2025: 1 FTE
    """
    days = as_snapshots(at)
    checked = Vacancies.admit(frame)
    columns = groups(checked, by)
    return figures(
        [Sums(rows=checked.lazy, of={"__cover": nw.col("agency_cover_fte"), "__unknown": _not_returned("agency_cover_fte")})],
        Total(value="__cover", lacking=("__unknown",)),
        indicator=AGENCY_COVER_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )


VACANCY_AGENCY_COVER_RATE_FTE = Indicator(
    key="workforce.vacancy_agency_cover_rate_fte",
    title="Vacancies covered by agency workers (FTE)",
    counts="the full-time equivalent of agency workers who cover a vacancy, for each 100 vacancies",
    measure=Measure.RATE,
    kind=Kind.STOCK,
    unit="percent",
    per=100,
    better=Better.HIGHER,
    sources=(
        publications.VACANCY_AGENCY_COVER_DEFINITION,
        publications.WORKFORCE_STATISTICS.at("column vacancy_agency_cover_rate_fte"),
    ),
    breaks=FROM_2017,
)


def vacancy_agency_cover_rate_fte(
    frame: FrameT | Checked[FrameT],
    *,
    at: Snapshot | Iterable[Snapshot],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Agency workers who cover a vacancy, for each 100 vacancies, by full-time equivalent.

    It is published above 100: there can be more cover than vacancies. It is not `agency_cover_rate_fte`, whose denominator is
    agency workers.

    Args:
        frame: Vacancies, of any engine, or checked by `Vacancies`.
        at: The day of a return, as a snapshot, or several.
        by: Columns to break it down by, such as a team; the table must have them.
        area: The LA number the rows are of; None for the caller's own.
        source: Where the rows are from.

    Returns:
        Percent, 0 or more, for each group of the frame and each day, in the caller's own kind of frame; ``z`` where there are no
        vacancies, ``x`` where a row of the group was not returned, and for a day of which the frame has no return.

    Raises:
        FrameProblems: A rule of `Vacancies` is broken.
        UnknownColumn: ``by`` names a column the frame lacks.
        InvalidValue: ``by`` names a column that identifies a person or that the measure makes; ``at`` is no snapshot.

    Source:
        DfE, *Local authority interactive tool*, data dictionary, measure Vacancies_cover ("FTE agency workers in post covering
        vacancies, divided by FTE vacancies").

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import workforce
        >>> from bucks_cs.periods import Snapshot
        >>> vacant = pl.DataFrame({"as_at": [dt.date(2025, 9, 30)], "vacancies_fte": [1.5], "agency_cover_fte": [1.0]})
        >>> print(workforce.vacancy_agency_cover_rate_fte(vacant, at=Snapshot("30 September 2025")).at())
        Vacancies covered by agency workers (FTE), 30 September 2025: 66.7 per 100, 1 over 1.5
    """
    days = as_snapshots(at)
    checked = Vacancies.admit(frame)
    columns = groups(checked, by)
    unknown = {"__of_cover": _not_returned("agency_cover_fte"), "__of_posts": _not_returned("vacancies_fte")}
    sums = {"__cover": nw.col("agency_cover_fte"), "__vacancies": nw.col("vacancies_fte"), **unknown}
    return figures(
        [Sums(rows=checked.lazy, of=sums)],
        Ratio(numerator="__cover", denominator="__vacancies", per=100, lacking=tuple(unknown)),
        indicator=VACANCY_AGENCY_COVER_RATE_FTE,
        home=checked.home,
        periods=days,
        by=columns,
        area=area,
        source=source,
    )
