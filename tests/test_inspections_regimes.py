"""Regimes of inspection: each has judgements and grades of its own, in force on dates, and no two are one scale."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotComparable
from bucks_cs.inspections import (
    AREA_SEND_2016,
    AREA_SEND_2023,
    CHILDRENS_HOME_SCCIF,
    ILACS,
    REGIMES,
    SCHOOL_FOUR_GRADES,
    SCHOOL_KEY_JUDGEMENTS,
    SCHOOL_REPORT_CARD,
    SCHOOL_UNGRADED_FROM_2024,
    SCHOOL_UNGRADED_TO_2024,
    SINGLE_INSPECTION_FRAMEWORK,
    Activity,
    Family,
    Grade,
    Judgement,
    NoGrade,
    Regime,
    Scale,
    regime_of,
    regimes_on,
)
from bucks_cs.provenance import NoOfficialSource

TOKEN = "Zebedee" + "Quux"
ALL = tuple(REGIMES.values())
EVERY_GRADE = tuple(grade for regime in ALL for judgement in regime.judgements for grade in judgement.scale.grades)
DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2030, 12, 31))


def wordings(judgement):
    """The wordings of a judgement's grades, in order."""
    return [grade.wording for grade in judgement.scale.grades]


def test_the_grades_are_those_that_ofsted_uses_in_each_regime():
    """The four grades, the five of report cards, the three outcomes of area SEND, and those that are no grades at all."""
    four = ["outstanding", "good", "requires improvement to be good", "inadequate"]
    assert (
        wordings(SINGLE_INSPECTION_FRAMEWORK.overall) == wordings(ILACS.overall) == wordings(CHILDRENS_HOME_SCCIF.overall) == four
    )
    assert wordings(SCHOOL_FOUR_GRADES.overall) == ["outstanding", "good", "requires improvement", "inadequate"]
    five = ["exceptional", "strong standard", "expected standard", "needs attention", "urgent improvement"]
    assert wordings(SCHOOL_REPORT_CARD.judgement("inclusion")) == five
    assert wordings(SCHOOL_REPORT_CARD.judgement("safeguarding")) == ["met", "not met"]
    assert len(wordings(AREA_SEND_2023.overall)) == 3
    assert wordings(AREA_SEND_2016.judgement("sufficient progress")) == ["in all", "in some", "in none"]
    assert not AREA_SEND_2016.judgement("sufficient progress").scale.is_ordered


def test_a_good_of_one_regime_is_no_good_of_another():
    """Alike in wording, they are unequal, and setting one above the other is refused with both regimes named."""
    goods = [regime.overall.scale.read("good") for regime in (SINGLE_INSPECTION_FRAMEWORK, ILACS, SCHOOL_FOUR_GRADES)]
    for one, other in itertools.permutations(goods, 2):
        assert one != other
        with pytest.raises(NotComparable) as refusal:
            assert one >= other
        assert one.regime in str(refusal.value)
        assert other.regime in str(refusal.value)


@given(one=st.sampled_from(EVERY_GRADE), other=st.sampled_from(EVERY_GRADE))
@settings(max_examples=300)
def test_grades_compare_within_an_ordered_scale_and_nowhere_else(one, other):
    """Of two grades of one ordered scale exactly one of <, =, > holds; of any others the comparison is refused."""
    comparable = (one.regime, one.scale) == (other.regime, other.scale) and one.place is not None
    if not comparable:
        with pytest.raises(NotComparable):
            one.steps_above(other)
        return
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) == (one < other or one == other)
    assert (one >= other) == (one > other or one == other)
    assert one.steps_above(other) == -other.steps_above(one)


def test_a_grade_is_compared_with_grades_alone():
    """Something else is refused by our own error, which names what is wanted."""
    with pytest.raises(InvalidValue, match="expected a Grade"):
        assert EVERY_GRADE[0] < TOKEN


