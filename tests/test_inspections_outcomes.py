"""Inspection outcomes: in their own regime, with dates that can be, and with each blank told from every other."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, MissingSource, NotInForce, Unreadable
from bucks_cs.inspections import (
    ILACS,
    REGIMES,
    AreaOfWeakness,
    DatesAsGiven,
    InspectionOutcome,
    Intervention,
    InterventionKind,
    Judged,
    NoGrade,
    Recommendation,
)
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.provenance import DateBounds, NoOfficialSource

TOKEN = "Zebedee" + "Quux"
TEXTS = {"urn", "theme", "note"}
MADE_UP = NoOfficialSource(reason="made up")
OVERALL, LEADERS, HELP = "overall effectiveness", "impact of leaders", "help and protection"


def outcome(**fields):
    """An outcome of a standard inspection before 2023, whole unless the test says otherwise."""
    made = {
        "area": "825",
        "regime": "ilacs",
        "activity": "standard inspection",
        "start": dt.date(2021, 12, 6),
        "end": dt.date(2021, 12, 17),
        "published": dt.date(2022, 2, 11),
        "judgements": dict.fromkeys((OVERALL, "impact_of_leaders", "help_and_protection", "children in care"), "good"),
        "source": MADE_UP,
    }
    return InspectionOutcome(**(made | fields))


def school(**fields):
    """An outcome of a graded inspection of a school."""
    made = {"urn": "100000", "regime": "school_four_grades", "activity": "graded inspection", "start": dt.date(2022, 1, 10)}
    return outcome(**(made | {"end": None, "published": None, "judgements": {OVERALL: "good"}} | fields))


def area(**fields):
    """An outcome of an area SEND inspection of 2016 to 2022."""
    made = {"regime": "area_send_2016", "activity": "inspection", "judgements": {"written statement of action": "yes"}}
    return outcome(**(made | fields))


def the_error(call):
    """The error a call raises, with nothing chained to it."""
    with pytest.raises(BucksError) as refusal:
        call()
    error = refusal.value
    assert error.__cause__ is None
    assert error.__context__ is None
    return error


def test_a_blank_is_told_from_every_other_blank():
    """Not yet a judgement, no longer one, not made of all, none in a visit, and missing: five things."""
    before = outcome(judgements={OVERALL: "good", "care leavers": None})
    assert before.grade("care leavers") is NoGrade.NOT_YET
    assert before.grade(LEADERS.replace(" ", "_")) is NoGrade.MISSING
    after = outcome(start=dt.date(2025, 1, 27), end=None, published=None, judgements={OVERALL: "good"})
    assert after.grade("care leavers") is NoGrade.MISSING
    assert after.grade("children_in_care_and_care_leavers") is NoGrade.NO_LONGER
    visit = outcome(activity="LA Monitoring visit", judgements={})
    assert visit.grade(OVERALL) is NoGrade.NOT_GRADED
    assert visit.overall is NoGrade.NOT_GRADED
    primary = school()
    assert primary.grade("sixth-form provision") is NoGrade.NOT_MADE
    assert primary.grade("quality of education") is NoGrade.MISSING
    assert [one.key for one in after.missing] == ["impact_of_leaders", "help_and_protection", "children_in_care", "care_leavers"]
    assert visit.missing == ()


def test_a_whole_outcome_misses_nothing():
    """With all four judgements of its date nothing is missing, and care leavers are not."""
    found = outcome()
    assert found.missing == ()
    assert list(found.grades) == [
        "overall_effectiveness",
        "impact_of_leaders",
        "help_and_protection",
        "children_in_care_and_care_leavers",
    ]
    assert found.overall.wording == "good"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"judgements": {"care leavers": "good"}}, "it was not yet a judgement at the time of the inspection"),
        (
            {
                "start": dt.date(2023, 1, 9),
                "end": None,
                "published": None,
                "judgements": {"children_in_care_and_care_leavers": "good"},
            },
            "it was no longer a judgement at the time of the inspection",
        ),
        ({"judgements": {OVERALL: "expected standard"}}, "a grade of ilacs: outstanding or good or"),
        ({"judgements": {OVERALL: REGIMES["school_four_grades"].overall.scale.read("good")}}, "not one of school_four_grades"),
        ({"activity": "focused visit", "judgements": {OVERALL: "good"}}, "a focused visit makes no such judgement"),
        ({"judgements": {"inclusion": "good"}}, "a judgement of Inspecting local authority children's services"),
        ({"judgements": "good"}, "a mapping of judgements and grades"),
        ({"activity": "revisit"}, "a kind of inspection of Inspecting local authority children's services"),
        ({"end": dt.date(2021, 12, 5)}, "InspectionOutcome.end: expected a day on or after the start"),
        ({"published": dt.date(2021, 12, 16)}, "InspectionOutcome.published: expected a day on or after the end"),
        ({"end": None, "published": dt.date(2021, 12, 5)}, "InspectionOutcome.published"),
        ({"start": dt.datetime(2021, 12, 6, 9)}, "InspectionOutcome.start: expected a date without a time of day"),
        ({"published": "11 February 2022"}, "InspectionOutcome.published: expected a date"),
        ({"regime": "sif"}, "a regime of inspection"),
        ({"name": "A school"}, "InspectionOutcome.name: expected None"),
        ({"number_of_weaknesses": 3}, "areas of weakness are of area SEND inspections"),
        ({"recommendations": ("do it",)}, "InspectionOutcome.recommendations"),
        ({"theme": 4}, "InspectionOutcome.theme"),
    ],
)
def test_what_cannot_be_is_refused_by_name(fields, said):
    """Each kind of nonsense has an error of its own, which says what is wrong and what would be taken."""
    error = the_error(lambda: outcome(**fields))
    assert isinstance(error, InvalidValue)
    assert said in str(error)


def test_an_overall_grade_is_refused_where_the_regime_has_none():
    """Since September 2024 schools have key judgements and no overall one."""
    since = {"regime": "school_key_judgements", "start": dt.date(2024, 11, 5)}
    error = the_error(lambda: school(**since))
    assert "the regime makes none" in str(error)
    assert school(**since, judgements={"quality of education": "2"}).overall is NoGrade.NOT_GRADED


def test_a_regime_is_refused_on_a_day_it_was_not_in_force():
    """ILACS in 2017, an overall school grade in October 2024, an area inspection after March 2022 though revisits went on."""
    for call in (
        lambda: outcome(start=dt.date(2017, 11, 6), end=None, published=None),
        lambda: school(start=dt.date(2024, 10, 1)),
        lambda: area(start=dt.date(2022, 4, 1), end=None, published=None),
    ):
        assert isinstance(the_error(call), NotInForce)
    revisit = area(
        start=dt.date(2022, 4, 1), end=None, published=None, activity="revisit", judgements={"sufficient progress": "some"}
    )
    assert revisit.grades["sufficient_progress"].wording == "in some"


def test_no_source_no_outcome():
    """An outcome, a recommendation, a weakness and dates elsewhere each ask for a source."""
    for call in (
        lambda: outcome(source=None),
        lambda: Recommendation(key="a", text="b"),
        lambda: AreaOfWeakness(key="a", text="b", source="Ofsted"),
        lambda: DatesAsGiven(start=dt.date(2022, 1, 1)),
    ):
        assert isinstance(the_error(call), MissingSource)


def test_a_bounded_date_is_refused_only_where_no_day_of_it_can_be():
    """An end in some month may be after a start within it; one wholly before it cannot."""
    december = DateBounds(earliest=dt.date(2021, 12, 1), latest=dt.date(2021, 12, 31), why="only the month is printed")
    november = DateBounds(earliest=dt.date(2021, 11, 1), latest=dt.date(2021, 11, 30), why="only the month is printed")
    assert outcome(end=december).end == december
    assert outcome(published=december).published == december
    assert "InspectionOutcome.published" in str(the_error(lambda: outcome(published=november)))
    assert "InspectionOutcome.end" in str(the_error(lambda: outcome(end=november)))


def test_a_day_that_may_lie_on_either_side_of_a_change_takes_the_judgements_of_both():
    """Begun in the winter of 2022: care leavers may have been judged apart, and neither judgement is missing for sure."""
    winter = DateBounds(earliest=dt.date(2022, 12, 1), latest=dt.date(2023, 1, 31), why="only the season is printed")
    fields = {"start": winter, "end": None, "published": None}
    assert outcome(**fields, judgements={"care leavers": "good"}).grades["care_leavers"].wording == "good"
    assert outcome(**fields, judgements={"children_in_care_and_care_leavers": "good"}).grades


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"number_of_weaknesses": 0}, "one or more where a written statement"),
        ({"judgements": {"written statement of action": "no"}, "number_of_weaknesses": 2}, "none where no written statement"),
        ({"number_of_weaknesses": -1}, "a whole number from 0 up"),
        ({"number_of_weaknesses": True}, "a whole number from 0 up"),
        (
            {"number_of_weaknesses": 2, "areas_of_weakness": AreaOfWeakness(key="a", text="b", source=MADE_UP)},
            "as many as there are",
        ),
        ({"number_with_progress": 1, "number_without_progress": 1}, "progress is of a revisit"),
    ],
)
def test_weaknesses_that_contradict_the_outcome_are_refused(fields, said):
    """A statement required without a weakness, or not required with one, cannot be."""
    assert said in str(the_error(lambda: area(**fields)))


@pytest.mark.parametrize(
    ("said", "made", "not_made", "fits"),
    [
        ("yes", 3, 0, True),
        ("yes", 2, 1, False),
        ("some", 2, 1, True),
        ("some", 3, 0, False),
        ("no", 0, 4, True),
        ("no", 1, 3, False),
        ("yes", 0, 0, False),
    ],
)
def test_progress_at_a_revisit_is_as_its_outcome_says(said, made, not_made, fits):
    """Ofsted, worksheet Guidance: yes is progress on all weaknesses, some on some, no on none."""
    fields = {"activity": "revisit", "judgements": {"sufficient progress": said}}
    numbers = {"number_with_progress": made, "number_without_progress": not_made, "number_of_weaknesses": made + not_made}
    if fits:
        assert area(**fields, **numbers).number_with_progress == made
        assert "with those without" in str(the_error(lambda: area(**fields, **numbers | {"number_of_weaknesses": 9})))
        assert "beside the number without" in str(the_error(lambda: area(**fields, number_with_progress=made)))
    else:
        assert "as the outcome of the revisit has it" in str(the_error(lambda: area(**fields, **numbers)))


@pytest.mark.parametrize(
    ("grade", "number", "said"),
    [
        ("1", 2, "none where no priority action plan is required"),
        ("2", 1, "none where no priority action plan is required"),
        ("3", 0, "one or more where a priority action plan is required"),
        ("1", 0, ""),
        ("3", 2, ""),
        ("3", None, ""),
    ],
)
def test_areas_for_priority_action_are_of_the_third_outcome_alone(grade, number, said):
    """Since 2023; in Ofsted's management information of 2023 each of the third outcome has some, and no other has."""
    fields = {"area": 825, "regime": "area_send_2023", "activity": "full inspection", "start": dt.date(2023, 3, 6)}
    fields |= {"judgements": {"overall": grade}, "number_of_weaknesses": number, "source": MADE_UP}
    if said:
        assert said in str(the_error(lambda: InspectionOutcome(**fields)))
    else:
        assert InspectionOutcome(**fields).number_of_weaknesses == number


