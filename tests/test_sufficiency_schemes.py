"""Schemes of places, and the first year of deficit with them and without."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import sufficiency
from bucks_cs.errors import FrameProblems, InvalidValue, MissingSource
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Interval, Reading, Withheld
from bucks_cs.periods import AcademicYear, FinancialYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.sufficiency import (
    AREAS_OF_NEED,
    SURPLUS,
    Closing,
    Deficit,
    EffectOfScheme,
    FirstYearOfDeficit,
    HomeGroup,
    KindOfHome,
    KindOfProvision,
    Missing,
    Opening,
    PhaseOfEducation,
    PhaseOfStrategy,
    Places,
    ProviderOfHome,
    ProvisionGroup,
    Scheme,
    TypeOfNeed,
)
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
LINE = ("locality", "phase", "kind", "need")
SOURCE = NoOfficialSource(reason="made up for this test")
AYLESBURY = ProvisionGroup(
    kind=KindOfProvision.SPECIAL_SCHOOL, phase=PhaseOfEducation.SECONDARY, need=TypeOfNeed.ASD, locality="Aylesbury"
)
WYCOMBE = attrs.evolve(AYLESBURY, locality="Wycombe", need=None)
YEARS = [AcademicYear.starting(year) for year in range(2023, 2028)]
FIRST, SECOND, THIRD, FOURTH, FIFTH = YEARS


def opening(year, places):
    """Places that open."""
    return Opening(at=year, places=places)


def scheme(*steps, group=AYLESBURY, name="a scheme"):
    """A scheme of steps."""
    return Scheme(name=name, group=group, steps=steps, source=SOURCE)


def places(numbers, group=AYLESBURY, years=YEARS):
    """Places of a group, a year each."""
    schema = {**dict.fromkeys(LINE, pl.String), "academic_year": pl.String, "places": pl.Float64}
    cells = tuple(group.cells.values())
    return pl.DataFrame([(*cells, year.label, n) for year, n in zip(years, numbers, strict=True)], schema=schema, orient="row")


def need(numbers, group=AYLESBURY, spread=None):
    """Need of a group, with so many either way where it is projected."""
    lower = [None if spread is None else max(0.0, n - spread) for n in numbers]
    upper = [None if spread is None else float(n + spread) for n in numbers]
    frame = places(numbers, group).rename({"places": "children"})
    return frame.with_columns(lower=pl.Series(lower, dtype=pl.Float64), upper=pl.Series(upper, dtype=pl.Float64))


# What a scheme is


def test_a_scheme_adds_its_openings_and_takes_its_closings_from_their_years_on():
    """30 in the first year, 40 more in the third, 10 fewer in the fourth: 0, 30, 30, 70, 60, 60 from the year before on."""
    plan = scheme(opening(THIRD, 40), Closing(at=FOURTH, places=10), opening(FIRST, 30))
    years = [FIRST.previous(), *YEARS]
    assert [plan.change_by(year).magnitude for year in years] == [0, 30, 30, 70, 60, 60]
    assert str(plan.change_by(THIRD).units) == "place"
    steps = "30 places open in 2023/24, 40 open in 2025/26, 10 close in 2026/27"
    assert str(plan) == f"a scheme: special school, secondary, ASD, Aylesbury; {steps}"
    assert str(scheme(opening(FIRST, 1))).endswith("1 place open in 2023/24")


def test_a_scheme_is_frozen_and_compares_by_what_it_is():
    """And keeps its phase of the strategy and the area it answers."""
    one, other = scheme(opening(FIRST, 30)), scheme(opening(FIRST, 30))
    assert one == other
    assert hash(one) == hash(other)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.name = "another"
    fourth = AREAS_OF_NEED[3]
    told = attrs.evolve(one, answers=fourth, phase_of_strategy=PhaseOfStrategy.SECOND)
    assert told.answers.number == "iv"
    assert told != one


@pytest.mark.parametrize("kind", [Opening, Closing])
@pytest.mark.parametrize("number", [0, -30, 30.0, True, "30", None, 1_000_001])
def test_places_open_and_close_in_whole_positive_numbers(kind, number):
    """A closing is a word of its own, and not a minus sign."""
    with pytest.raises(InvalidValue, match="Closing, and their number is positive"):
        kind(at=FIRST, places=number)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"name": " "}, "name"),
        ({"name": 5}, "name"),
        ({"group": "special school"}, "group"),
        ({"steps": ()}, "steps"),
        ({"steps": 30}, "steps"),
        ({"steps": ["30"]}, "steps"),
        ({"steps": (Opening(at=FIRST, places=1), Opening(at=FIRST, places=2))}, "add them up"),
        ({"steps": (Opening(at=Snapshot("1 September 2024"), places=1),)}, "academic years"),
        ({"group": HomeGroup(kind=KindOfHome.FOSTER_HOME)}, "days"),
        ({"source": "a report"}, "source"),
        ({"source": None}, "source"),
        ({"answers": "iv"}, "answers"),
        ({"answers": AREAS_OF_NEED[5]}, "answers"),
        ({"phase_of_strategy": "second"}, "phase_of_strategy"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused_by_what_is_wrong(changed, named):
    """Each part by its name."""
    good = {"name": "a scheme", "group": AYLESBURY, "steps": (opening(FIRST, 30),), "source": SOURCE}
    with pytest.raises((InvalidValue, MissingSource), match=named):
        Scheme(**(good | changed))


def test_a_step_is_in_an_academic_year_or_on_a_day():
    """And what a scheme adds is asked by the same kind."""
    for wrong in (FinancialYear("2024-25"), "2024/25", None, dt.date(2024, 9, 1)):
        with pytest.raises(InvalidValue, match=r"Opening\.at"):
            Opening(at=wrong, places=1)
        with pytest.raises(InvalidValue, match="when"):
            scheme(opening(FIRST, 1)).change_by(wrong)


# The places with it


def test_places_with_a_scheme_grow_from_the_year_it_opens():
    """100 each year; 30 in the second and 20 more in the fourth, and 5 fewer in the fifth."""
    plan = scheme(opening(SECOND, 30), opening(FOURTH, 20), Closing(at=FIFTH, places=5))
    got = sufficiency.with_scheme(places([100] * 5), scheme=plan)
    assert got.frame["places"].to_list() == [100, 130, 130, 150, 145]
    assert got.schema is Places


def test_a_line_that_is_not_there_is_added_with_none_before_the_scheme():
    """And further columns of it are empty."""
    have = places([100] * 5).with_columns(note=pl.lit("ours"))
    got = sufficiency.with_scheme(have, scheme=scheme(opening(THIRD, 30), group=WYCOMBE)).frame
    assert got.columns == have.columns
    assert got.filter(pl.col("locality") == "Wycombe").select("need", "note", "places").rows() == [
        (None, None, n) for n in (0, 0, 30, 30, 30)
    ]
    assert got.filter(pl.col("locality") == "Aylesbury").equals(have)


def test_what_is_not_known_without_a_scheme_is_not_known_with_it():
    """An empty cell stays empty, and a year that a line has no row in gets none."""
    have = pl.concat([places([100, None], years=YEARS[:2]), places([9], WYCOMBE, years=[THIRD])])
    got = sufficiency.with_scheme(have, scheme=scheme(opening(FIRST, 30))).frame
    assert got.select("locality", "academic_year", "places").rows() == [
        ("Aylesbury", "2023/24", 130),
        ("Aylesbury", "2024/25", None),
        ("Wycombe", "2025/26", 9),
    ]


def test_homes_open_on_days():
    """Four places in a children's home of the authority's own, on 1 April 2024."""
    days = [dt.date(2024, 3, 31), dt.date(2024, 4, 1), dt.date(2025, 3, 31)]
    have = pl.DataFrame({"locality": None, "kind": "children's home", "provider": "own provision", "day": days, "places": 12})
    group = HomeGroup(kind=KindOfHome.CHILDRENS_HOME, provider=ProviderOfHome.OWN)
    plan = scheme(opening(Snapshot("1 April 2024"), 4), group=group, name="a home")
    assert sufficiency.with_scheme(have, scheme=plan).frame["places"].to_list() == [12, 16, 16]
    assert str(plan) == "a home: children's home, own provision; 4 places open on 1 Apr 2024"
    want = have.select("locality", "kind", "provider", "day", children=pl.Series([11, 13, 18]), lower=None, upper=None)
    (effect,) = sufficiency.effect_of_scheme(have, need=want, scheme=plan)
    assert (effect.before.year, effect.after.year) == (Snapshot("1 April 2024"), Snapshot("31 March 2025"))
    assert str(effect.moved) == "364 day"
    with pytest.raises(InvalidValue, match="one after the other"):
        sufficiency.with_scheme(have, scheme=[plan, scheme(opening(FIRST, 1))])


def test_more_places_than_there_are_do_not_close():
    """Of a line with 100, and of one that is not there."""
    with pytest.raises(FrameProblems) as caught:
        sufficiency.with_scheme(places([100] * 5), scheme=scheme(Closing(at=FOURTH, places=101)))
    assert [(problem.column, problem.rows) for problem in caught.value.problems] == [("places", 2)]
    with pytest.raises(FrameProblems):
        sufficiency.with_scheme(places([100] * 5), scheme=scheme(Closing(at=FOURTH, places=1), group=WYCOMBE))


def test_a_scheme_out_of_the_years_of_the_table_is_refused():
    """Before them its places are in the table already; after them it would change nothing, and so it would of no table."""
    with pytest.raises(InvalidValue, match="no earlier than the first year"):
        sufficiency.with_scheme(places([100] * 5), scheme=scheme(opening(FIRST.previous(), 30), opening(THIRD, 5)))
    for have in (places([100] * 5), places([], years=[])):
        with pytest.raises(InvalidValue, match="would change nothing"):
            sufficiency.with_scheme(have, scheme=scheme(opening(FIFTH.next(), 30)))
    phased = sufficiency.with_scheme(places([100] * 5), scheme=scheme(opening(FIFTH, 30), opening(FIFTH.next(), 30)))
    assert phased.frame["places"].to_list() == [100] * 4 + [130]


@pytest.mark.parametrize("wrong", [None, 5, "a scheme", (), [None]])
def test_what_is_no_scheme_is_refused(wrong):
    """By name."""
    with pytest.raises(InvalidValue, match="scheme"):
        sufficiency.with_scheme(places([100] * 5), scheme=wrong)
    with pytest.raises(InvalidValue, match="scheme"):
        sufficiency.effect_of_scheme(places([100] * 5), need=need([1] * 5), scheme=wrong)


PLANS = [
    scheme(opening(SECOND, 30)),
    scheme(opening(THIRD, 12), group=WYCOMBE),
    scheme(Closing(at=FOURTH, places=8), name="less"),
]


def check_rows(have, plans):
    """The places with three schemes, in the caller's own kind of frame."""
    got = sufficiency.with_scheme(have, scheme=plans)
    assert [row[-1] for row in nw_rows(got.frame)] == [100, 130, 130, 122, 122, 0, 0, 12, 12, 12]
    assert type(got.frame) is type(have)
    return got