@pytest.mark.parametrize(
    ("regime", "judgement", "text", "key"),
    [
        (ILACS, "overall effectiveness", "Requires improvement to be good", "requires_improvement_to_be_good"),
        (ILACS, "overall effectiveness", " REQUIRES  improvement", "requires_improvement_to_be_good"),
        (SINGLE_INSPECTION_FRAMEWORK, "overall effectiveness", "requires improvement", "requires_improvement_to_be_good"),
        (SCHOOL_FOUR_GRADES, "overall effectiveness", "2", "good"),
        (AREA_SEND_2016, "written statement of action", "Yes", "required"),
        (AREA_SEND_2016, "sufficient progress", "Some", "in_some"),
        (
            AREA_SEND_2023,
            "inspection outcome",
            "Typically positive experiences and outcomes",
            "typically_positive_experiences_and_outcomes",
        ),
        (SCHOOL_UNGRADED_TO_2024, "ungraded inspection outcome", "School remains Good", "school_remains_good"),
        (SCHOOL_UNGRADED_FROM_2024, "ungraded inspection outcome", "Standards maintained", "standards_maintained"),
    ],
)
def test_a_grade_is_read_in_the_words_of_reports_and_files(regime, judgement, text, key):
    """Capitals and blanks do not matter, and the short and the long wording are one grade."""
    assert regime.judgement(judgement).scale.read(text).key == key


def test_a_wording_of_no_grade_or_of_another_regime_is_refused_and_not_repeated():
    """The error lists what there is, and a grade of another regime is named by its regime."""
    scale = ILACS.overall.scale
    for wrong in (TOKEN, "expected standard", "1", 2, None, ["good"]):
        with pytest.raises(InvalidValue) as refusal:
            scale.read(wrong)
        assert TOKEN not in repr(refusal.value)
        assert "outstanding or good or requires improvement to be good or inadequate" in str(refusal.value)
    with pytest.raises(InvalidValue, match="a grade of ilacs, not one of school_four_grades"):
        scale.read(SCHOOL_FOUR_GRADES.overall.scale.read("good"))


def test_care_leavers_are_judged_apart_from_1_january_2023():
    """Ofsted, Local authority inspection outcomes as at 31 March 2025, Notes: one joint judgement to the day before."""
    before, after = dt.date(2022, 12, 31), dt.date(2023, 1, 1)
    keys = {day: [one.key for one in ILACS.judgements_of("standard inspection", on=day)] for day in (before, after)}
    assert keys[before][3:] == ["children_in_care_and_care_leavers"]
    assert keys[after][3:] == ["children_in_care", "care_leavers"]
    care_leavers = ILACS.judgement("care leavers")
    assert care_leavers.why_not_on(before) is NoGrade.NOT_YET
    assert care_leavers.why_not_on(after) is None
    assert ILACS.judgement("children_in_care_and_care_leavers").why_not_on(after) is NoGrade.NO_LONGER


def test_a_name_that_passed_to_another_judgement_is_read_by_the_date():
    """Ofsted's list has the joint judgement of before 2023 in its column for children in care."""
    column = "The experiences and progress of children in care"
    assert ILACS.judgement(column, on=dt.date(2021, 12, 6)).key == "children_in_care_and_care_leavers"
    assert ILACS.judgement(column, on=dt.date(2025, 1, 27)).key == "children_in_care"
    assert ILACS.judgement(column).key == "children_in_care"


@pytest.mark.parametrize("regime", [SCHOOL_KEY_JUDGEMENTS, SCHOOL_REPORT_CARD, AREA_SEND_2016], ids=lambda one: one.key)
def test_an_overall_grade_is_refused_where_the_regime_makes_none(regime):
    """The error says that there is no overall judgement, and not only that the name is unknown."""
    assert regime.overall is None
    with pytest.raises(InvalidValue, match=r"the overall judgement of .*: expected none: the regime makes none"):
        regime.judgement("Overall effectiveness")


@pytest.mark.parametrize(
    ("day", "schools"),
    [
        (dt.date(2012, 8, 31), []),
        (dt.date(2012, 9, 1), ["school_four_grades"]),
        (dt.date(2024, 9, 1), ["school_four_grades", "school_ungraded_to_2024"]),
        (dt.date(2024, 9, 2), ["school_key_judgements"]),
        (dt.date(2024, 10, 7), ["school_key_judgements", "school_ungraded_from_2024"]),
        (dt.date(2025, 11, 9), ["school_key_judgements", "school_ungraded_from_2024"]),
        (dt.date(2025, 11, 10), ["school_report_card"]),
    ],
)
def test_schools_are_under_the_regime_of_the_day(day, schools):
    """Four grades to 1 September 2024, key judgements to 9 November 2025, report cards after."""
    assert [regime.key for regime in regimes_on(day, family=Family.SCHOOL)] == schools


