"""Inspections: what an inspection found, in the judgements of its own regime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from bucks_cs import interchange
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.geography import area as area_of
from bucks_cs.geography import area_key
from bucks_cs.indicators.wording import definition_table
from bucks_cs.inspections.model.dates import DatesAsGiven, between_in_words, need_order
from bucks_cs.inspections.model.fields import (
    When,
    a_time,
    a_time_or_none,
    as_tuple,
    each_of,
    in_a_sentence,
    source_of,
    text,
    text_or_none,
)
from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family, Judgement, Regime
from bucks_cs.inspections.model.outcome_document import fields_read, written
from bucks_cs.inspections.model.recommendations import AreaOfWeakness, Recommendation
from bucks_cs.inspections.model.regimes import regime_of
from bucks_cs.inspections.model.scales import Grade, NoGrade
from bucks_cs.inspections.model.weaknesses import need_weaknesses_that_fit
from bucks_cs.provenance import AnySource

__all__ = ["InspectionOutcome", "Judged"]


@attrs.frozen(kw_only=True)
class Judged:
    """A judgement and the grade given to it.

    Args:
        judgement: What was judged.
        grade: The grade.

    Raises:
        InvalidValue: The grade is none of that judgement's scale.
    """

    judgement: Judgement = attrs.field(validator=of_kind(Judgement, expected="a Judgement"))
    grade: Grade = attrs.field(validator=of_kind(Grade, expected="a Grade"))

    def __attrs_post_init__(self) -> None:
        self.judgement.scale.read(self.grade, what=self.judgement.title)

    def __str__(self) -> str:
        return f"{in_a_sentence(self.judgement.title)}: {self.grade}"


def _as_given(given: str | Activity) -> Any:
    """An attrs converter for what only the regime can read: it is read when the regime is known."""
    return given


def _judgements_as_given(given: Mapping[Any, str | Grade | None] | Iterable[Judged]) -> Any:
    return given


def _count(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise InvalidValue(what=f"InspectionOutcome.{attribute.name}", expected="a whole number from 0 up, or None")


@attrs.frozen(kw_only=True)
class InspectionOutcome:
    """What an inspection found: whose, under which regime, when, and its judgements in that regime's own grades.

    A blank is not one thing. A judgement that was not yet made at the time is nothing missing, and a grade for it is refused; one
    that was made and is not given here is missing, and `missing` says so; a visit carries no grades at all. `grade` tells them
    apart. A regime without an overall judgement has none, and is given none.

    Args:
        area: The authority whose services, area, school or home it is: LA number, ONS code or name.
        urn: The unique reference number of the school or home; for an authority, Ofsted's own, if wanted.
        name: The name of the school or home; None for an authority or an area.
        regime: The regime, or its key.
        activity: The kind of inspection, or its name in the regime.
        start: The first day, or the days it lies between.
        end: The last day; None where the source does not say.
        published: The day its report was published; None where it was not, or the source does not say.
        judgements: A grade, or its wording, by judgement, or its name; None for a blank. Or `Judged` objects.
        theme: What a visit was about.
        areas_of_weakness: The areas of significant weakness, or for priority action, as far as their words are known.
        number_of_weaknesses: How many there are, where that is said.
        number_with_progress: At a revisit, how many had made sufficient progress.
        number_without_progress: At a revisit, how many had not.
        recommendations: What it recommends.
        dates_elsewhere: The same inspection's dates as another source has them, where they differ: neither is corrected.
        source: Where the outcome is from.
        note: What a reader should know.

    Raises:
        MissingSource: There is no source.
        UnknownArea: No look-up knows the area.
        NotInForce: The regime, or that kind of inspection in it, was not in force on the first day.
        InvalidValue: An end before the start; a published date before the end; a judgement that the regime does not make, did not
            make at the time, or does not make in inspections of that kind; an overall grade where the regime has none; a grade of
            another regime, or no grade of this one; weaknesses that do not fit each other; or a part of another kind.

    Source:
        The regimes' own (`Regime.source`); for the judgement on care leavers, Ofsted, Local authority inspection outcomes as at
        31 March 2025, worksheet Notes.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.inspections import ILACS, InspectionOutcome
        >>> from bucks_cs.provenance import Source
        >>> report = Source(title="Inspection of Buckinghamshire Council children's services", publisher="Ofsted",
        ...     date=dt.date(2022, 2, 11), place="page 1")
        >>> outcome = InspectionOutcome(area=825, regime=ILACS, activity="standard inspection", start=dt.date(2021, 12, 6),
        ...     end=dt.date(2021, 12, 17), published=dt.date(2022, 2, 11), source=report,
        ...     judgements={"overall effectiveness": "Requires improvement to be good"})
        >>> print(outcome)
        Buckinghamshire: standard inspection, 6 December 2021 to 17 December 2021, published on 11 February 2022, under Inspecting
        local authority children's services (ILACS). Overall effectiveness: requires improvement to be good. Not given: impact of
        leaders ... and care leavers. Source: Ofsted, Inspection of Buckinghamshire Council children's services, ...
        >>> outcome.grade("care leavers"), outcome.grade("impact of leaders")
        (<NoGrade.NOT_YET: 'not yet a judgement'>, <NoGrade.MISSING: 'missing'>)
    """

    area: str = attrs.field(converter=area_key)
    urn: str | None = attrs.field(default=None, validator=text_or_none)
    name: str | None = attrs.field(default=None, validator=text_or_none)
    regime: Regime = attrs.field(converter=regime_of)
    activity: Activity = attrs.field(converter=_as_given)
    start: When = attrs.field(validator=a_time)
    end: When | None = attrs.field(default=None, validator=a_time_or_none)
    published: When | None = attrs.field(default=None, validator=a_time_or_none)
    judgements: tuple[Judged, ...] = attrs.field(default=(), converter=_judgements_as_given)
    theme: str | None = attrs.field(default=None, validator=text_or_none)
    areas_of_weakness: tuple[AreaOfWeakness, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(AreaOfWeakness, "an AreaOfWeakness each")
    )
    number_of_weaknesses: int | None = attrs.field(default=None, validator=_count)
    number_with_progress: int | None = attrs.field(default=None, validator=_count)
    number_without_progress: int | None = attrs.field(default=None, validator=_count)
    recommendations: tuple[Recommendation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(Recommendation, "a Recommendation each")
    )
    dates_elsewhere: tuple[DatesAsGiven, ...] = attrs.field(
        default=(), converter=as_tuple, validator=each_of(DatesAsGiven, "a DatesAsGiven each")
    )
    source: AnySource = attrs.field(default=None, validator=source_of)
    note: str = attrs.field(default="", validator=text)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "activity", self.regime.activity(self.activity))
        need_order("InspectionOutcome", self.start, self.end, self.published)
        self.regime.need_in_force(self.activity, self.start)
        if self.regime.family in _SETTINGS and not (self.urn or self.name):
            raise InvalidValue(what="InspectionOutcome", expected="the urn or the name of the school or home")
        if self.regime.family not in _SETTINGS and self.name is not None:
            raise InvalidValue(what="InspectionOutcome.name", expected="None for an authority or an area, which `area` names")
        object.__setattr__(self, "judgements", _in_order(self, _judged(self, self.judgements)))
        need_weaknesses_that_fit(self)

    @property
    def body(self) -> str:
        """Who was inspected: the LA number of an authority or an area; the urn of a school or home, or its name."""
        return self.area if self.regime.family not in _SETTINGS else self.urn or self.name or ""

    @property
    def body_name(self) -> str:
        """The name of who was inspected."""
        return self.name or (f"{_SETTINGS[self.regime.family]} {self.urn}" if self.body != self.area else area_of(self.area).name)

    @property
    def grades(self) -> dict[str, Grade]:
        """The grade of each judgement that has one, by the judgement's key, in the order of reports."""
        return {one.judgement.key: one.grade for one in self.judgements}

    @property
    def overall(self) -> Grade | NoGrade:
        """The overall grade; `NoGrade.NOT_GRADED` where the regime or the kind of inspection has none."""
        return self.grade(self.regime.overall) if self.regime.overall is not None else NoGrade.NOT_GRADED

    @property
    def missing(self) -> tuple[Judgement, ...]:
        """The judgements that were made, as far as the regime goes, and that are not given here."""
        made = self.regime.judgements_of(self.activity, on=self.start)
        return tuple(one for one in made if self.grade(one) is NoGrade.MISSING)

    def grade(self, judgement: str | Judgement) -> Grade | NoGrade:
        """The grade of a judgement, or why there is none.

        Args:
            judgement: The judgement, or its name.

        Returns:
            The grade; or a `NoGrade`: not yet a judgement at the time, no longer one, none in inspections of this kind, made of
            some only, or missing.

        Raises:
            InvalidValue: The regime makes no such judgement at any time.
        """
        asked = self.regime.judgement(judgement, on=self.start)
        found = next((one.grade for one in self.judgements if one.judgement == asked), None)
        if found is not None:
            return found
        if self.activity.key not in asked.activities:
            return NoGrade.NOT_GRADED
        return asked.why_not_on(self.start) or (NoGrade.MISSING if asked.is_always_made else NoGrade.NOT_MADE)

    def __str__(self) -> str:
        when = between_in_words(self.start, self.end, self.published)
        about = "" if self.theme is None else f", theme {self.theme}"
        head = f"{self.body_name}: {in_a_sentence(self.activity.title)}{about}, {when}, under {self.regime.title}."
        return " ".join([head, *self._found(), f"Source: {self.source}."])

    def _found(self) -> list[str]:
        found = [f"{one.judgement.title}: {one.grade}." for one in self.judgements]
        if not self.activity.carries_grades:
            found.append("No grades: inspections of this kind carry none.")
        if self.number_of_weaknesses:
            several = "areas" if self.number_of_weaknesses > 1 else "area"
            found.append(f"{self.number_of_weaknesses} {several} of significant weakness.")
        if self.missing:
            found.append(f"Not given: {', '.join(in_a_sentence(one.title) for one in self.missing)}.")
        return found

    def _repr_html_(self) -> str:
        said = {"Regime": str(self.regime), "Inspection": self.activity.title, "Theme": self.theme or ""}
        said |= {"When": between_in_words(self.start, self.end, self.published)}
        said |= {"When, elsewhere": "; ".join(map(str, self.dates_elsewhere))}
        said |= {one.judgement.title: one.grade.wording for one in self.judgements}
        said |= {one.title: NoGrade.MISSING.value for one in self.missing}
        if self.number_of_weaknesses is not None:
            said["Areas of weakness"] = str(self.number_of_weaknesses)
        said |= {f"Area of weakness {n}": one.text for n, one in enumerate(self.areas_of_weakness, 1)}
        said |= {f"Recommendation {n}": one.text for n, one in enumerate(self.recommendations, 1)}
        said |= {"Source": str(self.source), "Note": self.note}
        return definition_table(f"Inspection outcome, {self.body_name}", {name: text for name, text in said.items() if text})


