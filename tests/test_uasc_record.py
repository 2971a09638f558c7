"""The record's unaccompanied children, typed: beside the document, and every number beside the arithmetic that makes it."""

from __future__ import annotations

import datetime as dt
import pickle

import attrs
import pytest

from bucks_cs import record, uasc
from bucks_cs.audit import Bound, Status
from bucks_cs.errors import InvalidValue, NotComparable, NotInForce
from bucks_cs.interchange import from_json, to_json
from bucks_cs.periods import CalendarYear, Snapshot, Span
from bucks_cs.record import PrintedTransferThreshold, unaccompanied_children
from bucks_cs.units import quantity

OCTOBER = dt.date(2022, 10, 11)


@pytest.fixture
def paragraphs(documents):
    """Paragraphs 3.30 to 3.34 of the Cabinet report of October 2022."""
    text = documents["003"]
    return text[text.index("Unaccompanied Asylum Seeking Children 3.30") : text.index("School Inspections 3.35")]


def test_the_numbers_are_those_of_the_paragraphs(paragraphs):
    """32 and, apart from them, 68; 0.10% and 127, 0.07% and 89."""
    printed = unaccompanied_children()
    assert "Currently, the Service supports 32." in paragraphs
    assert "There are 68 UASC over the age of 18 open to the Service" in paragraphs
    assert "until it reaches 0.10% of the child (0-18) population (127 individuals for Buckinghamshire)" in paragraphs
    assert "previous ask of 0.07%, 89 individuals for Buckinghamshire" in paragraphs
    assert (printed.children.area, printed.children.at) == ("825", Snapshot(OCTOBER))
    assert printed.children.under_18 == quantity(32, "child")
    assert printed.children.former.over_18 == quantity(68, "case")
    assert [(each.percent.as_printed, each.number.as_printed, each.at) for each in printed.thresholds] == [
        ("0.10%", "127", OCTOBER), ("0.07%", "89", dt.date(2022, 8, 23)),
    ]  # fmt: skip
    assert printed.ages.as_printed == "0-18"
    assert (printed.children.source.place, printed.children.former.source.place) == ("3.30", "3.31")
    assert printed.source.title == "Children's Services Update, report to Cabinet"


def test_those_over_18_are_outside_the_percentage_as_the_report_says(paragraphs):
    """And cannot be taken for the children, nor added to them."""
    assert "the percentage calculated for each local authority does not include care leavers" in paragraphs
    children = unaccompanied_children().children
    with pytest.raises(NotComparable, match="care leaver"):
        children + children.former


def test_the_lengths_of_decisions_keep_their_hedges(paragraphs):
    """About a year, 2 to 3 though the print is garbled, over 4 with no upper end."""
    assert "about a year (average for 2017). Between 2018 and 2020 this slowed to within 2 to 3 three years." in paragraphs
    assert "over 4 years is the norm" in paragraphs
    first, second, now = unaccompanied_children().decision_lengths
    assert [(each.bound, each.years) for each in (first, second, now)] == [
        (Bound.ABOUT, (1, 1)), (Bound.RANGE, (2, 3)), (Bound.OVER, (4, None)),
    ]  # fmt: skip
    assert [each.said for each in (first, second, now)] == ["about a year", "2 to 3 three", "over 4 years"]
    assert [each.statistic for each in (first, second, now)] == ["average", "", "the norm"]
    between = Span("1 January 2018", "31 December 2020")
    assert [each.period for each in (first, second, now)] == [CalendarYear(2017), between, None]
    assert {each.source.place for each in (first, second, now)} == {"3.33"}


def test_the_printed_numbers_follow_from_one_population_of_three():
    """126,804 gives 127 and 89; 122,495 gives 122 and 86; 133,033, aged 0 to 18 as printed, 133 and 93."""
    found = unaccompanied_children().population
    assert [(one.number, one.ages, tuple(int(n.magnitude) for n in found.numbers_of(one))) for one in found.among] == [
        (126_804, (0, 17), (127, 89)), (122_495, (0, 17), (122, 86)), (133_033, (0, 18), (133, 93)),
    ]  # fmt: skip
    assert [one.number for one in found.giving] == [126_804]
    assert found.implied == (quantity(126_500, "child"), quantity(127_499, "child"))


def test_the_headroom_is_95_and_was_57():
    """From the typed objects alone."""
    printed = unaccompanied_children()
    (population,) = printed.population.giving
    left = [uasc.headroom(printed.children, threshold=uasc.threshold(population, at=each.at)) for each in printed.thresholds]
    assert left == [quantity(95, "child"), quantity(57, "child")]


def test_the_audit_agrees_with_the_numbers_and_not_with_the_ages():
    """Four relations: each number of those aged 0 to 17 follows, and neither of those aged as printed."""
    found = {each.relation.label: each.status for each in unaccompanied_children().audit()}
    assert found == {
        "3.30, 0.10% of those aged 0 to 17": Status.AGREES,
        "3.30, 0.10% of those aged as printed": Status.DISAGREES,
        "3.30, 0.07% of those aged 0 to 17": Status.AGREES,
        "3.30, 0.07% of those aged as printed": Status.DISAGREES,
    }


def test_32_lies_between_the_official_counts_of_the_two_marches():
    """DfE: 28 on 31 March 2022 and 71 a year later, under the same key as the measure worked out from records."""
    official = [record.official_fact("uasc.looked_after", on=dt.date(year, 3, 31)) for year in (2022, 2023)]
    assert [fact.number for fact in official] == [28, 71]
    assert {fact.measure.indicator.key for fact in official} == {uasc.LOOKED_AFTER.key}
    assert official[0].measure.indicator is uasc.LOOKED_AFTER
    assert 28 < unaccompanied_children().children.number < 71


def test_a_percentage_that_was_not_in_force_is_refused():
    """0.10% before 24 August 2022, and anything before the scheme."""
    now, before = unaccompanied_children().thresholds
    with pytest.raises(InvalidValue, match="in force on the day"):
        attrs.evolve(now, at=before.at)
    with pytest.raises(NotInForce):
        attrs.evolve(before, at=dt.date(2016, 6, 30))
    with pytest.raises(InvalidValue):
        PrintedTransferThreshold(percent=None, number=now.number, at=OCTOBER)


def test_it_is_one_object_that_can_be_kept():
    """The same each time; pickled, and in JSON."""
    printed = unaccompanied_children()
    assert printed is unaccompanied_children()
    assert pickle.loads(pickle.dumps(printed)) == printed
    assert from_json(to_json(printed), type(printed)) == printed
    assert "68 former unaccompanied children" in str(printed)


@pytest.mark.parametrize("nonsense", [5, "x", None, [5], (None,)])
@pytest.mark.parametrize("field", ["thresholds", "decision_lengths", "children", "ages"])
def test_a_part_of_another_kind_is_refused_by_name(field, nonsense):
    """Each part of what is printed."""
    with pytest.raises(InvalidValue, match=f"PrintedUnaccompaniedChildren.{field}"):
        attrs.evolve(unaccompanied_children(), **{field: nonsense})
