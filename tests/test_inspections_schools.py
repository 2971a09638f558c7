"""Schools: shares of schools and of pupils against plain loops on every engine, what became of grades, and what is refused."""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import random
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import inspections
from bucks_cs.errors import FrameProblems, InvalidValue, MissingSource, NotComparable, NotInForce, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval
from bucks_cs.inspections import (
    PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS,
    SCHOOLS_GOOD_OR_OUTSTANDING,
    Movement,
    Reinspections,
    Schools,
    ShareOfPupils,
    ShareOfSchools,
    mark_movement,
    mark_pupils_in_good_or_outstanding_schools,
    mark_schools_good_or_outstanding,
    mark_schools_not_graded,
    movement,
    pupils_in_good_or_outstanding_schools,
    read_schools_by_authority,
    schools_good_or_outstanding,
    schools_not_graded,
)
from bucks_cs.periods import AcademicYear, CalendarYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.rates import proportion
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
DAY = Snapshot("31 August 2022")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
SPELLINGS = {
    "outstanding": ("Outstanding", "outstanding", "1"),
    "good": ("Good", "GOOD", "2"),
    "requires improvement": ("Requires improvement", "Requires improvement to be good", "3"),
    "inadequate": ("Inadequate", "inadequate ", "4"),
}
MADE_UP = NoOfficialSource(reason="made up for a test")
SECRET = "Zephyrine"


def school(urn="100001", grade="Good", pupils=200, judged="2022-03-01", **more):
    """A school of one row."""
    judged = None if judged is None else dt.date.fromisoformat(judged)
    return {"urn": urn, "pupils": pupils, "grade": grade, "judged_date": judged} | more


def schools(*rows):
    """Schools as a frame."""
    schema = {"urn": pl.String, "pupils": pl.Int64, "grade": pl.String, "judged_date": pl.Date, "phase": pl.String}
    return pl.DataFrame(list(rows), schema=schema)


def ten_thousand():
    """Random schools: each spelling of each grade, none, no pupils, and a null group."""
    draw = random.Random(3_35)
    rows = []
    for number in range(10_000):
        grade = draw.choice([*GRADES, "good", "good", None])
        day = dt.date(2006, 1, 1) + dt.timedelta(days=draw.randrange(6_000))
        known = draw.random() > 0.0001
        rows.append(
            {
                "urn": str(100_000 + number),
                "pupils": draw.randrange(1_800) if known or grade is None else None,
                "grade": None if grade is None else draw.choice(SPELLINGS[grade]),
                "judged_date": None if grade is None else day,
                "phase": draw.choice(["Primary", "Secondary", "Special", None]),
            }
        )
    # One phase with a school whose pupils are not known, the others with none such.
    return [row | {"pupils": row["pupils"] if row["phase"] == "Special" else row["pupils"] or 0} for row in rows] + [
        school("1", "Good", None, "2020-01-01", phase="Special")
    ]


ROWS = ten_thousand()
FRAME = schools(*ROWS)


def plain(grade):
    """The grade of a spelling."""
    return next((name for name, spelt in SPELLINGS.items() if grade in spelt), None)


def grouped(rows, by):
    """Rows by their group."""
    found = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in by), []).append(row)
    return found


def shares_by_loop(rows, by=()):
    """(schools good, graded), (pupils in them, or None where one is not known), schools without a grade, by group."""
    out = {}
    for group, some in grouped(rows, by).items():
        graded = [row for row in some if row["grade"] is not None]
        good = [row for row in graded if plain(row["grade"]) in GRADES[:2]]
        known = all(row["pupils"] is not None for row in graded)
        pupils = (sum(row["pupils"] for row in good), sum(row["pupils"] for row in graded)) if known else None
        out[group] = (len(good), len(graded)), pupils, len(some) - len(graded)
    return out


