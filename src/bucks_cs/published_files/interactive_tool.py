"""DfE's Local authority interactive tool: one long file of every measure, whose values are text, as readings.

A row of it is a measure (``Short Desc``), a year (``Years``), an area by its number (``LA Number``, in which England is 970 and a
region 980 to 990) and a value. What is a measure's year is not in the file: a `ToolMeasure` says it. Its mark for a gap is ``-``,
which is read as ``x``.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import narwhals as nw
import polars as pl

from bucks_cs.errors import FrameProblems, InvalidValue, Problem, UnsupportedFrame, did_you_mean, of_kind
from bucks_cs.frames.engine import collect, enter, sealed, small_table
from bucks_cs.geography import england, lookup_rows, parts_of_london, regions
from bucks_cs.indicators import Indicator, Measure
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource, DateBounds, Source
from bucks_cs.published_files.figures import SYMBOLS, figure, is_unread, text_of
from bucks_cs.published_files.opening import heading_names, opened
from bucks_cs.published_files.rounding import HALVES, Rounding, bounds_of_rounding, halves
from bucks_cs.readings import Readings

__all__ = ["ToolMeasure", "read_interactive_tool"]

_SCHEMA = "DfE's Local authority interactive tool"
_MEASURE, _YEARS, _NUMBER, _VALUE = "Short Desc", "Years", "LA Number", "Values"
_NEEDED = (_MEASURE, _YEARS, _NUMBER, _VALUE)
_PLACE = "measure "
_YEAR = r"^[0-9]{4}( \((prov|rev|final)\))?$"
_SPANS = range(2000, 2051)
_WHOLE = 100.0
_AREA = {"__number": nw.String, "area": nw.String, "above": nw.Boolean}
_CALENDAR: dict[str, Any] = {"__measure": nw.String, "__year": nw.String, "indicator": nw.String, "period_kind": nw.String}
_CALENDAR |= {"period_start": nw.Date, "period_end": nw.Date, "__is_share": nw.Boolean, **HALVES}


@attrs.frozen(kw_only=True)
class ToolMeasure:
    """A measure of the tool, and the indicator it is the published figure of.

    Args:
        source: The measure in the tool: its place is ``measure`` and what stands in ``Short Desc``, its date the tool's own.
        indicator: The indicator.
        rounding: What its values are rounded to.
        period: The period of a year of the tool, such as ``AcademicYear.ending``.

    Raises:
        InvalidValue: A part is of another kind, or the place of the source names no measure.
    """

    source: Source = attrs.field(validator=of_kind(Source, expected="a Source"))
    indicator: Indicator = attrs.field(validator=of_kind(Indicator, expected="an Indicator"))
    rounding: Rounding = attrs.field(validator=of_kind(Rounding, expected="a Rounding"))
    period: Callable[[int], Period]

    def __attrs_post_init__(self) -> None:
        made = None
        if callable(self.period):
            with suppress(Exception):
                made = self.period(_SPANS[0])
        if not isinstance(made, Period):
            raise InvalidValue(what="ToolMeasure.period", expected="what makes a period of a year, such as AcademicYear.ending")
        if not self.source.place.startswith(_PLACE):
            raise InvalidValue(
                what="ToolMeasure.source", expected='a Source at the place "measure" and its short name in the tool'
            )

    @property
    def name(self) -> str:
        """What stands in ``Short Desc``."""
        return self.source.place.removeprefix(_PLACE)


def read_interactive_tool(
    frame: Any, measures: ToolMeasure | Iterable[ToolMeasure], *, source: AnySource | None = None
) -> Readings[Any]:
    """Measures of the interactive tool as readings.

    Args:
        frame: The path of the long file (CSV or parquet), or a frame of it of any engine.
        measures: What is to be read in it; rows of other measures are passed over, whatever stands in them.
        source: The release; None for the tool, at the date it has of the measures.

    Returns:
        Readings of the kind of frame that came in, polars for a path; lazy if it was, and then one query of counts has run. An
        authority is named by its LA number, England, a region and each part of London by its ONS code. ``-`` is a gap, not
        available; a rounded value has the bounds of its rounding. What a year's label says of the edition (``2025 (prov)``) is
        left behind.

    Raises:
        FrameProblems: A column is missing, no row is of a measure that is asked for, or rows cannot be read: a year, an area, a
            value that is neither a number nor a symbol, one below 0, a percentage above 100, or two rows of one measure, area
            and year. Counts of rows, and no cell.
        InvalidValue: There is no such file, or no measures.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, *Local authority interactive tool*, ``bds_long`` and its data dictionary. That ``-`` is a value suppressed or not
        available is seen in the file; no definition of it was found.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.attainment import KEY_STAGE_2
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.published_files import Rounding, ToolMeasure, read_interactive_tool
        >>> tool = pl.DataFrame({"Short Desc": ["KS2RWM_Expected_STD"], "Years": ["2025"], "LA Number": [825.0],
        ...     "Values": ["65"]})
        >>> place = Source(title="Local authority interactive tool", publisher="Department for Education",
        ...     date=dt.date(2025, 12, 1), place="measure KS2RWM_Expected_STD")
        >>> measure = ToolMeasure(source=place, indicator=KEY_STAGE_2, rounding=Rounding(authority=1, above=1),
        ...     period=AcademicYear.ending)
        >>> found = read_interactive_tool(tool, measure).at()
        >>> print(found.area, found.period, found.number, found.bound("lower"), found.bound("upper"))
        825 2024/25 academic year 65.0 64.5 65.5
    """
    several: Any = (measures,) if isinstance(measures, ToolMeasure) else measures
    asked = tuple(several) if isinstance(several, Iterable) else ()
    if not asked or not all(isinstance(measure, ToolMeasure) for measure in asked):
        raise InvalidValue(what="measures", expected="one or more ToolMeasure")
    native = _opened(frame)
    there = heading_names(native)
    missing = [Problem(column=n, rule="there is no such column", hint=did_you_mean(n, there)) for n in _NEEDED if n not in there]
    if missing:
        raise FrameProblems(schema=_SCHEMA, problems=tuple(missing))
    lazy, home = enter(native, columns=_NEEDED)
    rows = _rows(lazy, asked)
    # Rows that were eager are read once; a lazy frame stays a plan.
    rows = rows if home.engine.is_lazy else nw.from_native(collect(rows).lazy())
    _need_good_rows(rows, asked)
    own = _source(asked) if source is None else source
    dated = rows.with_columns(nw.col("value_withheld").alias("withheld"), **bounds_of_rounding())
    return Readings.worked_out(dated, home=home, indicators=[measure.indicator for measure in asked], source=own)


def _opened(frame: Any) -> Any:
    if isinstance(frame, (str, os.PathLike)) and Path(frame).suffix == ".parquet" and Path(frame).is_file():
        return sealed(lambda: pl.read_parquet(Path(frame)), what="reading the parquet file")
    if frame is None:
        raise UnsupportedFrame(kind="NoneType")
    return opened(frame)


def _source(asked: tuple[ToolMeasure, ...]) -> Source:
    """The tool at its date of the one measure, or between its dates of several."""
    first = asked[0].source
    if len(asked) == 1:
        return first
    days = [bound for measure in asked for bound in _bounds(measure.source.date)]
    dates = DateBounds(earliest=min(days), latest=max(days), why="its measures have dates of their own between the two")
    return attrs.evolve(first, date=dates, place=f"measures {', '.join(measure.name for measure in asked)}")


def _bounds(date: dt.date | DateBounds) -> tuple[dt.date, dt.date]:
    return (date.earliest, date.latest) if isinstance(date, DateBounds) else (date, date)


def _rows(lazy: nw.LazyFrame[Any], asked: tuple[ToolMeasure, ...]) -> nw.LazyFrame[Any]:
    """The rows of the measures, with their area, their period and their figure, as far as each can be read."""
    types = dict(sealed(lazy.collect_schema, what="reading the frame's columns"))
    name = nw.col(_MEASURE).cast(nw.String).str.strip_chars()
    mine = lazy.with_columns(name.alias("__measure")).filter(nw.col("__measure").is_in([measure.name for measure in asked]))
    years = text_of(_YEARS, types[_YEARS])
    dated = years.str.to_lowercase().str.contains(_YEAR).fill_null(value=False)
    selected = mine.select(
        "__measure",
        nw.when(dated).then(years.str.slice(0, 4)).alias("__year"),
        text_of(_NUMBER, types[_NUMBER]).str.replace_all(r"\.0+$", "").alias("__number"),
        *figure(_VALUE, types[_VALUE], name="value"),
    )
    joined = selected.join(_areas(selected), on="__number", how="left")
    return joined.join(_calendar(joined, asked), on=["__measure", "__year"], how="left")


def _areas(like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The number of each area in the tool, its key in readings, and whether it is above an authority."""
    authorities = {row["la_number"]: row["la_number"] for row in lookup_rows()}
    known = [(each.lait_number, each.key) for each in (*regions(), *parts_of_london())]
    above = {number: key for number, key in (*known, (england().lait_number, england().key)) if number is not None}
    data: dict[str, list[Any]] = {
        "__number": [*authorities, *above],
        "area": [*authorities.values(), *above.values()],
        "above": [False] * len(authorities) + [True] * len(above),
    }
    return small_table(like, data, _AREA)


