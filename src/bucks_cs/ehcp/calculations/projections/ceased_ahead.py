"""EHC plans to come: how many will cease, by age and by reason, if those of each age cease as often as they have."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.ehcp.calculations.ceasing import CEASED
from bucks_cs.ehcp.calculations.projections.ageing import ageing_of, cohort_ahead
from bucks_cs.ehcp.calculations.projections.asked import asked, years_ahead
from bucks_cs.ehcp.calculations.projections.bands import NO_AREA, admitted, counted, in_single_years, totals
from bucks_cs.ehcp.calculations.projections.forecasts import by_cell
from bucks_cs.ehcp.calculations.projections.history import History, history_of, need_no_break
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod
from bucks_cs.ehcp.calculations.projections.projecting import anniversary, said
from bucks_cs.ehcp.calculations.projections.taking_in import as_ceased_by_age
from bucks_cs.ehcp.schema.plans_by_age import CeasedByAge
from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames.engine import alongside
from bucks_cs.periods import Span
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["project_ceased"]

_ONE = pl.lit(1, dtype=pl.Int64)


def project_ceased(
    history: Any,
    *,
    ceased: Any,
    years: int,
    by: str | None = None,
    new_plans: Any = None,
    over: int | None = None,
    across_breaks: bool = False,
    source: AnySource | None = None,
) -> Readings[Any]:
    """EHC plans that will cease in each of the years to come, by reason, if plans of each age cease as often as they have.

    They are the plans of each age, projected by age cohort, times how often those of the age ceased for the reason: the plans
    that ceased at an age in a year over the mean of the plans of that age at its two ends, over all areas together. That is a
    central rate, as demography has it.

    Args:
        history: As for `project`; plans by age.
        ceased: Plans that ceased by age and reason in years up to snapshots of the history, of any engine, or checked by
            `CeasedByAge`; without the column ``cease_reason`` all are of no recorded reason. Or `Readings` of `CEASED` by ``age``
            and ``cease_reason``, as `ceased` counts them from your own rows: a year belongs to the first snapshot after its end.
        years: How many years on, 1 to 25.
        by: ``"age"``, ``"phase"``, or None.
        new_plans: As for `project`.
        over: How many years back to fit on; None for all there are.
        across_breaks: As for `project`.
        source: As for `project`.

    Returns:
        Plans that cease in each year from one anniversary of the last day to the next, under the key of `CEASED`, by
        ``scenario``, ``cease_reason`` (null: not recorded) and ``by``: 0 or more, in fractions of a plan; areas without plans by
        age on the last day are left out. No interval: no past errors of it are known. Frame of the caller's own kind.

    Raises:
        InvalidValue: The history is too short, no year of it has plans by age at both ends and plans that ceased by age between,
            or an argument is no such thing.
        FrameProblems: As `project`; plans that ceased up to a day that is no snapshot of the history.
        AcrossBreak: As `project`.

    Source:
        `ProjectionMethod`. Central rates: as the central death rate of a life table (not verified against a text of demography).

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import project_ceased
        >>> days = [dt.date(2024, 1, 31), dt.date(2025, 1, 31)]
        >>> plans = pl.DataFrame({"day": [days[0]] * 3 + [days[1]] * 3, "age": [17, 18, 19] * 2, "plans": [100, 80, 40] * 2})
        >>> ended = pl.DataFrame({"day": [days[1]] * 2, "age": [18, 19], "ceased": [20, 40], "cease_reason": ["2", "3"]})
        >>> for reading in project_ceased(plans, ceased=ended, years=1):
        ...     print(reading.dims, reading.number)
        (('scenario', 'age cohort'), ('cease_reason', '2')) 20.0
        (('scenario', 'age cohort'), ('cease_reason', '3')) 40.0
    """
    question = asked(methods=ProjectionMethod.AGE_COHORT, over=over, by=by, level=0.5)
    ahead = years_ahead(years, what="years")
    known = history_of(history, new_plans=new_plans)
    passed = need_no_break(known, across_breaks=across_breaks)
    by_reason = _of_reasons(ceased, known)
    due = pl.concat([_due(level, by_reason, years=ahead, over=over) for level in known.levels()])
    parts = [by_cell(of, known, by=by).with_columns(cease_reason=pl.lit(reason)) for reason, of in _by_reason(due)]
    if not parts:
        expected = "plans by age on the last day and a year before, and plans that ceased by age in the year between"
        raise InvalidValue(what="history and ceased", expected=expected)
    return _readings(pl.concat(parts), known, question.dims, source=said(known, passed, source))


def _due(history: History, ceased: pl.DataFrame, *, years: int, over: int | None) -> pl.DataFrame:
    """Plans of each area, age and reason that cease in each year to come."""
    exposed, rates = _exposed(history, years=years, over=over), _rates(ceased, history, over=over)
    return exposed.join(rates, on="age", how="inner").with_columns(n=pl.col("n") * pl.col("rate"))


def _of_reasons(ceased: Any, history: History) -> pl.DataFrame:
    """Plans that ceased at each single age, by year and reason."""
    frame = as_ceased_by_age(ceased, days=history.days.values())
    given, _, _ = admitted(frame, CeasedByAge, value="ceased", by=("cease_reason",))
    rows = counted(given, by=("cease_reason",))
    strays = rows.filter(~pl.col("day").is_in(list(history.days.values()))).height
    if strays:
        problem = Problem(column="day", rule="is the day of no snapshot of the history", rows=strays)
        raise FrameProblems(schema="CeasedByAge", problems=(problem,))
    parts = [
        in_single_years(of, totals(of, what="CeasedByAge")).with_columns(cease_reason=pl.lit(reason, dtype=pl.String))
        for reason, of in _by_reason(rows)
    ]
    if not parts:
        raise InvalidValue(what="ceased", expected="plans that ceased by age; no row has a count")
    return pl.concat(parts).with_columns(year=pl.col("day").dt.year().cast(pl.Int64)).rename({"n": "ceased"})


def _by_reason(rows: pl.DataFrame) -> list[tuple[str | None, pl.DataFrame]]:
    """The rows of each reason; there are a handful."""
    reasons = rows.get_column("cease_reason").unique().sort(nulls_last=True).to_list()
    return [(reason, rows.filter(pl.col("cease_reason").eq_missing(pl.lit(reason, dtype=pl.String)))) for reason in reasons]


def _rates(ceased: pl.DataFrame, history: History, *, over: int | None) -> pl.DataFrame:
    """How often plans of each age cease for each reason, over all areas that have both."""
    first = history.last - (over if over is not None else history.last)
    ends = history.ages.filter(pl.col("year") > first)
    starts = history.ages.with_columns(year=pl.col("year") + 1).rename({"n": "before"})
    exposed = ends.join(starts, on=["area", "year", "age"], how="inner").with_columns(mean=(pl.col("n") + pl.col("before")) / 2)
    there = ceased.select("area", "year").unique()
    summed = exposed.join(there, on=["area", "year"], how="semi").group_by("age").agg(pl.col("mean").sum())
    of_exposed = ceased.join(exposed, on=["area", "year", "age"], how="semi")
    numbers = of_exposed.group_by("age", "cease_reason").agg(pl.col("ceased").sum())
    some = summed.filter(pl.col("mean") > 0)
    return numbers.join(some, on="age", how="inner").select("age", "cease_reason", rate=pl.col("ceased") / pl.col("mean"))


def _exposed(history: History, *, years: int, over: int | None) -> pl.DataFrame:
    """The mean of the plans of each age at the two ends of each year to come."""
    ageing = ageing_of(history, over=over)
    now = history.ages.filter(pl.col("year") == history.last)
    made = now.select("area", "age", pl.lit(0, dtype=pl.Int64).alias("horizon"), "n").clear()
    if ageing is not None:
        made = cohort_ahead(now, ageing, years=years)
    start = now.select("area", "age", pl.lit(0, dtype=pl.Int64).alias("horizon"), "n")
    both = pl.concat([start.join(made, on="area", how="semi"), made])
    before = both.with_columns(horizon=pl.col("horizon") + _ONE).rename({"n": "before"})
    joined = both.join(before, on=["area", "age", "horizon"], how="inner")
    return joined.select("area", "age", "horizon", n=(pl.col("n") + pl.col("before")) / 2)


def _readings(made: pl.DataFrame, history: History, dims: tuple[str, ...], *, source: AnySource) -> Readings[Any]:
    last = history.days[history.last]
    horizons = made.get_column("horizon").unique().to_list()
    ends = [{ahead: anniversary(last, ahead + shift) for ahead in horizons} for shift in (-1, 0)]
    start, end = (pl.col("horizon").replace_strict(days, return_dtype=pl.Date) for days in ends)
    cell = {name: pl.col("cell").cast(pl.Int64) if name == "age" else pl.col("cell") for name in dims}
    shaped = made.select(
        pl.when(pl.col("area") != NO_AREA).then("area").alias("area"),
        pl.lit(str(ProjectionMethod.AGE_COHORT)).alias("scenario"),
        "cease_reason",
        **cell,
        period_kind=pl.lit(str(Span.kind)),
        period_start=start.dt.offset_by("1d"),
        period_end=end,
        value="n",
    )
    lazy: nw.LazyFrame[Any] = alongside(shaped, history.lazy)
    by = ("scenario", "cease_reason", *dims)
    return Readings.worked_out(lazy, home=history.home, indicators=CEASED, by=by, source=source)
