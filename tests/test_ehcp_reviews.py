"""Annual reviews: in the last 12 months or not, and decided on in four weeks: against plain loops on every engine."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections import Counter, defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.ehcp import (
    REVIEWS_IN_TIME,
    Plans,
    Reviews,
    mark_review_decisions_in_time,
    mark_reviews_in_time,
    review_decisions_in_time,
    review_decisions_not_due,
    reviews_in_time,
    reviews_not_due,
)
from bucks_cs.errors import EngineMismatch, FrameProblems, InvalidValue, NotInForce, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Withheld
from bucks_cs.periods import CalendarYear, Month, MonthlyAverage, Snapshot
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine
from made_up_ehcp_plans import FOLLOWED_TO, PLANS, REVIEWS, TEAMS, frame, reviews_of, ten_thousand_plans

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
DAYS = tuple(Snapshot(day) for day in ("2021-02-28", "2022-01-20", "2024-02-29"))
PERIODS = (*CalendarYear(2024).months()[10:], CalendarYear(2021), CalendarYear(2035))
HISTORY_FROM = dt.date(2021, 1, 21)  # of a review of the day before, the 12 months end on 19 January 2022
LONG_AGO = dt.date(2014, 9, 1)
SURVEY = Snapshot("16 January 2025")


def plan(child="A", start="2022-09-01", ceased=None, team=None):
    """A plan, days as text."""
    days = {"start_date": dt.date.fromisoformat(start), "cease_date": dt.date.fromisoformat(ceased) if ceased else None}
    return {"child_id": child, "team": team, **days}


def review(meeting, child="A", start="2022-09-01", told=None, outcome=None, team=None):
    """A review, days as text."""
    days = {"plan_start_date": start, "meeting_date": meeting, "outcome_date": told}
    days = {name: dt.date.fromisoformat(day) if day else None for name, day in days.items()}
    return {"child_id": child, "outcome": outcome, "team": team, **days}


def plans_of(*rows):
    """Plans as a polars frame."""
    return frame(rows, PLANS)


def held(*rows):
    """Reviews as a polars frame."""
    return frame(rows, REVIEWS)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def there():
    """Plans and reviews as rows, what the loop says of each plan on each day, and both as frames."""
    plans = ten_thousand_plans()
    reviews = reviews_of(plans)
    said = {day: by_plan(plans, reviews, day.start, HISTORY_FROM) for day in DAYS}
    return plans, reviews, said, frame(plans, PLANS), frame(reviews, REVIEWS)


# The loop.


def runs_out(day):
    """The first day that is not in the 12 months which start with a day: the same day of the next year, or 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return dt.date(day.year + 1, 3, 1)


def standing(plan_row, meetings, day, unseen):
    """How a plan stands on a day: "not due", "in time", "late", "untold", or None where it is not maintained."""
    start, ceased = plan_row["start_date"], plan_row["cease_date"]
    if start > day or (ceased and ceased <= day):
        return None
    if day < runs_out(start):
        return "not due"
    by_then = [meeting for meeting in meetings if meeting <= day]
    if by_then and day < runs_out(max(by_then)):
        return "in time"
    return "untold" if unseen and start <= unseen else "late"


def last_unseen(day, history_from):
    """The last day that is not known and would still be in time, asked day by day; None for none."""
    unseen = (history_from - dt.timedelta(days=back) for back in range(1, 800))
    return next((each for each in unseen if day < runs_out(each)), None)


def by_plan(plans, reviews, day, history_from):
    """How each plan stands, by child and start."""
    meetings = defaultdict(list)
    for row in reviews:
        meetings[row["child_id"], row["plan_start_date"]].append(row["meeting_date"])
    unseen = last_unseen(day, history_from)
    return {(row["child_id"], row["start_date"]): standing(row, meetings[row["child_id"], row["start_date"]], day, unseen)
            for row in plans}  # fmt: skip


