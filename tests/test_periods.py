"""Periods: what DfE and councils write is read as its own kind or refused, and no kind is ever another."""

from __future__ import annotations

import contextlib
import copy
import csv
import datetime as dt
import itertools
import pickle

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, BucksError, InvalidValue, NotComparable, Unreadable
from bucks_cs.periods import (
    TIME_IDENTIFIERS,
    AcademicYear,
    CalendarYear,
    FinancialYear,
    Month,
    MonthlyAverage,
    Period,
    ReportingYear,
    Snapshot,
    Span,
    from_bounds,
    mid_year_population,
    parse,
)

DAYS = st.dates(dt.date(1902, 1, 1), dt.date(2098, 12, 31))
YEARS = st.integers(1970, 2067)  # those that two digits can write, with the years beside them
ENDS = st.dates(dt.date(2023, 1, 1), dt.date(2023, 12, 31)).map(lambda day: (day.month, day.day))
MONTHS = st.builds(Month.containing, DAYS)
TOKEN = "zqx-4471-zqx"


@st.composite
def windows(draw):
    """Two months in order, and whether they are exactly the window."""
    first, last = sorted([draw(MONTHS), draw(MONTHS)])
    return MonthlyAverage(first, last, exact=draw(st.booleans()))


BY_KIND = {
    "financial year": st.builds(FinancialYear.containing, DAYS),
    "academic year": st.builds(AcademicYear.containing, DAYS),
    "calendar year": st.builds(CalendarYear.containing, DAYS),
    "reporting year": st.builds(lambda day, ends: ReportingYear.containing(day, ends=ends), DAYS, ENDS),
    "month": MONTHS,
    "snapshot": st.builds(Snapshot, DAYS),
    "monthly average": windows(),
    "period": st.builds(lambda one, other: Span(min(one, other), max(one, other)), DAYS, DAYS),
}
PERIODS = st.one_of(*BY_KIND.values())
SAME_DAYS = (FinancialYear("2024-25"), ReportingYear(2025, ends=(3, 31)), Span("2024-04-01", "2025-03-31"))


def day(text):
    """A date from its ISO form."""
    return dt.date.fromisoformat(text)


# Years, months and days.


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (FinancialYear("2022-23"), "2022-04-01", "2023-03-31"),
        (AcademicYear("2022/23"), "2022-08-01", "2023-07-31"),
        (CalendarYear("2022"), "2022-01-01", "2022-12-31"),
        (ReportingYear(2025, ends=(3, 31)), "2024-04-01", "2025-03-31"),
        (ReportingYear(2025, ends=(9, 30)), "2024-10-01", "2025-09-30"),
        (ReportingYear(2024, ends=(6, 30)), "2023-07-01", "2024-06-30"),
        (ReportingYear(2024, ends=(12, 31)), "2024-01-01", "2024-12-31"),
        (Month("2020-02"), "2020-02-01", "2020-02-29"),
        (Snapshot("2025-03-31"), "2025-03-31", "2025-03-31"),
        (MonthlyAverage("2020-01", "2020-03"), "2020-01-01", "2020-03-31"),
        (Span("2022-04-01", "2022-09-30"), "2022-04-01", "2022-09-30"),
    ],
    ids=str,
)
def test_a_period_has_the_first_and_the_last_day_its_source_gives(period, start, end):
    """Section 66(1)(b) of the 1989 Act; DfE's glossary; the workforce's 1 October to 30 September; the calendar."""
    assert (period.start, period.end) == (day(start), day(end))


@pytest.mark.parametrize(
    ("cls", "rule"), [(FinancialYear, "Y-MAR"), (AcademicYear, "Y-JUL"), (CalendarYear, "Y-DEC"), (Month, "M")], ids=str
)
@given(date=DAYS)
def test_the_year_or_month_of_a_day_is_the_one_pandas_gives(cls, rule, date):
    """pandas has its own periods: years by the month they end in, and months."""
    theirs, ours = pd.Period(date, freq=rule), cls.containing(date)
    assert (ours.start, ours.end) == (theirs.start_time.date(), theirs.end_time.date())
    assert (ours.next().start, ours.previous().end) == ((theirs + 1).start_time.date(), (theirs - 1).end_time.date())


@given(date=DAYS, ends=ENDS)
def test_reporting_years_that_end_on_one_day_follow_each_other_without_gap_or_overlap(date, ends):
    """Whatever the day, every date lies in exactly one of them, and each begins the day after the last."""
    year = ReportingYear.containing(date, ends=ends)
    assert year.contains(date)
    assert year.ends == ends
    assert year.start == year.previous().end + dt.timedelta(days=1)
    assert not year.next().contains(date)
    assert year.number_of_days in {365, 366}


