"""Threshold, headroom and share by area: against whole-number arithmetic on every engine, with gaps, vintages and refusals."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import math
import random

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, uasc
from bucks_cs.audit import Rounding
from bucks_cs.errors import BucksError, EngineMismatch, FrameProblems, InvalidValue, UnsupportedFrame
from bucks_cs.frames.engine import Engine
from bucks_cs.indicators import Reading, Withheld
from bucks_cs.periods import FinancialYear, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.testing import as_engine, frames
from bucks_cs.units import quantity

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
ON_EVERY_ENGINE = pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
SCHEMA = {
    "area": pl.String,
    "day": pl.Date,
    "children": pl.Int64,
    "withheld": pl.String,
    "population": pl.Int64,
    "vintage": pl.String,
}
OCTOBER, AUGUST, RAISED = dt.date(2022, 10, 11), dt.date(2022, 8, 23), dt.date(2022, 8, 24)
FIRST, REBASED = "mid-2020 as first published", "mid-2020 rebased"
EXAMPLE = NoOfficialSource(reason="made up for a test")
MEASURES = (uasc.threshold_by_area, uasc.headroom_by_area, uasc.share_reached_by_area)


def table(*rows):
    """Rows of area, day, children, reason, population and vintage."""
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


BUCKS = table(("825", OCTOBER, 32, None, 126_804, FIRST), ("825", OCTOBER, 32, None, 122_495, REBASED))


def ten_thousand():
    """Areas and days on either side of the change, populations at halves and beside them, and gaps of every kind."""
    pick, rows = random.Random(2022), {}
    reasons = [reason.value for reason in Withheld]
    while len(rows) < 10_000:
        area, day = pick.choice([*map(str, range(200, 900)), None]), pick.choice([dt.date(2016, 7, 1), AUGUST, RAISED, OCTOBER])
        vintage = pick.choice([FIRST, REBASED, *(f"mid-{year}" for year in range(2012, 2025))])
        people = pick.choice([0, 500 * pick.randrange(400), 500 * pick.randrange(400) + 499, pick.randrange(400_000), None])
        withheld = pick.choice(reasons) if pick.random() < 0.2 else None
        most = min(200, 200 if people is None else people)
        rows[area, day, vintage] = (area, day, None if withheld else pick.randint(0, most), withheld, people, vintage)
    return table(*rows.values())


def whole(people, day, way):
    """The number by whole numbers alone."""
    parts = people * (7 if day < RAISED else 10)
    number, rest = divmod(parts, 10_000)
    return number + {Rounding.NEAREST: rest >= 5_000, Rounding.UP: rest > 0, Rounding.DOWN: False}[way]


def by_loop(frame, way=Rounding.NEAREST):
    """Each of the three: area, day and vintage to the value or the reason there is none."""
    found = {"uasc.threshold": {}, "uasc.headroom": {}, "uasc.share_reached": {}}
    order = list(Withheld)
    for area, day, children, withheld, people, vintage in frame.iter_rows():
        key = area, day, vintage
        gaps = [Withheld(withheld)] if withheld else []
        gaps += [Withheld.NOT_AVAILABLE] if people is None else []
        first = min(gaps, key=order.index).value if gaps else None
        nobody = min([*gaps, Withheld.NOT_APPLICABLE], key=order.index).value if people == 0 else first
        number = None if people is None else whole(people, day, way)
        found["uasc.threshold"][key] = "x" if people is None else number
        found["uasc.headroom"][key] = first or number - children
        found["uasc.share_reached"][key] = nobody or pytest.approx(100 * children / people)
    return found


def said(readings):
    """What readings say, as the loop says it."""
    rows = readings.to_polars().iter_rows(named=True)
    return {(row["area"], row["period_start"], row["vintage"]): row["withheld"] or row["value"] for row in rows}


@functools.cache
def all_rows():
    """The same ten thousand for every test: made when the first asks."""
    return ten_thousand()


@pytest.fixture(scope="module")
def expected():
    """The loop, run once for each way of making whole."""
    return {way: by_loop(all_rows(), way) for way in Rounding}


def check(frame, expected):
    """All three measures, and the two that take a rounding by each."""
    assert said(uasc.share_reached_by_area(frame)) == expected[Rounding.NEAREST]["uasc.share_reached"]
    for way in Rounding:
        assert said(uasc.threshold_by_area(frame, rounding=way)) == expected[way]["uasc.threshold"]
        assert said(uasc.headroom_by_area(frame, rounding=way)) == expected[way]["uasc.headroom"]


@pytest.mark.long
@ON_EVERY_ENGINE
def test_10_000_rows_give_what_whole_number_arithmetic_gives(engine, expected):
    """Halves of a child, the day the threshold was raised, no children, and gaps on both sides."""
    check(as_engine(all_rows(), engine), expected)


@pytest.mark.spark
def test_10_000_rows_give_what_whole_number_arithmetic_gives_on_spark(expected, spark):
    """The same on Spark."""
    check(as_engine(all_rows(), Engine.PYSPARK, spark=spark), expected)


@pytest.mark.long
def test_the_random_rows_have_what_they_are_to_have():
    """Exact halves at both thresholds, every reason, nobody at all, and gaps on both sides at once."""
    halves = all_rows().filter((pl.col("population") * 10 % 10_000 == 5_000) & (pl.col("day") >= RAISED))
    assert halves.height > 50
    assert set(all_rows()["withheld"]) == {None, *(reason.value for reason in Withheld)}
    assert all_rows().filter(population=0).height > 50
    assert all_rows().filter(pl.col("population").is_null() & ~pl.col("withheld").is_null()).height > 50


@ON_EVERY_ENGINE
def test_the_printed_numbers_on_every_engine(engine):
    """127 and 95 on the population as first published, 122 and 90 on the rebased; 89 and 57 before the change."""
    frame = as_engine(pl.concat([BUCKS, table(("825", AUGUST, 32, None, 126_804, FIRST))]), engine)
    values = [
        {(r.period.start, r.dims[0][1]): r.number for r in measure(frame)}
        for measure in (uasc.threshold_by_area, uasc.headroom_by_area)
    ]
    assert values == [
        {(OCTOBER, FIRST): 127, (OCTOBER, REBASED): 122, (AUGUST, FIRST): 89},
        {(OCTOBER, FIRST): 95, (OCTOBER, REBASED): 90, (AUGUST, FIRST): 57},
    ]


@ON_EVERY_ENGINE
@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.__name__)
def test_an_empty_frame_gives_empty_readings_of_its_own_kind(measure, engine):
    """Lazy in, lazy out, and no rows."""
    found = measure(as_engine(BUCKS.clear(), engine), source=EXAMPLE)
    assert (found.engine, found.by, found.source, len(found)) == (engine, ("vintage",), EXAMPLE, 0)


def test_a_share_has_its_parts_and_no_interval():
    """32 of 126,804: everyone is counted, so that nothing is uncertain by chance."""
    reading = uasc.share_reached_by_area(BUCKS).at(vintage=FIRST)
    assert (reading.numerator, reading.denominator, reading.interval) == (32, 126_804, None)
    assert reading.number == pytest.approx(0.0252358)


def test_an_authority_past_the_threshold_has_a_headroom_below_0():
    """Kent's children were several times its threshold: here 200 of 100,000, against 100."""
    frame = table(("886", OCTOBER, 200, None, 100_000, FIRST))
    assert uasc.headroom_by_area(frame).at().number == -100


