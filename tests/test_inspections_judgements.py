"""Frames of outcomes and back, the rules of each regime, and where an area stands among all: on every engine."""

from __future__ import annotations

import datetime as dt
import functools
import logging
import random
from collections import Counter

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import (
    BucksError,
    FrameProblems,
    InvalidValue,
    MissingSource,
    NotComparable,
    NotFound,
    OutsideCoverage,
    UnknownArea,
    UnknownColumn,
    UnsupportedFrame,
)
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.geography import authorities, authority
from bucks_cs.inspections import (
    ILACS,
    REGIMES,
    InspectionOutcome,
    Judgements,
    LocalAuthoritySheet,
    NoGrade,
    area_send_of_ended_areas,
    distribution,
    frame_of,
    mark_distribution,
    outcomes_of,
    place_among_areas,
    read_area_send,
)
from bucks_cs.periods import CalendarYear, Snapshot
from bucks_cs.testing import as_engine
from ofsted_files import AS_AT, GRADES, HEADS, MADE_UP, ON_EVERY_ENGINE, OVERALL, SECRET


@pytest.fixture(scope="session")
def area_send(ofsted_folder):
    """The file of 2016 to 2022."""
    return read_area_send(ofsted_folder / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods")


# Frames of outcomes


def bare(outcome):
    """What a frame can hold of an outcome."""
    return attrs.evolve(outcome, source=MADE_UP, note="", urn=None if outcome.body == outcome.area else outcome.urn)


def test_outcomes_go_into_a_frame_and_back(la_outcomes, area_send, ofsted_folder):
    """All 271 + 112 + 195 + 16, with visits, themes, weaknesses and revisits."""
    since = read_area_send(ofsted_folder / "mi_ofsted_winter_2223.csv", source=MADE_UP)
    for outcomes in (la_outcomes[LocalAuthoritySheet.HISTORY], la_outcomes[LocalAuthoritySheet.IN_YEAR], area_send, since):
        frame = frame_of(outcomes)
        assert Judgements.conform(frame).rows == frame.height
        back = outcomes_of(frame, source=MADE_UP)
        assert set(map(bare, outcomes)) == set(back)
        assert len(back) == len(outcomes)
    assert frame_of(la_outcomes[LocalAuthoritySheet.HISTORY]).height == 168 * 4 + 103 * 5


@ON_EVERY_ENGINE
def test_a_frame_of_any_engine_gives_the_same_outcomes(engine, la_outcomes):
    """The visits and inspections of the year."""
    frame = frame_of(la_outcomes[LocalAuthoritySheet.IN_YEAR])
    assert outcomes_of(as_engine(frame, engine), source=MADE_UP) == outcomes_of(frame, source=MADE_UP)


def test_the_record_of_buckinghamshire_in_its_own_words_is_a_frame_of_judgements(root):
    """The record's rows, as they are typed there: two regimes, their own names of judgements and of grades."""
    path = root.parent / "shared" / "record" / "inspections_buckinghamshire.csv"
    rows = pl.read_csv(path, try_parse_dates=True).with_columns(
        body=pl.lit("825"),
        activity=pl.when(pl.col("regime") == "ILACS").then(pl.lit("standard inspection")).otherwise(pl.lit("inspection")),
    )
    first, second, third = outcomes_of(rows, source=MADE_UP)
    assert [one.regime.key for one in (first, second, third)] == ["single_inspection_framework"] * 2 + ["ilacs"]
    assert [str(one.overall) for one in (first, second, third)] == ["inadequate", "inadequate", "requires improvement to be good"]
    assert [len(one.grades) for one in (first, second, third)] == [7, 6, 4]
    assert (first.start, first.end, first.published) == (dt.date(2014, 6, 3), dt.date(2014, 6, 25), dt.date(2014, 8, 8))


def test_schools_and_homes_keep_their_names_and_areas():
    """A school by its number, a home by its name, a home by both."""
    common = {"area": 825, "start": dt.date(2022, 3, 1), "source": MADE_UP}
    outcomes = (
        InspectionOutcome(
            urn="110000", regime="school_four_grades", activity="graded inspection", judgements={OVERALL: "Good"}, **common
        ),
        InspectionOutcome(name="A home", regime="childrens_home_sccif", activity="full inspection", **common),
        InspectionOutcome(name="A home", urn="SC1", regime="childrens_home_sccif", activity="monitoring visit", **common),
    )
    assert set(outcomes_of(frame_of(outcomes), source=MADE_UP)) == set(outcomes)


def test_what_a_frame_cannot_hold_is_refused():
    """Days that are bounds, what is no outcome, and no source."""
    with pytest.raises(InvalidValue, match="3 of them have a day that lies between two others"):
        frame_of(area_send_of_ended_areas())
    for odd in (None, ["outcome"], 3):
        with pytest.raises(InvalidValue, match="an InspectionOutcome"):
            frame_of(odd)
    assert frame_of(()).height == 0
    assert outcomes_of(frame_of(()), source=MADE_UP) == ()
    with pytest.raises(MissingSource):
        outcomes_of(frame_of(()), source=None)


def judged(*rows):
    """Judgements, each with what is different in it."""
    base = {
        "body": "825",
        "regime": "ilacs",
        "activity": "standard_inspection",
        "start": dt.date(2023, 5, 1),
        "end": dt.date(2023, 5, 12),
        "published": dt.date(2023, 7, 1),
        "judgement": OVERALL,
        "grade": "good",
    }
    return pl.DataFrame([base | row for row in rows], infer_schema_length=None)


BROKEN = {
    ("regime", "is no regime that is known"): {"regime": "eif"},
    ("body, regime", "is no LA number, and its regime is of authorities or areas"): {"body": "Buckinghamshire"},
    ("regime, activity", "is no kind of inspection of its regime"): {"activity": "revisit", "grade": None},
    ("regime, activity, start", "was not in force on the first day"): {
        "start": dt.date(2017, 12, 31),
        "judgement": "impact_of_leaders",
    },
    ("regime, judgement", "is an overall judgement, and its regime makes none"): {
        "regime": "area_send_2016",
        "activity": "revisit",
        "start": dt.date(2021, 5, 1),
        "end": dt.date(2021, 5, 3),
        "grade": None,
    },
    ("regime, judgement", "is no judgement of its regime"): {"judgement": "adoption performance", "grade": None},
    ("judgement, grade", "has a grade and no judgement"): {"judgement": None},
    ("regime, activity, judgement, grade", "has a grade, and inspections of its kind make no such judgement"): {
        "activity": "focused visit"
    },
    ("regime, judgement, start, grade", "has a grade of a judgement that was not made at the time"): {
        "judgement": "care_leavers",
        "start": dt.date(2022, 5, 1),
        "end": dt.date(2022, 5, 12),
    },
    ("regime, judgement, grade", "is a grade of another regime"): {"grade": "expected standard"},
    ("grade", "is no grade of any regime"): {"grade": SECRET},
    ("start, end", "ended before it started"): {"end": dt.date(2023, 4, 30)},
    ("end, published", "was published before it ended"): {"published": dt.date(2023, 5, 11)},
}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken[1])
def test_each_rule_of_a_frame_of_judgements_is_counted_by_itself(broken):
    """One wrong row, one problem, and the good rows beside it are no part of it."""
    with pytest.raises(FrameProblems) as caught:
        Judgements.conform(judged({"body": "931"}, BROKEN[broken]))
    assert [(problem.column, problem.rule, problem.rows) for problem in caught.value.problems] == [(*broken, 1)]


