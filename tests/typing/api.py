"""What users write, as a type checker sees it: run by mypy --strict and by pyright, not by pytest.

`assert_type` fails the check where the type a user gets is not the one written here.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_type

import pandas as pd
import polars as pl

import bucks_cs
from bucks_cs import Indicator, NoOfficialSource, Reading, Readings, Source, Withheld, audit, demand, rates, record, trend
from bucks_cs.audit import Finding, Findings, Status
from bucks_cs.demand import INDICATORS, Activity, DemandIndicator, activity
from bucks_cs.frames import Checked
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


def what_a_subject_measures() -> None:
    """All of it at once, and one by its name."""
    assert_type(INDICATORS, tuple[Indicator, ...])
    assert_type(demand.REFERRALS, DemandIndicator)


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


def a_scalar_rate() -> None:
    """A share and a rate are plain floats with their interval."""
    assert_type(rates.proportion(12, 40).value, float)
    assert_type(rates.rate(575, 122_137, per=10_000).upper, float)


def on_polars(table: pl.DataFrame, scan: pl.LazyFrame) -> None:
    """What goes in as polars comes out as polars, eager or lazy."""
    assert_type(rates.proportions(table, count="rereferrals", out_of="referrals"), pl.DataFrame)
    assert_type(rates.rates(scan, count="plans", population="children", per=10_000), pl.LazyFrame)
    assert_type(Activity.conform(table, columns={"count": "n"}), Checked[pl.DataFrame])
    assert_type(activity(table), Readings[pl.DataFrame])
    assert_type(activity(scan).frame, pl.LazyFrame)
    assert_type(activity(scan).collect(), Readings[pl.DataFrame])


def on_pandas(table: pd.DataFrame) -> None:
    """And what goes in as pandas comes out as pandas."""
    assert_type(rates.proportions(table, count="rereferrals", out_of="referrals"), pd.DataFrame)
    checked = Activity.conform(table)
    assert_type(checked, Checked[pd.DataFrame])
    assert_type(activity(checked), Readings[pd.DataFrame])
    assert_type(activity(table).frame, pd.DataFrame)


def many_values(readings: Readings[pd.DataFrame], earlier: Period, later: Period) -> None:
    """Readings are asked for one, gone through, set against an earlier period, and keep their kind of frame."""
    assert_type(readings.at(indicator="demand.referrals", period=later), Reading)
    assert_type([reading.number for reading in readings], list[float | None])
    assert_type(trend.change(readings, earlier=earlier, later=later), Readings[pd.DataFrame])


def an_audit(table: pd.DataFrame) -> None:
    """Findings of a table of any kind, and of single figures."""
    findings = audit.changes(table, before="early_2020", after="2022", printed="change", label="measure")
    assert_type(findings, Findings)
    assert_type(findings[0], Finding)
    assert_type(findings.at("Contacts").status, Status)
    assert_type(audit.total([4, 22, 4], printed=30), Findings)


def the_record() -> None:
    """What Buckinghamshire printed."""
    assert_type(record.demand(), Readings[pl.DataFrame])
