"""Inspections: what the fields of its objects take: text, sources, several of a kind, days known and days bounded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, of_kind
from bucks_cs.provenance import DateBounds, NoOfficialSource, Source, day_in_words

__all__ = [
    "When",
    "a_day",
    "a_day_or_none",
    "a_time",
    "a_time_or_none",
    "as_tuple",
    "each_of",
    "first_day",
    "in_a_sentence",
    "last_day",
    "need_day",
    "need_time",
    "need_words",
    "said_of",
    "source_of",
    "text",
    "text_or_none",
    "true_or_false",
]

When = dt.date | DateBounds
"""A day, or the days it lies between."""

text = of_kind(str, expected="text")
text_or_none = of_kind(str, NoneType, expected="text, or None")
true_or_false = of_kind(bool, expected="True or False")
a_day = of_kind(dt.date, expected="a date without a time of day")
a_day_or_none = of_kind(dt.date, NoneType, expected="a date without a time of day, or None")
a_time = of_kind(dt.date, DateBounds, expected="a date without a time of day, or DateBounds")
a_time_or_none = of_kind(dt.date, DateBounds, NoneType, expected="a date without a time of day, DateBounds, or None")


def first_day(given: When) -> dt.date:
    """The first day that a date known or bounded can be.

    Args:
        given: A date, or bounds.
    """
    return given.earliest if isinstance(given, DateBounds) else given


def last_day(given: When) -> dt.date:
    """The last day that a date known or bounded can be.

    Args:
        given: A date, or bounds.
    """
    return given.latest if isinstance(given, DateBounds) else given


def need_day(given: object, *, what: str) -> dt.date:
    """A plain date, or a refusal.

    Args:
        given: The date.
        what: What it is, in words, for messages.

    Raises:
        InvalidValue: It is no date, or has a time of day.
    """
    if not isinstance(given, dt.date) or isinstance(given, dt.datetime):
        raise InvalidValue(what=what, expected="a date without a time of day")
    return given


def need_time(given: object, *, what: str) -> None:
    """Refuse what is no plain date and no bounds of one.

    Args:
        given: The date, or the bounds.
        what: What it is, in words, for messages.

    Raises:
        InvalidValue: It is neither, or has a time of day.
    """
    if not isinstance(given, (dt.date, DateBounds)) or isinstance(given, dt.datetime):
        raise InvalidValue(what=what, expected="a date without a time of day, or DateBounds")


def said_of(given: When) -> str:
    """A day, or the days it lies between, in words.

    Args:
        given: A date, or bounds.
    """
    if isinstance(given, dt.date):
        return day_in_words(given)
    return f"between {day_in_words(given.earliest)} and {day_in_words(given.latest)}"


def in_a_sentence(title: str) -> str:
    """A title as it stands within a sentence: its first letter small, and no other.

    Args:
        title: The title.

    Example:
        >>> in_a_sentence("Local area SEND inspection")
        'local area SEND inspection'
    """
    return title[:1].lower() + title[1:]


def as_tuple(given: Any) -> tuple[Any, ...]:
    """An attrs converter: several as a tuple, one as a tuple of one; a text is one.

    Args:
        given: One or several.
    """
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


def each_of(kind: type, expected: str) -> Any:
    """An attrs validator: a tuple of things of one class.

    Args:
        kind: The class.
        expected: What they are, in words.
    """

    def check(instance: object, attribute: attrs.Attribute[Any], value: tuple[object, ...]) -> None:
        if not all(isinstance(one, kind) for one in value):
            raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)

    return check


def need_words(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: text that is not empty.

    Args:
        instance: The object.
        attribute: The field.
        value: What was given.

    Raises:
        InvalidValue: It is no text, or an empty one.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="text that is not empty")


def source_of(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: a source, or the statement that there is none.

    Args:
        instance: The object.
        attribute: The field.
        value: What was given.

    Raises:
        MissingSource: It is neither.
    """
    if not isinstance(value, (Source, NoOfficialSource)):
        raise MissingSource(what=type(instance).__name__)
