"""What is drawn of readings: their points in order, the series they fall into, and the words that name them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from bucks_cs.charts.gap_marks import range_in_words
from bucks_cs.charts.naming_periods import at
from bucks_cs.errors import InvalidValue, UnsupportedFrame
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import engine_of
from bucks_cs.geography import name_or_code
from bucks_cs.indicators import Indicator, Interval, Measure, Reading, wording
from bucks_cs.periods import Period
from bucks_cs.readings import Readings

__all__ = [
    "Plot",
    "area_name",
    "dim_said",
    "ends_of",
    "in_area",
    "intervals_named",
    "is_frame",
    "noon",
    "plot_of",
    "since_zero",
    "unit_heading",
]

# Past this many the alternative text counts gaps and names no more.
_GAPS = 6
# About as many parts as an axis has between its ends.
_PARTS = 6


def area_name(area: str | None) -> str:
    """An area as a title names it; its own code where no look-up has it, and nothing for the caller's own.

    Args:
        area: As readings have it.
    """
    return "" if area is None else name_or_code(area)


def in_area(areas: Iterable[str | None]) -> str:
    """`` in Buckinghamshire`` where that is the one area there is; nothing where there are several or it is the caller's own.

    Args:
        areas: The area of each reading.
    """
    found = set(areas)
    name = area_name(next(iter(found))) if len(found) == 1 else ""
    return f" in {name}" if name else ""


def unit_heading(indicator: Indicator) -> str:
    """What an axis or a column of an indicator's values is headed by.

    Args:
        indicator: The indicator.
    """
    return wording.unit_heading(indicator.unit, per=indicator.per)


def since_zero(indicator: Indicator) -> bool:
    """Whether an axis of it must have zero: of counts, amounts, shares, rates and changes, whose heights are compared.

    Args:
        indicator: The indicator.
    """
    return indicator.measure not in {Measure.MEAN, Measure.QUANTILE}


def ends_of(values: Sequence[float], *, zero: bool) -> tuple[float, float]:
    """Where an axis begins and ends: round numbers about the values.

    Args:
        values: What is drawn.
        zero: Whether zero is on it in any case.

    Example:
        >>> ends_of([3.0, 39.1], zero=True), ends_of([98.2, 101.5], zero=False), ends_of([-1.5, 8.6], zero=True)
        ((0.0, 40.0), (98.0, 102.0), (-2.0, 10.0))
    """
    low, high = min(values), max(values)
    low, high = (min(low, 0.0), max(high, 0.0)) if zero else (low, high)
    if low == high:
        low, high = (0.0, 1.0) if zero else (low - 1, high + 1)
    power = 10.0 ** math.floor(math.log10((high - low) / _PARTS))
    step = next(power * part for part in (1, 2, 5, 10, 20) if (high - low) / (power * part) <= _PARTS)
    return round(math.floor(round(low / step, 9)) * step, 12), round(math.ceil(round(high / step, 9)) * step, 12)


@attrs.frozen(kw_only=True)
class Plot:
    """The readings of one indicator, in the series that a chart tells apart.

    Args:
        indicator: What is drawn.
        readings: All of them, in order of series and period.
        names: The name of each series, in order.
        of: The series of each reading.
    """

    indicator: Indicator
    readings: tuple[Reading, ...]
    names: tuple[str, ...]
    of: tuple[str, ...]

    def series(self, name: str) -> tuple[Reading, ...]:
        """The readings of one series, in order of their periods.

        Args:
            name: The series.
        """
        return tuple(one for other, one in zip(self.of, self.readings, strict=True) if other == name)

    @property
    def there(self) -> tuple[tuple[str, Reading], ...]:
        """The readings that have a value, each with its series."""
        return tuple((name, one) for name, one in zip(self.of, self.readings, strict=True) if one.number is not None)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period, in order."""
        return tuple(sorted({one.period for one in self.readings}, key=lambda period: (period.end, period.start)))

    @property
    def withheld(self) -> tuple[tuple[str, Reading], ...]:
        """The readings that have none, each with its series."""
        return tuple((name, one) for name, one in zip(self.of, self.readings, strict=True) if one.number is None)

    @property
    def where(self) -> str:
        """The one area of all of it, with ``in`` before it; nothing where there are several or it is the caller's own."""
        return in_area(one.area for one in self.readings)

    @property
    def unit(self) -> str:
        """The unit's heading."""
        return unit_heading(self.indicator)

    @property
    def gaps(self) -> str:
        """A sentence on what has no value, by reason; nothing where all have one."""
        if not self.withheld:
            return ""
        named = len(self.names) > 1
        said = [
            f"{f'for {name} ' if named and name else ''}{at(one.period)} ({_why(one)})" for name, one in self.withheld[:_GAPS]
        ]
        more = len(self.withheld) - len(said)
        return f"No value {'; '.join(said)}{f'; and {more:,} more' if more else ''}."


