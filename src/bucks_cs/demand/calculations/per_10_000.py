"""Demand: counts as rates per 10,000 children, on the population of the year they fall in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.pathway import (
    ASSESSMENTS,
    CHILDREN_IN_NEED,
    CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
    CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER,
    CONTACTS,
    INITIAL_CHILD_PROTECTION_CONFERENCES,
    REFERRALS,
    SECTION_47_ENQUIRIES,
)
from bucks_cs.demand.calculations.plans_in_a_period import CHILD_PROTECTION_PLANS_ENDED, CHILD_PROTECTION_PLANS_STARTED
from bucks_cs.demand.model import DemandIndicator
from bucks_cs.demand.schema import MidYearPopulation
from bucks_cs.errors import FrameProblems, InvalidValue, Problem, UnknownColumn
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.engine import Home, alongside, collect, enter
from bucks_cs.indicators import Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.rates import byar
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast, schema_of
from bucks_cs.units import same_dimension

__all__ = [
    "ASSESSMENTS_PER_10_000",
    "CHILDREN_IN_NEED_PER_10_000",
    "CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000",
    "CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000",
    "CHILD_PROTECTION_PLANS_ENDED_PER_10_000",
    "CHILD_PROTECTION_PLANS_STARTED_PER_10_000",
    "CONTACTS_PER_10_000",
    "INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000",
    "REFERRALS_PER_10_000",
    "SECTION_47_ENQUIRIES_PER_10_000",
    "per_10_000",
]

_PER = 10_000


def _rate_of(indicator: DemandIndicator, *named: AnySource) -> DemandIndicator:
    """The rate of a count: of the same stage, and broken where the count is; the clock is the count's own affair."""
    not_a_year = "the rest of the year where the count is of a part of it: a month's rate is of the month, and is not annualised"
    left_out = (indicator.leaves_out, not_a_year if indicator.kind is Kind.FLOW else "")
    return DemandIndicator(
        key=f"{indicator.key}_per_10_000",
        title=f"{indicator.title} per 10,000 children",
        counts=f"{indicator.counts}, beside the children aged 0 to 17 at mid-year",
        leaves_out="; ".join(text for text in left_out if text),
        measure=Measure.RATE,
        kind=indicator.kind,
        unit="per_10_000",
        per=_PER,
        better=indicator.better,
        sources=(*named, sources.PER_10_000_CHILDREN),
        breaks=indicator.breaks,
        stage=indicator.stage,
    )


CONTACTS_PER_10_000 = _rate_of(CONTACTS, sources.NO_SERIES_OF_CONTACTS)
REFERRALS_PER_10_000 = _rate_of(REFERRALS, sources.REFERRAL_RATE)
ASSESSMENTS_PER_10_000 = _rate_of(ASSESSMENTS, sources.NO_SERIES_OF_THIS_RATE)
SECTION_47_ENQUIRIES_PER_10_000 = _rate_of(SECTION_47_ENQUIRIES, sources.SECTION_47)
INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000 = _rate_of(INITIAL_CHILD_PROTECTION_CONFERENCES, sources.CONFERENCE)
CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000 = _rate_of(CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN, sources.PLAN)
CHILDREN_IN_NEED_PER_10_000 = _rate_of(CHILDREN_IN_NEED, sources.CHILD_IN_NEED_RATE)
CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000 = _rate_of(
    CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER, sources.NO_SERIES_OF_ALLOCATION
)
CHILD_PROTECTION_PLANS_STARTED_PER_10_000 = _rate_of(CHILD_PROTECTION_PLANS_STARTED, sources.PLANS_STARTED_RATE)
CHILD_PROTECTION_PLANS_ENDED_PER_10_000 = _rate_of(CHILD_PROTECTION_PLANS_ENDED, sources.PLANS_ENDED)

_RATES: Mapping[str, DemandIndicator] = {
    rate.key.removesuffix("_per_10_000"): rate
    for rate in (
        CONTACTS_PER_10_000,
        REFERRALS_PER_10_000,
        ASSESSMENTS_PER_10_000,
        SECTION_47_ENQUIRIES_PER_10_000,
        INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000,
        CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN_PER_10_000,
        CHILDREN_IN_NEED_PER_10_000,
        CHILDREN_WITH_AN_ALLOCATED_SOCIAL_WORKER_PER_10_000,
        CHILD_PROTECTION_PLANS_STARTED_PER_10_000,
        CHILD_PROTECTION_PLANS_ENDED_PER_10_000,
    )
}

