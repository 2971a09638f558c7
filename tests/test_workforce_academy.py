"""The academy: its cohorts as printed and as rows make them, what remains of them, and the assessed and supported year."""

from __future__ import annotations

import datetime as dt
import math
import pickle
import re
from collections import Counter

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import record
from bucks_cs.errors import (
    FrameProblems,
    ImpossibleFigure,
    InvalidValue,
    MissingSource,
    UnitError,
    UnknownArea,
    UnknownColumn,
)
from bucks_cs.frames.engine import Engine, collect, enter
from bucks_cs.indicators import Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, Month, MonthlyAverage, Snapshot, Span
from bucks_cs.provenance import DateBounds, NoOfficialSource
from bucks_cs.rates import proportion
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity
from bucks_cs.workforce import (
    ACADEMY_LENGTH,
    ASYE_LENGTH,
    ASYE_STATES,
    STANDINGS,
    AcademyCohort,
    AcademyMembers,
    AssessedYears,
    CohortStatus,
    Qualification,
    WorkerRange,
    academy_cohort,
    academy_standing,
    asye_passed_in_time,
    asye_progress,
    mark_academy_standing,
    mark_asye_passed_in_time,
    mark_asye_progress,
    mark_retained,
    mark_still_in_service,
    retained,
    retention,
    still_in_service,
)
from made_up_academy import FOLLOWED_TO, SCHEMA, members, served_by, ten_thousand, until

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
MADE_UP = NoOfficialSource(reason="made up")
AT = Snapshot(FOLLOWED_TO)
PERIODS = (FinancialYear("2019-20"), FinancialYear("2020-21"), FinancialYear("2021-22"), CalendarYear(2020), CalendarYear(2030))
AFTER = (6, 12, 24)


def rows_of(native):
    """The rows of a frame of any engine; in pandas with numpy types a day comes back as its midnight."""
    return collect(enter(native)[0]).with_columns(pl.col(pl.Datetime).dt.date()).to_dicts()


def cohort(**fields):
    """A cohort of newly qualified social workers in Buckinghamshire, made up."""
    return AcademyCohort(**({"area": "825", "who": Qualification.NEWLY_QUALIFIED, "source": MADE_UP} | fields))


# As printed.


def test_the_record_has_the_four_cohorts_as_they_are_printed(documents):
    """Each number stands in its document in these words; the plan is a range and a second sixty, and neither has an outcome."""
    printed = record.academy()
    assert "a cohort of 10 qualified social workers in its academy and there were plans to increase the number by 10-20" in (
        documents["002"]
    )
    assert "Between 2019 and June 2022, 42 of the 60 NQSWs that have been through the Academy remain within the service" in (
        documents["003"]
    )
    assert "support a further 60 newly qualified social workers by April 2023" in documents["003"]
    assert "The Academy works to a 6 month model" in documents["003"]
    there, more, through, further = printed.cohorts
    assert (there.in_academy, there.started, there.as_at) == (WorkerRange.read(10), None, Snapshot("13 January 2020"))
    assert (more.started, more.started_in, more.status) == (WorkerRange(least=10, most=20), None, CohortStatus.PLANNED)
    assert (through.started, through.remaining, through.left) == (WorkerRange.read(60), WorkerRange.read(42), None)
    assert through.starting == (dt.date(2019, 1, 1), dt.date(2022, 6, 30))
    assert through.counted_on == (dt.date(2022, 6, 1), dt.date(2022, 10, 11))
    assert (further.started, further.status, further.starting[1]) == (
        WorkerRange.read(60), CohortStatus.PLANNED, dt.date(2023, 4, 30),
    )  # fmt: skip
    assert printed.in_academy + printed.in_team == quantity(12, "month") == ASYE_LENGTH.on(dt.date(2022, 6, 30))
    assert printed.in_academy == ACADEMY_LENGTH.on(dt.date(2022, 6, 30))


def test_qualified_and_newly_qualified_are_kept_apart(documents):
    """January 2020 says qualified, October 2022 newly qualified: no word of the one is put for the other."""
    said = [one.who for one in record.academy().cohorts]
    assert said == [Qualification.QUALIFIED] * 2 + [Qualification.NEWLY_QUALIFIED] * 2
    assert "newly qualified" not in documents["002"].casefold()
    assert "Newly Qualified Social Workers (NQSWs)" in documents["003"]


def test_each_cohort_of_the_record_has_its_source_and_paragraph():
    """And says what is not known."""
    printed = record.academy()
    assert [one.source.place for one in printed.cohorts] == ["discussion 6.1", "discussion 6.1", "3.28", "3.28"]
    assert all("headcount or full-time equivalents not stated" in one.note for one in printed.cohorts)
    assert "among the 60" in printed.in_january_2020.note
    assert str(printed).count("\n") == 3
    assert "10 to 20 qualified social workers are planned to start in Buckinghamshire's academy. Source:" in str(printed)


