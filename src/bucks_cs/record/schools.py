"""The record: the school inspections of the Cabinet report of October 2022, as typed data."""

from __future__ import annotations

import functools

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.inspections import ShareOfPupils
from bucks_cs.provenance import DateBounds, Source
from bucks_cs.record.printed_figures import PrintedFigure, figure

__all__ = ["PrintedSchoolsInspected", "schools_inspected"]

_REPORT = "cabinet-2022-10"
_BUCKINGHAMSHIRE = "825"
_PHASES = ("primary", "secondary", "special")
_figure = of_kind(PrintedFigure, expected="a PrintedFigure")


@attrs.frozen(kw_only=True)
class PrintedSchoolsInspected:
    """The schools inspected since September 2021, by phase and by what became of their rating, each figure as printed.

    "Improved", "maintained" and "dropped" are the report's own words. They do not say where an outstanding school that is now
    good belongs, so no count here is one of `bucks_cs.inspections.Movement`.

    Args:
        inspected: The schools inspected.
        primary: Those that are primary schools.
        secondary: Those that are secondary schools.
        special: Those that are special schools.
        improved: Those that improved their rating to good or better.
        maintained: Those that maintained their previous judgement.
        maintained_good: Of these, those that maintained good or better.
        remained_requires_improvement: Of these, those that remained requires improvement.
        dropped: Those whose rating dropped.
        pupils: The share of pupils in a good or outstanding school at the end of the academic year 2022: none of schools.

    Raises:
        InvalidValue: A part is of another kind.
    """

    inspected: PrintedFigure = attrs.field(validator=_figure)
    primary: PrintedFigure = attrs.field(validator=_figure)
    secondary: PrintedFigure = attrs.field(validator=_figure)
    special: PrintedFigure = attrs.field(validator=_figure)
    improved: PrintedFigure = attrs.field(validator=_figure)
    maintained: PrintedFigure = attrs.field(validator=_figure)
    maintained_good: PrintedFigure = attrs.field(validator=_figure)
    remained_requires_improvement: PrintedFigure = attrs.field(validator=_figure)
    dropped: PrintedFigure = attrs.field(validator=_figure)
    pupils: ShareOfPupils = attrs.field(validator=of_kind(ShareOfPupils, expected="a ShareOfPupils"))

    @property
    def by_phase(self) -> dict[str, PrintedFigure]:
        """Those of each phase."""
        return {phase: getattr(self, phase) for phase in _PHASES}

    @property
    def counts(self) -> dict[str, int]:
        """Every count as a number, by its name here."""
        return {name: _number(getattr(self, name)) for name in attrs.fields_dict(type(self)) if name != "pupils"}

    @property
    def when(self) -> DateBounds:
        """The days between which they were inspected: from September 2021 to the report."""
        if not isinstance(self.inspected.period, DateBounds):  # pragma: no cover - paragraph 3.35 names a month alone
            raise InvalidValue(what="the time of a figure", expected="bounds")
        return self.inspected.period

    @property
    def source(self) -> Source:
        """The document, at the paragraph."""
        return self.inspected.source

    def __str__(self) -> str:
        n = self.counts
        phases = ", ".join(f"{n[phase]} {phase}" for phase in _PHASES)
        return (
            f"{n['inspected']} schools inspected since September 2021 ({phases}): {n['improved']} improved to good or better, "
            f"{n['maintained']} maintained their judgement ({n['maintained_good']} good or better, "
            f"{n['remained_requires_improvement']} requires improvement), {n['dropped']} dropped. Source: {self.source}."
        )


@functools.cache
def schools_inspected() -> PrintedSchoolsInspected:
    """The 30 schools of Buckinghamshire inspected since September 2021, and the share of pupils in good schools, as printed.

    That the phases and the movements each add up to 30, and the two kinds of maintained to 22, is among the relations that
    `bucks_cs.record.audit` checks. The 90% is of pupils: Ofsted's file gives 87.8% of mainstream *schools* on 31 August 2022,
    which is another measure, and the two do not compare.

    Returns:
        Counts of schools as printed figures, and a `bucks_cs.inspections.ShareOfPupils`. No gaps.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraphs 3.35 to 3.38; read
        through `bucks_cs.record.figure`.

    Example:
        >>> from bucks_cs.record import schools_inspected
        >>> print(schools_inspected())
        30 schools inspected since September 2021 (24 primary, 5 secondary, 1 special): 4 improved to good or better, 22
        maintained their judgement (18 good or better, 4 requires improvement), 4 dropped. Source: Buckinghamshire Council, ...
        >>> print(schools_inspected().pupils.percent)
        90.0 percent
    """
    pupils = figure(f"{_REPORT}/3.38/pupils")
    if pupils.quantity is None or not isinstance(pupils.period, DateBounds):  # pragma: no cover - both are printed
        raise InvalidValue(what="the share of pupils", expected="a percentage, and when it was")
    return PrintedSchoolsInspected(
        inspected=figure(f"{_REPORT}/3.35/schools"),
        primary=figure(f"{_REPORT}/3.35/primary"),
        secondary=figure(f"{_REPORT}/3.35/secondary"),
        special=figure(f"{_REPORT}/3.35/special"),
        improved=figure(f"{_REPORT}/3.36/improved"),
        maintained=figure(f"{_REPORT}/3.36/maintained"),
        maintained_good=figure(f"{_REPORT}/3.36/maintained-good"),
        remained_requires_improvement=figure(f"{_REPORT}/3.36/remained-requires-improvement"),
        dropped=figure(f"{_REPORT}/3.36/dropped"),
        pupils=ShareOfPupils(percent=pupils.quantity, area=_BUCKINGHAMSHIRE, at=pupils.period, source=pupils.source),
    )


def _number(printed: PrintedFigure) -> int:
    if printed.quantity is None:  # pragma: no cover - a count always has a number
        raise InvalidValue(what="a count of schools", expected="a count")
    return int(printed.quantity.magnitude)
