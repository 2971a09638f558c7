"""The record: the official measures of children: plans for them, their social workers, demand, population."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs.record.officially.measure import OfficialMeasure
from bucks_cs.record.officially.releases import (
    CHILDREN_IN_NEED,
    EHC_PLANS,
    MID_2020,
    PLANS_IN_2010,
    POPULATION,
    WORKFORCE,
    interactive_tool,
)

__all__ = ["MEASURES_OF_CHILDREN"]

_LAIT = "lait/bds_long_0.parquet"
_C1, _B1, _D5 = (
    f"children_in_need/{name}_2013_to_2025.csv"
    for name in ("c1_children_in_need_referrals_and_rereferrals", "b1_children_in_need", "d5_cpps_at31march_by_duration")
)
_ON_TIME, _CASELOAD, _NEEDS = (f"ehc_plans/{name}.csv" for name in ("timeliness_20_week", "caseload", "sen_needs_all_plans"))
_CSWW = "social_work_workforce/csww_indicators_2017_to_2025.csv"
_SINGLE_YEARS = "population/ons_mid2020_single_year_of_age_unrebased.csv"
_AUTUMN = dt.date(2025, 10, 1)

MEASURES_OF_CHILDREN = (
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
        key="poverty.children_in_relative_low_income",
        title="Children in relative low income families",
        basis="under 16, before housing costs, year to 31 March; of the Department for Work and Pensions",
        unit="percent",
        rounded_to=0.1,
        file=_LAIT,
        source=interactive_tool("ChildPov", dt.date(2026, 3, 1)),
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
)
