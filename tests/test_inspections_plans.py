"""Plans of action: who does what by when, how far it has come by a date, and KPIs against target and the way they go."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucks_cs import demand, record
from bucks_cs.errors import BucksError, InvalidValue, MissingSource, UnitError
from bucks_cs.indicators import Better, Break, Indicator, Kind, Measure, Reading, Withheld
from bucks_cs.inspections import (
    KPI,
    Action,
    ActionPlan,
    ActionStatus,
    Against,
    AreaOfWeakness,
    Progress,
    Recommendation,
    StatusAt,
    Travel,
    plan_progress,
)
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.periods import FinancialYear, Month, Snapshot
from bucks_cs.provenance import NoOfficialSource
from bucks_cs.readings import Readings
from bucks_cs.units import quantity

TOKEN = "Zebedee" + "Quux"
MADE_UP = NoOfficialSource(reason="made up")
DUE = dt.date(2022, 9, 30)
DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2023, 12, 31))


def action(*statuses, **fields):
    """An action due at the end of September 2022, with statuses as pairs of a day and how far."""
    made = {"key": "a", "text": "Audit", "owner": "Head of service", "due": DUE, "answers": "r1"}
    return Action(**made | {"statuses": [StatusAt(on=on, status=status) for on, status in statuses]} | fields)


def asked(key="r1"):
    """A recommendation."""
    return Recommendation(key=key, text="Do better", source=MADE_UP)


def plan(*actions, **fields):
    """A plan of actions in answer to one recommendation."""
    return ActionPlan(
        **{"title": "Plan", "area": 825, "recommendations": asked(), "actions": actions, "source": MADE_UP} | fields
    )


def share(key="demand.rereferrals", better=Better.LOWER, **fields):
    """An indicator of a share."""
    made = {"key": key, "title": "Share", "counts": "a share", "measure": Measure.SHARE, "kind": Kind.FLOW, "unit": "percent"}
    return Indicator(**made | {"better": better, "sources": MADE_UP} | fields)


def kpi(**fields):
    """A KPI of re-referrals, at most 22%."""
    return KPI(
        **{"key": "k", "title": "Re-referrals", "indicator": "demand.rereferrals", "unit": "percent", "better": Better.LOWER}
        | fields
    )


def shares(*values, indicator=None, area="825"):
    """Readings of financial years from 2019-20 on."""
    years = [FinancialYear.starting(2019 + n) for n in range(len(values))]
    return [Reading.of(indicator or share(), value, area=area, period=year) for value, year in zip(values, years, strict=True)]


STARTED, DONE, NOT = ActionStatus.STARTED, ActionStatus.DONE, ActionStatus.NOT_STARTED


@pytest.mark.parametrize(
    ("statuses", "as_at", "expected"),
    [
        ([], dt.date(2022, 6, 1), Progress.NOT_REPORTED),
        ([], dt.date(2023, 6, 1), Progress.NOT_REPORTED),
        ([(dt.date(2022, 5, 1), NOT)], dt.date(2022, 6, 1), Progress.NOT_STARTED),
        ([(dt.date(2022, 5, 1), NOT)], dt.date(2022, 10, 1), Progress.LATE),
        ([(dt.date(2022, 5, 1), STARTED)], DUE, Progress.ON_TIME),
        ([(dt.date(2022, 5, 1), STARTED)], DUE + dt.timedelta(days=1), Progress.LATE),
        ([(dt.date(2022, 5, 1), STARTED), (dt.date(2022, 9, 1), DONE)], dt.date(2022, 8, 31), Progress.ON_TIME),
        ([(dt.date(2022, 9, 1), DONE), (dt.date(2022, 5, 1), STARTED)], dt.date(2022, 9, 1), Progress.DONE),
        ([(dt.date(2022, 9, 1), DONE), (dt.date(2022, 9, 20), STARTED)], dt.date(2022, 9, 21), Progress.ON_TIME),
        ([(dt.date(2022, 11, 1), DONE)], dt.date(2022, 10, 31), Progress.NOT_REPORTED),
        ([(dt.date(2022, 11, 1), DONE)], dt.date(2022, 11, 1), Progress.DONE),
    ],
)
def test_an_action_stands_as_it_was_last_said_to_by_the_day(statuses, as_at, expected):
    """What was said later does not count, a day due still counts as on time, and silence is no progress and no lack of it."""
    found = plan_progress(plan(action(*statuses)), as_at=as_at)
    assert found.actions[0].progress is expected
    assert found.counts[expected] == 1
    assert sum(found.counts.values()) == 1


def test_an_action_done_after_its_day_is_done_and_says_it_was_late():
    """Done on the day is not late; the day after is."""
    days = (DUE, DUE + dt.timedelta(days=1))
    found = [plan_progress(plan(action((day, DONE))), as_at=dt.date(2023, 1, 1)).actions[0] for day in days]
    assert [one.done_late for one in found] == [False, True]
    assert str(found[1]) == "Audit: done, after its day"


@given(said=st.dictionaries(DAYS, st.sampled_from(ActionStatus), max_size=5), as_at=DAYS, due=DAYS)
@settings(max_examples=100)
def test_progress_agrees_with_a_plain_reading_of_the_statuses(said, as_at, due):
    """Against a plain search: the newest status by the day decides, and the day due."""
    found = plan_progress(plan(action(*said.items(), due=due)), as_at=as_at).actions[0].progress
    known = [said[day] for day in sorted(said) if day <= as_at]
    if not known:
        assert found is Progress.NOT_REPORTED
    elif known[-1] is DONE:
        assert found is Progress.DONE
    elif as_at > due:
        assert found is Progress.LATE
    else:
        assert found is {STARTED: Progress.ON_TIME, NOT: Progress.NOT_STARTED}[known[-1]]


@pytest.mark.parametrize(
    ("targets", "values", "against", "travel"),
    [
        ({"at_most": 22}, [30, 25, 22], Against.MET, Travel.BETTER),
        ({"at_most": 22}, [20, 25], Against.NOT_MET, Travel.WORSE),
        ({"at_least": 90, "better": Better.HIGHER}, [80, 91], Against.MET, Travel.BETTER),
        ({"at_least": 90, "better": Better.HIGHER}, [95, 89], Against.NOT_MET, Travel.WORSE),
        ({"at_least": 10, "at_most": 20, "better": Better.NEITHER}, [5, 15], Against.MET, Travel.UP),
        ({"at_least": 10, "at_most": 20, "better": Better.NEITHER}, [25, 21], Against.NOT_MET, Travel.DOWN),
        ({}, [25, 25], Against.NO_TARGET, Travel.SAME),
        ({"at_most": 22}, [22], Against.MET, Travel.NOT_KNOWN),
        ({"at_most": 22}, [], Against.NOT_KNOWN, Travel.NOT_KNOWN),
        ({"at_most": 22}, [20, Withheld.CONFIDENTIAL], Against.NOT_KNOWN, Travel.NOT_KNOWN),
        ({"at_most": 22}, [Withheld.NOT_AVAILABLE, 20], Against.MET, Travel.NOT_KNOWN),
    ],
)
def test_a_kpi_stands_to_its_target_and_goes_its_way(targets, values, against, travel):
    """At most, at least and a band; better is by the KPI's own way; a gap is not known, and no target is said."""
    fields = {name: quantity(end, "percent") if name.startswith("at_") else end for name, end in targets.items()}
    found = plan_progress(plan(kpis=kpi(**fields)), as_at=dt.date(2024, 1, 1), readings=shares(*values)).kpis[0]
    assert (found.against, found.travel) == (against, travel)
    assert travel.value in str(found)


