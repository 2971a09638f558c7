"""Weeks from request to plan, and the bands on both published bases: against plain loops, and DfE's own file."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import math
from collections import defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import ehcp
from bucks_cs.ehcp import (
    WEEKS_BANDS,
    issued_by_band_excluding_exceptions,
    issued_by_band_including_exceptions,
    mark_issued_by_band_excluding_exceptions,
    mark_issued_by_band_including_exceptions,
    mark_weeks_taken,
    weeks_taken_mean,
    weeks_taken_median,
    weeks_taken_percentile,
)
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Withheld
from bucks_cs.periods import CalendarYear, Month, MonthlyAverage, Snapshot
from bucks_cs.testing import as_engine
from made_up_ehcp_plans import JOURNEYS, frame, ten_thousand_journeys

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
YEAR = CalendarYear(2024)
PERIODS = (*CalendarYear(2020).months()[:3], CalendarYear(2021), CalendarYear(2023), CalendarYear(2035))
PERCENTILE = 87.5
RECEIVED = dt.date(2023, 6, 1)


def journey(days, *, flag=False, number="1", team=None, received=RECEIVED):
    """A journey whose plan came so many days after the request."""
    issued = received + dt.timedelta(days=days)
    return {
        "child_id": f"C{number}", "request_id": number, "received_date": received, "relevant_youth_accommodation": False,
        "request_outcome": "Y", "request_outcome_date": received, "assessment_outcome": "Y", "assessment_outcome_date": issued,
        "exceptions_apply": flag, "plan_start_date": issued, "team": team,
    }  # fmt: skip


def journeys_of(*days, **more):
    """Journeys whose plans took so many days each."""
    return frame([journey(each, number=str(n), **more) for n, each in enumerate(days)], JOURNEYS)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def marks_of(native, *made):
    """The marks of the rows of a frame of any engine, and what a measure made beside them."""
    return collect(enter(native)[0].select("request_id", "in_denominator", "in_numerator", *made)).to_dicts()


@pytest.fixture(scope="module")
def journeys():
    """The rows, and the frame."""
    rows = ten_thousand_journeys()
    return rows, frame(rows, JOURNEYS)


# The loop.


def days_taken(row):
    """The days a plan took that was issued after a decision to assess; None for every other journey."""
    if row.get("request_outcome") not in {"Y", "H"} or row.get("assessment_outcome") != "Y" or not row.get("plan_start_date"):
        return None
    return (row["plan_start_date"] - row["received_date"]).days if row["received_date"] else None


def band(days):
    """DfE's three: 20 weeks are 140 days, and 52 weeks 364."""
    return "within 20 weeks" if days <= 140 else "20 weeks to a year" if days <= 364 else "over a year"


def percentile(numbers, at):
    """As a spreadsheet's PERCENTILE.INC: the rank counted from 0 is at% of one less than how many there are."""
    ranked = sorted(numbers)
    rank = (len(ranked) - 1) * at / 100
    below, above = ranked[math.floor(rank)], ranked[math.ceil(rank)]
    return below + (rank - math.floor(rank)) * (above - below)


def grouped(rows):
    """The days of the plans of each team and period, with their flags."""
    found = defaultdict(list)
    for row in rows:
        days = days_taken(row)
        for period in PERIODS:
            if days is not None and period.contains(row["plan_start_date"]):
                found[row["team"], period.kind, period.start].append((days, row.get("exceptions_apply")))
    return found


def key(row):
    """Where a row of readings belongs."""
    return row["team"], row["period_kind"], row["period_start"]


def agrees_on_weeks(native, found):
    """Mean, median and percentile of every team and period."""
    asked = {"period": PERIODS, "by": "team"}
    for row in rows_of(weeks_taken_mean(native, **asked).frame):
        days = [each for each, _ in found[key(row)]]
        assert row["denominator"] == len(days)
        assert row["withheld"] == (None if days else "z")
        assert row["value"] == (pytest.approx(sum(days) / len(days) / 7) if days else None)
        assert row["numerator"] == (pytest.approx(sum(days) / 7) if days else None)
    for at, readings in (
        (50, weeks_taken_median(native, **asked)),
        (PERCENTILE, weeks_taken_percentile(native, percentile=PERCENTILE, **asked)),
    ):
        rows = rows_of(readings.frame)
        assert len(rows) == 3 * len(PERIODS)
        for row in rows:
            days = [each for each, _ in found[key(row)]]
            assert row["withheld"] == (None if days else "z")
            assert row["value"] == (pytest.approx(percentile(days, at) / 7) if days else None)


