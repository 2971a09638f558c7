"""The record: the claims in words, each put to the tests that official data allow."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from types import NoneType

import attrs

from bucks_cs.comparison import Position
from bucks_cs.errors import InvalidValue, NotFound, of_kind
from bucks_cs.record.officially.kinds import ClaimVerdict
from bucks_cs.record.printed_figures import PrintedFigure, first_printing
from bucks_cs.record.sequences import each_a

__all__ = ["Claim", "ClaimTest", "claim", "claims"]

_text = of_kind(str, expected="text")


@attrs.frozen(kw_only=True)
class ClaimTest:
    """One thing asked of official data because of a claim, and the answer.

    Args:
        asked: What was asked, in words.
        holds: Whether it is so.
        found: The official figures that say so, in words.
        position: Where Buckinghamshire stands among others, where it was set among them.

    Raises:
        InvalidValue: A part of another kind.
    """

    asked: str = attrs.field(validator=_text)
    holds: bool = attrs.field(validator=of_kind(bool, expected="yes or no"))
    found: str = attrs.field(validator=_text)
    position: Position | None = attrs.field(default=None, validator=of_kind(Position, NoneType, expected="a Position, or None"))

    def __str__(self) -> str:
        return f"{self.asked}: {'yes' if self.holds else 'no'} ({self.found})"


def _tests(given: Iterable[ClaimTest]) -> tuple[ClaimTest, ...]:
    return each_a(ClaimTest, given, what="Claim.tests", expected="a ClaimTest each")


@attrs.frozen(kw_only=True)
class Claim:
    """A claim in words, how it is read, the tests it was put to and what they say.

    Args:
        figure: The claim as printed.
        read_as: What it is taken to mean, so that figures could show it; empty where none could.
        tests: What was asked of official data.
        only_near: Whether the tests ask about something near it and not about the claim itself.
        why: What an officer should know of the verdict.

    Raises:
        InvalidValue: A part of another kind, or no reason.

    Example:
        >>> found = claim("improvement-plan-minutes-2021-22/bullet-12/timely-plans")
        >>> found.verdict
        <ClaimVerdict.NOT_BORNE_OUT: 'not borne out'>
        >>> [(test.position.rank, test.position.of) for test in found.tests]
        [(8, 19), (8, 19), (9, 19), (8, 19)]
    """

    figure: PrintedFigure = attrs.field(validator=of_kind(PrintedFigure, expected="a PrintedFigure"))
    read_as: str = attrs.field(default="", validator=_text)
    tests: tuple[ClaimTest, ...] = attrs.field(default=(), converter=_tests)
    only_near: bool = attrs.field(default=False, validator=of_kind(bool, expected="yes or no"))
    why: str = attrs.field(validator=_text)

    def __attrs_post_init__(self) -> None:
        if not self.why.strip():
            raise InvalidValue(what="Claim.why", expected="the reason, in words")

    @property
    def verdict(self) -> ClaimVerdict:
        """What the tests say: all, some or none of them hold; where there are none, or they are only near, nothing."""
        if not self.tests or self.only_near:
            return ClaimVerdict.NOT_CHECKABLE
        held = sum(test.holds for test in self.tests)
        if held == len(self.tests):
            return ClaimVerdict.BORNE_OUT
        return ClaimVerdict.IN_PART if held else ClaimVerdict.NOT_BORNE_OUT

    def __str__(self) -> str:
        read = f", read as {self.read_as}," if self.read_as else ""
        return f'"{self.figure.as_printed}"{read} {_IS[self.verdict]}: {self.why}.'


_IS = {
    ClaimVerdict.BORNE_OUT: "is borne out",
    ClaimVerdict.IN_PART: "is borne out in part",
    ClaimVerdict.NOT_BORNE_OUT: "is not borne out",
    ClaimVerdict.NOT_CHECKABLE: "cannot be checked",
}


def claims() -> tuple[Claim, ...]:
    """Every claim in words of the record, each once, with its verdict.

    A claim that restates an earlier one is found under that one. Where words leave open what would show them, `Claim.read_as`
    says how they are read here, and another reading may fare otherwise.

    Returns:
        A claim each, in the order of the record. No verdict is written down: each is worked out, once in a session, from the
        facts of `bucks_cs.record.official_facts`, and where authorities are ranked by `bucks_cs.comparison.position`.

    Source:
        The releases named by each fact.

    Example:
        >>> from collections import Counter
        >>> {verdict.value: number for verdict, number in Counter(found.verdict for found in claims()).items()}
        {'cannot be checked': 21, 'borne out in part': 6, 'borne out': 7, 'not borne out': 1}
    """
    return _claims()


@functools.cache
def _claims() -> tuple[Claim, ...]:
    from bucks_cs.record.officially.declared_claims import CLAIMS

    return tuple(declared.put_to_the_tests() for declared in CLAIMS)


def claim(figure: str) -> Claim:
    """One of the claims in words.

    Args:
        figure: The id of the figure that is the claim; of one that repeats an earlier claim, that one is given.

    Raises:
        NotFound: It is no claim, or there is no such figure.
        InvalidValue: It is no text.

    Example:
        >>> print(claim("cabinet-2022-10/3.6/stability"))
        "workforce stability" cannot be checked: the official workforce figures are of the whole authority, and not of these
        teams.
    """
    first = first_printing(figure)
    for found in claims():
        if found.figure.id == first.id:
            return found
    hint = " The figure is no claim in words: `claims` has those that are."
    raise NotFound(what="a claim in words", asked_on=("figure",), rows=0, hint=hint)
