"""The record: the official measures of quality: inspections, and what pupils attain."""

from __future__ import annotations

import datetime as dt

from bucks_cs.inspections import SCHOOLS_GOOD_OR_OUTSTANDING
from bucks_cs.record.officially.measure import OfficialMeasure
from bucks_cs.record.officially.releases import (
    AREA_SEND,
    INSPECTION_OUTCOMES,
    REINSPECTION_OF_2017,
    SCHOOLS,
    interactive_tool,
)

__all__ = ["MEASURES_OF_QUALITY"]

_LAIT, _ODS_LA = "lait/bds_long_0.parquet", "inspections/LA_Inspection_Outcomes_as_at_31_March_2025.ods"
_ODS_SEND = "inspections/Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
_SCHOOLS_FILE = "inspections/schools_overall_effectiveness_by_la_2019_2023.csv"
_AUTUMN = dt.date(2025, 10, 1)

MEASURES_OF_QUALITY = (
    OfficialMeasure(
        key="inspections.overall_effectiveness",
        title="Overall effectiveness of the authority's services for children, ILACS",
        basis="dated by the first day of the inspection",
        file=_ODS_LA,
        source=INSPECTION_OUTCOMES,
    ),
    OfficialMeasure(
        key="inspections.first_day",
        title="First day of the authority's inspection",
        basis="ILACS",
        file=_ODS_LA,
        source=INSPECTION_OUTCOMES,
    ),
    OfficialMeasure(
        key="inspections.report_published",
        title="Day the report of the authority's inspection was published",
        basis="ILACS",
        file=_ODS_LA,
        source=INSPECTION_OUTCOMES,
    ),
    OfficialMeasure(
        key="inspections.overall_effectiveness_before",
        title="Overall effectiveness of the authority's services for children, single inspection framework",
        basis="dated by the first day of the inspection",
        source=REINSPECTION_OF_2017,
    ),
    OfficialMeasure(
        key="inspections.area_send_first_day",
        title="First day of the area SEND inspection",
        file=_ODS_SEND,
        source=AREA_SEND.at("worksheet Area_SEND_up_to_31_Aug_2022, inspection start date"),
    ),
    OfficialMeasure(
        key="inspections.area_send_weaknesses",
        title="Significant weaknesses identified in the area SEND inspection",
        basis="a written statement of action required",
        file=_ODS_SEND,
        source=AREA_SEND.at("worksheet Area_SEND_up_to_31_Aug_2022, number of significant weaknesses"),
    ),
    OfficialMeasure(
        indicator=SCHOOLS_GOOD_OR_OUTSTANDING,
        basis="schools, not pupils; mainstream, special and alternative provision together",
        file=_SCHOOLS_FILE,
        source=SCHOOLS,
    ),
    OfficialMeasure(
        key="inspections.schools_by_grade",
        title="State-funded schools by their latest grade",
        basis="stock; mainstream, special and alternative provision together",
        unit="school",
        file=_SCHOOLS_FILE,
        source=SCHOOLS,
    ),
    OfficialMeasure(
        key="attainment.good_level_of_development",
        title="Children with a good level of development, early years foundation stage",
        basis="all pupils",
        unit="percent",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("FSP_NEW_GOODDEV", dt.date(2025, 11, 1)),
    ),
    OfficialMeasure(
        key="attainment.phonics",
        title="Pupils who met the expected standard in phonics, year 1",
        basis="all pupils",
        unit="percent",
        rounded_to=1.0,
        file=_LAIT,
        source=interactive_tool("KS1P_all", _AUTUMN),
    ),
    OfficialMeasure(
        key="attainment.key_stage_2",
        title="Pupils at the expected standard in reading, writing and mathematics, key stage 2",
        basis="all pupils",
        unit="percent",
        rounded_to=1.0,
        file=_LAIT,
        source=interactive_tool("KS2RWM_Expected_STD", dt.date(2025, 12, 1)),
    ),
    OfficialMeasure(
        key="attainment.attainment_8",
        title="Average Attainment 8 score per pupil",
        basis="state-funded schools",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("AVG_Attain8_Score", dt.date(2026, 2, 1)),
    ),
    OfficialMeasure(
        key="attainment.english_and_mathematics",
        title="Pupils with grades 9 to 4 in English and mathematics",
        basis="state-funded schools",
        unit="percent",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("EngMaths9-4", dt.date(2026, 2, 1)),
    ),
    OfficialMeasure(
        key="attainment.a_level_points",
        title="Average point score per A level entry",
        basis="A level cohort",
        rounded_to=0.01,
        file=_LAIT,
        source=interactive_tool("APSE_Alevel", dt.date(2026, 3, 1)),
    ),
)
