"""The record: the official measures that printed figures are set beside, each with its release, its file and its place in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType, NoneType

import attrs

from bucks_cs.errors import InvalidValue, NotFound, did_you_mean, of_kind
from bucks_cs.provenance import Source
from bucks_cs.record.officially.releases import (
    AREA_SEND,
    CHILDREN_IN_NEED,
    EHC_PLANS,
    INSPECTION_OUTCOMES,
    MID_2020,
    PLANS_IN_2010,
    POPULATION,
    REINSPECTION_OF_2017,
    SCHOOLS,
    WORKFORCE,
    interactive_tool,
)
from bucks_cs.units import unit as known_unit

__all__ = ["OFFICIAL_MEASURES", "OfficialMeasure", "official_measure"]

_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class OfficialMeasure:
    """A measure that a public body publishes, as it is set beside what Buckinghamshire printed.

    Args:
        key: Its name in the facts.
        title: What it measures, in words.
        basis: What tells it from measures that look alike.
        unit: The unit of its values, a name of `bucks_cs.units`; None where they are words, dates, or a score.
        rounded_to: The step that its values are published to; None where they are exact, or are words.
        file: The file of the release that it was read from; None where it was read in a report's own pages.
        source: The release, and the place in it.

    Raises:
        InvalidValue: A part of another kind.
        UnitError: The unit is unknown.
    """

    key: str = attrs.field(validator=_text)
    title: str = attrs.field(validator=_text)
    basis: str = attrs.field(default="", validator=_text)
    unit: str | None = attrs.field(default=None)
    rounded_to: float | None = attrs.field(default=None, validator=of_kind(float, NoneType, expected="a step, or None"))
    file: str | None = attrs.field(default=None, validator=of_kind(str, NoneType, expected="the name of a file, or None"))
    source: Source = attrs.field(validator=of_kind(Source, expected="a Source"))

    def __attrs_post_init__(self) -> None:
        if self.unit is not None:
            known_unit(self.unit)
        if self.rounded_to is not None and self.rounded_to <= 0:
            raise InvalidValue(what="OfficialMeasure.rounded_to", expected="a step above 0, or None")

    def __str__(self) -> str:
        return f"{self.title}, {self.basis}" if self.basis else self.title


_LAIT, _ODS_LA = "lait/bds_long_0.parquet", "inspections/LA_Inspection_Outcomes_as_at_31_March_2025.ods"
_ODS_SEND = "inspections/Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"
_C1, _B1, _D5 = (
    f"children_in_need/{name}_2013_to_2025.csv"
    for name in ("c1_children_in_need_referrals_and_rereferrals", "b1_children_in_need", "d5_cpps_at31march_by_duration")
)
_ON_TIME, _CASELOAD, _NEEDS = (f"ehc_plans/{name}.csv" for name in ("timeliness_20_week", "caseload", "sen_needs_all_plans"))
_CSWW = "social_work_workforce/csww_indicators_2017_to_2025.csv"
_SINGLE_YEARS = "population/ons_mid2020_single_year_of_age_unrebased.csv"
_SCHOOLS_FILE = "inspections/schools_overall_effectiveness_by_la_2019_2023.csv"

_AUTUMN = dt.date(2025, 10, 1)
_MEASURES = (
    OfficialMeasure(
        key="ehcp.on_time_excluding_exceptions",
        title="Education, health and care plans issued within 20 weeks",
        basis="excluding exceptions",
        unit="percent",
        rounded_to=0.1,
        file=_ON_TIME,
        source=EHC_PLANS.at("PC_plans_issued_20_weeks_ex: plans_issued_20_weeks_ex over plans_issued_den_ex, all plans issued"),
    ),
    OfficialMeasure(
        key="ehcp.on_time_including_exceptions",
        title="Education, health and care plans issued within 20 weeks",
        basis="including exceptions",
        unit="percent",
        rounded_to=0.1,
        file=_ON_TIME,
        source=EHC_PLANS.at(
            "pc_plans_issued_within_20_weeks: plans_issued_within_20_weeks over plans_issued_den, all plans issued"
        ),
    ),
    OfficialMeasure(
        key="ehcp.plans_maintained",
        title="Education, health and care plans maintained",
        basis="stock on the day of the January return, which the file does not name",
        unit="plan",
        file=_CASELOAD,
        source=EHC_PLANS.at("ehcplans, all EHC plans"),
    ),
    OfficialMeasure(
        key="ehcp.plans_by_primary_need",
        title="Education, health and care plans by primary need",
        basis="stock on the day of the January return",
        unit="plan",
        file=_NEEDS,
        source=EHC_PLANS.at("number_asd to number_vi, all EHC plans; the file has January 2025 alone"),
    ),
    OfficialMeasure(
        key="workforce.agency_share_fte",
        title="Agency workers among children and family social workers",
        basis="full-time equivalents",
        unit="percent",
        rounded_to=0.1,
        file=_CSWW,
        source=attrs.evolve(WORKFORCE, place="agency_rate_fte: agency_fte over agency_fte and inpost_fte"),
    ),
    OfficialMeasure(
        key="workforce.agency_share_headcount",
        title="Agency workers among children and family social workers",
        basis="headcount",
        unit="percent",
        rounded_to=0.1,
        file=_CSWW,
        source=attrs.evolve(WORKFORCE, place="agency_rate_headcount: agency_headcount over it and inpost_headcount"),
    ),
    OfficialMeasure(
        key="workforce.cases_held",
        title="Cases held by children and family social workers",
        basis="stock, 30 September",
        unit="case",
        file=_CSWW,
        source=attrs.evolve(WORKFORCE, place="cases"),
    ),
    OfficialMeasure(
        key="demand.referrals",
        title="Referrals to children's social care",
        basis="in the year to 31 March",
        unit="referral",
        file=_C1,
        source=CHILDREN_IN_NEED.at("data file c1, referral_count"),
    ),
    OfficialMeasure(
        key="demand.referrals_per_10_000",
        title="Referrals to children's social care per 10,000 children",
        basis="in the year to 31 March",
        unit="per_10_000",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("CPP_Total_Rateper10,000", _AUTUMN),
    ),
    OfficialMeasure(
        key="demand.rereferrals",
        title="Re-referrals within 12 months",
        basis="of the referrals of the year to 31 March",
        unit="percent",
        rounded_to=0.1,
        file=_C1,
        source=CHILDREN_IN_NEED.at("data file c1, rereferral_percent: rereferral_count over referral_count"),
    ),
    OfficialMeasure(
        key="demand.section_47_enquiries_per_10_000",
        title="Section 47 enquiries per 10,000 children",
        basis="in the year to 31 March",
        unit="per_10_000",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("Section_47", _AUTUMN),
    ),
    OfficialMeasure(
        key="demand.initial_child_protection_conferences_per_10_000",
        title="Initial child protection conferences per 10,000 children",
        basis="in the year to 31 March",
        unit="per_10_000",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("ISCP_Conf", _AUTUMN),
    ),
    OfficialMeasure(
        key="demand.children_subject_to_a_child_protection_plan",
        title="Children subject to a child protection plan",
        basis="stock, 31 March",
        unit="child",
        file=_D5,
        source=CHILDREN_IN_NEED.at("data file d5, CPP_At31"),
    ),
    OfficialMeasure(
        key="demand.children_subject_to_a_child_protection_plan_in_2010",
        title="Children subject to a child protection plan",
        basis="stock, 31 March 2010, to the nearest hundred",
        unit="child",
        rounded_to=100.0,
        source=PLANS_IN_2010,
    ),
    OfficialMeasure(
        key="demand.children_in_need",
        title="Children in need",
        basis="stock, 31 March",
        unit="child",
        file=_B1,
        source=CHILDREN_IN_NEED.at("data file b1, At31_episodes"),
    ),
    OfficialMeasure(
        key="looked_after.children",
        title="Children looked after",
        basis="stock, 31 March",
        unit="child",
        file=_LAIT,
        source=interactive_tool("LACnum", dt.date(2025, 11, 1)),
    ),
    OfficialMeasure(
        key="population.aged_0_to_17_original",
        title="Children aged 0 to 17, mid-2020",
        basis="as first published",
        unit="child",
        file=_SINGLE_YEARS,
        source=MID_2020.at("ages 0 to 17 summed"),
    ),
    OfficialMeasure(
        key="population.aged_0_to_18_original",
        title="Persons aged 0 to 18, mid-2020",
        basis="as first published",
        unit="child",
        file=_SINGLE_YEARS,
        source=MID_2020.at("ages 0 to 18 summed"),
    ),
    OfficialMeasure(
        key="population.aged_0_to_17",
        title="Children aged 0 to 17, mid-year",
        basis="rebased to the Census of 2021",
        unit="child",
        file="population/ons_mid-year_population_estimates_2012_to_2024.csv",
        source=POPULATION,
    ),
    OfficialMeasure(
        key="uasc.looked_after",
        title="Unaccompanied asylum-seeking children looked after",
        basis="stock, 31 March",
        unit="child",
        file=_LAIT,
        source=interactive_tool("Unacc_Asylmn_Seek_Childn", dt.date(2026, 1, 1)),
    ),
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
        key="inspections.schools_good_or_outstanding",
        title="State-funded schools graded good or outstanding",
        basis="schools, not pupils; mainstream, special and alternative provision together",
        unit="percent",
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

OFFICIAL_MEASURES: Mapping[str, OfficialMeasure] = MappingProxyType({measure.key: measure for measure in _MEASURES})
"""The official measures by their keys."""


def official_measure(key: str) -> OfficialMeasure:
    """An official measure by its key.

    Args:
        key: Such as ``"ehcp.plans_maintained"``.

    Raises:
        NotFound: There is none of that key.
        InvalidValue: It is no text.

    Example:
        >>> print(official_measure("ehcp.on_time_including_exceptions"))
        Education, health and care plans issued within 20 weeks, including exceptions
    """
    if not isinstance(key, str):
        raise InvalidValue(what="official_measure", expected="a key, as text")
    if key in OFFICIAL_MEASURES:
        return OFFICIAL_MEASURES[key]
    raise NotFound(what="an official measure", asked_on=("key",), rows=0, hint=did_you_mean(key, OFFICIAL_MEASURES))