def test_progress_on_each_weakness_is_that_of_the_outcome_and_of_a_revisit():
    """Two listed, one with progress: the revisit says some; all, other numbers, or such words at an inspection are refused."""
    listed = [AreaOfWeakness(key=key, text=key, progress_was_sufficient=key == "a", source=MADE_UP) for key in ("a", "b")]
    revisit = {"activity": "revisit", "judgements": {"sufficient progress": "some"}, "areas_of_weakness": listed}
    assert area(**revisit, number_with_progress=1, number_without_progress=1).areas_of_weakness == tuple(listed)
    untold = attrs.evolve(listed[1], progress_was_sufficient=None)
    assert area(**revisit | {"areas_of_weakness": [listed[0], untold]}).grades
    all_of_them = {"judgements": {"sufficient progress": "yes"}}
    assert "as the outcome of the revisit has it" in str(the_error(lambda: area(**revisit | all_of_them)))
    wrong = {"number_with_progress": 2, "number_without_progress": 0}
    assert "as the areas of weakness have it" in str(the_error(lambda: area(**revisit, **wrong)))
    third = AreaOfWeakness(key="c", text="c", progress_was_sufficient=False, source=MADE_UP)
    of_three = revisit | {"areas_of_weakness": [*listed, third]}
    assert area(**of_three, number_with_progress=1, number_without_progress=2).grades
    wrong = {"number_with_progress": 2, "number_without_progress": 1}
    assert "as the areas of weakness have it" in str(the_error(lambda: area(**of_three, **wrong)))
    assert "progress is of a revisit" in str(the_error(lambda: area(areas_of_weakness=listed)))


