"""Shares and rates with intervals, against other people's formulas, the definitions, and published figures."""

from __future__ import annotations

import math
import pickle

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bucks_cs.errors import FrameProblems, ImpossibleFigure, InvalidValue, UnknownColumn, UnsupportedFrame
from bucks_cs.rates import Estimate, Method, byar, proportion, proportions, rate, rates, wilson

LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])
CELLS = 900_913  # a number that is to be in no message


def close(number, *, to=1e-12):
    """Within a relative tolerance, and near 0 within a tiny absolute one."""
    return pytest.approx(number, rel=to, abs=1e-15)


# Frames of every engine, made from one polars frame, and read back as one.


def _duckdb(frame):
    import duckdb

    return duckdb.connect().from_arrow(frame.to_arrow())


ENGINES = {
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: frame.to_pandas(),
    "pandas with Arrow types": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
    "DuckDB": _duckdb,
}


def rows(frame):
    """A result of any engine as polars."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    kind = type(frame).__module__.split(".")[0]
    if kind == "pandas":
        return pl.from_pandas(frame)
    if kind == "pyspark":
        return pl.from_arrow(frame.toArrow())
    return pl.from_arrow(frame) if kind == "pyarrow" else frame.pl()


@pytest.fixture(params=ENGINES, ids=str)
def engine(request):
    """How to make a frame of each engine."""
    return ENGINES[request.param]


MIXED = pl.DataFrame(
    {
        "area": list("abcdefgh"),
        "events": [0, 3, 9, 10, 600, None, None, 0],
        "people": [12, 10, 20, 10, 124_000, 5, None, 0],
        "withheld": [None, None, None, None, None, "c", "low", None],
    }
)

# Wilson's interval of a share.


@given(n=st.integers(1, 10**6), part=st.floats(0, 1), confidence=LEVELS)
def test_a_share_has_the_wilson_interval_that_scipy_gives(n, part, confidence):
    """scipy.stats.binomtest is another hand's implementation of the same definition."""
    x = round(part * n)
    ours = proportion(x, n, confidence=confidence)
    theirs = stats.binomtest(x, n).proportion_ci(confidence_level=confidence, method="wilson")
    assert ours.value == x / n
    assert (ours.lower, ours.upper) == (pytest.approx(theirs.low, rel=1e-9, abs=1e-12), pytest.approx(theirs.high, rel=1e-9))


def test_one_of_four_has_a_wilson_interval_that_can_be_worked_out_by_hand():
    """With z = 1.959964, z² = 3.841459: (2 + 3.841459 ∓ 1.959964 × √(3.841459 + 3)) / (2 × 7.841459) = 0.0456, 0.6994."""
    ours = proportion(1, 4)
    assert (round(ours.lower, 4), round(ours.upper, 4)) == (0.0456, 0.6994)


@given(n=st.integers(1, 2**62), part=st.floats(0, 1), confidence=st.floats(1e-12, 1 - 1e-12))
def test_a_share_and_its_limits_are_in_order_and_between_0_and_1(n, part, confidence):
    """However many there are, and whatever the level."""
    x = min(n, round(part * n))
    ours = proportion(x, n, confidence=confidence)
    assert 0 <= ours.lower <= ours.value <= ours.upper <= 1


@given(n=st.integers(1, 2**62), confidence=LEVELS)
def test_the_limit_of_none_is_0_and_of_all_is_1_exactly(n, confidence):
    """Not nearly: an interval that began at 1e-17 would print as if there were some."""
    assert proportion(0, n, confidence=confidence).lower == 0
    assert proportion(n, n, confidence=confidence).upper == 1


@given(n=st.integers(1, 10**15), part=st.floats(0, 1))
def test_the_interval_of_those_without_is_the_mirror_of_those_with(n, part):
    """1 − p has the limits 1 − upper and 1 − lower, as the formula is symmetric in x and n − x."""
    x = round(part * n)
    with_, without = proportion(x, n), proportion(n - x, n)
    assert with_.lower == pytest.approx(1 - without.upper, abs=1e-14)


# Byar's interval of a rate, and the exact one.


def test_a_hundred_events_have_byars_lower_limit_of_81_36210549():
    """The lower limit as the test of a public Python version of PHEindicatormethods has it."""
    assert rate(100, 1, per=1).lower == close(81.36210549052788)


