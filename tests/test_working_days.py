"""Working days, counted beside a plain loop over days that knows nothing of the code under test."""

from __future__ import annotations

import csv
import datetime as dt
import json
import pickle
import subprocess
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import working_days
from bucks_cs.errors import InvalidValue, OutsideCoverage
from bucks_cs.working_days import WorkingCalendar, add, between, england, is_working_day

ONE_DAY = dt.timedelta(days=1)


def listed() -> dict[str, str]:
    """The bank holidays of England and Wales, date and title, read from the installed copy without the code under test."""
    text = resources.files("govuk_bank_holidays").joinpath("bank-holidays.json").read_text(encoding="utf-8")
    return {event["date"]: event["title"] for event in json.loads(text)["england-and-wales"]["events"]}


LISTED = listed()
FIRST = dt.date(int(min(LISTED)[:4]), 1, 1)
LAST = dt.date(int(max(LISTED)[:4]), 12, 31)
DAYS = st.dates(FIRST, LAST)


def worked(day: dt.date) -> bool:
    """Whether a day is worked, by its name and the list alone."""
    return day.strftime("%A") not in {"Saturday", "Sunday"} and day.isoformat() not in LISTED


def counted(start: dt.date, end: dt.date) -> int:
    """The slow way: one day after another."""
    number = 0
    while start < end:
        start += ONE_DAY
        number += worked(start)
    return number


def stepped(start: dt.date, days: int) -> dt.date:
    """The slow way: on, or back, until so many working days have gone by."""
    left = abs(days)
    while left:
        start += ONE_DAY if days > 0 else -ONE_DAY
        left -= worked(start)
    return start


def test_seventy_working_days_after_11_february_2022_is_25_may_2022():
    """Fourteen weeks on is Friday 20 May; Good Friday, Easter Monday and 2 May add three: 23, 24, 25 May.

    Buckinghamshire's plan was due "by 25 May 2022" (Select Committee report, post Ofsted action plan).
    """
    assert add(dt.date(2022, 2, 11), 70) == dt.date(2022, 5, 25)
    assert between(dt.date(2022, 2, 11), dt.date(2022, 5, 25)) == 70


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(dt.date(2012, 6, 5), id="Queen's Diamond Jubilee"),
        pytest.param(dt.date(2020, 5, 8), id="early May, moved to VE day"),
        pytest.param(dt.date(2022, 6, 2), id="spring, moved for the Platinum Jubilee"),
        pytest.param(dt.date(2022, 6, 3), id="Platinum Jubilee"),
        pytest.param(dt.date(2022, 9, 19), id="State Funeral of Queen Elizabeth II"),
        pytest.param(dt.date(2023, 5, 8), id="coronation of King Charles III"),
        pytest.param(dt.date(2022, 12, 27), id="substitute for Christmas Day, a Sunday"),
        pytest.param(dt.date(2024, 3, 29), id="Good Friday"),
    ],
)
def test_the_special_and_the_moved_bank_holidays_are_not_worked(day):
    """Each was proclaimed for its own year; none would come of a rule."""
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [dt.date(2020, 5, 4), dt.date(2022, 5, 30), dt.date(2012, 5, 28), dt.date(2022, 3, 17)])
def test_the_mondays_they_were_moved_from_and_other_countries_holidays_are_worked(day):
    """The first Monday of May 2020 and the last Mondays of May 2012 and 2022 were worked; so is St Patrick's Day here."""
    assert is_working_day(day)


def test_every_year_has_eight_bank_holidays_and_four_of_them_more():
    """Eight in law and by yearly proclamation; 2012 and 2023 had one more, 2022 had two."""
    by_year = {year: sum(day.year == year for day in england().holidays) for year in range(FIRST.year, LAST.year + 1)}
    expected = dict.fromkeys(by_year, 8) | {2012: 9, 2022: 10, 2023: 9}
    assert by_year == expected


