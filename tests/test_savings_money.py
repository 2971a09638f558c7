"""Reading and printing money: the unit is said or it is refused, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, BucksError, InvalidValue, MissingSource, Unreadable
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.savings import (
    PrintedForm,
    PrintedSign,
    in_pence,
    line_as_printed,
    money_as_printed,
    pounds,
    read_money,
    times_of_heading,
)
from bucks_cs.units import quantity

Y1, Y2 = FinancialYear("2023-24"), FinancialYear("2024-25")
SAID = NoOfficialSource(reason="made up")


@pytest.mark.parametrize(
    ("text", "heading", "amount"),
    [
        ("£450,000", None, 450_000),
        ("(450)", "£'000", -450_000),
        ("£1.3m", None, 1_300_000),
        ("-£2,331k", None, -2_331_000),
        ("-2,331", "£’000", -2_331_000),
        ("£(450)", "£", -450),
        ("−£0.05", None, -0.05),
        ("0", "£'000", 0),
        ("1.325", "£m", 1_325_000),
        ("£1.325m", "£'000", 1_325_000),
        ("£450", "£", 450),
        ("450", "£", 450),
        ("(1,325)", "£000s", -1_325_000),
        ("£1,325m", None, 1_325_000_000),
    ],
)
def test_an_amount_is_read_with_its_unit_and_its_sign(text, heading, amount):
    """By hand: brackets are a minus, k is 1,000, m is 1,000,000, and a figure with its own m is not multiplied again."""
    found = read_money(text, heading=heading)
    assert found.amount == quantity(amount, "GBP")
    assert (found.as_printed, found.heading) == (text, heading or "")


@pytest.mark.parametrize(
    ("text", "units", "amount"),
    [
        ("£7000/week", "GBP/week", 7000),
        ("£7,000 a week", "GBP/week", 7000),
        ("£1.3m a year", "GBP/year", 1_300_000),
        ("£420 per working day", "GBP/working_day", 420),
        ("£1.3m per annum", "GBP/year", 1_300_000),
        ("£46,000 p.a.", "GBP/year", 46_000),
        ("£7,000pw", "GBP/week", 7000),
        ("£60,000 per FTE", "GBP/FTE", 60_000),
        ("£7,000 per child per week", "GBP/child/week", 7000),
    ],
)
def test_a_rate_keeps_its_pounds_and_stays_a_rate(text, units, amount):
    """A week is not turned into a year, and the £ is not lost, as it is in pint's own registry."""
    found = read_money(text).amount
    assert found.m_as(units) == amount


def test_what_its_last_digit_is_worth_is_known():
    """£1.3m is known to £100,000, and 390 under £'000 to £1,000."""
    assert read_money("£1.3m").step == quantity(100_000, "GBP")
    assert read_money("390", heading="£'000").step == quantity(1_000, "GBP")


def test_a_number_without_a_unit_is_refused_with_the_readings_it_could_have():
    """They are named by what they say, and the number is not repeated."""
    with pytest.raises(Ambiguous) as caught:
        read_money("450")
    assert caught.value.readings == ("£, pounds", "£'000, thousands of pounds", "£m, millions of pounds", "a count and no money")
    assert "450" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_pound_sign_under_a_heading_of_thousands_is_refused():
    """£450 under £'000 may be 450 or 450,000 pounds: the two units contradict one another."""
    with pytest.raises(Ambiguous) as caught:
        read_money("£450", heading="£'000")
    assert "450" not in str(caught.value)


def test_millions_of_nothing_are_refused():
    """1.3m may be of people."""
    with pytest.raises(Ambiguous):
        read_money("1.3m")


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "nil", "n/a", "over £1m", "about £5m", "£10-20m", "45%", "£0.005", "450 children", "£1e6", "£5 a hour",
     "£5 per week**2", "£5 per week*1000", "£5 per GBP",
     "£99999bn"],
)
def test_what_is_no_amount_of_money_is_refused_and_not_repeated(text):
    """A blank is no 0, and a hedged figure has no one amount."""
    with pytest.raises(Unreadable) as caught:
        read_money(text)
    assert caught.value.length == len(text)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("text", [None, 450, 4.5, b"450", object()])