def test_an_outcome_takes_judged_objects_and_puts_judgements_in_the_order_of_reports():
    """Given out of order, they come in order; one given twice is refused; a grade off the scale makes no `Judged`."""
    leaders, overall = ILACS.judgement("impact_of_leaders"), ILACS.overall
    good, ill = overall.scale.read("good"), overall.scale.read("inadequate")
    found = outcome(judgements=(Judged(judgement=leaders, grade=ill), Judged(judgement=overall, grade=good)))
    assert [str(one) for one in found.judgements] == [
        "overall effectiveness: good",
        "impact of leaders on social work practice with children and families: inadequate",
    ]
    twice = {"overall_effectiveness": "good", "Overall effectiveness": "good"}
    assert "each judgement once" in str(the_error(lambda: outcome(judgements=twice)))
    progress = REGIMES["area_send_2016"].judgement("sufficient progress").scale.grades[0]
    assert isinstance(the_error(lambda: Judged(judgement=overall, grade=progress)), InvalidValue)


def test_a_school_or_home_is_named_by_its_urn_or_its_name():
    """The body of an authority is its LA number; of a school its URN, or its name; one of the two is asked for."""
    assert (outcome().body, outcome().body_name) == ("825", "Buckinghamshire")
    assert (school().body, school().body_name) == ("100000", "school 100000")
    assert (school(urn=None, name="A school").body, school(name="A school").body_name) == ("A school", "A school")
    assert "the urn or the name" in str(the_error(lambda: school(urn=None)))


