"""Printed figures: what a text in a report stands for, and how another figure would look in its place.

``1,375`` stands for everything that rounds to it: 1,374.5 to 1,375.5. The last digit printed is taken for the precision,
because the page says no more: ``1,000`` may have been rounded to the nearest 1, 10 or 1,000 (`Printed.may_be_coarser`),
and where that is known ``rounded_to=`` says so. ``over 1,000`` has one end, ``about 1,000`` none that anyone could state.

`reading.read_printed` reads them.
"""

from __future__ import annotations

import enum
import math
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import attrs

from bucks_cs.audit.spans import Span
from bucks_cs.errors import InvalidValue

__all__ = ["Bound", "Form", "Printed", "Rounding", "exactly", "number_text"]

HALF = Fraction(1, 2)
ZERO = Fraction(0)
_NO_SIGN = str.maketrans("", "", "-−–+")


class Bound(enum.Enum):
    """How a figure is hedged where it is printed."""

    AS_PRINTED = "as printed"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at least"
    ALMOST = "almost"
    UNDER = "under"
    UP_TO = "up to"
    RANGE = "range"

    @property
    def opens_upwards(self) -> bool:
        """Whether it says where a figure begins and not where it ends."""
        return self in {Bound.OVER, Bound.AT_LEAST}

    @property
    def opens_downwards(self) -> bool:
        """Whether it says where a figure ends and not where it begins."""
        return self in {Bound.ALMOST, Bound.UNDER, Bound.UP_TO}


class Rounding(enum.Enum):
    """How a number that is not whole was made into the one that is printed."""

    NEAREST = "to the nearest"
    DOWN = "down"
    UP = "up"

    def span(self, value: Fraction, step: Fraction) -> Span:
        """What could have been rounded to a value this way, in steps of ``step`` (0: nothing but itself).

        Args:
            value: The rounded value.
            step: What it was rounded to a multiple of.
        """
        if step == 0:
            return Span.point(value)
        if self is Rounding.NEAREST:
            return Span(value - step * HALF, value + step * HALF)
        if self is Rounding.DOWN:
            return Span(value, value + step, high_left_out=True)
        return Span(value - step, value, low_left_out=True)


@attrs.frozen(kw_only=True)
class Form:
    """How a single number is written: the digits, and what stands round them.

    Args:
        digits: Every digit in order, without separators and point.
        decimals: How many of them come after the point.
        separator: What parts thousands: a comma, a thin space, or nothing.
        factor: What the digits are multiplied by: sign, ``m``, and the scale of a heading, together.
        before: The text before the digits, as printed.
        after: The text after them.
        currency: ``£`` or nothing.
        magnitude: ``m``, `` million``, or nothing.
        unit: ``%``, `` per cent``, or nothing.
    """

    digits: str
    decimals: int
    separator: str
    factor: Fraction
    before: str = ""
    after: str = ""
    currency: str = ""
    magnitude: str = ""
    unit: str = ""

    @cached_property
    def value(self) -> Fraction:
        """What it says, as a number."""
        places: int = 10**self.decimals
        return Fraction(int(self.digits), places) * self.factor

    @property
    def step(self) -> Fraction:
        """The worth of its last digit."""
        places: int = 10**self.decimals
        return abs(self.factor) / places

    @property
    def bracketed(self) -> bool:
        """Whether it stands in brackets, as accounts print what is below 0 and reports a percentage beside its count."""
        return "(" in self.before

    def opposite(self) -> Form:
        """The same digits with the other sign; brackets that stand for a minus go too."""
        if self.bracketed:
            before, after = self.before.replace("(", ""), self.after.replace(")", "")
        elif self.factor < 0 or "+" in self.before:
            before, after = self.before.translate(_NO_SIGN).lstrip(), self.after
        else:
            before, after = self.before, self.after
        if self.factor > 0:
            before = "−" + before
        return attrs.evolve(self, before=before, after=after, factor=-self.factor)

    @property
    def text(self) -> str:
        """The whole text."""
        whole, fraction = (self.digits[: len(self.digits) - self.decimals], self.digits[len(self.digits) - self.decimals :])
        parted = f"{int(whole):,}".replace(",", self.separator) if whole else ""
        return f"{self.before}{parted}{'.' + fraction if fraction else ''}{self.after}"

    def showing(self, value: Fraction, decimals: int, *, unit: str = "") -> str:
        """Another value written in the same form, with so many decimals; ``unit`` is added where the form has none."""
        number = number_text(value if abs(self.factor) == 1 else value / abs(self.factor), decimals)
        sign, number = ("−", number[1:]) if number.startswith("−") else ("", number)
        return f"{sign}{self.currency}{number}{self.magnitude}{self.unit or unit}"