def agrees_on_reviews(plans_native, reviews_native, plans, said):
    """The share, what is left out, and each row's marks."""
    asked = {"reviews": reviews_native, "history_from": HISTORY_FROM}
    tally = Counter()
    for row in plans:
        for day in DAYS:
            tally[row["team"], day.start, said[day][row["child_id"], row["start_date"]]] += 1
    found = rows_of(reviews_in_time(plans_native, at=DAYS, by="team", **asked).frame)
    assert len(found) == len(TEAMS) * len(DAYS)
    for row in found:
        where = row["team"], row["period_start"]
        part, untold = tally[*where, "in time"], tally[*where, "untold"]
        whole = part + untold + tally[*where, "late"]
        assert row["denominator"] == whole
        assert row["withheld"] == ("no_history" if untold else None if whole else "z")
        assert row["numerator"] == (None if untold else part)
        assert row["value"] == (None if untold or not whole else pytest.approx(100 * part / whole))
        if row["value"] is not None:
            assert row["upper"] == pytest.approx(100 * proportion(part, whole).upper)
    assert {row["withheld"] for row in found} == {"no_history", None}
    for row in rows_of(reviews_not_due(plans_native, at=DAYS, by="team").frame):
        assert row["value"] == tally[row["team"], row["period_start"], "not due"]
    for row in rows_of(mark_reviews_in_time(plans_native, at=DAYS[0], **asked)):
        stands = said[DAYS[0]][row["child_id"], row["start_date"]]
        assert row["in_denominator"] == (stands in {"in time", "late", "untold"})
        marks = row["in_numerator"], row["not_due"], row["no_history"]
        assert marks == (stands == "in time", stands == "not due", stands == "untold")


def agrees_on_decisions(native, reviews):
    """The share decided on in 28 days, what is not due, and each row's marks."""
    tally = Counter()
    for row in reviews:
        due = (FOLLOWED_TO - row["meeting_date"]).days >= 28
        soon = bool(row["outcome_date"]) and (row["outcome_date"] - row["meeting_date"]).days <= 28
        for period in PERIODS:
            if period.contains(row["meeting_date"]):
                key = row["team"], period.kind, period.start
                tally[*key, "due"] += due
                tally[*key, "soon"] += due and soon
                tally[*key, "not due"] += not due
    asked = {"period": PERIODS, "followed_to": FOLLOWED_TO, "by": "team"}
    for row in rows_of(review_decisions_in_time(native, **asked).frame):
        key = row["team"], row["period_kind"], row["period_start"]
        part, whole = tally[*key, "soon"], tally[*key, "due"]
        assert (row["numerator"], row["denominator"]) == (part, whole)
        assert row["value"] == (pytest.approx(100 * part / whole) if whole else None)
    left_out = rows_of(review_decisions_not_due(native, **asked).frame)
    for row in left_out:
        assert row["value"] == tally[row["team"], row["period_kind"], row["period_start"], "not due"]
    assert sum(row["value"] for row in left_out) > 10
    for row in rows_of(mark_review_decisions_in_time(native, followed_to=FOLLOWED_TO)):
        days = (row["outcome_date"] - row["meeting_date"]).days if row["outcome_date"] else None
        assert row["days_to_decision"] == days
        assert row["not_due"] == (not row["in_denominator"]) == ((FOLLOWED_TO - row["meeting_date"]).days < 28)
        assert row["in_numerator"] == (row["in_denominator"] and days is not None and days <= 28)


def test_the_reviews_hold_what_they_are_there_for(there):
    """Plans with no review and with several, anniversaries hit and missed by a day, and plans of every standing."""
    _, reviews, said, _, _ = there
    assert len(reviews) > 5_000
    gaps = Counter((row["meeting_date"] - runs_out(row["plan_start_date"])).days for row in reviews)
    assert min(gaps[days] for days in (-1, 0, 1)) > 200
    stands = Counter(each for day in DAYS for each in said[day].values())
    assert min(stands[each] for each in (None, "not due", "in time", "late", "untold")) > 20
    assert {(row["outcome_date"] - row["meeting_date"]).days for row in reviews if row["outcome_date"]} >= {27, 28, 29}


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_plans_and_their_reviews_are_what_a_plain_loop_says_on_every_engine(engine, there):
    """Both measures, by team."""
    plans, reviews, said, plan_frame, review_frame = there
    native = as_engine(plan_frame, engine)
    second = as_engine(review_frame, engine)
    agrees_on_reviews(Plans.conform(native), Reviews.conform(second), plans, said)
    assert type(mark_reviews_in_time(native, reviews=second, at=SURVEY, history_from=LONG_AGO)) is type(native)
    agrees_on_decisions(second, reviews)


