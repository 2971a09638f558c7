"""Demand: what DfE's data file of home education over an academic year calls its columns."""

from __future__ import annotations

import attrs

from bucks_cs.demand.sources.home_education import ELECTIVE_HOME_EDUCATION
from bucks_cs.published_files import PublishedFile, Timing, kept

__all__ = ["HOME_EDUCATION_FILE", "PREVIOUS_SCHOOLS"]

PREVIOUS_SCHOOLS = {
    "ey": "Early years",
    "none": "None",
    "lamain": "Local authority maintained school",
    "acad": "Academy",
    "free": "Free school",
    "ind": "Independent school",
    "spec": "Special school",
    "ap": "Alternative provision",
    "pru": "Pupil referral unit",
    "ehe": "Elective home education",
    "else_unk": "Elsewhere or unknown",
}
"""The types of school that a child was at before, by the end of their columns' names.

DfE's own labels of academies and of alternative provision were read in its data catalogue; the others are this library's
reading of the names.
"""

HOME_EDUCATION_FILE = PublishedFile(
    name="ehe_academic_year",
    about="children educated at home at any time in the academic year",
    publication=attrs.evolve(ELECTIVE_HOME_EDUCATION, title="Elective home education"),
    latest_release=2025,
    timing=Timing(identifiers="Academic year"),
    headings={
        "at_any_time": kept("ehe_anytime_full_year", 2025),
        "started": kept("ehe_starts_full_year", 2025),
        "returned": kept("ehe_returns_full_year", 2025),
        "notices": kept("ehe_section_437_full_year", 2025),
        "orders": kept("ehe_sao_issued_full_year", 2025),
        "orders_revoked": kept("ehe_sao_revoked_full_year", 2025),
        **{f"from_{name}": kept(f"ehe_schtype_{name}", 2025) for name in PREVIOUS_SCHOOLS},
        **{f"from_{name}_percent": kept(f"ehe_schtype_{name}_pc", 2025) for name in PREVIOUS_SCHOOLS},
    },
)
"""The headings of autumn 2025 were read in DfE's own file; what ``ehe_leave`` counts was not found, and it is left behind."""
