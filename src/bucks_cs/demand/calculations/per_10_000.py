"""Demand: counts as rates per 10,000 children, on the population of the year they fall in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand import sources
from bucks_cs.demand.calculations.beside_children import with_children
from bucks_cs.demand.calculations.of_readings import opened, shared_source
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
from bucks_cs.demand.model.stages import DemandIndicator
from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.frames.dates import whole_months
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.provenance import AnySource
from bucks_cs.rates import byar
from bucks_cs.readings import Readings

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
_OF_A_PART = "the rest of the year where the count is of a part of it: a month's rate is of the month, and is not annualised"
_OF_ONE_SEASON = "how the months of a year differ: every month counts as if it were like those that were counted"


def _rate_of(indicator: DemandIndicator, *named: AnySource) -> DemandIndicator:
    """The rate of a count: of the same stage, and broken where the count is; the clock is the count's own affair."""
    left_out = (indicator.leaves_out, _OF_A_PART if indicator.kind is Kind.FLOW else "")
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


def _annualised(rate: DemandIndicator) -> DemandIndicator:
    """The rate of a flow as it would be if the whole year went on so: another number, under a key of its own."""
    return attrs.evolve(
        rate,
        key=f"{rate.key}_annualised",
        title=f"Annualised {rate.title[:1].lower()}{rate.title[1:]}",
        counts=f"{rate.counts}, as if the whole year went on so: times 12 over the number of months",
        leaves_out=rate.leaves_out.replace(_OF_A_PART, _OF_ONE_SEASON),
        sources=(*rate.sources, sources.NO_SERIES_OF_ANNUALISED_RATES),
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
_ENDING = {False: "_per_10_000", True: "_per_10_000_annualised"}


def per_10_000(
    readings: Readings[FrameT],
    *,
    population: NativeFrame | Checked[Any] | Readings[Any],
    annualised: bool = False,
    confidence: float = 0.95,
) -> Readings[FrameT]:
    """Counts as rates per 10,000 children: each divided by the mid-year population of the year to 31 March it falls in.

    The year to 31 March 2022, 31 March 2022 and any month of that year are all divided by the children of 30 June 2021
    (`bucks_cs.periods.mid_year_population`). Nothing is annualised unless asked for: the rate of a month is of that month, about
    a twelfth of a year's.

    Args:
        readings: Counts of this subject, over periods or on days that lie within one year to 31 March.
        population: The children: a frame as `MidYearPopulation` has it, of any engine or checked by it, or readings of
            children on 30 June; for each area of the counts, and with each column that they are broken down by.
        annualised: The rates as they would be if the whole year went on so, under keys that say so: counts over whole months,
            times 12 over the number of months (a monthly average is of one). The denominator is then years of children: the
            children times the share of a year.
        confidence: The level of the interval.

    Returns:
        Rates, 0 or more, under the key of the count and ``_per_10_000`` (annualised, ``_per_10_000_annualised``), with Byar's
        interval (exact Poisson below ten), the count as numerator and the children as denominator, in the same kind of frame,
        lazy if it was: one query of counts has run, and one more where ``population`` is a frame that was not checked before.
        A gap keeps its reason, the first of the two by `Withheld.first`; ``x`` where there is no population for it, ``z`` where
        that is 0. A monthly average has no interval: it is a mean and no count, as is a count that is not whole.

    Raises:
        InvalidValue: ``readings`` are none, or no rate is defined for them; a stock annualised; a population that is no count of
            children, or is broken down by more than the counts; none of the counts has a population; a confidence outside 0 to 1.
        FrameProblems: A rule of `MidYearPopulation` is broken, or it has two rows for one area, year and group; counts below 0,
            of a period that lies in more than one year to 31 March, or, annualised, of one that does not begin and end with a
            month.
        UnknownColumn: The population lacks a column that the counts are broken down by.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        UnsupportedFrame: The population is neither a frame nor readings.

    Source:
        DfE, *Children in need* 2021, data guidance, "Rounding" ("Rates are calculated using ONS mid-year population estimates
        for children aged 0 to 17 years"). Checked on Buckinghamshire's plans: 575 / 122,137 is the 47.1 of 2020, and 752 /
        123,510 the 60.9 of 2022 (Local authority interactive tool, CPP_rate, with which all 1,492 authorities' years from 2016
        to 2025 agree that both files have). For a part of a year nobody publishes a rule: it is this library's own, so that a
        year and its months are divided by the same children; so are annualised rates.

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
        interval 43.3 to 51.1), 575 over 122,137
    """
    if not isinstance(annualised, bool):
        raise InvalidValue(what="annualised", expected="True or False")
    lazy, home = opened(readings)
    rated = [_rate_for(indicator, annualised=annualised) for indicator in readings.indicators]
    value, lower, upper = byar(nw.col("numerator"), nw.col("denominator"), per=_PER, confidence=confidence)
    joined, twice = with_children(lazy, population, readings.by)
    _need_good_rows(joined, twice, readings.by, annualised=annualised)
    years = _months().cast(nw.Float64) / 12 if annualised else nw.lit(1.0)
    gapped = joined.with_columns(
        nw.col("value").alias("numerator"), (nw.col("denominator") * years).alias("denominator"), _gap().alias("withheld")
    )
    told = nw.col("withheld").is_null()
    sure = told & (nw.col("numerator") == nw.col("numerator").floor()) & ~nw.col("period_kind").is_in(_MEANS)
    rates = gapped.with_columns(
        nw.concat_str(nw.col("indicator"), nw.lit(_ENDING[annualised])).alias("indicator"),
        nw.when(told).then(value).alias("value"),
        nw.when(sure).then(lower).alias("lower"),
        nw.when(sure).then(upper).alias("upper"),
        nw.when(sure).then(nw.lit(Interval.CONFIDENCE.value)).alias("interval"),
        nw.when(sure).then(nw.lit(confidence)).alias("level"),
    )
    return Readings.worked_out(rates, home=home, indicators=rated, by=readings.by, source=shared_source(readings))


def _rate_for(indicator: Indicator, *, annualised: bool) -> DemandIndicator:
    if indicator.key not in _RATES:
        raise InvalidValue(what=f"per_10_000 of {indicator.key}", expected=f"readings of one of {', '.join(_RATES)}")
    rate = _RATES[indicator.key]
    if annualised and rate.kind is not Kind.FLOW:
        expected = "counts over a period: children on a day are as many whatever the year does"
        raise InvalidValue(what=f"annualised rates of {indicator.key}", expected=expected)
    return _annualised(rate) if annualised else rate


def _months() -> nw.Expr:
    """How many months a count is of, one for a mean of months; null where it is not of whole months."""
    of_period = whole_months(nw.col("period_start"), nw.col("period_end"))
    return nw.when(nw.col("period_kind").is_in(_MEANS)).then(nw.lit(1).cast(nw.Int64)).otherwise(of_period.cast(nw.Int64))


def _need_good_rows(joined: nw.LazyFrame[Any], twice: nw.LazyFrame[Any], by: Sequence[str], *, annualised: bool) -> None:
    """What cannot be: counts below 0, periods of two years or of no whole months, no population at all; one query of counts."""
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
    if annualised:
        tests["broken"] = _months().is_null()
    sums = [nw.when(test).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name) for name, test in tests.items()]
    query = joined.select(*sums).join(twice, how="cross")
    counted = {name: int(rows or 0) for name, rows in collect(query).row(0, named=True).items()}
    if counted["__twice"]:
        same = Problem(
            column=", ".join(("area", "mid_year", *by)), rule="more than one row has the same", rows=counted["__twice"]
        )
        raise FrameProblems(schema="MidYearPopulation", problems=(same,))
    problems = []
    if counted["below"]:
        problems.append(Problem(column="value", rule="a count is below 0", rows=counted["below"]))
    if counted["across"]:
        rule = "lies in more than one year to 31 March, so that no one mid-year population goes with it"
        problems.append(Problem(column="period_start, period_end", rule=rule, rows=counted["across"]))
    if counted.get("broken"):
        rule = "does not begin and end with a month, and cannot be annualised"
        problems.append(Problem(column="period_start, period_end", rule=rule, rows=counted["broken"]))
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
