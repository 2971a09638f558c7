"""Unaccompanied children: the law, the scheme and the publications that define and count them."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, NoOfficialSource, Source, published

__all__ = [
    "CHILDREN_ACT_1989_SECTION_20",
    "CHILDREN_ACT_1989_SECTION_23C",
    "CHILDREN_LOOKED_AFTER_RETURN",
    "DIRECTED_TO_TAKE_PART",
    "IMMIGRATION_ACT_2016",
    "IMMIGRATION_RULES_352ZD",
    "LITTLES_LAW",
    "LOOKED_AFTER_AT_31_MARCH",
    "NO_SERIES_OF_DECISIONS",
    "NO_SERIES_OF_FORMER_UNACCOMPANIED_CHILDREN",
    "NO_SERIES_OF_HEADROOM",
    "NO_SERIES_OF_STARTS",
    "NO_SERIES_OF_18TH_BIRTHDAYS",
    "SCHEME_LAUNCHED",
    "THRESHOLD_OF_2016",
    "THRESHOLD_OF_2022",
    "TRANSFER_PROTOCOL",
    "VOLUNTARY_ROTA",
]

_HOME_OFFICE = "Home Office"

IMMIGRATION_RULES_352ZD = Source(
    title="Immigration Rules, part 11: asylum",
    publisher=_HOME_OFFICE,
    date=dt.date(2025, 12, 6),
    place="paragraph 352ZD",
    url="https://www.gov.uk/guidance/immigration-rules/immigration-rules-part-11-asylum",
    note="the date is that of the copy that was read: under 18 when the asylum application is submitted, applying in their own "
    "right, separated from both parents and not being cared for by an adult who in law or by custom has responsibility to do so",
)
"""Who is an unaccompanied asylum-seeking child."""

IMMIGRATION_ACT_2016 = Source(
    title="Immigration Act 2016",
    publisher="Parliament",
    date=published("2016"),
    place="sections 69 and 72(3)",
    url="https://www.legislation.gov.uk/ukpga/2016/19/section/72",
    note="section 69: responsibility for a child may be transferred from one authority to another; section 72: the Secretary of "
    "State may prepare a scheme for it, and direct authorities to comply, as the protocol says of subsection (3), whose own "
    "words were not read",
)
"""What the National Transfer Scheme stands on."""

TRANSFER_PROTOCOL = Source(
    title="National transfer scheme protocol for unaccompanied asylum seeking children, version 7.0",
    publisher=_HOME_OFFICE,
    date=dt.date(2025, 6, 9),
    place="introduction and key principles",
    url="https://www.gov.uk/government/publications/unaccompanied-asylum-seeking-children-interim-national-transfer-scheme/"
    "national-transfer-scheme-protocol-for-unaccompanied-asylum-seeking-children-accessible",
    note="its introduction was read: only children who meet paragraph 352ZD are referred, and every authority with children's "
    "services is directed to comply. Not verified: its own paragraphs on the threshold, and whether they name a population or "
    "say how the number is made whole",
)
"""How the scheme works now."""

SCHEME_LAUNCHED = Source(
    title="Government launches National Transfer Scheme for migrant children",
    publisher="Home Office and Department for Education",
    date=dt.date(2016, 7, 1),
    place="whole announcement",
    note="voluntary arrangements between authorities",
)

THRESHOLD_OF_2016 = Source(
    title="Briefing on the National Transfer Scheme",
    publisher="Refugee Children's Consortium",
    date=published("2017-08"),
    place="Background",
    url="http://refugeechildrensconsortium.org.uk/national-transfer-scheme/",
    note="of the scheme launched on 1 July 2016: a transfer can be asked for when unaccompanied asylum-seeking and refugee "
    "children under the age of 18 are more than 0.07% of the area's child population. The Home Office's own words of 2021 are "
    "that an authority need take no more where they are 0.07% or more of its general child population",
)
"""0.07%, and that children under 18 whose claim was granted count as well as those who wait."""

THRESHOLD_OF_2022 = Source(
    title="Briefing for the debate on accommodation of asylum-seeking children in hotels",
    publisher="Local Government Association",
    date=DateBounds(
        earliest=dt.date(2022, 11, 17),
        latest=dt.date(2023, 6, 7),
        why="undated: it cites statistics of 17 November 2022, and the debate was on 7 June 2023",
    ),
    place="Council support for lone children",
    url="https://www.local.gov.uk/parliament/briefings-and-responses/debate-accommodation-asylum-seeking-children-hotels-house",
    note="'The Government changed the threshold from 0.07 per cent of a council's child population to 0.1 per cent on 24 August "
    "2022'; that authorities below it must take part, and at it may take more if they wish",
)
"""0.10%, and since when."""

VOLUNTARY_ROTA = Source(
    title="Changes to the National Transfer Scheme",
    publisher="Home Office and Department for Education",
    date=dt.date(2021, 6, 10),
    place="whole announcement",
    note="announced that day; transfers under the rota are counted from 1 July 2021",
)

DIRECTED_TO_TAKE_PART = Source(
    title="Home Office directs 29 local authorities to help unaccompanied asylum seeking children",
    publisher="LocalGov",
    date=dt.date(2022, 2, 16),
    place="whole article",
    url="https://www.localgov.co.uk/Home-Office-directs-29-local-authorities-to-help-unaccompanied-asylum-seeking-children/53704",
    note="177 authorities were directed in December 2021, where the first day taken is that of the protocol of 14 December 2021, "
    "and the last 29 now. Not verified: the day of the last directions, which is taken to be the day before the article",
)
"""That every authority with children's services was directed to take part, and when."""

