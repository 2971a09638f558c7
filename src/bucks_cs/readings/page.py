"""Readings as a person reads them: a sentence, and a table for a notebook that a screen reader can follow."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from bucks_cs.geography import name_or_code
from bucks_cs.indicators import Indicator, Interval, Reading, Withheld, written
from bucks_cs.indicators.wording import heading_of, listed, unit_heading, written_span

__all__ = ["broken_down", "sentence", "table_of", "unrun"]


def broken_down(by: Sequence[str]) -> str:
    """``, by team and month``: what readings are broken down by, for a sentence; nothing where they are not.

    Args:
        by: The columns.
    """
    return f", by {listed(name.replace('_', ' ') for name in by)}" if by else ""


def _of(indicators: Sequence[Indicator]) -> str:
    if not indicators:
        return ""
    more = f" and {len(indicators) - 1} more" if len(indicators) > 1 else ""
    return f" of {indicators[0].title}{more}"


def unrun(indicators: Sequence[Indicator], *, by: Sequence[str], engine: str) -> str:
    """The sentence of lazy readings, which says no more than is known without running them."""
    return f"Readings{_of(indicators)}{broken_down(by)}, in {engine}: not run yet, collect() runs them"


def sentence(readings: Sequence[Reading], *, indicators: Sequence[Indicator], by: Sequence[str]) -> str:
    """Readings in a sentence: how many of what, broken down by what, from when to when, and the gaps by reason.

    Args:
        readings: The readings; a single one is told in full.
        indicators: What they may be of; the first one present is named.
        by: What they are broken down by.
    """
    if len(readings) == 1:
        return str(readings[0])
    if not readings:
        return f"No readings{_of(indicators)}{broken_down(by)}"
    there = {reading.indicator.key for reading in readings}
    named = [indicator for indicator in indicators if indicator.key in there]
    said = f"{len(readings):,} readings{_of(named)}{_where(readings)}{broken_down(by)}, {_when(readings)}"
    gaps = _gaps(readings)
    return f"{said}, {sum(gaps.values()):,} withheld ({_reasons(gaps)})" if gaps else said


def _where(readings: Sequence[Reading]) -> str:
    areas = {reading.area for reading in readings}
    if len(areas) > 1:
        return f" in {len(areas):,} areas"
    area = next(iter(areas))
    return f" in {area}" if area is not None else ""


def _when(readings: Sequence[Reading]) -> str:
    periods = {reading.period for reading in readings}
    first = min(periods, key=lambda period: (period.start, period.end))
    last = max(periods, key=lambda period: (period.end, period.start))
    if len(periods) > 1 and str(first) == str(last):
        return f"{first} and other periods within"
    return str(first) if len(periods) == 1 else f"{first} to {last}"


def _gaps(readings: Sequence[Reading]) -> dict[Withheld, int]:
    found = [reading.withheld for reading in readings]
    return {reason: found.count(reason) for reason in Withheld if reason in found}


def _reasons(gaps: dict[Withheld, int]) -> str:
    if len(gaps) == 1:
        return str(next(iter(gaps)))
    return "; ".join(f"{count:,} {reason}" for reason, count in gaps.items())


# HTML


def table_of(shown: Sequence[Reading], *, indicators: Sequence[Indicator], by: Sequence[str], total: int) -> str:
    """An HTML table of readings, a part for each indicator headed by its title and unit.

    Args:
        shown: The readings to show, sorted by indicator.
        indicators: What they may be of.
        by: What they are broken down by.
        total: How many readings there are in all.

    Returns:
        A ``<table>`` with a caption and headings that have a scope, and below it what marks mean, how many readings are
        not shown, and where the figures are from. Nothing in it is left unescaped.
    """
    keys, figures = _keys(shown, by), _figures(shown)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in (*keys, *figures))
    parts = [_part(list(some), keys, figures) for _, some in groupby(shown, key=lambda reading: reading.indicator)]
    caption = f"<caption>{escape(_caption(indicators, by, total))}</caption>"
    body = f'<table class="bucks-cs-readings">{caption}<thead><tr>{heads}</tr></thead>{"".join(parts)}</table>'
    return f"<div>{body}{''.join(f'<p>{escape(note)}</p>' for note in _notes(shown, total))}</div>"


def _caption(indicators: Sequence[Indicator], by: Sequence[str], total: int) -> str:
    return f"{total:,} reading{'' if total == 1 else 's'}{_of(indicators)}{broken_down(by)}"


def _keys(shown: Sequence[Reading], by: Sequence[str]) -> tuple[str, ...]:
    area = ("Area",) if any(reading.area is not None for reading in shown) else ()
    return (*area, *map(heading_of, by), "Period")


def _figures(shown: Sequence[Reading]) -> tuple[str, ...]:
    bounds = ("Interval",) if any(reading.interval is not None for reading in shown) else ()
    ratio = ("Numerator", "Denominator") if any(reading.denominator is not None for reading in shown) else ()
    return ("Value", *bounds, *ratio)


def _part(some: Sequence[Reading], keys: Sequence[str], figures: Sequence[str]) -> str:
    indicator = some[0].indicator
    head = f"{indicator.title} ({unit_heading(indicator.unit, per=indicator.per)})"
    top = f'<tr><th scope="rowgroup" colspan="{len(keys) + len(figures)}">{escape(head)}</th></tr>'
    return f"<tbody>{top}{''.join(_row(reading, keys, figures) for reading in some)}</tbody>"


def _row(reading: Reading, keys: Sequence[str], figures: Sequence[str]) -> str:
    area = [_area(reading.area)] if "Area" in keys[: len(keys) - 1 - len(reading.dims)] else []
    dims = ["not recorded" if value is None else value for _, value in reading.dims]
    heads = "".join(f'<th scope="row">{escape(text)}</th>' for text in (*area, *dims, str(reading.period)))
    gap = reading.withheld
    units = reading.indicator.unit
    cells = {"Value": gap.symbol if gap else _number(reading.number, units=units), "Interval": _bounds(reading)}
    cells |= {"Numerator": _number(reading.numerator), "Denominator": _number(reading.denominator)}
    return f"<tr>{heads}{''.join(f'<td>{escape(cells[name])}</td>' for name in figures)}</tr>"


def _area(area: str | None) -> str:
    """The name of an area with its code, by which its readings are chosen; the code alone where no look-up has it."""
    if area is None:
        return "own area"
    name = name_or_code(area)
    return area if name == area else f"{name} ({area})"


def _number(number: float | None, *, units: str = "") -> str:
    return "" if number is None else written(number, units=units)


def _bounds(reading: Reading) -> str:
    if reading.interval is None:
        return ""
    rounded = reading.interval is Interval.ROUNDING
    span = written_span(reading.bound("lower"), reading.bound("upper"), units=reading.indicator.unit, exact=rounded)
    level = "" if reading.level is None else f"{100 * reading.level:.4g}% "
    return f"{span} ({level}{reading.interval.value})"


def _notes(shown: Sequence[Reading], total: int) -> list[str]:
    notes = [f"{reason.symbol}: {reason}." for reason in _gaps(shown)]
    if total > len(shown):
        notes.insert(0, f"{total - len(shown):,} more reading{'' if total - len(shown) == 1 else 's'} not shown.")
    sources = list(dict.fromkeys(str(reading.source) for reading in shown if reading.source is not None))
    return [*notes, *(f"Source: {source}." for source in sources)]
