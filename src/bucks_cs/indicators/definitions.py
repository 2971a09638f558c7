"""What a measure means: what is counted, stock or flow, in which unit, which way is better, and who says so."""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
from collections.abc import Iterable
from types import NoneType

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, UnitError, of_kind
from bucks_cs.indicators.breaks import Break
from bucks_cs.indicators.wording import definition_table
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.units import in_unit, quantity, same_dimension, symbol, unit

__all__ = ["Better", "Indicator", "Kind", "Measure"]

_text = of_kind(str, expected="text")


class Better(enum.Enum):
    """Which way an indicator is better; most counts of demand are better neither way."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Kind(enum.Enum):
    """A flow is counted over a period (referrals in a year), a stock on a day (plans at 31 March)."""

    FLOW = "flow"
    STOCK = "stock"


class Measure(enum.Enum):
    """What sort of number an indicator gives."""

    COUNT = "count"
    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"
    MEAN = "mean"
    QUANTILE = "quantile"
    CHANGE = "change"

    @property
    def is_ratio(self) -> bool:
        """Whether the number has a numerator and a denominator."""
        return self in {Measure.SHARE, Measure.RATE, Measure.MEAN}


def _sources(given: AnySource | Iterable[AnySource] | None) -> tuple[AnySource, ...]:
    return tuple(given) if isinstance(given, Iterable) else () if given is None else (given,)


def _breaks(given: Break | Iterable[Break]) -> tuple[Break, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


@attrs.frozen(kw_only=True)
class Indicator:
    """What a measure means: enough to read a number of it right, and to work it out again.

    Args:
        key: ``"subject.function"``, such as ``"demand.rereferrals"``; what `trend` makes of it adds ``/change``.
        title: The heading a head of service would read.
        counts: What is counted, in a sentence.
        leaves_out: What is not, in a sentence; empty where nothing is.
        measure: What sort of number.
        kind: Flow or stock.
        unit: The unit of the value, as `units.unit` reads it; a share is in ``"percent"`` (0 to 100).
        per: For a rate, the number of people it is per (10,000); None otherwise.
        better: Which way is better.
        sources: Who defines it, or the plain statement that nobody does; at least one.
        breaks: Where the series is not what it was before.

    Raises:
        MissingSource: No source.
        InvalidValue: The key is not of that form, the title or what is counted is empty, a part is of another
            kind; a rate without ``per``, or ``per`` without a rate.
        UnitError: The unit is unknown, a share not in percent, or a rate in a unit that is not per ``per``.
    """

    key: str = attrs.field(validator=_text)
    title: str = attrs.field(validator=_text)
    counts: str = attrs.field(validator=_text)
    leaves_out: str = attrs.field(default="", validator=_text)
    measure: Measure = attrs.field(validator=of_kind(Measure, expected="a Measure"))
    kind: Kind = attrs.field(validator=of_kind(Kind, expected="a Kind"))
    unit: str = attrs.field(validator=_text)
    per: int | None = attrs.field(default=None, validator=of_kind(int, NoneType, expected="a whole number, or None"))
    better: Better = attrs.field(validator=of_kind(Better, expected="a Better"))
    sources: tuple[AnySource, ...] = attrs.field(converter=_sources)
    breaks: tuple[Break, ...] = attrs.field(default=(), converter=_breaks)

    def __attrs_post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+(/[a-z_]+)?", self.key):
            raise InvalidValue(what="Indicator.key", expected='"subject.function" in lower case, such as "demand.rereferrals"')
        if not self.sources or not all(isinstance(source, (Source, NoOfficialSource)) for source in self.sources):
            raise MissingSource(what=f"the indicator {self.key}")
        if not all(isinstance(found, Break) for found in self.breaks):
            raise InvalidValue(what=f"{self.key}: breaks", expected="a Break each")
        for name in ("title", "counts"):
            if not getattr(self, name).strip():
                raise InvalidValue(what=f"{self.key}: {name}", expected="words")
        self._check_unit()

    def _check_unit(self) -> None:
        known = unit(self.unit)
        if self.measure is Measure.SHARE and self.unit != "percent":
            raise UnitError(what=f'{self.key} is a share, and the unit of a share is "percent", not {known}')
        if (self.measure is Measure.RATE) != (self.per is not None) or (self.per is not None and self.per < 1):
            raise InvalidValue(what=f"{self.key}: per", expected="the number of people a rate is per, for rates alone")
        if self.per is not None:
            pure = same_dimension(self.unit, "percent")
            if not pure or not math.isclose(in_unit(quantity(self.per, self.unit), "dimensionless"), 1):
                hint = ' Such as per=10_000 and unit="per_10_000".'
                raise UnitError(what=f"{self.key} is a rate per {self.per:,}, and its unit, {known}, is not", hint=hint)

    def breaks_between(self, earlier: dt.date, later: dt.date, *, area: str) -> tuple[Break, ...]:
        """The breaks of an area's series that lie, or may lie, after one date and up to another, in order.

        Args:
            earlier: A date in the series; a break on it lies behind.
            later: A later date; a break on it lies between.
            area: Whose series, as `Break.concerns` takes it: breaks of areas that are no part of it are left out.
        """
        first, last = sorted((earlier, later))
        between = (b for b in self.breaks if b.lies_between(first, last) and b.concerns(area))
        return tuple(sorted(between, key=lambda b: b.on))

    def __str__(self) -> str:
        unit_said = f"per {self.per:,}" if self.per else f"in {symbol(self.unit)}"
        left_out = f" Leaves out {self.leaves_out}." if self.leaves_out else ""
        return f"{self.title}: {self.counts}, a {self.kind.value}, {unit_said}.{left_out}"

    def _repr_html_(self) -> str:
        per = {"Per": f"{self.per:,}"} if self.per else {}
        said = {"Key": self.key, "Counts": self.counts, "Leaves out": self.leaves_out, "Measure": self.measure.value}
        said |= {"Kind": self.kind.value, "Unit": symbol(self.unit), **per, "Better": self.better.value}
        said |= {"Sources": "; ".join(map(str, self.sources)), "Breaks": "; ".join(map(str, self.breaks))}
        return definition_table(self.title, {name: text for name, text in said.items() if text})
