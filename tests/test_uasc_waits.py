"""Lengths of decisions with their hedges, and what a longer wait does to the number who wait: ranges in, ranges out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs import uasc
from bucks_cs.audit import Bound
from bucks_cs.errors import InvalidValue, MissingSource, UnitError
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.units import quantity

EXAMPLE = NoOfficialSource(reason="made up for a test")


def length(said, least, most, bound, **more):
    """A length of decisions in years."""
    ends = {name: None if end is None else quantity(end, "year") for name, end in (("least", least), ("most", most))}
    return uasc.DecisionLength(said=said, bound=bound, period_said="then", source=EXAMPLE, **ends, **more)


ABOUT = length("about a year", 1, 1, Bound.ABOUT)
BETWEEN = length("2 to 3", 2, 3, Bound.RANGE)
OVER = length("over 4 years", 4, None, Bound.OVER)


def a_year(least, most=None):
    """Arrivals, or a range of two."""
    first = quantity(least, "child/year")
    return first if most is None else (first, quantity(most, "child/year"))


def test_a_length_keeps_its_hedge_and_fills_nothing_in():
    """About names no ends, a range two, over one."""
    assert [each.years for each in (ABOUT, BETWEEN, OVER)] == [(1, 1), (2, 3), (4, None)]
    assert (OVER.most, str(OVER)) == (None, "over 4 years, then")
    up_to = length("up to 2 years", None, 2, Bound.UP_TO)
    assert (up_to.least, up_to.years) == (None, (0, 2))
    months = uasc.DecisionLength(
        said="18 months", least=quantity(18, "month"), most=quantity(18, "month"), bound=Bound.AS_PRINTED, period_said="now",
        source=EXAMPLE,
    )  # fmt: skip
    assert months.years == (1.5, 1.5)


@pytest.mark.parametrize(
    ("least", "most", "bound"),
    [
        (4, 5, Bound.OVER), (None, None, Bound.OVER), (1, 2, Bound.ABOUT), (3, 2, Bound.RANGE), (2, None, Bound.RANGE),
        (1, 2, Bound.UP_TO), (-1, 2, Bound.RANGE),
    ],
)  # fmt: skip
def test_ends_that_do_not_go_with_the_hedge_are_refused(least, most, bound):
    """Over 4 has no upper end, about one number, a range two in order."""
    with pytest.raises(InvalidValue):
        length("said", least, most, bound)


def test_a_length_needs_its_source_and_its_parts():
    """In years or months, and with a Bound."""
    good = {"said": "a year", "least": quantity(1, "year"), "most": quantity(1, "year"), "bound": Bound.ABOUT, "period_said": ""}
    with pytest.raises(MissingSource):
        uasc.DecisionLength(**good, source=None)
    with pytest.raises(UnitError):
        uasc.DecisionLength(**good | {"least": quantity(52, "week")}, source=EXAMPLE)
    for name, wrong in [("least", 1), ("bound", "about"), ("said", None), ("period", "2017"), ("period_said", None)]:
        with pytest.raises(InvalidValue):
            uasc.DecisionLength(**good | {name: wrong}, source=EXAMPLE)


# The law


def test_the_number_is_arrivals_times_years():
    """12 a year: about 12 at a year, 24 to 36 at 2 to 3, over 48 at over 4; 1 a month is 12 a year."""
    said = [uasc.number_waiting(a_year(12), wait=each).said for each in (ABOUT, BETWEEN, OVER)]
    assert said == ["about 12", "24 to 36", "over 48"]
    assert uasc.number_waiting(quantity(1, "child/month"), wait=quantity(24, "month")).ends == (24, 24)
    assert uasc.number_waiting(a_year(10, 12), wait=(quantity(2, "year"), quantity(3, "year"))).ends == (20, 36)
    assert uasc.number_waiting(a_year(0), wait=OVER).ends == (0, None)


def test_it_is_in_cases_and_not_in_children():
    """Who waits over a birthday is no child: the number is none to set against the threshold."""
    assert uasc.number_waiting(a_year(12), wait=ABOUT).least == quantity(12, "case")
    assert uasc.longer_wait(a_year(12), before=ABOUT, after=BETWEEN).most_more == quantity(24, "case")


def test_a_longer_wait_adds_the_difference_of_the_years():
    """From about 1 to 2 or 3 years adds 12 to 24 of 12 a year; from 2 to 3 to over 4, at least 12; and back, as many fewer."""
    added = uasc.longer_wait(a_year(12), before=ABOUT, after=BETWEEN)
    assert (added.fewest_more, added.most_more) == (quantity(12, "case"), quantity(24, "case"))
    assert str(added) == "about 12 to 24 more claims waiting at a time: 24 to 36 in place of about 12"
    more = uasc.longer_wait(a_year(12), before=BETWEEN, after=OVER)
    assert (more.fewest_more, more.most_more) == (quantity(12, "case"), None)
    assert str(more) == "at least 12 more claims waiting at a time: over 48 in place of 24 to 36"
    back = uasc.longer_wait(a_year(12), before=OVER, after=BETWEEN)
    assert (back.fewest_more, back.most_more) == (None, quantity(-12, "case"))
    assert str(back) == "at least 12 fewer claims waiting at a time: 24 to 36 in place of over 48"
    assert "no end is stated" in str(uasc.longer_wait(a_year(12), before=OVER, after=OVER))
    both = uasc.longer_wait(a_year(12), before=BETWEEN, after=BETWEEN)
    assert str(both) == "anything from 12 fewer to 12 more claims waiting at a time: 24 to 36 in place of 24 to 36"


NUMBERS = st.floats(0, 1_000, allow_nan=False)


@given(ends=st.lists(NUMBERS, min_size=6, max_size=6), at=st.floats(0, 1))
def test_every_number_in_the_ranges_gives_one_within_the_result(ends, at):
    """A point in each range is tried: arrivals, the wait before and the wait after."""
    (few, many), (short, long), (sooner, later) = (sorted(ends[n : n + 2]) for n in (0, 2, 4))
    arrive, before, after = (low + at * (high - low) for low, high in ((few, many), (short, long), (sooner, later)))
    years = [(quantity(low, "year"), quantity(high, "year")) for low, high in ((short, long), (sooner, later))]
    low, high = uasc.number_waiting(a_year(few, many), wait=years[0]).ends
    assert low - 1e-6 <= arrive * before <= high + 1e-6
    added = uasc.longer_wait(a_year(few, many), before=years[0], after=years[1])
    assert added.fewest_more.magnitude - 1e-6 <= arrive * (after - before) <= added.most_more.magnitude + 1e-6
    corner = [rate * (new - old) for rate in (few, many) for new in (sooner, later) for old in (short, long)]
    assert added.fewest_more.magnitude == pytest.approx(min(corner), abs=1e-6)
    assert added.most_more.magnitude == pytest.approx(max(corner), abs=1e-6)


NO_RATE = [None, 12, "12", object(), (a_year(1),), a_year(2, 1), quantity(-1, "child/year"), [a_year(1)] * 2]


@pytest.mark.parametrize("wrong", NO_RATE)
def test_what_is_no_rate_or_wait_is_refused_by_the_name_of_its_argument(wrong):
    """And what is of another unit by its unit."""
    with pytest.raises(InvalidValue, match="arrivals"):
        uasc.number_waiting(wrong, wait=ABOUT)
    with pytest.raises(InvalidValue, match="arrivals"):
        uasc.longer_wait(wrong, before=ABOUT, after=OVER)
    for bad in (None, 2, "2", quantity(-1, "year"), (quantity(2, "year"), quantity(1, "year"))):
        with pytest.raises(InvalidValue, match="wait"):
            uasc.number_waiting(a_year(1), wait=bad)
        with pytest.raises(InvalidValue, match="after"):
            uasc.longer_wait(a_year(1), before=ABOUT, after=bad)
    for bad in (quantity(1, "child"), quantity(1, "case/year"), quantity(1, "child/week")):
        with pytest.raises(UnitError, match="arrivals"):
            uasc.number_waiting(bad, wait=ABOUT)
    with pytest.raises(UnitError, match="wait"):
        uasc.number_waiting(a_year(1), wait=quantity(52, "week"))


def test_everything_goes_to_json_and_toml_and_back():
    """As the other objects do."""
    waiting, longer = uasc.number_waiting(a_year(12), wait=OVER), uasc.longer_wait(a_year(1), before=OVER, after=ABOUT)
    for thing in (ABOUT, BETWEEN, OVER, waiting, longer):
        assert from_json(to_json(thing), type(thing)) == thing
        assert from_toml(to_toml(thing), type(thing)) == thing


@pytest.mark.parametrize("bound", [Bound.UNDER, Bound.UP_TO, Bound.ALMOST])
def test_a_wait_that_is_open_downwards_gives_a_number_that_is(bound):
    """Under 2 years of 12 a year: under 24, and not 0 to 24."""
    source = NoOfficialSource(reason="made up for a test")
    wait = uasc.DecisionLength(said="2 years", most=quantity(2, "year"), bound=bound, period_said="now", source=source)
    found = uasc.number_waiting(quantity(12, "child/year"), wait=wait)
    assert (found.said, found.ends) == (f"{bound.value} 24", (0, 24))