def rows_of(native):
    """The rows of a frame of any engine, in order of their numbers."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).sort("urn").to_dicts()


def found(readings, by=()):
    """By group: (numerator, denominator), value and reason."""
    return {
        tuple(row[name] for name in by): ((row["numerator"], row["denominator"]), row["value"], row["withheld"])
        for row in readings.to_polars().iter_rows(named=True)
    }


def check_shares(frame):
    """Both shares and the count of what they leave out, against the loop."""
    for by in ((), ("phase",)):
        want = shares_by_loop(ROWS, by)
        of_schools = found(schools_good_or_outstanding(frame, at=DAY, by=by), by)
        of_pupils = found(pupils_in_good_or_outstanding_schools(frame, at=DAY, by=by), by)
        left_out = found(schools_not_graded(frame, at=DAY, by=by), by)
        assert set(of_schools) == set(of_pupils) == set(left_out) == set(want)
        for group, (counts, pupils, ungraded) in want.items():
            assert of_schools[group] == (counts, pytest.approx(100 * counts[0] / counts[1]), None)
            assert left_out[group][1] == ungraded
            if pupils is None:
                assert of_pupils[group] == ((None, None), None, "x")
            else:
                assert of_pupils[group] == (pupils, pytest.approx(100 * pupils[0] / pupils[1]), None)


@pytest.mark.long
@ON_EVERY_ENGINE
def test_the_shares_of_10_000_random_schools_are_those_of_a_plain_loop(engine):
    """Every spelling of a grade, schools without one, a group that is null, and one with pupils that are not known."""
    assert {row["phase"] for row in ROWS} == {"Primary", "Secondary", "Special", None}
    assert sum(row["grade"] is None for row in ROWS) > 1_000
    check_shares(as_engine(FRAME, engine))


@pytest.mark.spark
def test_the_shares_of_10_000_random_schools_are_those_of_a_plain_loop_on_spark(spark):
    """The same on Spark."""
    check_shares(spark.createDataFrame(FRAME.to_arrow()))


@ON_EVERY_ENGINE
def test_the_marks_add_up_to_the_shares(engine):
    """The rows marked are the counts; the pupils of the rows marked are the pupils."""
    native = as_engine(FRAME, engine)
    marks = rows_of(mark_schools_good_or_outstanding(native, at=DAY))
    assert [row["urn"] for row in marks] == sorted(FRAME["urn"])
    counts = shares_by_loop(ROWS)[()][0]
    assert (sum(row["in_numerator"] for row in marks), sum(row["in_denominator"] for row in marks)) == counts
    known = FRAME.filter(~((pl.col("grade").is_not_null()) & pl.col("pupils").is_null()))
    of_known = rows_of(mark_pupils_in_good_or_outstanding_schools(as_engine(known, engine), at=DAY))
    numerator = sum(row["pupils"] for row in of_known if row["in_numerator"])
    denominator = sum(row["pupils"] for row in of_known if row["in_denominator"])
    reading = pupils_in_good_or_outstanding_schools(known, at=DAY).at()
    assert (reading.numerator, reading.denominator) == (numerator, denominator)
    ungraded = rows_of(mark_schools_not_graded(native, at=DAY))
    assert sum(row["in_numerator"] for row in ungraded) == shares_by_loop(ROWS)[()][2]
    assert all(row["in_denominator"] for row in ungraded)


def test_the_share_of_schools_has_wilsons_interval_and_that_of_pupils_none():
    """Pupils come by the school; a school's 900 pupils are not 900 draws."""
    frame = schools(school("1", "Good", 900), school("2", "Inadequate", 100))
    reading = schools_good_or_outstanding(frame, at=DAY).at()
    assert reading.interval is Interval.CONFIDENCE
    want = proportion(1, 2)
    assert (reading.number, reading.numerator, reading.denominator) == (50, 1, 2)
    assert reading.lower.magnitude == pytest.approx(100 * want.lower)
    pupils = pupils_in_good_or_outstanding_schools(frame, at=DAY).at()
    assert (pupils.number, pupils.lower, pupils.interval) == (90, None, None)