def test_a_hundred_events_have_byars_upper_limit_of_121_63():
    """By hand: 101 × (1 − 1/909 + 1.959964 / (3 × 10.049876))³ = 101 × 1.0639076³ = 121.628; exact Poisson has 121.627."""
    assert rate(100, 1, per=1).upper == pytest.approx(121.628, abs=5e-4)


@given(x=st.integers(10, 10**6))
def test_byars_limits_are_within_a_fifth_of_a_percent_of_the_exact_poisson_ones(x):
    """PHE, Technical Guide: Confidence Intervals (25 May 2018): at 95%, within 0.2% for numerators of 10 or more."""
    ours = rate(x, 1, per=1)
    exact = stats.chi2.ppf(0.025, 2 * x) / 2, stats.chi2.ppf(0.975, 2 * x + 2) / 2
    assert ours.method is Method.BYAR
    assert (ours.lower, ours.upper) == pytest.approx(exact, rel=0.002)


@given(x=st.integers(0, 9), confidence=LEVELS)
def test_exact_limits_are_where_a_poisson_count_would_be_as_far_out_once_in_each_tail(x, confidence):
    """The definition, not the formula: P(X ≤ x | upper) = a/2, and P(X ≥ x | lower) = a/2 where there are events."""
    ours = rate(x, 1, per=1, confidence=confidence)
    tail = (1 - confidence) / 2
    assert ours.method is Method.EXACT
    assert stats.poisson.cdf(x, ours.upper) == pytest.approx(tail, rel=1e-9)
    if x:
        assert stats.poisson.sf(x - 1, ours.lower) == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize("x", range(10))
def test_exact_limits_are_half_the_chi_squared_percentiles(x):
    """chi2(a/2; 2x)/2 and chi2(1 − a/2; 2x + 2)/2, by scipy.stats; 0 below where there are no degrees of freedom."""
    ours = rate(x, 1, per=1)
    assert ours.lower == (close(stats.chi2.ppf(0.025, 2 * x) / 2) if x else 0)
    assert ours.upper == close(stats.chi2.ppf(0.975, 2 * x + 2) / 2)


def test_no_events_have_the_limits_0_and_3_689():
    """The upper limit is −ln(0.025) = 3.688879, since P(none) = exp(−upper)."""
    ours = rate(0, 1, per=1)
    assert (ours.value, ours.lower) == (0, 0)
    assert ours.upper == close(-math.log(0.025))


@given(x=st.integers(0, 2**62), n=st.integers(1, 2**62), per=st.integers(1, 10**6), confidence=st.floats(1e-9, 1 - 1e-16))
def test_a_rate_and_its_limits_are_in_order_and_finite(x, n, per, confidence):
    """Up to the highest level there is between 0 and 1."""
    ours = rate(x, n, per=per, confidence=confidence)
    assert 0 <= ours.lower <= ours.value <= ours.upper < math.inf


@given(x=st.integers(0, 10**6), n=st.integers(1, 10**7))
def test_a_rate_per_ten_thousand_is_ten_thousand_rates_per_one(x, n):
    """The value and both limits are in units of per."""
    one, many = rate(x, n, per=1), rate(x, n, per=10_000)
    assert (many.value, many.lower, many.upper) == close((one.value * 10_000, one.lower * 10_000, one.upper * 10_000))


def test_more_events_than_people_make_a_rate_but_no_share():
    """One child can be referred twice; a share is of a whole."""
    assert rate(12, 10, per=10).value == close(12.0)
    with pytest.raises(ImpossibleFigure, match="above out_of"):
        proportion(12, 10)


def test_nine_events_are_exact_and_ten_are_byars():
    """OHID: 'Counts of less than 10' and 'Counts of 10 or greater'."""
    assert rate(9, 100, per=1).method is Method.EXACT
    assert rate(10, 100, per=1).method is Method.BYAR


# What is refused.


@pytest.mark.parametrize("count", [1.5, True, math.nan, math.inf, "3", None, 2**64, 10**400, 1 + 2j], ids=str)
def test_a_count_that_is_no_whole_number_is_refused(count):
    """Also a bool, which is mostly a comparison that was meant to be summed."""
    for call in (lambda: proportion(count, 10), lambda: rate(count, 10, per=1), lambda: proportion(1, count)):
        with pytest.raises(InvalidValue, match="expected a whole number of 0 or more"):
            call()


