"""The words of sufficiency: the six areas of paragraph 3.23, and codes that agree with others'."""

from __future__ import annotations

import pytest

from bucks_cs import ehcp, sufficiency
from bucks_cs.errors import InvalidValue, MissingSource
from bucks_cs.provenance import NoOfficialSource, Source
from bucks_cs.sufficiency import (
    AREAS_OF_NEED,
    AreaOfNeed,
    HomeGroup,
    KindOfHome,
    KindOfProvision,
    PhaseOfEducation,
    PhaseOfStrategy,
    ProviderOfHome,
    ProvisionGroup,
    TypeOfNeed,
)


def test_each_area_of_need_is_printed_so_in_the_report_and_in_this_order(documents):
    """Paragraph 3.23 of the October 2022 Cabinet report, letter by letter but for white space."""
    report = documents["003"]
    at = [report.index(f"{area.number}. {area.printed}") for area in AREAS_OF_NEED]
    assert at == sorted(at)
    assert report.index("3.23 ") < at[0]
    assert at[-1] < report.index("3.24 ")
    assert [area.source.place for area in AREAS_OF_NEED] == [f"paragraph 3.23 {n}" for n in ("i", "ii", "iii", "iv", "v", "vi")]


def test_the_strategy_has_as_many_phases_as_the_report_says(documents):
    """Paragraph 3.24: three, of the strategy and not of education."""
    assert "This SEND Sufficiency Strategy will be carried out over three phases" in documents["003"]
    assert len(PhaseOfStrategy) == 3


@pytest.mark.parametrize("area", AREAS_OF_NEED, ids=lambda area: area.number)
def test_what_is_read_out_of_an_area_is_in_its_words(area):
    """Each phase and locality by its own name, and each need by its code or its words."""
    words = area.printed.casefold()
    for phase in PhaseOfEducation:
        assert (phase.value in words) == (phase in area.phases)
    for name in ("Aylesbury", "Wycombe"):
        assert (name.casefold() in words) == (name in area.localities)
    said = {"ASD": "autism", "SLCN": "slcn", "SEMH": "semh", "MLD": "moderate learning difficulties"}
    for code, name in said.items():
        plain = name in words or (code == "MLD" and "and learning difficulties" in words)
        assert plain == (TypeOfNeed(code) in area.needs)


def group(kind, phase=None, need=None, locality=None):
    """A group of places."""
    return ProvisionGroup(kind=kind, phase=phase, need=need, locality=locality)


@pytest.mark.parametrize(
    ("number", "places", "covered"),
    [
        ("i", group(KindOfProvision.MAINSTREAM, PhaseOfEducation.SECONDARY, TypeOfNeed.SEMH, "Chesham"), True),
        ("i", group(KindOfProvision.MAINSTREAM, PhaseOfEducation.PRIMARY, TypeOfNeed.SEMH, "Aylesbury"), False),
        ("i", group(KindOfProvision.SPECIAL_SCHOOL, PhaseOfEducation.SECONDARY, TypeOfNeed.SEMH), False),
        ("i", group(KindOfProvision.MAINSTREAM, PhaseOfEducation.SECONDARY), False),
        ("ii", group(KindOfProvision.ALTERNATIVE_PROVISION, PhaseOfEducation.SECONDARY, TypeOfNeed.MLD, "Aylesbury"), True),
        ("ii", group(KindOfProvision.ALTERNATIVE_PROVISION, PhaseOfEducation.SECONDARY, TypeOfNeed.MLD, "Wycombe"), False),
        ("iii", group(KindOfProvision.SEN_UNIT, PhaseOfEducation.PRIMARY), True),
        ("iv", group(KindOfProvision.SPECIAL_SCHOOL, PhaseOfEducation.POST_16, TypeOfNeed.PMLD), True),
        ("iv", group(KindOfProvision.SPECIAL_SCHOOL, PhaseOfEducation.POST_16, TypeOfNeed.SPLD), False),
        ("v", group(KindOfProvision.RESOURCED_PROVISION, None, TypeOfNeed.ASD), True),
        ("v", group(KindOfProvision.INDEPENDENT_SPECIAL_SCHOOL, None, TypeOfNeed.ASD), False),
        ("vi", group(KindOfProvision.FURTHER_EDUCATION, PhaseOfEducation.POST_16), True),
        ("vi", group(KindOfProvision.FURTHER_EDUCATION), False),
    ],
)
def test_places_lie_in_an_area_by_phase_kind_need_and_where_it_is_of_one_place_locality(number, places, covered):
    """What is "particularly in" a town leaves the rest of the county in; what is "for children in Aylesbury" does not."""
    (area,) = (each for each in AREAS_OF_NEED if each.number == number)
    assert area.covers(places) is covered


