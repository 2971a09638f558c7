"""Plans issued within 20 weeks on both bases: against a plain loop on every engine, limits to the day, exceptions, gaps."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import ehcp
from bucks_cs.ehcp import (
    ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
    ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
    Journeys,
    issued_in_time_excluding_exceptions,
    issued_in_time_including_exceptions,
    mark_issued_in_time_excluding_exceptions,
    mark_issued_in_time_including_exceptions,
)
from bucks_cs.errors import FrameProblems, InvalidValue
from bucks_cs.frames import Engine
from bucks_cs.indicators import Withheld
from bucks_cs.periods import CalendarYear, Snapshot
from bucks_cs.testing import as_engine
from made_up_ehcp import (
    ENGINES,
    agrees_with_the_loop,
    as_tables,
    excluding,
    including,
    journey,
    journeys_of,
    rows_of,
    ten_thousand,
)

BASES = {
    "including": (mark_issued_in_time_including_exceptions, issued_in_time_including_exceptions, including),
    "excluding": (mark_issued_in_time_excluding_exceptions, issued_in_time_excluding_exceptions, excluding),
}
YEAR = CalendarYear(2024)


@pytest.fixture(scope="module")
def rows():
    """The journeys."""
    return ten_thousand()


@pytest.fixture(scope="module")
def frame(rows):
    """The same, as a frame."""
    return journeys_of(*rows)


def share(basis, *journeys, period=YEAR):
    """The one reading of some journeys on a basis."""
    (reading,) = BASES[basis][1](journeys_of(*journeys), period=period)
    return reading


@pytest.mark.long
def test_the_ten_thousand_plans_hold_what_they_are_there_for(rows):
    """A test on random rows is worth what is in them: limits hit and missed by a day, exceptions, what cannot be told."""
    plans = [row for row in rows if row["plan_start_date"] and row["received_date"]]
    took = Counter((row["plan_start_date"] - row["received_date"]).days for row in plans)
    assert min(took[days] for days in (139, 140, 141)) > 300
    assert sum(row["exceptions_apply"] is True for row in plans) > 300
    assert sum(row["exceptions_apply"] is None for row in plans) > 20
    assert sum(row["request_outcome"] == "N" for row in plans) > 100
    assert sum(row["assessment_outcome"] == "N" for row in plans) > 50
    assert sum(row["assessment_outcome"] == "H" for row in plans) > 50
    assert sum(row["assessment_outcome"] == "Y" and row["plan_start_date"] is None for row in rows) > 50


def agrees(native, rows):
    """Both bases are what the loop says."""
    checked = Journeys.conform(native)
    for basis, (mark, measure, loop) in BASES.items():
        reasons = agrees_with_the_loop(native, checked, rows, mark=mark, measure=measure, loop=loop, day="plan_start_date")
        assert reasons[None] > 5
        assert reasons["z"] >= 3
        assert (reasons["x"] > 2) == (basis == "excluding")


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_plans_are_what_a_plain_loop_says_on_every_engine(engine, rows, frame):
    """Rows and numbers on both bases, by team, over years and months that overlap."""
    agrees(as_engine(frame, engine), rows)


@pytest.mark.spark
def test_ten_thousand_plans_are_what_a_plain_loop_says_on_spark(spark, rows, frame):
    """The same on Spark."""
    agrees(as_engine(frame, Engine.PYSPARK, spark=spark), rows)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_journeys_come_out_of_their_three_tables_again(engine, rows):
    """Taken apart and joined: the same rows, the same order where there is one, and the caller's own kind of frame."""
    joined_again(*(as_engine(table, engine) for table in as_tables(rows)), rows=rows, ordered=engine is not Engine.DUCKDB)


@pytest.mark.spark
def test_ten_thousand_journeys_come_out_of_their_three_tables_again_on_spark(spark, rows):
    """The same on Spark."""
    joined_again(*(as_engine(table, Engine.PYSPARK, spark=spark) for table in as_tables(rows)), rows=rows, ordered=False)


def joined_again(asked, tested, issued, *, rows, ordered):
    """The journeys of three tables, beside those they were made of."""
    joined = ehcp.journeys(asked, assessments=tested, plans=issued)
    assert type(joined) is type(asked)
    found = rows_of(joined)
    names = list(Journeys.to_schema().columns)
    assert list(found[0])[: len(names)] == names
    assert {"team", "cease_date", "primary_need"} <= set(found[0])
    known = ("request_id", *names, "team")
    there = [tuple(row[name] for name in known) for row in found]
    wanted = [tuple(row[name] for name in known) for row in rows]
    assert (there == wanted) if ordered else (sorted(there, key=repr) == sorted(wanted, key=repr))


