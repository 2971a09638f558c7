"""Rows and objects: a `Reading` becomes a row of the long frame, and a row a `Reading` again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import polars as pl

from bucks_cs import periods
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Indicator, Interval, Reading, Withheld
from bucks_cs.provenance import AnySource
from bucks_cs.readings.table import NUMBERS, columns, keys

__all__ = ["Key", "dim_text", "frame_of", "key_of", "key_of_row", "keys_in", "reading_of", "shared_dims", "sources_of"]

Key: TypeAlias = tuple[str, str | None, tuple[str | None, ...], str, dt.date, dt.date]
"""What no two readings of one frame share: indicator, area, dims, and kind, start and end of the period."""


def dim_text(value: Any) -> str | None:
    """A cell of a ``by`` column as the text of a `Reading`'s dims, alike on every engine.

    pandas makes a whole number beside a gap a float, and a date midnight; both come back as what they were.

    Args:
        value: The cell.
    """
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time.min and value.tzinfo is None:
        return value.date().isoformat()
    return str(value)


def key_of(reading: Reading) -> Key:
    """The key of a reading.

    Args:
        reading: The reading.
    """
    dims = tuple(value for _, value in reading.dims)
    return reading.indicator.key, reading.area, dims, str(reading.period.kind), reading.period.start, reading.period.end


def key_of_row(row: Mapping[str, Any], by: Sequence[str]) -> Key:
    """The key of a row.

    Args:
        row: A row of the long frame.
        by: What it is broken down by.
    """
    dims = tuple(dim_text(row[name]) for name in by)
    return row["indicator"], row["area"], dims, row["period_kind"], row["period_start"], row["period_end"]


def reading_of(
    row: Mapping[str, Any], *, indicators: Mapping[str, Indicator], by: Sequence[str], source: AnySource | None
) -> Reading:
    """The reading that a row of the long frame holds.

    Args:
        row: A row of the long frame.
        indicators: The definitions, by key.
        by: What it is broken down by.
        source: Where it is from.
    """
    gap, interval = row["withheld"], row["interval"]
    return Reading.of(
        indicators[row["indicator"]],
        row["value"] if gap is None else Withheld(gap),
        area=row["area"],
        period=periods.from_bounds(row["period_kind"], row["period_start"], row["period_end"]),
        dims=tuple((name, dim_text(row[name])) for name in by),
        interval=None if interval is None else Interval(interval),
        source=source,
        **{name: row[name] for name in ("lower", "upper", "level", "numerator", "denominator")},
    )


def _row_of(reading: Reading) -> dict[str, Any]:
    start, end = reading.period.start, reading.period.end
    row: dict[str, Any] = {"indicator": reading.indicator.key, "area": reading.area, **dict(reading.dims)}
    row |= {"period_kind": str(reading.period.kind), "period_start": start, "period_end": end}
    row |= {"value": reading.number, "lower": reading.bound("lower"), "upper": reading.bound("upper")}
    row |= {"interval": reading.interval.value if reading.interval else None}
    row |= {
        name: None if getattr(reading, name) is None else float(getattr(reading, name))
        for name in ("level", "numerator", "denominator")
    }
    return {**row, "withheld": reading.withheld.value if reading.withheld else None}


def frame_of(readings: Iterable[Reading], by: Sequence[str]) -> pl.DataFrame:
    """Readings as a long polars frame, in the indicators' own units, not sorted and not checked.

    Args:
        readings: The readings; all with the same dims.
        by: The names of those.
    """
    rows = [_row_of(reading) for reading in readings]
    types: dict[str, Any] = dict.fromkeys(columns(by), pl.String) | dict.fromkeys(NUMBERS, pl.Float64)
    types |= dict.fromkeys(("period_start", "period_end"), pl.Date)
    return pl.DataFrame({name: [row[name] for row in rows] for name in types}, schema=types)


def shared_dims(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The names of the dims that all the readings have.

    Args:
        readings: The readings.

    Raises:
        InvalidValue: Two are broken down by different things.
    """
    found = {tuple(name for name, _ in reading.dims) for reading in readings}
    if len(found) > 1:
        raise InvalidValue(what="readings", expected="the same dims in the same order on each, since they share one frame")
    return next(iter(found), ())


def sources_of(readings: Iterable[Reading]) -> tuple[AnySource | None, tuple[tuple[Key, AnySource | None], ...]]:
    """The source that most readings have, and by key those of the others.

    Args:
        readings: The readings.
    """
    given = [(key_of(reading), reading.source) for reading in readings]
    counts: dict[AnySource | None, int] = {}
    for _, source in given:
        counts[source] = counts.get(source, 0) + 1
    most = max(counts, key=lambda source: counts[source], default=None)
    return most, tuple((key, source) for key, source in given if source != most)


def keys_in(frame: pl.DataFrame, by: Sequence[str]) -> Iterator[Key]:
    """The key of each row of a frame.

    Args:
        frame: A long frame.
        by: What it is broken down by.
    """
    return (key_of_row(row, by) for row in frame.select(keys(by)).iter_rows(named=True))