@ON_EVERY_ENGINE
def test_the_rules_of_a_frame_of_judgements_hold_on_every_engine(engine):
    """All the wrong rows at once, each counted."""
    rows = judged({"body": "931"}, *({"body": str(n)} | row for n, row in zip(range(301, 320), BROKEN.values(), strict=False)))
    with pytest.raises(FrameProblems) as caught:
        Judgements.conform(as_engine(rows, engine))
    assert {(problem.column, problem.rule): problem.rows for problem in caught.value.problems} == dict.fromkeys(BROKEN, 1)


@pytest.mark.spark
def test_the_rules_of_a_frame_of_judgements_hold_on_spark(spark):
    """The same on Spark."""
    rows = judged({"body": "931"}, *({"body": str(n)} | row for n, row in zip(range(301, 320), BROKEN.values(), strict=False)))
    with pytest.raises(FrameProblems) as caught:
        Judgements.conform(spark.createDataFrame(rows.to_arrow()))
    assert {(problem.column, problem.rule): problem.rows for problem in caught.value.problems} == dict.fromkeys(BROKEN, 1)


def test_a_blank_where_there_was_no_judgement_is_no_gap_and_elsewhere_is_one():
    """A wide table melted has rows for care leavers of 2022: without a grade they are passed."""
    rows = judged(
        {"start": dt.date(2022, 5, 1), "end": dt.date(2022, 5, 12)},
        {"start": dt.date(2022, 5, 1), "end": dt.date(2022, 5, 12), "judgement": "care leavers", "grade": None},
        {"body": "931", "judgement": "care leavers", "grade": None},
    )
    before, after = outcomes_of(rows, source=MADE_UP)
    assert before.grade("care leavers") is NoGrade.NOT_YET
    assert after.grade("care leavers") is NoGrade.MISSING


