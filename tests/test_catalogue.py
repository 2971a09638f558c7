"""The catalogue: every indicator of every subject, found by key and by words, and its formula read from its definition."""

from __future__ import annotations

import importlib
import tomllib

import attrs
import polars as pl
import pytest

import bucks_cs
from bucks_cs import catalogue
from bucks_cs.errors import InvalidValue, NotFound
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.provenance import NoOfficialSource, Source

EVERY = catalogue.indicators()


# What is in it


def test_every_subject_of_the_floor_plan_is_in_the_catalogue(root):
    """A new subject is listed: in the floor plan, in SUBJECTS and in its folder, under one name."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["name"].startswith("Subjects do not import subjects")]
    planned = {name.strip().strip("()") for name in layers[0].split("|")}
    assert set(catalogue.SUBJECTS) == planned
    assert {room.parent.name for room in (root / "src" / "bucks_cs").glob("*/calculations/")} <= planned


def test_a_package_with_indicators_behind_its_door_is_a_subject(root):
    """No subject is left out because it has no room for sources."""
    doors = sorted(door.parent.name for door in (root / "src" / "bucks_cs").glob("*/__init__.py"))
    with_some = [name for name in doors if "INDICATORS" in getattr(importlib.import_module(f"bucks_cs.{name}"), "__all__", ())]
    assert sorted(with_some) == sorted(catalogue.SUBJECTS)


@pytest.mark.parametrize("subject", catalogue.SUBJECTS)
def test_every_indicator_of_a_subject_is_in_it_and_no_other(subject):
    """As its door lists them, each key with the name of the subject in front, in order."""
    there = importlib.import_module(f"bucks_cs.{subject}").INDICATORS
    found = catalogue.indicators(subject)
    assert {one.key for one in there} == {one.key for one in found}
    assert all(one.key.startswith(f"{subject}.") for one in found)
    assert [one.key for one in found] == sorted(one.key for one in found)


def test_keys_are_there_once_and_subjects_in_their_order():
    """All of them one after another."""
    keys = [one.key for one in EVERY]
    assert len(set(keys)) == len(keys)
    assert keys == [one.key for subject in catalogue.SUBJECTS for one in catalogue.indicators(subject)]


def test_an_indicator_is_found_by_its_key():
    """The very object of the subject."""
    from bucks_cs import demand

    assert catalogue.indicator("demand.rereferrals") is next(one for one in demand.INDICATORS if one.key == "demand.rereferrals")


def test_the_catalogue_is_at_the_door_of_the_library():
    """Under its name."""
    assert bucks_cs.catalogue is catalogue


# Search


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("re-referral", "demand.rereferrals"),
        ("RE-REFERRALS 12", "demand.rereferrals"),
        ("rereferral_percent", "demand.rereferrals"),
        ("section 437", "demand.school_attendance_notices"),
        ("turnover", "workforce.turnover_rate_fte"),
        ("   asylum \n threshold ", "uasc.threshold"),
        ("agency rate", "workforce.agency_rate_fte"),
        ("looked after rate", "looked_after.children_per_10_000"),
    ],
)
def test_words_find_what_has_them_in_key_title_definition_or_source(words, key):
    """Whatever their case and the spaces between."""
    assert key in [one.key for one in catalogue.search(words)]


def test_all_words_must_be_there_and_titles_come_first():
    """None has two that no indicator has together; of several, those with a word in the title stand before the others."""
    assert catalogue.search("re-referral asylum") == ()
    found = ["caseload" in one.title.lower() for one in catalogue.search("caseload")]
    assert found == sorted(found, reverse=True)
    assert set(found) == {True, False}


def test_every_indicator_is_found_by_its_title():
    """And by its key."""
    for one in EVERY:
        assert one in catalogue.search(one.title)
        assert one in catalogue.search(one.key)


# The frame


def test_the_frame_has_a_row_for_each_indicator():
    """With what the object says, nothing filled in where it says nothing."""
    frame = catalogue.frame()
    assert frame["key"].to_list() == [one.key for one in EVERY]
    assert dict(frame.schema) == dict.fromkeys(frame.columns, pl.String) | {"per": pl.Int64}
    (row,) = frame.filter(key="demand.rereferrals").to_dicts()
    assert (row["subject"], row["unit"], row["per"], row["better"]) == ("demand", "%", None, "lower")
    assert row["sources"].count("; ") == 1
    assert "between 1 April 2023 and 31 March 2024" in row["breaks"]
    assert frame.filter(pl.col("per").is_not_null()).height == sum(one.per is not None for one in EVERY)
    for column in ("leaves_out", "breaks"):
        assert frame.filter(pl.col(column).is_null()).height == sum(not getattr(one, column) for one in EVERY)
        assert "" not in frame[column].to_list()


# The formula


@pytest.mark.parametrize(
    ("key", "formula"),
    [
        # A share, with remarks behind a semicolon, a colon and a full stop, and in the middle.
        ("demand.rereferrals", "100 × (referrals of a child who was referred in the 12 months before, the anniversary included) "
         "÷ (all referrals)"),
        ("demand.decided_in_time", "100 × (referrals received since 15 April 2013 on which it was decided within one working day "
         "what to do) ÷ (all on which a decision after the rows end would be late)"),
        ("ehcp.issued_in_time_excluding_exceptions", "100 × (education, health and care plans to which no exception applied, "
         "issued in the period within 20 weeks (140 days) of the day the request was received) ÷ (the plans issued in it under "
         "that limit to which no exception applied)"),
        ("ehcp.refused", "100 × (requests received in the period on which the authority decided not to assess) "
         "÷ (all requests received in it)"),
        ("ehcp.reviews_in_time", "100 × (EHC plans maintained on the day, whose first 12 months had run out by then, on which no "
         "review was overdue) ÷ (all plans maintained on the day whose first 12 months had run out)"),
        ("ehcp.issued_by_band_including_exceptions", "100 × (education, health and care plans issued in the period within 20 "
         "weeks of the day the request was received, in 20 to 52 weeks, and after 52) ÷ (all plans issued in it under that "
         "limit)"),
        ("ehcp.share_of_plans", "100 × (the plans of a part (a primary need, a phase, a locality)) ÷ (all plans maintained, "
         "those of which the part is not recorded among them)"),
        ("attainment.phonics", "100 × (pupils of year 1 with 32 or more of 40 in the phonics screening check) "
         "÷ (all pupils of year 1)"),
        ("workforce.survival", "100 × the part of those who started that is in service after so many whole months, estimated "
         "month by month from those followed to the end of each"),
        # A rate, beside people, over places, for each 100.
        ("looked_after.children_per_10_000", "10,000 × (children looked after by the authority on 31 March) "
         "÷ (the children aged 0 to 17 at the mid-year before)"),
        ("sufficiency.use_of_homes", "100 × (children in care who need a home) ÷ (the places there are)"),
        ("workforce.turnover_rate_headcount", "100 × (social workers who left in the year) ÷ (those in post on its last day)"),
        ("workforce.absence_rate_fte", "100 × (working days missed through sickness in the year) "
         "÷ (what those in post on its last day would work in a year)"),
        # A mean, for each of something or of days.
        ("demand.mean_caseload", "(cases held on a day) ÷ (one for each worker who holds one or more)"),
        ("attainment.attainment_8", "(points of up to 8 qualifications, English and mathematics counted twice) ÷ (one for each "
         "pupil at the end of key stage 4 in a state-funded school)"),
        ("uasc.days_to_decision_mean", "(the sum of the days from the claim for asylum to the final decision, of the claims "
         "decided in the period, each once) ÷ (how many there are)"),
        ("attainment.mean_gcse_grade", "(the sum of GCSE grades from 9 to 1 in English language and mathematics) "
         "÷ (how many there are)"),
        # A quantile, counts, amounts, changes.
        ("demand.highest_caseload", "the most cases that any one worker holds on a day"),
        ("demand.referrals", "the number of those counted"),
        ("uasc.headroom", "(the threshold's number of children) − (the unaccompanied children looked after on the day)"),
        ("workforce.vacancies_fte", "the sum of the full-time equivalent of posts of child and family social workers that are "
         "vacant on a day, covered by an agency worker or not"),
        ("savings.pressure", "the sum of pounds needed in the year above a plan"),
        ("workforce.exact_share", "(a stated total) × (the share of all weight that a locality has, not rounded)"),
        ("ehcp.contribution_to_growth", "100 × (the plans that a part has more than it had) ÷ (all the plans there were)"),
        ("ehcp.projection_error_percent", "100 × ((EHC plans projected for a day from the years up to a cut) "
         "− (the plans there were on it)) ÷ (the plans there were on it)"),
        ("attainment.mean_gcse_grade/yearly_progress", "((the target) − (the figure, 0 where it is reached)) ÷ (the years left)"),
    ],
)  # fmt: skip
def test_a_formula_says_what_is_divided_by_what(key, formula):
    """Written out by hand from the definitions, one of each form."""
    assert catalogue.formula(catalogue.indicator(key)) == formula


def test_every_formula_is_whole():
    """Brackets close, nothing is empty or ends in a remark; a share, a rate and a mean divide once."""
    for one in EVERY:
        said = catalogue.formula(one)
        assert said.count("(") == said.count(")"), one.key
        assert not [mark for mark in ("()", "; ", ": ", ". ", ",)", " )") if mark in said], one.key
        assert said[-1] not in " ,;:.", one.key
        if one.measure in {Measure.SHARE, Measure.RATE}:
            assert said.startswith(f"{one.per or 100:,} × "), one.key
        if one.measure.is_ratio and one.key != "workforce.survival":
            assert said.count(" ÷ ") == 1, one.key
        assert "counted or not" not in said, one.key
        assert "the people it is per" not in said, one.key


def test_a_formula_of_an_indicator_of_ones_own():
    """Words that are not the library's own leave it at what they say."""
    own = Indicator(
        key="ours.visits_per_1_000", title="Visits", counts="visits", measure=Measure.RATE, kind=Kind.FLOW, unit="per_1_000",
        per=1_000, better=Better.NEITHER, sources=NoOfficialSource(reason="made up"),
    )  # fmt: skip
    assert catalogue.formula(own) == "1,000 × (visits) ÷ (the people it is per)"
    share = attrs.evolve(own, measure=Measure.SHARE, per=None, unit="percent")
    assert catalogue.formula(share) == "100 × (visits) ÷ (all of their kind, counted or not)"
    change = attrs.evolve(own, measure=Measure.CHANGE, per=None, unit="percent", counts="how much more than no less than before")
    assert catalogue.formula(change) == "how much more than no less than before"


