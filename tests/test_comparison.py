"""Comparison: rank, quartile and distance, against arithmetic of another kind, the tool's own method and published figures."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import itertools
import math
import pickle
import statistics
from collections import Counter
from fractions import Fraction

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, geography, interchange
from bucks_cs.comparison import (
    MODELS_IN_FORCE,
    Among,
    AreaValue,
    Closeness,
    LeftOut,
    NeighbourModel,
    Position,
    Quartile,
    neighbours,
    position,
)
from bucks_cs.errors import (
    Ambiguous,
    InvalidValue,
    NotComparable,
    NotFound,
    NotInForce,
    OutsideCoverage,
    UnknownArea,
    UnknownColumn,
)
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Better, Break, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear, ReportingYear, Snapshot, Span
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine

NOBODY = NoOfficialSource(reason="made up for a test")
YEAR = FinancialYear("2022-23")


def indicator(*, better=Better.HIGHER, measure=Measure.SHARE, unit="percent", per=None, key="ehcp.on_time", breaks=()):
    """A definition for tests."""
    return Indicator(
        key=key, title="Plans on time", counts="plans issued within 20 weeks", measure=measure, kind=Kind.FLOW, unit=unit,
        per=per, better=better, sources=NOBODY, breaks=breaks,
    )  # fmt: skip


ON_TIME, LATE, COUNTED = indicator(), indicator(better=Better.LOWER), indicator(better=Better.NEITHER)


def readings_of(values, *, of=ON_TIME, period=YEAR, **more):
    """Readings of one indicator and period, from area to number, to a gap, or to numerator and denominator."""
    made = []
    for area, value in values.items():
        if isinstance(value, tuple):
            made.append(Reading.of(of, value[0], area=area, period=period, numerator=value[1], denominator=value[2], **more))
        else:
            made.append(Reading.of(of, value, area=area, period=period, **more))
    return Readings.of(made)


SOUTH_EAST = [each.la_number for each in geography.authorities(YEAR.end, region="South East")]
ENGLAND = [each.la_number for each in geography.authorities(YEAR.end)]


# Rank, ties, quartile: by another arithmetic


def lait_band(own, values, *, lower):
    """LAIT's band of a value among values, over R's type 7 quantiles, in exact fractions."""
    exact = sorted(Fraction(value) for value in values)

    def quantile(share):
        place = Fraction(share) * (len(exact) - 1)
        below = math.floor(place)
        return exact[below] if place == below else exact[below] + (exact[below + 1] - exact[below]) * (place - below)

    low, middle, high = (quantile(Fraction(quarter, 4)) for quarter in (1, 2, 3))
    if own <= low:
        band = "A" if lower else "D"
    elif own <= middle:
        band = "B" if lower else "C"
    elif own <= high:
        band = "C" if lower else "B"
    else:
        band = "D" if lower else "A"
    return band


def place_by_counting(own, others, *, lower):
    """The rank by sorting; LAIT's band, and those of the places of all who share the value, had they been told apart."""
    best_first = sorted([own, *others], reverse=not lower)
    rank, size = best_first.index(own) + 1, len(best_first)
    if size < 4:
        return rank, None, None
    apart = range(size) if lower else range(size, 0, -1)
    bands = {lait_band(apart[place], apart, lower=lower) for place in range(size) if best_first[place] == own}
    return rank, lait_band(own, best_first, lower=lower), bands


EIGHTHS = st.integers(0, 800).map(lambda n: n / 8)
"""Numbers that a float holds exactly, so that a value that falls on a quartile does so in any arithmetic."""


FEW = st.integers(0, 3).map(float)
"""Numbers of which many are alike."""


@settings(max_examples=200)
@given(st.data(), st.sampled_from([EIGHTHS, FEW]), st.booleans())
def test_rank_and_quartile_are_those_of_sorting_and_of_exact_fractions(data, numbers, lower):
    """Ties share the best rank; a quartile is LAIT's, and there is none where those of one value lie in several."""
    own, others = data.draw(numbers), data.draw(st.lists(numbers, min_size=1, max_size=25))
    peers = [AreaValue(area=area, value=value) for area, value in zip(ENGLAND, others, strict=False) if area != "825"]
    others = [peer.value for peer in peers]
    of = LATE if lower else ON_TIME
    found = Position(reading=Reading.of(of, own, area="825", period=YEAR), among=Among.GIVEN, peers=peers)
    rank, band, bands = place_by_counting(own, others, lower=lower)
    assert found.rank == rank
    assert bool(found.why_no_quartile) is (found.quartile is None) is (bands is None or len(bands) > 1)
    if found.quartile:
        assert {found.quartile.value} == bands == {band}
    assert found.of == len(others) + 1
    assert len(found.tied_with) == others.count(own)


@settings(max_examples=100)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=25), st.floats(0, 100))
def test_mean_and_median_are_those_of_the_standard_library(others, own):
    """Of the others without the area in a list, and with it in England."""
    peers = [AreaValue(area=area, value=value) for area, value in zip(SOUTH_EAST[1:], others, strict=False)]
    values = [peer.value for peer in peers]
    reading = Reading.of(ON_TIME, own, area=SOUTH_EAST[0], period=YEAR)
    for among, group in ((Among.GIVEN, values), (Among.ENGLAND, [*values, own])):
        found = Position(reading=reading, among=among, peers=peers)
        assert found.mean.magnitude == pytest.approx(sum(group) / len(group))
        assert found.median.magnitude == pytest.approx(statistics.median(group))
        assert found.difference_from_mean.magnitude == pytest.approx(own - sum(group) / len(group))
        assert str(found.difference_from_mean.units) == "percentage_point"


def test_areas_of_one_value_share_the_best_rank():
    """80, 74, 74 and 60: the two of 74 are both second, and 60 is fourth."""
    readings = readings_of({"825": 74, "931": 74, "936": 80, "869": 60})
    found = position(readings, area="825", among=["931", "936", "869"])
    assert (found.rank, found.of, found.tied_with) == (2, 4, ("931",))
    assert position(readings, area="869", among=["825", "931", "936"]).rank == 4


def test_lower_is_better_turns_the_rank_and_the_quartile_round():
    """Of 10, 20, 30, 40 the lowest is first and in A; where higher is better it is last and in D."""
    values = {"825": 10, "931": 20, "936": 30, "869": 40}
    others = ["931", "936", "869"]
    for of, rank, quartile in ((LATE, 1, Quartile.A), (ON_TIME, 4, Quartile.D)):
        found = position(readings_of(values, of=of), area="825", among=others)
        assert (found.rank, found.quartile) == (rank, quartile)


def test_an_indicator_that_is_better_neither_way_is_ranked_by_size_and_says_so():
    """The largest first, no quartile, and no word of best."""
    readings = readings_of({"825": 40, "931": 20, "936": 30, "869": 10}, of=COUNTED)
    found = position(readings, area="825", among=["931", "936", "869"])
    assert (found.rank, found.quartile, found.is_by_size) == (1, None, True)
    assert "by size alone, since neither way is better" in str(found)
    assert "best" not in str(found)
    assert "quartile" not in str(found)


