"""Savings: the parts of a line: a year's figure, a figure of no named year, what was delivered, what it stands on."""

from __future__ import annotations

import datetime as dt
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import DateBounds, day_in_words
from bucks_cs.savings.model.choices import PrintedSign, Status
from bucks_cs.savings.model.money import as_pounds, pounds_said
from bucks_cs.units import Quantity

__all__ = ["Delivered", "Dependency", "PrintedForm", "StatusOn", "UnplacedSaving", "YearSaving"]

_a_year = of_kind(FinancialYear, expected='a FinancialYear, such as FinancialYear("2023-24")')
_text = of_kind(str, expected="text")
_text_or_none = of_kind(str, NoneType, expected="text, or None")
_a_date = of_kind(dt.date, expected="a date without a time of day")


def words(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """An attrs validator: text that is not empty.

    Args:
        instance: What is being made.
        attribute: The field.
        value: What is given for it.

    Raises:
        InvalidValue: It is no text, or nothing but space.
    """
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected="words")


@attrs.frozen(kw_only=True)
class YearSaving:
    """A line's figure for one financial year; a saving is above 0, a cost or a saving that ends is below.

    Args:
        year: The year.
        saving: The figure, a quantity in pounds, of whole pence.
        as_printed: The figure, letter for letter, where it was read from print.

    Raises:
        InvalidValue: The year is none, or the saving is not of whole pence.
        UnitError: The saving is not money.

    Example:
        >>> from bucks_cs.savings import YearSaving, pounds
        >>> print(YearSaving(year=FinancialYear("2024-25"), saving=pounds(233_100_000), as_printed="-2,331"))
        £2,331,000 in 2024-25
    """

    year: FinancialYear = attrs.field(validator=_a_year)
    saving: Quantity = attrs.field(converter=as_pounds)
    as_printed: str | None = attrs.field(default=None, validator=_text_or_none)

    def __str__(self) -> str:
        return f"{pounds_said(self.saving)} in {self.year}"


@attrs.frozen(kw_only=True)
class UnplacedSaving:
    """A figure whose years are not named, only that they come after a year: "Future Savings".

    Args:
        said: What it is called where it is printed.
        after: The year that all of it comes after.
        saving: The figure, a quantity in pounds, of whole pence.
        as_printed: The figure, letter for letter.

    Raises:
        InvalidValue: A part is of another kind.
        UnitError: The saving is not money.
    """

    said: str = attrs.field(validator=words)
    after: FinancialYear = attrs.field(validator=_a_year)
    saving: Quantity = attrs.field(converter=as_pounds)
    as_printed: str | None = attrs.field(default=None, validator=_text_or_none)

    def __str__(self) -> str:
        return f"{pounds_said(self.saving)} in years after {self.after} that are not named ({self.said!r})"


@attrs.frozen(kw_only=True)
class Delivered:
    """What a line had delivered in a year, by a date.

    Args:
        year: The year it was delivered in.
        saving: The cash saved, a quantity in pounds.
        as_at: The day it was counted to.

    Raises:
        InvalidValue: A part is of another kind, or the day is before the year begins.
        UnitError: The saving is not money.
    """

    year: FinancialYear = attrs.field(validator=_a_year)
    saving: Quantity = attrs.field(converter=as_pounds)
    as_at: dt.date = attrs.field(validator=_a_date)

    def __attrs_post_init__(self) -> None:
        if self.as_at < self.year.start:
            raise InvalidValue(what="Delivered.as_at", expected="a day in the year or after it")

    def __str__(self) -> str:
        return f"{pounds_said(self.saving)} delivered in {self.year}, as at {day_in_words(self.as_at)}"


@attrs.frozen(kw_only=True)
class StatusOn:
    """How far a line had come on a day.

    Args:
        status: How far.
        on: The day it was said of, or the days that an undated paper which says so must lie between.

    Raises:
        InvalidValue: A part is of another kind.
    """

    status: Status = attrs.field(validator=of_kind(Status, expected="a Status"))
    on: dt.date | DateBounds = attrs.field(validator=of_kind(dt.date, DateBounds, expected="a date, or DateBounds"))

    def __str__(self) -> str:
        if isinstance(self.on, DateBounds):
            return f"{self.status.value}, between {day_in_words(self.on.earliest)} and {day_in_words(self.on.latest)}"
        return f"{self.status.value} on {day_in_words(self.on)}"


@attrs.frozen(kw_only=True)
class Dependency:
    """Another line that this one stands on, so that some pounds may be counted in both.

    Args:
        on: The key of the other line.
        same_pounds: How much of a year's level of this line is also in the other; None where nobody has said, which leaves
            anything from nothing to the whole of the smaller.
        why: What ties the two.

    Raises:
        InvalidValue: A part is of another kind, or ``same_pounds`` is below 0.
        UnitError: ``same_pounds`` is not money.
    """

    on: str = attrs.field(validator=words)
    same_pounds: Quantity | None = attrs.field(default=None, converter=attrs.converters.optional(as_pounds))
    why: str = attrs.field(default="", validator=_text)

    def __attrs_post_init__(self) -> None:
        if self.same_pounds is not None and self.same_pounds.magnitude < 0:
            raise InvalidValue(what="Dependency.same_pounds", expected="0 or more pounds, or None where nobody has said")


@attrs.frozen(kw_only=True)
class PrintedForm:
    """How the figures of a line are printed where it was read, so that it can be written so again.

    Args:
        heading: What the column says of its unit: ``"£'000"``, ``"£m"``, ``"£"``.
        sign: Which sign a saving has there.

    Raises:
        InvalidValue: A part is of another kind.
    """

    heading: str = attrs.field(validator=words)
    sign: PrintedSign = attrs.field(validator=of_kind(PrintedSign, expected="a PrintedSign"))
