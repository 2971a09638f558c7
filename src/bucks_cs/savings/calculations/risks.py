"""Savings: what lines come to together when each may fail: exactly where they are few amounts, otherwise by seeded draws."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.savings.model.money import in_pence
from bucks_cs.savings.model.risk import AnyBetween, Chance, RiskAdjusted

__all__ = ["MOST_TOTALS", "risk_adjusted_total", "simulated_total"]

MOST_TOTALS = 1_000_000
"""The most different totals that are worked out exactly: 20 lines of which no two sums are alike."""


def risk_adjusted_total(chances: Iterable[Chance] | Chance, *, level: float) -> RiskAdjusted:
    """What lines come to together, each one of several amounts, by convolution: every total and how likely it is, exactly.

    Lines are taken to succeed and fail independently of one another, which is seldom quite so: one shortage of foster carers
    hits all that rest on them, and the interval is then too narrow.

    Args:
        chances: What each line may come to.
        level: How likely the total shall lie in the interval, above 0 and below 1.

    Returns:
        The expected total; the interval, which is missed no oftener on one side than half of what the level leaves; and every
        total. Amounts are to the penny; the probabilities are floats.

    Raises:
        NotComparable: One line stands on another of them, so that they are not independent: give the two as one `Chance`.
        InvalidValue: There are no lines, one is given twice or by a range (`simulated_total` takes it), ``level`` is no such
            probability, or there are more than `MOST_TOTALS` totals.

    Example:
        >>> from bucks_cs.savings import Chance, pounds, risk_adjusted_total
        >>> edge = Chance.all_or_nothing("edge", saving=pounds(39_000_000), probability=0.8)
        >>> home = Chance.all_or_nothing("home", saving=pounds(62_000_000), probability=0.5)
        >>> found = risk_adjusted_total([edge, home], level=0.8)
        >>> print(found)
        £622,000 expected; at least 80% of the time £390,000 to £1,010,000 (every total worked out).
        >>> round(found.chance_of(pounds(62_000_000)), 3)
        0.5
    """
    given, wanted = _independent(chances, kinds=(Chance,)), _level(level)
    totals = {0: 1.0}
    for one in given:
        assert isinstance(one, Chance)
        outcomes = [(in_pence(outcome.saving), outcome.probability) for outcome in one.outcomes if outcome.probability > 0]
        parts: dict[int, float] = {}
        for total, chance in totals.items():
            for saving, likely in outcomes:
                parts[total + saving] = parts.get(total + saving, 0.0) + chance * likely
        if len(parts) > MOST_TOTALS:
            expected = f"lines of no more than {MOST_TOTALS:,} totals"
            raise InvalidValue(what="chances", expected=expected, hint=" simulated_total has no such limit.")
        totals = parts
    mean = float(sum(_mean(one) for one in given))
    return RiskAdjusted.of_totals(totals.items(), expected=mean, level=wanted, method="every total worked out")


def simulated_total(
    chances: Iterable[Chance | AnyBetween] | Chance | AnyBetween, *, level: float, seed: int, draws: int = 10_000
) -> RiskAdjusted:
    """What lines come to together, some of them any amount between two, by draws of a seeded generator.

    The same seed gives the same draws. The expected total is worked out and not drawn; the interval is of the draws.

    Args:
        chances: What each line may come to.
        level: How likely the total shall lie in the interval, above 0 and below 1.
        seed: A whole number from which the draws follow.
        draws: How many totals are drawn, 100 to 1,000,000.

    Returns:
        As `risk_adjusted_total`, where each total is a share of the draws.

    Raises:
        NotComparable: One line stands on another of them.
        InvalidValue: There are no lines, one is given twice, or an argument is of another kind.

    Example:
        >>> from bucks_cs.savings import AnyBetween, pounds, simulated_total
        >>> home = AnyBetween(line="home", least=pounds(30_000_000), most=pounds(62_000_000))
        >>> found = simulated_total(home, level=0.8, seed=7)
        >>> print(found.expected, found.lower < found.expected < found.upper)
        460000 GBP True
    """
    given, wanted = _independent(chances, kinds=(Chance, AnyBetween)), _level(level)
    if type(seed) is not int:
        raise InvalidValue(what="seed", expected="a whole number")
    if type(draws) is not int or not 100 <= draws <= 1_000_000:
        raise InvalidValue(what="draws", expected="a whole number, 100 to 1,000,000")
    generator = random.Random(seed)
    columns = [_drawn(one, generator, draws) for one in given]
    counted = Counter(map(sum, zip(*columns, strict=True)))
    totals = ((total, count / draws) for total, count in counted.items())
    expected = sum(_mean(one) for one in given)
    method = f"{draws:,} draws of seed {seed}"
    return RiskAdjusted.of_totals(totals, expected=float(expected), level=wanted, method=method)


def _drawn(one: Chance | AnyBetween, generator: random.Random, draws: int) -> list[int]:
    if isinstance(one, AnyBetween):
        least, most = in_pence(one.least), in_pence(one.most)
        return [generator.randint(least, most) for _ in range(draws)]
    amounts = [in_pence(outcome.saving) for outcome in one.outcomes]
    return generator.choices(amounts, weights=[outcome.probability for outcome in one.outcomes], k=draws)


def _mean(one: Chance | AnyBetween) -> Fraction:
    if isinstance(one, AnyBetween):
        return Fraction(in_pence(one.least) + in_pence(one.most), 2)
    return sum((in_pence(outcome.saving) * Fraction(outcome.probability) for outcome in one.outcomes), Fraction(0))


def _level(level: object) -> float:
    if isinstance(level, bool) or not isinstance(level, (int, float)) or not 0 < level < 1:
        raise InvalidValue(what="level", expected="a probability above 0 and below 1, such as 0.8")
    return float(level)


def _independent(given: object, *, kinds: tuple[type, ...]) -> tuple[Chance | AnyBetween, ...]:
    found: tuple[object, ...] = (given,) if isinstance(given, (Chance, AnyBetween)) else ()
    if not found and isinstance(given, Iterable):
        found = tuple(given)
    known = tuple(one for one in found if isinstance(one, (Chance, AnyBetween)) and isinstance(one, kinds))
    names = " or ".join(kind.__name__ for kind in kinds)
    if not known or len(known) != len(found):
        hint = "" if AnyBetween in kinds else " simulated_total takes any amount between two."
        raise InvalidValue(what="chances", expected=f"one or more {names}", hint=hint)
    keys = {one.line for one in known}
    if len(keys) != len(known):
        raise InvalidValue(what="chances", expected="each line once")
    if any(on in keys for one in known for on in one.depends_on):
        why = "one stands on another, so they do not succeed and fail independently; give the two as one Chance"
        raise NotComparable(what="the chances of these lines", why=why)
    return known
