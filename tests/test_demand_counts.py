"""Counts of demand over months and on days, their monthly averages, and rates per 10,000 children."""

from __future__ import annotations

import datetime as dt
import functools
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, trend
from bucks_cs.errors import AcrossBreak, EngineMismatch, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Reading, Withheld
from bucks_cs.periods import (
    AcademicYear,
    FinancialYear,
    Month,
    MonthlyAverage,
    ReportingYear,
    Snapshot,
    Span,
    mid_year_population,
)
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.rates import rate
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ONE_OF_EACH = [Engine.POLARS, Engine.DUCKDB]  # in memory, and in SQL: where the measure itself has been tried on all of them
YEAR = FinancialYear("2023-24")  # it has a 29 February
TEAMS = ["East", "West", "North", None]


def table(schema, rows):
    """Rows as polars, in the types of a schema, with the team beside them."""
    kinds = {"String": pl.String, "Date": pl.Date, "Boolean": pl.Boolean, "Int64": pl.Int64, "Float64": pl.Float64}
    types = {name: kinds[str(column.dtype.type)] for name, column in schema.to_schema().columns.items()}
    types.setdefault("team", pl.String)
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def some_days(seed, rows=10_000):
    """Random events: many on the edges of months and on leap days, a third of them open, teams that may be unknown.

    A child has one event a day, as most tables ask; some end on the day they begin.
    """
    dice = random.Random(seed)
    edges = [dt.date(2023, 3, 31), dt.date(2023, 4, 1), dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.date(2024, 3, 31)]
    edges += [dt.date(2024, 4, 1), dt.date(2020, 2, 29), dt.date(2023, 12, 31), dt.date(2024, 1, 1)]
    found = {}
    while len(found) < rows:
        start = dice.choice(edges) if dice.random() < 0.3 else dt.date(2022, 6, 1) + dt.timedelta(days=dice.randrange(800))
        end = None if dice.random() < 1 / 3 else start + dt.timedelta(days=dice.choice([0, 1, 30, 365, dice.randrange(400)]))
        child = f"C{dice.randrange(3_000)}"
        found.setdefault((child, start), (child, start, end, dice.choice(TEAMS)))
    return list(found.values())


EVENTS = some_days(20_240_229)


def as_rows(start, end, **more):
    """The random events under a table's own names of their first and last day."""
    return [{"child_id": child, start: first, end: last, "team": team} | more for child, first, last, team in EVENTS]


# Each flow: its table, its rows, and the place in an event of the day it is counted on.
FLOWS = {
    "contacts": (demand.Contacts, as_rows("contact_date", "unused"), 1),
    "referrals": (demand.Referrals, as_rows("referral_date", "unused", no_further_action=False), 1),
    "assessments": (demand.Assessments, as_rows("start_date", "authorisation_date"), 2),
    "section_47_enquiries": (demand.Section47Enquiries, as_rows("start_date", "unused"), 1),
    "initial_child_protection_conferences": (
        demand.InitialConferences,
        as_rows("conference_date", "unused", transfer_in=True),
        1,
    ),
    "child_protection_plans_started": (demand.ProtectionPlans, as_rows("start_date", "end_date"), 1),
    "child_protection_plans_ended": (demand.ProtectionPlans, as_rows("start_date", "end_date"), 2),
}
STOCKS = {
    "children_in_need": (demand.ChildrenInNeedEpisodes, as_rows("start_date", "end_date")),
    "children_subject_to_a_child_protection_plan": (demand.ProtectionPlans, as_rows("start_date", "end_date")),
    "children_with_an_allocated_social_worker": (
        demand.Allocations,
        [
            row | {"worker_id": f"W{n % 50}", "team": row["team"] or "None"}
            for n, row in enumerate(as_rows("start_date", "end_date"))
        ],
    ),
}
DAYS = [Snapshot("31 March 2023"), Snapshot("29 February 2024"), Snapshot("1 March 2024"), Snapshot("31 March 2024")]
MONTHS = YEAR.months()


@functools.cache
def whole_table(name):
    """All rows of a flow or a stock, as polars: made once for all engines."""
    return table(*(FLOWS | STOCKS)[name][:2])


@functools.cache
def counts_by_loop(place):
    """Each event looked at, one after the other: how many in each team and month, 0 written first."""
    out = {(team, month): 0 for team in TEAMS for month in MONTHS}
    for event in EVENTS:
        day = event[place]
        for month in MONTHS:
            if day is not None and (day.year, day.month) == (month.start.year, month.start.month):
                out[event[3], month] += 1
    return out


def children_by_loop(rows):
    """Each row looked at, one after the other: the sets of children in each team on each day."""
    out = {(team, day): set() for team in {row["team"] for row in rows} for day in DAYS}
    for row in rows:
        for day in DAYS:
            begun = row["start_date"] <= day.start
            over = row["end_date"] is not None and row["end_date"] <= day.start
            if begun and not over:
                out[row["team"], day].add(row["child_id"])
    return {key: len(children) for key, children in out.items()}


@functools.cache
def stock_by_loop(name, *, by_team):
    """The loop over all rows of a stock, run once for all engines."""
    rows = STOCKS[name][1]
    return children_by_loop(rows if by_team else [row | {"team": None} for row in rows])


def found_in(readings):
    """Each reading's number by team and period."""
    return {(dict(reading.dims).get("team"), reading.period): reading.number for reading in readings}


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_every_flow_is_what_a_loop_over_ten_thousand_events_counts(engine):
    """Ties, leap days, month ends, open ends and an unknown team among them; every month there, whatever the engine."""
    for name, (_, _, place) in FLOWS.items():
        frame = as_engine(whole_table(name), engine)
        readings = getattr(demand, name)(frame, period=MONTHS, by="team")
        assert readings.engine is engine
        assert found_in(readings) == counts_by_loop(place), name


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_every_stock_is_what_a_loop_over_ten_thousand_rows_counts(engine):
    """Children and not rows, in each team and in all of them, on four days."""
    for name in STOCKS:
        frame = as_engine(whole_table(name), engine)
        by_team = getattr(demand, name)(frame, at=DAYS, by="team")
        assert by_team.engine is engine
        assert found_in(by_team) == stock_by_loop(name, by_team=True), name
        assert found_in(getattr(demand, name)(frame, at=DAYS)) == stock_by_loop(name, by_team=False), name


