"""Savings: red, amber and green, by bands that a council sets for itself."""

from __future__ import annotations

import enum
import math

import attrs

from bucks_cs.errors import InvalidValue, UnitError
from bucks_cs.units import Quantity, in_unit

__all__ = ["Rag", "RagBands"]


class Rag(enum.Enum):
    """How a saving stands against its plan, by bands that a council sets."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@attrs.frozen(kw_only=True)
class RagBands:
    """The shares of the plan from which a saving is green and amber; below amber it is red. No standard sets them.

    Args:
        green_from: The share from which it is green, in percent.
        amber_from: The share from which it is amber.

    Raises:
        InvalidValue: ``amber_from`` is not below ``green_from`` or not above 0, or one is no share in percent.

    Source:
        None: `NO_STANDARD_OF_RAG`. So that no band is taken for a standard, every function that gives a colour wants its bands.

    Example:
        >>> from bucks_cs.savings import RagBands
        >>> from bucks_cs.units import quantity
        >>> RagBands(green_from=quantity(95, "percent"), amber_from=quantity(80, "percent")).of(quantity(90, "percent"))
        <Rag.AMBER: 'amber'>
    """

    green_from: Quantity
    amber_from: Quantity

    def __attrs_post_init__(self) -> None:
        green, amber = (_percent(one, what=f"RagBands.{name}") for name, one in attrs.asdict(self, recurse=False).items())
        if not 0 < amber < green:
            raise InvalidValue(what="RagBands", expected="amber_from above 0 and below green_from")

    def of(self, share: Quantity) -> Rag:
        """The band a share of the plan lies in.

        Args:
            share: The share, in percent.

        Raises:
            InvalidValue: It is no share in percent.
        """
        found = _percent(share, what="share")
        if found >= in_unit(self.green_from, "percent"):
            return Rag.GREEN
        return Rag.AMBER if found >= in_unit(self.amber_from, "percent") else Rag.RED


def _percent(share: object, *, what: str) -> float:
    number = math.nan
    if isinstance(share, Quantity):
        try:
            number = in_unit(share, "percent")
        except UnitError:
            number = math.nan
    if not math.isfinite(number):
        raise InvalidValue(what=what, expected='a share in percent, such as quantity(95, "percent")')
    return number