@settings(max_examples=15)
@given(frame=frames(uasc.UnaccompaniedByArea, max_rows=15))
def test_headroom_is_the_threshold_less_the_children(frame):
    """For every frame that keeps the schema, wherever both are told."""
    numbers, left = said(uasc.threshold_by_area(frame)), said(uasc.headroom_by_area(frame))
    for area, day, children, _, _, vintage in frame.select(list(SCHEMA)).iter_rows():
        key = area, day, vintage
        if not isinstance(left[key], str):
            assert left[key] == numbers[key] - children


@settings(max_examples=15)
@given(people=st.integers(1, 10_000_000), part=st.integers(0, 100))
def test_the_table_and_the_object_agree(people, part):
    """The same number from `threshold` and from `threshold_by_area`, on both sides of the change."""
    for day in (AUGUST, OCTOBER):
        one = uasc.ChildPopulation(
            mid_year=Snapshot("30 June 2020"), count=quantity(people, "child"), vintage=FIRST, source=EXAMPLE
        )
        frame = table((None, day, min(part, people), None, people, FIRST))
        assert uasc.threshold_by_area(frame).at().value == uasc.threshold(one, at=day).number


# Published


@pytest.fixture(scope="module")
def both(published):
    """Every authority's unaccompanied children of 31 March 2016, 2022 and 2023, and its children of mid-2020 in both vintages."""
    lait = pl.read_parquet(published / "lait" / "bds_long_0.parquet").filter(
        (pl.col("Short Desc") == "Unacc_Asylmn_Seek_Childn") & pl.col("Years").is_in(["2016", "2022", "2023"])
    )
    rows = []
    known = {row["old_la_code"] for row in pl.read_csv(
        published / "population" / "ons_mid-year_population_estimates_2012_to_2024.csv", infer_schema=False
    ).iter_rows(named=True)}  # fmt: skip
    for row in lait.filter(pl.col("LA Number").is_not_null()).iter_rows(named=True):
        area, value = str(int(row["LA Number"])), row["Values"]
        if area not in known:
            continue
        number = float(value) if value.replace(".", "").isdigit() else Withheld.read(value)
        period = Snapshot(dt.date(int(row["Years"]), 3, 31))
        rows.append(Reading.of(uasc.LOOKED_AFTER, number, area=area, period=period, source=uasc.LOOKED_AFTER_AT_31_MARCH))
    folder = published / "population"
    first = demand.read_population_by_age(
        folder / "ons_mid2020_single_year_of_age_unrebased.csv", mid_year=2020, source=demand.CHILDREN_AT_MID_2020_UNREBASED
    )
    rebased = demand.read_mid_year_population(
        folder / "ons_mid-year_population_estimates_2012_to_2024.csv", source=demand.CHILDREN_TO_MID_2024
    )
    return Readings.of(rows), {FIRST: first, REBASED: rebased}


