"""What users write, as a type checker sees it: run by mypy --strict and by pyright, not by pytest.

`assert_type` fails the check where the type a user gets is not the one written here.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import bucks_cs
from bucks_cs import Indicator, NoOfficialSource, Reading, Source, Withheld
from bucks_cs.indicators import Better, Kind, Measure
from bucks_cs.periods import Period
from bucks_cs.provenance import Dated
from bucks_cs.units import Quantity, annualise, in_unit, quantity


def a_measure_of_ones_own() -> Indicator:
    """Defining an indicator, with a source or with the statement that there is none."""
    return Indicator(
        key="demand.early_help_contacts",
        title="Early help contacts",
        counts="contacts that early help took on",
        measure=Measure.COUNT,
        kind=Kind.FLOW,
        unit="contact",
        better=Better.NEITHER,
        sources=NoOfficialSource(reason="early help has no census"),
    )


def one_value(measure: Indicator, month: Period, report: Source) -> None:
    """Making one reading, and taking it apart."""
    reading = Reading.of(measure, 1_375.0, area="825", period=month, source=report.at("paragraph 3.19"))
    assert_type(reading, Reading)
    assert_type(reading.value, Quantity | Withheld)
    assert_type(reading.number, float | None)
    assert_type(reading.withheld, Withheld | None)
    assert_type(str(reading), str)


def a_gap() -> None:
    """Reading a mark in a published table."""
    assert_type(Withheld.read("[c]"), Withheld)
    assert_type(Withheld.first([Withheld.LOW, Withheld.CONFIDENTIAL]), Withheld | None)


def a_limit_by_date_in_force(limit: Dated[int]) -> int:
    """What the law said on a day keeps its type."""
    return assert_type(limit.on(dt.date(2022, 2, 11)), int)


def a_price() -> float:
    """A quantity, and the plain number in a unit that is named."""
    price = quantity("£7000/week")
    assert_type(price, Quantity)
    assert_type(annualise(price, weeks=52), Quantity)
    return assert_type(in_unit(price, "GBP/week"), float)


def the_map() -> None:
    """Modules and objects are there as attributes of the package."""
    assert_type(bucks_cs.__version__, str)
    assert_type(bucks_cs.indicators.Withheld.LOW.meaning, str)
    assert_type(bucks_cs.units.symbol("percent"), str)