def test_90_per_cent_of_pupils_is_not_87_8_per_cent_of_schools(published):
    """Ofsted's mainstream schools of Buckinghamshire on 31 August 2022, 43 + 151 of 221, with pupils that make 90%."""
    path = published / "inspections" / "schools_overall_effectiveness_by_la_2019_2023.csv"
    mainstream = read_schools_by_authority(path, by="school_type").where(
        indicator=SCHOOLS_GOOD_OR_OUTSTANDING.key, area="825", school_type="State-funded mainstream school", period=DAY
    )
    of_schools = ShareOfSchools.of_reading(mainstream.at())
    assert (of_schools.number, of_schools.out_of) == (194, 221)
    assert round(of_schools.percent.magnitude, 1) == 87.8
    # 194 good schools of 243 pupils, 47,142, and 27 others of 194, 5,238: 47,142 of 52,380 pupils is 90%.
    frame = schools(
        *(school(f"g{n}", "Good", 243) for n in range(194)), *(school(f"b{n}", "Requires improvement", 194) for n in range(27))
    )
    pupils = pupils_in_good_or_outstanding_schools(frame, at=DAY, area="825", source=MADE_UP).at()
    assert (pupils.number, pupils.numerator, pupils.denominator) == (90, 47_142, 52_380)
    same_schools = schools_good_or_outstanding(frame, at=DAY, area="825", source=MADE_UP).at()
    assert same_schools.number == pytest.approx(of_schools.percent.magnitude)
    with pytest.raises(NotComparable, match="a school counts once in the one, and by its pupils in the other"):
        ShareOfPupils.of_reading(pupils).minus(of_schools)


def test_the_two_shares_are_two_indicators_and_two_types():
    """Neither reads the other's readings, compares with it, or is equal to it; nor are readings of both one indicator."""
    assert SCHOOLS_GOOD_OR_OUTSTANDING.key != PUPILS_IN_GOOD_OR_OUTSTANDING_SCHOOLS.key
    known = {"area": 825, "at": DAY, "source": MADE_UP}
    of_schools, of_pupils = ShareOfSchools.of(9, 10, **known), ShareOfPupils.of(9, 10, **known)
    assert of_schools != of_pupils
    for one, other in ((of_schools, of_pupils), (of_pupils, of_schools)):
        for compare in (one.__lt__, one.__le__, one.__gt__, one.__ge__, one.__sub__, one.minus):
            with pytest.raises(NotComparable):
                compare(other)
    assert ShareOfSchools.of(8, 10, **known) < of_schools <= of_schools
    assert (of_schools - ShareOfSchools.of(8, 10, **known)).magnitude == pytest.approx(10)
    frame = schools(school())
    readings = [one(frame, at=DAY, area="825", source=MADE_UP) for one in MEASURES_OF_SHARES]
    with pytest.raises(NotComparable):
        ShareOfPupils.of_reading(readings[0].at())
    with pytest.raises(NotComparable):
        ShareOfSchools.of_reading(readings[1].at())
    both = Readings.concat(readings)
    assert {indicator.key for indicator in both.indicators} == {ShareOfSchools.indicator, ShareOfPupils.indicator}


MEASURES_OF_SHARES = (schools_good_or_outstanding, pupils_in_good_or_outstanding_schools)


