"""Units: the one strict registry, so that people, plans, pounds and working days are not mixed up.

Only what children's services use is defined, and nothing from physics: in pint's own registry ``pct`` is
picocarat, ``K`` is kelvin and ``"£7000/week"`` silently loses its pound. Here:

- ``£`` is GBP;
- a week is seven days and a year is twelve months, and neither becomes the other by itself: how many weeks
  a year has is a decision (52, 52.14, 365.25/7) that `annualise` asks for;
- a working day is no part of a week: what it is depends on weekends and bank holidays;
- a percentage point is not a percent: 40% to 50% is 10 points and 25%;
- a child is not a plan, a case or a place, and none of them is the number 1.

Adding or comparing what does not go together raises pint's own ``DimensionalityError`` (a ``TypeError``), which
names the two units and no number; the functions here raise `UnitError`.

The registry is never set as pint's application registry, so a program's own units are untouched, and a
quantity pickles without one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from numbers import Real
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pint
from pint.registry import GenericUnitRegistry

from bucks_cs.errors import InvalidValue, UnitError

__all__ = [
    "OneOrRange", "Quantity", "Unit", "annualise", "ends_of", "in_unit", "quantity", "registry", "same_dimension", "symbol",
    "unit",
]  # fmt: skip

_COUNTED = (
    *("child", "pupil", "plan", "case", "contact", "referral", "assessment", "conference", "enquiry"),
    *("request", "review"),
    *("place", "school", "home", "centre", "team", "worker", "person", "visit", "recommendation", "action", "notice", "order"),
    "grade",
)
_PLURALS = {"child": "children", "enquiry": "enquiries", "person": "people", "FTE": "FTE"}
_TIMES = ("day", "week", "working_day", "month", "year")
_SIGNS = {"percent": "%", "GBP": "£", "per_1_000": "per 1,000", "per_10_000": "per 10,000", "dimensionless": "", "1": ""}

# What people write, and the name it has here; in this order.
_WORDS = (
    (r"£", " GBP "),
    (r"%|\bper cent\b", " percent "),
    (r"\b(working|percentage) (?=(?:day|point)s?\b)", r"\1_"),
    (r"(?<=\S)\s+(?:per|an?)\s+(?=\S)", " / "),
)
_POWER = r"(?:\s*(?:\*\*|\^)\s*-?\d(?:\.\d+)?)?"
_NAME = rf"[A-Za-z_][A-Za-z0-9_]*{_POWER}"
_UNIT = re.compile(rf"(?:1\s*/\s*)?{_NAME}(?:\s*[*/]\s*{_NAME})*")
# Commas part thousands or are no number at all: pint drops any comma, and a true minus with it.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?"
_AMOUNT = re.compile(rf"([-+−–]?)\s*(£?)\s*([-+−–]?)({_NUMBER})(?![\d.,])\s*(.*)", re.ASCII)
_DEFINITIONS = Path(__file__).with_name("units.txt")


def _restore(kind: str, magnitude: Any, units: str) -> Any:
    return registry.Unit(units) if kind == "unit" else registry.Quantity(magnitude, units)


class Unit(pint.UnitRegistry.Unit):
    """A unit of this library's registry."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, ("unit", None, str(self))


class Quantity(pint.UnitRegistry.Quantity):  # type: ignore[type-arg]
    """A number with a unit of this library's registry; `quantity` makes one."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, ("quantity", self.magnitude, str(self.units))


class _Registry(GenericUnitRegistry[Quantity, Unit]):
    Quantity: TypeAlias = Quantity
    Unit: TypeAlias = Unit


def _build() -> _Registry:
    pounds = [lambda text: text.replace("£", " GBP ")]
    return _Registry(filename=_DEFINITIONS, on_redefinition="raise", preprocessors=pounds)


registry = _build()
"""The one registry; redefinition raises."""

# Without this, Quantity(5, "week") called by its class would be one of pint's application registry.
for _kind in (Unit, Quantity):
    _kind._REGISTRY = registry  # type: ignore[assignment]

R = TypeVar("R")


def _ours(what: Callable[[], R], trouble: str, hint: str = "") -> R:
    """What pint gives, or our own error raised outside its handler, without pint's text (it repeats the input)."""
    failed = False
    try:
        return what()
    except (pint.PintError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError, LookupError):
        failed = True
    if failed:
        raise UnitError(what=trouble, hint=hint)
    raise AssertionError  # pragma: no cover


