"""Projections of EHC plans: against sums by hand, against a plain loop, on every engine, and what they refuse."""

from __future__ import annotations

import datetime as dt
import math
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.ehcp import (
    EHCPCohort,
    NewPlansByAge,
    Phase,
    PlansByAge,
    ProjectionMethod,
    ceased,
    project,
    project_ceased,
    read_caseload,
    read_timeliness,
)
from bucks_cs.ehcp import plans as count_plans
from bucks_cs.errors import AcrossBreak, FrameProblems, InvalidValue, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
COHORT, COMPOUND, LINEAR = ProjectionMethod
SIMPLE = [COMPOUND, LINEAR]
MADE_UP = NoOfficialSource(reason="made up")
PLANS = {"area": pl.String, "day": pl.Date, "youngest_age": pl.Int64, "oldest_age": pl.Int64, "plans": pl.Int64}
NEW = {**{name: PLANS[name] for name in list(PLANS)[:4]}, "new_plans": pl.Int64}


def day(year):
    """A snapshot after the series' break of January 2023, unless the year is before it."""
    return dt.date(year, 1, 31)


def plans(*rows):
    """Plans by age from tuples: area, year, age or (youngest, oldest), plans."""
    spread = [(area, day(year), *(ages if isinstance(ages, tuple) else (ages, None)), n) for area, year, ages, n in rows]
    return pl.DataFrame(spread, schema=PLANS, orient="row")


def new(*rows):
    """New plans by age from tuples: area, year of the snapshot after, age or (youngest, oldest), new plans."""
    return plans(*rows).rename({"plans": "new_plans"})


def totals(area, *numbers, first=2023):
    """A total a year."""
    return plans(*((area, first + i, (0, 25), n) for i, n in enumerate(numbers)))


def value(found, year, **dims):
    """The value of one area and year, in plans."""
    return found.at(period=Snapshot(day(year)), **dims).number


# By hand


def test_by_age_cohort_each_age_is_that_below_it_times_its_ratio():
    """From 16, 17, 18 of 100, 80, 40 and then 110, 90, 60: 17s are 90/100 of the 16s before, 18s 60/80 of the 17s.

    So a year on there are no 16s (nobody of 15), 110 x 0.9 = 99 of 17 and 90 x 0.75 = 67.5 of 18; and those of 18 had no 19s.
    """
    found = project(
        plans(*(("825", 2024, 16 + i, n) for i, n in enumerate((100, 80, 40))),
              *(("825", 2025, 16 + i, n) for i, n in enumerate((110, 90, 60)))),
        years=2, by="age",
    )
    ages = {int(reading.dims[1][1]): reading.number for reading in found if reading.period == Snapshot(day(2026))}
    assert ages[17] == pytest.approx(99)
    assert ages[18] == pytest.approx(67.5)
    assert ages[19] == ages[20] == 0
    later = {int(reading.dims[1][1]): reading.number for reading in found if reading.period == Snapshot(day(2027))}
    assert later[18] == pytest.approx(99 * 0.75)


def test_an_age_that_nobody_was_a_year_below_is_held():
    """16s, whom no 15s came before, have no ratio: those there are, are taken to be there again."""
    rows = [("825", 2024, 16, 100), ("825", 2024, 17, 80), ("825", 2025, 16, 110), ("825", 2025, 17, 90)]
    found = project(plans(*rows), years=3, by="age")
    assert {value(found, year, age=16) for year in (2026, 2027, 2028)} == {110}


def test_children_up_to_four_are_held_where_new_plans_are_not_given():
    """3s and 4s stay 30 and 100; 5s are those of 4 times 120/90."""
    rows = [("825", 2024, 3, 20), ("825", 2024, 4, 90), ("825", 2024, 5, 100)]
    rows += [("825", 2025, 3, 30), ("825", 2025, 4, 100), ("825", 2025, 5, 120)]
    found = project(plans(*rows), years=1, by="age")
    assert value(found, 2026, age=3) == 30
    assert value(found, 2026, age=4) == 100
    assert value(found, 2026, age=5) == pytest.approx(100 * 120 / 90)


