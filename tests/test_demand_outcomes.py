"""Referrals that led to nothing, and children assessed as not in need: two measures, of all referrals."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.demand import (
    ASSESSED_NOT_IN_NEED,
    NO_FURTHER_ACTION,
    Referrals,
    assessed_not_in_need,
    mark_assessed_not_in_need,
    mark_no_further_action,
    no_further_action,
)
from bucks_cs.errors import AcrossBreak, FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Better, Reading, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.testing import as_engine, frames
from bucks_cs.trend import change

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
SCHEMA = {
    "child_id": pl.String,
    "referral_date": pl.Date,
    "decision_date": pl.Date,
    "seen_date": pl.Date,
    "no_further_action": pl.Boolean,
    "closure_date": pl.Date,
    "closure_reason": pl.String,
    "team": pl.String,
}
YEAR = FinancialYear("2022-23")


def referred(*rows):
    """Referrals from (day, no further action, day closed, reason, team), a child each."""
    there = []
    for number, (day, nothing, closed, reason, *team) in enumerate(rows):
        there.append(
            {
                "child_id": f"C{number}",
                "referral_date": dt.date.fromisoformat(day),
                "no_further_action": nothing,
                "closure_date": closed and dt.date.fromisoformat(closed),
                "closure_reason": reason,
                "team": next(iter(team), None),
            }
        )
    return pl.DataFrame(there, schema=SCHEMA)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


# Ten thousand against a loop.

PERIODS = (*Span("2021-10-01", "2022-09-30").months(), FinancialYear("2021-22"), YEAR, CalendarYear(2022), CalendarYear(2030))
LATER = dt.date(2023, 9, 30)


def ten_thousand():
    """Random referrals over two years, with edges of months and years, open cases, and every reason."""
    draw = random.Random(825)
    edges = [dt.date(2022, 3, 31), dt.date(2022, 4, 1), dt.date(2022, 9, 30), dt.date(2022, 10, 1), dt.date(2021, 10, 1)]
    edges += [dt.date(2023, 3, 31), dt.date(2023, 4, 1)]
    rows = []
    for number in range(10_000):
        day = draw.choice(edges) if draw.random() < 0.1 else dt.date(2021, 9, 1) + dt.timedelta(days=draw.randrange(600))
        closed = reason = None
        if draw.random() < 0.7:
            about = draw.choice([*(period.end for period in PERIODS), LATER])
            closed = draw.choice([day, about, about + dt.timedelta(days=1), day + dt.timedelta(days=draw.randrange(400))])
            closed = max(closed, day)
            reason = draw.choice(["RC1", "RC7", "RC8", "RC8", "RC8", "RC9", None])
            if reason == "RC9" and closed < dt.date(2022, 4, 1):
                reason = "RC8"
        rows.append(
            {
                "child_id": f"C{number}",
                "referral_date": day,
                "decision_date": None,
                "seen_date": None,
                "no_further_action": draw.random() < 0.2,
                "closure_date": closed,
                "closure_reason": reason,
                "team": draw.choice(["North", "South", None]),
            }
        )
    return rows


@pytest.fixture(scope="module")
def events():
    """The rows, and the frame of them."""
    rows = ten_thousand()
    return rows, pl.DataFrame(rows, schema=SCHEMA)


def not_in_need(row, last):
    """What the data dictionary says of one referral, closed as RC8 or RC9 and not without action, by the last day that counts."""
    return not row["no_further_action"] and row["closure_reason"] in ("RC8", "RC9") and row["closure_date"] <= last


def sums_are(readings, rows, periods, counts):
    """Every number by team; how many are in the parts of all periods together."""
    whole, part = Counter(), Counter()
    for row in rows:
        for period in periods:
            if period.contains(row["referral_date"]):
                whole[row["team"], period.kind, period.start] += 1
                part[row["team"], period.kind, period.start] += counts(row, period)
    found = rows_of(readings.frame)
    assert len(found) == 3 * len(periods)
    for row in found:
        key = (row["team"], row["period_kind"], row["period_start"])
        assert (row["numerator"], row["denominator"]) == (part[key], whole[key])
        assert row["withheld"] == (None if whole[key] else "z")
        assert row["value"] == (pytest.approx(100 * part[key] / whole[key]) if whole[key] else None)
    return sum(part.values())


def marks_are(marked, like, rows, in_whole, in_part):
    """Every row's two marks, and the frame's own kind."""
    assert type(marked) is type(like)
    told = rows_of(marked)
    assert list(told[0]) == [*SCHEMA, "in_denominator", "in_numerator"]
    assert {row["child_id"]: (row["in_denominator"], row["in_numerator"]) for row in told} == {
        row["child_id"]: (in_whole(row), in_whole(row) and in_part(row)) for row in rows
    }


def agrees_with_the_loop(native, rows):
    """Both measures row by row and by team; closures by the end of each period, and of a year by a later day."""
    nothing = no_further_action(native, period=PERIODS, by="team")
    assert sums_are(nothing, rows, PERIODS, lambda row, _: row["no_further_action"]) > 1_000
    marks_are(mark_no_further_action(native), native, rows, lambda _: True, lambda row: row["no_further_action"])

    by_the_end = assessed_not_in_need(native, period=PERIODS, by="team")
    assert sums_are(by_the_end, rows, PERIODS, lambda row, period: not_in_need(row, period.end)) > 1_000
    found = []
    for last, asked in ((YEAR.end, {}), (LATER, {"as_at": LATER})):
        of_the_year = assessed_not_in_need(native, period=YEAR, by="team", **asked)
        found.append(sums_are(of_the_year, rows, (YEAR,), lambda row, _, last=last: not_in_need(row, last)))
        rows_behind = mark_assessed_not_in_need(native, period=YEAR, **asked)
        of_it = functools.partial(not_in_need, last=last)
        marks_are(rows_behind, native, rows, lambda row: YEAR.contains(row["referral_date"]), of_it)
    assert 500 < found[0] < found[1] - 100


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_referrals_are_what_a_plain_loop_says_on_every_engine(engine, events):
    """Rows and numbers, by team with one that is not recorded, over months and years that overlap."""
    agrees_with_the_loop(as_engine(events[1], engine), events[0])


@pytest.mark.spark
def test_ten_thousand_referrals_are_what_a_plain_loop_says_on_spark(spark, events):
    """The same on Spark."""
    agrees_with_the_loop(as_engine(events[1], Engine.PYSPARK, spark=spark), events[0])


# What counts.


@pytest.mark.parametrize(
    ("nothing", "closed", "reason", "no_action", "not_needed"),
    [
        (True, None, None, True, False),
        (True, "2022-05-02", "RC8", True, False),  # no further action comes first: it is never both
        (True, "2022-05-02", "RC9", True, False),
        (False, None, None, False, False),  # still open
        (False, "2022-07-01", "RC8", False, True),
        (False, "2022-07-01", "RC9", False, True),
        (False, "2022-07-01", "RC7", False, False),
        (False, "2022-07-01", None, False, False),  # closed, and nobody wrote why
    ],
)
def test_a_referral_is_one_or_the_other_or_neither(nothing, closed, reason, no_action, not_needed):
    """Each of the ways a referral can end, by hand."""
    frame = referred(("2022-05-01", nothing, closed, reason))
    assert mark_no_further_action(frame)["in_numerator"].to_list() == [no_action]
    assert mark_assessed_not_in_need(frame, period=YEAR)["in_numerator"].to_list() == [not_needed]
    assert mark_no_further_action(frame)["in_denominator"].to_list() == [True]
    assert mark_assessed_not_in_need(frame, period=YEAR)["in_denominator"].to_list() == [True]


# Up to which day.


@pytest.mark.parametrize(
    ("closed", "as_at", "counts"),
    [
        ("2023-03-31", None, 1),  # the year's last day is in its census
        ("2023-04-01", None, 0),  # and the day after it is not
        ("2023-03-31", "2023-03-31", 1),
        ("2023-04-01", "2023-03-31", 0),
        ("2023-04-01", "2023-04-01", 1),
        ("2023-04-02", "2023-04-01", 0),
    ],
)
def test_a_closure_counts_up_to_the_end_of_the_period_or_a_later_day_that_is_asked_about(closed, as_at, counts):
    """Of one referral of 2022-23: the share, and the row behind it."""
    frame = referred(("2022-05-01", False, closed, "RC8"))
    asked = {"period": YEAR, "as_at": as_at and dt.date.fromisoformat(as_at)}
    (reading,) = assessed_not_in_need(frame, **asked)
    assert (reading.numerator, reading.denominator) == (counts, 1)
    assert mark_assessed_not_in_need(frame, **asked)["in_numerator"].to_list() == [counts == 1]


TWO_YEARS_ALIKE = (
    ("2021-05-04", False, "2021-06-20", "RC8", "North"),
    ("2022-03-01", False, "2022-04-20", "RC8", "North"),  # closed 20 days after the year
    ("2022-05-04", False, "2022-06-20", "RC8", "North"),
    ("2023-03-01", False, "2023-04-20", "RC8", "North"),  # and so is this one, of the year after
)
BOTH_YEARS = (FinancialYear("2021-22"), YEAR)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_two_years_alike_have_the_same_share_and_the_change_between_them_is_nought(engine):
    """1 of 2 each, 50% and 50%. By 31 March 2023 the older year would have 2 of 2 and the newer 1 of 2, alike as they are."""
    frame = as_engine(referred(*TWO_YEARS_ALIKE), engine)
    shares = assessed_not_in_need(frame, period=BOTH_YEARS)
    assert [(reading.numerator, reading.denominator, reading.number) for reading in shares] == [(1, 2, 50), (1, 2, 50)]
    (points,) = change(shares, earlier=BOTH_YEARS[0], later=BOTH_YEARS[1])
    assert points.number == 0


def test_periods_that_overlap_are_each_followed_to_their_own_end():
    """Referred 20 May, closed 10 June 2022: not by the end of May, and by that of the quarter and of the year, in any order."""
    may, quarter = Month("2022-05"), Span("2022-04-01", "2022-06-30")
    frame = referred(("2022-05-20", False, "2022-06-10", "RC8"), ("2022-06-01", False, "2022-06-30", "RC8"))
    shares = assessed_not_in_need(frame, period=[YEAR, may, Month("2022-06"), quarter])
    counted = {reading.period: (reading.numerator, reading.denominator) for reading in shares}
    assert counted == {may: (0, 1), Month("2022-06"): (1, 1), quarter: (2, 2), YEAR: (2, 2)}


def test_a_year_that_is_asked_about_at_a_later_day_is_one_year():
    """2021-22 as it stood on 30 April 2022: 2 of 2, one closed after the year's end. 2022-23 at the same distance: 2 of 2."""
    frame = referred(*TWO_YEARS_ALIKE)
    for year in BOTH_YEARS:
        (reading,) = assessed_not_in_need(frame, period=year, as_at=year.end + dt.timedelta(days=30))
        assert (reading.numerator, reading.denominator) == (2, 2)


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_one_last_day_of_several_periods_is_refused_and_so_is_one_before_the_periods_end(engine):
    """The newest year would be followed least; and what was referred after the last day could never be closed by it."""
    frame = as_engine(referred(*TWO_YEARS_ALIKE), engine)
    with pytest.raises(InvalidValue, match=r"^as_at: expected one period.* Leave it out, .* or call once for each period"):
        assessed_not_in_need(frame, period=BOTH_YEARS, as_at=YEAR.end)
    for call in (assessed_not_in_need, mark_assessed_not_in_need):
        with pytest.raises(InvalidValue, match=r"^as_at: expected 2023-03-31, the last day of the period, or a later one"):
            call(frame, period=YEAR, as_at=dt.date(2023, 3, 30))


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (BOTH_YEARS, "^period: expected one period"),
        ((), "^period: "),
        (Snapshot("31 March 2023"), "^period: .* not the day of a snapshot"),
        (pl.DataFrame({"period": ["2022-23"]}), "^period: "),
    ],
    ids=["two", "none", "a day", "a frame"],
)
def test_the_rows_behind_the_share_are_those_of_one_period(period, says):
    """Which closures count differs from one to another."""
    with pytest.raises(InvalidValue, match=says):
        mark_assessed_not_in_need(referred(*TWO_YEARS_ALIKE), period=period)


