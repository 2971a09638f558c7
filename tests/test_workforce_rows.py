"""The workforce from records: against a plain loop on every engine, what is printed, gaps and refusals."""

from __future__ import annotations

import datetime as dt
import decimal
import logging

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from bucks_cs import workforce
from bucks_cs.errors import FrameProblems, InvalidValue, NotInForce, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Kind
from bucks_cs.periods import FinancialYear, Month, ReportingYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import in_unit
from made_up_workforce import (
    DAYS,
    RECORD,
    buckinghamshire_2025,
    left,
    random_returns,
    random_vacancies,
    record,
    returned,
    vacant,
)

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
AT, YEAR = Snapshot("30 September 2025"), ReportingYear(2025, ends=(9, 30))

OF_ROWS = (
    *("social_workers_in_post_fte", "social_workers_in_post_headcount", "agency_workers_fte", "agency_workers_headcount"),
    *("starters_fte", "starters_headcount", "leavers_fte", "leavers_headcount", "turnover_rate_fte", "turnover_rate_headcount"),
    *("agency_rate_fte", "agency_rate_headcount", "cases", "case_holders_fte", "caseload_fte"),
    *("working_days_lost", "absence_rate_fte"),
)
OF_VACANCIES = ("vacancies_fte", "agency_cover_fte", "vacancy_agency_cover_rate_fte")
OF_BOTH = ("vacancy_rate_fte", "agency_cover_rate_fte")
EVERY = (*OF_ROWS, *OF_VACANCIES, *OF_BOTH)
EACH = pytest.mark.parametrize("name", EVERY)
EACH_OF_ROWS = pytest.mark.parametrize("name", OF_ROWS)
SEVERAL = pytest.mark.parametrize(
    "name", ["social_workers_in_post_fte", "agency_rate_headcount", "absence_rate_fte", "vacancies_fte", "vacancy_rate_fte"]
)
ROWS, VACANCIES = random_returns(), random_vacancies()


def indicator(name):
    """The indicator of a function."""
    return getattr(workforce, name.upper())


def when(name, days=(DAYS[-1],)):
    """The argument that says of which returns: days for a stock, years for a flow."""
    if indicator(name).kind is Kind.STOCK:
        return {"at": [Snapshot(day) for day in days]}
    return {"period": [ReportingYear(day.year, ends=(day.month, day.day)) for day in days]}


def measured(name, rows, vacancies=None, *, days=(DAYS[-1],), **more):
    """A measure of either table, or of both."""
    function = getattr(workforce, name)
    if name in OF_VACANCIES:
        return function(vacancies, **when(name, days), **more)
    both = {"vacancies": vacancies} if name in OF_BOTH else {}
    return function(rows, **both, **when(name, days), **more)


def number(name, rows, vacancies=None):
    """The one figure of a measure."""
    return measured(name, rows, vacancies).at().number


# The same, by a plain loop


def year_before(day):
    """The first day of the year to a day, of those used here."""
    return dt.date(day.year - 1, 10, 1)


def is_there(row):
    """Not left by the day of the return."""
    return row["role_end_date"] is None or row["role_end_date"] > row["as_at"]


def heads(rows, by):
    """Of each worker the record that stands for her, of those given: the more senior, then the earlier, then of more hours."""

    def rank(row):
        return (row["role"] or "none", row["role_start_date"], -(-1 if row["fte"] is None else row["fte"]), group_text(row, by))

    best = {}
    for row in rows:
        if row["worker_id"] not in best or rank(row) < rank(best[row["worker_id"]]):
            best[row["worker_id"]] = row
    return list(best.values())


def group_text(row, by):
    """A group as text that sorts, nothing first."""
    return tuple("" if row[name] is None else f"={row[name]}" for name in by)


def whole_return(day, rows, by):
    """What there is in a return, by name: the rows that each sum is over."""
    rows = [row for row in rows if row["as_at"] == day]
    employed = [row for row in rows if not row["agency_worker"]]
    in_post = [row for row in employed if is_there(row)]
    gone = [row for row in employed if not is_there(row) and row["role_start_date"] < year_before(day)]
    started = [row for row in in_post if row["role_start_date"] >= year_before(day)]
    agency = [row for row in rows if row["agency_worker"] and is_there(row)]

    def each_day(of, column):
        days = {}
        for row in of:
            days.setdefault(row[column], []).append(row)
        return [head for some in days.values() for head in heads(some, by)]

    return {
        "rows": rows, "employed": employed, "in_post": in_post, "gone": gone, "started": started, "agency": agency,
        "heads": heads(in_post, by), "heads gone": each_day(gone, "role_end_date"),
        "heads started": each_day(started, "role_start_date"),
    }  # fmt: skip