@given(start=YEARS)
def test_a_year_by_its_first_or_its_last_calendar_year_is_the_same_year(start):
    """2022-23 starts in 2022 and ends in 2023; a calendar year starts and ends in one."""
    for cls, later in ((FinancialYear, 1), (AcademicYear, 1), (CalendarYear, 0)):
        assert cls.starting(start) == cls.ending(start + later)
        assert (cls.starting(start).start.year, cls.starting(start).end.year) == (start, start + later)


def test_a_leap_year_has_a_day_more_where_its_february_is():
    """29 February 2024 is in 2023-24, in 2023/24 and in 2024."""
    assert FinancialYear("2023-24").number_of_days == 366
    assert FinancialYear("2024-25").number_of_days == 365
    assert AcademicYear("2023/24").number_of_days == CalendarYear(2024).number_of_days == 366
    assert Month("2024-02").number_of_days == 29
    assert Snapshot("2024-02-29").number_of_days == 1


def test_the_months_of_the_financial_year_2022_23_are_april_2022_to_march_2023():
    """Twelve, in order, from the issue's own example."""
    months = FinancialYear("2022-23").months()
    assert [str(month) for month in months[:2]] == ["April 2022", "May 2022"]
    assert [str(month) for month in months[-3:]] == ["January 2023", "February 2023", "March 2023"]
    assert len(months) == 12


@given(period=st.one_of(*(BY_KIND[kind] for kind in ("financial year", "academic year", "calendar year", "month"))))
def test_the_months_of_a_year_tile_it(period):
    """They begin with it, end with it, and each begins where the one before ended."""
    months = period.months()
    assert (months[0].start, months[-1].end) == (period.start, period.end)
    assert sum(month.number_of_days for month in months) == period.number_of_days
    assert all(one.next() == other for one, other in itertools.pairwise(months))


@pytest.mark.parametrize(
    "period",
    [
        Snapshot("2025-03-31"),
        ReportingYear(2025, ends=(3, 15)),
        Span("2022-04-02", "2022-09-30"),
        Span("2022-04-01", "2022-09-29"),
        MonthlyAverage("2020-01", "2020-03", exact=False),
    ],
    ids=str,
)
def test_the_months_of_what_is_not_made_of_months_are_refused(period):
    """A day, part of a month, and a window whose months were not printed."""
    with pytest.raises(InvalidValue, match="the months of a"):
        period.months()


def test_a_snapshot_says_where_the_month_around_it_is_to_be_had():
    """The error says what will do instead."""
    with pytest.raises(InvalidValue, match=r"Month\.containing\(date\)"):
        Snapshot("2025-03-31").months()


def test_a_datetime_lies_in_the_period_of_its_day():
    """A referral at 23:30 on 31 March is of the year that ends that day."""
    late = dt.datetime(2023, 3, 31, 23, 30)
    assert FinancialYear("2022-23").contains(late)
    assert not FinancialYear("2023-24").contains(late)
    assert FinancialYear.containing(late) == FinancialYear("2022-23")
    assert Month.containing(pd.Timestamp("2022-05-25 09:30")) == Month("2022-05")


def test_the_last_day_of_a_year_is_the_snapshot_a_stock_is_counted_on():
    """Plans at 31 March 2025."""
    assert ReportingYear(2025, ends=(3, 31)).at_end() == Snapshot("31 March 2025")


# What is written.


@pytest.mark.parametrize(
    "text",
    [
        *("2022-23", "22-23", "22/23", "2022/23", "2022/2023", "2022-2023", "2022 to 2023"),
        *("2022–23", "2022\u201123", "2022—23", "2022 - 23", " 2022 / 23 ", "2022\u00a0/\u00a023", "2022−23"),
    ],
)
def test_a_year_of_two_parts_is_read_however_it_is_parted(text):
    """Hyphens, dashes and slashes of every width, with and without spaces; the class says the kind."""
    assert FinancialYear(text) == FinancialYear.starting(2022)
    assert AcademicYear(text) == AcademicYear.starting(2022)


@pytest.mark.parametrize(
    "text", ["FY2022-23", "FY22/23", "FY 22-23", "fy2022/2023", "financial year 2022-23", "2022-23 Financial Year"]
)
def test_a_financial_year_may_be_named(text):
    """And then it is no academic year, and needs no class to say so."""
    assert FinancialYear(text) == parse(text) == FinancialYear("2022-23")
    with pytest.raises(Unreadable):
        AcademicYear(text)


