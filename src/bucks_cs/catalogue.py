"""Every indicator there is, gathered from the doors of the subjects: to look one up, to search them, to have them as a frame."""

from __future__ import annotations

import functools
import importlib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bucks_cs.errors import InvalidValue, NotFound, did_you_mean
from bucks_cs.indicators import Indicator, Measure
from bucks_cs.units import symbol

if TYPE_CHECKING:
    import polars as pl

__all__ = ["SUBJECTS", "formula", "frame", "indicator", "indicators", "search", "searched"]

SUBJECTS = MappingProxyType(
    {
        "demand": "Demand",
        "ehcp": "Education, health and care plans",
        "inspections": "Inspections",
        "savings": "Savings",
        "sufficiency": "Enough places",
        "workforce": "Workforce",
        "uasc": "Unaccompanied children",
        "looked_after": "Children looked after",
        "attainment": "Attainment",
    }
)
"""The subjects, by the names one imports them under, each as a heading has it."""

# A definition says in words what is divided by what, and the same words each time.
_OUT_OF = r"[,;]? (?:each )?out of "
_LESS = r",? less (?!than )"


@functools.cache
def _all() -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for name in SUBJECTS:
        found += importlib.import_module(f"bucks_cs.{name}").INDICATORS
    return tuple(sorted(found, key=lambda one: (list(SUBJECTS).index(one.key.split(".")[0]), one.key)))


@functools.cache
def _texts() -> tuple[str, ...]:
    return tuple(searched(one) for one in _all())


def indicators(subject: str | None = None) -> tuple[Indicator, ...]:
    """Every indicator, or those of a subject, in order of subject and key.

    Args:
        subject: One of `SUBJECTS`; None for all.

    Raises:
        NotFound: There is no such subject.
        InvalidValue: It is no text.

    Example:
        >>> from bucks_cs import catalogue
        >>> [one.key for one in catalogue.indicators("demand")][:2]
        ['demand.assessed_in_time_from_referral', 'demand.assessed_in_time_from_start']
    """
    if subject is None:
        return _all()
    if not isinstance(subject, str):
        raise InvalidValue(what="subject", expected="the name of a subject, as text")
    if subject not in SUBJECTS:
        raise NotFound(what="a subject", asked_on=("subject",), rows=0, hint=did_you_mean(subject, SUBJECTS))
    return tuple(one for one in _all() if one.key.split(".")[0] == subject)


def indicator(key: str) -> Indicator:
    """An indicator by its key.

    Args:
        key: Such as ``"demand.rereferrals"``.

    Raises:
        NotFound: There is none of that key.
        InvalidValue: It is no text.

    Example:
        >>> from bucks_cs import catalogue
        >>> catalogue.indicator("demand.rereferrals").title
        'Re-referrals within 12 months'
    """
    if not isinstance(key, str):
        raise InvalidValue(what="key", expected="the key of an indicator, as text")
    found = {one.key: one for one in _all()}
    if key not in found:
        raise NotFound(what="an indicator", asked_on=("key",), rows=0, hint=did_you_mean(key, found))
    return found[key]


def search(words: str) -> tuple[Indicator, ...]:
    """The indicators that have all of some words in their key, title, definition, kind or sources, whatever their case.

    Args:
        words: One word or several, with spaces between; a part of a word will do.

    Returns:
        Those with a word in their title first; none where nothing has them all.

    Raises:
        InvalidValue: There are no words.

    Example:
        >>> from bucks_cs import catalogue
        >>> [one.key for one in catalogue.search("re-referral")]
        ['demand.rereferrals']
    """
    asked = _words(words)
    found = [one for one, text in zip(_all(), _texts(), strict=True) if all(word in text for word in asked)]
    return tuple(sorted(found, key=lambda one: not any(word in one.title.lower() for word in asked)))


def _words(given: Any) -> list[str]:
    found = given.lower().split() if isinstance(given, str) else []
    if not found:
        raise InvalidValue(what="words", expected="one word or more")
    return found


def searched(one: Indicator) -> str:
    """The text of an indicator that `search` goes through, in small letters, for a search of one's own.

    Args:
        one: The indicator.

    Returns:
        Its key, title and definition, what kind of number it is (a count, a share, a rate; of a day or a period) and its sources.

    Raises:
        InvalidValue: It is no indicator.

    Example:
        >>> from bucks_cs import catalogue
        >>> "per 10,000 children" in catalogue.searched(catalogue.indicator("looked_after.children_per_10_000"))
        True
    """
    if not isinstance(one, Indicator):
        raise InvalidValue(what="one", expected="an Indicator")
    said = (one.key, one.title, one.counts, one.leaves_out, one.measure.value, one.kind.value, *map(str, one.sources))
    return re.sub(r"\s+", " ", " ".join(said)).lower()


