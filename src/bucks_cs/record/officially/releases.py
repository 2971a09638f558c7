"""The record: the releases that its official facts are from."""

from __future__ import annotations

import datetime as dt

from bucks_cs.demand import CHILDREN_AT_MID_2020_UNREBASED
from bucks_cs.inspections import AREA_SEND_OUTCOMES_TO_2022, ILACS_OUTCOMES, SCHOOLS_BY_GRADE
from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "AREA_SEND",
    "CHILDREN_IN_NEED",
    "INSPECTION_OUTCOMES",
    "MID_2020",
    "PLANS_IN_2010",
    "POPULATION",
    "REINSPECTION_OF_2017",
    "SCHOOLS",
    "WORKFORCE",
    "interactive_tool",
]

_DFE, _ONS, _OFSTED = "Department for Education", "Office for National Statistics", "Ofsted"
CHILDREN_IN_NEED = Source(
    title="Children in need, reporting year 2025", publisher=_DFE, date=published("2025"), place="data files"
)
WORKFORCE = Source(
    title="Children's social work workforce, reporting year 2025",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2025, 10, 1),
        latest=dt.date(2026, 3, 1),
        why="it has figures of 30 September 2025, which the interactive tool had on 1 March 2026",
    ),
    place="data file csww_indicators_2017_to_2025",
)
POPULATION = Source(
    title="Mid-year population estimates, 2012 to 2024",
    publisher=_ONS,
    date=DateBounds(
        earliest=dt.date(2024, 7, 1),
        latest=dt.date(2025, 12, 31),
        why="not before its newest estimate, and the rates of Children in need 2025 are on it; the file has no date",
    ),
    place="children aged 0 to 17",
    note="rebased to the Census of 2021",
)
MID_2020 = CHILDREN_AT_MID_2020_UNREBASED.at("single year of age")
_LAIT_UPDATED = "the date is the data dictionary's own 'Last Update' of the measure"


def interactive_tool(measure: str, updated: dt.date) -> Source:
    """A measure of the Local authority interactive tool.

    Args:
        measure: Its short name there.
        updated: The tool's own date of it.
    """
    return Source(
        title="Local authority interactive tool",
        publisher=_DFE,
        date=updated,
        place=f"measure {measure}",
        note=_LAIT_UPDATED,
    )


INSPECTION_OUTCOMES = ILACS_OUTCOMES
AREA_SEND = AREA_SEND_OUTCOMES_TO_2022.at("worksheet Area_SEND_up_to_31_Aug_2022")
REINSPECTION_OF_2017 = Source(
    title="Buckinghamshire County Council: re-inspection of services for children",
    publisher=_OFSTED,
    date=dt.date(2018, 1, 29),
    place="page 1, overall effectiveness",
    note="of 6 to 30 November 2017, under the single inspection framework; read in the report, no data file here has it",
)
SCHOOLS = SCHOOLS_BY_GRADE
PLANS_IN_2010 = Source(
    title="Children in need in England, year to 31 March 2017",
    publisher=_DFE,
    date=published("2017"),
    place="children who were the subject of a child protection plan, 31 March 2010",
    url="https://www.cypnow.co.uk/content/news/increase-in-number-of-children-on-protection-plans",
    note="read second-hand, as Children & Young People Now reported the Department's figures; the data file begins with 2013",
)