# A mean of months is no count of events, so that no count's interval is its own.
_MEANS = ("monthly average", "monthly average within")


def per_10_000(
    readings: Readings[FrameT], *, population: NativeFrame | Checked[Any] | Readings[Any], confidence: float = 0.95
) -> Readings[FrameT]:
    """Counts as rates per 10,000 children: each divided by the mid-year population of the year to 31 March it falls in.

    The year to 31 March 2022, 31 March 2022 and any month of that year are all divided by the children of 30 June 2021
    (`bucks_cs.periods.mid_year_population`). Nothing is annualised: the rate of a month is of that month, about a twelfth of
    a year's.

    Args:
        readings: Counts of this subject, over periods or on days that lie within one year to 31 March.
        population: The children: a frame as `MidYearPopulation` has it, of any engine or checked by it, or readings of
            children on 30 June; for each area of the counts, and with each column that they are broken down by.
        confidence: The level of the interval.

    Returns:
        Rates, 0 or more, under the key of the count and ``_per_10_000``, with Byar's interval (exact Poisson below ten), the
        count as numerator and the children as denominator, in the same kind of frame, lazy if it was. A gap keeps its reason,
        the first of the two by `Withheld.first`; ``x`` where there is no population for it, ``z`` where that is 0. A monthly
        average has no interval: it is a mean and no count, as is a count that is not whole.

    Raises:
        InvalidValue: Readings that no rate is defined for; a population that is no count of children, or is broken down by
            more than the counts; none of the counts has a population; a confidence outside 0 to 1.
        FrameProblems: A rule of `MidYearPopulation` is broken, or it has two rows for one area, year and group; counts below 0,
            or of a period that lies in more than one year to 31 March.
        UnknownColumn: The population lacks a column that the counts are broken down by.
        EngineMismatch: Two different lazy engines.

    Source:
        DfE, *Children in need* 2021, data guidance, "Rounding" ("Rates are calculated using ONS mid-year population estimates
        for children aged 0 to 17 years"). Checked on Buckinghamshire's plans: 575 / 122,137 is the 47.1 of 2020, and 752 /
        123,510 the 60.9 of 2022 (Local authority interactive tool, CPP_rate, with which all 1,492 authorities' years from 2016
        to 2025 agree that both files have). For a part of a year nobody publishes a rule:
        it is this library's own, so that a year and its months are divided by the same children.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import demand
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.readings import Readings
        >>> plans = Readings.of([Reading.of(demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN, 575, area="825",
        ...     period=Snapshot("31 March 2020"))])
        >>> children = pl.DataFrame({"area": ["825"], "mid_year": [dt.date(2019, 6, 30)], "children": [122_137]})
        >>> for reading in demand.per_10_000(plans, population=children):
        ...     print(reading)
        Children subject to a child protection plan per 10,000 children in 825, 31 March 2020: 47.1 per 10,000 (95% confidence
        interval 43.3 to 51.1), 575 of 122,137
    """
    rated = [_rate_for(indicator) for indicator in readings.indicators]
    native, home = enter(readings.frame)
    lazy = recast(native, readings.by)
    value, lower, upper = byar(nw.col("numerator"), nw.col("denominator"), per=_PER, confidence=confidence)
    joined = _with_children(lazy, population, readings.by)
    _need_good_rows(joined, readings.by)
    gapped = joined.with_columns(nw.col("value").alias("numerator"), _gap().alias("withheld"))
    told = nw.col("withheld").is_null()
    sure = told & (nw.col("numerator") == nw.col("numerator").floor()) & ~nw.col("period_kind").is_in(_MEANS)
    rates = gapped.with_columns(
        nw.concat_str(nw.col("indicator"), nw.lit("_per_10_000")).alias("indicator"),
        nw.when(told).then(value).alias("value"),
        nw.when(sure).then(lower).alias("lower"),
        nw.when(sure).then(upper).alias("upper"),
        nw.when(sure).then(nw.lit(Interval.CONFIDENCE.value)).alias("interval"),
        nw.when(sure).then(nw.lit(confidence)).alias("level"),
    )
    source = None if readings.other_sources else readings.source
    return Readings.worked_out(rates, home=home, indicators=rated, by=readings.by, source=source)