_SETTINGS = {Family.SCHOOL: "school", Family.CHILDRENS_HOME: "children's home"}


def _judged(outcome: InspectionOutcome, given: Any) -> list[Judged]:
    """What was given as `Judged` objects; a blank is none."""
    pairs = given.items() if isinstance(given, Mapping) else [(one.judgement, one.grade) for one in _each_judged(given)]
    found = []
    for name, wording in pairs:
        judgement = outcome.regime.judgement(name, on=outcome.start)
        if wording is not None:
            _need_made(outcome, judgement)
            found.append(Judged(judgement=judgement, grade=judgement.scale.read(wording, what=judgement.title)))
    return found


def _each_judged(given: Any) -> tuple[Judged, ...]:
    each = as_tuple(given)
    if not all(isinstance(one, Judged) for one in each):
        raise InvalidValue(what="InspectionOutcome.judgements", expected="a mapping of judgements and grades, or a Judged each")
    return each


def _need_made(outcome: InspectionOutcome, judgement: Judgement) -> None:
    """Refuse a grade of a judgement that such an inspection does not make, or did not make at the time."""
    what = f"a grade of {in_a_sentence(judgement.title)}"
    if outcome.activity.key not in judgement.activities:
        raise InvalidValue(what=what, expected=f"none: a {in_a_sentence(outcome.activity.title)} makes no such judgement")
    why = judgement.why_not_on(outcome.start)
    if why is not None:
        raise InvalidValue(what=what, expected=f"none: it was {why.value} at the time of the inspection")


def _in_order(outcome: InspectionOutcome, judged: list[Judged]) -> tuple[Judged, ...]:
    keys = [one.judgement.key for one in judged]
    if len(set(keys)) != len(keys):
        raise InvalidValue(what="InspectionOutcome.judgements", expected="each judgement once")
    order = [judgement.key for judgement in outcome.regime.judgements]
    return tuple(sorted(judged, key=lambda one: order.index(one.judgement.key)))


interchange.register(
    InspectionOutcome, write=written, read=lambda document, read: InspectionOutcome(**fields_read(document, read))
)