def unit(text: str) -> Unit:
    """A unit of this library by name.

    Args:
        text: Such as ``"referral/month"``, ``"percent"``, ``"£/week"``, ``"£ a week"``, ``"working days"``.

    Raises:
        UnitError: The registry does not know it; nothing of physics is known, and no number stands in a unit.

    Example:
        >>> str(unit("£/week"))
        'GBP / week'
        >>> unit("pct")
        Traceback (most recent call last):
        bucks_cs.errors.UnitError: unknown unit: a text of 3 characters. Known: child, pupil, plan, ...
    """
    if not isinstance(text, str):
        raise InvalidValue(what="unit", expected='text, such as "referral/month"')
    known = ", ".join([*_COUNTED, "FTE", "GBP (£)", "day", "week", "working_day", "month", "year"])
    trouble = f"unknown unit: a text of {len(text)} character{'' if len(text) == 1 else 's'}"
    hint = f" Known: {known}, percent, percentage_point, per_1_000, per_10_000, and products and ratios of them."
    return _ours(lambda: registry.Unit(_named(text)), trouble, hint)


def _named(text: str) -> str:
    """A unit as the registry names it; nothing but names and powers goes on, since pint works out what it is given."""
    for written, name in _WORDS:
        text = re.sub(written, name, text)
    if not _UNIT.fullmatch(text.strip()):
        raise ValueError
    return text


def quantity(value: float | str, units: str | None = None) -> Quantity:
    """A number with its unit.

    Args:
        value: A number, or text with number and unit together: ``"£7,000/week"``, ``"52%"``, ``"−£332,000"``. A
            comma parts thousands or is refused; so is ``"£1.2m"``.
        units: The unit where ``value`` is a number.

    Returns:
        The number with its unit; from text, always a float.

    Raises:
        UnitError: The text is not a number and a unit, or the unit is not known.
        InvalidValue: ``value`` is neither a number nor text.

    Example:
        >>> print(quantity(12, "working_day"))
        12 working_day
        >>> print(quantity("£7,000/week"))
        7000.0 GBP / week
    """
    if isinstance(value, str):
        if units is not None:
            raise UnitError(what="a quantity takes a number and a unit, or one text with both")
        return _quantity_read(value)
    _need_number(value)
    if units is None:
        raise UnitError(what="a number needs its unit")
    return registry.Quantity(value, unit(units))


