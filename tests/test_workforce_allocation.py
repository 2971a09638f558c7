"""Sharing social workers out over localities: against a plain loop in fractions, on every engine, with both methods."""

from __future__ import annotations

import csv
import datetime as dt
import heapq
import math
import random
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import workforce
from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, UnitError
from bucks_cs.frames.engine import Engine
from bucks_cs.periods import FinancialYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity
from bucks_cs.workforce import Localities, SharingMethod, Weighting

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
BY_BOTH = pytest.mark.parametrize("method", SharingMethod, ids=lambda method: method.name)
DAY = Snapshot("1 April 2024")
SCHEMA = {"locality": pl.String, "need": pl.Float64, "deprivation": pl.Float64}
LARGEST, ODD = SharingMethod.LARGEST_REMAINDER, SharingMethod.SAINTE_LAGUE


def localities(need, deprivation=None):
    """A frame of localities A, B, C and so on, or by the names given."""
    named = need if isinstance(need, dict) else {f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n]}": number for n, number in enumerate(need)}
    second = [None] * len(named) if deprivation is None else list(deprivation)
    return pl.DataFrame({"locality": list(named), "need": list(named.values()), "deprivation": second}, schema=SCHEMA)


def by_need(frame, total, **fields):
    """Workers shared out by need alone: locality to number."""
    return shared(workforce.share_out(frame, total=total, at=DAY, need=1, deprivation=0, **fields))


def shared(readings):
    """What readings say: locality to number, each whole."""
    found = {}
    for row in readings.to_polars().iter_rows(named=True):
        assert row["withheld"] is None
        assert row["value"] == int(row["value"])
        found[row["locality"]] = int(row["value"])
    return found


# The same, by a plain loop in fractions


def weights_by_loop(frame, need, deprivation):
    """Each locality's share of all weight, from decimals as they are written."""
    rows = [(row["locality"], *(Fraction(str(row[name] or 0)) for name in ("need", "deprivation"))) for row in frame.to_dicts()]
    needs, deprivations = sum(row[1] for row in rows), sum(row[2] for row in rows)
    need, deprivation = Fraction(str(need)), Fraction(str(deprivation))
    return {
        name: (need * n / needs if need else 0) + (deprivation * d / deprivations if deprivation else 0) for name, n, d in rows
    }