def test_a_share_takes_only_what_is_one():
    """Counts that do not give it, no source, another unit, a reading of no area, and nonsense."""
    known = {"area": 825, "at": DAY, "source": MADE_UP}
    assert ShareOfPupils(percent=quantity(90, "percent"), **known).number is None
    wrong = (
        {"percent": quantity(0.9, "dimensionless")},
        {"percent": quantity(101, "percent")},
        {"percent": 90},
        {"percent": quantity(90, "percent"), "number": 9},
        {"percent": quantity(90, "percent"), "number": 8, "out_of": 10},
        {"percent": quantity(90, "percent"), "number": 11, "out_of": 10},
        {"percent": quantity(90, "percent"), "at": dt.date(2022, 8, 31)},
        {"percent": quantity(90, "percent"), "number": True, "out_of": 1},
    )
    for given_fields in wrong:
        with pytest.raises(InvalidValue, match="ShareOfPupils"):
            ShareOfPupils(**known | given_fields)
    with pytest.raises(MissingSource):
        ShareOfPupils(percent=quantity(90, "percent"), area=825, at=DAY)
    for counts in ((1, 0), (2, 1), (-1, 3), ("1", 2), (1.0, 2)):
        with pytest.raises(InvalidValue, match="ShareOfSchools"):
            ShareOfSchools.of(*counts, **known)
    with pytest.raises(InvalidValue, match="a Reading"):
        ShareOfSchools.of_reading(90)
    with pytest.raises(InvalidValue, match="of an area"):
        ShareOfSchools.of_reading(schools_good_or_outstanding(schools(school()), at=DAY, source=MADE_UP).at())
    with pytest.raises(MissingSource):
        ShareOfSchools.of_reading(schools_good_or_outstanding(schools(school()), at=DAY, area="825").at())
    with pytest.raises(InvalidValue):
        ShareOfSchools.of(1, 2, **known).minus(50)
    assert pickle.loads(pickle.dumps(ShareOfSchools.of(1, 2, **known))) == ShareOfSchools.of(1, 2, **known)


# Gaps


def test_a_share_of_nothing_is_z_and_of_pupils_not_known_x():
    """No school, no graded school, graded schools without pupils, and one whose pupils are not known."""
    empty = schools()
    assert len(schools_good_or_outstanding(empty, at=DAY)) == 1
    for frame in (empty, schools(school(grade=None, judged=None))):
        for measure in MEASURES_OF_SHARES:
            assert measure(frame, at=DAY).at().value.value == "z"
    assert schools_not_graded(empty, at=DAY).at().number == 0
    assert schools_not_graded(schools(school(grade=None, judged=None)), at=DAY).at().number == 1
    nobody = schools(school(pupils=0))
    assert schools_good_or_outstanding(nobody, at=DAY).at().number == 100
    assert pupils_in_good_or_outstanding_schools(nobody, at=DAY).at().value.value == "z"
    unknown = schools(school("1", pupils=None), school("2", pupils=100))
    assert pupils_in_good_or_outstanding_schools(unknown, at=DAY).at().value.value == "x"
    ungraded = schools(school("1", None, None, None), school("2", pupils=100))
    assert pupils_in_good_or_outstanding_schools(ungraded, at=DAY).at().number == 100


# Refusals


def test_no_share_is_defined_from_2_september_2024():
    """The last day is 1 September: then key judgements and report cards give no overall grade."""
    frame = schools(school())
    for measure in (*MEASURES_OF_SHARES, schools_not_graded, mark_schools_good_or_outstanding, mark_schools_not_graded):
        measure(frame, at=Snapshot("1 September 2024"))
        for day in ("2 September 2024", "31 August 2025", "1 December 2025"):
            with pytest.raises(NotInForce, match="to 1 September 2024; since then school inspection by key judgements"):
                measure(frame, at=Snapshot(day))
    for at in (dt.date(2022, 8, 31), CalendarYear(2022), [DAY, Snapshot("31 August 2021")], None, "31 August 2022"):
        for measure in MEASURES_OF_SHARES:
            with pytest.raises(InvalidValue, match="at"):
                measure(frame, at=at)


