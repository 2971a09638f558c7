"""EHC plans: what DfE's data files call their columns, release by release, as data.

A release is named by its reporting year: that of 2025 has what was done in the calendar years to 2024, and the plans of January
2025. Read for it: the files of the release of 2025 and ``sen2_mi`` of 2022; the data guidance of 2022 to 2025; and, for the
headings of 2026, the first lines of each file as DfE's data catalogue shows them.
"""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.ehcp.schema.survey_days import SURVEY_DAYS
from bucks_cs.ehcp.sources import EHC_PLANS
from bucks_cs.published_files import Heading, PublishedFile, Timing, Topic, dropped, kept, renamed

__all__ = [
    "ASSESSMENTS_FILE",
    "CASELOAD_FILE",
    "ESTABLISHMENTS",
    "LATEST_RELEASE",
    "NEEDS_FILE",
    "PUBLISHED_NEEDS",
    "REQUESTS_FILE",
    "SEN2_MI_FILE",
    "SETTING_GROUPS",
    "TIMELINESS_FILE",
]

LATEST_RELEASE = 2026
"""The newest release whose headings were seen; figures were read to that of 2025."""

_SERIES = attrs.evolve(EHC_PLANS, title="Education, health and care plans", place="data files")

_IN_THE_YEAR = Timing(identifiers="Calendar year")
_IN_JANUARY = Timing(identifiers=("Academic year", "Calendar year"), month=1, days=SURVEY_DAYS)
"""Plans of January 2024 are of 2024, "Calendar year", in the release of 2024, and of 202324, "Academic year", in the next."""

_BOTH = (2025, 2026)

_AGE = Topic(texts="Child or young persons age", prefixes=("Aged ", "Age "), not_recorded=("Unknown", "Age unknown"))
_SEX = Topic(texts="Sex")
_ETHNICITY = Topic(texts="Ethnicity")
_OF_A_PERSON = {"age": _AGE, "sex": _SEX, "ethnicity": _ETHNICITY}
_OF_A_PLAN = _OF_A_PERSON | {
    "age_at_start": Topic(
        texts=("Age when plan started", "Age on plan start date"),
        prefixes=("Aged ", "Age "),
        not_recorded=("Unknown", "Age unknown"),
    ),
    "years_held": Topic(texts="Years EHC plan in place"),
}


def _same(text: str) -> tuple[Heading, ...]:
    return kept(text, *_BOTH)


def _lower_case(text: str) -> tuple[Heading, ...]:
    """Headings that the release of 2025 has partly in capitals, and that of 2026 in small letters."""
    return renamed(text, text.lower(), read_in=(2025,), since=2026, read_after=(2026,))


def _file(name: str, *, about: str, headings: dict[str, tuple[Heading, ...]], **more: Any) -> PublishedFile:
    return PublishedFile(name=name, about=about, publication=_SERIES, headings=headings, latest_release=LATEST_RELEASE, **more)


TIMELINESS_FILE = _file(
    "timeliness_20_week",
    about="plans issued within the statutory 20 weeks",
    timing=_IN_THE_YEAR,
    lag=1,
    topics=_OF_A_PERSON,
    headings={
        "issued": _same("plans_issued_den"),
        "issued_ex": _same("plans_issued_den_ex"),
        "in_20_weeks": _same("plans_issued_within_20_weeks"),
        "in_20_weeks_ex": _same("plans_issued_20_weeks_ex"),
        "in_20_weeks_percent": _same("pc_plans_issued_within_20_weeks"),
        "in_20_weeks_ex_percent": _lower_case("PC_plans_issued_20_weeks_ex"),
        "in_a_year": _lower_case("plans_issued_gt20weeks_ltYear"),
        "in_a_year_ex": _lower_case("plans_issued_gt20weeks_ltYear_ex"),
        "in_a_year_percent": _lower_case("pc_plans_issued_gt20weeks_ltYear"),
        "in_a_year_ex_percent": _lower_case("PC_plans_issued_gt20weeks_ltYear_ex"),
        "over_a_year": _same("plans_issued_gt_1_year"),
        "over_a_year_ex": _same("plans_issued_gt_1_year_ex"),
        "over_a_year_percent": _same("pc_plans_issued_gt_1_year"),
        "over_a_year_ex_percent": _lower_case("PC_plans_issued_gt_1_year_ex"),
    },
)
"""``_ex`` excludes plans with exceptions, from the numerator and from the denominator."""

