"""EHC plans to come: a projection, with the fan of its method's own past errors."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from types import NoneType
from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.ehcp.calculations.projections.asked import LEVEL, Asked, asked, years_ahead
from bucks_cs.ehcp.calculations.projections.bands import NO_AREA
from bucks_cs.ehcp.calculations.projections.forecasts import forecast
from bucks_cs.ehcp.calculations.projections.history import History, history_of, need_no_break
from bucks_cs.ehcp.calculations.projections.intervals import with_bounds
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import alongside
from bucks_cs.indicators import Break, Interval, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.readings import Readings

__all__ = ["project", "said"]

_WHAT_IT_TAKES = {
    ProjectionMethod.AGE_COHORT: "plans by age on the last day, and by age or in total a year before; with new plans, those of "
    "the year between",
    ProjectionMethod.COMPOUND_GROWTH: "plans on the last day, and some plans in a year before",
    ProjectionMethod.LINEAR: "plans on the last day, and in a year before",
}


def project(
    history: Any,
    *,
    years: int,
    methods: ProjectionMethod | Iterable[ProjectionMethod] = ProjectionMethod.AGE_COHORT,
    by: str | None = None,
    new_plans: Any = None,
    over: int | None = None,
    level: float = LEVEL,
    across_breaks: bool = False,
    source: AnySource | None = None,
) -> Readings[Any]:
    """EHC plans in the years to come, from a history of plans by age: what there will be if things go on as they have.

    It is no forecast of policy: nothing here knows of a change in law, in thresholds or in the number of children. `back_test`
    says how far each method has been out, and `project_ceased` how many plans will cease, by age and reason.

    Deterministic: nothing is drawn at random, so that there is no seed to give, and the same history gives the same readings
    whatever the order of its rows.

    Args:
        history: Plans by age, of any engine, or checked by `PlansByAge`; an `EHCPCohort` or several; or `Readings` of
            ``ehcp.plans`` by ``age`` and of totals, as `read_caseload` gives them, in a list. Shares and errors are taken over
            all areas of a level together (authorities, regions, England), so that an authority given alone is projected from its
            own, and in a file of all authorities from those of all. It is read whole, on a lazy engine too.
        years: How many years on, 1 to 25.
        methods: A `ProjectionMethod`, or several, which become scenarios side by side.
        by: ``"age"`` for the ages of the history, ``"phase"`` for `Phase`, None for totals.
        new_plans: Plans that started by age, of any engine, or checked by `NewPlansByAge`, or `Readings` by ``age`` of new plans
            or of plans issued, as `read_timeliness` gives them. It is for the age cohort method: with them each area's own new
            plans of the last year are taken to start again every year.
        over: How many years back to fit on; None for all there are.
        level: The level of the prediction interval.
        across_breaks: Go on where the series breaks within the history, which the source of the readings then says.
        source: Where the history is from, which the readings' source repeats.

    Returns:
        Plans on each anniversary of the last day, of each scenario: 0 or more, in fractions of a plan, under the key of `PLANS`
        with ``scenario`` and ``age`` (the youngest of its band) or ``phase``; ages and phases sum to the total of their scenario.
        Bounds are of a prediction interval; there are none where the history has too few past errors for the level (four for
        0.8). An area with too short a history is withheld as ``no_history``; a day with an age that has no count, and no total
        beside it, is not in the history. Frame of the caller's own kind.

    Raises:
        InvalidValue: The history is too short for any area and method, with what it would take; or an argument is no such thing.
        FrameProblems: A rule of a schema is broken; bands of ages overlap, or make more than the total; a calendar year has
            snapshots of two days.
        AcrossBreak: The series breaks within the history.

    Source:
        The methods: `ProjectionMethod`. The interval: split conformal prediction, as `intervals.with_bounds` tells.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import ProjectionMethod, project
        >>> totals = pl.DataFrame({"day": [dt.date(2024, 1, 31), dt.date(2025, 1, 31)], "youngest_age": 0, "oldest_age": 25,
        ...     "plans": [6_697, 7_217]})
        >>> simple = [ProjectionMethod.COMPOUND_GROWTH, ProjectionMethod.LINEAR]
        >>> for reading in project(totals, years=1, methods=simple):
        ...     print(reading)
        EHC plans, scenario compound growth, 31 January 2026: 7,777.4 plans (no official source: a projection from ... 2025)
        EHC plans, scenario linear, 31 January 2026: 7,737 plans (no official source: a projection from ... 2025)
    """
    question = asked(methods=methods, over=over, by=by, level=level)
    ahead = years_ahead(years, what="years")
    known = history_of(history, new_plans=new_plans)
    passed = need_no_break(known, across_breaks=across_breaks)
    made = [_scenario(level, method, question, ahead) for level in known.levels() for method in question.methods]
    if all(part.get_column("n").null_count() == part.height for part in made):
        _refuse(question.methods)
    return _readings(pl.concat(made), known, question, source=said(known, passed, source))


def _scenario(history: History, method: ProjectionMethod, question: Asked, years: int) -> pl.DataFrame:
    """One method's plans with bounds, and a row without any for what it cannot project."""
    made = forecast(history, method=method, years=years, over=question.over, by=question.by)
    fanned = with_bounds(made, history, method=method, over=question.over, by=question.by, level=question.level)
    areas = history.areas.join(fanned.select("area"), on="area", how="anti")
    none = pl.DataFrame({"cell": [None]}, schema={"cell": pl.String})
    cells = fanned.select("cell").unique() if fanned.height else none
    horizons = pl.DataFrame({"horizon": range(1, years + 1)}, schema={"horizon": pl.Int64})
    gaps = areas.join(cells, how="cross").join(horizons, how="cross")
    return pl.concat([fanned, gaps], how="diagonal").with_columns(scenario=pl.lit(str(method)))


