"""Places beside need: both added up over groups and times, with whether each of the two can be known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home
from bucks_cs.frames.second_table import carried
from bucks_cs.sufficiency.model.vocabulary import Missing
from bucks_cs.sufficiency.schema.shapes import Shape

__all__ = ["Totals", "totals"]

_ALL = "__all"
_SIDES = ("places", "need")
_SUMS = ("places", "children", "lower", "upper", "bounded", *(f"{side}_{n}" for side in _SIDES for n in ("rows", "gaps")))


@attrs.frozen(kw_only=True)
class Totals:
    """What was added up: a row for each group and time.

    Args:
        lazy: ``__places``, ``__children``, ``__lower``, ``__upper``, how many rows have an interval as ``__bounded``, whether
            each side can be known as ``__places_known`` and ``__need_known``, the groups, and the three columns of the period.
        home: The kind of frame the places came as.
        by: The groups.
    """

    lazy: nw.LazyFrame[Any]
    home: Home
    by: tuple[str, ...]


def totals(places: Any, need: Any, *, shape: Shape, by: str | Sequence[str] | None, missing: Missing) -> Totals:
    """Places and need of each group and each time that either table has.

    A line of a table is followed over all the times of both. Where it has no row, or an empty cell, what its group adds up to is
    not known, unless a missing row was said to be none.

    Args:
        places: The places, raw or checked.
        need: The need, raw or checked.
        shape: Which two tables they are.
        by: The groups.
        missing: What a missing row means.

    Raises:
        FrameProblems: A rule of either schema is broken.
        UnknownColumn: ``by`` names a column the places lack.
        InvalidValue: ``by`` names a column that is of no line, or ``missing`` is no `Missing`.
        EngineMismatch: The second frame is of a lazy engine that is not the first's.
    """
    if not isinstance(missing, Missing):
        raise InvalidValue(what="missing", expected="Missing.NOT_KNOWN or Missing.NONE")
    first, second = shape.places.admit(places), shape.need.admit(need)
    columns = shape.grouping(first, by)
    beside = carried(second, like=first.lazy)
    rows: nw.LazyFrame[Any] = nw.concat([_of_places(first.lazy, shape), _of_need(beside, shape)], how="vertical")
    keys = (*columns, _ALL)
    whole = _every_group_and_time(rows, keys, shape)
    sums = {f"__{name}": nw.col(f"__{name}").sum() for name in _SUMS}
    counted = rows.group_by(*keys, shape.when).agg(**sums)
    joined = _left(whole, counted, (*keys, shape.when)).with_columns(
        *(nw.col(name).fill_null(0).cast(nw.Float64) for name in sums)
    )
    known = joined.with_columns(*(_known(side, missing).alias(f"__{side}_known") for side in _SIDES))
    return Totals(lazy=shape.with_period(known), home=first.home, by=columns)


def _of_places(lazy: nw.LazyFrame[Any], shape: Shape) -> nw.LazyFrame[Any]:
    gap = nw.col("places").is_null()
    own = {"places": nw.col("places").fill_null(0.0), "places_rows": nw.lit(1), "places_gaps": _one_where(gap)}
    return _stacked(lazy, own, shape)


def _of_need(lazy: nw.LazyFrame[Any], shape: Shape) -> nw.LazyFrame[Any]:
    children = nw.col("children")
    exact = nw.col("lower").is_null()
    own = {
        "children": children.fill_null(0.0),
        # A number without an interval is as many as it says.
        "lower": nw.when(exact).then(children).otherwise(nw.col("lower")).fill_null(0.0),
        "upper": nw.when(exact).then(children).otherwise(nw.col("upper")).fill_null(0.0),
        "bounded": _one_where(~exact),
        "need_rows": nw.lit(1),
        "need_gaps": _one_where(children.is_null()),
    }
    return _stacked(lazy, own, shape)


def _stacked(lazy: nw.LazyFrame[Any], own: dict[str, nw.Expr], shape: Shape) -> nw.LazyFrame[Any]:
    """Rows of one side in the columns of both, 0 in those of the other."""
    figures = [own.get(name, nw.lit(0)).cast(nw.Float64).alias(f"__{name}") for name in _SUMS]
    return lazy.select(*shape.line, shape.when, nw.lit(0).cast(nw.Int64).alias(_ALL), *figures)


def _one_where(test: nw.Expr) -> nw.Expr:
    return nw.when(test).then(nw.lit(1)).otherwise(nw.lit(0))


def _every_group_and_time(rows: nw.LazyFrame[Any], keys: tuple[str, ...], shape: Shape) -> nw.LazyFrame[Any]:
    """Each group beside each time, with how many lines each side has in the group."""
    rest = [name for name in shape.line if name not in keys]
    lines = rows.group_by(*keys, *rest).agg(*(nw.col(f"__{side}_rows").max().alias(f"__{side}_lines") for side in _SIDES))
    groups = lines.group_by(*keys).agg(*(nw.col(f"__{side}_lines").sum() for side in _SIDES))
    times = rows.group_by(shape.when).agg(__n=nw.len()).drop("__n")
    return groups.join(times, how="cross")


def _known(side: str, missing: Missing) -> nw.Expr:
    """Whether what a group adds up to is known: no empty cell, and a row for each line unless a missing one is none."""
    full = nw.col(f"__{side}_gaps") == 0
    if missing is Missing.NONE:
        return full
    lines, there = nw.col(f"__{side}_lines").cast(nw.Float64), nw.col(f"__{side}_rows")
    return full & (lines > 0) & (there == lines)


def _left(rows: nw.LazyFrame[Any], others: nw.LazyFrame[Any], on: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """A left join in which not recorded equals not recorded, which no join of SQL says."""
    keys = [f"__key_{name}" for name in on]
    text = [
        nw.concat_str(nw.lit("="), nw.col(name).cast(nw.String)).fill_null("").alias(key)
        for name, key in zip(on, keys, strict=True)
    ]
    return rows.with_columns(*text).join(others.with_columns(*text).drop(*on), on=keys, how="left").drop(*keys)