def test_rows_of_one_inspection_that_disagree_are_counted_and_refused():
    """Two last days; a judgement under two names; weaknesses that do not fit; a home without an area."""
    cases = (
        (judged({}, {"judgement": "impact_of_leaders", "end": dt.date(2023, 5, 19)}), "end: is not the same in the rows"),
        (judged({}, {"judgement": "overall_effectiveness"}), "judgement: is there twice under two names"),
        (judged({}).with_columns(number_of_weaknesses=2), "InspectionOutcome.number_of_weaknesses: is not as it must be"),
        (judged({"regime": "school_four_grades", "activity": "graded inspection"}), "InspectionOutcome|area"),
    )
    for frame, said in cases:
        with pytest.raises(BucksError, match=said):
            outcomes_of(frame, source=MADE_UP)
    with pytest.raises(FrameProblems, match="more than one row has the same"):
        outcomes_of(judged({}, {}), source=MADE_UP)
    with pytest.raises(FrameProblems, match="is missing, and its regime is of schools or homes"):
        Judgements.conform(
            judged({"regime": "school_four_grades", "activity": "graded inspection"}).with_columns(area=pl.lit(None, pl.String))
        )


REGIME_AND_DAY = st.sampled_from(
    [
        (regime, activity, start)
        for regime in REGIMES.values()
        for activity in regime.activities
        for start in (dt.date(2014, 5, 6), dt.date(2019, 10, 1), dt.date(2022, 2, 1), dt.date(2023, 6, 5), dt.date(2026, 1, 12))
        if regime.holds(start) and (activity.until is None or start <= activity.until)
    ]
)


@settings(max_examples=12)
@given(st.lists(REGIME_AND_DAY, max_size=4, unique_by=lambda drawn: (drawn[0].key, drawn[1].key, drawn[2])), st.data())
def test_any_outcomes_go_into_a_frame_and_back(drawn, data):
    """Every regime and kind of inspection, with any of the grades it makes, or none."""
    outcomes = []
    for regime, activity, start in drawn:
        made = regime.judgements_of(activity, on=start)
        grades = {one: data.draw(st.sampled_from([None, *one.scale.grades])) for one in made}
        setting = {} if regime.family.name in ("LOCAL_AUTHORITY", "AREA_SEND") else {"urn": "100001"}
        outcomes.append(
            InspectionOutcome(
                area=825, regime=regime, activity=activity, start=start, judgements=grades, source=MADE_UP, **setting
            )
        )
    assert set(outcomes_of(frame_of(outcomes), source=MADE_UP)) == set(outcomes)


# Where an area stands


def test_the_distribution_of_the_history_is_that_of_ofsteds_as_at_sheet(la_outcomes, la_cells):
    """36 outstanding, 67 good, 31 require improvement, 19 inadequate: the history as it stood, ended authorities left out."""
    printed = Counter(row[HEADS["overall"]] for row in la_cells[LocalAuthoritySheet.AS_AT])
    assert [printed[grade] for grade in GRADES] == [36, 67, 31, 19]
    history = frame_of(la_outcomes[LocalAuthoritySheet.HISTORY])
    got = distribution(history, regime=ILACS, judgement=OVERALL, at=AS_AT, area="E92000001", source=MADE_UP)
    for grade, count in printed.items():
        reading = got.at(grade=grade.lower())
        assert (reading.numerator, reading.denominator) == (count, 153)
        assert reading.number == pytest.approx(100 * count / 153)
    leavers = distribution(history, regime="ilacs", judgement="care leavers", at=AS_AT)
    printed = Counter(row[HEADS["care_leavers"]] for row in la_cells[LocalAuthoritySheet.AS_AT])
    for grade in GRADES:
        reading = leavers.at(grade=grade.lower())
        assert (reading.numerator, reading.denominator) == (printed[grade], 103)