MARKED = ["in_denominator", "in_numerator"]


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_the_drill_down_adds_up_to_the_measure(engine):
    """The rows marked of a flow and of a stock, on each engine: as many as the loop counts of the same rows, and her columns."""
    for name, (schema, every, place) in FLOWS.items():
        frame = table(schema, every[:500])
        marked = in_polars(getattr(demand, f"mark_{name}")(as_engine(frame, engine), period=YEAR))
        days = [event[place] for event in EVENTS[:500] if event[place] is not None]
        assert marked["in_numerator"].sum() == sum(YEAR.start <= day <= YEAR.end for day in days), name
        assert marked["in_denominator"].sum() == len(days)
        assert (marked.height, marked.columns) == (500, [*frame.columns, *MARKED])
    for name, (schema, every) in STOCKS.items():
        frame = table(schema, every[:500])
        marked = in_polars(getattr(demand, f"mark_{name}")(as_engine(frame, engine), at=DAYS[1], by="team"))
        expected = sum(n for (_, day), n in children_by_loop(every[:500]).items() if day == DAYS[1])
        assert marked["in_numerator"].sum() == expected, name
        assert marked.filter("in_denominator").select("child_id", "team").n_unique() == expected
        assert (marked.height, marked.columns) == (500, [*frame.columns, *MARKED])


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_rows_that_were_marked_before_are_marked_anew(engine):
    """September's marks give way to October's, on every engine; and the marks themselves are no group to count by."""
    rows = as_engine(referred(dt.date(2022, 9, 5), dt.date(2022, 10, 5)), engine)
    september = demand.mark_referrals(rows, period=Month("September 2022"))
    october = in_polars(demand.mark_referrals(september, period=Month("October 2022"))).sort("referral_date")
    assert october["in_numerator"].to_list() == [False, True]
    assert october.columns.count("in_numerator") == 1
    with pytest.raises(InvalidValue, match="by='in_numerator': expected a column the measure does not make itself"):
        demand.referrals(september, period=YEAR, by="in_numerator")


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_episodes_that_were_marked_before_are_marked_anew(engine):
    """A is in need in March and B in May: the marks of the one day give way to those of the other."""
    rows = [
        {"child_id": "A", "start_date": dt.date(2022, 3, 1), "end_date": dt.date(2022, 4, 1)},
        {"child_id": "B", "start_date": dt.date(2022, 4, 1)},
    ]
    march = demand.mark_children_in_need(
        as_engine(table(demand.ChildrenInNeedEpisodes, rows), engine), at=Snapshot("31 March 2022")
    )
    may = in_polars(demand.mark_children_in_need(march, at=Snapshot("31 May 2022"))).sort("child_id")
    assert may.select("in_denominator", "in_numerator").rows() == [(False, False), (True, True)]


def in_polars(frame):
    """A frame of any engine, here."""
    import narwhals as nw

    return nw.from_native(frame).lazy().collect(backend="polars").to_native()


@pytest.mark.spark
def test_flows_stocks_averages_and_rates_are_the_same_on_spark(spark):
    """The same loop, on Spark."""
    for name, (_, _, place) in FLOWS.items():
        frame = as_engine(whole_table(name), Engine.PYSPARK, spark=spark)
        assert found_in(getattr(demand, name)(frame, period=MONTHS, by="team")) == counts_by_loop(place)
    for name in STOCKS:
        frame = as_engine(whole_table(name), Engine.PYSPARK, spark=spark)
        assert found_in(getattr(demand, name)(frame, at=DAYS, by="team")) == stock_by_loop(name, by_team=True)
    marked = in_polars(demand.mark_children_with_an_allocated_social_worker(frame, at=DAYS[1], by="team"))
    assert marked["in_numerator"].sum() == sum(n for (_, day), n in stock_by_loop(name, by_team=True).items() if day == DAYS[1])
    frame = Readings.from_frame(as_engine(CONTACTS.frame, Engine.PYSPARK, spark=spark), indicators=demand.CONTACTS)
    assert [r.number for r in demand.monthly_average(frame, over=[EARLY, LATER])] == [1_375, 2_088]
    frame = Readings.from_frame(as_engine(plans_at(575).frame, Engine.PYSPARK, spark=spark), indicators=PLANS)
    assert round(demand.per_10_000(frame, population=CHILDREN).at().number, 1) == 47.1
    months = of_months(demand.REFERRALS, {"2019-04": 12}, area="825")
    frame = Readings.from_frame(as_engine(months.frame, Engine.PYSPARK, spark=spark), indicators=demand.REFERRALS)
    assert round(demand.per_10_000(frame, population=TEN_THOUSAND, annualised=True).at().number, 6) == 144


# Counts over a period


def referred(*days):
    """A referral of another child on each day."""
    return table(
        demand.Referrals,
        [{"child_id": f"C{n}", "referral_date": day, "no_further_action": False} for n, day in enumerate(days)],
    )


def test_the_first_and_the_last_day_of_a_month_are_in_it():
    """1 and 29 February 2024 are; 31 January and 1 March are not: 2 of the 4."""
    rows = referred(dt.date(2024, 1, 31), dt.date(2024, 2, 1), dt.date(2024, 2, 29), dt.date(2024, 3, 1))
    assert demand.referrals(rows, period=Month("February 2024")).at().number == 2


def test_a_month_with_none_is_nought_and_is_there():
    """One referral in a year gives twelve readings, eleven of them 0 and none a gap."""
    numbers = [r.number for r in demand.referrals(referred(dt.date(2022, 9, 5)), period=FinancialYear("2022-23").months())]
    assert numbers == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def test_periods_may_overlap_and_each_counts_its_own():
    """A year and a month of it in one call: 2 and 1."""
    rows = referred(dt.date(2022, 9, 5), dt.date(2022, 10, 5))
    readings = demand.referrals(rows, period=[FinancialYear("2022-23"), Month("September 2022")])
    assert readings.at(period=FinancialYear("2022-23")).number == 2
    assert readings.at(period=Month("September 2022")).number == 1


def test_two_referrals_of_one_child_are_two():
    """LAIT, CPP_Total_NumRef: "If a child is referred more than once in the year then each referral is counted"."""
    rows = referred(dt.date(2022, 9, 5), dt.date(2022, 10, 5)).with_columns(child_id=pl.lit("A"))
    assert demand.referrals(rows, period=FinancialYear("2022-23")).at().number == 2


def test_an_assessment_is_counted_when_it_is_authorised_and_not_before():
    """Begun in August, authorised in September: September. The one still open is nowhere, and not in the denominator."""
    rows = table(
        demand.Assessments,
        [
            {"child_id": "A", "start_date": dt.date(2022, 8, 1), "authorisation_date": dt.date(2022, 9, 30)},
            {"child_id": "B", "start_date": dt.date(2022, 9, 1), "authorisation_date": None},
        ],
    )
    readings = demand.assessments(rows, period=Span("1 August 2022", "31 October 2022").months())
    assert [r.number for r in readings] == [0, 1, 0]
    assert demand.mark_assessments(rows, period=Month("August 2022"))["in_denominator"].to_list() == [True, False]