# Limits, to the day.


@pytest.mark.parametrize(
    ("received", "started", "in_time"),
    [
        ("2024-01-02", "2024-05-21", True),  # 29 + 29 + 31 + 30 + 21 = 140: 2024 is a leap year
        ("2024-01-02", "2024-05-22", False),
        ("2023-01-02", "2023-05-22", True),  # 29 + 28 + 31 + 30 + 22 = 140
        ("2023-01-02", "2023-05-23", False),
        ("2024-02-29", "2024-07-18", True),  # 31 + 30 + 31 + 30 + 18 = 140
        ("2024-02-29", "2024-07-19", False),
        ("2023-08-14", "2024-01-01", True),  # a bank holiday is a day like another: 17 + 30 + 31 + 30 + 31 + 1 = 140
        ("2023-08-14", "2024-01-02", False),
        ("2023-10-15", "2024-03-03", True),  # a Sunday too: 16 + 30 + 31 + 31 + 29 + 3 = 140
        ("2023-10-15", "2024-03-04", False),
    ],
)
def test_a_plan_is_in_time_on_day_140(received, started, in_time):
    """The day of receipt is not counted, and day 140 is in time, whatever day of the week it is."""
    one = journey(
        received_date=received, request_outcome_date=received, assessment_outcome_date=started, plan_start_date=started
    )
    for basis in BASES:
        reading = share(basis, one, period=CalendarYear(int(started[:4])))
        assert (reading.numerator, reading.denominator) == (in_time, 1)
    marked = mark_issued_in_time_including_exceptions(journeys_of(one))
    assert marked["days_taken"].to_list() == [140 if in_time else 141]


def test_a_plan_counts_in_the_year_it_started_whenever_it_was_requested():
    """Requested in 2023, issued in 2024; one that is not issued yet is in no year, however late it is."""
    one = journey("1", received_date="2023-12-20")
    waiting = journey("2", received_date="2022-01-01", assessment_outcome="A", assessment_outcome_date=None, plan_start_date=None)
    assert share("including", one, waiting).denominator == 1
    assert share("including", one, waiting, period=CalendarYear(2023)).value is Withheld.NOT_APPLICABLE


# Exceptions.


def test_a_plan_with_an_exception_is_in_neither_part_of_the_excluding_basis():
    """Four plans: in time and late, with and without. Including: 2 of 4; excluding: 1 of 2."""
    late = {"plan_start_date": "2024-06-01", "assessment_outcome_date": "2024-06-01"}
    rows = [
        journey("1"),
        journey("2", exceptions_apply=True),
        journey("3", **late),
        journey("4", exceptions_apply=True, **late),
    ]
    assert (share("including", *rows).numerator, share("including", *rows).denominator) == (2, 4)
    assert (share("excluding", *rows).numerator, share("excluding", *rows).denominator) == (1, 2)
    only = share("excluding", rows[1], rows[3])
    assert only.value is Withheld.NOT_APPLICABLE


def test_a_plan_whose_exceptions_are_not_known_cannot_be_told_on_the_excluding_basis_alone():
    """The including basis does not ask; on the other the group with such a plan is withheld, and no other."""
    rows = [journey("1", team="North"), journey("2", team="North", exceptions_apply=None), journey("3", team="South")]
    frame = journeys_of(*rows)
    assert share("including", *rows).number == 100
    by_team = issued_in_time_excluding_exceptions(frame, period=YEAR, by="team")
    north, south = by_team.at(team="North"), by_team.at(team="South")
    assert north.value is Withheld.NOT_AVAILABLE
    assert (north.numerator, north.denominator) == (None, 2)
    assert south.number == 100
    marked = mark_issued_in_time_excluding_exceptions(frame)
    assert marked["exceptions_unknown"].to_list() == [False, True, False]
    assert marked["in_numerator"].to_list() == [True, False, True]


def test_a_plan_after_a_refusal_that_was_changed_and_one_that_moved_in_are_left_out():
    """The 20 weeks do not apply to them as they stand."""
    rows = [
        journey("1"),
        journey("2", request_outcome="N"),
        journey("3", assessment_outcome="N"),
        journey("4", request_outcome="H", request_outcome_date=None, assessment_outcome="H", assessment_outcome_date=None),
        journey("5", request_outcome="H", request_outcome_date=None),  # agreed in an earlier return, issued in this one
        journey("6", request_outcome="H", request_outcome_date=None, received_date=None),
    ]
    marked = mark_issued_in_time_including_exceptions(journeys_of(*rows))
    assert marked["in_denominator"].to_list() == [True, False, False, False, True, False]


