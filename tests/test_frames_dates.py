"""Days and months in columns, beside Python's own calendar; working days beside `bucks_cs.working_days`, on every engine."""

from __future__ import annotations

import calendar
import datetime as dt

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import working_days
from bucks_cs.errors import FrameProblems, InvalidValue, OutsideCoverage, UnknownColumn
from bucks_cs.frames.dates import day_number, days_between, month_start, whole_months_between, with_working_days, within_months
from bucks_cs.frames.engine import collect, enter
from bucks_cs.working_days import WorkingCalendar
from made_up import MAKE, in_duckdb, kind_of, rows, said

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet")

EVERY_DAY = [dt.date(1900, 1, 1) + dt.timedelta(days=n) for n in range((dt.date(2100, 12, 31) - dt.date(1900, 1, 1)).days + 1)]
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
PAIRS = st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=60)
START, END = nw.col("start"), nw.col("end")


@pytest.fixture(params=MAKE, ids=str)
def engine(request):
    """The name of each engine but Spark."""
    return request.param


def pairs(given_pairs):
    """Pairs of days as a polars frame in their order."""
    days = {"n": range(len(given_pairs)), "start": [a for a, _ in given_pairs], "end": [b for _, b in given_pairs]}
    return pl.DataFrame(days, schema={"n": pl.Int64, "start": pl.Date, "end": pl.Date})


def worked_out(expression, frame):
    """What an expression gives for each row, in the order of the rows."""
    lazy, _ = enter(frame)
    return collect(lazy.select("n", out=expression).sort("n"))["out"].to_list()


def test_every_day_of_two_centuries_has_its_number(engine):
    """1 January 1970 is 0, and each day is one more than the day before: Python's own ordinals."""
    epoch = dt.date(1970, 1, 1).toordinal()
    frame = MAKE[engine](pairs([(day, day) for day in EVERY_DAY]))
    assert worked_out(day_number(START), frame) == [day.toordinal() - epoch for day in EVERY_DAY]
    assert worked_out(month_start(START), frame) == [day.replace(day=1) for day in EVERY_DAY]


@given(given_pairs=PAIRS)
def test_days_between_are_those_of_pythons_calendar(given_pairs):
    """Backwards too."""
    expected = [(end - start).days for start, end in given_pairs]
    assert worked_out(days_between(START, END), pairs(given_pairs)) == expected


@settings(max_examples=5)
@given(given_pairs=PAIRS)
def test_days_between_are_the_same_in_duckdb(given_pairs):
    """SQL's division of whole numbers is not always Python's."""
    expected = [(end - start).days for start, end in given_pairs]
    assert worked_out(days_between(START, END), in_duckdb(pairs(given_pairs))) == expected


