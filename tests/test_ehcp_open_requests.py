"""Requests still open on a day, how old and how late they are: against a plain loop on every engine; and clearing a backlog."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections import Counter, defaultdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import ehcp
from bucks_cs.ehcp import AGES_OF_REQUESTS, backlog_left, cleared, clearing_rate
from bucks_cs.errors import FrameProblems, InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, Month, Snapshot, Span
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine
from bucks_cs.units import quantity
from made_up_ehcp_plans import FOLLOWED_TO, JOURNEYS, TEAMS, frame, ten_thousand_journeys

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
DAYS = tuple(Snapshot(day) for day in ("2018-12-31", "2020-02-29", "2022-03-31", "2024-12-31"))
LAST = Snapshot(FOLLOWED_TO)
PERCENTILE = 90
RECEIVED = dt.date(2024, 8, 1)


def request(number="1", received=RECEIVED, **more):
    """A request on which nothing was decided yet, but for what is given."""
    return {"child_id": f"C{number}", "request_id": number, "received_date": received, **more}


def waited(*days, **more):
    """Requests that had waited so many days on the last day."""
    rows = [request(str(n), FOLLOWED_TO - dt.timedelta(days=each), **more) for n, each in enumerate(days)]
    return frame(rows, JOURNEYS)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    rows = collect(enter(native)[0])
    return rows.with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


@pytest.fixture(scope="module")
def journeys():
    """The rows, the frame, and how each row stands on each day."""
    rows = ten_thousand_journeys()
    return rows, frame(rows, JOURNEYS), standing(rows)


# The loop: "open", "untold" or None.


def ends(row):
    """The days on which a request ended, as far as they are known, and whether it ended on one that is not."""
    request, assessment, known = row.get("request_outcome"), row.get("assessment_outcome"), []
    if request in {"N", "W"}:
        known.append(row.get("request_outcome_date"))
    if assessment == "N" or (assessment in {"Y", "W", "H"} and not row.get("plan_start_date")):
        known.append(row.get("assessment_outcome_date"))
    known.append(row.get("plan_start_date"))
    known = [day for day in known if day]
    return known, not known and (request in {"N", "W"} or assessment in {"N", "W", "H"})


def state(row, day):
    """How a request stands on a day, as a person with the return in hand would say."""
    known, lost = ends(row)
    if (row["received_date"] and row["received_date"] > day) or any(end <= day for end in known):
        return None
    if day == FOLLOWED_TO:
        return None if lost else "open"
    return "untold" if lost or row["received_date"] is None else "open"


def age(days):
    """By the law's limits: 6, 16 and 20 weeks are 42, 112 and 140 days."""
    if days is None:
        return "not known"
    return next((name for name, most in zip(AGES_OF_REQUESTS, (42, 112, 140), strict=False) if days <= most), "over 20 weeks")


def percentile(numbers, at):
    """As a spreadsheet's PERCENTILE.INC."""
    ranked, rank = sorted(numbers), (len(numbers) - 1) * at / 100
    return ranked[math.floor(rank)] + (rank - math.floor(rank)) * (ranked[math.ceil(rank)] - ranked[math.floor(rank)])


def standing(rows):
    """By team and day: the days that each request has waited, and how it stands."""
    found = defaultdict(list)
    for row in rows:
        for day in DAYS:
            stands = state(row, day.start)
            if stands:
                days = (day.start - row["received_date"]).days if row["received_date"] else None
                found[row["team"], day.start].append((stands, days))
    return found


def agrees_on_counts(native, found):
    """How many are open, and by age, with the bounds where some cannot be told."""
    asked = {"at": DAYS, "followed_to": FOLLOWED_TO, "by": "team"}
    rows = rows_of(ehcp.open_requests(native, **asked).frame)
    assert len(rows) == len(TEAMS) * len(DAYS)
    by_age = rows_of(ehcp.open_requests_by_age(native, **asked).frame)
    assert len(by_age) == len(rows) * len(AGES_OF_REQUESTS)
    for row in (*rows, *by_age):
        there = found[row["team"], row["period_start"]]
        of_age = [stands for stands, days in there if "band" not in row or age(days) == row["band"]]
        tally = Counter(of_age)
        assert row["withheld"] == ("no_history" if tally["untold"] else None)
        if tally["untold"]:
            assert (row["value"], row["lower"], row["upper"]) == (None, tally["open"], tally["open"] + tally["untold"])
            assert row["interval"] == Interval.BOUNDS.value
        else:
            assert (row["value"], row["lower"]) == (tally["open"], None)
    assert sum(row["withheld"] is not None for row in rows) >= 3