def nw_rows(frame):
    """The rows of a frame of any engine, in its order."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect().rows()
    if isinstance(frame, pl.DataFrame):
        return frame.rows()
    if hasattr(frame, "to_pylist"):
        return [tuple(row.values()) for row in frame.to_pylist()]
    if hasattr(frame, "fetchall"):
        return frame.fetchall()
    if hasattr(frame, "itertuples"):
        return list(frame.itertuples(index=False))
    return [tuple(row) for row in frame.collect()]


NEEDED = [90, 110, 129, 131, 140]  # short of 100 from the second year, and of 130, 130, 122 in the fourth


@pytest.mark.wide
@ON_EVERY_ENGINE
def test_schemes_come_to_the_same_on_every_engine_and_in_every_order(engine):
    """In the caller's own kind of frame."""
    have, want = as_engine(places([100] * 5), engine), as_engine(need(NEEDED), engine)
    for plans in itertools.islice(itertools.permutations(PLANS), 0, None, 2):
        check_rows(have, plans)
    effect = sufficiency.effect_of_scheme(have, need=want, scheme=PLANS, by="locality")[0]
    assert (effect.before.year, effect.after.year, effect.moved.magnitude) == (SECOND, FOURTH, 2)


@pytest.mark.spark
def test_schemes_come_to_the_same_on_spark(spark):
    """The same on Spark."""
    have, want = (as_engine(frame, Engine.PYSPARK, spark=spark) for frame in (places([100] * 5), need(NEEDED)))
    with_them = check_rows(have, PLANS)
    # What effect_of_scheme does with the places as they will be, which is all that it gives to the engine.
    after = sufficiency.first_year_of_deficit(sufficiency.surplus(with_them, need=want, by="locality"))
    assert after[0].year == FOURTH


