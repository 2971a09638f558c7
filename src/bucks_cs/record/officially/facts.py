"""The record: the official facts it ships, read once: as a frame, one by one, and as readings to find a position in."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.resources
import math
import re
from collections.abc import Iterable
from types import NoneType
from typing import TYPE_CHECKING, Any

import attrs

from bucks_cs.errors import InvalidValue, NotComparable, NotFound, UnitError, of_kind
from bucks_cs.indicators import Indicator, Interval, Reading, Withheld, with_unit
from bucks_cs.periods import Period, from_bounds
from bucks_cs.provenance import Source
from bucks_cs.record.numbers import a_number_or_none, as_float
from bucks_cs.record.officially.measures import OfficialMeasure, official_measure

if TYPE_CHECKING:
    import polars as pl

    from bucks_cs.readings import Readings

__all__ = ["BUCKINGHAMSHIRE", "ENGLAND", "OfficialFact", "as_readings", "official_fact", "official_facts"]

BUCKINGHAMSHIRE, ENGLAND = "825", "E92000001"


@attrs.frozen(kw_only=True)
class OfficialFact:
    """An official figure as published, with its release.

    Args:
        measure: What it measures.
        area: LA number, or the ONS code above an authority.
        part: Which part of the whole; empty for the whole.
        period: When.
        value: The number, in the measure's unit; None where there is none.
        numerator: What was divided, where that is published.
        denominator: And what by.
        said: A grade or a date, as published; empty for a number.
        withheld: Why there is no value.

    Raises:
        InvalidValue: A part of another kind; or not one of a value, words and a reason why there is neither.
    """

    measure: OfficialMeasure = attrs.field(validator=of_kind(OfficialMeasure, expected="an OfficialMeasure"))
    area: str = attrs.field(validator=of_kind(str, expected="text"))
    part: str = attrs.field(default="", validator=of_kind(str, expected="text"))
    period: Period = attrs.field(validator=of_kind(Period, expected="a period"))
    value: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    numerator: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    denominator: float | None = attrs.field(default=None, converter=as_float, validator=a_number_or_none)
    said: str = attrs.field(default="", validator=of_kind(str, expected="text"))
    withheld: Withheld | None = attrs.field(default=None, validator=of_kind(Withheld, NoneType, expected="a Withheld, or None"))

    def __attrs_post_init__(self) -> None:
        if (self.value is not None) + bool(self.said.strip()) + (self.withheld is not None) != 1:
            raise InvalidValue(what="OfficialFact", expected="one of value, said and withheld, and only one")

    def __str__(self) -> str:
        what = f"{self.measure}: {self.part}" if self.part else str(self.measure)
        found = self.said if self.said else f"not published ({self.withheld})"
        if self.value is not None:
            found = with_unit(self.value, self.measure.unit or "dimensionless")
        return f"{what}, {self.area}, {self.period}: {found} ({self.source.publisher}, {self.source.title})."

    @property
    def source(self) -> Source:
        """The release, and the place in it."""
        of_parts = self.measure.source_of_parts
        return of_parts if self.part and of_parts is not None else self.measure.source

    @property
    def file(self) -> str | None:
        """The file of the release; None where it was read in a report's own pages."""
        of_parts = self.measure.file_of_parts
        return of_parts if self.part and of_parts is not None else self.measure.file

    @property
    def number(self) -> float:
        """The value, to reckon with: a gap is never 0.

        Raises:
            NotComparable: It is withheld, or is words.
        """
        if self.value is not None:
            return self.value
        why = "it is published in words" if self.withheld is None else f"its value is {self.withheld}"
        raise NotComparable(what=f"{self.measure.key} of {self.area}, {self.period}", why=why)


def _number_or_none(cell: str) -> float | None:
    return float(cell) if cell else None


