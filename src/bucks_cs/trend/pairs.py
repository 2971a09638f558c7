"""The change between two readings."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from bucks_cs.errors import NotComparable, of_kind
from bucks_cs.indicators import Break, Indicator, Interval, Reading, Withheld, alike, told_apart, with_unit
from bucks_cs.periods import Span
from bucks_cs.trend import rules

__all__ = ["Change"]

_CERTAIN = {Interval.ROUNDING, Interval.BOUNDS}


@attrs.frozen(kw_only=True)
class Change:
    """How a figure changed from one reading to another, in its own unit and in percent, or in percentage points.

    Args:
        earlier: The earlier reading.
        later: The later, of the same indicator, area and dims.
        across_breaks: Go on across a break, known or inferred, which `breaks` and the sentence then name.

    Raises:
        NotComparable: The two are not of one indicator, area and dims, or their periods cannot be set against each other.
        AcrossBreak: A break lies, or may lie, after the first day of the earlier period and up to the last of the later.
    """

    earlier: Reading = attrs.field(validator=of_kind(Reading, expected="a Reading"))
    later: Reading = attrs.field(validator=of_kind(Reading, expected="a Reading"))
    across_breaks: bool = attrs.field(default=False, validator=of_kind(bool, expected="True or False"))

    def __attrs_post_init__(self) -> None:
        key = self.earlier.indicator.key
        for what, differs in (
            ("indicator", self.earlier.indicator != self.later.indicator),
            ("area", self.earlier.area != self.later.area),
            ("dims", self.earlier.dims != self.later.dims),
        ):
            if differs:
                raise NotComparable(
                    what=f"two readings of {key}" if what != "indicator" else "two readings", why=f"they differ in {what}"
                )
        rules.refuse_change_of_change(self.earlier.indicator)
        rules.need_comparable_periods(self.earlier.period, self.later.period, what=key)
        if not self.across_breaks:
            rules.refuse_breaks(self.breaks, what=key, area_known=self.earlier.area is not None, inside=self._inside)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The breaks it passes over, in its area or in a part of it; where no area is given, those of any area."""
        area = self.earlier.area
        between = rules.breaks_passed(self.earlier.indicator, self.earlier.period, self.later.period)
        return tuple(b for b in between if area is None or b.concerns(area))

    @property
    def _inside(self) -> tuple[Break, ...]:
        """Those of the breaks that concern only a part of the area."""
        area = self.earlier.area
        return tuple(b for b in self.breaks if area is not None and b.is_inside(area))

    @property
    def absolute(self) -> Reading:
        """The change in the indicator's own unit; for a share the same as `points`, since that is in points."""
        define = rules.points_of if rules.is_in_percent(self.earlier.indicator) else rules.absolute_of
        return self._reading(self._definition(define), self._difference(), self._bounds())

    @property
    def percent(self) -> Reading | None:
        """The change in percent of the earlier figure; None for a share, which changes by points."""
        if rules.is_in_percent(self.earlier.indicator):
            return None
        return self._reading(self._definition(rules.percent_of), self._ratio(), self._ratio_bounds())

    @property
    def points(self) -> Reading | None:
        """The change of a share in percentage points; None for anything else."""
        return self.absolute if rules.is_in_percent(self.earlier.indicator) else None

    @property
    def intervals_overlap(self) -> bool:
        """Whether the intervals of the two share a value, so that nothing may have changed; a figure without one is a point."""
        if self.earlier.interval is None and self.later.interval is None:
            return False
        (low, high), (low2, high2) = self.earlier.reach, self.later.reach
        # What touches shares a value, whatever the last digits of floats are.
        return (low <= high2 or alike(low, high2)) and (low2 <= high or alike(low2, high))

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What `trend.change` gives of `Readings`: the absolute change and the percent, or the points alone."""
        return (self.absolute,) if self.percent is None else (self.absolute, self.percent)

    def _definition(self, define: Callable[..., Indicator]) -> Indicator:
        return define(self.earlier.indicator, earlier=self.earlier.period, later=self.later.period, across=self.breaks)

    def _gap(self, *more: Withheld) -> Withheld | None:
        return Withheld.first(gap for gap in (self.earlier.withheld, self.later.withheld, *more) if gap is not None)

    def _difference(self) -> float | Withheld:
        before, after = self.earlier.number, self.later.number
        return after - before if before is not None and after is not None else self._gap() or Withheld.NOT_AVAILABLE

    def _ratio(self) -> float | Withheld:
        before, after = self.earlier.number, self.later.number
        if before is not None and before <= 0:
            return self._gap(Withheld.UNRESOLVED if before else Withheld.NOT_APPLICABLE) or Withheld.NOT_APPLICABLE
        return self._difference() if before is None or after is None else (after - before) / before * 100

    def _certain(self) -> tuple[float, float, float, float] | None:
        """The bounds of both where both have certain ones: lower and upper of the earlier, then of the later."""
        found = [reading.bound(which) for reading in (self.earlier, self.later) for which in ("lower", "upper")]
        if {self.earlier.interval, self.later.interval} <= _CERTAIN and None not in found:
            low, high, low2, high2 = (float(bound) for bound in found if bound is not None)
            return low, high, low2, high2
        return None

    def _bounds(self) -> tuple[float, float] | None:
        certain = self._certain()
        return (certain[2] - certain[1], certain[3] - certain[0]) if certain else None

    def _ratio_bounds(self) -> tuple[float, float] | None:
        certain = self._certain()
        if certain is None or certain[0] <= 0:
            return None
        low, high, low2, high2 = certain
        return (low2 / (high if low2 >= 0 else low) - 1) * 100, (high2 / (low if high2 >= 0 else high) - 1) * 100

    def _reading(self, indicator: Indicator, value: float | Withheld, bounds: tuple[float, float] | None) -> Reading:
        kinds = {self.earlier.interval, self.later.interval}
        within = {
            "lower": bounds[0],
            "upper": bounds[1],
            "interval": Interval.ROUNDING if kinds == {Interval.ROUNDING} else Interval.BOUNDS,
        } if bounds else {}  # fmt: skip
        return Reading.of(
            indicator,
            value,
            area=self.earlier.area,
            period=Span(self.earlier.period.start, self.later.period.end),
            dims=self.earlier.dims,
            source=self.earlier.source if self.earlier.source == self.later.source else None,
            **within,
        )

    def __str__(self) -> str:
        first = self.earlier
        where = f" in {first.area}" if first.area else ""
        by = "".join(f", {name} {value if value is not None else 'not recorded'}" for name, value in first.dims)
        return f"{first.indicator.title}{where}{by} {self._said()}{self._across()}"

    def _across(self) -> str:
        if not self.breaks:
            return ""
        named = rules.breaks_named(self.breaks, inside=self._inside).rstrip(",")
        return f"; across {named}: {'; '.join(str(b) for b in self.breaks)}"

    def _said(self) -> str:
        first, last, of = self.earlier, self.later, self.earlier.indicator
        before, after = first.number, last.number
        if before is None or after is None:
            return f"{rules.from_to(first.period, last.period)}: {self.absolute.withheld}"
        if alike(before, after):
            return f"stayed at {with_unit(before, of.unit, per=of.per)} ({first.period} and {last.period})"
        verb, way = ("rose", "up") if after > before else ("fell", "down")
        one, other = told_apart(before, after, of.unit, per=of.per)
        return f"{verb} from {one} ({first.period}) to {other} ({last.period}): {way} {self._by_how_much(abs(after - before))}"

    def _by_how_much(self, size: float) -> str:
        if self.percent is None:
            return with_unit(size, "percentage_point")
        percent, of = self.percent.number, self.earlier.indicator
        said = f"no percent: {self._why_no_percent()}" if percent is None else with_unit(abs(percent), "percent")
        return f"{with_unit(size, of.unit, per=of.per)} ({said})"

    def _why_no_percent(self) -> str:
        base = self.earlier.number
        return "the base is below zero" if base is not None and base < 0 else "the base is zero"
