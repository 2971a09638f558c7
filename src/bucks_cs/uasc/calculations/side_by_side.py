"""Unaccompanied children: readings of how many there are beside readings of all children, as the table by area takes them."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import Home, alongside, collect, enter
from bucks_cs.indicators import Kind, Measure
from bucks_cs.periods import Snapshot
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast
from bucks_cs.uasc.calculations.on_a_day import LOOKED_AFTER
from bucks_cs.uasc.schema import UnaccompaniedByArea
from bucks_cs.units import same_dimension

__all__ = ["beside_children"]


def beside_children(
    children: Readings[FrameT], *, population: Readings[Any], mid_year: Snapshot, vintage: str
) -> Checked[FrameT]:
    """Readings of unaccompanied children beside the children of one mid-year: the table that the measures by area take.

    Args:
        children: Readings of `LOOKED_AFTER`, broken down by nothing.
        population: Readings of one count of children aged 0 to 17 on a day, broken down by nothing, such as those of
            ``demand.read_mid_year_population``; of the same engine or eager.
        mid_year: The day of the estimate to take; no other is taken in its place.
        vintage: Which estimate and edition that is, in words: ``"mid-2020 as first published"``.

    Returns:
        A row for each area and day of ``children``, in her kind of frame, checked by `UnaccompaniedByArea`; the population is a
        gap where there is none of that area and mid-year.

    Raises:
        InvalidValue: One of the two is no such readings, ``mid_year`` no snapshot, or ``vintage`` is not said.
        FrameProblems: A day is before the threshold came into force; the others as `UnaccompaniedByArea`.
        EngineMismatch: The second readings are of a lazy engine that is not the first's.

    Source:
        None: the two are set side by side, and nothing is worked out.

    Example:
        >>> from bucks_cs import demand, uasc
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.readings import Readings
        >>> here = Readings.of([Reading.of(uasc.LOOKED_AFTER, 71, area="825", period=Snapshot("31 March 2023"))])
        >>> mid_2020 = Snapshot("30 June 2020")
        >>> all_children = Readings.of([Reading.of(demand.CHILDREN_AT_MID_YEAR, 122_495, area="825", period=mid_2020)])
        >>> table = uasc.beside_children(here, population=all_children, mid_year=mid_2020, vintage="mid-2020 rebased")
        >>> print(uasc.headroom_by_area(table).at().value)
        51.0 child
    """
    _need_said(vintage, mid_year)
    mine, home = _opened(children, what="children")
    if {of.key for of in children.indicators} != {LOOKED_AFTER.key}:
        raise InvalidValue(what="children", expected=f"readings of {LOOKED_AFTER.key}")
    both = mine.with_columns(_key().alias("__key")).join(
        _of_one_mid_year(population, mid_year, like=mine), left_on="__key", right_on="__there", how="left"
    )
    table = both.select(
        nw.col("area"),
        nw.col("period_end").alias("day"),
        nw.col("value").alias("children"),
        nw.col("withheld"),
        nw.col("population"),
        nw.lit(vintage.strip()).alias("vintage"),
    )
    checked: Checked[FrameT] = UnaccompaniedByArea.conform(home.back(table))
    return checked


def _need_said(vintage: object, mid_year: object) -> None:
    if not isinstance(vintage, str) or not vintage.strip():
        raise InvalidValue(what="vintage", expected="which estimate and edition it is, in words")
    if not isinstance(mid_year, Snapshot):
        raise InvalidValue(what="mid_year", expected="a Snapshot: the day of the estimate")


def _of_one_mid_year(population: Readings[Any], mid_year: Snapshot, *, like: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    theirs, home = _opened(population, what="population")
    of = population.indicators
    of_all = len(of) == 1 and of[0].key != LOOKED_AFTER.key
    counts = of_all and of[0].kind is Kind.STOCK and of[0].measure is Measure.COUNT and same_dimension(of[0].unit, "child")
    if not counts:
        raise InvalidValue(what="population", expected="readings of one count of all children on a day")
    there = theirs.filter((nw.col("period_start") == mid_year.start) & (nw.col("period_end") == mid_year.end))
    there = there.select(_key().alias("__there"), nw.col("value").alias("population"))
    stays = home.engine.is_lazy or there.implementation is like.implementation
    return alongside(there.to_native() if stays else collect(there), like)


def _opened(readings: Any, *, what: str) -> tuple[nw.LazyFrame[Any], Home]:
    if not isinstance(readings, Readings) or readings.by:
        raise InvalidValue(what=what, expected="readings broken down by nothing")
    native, home = enter(readings.frame)
    return recast(native, readings.by), home


def _key() -> nw.Expr:
    """The area as text to join on, in which the caller's own equals the caller's own."""
    return nw.concat_str(nw.lit("="), nw.col("area")).fill_null("")
