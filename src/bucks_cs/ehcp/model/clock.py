"""EHC plans: the clock of the law, for the course of one request."""

from __future__ import annotations

import datetime as dt
from types import NoneType

import attrs

from bucks_cs.ehcp.model.course import course_in_words, refuse_what_cannot_be
from bucks_cs.ehcp.model.exceptions import ExceptionApplied
from bucks_cs.ehcp.model.outcomes import AssessmentOutcome, ChangedBy, ChangeOfDecision, RequestOutcome
from bucks_cs.ehcp.model.stages import Deadline, Stage, Standing, need_day, weeks_between
from bucks_cs.ehcp.sources import SEND_REGULATIONS_2014, SUSPENSION
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import InForce
from bucks_cs.units import Quantity, in_unit, quantity

__all__ = ["Plan"]

_a_date = of_kind(dt.date, expected="a date without a time of day")
_a_date_or_none = of_kind(dt.date, NoneType, expected="a date without a time of day, or None")
_yes_or_no = of_kind(bool, expected="True or False")


@attrs.frozen(kw_only=True)
class Plan:
    """The course of one request for an EHC needs assessment, to a plan where it came to one, and its limits in law.

    The fields have the names of the columns of `Journeys`. The day the request was received is day 0, and the last day in time
    is 42, 112 or 140 days after it, whatever day of the week that is.

    Args:
        received_date: The day the authority received the request, or became responsible for the child.
        relevant_youth_accommodation: Whether the person was detained there: the Detained Persons Regulations 2015 then apply.
        request_outcome: Whether there is to be an assessment; None while it is undecided.
        request_outcome_date: The day parent or young person was told; for a withdrawal it may be unknown.
        assessment_outcome: Whether there is to be a plan; None while it is undecided.
        assessment_outcome_date: The day they were told there is to be none (or, where there is to be one, of that decision).
        plan_start_date: The day the final plan was issued.
        cease_date: The day it ceased.
        exceptions: The exceptions that applied, each with its days.
        impractical_for_coronavirus: Whether coronavirus made a limit impractical that fell due in the suspension.
        changes: The refusals that were changed.

    Raises:
        InvalidValue: There is no day it was received; something was done before it; a decision has no day or a day no decision;
            a plan or an assessment followed a refusal that was not changed; a plan ceased that was never issued or before it was;
            coronavirus is given where no limit fell due in the suspension; a change has no refusal.

    Source:
        SEND Regulations 2014, regulations 5, 10 and 13; Detained Persons Regulations 2015, the same; S.I. 2020/471. "Within 20
        weeks *of* receiving" leaves the day itself out, where regulation 13(1)(a) has "15 days, *beginning with* the day". That a
        last day on a Sunday or bank holiday stays is read from silence (`NO_EXTENSION_FOR_HOLIDAYS`): no authority was found.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.ehcp import AssessmentOutcome, Plan, RequestOutcome, Stage
        >>> plan = Plan(received_date=dt.date(2024, 1, 8), request_outcome=RequestOutcome.ASSESS,
        ...     request_outcome_date=dt.date(2024, 2, 12), assessment_outcome=AssessmentOutcome.ISSUE,
        ...     plan_start_date=dt.date(2024, 6, 7))
        >>> plan.due(Stage.PLAN)
        datetime.date(2024, 5, 27)
        >>> print(plan.deadline(Stage.PLAN, as_at=dt.date(2024, 12, 31)))
        final plan: late by 11 days at 2024-12-31, due by 2024-05-27, done on 2024-06-07, 21.6 weeks after the request.
        >>> print(plan)
        Request received on 8 January 2024, assessment agreed on 12 February 2024, plan issued on 7 June 2024.
    """

    received_date: dt.date = attrs.field(validator=_a_date)
    relevant_youth_accommodation: bool = attrs.field(default=False, validator=_yes_or_no)
    request_outcome: RequestOutcome | None = attrs.field(
        default=None, validator=of_kind(RequestOutcome, NoneType, expected="a RequestOutcome, or None")
    )
    request_outcome_date: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)
    assessment_outcome: AssessmentOutcome | None = attrs.field(
        default=None, validator=of_kind(AssessmentOutcome, NoneType, expected="an AssessmentOutcome, or None")
    )
    assessment_outcome_date: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)
    plan_start_date: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)
    cease_date: dt.date | None = attrs.field(default=None, validator=_a_date_or_none)
    exceptions: tuple[ExceptionApplied, ...] = attrs.field(default=(), validator=of_kind(tuple, expected="a tuple"))
    impractical_for_coronavirus: bool = attrs.field(default=False, validator=_yes_or_no)
    changes: tuple[ChangeOfDecision, ...] = attrs.field(default=(), validator=of_kind(tuple, expected="a tuple"))

    def __attrs_post_init__(self) -> None:
        refuse_what_cannot_be(self)
        if self.impractical_for_coronavirus and not any(self._suspended(stage) for stage in Stage):
            raise InvalidValue(
                what="Plan.impractical_for_coronavirus",
                expected=f"a request with a limit that fell due from {'; '.join(map(str, SUSPENSION))}",
            )

    def due(self, stage: Stage) -> dt.date | None:
        """The last day in time for a stage.

        Args:
            stage: Which limit.

        Returns:
            A day, whatever day of the week it is; None where no limit was in force when the request was received.

        Raises:
            InvalidValue: ``stage`` is no `Stage`.

        Example:
            >>> import datetime as dt
            >>> from bucks_cs.ehcp import Plan, Stage
            >>> Plan(received_date=dt.date(2024, 2, 29)).due(Stage.ASSESS)
            datetime.date(2024, 4, 11)
            >>> print(Plan(received_date=dt.date(2014, 8, 31)).due(Stage.ASSESS))
            None
        """
        limit = self._limit(stage)
        return None if limit is None else self.received_date + dt.timedelta(days=int(in_unit(limit.value, "day")))

    def deadline(self, stage: Stage, *, as_at: dt.date) -> Deadline:
        """How one limit stands on a day, with what was known by then: what was done later has not been done yet.

        Args:
            stage: Which limit.
            as_at: The day; not before the request.

        Returns:
            A `Deadline`, whose `Standing` is met, late, not due yet, overdue, excused (by an exception or the suspension),
            undecided, one that does not arise, withdrawn, replaced by times of mediation or the Tribunal, or no limit in force.

        Raises:
            InvalidValue: ``stage`` is no `Stage`, or ``as_at`` no date or before the request.

        Example:
            >>> import datetime as dt
            >>> from bucks_cs.ehcp import Plan, Stage
            >>> print(Plan(received_date=dt.date(2023, 1, 2)).deadline(Stage.ASSESS, as_at=dt.date(2023, 2, 14)))
            decision whether to assess: overdue by 1 day at 2023-02-14, due by 2023-02-13.
        """
        need_day("as_at", as_at, not_before=self.received_date)
        limit, due, done = self._limit(stage), self.due(stage), self._done(stage, as_at)
        excuses = () if due is None else self._excuses(stage, due, as_at)
        standing = Standing.NO_LIMIT if due is None else self._standing(stage, due, done, as_at, excused=bool(excuses))
        over = None if due is None else max(((done or as_at) - due).days, 0)
        past_due = over and standing in {Standing.LATE, Standing.OVERDUE, Standing.EXCUSED}
        source = SEND_REGULATIONS_2014.at("regulation 1, in force from 1 September 2014") if limit is None else limit.source
        return Deadline(
            stage=stage,
            standing=standing,
            as_at=as_at,
            due=due,
            done=done,
            weeks_taken=None if done is None else weeks_between(self.received_date, done),
            late_by=quantity(over, "day") if past_due and over is not None else None,
            excused_by=excuses if standing is Standing.EXCUSED else (),
            source=source,
        )

    def deadlines(self, *, as_at: dt.date) -> tuple[Deadline, ...]:
        """How the three limits stand on a day.

        Args:
            as_at: The day; not before the request.

        Returns:
            A `Deadline` for each `Stage`, in their order.

        Raises:
            InvalidValue: As for `deadline`.
        """
        return tuple(self.deadline(stage, as_at=as_at) for stage in Stage)

    @property
    def exceptions_apply(self) -> bool:
        """Whether an exception serves the 20 weeks: what SEN2's ``Week20`` asks of an assessment.

        This is the law's answer, of regulation 13(3). A system in use answers 1 where an exception is recorded in *any* phase
        (`WEEK20_IN_USE`), so a flag from a return can be 1 where this is False. Coronavirus is none of the exceptions; whether
        authorities flagged it was not found.
        """
        due = self.due(Stage.PLAN)
        return due is not None and bool(self._exceptions(Stage.PLAN, due))

    def __str__(self) -> str:
        return course_in_words(self)

    # What is known by a day

    def _done(self, stage: Stage, as_at: dt.date) -> dt.date | None:
        """The day a stage was done, where it had been by then."""
        days = {
            Stage.ASSESS: self.request_outcome_date if self.request_outcome is not RequestOutcome.WITHDRAWN else None,
            Stage.NO_PLAN: self.assessment_outcome_date if self.assessment_outcome is AssessmentOutcome.NO_PLAN else None,
            Stage.PLAN: self.plan_start_date,
        }
        day = days[stage]
        return day if day is not None and day <= as_at else None

    def _standing(self, stage: Stage, due: dt.date, done: dt.date | None, as_at: dt.date, *, excused: bool) -> Standing:
        if done is not None and done <= due:
            return Standing.MET
        if self._replaced(stage, as_at):
            return Standing.REPLACED
        if done is not None:
            return Standing.EXCUSED if excused else Standing.LATE
        if not self._arises(stage, as_at):
            return Standing.DOES_NOT_ARISE
        if self._withdrawn(as_at):
            return Standing.WITHDRAWN
        if as_at <= due:
            return Standing.NOT_DUE
        if stage is Stage.NO_PLAN:
            return Standing.UNDECIDED
        return Standing.EXCUSED if excused else Standing.OVERDUE

    def _replaced(self, stage: Stage, as_at: dt.date) -> bool:
        """Whether what a mediation agreement or the Tribunal set has taken the place of a limit that comes after the refusal."""
        order = list(Stage)
        return any(
            change.by is not ChangedBy.AUTHORITY and change.on <= as_at and order.index(stage) > order.index(change.stage)
            for change in self.changes
        )

    def _arises(self, stage: Stage, as_at: dt.date) -> bool:
        refused = self._done(Stage.ASSESS, as_at) and self.request_outcome is RequestOutcome.REFUSE
        if stage is not Stage.ASSESS and refused and not self._changed(Stage.ASSESS, as_at):
            return False
        if stage is Stage.PLAN:
            return self._done(Stage.NO_PLAN, as_at) is None or self._changed(Stage.NO_PLAN, as_at)
        return stage is Stage.ASSESS or not self._to_be_issued(as_at)

    def _to_be_issued(self, as_at: dt.date) -> bool:
        """Whether it was known by a day that there is to be a plan; a decision whose day is not given is known throughout."""
        decided = self.assessment_outcome_date or self.plan_start_date
        return self.assessment_outcome is AssessmentOutcome.ISSUE and (decided is None or decided <= as_at)

    def _changed(self, stage: Stage, as_at: dt.date) -> bool:
        return any(change.stage is stage and change.on <= as_at for change in self.changes)

    def _withdrawn(self, as_at: dt.date) -> bool:
        """Whether it had been withdrawn; the return asks for no day of it, and one that is not given is taken to have passed."""
        days = []
        if self.request_outcome is RequestOutcome.WITHDRAWN:
            days.append(self.request_outcome_date)
        if self.assessment_outcome is AssessmentOutcome.WITHDRAWN:
            days.append(self.assessment_outcome_date)
        return any(day is None or day <= as_at for day in days)

    # What excuses

    def _limit(self, stage: Stage) -> InForce[Quantity] | None:
        if not isinstance(stage, Stage):
            raise InvalidValue(what="stage", expected="a Stage")
        known = stage.limit(detained=self.relevant_youth_accommodation)
        return next((limit for limit in known if limit.holds(self.received_date)), None)

    def _exceptions(self, stage: Stage, due: dt.date) -> tuple[ExceptionApplied, ...]:
        detained = self.relevant_youth_accommodation
        return tuple(e for e in self.exceptions if e.excuses(stage, received=self.received_date, due=due, detained=detained))

    def _suspended(self, stage: Stage) -> bool:
        """Whether the limit fell due in the suspension, after which "all the usual statutory timescales" are back in force."""
        due = self.due(stage)
        return due is not None and any(suspension.holds(due) for suspension in SUSPENSION)

    def _excuses(self, stage: Stage, due: dt.date, as_at: dt.date) -> tuple[str, ...]:
        known = [str(e) for e in self._exceptions(stage, due) if e.first_day <= as_at]
        virus = ["coronavirus"] if self.impractical_for_coronavirus and self._suspended(stage) else []
        return tuple(known + virus)