def of_groups(rows, by):
    """Rows by their group."""
    out = {}
    for row in rows:
        out.setdefault(tuple(row[name] for name in by), []).append(row)
    return out


def fte(rows):
    """The full-time equivalents that are known, added up."""
    return sum(row["fte"] or 0 for row in rows)


def over(part, whole, times=100):
    """A ratio: its value, or why there is none."""
    return part / whole * times if whole else "z"


def of_a_group(name, found, vacancies, day):
    """A figure of the rows of one group of one return."""
    there = [*found["in_post"], *found["agency"]]
    holders = [row for row in there if (row["cases"] or 0) > 0]
    cases = "x" if any(row["cases"] is None for row in there) else sum(row["cases"] for row in holders)
    days_lost = [row["working_days_lost"] for row in found["employed"]]
    lost = "x" if None in days_lost else sum(days_lost)
    posts, cover = (
        "x" if any(row[column] is None for row in vacancies) else sum(row[column] for row in vacancies)
        for column in ("vacancies_fte", "agency_cover_fte")
    )
    working = 254 if day.year % 4 == 0 else 253

    def told(*parts, of):
        return "x" if "x" in parts else of()

    return {
        "social_workers_in_post_fte": lambda: fte(found["in_post"]),
        "social_workers_in_post_headcount": lambda: len(found["heads"]),
        "agency_workers_fte": lambda: fte(found["agency"]),
        "agency_workers_headcount": lambda: len(found["agency"]),
        "starters_fte": lambda: fte(found["started"]),
        "starters_headcount": lambda: len(found["heads started"]),
        "leavers_fte": lambda: fte(found["gone"]),
        "leavers_headcount": lambda: len(found["heads gone"]),
        "turnover_rate_fte": lambda: over(fte(found["gone"]), fte(found["in_post"])),
        "turnover_rate_headcount": lambda: over(len(found["heads gone"]), len(found["heads"])),
        "agency_rate_fte": lambda: over(fte(found["agency"]), fte(there)),
        "agency_rate_headcount": lambda: over(len(found["agency"]), len(found["agency"]) + len(found["heads"])),
        "cases": lambda: cases,
        "case_holders_fte": lambda: told(cases, of=lambda: fte(holders)),
        "caseload_fte": lambda: told(cases, of=lambda: over(cases, fte(holders), 1)),
        "working_days_lost": lambda: lost,
        "absence_rate_fte": lambda: told(lost, of=lambda: over(lost, fte(found["in_post"]) * working)),
        "vacancies_fte": lambda: posts,
        "agency_cover_fte": lambda: cover,
        "vacancy_agency_cover_rate_fte": lambda: told(posts, cover, of=lambda: over(cover, posts)),
        "vacancy_rate_fte": lambda: told(posts, of=lambda: over(posts, posts + fte(found["in_post"]))),
        "agency_cover_rate_fte": lambda: told(cover, of=lambda: over(cover, fte(found["agency"]))),
    }[name]()


def by_loop(names, days, by=(), rows=ROWS, vacancies=VACANCIES):
    """Every figure: name, group and day to a number or the reason there is none."""
    people, posts = rows.to_dicts(), vacancies.to_dicts()
    mine, theirs = (set(of_groups(table, by)) if by else {()} for table in (people, posts))
    out = {}
    for day in days:
        # Heads are picked from the whole return, and only then looked for in a group.
        found = {key: of_groups(some, by) for key, some in whole_return(day, people, by).items()}
        posted = of_groups([row for row in posts if row["as_at"] == day], by)
        for group in mine | theirs:
            inside = {key: some.get(group, []) for key, some in found.items()}
            for name in names:
                if group not in (theirs if name in OF_VACANCIES else mine | theirs if name in OF_BOTH else mine):
                    continue
                lacks = (name not in OF_VACANCIES and not found["rows"]) or (name not in OF_ROWS and not posted)
                figure = "x" if lacks else of_a_group(name, inside, posted.get(group, []), day)
                out[(name, *group, day)] = figure
    return out


def found_by(names, rows, vacancies, days, by=()):
    """The same from the library."""
    out = {}
    for name in names:
        for row in measured(name, rows, vacancies, days=days, by=by).to_polars().iter_rows(named=True):
            value = row["value"] if row["withheld"] is None else row["withheld"]
            out[(name, *(row[b] for b in by), row["period_end"])] = value
            if row["withheld"] is None and row["denominator"] is not None:
                per = 1 if name == "caseload_fte" else 100
                assert row["value"] == pytest.approx(row["numerator"] / row["denominator"] * per)
    return out


def same(got, want):
    """Alike, but for the last digits of a sum of parts."""
    assert set(got) == set(want)
    for key, value in want.items():
        assert got[key] == (value if isinstance(value, str) else pytest.approx(value, rel=1e-9, abs=1e-9)), key