@ON_EVERY_ENGINE
def test_a_grade_of_another_regime_is_counted_and_refused(engine):
    """Report cards, ungraded outcomes, an ILACS-only place and plain nonsense, a day missing, a day too late."""
    rows = schools(
        school("1", "expected standard"),
        school("2", "School remains Good"),
        school("3", "satisfactory"),
        school("4", "9"),
        school("5", "Good", judged=None),
        school("6", "Good", judged="2024-09-02"),
        school("7", "Good", judged="2024-09-01"),
        school("7", None, judged=None),
    )
    with pytest.raises(FrameProblems) as caught:
        schools_good_or_outstanding(as_engine(rows, engine), at=Snapshot("1 September 2024"))
    said = {(problem.column, problem.rule.split(":")[0]): problem.rows for problem in caught.value.problems}
    assert said == {
        ("grade", "is a grade of another regime"): 2,
        ("grade", "is no overall grade of a school"): 2,
        ("grade, judged_date", "has a grade and no day it was judged"): 1,
        ("grade, judged_date", "is of an inspection that gave no overall grade"): 1,
        (
            "grade, judged_date",
            "was judged after the day that is asked for, so that what stood on the day is not in the frame",
        ): 1,
        ("urn", "more than one row has the same"): 2,
    }


def test_a_school_judged_after_the_day_is_refused():
    """What stood on the day is not in the frame; a grade of the day itself is."""
    frame = schools(school(judged="2022-08-31"))
    assert schools_good_or_outstanding(frame, at=DAY).at().number == 100
    with pytest.raises(FrameProblems, match="was judged after the day"):
        schools_good_or_outstanding(frame, at=Snapshot("30 August 2022"))
    checked = Schools.conform(frame)
    with pytest.raises(FrameProblems, match="was judged after the day"):
        schools_good_or_outstanding(checked, at=Snapshot("30 August 2022"))


def test_odd_arguments_are_refused_by_name():
    """A column that is not there, one the measure makes, no frame, and a share of pupils without pupils."""
    frame = schools(school())
    for measure in (*MEASURES_OF_SHARES, schools_not_graded):
        with pytest.raises(UnknownColumn):
            measure(frame, at=DAY, by="fase")
        with pytest.raises(InvalidValue):
            measure(frame.with_columns(in_numerator=True), at=DAY, by="in_numerator")
        with pytest.raises(UnsupportedFrame):
            measure("schools.csv", at=DAY)
        with pytest.raises(InvalidValue, match="area"):
            measure(frame, at=DAY, area=825)
    without = frame.drop("pupils")
    assert schools_good_or_outstanding(without, at=DAY).at().number == 100
    with pytest.raises(FrameProblems, match="A share of pupils needs the pupils of each school"):
        pupils_in_good_or_outstanding_schools(without, at=DAY)
    with pytest.raises(FrameProblems, match="pupils: is below 0"):
        pupils_in_good_or_outstanding_schools(schools(school(pupils=-1)), at=DAY)


def test_ofsteds_own_headings_are_known():
    """Those of its management information, before and since 2024."""
    old = pl.DataFrame(
        {
            "URN": [100001],
            "Total number of pupils": [210],
            "Overall effectiveness": [2],
            "Inspection start date": dt.date(2022, 3, 1),
        }
    )
    assert schools_good_or_outstanding(old, at=DAY).at().number == 100
    new = old.rename(
        {
            "Overall effectiveness": "Latest OEIF overall effectiveness",
            "Inspection start date": "Inspection start date of latest OEIF graded inspection",
        }
    )
    assert pupils_in_good_or_outstanding_schools(new, at=DAY).at().numerator == 210


# Movement

YEARS = (AcademicYear("2020/21"), AcademicYear("2021/22"), CalendarYear(2022))
PAIRS = [(before, now) for before in (*GRADES, None) for now in GRADES]


def moved_by_loop(before, now):
    """What a person would say of two grades, by their places in the list."""
    if before is None:
        return "graded for the first time"
    then, here = GRADES.index(before), GRADES.index(now)
    if here < then:
        return "improved to good or better" if here <= 1 else "improved to requires improvement"
    if here == then:
        return ("maintained good or better", "remained requires improvement", "remained inadequate")[max(0, here - 1)]
    return "dropped from outstanding to good" if here == 1 else "dropped below good"


