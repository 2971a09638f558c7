"""What lines save a year and over years, on either basis, and what they come to together."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, InvalidValue, UnknownColumn
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import FinancialYear, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.savings import (
    Basis,
    Recurrence,
    SavingKind,
    SavingsLine,
    SavingsProgramme,
    Status,
    StatusOn,
    UnplacedSaving,
    annual_level,
    as_cumulative,
    as_incremental,
    blanks_as_zero,
    cash_over,
    full_year_effect,
    in_pence,
    pounds,
    profile,
    total_cash,
    total_level,
    with_full_year_effect,
)
from bucks_cs.units import quantity

SAID = NoOfficialSource(reason="made up")
YEARS = [FinancialYear.starting(2022 + n) for n in range(8)]
Y0, Y1, Y2, Y3, Y4 = YEARS[:5]


def line(figures, **fields):
    """A line with figures in pence by year."""
    made = {"key": "a", "description": "A saving", "programme": "P", "source": SAID} | fields
    return SavingsLine(amounts={year: pounds(pence) for year, pence in figures.items()}, **made)


PENCE = st.integers(-(10**9), 10**9)
STATED = st.sampled_from([Recurrence.RECURRING, Recurrence.ONE_OFF])


@st.composite
def lines(draw, *, bases=tuple(Basis), recurrences=tuple(Recurrence), key="a"):
    """Any line without gaps, some with a figure of no named year."""
    count = draw(st.integers(0, 5))
    figures = {year: draw(PENCE) for year in YEARS[1 : 1 + count]}
    basis = draw(st.sampled_from(bases))
    last = YEARS[count] if count else Y0
    unplaced = draw(st.none() | PENCE) if count else draw(PENCE)
    return line(
        figures,
        key=key,
        basis=basis,
        base_year=Y0 if basis is Basis.CUMULATIVE else None,
        recurrence=draw(st.sampled_from(recurrences)),
        unplaced=None if unplaced is None else UnplacedSaving(said="Future", after=last, saving=pounds(unplaced)),
    )


# An independent reading: every way to place what is not placed, worked out year by year


def every_level(one):
    """All the levels, year by year, that a line can mean: each way to read it and each way to place its open figure."""
    bases = [one.basis] if one.basis is not Basis.UNSTATED else [Basis.INCREMENTAL, Basis.CUMULATIVE]
    recurrences = [Recurrence.RECURRING, Recurrence.ONE_OFF] if one.recurrence is Recurrence.UNSTATED else [one.recurrence]
    own = {year: in_pence(saving) for year, saving in one.by_year.items()}
    later = YEARS[YEARS.index(one.unplaced.after) + 1 :] if one.unplaced else []
    for basis, recurrence, placed in itertools.product(bases, recurrences, [None, *later]):
        figures = dict(own)
        if placed:
            figures[placed] = in_pence(one.unplaced.saving)
        levels, level = [], 0
        for year in YEARS:
            if recurrence is Recurrence.ONE_OFF:
                level = figures.get(year, 0)
            elif basis is Basis.INCREMENTAL:
                level += figures.get(year, 0)
            else:
                level = figures.get(year, level)
            levels.append(level)
        yield levels


@given(lines())
def test_a_level_is_the_least_and_the_most_of_every_way_to_read_the_line(one):
    """Against every reading and every year the open figure can fall in, tried one by one."""
    every = list(every_level(one))
    for place, year in enumerate(YEARS):
        found = annual_level(one, year=year)
        ends = [levels[place] for levels in every]
        assert (in_pence(found.lower), in_pence(found.upper)) == (min(ends), max(ends))
        assert found.is_resolved == (min(ends) == max(ends))
        assert bool(found.why) != found.is_resolved


@given(lines(), st.integers(0, 7), st.integers(0, 7))
def test_cash_holds_every_way_to_read_the_line(one, start, end):
    """Each way tried one by one: the ends are the least and the most of them, an unplaced figure in each year it can be."""
    first, last = sorted((start, end))
    sums = [sum(levels[first : last + 1]) for levels in every_level(one)]
    found = cash_over(one, first=YEARS[first], last=YEARS[last])
    assert (in_pence(found.lower), in_pence(found.upper)) == (min(sums), max(sums))


@given(lines())
@settings(max_examples=25)
def test_cash_in_one_year_is_the_level_of_that_year(one):
    """What is saved in a year is what is saved in that year."""
    for year in YEARS:
        cash, level = cash_over(one, first=year, last=year), annual_level(one, year=year)
        assert (cash.lower, cash.upper) == (level.lower, level.upper)


# The bases


@given(lines(bases=(Basis.INCREMENTAL,), recurrences=(Recurrence.RECURRING, Recurrence.ONE_OFF)))
def test_incremental_to_cumulative_and_back_is_the_same_line(one):
    """Every field, to the penny."""
    assert as_incremental(as_cumulative(one)) == one


@given(lines(bases=(Basis.CUMULATIVE,), recurrences=(Recurrence.RECURRING, Recurrence.ONE_OFF)))
def test_cumulative_to_incremental_and_back_is_the_same_line(one):
    """Every field, to the penny; the base year is the one before the first figure."""
    again = as_cumulative(as_incremental(one))
    if not one.amounts:
        again = attrs.evolve(again, base_year=one.base_year)
    assert again == one


@given(lines(bases=(Basis.INCREMENTAL, Basis.CUMULATIVE), recurrences=(Recurrence.RECURRING, Recurrence.ONE_OFF)))
@settings(max_examples=25)
def test_a_line_saves_the_same_on_either_basis(one):
    """In every year, and over all of them."""
    for other in (as_cumulative(one), as_incremental(one)):
        for year in YEARS:
            assert annual_level(other, year=year).span == annual_level(one, year=year).span
        assert cash_over(other, first=Y0, last=YEARS[-1]).span == cash_over(one, first=Y0, last=YEARS[-1]).span


def test_a_line_that_does_not_say_is_not_converted():
    """Neither where the basis is unstated nor where the recurrence is; the readings are named."""
    with pytest.raises(Ambiguous) as caught:
        as_cumulative(line({Y1: 100}, recurrence=Recurrence.RECURRING))
    assert len(caught.value.readings) == 2
    with pytest.raises(Ambiguous):
        as_incremental(line({Y1: 100}, basis=Basis.INCREMENTAL))


def test_a_gap_is_no_nought_until_somebody_says_so():
    """An incremental line's levels after a gap rest on it; a cumulative line's do not."""
    gappy = line({Y1: 100, Y3: 50}, basis=Basis.INCREMENTAL, recurrence=Recurrence.RECURRING)
    assert annual_level(gappy, year=Y1).amount == pounds(100)
    refused = (lambda: annual_level(gappy, year=Y3), lambda: as_cumulative(gappy), lambda: cash_over(gappy, first=Y1, last=Y3))
    for call in refused:
        with pytest.raises(InvalidValue):
            call()
    assert annual_level(blanks_as_zero(gappy), year=Y3).amount == pounds(150)
    levels = line({Y1: 100, Y3: 50}, basis=Basis.CUMULATIVE, base_year=Y0, recurrence=Recurrence.RECURRING)
    assert annual_level(levels, year=Y3).amount == pounds(50)
    with pytest.raises(InvalidValue):
        annual_level(levels, year=Y2)
    assert blanks_as_zero(levels).figure(Y2) == pounds(0)
    late = line({Y3: 50}, basis=Basis.CUMULATIVE, base_year=Y0, recurrence=Recurrence.RECURRING)
    with pytest.raises(InvalidValue):
        as_incremental(late)
    assert as_cumulative(late) == late


def test_an_open_amount_says_why_and_gives_none():
    """The readings are named by what they take for granted; no amount is in the error."""
    found = annual_level(line({Y1: 33_200_000, Y2: 233_100_000}), year=Y2)
    with pytest.raises(Ambiguous) as caught:
        _ = found.amount
    assert caught.value.readings == ("incremental, recurring", "cumulative, recurring", "one-off")
    assert "2,331" not in str(caught.value)
    assert str(found).startswith("£2,663,000 if incremental, recurring or £2,331,000 if cumulative, recurring or ")
    assert "not stated" in found.why


def test_only_what_makes_a_difference_is_said_to_leave_an_amount_open():
    """100 and then 50: in the second year 150 or 50 recurring, 50 one-off; in the third 150 or 50, and 0 one-off.

    A figure of no named year after the second makes none before the third.
    """
    basis, recurs, unnamed = "against a base year is not stated", "whether it recurs is not stated", "are not named"
    later = UnplacedSaving(said="Future", after=Y2, saving=pounds(10))
    both = line({Y1: 100, Y2: 50}, unplaced=later)
    assert annual_level(both, year=Y2).why.endswith(f"{basis}, and {recurs}")
    assert annual_level(both, year=Y3).why.endswith(unnamed)
    one = line({Y1: 100}, unplaced=attrs.evolve(later, after=Y1))
    assert annual_level(one, year=Y1).why == ""
    alone = annual_level(line({Y1: 100}), year=Y2)
    assert (alone.span, alone.why) == ("£0 to £1", recurs)
    assert annual_level(line({Y1: 100, Y2: 50}, recurrence=Recurrence.ONE_OFF), year=Y2).why == ""


# Totals


def programme_of(drawn):
    """Lines with keys of their own."""
    return [attrs.evolve(one, key=f"line {n}") for n, one in enumerate(drawn)]


@given(st.lists(lines(), min_size=1, max_size=4), st.randoms())
@settings(max_examples=8)
def test_totals_do_not_depend_on_the_order_of_lines(drawn, shuffler):
    """The same readings, whichever line comes first."""
    given_lines = programme_of(drawn)
    shuffled = list(given_lines)
    shuffler.shuffle(shuffled)
    assert total_level(given_lines, years=[Y1, Y3]) == total_level(shuffled, years=[Y3, Y1])
    assert total_cash(given_lines, first=Y1, last=Y4) == total_cash(shuffled, first=Y1, last=Y4)


@given(st.lists(lines(), min_size=1, max_size=4))
@settings(max_examples=15)
def test_totals_are_the_sums_of_the_lines_to_the_penny(drawn):
    """The least is the sum of the least of each by Python's own integers, and the most of the most."""
    given_lines = programme_of(drawn)
    reading = total_level(given_lines, years=Y3).at()
    each = [[levels[YEARS.index(Y3)] for levels in every_level(one)] for one in given_lines]
    low, high = sum(map(min, each)), sum(map(max, each))
    if low == high:
        assert in_pence(reading.value) == low
        assert reading.interval is None
    else:
        assert reading.value is Withheld.UNRESOLVED
        assert (in_pence(reading.lower), in_pence(reading.upper)) == (low, high)
        assert reading.interval is Interval.BOUNDS


