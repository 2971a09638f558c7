"""Demand: the guidance and publications behind its counts, and the limits by the date they came into force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bucks_cs.provenance import DateBounds, Dated, InForce, NoOfficialSource, Source, published
from bucks_cs.units import Quantity, quantity

__all__ = [
    "ASSESSMENT",
    "CATEGORIES_OF_ABUSE",
    "CATEGORY_OF_ABUSE_CODES",
    "CHILDREN_IN_NEED",
    "CHILD_IN_NEED",
    "CLOSURE_REASONS",
    "CLOSURE_REASON_CODES",
    "CONFERENCE",
    "CONFERENCE_LIMIT",
    "DECISION",
    "DECISION_LIMIT",
    "ASSESSMENT_LIMIT",
    "NO_SERIES_OF_ALLOCATION",
    "NO_SERIES_OF_CONTACTS",
    "PLAN",
    "PRIMARY_NEEDS",
    "PRIMARY_NEED_CODES",
    "REFERRAL",
    "REFERRAL_SOURCES",
    "REFERRAL_SOURCE_CODES",
    "REVIEW_LIMITS",
    "SECTION_47",
    "SEEN_LIMIT",
    "WORKING_TOGETHER_2013",
]

_LAIT = Source(
    title="Local authority interactive tool, data dictionary",
    publisher="Department for Education",
    date=dt.date(2025, 10, 1),
    place="topic Child Protection",
    note="the date is the dictionary's own 'Last Update' of the measure",
)

CHILDREN_IN_NEED = Source(
    title="Children in need, reporting year 2025",
    publisher="Department for Education",
    date=published("2025"),
    place="data files b1 and c1, 2013 to 2025",
)
"""The official series for England, years ending 31 March."""

REFERRAL = _LAIT.at("measure CPP_Total_NumRef")
ASSESSMENT = Source(
    title=_LAIT.title,
    publisher=_LAIT.publisher,
    date=dt.date(2025, 11, 1),
    place="measure Continue_Assess_Comp",
    note=_LAIT.note,
)
SECTION_47 = _LAIT.at("measure Section_47")
CONFERENCE = _LAIT.at("measure ISCP_Conf")
PLAN = _LAIT.at("measures CPP_rate and CPP_Reviewed_InReqTimeScl")
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

NO_SERIES_OF_CONTACTS = NoOfficialSource(
    reason="contacts are not in the children in need census, and each authority decides for itself what it records as one"
)
NO_SERIES_OF_ALLOCATION = NoOfficialSource(
    reason="no return counts children with an allocated social worker; the nearest are open episodes of need at 31 March and "
    "cases held at 30 September, and neither is the same"
)

_BUCKINGHAMSHIRES_OWN = Source(
    title="Children's Services Improvement Plan: Progress Update, minutes",
    publisher="Buckinghamshire Council, Children's and Education Select Committee",
    date=DateBounds(
        earliest=dt.date(2021, 5, 1),
        latest=dt.date(2022, 2, 11),
        why="undated; after the notice of May 2021; that it is no later is inferred from its silence on "
        "Ofsted's report of that day",
    ),
    place="discussion, bullet 13",
    note="says of children who came in through the multi-agency safeguarding hub and needed an assessment that they 'were seen "
    "by a social worker within 5 working days of the referral'; since when is not printed",
)

DECISION = WORKING_TOGETHER_2013
_SINCE_2013 = dt.date(2013, 4, 15)

DECISION_LIMIT: Dated[Quantity] = Dated(
    what="decision on a referral",
    values=(InForce(value=quantity(1, "working_day"), since=_SINCE_2013, source=WORKING_TOGETHER_2013),),
)
"""A referral is decided on within one working day."""

ASSESSMENT_LIMIT: Dated[Quantity] = Dated(
    what="assessment of a child in need",
    values=(InForce(value=quantity(45, "working_day"), since=_SINCE_2013, source=ASSESSMENT),),
)
"""An assessment is completed within 45 working days of the referral; before, an initial one took 10 and a core one 35."""

CONFERENCE_LIMIT: Dated[Quantity] = Dated(
    what="initial child protection conference",
    values=(
        InForce(
            value=quantity(15, "working_day"),
            since=_SINCE_2013,
            source=Source(
                title=_LAIT.title,
                publisher=_LAIT.publisher,
                date=dt.date(2025, 11, 1),
                place="measure CP_conf_15days",
                note="quotes Working Together and gives no date; 15 April 2013 is that of the edition known here, and editions "
                "before it are not asserted",
            ),
        ),
    ),
)
"""A conference is held within 15 working days of the strategy discussion that decided on section 47 enquiries."""

_REVIEWS = Source(
    title=_LAIT.title,
    publisher=_LAIT.publisher,
    date=dt.date(2025, 10, 1),
    place="measure CPP_Reviewed_InReqTimeScl",
    note="in effect from December 1999, day not printed: the last of the month is taken",
)
REVIEW_LIMITS: tuple[Dated[Quantity], Dated[Quantity]] = (
    Dated(
        what="first review of a child protection plan",
        values=(InForce(value=quantity(3, "month"), since=dt.date(1999, 12, 31), source=_REVIEWS),),
    ),
    Dated(
        what="further reviews of a child protection plan",
        values=(InForce(value=quantity(6, "month"), since=dt.date(1999, 12, 31), source=_REVIEWS),),
    ),
)
"""A plan is reviewed within three months, and then at most six months apart."""

SEEN_LIMIT: Dated[Quantity] = Dated(
    what="a child who needs an assessment is seen by a social worker (as Buckinghamshire's minutes state it)",
    values=(InForce(value=quantity(5, "working_day"), since=dt.date(2022, 2, 11), source=_BUCKINGHAMSHIRES_OWN),),
)
"""Buckinghamshire's own: a child is seen within five working days of the referral, as undated minutes state it.

