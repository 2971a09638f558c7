"""What the parts of a report are made of and checked by: words that say something, and several things of one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue

__all__ = ["each_of_kind", "need_told", "several", "several_pairs", "words"]

_Validator = Callable[[object, "attrs.Attribute[Any]", object], None]


def _refused(instance: object, attribute: attrs.Attribute[Any], expected: str) -> InvalidValue:
    return InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


def words(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: text that says something, since a heading or a link without words is none to a screen reader.

    Args:
        instance: What is made.
        attribute: Its part.
        value: What was given for it.

    Raises:
        InvalidValue: It is no text, or blank.
    """
    if not isinstance(value, str) or not value.strip():
        raise _refused(instance, attribute, "words, as text")


def several(given: Iterable[Any]) -> tuple[Any, ...]:
    """An attrs converter: several things as a tuple; what is no several stays as it is, to be refused by `each_of_kind`.

    Args:
        given: The things.
    """
    asked: object = given
    return tuple(asked) if isinstance(asked, Iterable) and not isinstance(asked, (str, bytes, Mapping)) else (asked,)


def several_pairs(given: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    """An attrs converter: the same, with each thing a tuple too.

    Args:
        given: The pairs.
    """
    return tuple(several(each) for each in several(given))


def each_of_kind(*kinds: type, expected: str) -> _Validator:
    """An attrs validator of a tuple: each of some classes.

    Args:
        *kinds: The classes.
        expected: What they are, in words.

    Returns:
        A validator that raises `InvalidValue`, which names the part and not what was given.
    """

    def check(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple) or not all(isinstance(each, kinds) for each in value):
            raise _refused(instance, attribute, expected)

    return check


def need_told(told: object) -> None:
    """Refuse what cannot be told of a step.

    Args:
        told: What was given; None is for nobody to be told.

    Raises:
        InvalidValue: It is neither None nor can it be called.
    """
    if told is not None and not callable(told):
        raise InvalidValue(what="told", expected="what takes a Step when it is called, as report.progress_on gives it, or None")
