"""The record: the school inspections of October 2022 as typed data, beside the paragraph, the audit and Ofsted's file."""

from __future__ import annotations

import pickle

import attrs
import polars as pl
import pytest

from bucks_cs import record
from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.inspections import (
    SCHOOLS_GOOD_OR_OUTSTANDING,
    Movement,
    ShareOfPupils,
    ShareOfSchools,
    movement,
    read_schools_by_authority,
)
from bucks_cs.periods import Snapshot, Span
from bucks_cs.record import PrintedSchoolsInspected, schools_inspected
from bucks_cs.units import quantity

PRINTED = {
    "inspected": 30,
    "primary": 24,
    "secondary": 5,
    "special": 1,
    "improved": 4,
    "maintained": 22,
    "maintained_good": 18,
    "remained_requires_improvement": 4,
    "dropped": 4,
}
"""Typed from paragraphs 3.35 and 3.36."""


@pytest.fixture
def paragraphs(documents):
    """Paragraphs 3.35 to 3.38 of the Cabinet report of October 2022."""
    text = documents["003"]
    return text[text.index("School Inspections 3.35") : text.index("The evolution of the Early Help Offer")]


def test_the_figures_are_those_of_the_paragraphs(paragraphs):
    """Each as printed, in the words it is printed in."""
    found = schools_inspected()
    assert found.counts == PRINTED
    for printed in (found.inspected, *found.by_phase.values(), found.improved, found.maintained, found.dropped):
        assert printed.as_printed in paragraphs
    assert "30 Buckinghamshire schools have been inspected (24 primary, 5 secondary and 1 special school)" in paragraphs
    assert "4 improved their rating to good or better, 22 maintained their previous judgements" in paragraphs
    assert "(18 maintained their good or better judgement and 4 remained requires improvement)" in paragraphs
    assert "the rating dropped in 4 schools" in paragraphs
    assert (found.when.earliest.isoformat(), found.when.latest.isoformat()) == ("2021-09-01", "2022-10-11")
    assert (found.source.title, found.source.place) == ("Children's Services Update, report to Cabinet", "3.35")


def test_the_phases_and_the_movements_add_up():
    """24 + 5 + 1 = 30; 4 + 22 + 4 = 30; 18 + 4 = 22."""
    n = schools_inspected().counts
    assert n["primary"] + n["secondary"] + n["special"] == n["inspected"] == 30
    assert n["improved"] + n["maintained"] + n["dropped"] == 30
    assert n["maintained_good"] + n["remained_requires_improvement"] == n["maintained"] == 22


def test_the_audit_of_the_record_checks_them():
    """Three relations, each of which agrees, over the very figures that are typed here."""
    found = schools_inspected()
    labels = {
        "3.35, schools by phase": {found.inspected, *found.by_phase.values()},
        "3.36, schools by what became of their rating": {found.inspected, found.improved, found.maintained, found.dropped},
        "3.36, schools that kept their judgement": {
            found.maintained,
            found.maintained_good,
            found.remained_requires_improvement,
        },
    }
    audited = record.audit()
    for label, figures in labels.items():
        finding = audited.at(label)
        assert finding.agrees
        assert {record.figure(key) for key in finding.relation.figures} == figures


def test_the_share_of_pupils_is_none_of_schools(published, paragraphs):
    """90% of pupils in July 2022, and 87.8% of mainstream schools on 31 August: two types, which do not compare."""
    assert (
        "At the end of the academic year 2022, 90% of Buckinghamshire pupils attended a good or outstanding school." in paragraphs
    )
    pupils = schools_inspected().pupils
    assert isinstance(pupils, ShareOfPupils)
    assert (pupils.percent, pupils.number, pupils.area) == (quantity(90, "percent"), None, "825")
    assert pupils.at.latest.isoformat() == "2022-07-31"
    file = published / "inspections" / "schools_overall_effectiveness_by_la_2019_2023.csv"
    mainstream = read_schools_by_authority(file, by="school_type").where(
        indicator=SCHOOLS_GOOD_OR_OUTSTANDING.key,
        area="825",
        school_type="State-funded mainstream school",
        period=Snapshot("31 August 2022"),
    )
    of_schools = ShareOfSchools.of_reading(mainstream.at())
    assert round(of_schools.percent.magnitude, 1) == 87.8
    for compare in (pupils.minus, of_schools.__lt__):
        with pytest.raises(NotComparable):
            compare(of_schools if compare == pupils.minus else pupils)


def test_four_drops_are_fewer_than_ofsteds_counts_of_the_year_show(published):
    """Mainstream, 31 August 2021 to 2022: outstanding 48 to 43, inadequate 8 to 12: the record's tension."""
    file = published / "inspections" / "schools_overall_effectiveness_by_la_2019_2023.csv"
    read = read_schools_by_authority(file, by="school_type").where(area="825", school_type="State-funded mainstream school")
    counts = {
        (reading.indicator.key.rpartition("_")[2], reading.period.start.year): reading.number
        for reading in read
        if reading.numerator is None
    }
    assert (counts["outstanding", 2021], counts["outstanding", 2022]) == (48, 43)
    assert (counts["inadequate", 2021], counts["inadequate", 2022]) == (8, 12)
    assert counts["outstanding", 2021] - counts["outstanding", 2022] > schools_inspected().counts["dropped"]


def test_rows_that_fit_the_report_are_counted_as_it_counts_them():
    """Made-up schools with the printed movements give the printed counts."""
    n = schools_inspected().counts
    pairs = [("3", "2")] * n["improved"] + [("2", "2")] * n["maintained_good"]
    pairs += [("3", "3")] * n["remained_requires_improvement"] + [("2", "3")] * n["dropped"]
    rows = pl.DataFrame(
        {
            "urn": [str(number) for number in range(len(pairs))],
            "previous_grade": [before for before, _ in pairs],
            "grade": [now for _, now in pairs],
        }
    ).with_columns(judged_date=pl.date(2022, 3, 1))
    when = schools_inspected().when
    counted = movement(rows, period=Span(when.earliest, when.latest)).to_polars()
    of = {Movement(row["movement"]): row["value"] for row in counted.iter_rows(named=True)}
    assert sum(of.values()) == n["inspected"]
    assert sum(number for kind, number in of.items() if kind.is_maintained) == n["maintained"]
    assert sum(number for kind, number in of.items() if kind.is_improved) == n["improved"]
    assert sum(number for kind, number in of.items() if kind.is_dropped) == n["dropped"]


def test_a_part_of_another_kind_is_refused():
    """A number for a figure, a share of schools for one of pupils."""
    found = schools_inspected()
    share = ShareOfSchools(percent=quantity(90, "percent"), area=825, at=found.pupils.at, source=found.source)
    for change in ({"inspected": 30}, {"primary": None}, {"pupils": share}, {"pupils": 90}):
        with pytest.raises(InvalidValue, match="PrintedSchoolsInspected"):
            attrs.evolve(found, **change)


def test_it_is_said_in_a_line_and_can_be_kept():
    """Pickled without loss, and the same object each time."""
    found = schools_inspected()
    assert isinstance(found, PrintedSchoolsInspected)
    assert pickle.loads(pickle.dumps(found)) == found
    assert record.schools_inspected() is found
    assert "30 schools inspected since September 2021 (24 primary, 5 secondary, 1 special)" in str(found)