def test_a_count_has_the_key_of_the_pathway_and_its_own_name():
    """Counts from events and from a table of figures are of one indicator; a key is its subject and its function."""
    period = Month("September 2022")
    rows = {name: table(schema, []) for name, (schema, _, _) in FLOWS.items()}
    for name, frame in rows.items():
        readings = getattr(demand, name)(frame, period=period)
        assert [indicator.key for indicator in readings.indicators] == [f"demand.{name}"]
    for name, (schema, _) in STOCKS.items():
        readings = getattr(demand, name)(table(schema, []), at=DAYS[0])
        assert [indicator.key for indicator in readings.indicators] == [f"demand.{name}"]
    own = {"demand.child_protection_plans_started", "demand.child_protection_plans_ended"}
    assert {f"demand.{name}" for name in [*FLOWS, *STOCKS]} == {indicator.key for indicator in demand.PATHWAY} | own


@pytest.mark.parametrize("name", [*FLOWS, *STOCKS])
def test_an_empty_frame_counts_nought_and_by_a_column_gives_no_groups(name):
    """0 for the whole, no row for teams there are none of."""
    schema, asked = ((FLOWS | STOCKS)[name][0], {"period": MONTHS} if name in FLOWS else {"at": DAYS})
    frame = table(schema, [])
    assert [r.number for r in getattr(demand, name)(frame, **asked)] == [0] * (12 if name in FLOWS else 4)
    assert len(getattr(demand, name)(frame, **asked, by="team")) == 0
    assert getattr(demand, f"mark_{name}")(frame, **({"period": YEAR} if name in FLOWS else {"at": DAYS[0]})).height == 0


def test_an_empty_relation_of_duckdb_counts_nought_too():
    """One flow and one stock, in SQL."""
    empty = as_engine(table(demand.Contacts, []), Engine.DUCKDB)
    assert [r.number for r in demand.contacts(empty, period=MONTHS)] == [0] * 12
    empty = as_engine(table(demand.ProtectionPlans, []), Engine.DUCKDB)
    assert len(demand.children_subject_to_a_child_protection_plan(empty, at=DAYS, by="team")) == 0