# The first year of deficit


def surpluses(*told, years=YEARS, dims=()):
    """Readings of a surplus: numbers, gaps as None, or a number with its bounds."""
    readings = []
    for year, cell in zip(years, told, strict=True):
        fields = {"period": year, "dims": dims}
        number = cell[0] if isinstance(cell, tuple) else cell
        if isinstance(cell, tuple):
            fields |= {"lower": cell[1], "upper": cell[2], "interval": Interval.BOUNDS}
        readings.append(Reading.of(SURPLUS, Withheld.NOT_AVAILABLE if number is None else number, **fields))
    return Readings.of(readings)


@pytest.mark.parametrize(
    ("told", "deficit", "year", "earliest", "latest"),
    [
        ((5, 1, 0, -1, -5), Deficit.IN_A_YEAR, FOURTH, FOURTH, FOURTH),
        ((5, 1, 0, 0, 3), Deficit.NONE_IN_THE_YEARS_GIVEN, None, None, None),
        ((-1, 3, 3, 3, 3), Deficit.IN_A_YEAR, FIRST, FIRST, FIRST),
        ((5, None, 1, -2, -2), Deficit.CANNOT_BE_KNOWN, None, SECOND, FOURTH),
        ((5, 1, 1, 1, None), Deficit.CANNOT_BE_KNOWN, None, FIFTH, None),
        ((5, -1, None, -2, None), Deficit.IN_A_YEAR, SECOND, SECOND, SECOND),
        (((9, 9, 9), (3, -2, 8), (-1, -9, 7), (-6, -14, 2), (-9, -20, -1)), Deficit.IN_A_YEAR, THIRD, SECOND, FIFTH),
        (((9, -1, 19), (9, 1, 9), (9, 1, 9), (9, 1, 9), (9, 1, 9)), Deficit.NONE_IN_THE_YEARS_GIVEN, None, FIRST, None),
        ((None,) * 5, Deficit.CANNOT_BE_KNOWN, None, FIRST, None),
    ],
)
def test_the_first_year_of_deficit_by_hand(told, deficit, year, earliest, latest):
    """Nothing over is no deficit; a year that cannot be known may be one; bounds give the first possible and certain one."""
    (got,) = sufficiency.first_year_of_deficit(surpluses(*told))
    assert (got.deficit, got.year, got.earliest, got.latest) == (deficit, year, earliest, latest)
    assert got.years == tuple(YEARS)
    assert got.dims == ()