def test_with_new_plans_what_stays_is_what_is_left_without_them():
    """Of 100 at 10 and 90 at 11, then 120 at 11; 40 plans started at 10 and 20 at 11.

    Half of them are a year older by the snapshot: 20 at 10, 20 + 10 = 30 at 11, 10 at 12. Of the 120 at 11 that leaves 90, out of
    100 at 10: 0.9 stay. With 110 at 10 now, there will be 110 x 0.9 + 30 = 129 at 11. At 10 nobody was 9, so the 20 alone: of
    110 there only, which is what 20 x 110/20 gives. At 12 there are (95 - 10) / 90 of the 120 at 11, and 10.
    """
    rows = [("825", 2024, 10, 100), ("825", 2024, 11, 90), ("825", 2025, 10, 110), ("825", 2025, 11, 120), ("825", 2025, 12, 95)]
    started = new(("825", 2025, 10, 40), ("825", 2025, 11, 20))
    found = project(plans(*rows), years=1, by="age", new_plans=started)
    assert value(found, 2026, age=11) == pytest.approx(129)
    assert value(found, 2026, age=10) == pytest.approx(110)
    assert value(found, 2026, age=12) == pytest.approx(120 * 85 / 90 + 10)


def test_one_snapshot_by_age_is_enough_where_the_total_before_it_is_known():
    """150 plans, 100 of 10 and 50 of 11, and 120 in all the year before: then there were 80 of 10 and 40 of 11.

    So 50 of the 11s are out of 80: 0.625 of the 100 of 10 will be 62.5 of 11.
    """
    found = project(
        pl.concat([totals("825", 120, first=2024), plans(("825", 2025, 10, 100), ("825", 2025, 11, 50))]), years=1, by="age"
    )
    assert value(found, 2026, age=11) == pytest.approx(62.5)


def test_ratios_are_of_all_areas_of_a_level_together_and_new_plans_each_ones_own():
    """11s of two authorities: (90 + 30) of (100 + 100) at 10, so 0.6 of each one's 10s; the region's ratio is its own, 0.5."""
    rows = [("825", 2024, 10, 100), ("825", 2025, 10, 200), ("825", 2025, 11, 90)]
    rows += [("826", 2024, 10, 100), ("826", 2025, 10, 50), ("826", 2025, 11, 30)]
    rows += [("E12000008", 2024, 10, 200), ("E12000008", 2025, 10, 100), ("E12000008", 2025, 11, 100)]
    found = project(plans(*rows), years=1, by="age")
    assert value(found, 2026, area="825", age=11) == pytest.approx(120)
    assert value(found, 2026, area="826", age=11) == pytest.approx(30)
    assert value(found, 2026, area="E12000008", age=11) == pytest.approx(50)


def test_the_simple_ones_go_on_at_the_mean_pace_of_the_history():
    """Buckinghamshire's Januaries of 2023 to 2025: 5,890, 6,697, 7,217 (caseload): x (7,217/5,890)^(1/2) a year."""
    found = project(totals("825", 5_890, 6_697, 7_217), years=2, methods=SIMPLE)
    assert value(found, 2026, scenario="compound growth") == pytest.approx(7_217 * math.sqrt(7_217 / 5_890))
    assert value(found, 2027, scenario="compound growth") == pytest.approx(7_217**2 / 5_890)
    assert value(found, 2026, scenario="linear") == pytest.approx(7_217 + (7_217 - 5_890) / 2)
    last = project(totals("825", 5_890, 6_697, 7_217), years=1, methods=SIMPLE, over=1)
    assert value(last, 2026, scenario="compound growth") == pytest.approx(7_217**2 / 6_697)
    assert value(last, 2026, scenario="linear") == pytest.approx(7_217 + 520)


def test_the_fan_is_the_reach_of_past_errors_times_the_years():
    """Linear over one year on 100, 110, 125, 130, 150, 160: past steps were to be 120, 140, 135, 170 and were 125, 130, 150, 160.

    With half a plan on both sides the ratios are 125.5/120.5, 130.5/140.5, 150.5/135.5 and 160.5/170.5; of four, the farthest,
    since ceil(5 x 0.8) = 4: ln(150.5/135.5). So 170 for next year lies between 170.5 / (150.5/135.5) - 0.5 and
    170.5 x (150.5/135.5) - 0.5, and 180 the year after between the same with the square of it.
    """
    history = totals("825", 100, 110, 125, 130, 150, 160, first=2024)
    found = project(history, years=2, methods=LINEAR, over=1)
    reach = 150.5 / 135.5
    one, two = (found.at(period=Snapshot(day(year))) for year in (2030, 2031))
    assert (one.bound("lower"), one.bound("upper")) == pytest.approx((170.5 / reach - 0.5, 170.5 * reach - 0.5))
    assert (two.bound("lower"), two.bound("upper")) == pytest.approx((180.5 / reach**2 - 0.5, 180.5 * reach**2 - 0.5))
    assert one.interval is Interval.PREDICTION
    assert one.level == 0.8
    assert project(history, years=1, methods=LINEAR, over=1, level=0.81).at().bound("upper") is None
    third = project(history, years=1, methods=LINEAR, over=1, level=0.6).at()
    assert third.bound("upper") == pytest.approx(170.5 * 140.5 / 130.5 - 0.5)


