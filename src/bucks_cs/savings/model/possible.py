"""Savings: an amount that a line leaves open: every way its figures can be read, and what each gives."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from bucks_cs.errors import Ambiguous, InvalidValue, of_kind
from bucks_cs.savings.model.choices import Basis, Recurrence
from bucks_cs.savings.model.money import as_pounds, in_pence, pounds_said
from bucks_cs.units import Quantity

__all__ = ["PossibleAmount", "ReadAs"]


@attrs.frozen(kw_only=True)
class ReadAs:
    """What a line comes to if its figures are read in one way.

    Args:
        basis: The basis they are read on.
        recurrence: Whether they are read as recurring.
        lower: The least it comes to so.
        upper: The most; the same unless some of the figures have no named year.

    Raises:
        InvalidValue: ``upper`` is below ``lower``, or a part is of another kind.
    """

    basis: Basis = attrs.field(validator=of_kind(Basis, expected="a Basis"))
    recurrence: Recurrence = attrs.field(validator=of_kind(Recurrence, expected="a Recurrence"))
    lower: Quantity = attrs.field(converter=as_pounds)
    upper: Quantity = attrs.field(converter=as_pounds)

    def __attrs_post_init__(self) -> None:
        if self.lower > self.upper:
            raise InvalidValue(what="ReadAs", expected="lower not above upper")

    @property
    def how(self) -> str:
        """The way it is read, in words: ``incremental, recurring``."""
        return "one-off" if self.recurrence is Recurrence.ONE_OFF else f"{self.basis.value}, {self.recurrence.value}"

    def __str__(self) -> str:
        low, high = pounds_said(self.lower), pounds_said(self.upper)
        return f"{low if low == high else f'{low} to {high}'} if {self.how}"


def _readings(given: Iterable[ReadAs] | ReadAs) -> tuple[ReadAs, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


@attrs.frozen(kw_only=True)
class PossibleAmount:
    """What a line, or several, can come to: one amount, or the least and the most of every reading, and why it is open.

    Args:
        lower: The least.
        upper: The most.
        readings: What each way to read a single line gives; empty where several lines are added.
        why: What leaves it open; empty where nothing does.

    Raises:
        InvalidValue: ``upper`` is below ``lower``, nothing is said of why the two differ, or a part is of another kind.
        UnitError: A part is not money.
    """

    lower: Quantity = attrs.field(converter=as_pounds)
    upper: Quantity = attrs.field(converter=as_pounds)
    readings: tuple[ReadAs, ...] = attrs.field(default=(), converter=_readings)
    why: str = attrs.field(default="", validator=of_kind(str, expected="text"))

    def __attrs_post_init__(self) -> None:
        if self.lower > self.upper:
            raise InvalidValue(what="PossibleAmount", expected="lower not above upper")
        if not all(isinstance(one, ReadAs) for one in self.readings):
            raise InvalidValue(what="PossibleAmount.readings", expected="a ReadAs each")
        if not self.is_resolved and not self.why.strip():
            raise InvalidValue(what="PossibleAmount.why", expected="what leaves the amount open, in words")

    @property
    def is_resolved(self) -> bool:
        """Whether every reading gives the same."""
        return in_pence(self.lower) == in_pence(self.upper)

    @property
    def amount(self) -> Quantity:
        """The one amount there is.

        Raises:
            Ambiguous: There are several: the readings are named by what they take for granted, and none is chosen.
        """
        if self.is_resolved:
            return self.lower
        ways = tuple(dict.fromkeys(one.how for one in self.readings))
        readings = ways if len(ways) > 1 else ("its least", "its most", "anything between")
        raise Ambiguous(what="this amount", readings=readings, settle_by=f"{self.why}; state what is meant on the line")

    @property
    def span(self) -> str:
        """The amount in words, or the least and the most: ``£0 to £390,000``."""
        low, high = pounds_said(self.lower), pounds_said(self.upper)
        return low if low == high else f"{low} to {high}"

    def _said(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(str, self.readings))) or (f"anything from {self.span}",)

    def __str__(self) -> str:
        if self.is_resolved:
            return pounds_said(self.lower)
        return f"{' or '.join(self._said())}: {self.why}"
