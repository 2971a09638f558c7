"""The measures in a published file, as readings under the same keys as the measures from a council's own rows."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.frames.engine import small_table
from bucks_cs.indicators import Indicator, Interval, Kind, Measure
from bucks_cs.provenance import AnySource
from bucks_cs.published_files.headings import PublishedFile
from bucks_cs.published_files.rows import PublishedRows, published_rows
from bucks_cs.readings import Readings

__all__ = ["EXACT", "TO_ONE_DECIMAL", "TO_TEN_ABOVE", "Published", "Rounding", "read_published", "readings_of"]

_WHOLE = 100.0


def _unit_or_none(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and (not isinstance(value, (int, float)) or isinstance(value, bool) or not value > 0):
        raise InvalidValue(what=f"Rounding.{attribute.name}", expected="what it is rounded to, such as 10 or 0.1, or None")


@attrs.frozen(kw_only=True)
class Rounding:
    """What a figure is rounded to: 10 for the nearest 10, 0.1 for one decimal; None where it is exact.

    Args:
        authority: The figure of an authority.
        above: The figure of a region or England.
    """

    authority: float | None = attrs.field(default=None, validator=_unit_or_none)
    above: float | None = attrs.field(default=None, validator=_unit_or_none)


EXACT = Rounding()
"""Not rounded."""

TO_ONE_DECIMAL = Rounding(authority=0.1, above=0.1)
"""Percentages and rates as DfE prints them."""

TO_TEN_ABOVE = Rounding(above=10)
"""Exact for an authority, to the nearest 10 for regions and England: the counts of children in need."""


@attrs.frozen(kw_only=True)
class Published:
    """A measure in a published file.

    Args:
        indicator: The measure.
        value: The figure that is its value.
        part: For a share, the figure that is its numerator; None where it is not published.
        whole: And its denominator, or the figures that add up to it.
        rounding: What its value is rounded to.
        dims: The group it is of, where a file has a column a group, such as ``{"primary_need": "ASD"}``; None for not recorded.

    Raises:
        InvalidValue: A part is of another kind.
    """

    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    value: str = attrs.field(validator=of_kind(str, expected="the name of a figure"))
    part: str | None = None
    whole: str | tuple[str, ...] | None = None
    rounding: Rounding = attrs.field(validator=of_kind(Rounding, expected="a Rounding"))
    dims: Mapping[str, str | None] = attrs.field(factory=dict)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures it is read from, its value first."""
        whole = (self.whole,) if isinstance(self.whole, str) else self.whole or ()
        return tuple(dict.fromkeys((self.value, *([self.part] if self.part else []), *whole)))


def read_published(
    frame: Any, file: PublishedFile, measures: Iterable[Published], *, by: str | None = None, source: AnySource | None = None
) -> Readings[Any]:
    """A published data file as readings: what every reader of one does.

    Args:
        frame: The path of the CSV file, or a frame of it of any engine.
        file: Which file it is.
        measures: What is to be read in it. One whose value the release does not have is passed over.
        by: The topic to break down by, one of the file's; None for the totals.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        Readings of the kind of frame that came in, polars for a path; lazy if it was, and then one query of counts has run.
        An area is its LA number or, above an authority, its ONS code; a figure withheld keeps its reason, and a figure that is
        rounded has the bounds of its rounding. Broken down by the topic, and by the ``dims`` of the measures if they have any.

    Raises:
        FrameProblems: The file cannot be read: see `published_rows`.
        InvalidValue: There is no such file or topic; no measures, or measures with different ``dims``.
        UnsupportedFrame: It is neither a path nor a frame.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.indicators import Better
        >>> from bucks_cs.provenance import Source, published
        >>> from bucks_cs.published_files import PublishedFile, Timing, kept
        >>> workforce = Source(title="Children's social work workforce", publisher="Department for Education",
        ...     date=published("2026-02"), place="data file csww_indicators")
        >>> file = PublishedFile(name="csww_indicators", about="social workers", publication=workforce, latest_release=2025,
        ...     timing=Timing(identifiers="Reporting year", ends=(9, 30)),
        ...     headings={"agency_percent": kept("agency_rate_fte", 2025)})
        >>> agency = Indicator(key="workforce.agency", title="Agency social workers", counts="agency workers",
        ...     measure=Measure.SHARE, kind=Kind.STOCK, unit="percent", better=Better.LOWER, sources=workforce)
        >>> frame = pl.DataFrame({"time_period": [2025], "time_identifier": ["Reporting year"], "geographic_level": ["National"],
        ...     "country_code": ["E92000001"], "region_code": [None], "new_la_code": [None], "agency_rate_fte": [13.0]})
        >>> share = Published(indicator=agency, value="agency_percent", rounding=TO_ONE_DECIMAL)
        >>> for reading in read_published(frame, file, [share]):
        ...     print(reading.area, reading.period, reading.number, reading.source.title)
        E92000001 30 September 2025 13.0 Children's social work workforce, reporting year 2025
    """
    asked = tuple(measures)
    _need_measures(asked)
    figures = dict.fromkeys(name for measure in asked for name in measure.figures)
    rows = published_rows(frame, file, by=by, figures=figures)
    return readings_of(rows, asked, source=rows.source if source is None else source)


