"""The record: what was done about Buckinghamshire's services beside inspecting them, each of its legal kind."""

from __future__ import annotations

import datetime as dt
import functools

from bucks_cs.inspections import Intervention, InterventionKind
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record.inspections import some_day_of
from bucks_cs.record.officially.releases import AREA_SEND
from bucks_cs.record.papers import document

__all__ = ["interventions"]

_DIRECTION = Source(
    title="Buckinghamshire county council: report on children's social care",
    publisher="Department for Education",
    date=dt.date(2018, 7, 12),
    place="details",
    url="https://www.gov.uk/government/publications/buckinghamshire-county-council-report-on-childrens-social-care",
    note="'DfE issued a statutory direction to Buckinghamshire county council on 12 July 2018'; read in a copy of the page",
)

_BUCKS = "825"
_TOLD = dt.date(2022, 10, 11)
"""The day of the report to Cabinet, the last day of which the papers speak."""
_LIFTED = DateBounds(
    earliest=dt.date(2021, 12, 17),
    latest=_TOLD,
    why="after the inspection that ended on 17 December 2021, and by the report of 11 October 2022 that says so",
)


@functools.cache
def interventions() -> tuple[Intervention, ...]:
    """The interventions in Buckinghamshire beside its inspections, each of its legal kind, with dates as far as they are known.

    Returns:
        Four `bucks_cs.inspections.Intervention`: the statutory direction of July 2018, lifted after the inspection of December
        2021; the improvement notice of May 2021, which is not statutory and another instrument; support and supervision; and the
        written statement of action that the area SEND inspection asked for. Where no end is printed none is made up: how long
        each went on is not known beyond the day of the paper that speaks of it.

    Source:
        Department for Education, Buckinghamshire county council: report on children's social care, 12 July 2018; Buckinghamshire
        Council, minutes of the Select Committee on the improvement plan, and Children's Services Update, 11 October 2022,
        paragraphs 3.3 and 3.13; Ofsted, Area SEND inspection and revisit outcomes to 31 August 2022.

    Example:
        >>> from bucks_cs import record
        >>> for one in record.interventions():
        ...     print(one.kind.value, one.kind.is_statutory, one.holds(dt.date(2021, 5, 31)))
        statutory direction True True
        improvement notice False True
        support and supervision False False
        written statement of action True False
    """
    return _direction(), _notice(), _supervision(), _statement()


def _direction() -> Intervention:
    return Intervention(
        area=_BUCKS,
        kind=InterventionKind.STATUTORY_DIRECTION,
        title="Statutory direction",
        begun=dt.date(2018, 7, 12),
        ended=_LIFTED,
        source=_DIRECTION,
        source_of_end=document("cabinet-2022-10").source.at("3.3"),
        note="the report to Cabinet prints 'the revised Statutory Direction issued to Buckinghamshire in July 2018'",
    )


def _notice() -> Intervention:
    return Intervention(
        area=_BUCKS,
        kind=InterventionKind.IMPROVEMENT_NOTICE,
        title="Improvement notice",
        begun=some_day_of(2021, 5),
        known_to=dt.date(2021, 5, 31),
        source=document("improvement-plan-minutes-2021-22").source.at("item"),
        note="'the non-statutory Improvement Notice', while the direction of July 2018 was in force; what it is about and when "
        "it ended is not printed",
    )


def _supervision() -> Intervention:
    return Intervention(
        area=_BUCKS,
        kind=InterventionKind.SUPPORT_AND_SUPERVISION,
        title="Support and supervision",
        begun=_LIFTED,
        known_to=_TOLD,
        source=document("cabinet-2022-10").source.at("3.3"),
        note="'in line with all authorities who exit formal intervention'",
    )


def _statement() -> Intervention:
    return Intervention(
        area=_BUCKS,
        kind=InterventionKind.WRITTEN_STATEMENT_OF_ACTION,
        title="Written statement of action",
        begun=dt.date(2022, 5, 5),
        known_to=_TOLD,
        source=AREA_SEND,
        note="from the day Ofsted published its letter; the report to Cabinet (3.13) says that it was required, and no paper "
        "says when it was submitted",
    )
