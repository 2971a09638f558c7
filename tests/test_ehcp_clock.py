"""The clock of an EHC plan: a hand-made table of dates, both sides of the suspension, every exception, and what cannot be."""

from __future__ import annotations

import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucks_cs.ehcp import (
    AssessmentOutcome,
    ChangedBy,
    ChangeOfDecision,
    Deadline,
    ExceptionApplied,
    ExceptionToTheLimit,
    Plan,
    RequestOutcome,
    Stage,
    Standing,
)
from bucks_cs.errors import InvalidValue, Unreadable
from bucks_cs.interchange import from_json, from_toml, to_json, to_toml
from bucks_cs.units import quantity

A_DAY = dt.timedelta(days=1)
NEW_YEARS_EVE = dt.date(2030, 12, 31)
SUSPENDED = (dt.date(2020, 5, 1), dt.date(2020, 9, 25))
WEEKS = {Stage.ASSESS: 6, Stage.NO_PLAN: 16, Stage.PLAN: 20}


def day(text):
    return dt.date.fromisoformat(text)


def course(received, **fields):
    """A course from dates as text."""
    return Plan(received_date=day(received), **{k: day(v) if isinstance(v, str) else v for k, v in fields.items()})


def to_a_plan(received, agreed, issued, **fields):
    return course(
        received,
        request_outcome=RequestOutcome.ASSESS,
        request_outcome_date=agreed,
        assessment_outcome=AssessmentOutcome.ISSUE,
        plan_start_date=issued,
        **fields,
    )


def to_no_plan(received, agreed, told, **fields):
    return course(
        received,
        request_outcome=RequestOutcome.ASSESS,
        request_outcome_date=agreed,
        assessment_outcome=AssessmentOutcome.NO_PLAN,
        assessment_outcome_date=told,
        **fields,
    )


def refused(received, told, **fields):
    return course(received, request_outcome=RequestOutcome.REFUSE, request_outcome_date=told, **fields)


def standing(plan, stage, as_at=NEW_YEARS_EVE):
    return plan.deadline(stage, as_at=as_at if isinstance(as_at, dt.date) else day(as_at)).standing


# The days due, by hand: the days left in the month of the request, then whole months, then what is left

DUE = {
    # 2 January: 29 days to the 31st; 42 - 29 = 13 February. With February (28) and March, 29 + 28 + 31 = 88: 112 - 88 = 24 April.
    # With April 118: 140 - 118 = 22 May.
    "a common year": ("2023-01-02", "2023-02-13", "2023-04-24", "2023-05-22"),
    # February has 29: 89 to 31 March, 112 - 89 = 23 April; 119 to 30 April, 140 - 119 = 21 May.
    "a leap year": ("2024-01-02", "2024-02-13", "2024-04-23", "2024-05-21"),
    # From 29 February 31 days to 31 March: 42 - 31 = 11 April; 61 to 30 April, 92 to 31 May: 112 - 92 = 20 June; 122: 18 July.
    "a request on 29 February": ("2024-02-29", "2024-04-11", "2024-06-20", "2024-07-18"),
    # 31 December 2023 is a Sunday, and so is every day whole weeks after it. 31 to 31 January: 11 February; 31 + 29 + 31 = 91:
    # 21 April; 121: 19 May.
    "limits on a Sunday": ("2023-12-31", "2024-02-11", "2024-04-21", "2024-05-19"),
    # 24 to 31 August: 18 September; 24 + 30 + 31 = 85: 27 November; 115 to 30 November: 25 December.
    "a limit on Christmas Day": ("2023-08-07", "2023-09-18", "2023-11-27", "2023-12-25"),
    # 20 to 30 November: 22 December; 20 + 31 + 31 + 29 = 111: 1 March; 140 - 111 = 29 March, Good Friday 2024.
    "a limit on Good Friday": ("2023-11-10", "2023-12-22", "2024-03-01", "2024-03-29"),
    # The first day of the regulations. 29 to 30 September: 13 October; 29 + 31 + 30 = 90: 22 December; 121: 19 January.
    "the first day in force": ("2014-09-01", "2014-10-13", "2014-12-22", "2015-01-19"),
    # In a leap year 28 February has a day after it: 1 to the 29th,
    # 32 to 31 March: 10 April; 62, 93 to 31 May: 19 June; 123: 17 July.
    "the day before 29 February": ("2028-02-28", "2028-04-10", "2028-06-19", "2028-07-17"),
}


@pytest.mark.parametrize(("received", "six", "sixteen", "twenty"), DUE.values(), ids=DUE)
def test_the_three_limits_fall_on_the_days_worked_out_by_hand(received, six, sixteen, twenty):
    """Six, sixteen and twenty weeks after the request, the day of the request being day 0 (regulations 5, 10 and 13)."""
    plan = course(received)
    assert [plan.due(stage) for stage in Stage] == [day(six), day(sixteen), day(twenty)]


