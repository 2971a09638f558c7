"""A change: what was and what is, two bars a row, with the change in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from bucks_cs.charts.barring import Bar, lying_bars, ranges_that_show
from bucks_cs.charts.claiming import MISSING, by_how_much, change_or_why, direction
from bucks_cs.charts.gap_marks import marks, marks_said, with_range
from bucks_cs.charts.naming_periods import need_one_kind, pair, shorts
from bucks_cs.charts.plotting import area_name, dim_said, in_area, intervals_named, unit_heading
from bucks_cs.charts.style import Chart, own_words
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Measure, Reading, alike
from bucks_cs.indicators.wording import capital, listed, told_apart
from bucks_cs.periods import Period
from bucks_cs.readings import Readings
from bucks_cs.trend import Change

__all__ = ["change"]

# Past this many rows a note counts them and names none.
_NAMED = 4

Pair: TypeAlias = tuple[Reading | None, Reading | None]


def change(readings: Readings[Any], *, headline: str | None = None, subtitle: str | None = None) -> Chart:
    """Two bars for each indicator, area or group: the earlier figure and the later, with the change between them in words.

    Args:
        readings: Of two periods, of any engine; of one indicator, or of several that are all counts (one axis can hold them).
        headline: What it shows, in a sentence; None writes it: a single change with its size, and of several how many rose and
            fell. Where one of them cannot be given, nothing is claimed.
        subtitle: What is counted, where and when; None writes it.

    Returns:
        A chart on an axis from zero, the row with the largest later figure first. A change across a break in a series is not put
        in words: that there is a break is said instead, below the headline and in the alternative text. Where the intervals of
        two figures overlap, it is said that there is no plain change, and neither that it is up nor that it is down.

    Raises:
        InvalidValue: No Readings, not two periods of one kind, no value, or indicators of several units that are not all counts.
        MissingExtra: The extra ``charts`` is not installed.

    Source:
        The changes are those of `bucks_cs.trend.change`.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.charts import alt_text, change
        >>> print(alt_text(change(record.demand().where(indicator="demand.contacts"))))
        Bar chart of Contacts in Buckinghamshire, two bars a row, monthly averages: within January 2020 to March 2020, and within
        January 2022 to September 2022. Contacts: 1,375 contacts to 2,088 contacts, up 51.9%.
    """
    found = _found(readings)
    first, last = _two_periods(found)
    rows = _rows(found, last)
    changes = {label: change_or_why(*each) for label, each in rows.items()}
    names = shorts(first, last)
    drawn = ranges_that_show([bar for label, each in rows.items() for bar in _bars(label, each, changes[label], names)])
    what, where, when = _what(found), in_area(one.area for one in found), pair(first, last)
    unit = "" if what.endswith(" counts") else f", {_axis(found)}"
    intervals = _intervals(found, drawn, changes)
    head = "\n".join([f"{capital(what)}{where}{unit}, {when}", *intervals, *_untold(changes)])
    said = " ".join([_described(rows, changes), *(f"{each}." for each in intervals)])
    return lying_bars(
        drawn,
        axis=_axis(found),
        headline=own_words(headline, _headline(changes, found), what="headline"),
        subtitle=own_words(subtitle, head + marks(found), what="subtitle"),
        description=f"Bar chart of {what}{where}, two bars a row, {when}. {said}{marks_said(found)}",
    )


def _found(readings: Any) -> list[Reading]:
    if not isinstance(readings, Readings):
        raise InvalidValue(what="readings", expected=f"Readings, not {type(readings).__name__}")
    found = list(readings)
    if not found or all(one.number is None for one in found):
        raise InvalidValue(what="readings", expected="one reading or more that has a value")
    units = {(one.indicator.unit, one.indicator.per) for one in found}
    if len(units) > 1 and not all(one.indicator.measure is Measure.COUNT for one in found):
        hint = " Draw a chart for each, chosen with Readings.where."
        raise InvalidValue(what="readings", expected="indicators of one unit, or counts alone, on one axis", hint=hint)
    return found


def _two_periods(found: Sequence[Reading]) -> tuple[Period, Period]:
    periods = sorted({one.period for one in found}, key=lambda period: (period.end, period.start))
    if len(periods) != 2:
        expected = f"readings of two periods (these are of {len(periods):,})"
        raise InvalidValue(what="readings", expected=expected, hint=" Choose two with Readings.where, or draw charts.over_time.")
    need_one_kind(periods, what="readings")
    return periods[0], periods[1]


def _rows(found: Sequence[Reading], last: Period) -> dict[str, Pair]:
    """Both readings of each row by its label, the largest later figure first, and what has none at the end."""
    several = len({one.indicator.key for one in found}) > 1, len({one.area for one in found}) > 1
    rows: dict[tuple[Any, ...], list[Reading | None]] = {}
    for one in found:
        rows.setdefault((one.indicator.key, one.area, one.dims), [None, None])[one.period == last] = one
    named = {_label(next(filter(None, each)), *several): (each[0], each[1]) for each in rows.values()}
    if len(named) < len(rows):
        raise InvalidValue(what="readings", expected="groups that their names tell apart")
    return dict(sorted(named.items(), key=lambda row: -_size(row[1])))


def _label(one: Reading, of_several_indicators: bool, of_several_areas: bool) -> str:
    parts = [one.indicator.title] if of_several_indicators else []
    parts += [area_name(one.area) or "own area"] if of_several_areas else []
    parts += [dim_said(value) for _, value in one.dims]
    return ", ".join(parts) or one.indicator.title


def _size(found: Pair) -> float:
    numbers = [one.number for one in found if one is not None and one.number is not None]
    return numbers[-1] if numbers else -float("inf")


def _bars(label: str, found: Pair, changed: Change | str, names: tuple[str, str]) -> list[Bar]:
    drawn = []
    for one, name in zip(found, names, strict=True):
        said = "no reading" if one is None else with_range(one)
        if name == names[1] and isinstance(changed, Change):
            said += f" ({by_how_much(changed)})"
        low, high = (None, None) if one is None else (one.bound("lower"), one.bound("upper"))
        drawn.append(Bar(label=label, said=said, value=None if one is None else one.number, low=low, high=high, group=name))
    return drawn


def _headline(changes: dict[str, Change | str], found: Sequence[Reading]) -> str:
    """What may be claimed: of one change its size, of several how many went each way, and nothing where one is not given."""
    what, where = _what(found), in_area(one.area for one in found)
    given = [each for each in changes.values() if isinstance(each, Change)]
    if len(given) < len(changes):
        return f"{capital(what)}{where} at two times"
    if len(given) == 1:
        return _single(f"{what}{where}", given[0])
    ways = [direction(each) for each in given]
    return _several(ways, found, what, where)


def _single(what: str, found: Change) -> str:
    first, last = found.earlier, found.later
    if first.number is None or last.number is None or alike(first.number, last.number):
        return f"{what}: {by_how_much(found)}"
    before, after = told_apart(first.number, last.number, first.indicator.unit, per=first.indicator.per)
    if not (way := direction(found)):
        return f"{what} did not plainly change: {before}, then {after}"
    verb, size = "rose" if way > 0 else "fell", by_how_much(found).partition(" ")[2]
    return f"{what} {verb} by {size}" if found.percent is not None else f"{what} {verb} from {before} to {after}"


def _several(ways: Sequence[int], found: Sequence[Reading], what: str, where: str) -> str:
    rose, fell = ways.count(1), ways.count(-1)
    several_areas = len({one.area for one in found}) > 1
    of = "counts" if len({one.indicator.key for one in found}) > 1 else "areas" if several_areas else "groups"
    about = where if of == "counts" else f": {what[0].lower()}{what[1:]}{where}"
    if len(ways) in {rose, fell}:
        return f"All {len(ways)} {of} {'rose' if rose else 'fell'}{about}"
    still = len(ways) - rose - fell
    said = [f"{number} {word}" for number, word in ((rose, "rose"), (fell, "fell"), (still, "did not plainly change")) if number]
    return f"Of {len(ways)} {of}, {listed(said)}{about}"


def _what(found: Sequence[Reading]) -> str:
    titles = list(dict.fromkeys(one.indicator.title for one in found))
    if len(titles) == 1:
        return titles[0]
    return f"{len(titles)} {'counts' if all(one.indicator.measure is Measure.COUNT for one in found) else 'measures'}"


def _axis(found: Sequence[Reading]) -> str:
    units = {unit_heading(one.indicator) for one in found}
    return next(iter(units)) if len(units) == 1 else "number"


def _intervals(found: Sequence[Reading], drawn: Sequence[Bar], changes: dict[str, Change | str]) -> list[str]:
    """What the lines on bars are; where none is wide enough to be drawn, what it is that overlaps."""
    if any(bar.low is not None and bar.high is not None for bar in drawn):
        return [f"Line on a bar: {intervals_named(found)}"]
    shared = any(isinstance(each, Change) and each.intervals_overlap for each in changes.values())
    return [f"Intervals: {intervals_named(found)}"] if shared else []


def _untold(changes: dict[str, Change | str]) -> list[str]:
    """Why no change is given, and of which rows where not of all; a figure that is missing has its mark already."""
    why: dict[str, list[str]] = {}
    for label, each in changes.items():
        if isinstance(each, str) and each != MISSING:
            why.setdefault(each, []).append(label)
    of = {said: "" if len(labels) == len(changes) else f" for {_rows_named(labels)}" for said, labels in why.items()}
    return [f"No change is given{of[said]}:{said.partition(':')[2]}" for said in why]


def _rows_named(labels: Sequence[str]) -> str:
    return listed(labels) if len(labels) <= _NAMED else f"{len(labels):,} rows"


def _described(rows: dict[str, Pair], changes: dict[str, Change | str]) -> str:
    said = []
    for label, found in rows.items():
        figures = " to ".join("no reading" if one is None else with_range(one) for one in found)
        changed = changes[label]
        said.append(f"{label}: {figures}, {changed if isinstance(changed, str) else by_how_much(changed)}")
    return "; ".join(said) + "."
