"""What a saving means: in placements, in places of one's own, in staff, and in the prices of another year."""

from __future__ import annotations

import csv
import datetime as dt

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, MissingSource, NotComparable, OutsideCoverage, UnitError
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import CalendarYear, FinancialYear
from bucks_cs.provenance import Source
from bucks_cs.record import savings_lines
from bucks_cs.savings import (
    Deflators,
    annual_level,
    break_even,
    break_even_day_rate,
    in_pence,
    in_real_terms,
    level_in_real_terms,
    placements_to_avoid,
    placements_to_avoid_for,
    posts_to_turn_permanent,
    pounds,
    read_calendar_year_deflators,
    saving_of_permanent_staff,
    saving_of_provision,
)
from bucks_cs.units import quantity

Y1, Y3 = FinancialYear("2023-24"), FinancialYear("2025-26")
WEEKLY = quantity("£7000/week")
TREASURY = Source(title="GDP deflators", publisher="HM Treasury", date=dt.date(2025, 12, 22), place="calendar years")
TOKEN = "Zebedee" + "Quux"


# Placements


def test_a_saving_is_so_many_placements_at_a_price_for_so_many_weeks():
    """£390,000 over £7,000 a week: 1.0714 places of 52 weeks, twice as many of 26."""
    edge = savings_lines().line("edge-of-care-team")
    fewest, most = placements_to_avoid(edge, WEEKLY, weeks=52, year=Y1)
    assert fewest == most
    assert fewest.m_as("place") == pytest.approx(390_000 / 364_000)
    assert placements_to_avoid(edge, WEEKLY, weeks=26, year=Y1)[0].m_as("place") == pytest.approx(780_000 / 364_000)


def test_a_range_of_prices_and_a_range_of_savings_give_a_range_of_placements():
    """£2.883m to £5.546m a year at £5,000 to £7,000 a week: 2,883 / 364 = 7.92 to 5,546 / 260 = 21.33 places."""
    locality = savings_lines().line("locality-based-model")
    fewest, most = placements_to_avoid(locality, (quantity("£5000/week"), WEEKLY), year=Y3, weeks=52)
    assert fewest.m_as("place") == pytest.approx(2_883 / 364)
    assert most.m_as("place") == pytest.approx(5_546 / 260)


def test_weeks_are_always_said():
    """There is no default, and a week's price is never a year's."""
    edge = savings_lines().line("edge-of-care-team")
    with pytest.raises(TypeError):
        placements_to_avoid(edge, WEEKLY, year=Y1)
    for weeks in (0, 54, -1, "52", True, None, float("nan")):
        with pytest.raises(InvalidValue):
            placements_to_avoid(edge, WEEKLY, year=Y1, weeks=weeks)
    for price in (quantity(364_000, "GBP/year"), quantity(7_000, "GBP"), quantity(5, "plan")):
        with pytest.raises(UnitError):
            placements_to_avoid(edge, price, year=Y1, weeks=52)
    for price in (7_000, (WEEKLY,), (WEEKLY, quantity("£5000/week")), quantity("£0/week"), (quantity("£-1/week"), WEEKLY), None):
        with pytest.raises(InvalidValue):
            placements_to_avoid(edge, price, year=Y1, weeks=52)


def test_the_year_may_be_left_out_where_there_is_only_one():
    """A line of two years, or of a figure whose years are not named, has several answers."""
    one = savings_lines().line("edge-of-care-team")
    alone = attrs.evolve(one, unplaced=None)
    assert placements_to_avoid(alone, WEEKLY, weeks=52) == placements_to_avoid(one, WEEKLY, weeks=52, year=Y1)
    for several in (one, savings_lines().line("locality-based-model")):
        with pytest.raises(InvalidValue):
            placements_to_avoid(several, WEEKLY, weeks=52)


@given(st.integers(1, 10**9), st.integers(100, 20_000), st.integers(1, 53))
def test_placements_times_their_price_are_the_saving(saving, price, weeks):
    """Back again, for any amount, price and weeks."""
    found, _ = placements_to_avoid_for(pounds(saving), quantity(price, "GBP/week"), weeks=weeks)
    assert found.m_as("place") * price * weeks == pytest.approx(saving / 100)


# A provision of one's own


HOME = {"fixed": quantity(728_000, "GBP/year"), "weekly": quantity("£1000/week"), "weeks": 52}