def _why(one: Reading) -> str:
    """Why there is no value, and what range is known all the same."""
    return ", ".join(filter(None, [str(one.withheld), range_in_words(one)]))


def _one_indicator(found: Sequence[Reading], what: str) -> Indicator:
    keys = {one.indicator.key for one in found}
    if len(keys) != 1:
        hint = ' Choose it with Readings.where(indicator="...").' if keys else ""
        raise InvalidValue(what=what, expected=f"readings of one indicator (these are of {len(keys):,})", hint=hint)
    return found[0].indicator


def _names(found: Sequence[Reading]) -> list[str]:
    many_areas = len({one.area for one in found}) > 1
    varying = [name for name, _ in found[0].dims if len({dict(one.dims)[name] for one in found}) > 1]
    names = []
    for one in found:
        dims = dict(one.dims)
        parts = [area_name(one.area) or "own area"] if many_areas else []
        names.append(", ".join([*parts, *(dim_said(dims[name]) for name in varying)]))
    return names


def dim_said(value: str | None) -> str:
    """A value of a ``by`` column as a label has it.

    Args:
        value: The value; None where it is not recorded.
    """
    return "not recorded" if value is None else value


def plot_of(readings: Any, *, what: str = "readings") -> Plot:
    """What there is to draw of readings of one indicator; lazy ones are run.

    Args:
        readings: Readings of any engine, of one indicator.
        what: What an error calls them.

    Raises:
        InvalidValue: They are no Readings, there are none with a value, or they are of several indicators.
    """
    if not isinstance(readings, Readings):
        hint = " A long frame goes through Readings.from_frame first." if is_frame(readings) else ""
        raise InvalidValue(what=what, expected=f"Readings, not {type(readings).__name__}", hint=hint)
    # Sorted by area, group and period, as readings are.
    found = list(readings)
    if all(one.number is None for one in found):
        raise InvalidValue(what=what, expected="one reading or more that has a value")
    indicator = _one_indicator(found, what)
    names = _names(found)
    if len(set(zip(names, (one.period for one in found), strict=True))) < len(found):
        raise InvalidValue(what=what, expected="groups that their names tell apart, one reading of each for a period")
    return Plot(indicator=indicator, readings=tuple(found), names=tuple(dict.fromkeys(names)), of=tuple(names))


def is_frame(given: object) -> bool:
    """Whether it is a frame of an engine this library runs on, raw or checked.

    Args:
        given: Anything.
    """
    try:
        return isinstance(given, Checked) or bool(engine_of(given))
    except UnsupportedFrame:
        return False


def noon(day: dt.date) -> str:
    """A day as a chart takes it: its noon, in the one zone that all of the chart is drawn in.

    Args:
        day: The day.
    """
    return f"{day.isoformat()}T12:00:00Z"


_INTERVALS = {
    Interval.CONFIDENCE: "confidence interval",
    Interval.PREDICTION: "prediction interval",
    Interval.ROUNDING: "what the figure may have been before it was rounded",
    Interval.BOUNDS: "the least and the most it may be",
}


def intervals_named(readings: Iterable[Reading]) -> str:
    """What the intervals of readings mean, with their level; nothing where none has one.

    Args:
        readings: The readings whose intervals are drawn.

    Example:
        >>> intervals_named([])
        ''
    """
    kinds = dict.fromkeys((one.interval, one.level) for one in readings if one.interval is not None)
    return ", ".join(f"{f'{100 * level:.4g}% ' if level else ''}{_INTERVALS[kind]}" for kind, level in kinds)