@pytest.mark.parametrize("case", ["limits on a Sunday", "a limit on Christmas Day", "a limit on Good Friday"])
def test_a_limit_on_a_sunday_or_a_bank_holiday_stays_where_it_is(case):
    """Done on that day it is met; on the next working day it is late, there being no words in England that move it."""
    received, six, _, twenty = DUE[case]
    after = dt.date(2024, 5, 20) if case == "limits on a Sunday" else None
    late = after or {"2023-12-25": dt.date(2023, 12, 27), "2024-03-29": dt.date(2024, 4, 2)}[twenty]
    assert standing(to_a_plan(received, six, twenty), Stage.PLAN) is Standing.MET
    assert standing(to_a_plan(received, six, late), Stage.PLAN) is Standing.LATE


def test_the_last_day_is_in_time_and_the_next_is_late_by_one():
    """Day 140 is met, day 141 late by a day: 21 and 22 May 2024 for a request of 2 January."""
    met = to_a_plan("2024-01-02", "2024-02-13", "2024-05-21").deadline(Stage.PLAN, as_at=NEW_YEARS_EVE)
    late = to_a_plan("2024-01-02", "2024-02-14", "2024-05-22").deadlines(as_at=NEW_YEARS_EVE)
    assert (met.standing, met.weeks_taken, met.late_by) == (Standing.MET, quantity(20.0, "week"), None)
    assert [(one.standing, one.late_by) for one in late] == [
        (Standing.LATE, quantity(1, "day")),
        (Standing.DOES_NOT_ARISE, None),
        (Standing.LATE, quantity(1, "day")),
    ]
    assert late[2].weeks_taken == quantity(141 / 7, "week")


def test_a_request_before_the_regulations_has_no_limit():
    """31 August 2014 has none, 1 September has; for a detained person it is 31 March and 1 April 2015."""
    before = course("2014-08-31", request_outcome=RequestOutcome.ASSESS, request_outcome_date="2015-01-01")
    assert [before.due(stage) for stage in Stage] == [None, None, None]
    found = before.deadline(Stage.ASSESS, as_at=NEW_YEARS_EVE)
    assert (found.standing, found.due, found.late_by) == (Standing.NO_LIMIT, None, None)
    # From 31 August to 1 January: 30 + 31 + 30 + 31 + 1 = 123 days.
    assert found.weeks_taken == quantity(123 / 7, "week")
    assert course("2015-03-31", relevant_youth_accommodation=True).due(Stage.PLAN) is None
    # 1 April 2015: 29 to the 30th, 60 to 31 May, 90 to 30 June, 121 to 31 July: 19 August.
    detained = course("2015-04-01", relevant_youth_accommodation=True)
    assert [detained.due(stage) for stage in Stage] == [day("2015-05-13"), day("2015-07-22"), day("2015-08-19")]
    assert "2015/62" in str(detained.deadline(Stage.PLAN, as_at=NEW_YEARS_EVE).source)


def test_a_limit_is_not_due_on_its_last_day_and_overdue_on_the_next():
    """A request of 2 January 2023 with nothing done: 13 and 14 February for the first limit, 22 and 23 May for the plan."""
    plan = course("2023-01-02")
    assert standing(plan, Stage.ASSESS, "2023-02-13") is Standing.NOT_DUE
    overdue = plan.deadline(Stage.ASSESS, as_at=day("2023-02-14"))
    assert (overdue.standing, overdue.late_by, overdue.done) == (Standing.OVERDUE, quantity(1, "day"), None)
    assert standing(plan, Stage.PLAN, "2023-05-22") is Standing.NOT_DUE
    assert standing(plan, Stage.PLAN, "2023-05-23") is Standing.OVERDUE


def test_what_is_done_later_has_not_been_done_yet():
    """At 1 March the plan of 22 May is not due, at 23 May it is met; the decision to assess was late all along."""
    plan = to_a_plan("2023-01-02", "2023-02-20", "2023-05-22")
    at_march = plan.deadlines(as_at=day("2023-03-01"))
    assert [one.standing for one in at_march] == [Standing.LATE, Standing.NOT_DUE, Standing.NOT_DUE]
    assert at_march[2].done is None
    assert standing(plan, Stage.PLAN, "2023-05-23") is Standing.MET


def test_the_sixteen_weeks_bind_a_decision_that_there_is_to_be_no_plan_and_nothing_else():
    """Told on 24 April: met; on 25 April: late; never told either way: undecided; to be issued one: it does not arise."""
    assert standing(to_no_plan("2023-01-02", "2023-02-13", "2023-04-24"), Stage.NO_PLAN) is Standing.MET
    late = to_no_plan("2023-01-02", "2023-02-13", "2023-04-25").deadlines(as_at=NEW_YEARS_EVE)
    assert [one.standing for one in late] == [Standing.MET, Standing.LATE, Standing.DOES_NOT_ARISE]
    assert standing(course("2023-01-02"), Stage.NO_PLAN, "2023-04-24") is Standing.NOT_DUE
    assert standing(course("2023-01-02"), Stage.NO_PLAN, "2023-04-25") is Standing.UNDECIDED
    awaited = to_a_plan("2023-01-02", "2023-02-13", None, assessment_outcome_date="2023-04-20")
    assert standing(awaited, Stage.NO_PLAN, "2023-04-19") is Standing.NOT_DUE
    assert standing(awaited, Stage.NO_PLAN, "2023-04-20") is Standing.DOES_NOT_ARISE
    assert standing(awaited, Stage.PLAN, "2023-05-23") is Standing.OVERDUE


