"""Surplus and deficit: places less the children who need them, each one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
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

__all__ = ["SURPLUS", "SURPLUS_OF_HOMES", "surplus", "surplus_of_homes", "surplus_of_shape"]

_LEFT_OUT = (
    "whether a place suits the child, and places that children of other authorities take, unless they are left out of the places"
)

SURPLUS = Indicator(
    key="sufficiency.surplus",
    title="Surplus of places",
    counts="places in education less the children who need them, each one place: below 0 is a deficit",
    leaves_out=_LEFT_OUT,
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="place",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_PLACES_AND_NEED, sources.CHILDREN_AND_FAMILIES_ACT_2014, sources.EDUCATION_ACT_1996),
)

SURPLUS_OF_HOMES = Indicator(
    key="sufficiency.surplus_of_homes",
    title="Surplus of places in homes for children in care",
    counts="places in homes for children in care less the children who need them, each one place: below 0 is a deficit",
    leaves_out=_LEFT_OUT,
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="place",
    better=Better.NEITHER,
    sources=(sources.NO_SERIES_OF_HOMES, sources.CHILDREN_ACT_1989),
)


def surplus(
    places: FrameT | Checked[FrameT],
    *,
    need: NativeFrame | Checked[Any],
    by: str | Sequence[str] | None = None,
    missing: Missing = Missing.NOT_KNOWN,
    margin: float | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Places less the children who need them, for each academic year and group: a surplus above 0, a deficit below.

    Both tables are added up over the groups first, so that within a group a place is taken to suit every child of it: a surplus
    of a county may hide the deficit of a town. Break it down as finely as places cannot stand in for one another.

    Args:
        places: Places, of any engine, or checked by `Places`.
        need: The children who need them, of the same engine or eager, or checked by `Need`.
        by: Columns to break it down by: ``"locality"``, ``"phase"``, ``"kind"``, ``"need"``, or several.
        missing: What it means that a line (a locality, phase, kind and need) that a table has in one year has no row in another:
            that its number is not known, so that its group has no surplus that year; or, by `Missing.NONE`, that there is none.
            A line that a table never has is not missed, since its places, or its children, may be in another line of the group:
            see that the two tables are of the same localities.
        margin: The share of places to keep free, such as 0.05; the surplus is then what is left of the others, under the key
            ``sufficiency.surplus_after_margin``. None keeps none free. No official standard for special places was found.
        area: The LA number the tables are of; None for the caller's own.
        source: Where they are from.

    Returns:
        Places, in the caller's own kind of frame, lazy if it was: every group and every academic year that either table has.
        ``x``, not available, where a table has no line of the group, lacks a row of one of its lines, or has an empty cell.
        ``lower`` and ``upper``, as ``bounds``, where some of the need has an interval: places less the most children there may
        be, and less the fewest. Intervals of several rows are added up end to end, so that they have no level.

    Raises:
        FrameProblems: A rule of `Places` or `Need` is broken.
        UnknownColumn: ``by`` names a column that the places lack.
        InvalidValue: ``by`` names another column than those; a margin that is not above 0 and below 1; ``missing`` or ``area`` is
            of another kind.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
        UnsupportedFrame: One of the two is no frame.

    Source:
        None official: `SURPLUS.sources` says why. The duty is section 27 of the Children and Families Act 2014, to "consider the
        extent to which the provision ... is sufficient". Of a margin, the Department for Education has said of all schools that
        "an efficient system requires a degree of unfilled or surplus places" (written answer, 20 July 2017), with no number.

    Example:
        >>> import polars as pl
        >>> from bucks_cs import sufficiency
        >>> line = {"locality": "Aylesbury", "phase": "secondary", "kind": "special school", "need": "ASD",
        ...     "academic_year": ["2023/24", "2024/25"]}
        >>> places = pl.DataFrame({**line, "places": [120, 120]})
        >>> need = pl.DataFrame({**line, "children": [110, 131], "lower": [None, 118], "upper": [None, 144]})
        >>> for reading in sufficiency.surplus(places, need=need, by="locality"):
        ...     print(reading)
        Surplus of places, locality Aylesbury, 2023/24 academic year: 10 places
        Surplus of places, locality Aylesbury, 2024/25 academic year: −11 places (bounds −24 to 2)
    """
    return surplus_of_shape(
        places, need, shape=EDUCATION, by=by, missing=missing, margin=margin, area=area, source=source
    )


