"""Where the line of a series is cut: at its breaks, at what has no value, and where a period has no reading at all."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from bucks_cs.charts.plotting import Plot
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Break, Reading
from bucks_cs.periods import Period
from bucks_cs.provenance import day_in_words

__all__ = ["OwnBreak", "breaks_in_words", "missing", "own_breaks", "parts_of", "stretches"]


@attrs.frozen(kw_only=True)
class OwnBreak:
    """A break of a series that is drawn, and the words beside it.

    Args:
        found: The break.
        whose: Whose it is, where the chart does not say it: ``, Buckinghamshire`` or ``, if this is Buckinghamshire``.
    """

    found: Break
    whose: str

    @property
    def label(self) -> str:
        """The words beside it: ``break in the series``, or ``probable break``, and whose."""
        return f"{'break in the series' if self.found.certain else 'probable break'}{self.whose}"

    @property
    def span(self) -> tuple[dt.date, dt.date | None]:
        """The first day it can lie on, and the last where no one day is known."""
        return self.found.on, self.found.latest if self.found.latest != self.found.on else None

    def drawn_at(self, ends: Sequence[dt.date]) -> dt.date:
        """Where its upright stands: amid the days it can lie on, or amid the two points that it parts.

        Args:
            ends: Where the points stand.
        """
        on, latest = self.span
        before, after = [day for day in ends if day < on], [day for day in ends if day >= on]
        if latest is not None:
            return on + (latest - on) / 2
        return before[-1] + (after[0] - before[-1]) / 2 if before and after else on

    def cuts(self, earlier: Reading, later: Reading) -> bool:
        """Whether two readings of one series cannot be compared for it, as `bucks_cs.trend.change` has it.

        Args:
            earlier: The earlier.
            later: The later.
        """
        area = later.area
        own = area is None or (self.found.concerns(area) and not self.found.is_inside(area))
        return own and self.found.lies_between(earlier.period.start, later.period.end)


def own_breaks(plot: Plot) -> tuple[OwnBreak, ...]:
    """The breaks that lie in the series of a plot; one inside a part of an area breaks no line of the whole.

    Args:
        plot: The readings. Where they name no area, a break of any area may be their own.
    """
    areas = {one.area for one in plot.readings}
    own = [each for each in _near(plot) if any(area is None or not each.is_inside(area) for area in areas if _of(each, area))]
    return tuple(OwnBreak(found=each, whose=_whose(each, areas)) for each in own)


def _of(found: Break, area: str | None) -> bool:
    return area is None or found.concerns(area)


def _near(plot: Plot) -> list[Break]:
    """The breaks between the first and the last reading that concern an area of the plot, or a part of one."""
    first, last = plot.periods[0].start, plot.periods[-1].end
    areas = {one.area for one in plot.readings}
    lie = [each for each in plot.indicator.breaks if each.lies_between(first, last) and any(_of(each, area) for area in areas)]
    return sorted(lie, key=lambda each: each.on)


def _whose(found: Break, areas: set[str | None]) -> str:
    if found.area is None:
        return ""
    if None in areas:
        return f", if this is {found.area_name}"
    return f", {found.area_name}" if len(areas) > 1 else ""


def parts_of(series: Sequence[Reading], breaks: Iterable[OwnBreak]) -> list[int]:
    """The part of its line that each reading is in: a new one begins after a break, a gap, or periods with no reading.

    Args:
        series: Readings of one series in order, one or more.
        breaks: The breaks of the plot.
    """
    parts, known = [0], tuple(breaks)
    for earlier, later in itertools.pairwise(series):
        gap = earlier.number is None or later.number is None or _skipped(earlier.period, later.period)
        parts.append(parts[-1] + bool(gap or any(each.cuts(earlier, later) for each in known)))
    return parts


def stretches(series: Sequence[Reading], breaks: Iterable[OwnBreak]) -> list[tuple[tuple[Break, ...], list[Reading]]]:
    """The values of one series in stretches that can be compared, each with the breaks that part it from the one before.

    Args:
        series: Readings of one series in order.
        breaks: The breaks of the plot.
    """
    known, found = tuple(breaks), list[tuple[tuple[Break, ...], list[Reading]]]()
    for one in series:
        if one.number is None:
            continue
        cut = tuple(each.found for each in known if found and each.cuts(found[-1][1][-1], one))
        if cut or not found:
            found.append((cut, []))
        found[-1][1].append(one)
    return found


def _skipped(earlier: Period, later: Period) -> bool:
    """Whether periods lie between two that follow one another, as years and months do."""
    try:
        return type(earlier) is type(later) and earlier.next().start < later.start
    except InvalidValue:
        return False


def missing(plot: Plot) -> str:
    """A sentence on the periods that have no reading at all, between two that have; nothing where there are none.

    Args:
        plot: The readings.
    """
    said = []
    for name in plot.names:
        series = plot.series(name)
        holes = [(one.period, other.period) for one, other in itertools.pairwise(series) if _skipped(one.period, other.period)]
        said += [f"{f'{name}: ' if name else ''}between {one} and {other}" for one, other in holes]
    return f"No reading {'; '.join(said)}." if said else ""


def breaks_in_words(plot: Plot) -> list[str]:
    """A sentence on each break, those inside a part of an area with them.

    Args:
        plot: The readings.
    """
    own = {each.found: each for each in own_breaks(plot)}
    return [f"{_kind(each)}{_where(each, own)} {_when(each)}: {each.what}." for each in _near(plot)]


def _kind(found: Break) -> str:
    return "A break" if found.certain else "A probable break"


def _where(found: Break, own: Mapping[Break, OwnBreak]) -> str:
    if found not in own:
        return f" in {found.area_name}, which is a part of this area,"
    whose = own[found].whose.removeprefix(", ")
    return "" if not whose else f", {whose}," if whose.startswith("if ") else f" in {whose}"


def _when(found: Break) -> str:
    if found.latest is None or found.latest == found.on:
        return f"on {day_in_words(found.on)}"
    return f"between {day_in_words(found.on)} and {day_in_words(found.latest)}"