def agrees_on_bands(native, found):
    """Both bases: every band of every team and period, and what is withheld because a flag is not known."""
    asked = {"period": PERIODS, "by": "team"}
    for row in rows_of(issued_by_band_including_exceptions(native, **asked).frame):
        days = [each for each, _ in found[key(row)]]
        part = sum(band(each) == row["band"] for each in days)
        assert (row["numerator"], row["denominator"]) == (part, len(days))
        assert row["value"] == (pytest.approx(100 * part / len(days)) if days else None)
    rows = rows_of(issued_by_band_excluding_exceptions(native, **asked).frame)
    assert len(rows) == 3 * len(PERIODS) * len(WEEKS_BANDS)
    reasons = set()
    for row in rows:
        free = [each for each, flag in found[key(row)] if not flag]
        unknown = any(flag is None for _, flag in found[key(row)])
        part = sum(band(each) == row["band"] for each in free)
        reasons.add(row["withheld"])
        assert row["withheld"] == ("x" if unknown else None if free else "z")
        assert (row["numerator"], row["denominator"]) == (None if unknown else part, len(free))
        assert row["value"] == (None if unknown or not free else pytest.approx(100 * part / len(free)))
    assert reasons == {"x", "z", None}


def agrees_on_marks(native, rows):
    """Each row's weeks and band."""
    said = {row["request_id"]: days_taken(row) for row in rows}
    started = {row["request_id"]: row.get("plan_start_date") for row in rows}
    for row in marks_of(mark_weeks_taken(native, period=PERIODS), "weeks_taken"):
        days = said[row["request_id"]]
        assert row["weeks_taken"] == (None if days is None else pytest.approx(days / 7))
        inside = days is not None and any(period.contains(started[row["request_id"]]) for period in PERIODS)
        assert row["in_denominator"] == row["in_numerator"] == inside
    for row in marks_of(mark_issued_by_band_including_exceptions(native), "band"):
        days = said[row["request_id"]]
        assert row["band"] == (None if days is None else band(days))
        assert row["in_denominator"] == (days is not None)


def agrees(native, rows):
    """Numbers of the rows once checked, and marks of the rows as they came."""
    checked, found = ehcp.Journeys.conform(native), grouped(rows)
    agrees_on_weeks(checked, found)
    agrees_on_bands(checked, found)
    agrees_on_marks(native, rows)
    assert type(weeks_taken_mean(checked, period=PERIODS).frame) is type(native)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_journeys_are_what_a_plain_loop_says_on_every_engine(engine, journeys):
    """Figures, bands and marks."""
    rows, polars = journeys
    agrees(as_engine(polars, engine), rows)


@pytest.mark.spark
def test_ten_thousand_journeys_are_what_a_plain_loop_says_on_spark(spark, journeys):
    """The same on Spark."""
    rows, polars = journeys
    agrees(as_engine(polars, Engine.PYSPARK, spark=spark), rows)


# Edges.


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "within 20 weeks"),
        (140, "within 20 weeks"),  # 20 weeks of 7 days
        (141, "20 weeks to a year"),
        (364, "20 weeks to a year"),  # 52 weeks of 7 days
        (365, "over a year"),
        (366, "over a year"),
    ],
)
@pytest.mark.parametrize("received", [dt.date(2023, 6, 1), dt.date(2024, 2, 29), dt.date(2023, 12, 31)])
def test_a_plan_is_in_the_band_of_its_days(days, said, received):
    """Over a leap day or not: days are counted, and no calendar years."""
    rows = journeys_of(days, received=received)
    for mark in (mark_issued_by_band_including_exceptions, mark_issued_by_band_excluding_exceptions):
        assert mark(rows)["band"].to_list() == [said]


def test_the_two_bases_are_worked_out_by_hand():
    """Five plans of 140, 200, 300, 400 and 365 days; exceptions apply to those of 140 and 400.

    Including: 1, 2 and 2 of 5. Excluding: 0, 2 and 1 of 3.
    """
    flags = dict(zip((140, 200, 300, 400, 365), (True, False, False, True, False), strict=True))
    received = dt.date(2022, 12, 1)
    rows = frame([journey(days, flag=flag, number=str(days), received=received) for days, flag in flags.items()], JOURNEYS)
    period = [CalendarYear(2023), CalendarYear(2024)]
    for issued, parts, whole in (
        (issued_by_band_including_exceptions, (1, 2, 2), 5),
        (issued_by_band_excluding_exceptions, (0, 2, 1), 3),
    ):
        found = issued(rows, period=period)
        told = {name: [found.at(band=name, period=each) for each in period] for name in WEEKS_BANDS}
        assert tuple(sum(each.numerator for each in told[name]) for name in WEEKS_BANDS) == parts
        assert sum(each.denominator for each in told["over a year"]) == whole


