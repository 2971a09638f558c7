"""The record: what can be asked of official data because of a claim in words, and how it is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bucks_cs.comparison import Among, NeighbourModel, Position, Quartile, position
from bucks_cs.ehcp import PLANS, PrimaryNeed
from bucks_cs.indicators import Better, Indicator, Kind, Measure, with_unit
from bucks_cs.record.officially.claims_in_words import ClaimTest
from bucks_cs.record.officially.facts import BUCKINGHAMSHIRE, ENGLAND, OfficialFact, as_readings, official_fact
from bucks_cs.record.officially.measures import official_measure
from bucks_cs.units import in_unit

__all__ = ["above_england", "above_the_others", "as_indicator", "best_quarter", "highest", "largest_needs", "rose"]


def as_indicator(measure: str, better: Better, kind: Kind) -> Indicator:
    """An official measure as an indicator: the subject's own, and one made of what is published where no subject has it.

    Args:
        measure: The key of the official measure.
        better: Which way is better, where no subject says so.
        kind: Flow or stock, where no subject says so.
    """
    of = official_measure(measure)
    if of.indicator is not None:
        return of.indicator
    return Indicator(
        key=f"record.{measure.replace('.', '_')}",
        title=str(of),
        counts=of.title,
        measure=Measure.SHARE if of.unit == "percent" else Measure.MEAN,
        kind=kind,
        unit=of.unit or "dimensionless",
        better=better,
        sources=of.source,
    )


def _amount(fact: OfficialFact) -> str:
    return with_unit(fact.number, fact.measure.unit or "dimensionless")


def best_quarter(measure: str, on: dt.date) -> ClaimTest:
    """Is it among the best quarter of the South East?

    Args:
        measure: The key of the official measure.
        on: A day of the period.
    """
    indicator = as_indicator(measure, Better.HIGHER, Kind.FLOW)
    stands = position(as_readings(indicator, measure=measure, on=on), area=BUCKINGHAMSHIRE, among=Among.REGION)
    asked = f"in the best quarter of the South East, {official_measure(measure).basis}, {stands.reading.period}"
    return ClaimTest(asked=asked, holds=stands.quartile is Quartile.A, found=str(stands), position=stands)


def above_the_others(indicator: Indicator, *, measure: str, on: dt.date, model: NeighbourModel | None = None) -> ClaimTest:
    """Is it above the aggregate, the mean and the median, whichever is meant by what others have?

    Args:
        indicator: What the figures are readings of.
        measure: The key of the official measure.
        on: A day of the period.
        model: Whose neighbours it is set among; None for the South East.
    """
    among = Among.REGION if model is None else Among.NEIGHBOURS
    readings = as_readings(indicator, measure=measure, on=on)
    stands = position(readings, area=BUCKINGHAMSHIRE, among=among, model=model)
    whom = "the South East" if model is None else f"its statistical neighbours ({model})"
    asked = f"above {whom} by aggregate, mean and median, {stands.reading.period}"
    return ClaimTest(asked=asked, holds=_is_above(stands), found=str(stands), position=stands)


def _is_above(stands: Position) -> bool:
    own, unit = stands.reading.number, stands.reading.indicator.unit
    found = [in_unit(one, unit) for one in (stands.aggregate, stands.mean, stands.median) if one is not None]
    return own is not None and len(found) == 3 and all(own > one for one in found)


def above_england(measure: str, days: Iterable[dt.date], *, among_region_on: dt.date | None = None) -> ClaimTest:
    """Is it above the published figure of England in every one of these years?

    Args:
        measure: The key of the official measure.
        days: A day of each year.
        among_region_on: A day of the year to rank it in the South East for; None: not ranked.
    """
    pairs = [(official_fact(measure, on=day), official_fact(measure, on=day, area=ENGLAND)) for day in days]
    found = "; ".join(f"{own.period}: {_amount(own)}, England {_amount(england)}" for own, england in pairs)
    stands = None
    if among_region_on is not None:
        indicator = as_indicator(measure, Better.HIGHER, Kind.FLOW)
        stands = position(as_readings(indicator, measure=measure, on=among_region_on), area=BUCKINGHAMSHIRE, among=Among.REGION)
    every = " in every year" if len(pairs) > 1 else ""
    return ClaimTest(
        asked=f"{official_measure(measure)}: above England{every}",
        holds=all(own.number > england.number for own, england in pairs),
        found=found,
        position=stands,
    )


def rose(measure: str, first: dt.date, last: dt.date, *, area: str = BUCKINGHAMSHIRE) -> ClaimTest:
    """Is the later figure the higher one?

    Args:
        measure: The key of the official measure.
        first: A day of the earlier period.
        last: A day of the later.
        area: LA number, or England's ONS code.
    """
    before, after = (official_fact(measure, on=day, area=area) for day in (first, last))
    where = "England" if area == ENGLAND else "Buckinghamshire"
    return ClaimTest(
        asked=f"{official_measure(measure).title}, {where}: higher, {after.period}, than {before.period}",
        holds=after.number > before.number,
        found=f"{_amount(before)}, then {_amount(after)}",
    )


def highest(measure: str, days: Iterable[dt.date]) -> ClaimTest:
    """Is the last figure of a series higher than every one before?

    Args:
        measure: The key of the official measure.
        days: A day of each period, in order.
    """
    *earlier, last = (official_fact(measure, on=day) for day in days)
    most = max(earlier, key=lambda fact: fact.number)
    return ClaimTest(
        asked=f"{official_measure(measure).title}: higher, {last.period}, than ever since {earlier[0].period}",
        holds=last.number > most.number,
        found=f"{_amount(last)}; the highest before was {_amount(most)}, {most.period}",
    )


def largest_needs(named: set[str], on: dt.date) -> ClaimTest:
    """Are the needs that are named the largest there are?

    Args:
        named: Their codes.
        on: A day of the period.
    """
    needs = [need.value for need in PrimaryNeed if need.published_as is need]
    facts = sorted((official_fact(PLANS.key, on=on, part=need) for need in needs), key=lambda fact: -fact.number)
    largest = facts[: len(named)]
    return ClaimTest(
        asked=f"the largest primary needs, {facts[0].period}",
        holds={fact.part for fact in largest} == named,
        found=", ".join(f"{fact.part} {_amount(fact)}" for fact in facts[: len(named) + 1]),
    )