# RC9.


def test_rc9_before_it_was_a_reason_is_refused_with_its_number():
    """RC9 is in the census's schema from 2022-23: closed so on 31 March 2022 it cannot have been, the day after it can."""
    old = referred(("2022-03-01", False, "2022-03-31", "RC9"), ("2022-03-01", False, "2022-04-01", "RC9"))
    for call in (mark_assessed_not_in_need, assessed_not_in_need):
        with pytest.raises(FrameProblems, match="RC9 before 2022-04-01") as caught:
            call(old, period=YEAR)
        assert [problem.rows for problem in caught.value.problems] == [1]
    assert mark_no_further_action(old)["in_numerator"].to_list() == [False, False]
    (reading,) = assessed_not_in_need(old[1:], period=FinancialYear("2021-22"), as_at=dt.date(2022, 4, 1))
    assert (reading.numerator, reading.denominator) == (1, 1)


@settings(max_examples=settings.default.max_examples // 8)
@given(
    frames(
        Referrals,
        columns={
            "referral_date": st.dates(dt.date(2022, 3, 25), dt.date(2022, 5, 5)),
            "closure_date": st.dates(dt.date(2022, 4, 25), dt.date(2022, 7, 1)),
            **dict.fromkeys(("decision_date", "seen_date"), st.none()),
        },
    ),
    st.dates(dt.date(2022, 4, 30), dt.date(2022, 7, 2)),
)
def test_no_referral_is_in_both_and_a_later_day_counts_no_fewer_and_the_rows_sum_to_the_share(frame, as_at):
    """Any referrals that keep the rules, of April 2022 and the days about it."""
    april = Month("2022-04")
    nothing = mark_no_further_action(frame)["in_numerator"]
    by_the_end = mark_assessed_not_in_need(frame, period=april)["in_numerator"]
    later = mark_assessed_not_in_need(frame, period=april, as_at=as_at)
    assert not (nothing & later["in_numerator"]).any()
    assert not (by_the_end & ~later["in_numerator"]).any()
    (reading,) = assessed_not_in_need(frame, period=april, as_at=as_at)
    assert (reading.numerator, reading.denominator) == (later["in_numerator"].sum(), later["in_denominator"].sum())
    assert reading.denominator == frame.filter(pl.col("referral_date").is_between(april.start, april.end)).height


# Published.


@pytest.mark.parametrize(
    ("part", "rows"), [("no_further_action", 1_873), ("not_in_need", 1_940)], ids=["no further action", "not in need"]
)
def test_dfes_percentages_are_of_all_referrals(published, part, rows):
    """DfE, c1 2013 to 2025, every authority and year that has the three: the count over referral_count, as printed."""
    file = published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    c1 = pl.read_csv(file, infer_schema_length=0).filter(pl.col("geographic_level") == "Local authority")
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in ("referral_count", f"{part}_count", f"{part}_percent")]
    there = c1.select(numbers).drop_nulls().rows()
    agree = sum(abs(100 * count / whole - percent) <= 0.05 + 1e-9 for whole, count, percent in there)
    assert (len(there), agree) == (rows, rows)


