"""The limits and the codes of EHC plans: what held when, against the published files and the record's definitions."""

from __future__ import annotations

import csv
import datetime as dt
import re

import pytest

from bucks_cs.ehcp import AssessmentOutcome, RequestOutcome, Stage, sources
from bucks_cs.errors import NotInForce
from bucks_cs.provenance import Dated, NoOfficialSource, Source
from bucks_cs.units import in_unit, quantity

THE_DAY = dt.date(2025, 1, 16)
CODES = [name for name in sources.__all__ if name.endswith("_CODES")]
LIMITS = {
    # weeks or months, first day in force
    "REQUEST_LIMIT": ("6 weeks", dt.date(2014, 9, 1)),
    "NO_PLAN_LIMIT": ("16 weeks", dt.date(2014, 9, 1)),
    "PLAN_LIMIT": ("20 weeks", dt.date(2014, 9, 1)),
    "ADVICE_LIMIT": ("6 weeks", dt.date(2014, 9, 1)),
    "DETAINED_REQUEST_LIMIT": ("6 weeks", dt.date(2015, 4, 1)),
    "DETAINED_NO_PLAN_LIMIT": ("16 weeks", dt.date(2015, 4, 1)),
    "DETAINED_PLAN_LIMIT": ("20 weeks", dt.date(2015, 4, 1)),
    "REVIEW_LIMIT": ("12 months", dt.date(2014, 9, 1)),
    "REVIEW_DECISION_LIMIT": ("4 weeks", dt.date(2014, 9, 1)),
}


@pytest.mark.parametrize(("name", "value", "since"), [(name, *held) for name, held in LIMITS.items()], ids=LIMITS)
def test_a_limit_holds_from_the_day_its_regulations_came_into_force_and_not_before(name, value, since):
    """S.I. 2014/1530 from 1 September 2014, S.I. 2015/62 from 1 April 2015; both hold still."""
    limit = getattr(sources, name)
    number, unit = value.split()
    assert limit.on(since) == quantity(int(number), unit) == limit.on(dt.date(2030, 1, 1))
    with pytest.raises(NotInForce):
        limit.on(since - dt.timedelta(days=1))


def test_the_suspension_held_from_1_may_to_25_september_2020():
    """Both days included, and neither neighbour."""
    (held,) = sources.SUSPENSION
    assert [held.holds(dt.date(2020, *each)) for each in ((4, 30), (5, 1), (9, 25), (9, 26))] == [False, True, True, False]


@pytest.mark.parametrize("name", sources.__all__)
def test_everything_dated_has_a_source_with_its_place(name):
    """A `Dated` has one for every edition; a source is one; the rest are lists of codes."""
    thing = getattr(sources, name)
    if isinstance(thing, Dated):
        assert all(isinstance(edition.source, Source) and edition.source.place for edition in thing)
    else:
        assert isinstance(thing, (Source, NoOfficialSource, str)) or len(thing) > 0


@pytest.mark.parametrize("name", CODES)
def test_every_code_that_was_ever_in_force_is_in_its_list_once(name):
    """The list of codes is what its editions hold, and each has a meaning."""
    codes = getattr(sources, name)
    listed = getattr(sources, name.removesuffix("_CODES") + ("" if name == "WEEK20_CODES" else "S"))
    assert sorted(listed) == sorted({code for edition in codes for code in edition.value})
    assert len(set(listed)) == len(listed)
    assert all(meaning.strip() for edition in codes for meaning in edition.value.values())


def test_down_syndrome_is_a_need_from_the_survey_day_of_2025():
    """On 15 January 2025 there is none, on the 16th there is; the other twelve are the same."""
    before, after = sources.NEED_CODES.on(THE_DAY - dt.timedelta(days=1)), sources.NEED_CODES.on(THE_DAY)
    assert "DS" not in before
    assert set(after) - set(before) == {"DS"}
    assert {code: after[code] for code in before} == dict(before)


def test_sld_is_severe_and_spld_specific_and_nsa_is_no_need_of_a_plan():
    """A document of 2022 has "specific (SLD)": the two are told apart here."""
    codes = sources.NEED_CODES.on(THE_DAY)
    assert codes["SLD"] == "Severe learning difficulty"
    assert codes["SPLD"] == "Specific learning difficulty"
    assert set(sources.NEVER_A_NEED) == {"NSA"}
    assert not set(sources.NEVER_A_NEED) & set(sources.NEEDS)