def test_under_four_areas_have_no_quarters():
    """Three are ranked, and it is said why there is no more."""
    found = position(readings_of({"825": 40, "931": 20, "936": 30}), area="825", among=["931", "936"])
    assert (found.rank, found.of, found.quartile) == (1, 3, None)
    assert "no quartile: there are only 3 areas, and quarters want 4" in str(found)


def test_six_of_seven_at_the_best_value_are_joint_first_and_in_no_quartile():
    """By hand: of seven places, from 0, the quartiles are at 1.5, 3 and 4.5, so that the first to sixth are A to D.

    Higher is better: places 1 and 2 (of six and five below) are A, 3 (of four) B, 4 and 5 (of three and two) C, 6 and 7 D.
    LAIT takes the lowest of the six by value, one above the bottom, and has all of them in D.
    """
    values = {"825": 100, "931": 100, "936": 100, "869": 100, "868": 100, "867": 100, "850": 40}
    found = position(readings_of(values), area="825", among=[area for area in values if area != "825"])
    assert lait_band(100, values.values(), lower=False) == "D"
    assert (found.rank, found.of, len(found.tied_with), found.quartile) == (1, 7, 5, None)
    assert found.why_no_quartile == "the 6 areas of this value share the places 1 to 6, from quartile A to D"
    assert "joint 1st of 7" in str(found)
    assert f"no quartile: {found.why_no_quartile}" in str(found)
    assert found.why_no_quartile in found._repr_html_()
    last = position(readings_of(values), area="850", among=[area for area in values if area != "850"])
    assert (last.rank, last.quartile, last.why_no_quartile) == (7, Quartile.D, "")


def test_areas_of_one_value_have_a_quartile_where_all_their_places_are_in_it():
    """By hand: of eight, lower is better, the quartiles are at 1.75, 3.5 and 5.25 from 0: places 1 and 2 are A, 3 and 4 B."""
    numbers = (1, 1, 2, 3, 3, 4, 5, 6)
    areas = ("825", "931", "936", "869", "868", "867", "850", "919")
    readings = readings_of(dict(zip(areas, numbers, strict=True)), of=LATE)
    found = {area: position(readings, area=area, among=[each for each in areas if each != area]) for area in areas}
    assert [found[area].rank for area in areas] == [1, 1, 3, 4, 4, 6, 7, 8]
    quarters = [found[area].quartile and found[area].quartile.value for area in areas]
    assert quarters == ["A", "A", "B", None, None, "C", "D", "D"]
    assert found["869"].why_no_quartile == "the 2 areas of this value share the places 4 to 5, from quartile B to C"


def test_why_there_is_no_quartile_is_told_in_words():
    """Of a withheld value, and of an indicator that is better neither way; the sentence has said so already."""
    values = {"931": 20, "936": 30, "869": 10, "868": 50}
    gap = position(readings_of({"825": Withheld.LOW, **values}), area="825", among=list(values))
    size = position(readings_of({"825": 40, **values}, of=COUNTED), area="825", among=list(values))
    assert (gap.why_no_quartile, size.why_no_quartile) == ("the area's own value is withheld", "neither way is better")
    assert "quartile" not in str(gap) + str(size)


# Published figures are rounded, and a council's own are not


def published_and_own(own, others, *, of=LATE, half=0.05, **more):
    """The own value with a confidence interval, as from a council's rows, beside figures rounded to a step."""
    rounded = {"period": YEAR, "interval": Interval.ROUNDING}
    made = [
        Reading.of(of, value, area=area, lower=max(value - half, 0), upper=min(value + half, 100), **rounded)
        for area, value in others.items()
    ]
    return Readings.of([Reading.of(of, own, area="825", period=YEAR, **more), *made])


def test_an_exact_value_is_ranked_as_it_would_be_published():
    """19.87% from a council's rows is a published 19.9%, and shares its place with it: neither is known to be the lower."""
    others = {"931": 19.9, "936": 19.8, "869": 22.0, "868": 0.0, "867": 100.0}
    events = {"lower": 18.0, "upper": 21.8, "interval": Interval.CONFIDENCE, "level": 0.95}
    found = position(published_and_own(19.87, others, **events), area="825", among=list(others))
    assert (found.ranked_to, found.ranked_as, found.rank, found.of, found.tied_with) == (0.1, 19.9, 3, 6, ("931",))
    assert {peer.rounded_to for peer in found.peers} == {0.1}
    assert found.is_rounded_to_be_ranked
    assert "19.87%, joint 3rd of 6" in str(found)
    assert "; ranked to the nearest 0.1, as published figures among them are rounded, its own as 19.9%; " in str(found)
    # The differences are of the value itself: the mean of the others is 161.7 / 5 = 32.34.
    assert found.difference_from_mean.magnitude == pytest.approx(19.87 - 32.34)


@pytest.mark.parametrize(
    ("own", "ranked_as", "rank"),
    [(19.849, 19.8, 1), (19.85, 19.9, 2), (100 * 397 / 2_000, 19.9, 2), (19.949999, 19.9, 2), (19.95, 20.0, 3)],
)
def test_a_half_is_rounded_up(own, ranked_as, rank):
    """As DfE does it: 397 of 2,000 is 19.85%, printed 19.9%, although the nearest float is a little less."""
    found = position(published_and_own(own, {"931": 19.9, "936": 19.8}), area="825", among=["931", "936"])
    assert (found.ranked_as, found.rank) == (ranked_as, rank)


def test_the_coarsest_rounding_among_them_is_that_of_all():
    """Beside whole numbers 19.6 is 20, and so is a published 19.9."""
    one_decimal = published_and_own(19.6, {"931": 19.9})
    whole = published_and_own(1, {"936": 20.0, "869": 19.0}, half=0.5).where(area="936")
    found = position(Readings.concat([one_decimal, whole]), area="825", among=["931", "936"])
    assert (found.ranked_to, found.ranked_as, found.rank, found.tied_with) == (1.0, 20.0, 1, ("931", "936"))
    assert [peer.rounded_to for peer in found.peers] == [0.1, 1.0]
    assert "to the nearest 1, as published" in str(found)


def test_figures_all_published_alike_or_all_exact_are_ranked_as_they_are():
    """Nothing has been rounded, and nothing is said of it."""
    printed = {"lower": 19.85, "upper": 19.95, "interval": Interval.ROUNDING}
    alike = published_and_own(19.9, {"931": 19.9, "936": 20.1}, **printed)
    exact = readings_of({"825": 19.87, "931": 19.9, "936": 20.1}, of=LATE)
    for readings, step, rank, tied in ((alike, 0.1, 1, ("931",)), (exact, None, 1, ())):
        found = position(readings, area="825", among=["931", "936"])
        assert (found.ranked_to, found.rank, found.tied_with) == (step, rank, tied)
        assert not found.is_rounded_to_be_ranked
        assert "rounded" not in str(found)