@given(day=DAYS)
@settings(max_examples=100)
def test_no_two_regimes_grade_schools_on_one_day(day):
    """Graded inspections of schools are under one regime at most; so are areas' inspections."""
    graded = [regime for regime in regimes_on(day, family=Family.SCHOOL) if regime.activities[0].key == "graded_inspection"]
    assert len(graded) <= 1
    assert len(regimes_on(day, family=Family.AREA_SEND)) <= 1


@given(day=DAYS, regime=st.sampled_from(ALL))
@settings(max_examples=200)
def test_a_regime_makes_judgements_in_graded_inspections_and_none_in_visits(day, regime):
    """Whatever the day, a kind of inspection without grades makes no judgement."""
    for activity in regime.activities:
        made = regime.judgements_of(activity, on=day)
        assert activity.carries_grades or not made
        assert all(judgement.scale.regime == regime.key for judgement in made)


def test_every_regime_has_a_source_and_says_itself():
    """Each names who inspects and since when; none is without a source."""
    for regime in ALL:
        assert regime.source.title
        assert regime.title in str(regime)
        assert "Ofsted" in str(regime)
        assert regime_of(regime.key) is regime
        assert regime_of(regime) is regime
        assert pickle.loads(pickle.dumps(regime)) == copy.deepcopy(regime) == regime


def test_a_regime_says_a_day_that_is_only_bounded_as_bounded():
    """Of the last single inspection and the last revisit no day is known, and none is said."""
    assert str(SINGLE_INSPECTION_FRAMEWORK) == (
        "Single inspection framework, Ofsted, since some day between 1 November 2013 and 30 November 2013 until some day between "
        "31 December 2017 and 17 September 2018"
    )
    assert str(SCHOOL_FOUR_GRADES).endswith("since 1 September 2012 until 1 September 2024")


@pytest.mark.parametrize(
    ("day", "family", "keys"),
    [
        (dt.date(2013, 10, 31), Family.LOCAL_AUTHORITY, []),
        (dt.date(2013, 11, 1), Family.LOCAL_AUTHORITY, ["single_inspection_framework"]),
        (dt.date(2018, 1, 1), Family.LOCAL_AUTHORITY, ["single_inspection_framework", "ilacs"]),
        (dt.date(2018, 9, 18), Family.LOCAL_AUTHORITY, ["ilacs"]),
        (dt.date(2016, 4, 30), Family.AREA_SEND, []),
        (dt.date(2022, 9, 27), Family.AREA_SEND, ["area_send_2016"]),
        (dt.date(2023, 1, 1), Family.AREA_SEND, ["area_send_2023"]),
    ],
)
def test_authorities_and_areas_are_under_the_regimes_of_the_day(day, family, keys):
    """The single inspection framework from November 2013, for re-inspections into 2018; Kent was revisited in September 2022.

    Ofsted, New single framework for inspecting local authority services ("from November 2013"); Children & Young People Now, 17
    September 2018 ("we will no longer carry out re-inspections ... using the single inspection framework"); Kent County Council,
    SEND Ofsted and CQC inspections (27 to 29 September 2022).
    """
    assert [regime.key for regime in regimes_on(day, family=family)] == keys


def test_a_report_card_grades_eight_areas_two_of_them_where_they_apply():
    """The columns of Ofsted's management information since November 2025: post-16 provision, and not a sixth form."""
    graded = [one for one in SCHOOL_REPORT_CARD.judgements if one.key != "safeguarding"]
    assert [one.title for one in graded if one.is_always_made] == [
        "Inclusion",
        "Curriculum and teaching",
        "Achievement",
        "Attendance and behaviour",
        "Personal development and well-being",
        "Leadership and governance",
    ]
    assert [one.title for one in graded if not one.is_always_made] == ["Early years", "Post-16 provision"]


def test_overall_is_the_judgement_of_the_whole_where_there_is_one():
    """Short for whatever the regime calls it; where a regime makes none, it is refused as such."""
    for regime in ALL:
        if regime.overall is not None:
            assert regime.judgement("overall") is regime.judgement("Overall judgement") is regime.overall
        else:
            with pytest.raises(InvalidValue, match="the regime makes none"):
                regime.judgement("overall")


