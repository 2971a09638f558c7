"""The record: the cohorts of Buckinghamshire's Social Work Academy, as its two reports print them."""

from __future__ import annotations

import datetime as dt
import functools

import attrs

from bucks_cs.errors import of_kind
from bucks_cs.provenance import DateBounds
from bucks_cs.record.papers import document
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.units import Quantity
from bucks_cs.workforce import AcademyCohort, CohortStatus, Qualification, WorkerRange

__all__ = ["PrintedAcademy", "academy"]

_BUCKINGHAMSHIRE = "825"
_JANUARY_2020, _OCTOBER_2022 = "cabinet-minutes-2020-01/discussion-6.1", "cabinet-2022-10/3.28"
_BASIS = "headcount or full-time equivalents not stated"

_a_cohort = of_kind(AcademyCohort, expected="an AcademyCohort")
_a_duration = of_kind(Quantity, expected="a duration")


@attrs.frozen(kw_only=True)
class PrintedAcademy:
    """What is printed of the academy: two cohorts that were counted, two that were planned, and how long its parts are.

    The two counted ones are not added up: the ten of January 2020 may be among the sixty, and no source says. Neither are the two
    planned ones, which are of different times.

    Args:
        in_january_2020: Ten in the academy on 13 January 2020; how many had started is not printed.
        planned_in_january_2020: 10 to 20 more, with no date.
        to_june_2022: Sixty who had been through it, of whom 42 remained.
        planned_to_april_2023: A further sixty, by April 2023.
        in_academy: How long a newly qualified social worker is in the academy.
        in_team: How long she is in a team for the rest of her assessed and supported year.
    """

    in_january_2020: AcademyCohort = attrs.field(validator=_a_cohort)
    planned_in_january_2020: AcademyCohort = attrs.field(validator=_a_cohort)
    to_june_2022: AcademyCohort = attrs.field(validator=_a_cohort)
    planned_to_april_2023: AcademyCohort = attrs.field(validator=_a_cohort)
    in_academy: Quantity = attrs.field(validator=_a_duration)
    in_team: Quantity = attrs.field(validator=_a_duration)

    @property
    def cohorts(self) -> tuple[AcademyCohort, ...]:
        """The four, in the order they were printed."""
        return (self.in_january_2020, self.planned_in_january_2020, self.to_june_2022, self.planned_to_april_2023)

    def __str__(self) -> str:
        return "\n".join(map(str, self.cohorts))


@functools.cache
def academy() -> PrintedAcademy:
    """The cohorts of the Social Work Academy as printed in January 2020 and October 2022, with what is not printed left unknown.

    January 2020 says *qualified* social workers, October 2022 *newly qualified* ones, and neither is put for the other. "Between
    2019 and June 2022" has no first month; whether the 42 are counted in June 2022 or on the day of the report is not printed,
    nor how many of them are in the academy still. Those who left are nowhere printed: 18 follows, as `AcademyCohort.gone`.

    Returns:
        A `PrintedAcademy` of four cohorts, each with its source. A plan has no outcome, and "10-20" is a range.

    Source:
        Buckinghamshire County Council, minutes of Cabinet, 13 January 2020, discussion 6.1; Buckinghamshire Council, *Children's
        Services Update*, report to Cabinet, 11 October 2022, paragraphs 3.25 to 3.28; read through `bucks_cs.record.figure`.

    Example:
        >>> printed = academy()
        >>> for cohort in printed.cohorts:
        ...     print(cohort.who.value, cohort.status.value, cohort.started, cohort.in_service, cohort.gone, sep="; ")
        qualified; counted; None; None; None
        qualified; planned; 10 to 20 workers; None; None
        newly qualified; counted; 60 workers; 42 workers; 18 workers
        newly qualified; planned; 60 workers; None; None
        >>> print(printed.in_january_2020.in_academy, printed.in_academy, printed.in_team, sep="; ")
        10 workers; 6.0 month; 6.0 month
    """
    return PrintedAcademy(
        in_january_2020=_in_january_2020(),
        planned_in_january_2020=_planned_in_january_2020(),
        to_june_2022=_to_june_2022(),
        planned_to_april_2023=_planned_to_april_2023(),
        in_academy=_duration("first-months"),
        in_team=_duration("remaining-months"),
    )


def _in_january_2020() -> AcademyCohort:
    there, began = figure(f"{_JANUARY_2020}/academy-cohort"), figure("cabinet-2022-10/3.25/academy-created").period
    day = document("cabinet-minutes-2020-01").dated
    assert isinstance(day, dt.date)
    assert began is not None
    first = began.earliest if isinstance(began, DateBounds) else began.start
    why = "the academy was created in 2019, and they were in it on the later day"
    return AcademyCohort(
        area=_BUCKINGHAMSHIRE,
        who=Qualification.QUALIFIED,
        started_in=DateBounds(earliest=first, latest=day, why=why),
        as_at=day,
        in_academy=_workers(there),
        source=there.source,
        note=f"{_BASIS}; how many had started by then is not printed, nor whether these are among the 60 of October 2022",
    )


def _planned_in_january_2020() -> AcademyCohort:
    more = figure(f"{_JANUARY_2020}/academy-increase")
    return AcademyCohort(
        area=_BUCKINGHAMSHIRE,
        who=Qualification.QUALIFIED,
        status=CohortStatus.PLANNED,
        started=_workers(more),
        source=more.source,
        note=f"an increase by 10-20 and not to it, with no date; {_BASIS}. What kind of social worker is not said of these: that "
        "of the cohort named before them is taken",
    )


def _to_june_2022() -> AcademyCohort:
    through, remain = figure(f"{_OCTOBER_2022}/been-through"), figure(f"{_OCTOBER_2022}/remain")
    started_in, report = through.period, document("cabinet-2022-10").dated
    assert isinstance(started_in, DateBounds)
    assert isinstance(report, dt.date)
    counted = DateBounds(
        earliest=started_in.latest.replace(day=1),
        latest=report,
        why="of June 2022, in which the stretch ends, or of the report: print does not say which",
    )
    return AcademyCohort(
        area=_BUCKINGHAMSHIRE,
        who=Qualification.NEWLY_QUALIFIED,
        started_in=started_in,
        as_at=counted,
        started=_workers(through),
        remaining=_workers(remain),
        source=through.source,
        note=f"{_BASIS}; 'have been through the Academy' may leave out those in it still, and how many remain in it is not "
        "printed",
    )


def _planned_to_april_2023() -> AcademyCohort:
    further = figure(f"{_OCTOBER_2022}/planned")
    return AcademyCohort(
        area=_BUCKINGHAMSHIRE,
        who=Qualification.NEWLY_QUALIFIED,
        status=CohortStatus.PLANNED,
        started_in=further.period,
        started=_workers(further),
        source=further.source,
        note=f"a second 60, which the academy is expanded to support by April 2023; {_BASIS}",
    )


def _workers(printed: PrintedFigure) -> WorkerRange:
    ends = printed.ends
    assert ends is not None
    return WorkerRange(least=ends[0], most=ends[1])


def _duration(name: str) -> Quantity:
    found = figure(f"cabinet-2022-10/3.27/{name}").quantity
    assert found is not None
    return found
