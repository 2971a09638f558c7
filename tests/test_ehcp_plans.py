"""EHC plans on a day, begun and ceased in a period, and why: against plain loops on every engine, gaps and refusals."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import ehcp
from bucks_cs.ehcp import sources
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine, frames
from made_up_ehcp_plans import PLANS, TEAMS, frame, ten_thousand_plans

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
YEAR = CalendarYear(2024)
DAYS = tuple(Snapshot(day) for day in ("2017-06-01", "2020-02-29", "2023-01-19", "2025-01-16"))
PERIODS = (*Span("2020-02-01", "2020-03-31").months(), CalendarYear(2020), FinancialYear("2019-20"),
           CalendarYear(2040))  # fmt: skip
REASONS = [*"123456789", "not recorded"]


def plan(child="A", start="2022-09-01", ceased=None, reason=None, **more):
    """A plan, days as text."""
    days = {"start_date": dt.date.fromisoformat(start), "cease_date": dt.date.fromisoformat(ceased) if ceased else None}
    return {"child_id": child, **days, "cease_reason": reason, **more}


def plans_of(*rows):
    """Plans as a polars frame."""
    return frame(rows, PLANS)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def plans():
    """The rows, and the frame."""
    rows = ten_thousand_plans()
    return rows, plans_of(*rows)


def maintained(row, day):
    """Whether a plan is maintained on a day, as a person with a ledger would say."""
    return row["start_date"] <= day and (row["cease_date"] is None or row["cease_date"] > day)


def counts(native_readings, *names):
    """Value by the columns named, as the frame has them."""
    return {tuple(row[name] for name in names): row["value"] for row in rows_of(native_readings.frame)}


def counted(rows, key, holds, periods):
    """How many rows hold of each group and period, 0 where none does."""
    tally = Counter()
    for row in rows:
        for period in periods:
            tally[row[key], period.kind, period.start] += holds(row, period)
    return {key: float(number) for key, number in tally.items()}


WHERE = ("team", "period_kind", "period_start")


def agrees_with_the_loop(native, rows):
    """Counts by team on days and in periods, shares by reason, and each row's marks."""
    found = ehcp.plans(native, at=DAYS, by="team")
    assert type(found.frame) is type(native) or found.engine is Engine.POLARS_LAZY
    assert counts(found, *WHERE) == counted(rows, "team", lambda row, day: maintained(row, day.start), DAYS)
    begun = counted(rows, "team", lambda row, period: period.contains(row["start_date"]), PERIODS)
    assert counts(ehcp.new_plans(native, period=PERIODS, by="team"), *WHERE) == begun
    ended = counted(rows, "team", lambda row, period: bool(row["cease_date"]) and period.contains(row["cease_date"]), PERIODS)
    assert counts(ehcp.ceased(native, period=PERIODS, by="team"), *WHERE) == ended
    agrees_on_reasons(native, rows, ended)
    marked = {(row["child_id"], row["start_date"]): row["in_numerator"] for row in rows_of(ehcp.mark_plans(native, at=DAYS[2]))}
    assert marked == {(row["child_id"], row["start_date"]): maintained(row, DAYS[2].start) for row in rows}


def agrees_on_reasons(native, rows, ended):
    """Every reason is there for every team and period, out of those that ceased."""
    parts = Counter()
    for row in rows:
        for period in PERIODS:
            if row["cease_date"] and period.contains(row["cease_date"]):
                parts[row["team"], period.kind, period.start, row["cease_reason"] or "not recorded"] += 1
    found = rows_of(ehcp.ceased_by_reason(native, period=PERIODS, by="team").frame)
    assert len(found) == len(TEAMS) * len(PERIODS) * len(REASONS)
    for row in found:
        where = tuple(row[name] for name in WHERE)
        part, whole = parts[*where, row["reason"]], ended[where]
        assert (row["numerator"], row["denominator"]) == (part, whole)
        assert row["withheld"] == (None if whole else "z")
        if whole:
            by_hand = proportion(part, int(whole))
            assert row["value"] == pytest.approx(100 * part / whole)
            assert (row["lower"], row["upper"]) == (pytest.approx(100 * by_hand.lower), pytest.approx(100 * by_hand.upper))