def test_the_published_children_beside_the_published_population(both):
    """Buckinghamshire's 28 of March 2022, at 0.07%, and 71 of March 2023, at 0.10%: 89 less 28, 127 less 71, and rebased."""
    children, populations = both
    since = Readings.of(r for r in children if r.period.start >= dt.date(2017, 3, 31))
    left = {}
    for vintage, population in populations.items():
        beside = uasc.beside_children(since, population=population, mid_year=Snapshot("30 June 2020"), vintage=vintage)
        for reading in uasc.headroom_by_area(beside):
            if reading.area == "825" and reading.period.start.year in {2022, 2023}:
                left[vintage, reading.period.start.year] = reading.number
    assert left == {(FIRST, 2022): 61, (FIRST, 2023): 56, (REBASED, 2022): 58, (REBASED, 2023): 51}


def test_for_most_authorities_the_vintage_makes_another_number(both, published):
    """Counted over the authorities that both files have under one code, beside plain arithmetic on the files themselves."""
    folder = published / "population"
    with (folder / "ons_mid2020_single_year_of_age_unrebased.csv").open(encoding="utf-8") as file:
        first = {row["code"]: sum(float(row[f"age_{age}"]) for age in range(18)) for row in csv.DictReader(file)}
    with (folder / "ons_mid-year_population_estimates_2012_to_2024.csv").open(encoding="utf-8-sig") as file:
        of_2020 = [row for row in csv.DictReader(file) if row["time_period"] == "2020" and row["new_la_code"] in first]
    rebased = {row["old_la_code"]: (first[row["new_la_code"]], float(row["population_estimate"])) for row in of_2020}
    by_hand = {area: tuple(math.floor(people / 1000 + 0.5) for people in pair) for area, pair in rebased.items()}
    found = {area: [] for area in by_hand}
    for vintage, population in both[1].items():
        mid_2020 = {r.area: r.number for r in population.where(period=Snapshot("30 June 2020"))}
        rows = [(area, OCTOBER, 0, None, int(mid_2020[area]), vintage) for area in by_hand]
        for reading in uasc.threshold_by_area(table(*rows)):
            found[reading.area].append(int(reading.number))
    assert {area: tuple(pair) for area, pair in found.items()} == by_hand
    assert by_hand["825"] == (127, 122)
    differ = sum(one != other for one, other in by_hand.values())
    assert len(by_hand) > 140
    assert differ > len(by_hand) / 2