def _refuse(methods: Sequence[ProjectionMethod]) -> None:
    needed = "; ".join(f"for {method}, {_WHAT_IT_TAKES[method]}" for method in methods)
    raise InvalidValue(what="history", expected=f"one that is long enough: {needed}")


def said(history: History, passed: tuple[Break, ...], source: AnySource | None) -> NoOfficialSource:
    """That these are projections, from when to when, of whose figures, and across which breaks."""
    given_for_it: object = source
    if not isinstance(given_for_it, (Source, NoOfficialSource, NoneType)):
        raise InvalidValue(what="source", expected="a Source, a NoOfficialSource, or None")
    first, last = (Snapshot(history.days[year]) for year in (history.years[0], history.last))
    given = source if source is not None else history.source
    of = "" if given is None else f" ({given})"
    across = f"; fitted across a break in the series: {'; '.join(map(str, passed))}" if passed else ""
    return NoOfficialSource(reason=f"a projection from the plans of {first} to {last}{of}{across}")


def _readings(made: pl.DataFrame, history: History, question: Asked, *, source: AnySource) -> Readings[Any]:
    days = {ahead: anniversary(history.days[history.last], ahead) for ahead in made.get_column("horizon").unique().to_list()}
    told, bounded = pl.col("n").is_not_null(), pl.col("lower").is_not_null()
    dims = {} if question.by is None else {question.by: pl.col("cell").cast(pl.Int64) if question.by == "age" else pl.col("cell")}
    day = pl.col("horizon").replace_strict(days, return_dtype=pl.Date)
    shaped = made.select(
        pl.when(pl.col("area") != NO_AREA).then("area").alias("area"),
        "scenario",
        **dims,
        period_kind=pl.lit(str(Snapshot.kind)),
        period_start=day,
        period_end=day,
        value="n",
        lower="lower",
        upper="upper",
        interval=pl.when(bounded).then(pl.lit(Interval.PREDICTION.value)),
        level=pl.when(bounded).then(pl.lit(question.level)),
        withheld=pl.when(~told).then(pl.lit(Withheld.NO_HISTORY.value)),
    )
    lazy: nw.LazyFrame[Any] = alongside(shaped, history.lazy)
    return Readings.worked_out(lazy, home=history.home, indicators=PLANS, by=("scenario", *question.dims), source=source)


def anniversary(day: dt.date, years: int) -> dt.date:
    """The same day so many years on; 28 February where there is no 29th.

    Args:
        day: The day.
        years: How many years.
    """
    year = day.year + years
    is_missing = (day.month, day.day) == (2, 29) and not calendar.isleap(year)
    return day.replace(year=year, day=28 if is_missing else day.day)
