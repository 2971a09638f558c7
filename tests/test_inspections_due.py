"""How long ago an inspection was, when the next is looked for, and when an answer to one is due."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

import fastexcel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import working_days
from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotInForce, OutsideCoverage
from bucks_cs.inspections import (
    CYCLES,
    PLAN_LIMIT,
    STATEMENT_LIMIT,
    Cycle,
    Family,
    InspectionOutcome,
    action_plan_due,
    next_inspections,
    time_since,
)
from bucks_cs.inspections.calculations.due import months_later
from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource
from bucks_cs.units import quantity

MADE_UP = NoOfficialSource(reason="made up")
POSITIVE, MIXED, FAILINGS = "typically positive experiences and outcomes", "inconsistent experiences and outcomes", "3"


def inspected(start, overall="good", *, regime="ilacs", activity="standard inspection", **fields):
    """An outcome begun on a day, published ten weeks later."""
    made = {"area": "825", "regime": regime, "activity": activity, "start": start, "source": MADE_UP}
    made |= {"published": start + dt.timedelta(days=70), "judgements": {"overall effectiveness": overall} if overall else {}}
    return InspectionOutcome(**(made | fields))


def area(start, outcome, **fields):
    """A full area SEND inspection since 2023."""
    return inspected(
        start, regime="area_send_2023", activity="full inspection", judgements={"inspection outcome": outcome}, **fields
    )


def test_buckinghamshires_plan_was_due_70_working_days_after_the_report():
    """Cabinet report of 11 October 2022, 3.4: by 25 May 2022; Ofsted's list has the report on 11 February 2022.

    By hand: from Friday 11 February to Wednesday 25 May are 103 days, 14 weeks and 5 days; 14 weeks have 70 weekdays, and the
    last five days (21 to 25 May, a Saturday to a Wednesday) have 3. From the 73 go Good Friday, Easter Monday and the bank
    holiday of 2 May.
    """
    report, due = dt.date(2022, 2, 11), dt.date(2022, 5, 25)
    assert (due - report).days == 103 == 14 * 7 + 5
    assert 14 * 5 + 3 - 3 == 70
    assert action_plan_due(report) == due
    assert action_plan_due(inspected(dt.date(2021, 12, 6), published=report)) == due
    assert action_plan_due(inspected(dt.date(2021, 12, 6), published=report), family=Family.LOCAL_AUTHORITY) == due
    assert PLAN_LIMIT.on(report) == STATEMENT_LIMIT.on(report) == quantity(70, "working_day")


def test_an_areas_statement_is_due_70_working_days_after_its_report():
    """S.I. 2015/1792, regulation 4. Published on 5 May 2022: 70 working days on, over two bank holidays of June.

    By hand: 5 May is a Thursday; 70 weekdays on is 14 weeks, Thursday 11 August; the bank holidays of 2 and 3 June push it by
    two, to Monday 15 August.
    """
    required = inspected(
        dt.date(2022, 3, 7),
        regime="area_send_2016",
        activity="inspection",
        published=dt.date(2022, 5, 5),
        judgements={"written statement of action": "yes"},
    )
    assert action_plan_due(required) == dt.date(2022, 8, 15) == action_plan_due(dt.date(2022, 5, 5), family=Family.AREA_SEND)


@given(report=st.dates(dt.date(2013, 1, 1), dt.date(2026, 6, 1)))
@settings(max_examples=100)
def test_a_plan_is_due_on_a_day_worked_with_69_worked_days_between(report):
    """Counted a day at a time, whatever the day of the report."""
    due = action_plan_due(report)
    days = [report + dt.timedelta(days=n) for n in range(1, (due - report).days + 1)]
    assert sum(working_days.is_working_day(day) for day in days) == 70
    assert working_days.is_working_day(due)


def test_a_councils_own_closure_days_are_taken_out():
    """Two closure days before the last push it by two working days."""
    ours = working_days.england().with_closures([dt.date(2022, 3, 1), dt.date(2022, 3, 2)])
    assert action_plan_due(dt.date(2022, 2, 11), calendar=ours) == dt.date(2022, 5, 27)


def test_where_no_plan_is_asked_for_none_is_due():
    """A visit, a school, an area that need state no action, a report without its day; each is refused."""
    no_statement = {"regime": "area_send_2016", "activity": "inspection", "judgements": {"written statement of action": "no"}}
    month = DateBounds(earliest=dt.date(2022, 2, 1), latest=dt.date(2022, 2, 28), why="only the month is printed")
    start = dt.date(2021, 12, 6)
    for call in (
        lambda: action_plan_due(inspected(start, None, activity="focused visit")),
        lambda: action_plan_due(inspected(start, regime="school_four_grades", activity="graded inspection", urn="1")),
        lambda: action_plan_due(inspected(start, **no_statement)),
        lambda: action_plan_due(area(dt.date(2023, 3, 6), FAILINGS)),
        lambda: action_plan_due(inspected(start, published=None)),
        lambda: action_plan_due(inspected(start, published=month)),
        lambda: action_plan_due("11 February 2022"),
        lambda: action_plan_due(dt.datetime(2022, 2, 11)),
        lambda: action_plan_due(start, family=Family.SCHOOL),
        lambda: action_plan_due(start, family="area SEND"),
        lambda: action_plan_due(start, family=[]),
        lambda: action_plan_due(inspected(start), family=Family.AREA_SEND),
        lambda: action_plan_due(inspected(start), family="area SEND"),
        lambda: action_plan_due(start, calendar="England"),
    ):
        with pytest.raises(BucksError) as refusal:
            call()
        assert isinstance(refusal.value, InvalidValue)
        assert refusal.value.__context__ is None
    with pytest.raises(NotInForce):
        action_plan_due(dt.date(2007, 3, 31))
    # 14 weeks from Monday 31 October are Monday 6 February; 26 and 27 December and 2 January push it by three, to Thursday.
    assert action_plan_due(dt.date(2022, 10, 31), family=Family.AREA_SEND) == dt.date(2023, 2, 9)
    for late in (dt.date(2022, 11, 1), dt.date(2023, 3, 1)):
        with pytest.raises(NotInForce):
            action_plan_due(late, family=Family.AREA_SEND)
    with pytest.raises(OutsideCoverage):
        action_plan_due(dt.date(2009, 1, 1))


@pytest.mark.parametrize(
    ("overall", "kind"),
    [("outstanding", "short_inspection"), ("good", "short_inspection"), ("requires improvement", "standard_inspection")],
)
def test_under_ilacs_the_next_is_about_three_years_on(overall, kind):
    """Six months before to six months after three years; short for good and outstanding, standard for requires improvement."""
    (found,) = next_inspections(inspected(dt.date(2021, 12, 6), overall))
    assert found.activity.key == kind
    assert (found.earliest, found.latest) == (dt.date(2024, 6, 6), dt.date(2025, 6, 6))
    assert not found.is_overdue(as_at=dt.date(2025, 6, 6))
    assert found.is_overdue(as_at=dt.date(2025, 6, 7))
    assert "Kirklees" in str(found.source)


def test_ofsteds_list_bears_the_three_years_out_for_buckinghamshire():
    """Begun on 6 December 2021, requires improvement; the next standard inspection began on 27 January 2025."""
    (found,) = next_inspections(inspected(dt.date(2021, 12, 6), "requires improvement"))
    assert found.earliest <= dt.date(2025, 1, 27) <= found.latest


def test_after_an_area_inspection_what_follows_is_by_its_outcome():
    """Area SEND handbook: about five years, about three, or monitoring in about 18 months and a full one in about three years."""
    start = dt.date(2023, 3, 6)
    years = {POSITIVE: [("full_inspection", 2027, 2028)], MIXED: [("full_inspection", 2025, 2026)]}
    for outcome, expected in years.items():
        found = next_inspections(area(start, outcome))
        assert [(one.activity.key, one.earliest.year, one.latest.year) for one in found] == expected
        assert (found[0].earliest.month, found[0].latest.month) == (9, 9)
    monitoring, full = next_inspections(area(start, FAILINGS, published=dt.date(2023, 5, 31)))
    assert (monitoring.activity.key, monitoring.earliest, monitoring.latest) == (
        "monitoring_inspection",
        dt.date(2024, 5, 31),
        dt.date(2025, 5, 31),
    )
    assert (full.activity.key, full.earliest, full.latest) == ("full_inspection", dt.date(2025, 9, 6), dt.date(2026, 9, 6))
    assert isinstance(monitoring.source_of_about, NoOfficialSource)
    assert str(full) == "Full area SEND inspection between 6 September 2025 and 6 September 2026"


def test_the_rule_of_three_years_is_no_forecast(published):
    """Ofsted's list: of 100 times from an inspection that was not inadequate to the next, 16 are within its bounds, none sooner.

    LA_Inspection_Outcomes_as_at_31_March_2025.ods, worksheet ILACS_inspection_history: the count that the source's note gives.
    """
    file = published / "inspections" / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
    sheet = fastexcel.read_excel(file).load_sheet("ILACS_inspection_history", header_row=None, dtypes="string").to_polars()
    rows = sorted((row[1], dt.date.fromisoformat(row[5][:10]), row[8]) for row in sheet.iter_rows() if (row[1] or "")[:1] == "E")
    assert len(rows) == 271
    how = []
    for (code, day, grade), (next_code, next_day, _) in itertools.pairwise(rows):
        if code == next_code and grade != "Inadequate":
            (rule,) = next_inspections(inspected(day, grade))
            how.append("sooner" if next_day < rule.earliest else "later" if rule.is_overdue(as_at=next_day) else "within")
    assert Counter(how) == {"within": 16, "later": 84}
    assert "16 are within those bounds and 84 are longer" in rule.source.note


def test_a_first_day_that_is_only_bounded_widens_the_range():
    """Begun on some day of January 2022, requires improvement: 30 months from its first day, 42 from its last."""
    month = DateBounds(earliest=dt.date(2022, 1, 1), latest=dt.date(2022, 1, 31), why="only the month is printed")
    begun = InspectionOutcome(
        area=825,
        regime="ilacs",
        activity="standard inspection",
        start=month,
        judgements={"overall": "requires improvement to be good"},
        source=MADE_UP,
    )
    (found,) = next_inspections(begun)
    assert (found.earliest, found.latest) == (dt.date(2024, 7, 1), dt.date(2025, 7, 31))


def test_cycles_of_ones_own_take_the_place_of_the_librarys():
    """A cycle for an inadequate authority, exact, by the date it came into force."""
    inadequate = inspected(dt.date(2021, 12, 6), "inadequate")
    with pytest.raises(InvalidValue, match="none is known here"):
        next_inspections(inadequate)
    cycle = Cycle(
        next_activity="standard_inspection",
        grades=("inadequate",),
        after=quantity(2, "year"),
        source=MADE_UP,
        source_of_about=MADE_UP,
    )
    own = Dated(what="my own", values=(InForce(value=(cycle,), since=dt.date(2020, 1, 1), source=MADE_UP),))
    (found,) = next_inspections(inadequate, cycles=own)
    assert found.earliest == found.latest == dt.date(2023, 12, 6)
    with pytest.raises(NotInForce):
        next_inspections(inspected(dt.date(2019, 12, 6), "inadequate"), cycles=own)


def test_a_cycle_is_checked_whole():
    """Whole months, a source, and grades; anything else is refused by name."""
    fields = {
        "next_activity": "a",
        "grades": ("good",),
        "after": quantity(36, "month"),
        "source": MADE_UP,
        "source_of_about": MADE_UP,
    }
    for wrong in (
        {"after": quantity(3, "week")},
        {"after": quantity(-1, "month")},
        {"after": quantity(1.5, "month")},
        {"after": 36},
        {"grades": "good"},
        {"grades": (1,)},
        {"next_activity": 1},
        {"from_report": "yes"},
    ):
        with pytest.raises(InvalidValue):
            Cycle(**fields | wrong)
    with pytest.raises(MissingSource):
        Cycle(**fields | {"source": None})


def test_where_no_cycle_is_known_none_is_made_up():
    """A school, a visit, an inspection whose overall grade is missing, monitoring counted from a report not known."""
    start = dt.date(2022, 12, 6)
    for call in (
        lambda: next_inspections(inspected(start, regime="school_four_grades", activity="graded inspection", urn="1")),
        lambda: next_inspections(inspected(start, None, activity="focused visit")),
        lambda: next_inspections(inspected(start, None)),
        lambda: next_inspections(area(dt.date(2023, 3, 6), FAILINGS, published=None)),
        lambda: next_inspections("good"),
        lambda: next_inspections(inspected(start), cycles="three years"),
        lambda: next_inspections(inspected(start), cycles=PLAN_LIMIT),
    ):
        with pytest.raises(InvalidValue) as refusal:
            call()
        assert refusal.value.__context__ is None
    assert set(CYCLES) == {"ilacs", "area_send_2023"}


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)), months=st.integers(0, 120))
@settings(max_examples=100)
def test_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    """So many months on by counting them one at a time."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    later = months_later(day, months)
    assert (later.year, later.month) == (year, month)
    last = (later + dt.timedelta(days=1)).month != later.month
    assert later.day == day.day or (last and later.day < day.day)


def test_time_since_is_a_range_where_the_first_day_is_only_bounded():
    """October 2019, looked back on from 13 January 2020: 13 + 31 + 30 = 74 days from its last day, 104 from its first."""
    october = DateBounds(earliest=dt.date(2019, 10, 1), latest=dt.date(2019, 10, 31), why="only the month is printed")
    visit = inspected(dt.date(2019, 10, 1), None, activity="monitoring visit", published=None)
    bounded = InspectionOutcome(area=825, regime="ilacs", activity="monitoring visit", start=october, source=MADE_UP)
    assert time_since(bounded, as_at=dt.date(2020, 1, 13)) == (quantity(74, "day"), quantity(104, "day"))
    assert time_since(visit, as_at=dt.date(2019, 10, 1)) == (quantity(0, "day"), quantity(0, "day"))
    with pytest.raises(InvalidValue, match="the last on which the inspection can have begun"):
        time_since(bounded, as_at=dt.date(2019, 10, 15))
    for wrong in (dt.date(2019, 9, 30), "2020", dt.datetime(2020, 1, 1)):
        with pytest.raises(InvalidValue):
            time_since(visit, as_at=wrong)
    with pytest.raises(InvalidValue):
        time_since("visit", as_at=dt.date(2020, 1, 1))