def test_a_home_pays_for_itself_once_enough_places_are_filled():
    """£728,000 over 52 weeks of £4,500 less £1,000: 4 places. With 4 it can be reached, at 100%; with 3 it cannot."""
    found = break_even(external_weekly=quantity("£4500/week"), places=4, **HOME)
    assert (found.fewest, found.most, found.can_be_reached) == (quantity(4.0, "place"), quantity(4.0, "place"), True)
    assert found.occupancy == (quantity(100.0, "percent"), quantity(100.0, "percent"))
    assert break_even(external_weekly=quantity("£4500/week"), places=3, **HOME).can_be_reached is False


def test_a_range_of_prices_gives_a_range_of_places_and_may_have_no_end():
    """At £8,000 outside 2 places are enough; at £1,000, what a place costs inside, no number is."""
    found = break_even(external_weekly=(quantity("£1000/week"), quantity("£8000/week")), places=4, **HOME)
    assert (found.fewest, found.most, found.can_be_reached) == (quantity(2.0, "place"), None, None)
    assert found.occupancy == (quantity(50.0, "percent"), None)
    assert "no number of places" in str(found)
    both = break_even(
        fixed=(quantity(364_000, "GBP/year"), quantity(728_000, "GBP/year")),
        weekly=(quantity("£1000/week"), quantity("£1500/week")),
        external_weekly=(quantity("£5000/week"), quantity("£8000/week")),
        places=4,
        weeks=52,
    )
    # £364,000 over 52 weeks of 8,000 - 1,000 is 1 place; £728,000 over 52 weeks of 5,000 - 1,500 is 4.
    assert (both.fewest, both.most) == (quantity(1.0, "place"), quantity(4.0, "place"))
    never = break_even(external_weekly=quantity("£900/week"), places=4, **HOME)
    assert (never.fewest, never.most, never.can_be_reached) == (None, None, False)


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 3_000), st.integers(1, 9_000), st.integers(1, 53))
def test_at_its_break_even_a_provision_saves_nothing(fixed, weekly, above, weeks):
    """What it saves with so many places filled is nothing, and more with one more."""
    costs = {"fixed": quantity(fixed, "GBP/year"), "weekly": quantity(weekly, "GBP/week"), "weeks": weeks}
    outside = quantity(weekly + above, "GBP/week")
    filled = break_even(external_weekly=outside, places=4, **costs).fewest
    low, high = saving_of_provision(external_weekly=outside, filled=filled, **costs)
    assert low == high
    assert low.magnitude == pytest.approx(0, abs=1e-4)
    assert saving_of_provision(external_weekly=outside, filled=filled + quantity(1, "place"), **costs)[0].magnitude > 0


def test_what_a_provision_saves_is_the_worst_and_the_best_of_its_ranges():
    """By hand. At the worst £1,000 less £1,200 a place loses £10,400 a year of 52 weeks: 3 places lose £31,200, and £50,000
    stands beside it. At the best £2,000 less £1,000 saves £52,000 a place: 3 places £156,000, less £40,000.
    """
    found = saving_of_provision(
        fixed=(quantity(40_000, "GBP/year"), quantity(50_000, "GBP/year")),
        weekly=(quantity("£1000/week"), quantity("£1200/week")),
        external_weekly=(quantity("£1000/week"), quantity("£2000/week")),
        filled=(quantity(2, "place"), quantity(3, "place")),
        weeks=52,
    )
    assert found == (quantity(-81_200.0, "GBP/year"), quantity(116_000.0, "GBP/year"))


def test_a_cost_in_another_unit_is_refused():
    """£ a week for the fixed cost, £ a year for the weekly one, no places, no weeks."""
    outside = quantity("£4500/week")
    for changed in ({"fixed": WEEKLY}, {"weekly": HOME["fixed"]}, {"external_weekly": HOME["fixed"]}):
        with pytest.raises(UnitError):
            break_even(**({"external_weekly": outside, "places": 4} | HOME | changed))
    for changed in ({"places": 0}, {"places": 2.5}, {"weeks": 60}, {"fixed": 728_000}):
        with pytest.raises(InvalidValue):
            break_even(**({"external_weekly": outside, "places": 4} | HOME | changed))
    with pytest.raises(UnitError):
        saving_of_provision(external_weekly=outside, filled=quantity(3, "child"), **HOME)


# Staff


DEARER = {
    "days": 225,
    "salary": (quantity(45_000, "GBP/year"), quantity(50_000, "GBP/year")),
    "on_costs": (quantity(20, "percent"), quantity(44, "percent")),
}
PAY = {"days": 225, "salary": quantity(48_000, "GBP/year"), "on_costs": quantity(35, "percent")}


