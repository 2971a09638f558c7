"""Totals, profile and gap of a tracker: the same as the objects' on every engine, and against plain loops."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict

import attrs
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.frames.engine import Engine, collect, engine_of, enter
from bucks_cs.indicators import Interval, Withheld
from bucks_cs.periods import CalendarYear, FinancialYear
from bucks_cs.record import pressures, savings_lines
from bucks_cs.savings import (
    Basis,
    PlanPressures,
    Pressure,
    PrintedSign,
    Recurrence,
    SavingsTracker,
    annual_level,
    gap,
    in_pence,
    mark_tracker_gap,
    pounds,
    read_tracker,
    total_cash,
    total_level,
    tracker_gap,
    tracker_of_lines,
    tracker_profile,
    tracker_total_cash,
    tracker_total_level,
)
from bucks_cs.testing import as_engine
from made_up_savings import SAID, TOKEN, YEARS, lines

ENGINES = [engine for engine in Engine if engine is not Engine.PYSPARK]
Y23, Y24, Y25 = (FinancialYear.starting(year) for year in (2023, 2024, 2025))


def said(readings):
    """Each reading by its key, period and dims: pounds, the reason there are none, and the bounds."""
    found = {}
    for one in readings.collect():
        value = one.value if isinstance(one.value, Withheld) else float(one.value.magnitude)
        ends = tuple(None if end is None else float(getattr(end, "magnitude", end)) for end in (one.lower, one.upper))
        found[one.indicator.key, one.period, one.dims] = (value, *ends)
    return found


def frame_of(made, engine=Engine.POLARS):
    """Lines as a frame of an engine."""
    return as_engine(tracker_of_lines(made).frame, engine)


# One definition: frames and objects agree


@pytest.mark.wide
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_levels_are_those_of_the_objects_line_by_line(engine):
    """90 lines of every basis, recurrence and gap, with figures of no named year: value, bounds or reason, to the penny."""
    made = lines(825, 90)
    frame = SavingsTracker.conform(frame_of(made, engine))
    for years in (YEARS[2:5], [YEARS[0], FinancialYear("2028-29")]):
        assert said(tracker_total_level(frame, years=years, by="line")) == said(total_level(made, years=years, by="line"))


@pytest.mark.wide
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_cash_is_that_of_the_objects_line_by_line(engine):
    """Over all the years, some of them, and one."""
    made = lines(826, 90)
    frame = SavingsTracker.conform(frame_of(made, engine))
    for first, last in ((0, 7), (3, 5), (7, 7)):
        asked = {"first": YEARS[first], "last": YEARS[last], "by": "line"}
        assert said(tracker_total_cash(frame, **asked)) == said(total_cash(made, **asked))


@given(st.integers(0, 10**6), st.sets(st.sampled_from(YEARS), min_size=1, max_size=3))
@settings(max_examples=5)
def test_totals_by_any_part_of_a_line_are_those_of_the_objects(seed, years):
    """By nothing, kind, status, and programme with cost centre, of which some are not stated."""
    made = lines(seed, 10)
    frame = tracker_of_lines(made)
    for by in ((), "kind", "status", ("programme", "cost_centre")):
        assert said(tracker_total_level(frame, years=years, by=by)) == said(total_level(made, years=years, by=by))


def test_the_line_of_the_document_gives_both_readings():
    """By hand: 332 + 2,331 + 2,883 = 5,546; as cash 332 + 2,663 + 5,546 = 8,541, or 332 + 2,331 + 2,883 = 5,546 thousand."""
    tracker = tracker_of_lines(savings_lines().line("locality-based-model"))
    level = tracker_total_level(tracker, years=Y25).at()
    assert (level.value, level.lower.magnitude, level.upper.magnitude) == (Withheld.UNRESOLVED, 2_883_000, 5_546_000)
    assert level.interval is Interval.BOUNDS
    cash = tracker_total_cash(tracker, first=Y23, last=Y25).at()
    assert (cash.lower.magnitude, cash.upper.magnitude) == (5_546_000, 8_541_000)


# Against plain loops, which know nothing of the library


def every_level(one):
    """All the levels, year by year, that a line can mean: each way to read it and each way to place its open figure."""
    bases = [one.basis] if one.basis is not Basis.UNSTATED else [Basis.INCREMENTAL, Basis.CUMULATIVE]
    recurrences = [Recurrence.RECURRING, Recurrence.ONE_OFF] if one.recurrence is Recurrence.UNSTATED else [one.recurrence]
    own = {year: in_pence(saving) for year, saving in one.by_year.items()}
    later = YEARS[YEARS.index(one.unplaced.after) + 1 :] if one.unplaced else []
    for basis, recurrence, placed in itertools.product(bases, recurrences, [None, *later]):
        figures = own | ({placed: in_pence(one.unplaced.saving)} if placed else {})
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


@pytest.mark.wide
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_what_a_year_adds_is_the_least_and_the_most_of_every_way_to_read_the_line(engine):
    """Against every reading and every year the open figure can fall in, tried one by one; the level is beside it."""
    made = lines(827, 80, gaps=False)
    made = [one for one in made if one.base_year is None or not one.amounts or one.first_year == one.base_year.next()]
    found = said(tracker_profile(frame_of(made, engine), years=YEARS[1:], by="line"))
    for one in made:
        every = list(every_level(one))
        for place, year in enumerate(YEARS[1:], start=1):
            steps = [levels[place] - levels[place - 1] for levels in every]
            value, low, high = found["savings.added_in_year", year, (("line", one.key),)]
            if min(steps) == max(steps):
                assert round(value * 100) == steps[0]
            else:
                assert value is Withheld.UNRESOLVED
                assert (round(low * 100), round(high * 100)) == (min(steps), max(steps))
            level = annual_level(one, year=year)
            value, low, high = found["savings.total_level", year, (("line", one.key),)]
            ends = (value, value) if low is None else (low, high)
            assert ends == (float(level.lower.magnitude), float(level.upper.magnitude))


def test_what_a_year_adds_rests_on_both_years():
    """Cumulative, with a gap in 2024-25, neither that year's step nor the next one's is known; incremental, none after it."""
    long = pl.DataFrame({
        "line": ["a"] * 3, "description": "A", "programme": "P", "recurrence": "recurring", "basis": "cumulative",
        "base_year": "2022-23", "financial_year": ["2023-24", "2024-25", "2025-26"], "pence": [100, None, 300],
    })  # fmt: skip
    years = [Y23, Y24, Y25, Y25.next()]
    found = said(tracker_profile(long, years=years))
    added, level = ([found[key, year, ()][0] for year in years] for key in ("savings.added_in_year", "savings.total_level"))
    assert added == [1.0, Withheld.NOT_AVAILABLE, Withheld.NOT_AVAILABLE, 0.0]
    assert level == [1.0, Withheld.NOT_AVAILABLE, 3.0, 3.0]
    summed = long.with_columns(basis=pl.lit("incremental"), base_year=pl.lit(None, dtype=pl.String))
    found = said(tracker_profile(summed, years=years))
    assert [found["savings.added_in_year", year, ()][0] for year in years] == [1.0, *[Withheld.NOT_AVAILABLE] * 3]


def ten_thousand():
    """Random rows of lines over ten years: every basis and recurrence, a third of them unstated, with groups."""
    draw = random.Random(20230222)
    rows = []
    for number in range(1_000):
        basis, recurrence = draw.choice(["incremental", "cumulative", None]), draw.choice(["recurring", "one-off", None])
        of_line = {
            "line": f"L{number}", "description": "A", "programme": draw.choice("PQR"), "kind": draw.choice(["income", None]),
            "basis": basis, "base_year": "2014-15" if basis == "cumulative" else None, "recurrence": recurrence,
        }  # fmt: skip
        rows += [
            {**of_line, "financial_year": f"{year}-{(year + 1) % 100:02}", "pence": draw.randint(-(10**9), 10**9)}
            for year in range(2015, 2025)
        ]
    draw.shuffle(rows)
    return rows


@pytest.fixture(scope="module")
def ledger():
    """The rows, and what a loop says of each group and year: the least and the most, in pence."""
    rows = ten_thousand()
    by_line = defaultdict(dict)
    for row in rows:
        by_line[row["line"]][row["financial_year"]] = row
    totals = defaultdict(lambda: [0, 0])
    for years in by_line.values():
        running = 0
        for label, row in sorted(years.items()):
            running += row["pence"]
            ways = []
            if row["recurrence"] != "one-off":
                ways += [running] if row["basis"] != "cumulative" else []
                ways += [row["pence"]] if row["basis"] != "incremental" else []
            if row["recurrence"] != "recurring":
                ways += [row["pence"]]
            ends = totals[row["programme"], row["kind"], label]
            ends[0] += min(ways)
            ends[1] += max(ways)
    return pl.DataFrame(rows, infer_schema_length=None), dict(totals)


def same_as_the_ledger(frame, totals):
    """Whether each group and year has the loop's pounds."""
    years = [FinancialYear.starting(2015 + n) for n in range(10)]
    found = said(tracker_total_level(frame, years=years, by=("programme", "kind")))
    assert len(found) == len(totals)
    for (programme, kind, label), (low, high) in totals.items():
        value, lower, upper = found["savings.total_level", FinancialYear(label), (("programme", programme), ("kind", kind))]
        ends = (value, value) if low == high else (lower, upper)
        assert tuple(round(end * 100) for end in ends) == (low, high)
        assert ends == (low / 100, high / 100)
    return True


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_rows_come_to_what_a_loop_says(ledger, engine):
    """To the penny, and to the last digit of the float nearest to it."""
    frame, totals = ledger
    assert same_as_the_ledger(as_engine(frame, engine), totals)


