"""Re-referrals: against a plain loop on every engine, the anniversary and the leap day, and what cannot be told."""

from __future__ import annotations

import datetime as dt
import functools
import random
from collections import Counter, defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.demand import REREFERRALS, Referrals, mark_rereferrals, rereferrals
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine, frames

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
LONG_AGO = dt.date(2010, 1, 1)
YEAR = FinancialYear("2022-23")


def referred(*rows):
    """Referrals from (child, day) or (child, day, team)."""
    given_rows = [
        {"child_id": child, "referral_date": dt.date.fromisoformat(day), "no_further_action": False, "team": team}
        for child, day, team in (row if len(row) == 3 else (*row, None) for row in rows)
    ]
    return pl.DataFrame(given_rows, schema=SCHEMA)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def marks(frame, history_from=LONG_AGO):
    """(in_numerator, no_history) by child and day."""
    return {
        (row["child_id"], row["referral_date"].isoformat()): (row["in_numerator"], row["no_history"])
        for row in rows_of(mark_rereferrals(frame, history_from=history_from))
    }


# The loop: what a person with a ledger would do.


def anniversary(day):
    """The same day of the next year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 2, 28)


def untold(day, history_from):
    """Whether a day before the history began would still count for a referral, asked day by day."""
    if day <= history_from:
        return True
    unseen = (history_from - dt.timedelta(days=back) for back in range(1, 800))
    return any(day <= anniversary(before) for before in unseen)


HISTORY_FROM = dt.date(2019, 2, 28)
PERIODS = (
    *Span("2019-01-01", "2021-06-30").months(),
    FinancialYear("2018-19"),
    FinancialYear("2019-20"),
    FinancialYear("2020-21"),
    FinancialYear("2021-22"),
    CalendarYear(2020),
    CalendarYear(2021),
    CalendarYear(2035),
)


def ten_thousand():
    """Random referrals with leap days, anniversaries hit and missed by a day, months' edges, and ties between children."""
    draw = random.Random(20221011)
    first, days = dt.date(2018, 1, 1), (dt.date(2022, 3, 31) - dt.date(2018, 1, 1)).days
    edges = [dt.date(2020, 2, 28), dt.date(2020, 2, 29), dt.date(2020, 3, 1), dt.date(2021, 2, 28), dt.date(2021, 3, 1)]
    edges += [dt.date(2019, 2, 28), dt.date(2019, 3, 1), dt.date(2019, 3, 31), dt.date(2019, 4, 1), dt.date(2020, 3, 31)]
    there = set()
    while len(there) < 10_000:
        child, day = f"C{draw.randrange(4_000)}", first + dt.timedelta(days=draw.randrange(days))
        if draw.random() < 0.1:
            day = draw.choice(edges)
        there.add((child, day))
        if draw.random() < 0.3 and len(there) < 10_000:
            there.add((child, anniversary(day) + dt.timedelta(days=draw.choice([-1, 0, 0, 1]))))
    rows = [(child, day, draw.choice(["North", "South", None])) for child, day in sorted(there)]
    draw.shuffle(rows)
    return rows


@pytest.fixture(scope="module")
def events():
    """The rows, and what the loop says of each: (again, untold)."""
    rows = ten_thousand()
    days_of = defaultdict(list)
    for child, day, _ in rows:
        days_of[child].append(day)
    short = {day: untold(day, HISTORY_FROM) for day in {day for _, day, _ in rows}}
    said = {}
    for child, day, _ in rows:
        again = any(earlier < day <= anniversary(earlier) for earlier in days_of[child])
        said[child, day] = (again, not again and short[day])
    there = [{"child_id": child, "referral_date": day, "no_further_action": False, "team": team} for child, day, team in rows]
    return rows, said, pl.DataFrame(there, schema=SCHEMA)