@settings(max_examples=settings.default.max_examples // 10)
@given(
    frames(
        demand.Contacts,
        columns={"contact_date": st.dates(dt.date(2022, 1, 1), dt.date(2023, 12, 31)), "team": st.sampled_from(TEAMS)},
    )
)
def test_the_months_of_a_year_and_the_teams_add_up_to_the_year(frame):
    """A flow is of rows, so that its parts add up."""
    frame = frame.with_columns(team=pl.col("team").cast(pl.String))  # where every team is unknown polars has no type for it
    year = FinancialYear("2022-23")
    whole = demand.contacts(frame, period=year).at().number
    assert sum(r.number for r in demand.contacts(frame, period=year.months())) == whole
    assert sum(r.number for r in demand.contacts(frame, period=year, by="team")) == whole
    assert whole == sum(year.contains(day) for day in frame["contact_date"])


@pytest.mark.parametrize(
    "period", [MonthlyAverage("2022-01", "2022-03"), Snapshot("31 March 2022"), [], "2022-23", None, 2022, [YEAR, YEAR]], ids=str
)
def test_what_is_no_period_to_count_over_is_refused(period):
    """A monthly average would be the sum under the name of a mean, and a snapshot is for stocks; nor may one be there twice."""
    with pytest.raises(InvalidValue, match=r"^period: "):
        demand.referrals(referred(), period=period)
    with pytest.raises(InvalidValue, match=r"^period: "):
        demand.mark_referrals(referred(), period=period)


def test_a_count_by_the_child_or_by_a_column_that_is_not_there_is_refused():
    """And so is the same for children on a day, and for its drill-down."""
    plans = table(demand.ProtectionPlans, []).with_columns(value=pl.lit("x"))
    for call in (
        lambda by: demand.referrals(referred().with_columns(value=pl.lit("x")), period=YEAR, by=by),
        lambda by: demand.children_subject_to_a_child_protection_plan(plans, at=DAYS[0], by=by),
        lambda by: demand.mark_children_subject_to_a_child_protection_plan(plans, at=DAYS[0], by=by),
    ):
        with pytest.raises(InvalidValue, match="child_id"):
            call("child_id")
        with pytest.raises(UnknownColumn, match="tema"):
            call("tema")
        with pytest.raises(InvalidValue, match="not reserved"):
            call("value")


def test_a_broken_frame_is_refused_by_every_count_with_no_cell_shown():
    """An end before its start, of each table that has both; a child's number that must not be told is not."""
    bad = [{"child_id": "SECRET", "start_date": dt.date(2022, 2, 1), "end_date": dt.date(2022, 1, 1)}]
    for name, (schema, _) in STOCKS.items():
        rows = table(schema, [bad[0] | {"worker_id": "SECRET", "team": "SECRET"}])
        with pytest.raises(FrameProblems, match="ended before it started") as caught:
            getattr(demand, name)(rows, at=DAYS[0])
        assert "SECRET" not in str(caught.value)
    rows = table(demand.Contacts, [{"child_id": None, "contact_date": dt.date(2022, 1, 1)}])
    with pytest.raises(FrameProblems, match="child_id: is missing"):
        demand.contacts(rows, period=YEAR)


# Children on a day


def test_a_child_is_subject_to_a_plan_from_the_day_it_starts_and_not_on_the_day_it_ends():
    """1 March to 31 March: not on 28 February, on 1 and 30 March, not on 31 March."""
    rows = table(demand.ProtectionPlans, [{"child_id": "A", "start_date": dt.date(2022, 3, 1), "end_date": dt.date(2022, 3, 31)}])
    days = [Snapshot(f"2022-{day}") for day in ("02-28", "03-01", "03-30", "03-31")]
    assert [r.number for r in demand.children_subject_to_a_child_protection_plan(rows, at=days)] == [0, 1, 1, 0]


def test_a_plan_that_ends_on_the_day_it_starts_is_open_on_no_day():
    """Open at the end of a day is begun and not ended by then."""
    rows = table(demand.ProtectionPlans, [{"child_id": "A", "start_date": dt.date(2022, 3, 1), "end_date": dt.date(2022, 3, 1)}])
    assert demand.children_subject_to_a_child_protection_plan(rows, at=Snapshot("1 March 2022")).at().number == 0


ALLOCATED = table(
    demand.Allocations,
    [
        {"child_id": "A", "worker_id": "W1", "team": "East", "start_date": dt.date(2022, 1, 1)},
        {"child_id": "A", "worker_id": "W2", "team": "East", "start_date": dt.date(2022, 2, 1)},
        {"child_id": "A", "worker_id": "W3", "team": "West", "start_date": dt.date(2022, 1, 1)},
        {"child_id": "B", "worker_id": "W3", "team": "West", "start_date": dt.date(2022, 1, 1), "end_date": dt.date(2022, 3, 1)},
    ],
)


def test_a_child_with_two_workers_is_one_child_and_with_two_teams_one_in_each():
    """A has two workers in the East and one in the West; B has gone: 1 child, 1 in the East, 1 in the West."""
    day = Snapshot("31 March 2022")
    assert demand.children_with_an_allocated_social_worker(ALLOCATED, at=day).at().number == 1
    by_team = demand.children_with_an_allocated_social_worker(ALLOCATED, at=day, by="team")
    assert {dict(r.dims)["team"]: r.number for r in by_team} == {"East": 1, "West": 1}


def test_the_drill_down_counts_a_child_by_one_row_and_by_team_by_one_row_of_each():
    """Three rows are open; the first of A counts, and by team the first in each team."""
    day = Snapshot("31 March 2022")
    marked = demand.mark_children_with_an_allocated_social_worker(ALLOCATED, at=day).sort("worker_id", "child_id")
    assert marked["in_denominator"].to_list() == [True, True, True, False]
    assert marked["in_numerator"].to_list() == [True, False, False, False]
    marked = demand.mark_children_with_an_allocated_social_worker(ALLOCATED, at=day, by="team").sort("worker_id", "child_id")
    assert marked["in_numerator"].to_list() == [True, False, True, False]


def test_two_open_episodes_of_one_child_are_one_child():
    """LAIT: "a child should not have more than one episode of need at any point in time"; where there are two it is one child."""
    rows = table(demand.ChildrenInNeedEpisodes, [{"child_id": "A", "start_date": dt.date(2022, n, 1)} for n in (1, 2)])
    assert demand.children_in_need(rows, at=Snapshot("31 March 2022")).at().number == 1


@pytest.mark.parametrize("at", [FinancialYear("2022-23"), Month("March 2022"), [], "31 March 2022", None, dt.date(2022, 3, 31)])
def test_what_is_no_snapshot_is_no_day_to_count_children_on(at):
    """A year has no one number of children."""
    with pytest.raises(InvalidValue, match=r"^at: "):
        demand.children_in_need(table(demand.ChildrenInNeedEpisodes, []), at=at)
    with pytest.raises(InvalidValue, match=r"^at: "):
        demand.mark_children_in_need(table(demand.ChildrenInNeedEpisodes, []), at=at)


def test_rows_are_marked_for_one_day_at_a_time():
    """Which rows count differs from day to day."""
    with pytest.raises(InvalidValue, match=r"^at: expected one day"):
        demand.mark_children_in_need(table(demand.ChildrenInNeedEpisodes, []), at=DAYS)


# Monthly averages


EARLY, LATER = MonthlyAverage("January 2020", "March 2020"), MonthlyAverage("January 2022", "March 2022")


def of_months(indicator, numbers, **more):
    """Readings of an indicator by month."""
    return Readings.of([Reading.of(indicator, number, period=Month(month), **more) for month, number in numbers.items()])


# 1,300 + 1,400 + 1,425 = 4,125 = 3 x 1,375; 2,000 + 2,100 + 2,164 = 6,264 = 3 x 2,088.
CONTACTS = of_months(
    demand.CONTACTS,
    {"2020-01": 1_300, "2020-02": 1_400, "2020-03": 1_425, "2022-01": 2_000, "2022-02": 2_100, "2022-03": 2_164, "2022-04": 9},
)


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_the_change_between_two_windows_is_the_reports_own(engine):
    """Report to Cabinet, 11 October 2022, 3.19: contacts 1,375 to 2,088; 713 more, and 713 / 1,375 = 51.85 percent."""
    readings = Readings.from_frame(as_engine(CONTACTS.frame, engine), indicators=demand.CONTACTS)
    averages = demand.monthly_average(readings, over=[LATER, EARLY])
    assert averages.engine is engine
    assert {r.period: r.number for r in averages} == {EARLY: 1_375, LATER: 2_088}
    changes = trend.change(averages, earlier=EARLY, later=LATER)
    assert changes.at(indicator="demand.contacts/change").number == 713
    assert round(changes.at(indicator="demand.contacts/change_percent").number, 2) == 51.85


def test_a_window_may_be_a_year_and_windows_may_overlap():
    """12 a month but for one of 24: 156 / 12 = 13 for the year, and (12 + 24) / 2 = 18 for its last two months."""
    year = FinancialYear("2022-23")
    readings = of_months(demand.REFERRALS, {f"{m:%Y-%m}": 24 if m.month == 3 else 12 for m in (p.start for p in year.months())})
    found = demand.monthly_average(readings, over=[year, MonthlyAverage("2023-02", "2023-03")])
    assert {str(r.period): r.number for r in found} == {
        "monthly average, April 2022 to March 2023": 13,
        "monthly average, February 2023 to March 2023": 18,
    }


def test_the_monthly_average_of_a_stock_is_that_of_the_last_days_of_the_months():
    """10, 20 and 60 children on the last days: 30; another day among them is passed over."""
    days = {"2022-01-31": 10, "2022-02-28": 20, "2022-03-31": 60, "2022-03-15": 1_000}
    readings = Readings.of([Reading.of(demand.CHILDREN_IN_NEED, n, period=Snapshot(day)) for day, n in days.items()])
    assert demand.monthly_average(readings, over=LATER).at().number == 30


@pytest.mark.parametrize("engine", ONE_OF_EACH, ids=str)
def test_a_withheld_month_withholds_the_mean_with_the_first_reason(engine):
    """x comes before z, in `Withheld.first`, and c before both."""
    for gaps, first in [
        ([Withheld.NOT_APPLICABLE, Withheld.NOT_AVAILABLE], "x"),
        ([Withheld.NOT_APPLICABLE, Withheld.CONFIDENTIAL], "c"),
    ]:
        given_ = of_months(demand.CONTACTS, {"2022-01": 5, "2022-02": gaps[0], "2022-03": gaps[1]})
        readings = Readings.from_frame(as_engine(given_.frame, engine), indicators=demand.CONTACTS)
        found = demand.monthly_average(readings, over=LATER).at()
        assert found.withheld is not None
        assert found.withheld.value == first


def test_a_month_that_one_team_lacks_is_not_available_for_it():
    """Not 0, and not left out of the mean: the East has all three months, a team that is not recorded one."""
    east = [Reading.of(demand.CONTACTS, 3, period=m, dims={"team": "East"}) for m in LATER.months()]
    unknown = [Reading.of(demand.CONTACTS, 3, period=LATER.first, dims={"team": None})]
    found = demand.monthly_average(Readings.of([*east, *unknown]), over=LATER)
    assert found.at(team="East").number == 3
    assert found.at(team=None).withheld is Withheld.NOT_AVAILABLE


def test_a_month_has_one_figure_of_a_flow_and_one_of_a_stock():
    """Beside 10 on the last days, 1,000 over March is none of a stock; beside 3 a month, 99 on the 31st is none of a flow."""
    stock = [Reading.of(demand.CHILDREN_IN_NEED, 10, period=month.at_end()) for month in LATER.months()]
    stock.append(Reading.of(demand.CHILDREN_IN_NEED, 1_000, period=LATER.last))
    flow = [Reading.of(demand.CONTACTS, 3, period=month) for month in LATER.months()]
    flow.append(Reading.of(demand.CONTACTS, 99, period=LATER.last.at_end()))
    found = demand.monthly_average(Readings.of([*stock, *flow]), over=LATER)
    assert [(r.indicator.key, r.number) for r in found] == [("demand.children_in_need", 10), ("demand.contacts", 3)]


def test_a_month_that_no_reading_is_of_is_refused():
    """The readings have January to April 2022: the two months asked for besides are named."""
    with pytest.raises(InvalidValue, match=r"no reading of May 2022 and 1 more"):
        demand.monthly_average(CONTACTS, over=MonthlyAverage("2022-04", "2022-06"))


@pytest.mark.parametrize(
    "over",
    [
        MonthlyAverage("2022-01", "2022-03", exact=False),
        Snapshot("2022-03-31"),
        Span("2 January 2022", "31 March 2022"),
        [Span("1 January 2022", "31 March 2022"), LATER],
        [],
        None,
        "January 2022",
    ],
    ids=["months not known", "snapshot", "part of a month", "the same months twice", "none", "None", "text"],
)
def test_what_is_no_window_of_whole_months_is_refused_by_its_name(over):
    """The argument is ``over``, whichever way it is wrong."""
    with pytest.raises(InvalidValue, match=r"^over: "):
        demand.monthly_average(CONTACTS, over=over)


def test_the_mean_of_monthly_shares_is_refused():
    """It is not the share of the months together."""
    with pytest.raises(InvalidValue, match="shares or rates"):
        demand.monthly_average(of_months(demand.REREFERRALS, {"2022-01": 20}), over=Month("2022-01"))


@pytest.mark.parametrize("given_", [CONTACTS.frame, None, "contacts", [1, 2]], ids=["frame", "None", "text", "list"])
def test_what_is_no_readings_is_refused_by_its_name(given_):
    """A frame of counts is no readings yet: the error says what makes it so."""
    with pytest.raises(InvalidValue, match=r"^readings: expected Readings, not a .*demand\.activity"):
        demand.monthly_average(given_, over=LATER)
    with pytest.raises(InvalidValue, match=r"^readings: expected Readings, not a .*demand\.activity"):
        demand.per_10_000(given_, population=CHILDREN)


def test_no_readings_have_no_monthly_average_and_that_is_no_error():
    """As an empty frame by team gives."""
    empty = demand.contacts(table(demand.Contacts, []), period=LATER.months(), by="team")
    assert len(demand.monthly_average(empty, over=LATER)) == 0


# Rates per 10,000 children


PLANS = demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN
CHILDREN = pl.DataFrame({"area": ["825"], "mid_year": [dt.date(2019, 6, 30)], "children": [122_137]})


def plans_at(number, *, area="825", day="31 March 2020"):
    """Children with a plan on a day."""
    return Readings.of([Reading.of(PLANS, number, area=area, period=Snapshot(day))])


def ons(published):
    """ONS's estimates of children aged 0 to 17 in every authority."""
    file = published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"
    read = pl.read_csv(file, infer_schema=False).filter(pl.col("geographic_level") == "Local authority")
    day = pl.date(pl.col("time_period").cast(pl.Int32), 6, 30)
    return read.select(area="old_la_code", mid_year=day, children=pl.col("population_estimate").cast(pl.Float64, strict=False))


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_buckinghamshires_plans_of_2020_and_2022_are_the_published_rates(published, engine):
    """LAIT, CPP_rate, 825: 47.1 in 2020 (575 / 122,137) and 60.9 in 2022 (752 / 123,510); mid-years 2019 and 2021."""
    counts = Readings.of([
        Reading.of(PLANS, 575, area="825", period=Snapshot("31 March 2020")),
        Reading.of(PLANS, 752, area="825", period=Snapshot("31 March 2022")),
    ])  # fmt: skip
    readings = Readings.from_frame(as_engine(counts.frame, engine), indicators=PLANS)
    children = ons(published).filter(pl.col("area").is_in(["825", "826"]))
    found = demand.per_10_000(readings, population=children)
    assert found.engine is engine
    assert [(round(r.number, 1), r.numerator, r.denominator) for r in found] == [(47.1, 575, 122_137), (60.9, 752, 123_510)]


def test_plans_of_every_authority_are_the_rates_of_lait(published):
    """d5's CPP_At31 over ONS's children against LAIT's CPP_rate, years to 31 March 2016 to 2025, every authority both have."""
    d5 = pl.read_csv(published / "children_in_need" / "d5_cpps_at31march_by_duration_2013_to_2025.csv", infer_schema=False)
    d5 = d5.filter(pl.col("geographic_level") == "Local authority").with_columns(
        n=pl.col("CPP_At31").cast(pl.Float64, strict=False)
    )
    counts = Readings.of(
        Reading.of(PLANS, row["n"], area=row["old_la_code"], period=Snapshot(dt.date(int(row["time_period"]), 3, 31)))
        for row in d5.drop_nulls("n").iter_rows(named=True)
    )
    rates = demand.per_10_000(counts, population=ons(published))
    lait = pl.read_parquet(published / "lait" / "bds_long_0.parquet").filter(pl.col("Short Desc") == "CPP_rate")
    printed = {
        (str(int(row["LA Number"])), row["Years"]): float(row["Values"])
        for row in lait.iter_rows(named=True)
        if row["LA Number"] is not None and row["Values"] not in {"-", None}
    }
    both = [
        (r.number, printed[key]) for r in rates if (key := (r.area, str(r.period.end.year))) in printed and r.number is not None
    ]
    agreed = sum(abs(mine - theirs) <= 0.05 + 1e-9 for mine, theirs in both)  # LAIT prints one decimal
    assert (len(both), agreed) == (1_492, 1_492)


@pytest.mark.parametrize(
    "period",
    [FinancialYear("2019-20"), ReportingYear(2020, ends=(3, 31)), Snapshot("31 March 2020"), Snapshot("31 March 2100")],
    ids=str,
)
def test_a_year_and_its_last_day_are_divided_by_the_children_of_mid_year_population(period):
    """The rule of `bucks_cs.periods.mid_year_population`, which is tested against DfE's file."""
    indicator = PLANS if isinstance(period, Snapshot) else demand.REFERRALS
    days = [dt.date(period.end.year - back, 6, 30) for back in (0, 1, 2)]
    children = pl.DataFrame({"area": ["825"] * 3, "mid_year": days, "children": [10_000, 20_000, 30_000]})
    right = children.filter(pl.col("mid_year") == mid_year_population(period).start)["children"].item()
    readings = Readings.of([Reading.of(indicator, 100, area="825", period=period)])
    assert demand.per_10_000(readings, population=children).at().denominator == right == 20_000


def test_every_month_of_a_year_is_divided_by_the_children_of_the_year_and_not_annualised():
    """April 2019 to March 2020: mid-2019. 12 referrals a month among 10,000 children are 12 per 10,000, and the year's 144."""
    year = FinancialYear("2019-20")
    months = [Reading.of(demand.REFERRALS, 12, area="825", period=month) for month in year.months()]
    readings = Readings.of([*months, Reading.of(demand.REFERRALS, 144, area="825", period=year)])
    other = [dt.date(2018, 6, 30), dt.date(2019, 6, 30), dt.date(2020, 6, 30)]
    children = pl.DataFrame({"area": ["825"] * 3, "mid_year": other, "children": [1, 10_000, 1]})
    found = demand.per_10_000(readings, population=children)
    assert [r.number for r in found if r.period != year] == [pytest.approx(12)] * 12
    assert found.at(period=year).number == pytest.approx(144)
    assert found.indicators[0].key == "demand.referrals_per_10_000"
    assert "not annualised" in found.indicators[0].leaves_out


@settings(max_examples=5)
@given(
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(1, 500_000)), min_size=10, max_size=40),
    st.sampled_from([0.9, 0.95, 0.998]),
)
def test_a_rate_and_its_interval_are_those_of_rates_rate(counts, confidence):
    """Byar's, exact below ten; `bucks_cs.rates.rate` is tested against OHID's own figures."""
    areas = [f"{n + 100}" for n in range(len(counts))]
    readings = Readings.of(
        Reading.of(PLANS, count, area=area, period=Snapshot("31 March 2020"))
        for area, (count, _) in zip(areas, counts, strict=True)
    )
    population = pl.DataFrame({"area": areas, "mid_year": dt.date(2019, 6, 30), "children": [children for _, children in counts]})
    for found, (count, children) in zip(
        demand.per_10_000(readings, population=population, confidence=confidence), counts, strict=True
    ):
        by_hand = rate(count, children, per=10_000, confidence=confidence)
        assert found.number == pytest.approx(by_hand.value)
        assert (found.bound("lower"), found.bound("upper")) == (pytest.approx(by_hand.lower), pytest.approx(by_hand.upper))
        assert (found.level, found.numerator, found.denominator) == (confidence, count, children)


