"""Schemes: places that open, and places that close, each from an academic year or a day on."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.periods import AcademicYear, Period, Snapshot
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.sufficiency.model.areas_of_need import AreaOfNeed
from bucks_cs.sufficiency.model.groups import HomeGroup, ProvisionGroup
from bucks_cs.sufficiency.model.vocabulary import PhaseOfStrategy
from bucks_cs.units import Quantity, quantity

__all__ = ["Closing", "Opening", "Scheme"]

_WHEN = of_kind(AcademicYear, Snapshot, expected="an AcademicYear, or for homes a Snapshot")


def _some_places(instance: object, attribute: attrs.Attribute[int], value: object) -> None:
    """An attrs validator: a whole number of places, one or more."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 1_000_000:
        hint = " Places that close are a Closing, and their number is positive too."
        raise InvalidValue(what=f"{type(instance).__name__}.places", expected="a whole number of places, 1 or more", hint=hint)


@attrs.frozen(kw_only=True)
class Opening:
    """Places that open, and stay: so many more in that academic year (or on that day) and after it.

    Args:
        at: The academic year they open in; for homes the day.
        places: How many.

    Raises:
        InvalidValue: It is no such period, or no whole number of 1 or more.
    """

    at: AcademicYear | Snapshot = attrs.field(validator=_WHEN)
    places: int = attrs.field(validator=_some_places)

    @property
    def change(self) -> int:
        """What it adds."""
        return self.places


@attrs.frozen(kw_only=True)
class Closing:
    """Places that close: so many fewer in that academic year (or on that day) and after it.

    Args:
        at: The first academic year without them; for homes the day.
        places: How many, as a positive number.

    Raises:
        InvalidValue: It is no such period, or no whole number of 1 or more.
    """

    at: AcademicYear | Snapshot = attrs.field(validator=_WHEN)
    places: int = attrs.field(validator=_some_places)

    @property
    def change(self) -> int:
        """What it adds: less than nothing."""
        return -self.places


def _as_steps(given: Opening | Closing | Iterable[Opening | Closing]) -> tuple[Opening | Closing, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


@attrs.frozen(kw_only=True)
class Scheme:
    """A scheme of places: what they are, and how many open or close from when on, phased over years as it will be.

    Args:
        name: What it is called.
        group: The places: a `ProvisionGroup`, or for homes a `HomeGroup`. They are of one group, as a row of a table is; a school
            with several is several schemes.
        steps: An `Opening` or `Closing`, or several: places open in academic years, homes on days.
        source: Who says so.
        answers: The area of paragraph 3.23 that it answers, if any.
        phase_of_strategy: The phase of the strategy it belongs to, if any.

    Raises:
        MissingSource: There is no source.
        InvalidValue: A part is of another kind; no step, or two of one kind at one time; a day for education or an academic year
            for homes; places that do not lie in the area it is said to answer.

    Example:
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.sufficiency import KindOfProvision, Opening, PhaseOfEducation, ProvisionGroup, Scheme
        >>> scheme = Scheme(name="a new school", source=NoOfficialSource(reason="made up for this example"),
        ...     group=ProvisionGroup(kind=KindOfProvision.SPECIAL_SCHOOL, phase=PhaseOfEducation.SECONDARY),
        ...     steps=[Opening(at=AcademicYear("2024/25"), places=30), Opening(at=AcademicYear("2025/26"), places=40)])
        >>> print(scheme)
        a new school: special school, secondary; 30 places open in 2024/25, 40 open in 2025/26
        >>> [scheme.change_by(AcademicYear.starting(year)).magnitude for year in (2023, 2024, 2025, 2026)]
        [0, 30, 70, 70]
    """

    name: str = attrs.field(validator=of_kind(str, expected="text"))
    group: ProvisionGroup | HomeGroup = attrs.field(
        validator=of_kind(ProvisionGroup, HomeGroup, expected="a ProvisionGroup or a HomeGroup")
    )
    steps: tuple[Opening | Closing, ...] = attrs.field(converter=_as_steps)
    source: AnySource = attrs.field(validator=of_kind(Source, NoOfficialSource, expected="a Source, or NoOfficialSource"))
    answers: AreaOfNeed | None = attrs.field(
        default=None, validator=of_kind(AreaOfNeed, type(None), expected="an AreaOfNeed, or None")
    )
    phase_of_strategy: PhaseOfStrategy | None = attrs.field(
        default=None, validator=of_kind(PhaseOfStrategy, type(None), expected="a PhaseOfStrategy, or None")
    )

    def __attrs_post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValue(what="Scheme.name", expected="what the scheme is called")
        if not self.steps or not all(isinstance(step, (Opening, Closing)) for step in self.steps):
            raise InvalidValue(what="Scheme.steps", expected="an Opening or a Closing, or several")
        if len({(type(step), step.at) for step in self.steps}) < len(self.steps):
            raise InvalidValue(what="Scheme.steps", expected="one opening and one closing at a time: add them up first")
        in_education = isinstance(self.group, ProvisionGroup)
        if not all(isinstance(step.at, AcademicYear if in_education else Snapshot) for step in self.steps):
            said = "academic years for places in education, days as Snapshots for homes"
            raise InvalidValue(what="Scheme.steps", expected=f"steps in {said}")
        if self.answers is not None and not (isinstance(self.group, ProvisionGroup) and self.answers.covers(self.group)):
            raise InvalidValue(what="Scheme.answers", expected="an area that the places lie in (phase, kind, need and locality)")

    def change_by(self, when: Period) -> Quantity:
        """How many more places there are at a time than without the scheme, fewer as a negative number.

        Args:
            when: An academic year, or for homes a day as a `Snapshot`.

        Returns:
            The openings up to then, less the closings, in places.

        Raises:
            InvalidValue: It is not of the kind that the scheme's steps are.
        """
        if type(when) is not type(self.steps[0].at):
            raise InvalidValue(what="when", expected="a period of the kind that the scheme's steps are in")
        return quantity(sum(step.change for step in self.steps if step.at.start <= when.start), "place")

    def __str__(self) -> str:
        in_order = sorted(self.steps, key=lambda step: step.at.start)
        preposition = "in" if isinstance(self.group, ProvisionGroup) else "on"
        verbs = ["open" if isinstance(step, Opening) else "close" for step in in_order]
        said = [f"{step.places:,} {verb} {preposition} {step.at.label}" for step, verb in zip(in_order, verbs, strict=True)]
        said[0] = said[0].replace(" ", " places " if in_order[0].places > 1 else " place ", 1)
        return f"{self.name}: {self.group}; {', '.join(said)}"
