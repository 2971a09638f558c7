"""The record: what is asked of a printed figure and the official ones beside it, and how the answer is worked out."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable

import attrs

from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.record.officially.comparisons import Beside, Comparison, agrees
from bucks_cs.record.officially.facts import BUCKINGHAMSHIRE, OfficialFact, official_fact
from bucks_cs.record.officially.kinds import Match
from bucks_cs.record.printed_figures import PrintedFigure, figure

__all__ = ["Official", "Pair", "Rule"]


class Rule(enum.Enum):
    """What is asked of a printed figure and the official ones beside it."""

    EQUAL = "equal"
    """Does the print stand for it? Of several, each is another basis."""
    BETWEEN = "between"
    """Does the number printed lie between them? They are of days round its own."""
    NEAREST = "nearest"
    """Nothing: they count something else, or at another time, and are only the nearest there is."""


@attrs.frozen(kw_only=True)
class Official:
    """An official figure to be looked up, and how it becomes what the print is of.

    Args:
        measure: The key of the measure.
        on: A day of its period.
        area: LA number, or the ONS code above an authority.
        part: Which part of the whole; empty for the whole.
        work: What makes the number set beside the print of the published figure; None: as published.
        say: What makes the words or the day of it; None: as published.
        how: That, in words.
        base: The other official figure that it is worked out from, where there is one.
        where: Beside which prints it stands, where that hangs on what is printed; None: beside any.
    """

    measure: str
    on: dt.date
    area: str = BUCKINGHAMSHIRE
    part: str = ""
    work: Callable[[OfficialFact], float] | None = None
    say: Callable[[OfficialFact], str] | None = None
    how: str = ""
    base: OfficialFact | None = None
    where: Callable[[PrintedFigure], bool] | None = None

    def beside(self, of: PrintedFigure, *, equal: bool) -> Beside:
        """The official figure, beside the printed one."""
        fact = official_fact(self.measure, on=self.on, area=self.area, part=self.part)
        value = self.work(fact) if self.work is not None else _as_published(fact)
        said = "" if value is not None else self.say(fact) if self.say is not None else fact.said
        same = agrees(of, value, said) if equal else None
        return Beside(fact=fact, value=value, said=said, worked_out=self.how, base=self.base, agrees=same)


@attrs.frozen(kw_only=True)
class Pair:
    """A printed figure, what stands beside it, and what is asked of them.

    Args:
        figure: The id of the printed figure.
        rule: What is asked.
        official: The official figures.
        why: What an officer should know of the match.
        against: The id of the figure that the official ones are of, where that is another one of the same sentence.

    Raises:
        InvalidValue: Nothing stands beside a figure that has to be equal, or fewer than two beside one that lies between.
    """

    figure: str = attrs.field(validator=of_kind(str, expected="the id of a figure"))
    rule: Rule
    official: tuple[Official, ...] = ()
    why: str
    against: str | None = None

    def __attrs_post_init__(self) -> None:
        if len(self.official) < {Rule.EQUAL: 1, Rule.BETWEEN: 2, Rule.NEAREST: 0}[self.rule]:
            raise InvalidValue(what="Pair.official", expected="one to be equal to, two to lie between")

    def compared(self, *, printed: PrintedFigure | None = None) -> Comparison:
        """The comparison, worked out.

        Args:
            printed: A figure to take in place of the record's: what if it had been printed otherwise?
        """
        printed = printed if printed is not None else figure(self.figure)
        asked = printed if self.against is None else figure(self.against)
        there = (one for one in self.official if one.where is None or one.where(printed))
        beside = tuple(one.beside(asked, equal=self.rule is Rule.EQUAL) for one in there)
        return Comparison(figure=printed, match=self._match(asked, beside), beside=beside, why=self.why)

    def _match(self, printed: PrintedFigure, beside: tuple[Beside, ...]) -> Match:
        if self.rule is Rule.NEAREST:
            return Match.NOT_COMPARABLE
        if self.rule is Rule.BETWEEN:
            ends = [one.value for one in beside if one.value is not None]
            low, high = printed.low, printed.high
            inside = low is not None and high is not None and min(ends) <= low <= high <= max(ends)
            return Match.BETWEEN if inside else Match.DIFFERS
        how_many = sum(one.agrees is True for one in beside)
        if not beside:
            return Match.NOT_COMPARABLE
        return Match.DIFFERS if not how_many else Match.MATCHES if how_many == len(beside) else Match.ON_ONE_BASIS


def _as_published(fact: OfficialFact) -> float | None:
    """The number, exact where its parts are published: 258 of 673, not 38.3%."""
    if fact.measure.unit == "percent" and fact.numerator is not None and fact.denominator:
        return 100 * fact.numerator / fact.denominator
    return fact.value