def test_an_outcome_says_itself_in_a_sentence_and_in_html_without_markup_of_the_cells():
    """A head of service would read it; text of the report is escaped."""
    found = outcome(judgements={OVERALL: "good"}, recommendations=Recommendation(key="a", text="Less <b> & more", source=MADE_UP))
    assert str(found).startswith(
        "Buckinghamshire: standard inspection, 6 December 2021 to 17 December 2021, published on 11 February 2022"
    )
    assert "Overall effectiveness: good." in str(found)
    assert "Not given: impact of leaders on social work practice" in str(found)
    html = found._repr_html_()
    assert "Less &lt;b&gt; &amp; more" in html
    assert "<td>missing</td>" in html
    assert "No grades: inspections of this kind carry none." in str(
        outcome(activity="focused visit", judgements={}, theme="Front door")
    )
    assert "theme Front door" in str(outcome(activity="focused visit", judgements={}, theme="Front door"))


@st.composite
def outcomes(draw):
    """An outcome of any regime, with any grades of it or none, on a day in force."""
    regime = draw(st.sampled_from(tuple(REGIMES.values())))
    activity = draw(st.sampled_from(regime.activities))
    ended = regime.until.latest if isinstance(regime.until, DateBounds) else regime.until
    first = regime.since.latest if isinstance(regime.since, DateBounds) else regime.since
    start = draw(st.dates(first, activity.until or ended or dt.date(2028, 1, 1)))
    end = draw(st.none() | st.dates(start, start + dt.timedelta(days=30)))
    published = draw(st.none() | st.dates(end or start, (end or start) + dt.timedelta(days=90)))
    made = regime.judgements_of(activity, on=start)
    grades = {one.key: draw(st.none() | st.sampled_from(one.scale.grades)) for one in made}
    whose = {"name": draw(st.text(min_size=1, max_size=8))} if regime.family.name in {"SCHOOL", "CHILDRENS_HOME"} else {}
    asked = Recommendation(key="r", text=draw(st.text(min_size=1).filter(str.strip)), source=MADE_UP)
    return InspectionOutcome(
        area=draw(st.sampled_from(["825", "826"])), regime=regime, activity=activity, start=start, end=end, published=published,
        judgements=grades, recommendations=draw(st.sampled_from([(), (asked,)])), source=MADE_UP, **whose,
    )  # fmt: skip


@given(found=outcomes())
@settings(max_examples=60)
def test_an_outcome_comes_back_from_json_toml_and_pickle_the_same(found):
    """Any outcome of any regime: equal, with one hash, and its text is plain JSON."""
    for back in (
        from_json(to_json(found), InspectionOutcome),
        from_toml(to_toml(found), InspectionOutcome),
        pickle.loads(pickle.dumps(found)),
        copy.deepcopy(found),
    ):
        assert back == found
        assert hash(back) == hash(found)
    document = json.loads(to_json(found))
    assert document["bucks_cs"] == "inspection_outcome/1"
    assert document["regime"] == found.regime.key


@given(found=outcomes())
@settings(max_examples=60)
def test_every_judgement_of_a_regime_has_a_grade_or_a_reason(found):
    """`grade` answers for each judgement its regime ever made; `missing` is just those whose reason is a gap."""
    answers = {judgement: found.grade(judgement) for judgement in found.regime.judgements}
    gaps = {judgement for judgement, answer in answers.items() if answer is NoGrade.MISSING}
    assert set(found.missing) == gaps
    assert {judgement.key for judgement, answer in answers.items() if not isinstance(answer, NoGrade)} == set(found.grades)