No guidance sets it. It had been stated by the date given at the latest; since when it held is not known.
"""

REREFERRAL = _LAIT.at("measure ReReferral")

_CENSUS_CODES = Source(
    title="Children in need census, XML schemas 2016 to 2026",
    publisher="Department for Education",
    date=DateBounds(earliest=dt.date(2016, 1, 1), latest=dt.date(2026, 12, 31), why="a schema a year"),
    place="simple types of the codes",
    note="as public repositories of the field keep them (liia-tools, liia-tools-pipeline); those of 2016 and 2022 to 2026 were "
    "read. The schema of 2023 is that of the census of 2022-23, which begins on 1 April 2022; codes are older than the first one "
    "kept, and nothing is said of the years before it",
)
_FIRST_KEPT, _EARLY_HELP, _EXPLOITATION = dt.date(2015, 4, 1), dt.date(2022, 4, 1), dt.date(2025, 4, 1)


def _codes(what: str, place: str, *lists: tuple[dt.date, Mapping[str, str]]) -> Dated[Mapping[str, str]]:
    """A code list by the day each edition of it came into force; it holds until the day before the next."""
    ends = [since - dt.timedelta(days=1) for since, _ in lists[1:]]
    values: list[InForce[Mapping[str, str]]] = [
        InForce(value=MappingProxyType(dict(codes)), since=since, until=until, source=_CENSUS_CODES.at(place))
        for (since, codes), until in zip(lists, [*ends, None], strict=True)
    ]
    return Dated(what=what, values=tuple(values))


def _ever(codes: Dated[Mapping[str, str]]) -> tuple[str, ...]:
    """Every code that was ever in force, in the order of the lists."""
    return tuple(dict.fromkeys(code for edition in codes for code in edition.value))


_CLOSURE_REASONS = {
    "RC1": "Adopted",
    "RC2": "Died",
    "RC3": "Child arrangements order",
    "RC4": "Special guardianship order",
    "RC5": "Transferred to services of another local authority",
    "RC6": "Transferred to adult social care services",
    "RC7": "Services ceased for any other reason, including child no longer in need",
    "RC8": "Case closed after assessment, no further action",
}
CLOSURE_REASON_CODES = _codes(
    "the census's reasons for closing a case",
    "reasonforclosuretype",
    (_FIRST_KEPT, _CLOSURE_REASONS),
    (_EARLY_HELP, _CLOSURE_REASONS | {"RC9": "Case closed after assessment, referred to early help"}),
)
"""The census's reasons for closing a case, with what they mean, by the year they came into force: RC9 from 2022-23."""
CLOSURE_REASONS = _ever(CLOSURE_REASON_CODES)
"""Every code for a reason; RC8 is closed after assessment, RC9 (from 2022-23) referred to early help."""

