"""EHC plans to come, as they would have been projected before: the error of each method where the answer is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.ehcp.calculations.projections.asked import LEVEL, MOST_YEARS, Asked, asked
from bucks_cs.ehcp.calculations.projections.bands import NO_AREA
from bucks_cs.ehcp.calculations.projections.errors_made import (
    PROJECTION_COVERED,
    PROJECTION_ERROR,
    PROJECTION_ERROR_PERCENT,
)
from bucks_cs.ehcp.calculations.projections.forecasts import actual, forecast
from bucks_cs.ehcp.calculations.projections.history import History, history_of, need_no_break
from bucks_cs.ehcp.calculations.projections.intervals import with_bounds
from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod
from bucks_cs.ehcp.calculations.projections.projecting import said
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import alongside
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings

__all__ = ["back_test"]

_KEYS = ("scenario", "cut", "horizon")


def back_test(
    history: Any,
    *,
    methods: ProjectionMethod | Iterable[ProjectionMethod] = tuple(ProjectionMethod),
    cuts: int | Iterable[int] | None = None,
    by: str | None = None,
    new_plans: Any = None,
    over: int | None = None,
    level: float = LEVEL,
    across_breaks: bool = False,
    source: AnySource | None = None,
) -> Readings[Any]:
    """How far each method would have been out: fitted on the years up to a cut, and set against the plans of the years after.

    Nothing of a year after the cut is known to what is projected from it: neither shares, nor new plans, nor the errors that
    make the fan. `summarise_back_test` makes medians and coverage of it.

    Args:
        history: As for `project`.
        methods: A `ProjectionMethod`, or several; all three where none is named.
        cuts: The year of the last snapshot to fit on, or several; None for every year of the history but the last.
        by: As for `project`; an error is then of an age or a phase.
        new_plans: As for `project`.
        over: As for `project`.
        level: As for `project`.
        across_breaks: As for `project`.
        source: As for `project`.

    Returns:
        For each area, method, cut and horizon (years from the cut): `PROJECTION_ERROR`, plans projected less plans there were;
        `PROJECTION_ERROR_PERCENT`, that in percent of the plans there were, ``z`` where there were none; and
        `PROJECTION_COVERED`, 100 where the interval held them and 0 where not. By ``scenario``, ``cut`` (a year), ``horizon`` and
        ``by``; of the day the plans were counted on. A method that cannot be fitted at a cut is withheld as ``no_history``; so is
        the coverage where there was no interval. Days for which an area has no plans to set against are not there.

    Raises:
        InvalidValue: No year after a cut, or none of the methods can be fitted at any cut; an argument is no such thing.
        FrameProblems: As `project`.
        AcrossBreak: As `project`.

    Source:
        As `project`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.ehcp import ProjectionMethod, back_test
        >>> totals = pl.DataFrame({"day": [dt.date(year, 1, 31) for year in (2023, 2024, 2025)], "youngest_age": 0,
        ...     "oldest_age": 25, "plans": [5_890, 6_697, 7_217]})
        >>> errors = back_test(totals, methods=ProjectionMethod.LINEAR, cuts=2024)
        >>> print(errors.at(indicator="ehcp.projection_error"))
        Error of a projection, scenario linear, cut 2024, horizon 1, 31 January 2025: 287 plans (no official source: ...)
    """
    question = asked(methods=methods, over=over, by=by, level=level)
    known = history_of(history, new_plans=new_plans)
    passed = need_no_break(known, across_breaks=across_breaks)
    tested = pl.concat(
        [
            _tested(level, method, question, cut=cut)
            for level in known.levels()
            for cut in _cuts(cuts, known)
            for method in question.methods
        ],
        how="diagonal",
    )
    if tested.get_column("n").null_count() == tested.height:
        expected = "one that is long enough up to a cut for a method, with plans in a year after it"
        raise InvalidValue(what="history", expected=expected)
    return _readings(tested, known, question, source=said(known, passed, source))


def _cuts(given: object, history: History) -> tuple[int, ...]:
    """The years to cut at: each in the history, with a year after it."""
    possible = history.years[:-1]
    if given is None and possible:
        return possible
    asked_for: tuple[object, ...] = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    years = [cut for cut in asked_for if isinstance(cut, int) and not isinstance(cut, bool) and cut in possible]
    if not years or len(years) < len(asked_for):
        hint = f" The history has {', '.join(map(str, history.years))}."
        raise InvalidValue(what="cuts", expected="years of snapshots of the history with a later one after them", hint=hint)
    return tuple(sorted(set(years)))


def _tested(history: History, method: ProjectionMethod, question: Asked, *, cut: int) -> pl.DataFrame:
    """The projections of one method from one cut, beside the plans there were; a null where it made none."""
    before = history.up_to(cut)
    later = [year for year in history.years if cut < year <= cut + MOST_YEARS]
    made = forecast(before, method=method, years=later[-1] - cut, over=question.over, by=question.by)
    fanned = with_bounds(made, before, method=method, over=question.over, by=question.by, level=question.level)
    counted = {year: actual(history, year=year, by=question.by).rename({"n": "actual"}) for year in later}
    there = pl.concat([of.with_columns(horizon=pl.lit(year - cut, dtype=pl.Int64)) for year, of in counted.items()])
    known_then = before.totals.filter(pl.col("year") == cut).select("area")
    beside = there.join(known_then, on="area", how="semi").join(
        fanned, on=["area", "cell", "horizon"], how="left", nulls_equal=True
    )
    return beside.with_columns(scenario=pl.lit(str(method)), cut=pl.lit(cut, dtype=pl.Int64))


def _readings(tested: pl.DataFrame, history: History, question: Asked, *, source: AnySource) -> Readings[Any]:
    """Three figures of each projection."""
    told, fan = pl.col("n").is_not_null(), pl.col("lower").is_not_null()
    held = (pl.col("actual") >= pl.col("lower") - _NOISE) & (pl.col("actual") <= pl.col("upper") + _NOISE)
    some, error = pl.col("actual") > 0, pl.col("n") - pl.col("actual")
    no_history, none = pl.lit(Withheld.NO_HISTORY.value), pl.lit(Withheld.NOT_APPLICABLE.value)
    figures: dict[Indicator, dict[str, pl.Expr]] = {
        PROJECTION_ERROR: {"value": error, "withheld": pl.when(~told).then(no_history)},
        PROJECTION_ERROR_PERCENT: {
            "value": pl.when(some).then(error / pl.col("actual") * 100),
            "withheld": pl.when(~told).then(no_history).when(~some).then(none),
        },
        PROJECTION_COVERED: {
            "value": pl.when(fan).then(held.cast(pl.Float64) * 100),
            "withheld": pl.when(~fan).then(no_history),
            "numerator": pl.when(fan).then(held.cast(pl.Float64)),
            "denominator": pl.when(fan).then(pl.lit(1.0)),
        },
    }
    shaped = pl.concat(
        [tested.select(*_named(history, question), indicator=pl.lit(of.key), **figure) for of, figure in figures.items()],
        how="diagonal",
    )
    lazy: nw.LazyFrame[Any] = alongside(shaped, history.lazy)
    by = (*_KEYS, *question.dims)
    return Readings.worked_out(lazy, home=history.home, indicators=tuple(figures), by=by, source=source)


_NOISE = 1e-9


def _named(history: History, question: Asked) -> list[pl.Expr]:
    """Whose figure, of what, of which day."""
    cell = pl.col("cell").cast(pl.Int64) if question.by == "age" else pl.col("cell")
    day = (pl.col("cut") + pl.col("horizon")).replace_strict(history.days, return_dtype=pl.Date)
    return [
        pl.when(pl.col("area") != NO_AREA).then("area").alias("area"),
        *_KEYS,  # type: ignore[list-item]
        *(cell.alias(name) for name in question.dims),
        pl.lit(str(Snapshot.kind)).alias("period_kind"),
        day.alias("period_start"),
        day.alias("period_end"),
    ]
