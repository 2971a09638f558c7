"""Indicators and readings: what a measure means, and one number that measures it.

An `Indicator` is the definition: what is counted and what is left out, flow or stock, unit, which way is
better, who says so, and where its series breaks. A `Reading` is one value of it for an area and a period, with
its interval, its parts and its source; where there is no value it holds a `Withheld` that says why. No
frame is in sight here.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
from collections.abc import Iterable, Mapping
from html import escape
from numbers import Real
from types import NoneType
from typing import Any, Self

import attrs

from bucks_cs.errors import InvalidValue, MissingSource, UnitError, Unreadable, of_kind
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, NoOfficialSource, Source, day_in_words
from bucks_cs.units import Quantity, in_unit, quantity, same_dimension, symbol, unit

__all__ = ["Better", "Break", "Indicator", "Interval", "Kind", "Measure", "Reading", "Withheld"]

_text = of_kind(str, expected="text")
_text_or_none = of_kind(str, NoneType, expected="text, or None")
_number_or_none = of_kind(Real, NoneType, expected="a number, or None")


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


class Interval(enum.Enum):
    """What a lower and an upper bound mean."""

    CONFIDENCE = "confidence"
    PREDICTION = "prediction"
    ROUNDING = "rounding"
    BOUNDS = "bounds"


class Withheld(enum.Enum):
    """Why there is no value. None of these is zero, and none is another.

    The first five are DfE's symbols; the last two are this library's own. `LOW` is a value that rounds to
    zero and is not zero. Older releases and other files write the same things otherwise: `read` knows them.

    Source:
        DfE, *Analysts' guide*, "Open Data Standards", table "Data symbols": ``z`` not applicable, ``x`` unavailable for
        other reasons (formerly ``:``), ``c`` confidential, ``low`` rounds to 0 but is not 0 (formerly ``~``), ``u`` of low
        reliability; it follows the Government Statistical Service's guidance on symbols in tables. ``k``: DfE,
        *Children looked after: a focus on placement location*, methodology, "Rounding, suppression and grossing". That
        ``-`` in the Local authority interactive tool is a value suppressed or not available is seen in its
        file; no definition of it was found.
    """

    CONFIDENTIAL = "c"
    LOW_RELIABILITY = "u"
    NOT_AVAILABLE = "x"
    NO_HISTORY = "no_history"
    UNRESOLVED = "unresolved"
    LOW = "low"
    NOT_APPLICABLE = "z"

    @property
    def meaning(self) -> str:
        """Why there is no value, in words."""
        return _MEANINGS[self]

    @classmethod
    def read(cls, printed: str) -> Withheld:
        """The reason behind a printed symbol.

        Args:
            printed: ``c``, ``x``, ``z``, ``low``, ``u``; ``k`` and ``~`` are read as ``low``, ``:`` and ``-`` as
                ``x``; this library's own two as it prints them; square brackets and case are passed over.

        Raises:
            Unreadable: It is none of them (``..`` and blank have no one meaning, so neither is read).
            InvalidValue: It is no text.

        Example:
            >>> Withheld.read("[k]")
            <Withheld.LOW: 'low'>
        """
        if not isinstance(printed, str):
            raise InvalidValue(what="a symbol for a withheld value", expected="text")
        symbol_ = re.sub(r"\[(.*)\]", r"\1", printed.strip()).casefold().replace(" ", "_")
        symbol_ = {"k": "low", "~": "low", ":": "x", "-": "x"}.get(symbol_, symbol_)
        known = {member.value: member for member in cls}
        if symbol_ not in known:
            expected = f"{', '.join(known)}, k, ~, : or -"
            raise Unreadable(what="a symbol for a withheld value", length=len(printed), expected=expected)
        return known[symbol_]

    @classmethod
    def first(cls, gaps: Iterable[Withheld]) -> Withheld | None:
        """The reason a result carries when it was worked out from several gaps: c, u, x, no_history, unresolved, low, z.

        Args:
            gaps: The reasons of the values it was worked out from.

        Example:
            >>> Withheld.first([Withheld.NOT_APPLICABLE, Withheld.CONFIDENTIAL])
            <Withheld.CONFIDENTIAL: 'c'>
        """
        order = list(cls)
        return min(gaps, key=order.index, default=None)

    def __str__(self) -> str:
        return self.meaning


_MEANINGS = {
    Withheld.CONFIDENTIAL: "suppressed to protect confidentiality",
    Withheld.LOW_RELIABILITY: "of low reliability",
    Withheld.NOT_AVAILABLE: "not available",
    Withheld.NO_HISTORY: "not enough history to know",
    Withheld.UNRESOLVED: "unresolved: the source can be read in more than one way",
    Withheld.LOW: "rounds to zero but is not zero",
    Withheld.NOT_APPLICABLE: "not applicable, as where there is nothing to divide by",
}


@attrs.frozen(kw_only=True)
class Break:
    """A date from which a series is not what it was before.

    Args:
        on: The first day of the new series.
        what: What changed.
        certain: True where a publication says so; False where it is inferred from the figures alone.
        area: The LA number it concerns; None for everywhere.
        source: The publication, or the reason there is none.

    Raises:
        MissingSource: There is no source.
        InvalidValue: ``on`` is no date, or another part of another kind.
    """

    on: dt.date = attrs.field(validator=of_kind(dt.date, expected="a date without a time of day"))
    what: str = attrs.field(validator=_text)
    certain: bool = attrs.field(validator=of_kind(bool, expected="True or False"))
    area: str | None = attrs.field(default=None, validator=_text_or_none)
    source: AnySource

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.source, (Source, NoOfficialSource)):
            raise MissingSource(what="a break in a series")

    def concerns(self, area: str) -> bool:
        """Whether the break touches an area's series.

        Args:
            area: The LA number, or the ONS code of an area above an authority.
        """
        return self.area is None or self.area == area

    def __str__(self) -> str:
        how = "certain" if self.certain else "probable, inferred from the figures"
        return f"{day_in_words(self.on)}: {self.what} ({how})"


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
        """The known breaks of an area's series after one date and up to another, in order.

        Args:
            earlier: A date in the series; a break on it lies behind.
            later: A later date; a break on it lies between.
            area: Whose series: breaks of other areas alone are left out.
        """
        first, last = sorted((earlier, later))
        return tuple(b for b in sorted(self.breaks, key=lambda b: b.on) if first < b.on <= last and b.concerns(area))

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


def _as_pairs(dims: Mapping[str, str | None] | Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str | None], ...]:
    return tuple((pair[0], pair[1]) for pair in (dims.items() if isinstance(dims, Mapping) else dims))


def _need_text(instance: object, attribute: attrs.Attribute[Any], dims: tuple[tuple[object, object], ...]) -> None:
    """An attrs validator: pairs of a name and text or None."""
    if not all(isinstance(name, str) and name and isinstance(value, (str, NoneType)) for name, value in dims):
        expected = "pairs of a name and what it is, both text (or None: not recorded)"
        raise InvalidValue(what=f"{type(instance).__name__}.{attribute.name}", expected=expected)


_quantity_or_none = of_kind(Quantity, NoneType, expected="a quantity as units.quantity makes it, or None")


@attrs.frozen(kw_only=True)
class Reading:
    """One value of an indicator, for an area and a period.

    Args:
        indicator: What is measured.
        area: LA number (``"825"``) or, above an authority, ONS code; None for the caller's own area.
        period: When: a flow over it, a stock on it.
        dims: What it is broken down by, as pairs of name and value (None: not recorded; never a total).
        value: A quantity in the indicator's unit, or the reason there is none.
        lower: Lower bound, in the same unit; may stand beside a withheld value.
        upper: Upper bound.
        interval: What the bounds mean; given where they are.
        level: For a confidence or prediction interval, its level (0.95).
        numerator: For a ratio, what was divided.
        denominator: And what by.
        source: Where the figure is from; may be left out for a result the caller worked out on her own data.

    Raises:
        UnitError: A value or bound is not in the indicator's dimension.
        InvalidValue: A number that is infinite or not one; bounds out of order, or with no interval; a level
            outside 0 to 1; a part of another kind.
    """

    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    area: str | None = attrs.field(default=None, validator=_text_or_none)
    period: Period = attrs.field(validator=of_kind(Period, expected="a period"))
    dims: tuple[tuple[str, str | None], ...] = attrs.field(default=(), converter=_as_pairs, validator=_need_text)
    value: Quantity | Withheld = attrs.field(
        validator=of_kind(Quantity, Withheld, expected="a quantity as units.quantity makes it, or a Withheld that says why")
    )
    lower: Quantity | None = attrs.field(default=None, validator=_quantity_or_none)
    upper: Quantity | None = attrs.field(default=None, validator=_quantity_or_none)
    interval: Interval | None = attrs.field(default=None, validator=of_kind(Interval, NoneType, expected="an Interval, or None"))
    level: float | None = attrs.field(default=None, validator=_number_or_none)
    numerator: float | None = attrs.field(default=None, validator=_number_or_none)
    denominator: float | None = attrs.field(default=None, validator=_number_or_none)
    source: AnySource | None = attrs.field(
        default=None, validator=of_kind(Source, NoOfficialSource, NoneType, expected="a Source, NoOfficialSource, or None")
    )

    def __attrs_post_init__(self) -> None:
        key = self.indicator.key
        self._check_numbers()
        if (self.lower is not None or self.upper is not None) != (self.interval is not None):
            raise InvalidValue(what=f"{key}: interval", expected="what the bounds mean, where there are bounds and only there")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise InvalidValue(what=f"{key}: bounds", expected="lower not above upper")
        if self.level is not None and not 0 < self.level < 1:
            raise InvalidValue(what=f"{key}: level", expected="a probability between 0 and 1")

    def _check_numbers(self) -> None:
        key, units = self.indicator.key, self.indicator.unit
        parts = [part for part in (self.value, self.lower, self.upper) if isinstance(part, Quantity)]
        for part in parts:
            if part.dimensionality != unit(units).dimensionality:
                raise UnitError(what=f"{key} is in {unit(units)}, and {part.units} is something else")
        numbers = (*(part.magnitude for part in parts), self.numerator, self.denominator)
        if not all(math.isfinite(number) for number in numbers if number is not None):
            raise InvalidValue(what=f"{key}: numbers", expected="finite ones, or a Withheld that says why there is none")

    @classmethod
    def of(cls, indicator: Indicator, value: float | Withheld, **fields: Any) -> Self:
        """A reading from plain numbers, taken to be in the indicator's own unit.

        Args:
            indicator: What is measured.
            value: The number, or the reason there is none.
            **fields: The other fields; ``lower`` and ``upper`` as plain numbers too.
        """
        for name in ("lower", "upper"):
            if isinstance(fields.get(name), Real):
                fields[name] = quantity(fields[name], indicator.unit)
        given = value if isinstance(value, Withheld) else quantity(value, indicator.unit)
        return cls(indicator=indicator, value=given, **fields)

    @property
    def number(self) -> float | None:
        """The value in the indicator's unit, or None where it is withheld."""
        return None if isinstance(self.value, Withheld) else float(self.value.m_as(self.indicator.unit))

    @property
    def withheld(self) -> Withheld | None:
        """Why there is no value, or None where there is one."""
        return self.value if isinstance(self.value, Withheld) else None

    def bound(self, which: str) -> float | None:
        """``"lower"`` or ``"upper"`` in the indicator's unit, or None.

        Args:
            which: ``"lower"`` or ``"upper"``.

        Raises:
            InvalidValue: ``which`` is neither.
        """
        if which not in {"lower", "upper"}:
            raise InvalidValue(what="which", expected='"lower" or "upper"')
        part: Quantity | None = getattr(self, which)
        return None if part is None else float(part.m_as(self.indicator.unit))

    def __str__(self) -> str:
        where = f" in {self.area}" if self.area else ""
        by = "".join(f", {name} {value if value is not None else 'not recorded'}" for name, value in self.dims)
        said = f"{self.indicator.title}{where}{by}, {self.period}: {self._said()}"
        return f"{said} ({self.source})" if self.source else said

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"

    def _said(self) -> str:
        number = self.number
        text = str(self.withheld) if number is None else with_unit(number, self.indicator.unit)
        if self.interval is not None:
            level = f"{100 * self.level:.4g}% " if self.level else ""
            text += f" ({level}{_INTERVALS[self.interval]} {self._span()})"
        if self.denominator is not None and self.numerator is not None:
            text += f", {written(self.numerator)} of {written(self.denominator)}"
        return text

    def _span(self) -> str:
        low, high = (None if bound is None else written(bound) for bound in (self.bound("lower"), self.bound("upper")))
        return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"


