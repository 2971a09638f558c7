"""What changed between outcomes of one regime, that nothing is said across regimes, and what was in force on a date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs.errors import BucksError, InvalidValue, NotComparable
from bucks_cs.inspections import (
    ILACS,
    REGIMES,
    Direction,
    InspectionOutcome,
    Intervention,
    InterventionKind,
    NoGrade,
    compare,
    direction,
    directions,
    timeline,
)
from bucks_cs.provenance import DateBounds, NoOfficialSource

MADE_UP = NoOfficialSource(reason="made up")
OVERALL = "overall effectiveness"
GRADES = [grade.wording for grade in ILACS.overall.scale.grades]


def inspected(year, overall="good", *, regime="ilacs", activity="standard inspection", **fields):
    """An outcome begun on 3 June of a year, published 40 days later."""
    start = dt.date(year, 6, 3)
    made = {"area": "825", "regime": regime, "activity": activity, "start": start, "source": MADE_UP}
    made |= {"published": start + dt.timedelta(days=40), "judgements": {OVERALL: overall} if overall else {}}
    return InspectionOutcome(**(made | fields))


def school(year, overall="good", **fields):
    """A graded inspection of a school."""
    return inspected(year, overall, **{"regime": "school_four_grades", "activity": "graded inspection", "urn": "100000"} | fields)


@given(before=st.integers(0, 3), after=st.integers(0, 3))
@settings(max_examples=32)
def test_a_change_is_what_the_places_in_the_scale_say(before, after):
    """Outstanding, good, requires improvement, inadequate: up is improved, by so many grades; back again is the reverse."""
    there = compare(inspected(2019, GRADES[before]), inspected(2022, GRADES[after]))
    back = compare(inspected(2019, GRADES[after]), inspected(2022, GRADES[before]))
    expected = Direction.IMPROVED if after < before else Direction.DECLINED if after > before else Direction.SAME
    assert there.direction is expected
    assert there.judgements[0].steps.magnitude == before - after == -back.judgements[0].steps.magnitude
    assert str(there.judgements[0].steps.units) == "grade"


@pytest.mark.parametrize(
    "other", [key for key, regime in REGIMES.items() if regime.family.name == "SCHOOL" and key != "school_four_grades"]
)
def test_schools_are_not_compared_across_regimes(other):
    """Ofsted: the new grades can't be compared to the old ones. The error names both regimes."""
    regime = REGIMES[other]
    since = regime.since
    later = InspectionOutcome(
        area="825",
        urn="100000",
        regime=regime,
        activity=regime.activities[0],
        start=since + dt.timedelta(days=30),
        source=MADE_UP,
    )
    before = school(2016)
    with pytest.raises(NotComparable) as refusal:
        compare(before, later)
    assert "school_four_grades" in str(refusal.value)
    assert other in str(refusal.value)
    assert refusal.value.__context__ is None
    assert direction(later, before=before) is Direction.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (
            inspected(2014, "inadequate", regime="single_inspection_framework", activity="inspection"),
            inspected(2021),
            "of its own",
        ),
        (inspected(2019), inspected(2021, area="826"), "different bodies"),
        (
            inspected(2018),
            inspected(2021, None, regime="area_send_2016", activity="inspection"),
            "one is of local authority children's services and the other of area SEND",
        ),
        (inspected(2019), inspected(2021, None, activity="focused visit"), "a focused visit carries no grades"),
        (inspected(2019, None, activity="monitoring visit"), inspected(2021), "a monitoring visit carries no grades"),
        (school(2016), school(2019, urn="100001"), "different bodies"),
        (
            inspected(2018, None, regime="area_send_2016", activity="inspection"),
            inspected(2020, None, regime="area_send_2016", activity="revisit"),
            "make different judgements",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(before, after, why):
    """Two regimes, two bodies, a visit without grades, kinds that judge different things."""
    with pytest.raises(NotComparable, match=why):
        compare(before, after)
    assert direction(after, before=before) is Direction.NOT_COMPARABLE


def test_a_short_and_a_standard_inspection_are_of_one_regime_and_compare():
    """Both carry the same judgements."""
    assert compare(inspected(2019, activity="short inspection"), inspected(2022, "outstanding")).direction is Direction.IMPROVED


def test_a_judgement_that_was_not_yet_one_is_not_comparable_and_says_so():
    """From the joint judgement of 2021 to the two of 2025, neither of the two has one before; the overall grade has."""
    change = compare(
        inspected(2021, judgements={OVERALL: "good", "children in care": "good"}),
        inspected(2025, judgements={OVERALL: "good", "children in care": "good", "care leavers": "inadequate"}),
    )
    by_key = {one.judgement.key: one for one in change.judgements}
    assert by_key["care_leavers"].before is NoGrade.NOT_YET
    assert by_key["children_in_care"].before is NoGrade.NOT_YET
    assert by_key["help_and_protection"].before is by_key["help_and_protection"].after is NoGrade.MISSING
    for key in ("care_leavers", "children_in_care", "help_and_protection"):
        assert by_key[key].direction is Direction.NOT_COMPARABLE
        assert by_key[key].steps is None
    assert change.direction is Direction.SAME
    assert "not comparable (not yet a judgement, then inadequate)" in str(by_key["care_leavers"])
    assert "Buckinghamshire, 3 June 2021 to 3 June 2025" in str(change)


def test_outcomes_without_an_order_are_the_same_or_not_comparable():
    """A statement of action required once and again is the same; required and not required are told apart and not ranked."""
    fields = {"regime": "area_send_2016", "activity": "inspection"}
    asked, free = ({"written statement of action": word} for word in ("yes", "no"))
    again = compare(inspected(2017, judgements=asked, **fields), inspected(2021, judgements=asked, **fields))
    other = compare(inspected(2017, judgements=asked, **fields), inspected(2021, judgements=free, **fields))
    assert again.direction is Direction.SAME
    assert other.direction is Direction.NOT_COMPARABLE
    assert other.judgements[0].steps is None


def test_without_an_overall_judgement_the_direction_is_that_of_all_judgements_or_none():
    """Key judgements that all improve have improved; some that improve and some that do not have no one direction."""
    fields = {"regime": "school_key_judgements", "activity": "graded inspection", "urn": "100000", "end": None, "published": None}
    four = ("quality of education", "behaviour and attitudes", "personal development", "leadership and management")
    low, high = dict.fromkeys(four, "3"), dict.fromkeys(four, "2")
    first = inspected(2025, start=dt.date(2024, 11, 4), judgements=low, **fields)
    assert compare(first, inspected(2025, judgements=high, **fields)).direction is Direction.IMPROVED
    mixed = inspected(2025, judgements=high | {"personal development": "3"}, **fields)
    assert compare(first, mixed).direction is Direction.NOT_COMPARABLE
    assert [one.direction.value for one in compare(first, mixed).judgements] == ["improved", "improved", "same", "improved"]


def test_the_first_of_a_body_is_first_and_the_first_of_a_regime_is_not():
    """Two bodies mixed, out of order, with a visit between: each has its own first, and a new regime is not comparable."""
    sif = inspected(2014, "inadequate", regime="single_inspection_framework", activity="inspection")
    given_ = [
        inspected(2022),
        sif,
        inspected(2019, "inadequate"),
        inspected(2020, None, activity="focused visit"),
        inspected(2019, area="826"),
    ]
    found = [(one.area, one.start.year, way.value) for one, way in directions(given_)]
    assert found == [("825", 2014, "first"), ("825", 2019, "not comparable"), ("825", 2022, "improved"), ("826", 2019, "first")]
    assert directions([]) == ()


def test_what_starts_no_cycle_anew_is_passed_over():
    """An interim inspection of a home, between two full ones, is neither the first nor what the next is set against."""
    fields = {"regime": "childrens_home_sccif", "activity": "full inspection", "name": "A home"}
    interim = fields | {"activity": "interim inspection", "judgements": {}}
    ways = directions([inspected(2018, **fields), inspected(2019, None, **interim), inspected(2020, "outstanding", **fields)])
    assert [(one.start.year, way) for one, way in ways] == [(2018, Direction.FIRST), (2020, Direction.IMPROVED)]


def test_bounds_that_may_be_in_order_are_taken_as_said_by_both_calls():
    """A later one of some day of 2021, after one of June 2021: it may be later, so that it is compared; of 2020 it cannot be."""
    year = DateBounds(earliest=dt.date(2021, 1, 1), latest=dt.date(2021, 12, 31), why="only the year is printed")
    before, after = inspected(2021, "inadequate"), inspected(2021, "good", start=year, published=None)
    assert compare(before, after).direction is direction(after, before=before) is Direction.IMPROVED
    for call in (lambda: compare(inspected(2022), after), lambda: direction(after, before=inspected(2022))):
        with pytest.raises(InvalidValue, match="begun no earlier than the one before"):
            call()


def test_what_is_no_outcome_or_out_of_order_is_refused():
    """The later may not begin before the earlier; something else is refused by name."""
    for call in (
        lambda: compare(inspected(2022), inspected(2019)),
        lambda: compare("good", inspected(2019)),
        lambda: direction(inspected(2019), before=inspected(2022)),
        lambda: direction("good", before=None),
        lambda: direction(inspected(2022), before="good"),
        lambda: directions(["good"]),
        lambda: directions(5),
        lambda: directions(None),
        lambda: timeline(["good"]),
        lambda: timeline([]),
        lambda: timeline([inspected(2019), inspected(2019, area="826")]),
        lambda: timeline([inspected(2019)], interventions=["notice"]),
        lambda: timeline([inspected(2019)]).on("2020"),
        lambda: timeline([inspected(2019)]).on(dt.datetime(2020, 1, 1)),
    ):
        with pytest.raises(BucksError) as refusal:
            call()
        assert isinstance(refusal.value, InvalidValue)
        assert refusal.value.__context__ is None


def test_a_judgement_stands_from_the_day_of_its_report_until_the_next_report():
    """Begun on 3 June, published on 13 July: the day before nothing stands, and until the next report the first does."""
    line = timeline([inspected(2022, "good"), inspected(2019, "inadequate"), inspected(2020, None, activity="focused visit")])
    assert line.on(dt.date(2019, 7, 12)).outcomes == ()
    assert [one.overall.wording for one in line.on(dt.date(2019, 7, 13)).outcomes] == ["inadequate"]
    assert [one.overall.wording for one in line.on(dt.date(2022, 7, 12)).outcomes] == ["inadequate"]
    assert [one.overall.wording for one in line.on(dt.date(2022, 7, 13)).outcomes] == ["good"]
    assert [one.activity.key for one in line.on(dt.date(2021, 1, 1)).since] == ["focused_visit"]
    assert line.on(dt.date(2023, 1, 1)).since == ()
    assert "nothing known" in str(line.on(dt.date(2019, 7, 12)))


def test_an_outcome_whose_report_has_no_known_day_stands_from_its_inspection():
    """From its last day where that is known, and from its first where it is not."""
    for fields, day in (({"end": dt.date(2019, 6, 14)}, dt.date(2019, 6, 14)), ({}, dt.date(2019, 6, 3))):
        line = timeline([inspected(2019, published=None, **fields)])
        assert line.on(day - dt.timedelta(days=1)).outcomes == ()
        assert len(line.on(day).outcomes) == 1


def test_a_new_regime_takes_the_place_of_the_old_for_the_same_body_alone():
    """An ILACS judgement ends that of the single inspection framework; that of a school or of area SEND it leaves."""
    sif = inspected(2014, "inadequate", regime="single_inspection_framework", activity="inspection")
    area = inspected(2018, regime="area_send_2016", activity="inspection", judgements={"written statement of action": "yes"})
    line = timeline([sif, area, school(2015), inspected(2019, "good")])
    assert {(one.regime.key, one.start.year) for one in line.on(dt.date(2019, 12, 1)).outcomes} == {
        ("area_send_2016", 2018),
        ("school_four_grades", 2015),
        ("ilacs", 2019),
    }


def test_what_its_sources_leave_open_is_perhaps():
    """Between the bounds of a report's day, and of an intervention's end, it may have been and may not."""
    bounds = DateBounds(earliest=dt.date(2019, 7, 1), latest=dt.date(2019, 7, 31), why="only the month is printed")
    notice = Intervention(
        area=825,
        kind=InterventionKind.IMPROVEMENT_NOTICE,
        title="Notice",
        begun=dt.date(2019, 1, 1),
        ended=bounds,
        source=MADE_UP,
    )
    line = timeline([inspected(2019, published=bounds)], interventions=[notice])
    before, within, after = (line.on(dt.date(2019, *day)) for day in ((6, 30), (7, 15), (7, 31)))
    assert (before.outcomes, before.interventions, before.perhaps) == ((), (notice,), ())
    assert (within.outcomes, within.interventions, len(within.perhaps)) == ((), (), 2)
    assert (len(after.outcomes), after.interventions, after.perhaps) == (1, (), ())
    assert "perhaps Notice" in str(within)
    assert line.entries == (notice, line.outcomes[0])
    assert "Notice" in line._repr_html_()


@given(
    years=st.lists(st.integers(2018, 2024), min_size=1, max_size=5, unique=True),
    day=st.dates(dt.date(2018, 1, 1), dt.date(2026, 1, 1)),
)
@settings(max_examples=60)
def test_what_stands_is_the_newest_report_by_then(years, day):
    """Against a plain search of the list: the latest published on or before the day, or none."""
    outcomes = [inspected(year) for year in years]
    out = [one for one in outcomes if one.published <= day]
    expected = (max(out, key=lambda one: one.published),) if out else ()
    assert timeline(outcomes).on(day).outcomes == expected