def agrees_on_ages(native, found):
    """Mean, median and percentile of the weeks, and the share overdue."""
    asked = {"at": DAYS, "followed_to": FOLLOWED_TO, "by": "team"}
    figures = {
        None: ehcp.age_of_open_requests_mean(native, **asked),
        50: ehcp.age_of_open_requests_median(native, **asked),
        PERCENTILE: ehcp.age_of_open_requests_percentile(native, percentile=PERCENTILE, **asked),
    }
    for at, readings in figures.items():
        rows = rows_of(readings.frame)
        assert {row["withheld"] for row in rows if row["team"] == "South"} == {"z", None}
        assert {row["withheld"] for row in rows} == {"z", "no_history", None}
        for row in rows:
            there = found[row["team"], row["period_start"]]
            days = [each for _, each in there]
            untold = None in days or any(stands == "untold" for stands, _ in there)
            assert row["withheld"] == ("no_history" if untold else None if there else "z")
            if not row["withheld"]:
                expected = sum(days) / len(days) if at is None else percentile(days, at)
                assert row["value"] == pytest.approx(expected / 7)
    for row in rows_of(ehcp.overdue_requests(native, **asked).frame):
        there = found[row["team"], row["period_start"]]
        untold = any(stands == "untold" or days is None for stands, days in there)
        late = sum(days is not None and days > 140 for _, days in there)
        assert row["withheld"] == ("no_history" if untold else None if there else "z")
        assert row["denominator"] == len(there)
        if not row["withheld"]:
            by_hand = proportion(late, len(there))
            assert row["value"] == pytest.approx(100 * late / len(there))
            assert row["lower"] == pytest.approx(100 * by_hand.lower)


def agrees_on_marks(native, rows):
    """Each row, on the last day and on one before."""
    for day in (LAST, DAYS[2]):
        said = {row["request_id"]: (state(row, day.start), row["received_date"]) for row in rows}
        marked = enter(ehcp.mark_open_requests(native, at=day, followed_to=FOLLOWED_TO))[0]
        made = ("request_id", "in_denominator", "in_numerator", "weeks_open", "cannot_be_told")
        for row in collect(marked.select(*made)).to_dicts():
            stands, received = said[row["request_id"]]
            assert (row["in_numerator"], row["cannot_be_told"]) == (stands == "open", stands == "untold")
            assert row["in_denominator"] == (received is None or received <= day.start)
            weeks = (day.start - received).days / 7 if stands == "open" and received else None
            assert row["weeks_open"] == (None if weeks is None else pytest.approx(weeks))


def agrees_with_the_loop(native, rows, found):
    """All of it: the figures of the rows once checked, and the marks of the rows as they came."""
    checked = ehcp.Journeys.conform(native)
    agrees_on_counts(checked, found)
    agrees_on_ages(checked, found)
    agrees_on_marks(native, rows)
    assert type(ehcp.open_requests(checked, at=LAST, followed_to=FOLLOWED_TO).frame) is type(native)


