"""Use of places: the children who need a place for each 100 there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT, NativeFrame
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.marking import area_number
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.sufficiency import sources
from bucks_cs.sufficiency.calculations.beside import totals
from bucks_cs.sufficiency.model.vocabulary import Missing
from bucks_cs.sufficiency.schema.shapes import EDUCATION, HOMES, Shape

__all__ = ["USE_OF_HOMES", "USE_OF_PLACES", "use_of_homes", "use_of_places"]

USE_OF_PLACES = Indicator(
    key="sufficiency.use_of_places",
    title="Children for each 100 places",
    counts="children who need a place in education, over the places there are; above 100 there are too few",
    leaves_out="whether the children are in those places: it is need over places, and not a school's roll over its capacity",
    measure=Measure.RATE,
    kind=Kind.STOCK,
    unit="percent",
    per=100,
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_PLACES_AND_NEED, sources.SCHOOL_CAPACITY),
)

USE_OF_HOMES = Indicator(
    key="sufficiency.use_of_homes",
    title="Children in care for each 100 places in homes",
    counts="children in care who need a home, over the places there are; above 100 there are too few",
    leaves_out="whether the children are in those places",
    measure=Measure.RATE,
    kind=Kind.STOCK,
    unit="percent",
    per=100,
    better=Better.NEITHER,
    sources=sources.NO_SERIES_OF_HOMES,
)


def use_of_places(
    places: FrameT | Checked[FrameT],
    *,
    need: NativeFrame | Checked[Any],
    by: str | Sequence[str] | None = None,
    missing: Missing = Missing.NOT_KNOWN,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Children who need a place for each 100 places, for each academic year and group.

    It is a ratio and no share: a special school named in a plan admits the child whatever its capacity is, so that above 100 is
    not a mistake.

    Args:
        places: Places, of any engine, or checked by `Places`.
        need: The children who need them, of the same engine or eager, or checked by `Need`.
        by: Columns to break it down by: ``"locality"``, ``"phase"``, ``"kind"``, ``"need"``, or several.
        missing: What it means that a line has no row in a year, as in `surplus`.
        area: The LA number the tables are of; None for the caller's own.
        source: Where they are from.

    Returns:
        A number per 100, 0 or more and not bounded by 100, with the children as numerator and the places as denominator, and
        ``bounds`` where some of the need has an interval. ``z`` where there are no places; ``x`` as in `surplus`.

    Raises:
        FrameProblems: A rule of `Places` or `Need` is broken; the others are as in `surplus`.

    Source:
        None official, as `surplus`. DfE's *School capacity* gives the capacity of special schools and pupils on their rolls.
        That a school named in a plan must admit the pupil "without regard to the notional capacity of the school": DfE, written
        answer 19718.

    Example:
        >>> import polars as pl
        >>> from bucks_cs import sufficiency
        >>> places = pl.DataFrame({"locality": "Wycombe", "phase": "primary", "kind": "SEN unit", "need": "SLCN",
        ...     "academic_year": ["2024/25"], "places": [40]})
        >>> need = places.select("locality", "phase", "kind", "need", "academic_year", children=46, lower=None, upper=None)
        >>> print(sufficiency.use_of_places(places, need=need).at())
        Children for each 100 places, 2024/25 academic year: 115 per 100, 46 over 40
    """
    return _use(places, need, USE_OF_PLACES, shape=EDUCATION, by=by, missing=missing, area=area, source=source)


def use_of_homes(
    homes: FrameT | Checked[FrameT],
    *,
    need: NativeFrame | Checked[Any],
    by: str | Sequence[str] | None = None,
    missing: Missing = Missing.NOT_KNOWN,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Children in care who need a home for each 100 places in homes, for each day and group.

    Args:
        homes: Places in homes, of any engine, or checked by `Homes`.
        need: The children who need them, of the same engine or eager, or checked by `NeedForHomes`.
        by: Columns to break it down by: ``"locality"``, ``"kind"``, ``"provider"``, or several.
        missing: What it means that a line has no row on a day, as in `surplus`.
        area: The LA number the tables are of; None for the caller's own.
        source: Where they are from.

    Returns:
        As `use_of_places`, on the days that either table has.

    Raises:
        FrameProblems: A rule of `Homes` or `NeedForHomes` is broken; the others are as in `surplus`.

    Source:
        None official, as `surplus_of_homes`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import sufficiency
        >>> homes = pl.DataFrame({"locality": None, "kind": ["children's home"], "provider": None, "day": dt.date(2023, 3, 31),
        ...     "places": [12]})
        >>> need = homes.select("locality", "kind", "provider", "day", children=9, lower=None, upper=None)
        >>> sufficiency.use_of_homes(homes, need=need).at().number
        75.0
    """
    return _use(homes, need, USE_OF_HOMES, shape=HOMES, by=by, missing=missing, area=area, source=source)


def _use(
    places: Any,
    need: Any,
    indicator: Indicator,
    *,
    shape: Shape,
    by: str | Sequence[str] | None,
    missing: Missing,
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    number = area_number(area)
    found = totals(places, need, shape=shape, by=by, missing=missing)
    there = nw.col("__places_known") & nw.col("__need_known")
    told = there & (nw.col("__places") > 0)
    bounded = told & (nw.col("__bounded") > 0)
    divisor = nw.when(told).then(nw.col("__places"))
    none = nw.when(there).then(nw.lit(Withheld.NOT_APPLICABLE.value)).otherwise(nw.lit(Withheld.NOT_AVAILABLE.value))
    out = found.lazy.with_columns(
        nw.lit(indicator.key).alias("indicator"),
        nw.lit(number).cast(nw.String).alias("area"),
        nw.when(told).then(nw.col("__children") / divisor * 100).alias("value"),
        nw.when(bounded).then(nw.col("__lower") / divisor * 100).alias("lower"),
        nw.when(bounded).then(nw.col("__upper") / divisor * 100).alias("upper"),
        nw.when(bounded).then(nw.lit(Interval.BOUNDS.value)).alias("interval"),
        nw.when(nw.col("__need_known")).then(nw.col("__children")).alias("numerator"),
        nw.when(nw.col("__places_known")).then(nw.col("__places")).alias("denominator"),
        nw.when(~told).then(none).alias("withheld"),
    )
    return Readings.worked_out(out, home=found.home, indicators=indicator, by=found.by, source=source)
