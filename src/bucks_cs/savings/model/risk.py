"""Savings: what a line may come to, with how likely, and what several may come to together."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import as_pounds, in_pence, nearest_penny, pounds, pounds_said
from bucks_cs.savings.model.parts import words
from bucks_cs.units import Quantity

__all__ = ["AnyBetween", "Chance", "Outcome", "RiskAdjusted", "probability"]

_SUM_TOLERANCE = 1e-9
_ROUNDING = 1e-12


def probability(value: object, *, what: str) -> float:
    """A probability from 0 to 1.

    Args:
        value: What is given for it.
        what: The argument, for the message.

    Raises:
        InvalidValue: It is no number from 0 to 1.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise InvalidValue(what=what, expected="a probability from 0 to 1")
    return float(value)


def _keys(given: Any) -> tuple[Any, ...]:
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def _names(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
    if not all(isinstance(one, str) and one for one in value):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="keys of lines")


@attrs.frozen(kw_only=True)
class Outcome:
    """One thing a line may come to, and how likely.

    Args:
        saving: What it comes to, in pounds.
        probability: From 0 to 1.
    """

    saving: Quantity = attrs.field(converter=as_pounds)
    probability: float

    def __attrs_post_init__(self) -> None:
        probability(self.probability, what="Outcome.probability")


@attrs.frozen(kw_only=True)
class Chance:
    """A line that comes to one of several amounts.

    Args:
        line: The key of the line.
        outcomes: What it may come to, with probabilities that make 1.
        depends_on: The keys of the lines it stands on.

    Raises:
        InvalidValue: There are no outcomes, their probabilities do not make 1, or a part is of another kind.
        UnitError: An outcome is not money.

    Example:
        >>> from bucks_cs.savings import Chance, pounds
        >>> Chance.all_or_nothing("edge", saving=pounds(39_000_000), probability=0.7).outcomes[0].probability
        0.7
    """

    line: str = attrs.field(validator=words)
    outcomes: tuple[Outcome, ...] = attrs.field(converter=_keys)
    depends_on: tuple[str, ...] = attrs.field(default=(), converter=_keys, validator=_names)

    def __attrs_post_init__(self) -> None:
        if not self.outcomes or not all(isinstance(one, Outcome) for one in self.outcomes):
            raise InvalidValue(what="Chance.outcomes", expected="one or more Outcome")
        if abs(math.fsum(one.probability for one in self.outcomes) - 1) > _SUM_TOLERANCE:
            raise InvalidValue(what="Chance.outcomes", expected="probabilities that make 1")

    @classmethod
    def all_or_nothing(cls, line: str | SavingsLine, *, saving: Quantity, probability: float) -> Chance:
        """A line that comes to its whole saving or to none of it.

        Args:
            line: The line, whose dependencies are then kept, or its key.
            saving: What it comes to.
            probability: How likely that is, from 0 to 1.

        Raises:
            InvalidValue: A part is of another kind.
            UnitError: ``saving`` is not money.
        """
        likely = _probability(probability, what="probability")
        key, on = _key_and_dependencies(line)
        both = (Outcome(saving=saving, probability=likely), Outcome(saving=pounds(0), probability=1 - likely))
        return cls(line=key, outcomes=both, depends_on=on)


@attrs.frozen(kw_only=True)
class AnyBetween:
    """A line that comes to any amount between two, each as likely as any other.

    Args:
        line: The key of the line.
        least: The least.
        most: The most.
        depends_on: The keys of the lines it stands on.

    Raises:
        InvalidValue: ``most`` is below ``least``, or a part is of another kind.
        UnitError: An end is not money.
    """

    line: str = attrs.field(validator=words)
    least: Quantity = attrs.field(converter=as_pounds)
    most: Quantity = attrs.field(converter=as_pounds)
    depends_on: tuple[str, ...] = attrs.field(default=(), converter=_keys, validator=_names)

    def __attrs_post_init__(self) -> None:
        if self.most < self.least:
            raise InvalidValue(what="AnyBetween", expected="most not below least")


def _key_and_dependencies(line: object) -> tuple[str, tuple[str, ...]]:
    if isinstance(line, SavingsLine):
        return line.key, tuple(one.on for one in line.depends_on)
    if not isinstance(line, str):
        raise InvalidValue(what="line", expected="a SavingsLine, or its key")
    return line, ()


_probability = probability


@attrs.frozen(kw_only=True)
class RiskAdjusted:
    """What several lines come to when some may fail: what to expect, and an interval that holds with a probability.

    Args:
        expected: The mean, to the nearest penny.
        lower: The lower end of the interval: no likelier to be missed below than half of what the level leaves.
        upper: The upper end, no likelier to be missed above.
        level: How likely the total lies in the interval, at the least: 0.8 for four in five. Where the totals are few it is
            likelier, and may be certain.
        method: How it was worked out.
        totals: Every total there may be, in pence, in order, and the probability of each.
    """

    expected: Quantity
    lower: Quantity
    upper: Quantity
    level: float = attrs.field(validator=of_kind(float, expected="a probability"))
    method: str
    totals: tuple[tuple[int, float], ...] = attrs.field(repr=False)

    @classmethod
    def of_totals(cls, totals: Iterable[tuple[int, float]], *, expected: float, level: float, method: str) -> RiskAdjusted:
        """What totals and their probabilities come to.

        Args:
            totals: Each total, in pence, and its probability.
            expected: The mean, in pence.
            level: How likely the total shall lie in the interval.
            method: How they were worked out.
        """
        ordered = tuple(sorted(totals))
        sums = list(itertools.accumulate(chance for _, chance in ordered))
        below = (1 - level) / 2
        places = bisect.bisect_right(sums, below + _ROUNDING), bisect.bisect_left(sums, 1 - below - _ROUNDING)
        ends = [ordered[min(place, len(sums) - 1)][0] for place in places]
        return cls(
            expected=nearest_penny(expected / 100), lower=pounds(ends[0]), upper=pounds(ends[1]), level=float(level),
            method=method, totals=ordered,
        )  # fmt: skip

    def chance_of(self, saving: Quantity) -> float:
        """How likely the total is to come to so much or more.

        Args:
            saving: How much, in pounds.

        Returns:
            A probability, 0 to 1.

        Raises:
            InvalidValue: ``saving`` is not of whole pence.
            UnitError: It is not money.
        """
        least = in_pence(saving, what="saving")
        return min(1.0, math.fsum(chance for total, chance in self.totals if total >= least))

    def __str__(self) -> str:
        low, high = pounds_said(self.lower), pounds_said(self.upper)
        said = f"at least {100 * self.level:g}% of the time {low} to {high}"
        return f"{pounds_said(self.expected)} expected; {said} ({self.method})."