@pytest.mark.spark
def test_ten_thousand_rows_come_to_what_a_loop_says_on_spark(ledger, spark):
    """The same call on a Spark frame, which stays lazy; a wide tracker, its gap and its way back too."""
    frame, totals = ledger
    assert same_as_the_ledger(spark.createDataFrame(frame.to_arrow()), totals)
    from bucks_cs.savings import as_tracker
    from made_up_savings import KEPT

    tracker = read_tracker(spark.createDataFrame(KEPT.to_arrow()), sign=PrintedSign.BELOW_ZERO)
    local = read_tracker(KEPT, sign=PrintedSign.BELOW_ZERO)
    columns = ["line", "financial_year", "pence"]
    assert collect(tracker.lazy.select(columns).sort(columns[:2])).equals(local.frame.select(columns))
    assert collect(enter(as_tracker(tracker))[0]).sort("Ref").equals(as_tracker(local))
    needed = pl.DataFrame({"financial_year": ["2023-24"], "against": "the plan", "pence": [10**8]})
    assert said(tracker_gap(tracker, pressures=needed)) == said(tracker_gap(local, pressures=needed))


# Properties


@given(st.integers(0, 10**6), st.sampled_from(["£", "£'000", "£m"]), st.sampled_from(PrintedSign))
@settings(max_examples=5)
def test_totals_do_not_depend_on_order_scale_or_sign(seed, unit, sign):
    """One tracker, shuffled, and written in another unit with the other sign: the same readings."""
    draw = random.Random(seed)
    pence = [[draw.randint(-(10**9), 10**9) for _ in range(3)] for _ in range(6)]
    made = []
    times = {"£": 1, "£'000": 1_000, "£m": 10**6}
    for heading, of_saving in (("£", PrintedSign.ABOVE_ZERO), (unit, sign)):
        signed, factor = 1 if of_saving is PrintedSign.ABOVE_ZERO else -1, times[heading]
        wide = {"Ref": [f"S{n}" for n in range(6)], "description": "A", "Programme": ["P", "Q"] * 3}
        wide |= {f"{year} {heading}": [signed * row[n] / (100 * factor) for row in pence] for n, year in enumerate(YEARS[:3])}
        shuffled = pl.DataFrame(wide).sample(fraction=1, shuffle=True, seed=seed + len(made))
        made.append(read_tracker(shuffled, sign=of_saving))
    one, other = (said(tracker_profile(tracker, years=YEARS[:4], by="programme")) for tracker in made)
    assert one == other


