"""What lines close, count twice, deliver and risk: ranges wherever something is not stated, and never a choice."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import pickle

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import Ambiguous, BucksError, ImpossibleFigure, InvalidValue, MissingSource, NotComparable
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.savings import (
    AnyBetween,
    Basis,
    Chance,
    Delivered,
    Dependency,
    Outcome,
    Pressure,
    Rag,
    RagBands,
    Recurrence,
    SavingKind,
    SavingsLine,
    Status,
    StatusOn,
    delivery,
    delivery_together,
    double_counted,
    gap,
    in_pence,
    pounds,
    risk_adjusted_total,
    simulated_total,
)
from bucks_cs.units import quantity

SAID = NoOfficialSource(reason="made up")
Y0, Y1, Y2 = (FinancialYear.starting(year) for year in (2022, 2023, 2024))
BANDS = RagBands(green_from=quantity(95, "percent"), amber_from=quantity(80, "percent"))


def line(key, number, **fields):
    """A line of so many pounds in 2023-24, all of it stated: recurring, cashable, over and above all else."""
    made = {"basis": Basis.INCREMENTAL, "recurrence": Recurrence.RECURRING, "kind": SavingKind.CASHABLE}
    made |= {"already_counted_in": (), "amounts": {Y1: pounds(number * 100)}, "programme": "P", "source": SAID}
    return SavingsLine(key=key, description=f"Saving {key}", **(made | fields))


def pressure(number, *, year=Y1, against="the Budget"):
    """A pressure of so many pounds."""
    return Pressure(description="Placements", year=year, amount=pounds(number * 100), against=against, source=SAID)


# The gap


def test_a_gap_is_what_presses_less_what_the_lines_save():
    """100 + 50 of pressure less 60 + 30 of savings leaves 60 pounds."""
    found = gap([pressure(100), pressure(50)], lines=[line("a", 60), line("b", 30)], year=Y1)
    assert (found.pressure, found.savings.amount, found.closes.amount, found.remaining.amount) == tuple(
        pounds(100 * number) for number in (150, 90, 90, 60)
    )
    assert found.is_closed is False
    said = "2023-24, against the Budget: £150 needed; lines of £90, of which £90 counts; £60 left: the lines do not close it."
    assert str(found) == said


def test_a_line_that_is_counted_elsewhere_avoids_a_cost_or_cannot_be_done_closes_nothing():
    """Each is left out with its reason, and still shows in what the lines come to."""
    lines = [
        line("a", 60),
        line("b", 30, already_counted_in=("Better Buckinghamshire",)),
        line("c", 20, kind=SavingKind.COST_AVOIDANCE),
        line("d", 10, status=StatusOn(status=Status.NOT_ACHIEVABLE, on=Y1.start)),
    ]
    found = gap(pressure(100), lines=lines, year=Y1)
    assert (found.savings.amount, found.closes.amount) == (pounds(12_000), pounds(6_000))
    assert dict(found.left_out) == {
        "b": "already counted elsewhere",
        "c": "cost avoidance: no budget falls by it",
        "d": "not achievable",
    }
    nothing = gap(pressure(100), lines=lines[1], year=Y1)
    assert (nothing.closes.amount, nothing.remaining.amount) == (pounds(0), pounds(10_000))


def test_whether_a_gap_is_closed_may_rest_on_what_nobody_has_said():
    """100 of pressure: a line of 120 closes it if it is over and above, and does not if it is counted already."""
    unsaid = line("a", 120, already_counted_in=None)
    found = gap(pressure(100), lines=unsaid, year=Y1)
    assert (found.remaining.lower, found.remaining.upper, found.is_closed) == (pounds(-2_000), pounds(10_000), None)
    assert gap(pressure(100), lines=line("a", 120), year=Y1).is_closed is True
    assert gap(pressure(120), lines=line("a", 120), year=Y1).is_closed is True


def test_pressures_against_two_plans_or_of_another_year_are_not_added():
    """£5m over one budget and £13.3m over the original plan have no sum."""
    with pytest.raises(NotComparable):
        gap([pressure(5), pressure(13, against="the original plan")], lines=line("a", 1), year=Y1)
    with pytest.raises(NotComparable):
        gap(pressure(5, year=Y0), lines=line("a", 1), year=Y1)
    for pressures in ([], 5, "5", [5], None, {5: 5}):
        with pytest.raises(InvalidValue):
            gap(pressures, lines=line("a", 1), year=Y1)
    with pytest.raises(InvalidValue):
        gap(pressure(5), lines=[], year=Y1)
    with pytest.raises(InvalidValue):
        gap(pressure(5), lines=line("a", 1), year="2023-24")


def test_a_pressure_is_what_a_forecast_is_above_its_budget():
    """105 spent of 100 is 5 over; 95 is 5 under; and a pressure has a source and comes back from JSON and TOML."""
    fields = {"budget": pounds(10_000), "description": "Placements", "year": Y0, "against": "the Budget", "source": SAID}
    over = Pressure.of_forecast(pounds(10_500), **fields)
    assert over.amount == pounds(500)
    assert Pressure.of_forecast(pounds(9_500), **fields).amount == pounds(-500)
    assert from_toml(to_toml(over), Pressure) == from_json(to_json(over), Pressure) == over == pickle.loads(pickle.dumps(over))
    with pytest.raises(MissingSource):
        attrs.evolve(over, source=None)


# Double counting


def test_pounds_that_two_lines_are_said_to_share_are_counted_once():
    """100 and 60, of which 40 are in both: 120."""
    lines = [line("a", 100), line("b", 60, depends_on=Dependency(on="a", same_pounds=pounds(4_000)))]
    found = double_counted(lines, year=Y1)
    assert (found.counted_whole.amount, found.twice.amount, found.counted_once.amount) == (
        pounds(16_000),
        pounds(4_000),
        pounds(12_000),
    )
    assert gap(pressure(200), lines=lines, year=Y1).closes.amount == pounds(12_000)


def test_where_nobody_has_said_how_much_anything_up_to_the_smaller_may_be_counted_twice():
    """100 and 60 that stands on it: 100 to 160. The gap takes the same range."""
    lines = [line("a", 100), line("b", 60, depends_on=Dependency(on="a"))]
    found = double_counted(lines, year=Y1)
    assert (found.twice.span, found.counted_once.span) == ("£0 to £60", "£100 to £160")
    assert gap(pressure(200), lines=lines, year=Y1).remaining.span == "£40 to £100"
    assert "not stated" in found.counted_once.why


def test_a_line_shares_no_more_than_it_has_and_what_stands_outside_is_named():
    """60 that stands on two of 50: all 60 at the most are counted twice. One that stands on a line not given is named."""
    on_both = line("c", 60, depends_on=(Dependency(on="a"), Dependency(on="b"), Dependency(on="elsewhere")))
    found = double_counted([line("a", 50), line("b", 50), on_both], year=Y1)
    assert (found.twice.span, found.counted_once.span, len(found.pairs)) == ("£0 to £60", "£100 to £160", 2)
    assert found.stands_on_others == (("c", "elsewhere"),)
    with pytest.raises(ImpossibleFigure):
        double_counted([line("a", 50), line("b", 90, depends_on=Dependency(on="a", same_pounds=pounds(5_001)))], year=Y1)


def test_the_same_pounds_in_three_lines_are_counted_once():
    """A of 1 is the whole of B, and C of 2 shares that same 1 with both: 2 in all, and not 4 less 3."""
    ties = (Dependency(on="a", same_pounds=pounds(100)), Dependency(on="b", same_pounds=pounds(100)))
    found = double_counted([line("a", 1), line("b", 1, depends_on=ties[0]), line("c", 2, depends_on=ties)], year=Y1)
    assert found.counted_once.amount == pounds(200)


def test_pounds_shared_with_two_that_are_tied_may_be_the_same_or_others():
    """Three of 10. B shares 2 with A, C shares 3 with each: 10 + 8 + 4 = 22 where they are others. Where they are the same they
    are no more than the 2 that A and B share, so that C has 3 + 3 - 2 = 4 in the two and 10 + 8 + 6 = 24 are left.
    """
    ties = [Dependency(on=on, same_pounds=pounds(number * 100)) for on, number in (("a", 2), ("a", 3), ("b", 3))]
    lines = [line("a", 10), line("b", 10, depends_on=ties[0]), line("c", 10, depends_on=ties[1:])]
    found = double_counted(lines, year=Y1)
    assert (found.counted_once.span, found.twice.span) == ("£22 to £24", "£6 to £8")
    assert "the same pounds" in found.counted_once.why
    assert gap(pressure(100), lines=lines, year=Y1).closes.span == "£22 to £24"


def ways_to_overlap(sizes, ties):
    """What three lines come to together by every way their pounds can overlap that agrees with what is stated, one by one.

    Only lines that are tied have pounds in common, and all three only where each two are tied.
    """
    a, b, c = sizes
    smaller = {pair: min(sizes["abc".index(key)] for key in pair) for pair in ("ba", "ca", "cb")}
    tied = {pair: range(size + 1) if pair in ties else (0,) for pair, size in smaller.items()}
    in_all = range(min(sizes) + 1) if len(ties) == 3 else (0,)
    for ba, ca, cb, abc in itertools.product(*tied.values(), in_all):
        fits = ba + ca + abc <= a and ba + cb + abc <= b and ca + cb + abc <= c
        shared = {"ba": ba + abc, "ca": ca + abc, "cb": cb + abc}
        if fits and all(stated is None or shared[pair] == stated for pair, stated in ties.items()):
            yield a + b + c - ba - ca - cb - 2 * abc


@given(
    st.lists(st.integers(0, 5), min_size=3, max_size=3),
    st.dictionaries(st.sampled_from(["ba", "ca", "cb"]), st.none() | st.integers(0, 5)),
)
@settings(max_examples=100)
def test_counted_once_holds_every_way_that_three_lines_can_overlap(sizes, ties):
    """Each way tried one by one lies within; of one tie alone the ends are those of the ways."""
    sums = list(ways_to_overlap(sizes, ties))
    if not sums:
        return
    lines = [
        line(key, size, depends_on=[
            Dependency(on=pair[1], same_pounds=None if shared is None else pounds(100 * shared))
            for pair, shared in ties.items() if pair[0] == key
        ])
        for key, size in zip("abc", sizes, strict=True)
    ]  # fmt: skip
    found = double_counted(lines, year=Y1)
    low, high = (in_pence(end) // 100 for end in (found.counted_once.lower, found.counted_once.upper))
    assert low <= min(sums)
    assert max(sums) <= high
    assert in_pence(found.twice.lower) <= 100 * (sum(sizes) - max(sums))
    assert in_pence(found.twice.upper) >= 100 * (sum(sizes) - min(sums))
    if len(ties) < 2:
        assert (low, high) == (min(sums), max(sums))
    assert found.counted_once.is_resolved != bool(found.counted_once.why)


def test_what_cannot_be_shared_is_refused_by_the_gap_too_and_nothing_is_shared_before_a_line_begins():
    """40 shared of a line of 10 would leave 30 of 10 and 60; in the year before both begin there is nothing to share."""
    lines = [line("a", 10), line("b", 60, depends_on=Dependency(on="a", same_pounds=pounds(4_000)))]
    with pytest.raises(ImpossibleFigure):
        gap(pressure(100), lines=lines, year=Y1)
    assert double_counted(lines, year=Y0).counted_once.amount == pounds(0)
    alone = gap(pressure(100), lines=line("b", 60, depends_on=Dependency(on="elsewhere")), year=Y1).closes
    assert (alone.amount, alone.why) == (pounds(6_000), "")


@given(st.lists(st.integers(0, 1_000), min_size=3, max_size=3), st.integers(0, 7))
@settings(max_examples=40)
def test_counted_once_lies_between_the_largest_line_and_the_sum(numbers, which):
    """For any three lines and any dependencies among them, with nothing stated."""
    pairs = [("b", "a"), ("c", "a"), ("c", "b")]
    on = {key: tuple(Dependency(on=other) for n, (k, other) in enumerate(pairs) if k == key and which >> n & 1) for key in "abc"}
    lines = [line(key, number, depends_on=on[key]) for key, number in zip("abc", numbers, strict=True)]
    found = double_counted(lines, year=Y1)
    assert in_pence(found.counted_once.upper) == 100 * sum(numbers)
    assert max(numbers) * 100 <= in_pence(found.counted_once.lower) <= 100 * sum(numbers)


# Delivery


def test_delivery_says_what_is_planned_forecast_delivered_and_left():
    """By hand: 80 forecast of 100 is 80%, amber from 80; 30 delivered is 30%; 20 fall to the next year."""
    one = line("a", 100, delivered=Delivered(year=Y1, saving=pounds(3_000), as_at=dt.date(2023, 9, 30)))
    found = delivery(one, year=Y1, forecast=pounds(8_000), bands=BANDS)
    assert (found.planned, found.delivered, found.carried_forward) == (pounds(10_000), pounds(3_000), pounds(2_000))
    assert (found.forecast_share, found.delivered_share) == (quantity(80.0, "percent"), quantity(30.0, "percent"))
    assert found.rag is Rag.AMBER
    assert delivery(one, year=Y2, forecast=pounds(1), bands=BANDS).delivered_share is None
    assert delivery(one, year=Y1, forecast=pounds(12_000), bands=BANDS).carried_forward == pounds(0)


def test_what_a_recurring_line_left_is_in_its_plan_for_the_next_year_already():
    """100 a year of which 80 were delivered: the next year is to save 100 and not 120. A one-off has its 20 to find on top."""
    one = line("a", 100)
    left = delivery(one, year=Y1, forecast=pounds(8_000), bands=BANDS).carried_forward
    after = delivery(one, year=Y2, forecast=pounds(10_000), bands=BANDS)
    assert (after.to_find, after.rag, after.carried_forward) == (pounds(10_000), Rag.GREEN, pounds(0))
    with pytest.raises(InvalidValue, match="brought_forward"):
        delivery(one, year=Y2, forecast=pounds(10_000), bands=BANDS, brought_forward=left)
    with pytest.raises(Ambiguous, match="to find"):
        delivery(line("a", 100, recurrence=Recurrence.UNSTATED), year=Y1, forecast=left, bands=BANDS, brought_forward=left)
    once = line("a", 100, recurrence=Recurrence.ONE_OFF)
    late = delivery(once, year=Y2, forecast=pounds(1_500), bands=BANDS, brought_forward=left)
    assert (late.planned, late.to_find, late.carried_forward) == (pounds(0), pounds(2_000), pounds(500))
    assert late.forecast_share == quantity(75.0, "percent")


BY_SHARE = [(95, Rag.GREEN), (94.99, Rag.AMBER), (80, Rag.AMBER), (79.99, Rag.RED), (0, Rag.RED)]


@pytest.mark.parametrize(("share", "colour"), BY_SHARE)
def test_a_colour_begins_at_its_band(share, colour):
    """The share from which it is green is green."""
    assert BANDS.of(quantity(share, "percent")) is colour


def test_a_colour_is_asked_for_with_bands_or_not_at_all():
    """No standard sets them, so there is no default; and nothing to find has no colour."""
    with pytest.raises(TypeError):
        delivery(line("a", 1), year=Y1, forecast=pounds(1))
    with pytest.raises(InvalidValue):
        delivery(line("a", 1), year=Y1, forecast=pounds(1), bands=(95, 80))
    assert delivery(line("a", 0), year=Y1, forecast=pounds(0), bands=BANDS).rag is None
    for green, amber in ((80, 95), (80, 80), (80, 0)):
        with pytest.raises(InvalidValue):
            RagBands(green_from=quantity(green, "percent"), amber_from=quantity(amber, "percent"))
    for share in (95, quantity(95, "GBP"), None):
        with pytest.raises(InvalidValue):
            BANDS.of(share)


def test_delivery_against_a_plan_that_is_not_stated_is_refused():
    """A share of one of two plans is no share."""
    unsaid = line("a", 100, amounts={Y1: pounds(100), Y2: pounds(50)}, basis=Basis.UNSTATED)
    with pytest.raises(Ambiguous):
        delivery(unsaid, year=Y2, forecast=pounds(1), bands=BANDS)


def test_lines_together_may_make_up_for_one_another():
    """One short by 20 and one over by 20: the whole carries nothing forward; what one does not record the whole does not."""
    short = delivery(line("a", 100), year=Y1, forecast=pounds(8_000), bands=BANDS)
    over = delivery(line("b", 50), year=Y1, forecast=pounds(7_000), bands=BANDS)
    found = delivery_together([short, over], bands=BANDS)
    assert (found.planned, found.forecast, found.carried_forward) == (pounds(15_000), pounds(15_000), pounds(0))
    assert found.delivered is None
    assert found.rag is Rag.GREEN
    with pytest.raises(NotComparable):
        delivery_together([short, attrs.evolve(over, year=Y2)], bands=BANDS)
    for each in ([], [5], 5):
        with pytest.raises(InvalidValue):
            delivery_together(each, bands=BANDS)


# Risk


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 4)), min_size=1, max_size=6),
    st.sampled_from([0.5, 0.8, 0.95]),
)
@settings(max_examples=40)
def test_a_convolution_is_every_way_that_lines_can_succeed_and_fail(lines, level):
    """Against all the ways one by one: the mean, each total's chance, and an interval that leaves no more than half of the rest
    on either side.
    """
    chances = [
        Chance.all_or_nothing(f"line {n}", saving=pounds(100 * number), probability=quarters / 4)
        for n, (number, quarters) in enumerate(lines)
    ]
    found = risk_adjusted_total(chances, level=level)
    every = {}
    for wins in itertools.product([True, False], repeat=len(lines)):
        likely = math.prod(q / 4 if won else 1 - q / 4 for won, (_, q) in zip(wins, lines, strict=True))
        whole = 100 * sum(number for won, (number, _) in zip(wins, lines, strict=True) if won)
        every[whole] = every.get(whole, 0) + likely
    every = {whole: likely for whole, likely in every.items() if likely}
    assert dict(found.totals) == pytest.approx(every)
    assert in_pence(found.expected) == round(sum(whole * likely for whole, likely in every.items()))
    below = sum(likely for whole, likely in every.items() if whole < in_pence(found.lower))
    above = sum(likely for whole, likely in every.items() if whole > in_pence(found.upper))
    assert max(below, above) <= (1 - level) / 2 + 1e-9
    assert found.chance_of(found.lower) == pytest.approx(1 - below)


def test_ten_even_chances_are_a_binomial():
    """Ten lines of £1 at a half each: the chance of k is 10 choose k over 1,024, and of 80% of the time 3 to 7."""
    lines = [Chance.all_or_nothing(str(n), saving=pounds(100), probability=0.5) for n in range(10)]
    found = risk_adjusted_total(lines, level=0.8)
    assert dict(found.totals) == pytest.approx({100 * k: math.comb(10, k) / 1024 for k in range(11)})
    assert (found.expected, found.lower, found.upper) == (pounds(500), pounds(300), pounds(700))
    assert str(found) == "£5 expected; at least 80% of the time £3 to £7 (every total worked out)."


def test_an_interval_treats_its_two_ends_alike():
    """£1, £2 and £3 with 1, 8 and 1 chances in ten: 80% of the time it is £2, with a tenth on either side."""
    outcomes = tuple(Outcome(saving=pounds(100 * n), probability=chance) for n, chance in ((1, 0.1), (2, 0.8), (3, 0.1)))
    for level, ends in ((0.8, (2, 2)), (0.81, (1, 3)), (0.79, (2, 2))):
        found = risk_adjusted_total(Chance(line="a", outcomes=outcomes), level=level)
        assert (found.lower, found.upper) == tuple(pounds(100 * end) for end in ends)


def test_draws_are_the_same_for_a_seed_and_near_what_is_worked_out():
    """20,000 draws of ten even chances: within four standard errors (0.0141) of each exact chance, and other for another seed."""
    lines = [Chance.all_or_nothing(str(n), saving=pounds(100), probability=0.5) for n in range(10)]
    drawn = simulated_total(lines, level=0.8, seed=1, draws=20_000)
    assert drawn == simulated_total(lines, level=0.8, seed=1, draws=20_000)
    assert drawn.totals != simulated_total(lines, level=0.8, seed=2, draws=20_000).totals
    exact = risk_adjusted_total(lines, level=0.8)
    assert drawn.expected == exact.expected
    assert dict(drawn.totals) == pytest.approx(dict(exact.totals), abs=0.0142)


def test_any_amount_between_two_is_drawn_evenly():
    """Of £100 to £200 the middle four fifths are £110 to £190, within 1; and with a certain £50 beside it £50 more."""
    found = simulated_total(AnyBetween(line="a", least=pounds(10_000), most=pounds(20_000)), level=0.8, seed=3, draws=20_000)
    assert found.expected == pounds(15_000)
    assert abs(in_pence(found.lower) - 11_000) < 100
    assert abs(in_pence(found.upper) - 19_000) < 100
    sure = Chance(line="b", outcomes=Outcome(saving=pounds(5_000), probability=1.0))
    both = simulated_total([AnyBetween(line="a", least=pounds(10_000), most=pounds(20_000)), sure], level=0.8, seed=3)
    assert both.expected == pounds(20_000)


def test_lines_that_stand_on_one_another_are_not_independent():
    """Refused, where the line it stands on is among them; alone it is taken."""
    base = line("a", 100)
    upon = line("b", 50, depends_on=Dependency(on="a"))
    chances = [Chance.all_or_nothing(one, saving=pounds(100), probability=0.5) for one in (base, upon)]
    with pytest.raises(NotComparable):
        risk_adjusted_total(chances, level=0.8)
    assert risk_adjusted_total(chances[1], level=0.8).expected == pounds(50)


def test_more_totals_than_can_be_worked_out_are_left_to_draws():
    """21 lines of which no two sums are alike have 2,097,152 totals."""
    lines = [Chance.all_or_nothing(str(n), saving=pounds(2**n), probability=0.5) for n in range(21)]
    with pytest.raises(InvalidValue) as caught:
        risk_adjusted_total(lines, level=0.8)
    assert "simulated_total" in str(caught.value)


ONE = Chance.all_or_nothing("a", saving=pounds(1), probability=0.5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: risk_adjusted_total([], level=0.8),
        lambda: risk_adjusted_total([ONE, ONE], level=0.8),
        lambda: risk_adjusted_total([AnyBetween(line="b", least=pounds(1), most=pounds(2))], level=0.8),
        lambda: risk_adjusted_total(5, level=0.8),
        lambda: risk_adjusted_total(ONE, level=1),
        lambda: risk_adjusted_total(ONE, level=80),
        lambda: risk_adjusted_total(ONE, level="most"),
        lambda: simulated_total(ONE, level=0.8, seed=1.5),
        lambda: simulated_total(ONE, level=0.8, seed=1, draws=10),
        lambda: Chance.all_or_nothing("a", saving=pounds(1), probability=1.5),
        lambda: Chance.all_or_nothing("a", saving=pounds(1), probability="half"),
        lambda: Chance.all_or_nothing(5, saving=pounds(1), probability=0.5),
        lambda: Chance.all_or_nothing("a", saving=5, probability=0.5),
        lambda: Chance(line="a", outcomes=()),
        lambda: Chance(line="a", outcomes=(Outcome(saving=pounds(1), probability=0.4),)),
        lambda: Chance(line="a", outcomes=(5,)),
        lambda: AnyBetween(line="a", least=pounds(2), most=pounds(1)),
        lambda: risk_adjusted_total(ONE, level=0.8).chance_of(5),
    ],
)
def test_a_risk_that_cannot_be_is_refused(call):
    """By an error of this library, with no other behind it."""
    with pytest.raises(BucksError) as caught:
        call()
    assert caught.value.__context__ is None
