"""The transfer threshold as objects: by date, by vintage, the printed numbers, headroom, months, and what is refused."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import demand, uasc
from bucks_cs.audit import Rounding
from bucks_cs.errors import BucksError, ImpossibleFigure, InvalidValue, MissingSource, NotComparable, NotInForce, UnitError
from bucks_cs.indicators import Reading, Withheld
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import FinancialYear, Snapshot
from bucks_cs.provenance import NoOfficialSource, Vintage, Vintages
from bucks_cs.units import quantity

MID_2020 = Snapshot("30 June 2020")
OCTOBER, AUGUST = dt.date(2022, 10, 11), dt.date(2022, 8, 23)
EXAMPLE = NoOfficialSource(reason="made up for a test")
FIRST, REBASED = "as first published", "rebased"


def people(count, vintage=FIRST, ages=(0, 17), area="825"):
    """A population of mid-2020."""
    return uasc.ChildPopulation(
        area=area, mid_year=MID_2020, count=quantity(count, "child"), vintage=vintage, ages=ages, source=EXAMPLE
    )


def supported(number=32, area="825"):
    """Unaccompanied children on the day of the report."""
    return uasc.UnaccompaniedChildren(area=area, at=Snapshot(OCTOBER), under_18=quantity(number, "child"), source=EXAMPLE)


def former(number=68, area="825"):
    """Those over 18."""
    return uasc.FormerUnaccompaniedChildren(area=area, at=Snapshot(OCTOBER), over_18=quantity(number, "case"), source=EXAMPLE)


def number_of(population, at=OCTOBER, rounding=Rounding.NEAREST):
    """The plain number of the threshold."""
    return int(uasc.threshold(population, at=at, rounding=rounding).number.magnitude)


# By date in force


@pytest.mark.parametrize(
    ("day", "percent"),
    [((2016, 7, 1), 0.07), ((2022, 8, 23), 0.07), ((2022, 8, 24), 0.10), ((2026, 1, 1), 0.10)],
)
def test_the_share_is_that_of_the_day(day, percent):
    """0.07% from 1 July 2016, 0.10% from 24 August 2022."""
    found = uasc.threshold(people(100_000), at=dt.date(*day))
    assert found.share == quantity(percent, "percent")
    assert found.source == uasc.NTS_THRESHOLD.in_force(dt.date(*day)).source


def test_before_the_scheme_there_was_no_threshold():
    """30 June 2016 is refused, and so is a day with a time."""
    with pytest.raises(NotInForce, match="1 July 2016"):
        uasc.threshold(people(100_000), at=dt.date(2016, 6, 30))
    with pytest.raises(InvalidValue):
        uasc.threshold(people(100_000), at=dt.datetime(2022, 10, 11))


@pytest.mark.parametrize(
    ("day", "participation"),
    [
        ((2016, 7, 1), "VOLUNTARY"), ((2021, 6, 9), "VOLUNTARY"), ((2021, 6, 10), "VOLUNTARY_ROTA"),
        ((2021, 12, 14), "PARTLY_DIRECTED"), ((2022, 2, 15), "DIRECTED"), ((2022, 10, 11), "DIRECTED"),
    ],
)  # fmt: skip
def test_taking_part_was_voluntary_and_then_directed(day, participation):
    """By October 2022 every authority was directed, as the report says: "along with all other local authorities"."""
    assert uasc.NTS_PARTICIPATION.on(dt.date(*day)) is uasc.Participation[participation]


# The published population, both vintages


@pytest.fixture(scope="module")
def estimates(published):
    """Mid-2020 in Buckinghamshire as ONS first published it, as rebased, and to 18 inclusive, read from the files."""
    folder = published / "population"
    single = folder / "ons_mid2020_single_year_of_age_unrebased.csv"
    first = demand.read_population_by_age(single, mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED)
    rebased = demand.read_mid_year_population(
        folder / "ons_mid-year_population_estimates_2012_to_2024.csv", source=demand.CHILDREN_TO_MID_2024
    )
    lines = [line.split(",") for line in single.read_text(encoding="utf-8").splitlines()]
    row = next(line for line in lines if line[0] == "E06000060")
    aged_18 = float(row[lines[0].index("age_18")])
    children = uasc.ChildPopulation.of_reading(first.at(area="825"), vintage=FIRST)
    return {
        FIRST: children,
        REBASED: uasc.ChildPopulation.of_reading(rebased.at(area="825", period=MID_2020), vintage=REBASED),
        "to 18": attrs.evolve(children, count=quantity(children.number + aged_18, "child"), ages=(0, 18)),
    }


def test_the_files_have_the_populations_that_are_named(estimates):
    """126,804; 122,495 rebased; 133,033 with those aged 18."""
    assert {name: one.number for name, one in estimates.items()} == {FIRST: 126_804, REBASED: 122_495, "to 18": 133_033}
    assert estimates[FIRST].source == demand.CHILDREN_AT_MID_2020_UNREBASED
    assert estimates[REBASED].source == demand.CHILDREN_TO_MID_2024


def test_the_printed_127_and_89_follow_from_the_population_as_first_published(estimates):
    """0.10% of 126,804 is 126.804; 0.07% is 88.7628."""
    now, before = (uasc.threshold(estimates[FIRST], at=day) for day in (OCTOBER, AUGUST))
    assert (now.number, before.number) == (quantity(127, "child"), quantity(89, "child"))
    assert now.exact.magnitude == pytest.approx(126.804)
    assert before.exact.magnitude == pytest.approx(88.7628)


def test_the_rebased_population_gives_122_and_86(estimates):
    """122.495 and 85.7465; and at 122 children the share is not reached yet: 122 of 122,495 is below 0.10%."""
    now, before = (uasc.threshold(estimates[REBASED], at=day) for day in (OCTOBER, AUGUST))
    assert (now.number, before.number) == (quantity(122, "child"), quantity(86, "child"))
    assert now.first_at_or_above == quantity(123, "child")
    assert Fraction(122, 122_495) < Fraction(1, 1000) <= Fraction(123, 122_495)


def test_the_headroom_at_32_is_95_and_was_57(estimates):
    """127 less 32, and 89 less 32; 32 of 126,804 is 0.0252%."""
    left = [uasc.headroom(supported(), threshold=uasc.threshold(estimates[FIRST], at=day)) for day in (OCTOBER, AUGUST)]
    assert left == [quantity(95, "child"), quantity(57, "child")]
    share = uasc.share_reached(supported(), population=estimates[FIRST])
    assert share.magnitude == pytest.approx(3200 / 126_804)
    assert f"{share.magnitude:.3f}" == "0.025"


def test_only_the_population_as_first_published_is_behind_the_printed_numbers(estimates):
    """Ages 0 to 18 inclusive would give 133 and 93; the span is that of 127, which lies in that of 89."""
    printed = {OCTOBER: quantity(127, "child"), AUGUST: quantity(89, "child")}
    found = uasc.population_behind(printed, among=estimates.values())
    assert found.giving == (estimates[FIRST],)
    assert [tuple(int(n.magnitude) for n in found.numbers_of(one)) for one in estimates.values()] == [
        (127, 89), (122, 86), (133, 93),
    ]  # fmt: skip
    assert found.implied == (quantity(126_500, "child"), quantity(127_499, "child"))


def test_a_population_to_18_has_no_threshold_of_its_own(estimates):
    """It is a share of those under 18: 133 is what `population_behind` gives, and no threshold."""
    with pytest.raises(NotComparable, match="aged 0 to 18"):
        uasc.threshold(estimates["to 18"], at=OCTOBER)
    with pytest.raises(NotComparable, match="under 18"):
        uasc.share_reached(supported(), population=estimates["to 18"])


# Made whole


def test_rounding_up_gives_the_printed_numbers_too_and_rounding_down_does_not():
    """126.804 is 127 up and 126 down; 88.7628 is 89 and 88: print tells only that it was not rounded down."""
    pairs = {way: (number_of(people(126_804), OCTOBER, way), number_of(people(126_804), AUGUST, way)) for way in Rounding}
    assert pairs == {Rounding.NEAREST: (127, 89), Rounding.UP: (127, 89), Rounding.DOWN: (126, 88)}


@pytest.mark.parametrize(
    ("count", "number"), [(0, 0), (499, 0), (500, 1), (1_499, 1), (1_500, 2), (126_499, 126), (126_500, 127), (127_500, 128)]
)
def test_a_half_is_rounded_up(count, number):
    """0.10% of 500 is half a child, and 126,500 is the first that gives 127."""
    assert number_of(people(count)) == number


@pytest.mark.parametrize(
    ("number", "day", "span"), [(127, OCTOBER, (126_500, 127_499)), (89, AUGUST, (126_429, 127_857)), (0, OCTOBER, (0, 499))]
)
def test_a_printed_number_stands_for_a_span_of_populations(number, day, span):
    """126.5 / 0.001 = 126,500; 127.5 / 0.001 is 128's; 88.5 / 0.0007 = 126,428.6; 89.5 / 0.0007 = 127,857.1."""
    found = uasc.implied_population(quantity(number, "child"), at=day)
    assert tuple(int(end.magnitude) for end in found) == span


