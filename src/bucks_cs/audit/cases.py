"""Cases: one printed figure, the figures it should follow from, and whether it does."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import attrs

from bucks_cs.audit.printed import Printed
from bucks_cs.audit.relations import Change, Difference, NoResult, Rule
from bucks_cs.audit.spans import Span

__all__ = ["NOTHING", "Case", "Match", "Shown", "shown"]


class Match(enum.Enum):
    """How well a printed figure fits the one recomputed from the figures as they stand."""

    AS_PRINTED = "as printed"
    TRUNCATED = "truncated"
    WITHIN_ROUNDING = "within rounding"


class Shown(NamedTuple):
    """A recomputed figure and its interval as a sentence shows them; empty where there is no such number."""

    value: str
    low: str
    high: str

    def __str__(self) -> str:
        if not (self.low or self.high) or (self.low == self.high == self.value):
            return self.value
        if not self.low or not self.high:
            interval = f"{self.low} or more" if self.low else f"{self.high} or less"
        else:
            interval = f"{self.low} to {self.high}"
        return f"{self.value} ({interval})" if self.value else interval


ZERO = Fraction(0)
NOTHING = Shown("", "", "")


@attrs.frozen(kw_only=True)
class Case:
    """A printed figure and those beside it, all of them readable.

    Args:
        rule: What they should be to each other.
        names: The columns, in the order of ``figures``, then the one of ``target``.
        figures: What it should follow from.
        target: The figure under audit.
        given: Positions that are no cell of the report (a stated threshold, a whole of 100), where no slip can be.
        slack: How far binary arithmetic may have moved the audited figure; 0 where all is printed.
    """

    rule: Rule
    names: tuple[str, ...]
    figures: tuple[Printed, ...]
    target: Printed
    given: frozenset[int] = frozenset()
    slack: Fraction = ZERO

    @property
    def unit(self) -> str:
        """What is written behind a recomputed figure: percent, or percentage points; for the rest their own."""
        return "%" if self.rule.percent else "pp" if isinstance(self.rule, Difference) else ""

    def figure(self, position: int) -> Printed:
        """The figure at a position; the last is the one under audit."""
        return self.target if position == len(self.figures) else self.figures[position]

    def positions(self) -> Sequence[int]:
        """Where slips can be: the figure under audit first."""
        return [p for p in (len(self.figures), *range(len(self.figures))) if p not in self.given]

    def having(self, position: int, figure: Printed) -> Case:
        """The same case with another figure at a position."""
        if position == len(self.figures):
            return attrs.evolve(self, target=figure)
        return attrs.evolve(self, figures=(*self.figures[:position], figure, *self.figures[position + 1 :]))

    def spans(self) -> list[Span]:
        """What each figure can stand for; none of them may be an ``about``."""
        if isinstance(self.rule, Change):
            return [span for figure in self.figures if (span := figure.counted()) is not None]
        return [figure.span for figure in self.figures if figure.span is not None]

    def reach(self, target: Printed) -> Span | None:
        """What a figure in the audited cell can stand for."""
        return target.span if target.span is None or not self.slack else target.span.widened(self.slack)

    def expected(self) -> Span | NoResult:
        """What may follow."""
        return self.rule.expected(self.spans())

    def recomputed(self) -> Fraction | None:
        """What follows from the figures exactly as they are printed; None where one of them is no single number."""
        values = [value for figure in self.figures if (value := figure.value) is not None]
        return self.rule.exactly(values) if len(values) == len(self.figures) else None

    @property
    def agrees(self) -> bool:
        """Whether some unrounded values give the printed figure."""
        expected, reach = self.expected(), self.reach(self.target)
        return isinstance(expected, Span) and reach is not None and expected.meets(reach)

    def match(self) -> Match | None:
        """How the printed figure fits; None where it does not.

        It fits where some unrounded values give it, and also where it is the recomputed figure with the further
        digits dropped.
        """
        expected = self.expected()
        return None if isinstance(expected, NoResult) else self.fit(self.target, expected)

    def fit(self, target: Printed, expected: Span) -> Match | None:
        """How a figure in the audited cell would fit what may follow from the others."""
        cut, reach = target.cut_off(), self.reach(target)
        fits = reach is not None and expected.meets(reach)
        if not fits and (cut is None or not expected.meets(cut)):
            return None
        value = self.recomputed()
        if fits and value is not None and reach is not None and reach.holds(value):
            return Match.AS_PRINTED
        if cut is not None and value is not None and cut.holds(value):
            return Match.TRUNCATED
        return Match.WITHIN_ROUNDING if fits else None

    def shown(self) -> Shown:
        """What follows, in words; empty where nothing does."""
        expected = self.expected()
        return NOTHING if isinstance(expected, NoResult) else shown(self, expected, self.recomputed())


def shown(case: Case, span: Span, value: Fraction | None) -> Shown:
    """A recomputed figure in the form of the printed one, with decimals enough to see why it agrees or not."""
    target, reach = case.target, case.reach(case.target)
    if case.unit and target.unit not in {"", case.unit}:
        target = target.in_unit(case.unit)  # 50% recomputed is never shown as 50pp, or as £50
    ends = (value, span.low, span.high)
    numbers = [number for number in ends if number is not None]
    decimals = _decimals(target, numbers, exact=not case.unit)
    if reach is not None and not span.meets(reach):
        factor = _factor(target)
        while decimals < target.decimals + 8 and _seems_to_meet(span, reach, factor / 10**decimals):
            decimals += 1
    return Shown(*("" if number is None else target.showing(number, decimals, unit=case.unit) for number in ends))


def _factor(target: Printed) -> Fraction:
    return Fraction(1) if target.form is None else abs(target.form.factor)


def _decimals(target: Printed, numbers: Sequence[Fraction], *, exact: bool) -> int:
    """One more than is printed; for sums and the like, all that there are if they are few."""
    if target.noise:
        return min(target.decimals, 4) + 1  # of 0.33333333333333 the first few say all
    if exact:
        for decimals in range(target.decimals, target.decimals + 4):
            if all((number / _factor(target) * 10**decimals).denominator == 1 for number in numbers):
                return decimals
    return target.decimals + 1


def _seems_to_meet(span: Span, reach: Span, unit: Fraction) -> bool:
    """Whether the interval, rounded to be shown, would seem to reach what is printed."""
    low = None if span.low is None else round(span.low / unit) * unit
    high = None if span.high is None else round(span.high / unit) * unit
    return Span(low, high).meets(reach)