def largest_remainder_by_loop(shares, total, minimum):
    """Sharing out anew until no locality left is below the minimum, then by remainders, all in whole numbers."""
    common = math.lcm(*(Fraction(share).denominator for share in shares.values()))
    weights = {name: int(share * common) for name, share in shares.items()}
    fixed = set()
    while True:
        rest = {name: weight for name, weight in weights.items() if name not in fixed}
        left, whole = total - minimum * len(fixed), sum(rest.values())
        below = {name for name, weight in rest.items() if weight * left < minimum * whole}
        if not below:
            break
        fixed |= below
    found = dict.fromkeys(fixed, minimum) | {name: weight * left // whole for name, weight in rest.items()}
    spare = total - sum(found.values())
    for name in sorted(rest, key=lambda name: (-(rest[name] * left % whole), name))[:spare]:
        found[name] += 1
    return found


def sainte_lague_by_loop(weights, total, minimum):
    """One worker after another to the largest quotient."""
    found = dict.fromkeys(weights, minimum)
    queue = [(-weight / (2 * minimum + 1), name) for name, weight in weights.items()]
    heapq.heapify(queue)
    for _ in range(total - minimum * len(weights)):
        _, name = heapq.heappop(queue)
        found[name] += 1
        heapq.heappush(queue, (-weights[name] / (2 * found[name] + 1), name))
    return found


BY_LOOP = {LARGEST: largest_remainder_by_loop, ODD: sainte_lague_by_loop}


def random_localities(n, seed=8, small=40):
    """Localities with many alike, some of no need, some of no deprivation, and a few large ones."""
    pick = random.Random(seed)
    rows = []
    for number in range(n):
        need = 0.0 if pick.random() < 0.05 else float(pick.randrange(1, small)) * (20 if pick.random() < 0.02 else 1)
        rows.append((f"L{(number * 7919) % n:05}", need, pick.randrange(0, 60) + pick.choice([0, 0, 0.5, 0.25])))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


MANY, FEW = random_localities(10_000), random_localities(21, seed=21)


@pytest.fixture(scope="module")
def expected():
    """The loops, run once."""
    weights = weights_by_loop(MANY, 0.6, 0.4)
    return {(method, least): BY_LOOP[method](weights, 23_456, least) for method, least in ((LARGEST, 0), (LARGEST, 2), (ODD, 2))}


def check_many(frame, expected, method):
    for least in (0, 2) if method is LARGEST else (2,):
        got = workforce.share_out(frame, total=23_456, at=DAY, need=0.6, deprivation=0.4, minimum=least, method=method)
        assert shared(got) == expected[method, least]


@pytest.mark.long
@ON_EVERY_ENGINE
@BY_BOTH
def test_10_000_localities_are_given_what_a_plain_loop_in_fractions_gives(engine, method, expected):
    """Ties, no need, no deprivation and a minimum that most are below among them."""
    check_many(as_engine(MANY, engine), expected, method)


@pytest.mark.spark
@BY_BOTH
def test_10_000_localities_are_given_what_a_plain_loop_gives_on_spark(method, expected, spark):
    """The same on Spark."""
    check_many(as_engine(MANY, Engine.PYSPARK, spark=spark), expected, method)


def check_few(frame):
    weights = weights_by_loop(FEW, 0.6, 0.4)
    for method, total, least in ((LARGEST, 97, 1), (LARGEST, 97, 4), (ODD, 22, 1), (ODD, 400, 3), (ODD, 5, 0)):
        got = workforce.share_out(frame, total=total, at=DAY, need=0.6, deprivation=0.4, minimum=least, method=method)
        assert shared(got) == BY_LOOP[method](weights, total, least), (method, total, least)
    exact = workforce.exact_share(frame, total=97, at=DAY, need=0.6, deprivation=0.4)
    for row in exact.to_polars().iter_rows(named=True):
        assert row["value"] == pytest.approx(float(97 * weights[row["locality"]]))


@ON_EVERY_ENGINE
def test_21_localities_are_given_the_same_on_every_engine(engine):
    """Both methods, from one worker each to twenty each."""
    check_few(as_engine(FEW, engine))


@pytest.mark.spark
def test_21_localities_are_given_the_same_on_spark(spark):
    """The same on Spark."""
    check_few(as_engine(FEW, Engine.PYSPARK, spark=spark))


@pytest.mark.long
def test_the_random_localities_have_what_they_are_to_have(expected):
    """No check is of nothing: weights alike, localities below the minimum or of no weight, and two methods that differ."""
    weights = weights_by_loop(MANY, 0.6, 0.4)
    assert len(set(weights.values())) < 6_000
    exact = {name: 23_456 * weight for name, weight in weights.items()}
    assert 1_000 < sum(share < 2 for share in exact.values()) < 9_000
    assert sum(weight == 0 for weight in weights.values()) > 0
    assert expected[LARGEST, 2] != expected[ODD, 2]


# What is published, and by hand

FIVE_STATES = {"A": 21_878, "B": 9_713, "C": 4_167, "D": 3_252, "E": 1_065}
"""The example of the package *apportionment* (version 2, its README), with the results below by Hamilton's method."""

FOUR_STATES = {"A": 42_444, "B": 73_470, "C": 134_148, "D": 164_343}
"""The table of section 9 of M. L. Balinski's review of 1993 of divisor methods, with the result below by Webster's, t = 0.5."""


def test_published_examples_of_both_methods_come_out_as_published():
    """Hamilton's method with 44 gives 24, 11, 5, 3, 1 and with 43 gives 24, 10, 4, 4, 1; Webster's with 14 gives 1, 2, 5, 6.

    The README gives 24, 11, 4, 3, 1 for Webster's with 43, which is not it: B's 11th, 9,713 / 21 = 462.5, is below D's 4th,
    3,252 / 7 = 464.6.
    """
    frame = localities(FIVE_STATES)
    assert list(by_need(frame, 44).values()) == [24, 11, 5, 3, 1]
    assert list(by_need(frame, 43).values()) == [24, 10, 4, 4, 1]
    assert list(by_need(frame, 43, method=ODD).values()) == [24, 10, 4, 4, 1]
    assert list(by_need(localities(FOUR_STATES), 14, method=ODD).values()) == [1, 2, 5, 6]


def test_the_largest_remainder_may_take_a_worker_away_when_the_total_grows():
    """The Alabama paradox, which the docs say it allows: D has 4 of 43 and 3 of 44; by Sainte-Laguë it never has fewer.

    By hand, of 40,075: 43 x 3,252 / 40,075 = 3.489 and 43 x 21,878 / 40,075 = 23.475, whose fractions are the two largest; with
    44 they are .571 and .021, and B's .664 and C's .575 come before D's.
    """
    frame = localities(FIVE_STATES)
    assert (by_need(frame, 43)["D"], by_need(frame, 44)["D"]) == (4, 3)
    assert by_need(frame, 43, method=ODD)["D"] <= by_need(frame, 44, method=ODD)["D"]
    assert LARGEST.may_take_away_when_total_grows
    assert not ODD.may_take_away_when_total_grows
    assert "may" in SharingMethod.__doc__
    assert "lose a worker when the total grows" in SharingMethod.__doc__
    assert "may lose a worker when the total grows" in workforce.share_out.__doc__


def test_sainte_lague_may_leave_the_whole_numbers_beside_an_exact_share():
    """By hand: A of 940 and ten of 6 share 100. A's exact share is 94, and each other's 0.6.

    Each other's first worker, 6 / 1, comes before A's 91st, 940 / 181 = 5.19. So A has 90, and by the largest remainder 94.
    """
    frame = localities({"A": 940} | {f"B{n}": 6 for n in range(10)})
    assert by_need(frame, 100, method=ODD, minimum=0)["A"] == 90
    assert by_need(frame, 100, method=LARGEST, minimum=0)["A"] == 94


def test_weights_are_shares_of_need_and_of_deprivation():
    """By hand: 0.6 x 3/4 + 0.4 x 1/5 = 0.53 of 10 is 5.3, and 4.7 for the other: 5 and 5, exactly 5.3 and 4.7 before rounding."""
    frame = localities([3, 1], deprivation=[1, 4])
    of = {"total": 10, "at": DAY, "need": 0.6, "deprivation": 0.4}
    assert shared(workforce.share_out(frame, **of)) == {"A": 5, "B": 5}
    assert [reading.number for reading in workforce.exact_share(frame, **of)] == pytest.approx([5.3, 4.7])
    assert shared(workforce.share_out(frame, **of | {"need": 0, "deprivation": 1})) == {"A": 2, "B": 8}


def test_a_tie_goes_to_the_first_by_name_whatever_the_order_of_rows():
    """Three alike share ten: 3.33 each, and the one left goes to the first name by its characters, capitals first."""
    for names in (["b", "a", "C"], ["C", "b", "a"], ["a", "C", "b"]):
        for method in SharingMethod:
            assert by_need(localities(dict.fromkeys(names, 2)), 10, method=method) == {"C": 4, "a": 3, "b": 3}


def test_a_tie_is_one_even_where_decimals_are_not():
    """0.1 + 0.2 is not 0.3 in binary, and 0.6 x 0.2 + 0.4 x 0.1 is not 0.6 x 0.1 + 0.4 x 0.25; in fractions they are.

    Need 10, 20, 70 of 100 and deprivation 25, 10, 65: A and B weigh 0.16 each; of 10 they have 1.6, and C 6.8. Two are left after
    1, 1 and 6: C's and the first of the others.
    """
    frame = localities([10, 20, 70], deprivation=[25, 10, 65])
    for rows in (frame, frame.reverse()):
        got = workforce.share_out(rows, total=10, at=DAY, need=0.6, deprivation=0.4)
        assert shared(got) == {"A": 2, "B": 1, "C": 7}


def test_who_is_below_the_minimum_has_it_and_the_rest_is_shared_anew():
    """By hand: 1, 1, 10 and 88 of 100, 12 to share: 0.12, 0.12, 1.2, 10.56. A and B have 1; of 10 left C has 10/98 x 10 = 1.02
    and D 8.98: 1 and 9. With at least 2 each C is below it too and D has 12 - 6 = 6.
    """
    frame = localities([1, 1, 10, 88])
    assert by_need(frame, 12) == {"A": 1, "B": 1, "C": 1, "D": 9}
    assert by_need(frame, 12, minimum=2) == {"A": 2, "B": 2, "C": 2, "D": 6}
    assert by_need(frame, 12, minimum=0) == {"A": 0, "B": 0, "C": 1, "D": 11}


def test_a_locality_of_no_need_has_the_minimum_and_no_more():
    """Weight 0 is a share of 0, by either method and at any minimum."""
    frame = localities([0, 5, 5])
    for method in SharingMethod:
        assert by_need(frame, 11, method=method) == {"A": 1, "B": 5, "C": 5}
        assert by_need(frame, 11, method=method, minimum=0) == {"A": 0, "B": 6, "C": 5}


def test_a_total_of_the_minimum_of_all_gives_each_the_minimum():
    """21 workers for 21 localities are one each."""
    for method in SharingMethod:
        assert set(by_need(FEW, 21, method=method).values()) == {1}


def test_one_locality_has_all():
    """There is nobody to share with."""
    for method in SharingMethod:
        assert by_need(localities([0.25]), 1_000_000, method=method) == {"A": 1_000_000}


def test_deprivation_of_published_districts_is_shared_as_a_plain_loop_shares_it(published):
    """The indices of deprivation of 2025, Hertfordshire's ten districts, `income_scale` as deprivation.

    The file is by district, and has Buckinghamshire as one row: nothing in it says how its 21 localities differ.
    """
    lookup = published / "neighbours" / "LTLA-UTLA_Apr23_Lookup_England-Wales.csv"
    with lookup.open(encoding="utf-8-sig") as file:
        districts = {row[0] for row in csv.reader(file) if "Hertfordshire" in row and row[0].startswith("E07")}
    table = pl.read_csv(published / "deprivation" / "imd2025_england_ltla24.csv")
    assert table.filter(pl.col("ltla24_name") == "Buckinghamshire").height == 1
    rows = table.filter(pl.col("ltla24_code").is_in(sorted(districts)))
    assert rows.height == 10
    frame = rows.select(
        pl.col("ltla24_name").alias("locality"), pl.lit(1.0).alias("need"), pl.col("income_scale").alias("deprivation")
    )
    weights = weights_by_loop(frame, 0, 1)
    for method, loop in BY_LOOP.items():
        got = workforce.share_out(frame, total=120, at=DAY, need=0, deprivation=1, method=method)
        assert shared(got) == loop(weights, 120, 1)


# Properties

A_FEW = st.lists(st.integers(0, 60), min_size=1, max_size=9).filter(any)
WITH_BOTH = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 300)), min_size=1, max_size=9).filter(
    lambda rows: any(need for need, _ in rows) and any(more for _, more in rows)
)


