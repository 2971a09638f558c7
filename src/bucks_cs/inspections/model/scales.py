"""Inspections: grades, each of a scale that belongs to one regime, so that no two regimes are ever one scale."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, NotComparable, of_kind
from bucks_cs.inspections.model.fields import as_tuple, text

__all__ = ["Grade", "NoGrade", "Scale", "in_plain_words"]


def in_plain_words(wording: str) -> str:
    """A wording without what tells no two apart: capitals, blanks, underscores and a leading "the".

    Args:
        wording: A wording of a grade, a judgement or a kind of inspection.

    Example:
        >>> in_plain_words("The experiences and  progress of care_leavers")
        'experiences and progress of care leavers'
    """
    plain = " ".join(wording.replace("_", " ").replace("’", "'").casefold().split())
    return plain.removeprefix("the ")


class NoGrade(enum.Enum):
    """Why there is no grade: five things that a blank may mean, of which only one is a gap."""

    NOT_YET = "not yet a judgement"
    """The judgement began after the inspection: nothing is missing."""
    NO_LONGER = "no longer a judgement"
    """The judgement had ended before the inspection: nothing is missing."""
    NOT_GRADED = "an inspection of this kind carries no such judgement"
    """A visit without grades, or a judgement that only inspections of another kind make."""
    NOT_MADE = "made of some only"
    """A judgement that is made where it applies (of a sixth form, where there is one), and was not."""
    MISSING = "missing"
    """The judgement was made, and what it was is not known here."""

    @property
    def is_a_gap(self) -> bool:
        """Whether something is missing."""
        return self is NoGrade.MISSING


@attrs.frozen(kw_only=True)
class Grade:
    """A grade or an outcome in words, of one scale of one regime.

    Two grades compare (``<``, ``>``: better is greater) where they are of one scale that has an order, and nowhere else.

    Args:
        regime: The key of its regime.
        scale: The key of its scale in that regime.
        key: Its own name in that scale.
        wording: What it is called.
        place: Its place in the scale, 1 for the best; None where the outcomes of a scale have no order.
        also: Other wordings of the same grade, as reports and files have them.
        means: What it says at length, where the wording is short for it.

    Example:
        >>> from bucks_cs.inspections import ILACS, SCHOOL_REPORT_CARD
        >>> good = ILACS.judgement("overall effectiveness").scale.read("Good")
        >>> good > ILACS.judgement("overall effectiveness").scale.read("inadequate")
        True
        >>> good > SCHOOL_REPORT_CARD.judgement("inclusion").scale.read("expected standard")
        Traceback (most recent call last):
        bucks_cs.errors.NotComparable: a grade of ilacs with one of school_report_card cannot be compared: each regime has a scale
        of its own.
    """

    regime: str = attrs.field(validator=text)
    scale: str = attrs.field(validator=text)
    key: str = attrs.field(validator=text)
    wording: str = attrs.field(validator=text)
    place: int | None = attrs.field(default=None, validator=of_kind(int, NoneType, expected="a place, 1 for the best, or None"))
    also: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, eq=False, repr=False)
    means: str = attrs.field(default="", eq=False, repr=False, validator=text)

    def steps_above(self, other: Grade) -> int:
        """How many steps of the scale it stands above another grade: 0 for the same, below 0 for a worse one.

        Args:
            other: Another grade of the same scale.

        Raises:
            NotComparable: The other is of another regime or another scale, or the scale has no order.
            InvalidValue: The other is no grade.
        """
        if not isinstance(other, Grade):
            raise InvalidValue(what="the grade to compare with", expected="a Grade")
        if self.regime != other.regime:
            raise NotComparable(
                what=f"a grade of {self.regime} with one of {other.regime}", why="each regime has a scale of its own"
            )
        if self.scale != other.scale:
            raise NotComparable(what=f"a grade of {self.scale} with one of {other.scale}", why="they are of different scales")
        if self.place is None or other.place is None:
            raise NotComparable(what=f"outcomes of {self.scale}", why="they have no order")
        return other.place - self.place

    def __lt__(self, other: Grade) -> bool:
        return self.steps_above(other) < 0

    def __le__(self, other: Grade) -> bool:
        return self.steps_above(other) <= 0

    def __gt__(self, other: Grade) -> bool:
        return self.steps_above(other) > 0

    def __ge__(self, other: Grade) -> bool:
        return self.steps_above(other) >= 0

    def __str__(self) -> str:
        return self.wording


def _are_wordings(given: object) -> bool:
    return isinstance(given, tuple) and bool(given) and all(isinstance(word, str) for word in given)


def _grades(given: Any) -> tuple[Grade, ...]:
    found = tuple(given) if isinstance(given, Iterable) else (given,)
    if not found or not all(isinstance(grade, Grade) for grade in found):
        raise InvalidValue(what="Scale.grades", expected="one or more Grade")
    return found


@attrs.frozen(kw_only=True)
class Scale:
    """The grades or outcomes that a judgement of one regime may have, best first where they have an order.

    Args:
        regime: The key of its regime.
        key: Its name in that regime.
        grades: The grades, best first.

    Raises:
        InvalidValue: No grades; one of another scale; two of one wording; or some in order and some not.
    """

    regime: str = attrs.field(validator=text)
    key: str = attrs.field(validator=text)
    grades: tuple[Grade, ...] = attrs.field(converter=_grades)

    def __attrs_post_init__(self) -> None:
        if any((grade.regime, grade.scale) != (self.regime, self.key) for grade in self.grades):
            raise InvalidValue(what="Scale.grades", expected="grades of this scale and this regime")
        known = [in_plain_words(each) for grade in self.grades for each in (grade.wording, *grade.also)]
        if len(set(known)) != len(known):
            raise InvalidValue(what="Scale.grades", expected="wordings that tell the grades apart")
        places = [grade.place for grade in self.grades]
        if places not in ([None] * len(places), list(range(1, len(places) + 1))):
            raise InvalidValue(what="Scale.grades", expected="places from 1 up, in order, or none at all")

    @property
    def is_ordered(self) -> bool:
        """Whether one grade is better than another; outcomes such as "written statement of action required" are not."""
        return self.grades[0].place is not None

    def read(self, wording: str | Grade, *, what: str = "a grade") -> Grade:
        """The grade of a wording.

        Args:
            wording: As a report or file has it, in any capitals; a grade of this scale stays as it is.
            what: What is graded, in words, for messages.

        Returns:
            The grade.

        Raises:
            InvalidValue: It is a grade of another regime or scale, or no wording of this one. The text is not repeated.
        """
        if isinstance(wording, Grade):
            if wording not in self.grades:
                raise InvalidValue(what=what, expected=f"a grade of {self.regime}, not one of {wording.regime}, {wording.scale}")
            return wording
        if isinstance(wording, str):
            plain = in_plain_words(wording)
            for grade in self.grades:
                if plain in {in_plain_words(each) for each in (grade.key, grade.wording, *grade.also)}:
                    return grade
        raise InvalidValue(what=what, expected=f"a grade of {self.regime}: {' or '.join(grade.wording for grade in self.grades)}")

    @classmethod
    def of(cls, regime: str, key: str, *wordings: str | tuple[str, ...], ordered: bool = True) -> Scale:
        """A scale from wordings, best first; a tuple gives a wording and the other wordings of the same grade.

        Args:
            regime: The key of its regime.
            key: Its name.
            *wordings: The wordings.
            ordered: Whether each is better than the next.

        Raises:
            InvalidValue: A wording that is no text; or as the class itself.
        """
        each = [(wording,) if isinstance(wording, str) else wording for wording in wordings]
        if not all(_are_wordings(words) for words in each):
            raise InvalidValue(what="wordings", expected="text, or a tuple of a wording and other wordings of the same grade")
        return cls(
            regime=regime,
            key=key,
            grades=tuple(
                Grade(
                    regime=regime,
                    scale=key,
                    key=in_plain_words(words[0]).replace(" ", "_"),
                    wording=words[0],
                    also=words[1:],
                    place=number if ordered else None,
                )
                for number, words in enumerate(each, 1)
            ),
        )