# What every indicator must have, to be a page


def test_every_indicator_has_what_a_page_needs():
    """A source or the reason there is none, and nothing that would be markup in a page."""
    for one in EVERY:
        assert one.sources, one.key
        assert all(isinstance(source, (Source, NoOfficialSource)) for source in one.sources), one.key
        assert not [mark for text in (one.title, one.counts, one.leaves_out) for mark in "<>|*[]" if mark in text], one.key
        assert one.title[0].upper() == one.title[0], one.key


# Refusals


@pytest.mark.parametrize(
    ("attempt", "what"),
    [
        (lambda: catalogue.indicators(3), "subject"),
        (lambda: catalogue.indicator(None), "key"),
        (lambda: catalogue.search(""), "words"),
        (lambda: catalogue.search("  "), "words"),
        (lambda: catalogue.search(["a"]), "words"),
        (lambda: catalogue.formula("demand.rereferrals"), "one"),
        (lambda: catalogue.searched("demand.rereferrals"), "one"),
    ],
)
def test_what_cannot_be_looked_up_is_refused_by_name(attempt, what):
    """As it was called."""
    with pytest.raises(InvalidValue) as caught:
        attempt()
    assert caught.value.what == what
    assert caught.value.__context__ is None


def test_what_is_not_there_is_refused_with_the_nearest_there_is():
    """And what was asked for is not repeated."""
    with pytest.raises(NotFound, match=r"Did you mean 'demand\.rereferrals' or") as caught:
        catalogue.indicator("demand.rereferral")
    assert caught.value.asked_on == ("key",)
    with pytest.raises(NotFound, match=r"Did you mean 'workforce'\?"):
        catalogue.indicators("work_force")
    with pytest.raises(NotFound) as caught:
        catalogue.indicator("Xanthippe")
    assert "Xanthippe" not in str(caught.value)