def frame() -> pl.DataFrame:
    """The catalogue as a frame: a row an indicator.

    Returns:
        In polars, as text: ``key``, ``subject``, ``title``, ``counts``, ``leaves_out`` (null where nothing is), ``formula``,
        ``measure``, ``kind``, ``unit``, ``per`` (whole number, null unless a rate), ``better``, ``sources`` and ``breaks`` (each
        joined by semicolons; null where there are none).

    Example:
        >>> from bucks_cs import catalogue
        >>> catalogue.frame().columns[:3]
        ['key', 'subject', 'title']
    """
    import polars as pl

    rows = [
        {
            "key": one.key, "subject": one.key.split(".")[0], "title": one.title, "counts": one.counts,
            "leaves_out": one.leaves_out or None, "formula": formula(one), "measure": one.measure.value,
            "kind": one.kind.value, "unit": symbol(one.unit), "per": one.per, "better": one.better.value,
            "sources": "; ".join(map(str, one.sources)), "breaks": "; ".join(map(str, one.breaks)) or None,
        }
        for one in _all()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema_overrides={"per": pl.Int64, "leaves_out": pl.String, "breaks": pl.String})


def formula(one: Indicator) -> str:
    """How an indicator is worked out, in words: what its definition says is divided by what, or taken from what.

    Args:
        one: The indicator.

    Returns:
        Such as ``100 × (...) ÷ (...)``, without remarks, which stand in ``counts``.

    Raises:
        InvalidValue: It is no `Indicator`.

    Example:
        >>> from bucks_cs import catalogue
        >>> catalogue.formula(catalogue.indicator("demand.rereferrals"))
        '100 × (referrals of a child who was referred in the 12 months before, the anniversary included) ÷ (all referrals)'
    """
    if not isinstance(one, Indicator):
        raise InvalidValue(what="one", expected="an Indicator")
    ways = {Measure.SHARE: _share, Measure.RATE: _rate, Measure.MEAN: _mean, Measure.QUANTILE: _as_said}
    return ways.get(one.measure, _difference)(one)


def _as_said(one: Indicator) -> str:
    return _main(one.counts)


def _main(text: str) -> str:
    """A definition up to its first remark: what follows a semicolon, colon or full stop outside brackets."""
    depth = 0
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0 and character in ";:." and text[place + 1 : place + 2] in {" ", ""}:
            return text[:place]
    return text


def _parted(text: str, words: str) -> tuple[str, str] | None:
    """What stands before some words and after them, each without its remarks."""
    parts = re.split(words, text, maxsplit=1)
    return (_main(parts[0]), _main(parts[1])) if len(parts) == 2 else None


def _share(one: Indicator) -> str:
    if parts := _parted(one.counts, _OUT_OF):
        return f"100 × ({parts[0]}) ÷ ({parts[1]})"
    counted = _main(one.counts)
    if counted.startswith("the part of "):
        return f"100 × {counted}"
    return f"100 × ({counted}) ÷ (all of their kind, counted or not)"


def _rate(one: Indicator) -> str:
    if parts := _parted(one.counts, rf", (?:beside|over|for each {one.per:,}) "):
        beside = re.sub(r"^that ", "what ", re.sub(r"^in ", "those in ", parts[1]))
        return f"{one.per:,} × ({parts[0]}) ÷ ({beside})"
    return f"{one.per:,} × ({_main(one.counts)}) ÷ (the people it is per)"


def _mean(one: Indicator) -> str:
    parts = _parted(one.counts, ",? for each ")
    if parts and not one.counts.startswith("the mean of "):
        return f"({parts[0]}) ÷ (one for each {parts[1]})"
    summed = _main(one.counts).removeprefix("the mean of ").removesuffix(", as a mean")
    return f"(the sum of {summed}) ÷ (how many there are)"


def _difference(one: Indicator) -> str:
    """Of a count, an amount or a change: one thing less another where the definition says so, or else all added up."""
    if parts := _parted(one.counts, _LESS):
        first, second = parts
        for ending, form in {
            ", in percent of these": "100 × (({0}) − ({1})) ÷ ({1})",
            ", over the years left": "(({0}) − ({1})) ÷ (the years left)",
        }.items():
            if second.endswith(ending):
                return form.format(first, second.removesuffix(ending))
        return f"({first}) − ({second})"
    if one.measure is Measure.CHANGE and (parts := _parted(one.counts, ", over ")):
        return f"100 × ({parts[0]}) ÷ ({parts[1]})"
    if parts := _parted(one.counts, " times "):
        return f"({parts[0]}) × ({parts[1]})"
    counted = _main(one.counts)
    if one.measure is Measure.AMOUNT:
        return f"the sum of {counted.replace(', added up', '')}"
    return "the number of those counted" if one.measure is Measure.COUNT and not counted.startswith("the ") else counted
