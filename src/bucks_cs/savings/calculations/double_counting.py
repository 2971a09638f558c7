"""Savings: pounds that two lines may both count, where one stands on the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from bucks_cs.errors import ImpossibleFigure
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.calculations.levels import added, annual_level, need_year
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds
from bucks_cs.savings.model.parts import Dependency
from bucks_cs.savings.model.possible import PossibleAmount
from bucks_cs.savings.model.programme import SavingsProgramme, lines_of
from bucks_cs.units import Quantity

__all__ = ["NOT_SAID", "CountedTwice", "DoubleCounting", "double_counted", "once", "refuse_impossible"]


@attrs.frozen(kw_only=True)
class CountedTwice:
    """Two lines, one of which stands on the other, and how much both may count.

    Args:
        line: The key of the line that stands on the other.
        on: The key of the other.
        pounds_in_both: What both count: one amount where it is stated, otherwise from nothing to the whole of the smaller.
    """

    line: str
    on: str
    pounds_in_both: PossibleAmount


@attrs.frozen(kw_only=True)
class DoubleCounting:
    """What lines come to when each is counted whole, and when each pound is counted once.

    Args:
        year: The financial year.
        counted_whole: The sum of the lines.
        twice: What of that is counted twice.
        counted_once: What is left.
        pairs: The lines of which one stands on another.
        stands_on_others: Lines that stand on one that is not among those given, by key, with the key of the other: nothing can
            be said of these.
    """

    year: FinancialYear
    counted_whole: PossibleAmount
    twice: PossibleAmount
    counted_once: PossibleAmount
    pairs: tuple[CountedTwice, ...]
    stands_on_others: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        whole, twice, left = (one.span for one in (self.counted_whole, self.twice, self.counted_once))
        pairs = f"{len(self.pairs)} pair{'' if len(self.pairs) == 1 else 's'}"
        return f"{self.year}: {whole} counted whole; {twice} of it counted twice, in {pairs} of lines; {left} counted once."


def double_counted(lines: SavingsProgramme | Iterable[SavingsLine] | SavingsLine, *, year: FinancialYear) -> DoubleCounting:
    """What is counted twice in a year among lines that stand on one another.

    A dependency that says how much both lines count takes that off once. One that does not takes off anything from nothing to
    the whole of the smaller; a line that stands on several can share with all of them no more than it has, and where those stand
    on one another it may be the same pounds in each. Lines that name no dependency are taken for separate. In a year in which one
    of two lines saves nothing yet, or no more, both count nothing.

    Of two lines the ends of the range can be reached. Of three or more that are tied to one another they hold whatever is so, and
    may be wider than all that is stated allows.

    Args:
        lines: The lines.
        year: The year.

    Returns:
        The sum counted whole, what is counted twice, and what is left; ranges wherever something is not stated.

    Raises:
        ImpossibleFigure: A line is said to share more with another than either can come to in the year.
        InvalidValue: There are no lines, an answer rests on a year without a figure, or an argument is of another kind.

    Example:
        >>> import attrs
        >>> from bucks_cs.record import savings_lines
        >>> from bucks_cs.savings import Dependency, double_counted
        >>> lines = savings_lines()
        >>> edge = attrs.evolve(lines.line("edge-of-care-team"), depends_on=Dependency(on="parent-and-child-provision"))
        >>> print(double_counted([edge, lines.line("parent-and-child-provision")], year=FinancialYear("2023-24")))
        2023-24: £1,010,000 counted whole; £0 to £390,000 of it counted twice, in 1 pair of lines; £620,000 to £1,010,000 ...
    """
    every = lines_of(lines)
    need_year(year)
    levels = {line.key: annual_level(line, year=year) for line in every}
    refuse_impossible(every, levels)
    pairs = tuple(
        CountedTwice(line=line.key, on=one.on, pounds_in_both=_in_both(one, levels[line.key], levels[one.on]))
        for line in every
        for one in line.depends_on
        if one.on in levels
    )
    whole, twice = added(levels.values()), _twice(every, levels)
    return DoubleCounting(
        year=year,
        counted_whole=whole,
        twice=twice,
        counted_once=once(every, levels, why=tuple(one.why for one in (whole, twice))),
        pairs=pairs,
        stands_on_others=tuple((line.key, one.on) for line in every for one in line.depends_on if one.on not in levels),
    )


def once(lines: Iterable[SavingsLine], levels: Mapping[str, PossibleAmount], *, why: Iterable[str]) -> PossibleAmount:
    """What lines come to when each pound is counted once: the least and the most of it.

    Args:
        lines: The lines.
        levels: What each comes to, by key.
        why: What leaves it open.
    """
    every = tuple(lines)
    least, most = ({key: in_pence(end(level)) for key, level in levels.items()} for end in (_lower, _upper))
    high = sum(most[line.key] - _surely_shared(line, every, most) for line in every)
    low = min(high, _least_once(every, least, most))
    reasons = list(dict.fromkeys(one for one in why if one)) or [_SAME_OR_OTHERS]
    return PossibleAmount(lower=pounds(low), upper=pounds(high), why="" if low == high else "; ".join(reasons))


def refuse_impossible(lines: Iterable[SavingsLine], levels: Mapping[str, PossibleAmount]) -> None:
    """Refuse lines that are said to share more than one of them comes to.

    Args:
        lines: The lines.
        levels: What each comes to, by key.

    Raises:
        ImpossibleFigure: Two share more than the smaller of them, where neither is nothing in the year.
    """
    for line in lines:
        for one in line.depends_on:
            most = _smaller(levels[line.key], levels[one.on]) if one.on in levels else 0
            if most and one.same_pounds is not None and in_pence(one.same_pounds) > most:
                why = "it is more than one of the two lines can come to in the year"
                raise ImpossibleFigure(what="Dependency.same_pounds", why=why)


def _smaller(line: PossibleAmount, other: PossibleAmount) -> int:
    return max(0, min(in_pence(line.upper), in_pence(other.upper)))


def _lower(level: PossibleAmount) -> Quantity:
    return level.lower


def _upper(level: PossibleAmount) -> Quantity:
    return level.upper


def _least_once(lines: tuple[SavingsLine, ...], least: Mapping[str, int], most: Mapping[str, int]) -> int:
    """The least that is left: each line without all that those it stands on may have of it.

    Of lines that are tied to one another it is never less than the largest of them saves alone.
    """
    own = {line.key: least[line.key] - _may_be_shared(line, least, most) for line in lines}
    left = 0
    for tied in _tied([line.key for line in lines], lines):
        costs = sum(min(0, least[key]) for key in tied)
        left += max(sum(own[key] for key in tied), costs + max(0, *(least[key] for key in tied)))
    return left


def _may_be_shared(line: SavingsLine, least: Mapping[str, int], most: Mapping[str, int]) -> int:
    shared = 0
    for one in line.depends_on:
        if one.on in most:
            smaller = max(0, min(least[line.key], most[one.on]))
            shared += smaller if one.same_pounds is None else min(smaller, in_pence(one.same_pounds))
    return min(max(0, least[line.key]), shared)


def _surely_shared(line: SavingsLine, lines: tuple[SavingsLine, ...], most: Mapping[str, int]) -> int:
    """What is stated to be in others; where those are tied to one another it may be the same pounds in each."""
    stated = {
        one.on: max(0, min(in_pence(one.same_pounds), most[line.key], most[one.on]))
        for one in line.depends_on
        if one.on in most and one.same_pounds is not None
    }
    between = {
        frozenset((other.key, one.on)): in_pence(one.same_pounds)
        for other in lines
        for one in other.depends_on
        if one.same_pounds is not None
    }
    shared = sum(_in_any(tied, stated, between) for tied in _tied(list(stated), lines))
    return min(max(0, most[line.key]), shared)


def _in_any(keys: set[str], stated: Mapping[str, int], between: Mapping[frozenset[str], int]) -> int:
    """The least that several parts of a line come to together: each less what it may share with those before it.

    Two parts have no more in common than the two lines they are in.
    """
    taken: list[str] = []
    least = 0
    for key in sorted(keys, key=lambda key: (-stated[key], key)):
        common = sum(min(stated[key], stated[one], between.get(frozenset((key, one)), stated[key])) for one in taken)
        if stated[key] > common:
            taken.append(key)
            least += stated[key] - common
    return least


def _tied(keys: list[str], lines: tuple[SavingsLine, ...]) -> list[set[str]]:
    """Keys in groups, of which each stands on another of its group or is stood upon; those tied to none are groups of one."""
    groups = [{key} for key in keys]
    for line in lines:
        for one in line.depends_on:
            joined = [group for group in groups if line.key in group or one.on in group]
            if len(joined) == 2:
                groups = [group for group in groups if group not in joined] + [joined[0] | joined[1]]
    return groups


def _in_both(stated: Dependency, line: PossibleAmount, other: PossibleAmount) -> PossibleAmount:
    most = _smaller(line, other)
    if stated.same_pounds is None:
        return PossibleAmount(lower=pounds(0), upper=pounds(most), why=NOT_SAID if most else "")
    shared = min(most, in_pence(stated.same_pounds))
    return PossibleAmount(lower=pounds(shared), upper=pounds(shared))


NOT_SAID = "how much of one line is also in the one it stands on is not stated"
_SAME_OR_OTHERS = "whether a line shares the same pounds with each of those it stands on is not stated"


def _twice(lines: tuple[SavingsLine, ...], levels: Mapping[str, PossibleAmount]) -> PossibleAmount:
    """All that is counted twice, when each line comes to its most."""
    most = {key: in_pence(level.upper) for key, level in levels.items()}
    low = sum(_surely_shared(line, lines, most) for line in lines)
    high = max(low, sum(most.values()) - _least_once(lines, most, most))
    unsaid = any(one.same_pounds is None for line in lines for one in line.depends_on if one.on in levels)
    why = "" if low == high else NOT_SAID if unsaid else _SAME_OR_OTHERS
    return PossibleAmount(lower=pounds(low), upper=pounds(high), why=why)