def test_ageing_goes_on_into_the_next_phase():
    """100 of 10 and none else, who all stay: next year they are of secondary age, and there are none of primary age."""
    rows = [("825", 2024, 9, 100), ("825", 2024, 10, 100), ("825", 2025, 10, 100), ("825", 2025, 11, 100)]
    found = project(plans(*rows), years=1, by="phase")
    assert value(found, 2026, phase="secondary") == pytest.approx(100)
    assert value(found, 2026, phase="primary") == pytest.approx(0)
    assert {reading.dims[1][1] for reading in found} == {phase.value for phase in Phase}


def test_bands_move_a_year_of_their_width_at_a_time():
    """A band of 5 to 9 with 50 is 10 of each age; nobody moves from 9 on but the 10 of 9, to 10."""
    rows = [("825", year, ages, 50) for year in (2024, 2025) for ages in ((5, 9), (10, 14))]
    found = project(plans(*rows), years=1, by="age")
    assert {int(reading.dims[1][1]): reading.number for reading in found if reading.number} == pytest.approx({5: 50, 10: 50})


def test_an_area_s_unknown_ages_are_taken_for_those_that_are_known():
    """95 of 100 have an age, 10; the total is 100, and so the 10s are 100."""
    rows = [("825", 2024, (0, 25), 100), ("825", 2024, 10, 100), ("825", 2025, (0, 25), 100), ("825", 2025, 10, 95)]
    assert value(project(plans(*rows), years=1), 2026) == pytest.approx(100)


def test_plans_cease_as_often_as_those_of_their_age_have():
    """Of 100 of 18 and then 60 of 18, 20 ceased at 18: 20 / 80 a year; with 60 now and 45 to come that is a quarter of 52.5.

    18s to come: 60 of 17 now, of whom as many as 60 of 80 before stay: 45.
    """
    rows = [("825", 2024, 17, 80), ("825", 2024, 18, 100), ("825", 2025, 17, 60), ("825", 2025, 18, 60)]
    ended = pl.DataFrame({"area": ["825"], "day": [day(2025)], "age": [18], "ceased": [20], "cease_reason": ["2"]})
    found = project_ceased(plans(*rows), ceased=ended, years=1)
    reading = found.at(cease_reason="2")
    assert reading.number == pytest.approx(52.5 / 4)
    assert reading.period == Span(dt.date(2025, 2, 1), dt.date(2026, 1, 31))
    by_age = project_ceased(plans(*rows), ceased=ended.drop("cease_reason"), years=1, by="age")
    assert by_age.at(age=18).number == pytest.approx(52.5 / 4)
    assert by_age.at(age=18).dims[1] == ("cease_reason", None)


def test_how_often_plans_cease_is_of_as_many_years_back_as_are_asked_for():
    """100 of 18 throughout; 10 ceased in the first year and 30 in the second: 0.3 a year of the last, 0.2 of both."""
    rows = [("825", year, age, 100) for year in (2024, 2025, 2026) for age in (17, 18)]
    ended = pl.DataFrame({"area": "825", "day": [day(2025), day(2026)], "age": 18, "ceased": [10, 30], "cease_reason": "2"})
    for over, expected in ((1, 30), (2, 20), (None, 20)):
        assert project_ceased(plans(*rows), ceased=ended, years=1, over=over).at().number == pytest.approx(expected)


def test_plans_that_ceased_are_taken_as_they_are_counted():
    """Readings of `ceased` by age and reason, of the year before the snapshot, are what a table of the same numbers is.

    An age that is not recorded is as the others: 1 of 21 that ceased for reason 2 has none, so 12 x 21/20 were 17, 8 x 21/20 18.
    """
    of_ages = plans(*(("825", year, age, 100 + age) for year in (2024, 2025) for age in range(16, 22)))
    rows = pl.DataFrame({
        "child_id": [f"C{i}" for i in range(30)], "request_id": None, "start_date": dt.date(2020, 9, 1),
        "cease_date": dt.date(2024, 7, 31), "cease_reason": ["2"] * 21 + ["3"] * 9,
        "age": [17] * 12 + [18] * 8 + [None] + [19] * 9,
    }, schema_overrides={"request_id": pl.String})
    counted = ceased(rows, period=CalendarYear(2024), by=["age", "cease_reason"], area="825")
    found = project_ceased(of_ages, ceased=counted, years=2, by="age")
    spread = [("825", day(2025), age, n, reason) for age, n, reason in ((17, 12.6, "2"), (18, 8.4, "2"), (19, 9.0, "3"))]
    table = pl.DataFrame(spread, schema=["area", "day", "age", "ceased", "cease_reason"], orient="row")
    by_hand = project_ceased(of_ages, ceased=table, years=2, by="age")
    keys = ["age", "cease_reason", "period_end", "value"]
    for one, other in zip(found.to_polars().select(keys).rows(), by_hand.to_polars().select(keys).rows(), strict=True):
        assert one == pytest.approx(other)
    without = ceased(rows, period=CalendarYear(2024), by="age", area="825")
    first = project_ceased(of_ages, ceased=without, years=1).at()
    assert first.dims == (("scenario", "age cohort"), ("cease_reason", None))
    with pytest.raises(InvalidValue, match=r"ehcp\.ceased"):
        project_ceased(of_ages, ceased=ceased(rows, period=CalendarYear(2024), by="cease_reason"), years=1)