def test_coverage_is_the_whole_years_of_the_installed_copy():
    """2012 to 2028 in the copy this was built with; the first and the last day are known, the days beyond are not."""
    assert (england().first, england().last) == (FIRST, LAST)
    assert FIRST <= dt.date(2012, 1, 1)
    assert LAST >= dt.date(2028, 12, 31)
    assert is_working_day(LAST) == worked(LAST)


def test_a_year_that_is_not_whole_is_left_out_and_a_hole_is_refused():
    """GOV.UK's own list begins and ends within years; a short year would be counted as worked."""
    full = [dt.date(year, month, 1) for year in (2020, 2021) for month in range(1, 9)]
    assert working_days._whole_years([*full, dt.date(2019, 12, 25), dt.date(2022, 1, 3)]) == (2020, 2021)
    for bad in ([], [dt.date(2020, 1, 1)], [*full, *(dt.date(2023, month, 1) for month in range(1, 9))]):
        with pytest.raises(InvalidValue, match="whole years"):
            working_days._whole_years(bad)


def test_there_are_253_working_days_in_2019_and_254_in_2020(published: Path):
    """DfE divides absence by 253 days, "the number of working days in a non-leap year", and by 254 in a leap year."""
    with (published / "lait" / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        text = " ".join(cell for row in csv.reader(file) for cell in row)
    assert "253 days (the number of working days in a non-leap year, taking account of bank holidays)" in text
    assert "The rate for a leap year is based on 254 working days" in text
    assert between(dt.date(2018, 12, 31), dt.date(2019, 12, 31)) == 253
    assert between(dt.date(2019, 12, 31), dt.date(2020, 12, 31)) == 254


def test_every_day_of_every_year_is_worked_or_not_as_the_list_says():
    """All 6,210 days of 2012 to 2028."""
    days = [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]
    wrong = [day for day in days if is_working_day(day) != worked(day)]
    assert wrong == []


@given(DAYS, DAYS)
def test_between_is_what_a_loop_over_the_days_counts(one, other):
    """Over the whole coverage, in any length."""
    start, end = sorted((one, other))
    assert between(start, end) == counted(start, end)


@given(st.dates(FIRST + 120 * ONE_DAY, LAST - 120 * ONE_DAY), st.integers(-75, 75))
def test_add_is_what_stepping_day_by_day_reaches(start, days):
    """Forward and back, from working days, weekends and holidays."""
    assert add(start, days) == stepped(start, days)


@given(st.dates(FIRST + 120 * ONE_DAY, LAST - 120 * ONE_DAY), st.integers(1, 75))
def test_add_undoes_between(start, days):
    """The n-th working day after a day is n working days after it; going back, the day itself counts if it is worked."""
    assert between(start, add(start, days)) == days
    assert between(add(start, -days), start) == (days if worked(start) else days - 1)


@given(DAYS, DAYS, DAYS)
def test_counts_add_up_over_a_day_in_between(one, two, three):
    """Nothing is counted twice and nothing is lost where a span is cut."""
    start, middle, end = sorted((one, two, three))
    assert between(start, middle) + between(middle, end) == between(start, end)


@pytest.mark.parametrize(
    ("start", "one", "back"),
    [
        (dt.date(2024, 5, 3), dt.date(2024, 5, 7), dt.date(2024, 5, 2)),  # Friday before the early May bank holiday
        (dt.date(2024, 5, 4), dt.date(2024, 5, 7), dt.date(2024, 5, 3)),  # Saturday
        (dt.date(2024, 5, 6), dt.date(2024, 5, 7), dt.date(2024, 5, 3)),  # the bank holiday itself
        (dt.date(2024, 5, 7), dt.date(2024, 5, 8), dt.date(2024, 5, 3)),  # Tuesday after it
    ],
)
def test_one_working_day_on_and_back_from_any_day_of_a_long_weekend(start, one, back):
    """By the calendar of May 2024, where Monday 6 May is a bank holiday."""
    assert (add(start, 1), add(start, -1), add(start, 0)) == (one, back, start)


def test_a_span_of_no_days_is_none_even_on_a_working_day():
    """The day it starts is day 0."""
    assert between(dt.date(2024, 5, 7), dt.date(2024, 5, 7)) == 0


def test_an_end_before_its_start_is_refused():
    """A negative count would pass for being within any limit."""
    with pytest.raises(InvalidValue, match="on or after its start"):
        between(dt.date(2024, 5, 7), dt.date(2024, 5, 6))


@pytest.mark.parametrize(
    "call",
    [
        lambda: is_working_day(FIRST - ONE_DAY),
        lambda: is_working_day(LAST + ONE_DAY),
        lambda: between(FIRST - ONE_DAY, FIRST),
        lambda: between(LAST, LAST + ONE_DAY),
        lambda: add(LAST, 1),
        lambda: add(FIRST, -1),
        lambda: add(LAST + ONE_DAY, 0),
        lambda: add(dt.date(2022, 2, 11), 10_000),
        lambda: add(dt.date(2022, 2, 11), -10_000),
        lambda: england().with_closures([LAST + ONE_DAY]),
    ],
)
def test_outside_the_coverage_is_refused_with_a_way_out(call):
    """No day is guessed to be worked because its year is not listed; the hint says what to give instead."""
    with pytest.raises(OutsideCoverage, match=r"WorkingCalendar\.of") as caught:
        call()
    assert (caught.value.first, caught.value.last) == (FIRST.isoformat(), LAST.isoformat())


def test_the_first_and_last_days_of_the_coverage_can_be_reached():
    """The edges are inside: 30 December to the last day, and back to the first working day."""
    assert add(LAST - 10 * ONE_DAY, counted(LAST - 10 * ONE_DAY, LAST)) == stepped(LAST + ONE_DAY, -1)
    first_worked = stepped(FIRST - ONE_DAY, 1)
    assert add(first_worked + ONE_DAY, -1) == first_worked


SECRET = dt.datetime(2022, 2, 11, 13, 37, 59)


@pytest.mark.parametrize("bad", [SECRET, pd.Timestamp(SECRET), pd.NaT, None, "2022-02-11", 44603, np.datetime64(SECRET)])
def test_what_is_no_plain_date_is_refused_and_not_repeated(bad):
    """A datetime is a date by class, but its time of day is not dropped here; nothing of it is in the error."""
    day = dt.date(2022, 2, 11)
    calls = [
        lambda: between(bad, day),
        lambda: between(day, bad),
        lambda: add(bad, 1),
        lambda: is_working_day(bad),
        lambda: WorkingCalendar.of([bad], first=day, last=day),
        lambda: WorkingCalendar.of([], first=bad, last=day),
        lambda: WorkingCalendar.of([], first=day, last=bad),
        lambda: england().with_closures([bad]),
    ]
    for call in calls:
        with pytest.raises(InvalidValue, match=r"datetime\.date") as caught:
            call()
        shown = f"{caught.value} {caught.value!r} {caught.value.args}"
        assert not any(part in shown for part in ("2022", "44603", "13:37", "NaT"))
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


@pytest.mark.parametrize("bad", [1.0, "70", None, True, float("nan")])
def test_a_number_of_days_that_is_not_whole_is_refused(bad):
    """True is no number of days, and 70.0 may have been 70.4."""
    with pytest.raises(InvalidValue, match="whole number"):
        add(dt.date(2022, 2, 11), bad)


def test_numpy_whole_numbers_are_days():
    """An analyst's number comes out of a frame."""
    assert add(dt.date(2022, 2, 11), np.int64(70)) == dt.date(2022, 5, 25)


def test_any_dates_make_a_calendar():
    """A week with a Wednesday off, and a Saturday that is off anyway: Tuesday to Thursday is one working day."""
    week = WorkingCalendar.of(
        [dt.date(1999, 9, 8), dt.date(1999, 9, 8), dt.date(1999, 9, 11)], first=dt.date(1999, 9, 6), last=dt.date(1999, 9, 12)
    )
    assert between(dt.date(1999, 9, 7), dt.date(1999, 9, 9), calendar=week) == 1
    assert add(dt.date(1999, 9, 7), 1, calendar=week) == dt.date(1999, 9, 9)
    assert not is_working_day(dt.date(1999, 9, 8), calendar=week)
    assert week.weekday_holidays() == (dt.date(1999, 9, 8),)
    with pytest.raises(OutsideCoverage, match="the calendar given"):
        add(dt.date(1999, 9, 10), 1, calendar=week)


def test_a_calendar_without_holidays_is_monday_to_friday():
    """Numpy's own business days, an independent count, agree over three years."""
    plain = WorkingCalendar.of([], first=dt.date(2001, 1, 1), last=dt.date(2003, 12, 31))
    start = dt.date(2001, 1, 1)
    ends = [start + n * ONE_DAY for n in range(1, 1000)]
    ours = [plain.between(start, end) for end in ends]
    theirs = np.busday_count([start + ONE_DAY] * len(ends), [end + ONE_DAY for end in ends])
    assert ours == theirs.tolist()


def test_weekday_holidays_are_what_numpy_needs_for_the_same_count():
    """The column form hands them to an engine: with them numpy counts as we do."""
    holidays = england().weekday_holidays()
    assert list(holidays) == sorted(holidays)
    assert all(day.weekday() < 5 for day in holidays)
    starts = [FIRST + n * ONE_DAY for n in range(0, 6000, 37)]
    ends = [start + 97 * ONE_DAY for start in starts]
    theirs = np.busday_count([s + ONE_DAY for s in starts], [e + ONE_DAY for e in ends], holidays=holidays)
    assert [between(s, e) for s, e in zip(starts, ends, strict=True)] == theirs.tolist()


def test_closure_days_are_not_worked_and_the_calendar_they_were_added_to_is_as_it_was():
    """Between Christmas and New Year 2024 an office shuts on 27, 30 and 31 December."""
    shut = [dt.date(2024, 12, 27), dt.date(2024, 12, 30), dt.date(2024, 12, 31)]
    ours = england().with_closures([*shut, dt.date(2024, 12, 25)])
    assert between(dt.date(2024, 12, 24), dt.date(2025, 1, 2)) == 4
    assert between(dt.date(2024, 12, 24), dt.date(2025, 1, 2), calendar=ours) == 1
    assert ours.holidays - england().holidays == set(shut)
    assert "4 closure days" in str(ours)


def test_a_calendar_that_cannot_be_is_refused():
    """Its end before its start; a holiday it does not cover, counted and not named."""
    with pytest.raises(InvalidValue, match="last on or after first"):
        WorkingCalendar.of([], first=dt.date(2024, 1, 2), last=dt.date(2024, 1, 1))
    with pytest.raises(InvalidValue, match="1 lie outside"):
        WorkingCalendar.of([dt.date(2023, 12, 25)], first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
    with pytest.raises(InvalidValue, match="several dates"):
        WorkingCalendar.of(None, first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))


def test_calendars_compare_hash_pickle_and_show_no_list_of_dates():
    """Two of the same days are the same; the repr is short."""
    one = WorkingCalendar.of([dt.date(2024, 1, 1)], first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
    two = WorkingCalendar.of((dt.date(2024, 1, 1),), first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
    assert one == two
    assert len({one, two}) == 1
    back = pickle.loads(pickle.dumps(england()))
    assert back == england()
    assert back.add(dt.date(2022, 2, 11), 70) == dt.date(2022, 5, 25)
    assert len(repr(england())) < 200


def test_england_is_read_once_and_from_no_network():
    """A fresh interpreter with sockets taken away still has the calendar, and nothing is imported before it is asked for."""
    program = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network")
socket.socket.connect = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
import bucks_cs.working_days as w
assert not {"govuk_bank_holidays", "requests"} & set(sys.modules), "imported too soon"
assert w.england() is w.england()
print(w.england().last.year)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(LAST.year)