def readings_of(rows: PublishedRows, measures: Iterable[Published], *, source: AnySource) -> Readings[Any]:
    """The measures of a published file as readings; nothing runs.

    Args:
        rows: The rows of the file.
        measures: What is to be read in them; those it has no figure of are passed over.
        source: Where they are from.

    Raises:
        InvalidValue: No measure can be read, or they have different ``dims``.
    """
    there = [measure for measure in measures if set(measure.figures) <= rows.figures]
    _need_measures(there)
    by = (*rows.by, *there[0].dims)
    indicators = list({measure.indicator.key: measure.indicator for measure in there}.values())
    return Readings.worked_out(_long(rows, there), home=rows.home, indicators=indicators, by=by, source=source)


def _need_measures(measures: Iterable[Any]) -> None:
    given = tuple(measures)
    if not given or not all(isinstance(measure, Published) for measure in given):
        raise InvalidValue(what="measures", expected="one or more Published measures, of figures that the file has")
    if len({tuple(measure.dims) for measure in given}) > 1:
        raise InvalidValue(what="measures", expected="measures of the same dims")


def _long(rows: PublishedRows, measures: Sequence[Published]) -> nw.LazyFrame[Any]:
    """Each measure of every row, in the columns of readings: the rows are gone through once, however many measures there are."""
    crossed = rows.lazy.join(_beside(rows.lazy, measures), how="cross")
    value = _of_each(measures, lambda measure: nw.col(measure.value), nw.Float64)
    half = nw.when(nw.col("above")).then(nw.col("__half_above")).otherwise(nw.col("__half_authority"))
    low, high = nw.col("value") - half, nw.col("value") + half
    high = nw.when(nw.col("__is_share") & (high > _WHOLE)).then(nw.lit(_WHOLE)).otherwise(high)
    long = crossed.with_columns(
        value=value,
        withheld=_of_each(measures, lambda measure: nw.col(f"{measure.value}_withheld"), nw.String),
        numerator=_of_each(measures, lambda measure: _sum_of(measure.part), nw.Float64),
        denominator=_of_each(measures, lambda measure: _sum_of(measure.whole), nw.Float64),
        **{
            f"period_{part}": nw.when(nw.col("__is_stock")).then(nw.col(f"stock_{part}")).otherwise(nw.col(part))
            for part in ("kind", "start", "end")
        },
    )
    return long.with_columns(
        lower=nw.when(low < 0).then(nw.lit(0.0)).otherwise(low),
        upper=high,
        interval=nw.when(~high.is_null()).then(nw.lit(Interval.ROUNDING.value)),
    )


def _beside(like: nw.LazyFrame[Any], measures: Sequence[Published]) -> nw.LazyFrame[Any]:
    """What is known of each measure, as a small table: its number, its group, what it is rounded to."""
    data: dict[str, list[Any]] = {
        "__measure": list(range(len(measures))),
        "indicator": [measure.indicator.key for measure in measures],
        "__is_stock": [measure.indicator.kind is Kind.STOCK for measure in measures],
        "__is_share": [measure.indicator.measure is Measure.SHARE for measure in measures],
        "__half_above": [_half(measure.rounding.above) for measure in measures],
        "__half_authority": [_half(measure.rounding.authority) for measure in measures],
        **{name: [measure.dims[name] for measure in measures] for name in measures[0].dims},
    }
    types = [nw.Int64, nw.String, nw.Boolean, nw.Boolean, nw.Float64, nw.Float64, *(nw.String for _ in measures[0].dims)]
    return small_table(like, data, dict(zip(data, types, strict=True)))


def _half(unit: float | None) -> float | None:
    return None if unit is None else unit / 2


def _of_each(measures: Sequence[Published], of: Callable[[Published], nw.Expr | None], dtype: Any) -> nw.Expr:
    """A figure of the row's own measure; null where that has none."""
    found: nw.Expr = nw.lit(None, dtype=dtype)
    for number, measure in enumerate(measures):
        figure = of(measure)
        if figure is not None:
            found = nw.when(nw.col("__measure") == number).then(figure).otherwise(found)
    return found


def _sum_of(names: str | tuple[str, ...] | None) -> nw.Expr | None:
    several = (names,) if isinstance(names, str) else names or ()
    return reduce(operator.add, (nw.col(name) for name in several)) if several else None