def test_totals_by_programme_and_kind_keep_what_is_not_stated_apart():
    """By hand: P has 100 and 20 pounds; one line's kind is not stated and is no kind of its own."""
    stated = {"basis": Basis.INCREMENTAL, "recurrence": Recurrence.RECURRING}
    three = [
        line({Y1: 10_000}, key="a", kind=SavingKind.CASHABLE, **stated),
        line({Y1: 2_000}, key="b", **stated),
        line({Y1: 500, Y2: 500}, key="c", programme="Q", kind=SavingKind.CASHABLE, cost_centre="CC1", **stated),
    ]
    by_programme = total_level(three, years=Y1, by="programme")
    assert [by_programme.at(programme=name).number for name in "PQ"] == [120.0, 5.0]
    by_kind = total_level(three, years=[Y1, Y2], by="kind")
    assert by_kind.at(kind="cashable", period=Y2).number == 110.0
    assert by_kind.at(kind=None, period=Y2).number == 20.0
    both = total_cash(three, first=Y1, last=Y2, by=("programme", "cost_centre"))
    assert both.at(programme="Q", cost_centre="CC1").number == 15.0
    assert both.at(programme="P", cost_centre=None).period == Span(Y1.start, Y2.end)
    assert total_level(three, years=Y1, by=None) == total_level(three, years=Y1)
    agreed = attrs.evolve(three[0], status=StatusOn(status=Status.AGREED, on=Y1.start), owner="Head", workstream="W")
    for name, value in (("status", "agreed"), ("owner", "Head"), ("workstream", "W"), ("line", "a")):
        assert total_level(agreed, years=Y1, by=name).at(**{name: value}).number == 100.0