def _made(row: dict[str, str]) -> OfficialFact:
    days = (dt.date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
    return OfficialFact(
        measure=official_measure(row["measure"]),
        area=row["area"],
        part=row["part"],
        period=from_bounds(row["period_kind"], *days),
        **{name: _number_or_none(row[name]) for name in ("value", "numerator", "denominator")},
        said=row["said"],
        withheld=Withheld(row["withheld"]) if row["withheld"] else None,
    )


def _file() -> bytes:
    return (importlib.resources.files("bucks_cs.record.officially") / "official_facts.csv").read_bytes()


@functools.cache
def _facts() -> tuple[OfficialFact, ...]:
    return tuple(_made(row) for row in csv.DictReader(_file().decode("utf-8").splitlines()))


def official_facts() -> pl.DataFrame:
    """Every official figure that the record ships, a row each.

    Returns:
        A polars frame of the columns of `bucks_cs.record.OfficialFacts`, by measure, period and area. A null is what that
        schema says of each column.

    Source:
        The releases that `bucks_cs.record.official_measure` names for each; ``tools/build_official_facts.py`` makes the file.

    Example:
        >>> official_facts().filter(measure="uasc.looked_after").select("period_end", "value").rows()[-2:]
        [(datetime.date(2024, 3, 31), 65.0), (datetime.date(2025, 3, 31), 81.0)]
    """
    import polars as pl

    from bucks_cs.record.officially.schema import OfficialFacts

    typed = pl.read_csv(_file(), infer_schema=False).with_columns(
        pl.col("period_start", "period_end").str.to_date("%Y-%m-%d"),
        pl.col("value", "numerator", "denominator").cast(pl.Float64),
    )
    return OfficialFacts.validate(typed)


def official_fact(measure: str, *, on: dt.date, area: str = BUCKINGHAMSHIRE, part: str = "") -> OfficialFact:
    """One official figure.

    Args:
        measure: The key of the measure.
        on: A day of its period: for a stock, the day; for a year, any day of it.
        area: LA number, or the ONS code above an authority.
        part: Which part of the whole; empty for the whole.

    Raises:
        NotFound: There is not one of that measure, day, area and part.
        InvalidValue: The day is no date, the area no code as text, or the part no text.

    Example:
        >>> official_fact("demand.referrals", on=dt.date(2020, 3, 31)).value
        8367.0
    """
    wanted = official_measure(measure)
    named: object = area
    if not isinstance(named, str) or not re.fullmatch(r"\d{3}|E\d{8}", area):
        raise InvalidValue(what="area", expected='an LA number as text, such as "825", or an ONS code above an authority')
    which: object = part
    if not isinstance(which, str):
        raise InvalidValue(what="part", expected="text; empty for the whole")
    of_measure = [fact for fact in _facts() if fact.measure == wanted]
    found = [fact for fact in of_measure if (fact.area, fact.part) == (area, part) and fact.period.contains(on)]
    if len(found) == 1:
        return found[0]
    hint = _what_there_is(of_measure, area=area, part=part)
    raise NotFound(what="an official fact", asked_on=("measure", "on", "area", "part"), rows=len(found), hint=hint)


def _what_there_is(facts: Iterable[OfficialFact], *, area: str, part: str) -> str:
    """What there is of a measure in the place of what was asked for and is not there."""
    here = [fact for fact in facts if fact.area == area]
    if not here:
        return " The record ships nothing of that measure for that area."
    parts = dict.fromkeys(fact.part for fact in here)
    if part not in parts:
        named = ", ".join(repr(known) for known in parts if known)
        return f" Its parts are {named}." if named else " It has no parts."
    return f" There is {', '.join(dict.fromkeys(str(fact.period) for fact in here if fact.part == part))}."


def as_readings(indicator: Indicator, *, measure: str, on: dt.date) -> Readings[pl.DataFrame]:
    """The official figures of a period as readings, with what each is published rounded to, to find a position in.

    Args:
        indicator: What they are readings of.
        measure: The key of the official measure.
        on: A day of the period.

    Returns:
        A reading an area, England and the region among them where they are published; a gap keeps its reason.

    Raises:
        NotFound: There is no such measure, or it has nothing on that day.
        InvalidValue: The day is no date.
        UnitError: The measure is in another unit than the indicator.
        NotComparable: It is published in words.
    """
    from bucks_cs.readings import Readings

    wanted = official_measure(measure)
    if (wanted.unit or "dimensionless") != indicator.unit:
        raise UnitError(what=f"{wanted.key} is not in the unit of {indicator.key}")
    there = [fact for fact in _facts() if fact.measure == wanted and not fact.part and fact.period.contains(on)]
    if not there:
        raise NotFound(what="official facts", asked_on=("measure", "on"), rows=0)
    return Readings.of(_reading(fact, indicator) for fact in there)


def _reading(fact: OfficialFact, indicator: Indicator) -> Reading:
    step = fact.measure.rounded_to
    bounds: dict[str, Any] = {}
    if step is not None and fact.value is not None:
        most = 100.0 if fact.measure.unit == "percent" else math.inf
        lower, upper = max(fact.value - step / 2, 0.0), min(fact.value + step / 2, most)
        bounds = {"lower": lower, "upper": upper, "interval": Interval.ROUNDING}
    given = fact.withheld if fact.withheld is not None else fact.value
    if given is None:
        given = fact.number
    parts = {"numerator": fact.numerator, "denominator": fact.denominator}
    return Reading.of(indicator, given, area=fact.area, period=fact.period, source=fact.source, **parts, **bounds)