@pytest.mark.long
def test_the_ten_thousand_journeys_hold_what_they_are_there_for(journeys):
    """Every course, ends with no day, requests with none, and every edge of the limits on the last day."""
    rows, _, _ = journeys
    assert len(rows) == 10_000
    assert {row.get("request_outcome") for row in rows} == {None, *"YNAWH"}
    assert {row.get("assessment_outcome") for row in rows} == {None, *"YNAWH"}
    assert sum(ends(row)[1] for row in rows) > 300
    assert sum(row["received_date"] is None for row in rows) > 100
    last = Counter(age((FOLLOWED_TO - row["received_date"]).days if row["received_date"] else None)
                   for row in rows if state(row, FOLLOWED_TO))  # fmt: skip
    assert min(last[name] for name in AGES_OF_REQUESTS) > 20


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_requests_are_what_a_plain_loop_says_on_every_engine(engine, journeys):
    """Counts, ages, shares and marks."""
    agrees_with_the_loop(as_engine(journeys[1], engine), journeys[0], journeys[2])


@pytest.mark.spark
def test_ten_thousand_requests_are_what_a_plain_loop_says_on_spark(spark, journeys):
    """The same on Spark."""
    agrees_with_the_loop(as_engine(journeys[1], Engine.PYSPARK, spark=spark), journeys[0], journeys[2])


# What ends a request, and what does not.

NOW = {"at": LAST, "followed_to": FOLLOWED_TO}
TO_ASSESS = {"request_outcome": "Y", "request_outcome_date": RECEIVED}


@pytest.mark.parametrize(
    ("what", "still_open"),
    [
        ({}, True),
        ({"request_outcome": "A"}, True),
        (TO_ASSESS, True),  # to be assessed: it goes on
        ({"request_outcome": "N", "request_outcome_date": FOLLOWED_TO}, False),  # refused on the day
        ({"request_outcome": "W"}, False),  # withdrawn, on whichever day
        (TO_ASSESS | {"assessment_outcome": "A"}, True),
        (TO_ASSESS | {"assessment_outcome": "N", "assessment_outcome_date": RECEIVED}, False),
        (TO_ASSESS | {"assessment_outcome": "W"}, False),
        (
            TO_ASSESS | {"assessment_outcome": "Y", "assessment_outcome_date": FOLLOWED_TO, "plan_start_date": FOLLOWED_TO},
            False,  # issued on the day
        ),
        (TO_ASSESS | {"assessment_outcome": "Y"}, True),  # to be issued, and not issued yet: the guide wants no day of it
        # The return's day of a decision to issue is the day the plan was issued.
        (TO_ASSESS | {"assessment_outcome": "Y", "assessment_outcome_date": RECEIVED}, False),
        ({"request_outcome": "H"}, True),
        ({"request_outcome": "H", "assessment_outcome": "H"}, False),
    ],
)
def test_a_request_is_open_until_it_has_come_to_an_end(what, still_open):
    """A decision to assess is none."""
    assert ehcp.open_requests(frame([request(**what)], JOURNEYS), **NOW).at().number == still_open


@pytest.mark.parametrize(
    "refusal",
    [
        {"request_outcome": "N", "request_outcome_date": dt.date(2024, 9, 12), "assessment_outcome_date": FOLLOWED_TO},
        TO_ASSESS | {"assessment_outcome": "N", "assessment_outcome_date": dt.date(2024, 9, 12)},
    ],
)
def test_a_refusal_ends_a_request_though_a_plan_came_of_it_later(refusal):
    """Not to assess, or not to issue: it was changed, and the return keeps the refusal. Between the two nothing is open."""
    one = frame([request(**{"assessment_outcome": "Y", "plan_start_date": FOLLOWED_TO} | refusal)], JOURNEYS)
    days = [Snapshot(day) for day in ("2024-09-11", "2024-09-12", "2024-12-30")]
    assert [reading.number for reading in ehcp.open_requests(one, at=days, followed_to=FOLLOWED_TO)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("days", "said", "overdue"),
    [
        (0, "within 6 weeks", False),
        (42, "within 6 weeks", False),
        (43, "6 to 16 weeks", False),
        (112, "6 to 16 weeks", False),
        (113, "16 to 20 weeks", False),
        (140, "16 to 20 weeks", False),  # the plan would still be in time on the day
        (141, "over 20 weeks", True),
    ],
)
def test_a_request_is_as_old_as_the_limit_it_has_passed(days, said, overdue):
    """6, 16 and 20 weeks; the day of the limit is within."""
    rows = waited(days)
    found = {reading.dims[0][1]: reading.number for reading in ehcp.open_requests_by_age(rows, **NOW)}
    assert found == {**dict.fromkeys(AGES_OF_REQUESTS, 0), said: 1}
    assert ehcp.mark_overdue_requests(rows, **NOW)["in_numerator"].to_list() == [overdue]