REQUESTS_FILE = _file(
    "requests",
    about="requests for an EHC needs assessment, and their outcomes",
    timing=_IN_THE_YEAR,
    lag=1,
    topics=_OF_A_PERSON,
    headings={
        "requests": _same("requests_received_in_year"),
        "assessed": _same("requests_decided_to_assess"),
        "assessed_percent": _same("request_assess_pc"),
        "refused": _same("requests_decided_not_to_assess"),
        "refused_percent": _same("request_not_assess_pc"),
        "in_six_weeks": _same("request_outcome_six_weeks"),
        "in_six_weeks_percent": _same("request_outcome_six_weeks_pc"),
    },
)
"""Where decided and not are counted; ``requests_decision_not_made`` and ``requests_withdrawn`` are left behind."""

ASSESSMENTS_FILE = _file(
    "assessments",
    about="EHC needs assessments, and their outcomes",
    timing=_IN_THE_YEAR,
    lag=1,
    topics=_OF_A_PERSON,
    headings={
        "assessments": _same("assess_in_year"),
        "plans": _same("assess_issued"),
        "plans_percent": _same("assess_issued_pc"),
        "no_plan_in_time": _same("outcome_decision_within_time"),
        "no_plan_late": _same("outcome_decision_over_time"),
        "no_plan_in_time_percent": _same("outcome_decision_within_time_pc"),
    },
)
"""The columns of mediation and tribunals, one of them misspelt (``number_asssess_mediation_tribunal``), are left behind."""

SETTING_GROUPS: dict[str | None, str] = {
    "mainstream": "mainstream_total",
    "special": "special_total",
    "alternative provision": "ap_pru_total",
    "further education": "fe_total",
    "educated elsewhere": "ed_elsewhere",
    "early years": "nm_early_years",
    None: "placement_unknown",
}
"""The groups of settings of ``caseload``, and the column of each; None is not recorded."""

ESTABLISHMENTS: dict[str | None, str] = {
    "mainstream, authority maintained": "mainstream_la_maintained",
    "mainstream, authority maintained, resourced provision": "mainstream_la_maintained_resourced_provision",
    "mainstream, authority maintained, SEN unit": "mainstream_la_maintained_senunit",
    "mainstream, academy": "mainstream_academy",
    "mainstream, academy, resourced provision": "mainstream_academy_resourced_provision",
    "mainstream, academy, SEN unit": "mainstream_academy_senunit",
    "mainstream, free school": "mainstream_free_school",
    "mainstream, free school, resourced provision": "mainstream_free_school_resourced_provision",
    "mainstream, free school, SEN unit": "mainstream_free_school_senunit",
    "mainstream, independent": "mainstream_independent",
    "special, authority maintained": "special_la_maintained",
    "special, academy or free school": "special_academy_free",
    "special, academy": "special_academy",
    "special, free school": "special_free_school",
    "special, independent": "special_independent",
    "special, non-maintained": "special_non_maintained",
    "alternative provision, academy": "ap_pru_academy",
    "alternative provision, free school": "ap_pru_free_school",
    "pupil referral unit": "ap_pru_la_maintained",
    "further education college": "general_fe_tertiary_colleges",
    "specialist post-16 institution": "specialist_post_16_institutions",
    "other further education provider": "ukrlp_provider",
    "elective home education": "elective_home_education",
    "other arrangements by the authority": "other_arrangements_la",
    "other arrangements by parents": "other_arrangements_parents",
    "online provider": "online_provider",
    "in Wales": "w_settings",
    "other school": "other_schools",
    "other placement": "other_placement_settings",
    "not in employment, education or training": "neet",
    "not in education or training, notice to cease issued": "neet_ntci",
    "not in education or training, other": "neet_other",
    "not in education or training, of compulsory school age": "neet_other_csa",
    "early years": "nm_early_years",
    None: "placement_unknown",
    "awaiting provision": "await_prov_2022",
    "permanently excluded": "perm_ex_2022",
}
"""The kinds of setting of ``caseload``, and the column of each; the last two were counted to January 2022 alone."""