def _calendar(like: nw.LazyFrame[Any], asked: tuple[ToolMeasure, ...]) -> nw.LazyFrame[Any]:
    """Each measure in each year: its period, its indicator, and half of what it is rounded to."""
    rows = [(measure, year, measure.period(year)) for measure in asked for year in _SPANS]
    data: dict[str, list[Any]] = {
        "__measure": [measure.name for measure, _, _ in rows],
        "__year": [str(year) for _, year, _ in rows],
        "indicator": [measure.indicator.key for measure, _, _ in rows],
        "period_kind": [str(period.kind) for _, _, period in rows],
        "period_start": [period.start for _, _, period in rows],
        "period_end": [period.end for _, _, period in rows],
        "__is_share": [measure.indicator.measure is Measure.SHARE for measure, _, _ in rows],
        **halves(measure.rounding for measure, _, _ in rows),
    }
    return small_table(like, data, _CALENDAR)


def _need_good_rows(rows: nw.LazyFrame[Any], asked: tuple[ToolMeasure, ...]) -> None:
    """Make sure that every row can be read: one query, which brings back counts."""
    value = nw.col("value")
    finite = value.is_finite().fill_null(value=False)
    too_much = nw.col("__is_share").fill_null(value=False) & (value > _WHOLE) & finite
    tests = {
        _YEARS: ("is no year, such as 2025 or 2025 (prov)", nw.col("period_start").is_null()),
        _NUMBER: ("is the number of no authority, region or England", nw.col("area").is_null()),
        _VALUE: (f"is neither a number nor one of {', '.join(SYMBOLS)}", is_unread("value")),
        f"{_VALUE} ": ("is below 0, or a percentage above 100", ((value < 0) & finite | too_much).fill_null(value=False)),
    }
    flags = {f"__test_{n}": test.cast(nw.Int64) for n, (_, test) in enumerate(tests.values())}
    sums = [nw.col(name).sum() for name in flags]
    of_key = rows.with_columns(**flags).group_by("__measure", "area", "__year").agg(nw.len().alias("__n"), *sums)
    placed = ~nw.col("area").is_null() & ~nw.col("__year").is_null() & (nw.col("__n") > 1)
    twice = nw.when(placed).then(nw.col("__n")).otherwise(0).sum().alias("twice")
    counts = collect(of_key.group_by("__measure").agg(twice, *sums)).to_dicts()
    problems = [
        Problem(column=column.strip(), rule=rule, rows=found)
        for n, (column, (rule, _)) in enumerate(tests.items())
        if (found := sum(int(row[f"__test_{n}"]) for row in counts))
    ]
    if repeated := sum(int(row["twice"]) for row in counts):
        columns = f"{_MEASURE}, {_NUMBER}, {_YEARS}"
        problems.append(Problem(column=columns, rule="more than one row has the same", rows=repeated))
    absent = [measure.name for measure in asked if measure.name not in {row["__measure"] for row in counts}]
    problems += [Problem(column=_MEASURE, rule=f"no row is of {name}") for name in absent]
    if problems:
        raise FrameProblems(schema=_SCHEMA, problems=tuple(problems))