def test_the_first_band_is_the_share_issued_in_time():
    """On each basis, its own: the two measures cannot part."""
    rows = frame(ten_thousand_journeys()[:2_000], JOURNEYS)
    for issued, in_time in (
        (issued_by_band_including_exceptions, ehcp.issued_in_time_including_exceptions),
        (issued_by_band_excluding_exceptions, ehcp.issued_in_time_excluding_exceptions),
    ):
        first = {(r.period, r.dims[0]): r for r in issued(rows, period=PERIODS, by="team").where(band="within 20 weeks")}
        for reading in in_time(rows, period=PERIODS, by="team"):
            same = first[reading.period, reading.dims[0]]
            assert (same.value, same.lower, same.upper) == (reading.value, reading.lower, reading.upper)
            assert (same.numerator, same.denominator) == (reading.numerator, reading.denominator)


def test_twenty_nine_weeks_is_the_median_of_plans_close_to_it():
    """Buckinghamshire's minutes of 13 January 2020 say that "the rate was close to 29 weeks": 203 days."""
    rows = journeys_of(196, 203, 210)
    assert weeks_taken_median(rows, period=CalendarYear(2023)).at().number == 29
    assert weeks_taken_mean(rows, period=CalendarYear(2023)).at().number == 29


@pytest.mark.parametrize(("at", "weeks"), [(0, 10), (25, 15), (50, 20), (75, 25), (90, 28), (100, 30)])
def test_a_percentile_lies_between_two_plans_in_proportion(at, weeks):
    """Of 10, 20 and 30 weeks: PERCENTILE.INC of a spreadsheet gives 15 for a quarter, and 28 for nine tenths."""
    rows = journeys_of(70, 140, 210)
    assert weeks_taken_percentile(rows, percentile=at, period=CalendarYear(2023)).at().number == pytest.approx(weeks)


