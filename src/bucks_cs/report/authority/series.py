"""One measure of one authority over the years: beside its region and England, with its place, its breaks and its gaps."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Any

import attrs

from bucks_cs import charts, comparison
from bucks_cs.comparison import Among
from bucks_cs.errors import AcrossBreak, BucksError, NotComparable
from bucks_cs.geography import Authority, area_name, england
from bucks_cs.indicators import Indicator, Interval, Reading, Withheld, written
from bucks_cs.periods import Period
from bucks_cs.readings import Readings
from bucks_cs.report.blocks import Block, Drawing
from bucks_cs.report.definitions import Definition, Use, break_in_words
from bucks_cs.report.sentences import Figure, Paragraph, Piece, listed, paragraph, read, read_apart, said
from bucks_cs.trend import Change
from bucks_cs.trend import change as change_between

# How a position says its rank, after the value it is of.
_RANK = re.compile(r", (?P<place>(?:joint )?[\d,]+(?:st|nd|rd|th) of [\d,]+)(?P<rest> .*)$")

_NONE_ALONE = "the file has none of it alone"

__all__ = ["Series", "all_of", "series_blocks"]


@attrs.frozen(kw_only=True)
class Series:
    """The readings of one indicator: of the authority, its region and England, and of all areas for its place among them.

    Args:
        authority: The authority.
        indicator: The indicator.
        every: Readings of every area there is.
    """

    authority: Authority
    indicator: Indicator
    every: Readings[Any]

    @cached_property
    def own(self) -> list[Reading]:
        """The authority's own readings, in order of time."""
        found = self.every.where(indicator=self.indicator.key, area=self.authority.key)
        return sorted(found, key=lambda one: one.period.end)

    @cached_property
    def beside(self) -> Readings[Any]:
        """The authority, its region (of London its part, where there is no figure of the whole) and England."""
        areas = [self.authority.key, *self._region(), england().key]
        parts = [self.every.where(indicator=self.indicator.key, area=area) for area in areas]
        there = [part for part in parts if len(part)]
        return Readings.concat(there) if there else self.every.where(indicator=self.indicator.key, area=self.authority.key)

    def _region(self) -> list[str]:
        there = set(self.every.where(indicator=self.indicator.key).collect().frame["area"].to_list())
        part = self.authority.part_of_london
        regions = [self.authority.region.key, *([] if part is None else [part.key])]
        return [region for region in regions if region in there][:1]

    @property
    def latest(self) -> Reading | None:
        """The authority's last reading that has a value; None where it has none."""
        there = [one for one in self.own if one.number is not None]
        return there[-1] if there else None


def all_of(readings: Readings[Any], authority: Authority) -> Readings[Any]:
    """The readings of the authority alone.

    Args:
        readings: Readings of any areas.
        authority: The authority.
    """
    return readings.where(area=authority.key)


def series_blocks(series: Series, *, name: str) -> list[Block]:
    """Sentences and a chart of one measure: the latest figure, what stands beside it, its place, and how it moved.

    Args:
        series: The readings.
        name: The chart's id.
    """
    latest = series.latest
    if latest is None:
        return [_nothing(series), *_chart(series, name)]
    blocks: list[Block] = [*_since(series, latest), _latest(series, latest)]
    blocks += _places(series, latest)
    moved = _moved(series, latest)
    return [*blocks, *([moved] if moved is not None else []), *_chart(series, name)]


def _nothing(series: Series) -> Paragraph:
    gaps = list(dict.fromkeys(one.withheld for one in series.own if one.withheld is not None))
    why = f": {'; '.join(f'{gap.symbol}, {gap.meaning}' for gap in gaps)}" if gaps else f": {_NONE_ALONE}"
    return paragraph(said(series.indicator.title), ": there is no figure for ", said(series.authority.name), said(why), ".")


def _since(series: Series, latest: Reading) -> list[Block]:
    """What there is no figure for after the last that there is, a sentence a reason."""
    of = series.indicator.title, series.authority.name
    return [
        paragraph(said(of[0]), " in ", said(of[1]), ": there is no figure for ", *_reason(series, reason, periods), ".")
        for reason, periods in _missing(series, after=latest.period.end).items()
    ]


def _missing(series: Series, *, after: dt.date, before: dt.date = dt.date.max) -> dict[Withheld | None, list[Period]]:
    """The periods between two days that others have a figure for and the authority has none, by the reason; None: no row."""
    own = {one.period: one for one in series.own}
    periods = {one.period: None for one in sorted((*series.own, *series.beside), key=lambda one: one.period.end)}
    until = series.authority.until or dt.date.max
    found: dict[Withheld | None, list[Period]] = {}
    for period in periods:
        there = own.get(period)
        if after < period.end < before and period.end <= until and (there is None or there.number is None):
            found.setdefault(None if there is None else there.withheld, []).append(period)
    return found