def test_no_penny_is_lost():
    """A thousand lines of 10 pence are £100, and of £0.29 are £290, which floats that are added do not give."""
    for pence in (10, 29):
        said_of_all = {"description": "A", "programme": "P", "basis": "incremental", "recurrence": "recurring"}
        said_of_all |= {"financial_year": "2023-24", "pence": pence}
        long = pl.DataFrame({"line": [f"L{n}" for n in range(1_000)], **said_of_all})
        assert tracker_total_level(long, years=Y23).at().number == pence * 10


@pytest.mark.parametrize("engine", ENGINES)
def test_the_callers_own_kind_comes_back_and_lazy_stays_lazy(engine):
    """Readings of the engine that came in, from a frame and from one that is checked."""
    frame = frame_of(lines(1, 20), engine)
    checked = SavingsTracker.conform(frame)
    for found in (
        tracker_total_level(frame, years=Y23),
        tracker_total_cash(checked, first=Y23, last=Y24),
        tracker_profile(checked, years=Y23),
        tracker_gap(checked, pressures=pressures()[1]),
    ):
        assert found.engine is engine
        assert found.is_lazy == engine.is_lazy
    assert engine_of(mark_tracker_gap(frame, year=Y23)) is engine


def test_an_empty_tracker_comes_to_nothing():
    """No lines: £0, and no group."""
    empty = tracker_of_lines(lines(1, 1)).frame.clear()
    assert tracker_total_level(empty, years=Y23).at().number == 0.0
    assert len(tracker_total_level(empty, years=Y23, by="programme")) == 0
    assert tracker_gap(empty, pressures=pressures()[1]).at(indicator="savings.remaining").number == 13_300_000


