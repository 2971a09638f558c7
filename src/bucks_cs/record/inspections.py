"""The record: what inspections found in Buckinghamshire, each in its own regime."""

from __future__ import annotations

import datetime as dt
import functools

from bucks_cs.inspections import (
    AREA_SEND_2016,
    CHILDRENS_HOME_SCCIF,
    ILACS,
    SINGLE_INSPECTION_FRAMEWORK,
    DatesAsGiven,
    InspectionOutcome,
)
from bucks_cs.periods import Month
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record.inspection_findings import areas_of_weakness, recommendations
from bucks_cs.record.officially.releases import AREA_SEND, INSPECTION_OUTCOMES, REINSPECTION_OF_2017
from bucks_cs.record.papers import document

__all__ = ["inspection_outcomes", "some_day_of"]

_BUCKS = "825"
_REQUIRES = "requires improvement to be good"
_CABINET, _MINUTES_2020 = "cabinet-2022-10", "cabinet-minutes-2020-01"

_REPORT_OF_2014 = Source(
    title="Buckinghamshire County Council: inspection of services for children in need of help and protection, children looked "
    "after and care leavers",
    publisher="Ofsted",
    date=dt.date(2014, 8, 8),
    place="page 1",
)
_REPORT_OF_2022 = Source(
    title="Inspection of Buckinghamshire Council children's services",
    publisher="Ofsted",
    date=dt.date(2022, 2, 11),
    place="page 1",
)


def _cabinet(place: str) -> Source:
    return document(_CABINET).source.at(place)


@functools.cache
def inspection_outcomes() -> tuple[InspectionOutcome, ...]:
    """What inspections found in Buckinghamshire: the authority, its area's SEND and a children's home, each in its own regime.

    Ofsted's list of authorities begins with ILACS, so that the two inspections before are taken from their reports. Where two
    sources have other dates for one inspection, both are kept: the area SEND inspection is from 7 March 2022 in Ofsted's list and
    from 28 February in the report to Cabinet.

    Returns:
        Eight `bucks_cs.inspections.InspectionOutcome`, in order of time: the single inspection framework in 2014 and 2017, the
        monitoring visit of October 2019 (no grades), the first inspection of a children's home in Aylesbury, ILACS in December
        2021, area SEND in March 2022, the annual conversation of July 2022 (no grades), and ILACS in January 2025.

    Source:
        Ofsted's reports of 8 August 2014, 29 January 2018 and 11 February 2022; Ofsted, Local authority inspection outcomes as at
        31 March 2025, and Area SEND inspection and revisit outcomes to 31 August 2022; the documents of this record.

    Example:
        >>> from bucks_cs import record
        >>> for outcome in record.inspection_outcomes():
        ...     print(outcome.regime.key, outcome.activity.key, outcome.overall)
        single_inspection_framework inspection inadequate
        single_inspection_framework inspection inadequate
        ilacs monitoring_visit NoGrade.NOT_GRADED
        childrens_home_sccif full_inspection good
        ilacs standard_inspection requires improvement to be good
        area_send_2016 inspection NoGrade.NOT_GRADED
        ilacs annual_conversation NoGrade.NOT_GRADED
        ilacs standard_inspection requires improvement to be good
    """
    return (
        _june_2014(),
        _november_2017(),
        _monitoring_visit(),
        _aylesbury_home(),
        _december_2021(),
        _area_send(),
        _july_2022(),
        _january_2025(),
    )


def _june_2014() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        regime=SINGLE_INSPECTION_FRAMEWORK,
        activity="inspection",
        start=dt.date(2014, 6, 3),
        end=dt.date(2014, 6, 25),
        published=dt.date(2014, 8, 8),
        judgements={
            "overall effectiveness": "inadequate",
            "children who need help and protection": "inadequate",
            "children looked after and achieving permanence": "inadequate",
            "adoption performance": "requires improvement",
            "experiences and progress of care leavers": "requires improvement",
            "leadership, management and governance": "inadequate",
            "local safeguarding children board": "inadequate",
        },
        source=_REPORT_OF_2014,
    )


