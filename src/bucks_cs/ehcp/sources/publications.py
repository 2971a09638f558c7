"""EHC plans: the law, the returns and the publications that define and count them."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "CHILDREN_AND_FAMILIES_ACT_2014",
    "CORONAVIRUS_AMENDMENT",
    "CORONAVIRUS_GUIDANCE",
    "DATA_GUIDANCE_2025",
    "DETAINED_PERSONS_REGULATIONS_2015",
    "EHC_PLANS",
    "LAIT",
    "NO_EXTENSION_FOR_HOLIDAYS",
    "SEN2_GUIDE",
    "SEN2_GUIDE_2024",
    "SEN2_GUIDE_2025",
    "SEND_REGULATIONS_2014",
    "WEEK20_IN_USE",
]

CHILDREN_AND_FAMILIES_ACT_2014 = Source(
    title="Children and Families Act 2014 (c. 6)",
    publisher="Parliament of the United Kingdom",
    date=dt.date(2014, 3, 13),
    place="Part 3",
    url="https://www.legislation.gov.uk/ukpga/2014/6/part/3",
    note="read in its explanatory notes (section 44: paragraph 239); Part 3 is in force from 1 September 2014",
)
"""The Act: section 36 requests and assessments, section 44 reviews, section 45 ceasing."""

SEND_REGULATIONS_2014 = Source(
    title="Special Educational Needs and Disability Regulations 2014 (S.I. 2014/1530)",
    publisher="Secretary of State for Education",
    date=dt.date(2014, 6, 4),
    place="Part 2",
    url="https://www.legislation.gov.uk/uksi/2014/1530",
    note="in force from 1 September 2014 (regulation 1). Regulations 2, 5(1) to (4)(a), 10, 13, 18 and 20(1) to (5) were read, "
    "as legislation.gov.uk and, for 10(4)(b) to (d), two solicitors' pages have them; 8(2) was read in a summary",
)
"""The regulations that set the clock; a regulation is ``SEND_REGULATIONS_2014.at("regulation 13(2)")``."""

DETAINED_PERSONS_REGULATIONS_2015 = Source(
    title="Special Educational Needs and Disability (Detained Persons) Regulations 2015 (S.I. 2015/62)",
    publisher="Secretary of State for Education",
    date=published("2015"),
    place="Part 2",
    url="https://www.legislation.gov.uk/uksi/2015/62",
    note="for a child or young person in relevant youth accommodation. Regulations 4(1), 5(1) to (4)(b) and 13 were read; in "
    "force from 1 April 2015, the first day legislation.gov.uk has them for",
)
"""The same clock, with fewer exceptions, for a person detained in relevant youth accommodation."""

CORONAVIRUS_AMENDMENT = Source(
    title="Special Educational Needs and Disability (Coronavirus) (Amendment) Regulations 2020 (S.I. 2020/471)",
    publisher="Secretary of State for Education",
    date=published("2020-04"),
    place="amendments of S.I. 2014/1530",
    url="https://www.legislation.gov.uk/uksi/2020/471",
    note="read through the Department's guidance and its Annex A, not in its own text",
)
"""What set the limits aside where coronavirus made them impractical to meet, 1 May to 25 September 2020."""

CORONAVIRUS_GUIDANCE = Source(
    title="Education, health and care needs assessments and plans: guidance on temporary legislative changes relating to "
    "coronavirus (COVID-19)",
    publisher="Department for Education",
    date=dt.date(2020, 8, 26),
    place="Purpose of this guidance, paragraph (a); Annex A",
    url="https://www.gov.uk/government/publications/changes-to-the-law-on-education-health-and-care-needs-assessments-and-plans-"
    "due-to-coronavirus",
    note="'for the period 1 May to 25 September 2020 (inclusive)', 'after which all the usual statutory timescales will come "
    "back into force'",
)
"""How the Department read the suspension."""

NO_EXTENSION_FOR_HOLIDAYS = Source(
    title="Additional Learning Needs (Wales) Regulations 2021 (S.I. 2021/401 (W. 130))",
    publisher="Welsh Ministers",
    date=dt.date(2021, 3, 24),
    place="regulation 2(4)",
    url="https://www.legislation.gov.uk/wsi/2021/401",
    note="the law of Wales says that a period whose last day is not a working day 'is extended to include the following working "
    "day'; S.I. 2014/1530, for England, has no such words in regulation 2, which was read, and none were found elsewhere in it",
)
"""Why a limit that falls on a Sunday stays there in England: where a legislator wants it moved, it says so."""

EHC_PLANS = Source(
    title="Education, health and care plans, reporting year 2025",
    publisher="Department for Education",
    date=published("2025"),
    place="data files",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/education-health-and-care-plans",
    note="calendar years 2019 to 2024 of what was done, January 2019 to January 2025 of plans maintained",
)
"""The official series for England."""

DATA_GUIDANCE_2025 = Source(
    title="Education, health and care plans, reporting year 2025: data guidance",
    publisher="Department for Education",
    date=published("2025"),
    place="variable names and descriptions",
    note="aggregates of each authority before 2023, persons from SEN2 2023: a break in the series",
)
"""What the columns of the official files are."""

SEN2_GUIDE = Source(
    title="Special educational needs person level survey (SEN2): guide",
    publisher="Department for Education",
    date=DateBounds(
        earliest=dt.date(2022, 1, 1),
        latest=dt.date(2024, 11, 30),
        why="an edition before that of SEN2 2025; the copy bears no year",
    ),
    place="modules 2 to 4",
    url="https://www.gov.uk/guidance/special-educational-needs-survey",
    note="as public repositories of the field quote it item by item (the Standard Safeguarding Dataset, tables of EHC plans)",
)
"""The guide to the person-level return, in an edition before that of 2025."""

SEN2_GUIDE_2024 = Source(
    title="Special educational needs person level survey 2024: guide, version 1.1",
    publisher="Department for Education",
    date=published("2023-12"),
    place="modules 4 and 5",
    url="https://www.gov.uk/guidance/special-educational-needs-survey",
    note="as a public repository of the field keeps its lists (MastodonC/witan.sen2, dictionary of the person-level return); it "
    "cites the edition of 2024 for settings and that of 2023 for needs. The month is inferred from the file's address",
)
"""The guide to SEN2 2024, with the needs of SEN2 2023."""

SEN2_GUIDE_2025 = attrs.evolve(
    SEN2_GUIDE_2024,
    title="Special educational needs person level survey 2025: guide, version 1.4",
    date=published("2024-12"),
    note="as a public repository of the field keeps its lists (MastodonC/witan.sen2, dictionary of the person-level return). The "
    "month is inferred from the file's address",
)
"""The guide to SEN2 2025, whose survey day was 16 January 2025."""

WEEK20_IN_USE = Source(
    title="SEN2 Tool: item 3.7, 20-week time limit exceptions apply",
    publisher="OneEducation (a supplier of case management systems)",
    date=DateBounds(
        earliest=dt.date(2022, 1, 1), latest=dt.date(2025, 12, 31), why="undated; person-level returns began in 2023"
    ),
    place="item 3.7 <Week20>",
    url="https://onepublications.com/oneeducation/mergedProjects/Statutory/SEN2_Tool/"
    "Item_3.7_20-week_time_limit_exceptions_apply_lessWeek20greater.htm",
    note="a supplier's rule and not the Department's: 1 where an exception is recorded in any phase of the assessment",
)
"""How one system in use fills Week20: from an exception in any phase, not that of the 20 weeks alone."""

LAIT = Source(
    title="Local authority interactive tool, data dictionary",
    publisher="Department for Education",
    date=dt.date(2025, 10, 1),
    place="topic Special Educational Needs",
    note="the date is the dictionary's own of other measures; that of these was not read",
)
"""DfE's definitions of its measures; a measure's own place is `LAIT.at`."""
