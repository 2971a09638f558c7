"""Inspections: what a regime is made of: kinds of inspection, judgements, and the dates each was in force."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from bucks_cs.errors import InvalidValue, NotInForce, did_you_mean, of_kind
from bucks_cs.inspections.model.fields import (
    When,
    a_day_or_none,
    a_time,
    a_time_or_none,
    as_tuple,
    each_of,
    first_day,
    last_day,
    need_time,
    said_of,
    source_of,
    text,
    true_or_false,
)
from bucks_cs.inspections.model.scales import NoGrade, Scale, in_plain_words
from bucks_cs.provenance import AnySource, day_in_words

__all__ = ["Activity", "Family", "Judgement", "Regime"]


class Family(enum.Enum):
    """Whose inspection it is. Regimes of two families have nothing to do with each other."""

    LOCAL_AUTHORITY = "local authority children's services"
    AREA_SEND = "area SEND"
    SCHOOL = "state-funded schools"
    CHILDRENS_HOME = "children's homes"


@attrs.frozen(kw_only=True)
class Activity:
    """A kind of inspection of a regime: a standard inspection, a focused visit, a revisit.

    Args:
        key: Its own name in the regime.
        title: What it is called.
        carries_grades: Whether it ends in judgements; a focused visit, a monitoring visit and an annual conversation do not.
        is_full: Whether it begins the cycle anew: the next is counted from it.
        also: Other names of the same, as files have them.
        since: The first day such an inspection began, where that is not the regime's own.
        until: The last day such an inspection began, where that is not the regime's own.
    """

    key: str = attrs.field(validator=text)
    title: str = attrs.field(validator=text)
    carries_grades: bool = attrs.field(validator=true_or_false)
    is_full: bool = attrs.field(default=False, validator=true_or_false)
    also: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, repr=False)
    since: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    until: dt.date | None = attrs.field(default=None, validator=a_day_or_none)

    def __str__(self) -> str:
        return self.title


@attrs.frozen(kw_only=True)
class Judgement:
    """A judgement that a regime makes: what is judged, on which scale, in inspections of which kinds, since and until when.

    Args:
        key: Its own name in the regime.
        title: What it is called.
        scale: Its grades or outcomes.
        activities: The keys of the kinds of inspection that make it.
        is_overall: Whether it is the one judgement of the whole.
        is_always_made: False for what is made where it applies: of a sixth form, of a safeguarding board.
        also: Other names of the same, as reports and files have them.
        since: The first day of an inspection that makes it, where that is not the regime's own.
        until: The last day of an inspection that makes it, where that is not the regime's own.
    """

    key: str = attrs.field(validator=text)
    title: str = attrs.field(validator=text)
    scale: Scale = attrs.field(validator=of_kind(Scale, expected="a Scale"))
    activities: tuple[str, ...] = attrs.field(converter=as_tuple, validator=each_of(str, "keys of kinds of inspection"))
    is_overall: bool = attrs.field(default=False, validator=true_or_false)
    is_always_made: bool = attrs.field(default=True, validator=true_or_false)
    also: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, repr=False)
    since: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    until: dt.date | None = attrs.field(default=None, validator=a_day_or_none)

    def why_not_on(self, begun: When) -> NoGrade | None:
        """Why an inspection begun on a day makes no such judgement, by its dates alone; None where it does.

        Args:
            begun: The first day of the inspection; of bounds, either end may make it.

        Raises:
            InvalidValue: It is no date and no bounds.
        """
        need_time(begun, what="begun")
        if self.since is not None and last_day(begun) < self.since:
            return NoGrade.NOT_YET
        if self.until is not None and first_day(begun) > self.until:
            return NoGrade.NO_LONGER
        return None

    def is_called(self, name: object) -> bool:
        """Whether a name is one of this judgement's.

        Args:
            name: A name, in any capitals; what is no text is no name.
        """
        names = {in_plain_words(each) for each in (self.key, self.title, *self.also)}
        return isinstance(name, str) and in_plain_words(name) in names

    def __str__(self) -> str:
        return self.title


@attrs.frozen(kw_only=True)
class Regime:
    """A regime of inspection: who inspects whom, since and until when, which judgements it makes and in which grades.

    Args:
        key: Its own name among the regimes.
        title: What it is called.
        family: Whose inspection it is.
        inspected_by: The bodies that inspect.
        since: The first day an inspection under it began, or the days it lies between.
        until: The last day one began, or the days it lies between; None while it is in force.
        activities: Its kinds of inspection.
        judgements: Its judgements, in the order of its reports.
        source: Who says so.
        note: What a reader should know.

    Raises:
        MissingSource: There is no source.
        InvalidValue: ``until`` before ``since``; two of one key; a judgement of another regime's scale, of no kind of
            inspection there is, or of a kind that carries no grades; or a part of another kind.

    Example:
        >>> from bucks_cs.inspections import ILACS
        >>> print(ILACS)
        Inspecting local authority children's services (ILACS), Ofsted, since 1 January 2018
        >>> [judgement.key for judgement in ILACS.judgements_of("standard inspection", on=dt.date(2022, 12, 5))]
        ['overall_effectiveness', 'impact_of_leaders', 'help_and_protection', 'children_in_care_and_care_leavers']
    """

    key: str = attrs.field(validator=text)
    title: str = attrs.field(validator=text)
    family: Family = attrs.field(validator=of_kind(Family, expected="a Family"))
    inspected_by: tuple[str, ...] = attrs.field(converter=as_tuple, validator=each_of(str, "names of bodies"))
    since: When = attrs.field(validator=a_time)
    until: When | None = attrs.field(default=None, validator=a_time_or_none)
    activities: tuple[Activity, ...] = attrs.field(
        converter=as_tuple, validator=each_of(Activity, "an Activity each"), repr=False
    )
    judgements: tuple[Judgement, ...] = attrs.field(
        converter=as_tuple, validator=each_of(Judgement, "a Judgement each"), repr=False
    )
    source: AnySource = attrs.field(default=None, validator=source_of, repr=False)
    note: str = attrs.field(default="", validator=text, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.until is not None and last_day(self.until) < first_day(self.since):
            raise InvalidValue(what="Regime.until", expected="a day on or after since")
        for name, parts in (("activities", self.activities), ("judgements", self.judgements)):
            if not parts or len({part.key for part in parts}) != len(parts):
                raise InvalidValue(what=f"Regime.{name}", expected="one or more, each of its own key")
        graded = {activity.key for activity in self.activities if activity.carries_grades}
        if {key for judgement in self.judgements for key in judgement.activities} != graded:
            raise InvalidValue(what="Regime.judgements", expected="some in every kind that carries grades, and in no other")
        if any(judgement.scale.regime != self.key for judgement in self.judgements):
            raise InvalidValue(what="Regime.judgements", expected="judgements on scales of its own")

    def holds(self, begun: When) -> bool:
        """Whether an inspection begun on a day may have been under it.

        Args:
            begun: The day; of bounds, any day of them.

        Raises:
            InvalidValue: It is no date and no bounds.
        """
        need_time(begun, what="begun")
        ended = self.until is not None and first_day(begun) > last_day(self.until)
        return last_day(begun) >= first_day(self.since) and not ended

    def need_in_force(self, activity: str | Activity, begun: When) -> None:
        """Refuse a day on which no inspection of a kind began under it.

        Args:
            activity: The kind of inspection.
            begun: The first day.

        Raises:
            NotInForce: The regime, or that kind of inspection in it, was not in force.
            InvalidValue: The regime has no such kind of inspection, or it is no date and no bounds.
        """
        kind, held = self.activity(activity), self.holds(begun)
        late = kind.until is not None and first_day(begun) > kind.until
        early = kind.since is not None and last_day(begun) < kind.since
        if late or early or not held:
            days = dict.fromkeys(day.isoformat() for day in (first_day(begun), last_day(begun)))
            what = f"{kind.title} of {self.title}"
            raise NotInForce(what=what, on=" to ".join(days), ranges=(self._since_until(kind),))

    def activity(self, name: str | Activity) -> Activity:
        """A kind of inspection by its key or one of its names.

        Args:
            name: Such as ``"standard inspection"`` or, as Ofsted's file has it, ``"ILACS Standard Inspection"``.

        Raises:
            InvalidValue: The regime has none of that name.
        """
        for activity in self.activities:
            names = {in_plain_words(each) for each in (activity.key, activity.title, *activity.also)}
            if name == activity or (isinstance(name, str) and in_plain_words(name) in names):
                return activity
        titles = [activity.title for activity in self.activities]
        hint = did_you_mean(name, titles) if isinstance(name, str) else ""
        raise InvalidValue(what=f"a kind of inspection of {self.title}", expected=" or ".join(titles), hint=hint)

    def judgement(self, name: str | Judgement, *, on: When | None = None) -> Judgement:
        """A judgement by its key or one of its names.

        A name may have passed from one judgement to another ("children in care" was of children in care and care leavers until
        2022): ``on`` says which is meant.

        Args:
            name: Such as ``"overall effectiveness"``, or a report's or a file's wording; ``"overall"`` is the judgement of the
                whole, where the regime makes one.
            on: The first day of the inspection; without it, the judgement is the newest of that name.

        Raises:
            InvalidValue: The regime has none of that name; where it is the overall judgement that is asked for, and the regime
                has none, the error says so; or ``on`` is no date and no bounds.
        """
        if on is not None:
            need_time(on, what="on")
        called = [one for one in self.judgements if name == one or one.is_called(name)]
        in_force = [one for one in called if on is None or one.why_not_on(on) is None]
        if called:
            return (in_force or called)[-1]
        plain = in_plain_words(name) if isinstance(name, str) else ""
        if plain in _OF_THE_WHOLE and self.overall is not None:
            return self.overall
        if plain in _OVERALL | _OF_THE_WHOLE and self.overall is None:
            raise InvalidValue(what=f"the overall judgement of {self.title}", expected="none: the regime makes none")
        titles = [one.title for one in self.judgements]
        hint = did_you_mean(name, titles) if isinstance(name, str) else ""
        raise InvalidValue(what=f"a judgement of {self.title}", expected=" or ".join(titles), hint=hint)

    def judgements_of(self, activity: str | Activity, *, on: When) -> tuple[Judgement, ...]:
        """The judgements that an inspection of a kind makes, of one begun on a day.

        Args:
            activity: The kind of inspection.
            on: Its first day.

        Returns:
            The judgements in the order of reports; none for a visit that carries no grades.

        Raises:
            InvalidValue: The regime has no such kind of inspection, or ``on`` is no date and no bounds.
        """
        key = self.activity(activity).key
        need_time(on, what="on")
        return tuple(one for one in self.judgements if key in one.activities and one.why_not_on(on) is None)

    @property
    def overall(self) -> Judgement | None:
        """The one judgement of the whole, or None where the regime makes none."""
        return next((judgement for judgement in self.judgements if judgement.is_overall), None)

    def _since_until(self, activity: Activity) -> str:
        since, until = activity.since or first_day(self.since), activity.until or self.until
        return f"{day_in_words(since)} to {day_in_words(last_day(until)) if until is not None else 'now'}"

    def __str__(self) -> str:
        until = "" if self.until is None else f" until {_day_or_some_day(self.until)}"
        return f"{self.title}, {' and '.join(self.inspected_by)}, since {_day_or_some_day(self.since)}{until}"


def _day_or_some_day(given: When) -> str:
    return said_of(given) if isinstance(given, dt.date) else f"some day {said_of(given)}"


_OF_THE_WHOLE = frozenset({"overall", "overall judgement", "overall grade"})
_OVERALL = frozenset({"overall effectiveness", "overall experiences and progress"})
