"""Demand: the publications that define and count it: DfE's series and its tool, guidance, and ONS's estimates."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "LAIT",
    "ASSESSED_NOT_IN_NEED",
    "ASSESSMENT",
    "CHILDREN_AT_MID_2020_UNREBASED",
    "CHILDREN_IN_NEED",
    "CHILDREN_TO_MID_2024",
    "CHILD_IN_NEED",
    "CHILD_IN_NEED_RATE",
    "CONFERENCE",
    "DURATION_OF_ASSESSMENTS",
    "DURATION_OF_ENDED_PLANS",
    "DURATION_TO_CONFERENCE",
    "NO_FURTHER_ACTION",
    "PER_10_000_CHILDREN",
    "PLAN",
    "PLANS_ENDED",
    "PLANS_ENDED_LONG",
    "PLANS_OPEN_LONG",
    "PLANS_REVIEWED",
    "PLANS_STARTED",
    "PLANS_STARTED_RATE",
    "REFERRAL",
    "REFERRAL_RATE",
    "REREFERRAL",
    "SECTION_47",
    "SUBSEQUENT_PLANS",
    "WORKING_TOGETHER_2013",
]

LAIT = Source(
    title="Local authority interactive tool, data dictionary",
    publisher="Department for Education",
    date=dt.date(2025, 10, 1),
    place="topic Child Protection",
    note="the date is the dictionary's own 'Last Update' of the measure",
)
"""DfE's definitions of its measures; a measure's own place is `LAIT.at`."""

CHILDREN_IN_NEED = Source(
    title="Children in need, reporting year 2025",
    publisher="Department for Education",
    date=published("2025"),
    place="data files b1 and c1, 2013 to 2025",
)
"""The official series for England, years ending 31 March."""

REFERRAL = LAIT.at("measure CPP_Total_NumRef")

ASSESSMENT = Source(
    title=LAIT.title,
    publisher=LAIT.publisher,
    date=dt.date(2025, 11, 1),
    place="measure Continue_Assess_Comp",
    note=LAIT.note,
)

SECTION_47 = LAIT.at("measure Section_47")
CONFERENCE = LAIT.at("measure ISCP_Conf")
PLAN = LAIT.at("measures CPP_rate and CPP_Reviewed_InReqTimeScl")
CHILD_IN_NEED = CHILDREN_IN_NEED.at("data file b1, column At31_episodes")

WORKING_TOGETHER_2013 = Source(
    title="Working Together to Safeguard Children",
    publisher="HM Government",
    date=dt.date(2013, 3, 21),
    place="chapter 1",
    note="in force from 15 April 2013; one working day to decide, and one assessment in place of an initial and a core one; "
    "editions before it are not asserted",
)
"""The edition that brought the single assessment; later ones (2015, 2018, 2023) keep its limits."""

REREFERRAL = LAIT.at("measure ReReferral")
PLANS_STARTED = LAIT.at("measures CPP_Abuse and ReRegCPR")
PLANS_ENDED = LAIT.at("measures DeRegCPR and CPPlans2yrs")

PER_10_000_CHILDREN = Source(
    title="Children in need, reporting year 2021",
    publisher="Department for Education",
    date=published("2021"),
    place="data guidance, Rounding",
    note="rates per 10,000 are on ONS's mid-year estimates for children aged 0 to 17, rounded to one decimal; which "
    "mid-year is seen in the figures, where that of the year before the 31 March gives the rates printed",
)
"""What a rate per 10,000 children is divided by."""

REFERRAL_RATE = LAIT.at("measure CPP_Total_Rateper10,000")
PLANS_STARTED_RATE = LAIT.at("measure CPP_Abuse_Rate")
CHILD_IN_NEED_RATE = LAIT.at("measure CIN")
NO_FURTHER_ACTION = LAIT.at("measure CIN_Refferals_NFA")
ASSESSED_NOT_IN_NEED = LAIT.at("measure Referrals_AssessedNotNeed")

DURATION_OF_ASSESSMENTS = Source(
    title=CHILDREN_IN_NEED.title,
    publisher=CHILDREN_IN_NEED.publisher,
    date=CHILDREN_IN_NEED.date,
    place="data set C2, Completed assessments by duration of assessment",
    url="https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/3fb5a93d-1eb3-4f3a-bdd0-5caea4556ce6",
    note="its first band is 'Started and finished the same day', so the assessment's own start is read as the start; "
    "its bands up to 45 days over its assessments completed give the 85.7% for England in 2025 of the tool's measure "
    "Continue_Assess_Comp. DfE's methodology has a section 'Duration of assessments', which was not read",
)
"""What DfE's share within 45 days is worked out from."""

DURATION_TO_CONFERENCE = Source(
    title=CHILDREN_IN_NEED.title,
    publisher=CHILDREN_IN_NEED.publisher,
    date=CHILDREN_IN_NEED.date,
    place="data set C4, columns Duration_0-10_days and Duration_11-15_days, over ICPC",
    url="https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/b0749fa2-c0e2-4a15-8c0f-23941b3b6161",
    note="working days between the start of the section 47 enquiry and the conference; the share is of all conferences, which "
    "the columns show and no text says",
)
"""What DfE's share of conferences within 15 working days is worked out from."""

SUBSEQUENT_PLANS = LAIT.at("measures ReRegCPR and PrevRegCPR")
PLANS_OPEN_LONG = LAIT.at("measure CPPlans2yrsActive")
PLANS_ENDED_LONG = LAIT.at("measures CPPlans2yrs and CPRDuration")
PLANS_REVIEWED = LAIT.at("measures CPP_31March_3MnthorMore and CPP_Reviewed_InReqTimeScl")

DURATION_OF_ENDED_PLANS = Source(
    title=CHILDREN_IN_NEED.title,
    publisher=CHILDREN_IN_NEED.publisher,
    date=CHILDREN_IN_NEED.date,
    place="data set D7, columns 2_years_or_more and CPP_End",
    url="https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/04a78d29-2196-4bea-bf95-7a2eced5d0d5",
    note="its first footnote says no more than 'the time between the child protection plan start date and end date'",
)

CHILDREN_TO_MID_2024 = Source(
    title="Mid-year population estimates, 2012 to 2024",
    publisher="Office for National Statistics",
    date=DateBounds(
        earliest=dt.date(2024, 7, 1),
        latest=dt.date(2025, 12, 31),
        why="not before its newest estimate, and the rates of Children in need 2025 are on it; the file has no date",
    ),
    place="data file ons_mid-year_population_estimates, children aged 0 to 17",
    note="vintage: rebased to the Census of 2021 (122,495 for Buckinghamshire at mid-2020), as the Department for "
    "Education has it",
)
"""The vintage of DfE's file to mid-2024: rebased to the Census of 2021."""

CHILDREN_AT_MID_2020_UNREBASED = Source(
    title="Population estimates for the UK, England and Wales, Scotland and Northern Ireland: mid-2020",
    publisher="Office for National Statistics",
    date=dt.date(2021, 6, 25),
    place="single year of age, ages 0 to 17",
    url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates/bulletins/"
    "annualmidyearpopulationestimates/mid2020",
    note="as first published, before it was rebased to the Census of 2021; the copy has neither title nor date: both are those "
    "of the Office's own page",
)
"""The vintage of mid-2020 as first published, before it was rebased to the Census of 2021."""
