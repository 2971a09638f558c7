"""A line over time: each series with its interval, what its breaks are, and where it has gaps."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from bucks_cs.charts.claiming import change_or_why, direction
from bucks_cs.charts.gap_marks import in_words, marks
from bucks_cs.charts.naming_periods import at, at_short, need_one_kind, span
from bucks_cs.charts.plotting import Plot, intervals_named, plot_of, since_zero
from bucks_cs.charts.series_breaks import breaks_in_words, missing, own_breaks, stretches
from bucks_cs.charts.style import HEIGHT, Chart, finished, need_few, own_words
from bucks_cs.charts.time_layers import TIME_WIDTH, Sketch, layers_of, sketch_of
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Break, Reading, alike
from bucks_cs.indicators.wording import capital, listed, told_apart
from bucks_cs.readings import Readings
from bucks_cs.trend import Change

__all__ = ["over_time"]


def over_time(readings: Readings[Any], *, headline: str | None = None, subtitle: str | None = None) -> Chart:
    """A line over time for each area or group, with its interval as a band, its breaks as upright lines, and its gaps left open.

    Args:
        readings: Of one indicator, of any engine, over two periods or more of one kind; of four series (areas, or values of a
            ``by`` column) at most.
        headline: What it shows, in a sentence; None writes one from the figures, which claims no change across a break, nor
            where the intervals of the two figures overlap.
        subtitle: What is counted, where and when; None writes it from the indicator.

    Returns:
        A chart whose alternative text gives first and last, lowest and highest, of what can be compared: what stands beyond a
        break is said apart; and breaks, gaps and what the intervals are. A point stands at the end of its
        period. The axis of a count, an amount, a share or a rate begins at zero. A withheld value is no point and has its mark on
        the axis; no line is drawn across it, across a period without a reading, or across a break. Where readings name no area,
        a break of any area may be their own, and is drawn. An interval too narrow to be seen is neither drawn nor spoken of.

    Raises:
        InvalidValue: No Readings, several indicators, no value, one period alone, periods of several kinds, or more than four
            series.
        MissingExtra: The extra ``charts`` is not installed.

    Source:
        Colours: Government Analysis Function, *Data visualisation: colours in charts*, as its R package afcharts has them. What
        breaks a line is what `bucks_cs.trend.change` refuses to compare across, but for a break in a part of an area (an
        authority of a region): of that the alternative text alone tells.

    Example:
        >>> from bucks_cs.charts import alt_text, over_time
        >>> from bucks_cs.indicators import Better, Indicator, Kind, Measure
        >>> from bucks_cs.periods import Month
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> contacts = Indicator(key="demand.contacts", title="Contacts", counts="contacts received", measure=Measure.COUNT,
        ...     kind=Kind.FLOW, unit="contact", better=Better.NEITHER, sources=NoOfficialSource(reason="counted locally"))
        >>> months = ["January 2020", "February 2020", "March 2020"]
        >>> found = [Reading.of(contacts, value, period=Month(month)) for month, value in zip(months, [1375, 1402, 1350])]
        >>> print(alt_text(over_time(Readings.of(found))))
        Line chart of Contacts, January 2020 to March 2020. From 1,375 contacts in January 2020 to 1,350 contacts in March 2020;
        lowest 1,350 contacts in March 2020, highest 1,402 contacts in February 2020.
    """
    plot = plot_of(readings)
    if len(plot.periods) < 2:
        raise InvalidValue(what="readings", expected="two periods or more", hint=" For one period draw charts.bars.")
    need_few(len(plot.names), what="readings")
    need_one_kind(plot.periods, what="readings")
    sketch = sketch_of(plot, own_breaks(plot))
    return finished(
        layers_of(sketch),
        headline=own_words(headline, _headline(plot), what="headline"),
        subtitle=own_words(subtitle, _subtitle(sketch), what="subtitle"),
        description=_described(sketch),
        width=TIME_WIDTH,
        height=HEIGHT,
    )


def _subtitle(sketch: Sketch) -> str:
    plot = sketch.plot
    said = ", ".join(filter(None, [f"{plot.indicator.title}{plot.where}", plot.unit, span(plot.periods)]))
    said += "".join(f"\n{each}" for each in _intervals(sketch))
    if not since_zero(plot.indicator) and sketch.ends[0] > 0:
        said += "\nThe axis does not begin at zero"
    return said + marks(plot.readings)


def _intervals(sketch: Sketch) -> list[str]:
    return [f"Shaded: {intervals_named(sketch.plot.readings)}"] if sketch.shaded else []


def _headline(plot: Plot) -> str:
    what, there = f"{plot.indicator.title}{plot.where}", [one for _, one in plot.there]
    if len(plot.names) > 1:
        return f"{what}: {_last_of_each(plot)}"
    first, last = there[0], there[-1]
    if first is last:
        return f"{what}: {_in_short(last)}"
    found = change_or_why(first, last)
    if isinstance(found, Change):
        return f"{what}{_moved(found)}"
    breaks = [each for each in own_breaks(plot) if each.cuts(first, last)]
    after = [f", after a {_kind([each.found])} in the series{each.whose}" for each in breaks[-1:]]
    return "".join([f"{what}: {_in_short(last)}", *after])


def _kind(breaks: Sequence[Break]) -> str:
    return "break" if all(each.certain for each in breaks) else "probable break"


def _in_short(one: Reading) -> str:
    return f"{in_words(one)} {at_short(one.period)}"


def _last_of_each(plot: Plot) -> str:
    """The last figure of each series where they are of one period; else the names alone."""
    last = dict(plot.there)
    when = {one.period for one in last.values()}
    if len(when) > 1 or len(last) < len(plot.names):
        return listed(plot.names)
    return f"{listed(f'{name} {in_words(one)}' for name, one in last.items())} {at_short(when.pop())}"


def _moved(found: Change) -> str:
    first, last = found.earlier, found.later
    if first.number is None or last.number is None:  # pragma: no cover - only readings with a value come here
        return ""
    before, after = told_apart(first.number, last.number, first.indicator.unit, per=first.indicator.per)
    if alike(first.number, last.number):
        return f" stood at {after} {at_short(last.period)}, as {at_short(first.period)}"
    if found.intervals_overlap:
        return f": {before} {at_short(first.period)}, {after} {at_short(last.period)}"
    verb = "rose" if direction(found) > 0 else "fell"
    return f" {verb} from {before} {at_short(first.period)} to {after} {at_short(last.period)}"


def _described(sketch: Sketch) -> str:
    plot = sketch.plot
    several = f", {len(plot.names)} series" if len(plot.names) > 1 else ""
    said = [f"Line chart of {plot.indicator.title}{plot.where}{several}, {span(plot.periods)}."]
    said += [_series_in_words(name, stretches(plot.series(name), sketch.breaks)) for name in plot.names]
    intervals = [f"{each}." for each in _intervals(sketch)]
    return " ".join(filter(None, [*said, *intervals, *breaks_in_words(plot), plot.gaps, missing(plot)]))


def _series_in_words(name: str, found: Sequence[tuple[tuple[Break, ...], Sequence[Reading]]]) -> str:
    """The stretches of a series: what a break parts is not set against each other."""
    if not found:
        return f"{name}: no value." if name else ""
    first = _stretch(found[0][1])
    said = [f"{name}: {first}." if name else f"{capital(first)}."]
    for kind, some in itertools.groupby(found[1:], key=lambda stretch: _kind(stretch[0])):
        later = [_stretch(values) for _, values in some]
        each = "each " if len(later) > 1 else ""
        said.append(f"Then, {each}across a {kind} and to be compared only with care: {'; then '.join(later)}.")
    return " ".join(said)


def _stretch(values: Sequence[Reading]) -> str:
    first, last = values[0], values[-1]
    if len(values) == 1:
        return _at(first)
    low, high = (which(values, key=_value) for which in (min, max))
    return f"from {_at(first)} to {_at(last)}; lowest {_at(low)}, highest {_at(high)}"


def _value(one: Reading) -> float:
    return one.number or 0.0


def _at(one: Reading) -> str:
    return f"{in_words(one)} {at(one.period)}"
