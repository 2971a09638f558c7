"""Deficits out of surpluses: how many places are needed from outside, and the first year in which there are too few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import enter
from bucks_cs.indicators import Better, Indicator, Kind, Measure, Reading
from bucks_cs.periods import Period
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast
from bucks_cs.sufficiency.calculations.surplus import SURPLUS, SURPLUS_OF_HOMES
from bucks_cs.sufficiency.model.first_deficit import Deficit, FirstYearOfDeficit

__all__ = ["HOMES_FROM_OUTSIDE", "PLACES_FROM_OUTSIDE", "first_year_of_deficit", "places_from_outside"]

PLACES_FROM_OUTSIDE = Indicator(
    key="sufficiency.places_from_outside",
    title="Places needed from outside",
    counts="children for whom the places in education of their group do not suffice: its deficit, 0 where it has none",
    leaves_out="places free in other groups, which are taken to suit none of them",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="place",
    better=Better.LOWER,
    sources=SURPLUS.sources,
)

HOMES_FROM_OUTSIDE = Indicator(
    key="sufficiency.homes_from_outside",
    title="Places in homes needed from outside",
    counts="children in care for whom the places in homes of their group do not suffice: its deficit, 0 where it has none",
    leaves_out="places free in other groups, which are taken to suit none of them",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="place",
    better=Better.LOWER,
    sources=SURPLUS_OF_HOMES.sources,
)

_OUTSIDE: Mapping[str, Indicator] = {SURPLUS.key: PLACES_FROM_OUTSIDE, SURPLUS_OF_HOMES.key: HOMES_FROM_OUTSIDE}
_AFTER_MARGIN = "_after_margin"


def places_from_outside(surpluses: Readings[FrameT]) -> Readings[FrameT]:
    """Places that have to be found outside what the surpluses count: the deficit of each group and time, 0 where there is none.

    Finer groups give no less: a place free in Wycombe is no place in Aylesbury. So the groups add up to the places from outside
    of the whole, or to more.

    Args:
        surpluses: What `surplus` or `surplus_of_homes` gave, without a margin.

    Returns:
        Places, 0 or more, under ``sufficiency.places_from_outside`` or ``sufficiency.homes_from_outside``, in the same kind of
        frame, lazy if it was; nothing runs. Bounds are turned about: the most are needed where the surplus is at its lowest. A
        gap keeps its reason.

    Raises:
        InvalidValue: It is no readings of a surplus, or of one after a margin: places kept free are not short.

    Source:
        None official, as `surplus`.

    Example:
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.readings import Readings
        >>> from bucks_cs.sufficiency import SURPLUS, places_from_outside
        >>> short = Readings.of([Reading.of(SURPLUS, -11, period=AcademicYear("2024/25"))])
        >>> print(places_from_outside(short).at())
        Places needed from outside, 2024/25 academic year: 11 places
    """
    indicator = _one_surplus(surpluses)
    if indicator.key not in _OUTSIDE:
        raise InvalidValue(what="surpluses", expected="a surplus without a margin: places that are kept free are not short")
    native, home = enter(surpluses.frame)
    lazy = recast(native, surpluses.by)
    out = lazy.with_columns(
        nw.lit(_OUTSIDE[indicator.key].key).alias("indicator"),
        _short("value").alias("value"),
        _short("upper").alias("lower"),
        _short("lower").alias("upper"),
    )
    source = None if surpluses.other_sources else surpluses.source
    return Readings.worked_out(out, home=home, indicators=_OUTSIDE[indicator.key], by=surpluses.by, source=source)


def _short(name: str) -> nw.Expr:
    """Less than nothing turned about, and nothing where there is some; null stays null."""
    return nw.when(nw.col(name) < 0).then(0 - nw.col(name)).otherwise(nw.when(~nw.col(name).is_null()).then(nw.lit(0.0)))


def _one_surplus(surpluses: Any) -> Indicator:
    known = {f"{key}{ending}" for key in _OUTSIDE for ending in ("", _AFTER_MARGIN)}
    if not isinstance(surpluses, Readings) or len(surpluses.indicators) != 1 or surpluses.indicators[0].key not in known:
        raise InvalidValue(what="surpluses", expected="readings of one indicator, a surplus, as surplus() gives them")
    return surpluses.indicators[0]


def first_year_of_deficit(surpluses: Readings[Any]) -> tuple[FirstYearOfDeficit, ...]:
    """The first year in which each group has fewer places than children who need one, of the years given.

    A year that cannot be known may be one of deficit: with such a year before the first known deficit, or with none known after
    it, which is the first one cannot be known. Its bounds can: ``earliest`` is the first year in which there may be a deficit,
    and ``latest`` the first in which there must be one.

    Args:
        surpluses: What `surplus` or `surplus_of_homes` gave; lazy ones are run.

    Returns:
        One for each area and group, in their order, not recorded last. A year that one group has and another lacks cannot be
        known for that other.

    Raises:
        InvalidValue: It is no readings of one surplus.

    Source:
        This library's own.

    Example:
        >>> from bucks_cs.indicators import Interval, Reading
        >>> from bucks_cs.periods import AcademicYear
        >>> from bucks_cs.readings import Readings
        >>> from bucks_cs.sufficiency import SURPLUS, first_year_of_deficit
        >>> bounds = {"2024/25": (10, 10, 10), "2025/26": (2, -4, 8), "2026/27": (-7, -18, 4), "2027/28": (-16, -30, -2)}
        >>> surpluses = Readings.of([Reading.of(SURPLUS, value, lower=low, upper=high, interval=Interval.BOUNDS,
        ...     period=AcademicYear(year)) for year, (value, low, high) in bounds.items()])
        >>> print(*first_year_of_deficit(surpluses))
        all: 2026/27 academic year (possible from 2025/26, certain from 2027/28)
    """
    _one_surplus(surpluses)
    found: dict[tuple[str | None, tuple[tuple[str, str | None], ...]], dict[Period, Reading]] = {}
    for reading in surpluses:
        found.setdefault((reading.area, reading.dims), {})[reading.period] = reading
    given = {reading.period for series in found.values() for reading in series.values()}
    years = sorted(given, key=lambda period: (period.start, period.end))
    keys = sorted(found, key=lambda key: (_nulls_last(key[0]), [_nulls_last(value) for _, value in key[1]]))
    return tuple(_first(area, dims, years, found[area, dims]) for area, dims in keys)


def _nulls_last(text: str | None) -> tuple[bool, str]:
    return text is None, text or ""


def _first(
    area: str | None, dims: tuple[tuple[str, str | None], ...], years: Sequence[Period], series: Mapping[Period, Reading]
) -> FirstYearOfDeficit:
    deficit, first = Deficit.NONE_IN_THE_YEARS_GIVEN, None
    for year in years:
        number = series[year].number if year in series else None
        if number is None:
            deficit = Deficit.CANNOT_BE_KNOWN
            break
        if number < 0:
            deficit, first = Deficit.IN_A_YEAR, year
            break
    return FirstYearOfDeficit(
        area=area,
        dims=dims,
        years=tuple(years),
        deficit=deficit,
        year=first,
        earliest=next((year for year in years if _may_be_short(series.get(year))), None),
        latest=next((year for year in years if _must_be_short(series.get(year))), None),
    )


def _may_be_short(reading: Reading | None) -> bool:
    lowest = None if reading is None else reading.bound("lower") if reading.lower is not None else reading.number
    return lowest is None or lowest < 0


def _must_be_short(reading: Reading | None) -> bool:
    highest = None if reading is None else reading.bound("upper") if reading.upper is not None else reading.number
    return highest is not None and highest < 0