@pytest.mark.long
def test_the_ten_thousand_events_hold_what_they_are_there_for(events):
    """A test on random rows is worth what is in them: re-referrals, rows that cannot be told, leap days and near misses."""
    rows, said, _ = events
    assert len(rows) == 10_000
    assert 1_000 < sum(again for again, _ in said.values()) < 9_000
    assert sum(unknown for _, unknown in said.values()) > 500
    assert sum(day == dt.date(2020, 2, 29) for _, day, _ in rows) > 20
    per_child = defaultdict(set)
    for child, day, _ in rows:
        per_child[child].add(day)
    missed = sum(anniversary(day) + dt.timedelta(days=1) in days for days in per_child.values() for day in days)
    hit = sum(anniversary(day) in days for days in per_child.values() for day in days)
    assert missed > 100
    assert hit > 100


def agrees_with_the_loop(native, events):
    """Every row of the drill-down, and every number by team, as the loop has them."""
    rows, said, _ = events
    back = mark_rereferrals(native, history_from=HISTORY_FROM)
    assert type(back) is type(native)
    marked_rows = rows_of(back)
    assert list(marked_rows[0]) == [*SCHEMA, "in_denominator", "in_numerator", "no_history"]
    assert len(marked_rows) == len(rows)
    assert all(row["in_denominator"] for row in marked_rows)
    assert {(row["child_id"], row["referral_date"]): (row["in_numerator"], row["no_history"]) for row in marked_rows} == said
    whole, part, unknown = Counter(), Counter(), Counter()
    for child, day, team in rows:
        for period in PERIODS:
            if period.start <= day <= period.end:
                key = (team, period.kind, period.start)
                again, short = said[child, day]
                whole[key] += 1
                part[key] += again
                unknown[key] += short
    found = rows_of(rereferrals(native, period=PERIODS, history_from=HISTORY_FROM, by="team").frame)
    assert len(found) == 3 * len(PERIODS)
    for row in found:
        key = (row["team"], row["period_kind"], row["period_start"])
        reason = "no_history" if unknown[key] else None if whole[key] else "z"
        assert row["withheld"] == reason
        # What is seen of a part that cannot be told is no numerator.
        assert (row["numerator"], row["denominator"]) == (None if unknown[key] else part[key], whole[key])
        assert row["value"] == (None if reason else pytest.approx(100 * part[key] / whole[key]))
        assert (row["lower"] is None) == (row["upper"] is None) == (reason is not None)
    reasons = Counter(row["withheld"] for row in found)
    assert reasons["z"] == 3
    assert reasons["no_history"] > 30
    assert reasons[None] > 30


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_referrals_are_what_a_plain_loop_says_on_every_engine(engine, events):
    """Rows and numbers, by team with one that is not recorded, over months and years that overlap."""
    agrees_with_the_loop(as_engine(events[2], engine), events)


@pytest.mark.spark
def test_ten_thousand_referrals_are_what_a_plain_loop_says_on_spark(spark, events):
    """The same on Spark."""
    agrees_with_the_loop(as_engine(events[2], Engine.PYSPARK, spark=spark), events)


# The anniversary, and leap days both ways.


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ("2021-05-10", "2022-05-09", True),
        ("2021-05-10", "2022-05-10", True),  # the anniversary is included
        ("2021-05-10", "2022-05-11", False),
        ("2021-05-10", "2021-05-11", True),
        ("2020-02-29", "2021-02-28", True),  # a year from a leap day ends with February
        ("2020-02-29", "2021-03-01", False),
        ("2019-02-28", "2020-02-28", True),
        ("2019-02-28", "2020-02-29", False),  # a leap day is a day later than the anniversary
        ("2019-03-01", "2020-02-29", True),
        ("2019-03-01", "2020-03-01", True),
        ("2020-02-28", "2021-02-28", True),
        ("2020-02-28", "2021-03-01", False),
        ("2020-12-31", "2021-12-31", True),
        ("2020-12-31", "2022-01-01", False),
        ("2021-01-31", "2022-01-31", True),
        ("2021-01-31", "2022-02-01", False),
    ],
)
def test_a_second_referral_counts_up_to_the_anniversary(first, second, again):
    """The two days of one child, either order in the frame."""
    for rows in ([("A", first), ("A", second)], [("A", second), ("A", first)]):
        assert marks(referred(*rows)) == {("A", first): (False, False), ("A", second): (again, False)}