def test_what_is_no_text_is_refused(text):
    """By the name of the argument."""
    with pytest.raises(InvalidValue):
        read_money(text)


def test_headings_are_read_and_others_refused():
    """As councils write them; a year is no unit."""
    said = {"£": 1, "(£)": 1, "£'000": 1000, "£000s": 1000, "thousands": 1000, "£m": 10**6, "£ million": 10**6, "£bn": 10**9}
    assert {heading: times_of_heading(heading) for heading in said} == said
    for heading in ("2023-24", "", "£'00", 5, None):
        with pytest.raises(InvalidValue) as caught:
            times_of_heading(heading)
        assert caught.value.__context__ is None


HEADINGS = st.sampled_from(["£", "£'000", "£m", "£bn"])


@given(st.integers(-(10**12), 10**12), HEADINGS, st.sampled_from(PrintedSign))
def test_what_is_printed_is_read_back_to_the_penny(pence, heading, sign):
    """Whatever the scale and the sign: not a penny is lost between the two."""
    text = money_as_printed(pounds(pence), printed=PrintedForm(heading=heading, sign=sign))
    read = in_pence(read_money(text, heading=heading).amount)
    assert (read if sign is PrintedSign.ABOVE_ZERO else -read) == pence


@given(st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=6), HEADINGS, HEADINGS)
@settings(max_examples=40)
def test_a_line_is_the_same_saving_however_it_is_printed(figures, one_heading, other_heading):
    """In pounds below 0 or in millions above it: the savings are equal, and only the print differs."""
    years = [FinancialYear.starting(2020 + n) for n in range(len(figures))]
    made = []
    for heading, sign in ((one_heading, PrintedSign.BELOW_ZERO), (other_heading, PrintedSign.ABOVE_ZERO)):
        form = PrintedForm(heading=heading, sign=sign)
        texts = {year: money_as_printed(pounds(pence), printed=form) for year, pence in zip(years, figures, strict=True)}
        made.append(
            line_as_printed(texts, heading=heading, sign=sign, key="a", description="A", programme="P", source=SAID)
        )
    assert made[0].by_year == made[1].by_year == dict(zip(years, map(pounds, figures), strict=True))


def test_a_printed_line_keeps_its_print_and_has_savings_above_nought():
    """-332 under £'000, where savings are below 0, is £332,000; one above 0 there is a cost."""
    made = line_as_printed(
        {Y1: "-332", Y2: "50"}, heading="£'000", sign=PrintedSign.BELOW_ZERO, key="a", description="A", programme="P", source=SAID
    )
    assert made.by_year == {Y1: pounds(33_200_000), Y2: pounds(-5_000_000)}
    assert [one.as_printed for one in made.amounts] == ["-332", "50"]
    assert made.printed == PrintedForm(heading="£'000", sign=PrintedSign.BELOW_ZERO)


@pytest.mark.parametrize(
    "changed",
    [
        {"figures": 5},
        {"figures": {Y1: "n/a"}},
        {"figures": {Y1: 450}},
        {"figures": {"2023-24": "450"}},
        {"heading": "2023"},
        {"heading": None},
        {"sign": "-"},
        {"unplaced": {"Future": "390"}},
        {"unplaced_after": Y1},
        {"unplaced": {}, "unplaced_after": Y1},
        {"unplaced": "Future", "unplaced_after": Y1},
        {"unplaced": {"Future": "390"}, "unplaced_after": 2023},
        {"unplaced": {"Future": "390", "Later": "1"}, "unplaced_after": Y1},
        {"source": None},
    ],
)
def test_a_printed_line_that_cannot_be_is_refused(changed):
    """Each with an error of this library, with no other behind it."""
    made = {"figures": {Y1: "450"}, "heading": "£'000", "sign": PrintedSign.ABOVE_ZERO, "source": SAID} | changed
    with pytest.raises((BucksError, MissingSource)) as caught:
        line_as_printed(made.pop("figures"), key="a", description="A", programme="P", **made)
    assert caught.value.__context__ is None
    with pytest.raises(InvalidValue):
        money_as_printed(pounds(1), printed="£'000")