@given(number=st.integers(0, 5_000), early=st.booleans(), way=st.sampled_from(Rounding))
def test_the_ends_of_the_span_give_the_number_and_their_neighbours_do_not(number, early, way):
    """By the way the number is made whole, each end of the span tried with the threshold itself."""
    day = AUGUST if early else OCTOBER
    fewest, most = (int(end.magnitude) for end in uasc.implied_population(quantity(number, "child"), at=day, rounding=way))
    inside = {number_of(people(count), day, way) for count in (fewest, most)}
    outside = {number_of(people(count), day, way) for count in (fewest - 1, most + 1) if count >= 0}
    assert inside == {number}
    assert number not in outside


@given(count=st.integers(0, 50_000_000), early=st.booleans())
def test_the_number_is_what_hand_arithmetic_gives(count, early):
    """In whole numbers alone: 7 or 10 for every 10,000 children."""
    day, times = (AUGUST, 7) if early else (OCTOBER, 10)
    found = uasc.threshold(people(count), at=day)
    whole, rest = divmod(count * times, 10_000)
    assert found.number == quantity(whole + (rest >= 5_000), "child")
    assert found.first_at_or_above == quantity(whole + (rest > 0), "child")


# Which population


def test_a_population_says_its_vintage():
    """A bare number, all editions at once, and a population with no vintage or no source are refused."""
    editions = Vintages(
        what="children",
        editions=(
            Vintage(name=FIRST, value=126_804, source=EXAMPLE),
            Vintage(name=REBASED, value=quantity(122_495, "child"), source=EXAMPLE),
        ),
    )
    made = [uasc.ChildPopulation.of_vintage(editions.named(name), mid_year=MID_2020, area="825") for name in editions.names]
    assert made == [people(126_804), people(122_495, REBASED)]
    for wrong in (126_804, quantity(126_804, "child"), editions, None):
        with pytest.raises(InvalidValue, match="population"):
            uasc.threshold(wrong, at=OCTOBER)
        with pytest.raises(InvalidValue, match="edition"):
            uasc.ChildPopulation.of_vintage(wrong, mid_year=MID_2020)
    with pytest.raises(InvalidValue, match="vintage"):
        people(5, vintage=" ")
    with pytest.raises(MissingSource):
        uasc.ChildPopulation(mid_year=MID_2020, count=quantity(5, "child"), vintage=FIRST, source=None)