def test_a_child_referred_three_times_in_a_year_is_a_re_referral_twice():
    """Out of three; the third is within a year of the second and of the first."""
    frame = referred(("A", "2022-04-05"), ("A", "2022-06-01"), ("A", "2022-12-01"))
    assert [again for again, _ in marks(frame).values()] == [False, True, True]
    (reading,) = rereferrals(frame, period=YEAR, history_from=LONG_AGO)
    assert (reading.numerator, reading.denominator) == (2, 3)


def test_another_child_referred_the_day_before_is_no_earlier_referral():
    """Only the same child's."""
    assert marks(referred(("A", "2022-05-01"), ("B", "2022-05-02"))) == {
        ("A", "2022-05-01"): (False, False),
        ("B", "2022-05-02"): (False, False),
    }


def test_the_earlier_referral_may_carry_any_team_and_outcome_and_be_outside_the_period():
    """It was North's, with no further action, in the year before; the re-referral is South's and in South's number."""
    frame = referred(("A", "2022-03-31", "North"), ("A", "2022-04-01", "South"), ("B", "2022-04-01", "North"))
    frame = frame.with_columns(no_further_action=pl.col("team") == "North")
    found = rereferrals(frame, period=YEAR, history_from=LONG_AGO, by="team")
    assert found.at(team="South").number == 100
    assert found.at(team="North").number == 0
    assert found.at(team="North").denominator == 1


def test_a_team_that_is_not_recorded_is_a_group_of_its_own():
    """Null is a group, never a total."""
    frame = referred(("A", "2022-05-01"), ("A", "2022-06-01"), ("B", "2022-06-01", "North"))
    found = rows_of(rereferrals(frame, period=YEAR, history_from=LONG_AGO, by="team").frame)
    assert [(row["team"], row["numerator"], row["denominator"]) for row in found] == [("North", 0, 1), (None, 1, 2)]


# History.


@pytest.mark.parametrize(
    ("history_from", "day", "unknown"),
    [
        ("2021-05-10", "2022-05-09", True),  # a referral of 9 May 2021 would count, and is not in the frame
        ("2021-05-10", "2022-05-10", False),  # one of 10 May 2021 would be in the frame
        ("2021-05-11", "2022-05-10", True),
        ("2020-02-29", "2021-02-28", True),  # 28 February 2020 would count
        ("2020-03-01", "2021-02-28", True),  # 29 February 2020 would count: its year ends on this day
        ("2020-03-01", "2021-03-01", False),
        ("2019-03-01", "2020-02-28", True),
        ("2019-03-01", "2020-02-29", False),
        ("2022-05-10", "2022-05-10", True),
        ("2022-05-10", "2022-05-01", True),  # before the history began
    ],
)
def test_a_referral_cannot_be_told_while_a_day_before_the_history_would_count(history_from, day, unknown):
    """A child with one referral; the value is withheld as no_history exactly where the row cannot be told."""
    start = dt.date.fromisoformat(history_from)
    assert marks(referred(("A", day)), start) == {("A", day): (False, unknown)}
    (reading,) = rereferrals(referred(("A", day)), period=Month(day[:7]), history_from=start)
    assert reading.value is Withheld.NO_HISTORY if unknown else reading.number == 0
    assert (reading.numerator, reading.denominator) == (None if unknown else 0, 1)


