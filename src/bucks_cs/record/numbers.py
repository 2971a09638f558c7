"""The record: numbers as its classes take them: a whole number for a float, and nothing that is no number."""

from __future__ import annotations

import math
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue

__all__ = ["a_number_or_none", "as_float"]


def as_float(given: Any) -> Any:
    """A whole number as a float; what is no whole number as it is, to be judged by `a_number_or_none`.

    Args:
        given: What is given.
    """
    return float(given) if isinstance(given, int) and not isinstance(given, bool) else given


def a_number_or_none(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: a finite number, or None.

    Args:
        instance: What is being made.
        attribute: The field.
        value: What is given for it.

    Raises:
        InvalidValue: It is neither.
    """
    if value is not None and not (isinstance(value, float) and math.isfinite(value)):
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="a number that is finite, or None")
