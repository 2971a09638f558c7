"""Sharing out: whole social workers over localities, by need and deprivation, and the exact shares they are rounded from."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue, UnitError
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import area_number, one_day, period_table, whole
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.units import Quantity, in_unit, same_dimension
from bucks_cs.workforce.calculations.rounding import rounded
from bucks_cs.workforce.calculations.weights import MOST_WORKERS, Weighed, weighed
from bucks_cs.workforce.model.allocation import SharingMethod, Weighting
from bucks_cs.workforce.sources import capacity as sources

__all__ = ["EXACT_SHARE_OF_SOCIAL_WORKERS", "SOCIAL_WORKERS_SHARED_OUT", "exact_share", "share_out"]

_BY = ("locality",)

SOCIAL_WORKERS_SHARED_OUT = Indicator(
    key="workforce.share_out",
    title="Social workers shared out",
    counts="whole social workers of a stated total that a locality is given, in proportion to its weight",
    leaves_out="where social workers are in fact: it is a rule applied to a total",
    measure=Measure.COUNT,
    kind=Kind.STOCK,
    unit="worker",
    better=Better.NEITHER,
    sources=(sources.NO_SHARING_RULE, sources.APPORTIONMENT, sources.REPEATED_REMAINDERS, sources.ODD_DIVISORS),
)

EXACT_SHARE_OF_SOCIAL_WORKERS = Indicator(
    key="workforce.exact_share",
    title="Exact share of social workers",
    counts="a stated total times the share of all weight that a locality has, not rounded",
    leaves_out="any minimum, and that workers are whole",
    measure=Measure.AMOUNT,
    kind=Kind.STOCK,
    unit="worker",
    better=Better.NEITHER,
    sources=(sources.NO_SHARING_RULE, sources.APPORTIONMENT),
)


def share_out(
    localities: FrameT | Checked[FrameT],
    *,
    total: int | Quantity,
    at: Snapshot,
    need: float | Fraction,
    deprivation: float | Fraction,
    minimum: int = 1,
    method: SharingMethod = SharingMethod.LARGEST_REMAINDER,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """Whole social workers for each locality, in proportion to need and deprivation, which add up to the total exactly.

    A locality's weight is its share of all need times ``need``, and its share of all deprivation times ``deprivation``. **By the
    largest remainder a locality may lose a worker when the total grows**; by `SharingMethod.SAINTE_LAGUE` none ever does. A tie
    goes to the locality whose name is first in the order of its characters, so that the order of rows makes no difference.

    Args:
        localities: Localities, of any engine, or checked by `Localities`.
        total: How many workers: a whole number, or a quantity in ``"worker"``; at most a million.
        at: The day it is for, as a snapshot.
        need: How much need weighs, from 0 to 1.
        deprivation: How much deprivation weighs; the two add up to 1. At 0 the column may be empty.
        minimum: The fewest workers of any locality. One whose exact share is below it has the minimum, and the rest is shared
            out anew among the others.
        method: How shares become whole numbers.
        area: The LA number the localities are of; None for the caller's own.
        source: Where the weights are from.

    Returns:
        Workers by locality, in the caller's own kind of frame, lazy if it was: ``minimum`` or more, a whole number and never a
        gap. The total, the weights and the method are in the definition, so that figures of two are not put together unseen.
        Exact, ties included, while whole numbers hold the sums of what is weighed: 15 digits of both together for a thousand
        workers, decimals counted, and a digit fewer for ten times as many. Digits beyond that are rounded off first.

    Raises:
        FrameProblems: A rule of `Localities` is broken: a weight missing or below 0, a locality twice; there is no locality; or
            what is weighed is 0 in all of them.
        InvalidValue: ``total`` is less than the minimum of all localities, or no whole number; the weights do not add up to 1;
            ``minimum``, ``method``, ``at`` or ``area`` is of another kind.
        UnitError: ``total`` is a quantity of something else.

    Source:
        No rule for social workers: `SOCIAL_WORKERS_SHARED_OUT.sources` says so. The methods are in `SharingMethod`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.workforce import share_out
        >>> localities = pl.DataFrame({"locality": ["Amersham", "Aylesbury", "Wycombe"], "need": [40, 130, 110],
        ...     "deprivation": [300, 1500, 1200]})
        >>> for reading in share_out(localities, total=25, at=Snapshot("1 April 2024"), need=0.6, deprivation=0.4):
        ...     print(reading)
        Social workers shared out, locality Amersham, 1 April 2024: 3 workers
        Social workers shared out, locality Aylesbury, 1 April 2024: 12 workers
        Social workers shared out, locality Wycombe, 1 April 2024: 10 workers
    """
    day, workers, number = one_day(at), _whole_workers(total), area_number(area)
    fewest = whole(minimum, what="minimum", least=0, of="workers")
    if not isinstance(method, SharingMethod):
        raise InvalidValue(what="method", expected="SharingMethod.LARGEST_REMAINDER or SharingMethod.SAINTE_LAGUE")
    weighting = Weighting(need=need, deprivation=deprivation)
    weights = weighed(localities, weighting=weighting, total=workers)
    if workers < weights.rows * fewest:
        expected = f"at least {weights.rows * fewest:,} workers, which is {fewest:,} for each of {weights.rows:,} localities"
        raise InvalidValue(what="total", expected=expected, hint=" Give more, or a lower minimum.")
    given = rounded(weights, total=workers, minimum=fewest, method=method).with_columns(
        nw.col("__workers").cast(nw.Float64).alias("value")
    )
    how = f"of {workers:,}, {weighting}, by {method.value}, at least {fewest:,} each"
    indicator = attrs.evolve(SOCIAL_WORKERS_SHARED_OUT, counts=f"{SOCIAL_WORKERS_SHARED_OUT.counts}: {how}")
    return _on_a_day(given, weights, day=day, area=number, indicator=indicator, source=source)


def exact_share(
    localities: FrameT | Checked[FrameT],
    *,
    total: int | Quantity,
    at: Snapshot,
    need: float | Fraction,
    deprivation: float | Fraction,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The share of a total that each locality's weight comes to, not rounded: what `share_out` rounds, to stand beside it.

    Args:
        localities: As for `share_out`.
        total: As for `share_out`.
        at: As for `share_out`.
        need: As for `share_out`.
        deprivation: As for `share_out`.
        area: As for `share_out`.
        source: As for `share_out`.

    Returns:
        Workers by locality, 0 or more and with decimals, in the caller's own kind of frame, lazy if it was; never a gap. No
        minimum is in it, so that what a minimum costs the others can be seen.

    Raises:
        FrameProblems: As for `share_out`.
        InvalidValue: As for `share_out`, but for the minimum and the method.
        UnitError: ``total`` is a quantity of something else.

    Source:
        As for `share_out`.

    Example:
        >>> import polars as pl
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.workforce import exact_share
        >>> localities = pl.DataFrame({"locality": ["Amersham", "Wycombe"], "need": [1, 3], "deprivation": None})
        >>> for reading in exact_share(localities, total=10, at=Snapshot("1 April 2024"), need=1, deprivation=0):
        ...     print(reading)
        Exact share of social workers, locality Amersham, 1 April 2024: 2.5 workers
        Exact share of social workers, locality Wycombe, 1 April 2024: 7.5 workers
    """
    day, workers, number = one_day(at), _whole_workers(total), area_number(area)
    weighting = Weighting(need=need, deprivation=deprivation)
    weights = weighed(localities, weighting=weighting, total=workers)
    exact = nw.col("__weight").cast(nw.Float64) * workers / nw.col("__whole").cast(nw.Float64)
    counts = f"{EXACT_SHARE_OF_SOCIAL_WORKERS.counts}: of {workers:,}, {weighting}"
    indicator = attrs.evolve(EXACT_SHARE_OF_SOCIAL_WORKERS, counts=counts)
    shares = weights.lazy.select("locality", exact.alias("value"))
    return _on_a_day(shares, weights, day=day, area=number, indicator=indicator, source=source)


def _whole_workers(total: object) -> int:
    if isinstance(total, Quantity):
        if not same_dimension(str(total.units), "worker"):
            raise UnitError(what=f"total is in workers, and {total.units} is something else", hint=_FTE)
        number = in_unit(total, "worker")
        total = int(number) if number.is_integer() else None
    if isinstance(total, bool) or not isinstance(total, int) or not 1 <= total <= MOST_WORKERS:
        raise InvalidValue(what="total", expected=f"a whole number of workers, 1 to {MOST_WORKERS:,}")
    return total


_FTE = " Full-time equivalents are not whole: WorkersNeeded.whole_workers rounds them up."


def _on_a_day(
    rows: nw.LazyFrame[Any], weights: Weighed, *, day: Snapshot, area: str | None, indicator: Indicator, source: AnySource | None
) -> Readings[Any]:
    dated = rows.select("locality", "value").join(period_table(rows, [day]), how="cross")
    named = dated.with_columns(nw.lit(area, dtype=nw.String).alias("area"))
    return Readings.worked_out(named, home=weights.home, indicators=indicator, by=_BY, source=source)