def test_where_buckinghamshire_stands(la_outcomes):
    """Of 153, 103 are better (36 + 67), 30 others require improvement, and 19 are inadequate."""
    history = frame_of(la_outcomes[LocalAuthoritySheet.HISTORY])
    got = place_among_areas(history, area="Buckinghamshire", regime="ilacs", judgement=OVERALL, at=AS_AT)
    assert (got.better, got.same, got.worse, got.of, got.not_known) == (103, 30, 19, 153, 0)
    assert str(got.grade) == "requires improvement to be good"
    assert "103 have a better grade" in str(got)
    marks = mark_distribution(history, regime="ilacs", judgement=OVERALL, grade=got.grade, at=AS_AT)
    assert (marks["in_denominator"].sum(), marks["in_numerator"].sum()) == (153, 31)
    before = place_among_areas(history, area=825, regime="ilacs", judgement=OVERALL, at=Snapshot("31 March 2022"))
    assert str(before.grade) == "requires improvement to be good"
    with pytest.raises(NotFound, match="a grade of the area"):
        place_among_areas(history, area=825, regime="ilacs", judgement=OVERALL, at=Snapshot("31 March 2021"))
    with pytest.raises(UnknownArea):
        place_among_areas(history, area="Atlantis", regime="ilacs", judgement=OVERALL, at=AS_AT)


DAYS = [dt.date(2019, 3, 31), dt.date(2021, 4, 1), dt.date(2022, 12, 31), dt.date(2025, 3, 31)]
KEYS = ("overall_effectiveness", "care_leavers", "help_and_protection")
ASKED = [*((on, KEYS[0]) for on in DAYS), (DAYS[2], KEYS[1]), (DAYS[3], KEYS[1]), (DAYS[3], KEYS[2])]


def ten_thousand():
    """Random judgements of every authority there has been: inspections and visits, missing grades, other regimes."""
    draw, numbers = random.Random(153), sorted({one.key for one in authorities()})
    rows, begun = [], set()
    while len(rows) < 10_000:
        number, start = draw.choice(numbers), dt.date(2018, 1, 1) + dt.timedelta(days=draw.randrange(2_700))
        if (number, start) in begun:
            continue
        begun.add((number, start))
        row = {"body": number, "regime": draw.choice(["ilacs", "ILACS"]), "start": start, "judgement": None, "grade": None}
        kind = draw.choice(["standard inspection", "ILACS Short Inspection", "focused_visit", "of SEND"])
        if kind == "focused_visit":
            rows.append(row | {"activity": kind})
        elif kind == "of SEND" and start <= dt.date(2022, 3, 31):
            said = {"judgement": "written statement of action required", "grade": "Yes"}
            rows.append(row | {"regime": "area_send_2016", "activity": "inspection"} | said)
        elif kind != "of SEND":
            for judgement in ILACS.judgements_of("standard inspection", on=start):
                grade = draw.choice([*GRADES, None] if judgement.key == KEYS[2] else GRADES)
                rows.append(row | {"activity": kind, "judgement": draw.choice([judgement.key, judgement.title]), "grade": grade})
    return rows


ROWS = ten_thousand()
FRAME = pl.DataFrame(ROWS, infer_schema_length=None)


@functools.cache
def spread_by_loop(on, key):
    """Areas by the grade of their latest inspection that made a judgement; "x" where one is missing, "z" where there is none."""
    title = ILACS.judgement(key).title
    latest = {}
    for row in ROWS:
        if row["judgement"] in (key, title) and row["start"] <= on and authority(row["body"]).exists(on):
            before = latest.get(row["body"])
            latest[row["body"]] = row if before is None or before["start"] < row["start"] else before
    return Counter(None if row["grade"] is None else row["grade"].lower() for row in latest.values())


def check_distributions(frame):
    """Shares, counts and marks on four days, against the loop."""
    for on, key in ASKED:
        want = spread_by_loop(on, key)
        got = distribution(frame, regime="ilacs", judgement=key, at=Snapshot(on)).to_polars()
        reason = "x" if want[None] else None if want else "z"
        for row in got.iter_rows(named=True):
            assert row["denominator"] == sum(want.values())
            assert row["withheld"] == reason
            assert reason == "x" or row["numerator"] == want[row["grade"]]
    marks = collect(enter(mark_distribution(frame, regime="ilacs", judgement=KEYS[0], grade="good", at=Snapshot(DAYS[-1])))[0])
    want = spread_by_loop(DAYS[-1], KEYS[0])
    assert (marks["in_denominator"].sum(), marks["in_numerator"].sum()) == (sum(want.values()), want["good"])