def framed(rows):
    return localities([need for need, _ in rows], deprivation=[more / 10 for _, more in rows])


@settings(max_examples=20)
@given(rows=WITH_BOTH, total=st.integers(0, 60), minimum=st.integers(0, 3), part=st.integers(0, 10), turn=st.integers(0, 999))
def test_any_allocation_adds_up_keeps_its_minimum_and_is_the_loops_in_any_order(rows, total, minimum, part, turn):
    """By both methods: the total exactly, no locality below the minimum, the plain loop's answer, and the same for any order.

    By the largest remainder, with no minimum, each is less than one from its exact share.
    """
    total += max(1, minimum * len(rows))
    need, deprivation = part / 10, (10 - part) / 10
    frame = framed(rows)
    weights = weights_by_loop(frame, need, deprivation)
    order = random.Random(turn).sample(range(len(rows)), len(rows))
    for method, loop in BY_LOOP.items():
        asked = {"total": total, "at": DAY, "need": need, "deprivation": deprivation, "minimum": minimum, "method": method}
        got = shared(workforce.share_out(frame[order], **asked))
        assert sum(got.values()) == total
        assert min(got.values()) >= minimum
        assert got == loop(weights, total, minimum)
        if minimum == 0 and method is LARGEST:
            assert all(abs(number - total * weights[name]) < 1 for name, number in got.items())