# A cohort.


@settings(max_examples=50)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200), st.integers(-3, 3))
def test_the_parts_make_those_who_started_and_nothing_else_does(in_academy, in_post, left, off):
    """In post, left and in the academy are those who started, or it is refused by name; with one unknown only too many are."""
    parts = {"in_academy": in_academy, "in_post": in_post, "left": left}
    started = sum(parts.values()) + off
    if started < 0:
        with pytest.raises(ImpossibleFigure):
            cohort(started=started, **parts)
    elif off == 0:
        made = cohort(started=started, **parts)
        assert (made.in_service.fewest, made.gone.fewest) == (in_academy + in_post, left)
    else:
        says = "in_academy \\+ in_post \\+ left is " + ("below started" if off > 0 else "above started")
        with pytest.raises(ImpossibleFigure, match=f"AcademyCohort: {says}"):
            cohort(started=started, **parts)
    if off > 0:
        assert cohort(started=started, in_post=in_post, left=left).in_academy is None


@pytest.mark.parametrize(
    ("fields", "in_service", "gone"),
    [
        ({"started": 60, "remaining": 42}, 42, 18),
        ({"started": 60, "left": 18}, 42, 18),
        ({"started": 60, "in_post": 30}, None, None),
        ({"started": 60, "in_post": 30, "in_academy": 12}, 42, 18),
        ({"in_academy": 10}, None, None),
        ({"remaining": 42, "left": 18}, 42, 18),
        ({"started": (10, 20), "left": 4}, (6, 16), 4),
        ({"started": 20, "remaining": (12, 14)}, (12, 14), (6, 8)),
    ],
)
def test_what_is_not_said_stays_unknown_and_what_follows_follows(fields, in_service, gone):
    """Nothing is put in for a part that no source gives."""
    made = cohort(**fields)
    for found, expected in ((made.in_service, in_service), (made.gone, gone)):
        assert found == (None if expected is None else WorkerRange.read(expected))
    counts = ("started", "in_academy", "in_post", "remaining", "left")
    assert all(getattr(made, name) is None for name in counts if name not in fields)


@pytest.mark.parametrize(
    ("fields", "error", "says"),
    [
        ({"started": 60, "remaining": 61}, ImpossibleFigure, "remaining is above started"),
        ({"started": 60, "remaining": 42, "left": 17}, ImpossibleFigure, "remaining \\+ left is below started"),
        ({"started": 60, "remaining": 42, "left": 19}, ImpossibleFigure, "remaining \\+ left is above started"),
        ({"remaining": 42, "in_academy": 10, "in_post": 30}, ImpossibleFigure, "in_academy \\+ in_post is below remaining"),
        ({"remaining": 42, "in_academy": 43}, ImpossibleFigure, "in_academy is above remaining"),
        ({"started": (10, 20), "left": 21}, ImpossibleFigure, "left is above started"),
        ({"started": -1}, ImpossibleFigure, "below 0"),
        ({"started": (20, 10)}, ImpossibleFigure, "below the least"),
        ({"started": 2.5}, InvalidValue, "a whole number of workers"),
        ({"started": float("nan")}, InvalidValue, "a whole number of workers"),
        ({"started": float("inf")}, InvalidValue, "a whole number of workers"),
        ({"started": True}, InvalidValue, "a whole number of workers"),
        ({"started": "60"}, InvalidValue, "a whole number of workers"),
        ({"started": (1, 2, 3)}, InvalidValue, "a whole number of workers"),
        ({"started": quantity(60, "child")}, UnitError, "workers are wanted"),
        ({"started": quantity(60, "FTE")}, UnitError, "workers are wanted"),
        ({}, InvalidValue, "at least one count"),
        ({"status": CohortStatus.PLANNED}, InvalidValue, "how many are planned"),
        ({"status": CohortStatus.PLANNED, "started": 60, "remaining": 42}, InvalidValue, "no outcome"),
        ({"status": CohortStatus.PLANNED, "started": 60, "as_at": dt.date(2022, 1, 1)}, InvalidValue, "no outcome"),
        ({"status": "planned", "started": 60}, InvalidValue, "AcademyCohort.status"),
        ({"who": "NQSW", "started": 60}, InvalidValue, "AcademyCohort.who"),
        ({"started": 60, "started_in": "2019"}, InvalidValue, "AcademyCohort.started_in"),
        ({"started": 60, "started_in": dt.datetime(2019, 1, 1)}, InvalidValue, "AcademyCohort.started_in"),
        ({"started": 60, "started_in": Month("2022-06"), "as_at": dt.date(2022, 5, 31)}, InvalidValue, "AcademyCohort.as_at"),
        ({"started": 60, "source": None}, MissingSource, "a cohort of the academy"),
        ({"started": 60, "area": "999"}, UnknownArea, "unknown"),
        ({"started": 60, "note": 5}, InvalidValue, "AcademyCohort.note"),
    ],
    ids=lambda value: str(value)[:60] if isinstance(value, dict) else None,
)
def test_a_cohort_that_cannot_be_is_refused_by_name(fields, error, says):
    """By our own errors, with no number of the caller's in them."""
    with pytest.raises(error, match=says) as caught:
        cohort(**fields)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    if error is ImpossibleFigure:
        assert not re.search(r"\d\d", str(caught.value))