def test_a_reading_gives_a_population_with_its_source():
    """Without one its vintage cannot be looked up; a gap, a flow and a breakdown are no population."""
    given_one = {"area": "825", "period": MID_2020}
    reading = Reading.of(demand.CHILDREN_AT_MID_YEAR, 126_804, source=EXAMPLE, **given_one)
    assert uasc.ChildPopulation.of_reading(reading, vintage=FIRST) == people(126_804)
    with pytest.raises(MissingSource):
        uasc.ChildPopulation.of_reading(attrs.evolve(reading, source=None), vintage=FIRST)
    wrong = [
        Reading.of(demand.CHILDREN_AT_MID_YEAR, Withheld.NOT_AVAILABLE, source=EXAMPLE, **given_one),
        attrs.evolve(reading, dims=(("sex", "F"),)),
        Reading.of(demand.REFERRALS, 5, period=FinancialYear("2021-22"), source=EXAMPLE),
        126_804,
        None,
    ]
    for one in wrong:
        with pytest.raises(InvalidValue, match="reading"):
            uasc.ChildPopulation.of_reading(one, vintage=FIRST)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"count": 126_804}, InvalidValue),
        ({"count": quantity(5, "pupil")}, UnitError),
        ({"count": quantity(5.5, "child")}, ImpossibleFigure),
        ({"count": quantity(-1, "child")}, ImpossibleFigure),
        ({"mid_year": dt.date(2020, 6, 30)}, InvalidValue),
        ({"ages": (17, 0)}, InvalidValue),
        ({"ages": 17}, InvalidValue),
        ({"ages": (0, True)}, InvalidValue),
        ({"area": 5.5}, BucksError),
        ({"vintage": None}, InvalidValue),
    ],
)
def test_what_is_no_population_is_refused(fields, error):
    """Each part by its own error, with no number of it in the message."""
    good = {"area": "825", "mid_year": MID_2020, "count": quantity(5, "child"), "vintage": FIRST, "source": EXAMPLE}
    with pytest.raises(error):
        uasc.ChildPopulation(**good | fields)


