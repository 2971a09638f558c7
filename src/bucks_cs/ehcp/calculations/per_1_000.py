"""EHC plans: how many there are for every 1,000 children or young people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import polars as pl

from bucks_cs.ehcp import sources
from bucks_cs.ehcp.calculations.cohort_pairs import need_cohort
from bucks_cs.ehcp.model.cohort import EHCPCohort
from bucks_cs.ehcp.model.needs import OLDEST_AGE
from bucks_cs.ehcp.model.plans_maintained import PLANS
from bucks_cs.errors import InvalidValue, MissingSource, NotComparable, UnitError
from bucks_cs.geography import area_key
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Reading, Withheld
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import NoOfficialSource, day_in_words
from bucks_cs.rates import rate
from bucks_cs.rates.estimates import checked_confidence
from bucks_cs.readings import Readings
from bucks_cs.units import quantity, same_dimension

__all__ = ["PREVALENCE", "prevalence", "prevalence_by_area"]

_PER = 1_000

PREVALENCE = Indicator(
    key="ehcp.prevalence",
    title="EHC plans per 1,000 children",
    counts="plans maintained on the day, over the children or young people there were at the last mid-year before it, as the "
    "population given counts them",
    leaves_out="nobody from the plans unless ages are given: a plan can be kept to 25, so that over children aged 0 to 17, the "
    "population that is published with children's services, it is no share of these children",
    measure=Measure.RATE,
    kind=Kind.STOCK,
    unit="per_1_000",
    per=_PER,
    better=Better.NEITHER,
    sources=(
        NoOfficialSource(
            reason="the Department for Education publishes the percentage of pupils with a plan, by where they go to school, and "
            "no rate of plans maintained in the population"
        ),
        sources.EHC_PLANS.at("data file caseload, column ehcplans, for the plans"),
    ),
    breaks=PLANS.breaks,
)


def prevalence(
    cohort: EHCPCohort, *, population: Reading, ages: tuple[int, int] | None = None, confidence: float = 0.95
) -> Reading:
    """Plans for every 1,000 children or young people of the area, at the last mid-year before the plans were counted.

    Plans are of people from 0 to 25, and the population mostly at hand is of children aged 0 to 17. Give ``ages=(0, 17)`` with a
    cohort by age, and only the plans of those ages are counted; or a population from 0 to 25. Without either the rate is of all
    plans over the population given, which does to follow an area, and is no share of children.

    Args:
        cohort: The cohort.
        population: A count of children or young people on a 30 June with its source, which says its vintage: such as
            ``demand.read_mid_year_population(..., source=...).at(area="825", period=Snapshot("30 June 2021"))``.
        ages: The first and the last age of the plans to count; the cohort is then by single year of age.
        confidence: The level of the interval.

    Returns:
        A reading of `PREVALENCE`, 0 or more, with Byar's interval (exact Poisson below ten), the plans as numerator and the
        people as denominator. A population that is withheld gives its reason, one of 0 ``z``.

    Raises:
        NotComparable: The population is of another area, or not of the last 30 June on or before the plans' first possible day.
        MissingSource: The population has no source, so that its vintage is not said.
        UnitError: The population is no number of children.
        InvalidValue: One is no cohort, the other no reading of a count on a day; ages that are no pair from 0 to 25, that the
            cohort does not have, or that it has only in an open bottom; a confidence outside 0 to 1.

    Source:
        No official rate. That a count is divided by the mid-year before follows DfE's rates per 10,000 children at 31 March
        (`bucks_cs.periods.mid_year_population`); the interval is OHID's (`bucks_cs.rates.rate`).

    Example:
        >>> import datetime as dt
        >>> from bucks_cs import demand
        >>> from bucks_cs.ehcp import EHCPCohort, prevalence
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.periods import Snapshot
        >>> children = Reading.of(demand.CHILDREN_AT_MID_YEAR, 124_000, area="825", period=Snapshot("30 June 2021"),
        ...     source=demand.CHILDREN_TO_MID_2024)
        >>> cohort = EHCPCohort(area="825", at=dt.date(2022, 1, 20), total=5_415, source=NoOfficialSource(reason="an example"))
        >>> print(prevalence(cohort, population=children).value)
        43.66... per_1_000
    """
    level = checked_confidence(confidence)
    _need_population(population, need_cohort(cohort, what="cohort"))
    plans = cohort.plans if ages is None else _of_ages(cohort, ages)
    people, where = population.number, {"area": cohort.area, "period": cohort.at, "source": cohort.source}
    if people is None or people == 0:
        gap = population.withheld or Withheld.NOT_APPLICABLE
        return Reading.of(PREVALENCE, gap, numerator=plans, denominator=people, **where)
    estimate = rate(plans, people, per=_PER, confidence=level)
    limits: dict[str, Any] = {name: quantity(getattr(estimate, name), "per_1_000") for name in ("lower", "upper")}
    limits |= {"interval": Interval.CONFIDENCE, "level": level, "numerator": plans, "denominator": people}
    return Reading.of(PREVALENCE, estimate.value, **limits, **where)


def prevalence_by_area(
    cohorts: Iterable[EHCPCohort],
    *,
    population: Readings[Any],
    ages: tuple[int, int] | None = None,
    confidence: float = 0.95,
) -> Readings[pl.DataFrame]:
    """`prevalence` of several cohorts: of authorities beside one another, or of one through the years.

    Args:
        cohorts: The cohorts, each of another area or date.
        population: Readings of one count of children or young people, by nothing, for each area at its mid-year.
        ages: As for `prevalence`.
        confidence: As for `prevalence`.

    Returns:
        In polars, a reading a cohort, as `prevalence` gives it; ``x`` where the population has none of that area and mid-year.

    Raises:
        InvalidValue: As for `prevalence`; or the population is no readings by nothing; so are the others.

    Source:
        As for `prevalence`.

    Example:
        >>> from bucks_cs import demand
        >>> from bucks_cs.ehcp import EHCPCohort, prevalence_by_area
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> children = Readings.of([Reading.of(demand.CHILDREN_AT_MID_YEAR, 124_000, area="825",
        ...     period=Snapshot("30 June 2021"), source=demand.CHILDREN_TO_MID_2024)])
        >>> plans = [EHCPCohort(area=area, at=dt.date(2022, 1, 20), total=5_415, source=NoOfficialSource(reason="an example"))
        ...     for area in ("825", "826")]
        >>> prevalence_by_area(plans, population=children).to_polars().select("area", "withheld").rows()
        [('825', None), ('826', 'x')]
    """
    people_of: object = population
    if not isinstance(people_of, Readings) or people_of.by or len(people_of.indicators) != 1:
        raise InvalidValue(what="population", expected="readings of one count of children or young people, by nothing")
    several: object = cohorts
    given: tuple[Any, ...] = tuple(several) if isinstance(several, Iterable) else (several,)
    there = {(reading.area, reading.period): reading for reading in population}
    found = []
    for cohort in given:
        day = _mid_year(need_cohort(cohort, what="cohorts").at)
        people = there.get((cohort.area, day))
        if people is None:
            where: dict[str, Any] = {"area": cohort.area, "period": cohort.at, "source": cohort.source}
            found.append(Reading.of(PREVALENCE, Withheld.NOT_AVAILABLE, **where))
        else:
            found.append(prevalence(cohort, population=people, ages=ages, confidence=confidence))
    return Readings.of(found, by=())


def _mid_year(at: Period) -> Snapshot:
    """The last 30 June on or before the first day a count can be of."""
    first = at.start
    return Snapshot(dt.date(first.year if (first.month, first.day) >= (6, 30) else first.year - 1, 6, 30))


def _need_population(population: Any, cohort: EHCPCohort) -> None:
    what = "population"
    if not isinstance(population, Reading):
        raise InvalidValue(what=what, expected="a Reading: a count of children or young people on a day")
    of = population.indicator
    if not same_dimension(of.unit, "child"):
        raise UnitError(what=f"{what}: {of.key} is no number of children")
    if of.kind is not Kind.STOCK or of.measure is not Measure.COUNT or population.dims:
        raise InvalidValue(what=what, expected="a count of all the children or young people of the area on a day")
    if population.area is None or area_key(population.area) != cohort.area:
        raise NotComparable(what="plans and a population", why="they are of two areas")
    if population.source is None:
        raise MissingSource(what="a population whose vintage is not said")
    day = _mid_year(cohort.at)
    if population.period != day:
        why = f"the population is not that of {day_in_words(day.start)}, the last mid-year before the plans"
        raise NotComparable(what="plans and a population", why=why)


def _of_ages(cohort: EHCPCohort, ages: Any) -> int:
    """The plans from one age to another, both included; those whose age is not recorded are in none."""
    pair = isinstance(ages, tuple) and len(ages) == 2 and all(isinstance(age, int) and not isinstance(age, bool) for age in ages)
    if not pair or not 0 <= ages[0] <= ages[1] <= OLDEST_AGE:
        raise InvalidValue(what="ages", expected=f"a pair of ages from 0 to {OLDEST_AGE}, the first not above the last")
    if not len(cohort.by_age):
        raise InvalidValue(what="cohort", expected="a cohort by single year of age, where ages are given")
    return sum(plans for age, plans in cohort.by_age.named.counts if _is_within(age, *ages))


def _is_within(age: int | str, first: int, last: int) -> bool:
    if isinstance(age, int):
        return first <= age <= last
    below = int(age.removeprefix("under "))
    if first >= below:
        return False
    if first > 0 or last < below - 1:
        raise InvalidValue(what="ages", expected=f"all ages under {below}, or none of them: the cohort has them in one")
    return True
