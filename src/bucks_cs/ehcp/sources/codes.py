"""EHC plans: the code lists of the person-level return (SEN2), by the date each edition holds for.

A return of a year collects what was done in the calendar year before it, and the plans there are on a day in January: SEN2
2025 is of 2024 and of 16 January 2025. A list of outcomes, settings or reasons holds from the first day that its first return
collects, a list of needs from the survey day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from bucks_cs.code_lists import code_list, every_code
from bucks_cs.ehcp.sources.publications import (
    DATA_GUIDANCE_2025,
    SEN2_GUIDE,
    SEN2_GUIDE_2024,
    SEN2_GUIDE_2025,
)

__all__ = [
    "ASSESSMENT_OUTCOMES",
    "ASSESSMENT_OUTCOME_CODES",
    "CEASE_REASONS",
    "CEASE_REASON_CODES",
    "HISTORICAL",
    "NEEDS",
    "NEED_CODES",
    "NEVER_A_NEED",
    "OUTCOMES_WITHOUT_A_DAY",
    "PUBLISHED_AS",
    "PUBLISHED_AS_SOURCE",
    "REQUEST_OUTCOMES",
    "REQUEST_OUTCOME_CODES",
    "SETTINGS",
    "SETTING_CODES",
    "UNDECIDED",
    "WEEK20",
    "WEEK20_CODES",
]

_PLANS_BEGIN = dt.date(2014, 9, 1)
_FIRST_RETURN, _RETURN_2024, _RETURN_2025 = dt.date(2022, 1, 1), dt.date(2023, 1, 1), dt.date(2024, 1, 1)
_SURVEY_DAY_2025 = dt.date(2025, 1, 16)

_SPECIFIC_NEEDS = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
}
_OTHER_NEED = {"OTH": "Other difficulty"}

_NEEDS_BEFORE_2023 = attrs.evolve(
    SEN2_GUIDE_2024,
    place="item 5.6 of SEN2 2023, SENtype",
    note=f"{SEN2_GUIDE_2024.note}. The guide says they are those of the spring school census. That they hold back to 1 September "
    "2014, when plans began, was not verified: SEMH took the place of behavioural, emotional and social difficulties about then",
)

NEED_CODES = code_list(
    "the primary needs of a plan",
    (_PLANS_BEGIN, _NEEDS_BEFORE_2023, _SPECIFIC_NEEDS | _OTHER_NEED),
    (_SURVEY_DAY_2025, SEN2_GUIDE_2025.at("item 5.8a, SENtype"), _SPECIFIC_NEEDS | {"DS": "Down Syndrome"} | _OTHER_NEED),
)
"""The needs, with what they mean: SLD is *severe* learning difficulty, SPLD a specific one.

DS is a need of its own from SEN2 2025. A need is that of a plan there is on the survey day, so the list with DS holds from that
day, 16 January 2025: a cohort of an earlier date has none.
"""

NEEDS = every_code(NEED_CODES)
"""Every code for a need of a plan."""

PUBLISHED_AS: Mapping[str, str] = MappingProxyType({"DS": "OTH"})
"""The need a published table counts another under: Down Syndrome is counted under other; see `PUBLISHED_AS_SOURCE`."""

PUBLISHED_AS_SOURCE = DATA_GUIDANCE_2025.at("sen_needs_all_plans.csv, footnote 1")
"""Who says that DS is published under OTH."""

NEVER_A_NEED: Mapping[str, str] = MappingProxyType({"NSA": "SEN support but no specialist assessment of type of need"})
"""A code of the school census, of pupils on SEN support: a plan follows an assessment, and SEN2 has no such code."""

_REQUEST_OUTCOMES = {
    "Y": "The authority proceeded with an assessment",
    "N": "The authority decided not to proceed with an assessment",
    "A": "Decision yet to be made",
    "W": "Request withdrawn or ceased before the decision to assess was made",
    "H": "Historical: the decision to assess was made before the latest collection period",
}

REQUEST_OUTCOME_CODES = code_list(
    "what became of a request", (_FIRST_RETURN, SEN2_GUIDE.at("item 2.4, RequestOutcome"), _REQUEST_OUTCOMES)
)
"""Whether a request went on to an assessment. A, W and H have no date; a refusal that is changed later stays N, with its date."""

REQUEST_OUTCOMES = every_code(REQUEST_OUTCOME_CODES)
"""Every code for the outcome of a request."""

_ASSESSMENT_OUTCOMES = {
    "Y": "It was decided that a plan would be issued",
    "N": "It was decided that a plan would not be issued",
    "A": "Decision has not yet been made",
    "W": "Request withdrawn or ceased before the decision whether to issue was made",
    "H": "Historical: the decision to issue was made before the latest collection period",
}

ASSESSMENT_OUTCOME_CODES = code_list(
    "what became of an assessment", (_FIRST_RETURN, SEN2_GUIDE.at("item 3.1, AssessmentOutcome"), _ASSESSMENT_OUTCOMES)
)
"""Whether an assessment led to a plan. Its date is the day the plan was *issued* (Y) or the refusal notified (N).

