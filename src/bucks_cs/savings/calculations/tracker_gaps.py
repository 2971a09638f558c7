"""Savings: what presses on plans, by year, against what the lines of a tracker come to, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.engine import alongside, collect, small_table
from bucks_cs.indicators import Better, Indicator, Kind, Measure
from bucks_cs.marking import groups
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.savings.calculations.levels import need_year
from bucks_cs.savings.calculations.totals import TOTAL_LEVEL
from bucks_cs.savings.calculations.tracker_levels import line_levels
from bucks_cs.savings.calculations.tracker_totals import as_amounts, line_groups, with_reading
from bucks_cs.savings.model.choices import SavingKind, Status
from bucks_cs.savings.schema.plan_pressures import pressures_given
from bucks_cs.savings.schema.tracker import NOTHING, whole_lines
from bucks_cs.savings.sources.unpublished import NO_DEFINITION_OF_A_SAVING

__all__ = ["CLOSES", "PRESSURE", "REMAINING", "mark_tracker_gap", "tracker_gap"]


def _amount(key: str, title: str, counts: str, better: Better) -> Indicator:
    return Indicator(
        key=key, title=title, counts=counts, measure=Measure.AMOUNT, kind=Kind.FLOW, unit="GBP", better=better,
        sources=NO_DEFINITION_OF_A_SAVING,
    )  # fmt: skip


PRESSURE = _amount("savings.pressure", "Needed above the plan", "pounds needed in the year above a plan, added up", Better.LOWER)
CLOSES = _amount(
    "savings.closes", "Savings that close the gap", "pounds saved in the year by lines that the plan does not count already",
    Better.HIGHER,
)  # fmt: skip
REMAINING = _amount(
    "savings.remaining", "Left of the gap", "pounds needed in the year above a plan, less the savings that close it", Better.LOWER
)

_AGAINST = "against"
_PERIOD = ("period_kind", "period_start", "period_end")
_LINES = ("level_least", "level_most", "closes_least", "closes_most", "left_out", "rests_on_a_gap")
_SAID = ("already_counted_in", "kind", "status")


def tracker_gap(
    frame: FrameT | Checked[FrameT],
    *,
    pressures: Any,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """What presses on plans, against what the lines of a tracker come to, and what is left: `gap` for a frame.

    Which lines close a gap is as for `gap`: none that is counted elsewhere already, avoids a cost or is not achievable; where
    nobody has said, the least that is closed leaves the line out and the most takes it in. A tracker has no column for what one
    line shares with another, so that lines are taken for separate; where they are not, ask `gap` of the objects.

    Args:
        frame: A tracker of any engine, as `SavingsTracker` has it, checked or not.
        pressures: What is needed above plans, as `PlanPressures` has it, in the tracker's own engine or as polars, pandas or
            pyarrow; or `Pressure` objects.
        by: Columns that both have, to break it down by.
        area: The LA number they are of; None for the caller's own.
        source: Where they are from.

    Returns:
        Pounds under four keys, ``savings.pressure``, ``savings.total_level``, ``savings.closes`` and ``savings.remaining``, for
        each year and plan of the pressures (the column ``against``) and each group of either frame, in the caller's own kind of
        frame. Two plans are never added. A group without a pressure has ``x`` for it and for what is left, since its plan is not
        known to be 0. Bounds where something is not stated, ``x`` where a line rests on a year without a figure.

    Raises:
        FrameProblems: A rule of `SavingsTracker` or of `PlanPressures` is broken.
        UnknownColumn: ``by`` names a column that one of the two lacks.
        InvalidValue: ``by`` names what is not of the line, or is of another type in the two; there are no pressures.
        EngineMismatch: The two are of different lazy engines.

    Example:
        >>> from bucks_cs.record import pressures, savings_lines
        >>> from bucks_cs.savings import tracker_gap, tracker_of_lines
        >>> import attrs
        >>> lines = [attrs.evolve(line, status=None) for line in savings_lines()]
        >>> print(tracker_gap(tracker_of_lines(lines), pressures=pressures()[1]).at(indicator="savings.remaining"))
        Left of the gap, against the original Council Budget/MTFP, 2023-24: unresolved: ... (bounds 11,958,000 to 13,300,000)
    """
    needed, years = _needed(pressures, by)
    checked, names = line_groups(frame, by)
    groups(checked, by, own=(_AGAINST, *_LINES))
    lazy = checked.lazy
    levels = line_levels(lazy, years, keep=(*names, *_SAID))
    summed = _summed(levels.lazy, {year: levels.level(year) for year in years}, names)
    table = alongside(needed, lazy).with_columns(*_keys(names))
    _need_same_types(lazy, table, names)
    slots = _slots(lazy, needed, years)
    every = nw.concat([summed.select(*names), table.select(*names)], how="vertical") if names else None
    base = slots if every is None else every.group_by(*names).agg(__rows=nw.len()).drop("__rows").join(slots, how="cross")
    rows = base.with_columns(*_keys(names))
    keys = _key_names(names)
    slot = ["financial_year", _AGAINST, *keys]
    rows = rows.join(table.select(*slot, "__needed"), on=slot, how="left")
    rows = rows.join(summed.select(*keys, *_sums(years)), on=keys, how="left")
    return as_amounts(
        _parts(rows, years, (_AGAINST, *names)), checked, indicators=(PRESSURE, TOTAL_LEVEL, CLOSES, REMAINING),
        by=(_AGAINST, *names), area=area, source=source,
    )  # fmt: skip


def mark_tracker_gap(frame: FrameT | Checked[FrameT], *, year: FinancialYear) -> FrameT:
    """The lines of a tracker, each with what it comes to in a year, what of that closes a gap, and why none does.

    Args:
        frame: As for `tracker_gap`.
        year: The year.

    Returns:
        A row a line in the caller's own kind of frame, by name: the columns about the line, then, in pence, ``level_least`` and
        ``level_most``, ``closes_least`` and ``closes_most``; ``left_out``, why none of it closes a gap, empty where some may; and
        ``rests_on_a_gap``, yes or no: where it does, the four amounts are null.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        InvalidValue: ``year`` is no financial year.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import mark_tracker_gap, tracker_of_lines
        >>> rows = mark_tracker_gap(tracker_of_lines(savings_lines().line("edge-of-care-team")), year=FinancialYear("2023-24"))
        >>> rows.select("level_least", "level_most", "closes_least", "closes_most").rows()
        [(39000000, 39000000, 0, 39000000)]
    """
    asked, checked = need_year(year), whole_lines(frame)
    own = _line_columns(checked)
    levels = line_levels(checked.lazy, [asked], keep=dict.fromkeys((*own, *_SAID)))
    least, most, gap = levels.level(asked)
    rows = _with_answers(levels.lazy).with_columns(level_least=least, level_most=most, rests_on_a_gap=gap)
    closes_least, closes_most = _closes(nw.col("level_least"), nw.col("level_most"))
    rows = rows.with_columns(closes_least=closes_least, closes_most=closes_most)
    amounts = [nw.when(~nw.col("rests_on_a_gap")).then(nw.col(name)).cast(nw.Int64).alias(name) for name in _LINES[:4]]
    out: FrameT = checked.home.back(rows.with_columns(*amounts).select("line", *own, *_LINES).sort("line"))
    return out


def _line_columns(checked: Checked[Any]) -> list[str]:
    of_year = {"line", "financial_year", "pence", "as_printed", "printed_unit", "printed_sign", *_LINES}
    known = set(checked.schema.to_schema().columns)
    return [name for name in checked.names if name not in of_year and name in known]


def _left_out() -> nw.Expr:
    """Why a line closes nothing, null where it may: the reasons that `gap` gives, in its order."""
    counted = ~nw.col("already_counted_in").is_null() & (nw.col("already_counted_in").str.to_lowercase() != NOTHING)
    impossible = (nw.col("status") == Status.NOT_ACHIEVABLE.value).fill_null(value=False)
    avoided = (nw.col("kind") == SavingKind.COST_AVOIDANCE.value).fill_null(value=False)
    why: nw.Expr = nw.when(impossible).then(nw.lit("not achievable"))
    why = nw.when(avoided).then(nw.lit("cost avoidance: no budget falls by it")).otherwise(why)
    return nw.when(counted.fill_null(value=False)).then(nw.lit("already counted elsewhere")).otherwise(why)


_OUT, _OPEN = "__out", "__open"


def _with_answers(lines: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Lines with whether they close nothing, and whether nobody has said what would tell."""
    unsaid = nw.col("already_counted_in").is_null() | nw.col("kind").is_null()
    return lines.with_columns(_left_out().alias("left_out")).with_columns(**{_OUT: ~nw.col("left_out").is_null(), _OPEN: unsaid})