@pytest.mark.spark
def test_ten_thousand_plans_and_their_reviews_are_what_a_plain_loop_says_on_spark(spark, there):
    """The same on Spark."""
    plans, reviews, said, plan_frame, review_frame = there
    native, second = (as_engine(each, Engine.PYSPARK, spark=spark) for each in (plan_frame, review_frame))
    agrees_on_reviews(native, second, plans, said)
    agrees_on_decisions(second, reviews)


# The 12 months.


@pytest.mark.parametrize(
    ("meeting", "day", "in_time"),
    [
        ("2024-01-17", "2025-01-16", True),  # the last day of the 12 months that start with the meeting
        ("2024-01-16", "2025-01-16", False),  # the anniversary is outside them
        ("2024-01-15", "2025-01-16", False),
        ("2025-01-16", "2025-01-16", True),  # held on the day
        ("2025-01-17", "2025-01-16", False),  # and after it: not looked at
        ("2024-02-29", "2025-02-28", True),  # a year from a leap day ends with February
        ("2024-02-29", "2025-03-01", False),
        ("2023-03-01", "2024-02-29", True),  # the leap day is in the year that ends with it
        ("2023-03-01", "2024-03-01", False),
        ("2023-02-28", "2024-02-27", True),
        ("2023-02-28", "2024-02-28", False),
    ],
)
def test_a_plan_is_in_time_while_the_twelve_months_of_its_last_review_run(meeting, day, in_time):
    """Children and Families Act 2014, section 44(1): the 12 months start with the day."""
    asked = {"reviews": held(review(meeting)), "at": Snapshot(day), "history_from": LONG_AGO}
    assert reviews_in_time(plans_of(plan()), **asked).at().number == 100 * in_time


@pytest.mark.parametrize(
    ("start", "due"),
    [("2024-01-16", True), ("2024-01-17", False), ("2025-01-16", False), ("2014-09-01", True)],
)
def test_a_plan_is_left_out_and_counted_in_its_first_twelve_months(start, due):
    """Even if it was reviewed already, early."""
    rows, early = plans_of(plan(start=start)), held(review("2025-01-16", start=start))
    (reading,) = reviews_in_time(rows, reviews=early, at=SURVEY, history_from=LONG_AGO)
    assert reading.denominator == due
    assert reviews_not_due(rows, at=SURVEY).at().number == (not due)


def test_a_late_review_puts_a_plan_in_time_again():
    """The first came two years after the start; a year on from it none is overdue."""
    rows = plans_of(plan(start="2020-09-01"))
    late = held(review("2022-09-01", start="2020-09-01"))
    found = reviews_in_time(rows, reviews=late, at=[Snapshot("2022-08-31"), Snapshot("2022-09-01"), Snapshot("2023-09-01")],
                            history_from=LONG_AGO)  # fmt: skip
    assert [reading.number for reading in found] == [0, 100, 0]


def test_a_plan_that_is_not_maintained_on_the_day_needs_no_review():
    """Ceased on it, or begun after it."""
    rows = plans_of(plan("A", ceased="2025-01-16"), plan("B", start="2025-01-17"))
    assert reviews_in_time(rows, reviews=held(), at=SURVEY, history_from=LONG_AGO).at().value is Withheld.NOT_APPLICABLE


def test_the_latest_review_alone_is_enough_as_the_return_has_it():
    """The same share from all reviews and from the last of each plan: SEN2 has no other."""
    plans = ten_thousand_plans()[:1_500]
    reviews = frame(reviews_of(plans), REVIEWS).filter(pl.col("meeting_date") <= DAYS[2].start)
    latest = reviews.sort("meeting_date").unique(["child_id", "plan_start_date"], keep="last")
    assert latest.height < reviews.height
    whole, last = (
        reviews_in_time(frame(plans, PLANS), reviews=each, at=DAYS[2], history_from=LONG_AGO).at() for each in (reviews, latest)
    )
    assert (whole.number, whole.denominator) == (last.number, last.denominator)