@pytest.mark.long
def test_the_ten_thousand_plans_hold_what_they_are_there_for(plans):
    """Leap days, plans that began on the day the last one ceased, plans of no days, and reasons that are not recorded."""
    rows, _ = plans
    assert len(rows) == 10_000
    ends = {(row["child_id"], row["cease_date"]) for row in rows}
    assert sum((row["child_id"], row["start_date"]) in ends for row in rows) > 500
    assert sum(row["start_date"] == row["cease_date"] for row in rows) > 50
    assert sum(row["start_date"] == dt.date(2020, 2, 29) for row in rows) > 50
    assert sum(row["cease_date"] is not None and row["cease_reason"] is None for row in rows) > 300


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_plans_are_what_a_plain_loop_says_on_every_engine(engine, plans):
    """Stock, flows, reasons and marks."""
    agrees_with_the_loop(as_engine(plans[1], engine), plans[0])


@pytest.mark.spark
def test_ten_thousand_plans_are_what_a_plain_loop_says_on_spark(spark, plans):
    """The same on Spark."""
    agrees_with_the_loop(as_engine(plans[1], Engine.PYSPARK, spark=spark), plans[0])


@pytest.mark.parametrize(
    ("start", "ceased", "there"),
    [
        ("2025-01-16", None, True),  # begun on the day
        ("2025-01-17", None, False),
        ("2020-02-29", "2025-01-17", True),
        ("2020-02-29", "2025-01-16", False),  # ceased on the day
        ("2025-01-16", "2025-01-16", False),
    ],
)
def test_a_plan_is_maintained_from_the_day_it_started_to_the_day_before_it_ceased(start, ceased, there):
    """On 16 January 2025, the survey day of SEN2 2025."""
    assert ehcp.plans(plans_of(plan(start=start, ceased=ceased)), at=Snapshot("16 January 2025")).at().number == there


def test_a_plan_that_follows_on_the_day_the_last_one_ceased_is_one_plan_and_no_overlap():
    """A child of two plans end to end is counted once on the day between."""
    rows = plans_of(plan(start="2020-09-01", ceased="2024-01-18"), plan(start="2024-01-18"))
    assert ehcp.plans(rows, at=Snapshot("18 January 2024")).at().number == 1