def test_a_permanent_post_saves_the_day_rate_less_the_pay_with_its_costs():
    """£400 x 225 = £90,000, less £48,000 x 1.35 = £64,800: £25,200 a post, £252,000 for ten."""
    found = saving_of_permanent_staff(day_rate=quantity(400, "GBP/working_day"), fte=quantity(10, "FTE"), **PAY)
    assert found == (quantity(252_000.0, "GBP/year"), quantity(252_000.0, "GBP/year"))


def test_at_the_break_even_day_rate_nothing_is_saved():
    """£64,800 / 225 = £288 a day."""
    rate, same = break_even_day_rate(**PAY)
    assert rate == same == quantity(288.0, "GBP/working_day")
    assert saving_of_permanent_staff(day_rate=rate, fte=quantity(10, "FTE"), **PAY)[0].magnitude == 0
    # £45,000 x 1.2 = £54,000 and £50,000 x 1.44 = £72,000, over 225 days.
    assert break_even_day_rate(**DEARER) == (quantity(240.0, "GBP/working_day"), quantity(320.0, "GBP/working_day"))


def test_ranges_of_rates_and_posts_give_the_worst_and_the_best():
    """At £280 a day a post loses £1,800, and 12 lose £21,600; at £400 it saves £25,200, and 12 save £302,400."""
    low, high = saving_of_permanent_staff(
        day_rate=(quantity(280, "GBP/working_day"), quantity(400, "GBP/working_day")),
        fte=(quantity(10, "FTE"), quantity(12, "FTE")),
        **PAY,
    )
    assert (low, high) == (quantity(-21_600.0, "GBP/year"), quantity(302_400.0, "GBP/year"))
    # £400 x 225 = £90,000 a post, less £72,000 at the worst and £54,000 at the best.
    found = saving_of_permanent_staff(day_rate=quantity(400, "GBP/working_day"), fte=quantity(1, "FTE"), **DEARER)
    assert found == (quantity(18_000.0, "GBP/year"), quantity(36_000.0, "GBP/year"))


def test_a_saving_is_so_many_posts():
    """£2.883m to £5.546m at £25,200 a post: 114.4 to 220.1 whole-time posts."""
    level = annual_level(savings_lines().line("locality-based-model"), year=Y3)
    fewest, most = posts_to_turn_permanent(level, day_rate=quantity(400, "GBP/working_day"), **PAY)
    assert (fewest.m_as("FTE"), most.m_as("FTE")) == pytest.approx((2_883_000 / 25_200, 5_546_000 / 25_200))
    with pytest.raises(InvalidValue):
        posts_to_turn_permanent(level, day_rate=quantity(288, "GBP/working_day"), **PAY)


@pytest.mark.parametrize(
    "changed",
    [
        {"day_rate": quantity(400, "GBP/day")},
        {"day_rate": quantity("£2000/week")},
        {"days": 0},
        {"days": 263},
        {"days": "225"},
        {"salary": quantity(48_000, "GBP")},
        {"on_costs": 0.35},
        {"on_costs": quantity(35, "percentage_point")},
        {"fte": quantity(10, "worker")},
        {"fte": quantity(-1, "FTE")},
    ],
)
def test_staff_in_another_unit_are_refused(changed):
    """A day is no working day, and a worker no whole-time post."""
    with pytest.raises(BucksError):
        saving_of_permanent_staff(**({"day_rate": quantity(400, "GBP/working_day"), "fte": quantity(10, "FTE")} | PAY | changed))


# Real terms


def deflators(**values):
    """A table by calendar year."""
    return Deflators(name="GDP deflator", entries={CalendarYear(int(y[1:])): v for y, v in values.items()}, source=TREASURY)


def test_the_published_deflators_are_read_and_used_as_nominal_times_to_over_from(published):
    """Against the file read by Python's own csv: £1m of 2010 in the prices of 2024 (2024 = 100)."""
    path = published / "finance" / "gdp_deflator_calendar_year.csv"
    table = read_calendar_year_deflators(path, source=TREASURY)
    with path.open(encoding="utf-8-sig") as opened:
        raw = {int(row["year"]): float(row["value"]) for row in csv.DictReader(opened)}
    assert {one.year.start.year: one.value for one in table.entries} == raw
    found = in_real_terms(pounds(100_000_000), year=CalendarYear(2010), prices_of=CalendarYear(2024), deflators=table)
    assert in_pence(found) == round(100_000_000 * raw[2024] / raw[2010])
    assert raw[2024] == 100


