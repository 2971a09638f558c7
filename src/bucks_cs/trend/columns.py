"""The changes between two periods of readings, as one long frame, run where the frame lives.

The two periods are brought side by side by grouping and not by joining: a join does not match rows whose area or
breakdown is null, and one side's rows would be lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs
import narwhals as nw

from bucks_cs.errors import NotComparable
from bucks_cs.frames.engine import collect, enter
from bucks_cs.indicators import Break, Indicator, Interval, Withheld
from bucks_cs.periods import Period, Span
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast
from bucks_cs.trend import rules

__all__ = ["changes"]

FrameT = TypeVar("FrameT")

_CARRIED = ("value", "lower", "upper", "interval", "withheld")
_ORDER = tuple(reason.value for reason in Withheld)
_CERTAIN = (Interval.ROUNDING.value, Interval.BOUNDS.value)
_GAPS = (nw.col("_before_withheld"), nw.col("_after_withheld"))
_PLACE = "_place"


def changes(readings: Readings[FrameT], *, earlier: Period, later: Period, across_breaks: bool) -> Readings[FrameT]:
    """The changes between two periods of readings: see `bucks_cs.trend.change`.

    Args:
        readings: Readings with both periods.
        earlier: The earlier period.
        later: The later.
        across_breaks: Go on across breaks, known or inferred, and say so in the definitions.

    Returns:
        Readings of the same kind of frame.

    Raises:
        NotComparable: The periods cannot be set against each other, or one of them has no readings.
        AcrossBreak: A break lies, or may lie, between.
    """
    rules.need_comparable_periods(earlier, later, what="these readings")
    for indicator in readings.indicators:
        rules.refuse_change_of_change(indicator)
    native, home = enter(readings.frame)
    lazy = recast(native, readings.by)
    met = _breaks_met(lazy, readings, earlier, later)
    if not across_breaks:
        _refuse(met)
    passed = {key: tuple(found.broken for found in met if found.key == key) for key in dict.fromkeys(m.key for m in met)}
    both = _side_by_side(lazy, ("indicator", "area", *readings.by), earlier, later)
    parts, indicators = _parts(both, readings.indicators, earlier=earlier, later=later, passed=passed)
    span = Span(earlier.start, later.end)
    dated = nw.concat(parts, how="vertical").with_columns(
        nw.lit(str(span.kind)).alias("period_kind"),
        nw.lit(span.start).alias("period_start"),
        nw.lit(span.end).alias("period_end"),
    )
    source = None if readings.other_sources else readings.source
    return Readings.worked_out(dated, home=home, indicators=indicators, by=readings.by, source=source)


def _is(period: Period) -> nw.Expr:
    same_days = (nw.col("period_start") == nw.lit(period.start)) & (nw.col("period_end") == nw.lit(period.end))
    return (nw.col("period_kind") == str(period.kind)) & same_days


@attrs.frozen(kw_only=True)
class _Met:
    """A break that rows of either period pass over: of which indicator, and of which rows."""

    key: str
    broken: Break
    own: int
    inside: int
    unsaid: int


def _breaks_met(lazy: nw.LazyFrame[Any], readings: Readings[Any], earlier: Period, later: Period) -> list[_Met]:
    """The breaks that rows of either period pass over: one query of counts, which also sees that both periods are there."""
    known = [(i.key, b) for i in readings.indicators for b in rules.breaks_passed(i, earlier, later)]
    asked = {"rows": ~nw.col("indicator").is_null(), "earlier": _is(earlier), "later": _is(later)}
    for n, (key, found) in enumerate(known):
        mine = (_is(earlier) | _is(later)) & (nw.col("indicator") == key)
        asked |= {f"{where}_{n}": mine & there for where, there in _concerned(found).items()}
    marks = (nw.when(true).then(nw.lit(1)).otherwise(nw.lit(0)).sum().alias(name) for name, true in asked.items())
    counted = {name: int(rows or 0) for name, rows in collect(lazy.select(*marks)).row(0, named=True).items()}
    for name, period in (("earlier", earlier), ("later", later)):
        if counted["rows"] and not counted[name]:
            raise NotComparable(what="these readings", why=f"there are none of the {name} period, {period.named}")
    rows = [{where: counted.get(f"{where}_{n}", 0) for where in ("own", "inside", "unsaid")} for n in range(len(known))]
    return [_Met(key=key, broken=found, **of) for (key, found), of in zip(known, rows, strict=True) if any(of.values())]


def _concerned(found: Break) -> dict[str, nw.Expr]:
    """Which rows a break concerns: of its own area, of one that its area is a part of, and of none that is said.

    Where no area is given it is the caller's own, and the break may be its.
    """
    area = nw.col("area")
    if found.area is None:
        return {"own": nw.lit(True)}
    concerned = {"own": area.is_in(found.codes), "unsaid": area.is_null()}
    if found.codes_above:
        # Authorities that return together have one row: "314 / 318".
        member = rf"(^|/) *({'|'.join(found.codes)}) *(/|$)"
        together = area.str.contains("/", literal=True) & area.str.contains(member)
        concerned["inside"] = area.is_in(found.codes_above) | together
    return concerned


def _refuse(met: Sequence[_Met]) -> None:
    breaks = tuple(dict.fromkeys(found.broken for found in met))
    own = {found.broken for found in met if found.own}
    inside = [b for b in breaks if b not in own and any(found.inside for found in met if found.broken == b)]
    rules.refuse_breaks(
        breaks,
        what=", ".join(dict.fromkeys(found.key for found in met)),
        area_known=not any(found.unsaid for found in met),
        inside=inside,
        area="an area of these readings",
    )


def _side_by_side(lazy: nw.LazyFrame[Any], keys: tuple[str, ...], earlier: Period, later: Period) -> nw.LazyFrame[Any]:
    """A row for each indicator, area and breakdown, with the figures of both periods and the reason where one is a gap."""
    sides = {"_before": _is(earlier), "_after": _is(later)}
    marked = lazy.filter(_is(earlier) | _is(later)).with_columns(
        *(nw.when(here).then(nw.col(name)).alias(f"{side}_{name}") for side, here in sides.items() for name in _CARRIED),
        *(nw.when(here).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"{side}_rows") for side, here in sides.items()),
    )
    # A key has one row a period, so the greatest is that row's.
    columns = [f"{side}_{name}" for side in sides for name in (*_CARRIED, "rows")]
    together = marked.select(*keys, *columns).group_by(*keys).agg(*(nw.col(name).max() for name in columns))
    lacking = nw.lit(Withheld.NOT_AVAILABLE.value)
    return together.with_columns(
        *(
            nw.when(nw.col(f"{side}_rows") == 0).then(lacking).otherwise(nw.col(f"{side}_withheld")).alias(f"{side}_withheld")
            for side in sides
        )
    )


def _parts(
    both: nw.LazyFrame[Any],
    indicators: tuple[Indicator, ...],
    *,
    earlier: Period,
    later: Period,
    passed: Mapping[str, tuple[Break, ...]],
) -> tuple[list[nw.LazyFrame[Any]], list[Indicator]]:
    """The absolute changes, the percents and the points, each where there are any, with their definitions."""
    shares = [indicator for indicator in indicators if rules.is_in_percent(indicator)]
    others = [indicator for indicator in indicators if not rules.is_in_percent(indicator)]
    parts: list[nw.LazyFrame[Any]] = []
    made: list[Indicator] = []
    for given, define, ending, figures, gaps in (
        (others, rules.absolute_of, "/change", _difference, _GAPS),
        (others, rules.percent_of, "/change_percent", _percent, (*_GAPS, _no_base())),
        (shares, rules.points_of, "/change_points", _difference, _GAPS),
    ):
        if given or not indicators:
            mine = both.filter(nw.col("indicator").is_in([indicator.key for indicator in given]))
            # In a column of its own, or the places would be worked out again for each reason there is.
            placed = mine.with_columns(nw.min_horizontal(*map(_place, gaps)).alias(_PLACE))
            renamed = nw.concat_str(nw.col("indicator"), nw.lit(ending)).alias("indicator")
            parts.append(placed.with_columns(renamed, _first_gap().alias("withheld"), *figures()).drop(_PLACE))
            made += [define(i, earlier=earlier, later=later, across=passed.get(i.key, ())) for i in given]
    return parts, made


def _difference() -> list[nw.Expr]:
    before, after = nw.col("_before_value"), nw.col("_after_value")
    certain = _certain()
    lower = nw.when(certain).then(nw.col("_after_lower") - nw.col("_before_upper"))
    upper = nw.when(certain).then(nw.col("_after_upper") - nw.col("_before_lower"))
    return _figures(after - before, lower, upper, _interval(certain))


def _percent() -> list[nw.Expr]:
    before, after = nw.col("_before_value"), nw.col("_after_value")
    # Null before it is divided by: some engines stop at a division by zero in a branch that is not chosen.
    base = nw.when(before > 0).then(before)
    low, high = (nw.when(nw.col("_before_lower") > 0).then(nw.col(f"_before_{which}")) for which in ("lower", "upper"))
    certain = _certain() & (nw.col("_before_lower") > 0)
    least, most = nw.col("_after_lower"), nw.col("_after_upper")
    lower = nw.when(certain).then(nw.when(least >= 0).then((least / high - 1) * 100).otherwise((least / low - 1) * 100))
    upper = nw.when(certain).then(nw.when(most >= 0).then((most / low - 1) * 100).otherwise((most / high - 1) * 100))
    return _figures((after - before) / base * 100, lower, upper, _interval(certain))


def _no_base() -> nw.Expr:
    """Why a change cannot be said in percent of what was: that was 0, or below."""
    before = nw.col("_before_value")
    below_0 = nw.when(before < 0).then(nw.lit(Withheld.UNRESOLVED.value))
    return nw.when(before == 0).then(nw.lit(Withheld.NOT_APPLICABLE.value)).otherwise(below_0)


def _figures(value: nw.Expr, lower: nw.Expr, upper: nw.Expr, interval: nw.Expr) -> list[nw.Expr]:
    names = {"value": value, "lower": lower, "upper": upper, "interval": interval}
    return [figure.alias(name) for name, figure in names.items()]


def _certain() -> nw.Expr:
    """Whether both figures have bounds that are certain: of rounding, or of a range."""
    whole = nw.col("_before_interval").is_in(_CERTAIN) & nw.col("_after_interval").is_in(_CERTAIN)
    for name in ("_before_lower", "_before_upper", "_after_lower", "_after_upper"):
        whole = whole & ~nw.col(name).is_null()
    return whole


def _interval(certain: nw.Expr) -> nw.Expr:
    rounding, bounds = _CERTAIN
    both_rounded = (nw.col("_before_interval") == rounding) & (nw.col("_after_interval") == rounding)
    return nw.when(certain).then(nw.when(both_rounded).then(nw.lit(rounding)).otherwise(nw.lit(bounds)))


def _first_gap() -> nw.Expr:
    """The reason that comes first by `Withheld.first`, or null where there is no gap."""
    out: nw.Expr = nw.lit(None, dtype=nw.String)
    for n, reason in enumerate(_ORDER):
        out = nw.when(nw.col(_PLACE) == n).then(nw.lit(reason)).otherwise(out)
    return out


def _place(gap: nw.Expr) -> nw.Expr:
    out: nw.Expr = nw.lit(None, dtype=nw.Int64)
    for n, reason in enumerate(_ORDER):
        out = nw.when(gap == reason).then(nw.lit(n, dtype=nw.Int64)).otherwise(out)
    return out