def test_a_total_that_rests_on_a_gap_is_not_available():
    """One line's gap is the total's: x, and not a sum of the others."""
    stated = {"basis": Basis.INCREMENTAL, "recurrence": Recurrence.RECURRING}
    two = [line({Y1: 100, Y3: 100}, **stated), line({Y1: 5}, key="b")]
    assert total_level(two, years=Y2).at().value is Withheld.NOT_AVAILABLE
    assert total_cash(two, first=Y1, last=Y2).at().value is Withheld.NOT_AVAILABLE
    assert total_level(two, years=Y1).at().number == 1.05
    with pytest.raises(InvalidValue):
        profile(two, years=Y2)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda one: total_level(one, years=Y1, by="programmme"), UnknownColumn),
        (lambda one: total_level(one, years=Y1, by=("kind", "kind")), InvalidValue),
        (lambda one: total_level(one, years=Y1, by=5), InvalidValue),
        (lambda one: total_level(one, years=[]), InvalidValue),
        (lambda one: total_level(one, years="2023-24"), InvalidValue),
        (lambda one: total_level(one, years=2023), InvalidValue),
        (lambda one: total_level([], years=Y1), InvalidValue),
        (lambda one: total_level("lines", years=Y1), InvalidValue),
        (lambda one: total_level([one, one], years=Y1), InvalidValue),
        (lambda one: total_cash(one, first=Y2, last=Y1), InvalidValue),
        (lambda one: total_cash(one, first="2023-24", last=Y2), InvalidValue),
        (lambda one: annual_level(one, year="2023-24"), InvalidValue),
        (lambda one: annual_level("line", year=Y1), InvalidValue),
        (lambda one: cash_over(5, first=Y1, last=Y2), InvalidValue),
        (lambda one: as_cumulative(None), InvalidValue),
        (lambda one: blanks_as_zero([one]), InvalidValue),
        (lambda one: profile(one, years=Y1).at(Y2), InvalidValue),
    ],
)
def test_a_call_that_cannot_be_is_refused(call, error):
    """By an error of this library that names the argument."""
    with pytest.raises(error) as caught:
        call(line({Y1: 100}))
    assert caught.value.__context__ is None


