"""Inspections: a plan of action: who does what by when, and the indicators that are to show whether it helped."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, UnitError, of_kind
from bucks_cs.geography import area as area_of
from bucks_cs.geography import area_key
from bucks_cs.indicators import Better, Indicator, with_unit
from bucks_cs.inspections.model.fields import a_day, a_day_or_none, as_tuple, each_of, need_day, need_words, source_of, text
from bucks_cs.inspections.model.recommendations import AreaOfWeakness, Recommendation
from bucks_cs.provenance import AnySource, day_in_words
from bucks_cs.units import Quantity, in_unit
from bucks_cs.units import unit as known_unit

__all__ = ["KPI", "Action", "ActionPlan", "ActionStatus", "StatusAt"]

_keys = each_of(str, "keys, as text")


class ActionStatus(enum.Enum):
    """How far an action had come when somebody last said so."""

    NOT_STARTED = "not started"
    STARTED = "started"
    DONE = "done"


@attrs.frozen(kw_only=True)
class StatusAt:
    """How far an action had come on a day.

    Args:
        on: The day.
        status: How far.
        note: What was said of it.
    """

    on: dt.date = attrs.field(validator=a_day)
    status: ActionStatus = attrs.field(validator=of_kind(ActionStatus, expected="an ActionStatus"))
    note: str = attrs.field(default="", validator=text)

    def __str__(self) -> str:
        return f"{self.status.value} on {day_in_words(self.on)}"


def _by_day(given: Any) -> tuple[Any, ...]:
    found = as_tuple(given)
    return tuple(sorted(found, key=lambda one: one.on)) if all(isinstance(one, StatusAt) for one in found) else found


@attrs.frozen(kw_only=True)
class Action:
    """What somebody is to do by a day.

    Args:
        key: A name of its own in the plan.
        text: What is to be done.
        owner: Who answers for it.
        due: By when.
        starts: When it is to begin; None where nobody has said.
        answers: The keys of the recommendations or areas of weakness it answers.
        statuses: How far it had come, on days; kept in order.

    Raises:
        InvalidValue: Due before it is to begin; two statuses of one day; or a part empty or of another kind.
    """

    key: str = attrs.field(validator=need_words)
    text: str = attrs.field(validator=need_words)
    owner: str = attrs.field(validator=need_words)
    due: dt.date = attrs.field(validator=a_day)
    starts: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    answers: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=_keys)
    statuses: tuple[StatusAt, ...] = attrs.field(default=(), converter=_by_day, validator=each_of(StatusAt, "a StatusAt each"))

    def __attrs_post_init__(self) -> None:
        if self.starts is not None and self.due < self.starts:
            raise InvalidValue(what="Action.due", expected="a day on or after it starts")
        if len({one.on for one in self.statuses}) != len(self.statuses):
            raise InvalidValue(what="Action.statuses", expected="one status a day")

    def status_at(self, day: dt.date) -> StatusAt | None:
        """What was last said of it by a day, or None where nothing was.

        Args:
            day: The day, itself included.

        Raises:
            InvalidValue: It is no plain date.
        """
        need_day(day, what="day")
        return next((one for one in reversed(self.statuses) if one.on <= day), None)

    def __str__(self) -> str:
        return f"{self.text} ({self.owner}, by {day_in_words(self.due)})"


def _indicator_key(given: object) -> Any:
    return given.key if isinstance(given, Indicator) else given


def _a_key(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+(/[a-z_]+)?", value):
        raise InvalidValue(what="KPI.indicator", expected='an Indicator, or its key, such as "demand.rereferrals"')


def _in_its_unit(instance: Any, attribute: attrs.Attribute[Any], value: Quantity | None) -> None:
    if value is None:
        return
    if not isinstance(value, Quantity):
        raise InvalidValue(what=f"KPI.{attribute.name}", expected="a quantity as units.quantity makes it, or None")
    if value.dimensionality != known_unit(instance.unit).dimensionality:
        raise UnitError(what=f"KPI.{attribute.name} is to be in {known_unit(instance.unit)}, and {value.units} is something else")


@attrs.frozen(kw_only=True)
class KPI:
    """An indicator that is to show whether a plan helps, with its target.

    It names an indicator of any subject by its key; its values are readings of that indicator.

    Args:
        key: A name of its own in the plan.
        title: What it is called.
        indicator: The indicator, or its key.
        unit: The unit of its target, which is the indicator's.
        better: Which way is better.
        at_least: The target, where it is a least; with ``at_most``, a band.
        at_most: The target, where it is a most.
        by: The day by which the target is to be met; None where nobody has said.
        answers: The keys of the recommendations or areas of weakness it is about.

    Raises:
        UnitError: The unit is unknown, or a target is in another.
        InvalidValue: A band that is empty; the indicator is no key; or a part is empty or of another kind.

    Example:
        >>> from bucks_cs.inspections import KPI
        >>> from bucks_cs.units import quantity
        >>> print(KPI(key="rereferrals", title="Re-referrals within 12 months", indicator="demand.rereferrals", unit="percent",
        ...     better=Better.LOWER, at_most=quantity(22, "percent"), by=dt.date(2023, 3, 31)))
        Re-referrals within 12 months (demand.rereferrals): at most 22% by 31 March 2023
    """

    key: str = attrs.field(validator=need_words)
    title: str = attrs.field(validator=need_words)
    indicator: str = attrs.field(converter=_indicator_key, validator=_a_key)
    unit: str = attrs.field(validator=need_words)
    better: Better = attrs.field(validator=of_kind(Better, expected="a Better"))
    at_least: Quantity | None = attrs.field(default=None, validator=_in_its_unit)
    at_most: Quantity | None = attrs.field(default=None, validator=_in_its_unit)
    by: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    answers: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=_keys)

    def __attrs_post_init__(self) -> None:
        known_unit(self.unit)
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise InvalidValue(what="KPI.at_most", expected="no less than at_least")

    @classmethod
    def of(cls, indicator: Indicator, *, key: str | None = None, **fields: Any) -> KPI:
        """A KPI of an indicator, with its title, its unit and its better way.

        Args:
            indicator: The indicator.
            key: Its name in the plan; the indicator's key where none is given.
            **fields: The other fields.

        Raises:
            InvalidValue: It is no Indicator.
        """
        if not isinstance(indicator, Indicator):
            raise InvalidValue(what="indicator", expected="an Indicator; of a key alone, give KPI its title, unit and better")
        taken: dict[str, Any] = {"title": indicator.title, "unit": indicator.unit, "better": indicator.better}
        return cls(key=key or indicator.key, indicator=indicator.key, **taken | fields)

    @property
    def target_said(self) -> str:
        """The target in words: ``at least 90%``; or that there is none."""
        ends = {"at least": self.at_least, "at most": self.at_most}
        said = [f"{word} {with_unit(in_unit(end, self.unit), self.unit)}" for word, end in ends.items() if end is not None]
        return " and ".join(said) or "no target"

    def __str__(self) -> str:
        by = "" if self.by is None else f" by {day_in_words(self.by)}"
        return f"{self.title} ({self.indicator}): {self.target_said}{by}"


@attrs.frozen(kw_only=True)
class ActionPlan:
    """A plan of action in answer to an inspection: recommendations and weaknesses, actions and KPIs.

    Args:
        title: What it is called.
        area: Whose it is: LA number, ONS code or name.
        recommendations: What it answers.
        areas_of_weakness: What it answers, of an area SEND inspection.
        actions: What is to be done.
        kpis: The indicators that are to show whether it helps.
        due: By when it was to be submitted; None where nobody has said.
        submitted: When it was; None where it was not, or nobody has said.
        source: Where it is from.

    Raises:
        MissingSource: There is no source.
        UnknownArea: No look-up knows the area.
        InvalidValue: Two parts of one key; an action or KPI that answers what is not in the plan; or a part of another kind.
    """

    title: str = attrs.field(validator=need_words)
    area: str = attrs.field(converter=area_key)
    recommendations: tuple[Recommendation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(Recommendation, "a Recommendation each")
    )
    areas_of_weakness: tuple[AreaOfWeakness, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(AreaOfWeakness, "an AreaOfWeakness each")
    )
    actions: tuple[Action, ...] = attrs.field(default=(), converter=as_tuple, validator=each_of(Action, "an Action each"))
    kpis: tuple[KPI, ...] = attrs.field(default=(), converter=as_tuple, validator=each_of(KPI, "a KPI each"))
    due: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    submitted: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    source: AnySource = attrs.field(default=None, validator=source_of)

    def __attrs_post_init__(self) -> None:
        asked = [one.key for one in self.to_answer]
        for name, keys in (("recommendations", asked), ("actions", [one.key for one in self.actions])):
            if len(set(keys)) != len(keys):
                raise InvalidValue(what=f"ActionPlan.{name}", expected="each of a key of its own")
        if len({kpi.key for kpi in self.kpis}) != len(self.kpis):
            raise InvalidValue(what="ActionPlan.kpis", expected="each of a key of its own")
        for name, parts in (("actions", self.actions), ("kpis", self.kpis)):
            if {key for part in parts for key in part.answers} - set(asked):
                raise InvalidValue(what=f"ActionPlan.{name}", expected="answers to recommendations or weaknesses of the plan")

    @property
    def to_answer(self) -> tuple[Recommendation | AreaOfWeakness, ...]:
        """All that it answers, in order."""
        return (*self.recommendations, *self.areas_of_weakness)

    @property
    def unanswered(self) -> tuple[Recommendation | AreaOfWeakness, ...]:
        """The recommendations and weaknesses that no action answers."""
        answered = {key for action in self.actions for key in action.answers}
        return tuple(one for one in self.to_answer if one.key not in answered)

    @property
    def unmeasured(self) -> tuple[Recommendation | AreaOfWeakness, ...]:
        """The recommendations and weaknesses that no KPI is about."""
        measured = {key for kpi in self.kpis for key in kpi.answers}
        return tuple(one for one in self.to_answer if one.key not in measured)

    def __str__(self) -> str:
        parts = f"{_several(self.actions, 'action')} and {_several(self.kpis, 'KPI')} for {len(self.to_answer)} that it answers"
        due = "" if self.due is None else f", due {day_in_words(self.due)}"
        return f"{self.title} ({area_of(self.area).name}{due}): {parts}. Source: {self.source}."


def _several(parts: tuple[object, ...], name: str) -> str:
    return f"{len(parts)} {name}{'' if len(parts) == 1 else 's'}"
