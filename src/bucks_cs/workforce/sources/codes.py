"""The workforce: the census's code lists, as its schema of 2022 has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from bucks_cs.code_lists import code_list, every_code
from bucks_cs.provenance import Dated
from bucks_cs.workforce.sources.publications import CENSUS_SCHEMA

__all__ = ["REASONS_FOR_LEAVING", "REASON_FOR_LEAVING_CODES", "ROLES", "ROLE_CODES"]

_FIRST_KEPT = dt.date(2021, 10, 1)

ROLE_CODES: Dated[Mapping[str, str]] = code_list(
    "the census's roles of a social worker",
    (
        _FIRST_KEPT,
        CENSUS_SCHEMA.at("roletype"),
        {
            "1": "Senior manager",
            "2": "Middle manager",
            "3": "First line manager",
            "4": "Senior practitioner",
            "5": "Case holder",
            "6": "Qualified without cases",
        },
    ),
)
"""The roles of a social worker, the most senior first (the capitals and a misprint of the schema made plain)."""

ROLES = every_code(ROLE_CODES)
"""Every code for a role."""

REASON_FOR_LEAVING_CODES: Dated[Mapping[str, str]] = code_list(
    "the census's reasons for leaving",
    (
        _FIRST_KEPT,
        CENSUS_SCHEMA.at("reasontype"),
        {
            "1": "Resignation",
            "2": "Voluntary redundancy",
            "3": "Compulsory redundancy",
            "4": "Dismissed",
            "5": "Retired",
            "6": "Deceased",
            "7": "Moved to a role within the authority that is not child and family social work",
            "8": "Other",
            "9": "Not known",
            "10": "Not yet collected",
        },
    ),
)
"""Why a social worker left."""

REASONS_FOR_LEAVING = every_code(REASON_FOR_LEAVING_CODES)
"""Every code for a reason for leaving."""
