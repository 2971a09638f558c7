"""One number that measures something, for an area and a period, with its bounds, its parts and its source."""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Mapping
from html import escape
from numbers import Real
from types import NoneType
from typing import Any, Self

import attrs

from bucks_cs.errors import InvalidValue, UnitError, of_kind
from bucks_cs.indicators.definitions import Indicator, Measure
from bucks_cs.indicators.withheld import Withheld
from bucks_cs.indicators.wording import with_unit, written, written_span
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import Quantity, quantity, unit

__all__ = ["Interval", "Reading"]

_text_or_none = of_kind(str, NoneType, expected="text, or None")
_number_or_none = of_kind(Real, NoneType, expected="a number, or None")


class Interval(enum.Enum):
    """What a lower and an upper bound mean."""

    CONFIDENCE = "confidence"
    PREDICTION = "prediction"
    ROUNDING = "rounding"
    BOUNDS = "bounds"

    @property
    def title(self) -> str:
        """What it is called beside its bounds, in a sentence and in the heading of a column."""
        if self is Interval.BOUNDS:
            return "bounds"
        return "before rounding" if self is Interval.ROUNDING else f"{self.value} interval"


def _as_pairs(dims: Mapping[str, str | None] | Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    return tuple((pair[0], pair[1]) for pair in (dims.items() if isinstance(dims, Mapping) else dims))


def _need_text(instance: object, attribute: attrs.Attribute[Any], dims: tuple[tuple[object, object], ...]) -> None:
    """An attrs validator: pairs of a name and text or None."""
    if not all(isinstance(name, str) and name and isinstance(value, (str, NoneType)) for name, value in dims):
        expected = "pairs of a name and what it is, both text (or None: not recorded)"
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


_quantity_or_none = of_kind(Quantity, NoneType, expected="a quantity as units.quantity makes it, or None")


@attrs.frozen(kw_only=True)
class Reading:
    """One value of an indicator, for an area and a period.

    Args:
        indicator: What is measured.
        area: LA number (``"825"``) or, above an authority, ONS code; None for the caller's own area.
        period: When: a flow over it, a stock on it.
        dims: What it is broken down by, as pairs of name and value (None: not recorded; never a total).
        value: A quantity in the indicator's unit, or the reason there is none.
        lower: Lower bound, in the same unit; may stand beside a withheld value.
        upper: Upper bound.
        interval: What the bounds mean; given where they are.
        level: For a confidence or prediction interval, its level (0.95).
        numerator: For a ratio, what was divided.
        denominator: And what by.
        source: Where the figure is from; may be left out for a result the caller worked out on her own data.

    Raises:
        UnitError: A value or bound is not in the indicator's dimension.
        InvalidValue: A number that is infinite or not one; bounds out of order, or with no interval; a level
            outside 0 to 1; a part of another kind.
    """

    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    area: str | None = attrs.field(default=None, validator=_text_or_none)
    period: Period = attrs.field(validator=of_kind(Period, expected="a period"))
    dims: tuple[tuple[str, str | None], ...] = attrs.field(default=(), converter=_as_pairs, validator=_need_text)
    value: Quantity | Withheld = attrs.field(
        validator=of_kind(Quantity, Withheld, expected="a quantity as units.quantity makes it, or a Withheld that says why")
    )
    lower: Quantity | None = attrs.field(default=None, validator=_quantity_or_none)
    upper: Quantity | None = attrs.field(default=None, validator=_quantity_or_none)
    interval: Interval | None = attrs.field(default=None, validator=of_kind(Interval, NoneType, expected="an Interval, or None"))
    level: float | None = attrs.field(default=None, validator=_number_or_none)
    numerator: float | None = attrs.field(default=None, validator=_number_or_none)
    denominator: float | None = attrs.field(default=None, validator=_number_or_none)
    source: AnySource | None = attrs.field(
        default=None, validator=of_kind(Source, NoOfficialSource, NoneType, expected="a Source, NoOfficialSource, or None")
    )

    def __attrs_post_init__(self) -> None:
        key = self.indicator.key
        self._check_numbers()
        if (self.lower is not None or self.upper is not None) != (self.interval is not None):
            raise InvalidValue(what=f"{key}: interval", expected="what the bounds mean, where there are bounds and only there")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise InvalidValue(what=f"{key}: bounds", expected="lower not above upper")
        if self.level is not None and not 0 < self.level < 1:
            raise InvalidValue(what=f"{key}: level", expected="a probability between 0 and 1")

    def _check_numbers(self) -> None:
        key, units = self.indicator.key, self.indicator.unit
        parts = [part for part in (self.value, self.lower, self.upper) if isinstance(part, Quantity)]
        for part in parts:
            if part.dimensionality != unit(units).dimensionality:
                raise UnitError(what=f"{key} is in {unit(units)}, and {part.units} is something else")
        numbers = (*(part.magnitude for part in parts), self.numerator, self.denominator)
        if not all(math.isfinite(number) for number in numbers if number is not None):
            raise InvalidValue(what=f"{key}: numbers", expected="finite ones, or a Withheld that says why there is none")

    @classmethod
    def of(cls, indicator: Indicator, value: float | Withheld, **fields: Any) -> Self:
        """A reading from plain numbers, taken to be in the indicator's own unit.

        Args:
            indicator: What is measured.
            value: The number, or the reason there is none.
            **fields: The other fields; ``lower`` and ``upper`` as plain numbers too.
        """
        for name in ("lower", "upper"):
            if isinstance(fields.get(name), Real):
                fields[name] = quantity(fields[name], indicator.unit)
        given = value if isinstance(value, Withheld) else quantity(value, indicator.unit)
        return cls(indicator=indicator, value=given, **fields)

    @property
    def number(self) -> float | None:
        """The value in the indicator's unit, or None where it is withheld."""
        return None if isinstance(self.value, Withheld) else float(self.value.m_as(self.indicator.unit))

    @property
    def withheld(self) -> Withheld | None:
        """Why there is no value, or None where there is one."""
        return self.value if isinstance(self.value, Withheld) else None

    def bound(self, which: str) -> float | None:
        """``"lower"`` or ``"upper"`` in the indicator's unit, or None.

        Args:
            which: ``"lower"`` or ``"upper"``.

        Raises:
            InvalidValue: ``which`` is neither.
        """
        if which not in {"lower", "upper"}:
            raise InvalidValue(what="which", expected='"lower" or "upper"')
        part: Quantity | None = getattr(self, which)
        return None if part is None else float(part.m_as(self.indicator.unit))

    @property
    def reach(self) -> tuple[float, float]:
        """Where the figure may be, in the indicator's unit: its interval, which has no end on a side without a bound.

        A value without an interval is a point; a gap without one may be anything.
        """
        number = self.number
        if self.interval is None and number is not None:
            return number, number
        low, high = self.bound("lower"), self.bound("upper")
        return -math.inf if low is None else low, math.inf if high is None else high

    def __str__(self) -> str:
        where = f" in {self.area}" if self.area else ""
        by = "".join(f", {name} {value if value is not None else 'not recorded'}" for name, value in self.dims)
        said = f"{self.indicator.title}{where}{by}, {self.period}: {self._said()}"
        return f"{said} ({self.source})" if self.source else said

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"

    def _said(self) -> str:
        number = self.number
        text = str(self.withheld) if number is None else with_unit(number, self.indicator.unit, per=self.indicator.per)
        if self.interval is not None:
            level = f"{100 * self.level:.4g}% " if self.level else ""
            text += f" ({level}{self.interval.title} {self._span()})"
        if self.denominator is not None and self.numerator is not None:
            # Only a share is so many of so many: a rate's events and a mean's sum are no part of what they are divided by.
            joined = "of" if self.indicator.measure is Measure.SHARE else "over"
            text += f", {written(self.numerator)} {joined} {written(self.denominator)}"
        return text

    def _span(self) -> str:
        rounded = self.interval is Interval.ROUNDING
        return written_span(self.bound("lower"), self.bound("upper"), units=self.indicator.unit, exact=rounded)
