"""Attainment: what is measured at the end of each stage, and where each series is not what it was before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bucks_cs.attainment.sources import (
    EDUCATION_HUB,
    KEY_STAGE_2_ANSWER,
    KEY_STAGE_2_HEADLINES,
    KEY_STAGE_2_RELEASE_2022,
    KEY_STAGE_4_METHODOLOGY,
    KEY_STAGE_4_RELEASE_2021,
    MEAN_GRADE_METHODOLOGY,
    TOOL_A_LEVEL_POINTS,
    TOOL_ATTAINMENT_8,
    TOOL_DICTIONARY,
    TOOL_ENGLISH_AND_MATHEMATICS,
    TOOL_GOOD_LEVEL,
    TOOL_KEY_STAGE_2,
    TOOL_PHONICS,
)
from bucks_cs.geography import england
from bucks_cs.indicators import Better, Break, Indicator, Kind, Measure

__all__ = [
    "ATTAINMENT_8",
    "A_LEVEL_POINTS",
    "ENGLISH_AND_MATHEMATICS",
    "GOOD_LEVEL_OF_DEVELOPMENT",
    "KEY_STAGE_2",
    "MEAN_GCSE_GRADE",
    "PHONICS",
]

_NOT_HELD = "no results of 2019/20 and 2020/21, since assessments were cancelled in the pandemic"


def _break(day: tuple[int, int, int], what: str, source: Any, *, area: str | None = None) -> Break:
    return Break(on=dt.date(*day), what=what, certain=True, area=area, source=source)


# Grades, of which every measure at 16 and after is made.
_GRADES = (
    _break((2019, 8, 1), "grades of centres or calculated, and no examinations, in 2019/20", KEY_STAGE_4_RELEASE_2021),
    _break((2020, 8, 1), "grades assessed by teachers in 2020/21", KEY_STAGE_4_RELEASE_2021),
    _break((2021, 8, 1), "examinations again in 2021/22, graded in another way than before", KEY_STAGE_4_METHODOLOGY),
    _break((2022, 8, 1), "pre-pandemic grading again in 2022/23, with some protections", KEY_STAGE_4_METHODOLOGY),
)
_SCORES = (
    _break((2016, 8, 1), "Attainment 8 of 2016/17 has a maximum of 87, and that of 2015/16 of 80", TOOL_DICTIONARY),
    _break((2017, 8, 1), "Attainment 8 has a maximum of 90 from 2017/18", TOOL_DICTIONARY),
)


def _indicator(key: str, title: str, counts: str, *, unit: str, leaves_out: str = "", breaks: Any, sources: Any) -> Indicator:
    return Indicator(
        key=f"attainment.{key}",
        title=title,
        counts=counts,
        leaves_out=leaves_out,
        measure=Measure.SHARE if unit == "percent" else Measure.MEAN,
        kind=Kind.FLOW,
        unit=unit,
        better=Better.HIGHER,
        sources=sources,
        breaks=breaks,
    )


GOOD_LEVEL_OF_DEVELOPMENT = _indicator(
    "good_level_of_development",
    "Children with a good level of development, early years foundation stage",
    "children at the expected level for the 12 early learning goals of the three prime areas, literacy and mathematics, at the "
    "end of the year in which they turn 5, out of all children assessed",
    unit="percent",
    breaks=(_break((2021, 8, 1), f"the profile was revised in September 2021; {_NOT_HELD}", TOOL_DICTIONARY),),
    sources=(TOOL_GOOD_LEVEL, TOOL_DICTIONARY),
)
"""In percent of children assessed; it cannot be compared directly with years before 2021/22."""

PHONICS = _indicator(
    "phonics",
    "Pupils who met the expected standard in phonics, year 1",
    "pupils of year 1 with 32 or more of 40 in the phonics screening check, out of all pupils of year 1",
    unit="percent",
    breaks=(_break((2021, 8, 1), f"the first results after the pandemic: {_NOT_HELD}", TOOL_DICTIONARY),),
    sources=(TOOL_PHONICS, TOOL_DICTIONARY),
)
"""In percent of pupils of year 1."""

KEY_STAGE_2 = _indicator(
    "key_stage_2",
    "Pupils at the expected standard in reading, writing and mathematics, key stage 2",
    "pupils at the end of key stage 2 who reached the expected standard in all three of reading, writing and mathematics: a "
    "scaled score of 100 or more in the two tests, and working at the expected standard or at greater depth in writing; out of "
    "all eligible pupils",
    leaves_out="pupils who reached it in one or two of the three",
    unit="percent",
    breaks=(
        _break(
            (2018, 8, 1),
            "the tool's England is that of the table of authorities and regions, without hospital schools",
            TOOL_DICTIONARY,
            area=england().key,
        ),
        _break(
            (2021, 8, 1),
            f"the first results after the pandemic, in which these pupils' learning was disrupted; {_NOT_HELD}; the assessments "
            "and their standards stayed as in 2019",
            KEY_STAGE_2_RELEASE_2022,
        ),
    ),
    sources=(TOOL_KEY_STAGE_2, KEY_STAGE_2_HEADLINES, KEY_STAGE_2_ANSWER),
)
"""In percent of eligible pupils, rounded to the nearest whole one where it is published.

Not verified: that writing of 2015/16 and 2016/17 cannot be compared with later years, as a change of the teacher assessment
framework in 2017/18 suggests. The ambition's line begins in 2018/19.
"""

ENGLISH_AND_MATHEMATICS = _indicator(
    "english_and_mathematics",
    "Pupils with grades 9 to 4 in English and mathematics",
    "pupils at the end of key stage 4 with a grade 4 or above in mathematics and in English language or English literature, "
    "out of all pupils at the end of it, of state-funded schools",
    leaves_out="how far above or below grade 4 a result lies: this is a share, and no mean grade",
    unit="percent",
    breaks=_GRADES,
    sources=(TOOL_ENGLISH_AND_MATHEMATICS, TOOL_DICTIONARY),
)
"""In percent of pupils of state-funded schools."""

ATTAINMENT_8 = _indicator(
    "attainment_8",
    "Average Attainment 8 score per pupil",
    "points of up to 8 qualifications, English and mathematics counted twice, for each pupil at the end of key stage 4 in a "
    "state-funded school",
    unit="dimensionless",
    breaks=(*_SCORES, *_GRADES),
    sources=(TOOL_ATTAINMENT_8, TOOL_DICTIONARY),
)
"""A score from 0 to 90, per pupil of state-funded schools."""

A_LEVEL_POINTS = _indicator(
    "a_level_points",
    "Average point score per A level entry",
    "points for each A level entry of the A level cohort",
    unit="dimensionless",
    breaks=_GRADES,
    sources=(TOOL_A_LEVEL_POINTS, TOOL_DICTIONARY),
)
"""A score, per entry."""

MEAN_GCSE_GRADE = _indicator(
    "mean_gcse_grade",
    "Mean GCSE grade in English language and mathematics",
    "GCSE grades from 9 to 1 in English language and mathematics, as a mean",
    leaves_out="English literature; and it is no share of pupils at grade 5 or above: every pupil's grade counts in it",
    unit="grade",
    breaks=_GRADES,
    sources=(MEAN_GRADE_METHODOLOGY, EDUCATION_HUB),
)
"""In grades. No file of authorities has it: the White Paper introduced it, with a paper on how to work it out."""