def test_buckinghamshires_year_2022_23_comes_out_of_rows_as_it_was_published(published):
    """12,157 referrals, 5,958 with no further action (49.0%) and 1,884 not in need (15.5%): rows made from the counts."""
    rows = [("2022-05-01", True, None, None)] * 5_958 + [("2022-05-01", False, "2022-06-01", "RC8")] * 1_884
    rows += [("2022-05-01", False, None, None)] * (12_157 - 5_958 - 1_884)
    frame = referred(*rows)
    file = published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    c1 = pl.read_csv(file, infer_schema_length=0).filter((pl.col("old_la_code") == "825") & (pl.col("time_period") == "2023"))
    (nothing,) = no_further_action(frame, period=YEAR, area="825")
    (not_needed,) = assessed_not_in_need(frame, period=YEAR, area="825")
    assert c1["no_further_action_percent"].item() == f"{nothing.number:.1f}".removesuffix(".0")
    assert c1["not_in_need_percent"].item() == f"{not_needed.number:.1f}"
    assert c1["referral_count"].item() == f"{nothing.denominator:.0f}"


# Breaks.


@pytest.mark.parametrize("indicator", [NO_FURTHER_ACTION, ASSESSED_NOT_IN_NEED], ids=lambda indicator: indicator.key)
def test_no_change_is_taken_across_buckinghamshires_break_in_silence(indicator):
    """2022-23 to 2023-24, when referrals halved: the cause is inferred, and the change is refused until it is allowed."""
    before = Reading.of(indicator, 49.0, period=YEAR, area="825")
    after = Reading.of(indicator, 1.7, period=FinancialYear("2023-24"), area="825")
    with pytest.raises(AcrossBreak):
        change(before, after)
    assert indicator.better is Better.NEITHER