@pytest.mark.parametrize(
    "text", ["AY2022/23", "AY 22-23", "academic year 2022/23", "2022/23 academic year", "Academic Year 2022 to 2023"]
)
def test_an_academic_year_may_be_named(text):
    """And then it is no financial year."""
    assert AcademicYear(text) == parse(text) == AcademicYear("2022/23")
    with pytest.raises(Unreadable):
        FinancialYear(text)


@pytest.mark.parametrize(
    ("text", "first"), [("99-00", 1999), ("1999-00", 1999), ("68-69", 2068), ("69-70", 1969), ("00/01", 2000)]
)
def test_a_century_may_turn_within_a_year_and_two_digits_are_1969_to_2068(text, first):
    """The rule of POSIX and of Python's ``%y``: 69 to 99 are the 1900s."""
    assert FinancialYear(text) == FinancialYear.starting(first)
    assert dt.datetime.strptime(str(first)[2:], "%y").year == first


@pytest.mark.parametrize(
    "text", ["2022-24", "2022-22", "2022-21", "22/24", "2022-2024", "2017-19", "2013/14-15/16", "", "2022-", "two"]
)
def test_years_that_do_not_follow_each_other_are_refused_with_what_was_expected(text):
    """Three pooled years, as in DfE's local authority interactive tool, are no year."""
    for cls in (FinancialYear, AcademicYear):
        with pytest.raises(Unreadable, match="the second the one after the first") as refused:
            cls(text)
        assert refused.value.length == len(text)
    with pytest.raises(Unreadable):
        parse(text)


@pytest.mark.parametrize("text", ["2022", "FY22", "FY2022", 2022])
def test_one_year_alone_may_be_the_first_or_the_last_of_a_financial_year(text):
    """Some write 2022 for 2021-22 and some for 2022-23."""
    with pytest.raises(Ambiguous, match="starting") as refused:
        FinancialYear(text)
    assert refused.value.readings == ("financial year 2021-22", "financial year 2022-23")


def test_one_year_alone_may_be_the_first_or_the_last_of_an_academic_year():
    """The readings are named in the academic way."""
    with pytest.raises(Ambiguous) as refused:
        AcademicYear("2022")
    assert refused.value.readings == ("academic year 2021/22", "academic year 2022/23")


@pytest.mark.parametrize("text", ["202223", 202223])
def test_six_digits_are_no_year_without_their_time_identifier(text):
    """The constructor points to parse; parse without it gives both readings."""
    for cls in (FinancialYear, AcademicYear):
        with pytest.raises(Unreadable, match="time_identifier"):
            cls(text)
    with pytest.raises(Ambiguous, match="time_identifier") as refused:
        parse(text)
    assert refused.value.readings == ("financial year 2022-23", "academic year 2022/23")


def test_six_digits_that_could_be_a_month_too_are_refused_with_all_three():
    """201112 is 2011-12, 2011/12 and December 2011."""
    with pytest.raises(Ambiguous) as refused:
        parse("201112")
    assert refused.value.readings == ("financial year 2011-12", "academic year 2011/12", "December 2011")


def test_six_digits_whose_years_do_not_follow_each_other_can_only_be_a_month():
    """202212 is December 2022, and 202224 is nothing."""
    assert parse("202212") == Month.of(2022, 12)
    with pytest.raises(Unreadable):
        parse("202224")


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("2023/24", ("financial year 2023-24", "academic year 2023/24")),
        ("22-23", ("financial year 2022-23", "academic year 2022/23")),
        ("2011-12", ("financial year 2011-12", "academic year 2011/12", "December 2011")),
        (
            "2022",
            (
                *("calendar year 2022", "reporting year 2022", "financial year 2021-22", "financial year 2022-23"),
                *("academic year 2021/22", "academic year 2022/23"),
            ),
        ),
        (
            "2022 monthly average",
            (
                "monthly average, January 2022 to December 2022",
                "monthly average, within January 2022 to December 2022",
            ),
        ),
        (
            "monthly average, 2022",
            (
                "monthly average, January 2022 to December 2022",
                "monthly average, within January 2022 to December 2022",
            ),
        ),
    ],
)
def test_text_of_no_one_kind_is_refused_with_every_reading_it_could_have(text, readings):
    """None is chosen."""
    with pytest.raises(Ambiguous) as refused:
        parse(text)
    assert refused.value.readings == readings
    assert all(reading in str(refused.value) for reading in readings)