A refusal that is changed later stays N, with its date. A plan brought in from another authority is H.
"""

ASSESSMENT_OUTCOMES = every_code(ASSESSMENT_OUTCOME_CODES)
"""Every code for the outcome of an assessment."""

UNDECIDED = "A"
"""The outcome of a request or an assessment on which no decision has been made yet."""

HISTORICAL = "H"
"""The outcome of a request or an assessment that was decided before what the return collects."""

OUTCOMES_WITHOUT_A_DAY = ("A", "W", "H")
"""The outcomes for which the return asks for no date: undecided, withdrawn or ceased, historical (guide, items 2.3 and 3.2)."""

WEEK20_CODES = code_list(
    "whether exceptions to the 20 weeks apply",
    (_FIRST_RETURN, SEN2_GUIDE.at("item 3.7, Week20"), {"1": "Yes, exceptions apply", "0": "No, exceptions do not apply"}),
)
"""Whether exceptions apply to the 20 weeks: one flag, which does not say which of regulation 10(4)(a) to (d) it was."""

WEEK20 = every_code(WEEK20_CODES)
"""Both codes for exceptions to the 20 weeks."""

_SETTINGS = {
    "OLA": "Other arrangements made by the authority under section 61 (education otherwise than in schools, EOTAS)",
    "OPA": "Other arrangements made by parents or young person under section 42(5), elective home education apart",
    "EHE": "Elective home education",
    "EYP": "Early years provider with no unique reference number",
    "OTH": "Other, including a type of setting specified and none named",
    "NEET": "Not in education, employment or training, aged 16 to 25",
    "NIEC": "Not in education or training: notice to cease issued",
    "NIEO": "Not in education or training: other",
}

SETTING_CODES = code_list(
    "where a plan is met, other than in a school or college with a number of its own",
    (_RETURN_2024, SEN2_GUIDE_2024.at("items 4.7c and 5.7c, SENsetting"), _SETTINGS),
    (_RETURN_2025, SEN2_GUIDE_2025.at("items 4.7c and 5.7c, SENsetting"), _SETTINGS),
)
"""Settings that have no number (URN or UKPRN). The same eight in SEN2 2024 and 2025; that of 2023 was not read."""

SETTINGS = every_code(SETTING_CODES)
"""Every code for a setting."""

_CEASE_REASONS = {
    "1": "Reached maximum age: the end of the academic year in which the young person turned 25",
    "2": "Ongoing educational or training needs being met without a plan",
    "3": "Moved on to higher education",
    "4": "Moved on to paid employment, excluding apprenticeships",
    "5": "Transferred to another local authority in England",
    "6": "Young person no longer wishes to engage in education or training",
    "7": "Moved outside England",
    "8": "Deceased",
    "9": "Other",
}

CEASE_REASON_CODES = code_list(
    "why a plan ceased",
    (_FIRST_RETURN, SEN2_GUIDE.at("module 4, CeaseReason"), _CEASE_REASONS),
    (
        _RETURN_2025,
        SEN2_GUIDE_2025.at("item 4.6, CeaseReason"),
        _CEASE_REASONS | {"1": f"{_CEASE_REASONS['1']}, or turns 19 on entering the adult estate"},
    ),
)
"""Why a plan ended. From SEN2 2025 a person who enters the adult estate reaches the maximum age at 19."""

CEASE_REASONS = every_code(CEASE_REASON_CODES)
"""Every code for why a plan ceased."""