def test_a_negative_count_is_refused():
    """By both, and nothing of it is repeated."""
    for call in (lambda: proportion(-CELLS, 10), lambda: rate(-CELLS, 10, per=1), lambda: proportion(0, -CELLS)):
        with pytest.raises(ImpossibleFigure, match="not below 0") as caught:
            call()
        assert str(CELLS) not in str(caught.value)


def test_nothing_to_divide_by_is_refused():
    """As scalars; in a frame it is z."""
    with pytest.raises(ImpossibleFigure, match="nothing to divide by"):
        proportion(0, 0)
    for nobody in (0, -5.0):
        with pytest.raises(ImpossibleFigure, match="nobody to divide by"):
            rate(3, nobody, per=1)
    for none in (math.nan, "1", True, math.inf):
        with pytest.raises(InvalidValue, match="population"):
            rate(3, none, per=1)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, math.nan, True, "0.95", None], ids=str)
def test_a_confidence_not_strictly_between_0_and_1_is_refused_everywhere(confidence):
    """With a word on how 95% is written."""
    frame = MIXED.lazy()
    for call in (
        lambda: proportion(1, 2, confidence=confidence),
        lambda: rate(1, 2, per=1, confidence=confidence),
        lambda: proportions(frame, count="events", out_of="people", confidence=confidence),
        lambda: rates(frame, count="events", population="people", per=1, confidence=confidence),
    ):
        with pytest.raises(InvalidValue, match=r"Write 95% as 0\.95"):
            call()


@pytest.mark.parametrize("per", [0, -1, 0.5, True, "10000", None, math.nan], ids=str)
def test_a_rate_is_per_a_whole_number_of_people(per):
    """As a scalar and for a frame."""
    for call in (lambda: rate(1, 2, per=per), lambda: rates(MIXED, count="events", population="people", per=per)):
        with pytest.raises(InvalidValue, match="the number of people a rate is per"):
            call()


def test_whole_floats_and_numbers_of_numpy_are_counts():
    """pandas makes counts floats where one is missing."""
    import numpy as np

    assert proportion(np.float64(3.0), np.int64(4)) == proportion(3, 4)
    assert rate(np.float32(3.0), 1000.5, per=1000).value == close(3000 / 1000.5)


# The estimate itself.


def test_an_estimate_is_a_sentence_of_plain_floats_that_cannot_be_changed():
    """600 / 124,000 × 10,000 = 48.387."""
    ours = rate(600, 124_000, per=10_000)
    assert str(ours) == "48.4 per 10,000 (95% confidence interval 44.6 to 52.4, Byar), 600 in a population of 124,000"
    assert str(proportion(1, 2, confidence=0.998)).startswith("50% (99.8% confidence interval ")
    assert {type(part) for part in (ours.value, ours.lower, ours.upper)} == {float}
    assert (ours.count, ours.out_of, ours.per, ours.confidence) == (600, 124_000, 10_000, 0.95)
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert isinstance(ours, Estimate)
    assert hash(ours) == hash(rate(600, 124_000, per=10_000))
    with pytest.raises(AttributeError):
        ours.value = 1.0


def test_a_share_that_is_not_all_of_them_is_not_said_to_be_100_percent():
    """9,999 of 10,000 is 99.99%. Wilson, z² = 3.841459: (19,998 + 3.841 ± 1.96 √(3.841 + 39,996 × 0.0001)) / 20,007.683:
    (20,001.841459 ± 5.489173) / 20,007.682918 = 99.943% and 99.998%.
    """
    said = "99.99% (95% confidence interval 99.9% to 99.998%, Wilson), 9,999 of 10,000"
    assert str(proportion(9_999, 10_000)) == said
    assert str(proportion(4, 10_000)).startswith("0.04% (95% confidence interval 0.02% to 0.1%, ")
    assert str(proportion(12, 12)).startswith("100% (95% confidence interval 75.8% to 100%, ")


# The same as columns.


def check_mixed(out, kind):
    """The rows of MIXED against the scalars, the gaps by their reasons."""
    out = rows(out).sort("area")
    assert out["withheld"].to_list() == [None, None, None, None, None, "c", "low", "z"]
    for events, people, *found in out.select("events", "people", "value", "lower", "upper").head(5).rows():
        want = proportion(int(events), int(people)) if kind == "share" else rate(int(events), int(people), per=10_000)
        assert found == close([want.value, want.lower, want.upper])
    assert out.tail(3).select(pl.col("value", "lower", "upper").is_null().all()).row(0) == (True, True, True)
    assert [out.schema[name] for name in ("value", "lower", "upper")] == [pl.Float64] * 3