@pytest.mark.parametrize(
    "text",
    [
        "2020-01",
        "2020/01",
        "01/2020",
        "1-2020",
        "202001",
        "January 2020",
        "Jan 2020",
        "jan. 2020",
        "Jan-20",
        "JANUARY-2020",
        "Jan '20",
    ],
)
def test_january_2020_is_read_as_a_month_however_it_is_written(text):
    """Spreadsheets make Jan-20 of it."""
    assert Month(text) == parse(text) == Month.of(2020, 1)


@pytest.mark.parametrize("text", ["2020-13", "2020-00", "13/2020", "Janury 2020", "January", "Jan 20", "2020"])
def test_what_is_no_month_is_refused(text):
    """Jan 20 is as likely a day."""
    with pytest.raises(Unreadable, match="as a month"):
        Month(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2025-03-31", "31/03/2025", "31-3-2025", "31 March 2025", "31st March 2025", "31 Mar 2025", "31 March, 2025"),
        *("at 31 March 2025", "as at 31 March 2025"),
    ],
)
def test_the_31st_of_march_is_read_as_a_day_however_it_is_written(text):
    """The day first, as England writes it."""
    assert Snapshot(text) == parse(text) == Snapshot(day("2025-03-31"))


def test_a_day_of_digits_has_the_day_first():
    """01/04/2022 is 1 April, as in every form of an English council."""
    assert Snapshot("01/04/2022").start == dt.date(2022, 4, 1)


@pytest.mark.parametrize(
    "text", ["2025-02-29", "31/04/2025", "2025-13-01", "0 March 2025", "31 March", "03/31/2025", "0000-01-01"]
)
def test_a_day_there_is_not_is_refused(text):
    """29 February 2025, 31 April, a thirteenth month, an American order."""
    with pytest.raises(Unreadable, match="as a snapshot"):
        Snapshot(text)


@pytest.mark.parametrize(
    "text",
    [
        *("year to 31 March 2025", "Year ending 31 March 2025", "year ended 31/03/2025", "year ending March 2025"),
        "the reporting year to 31 March 2025",
    ],
)
def test_a_reporting_year_may_be_written_out_with_its_day(text):
    """And then it needs no ``ends``, though one that agrees does no harm."""
    year = ReportingYear(2025, ends=(3, 31))
    assert ReportingYear(text) == ReportingYear(text, ends=(3, 31)) == parse(text) == year
    with pytest.raises(InvalidValue, match="ends"):
        ReportingYear(text, ends=(9, 30))


@pytest.mark.parametrize("year", [2025, "2025", " 2025 "])
def test_a_reporting_year_without_its_day_is_refused_with_the_habits_of_the_publications(year):
    """31 March, 30 September and 30 June are all met."""
    with pytest.raises(InvalidValue, match=r"children in need.*workforce.*mid-year"):
        ReportingYear(year)
    with pytest.raises(InvalidValue, match=r"children in need.*workforce.*mid-year"):
        parse(year, time_identifier="Reporting year")


@pytest.mark.parametrize("ends", [(2, 29), (2, 30), (13, 1), (0, 1), (3,), 331, "0331", (3.0, 31), (True, 1)])
def test_a_reporting_year_ends_on_a_day_that_every_year_has(ends):
    """29 February is in one year of four."""
    with pytest.raises(InvalidValue, match="ends"):
        ReportingYear(2025, ends=ends)


def test_the_first_six_months_may_print_their_year_once():
    """Children's services report "1 April to 30 September 2022"."""
    half = Span(dt.date(2022, 4, 1), dt.date(2022, 9, 30))
    assert parse("1 April to 30 September 2022") == half
    assert parse("from 1 April 2022 to 30 September 2022") == half
    assert parse("1 April 2022 – 30 September 2022") == half
    assert parse("April to September 2022") == half
    assert half.number_of_days == 30 + 31 + 30 + 31 + 31 + 30
    with pytest.raises(Unreadable):
        parse("1 October to 31 March 2023")  # of which year, October?


@given(period=PERIODS)
def test_what_a_report_prints_is_read_back_as_the_same_period_or_refused_as_ambiguous(period):
    """Only a financial year (2022-23) and a calendar year (2022) print what another kind prints too."""
    if period.kind in {"financial year", "calendar year"}:
        with pytest.raises(Ambiguous):
            parse(str(period))
        assert parse(period.named) == period
    else:
        assert parse(str(period)) == parse(period.named) == period


@given(period=PERIODS)
def test_the_form_a_programmer_sees_makes_the_period_again(period):
    """``repr`` is Python."""
    assert eval(repr(period)) == period


