"""Savings: what each line of a tracker comes to, year by year, in every way that its figures can be read.

The same reading as that of objects in `levels`, in expressions over a table of a row a line, which every engine runs: the figures
of the years asked for side by side, then the level of each year read as recurring and incremental, as recurring and cumulative,
and as one-off, each where the line leaves it open.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import Basis, Recurrence
from bucks_cs.savings.schema.tracker import MOST_PENCE, with_every_column

__all__ = ["Ends", "LineLevels", "line_levels"]

_WAYS = ("sums", "stays", "once")
"""Recurring and incremental, recurring and cumulative, and one-off."""

_ZERO = nw.lit(0)
_WIDTH = 4 * MOST_PENCE
_NUMBER_OF_YEAR = 1900
_NEVER = 9999


@attrs.frozen(kw_only=True)
class Ends:
    """The names of three columns: the least and the most that a line comes to, in pence, and whether it rests on a gap.

    Args:
        least: The least.
        most: The most.
        gap: Whether a year that it rests on has no figure.
    """

    least: str
    most: str
    gap: str

    @classmethod
    def numbered(cls, name: str, number: int) -> Ends:
        """The names for one of several amounts.

        Args:
            name: What the amount is.
            number: Which of them it is.
        """
        return cls(least=f"__{name}_least_{number}", most=f"__{name}_most_{number}", gap=f"__{name}_gap_{number}")


@attrs.frozen(kw_only=True)
class LineLevels:
    """A row a line, with what it comes to in each year, in each way it can be read.

    Args:
        lazy: The rows: ``line``, the columns that were asked for, and those that its methods name.
        years: The years, one after another.
    """

    lazy: nw.LazyFrame[Any]
    years: tuple[FinancialYear, ...]

    def level(self, year: FinancialYear) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """The least and the most of a year's level, and whether it rests on a gap.

        Args:
            year: One of the years.
        """
        place = self.years.index(year)
        ends = {way: _level_ends(way, place) for way in _WAYS}
        gaps = {"sums": _gap_by(place), "stays": _gap_in(place), "once": _gap_in(place)}
        return _over_ways(ends, gaps)

    def added(self, year: FinancialYear) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """The least and the most of what a year adds to the level of the one before, and whether it rests on a gap.

        Args:
            year: One of the years, but for the first.
        """
        place = self.years.index(year)
        ends = {way: _added_ends(way, place) for way in _WAYS}
        two = _gap_in(place) | _gap_in(place - 1)
        return _over_ways(ends, {"sums": _gap_by(place), "stays": two, "once": two})

    def cash(self) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
        """The least and the most of the cash of all the years, and whether it rests on a gap."""
        places = range(len(self.years))
        ends = {}
        for way in ("sums", "stays"):
            each = [_level_ends(way, place) for place in places]
            ends[way] = (_sum(low for low, _ in each), _sum(high for _, high in each))
        # What comes once comes once: a figure of no named year is not counted in each year it may fall in.
        placed = _sum(_settled("once", place) for place in places)
        ends["once"] = (placed + _down(places[-1]), placed + _up(places[-1]))
        some = functools.reduce(operator.or_, (_gap_in(place) for place in places))
        return _over_ways(ends, {"sums": _gap_by(places[-1]), "stays": some, "once": some})


def _least(*each: nw.Expr) -> nw.Expr:
    return nw.min_horizontal(*each)


def _most(*each: nw.Expr) -> nw.Expr:
    return nw.max_horizontal(*each)


def _sum(each: Iterable[nw.Expr]) -> nw.Expr:
    return functools.reduce(operator.add, each)


def _figure(place: int) -> nw.Expr:
    return nw.col(f"__figure_{place}")


def _settled(way: str, place: int) -> nw.Expr:
    """The level by the figures whose years are named, 0 where there is none; null where the line is not read in this way."""
    return nw.col(f"__{way}_{place}")


def _gap_in(place: int) -> nw.Expr:
    return nw.col(f"__lacks_{place}")


def _gap_by(place: int) -> nw.Expr:
    return nw.col(f"__lacked_{place}")


def _later(place: int) -> nw.Expr:
    """The figure of no named year, where it may have come by a year, and otherwise 0."""
    return nw.col(f"__later_{place}")


def _down(place: int) -> nw.Expr:
    return nw.col(f"__down_{place}")


def _up(place: int) -> nw.Expr:
    return nw.col(f"__up_{place}")


def _stays_if_come(place: int) -> nw.Expr:
    """What stays once the figure of no named year has come; what is settled, where it cannot have."""
    settled = _settled("stays", place)
    return nw.when(nw.col(f"__may_{place}") & ~settled.is_null()).then(_later(place)).otherwise(settled)


def _level_ends(way: str, place: int) -> tuple[nw.Expr, nw.Expr]:
    settled = _settled(way, place)
    if way == "stays":
        return _least(settled, _stays_if_come(place)), _most(settled, _stays_if_come(place))
    return settled + _down(place), settled + _up(place)


def _added_ends(way: str, place: int) -> tuple[nw.Expr, nw.Expr]:
    """What is added if the figure of no named year does not come, comes in the year, or came once in the year before."""
    step = _settled(way, place) - _settled(way, place - 1)
    if way == "sums":
        return step + _down(place), step + _up(place)
    comes = _stays_if_come(place) - _settled(way, place) if way == "stays" else _later(place)
    ways = [_ZERO, comes, *([-_later(place - 1)] if way == "once" else [])]
    return step + _least(*ways), step + _most(*ways)


def _over_ways(
    ends: dict[str, tuple[nw.Expr, nw.Expr]], gaps: dict[str, nw.Expr]
) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """The least and the most over the ways that a line leaves open, and whether any of them rests on a gap."""
    low, high = _least(*(ends[way][0] for way in _WAYS)), _most(*(ends[way][1] for way in _WAYS))
    return low, high, functools.reduce(operator.or_, (nw.col(f"__is_{way}") & gaps[way] for way in _WAYS))


def line_levels(lazy: nw.LazyFrame[Any], years: Sequence[FinancialYear], *, keep: Iterable[str] = ()) -> LineLevels:
    """A row a line, with what it comes to in each year from the first to the last that is asked for.

    Args:
        lazy: A tracker of whole lines.
        years: The years.
        keep: Columns about the line to keep.
    """
    run = _run(years)
    labels = [year.label for year in run]
    said = dict.fromkeys((*keep, "basis", "base_year", "recurrence", "unplaced_after", "unplaced_pence"))
    columns = lazy.collect_schema().names()
    named = {name: f"__said_{name}" for name in said if name != "line" and name in columns}
    of_year = nw.col("financial_year")
    after = (of_year > labels[-1]) & ~nw.col("pence").is_null()
    of_line = lazy.group_by("line").agg(
        *(nw.col(ours).any_value().alias(theirs) for ours, theirs in named.items()),
        *(nw.when(of_year == label).then(nw.col("pence")).max().alias(f"__figure_{n}") for n, label in enumerate(labels)),
        __after=nw.when(after).then(nw.lit(_NEVER)).max(),
    )
    if named:
        of_line = of_line.with_columns(nw.col(theirs).alias(ours) for ours, theirs in named.items()).drop(*named.values())
    of_line = with_every_column(of_line, of=said)
    joined = of_line.join(_before(lazy, labels[0]), on="line", how="left")
    return LineLevels(lazy=_with_gaps(_with_levels(joined, labels), labels), years=run)


def _run(years: Sequence[FinancialYear]) -> tuple[FinancialYear, ...]:
    found = [min(years, key=lambda year: year.start)]
    while found[-1] < max(years, key=lambda year: year.start):
        found.append(found[-1].next())
    return tuple(found)


def _number(label: nw.Expr) -> nw.Expr:
    return label.str.slice(0, 4).cast(nw.Int64) - _NUMBER_OF_YEAR


def _before(lazy: nw.LazyFrame[Any], first: str) -> nw.LazyFrame[Any]:
    """What a line has before the first of the years: the sum of its figures, how many they are, and the last of them."""
    early = lazy.filter((nw.col("financial_year") < first) & ~nw.col("pence").is_null())
    # The last figure is the one of the greatest year: both in one number, since no engine's "last" is another's.
    of_year = _number(nw.col("financial_year"))
    both = of_year * _WIDTH + nw.col("pence") + 2 * MOST_PENCE
    found = early.group_by("line").agg(
        __early=nw.col("pence").sum(), __early_years=nw.len().cast(nw.Int64), __first=of_year.min(), __last=of_year.max(),
        __both=both.max(),
    )  # fmt: skip
    return found.with_columns(__early_last=nw.col("__both") % _WIDTH - 2 * MOST_PENCE).drop("__both")


def _with_levels(of_line: nw.LazyFrame[Any], labels: Sequence[str]) -> nw.LazyFrame[Any]:
    places = range(len(labels))
    after, later = nw.col("unplaced_after"), nw.col("unplaced_pence")
    recurs, once = (
        (nw.col("recurrence").is_null() | (nw.col("recurrence") == value.value)).fill_null(value=False)
        for value in (Recurrence.RECURRING, Recurrence.ONE_OFF)
    )
    sums, stays = (
        (nw.col("basis").is_null() | (nw.col("basis") == value.value)).fill_null(value=False)
        for value in (Basis.INCREMENTAL, Basis.CUMULATIVE)
    )
    started = of_line.with_columns(
        nw.col("__early").fill_null(0), nw.col("__early_years").fill_null(0),
        __is_sums=recurs & sums, __is_stays=recurs & stays, __is_once=once,
        **{f"__may_{n}": (after < label).fill_null(value=False) for n, label in enumerate(labels)},
    )  # fmt: skip
    figure = {n: _figure(n).fill_null(0) for n in places}
    last = [nw.col("__early_last"), _ZERO]
    levels = {
        "sums": {n: nw.sum_horizontal(nw.col("__early"), *(figure[m] for m in places[: n + 1])) for n in places},
        "stays": {n: nw.coalesce(*(_figure(m) for m in places[n::-1]), *last) for n in places},
        "once": figure,
    }
    come = {n: nw.when(nw.col(f"__may_{n}")).then(later).otherwise(_ZERO) for n in places}
    return started.with_columns(
        **{f"__{way}_{n}": nw.when(nw.col(f"__is_{way}")).then(levels[way][n]) for way in _WAYS for n in places},
        **{f"__later_{n}": come[n] for n in places},
    ).with_columns(
        **{f"__down_{n}": _least(_later(n), _ZERO) for n in places},
        **{f"__up_{n}": _most(_later(n), _ZERO) for n in places},
    )


def _with_gaps(levels: nw.LazyFrame[Any], labels: Sequence[str]) -> nw.LazyFrame[Any]:
    """Whether each year lacks a figure between the first, or the base year, and the last; and whether one up to it does."""
    places = range(len(labels))
    starts = [int(label[:4]) - _NUMBER_OF_YEAR for label in labels]
    there = [nw.when(~_figure(n).is_null()).then(nw.lit(starts[n])) for n in places]
    numbered = levels.with_columns(
        __from=nw.coalesce(_number(nw.col("base_year")) + 1, nw.col("__first"), *there),
        __to=nw.coalesce(nw.col("__after"), *there[::-1], nw.col("__last")),
    )
    within = [(nw.col("__from") <= start) & (nw.col("__to") >= start) for start in starts]
    lacks = {f"__lacks_{n}": (within[n] & _figure(n).is_null()).fill_null(value=False) for n in places}
    # Before the years asked for: fewer figures than years from the first to the last of them.
    ended = nw.min_horizontal(nw.col("__to"), nw.lit(starts[0] - 1))
    expected = nw.max_horizontal(ended - nw.col("__from") + 1, _ZERO)
    early = (nw.col("__early_years") < expected).fill_null(value=False)
    flagged = numbered.with_columns(**lacks, __lacked_early=early)
    run = itertools.accumulate((nw.col(name) for name in lacks), _either, initial=nw.col("__lacked_early"))
    return flagged.with_columns(**{f"__lacked_{n}": holds for n, holds in enumerate(itertools.islice(run, 1, None))})


def _either(one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return one | other
