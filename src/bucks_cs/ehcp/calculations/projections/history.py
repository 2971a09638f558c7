"""EHC plans to come: the history they are projected from, as totals and single ages by year."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import polars as pl

from bucks_cs.ehcp.calculations.projections import bands
from bucks_cs.ehcp.calculations.projections.taking_in import as_new_plans_by_age, as_plans_by_age
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.ehcp.schema.plans_by_age import NewPlansByAge, PlansByAge
from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames.engine import Home, enter
from bucks_cs.indicators import Break
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.trend import rules

__all__ = ["History", "history_of", "need_no_break"]


@attrs.frozen(kw_only=True)
class History:
    """What plans are projected from, by area and year; an area is text here, the caller's own is `bands.NO_AREA`.

    Args:
        areas: ``area``: all there are, those of which nothing is known too.
        totals: ``area``, ``year``, ``total``.
        ages: ``area``, ``year``, ``age``, ``n``: 26 ages of the areas and years whose ages are known.
        youngest: ``area``, ``age``, ``band``: the youngest age of the band that an age was counted in, on the last day.
        new: ``area``, ``year``, ``age``, ``n``: plans that started in the year up to the snapshot; None where not given.
        days: The day of each year's snapshot.
        home: The kind of frame the history came as.
        lazy: The frame itself, in its engine.
        source: Where cohorts or readings say they are from; None for a frame.
    """

    areas: pl.DataFrame
    totals: pl.DataFrame
    ages: pl.DataFrame
    youngest: pl.DataFrame
    new: pl.DataFrame | None
    days: dict[int, dt.date]
    home: Home
    lazy: Any
    source: AnySource | None = None

    @property
    def last(self) -> int:
        """The year of the last snapshot."""
        return max(self.days)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a snapshot."""
        return tuple(sorted(self.days))

    def levels(self) -> tuple[History, ...]:
        """The history of each level of area by itself: what is worked out over all areas is over those of one level.

        Authorities have an LA number; regions and England have ONS codes, whose first three characters tell one from another.
        """
        level = pl.when(pl.col("area").str.contains(r"^[A-Z]\d{8}$")).then(pl.col("area").str.head(3)).otherwise(pl.lit(""))
        there = self.areas.select(level.alias("level")).unique().sort("level").get_column("level").to_list()
        return tuple(
            attrs.evolve(
                self,
                areas=self.areas.filter(level == one),
                totals=self.totals.filter(level == one),
                ages=self.ages.filter(level == one),
                youngest=self.youngest.filter(level == one),
                new=None if self.new is None else self.new.filter(level == one),
            )
            for one in there
        )

    def up_to(self, year: int) -> History:
        """The history as it was known once the snapshot of a year was: nothing of a later year is in it.

        Args:
            year: The last year to keep.
        """
        kept = pl.col("year") <= year
        return attrs.evolve(
            self,
            totals=self.totals.filter(kept),
            ages=self.ages.filter(kept),
            new=None if self.new is None else self.new.filter(kept),
            days={known: day for known, day in self.days.items() if known <= year},
        )


def history_of(history: Any, *, new_plans: Any) -> History:
    """A history out of what a caller has.

    Args:
        history: Plans by age, as a frame of any engine or checked by `PlansByAge`, as cohorts, or as readings.
        new_plans: Plans that started by age, as a frame of any engine or checked by `NewPlansByAge`; None where there are none.

    Raises:
        FrameProblems: A rule of either schema is broken; a year has snapshots of two days; there are no plans at all.
        InvalidValue: Cohorts or readings that have no ages and no totals.
        UnsupportedFrame: One is no frame.
    """
    frame, lead, source = as_plans_by_age(history)
    given, home, lazy = bands.admitted(frame, PlansByAge, value="plans")
    rows = bands.counted(given)
    if lead is not None:
        lazy, home = enter(lead)
    days = _days(rows, given)
    whole = bands.totals(rows, what="PlansByAge")
    single = bands.in_single_years(rows, whole)
    year = pl.col("day").dt.year().cast(pl.Int64).alias("year")
    return History(
        areas=given.select("area").unique().sort("area"),
        totals=whole.select("area", year, "total").sort("area", "year"),
        ages=single.select("area", year, "age", "n"),
        youngest=_youngest(rows, max(days.values())),
        new=None if new_plans is None else _new(new_plans, days),
        days=days,
        home=home,
        lazy=lazy,
        source=source,
    )


def _days(rows: pl.DataFrame, given: pl.DataFrame) -> dict[int, dt.date]:
    found = rows.select("day").unique().sort("day").get_column("day").to_list()
    days = {day.year: day for day in found}
    if not days:
        some = given.get_column("n").is_not_null().any()
        hint = " Give the total, as ages 0 to 25, or 0 where there are none." if some else ""
        rule = "each day has an age without a count, and no total" if some else "no row has a count of plans"
        raise FrameProblems(schema="PlansByAge", problems=(Problem(rule=rule, rows=given.height, hint=hint),))
    if len(days) < len(found):
        hint = " One step of a projection is a year: keep one snapshot of each calendar year, the same day for all areas."
        rule = "a calendar year has snapshots of more than one day"
        problem = Problem(column="day", rule=rule, rows=len(found) - len(days), hint=hint)
        raise FrameProblems(schema="PlansByAge", problems=(problem,))
    return days


def _youngest(rows: pl.DataFrame, last: dt.date) -> pl.DataFrame:
    """Which band an age is counted in, so that a projection has the history's own bands; an age of none stands for itself."""
    of_last = rows.filter((pl.col("day") == last) & (pl.col("oldest_age") > pl.col("youngest_age")) & ~bands.ALL_AGES)
    spread = of_last.with_columns(age=pl.int_ranges("youngest_age", pl.col("oldest_age") + 1)).explode("age")
    return spread.select("area", pl.col("age").cast(pl.Int64), band="youngest_age")


def _new(new_plans: Any, days: dict[int, dt.date]) -> pl.DataFrame:
    frame = as_new_plans_by_age(new_plans, days=days.values())
    given, _, _ = bands.admitted(frame, NewPlansByAge, value="new_plans")
    rows = bands.counted(given)
    strays = rows.filter(~pl.col("day").is_in(list(days.values()))).height
    if strays:
        hint = " New plans of the calendar year 2023 have the day of the snapshot of January 2024."
        problem = Problem(column="day", rule="is the day of no snapshot of the history", rows=strays, hint=hint)
        raise FrameProblems(schema="NewPlansByAge", problems=(problem,))
    single = bands.in_single_years(rows, bands.totals(rows, what="NewPlansByAge"))
    return single.select("area", pl.col("day").dt.year().cast(pl.Int64).alias("year"), "age", "n")


def need_no_break(history: History, *, across_breaks: object) -> tuple[Break, ...]:
    """The breaks of the series that lie within a history, once it is sure that the caller means to fit across them.

    Args:
        history: The history.
        across_breaks: Whether she does.

    Raises:
        AcrossBreak: There is one, and she has not said so.
        InvalidValue: ``across_breaks`` is neither yes nor no.
    """
    if not isinstance(across_breaks, bool):
        raise InvalidValue(what="across_breaks", expected="True or False")
    first, last = (Snapshot(history.days[year]) for year in (history.years[0], history.last))
    found = rules.breaks_passed(PLANS, first, last)
    if not across_breaks:
        rules.refuse_breaks(found, what=f"the history of {PLANS.key}", area_known=True)
    return found
