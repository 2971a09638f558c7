"""Savings: totals of a tracker by year, programme, kind and cost centre, as readings, in the caller's own engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.indicators import Better, Indicator, Interval, Kind, Measure, Withheld
from bucks_cs.marking import area_number, groups, period_table
from bucks_cs.marking.rows import NUMBER
from bucks_cs.periods import FinancialYear, Period, Span
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.savings.calculations.levels import need_year, years_from
from bucks_cs.savings.calculations.totals import TOTAL_CASH, TOTAL_LEVEL
from bucks_cs.savings.calculations.tracker_levels import Ends, line_levels
from bucks_cs.savings.schema.tracker import SavingsTracker, divided, whole_lines, with_every_column
from bucks_cs.savings.sources.unpublished import NO_DEFINITION_OF_A_SAVING

__all__ = [
    "ADDED_IN_YEAR",
    "as_amounts",
    "line_groups",
    "tracker_profile",
    "tracker_total_cash",
    "tracker_total_level",
    "with_reading",
    "years_asked",
]

ADDED_IN_YEAR = Indicator(
    key="savings.added_in_year",
    title="Planned savings added in the year",
    counts="pounds saved in the year above those saved in the year before, each line counted whole",
    leaves_out="what lines share: see double_counted",
    measure=Measure.AMOUNT,
    kind=Kind.FLOW,
    unit="GBP",
    better=Better.HIGHER,
    sources=NO_DEFINITION_OF_A_SAVING,
)

_OF_A_YEAR = ("financial_year", "pence", "as_printed", "printed_unit", "printed_sign")


def tracker_total_level(
    frame: FrameT | Checked[FrameT],
    *,
    years: FinancialYear | Iterable[FinancialYear],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """What the lines of a tracker save in each year, added up: `total_level` for a frame.

    Args:
        frame: A tracker of any engine, as `SavingsTracker` has it, checked or not.
        years: The financial years, or one.
        by: Columns about the line to break it down by: ``"programme"``, ``"kind"``, ``"cost_centre"``, ``"line"``, one of the
            tracker's own, or several.
        area: The LA number the lines are of; None for the caller's own.
        source: Where the tracker is from.

    Returns:
        Pounds, for each group of the tracker and each year, in the caller's own kind of frame. ``unresolved`` with bounds where a
        line leaves its basis, its recurrence or its years open and it matters; ``x`` where one rests on a year without a figure.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        UnknownColumn: ``by`` names a column the tracker lacks.
        InvalidValue: ``by`` names what is not of the line, or there are no years.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import tracker_of_lines, tracker_total_level
        >>> tracker = tracker_of_lines(savings_lines().line("locality-based-model"))
        >>> for reading in tracker_total_level(tracker, years=FinancialYear("2025-26"), by="line"):
        ...     print(reading)
        Planned savings in the year, line locality-based-model, 2025-26: unresolved: ... (bounds 2,883,000 to 5,546,000)
    """
    asked = years_asked(years)
    checked, names = line_groups(frame, by)
    levels = line_levels(checked.lazy, asked, keep=names)
    amounts = [(Ends.numbered("level", n), levels.level(year)) for n, year in enumerate(asked)]
    long = _by_group(levels.lazy, amounts, asked, names)
    return as_amounts([long], checked, indicators=(TOTAL_LEVEL,), by=names, area=area, source=source)


def tracker_total_cash(
    frame: FrameT | Checked[FrameT],
    *,
    first: FinancialYear,
    last: FinancialYear,
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """The cash that the lines of a tracker save over years, added up: `total_cash` for a frame.

    Args:
        frame: As for `tracker_total_level`.
        first: The first year.
        last: The last year.
        by: As for `tracker_total_level`.
        area: As for `tracker_total_level`.
        source: As for `tracker_total_level`.

    Returns:
        Pounds, for each group of the tracker, over all the years, otherwise as `tracker_total_level` gives them.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        UnknownColumn: ``by`` names a column the tracker lacks.
        InvalidValue: ``by`` names what is not of the line, or the years are out of order.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import tracker_of_lines, tracker_total_cash
        >>> tracker = tracker_of_lines(savings_lines().line("locality-based-model"))
        >>> print(*tracker_total_cash(tracker, first=FinancialYear("2023-24"), last=FinancialYear("2025-26")))
        Planned savings over the years, in cash, 1 April 2023 to 31 March 2026: unresolved: ... (bounds 5,546,000 to 8,541,000)
    """
    asked = years_from(first, last)
    period: Period = asked[0] if len(asked) == 1 else Span(asked[0].start, asked[-1].end)
    checked, names = line_groups(frame, by)
    levels = line_levels(checked.lazy, asked, keep=names)
    long = _by_group(levels.lazy, [(Ends.numbered("cash", 0), levels.cash())], (period,), names)
    return as_amounts([long], checked, indicators=(TOTAL_CASH,), by=names, area=area, source=source)


def tracker_profile(
    frame: FrameT | Checked[FrameT],
    *,
    years: FinancialYear | Iterable[FinancialYear],
    by: str | Sequence[str] | None = None,
    area: str | None = None,
    source: AnySource | None = None,
) -> Readings[FrameT]:
    """What the lines of a tracker come to year by year: the level of each year, and what it adds to the year before.

    Args:
        frame: As for `tracker_total_level`.
        years: The financial years, or one.
        by: As for `tracker_total_level`.
        area: As for `tracker_total_level`.
        source: As for `tracker_total_level`.

    Returns:
        Pounds under two keys: ``savings.total_level`` (cumulative) and ``savings.added_in_year`` (incremental), for each group
        and year, otherwise as `tracker_total_level` gives them. What a year adds is worked out line by line, so that its bounds
        are not those of the two levels.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken.
        UnknownColumn: ``by`` names a column the tracker lacks.
        InvalidValue: ``by`` names what is not of the line, or there are no years.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import tracker_of_lines, tracker_profile
        >>> tracker = tracker_of_lines(savings_lines().line("locality-based-model"))
        >>> for reading in tracker_profile(tracker, years=FinancialYear("2024-25")):
        ...     print(reading)
        Planned savings added in the year, 2024-25: unresolved: ... (bounds 1,999,000 to 2,331,000)
        Planned savings in the year, 2024-25: unresolved: ... (bounds 2,331,000 to 2,663,000)
    """
    asked = years_asked(years)
    checked, names = line_groups(frame, by)
    before = [year.previous() for year in asked]
    levels = line_levels(checked.lazy, [*before, *asked], keep=names)
    parts = [
        _by_group(levels.lazy, [(Ends.numbered(name, n), amount(year)) for n, year in enumerate(asked)], asked, names, key=key)
        for name, amount, key in (("level", levels.level, TOTAL_LEVEL.key), ("added", levels.added, ADDED_IN_YEAR.key))
    ]
    return as_amounts(parts, checked, indicators=(TOTAL_LEVEL, ADDED_IN_YEAR), by=names, area=area, source=source)


def years_asked(years: object) -> tuple[FinancialYear, ...]:
    """Financial years that were asked for, each once, in order.

    Args:
        years: One, or several.

    Raises:
        InvalidValue: There are none, or one is no financial year.
    """
    given = (years,) if isinstance(years, FinancialYear) else tuple(years) if isinstance(years, Iterable) else (years,)
    if not given:
        raise InvalidValue(what="years", expected="one FinancialYear or more")
    return tuple(sorted({need_year(year, what="years") for year in given}, key=lambda year: year.start))


def line_groups(frame: FrameT | Checked[FrameT], by: str | Sequence[str] | None) -> tuple[Checked[FrameT], tuple[str, ...]]:
    """A tracker of whole lines, and the columns to break it down by, which are the same in all rows of a line.

    Args:
        frame: The tracker.
        by: The columns.

    Raises:
        FrameProblems: A rule of `SavingsTracker` is broken, or a column differs within a line.
        UnknownColumn: A column is not there.
        InvalidValue: A column is of the year and not of the line, or one that readings keep for themselves.
    """
    checked: Checked[FrameT] = SavingsTracker.admit(frame)
    names = groups(attrs.evolve(checked, lazy=with_every_column(checked.lazy)), by)
    for name in names:
        if name in _OF_A_YEAR:
            raise InvalidValue(what=f"by={name!r}", expected="a column about the line, which is the same in every year")
    return whole_lines(checked, by=names), names


def _by_group(
    lazy: nw.LazyFrame[Any],
    amounts: Sequence[tuple[Ends, tuple[nw.Expr, nw.Expr, nw.Expr]]],
    periods: Sequence[Period],
    by: tuple[str, ...],
    *,
    key: str | None = None,
) -> nw.LazyFrame[Any]:
    """Amounts added up for each group, a row a group and period."""
    worked = {name: column for ends, three in amounts for name, column in zip(attrs.astuple(ends), three, strict=True)}
    lines = lazy.with_columns(**worked).with_columns(
        *(nw.when(nw.col(ends.gap)).then(nw.lit(1)).otherwise(nw.lit(0)).alias(ends.gap) for ends, _ in amounts)
    )
    sums = {name: nw.col(name).sum() for name in worked}
    summed = lines.group_by(*by).agg(**sums) if by else lines.select(**sums)
    table = period_table(lazy, periods)
    long = summed.join(table, how="cross")
    chosen = {name: nw.col(getattr(amounts[0][0], name)) for name in ("least", "most", "gap")}
    for number, (ends, _) in enumerate(amounts[1:], start=1):
        for name, before in chosen.items():
            chosen[name] = nw.when(nw.col(NUMBER) == number).then(nw.col(getattr(ends, name))).otherwise(before)
    named = {f"__{name}": column.fill_null(0) for name, column in chosen.items()}
    out = long.with_columns(**named).select(*by, "period_kind", "period_start", "period_end", *named)
    return with_reading(out) if key is None else with_reading(out).with_columns(nw.lit(key).alias("indicator"))


def with_reading(amounts: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Amounts of pence as the long frame has them: a value where all readings agree, bounds where they do not, ``x`` over a gap.

    Args:
        amounts: Rows with ``__least``, ``__most`` and ``__gap``, how many lines rest on one.
    """
    known, same = nw.col("__gap") == 0, nw.col("__least") == nw.col("__most")
    is_open = known & ~same
    pounds: Mapping[str, nw.Expr] = {name: divided(nw.col(name), 100) for name in ("__least", "__most")}
    unresolved = nw.when(is_open).then(nw.lit(Withheld.UNRESOLVED.value))
    return amounts.with_columns(
        value=nw.when(known & same).then(pounds["__least"]),
        lower=nw.when(is_open).then(pounds["__least"]),
        upper=nw.when(is_open).then(pounds["__most"]),
        interval=nw.when(is_open).then(nw.lit(Interval.BOUNDS.value)),
        withheld=nw.when(~known).then(nw.lit(Withheld.NOT_AVAILABLE.value)).otherwise(unresolved),
    ).drop("__least", "__most", "__gap")


def as_amounts(
    parts: Sequence[nw.LazyFrame[Any]],
    checked: Checked[Any],
    *,
    indicators: Sequence[Indicator],
    by: tuple[str, ...],
    area: str | None,
    source: AnySource | None,
) -> Readings[Any]:
    """Rows of the long form as readings.

    Args:
        parts: The rows, of one indicator, or each with its key.
        checked: The tracker they were worked out from.
        indicators: What they measure.
        by: The groups.
        area: The area they are of.
        source: Where they are from.
    """
    every = parts[0] if len(parts) == 1 else nw.concat(list(parts), how="vertical")
    named = every.with_columns(nw.lit(area_number(area)).cast(nw.String).alias("area"))
    return Readings.worked_out(named, home=checked.home, indicators=indicators, by=by, source=source)