ASKED = [*DAYS, dt.date(2019, 9, 30)]


@pytest.fixture(scope="module")
def expected():
    """The loop, run once."""
    return {by: by_loop(EVERY, ASKED, by) for by in ((), ("team",))}


def check(rows, vacancies, expected):
    for by, want in expected.items():
        same(found_by(EVERY, rows, vacancies, ASKED, by), want)


@pytest.mark.long
@ON_EVERY_ENGINE
def test_the_figures_of_10_000_random_records_are_those_of_a_plain_loop(engine, expected):
    """Second posts, days at both ends of the year, a leap year, gaps, a null team, a day with no return, groups of one table."""
    check(as_engine(ROWS, engine), as_engine(VACANCIES, engine), expected)


@pytest.mark.spark
def test_the_figures_of_10_000_random_records_are_those_of_a_plain_loop_on_spark(spark, expected):
    """The same on Spark, by team: a measure of each kind."""
    rows, second = (as_engine(frame, Engine.PYSPARK, spark=spark) for frame in (ROWS, VACANCIES))
    want = {key: value for key, value in expected[("team",)].items() if key[0] in SOME}
    same(found_by(SOME, rows, second, ASKED, ("team",)), want)


SOME = ("turnover_rate_headcount", "agency_rate_headcount", "absence_rate_fte", "caseload_fte", "vacancy_rate_fte")


@pytest.mark.long
def test_the_random_records_have_what_they_are_to_have(expected):
    """No check is of nothing: second posts, gaps, a day without a return, and figures of each kind."""
    whole = expected[()]
    in_post = ROWS.filter(~pl.col("agency_worker") & (pl.col("role_end_date") > pl.col("as_at")).fill_null(value=True))
    assert in_post.height > in_post.select("as_at", "worker_id").unique().height + 500
    assert {value for (name, _, day), value in expected[("team",)].items() if name == "cases" and day == DAYS[0]} != {"x"}
    assert whole["cases", DAYS[0]] == "x"
    assert isinstance(whole["cases", DAYS[-1]], int)
    assert all(value == "x" for (_, day), value in whole.items() if day == ASKED[-1])
    assert expected[("team",)]["vacancy_rate_fte", "Courts", DAYS[-1]] == 100
    assert expected[("team",)]["agency_cover_rate_fte", "Courts", DAYS[-1]] == "z"
    assert whole["starters_headcount", DAYS[-1]] < whole["starters_fte", DAYS[-1]] * 2


@pytest.mark.wide
@ON_EVERY_ENGINE
def test_each_measure_gives_the_kind_of_frame_it_was_given(engine):
    """And the same figure on every engine, whether the second table is of that engine or in memory."""
    made, kept = buckinghamshire_2025()
    frames_of = as_engine(made, engine), as_engine(kept, engine)
    # Checked once, and not by each measure.
    rows, second = workforce.SocialWorkers.conform(frames_of[0]), workforce.Vacancies.conform(frames_of[1])
    for name in EVERY:
        got = measured(name, rows, second)
        assert type(got.frame) is type(frames_of[0])
        assert got.at().number == pytest.approx(BUCKINGHAMSHIRE[name])
    for name in OF_BOTH:
        assert measured(name, rows, kept).at().number == pytest.approx(BUCKINGHAMSHIRE[name])


BUCKINGHAMSHIRE = {
    "social_workers_in_post_fte": 231.6, "social_workers_in_post_headcount": 242, "agency_workers_fte": 70,
    "agency_workers_headcount": 70, "starters_fte": 50.8, "starters_headcount": 51, "leavers_fte": 23.2,
    "leavers_headcount": 24, "turnover_rate_fte": 23.2 / 231.6 * 100, "turnover_rate_headcount": 24 / 242 * 100,
    "agency_rate_fte": 70 / 301.6 * 100, "agency_rate_headcount": 70 / 312 * 100, "cases": 2720, "case_holders_fte": 150.4,
    "caseload_fte": 2720 / 150.4, "working_days_lost": 332, "absence_rate_fte": 332 / (231.6 * 253) * 100,
    "vacancies_fte": 79, "agency_cover_fte": 65, "vacancy_agency_cover_rate_fte": 65 / 79 * 100,
    "vacancy_rate_fte": 79 / (79 + 231.6) * 100, "agency_cover_rate_fte": 65 / 70 * 100,
}  # fmt: skip


# Against what is printed


@pytest.fixture(scope="module")
def printed(published):
    """DfE's file, as text."""
    path = published / "social_work_workforce" / "csww_indicators_2017_to_2025.csv"
    return pl.read_csv(path, infer_schema_length=0)