def inspected(*rows):
    """Graded inspections from (urn, before, now, day) or with a phase."""
    return pl.DataFrame(
        [
            {
                "urn": urn,
                "previous_grade": before,
                "grade": now,
                "judged_date": dt.date.fromisoformat(day),
                "phase": (*rest, None)[0],
            }
            for urn, before, now, day, *rest in rows
        ],
        schema={"urn": pl.String, "previous_grade": pl.String, "grade": pl.String, "judged_date": pl.Date, "phase": pl.String},
    )


def ten_thousand_inspections():
    """Random pairs of grades, in every spelling, on days of five years."""
    draw = random.Random(3_36)
    first = dt.date(2019, 1, 1)
    rows = []
    for number in range(10_000):
        before, now = draw.choice(PAIRS)
        spelt = [None if grade is None else draw.choice(SPELLINGS[grade]) for grade in (before, now)]
        day = first + dt.timedelta(days=draw.randrange(1_800))
        rows.append((str(number), *spelt, day.isoformat(), draw.choice(["Primary", "Secondary", None])))
    return rows


MOVED = ten_thousand_inspections()


def check_movement(frame):
    """Counts of each kind by period and phase, against the loop."""
    for by in ((), ("phase",)):
        want = Counter()
        groups = {(row[4],) if by else () for row in MOVED}
        for _, before, now, day, phase in MOVED:
            kind = moved_by_loop(None if before is None else plain(before), plain(now))
            for year in YEARS:
                if year.start <= dt.date.fromisoformat(day) <= year.end:
                    want[(*((phase,) if by else ()), year.start, kind)] += 1
        got = movement(frame, period=YEARS, by=by).to_polars()
        assert got.height == len(groups) * len(YEARS) * len(Movement)
        for row in got.iter_rows(named=True):
            assert row["value"] == want[(*(row[name] for name in by), row["period_start"], row["movement"])]
            assert row["withheld"] is None


@pytest.mark.long
@ON_EVERY_ENGINE
def test_what_became_of_10_000_random_grades_is_as_a_plain_loop_has_it(engine):
    """Every pair of grades, and a first one."""
    check_movement(as_engine(inspected(*MOVED), engine))


@pytest.mark.spark
def test_what_became_of_10_000_random_grades_is_as_a_plain_loop_has_it_on_spark(spark):
    """The same on Spark."""
    check_movement(spark.createDataFrame(inspected(*MOVED).to_arrow()))


@ON_EVERY_ENGINE
def test_every_pair_of_grades_has_its_word(engine):
    """Twenty pairs, marked; the object says the same; the marks are those kept or raised to good or better."""
    rows = inspected(*((str(n), before, now, "2022-01-10") for n, (before, now) in enumerate(PAIRS)))
    for row in rows_of(mark_movement(as_engine(rows, engine))):
        before, now = row["previous_grade"], row["grade"]
        assert row["movement"] == moved_by_loop(before, now) == Movement.between(before, now).value
        kept = before is not None and GRADES.index(now) <= min(1, GRADES.index(before))
        assert (row["in_denominator"], row["in_numerator"]) == (True, kept)


def test_the_kinds_of_movement_fall_into_improved_maintained_dropped_and_first():
    """Each kind is one of the four, and a grade of another regime is none."""
    of = {kind: (kind.is_improved, kind.is_maintained, kind.is_dropped) for kind in Movement}
    assert all(sum(flags) == (kind is not Movement.FIRST_GRADED) for kind, flags in of.items())
    assert Counter(flags for flags in of.values()) == {
        (True, False, False): 2,
        (False, True, False): 3,
        (False, False, True): 2,
        (False, False, False): 1,
    }
    for pair in (("good", "expected standard"), ("satisfactory", "good"), ("good", None), (2, "good")):
        with pytest.raises(InvalidValue, match="the grade"):
            Movement.between(*pair)


