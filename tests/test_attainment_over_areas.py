"""Published figures beside an ambition over areas and years: the same numbers on every engine, and as one at a time."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.attainment import (
    GCSE_AMBITION,
    KEY_STAGE_2,
    KEY_STAGE_2_AMBITION,
    MEAN_GCSE_GRADE,
    PHONICS,
    gap_to_line,
    on_line,
    progress_needed,
    yearly_progress,
)
from bucks_cs.errors import InvalidValue, NotFound
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.periods import AcademicYear, FinancialYear
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
MEASURES = [gap_to_line, yearly_progress]
YEARS = ("2028/29", "2029/30")


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def share(number, *, year=2025, area="825", half=0.5, indicator=KEY_STAGE_2, **other):
    """A published share, with the bounds of its rounding where there are any."""
    period = AcademicYear.ending(year)
    if isinstance(number, Withheld) or half is None:
        return Reading.of(indicator, number, area=area, period=period, **other)
    bounds = {"lower": max(0.0, number - half), "upper": number + half, "interval": Interval.ROUNDING}
    return Reading.of(indicator, number, area=area, period=period, **bounds | other)


def values(readings):
    """Each value by its target year, of readings of one area and year."""
    return {dict(reading.dims)["target_year"]: reading.number for reading in readings}


def test_each_figure_has_a_row_for_each_year_that_2030_can_mean():
    """And no other; sorted by area and target year."""
    found = gap_to_line(Readings.of([share(65), share(63, area="E92000001")]), ambition=KEY_STAGE_2_AMBITION)
    assert found.by == ("target_year",)
    assert [(row["area"], row["target_year"]) for row in rows_of(found.frame)] == [
        (area, year) for area in ("825", "E92000001") for year in YEARS
    ]
    assert {indicator.key for indicator in found.indicators} == {"attainment.key_stage_2/gap_to_line"}


def test_the_gap_is_in_points_of_a_share_and_in_grades_of_a_mean():
    """By hand: 61 less 65 + 25 x 3/10; 4.6 less 4.5 + 0.5 x 5/10."""
    points = gap_to_line(Readings.of([share(61, year=2022)]), ambition=KEY_STAGE_2_AMBITION)
    assert values(points) == pytest.approx({"2028/29": 61 - 72.5, "2029/30": 61 - (65 + 75 / 11)})
    assert points.indicators[0].unit == "percentage_point"
    grades = gap_to_line(Readings.of([share(4.6, year=2024, half=None, indicator=MEAN_GCSE_GRADE)]), ambition=GCSE_AMBITION)
    assert values(grades)["2028/29"] == pytest.approx(-0.15)
    assert grades.indicators[0].unit == "grade"


def test_bounds_come_from_rounding_and_none_is_made_up():
    """An exact figure has none, and a confidence interval is passed over."""
    rounded, exact = (gap_to_line(Readings.of([share(65, half=h)]), ambition=KEY_STAGE_2_AMBITION) for h in (0.5, None))
    assert next((row["lower"], row["upper"], row["interval"]) for row in rows_of(rounded.frame)) == (-15.5, -14.5, "rounding")
    assert {(row["lower"], row["interval"]) for row in rows_of(exact.frame)} == {(None, None)}
    sure = share(65, interval=Interval.CONFIDENCE, level=0.95)
    assert {row["lower"] for row in rows_of(gap_to_line(Readings.of([sure]), ambition=KEY_STAGE_2_AMBITION).frame)} == {None}


def test_the_bounds_of_what_is_needed_turn_round():
    """The higher a figure, the less is needed: by hand (90 - 65.5) / 5 and (90 - 64.5) / 5."""
    found = yearly_progress(Readings.of([share(65)]), ambition=KEY_STAGE_2_AMBITION).at(target_year="2029/30")
    assert (found.number, found.bound("lower"), found.bound("upper")) == (5, 4.9, 5.1)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("gap", list(Withheld))
def test_a_gap_keeps_its_reason(measure, gap):
    """Each of them, whatever the year."""
    found = measure(Readings.of([share(gap)]), ambition=KEY_STAGE_2_AMBITION)
    assert [reading.withheld for reading in found] == [gap, gap]


def test_bounds_beside_a_withheld_figure_are_set_beside_the_line_too():
    """A figure that can be read in more than one way stays unresolved, within its bounds."""
    open_ = share(Withheld.UNRESOLVED, lower=60, upper=70, interval=Interval.BOUNDS)
    found = gap_to_line(Readings.of([open_]), ambition=KEY_STAGE_2_AMBITION).at(target_year="2028/29")
    assert found.withheld is Withheld.UNRESOLVED
    assert (found.bound("lower"), found.bound("upper")) == (-20, -10)


def test_a_year_before_the_baseline_or_after_the_target_has_no_line():
    """Not applicable, and so is a figure of another kind of period."""
    for year in (2018, 2031):
        found = gap_to_line(Readings.of([share(65, year=year)]), ambition=KEY_STAGE_2_AMBITION)
        assert {reading.withheld for reading in found} == {Withheld.NOT_APPLICABLE}
    other = Reading.of(KEY_STAGE_2, 65, area="825", period=FinancialYear("2024-25"))
    for measure in MEASURES:
        assert {r.withheld for r in measure(Readings.of([other]), ambition=KEY_STAGE_2_AMBITION)} == {Withheld.NOT_APPLICABLE}


def test_a_target_that_is_reached_needs_0_and_one_whose_year_is_past_is_not_applicable():
    """In 2029 the first reading of 2030 is past."""
    reached = yearly_progress(Readings.of([share(92, year=2029)]), ambition=KEY_STAGE_2_AMBITION)
    assert values(reached) == {"2028/29": 0, "2029/30": 0}
    short = yearly_progress(Readings.of([share(80, year=2029)]), ambition=KEY_STAGE_2_AMBITION)
    assert values(short) == {"2028/29": None, "2029/30": 10}
    assert short.at(target_year="2028/29").withheld is Withheld.NOT_APPLICABLE
    # 90, rounded, is the target in the last year, and its lower end is not: no bounds can be given.
    at_it = yearly_progress(Readings.of([share(90, year=2029)]), ambition=KEY_STAGE_2_AMBITION).at(target_year="2028/29")
    assert (at_it.number, at_it.interval) == (0, None)


def test_of_an_authority_it_is_called_a_comparison():
    """In the definition that goes with the numbers."""
    for measure in MEASURES:
        counts = measure(Readings.of([share(65)]), ambition=KEY_STAGE_2_AMBITION).indicators[0].counts
        assert "no authority has a target in it" in counts


def test_other_indicators_are_passed_over_and_none_of_it_is_refused():
    """The refusal names the key that is missing among those there are."""
    both = Readings.of([share(65), share(82, indicator=PHONICS)])
    assert len(gap_to_line(both, ambition=KEY_STAGE_2_AMBITION)) == 2
    for measure in MEASURES:
        with pytest.raises(NotFound, match=r"attainment\.phonics"):
            measure(both.where(indicator=PHONICS), ambition=KEY_STAGE_2_AMBITION)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_no_readings_or_no_ambition_is_refused_by_name(measure):
    """And readings that are broken down by target year already."""
    for odd in (None, 65, pl.DataFrame(), share(65), "readings"):
        with pytest.raises(InvalidValue, match="readings"):
            measure(odd, ambition=KEY_STAGE_2_AMBITION)
    for odd in (None, 90, KEY_STAGE_2):
        with pytest.raises(InvalidValue, match="ambition"):
            measure(Readings.of([share(65)]), ambition=odd)
    twice = Readings.of([share(65, dims={"target_year": "2028/29"})])
    with pytest.raises(InvalidValue, match="target_year"):
        measure(twice, ambition=KEY_STAGE_2_AMBITION)


@pytest.mark.parametrize("measure", MEASURES)
def test_no_readings_give_none(measure):
    """An empty frame with its columns."""
    none = Readings.of([share(65)]).where(area="999")
    found = measure(none, ambition=KEY_STAGE_2_AMBITION)
    assert len(found) == 0
    assert found.by == ("target_year",)


SOME = st.lists(
    st.tuples(st.integers(0, 100), st.sampled_from([2019, *range(2022, 2031)])), min_size=1, max_size=6, unique_by=lambda p: p[1]
)


@given(figures=SOME)
@settings(max_examples=20)
def test_a_table_gives_what_one_figure_at_a_time_gives(figures):
    """For each target year: the gap and its bounds as `on_line` has them, and what `progress_needed` needs."""
    table = Readings.of([share(number, year=year, half=0.5 if number < 100 else None) for number, year in figures])
    gaps, needed = ({(r.period, r.dims[0][1]): r for r in measure(table, ambition=KEY_STAGE_2_AMBITION)} for measure in MEASURES)
    for reading in table:
        for by in KEY_STAGE_2_AMBITION.by.years:
            gap, step = (found[reading.period, by.label] for found in (gaps, needed))
            if reading.period <= by:
                assert bounds(gap) == pytest.approx(ends(on_line(KEY_STAGE_2_AMBITION, reading, by=by).gap))
            a_year = progress_needed(KEY_STAGE_2_AMBITION, reading, by=by).a_year
            if a_year is None:
                # Of a rounded 90 in the last year the table has what is printed, which is the target, and no bounds.
                assert (step.withheld, step.number) == ((None, 0) if reading.number >= 90 else (Withheld.NOT_APPLICABLE, None))
            else:
                assert bounds(step) == pytest.approx(ends(a_year))


def bounds(reading):
    """The bounds of a reading, or its number twice where it has none."""
    return (reading.bound("lower"), reading.bound("upper")) if reading.interval else (reading.number,) * 2


def ends(pair):
    """The two ends of a range as numbers."""
    return tuple(float(end.magnitude) for end in pair)


# Engines and the oracle

ENDS = {year: AcademicYear.ending(year) for year in range(2016, 2033)}


def many(rows, seed=8):
    """Made-up figures of made-up schools, a few withheld, some without bounds, as a long frame."""
    draw = random.Random(seed)
    out = []
    for n in range(rows):
        year = ENDS[draw.choice(list(ENDS))]
        number = None if draw.random() < 0.1 else float(draw.randint(0, 99))
        half = 0.5 if number is not None and draw.random() < 0.7 else None
        out.append(
            {
                "indicator": "attainment.key_stage_2",
                "area": draw.choice(["825", "826", "E92000001", None]),
                "school": f"school {n:05}",
                "period_kind": "academic year",
                "period_start": year.start,
                "period_end": year.end,
                "value": number,
                "lower": None if half is None else max(0.0, number - half),
                "upper": None if half is None else number + half,
                "interval": None if half is None else "rounding",
                "withheld": draw.choice(["c", "x", "z", "low", "u"]) if number is None else None,
            }
        )
    return pl.DataFrame(out, schema_overrides={"value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64})


def slow(row, label, measure):
    """What a row gives, by hand in plain Python: value, lower, upper, withheld."""
    by, year = 2000 + int(label[-2:]), row["period_end"].year
    length, passed = by - 2019, year - 2019
    ends = [row[name] for name in ("value", "lower", "upper")]
    if measure is gap_to_line:
        inside = 2019 <= year <= 2030
        line = Fraction(65) + Fraction(25) * min(Fraction(passed, length), Fraction(1))
        found = [None if end is None or not inside else float(Fraction(end) - line) for end in ends]
    else:
        left = max(0, length - passed)
        inside = 2019 <= year <= 2030 and (left > 0 or (row["value"] is not None and row["value"] >= 90))
        found = []
        for end in (ends[0], ends[2], ends[1]):
            short = None if end is None else max(Fraction(0), 90 - Fraction(end))
            found.append(None if short is None or not inside else 0.0 if short == 0 else float(short / left) if left else None)
        if None in found[1:]:
            found[1:] = [None, None]
    why = None if found[0] is not None else row["withheld"] or "z"
    return (*found, why)


@pytest.mark.long
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_rows_are_as_plain_python_has_them(engine, measure):
    """Each row beside each target year, on every engine."""
    frame = many(10_000)
    given_ = Readings.from_frame(as_engine(frame, engine), indicators=KEY_STAGE_2, by="school")
    found = measure(given_, ambition=KEY_STAGE_2_AMBITION)
    assert found.engine is engine
    rows = {(row["school"], row["target_year"]): row for row in rows_of(found.frame)}
    assert len(rows) == 20_000
    for row in frame.iter_rows(named=True):
        for label in YEARS:
            there = rows[row["school"], label]
            *figures, why = slow(row, label, measure)
            assert there["withheld"] == why
            for name, figure in zip(("value", "lower", "upper"), figures, strict=True):
                assert there[name] == figure or abs(there[name] - figure) < 1e-9


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same(engine, measure):
    """In its own kind of frame; a lazy one stays a plan."""
    frame = many(60, seed=3)
    one = measure(Readings.from_frame(frame, indicators=KEY_STAGE_2, by="school"), ambition=KEY_STAGE_2_AMBITION)
    other = measure(
        Readings.from_frame(as_engine(frame, engine), indicators=KEY_STAGE_2, by="school"), ambition=KEY_STAGE_2_AMBITION
    )
    assert (other.engine, other.is_lazy) == (engine, engine.is_lazy)
    assert rows_of(other.frame) == rows_of(one.frame)


@pytest.mark.spark
@pytest.mark.parametrize("measure", MEASURES)
def test_spark_gives_the_same(spark, measure):
    """In place."""
    frame = many(60, seed=3)
    one = measure(Readings.from_frame(frame, indicators=KEY_STAGE_2, by="school"), ambition=KEY_STAGE_2_AMBITION)
    there = Readings.from_frame(as_engine(frame, Engine.PYSPARK, spark=spark), indicators=KEY_STAGE_2, by="school")
    assert rows_of(measure(there, ambition=KEY_STAGE_2_AMBITION).frame) == rows_of(one.frame)


def test_the_order_of_the_rows_does_not_matter():
    """Nor do rows of other areas beside them."""
    frame = many(40, seed=5)
    turned = frame.sample(fraction=1, shuffle=True, seed=1)
    for measure in MEASURES:
        one, other = (
            measure(Readings.from_frame(each, indicators=KEY_STAGE_2, by="school"), ambition=KEY_STAGE_2_AMBITION)
            for each in (frame, turned)
        )
        assert one == other


def test_a_day_of_the_period_is_a_day_on_every_engine():
    """The bounds of the academic year are not moved by a time zone or a midnight."""
    found = gap_to_line(Readings.of([share(65)], kind="pandas"), ambition=KEY_STAGE_2_AMBITION)
    assert {row["period_end"] for row in rows_of(found.frame)} == {dt.date(2025, 7, 31)}
