"""Inspections: the frameworks and the files that say what is judged, since when and in which words."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, Source

__all__ = [
    "AREA_SEND_HANDBOOK",
    "AREA_SEND_OUTCOMES_TO_2022",
    "AREA_SEND_OUTCOMES_2023",
    "CHILDRENS_HOMES_FRAMEWORK",
    "EDUCATION_INSPECTION_FRAMEWORK",
    "ILACS_FRAMEWORK",
    "ILACS_OUTCOMES",
    "INTERVENTION_ANSWER",
    "NO_OVERALL_FOR_SCHOOLS",
    "PLAN_AFTER_AN_INSPECTION",
    "PRIORITY_ACTION_PLAN",
    "REPORT_CARDS",
    "SINGLE_INSPECTION_FRAMEWORK_GUIDANCE",
    "STATEMENT_AFTER_AN_AREA_REVIEW",
    "UNGRADED_OUTCOMES",
]

_OFSTED = "Ofsted"
_GOV_UK = "https://www.gov.uk/government/publications"

SINGLE_INSPECTION_FRAMEWORK_GUIDANCE = Source(
    title="Inspecting local authority children's services: single inspection framework guidance",
    publisher=_OFSTED,
    date=dt.date(2017, 11, 29),
    place="the page's own summary and its list of updates",
    note="first published on 23 April 2014 and withdrawn since; says that from 2018 the framework is kept 'for some "
    "re-inspections of inadequate children's services'; its update of 29 November 2017 took out the review of the local "
    "safeguarding children board. The judgements are those of the reports of Leeds (27 March 2015) and Manchester (21 December "
    "2017, a re-inspection). 'Coming into effect from November 2013' is of Ofsted's press release, New single framework for "
    "inspecting local authority services; 'We will no longer carry out re-inspections of inadequate local authorities using the "
    "single inspection framework' is of the framework of ILACS, as Children & Young People Now reported it on 17 September 2018",
)

ILACS_FRAMEWORK = Source(
    title="Inspecting local authority children's services",
    publisher=_OFSTED,
    date=dt.date(2024, 4, 5),
    place="framework, judgements and types of inspection",
    url=f"{_GOV_UK}/inspecting-local-authority-childrens-services-from-2018/inspecting-local-authority-childrens-services",
    note="first published in November 2017 (its paragraph 1), used from January 2018 (Leeds City Council's guide to it); its "
    "paragraphs on how often and how soon were not read",
)

ILACS_OUTCOMES = Source(
    title="Local authority inspection outcomes as at 31 March 2025",
    publisher=_OFSTED,
    date=dt.date(2025, 9, 25),
    place="worksheet ILACS_inspection_history",
    note="short and standard inspections since 2018; it has the first day of an inspection and not the last",
)

AREA_SEND_OUTCOMES_TO_2022 = Source(
    title="Area SEND inspection and revisit outcomes, 1 May 2016 to 31 August 2022",
    publisher=_OFSTED,
    date=dt.date(2022, 11, 17),
    place="worksheet Guidance",
)

AREA_SEND_OUTCOMES_2023 = Source(
    title="Area SEND inspections, management information, winter 2022 to 2023",
    publisher=_OFSTED,
    date=DateBounds(
        earliest=dt.date(2023, 8, 2), latest=dt.date(2023, 12, 31), why="undated: after the last report in it, and in that year"
    ),
    place="columns Inspection.outcome and Priority.action.plan.required.",
)

AREA_SEND_HANDBOOK = Source(
    title="Area SEND inspections: framework and handbook",
    publisher="Ofsted and the Care Quality Commission",
    date=dt.date(2025, 6, 6),
    place="framework, frequency and timing; outcomes",
    url=f"{_GOV_UK}/area-send-framework-and-handbook/area-send-inspections-framework-and-handbook",
    note="first published on 29 November 2022, for use from 2023",
)

EDUCATION_INSPECTION_FRAMEWORK = Source(
    title="Education inspection framework",
    publisher=_OFSTED,
    date=dt.date(2023, 7, 14),
    place="judgements made by inspectors; the grading scale",
    url=f"{_GOV_UK}/education-inspection-framework/education-inspection-framework-for-september-2023",
    note="for use from September 2019",
)

NO_OVERALL_FOR_SCHOOLS = Source(
    title="School inspection handbook",
    publisher=_OFSTED,
    date=dt.date(2024, 9, 16),
    place="the end of overall effectiveness for state-funded schools",
    note="announced on 2 September 2024; graded inspections went on from 23 September 2024; read as NAHT's questions and answers "
    "report it",
)

REPORT_CARDS = Source(
    title="Understanding Ofsted report cards and grades",
    publisher=_OFSTED,
    date=DateBounds(
        earliest=dt.date(2025, 9, 9), latest=dt.date(2025, 11, 10), why="undated: for inspections from 10 November 2025"
    ),
    place="whole page",
    url="https://www.gov.uk/guidance/understanding-ofsted-report-cards-and-grades",
    note="'the new grades can't be compared to the old ones: this is a different approach to inspection'",
)

UNGRADED_OUTCOMES = Source(
    title="State-funded school inspections and outcomes: management information",
    publisher=_OFSTED,
    date=DateBounds(
        earliest=dt.date(2018, 1, 1), latest=dt.date(2025, 11, 30), why="a file a month; the values are those of several of them"
    ),
    place="column Ungraded inspection overall outcome",
    note="the values, and since November 2025 the columns of report cards, as several public programs that read the file list "
    "them; the file itself was not read",
)

CHILDRENS_HOMES_FRAMEWORK = Source(
    title="Social care common inspection framework (SCCIF): children's homes",
    publisher=_OFSTED,
    date=DateBounds(
        earliest=dt.date(2017, 4, 1),
        latest=dt.date(2025, 12, 31),
        why="kept up to date, for use from April 2017; day not printed",
    ),
    place="sections 4 and 8",
    url="https://www.gov.uk/guidance/social-care-common-inspection-framework-sccif-childrens-homes",
)

PLAN_AFTER_AN_INSPECTION = Source(
    title="The Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007 (S.I. 2007/462)",
    publisher="Secretary of State for Education and Skills",
    date=dt.date(2007, 2, 19),
    place="on the written statement of section 137(3) of the Act",
    url="https://www.legislation.gov.uk/uksi/2007/462",
    note="in force from 1 April 2007. Section 137(3) has an authority state in writing what it will do in the light of a report, "
    "and by when. Its working days are not Saturdays, Sundays or bank holidays in England and Wales (regulation 1(2)). The "
    "regulation on the statement was not read: 'in line with current legislation, the local authority will need to submit a "
    "final action plan ... within 70 working days of receiving the letter' is Ofsted's word to Children & Young People Now of "
    "16 August 2018. Buckinghamshire's plan on the report of 11 February 2022 was due by 25 May 2022, which is 70 working days",
)
"""An authority's written statement of what it will do in the light of a report, and by when."""

STATEMENT_AFTER_AN_AREA_REVIEW = Source(
    title="The Children Act 2004 (Joint Area Reviews) Regulations 2015 (S.I. 2015/1792)",
    publisher="Secretary of State for Education",
    date=dt.date(2015, 10, 14),
    place="regulation 4, as its explanatory note gives it",
    url="https://www.legislation.gov.uk/uksi/2015/1792",
    note="in force from 9 November 2015; 'within 70 working days of receiving the report'",
)
"""The written statement of action after an area SEND inspection."""

INTERVENTION_ANSWER = Source(
    title="Children: Social Services, written answer HL1076",
    publisher="House of Lords",
    date=dt.date(2017, 7, 31),
    place="answer by Lord Nash",
    url="https://www.theyworkforyou.com/wrans/?id=2017-07-19.HL1076.h",
    note="statutory intervention is by direction under the Education Act 1996; an improvement notice is a non-statutory step",
)

PRIORITY_ACTION_PLAN = AREA_SEND_HANDBOOK.at("outcomes, the priority action plan (area SEND)")
"""What an area plans after the third outcome; whether law compels it was not verified."""