def test_a_plan_due_while_the_limits_were_suspended_is_late_unless_its_flag_is_set():
    """Received on 2 January 2020, due on 21 May; issued on 1 July. The flag is all the return carries."""
    late = {"received_date": "2020-01-02", "request_outcome_date": "2020-02-01"}
    late |= {"assessment_outcome_date": "2020-07-01", "plan_start_date": "2020-07-01"}
    assert share("excluding", journey(**late), period=CalendarYear(2020)).number == 0
    assert share("including", journey(exceptions_apply=True, **late), period=CalendarYear(2020)).number == 0
    excused = share("excluding", journey(exceptions_apply=True, **late), period=CalendarYear(2020))
    assert excused.value is Withheld.NOT_APPLICABLE


@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from([True, False])), max_size=12))
def test_the_excluding_basis_is_the_including_one_of_the_plans_without_exceptions(drawn):
    """By leaving rows out beforehand; and the drill-down adds up to the measure."""
    rows = []
    for number, (days, excused) in enumerate(drawn):
        started = (dt.date(2024, 1, 2) + dt.timedelta(days=days)).isoformat()
        rows.append(
            journey(
                str(number),
                request_outcome_date="2024-01-02",
                assessment_outcome_date=started,
                plan_start_date=started,
                exceptions_apply=excused,
            )
        )
    without = share("including", *(row for row in rows if not row["exceptions_apply"]))
    found = share("excluding", *rows)
    assert (found.numerator, found.denominator, found.number) == (without.numerator, without.denominator, without.number)
    marked = mark_issued_in_time_excluding_exceptions(journeys_of(*rows))
    assert (marked["in_numerator"].sum(), marked["in_denominator"].sum()) == (found.numerator, found.denominator)


def test_the_bases_are_two_indicators_and_are_never_one_figure():
    """Their keys and definitions differ; a reading of one is none of the other."""
    assert share("including", journey()).indicator == ISSUED_IN_TIME_INCLUDING_EXCEPTIONS
    assert share("excluding", journey()).indicator == ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS
    assert ISSUED_IN_TIME_INCLUDING_EXCEPTIONS.key != ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS.key
    assert "no exception applied" in ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS.counts


def test_marking_twice_is_marking_once_and_a_checked_frame_is_taken(frame):
    """Each basis replaces its own marks and those of the other."""
    first = frame.head(100)
    for mark, measure, _ in BASES.values():
        once = mark(first)
        assert mark(once).equals(once)
        assert mark(Journeys.conform(first)).equals(once)
        both = mark(mark_issued_in_time_including_exceptions(first))
        assert both.select(sorted(both.columns)).equals(once.select(sorted(once.columns)))
        assert list(measure(Journeys.conform(first), period=YEAR)) == list(measure(first, period=YEAR))


@pytest.mark.parametrize("basis", BASES)
def test_an_empty_frame_has_nothing_to_divide_by(basis):
    """Withheld as not applicable, 0 of 0."""
    (reading,) = BASES[basis][1](journeys_of(), period=YEAR)
    assert reading.value is Withheld.NOT_APPLICABLE
    assert (reading.numerator, reading.denominator) == (0, 0)


@pytest.mark.parametrize("basis", BASES)
def test_a_period_events_are_not_counted_over_and_own_columns_are_refused(basis):
    """A day is for stocks; what the measure makes is no group."""
    measure = BASES[basis][1]
    with pytest.raises(InvalidValue, match="period"):
        measure(journeys_of(journey()), period=Snapshot("1 January 2024"))
    with pytest.raises(InvalidValue, match="days_taken"):
        measure(journeys_of(journey()).with_columns(days_taken=pl.lit(3)), period=YEAR, by="days_taken")


def test_a_plan_before_its_request_is_refused_with_the_number_of_rows():
    """One row of three, on an engine in memory and one in SQL."""
    rows = [journey("1"), journey("2", plan_start_date="2024-01-01"), journey("3")]
    for engine in (Engine.POLARS, Engine.DUCKDB):
        with pytest.raises(FrameProblems) as caught:
            issued_in_time_including_exceptions(as_engine(journeys_of(*rows), engine), period=YEAR)
        (problem,) = caught.value.problems
        assert (problem.column, problem.rows) == ("received_date, plan_start_date", 1)