def test_plans_and_new_plans_counted_from_rows_are_a_history():
    """Rows of children with the age they had at each snapshot: what `plans` counts by age is what a table of ages is."""
    def rows(year, ages):
        return pl.DataFrame({
            "child_id": [f"C{year}-{i}" for i in range(len(ages))], "request_id": None, "start_date": dt.date(2020, 1, 1),
            "cease_date": None, "cease_reason": None, "age": ages,
        }, schema_overrides={"request_id": pl.String, "cease_date": pl.Date, "cease_reason": pl.String})

    counted = [
        count_plans(rows(year, ages), at=Snapshot(day(year)), by="age", area="825")
        for year, ages in ((2024, [10] * 5 + [11] * 4), (2025, [10] * 6 + [11] * 5))
    ]
    by_hand = plans(("825", 2024, 10, 5), ("825", 2024, 11, 4), ("825", 2025, 10, 6), ("825", 2025, 11, 5))
    assert project(counted, years=1, by="age").to_polars().equals(project(by_hand, years=1, by="age").to_polars())


# Against a plain loop


def made_up(areas=40, seed=5):
    """Totals of six years and ages of three, with new plans of two, of 40 areas: some without ages, bands or a last year."""
    pick = random.Random(seed)
    rows, started = [], []
    for i in range(areas):
        area, size = str(200 + i), pick.randrange(50, 900)
        for year in range(2023, 2029):
            if i % 13 == 5 and year == 2028:
                continue
            if year < 2026 or i % 11 == 3:
                rows.append((area, year, (0, 25), size + pick.randrange(200)))
                continue
            rows += [(area, year, (0, 2), pick.randrange(5)), *((area, year, age, pick.randrange(size)) for age in range(3, 26))]
            if year > 2026:
                started += [(area, year, age, pick.randrange(size // 8 + 1)) for age in range(2, 20)]
    return plans(*rows), new(*started)


def singles(history):
    """Plans of each single age, by area and year, where ages are known."""
    found = {}
    for area, of, youngest, oldest, n in history.iter_rows():
        if (youngest, oldest) == (0, 25):
            continue
        last = youngest if oldest is None else oldest
        ages = found.setdefault((area, of.year), [0.0] * 26)
        for age in range(youngest, last + 1):
            ages[age] += n / (last - youngest + 1)
    return found


def cohort_by_loop(history, started, years):
    """Total by area and years on, with loops."""
    ages, fresh = singles(history), singles(started) if started is not None else {}
    shifted = {}
    for key, ns in fresh.items():
        shifted[key] = [n / (1 if age == 25 else 2) + (ns[age - 1] / 2 if age else 0) for age, n in enumerate(ns)]
    last = max(year for _, year in ages)
    steps = [(a, y) for a, y in ages if (a, y - 1) in ages and (started is None or (a, y) in shifted)]
    stay, join = [None] * 26, [1.0] * 26
    for age in range(26):
        below = sum(ages[a, y - 1][age - 1] for a, y in steps) if age else 0
        there = sum(ages[a, y][age] for a, y in steps)
        begun = sum(shifted[a, y][age] for a, y in steps) if started is not None else 0
        if started is None:
            stay[age] = there / below if age > 4 and below else None
        else:
            stay[age] = max(there - begun, 0) / below if below else (0.0 if begun else None)
            join[age] = there / begun if begun > there or (not below and begun) else 1.0
    out = {}
    for area in {a for a, y in ages if y == last and (started is None or (a, y) in shifted)}:
        now, begun = ages[area, last], shifted.get((area, last), [0.0] * 26)
        for horizon in range(1, years + 1):
            moved = [(now[age - 1] if age else 0) * (stay[age] or 0) + begun[age] * join[age] for age in range(26)]
            now = [now[age] if stay[age] is None else moved[age] for age in range(26)]
            out[area, horizon] = sum(now)
    return out


HISTORY, STARTED = made_up()
MANY, MANY_STARTED = made_up(areas=155, seed=11)


@pytest.mark.parametrize(
    ("engine", "started"),
    [pytest.param(Engine.POLARS, None, id="polars-ratios"), *(
        pytest.param(engine, MANY_STARTED, id=f"{engine.value}-new plans") for engine in ENGINES
    )],
)
def test_it_equals_a_plain_loop_on_every_engine_and_gives_the_caller_s_own_frame(engine, started):
    """10,000 rows of 155 areas in another order; an area without ages, or without the last year, is withheld as no_history."""
    assert MANY.height > 10_000
    mixed = MANY.sample(fraction=1, shuffle=True, seed=3)
    given_new = None if started is None else as_engine(started, Engine.POLARS)
    found = project(as_engine(mixed, engine), years=3, new_plans=given_new)
    assert found.engine is engine
    expected = cohort_by_loop(MANY, started, 3)
    got = {(reading.area, reading.period.start.year - 2028): reading for reading in found}
    assert {key for key, reading in got.items() if reading.number is not None} == set(expected)
    assert len(got) == 155 * 3
    for key, reading in got.items():
        if key in expected:
            assert reading.number == pytest.approx(expected[key], rel=1e-9)
            assert reading.bound("lower") < reading.number < reading.bound("upper")
        else:
            assert reading.withheld is Withheld.NO_HISTORY
    assert "fitted across" not in str(found.source)


@pytest.mark.spark
def test_it_runs_on_spark(spark):
    """A history in Spark gives readings in Spark, of the same values."""
    few = HISTORY.filter(pl.col("area").is_in(["200", "201", "202", "204"]))
    lazy = project(as_engine(few, Engine.PYSPARK, spark=spark), years=1, methods=list(ProjectionMethod))
    assert lazy.engine is Engine.PYSPARK
    assert lazy.to_polars().equals(project(few, years=1, methods=list(ProjectionMethod)).to_polars())


def test_the_same_history_gives_the_same_readings_whatever_the_order_of_its_rows():
    """Nothing is drawn at random, so that there is no seed to give."""
    once = project(HISTORY, years=4, by="age", methods=list(ProjectionMethod), new_plans=STARTED).to_polars()
    again = project(
        HISTORY.reverse(), years=4, by="age", methods=list(reversed(ProjectionMethod)), new_plans=STARTED.reverse()
    ).to_polars()
    keys = ["value", "lower", "upper"]
    assert once.drop(keys).equals(again.drop(keys))
    assert all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) for name in keys for a, b in zip(
        once[name].fill_null(-1), again[name].fill_null(-1), strict=True))


@pytest.mark.parametrize("by", ["age", "phase"])
def test_ages_and_phases_sum_to_the_total_of_their_scenario(by):
    """For each method, area and year; where an area has no ages it has no parts."""
    keys = ["area", "scenario", "period_end"]
    whole = project(HISTORY, years=3, methods=list(ProjectionMethod), new_plans=STARTED).to_polars()
    parts = project(HISTORY, years=3, methods=list(ProjectionMethod), new_plans=STARTED, by=by).to_polars()
    summed = parts.group_by(keys).agg(pl.col("value").sum(), pl.col("withheld").null_count().alias("told"))
    both = whole.join(summed.filter(pl.col("told") > 0), on=keys, suffix="_of_parts")
    assert both.height == 3 * 3 * len({area for area, year in singles(HISTORY) if year == 2028})
    assert (both["value"] - both["value_of_parts"]).abs().max() < 1e-6


# Properties


@settings(max_examples=settings.default.max_examples // 8)
@given(st.lists(st.integers(0, 500), min_size=26, max_size=26).filter(any), st.booleans(), st.integers(1, 6))
def test_where_nothing_changes_nothing_changes(ages, with_new, years):
    """The same plans of each age three years running: the same total for each method, and each age the same by ratios."""
    rows = [("825", year, age, n) for year in (2024, 2025, 2026) for age, n in enumerate(ages)]
    started = new(*(("825", year, age, ages[age] // 3) for year in (2025, 2026) for age in range(26))) if with_new else None
    methods = list(ProjectionMethod) if not with_new or any(n // 3 for n in ages) else SIMPLE
    found = project(plans(*rows), years=years, methods=methods, new_plans=started)
    assert {round(reading.number, 6) for reading in found} == {sum(ages)}
    for reading in found:
        assert reading.bound("upper") is None


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(st.integers(1, 5_000), min_size=2, max_size=8), st.integers(2, 9))
def test_an_authority_so_many_times_as_large_has_so_many_times_the_plans(numbers, times):
    """For each of the simple methods, whatever the history."""
    small, large = (
        project(totals("825", *(n * by for n in numbers), first=2024), years=3, methods=SIMPLE) for by in (1, times)
    )
    for one, other in zip(small, large, strict=True):
        assert other.number == pytest.approx(one.number * times)


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(st.integers(0, 5_000), min_size=7, max_size=8).filter(lambda numbers: numbers[0]), st.floats(0.05, 0.75))
def test_a_higher_level_and_a_later_year_have_a_wider_fan(numbers, level):
    """Each fan holds the one of a lower level and of the year before, in proportion."""
    def fan(at):
        return [
            (reading.number, reading.bound("lower"), reading.bound("upper"))
            for reading in project(totals("825", *numbers, first=2024), years=3, methods=LINEAR, level=at)
        ]

    for (value_, low, high), (_, lower, higher) in zip(fan(level * 0.9), fan(level), strict=True):
        assert lower <= low <= value_ + 1e-9
        assert value_ <= high + 1e-9
        assert high <= higher + 1e-9


# Cohorts and published figures


def test_cohorts_are_a_history_as_a_frame_is():
    """Two cohorts by age; the source of theirs is repeated in the readings'."""
    def cohort(year, ages):
        return EHCPCohort(area="825", at=day(year), total=sum(ages.values()), by_age=ages, source=MADE_UP)

    ages = [{"under 3": 3, 10: 100, 11: 80}, {"under 3": 6, 10: 110, 11: 90}]
    found = project([cohort(2024, ages[0]), cohort(2025, ages[1])], years=1, by="age")
    rows = [("825", year, age, n) for year, of in zip((2024, 2025), ages, strict=True)
            for age, n in [((0, 2), of["under 3"]), (10, of[10]), (11, of[11])]]
    assert found.to_polars().equals(project(plans(*rows), years=1, by="age").to_polars())
    assert "made up" in str(found.source)
    with pytest.raises(InvalidValue, match="long enough"):
        project(cohort(2025, ages[1]), years=1)
    with pytest.raises(InvalidValue, match="EHCPCohorts, or Readings"):
        project([cohort(2025, ages[1]), 4], years=1)


def test_published_plans_and_plans_issued_are_a_history_as_they_are_read(published):
    """Buckinghamshire and England, from DfE's files as they come; the parts of England's regions make England's new plans."""
    folder = published / "ehc_plans"
    history = [read_caseload(folder / "caseload.csv"), read_caseload(folder / "caseload.csv", by="age")]
    issued = read_timeliness(folder / "timeliness_20_week.csv", by="age")
    with pytest.raises(AcrossBreak, match="known break"):
        project(history, years=1, new_plans=issued)
    found = project(history, years=1, new_plans=issued, across_breaks=True)
    bucks = found.at(area="825")
    assert bucks.number == pytest.approx(7_516.6, abs=0.1)
    assert (bucks.bound("lower"), bucks.bound("upper")) == pytest.approx((7_042.6, 8_022.5), abs=0.1)
    assert bucks.period == Snapshot(dt.date(2026, 1, 16))
    assert "fitted across a break in the series: 1 January 2023" in str(found.source)
    assert "data file caseload" in str(found.source)
    gone = found.to_polars().filter(pl.col("withheld") == "no_history").get_column("area")
    assert {"835", "836", "837", "909", "928"} <= set(gone)  # Dorset, Poole, Bournemouth, Cumbria, Northamptonshire as they were
    since = [part.where() for part in history]
    assert isinstance(since[0], Readings)


def test_readings_of_something_else_are_refused():
    """By another column, of another key, or with labels that are no ages."""
    by_phase = EHCPCohort(area="825", at=day(2025), total=3, by_phase={"primary": 3}, source=MADE_UP).to_readings("phase")
    with pytest.raises(InvalidValue, match='by "age" or by nothing'):
        project(by_phase, years=1)
    with pytest.raises(InvalidValue, match="new_plans"):
        project(HISTORY, years=1, new_plans=by_phase)


# Gaps and refusals


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"years": 0}, "years"),
        ({"years": 26}, "years"),
        ({"years": True}, "years"),
        ({"years": "one"}, "years"),
        ({"methods": []}, "methods"),
        ({"methods": "linear"}, "methods"),
        ({"methods": [LINEAR, LINEAR]}, "methods"),
        ({"methods": None}, "methods"),
        ({"by": "need"}, "by"),
        ({"by": ["age"]}, "by"),
        ({"over": 0}, "over"),
        ({"level": 80}, "level"),
        ({"level": None}, "level"),
        ({"level": float("nan")}, "level"),
        ({"across_breaks": "yes"}, "across_breaks"),
    ],
)
def test_what_is_no_such_thing_is_refused_by_name(asked, what):
    """The error names the argument, and comes of nothing else."""
    with pytest.raises(InvalidValue) as refused:
        project(HISTORY, **{"years": 1, **asked})
    assert refused.value.what == what
    assert refused.value.__cause__ is refused.value.__context__ is None


