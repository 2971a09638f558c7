"""How the parts of a table are named, and what is said above and below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from bucks_cs.geography import name_or_code
from bucks_cs.indicators import Break, Indicator, Interval, Reading, Withheld
from bucks_cs.indicators.wording import listed, unit_heading

__all__ = [
    "AREA",
    "INDICATOR",
    "PERIOD",
    "Span",
    "breaks",
    "called",
    "ending",
    "exactly",
    "marks",
    "title_of",
    "titled",
]

INDICATOR, AREA, PERIOD = "indicator", "area", "period"

Span: TypeAlias = tuple[Interval, float | None]
"""A kind of interval and its level."""

_FEW = 3


def called(one: Reading, part: str) -> str:
    """What an indicator (with its unit), area, period or group is called in a table.

    Args:
        one: A reading of it.
        part: `INDICATOR`, `AREA`, `PERIOD`, or the name of a ``by`` column.
    """
    if part == INDICATOR:
        return titled(one.indicator)
    if part == AREA:
        return _area(one.area)
    if part == PERIOD:
        return str(one.period)
    return dict(one.dims)[part] or "not recorded"


def exactly(one: Reading, part: str) -> str:
    """What tells an indicator, area, period or group from another that is called the same.

    Args:
        one: A reading of it.
        part: As for `called`.
    """
    if part == INDICATOR:
        return one.indicator.key
    if part == AREA:
        return one.area or "not named"
    if part == PERIOD:
        return f"{one.period.kind}, {one.period.start:%Y-%m-%d} to {one.period.end:%Y-%m-%d}"
    value = dict(one.dims)[part]
    return "left empty" if value is None else "no text" if not value else "in these words"


def _area(area: str | None) -> str:
    if area is None:
        return "own area"
    return name_or_code(area) or "not named"


def titled(indicator: Indicator) -> str:
    """The title of an indicator with its unit.

    Args:
        indicator: The indicator.
    """
    unit = unit_heading(indicator.unit, per=indicator.per)
    return f"{indicator.title} ({unit})" if unit else indicator.title


def title_of(indicators: Sequence[Indicator]) -> str:
    """What a table of some indicators is a table of: their titles, or how many there are.

    Args:
        indicators: One or more.
    """
    titles = [indicator.title for indicator in indicators]
    if len(titles) > _FEW:
        return f"{len(titles)} indicators"
    return listed(titles)


def ending(span: Span, which: str) -> str:
    """What the heading of a bound has after that of its figure: ``: 95% confidence interval, lower``.

    Args:
        span: Of which interval.
        which: ``"lower"`` or ``"upper"``.
    """
    kind, level = span
    return f": {'' if level is None else f'{100 * level:.4g}% '}{kind.title}, {which}"


def marks(found: Iterable[Reading]) -> list[tuple[str, str]]:
    """The symbols of the gaps there are, each with what it means.

    Args:
        found: The readings.
    """
    used = {one.withheld for one in found}
    return [(reason.symbol, reason.meaning) for reason in Withheld if reason in used]


def breaks(found: Sequence[Reading], *, several: bool) -> list[str]:
    """A sentence for each break that lies within the series of an indicator and area, as far as it is in the table.

    What `bucks_cs.trend.change` refuses to compare across is within it: from the first day of the first period to the last of the
    last, of any area where readings name none. Of one period alone nothing is compared.

    Args:
        found: The readings.
        several: Whether they are of several indicators, so that each sentence must say of which it is.
    """
    series: dict[tuple[str, str | None], list[Reading]] = {}
    for one in found:
        series.setdefault((one.indicator.key, one.area), []).append(one)
    titles: dict[tuple[Break, bool], dict[str, None]] = {}
    for some in series.values():
        for each in _within(some):
            unsaid = some[0].area is None and each.area is not None
            titles.setdefault((each, unsaid), {})[some[0].indicator.title] = None
    return [_with_care(*each, list(of) if several else []) for each, of in titles.items()]


def _within(some: Sequence[Reading]) -> list[Break]:
    if len({one.period for one in some}) == 1:
        return []
    first, last, area = min(one.period.start for one in some), max(one.period.end for one in some), some[0].area
    lie = [each for each in some[0].indicator.breaks if each.lies_between(first, last) and (area is None or each.concerns(area))]
    return sorted(lie, key=lambda each: each.on)


def _with_care(each: Break, unsaid: bool, titles: list[str]) -> str:
    of = f"{'; '.join(titles)}: read" if titles else "Read"
    if_own = f", if this is {each.area_name}," if unsaid else ""
    return f"{of} with care{if_own} across a break in the series, {attrs.evolve(each, area=each.area_name)}."
