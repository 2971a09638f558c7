"""The record: the two national ambitions of the Schools White Paper, as the two papers of October 2022 print them."""

from __future__ import annotations

import functools

import attrs

from bucks_cs.attainment import GCSE_AMBITION, KEY_STAGE_2_AMBITION, Ambition
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import Source
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.units import Quantity, in_unit

__all__ = ["PrintedAmbition", "ambitions"]

_a_figure = of_kind(PrintedFigure, expected="a PrintedFigure")
_a_figure_or_none = of_kind(PrintedFigure, type(None), expected="a PrintedFigure, or None")

# The report's paragraph, and the item of the minutes that repeats it.
_PRINTED = (
    ("cabinet-2022-10/2.3-i", "cabinet-2022-10/2.3-ii"),
    ("cabinet-minutes-2022-10/ambition-i", "cabinet-minutes-2022-10/ambition-ii"),
)


@attrs.frozen(kw_only=True)
class PrintedAmbition:
    """A national ambition as one document prints it, beside the ambition itself.

    Args:
        ambition: The national ambition it is of.
        target: The target as printed.
        by: The year of it as printed.
        baseline: Where it begins, as printed; None where the document does not print it.
        baseline_year: The year of that; None where there is none.

    Raises:
        InvalidValue: A target or a baseline that is no number in the ambition's unit; a baseline without its year, or the year
            alone; or a part of another kind.
    """

    ambition: Ambition = attrs.field(validator=of_kind(Ambition, expected="an Ambition"))
    target: PrintedFigure = attrs.field(validator=_a_figure)
    by: PrintedFigure = attrs.field(validator=_a_figure)
    baseline: PrintedFigure | None = attrs.field(default=None, validator=_a_figure_or_none)
    baseline_year: PrintedFigure | None = attrs.field(default=None, validator=_a_figure_or_none)

    def __attrs_post_init__(self) -> None:
        if (self.baseline is None) != (self.baseline_year is None):
            raise InvalidValue(what="PrintedAmbition.baseline", expected="a baseline with its year, or neither")
        for name, printed in (("target", self.target), ("baseline", self.baseline)):
            if printed is not None and (printed.quantity is None or printed.unit != self.ambition.indicator.unit):
                raise InvalidValue(what=f"PrintedAmbition.{name}", expected=f"a number in {self.ambition.indicator.unit}")

    @property
    def source(self) -> Source:
        """The document, at the paragraph or item."""
        return self.target.source

    @property
    def restates(self) -> str | None:
        """The id of the figure in the earlier document that its target repeats; None in the first."""
        return self.target.restates

    @property
    def agrees(self) -> bool:
        """Whether print has what the White Paper set: the target, its year and, where printed, the baseline with its own."""
        same = _same(self.target, self.ambition.target) and self.by.as_printed == self.ambition.by.printed.removeprefix("by ")
        if self.baseline is None or self.baseline_year is None:
            return same
        year = str(self.ambition.baseline_year.end.year)
        return same and _same(self.baseline, self.ambition.baseline) and self.baseline_year.as_printed == year

    def __str__(self) -> str:
        start = ""
        if self.baseline is not None and self.baseline_year is not None:
            start = f" from {self.baseline.as_printed} in {self.baseline_year.as_printed}"
        said = f"{self.ambition.title}:{start} to {self.target.as_printed} by {self.by.as_printed}"
        return f"{said} ({self.source.title}, {self.target.place}); a national ambition, and no target of the council."


def _same(printed: PrintedFigure, set_: Quantity) -> bool:
    return printed.quantity is not None and in_unit(printed.quantity, str(set_.units)) == float(set_.magnitude)


@functools.cache
def ambitions() -> tuple[PrintedAmbition, ...]:
    """The two national ambitions, as the Cabinet report of October 2022 prints them and as the minutes repeat them.

    Both documents print the target of key stage 2 without where it begins, and the mean GCSE grade with it; neither says which
    academic year 2030 is, and neither gives the council a target.

    Returns:
        Four `PrintedAmbition`: key stage 2 and the mean GCSE grade of the report, then of the minutes. No gaps.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 2.3; minutes of that
        meeting, the Cabinet Member's two ambitions; both of the Schools White Paper, *Opportunity for all*, 28 March 2022.

    Example:
        >>> for printed in ambitions()[:2]:
        ...     print(printed)
        Pupils at the expected standard in reading, writing and maths at the end of key stage 2: to 90% by 2030 (Children's ...
        Mean GCSE grade in English language and mathematics: from 4.5 in 2019 to 5.0 by 2030 (Children's Services Update, ...
        >>> all(printed.agrees for printed in ambitions())
        True
    """
    return tuple(found for first, second in _PRINTED for found in (_key_stage_2(first), _gcse(second)))


def _key_stage_2(place: str) -> PrintedAmbition:
    return PrintedAmbition(ambition=KEY_STAGE_2_AMBITION, target=figure(f"{place}/key-stage-2"), by=figure(f"{place}/by"))


def _gcse(place: str) -> PrintedAmbition:
    return PrintedAmbition(
        ambition=GCSE_AMBITION,
        target=figure(f"{place}/gcse-ambition"),
        by=figure(f"{place}/by"),
        baseline=figure(f"{place}/gcse-baseline"),
        baseline_year=figure(f"{place}/gcse-baseline-year"),
    )
