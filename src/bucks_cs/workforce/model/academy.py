"""The workforce: a cohort of the academy, the social workers who started in it together, and what became of them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Any

import attrs

from bucks_cs.errors import ImpossibleFigure, InvalidValue, MissingSource, of_kind
from bucks_cs.geography import area, area_key
from bucks_cs.indicators import definition_table
from bucks_cs.periods import Period, Snapshot
from bucks_cs.provenance import AnySource, DateBounds, NoOfficialSource, Source
from bucks_cs.units import Quantity, quantity
from bucks_cs.workforce.model.workers import WorkerRange

__all__ = ["AcademyCohort", "CohortStatus", "Qualification"]


class Qualification(enum.Enum):
    """What a source calls the social workers of a cohort: the two are not the same, and neither is put for the other.

    A newly qualified social worker is in her assessed and supported year; a qualified one may be anyone who is registered.
    """

    NEWLY_QUALIFIED = "newly qualified"
    QUALIFIED = "qualified"


class CohortStatus(enum.Enum):
    """Whether a cohort was counted, or is planned: a plan has a number of starters and no outcome."""

    COUNTED = "counted"
    PLANNED = "planned"


def _workers(given: Any) -> WorkerRange | None:
    return None if given is None else WorkerRange.read(given, what="AcademyCohort")


def _time(given: Any) -> Any:
    """A date is a snapshot; what is no time at all is refused by the validator."""
    return Snapshot(given) if isinstance(given, dt.date) and not isinstance(given, dt.datetime) else given


def _source(given: AnySource | None) -> AnySource:
    if not isinstance(given, (Source, NoOfficialSource)):
        raise MissingSource(what="a cohort of the academy")
    return given


_a_time = of_kind(Period, DateBounds, type(None), expected="a date, a period, DateBounds where no more is known, or None")


@attrs.frozen(kw_only=True)
class AcademyCohort:
    """Social workers who started in an academy within a stretch of time, and where they were by a later day.

    Each of them is in the academy (for six months in Buckinghamshire), in post in a team after it, or has left. What a source
    does not say stays None and is worked out nowhere but in the properties, from what it does say. A number is a `WorkerRange`: a
    whole number, a quantity of workers, or the least and the most of a range such as 10 to 20.

    Args:
        area: LA number, ONS code or name, kept as `bucks_cs.geography.area_key` has it.
        who: What the source calls them: qualified, or newly qualified.
        status: Whether they were counted or are planned.
        started_in: When they started: a date, a period, or `DateBounds` where no more is known; None where nothing is.
        as_at: The day of the counts below, or what bounds it; None where there are none.
        started: How many started.
        in_academy: How many were in the academy on the day.
        in_post: How many were in post in a team on the day, out of the academy.
        remaining: How many were in the service on the day, where the source does not tell the two before apart.
        left: How many had left by the day.
        source: Where the figures are from.
        note: What a reader should know.

    Raises:
        MissingSource: There is no source.
        ImpossibleFigure: The parts cannot make those who started, or ``in_academy`` and ``in_post`` those remaining; a number is
            below 0, or the most of a range is below its least.
        InvalidValue: A plan with an outcome, or a part of another kind; counts of a day before anybody started.
        UnitError: A quantity of something else than workers.
        UnknownArea: No look-up knows the area.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraphs 3.25 to 3.28, for
        what a cohort is made of.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.workforce import AcademyCohort, Qualification
        >>> cohort = AcademyCohort(area="825", who=Qualification.NEWLY_QUALIFIED, started_in=FinancialYear("2020-21"),
        ...     as_at=dt.date(2022, 3, 31), started=20, in_academy=0, in_post=15, source=NoOfficialSource(reason="made up"))
        >>> print(cohort)
        20 newly qualified social workers started in Buckinghamshire's academy in 2020-21; on 31 March 2022: 0 in the academy,
        15 in post. Source: no official source: made up.
        >>> print(cohort.gone)
        5 workers
    """

    area: str = attrs.field(converter=area_key)
    who: Qualification = attrs.field(validator=of_kind(Qualification, expected="a Qualification"))
    status: CohortStatus = attrs.field(
        default=CohortStatus.COUNTED, validator=of_kind(CohortStatus, expected="a CohortStatus")
    )
    started_in: Period | DateBounds | None = attrs.field(default=None, converter=_time, validator=_a_time)
    as_at: Period | DateBounds | None = attrs.field(default=None, converter=_time, validator=_a_time)
    started: WorkerRange | None = attrs.field(default=None, converter=_workers)
    in_academy: WorkerRange | None = attrs.field(default=None, converter=_workers)
    in_post: WorkerRange | None = attrs.field(default=None, converter=_workers)
    remaining: WorkerRange | None = attrs.field(default=None, converter=_workers)
    left: WorkerRange | None = attrs.field(default=None, converter=_workers)
    source: AnySource = attrs.field(default=None, converter=_source)
    note: str = attrs.field(default="", validator=of_kind(str, expected="text"))

    def __attrs_post_init__(self) -> None:
        counts = (self.in_academy, self.in_post, self.remaining, self.left)
        if self.status is CohortStatus.PLANNED and (self.as_at is not None or any(part is not None for part in counts)):
            raise InvalidValue(what="AcademyCohort", expected="no outcome and no as_at of a cohort that is planned")
        if self.status is CohortStatus.PLANNED and self.started is None:
            raise InvalidValue(what="AcademyCohort.started", expected="how many are planned to start")
        if self.status is CohortStatus.COUNTED and self.started is None and all(part is None for part in counts):
            raise InvalidValue(what="AcademyCohort", expected="at least one count")
        self._need_order()
        _need_whole({"in_academy": self.in_academy, "in_post": self.in_post}, self.remaining, whole="remaining")
        for parts in self._ways:
            _need_whole({name: getattr(self, name) for name in parts}, self.started, whole="started")

    @property
    def _ways(self) -> tuple[tuple[str, ...], ...]:
        """The parts that make those who started: those remaining stand for the two that they are made of."""
        return (("in_academy", "in_post", "left"), ("remaining", "left"))

    def _need_order(self) -> None:
        if self.started_in is not None and self.as_at is not None and _last(self.as_at) < _first(self.started_in):
            raise InvalidValue(what="AcademyCohort.as_at", expected="a day on or after the first that they may have started on")

    @property
    def in_service(self) -> WorkerRange | None:
        """How many were in the service on the day, in the academy or out of it; None where it does not follow.

        It is ``remaining`` as printed, else ``in_academy`` and ``in_post`` together, else those who started less those who left.
        """
        if self.remaining is not None:
            return self.remaining
        if self.in_academy is not None and self.in_post is not None:
            return self.in_academy.plus(self.in_post)
        return self.started.less(self.left) if self.started is not None and self.left is not None else None

    @property
    def gone(self) -> WorkerRange | None:
        """How many had left by the day, as printed or as the others leave it; None where it does not follow."""
        if self.left is not None:
            return self.left
        there = self.in_service
        return None if self.started is None or there is None else self.started.less(there)

    @property
    def starting(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that one of them may have started on; None where nothing is known of it."""
        return None if self.started_in is None else (_first(self.started_in), _last(self.started_in))

    @property
    def counted_on(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day that the counts may be of; None where nothing is known of it."""
        return None if self.as_at is None else (_first(self.as_at), _last(self.as_at))

    @property
    def months_followed(self) -> tuple[Quantity, Quantity] | None:
        """The fewest and the most whole months that one of them may have served by the day; None where a day is not known.

        Example:
            >>> from bucks_cs.record import academy
            >>> print(*academy().to_june_2022.months_followed)
            0 month 45 month
        """
        if self.starting is None or self.counted_on is None:
            return None
        shortest = max(0, months_served(self.starting[1], self.counted_on[0]))
        return quantity(shortest, "month"), quantity(months_served(self.starting[0], self.counted_on[1]), "month")

    def __str__(self) -> str:
        people = "social workers" if self.started is None else f"{self.started.numbers} {self.who.value} social workers"
        if self.started is None:
            people = f"{self.who.value.capitalize()} social workers"
        verb = "are planned to start" if self.status is CohortStatus.PLANNED else "started"
        when = "" if self.started_in is None else f" {_in_words(self.started_in)}"
        counts = ", ".join(self._counts_in_words())
        then = "" if not counts else f"; {_on_words(self.as_at)}: {counts}"
        return f"{people} {verb} in {area(self.area).name}'s academy{when}{then}. Source: {self.source}."

    def _counts_in_words(self) -> Sequence[str]:
        said = {"in_academy": "in the academy", "in_post": "in post", "remaining": "remaining in the service", "left": "left"}
        there = {words: getattr(self, name) for name, words in said.items()}
        return [f"{count.numbers} {words}" for words, count in there.items() if count is not None]

    def _repr_html_(self) -> str:
        said = {"Who": f"{self.who.value} social workers", "Status": self.status.value}
        times = {"Started in": self.started_in, "As at": self.as_at}
        said |= {name: "not known" if time is None else str(time) for name, time in times.items()}
        for name in ("started", "in_academy", "in_post", "remaining", "left"):
            count = getattr(self, name)
            said[name.replace("_", " ").capitalize()] = "not known" if count is None else count.numbers
        said |= {"Source": str(self.source)} | ({"Note": self.note} if self.note else {})
        return definition_table(f"Academy cohort, {area(self.area).name}", said)


def _need_whole(parts: dict[str, WorkerRange | None], total: WorkerRange | None, *, whole: str) -> None:
    """Parts that are known are not above the whole, and where all are known they can make it."""
    known = [part for part in parts.values() if part is not None]
    if total is None or not known:
        return
    names = " + ".join(name for name, part in parts.items() if part is not None)
    if sum(part.fewest for part in known) > total.highest:
        raise ImpossibleFigure(what="AcademyCohort", why=f"{names} is above {whole}")
    if len(known) == len(parts) and sum(part.highest for part in known) < total.fewest:
        raise ImpossibleFigure(what="AcademyCohort", why=f"{names} is below {whole}")


def months_served(start: dt.date, on: dt.date) -> int:
    """Whole months from one day to another, as `bucks_cs.frames.dates.whole_months_between` counts them.

    Args:
        start: The first day.
        on: The other.
    """
    apart = (on.year - start.year) * 12 + on.month - start.month
    return apart - 1 if on.day < start.day else apart


def _first(time: Period | DateBounds) -> dt.date:
    return time.earliest if isinstance(time, DateBounds) else time.start


def _last(time: Period | DateBounds) -> dt.date:
    return time.latest if isinstance(time, DateBounds) else time.end


def _in_words(time: Period | DateBounds) -> str:
    return str(time) if isinstance(time, DateBounds) else f"{'on' if isinstance(time, Snapshot) else 'in'} {time}"


def _on_words(time: Period | DateBounds | None) -> str:
    return "on a day that is not known" if time is None else _in_words(time)