def test_calendar_year_deflators_are_not_taken_for_financial_years():
    """Refused until somebody says which year is taken for which, and the table then says so."""
    table = deflators(y2023=96.0, y2024=100.0)
    with pytest.raises(NotComparable) as caught:
        in_real_terms(pounds(100), year=Y1, prices_of=FinancialYear("2024-25"), deflators=table)
    assert "for_financial_years" in str(caught.value)
    taken = table.for_financial_years({Y1: CalendarYear(2023), FinancialYear("2024-25"): CalendarYear(2024)})
    assert in_real_terms(pounds(9_600), year=Y1, prices_of=FinancialYear("2024-25"), deflators=taken) == pounds(10_000)
    assert "taking 2023 for 2023-24, 2024 for 2024-25" in str(taken)
    with pytest.raises(OutsideCoverage):
        table.for_financial_years({Y1: CalendarYear(2022)})
    with pytest.raises(NotComparable):
        taken.for_financial_years({Y1: CalendarYear(2023)})
    for pairs in ({}, {Y1: 2023}, {CalendarYear(2023): Y1}, None, 5):
        with pytest.raises(InvalidValue):
            table.for_financial_years(pairs)


@given(st.integers(1, 10**9), st.floats(10, 1000), st.floats(10, 1000))
@settings(max_examples=50)
def test_prices_of_another_year_and_back_are_the_same_within_a_penny_of_rounding(pence, one, other):
    """The rounding of the one way is half a penny, times the ratio of the way back, and half a penny more."""
    table = deflators(y2023=one, y2024=other)
    there = in_real_terms(pounds(pence), year=CalendarYear(2023), prices_of=CalendarYear(2024), deflators=table)
    back = in_real_terms(there, year=CalendarYear(2024), prices_of=CalendarYear(2023), deflators=table)
    assert abs(in_pence(back) - pence) <= 0.5 * one / other + 0.5 + 1e-6


def test_a_line_in_real_terms_keeps_its_range():
    """£2.883m to £5.546m of 2025-26 in the prices of 2023-24, with prices 25% up: times 4 over 5."""
    table = Deflators(name="an index", entries={Y1: 100.0, Y3: 125.0}, source=TREASURY)
    found = level_in_real_terms(savings_lines().line("locality-based-model"), year=Y3, prices_of=Y1, deflators=table)
    assert found == (pounds(230_640_000), pounds(443_680_000))


def test_a_table_of_deflators_has_a_source_one_kind_of_year_and_numbers_above_nought():
    """And comes back from JSON and TOML the same."""
    table = deflators(y2023=96.5, y2024=100.0)
    assert from_json(to_json(table), Deflators) == from_toml(to_toml(table), Deflators) == table
    with pytest.raises(MissingSource):
        Deflators(name="x", entries=table.entries, source=None)
    two_kinds, twice = {Y1: 1.0, CalendarYear(2023): 1.0}, [table.entries[0]] * 2
    for entries in ({}, two_kinds, twice, {Y1: 0}, {Y1: float("nan")}, {Y1: TOKEN}, {"2023": 1.0}):
        with pytest.raises(InvalidValue) as caught:
            Deflators(name="x", entries=entries, source=TREASURY)
        assert TOKEN not in str(caught.value)
    with pytest.raises(InvalidValue):
        table.of(2023)
    with pytest.raises(InvalidValue):
        in_real_terms(pounds(1), year=Y1, prices_of=Y1, deflators={Y1: 1.0})


def test_a_file_of_deflators_that_cannot_be_read_is_refused_whole_and_no_cell_is_shown(tmp_path):
    """A missing column by its name, and rows by their count."""
    path = tmp_path / "deflators.csv"
    path.write_text(f"year,value\n2023,{TOKEN}\n{TOKEN},100\n2024,100\n", "utf-8")
    with pytest.raises(FrameProblems) as caught:
        read_calendar_year_deflators(path, source=TREASURY)
    assert caught.value.problems[0].rows == 2
    assert TOKEN not in f"{caught.value!r}"
    path.write_text(f"year,{TOKEN}\n2023,1\n", "utf-8")
    with pytest.raises(FrameProblems) as caught:
        read_calendar_year_deflators(path, source=TREASURY)
    assert caught.value.problems[0].column == "value"
    path.write_text("year,value\n", "utf-8")
    foreign = tmp_path / "foreign.csv"
    foreign.write_bytes(f"year,value\n2023,{TOKEN}".encode() + b"\xff")
    for wrong in (path, tmp_path / "nothing.csv", foreign, 5, None):
        with pytest.raises(InvalidValue) as refused:
            read_calendar_year_deflators(wrong, source=TREASURY)
        assert refused.value.__context__ is None
        assert TOKEN not in f"{refused.value!r}"
