"""Inspections: the regimes of state-funded schools and of children's homes."""

from __future__ import annotations

import datetime as dt

from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family, Judgement, Regime
from bucks_cs.inspections.model.scales import Scale
from bucks_cs.inspections.sources.publications import (
    CHILDRENS_HOMES_FRAMEWORK,
    EDUCATION_INSPECTION_FRAMEWORK,
    NO_OVERALL_FOR_SCHOOLS,
    REPORT_CARDS,
    UNGRADED_OUTCOMES,
)

__all__ = [
    "CHILDRENS_HOME_SCCIF",
    "SCHOOL_FOUR_GRADES",
    "SCHOOL_KEY_JUDGEMENTS",
    "SCHOOL_REPORT_CARD",
    "SCHOOL_UNGRADED_FROM_2024",
    "SCHOOL_UNGRADED_TO_2024",
]

_OFSTED = ("Ofsted",)
_FRAMEWORK_2015, _FRAMEWORK_2019 = dt.date(2015, 9, 1), dt.date(2019, 9, 1)
_NO_OVERALL, _REPORT_CARDS = dt.date(2024, 9, 2), dt.date(2025, 11, 10)
_DAY = dt.timedelta(days=1)


def _four_grades(regime: str) -> Scale:
    return Scale.of(
        regime,
        "grades",
        ("outstanding", "1", "grade 1"),
        ("good", "2", "grade 2"),
        ("requires improvement", "requires improvement to be good", "3", "grade 3"),
        ("inadequate", "4", "grade 4"),
    )


_KEY_JUDGEMENTS_2019 = {
    "quality_of_education": "Quality of education",
    "behaviour_and_attitudes": "Behaviour and attitudes",
    "personal_development": "Personal development",
    "leadership_and_management": "Leadership and management",
}
_JUDGEMENTS_2015 = {
    "effectiveness_of_leadership_and_management": "Effectiveness of leadership and management",
    "quality_of_teaching_learning_and_assessment": "Quality of teaching, learning and assessment",
    "personal_development_behaviour_and_welfare": "Personal development, behaviour and welfare",
    "outcomes_for_pupils": "Outcomes for pupils",
}
_PROVISION = {"early_years_provision": "Early years provision", "sixth_form_provision": "Sixth-form provision"}


def _judgements(
    titles: dict[str, str], scale: Scale, *, always: bool = True, since: dt.date | None = None, until: dt.date | None = None
) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(
            key=key, title=title, scale=scale, activities="graded_inspection", is_always_made=always, since=since, until=until
        )
        for key, title in titles.items()
    )


_GRADED = Activity(
    key="graded_inspection",
    title="Graded inspection",
    carries_grades=True,
    is_full=True,
    also=("section 5 inspection", "full inspection"),
)
_MONITORING = Activity(
    key="monitoring_inspection", title="Monitoring inspection", carries_grades=False, also=("monitoring visit",)
)
_UNGRADED = Activity(
    key="ungraded_inspection", title="Ungraded inspection", carries_grades=True, also=("section 8 inspection", "short inspection")
)
_FOUR = _four_grades("school_four_grades")

SCHOOL_FOUR_GRADES = Regime(
    key="school_four_grades",
    title="School inspection with an overall grade",
    family=Family.SCHOOL,
    inspected_by=_OFSTED,
    since=dt.date(2012, 9, 1),
    until=_NO_OVERALL - _DAY,
    activities=(_GRADED, _MONITORING),
    judgements=(
        Judgement(
            key="overall_effectiveness",
            title="Overall effectiveness",
            scale=_FOUR,
            activities="graded_inspection",
            is_overall=True,
        ),
        *_judgements(_JUDGEMENTS_2015, _FOUR, since=_FRAMEWORK_2015, until=_FRAMEWORK_2019 - _DAY),
        *_judgements(_KEY_JUDGEMENTS_2019, _FOUR, since=_FRAMEWORK_2019),
        *_judgements(_PROVISION, _FOUR, always=False, since=_FRAMEWORK_2015),
    ),
    source=EDUCATION_INSPECTION_FRAMEWORK,
    note="from September 2012, when the grade 'requires improvement' took the place of 'satisfactory' (Ofsted News, August 2012, "
    "as reported); the judgements beside the overall one are those of the common inspection framework from 1 September 2015 and "
    "of the education inspection framework from September 2019, and those of before were not read",
)
"""September 2012 to 1 September 2024: four grades, and one of them for overall effectiveness."""

SCHOOL_UNGRADED_TO_2024 = Regime(
    key="school_ungraded_to_2024",
    title="Ungraded school inspection (2018 to 2024)",
    family=Family.SCHOOL,
    inspected_by=_OFSTED,
    since=dt.date(2018, 1, 1),
    until=_NO_OVERALL - _DAY,
    activities=(_UNGRADED,),
    judgements=(
        Judgement(
            key="ungraded_inspection_outcome",
            title="Ungraded inspection outcome",
            scale=Scale.of(
                "school_ungraded_to_2024",
                "outcomes",
                "School remains Outstanding",
                "School remains Outstanding (Concerns) - S5 Next",
                "School remains Good (Improving) - S5 Next",
                "School remains Good",
                "School remains Good (Concerns) - S5 Next",
                ordered=False,
            ),
            activities="ungraded_inspection",
            also=("ungraded inspection overall outcome",),
        ),
    ),
    source=UNGRADED_OUTCOMES,
    note="an outcome says how the school stands to the grade it has; it is no grade and changes none",
)
"""2018 to 1 September 2024: whether a good or outstanding school remains so, and whether a graded inspection is next."""