# The gap


def same_as_gap(readings, pressure, every):
    """Whether the four amounts are those of `gap`, where it can tell."""
    found = gap(pressure, lines=every, year=pressure.year)
    amounts = {"pressure": found.pressure, "total_level": found.savings, "closes": found.closes, "remaining": found.remaining}
    for key, amount in amounts.items():
        one = readings.at(indicator=f"savings.{key}", period=pressure.year, against=pressure.against)
        low, high = (amount.lower, amount.upper) if hasattr(amount, "lower") else (amount, amount)
        ends = (one.value, one.value) if one.lower is None else (one.lower, one.upper)
        assert tuple(float(getattr(end, "magnitude", end)) for end in ends) == (float(low.magnitude), float(high.magnitude))
    return True


@pytest.mark.wide
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.DUCKDB])
def test_the_gap_is_that_of_the_objects(engine):
    """Lines counted already, that avoid a cost or are not achievable, and some of which nobody has said; two plans, two years."""
    made = [one for one in lines(3, 40, gaps=False) if not one.gaps]
    asked = [
        Pressure(description="p", year=year, amount=pounds(n * 10**7), against=plan, source=SAID)
        for n, (year, plan) in enumerate(itertools.product((YEARS[3], YEARS[5]), ("A", "B")))
    ]
    found = tracker_gap(frame_of(made, engine), pressures=asked).collect()
    assert all(same_as_gap(found, pressure, made) for pressure in asked)


def test_the_gap_of_the_document_stays_open():
    """£13.3m against the original plan: between £11.958m and all of it is left, as `gap` says; £5m is against another plan."""
    made = [attrs.evolve(line, status=None) for line in savings_lines()]
    found = tracker_gap(tracker_of_lines(made), pressures=pressures())
    over, increase = pressures()
    left = found.at(indicator="savings.remaining", period=increase.year, against=increase.against)
    assert (left.lower.magnitude, left.upper.magnitude) == (11_958_000, 13_300_000)
    assert found.at(indicator="savings.pressure", against=over.against).number == 5_000_000