def check_place(frame):
    """Where one area stands on the last day, against the loop."""
    want = spread_by_loop(DAYS[-1], KEYS[0])
    graded = frame_of_latest(DAYS[-1], KEYS[0])
    number = min(body for body, grade in graded.items() if grade == "good")
    got = place_among_areas(frame, area=number, regime="ilacs", judgement=KEYS[0], at=Snapshot(DAYS[-1]))
    worse = want["requires improvement to be good"] + want["inadequate"]
    assert (got.better, got.same, got.worse, got.not_known) == (want["outstanding"], want["good"] - 1, worse, want[None])


@functools.cache
def frame_of_latest(on, key):
    """The latest grade of each area, as the loop has it."""
    there = [row for row in ROWS if row["judgement"] in (key, ILACS.judgement(key).title) and row["start"] <= on]
    there = [row for row in there if authority(row["body"]).exists(on)]
    return {row["body"]: (row["grade"] or "").lower() for row in sorted(there, key=lambda row: row["start"])}


@pytest.mark.long
@ON_EVERY_ENGINE
def test_the_distribution_of_10_000_random_judgements_is_that_of_a_plain_loop(engine):
    """Authorities that begin and end, visits, another regime, missing grades, and a judgement that begins in 2023."""
    assert [bool(spread_by_loop(on, key)[None]) for on, key in ASKED] == [False] * 6 + [True]
    assert [bool(spread_by_loop(on, key)) for on, key in ASKED] == [True] * 4 + [False, True, True]
    checked = Judgements.conform(as_engine(FRAME, engine))
    check_distributions(checked)
    check_place(checked)


@pytest.mark.spark
def test_the_distribution_of_10_000_random_judgements_is_that_of_a_plain_loop_on_spark(spark):
    """The same on Spark."""
    checked = Judgements.conform(spark.createDataFrame(FRAME.to_arrow()))
    check_distributions(checked)
    check_place(checked)


def test_a_distribution_by_region_falls_into_its_parts(la_outcomes):
    """A column of one's own; the regions add up to England."""
    frame = frame_of(la_outcomes[LocalAuthoritySheet.HISTORY])
    regions = {number: authority(number).region.name for number in frame["body"].unique()}
    frame = frame.with_columns(region=pl.col("body").replace_strict(regions))
    by = distribution(frame, regime="ilacs", judgement=OVERALL, at=AS_AT, by="region").to_polars()
    assert by.group_by("grade").agg(pl.col("numerator").sum()).sort("grade")["numerator"].to_list() == [67, 19, 36, 31]
    assert by["denominator"].sum() == 153 * 4


def test_gaps_of_a_distribution():
    """A latest grade that is missing is x and not the one before; no area with the judgement is z; an unordered outcome."""
    rows = judged({"body": "931"}, {"start": dt.date(2021, 5, 1), "end": dt.date(2021, 5, 2)}, {"grade": None})
    assert distribution(rows, regime="ilacs", judgement=OVERALL, at=AS_AT).at(grade="good").value.value == "x"
    place = place_among_areas(rows, area=931, regime="ilacs", judgement=OVERALL, at=AS_AT)
    assert (place.of, place.not_known) == (1, 1)
    assert "of 1 the grade is not known" in str(place)
    for at in (Snapshot("31 March 2019"),):
        assert distribution(rows, regime="ilacs", judgement=OVERALL, at=at).at(grade="good").value.value == "z"
    required = judged(
        {"regime": "area_send_2016", "activity": "inspection", "judgement": "written statement of action required"}
        | {"grade": "Yes", "start": dt.date(2019, 5, 1), "end": None, "published": None}
    )
    asked = {"regime": "area_send_2016", "judgement": "written statement of action required", "at": AS_AT}
    assert distribution(required, **asked).at(grade="required").number == 100
    with pytest.raises(NotComparable, match="no order"):
        place_among_areas(required, area=825, **asked)


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.PANDAS], ids=lambda engine: engine.name)
def test_an_area_is_counted_once(engine):
    """One judgement under two names, or of two kinds on one day, would be two of three areas: refused, each row counted."""
    one = {"body": "825", "activity": "standard inspection", "judgement": "overall effectiveness", "grade": "good"}
    rest = {"regime": "ilacs", "start": dt.date(2025, 1, 27)}
    asked = {"regime": "ilacs", "judgement": OVERALL, "at": AS_AT}
    for twice in ({"judgement": "overall_effectiveness"}, {"activity": "short inspection"}):
        frame = as_engine(pl.DataFrame([one | rest, one | rest | twice, one | rest | {"body": "931"}]), engine)
        for measure in (
            lambda rows: distribution(rows, **asked),
            lambda rows: mark_distribution(rows, **asked, grade="good"),
            lambda rows: place_among_areas(rows, area=825, **asked),
        ):
            with pytest.raises(FrameProblems, match="more than once, under two names or of two kinds on one day") as caught:
                measure(frame)
            assert [problem.rows for problem in caught.value.problems] == [2]