def anniversary(start, months, *, rolls_on):
    """So many months on: the same day, or where the month has none its end, or the first of the next."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    if start.day <= last:
        return dt.date(year, month, start.day)
    return dt.date(year, month, last) + dt.timedelta(days=1 if rolls_on else 0)


def whole_months(start, end):
    """The slow way: as many months on as are not past the end."""
    months = 0
    while anniversary(start, months + 1, rolls_on=True) <= end:
        months += 1
    return months


SHORT = st.tuples(st.dates(dt.date(1996, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 1500)).map(
    lambda p: (p[0], p[0] + dt.timedelta(days=p[1]))
)


@given(given_pairs=st.lists(SHORT, min_size=1, max_size=50))
def test_whole_months_are_counted_as_a_calendar_does(given_pairs):
    """A month at a time, by hand of Python."""
    expected = [whole_months(start, end) for start, end in given_pairs]
    assert worked_out(whole_months_between(START, END), pairs(given_pairs)) == expected


@given(given_pairs=st.lists(SHORT | st.tuples(DAYS, DAYS), min_size=1, max_size=50), months=st.integers(0, 60))
def test_within_so_many_months_includes_the_anniversary_and_nothing_after(given_pairs, months):
    """Where the month has no such day, the limit is its end."""
    expected = [end <= anniversary(start, months, rolls_on=False) if start.year < 2090 else None for start, end in given_pairs]
    found = worked_out(within_months(START, END, months=months), pairs(given_pairs))
    assert [yes for yes, known in zip(found, expected, strict=True) if known is not None] == [
        e for e in expected if e is not None
    ]


LEAP = dt.date(2020, 2, 29)


def test_twelve_months_from_a_leap_day_end_with_february(engine):
    """28 February 2021 is within, 1 March is not; and 48 months on is 29 February 2024."""
    on = [dt.date(2021, 2, 28), dt.date(2021, 3, 1), dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.date(2019, 1, 1)]
    frame = MAKE[engine](pairs([(LEAP, day) for day in on]))
    assert worked_out(within_months(START, END, months=12), frame) == [True, False, False, False, True]
    assert worked_out(within_months(START, END, months=48), frame) == [True, True, True, False, True]


def test_a_year_from_a_leap_day_is_whole_on_1_march(engine):
    """And a month from 31 January too: 11 months are whole on 28 February 2021, 12 a day later."""
    given_pairs = [
        (LEAP, dt.date(2021, 2, 28)),
        (LEAP, dt.date(2021, 3, 1)),
        (LEAP, dt.date(2024, 2, 29)),
        (dt.date(2022, 1, 31), dt.date(2022, 2, 28)),
    ]
    assert worked_out(whole_months_between(START, END), MAKE[engine](pairs(given_pairs))) == [11, 12, 48, 0]


def test_a_gap_stays_a_gap(engine):
    """A date that is not there is no date at all."""
    frame = MAKE[engine](pairs([(LEAP, None), (LEAP, LEAP), (None, LEAP)]))
    for expression in (days_between(START, END), whole_months_between(START, END)):
        assert worked_out(expression, frame) == [None, 0, None]
    assert worked_out(within_months(START, END, months=1), frame) == [None, True, None]


# Working days

COVERED = st.dates(dt.date(2012, 1, 1), dt.date(2027, 12, 31))
FORWARD = st.lists(
    st.tuples(COVERED, st.integers(0, 300)).map(lambda p: (p[0], min(p[0] + dt.timedelta(days=p[1]), dt.date(2027, 12, 31)))),
    min_size=1,
)


def in_rows(frame):
    """The working days of each row, in the order of the rows, as whole numbers."""
    found = sorted((row["n"], row["working_days"]) for row in rows(frame))
    return [None if number is None else int(number) for _, number in found]


@settings(max_examples=10)
@given(given_pairs=FORWARD)
def test_working_days_in_a_column_are_those_of_single_dates(given_pairs):
    """`bucks_cs.working_days.between`, which is tested by itself beside a loop."""
    expected = [working_days.between(start, end) for start, end in given_pairs]
    assert in_rows(with_working_days(pairs(given_pairs), start="start", end="end")) == expected


STATED = [
    (dt.date(2022, 2, 11), dt.date(2022, 5, 25)),  # 70, as issue and working days' own tests have it
    (dt.date(2022, 9, 16), dt.date(2022, 9, 20)),  # the State Funeral on the Monday: 1
    (dt.date(2022, 6, 1), dt.date(2022, 6, 5)),  # the Jubilee's Thursday and Friday, then a weekend: 0
    (dt.date(2022, 10, 11), dt.date(2022, 10, 11)),  # the day itself: 0
    (dt.date(2022, 10, 11), None),
]


def test_working_days_are_the_same_on_every_engine_in_her_own_kind_of_frame(engine):
    """70 working days after 11 February 2022 is 25 May 2022."""
    frame = MAKE[engine](pairs(STATED))
    out = with_working_days(frame, start="start", end="end")
    assert in_rows(out) == [70, 1, 0, 0, None]
    assert kind_of(out) == kind_of(frame)
    assert isinstance(out, pl.LazyFrame) is (engine == "polars (lazy)")
    renamed = with_working_days(frame, start="start", end="end", name="taken")
    assert list(rows(renamed)[0]) == ["n", "start", "end", "taken"]


def test_a_time_of_day_is_passed_over(engine):
    """From half past nine to half past four is no working day."""
    timed = pairs(STATED[:1]).with_columns(
        start=pl.lit(dt.datetime(2022, 2, 11, 9, 30)), end=pl.lit(dt.datetime(2022, 2, 11, 16, 30))
    )
    assert in_rows(with_working_days(MAKE[engine](timed), start="start", end="end")) == [0]


def test_an_end_that_has_not_come_in_any_row_is_a_gap_in_all(engine):
    """Whatever type the engine gives a column of nulls."""
    frame = MAKE[engine](pairs([(LEAP, None), (LEAP, None)]).with_columns(end=pl.lit(None)))
    assert in_rows(with_working_days(frame, start="start", end="end")) == [None, None]


def test_a_frame_with_no_rows_gets_the_column_all_the_same(engine):
    """Of whole numbers."""
    out = with_working_days(MAKE[engine](pairs([])), start="start", end="end")
    assert rows(out) == []
    if not engine.startswith("pandas"):
        assert nw.from_native(out).lazy().collect_schema()["working_days"] == nw.Int64


@pytest.mark.parametrize("year", [1955, 1969, 2023])
def test_a_calendar_of_ones_own_may_lie_before_1970(engine, year):
    """Where days have numbers below 0, on which engines do not agree how to divide."""
    own = WorkingCalendar(
        what="our calendar",
        first=dt.date(year, 1, 1),
        last=dt.date(year + 1, 12, 31),
        holidays=[dt.date(year, 12, 25), dt.date(year, 12, 26)],
    )
    given_pairs = [(dt.date(year, 12, 1), dt.date(year, 12, 1) + dt.timedelta(days=n)) for n in range(60)]
    expected = [working_days.between(start, end, calendar=own) for start, end in given_pairs]
    assert in_rows(with_working_days(MAKE[engine](pairs(given_pairs)), start="start", end="end", calendar=own)) == expected


def test_dates_that_cannot_be_are_refused_with_their_rows(engine):
    """An end before its start, and days outside the calendar, all at once."""
    given_pairs = [
        (dt.date(2022, 5, 25), dt.date(2022, 2, 11)),
        (dt.date(2011, 12, 31), dt.date(2012, 1, 3)),
        (dt.date(2022, 1, 1), dt.date(2050, 1, 1)),
    ]
    with pytest.raises(FrameProblems) as caught:
        with_working_days(MAKE[engine](pairs(given_pairs)), start="start", end="end")
    problems = said(caught.value)
    assert ("start, end", "the end is before the start", 1) in problems
    assert {(column, number) for column, _, number in problems} == {("start, end", 1), ("start", 1), ("end", 1)}
    assert all("2012-01-01 to" in rule for column, rule, _ in problems if column != "start, end")
    with pytest.raises(OutsideCoverage):
        working_days.between(dt.date(2022, 1, 1), dt.date(2050, 1, 1))


def test_a_column_that_holds_no_dates_is_refused_with_what_to_do(engine):
    """Text is not read as a date, for nobody says which comes first, day or month."""
    frame = MAKE[engine](pairs(STATED[:2]).with_columns(start=pl.lit("11/02/2022")))
    with pytest.raises(FrameProblems, match="Say how the text is to be read first") as caught:
        with_working_days(frame, start="start", end="end")
    assert said(caught.value) == {("start", "holds text, not dates", 2)}


def test_columns_that_are_not_there_or_are_there_already_are_refused_by_name(engine):
    """In any case, since DuckDB and Spark take no notice of it."""
    frame = MAKE[engine](pairs(STATED))
    with pytest.raises(UnknownColumn, match="the frame has no column 'begin'"):
        with_working_days(frame, start="begin", end="end")
    for name in ("n", "N", "end"):
        with pytest.raises(InvalidValue, match="expected a name that the frame does not have yet"):
            with_working_days(frame, start="start", end="end", name=name)


def test_a_lazy_frame_runs_one_query_and_stays_lazy(monkeypatch):
    """The counts of what must be refused."""
    ran = []
    collected = pl.LazyFrame.collect
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda self, *a, **k: (ran.append(1), collected(self, *a, **k))[1])
    out = with_working_days(pairs(STATED).lazy(), start="start", end="end")
    assert isinstance(out, pl.LazyFrame)
    assert ran == [1]
