"""Readings laid out: a row for each area, group and period, units in headings, gaps by their symbols, intervals in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from bucks_cs.errors import InvalidValue, UnknownColumn
from bucks_cs.indicators import Interval, Reading
from bucks_cs.indicators.wording import heading_of
from bucks_cs.readings import Readings
from bucks_cs.tables.layouts import Cell, Layout, decimals
from bucks_cs.tables.wording import (
    AREA,
    INDICATOR,
    PERIOD,
    Span,
    breaks,
    called,
    ending,
    exactly,
    marks,
    title_of,
    titled,
)
from bucks_cs.units import symbol

__all__ = ["layout"]

_SHOWN = (Interval.CONFIDENCE, Interval.PREDICTION, Interval.BOUNDS)

_Identity: TypeAlias = tuple[Any, ...]
"""What one value of a part is, whatever it is called; sorts as the parts should stand."""

_Column: TypeAlias = tuple[_Identity, Span | None, str]
"""A column of figures: of what, and of which interval, which end; no interval where it is the value."""


def layout(
    readings: Readings[Any],
    *,
    across: str = "indicator",
    title: str | None = None,
    subtitle: str | None = None,
    intervals: Iterable[Interval] | Interval = _SHOWN,
) -> Layout:
    """Readings laid out as a table: a row for each area, group and period, and a column for each indicator (or each period).

    Args:
        readings: Of any engine; lazy ones are run.
        across: What the columns of figures are: ``"indicator"``, ``"period"``, ``"area"``, or a ``by`` column.
        title: What it is a table of; None takes the indicators' titles, or their number where they are more than three.
        subtitle: Where and when; None says so where every row is of one area, group or period.
        intervals: The kinds of intervals that have two columns of their own, beside the figures they are of, wherever there are
            some. Left out, all but those of rounding, which say no more than how a figure was printed; ``()`` shows none.

    Returns:
        Numbers as they are, unrounded, with the number of decimals to show them to; a withheld value as its symbol (``[c]``), and
        so are its bounds where it has none. Units stand in headings: in that of the column, in that of the row where the columns
        are something else, or in the title of a table of one indicator. What every row shares (one area, one period) is said
        above, and has no column. Indicators stand in the order of ``readings.indicators``, areas and groups in that of their
        codes, periods in that of time. A figure that is not there is None.

    Raises:
        InvalidValue: No Readings, none at all in them, or ``intervals`` of another kind.
        UnknownColumn: ``across`` is none of those.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.tables import layout
        >>> found = layout(record.demand(), across="period")
        >>> found.headings[0], found.subtitle
        ('Indicator', 'Buckinghamshire')
        >>> found.rows[0]
        ('Contacts (contacts)', 1375.0, 2088.0)
    """
    arranged = _arranged(readings, across, _kinds(intervals))
    named = arranged.of_one(title=title, subtitle=subtitle)
    return Layout(
        **named,
        keys=arranged.key_headings,
        figures=arranged.figure_headings,
        rows=arranged.rows,
        decimals=arranged.decimals,
        marks=marks(arranged.found),
        sources=_sources(arranged.found),
    )


def _kinds(intervals: Any) -> tuple[Interval, ...]:
    given = (intervals,) if isinstance(intervals, Interval) else intervals
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        given = (None,)
    kinds = tuple(given)
    if not all(isinstance(kind, Interval) for kind in kinds):
        raise InvalidValue(what="intervals", expected="kinds of intervals, such as Interval.CONFIDENCE, or () for none")
    return kinds


def _arranged(readings: Any, across: Any, kinds: tuple[Interval, ...]) -> _Arranged:
    if not isinstance(readings, Readings):
        hint = " A long frame goes through Readings.from_frame first."
        raise InvalidValue(what="readings", expected=f"Readings, not {type(readings).__name__}", hint=hint)
    parts = (INDICATOR, AREA, *readings.by, PERIOD)
    if not isinstance(across, str):
        raise InvalidValue(what="across", expected="the name of a column, as text")
    if across not in parts:
        raise UnknownColumn(column=across, columns=parts, argument="across")
    places = {one.key: place for place, one in enumerate(readings.indicators)}
    found = tuple(sorted(readings, key=lambda one: places[one.indicator.key]))
    if not found:
        raise InvalidValue(what="readings", expected="one reading or more")
    return _Arranged(found=found, places=places, parts=parts, across=across, kinds=kinds)


@attrs.frozen(kw_only=True)
class _Arranged:
    """Readings, what their parts are called, and what stands where.

    Args:
        found: The readings.
        places: The place of each indicator, by its key.
        parts: What tells readings apart, in the order of the columns.
        across: The part that the columns of figures are.
        kinds: The kinds of intervals that are shown.
    """

    found: tuple[Reading, ...]
    places: Mapping[str, int]
    parts: tuple[str, ...]
    across: str
    kinds: tuple[Interval, ...]
    labels: Mapping[str, Mapping[_Identity, str]] = attrs.field(init=False)
    cells: Mapping[tuple[_Identity, ...], Mapping[_Identity, Reading]] = attrs.field(init=False)
    columns: tuple[_Column, ...] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "labels", {part: self._labels(part) for part in self.parts})
        cells: dict[tuple[_Identity, ...], dict[_Identity, Reading]] = {}
        for one in self.found:
            key = tuple(self._identity(one, part) for part in self.keys)
            cells.setdefault(key, {})[self._identity(one, self.across)] = one
        object.__setattr__(self, "cells", dict(sorted(cells.items())))
        object.__setattr__(self, "columns", tuple(self._columns()))

    def _identity(self, one: Reading, part: str) -> _Identity:
        if part == INDICATOR:
            return (self.places[one.indicator.key],)
        if part == PERIOD:
            return (one.period.start, one.period.end, str(one.period.kind))
        value = one.area if part == AREA else dict(one.dims)[part]
        return (value is None, value or "")

    def _labels(self, part: str) -> dict[_Identity, str]:
        """What each value is called; where two are called the same, each with what tells it apart."""
        of = {self._identity(one, part): one for one in self.found}
        labels = {identity: called(one, part) for identity, one in sorted(of.items(), key=lambda pair: pair[0])}
        names = list(labels.values())
        return {identity: label if names.count(label) == 1 else f"{label} ({exactly(of[identity], part)})"
                for identity, label in labels.items()}  # fmt: skip

    # Rows and columns

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts that have a column: those that are not the same in every row."""
        return tuple(part for part in self.parts if part != self.across and len(self.labels[part]) > 1)

    @property
    def key_headings(self) -> tuple[str, ...]:
        """Their headings: the columns' own names where two would be alike."""
        headings = tuple(map(heading_of, self.keys))
        return headings if len(set(headings)) == len(headings) else self.keys

    @property
    def figure_headings(self) -> tuple[str, ...]:
        """The headings of figures and intervals, told apart from those of the keys."""
        said = self.labels[self.across]
        clash = not set(said.values()).isdisjoint(self.key_headings)
        heads = {identity: f"{heading_of(self.across)}: {label}" if clash else label for identity, label in said.items()}
        return tuple(heads[identity] + ("" if span is None else ending(span, which)) for identity, span, which in self.columns)

    def _columns(self) -> Iterator[_Column]:
        there: dict[_Identity, set[Span]] = {identity: set() for identity in self.labels[self.across]}
        for one in self.found:
            span = _span(one)
            if span is not None and span[0] in self.kinds:
                there[self._identity(one, self.across)].add(span)
        for identity, spans in there.items():
            yield identity, None, ""
            yield from ((identity, span, which) for span in sorted(spans, key=_in_order) for which in ("lower", "upper"))

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """Keys and figures, a row each."""
        columns, made = self.columns, []
        for key, row in self.cells.items():
            said = (self.labels[part][identity] for part, identity in zip(self.keys, key, strict=True))
            made.append((*said, *(_cell(row.get(identity), span, which) for identity, span, which in columns)))
        return made

    @property
    def decimals(self) -> list[tuple[int, ...]]:
        """To how many decimals each figure is shown: an indicator's values to as many, and its bounds to as many."""
        of = {key: [one for one in self.found if one.indicator.key == key] for key in self.places}
        values = {key: _decimals([one.number for one in some], some) for key, some in of.items() if some}
        ends = {key: _decimals([one.bound(which) for one in some for which in ("lower", "upper")], some)
                for key, some in of.items() if some}  # fmt: skip
        columns = self.columns
        return [
            tuple((values if span is None else ends)[row[identity].indicator.key] if identity in row else 0
                  for identity, span, _ in columns)
            for row in self.cells.values()
        ]  # fmt: skip

    # What is said above and below

    def of_one(self, *, title: str | None, subtitle: str | None) -> dict[str, Any]:
        """Title, subtitle and notes; the unit of a table of one indicator is in one of them, where no heading has it."""
        indicators = list({one.indicator.key: one.indicator for one in self.found}.values())
        alone = [titled(indicators[0])] if len(indicators) == 1 and self.across != INDICATOR else []
        above = [*(alone if title is not None else []), *self._shared()]
        notes = [f"Figures are of {alone[0]}."] if alone and title is not None and subtitle is not None else []
        return {
            "title": title if title is not None else (alone or [title_of(indicators)])[0],
            "subtitle": subtitle if subtitle is not None else ", ".join(above),
            "notes": [*notes, *breaks(self.found, several=len(indicators) > 1)],
        }

    def _shared(self) -> list[str]:
        """What every row has in common, but for the caller's own area, which goes without saying."""
        same = [part for part in self.parts if part not in {INDICATOR, self.across} and len(self.labels[part]) == 1]
        own = self.found[0].area is None
        said = [(part, next(iter(self.labels[part].values()))) for part in same if not (part == AREA and own)]
        return [label if part in {AREA, PERIOD} else f"{heading_of(part)}: {label}" for part, label in said]


def _span(one: Reading) -> Span | None:
    return None if one.interval is None else (one.interval, one.level)


def _in_order(span: Span) -> tuple[int, float]:
    return list(Interval).index(span[0]), span[1] or 0


def _cell(one: Reading | None, span: Span | None, which: str) -> Cell:
    if one is None:
        return None
    if span is None:
        return one.number if one.withheld is None else one.withheld.symbol
    bound = one.bound(which) if _span(one) == span else None
    # Of a withheld value without this interval, the interval is withheld for the same reason.
    return bound if bound is not None or one.withheld is None or _span(one) is not None else one.withheld.symbol


def _decimals(numbers: Iterable[float | None], some: Sequence[Reading]) -> int:
    return decimals([number for number in numbers if number is not None], percent=symbol(some[0].indicator.unit) == "%")


def _sources(found: Iterable[Reading]) -> list[str]:
    return list(dict.fromkeys(str(one.source) for one in found if one.source is not None))
