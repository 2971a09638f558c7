"""Demand: home education: the Act that lets parents teach at home, and DfE's series of those who are."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import Source, published

__all__ = ["EDUCATION_ACT_1996", "ELECTIVE_HOME_EDUCATION", "HOME_EDUCATION_COLLECTION", "HOME_EDUCATION_GUIDANCE"]

EDUCATION_ACT_1996 = Source(
    title="Education Act 1996",
    publisher="UK Parliament",
    date=dt.date(1996, 7, 24),
    place="sections 7 and 437",
    url="https://www.legislation.gov.uk/ukpga/1996/56/section/437",
    note="section 7: education by regular attendance at school or otherwise; section 437(1) to (3): where it appears to an "
    "authority that a child is not suitably educated it serves a notice on the parent, who has 15 days or more to satisfy it, "
    "and then an order where it is expedient that the child should attend school. An Act of 29 April 2026 (c. 21) has a section "
    "39 on the same, after the years of the series, which is not followed here",
)
"""Section 7 lets parents educate a child otherwise than at school; section 437 says what happens where it seems unsuitable."""

ELECTIVE_HOME_EDUCATION = Source(
    title="Elective home education, autumn term 2025/26",
    publisher="Department for Education",
    date=published("2025"),
    place="data file ehe_academic_year, 2021/22 to 2024/25",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/elective-home-education",
    note="official statistics in development",
)
"""The official series, at any time in an academic year; it begins with 2021/22."""

HOME_EDUCATION_GUIDANCE = Source(
    title=ELECTIVE_HOME_EDUCATION.title,
    publisher=ELECTIVE_HOME_EDUCATION.publisher,
    date=ELECTIVE_HOME_EDUCATION.date,
    place="data guidance, File formats and conventions",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/elective-home-education/2025-26-autumn-term/data-guidance",
    note="authorities and regions to the nearest 10, England to the nearest 100; low is a figure that rounds to 0 and is not 0. "
    "Figures of regions and England are raised for the authorities that made no return",
)
"""How the figures are rounded, and what its symbols mean."""

HOME_EDUCATION_COLLECTION = Source(
    title="Elective home education, autumn term 2024/25",
    publisher="Department for Education",
    date=published("2024"),
    place="Introduction",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/elective-home-education/2024-25-autumn-term",
    note="the collection began in autumn 2022 and became mandatory in autumn 2024; every authority returned it for the first "
    "time in summer 2024",
)
"""Since when it is collected: a rise before that is partly of more returns."""