def thirty_schools():
    """Rows that fit paragraphs 3.35 and 3.36: 24 + 5 + 1 schools, 4 improved, 18 + 4 maintained, 4 dropped."""
    kinds = [("3", "2")] * 4 + [("2", "2")] * 16 + [("1", "1")] * 2 + [("3", "3")] * 4 + [("1", "2")] * 2 + [("2", "4")] * 2
    phases = ["Primary"] * 24 + ["Secondary"] * 5 + ["Special"]
    both = enumerate(zip(kinds, phases, strict=True))
    return inspected(*((str(n), before, now, "2022-03-01", phase) for n, ((before, now), phase) in both))


def test_30_schools_are_counted_as_the_report_counts_them():
    """4 improved, 22 maintained (18 + 4), 4 dropped; two of the four are good still, which the words leave open."""
    got = movement(thirty_schools(), period=Span("2021-09-01", "2022-10-11"))
    counts = {row["movement"]: row["value"] for row in got.to_polars().iter_rows(named=True)}
    of = {kind: counts[kind.value] for kind in Movement}
    assert of[Movement.IMPROVED_TO_GOOD_OR_BETTER] == 4
    assert (of[Movement.MAINTAINED_GOOD_OR_BETTER], of[Movement.REMAINED_REQUIRES_IMPROVEMENT]) == (18, 4)
    assert sum(n for kind, n in of.items() if kind.is_maintained) == 22
    assert (of[Movement.DROPPED_TO_GOOD], of[Movement.DROPPED_BELOW_GOOD]) == (2, 2)
    assert sum(of.values()) == 30
    by_phase = movement(thirty_schools(), period=Span("2021-09-01", "2022-10-11"), by="phase").to_polars()
    assert dict(by_phase.group_by("phase").agg(pl.col("value").sum()).rows()) == {"Primary": 24, "Secondary": 5, "Special": 1}


def test_movement_refuses_grades_of_other_regimes_and_days_that_cannot_be():
    """Now and before; too late; a second row of the day; a day before that is not before, or of no grade."""
    rows = pl.DataFrame(
        {
            "urn": ["1", "2", "3", "4", "5", "6", "6"],
            "previous_grade": ["met", "satisfactory", "Good", "Good", None, "Good", "Good"],
            "previous_judged_date": [None, None, None, dt.date(2023, 1, 1), dt.date(2019, 1, 1), None, None],
            "grade": ["Good", "Good", "strong standard", "Good", "Good", "Good", "Good"],
            "judged_date": [dt.date(2023, 1, 1)] * 4 + [dt.date(2024, 9, 2)] + [dt.date(2022, 1, 1)] * 2,
        }
    )
    with pytest.raises(FrameProblems) as caught:
        movement(rows, period=CalendarYear(2022))
    assert {(problem.column, problem.rows) for problem in caught.value.problems} == {
        ("grade", 1),
        ("previous_grade", 1),
        ("previous_judged_date, judged_date", 1),
        ("judged_date", 1),
        ("previous_grade, previous_judged_date", 1),
        ("urn, judged_date", 2),
    }
    assert sum(problem.column == "previous_grade" for problem in caught.value.problems) == 2
    good = thirty_schools()
    for period in (None, DAY, "2022", []):
        with pytest.raises(InvalidValue, match="period"):
            movement(good, period=period)
    with pytest.raises(InvalidValue):
        movement(good.with_columns(movement=pl.lit("x")), period=CalendarYear(2022), by="movement")
    assert movement(good.clear(), period=CalendarYear(2022)).to_polars()["value"].to_list() == [0] * len(Movement)


def test_no_movement_is_counted_over_days_after_1_september_2024():
    """No grade could move then, which is no count of 0: a period that goes on past that day is refused, alone or among others."""
    good = thirty_schools()
    assert len(movement(good, period=Span("2024-04-01", "2024-09-01"))) == len(Movement)
    for period in (Span("2024-04-01", "2024-09-02"), AcademicYear("2024/25"), [CalendarYear(2022), CalendarYear(2025)]):
        with pytest.raises(NotInForce, match=r"what became of overall grades: .* to 1 September 2024"):
            movement(good, period=period)


# Properties