def test_days_before_the_scheme_are_refused_with_their_count(both):
    """31 March 2016 is before 1 July 2016: every authority's row of that day is counted."""
    children, populations = both
    before = sum(1 for r in children if r.period.start == dt.date(2016, 3, 31))
    with pytest.raises(FrameProblems, match=rf"before the threshold came into force, on 1 July 2016 \({before} rows\)"):
        uasc.beside_children(children, population=populations[REBASED], mid_year=Snapshot("30 June 2020"), vintage=REBASED)


# Side by side


def readings(number=32, area="825", day=OCTOBER, indicator=uasc.LOOKED_AFTER):
    """One reading of unaccompanied children."""
    return Readings.of([Reading.of(indicator, number, area=area, period=Snapshot(day))])


MID_2020 = Snapshot("30 June 2020")
ALL = Readings.of(
    [
        Reading.of(demand.CHILDREN_AT_MID_YEAR, number, area=area, period=Snapshot(day))
        for area, number, day in [("825", 126_804, "30 June 2020"), ("825", 1, "30 June 2021"), (None, 50_000, "30 June 2020")]
    ]
)


@ON_EVERY_ENGINE
def test_readings_side_by_side_on_every_engine(engine):
    """Of the mid-year that is named and no other; the caller's own area is found, and one that is not there is a gap."""
    three = Readings.concat([readings(), readings(5, None), readings(7, "826")])
    mine = Readings.from_frame(as_engine(three.frame, engine), indicators=three.indicators)
    beside = uasc.beside_children(mine, population=ALL, mid_year=MID_2020, vintage=FIRST)
    found = uasc.headroom_by_area(beside)
    assert found.engine is engine
    assert {r.area: r.number if r.withheld is None else r.withheld for r in found} == {
        "825": 95, None: 45, "826": Withheld.NOT_AVAILABLE,
    }  # fmt: skip


def test_two_lazy_engines_are_not_mixed():
    """DuckDB beside lazy polars."""
    mine = Readings.from_frame(as_engine(readings().frame, Engine.DUCKDB), indicators=uasc.LOOKED_AFTER)
    theirs = Readings.from_frame(ALL.frame.lazy(), indicators=demand.CHILDREN_AT_MID_YEAR)
    with pytest.raises(EngineMismatch):
        uasc.beside_children(mine, population=theirs, mid_year=MID_2020, vintage=FIRST)


def test_what_is_no_such_readings_is_refused_by_the_name_of_its_argument():
    """Former unaccompanied children are no children here either."""
    good = {"population": ALL, "mid_year": MID_2020, "vintage": FIRST}
    former = readings(68, indicator=uasc.FORMER_UNACCOMPANIED)
    for wrong in (None, 5, BUCKS, former, uasc.threshold_by_area(BUCKS)):
        with pytest.raises(InvalidValue, match="children"):
            uasc.beside_children(wrong, **good)
    flow = Readings.of([Reading.of(demand.REFERRALS, 5, area="825", period=FinancialYear("2021-22"))])
    for name, wrong in [
        ("population", None), ("population", flow), ("population", BUCKS), ("mid_year", 2020), ("mid_year", None),
        ("vintage", ""), ("vintage", None), ("vintage", 2020),
    ]:  # fmt: skip
        with pytest.raises(InvalidValue, match=name):
            uasc.beside_children(readings(), **good | {name: wrong})


