"""Attainment: where the two national ambitions and the measures are published, and what could not be read there."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, NoOfficialSource, Source, published

__all__ = [
    "AMBITIONS_IN_THE_COMMONS",
    "EDUCATION_HUB",
    "KEY_STAGE_2_ANSWER",
    "KEY_STAGE_2_HEADLINES",
    "KEY_STAGE_2_RELEASE_2022",
    "KEY_STAGE_4_METHODOLOGY",
    "KEY_STAGE_4_RELEASE_2021",
    "LEVELLING_UP",
    "MEAN_GRADE_METHODOLOGY",
    "NO_PUBLISHED_LINE",
    "OPPORTUNITY_FOR_ALL",
    "TOOL_A_LEVEL_POINTS",
    "TOOL_ATTAINMENT_8",
    "TOOL_DICTIONARY",
    "TOOL_ENGLISH_AND_MATHEMATICS",
    "TOOL_GOOD_LEVEL",
    "TOOL_KEY_STAGE_2",
    "TOOL_PHONICS",
]

_DFE, _TOOL = "Department for Education", "Local authority interactive tool"


def _in_the_tool(measure: str, updated: dt.date) -> Source:
    note = "the date is the data dictionary's own 'Last Update' of the measure"
    return Source(title=_TOOL, publisher=_DFE, date=updated, place=f"measure {measure}", note=note)


TOOL_GOOD_LEVEL = _in_the_tool("FSP_NEW_GOODDEV", dt.date(2025, 11, 1))
TOOL_PHONICS = _in_the_tool("KS1P_all", dt.date(2025, 10, 1))
TOOL_KEY_STAGE_2 = _in_the_tool("KS2RWM_Expected_STD", dt.date(2025, 12, 1))
TOOL_ATTAINMENT_8 = _in_the_tool("AVG_Attain8_Score", dt.date(2026, 2, 1))
TOOL_ENGLISH_AND_MATHEMATICS = _in_the_tool("EngMaths9-4", dt.date(2026, 2, 1))
TOOL_A_LEVEL_POINTS = _in_the_tool("APSE_Alevel", dt.date(2026, 3, 1))

OPPORTUNITY_FOR_ALL = Source(
    title="Opportunity for all: strong schools with great teachers for your child",
    publisher=_DFE,
    date=dt.date(2022, 3, 28),
    place="the two ambitions for 2030",
    url="https://www.gov.uk/government/publications/opportunity-for-all-strong-schools-with-great-teachers-for-your-child",
    note="the wording is that of the Department's own article and of the Secretary of State's statement of the same day; not "
    "verified: the page of the paper, and its number as a command paper (CP 650)",
)
"""The Schools White Paper of March 2022."""

EDUCATION_HUB = Source(
    title="How we're raising standards in our schools and colleges: what the Schools White Paper means for you",
    publisher=_DFE,
    date=dt.date(2022, 3, 28),
    place="Better education",
    url="https://educationhub.blog.gov.uk/2022/03/28/"
    "how-were-raising-standards-in-our-schools-and-colleges-what-the-schools-white-paper-means-for-you/",
    note='"by 2030, 90% of children will leave primary school having achieved the expected standard in reading, writing and '
    'maths, up from 65% in 2019" and "increase the national GCSE average grade in both English language and in maths from 4.5 '
    'in 2019 to 5 by 2030"; read in a copy of the article',
)
"""The Department's own account of the White Paper, which has both ambitions with both baselines."""

AMBITIONS_IN_THE_COMMONS = Source(
    title="House of Commons debates, volume 711",
    publisher="Hansard",
    date=dt.date(2022, 3, 28),
    place="Schools White Paper, the Secretary of State's statement",
    url="https://hansard.parliament.uk/Commons/2022-03-28/debates/9A4CD42B-7990-43ED-91FD-B9A99F362EBC/details",
    note='"A child who goes from a grade 2 to a grade 3, or one who goes from a grade 8 to a grade 9, contributes to that '
    'ambition as much as a child on the borderline who may go up from a grade 4 to a grade 5": a mean grade, and no share',
)