@settings(max_examples=settings.default.max_examples // 12)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_the_mean_lies_between_the_lowest_and_the_highest_and_the_bands_add_up(days):
    """Any plans: percentiles rise, the 50th is the median, and the bands are 100% of the plans."""
    rows = ehcp.Journeys.conform(journeys_of(*days, received=dt.date(2022, 8, 1)))
    period = CalendarYear(2022), CalendarYear(2023)
    whole = [reading for reading in weeks_taken_mean(rows, period=period) if not isinstance(reading.value, Withheld)]
    assert sum(reading.denominator for reading in whole) == len(days)
    low, mid, high = (
        {r.period: r.number for r in weeks_taken_percentile(rows, percentile=at, period=period)} for at in (0, 50, 100)
    )
    assert mid == {r.period: r.number for r in weeks_taken_median(rows, period=period)}
    parts = defaultdict(float)
    for reading in issued_by_band_including_exceptions(rows, period=period):
        parts[reading.period] += 0 if isinstance(reading.value, Withheld) else reading.number
    for reading in whole:
        assert low[reading.period] <= reading.number + 1e-9
        assert low[reading.period] <= mid[reading.period] <= high[reading.period]
        assert parts[reading.period] == pytest.approx(100)


# Gaps.


def test_no_plan_is_not_applicable():
    """A year without one, an empty frame, and requests that led to none."""
    for rows in (journeys_of(), journeys_of(140)):
        for figure in (weeks_taken_mean, weeks_taken_median, functools.partial(weeks_taken_percentile, percentile=90)):
            assert figure(rows, period=YEAR).at().value is Withheld.NOT_APPLICABLE
        for issued in (issued_by_band_including_exceptions, issued_by_band_excluding_exceptions):
            assert {reading.value for reading in issued(rows, period=YEAR)} == {Withheld.NOT_APPLICABLE}
    assert list(weeks_taken_mean(journeys_of(), period=YEAR, by="team")) == []


def test_a_flag_that_is_not_known_withholds_one_basis_and_its_own_group_alone():
    """The other basis does not ask for it."""
    rows = frame([journey(140, flag=None, team="North"), journey(150, number="2", team="South")], JOURNEYS)
    asked = {"period": CalendarYear(2023), "by": "team"}
    free = issued_by_band_excluding_exceptions(rows, **asked)
    assert free.at(team="North", band="within 20 weeks").value is Withheld.NOT_AVAILABLE
    assert free.at(team="South", band="20 weeks to a year").number == 100
    assert issued_by_band_including_exceptions(rows, **asked).at(team="North", band="within 20 weeks").number == 100


def test_a_plan_after_a_refusal_that_was_changed_is_in_no_figure():
    """The 20 weeks do not apply to it as they stand: as in the shares issued in time."""
    changed = journey(300) | {"request_outcome": "N"}
    rows = frame([changed, journey(70, number="2")], JOURNEYS)
    assert weeks_taken_mean(rows, period=CalendarYear(2023)).at().denominator == 1


def test_a_percentile_says_which_it_is():
    """In its title and its definition, so that two are never put together under one."""
    (reading,) = weeks_taken_percentile(journeys_of(70), percentile=90, period=CalendarYear(2023))
    assert reading.indicator.title == "Weeks from request to plan, 90th percentile"
    assert reading.indicator.key == ehcp.WEEKS_TAKEN_PERCENTILE.key
    assert reading.indicator.counts.startswith("the 90th percentile of the weeks")
    titles = {at: weeks_taken_percentile(journeys_of(70), percentile=at, period=CalendarYear(2023)).indicators[0].title
              for at in (1, 2, 3, 11, 12, 13, 22, 97.5)}  # fmt: skip
    said = [titles[at].split(", ")[1].split(" ")[0] for at in titles]
    assert said == ["1st", "2nd", "3rd", "11th", "12th", "13th", "22nd", "97.5th"]


# The published file.


def number(cell):
    """A count as the file prints it; None for a mark."""
    return int(cell) if cell.isdigit() else None


@pytest.fixture(scope="module")
def timeliness(published):
    """Rows of DfE's timeliness_20_week.csv."""
    with (published / "ehc_plans" / "timeliness_20_week.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("parts", "whole", "percentages", "short"),
    [
        (
            ("plans_issued_within_20_weeks", "plans_issued_gt20weeks_ltYear", "plans_issued_gt_1_year"),
            "plans_issued_den",
            ("pc_plans_issued_within_20_weeks", "pc_plans_issued_gt20weeks_ltYear", "pc_plans_issued_gt_1_year"),
            340,
        ),
        (
            ("plans_issued_20_weeks_ex", "plans_issued_gt20weeks_ltYear_ex", "plans_issued_gt_1_year_ex"),
            "plans_issued_den_ex",
            ("PC_plans_issued_20_weeks_ex", "PC_plans_issued_gt20weeks_ltYear_ex", "PC_plans_issued_gt_1_year_ex"),
            320,
        ),
    ],
    ids=["including", "excluding"],
)
def test_dfes_three_bands_add_up_to_its_denominator_or_to_less(timeliness, parts, whole, percentages, short):
    """In 97 rows of 100 that have them, all of 2023 and 2024, to the plan; in the others plans are in no band, and never in two.

    Why is not said: that the weeks of those plans are not known is inferred. Each percentage is its band over the denominator, to
    the decimal that is printed.
    """
    known = [row for row in timeliness if None not in [number(row[name]) for name in (*parts, whole)]]
    assert {row["time_period"] for row in known} == {"2023", "2024"}
    over = [number(row[whole]) - sum(number(row[name]) for name in parts) for row in known]
    assert (len(known), sum(each > 0 for each in over), min(over)) == (11_526, short, 0)
    compared = 0
    for row in known:
        for part, percentage in zip(parts, percentages, strict=True):
            if number(row[whole]) and row[percentage].replace(".", "").isdigit():
                compared += 1
                assert abs(100 * number(row[part]) / number(row[whole]) - float(row[percentage])) <= 0.05 + 1e-9
    assert compared > 30_000


def test_our_bands_are_buckinghamshires_of_2024(timeliness):
    """Journeys made up to DfE's counts (234, 487 and 9 of 730, none with exceptions) give DfE's percentages on both bases."""
    (row,) = (
        row
        for row in timeliness
        if row["old_la_code"] == "825" and row["time_period"] == "2024" and row["breakdown"].startswith("All")
    )
    made_up = [140] * 234 + [141] * 243 + [364] * 244 + [365] * 9
    rows = frame([journey(days, number=str(n), received=dt.date(2024, 6, 1) - dt.timedelta(days=days))
                  for n, days in enumerate(made_up)], JOURNEYS)  # fmt: skip
    for issued, names in (
        (issued_by_band_including_exceptions, ("pc_plans_issued_within_20_weeks", "pc_plans_issued_gt20weeks_ltYear")),
        (issued_by_band_excluding_exceptions, ("PC_plans_issued_20_weeks_ex", "PC_plans_issued_gt20weeks_ltYear_ex")),
    ):
        found = issued(rows, period=YEAR)
        for band_name, name in zip(WEEKS_BANDS, names, strict=False):
            assert round(found.at(band=band_name).number, 1) == float(row[name])
    assert (row["plans_issued_den"], row["plans_issued_gt_1_year"]) == ("730", "9")


# Refusals.

CALLS = [
    functools.partial(weeks_taken_mean, period=YEAR),
    functools.partial(weeks_taken_median, period=YEAR),
    functools.partial(weeks_taken_percentile, percentile=90, period=YEAR),
    functools.partial(mark_weeks_taken, period=YEAR),
    functools.partial(issued_by_band_including_exceptions, period=YEAR),
    functools.partial(issued_by_band_excluding_exceptions, period=YEAR),
    mark_issued_by_band_including_exceptions,
    mark_issued_by_band_excluding_exceptions,
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: getattr(call, "func", call).__name__)
def test_a_plan_before_its_request_is_refused_with_a_count_and_no_cell(call):
    """By every measure."""
    token = "SECRET-CHILD-7"
    rows = frame([journey(-1) | {"child_id": token, "request_outcome_date": RECEIVED}], JOURNEYS)
    with pytest.raises(FrameProblems) as caught:
        call(rows)
    assert {problem.rows for problem in caught.value.problems} == {1}
    assert token not in f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__} {caught.value.__context__}"