@pytest.mark.parametrize("engine", ONE_OF_EACH, ids=str)
def test_each_gap_of_a_count_and_of_a_population_has_its_reason(engine):
    """c stays c where nobody is there either; no children is z, no estimate is x, an area without one is x."""
    cases = {"301": Withheld.CONFIDENTIAL, "302": 5, "303": 5, "304": 5, "305": 0, "306": Withheld.CONFIDENTIAL}
    counts = Readings.of([Reading.of(PLANS, n, area=a, period=Snapshot("31 March 2020")) for a, n in cases.items()])
    estimates = {"301": 9_000, "302": 0, "303": None, "305": 10_000, "306": 0}
    children = pl.DataFrame({"area": list(estimates), "mid_year": dt.date(2019, 6, 30), "children": list(estimates.values())})
    readings = Readings.from_frame(as_engine(counts.frame, engine), indicators=PLANS)
    found = {r.area: r.withheld.value if r.withheld else r.number for r in demand.per_10_000(readings, population=children)}
    assert found == {"301": "c", "302": "z", "303": "x", "304": "x", "305": 0, "306": "c"}


@pytest.mark.parametrize("engine", ONE_OF_EACH, ids=str)
def test_a_rate_by_a_column_is_over_the_children_of_each_group(engine):
    """12 of 3,000 in the North, 40; a locality that is not recorded has no children of its own: x."""
    dims = [{"locality": "North"}, {"locality": None}]
    counts = Readings.of([Reading.of(PLANS, 12, area="825", period=Snapshot("31 March 2020"), dims=d) for d in dims])
    readings = Readings.from_frame(as_engine(counts.frame, engine), indicators=PLANS, by="locality")
    children = pl.DataFrame({
        "area": "825", "mid_year": dt.date(2019, 6, 30), "locality": ["North", "South"], "children": [3_000, 4_000],
    })  # fmt: skip
    found = demand.per_10_000(readings, population=children)
    assert found.at(locality="North").number == 40
    assert found.at(locality=None).withheld is Withheld.NOT_AVAILABLE