def test_an_own_value_that_is_withheld_is_not_rounded():
    """It has no number to be ranked by; the others have theirs."""
    found = position(published_and_own(Withheld.NO_HISTORY, {"931": 19.9, "936": 20.1}), area="825", among=["931", "936"])
    assert (found.ranked_as, found.rank, found.tied_with, found.ranked_to) == (None, None, (), 0.1)
    assert "rounded" not in str(found)


OF_REFERRALS = ("rereferral", "no_further_action", "not_in_need")


def test_dfe_rounds_a_half_up(published):
    """Of 52 percentages of authorities that fall exactly between two decimals 51 are printed as the upper, 32 of them even.

    The one that is not is Shropshire's in 2017: 69 of 240 plans open for 3 months or less is 28.75%, printed 28.7%.
    """
    folder, found, odd = published / "children_in_need", Counter(), []
    bands = ("3_months_or_less", "more_than_3_months_6_months", "more_than_6_months_less_than_1_year")
    parts = {
        "c1": [(f"{what}_count", "referral_count", f"{what}_percent") for what in OF_REFERRALS],
        "d3": [("CPP_subsequent", "CPP_start", "CPP_subsequent_percent")],
        "d5": [(band, "CPP_At31", f"{band}_percent") for band in (*bands, "1_year_less_than_2_years", "2_years_or_more")],
    }
    for file, shares in parts.items():
        (path,) = folder.glob(f"{file}_*")
        with path.open(encoding="utf-8-sig", newline="") as opened:
            rows = [row for row in csv.DictReader(opened) if row["geographic_level"] == "Local authority"]
        for row, (part, whole, percent) in itertools.product(rows, shares):
            if not (row[part].isdigit() and row[whole].isdigit() and int(row[whole])):
                continue
            tenths = Fraction(1_000 * int(row[part]), int(row[whole]))
            if tenths.denominator == 2 and row[percent].replace(".", "").isdigit():
                up = Fraction(row[percent]) * 10 == tenths + Fraction(1, 2)
                found["up" if up else "down"] += 1
                odd += [] if up else [(row["la_name"], row["time_period"], row[part], row[whole], row[percent])]
                found["to even"] += up and (tenths + Fraction(1, 2)) % 2 == 0
    assert found == {"up": 51, "down": 1, "to even": 32}
    assert odd == [("Shropshire", "2017", "69", "240", "28.7")]


# Aggregate, mean and median are three things


def test_aggregate_mean_and_median_of_neighbours_are_three_different_numbers():
    """By hand: (90 + 30 + 20) / (100 + 60 + 80) = 140 / 240 = 58.3%; (90 + 50 + 25) / 3 = 55%; the middle one is 50%."""
    values = {"825": (60, 6, 10), "931": (90, 90, 100), "936": (50, 30, 60), "869": (25, 20, 80)}
    found = position(readings_of(values), area="825", among=["931", "936", "869"])
    assert found.aggregate.magnitude == pytest.approx(140 / 240 * 100)
    assert (found.mean.magnitude, found.median.magnitude) == (55, 50)
    assert found.difference_from_aggregate.magnitude == pytest.approx(60 - 140 / 240 * 100)
    assert (found.difference_from_mean.magnitude, found.difference_from_median.magnitude) == (5, 10)


def test_the_area_is_one_of_its_region_and_not_one_of_its_neighbours():
    """Of 60% of 10 and 90% of 100: 96 of 110 with it, 90 of 100 without."""
    values = {"825": (60, 6, 10), "931": (90, 90, 100)}
    with_it = position(readings_of(values), area="825", among=Among.REGION)
    without = position(readings_of(values), area="825", among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021)
    assert with_it.aggregate.magnitude == pytest.approx(96 / 110 * 100)
    assert without.aggregate.magnitude == pytest.approx(90)
    assert (with_it.mean.magnitude, without.mean.magnitude) == (75, 90)
    assert (with_it.of, without.of) == (2, 2)


def test_a_rate_is_aggregated_per_so_many_and_a_mean_per_one():
    """(100 + 300) / (20,000 + 30,000) x 10,000 = 80; (30 + 50) / (2 + 2) = 20."""
    rate = indicator(measure=Measure.RATE, unit="per_10_000", per=10_000, better=Better.NEITHER)
    found = position(
        readings_of({"825": (1, 1, 10_000), "931": (50, 100, 20_000), "936": (100, 300, 30_000)}, of=rate),
        area="825",
        among=["931", "936"],
    )
    assert found.aggregate.magnitude == pytest.approx(80)
    assert str(found.difference_from_aggregate.units) == "per_10_000"
    cases = indicator(measure=Measure.MEAN, unit="case", better=Better.LOWER)
    held = readings_of({"825": (9, 9, 1), "931": (15, 30, 2), "936": (25, 50, 2)}, of=cases)
    held = position(held, area="825", among=["931", "936"])
    assert held.aggregate.magnitude == pytest.approx(20)


@pytest.mark.parametrize(
    ("of", "values"),
    [
        (ON_TIME, {"825": (60, 6, 10), "931": (90, 90, 100), "936": 50}),
        (ON_TIME, {"825": (60, 6, 10), "931": (0, 0, 0), "936": (0, 0, 0)}),
        (indicator(measure=Measure.COUNT, unit="plan"), {"825": (60, 6, 10), "931": (90, 90, 100), "936": (50, 30, 60)}),
    ],
    ids=["one has no parts", "nothing to divide by", "a count"],
)
def test_there_is_no_aggregate_where_it_would_be_of_something_else(of, values):
    """Mean and median are there still."""
    found = position(readings_of(values, of=of), area="825", among=["931", "936"])
    assert found.aggregate is found.difference_from_aggregate is None
    assert found.mean is not None
    assert found.median is not None
    assert "aggregate" not in str(found)


# Who is left out


def test_withheld_values_are_not_ranked_and_are_counted_by_their_reason():
    """Two are suppressed, one is not available, and of the rest of the region there is no reading."""
    values = {"825": 60, "931": Withheld.CONFIDENTIAL, "936": Withheld.CONFIDENTIAL, "869": Withheld.NOT_AVAILABLE, "867": 50}
    found = position(readings_of(values), area="825", among=Among.REGION)
    assert (found.rank, found.of) == (1, 2)
    assert found.withheld_by_reason == {Withheld.CONFIDENTIAL: 2, Withheld.NOT_AVAILABLE: 1}
    assert [(each.area, each.why.value) for each in found.withheld] == [("869", "x"), ("931", "c"), ("936", "c")]
    assert found.missing == tuple(sorted(set(SOUTH_EAST) - set(values)))
    assert "left out: 2 suppressed to protect confidentiality, 1 not available, 14 without a reading" in str(found)


