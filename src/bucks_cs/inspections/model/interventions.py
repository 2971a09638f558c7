"""Inspections: what the Government or an inspectorate does beside inspecting, each with its legal kind and its dates."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.geography import area as area_of
from bucks_cs.geography import area_key
from bucks_cs.indicators.wording import definition_table
from bucks_cs.inspections.model.fields import (
    When,
    a_day_or_none,
    a_time,
    a_time_or_none,
    first_day,
    last_day,
    need_day,
    need_words,
    said_of,
    source_of,
    text,
)
from bucks_cs.inspections.sources.publications import INTERVENTION_ANSWER, PRIORITY_ACTION_PLAN, STATEMENT_AFTER_AN_AREA_REVIEW
from bucks_cs.provenance import AnySource, NoOfficialSource, day_in_words

__all__ = ["Intervention", "InterventionKind"]


class InterventionKind(enum.Enum):
    """What kind of intervention it is in law: two of one purpose may be quite different in what they can compel.

    Example:
        >>> InterventionKind.STATUTORY_DIRECTION.is_statutory, InterventionKind.IMPROVEMENT_NOTICE.is_statutory
        (True, False)
    """

    STATUTORY_DIRECTION = "statutory direction"
    """The Secretary of State directs an authority, under the Education Act 1996: it has to comply."""
    IMPROVEMENT_NOTICE = "improvement notice"
    """The Department for Education says what it expects, and watches: no power of law is used."""
    SUPPORT_AND_SUPERVISION = "support and supervision"
    """What follows for every authority that leaves formal intervention; no power of law is used."""
    WRITTEN_STATEMENT_OF_ACTION = "written statement of action"
    """What the principal authority must state after an area SEND inspection that found significant weaknesses (to 2022)."""
    PRIORITY_ACTION_PLAN = "priority action plan (area SEND)"
    """What an area must plan after the third of the outcomes of an area SEND inspection since 2023."""

    @property
    def is_statutory(self) -> bool | None:
        """Whether a power or a duty of law stands behind it; None where that was not verified."""
        return _STATUTORY[self]

    @property
    def law(self) -> AnySource:
        """What says so."""
        return _LAW[self]


_STATUTORY = {
    InterventionKind.STATUTORY_DIRECTION: True,
    InterventionKind.IMPROVEMENT_NOTICE: False,
    InterventionKind.SUPPORT_AND_SUPERVISION: False,
    InterventionKind.WRITTEN_STATEMENT_OF_ACTION: True,
    InterventionKind.PRIORITY_ACTION_PLAN: None,
}
_LAW: dict[InterventionKind, AnySource] = {
    InterventionKind.STATUTORY_DIRECTION: INTERVENTION_ANSWER,
    InterventionKind.IMPROVEMENT_NOTICE: INTERVENTION_ANSWER,
    InterventionKind.SUPPORT_AND_SUPERVISION: NoOfficialSource(
        reason="Buckinghamshire's report to Cabinet of 11 October 2022, 3.3, says that all authorities that leave formal "
        "intervention enter such a period; no text of the Department for Education on it was found"
    ),
    InterventionKind.WRITTEN_STATEMENT_OF_ACTION: STATEMENT_AFTER_AN_AREA_REVIEW,
    InterventionKind.PRIORITY_ACTION_PLAN: PRIORITY_ACTION_PLAN,
}


@attrs.frozen(kw_only=True)
class Intervention:
    """An intervention in an authority or an area, and when it was in force as far as its sources say.

    Args:
        area: The authority or area: LA number, ONS code or name.
        kind: What it is in law.
        title: What it is called, in words.
        begun: The first day, or the days it lies between.
        ended: The first day on which it was no more in force, or the days it lies between; None where no source has an end.
        known_to: Without an end, the last day of which the sources speak: of later days it is not known whether it was in force.
            None where it is known to be in force still.
        source: Who says that it was in force, and since when.
        source_of_end: Who says that it ended, where that is another; None where it is the same, or there is no end.
        note: What a reader should know.

    Raises:
        MissingSource: There is no source.
        UnknownArea: No look-up knows the area.
        InvalidValue: An end before the beginning, an end beside ``known_to``, a source of an end that there is none of, or a part
            of another kind.

    Example:
        >>> from bucks_cs.inspections import Intervention
        >>> notice = Intervention(area=825, kind=InterventionKind.IMPROVEMENT_NOTICE, title="Improvement notice",
        ...     begun=dt.date(2021, 5, 31), known_to=dt.date(2022, 2, 11), source=NoOfficialSource(reason="made up"))
        >>> notice.holds(dt.date(2021, 5, 30)), notice.holds(dt.date(2022, 1, 1)), notice.holds(dt.date(2023, 1, 1))
        (False, True, None)
    """

    area: str = attrs.field(converter=area_key)
    kind: InterventionKind = attrs.field(validator=of_kind(InterventionKind, expected="an InterventionKind"))
    title: str = attrs.field(validator=need_words)
    begun: When = attrs.field(validator=a_time)
    ended: When | None = attrs.field(default=None, validator=a_time_or_none)
    known_to: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    source: AnySource = attrs.field(default=None, validator=source_of)
    source_of_end: AnySource | None = attrs.field(default=None)
    note: str = attrs.field(default="", validator=text)

    def __attrs_post_init__(self) -> None:
        if self.source_of_end is not None:
            if self.ended is None:
                raise InvalidValue(what="Intervention.source_of_end", expected="None where there is no end")
            source_of(self, attrs.fields(Intervention).source_of_end, self.source_of_end)
        if self.ended is not None and last_day(self.ended) < first_day(self.begun):
            raise InvalidValue(what="Intervention.ended", expected="a day on or after it began")
        if self.ended is not None and self.known_to is not None:
            raise InvalidValue(what="Intervention.known_to", expected="None where there is an end")
        if self.known_to is not None and self.known_to < first_day(self.begun):
            raise InvalidValue(what="Intervention.known_to", expected="a day on or after it began")

    def holds(self, on: dt.date) -> bool | None:
        """Whether it was in force on a day; None where the sources leave it open.

        Args:
            on: The day.

        Raises:
            InvalidValue: It is no plain date.
        """
        day = need_day(on, what="on")
        if day < first_day(self.begun) or (self.ended is not None and day >= last_day(self.ended)):
            return False
        beyond = self.known_to is not None and day > self.known_to
        ending = self.ended is not None and day >= first_day(self.ended)
        return None if day < last_day(self.begun) or beyond or ending else True

    def __str__(self) -> str:
        ended = "" if self.ended is None else f", ended {said_of(self.ended)}"
        open_ended = "" if self.known_to is None else f", known to {day_in_words(self.known_to)}"
        kind = "" if self.title.casefold() == self.kind.value else f" ({self.kind.value})"
        when = f"from {said_of(self.begun)}{ended}{open_ended}"
        return f"{area_of(self.area).name}: {self.title}{kind}, {when}. Source: {self.source}."

    def _repr_html_(self) -> str:
        statutory = {True: "yes", False: "no", None: "not verified"}[self.kind.is_statutory]
        said = {"Kind": self.kind.value, "Statutory": statutory, "From": said_of(self.begun)}
        said |= {"Ended": "" if self.ended is None else said_of(self.ended)}
        said |= {"Known to": "" if self.known_to is None else day_in_words(self.known_to), "Source": str(self.source)}
        said |= {"Source of the end": str(self.source_of_end or ""), "Note": self.note, "Law": str(self.kind.law)}
        caption = f"{self.title}, {area_of(self.area).name}"
        return definition_table(caption, {name: words for name, words in said.items() if words})