def test_ages_that_are_whole_numbers_here_and_decimals_there_are_the_same_ages():
    """As pandas makes of them where one is not recorded."""
    counts = Readings.of([Reading.of(PLANS, 12, area="825", period=Snapshot("31 March 2020"), dims={"age": "5"})])
    counts = Readings.from_frame(counts.frame.with_columns(pl.col("age").cast(pl.Int64)), indicators=PLANS, by="age")
    children = CHILDREN.with_columns(age=pl.lit(5.0), children=pl.lit(3_000))
    assert demand.per_10_000(counts, population=children).at().number == 40


@pytest.mark.parametrize("engine", ONE_OF_EACH, ids=str)
def test_a_population_may_be_readings_of_children_on_30_june(engine):
    """Only those of a 30 June are taken; a gap among them keeps its reason."""
    children = Indicator(
        key="example.children", title="Children", counts="children aged 0 to 17", measure=Measure.COUNT, kind=Kind.STOCK,
        unit="child", better=Better.NEITHER, sources=NoOfficialSource(reason="made up"),
    )  # fmt: skip
    given_ = Readings.of([
        Reading.of(children, 122_137, area="825", period=Snapshot("30 June 2019")),
        Reading.of(children, 1, area="825", period=Snapshot("21 March 2019")),
        Reading.of(children, Withheld.LOW_RELIABILITY, area="826", period=Snapshot("30 June 2019")),
    ])  # fmt: skip
    population = Readings.from_frame(as_engine(given_.frame, engine), indicators=children)
    counts = Readings.concat([plans_at(575), plans_at(5, area="826")])
    readings = Readings.from_frame(as_engine(counts.frame, engine), indicators=PLANS)
    found = demand.per_10_000(readings, population=population)
    assert round(found.at(area="825").number, 1) == 47.1
    assert found.at(area="826").withheld is Withheld.LOW_RELIABILITY