@pytest.mark.parametrize("gap", list(Withheld), ids=lambda gap: gap.value)
def test_a_withheld_value_of_the_area_itself_has_no_rank_and_no_difference(gap):
    """And says why; what the others have is told all the same."""
    found = position(readings_of({"825": gap, "931": 40, "936": 60}), area="825", among=["931", "936"])
    assert (found.rank, found.of, found.quartile, found.tied_with) == (None, 2, None, ())
    assert found.difference_from_mean is found.difference_from_median is None
    assert found.mean.magnitude == 50
    assert f"{gap.meaning}, so that it has no rank among 2" in str(found)


def test_every_area_asked_for_is_ranked_or_left_out_for_a_reason():
    """England on 31 March 2023, with a few of each kind: 152 in all, the area itself among them."""
    kinds = {"825": 50, "931": Withheld.CONFIDENTIAL, "936": 40, "928": 30, "E92000001": 45, "E12000008": 44, None: 43}
    found = position(readings_of(kinds), area="825", among=Among.ENGLAND)
    assert found.of + len(found.withheld) + len(found.missing) == 152
    assert found.not_there == ("928",)
    assert found.of == 2


def test_an_authority_that_had_ended_is_not_ranked_among_those_there_are():
    """Northamptonshire ended on 31 March 2021: in a reading of 2020-21 it is one of its region, a year later none."""
    values = {"830": 50, "928": 40}
    ranked = position(readings_of(values, period=FinancialYear("2020-21")), area="830", among=Among.REGION)
    assert (ranked.of, ranked.not_there) == (2, ())
    with pytest.raises(NotComparable):
        position(readings_of(values), area="830", among=Among.REGION)
    later = position(readings_of(values | {"940": 45}), area="830", among=Among.REGION)
    assert (later.of, later.not_there) == (2, ("928",))
    elsewhere = position(readings_of(values | {"825": 45, "931": 40}), area="825", among=Among.REGION)
    assert elsewhere.not_there == ()


def test_a_neighbour_that_has_ended_or_not_begun_is_said():
    """Cumbria, of the model of 2021, ended on 31 March 2023; Cumberland, of 2025, began the day after."""
    name = "940"
    ten = [each.authority.la_number for each in neighbours(name, model=NeighbourModel.APRIL_2021)]
    assert "909" in ten
    values = dict.fromkeys((name, *ten), 50)
    before = position(readings_of(values), area=name, among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021)
    after = FinancialYear("2023-24")
    later = position(readings_of(values, period=after), area=name, among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021)
    assert (before.of, before.not_there) == (11, ())
    assert (later.of, later.not_there) == (10, ("909",))


def test_what_somebody_lists_is_taken_as_it_is():
    """With a reading it is ranked, were it an authority on the day or not; without one it is said."""
    readings = readings_of({"825": 50, "928": 40, "936": 30})
    found = position(readings, area="825", among=["928", "936", "909", "837", "Surrey", 936])
    assert (found.of, found.missing, found.not_there) == (3, ("909",), ("837",))


def test_authorities_that_make_one_return_are_one_area():
    """Kingston and Richmond, 314 / 318, in DfE's tables of the workforce: two authorities, one value."""
    readings = readings_of({"319": 50, "314 / 318": 40, "315": 60})
    found = position(readings, area="319", among=["314", "318", "315"])
    assert [peer.area for peer in found.peers] == ["314 / 318", "315"]
    assert found.missing == ()
    both = position(readings, area="314 / 318", among=Among.REGION)
    assert (both.rank, both.of) == (3, 3)
    assert not {"314", "318"} & set(both.missing)
    assert "Kingston upon Thames / Richmond upon Thames" in str(both)
    assert "its region, London" in str(both)
    with pytest.raises(InvalidValue, match="joint return"):
        position(readings, area="314 / 318", among=Among.NEIGHBOURS, model=NeighbourModel.MAY_2025)


# Statistical neighbours