def test_a_cohort_is_a_value_that_can_be_kept_compared_and_shown():
    """Frozen, hashable, picklable; a page for a notebook."""
    for made in (*record.academy().cohorts, cohort(started=20, in_academy=0, in_post=15, as_at=Month("March 2022"))):
        assert pickle.loads(pickle.dumps(made)) == made
        assert len({made, attrs.evolve(made)}) == 1
        assert made.who.value in made._repr_html_()
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            made.started = 5
    assert "not known" in record.academy().in_january_2020._repr_html_()


def test_a_range_of_workers_adds_and_takes_away_as_ranges_do():
    """10 to 20 less 5 to 8 is 2 to 15; a part above the whole is refused."""
    some, few = WorkerRange.read((10, 20)), WorkerRange.read((quantity(5, "worker"), 8))
    assert (some.less(few), some.plus(few)) == (WorkerRange.read((2, 15)), WorkerRange.read((15, 28)))
    assert WorkerRange.read((3, 6)).less(few) == WorkerRange.read((0, 1))
    with pytest.raises(ImpossibleFigure, match="the part is above the whole"):
        WorkerRange.read(4).less(few)
    for wrong in (None, "four", [1], 1.5, object()):
        for combine in (some.plus, some.less):
            with pytest.raises(InvalidValue, match=r"^WorkerRange"):
                combine(wrong)
    said = [str(WorkerRange.read(one)) for one in (0, 1, 1_200, (1, 2))]
    assert said == ["0 workers", "1 worker", "1,200 workers", "1 to 2 workers"]


# Retention.


def test_42_of_60_is_70_percent_with_wilsons_interval_by_hand():
    """z = 1.959964, z² = 3.841459. 2x + z² = 87.841459; z√(z² + 4 x 42 x 0.3) = 1.959964 x √54.241459 = 14.434899;
    2(n + z²) = 127.682918. (87.841459 - 14.434899)/127.682918 = 0.574913; (87.841459 + 14.434899)/127.682918 = 0.801018.
    """
    found = retention(record.academy().to_june_2022)
    assert found.is_exact
    assert [end.magnitude for end in found.share] == [70, 70]
    assert [end.magnitude for end in found.interval] == [pytest.approx(57.4913, abs=5e-5), pytest.approx(80.1018, abs=5e-5)]
    assert (found.smallest.count, found.smallest.out_of, found.smallest.confidence) == (42, 60, 0.95)
    z, x, n = 1.959964, 42, 60
    spread = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    assert found.smallest.lower == pytest.approx((2 * x + z * z - spread) / (2 * (n + z * z)), abs=1e-6)


def test_it_says_what_the_print_does_not():
    """0 to 45 months, from 1 January 2019 or 30 June 2022 to 1 June or 11 October 2022: no retention at 12 months."""
    found = retention(record.academy().to_june_2022)
    first, second, *_ = found.does_not_say
    assert "0 to 45 months" in first
    assert "no retention at 12 months or any other" in first
    assert "still in the academy is not known" in second
    assert first in str(found)
    no_day = retention(cohort(started=60, remaining=42))
    assert no_day.does_not_say[0].startswith("How long they had been followed is not known")
    same = retention(cohort(started=60, in_academy=0, in_post=42, started_in=dt.date(2021, 6, 1), as_at=dt.date(2022, 6, 1)))
    assert same.does_not_say[0].startswith("They had been followed for 12 months each")
    assert not any("still in the academy is not known" in sentence for sentence in same.does_not_say)


def test_a_range_of_starters_or_stayers_makes_a_range_of_shares():
    """12 to 14 of 20 is 60 to 70%, with the lower limit of 12 and the upper of 14; 6 to 16 of 10 to 20 is 6 of 20 to 16 of 16."""
    found = retention(cohort(started=20, remaining=(12, 14)))
    assert [end.magnitude for end in found.share] == [60, 70]
    worst, best = proportion(12, 20), proportion(14, 20)
    assert [end.magnitude for end in found.interval] == [pytest.approx(100 * worst.lower), pytest.approx(100 * best.upper)]
    assert "between 60%" in str(found)
    wide = retention(cohort(started=(10, 20), remaining=(6, 16)))
    assert [end.magnitude for end in wide.share] == [30, 100]


