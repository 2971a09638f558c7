"""The record: the EHC plans of the documents as cohorts, beside the document and the published Januaries."""

from __future__ import annotations

import pickle

import attrs
import polars as pl
import pytest

from bucks_cs import record
from bucks_cs.ehcp import EHCPCohort, ImpliedCohort, PrimaryNeed
from bucks_cs.errors import InvalidValue
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import Month
from bucks_cs.record import PrintedNeedGrowth, ehcp_cohorts, figure
from bucks_cs.units import quantity

JULY, SINCE = Month("July 2022"), Month("January 2019")
PRINTED = {
    "autistic spectrum disorder (ASD)": (49, ("ASD",)),
    "speech, language and communication needs (SLCN)": (37, ("SLCN",)),
    "specific learning difficulty (SLD)": (75, ("SPLD", "SLD")),
    "multi-sensory impairment (MSI)": (60, ("MSI",)),
    "profound and multiple learning difficulty (PMLD)": (59, ("PMLD",)),
}
"""Typed from paragraph 3.22."""


@pytest.fixture
def paragraph(documents):
    """Paragraph 3.22 of the Cabinet report of October 2022."""
    text = documents["003"]
    return text[text.index("3.22 In parallel") : text.index("3.23 In")]


def test_the_plans_are_those_of_the_paragraph(paragraph):
    """5,704 in July 2022, no day, nothing by need."""
    found = ehcp_cohorts().cohort
    assert "In July 2022, there were 5,704 EHCPs maintained by Buckinghamshire" in paragraph
    assert isinstance(found, EHCPCohort)
    assert (found.area, found.at, found.total, found.breakdowns) == ("825", JULY, quantity(5_704, "plan"), ())
    assert (found.source.title, found.source.place) == ("Children's Services Update, report to Cabinet", "3.22")


def test_the_two_growths_imply_the_plans_of_2021_and_2019(paragraph):
    """10% and 29% as printed: 5,162 to 5,209, and 4,405 to 4,438, worked out by hand in test_ehcp_growth."""
    assert "an increase of 10% on the same point in 2021, and a 29% increase on the same point in 2019" in paragraph
    found = ehcp_cohorts()
    assert [(cohort.at, cohort.least.magnitude, cohort.most.magnitude) for cohort in found.implied] == [
        (Month("July 2021"), 5_162, 5_209),
        (Month("July 2019"), 4_405, 4_438),
    ]
    assert all(isinstance(cohort, ImpliedCohort) and cohort.source.place == "3.22" for cohort in found.implied)
    assert found.implied_at(Month("July 2019")) is found.implied[1]
    for odd in (JULY, "July 2019", None):
        with pytest.raises(InvalidValue, match="July 2021 or July 2019"):
            found.implied_at(odd)


def test_what_is_printed_and_implied_lies_between_the_published_januaries(published):
    """DfE's caseload.csv, the January before and the January after each of the three."""
    table = pl.read_csv(published / "ehc_plans" / "caseload.csv", infer_schema=False)
    here = table.filter((pl.col("old_la_code") == "825") & (pl.col("breakdown") == "All EHC plans"))
    january = {2000 + int(year[-2:]): int(plans) for year, plans in here.select("time_period", "ehcplans").rows()}
    found = ehcp_cohorts()
    for year, low, high in (
        (2022, found.cohort.plans, found.cohort.plans),
        (2021, *(bound.magnitude for bound in found.implied[0].bounds)),
        (2019, *(bound.magnitude for bound in found.implied[1].bounds)),
    ):
        assert january[year] < low <= high < january[year + 1]


def test_the_audit_of_the_record_implies_the_same_plans():
    """Two ways in one library: what the audit says of the printed percentages, and the cohorts."""
    said = {row["id"]: row["why"] for row in record.verdicts().iter_rows(named=True)}
    for year, cohort in zip((2021, 2019), ehcp_cohorts().implied, strict=True):
        range_ = f"{cohort.least.magnitude:,} to {cohort.most.magnitude:,}"
        assert range_ in said[f"cabinet-2022-10/3.22/since-{year}"]


def test_the_growth_of_five_needs_is_as_printed(paragraph):
    """Labels letter for letter, in the order of the page, from January 2019."""
    found = ehcp_cohorts().growth_by_need
    assert {
        printed.label: (printed.percent.m_as("percent"), tuple(need.value for need in printed.needs)) for printed in found
    } == PRINTED
    assert [printed.label for printed in found] == list(PRINTED)
    assert "since January 2019" in paragraph
    places = [paragraph.index(printed.label) for printed in found]
    assert places == sorted(places)
    for printed in found:
        assert printed.figure.as_printed in paragraph
        assert (printed.earlier, printed.later, printed.source.place) == (SINCE, JULY, "3.22")


def test_the_term_that_names_two_needs_is_kept_and_left_open():
    """The words are SPLD, the letters severe learning difficulty."""
    found = ehcp_cohorts()
    printed = found.growth_of(PrimaryNeed.SLD)
    assert printed is found.growth_of(PrimaryNeed.SPLD)
    assert printed.need is None
    assert "cannot be told" in printed.note
    assert "Unresolved" in str(printed)
    assert found.growth_of(PrimaryNeed.ASD).need is PrimaryNeed.ASD
    assert "Unresolved" not in str(found.growth_of(PrimaryNeed.ASD))
    with pytest.raises(InvalidValue, match="ASD, SLCN, SPLD, SLD, MSI, PMLD"):
        found.growth_of(PrimaryNeed.HI)


def test_a_growth_that_is_no_percentage_or_of_no_need_is_refused():
    """The count of plans is none."""
    one = ehcp_cohorts().growth_by_need[0]
    for changed in ({"needs": ()}, {"needs": ("ASD",)}, {"figure": figure("cabinet-2022-10/3.22/plans")}, {"earlier": 2019}):
        with pytest.raises(InvalidValue):
            PrintedNeedGrowth(**{name: getattr(one, name) for name in ("label", "needs", "figure", "earlier", "later")} | changed)


def test_the_whole_is_said_in_lines_and_can_be_kept():
    """Pickled without loss, its cohorts written as JSON and TOML."""
    found = ehcp_cohorts()
    assert pickle.loads(pickle.dumps(found)) == found == attrs.evolve(found)
    assert (
        str(found).splitlines()[-1].startswith("Growth by primary need since January 2019: autistic spectrum disorder (ASD) 49%;")
    )
    assert from_json(to_json(found.cohort), EHCPCohort) == found.cohort
    assert from_toml(to_toml(found.implied[0]), ImpliedCohort) == found.implied[0]
    assert record.ehcp_cohorts() is found