COLUMNS = {
    "social_workers_in_post_fte": "inpost_fte", "social_workers_in_post_headcount": "inpost_headcount",
    "agency_workers_fte": "agency_fte", "agency_workers_headcount": "agency_headcount", "vacancies_fte": "vacancy_fte",
    "working_days_lost": "working_days_lost_fte",
}  # fmt: skip


@EACH
def test_a_return_made_to_buckinghamshires_totals_gives_each_printed_figure_of_2025(name, printed):
    """Vacancy 25.4%, agency 23.2%, caseload 18.1 and 19 others: rounded as printed, halves up, they are the file's own."""
    row = printed.filter((pl.col("old_la_code") == "825") & (pl.col("time_period") == "2025"))
    text = row[COLUMNS.get(name, name)].item()
    tenth = decimal.Decimal(str(round(number(name, *buckinghamshire_2025()), 9)))
    assert tenth.quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_UP) == decimal.Decimal(text)


def test_the_three_rates_of_buckinghamshire_2025_by_hand():
    """79/(79 + 231.6) is 25.43%; 70/(70 + 231.6) is 23.21%; 2,720/150.4 is 18.09."""
    rows, second = buckinghamshire_2025()
    assert number("vacancy_rate_fte", rows, second) == pytest.approx(79 / 310.6 * 100)
    assert number("agency_rate_fte", rows) == pytest.approx(70 / 301.6 * 100)
    assert number("caseload_fte", rows) == pytest.approx(2720 / 150.4)
    assert (round(79 / 310.6 * 100, 1), round(70 / 301.6 * 100, 1), round(2720 / 150.4, 1)) == (25.4, 23.2, 18.1)


def test_each_authoritys_published_absence_follows_from_its_own_row(printed):
    """All 1,336, with 253 days and 254 in a leap year, and not with 253 alone: each part may be off by half of its last digit."""
    numbers = {"lost": "working_days_lost_fte", "in_post": "inpost_fte", "rate": "absence_rate_fte"}
    rows = printed.filter(pl.col("geographic_level") == "Local authority").select(
        "time_period", **{name: pl.col(column).cast(pl.Float64, strict=False) for name, column in numbers.items()}
    )
    rows = rows.drop_nulls().filter(pl.col("in_post") > 0)

    def misses(days):
        apart = 0
        for year, lost, in_post, rate in rows.iter_rows():
            low, high = (lost - 0.05) / (in_post + 0.05), (lost + 0.05) / (in_post - 0.05)
            working = days(int(year))
            apart += high / working * 100 < rate - 0.05 - 1e-9 or low / working * 100 > rate + 0.05 + 1e-9
        return apart

    def by_convention(year):
        last = dt.date(year, 9, 30)
        of_year = workforce.WORKING_DAYS_OF_A_YEAR.on(last).between(dt.date(year - 1, 10, 1), last)
        return in_unit(of_year, "working_day")

    assert rows.height == 1336
    assert (misses(by_convention), {by_convention(2020), by_convention(2023)}) == (0, {254, 253})
    assert misses(lambda year: 253) > 20


# Properties

CELLS = {
    "worker_id": st.sampled_from("ABC"),
    "as_at": st.just(DAYS[-1]),
    "fte": st.none() | st.integers(0, 10).map(lambda tenths: tenths / 10),
    "role_start_date": st.dates(dt.date(2024, 9, 1), DAYS[-1]),
    "role_end_date": st.none() | st.dates(dt.date(2024, 10, 1), dt.date(2025, 10, 31)),
    "cases": st.integers(0, 30),
    "team": st.sampled_from(["East", "West", None]),
}
A_RETURN = frames(workforce.SocialWorkers, columns=CELLS)


@settings(max_examples=8)
@given(A_RETURN)
def test_figures_of_a_return_hang_together(rows):
    """No more heads than workers or FTE than records, the share is of both, holders are among those there, teams add up."""
    if not rows.height:
        return
    names = ("social_workers_in_post_headcount", "social_workers_in_post_fte", "agency_workers_fte", "case_holders_fte")
    heads, in_post, agency, holders = (number(name, rows) for name in names)
    assert 0 <= heads <= min(3, rows.height)
    assert 0 <= in_post + agency <= rows.height
    assert holders <= in_post + agency + 1e-9
    share = number("agency_rate_fte", rows)
    assert (share is None) == (in_post + agency == 0)
    assert share is None or share == pytest.approx(agency / (in_post + agency) * 100)
    # A worker with posts in two teams is in one of them, as DfE counts the more senior post.
    assert measured(names[0], rows, by="team").to_polars()["value"].sum() == heads