def _november_2017() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        regime=SINGLE_INSPECTION_FRAMEWORK,
        activity="re-inspection",
        start=dt.date(2017, 11, 6),
        end=dt.date(2017, 11, 30),
        published=dt.date(2018, 1, 29),
        judgements={
            "overall effectiveness": "inadequate",
            "children who need help and protection": "inadequate",
            "children looked after and achieving permanence": "inadequate",
            "adoption performance": "good",
            "experiences and progress of care leavers": _REQUIRES,
            "leadership, management and governance": "inadequate",
        },
        source=REINSPECTION_OF_2017.at("page 1"),
    )


def _monitoring_visit() -> InspectionOutcome:
    source = document(_MINUTES_2020).source.at("Whyte 3 and Vouyioukas 2")
    return InspectionOutcome(
        area=_BUCKS,
        regime=ILACS,
        activity="monitoring visit",
        start=some_day_of(2019, 10),
        source=source,
        note="'limited progress in recruiting high quality, experienced social workers', and 'the leadership team had an "
        "accurate understanding of what was required', as the minutes report it; the report they point to is not among the "
        "documents",
    )


def _aylesbury_home() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        name="the new children's home in Aylesbury",
        regime=CHILDRENS_HOME_SCCIF,
        activity="full inspection",
        start=DateBounds(
            earliest=dt.date(2017, 4, 1),
            latest=dt.date(2020, 1, 13),
            why="no date is printed: the minutes of 13 January 2020 tell of it, and the framework is in use from April 2017",
        ),
        judgements={"overall experiences and progress": "good"},
        source=document(_MINUTES_2020).source.at("Whyte 6"),
        note="its first inspection; the minutes print 'good' and no more, which is taken for the overall judgement",
    )


def _december_2021() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        regime=ILACS,
        activity="standard inspection",
        start=dt.date(2021, 12, 6),
        end=dt.date(2021, 12, 17),
        published=dt.date(2022, 2, 11),
        judgements={
            "overall effectiveness": _REQUIRES,
            "impact of leaders on social work practice with children and families": _REQUIRES,
            "experiences and progress of children who need help and protection": _REQUIRES,
            "experiences and progress of children in care and care leavers": _REQUIRES,
        },
        recommendations=recommendations(),
        source=_REPORT_OF_2022,
    )


def _area_send() -> InspectionOutcome:
    printed = DatesAsGiven(start=dt.date(2022, 2, 28), end=dt.date(2022, 3, 11), source=_cabinet("3.10"))
    return InspectionOutcome(
        area=_BUCKS,
        regime=AREA_SEND_2016,
        activity="inspection",
        start=dt.date(2022, 3, 7),
        published=dt.date(2022, 5, 5),
        judgements={"written statement of action required": "yes"},
        number_of_weaknesses=3,
        areas_of_weakness=areas_of_weakness(),
        dates_elsewhere=printed,
        source=AREA_SEND,
        note="Ofsted's list has the first day, and says that inspections usually last five days; the report to Cabinet prints "
        "28 February to 11 March: neither is corrected",
    )


def _july_2022() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        regime=ILACS,
        activity="annual conversation",
        start=some_day_of(2022, 7),
        source=_cabinet("3.16"),
    )


def _january_2025() -> InspectionOutcome:
    return InspectionOutcome(
        area=_BUCKS,
        regime=ILACS,
        activity="standard inspection",
        start=dt.date(2025, 1, 27),
        published=dt.date(2025, 5, 14),
        judgements={
            "overall effectiveness": _REQUIRES,
            "impact of leaders on social work practice with children and families": _REQUIRES,
            "experiences and progress of children who need help and protection": _REQUIRES,
            "experiences and progress of children in care": "good",
            "experiences and progress of care leavers": _REQUIRES,
        },
        source=INSPECTION_OUTCOMES,
        note="after the documents of this record; Ofsted's list has the first day and not the last",
    )


def some_day_of(year: int, month: int) -> DateBounds:
    """A month as the bounds of a day of which no more is printed.

    Args:
        year: The year.
        month: The month.
    """
    days = Month.of(year, month)
    return DateBounds(earliest=days.start, latest=days.end, why="only the month is printed")