def test_the_neighbours_are_those_of_the_published_files(root, published):
    """Byte for byte; run tools/build_neighbours.py when it is not."""
    spec = importlib.util.spec_from_file_location("build_neighbours", root / "tools" / "build_neighbours.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.NEIGHBOURS.read_bytes() == tool.build(published).encode()


def test_buckinghamshires_neighbours_are_those_printed():
    """Row 825 of both files, read by eye: the same ten, in another order."""
    printed = {
        NeighbourModel.APRIL_2021: ["936", "869", "868", "919", "931", "850", "867", "873", "823", "358"],
        NeighbourModel.MAY_2025: ["931", "919", "869", "936", "873", "867", "823", "868", "358", "850"],
    }
    for model, want in printed.items():
        ten = neighbours(825, model=model)
        assert [each.authority.la_number for each in ten] == want
        assert [each.place for each in ten] == list(range(1, 11))
        assert {each.closeness for each in ten} == {Closeness.VERY_CLOSE}
        assert {each.model for each in ten} == {model}


@pytest.mark.parametrize(
    ("model", "day", "more"),
    [
        (NeighbourModel.APRIL_2021, dt.date(2021, 4, 30), {"835", "836", "837", "928"}),
        (NeighbourModel.MAY_2025, dt.date(2025, 5, 31), set()),
    ],
    ids=["April 2021", "May 2025"],
)
def test_a_model_has_every_authority_of_its_day(model, day, more):
    """And the first four that had ended, in that of 2021. Each has ten different ones, and is none of its own."""
    there = {each.la_number for each in geography.authorities(day)}
    for number in there | more:
        ten = [each.authority.la_number for each in neighbours(number, model=model)]
        assert len({*ten, number}) == 11
    gone = {each.la_number for each in geography.authorities()} - there - more
    for number in gone:
        with pytest.raises(UnknownArea, match=model.value):
            neighbours(number, model=model)


def test_an_authority_that_one_model_lacks_is_pointed_to_the_other():
    """Cumberland is younger than the model of 2021."""
    with pytest.raises(UnknownArea, match=r"model of May 2025 has it"):
        neighbours("Cumberland", model=NeighbourModel.APRIL_2021)


def test_the_model_of_a_day_is_the_latest_there_was():
    """From the end of the month that each bears; before the first of them nothing is known."""
    assert NeighbourModel.on(dt.date(2021, 4, 30)) is NeighbourModel.on(dt.date(2025, 5, 30)) is NeighbourModel.APRIL_2021
    assert NeighbourModel.on(dt.date(2025, 5, 31)) is NeighbourModel.MAY_2025
    with pytest.raises(NotInForce):
        NeighbourModel.on(dt.date(2021, 4, 29))
    assert {each.value for each in MODELS_IN_FORCE} == set(NeighbourModel)
    assert {model.source.publisher for model in NeighbourModel} == {"Department for Education"}


# On every engine


def several():
    """Two indicators, years and teams of five areas, with a gap and an authority's region."""
    made = []
    for of, shift in ((ON_TIME, 0), (indicator(better=Better.LOWER, key="ehcp.late"), 5)):
        for period in (YEAR, FinancialYear("2021-22")):
            for team in ("East", None):
                for place, area in enumerate(("825", "931", "936", "869", "E12000008")):
                    value = Withheld.CONFIDENTIAL if (area, team) == ("936", None) else 10 * place + shift
                    whole = 100 + place
                    parts = {"numerator": value_of(value), "denominator": whole}
                    made.append(Reading.of(of, value, area=area, period=period, dims={"team": team}, **parts))
    return Readings.of(made)


def value_of(value):
    """A numerator, where there is a value."""
    return None if isinstance(value, Withheld) else float(value)


def places(readings):
    """Where Oxfordshire stands, of each indicator, with and without a team."""
    return [
        position(readings, area="931", among=["825", "936", "869"], indicator=key, period=YEAR, team=team)
        for key in ("ehcp.on_time", "ehcp.late")
        for team in ("East", None)
    ]


def on_engine(engine, spark=None):
    """The same readings in another kind of frame."""
    made = several()
    return Readings.from_frame(as_engine(made.frame, engine, spark=spark), indicators=made.indicators, by="team")


EXPECTED = [("ehcp.on_time", 3, 4), ("ehcp.on_time", 2, 3), ("ehcp.late", 2, 4), ("ehcp.late", 2, 3)]


@pytest.mark.parametrize("engine", [each for each in Engine if each is not Engine.PYSPARK], ids=lambda engine: engine.value)
def test_a_position_is_the_same_on_every_engine(engine):
    """By hand: 0, 10, 20 (withheld without a team) and 30; 10 is third of four from the top, second of three without 20."""
    found = places(on_engine(engine))
    assert [(each.reading.indicator.key, each.rank, each.of) for each in found] == EXPECTED
    assert found == places(several())


def test_a_position_of_lazy_readings_runs_one_query(monkeypatch):
    """It brings back the indicator and team that are asked for: four areas and their region in two years, of two teams' rows."""
    ran = []
    collected = pl.LazyFrame.collect

    def counting(self, *args, **kwargs):
        out = collected(self, *args, **kwargs)
        ran.append(out.height)
        return out

    readings = on_engine(Engine.POLARS_LAZY)
    sources = []
    lazy = readings.frame.map_batches(lambda frame: sources.append(frame.height) or frame)
    readings = attrs.evolve(readings, frame=lazy)
    monkeypatch.setattr(pl.LazyFrame, "collect", counting)
    found = position(readings, area="931", among=["825", "936", "869"], indicator="ehcp.late", period=YEAR, team="East")
    assert (found.rank, found.of) == (2, 4)
    assert sources == [40]
    assert ran[0] == 10


@pytest.mark.spark
def test_a_position_is_the_same_on_spark(spark):
    """As on the others."""
    assert places(on_engine(Engine.PYSPARK, spark)) == places(several())


# Said, written and read


def full():
    """A position with something in every field."""
    values = {"825": (60, 6, 10), "931": (90, 90, 100), "936": (50, 30, 60), "869": Withheld.CONFIDENTIAL, "358": (60, 3, 5)}
    return position(readings_of(values), area="825", among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021)


def test_a_position_is_said_in_a_sentence():
    """By hand: 123 / 165 = 74.5%, 200 / 3 = 66.7%, and 60% is the middle one."""
    assert str(full()) == (
        "Plans on time in Buckinghamshire, 2022-23: 60%, joint 2nd of 4, itself and its statistical neighbours by the model of "
        "April 2021 (first is the highest, and higher is better); "
        "no quartile: the 2 areas of this value share the places 2 to 3, from quartile B to C; "
        "14.5 percentage points below the aggregate of 74.5%, "
        "6.7 percentage points below the mean of 66.7%, at the median of 60%; left out: 1 suppressed to protect confidentiality, "
        "6 without a reading"
    )


def test_a_position_of_a_region_names_it():
    """And the way that is better."""
    found = position(readings_of({"825": 60, "931": 59}, of=LATE), area="825", among=Among.REGION)
    assert "60%, 2nd of 2 authorities of its region, South East (first is the lowest, and lower is better)" in str(found)
    assert "1 percentage point " not in str(found)
    assert "0.5 percentage points above the mean of 59.5%" in str(found)


def test_a_position_in_a_notebook_is_a_table():
    """With its parts escaped."""
    html = full()._repr_html_()
    assert html.startswith("<table><caption>Plans on time in Buckinghamshire, 2022-23</caption>")
    assert '<th scope="row">Aggregate</th><td>74.5%</td>' in html


@pytest.mark.parametrize("write", ["json", "toml"])
@pytest.mark.parametrize("among", list(Among), ids=lambda among: among.name)
def test_a_position_is_written_and_read_back_without_loss(write, among):
    """Also one whose own value is withheld."""
    model = NeighbourModel.MAY_2025 if among is Among.NEIGHBOURS else None
    for value in (60, Withheld.LOW):
        readings = readings_of({"825": value, "931": 90.5, "936": (50, 30, 60), "869": Withheld.CONFIDENTIAL})
        found = position(readings, area="825", among=["931", "936", "869"] if among is Among.GIVEN else among, model=model)
        text = getattr(interchange, f"to_{write}")(found)
        assert getattr(interchange, f"from_{write}")(text, Position) == found


def test_positions_are_values():
    """Equal, hashable, picklable, and not to be changed."""
    assert full() == full()
    assert len({full(), full()}) == 1
    assert pickle.loads(pickle.dumps(full())) == full()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        full().among = Among.ENGLAND


def test_a_break_in_the_series_of_one_area_alone_is_said():
    """From it on, what it counts may not be what the others count; one of another area, of all, or to come, is not named."""
    made = [
        Break(on=dt.date(2022, 4, 1), what="counted anew", certain=False, area="E10000002", source=NOBODY),
        Break(on=dt.date(2023, 4, 1), what="to come", certain=True, area="825", source=NOBODY),
        Break(on=dt.date(2021, 4, 1), what="of all", certain=True, source=NOBODY),
        Break(on=dt.date(2021, 4, 1), what="of another", certain=True, area="330", source=NOBODY),
    ]
    found = position(readings_of({"825": 60, "931": 59}, of=indicator(breaks=made)), area="825", among=["931"])
    assert [each.what for each in found.breaks] == ["counted anew"]
    assert f"known breaks of one area alone: {made[0]}" in str(found)
    of_a_peer = position(readings_of({"825": 60, "931": 59}, of=indicator(breaks=made)), area="931", among=["825"])
    assert of_a_peer.breaks == found.breaks


# Refusals


def test_neighbours_need_a_model_and_the_error_says_which_was_the_latest():
    """Nothing is chosen in silence, since the two differ."""
    readings = readings_of({"825": 60, "931": 59})
    both = r"NeighbourModel.APRIL_2021 or NeighbourModel.MAY_2025.*latest was that of April 2021"
    with pytest.raises(InvalidValue, match=both):
        position(readings, area="825", among=Among.NEIGHBOURS)
    older = readings_of({"825": 60, "931": 59}, period=FinancialYear("2019-20"))
    with pytest.raises(InvalidValue, match="neither was there yet"):
        position(older, area="825", among=Among.NEIGHBOURS)
    with pytest.raises(InvalidValue, match="model"):
        position(readings, area="825", among=Among.NEIGHBOURS, model="2021")
    with pytest.raises(InvalidValue, match="model"):
        neighbours("825", model="2021")


@pytest.mark.parametrize("among", [Among.ENGLAND, Among.REGION, ["931"]], ids=str)
def test_a_model_is_for_neighbours_alone(among):
    """It would be passed over elsewhere."""
    with pytest.raises(InvalidValue, match="model"):
        position(readings_of({"825": 60, "931": 59}), area="825", among=among, model=NeighbourModel.APRIL_2021)


@pytest.mark.parametrize("among", ["931", "ENGLAND", None, 931, [], ["825"], ["E12000008"], ["England"], {"931": 1}], ids=str)
def test_whom_to_compare_with_is_a_group_or_a_list_of_authorities(among):
    """One text is no list; the area alone is none; regions are not ranked."""
    with pytest.raises(InvalidValue, match="among"):
        position(readings_of({"825": 60, "931": 59}), area="825", among=among)


def test_an_area_that_is_no_authority_is_refused():
    """A region, England, an unknown one, one without a name, and two of one name."""
    readings = readings_of({"825": 60, "931": 59, "E12000008": 58})
    for area in ("E12000008", "England"):
        with pytest.raises(InvalidValue, match="area"):
            position(readings, area=area, among=Among.ENGLAND)
    for call in ({"area": "999", "among": Among.ENGLAND}, {"area": "825", "among": ["999"]}):
        with pytest.raises(UnknownArea):
            position(readings, **call)
    with pytest.raises(Ambiguous):
        position(readings, area="Dorset", among=Among.ENGLAND)
    with pytest.raises(InvalidValue, match="area"):
        position(readings, area=None, among=Among.ENGLAND)


def test_which_reading_is_meant_must_be_clear():
    """Of several indicators, periods or teams; and there must be one of the area."""
    readings = several()
    for asked in ({}, {"indicator": "ehcp.late"}, {"indicator": "ehcp.late", "period": YEAR}):
        with pytest.raises(NotFound):
            position(readings, area="931", among=["825"], **asked)
    with pytest.raises(NotFound):
        position(readings_of({"825": 60}), area="931", among=["825"])
    with pytest.raises(UnknownColumn):
        position(readings, area="931", among=["825"], indicator="ehcp.late", period=YEAR, locality="A")


def test_nobody_to_compare_with_is_refused():
    """The others have no reading, or none with a value."""
    for values in ({"825": 60}, {"825": 60, "931": Withheld.CONFIDENTIAL}):
        with pytest.raises(NotComparable, match="none of the 1 others has a value"):
            position(readings_of(values), area="825", among=["931"])


def test_a_period_before_the_authorities_are_known_is_refused():
    """The list of them begins on 1 April 2009."""
    old = readings_of({"825": 60, "931": 59}, period=Span("1 April 2007", "31 March 2008"))
    with pytest.raises(OutsideCoverage):
        position(old, area="825", among=Among.ENGLAND)


def test_something_else_than_readings_is_refused():
    """A frame goes to Readings.from_frame; whatever is wrong is named by its argument."""
    with pytest.raises(InvalidValue, match=r"^readings: .* not a DataFrame\. A frame goes to Readings\.from_frame"):
        position(pl.DataFrame(), area="825", among=Among.ENGLAND)
    good = {"area": "825", "among": ["931"]}
    for odd, named in (({"area": 8.5}, "area"), ({"among": [None]}, "among"), ({"period": "2022-23"}, "period")):
        with pytest.raises(InvalidValue, match=f"^{named}: "):
            position(readings_of({"825": 60, "931": 59}), **good | odd)
    with pytest.raises(NotFound, match="indicator"):
        position(readings_of({"825": 60, "931": 59}), **good, indicator=5)
    with pytest.raises(InvalidValue, match="date"):
        NeighbourModel.on("2021")


def test_the_same_days_as_another_kind_of_period_are_pointed_to():
    """A council's financial year beside DfE's years to 31 March: the days are one, and the error says what is apart."""
    own = readings_of({"825": 60, "936": Withheld.LOW})
    dfe = readings_of({"931": 59, "869": 58}, period=ReportingYear(2023, ends=(3, 31)))
    why = "for this financial year; for the same days there are figures as reporting year, another kind of period"
    with pytest.raises(NotComparable, match=why):
        position(Readings.concat([own, dfe]), area="825", among=["931", "936"])


def test_where_the_areas_own_reading_may_be_is_said():
    """Worked out without an area, or in a return that it makes with others."""
    unnamed = Readings.of([Reading.of(ON_TIME, n, area=area, period=YEAR) for area, n in ((None, 60), ("931", 59))])
    with pytest.raises(NotFound, match=r"without an area, the caller's own: work them out with area='825'"):
        position(unnamed, area="825", among=["931"])
    with pytest.raises(NotFound, match=r"one return with others: ask for 314 / 318"):
        position(readings_of({"314 / 318": 40, "315": 60}), area="Kingston upon Thames", among=["315"])


def test_a_position_made_by_hand_hangs_together():
    """Each area once, a model for neighbours alone, and the reading of an authority."""
    own, peer = Reading.of(ON_TIME, 60, area="825", period=Snapshot("31 March 2023")), AreaValue(area="931", value=50)
    good = {"reading": own, "among": Among.GIVEN, "peers": [peer]}
    assert Position(**good).rank == 1
    bad = [
        {"peers": [peer, peer]},
        {"peers": [AreaValue(area="825", value=50)]},
        {"withheld": [LeftOut(area="931", why=Withheld.LOW)]},
        {"missing": ["931"]},
        {"not_there": ["825"]},
        {"model": NeighbourModel.MAY_2025},
        {"among": Among.NEIGHBOURS},
        {"reading": Reading.of(ON_TIME, 60, area="E12000008", period=YEAR)},
        {"reading": "825"},
        {"among": "region"},
        {"among": Among.NEIGHBOURS, "model": "2021"},
        {"peers": [50]},
        {"peers": None},
        {"peers": [AreaValue(area="E12000008", value=50)]},
        {"withheld": ["931"]},
        {"missing": "936"},
        {"missing": [936]},
        {"missing": ["Surrey"]},
    ]
    for change in bad:
        with pytest.raises(InvalidValue, match="Position"):
            Position(**good | change)
    for change in ({"reading": Reading.of(ON_TIME, 60, period=YEAR)}, {"missing": ["999"]}):
        with pytest.raises(UnknownArea):
            Position(**good | change)


@pytest.mark.parametrize(
    ("kind", "fields", "named"),
    [
        (AreaValue, {"area": 825}, "AreaValue.area"),
        (AreaValue, {"value": "50"}, "AreaValue.value"),
        (AreaValue, {"value": None}, "AreaValue.value"),
        (AreaValue, {"value": math.nan}, "AreaValue.value"),
        (AreaValue, {"numerator": "5"}, "AreaValue.numerator"),
        (AreaValue, {"denominator": math.inf}, "AreaValue.denominator"),
        (AreaValue, {"rounded_to": 0}, "AreaValue.rounded_to"),
        (AreaValue, {"rounded_to": "0.1"}, "AreaValue.rounded_to"),
        (LeftOut, {"why": "c"}, "LeftOut.why"),
    ],
)
def test_the_parts_of_a_position_are_of_their_kinds(kind, fields, named):
    """Refused by the name of the field, and what was given is not repeated."""
    good = {"area": "931", "value": 50} if kind is AreaValue else {"area": "931", "why": Withheld.LOW}
    with pytest.raises(InvalidValue, match=named):
        kind(**good | fields)


# Published


ISSUED_IN_20_WEEKS = attrs.evolve(ON_TIME, title="New EHC plans issued within 20 weeks, excluding exceptions")


@pytest.fixture(scope="module")
def timeliness(published):
    """Table of ehc_plans/timeliness_20_week.csv, excluding exceptions: authorities, regions and England, each year."""
    table = pl.read_csv(published / "ehc_plans" / "timeliness_20_week.csv", infer_schema_length=0)
    made, printed = [], {}
    for row in table.filter(pl.col("breakdown") == "All EHC plans issued").iter_rows(named=True):
        area = row["old_la_code"] or row["region_code"] or row["country_code"]
        names = ("PC_plans_issued_20_weeks_ex", "plans_issued_20_weeks_ex", "plans_issued_den_ex")
        share, top, bottom = (row[name] for name in names)
        known = {} if "x" in (top, bottom) else {"numerator": float(top), "denominator": float(bottom)}
        value = Withheld.read(share) if share == "x" else float(share)
        made.append(Reading.of(ISSUED_IN_20_WEEKS, value, area=area, period=CalendarYear(row["time_period"]), **known))
        printed[area, row["time_period"]] = share
    return Readings.of(made), printed


@pytest.mark.parametrize(
    ("year", "rank", "share", "region", "mean", "median"),
    [("2020", 8, 74.7, 48.7, 67.8, 68.0), ("2021", 9, 82.0, 49.3, 67.5, 80.2)],
)
def test_one_of_the_best_in_the_region_was_8th_and_9th_of_19(timeliness, year, rank, share, region, mean, median):
    """The claim of May 2021 on timely EHC plans: mid-table by rank, far above the region's aggregate.

    Ranks and shares: record/reconciliation.csv. The aggregate of the region's authorities is the region's own figure as printed.
    """
    found = position(timeliness[0], area="Buckinghamshire", among=Among.REGION, period=CalendarYear(year))
    assert (found.rank, found.of, found.reading.number) == (rank, 19, share)
    assert round(found.aggregate.magnitude, 1) == region == float(timeliness[1]["E12000008", year])
    south_east = {each.la_number for each in geography.authorities(dt.date(int(year), 12, 31), region="South East")}
    shares = [float(value) for (area, of), value in timeliness[1].items() if of == year and area in south_east]
    assert (round(found.mean.magnitude, 1), round(found.median.magnitude, 1)) == (mean, median)
    assert found.mean.magnitude == pytest.approx(sum(shares) / 19)
    assert found.median.magnitude == sorted(shares)[9]


def test_the_aggregate_of_the_authorities_is_the_printed_figure_of_their_region_and_of_england(timeliness):
    """To its one decimal, for every region, England and year of which every authority is known: 52 of 60, and all agree.

    The others want an authority: Norfolk, Tower Hamlets, Havering and West Berkshire in 2022 and Hackney in 2023 (x), and
    Leicester and the Isle of Wight, which are not in the file of 2023. Where one issued no plans, 0 of 0, nothing is wanting.
    """
    readings, printed = timeliness
    wanting = {("926", 2022), ("211", 2022), ("311", 2022), ("869", 2022), ("204", 2023)}
    checked = agreed = 0
    for year in range(2019, 2025):
        day = dt.date(year, 12, 31)
        groups = {geography.region(each.ons_code).ons_code: (Among.REGION, each) for each in geography.regions()}
        groups["E92000001"] = (Among.ENGLAND, geography.region("South East"))
        for code, (among, region) in groups.items():
            for authority in geography.authorities(day, region=region):
                try:
                    found = position(readings, area=authority, among=among, period=CalendarYear(year))
                except NotFound:
                    continue
                break
            if found.missing or {(each.area, year) for each in found.withheld} & wanting:
                continue
            checked += 1
            agreed += abs(found.aggregate.magnitude - float(printed[code, str(year)])) <= 0.05 + 1e-9
    assert (checked, agreed) == (52, 52)


def test_the_aggregate_is_of_those_that_have_a_value(timeliness):
    """So that of 2022 it is 49.8% and not England's 49.2% as printed, in which four of those marked x are: Scilly had none."""
    found = position(timeliness[0], area="825", among=Among.ENGLAND, period=CalendarYear("2022"))
    assert found.withheld_by_reason == {Withheld.NOT_AVAILABLE: 5}
    assert round(found.aggregate.magnitude, 1) == 49.8
    assert timeliness[1]["E92000001", "2022"] == "49.2"


# Measure, year, which way is better, its period; authorities with a value, and those of them that have no quartile here.
OF_LAIT = [
    ("ReReferral", "2025", LATE, FinancialYear("2024-25"), 153, 0),
    ("SEN_EHC_Excpt_20wks", "2024", ON_TIME, CalendarYear("2024"), 151, 0),
    ("RevCP", "2024", ON_TIME, FinancialYear("2023-24"), 150, 0),
    ("CPPlans2yrs", "2024", LATE, FinancialYear("2023-24"), 128, 3),
]


@pytest.mark.parametrize(("measure", "year", "of", "period", "ranked", "without"), OF_LAIT, ids=[row[0] for row in OF_LAIT])
def test_lait_would_rank_and_band_every_authority_alike(published, measure, year, of, period, ranked, without):
    """By its method, in polars, of measures that are better low and better high.

    ``rank(ties.method = "min")`` over the authorities with a value, and bands from ``quantile`` of type 7. The few that have no
    quartile are tied across one, and LAIT's band of them is one of those that their places lie in.
    """
    bank = pl.scan_parquet(published / "lait" / "bds_long_0.parquet")
    names = {each.la_number for each in geography.authorities(period.end)}
    table = (
        bank.filter((pl.col("Short Desc") == measure) & (pl.col("Years") == year))
        .select(pl.col("LA Number").cast(pl.Int64).cast(pl.String).alias("area"), pl.col("Values").cast(pl.Float64, strict=False))
        .filter(pl.col("area").is_in(list(names)) & pl.col("Values").is_not_null())
        .with_columns(pl.col("Values").round(1))
        .collect()
    )
    lower = of is LATE
    by_rank = table.with_columns(rank=pl.col("Values").rank("min", descending=not lower))
    cuts = [table["Values"].quantile(quarter / 4, interpolation="linear") for quarter in (1, 2, 3)]
    numbers = dict(table.iter_rows())
    values = [AreaValue(area=area, value=value) for area, value in numbers.items()]
    alike = tied = 0
    for area, value, rank in by_rank.iter_rows():
        own = Reading.of(of, value, area=area, period=period)
        found = Position(reading=own, among=Among.ENGLAND, peers=[each for each in values if each.area != area])
        band = "ABCD"[sum(value > cut for cut in cuts)]
        band = band if lower else "DCBA"["ABCD".index(band)]
        assert (found.rank, found.of) == (rank, table.height)
        alike += found.quartile is not None and found.quartile.value == band
        tied += found.quartile is None and f"quartile {band}" in found.why_no_quartile.replace(" to ", " to quartile ")
    assert (table.height, alike, tied) == (ranked, ranked - without, without)
    asked = position(readings_of(numbers, of=of, period=period), area="825", among=Among.ENGLAND)
    assert (asked.rank, asked.of) == (dict(by_rank.select("area", "rank").iter_rows())["825"], ranked)


def test_higher_referral_rates_than_similar_areas_was_so_until_2022_23_and_is_the_middle_in_2024_25(published):
    """The minutes of 2023: highest of eleven in 2021-22, second to Hampshire in 2022-23; in 2024-25 sixth, the middle one.

    Rates per 10,000 as LAIT prints them (CPP_Total_Rateper10,000) and the neighbours of the model of 2021, sorted by hand:
    2021-22 **1,059.6** 974.4 575.2 ...; 2022-23 1,075.0 **964.4** 627.2 ...; 2024-25 ... 451.5 **422.9** 381.8 ....
    """
    bank = pl.read_parquet(published / "lait" / "bds_long_0.parquet")
    bank = bank.filter(pl.col("Short Desc") == "CPP_Total_Rateper10,000")
    rate = indicator(measure=Measure.RATE, unit="per_10_000", per=10_000, better=Better.NEITHER, key="demand.referral_rate")
    found = []
    for end in (2022, 2023, 2025):
        of_year = bank.filter(pl.col("Years") == str(end))
        rows = of_year.select(pl.col("LA Number").cast(pl.Int64).cast(pl.String), "Values").rows()
        there = {area: value for area, value in rows if area in ENGLAND}
        values = {area: Withheld.read(value) if value == "-" else round(float(value), 1) for area, value in there.items()}
        readings = readings_of(values, of=rate, period=FinancialYear.ending(end))
        found.append(position(readings, area="825", among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021))
    assert [(each.rank, each.of, each.reading.number) for each in found] == [(1, 11, 1059.6), (2, 11, 964.4), (6, 11, 422.9)]
    # 2024-25, the ten neighbours in order: 1424.9 521.6 493.7 469.6 451.5 | 381.8 353.1 331.2 322.2 235.5
    assert found[-1].median.magnitude == pytest.approx((451.5 + 381.8) / 2)
    assert found[-1].mean.magnitude == pytest.approx(
        (1424.9 + 521.6 + 493.7 + 469.6 + 451.5 + 381.8 + 353.1 + 331.2 + 322.2 + 235.5) / 10
    )
    assert found[-1].difference_from_median.magnitude > 0 > found[-1].difference_from_mean.magnitude
    assert all(each.aggregate is None for each in found)
    averages = [(round(each.mean.magnitude, 1), round(each.median.magnitude, 2)) for each in found]
    assert averages == [(474.0, 423.95), (478.4, 351.7), (498.5, 416.65)]


def test_higher_referral_rates_than_similar_areas_is_answered_from_dfes_files_in_a_few_lines(published):
    """The same ranks as from LAIT's rates, with the aggregate that those cannot give; by hand from the two files' rows.

    Aggregates: of the ten, the sum of referrals over the sum of children at the mid-year before, by Python's own CSV reader.
    """
    (c1,) = (published / "children_in_need").glob("c1_*")
    population = published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv"
    counts = demand.read_referrals(c1).where(indicator="demand.referrals")
    rates = demand.per_10_000(counts, population=demand.read_mid_year_population(population, source=demand.CHILDREN_TO_MID_2024))
    rows = {path: list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())) for path in (c1, population)}
    whom = [each.authority.la_number for each in neighbours("825", model=NeighbourModel.APRIL_2021)]
    said = []
    for year, rank, aggregate in ((2022, 1, 489.7), (2023, 2, 484.7), (2025, 6, 578.2)):
        period = ReportingYear(year, ends=(3, 31))
        found = position(rates, area="Buckinghamshire", among=Among.NEIGHBOURS, model=NeighbourModel.APRIL_2021, period=period)
        top = sum(int(r["referral_count"]) for r in rows[c1] if r["time_period"] == str(year) and r["old_la_code"] in whom)
        of = (r for r in rows[population] if r["time_period"] == str(year - 1) and r["old_la_code"] in whom)
        assert found.aggregate.magnitude == pytest.approx(10_000 * top / sum(int(r["population_estimate"]) for r in of))
        assert (found.rank, found.of, round(found.aggregate.magnitude, 1)) == (rank, 11, aggregate)
        said.append((round(found.mean.magnitude, 1), round(found.median.magnitude, 1), len(found.breaks)))
    assert said == [(474.1, 424.0, 0), (478.4, 351.7, 0), (498.5, 416.7, 1)]