_INTERVALS = {
    Interval.CONFIDENCE: "confidence interval",
    Interval.PREDICTION: "prediction interval",
    Interval.ROUNDING: "before rounding",
    Interval.BOUNDS: "bounds",
}


def written(number: float) -> str:
    """A number as a sentence prints it: thousands parted, at most one decimal, a true minus.

    A number that is not zero is never printed as zero: it gets as many decimals as it needs for its first digit.

    Example:
        >>> written(12157.0), written(47.13), written(-2.0), written(0.034)
        ('12,157', '47.1', '−2', '0.03')
    """
    if not math.isfinite(number):
        return "not a number"
    text = f"{number:,.1f}".removesuffix(".0")
    if text in {"0", "-0"} and number != 0:
        text = f"{number:.{-math.floor(math.log10(abs(number)))}f}".rstrip("0")
    return "0" if text == "-0" else text.replace("-", "−")


def with_unit(number: float, units: str) -> str:
    """A number with its unit as a sentence prints it.

    Example:
        >>> with_unit(52.0, "percent"), with_unit(7000.0, "GBP/week"), with_unit(1.0, "child"), with_unit(-332000.0, "GBP")
        ('52%', '£7,000 a week', '1 child', '−£332,000')
    """
    text = written(number)
    name = symbol(units, singular=text in {"1", "−1"})
    if name.startswith("£"):
        return f"−£{text[1:]}{name[1:]}" if text.startswith("−") else f"£{text}{name[1:]}"
    return f"{text}{name}" if name.startswith("%") else f"{text} {name}".strip()


def definition_table(caption: str, said: Mapping[str, str]) -> str:
    """What is said of one thing, as an HTML table that a screen reader can follow.

    Args:
        caption: What it is said of.
        said: Headings and what stands beside them, as plain text: it is escaped here.

    Example:
        >>> definition_table("Contacts", {"Kind": "flow & so on"})
        '<table><caption>Contacts</caption><tbody><tr><th scope="row">Kind</th><td>flow &amp; so on</td></tr></tbody></table>'
    """
    rows = "".join(f'<tr><th scope="row">{escape(head)}</th><td>{escape(text)}</td></tr>' for head, text in said.items())
    return f"<table><caption>{escape(caption)}</caption><tbody>{rows}</tbody></table>"