def test_a_kpi_takes_the_readings_of_its_indicator_and_area_that_had_ended_by_the_day():
    """Another area's, another indicator's, by dims, or of a year not over are passed over; those of no area are the plan's."""
    own, other = shares(30, 20, 10), shares(1, 1, area="826")
    elsewhere = shares(2, 2, indicator=share(key="demand.referrals"))
    by_dims = [Reading.of(share(), 3, area="825", period=FinancialYear.starting(2019), dims={"need": "N1"})]
    found = plan_progress(plan(kpis=kpi()), as_at=dt.date(2021, 3, 31), readings=[*own, *other, *elsewhere, *by_dims]).kpis[0]
    assert (found.latest.number, found.previous.number) == (20, 30)
    assert plan_progress(plan(kpis=kpi()), as_at=dt.date(2021, 3, 31), readings=shares(9, area=None)).kpis[0].latest.number == 9


def test_readings_of_any_subject_are_taken_by_their_key():
    """KPIs of indicators of demand, and the readings of the demand table of October 2022, as they are."""
    readings = record.demand()
    assert isinstance(readings, Readings)
    contacts = next(one for one in demand.INDICATORS if one.key == readings.indicators[0].key)
    of_contacts = KPI.of(contacts, answers="r1", at_most=quantity(1, contacts.unit))
    assert (of_contacts.key, of_contacts.title, of_contacts.unit) == (contacts.key, contacts.title, contacts.unit)
    found = plan_progress(plan(kpis=of_contacts), as_at=dt.date(2022, 10, 11), readings=readings)
    assert found.kpis[0].latest is not None
    assert found.kpis[0].against is Against.NOT_MET
    assert found.kpis[0].travel in {Travel.UP, Travel.NOT_COMPARABLE}