def test_a_monthly_average_has_a_rate_and_no_interval():
    """1,221.37 a month among 122,137 are 100 per 10,000; a mean is no count, even where it is whole."""
    window = MonthlyAverage("April 2019", "March 2020")
    for number in (1_221.37, 1_221.0):
        readings = Readings.of([Reading.of(demand.REFERRALS, number, area="825", period=window)])
        found = demand.per_10_000(readings, population=CHILDREN).at()
        assert found.number == pytest.approx(number / 122_137 * 10_000)
        assert (found.interval, found.bound("lower"), found.level) == (None, None, None)


def test_the_rate_of_a_monthly_average_reads_as_a_mean_over_the_children():
    """Of a flow and of a stock: 610.685 / 122,137 is 50 per 10,000; so many *over* so many, since it is no part of them."""
    window = MonthlyAverage("April 2019", "March 2020")
    for indicator, title in ((demand.REFERRALS, "Referrals"), (demand.CHILDREN_IN_NEED, "Children in need")):
        mean = Readings.of([Reading.of(indicator, 610.685, area="825", period=window)])
        assert str(demand.per_10_000(mean, population=CHILDREN).at()) == (
            f"{title} per 10,000 children in 825, monthly average, April 2019 to March 2020: 50 per 10,000, 610.7 over 122,137"
        )


TEN_THOUSAND = CHILDREN.with_columns(children=pl.lit(10_000))


@pytest.mark.parametrize("engine", ENGINES, ids=str)
def test_an_annualised_rate_is_that_of_the_months_times_twelve_over_their_number(engine):
    """12 in a month, 36 in a quarter and 144 in a year among 10,000 children are each 144 a year."""
    year, quarter = FinancialYear("2019-20"), Span("1 April 2019", "30 June 2019")
    average = MonthlyAverage("April 2019", "September 2019")
    counts = {Month("April 2019"): 12, quarter: 36, average: 12, year: 144}
    readings = Readings.of([Reading.of(demand.REFERRALS, n, area="825", period=period) for period, n in counts.items()])
    readings = Readings.from_frame(as_engine(readings.frame, engine), indicators=demand.REFERRALS)
    found = demand.per_10_000(readings, population=TEN_THOUSAND, annualised=True)
    assert found.engine is engine
    assert {r.period: r.number for r in found} == {period: pytest.approx(144) for period in counts}
    # The denominator is years of children, so that numerator over denominator is the rate: 10,000 x 1/12, 3/12, 1/12, 1.
    years = {Month("April 2019"): 10_000 / 12, quarter: 2_500, average: 10_000 / 12, year: 10_000}
    assert {r.period: (r.numerator, r.denominator) for r in found} == {p: (counts[p], pytest.approx(n)) for p, n in years.items()}
    assert found.at(period=average).interval is None


def test_an_annualised_rate_says_so_in_its_key_its_title_and_its_definition():
    """And is never under the key of the plain rate; nobody publishes it, and it says that too."""
    months = of_months(demand.REFERRALS, {"2019-04": 12}, area="825")
    plain = demand.per_10_000(months, population=TEN_THOUSAND)
    found = demand.per_10_000(months, population=TEN_THOUSAND, annualised=True)
    (indicator,) = found.indicators
    assert indicator.key == "demand.referrals_per_10_000_annualised" != plain.indicators[0].key
    assert indicator.title == "Annualised referrals per 10,000 children"
    assert "times 12 over the number of months" in indicator.counts
    assert "not annualised" not in indicator.leaves_out
    assert any(isinstance(source, NoOfficialSource) for source in indicator.sources)
    assert Readings.from_json(found.to_json()).indicators == found.indicators
    assert indicator.breaks == demand.REFERRALS.breaks


def test_the_interval_of_an_annualised_rate_is_that_of_its_count_scaled_alike():
    """12 events are 12 events: Byar's interval of 12 among 10,000, times 12."""
    readings = of_months(demand.REFERRALS, {"2019-04": 12}, area="825")
    found = demand.per_10_000(readings, population=TEN_THOUSAND, annualised=True).at()
    plain = rate(12, 10_000, per=10_000)
    assert (found.bound("lower"), found.bound("upper")) == (pytest.approx(12 * plain.lower), pytest.approx(12 * plain.upper))


def test_annualised_rates_can_be_set_against_each_other():
    """48 in a quarter of 10,000 children are 192 a year, 60 in the next 240: 48 more."""
    quarters = Span("1 April 2019", "30 June 2019"), Span("1 July 2019", "30 September 2019")
    readings = Readings.of(
        [Reading.of(demand.REFERRALS, n, area="825", period=q) for n, q in zip((48, 60), quarters, strict=True)]
    )
    found = demand.per_10_000(readings, population=TEN_THOUSAND, annualised=True)
    change = trend.change(found, earlier=quarters[0], later=quarters[1])
    assert change.at(indicator="demand.referrals_per_10_000_annualised/change").number == pytest.approx(48)


def test_a_stock_and_a_part_of_a_month_cannot_be_annualised():
    """Children on a day are as many whatever the year does; 10 days of April are no number of months."""
    with pytest.raises(InvalidValue, match=r"annualised rates of demand\.children_subject.*counts over a period"):
        demand.per_10_000(plans_at(575), population=CHILDREN, annualised=True)
    days = Readings.of([Reading.of(demand.REFERRALS, 5, area="825", period=Span("1 April 2019", "10 April 2019"))])
    assert demand.per_10_000(days, population=TEN_THOUSAND).at().number == pytest.approx(5)
    with pytest.raises(FrameProblems, match=r"does not begin and end with a month.*\(1 row\)"):
        demand.per_10_000(days, population=TEN_THOUSAND, annualised=True)