@settings(max_examples=4)
@given(A_RETURN, st.randoms(use_true_random=False))
def test_no_figure_depends_on_the_order_of_the_records(rows, pick):
    """Shuffled, they give the same, by team too: heads exactly, and FTE but for the last bit of a sum.

    0.6 + 0.2 + 0.1 is 0.9 to a machine, and 0.6 + 0.1 + 0.2 is 0.8999999999999999.
    """
    order = list(range(rows.height))
    pick.shuffle(order)
    one, other = (measured("turnover_rate_headcount", frame, by="team").to_polars() for frame in (rows, rows[order]))
    assert one.equals(other)
    one, other = (measured("caseload_fte", frame, by="team").to_polars() for frame in (rows, rows[order]))
    assert_frame_equal(one, other, rel_tol=1e-12)


# The marks give the figures


def weight(name, which):
    """What a marked row adds: its FTE, its cases, its days, or one."""
    if name in {"cases", "working_days_lost"} or (which == "in_numerator" and name in {"caseload_fte", "absence_rate_fte"}):
        return pl.col("cases" if "case" in name else "working_days_lost").cast(pl.Float64)
    return pl.col("fte").fill_null(0.0) * 0 + (1 if name.endswith("headcount") else pl.col("fte"))


@EACH_OF_ROWS
def test_the_marks_of_each_measure_sum_to_it_team_by_team(name):
    """Of the latest return, in which nothing is missing: the numerator and, where there is one, the denominator."""
    by = ("team",)
    mark = getattr(workforce, f"mark_{name}")
    one = {key: value[0] for key, value in when(name).items()}
    more = {"by": by} if name.endswith("headcount") and name != "agency_workers_headcount" else {}
    marks = mark(ROWS, **one, **more)
    assert marks.columns[: len(RECORD)] == list(RECORD)
    assert marks.drop("in_denominator", "in_numerator", "not_recorded", strict=False).equals(ROWS)
    assert not marks.filter(pl.col("as_at") != DAYS[-1]).select(pl.any_horizontal("in_denominator", "in_numerator").any()).item()
    got = measured(name, ROWS, by=by).to_polars()
    ratio = got["denominator"].is_not_null().all()
    for which, column in (("in_numerator", "numerator"), ("in_denominator", "denominator")) if ratio else (
        ("in_numerator", "value"),
    ):
        sums = marks.filter(which).group_by(*by).agg(weight(name, which).sum().alias("sum"))
        times = 253 if (name, which) == ("absence_rate_fte", "in_denominator") else 1
        want = {row[:-1]: row[-1] * times for row in sums.rows()}
        have = {tuple(row[b] for b in by): row[column] for row in got.iter_rows(named=True)}
        assert have == pytest.approx(want)


@pytest.mark.parametrize("name", ["caseload_fte", "cases", "case_holders_fte", "working_days_lost", "absence_rate_fte"])
def test_the_marks_say_which_record_keeps_a_figure_from_being_told(name):
    """One whose cases, or days, are not recorded; of those who are there, and of the employed."""
    rows = returned(record("A", cases=None, working_days_lost=None), record("B"), left("C"))
    one = {key: value[0] for key, value in when(name).items()}
    assert getattr(workforce, f"mark_{name}")(rows, **one)["not_recorded"].to_list() == [True, False, False]
    assert measured(name, rows).at().withheld.value == "x"


def test_marks_of_an_earlier_call_are_replaced():
    """And not counted by."""
    once = workforce.mark_social_workers_in_post_fte(returned(record("A"), left("B")), at=AT)
    again = workforce.mark_leavers_fte(once, period=YEAR)
    assert again.columns.count("in_numerator") == 1
    assert again["in_numerator"].to_list() == [False, True]


# What counts, case by case


def test_one_who_leaves_on_the_day_of_the_return_has_left_in_the_year():
    """The day after, she is in post still."""
    rows = returned(left("A", day=DAYS[-1]), record("B", role_end_date=DAYS[-1] + dt.timedelta(days=1)))
    assert number("leavers_headcount", rows) == number("social_workers_in_post_headcount", rows) == 1


def test_one_who_started_and_left_in_the_same_year_is_neither_starter_nor_leaver_nor_in_turnover():
    """DfE's dictionary leaves her out of both; who began on the last day of the year before and left is a leaver."""
    rows = returned(left("A", role_start_date=dt.date(2024, 10, 1)), record("B"))
    names = [f"{name}_{basis}" for name in ("starters", "leavers", "turnover_rate") for basis in ("fte", "headcount")]
    assert [number(name, rows) for name in names] == [0] * 6
    rows = returned(left("A", role_start_date=dt.date(2024, 9, 30)), record("B"))
    assert [number(name, rows) for name in names] == [0, 0, 1, 1, 100, 100]


@pytest.mark.parametrize(("day", "started"), [(dt.date(2024, 9, 30), 0), (dt.date(2024, 10, 1), 1), (dt.date(2025, 9, 30), 1)])
def test_a_year_begins_on_1_october_and_its_last_day_is_of_it(day, started):
    """The 30 September before is of the year before."""
    assert number("starters_headcount", returned(record("A", role_start_date=day), record("B"))) == started


