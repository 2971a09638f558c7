"""The record: the official measures of quality: inspections, and what pupils attain."""

from __future__ import annotations

from bucks_cs.attainment import (
    A_LEVEL_POINTS,
    ATTAINMENT_8,
    ENGLISH_AND_MATHEMATICS,
    GOOD_LEVEL_OF_DEVELOPMENT,
    KEY_STAGE_2,
    PHONICS,
    TOOL_A_LEVEL_POINTS,
    TOOL_ATTAINMENT_8,
    TOOL_ENGLISH_AND_MATHEMATICS,
    TOOL_GOOD_LEVEL,
    TOOL_KEY_STAGE_2,
    TOOL_PHONICS,
)
from bucks_cs.inspections import SCHOOLS_GOOD_OR_OUTSTANDING
from bucks_cs.record.officially.measure import OfficialMeasure
from bucks_cs.record.officially.releases import (
    AREA_SEND,
    INSPECTION_OUTCOMES,
    REINSPECTION_OF_2017,
    SCHOOLS,
)

__all__ = ["MEASURES_OF_QUALITY"]

_LAIT, _ODS_LA = "lait/bds_long_0.parquet", "inspections/LA_Inspection_Outcomes_as_at_31_March_2025.ods"
_ODS_SEND = "inspections/Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
_SCHOOLS_FILE = "inspections/schools_overall_effectiveness_by_la_2019_2023.csv"

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
        indicator=GOOD_LEVEL_OF_DEVELOPMENT,
        basis="all pupils",
        rounded_to=0.1,
        file=_LAIT,
        source=TOOL_GOOD_LEVEL,
    ),
    OfficialMeasure(
        indicator=PHONICS,
        basis="all pupils",
        rounded_to=1.0,
        file=_LAIT,
        source=TOOL_PHONICS,
    ),
    OfficialMeasure(
        indicator=KEY_STAGE_2,
        basis="all pupils",
        rounded_to=1.0,
        file=_LAIT,
        source=TOOL_KEY_STAGE_2,
    ),
    OfficialMeasure(
        indicator=ATTAINMENT_8,
        basis="state-funded schools",
        rounded_to=0.1,
        file=_LAIT,
        source=TOOL_ATTAINMENT_8,
    ),
    OfficialMeasure(
        indicator=ENGLISH_AND_MATHEMATICS,
        basis="state-funded schools",
        rounded_to=0.1,
        file=_LAIT,
        source=TOOL_ENGLISH_AND_MATHEMATICS,
    ),
    OfficialMeasure(
        indicator=A_LEVEL_POINTS,
        basis="A level cohort",
        rounded_to=0.01,
        file=_LAIT,
        source=TOOL_A_LEVEL_POINTS,
    ),
)