def test_too_short_a_history_is_refused_with_what_it_would_take():
    """One total; one snapshot by age and no total before; new plans of another year."""
    for history, methods, says in (
        (totals("825", 100), LINEAR, "for linear, plans on the last day, and in a year before"),
        (plans(("825", 2025, 10, 100)), COHORT, "by age or in total a year before"),
        (totals("825", 100, 110), COHORT, "plans by age on the last day"),
        (totals("825", 0, 110), COMPOUND, "some plans in a year before"),
    ):
        with pytest.raises(InvalidValue, match=says):
            project(history, years=1, methods=methods)
    both = project(totals("825", 100, 110), years=1, methods=[COHORT, LINEAR])
    assert both.at(scenario="age cohort").withheld is Withheld.NO_HISTORY
    assert both.at(scenario="linear").number == 120


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([("825", 2024, 10, 5), ("825", 2024, (9, 11), 5)], "overlaps another band of ages"),
        ([("825", 2024, 10, 5), ("825", 2024, (10, 10), 5)], "overlaps another band of ages"),
        ([("825", 2024, 10, 5), ("825", 2024, 10, 5)], "more than one row has the same"),
        ([("825", 2024, 10, 50), ("825", 2024, (0, 25), 5)], "ages make more than the total"),
        ([("825", 2024, 26, 5)], "is above 25"),
        ([("825", 2024, -1, 5)], "is below 0"),
        ([("825", 2024, (11, 10), 5)], "the oldest age is below the youngest"),
        ([("825", 2024, 10, -5)], "is below 0"),
        ([("825", 2024, 10, None)], "no row has a count of plans"),
        ([], "no row has a count of plans"),
    ],
)
def test_a_broken_table_is_refused_with_the_rule_it_breaks(rows, rule):
    """And no cell of it is repeated."""
    with pytest.raises(FrameProblems, match=rule) as refused:
        project(plans(*rows), years=1)
    assert "825" not in repr(refused.value.problems)