def test_a_worker_with_two_posts_is_one_head_and_both_parts_of_full_time_and_counts_where_she_is_more_senior():
    """0.5 as a senior practitioner in the east, and 0.3 as a case holder in the west."""
    rows = returned(record("A", fte=0.5, role="4", team="East"), record("A", fte=0.3, role="5", team="West"))
    assert number("social_workers_in_post_fte", rows) == pytest.approx(0.8)
    by_team = measured("social_workers_in_post_headcount", rows, by="team")
    assert {reading.dims[0][1]: reading.number for reading in by_team} == {"East": 1, "West": 0}


def test_two_records_of_an_agency_worker_are_two():
    """DfE merges none."""
    agency = {"agency_worker": True, "role_start_date": None}
    assert number("agency_workers_headcount", returned(record("A", **agency), record("A", **agency))) == 2


def test_an_unknown_fte_is_a_head_and_no_part_of_any_fte():
    """As the data guidance of 2019 says; her cases count, and she is no holder."""
    rows = returned(record("A", fte=None, cases=8), record("B", fte=0.5, cases=4))
    assert number("social_workers_in_post_headcount", rows) == 2
    assert number("social_workers_in_post_fte", rows) == 0.5
    assert (number("cases", rows), number("caseload_fte", rows)) == (12, 24)


def test_those_without_a_case_are_in_no_caseload():
    """30 cases over 2 FTE are 15, and not 30 over 3."""
    rows = returned(record("A", cases=20), record("B", cases=10), record("C", cases=0))
    assert number("caseload_fte", rows) == 15


def test_more_cover_than_agency_workers_or_vacancies_is_given_as_it_is():
    """The file has 234.1% of vacancies covered; nothing is cut to 100."""
    rows = returned(record("A"), record("B", agency_worker=True))
    assert number("agency_cover_rate_fte", rows, vacant((1.0, 2.0))) == 200
    assert number("vacancy_agency_cover_rate_fte", rows, vacant((1.0, 2.0))) == 200


def test_vacancies_of_teams_add_up():
    """Two rows of a day are one authority."""
    assert number("vacancies_fte", None, vacant((1.5, 0.0, "East"), (2.0, 1.0, "West"))) == 3.5


def test_a_return_is_found_by_its_day_so_that_several_can_be_put_one_under_another():
    """She who was in post in 2024 is counted then, and not again."""
    both = returned(record("A", as_at=DAYS[1]), record("A"), record("B"))
    got = measured("social_workers_in_post_headcount", both, days=DAYS[1:])
    assert [reading.number for reading in got] == [1, 2]


def test_the_source_and_the_area_that_are_given_are_in_the_readings():
    """And the interval of a share of heads."""
    source = NoOfficialSource(reason="made up")
    rows = returned(record("A"), record("B", agency_worker=True))
    got = measured("agency_rate_headcount", rows, area="825", source=source).at()
    assert (got.area, got.source, got.numerator, got.denominator) == ("825", source, 1, 2)
    # Wilson's interval of 1 in 2 is 50 plus and minus half of 1.959964 over the root of 2 and its square.
    half = 50 * 1.959964 / (2 + 1.959964**2) ** 0.5
    assert (got.lower.magnitude, got.upper.magnitude) == (pytest.approx(50 - half), pytest.approx(50 + half))
    with pytest.raises(InvalidValue, match="source"):
        measured("agency_rate_headcount", returned(record("A")), source="the return")


# Gaps


@EACH
def test_a_day_of_which_there_is_no_return_is_withheld_and_not_0(name):
    """The numbers are not known: x."""
    got = measured(name, returned(record("A")), vacant((1.0, 1.0)), days=[dt.date(2022, 9, 30)]).at()
    assert (got.value.value, got.numerator, got.denominator) == ("x", None, None)


@SEVERAL
def test_an_empty_frame_gives_no_figure(name):
    """Of the whole there is one reading, withheld; of teams, none."""
    rows, second = returned(), vacant()
    assert measured(name, rows, second).at().withheld.value == "x"
    assert len(measured(name, rows, second, by="team")) == 0


@pytest.mark.parametrize(
    "name", ["turnover_rate_fte", "turnover_rate_headcount", "caseload_fte", "absence_rate_fte", "agency_rate_fte"]
)
def test_nothing_to_divide_by_is_z(name):
    """Everyone has left."""
    assert measured(name, returned(left("A"), left("B"))).at().withheld.value == "z"


