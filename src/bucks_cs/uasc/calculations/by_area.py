"""Unaccompanied children: threshold, headroom and share of several authorities at once, by the vintage of their population."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import narwhals as nw

from bucks_cs.audit import Rounding
from bucks_cs.audit.printed import exactly
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Indicator, Withheld
from bucks_cs.periods import Snapshot
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.uasc.calculations.indicators_of_the_scheme import HEADROOM, SHARE_REACHED, THRESHOLD
from bucks_cs.uasc.schema import UnaccompaniedByArea
from bucks_cs.uasc.sources import NTS_THRESHOLD

__all__ = ["headroom_by_area", "share_reached_by_area", "threshold_by_area"]

_BY = ("vintage",)
_GAP = Withheld.NOT_AVAILABLE.value


def threshold_by_area(
    frame: FrameT | Checked[FrameT], *, rounding: Rounding = Rounding.NEAREST, source: AnySource | None = None
) -> Readings[FrameT]:
    """`threshold` of several authorities: the number of children it means for each, on the day of the row.

    Args:
        frame: Counts beside populations, of any engine, or checked by `UnaccompaniedByArea`.
        rounding: How the number is made whole, as for `threshold`.
        source: Where the populations are from.

    Returns:
        Children, 0 or more, for each area and day by ``vintage``, in the caller's own kind of frame. ``x`` where there is no
        population.

    Raises:
        FrameProblems: A rule of `UnaccompaniedByArea` is broken; a day is before 1 July 2016.
        InvalidValue: ``rounding`` is no `Rounding`.

    Source:
        As `threshold`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> rows = pl.DataFrame({"area": "825", "day": dt.date(2022, 10, 11), "children": 32, "withheld": None,
        ...     "population": [126_804, 122_495], "vintage": ["mid-2020 as first published", "mid-2020 rebased"]})
        >>> for reading in uasc.threshold_by_area(rows):
        ...     print(reading)
        National Transfer Scheme threshold in 825, vintage mid-2020 as first published, 11 October 2022: 127 children
        National Transfer Scheme threshold in 825, vintage mid-2020 rebased, 11 October 2022: 122 children
    """
    checked = _admitted(frame, rounding)
    rows = checked.lazy.with_columns(value=_number(rounding), withheld=_no_population())
    return _readings(checked, rows, THRESHOLD, source)


def headroom_by_area(
    frame: FrameT | Checked[FrameT], *, rounding: Rounding = Rounding.NEAREST, source: AnySource | None = None
) -> Readings[FrameT]:
    """`headroom` of several authorities: the threshold's number of each less the unaccompanied children it looks after.

    Args:
        frame: Counts beside populations, of any engine, or checked by `UnaccompaniedByArea`.
        rounding: How the threshold's number is made whole, as for `threshold`.
        source: Where the counts and populations are from.

    Returns:
        Children for each area and day by ``vintage``, below 0 where the threshold is passed, in the caller's own kind of frame.
        A count that is withheld gives its reason, a population that is not there ``x``; of both the first, as
        `bucks_cs.indicators.Withheld.first` has it.

    Raises:
        FrameProblems: As `threshold_by_area`; so are the others.

    Source:
        As `headroom`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> rows = pl.DataFrame({"area": "825", "day": [dt.date(2022, 8, 23), dt.date(2022, 10, 11)], "children": 32,
        ...     "withheld": None, "population": 126_804, "vintage": "mid-2020 as first published"})
        >>> uasc.headroom_by_area(rows).frame["value"].to_list()
        [57.0, 95.0]
    """
    checked = _admitted(frame, rounding)
    why = _first(nw.col("withheld"), _no_population())
    rows = checked.lazy.with_columns(value=_number(rounding) - nw.col("children"), withheld=why)
    return _readings(checked, rows, HEADROOM, source)


def share_reached_by_area(frame: FrameT | Checked[FrameT], *, source: AnySource | None = None) -> Readings[FrameT]:
    """`share_reached` of several authorities: the unaccompanied children of each as a share of all its children.

    Args:
        frame: Counts beside populations, of any engine, or checked by `UnaccompaniedByArea`.
        source: Where the counts and populations are from.

    Returns:
        Percent, 0 to 100, for each area and day by ``vintage``, with the children it is worked out from and no interval, since
        everyone is counted; in the caller's own kind of frame. Gaps as for `headroom_by_area`; ``z`` where there are no children.

    Raises:
        FrameProblems: As `threshold_by_area`.

    Source:
        As `share_reached`.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs import uasc
        >>> rows = pl.DataFrame({"area": "825", "day": dt.date(2022, 10, 11), "children": [32], "withheld": None,
        ...     "population": 126_804, "vintage": "mid-2020 as first published"})
        >>> found = uasc.share_reached_by_area(rows).at()
        >>> print(f"{found.number:.4f}%: {found.numerator:g} of {found.denominator:,.0f}")
        0.0252%: 32 of 126,804
    """
    checked = _admitted(frame, Rounding.NEAREST)
    part, whole = (nw.col(name).cast(nw.Float64) for name in ("children", "population"))
    nobody = nw.when(whole == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value)).otherwise(_no_population())
    # Null before it is divided by: some engines stop at a division by zero in a branch that is not chosen.
    value = part / nw.when(whole > 0).then(whole) * 100
    why = _first(nw.col("withheld"), nobody)
    rows = checked.lazy.with_columns(value=value, withheld=why, numerator=part, denominator=whole)
    return _readings(checked, rows, SHARE_REACHED, source)


def _admitted(frame: FrameT | Checked[FrameT], rounding: object) -> Checked[FrameT]:
    if not isinstance(rounding, Rounding):
        raise InvalidValue(what="rounding", expected="a Rounding: to the nearest, down or up")
    checked: Checked[FrameT] = UnaccompaniedByArea.admit(frame)
    return checked


def _number(rounding: Rounding) -> nw.Expr:
    """The threshold of the row's day of its population, made whole in whole numbers, so that no engine's floats part halves."""
    found: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for held in NTS_THRESHOLD:
        share = exactly(held.value.magnitude, what="the threshold") / 100
        inside = nw.col("day") >= held.since
        if held.until is not None:
            inside = inside & (nw.col("day") <= held.until)
        found = nw.when(inside).then(_share_of(nw.col("population"), share, rounding)).otherwise(found)
    return found


def _share_of(people: nw.Expr, share: Fraction, rounding: Rounding) -> nw.Expr:
    times, over = share.numerator, share.denominator
    if rounding is Rounding.NEAREST:
        return (people * (2 * times) + over) // (2 * over)
    return (people * times + (over - 1 if rounding is Rounding.UP else 0)) // over


def _no_population() -> nw.Expr:
    return nw.when(nw.col("population").is_null()).then(nw.lit(_GAP))


def _first(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """The reason of two that comes first; null where there is neither."""
    found: nw.Expr = nw.lit(None, dtype=nw.String)
    for reason in reversed(list(Withheld)):
        either = (one == reason.value).fill_null(value=False) | (other == reason.value).fill_null(value=False)
        found = nw.when(either).then(nw.lit(reason.value)).otherwise(found)
    return found


def _readings(checked: Checked[Any], rows: nw.LazyFrame[Any], indicator: Indicator, source: AnySource | None) -> Readings[Any]:
    told = nw.col("withheld").is_null()
    out = rows.with_columns(
        nw.lit(indicator.key).alias("indicator"),
        nw.lit(str(Snapshot.kind)).alias("period_kind"),
        nw.col("day").alias("period_start"),
        nw.col("day").alias("period_end"),
        nw.when(told).then(nw.col("value").cast(nw.Float64)).alias("value"),
    )
    return Readings.worked_out(out, home=checked.home, indicators=indicator, by=_BY, source=source)