def _closes(least: nw.Expr, most: nw.Expr) -> tuple[nw.Expr, nw.Expr]:
    """The least and the most of a line that closes a gap: it may count whole, or not at all, where nobody has said."""
    out, is_open = nw.col(_OUT), nw.col(_OPEN)
    nought = nw.lit(0)
    low = nw.when(is_open).then(nw.min_horizontal(nought, least)).otherwise(least)
    high = nw.when(is_open).then(nw.max_horizontal(nought, most)).otherwise(most)
    return nw.when(out).then(nought).otherwise(low), nw.when(out).then(nought).otherwise(high)


def _needed(pressures: Any, by: str | Sequence[str] | None) -> tuple[pl.DataFrame, tuple[FinancialYear, ...]]:
    """What is needed, a row a year, plan and group: a small table, whatever engine the pressures are in."""
    given = pressures_given(pressures)
    names = given.grouping(by)
    keys = dict.fromkeys(("financial_year", _AGAINST, *names))
    found = collect(given.lazy.group_by(*keys).agg(__needed=nw.col("pence").sum().cast(nw.Int64)).sort(*keys, nulls_last=True))
    if not len(found):
        raise InvalidValue(what="pressures", expected="one pressure or more")
    return found, tuple(FinancialYear(label) for label in sorted(set(found["financial_year"].to_list())))