def _rate_for(indicator: Indicator) -> DemandIndicator:
    if indicator.key not in _RATES:
        raise InvalidValue(what=f"per_10_000 of {indicator.key}", expected=f"readings of one of {', '.join(_RATES)}")
    return _RATES[indicator.key]


def _with_children(lazy: nw.LazyFrame[Any], population: Any, by: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """The counts with the children of each: ``denominator``, ``__why`` there are none, and ``__there`` where a row was found."""
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
    both = left.join(
        alongside(right.to_native() if home.engine.is_lazy else collect(right), left), on=["__year", *keys], how="left"
    )
    return both.drop("__year", *keys, "denominator").rename({"__denominator": "denominator"})


def _children_of_frame(population: Any, by: tuple[str, ...]) -> tuple[nw.LazyFrame[Any], Home]:
    checked = MidYearPopulation.admit(population, unique=[("area", "mid_year", *by)])
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
    native, home = enter(population.frame)
    day = nw.col("period_start").dt
    mid_year = (nw.col("period_kind") == str(Snapshot.kind)) & (day.month() == 6) & (day.day() == 30)
    whole = recast(native, population.by).filter(mid_year)
    return whole.with_columns(__day=nw.col("period_start"), __children=nw.col("value"), __withheld=nw.col("withheld")), home


def _as_key(name: str, dtype: Any, other: Any) -> nw.Expr:
    """A column to join on as text, in which not recorded equals not recorded, and 5 equals 5.0."""
    numbers = dtype.is_numeric() and other.is_numeric() and dtype != other
    text = (nw.col(name).cast(nw.Float64) if numbers else nw.col(name)).cast(nw.String)
    return nw.concat_str(nw.lit("="), text).fill_null("")


def _need_good_rows(joined: nw.LazyFrame[Any], by: Sequence[str]) -> None:
    """What cannot be: counts below 0, periods of two years, and no population at all; one query of counts."""
    start, end = nw.col("period_start").dt, nw.col("period_end").dt
    ends_in = end.year().cast(nw.Int64) * 12 + end.month().cast(nw.Int64)
    begins_in = start.year().cast(nw.Int64) * 12 + start.month().cast(nw.Int64)
    # Months since an April, in whole years: another year to 31 March has another number.
    tests = {
        "rows": ~nw.col("indicator").is_null(),
        "found": nw.col("__there") == 1,
        "below": nw.col("value") < 0,
        "across": (ends_in - 4) // 12 != (begins_in - 4) // 12,
    }
    sums = [nw.when(test).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name) for name, test in tests.items()]
    counted = {name: int(rows or 0) for name, rows in collect(joined.select(*sums)).row(0, named=True).items()}
    problems = []
    if counted["below"]:
        problems.append(Problem(column="value", rule="a count is below 0", rows=counted["below"]))
    if counted["across"]:
        rule = "lies in more than one year to 31 March, so that no one mid-year population goes with it"
        problems.append(Problem(column="period_start, period_end", rule=rule, rows=counted["across"]))
    if problems:
        raise FrameProblems(schema="per_10_000", problems=tuple(problems))
    if counted["rows"] and not counted["found"]:
        on = ", ".join(("area", *by))
        hint = f" They are matched on {on} and the year; counts without an area match children without one."
        raise InvalidValue(what="population", expected="the children of at least one of the counts", hint=hint)


def _gap() -> nw.Expr:
    """The first reason of the count's and the population's; x where there is no population, z where it is 0."""
    nobody = nw.when(nw.col("denominator") == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value)).otherwise(nw.col("__why"))
    theirs = nw.when(nw.col("__there").is_null()).then(nw.lit(Withheld.NOT_AVAILABLE.value)).otherwise(nobody)
    out = nw.lit(None, dtype=nw.String)
    for reason in reversed(tuple(Withheld)):
        here = (nw.col("withheld") == reason.value) | (theirs == reason.value).fill_null(value=False)
        out = nw.when(here.fill_null(value=False)).then(nw.lit(reason.value)).otherwise(out)
    return out