@pytest.mark.wide
@ON_EVERY_ENGINE
def test_a_visit_with_blank_judgements_is_no_latest_inspection(engine):
    """Ofsted's list of a year has every judgement beside a visit, blank: the grade of the inspection before stands."""
    both = {"body": ["825", "825"], "regime": "ilacs", "activity": ["standard inspection", "focused visit"]}
    both |= {"start": [dt.date(2024, 1, 15), dt.date(2025, 1, 27)], "judgement": OVERALL, "grade": ["good", None]}
    frame, asked = as_engine(pl.DataFrame(both), engine), {"regime": "ilacs", "judgement": OVERALL, "at": AS_AT}
    good = distribution(frame, **asked).at(grade="good")
    assert (good.number, good.numerator, good.denominator) == (100, 1, 1)
    assert str(place_among_areas(frame, area=825, **asked).grade) == "good"
    marks = collect(enter(mark_distribution(frame, **asked, grade="good"))[0])
    assert (marks["in_denominator"].sum(), marks["in_numerator"].sum()) == (1, 1)


def test_odd_arguments_of_a_distribution_are_refused():
    """A regime of schools, none, a judgement that is none, a grade of another regime, a year, a day too early."""
    rows, known = judged({}), {"regime": "ilacs", "judgement": OVERALL, "at": AS_AT}
    for change, said in (
        ({"regime": "school_four_grades"}, "inspects authorities or areas"),
        ({"regime": "eif"}, "a regime of inspection"),
        ({"regime": 3}, "a regime of inspection"),
        ({"judgement": "adoption performance"}, "a judgement of"),
        ({"regime": "area_send_2016"}, "none: the regime makes none"),
        ({"at": CalendarYear(2025)}, "at"),
        ({"at": dt.date(2025, 3, 31)}, "at"),
    ):
        for measure in (distribution, lambda frame, **asked: place_among_areas(frame, area=825, **asked)):
            with pytest.raises(InvalidValue, match=said):
                measure(rows, **known | change)
    with pytest.raises(InvalidValue, match="a grade of ilacs"):
        mark_distribution(rows, **known, grade="expected standard")
    with pytest.raises(OutsideCoverage):
        distribution(rows, **known | {"at": Snapshot("31 March 2009")})
    with pytest.raises(UnknownColumn):
        distribution(rows, **known, by="reigon")
    with pytest.raises(InvalidValue):
        distribution(rows, **known, by="grade")
    with pytest.raises(UnsupportedFrame):
        distribution("rows", **known)


# Leaks


def test_no_cell_is_in_an_error_of_a_frame_of_outcomes(caplog):
    """Message, repr, args, fields, causes and log."""
    caplog.set_level(logging.DEBUG)
    names = dict.fromkeys(("body", "regime", "activity", "judgement", "grade"), SECRET)
    late = judged({"start": dt.date(2031, 7, 9), "end": dt.date(2031, 7, 1), "judgement": SECRET})
    for refused in (
        lambda: outcomes_of(judged(names | {"start": dt.date(2031, 7, 9)}), source=MADE_UP),
        lambda: distribution(late, regime="ilacs", judgement=OVERALL, at=AS_AT),
        lambda: place_among_areas(judged({}), area=SECRET, regime="ilacs", judgement=OVERALL, at=AS_AT),
        lambda: distribution(judged({}), regime=SECRET, judgement=OVERALL, at=AS_AT),
    ):
        with pytest.raises(BucksError) as caught:
            refused()
        error = caught.value
        said = " ".join(map(repr, (error, str(error), error.args, error.fields, error.__cause__, error.__context__, caplog.text)))
        assert error.__cause__ is None
        assert error.__context__ is None
        for cell in (SECRET, "2031"):
            assert cell not in said