@pytest.mark.parametrize(
    ("period", "printed", "label"),
    [
        (FinancialYear("1999-00"), "1999-00", "1999-00"),
        (AcademicYear("2022/23"), "2022/23 academic year", "2022/23"),
        (CalendarYear(2022), "2022", "2022"),
        (ReportingYear(2025, ends=(3, 31)), "year to 31 March 2025", "year to Mar 2025"),
        (ReportingYear(2025, ends=(3, 15)), "year to 15 March 2025", "year to 15 Mar 2025"),
        (Month("2020-01"), "January 2020", "Jan 2020"),
        (Snapshot("2025-03-31"), "31 March 2025", "31 Mar 2025"),
        (MonthlyAverage("2020-01", "2020-03"), "monthly average, January 2020 to March 2020", "Jan 2020 to Mar 2020"),
        (MonthlyAverage("2020-01", "2020-01"), "monthly average, January 2020", "Jan 2020"),
        (
            MonthlyAverage("2020-01", "2020-03", exact=False),
            "monthly average, within January 2020 to March 2020",
            "within Jan 2020 to Mar 2020",
        ),
        (Span("2022-04-01", "2022-09-30"), "1 April 2022 to 30 September 2022", "1 Apr 2022 to 30 Sep 2022"),
    ],
    ids=str,
)
def test_a_period_prints_as_a_report_would(period, printed, label):
    """In English, whatever the language of the machine."""
    assert (str(period), period.label) == (printed, label)


# Kinds.


def test_a_year_of_one_kind_never_equals_a_year_of_another():
    """The year to 31 March 2025 has the days of 2024-25 and is not it."""
    for one, other in itertools.combinations(SAME_DAYS, 2):
        assert (one.start, one.end) == (other.start, other.end)
        assert one != other
    assert len(set(SAME_DAYS)) == 3
    assert CalendarYear(2024) != ReportingYear(2024, ends=(12, 31))
    assert ReportingYear(2025, ends=(3, 31)) != ReportingYear(2025, ends=(9, 30))


def test_a_monthly_average_known_within_bounds_never_equals_an_exact_one():
    """A "2022 monthly average" printed in October 2022 is not the mean of twelve months."""
    exact, within = MonthlyAverage.over(CalendarYear(2022)), MonthlyAverage.over(CalendarYear(2022), exact=False)
    assert exact != within
    assert (exact.kind, within.kind) == ("monthly average", "monthly average within")
    assert exact.months() == CalendarYear(2022).months()
    assert (within.first, within.last) == (Month("2022-01"), Month("2022-12"))


@given(one=PERIODS, other=PERIODS)
def test_two_periods_are_equal_just_where_kind_and_days_are(one, other):
    """And then their hashes are too."""
    same = (one.kind, one.start, one.end) == (other.kind, other.start, other.end)
    assert (one == other) is same
    assert not same or hash(one) == hash(other)


@given(one=PERIODS, other=PERIODS)
def test_order_is_by_time_within_a_kind_and_refused_between_kinds(one, other):
    """No sorting by the name of the kind, in silence."""
    same = one.kind == other.kind and getattr(one, "ends", None) == getattr(other, "ends", None)
    if not same:
        for compared in (lambda: one < other, lambda: one <= other, lambda: one > other, lambda: one >= other):
            with pytest.raises(NotComparable):
                compared()
    else:
        here, there = (one.start, one.end), (other.start, other.end)
        assert (one < other, one <= other) == (here < there, here <= there)
        assert (one > other, one >= other) == (here > there, here >= there)


def test_reporting_years_to_different_days_have_no_order_and_the_message_says_which_days():
    """The year to 31 March and the year to 30 September overlap."""
    with pytest.raises(NotComparable, match="a reporting year to 30 September and a reporting year to 31 March"):
        sorted([ReportingYear(2024, ends=(3, 31)), ReportingYear(2025, ends=(9, 30))])


def test_a_period_and_something_else_have_no_order():
    """As Python has it."""
    with pytest.raises(TypeError):
        assert FinancialYear("2022-23") < "2023-24"
    assert FinancialYear("2022-23") != "2022-23"


def test_years_sort_by_time():
    """As in the columns of a report."""
    years = [FinancialYear("2024-25"), FinancialYear("1999-00"), FinancialYear("2019-20")]
    assert [str(year) for year in sorted(years)] == ["1999-00", "2019-20", "2024-25"]


@given(period=PERIODS)
def test_a_period_survives_pickling_and_copying(period):
    """With its kind."""
    for again in (pickle.loads(pickle.dumps(period)), copy.copy(period), copy.deepcopy(period)):
        assert again == period
        assert again.kind == period.kind