def test_groups_come_in_order_and_a_year_that_another_group_has_cannot_be_known():
    """Aylesbury has no reading of the second year; what is not recorded comes last."""
    parts = [
        surpluses(2, 2, dims=(("locality", None),), years=YEARS[:2]),
        surpluses(3, -1, dims=(("locality", "Wycombe"),), years=YEARS[:2]),
        surpluses(3, dims=(("locality", "Aylesbury"),), years=YEARS[:1]),
    ]
    got = sufficiency.first_year_of_deficit(Readings.concat(parts))
    assert [(each.group, each.deficit) for each in got] == [
        ("locality Aylesbury", Deficit.CANNOT_BE_KNOWN),
        ("locality Wycombe", Deficit.IN_A_YEAR),
        ("locality not recorded", Deficit.NONE_IN_THE_YEARS_GIVEN),
    ]
    assert got[0].earliest == SECOND


def test_a_first_year_of_deficit_is_said_with_what_is_not_sure_of_it():
    """And without, where it is sure."""
    (sure,) = sufficiency.first_year_of_deficit(surpluses(5, 1, 0, -1, -5))
    assert str(sure) == "all: 2026/27 academic year"
    (unsure,) = sufficiency.first_year_of_deficit(surpluses(5, None, 1, -2, -2))
    assert str(unsure) == "all: cannot be known (possible from 2024/25, certain from 2026/27)"
    (never,) = sufficiency.first_year_of_deficit(surpluses(5, (2, -1, 4), 1, 1, 1))
    assert str(never) == "all: none in the years given (possible from 2024/25, certain from no year given)"