def test_a_re_referral_is_told_however_short_the_history():
    """The earlier one is there, so that nothing is missing; one row that cannot be told withholds its own period alone."""
    frame = referred(("A", "2022-04-10"), ("A", "2022-05-10"), ("B", "2022-06-10"))
    found = rereferrals(frame, period=[Month("2022-04"), Month("2022-05"), Month("2022-06")], history_from=dt.date(2022, 4, 1))
    april, may, june = found
    assert april.value is Withheld.NO_HISTORY
    assert may.number == 100
    assert june.value is Withheld.NO_HISTORY


def test_a_share_that_cannot_be_told_has_no_numerator():
    """In May 2022 one referral is seen to be a second one and one cannot be told: 1 of 2 would say too little, maybe."""
    frame = referred(("A", "2022-04-10"), ("A", "2022-05-10"), ("B", "2022-05-11"))
    (reading,) = rereferrals(frame, period=Month("2022-05"), history_from=dt.date(2022, 4, 1))
    assert reading.value is Withheld.NO_HISTORY
    assert (reading.numerator, reading.denominator) == (None, 2)


def test_one_referral_that_cannot_be_told_withholds_its_own_group_alone():
    """North's is within the first year, South's is not."""
    frame = referred(("A", "2022-04-10", "North"), ("B", "2022-11-10", "South"))
    found = rereferrals(frame, period=YEAR, history_from=dt.date(2021, 9, 1), by="team")
    assert found.at(team="North").value is Withheld.NO_HISTORY
    assert found.at(team="South").number == 0