def test_two_snapshots_in_a_calendar_year_are_refused():
    """A step is a year; two areas counted on different days of a year are two snapshots too."""
    late = plans(("825", 2024, 10, 5)).with_columns(day=pl.lit(dt.date(2024, 10, 1)))
    with pytest.raises(FrameProblems, match="snapshots of more than one day"):
        project(pl.concat([plans(("825", 2024, 10, 5)), late]), years=1)


def test_new_plans_and_plans_ceased_are_of_years_up_to_a_snapshot():
    """A day that is none of the history's is refused, with a hint; with none for the area it is withheld."""
    rows = plans(*(("825", year, age, 10) for year in (2024, 2025) for age in range(5, 20)))
    astray = new(("825", 2023, 10, 5))
    with pytest.raises(FrameProblems, match="is the day of no snapshot"):
        project(rows, years=1, new_plans=astray)
    with pytest.raises(InvalidValue, match="of the year between"):
        project(rows, years=1, new_plans=new(("826", 2025, 10, 5)))
    ended = astray.rename({"new_plans": "ceased"})
    with pytest.raises(FrameProblems, match="is the day of no snapshot"):
        project_ceased(rows, ceased=ended, years=1)
    with pytest.raises(InvalidValue, match="a year before"):
        project_ceased(plans(("825", 2025, 10, 10)), ceased=ended.with_columns(day=pl.lit(day(2025))), years=1)