@settings(max_examples=50)
@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_every_number_in_the_ranges_lies_within_the_retention(most, starters, few, many):
    """Whatever is true of started and remaining, its share and its interval lie within those of the range."""
    started = sorted((max(1, starters), most))
    there = sorted((min(few, started[1]), min(many, started[1])))
    found = retention(cohort(started=tuple(started), remaining=tuple(there)))
    low, high = (end.magnitude for end in found.share)
    least, greatest = (end.magnitude for end in found.interval)
    for out_of in range(started[0], started[1] + 1):
        for count in range(there[0], min(there[1], out_of) + 1):
            one = proportion(count, out_of)
            assert low - 1e-9 <= 100 * one.value <= high + 1e-9
            assert least - 1e-9 <= 100 * one.lower
            assert 100 * one.upper <= greatest + 1e-9


@pytest.mark.parametrize(
    ("given_cohort", "says"),
    [
        (lambda: record.academy().planned_to_april_2023, "A plan has no outcome"),
        (lambda: record.academy().in_january_2020, "how many started"),
        (lambda: cohort(started=60, in_post=30), "how many remain, or how many left"),
        (lambda: cohort(started=0), "how many remain"),
        (lambda: cohort(started=0, left=0), "somebody started"),
        (lambda: None, "an AcademyCohort"),
        (lambda: 42, "an AcademyCohort"),
        (lambda: pl.DataFrame({"a": [1]}), "an AcademyCohort"),
    ],
)
def test_a_cohort_with_no_retention_is_refused_by_what_it_lacks(given_cohort, says):
    """A plan, and what no source says."""
    with pytest.raises(InvalidValue, match=f"^cohort: .*{says}"):
        retention(given_cohort())


def test_a_confidence_that_is_none_is_refused_by_its_name():
    """95 is not 0.95."""
    with pytest.raises(InvalidValue, match="confidence"):
        retention(record.academy().to_june_2022, confidence=95)


# Rows.


def state_of(row, months):
    """Where she was in the year so many months on, read off her dates."""
    start = row["start_date"]
    if row["asye_outcome_date"] is not None and row["asye_outcome_date"] <= until(start, months):
        return row["asye_outcome"]
    if row["leaving_date"] is not None and row["leaving_date"] < served_by(start, months):
        return "left"
    if row["asye_deferred_date"] is not None and row["asye_deferred_date"] <= until(start, months):
        return "deferred"
    return "under way"


def standing_of(row):
    """Where she stood at the end of the day."""
    if row["leaving_date"] is not None and row["leaving_date"] <= FOLLOWED_TO:
        return "left"
    return "in post" if row["moved_to_team_date"] is not None and row["moved_to_team_date"] <= FOLLOWED_TO else "in academy"


@pytest.fixture(scope="module")
def made():
    """The rows, and what a loop says of each."""
    frame = ten_thousand()
    said = {}
    for row in frame.to_dicts():
        start, leaving = row["start_date"], row["leaving_date"]
        there = start <= FOLLOWED_TO
        one = {"still": (there, there and (leaving is None or leaving > FOLLOWED_TO))}
        one["standing"] = standing_of(row) if there else None
        for months in AFTER:
            followed = served_by(start, months) <= FOLLOWED_TO + dt.timedelta(days=1)
            one["retained", months] = (followed, followed and (leaving is None or leaving >= served_by(start, months)))
            one["state", months] = state_of(row, months) if served_by(start, months) <= FOLLOWED_TO else None
        due = served_by(start, 12) <= FOLLOWED_TO
        passed = row["asye_outcome"] == "passed" and row["asye_outcome_date"] <= until(start, 12)
        one["in time"] = (due, due and passed)
        said[row["worker_id"]] = one
    return frame, said


def the_marks_agree(native, said):
    """Each row of each drill-down."""
    for row in rows_of(mark_still_in_service(native, at=AT)):
        assert (row["in_denominator"], row["in_numerator"]) == said[row["worker_id"]]["still"]
    for row in rows_of(mark_academy_standing(native, at=AT)):
        standing = said[row["worker_id"]]["standing"]
        assert (row["standing"], row["in_numerator"]) == (standing, standing == "in post")
    for row in rows_of(mark_retained(native, followed_to=FOLLOWED_TO, months=24)):
        followed, stayed = said[row["worker_id"]]["retained", 24]
        assert (row["in_denominator"], row["in_numerator"], row["not_followed"]) == (followed, stayed, not followed)
    for row in rows_of(mark_asye_passed_in_time(native, followed_to=FOLLOWED_TO)):
        due, passed = said[row["worker_id"]]["in time"]
        assert (row["in_denominator"], row["in_numerator"], row["not_due"]) == (due, passed, not due)
    for row in rows_of(mark_asye_progress(native, followed_to=FOLLOWED_TO, months=6)):
        state = said[row["worker_id"]]["state", 6]
        assert (row["asye_state"], row["in_denominator"], row["in_numerator"]) == (state, state is not None, state == "passed")