def test_a_programme_is_added_up_as_its_lines_are():
    """Given whole, as lines, or as one line."""
    one = line({Y1: 100})
    whole = SavingsProgramme(name="All", lines=one)
    assert total_level(whole, years=Y1) == total_level([one], years=Y1) == total_level(one, years=Y1)


# Full-year effect


@given(st.integers(0, 10**12), st.integers(1, 12))
def test_a_full_year_is_twelve_over_the_months_and_nothing_is_lost(pence, months):
    """Within half a penny of the ratio, and the rest is exact."""
    found = full_year_effect(pounds(pence), months=months)
    assert abs(in_pence(found.full_year) * months - 12 * pence) * 2 <= months
    assert in_pence(found.part_year) + in_pence(found.still_to_come) == in_pence(found.full_year)


def test_the_rest_of_a_full_year_comes_on_top_of_the_year_after():
    """£390,000 in 9 months is £520,000 in 12: £130,000 more, beside the £10 that the year after has of its own."""
    stated = {"basis": Basis.INCREMENTAL, "recurrence": Recurrence.RECURRING}
    found = with_full_year_effect(line({Y1: 39_000_000, Y2: 1_000}, **stated), year=Y1, months=9)
    assert found.by_year == {Y1: pounds(39_000_000), Y2: pounds(13_001_000)}
    assert annual_level(found, year=Y2).amount == pounds(52_001_000)
    for refused in (
        lambda: with_full_year_effect(line({Y1: 1}), year=Y1, months=9),
        lambda: with_full_year_effect(line({Y1: 1}, **stated), year=Y2, months=9),
        lambda: with_full_year_effect(line({Y1: 100, Y3: 1}, **stated), year=Y1, months=9),
        lambda: with_full_year_effect(
            line({Y1: 100}, unplaced=UnplacedSaving(said="Future", after=Y1, saving=pounds(1)), **stated), year=Y1, months=9
        ),
        lambda: full_year_effect(pounds(1), months=0),
        lambda: full_year_effect(pounds(1), months=13),
        lambda: full_year_effect(pounds(1), months=6.5),
        lambda: full_year_effect(5, months=6),
        lambda: full_year_effect(quantity(5, "GBP/week"), months=6),
    ):
        with pytest.raises(ValueError, match=r"."):
            refused()