def test_the_weeks_of_three_requests_are_worked_out_by_hand():
    """70, 140 and 280 days are 10, 20 and 40 weeks: mean 23.3, median 20, 75th percentile 30, one of three overdue."""
    rows = waited(70, 140, 280)
    assert ehcp.age_of_open_requests_mean(rows, **NOW).at().number == pytest.approx(70 / 3)
    assert ehcp.age_of_open_requests_median(rows, **NOW).at().number == 20
    (reading,) = ehcp.age_of_open_requests_percentile(rows, percentile=75, **NOW)
    assert reading.number == 30
    assert reading.indicator.title == "Weeks that open requests have waited, 75th percentile"
    assert ehcp.overdue_requests(rows, **NOW).at().number == pytest.approx(100 / 3)


def test_a_withdrawal_with_no_day_cannot_be_told_of_a_day_before_the_last():
    """It was open once; whether it still was on 1 December is not in the return. The count lies between two."""
    rows = frame([request("1"), request("2", request_outcome="W")], JOURNEYS)
    (before,) = ehcp.open_requests(rows, at=Snapshot("1 December 2024"), followed_to=FOLLOWED_TO)
    assert before.value is Withheld.NO_HISTORY
    assert (before.lower.magnitude, before.upper.magnitude, before.interval) == (1, 2, Interval.BOUNDS)
    assert ehcp.open_requests(rows, **NOW).at().number == 1
    earlier = {"at": Snapshot("1 December 2024"), "followed_to": FOLLOWED_TO}
    assert ehcp.overdue_requests(rows, **earlier).at().value is Withheld.NO_HISTORY
    assert ehcp.age_of_open_requests_median(rows, **earlier).at().value is Withheld.NO_HISTORY
    marks = ehcp.mark_overdue_requests(rows, **earlier).sort("request_id")
    assert marks.select("in_denominator", "cannot_be_told").rows() == [(True, False), (True, True)]


def test_a_historical_request_with_no_day_is_open_and_its_age_not_known():
    """Counted on the last day; its age withholds every figure of ages."""
    rows = frame([request("1", None, request_outcome="H"), request("2")], JOURNEYS)
    assert ehcp.open_requests(rows, **NOW).at().number == 2
    assert ehcp.open_requests_by_age(rows, **NOW).at(band="not known").number == 1
    assert ehcp.age_of_open_requests_mean(rows, **NOW).at().value is Withheld.NO_HISTORY
    assert ehcp.overdue_requests(rows, **NOW).at().value is Withheld.NO_HISTORY


def test_none_open_is_nought_and_no_age():
    """0 of every age, and nothing to take a mean or a share of; by team an empty frame has no groups."""
    for rows in (waited(), frame([request(request_outcome="N", request_outcome_date=RECEIVED)], JOURNEYS)):
        assert ehcp.open_requests(rows, **NOW).at().number == 0
        assert {reading.number for reading in ehcp.open_requests_by_age(rows, **NOW)} == {0}
        for figure in (ehcp.age_of_open_requests_mean, ehcp.age_of_open_requests_median, ehcp.overdue_requests):
            assert figure(rows, **NOW).at().value is Withheld.NOT_APPLICABLE
    assert list(ehcp.open_requests(waited(), by="team", **NOW)) == []