def counted(found, keys):
    """(part, whole) by the keys, where there is a value; the rest is ``z``."""
    out = {}
    for row in rows_of(found.frame):
        key = (*(row[name] for name in keys), row["period_kind"], row["period_start"])
        assert (row["withheld"] == "z") == (row["denominator"] == 0)
        out[key] = (row["numerator"], row["denominator"])
        if row["denominator"]:
            assert row["value"] == pytest.approx(100 * row["numerator"] / row["denominator"])
            assert row["lower"] <= row["value"] <= row["upper"]
    return out


def agrees_with_the_loop(native, made):
    """Every drill-down row, and every number by intake and year."""
    frame, said = made
    assert type(mark_still_in_service(native, at=AT)) is type(native)
    the_marks_agree(native, said)
    shares = {}
    for row in frame.to_dicts():
        one = said[row["worker_id"]]
        marks = {("still",): one["still"], ("in time",): one["in time"]}
        marks |= {("standing", name): (one["standing"] is not None, one["standing"] == name) for name in STANDINGS}
        marks |= {("retained", months): one["retained", months] for months in AFTER}
        marks |= {
            ("state", months, name): (one["state", months] is not None, one["state", months] == name)
            for months in AFTER
            for name in ASYE_STATES
        }
        for period in PERIODS:
            if period.start <= row["start_date"] <= period.end:
                for name, (whole, part) in marks.items():
                    tally = shares.setdefault((*name, row["intake"], str(period.kind), period.start), Counter())
                    tally.update(part=part, whole=whole)
    asked = {"period": PERIODS, "by": "intake"}
    followed = asked | {"followed_to": FOLLOWED_TO}
    of_state = counted(asye_progress(native, months=AFTER, **followed), ("months", "asye_state", "intake"))
    of_standing = counted(academy_standing(native, at=AT, **asked), ("standing", "intake"))
    found = {("still", *key): pair for key, pair in counted(still_in_service(native, at=AT, **asked), ("intake",)).items()}
    found |= {("in time", *key): pair for key, pair in counted(asye_passed_in_time(native, **followed), ("intake",)).items()}
    of_months = counted(retained(native, months=AFTER, **followed), ("months", "intake"))
    found |= {("retained", *key): pair for key, pair in of_months.items()}
    found |= {("standing", *key): pair for key, pair in of_standing.items()}
    found |= {("state", *key): pair for key, pair in of_state.items()}
    assert len(found) == 3 * len(PERIODS) * (2 + len(AFTER) + len(STANDINGS) + len(AFTER) * len(ASYE_STATES))
    for key, pair in found.items():
        expected = shares.get(key, Counter())
        assert pair == (expected["part"], expected["whole"]), key


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_ten_thousand_members_are_what_a_plain_loop_says_on_every_engine(engine, made):
    """Rows and numbers of five measures, by intake with one that is not recorded, over years that overlap."""
    agrees_with_the_loop(as_engine(made[0], engine), made)


@pytest.mark.spark
def test_ten_thousand_members_are_what_a_plain_loop_says_on_spark(spark, made):
    """The same on Spark."""
    agrees_with_the_loop(as_engine(made[0], Engine.PYSPARK, spark=spark), made)


def test_a_share_still_in_service_and_a_retention_at_12_months_are_two_numbers():
    """Two left in their first months, two started last month: 50% are in service, and none is known to have stayed a year."""
    frame = members(
        {"start_date": "2021-01-04", "leaving_date": "2021-05-01"}, {"start_date": "2021-01-04", "leaving_date": "2021-06-01"},
        {"start_date": "2022-06-01"}, {"start_date": "2022-06-01"},
    )  # fmt: skip
    both = Span("2021-01-01", "2022-12-31")
    assert still_in_service(frame, period=both, at=AT).at().number == 50
    (year,) = retained(frame, period=both, followed_to=FOLLOWED_TO)
    assert (year.numerator, year.denominator) == (0, 2)


@pytest.mark.parametrize(
    ("leaving", "followed_to", "expected"),
    [
        ("2022-01-03", "2022-06-30", (True, False)),  # a day short of a year
        ("2022-01-04", "2022-06-30", (True, True)),  # on the anniversary: the year is served
        (None, "2022-01-03", (True, True)),  # to the end of 3 January 2022: a year is over
        (None, "2022-01-02", (False, False)),
        ("2021-05-01", "2022-01-02", (False, False)),  # her year is not over, though she has left
        ("2023-01-01", "2022-06-30", (True, True)),  # is to leave
    ],
)
def test_a_year_is_served_on_the_anniversary_and_followed_by_the_end_of_the_day_before(leaving, followed_to, expected):
    """Of one who started on 4 January 2021."""
    frame = members({"start_date": "2021-01-04", "leaving_date": leaving})
    (row,) = rows_of(mark_retained(frame, followed_to=dt.date.fromisoformat(followed_to)))
    assert (row["in_denominator"], row["in_numerator"]) == expected