def test_a_document_that_is_no_outcome_is_refused_with_the_field_and_no_text_of_it():
    """A grade of another regime, a field too many, no start: nothing of the text is in the error."""
    document = json.loads(to_json(outcome(note=TOKEN)))
    graded = document["judgements"][0]
    for wrong in (
        document | {"regime": "sif"},
        document | {"judgements": [graded | {"grade": "exceptional"}]},
        document | {TOKEN: 1},
        {key: value for key, value in document.items() if key != "start"},
        document | {"start": "yesterday"},
    ):
        error = the_error(lambda wrong=wrong: from_json(json.dumps(wrong), InspectionOutcome))
        assert isinstance(error, Unreadable)
        assert TOKEN not in repr(error)
    own = attrs.evolve(ILACS, title="Another")
    assert "one of REGIMES" in str(the_error(lambda: to_json(outcome(regime=own))))


def test_no_text_of_an_outcome_is_in_an_error():
    """A token stands in every field, and every error that can be raised leaves it out."""
    fields = (
        "area",
        "urn",
        "name",
        "regime",
        "activity",
        "start",
        "end",
        "published",
        "judgements",
        "theme",
        "areas_of_weakness",
    )
    fields += ("number_of_weaknesses", "number_with_progress", "recommendations", "dates_elsewhere", "source", "note")
    for name in fields:
        for wrong in (TOKEN, [TOKEN], {OVERALL: TOKEN}, {TOKEN: "good"}):
            fits = (name in TEXTS and wrong == TOKEN) or name == "name"
            if not fits:
                error = the_error(lambda name=name, wrong=wrong: outcome(**{name: wrong}))
                assert TOKEN not in repr(error)
                assert TOKEN not in repr(error.args)


def intervention(**fields):
    """A statutory direction with an end, unless the test says otherwise."""
    made = {"area": 825, "kind": InterventionKind.STATUTORY_DIRECTION, "title": "Direction", "source": MADE_UP}
    return Intervention(**(made | {"begun": dt.date(2018, 7, 12), "ended": dt.date(2022, 2, 11)} | fields))


def test_an_intervention_holds_from_its_first_day_until_the_day_it_ends():
    """The first day counts, the day it ends does not; between bounds, and after the last day known, nobody knows."""
    direction = intervention()
    assert [direction.holds(dt.date(*day)) for day in ((2018, 7, 11), (2018, 7, 12), (2022, 2, 10), (2022, 2, 11))] == [
        False,
        True,
        True,
        False,
    ]
    may = DateBounds(earliest=dt.date(2021, 5, 1), latest=dt.date(2021, 5, 31), why="only the month is printed")
    notice = intervention(kind=InterventionKind.IMPROVEMENT_NOTICE, begun=may, ended=None, known_to=dt.date(2021, 6, 30))
    days = ((2021, 4, 30), (2021, 5, 15), (2021, 5, 31), (2021, 6, 30), (2021, 7, 1))
    assert [notice.holds(dt.date(*day)) for day in days] == [False, None, True, True, None]
    assert intervention(ended=None).holds(dt.date(2030, 1, 1)) is True
    assert intervention(ended=may).holds(dt.date(2021, 5, 15)) is None


def test_an_intervention_is_checked_whole_and_comes_back_the_same():
    """An end before its beginning, an end beside an open end, no source: each is refused; documents give it back."""
    for wrong in (
        {"ended": dt.date(2018, 7, 11)},
        {"known_to": dt.date(2019, 1, 1)},
        {"ended": None, "known_to": dt.date(2018, 1, 1)},
        {"source": None},
        {"source_of_end": "somebody"},
        {"ended": None, "source_of_end": MADE_UP},
        {"kind": "direction"},
        {"title": " "},
        {"begun": TOKEN},
    ):
        assert TOKEN not in repr(the_error(lambda wrong=wrong: intervention(**wrong)))
    found = intervention(source_of_end=MADE_UP, note="a note")
    assert from_json(to_json(found), Intervention) == from_toml(to_toml(found), Intervention) == found
    assert str(found) == (
        "Buckinghamshire: Direction (statutory direction), from 12 July 2018, ended 11 February 2022. "
        "Source: no official source: made up."
    )
    assert "<td>yes</td>" in found._repr_html_()
    assert {kind: kind.is_statutory for kind in InterventionKind if kind.is_statutory is not None} == {
        InterventionKind.STATUTORY_DIRECTION: True,
        InterventionKind.IMPROVEMENT_NOTICE: False,
        InterventionKind.SUPPORT_AND_SUPERVISION: False,
        InterventionKind.WRITTEN_STATEMENT_OF_ACTION: True,
    }
    assert all(kind.law for kind in InterventionKind)
    assert isinstance(the_error(lambda: found.holds("2020")), InvalidValue)