def test_an_age_without_a_count_is_not_taken_for_none():
    """Where no total stands beside it nobody knows how many there were: the area is withheld. Beside a total it is as unknown."""
    rows = [("825", year, age, n) for year in (2024, 2025) for age, n in ((10, 100), (11, None), (12, 90))]
    others = [("826", year, age, 50) for year in (2024, 2025) for age in (10, 11, 12)]
    found = project(plans(*rows, *others), years=1, methods=list(ProjectionMethod))
    assert {reading.withheld for reading in found.where(area="825")} == {Withheld.NO_HISTORY}
    assert value(found, 2026, area="826", scenario="linear") == 150
    whole = [("825", year, (0, 25), 200) for year in (2024, 2025)]
    assert value(project(plans(*rows, *others, *whole), years=1, methods=LINEAR), 2026, area="825") == 200
    with pytest.raises(FrameProblems, match="no total"):
        project(plans(*rows), years=1)


def test_a_gap_in_readings_is_unknown_and_an_age_that_does_not_apply_has_no_plans():
    """``low`` leaves the area's day out; ``z`` is 0 plans of that age."""
    def history(gap):
        ages = {10: 100, 12: 90}
        parts = [EHCPCohort(area="825", at=day(year), total=190, by_age=ages, source=MADE_UP) for year in (2024, 2025)]
        long = Readings.concat([part.to_readings("age") for part in parts]).to_polars()
        short = pl.col("age") == "12"
        return Readings.from_frame(long.with_columns(
            pl.when(~short).then("value").alias("value"), pl.when(short).then(pl.lit(gap)).alias("withheld"),
        ), indicators=parts[0].to_readings("age").indicators, by="age", source=MADE_UP)

    assert value(project(history("z"), years=1, methods=LINEAR), 2026) == 100
    with pytest.raises(FrameProblems, match="no total"):
        project(history("low"), years=1, methods=LINEAR)