@pytest.mark.parametrize(
    ("history_from", "untold"),
    [("2024-01-17", False), ("2024-01-18", True), ("2025-06-01", True), ("2014-09-01", False)],
)
def test_a_plan_cannot_be_told_while_a_review_before_the_history_would_be_in_time(history_from, untold):
    """With none known: a review of 17 January 2024 would be in time on 16 January 2025, and one of the 16th would not."""
    asked = {"reviews": held(), "at": SURVEY, "history_from": dt.date.fromisoformat(history_from)}
    (reading,) = reviews_in_time(plans_of(plan()), **asked)
    assert reading.value is Withheld.NO_HISTORY if untold else reading.number == 0
    assert mark_reviews_in_time(plans_of(plan()), **asked)["no_history"].to_list() == [untold]


def test_a_review_that_is_known_tells_however_short_the_history():
    """Nothing is missing for it; one plan that cannot be told withholds its own group alone."""
    rows = plans_of(plan("A", team="North"), plan("B", team="South"))
    asked = {"reviews": held(review("2025-01-10")), "at": SURVEY, "history_from": dt.date(2025, 1, 1), "by": "team"}
    found = reviews_in_time(rows, **asked)
    assert found.at(team="North").number == 100
    assert found.at(team="South").value is Withheld.NO_HISTORY


def test_the_reviews_of_other_plans_are_passed_over():
    """Of another child, and of the child's plan before."""
    before = plan("A", start="2020-09-01", ceased="2022-01-01")
    rows = plans_of(before, plan("A"), plan("B", start="2021-09-01", ceased="2022-01-01"))
    others = held(review("2021-06-01", start="2020-09-01"), review("2024-12-01", "C", start="2021-09-01"))
    marks = mark_reviews_in_time(rows, reviews=others, at=SURVEY, history_from=LONG_AGO)
    assert marks.select("reviews_held", "in_denominator", "in_numerator").rows() == [
        (1, False, False),
        (0, True, False),
        (0, False, False),
    ]


