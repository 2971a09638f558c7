"""The workforce: how many social workers are needed, as FTE and as whole workers, and the gap to those there are."""

from __future__ import annotations

import math

import attrs

from bucks_cs.errors import Ambiguous, InvalidValue, of_kind
from bucks_cs.units import OneOrRange, Quantity, ends_of, quantity

__all__ = ["WorkersNeeded", "rounded_up"]

_DECIMALS = 9


def _as_fte(given: object) -> Quantity:
    return quantity(ends_of(given, "FTE", what="WorkersNeeded")[0], "FTE")


def rounded_up(number: float) -> int:
    """The whole number at or above a number.

    Args:
        number: The number; what a division adds in its last digit does not make a whole number one more.
    """
    return math.ceil(round(number, _DECIMALS))


@attrs.frozen(kw_only=True)
class WorkersNeeded:
    """Social workers needed: full-time equivalents, the least and the most where something is a range, and whole workers.

    `workforce.social_workers_needed` makes it.

    Args:
        lower: The least, in FTE.
        upper: The most; the same where nothing is a range.
        who: Who they are: those who hold cases, or all social workers; agency workers are among both.

    Raises:
        InvalidValue: ``upper`` is below ``lower``, one is below 0, or a part is of another kind.
        UnitError: One is not in FTE.
    """

    lower: Quantity = attrs.field(converter=_as_fte)
    upper: Quantity = attrs.field(converter=_as_fte)
    who: str = attrs.field(validator=of_kind(str, expected="text"))

    def __attrs_post_init__(self) -> None:
        if self.lower > self.upper:
            raise InvalidValue(what="WorkersNeeded", expected="lower not above upper")

    @property
    def fte(self) -> Quantity:
        """The one number there is, in FTE.

        Raises:
            Ambiguous: There is a range: see ``lower`` and ``upper``.
        """
        if self.lower == self.upper:
            return self.lower
        settle = "ask lower or upper, or give one caseload and one number of cases"
        raise Ambiguous(what="the workers needed", readings=("the least", "the most", "anything between"), settle_by=settle)

    @property
    def whole_workers(self) -> tuple[Quantity, Quantity]:
        """The fewest and the most whole-time workers, rounded up: with one fewer the caseload is above the target."""
        return self.workers(fte_each=quantity(1, "FTE/worker"))

    def workers(self, *, fte_each: OneOrRange) -> tuple[Quantity, Quantity]:
        """The fewest and the most whole workers where a worker is not whole-time on average, rounded up.

        Args:
            fte_each: The FTE of a worker on average: ``quantity(0.94, "FTE/worker")``, which is FTE in post over headcount; or
                the least and most.

        Raises:
            InvalidValue: It is not above 0 and at most 1.
            UnitError: It is in another unit.
        """
        low, high = ends_of(fte_each, "FTE/worker", what="fte_each", above=0)
        if high > 1:
            raise InvalidValue(what="fte_each", expected="above 0 and at most 1 FTE for each worker")
        fewest, most = float(self.lower.magnitude) / high, float(self.upper.magnitude) / low
        return quantity(rounded_up(fewest), "worker"), quantity(rounded_up(most), "worker")

    def gap(self, in_post: OneOrRange, *, appointed: OneOrRange | None = None) -> tuple[Quantity, Quantity]:
        """How many more are needed than there are, the least and the most: below 0, there are more than needed.

        Args:
            in_post: Those there are, in FTE, counted as ``who`` says: with agency workers, unless they are to be replaced.
            appointed: Those appointed to vacancies who have not begun yet, in FTE; None for none.

        Raises:
            InvalidValue: One is below 0, or a range out of order.
            UnitError: One is in another unit.
        """
        there = ends_of(in_post, "FTE", what="in_post")
        coming = (0.0, 0.0) if appointed is None else ends_of(appointed, "FTE", what="appointed")
        low = float(self.lower.magnitude) - there[1] - coming[1]
        high = float(self.upper.magnitude) - there[0] - coming[0]
        return quantity(low, "FTE"), quantity(high, "FTE")

    def __str__(self) -> str:
        low, high = float(self.lower.magnitude), float(self.upper.magnitude)
        fewest, most = (int(end.magnitude) for end in self.whole_workers)
        span = f"{low:,.1f}" if low == high else f"{low:,.1f} to {high:,.1f}"
        whole = f"{fewest:,}" if fewest == most else f"{fewest:,} to {most:,}"
        return f"{span} FTE of {self.who}: {whole} if whole-time"