@pytest.mark.parametrize("wrong", [None, 5, "surplus", (), pl.DataFrame({"value": [1]})])
def test_the_first_year_of_deficit_is_of_a_surplus(wrong):
    """By name; of places from outside, which are no surplus, neither."""
    with pytest.raises(InvalidValue, match="surpluses"):
        sufficiency.first_year_of_deficit(wrong)
    with pytest.raises(InvalidValue, match="surpluses"):
        sufficiency.first_year_of_deficit(sufficiency.places_from_outside(surpluses(1, years=[FIRST])))


def test_a_first_year_that_cannot_be_is_refused():
    """A year that was not given, a deficit without its year, and bounds the wrong way about."""
    good = {"years": YEARS, "deficit": Deficit.IN_A_YEAR, "year": SECOND, "earliest": FIRST, "latest": THIRD}
    assert FirstYearOfDeficit(**good).year == SECOND
    for wrong in (
        {"years": ()},
        {"years": "2024/25"},
        {"latest": FIFTH.next()},
        {"year": None},
        {"deficit": Deficit.CANNOT_BE_KNOWN},
        {"deficit": "in a year"},
        {"earliest": FOURTH},
        {"latest": "2024/25"},
        {"dims": 5},
        {"dims": ("locality", "Wycombe")},
    ):
        with pytest.raises(InvalidValue, match="FirstYearOfDeficit"):
            FirstYearOfDeficit(**(good | wrong))
    here = FirstYearOfDeficit(**good)
    with pytest.raises(InvalidValue, match="same group and years"):
        EffectOfScheme(before=here, after=attrs.evolve(here, area="825"))
    with pytest.raises(InvalidValue, match="before"):
        EffectOfScheme(before=None, after=here)


# What a scheme does to it


def test_a_scheme_moves_the_first_deficit_later_and_a_closing_earlier():
    """100 places for 90, 110, 129, 131, 140: short in the second year; with 30 more from then, in the fourth."""
    have, want = places([100] * 5), need(NEEDED)
    (later,) = sufficiency.effect_of_scheme(have, need=want, scheme=scheme(opening(SECOND, 30)))
    assert (later.before.year, later.after.year, str(later.moved), later.moved_at_least) == (SECOND, FOURTH, "2 year", None)
    assert str(later) == "all: first deficit 2024/25 academic year, with the scheme 2026/27 academic year, 2 years later"
    (earlier,) = sufficiency.effect_of_scheme(have, need=want, scheme=scheme(Closing(at=FIRST, places=20)))
    assert (earlier.after.year, earlier.moved.magnitude) == (FIRST, -1)
    assert str(earlier).endswith("2023/24 academic year, 1 year earlier")
    (same,) = sufficiency.effect_of_scheme(have, need=want, scheme=scheme(opening(FIFTH, 30)))
    assert str(same).endswith("not moved")


