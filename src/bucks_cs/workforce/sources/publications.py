"""The workforce: DfE's statistics of children's social workers, how they are made, and the census behind them."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "ABSENCE_DEFINITION",
    "AGENCY_COVER_DEFINITION",
    "AGENCY_DEFINITION",
    "CASELOAD_DEFINITION",
    "CASES_DEFINITION",
    "CENSUS_GUIDE",
    "CENSUS_SCHEMA",
    "DATA_GUIDANCE_2019",
    "INTERACTIVE_TOOL",
    "IN_POST_DEFINITION",
    "LEAVERS_DEFINITION",
    "METHODOLOGY",
    "STARTERS_DEFINITION",
    "TURNOVER_DEFINITION",
    "VACANCY_AGENCY_COVER_DEFINITION",
    "VACANCY_DEFINITION",
    "WORKFORCE_STATISTICS",
]

_DFE = "Department for Education"
_STATISTICS = "Children's social work workforce"

WORKFORCE_STATISTICS = Source(
    title=f"{_STATISTICS}, reporting year 2025",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2025, 10, 1),
        latest=dt.date(2026, 3, 1),
        why="it has figures of 30 September 2025, which the interactive tool had on 1 March 2026",
    ),
    place="data file csww_indicators_2017_to_2025",
)
"""The official series for England, at 30 September or in the year to it; a column's own place is `WORKFORCE_STATISTICS.at`."""

METHODOLOGY = Source(
    title=f"{_STATISTICS}: methodology",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2021, 10, 1),
        latest=dt.date(2025, 9, 30),
        why="the edition whose latest collection is that of the year to 30 September 2021, and that of 2024, were read",
    ),
    place="definitions",
    url="https://explore-education-statistics.service.gov.uk/methodology/children-s-social-work-workforce",
    note="a social worker with two posts is one head (the more senior role where there is one) and the full-time equivalent of "
    "both; records of agency workers are never merged",
)
"""How DfE counts heads and full-time equivalents."""

DATA_GUIDANCE_2019 = Source(
    title=f"{_STATISTICS}, reporting year 2019: data guidance",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2020, 2, 27), latest=dt.date(2021, 2, 28), why="the release of 2019 is of 27 February 2020; undated"
    ),
    place="FTE and headcount characteristics, notes 1 and 2",
    url="https://explore-education-statistics.service.gov.uk/find-statistics/children-s-social-work-workforce/2019/meta-guidance",
)
"""Says that FTE figures leave out social workers whose FTE is missing or not known."""

INTERACTIVE_TOOL = Source(
    title="Local authority interactive tool, data dictionary",
    publisher=_DFE,
    date=dt.date(2026, 3, 1),
    place="topic Children's Services Workforce",
    note="the date is the dictionary's own 'Last Update' of the measures",
)
"""DfE's definitions of its workforce measures, denominators included; a measure's own place is `INTERACTIVE_TOOL.at`."""

IN_POST_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_NoSW")
STARTERS_DEFINITION = INTERACTIVE_TOOL.at("measure Social_Work_Starters")
LEAVERS_DEFINITION = INTERACTIVE_TOOL.at("measure Social_Work_Leavers")
TURNOVER_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_TO_Rate, Turnover Rates")
AGENCY_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_Agecy_Rate, Agency Staff")
AGENCY_COVER_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_AgencyCover, Agency workers covering vacancies rate")
VACANCY_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_Vac_Rate, Social worker vacancies")
VACANCY_AGENCY_COVER_DEFINITION = INTERACTIVE_TOOL.at("measure Vacancies_cover, the vacancy agency cover rate")
CASES_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_Num_CaseHeld")
CASELOAD_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_AvgNumCase_SW, Average Caseload")
ABSENCE_DEFINITION = INTERACTIVE_TOOL.at("measure Work_Force_SWAbsence, Absence Rates")

CENSUS_GUIDE = Source(
    title="Children's social work workforce census, year ending 30 September 2021: guide for local authorities",
    publisher=_DFE,
    date=published("2021-07"),
    place="sections 2 (aggregated data items) and 3 (social worker data items)",
    note="version 1.0. Its contents list and introduction were read, and not the text of its items",
)
"""The guide to the return a local authority makes."""

CENSUS_SCHEMA = Source(
    title="Children's social work workforce census, XML schema 2022",
    publisher=_DFE,
    date=DateBounds(earliest=dt.date(2021, 10, 1), latest=dt.date(2022, 12, 31), why="the schema of the census of 2022"),
    place="types vacancytype and workertype",
    note="as a public repository of the field keeps it (liia-tools)",
)
"""The items of the return and their codes: a record for each social worker, and three totals of the authority."""