CHILDREN_ACT_1989_SECTION_20 = Source(
    title="Children Act 1989",
    publisher="Parliament",
    date=dt.date(1989, 11, 16),
    place="section 20(1)",
    url="https://www.legislation.gov.uk/ukpga/1989/41/section/20",
    note="an authority provides accommodation for a child in need in its area for whom nobody has parental responsibility, who "
    "is lost or abandoned, or whose carer is prevented from providing it; read as guides that quote it give it",
)
"""Under which unaccompanied children are looked after."""

CHILDREN_ACT_1989_SECTION_23C = Source(
    title="Children Act 1989",
    publisher="Parliament",
    date=dt.date(1989, 11, 16),
    place="section 23C(1)",
    url="https://www.legislation.gov.uk/ukpga/1989/41/section/23C",
    note="inserted from 1 October 2001: a former relevant child was being looked after on attaining 18, and immediately before "
    "ceasing to be looked after was an eligible child; the authority's duties to them go on",
)
"""A former unaccompanied child is a care leaver, and no child."""

CHILDREN_LOOKED_AFTER_RETURN = Source(
    title="Children looked after by local authorities in England, SSDA903 return, validation rules",
    publisher="Department for Education",
    date=DateBounds(earliest=dt.date(2021, 4, 1), latest=dt.date(2025, 3, 31), why="the rules are those of several returns"),
    place="rule 304",
    note="as public validators of the field keep it: the day on which a child ceased to be an unaccompanied asylum-seeking child "
    "is on or before the 18th birthday",
)

LOOKED_AFTER_AT_31_MARCH = Source(
    title="Local authority interactive tool, data dictionary",
    publisher="Department for Education",
    date=dt.date(2026, 1, 1),
    place="measure Unacc_Asylmn_Seek_Childn",
    note="'children, who have applied for asylum in their own right and are separated from both parents and/or any other "
    "responsible adult'; figures leave out children looked after under an agreed series of short-term placements. The date is "
    "the dictionary's own 'Last Update' of the measure",
)
"""DfE's own series, a stock at 31 March."""

LITTLES_LAW = Source(
    title="Little's Law as Viewed on Its 50th Anniversary, Operations Research 59(3), 536-549",
    publisher="J. D. C. Little",
    date=published("2011-05"),
    place="L = λW",
    note="first proved in 'A proof for the queuing formula: L = λW', Operations Research 9(3), 383-387, 1961",
)
"""The average number there is, is the rate of arrivals times the average time each stays, where neither changes for long."""

NO_SERIES_OF_HEADROOM = NoOfficialSource(
    reason="official statistics count the children and do not set them beside the threshold; the number that a share of a "
    "population makes, and what is left to it, are worked out here"
)

NO_SERIES_OF_FORMER_UNACCOMPANIED_CHILDREN = NoOfficialSource(
    reason="the Department for Education counts care leavers by their age in a year and not who is open to a service on a day; "
    "Buckinghamshire prints former unaccompanied children over 18 open to its service, and so are they counted here"
)

NO_SERIES_OF_STARTS = NoOfficialSource(
    reason="the Department for Education publishes what percentage of the children who started to be looked after in a year were "
    "unaccompanied, each child once a year; every start is counted here, over any period"
)

NO_SERIES_OF_18TH_BIRTHDAYS = NoOfficialSource(
    reason="no return counts unaccompanied children by the day they turn 18; it is worked out here from dates of birth"
)

NO_SERIES_OF_DECISIONS = NoOfficialSource(
    reason="the Home Office decides on claims, and no series of how long decisions take is published for the children of one "
    "authority; the days from an authority's own records are worked out here"
)