@settings(max_examples=settings.default.max_examples // 12)
@given(st.lists(st.tuples(st.sampled_from([*GRADES, None]), st.integers(0, 2_000)), max_size=30))
def test_the_shares_keep_their_bounds_and_their_parts(rows):
    """Between 0 and 100, graded and ungraded add up, the shares agree where all schools are alike in size."""
    made = [school(str(n), grade, pupils, None if grade is None else "2022-03-01") for n, (grade, pupils) in enumerate(rows)]
    frame = schools(*made)
    of_schools = schools_good_or_outstanding(frame, at=DAY).at()
    of_pupils = pupils_in_good_or_outstanding_schools(frame, at=DAY).at()
    assert of_schools.denominator + schools_not_graded(frame, at=DAY).at().number == len(rows)
    for reading in (of_schools, of_pupils):
        assert reading.number is None or 0 <= reading.number <= 100
    alike = frame.with_columns(pupils=pl.lit(250, dtype=pl.Int64))
    one = pupils_in_good_or_outstanding_schools(alike, at=DAY).at().number
    assert one == (of_schools.number if of_schools.number is None else pytest.approx(of_schools.number))


@settings(max_examples=settings.default.max_examples // 12)
@given(st.lists(st.sampled_from(PAIRS), max_size=30))
def test_movements_add_up_to_the_inspections(pairs):
    """Every inspection is in one kind."""
    frame = inspected(*((str(n), before, now, "2022-01-10") for n, (before, now) in enumerate(pairs)))
    got = movement(frame, period=CalendarYear(2022)).to_polars()
    assert got["value"].sum() == len(pairs)
    marks = mark_movement(frame)
    assert marks["movement"].null_count() == 0
    assert marks.height == len(pairs)


SOME_GRADE = st.sampled_from([spelling for spelt in SPELLINGS.values() for spelling in spelt])


@settings(max_examples=settings.default.max_examples // 12)
@given(frames(Reinspections, max_rows=8, columns={"grade": SOME_GRADE, "previous_grade": st.none() | SOME_GRADE}))
def test_any_frame_that_keeps_the_rules_is_counted(frame):
    """Frames drawn from the schema itself."""
    assert movement(frame, period=Span("2000-01-01", "2024-09-01")).to_polars()["value"].sum() == len(frame)


# Leaks


def test_no_cell_is_in_an_error(caplog):
    """A grade, a urn and a number that are refused are in no part of the error, its causes or the log."""
    caplog.set_level(logging.DEBUG)
    rows = pl.DataFrame({"urn": [SECRET, SECRET], "pupils": -987_654, "grade": SECRET, "judged_date": dt.date(2031, 7, 9)})
    moved = pl.DataFrame({"urn": [SECRET, SECRET], "previous_grade": SECRET, "grade": SECRET, "judged_date": dt.date(2031, 7, 9)})
    for refused in (
        lambda: schools_good_or_outstanding(rows, at=DAY),
        lambda: pupils_in_good_or_outstanding_schools(rows, at=DAY),
        lambda: movement(moved, period=CalendarYear(2022)),
        lambda: Movement.between(SECRET, "good"),
    ):
        with pytest.raises((FrameProblems, InvalidValue)) as caught:
            refused()
        error = caught.value
        said = " ".join(map(repr, (error, str(error), error.args, error.fields, error.__cause__, error.__context__, caplog.text)))
        assert error.__cause__ is None
        assert error.__context__ is None
        for cell in (SECRET, "987654", "987,654", "2031"):
            assert cell not in said


def test_the_door_has_what_the_issue_asks_for():
    """Each measure with its mark, each indicator among the subject's."""
    for name in ("schools_good_or_outstanding", "pupils_in_good_or_outstanding_schools", "schools_not_graded", "movement"):
        assert {name, f"mark_{name}"} <= set(inspections.__all__)
    keys = {indicator.key for indicator in inspections.INDICATORS}
    assert {ShareOfSchools.indicator, ShareOfPupils.indicator, "inspections.schools_moved"} <= keys