def _reason(series: Series, reason: Withheld | None, periods: list[Period]) -> list[Piece]:
    pieces: list[Piece] = [listed(map(str, periods)), ": "]
    if reason is None:
        return [*pieces, _NONE_ALONE]
    use = Use(definition=Definition.of(series.indicator), source=series.every.source)
    return [*pieces, Figure(text=reason.symbol, use=use), ", ", said(reason.meaning)]


def _latest(series: Series, latest: Reading) -> Paragraph:
    pieces: list[Piece] = [
        said(series.indicator.title),
        " in ",
        said(series.authority.name),
        ", ",
        said(latest.period),
        ": ",
        read(latest),
        *_out_of(latest),
    ]
    others = [one for one in series.beside if one.period == latest.period and one.area != series.authority.key]
    for place, one in enumerate(others):
        pieces += ["; " if place == 0 else ", ", said(_name(one)), " ", read(one)]
    return paragraph(*pieces, ".")


def _out_of(one: Reading) -> list[Piece]:
    """What a share or a rate is of, where that is published: all of two says little of an authority."""
    if one.numerator is None or one.denominator is None:
        return []
    use = Use(definition=Definition.of(one.indicator), source=one.source)
    of = "of" if one.indicator.unit == "percent" else "to a population of" if one.indicator.per else "for"
    return [" (", Figure(text=f"{written(one.numerator)} {of} {written(one.denominator)}", use=use), ")"]


def _name(one: Reading) -> str:
    return area_name(one.area or "")


def _places(series: Series, latest: Reading) -> list[Block]:
    """Where the authority stands in England and in its region, a sentence each; none where it cannot be placed."""
    found: list[Block] = []
    use = Use(definition=Definition.of(series.indicator), source=latest.source)
    for among in (Among.ENGLAND, Among.REGION):
        try:
            place = comparison.position(
                series.every, area=series.authority, among=among, indicator=series.indicator, period=latest.period
            )
        except BucksError:
            continue
        # Breaks of other areas alone stand with their figures, not here.
        rank = _RANK.search(str(place).partition("; known breaks")[0])
        if rank is not None:
            found.append(paragraph("That is ", Figure(text=rank["place"], use=use), said(rank["rest"]), "."))
    return found


def _moved(series: Series, latest: Reading) -> Paragraph | None:
    there = [one for one in series.own if one.number is not None]
    if len(there) < 2:
        return None
    change: Change | None = None
    why = ""
    try:
        change = change_between(there[-2], latest)
    except AcrossBreak as across:
        named = [break_in_words(each) for each in series.indicator.breaks if str(each) in across.breaks]
        why = f"the series breaks between the two, or may: {'; '.join(named or across.breaks)}"
    except NotComparable:
        why = "the two cannot be compared"
    if change is None:
        return paragraph("No change since ", said(there[-2].period), " is given: ", said(why), ".")
    return paragraph(*_change(there[-2], latest, change), *_gap_between(series, there[-2], latest), ".")


def _gap_between(series: Series, first: Reading, last: Reading) -> list[Piece]:
    """What there is no figure for between two that are compared, lest the earlier be taken for the one just before."""
    pieces: list[Piece] = []
    for reason, periods in _missing(series, after=first.period.end, before=last.period.end).items():
        pieces += ["; between the two there is no figure for ", *_reason(series, reason, periods)]
    return pieces


def _change(first: Reading, last: Reading, change: Change) -> list[Piece]:
    size = change.points or change.percent
    before, after = read_apart(first, last)
    rounded = first.interval is Interval.ROUNDING and last.interval is Interval.ROUNDING
    if size is not None and not size.number:
        return ["It was the same before (", said(first.period), ")", *([", as both are rounded"] if rounded else [])]
    pieces: list[Piece] = ["It was ", before, " before (", said(first.period), ") and is ", after]
    pieces += [": a change of ", read(size)] if size is not None else []
    # Nothing is claimed to have risen or fallen where it may have stayed.
    if change.intervals_overlap:
        pieces.append("; rounded as they are, the two may hardly differ" if rounded else "; the intervals of the two overlap")
    return pieces


def _chart(series: Series, name: str) -> list[Block]:
    beside = series.beside
    if len({one.period for one in beside}) < 2 or not any(one.number is not None for one in beside):
        return []
    return [Drawing.of(charts.over_time(beside), beside, name=name, across="area")]