def test_a_day_of_leaving_is_not_in_service_and_the_day_before_is():
    """As every stock here: ended after the day, or not at all."""
    frame = members(*({"start_date": "2021-01-04", "leaving_date": day} for day in ("2022-06-30", "2022-07-01")))
    assert [row["in_numerator"] for row in rows_of(mark_still_in_service(frame, at=AT))] == [False, True]
    assert [row["standing"] for row in rows_of(mark_academy_standing(frame, at=AT))] == ["left", "in academy"]


def outcome(how, day):
    """An outcome and its day."""
    return {"asye_outcome": how, "asye_outcome_date": day}


@pytest.mark.parametrize(
    ("row", "states"),
    [
        (outcome("passed", "2022-01-04"), ["under way", "passed"]),  # on the anniversary
        (outcome("passed", "2022-01-05"), ["under way", "under way"]),
        (outcome("passed", "2022-03-01") | {"asye_deferred_date": "2021-06-01"}, ["deferred", "deferred"]),
        (outcome("failed", "2021-12-01") | {"asye_deferred_date": "2021-10-01"}, ["under way", "failed"]),
        ({"leaving_date": "2021-05-01", "asye_deferred_date": "2021-04-01"}, ["left", "left"]),
        (outcome("withdrawn", "2021-05-01") | {"leaving_date": "2021-05-01"}, ["withdrawn", "withdrawn"]),
        (outcome("passed", "2021-12-20") | {"leaving_date": "2022-01-02"}, ["under way", "passed"]),
    ],
)
def test_an_outcome_counts_before_leaving_and_leaving_before_a_deferral(row, states):
    """Six and twelve months after 4 January 2021."""
    frame = members({"start_date": "2021-01-04"} | row)
    found = [rows_of(mark_asye_progress(frame, followed_to=FOLLOWED_TO, months=n))[0]["asye_state"] for n in (6, 12)]
    assert found == states
    (in_time,) = rows_of(mark_asye_passed_in_time(frame, followed_to=FOLLOWED_TO))
    assert in_time["in_numerator"] == (states[1] == "passed")


def test_who_started_before_the_programme_is_in_no_assessed_year():
    """It began in September 2012: neither due nor not due."""
    frame = members({"start_date": "2012-09-29"}, {"start_date": "2012-09-30"})
    for rows in (
        rows_of(mark_asye_passed_in_time(frame, followed_to=FOLLOWED_TO)),
        rows_of(mark_asye_progress(frame, followed_to=FOLLOWED_TO)),
    ):
        assert [(row["in_denominator"], row["not_due"]) for row in rows] == [(False, False), (True, False)]
    assert retained(frame, period=CalendarYear(2012), followed_to=FOLLOWED_TO).at().denominator == 2


@settings(max_examples=12)
@given(
    frames(
        AssessedYears,
        max_rows=10,
        columns={
            "worker_id": st.sampled_from("ABCDEFGHIJ"),
            "start_date": st.dates(dt.date(2020, 1, 25), dt.date(2021, 6, 30)),
            "moved_to_team_date": st.none() | st.dates(dt.date(2020, 6, 1), dt.date(2022, 6, 30)),
            "leaving_date": st.none() | st.dates(dt.date(2020, 6, 1), dt.date(2022, 12, 31)),
            "asye_deferred_date": st.none(),
            **dict.fromkeys(("asye_outcome", "asye_outcome_date"), st.none()),
            "intake": st.sampled_from(["spring", "autumn", None]),
        },
    )
)
def test_states_and_standings_add_up_and_groups_make_the_whole(frame):
    """Any members: 100% a group, and the rows of the drill-down are the numbers."""
    frame = frame.with_columns(pl.col("intake").cast(pl.String))
    asked = {"period": CalendarYear(2020), "by": "intake"}
    inside = frame.filter(pl.col("start_date").dt.year() == 2020)
    for found in (academy_standing(frame, at=AT, **asked), asye_progress(frame, followed_to=FOLLOWED_TO, **asked)):
        together = {}
        for reading in found:
            intake = dict(reading.dims)["intake"]
            together[intake] = together.get(intake, 0) + (reading.number or 0)
            assert reading.value is Withheld.NOT_APPLICABLE or reading.denominator > 0
        assert all(total == pytest.approx(100) or total == 0 for total in together.values())
    one = academy_cohort(
        frame, started_in=CalendarYear(2020), at=AT, area="825", who=Qualification.NEWLY_QUALIFIED, source=MADE_UP
    )
    assert one.started.fewest == inside.height
    whole = still_in_service(frame, period=CalendarYear(2020), at=AT).at()
    assert (one.in_service.fewest, one.started.fewest) == (whole.numerator, whole.denominator)
    if whole.denominator:
        assert retention(one).smallest.value == pytest.approx(whole.number / 100)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