@settings(max_examples=20)
@given(need=A_FEW, total=st.integers(1, 60), minimum=st.integers(0, 2))
def test_by_sainte_lague_no_locality_ever_loses_a_worker_when_the_total_grows(need, total, minimum):
    """One worker more goes to one locality, and no other changes."""
    frame = localities(need)
    total += minimum * len(need)
    before, after = (by_need(frame, number, method=ODD, minimum=minimum) for number in (total, total + 1))
    gained = [after[name] - before[name] for name in before]
    assert sorted(gained) == [0] * (len(gained) - 1) + [1]


@settings(max_examples=20)
@given(frame=frames(Localities, max_rows=8), method=st.sampled_from(SharingMethod))
def test_whatever_frame_keeps_the_schema_is_shared_out_or_refused_by_name(frame, method):
    """Numbers from next to nothing to a million million: they add up exactly, or one of ours says why not."""
    if frame.height == 0 or frame["need"].max() < 1e-15:
        with pytest.raises(FrameProblems, match=r"no locality|is 0, or next to it"):
            by_need(frame, 50, method=method)
    else:
        got = by_need(frame, 50, method=method)
        assert sum(got.values()) == 50
        assert min(got.values()) >= 1


@settings(max_examples=8)
@given(
    numbers=st.lists(st.floats(0, 1e12), min_size=2, max_size=8).filter(lambda n: max(n) > 1e-3),
    turn=st.integers(0, 999),
    method=st.sampled_from(SharingMethod),
)
def test_weights_of_any_decimals_give_the_same_in_any_order_on_two_engines(numbers, turn, method):
    """Sums of such decimals differ with the order of rows; the allocation does not."""
    frame = localities(numbers)
    order = random.Random(turn).sample(range(len(numbers)), len(numbers))
    first = by_need(frame, 77, method=method)
    assert by_need(as_engine(frame[order], Engine.DUCKDB), 77, method=method) == first


