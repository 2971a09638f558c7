"""Savings: the closed choices of a line in a tracker's own words, and its years as they are written."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.rules import Test
from bucks_cs.savings.model.choices import Basis, Recurrence, SavingKind, Status

__all__ = ["CHOICES", "Choice", "as_words", "in_our_words", "year_label"]

Choice = Basis | Recurrence | SavingKind | Status
CHOICES: dict[str, type[enum.Enum]] = {"basis": Basis, "recurrence": Recurrence, "kind": SavingKind, "status": Status}
"""The columns of closed choices."""

_NOT_STATED = ("unstated", "not stated", "not known", "unknown")


def as_words(given: object) -> dict[str, Choice]:
    """A tracker's own words for closed choices, made sure of.

    Args:
        given: The words and what each means; None for none.

    Raises:
        InvalidValue: It is no such dict, or a word is there in two spellings.
    """
    if given is None:
        return {}
    expected = "a dict of words and what each means: {'Ongoing': Recurrence.RECURRING, 'G': Status.ON_TRACK}"
    if not isinstance(given, Mapping):
        raise InvalidValue(what="words", expected=expected)
    if not all(isinstance(word, str) and isinstance(means, tuple(CHOICES.values())) for word, means in given.items()):
        raise InvalidValue(what="words", expected=expected)
    return {_folded(word): means for word, means in given.items()}


def _folded(word: str) -> str:
    return " ".join(word.replace("-", " ").replace("_", " ").lower().split())


def in_our_words(name: str, words: Mapping[str, Choice]) -> tuple[nw.Expr, Test]:
    """A column of a closed choice in this library's words, and the rule that every word in it is known.

    Args:
        name: The column.
        words: The tracker's own words, as `as_words` gives them.
    """
    of_it = CHOICES[name]
    stated = [choice for choice in of_it if choice.value != "unstated"]
    known = {_folded(choice.value): choice.value for choice in stated}
    known |= {word: str(means.value) for word, means in words.items() if isinstance(means, of_it) and means.value != "unstated"}
    unsaid = {*_NOT_STATED, *(word for word, means in words.items() if isinstance(means, of_it) and means.value == "unstated")}
    text = nw.col(name).str.to_lowercase().str.replace_all("[ _-]+", " ")
    value: nw.Expr = nw.lit(None).cast(nw.String)
    for word, ours in known.items():
        value = nw.when(text == word).then(nw.lit(ours)).otherwise(value)
    rule = f"is not one of {', '.join(choice.value for choice in stated)}"
    hint = f" Say what its own words mean: words={{'...': {of_it.__name__}.{stated[0].name}}}."
    holds = text.is_null() | text.is_in([*known, *unsaid])
    return value, Test(column=name, rule=rule, holds=holds, hint=hint)


def year_label(name: str) -> nw.Expr:
    """A column of financial years as 2023-24 is written, from 2023/24, 2023-2024 or 23/24; what is none of these stays.

    Args:
        name: The column.
    """
    text = nw.col(name).str.replace_all("[ ]*[-/–—][ ]*", "-")
    short = nw.concat_str(text.str.slice(0, 5), text.str.slice(7, 2))
    century = nw.concat_str(nw.lit("20"), text)
    named = nw.when(text.str.contains("^[0-9]{2}-[0-9]{2}$")).then(century).otherwise(text)
    return nw.when(text.str.contains("^[0-9]{4}-[0-9]{4}$")).then(short).otherwise(named)