def test_the_needs_are_the_columns_of_the_published_file_once_down_syndrome_is_under_other(published):
    """sen_needs_all_plans.csv has number_<need> for each, and number_need_unknown."""
    with (published / "ehc_plans" / "sen_needs_all_plans.csv").open(encoding="utf-8-sig", newline="") as file:
        heading = next(csv.reader(file))
    columns = {name.removeprefix("number_").upper() for name in heading if name.startswith("number_")} - {"NEED_UNKNOWN"}
    assert {sources.PUBLISHED_AS.get(code, code) for code in sources.NEEDS} == columns


def test_the_meanings_are_those_of_the_published_data_guidance(published):
    """Word for word but for &, the hyphen of MSI, vision or visual, and "other difficulty/disability"."""
    text = (published / "ehc_plans" / "data-guidance_2025.txt").read_text(encoding="utf-8")
    part = text[text.index("Filename: sen_needs_all_plans.csv") : text.index("Filename: newplans.csv")]
    said = {code.upper(): words.strip() for code, words in re.findall(r"^number_(\w+)\s*\|\s*(.+?)\s*$", part, re.MULTILINE)}

    def plain(words):
        return words.lower().replace("&", "and").replace("-", "").replace("visual", "vision").replace("/disability", "")

    codes = dict(sources.NEED_CODES.on(dt.date(2024, 1, 18)))
    assert {code: plain(said[code]) for code in codes} == {code: plain(words) for code, words in codes.items()}
    assert 'Down Syndrome are included under "other difficulty/disability"' in part


def test_the_reasons_for_ceasing_are_the_columns_of_the_published_file(published):
    """ceased_plans.csv has a column for each of the nine, and one for those not recorded."""
    text = (published / "ehc_plans" / "data-guidance_2025.txt").read_text(encoding="utf-8")
    part = text[text.index("Filename: ceased_plans.csv") :]
    columns = set(re.findall(r"^(\w+)\s*\|\s*Number", part, re.MULTILINE))
    nine = ["max_age", "needs_met", "he", "employ", "transfer", "no_engage", "moved_outside_eng", "deceased", "other"]
    assert columns == {*nine, "not_rec"}
    assert sources.CEASE_REASONS == tuple("123456789")
    meanings = sources.CEASE_REASON_CODES.on(dt.date(2022, 6, 1))
    words = [
        "maximum age",
        "without a plan",
        "higher",
        "paid employment",
        "another local",
        "engage",
        "outside",
        "Deceased",
        "Other",
    ]
    assert all(word in meanings[code] for word, code in zip(words, sources.CEASE_REASONS, strict=True))


def test_a_person_who_enters_the_adult_estate_reaches_the_maximum_age_at_19_from_the_return_of_2025():
    """The return of 2025 is of the calendar year 2024."""
    before, after = (sources.CEASE_REASON_CODES.on(day)["1"] for day in (dt.date(2023, 12, 31), dt.date(2024, 1, 1)))
    assert "19" not in before
    assert "19" in after


def test_the_choices_of_a_plan_are_codes_of_the_return_and_what_is_left_out_is_said():
    """Undecided is None, and a historical one has no course."""
    assert set(sources.REQUEST_OUTCOMES) - {each.value for each in RequestOutcome} == {"A", sources.HISTORICAL}
    assert set(sources.ASSESSMENT_OUTCOMES) - {each.value for each in AssessmentOutcome} == {"A", sources.HISTORICAL}
    assert set(sources.OUTCOMES_WITHOUT_A_DAY) == set(sources.REQUEST_OUTCOMES) - {"Y", "N"}


def test_the_limits_of_the_stages_are_the_regulations_own():
    """Six, sixteen and twenty weeks are 42, 112 and 140 days, detained or not."""
    for detained in (False, True):
        days = [in_unit(stage.limit(detained=detained).on(THE_DAY), "day") for stage in Stage]
        assert days == [42, 112, 140]