def test_every_engine_gives_the_scalars_numbers_in_its_own_kind_of_frame(engine):
    """Counts from none to all, a gap with a reason of its own, and a denominator of 0."""
    frame = engine(MIXED)
    share = proportions(frame, count="events", out_of="people")
    per_10_000 = rates(frame, count="events", population="people", per=10_000)
    assert type(share) is type(per_10_000) is type(frame)
    assert list(rows(share).columns) == ["area", "events", "people", "withheld", "value", "lower", "upper"]
    check_mixed(share, "share")
    check_mixed(per_10_000, "rate")


@pytest.mark.spark
def test_spark_gives_the_scalars_numbers(spark):
    """Its ANSI mode stops at a division by zero even in a branch that is not chosen."""
    frame = spark.createDataFrame(MIXED.to_arrow())
    check_mixed(proportions(frame, count="events", out_of="people"), "share")
    check_mixed(rates(frame, count="events", population="people", per=10_000), "rate")
    with pytest.raises(FrameProblems, match="must not be below 0"):
        rates(spark.createDataFrame(BROKEN.to_arrow()), count="events", population="people", per=1)


PAIRS = st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=20, max_size=200)


@settings(max_examples=settings.default.max_examples // 10)
@given(pairs=PAIRS, confidence=LEVELS, on_duckdb=st.booleans())
def test_columns_are_the_scalars_row_by_row(pairs, confidence, on_duckdb):
    """On polars and on DuckDB, whose functions are not Python's; some 1,000 rows in all."""
    small = pl.DataFrame({"row": range(len(pairs)), "x": [min(x, n) for x, n in pairs], "n": [n for _, n in pairs]})
    frame = _duckdb(small) if on_duckdb else small.lazy()
    shares = rows(proportions(frame, count="x", out_of="n", confidence=confidence)).sort("row")
    per_1_000 = rows(rates(frame, count="x", population="n", per=1_000, confidence=confidence)).sort("row")
    for x, n, *found in shares.select("x", "n", "value", "lower", "upper").rows():
        want = proportion(x, n, confidence=confidence)
        assert found == close([want.value, want.lower, want.upper])
    for x, n, *found in per_1_000.select("x", "n", "value", "lower", "upper").rows():
        want = rate(x, n, per=1_000, confidence=confidence)
        assert found == close([want.value, want.lower, want.upper])


def test_a_lazy_frame_is_not_run_but_for_one_count_of_broken_rows(monkeypatch):
    """Lazy in, lazy out: one aggregate query of one row, and the answer is a plan."""
    from bucks_cs.rates import columns

    seen = []
    monkeypatch.setattr(columns, "collect", lambda lazy: seen.append(out := lazy.collect(backend="polars").to_native()) or out)
    out = proportions(MIXED.lazy(), count="events", out_of="people")
    assert isinstance(out, pl.LazyFrame)
    assert [frame.height for frame in seen] == [1]


def test_a_denominator_of_0_is_z_with_no_column_of_reasons(engine):
    """The column is made; there is nothing to divide by, so there is no other reason to give."""
    out = rows(proportions(engine(pl.DataFrame({"x": [1, 0], "n": [2, 0]})), count="x", out_of="n"))
    assert out.sort("n")["withheld"].to_list() == ["z", None]
    out = rows(rates(engine(pl.DataFrame({"x": [7], "n": [0]})), count="x", population="n", per=1))
    assert out["withheld"].to_list() == ["z"]


@pytest.mark.parametrize("reason", ["c", "u", "x", "no_history", "unresolved", "low", "z"])
def test_a_reason_that_is_given_is_kept_even_where_the_numbers_stand_beside_it(reason):
    """A figure marked as withheld is not worked out from what happens to be in the row, and every reason is before z."""
    out = proportions(pl.DataFrame({"x": [1, 0], "n": [2, 0], "withheld": [reason, reason]}), count="x", out_of="n")
    assert out["withheld"].to_list() == [reason, reason]
    assert out["value"].to_list() == [None, None]


def test_an_empty_frame_gives_an_empty_frame_with_the_columns(engine):
    """No rows, no problem."""
    out = rows(proportions(engine(MIXED.clear()), count="events", out_of="people"))
    assert out.height == 0
    assert out.columns[-3:] == ["value", "lower", "upper"]


def test_a_column_of_gaps_alone_has_no_type_and_is_taken():
    """All suppressed: the small slice of a published table."""
    out = proportions(pl.DataFrame({"x": [None], "n": [None], "withheld": ["c"]}), count="x", out_of="n")
    assert out["withheld"].to_list() == ["c"]


BROKEN = pl.DataFrame(
    {
        "events": [-1.0 * CELLS, 3.5, 1.0 * CELLS, None, 4.0, 5.0, 1.0],
        "people": [10, 10, 2, 10, None, -10, 10],
        "withheld": [None, None, None, None, None, None, f"child {CELLS}"],
    }
)


def test_everything_wrong_with_a_frame_is_said_at_once_with_counts_of_rows_and_no_cell(engine):
    """One of each: below 0, not whole, above the whole (the third and the sixth row), two gaps, and an unknown reason."""
    with pytest.raises(FrameProblems) as caught:
        proportions(engine(BROKEN), count="events", out_of="people")
    found = {(problem.column, problem.rule): problem.rows for problem in caught.value.problems}
    assert found == {
        ("events", "must be a whole number"): 1,
        ("events", "must not be below 0"): 1,
        ("people", "must not be below 0"): 1,
        ("events, people", "a share has no more than its whole"): 2,
        ("events, people", "a gap needs its reason (c, x, z, ...) in a column withheld"): 2,
        ("withheld", "must be one of c, u, x, no_history, unresolved, low, z"): 1,
    }
    assert str(CELLS) not in str(caught.value) + repr(caught.value) + repr(caught.value.args)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_rate_in_a_frame_may_be_above_its_population(engine):
    """Repeat events; all else is refused as for a share."""
    out = rows(rates(engine(pl.DataFrame({"x": [12], "n": [10.5]})), count="x", population="n", per=10))
    assert out["value"].to_list() == close([120 / 10.5])
    with pytest.raises(FrameProblems) as caught:
        rates(engine(BROKEN), count="events", population="people", per=1)
    assert not any("no more than its whole" in problem.rule for problem in caught.value.problems)


def test_not_a_number_is_no_count_and_no_population():
    """A NaN of polars is a number of its own, and no gap."""
    frame = pl.DataFrame({"x": [math.nan, 1.0, 1.0], "n": [1.0, math.nan, math.inf]})
    with pytest.raises(FrameProblems) as caught:
        rates(frame, count="x", population="n", per=1)
    assert [(p.column, p.rule, p.rows) for p in caught.value.problems] == [
        ("x", "must be a whole number", 1),
        ("n", "must be a number", 2),
    ]


def test_columns_of_text_and_names_that_the_result_takes_are_refused_before_a_query():
    """Published files hold symbols among the numbers; nothing is overwritten."""
    frame = pl.LazyFrame({"x": ["c", "5"], "n": [1, 2], "value": [0.1, 0.2]})
    with pytest.raises(FrameProblems) as caught:
        proportions(frame, count="x", out_of="n")
    assert [(problem.column, problem.rule) for problem in caught.value.problems] == [
        ("x", "must hold numbers"),
        ("value", "this name is taken by the result"),
    ]


def test_a_column_that_is_not_there_is_named_by_its_argument():
    """With the nearest there is."""
    with pytest.raises(UnknownColumn, match=r"out_of: .* Did you mean 'people'"):
        proportions(MIXED, count="events", out_of="peopel")
    with pytest.raises(UnknownColumn, match="population: "):
        rates(MIXED, count="events", population="everyone", per=1)
    with pytest.raises(InvalidValue, match="other than that it is divided by"):
        proportions(MIXED, count="events", out_of="events")
    with pytest.raises(UnsupportedFrame):
        proportions({"events": [1], "people": [2]}, count="events", out_of="people")


def test_the_expressions_are_null_where_nothing_can_be_worked_out():
    """No root of a negative number and no division by zero reaches an engine."""
    import narwhals as nw

    frame = nw.from_native(pl.DataFrame({"x": [-1, 5, 1, None], "n": [4, 4, 0, 4]}))
    shares = frame.select(*wilson(nw.col("x").alias("a"), nw.col("n"))[:1])
    assert shares.to_native().to_series().to_list() == [None] * 4
    value, lower, upper = byar(nw.col("x"), nw.col("n"), per=1)
    out = frame.select(value.alias("value"), lower.alias("lower"), upper.alias("upper")).to_native()
    assert out.select(pl.all().is_null()).rows() == [(True,) * 3, (False,) * 3, (True,) * 3, (True,) * 3]


# Published figures.


def published_rates(folder):
    """DfE's looked after children: counts, populations and rates, with the symbols in a column of their own."""
    path = folder / "children_looked_after" / "cla_number_and_rate_per_10k_children.csv"
    text = pl.read_csv(path, infer_schema_length=0)
    symbols = pl.coalesce(pl.col(name).str.extract(r"^([a-z]+)$") for name in ("children_count", "population_estimate"))
    return text.with_columns(
        pl.col("children_count", "population_estimate").cast(pl.Int64, strict=False),
        pl.col("rate_per_10000").cast(pl.Float64, strict=False).alias("printed"),
        symbols.alias("withheld"),
    )


def test_every_published_rate_of_children_looked_after_in_an_authority_follows_from_its_row(published):
    """DfE, Children looked after 2025: of 2,267 authority rows printed to the whole number, all 2,267 agree."""
    frame = published_rates(published).filter(pl.col("geographic_level") == "Local authority")
    out = rates(frame, count="children_count", population="population_estimate", per=10_000).drop_nulls("printed")
    assert out.height == 2_267
    assert out["withheld"].null_count() == 2_267
    assert out.filter((pl.col("value") - pl.col("printed")).abs() <= 0.5 + 1e-9).height == 2_267


def test_regional_rates_agree_but_where_their_count_was_rounded_to_ten(published):
    """Of 180 regional and national rows 176 agree; counts there are printed to 10, and within 5 of them all agree."""
    frame = published_rates(published).filter(pl.col("geographic_level") != "Local authority")
    out = rates(frame, count="children_count", population="population_estimate", per=10_000)
    off = (pl.col("value") - pl.col("printed")).abs()
    assert out.height == 180
    assert out.filter(off <= 0.5 + 1e-9).height == 176
    assert out.filter(off <= 0.5 + 5 / pl.col("population_estimate") * 10_000).height == 180


def test_gaps_in_the_published_rates_keep_their_symbol(published):
    """Where DfE prints no rate (c or z), neither is one worked out; x is a population that was not available."""
    out = rates(published_rates(published), count="children_count", population="population_estimate", per=10_000)
    gaps = out.filter(pl.col("value").is_null())
    assert gaps.filter(pl.col("printed").is_not_null()).height == 0
    assert set(gaps["withheld"]) <= {"c", "x", "z"}
    assert gaps.height == 58


def test_published_shares_of_repeat_child_protection_plans_follow_from_their_rows(published):
    """DfE, Children in need 2025, table D3: repeat plans as a share of plans by authority, to one decimal: 1,924 of 1,924."""
    out = repeat_plans(published).drop_nulls(["value", "printed"])
    assert out.height == 1_924
    assert out.filter((pl.col("value") * 100 - pl.col("printed")).abs() <= 0.05 + 1e-9).height == 1_924


def test_none_of_no_plans_is_z_where_dfe_prints_z(published):
    """In table D3 six authority rows have no plans at all; the symbols of the counts alone give theirs and ours."""
    out = repeat_plans(published)
    assert out.filter(pl.col("withheld") == "z").height == 6
    assert out.filter(pl.col("withheld") == "z")["CPP_subsequent_percent"].unique().to_list() == ["z"]


def repeat_plans(folder):
    """Table D3 by authority, its shares worked out again, with the symbols of its counts."""
    text = pl.read_csv(folder / "children_in_need" / "d3_cpps_subsequent_plan_2013_to_2025.csv", infer_schema_length=0)
    symbols = pl.coalesce(pl.col(name).str.extract(r"^([a-z]+)$") for name in ("CPP_subsequent", "CPP_start"))
    frame = text.filter(pl.col("geographic_level") == "Local authority").with_columns(
        pl.col("CPP_start", "CPP_subsequent").cast(pl.Int64, strict=False),
        pl.col("CPP_subsequent_percent").cast(pl.Float64, strict=False).alias("printed"),
        symbols.alias("withheld"),
    )
    return proportions(frame, count="CPP_subsequent", out_of="CPP_start")