@pytest.mark.parametrize("wrong", [None, "special school", HomeGroup(kind=KindOfHome.FOSTER_HOME)])
def test_only_places_in_education_lie_in_an_area(wrong):
    """By name."""
    with pytest.raises(InvalidValue, match="group"):
        AREAS_OF_NEED[0].covers(wrong)


def test_the_codes_of_need_are_those_of_ehc_plans():
    """The two subjects know nothing of one another, and their codes are the same list."""
    assert [need.value for need in TypeOfNeed] == [need.value for need in ehcp.PrimaryNeed]


def test_every_kind_of_home_has_codes_and_no_code_is_of_two():
    """Fostering is U1 to U6, and the authority's own and the independent ones are told apart."""
    codes = [code for kind in KindOfHome for code in kind.codes]
    assert len(set(codes)) == len(codes)
    assert sorted(code for kind in KindOfHome if kind.is_fostering for code in kind.codes) == [f"U{n}" for n in range(1, 7)]
    assert [each for each in ProviderOfHome if each.is_in_house] == [ProviderOfHome.OWN]
    assert [each for each in ProviderOfHome if each.is_independent] == [ProviderOfHome.PRIVATE, ProviderOfHome.VOLUNTARY]
    assert [kind for kind in KindOfProvision if kind.is_specialist] == [
        KindOfProvision.RESOURCED_PROVISION,
        KindOfProvision.SEN_UNIT,
        KindOfProvision.SPECIAL_SCHOOL,
    ]


@pytest.mark.parametrize(
    ("kind", "changed", "named"),
    [
        (ProvisionGroup, {"kind": "special school"}, "kind"),
        (ProvisionGroup, {"phase": "secondary"}, "phase"),
        (ProvisionGroup, {"need": "ASD"}, "need"),
        (ProvisionGroup, {"locality": ""}, "locality"),
        (ProvisionGroup, {"locality": " Aylesbury"}, "locality"),
        (ProvisionGroup, {"locality": 5}, "locality"),
        (HomeGroup, {"kind": KindOfProvision.MAINSTREAM}, "kind"),
        (HomeGroup, {"provider": "own provision"}, "provider"),
    ],
)
def test_a_group_that_cannot_be_is_refused_by_what_is_wrong(kind, changed, named):
    """Each part by its name."""
    good = {"kind": KindOfProvision.MAINSTREAM if kind is ProvisionGroup else KindOfHome.FOSTER_HOME}
    with pytest.raises(InvalidValue, match=f"{kind.__name__}.{named}"):
        kind(**(good | changed))


def test_an_area_of_need_is_made_of_the_words_here_and_has_a_source():
    """The name of one place is not its letters."""
    source = NoOfficialSource(reason="made up")
    good = {"number": "vii", "printed": "a need", "kinds": KindOfProvision.MAINSTREAM, "source": source}
    assert AreaOfNeed(**good, localities="Chesham").localities == ("Chesham",)
    for wrong in ({"kinds": "mainstream school"}, {"phases": 5}, {"needs": ["ASD"]}, {"localities": [5]}, {"source": "a report"}):
        with pytest.raises((InvalidValue, MissingSource), match=f"AreaOfNeed.{next(iter(wrong))}"):
            AreaOfNeed(**(good | wrong))


def test_every_indicator_says_that_nobody_publishes_it_and_which_duty_it_answers():
    """A plain statement first, then sources of another kind."""
    for indicator in sufficiency.INDICATORS:
        assert isinstance(indicator.sources[0], NoOfficialSource)
        assert indicator.unit in {"place", "percent"}
    assert {indicator.key for indicator in sufficiency.INDICATORS} == {
        "sufficiency.surplus",
        "sufficiency.surplus_of_homes",
        "sufficiency.use_of_places",
        "sufficiency.use_of_homes",
        "sufficiency.places_from_outside",
        "sufficiency.homes_from_outside",
    }
    assert any(isinstance(source, Source) and source.place == "section 22G" for source in sufficiency.SURPLUS_OF_HOMES.sources)
