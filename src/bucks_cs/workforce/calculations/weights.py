"""Weights of localities as whole numbers, so that shares and ties are exact, in any order of rows and on every engine.

Decimals added up in another order differ in their last digit, which is enough to break a tie another way. So each column is
taken in whole units of a decimal place, chosen so that nothing that follows goes beyond the whole numbers that engines are
exact in. What has no more digits than that is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.errors import FrameProblems, InvalidValue, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import Home, collect
from bucks_cs.frames.rules import Test
from bucks_cs.workforce.model.allocation import Weighting
from bucks_cs.workforce.schema.localities import Localities

__all__ = ["ALL", "MOST_WORKERS", "Weighed", "of_all", "weighed"]

ALL = "__all"
"""A column of ones, to add up over all rows by, and to count them."""

MOST_WORKERS = 1_000_000
"""The most workers that can be shared out."""

_EXACT_IN_A_FLOAT = 2**53
_EXACT_IN_A_WHOLE_NUMBER = 2**63 - 1
_EXACT_DECIMALS = 10**15
_MOST_PLACES = 15
_LOOKED_AT = range(6)
_COLUMNS = ("need", "deprivation")


@attrs.frozen(kw_only=True)
class Weighed:
    """Localities with their weights.

    Args:
        lazy: A row for each locality: ``locality``, its weight as a whole number, ``__weight``, the weight of all, ``__whole``,
            and `ALL`.
        home: The caller's engine.
        rows: How many localities there are.
        largest_share: No less than the largest share of all weight that any of them has.
    """

    lazy: nw.LazyFrame[Any]
    home: Home
    rows: int
    largest_share: float


@attrs.frozen(kw_only=True)
class _Size:
    """How large a column is.

    Args:
        largest: Its largest number.
        about: What it adds up to, but for the last digits, which depend on the order of rows.
        above: No less than what it adds up to, in whole numbers, and so in any order of rows.
        rows: How many rows it has.
        exact: The fewest decimal places that hold all its numbers; `_MOST_PLACES` where those looked at do not.
    """

    largest: float
    about: float
    above: float
    rows: int
    exact: int

    def units(self, places: int) -> float:
        """No less than its sum in units of a decimal place."""
        return self.above * 10.0**places + self.rows

    def places(self, *, most: float) -> int:
        """The decimal places to take it to: as many as it has, where its sum in units of the last is not above ``most`` then."""
        for places in range(self.exact, -_MOST_PLACES - 1, -1):
            if self.units(places) <= most:
                return places
        raise InvalidValue(what="localities", expected="fewer of them: no whole numbers hold the weights of so many exactly")

    def largest_share(self, places: int) -> float:
        """No less than the largest share that a row has, each rounded to those places."""
        unit = 10.0**-places
        rest = self.about - self.rows * unit
        return min(1.0, (self.largest + unit) / rest) if rest > 0 else 1.0


def weighed(localities: Any, *, weighting: Weighting, total: int) -> Weighed:
    """The localities with their weights as whole numbers, once it is sure that there is something to weigh.

    Args:
        localities: Localities, raw or checked.
        weighting: How much need and deprivation weigh.
        total: How many workers are to be shared out: products with it have to stay exact.

    Raises:
        FrameProblems: A rule of `Localities` is broken, a deprivation that is weighed is missing, there is no locality, or what
            is weighed is 0 in all of them.
        InvalidValue: There are more localities than whole numbers hold the weights of.
    """
    shares = dict(zip(_COLUMNS, weighting.parts, strict=True))
    used = tuple(name for name in _COLUMNS if shares[name])
    there = Test(column="deprivation", rule="is missing, and it is weighed", holds=~nw.col("deprivation").is_null())
    checked = Localities.admit(localities, also=[there] if "deprivation" in used else [])
    sizes = _sizes(checked, used)
    budget = min(_EXACT_IN_A_FLOAT, _EXACT_IN_A_WHOLE_NUMBER // total)
    scales = _places(sizes, most=budget / sum(weighting.parts))
    rows = checked.lazy.select("locality", *(_in_units(name, scales[name]) for name in used), nw.lit(1).cast(nw.Int64).alias(ALL))
    summed = rows.with_columns(*(of_all(nw.col(name)).alias(f"{name}_of_all") for name in used))
    weight = nw.col(used[0])
    if len(used) > 1:
        need, deprivation = (nw.col(name) * part for name, part in shares.items())
        weight = need * nw.col("deprivation_of_all") + deprivation * nw.col("need_of_all")
    weights = summed.select("locality", ALL, weight.cast(nw.Int64).alias("__weight"))
    whole = weights.with_columns(of_all(nw.col("__weight")).alias("__whole"))
    largest = sum(shares[name] * sizes[name].largest_share(scales[name]) for name in used) / sum(weighting.parts)
    return Weighed(lazy=whole, home=checked.home, rows=checked.rows, largest_share=largest)


def of_all(number: nw.Expr) -> nw.Expr:
    """The sum of whole numbers over all localities, in each row.

    Args:
        number: The whole numbers.
    """
    # DuckDB adds whole numbers up to one of a larger kind, which not every engine has.
    return number.sum().over(ALL).cast(nw.Int64)


def _sizes(checked: Checked[Any], used: tuple[str, ...]) -> dict[str, _Size]:
    """How large each column is, by one query; refused where there is nothing to weigh."""
    if checked.rows == 0:
        raise FrameProblems(schema="Localities", problems=(Problem(rule="there is no locality to share out over"),))
    sums = {f"{name}_largest": nw.col(name).max() for name in used} | {f"{name}_about": nw.col(name).sum() for name in used}
    sums |= {f"{name}_above": nw.col(name).ceil().cast(nw.Int64).sum() for name in used}
    sums |= {f"{name}_{places}": _not_of(name, places) for name in used for places in _LOOKED_AT}
    found = {name: float(number) for name, number in collect(checked.lazy.select(**sums)).row(0, named=True).items()}
    nothing = [name for name in used if found[f"{name}_largest"] * 10.0**_MOST_PLACES < 1]
    if nothing:
        rule = "is 0, or next to it, in every locality, so that nothing says how to share out by it"
        raise FrameProblems(schema="Localities", problems=tuple(Problem(column=name, rule=rule) for name in nothing))
    sizes = {}
    for name in used:
        largest, about, above = (found[f"{name}_{size}"] for size in ("largest", "about", "above"))
        exact = next((places for places in _LOOKED_AT if not found[f"{name}_{places}"]), _MOST_PLACES)
        above = min(above, checked.rows * largest)
        sizes[name] = _Size(largest=largest, about=about, above=above, rows=checked.rows, exact=exact)
    return sizes


def _not_of(name: str, places: int) -> nw.Expr:
    """How many numbers of a column have more decimal places than those."""
    number = nw.col(name)
    same = (number * 10.0**places + 0.5).floor() / 10.0**places == number
    return nw.when(same).then(nw.lit(0)).otherwise(nw.lit(1)).sum()


def _places(sizes: Mapping[str, _Size], *, most: float) -> dict[str, int]:
    """The decimal places of each column, so that the product of their sums, in units of the last, is not above ``most``.

    Of two, the one that needs less has at most half of the digits there are, and the other what is left.
    """
    by_need = sorted(sizes, key=lambda name: sizes[name].units(sizes[name].exact))
    found: dict[str, int] = {}
    for number, name in enumerate(by_need):
        found[name] = sizes[name].places(most=min(most ** (1 / (len(by_need) - number)), _EXACT_DECIMALS))
        most /= sizes[name].units(found[name])
    return found


def _in_units(name: str, places: int) -> nw.Expr:
    """A column in whole units of a decimal place, halves up."""
    number = nw.col(name) * 10.0**places if places >= 0 else nw.col(name) / 10.0**-places
    return (number + 0.5).floor().cast(nw.Int64).alias(name)
