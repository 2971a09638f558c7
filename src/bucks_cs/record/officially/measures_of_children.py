"""The record: the official measures of children: plans for them, their social workers, demand, population."""

from __future__ import annotations

import datetime as dt

import attrs

from bucks_cs import demand, ehcp, looked_after, uasc, workforce
from bucks_cs.indicators import Indicator
from bucks_cs.provenance import Source
from bucks_cs.record.officially.measure import OfficialMeasure
from bucks_cs.record.officially.releases import (
    CHILDREN_IN_NEED,
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
_RATE_LOOKED_AFTER = next(each for each in looked_after.CHILDREN_PER_10_000.sources if isinstance(each, Source))
_IN_TIME = "Education, health and care plans issued within 20 weeks"


def _of_plans() -> tuple[OfficialMeasure, ...]:
    """Education, health and care plans."""
    return (
        OfficialMeasure(
            indicator=ehcp.ISSUED_IN_TIME_EXCLUDING_EXCEPTIONS,
            title=_IN_TIME,
            basis="excluding exceptions",
            rounded_to=0.1,
            file=_ON_TIME,
            source=ehcp.EHC_PLANS.at(
                "PC_plans_issued_20_weeks_ex: plans_issued_20_weeks_ex over plans_issued_den_ex, all plans issued"
            ),
        ),
        OfficialMeasure(
            indicator=ehcp.ISSUED_IN_TIME_INCLUDING_EXCEPTIONS,
            title=_IN_TIME,
            basis="including exceptions",
            rounded_to=0.1,
            file=_ON_TIME,
            source=ehcp.EHC_PLANS.at(
                "pc_plans_issued_within_20_weeks: plans_issued_within_20_weeks over plans_issued_den, all plans issued"
            ),
        ),
        OfficialMeasure(
            indicator=ehcp.PLANS,
            basis="stock on the day of the January return, which the file does not name",
            file=_CASELOAD,
            source=ehcp.EHC_PLANS.at("ehcplans, all EHC plans"),
            file_of_parts=_NEEDS,
            source_of_parts=ehcp.EHC_PLANS.at("number_asd to number_vi, all EHC plans; the file has January 2025 alone"),
        ),
    )


def _of_census(
    indicator: Indicator, place: str, *, basis: str = "stock, 30 September", rounded_to: float | None = 0.1
) -> OfficialMeasure:
    """A measure of the children's social work workforce census."""
    source = attrs.evolve(WORKFORCE, place=place)
    return OfficialMeasure(indicator=indicator, basis=basis, rounded_to=rounded_to, file=_CSWW, source=source)


def _of_social_workers() -> tuple[OfficialMeasure, ...]:
    """Social workers in post and from agencies, vacancies, who left, and the cases they hold."""
    agency_fte = "agency_rate_fte: agency_fte over agency_fte and inpost_fte"
    agency_heads = "agency_rate_headcount: agency_headcount over it and inpost_headcount"
    turnover, year = "turnover_rate_fte: leavers_fte over inpost_fte", "in the year to 30 September"
    return (
        _of_census(workforce.AGENCY_RATE_FTE, agency_fte, basis="full-time equivalents"),
        _of_census(workforce.AGENCY_RATE_HEADCOUNT, agency_heads, basis="headcount"),
        _of_census(workforce.CASES, "cases", rounded_to=None),
        _of_census(workforce.SOCIAL_WORKERS_IN_POST_FTE, "inpost_fte"),
        _of_census(workforce.CASELOAD_FTE, "caseload_fte"),
        _of_census(workforce.VACANCY_RATE_FTE, "vacancy_rate_fte: vacancy_fte over vacancy_fte and inpost_fte"),
        _of_census(workforce.TURNOVER_RATE_FTE, turnover, basis=year),
    )


def _of_referrals() -> tuple[OfficialMeasure, ...]:
    """Referrals to children's social care."""
    return (
        OfficialMeasure(
            indicator=demand.REFERRALS,
            title="Referrals to children's social care",
            basis="in the year to 31 March",
            file=_C1,
            source=CHILDREN_IN_NEED.at("data file c1, referral_count"),
        ),
        OfficialMeasure(
            indicator=demand.REFERRALS_PER_10_000,
            title="Referrals to children's social care per 10,000 children",
            basis="in the year to 31 March",
            rounded_to=0.1,
            file=_LAIT,
            source=interactive_tool("CPP_Total_Rateper10,000", _AUTUMN),
        ),
        OfficialMeasure(
            indicator=demand.REREFERRALS,
            basis="of the referrals of the year to 31 March",
            rounded_to=0.1,
            file=_C1,
            source=CHILDREN_IN_NEED.at("data file c1, rereferral_percent: rereferral_count over referral_count"),
        ),
        OfficialMeasure(
            indicator=demand.NO_FURTHER_ACTION,
            basis="of the referrals of the year to 31 March",
            rounded_to=0.1,
            file=_C1,
            source=CHILDREN_IN_NEED.at("data file c1, no_further_action_percent: no_further_action_count over referral_count"),
        ),
        OfficialMeasure(
            indicator=demand.ASSESSED_NOT_IN_NEED,
            basis="of the referrals of the year to 31 March",
            rounded_to=0.1,
            file=_C1,
            source=CHILDREN_IN_NEED.at("data file c1, not_in_need_percent: not_in_need_count over referral_count"),
        ),
    )


def _of_children_in_need() -> tuple[OfficialMeasure, ...]:
    """From enquiries to the children in need at the end of a year."""
    return (
        OfficialMeasure(
            indicator=demand.SECTION_47_ENQUIRIES_PER_10_000,
            basis="in the year to 31 March",
            rounded_to=0.1,
            file=_LAIT,
            source=interactive_tool("Section_47", _AUTUMN),
        ),
        OfficialMeasure(
            indicator=demand.INITIAL_CHILD_PROTECTION_CONFERENCES_PER_10_000,
            basis="in the year to 31 March",
            rounded_to=0.1,
            file=_LAIT,
            source=interactive_tool("ISCP_Conf", _AUTUMN),
        ),
        OfficialMeasure(
            indicator=demand.CHILDREN_SUBJECT_TO_A_CHILD_PROTECTION_PLAN,
            basis="stock, 31 March",
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
            indicator=demand.CHILDREN_IN_NEED,
            basis="stock, 31 March",
            file=_B1,
            source=CHILDREN_IN_NEED.at("data file b1, At31_episodes"),
        ),
    )


MEASURES_OF_CHILDREN = (
    *_of_plans(),
    *_of_social_workers(),
    *_of_referrals(),
    *_of_children_in_need(),
    OfficialMeasure(
        indicator=looked_after.CHILDREN,
        basis="stock, 31 March",
        file=_LAIT,
        source=interactive_tool("LACnum", dt.date(2025, 11, 1)),
    ),
    OfficialMeasure(
        indicator=looked_after.CHILDREN_PER_10_000,
        basis="stock, 31 March, to a whole number",
        rounded_to=1.0,
        file="children_looked_after/cla_number_and_rate_per_10k_children.csv",
        source=_RATE_LOOKED_AFTER,
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
        indicator=demand.CHILDREN_AT_MID_YEAR,
        title="Children aged 0 to 17, mid-year",
        basis="rebased to the Census of 2021",
        file="population/ons_mid-year_population_estimates_2012_to_2024.csv",
        source=POPULATION,
    ),
    OfficialMeasure(
        indicator=uasc.LOOKED_AFTER,
        basis="stock, 31 March",
        file=_LAIT,
        source=interactive_tool("Unacc_Asylmn_Seek_Childn", dt.date(2026, 1, 1)),
    ),
)