_REFERRAL_SOURCES = {
    "1A": "Individual: family member, relative or carer",
    "1B": "Individual: acquaintance (including neighbours and child minders)",
    "1C": "Individual: self",
    "1D": "Individual: other (including strangers)",
    "2A": "Schools",
    "2B": "Education services",
    "3A": "Health services: general practitioner (GP)",
    "3B": "Health services: health visitor",
    "3C": "Health services: school nurse",
    "3D": "Health services: other primary health services",
    "3E": "Health services: A&E (accident and emergency department)",
    "3F": "Health services: other (for example hospice)",
    "4": "Housing: local authority housing or housing association",
    "5A": "LA services: social care, for example adults social care services",
    "5B": "LA services: other internal (department other than social care in local authorities, for example, youth offending "
    "(excluding housing))",
    "5C": "LA services: external, for example, from another local authority's adults social care services",
}
_OTHER_SOURCES = {
    "6": "Police",
    "7": "Other legal agency: including courts, probation, immigration, CAFCASS (Children and Family Court Advisory and Support "
    "Service) or prison",
    "8": "Other: including children's centres, independent agency providers or voluntary organisations",
    "9": "Anonymous",
    "10": "Unknown",
}
REFERRAL_SOURCE_CODES = _codes(
    "the census's sources of a referral",
    "referralsourcetype",
    (_FIRST_KEPT, _REFERRAL_SOURCES | _OTHER_SOURCES),
    (_EARLY_HELP, _REFERRAL_SOURCES | {"5D": "LA services: early help"} | _OTHER_SOURCES),
)
"""Who referred a child, with what the codes mean (the capitals and dashes of the schema made plain): 5D from 2022-23."""
REFERRAL_SOURCES = _ever(REFERRAL_SOURCE_CODES)
"""Every code for a source of a referral."""

_PRIMARY_NEEDS = {
    "N1": "Abuse or neglect",
    "N2": "Child's disability",
    "N3": "Parental disability or illness",
    "N4": "Family in acute stress",
    "N5": "Family dysfunction",
    "N6": "Socially unacceptable behaviour",
    "N7": "Low income",
    "N8": "Absent parenting",
    "N9": "Cases other than children in need",
    "N0": "Not stated",
}
PRIMARY_NEED_CODES = _codes(
    "the census's primary needs",
    "primaryneedcodetype",
    (_FIRST_KEPT, _PRIMARY_NEEDS),
    (_EXPLOITATION, _PRIMARY_NEEDS | {"N1": "Abuse, neglect and exploitation"}),
)
"""The main reason a child needs services, with what the codes mean: N1 names exploitation from 2025-26."""
PRIMARY_NEEDS = _ever(PRIMARY_NEED_CODES)
"""Every code for a primary need; N0 is not stated, N9 a case other than a child in need."""

CATEGORY_OF_ABUSE_CODES = _codes(
    "the census's categories of abuse",
    "categoryofabusetype",
    (
        _FIRST_KEPT,
        {
            "NEG": "Neglect",
            "PHY": "Physical abuse",
            "SAB": "Sexual abuse",
            "EMO": "Emotional abuse",
            "MUL": "Multiple/not recommended",
        },
    ),
)
"""The categories of abuse of a child protection plan, with what the codes mean."""
CATEGORIES_OF_ABUSE = _ever(CATEGORY_OF_ABUSE_CODES)
"""Every code for a category of abuse."""

PLANS_STARTED = _LAIT.at("measures CPP_Abuse and ReRegCPR")
PLANS_ENDED = _LAIT.at("measures DeRegCPR and CPPlans2yrs")