_SPECIAL_TO_2025, _SPECIAL_SINCE = "special_academy_free", ("special_academy", "special_free_school")


def _setting(column: str) -> tuple[Heading, ...]:
    if column == _SPECIAL_TO_2025:
        return dropped(column, 2025, until=2025)
    return (Heading(text=column, read_in=(2026,), since=2026),) if column in _SPECIAL_SINCE else _same(column)


CASELOAD_FILE = _file(
    "caseload",
    about="EHC plans as at January",
    timing=_IN_JANUARY,
    topics=_OF_A_PLAN,
    headings={"plans": _same("ehcplans")}
    | {column: _setting(column) for column in (*SETTING_GROUPS.values(), *ESTABLISHMENTS.values())},
    optional=frozenset({_SPECIAL_TO_2025, *_SPECIAL_SINCE}),
)
"""A special academy and a special free school are one column to the release of 2025, and two since."""

PUBLISHED_NEEDS: dict[str | None, str] = {
    **{code.upper(): code for code in ("spld", "mld", "sld", "pmld", "semh", "slcn", "hi", "vi", "msi", "pd", "asd")},
    "DS": "ds",
    "OTH": "oth",
    None: "need_unknown",
}
"""The code of each primary need, and what stands for it in ``sen_needs_all_plans``; None is not recorded."""


def _need(name: str) -> dict[str, tuple[Heading, ...]]:
    """The columns of one need: how many plans name it, and which share of all plans."""
    if name == "ds":
        texts = {name: "number_ds", "ds_percent": "ds_pc"}
        return {ours: (Heading(text=text, read_in=(2026,), since=2026),) for ours, text in texts.items()}
    percent = "unknown_pc" if name == "need_unknown" else f"{name}_pc"
    return {name: _same(f"number_{name}"), f"{name}_percent": _same(percent)}


NEEDS_FILE = _file(
    "sen_needs_all_plans",
    about="EHC plans as at January by primary type of need",
    timing=_IN_JANUARY,
    topics=_OF_A_PLAN | {"placement": Topic(texts="Type of placement", not_recorded=("Placement not recorded",))},
    headings={"plans": _same("ehc_plans")}
    | {ours: texts for name in PUBLISHED_NEEDS.values() for ours, texts in _need(name).items()},
    optional=frozenset({"ds", "ds_percent"}),
)
"""Down Syndrome is counted under OTH to the release of 2025, and has a column of its own since (``x`` for January 2025)."""


def _mi(before: str, after: str) -> tuple[Heading, ...]:
    """Headings of ``sen2_mi``: of the release of 2022 as its file has them, of those after as the data guidance has them."""
    return renamed(before, after, read_in=(2022,), since=2023, read_after=(2023, 2024))


SEN2_MI_FILE = _file(
    "sen2_mi",
    about="requests, assessments and 20 week timeliness",
    timing=_IN_THE_YEAR,
    lag=1,
    headings={
        "requests": _mi("InreqEHC", "inreq_ehc"),
        "refused": _mi("AssRefusedEHC", "ass_refused_ehc"),
        "refused_percent": _mi("AssRefusedEHC_pc", "ass_refused_ehc_pc"),
        "plans": _mi("NewallEHC", "new_all_ehc"),
        "decided": _mi("NewallEHC_AssnoneEHC_sum", "new_all_ehc_ass_none_ehc_sum"),
        "plans_percent": _mi("NewallEHC_pc", "new_all_ehc_pc"),
        "issued": _mi("TotIncExcEHC", "tot_inc_exc_ehc"),
        "in_20_weeks": _mi("IncExc20weekEHC", "inc_exc_20week_ehc"),
        "in_20_weeks_percent": _mi("IncExc20weekRate", "inc_exc_20week_rate"),
        "issued_ex": _mi("TotNoExcEHC", "tot_no_exc_ehc"),
        "in_20_weeks_ex": _mi("NoExc20weekEHC", "no_exc_20week_ehc"),
        "in_20_weeks_ex_percent": _mi("NoExc20weekRate", "no_exc_20week_rate"),
    },
)
"""The file of the releases to 2024, which that of 2025 has as ``requests``, ``assessments`` and ``timeliness_20_week``."""
