"""Children looked after: the Act that says who is, and the series that counts them."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.provenance import Source, published

__all__ = [
    "CARE_LEAVERS_DEFINITION",
    "CHILDREN_ACT_1989",
    "CHILDREN_LOOKED_AFTER",
    "LAIT",
    "METHODOLOGY",
    "SAME_CARER",
    "SHORT_TERM",
    "SOCIAL_WORKERS",
    "STABILITY",
    "THREE_PLACEMENTS",
]

SHORT_TERM = "children looked after under an agreed series of short-term placements alone"
"""Whom the series leaves out throughout, in words."""

CHILDREN_ACT_1989 = Source(
    title="Children Act 1989",
    publisher="UK Parliament",
    date=dt.date(1989, 11, 16),
    place="section 22(1) and (2)",
    url="https://www.legislation.gov.uk/ukpga/1989/41/section/22",
    note="a child in an authority's care, or provided with accommodation by it for a continuous period of more than 24 hours",
)
"""Which child is looked after by an authority."""

CHILDREN_LOOKED_AFTER = Source(
    title="Children looked after in England including adoptions, reporting year 2025",
    publisher="Department for Education",
    date=published("2025"),
    place="data file cla_number_and_rate_per_10k_children, 2021 to 2025",
    note="counts of regions and England to the nearest 10, percentages and rates to whole numbers; agreed series of short-term "
    "placements are left out",
)
"""The official series for England, from the SSDA903 return."""

METHODOLOGY = Source(
    title="Children looked after in England including adoptions, methodology",
    publisher="Department for Education",
    date=published("2024"),
    place="Data collection",
    url="https://explore-education-statistics.service.gov.uk/methodology/children-looked-after-in-england-including-adoptions-methodology",
    note="the opening of the page was read; its definitions are taken from the Local authority interactive tool, which quotes "
    "it. That a child is counted at the first start and at the last ceasing of the year, and in national figures at a start in "
    "each authority, is the Department's own note beside these figures in its dashboard of children's social care",
)
"""How the series is made: the SSDA903 return, of every child looked after at any time in the year, and of care leavers."""

LAIT = Source(
    title="Local authority interactive tool, data dictionary",
    publisher="Department for Education",
    date=dt.date(2025, 11, 1),
    place="topic Children Looked After, measures LACnum and LACnum_Start",
    note="the date is the dictionary's own 'Last Update' of the measure",
)
"""DfE's definitions of its measures; a measure's own place is ``LAIT.at``."""

THREE_PLACEMENTS = attrs.evolve(
    LAIT,
    place="measures LACStable_2016on and LACStableNum_2016on",
    note="all placements of 24 hours or more, those open on the first and on the last day of the year among them; a child who is "
    "then placed for adoption with the existing foster carers has not changed placement",
)
"""How DfE counts three or more placements in a year."""

SAME_CARER = attrs.evolve(
    LAIT,
    place="measures LAC_LongStable% and LAC_LongStableNum",
    note='the dictionary has "the same placement" where the data file has "the same carer"',
)
"""How DfE counts those who live with the same carer."""

STABILITY = Source(
    title="Stability measures for children looked after in England, reporting year 2024",
    publisher="Department for Education",
    date=published("2024"),
    place="Placement stability by local authority, footnote 1",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/stability-measures-for-children-looked-after-in-england/2024",
    note="official statistics in development: counts of regions and England to the nearest 10, percentages to whole numbers",
)
"""The release that first put placements, schools and social workers side by side; in 2025 they are in the main one."""

SOCIAL_WORKERS = attrs.evolve(
    STABILITY,
    place="data file la_cla_swcount, and About these statistics",
    note="collected for the first time for 2024. What counts as a change of social worker is in the SSDA903 guide, which was not "
    "read",
)
"""How many social workers a child had in the year."""

CARE_LEAVERS_DEFINITION = attrs.evolve(
    LAIT,
    place="measures LAC_19_HE and CareLeaversNEET",
    note="who is counted at 19 to 21, those the authority is not in touch with among them; that those of 17 and 18 are the same "
    "young people two years younger is this library's reading of the file",
)
"""Which young people are care leavers here."""
