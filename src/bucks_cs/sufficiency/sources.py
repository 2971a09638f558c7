"""Sufficiency: the duties behind it, what is published of places, and what nobody publishes."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import NoOfficialSource, Source, published

__all__ = [
    "CABINET_REPORT",
    "CHILDREN_ACT_1989",
    "CHILDREN_AND_FAMILIES_ACT_2014",
    "CHILDREN_LOOKED_AFTER_RETURN",
    "CODE_OF_PRACTICE",
    "EDUCATION_ACT_1996",
    "NO_SERIES_OF_PLACES_AND_NEED",
    "NO_SERIES_OF_HOMES",
    "NO_STANDARD_MARGIN",
    "SCHOOL_CAPACITY",
    "SCHOOL_CENSUS_GUIDE",
]

CABINET_REPORT = Source(
    title="Children's Services Update, report to Cabinet",
    publisher="Buckinghamshire Council",
    date=dt.date(2022, 10, 11),
    place="paragraphs 3.23 and 3.24",
)
"""The six areas that the SEND Education Sufficiency Plan is to address, and the three phases it is carried out over."""

EDUCATION_ACT_1996 = Source(
    title="Education Act 1996",
    publisher="Parliament",
    date=dt.date(1996, 7, 24),
    place="section 14",
    url="https://www.legislation.gov.uk/ukpga/1996/56/section/14",
    note="schools for an area must be sufficient in number, character and equipment, with regard to the need for securing that "
    "special educational provision is made; no number and no spare share is set",
)

CHILDREN_AND_FAMILIES_ACT_2014 = Source(
    title="Children and Families Act 2014",
    publisher="Parliament",
    date=dt.date(2014, 3, 13),
    place="section 27",
    url="https://www.legislation.gov.uk/ukpga/2014/6/section/27",
    note="the authority keeps education, training and social care provision under review, in its area and outside it, and "
    "considers the extent to which it is sufficient",
)

CHILDREN_ACT_1989 = Source(
    title="Children Act 1989",
    publisher="Parliament",
    date=dt.date(1989, 11, 16),
    place="section 22G",
    note="the sufficiency duty: so far as reasonably practicable, accommodation within the authority's area that meets the needs "
    "of the children it looks after; read as statutory guidance of 2010 (DCSF-00186-2010) gives it, which adds that sufficient "
    "is more than a number of beds",
)

SCHOOL_CAPACITY = Source(
    title="School capacity, academic year 2023/24",
    publisher="Department for Education",
    date=published("2025-03"),
    place="special educational needs provision",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/school-capacity/2023-24",
    note="official statistics in development, collected since 2023: capacity of special schools, SEN units and resourced "
    "provision in May, without independent schools and alternative provision, and authorities' forecasts of pupils with a plan "
    "who need a specialist place; the month is that of a written answer which says when it was published",
)
"""The nearest thing published: places and forecasts of specialist provision, which this library does not read."""

SCHOOL_CENSUS_GUIDE = Source(
    title="School census, guide for schools and local authorities, 2017 to 2018",
    publisher="Department for Education",
    date=published("2017"),
    place="resourced provision and SEN units",
    note="as an authority's page of its provisions quotes it: taught mainly in mainstream classes, or mainly in separate ones",
)

CODE_OF_PRACTICE = Source(
    title="Special educational needs and disability code of practice: 0 to 25 years",
    publisher="Department for Education and Department of Health",
    date=published("2015-01"),
    place="paragraphs 6.30 and 6.31",
    note='"learning difficulties" are moderate, severe, and profound and multiple ones; specific ones are named apart',
)

CHILDREN_LOOKED_AFTER_RETURN = Source(
    title="Children looked after by local authorities in England, guide to the SSDA903 collection",
    publisher="Department for Education",
    date=published("2017-03"),
    place="codes of placement",
    note="as public repositories of the field keep them; the words for who provides a placement are those of DfE's published "
    "tables",
)

NO_SERIES_OF_PLACES_AND_NEED = NoOfficialSource(
    reason="the Department for Education publishes the capacity of specialist provision and authorities' forecasts of it for "
    "whole authorities and single schools, in development since 2023, and no surplus by locality, phase, kind and need; places "
    "less the children who need them is this library's own"
)

NO_SERIES_OF_HOMES = NoOfficialSource(
    reason="official statistics count where children in care live, and not how many places there are for them; places less "
    "the children who need them is this library's own"
)

NO_STANDARD_MARGIN = NoOfficialSource(
    reason="no official standard was found for the share of special places to keep free. The Department for Education says of "
    'all schools that "an efficient system requires a degree of unfilled or surplus places" and gives no number (written answer '
    "of 20 July 2017), and said of special schools that there was \"no official methodology for determining a special school's "
    'capacity" (written answer 19718; its date, which is not on the copy that was read, is between March 2022 and 2023)'
)