def _need_number(value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise InvalidValue(what="quantity", expected="an int or a float with its unit, or a text with both")


def _quantity_read(text: str) -> Quantity:
    match = _AMOUNT.fullmatch(text.strip())
    sign, pound, second, digits, rest = match.groups() if match else ("", "", "", "nan", "")
    number, name = float(digits.replace(",", "")), f"{pound} {rest}".strip()
    unsaid = not name or (pound and rest and not re.match(r"/|(?:per|an?)\s", rest))
    if not math.isfinite(number) or unsaid or (sign and second):
        trouble = f"a text of {len(text)} character{'' if len(text) == 1 else 's'} is not a number and a unit"
        raise UnitError(what=trouble, hint=' Expected such as "£7,000/week", "52%" or "15 working_day".')
    return registry.Quantity(-number if (sign or second) in {"-", "−", "–"} else number, unit(name))


def same_dimension(one: str, other: str) -> bool:
    """Whether two units count the same kind of thing, so that one can be turned into the other.

    Args:
        one: A unit, as `unit` reads it.
        other: Another.

    Example:
        >>> same_dimension("week", "day"), same_dimension("week", "working_day"), same_dimension("percent", "percentage_point")
        (True, False, False)
    """
    return bool(unit(one).dimensionality == unit(other).dimensionality)


def in_unit(value: Quantity, units: str) -> float:
    """The number of a quantity in a unit of the same dimension.

    Args:
        value: The quantity.
        units: The unit to give its number in.

    Raises:
        UnitError: The two are of different dimensions.

    Example:
        >>> in_unit(quantity(2, "week"), "day")
        14.0
    """
    target = unit(units)
    _need_quantity(value)
    trouble = f"{value.units} cannot be turned into {target}"
    return float(_ours(lambda: value.m_as(target), trouble))


def _need_quantity(value: object) -> None:
    if not isinstance(value, Quantity):
        raise InvalidValue(what="a quantity", expected="a number with its unit, as units.quantity makes it")


OneOrRange: TypeAlias = Quantity | tuple[Quantity, Quantity]
"""A quantity, or the least and the most that it may be."""


def ends_of(
    given: object, units: str, *, what: str, least: float | None = 0, above: float | None = None
) -> tuple[float, float]:
    """The least and the most of a quantity, or of a range of two, as numbers in a unit: ranges in, ranges out.

    Args:
        given: A quantity, or a tuple of two.
        units: The unit they are given back in, and must be of.
        what: The argument, for the message.
        least: The least it may be; None where it may be anything.
        above: What it must be above, in place of ``least``.

    Raises:
        InvalidValue: It is neither, is not finite, is below ``least`` or not above ``above``, or the second is below the first.
        UnitError: It is of another unit.

    Example:
        >>> ends_of(quantity(38, "GBP"), "GBP", what="rate")
        (38.0, 38.0)
        >>> ends_of((quantity(1, "week"), quantity(2, "week")), "day", what="wait")
        (7.0, 14.0)
    """
    pair = given if isinstance(given, tuple) else (given, given)
    if len(pair) != 2 or not all(isinstance(one, Quantity) for one in pair):
        raise InvalidValue(what=what, expected=f"a quantity in {unit(units)}, or a tuple of the least and the most")
    for one in pair:
        if not same_dimension(str(one.units), units):
            raise UnitError(what=f"{what} is in {unit(units)}, and {one.units} is something else")
    low, high = (in_unit(one, units) for one in pair)
    enough = low > above if above is not None else least is None or low >= least
    if not (math.isfinite(low) and math.isfinite(high) and low <= high and enough):
        floor = f" above {above:g}" if above is not None else "" if least is None else f" of {least:g} or more"
        raise InvalidValue(what=what, expected=f"finite numbers{floor}, the least before the most")
    return low, high


def symbol(units: str, *, singular: bool = False) -> str:
    """How a unit is written beside a number: ``%`` for a share, ``£`` before money, else its name.

    Args:
        units: The unit.
        singular: For one of them: ``child`` and not ``children``.

    Raises:
        UnitError: The unit is not known.

    Example:
        >>> symbol("percent"), symbol("GBP"), symbol("per_10_000"), symbol("referral/month"), symbol("case/FTE")
        ('%', '£', 'per 10,000', 'referrals a month', 'cases per FTE')
    """
    counted, *each = str(unit(units)).split(" / ")
    name = _SIGNS.get(counted)
    if name is None:
        name = (counted if singular else _PLURALS.get(counted, f"{counted}s")).replace("_", " ")
    # Time last: "£ per child a week".
    ratios = [f"{'a' if part in _TIMES else 'per'} {part.replace('_', ' ')}" for part in sorted(each, key=_TIMES.__contains__)]
    return " ".join([name, *ratios]).strip()


def annualise(weekly: Quantity, *, weeks: float = 52) -> Quantity:
    """A weekly amount as an amount a year, for a stated number of weeks in that year.

    A year has 52 weeks and a day or two; a placement paid by the week costs 52, 52.14 or 53 times its price.
    Nothing here turns a week into part of a year unless this function is called, and it says with how many.

    Args:
        weekly: An amount per week.
        weeks: How many weeks are paid for in the year: above 0 and at most 53.

    Returns:
        The amount per year.

    Raises:
        UnitError: ``weekly`` is not an amount per week, or ``weeks`` is not above 0 and at most 53.
        InvalidValue: ``weekly`` has no unit.

    Example:
        >>> print(annualise(quantity("£7000/week")))
        364000.0 GBP / year
    """
    _need_quantity(weekly)
    if not 0 < weeks <= 53:
        raise UnitError(what="weeks: a year has more than 0 and at most 53 paid weeks")
    per_week = dict(weekly.unit_items())
    if per_week.pop("week", 0) != -1 or {"day", "month", "year"} & set(per_week):
        raise UnitError(what=f"{weekly.units} is not an amount per week")
    amount = weekly * registry.Quantity(1, "week")
    return registry.Quantity(float(amount.magnitude) * weeks, amount.units / unit("year"))