def test_rows_make_a_cohort_on_every_engine(engine):
    """Three who started in the year, one of whom left; a fourth starts after the day, a fifth in another year."""
    frame = as_engine(members(
        {"start_date": "2022-01-04", "moved_to_team_date": "2022-06-30"}, {"start_date": "2022-01-04"},
        {"start_date": "2022-02-01", "leaving_date": "2022-03-01"}, {"start_date": "2022-09-01"}, {"start_date": "2021-01-04"},
    ), engine)  # fmt: skip
    asked = {"started_in": CalendarYear(2022), "at": AT, "area": 825, "who": Qualification.NEWLY_QUALIFIED, "source": MADE_UP}
    made = academy_cohort(frame, **asked)
    assert [one.fewest for one in (made.started, made.in_academy, made.in_post, made.left)] == [3, 1, 1, 1]
    assert academy_cohort(as_engine(members(), engine), **asked).started.fewest == 0


def test_nothing_to_divide_by_is_not_applicable():
    """A year in which nobody started, and an empty frame; by intake an empty frame has no groups."""
    for frame in (members(), members({"start_date": "2019-05-01"})):
        for found in (
            still_in_service(frame, period=CalendarYear(2022), at=AT),
            retained(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO),
            academy_standing(frame, period=CalendarYear(2022), at=AT),
            asye_passed_in_time(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO),
            asye_progress(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO),
        ):
            assert all(reading.value is Withheld.NOT_APPLICABLE for reading in found)
    assert len(still_in_service(members(), period=CalendarYear(2022), at=AT, by="intake")) == 0


def test_a_frame_of_members_alone_has_retention_and_needs_more_for_its_assessed_year():
    """The columns of the year are a schema of their own, and a frame checked by it is taken as one of members."""
    frame = members({"start_date": "2021-01-04"})
    alone = frame.select("worker_id", "start_date", "moved_to_team_date", "leaving_date")
    assert still_in_service(alone, period=CalendarYear(2021), at=AT).at().number == 100
    with pytest.raises(FrameProblems, match="asye_outcome"):
        asye_progress(alone, period=CalendarYear(2021), followed_to=FOLLOWED_TO)
    checked = AssessedYears.conform(frame)
    assert AcademyMembers.admit(checked) is checked
    assert retained(checked, period=CalendarYear(2021), followed_to=FOLLOWED_TO).at().number == 100


NO_DAY = "an ASYE outcome without its day, or a day without an outcome"
LATE = "deferred before the start or after the outcome"
BROKEN = [
    ({"leaving_date": "2022-01-03"}, "left before starting"),
    ({"moved_to_team_date": "2022-01-03"}, "moved to a team before starting"),
    ({"moved_to_team_date": "2022-03-01", "leaving_date": "2022-02-01"}, "moved to a team after leaving"),
    ({"asye_outcome": "passed"}, NO_DAY),
    ({"asye_outcome_date": "2022-12-04"}, NO_DAY),
    (outcome("passed", "2022-01-03"), "an ASYE outcome before the start"),
    (outcome("passed", "2022-03-03") | {"leaving_date": "2022-03-01"}, "an ASYE outcome after leaving"),
    ({"asye_deferred_date": "2022-01-03"}, LATE),
    (outcome("failed", "2022-05-02") | {"asye_deferred_date": "2022-05-03"}, LATE),
]


@pytest.mark.parametrize(("row", "rule"), BROKEN)
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB], ids=lambda engine: engine.value)
def test_a_broken_rule_is_told_with_its_rows_and_no_cell(row, rule, engine):
    """One row of two."""
    token = "SECRET-WORKER-7"
    frame = as_engine(members({"worker_id": token, "start_date": "2022-01-04"} | row, {"start_date": "2022-01-04"}), engine)
    with pytest.raises(FrameProblems) as caught:
        asye_progress(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO)
    assert [(one.rule, one.rows) for one in caught.value.problems] == [(rule, 1)]
    said = f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__} {caught.value.__context__}"
    assert token not in said
    assert "2022" not in said


def test_a_worker_twice_and_a_code_that_is_none_are_told_together():
    """Every broken rule at once, with counts."""
    frame = members({"worker_id": "A", "start_date": "2022-01-04"}, {"worker_id": "A", "start_date": "2022-02-04"})
    frame = frame.with_columns(asye_outcome=pl.lit("deferred"), asye_outcome_date=pl.lit(dt.date(2022, 12, 1)))
    with pytest.raises(FrameProblems) as caught:
        asye_passed_in_time(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO)
    assert {(one.column, one.rows) for one in caught.value.problems} == {("worker_id", 2), ("asye_outcome", 2)}


