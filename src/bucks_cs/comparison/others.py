"""Whom an area is compared with: the group, the value of each area in it, and who is left out."""

from __future__ import annotations

import enum
import math
from numbers import Real
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.indicators import Withheld

__all__ = ["Among", "AreaValue", "LeftOut"]

_is_text = of_kind(str, expected="the LA number of an authority, or those of a joint return, as text")


class Among(enum.Enum):
    """Whom an area is compared with."""

    ENGLAND = "England"
    REGION = "region"
    NEIGHBOURS = "statistical neighbours"
    GIVEN = "given"

    @property
    def takes_the_area_in(self) -> bool:
        """Whether the area is one of those whose aggregate, mean and median are taken: England's and its region's, it is."""
        return self in {Among.ENGLAND, Among.REGION}


def _plain(number: Any) -> Any:
    """A number of any library as a float; what is none is left for the validator."""
    return float(number) if not isinstance(number, bool) and isinstance(number, Real) else number


def _need_finite(instance: object, attribute: attrs.Attribute[Any], number: float | None) -> None:
    """An attrs validator, after that of the kind."""
    if number is not None and not math.isfinite(number):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="a finite number")


def _need_step(instance: object, attribute: attrs.Attribute[Any], step: float | None) -> None:
    """An attrs validator, after that of the kind."""
    if step is not None and not 0 < step < math.inf:
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="a step above 0, such as 0.1, or None")


_is_number = [of_kind(Real, expected="a number"), _need_finite]
_is_number_or_none = [of_kind(Real, NoneType, expected="a number, or None"), _need_finite]
_is_step_or_none = [of_kind(Real, NoneType, expected="a step above 0, such as 0.1, or None"), _need_step]


@attrs.frozen(kw_only=True)
class AreaValue:
    """The value of another area.

    Args:
        area: Its LA number, or those of a joint return.
        value: The number, in the indicator's unit.
        numerator: What was divided, where that is known.
        denominator: And what by.
        rounded_to: The step that the value is published rounded to, such as 0.1; None where it is exact, or nothing is said.

    Raises:
        InvalidValue: An area that is no text, a number that is none, or is infinite, or a step that is not above 0.
    """

    area: str = attrs.field(validator=_is_text)
    value: float = attrs.field(converter=_plain, validator=_is_number)
    numerator: float | None = attrs.field(default=None, converter=_plain, validator=_is_number_or_none)
    denominator: float | None = attrs.field(default=None, converter=_plain, validator=_is_number_or_none)
    rounded_to: float | None = attrs.field(default=None, converter=_plain, validator=_is_step_or_none)


@attrs.frozen(kw_only=True)
class LeftOut:
    """An area whose value is withheld, so that it has no rank.

    Args:
        area: Its LA number, or those of a joint return.
        why: The reason.

    Raises:
        InvalidValue: An area that is no text, or a reason that is no `Withheld`.
    """

    area: str = attrs.field(validator=_is_text)
    why: Withheld = attrs.field(validator=of_kind(Withheld, expected="a Withheld, which says why"))
