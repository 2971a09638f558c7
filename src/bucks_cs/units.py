"""Units: the one strict registry, so that people, plans, pounds and working days are not mixed up.

Only what children's services use is defined, and nothing from physics: in pint's own registry ``pct`` is
picocarat, ``K`` is kelvin and ``"£7000/week"`` silently loses its pound. Here:

- ``£`` is GBP;
- a week is seven days and a year is twelve months, and neither becomes the other by itself: how many weeks
  a year has is a decision (52, 52.14, 365.25/7) that `annualise` asks for;
- a working day is no part of a week: what it is depends on weekends and bank holidays;
- a percentage point is not a percent: 40% to 50% is 10 points and 25%;
- a child is not a plan, a case or a place, and none of them is the number 1.

The registry is never set as pint's application registry, so a program's own units are untouched, and a
quantity pickles without one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pint
from pint.registry import GenericUnitRegistry

from bucks_cs.errors import UnitError

__all__ = ["Quantity", "Unit", "annualise", "in_unit", "quantity", "registry", "same_dimension", "symbol", "unit"]

_COUNTED = (
    *("child", "pupil", "plan", "case", "contact", "referral", "assessment", "conference", "enquiry"),
    *("place", "school", "home", "team", "worker", "visit", "recommendation", "action"),
)
_PLURALS = {"child": "children", "enquiry": "enquiries"}
_DEFINITIONS = Path(__file__).with_name("units.txt")


def _restore(kind: str, magnitude: Any, units: str) -> Any:
    return registry.Unit(units) if kind == "unit" else registry.Quantity(magnitude, units)


class Unit(pint.UnitRegistry.Unit):
    """A unit of this library's registry."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, ("unit", None, str(self))


class Quantity(pint.UnitRegistry.Quantity):  # type: ignore[type-arg]
    """A number with a unit of this library's registry."""

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

R = TypeVar("R")


def _ours(what: Callable[[], R], trouble: str, hint: str = "") -> R:
    """What pint gives, or our own error raised outside its handler, without pint's text (it repeats the input)."""
    failed = False
    try:
        return what()
    except (pint.PintError, ValueError, TypeError, AttributeError, AssertionError):
        failed = True
    if failed:
        raise UnitError(what=trouble, hint=hint)
    raise AssertionError  # pragma: no cover


def unit(text: str) -> Unit:
    """A unit of this library by name.

    Args:
        text: Such as ``"referral/month"``, ``"percent"``, ``"£/week"``, ``"working_day"``.

    Raises:
        UnitError: The registry does not know it; nothing of physics is known.

    Example:
        >>> str(unit("£/week"))
        'GBP / week'
        >>> unit("pct")
        Traceback (most recent call last):
        bucks_cs.errors.UnitError: unknown unit: a text of 3 characters. Known: child, pupil, plan, ...
    """
    known = ", ".join([*_COUNTED, "FTE", "GBP (£)", "day", "week", "working_day", "month", "year", "grade"])
    trouble = f"unknown unit: a text of {len(text)} characters"
    hint = f" Known: {known}, percent, percentage_point, per_1_000, per_10_000, and products and ratios of them."
    return _ours(lambda: registry.Unit(_number_free(text)), trouble, hint)


def _number_free(text: str) -> str:
    if not text.strip():
        raise ValueError
    return text.replace("£", "GBP")


def quantity(value: float | str, units: str | None = None) -> Quantity:
    """A number with its unit.

    Args:
        value: A number, or text with number and unit together (``"£7000/week"``).
        units: The unit where ``value`` is a number.

    Raises:
        UnitError: The text has no number, or the unit is not known.

    Example:
        >>> print(quantity(12, "working_day"))
        12 working_day
        >>> print(quantity("£7000/week"))
        7000.0 GBP / week
    """
    if isinstance(value, str):
        if units is not None:
            raise UnitError(what="a quantity takes a number and a unit, or one text with both")
        text = value
        parsed: object = _ours(lambda: registry.parse_expression(text), f"cannot read a text of {len(text)} characters as a quantity")
        if not isinstance(parsed, Quantity) or parsed.unitless or not any(c.isdigit() for c in text):
            raise UnitError(what="a quantity in text needs a number and a unit", hint=' Such as "£7000/week".')
        return registry.Quantity(float(parsed.magnitude), parsed.units)
    if units is None:
        raise UnitError(what="a number needs its unit")
    return registry.Quantity(value, unit(units))


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
    trouble = f"{value.units} cannot be turned into {target}"
    return float(_ours(lambda: value.m_as(target), trouble))


def symbol(units: str) -> str:
    """How a unit is written beside a number: ``%`` for a share, ``£`` before money, else its name.

    Args:
        units: The unit, as `unit` reads it.

    Example:
        >>> symbol("percent"), symbol("GBP"), symbol("per_10_000"), symbol("referral/month")
        ('%', '£', 'per 10,000', 'referrals a month')
    """
    known = {"percent": "%", "GBP": "£", "per_1_000": "per 1,000", "per_10_000": "per 10,000"}
    name = str(unit(units))
    if name in known:
        return known[name]
    counted, _, each = name.partition(" / ")
    words = _PLURALS.get(counted, counted if counted in {"FTE", "GBP"} else f"{counted}s").replace("_", " ")
    return f"{words} a {each.replace('_', ' ')}" if each else words


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

    Example:
        >>> print(annualise(quantity("£7000/week")))
        364000.0 GBP / year
    """
    if not 0 < weeks <= 53:
        raise UnitError(what="weeks: a year has more than 0 and at most 53 paid weeks")
    per_week = dict(weekly.unit_items())
    if per_week.pop("week", 0) != -1 or {"day", "month", "year"} & set(per_week):
        raise UnitError(what=f"{weekly.units} is not an amount per week")
    amount = weekly * registry.Quantity(1, "week")
    return registry.Quantity(float(amount.magnitude) * weeks, amount.units / unit("year"))