@attrs.frozen(kw_only=True)
class Printed:
    """A figure as printed, and every value it can stand for.

    Args:
        text: As printed.
        span: What it can stand for; None for ``about``, which has no stated width.
        bound: How it is hedged.
        unit: ``%``, ``pp`` (percentage points), ``£``, the name of what is counted, or nothing.
        step: What it is rounded to, in its own unit; 0 where it is exact, None where that means nothing (a range).
        form: How its number is written; None for a range, which has two.
        stated_step: Whether ``rounded_to=`` gave the step, and not the last digit.
        rounding: Which way it was rounded.
        noise: How far binary arithmetic may have moved it, as a share of what it was worked out from; 0 for text and
            for whole numbers.

    Example:
        >>> from bucks_cs.audit.reading import read_printed
        >>> read_printed("1,375")
        Printed('1,375': 1374.5 to 1375.5)
        >>> read_printed("£1.25bn").step
        Fraction(10000000, 1)
    """

    text: str
    span: Span | None
    bound: Bound = Bound.AS_PRINTED
    unit: str = ""
    step: Fraction | None = None
    form: Form | None = None
    stated_step: bool = False
    rounding: Rounding = Rounding.NEAREST
    noise: Fraction = Fraction(0)

    @property
    def value(self) -> Fraction | None:
        """The number itself; the middle of a range; None where a figure has only one end, or none."""
        if self.bound is Bound.AS_PRINTED and self.form is not None:
            return self.form.value
        if self.bound is Bound.RANGE and self.span is not None and self.span.low is not None and self.span.high is not None:
            return (self.span.low + self.span.high) * HALF
        return None

    @property
    def low(self) -> float | None:
        """The least it can stand for, or None where it has no such end."""
        return None if self.span is None or self.span.low is None else float(self.span.low)

    @property
    def high(self) -> float | None:
        """The greatest it can stand for, or None."""
        return None if self.span is None or self.span.high is None else float(self.span.high)

    @cached_property
    def stands_alone(self) -> bool:
        """Whether it means the same in any row: no ``less than``, no brackets, no points, no float."""
        bracketed = self.form is not None and self.form.bracketed
        return not (bracketed or self.noise or self.unit == "pp" or self.bound.opens_downwards)

    @property
    def can_be_edited(self) -> bool:
        """Whether a slip of the keyboard can be looked for in it: one plain number, written in digits."""
        return self.form is not None and self.bound is Bound.AS_PRINTED

    @property
    def may_be_coarser(self) -> bool:
        """Whether it is a whole number that ends in 0 and may have been rounded to it: nothing on the page says."""
        form = self.form
        if form is None or self.bound is not Bound.AS_PRINTED or self.stated_step or form.decimals:
            return False
        return form.digits.endswith("0") and int(form.digits) > 0

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number from 0 up, of people or cases and not of pounds or percent."""
        form = self.form
        if form is None or self.bound is not Bound.AS_PRINTED or form.factor != 1 or self.unit in {"£", "%", "pp"}:
            return False
        return not form.decimals

    def counted(self) -> Span | None:
        """What it can stand for: for a count nothing below 0, since 0 children are not −0.4 rounded."""
        span = self.span
        if span is None or span.low is None or span.low >= 0 or not self.is_count:
            return span
        return span.within(ZERO, None)

    def cut_off(self) -> Span | None:
        """What it could stand for if its further digits had been dropped instead of rounded."""
        if not self.can_be_edited or not self.step or self.form is None:
            return None
        value = self.form.value
        if value == 0:
            return Span(-self.step, self.step, low_left_out=True, high_left_out=True)
        return (Rounding.DOWN if value > 0 else Rounding.UP).span(value, self.step)

    def written_as(self, form: Form, *, step: Fraction | None = None) -> Printed:
        """The same figure with another number in it, rounded in the same way.

        Args:
            form: How the other number is written.
            step: What it is rounded to; None: as this one is.
        """
        width = step if step is not None else self.step if self.stated_step and self.step is not None else form.step
        return Printed(
            text=form.text, span=self.rounding.span(form.value, width), unit=self.unit, step=width, form=form,
            stated_step=self.stated_step, rounding=self.rounding,
        )  # fmt: skip

    def rounded(self, rounding: Rounding) -> Printed:
        """The same figure, known to have been rounded this way.

        Args:
            rounding: The way.
        """
        if not self.can_be_edited or self.step is None or self.form is None:
            return self
        return attrs.evolve(self, rounding=rounding, span=rounding.span(self.form.value, self.step))

    def signed(self, form: Form) -> Printed:
        """The same text, taken with the sign of a form of the same digits.

        Args:
            form: The form.
        """
        width = form.step if self.step is None else self.step
        return attrs.evolve(self, form=form, span=self.rounding.span(form.value, width))

    def in_unit(self, unit: str) -> Printed:
        """A figure of as many decimals in another unit, to show a result in.

        Args:
            unit: As it is written behind the number.
        """
        form = Form(digits="0" * (self.decimals + 1), decimals=self.decimals, separator=",", factor=Fraction(1), unit=unit)
        return attrs.evolve(self, form=form)

    def showing(self, value: Fraction, decimals: int, *, unit: str = "") -> str:
        """A value written as this figure is.

        Args:
            value: The value.
            decimals: How many.
            unit: Added where this figure has none of its own.
        """
        if self.form is None:
            return number_text(value, decimals) + ("%" if self.unit == "%" else unit)
        return self.form.showing(value, decimals, unit=unit)

    @property
    def decimals(self) -> int:
        """How many digits it has after the point."""
        return 0 if self.form is None else self.form.decimals

    def __repr__(self) -> str:
        if self.span is None:
            return f"Printed({self.text!r}: {self.bound.value}, of no stated width)"
        ends = ["no end" if end is None else f"{end:.12g}" for end in (self.low, self.high)]
        return f"Printed({self.text!r}: {ends[0]} to {ends[1]})"


def exactly(number: Any, *, what: str) -> Fraction:
    """A number as an exact fraction; a float is what its shortest text says (0.1 is a tenth).

    Raises:
        InvalidValue: It is no finite number.
    """
    if isinstance(number, Fraction):
        return number
    failed = isinstance(number, bool) or (isinstance(number, float) and not math.isfinite(number))
    if not failed:
        try:
            return Fraction(Decimal(str(number)))
        except (ArithmeticError, ValueError, TypeError, OverflowError):
            failed = True
    raise InvalidValue(what=what, expected="a finite number")


def number_text(value: Fraction, decimals: int) -> str:
    """A number with thousands parted, so many decimals (halves go to even) and a true minus.

    Example:
        >>> number_text(Fraction(-4144, 3), 1)
        '−1,381.3'
    """
    tens: int = 10**decimals
    scaled, rest = divmod(abs(value.numerator) * tens, value.denominator)
    if 2 * rest > value.denominator or (2 * rest == value.denominator and scaled % 2):
        scaled += 1
    whole, fraction = divmod(scaled, tens)
    return f"{'−' if scaled and value < 0 else ''}{whole:,}" + (f".{fraction:0{decimals}d}" if decimals else "")