# Children and former ones


def test_former_unaccompanied_children_are_never_children():
    """Refused by name wherever children are wanted, and never added: their unit is another."""
    limit = uasc.threshold(people(126_804), at=OCTOBER)
    calls = [
        lambda: uasc.headroom(former(), threshold=limit),
        lambda: uasc.share_reached(former(), population=people(126_804)),
        lambda: uasc.months_to_reach(former(), threshold=limit, arrivals=quantity(1, "child/month")),
        lambda: supported() + former(),
        lambda: former() + supported(),
        lambda: supported() + supported(),
    ]
    for call in calls:
        with pytest.raises(NotComparable, match="former unaccompanied children over 18"):
            call()
    with pytest.raises(InvalidValue, match="nothing to be added"):
        sum([supported()])
    with pytest.raises(TypeError):  # pint's own: child is not case
        supported().under_18 + former().over_18
    with pytest.raises(UnitError):
        uasc.UnaccompaniedChildren(at=Snapshot(OCTOBER), under_18=quantity(68, "case"), source=EXAMPLE)
    with pytest.raises(UnitError):
        uasc.FormerUnaccompaniedChildren(at=Snapshot(OCTOBER), over_18=quantity(68, "child"), source=EXAMPLE)


def test_former_ones_are_kept_beside_the_children_and_change_nothing():
    """68 beside 32: the headroom is that of 32."""
    both = attrs.evolve(supported(), former=former())
    assert uasc.headroom(both, threshold=uasc.threshold(people(126_804), at=OCTOBER)) == quantity(95, "child")
    assert (both.number, both.former.number) == (32, 68)
    assert "counted apart, 68" in str(both)
    with pytest.raises(NotComparable, match="two areas"):
        attrs.evolve(supported(), former=former(area="826"))


def test_areas_are_not_mixed():
    """Buckinghamshire's children against Milton Keynes's threshold."""
    limit = uasc.threshold(people(70_000, area="826"), at=OCTOBER)
    with pytest.raises(NotComparable, match="two areas"):
        uasc.headroom(supported(), threshold=limit)
    with pytest.raises(NotComparable, match="two areas"):
        uasc.share_reached(supported(), population=people(70_000, area="826"))


@pytest.mark.parametrize("wrong", [None, 32, "32", object(), quantity(32, "child")])
def test_what_is_no_object_is_refused_by_the_name_of_its_argument(wrong):
    """And not by an error of Python's own."""
    limit = uasc.threshold(people(126_804), at=OCTOBER)
    for call, name in [
        (lambda: uasc.headroom(wrong, threshold=limit), "children"),
        (lambda: uasc.headroom(supported(), threshold=wrong), "threshold"),
        (lambda: uasc.share_reached(supported(), population=wrong), "population"),
        (lambda: uasc.population_behind(wrong, among=[]), "printed"),
        (lambda: uasc.population_behind({}, among=[]), "printed"),
        (lambda: uasc.threshold(people(5), at=OCTOBER, rounding=wrong), "rounding"),
    ]:
        with pytest.raises(InvalidValue, match=name):
            call()
    with pytest.raises(InvalidValue, match="among"):
        uasc.population_behind({OCTOBER: quantity(1, "child")}, among=wrong)


# Months


def months(arrivals, departures=None, number=32):
    """The months to 127, soonest and latest, as numbers."""
    limit = uasc.threshold(people(126_804), at=OCTOBER)
    more = {} if departures is None else {"departures": departures}
    found = uasc.months_to_reach(supported(number), threshold=limit, arrivals=arrivals, **more)
    return found, tuple(None if end is None else float(end.magnitude) for end in (found.soonest, found.latest))


def a_month(least, most=None):
    """A rate, or a range of two."""
    first = quantity(least, "child/month")
    return first if most is None else (first, quantity(most, "child/month"))