def test_a_direction_of_travel_is_not_told_over_a_break_or_between_unlike_periods():
    """A break between two years, and a month beside a year, are not comparable; the target still is."""
    broken = share(breaks=Break(on=dt.date(2020, 4, 1), what="a new rule", certain=True, source=MADE_UP))
    over = plan_progress(
        plan(kpis=kpi(at_most=quantity(22, "percent"))), as_at=dt.date(2024, 1, 1), readings=shares(30, 20, indicator=broken)
    )
    assert (over.kpis[0].travel, over.kpis[0].against) == (Travel.NOT_COMPARABLE, Against.MET)
    unlike = [*shares(30), Reading.of(share(), 20, area="825", period=Month.of(2020, 5))]
    assert plan_progress(plan(kpis=kpi()), as_at=dt.date(2024, 1, 1), readings=unlike).kpis[0].travel is Travel.NOT_COMPARABLE


def test_a_kpi_knows_whether_its_target_is_due():
    """On the day it is not yet; the day after it is; without a day nobody knows."""
    dated = kpi(by=dt.date(2023, 3, 31))
    assert [plan_progress(plan(kpis=dated), as_at=dt.date(2023, *day)).kpis[0].is_due for day in ((3, 31), (4, 1))] == [
        False,
        True,
    ]
    assert plan_progress(plan(kpis=kpi()), as_at=DUE).kpis[0].is_due is None


def test_progress_is_told_by_recommendation():
    """Each recommendation has its own actions and KPIs; the sentence counts them."""
    whole = ActionPlan(
        title="Post inspection action plan",
        area="825",
        recommendations=record.recommendations(),
        areas_of_weakness=record.areas_of_weakness(),
        actions=[
            action((dt.date(2022, 6, 1), DONE), key="a1", answers="ilacs-2021/i"),
            action((dt.date(2022, 6, 1), STARTED), key="a2", answers=["ilacs-2021/i", "ilacs-2021/ii"]),
        ],
        kpis=kpi(answers="ilacs-2021/i", at_most=quantity(22, "percent")),
        due=dt.date(2022, 5, 25),
        source=MADE_UP,
    )
    found = plan_progress(whole, as_at=dt.date(2022, 10, 11), readings=shares(20, 21))
    assert found.of("ilacs-2021/i").counts[Progress.DONE] == 1
    assert found.of("ilacs-2021/i").kpis[0].against is Against.MET
    assert [one.action.key for one in found.of("ilacs-2021/ii").actions] == ["a2"]
    assert found.of("ilacs-2021/ii").kpis == ()
    assert str(found) == "Post inspection action plan on 11 October 2022: actions 1 done, 1 late; 1 of 1 KPIs on target."
    assert len(whole.unanswered) == 5 + 3
    assert len(whole.unmeasured) == 6 + 3
    assert "2 actions and 1 KPI for 10 that it answers" in str(whole)
    with pytest.raises(InvalidValue):
        found.of(TOKEN)


