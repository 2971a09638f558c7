"""The change between two readings."""

from __future__ import annotations

import attrs
from attrs.validators import instance_of

from bucks_cs.errors import NotComparable
from bucks_cs.indicators import Break, Indicator, Interval, Reading, Withheld, with_unit, written
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
        across_breaks: Go on across a known break, which `breaks` and the sentence then name.

    Raises:
        NotComparable: The two are not of one indicator, area and dims, or their periods cannot be set against each other.
        AcrossBreak: A known break lies after the first day of the earlier period and up to the last of the later.
    """

    earlier: Reading = attrs.field(validator=instance_of(Reading))
    later: Reading = attrs.field(validator=instance_of(Reading))
    across_breaks: bool = attrs.field(default=False, validator=instance_of(bool))

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
            rules.refuse_breaks(self.breaks, what=key, area_known=self.earlier.area is not None)

    @property
    def breaks(self) -> tuple[Break, ...]:
        """The known breaks it passes over; where no area is given, those of any area."""
        area = self.earlier.area
        between = rules.breaks_passed(self.earlier.indicator, self.earlier.period, self.later.period)
        return tuple(b for b in between if area is None or b.concerns(area))

    @property
    def absolute(self) -> Reading:
        """The change in the indicator's own unit; for a share the same as `points`, since that is in points."""
        if rules.is_in_percent(self.earlier.indicator):
            return self._reading(rules.points_of(self.earlier.indicator, across=self.breaks), self._difference(), self._bounds())
        return self._reading(rules.absolute_of(self.earlier.indicator, across=self.breaks), self._difference(), self._bounds())

    @property
    def percent(self) -> Reading | None:
        """The change in percent of the earlier figure; None for a share, which changes by points."""
        indicator = self.earlier.indicator
        if rules.is_in_percent(indicator):
            return None
        return self._reading(rules.percent_of(indicator, across=self.breaks), self._ratio(), self._ratio_bounds())

    @property
    def points(self) -> Reading | None:
        """The change of a share in percentage points; None for anything else."""
        return self.absolute if rules.is_in_percent(self.earlier.indicator) else None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What `trend.change` gives of `Readings`: the absolute change and the percent, or the points alone."""
        return (self.absolute,) if self.percent is None else (self.absolute, self.percent)

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
        told = f"; across a known break: {'; '.join(str(b) for b in self.breaks)}" if self.breaks else ""
        return f"{first.indicator.title}{where}{by} {self._said()}{told}"

    def _said(self) -> str:
        first, last, units = self.earlier, self.later, self.earlier.indicator.unit
        before, after = first.number, last.number
        if before is None or after is None:
            return f"from {first.period} to {last.period}: {self.absolute.withheld}"
        if before == after:
            return f"stayed at {with_unit(before, units)} ({first.period} and {last.period})"
        verb, way = ("rose", "up") if after > before else ("fell", "down")
        moved = f"{verb} from {with_unit(before, units)} ({first.period}) to {with_unit(after, units)} ({last.period})"
        return f"{moved}: {way} {self._by_how_much(abs(after - before))}"

    def _by_how_much(self, size: float) -> str:
        if self.percent is None:
            return f"{written(size)} percentage point{'' if written(size) == '1' else 's'}"
        percent = self.percent.number
        said = f"no percent: {self.percent.withheld}" if percent is None else f"{written(abs(percent))}%"
        return f"{with_unit(size, self.earlier.indicator.unit)} ({said})"
