"""What the checkers of types see of the ground modules: a value in force keeps its type, and so does a vintage."""

from __future__ import annotations

import datetime as dt
from typing import assert_type

from bucks_cs.indicators import Indicator, Reading, Withheld
from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource, Source, Vintage, Vintages, published
from bucks_cs.units import Quantity, annualise, in_unit, quantity


def rules_keep_their_type(limit: Dated[Quantity], day: dt.date) -> None:
    """A limit is a quantity, and a code is text."""
    code: InForce[str] = InForce(value="E06000060", since=day, source=NoOfficialSource(reason="made up"))
    assert_type(limit.on(day), Quantity)
    assert_type(limit.in_force(day), InForce[Quantity])
    assert_type(code.value, str)
    assert_type(Dated(what="codes", values=(code,)).on(day), str)
    for found in limit:
        assert_type(found.value, Quantity)
    assert_type(published("2022"), dt.date | DateBounds)


def vintages_keep_their_type(source: Source) -> None:
    """An edition of a count is a count."""
    population = Vintages(what="population", editions=[Vintage(name="original", value=126_804, source=source)])
    assert_type(population, Vintages[int])
    assert_type(population.named("original").value, int)
    assert_type(population.names, tuple[str, ...])


def quantities_and_readings(indicator: Indicator, reading: Reading) -> None:
    """Ours in, ours out; a plain number where one is asked for."""
    assert_type(annualise(quantity("£7,000/week"), weeks=53), Quantity)
    assert_type(in_unit(quantity(2, "week"), "day"), float)
    assert_type(reading.number, float | None)
    assert_type(reading.withheld, Withheld | None)
    assert_type(Withheld.first([Withheld.LOW]), Withheld | None)
    assert_type(Reading.of(indicator, Withheld.LOW, period=reading.period), Reading)