def test_a_period_cannot_be_changed_or_given_more():
    """It is frozen and has slots."""
    for name in ("start", "end", "kind", "note"):
        with pytest.raises((AttributeError, TypeError)):
            setattr(FinancialYear("2022-23"), name, day("2022-04-02"))
    assert not hasattr(FinancialYear("2022-23"), "__dict__")


def test_the_base_of_all_periods_is_never_made_by_itself():
    """A period with no kind would be of every kind."""
    with pytest.raises(InvalidValue, match="of some kind"):
        Period()


@pytest.mark.parametrize(
    "period", [Snapshot("2025-03-31"), MonthlyAverage("2020-01", "2020-03"), Span("2022-04-01", "2022-09-30")], ids=str
)
def test_only_years_and_months_follow_one_another(period):
    """The next of a snapshot may be a day or a year away."""
    for beside in (period.next, period.previous):
        with pytest.raises(InvalidValue, match="the period next to"):
            beside()


# DfE's columns.


def test_every_time_period_of_the_published_files_is_read_beside_its_time_identifier(published):
    """Each pair in DfE's own files, as the text there and as the number a reader of CSV makes of it."""
    pairs = set()
    for file in sorted(published.glob("*/*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if "time_identifier" in (rows.fieldnames or ()):
                pairs |= {(row["time_period"], row["time_identifier"]) for row in rows}
    assert {identifier for _, identifier in pairs} == {"Reporting year", "Calendar year", "Academic year"}
    for written, identifier in pairs:
        ends = (3, 31) if identifier == "Reporting year" else None
        period = parse(written, time_identifier=identifier, ends=ends)
        assert period.kind == identifier.casefold()
        assert parse(int(written), time_identifier=identifier, ends=ends) == period
        assert str(period.end.year) == (f"20{written[4:]}" if len(written) == 6 else written)
        assert str(period.start.year) == (str(int(written) - 1) if ends else written[:4])


@pytest.mark.parametrize(
    ("written", "identifier", "period"),
    [
        ("202223", "Financial year", FinancialYear("2022-23")),
        ("202223", "financial year", FinancialYear("2022-23")),
        ("2022-23", "Financial year", FinancialYear("2022-23")),
        ("202223", "Academic Year", AcademicYear("2022/23")),
        ("199900", "Academic year", AcademicYear.starting(1999)),
        ("201112", "Financial year", FinancialYear("2011-12")),
        ("2022", "Calendar year", CalendarYear(2022)),
        ("2022", "December", Month("2022-12")),
        ("202223", "Financial year Q1", Span("2022-04-01", "2022-06-30")),
        ("202223", "Financial year Q4", Span("2023-01-01", "2023-03-31")),
        ("202223", "Part 1 (April to September)", Span("2022-04-01", "2022-09-30")),
        ("202223", "Part 2 (October to March)", Span("2022-10-01", "2023-03-31")),
    ],
)
def test_a_time_period_is_what_its_time_identifier_says(written, identifier, period):
    """Of DfE's open data standards, "List of allowable time values"."""
    assert parse(written, time_identifier=identifier) == period


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        *(
            ("2022", "Part 1 (April to September)"),
            ("202224", "Financial year"),
            ("202212", "Academic year"),
            ("202223", "Calendar year"),
        ),
        *(("202223", "January"), ("202223", "Reporting year"), ("", "Financial year"), ("x", "Academic year")),
    ],
)
def test_a_time_period_of_the_wrong_form_is_refused(written, identifier):
    """Four digits where the standard has six, six where it has four, and years that do not follow each other."""
    with pytest.raises((Unreadable, Ambiguous)):
        parse(written, time_identifier=identifier, ends=(3, 31) if identifier == "Reporting year" else None)


@pytest.mark.parametrize(
    "identifier",
    ["Tax year", "Autumn term", "autumn and spring term", "Week 1", "Week 52", "Academic year Q1", "Calendar year Q3"],
)
def test_a_time_identifier_of_the_standard_that_is_not_read_is_refused_by_name(identifier):
    """It is DfE's vocabulary, no cell about a child."""
    with pytest.raises(InvalidValue, match="(?i)" + identifier):
        parse("202223", time_identifier=identifier)


def test_a_time_identifier_that_is_not_in_the_standard_is_refused_without_repeating_it():
    """What is known is listed."""
    with pytest.raises(Unreadable, match="Academic year") as refused:
        parse("202223", time_identifier=TOKEN)
    assert TOKEN not in str(refused.value)
    assert all(name in str(refused.value) for name in TIME_IDENTIFIERS)