def test_an_own_rereferral_rate_beside_dfes_shares_the_rank_it_would_be_printed_with(published):
    """Buckinghamshire's 4,752 of 12,157 in 2022-23 are 39.09% exactly and 39.1% in print: the same place among the region's."""
    (c1,) = (published / "children_in_need").glob("c1_*")
    year = ReportingYear(2023, ends=(3, 31))
    region = demand.read_referrals(c1).where(indicator="demand.rereferrals", period=year)
    as_printed = position(region, area="825", among=Among.REGION)
    others = [reading for reading in region if reading.area != "825"]
    own = Reading.of(
        demand.REREFERRALS, 100 * 4_752 / 12_157, area="825", period=year, numerator=4_752, denominator=12_157,
        lower=38.2, upper=40.0, interval=Interval.CONFIDENCE, level=0.95,
    )  # fmt: skip
    exact = position(Readings.of([own, *others]), area="825", among=Among.REGION)
    assert (as_printed.ranked_to, exact.ranked_to, as_printed.ranked_as, exact.ranked_as) == (0.1, 0.1, 39.1, 39.1)
    assert (exact.rank, exact.of, exact.tied_with) == (as_printed.rank, as_printed.of, as_printed.tied_with)
    assert "39.09%" in str(exact)
    assert "its own as 39.1%" in str(exact)
    assert "rounded" not in str(as_printed)
