"""Children looked after: what DfE's four data files call their columns, release by release, and how their rows are told apart."""

from __future__ import annotations

import attrs

from bucks_cs.looked_after.model import CareLeaverActivity, CareLeaverAge
from bucks_cs.looked_after.sources import CHILDREN_LOOKED_AFTER, STABILITY
from bucks_cs.published_files import PublishedFile, Timing, kept, renamed

__all__ = [
    "ACTIVITY",
    "AGE",
    "CARE_LEAVERS_FILE",
    "CEASING",
    "GROUP",
    "IN_EDUCATION",
    "LATEST_RELEASE",
    "LOOKED_AFTER_FILE",
    "NOT_IN_EDUCATION",
    "NOT_KNOWN",
    "ON_31_MARCH",
    "PLACEMENTS_FILE",
    "PLACEMENTS",
    "POPULATION",
    "SAME_CARER_GROUP",
    "SAME_CARER_ROWS",
    "SOCIAL_WORKERS",
    "SOCIAL_WORKERS_FILE",
    "STARTING",
    "THREE_IN_THE_YEAR",
    "THREE_IN_TWO_YEARS",
    "THREE_WORKERS",
    "TOTAL",
    "TOTAL_CHILDREN",
    "TWO_YEARS_GROUP",
    "YEAR_GROUP",
]

LATEST_RELEASE = 2025
"""The newest release whose headings were read."""

_TO_MARCH = Timing(identifiers="Reporting year", ends=(3, 31))
# The series: the year in the title is that of the release a file is of.
_SERIES = attrs.evolve(CHILDREN_LOOKED_AFTER, title="Children looked after in England including adoptions")
_STABILITY_SERIES = attrs.evolve(STABILITY, title="Stability measures for children looked after in England")

POPULATION = "population_type"
STARTING = "Children starting to be looked after each year"
CEASING = "Children ceasing to be looked after each year"
ON_31_MARCH = "Children looked after on 31 March each year"

LOOKED_AFTER_FILE = PublishedFile(
    name="cla_number_and_rate_per_10k_children",
    about="children looked after on 31 March, starting and ceasing to be",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    told_apart_by={POPULATION: (ON_31_MARCH, STARTING, CEASING)},
    headings={
        "children": kept("children_count", 2025),
        "rate": kept("rate_per_10000", 2025),
        "population": kept("population_estimate", 2025),
    },
)
"""The headings of 2025 were read in DfE's own file."""

GROUP, PLACEMENTS, SOCIAL_WORKERS = "cla_group", "placement_stability", "sw_stability"
YEAR_GROUP, TWO_YEARS_GROUP = "CLA on 31 March", "CLA 2 years on 31 March"
SAME_CARER_GROUP = "Children looked after continuously for at least 2.5 years on 31 March aged under 16 years"
TOTAL_CHILDREN = "Total children"
THREE_IN_THE_YEAR = "With 3 or more placements during the year"
THREE_IN_TWO_YEARS = "With 3 or more placements during the previous 2 years"
SAME_CARER_ROWS = "Living with the same carer for at least 2 years"
THREE_WORKERS = "3 or more social workers during the year"

_COUNTS = {
    "children": renamed("number", "children_count", read_in=(2024,), since=2025, read_after=(2025,)),
    "children_percent": renamed("percentage", "children_percent", read_in=(2024,), since=2025, read_after=(2025,)),
}

PLACEMENTS_FILE = PublishedFile(
    name="la_cla_placement_stability",
    about="children looked after by the number of their placements, and those who live with the same carer",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    told_apart_by={
        GROUP: (YEAR_GROUP, TWO_YEARS_GROUP, SAME_CARER_GROUP),
        PLACEMENTS: (TOTAL_CHILDREN, THREE_IN_THE_YEAR, THREE_IN_TWO_YEARS, SAME_CARER_ROWS),
    },
    headings=_COUNTS,
)
"""The headings of 2025 were read in DfE's own file; those of 2024 in the preview of that release's data set."""

SOCIAL_WORKERS_FILE = PublishedFile(
    name="la_cla_swcount",
    about="children looked after with three or more social workers in the year",
    publication=_STABILITY_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    told_apart_by={GROUP: (YEAR_GROUP,), SOCIAL_WORKERS: (TOTAL_CHILDREN, THREE_WORKERS)},
    headings=_COUNTS,
)
"""The headings of 2024 were read in DfE's own file; those of 2025 are taken to be those of the file on placements."""

AGE, ACTIVITY = "care_leaver_age", "breakdown"
TOTAL = "Total"
IN_EDUCATION = "Total in education, employment or training"
NOT_IN_EDUCATION = "Total not in education, employment or training"
NOT_KNOWN = "Total information not known"

CARE_LEAVERS_FILE = PublishedFile(
    name="la_care_leavers_activity",
    about="care leavers by what they are doing",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    told_apart_by={
        AGE: tuple(age.value for age in CareLeaverAge),
        ACTIVITY: (
            *(activity.value for activity in CareLeaverActivity),
            *(IN_EDUCATION, NOT_IN_EDUCATION, NOT_KNOWN, TOTAL),
        ),
    },
    headings={
        "care_leavers": kept("care_leaver_count", 2025),
        "care_leavers_percent": kept("care_leaver_percent", 2025),
    },
)
"""The headings of 2025 were read in DfE's own file."""
