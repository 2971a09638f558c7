"""Demand: the children beside each count: of its area and groups, at the mid-year of the year to 31 March it falls in."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.demand.calculations.of_readings import opened
from bucks_cs.demand.schema import MidYearPopulation
from bucks_cs.errors import InvalidValue, UnknownColumn
from bucks_cs.frames.engine import Home, alongside, collect
from bucks_cs.indicators import Kind, Measure, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.readings import Readings
from bucks_cs.readings.table import schema_of
from bucks_cs.units import same_dimension

__all__ = ["with_children"]


def with_children(lazy: nw.LazyFrame[Any], population: Any, by: tuple[str, ...]) -> tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]:
    """The counts with the children of each: ``denominator``, ``__why`` there are none, and ``__there`` where a row was found.

    Beside them, in one row, how many rows of the population are of an area, year and group that has more than one: ``__twice``,
    to be counted with whatever else is, since the join would take those children twice.

    Args:
        lazy: The long frame of the counts.
        population: Children at mid-year, as a frame or as readings.
        by: What the counts are broken down by.

    Raises:
        InvalidValue: Readings that are no count of children on a day, or broken down by more than the counts.
        UnknownColumn: It lacks a column that the counts are broken down by.
        FrameProblems: A rule of `MidYearPopulation` is broken.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
    """
    of = _children_of_readings if isinstance(population, Readings) else _children_of_frame
    theirs, home = of(population, by)
    mine, others = schema_of(lazy), schema_of(theirs)
    names = ("area", *by)
    right = theirs.select(
        nw.col("__day").dt.year().cast(nw.Int64).alias("__year"),
        *(_as_key(name, others[name], mine[name]).alias(f"__key_{n}") for n, name in enumerate(names)),
        nw.col("__children").cast(nw.Float64).alias("__denominator"),
        nw.col("__withheld").cast(nw.String).alias("__why"),
        nw.lit(1).cast(nw.Int64).alias("__there"),
    )
    day = nw.col("period_start").dt
    # 30 June of the year in which the year to 31 March begins: mid_year_population, as an expression.
    begins = day.year().cast(nw.Int64) - nw.when(day.month() < 4).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)
    keys = [f"__key_{n}" for n in range(len(names))]
    left = lazy.with_columns(
        begins.alias("__year"),
        *(_as_key(name, mine[name], others[name]).alias(key) for key, name in zip(keys, names, strict=True)),
    )
    # What is of the counts' own engine is joined as it is, so that nothing runs; what is in memory elsewhere is carried over.
    same = home.engine.is_lazy or right.implementation is left.implementation
    there = alongside(right.to_native() if same else collect(right), left)
    both = left.join(there, on=["__year", *keys], how="left")
    repeated = there.group_by("__year", *keys).agg(__rows=nw.len()).filter(nw.col("__rows") > 1)
    return (
        both.drop("__year", *keys, "denominator").rename({"__denominator": "denominator"}),
        repeated.select(nw.col("__rows").sum().alias("__twice")),
    )


def _children_of_frame(population: Any, by: tuple[str, ...]) -> tuple[nw.LazyFrame[Any], Home]:
    checked = MidYearPopulation.admit(population)
    for name in by:
        if name not in checked.names:
            raise UnknownColumn(column=name, columns=checked.names, argument="population")
    lacking = nw.when(nw.col("children").is_null()).then(nw.lit(Withheld.NOT_AVAILABLE.value))
    return checked.lazy.with_columns(__day=nw.col("mid_year"), __children=nw.col("children"), __withheld=lacking), checked.home


def _children_of_readings(population: Readings[Any], by: tuple[str, ...]) -> tuple[nw.LazyFrame[Any], Home]:
    of = population.indicators
    if (
        len(of) != 1
        or of[0].kind is not Kind.STOCK
        or not same_dimension(of[0].unit, "child")
        or of[0].measure is not Measure.COUNT
    ):
        raise InvalidValue(what="population", expected="readings of one indicator, a count of children on a day")
    for name in by:
        if name not in population.by:
            raise UnknownColumn(column=name, columns=population.by, argument="population")
    if set(population.by) - set(by):
        raise InvalidValue(
            what="population", expected="children by the columns that the counts are broken down by, and no others"
        )
    whole, home = opened(population, what="population")
    day = nw.col("period_start").dt
    mid_year = (nw.col("period_kind") == str(Snapshot.kind)) & (day.month() == 6) & (day.day() == 30)
    whole = whole.filter(mid_year)
    return whole.with_columns(__day=nw.col("period_start"), __children=nw.col("value"), __withheld=nw.col("withheld")), home


def _as_key(name: str, dtype: Any, other: Any) -> nw.Expr:
    """A column to join on as text, in which not recorded equals not recorded, and 5 equals 5.0."""
    numbers = dtype.is_numeric() and other.is_numeric() and dtype != other
    text = (nw.col(name).cast(nw.Float64) if numbers else nw.col(name)).cast(nw.String)
    return nw.concat_str(nw.lit("="), text).fill_null("")
