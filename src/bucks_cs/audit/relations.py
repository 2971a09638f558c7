"""Relations: the arithmetic between printed figures, on everything they can stand for.

Each relation takes the spans of the figures it starts from and gives the span of what may follow from them: exactly
the results that some choice of unrounded values would give. Where none could be right it says so (`NoResult`), and
where the question has no answer (a change from 0) it says that instead.

Each can also be asked backwards: what a figure *would have to be* for the printed result to follow from the others.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

import attrs

from bucks_cs.audit.spans import Span

__all__ = ["Change", "Difference", "NoResult", "Relation", "Restatement", "Rule", "Share", "Sum", "Threshold"]

HUNDRED = Fraction(100)
ONE = Fraction(1)
LESS_A_HUNDRED = Span.point(-HUNDRED)
# What binary arithmetic may add to a whole that is computed: a trillionth of it.
A_HUNDRED_COMPUTED = HUNDRED * (1 + Fraction(1, 2**40))


class Relation(enum.Enum):
    """What one printed figure is to the figures beside it."""

    CHANGE = "change"
    SHARE = "share"
    TOTAL = "total"
    PARTS = "parts"
    THRESHOLD = "threshold"
    RESTATEMENT = "restatement"


@attrs.frozen
class NoResult:
    """Why nothing follows: ``impossible`` where no values at all fit together, else there is no telling."""

    why: str
    impossible: bool = False


class Rule(Protocol):
    """A relation as arithmetic on spans, in the order of its figures."""

    @property
    def relation(self) -> Relation:
        """Which relation it is."""
        ...

    @property
    def percent(self) -> bool:
        """Whether its result is in percent."""
        ...

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """What follows from single values; None where there is no such number."""
        ...

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """What may follow from figures with these spans."""
        ...

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """What one of the figures would have to be for the result to follow from the others; None where nothing would do."""
        ...


def _base(span: Span, *, what: str) -> NoResult | None:
    if span.low is not None and span.low > 0:
        return None
    if span.holds(Fraction(0)) or span.low == 0:
        return NoResult(f"{what} may be 0, and nothing can be divided by 0")
    return NoResult(f"{what} is below 0, and a percentage of a negative figure has no agreed meaning")


@attrs.frozen
class Change:
    """Percentage change: 100 x (after - before) / before."""

    relation: Relation = Relation.CHANGE
    percent: bool = True

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """The change from the first to the second, in percent."""
        before, after = values
        return HUNDRED * (after - before) / before if before > 0 else None

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """Every change from a value of the first to a value of the second, in percent."""
        before, after = spans
        ratio = _base(before, what="the figure before") or after.over(before)
        return ratio if isinstance(ratio, NoResult) else ratio.times(HUNDRED).plus(LESS_A_HUNDRED)

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """Before = after / (1 + change); after = before x (1 + change)."""
        growth = result.times(1 / HUNDRED).plus(Span.point(ONE)).within(Fraction(0), None)
        if growth is None:
            return None
        return _divided(spans[1], growth) if which == 0 else _multiplied(spans[0], growth)


@attrs.frozen
class Difference:
    """Change in percentage points between two percentages: after - before."""

    relation: Relation = Relation.CHANGE
    percent: bool = False

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """The second less the first."""
        return values[1] - values[0]

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """Every difference of a value of the second and one of the first."""
        return spans[1].minus(spans[0])

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """Before = after - points; after = before + points."""
        return spans[1].minus(result) if which == 0 else spans[0].plus(result)


@attrs.frozen
class Share:
    """Percentage share: 100 x count / of.

    Args:
        beyond_whole: Whether the count may be more than what it is set against (spending against a budget). Otherwise
            it is a part of it, and every share is from 0 to 100.
    """

    beyond_whole: bool = False
    relation: Relation = Relation.SHARE
    percent: bool = True

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """What share the first is of the second, in percent, were it more than the whole."""
        count, of = values
        return HUNDRED * count / of if of > 0 else None

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """Every share that a value of the first can be of a value of the second, in percent."""
        count, of = spans
        ratio = _base(of, what="the whole") or count.over(of)
        if isinstance(ratio, NoResult):
            return ratio
        share = ratio.times(HUNDRED)
        return share if self.beyond_whole else share.within(Fraction(0), HUNDRED) or self._impossible(share)

    @staticmethod
    def _impossible(share: Span) -> Span | NoResult:
        if share.low is not None and HUNDRED < share.low <= A_HUNDRED_COMPUTED:
            return Span.point(HUNDRED)
        why = "the part is more than the whole" if share.low is not None and share.low > 0 else "the part is below 0"
        return NoResult(why, impossible=True)

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """Count = of x share; of = count / share."""
        share = result.times(1 / HUNDRED).within(Fraction(0), None if self.beyond_whole else ONE)
        if share is None:
            return None
        return _multiplied(spans[1], share) if which == 0 else _divided(spans[0], share)


@attrs.frozen
class Sum:
    """A sum: parts and their printed total, or published shares and the whole they make."""

    relation: Relation = Relation.TOTAL
    percent: bool = False

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """Their sum."""
        return sum(values, Fraction(0))

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """Every sum of one value of each."""
        total = Span.point(Fraction(0))
        for span in spans:
            total = total.plus(span)
        return total

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """The part that would be left."""
        rest = self.expected([span for i, span in enumerate(spans) if i != which])
        return None if isinstance(rest, NoResult) else result.minus(rest)


@attrs.frozen
class Threshold:
    """A number that is a percentage of a population: percent / 100 x population."""

    relation: Relation = Relation.THRESHOLD
    percent: bool = False

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """The second, in percent, of the first."""
        return values[0] * values[1] / HUNDRED if min(values) >= 0 else None

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """Every number that a value of the percentage is of a value of the population."""
        population, percentage = (span.within(Fraction(0), None) for span in spans)
        if population is None or percentage is None:
            return NoResult("a percentage or a population is below 0", impossible=True)
        return population.by(percentage).times(1 / HUNDRED)

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """Population = 100 x number / percentage, and the other way about."""
        number = result.times(HUNDRED).within(Fraction(0), None)
        return None if number is None else _divided(number, spans[1 - which])


@attrs.frozen
class Restatement:
    """The same fact printed twice."""

    relation: Relation = Relation.RESTATEMENT
    percent: bool = False

    def exactly(self, values: Sequence[Fraction]) -> Fraction | None:
        """The first."""
        return values[0]

    def expected(self, spans: Sequence[Span]) -> Span | NoResult:
        """What the first can stand for."""
        return spans[0]

    def needed(self, which: int, spans: Sequence[Span], result: Span) -> Span | None:
        """What the second can stand for."""
        return result


def _divided(span: Span, by: Span) -> Span | None:
    positive = span.within(Fraction(0), None)
    if positive is None or positive.low is None or (by.high is not None and by.high <= 0):
        return None
    if by.low is None or by.low <= 0:  # by next to nothing: there is no upper end
        return Span(Fraction(0) if by.high is None else positive.low / by.high, None)
    return positive.over(by)


def _multiplied(span: Span, by: Span) -> Span | None:
    positive = span.within(Fraction(0), None)
    return None if positive is None or by.low is None else positive.by(by)
