"""Savings: what presses on a plan, what the lines come to against it, and what is left."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.calculations.double_counting import NOT_SAID, once, refuse_impossible
from bucks_cs.savings.calculations.levels import added, annual_level, need_year
from bucks_cs.savings.model.choices import SavingKind, Status
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds, pounds_said
from bucks_cs.savings.model.possible import PossibleAmount
from bucks_cs.savings.model.pressure import Pressure
from bucks_cs.savings.model.programme import SavingsProgramme, lines_of
from bucks_cs.units import Quantity

__all__ = ["Gap", "gap"]


@attrs.frozen(kw_only=True)
class Gap:
    """What presses on a plan in a year, what the lines come to, how much of that closes it, and what is left.

    Args:
        year: The financial year.
        against: The plan.
        pressure: What is needed above the plan.
        savings: What all the lines come to in the year, each counted whole.
        closes: What of that closes the gap. Its least leaves out all that may be counted elsewhere, its most only what is known
            to be.
        remaining: What is left; below 0 where the lines do more than close the gap.
        left_out: The lines that close none of it, by key, with the reason.
    """

    year: FinancialYear
    against: str
    pressure: Quantity
    savings: PossibleAmount
    closes: PossibleAmount
    remaining: PossibleAmount
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def is_closed(self) -> bool | None:
        """Whether nothing is left; None where that depends on what is not stated."""
        if self.remaining.upper.magnitude <= 0:
            return True
        return None if self.remaining.lower.magnitude <= 0 else False

    def __str__(self) -> str:
        answer = {True: "the lines close it", False: "the lines do not close it", None: "the lines may close it or not"}
        return (
            f"{self.year}, against {self.against}: {pounds_said(self.pressure)} needed; lines of {self.savings.span}, of which "
            f"{self.closes.span} counts; {self.remaining.span} left: {answer[self.is_closed]}."
        )


def gap(
    pressures: Pressure | Iterable[Pressure],
    *,
    lines: SavingsProgramme | Iterable[SavingsLine] | SavingsLine,
    year: FinancialYear,
) -> Gap:
    """What presses on a plan in a year, against what savings lines come to in it.

    A line closes nothing where the plan, or another programme, counts it already, where it is not achievable, or where it avoids
    a cost and no budget falls by it. Where nobody has said whether a line is counted already, or what kind it is, the least that
    is closed leaves it out and the most takes it in. Pounds that two lines may both count are taken off in the same way.

    Args:
        pressures: What is needed above the plan, all of one year and against one plan.
        lines: The lines.
        year: The year.

    Returns:
        The gap, to the penny; a range wherever something is not stated.

    Raises:
        NotComparable: A pressure is of another year, or against another plan: over the budget of one year and over the original
            plan of another are two things.
        ImpossibleFigure: A line is said to share more with another than either can come to in the year.
        InvalidValue: No pressures or no lines, a line's answer rests on a year without a figure, or a part is of another kind.

    Example:
        >>> from bucks_cs.record import pressures, savings_lines
        >>> from bucks_cs.savings import gap
        >>> print(gap(pressures()[1], lines=savings_lines(), year=FinancialYear("2023-24")))
        2023-24, against the original Council Budget/MTFP: £13,300,000 needed; lines of £1,342,000, of which £0 to £1,342,000
        counts; £11,958,000 to £13,300,000 left: the lines do not close it.
    """
    need_year(year)
    given = _pressures(pressures, year)
    needed = sum(in_pence(one.amount) for one in given)
    every = lines_of(lines)
    left_out = {line.key: why for line in every if (why := _left_out(line))}
    counted = [line for line in every if line.key not in left_out]
    closes = _closes(counted, year)
    low, high = (pounds(needed - in_pence(end)) for end in (closes.upper, closes.lower))
    remaining = PossibleAmount(lower=low, upper=high, why=closes.why)
    return Gap(
        year=year,
        against=given[0].against,
        pressure=pounds(needed),
        savings=added(annual_level(line, year=year) for line in every),
        closes=closes,
        remaining=remaining,
        left_out=tuple(left_out.items()),
    )


def _pressures(given: object, year: FinancialYear) -> tuple[Pressure, ...]:
    found = (given,) if isinstance(given, Pressure) else tuple(given) if isinstance(given, Iterable) else ()
    pressures = tuple(one for one in found if isinstance(one, Pressure))
    if not pressures or len(pressures) != len(found):
        raise InvalidValue(what="pressures", expected="a Pressure, or several")
    if any(one.year != year for one in pressures):
        raise NotComparable(what="a pressure and the lines", why="it is of another financial year than the one asked for")
    if len({one.against for one in pressures}) > 1:
        raise NotComparable(what="pressures", why="they are against different plans, so no sum of them means anything")
    return pressures


def _left_out(line: SavingsLine) -> str:
    if line.already_counted_in:
        return "already counted elsewhere"
    if line.kind is SavingKind.COST_AVOIDANCE:
        return "cost avoidance: no budget falls by it"
    if line.status is not None and line.status.status is Status.NOT_ACHIEVABLE:
        return "not achievable"
    return ""


def _closes(lines: list[SavingsLine], year: FinancialYear) -> PossibleAmount:
    """What of the lines surely closes the gap, and what may."""
    whole, levels, why = {line.key: annual_level(line, year=year) for line in lines}, {}, []
    refuse_impossible(lines, whole)
    for line in lines:
        level = whole[line.key]
        points = _open_points(line)
        why += [level.why, *points]
        if points:  # it may count whole, or not at all
            low, high = min(0, in_pence(level.lower)), max(0, in_pence(level.upper))
            level = PossibleAmount(lower=pounds(low), upper=pounds(high), why="; ".join(points))
        levels[line.key] = level
        why += [NOT_SAID] if any(one.same_pounds is None and one.on in whole for one in line.depends_on) else []
    return once(lines, levels, why=why)


def _open_points(line: SavingsLine) -> list[str]:
    points = []
    if line.already_counted_in is None:
        points.append("whether a line is counted already elsewhere is not stated")
    if line.kind is SavingKind.UNSTATED:
        points.append("whether a line is cashable is not stated")
    return points