def test_ends_belongs_to_a_reporting_year_and_to_nothing_else():
    """Beside another identifier, or none, it is a slip."""
    for identifier in (None, "Calendar year", "Financial year", "January"):
        with pytest.raises(InvalidValue, match="ends"):
            parse("2025", time_identifier=identifier, ends=(3, 31))
    assert parse("2025", time_identifier="Reporting year", ends=(9, 30)) == ReportingYear(2025, ends=(9, 30))


def test_the_population_under_every_published_rate_is_the_mid_year_before(published):
    """DfE's children looked after file prints its denominators; ONS's file has them, a year earlier, for every area."""
    ons, dfe = {}, []
    file = published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["age_group"] == "Children aged 0 to 17 years":
                estimated = ReportingYear(row["time_period"], ends=(6, 30)).at_end()
                ons[estimated, row["old_la_code"] or row["region_code"] or "England"] = row["population_estimate"]
    file = published / "children_looked_after" / "cla_number_and_rate_per_10k_children.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        dfe = [row for row in csv.DictReader(lines) if row["population_estimate"] != "x"]
    assert len(dfe) > 2_000
    for row in dfe:
        year = ReportingYear(row["time_period"], ends=(3, 31))
        area = row["old_la_code"] or row["region_code"] or "England"
        assert ons[mid_year_population(year), area] == row["population_estimate"]


def test_the_mid_year_population_is_known_only_for_what_ends_on_31_march():
    """For the year to 31 March 2022, and the day, 30 June 2021; for others nobody has said."""
    for period in (ReportingYear(2022, ends=(3, 31)), FinancialYear("2021-22"), Snapshot("2022-03-31")):
        assert mid_year_population(period) == Snapshot("30 June 2021")
    for period in (ReportingYear(2022, ends=(9, 30)), CalendarYear(2022), Month("2022-03"), Span("2022-01-01", "2022-03-31")):
        with pytest.raises(InvalidValue, match="31 March"):
            mid_year_population(period)


# There and back.


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_kind_comes_back_from_the_three_columns_of_a_frame(kind):
    """Kind, first day and last day are all there is to a period."""

    @given(period=BY_KIND[kind])
    def comes_back(period):
        assert period.kind.removesuffix(" within") == kind
        again = from_bounds(period.kind, period.start, period.end)
        assert again == period
        assert type(again) is type(period)
        assert from_bounds(period.kind, pd.Timestamp(period.start), pd.Timestamp(period.end)) == period

    comes_back()


@given(period=PERIODS, by=st.integers(-40, 40).filter(bool), at_start=st.booleans())
def test_bounds_that_are_of_no_period_of_the_kind_are_refused(period, by, at_start):
    """A day or more out at one end; only a span, and now and then a window of months, has such days all the same."""
    moved = dt.timedelta(days=by)
    start, end = (period.start + moved, period.end) if at_start else (period.start, period.end + moved)
    whole_months = start.day == 1 and (end + dt.timedelta(days=1)).day == 1
    good = {"period": True, "monthly average": whole_months}.get(period.kind.removesuffix(" within"), False) and start <= end
    if good:
        other = from_bounds(period.kind, start, end)
        assert (other.kind, other.start, other.end) == (period.kind, start, end)
    else:
        with pytest.raises(InvalidValue, match="the bounds of"):
            from_bounds(period.kind, start, end)


def test_bounds_that_run_backwards_are_refused_for_every_kind():
    """And so is 29 February as the end of a reporting year."""
    for kind in [*BY_KIND, "monthly average within"]:
        with pytest.raises(InvalidValue, match="the bounds of"):
            from_bounds(kind, day("2025-03-31"), day("2024-04-01"))
    with pytest.raises(InvalidValue, match="the bounds of"):
        from_bounds("reporting year", day("2023-03-01"), day("2024-02-29"))


def test_an_unknown_kind_is_refused_without_repeating_it():
    """The kinds there are stand in the message."""
    with pytest.raises(Unreadable, match="monthly average within") as refused:
        from_bounds(TOKEN, day("2024-04-01"), day("2025-03-31"))
    assert TOKEN not in str(refused.value)


# Refusals.


@pytest.mark.parametrize("missing", [None, pd.NaT, float("nan"), "2022-05-25", 20220525], ids=repr)
def test_what_is_no_date_is_refused_where_a_date_is_asked_for(missing):
    """pandas' missing date calls itself a datetime."""
    year = FinancialYear("2022-23")
    asked = [year.contains, FinancialYear.containing, Month.containing, lambda date: ReportingYear.containing(date, ends=(3, 31))]
    asked.append(lambda date: from_bounds("month", date, date))
    for call in asked:
        with pytest.raises(InvalidValue, match="date"):
            call(missing)