@settings(max_examples=settings.default.max_examples // 12)
@given(
    st.lists(st.integers(0, 900), unique=True, max_size=5),
    st.integers(365, 1_500),
    st.integers(0, 400),
)
def test_another_review_never_makes_a_plan_late(back, age, more):
    """Any plan past its first year: with one review more it is in time wherever it was."""
    start = SURVEY.start - dt.timedelta(days=age + 366)
    rows = plans_of(plan(start=start.isoformat()))
    meetings = sorted({SURVEY.start - dt.timedelta(days=min(each, age)) for each in back})
    one_more = sorted({*meetings, SURVEY.start - dt.timedelta(days=min(more, age))})
    first, second = (
        reviews_in_time(rows, reviews=held(*(review(day.isoformat(), start=start.isoformat()) for day in days)), at=SURVEY,
                        history_from=LONG_AGO).at().number
        for days in (meetings, one_more)
    )  # fmt: skip
    assert first <= second
    assert second == (100 if SURVEY.start < runs_out(max(one_more)) else 0)


# The four weeks.


@pytest.mark.parametrize(
    ("told", "in_time"),
    [("2024-01-16", True), ("2024-02-13", True), ("2024-02-14", False), (None, False)],  # 28 and 29 days after
)
def test_a_decision_is_in_time_up_to_day_28_after_the_meeting(told, in_time):
    """Regulation 20(10): within four weeks of the review meeting; none at all is not in time."""
    rows = held(review("2024-01-16", told=told, outcome="M" if told else None))
    assert review_decisions_in_time(rows, period=CalendarYear(2024), followed_to=SURVEY.start).at().number == 100 * in_time


@pytest.mark.parametrize(("meeting", "due"), [("2024-12-19", True), ("2024-12-20", False), ("2025-01-16", False)])
def test_a_decision_is_not_due_while_a_later_one_could_be_in_time(meeting, due):
    """Of 20 December the 28 days end on 17 January, the day after the rows do: left out though it was decided on at once."""
    rows = held(review(meeting, told=meeting, outcome="M"))
    asked = {"period": [CalendarYear(2024), CalendarYear(2025)], "followed_to": SURVEY.start}
    assert sum(reading.denominator for reading in review_decisions_in_time(rows, **asked)) == due
    assert sum(reading.number for reading in review_decisions_not_due(rows, **asked)) == (not due)


def test_a_meeting_of_before_the_limit_was_under_none():
    """1 September 2014 is the first day of the regulations."""
    rows = held(review("2014-08-31", start="2014-01-01"), review("2014-09-01", "B", start="2014-01-01"))
    found = review_decisions_in_time(rows, period=CalendarYear(2014), followed_to=SURVEY.start)
    assert found.at().denominator == 1


def test_decisions_are_broken_down_by_what_was_decided():
    """As by any column; those not decided on are a group of their own."""
    rows = held(review("2024-01-16", told="2024-01-20", outcome="C"), review("2024-01-16", "B"))
    found = review_decisions_in_time(rows, period=Month("2024-01"), followed_to=SURVEY.start, by="outcome")
    assert {reading.dims[0][1]: reading.number for reading in found} == {"C": 100, None: 0}


def test_no_meeting_is_not_applicable():
    """An empty frame, and a year without one; by team an empty frame has no groups."""
    for rows in (held(), held(review("2023-01-16"))):
        found = review_decisions_in_time(rows, period=CalendarYear(2024), followed_to=SURVEY.start)
        assert found.at().value is Withheld.NOT_APPLICABLE
        assert review_decisions_not_due(rows, period=CalendarYear(2024), followed_to=SURVEY.start).at().number == 0
    empty = reviews_in_time(plans_of(), reviews=held(), at=SURVEY, history_from=LONG_AGO)
    assert empty.at().value is Withheld.NOT_APPLICABLE
    assert list(reviews_in_time(plans_of(), reviews=held(), at=SURVEY, history_from=LONG_AGO, by="team")) == []


def test_the_headings_of_the_return_are_known():
    """``reviewmeeting``, ``reviewoutcome`` and ``lastreview``, beside the plan's ``startdate``."""
    rows = pl.DataFrame(
        {
            "persontableid": ["A"],
            "startdate": [dt.date(2022, 9, 1)],
            "reviewmeeting": [dt.date(2024, 1, 16)],
            "reviewoutcome": ["M"],
            "lastreview": [dt.date(2024, 2, 1)],
        }
    )
    assert mark_review_decisions_in_time(rows, followed_to=SURVEY.start)["days_to_decision"].to_list() == [16]
    assert REVIEWS_IN_TIME.sources[0].title.startswith("Children and Families Act 2014")


# Refusals.


@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_a_review_within_a_plan_that_names_another_start_is_refused_with_a_count_and_no_cell(engine):
    """It would be passed over, and the plan taken to be late."""
    token = "SECRET-CHILD-7"
    rows = as_engine(plans_of(plan(token)), engine)
    with pytest.raises(FrameProblems) as caught:
        reviews_in_time(rows, reviews=held(review("2024-12-01", token, start="2022-09-02")), at=SURVEY, history_from=LONG_AGO)
    assert [(problem.column, problem.rows) for problem in caught.value.problems] == [("plan_start_date", 1)]
    assert token not in f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__} {caught.value.__context__}"


@pytest.mark.parametrize(
    ("meeting", "refused"), [("2022-09-01", False), ("2022-09-02", True), ("2024-01-01", True), ("2024-01-02", False)]
)
def test_a_meeting_is_within_a_plan_from_the_day_after_it_started_to_the_day_it_ceased(meeting, refused):
    """On the day it started it may have been of a plan before, which ceased that day and is not among the rows."""
    rows, before = plans_of(plan(ceased="2024-01-01")), held(review(meeting, start="2020-01-01"))
    with pytest.raises(FrameProblems) if refused else contextlib.nullcontext():
        reviews_in_time(rows, reviews=before, at=SURVEY, history_from=LONG_AGO)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (review("2022-08-31"), "plan_start_date, meeting_date"),
        (review("2024-01-16", told="2024-01-15", outcome="M"), "meeting_date, outcome_date"),
        (review("2024-01-16", outcome="M"), "outcome, outcome_date"),
        (review("2024-01-16", told="2024-01-20", outcome="X"), "outcome"),
        (review("2025-01-17"), "meeting_date"),
        (review("2025-01-10", told="2025-01-17", outcome="M"), "outcome_date"),
    ],
)
def test_days_out_of_order_and_unknown_codes_are_refused_with_a_count(row, column):
    """Before the plan, before the meeting, after the rows end, a decision with no day, a code that is none."""
    with pytest.raises(FrameProblems) as caught:
        review_decisions_in_time(held(row), period=CalendarYear(2024), followed_to=SURVEY.start)
    assert [(problem.column, problem.rows) for problem in caught.value.problems] == [(column, 1)]