def test_one_query_of_counts_runs_and_one_more_for_a_population_that_was_not_checked(monkeypatch):
    """On lazy polars: 1 for children that were checked before or are readings, 2 for a frame as it came; a mean runs 1."""
    ran = []
    collected = pl.LazyFrame.collect
    lazy = Readings.from_frame(plans_at(575).frame.lazy(), indicators=PLANS)
    checked = demand.MidYearPopulation.conform(CHILDREN.lazy())
    whole = Readings.from_frame(plans_at(575, day="30 June 2019").frame.lazy(), indicators=PLANS)
    months = Readings.from_frame(CONTACTS.frame.lazy(), indicators=demand.CONTACTS)
    monkeypatch.setattr(pl.LazyFrame, "collect", lambda self, *a, **k: (ran.append(1), collected(self, *a, **k))[1])
    for queries, call in (
        (1, lambda: demand.per_10_000(lazy, population=checked)),
        (1, lambda: demand.per_10_000(lazy, population=whole)),
        (2, lambda: demand.per_10_000(lazy, population=CHILDREN.lazy())),
        (2, lambda: demand.per_10_000(lazy, population=CHILDREN)),
        (1, lambda: demand.monthly_average(months, over=[EARLY, LATER])),
    ):
        ran.clear()
        assert call().is_lazy
        assert len(ran) == queries


def test_a_period_of_two_years_to_31_march_has_no_one_population():
    """An academic year, a monthly average over two springs, and the year to 30 September; counted, and refused."""
    for period in (AcademicYear("2019/20"), MonthlyAverage("March 2020", "April 2020"), ReportingYear(2020, ends=(9, 30))):
        readings = Readings.of([Reading.of(demand.REFERRALS, 5, area="825", period=period)])
        with pytest.raises(FrameProblems, match=r"more than one year to 31 March.*\(1 row\)"):
            demand.per_10_000(readings, population=CHILDREN)


def test_counts_of_which_none_has_a_population_are_refused():
    """No area is another area than 825, and another year has other children."""
    for counts in (plans_at(575, area=None), plans_at(575, day="31 March 2022")):
        with pytest.raises(InvalidValue, match="at least one of the counts"):
            demand.per_10_000(counts, population=CHILDREN)
    own = CHILDREN.with_columns(area=pl.lit(None, dtype=pl.String))
    assert round(demand.per_10_000(plans_at(575, area=None), population=own).at().number, 1) == 47.1


def test_a_population_that_cannot_be_is_refused():
    """Another day than mid-year, the same area twice, and children below 0; a missing column; something else than a frame."""
    with pytest.raises(FrameProblems, match="30 June"):
        demand.per_10_000(plans_at(575), population=CHILDREN.with_columns(mid_year=dt.date(2019, 7, 1)))
    with pytest.raises(FrameProblems, match="more than one row has the same"):
        demand.per_10_000(plans_at(575), population=pl.concat([CHILDREN, CHILDREN]))
    with pytest.raises(FrameProblems, match="is below 0"):
        demand.per_10_000(plans_at(575), population=CHILDREN.with_columns(children=-1))
    counts = Readings.of([Reading.of(PLANS, 12, area="825", period=Snapshot("31 March 2020"), dims={"locality": "North"})])
    with pytest.raises(UnknownColumn, match="locality"):
        demand.per_10_000(counts, population=CHILDREN)
    with pytest.raises(UnknownColumn, match="locality"):
        demand.per_10_000(counts, population=plans_at(575))
    with pytest.raises(InvalidValue, match="no others"):
        demand.per_10_000(plans_at(575), population=counts)
    with pytest.raises(InvalidValue, match="children on a day"):
        demand.per_10_000(plans_at(575), population=CONTACTS)
    with pytest.raises(UnsupportedFrame):
        demand.per_10_000(plans_at(575), population=122_137)


def test_a_count_below_nought_and_readings_that_have_no_rate_are_refused():
    """A share has no rate per 10,000 children, and 95 is no level of confidence."""
    with pytest.raises(FrameProblems, match="below 0"):
        demand.per_10_000(plans_at(-1), population=CHILDREN)
    with pytest.raises(InvalidValue, match=r"demand\.rereferrals"):
        demand.per_10_000(of_months(demand.REREFERRALS, {"2020-01": 20}), population=CHILDREN)
    with pytest.raises(InvalidValue, match="confidence"):
        demand.per_10_000(plans_at(575), population=CHILDREN, confidence=95)


def test_two_different_lazy_engines_are_refused():
    """A lazy polars population does not go into DuckDB unasked; an eager one does."""
    readings = Readings.from_frame(as_engine(plans_at(575).frame, Engine.DUCKDB), indicators=PLANS)
    with pytest.raises(EngineMismatch):
        demand.per_10_000(readings, population=CHILDREN.lazy())
    assert round(demand.per_10_000(readings, population=CHILDREN.to_pandas()).at().number, 1) == 47.1


def test_a_rate_keeps_the_known_break_of_its_count():
    """Buckinghamshire's referrals of 2023-24: a rate passes over it no more silently than the count."""
    years = [FinancialYear("2022-23"), FinancialYear("2023-24")]
    readings = Readings.of(
        [Reading.of(demand.REFERRALS, n, area="825", period=y) for n, y in zip([12_157, 6_620], years, strict=True)]
    )
    days = [dt.date(2022, 6, 30), dt.date(2023, 6, 30)]
    children = pl.DataFrame({"area": "825", "mid_year": days, "children": [126_053, 128_126]})
    rates = demand.per_10_000(readings, population=children)
    assert [round(r.number, 1) for r in rates] == [964.4, 516.7]  # LAIT, CPP_Total_Rateper10,000, 825, 2023 and 2024
    with pytest.raises(AcrossBreak):
        trend.change(rates, earlier=years[0], later=years[1])


def test_from_rows_to_a_rate_stays_lazy_and_runs_when_it_is_asked():
    """DuckDB from the rows of plans to the rate of the West: 3 children among 5,000 are 6 per 10,000."""
    rows = [{"child_id": f"C{n}", "start_date": dt.date(2019, 5, 1), "team": "West" if n else "East"} for n in range(4)]
    frame = as_engine(table(demand.ProtectionPlans, rows), Engine.DUCKDB)
    counts = demand.children_subject_to_a_child_protection_plan(frame, at=Snapshot("31 March 2020"), by="team", area="825")
    children = pl.DataFrame(
        {"area": "825", "mid_year": dt.date(2019, 6, 30), "team": ["East", "West"], "children": [4_000, 5_000]}
    )
    rates = demand.per_10_000(counts, population=children)
    assert rates.is_lazy
    assert rates.at(team="West").number == pytest.approx(6)
