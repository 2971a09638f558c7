"""EHC plans: the three limits of a request, and how each stands on a day."""

from __future__ import annotations

import datetime as dt
import enum
from types import NoneType

import attrs

from bucks_cs.ehcp.sources import (
    DETAINED_NO_PLAN_LIMIT,
    DETAINED_PLAN_LIMIT,
    DETAINED_REQUEST_LIMIT,
    NO_PLAN_LIMIT,
    PLAN_LIMIT,
    REQUEST_LIMIT,
)
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import AnySource, Dated, NoOfficialSource, Source
from bucks_cs.units import Quantity, quantity

__all__ = ["Deadline", "Stage", "Standing"]


class Stage(enum.Enum):
    """The three limits that run from the day a request is received.

    Source:
        SEND Regulations 2014, regulations 5(1) (6 weeks), 10(1) (16 weeks) and 13(2) (20 weeks); for a person in relevant youth
        accommodation the same regulations of the Detained Persons Regulations 2015.

    Example:
        >>> from bucks_cs.ehcp import Stage
        >>> [stage.value for stage in Stage]
        ['decision whether to assess', 'decision that no plan is to be issued', 'final plan']
    """

    ASSESS = "decision whether to assess"
    NO_PLAN = "decision that no plan is to be issued"
    PLAN = "final plan"

    def limit(self, *, detained: bool = False) -> Dated[Quantity]:
        """The weeks of the limit, by the date in force.

        Args:
            detained: Whether the person is in relevant youth accommodation.
        """
        general, of_detained = _LIMITS[self]
        return of_detained if detained else general


_LIMITS = {
    Stage.ASSESS: (REQUEST_LIMIT, DETAINED_REQUEST_LIMIT),
    Stage.NO_PLAN: (NO_PLAN_LIMIT, DETAINED_NO_PLAN_LIMIT),
    Stage.PLAN: (PLAN_LIMIT, DETAINED_PLAN_LIMIT),
}


class Standing(enum.Enum):
    """How a limit stands on a day."""

    MET = "met"
    LATE = "late"
    NOT_DUE = "not due yet"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    UNDECIDED = "undecided"
    """The 16 weeks bind a decision that there is to be *no* plan, and it is not known yet whether there is to be one."""
    DOES_NOT_ARISE = "does not arise"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """A mediation agreement or the Tribunal's order set times of their own (regulations 42, 44 and 45), not judged here."""
    NO_LIMIT = "no limit in force"


_in_words_of = of_kind(str, expected="text")
_amount = of_kind(Quantity, NoneType, expected="a quantity, or None")
_date_or_none = of_kind(dt.date, NoneType, expected="a date without a time of day, or None")


@attrs.frozen(kw_only=True)
class Deadline:
    """One limit of one request, as it stands on a day; `Plan.deadline` makes it.

    Args:
        stage: Which limit.
        standing: How it stands.
        as_at: The day it was asked for.
        due: The last day in time; None where no limit was in force.
        done: The day it was done, if it had been by ``as_at``.
        weeks_taken: From the request to ``done``, in weeks; None while it is not done.
        late_by: In days, from ``due`` to ``done``, or to ``as_at`` while it is not done; None where it is not past due.
        excused_by: What excuses it, in words; empty where nothing does.
        source: The regulation that sets the limit.

    Raises:
        InvalidValue: A part is of another kind.
    """

    stage: Stage = attrs.field(validator=of_kind(Stage, expected="a Stage"))
    standing: Standing = attrs.field(validator=of_kind(Standing, expected="a Standing"))
    as_at: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    due: dt.date | None = attrs.field(default=None, validator=_date_or_none)
    done: dt.date | None = attrs.field(default=None, validator=_date_or_none)
    weeks_taken: Quantity | None = attrs.field(default=None, validator=_amount)
    late_by: Quantity | None = attrs.field(default=None, validator=_amount)
    excused_by: tuple[str, ...] = attrs.field(default=(), validator=attrs.validators.deep_iterable(_in_words_of))
    source: AnySource = attrs.field(validator=of_kind(Source, NoOfficialSource, expected="a Source"))

    def __str__(self) -> str:
        due = "" if self.due is None else f", due by {self.due}"
        done = "" if self.done is None else f", done on {self.done}"
        days = 0 if self.late_by is None else int(self.late_by.magnitude)
        late = f" by {days:,} {'day' if days == 1 else 'days'}" if days else ""
        why = f" ({'; '.join(self.excused_by)})" if self.excused_by else ""
        weeks = "" if self.weeks_taken is None else f", {self.weeks_taken.magnitude:.1f} weeks after the request"
        standing = "late, excused" if self.standing is Standing.EXCUSED else self.standing.value
        return f"{self.stage.value}: {standing}{late}{why} at {self.as_at}{due}{done}{weeks}."


def need_day(what: str, day: object, *, not_before: dt.date = dt.date.min) -> None:
    """Refuses what is no plain date, or one before another; names the argument and repeats nothing of it."""
    if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
        raise InvalidValue(what=what, expected="a date without a time of day")
    if day < not_before:
        raise InvalidValue(what=what, expected="a date on or after the day the request was received")


def weeks_between(start: dt.date, end: dt.date) -> Quantity:
    """Weeks from one day to another, the first being day 0: a number that need not be whole."""
    return quantity((end - start).days / 7, "week")