@pytest.mark.parametrize("method", SharingMethod, ids=lambda method: method.value)
def test_needs_and_deprivations_of_sixteen_digits_give_what_a_loop_in_fractions_gives(method):
    """Averages and estimates have all the digits a float has; their products would be beyond the whole numbers there are."""
    pick = random.Random(16)
    for size in (2, 5, 9):
        needs, deprivations = ([pick.random() * 10 ** pick.randrange(5) for _ in range(size)] for _ in range(2))
        frame, total = localities(needs, deprivation=deprivations), pick.randrange(size, 200)
        got = shared(workforce.share_out(frame, total=total, at=DAY, need=0.6, deprivation=0.4, method=method))
        assert got == BY_LOOP[method](weights_by_loop(frame, 0.6, 0.4), total, 1)


# Shape


def test_the_readings_are_of_the_callers_kind_and_say_what_was_shared_and_how():
    """A day, the area, whole workers, and in the definition the total, the weights, the method and the minimum."""
    source = NoOfficialSource(reason="made up")
    got = workforce.share_out(
        localities([1, 3], deprivation=[1, 1]), total=9, at=DAY, need=0.75, deprivation=0.25, minimum=2, area="825", source=source
    )
    assert isinstance(got.frame, pl.DataFrame)
    assert got.by == ("locality",)
    reading = got.at(locality="A")
    assert (reading.area, reading.period, reading.source) == ("825", DAY, source)
    assert reading.indicator.key == "workforce.share_out"
    assert "of 9, 75% by need and 25% by deprivation, by largest remainder, at least 2 each" in reading.indicator.counts
    assert str(reading.value) == "3.0 worker"
    other = workforce.share_out(localities([1, 3]), total=9, at=DAY, need=1, deprivation=0, area="826")
    with pytest.raises(InvalidValue, match="one definition under a key"):
        Readings.concat([got, other])


def test_a_lazy_frame_stays_lazy_and_a_checked_one_is_taken():
    """Nothing of what is worked out has run."""
    got = workforce.share_out(FEW.lazy(), total=50, at=DAY, need=1, deprivation=0)
    assert got.is_lazy
    assert shared(got) == by_need(Localities.conform(FEW), 50)


def test_headings_of_ones_own_are_taken():
    """Counts as whole numbers, teams as localities, and no deprivation at all."""
    mine = pl.DataFrame({"Team": ["East", "West"], "Cases": [20, 60]})
    checked = Localities.conform(mine, columns={"deprivation": None})
    assert by_need(checked, quantity(8, "worker")) == {"East": 2, "West": 6}


def test_thirds_can_be_given_as_fractions():
    """Two thirds and one third add up to one."""
    frame = localities([1, 1], deprivation=[0, 3])
    for need, deprivation in ((Fraction(2, 3), Fraction(1, 3)), (2 / 3, 1 / 3)):
        got = workforce.share_out(frame, total=12, at=DAY, need=need, deprivation=deprivation)
        assert shared(got) == {"A": 4, "B": 8}
    assert Weighting(need=0.333, deprivation=0.667).parts == (333, 667)