def test_a_longer_history_unknows_nothing():
    """Rows that were told stay told when the history begins earlier."""

    @settings(max_examples=settings.default.max_examples // 8)
    @given(
        frames(
            Referrals,
            max_rows=10,
            columns={
                "child_id": st.sampled_from("AB"),
                "referral_date": st.dates(dt.date(2020, 2, 25), dt.date(2021, 3, 4)),
                **dict.fromkeys(("decision_date", "seen_date", "closure_date", "closure_reason"), st.none()),
            },
        ),
        st.dates(dt.date(2019, 2, 25), dt.date(2020, 3, 4)),
        st.integers(0, 400),
    )
    def holds(frame, start, days):
        short = mark_rereferrals(frame, history_from=start).select("in_numerator", "no_history").rows()
        longer = mark_rereferrals(frame, history_from=start - dt.timedelta(days=days)).select("in_numerator", "no_history").rows()
        for (again, unknown), (still, unknown_still) in zip(short, longer, strict=True):
            assert again == still
            assert not (again and unknown)
            assert unknown >= unknown_still

    holds()


@settings(max_examples=settings.default.max_examples // 8)
@given(
    frames(
        Referrals,
        max_rows=12,
        columns={
            "child_id": st.sampled_from("ABC"),
            "referral_date": st.dates(dt.date(2021, 3, 25), dt.date(2023, 4, 5)),
            "team": st.sampled_from(["North", "South", None]),
            **dict.fromkeys(("decision_date", "seen_date", "closure_date", "closure_reason"), st.none()),
        },
    )
)
def test_the_groups_and_the_drill_down_add_up_to_the_measure(frame):
    """Any referrals that keep the rules: teams add up to the whole, and the rows of the drill-down to both."""
    (whole,) = rereferrals(frame, period=YEAR, history_from=LONG_AGO)
    frame = frame.with_columns(pl.col("team").cast(pl.String))  # where no team was drawn at all it has no type yet
    teams = list(rereferrals(frame, period=YEAR, history_from=LONG_AGO, by="team"))
    inside = pl.col("referral_date").is_between(YEAR.start, YEAR.end)
    rows = mark_rereferrals(frame, history_from=LONG_AGO).filter(inside)
    assert (whole.numerator, whole.denominator) == (rows["in_numerator"].sum(), rows["in_denominator"].sum())
    if teams:
        assert whole.numerator == sum(reading.numerator for reading in teams)
        assert whole.denominator == sum(reading.denominator for reading in teams)
    assert (whole.value is Withheld.NOT_APPLICABLE) == (rows.height == 0)


# Gaps, shape and intervals.


def test_nothing_to_divide_by_is_not_applicable():
    """A period without referrals, and an empty frame; by team an empty frame has no groups."""
    empty = referred()
    for frame in (empty, referred(("A", "2019-05-01"))):
        (reading,) = rereferrals(frame, period=YEAR, history_from=LONG_AGO)
        assert reading.value is Withheld.NOT_APPLICABLE
        assert (reading.numerator, reading.denominator) == (0, 0)
    assert list(rereferrals(empty, period=YEAR, history_from=LONG_AGO, by="team")) == []
    assert mark_rereferrals(empty, history_from=LONG_AGO).is_empty()


def test_the_interval_is_wilsons_of_the_library():
    """Two of three at 80%: the scalar function, which has tests of its own against published figures."""
    frame = referred(("A", "2022-04-05"), ("A", "2022-06-01"), ("A", "2022-12-01"))
    (reading,) = rereferrals(frame, period=YEAR, history_from=LONG_AGO, confidence=0.8, area="825")
    by_hand = proportion(2, 3, confidence=0.8)
    assert reading.number == pytest.approx(200 / 3)
    assert reading.lower.magnitude == pytest.approx(100 * by_hand.lower)
    assert reading.upper.magnitude == pytest.approx(100 * by_hand.upper)
    assert (reading.level, reading.area, reading.interval) == (0.8, "825", Interval.CONFIDENCE)
    assert reading.indicator == REREFERRALS


def test_marking_twice_is_marking_once_and_a_raw_frame_is_taken_as_a_checked_one():
    """The marks of another measure, or of this one, are replaced; of every engine's frames in the ten thousand above."""
    frame = referred(("A", "2022-04-05"), ("A", "2022-06-01"))
    once = mark_rereferrals(frame, history_from=LONG_AGO)
    assert once.columns == [*SCHEMA, "in_denominator", "in_numerator", "no_history"]
    for again in (once, Referrals.conform(frame), Referrals.conform(once)):
        assert mark_rereferrals(again, history_from=LONG_AGO).equals(once)
    twice = mark_rereferrals(as_engine(once, Engine.DUCKDB), history_from=LONG_AGO)
    assert list(rows_of(twice)[0]) == once.columns


def test_buckinghamshires_break_of_2023_24_is_on_the_indicator():
    """The series fell from 39.1% to 23.3% as referrals halved (DfE, c1): no change is taken across it in silence."""
    (known,) = REREFERRALS.breaks
    assert (known.on, known.area, known.certain) == (dt.date(2023, 4, 1), "825", False)


# Refusals.


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_two_referrals_of_a_child_on_one_day_are_refused_with_their_number(engine):
    """They are one record kept twice, or a mistake: counted twice, the second would be a re-referral of the first."""
    frame = as_engine(referred(("A", "2022-05-01"), ("A", "2022-05-01"), ("B", "2022-05-01")), engine)
    for call in (mark_rereferrals, functools.partial(rereferrals, period=YEAR)):
        with pytest.raises(FrameProblems) as caught:
            call(frame, history_from=LONG_AGO)
        (problem,) = caught.value.problems
        assert (problem.column, problem.rows) == ("child_id, referral_date", 2)


def test_two_times_of_one_day_are_one_day():
    """A case system's timestamps: morning and afternoon are the same day's referral, kept twice."""
    frame = referred(("A", "2022-05-01"), ("A", "2022-05-02")).with_columns(
        referral_date=pl.Series([dt.datetime(2022, 5, 1, 9), dt.datetime(2022, 5, 1, 16)])
    )
    with pytest.raises(FrameProblems) as caught:
        rereferrals(frame, period=YEAR, history_from=LONG_AGO)
    assert [problem.rows for problem in caught.value.problems] == [2]


@pytest.mark.parametrize(
    "given_day",
    [None, "2019-04-01", dt.datetime(2019, 4, 1), 2019, dt.date.min, dt.date.max, YEAR, pl.DataFrame({"day": [LONG_AGO]})],
    ids=lambda value: type(value).__name__ if isinstance(value, pl.DataFrame) else str(value),
)
def test_a_history_from_that_is_no_day_is_refused(given_day):
    """It cannot be seen from the rows, so it is asked for, and it is a plain date with a day before it."""
    frame = referred(("A", "2022-05-01"))
    with pytest.raises(InvalidValue, match=r"^history_from: "):
        rereferrals(frame, period=YEAR, history_from=given_day)
    with pytest.raises(InvalidValue, match=r"^history_from: "):
        mark_rereferrals(frame, history_from=given_day)


def test_the_history_must_be_given():
    """There is no default: an export's first row says nothing of what came before it."""
    with pytest.raises(TypeError, match="history_from"):
        rereferrals(referred(("A", "2022-05-01")), period=YEAR)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"by": "child_id"}, InvalidValue, "child_id"),
        ({"by": ["team", "team"]}, InvalidValue, "by: .* once"),
        ({"by": "area"}, UnknownColumn, "area"),
        ({"period": []}, InvalidValue, "^period: "),
        ({"period": [YEAR, YEAR]}, InvalidValue, "^period: .* once"),
        ({"period": "2022-23"}, InvalidValue, "^period: "),
        ({"period": Snapshot("31 March 2023")}, InvalidValue, "^period: .* not the day of a snapshot"),
        ({"period": [YEAR, MonthlyAverage("2022-04", "2022-09")]}, InvalidValue, "^period: .* a monthly average is not"),
        ({"period": pl.DataFrame({"period": ["2022-23"]})}, InvalidValue, "^period: "),
        ({"period": pl.LazyFrame({"period": ["2022-23"]})}, InvalidValue, "^period: "),
        ({"confidence": 1.0}, InvalidValue, "confidence"),
        ({"confidence": 95}, InvalidValue, "confidence"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(arguments, error, says):
    """None of them as an error of another's."""
    with pytest.raises(error, match=says):
        rereferrals(referred(("A", "2022-05-01", "North")), **({"period": YEAR, "history_from": LONG_AGO} | arguments))


@pytest.mark.parametrize("name", ["in_denominator", "in_numerator", "no_history", "In_Numerator"])
def test_a_measure_is_not_broken_down_by_what_it_marks_itself(name):
    """A frame marked by another measure has such columns, and they are replaced before anything is counted by them."""
    frame = referred(("A", "2022-05-01")).with_columns(pl.lit(value=True).alias(name))
    with pytest.raises(InvalidValue, match="does not make itself"):
        rereferrals(frame, period=YEAR, history_from=LONG_AGO, by=name)


def test_a_lazy_frame_stays_lazy_and_is_asked_once():
    """One query validates; the numbers wait until they are asked for."""
    asked = []

    def seen(batch):
        asked.append(batch.height)
        return batch

    lazy = referred(("A", "2022-05-01"), ("A", "2022-06-01")).lazy().map_batches(seen, schema=None)
    readings = rereferrals(lazy, period=YEAR, history_from=LONG_AGO)
    assert isinstance(readings.frame, pl.LazyFrame)
    assert asked == [2]
    assert next(iter(readings)).number == 50


def test_no_error_shows_a_cell():
    """A number that stands for a child is in no message."""
    token = "SECRET-CHILD-7"
    frame = referred((token, "2022-05-01"), (token, "2022-05-01"))
    with pytest.raises(FrameProblems) as caught:
        rereferrals(frame, period=YEAR, history_from=LONG_AGO)
    assert token not in f"{caught.value} {caught.value!r} {caught.value.__cause__} {caught.value.__context__}"