def test_no_vacancies_and_nobody_in_post_is_z_and_no_cover_is_none():
    """0 of 0; 0 vacancies of someone in post are 0%."""
    assert measured("vacancy_rate_fte", returned(left("A")), vacant((0.0, 0.0))).at().withheld.value == "z"
    assert number("vacancy_rate_fte", returned(record("A")), vacant((0.0, 0.0))) == 0
    assert measured("vacancy_agency_cover_rate_fte", None, vacant((0.0, 0.0))).at().withheld.value == "z"


@pytest.mark.parametrize("name", [*OF_VACANCIES, *OF_BOTH])
def test_vacancies_that_were_not_returned_withhold_what_needs_them(name):
    """In their own team, and not in another."""
    rows = returned(record("A"), record("B", team="West"), record("C", agency_worker=True, team="West"))
    second = vacant((None, None, "East"), (1.0, 1.0, "West"))
    gaps = {r.dims[0][1]: r.withheld and r.withheld.value for r in measured(name, rows, second, by="team")}
    assert gaps == {"East": "x", "West": None}


# Refusals


@EACH
def test_each_refuses_what_is_no_day_no_year_and_no_frame(name):
    """By our own errors, each naming the argument."""
    rows, second = returned(record("A")), vacant((1.0, 1.0))
    argument = next(iter(when(name)))
    bad = [FinancialYear("2024-25"), Month("September 2025")] if argument == "at" else [AT, Month("September 2025")]
    for wrong in (*bad, None, 7, []):
        with pytest.raises(InvalidValue, match=argument):
            call(name, rows, second, **{argument: wrong})
    for frame in (None, "workers.csv", [1, 2]):
        with pytest.raises(UnsupportedFrame):
            measured(name, frame, frame)


def call(name, rows, second, **more):
    """A measure called as it is."""
    first = second if name in OF_VACANCIES else rows
    return getattr(workforce, name)(first, **({"vacancies": second} if name in OF_BOTH else {}), **more)


@SEVERAL
def test_a_column_that_is_not_there_and_an_area_that_is_no_text_are_refused(name):
    """By name."""
    rows, second = returned(record("A")), vacant((1.0, 1.0))
    with pytest.raises(UnknownColumn, match="nowhere"):
        measured(name, rows, second, by="nowhere")
    with pytest.raises(InvalidValue, match="area"):
        measured(name, rows, second, area=825)


@EACH_OF_ROWS
def test_no_measure_is_broken_down_by_worker(name):
    """She is a person; nor by what the measure makes itself."""
    with pytest.raises(InvalidValue, match="by="):
        measured(name, returned(record("A")), by="worker_id")
    with pytest.raises(InvalidValue, match="by="):
        measured(name, returned(record("A")).with_columns(in_numerator=True), by="in_numerator")


@EACH_OF_ROWS
def test_a_drill_down_is_of_one_return(name):
    """Which rows count differs from one to another."""
    argument, value = next(iter(when(name, DAYS).items()))
    with pytest.raises(InvalidValue, match=argument):
        getattr(workforce, f"mark_{name}")(returned(record("A")), **{argument: value})


@pytest.mark.parametrize("wrong", [Span("1 October 2024", "29 September 2025"), Span("2 October 2023", "30 September 2024")])
def test_a_year_is_twelve_months(wrong):
    """A day short of it is none, whatever the number of its days."""
    with pytest.raises(InvalidValue, match="period"):
        workforce.absence_rate_fte(returned(record("A")), period=wrong)


def test_a_year_may_end_on_any_day_that_a_return_is_of():
    """A council's own return at 31 March, and a year that ends before 29 February."""
    rows = returned(record("A", as_at=dt.date(2025, 3, 31)), left("B", as_at=dt.date(2025, 3, 31), day=dt.date(2024, 4, 1)))
    assert workforce.leavers_headcount(rows, period=FinancialYear("2024-25")).at().number == 1
    rows = returned(record("A", as_at=dt.date(2024, 2, 28)))
    period = Span("1 March 2023", "28 February 2024")
    assert workforce.starters_headcount(rows, period=period).at().number == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), ("2024-10-01", "2025-09-30"), (2024, 2025), (dt.date(2024, 10, 1), dt.date(2025, 9, 29)),
     (dt.date(2025, 10, 1), dt.date(2025, 9, 30)), (dt.datetime(2024, 10, 1), dt.datetime(2025, 9, 30))],
)  # fmt: skip
def test_the_working_days_of_anything_but_a_year_are_refused(first, last):
    """A quarter does not have 253 of them."""
    with pytest.raises(InvalidValue, match="twelve months"):
        workforce.WORKING_DAYS_OF_A_YEAR.on(DAYS[-1]).between(first, last)


def test_a_year_before_the_convention_is_refused():
    """How many working days it had is not known here."""
    rows = returned(record("A", as_at=dt.date(2016, 9, 30), role_start_date=dt.date(2010, 1, 1)))
    with pytest.raises(NotInForce):
        workforce.absence_rate_fte(rows, period=ReportingYear(2016, ends=(9, 30)))


