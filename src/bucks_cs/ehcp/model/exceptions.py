"""EHC plans: the exceptions to the limits, which limits each serves, and when."""

from __future__ import annotations

import datetime as dt
import enum
from types import NoneType

import attrs

from bucks_cs.ehcp.model.stages import Stage, need_day
from bucks_cs.ehcp.sources import SHORTEST_ABSENCE, WEEK_BEFORE_CLOSURE
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.units import in_unit

__all__ = ["ExceptionApplied", "ExceptionToTheLimit"]

_a_date = of_kind(dt.date, expected="a date without a time of day")
_a_date_or_none = of_kind(dt.date, NoneType, expected="a date without a time of day, or None")


class ExceptionToTheLimit(enum.Enum):
    """Why a limit need not be met: the four of regulation 10(4), and one that serves none of the authority's limits.

    Source:
        SEND Regulations 2014, regulation 10(4)(a) to (d), for the 16 weeks and, by regulation 13(3), for the 20; regulation
        5(4) for the 6 weeks, of which (a) was read: not verified: that its (b) to (d) are those of 10(4), which is how the
        Detained Persons Regulations 2015 repeat them. Regulation 8(2), a missed appointment, serves the 6 weeks that *another
        body* has to give advice, and none of these three.

    Example:
        >>> from bucks_cs.ehcp import ExceptionToTheLimit, Stage
        >>> ExceptionToTheLimit.SCHOOL_CLOSED.serves(Stage.ASSESS)
        True
        >>> ExceptionToTheLimit.MISSED_APPOINTMENT.serves(Stage.PLAN)
        False
        >>> ExceptionToTheLimit.EARLY_YEARS_CLOSED.serves(Stage.PLAN, detained=True)
        False
    """

    SCHOOL_CLOSED = "school closed"
    EARLY_YEARS_CLOSED = "early years provider closed"
    PERSONAL_CIRCUMSTANCES = "exceptional personal circumstances"
    ABSENT_FROM_AREA = "absent from the area"
    MISSED_APPOINTMENT = "missed appointment"

    def serves(self, stage: Stage, *, detained: bool = False) -> bool:
        """Whether the law has this exception for a limit at all, whatever the dates.

        Args:
            stage: The limit.
            detained: Whether the person is in relevant youth accommodation: their regulations have no early years provider.

        Raises:
            InvalidValue: ``stage`` is no `Stage`.
        """
        if not isinstance(stage, Stage):
            raise InvalidValue(what="stage", expected="a Stage")
        if self is ExceptionToTheLimit.EARLY_YEARS_CLOSED:
            return not detained
        return self is not ExceptionToTheLimit.MISSED_APPOINTMENT


_CLOSURES = (ExceptionToTheLimit.SCHOOL_CLOSED, ExceptionToTheLimit.EARLY_YEARS_CLOSED)
_FOUR_WEEKS = (*_CLOSURES, ExceptionToTheLimit.ABSENT_FROM_AREA)


@attrs.frozen(kw_only=True)
class ExceptionApplied:
    """An exception that applied to a request, with its days; that it made a limit impractical to meet is for whoever gives it.

    Args:
        reason: Which exception.
        first_day: The first day the school or provider was closed, the person away, or the circumstances there.
        last_day: The last such day, known or expected.
        advice_asked: For a closure: the day advice was asked of the school or provider; from a week before it closed to a week
            before it re-opened, which is the day after ``last_day``. None for the others.

    Raises:
        InvalidValue: It ended before it began; a closure or absence is shorter than four weeks; advice asked is missing for a
            closure, given for another reason, or outside the time that counts.

    Source:
        SEND Regulations 2014, regulation 10(4): closed "for a continuous period of not less than 4 weeks", advice requested
        "during a period beginning one week before" and "ending one week before the date on which it re-opens"; absent "for a
        continuous period of not less than 4 weeks". Both ends are counted as days of it: four weeks are 28 days.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.ehcp import ExceptionApplied, ExceptionToTheLimit
        >>> print(ExceptionApplied(reason=ExceptionToTheLimit.SCHOOL_CLOSED, first_day=dt.date(2023, 7, 22),
        ...     last_day=dt.date(2023, 9, 4), advice_asked=dt.date(2023, 7, 19)))
        school closed from 2023-07-22 to 2023-09-04, advice asked on 2023-07-19
    """

    reason: ExceptionToTheLimit = attrs.field(validator=of_kind(ExceptionToTheLimit, expected="an ExceptionToTheLimit"))
    first_day: dt.date = attrs.field(validator=_a_date)
    last_day: dt.date = attrs.field(validator=_a_date)
    advice_asked: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)

    def __attrs_post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise InvalidValue(what="ExceptionApplied.last_day", expected="a day on or after first_day")
        if self.reason in _FOUR_WEEKS and self.days < _four_weeks():
            raise InvalidValue(what="ExceptionApplied", expected="a closure or an absence of four weeks or more, 28 days")
        if (self.reason in _CLOSURES) != (self.advice_asked is not None):
            raise InvalidValue(what="ExceptionApplied.advice_asked", expected="a day for a closure, and for nothing else")
        if self.advice_asked is not None:
            earliest = (self.first_day - self.advice_asked).days
            latest = (self.last_day - self.advice_asked).days + 1
            week = int(in_unit(next(iter(WEEK_BEFORE_CLOSURE)).value, "day"))
            if earliest > week or latest < week:
                expected = "a day from a week before it closed to a week before it re-opened"
                raise InvalidValue(what="ExceptionApplied.advice_asked", expected=expected)

    @property
    def days(self) -> int:
        """How many days it lasted, the first and the last included."""
        return (self.last_day - self.first_day).days + 1

    def excuses(self, stage: Stage, *, received: dt.date, due: dt.date, detained: bool = False) -> bool:
        """Whether it excuses a limit that ran from one day to another.

        Circumstances must fall at least in part in the time of the limit; an absence must be of four weeks *within* it, as
        regulation 10(4)(d) has it; a closure counts where the advice was asked within it. For the 20 weeks the time is taken to
        be these 20: regulation 13(3) refers to reasons that 10(4) ties to its own 16, and no authority for either was found.

        Args:
            stage: The limit.
            received: The day it ran from.
            due: The day it ran to.
            detained: Whether the person is in relevant youth accommodation.

        Returns:
            True or False.

        Raises:
            InvalidValue: ``stage`` is no `Stage`, or ``received`` or ``due`` no date.
        """
        need_day("received", received)
        need_day("due", due)
        if not self.reason.serves(stage, detained=detained):
            return False
        if self.advice_asked is not None:
            return received <= self.advice_asked <= due
        within = (min(self.last_day, due) - max(self.first_day, received)).days + 1
        return within >= (_four_weeks() if self.reason in _FOUR_WEEKS else 1)

    def __str__(self) -> str:
        asked = "" if self.advice_asked is None else f", advice asked on {self.advice_asked}"
        return f"{self.reason.value} from {self.first_day} to {self.last_day}{asked}"


def _four_weeks() -> int:
    return int(in_unit(next(iter(SHORTEST_ABSENCE)).value, "day"))