PRESSED = pl.DataFrame({
    "financial_year": ["2023-24", "2023-24", "2023-24", "2024-25"], "against": ["A", "A", "B", "A"], "pence": [100, 200, 50, 70],
    "cost_centre": ["CC1", None, "CC1", "CC9"],
})  # fmt: skip
LINES = pl.DataFrame({
    "line": ["a", "b", "c"], "description": "A", "programme": "P", "cost_centre": ["CC1", "CC2", None], "kind": "cashable",
    "already_counted_in": "nothing", "basis": "incremental", "recurrence": "recurring", "financial_year": "2023-24",
    "pence": [10, 20, 40],
})  # fmt: skip


@pytest.mark.wide
@pytest.mark.parametrize("engine", ENGINES)
def test_a_gap_by_cost_centre_has_every_group_of_both(engine):
    """By hand: 100 - 10 in CC1, 200 - 40 where none is recorded; CC2 has no pressure, so that what is left is not known."""
    found = tracker_gap(as_engine(LINES, engine), pressures=as_engine(PRESSED, engine), by="cost_centre").collect()

    def number(key, centre, plan="A", year=Y23):
        one = found.at(indicator=f"savings.{key}", period=year, against=plan, cost_centre=centre)
        return one.value if isinstance(one.value, Withheld) else round(one.number * 100)

    assert [number("remaining", centre) for centre in ("CC1", None, "CC2", "CC9")] == [90, 160, *[Withheld.NOT_AVAILABLE] * 2]
    assert [number("closes", centre) for centre in ("CC1", None, "CC2", "CC9")] == [10, 40, 20, 0]
    assert number("remaining", "CC1", plan="B") == 40
    assert number("remaining", "CC9", year=Y24) == 70
    assert number("total_level", "CC1", year=Y24) == 10


@pytest.mark.wide
@pytest.mark.parametrize("engine", [Engine.PANDAS, Engine.DUCKDB])
def test_the_lines_behind_a_gap_say_why_they_close_none_of_it(engine):
    """The reasons that `gap` gives, line by line, and the least and the most of each."""
    made = [one for one in lines(9, 60, gaps=False) if not one.gaps]
    pressure = Pressure(description="p", year=YEARS[4], amount=pounds(1), against="A", source=SAID)
    rows = {row["line"]: row for row in collect(enter(mark_tracker_gap(frame_of(made, engine), year=YEARS[4]))[0]).to_dicts()}
    left_out = {line: row["left_out"] for line, row in rows.items() if row["left_out"]}
    assert left_out == dict(gap(pressure, lines=made, year=YEARS[4]).left_out)
    for one in made:
        alone = gap(pressure, lines=[one], year=YEARS[4])
        row = rows[one.key]
        assert (row["closes_least"], row["closes_most"]) == (in_pence(alone.closes.lower), in_pence(alone.closes.upper))
        assert (row["level_least"], row["level_most"]) == (in_pence(alone.savings.lower), in_pence(alone.savings.upper))
        assert not row["rests_on_a_gap"]


def test_a_line_with_a_gap_has_no_amounts_behind_it():
    """It says that it rests on one."""
    long = LINES.vstack(LINES.with_columns(financial_year=pl.lit("2025-26")))
    rows = mark_tracker_gap(long, year=Y24)
    assert rows["rests_on_a_gap"].to_list() == [True, True, True]
    assert rows["level_least"].null_count() == 3


# Refused


def test_groups_are_of_the_line():
    """No year, no figure, nothing that differs within a line, and no column that is not there; a further column is one."""
    two = LINES.vstack(LINES.with_columns(financial_year=pl.lit("2024-25"))).with_columns(
        team=pl.lit("T"), note=pl.col("financial_year")
    )
    assert len(tracker_total_level(two, years=Y23, by="team")) == 1
    checked = SavingsTracker.conform(two)
    for by in ("financial_year", "pence", "as_printed", ["line", "line"], "value", 5):
        for frame in (two, checked):
            with pytest.raises((InvalidValue, UnknownColumn)):
                tracker_total_level(frame, years=Y23, by=by)
    for frame in (two, checked, checked):
        with pytest.raises(FrameProblems) as caught:
            tracker_total_level(frame, years=Y23, by="note")
        assert [(problem.column, problem.rows) for problem in caught.value.problems] == [("note", 3)]
    with pytest.raises(UnknownColumn):
        tracker_total_level(two, years=Y23, by="owners")