@settings(max_examples=settings.default.max_examples // 12)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["North", "South"]), st.booleans()), max_size=12))
def test_the_ages_and_the_teams_add_up_to_what_is_open(drawn):
    """And what is overdue is what is over 20 weeks."""
    rows = [
        request(str(n), FOLLOWED_TO - dt.timedelta(days=days), team=team)
        | ({"request_outcome": "N", "request_outcome_date": FOLLOWED_TO} if refused else {})
        for n, (days, team, refused) in enumerate(drawn)
    ]
    asked = ehcp.Journeys.conform(frame(rows, JOURNEYS))
    whole = ehcp.open_requests(asked, **NOW).at().number
    assert whole == sum(reading.number for reading in ehcp.open_requests(asked, by="team", **NOW))
    ages = {reading.dims[0][1]: reading.number for reading in ehcp.open_requests_by_age(asked, **NOW)}
    assert whole == sum(ages.values()) == ehcp.mark_open_requests(asked, **NOW)["in_numerator"].sum()
    (late,) = ehcp.overdue_requests(asked, **NOW)
    assert (late.numerator, late.denominator) == (ages["over 20 weeks"], whole)


# Refusals.

FIGURES = [
    ehcp.open_requests,
    ehcp.mark_open_requests,
    ehcp.open_requests_by_age,
    ehcp.overdue_requests,
    ehcp.mark_overdue_requests,
    ehcp.age_of_open_requests_mean,
    ehcp.age_of_open_requests_median,
    functools.partial(ehcp.age_of_open_requests_percentile, percentile=90),
]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: getattr(figure, "func", figure).__name__)
def test_a_day_after_the_last_is_refused_with_a_count_and_no_cell(figure):
    """A plan of January in rows that go to December: the rows go further than is said."""
    token = "SECRET-CHILD-7"
    rows = frame([request(received=dt.date(2025, 1, 2)) | {"child_id": token}], JOURNEYS)
    with pytest.raises(FrameProblems) as caught:
        figure(rows, **NOW)
    assert [(problem.column, problem.rows) for problem in caught.value.problems] == [("received_date", 1)]
    assert token not in f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__} {caught.value.__context__}"


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: getattr(figure, "func", figure).__name__)
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"at": Snapshot("1 January 2025")}, "^at: .* no day after 2024-12-31"),
        ({"at": CalendarYear(2024)}, "^at: "),
        ({"followed_to": None}, "^followed_to: "),
        ({"followed_to": "2024-12-31"}, "^followed_to: "),
        ({"followed_to": dt.datetime(2024, 12, 31)}, "^followed_to: "),
        ({"followed_to": LAST}, "^followed_to: "),
    ],
    ids=str,
)
def test_a_day_that_cannot_be_is_refused_by_its_name(figure, arguments, says):
    """By every figure; none as an error of another's."""
    with pytest.raises(InvalidValue, match=says):
        figure(waited(70), **(NOW | arguments))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"by": "locality"}, UnknownColumn, "locality"),
        ({"by": "child_id"}, InvalidValue, "child_id"),
        ({"by": "request_id"}, InvalidValue, "request_id"),
    ],
)
def test_a_column_that_cannot_be_is_refused(arguments, error, says):
    """One that is not there, and those that name a child."""
    for figure in (ehcp.open_requests, ehcp.open_requests_by_age, ehcp.overdue_requests, ehcp.age_of_open_requests_mean):
        with pytest.raises(error, match=says):
            figure(waited(70), **NOW, **arguments)


def test_the_band_is_a_column_of_the_result_and_of_no_breakdown():
    """A column of that name in the caller's frame is renamed first."""
    with pytest.raises(InvalidValue, match="does not make itself"):
        ehcp.open_requests_by_age(waited(70).with_columns(band=pl.lit("x")), by="band", **NOW)


def test_a_lazy_frame_stays_lazy_and_marking_twice_is_marking_once():
    """The numbers wait until they are asked for."""
    once = ehcp.mark_open_requests(waited(70, 141), **NOW)
    assert ehcp.mark_open_requests(once, **NOW).equals(once)
    assert ehcp.mark_overdue_requests(once, **NOW).columns == once.columns
    assert isinstance(ehcp.open_requests_by_age(waited(70).lazy(), **NOW).frame, pl.LazyFrame)


# Clearing. The minutes of 13 January 2020: "there had been a backlog of approximately 400 cases which had now been cleared".

BACKLOG, INFLOW = quantity(400, "plan"), quantity(56, "plan/month")
A_YEAR = Span("2019-01-01", "2019-12-31")


