"""Shares and rates with intervals for every row of a frame, run where the frame lives.

The same formulas as in `bucks_cs.rates.estimates`, as expressions; below ten events the exact Poisson limits are ten
constants a bound, so that no engine needs a chi-squared function and no row is looped over in Python. What an
expression must not see (a root of a negative number, a division by zero) is made null *before* the root is taken:
SQL engines may evaluate a branch that is not chosen, and some then stop.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, TypeVar

import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames.engine import collect, enter, need_columns, sealed
from bucks_cs.indicators import Withheld
from bucks_cs.rates.estimates import FEW, checked_confidence, checked_per, exact_limits, z_score

__all__ = ["byar", "proportions", "rates", "wilson"]

FrameT = TypeVar("FrameT")
Triple = tuple[nw.Expr, nw.Expr, nw.Expr]

_RESULTS = ("value", "lower", "upper")
_WITHHELD = "withheld"
_REASONS = tuple(reason.value for reason in Withheld)


def wilson(count: nw.Expr, out_of: nw.Expr, *, confidence: float = 0.95) -> Triple:
    """The share of each row with Wilson's interval, as expressions.

    Args:
        count: How many have the attribute, an expression of numbers.
        out_of: How many there are.
        confidence: The level, strictly between 0 and 1.

    Returns:
        Expressions of value, lower and upper (Float64, 0 to 1); null where either is null, where ``out_of`` is not
        above 0, and where the count is not from 0 to ``out_of``.

    Raises:
        InvalidValue: The confidence is outside 0 to 1.

    Source:
        As `bucks_cs.rates.proportion`.

    Example:
        >>> import narwhals as nw, polars as pl
        >>> from bucks_cs.rates import wilson
        >>> value, lower, upper = wilson(nw.col("repeat"), nw.col("all"))
        >>> print(nw.from_native(pl.DataFrame({"repeat": [5], "all": [25]})).select(lower.round(3).alias("lower")).item())
        0.089
    """
    z = z_score(confidence)
    raw_x, raw_n = count.cast(nw.Float64), out_of.cast(nw.Float64)
    n = nw.when(raw_n > 0).then(raw_n)
    x = nw.when((raw_x >= 0) & (raw_x <= n)).then(raw_x)
    value = x / n
    return value, *_limits(x, n, value, z)


def with_wilson(lazy: nw.LazyFrame[Any], *, count: str, out_of: str, confidence: float) -> nw.LazyFrame[Any]:
    """Rows with `wilson`'s three, worked out a step at a time: the same numbers, out of expressions that repeat nothing.

    Args:
        lazy: The rows.
        count: The column with how many have the attribute, Float64.
        out_of: The column with how many there are, Float64.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The rows with ``__value``, ``__lower`` and ``__upper``, as `wilson` gives them.

    Raises:
        InvalidValue: The confidence is outside 0 to 1.
    """
    z, x, n = z_score(confidence), nw.col("__part"), nw.col("__whole")
    rows = lazy.with_columns(__whole=nw.when(nw.col(out_of) > 0).then(nw.col(out_of)))
    rows = rows.with_columns(__part=nw.when((nw.col(count) >= 0) & (nw.col(count) <= n)).then(nw.col(count)))
    rows = rows.with_columns(__value=x / n)
    lower, upper = _limits(x, n, nw.col("__value"), z)
    return rows.with_columns(__lower=lower, __upper=upper).drop("__part", "__whole")


def _limits(x: nw.Expr, n: nw.Expr, value: nw.Expr, z: float) -> tuple[nw.Expr, nw.Expr]:
    middle, spread = 2 * x + z * z, z * (z * z + 4 * x * ((n - x) / n)).sqrt()
    twice = 2 * (n + z * z)
    # At none and at all of them the limit is 0 or 1 exactly, and never past the value, or past 1, by a rounding.
    lower = nw.when(x > 0).then(nw.min_horizontal(value, (middle - spread) / twice)).otherwise(value)
    at_least = nw.max_horizontal(value, (middle + spread) / twice)
    return lower, nw.when(x < n).then(nw.min_horizontal(nw.lit(1.0), at_least)).otherwise(value)


def byar(count: nw.Expr, population: nw.Expr, *, per: int, confidence: float = 0.95) -> Triple:
    """The rate of each row with Byar's interval, exact Poisson below ten events, as expressions.

    Args:
        count: How many events, an expression of whole numbers.
        population: How many people.
        per: The number of people the rate is per.
        confidence: The level, strictly between 0 and 1.

    Returns:
        Expressions of value, lower and upper (Float64, in units of ``per``); null where either is null, where the
        population is not above 0 and where the count is below 0.

    Raises:
        InvalidValue: ``per`` is no whole number above 0, or the confidence is outside 0 to 1.

    Source:
        As `bucks_cs.rates.rate`.

    Example:
        >>> import narwhals as nw, polars as pl
        >>> from bucks_cs.rates import byar
        >>> value, lower, upper = byar(nw.col("children"), nw.col("people"), per=10_000)
        >>> frame = nw.from_native(pl.DataFrame({"children": [100], "people": [10_000]}))
        >>> print(frame.select(upper.round(2).alias("upper")).item())
        121.63
    """
    z, scale = z_score(confidence), checked_per(per)
    raw_x, raw_n = count.cast(nw.Float64), population.cast(nw.Float64)
    n = nw.when(raw_n > 0).then(raw_n)
    x = nw.when(raw_x >= 0).then(raw_x)
    many = nw.when(raw_x >= FEW).then(raw_x)
    by_byar = (
        many * (1 - 1 / (9 * many) - z / (3 * many.sqrt())) ** 3,
        (many + 1) * (1 - 1 / (9 * (many + 1)) + z / (3 * (many + 1).sqrt())) ** 3,
    )
    exact = zip(*(exact_limits(events, confidence) for events in range(FEW)), strict=True)
    low, high = (_by_count(x, limits, beyond) for limits, beyond in zip(exact, by_byar, strict=True))
    return x / n * scale, low / n * scale, high / n * scale


def _by_count(x: nw.Expr, limits: Iterable[float], beyond: nw.Expr) -> nw.Expr:
    """The constant of each count from 0 up, and beyond them an expression."""
    out = beyond
    for events, limit in reversed(list(enumerate(limits))):
        out = nw.when(x == events).then(nw.lit(limit)).otherwise(out)
    return out


def proportions(frame: FrameT, *, count: str, out_of: str, confidence: float = 0.95) -> FrameT:
    """The share of each row of a frame with Wilson's interval.

    Args:
        frame: A frame of any engine: polars (eager or lazy), pandas, pyarrow, a DuckDB relation, PySpark.
        count: The column of those with the attribute: whole numbers from 0 to ``out_of``.
        out_of: The column of all of them: whole numbers from 0.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The caller's own kind of frame: her rows and columns, then ``value``, ``lower``, ``upper`` (Float64, 0 to 1) and
        ``withheld`` (String; it keeps its place where she has it already). A row whose denominator is 0 has ``z``. A
        reason she gives (``c``, ``x``, ...) is kept, and of two the first by `Withheld.first`; such a row has no value.

    Raises:
        FrameProblems: Columns that are no numbers, or rows with a count above ``out_of``, below 0 or not whole, a gap
            without a reason, or a reason that is none of the known: all at once, with counts of rows.
        UnknownColumn: The frame lacks a column.
        InvalidValue: The confidence is outside 0 to 1.

    Source:
        As `bucks_cs.rates.proportion`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.rates import proportions
        >>> plans = pl.DataFrame({"on_time": [40, 0], "issued": [50, 0]})
        >>> proportions(plans, count="on_time", out_of="issued").select("value", "withheld").rows()
        [(0.8, None), (None, 'z')]
    """
    checked_confidence(confidence)
    measure = functools.partial(wilson, confidence=confidence)
    out: FrameT = _with_interval(frame, measure, count=count, whole=out_of, argument="out_of", is_share=True)
    return out


def rates(frame: FrameT, *, count: str, population: str, per: int, confidence: float = 0.95) -> FrameT:
    """The rate of each row of a frame with Byar's interval, exact Poisson below ten events.

    Args:
        frame: A frame of any engine: polars (eager or lazy), pandas, pyarrow, a DuckDB relation, PySpark.
        count: The column of events: whole numbers from 0; they may be more than the population.
        population: The column of people or person-years: from 0, whole or not.
        per: The number of people the rate is per, such as 10,000.
        confidence: The level, strictly between 0 and 1.

    Returns:
        The caller's own kind of frame, with the columns that `proportions` adds, in units of ``per``.

    Raises:
        FrameProblems: As `proportions`, but that a count may be above the population.
        UnknownColumn: The frame lacks a column.
        InvalidValue: ``per`` is no whole number above 0, or the confidence is outside 0 to 1.

    Source:
        As `bucks_cs.rates.rate`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.rates import rates
        >>> areas = pl.DataFrame({"children": [600, None], "people": [124_000, 9_000], "withheld": [None, "c"]})
        >>> out = rates(areas, count="children", population="people", per=10_000)
        >>> out["value"].round(1).to_list(), out["withheld"].to_list()
        ([48.4, None], [None, 'c'])
    """
    checked_confidence(confidence)
    measure = functools.partial(byar, per=checked_per(per), confidence=confidence)
    out: FrameT = _with_interval(frame, measure, count=count, whole=population, argument="population", is_share=False)
    return out


def _with_interval(frame: Any, measure: Any, *, count: str, whole: str, argument: str, is_share: bool) -> Any:
    lazy, home = enter(frame)
    need_columns(lazy, [count], argument="count")
    need_columns(lazy, [whole], argument=argument)
    what = "rates.proportions" if is_share else "rates.rates"
    schema = sealed(lazy.collect_schema, what="reading the frame's columns")
    _refuse_columns(schema, count, whole, what)
    given = nw.col(_WITHHELD).cast(nw.String) if _WITHHELD in schema.names() else None
    x, n = nw.col(count).cast(nw.Float64), nw.col(whole).cast(nw.Float64)
    _refuse_rows(lazy, _rules(x, n, given, count=count, whole=whole, is_share=is_share), what)
    reason = _first_reason(given, n == 0)
    value, lower, upper = (nw.when(reason.is_null()).then(part) for part in measure(x, n))
    out = lazy.with_columns(value.alias("value"), lower.alias("lower"), upper.alias("upper"), reason.alias(_WITHHELD))
    return home.back(out)


def _refuse_columns(schema: nw.Schema, count: str, whole: str, what: str) -> None:
    """Refuse what needs no look at the rows: columns that are no numbers, names that are taken."""
    if count == whole:
        raise InvalidValue(what="count", expected="a column other than that it is divided by")
    problems = [
        Problem(column=name, rule="must hold numbers", hint=" Read its symbols into a column withheld, and cast the rest.")
        for name in (count, whole)
        if not (schema[name].is_numeric() or schema[name] == nw.Unknown)  # a column of nulls alone has no type
    ]
    taken = [name for name in _RESULTS if name in schema.names()]
    problems += [Problem(column=name, rule="this name is taken by the result", hint=" Rename it first.") for name in taken]
    if problems:
        raise FrameProblems(schema=what, problems=tuple(problems))


def _rules(
    x: nw.Expr, n: nw.Expr, given: nw.Expr | None, *, count: str, whole: str, is_share: bool
) -> list[tuple[str, str, nw.Expr]]:
    """Each rule as its column, its words and the expression that is true where it is broken."""
    fine_x, fine_n = x.is_finite(), n.is_finite()
    rules = [
        (count, "must be a whole number", ~fine_x | (x != x.floor())),
        (count, "must not be below 0", fine_x & (x < 0)),
        (whole, "must not be below 0", fine_n & (n < 0)),
    ]
    if is_share:
        rules.insert(1, (whole, "must be a whole number", ~fine_n | (n != n.floor())))
        rules.append((f"{count}, {whole}", "a share has no more than its whole", fine_x & fine_n & (x > n)))
    else:
        rules.append((whole, "must be a number", ~fine_n))
    gap = (x.is_null() & ((n != 0) | n.is_null())) | n.is_null()
    unexplained = gap if given is None else gap & given.is_null()
    rules.append((f"{count}, {whole}", "a gap needs its reason (c, x, z, ...) in a column withheld", unexplained))
    if given is not None:
        rules.append((_WITHHELD, f"must be one of {', '.join(_REASONS)}", ~given.is_null() & ~given.is_in(_REASONS)))
    return rules


def _refuse_rows(lazy: nw.LazyFrame[Any], rules: list[tuple[str, str, nw.Expr]], what: str) -> None:
    """Count the rows that break each rule, in one query, and refuse them all at once."""
    counts = [
        nw.when(broken).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(f"rule_{i}") for i, (_, _, broken) in enumerate(rules)
    ]
    found = collect(lazy.select(*counts)).row(0)
    problems = tuple(
        Problem(column=column, rule=rule, rows=int(rows)) for (column, rule, _), rows in zip(rules, found, strict=True) if rows
    )
    if problems:
        raise FrameProblems(schema=what, problems=problems)


def _first_reason(given: nw.Expr | None, nothing_to_divide_by: nw.Expr) -> nw.Expr:
    """The reason of each row: hers, which is before z in every order there is, or z where the denominator is 0."""
    z = nw.when(nothing_to_divide_by).then(nw.lit(Withheld.NOT_APPLICABLE.value))
    return z if given is None else nw.when(~given.is_null()).then(given).otherwise(z)