def test_after_a_refusal_the_later_limits_do_not_arise():
    """Until it is told they are open like any other."""
    plan = refused("2023-01-02", "2023-02-10")
    assert [one.standing for one in plan.deadlines(as_at=day("2023-02-09"))] == [Standing.NOT_DUE] * 3
    after = [one.standing for one in plan.deadlines(as_at=NEW_YEARS_EVE)]
    assert after == [Standing.MET, Standing.DOES_NOT_ARISE, Standing.DOES_NOT_ARISE]


def test_a_withdrawal_stops_the_clock_on_its_day_or_throughout_where_the_return_has_none():
    """A withdrawal on 1 March 2023, of a request that was overdue from 14 February."""
    plan = course("2023-01-02", request_outcome=RequestOutcome.WITHDRAWN, request_outcome_date="2023-03-01")
    assert standing(plan, Stage.ASSESS, "2023-02-28") is Standing.OVERDUE
    assert [one.standing for one in plan.deadlines(as_at=day("2023-03-01"))] == [Standing.WITHDRAWN] * 3
    undated = course("2023-01-02", request_outcome=RequestOutcome.WITHDRAWN)
    assert standing(undated, Stage.ASSESS, "2023-01-02") is Standing.WITHDRAWN
    assessed = course(
        "2023-01-02",
        request_outcome=RequestOutcome.ASSESS,
        request_outcome_date="2023-02-01",
        assessment_outcome=AssessmentOutcome.WITHDRAWN,
    )
    found = [one.standing for one in assessed.deadlines(as_at=NEW_YEARS_EVE)]
    assert found == [Standing.MET, Standing.WITHDRAWN, Standing.WITHDRAWN]


# The suspension: 1 May to 25 September 2020, both included

SIDES = {
    # Back from 30 April: 30 to 31 March, 61 to 29 February, 90 to 31 January, 121 to 31 December; 140 - 121 = 19: 12 December.
    # Of 13 December the sixteen weeks ended before it: 18 to 31 December, 49, 78 to 29 February, 109; 112 - 109 = 3 April.
    "sixteen weeks, due before its first day": ("2019-12-13", Stage.NO_PLAN, "2020-04-03", False),
    "due on its first day": ("2019-12-13", Stage.PLAN, "2020-05-01", True),
    # Back from 25 September: 25 to 31 August, 56 to 31 July, 87 to 30 June, 117 to 31 May; 140 - 117 = 23: 8 May.
    "due on its last day": ("2020-05-08", Stage.PLAN, "2020-09-25", True),
    "due the day after": ("2020-05-09", Stage.PLAN, "2020-09-26", False),
    # Back from 1 May: 1 to 30 April, 31 to 31 March; 42 - 31 = 11: 20 March.
    "six weeks, due on its first day": ("2020-03-20", Stage.ASSESS, "2020-05-01", True),
    "six weeks, due the day before": ("2020-03-19", Stage.ASSESS, "2020-04-30", False),
    # 29 February 2020: 11 April, 20 June and 18 July.
    "29 February, twenty weeks": ("2020-02-29", Stage.PLAN, "2020-07-18", True),
    "29 February, six weeks": ("2020-02-29", Stage.ASSESS, "2020-04-11", False),
}


@pytest.mark.parametrize(("received", "stage", "due", "suspended"), SIDES.values(), ids=SIDES)
def test_coronavirus_excuses_a_limit_that_fell_due_in_the_suspension_and_no_other(received, stage, due, suspended):
    """After 25 September 2020 the usual limits are back; before 1 May they had not been touched."""
    assert course(received).due(stage) == day(due)
    late = day(due) + A_DAY
    done = to_no_plan if stage is Stage.NO_PLAN else to_a_plan
    days = (late, late) if stage is Stage.ASSESS else (day(received), late)
    assert standing(done(received, *days, impractical_for_coronavirus=True), stage) is (
        Standing.EXCUSED if suspended else Standing.LATE
    )
    assert standing(done(received, *days), stage) is Standing.LATE


def test_coronavirus_is_refused_where_no_limit_fell_due_in_the_suspension():
    """1 May less 140 days is 13 December 2019, the earliest, and a day before it the plan was due on 30 April; 25 September less
    42 is 14 August 2020, the latest.
    """
    assert course("2019-12-12").due(Stage.PLAN) == day("2020-04-30")
    course("2019-12-13", impractical_for_coronavirus=True)
    course("2020-08-14", impractical_for_coronavirus=True)
    for received in ("2019-12-12", "2020-08-15", "2024-01-02", "2010-05-01"):
        with pytest.raises(InvalidValue, match=r"impractical_for_coronavirus: expected a request with a limit that fell due"):
            course(received, impractical_for_coronavirus=True)