# Refused


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.__name__)
@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("825", OCTOBER, None, None, 5, FIRST), "neither a count"),
        (("825", OCTOBER, 1, "c", 5, FIRST), "neither a count"),
        (("825", OCTOBER, 6, None, 5, FIRST), "more unaccompanied children than children"),
        (("825", OCTOBER, -1, None, 5, FIRST), "children"),
        (("825", OCTOBER, None, "..", 5, FIRST), "withheld"),
        (("825", dt.date(2016, 6, 30), 1, None, 5, FIRST), "before the threshold"),
        (("825", OCTOBER, 1, None, 5, None), "vintage"),
        (("825", OCTOBER, 1, None, 5, ""), "vintage"),
    ],
)
def test_a_row_that_cannot_be_is_refused(measure, row, says):
    """With a count of rows."""
    with pytest.raises(FrameProblems, match=says):
        measure(table(row))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.__name__)
def test_what_is_no_frame_and_what_lacks_a_column_is_refused(measure):
    """And the same area, day and vintage twice."""
    for wrong in (None, 5, "frame", object()):
        with pytest.raises(UnsupportedFrame):
            measure(wrong)
    with pytest.raises(FrameProblems, match="vintage"):
        measure(BUCKS.drop("vintage"))
    with pytest.raises(FrameProblems):
        measure(pl.concat([BUCKS, BUCKS]))
    with pytest.raises(FrameProblems):
        measure(BUCKS.with_columns(population=pl.lit(126_804.5)))


@pytest.mark.parametrize("wrong", [None, 1, "nearest", object()])
def test_a_rounding_is_one_of_three(wrong):
    """By the name of its argument."""
    for measure in (uasc.threshold_by_area, uasc.headroom_by_area):
        with pytest.raises(InvalidValue, match="rounding"):
            measure(BUCKS, rounding=wrong)


def test_no_cell_is_in_an_error():
    """A token in every cell of text, and a number that breaks a rule."""
    token, number = "Zebedee" + "Quux", 77_190_823
    bad = table((token, OCTOBER, number, token, 5, token), (token, OCTOBER, number, token, 5, token))
    for frame in (bad, as_engine(bad, Engine.PANDAS), as_engine(bad, Engine.DUCKDB)):
        for measure in MEASURES:
            with pytest.raises(BucksError) as caught:
                measure(frame)
            error = caught.value
            shown = f"{error} {error!r} {error.args} {error.fields}"
            assert token not in shown
            assert str(number) not in shown
            assert error.__cause__ is None
            assert error.__context__ is None


def test_duckdb_runs_where_the_data_is():
    """The result is a relation, and nothing more than the validation has run."""
    relation = duckdb.from_arrow(BUCKS.to_arrow())
    assert isinstance(uasc.headroom_by_area(relation).frame, duckdb.DuckDBPyRelation)


def test_unaccompanied_children_are_no_population_of_themselves():
    """32 beside 32 would be a share of 100%."""
    here = Readings.of([Reading.of(uasc.LOOKED_AFTER, 32, area="825", period=Snapshot("31 March 2023"))])
    with pytest.raises(InvalidValue, match="population: expected readings of one count of all children"):
        uasc.beside_children(here, population=here, mid_year=Snapshot("31 March 2023"), vintage="none")


def test_the_definitions_say_how_the_number_is_made_whole():
    """A reading does not: 122.495 is 122 to the nearest and 123 up, of which the one leaves 90 and the other 91."""
    for definition in (uasc.THRESHOLD, uasc.HEADROOM):
        assert "to the nearest child, unless another rounding is asked for" in definition.counts