def test_two_reviews_of_a_plan_on_one_day_are_one_kept_twice():
    """And refused."""
    with pytest.raises(FrameProblems) as caught:
        Reviews.conform(held(review("2024-01-16"), review("2024-01-16")))
    assert [problem.rows for problem in caught.value.problems] == [2]


def test_two_open_plans_of_a_child_are_refused():
    """As by every measure of plans."""
    rows = plans_of(plan(), plan(start="2023-09-01"))
    for call in (functools.partial(reviews_in_time, reviews=held(), history_from=LONG_AGO), reviews_not_due):
        with pytest.raises(FrameProblems):
            call(rows, at=SURVEY)


def test_a_day_before_there_were_reviews_is_not_in_force():
    """Plans began on 1 September 2014."""
    for call in (functools.partial(reviews_in_time, reviews=held(), history_from=LONG_AGO), reviews_not_due):
        with pytest.raises(NotInForce):
            call(plans_of(plan(start="2014-01-01")), at=Snapshot("31 August 2014"))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"at": CalendarYear(2024)}, InvalidValue, "^at: "),
        ({"at": []}, InvalidValue, "^at: "),
        ({"history_from": "2014-09-01"}, InvalidValue, "^history_from: "),
        ({"history_from": None}, InvalidValue, "^history_from: "),
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"by": "child_id"}, InvalidValue, "child_id"),
        ({"confidence": 95}, InvalidValue, "confidence"),
        ({"reviews": plans_of().lazy()}, FrameProblems, "meeting_date"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_argument_that_cannot_be_is_refused_by_its_name(arguments, error, says):
    """None of them as an error of another's."""
    with pytest.raises(error, match=says):
        reviews_in_time(plans_of(plan()), **({"reviews": held(), "at": SURVEY, "history_from": LONG_AGO} | arguments))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"period": SURVEY}, "^period: .* snapshot"),
        ({"period": MonthlyAverage("2022-04", "2022-09")}, "^period: "),
        ({"followed_to": None}, "^followed_to: "),
        ({"followed_to": dt.datetime(2025, 1, 16)}, "^followed_to: "),
        ({"by": "not_due"}, "not_due"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_an_argument_of_the_decisions_that_cannot_be_is_refused_by_its_name(arguments, says):
    """By the share and by the count of what it leaves out."""
    rows = held(review("2024-01-16")).with_columns(not_due=pl.lit(value=True))
    for call in (review_decisions_in_time, review_decisions_not_due):
        with pytest.raises(InvalidValue, match=says):
            call(rows, **({"period": CalendarYear(2024), "followed_to": SURVEY.start} | arguments))


def test_a_second_frame_of_another_lazy_engine_is_refused():
    """An eager one is carried over."""
    duck = as_engine(plans_of(plan()), Engine.DUCKDB)
    with pytest.raises(EngineMismatch):
        reviews_in_time(duck, reviews=held().lazy(), at=SURVEY, history_from=LONG_AGO)


def test_a_lazy_frame_stays_lazy_and_marking_twice_is_marking_once():
    """The numbers wait until they are asked for."""
    asked = {"reviews": held(review("2024-12-01")), "at": SURVEY, "history_from": LONG_AGO}
    once = mark_reviews_in_time(plans_of(plan()), **asked)
    assert mark_reviews_in_time(once, **asked).equals(once)
    assert isinstance(reviews_in_time(plans_of(plan()).lazy(), **asked).frame, pl.LazyFrame)
    decided = mark_review_decisions_in_time(held(review("2024-12-01")), followed_to=SURVEY.start)
    assert mark_review_decisions_in_time(decided, followed_to=SURVEY.start).equals(decided)
