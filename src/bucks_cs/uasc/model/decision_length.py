"""Unaccompanied children: how long decisions on claims for asylum take, as it is printed: with its hedge and no more."""

from __future__ import annotations

from typing import Any

import attrs

from bucks_cs.audit import Bound
from bucks_cs.errors import InvalidValue, MissingSource, UnitError, of_kind
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension

__all__ = ["DecisionLength"]


def _in_years(given: Any) -> Any:
    if not isinstance(given, Quantity):
        return given
    if not same_dimension(str(given.units), "year"):
        raise UnitError(what=f"a length of decisions is in years or months, and {given.units} is something else")
    return quantity(in_unit(given, "year"), "year")


_years_or_none = of_kind(Quantity, type(None), expected="a quantity of years or months, or None")


@attrs.frozen(kw_only=True)
class DecisionLength:
    """How long final decisions take, in years, as a report states it.

    "About a year" names no ends, "within 2 to 3 years" two, and "over 4 years" one: what is not said is not filled in.

    Args:
        said: What is printed, letter for letter.
        least: The least it may be; None where only the most is stated.
        most: The most; None where it is open upwards.
        bound: How it is hedged; for ``about`` the least and the most are the number that is named.
        statistic: What it is of the claims, as stated: ``"average"``, ``"the norm"``; empty where nothing is.
        period_said: When, in words.
        period: The days that lies in, where they are known.
        source: Who says so.

    Raises:
        MissingSource: There is no source.
        InvalidValue: The ends do not go with the bound, or a part is of another kind.
        UnitError: An end is no length of time in years or months.

    Example:
        >>> from bucks_cs.uasc import DecisionLength
        >>> print(DecisionLength(said="over 4 years", least=quantity(4, "year"), bound=Bound.OVER, statistic="the norm",
        ...     period_said="since the pandemic", source=NoOfficialSource(reason="an example")))
        over 4 years, since the pandemic (the norm)
    """

    said: str = attrs.field(validator=of_kind(str, expected="text"))
    least: Quantity | None = attrs.field(default=None, converter=_in_years, validator=_years_or_none)
    most: Quantity | None = attrs.field(default=None, converter=_in_years, validator=_years_or_none)
    bound: Bound = attrs.field(validator=of_kind(Bound, expected="a Bound"))
    statistic: str = attrs.field(default="", validator=of_kind(str, expected="text"))
    period_said: str = attrs.field(validator=of_kind(str, expected="text"))
    period: Period | None = attrs.field(default=None, validator=of_kind(Period, type(None), expected="a period, or None"))
    source: AnySource = attrs.field()

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a DecisionLength")
        low, high = self.years
        if (self.least is None) != self.bound.opens_downwards or (self.most is None) != self.bound.opens_upwards:
            raise InvalidValue(what="DecisionLength", expected="the least and the most that its bound has, and no other")
        if low < 0 or (high is not None and high < low) or (self.bound in {Bound.ABOUT, Bound.AS_PRINTED} and low != high):
            expected = "ends of 0 or more, in order, and one number where it is no range"
            raise InvalidValue(what="DecisionLength", expected=expected)

    @property
    def years(self) -> tuple[float, float | None]:
        """The least and the most in years; 0 where only the most is stated, None where it is open upwards."""
        low = 0.0 if self.least is None else float(self.least.magnitude)
        return low, None if self.most is None else float(self.most.magnitude)

    def __str__(self) -> str:
        return f"{self.said}, {self.period_said}{f' ({self.statistic})' if self.statistic else ''}"