def test_the_backlog_of_the_minutes_takes_ninety_plans_a_month_to_clear_in_a_year():
    """(400 + 56 x 12) / 12 = 1,072 / 12 = 89.3, so 90; DfE has 673 plans issued in Buckinghamshire in 2019, 56 a month."""
    found = clearing_rate(BACKLOG, inflow=INFLOW, over=A_YEAR)
    ninety = quantity(90, "plan/month")
    assert (found.lowest, found.highest, str(found)) == (ninety, ninety, "90 plans a month")
    assert str(backlog_left(BACKLOG, inflow=INFLOW, finished=quantity(89, "plan/month"), over=A_YEAR)) == "4 plans"
    assert str(backlog_left(BACKLOG, inflow=INFLOW, finished=quantity(90, "plan/month"), over=A_YEAR)) == "0 plans"


def test_the_document_says_about_four_hundred(documents):
    """And 29 weeks; neither how fast the backlog grew nor in what time it was cleared."""
    assert "a backlog of approximately 400 cases which had now been cleared" in documents["002"]
    assert "the rate was close to 29 weeks" in documents["002"]


def test_ranges_in_are_ranges_out():
    """350 to 450 with 50 to 60 a month in 6 months: 650 / 6 = 108.3 to 810 / 6 = 135; at 100 to 120, 0 to 210 are left."""
    about, coming = (quantity(350, "plan"), quantity(450, "plan")), (quantity(50, "plan/month"), quantity(60, "plan/month"))
    half = Span("2019-01-01", "2019-06-30")
    rate = clearing_rate(about, inflow=coming, over=half)
    assert (rate.lowest.magnitude, rate.highest.magnitude, str(rate)) == (109, 135, "109 to 135 plans a month")
    done = (quantity(100, "plan/month"), quantity(120, "plan/month"))
    left = backlog_left(about, inflow=coming, finished=done, over=half)
    assert (left.lowest.magnitude, left.highest.magnitude) == (0, 210)
    when = cleared(about, inflow=coming, finished=done, since=Month("2019-01"))
    # 350 / (120 - 50) = 5 months; 450 / (100 - 60) = 11.25, the twelfth.
    assert (when.earliest, when.latest, str(when)) == (Month("2019-05"), Month("2019-12"), "May 2019 to December 2019")


def test_a_backlog_that_is_never_cleared_is_said_to_be_and_not_in_an_endless_time():
    """Where no more is finished than comes in, at worst or at best."""
    since = Month("2019-01")
    never = cleared(BACKLOG, inflow=INFLOW, finished=INFLOW, since=since)
    assert (never.earliest, never.latest) == (None, None)
    assert str(never) == "never: no more is finished than comes in"
    maybe = cleared(BACKLOG, inflow=INFLOW, finished=(INFLOW, quantity(96, "plan/month")), since=since)
    assert (maybe.earliest, maybe.latest) == (Month("2019-10"), None)  # 400 / 40 = 10 months
    assert str(maybe) == "October 2019 at the earliest, and never if no more is finished than comes in"
    assert str(backlog_left(BACKLOG, inflow=INFLOW, finished=quantity(0, "plan/month"), over=A_YEAR)) == "1,072 plans"


def test_nothing_to_clear_is_cleared_by_the_end_of_the_first_month():
    """Even with nothing finished beyond what comes in."""
    none = quantity(0, "request")
    coming = quantity(30, "request/month")
    assert str(cleared(none, inflow=coming, finished=coming, since=Month("2024-02"))) == "February 2024"
    assert clearing_rate(none, inflow=coming, over=CalendarYear(2024)).highest == coming


def test_a_rate_may_be_given_by_the_year_and_parts_are_not_lost_to_binary():
    """672 a year is 56 a month; and ten months of a tenth are one plan and no more."""
    assert clearing_rate(BACKLOG, inflow=quantity(672, "plan/year"), over=A_YEAR).lowest.magnitude == 90
    ten = Span("2024-01-01", "2024-10-31")
    tenth = quantity(0.1, "plan/month")
    assert backlog_left(quantity(0, "plan"), inflow=tenth, finished=quantity(0, "plan/month"), over=ten).lowest.magnitude == 1
    assert cleared(quantity(1, "plan"), inflow=quantity(0, "plan/month"), finished=tenth, since=Month("2024-01")).latest == Month(
        "2024-10"
    )