LEVELLING_UP = Source(
    title="Levelling Up the United Kingdom",
    publisher="Department for Levelling Up, Housing and Communities",
    date=dt.date(2022, 2, 2),
    place="mission 5",
    note="adds to the 90% that the percentage in the worst performing areas will have increased by over a third, and sets "
    "no figure for any one authority; read as others quote it",
)

MEAN_GRADE_METHODOLOGY = Source(
    title="Methodology for obtaining mean GCSE grades for English language and mathematics",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2022, 3, 28),
        latest=dt.date(2022, 5, 18),
        why="added to the page of the White Paper after it was first published, and before the page was last updated",
    ),
    place="the whole of it",
    url="https://www.gov.uk/government/publications/opportunity-for-all-strong-schools-with-great-teachers-for-your-child",
    note="not verified: its text was not to be had, so that whether the mean is over both subjects together or is meant of each, "
    "which pupils it is of, and what an ungraded result counts, are open",
)

NO_PUBLISHED_LINE = NoOfficialSource(
    reason="no year-by-year path to either ambition was found in what the government published of them: a straight line from "
    "the baseline to 2030 is this library's own choice"
)

KEY_STAGE_2_HEADLINES = Source(
    title="Key stage 2 attainment: national headlines, academic year 2021/22",
    publisher=_DFE,
    date=dt.date(2022, 7, 5),
    place="data guidance, footnote 2",
    note='"reached the expected standard in all of reading, writing and maths": a scaled score of 100 or above in the tests of '
    "reading and maths, and a teacher assessment of 'working at the expected standard' or 'working at greater depth' in "
    "writing; the data set is rounded to 0 decimal places, and its England is of all schools: 65 in 2018/19",
)

KEY_STAGE_2_ANSWER = Source(
    title="Written question 32618, National Curriculum Tests",
    publisher="House of Commons",
    date=dt.date(2022, 7, 15),
    place="answer of the Department for Education",
    url="https://www.parallelparliament.co.uk/question/32618/national-curriculum-tests",
    note='"Unlike GCSE and A level exams, key stage 2 assessments were not adapted for pupils in 2022, and the expected '
    'standards in the assessments remained the same as in 2019"',
)

KEY_STAGE_2_RELEASE_2022 = Source(
    title="Key stage 2 attainment, academic year 2021/22",
    publisher=_DFE,
    date=published("2022"),
    place="headline facts and figures",
    note='"These pupils experienced disruption to their learning during the pandemic"',
)

KEY_STAGE_4_RELEASE_2021 = Source(
    title="Key stage 4 performance, academic year 2020/21",
    publisher=_DFE,
    date=published("2021"),
    place="introduction",
    note='"2020/21 pupil attainment data should not be directly compared to pupil attainment data from previous years for the '
    "purposes of measuring year on year changes\"; of 2019/20 grades were the higher of the centre's and the calculated one",
)

KEY_STAGE_4_METHODOLOGY = Source(
    title="Key stage 4 performance: methodology",
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2023, 10, 1),
        latest=dt.date(2025, 12, 31),
        why="it tells of the releases of 2022/23 and 2023/24, and has no date of its own",
    ),
    place="changes in the 2021/22, 2022/23 and 2023/24 releases",
    url="https://explore-education-statistics.service.gov.uk/methodology/key-stage-4-performance-methodology",
    note="in 2021/22 grades were awarded in another way than before; pre-pandemic grading returned in 2022/23",
)

TOOL_DICTIONARY = Source(
    title=_TOOL,
    publisher=_DFE,
    date=DateBounds(
        earliest=dt.date(2025, 10, 1),
        latest=dt.date(2026, 3, 1),
        why="its measures of attainment have dates of their own between the two",
    ),
    place="data dictionary, Description and Methodology of the measure",
)