@settings(max_examples=settings.default.max_examples // 12)
@given(
    frames(
        ehcp.Plans,
        max_rows=12,
        columns={
            "child_id": st.sampled_from("ABCDEFGHIJKLMNOP"),
            "start_date": st.dates(dt.date(2023, 12, 1), dt.date(2024, 1, 31)),
            "cease_date": st.none() | st.dates(dt.date(2024, 2, 1), dt.date(2024, 3, 31)),
            "cease_reason": st.none(),
            "primary_need": st.sampled_from(["ASD", "SLCN", None]),
        },
    )
)
def test_plans_on_a_day_are_those_before_and_those_begun_less_those_ceased(rows):
    """Stock and flow: what there is at the end of February is what there was, with what began and without what ceased."""
    rows = rows.unique("child_id").with_columns(pl.col("primary_need").cast(pl.String))
    month = Month("2024-02")
    before = ehcp.plans(rows, at=Snapshot("31 January 2024")).at().number
    after = ehcp.plans(rows, at=Snapshot("29 February 2024"), by="primary_need")
    begun, ended = ehcp.new_plans(rows, period=month).at().number, ehcp.ceased(rows, period=month).at().number
    assert sum(reading.number for reading in after) == before + begun - ended
    assert ehcp.mark_new_plans(rows, period=month)["in_numerator"].sum() == begun
    assert ehcp.mark_ceased(rows, period=month)["in_numerator"].sum() == ended


def test_the_first_and_the_last_day_of_a_period_are_in_it():
    """Of a count and of its rows: begun, and ceased, on the day before the year, on its first, its last and the day after."""
    days = ["2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01"]
    begun = plans_of(*(plan(str(n), start=day) for n, day in enumerate(days)))
    ended = plans_of(*(plan(str(n), ceased=day) for n, day in enumerate(days)))
    for rows, counted, mark in ((begun, ehcp.new_plans, ehcp.mark_new_plans), (ended, ehcp.ceased, ehcp.mark_ceased)):
        assert counted(rows, period=YEAR).at().number == 2
        assert mark(rows, period=YEAR)["in_numerator"].to_list() == [False, True, True, False]


# Reasons.


def test_every_reason_of_the_return_is_given_and_one_that_is_not_recorded():
    """Three ceased: one moved to higher education, two with no reason: 33.3% and 66.7%, and 0 for the other eight."""
    rows = plans_of(
        plan("A", ceased="2024-07-31", reason="3"), plan("B", ceased="2024-07-31"), plan("C", ceased="2024-12-31"), plan("D")
    )
    found = {reading.dims[0][1]: reading.number for reading in ehcp.ceased_by_reason(rows, period=YEAR)}
    assert found == {**dict.fromkeys(REASONS, 0), "3": pytest.approx(100 / 3), "not recorded": pytest.approx(200 / 3)}
    assert [*sources.CEASE_REASONS, ehcp.NO_REASON] == REASONS
    assert ehcp.mark_ceased_by_reason(rows)["reason"].to_list() == ["3", "not recorded", "not recorded", None]


def test_other_is_a_reason_and_not_recorded_is_none():
    """Code 9 is a reason that was given; DfE's file has both, as `other` and `not_rec`."""
    rows = plans_of(plan("A", ceased="2024-07-31", reason="9"), plan("B", ceased="2024-07-31"))
    found = ehcp.ceased_by_reason(rows, period=YEAR)
    assert (found.at(reason="9").number, found.at(reason="not recorded").number) == (50, 50)


def test_ceased_plans_are_counted_by_the_column_of_reasons_too():
    """As any other column: only reasons that are there, and those still maintained as a group with no reason."""
    rows = plans_of(plan("A", ceased="2024-07-31", reason="3"), plan("B", ceased="2024-08-31", reason="3"), plan("C"))
    found = ehcp.ceased(rows, period=YEAR, by="cease_reason")
    assert counts(found, "cease_reason") == {("3",): 2, (None,): 0}


# Gaps and shape.


def test_none_is_nought_for_counts_and_not_applicable_for_shares():
    """An empty frame, and a year without a plan."""
    for rows in (plans_of(), plans_of(plan(start="2018-09-01"))):
        assert ehcp.new_plans(rows, period=YEAR).at().number == 0
        assert ehcp.ceased(rows, period=YEAR).at().number == 0
        assert {reading.value for reading in ehcp.ceased_by_reason(rows, period=YEAR)} == {Withheld.NOT_APPLICABLE}
    assert ehcp.plans(plans_of(), at=DAYS).at(period=DAYS[0]).number == 0
    assert list(ehcp.plans(plans_of(), at=DAYS, by="team")) == []


def test_the_headings_of_the_return_are_known():
    """``startdate``, ``ceasedate`` and ``ceasereason``, whose codes come as numbers."""
    rows = pl.DataFrame(
        {
            "persontableid": ["A"],
            "requeststableid": [None],
            "startdate": [dt.date(2022, 9, 1)],
            "ceasedate": [dt.date(2024, 7, 31)],
            "ceasereason": [3],
        }
    )
    assert ehcp.ceased_by_reason(rows, period=YEAR).at(reason="3").number == 100


def test_january_2023_is_a_break_between_totals_and_persons():
    """DfE: in 2023 the collection changed to individual level. A year's figures collected then are those of 2022."""
    (stock,), (flow,) = ehcp.PLANS.breaks, ehcp.NEW_PLANS.breaks
    assert (stock.on, stock.certain, stock.area) == (dt.date(2023, 1, 1), True, None)
    assert (flow.on, flow.certain) == (dt.date(2022, 1, 1), True)
    assert ehcp.CEASED.breaks == ehcp.CEASED_BY_REASON.breaks == ehcp.NEW_PLANS.breaks


# Refusals.

CALLS = [
    functools.partial(ehcp.plans, at=DAYS[-1]),
    functools.partial(ehcp.mark_plans, at=DAYS[-1]),
    functools.partial(ehcp.new_plans, period=YEAR),
    functools.partial(ehcp.mark_new_plans, period=YEAR),
    functools.partial(ehcp.ceased, period=YEAR),
    functools.partial(ehcp.mark_ceased, period=YEAR),
    functools.partial(ehcp.ceased_by_reason, period=YEAR),
    ehcp.mark_ceased_by_reason,
]


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
@pytest.mark.parametrize("call", CALLS, ids=lambda call: getattr(call, "func", call).__name__)
def test_two_open_plans_of_a_child_are_refused_with_their_number(call, engine):
    """A child has one plan at a time: two would be counted twice. No cell is in the error."""
    token = "SECRET-CHILD-7"
    rows = plans_of(plan(token, "2020-09-01"), plan(token, "2022-09-01"), plan("B", "2022-09-01"))
    with pytest.raises(FrameProblems) as caught:
        call(as_engine(rows, engine))
    (problem,) = caught.value.problems
    assert (problem.column, problem.rows) == ("start_date, cease_date", 1)
    assert token not in f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__} {caught.value.__context__}"