@settings(max_examples=50)
@given(st.integers(0, 5_000), st.integers(0, 300), st.integers(1, 60))
def test_the_rate_that_clears_is_the_least_that_does(backlog, inflow, months):
    """At that rate nothing is left and it is gone in time; at one fewer a month something is left."""
    there, coming = quantity(backlog, "plan"), quantity(inflow, "plan/month")
    last = Month.of(2020 + (months - 1) // 12, (months - 1) % 12 + 1)
    over = Span("2020-01-01", last.end.isoformat())
    rate = clearing_rate(there, inflow=coming, over=over).highest
    assert backlog_left(there, inflow=coming, finished=rate, over=over).highest.magnitude == 0
    assert cleared(there, inflow=coming, finished=rate, since=Month("2020-01")).latest <= last
    if rate.magnitude > 0:
        fewer = quantity(rate.magnitude - 1, "plan/month")
        if backlog + inflow * months > 0:
            assert backlog_left(there, inflow=coming, finished=fewer, over=over).highest.magnitude > 0


@pytest.mark.parametrize(
    ("given_arguments", "says"),
    [
        ({"backlog": 400}, "^backlog: "),
        ({"backlog": None}, "^backlog: "),
        ({"backlog": ()}, "^backlog: "),
        ({"backlog": quantity(-1, "plan")}, "^backlog: "),
        ({"backlog": quantity(math.inf, "plan")}, "^backlog: "),
        ({"backlog": quantity(math.nan, "plan")}, "^backlog: "),
        ({"backlog": (quantity(5, "plan"), quantity(4, "plan"))}, "^backlog: .* lower first"),
        ({"backlog": (quantity(5, "plan"), quantity(6, "case"))}, "^backlog: "),
        ({"backlog": (BACKLOG, BACKLOG, BACKLOG)}, "^backlog: "),
        ({"inflow": 56}, "^inflow: "),
        ({"inflow": quantity(56, "plan")}, "^inflow: .* same kind"),
        ({"inflow": quantity(56, "case/month")}, "^inflow: .* same kind"),
        ({"inflow": quantity(56, "plan/week")}, "^inflow: "),
        ({"over": quantity(12, "month")}, "^over: "),
        ({"over": None}, "^over: "),
        ({"over": Snapshot("31 December 2019")}, "months"),
        ({"over": Span("2019-01-15", "2019-12-31")}, "months"),
    ],
    ids=str,
)
def test_what_cannot_be_cleared_is_refused_by_its_name(given_arguments, says):
    """None of them as an error of another's."""
    arguments = {"backlog": BACKLOG, "inflow": INFLOW, "over": A_YEAR} | given_arguments
    with pytest.raises(InvalidValue, match=says) as caught:
        clearing_rate(arguments.pop("backlog"), **arguments)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_rate_and_a_first_month_that_cannot_be_are_refused_by_their_names():
    """And a time beyond the calendar."""
    asked = {"inflow": quantity(0, "plan/month"), "finished": quantity(1, "plan/month"), "since": Month("2024-01")}
    for arguments, says in (
        ({"finished": quantity(1, "case/month")}, "^finished: "),
        ({"since": dt.date(2024, 1, 1)}, "^since: "),
        ({"since": CalendarYear(2024)}, "^since: "),
    ):
        with pytest.raises(InvalidValue, match=says):
            cleared(BACKLOG, **(asked | arguments))
    with pytest.raises(InvalidValue, match=r"^finished: .* by the year 9999"):
        cleared(quantity(1_000_000, "plan"), **asked)
    with pytest.raises(InvalidValue, match=r"^finished: "):
        backlog_left(BACKLOG, inflow=INFLOW, finished=None, over=A_YEAR)
