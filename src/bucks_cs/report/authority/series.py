"""One measure of one authority over the years: beside its region and England, with its place, its breaks and its gaps."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import attrs

from bucks_cs import charts, comparison
from bucks_cs.charts.claiming import overlap
from bucks_cs.comparison import Among
from bucks_cs.errors import AcrossBreak, BucksError, NotComparable
from bucks_cs.geography import Authority, area_name, england
from bucks_cs.indicators import Indicator, Reading
from bucks_cs.readings import Readings
from bucks_cs.report.blocks import Block, Drawing
from bucks_cs.report.definitions import Definition, Use
from bucks_cs.report.sentences import Figure, Paragraph, Piece, paragraph, read, read_apart, said
from bucks_cs.trend import Change
from bucks_cs.trend import change as change_between

# How a position says its rank, after the value it is of.
_RANK = re.compile(r", (?P<place>(?:joint )?[\d,]+(?:st|nd|rd|th) of [\d,]+)(?P<rest> .*)$")

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
    why = f": {'; '.join(gap.meaning for gap in gaps)}" if gaps else ": the file has none of it alone"
    return paragraph(said(series.indicator.title), ": there is no figure for ", said(series.authority.name), said(why), ".")


def _since(series: Series, latest: Reading) -> list[Block]:
    """What is withheld after the last figure there is."""
    later = [one for one in series.own if one.period.end > latest.period.end and one.withheld is not None]
    return [
        paragraph(said(series.indicator.title), ", ", said(one.period), ": ", read(one), ", ", said(one.withheld), ".")
        for one in later
    ]


def _latest(series: Series, latest: Reading) -> Paragraph:
    pieces: list[Piece] = [
        said(series.indicator.title),
        " in ",
        said(series.authority.name),
        ", ",
        said(latest.period),
        ": ",
        read(latest),
    ]
    others = [one for one in series.beside if one.period == latest.period and one.area != series.authority.key]
    for place, one in enumerate(others):
        pieces += ["; " if place == 0 else ", ", said(_name(one)), " ", read(one)]
    return paragraph(*pieces, ".")


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
        why = f"the series breaks between the two, or may: {'; '.join(across.breaks)}"
    except NotComparable:
        why = "the two cannot be compared"
    if change is None:
        return paragraph("No change from ", said(there[-2].period), " is given: ", said(why), ".")
    return _change(there[-2], latest, change)


def _change(first: Reading, last: Reading, change: Change) -> Paragraph:
    size = change.points or change.percent
    before, after = read_apart(first, last)
    if size is not None and not size.number:
        return paragraph("It was the same before, ", said(first.period), ".")
    pieces: list[Piece] = ["It was ", before, " before (", said(first.period), ") and is ", after]
    pieces += [": a change of ", read(size)] if size is not None else []
    # Nothing is claimed to have risen or fallen where it may have stayed.
    pieces += ["; the intervals of the two overlap"] if overlap(change) else []
    return paragraph(*pieces, ".")


def _chart(series: Series, name: str) -> list[Block]:
    beside = series.beside
    if len({one.period for one in beside}) < 2 or not any(one.number is not None for one in beside):
        return []
    return [Drawing.of(charts.over_time(beside), beside, name=name, across="area")]