MEASURES = {
    "still_in_service": (still_in_service, {"at": AT}),
    "academy_standing": (academy_standing, {"at": AT}),
    "retained": (retained, {"followed_to": FOLLOWED_TO}),
    "asye_passed_in_time": (asye_passed_in_time, {"followed_to": FOLLOWED_TO}),
    "asye_progress": (asye_progress, {"followed_to": FOLLOWED_TO}),
}
WRONG = [
    ({"by": "locality"}, UnknownColumn, "locality"),
    ({"by": "worker_id"}, InvalidValue, "worker_id"),
    ({"by": ["intake", "intake"]}, InvalidValue, "by: .* once"),
    ({"period": []}, InvalidValue, "^period: "),
    ({"period": "2022"}, InvalidValue, "^period: "),
    ({"period": AT}, InvalidValue, "^period: "),
    ({"period": [MonthlyAverage("2022-04", "2022-09")]}, InvalidValue, "^period: "),
    ({"confidence": 95}, InvalidValue, "confidence"),
    ({"area": 825}, InvalidValue, "^area"),
]


@pytest.mark.parametrize("measure", MEASURES)
def test_an_argument_that_cannot_be_is_refused_by_its_name(measure):
    """None of them as an error of another's."""
    of, asked = MEASURES[measure]
    frame = members({"start_date": "2022-01-04"})
    own = {"at": ("^at: ", [None, dt.date(2022, 1, 1), CalendarYear(2022), [AT, Snapshot("1 July 2022")]])}
    own["followed_to"] = ("^followed_to: ", [None, "2022-06-30", dt.datetime(2022, 6, 30), dt.date.max, AT])
    for wrong, error, says in WRONG:
        with pytest.raises(error, match=says):
            of(frame, **({"period": CalendarYear(2022)} | asked | wrong))
    (name,) = asked
    for value in own[name][1]:
        with pytest.raises(InvalidValue, match=own[name][0]):
            of(frame, period=CalendarYear(2022), **{name: value})


@pytest.mark.parametrize("months", [0, -1, True, 2.5, "12", None, [], [6, 6], [6, "12"], 601, pl.Series([1.5])], ids=str)
def test_months_that_are_no_whole_numbers_are_refused(months):
    """One or several, each once, from 1 to 600."""
    frame = members({"start_date": "2022-01-04"})
    for of in (retained, asye_progress):
        with pytest.raises(InvalidValue, match=r"^months: "):
            of(frame, period=CalendarYear(2022), followed_to=FOLLOWED_TO, months=months)
    for mark in (mark_retained, mark_asye_progress):
        with pytest.raises(InvalidValue, match=r"^months: "):
            mark(frame, followed_to=FOLLOWED_TO, months=months)


@pytest.mark.parametrize(
    ("measure", "name"),
    [("retained", "months"), ("retained", "Not_Followed"), ("asye_progress", "asye_state"), ("academy_standing", "standing")],
)
def test_a_measure_is_not_broken_down_by_what_it_makes_itself(measure, name):
    """A column of the frame of that name is replaced before anything is counted by it."""
    of, asked = MEASURES[measure]
    frame = members({"start_date": "2022-01-04"}).with_columns(pl.lit("x").alias(name))
    with pytest.raises(InvalidValue, match="does not make itself"):
        of(frame, period=CalendarYear(2022), by=name, **asked)
    for engine in (Engine.POLARS, Engine.DUCKDB):
        plain, named = (list(of(as_engine(one, engine), period=CalendarYear(2021), **asked)) for one in (frame.drop(name), frame))
        assert plain == named


def test_a_cohort_of_rows_is_refused_by_what_is_wrong():
    """A day before the period, several periods, no source, an area that is none."""
    frame = members({"start_date": "2022-01-04"})
    good = {"started_in": CalendarYear(2022), "at": AT, "area": "825", "who": Qualification.NEWLY_QUALIFIED, "source": MADE_UP}
    for wrong, error, says in (
        ({"at": Snapshot("31 December 2021")}, InvalidValue, "as_at"),
        ({"started_in": [CalendarYear(2021), CalendarYear(2022)]}, InvalidValue, "^started_in: "),
        ({"started_in": None}, InvalidValue, "^started_in: "),
        ({"source": None}, MissingSource, "a cohort of the academy"),
        ({"area": "999"}, UnknownArea, "unknown"),
        ({"who": "newly qualified"}, InvalidValue, "who"),
    ):
        with pytest.raises(error, match=says):
            academy_cohort(frame, **(good | wrong))


def test_the_made_up_frame_is_of_the_schema():
    """The helper's columns are the schema's, and one to group by."""
    assert [name for name in SCHEMA if name != "intake"] == list(AssessedYears.to_schema().columns)


def test_bounds_of_the_start_are_kept_as_bounds():
    """Between 2019 and June 2022: no month is chosen."""
    started_in = record.academy().to_june_2022.started_in
    assert isinstance(started_in, DateBounds)
    assert "Between 2019 and June 2022" in started_in.why or "between 2019 and June 2022" in started_in.why