# Refusals


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"total": 2}, "total: expected at least 3 workers, which is 1 for each of 3 localities"),
        ({"total": 29, "minimum": 10}, "total: expected at least 30 workers, which is 10 for each of 3 localities"),
        ({"total": 0}, "total: expected a whole number of workers"),
        ({"total": 12.0}, "total: expected a whole number of workers"),
        ({"total": True}, "total: expected a whole number of workers"),
        ({"total": "12"}, "total: expected a whole number of workers"),
        ({"total": 1_000_001}, "total: expected a whole number of workers"),
        ({"total": quantity(12.5, "worker")}, "total: expected a whole number of workers"),
        ({"need": 0.6, "deprivation": 0.5}, "need and deprivation: expected two shares that add up to 1"),
        ({"need": 1.2, "deprivation": -0.2}, "need: expected a share from 0 to 1"),
        ({"need": float("nan")}, "need: expected a share from 0 to 1"),
        ({"need": "0.6"}, "need: expected a share from 0 to 1"),
        ({"need": 0.12345, "deprivation": 0.87655}, "need: expected a share from 0 to 1 of three decimals at most"),
        ({"minimum": -1}, "minimum: expected a whole number of workers, 0 or more"),
        ({"minimum": 1.5}, "minimum: expected a whole number of workers, 0 or more"),
        ({"method": "largest remainder"}, "method: expected SharingMethod"),
        ({"at": dt.date(2024, 4, 1)}, "at: expected a Snapshot"),
        ({"at": FinancialYear("2023-24")}, "at: expected a Snapshot"),
        ({"area": 825}, "area: expected an LA number"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(asked, named):
    """Each argument, with what it may be."""
    of = {"total": 12, "at": DAY, "need": 1, "deprivation": 0} | asked
    with pytest.raises(InvalidValue) as refused:
        workforce.share_out(localities([1, 2, 3]), **of)
    assert named in str(refused.value)


def test_full_time_equivalents_are_no_whole_workers():
    """They are refused with what rounds them up."""
    with pytest.raises(UnitError, match=r"whole_workers"):
        workforce.share_out(localities([1]), total=quantity(12, "FTE"), at=DAY, need=1, deprivation=0)


@ON_EVERY_ENGINE
@pytest.mark.parametrize(
    ("frame", "weights", "said"),
    [
        (localities([0, 0]), (1, 0), "need: is 0, or next to it, in every locality"),
        (localities([1, 2], deprivation=[0, 0]), (0.6, 0.4), "deprivation: is 0, or next to it, in every locality"),
        (localities([1, 2], deprivation=[None, 3]), (0.6, 0.4), "deprivation: is missing, and it is weighed (1 row)"),
        (localities([1, None]), (1, 0), "need: is missing (1 row)"),
        (localities([1, -2]), (1, 0), "need: is below 0 (1 row)"),
        (localities([1, 1e13]), (1, 0), "need: is above"),
        (pl.concat([localities([1]), localities([2])]), (1, 0), "locality: more than one row has the same (2 rows)"),
        (localities({"": 1}), (1, 0), "locality: is blank (1 row)"),
        (localities([1]).drop("need"), (1, 0), "need: there is no such column"),
        (localities([1]).clear(), (1, 0), "there is no locality to share out over"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_frame_that_cannot_be_shared_over_is_refused_by_its_rule(engine, frame, weights, said):
    """Zero weights, missing ones, negative ones, a locality twice and none at all are told apart, on every engine."""
    for function in (workforce.share_out, workforce.exact_share) if engine is Engine.POLARS else (workforce.share_out,):
        with pytest.raises(FrameProblems) as refused:
            function(as_engine(frame, engine), total=12, at=DAY, need=weights[0], deprivation=weights[1])
        assert said in str(refused.value)


def test_no_cell_is_in_an_error():
    """A token in each cell, and a number that no rule names."""
    frame = pl.DataFrame({"locality": ["TOKEN", "TOKEN"], "need": [-7.25, -7.25], "deprivation": [None, None]}, schema=SCHEMA)
    with pytest.raises(FrameProblems) as refused:
        workforce.share_out(frame, total=12, at=DAY, need=0.5, deprivation=0.5)
    said = f"{refused.value!r} {refused.value} {refused.value.args} {refused.value.__cause__} {refused.value.__context__}"
    assert "TOKEN" not in said
    assert "7.25" not in said


def test_a_nonsense_frame_is_refused():
    """Ours, and no TypeError."""
    with pytest.raises(BucksError):
        workforce.share_out({"locality": ["A"]}, total=12, at=DAY, need=1, deprivation=0)