_KEY = _four_grades("school_key_judgements")

SCHOOL_KEY_JUDGEMENTS = Regime(
    key="school_key_judgements",
    title="School inspection by key judgements",
    family=Family.SCHOOL,
    inspected_by=_OFSTED,
    since=_NO_OVERALL,
    until=_REPORT_CARDS - _DAY,
    activities=(_GRADED, _MONITORING),
    judgements=(*_judgements(_KEY_JUDGEMENTS_2019, _KEY), *_judgements(_PROVISION, _KEY, always=False)),
    source=NO_OVERALL_FOR_SCHOOLS,
    note="no overall effectiveness: a share of schools that are good or outstanding cannot be worked out from it",
)
"""2 September 2024 to 9 November 2025: four key judgements in four grades, and no overall one."""

SCHOOL_UNGRADED_FROM_2024 = Regime(
    key="school_ungraded_from_2024",
    title="Ungraded school inspection (2024 to 2025)",
    family=Family.SCHOOL,
    inspected_by=_OFSTED,
    since=dt.date(2024, 10, 7),
    until=_REPORT_CARDS - _DAY,
    activities=(_UNGRADED,),
    judgements=(
        Judgement(
            key="ungraded_inspection_outcome",
            title="Ungraded inspection outcome",
            scale=Scale.of(
                "school_ungraded_from_2024",
                "outcomes",
                "Improved significantly",
                "Standards maintained",
                "Some aspects not as strong",
                ordered=False,
            ),
            activities="ungraded_inspection",
            also=("ungraded inspection overall outcome",),
        ),
    ),
    source=UNGRADED_OUTCOMES,
    note="there are no ungraded inspections under report cards",
)
"""7 October 2024 to 9 November 2025: whether standards were kept since the inspection before."""

_FIVE = Scale.of(
    "school_report_card",
    "grades",
    "exceptional",
    "strong standard",
    "expected standard",
    ("needs attention", "attention needed"),
    "urgent improvement",
)
_EVALUATION_AREAS = {
    "inclusion": "Inclusion",
    "curriculum_and_teaching": "Curriculum and teaching",
    "achievement": "Achievement",
    "attendance_and_behaviour": "Attendance and behaviour",
    "personal_development_and_well_being": "Personal development and well-being",
    "leadership_and_governance": "Leadership and governance",
}

SCHOOL_REPORT_CARD = Regime(
    key="school_report_card",
    title="School report card",
    family=Family.SCHOOL,
    inspected_by=_OFSTED,
    since=_REPORT_CARDS,
    activities=(_GRADED, _MONITORING),
    judgements=(
        *_judgements(_EVALUATION_AREAS, _FIVE),
        *_judgements({"early_years": "Early years", "post_16_provision": "Post-16 provision"}, _FIVE, always=False),
        Judgement(
            key="safeguarding",
            title="Safeguarding",
            scale=Scale.of("school_report_card", "safeguarding", "met", "not met"),
            activities="graded_inspection",
        ),
    ),
    source=REPORT_CARDS,
    note="Ofsted: the new grades can't be compared to the old ones. The areas are the columns of its management information, "
    "early years and post-16 provision where they apply, as several public programs that read it list them",
)
"""Since 10 November 2025: a five-point scale for each evaluation area, safeguarding met or not met, and no overall grade."""

_HOME = ("full_inspection",)
_HOME_GRADES = Scale.of(
    "childrens_home_sccif",
    "grades",
    "outstanding",
    "good",
    ("requires improvement to be good", "requires improvement"),
    "inadequate",
)

CHILDRENS_HOME_SCCIF = Regime(
    key="childrens_home_sccif",
    title="Social care common inspection framework: children's homes",
    family=Family.CHILDRENS_HOME,
    inspected_by=_OFSTED,
    since=dt.date(2017, 4, 1),
    activities=(
        Activity(key="full_inspection", title="Full inspection", carries_grades=True, is_full=True),
        Activity(key="interim_inspection", title="Interim inspection", carries_grades=True),
        Activity(key="monitoring_visit", title="Monitoring visit", carries_grades=False, also=("monitoring inspection",)),
    ),
    judgements=(
        Judgement(
            key="overall_experiences_and_progress",
            title="Overall experiences and progress of children and young people",
            scale=_HOME_GRADES,
            activities=_HOME,
            is_overall=True,
            also=("overall experiences and progress", "overall effectiveness"),
        ),
        Judgement(
            key="helped_and_protected",
            title="How well children and young people are helped and protected",
            scale=_HOME_GRADES,
            activities=_HOME,
        ),
        Judgement(
            key="leaders_and_managers", title="Effectiveness of leaders and managers", scale=_HOME_GRADES, activities=_HOME
        ),
        Judgement(
            key="effectiveness_since_the_full_inspection",
            title="Effectiveness since the full inspection",
            scale=Scale.of(
                "childrens_home_sccif",
                "interim",
                "improved effectiveness",
                "sustained effectiveness",
                "declined in effectiveness",
                ordered=False,
            ),
            activities="interim_inspection",
        ),
    ),
    source=CHILDRENS_HOMES_FRAMEWORK,
    note="an interim inspection says how the home stands to its last full inspection, and gives no grade of its own",
)
"""Since April 2017: four grades at a full inspection; three outcomes at an interim one."""
