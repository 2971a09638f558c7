"""Inspections: how far a plan of action has come by a date: its actions, and its KPIs against target and the way they go."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.indicators import Better, Reading
from bucks_cs.inspections.model.fields import as_tuple, need_day
from bucks_cs.inspections.model.plans import KPI, Action, ActionPlan, ActionStatus
from bucks_cs.provenance import day_in_words
from bucks_cs.trend import change
from bucks_cs.units import in_unit, same_dimension

__all__ = ["ActionProgress", "Against", "KPIProgress", "PlanProgress", "Progress", "Travel", "plan_progress"]


class Progress(enum.Enum):
    """How an action stands on a day."""

    DONE = "done"
    ON_TIME = "on time"
    """Begun, and its day has not passed."""
    LATE = "late"
    """Not done, and its day has passed."""
    NOT_STARTED = "not started"
    """Not begun, and its day has not passed."""
    NOT_REPORTED = "not reported"
    """Nobody had said anything of it: it may be done, and it may not."""


class Against(enum.Enum):
    """How a KPI stands to its target."""

    MET = "met"
    NOT_MET = "not met"
    NO_TARGET = "no target"
    NOT_KNOWN = "not known"
    """There is no reading, or its value is withheld."""


class Travel(enum.Enum):
    """Which way a KPI goes, from the reading before the latest to the latest."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UP = "up"
    """Of what is better neither way."""
    DOWN = "down"
    NOT_COMPARABLE = "not comparable"
    """The two are not to be set against each other: periods of different length, or a break between them."""
    NOT_KNOWN = "not known"
    """There are not two readings, or one is withheld."""


@attrs.frozen(kw_only=True)
class ActionProgress:
    """An action and how it stands.

    Args:
        action: The action.
        progress: How it stands.
        done_late: Of one that is done, whether it was recorded as done after its day.
    """

    action: Action
    progress: Progress
    done_late: bool

    def __str__(self) -> str:
        return f"{self.action.text}: {self.progress.value}{', after its day' if self.done_late else ''}"


@attrs.frozen(kw_only=True)
class KPIProgress:
    """A KPI with its latest reading, against its target, and the way it goes.

    Args:
        kpi: The KPI.
        latest: The latest reading by the day; None where there is none.
        previous: The one before it; None where there is none.
        against: How the latest stands to the target.
        travel: Which way it goes.
        is_due: Whether the day by which the target is to be met has passed; None where there is no such day.
    """

    kpi: KPI
    latest: Reading | None
    previous: Reading | None
    against: Against
    travel: Travel
    is_due: bool | None

    def __str__(self) -> str:
        return f"{self.kpi.title}: target ({self.kpi.target_said}) {self.against.value}; direction of travel {self.travel.value}"


@attrs.frozen(kw_only=True)
class PlanProgress:
    """How a plan stands on a day.

    Args:
        plan: The plan.
        as_at: The day.
        actions: Each action and how it stands.
        kpis: Each KPI and how it stands.
    """

    plan: ActionPlan
    as_at: dt.date
    actions: tuple[ActionProgress, ...]
    kpis: tuple[KPIProgress, ...]

    @property
    def counts(self) -> dict[Progress, int]:
        """How many actions stand each way; 0 where none does."""
        return {way: sum(one.progress is way for one in self.actions) for way in Progress}

    def of(self, answered: str) -> PlanProgress:
        """The part of it that answers one recommendation or weakness.

        Args:
            answered: Its key.

        Returns:
            The progress of its own actions and KPIs.

        Raises:
            InvalidValue: The plan answers none of that key.
        """
        if answered not in [one.key for one in self.plan.to_answer]:
            raise InvalidValue(what="answered", expected="the key of a recommendation or weakness of the plan")
        actions = tuple(one for one in self.actions if answered in one.action.answers)
        return attrs.evolve(self, actions=actions, kpis=tuple(one for one in self.kpis if answered in one.kpi.answers))

    def __str__(self) -> str:
        done = ", ".join(f"{number} {way.value}" for way, number in self.counts.items() if number)
        met = sum(one.against is Against.MET for one in self.kpis)
        when = day_in_words(self.as_at)
        return f"{self.plan.title} on {when}: actions {done or 'none'}; {met} of {len(self.kpis)} KPIs on target."


