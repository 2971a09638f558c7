"""Inspections: the regimes of authorities and areas, and every regime there is by its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bucks_cs.errors import InvalidValue, did_you_mean
from bucks_cs.inspections.model.fields import need_day
from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family, Judgement, Regime
from bucks_cs.inspections.model.regimes_of_settings import (
    CHILDRENS_HOME_SCCIF,
    SCHOOL_FOUR_GRADES,
    SCHOOL_KEY_JUDGEMENTS,
    SCHOOL_REPORT_CARD,
    SCHOOL_UNGRADED_FROM_2024,
    SCHOOL_UNGRADED_TO_2024,
)
from bucks_cs.inspections.model.scales import Scale
from bucks_cs.inspections.sources.publications import (
    AREA_SEND_HANDBOOK,
    AREA_SEND_OUTCOMES_TO_2022,
    ILACS_FRAMEWORK,
    SINGLE_INSPECTION_FRAMEWORK_GUIDANCE,
)
from bucks_cs.provenance import DateBounds

__all__ = [
    "AREA_SEND_2016",
    "AREA_SEND_2023",
    "CHILDRENS_HOME_SCCIF",
    "ILACS",
    "REGIMES",
    "SCHOOL_FOUR_GRADES",
    "SCHOOL_KEY_JUDGEMENTS",
    "SCHOOL_REPORT_CARD",
    "SCHOOL_UNGRADED_FROM_2024",
    "SCHOOL_UNGRADED_TO_2024",
    "SINGLE_INSPECTION_FRAMEWORK",
    "regime_of",
    "regimes_on",
]

_OFSTED = ("Ofsted",)
_OFSTED_AND_CQC = ("Ofsted", "Care Quality Commission")
_REQUIRES = "requires improvement to be good"

_SIF_GRADES = Scale.of(
    "single_inspection_framework", "grades", "outstanding", "good", (_REQUIRES, "requires improvement"), "inadequate"
)
_SIF = "inspection"

SINGLE_INSPECTION_FRAMEWORK = Regime(
    key="single_inspection_framework",
    title="Single inspection framework",
    family=Family.LOCAL_AUTHORITY,
    inspected_by=_OFSTED,
    since=DateBounds(earliest=dt.date(2013, 11, 1), latest=dt.date(2013, 11, 30), why="in effect 'from November 2013'"),
    until=DateBounds(
        earliest=dt.date(2017, 12, 31),
        latest=dt.date(2018, 9, 17),
        why="from 2018 it was kept for some re-inspections of inadequate services alone, and by September 2018 for none; the day "
        "of the last was not found",
    ),
    activities=(Activity(key=_SIF, title="Single inspection", carries_grades=True, is_full=True, also=("re-inspection",)),),
    judgements=(
        Judgement(
            key="overall_effectiveness", title="Overall effectiveness", scale=_SIF_GRADES, activities=_SIF, is_overall=True
        ),
        Judgement(key="help_and_protection", title="Children who need help and protection", scale=_SIF_GRADES, activities=_SIF),
        Judgement(
            key="looked_after_and_permanence",
            title="Children looked after and achieving permanence",
            scale=_SIF_GRADES,
            activities=_SIF,
        ),
        Judgement(key="adoption_performance", title="Adoption performance", scale=_SIF_GRADES, activities=_SIF),
        Judgement(key="care_leavers", title="Experiences and progress of care leavers", scale=_SIF_GRADES, activities=_SIF),
        Judgement(
            key="leadership_management_and_governance",
            title="Leadership, management and governance",
            scale=_SIF_GRADES,
            activities=_SIF,
        ),
        Judgement(
            key="local_safeguarding_children_board",
            title="Local safeguarding children board",
            scale=_SIF_GRADES,
            activities=_SIF,
            is_always_made=False,
            also=("LSCB",),
        ),
    ),
    source=SINGLE_INSPECTION_FRAMEWORK_GUIDANCE,
    note="the board was reviewed beside the inspection of the authority, and not in a re-inspection",
)
"""November 2013 to 2018: four grades, and a review of the local safeguarding children board beside the inspection."""

_ILACS_GRADES = Scale.of("ilacs", "grades", "outstanding", "good", (_REQUIRES, "requires improvement"), "inadequate")
_ILACS = ("standard_inspection", "short_inspection")

ILACS = Regime(
    key="ilacs",
    title="Inspecting local authority children's services (ILACS)",
    family=Family.LOCAL_AUTHORITY,
    inspected_by=_OFSTED,
    since=dt.date(2018, 1, 1),
    activities=(
        Activity(
            key="standard_inspection",
            title="Standard inspection",
            carries_grades=True,
            is_full=True,
            also=("ILACS Standard Inspection",),
        ),
        Activity(
            key="short_inspection", title="Short inspection", carries_grades=True, is_full=True, also=("ILACS Short Inspection",)
        ),
        Activity(key="focused_visit", title="Focused visit", carries_grades=False, also=("ILACS Focused Visit",)),
        Activity(key="monitoring_visit", title="Monitoring visit", carries_grades=False, also=("LA Monitoring visit",)),
        Activity(
            key="annual_conversation", title="Annual conversation", carries_grades=False, also=("annual engagement meeting",)
        ),
    ),
    judgements=(
        Judgement(
            key="overall_effectiveness", title="Overall effectiveness", scale=_ILACS_GRADES, activities=_ILACS, is_overall=True
        ),
        Judgement(
            key="impact_of_leaders",
            title="Impact of leaders on social work practice with children and families",
            scale=_ILACS_GRADES,
            activities=_ILACS,
        ),
        Judgement(
            key="help_and_protection",
            title="Experiences and progress of children who need help and protection",
            scale=_ILACS_GRADES,
            activities=_ILACS,
        ),
        Judgement(
            key="children_in_care_and_care_leavers",
            title="Experiences and progress of children in care and care leavers",
            scale=_ILACS_GRADES,
            activities=_ILACS,
            also=("experiences and progress of children in care", "children in care"),
            until=dt.date(2022, 12, 31),
        ),
        Judgement(
            key="children_in_care",
            title="Experiences and progress of children in care",
            scale=_ILACS_GRADES,
            activities=_ILACS,
            since=dt.date(2023, 1, 1),
        ),
        Judgement(
            key="care_leavers",
            title="Experiences and progress of care leavers",
            scale=_ILACS_GRADES,
            activities=_ILACS,
            since=dt.date(2023, 1, 1),
        ),
    ),
    source=ILACS_FRAMEWORK,
    note="care leavers are judged apart from children in care from 1 January 2023 (Ofsted, Local authority inspection outcomes "
    "as at 31 March 2025, Notes), and Ofsted's list has the joint judgement of before in its column for children in care",
)
"""Since January 2018: standard and short inspections carry grades, visits and the annual conversation carry none."""

AREA_SEND_2016 = Regime(
    key="area_send_2016",
    title="Local area SEND inspection (2016 to 2022)",
    family=Family.AREA_SEND,
    inspected_by=_OFSTED_AND_CQC,
    since=dt.date(2016, 5, 1),
    until=DateBounds(
        earliest=dt.date(2022, 9, 27),
        latest=dt.date(2022, 12, 31),
        why="Kent was revisited from 27 September 2022 (Kent County Council's page on it), and the next framework is for use "
        "from 2023; the day of the last revisit was not found",
    ),
    activities=(
        Activity(
            key="inspection", title="Local area SEND inspection", carries_grades=True, is_full=True, until=dt.date(2022, 3, 31)
        ),
        Activity(key="revisit", title="Local area SEND revisit", carries_grades=True, also=("re-visit",)),
    ),
    judgements=(
        Judgement(
            key="written_statement_of_action_required",
            title="Written statement of action",
            scale=Scale.of(
                "area_send_2016",
                "written_statement_of_action",
                ("not required", "no", "no written statement of action"),
                ("required", "yes", "written statement of action required"),
                ordered=False,
            ),
            activities="inspection",
            also=("inspection outcome: written statement of action required?", "WSoA"),
        ),
        Judgement(
            key="sufficient_progress",
            title="Sufficient progress in addressing significant weaknesses",
            scale=Scale.of(
                "area_send_2016", "progress", ("in all", "yes"), ("in some", "some"), ("in none", "no"), ordered=False
            ),
            activities="revisit",
            also=("revisit outcome: sufficient progress in addressing all significant weaknesses?",),
        ),
    ),
    source=AREA_SEND_OUTCOMES_TO_2022,
    note="no grades: a statement required or not, and how many weaknesses; more of them do not weigh more (worksheet Guidance). "
    "Ofsted's list ends with inspections of March 2022 and revisits to 31 August 2022; revisits went on after it",
)
"""May 2016 to March 2022, revisits to the end of 2022: no grades, but a written statement of action required or not."""

AREA_SEND_2023 = Regime(
    key="area_send_2023",
    title="Area SEND inspection (from 2023)",
    family=Family.AREA_SEND,
    inspected_by=_OFSTED_AND_CQC,
    since=dt.date(2023, 1, 1),
    activities=(
        Activity(key="full_inspection", title="Full area SEND inspection", carries_grades=True, is_full=True),
        Activity(key="monitoring_inspection", title="Area SEND monitoring inspection", carries_grades=False),
        Activity(key="engagement_meeting", title="Engagement meeting", carries_grades=False),
    ),
    judgements=(
        Judgement(
            key="inspection_outcome",
            title="Inspection outcome",
            scale=Scale.of(
                "area_send_2023",
                "outcomes",
                ("typically positive experiences and outcomes", "1"),
                ("inconsistent experiences and outcomes", "2"),
                (
                    "widespread and/or systemic failings",
                    "widespread and/or systemic failings leading to significant concerns",
                    "3",
                ),
            ),
            activities="full_inspection",
            is_overall=True,
        ),
    ),
    source=AREA_SEND_HANDBOOK,
    note="whether a monitoring inspection ends in an outcome of its own was not verified: none is recorded here",
)
"""Since 2023: one of three outcomes, each with its own time to the next inspection."""

REGIMES: Mapping[str, Regime] = MappingProxyType(
    {
        regime.key: regime
        for regime in (
            SINGLE_INSPECTION_FRAMEWORK,
            ILACS,
            AREA_SEND_2016,
            AREA_SEND_2023,
            SCHOOL_FOUR_GRADES,
            SCHOOL_UNGRADED_TO_2024,
            SCHOOL_KEY_JUDGEMENTS,
            SCHOOL_UNGRADED_FROM_2024,
            SCHOOL_REPORT_CARD,
            CHILDRENS_HOME_SCCIF,
        )
    }
)
"""Every regime that this library knows, by its key."""


def regime_of(key: str | Regime) -> Regime:
    """A regime by its key.

    Args:
        key: One of `REGIMES`; a regime stays as it is.

    Raises:
        InvalidValue: There is none of that key.

    Example:
        >>> from bucks_cs.inspections import regime_of
        >>> regime_of("ilacs").family.value
        "local authority children's services"
    """
    if isinstance(key, Regime):
        return key
    asked: object = key
    if isinstance(asked, str) and asked in REGIMES:
        return REGIMES[asked]
    hint = did_you_mean(asked, REGIMES) if isinstance(asked, str) else ""
    raise InvalidValue(what="a regime of inspection", expected=" or ".join(REGIMES), hint=hint)


def regimes_on(day: dt.date, *, family: Family | None = None) -> tuple[Regime, ...]:
    """The regimes under which an inspection may have begun on a day.

    Args:
        day: The day.
        family: One family alone; None for all.

    Returns:
        The regimes in force, oldest first; none on a day before the first or between two.

    Raises:
        InvalidValue: It is no plain date, or no Family.

    Example:
        >>> from bucks_cs.inspections import Family, regimes_on
        >>> [regime.key for regime in regimes_on(dt.date(2018, 3, 5), family=Family.LOCAL_AUTHORITY)]
        ['single_inspection_framework', 'ilacs']
    """
    need_day(day, what="day")
    if not isinstance(family, Family | None):
        raise InvalidValue(what="family", expected="a Family, or None for all")
    return tuple(one for one in REGIMES.values() if one.holds(day) and family in (None, one.family))