def test_the_rise_of_2016_17_is_a_break_of_the_assessed_alone(published):
    """Buckinghamshire, c1: 0, 0 and 51 not in need to 2016, and 2,282 the year after."""
    file = published / "children_in_need" / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
    c1 = pl.read_csv(file, infer_schema_length=0).filter(pl.col("old_la_code") == "825").sort("time_period")
    assert c1["not_in_need_count"].to_list()[:5] == ["0", "c", "0", "51", "2282"]
    assert [known.on for known in ASSESSED_NOT_IN_NEED.breaks] == [dt.date(2016, 4, 1), dt.date(2023, 4, 1)]
    assert [known.on for known in NO_FURTHER_ACTION.breaks] == [dt.date(2023, 4, 1)]


# Gaps and refusals.


@pytest.mark.parametrize("measure", [no_further_action, assessed_not_in_need])
def test_nothing_to_divide_by_is_not_applicable(measure):
    """A period without referrals, and an empty frame; by team an empty frame has no groups."""
    for frame in (referred(), referred(("2019-05-01", False, None, None))):
        (reading,) = measure(frame, period=YEAR)
        assert reading.value is Withheld.NOT_APPLICABLE
    assert list(measure(referred(), period=YEAR, by="team")) == []


@pytest.mark.parametrize("measure", [no_further_action, assessed_not_in_need])
@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"by": "child_id"}, InvalidValue, "child_id"),
        ({"by": "in_numerator"}, UnknownColumn, "in_numerator"),
        ({"period": ()}, InvalidValue, "^period: "),
        ({"period": Snapshot("31 March 2023")}, InvalidValue, "^period: .* not the day of a snapshot"),
        ({"period": MonthlyAverage("2022-04", "2022-09")}, InvalidValue, "^period: .* a monthly average is not"),
        ({"period": pl.DataFrame({"period": ["2022-23"]})}, InvalidValue, "^period: "),
        ({"confidence": 0}, InvalidValue, "confidence"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(measure, arguments, error, says):
    """None of them as an error of another's."""
    with pytest.raises(error, match=says):
        measure(referred(("2022-05-01", False, None, None)), **({"period": YEAR} | arguments))


@pytest.mark.parametrize("measure", [no_further_action, assessed_not_in_need])
def test_a_measure_is_not_broken_down_by_what_it_marks_itself(measure):
    """The marks of another measure would be replaced before anything is counted by them."""
    marked = mark_no_further_action(referred(("2022-05-01", True, None, None)))
    with pytest.raises(InvalidValue, match="does not make itself"):
        measure(marked, period=YEAR, by="in_numerator")


@pytest.mark.parametrize(
    "as_at",
    ["2023-03-31", dt.datetime(2023, 3, 31), YEAR, 20230331, dt.date.max, pl.DataFrame({"as_at": [dt.date(2023, 3, 31)]})],
    ids=lambda value: type(value).__name__ if isinstance(value, pl.DataFrame) else str(value),
)
def test_a_last_day_that_is_no_day_is_refused(as_at):
    """A plain date or None."""
    frame = referred(("2022-05-01", False, None, None))
    with pytest.raises(InvalidValue, match=r"^as_at: "):
        assessed_not_in_need(frame, period=YEAR, as_at=as_at)
    with pytest.raises(InvalidValue, match=r"^as_at: "):
        mark_assessed_not_in_need(frame, period=YEAR, as_at=as_at)


OF_THE_YEAR = functools.partial(mark_assessed_not_in_need, period=YEAR)


@pytest.mark.parametrize("mark", [mark_no_further_action, OF_THE_YEAR], ids=["no further action", "not in need"])
def test_marking_twice_is_marking_once_and_a_raw_frame_is_taken_as_a_checked_one(mark):
    """The marks of the other measure, or of this one, are replaced; of every engine's frames in the ten thousand above."""
    frame = referred(("2022-05-01", True, None, None, "North"), ("2022-05-01", False, "2022-05-02", "RC8", "North"))
    once = mark(frame)
    assert once.columns == [*SCHEMA, "in_denominator", "in_numerator"]
    for again in (once, Referrals.conform(frame), mark_no_further_action(frame), OF_THE_YEAR(frame)):
        assert mark(again).equals(once)
    assert list(rows_of(mark(as_engine(once, Engine.DUCKDB)))[0]) == once.columns


@pytest.mark.parametrize("measure", [no_further_action, assessed_not_in_need])
def test_the_same_referral_twice_is_refused(measure):
    """A child's referrals on one day are one record kept twice."""
    frame = pl.concat([referred(("2022-05-01", False, None, None))] * 2)
    with pytest.raises(FrameProblems) as caught:
        measure(frame, period=Month("2022-05"))
    assert [problem.rows for problem in caught.value.problems] == [2]