@pytest.mark.parametrize("name", OF_BOTH)
def test_the_second_table_must_have_the_groups_in_the_same_type(name):
    """And is named where it has not."""
    rows, second = returned(record("A")), vacant((1.0, 1.0))
    with pytest.raises(UnknownColumn, match="vacancies"):
        measured(name, rows, second.drop("team"), by="team")
    with pytest.raises(InvalidValue, match="same type"):
        measured(name, rows, second.with_columns(team=pl.lit(1)), by="team")
    with pytest.raises(UnknownColumn):
        measured(name, rows.drop("team"), second, by="team")


BROKEN = {
    "is missing": record(None),
    "is blank": record(""),
    "is above 1": record(fte=1.2),
    "is below 0": record(cases=-1),
    "is not one of": record(role="7"),
    "without the day she took up": record(role_start_date=None),
    "after the day of the return": record(role_start_date=dt.date(2025, 10, 1)),
    "before she took it up": left(day=dt.date(2019, 12, 31), as_at=dt.date(2020, 9, 30), role_start_date=dt.date(2020, 1, 6)),
    "a year or more before": left(day=dt.date(2024, 9, 30)),
    "and no day she left": record(reason_for_leaving="1"),
    "by one who had left": {**left(), "cases": 3},
    "absent on the day": left(absent_on_the_day=True),
}


@pytest.mark.parametrize("words", list(BROKEN))
def test_each_rule_of_a_record_is_kept(words):
    """And the broken one is named, with how many rows break it."""
    with pytest.raises(FrameProblems, match=words):
        workforce.social_workers_in_post_fte(returned(record("B"), BROKEN[words]), at=AT)


def test_records_that_only_look_odd_are_taken():
    """An agency worker without dates; a leaver whose cases are 0; one who leaves after the day; one on the year's first day."""
    rows = returned(
        record("A", agency_worker=True, role_start_date=None, role=None),
        {**left("B"), "cases": 0},
        record("C", role_end_date=dt.date(2025, 10, 31), reason_for_leaving="5"),
        left("D", day=dt.date(2024, 10, 1)),
    )
    assert len(workforce.SocialWorkers.conform(rows)) == 4


@pytest.mark.parametrize("row", [(-1.0, 1.0), (1.0, -0.5), (1.0, 1.0, "East", None)])
def test_each_rule_of_vacancies_is_kept(row):
    """No vacancy below 0, and no row without its day."""
    with pytest.raises(FrameProblems):
        workforce.vacancies_fte(vacant(row), at=AT)


def test_the_censuss_own_headings_are_known():
    """Those of its schema of 2022, with 0 and 1 for no and yes."""
    theirs = pl.DataFrame(
        {"AgencyWorker": ["0", "1"], "SWENo": ["SW1", "SW2"], "FTE": ["1", "0.5"], "OrgRole": [5, 5], "Cases30": [12, 9],
         "RoleStartDate": [dt.date(2020, 1, 6), None], "RoleEndDate": None, "ReasonLeave": None, "WorkingDaysLost": [3.5, None],
         "Absat30Sept": ["0", None], "FTE30": [1.0, 0.4]}
    ).with_columns(pl.col("FTE").cast(pl.Float64), ReferenceDate=pl.lit(DAYS[-1]))  # fmt: skip
    assert number("caseload_fte", theirs) == 14
    other = workforce.SocialWorkers.conform(theirs.drop("FTE"), columns={"fte": "FTE30"})
    assert number("caseload_fte", other) == pytest.approx(15)
    totals = pl.DataFrame({"NumberOfVacancies": [2.5], "NoAgencyFTE": [1.0], "NoAgencyHeadcount": [1]})
    totals = totals.with_columns(ReferenceDate=pl.lit(DAYS[-1]))
    assert number("vacancy_rate_fte", theirs, totals) == pytest.approx(2.5 / 3.5 * 100)


# Private data

TOKEN = "zqtoken"


@pytest.mark.parametrize("column", ["worker_id", "role", "reason_for_leaving", "team"])
def test_no_cell_of_a_record_is_in_an_error_or_a_log(column, caplog):
    """Not in its message, repr, args, cause or context."""
    rows = returned(record("A"), left("B")).with_columns(pl.lit(TOKEN).alias(column), fte=pl.lit(7.25))
    with caplog.at_level(logging.DEBUG):
        for name in ("social_workers_in_post_headcount", "absence_rate_fte"):
            with pytest.raises(FrameProblems) as caught:
                measured(name, rows)
            error = caught.value
            assert error.__cause__ is None
            assert error.__context__ is None
            said = f"{error} {error!r} {error.args!r} {caplog.text}"
            assert TOKEN not in said
            assert "7.25" not in said