def surplus_of_homes(
    homes: FrameT | Checked[FrameT],
    *,
    need: NativeFrame | Checked[Any],
    by: str | Sequence[str] | None = None,
    missing: Missing = Missing.NOT_KNOWN,
    margin: float | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Places in homes for children in care less the children who need them, for each day and group.

    Args:
        homes: Places in homes, of any engine, or checked by `Homes`.
        need: The children who need them, of the same engine or eager, or checked by `NeedForHomes`.
        by: Columns to break it down by: ``"locality"``, ``"kind"``, ``"provider"``, or several.
        missing: As in `surplus`.
        margin: As in `surplus`; the key is then ``sufficiency.surplus_of_homes_after_margin``.
        area: The LA number the tables are of; None for the caller's own.
        source: Where they are from.

    Returns:
        As `surplus`, on the days that either table has.

    Raises:
        FrameProblems: A rule of `Homes` or `NeedForHomes` is broken; the others are as in `surplus`.

    Source:
        None official: `SURPLUS_OF_HOMES.sources` says why. The duty is section 22G of the Children Act 1989; its guidance says
        that sufficient is more than a number of beds, and this is no more than that number.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import sufficiency
        >>> homes = pl.DataFrame({"locality": None, "kind": ["foster home", "children's home"], "provider": "own provision",
        ...     "day": dt.date(2023, 3, 31), "places": [140, 12]})
        >>> need = homes.select("locality", "kind", "provider", "day", children=pl.Series([150, 12]), lower=None, upper=None)
        >>> for reading in sufficiency.surplus_of_homes(homes, need=need, by="kind"):
        ...     print(reading.dims[0][1], reading.number)
        children's home 0.0
        foster home -10.0
    """
    return surplus_of_shape(homes, need, shape=HOMES, by=by, missing=missing, margin=margin, area=area, source=source)


def surplus_of_shape(
    places: Any,
    need: Any,
    *,
    shape: Shape,
    by: str | Sequence[str] | None,
    missing: Missing,
    margin: float | None,
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    """The surplus of either two tables.

    Args:
        places: The places.
        need: The need.
        shape: Which two tables they are.
        by: The groups.
        missing: What a missing row means.
        margin: The share of places to keep free, or None.
        area: The area.
        source: Where they are from.

    Raises:
        FrameProblems: As `surplus`; so are the others.
    """
    indicator, kept_free = _indicator(shape, margin), 0.0 if margin is None else float(margin)
    number = area_number(area)
    found = totals(places, need, shape=shape, by=by, missing=missing)
    told = nw.col("__places_known") & nw.col("__need_known")
    bounded = told & (nw.col("__bounded") > 0)
    # 100 places less 7% are 92.99999999999999, which 93 children would be short of.
    free = nw.col("__places") - nw.col("__places") * kept_free
    out = found.lazy.with_columns(
        nw.lit(indicator.key).alias("indicator"),
        nw.lit(number).cast(nw.String).alias("area"),
        nw.when(told).then((free - nw.col("__children")).round(6)).alias("value"),
        nw.when(bounded).then((free - nw.col("__upper")).round(6)).alias("lower"),
        nw.when(bounded).then((free - nw.col("__lower")).round(6)).alias("upper"),
        nw.when(bounded).then(nw.lit(Interval.BOUNDS.value)).alias("interval"),
        nw.when(~told).then(nw.lit(Withheld.NOT_AVAILABLE.value)).alias("withheld"),
    )
    return Readings.worked_out(out, home=found.home, indicators=indicator, by=found.by, source=source)


def _indicator(shape: Shape, margin: float | None) -> Indicator:
    plain = SURPLUS if shape is EDUCATION else SURPLUS_OF_HOMES
    if margin is None:
        return plain
    if not _is_share(margin):
        raise InvalidValue(what="margin", expected="a share of the places above 0 and below 1, such as 0.05; or None for none")
    said = f"{100 * margin:.6g}% of them kept free"
    return attrs.evolve(
        plain,
        key=f"{plain.key}_after_margin",
        title=f"{plain.title}, {said}",
        counts=plain.counts.replace(" less ", f", {said}, less ", 1),
        sources=(*plain.sources, sources.NO_STANDARD_MARGIN),
    )


def _is_share(margin: object) -> bool:
    return isinstance(margin, (int, float)) and not isinstance(margin, bool) and 0 < margin < 1