PER_10_000_CHILDREN = Source(
    title="Children in need, reporting year 2021",
    publisher="Department for Education",
    date=published("2021"),
    place="data guidance, Rounding",
    note="rates per 10,000 are on ONS's mid-year estimates for children aged 0 to 17, rounded to one decimal; which "
    "mid-year is seen in "
    "the figures, where that of the year before the 31 March gives the rates printed",
)
"""What a rate per 10,000 children is divided by."""
REFERRAL_RATE = _LAIT.at("measure CPP_Total_Rateper10,000")
PLANS_STARTED_RATE = _LAIT.at("measure CPP_Abuse_Rate")
CHILD_IN_NEED_RATE = _LAIT.at("measure CIN")
NO_SERIES_OF_THIS_RATE = NoOfficialSource(reason="the Local authority interactive tool has no rate per 10,000 children of it")

NO_FURTHER_ACTION = _LAIT.at("measure CIN_Refferals_NFA")
ASSESSED_NOT_IN_NEED = _LAIT.at("measure Referrals_AssessedNotNeed")

NOT_IN_NEED_REASONS = ("RC8", "RC9")
"""The reasons for closing a case that say its child was assessed as not in need; see `CLOSURE_REASON_CODES` for since when."""

DURATION_OF_ASSESSMENTS = Source(
    title=CHILDREN_IN_NEED.title,
    publisher=CHILDREN_IN_NEED.publisher,
    date=CHILDREN_IN_NEED.date,
    place="data set C2, Completed assessments by duration of assessment",
    url="https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/3fb5a93d-1eb3-4f3a-bdd0-5caea4556ce6",
    note="its first band is 'Started and finished the same day', so the assessment's own start is read as the start; "
    "its bands up "
    "to 45 days over its assessments completed give the 85.7% for England in 2025 of the tool's measure "
    "Continue_Assess_Comp. DfE's "
    "methodology has a section 'Duration of assessments', which was not read",
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

SUBSEQUENT_PLANS = _LAIT.at("measures ReRegCPR and PrevRegCPR")
PLANS_OPEN_LONG = _LAIT.at("measure CPPlans2yrsActive")
PLANS_ENDED_LONG = _LAIT.at("measures CPPlans2yrs and CPRDuration")
PLANS_REVIEWED = _LAIT.at("measures CPP_31March_3MnthorMore and CPP_Reviewed_InReqTimeScl")
NO_SERIES_WITHIN_TWO_YEARS = NoOfficialSource(
    reason="the Department for Education publishes second and subsequent plans regardless of how long ago the one "
    "before was, and no "
    "figure with a limit; two years from the end of the one before to the start of the next is this library's reading "
    "of local practice"
)
NO_SERIES_OF_CONVERSION = NoOfficialSource(
    reason="official statistics count each stage by itself and follow no child from one to the next"
)
DAYS_OF_A_LONG_PLAN = 729
"""A plan lasts two years or more where it lasts for more than so many calendar days, the day it ceases included."""
DURATION_OF_ENDED_PLANS = Source(
    title=CHILDREN_IN_NEED.title,
    publisher=CHILDREN_IN_NEED.publisher,
    date=CHILDREN_IN_NEED.date,
    place="data set D7, columns 2_years_or_more and CPP_End",
    url="https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/04a78d29-2196-4bea-bf95-7a2eced5d0d5",
    note="its first footnote says no more than 'the time between the child protection plan start date and end date'",
)

NO_SERIES_OF_CASELOADS = NoOfficialSource(
    reason="the Department for Education publishes one mean, cases at 30 September for each full-time equivalent "
    "social worker who holds "
    "one or more (Local authority interactive tool, data dictionary, measure Work_Force_AvgNumCase_SW), and no figure "
    "for each worker, "
    "no median and no limit; these count workers and not full-time equivalents"
)
NO_SERIES_OF_HAND_OFFS = NoOfficialSource(
    reason="no return follows a child from one worker or team to the next. Buckinghamshire's transformation programme "
    "of 2023 is to "
    "\"reduce hand off points and minimise assessments for families\" (minutes of the Children's and Education Select "
    "Committee) and "
    "gives neither a definition nor a figure; these are this library's own"
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
    title="Estimates of the population, mid-2020",
    publisher="Office for National Statistics",
    date=published("2021"),
    place="single year of age, ages 0 to 17",
    note="vintage: as first published, before it was rebased to the Census of 2021 (126,804 for Buckinghamshire); the copy read "
    "has no date, and that it was published in 2021 was not verified",
)
"""The vintage of mid-2020 as first published, before it was rebased to the Census of 2021."""
