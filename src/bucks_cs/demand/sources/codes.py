"""Demand: the census's code lists, by the year each edition came into force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bucks_cs.code_lists import code_list, every_code
from bucks_cs.provenance import DateBounds, Dated, Source

__all__ = [
    "CATEGORIES_OF_ABUSE",
    "CATEGORY_OF_ABUSE_CODES",
    "CLOSURE_REASONS",
    "CLOSURE_REASON_CODES",
    "NOT_IN_NEED_REASONS",
    "PRIMARY_NEEDS",
    "PRIMARY_NEED_CODES",
    "REFERRAL_SOURCES",
    "REFERRAL_SOURCE_CODES",
]

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
    """A code list of the census's schemas."""
    return code_list(what, *((since, _CENSUS_CODES.at(place), codes) for since, codes in lists))


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

CLOSURE_REASONS = every_code(CLOSURE_REASON_CODES)
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

REFERRAL_SOURCES = every_code(REFERRAL_SOURCE_CODES)
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

PRIMARY_NEEDS = every_code(PRIMARY_NEED_CODES)
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

CATEGORIES_OF_ABUSE = every_code(CATEGORY_OF_ABUSE_CODES)
"""Every code for a category of abuse."""

NOT_IN_NEED_REASONS = ("RC8", "RC9")
"""The reasons for closing a case that say its child was assessed as not in need; see `CLOSURE_REASON_CODES` for since when."""