def plan_progress(plan: ActionPlan, *, as_at: dt.date, readings: Iterable[Reading] = ()) -> PlanProgress:
    """How far a plan of action has come by a day: each action done, on time, late or not started, each KPI against its target.

    An action is done where that was last said of it; late where it was not and its day has passed; on time where it was begun;
    not started where it was not; and not reported where nobody had said anything of it by then, since that is no progress and no
    lack of it. A KPI is taken at the latest reading of its indicator, in the plan's area, of a period that ended by the day; the
    way it goes is from the reading before.

    Args:
        plan: The plan.
        as_at: The day; what was said of it later is left out.
        readings: Readings of the KPIs' indicators, from any subject: `Reading` objects, or `Readings`. Passed over are those of
            other indicators or areas, those of a part of the children (with dims), and those of periods that end after the day;
            those of no area are taken as the plan's.

    Returns:
        A `PlanProgress`: an entry for each action and KPI, in the plan's order.

    Raises:
        InvalidValue: It is no plan, no plain date, or something is no reading; two readings of one KPI and one period; or a
            reading that is not in the KPI's unit.

    Source:
        Buckinghamshire Council, Children's Services Update, 11 October 2022, paragraph 3.8: "a suite of key performance
        indicators will be used to track and monitor progress against each recommendation"; what done, late and not started mean
        is this library's own.

    Example:
        >>> from bucks_cs.inspections import Action, ActionPlan, ActionStatus, StatusAt
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> action = Action(key="audit", text="Audit case supervision", owner="Principal social worker", due=dt.date(2022, 9, 30),
        ...     statuses=StatusAt(on=dt.date(2022, 7, 1), status=ActionStatus.STARTED))
        >>> plan = ActionPlan(title="Made-up plan", area=825, actions=action, source=NoOfficialSource(reason="made up"))
        >>> print(plan_progress(plan, as_at=dt.date(2022, 9, 30)))
        Made-up plan on 30 September 2022: actions 1 on time; 0 of 0 KPIs on target.
        >>> plan_progress(plan, as_at=dt.date(2022, 10, 1)).actions[0].progress
        <Progress.LATE: 'late'>
    """
    if not isinstance(plan, ActionPlan):
        raise InvalidValue(what="plan", expected="an ActionPlan")
    need_day(as_at, what="as_at")
    given = as_tuple(readings)
    if not all(isinstance(one, Reading) for one in given):
        raise InvalidValue(what="readings", expected="a Reading each, or Readings")
    return PlanProgress(
        plan=plan,
        as_at=as_at,
        actions=tuple(_action(one, as_at) for one in plan.actions),
        kpis=tuple(_kpi(one, plan.area, as_at, given) for one in plan.kpis),
    )


def _action(action: Action, as_at: dt.date) -> ActionProgress:
    last = action.status_at(as_at)
    if last is None:
        progress = Progress.NOT_REPORTED
    elif last.status is ActionStatus.DONE:
        progress = Progress.DONE
    elif as_at > action.due:
        progress = Progress.LATE
    else:
        progress = Progress.ON_TIME if last.status is ActionStatus.STARTED else Progress.NOT_STARTED
    done_late = last is not None and progress is Progress.DONE and last.on > action.due
    return ActionProgress(action=action, progress=progress, done_late=done_late)


def _kpi(kpi: KPI, area: str, as_at: dt.date, readings: tuple[Reading, ...]) -> KPIProgress:
    own = [one for one in readings if one.indicator.key == kpi.indicator and one.area in (None, area) and not one.dims]
    ended = sorted((one for one in own if one.period.end <= as_at), key=lambda one: (one.period.end, one.period.start))
    if len({one.period for one in ended}) != len(ended):
        raise InvalidValue(what=f"readings of {kpi.indicator}", expected="one a period, in the plan's area")
    if any(not same_dimension(one.indicator.unit, kpi.unit) for one in ended):
        raise InvalidValue(what=f"readings of {kpi.indicator}", expected=f"readings in {kpi.unit}, the unit of the KPI")
    latest, previous = (*reversed(ended), None, None)[:2]
    return KPIProgress(
        kpi=kpi,
        latest=latest,
        previous=previous,
        against=_against(kpi, latest),
        travel=_travel(kpi, previous, latest),
        is_due=None if kpi.by is None else as_at > kpi.by,
    )


def _against(kpi: KPI, latest: Reading | None) -> Against:
    if kpi.at_least is None and kpi.at_most is None:
        return Against.NO_TARGET
    if latest is None or latest.number is None:
        return Against.NOT_KNOWN
    found = in_unit(latest.value, kpi.unit)  # type: ignore[arg-type]
    low = kpi.at_least is None or found >= in_unit(kpi.at_least, kpi.unit)
    high = kpi.at_most is None or found <= in_unit(kpi.at_most, kpi.unit)
    return Against.MET if low and high else Against.NOT_MET


def _travel(kpi: KPI, previous: Reading | None, latest: Reading | None) -> Travel:
    if previous is None or latest is None or previous.number is None or latest.number is None:
        return Travel.NOT_KNOWN
    comparable = True
    try:
        change(previous, latest)
    except NotComparable:
        comparable = False
    if not comparable:
        return Travel.NOT_COMPARABLE
    if latest.number == previous.number:
        return Travel.SAME
    risen = latest.number > previous.number
    if kpi.better is Better.NEITHER:
        return Travel.UP if risen else Travel.DOWN
    return Travel.BETTER if risen == (kpi.better is Better.HIGHER) else Travel.WORSE