@pytest.mark.parametrize("given_percentile", [None, "90", True, -1, 100.5, math.nan, math.inf, YEAR])
def test_a_percentile_that_is_none_is_refused_by_its_name(given_percentile):
    """0 to 100."""
    with pytest.raises(InvalidValue, match=r"^percentile: "):
        weeks_taken_percentile(journeys_of(140), percentile=given_percentile, period=YEAR)


@pytest.mark.parametrize(
    ("call", "arguments", "error", "says"),
    [
        (weeks_taken_mean, {"period": Snapshot("16 January 2025")}, InvalidValue, "^period: .* snapshot"),
        (weeks_taken_median, {"period": MonthlyAverage("2022-04", "2022-09")}, InvalidValue, "^period: "),
        (mark_weeks_taken, {"period": []}, InvalidValue, "^period: "),
        (weeks_taken_mean, {"period": YEAR, "by": "request_id"}, InvalidValue, "request_id"),
        (weeks_taken_mean, {"period": YEAR, "by": "locality"}, UnknownColumn, "locality"),
        (issued_by_band_including_exceptions, {"period": "2024"}, InvalidValue, "^period: "),
        (issued_by_band_excluding_exceptions, {"period": YEAR, "confidence": 1.0}, InvalidValue, "confidence"),
        (issued_by_band_excluding_exceptions, {"period": YEAR, "by": "child_id"}, InvalidValue, "child_id"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(call, arguments, error, says):
    """None of them as an error of another's."""
    with pytest.raises(error, match=says):
        call(journeys_of(140), **arguments)


@pytest.mark.parametrize("name", ["band", "Band", "days_taken"])
def test_bands_are_not_broken_down_by_what_the_measure_makes_itself(name):
    """Such a column of the caller's is replaced."""
    rows = journeys_of(140).with_columns(pl.lit("x").alias(name))
    with pytest.raises(InvalidValue, match="does not make itself"):
        issued_by_band_including_exceptions(rows, period=YEAR, by=name)
    assert mark_issued_by_band_including_exceptions(as_engine(rows, Engine.DUCKDB)).columns.count("band") == 1


def test_a_lazy_frame_stays_lazy_and_marking_twice_is_marking_once():
    """The numbers wait until they are asked for."""
    rows = journeys_of(140, 300)
    once = mark_issued_by_band_including_exceptions(rows)
    assert mark_issued_by_band_including_exceptions(once).equals(once)
    again = mark_weeks_taken(once, period=Month("2023-10"))
    assert again["weeks_taken"].to_list() == [20, pytest.approx(300 / 7)]
    assert isinstance(weeks_taken_median(rows.lazy(), period=YEAR).frame, pl.LazyFrame)
    assert isinstance(issued_by_band_including_exceptions(rows.lazy(), period=YEAR).frame, pl.LazyFrame)