def test_what_is_no_regime_judgement_or_kind_of_inspection_is_refused_by_name():
    """The error says what there is, with the nearest name where there is one, and repeats nothing else."""
    for call in (
        lambda: regime_of(TOKEN),
        lambda: regime_of(3),
        lambda: ILACS.judgement(TOKEN),
        lambda: ILACS.judgement(None),
        lambda: ILACS.activity(TOKEN),
        lambda: ILACS.activity(4),
        lambda: regimes_on(TOKEN),
        lambda: regimes_on(dt.datetime(2022, 1, 1)),
        lambda: regimes_on(dt.date(2022, 1, 1), family=TOKEN),
        lambda: ILACS.judgement("care leavers", on=TOKEN),
        lambda: ILACS.judgement("care leavers", on=dt.datetime(2022, 1, 1)),
        lambda: ILACS.judgements_of("standard inspection", on=None),
        lambda: ILACS.judgement("care leavers").why_not_on(None),
        lambda: ILACS.holds(TOKEN),
        lambda: ILACS.need_in_force(TOKEN, dt.date(2022, 1, 1)),
        lambda: ILACS.need_in_force("standard inspection", 5),
        lambda: attrs.evolve(ILACS, key=TOKEN),
        lambda: attrs.evolve(ILACS.overall.scale, key=TOKEN),
        lambda: Scale.of("mine", "grades", 5),
        lambda: Scale.of("mine", "grades", ()),
    ):
        with pytest.raises(InvalidValue) as refusal:
            call()
        assert TOKEN not in repr(refusal.value)
        assert refusal.value.__cause__ is None
        assert refusal.value.__context__ is None
    assert not ILACS.overall.is_called(None)
    with pytest.raises(InvalidValue, match="Did you mean 'ilacs'"):
        regime_of("ilac")
    with pytest.raises(InvalidValue, match="Did you mean 'Standard inspection'"):
        ILACS.activity("standard inspektion")


def a_regime(**fields):
    """A regime of the reader's own, whole unless the test says otherwise."""
    scale = Scale.of("mine", "grades", "well", "ill")
    made = {
        "key": "mine",
        "title": "My own",
        "family": Family.SCHOOL,
        "inspected_by": "A body",
        "since": dt.date(2020, 1, 1),
        "activities": Activity(key="look", title="Look", carries_grades=True, is_full=True),
        "judgements": Judgement(key="whole", title="Whole", scale=scale, activities="look", is_overall=True),
        "source": NoOfficialSource(reason="made up"),
    }
    return Regime(**(made | fields))


def test_a_regime_of_ones_own_is_checked_whole():
    """Every part that does not fit is refused, and a source is asked for."""
    assert a_regime().overall.scale.is_ordered
    look = Activity(key="look", title="Look", carries_grades=True)
    visit = Activity(key="visit", title="Visit", carries_grades=False)
    scale = Scale.of("mine", "grades", "well", "ill")
    of_a_visit = Judgement(key="w", title="W", scale=scale, activities=("look", "visit"))
    elsewhere = Judgement(key="w", title="W", scale=ILACS.overall.scale, activities="look")
    for wrong in (
        {"until": dt.date(2019, 1, 1)},
        {"activities": (look, look)},
        {"activities": ()},
        {"judgements": ()},
        {"activities": (look, visit), "judgements": of_a_visit},
        {"judgements": elsewhere},
        {"family": "school"},
        {"since": dt.datetime(2020, 1, 1)},
        {"title": 3},
    ):
        with pytest.raises(InvalidValue):
            a_regime(**wrong)
    with pytest.raises(MissingSource):
        a_regime(source=None)


def test_a_scale_is_checked_whole():
    """No grades, grades of another scale, two of one wording, or places out of order are refused."""
    good = Scale.of("mine", "grades", "well", "ill")
    first = good.grades[0]
    for wrong in (
        {"grades": ()},
        {"grades": (TOKEN,)},
        {"grades": ILACS.overall.scale.grades},
        {"grades": (first, first)},
        {"grades": (attrs.evolve(first, place=None), good.grades[1])},
        {"grades": good.grades[::-1]},
    ):
        with pytest.raises(BucksError) as refusal:
            attrs.evolve(good, **wrong)
        assert TOKEN not in repr(refusal.value)
    with pytest.raises(InvalidValue):
        Scale.of("mine", "grades", ("well", "fine"), ("ill", "Fine"))
    assert isinstance(first, Grade)


def test_what_a_blank_may_mean_is_five_things_and_one_of_them_a_gap():
    """Only `MISSING` is a gap."""
    assert [why for why in NoGrade if why.is_a_gap] == [NoGrade.MISSING]
    assert len(NoGrade) == 5