def test_an_unknown_reason_and_a_day_before_the_start_are_refused_together():
    """Each with its count, and no cell."""
    rows = plans_of(plan("A", ceased="2024-07-31", reason="10"), plan("B", ceased="2021-07-31", reason="1"))
    with pytest.raises(FrameProblems) as caught:
        ehcp.ceased(rows, period=YEAR)
    assert sorted((problem.column, problem.rows) for problem in caught.value.problems) == [
        ("cease_reason", 1),
        ("start_date, cease_date", 1),
    ]


@pytest.mark.parametrize(
    ("call", "arguments", "error", "says"),
    [
        (ehcp.plans, {"at": YEAR}, InvalidValue, "^at: "),
        (ehcp.plans, {"at": []}, InvalidValue, "^at: "),
        (ehcp.plans, {"at": [DAYS[0], DAYS[0]]}, InvalidValue, "^at: .* once"),
        (ehcp.mark_plans, {"at": DAYS}, InvalidValue, "^at: .* one day"),
        (ehcp.plans, {"at": DAYS[0], "by": "child_id"}, InvalidValue, "child_id"),
        (ehcp.plans, {"at": DAYS[0], "by": "locality"}, UnknownColumn, "locality"),
        (ehcp.new_plans, {"period": DAYS[0]}, InvalidValue, "^period: .* snapshot"),
        (ehcp.new_plans, {"period": MonthlyAverage("2022-04", "2022-09")}, InvalidValue, "^period: "),
        (ehcp.mark_new_plans, {"period": "2024"}, InvalidValue, "^period: "),
        (ehcp.ceased, {"period": 2024}, InvalidValue, "^period: "),
        (ehcp.ceased, {"period": YEAR, "by": "in_numerator"}, UnknownColumn, "in_numerator"),
        (ehcp.ceased_by_reason, {"period": YEAR, "confidence": 95}, InvalidValue, "confidence"),
        (ehcp.ceased_by_reason, {"period": pl.DataFrame({"a": [1]})}, InvalidValue, "^period: "),
    ],
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(call, arguments, error, says):
    """None of them as an error of another's."""
    with pytest.raises(error, match=says):
        call(plans_of(plan()), **arguments)


def test_shares_by_reason_are_not_broken_down_by_a_column_of_reasons_of_their_own():
    """The result has such a column."""
    with pytest.raises(InvalidValue, match="does not make itself"):
        ehcp.ceased_by_reason(plans_of(plan()).with_columns(reason=pl.lit("x")), period=YEAR, by="reason")


def test_marking_twice_is_marking_once_and_a_checked_frame_is_taken_as_it_is():
    """Marks of another measure are replaced."""
    rows = plans_of(plan(ceased="2024-07-31", reason="3"))
    once = ehcp.mark_ceased_by_reason(rows)
    assert ehcp.mark_ceased_by_reason(once).equals(once)
    assert ehcp.mark_plans(once, at=DAYS[-1]).columns == [*PLANS, "reason", "in_denominator", "in_numerator"]
    assert ehcp.plans(ehcp.Plans.conform(rows), at=DAYS[-1]).at().number == 0


def test_a_lazy_frame_stays_lazy():
    """The numbers wait until they are asked for."""
    lazy = plans_of(plan(ceased="2024-07-31", reason="3")).lazy()
    for readings in (ehcp.plans(lazy, at=DAYS), ehcp.ceased(lazy, period=YEAR), ehcp.ceased_by_reason(lazy, period=YEAR)):
        assert isinstance(readings.frame, pl.LazyFrame)