def test_a_source_that_is_none_is_refused():
    """And it is not repeated in the readings or in the error."""
    with pytest.raises(InvalidValue, match="a Source") as refused:
        project(HISTORY, years=1, source="from Jane's desk")
    assert "Jane" not in repr(refused.value)


def test_what_is_no_frame_is_refused():
    """A text, a number, nothing."""
    for thing in ("caseload.csv", 4, None, {}):
        with pytest.raises((UnsupportedFrame, InvalidValue)):
            project(thing, years=1)
    with pytest.raises(InvalidValue):
        project([], years=1)


def test_a_checked_frame_and_a_caller_s_own_area_are_taken():
    """Without the columns area and oldest_age the ages are single and the area is the caller's own: null, as in all readings."""
    own = pl.DataFrame({"day": [day(2024), day(2025)] * 2, "age": [10, 10, 11, 11], "plans": [100.0, 110.0, 80.0, 90.0]})
    found = project(own, years=1)
    assert found.at(area=None).number == pytest.approx(110 + 110 * 90 / 100)  # the 10s are held
    checked = PlansByAge.conform(own, columns={"area": None, "oldest_age": None})
    assert project(checked, years=1).to_polars().equals(found.to_polars())
    started = NewPlansByAge.conform(new((None, 2025, 10, 4)))
    assert project(checked, years=1, new_plans=started).at(area=None).number > 0


def test_an_area_of_the_caller_s_own_is_null_on_a_lazy_engine_too():
    """And its ages are whole numbers there, and there is no interval."""
    own = AGES_OF_ONE.with_columns(area=pl.lit(None, dtype=pl.String))
    found = project(as_engine(own, Engine.DUCKDB), years=1, by="age", methods=[COHORT, LINEAR])
    assert found.is_lazy
    assert found.to_polars().equals(project(own, years=1, by="age", methods=[COHORT, LINEAR]).to_polars())
    assert found.to_polars().get_column("area").null_count() == 2 * 26


AGES_OF_ONE = plans(*(("825", year, age, 10 * age + year % 7) for year in (2024, 2025) for age in range(5, 20)))


def test_no_cell_is_repeated_in_an_error():
    """Neither a label that is no age, nor an area, nor a number."""
    secret = "Jane Doe, 4 High Street"
    cohort = EHCPCohort(area="825", at=day(2025), total=3, by_age={4: 3}, source=MADE_UP).to_readings("age")
    odd = Readings.from_frame(
        cohort.frame.with_columns(age=pl.lit(secret)), indicators=cohort.indicators, by="age", source=MADE_UP
    )
    for ask in (
        lambda: project(odd, years=1),
        lambda: project(AGES_OF_ONE.with_columns(area=pl.lit(secret), plans=pl.lit(-98_765)), years=1),
        lambda: project(AGES_OF_ONE.with_columns(plans=pl.lit(secret)), years=1),
        lambda: project(AGES_OF_ONE.filter(pl.col("day") == day(2025)).with_columns(area=pl.lit(secret)), years=1),
    ):
        with pytest.raises((InvalidValue, FrameProblems)) as refused:
            ask()
        told = f"{refused.value} {refused.value!r} {refused.value.args} {refused.value.__cause__} {refused.value.__context__}"
        assert secret not in told
        assert "98" not in told


def test_the_anniversary_of_a_leap_day_is_28_february():
    """Where there is no 29th."""
    history = totals("825", 100, 110).with_columns(
        day=pl.when(pl.col("day") == day(2024)).then(dt.date(2024, 2, 29)).otherwise(pl.col("day"))
    )
    ends = project(history, years=4, methods=LINEAR).to_polars().get_column("period_end").to_list()
    assert ends == [dt.date(2025, 2, 28), dt.date(2026, 2, 28), dt.date(2027, 2, 28), dt.date(2028, 2, 29)]
