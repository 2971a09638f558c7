"""The record: what is given in a row, each of the class that is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from bucks_cs.errors import InvalidValue

__all__ = ["each_a"]

T = TypeVar("T")


def each_a(kind: type[T], given: object, *, what: str, expected: str) -> tuple[T, ...]:
    """What is given, in a tuple, where each is of a class; what is refused is named by its argument and not repeated.

    Args:
        kind: The class.
        given: What is given.
        what: The argument, for the error.
        expected: What is taken, in words.

    Raises:
        InvalidValue: It is no sequence, or one of it is of another class.

    Example:
        >>> each_a(str, ["a", "b"], what="names", expected="texts")
        ('a', 'b')
        >>> each_a(str, 3, what="names", expected="texts")
        Traceback (most recent call last):
        bucks_cs.errors.InvalidValue: names: expected texts.
    """
    several = list(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else [None]
    found = tuple(one for one in several if isinstance(one, kind))
    if len(found) < len(several):
        raise InvalidValue(what=what, expected=expected)
    return found