def test_a_plan_comes_back_from_json_toml_and_pickle_the_same():
    """Actions, statuses, KPIs with their targets, recommendations and weaknesses."""
    whole = plan(
        action((dt.date(2022, 6, 1), STARTED), starts=dt.date(2022, 5, 1)),
        areas_of_weakness=AreaOfWeakness(key="w", number="i", text="Waits", progress_was_sufficient=False, source=MADE_UP),
        kpis=kpi(at_least=quantity(1, "percent"), at_most=quantity(22, "percent"), by=DUE),
        due=DUE,
        submitted=DUE,
    )
    assert from_json(to_json(whole), ActionPlan) == from_toml(to_toml(whole), ActionPlan) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole
    assert hash(whole) == hash(from_json(to_json(whole), ActionPlan))


@pytest.mark.parametrize(
    "call",
    [
        lambda: action(due="soon"),
        lambda: action(starts=DUE + dt.timedelta(days=1)),
        lambda: action(owner=" "),
        lambda: action(answers=[3]),
        lambda: action(statuses=[StatusAt(on=DUE, status=DONE), StatusAt(on=DUE, status=STARTED)]),
        lambda: action(statuses=[TOKEN]),
        lambda: StatusAt(on=DUE, status="done"),
        lambda: kpi(indicator=TOKEN),
        lambda: kpi(at_most=22),
        lambda: kpi(at_least=quantity(2, "percent"), at_most=quantity(1, "percent")),
        lambda: kpi(better="lower"),
        lambda: KPI.of("demand.rereferrals"),
        lambda: plan(action(), action()),
        lambda: plan(action(answers="r2")),
        lambda: plan(kpis=kpi(answers="r2")),
        lambda: plan(kpis=[kpi(), kpi()]),
        lambda: plan(recommendations=[asked(), asked()]),
        lambda: plan(TOKEN),
        lambda: plan(due="25 May 2022"),
        lambda: plan(due=dt.datetime(2022, 5, 25)),
        lambda: plan_progress(TOKEN, as_at=DUE),
        lambda: plan_progress(plan(), as_at=TOKEN),
        lambda: plan_progress(plan(), as_at=DUE, readings=[TOKEN]),
        lambda: plan_progress(plan(), as_at=DUE).of([TOKEN]),
        lambda: action((DUE, DONE)).status_at(TOKEN),
        lambda: action().status_at(dt.datetime(2022, 9, 30)),
        lambda: plan_progress(plan(), as_at=DUE, readings=3),
        lambda: plan_progress(plan(kpis=kpi()), as_at=DUE, readings=[*shares(1), *shares(2)]),
        lambda: plan_progress(plan(kpis=kpi(unit="pupil")), as_at=DUE, readings=shares(1)),
    ],
)
def test_what_is_no_plan_or_does_not_fit_it_is_refused_by_name(call):
    """Our own error, with nothing chained to it and nothing of the text in it."""
    with pytest.raises(InvalidValue) as refusal:
        call()
    assert TOKEN not in repr(refusal.value)
    assert refusal.value.__context__ is None


def test_a_target_of_one_value_is_a_band_of_one_value():
    """At least and at most the same is met by that value alone."""
    exact = kpi(at_least=quantity(20, "percent"), at_most=quantity(20, "percent"))
    found = [plan_progress(plan(kpis=exact), as_at=dt.date(2024, 1, 1), readings=shares(value)).kpis[0] for value in (19, 20, 21)]
    assert [one.against for one in found] == [Against.NOT_MET, Against.MET, Against.NOT_MET]


def test_a_target_in_another_unit_and_a_plan_without_a_source_are_refused():
    """Percent is no percentage point; no source, no plan."""
    for wrong in ({"at_most": quantity(22, "percentage_point")}, {"unit": "furlong"}):
        with pytest.raises(UnitError):
            kpi(**wrong)
    with pytest.raises(MissingSource):
        plan(source=None)
    with pytest.raises(BucksError):
        plan(area=TOKEN)


def test_a_stock_is_taken_on_its_day():
    """A KPI of a stock takes the latest day by the date asked for."""
    stock = share(key="demand.caseload", kind=Kind.STOCK)
    days = [
        Reading.of(stock, value, area="825", period=Snapshot(dt.date(2022, month, 1)))
        for month, value in ((1, 10), (6, 12), (12, 30))
    ]
    found = plan_progress(plan(kpis=kpi(indicator=stock)), as_at=DUE, readings=days).kpis[0]
    assert (found.latest.number, found.travel) == (12, Travel.WORSE)
