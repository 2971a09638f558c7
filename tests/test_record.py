"""The record: the table of paragraph 3.19, beside the document it was printed in."""

from __future__ import annotations

import pytest

import bucks_cs.record as door
from bucks_cs import record
from bucks_cs.demand import PATHWAY
from bucks_cs.indicators import Interval, Kind
from bucks_cs.record import CABINET_REPORT_OCTOBER_2022, EARLY_2020, SO_FAR_IN_2022, demand, demand_table

PRINTED = {
    "demand.contacts": ("Contacts", "1,375", "2,088", "52"),
    "demand.referrals": ("Referrals", "902", "1,282", "42"),
    "demand.section_47_enquiries": ("Section 47 enquires", "200", "256", "24"),
    "demand.initial_child_protection_conferences": ("Initial Child Protection Conferences", "55", "74", "43"),
    "demand.children_subject_to_a_child_protection_plan": ("Children subject to a child protection plan", "512", "730", "43"),
    "demand.children_with_an_allocated_social_worker": ("Children with an allocated social worker", "2,283", "4,144", "26"),
}
"""Typed from the page."""


@pytest.fixture
def report(documents):
    """The text of the Cabinet report of October 2022."""
    return documents["003"]


def test_the_six_rows_are_as_printed_in_the_document(report):
    """Label, two averages and the percentage, in the order of the page, its misprints with them."""
    table = report[report.index("3.19 As shown in the table below") :]
    table = table[: table.index("3.20")]
    places = []
    for row in demand_table().iter_rows(named=True):
        label = row["label"].split()
        figures = [row["early_2020_monthly_average"], row["monthly_average_2022"], row["percent_change"]]
        # A long label goes on below its figures, so that they stand somewhere between its words.
        printed = [" ".join([*label[:n], *figures, *label[n:]]) for n in range(1, len(label) + 1)]
        (place,) = [table.index(text) for text in printed if f" {text} " in f"{table} "]
        places.append(place)
    assert places == sorted(places)


def test_the_six_rows_are_those_typed_from_the_page():
    """For whom the document is not at hand."""
    table = demand_table()
    columns = ["label", "early_2020_monthly_average", "monthly_average_2022", "percent_change"]
    assert {row[1]: tuple(row[2:]) for row in table.select("id", "indicator", *columns).rows()} == PRINTED
    assert table.columns == ["id", "indicator", *columns]
    assert {str(kind) for kind in table.dtypes} == {"String"}
    assert table["id"].n_unique() == 6
    assert sum(table.null_count().row(0)) == 0


def test_each_row_is_an_indicator_of_demand():
    """In the order of the pathway, assessments and children in need not being in the table."""
    keys = [indicator.key for indicator in PATHWAY]
    found = demand_table()["indicator"].to_list()
    assert [key for key in keys if key in found] == found


def test_the_windows_are_known_within_bounds_only():
    """Which months they are is not printed; an exact window never equals one of them."""
    assert (EARLY_2020.exact, SO_FAR_IN_2022.exact) == (False, False)
    assert (EARLY_2020.start.year, SO_FAR_IN_2022.start.year, SO_FAR_IN_2022.end.month) == (2020, 2022, 9)


def test_the_counts_are_readings_with_the_bounds_that_rounding_leaves():
    """Two windows of six indicators: 1,375 printed is from 1,374.5 to 1,375.5."""
    readings = demand()
    found = list(readings)
    assert len(found) == 12
    typed = {(key, i): float(row[1 + i].replace(",", "")) for key, row in PRINTED.items() for i in (0, 1)}
    for reading in found:
        which = 0 if reading.period == EARLY_2020 else 1
        printed = typed.pop((reading.indicator.key, which))
        assert (reading.lower.magnitude, reading.number, reading.upper.magnitude) == (printed - 0.5, printed, printed + 0.5)
        assert str(reading.value.units) == reading.indicator.unit
        assert (reading.interval, reading.area, reading.source) == (Interval.ROUNDING, "825", CABINET_REPORT_OCTOBER_2022)
        assert reading.withheld is None
    assert typed == {}
    assert {r.indicator.key for r in found if r.indicator.kind is Kind.STOCK} == {key for key in PRINTED if ".children_" in key}


def test_the_source_is_the_report_of_11_october_2022():
    """Title, publisher, date and place, as no number goes without."""
    assert str(CABINET_REPORT_OCTOBER_2022.date) == "2022-10-11"
    assert CABINET_REPORT_OCTOBER_2022.publisher == "Buckinghamshire Council"
    assert "3.19" in CABINET_REPORT_OCTOBER_2022.place


def test_the_report_names_its_date(report):
    """As the source has it."""
    assert "11 October 2022" in report


def test_a_table_asked_for_twice_is_two_tables():
    """Nothing that one caller does reaches another."""
    assert demand_table() is not demand_table()
    assert demand() == demand()


def test_the_door_has_the_names_it_says_it_has_and_no_other():
    """Lazily, and with an error for a slip."""
    assert all(getattr(door, name) is not None for name in door.__all__)
    assert dir(record) == sorted(record.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'demands'"):
        _ = record.demands
