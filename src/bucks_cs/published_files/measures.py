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
from bucks_cs.indicators import Indicator, Kind, Measure
from bucks_cs.provenance import AnySource
from bucks_cs.published_files.headings import PublishedFile, are_texts_by_column
from bucks_cs.published_files.rounding import HALVES, Rounding, bounds_of_rounding, halves
from bucks_cs.published_files.rows import PublishedRows, published_rows
from bucks_cs.readings import Readings

__all__ = ["Published", "read_published", "readings_of"]


def _text_or_none(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise InvalidValue(what=f"Published.{attribute.name}", expected="the name of a figure, or None")


def _names_or_none(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    several = (value,) if value is None or isinstance(value, str) else value
    if not isinstance(several, tuple) or not several or not all(name is value or isinstance(name, str) for name in several):
        raise InvalidValue(what=f"Published.{attribute.name}", expected="the name of a figure, a tuple of names, or None")


def _texts_by_column(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not are_texts_by_column(value):
        raise InvalidValue(what=f"Published.{attribute.name}", expected="columns, each with a tuple of the texts it is read from")


def _groups(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    names = {*value, *(text for text in value.values() if text is not None)} if isinstance(value, Mapping) else {None}
    if not all(isinstance(name, str) for name in names):
        raise InvalidValue(what=f"Published.{attribute.name}", expected="columns, each with a text or None")


@attrs.frozen(kw_only=True)
class Published:
    """A measure in a published file.

    Args:
        indicator: The measure.
        value: The figure that is its value.
        part: For a share, the figure that is its numerator; None where it is not published.
        whole: And its denominator, or the figures that add up to it.
        rounding: What its value is rounded to.
        rows: Which rows it is read from, where a file's rows are told apart by columns, such as ``{"cla_group": ("CLA on 31
            March",)}``; a column that is not named may hold any text, and is one of those the readings are broken down by.
        dims: The group it is of, where a file has a column a group, such as ``{"primary_need": "ASD"}``; None for not recorded.

    Raises:
        InvalidValue: A part is of another kind.
    """

    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    value: str = attrs.field(validator=of_kind(str, expected="the name of a figure"))
    part: str | None = attrs.field(default=None, validator=_text_or_none)
    whole: str | tuple[str, ...] | None = attrs.field(default=None, validator=_names_or_none)
    rounding: Rounding = attrs.field(validator=of_kind(Rounding, expected="a Rounding"))
    rows: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, validator=_texts_by_column)
    dims: Mapping[str, str | None] = attrs.field(factory=dict, validator=_groups)

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
        >>> from bucks_cs.published_files import TO_ONE_DECIMAL, PublishedFile, Timing, kept
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
    asked = _asked(measures)
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
        InvalidValue: ``rows`` are none, no measure can be read, they have different ``dims``, or one is read from rows that
            the file does not tell apart.
    """
    if not isinstance(rows, PublishedRows):
        raise InvalidValue(what="rows", expected="the rows of a published file, as published_rows has them")
    there = _asked(measure for measure in _asked(measures) if set(measure.figures) <= rows.figures)
    for measure in there:
        if not all(set(texts) <= set(rows.told_apart_by.get(name, ())) for name, texts in measure.rows.items()):
            raise InvalidValue(what="Published.rows", expected="columns that tell the file's rows apart, and texts they may hold")
    by = (*rows.by, *there[0].dims)
    indicators = list({measure.indicator.key: measure.indicator for measure in there}.values())
    return Readings.worked_out(_long(rows, there), home=rows.home, indicators=indicators, by=by, source=source)


def _asked(measures: object) -> tuple[Published, ...]:
    given = tuple(measures) if isinstance(measures, Iterable) else ()
    if not given or not all(isinstance(measure, Published) for measure in given):
        raise InvalidValue(what="measures", expected="one or more Published measures, of figures that the file has")
    if len({tuple(measure.dims) for measure in given}) > 1:
        raise InvalidValue(what="measures", expected="measures of the same dims")
    return given


def _long(rows: PublishedRows, measures: Sequence[Published]) -> nw.LazyFrame[Any]:
    """Each measure of every row, in the columns of readings: the rows are gone through once, however many measures there are."""
    crossed = _own_rows(rows.lazy.join(_beside(rows.lazy, measures), how="cross"), measures)
    value = _of_each(measures, lambda measure: nw.col(measure.value), nw.Float64)
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
    return long.with_columns(**bounds_of_rounding())


def _own_rows(crossed: nw.LazyFrame[Any], measures: Sequence[Published]) -> nw.LazyFrame[Any]:
    """Each measure beside the rows it is read from, and no others."""
    if not any(measure.rows for measure in measures):
        return crossed
    own = []
    for number, measure in enumerate(measures):
        there = [nw.col(name).is_in(list(texts)) for name, texts in measure.rows.items()]
        own.append(nw.all_horizontal(nw.col("__measure") == number, *there, ignore_nulls=False))
    return crossed.filter(nw.any_horizontal(*own, ignore_nulls=False))


def _beside(like: nw.LazyFrame[Any], measures: Sequence[Published]) -> nw.LazyFrame[Any]:
    """What is known of each measure, as a small table: its number, its group, what it is rounded to."""
    data: dict[str, list[Any]] = {
        "__measure": list(range(len(measures))),
        "indicator": [measure.indicator.key for measure in measures],
        "__is_stock": [measure.indicator.kind is Kind.STOCK for measure in measures],
        "__is_share": [measure.indicator.measure is Measure.SHARE for measure in measures],
        **halves(measure.rounding for measure in measures),
        **{name: [measure.dims[name] for measure in measures] for name in measures[0].dims},
    }
    types = [nw.Int64, nw.String, nw.Boolean, nw.Boolean, *HALVES.values(), *(nw.String for _ in measures[0].dims)]
    return small_table(like, data, dict(zip(data, types, strict=True)))


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
