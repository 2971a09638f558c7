"""The record: printed figures beside official ones, and how they match."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from types import NoneType
from typing import TYPE_CHECKING, Any

import attrs

from bucks_cs.errors import InvalidValue, NotFound, of_kind
from bucks_cs.indicators import with_unit, written
from bucks_cs.periods import Period
from bucks_cs.provenance import DateBounds, day_in_words
from bucks_cs.record.numbers import a_number_or_none, as_float
from bucks_cs.record.officially.facts import OfficialFact
from bucks_cs.record.officially.kinds import Match
from bucks_cs.record.printed_figures import PrintedFigure, first_printing
from bucks_cs.record.sequences import each_a

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Beside", "Comparison", "against_official", "comparison", "comparisons"]

_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class Beside:
    """An official figure as it is set beside a printed one.

    Args:
        fact: The official figure as published.
        value: The number set beside the print, in the print's unit; None for words and dates.
        said: The words or the date set beside it; empty for a number.
        worked_out: How that was made of what is published; empty where it is as published.
        base: The other official figure that it was worked out from; None where there is none.
        agrees: Whether the print can stand for it; None where the two are not to be equal.

    Raises:
        InvalidValue: A part of another kind, or both a number and words.
    """

    fact: OfficialFact = attrs.field(validator=of_kind(OfficialFact, expected="an OfficialFact"))
    value: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    said: str = attrs.field(default="", validator=_text)
    worked_out: str = attrs.field(default="", validator=_text)
    base: OfficialFact | None = attrs.field(
        default=None, validator=of_kind(OfficialFact, NoneType, expected="an OfficialFact, or None")
    )
    agrees: bool | None = attrs.field(default=None, validator=of_kind(bool, NoneType, expected="yes, no, or None"))

    def __attrs_post_init__(self) -> None:
        if (self.value is None) == (not self.said):
            raise InvalidValue(what="Beside", expected="either a number or words")

    @property
    def period(self) -> Period:
        """When the official figure is of."""
        return self.fact.period

    @property
    def facts(self) -> tuple[OfficialFact, ...]:
        """The official figures that it rests on: it, and the one it was worked out from where there is one."""
        return (self.fact,) if self.base is None else (self.fact, self.base)

    def __str__(self) -> str:
        unit = self.fact.measure.unit
        shown = self.said or (written(self.value) if self.value is not None else "")
        as_published = self.value is not None and not self.worked_out and unit is not None
        shown = with_unit(self.value, unit) if as_published and self.value is not None and unit is not None else shown
        how = f" ({self.worked_out})" if self.worked_out else ""
        return f"{shown}{how}, beside the print; {self.fact}"


def _all(given: Iterable[Beside]) -> tuple[Beside, ...]:
    return each_a(Beside, given, what="Comparison.beside", expected="a Beside each")


@attrs.frozen(kw_only=True)
class Comparison:
    """A printed figure beside the official ones that it can be set against, with how they match and why.

    Args:
        figure: The printed figure.
        match: How it matches.
        beside: The official figures; where nothing can be compared, the nearest there are, or none.
        why: What an officer should know of the match, in a sentence.

    Raises:
        InvalidValue: A part of another kind, or no reason.

    Example:
        >>> print(comparison("cabinet-2022-10/3.22/plans"))
        5,704 lies between 5,415 (January 2022) and 5,890 (January 2023): the official counts are of January, and nobody
        publishes one of July.
    """

    figure: PrintedFigure = attrs.field(validator=of_kind(PrintedFigure, expected="a PrintedFigure"))
    match: Match = attrs.field(validator=of_kind(Match, expected="a Match"))
    beside: tuple[Beside, ...] = attrs.field(converter=_all)
    why: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue(what="Comparison.why", expected="the reason, in words")

    def __str__(self) -> str:
        printed, official = self.figure.as_printed, _and([self._official(one) for one in self.beside])
        if self.match is Match.ON_ONE_BASIS:
            official = self._which_basis()
        said = {
            Match.MATCHES: f"{printed} matches {official}",
            Match.ON_ONE_BASIS: f"{printed} matches on one basis: {official}",
            Match.BETWEEN: f"{printed} lies between {official}",
            Match.DIFFERS: f"{printed} differs from {official}",
            Match.NOT_COMPARABLE: f"{printed} cannot be compared" + (f" (nearest: {official})" if official else ""),
        }
        return f"{said[self.match]}: {self.why}."

    def _which_basis(self) -> str:
        """Those it can stand for, and those it cannot."""
        held, not_held = ([self._official(one) for one in self.beside if bool(one.agrees) is holds] for holds in (True, False))
        return f"{_and(held)}, and not {_and(not_held)}" if not_held else _and(held)

    def _official(self, one: Beside) -> str:
        """An official figure in words, with as much of what it is as tells it from the others."""
        measures = {other.fact.measure for other in self.beside}
        alike = (
            len({measure.title for measure in measures}) == 1 and self.match is not Match.NOT_COMPARABLE and one.value is not None
        )
        apart = str(one.fact.measure) if self.match is Match.ON_ONE_BASIS else one.fact.measure.title
        what = ("" if len(measures) == 1 else one.fact.measure.basis) if alike else apart
        part = f"{what}: {one.fact.part}" if one.fact.part else what
        details = [_parts(one), part, one.worked_out, "" if one.value is None else str(one.period)]
        return f"{self._number(one)} ({'; '.join(text for text in details if text)})"

    def _number(self, one: Beside) -> str:
        if one.value is not None:
            return f"{written(one.value)}{'%' if self.figure.unit == 'percent' else ''}"
        return day_in_words(dt.date.fromisoformat(one.said)) if self.figure.kind.is_a_time else one.said


def _parts(one: Beside) -> str:
    """What was divided by what, where the number is as published."""
    top, bottom = one.fact.numerator, one.fact.denominator
    return "" if one.worked_out or top is None or bottom is None else f"{written(top)} of {written(bottom)}"


def _and(texts: list[str]) -> str:
    return " and ".join([*([", ".join(texts[:-1])] if texts[:-1] else []), *texts[-1:]])


def comparisons() -> tuple[Comparison, ...]:
    """Every printed figure that an official one was sought for, beside what was found.

    What is not here was not sought: intentions, most dates, national policy, and the Council's own money but for the overspend.
    A figure that restates an earlier one is found under that one.

    Returns:
        A comparison a figure, in the order of the record. No match is written down: each is worked out, once in a session, from
        the print and from the facts of `bucks_cs.record.official_facts`.

    Source:
        The releases named by each fact.

    Example:
        >>> [found.figure.as_printed for found in comparisons() if found.match is Match.ON_ONE_BASIS]
        ['40%', '30%', '127', '89', '32%']
    """
    return _comparisons()


@functools.cache
def _comparisons() -> tuple[Comparison, ...]:
    from bucks_cs.record.officially.pairs import PAIRS

    return tuple(pair.compared() for pair in PAIRS)


def comparison(figure: str) -> Comparison:
    """The comparison of a printed figure with official ones.

    Args:
        figure: The id of the figure; of one that repeats an earlier figure, the comparison of that one is given.

    Raises:
        NotFound: None was sought for it, or there is no such figure.
        InvalidValue: It is no text.

    Example:
        >>> comparison("cabinet-minutes-2020-01/vouyioukas-5/issued-within-20-weeks").match
        <Match.ON_ONE_BASIS: 'matches on one basis'>
    """
    first = first_printing(figure)
    for found in comparisons():
        if found.figure.id == first.id:
            return found
    hint = " No official figure was sought for this one: `comparisons` has those for which one was."
    raise NotFound(what="a comparison with an official figure", asked_on=("figure",), rows=0, hint=hint)


def against_official() -> pl.DataFrame:
    """Printed figures beside official ones, as a frame: a row each official figure, and one where there is none.

    Returns:
        A polars frame of the columns of `bucks_cs.record.AgainstOfficial`, in the order of `comparisons`, which has the same
        as objects. A null is what that schema says of each column.

    Source:
        The releases named in each row.

    Example:
        >>> against_official().filter(id="cabinet-2022-10/3.30/supported").select("match", "value", "period_end").rows()
        [('lies between', 28.0, datetime.date(2022, 3, 31)), ('lies between', 71.0, datetime.date(2023, 3, 31))]
    """
    import polars as pl

    from bucks_cs.record.officially.schema import AgainstOfficial

    types: dict[str, Any] = dict.fromkeys(AgainstOfficial.to_schema().columns, pl.String)
    types |= dict.fromkeys(("period_start", "period_end"), pl.Date)
    types |= dict.fromkeys(("value", "numerator", "denominator", "base_value"), pl.Float64) | {"agrees": pl.Boolean}
    rows = [row for found in comparisons() for row in _rows(found)]
    return AgainstOfficial.validate(pl.DataFrame(rows, schema=types))


def _rows(found: Comparison) -> list[dict[str, Any]]:
    same = {"id": found.figure.id, "printed": found.figure.as_printed, "match": found.match.value, "why": found.why}
    return [same | _official_cells(one) for one in found.beside] or [same]


def _official_cells(one: Beside) -> dict[str, Any]:
    fact, source = one.fact, one.fact.source
    return {
        "official": fact.measure.title + (f": {fact.part}" if fact.part else ""),
        "basis": fact.measure.basis or None,
        "area": fact.area,
        "period_kind": str(fact.period.kind),
        "period_start": fact.period.start,
        "period_end": fact.period.end,
        "value": one.value,
        "said": one.said or None,
        "numerator": fact.numerator,
        "denominator": fact.denominator,
        "worked_out": one.worked_out or None,
        "base_value": None if one.base is None else one.base.value,
        "base_release": None if one.base is None else one.base.source.title,
        "base_note": None if one.base is None else one.base.source.note,
        "agrees": one.agrees,
        "publisher": source.publisher,
        "release": source.title,
        "file": fact.file,
        "place": source.place,
    }


def agrees(figure: PrintedFigure, value: float | None, said: str) -> bool:
    """Whether a print can stand for an official figure: a number within its rounding, the same grade, a day within its days.

    Args:
        figure: The printed figure.
        value: The official number, in the print's unit; None for words and dates.
        said: The official grade, or the day as ISO text.

    Raises:
        InvalidValue: The print is no number and the official figure is one.
    """
    if value is None:
        period = figure.period
        if not figure.kind.is_a_time or period is None:
            return figure.as_printed.casefold() == said.casefold()
        first, last = (period.earliest, period.latest) if isinstance(period, DateBounds) else (period.start, period.end)
        return first <= dt.date.fromisoformat(said) <= last
    span = figure.printed
    if span is None or span.low is None or span.high is None:
        raise InvalidValue(what="figure", expected="a printed number with both its ends, to set an official number beside")
    return span.low <= value <= span.high