def test_a_deficit_that_is_gone_has_moved_past_the_years_given():
    """From the second of five years to the sixth at the earliest: four years or more."""
    (gone,) = sufficiency.effect_of_scheme(places([100] * 5), need=need(NEEDED), scheme=scheme(opening(SECOND, 40)))
    assert gone.after.deficit is Deficit.NONE_IN_THE_YEARS_GIVEN
    assert (gone.moved, str(gone.moved_at_least)) == (None, "4 year")
    assert str(gone).endswith("with the scheme none in the years given, at least 4 years later")
    (none,) = sufficiency.effect_of_scheme(places([200] * 5), need=need(NEEDED), scheme=scheme(opening(SECOND, 40)))
    assert (none.moved, none.moved_at_least) == (None, None)


def test_the_bounds_of_the_year_move_too():
    """Need is ten either way: 100 places do for the 80 to 100 of the first year, and may not for the 100 to 120 of the second."""
    (effect,) = sufficiency.effect_of_scheme(places([100] * 5), need=need(NEEDED, spread=10), scheme=scheme(opening(SECOND, 30)))
    assert (effect.before.earliest, effect.before.year, effect.before.latest) == (SECOND, SECOND, THIRD)
    # With it 130 are for 100-120, 119-139, 121-141 and 130-150: possible in the third, expected in the fourth, sure in no year.
    assert (effect.after.earliest, effect.after.year, effect.after.latest) == (THIRD, FOURTH, None)


def test_a_group_that_only_the_scheme_has_is_there_and_is_not_known_without_it():
    """Neither places nor need: by a missing row that is none, no deficit."""
    plan = scheme(opening(SECOND, 30), group=WYCOMBE)
    for missing, before in ((Missing.NOT_KNOWN, Deficit.CANNOT_BE_KNOWN), (Missing.NONE, Deficit.NONE_IN_THE_YEARS_GIVEN)):
        ours, theirs = sufficiency.effect_of_scheme(
            places([100] * 5), need=need(NEEDED), scheme=plan, by="locality", missing=missing, area="825"
        )
        assert (ours.before.group, ours.before.area, theirs.before.group) == ("locality Aylesbury", "825", "locality Wycombe")
        assert theirs.before.deficit is theirs.after.deficit is before


def test_a_margin_brings_the_deficit_nearer():
    """Of 100 places, 95 for 90, 110 ...; of 130, 123.5: short of 129 in the third year, and not in the fourth."""
    plan = scheme(opening(SECOND, 30))
    (kept_free,) = sufficiency.effect_of_scheme(places([100] * 5), need=need(NEEDED), scheme=plan, margin=0.05)
    assert (kept_free.before.year, kept_free.after.year) == (SECOND, THIRD)


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=5, max_size=5)


def no_sooner(one, other):
    """Whether a year is as late as another, none being later than all."""
    return other is None or (one is not None and one.start <= other.start)


@settings(max_examples=settings.default.max_examples // 10)
@given(NUMBERS, NUMBERS, st.sampled_from(YEARS), st.integers(1, 40), st.integers(0, 9))
def test_adding_places_never_brings_the_deficit_earlier(have, want, year, more, spread):
    """Neither the expected year nor the possible or certain one, whatever is not known."""
    some = need([n or 0 for n in want], spread=spread)
    gone = pl.Series([n is None for n in want])
    wanted = some.with_columns(pl.when(~gone).then(pl.col(name)).alias(name) for name in ("children", "lower", "upper"))
    (effect,) = sufficiency.effect_of_scheme(places(have), need=wanted, scheme=scheme(opening(year, more)))
    for name in ("earliest", "latest"):
        assert no_sooner(getattr(effect.before, name), getattr(effect.after, name))
    if Deficit.CANNOT_BE_KNOWN not in {effect.before.deficit, effect.after.deficit}:
        assert no_sooner(effect.before.year, effect.after.year)
    if effect.moved is not None:
        assert effect.moved.magnitude >= 0
    if effect.before.deficit is Deficit.NONE_IN_THE_YEARS_GIVEN:
        assert effect.after.deficit is Deficit.NONE_IN_THE_YEARS_GIVEN