def test_a_time_of_day_is_not_dropped_in_silence():
    """A snapshot is of a day; midnight is how pandas writes a day."""
    assert Snapshot(pd.Timestamp("2025-03-31")) == Snapshot("2025-03-31")
    for make in (Snapshot, lambda moment: Span(moment, "2025-04-01"), lambda moment: from_bounds("snapshot", moment, moment)):
        with pytest.raises(InvalidValue, match="no time of day"):
            make(dt.datetime(2025, 3, 31, 9, 30))


@pytest.mark.parametrize(
    "make",
    [
        lambda: FinancialYear.starting(1899),
        lambda: FinancialYear.starting(2100),
        lambda: CalendarYear(2101),
        lambda: CalendarYear(20222),
        lambda: ReportingYear(1900, ends=(3, 31)),
        lambda: Month.of(2100, 12).next(),
        lambda: Month.of(1900, 1).previous(),
        lambda: CalendarYear(2100).next(),
        lambda: FinancialYear.containing(dt.date(1, 1, 1)),
        lambda: FinancialYear.containing(dt.date.max),
        lambda: Snapshot(dt.date(2202, 3, 31)),
        lambda: parse("0022", time_identifier="January"),
    ],
)
def test_years_before_1900_or_after_2100_are_slips(make):
    """2202 for 2022."""
    with pytest.raises(InvalidValue, match="1900 to 2100"):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: FinancialYear.starting("2022"),
        lambda: FinancialYear.starting(True),
        lambda: CalendarYear(2022.0),
        lambda: FinancialYear(None),
        lambda: FinancialYear(2022.5),
        lambda: Month(None),
        lambda: Month.of(2020, 13),
        lambda: Month.of(2020, True),
        lambda: parse(None),
        lambda: parse(True, time_identifier="Calendar year"),
        lambda: parse("2022", time_identifier=7.5),
        lambda: MonthlyAverage(Month("2020-03"), Month("2020-01")),
        lambda: MonthlyAverage(CalendarYear(2020), Month("2020-01")),
        lambda: MonthlyAverage("2020-01", "2020-03", exact="no"),
        lambda: MonthlyAverage.over(Snapshot("2020-01-01")),
        lambda: Span("2022-09-30", "2022-04-01"),
    ],
)
def test_an_argument_that_cannot_be_is_refused_as_one(make):
    """By its type, its order or its range."""
    with pytest.raises(InvalidValue):
        make()


REFUSED = (
    TOKEN,
    f"2022-23 {TOKEN}",
    f"FY{TOKEN}",
    f"year to {TOKEN}",
    f"monthly average, {TOKEN}",
    f"{TOKEN} to 30 September 2022",
)


@pytest.mark.parametrize("text", REFUSED)
def test_no_refusal_repeats_the_text_or_keeps_what_it_came_from(text):
    """It may have been a cell about a child."""
    makes = [FinancialYear, AcademicYear, CalendarYear, ReportingYear, Month, Snapshot, parse]
    makes += [lambda t: MonthlyAverage(t, "2020-01"), lambda t: Span(t, "2022-01-01"), lambda t: parse("2022", time_identifier=t)]
    makes += [lambda t, name=name: parse(t, time_identifier=name) for name in TIME_IDENTIFIERS if name != "Reporting year"]
    makes += [lambda t: parse(t, time_identifier="Reporting year", ends=(3, 31))]
    makes += [lambda t: from_bounds(t, day("2022-01-01"), day("2022-01-01"))]
    for make in makes:
        with pytest.raises(BucksError) as refused:
            make(text)
        error = refused.value
        assert TOKEN not in f"{error} {error!r} {error.args} {error.fields}".casefold()
        assert error.__cause__ is None
        assert error.__context__ is None


@given(text=st.one_of(st.text(max_size=30), st.text("0123456789-/ toFYAany", max_size=14)))
def test_any_text_at_all_is_read_or_refused_by_an_error_of_ours(text):
    """Nothing else comes out, digits of other scripts included."""
    for make in (parse, FinancialYear, AcademicYear, CalendarYear, Month, Snapshot, lambda t: ReportingYear(t, ends=(3, 31))):
        with contextlib.suppress(BucksError):
            period = make(text)
            assert 1900 <= period.start.year <= period.end.year <= 2100
