"""Places beside the children who need them: by hand, against a plain loop, on every engine, with each kind of gap."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import sufficiency
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Withheld
from bucks_cs.periods import AcademicYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.sufficiency import Missing, Need, Places
from bucks_cs.testing import as_engine

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
LINE = ("locality", "phase", "kind", "need")
PLACES = {**dict.fromkeys(LINE, pl.String), "academic_year": pl.String, "places": pl.Float64}
NEED = {**dict.fromkeys(LINE, pl.String), "academic_year": pl.String, **dict.fromkeys(("children", "lower", "upper"), pl.Float64)}
YEARS = [AcademicYear.starting(year) for year in range(2022, 2032)]
ALIKE = ("Aylesbury", "secondary", "special school", "ASD")
OTHER = ("Wycombe", "primary", "SEN unit", None)


def places(*rows):
    """Places from tuples: locality, phase, kind, need, academic year, places."""
    return pl.DataFrame(rows, schema=PLACES, orient="row")


def need(*rows):
    """Need from tuples: locality, phase, kind, need, academic year, children, and lower and upper where they are given."""
    return pl.DataFrame([(*row, *(None,) * (8 - len(row))) for row in rows], schema=NEED, orient="row")


def numbers(readings, *dims):
    """What readings say: dims and year to the number or the reason there is none."""
    return {
        (*(dict(reading.dims)[name] for name in dims), reading.period.label): reading.withheld or reading.number
        for reading in readings
    }


# By hand


def test_a_surplus_is_places_less_children_and_a_deficit_is_below_nothing():
    """120 - 110 = 10, and 120 - 131 = -11."""
    have = places((*ALIKE, "2023/24", 120), (*ALIKE, "2024/25", 120))
    want = need((*ALIKE, "2023/24", 110), (*ALIKE, "2024/25", 131))
    got = sufficiency.surplus(have, need=want, area="825", source=NoOfficialSource(reason="made up"))
    assert numbers(got) == {("2023/24",): 10, ("2024/25",): -11}
    reading = got.at(period=AcademicYear("2024/25"))
    assert str(reading.value) == "-11.0 place"
    assert (reading.area, reading.source.reason, reading.lower, reading.interval) == ("825", "made up", None, None)


def test_bounds_of_the_need_are_turned_about_in_the_surplus():
    """100 places: 90 children, from 80 to 105, leave 10, from -5 to 20. A row without an interval is as many as it says."""
    have = places((*ALIKE, "2024/25", 100), (*OTHER, "2024/25", 10))
    want = need((*ALIKE, "2024/25", 90, 80, 105), (*OTHER, "2024/25", 7))
    one = sufficiency.surplus(have, need=want, by="locality").at(locality="Aylesbury")
    assert (one.number, one.bound("lower"), one.bound("upper"), one.interval.value, one.level) == (10, -5, 20, "bounds", None)
    both = sufficiency.surplus(have, need=want).at()
    assert (both.number, both.bound("lower"), both.bound("upper")) == (13, 110 - 105 - 7, 110 - 80 - 7)
    assert sufficiency.surplus(have, need=want, by="locality").at(locality="Wycombe").lower is None


def test_a_margin_keeps_its_share_of_the_places_free_under_a_key_of_its_own():
    """5% of 100 places are 5: 95 for 93 children leave 2, and from 91 to 97 children 4 to -2."""
    have, want = places((*ALIKE, "2024/25", 100)), need((*ALIKE, "2024/25", 93, 91, 97))
    got = sufficiency.surplus(have, need=want, margin=0.05)
    assert (got.at().number, got.at().bound("lower"), got.at().bound("upper")) == (2, -2, 4)
    assert got.at().indicator.key == "sufficiency.surplus_after_margin"
    assert got.at().indicator.title == "Surplus of places, 5% of them kept free"
    plain = sufficiency.surplus(have, need=want)
    assert {indicator.key for indicator in Readings.concat([got, plain]).indicators} == {
        "sufficiency.surplus",
        "sufficiency.surplus_after_margin",
    }
    with pytest.raises(InvalidValue, match="one definition under a key"):
        Readings.concat([got, sufficiency.surplus(have, need=want, margin=0.1)])


def test_a_margin_that_leaves_just_enough_is_no_deficit():
    """7% of 100 is 7, and 93 children fill the rest; 100 - 100 * 0.07 is 92.99999999999999 in a computer."""
    got = sufficiency.surplus(places((*ALIKE, "2024/25", 100)), need=need((*ALIKE, "2024/25", 93)), margin=0.07)
    assert got.at().number == 0


def test_use_is_children_for_each_100_places_and_may_be_above():
    """46 of 40 is 115; from 38 to 50, 95 to 125."""
    got = sufficiency.use_of_places(places((*ALIKE, "2024/25", 40)), need=need((*ALIKE, "2024/25", 46, 38, 50))).at()
    assert (got.number, got.bound("lower"), got.bound("upper")) == (pytest.approx(115), pytest.approx(95), pytest.approx(125))
    assert (got.numerator, got.denominator) == (46, 40)


def test_places_from_outside_are_the_deficit_and_groups_do_not_help_one_another():
    """Short by 11 in one and 4 over in the other: 11 from outside, and 7 of the whole, whose bounds are turned about."""
    have = places((*ALIKE, "2024/25", 120), (*OTHER, "2024/25", 10))
    want = need((*ALIKE, "2024/25", 131, 118, 144), (*OTHER, "2024/25", 6))
    split = sufficiency.places_from_outside(sufficiency.surplus(have, need=want, by="locality"))
    assert numbers(split, "locality") == {("Aylesbury", "2024/25"): 11, ("Wycombe", "2024/25"): 0}
    short = split.at(locality="Aylesbury")
    assert (short.bound("lower"), short.bound("upper")) == (0, 24)
    whole = sufficiency.places_from_outside(sufficiency.surplus(have, need=want))
    assert whole.at().number == 7


def test_homes_take_the_same_shape_on_days():
    """140 foster homes of the authority's own for 150 children, 12 places in children's homes for 9, on 31 March 2023."""
    day, own = dt.date(2023, 3, 31), "own provision"
    kinds = {"kind": ["foster home", "children's home"], "provider": own, "day": day}
    have = pl.DataFrame({"locality": None, **kinds, "places": [140, 12]})
    want = have.select("locality", "kind", "provider", "day", children=pl.Series([150, 9]), lower=None, upper=None)
    got = sufficiency.surplus_of_homes(have, need=want, by="kind")
    at = {"period": Snapshot(day)}
    assert got.at(kind="foster home", **at).number == -10
    assert got.at(kind="children's home", **at).number == 3
    assert sufficiency.use_of_homes(have, need=want, by="kind").at(kind="children's home", **at).number == 75
    outside = sufficiency.places_from_outside(got)
    assert outside.at(kind="foster home").number == 10
    assert outside.at(kind="foster home").indicator.key == "sufficiency.homes_from_outside"
    kept_free = sufficiency.surplus_of_homes(have, need=want, by="kind", margin=0.25)
    assert kept_free.at(kind="children's home").number == 0
    assert kept_free.at(kind="children's home").indicator.key == "sufficiency.surplus_of_homes_after_margin"


# Gaps


def test_what_one_table_lacks_is_not_known_and_not_0():
    """A group that only the places have, one that only the need has, and a year that only one of them has."""
    have = places((*ALIKE, "2023/24", 5), (*OTHER, "2023/24", 9))
    want = need((*ALIKE, "2023/24", 3), ("Chesham", *ALIKE[1:], "2023/24", 4), (*ALIKE, "2024/25", 6))
    got = numbers(sufficiency.surplus(have, need=want, by="locality"), "locality")
    x = Withheld.NOT_AVAILABLE
    assert got == {
        ("Aylesbury", "2023/24"): 2,
        ("Aylesbury", "2024/25"): x,
        ("Chesham", "2023/24"): x,
        ("Chesham", "2024/25"): x,
        ("Wycombe", "2023/24"): x,
        ("Wycombe", "2024/25"): x,
    }
    none = numbers(sufficiency.surplus(have, need=want, by="locality", missing=Missing.NONE), "locality")
    assert none == {
        ("Aylesbury", "2023/24"): 2,
        ("Aylesbury", "2024/25"): -6,
        ("Chesham", "2023/24"): -4,
        ("Chesham", "2024/25"): 0,
        ("Wycombe", "2023/24"): 9,
        ("Wycombe", "2024/25"): 0,
    }


def test_a_line_that_a_table_never_has_is_not_missed():
    """Places kept for no one need take children of any: 12 for 4 and 5. Of a locality that only the need has, so do they."""
    general = ("Aylesbury", "secondary", "special school", None)
    have = places((*general, "2023/24", 12))
    want = need((*ALIKE, "2023/24", 4), (*ALIKE[:3], "SLCN", "2023/24", 5))
    assert sufficiency.surplus(have, need=want, by="locality").at().number == 3
    elsewhere = need((*ALIKE, "2023/24", 4), ("Wycombe", *ALIKE[1:], "2023/24", 9))
    assert sufficiency.surplus(have, need=elsewhere).at().number == -1
    assert sufficiency.surplus(have, need=elsewhere, by="locality").at(locality="Wycombe").withheld is Withheld.NOT_AVAILABLE


def test_a_line_that_drops_out_takes_its_group_with_it():
    """Two lines of one phase in the first year and one in the second: what is left of them is no total of the two."""
    lines = [("Aylesbury", "secondary", "SEN unit", code) for code in ("ASD", "SLCN")]
    have = places(*((*line, "2023/24", 10) for line in lines), (*lines[0], "2024/25", 10))
    want = need(*((*line, year, 4) for line in lines for year in ("2023/24", "2024/25")))
    got = numbers(sufficiency.surplus(have, need=want))
    assert got == {("2023/24",): 12, ("2024/25",): Withheld.NOT_AVAILABLE}
    assert numbers(sufficiency.surplus(have, need=want, missing=Missing.NONE)) == {("2023/24",): 12, ("2024/25",): 2}


@pytest.mark.parametrize("missing", Missing)
@pytest.mark.parametrize("measure", [sufficiency.surplus, sufficiency.use_of_places])
def test_an_empty_cell_is_not_known_whatever_a_missing_row_means(missing, measure):
    """Of either table."""
    told, blank = (*ALIKE, "2023/24", 5), (*ALIKE, "2023/24", None)
    for have, want in ((places(blank), need(told)), (places(told), need(blank))):
        got = measure(have, need=want, missing=missing).at()
        assert (got.withheld, got.lower) == (Withheld.NOT_AVAILABLE, None)


def test_children_over_no_places_are_not_applicable():
    """A use of nothing is z, and its parts stand beside it; the surplus is a number."""
    have, want = places((*ALIKE, "2023/24", 0)), need((*ALIKE, "2023/24", 5))
    got = sufficiency.use_of_places(have, need=want).at()
    assert (got.withheld, got.numerator, got.denominator) == (Withheld.NOT_APPLICABLE, 5, 0)
    assert sufficiency.surplus(have, need=want).at().number == -5


def test_a_group_that_is_not_recorded_is_matched_and_is_no_total():
    """Places kept for no one need beside children of no one need, and not beside others."""
    have = places((*OTHER, "2023/24", 9), (*ALIKE, "2023/24", 5))
    want = need((*OTHER, "2023/24", 4), (*ALIKE, "2023/24", 6))
    assert numbers(sufficiency.surplus(have, need=want, by="need"), "need") == {("ASD", "2023/24"): -1, (None, "2023/24"): 5}


def test_a_gap_keeps_its_reason_in_the_places_from_outside():
    """And has no number."""
    got = sufficiency.surplus(places((*ALIKE, "2023/24", None)), need=need((*ALIKE, "2023/24", 1)))
    assert sufficiency.places_from_outside(got).at().withheld is Withheld.NOT_AVAILABLE


@pytest.mark.parametrize("empty", ["places", "need", "both"])
def test_empty_tables_give_no_reading_of_what_they_do_not_have(empty):
    """Nothing at all of two, and what is not available of one."""
    have = places() if empty != "need" else places((*ALIKE, "2023/24", 5))
    want = need() if empty != "places" else need((*ALIKE, "2023/24", 5))
    got = sufficiency.surplus(have, need=want, by="kind")
    assert len(got) == (0 if empty == "both" else 1)
    assert all(reading.withheld is Withheld.NOT_AVAILABLE for reading in got)


# Against a plain loop


def random_tables(n=10_000):
    """10,000 rows of each, with null groups, empty cells, lines and years that one of them lacks, and intervals of some.

    Half of the localities have every row in both tables, so that groups of theirs can be known.
    """
    pick = random.Random(323)
    localities = ["Aylesbury", None, *(f"L{i}" for i in range(28))]
    phases = [each.value for each in sufficiency.PhaseOfEducation] + [None]
    kinds = [each.value for each in sufficiency.KindOfProvision]
    codes = ["ASD", "SEMH", "SLCN", "MLD", "SLD", None]
    full = [(a, b, c, d) for a in localities[:15] for b in phases for c in kinds for d in codes]
    holed = [(a, b, c, d) for a in localities[15:] for b in phases for c in kinds for d in codes]
    full = pick.sample(full, 600)
    have = [(*key, year.label, pick.randrange(60)) for key in full for year in YEARS]
    want = [(*key, year.label, *some_need(pick)) for key in full for year in YEARS]
    for table, row in ((have, lambda: (pick.randrange(60),)), (want, lambda: some_need(pick))):
        empty = (None,) if table is have else (None, None, None)
        lines = [(*key, year.label) for key in pick.sample(holed, 500) for year in YEARS]
        some = pick.sample(lines, n - len(table))
        table += [(*key, *(empty if pick.random() < 0.002 else row())) for key in some]
        pick.shuffle(table)
    return places(*have), need(*want)


def some_need(pick):
    """Children in quarters, half of them with an interval."""
    children = pick.randrange(240) / 4
    bounds = (max(0.0, children - pick.randrange(9) / 4), children + pick.randrange(9))
    return (children, *bounds) if pick.random() < 0.5 else (children, None, None)


HAVE, WANT = random_tables()


def by_loop(by, missing):
    """Places, children and the bounds of the surplus for each group and year, line by line; x where one cannot be known."""
    have = {row[:5]: row[5] for row in HAVE.rows()}
    want = {row[:5]: row[5:] for row in WANT.rows()}
    at = [LINE.index(name) for name in by]
    years = {key[4] for key in (*have, *want)}
    groups = {}
    for side, table in enumerate((have, want)):
        for key in table:
            groups.setdefault(tuple(key[i] for i in at), (set(), set()))[side].add(key[:4])
    out = {}
    for group, lines in groups.items():
        for year in years:
            supply = [have.get((*line, year), "no row") for line in lines[0]]
            wanted = [want.get((*line, year), ("no row",) * 3) for line in lines[1]]
            first = [*supply, *(cell[0] for cell in wanted)]
            unknown = None in first
            if missing is Missing.NOT_KNOWN:
                unknown = unknown or "no row" in first or not (supply and wanted)
            if unknown:
                out[*group, year] = "x"
                continue
            total = sum(cell for cell in supply if cell != "no row")
            rows = [cell for cell in wanted if cell[0] != "no row"]
            children, low, high = (sum(cell[0] if cell[i] is None else cell[i] for cell in rows) for i in (0, 1, 2))
            bounded = any(cell[1] is not None for cell in rows)
            out[*group, year] = (total, children, *((total - high, total - low) if bounded else (None, None)))
    return out


CASES = [
    ((), Missing.NONE),
    (("locality",), Missing.NOT_KNOWN),
    (("phase", "need"), Missing.NONE),
    (LINE, Missing.NOT_KNOWN),
]


@pytest.fixture(scope="module")
def expected():
    """The loop, run once."""
    return {(by, missing): by_loop(by, missing) for by, missing in CASES}


def found(readings, by):
    """What readings of use and surplus say, as the loop says it."""
    out = {}
    for row in readings.to_polars().iter_rows(named=True):
        label = AcademicYear.containing(row["period_start"]).label
        out[(*(row[name] for name in by), label)] = row
    return out


def check_surplus(have, want, expected, case):
    """The surplus and its bounds beside the loop."""
    by, missing = case
    surplus = found(sufficiency.surplus(have, need=want, by=by, missing=missing), by)
    assert set(surplus) == set(expected[case])
    for key, told in expected[case].items():
        one = surplus[key]
        if told == "x":
            assert (one["withheld"], one["value"], one["lower"]) == ("x", None, None)
            continue
        supply, children, lower, upper = told
        assert (one["value"], one["lower"], one["upper"]) == (supply - children, lower, upper)


def check_use(have, want, expected, case):
    """The use and its bounds beside the loop."""
    by, missing = case
    use = found(sufficiency.use_of_places(have, need=want, by=by, missing=missing), by)
    assert set(use) == set(expected[case])
    for key, told in expected[case].items():
        one = use[key]
        if told == "x":
            assert (one["withheld"], one["value"], one["lower"]) == ("x", None, None)
            continue
        supply, children, lower, upper = told
        assert (one["numerator"], one["denominator"]) == (children, supply)
        assert one["withheld"] == (None if supply else "z")
        # The least surplus is where the most children are: its bounds give back how many those are.
        rates = (children, *((supply - upper, supply - lower) if lower is not None else (None, None)))
        for name, number in zip(("value", "lower", "upper"), rates, strict=True):
            expected_rate = None if number is None or not supply else pytest.approx(100 * number / supply, abs=1e-6)
            assert one[name] == expected_rate


@pytest.mark.long
@ON_EVERY_ENGINE
def test_10_000_random_rows_add_up_as_in_a_plain_loop(engine, expected):
    """Numbers are quarters, so that every sum is exact and none is rounded to fit. Every case on polars, some on the others."""
    have, want = as_engine(HAVE, engine), as_engine(WANT, engine)
    for case in CASES if engine is Engine.POLARS else CASES[1:3]:
        check_surplus(have, want, expected, case)
    for case in CASES if engine is Engine.POLARS else CASES[3:]:
        check_use(have, want, expected, case)


@pytest.mark.spark
def test_10_000_random_rows_add_up_as_in_a_plain_loop_on_spark(expected, spark):
    """The same on Spark."""
    have, want = (as_engine(frame, Engine.PYSPARK, spark=spark) for frame in (HAVE, WANT))
    have, want = Places.conform(have), Need.conform(want)
    check_surplus(have, want, expected, CASES[1])
    check_use(have, want, expected, CASES[2])


@pytest.mark.long
def test_the_random_tables_have_what_they_are_to_have(expected):
    """No check is of nothing: known and unknown, deficits and surpluses, with and without an interval."""
    assert (HAVE.height, WANT.height) == (10_000, 10_000)
    assert HAVE["places"].null_count() > 0 < WANT["children"].null_count()
    for by, missing in CASES:
        told = list(expected[by, missing].values())
        known = [each for each in told if each != "x"]
        assert known, (by, missing)
        assert any(each[0] > each[1] for each in known) or any(each[0] < each[1] for each in known)
        assert any(each[2] is not None for each in known)
        assert "x" in told
    assert any(told[2] is None for told in expected[LINE, Missing.NOT_KNOWN].values() if told != "x")


@ON_EVERY_ENGINE
def test_every_engine_gets_its_own_kind_back_and_an_eager_second_table_is_carried(engine):
    """Lazy stays lazy; what is in memory goes to where the places are."""
    have = as_engine(places((*ALIKE, "2024/25", 120)), engine)
    got = sufficiency.surplus(have, need=need((*ALIKE, "2024/25", 131)), by="need")
    assert type(got.frame) is type(have)
    assert got.is_lazy == engine.is_lazy
    assert got.at().number == -11
    outside = sufficiency.places_from_outside(got)
    assert type(outside.frame) is type(have)
    assert outside.at().number == 11


# Properties


def tables(draw):
    """Two small tables of the same lines and years, with every row there."""
    lines = draw(st.lists(st.sampled_from([ALIKE, OTHER, ("Wycombe", *ALIKE[1:])]), min_size=1, max_size=3, unique=True))
    years = [year.label for year in YEARS[: draw(st.integers(1, 4))]]
    cells = st.integers(0, 30)
    have = [(*line, year, draw(cells)) for line in lines for year in years]
    want = []
    for line in lines:
        for year in years:
            low, children, high = sorted(draw(st.tuples(cells, cells, cells)))
            want.append((*line, year, children, *((low, high) if draw(st.booleans()) else ())))
    return have, want


TABLES = st.composite(tables)()


@settings(max_examples=10)
@given(TABLES, st.randoms())
def test_groups_add_up_to_the_whole_and_the_order_of_rows_does_not_matter(both, shuffled):
    """Of surpluses and their bounds; places from outside add up to as many or more."""
    have, want = both
    whole = sufficiency.surplus(places(*have), need=need(*want))
    shuffled.shuffle(have)
    shuffled.shuffle(want)
    split = sufficiency.surplus(places(*have), need=need(*want), by=("locality", "kind"))
    outside_of_parts, outside_of_whole = (list(sufficiency.places_from_outside(each)) for each in (split, whole))
    for reading in whole:
        parts = [part for part in split if part.period == reading.period]
        assert sum(part.number for part in parts) == reading.number
        if reading.lower is not None:
            lows = (part.number if part.lower is None else part.bound("lower") for part in parts)
            assert sum(lows) == reading.bound("lower") <= reading.number <= reading.bound("upper")
        parts, (all_together,) = (
            [part.number for part in each if part.period == reading.period] for each in (outside_of_parts, outside_of_whole)
        )
        assert sum(parts) >= all_together >= 0


@settings(max_examples=6)
@given(TABLES, st.floats(0.01, 0.99))
def test_a_margin_leaves_no_more_than_none_and_use_says_the_same_as_the_surplus(both, margin):
    """Above 100 is a deficit, and 100 is neither."""
    have, want = places(*both[0]), need(*both[1])
    plain = numbers(sufficiency.surplus(have, need=want, by=LINE), *LINE)
    kept_free = numbers(sufficiency.surplus(have, need=want, by=LINE, margin=margin), *LINE)
    use = numbers(sufficiency.use_of_places(have, need=want, by=LINE), *LINE)
    for key, number in plain.items():
        assert kept_free[key] <= number
        if use[key] is not Withheld.NOT_APPLICABLE:
            assert (use[key] > 100) == (number < 0)