@pytest.mark.parametrize("nonsense", [None, 2023, "2023-24", [], [Y23, "2024-25"], CalendarYear(2023), object()])
def test_years_that_are_none_are_refused_by_name(nonsense):
    """For each calculation, by the name of its argument."""
    with pytest.raises(InvalidValue, match="years"):
        tracker_total_level(LINES, years=nonsense)
    with pytest.raises(InvalidValue, match="years"):
        tracker_profile(LINES, years=nonsense)
    with pytest.raises(InvalidValue, match="year"):
        mark_tracker_gap(LINES, year=nonsense)
    with pytest.raises(InvalidValue, match=r"first|last"):
        tracker_total_cash(LINES, first=nonsense, last=Y23)


def test_cash_of_years_out_of_order_is_refused():
    """The last before the first."""
    with pytest.raises(InvalidValue, match="last"):
        tracker_total_cash(LINES, first=Y24, last=Y23)


@pytest.mark.parametrize("nonsense", [None, 5, TOKEN, [], [5], (), object()])
def test_pressures_that_are_none_are_refused(nonsense):
    """Neither a frame nor pressures."""
    with pytest.raises((InvalidValue, UnsupportedFrame)):
        tracker_gap(LINES, pressures=nonsense)


def test_pressures_keep_their_rules():
    """A year, a plan and pence, each refused by its name; none at all; columns of another type."""
    wrong = {"financial_year": pl.lit("2023"), "against": pl.lit(""), "pence": pl.lit(None, dtype=pl.Int64)}
    for column, value in wrong.items():
        with pytest.raises(FrameProblems) as caught:
            PlanPressures.conform(PRESSED.with_columns(value.alias(column)))
        assert {problem.column for problem in caught.value.problems} == {column}
    with pytest.raises(InvalidValue, match="pressures"):
        tracker_gap(LINES, pressures=PRESSED.clear())
    with pytest.raises(InvalidValue, match="cost_centre"):
        tracker_gap(LINES, pressures=PRESSED.with_columns(cost_centre=pl.lit(5)), by="cost_centre")
    with pytest.raises(UnknownColumn):
        tracker_gap(LINES, pressures=PRESSED, by="programme")
    with pytest.raises(InvalidValue):
        tracker_gap(LINES.with_columns(against=pl.lit("x")), pressures=PRESSED, by="against")


def test_pressures_of_another_engine_are_carried_over():
    """They are a small table: whatever they are in, they come to the lines; the answer is in the lines' engine."""
    for mine, other in ((Engine.POLARS, Engine.PANDAS), (Engine.PANDAS, Engine.DUCKDB), (Engine.DUCKDB, Engine.POLARS_LAZY)):
        found = tracker_gap(as_engine(LINES, mine), pressures=as_engine(PRESSED, other), by="cost_centre")
        assert found.engine is mine
        assert len(found) == 4 * 3 * 4


@pytest.mark.parametrize("engine", ENGINES)
def test_no_cell_is_shown_in_an_error(engine, caplog):
    """A name in each column in turn."""
    for column in ("financial_year", "kind", "basis", "base_year", "cost_centre"):
        bad = LINES.vstack(LINES.with_columns(financial_year=pl.lit("2024-25")))
        bad = bad.with_columns(base_year=pl.lit(None, dtype=pl.String))
        bad = bad.with_columns(pl.when(pl.int_range(pl.len()) < 2).then(pl.lit(TOKEN)).otherwise(column).alias(column))
        with pytest.raises(BucksError) as caught:
            tracker_total_level(as_engine(bad, engine), years=Y23)
        shown = [str(caught.value), repr(caught.value), repr(caught.value.args), repr(caught.value.fields), caplog.text]
        assert not any(TOKEN in text for text in shown)
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None