def _need_same_types(lazy: nw.LazyFrame[Any], table: nw.LazyFrame[Any], names: Sequence[str]) -> None:
    ours, theirs = lazy.collect_schema(), table.collect_schema()
    for name in names:
        if ours[name] != theirs[name]:
            raise InvalidValue(what=f"by={name!r}", expected="a column of one type in the tracker and in the pressures")


def _key_names(names: Sequence[str]) -> list[str]:
    return [f"__key_{name}" for name in names] or ["__key"]


def _keys(names: Sequence[str]) -> list[nw.Expr]:
    """Columns to join groups on, where a group may be null, which no join of SQL matches; where there are none, one for all."""
    if not names:
        return [nw.lit("=").alias("__key")]
    return [nw.concat_str(nw.lit("="), nw.col(name).cast(nw.String)).fill_null("").alias(f"__key_{name}") for name in names]


def _slots(like: nw.LazyFrame[Any], needed: pl.DataFrame, years: Sequence[FinancialYear]) -> nw.LazyFrame[Any]:
    """A row for each year and plan that has a pressure."""
    pairs = sorted(set(needed.select("financial_year", _AGAINST).rows()))
    of_label = {year.label: year for year in years}
    rows = [(label, plan, str(of_label[label].kind), of_label[label].start, of_label[label].end) for label, plan in pairs]
    types = dict(zip(("financial_year", _AGAINST, *_PERIOD), (nw.String, nw.String, nw.String, nw.Date, nw.Date), strict=True))
    return small_table(like, dict(zip(types, zip(*rows, strict=True), strict=True)), types)


_ENDS = ("least", "most", "gap")
_ALL_ENDS = (*_ENDS, *(f"closes_{name}" for name in _ENDS))


def _sums(years: Sequence[FinancialYear]) -> list[str]:
    return [f"__{name}_{n}" for n in range(len(years)) for name in _ALL_ENDS]


def _summed(
    lines: nw.LazyFrame[Any], levels: dict[FinancialYear, tuple[nw.Expr, nw.Expr, nw.Expr]], names: tuple[str, ...]
) -> nw.LazyFrame[Any]:
    """What the lines of each group come to in each year, and what of it closes a gap."""
    numbered = enumerate(levels.values())
    ends = {f"__{name}_{n}": end for n, three in numbered for name, end in zip(_ENDS, three, strict=True)}
    worked = _with_answers(lines).with_columns(**ends)
    more: dict[str, nw.Expr] = {}
    for n in range(len(levels)):
        low, high = _closes(nw.col(f"__least_{n}"), nw.col(f"__most_{n}"))
        more |= {f"__closes_least_{n}": low, f"__closes_most_{n}": high}
        more |= {f"__closes_gap_{n}": _one(nw.col(f"__gap_{n}") & ~nw.col(_OUT)), f"__gap_{n}": _one(nw.col(f"__gap_{n}"))}
    worked = worked.with_columns(**more)
    sums = {name: nw.col(name).sum() for name in _sums(tuple(levels))}
    return (worked.group_by(*names).agg(**sums) if names else worked.select(**sums)).with_columns(*_keys(names))


def _one(holds: nw.Expr) -> nw.Expr:
    return nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0))


def _parts(rows: nw.LazyFrame[Any], years: Sequence[FinancialYear], by: tuple[str, ...]) -> list[nw.LazyFrame[Any]]:
    """The four amounts of each row, as rows of the long frame."""
    found = {}
    for name in _ALL_ENDS:
        chosen: nw.Expr = nw.lit(None).cast(nw.Int64)
        for n, year in enumerate(years):
            chosen = nw.when(nw.col("financial_year") == year.label).then(nw.col(f"__{name}_{n}")).otherwise(chosen)
        found[f"__is_{name}"] = chosen.fill_null(0)
    known = rows.with_columns(**found).with_columns(__unknown=_one(nw.col("__needed").is_null()))
    least, most, needed = nw.col("__is_closes_least"), nw.col("__is_closes_most"), nw.col("__needed")
    gap = nw.max_horizontal(nw.col("__is_closes_gap"), nw.col("__unknown"))
    amounts = {
        PRESSURE.key: (needed, needed, nw.col("__unknown")),
        TOTAL_LEVEL.key: (nw.col("__is_least"), nw.col("__is_most"), nw.col("__is_gap")),
        CLOSES.key: (least, most, nw.col("__is_closes_gap")),
        REMAINING.key: (needed - most, needed - least, gap),
    }
    named = ("__least", "__most", "__gap")
    return [
        with_reading(known.select(*by, *_PERIOD, nw.lit(key).alias("indicator"), **dict(zip(named, ends, strict=True))))
        for key, ends in amounts.items()
    ]