def test_an_excused_plan_says_by_how_much_it_was_late_and_why():
    """Due 18 July 2020, issued 1 October: 13 days left in July, 31, 30 and 1: 75 days."""
    plan = to_a_plan("2020-02-29", "2020-04-01", "2020-10-01", impractical_for_coronavirus=True)
    found = plan.deadline(Stage.PLAN, as_at=NEW_YEARS_EVE)
    assert (found.standing, found.late_by, found.excused_by) == (Standing.EXCUSED, quantity(75, "day"), ("coronavirus",))
    assert not plan.exceptions_apply
    assert "late, excused by 75 days (coronavirus)" in str(found)


# The exceptions. A request of 5 June 2023, due 17 July (25 to 30 June, 17 more), 25 September (25 + 31 + 31 = 87, 25 more) and
# 23 October (117 to 30 September, 23 more)

REQUEST = "2023-06-05"


def exception(reason, first, last, asked=None):
    return ExceptionApplied(reason=reason, first_day=day(first), last_day=day(last), advice_asked=asked and day(asked))


EXCEPTIONS = {
    # Closed from 22 July, re-opened 5 September: advice counts from 15 July to 29 August, after the six weeks ended on 17 July.
    "10(4)(a), asked after the six weeks": (
        exception(ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-09-04", "2023-07-19"),
        (False, True, True),
    ),
    "10(4)(a), asked within the six weeks": (
        exception(ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-09-04", "2023-07-17"),
        (True, True, True),
    ),
    "10(4)(b), asked within the six weeks": (
        exception(ExceptionToTheLimit.EARLY_YEARS_CLOSED, "2023-07-22", "2023-08-31", "2023-07-16"),
        (True, True, True),
    ),
    "10(4)(c), on the last day of the six weeks": (
        exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-07-17", "2023-07-17"),
        (True, True, True),
    ),
    "10(4)(c), the day after the six weeks": (
        exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-07-18", "2023-07-30"),
        (False, True, True),
    ),
    "10(4)(c), from before the request to its day": (
        exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-05-01", "2023-06-05"),
        (True, True, True),
    ),
    "10(4)(c), after the twenty weeks": (
        exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-10-24", "2023-11-24"),
        (False, False, False),
    ),
    # 20 June to 17 July is 11 + 17 = 28 days, all in the six weeks; from 21 June only 27 of them are.
    "10(4)(d), four weeks in the six": (
        exception(ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-06-20", "2023-07-17"),
        (True, True, True),
    ),
    "10(4)(d), four weeks and only 27 days in the six weeks": (
        exception(ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-06-21", "2023-07-18"),
        (False, True, True),
    ),
    # 26 September to 23 October is 5 + 23 = 28 days.
    "10(4)(d), the last four weeks of the twenty": (
        exception(ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-09-26", "2023-12-31"),
        (False, False, True),
    ),
    "8(2), a missed appointment": (
        exception(ExceptionToTheLimit.MISSED_APPOINTMENT, "2023-07-01", "2023-07-01"),
        (False, False, False),
    ),
}


@pytest.mark.parametrize(("applied", "excused"), EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_each_exception_excuses_the_limits_it_serves_in_their_own_time_and_no_other(applied, excused):
    """Regulations 5(4), 10(4) and 13(3); a missed appointment is another body's (8(2))."""
    plan = to_no_plan(REQUEST, "2023-07-18", "2023-09-26", exceptions=(applied,))
    found = {one.stage: one.standing for one in plan.deadlines(as_at=NEW_YEARS_EVE)}
    open_plan = course(REQUEST, request_outcome=RequestOutcome.ASSESS, request_outcome_date="2023-07-18", exceptions=(applied,))
    found[Stage.PLAN] = standing(open_plan, Stage.PLAN)
    late = {Stage.ASSESS: Standing.LATE, Stage.NO_PLAN: Standing.LATE, Stage.PLAN: Standing.OVERDUE}
    assert found == {s: Standing.EXCUSED if yes else late[s] for s, yes in zip(Stage, excused, strict=True)}
    assert open_plan.exceptions_apply == excused[2]


def test_an_exception_does_not_make_a_limit_that_was_met_any_other():
    """Met is met, and not due is not due."""
    applied, _ = EXCEPTIONS["10(4)(c), on the last day of the six weeks"]
    plan = to_a_plan(REQUEST, "2023-07-17", "2023-10-23", exceptions=(applied,))
    assert [standing(plan, stage) for stage in (Stage.ASSESS, Stage.PLAN)] == [Standing.MET, Standing.MET]
    assert standing(plan, Stage.PLAN, "2023-10-22") is Standing.NOT_DUE
    assert plan.deadline(Stage.PLAN, as_at=NEW_YEARS_EVE).excused_by == ()


def test_an_exception_that_has_not_begun_excuses_nothing_yet():
    """Circumstances from 20 October 2023 do not excuse the decision that was overdue on 18 July."""
    coming = exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-07-10", "2023-08-10")
    assert standing(course(REQUEST, exceptions=(coming,)), Stage.ASSESS, "2023-07-18") is Standing.EXCUSED
    absent = exception(ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-09-26", "2023-11-30")
    assert standing(course(REQUEST, exceptions=(absent,)), Stage.ASSESS, "2023-07-18") is Standing.OVERDUE


def test_the_regulations_for_detained_persons_have_every_exception_but_the_early_years_one():
    """Regulation 13(3) of S.I. 2015/62 has 10(4)(a) to (c) of its own regulations, and no early years provider."""
    served = {reason: reason.serves(Stage.PLAN, detained=True) for reason in ExceptionToTheLimit}
    assert [reason for reason, yes in served.items() if not yes] == [
        ExceptionToTheLimit.EARLY_YEARS_CLOSED,
        ExceptionToTheLimit.MISSED_APPOINTMENT,
    ]
    applied, _ = EXCEPTIONS["10(4)(b), asked within the six weeks"]
    assert not applied.excuses(Stage.PLAN, received=day(REQUEST), due=day("2023-10-23"), detained=True)
    assert applied.excuses(Stage.PLAN, received=day(REQUEST), due=day("2023-10-23"))


BAD_EXCEPTIONS = {
    "ended before it began": (ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "2023-07-02", "2023-07-01", None, "last_day"),
    # 22 July to 17 August is 10 + 17 = 27 days.
    "a closure of 27 days": (ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-08-17", "2023-07-20", "28 days"),
    "an absence of 27 days": (ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-07-22", "2023-08-17", None, "28 days"),
    "no advice asked": (ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-09-04", None, "advice_asked"),
    "advice for an absence": (ExceptionToTheLimit.ABSENT_FROM_AREA, "2023-07-22", "2023-09-04", "2023-07-23", "advice_asked"),
    "asked eight days before": (ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-09-04", "2023-07-14", "a week before"),
    "asked six days before it re-opens": (ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-09-04", "2023-08-30", "a week"),
}


@pytest.mark.parametrize(("reason", "first", "last", "asked", "said"), BAD_EXCEPTIONS.values(), ids=BAD_EXCEPTIONS)
def test_an_exception_that_the_law_does_not_have_is_refused(reason, first, last, asked, said):
    """Each by name."""
    with pytest.raises(InvalidValue, match=said):
        exception(reason, first, last, asked)


def test_the_shortest_closure_and_the_first_and_last_day_to_ask_are_taken():
    """28 days (22 July to 18 August), asked from 15 July, a week before, to 12 August, a week before 19 August."""
    assert exception(ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-08-18", "2023-07-15").days == 28
    assert exception(ExceptionToTheLimit.SCHOOL_CLOSED, "2023-07-22", "2023-08-18", "2023-08-12").days == 28


# Refusals that are changed


def changed(stage, on, by):
    return (ChangeOfDecision(stage=stage, on=day(on), by=by),)


@pytest.mark.parametrize("by", [ChangedBy.MEDIATION, ChangedBy.TRIBUNAL])
def test_mediation_and_the_tribunal_set_times_of_their_own(by):
    """The refusal keeps its day and its standing; what follows the change is not judged by the 16 and 20 weeks."""
    plan = refused(
        "2023-01-02",
        "2023-02-13",
        changes=changed(Stage.ASSESS, "2023-06-01", by),
        assessment_outcome=AssessmentOutcome.ISSUE,
        plan_start_date="2023-09-01",
    )
    found = [one.standing for one in plan.deadlines(as_at=NEW_YEARS_EVE)]
    assert found == [Standing.MET, Standing.REPLACED, Standing.REPLACED]
    assert standing(plan, Stage.PLAN, "2023-05-31") is Standing.DOES_NOT_ARISE
    in_time = attrs.evolve(plan, changes=changed(Stage.ASSESS, "2023-03-01", by), plan_start_date=day("2023-05-22"))
    assert standing(in_time, Stage.PLAN) is Standing.MET


def test_the_authoritys_own_change_of_mind_leaves_the_limits_as_they_were():
    """Refused, and assessed after all: the twenty weeks run from the request still."""
    plan = refused(
        "2023-01-02",
        "2023-02-13",
        changes=changed(Stage.ASSESS, "2023-03-01", ChangedBy.AUTHORITY),
        assessment_outcome=AssessmentOutcome.ISSUE,
        plan_start_date="2023-05-23",
    )
    assert standing(plan, Stage.PLAN) is Standing.LATE


def test_a_decision_that_no_plan_is_to_be_issued_can_be_changed_and_keeps_its_day():
    """Told by 16 weeks, changed by the Tribunal: the decision was in time, and the plan has times of its own."""
    plan = to_no_plan(
        "2023-01-02",
        "2023-02-13",
        "2023-04-20",
        changes=changed(Stage.NO_PLAN, "2023-10-01", ChangedBy.TRIBUNAL),
        plan_start_date="2023-12-01",
    )
    found = [one.standing for one in plan.deadlines(as_at=NEW_YEARS_EVE)]
    assert found == [Standing.MET, Standing.MET, Standing.REPLACED]
    assert str(plan) == (
        "Request received on 2 January 2023, assessment agreed on 13 February 2023, told that no plan was to be issued on "
        "20 April 2023, a plan after all (tribunal) on 1 October 2023, plan issued on 1 December 2023."
    )


# What cannot be

Y, N, W = RequestOutcome.ASSESS, RequestOutcome.REFUSE, RequestOutcome.WITHDRAWN
AY, AN = AssessmentOutcome.ISSUE, AssessmentOutcome.NO_PLAN
AGREED = {"request_outcome": Y, "request_outcome_date": dt.date(1871, 2, 1)}
CANNOT = {
    "no request": ({"received_date": None}, "received_date"),
    "a day with a time of day": ({"received_date": dt.datetime(1871, 1, 2)}, "received_date"),
    "a day as text": ({"request_outcome_date": "1871-03-14", "request_outcome": Y}, "request_outcome_date"),
    "a code for an outcome": ({"request_outcome": "Y"}, "request_outcome"),
    "decided before the request": (AGREED | {"request_outcome_date": dt.date(1871, 1, 1)}, "request_outcome_date"),
    "an outcome without a day": ({"request_outcome": Y}, "request_outcome_date"),
    "a refusal without a day": ({"request_outcome": N}, "request_outcome_date"),
    "a day without an outcome": ({"request_outcome_date": dt.date(1871, 2, 1)}, "request_outcome"),
    "assessed without a decision": ({"assessment_outcome": AY}, "assessment_outcome"),
    "assessed after a refusal": (AGREED | {"request_outcome": N, "assessment_outcome": AY}, "assessment_outcome"),
    "assessed after a withdrawal": ({"request_outcome": W, "assessment_outcome": AY}, "assessment_outcome"),
    "no plan, and no day of it": (AGREED | {"assessment_outcome": AN}, "assessment_outcome_date"),
    "a day of the second decision alone": (AGREED | {"assessment_outcome_date": dt.date(1871, 3, 1)}, "assessment_outcome"),
    "no plan before it was agreed to assess": (
        AGREED | {"assessment_outcome": AN, "assessment_outcome_date": dt.date(1871, 1, 31)},
        "assessment_outcome_date",
    ),
    "a plan and no decision": ({"plan_start_date": dt.date(1871, 4, 1)}, "plan_start_date"),
    "a plan after a refusal": (
        {"request_outcome": N, "request_outcome_date": dt.date(1871, 2, 1), "plan_start_date": dt.date(1871, 4, 1)},
        "plan_start_date",
    ),
    "a plan after a decision that there is none": (
        AGREED
        | {"assessment_outcome": AN, "assessment_outcome_date": dt.date(1871, 3, 1), "plan_start_date": dt.date(1871, 4, 1)},
        "plan_start_date",
    ),
    "a plan before it was agreed to assess": (
        AGREED | {"assessment_outcome": AY, "plan_start_date": dt.date(1871, 1, 31)},
        "plan_start_date",
    ),
    "ceased and never issued": (AGREED | {"cease_date": dt.date(1871, 4, 1)}, "cease_date"),
    "ceased before it was issued": (
        AGREED | {"assessment_outcome": AY, "plan_start_date": dt.date(1871, 4, 2), "cease_date": dt.date(1871, 4, 1)},
        "cease_date",
    ),
    "a change of no refusal": (AGREED | {"changes": changed(Stage.ASSESS, "1871-03-01", ChangedBy.TRIBUNAL)}, "changes"),
    "a change before the refusal": (
        AGREED | {"request_outcome": N, "changes": changed(Stage.ASSESS, "1871-01-31", ChangedBy.TRIBUNAL)},
        "changes",
    ),
    "two changes of one refusal": (
        AGREED | {"request_outcome": N, "changes": 2 * changed(Stage.ASSESS, "1871-03-01", ChangedBy.TRIBUNAL)},
        "changes",
    ),
    "a plan before the refusal was changed": (
        AGREED
        | {
            "request_outcome": N,
            "changes": changed(Stage.ASSESS, "1871-03-01", ChangedBy.MEDIATION),
            "assessment_outcome": AY,
            "plan_start_date": dt.date(1871, 2, 28),
        },
        "plan_start_date",
    ),
    "changes that are none": ({"changes": ("1871",)}, "changes"),
    "exceptions that are none": ({"exceptions": ("1871",)}, "exceptions"),
    "exceptions that are no tuple": ({"exceptions": 1871}, "exceptions"),
    "an exception that was over": (
        {"exceptions": (exception(ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, "1870-01-01", "1871-01-01"),)},
        "exceptions",
    ),
    "an early years provider of a detained person": (
        {
            "relevant_youth_accommodation": True,
            "exceptions": (exception(ExceptionToTheLimit.EARLY_YEARS_CLOSED, "1871-02-01", "1871-03-31", "1871-02-01"),),
        },
        "exceptions",
    ),
    "youth accommodation as a number": ({"relevant_youth_accommodation": 1}, "relevant_youth_accommodation"),
    "coronavirus long before it": ({"impractical_for_coronavirus": True}, "impractical_for_coronavirus"),
    "the end of the calendar": ({"received_date": dt.date.max}, "received_date"),
}


@pytest.mark.parametrize(("fields", "field"), CANNOT.values(), ids=CANNOT)
def test_a_course_that_cannot_be_is_refused_by_the_field_that_is_wrong_and_no_cell_is_shown(fields, field):
    """One clear error with the field's name, and no year, from 1871, in any part of it."""
    with pytest.raises(InvalidValue) as caught:
        Plan(**({"received_date": dt.date(1871, 1, 2)} | fields))
    error = caught.value
    shown = "".join([str(error), repr(error), repr(error.args), repr(error.fields), pickle.dumps(error).decode("latin-1")])
    assert error.what == f"Plan.{field}"
    assert not any(year in shown for year in ("1870", "1871", "9999"))
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize("nonsense", [None, 20, "final plan"])
def test_a_stage_that_is_none_is_refused(nonsense):
    """A `Stage` and nothing else."""
    plan = course("2023-01-02")
    for asked in (
        lambda: plan.due(nonsense),
        lambda: plan.deadline(nonsense, as_at=NEW_YEARS_EVE),
        lambda: ExceptionToTheLimit.SCHOOL_CLOSED.serves(nonsense),
    ):
        with pytest.raises(InvalidValue, match="stage: expected a Stage"):
            asked()


@pytest.mark.parametrize("as_at", [None, "2023-02-01", dt.datetime(2023, 2, 1), dt.date(2023, 1, 1)])
def test_a_day_to_look_from_that_is_none_or_before_the_request_is_refused(as_at):
    """No clock is read: the day is asked for, and is on or after the request."""
    with pytest.raises(InvalidValue, match="as_at: expected a date"):
        course("2023-01-02").deadlines(as_at=as_at)
    with pytest.raises(TypeError, match="as_at"):
        course("2023-01-02").deadlines()


def test_the_final_plan_is_no_refusal_that_could_be_changed():
    """A change is of a refusal."""
    with pytest.raises(InvalidValue, match=r"ChangeOfDecision.stage"):
        ChangeOfDecision(stage=Stage.PLAN, on=day("2023-01-02"), by=ChangedBy.TRIBUNAL)


def test_a_plan_ends_and_says_so():
    """Ceasing comes after all limits, and changes none."""
    plan = to_a_plan("2023-01-02", "2023-02-01", "2023-05-02", cease_date="2024-07-31")
    assert str(plan).endswith("plan issued on 2 May 2023, ceased on 31 July 2024.")
    assert standing(plan, Stage.PLAN) is Standing.MET


# Properties, against an implementation of its own


@st.composite
def courses(draw):
    """A course that can be, of a request on any day of 2013 to 2025, with gaps of its own."""
    received = draw(st.dates(dt.date(2013, 1, 1), dt.date(2025, 12, 31)))
    gaps = draw(st.lists(st.integers(0, 150), min_size=4, max_size=4))
    days = [received + dt.timedelta(days=sum(gaps[: n + 1])) for n in range(4)]
    reached = draw(st.sampled_from(["open", "refused", "agreed", "no plan", "issued", "ceased"]))
    fields = {"received_date": received, "relevant_youth_accommodation": draw(st.booleans())}
    if reached != "open":
        outcome = RequestOutcome.REFUSE if reached == "refused" else RequestOutcome.ASSESS
        fields |= {"request_outcome": outcome, "request_outcome_date": days[0]}
    if reached == "no plan":
        fields |= {"assessment_outcome": AssessmentOutcome.NO_PLAN, "assessment_outcome_date": days[1]}
    if reached in {"issued", "ceased"}:
        fields |= {"assessment_outcome": AssessmentOutcome.ISSUE, "plan_start_date": days[2]}
    if reached == "ceased":
        fields["cease_date"] = days[3]
    if draw(st.booleans()):
        start = received + dt.timedelta(days=draw(st.integers(0, 200)))
        end = start + dt.timedelta(days=draw(st.integers(27, 90)))
        reason = draw(st.sampled_from([ExceptionToTheLimit.PERSONAL_CIRCUMSTANCES, ExceptionToTheLimit.ABSENT_FROM_AREA]))
        fields["exceptions"] = (ExceptionApplied(reason=reason, first_day=start, last_day=end),)
    due = [received + dt.timedelta(weeks=weeks) for weeks in WEEKS.values()]
    in_force = received >= (dt.date(2015, 4, 1) if fields["relevant_youth_accommodation"] else dt.date(2014, 9, 1))
    if in_force and any(SUSPENDED[0] <= each <= SUSPENDED[1] for each in due):
        fields["impractical_for_coronavirus"] = draw(st.booleans())
    return Plan(**fields)


def by_hand(plan, stage, as_at):
    """How a limit stands, from the words of the regulations and plain dates."""
    since = dt.date(2015, 4, 1) if plan.relevant_youth_accommodation else dt.date(2014, 9, 1)
    if plan.received_date < since:
        return Standing.NO_LIMIT
    due = plan.received_date + dt.timedelta(weeks=WEEKS[stage])
    told = plan.request_outcome_date if plan.request_outcome_date and plan.request_outcome_date <= as_at else None
    no_plan = plan.assessment_outcome_date if plan.assessment_outcome_date and plan.assessment_outcome_date <= as_at else None
    issued = plan.plan_start_date if plan.plan_start_date and plan.plan_start_date <= as_at else None
    done = {Stage.ASSESS: told, Stage.NO_PLAN: no_plan, Stage.PLAN: issued}[stage]
    excused = plan.impractical_for_coronavirus and SUSPENDED[0] <= due <= SUSPENDED[1]
    for applied in plan.exceptions:
        inside = [plan.received_date + dt.timedelta(days=n) for n in range((due - plan.received_date).days + 1)]
        inside = [each for each in inside if applied.first_day <= each <= applied.last_day]
        needed = 28 if applied.reason is ExceptionToTheLimit.ABSENT_FROM_AREA else 1
        excused = excused or (len(inside) >= needed and applied.first_day <= as_at)
    if done:
        return Standing.MET if done <= due else Standing.EXCUSED if excused else Standing.LATE
    if stage is not Stage.ASSESS and told and plan.request_outcome is RequestOutcome.REFUSE:
        return Standing.DOES_NOT_ARISE
    if (stage is Stage.PLAN and no_plan) or (stage is Stage.NO_PLAN and issued):
        return Standing.DOES_NOT_ARISE
    if as_at <= due:
        return Standing.NOT_DUE
    if stage is Stage.NO_PLAN:
        return Standing.UNDECIDED
    return Standing.EXCUSED if excused else Standing.OVERDUE


@given(courses(), st.integers(0, 900))
def test_any_course_stands_as_plain_dates_have_it(plan, later):
    """Every stage, on any day, by the loop over days above."""
    as_at = plan.received_date + dt.timedelta(days=later)
    for found in plan.deadlines(as_at=as_at):
        assert found.standing is by_hand(plan, found.stage, as_at)
        end = found.done or as_at
        if found.standing in {Standing.LATE, Standing.OVERDUE, Standing.EXCUSED}:
            assert found.late_by == quantity((end - found.due).days, "day")
        else:
            assert found.late_by is None


@given(st.dates(dt.date(2015, 4, 1), dt.date(2100, 12, 31)), st.booleans())
def test_a_limit_falls_on_the_day_of_the_week_of_the_request_and_whole_weeks_after_it(received, detained):
    """42, 112 and 140 days on, in order, on the same day of the week."""
    due = [Plan(received_date=received, relevant_youth_accommodation=detained).due(stage) for stage in Stage]
    assert [(each - received).days for each in due] == [42, 112, 140]
    assert {each.weekday() for each in due} == {received.weekday()}


@given(courses(), st.integers(0, 900), st.integers(0, 900))
def test_what_is_done_stands_as_it_did_on_any_later_day(plan, sooner, later):
    """Met stays met and late stays late."""
    first, second = (plan.received_date + dt.timedelta(days=days) for days in sorted((sooner, later)))
    for before, after in zip(plan.deadlines(as_at=first), plan.deadlines(as_at=second), strict=True):
        if before.standing is Standing.MET or (before.done and before.standing is Standing.LATE and not plan.exceptions):
            assert after.standing is before.standing


@given(courses(), st.integers(0, 900))
def test_a_course_and_its_deadlines_come_back_equal_from_json_and_toml(plan, later):
    """As every object of this library does."""
    assert from_json(to_json(plan), Plan) == plan
    assert from_toml(to_toml(plan), Plan) == plan
    for deadline in plan.deadlines(as_at=plan.received_date + dt.timedelta(days=later)):
        assert from_json(to_json(deadline), Deadline) == deadline
        assert from_toml(to_toml(deadline), Deadline) == deadline


def test_a_changed_refusal_comes_back_equal_and_a_broken_document_is_refused_without_its_text():
    """A document of a course that cannot be is refused as unreadable, and nothing in it is shown."""
    plan = refused("2023-01-02", "2023-02-13", changes=changed(Stage.ASSESS, "2023-06-01", ChangedBy.MEDIATION))
    text = to_json(plan)
    assert from_json(text, Plan) == plan
    with pytest.raises(Unreadable) as caught:
        from_json(text.replace("2023-02-13", "1871-02-13"), Plan)
    assert "1871" not in str(caught.value)


@given(courses())
def test_a_course_is_a_sentence(plan):
    """It begins with the request and ends with a full stop; every day that is known is in it."""
    said = str(plan)
    assert said.startswith("Request received on ")
    assert said.endswith(".")
    known = [plan.request_outcome_date, plan.plan_start_date, plan.cease_date]
    assert all(f"{each.day} {each:%B} {each.year}" in said for each in known if each)


@pytest.mark.parametrize(("asked", "excuses"), [(-1, False), (0, True), (140, True), (141, False)])
def test_advice_asked_on_the_first_or_the_last_day_of_the_limit_is_within_it(asked, excuses):
    """Days after the request of 2 January 2023; the school is closed for 4 weeks from a week after the asking."""
    received = dt.date(2023, 1, 2)
    day = received + dt.timedelta(days=asked)
    closed = ExceptionApplied(
        reason=ExceptionToTheLimit.SCHOOL_CLOSED, first_day=day + dt.timedelta(days=7), last_day=day + dt.timedelta(days=34),
        advice_asked=day,
    )  # fmt: skip
    assert closed.excuses(Stage.PLAN, received=received, due=received + dt.timedelta(days=140)) is excuses