def test_months_are_headroom_over_what_is_added_in_a_month():
    """95 over 5 is 19; 60 a year are 5 a month; 95 over 4 less 1 is 31.67; a range gives a range."""
    assert months(a_month(5))[1] == (19, 19)
    assert months(quantity(60, "child/year"))[1] == (19, 19)
    assert months(a_month(4), a_month(1))[1] == pytest.approx((95 / 3, 95 / 3))
    found, ends = months(a_month(4, 6), a_month(1, 2))
    assert ends == pytest.approx((19, 47.5))  # 95 / (6 - 1), 95 / (4 - 2)
    assert str(found) == "reached after 19 to 47.5 months"


def test_it_may_never_be_reached_or_be_reached_already():
    """As many leave as come; and 127 or more are there."""
    found, ends = months(a_month(2), a_month(2))
    assert (ends, found.may_never_be, str(found)) == ((None, None), True, "never reached at these rates")
    found, ends = months(a_month(1, 6), a_month(1))
    assert (ends, str(found)) == ((19, None), "reached after 19 months or more, or never")
    for number in (127, 140):
        found, ends = months(a_month(0), number=number)
        assert (ends, found.is_reached, str(found)) == ((0, 0), True, "reached already")


@given(ends=st.lists(st.floats(0, 50), min_size=4, max_size=4), number=st.integers(0, 200))
def test_any_rate_in_the_range_reaches_it_between_soonest_and_latest(ends, number):
    """The middle of both ranges is tried; never is later than anything."""
    (few, many), (stay, go) = sorted(ends[:2]), sorted(ends[2:])
    _, (soonest, latest) = months(a_month(few, many), a_month(stay, go), number)
    added, left = (few + many - stay - go) / 2, 127 - number
    there = 0 if left <= 0 else left / added if added > 0 else math.inf
    assert (math.inf if soonest is None else soonest) * (1 - 1e-9) <= there
    assert there <= (math.inf if latest is None else latest) * (1 + 1e-9)


@pytest.mark.parametrize("wrong", [None, 5, "5", (a_month(1),), (a_month(2), a_month(1)), quantity(-1, "child/month"), (1, 2)])
def test_what_is_no_rate_is_refused(wrong):
    """By the name of its argument."""
    with pytest.raises(InvalidValue, match="arrivals"):
        months(wrong)
    if wrong is not None:
        with pytest.raises(InvalidValue, match="departures"):
            months(a_month(1), wrong)
    with pytest.raises(UnitError, match="arrivals"):
        months(quantity(5, "child"))


# Kept and carried


def test_everything_goes_to_json_and_toml_and_back():
    """As the four objects of the library do."""
    limit = uasc.threshold(people(126_804), at=OCTOBER)
    both = attrs.evolve(supported(), former=former())
    tried = uasc.population_behind({OCTOBER: quantity(127, "child")}, among=[people(126_804)])
    for thing in (people(5), limit, both, former(), tried, months(a_month(1))[0]):
        assert from_json(to_json(thing), type(thing)) == thing
        assert from_toml(to_toml(thing), type(thing)) == thing
        assert hash(thing) == hash(attrs.evolve(thing))


def test_headroom_counts_up_to_the_whole_number_as_it_was_made():
    """0.10% of 122,495 is 122.495: to the nearest 122, which leaves 90 to 32; up 123, which leaves 91."""
    rebased = uasc.ChildPopulation(
        area="825", mid_year=Snapshot("30 June 2020"), count=quantity(122_495, "child"), vintage="rebased",
        source=NoOfficialSource(reason="made up for a test"),
    )  # fmt: skip
    here = uasc.UnaccompaniedChildren(
        area="825", at=Snapshot("11 October 2022"), under_18=quantity(32, "child"),
        source=NoOfficialSource(reason="made up for a test"),
    )  # fmt: skip
    for rounding, left in ((Rounding.NEAREST, 90), (Rounding.DOWN, 90), (Rounding.UP, 91)):
        limit = uasc.threshold(rebased, at=dt.date(2022, 10, 11), rounding=rounding)
        assert uasc.headroom(here, threshold=limit) == quantity(left, "child")
        months = uasc.months_to_reach(here, threshold=limit, arrivals=quantity(1, "child/month"))
        assert months.soonest == months.latest == quantity(left, "month")