# Published percentages.


def test_both_published_percentages_are_numerator_by_denominator_in_every_row(published):
    """Within rounding to a decimal: 12,166 rows including exceptions and 12,033 excluding them; both parts exclude."""
    table = pl.read_csv(published / "ehc_plans" / "timeliness_20_week.csv", infer_schema=False, encoding="utf8")
    columns = {
        ("pc_plans_issued_within_20_weeks", "plans_issued_within_20_weeks", "plans_issued_den"): 12_166,
        ("PC_plans_issued_20_weeks_ex", "plans_issued_20_weeks_ex", "plans_issued_den_ex"): 12_033,
    }
    for names, number in columns.items():
        rows = table.select(pl.col(name).cast(pl.Float64, strict=False) for name in names).drop_nulls()
        rows = rows.filter(pl.col(names[2]) > 0)
        assert rows.height == number
        assert rows.filter((100 * pl.col(names[1]) / pl.col(names[2]) - pl.col(names[0])).abs() > 0.05 + 1e-9).height == 0


def _by_authority(published, file, *columns):
    """Columns of a file as numbers, for each authority and year."""
    table = pl.read_csv(published / "ehc_plans" / f"{file}.csv", infer_schema=False, encoding="utf8")
    whole = table.filter(pl.col("geographic_level") == "Local authority", pl.col("breakdown_topic").str.starts_with("All "))
    return whole.select("time_period", "old_la_code", *(pl.col(name).cast(pl.Float64, strict=False) for name in columns))


def test_the_plans_that_dfes_denominator_lacks_go_with_mediation_and_tribunals_and_not_with_late_decisions(published):
    """Why plans after a refusal that was changed are left out: no sentence of DfE's says it, and the figures fit it."""
    on = ["time_period", "old_la_code"]
    appeals = ("mediation_related_request", "tribunal_related_request", "tribunal_after_mediation_request")
    rows = (
        _by_authority(published, "timeliness_20_week", "plans_issued_den")
        .join(_by_authority(published, "assessments", "assess_issued"), on=on)
        .join(_by_authority(published, "requests", *appeals, "request_outcome_over_6_weeks"), on=on)
        .drop_nulls()
        .with_columns(missing=pl.col("assess_issued") - pl.col("plans_issued_den"))
        .with_columns(appeals=pl.col(appeals[0]) + pl.col(appeals[1]) - pl.col(appeals[2]))
    )
    assert (rows.height, rows["missing"].min(), rows.filter(pl.col("missing") > pl.col("appeals")).height) == (303, 0, 41)
    for year, with_appeals, with_late in (("2023", 0.61, 0.08), ("2024", 0.54, -0.13)):
        each = rows.filter(pl.col("time_period") == year)
        share = each.select(pl.col("missing", "appeals", "request_outcome_over_6_weeks") / pl.col("assess_issued"))
        found = tuple(round(share.select(pl.corr("missing", name)).item(), 2) for name in share.columns[1:])
        assert found == (with_appeals, with_late)


def test_buckinghamshires_published_shares_come_out_of_rows_made_to_their_counts(published):
    """Excluding exceptions, 2019 to 2024: 40.0, 74.7, 82.0, 67.1, 49.0, 32.1, out of as many made-up plans as were published."""
    table = pl.read_csv(published / "ehc_plans" / "timeliness_20_week.csv", infer_schema=False, encoding="utf8")
    bucks = table.filter(pl.col("old_la_code") == "825", pl.col("breakdown").str.starts_with("All"))
    rows = []
    for record in bucks.iter_rows(named=True):
        year, part, whole = (int(record[name]) for name in ("time_period", "plans_issued_20_weeks_ex", "plans_issued_den_ex"))
        for number in range(whole):
            taken = 140 if number < part else 141
            started = dt.date(year, 7, 1)
            received = started - dt.timedelta(days=taken)
            rows.append(
                journey(
                    f"{year}-{number}",
                    received_date=received.isoformat(),
                    request_outcome_date=received.isoformat(),
                    assessment_outcome_date=started.isoformat(),
                    plan_start_date=started.isoformat(),
                )
            )
    found = issued_in_time_excluding_exceptions(journeys_of(*rows), period=[CalendarYear(year) for year in range(2019, 2025)])
    assert [round(reading.number, 1) for reading in found] == [40.0, 74.7, 82.0, 67.1, 49.0, 32.1]
