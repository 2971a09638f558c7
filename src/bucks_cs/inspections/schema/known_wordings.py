"""Inspections: the names that each regime knows, as lists and tests that a frame of any engine can be checked with.

A name is compared as `bucks_cs.inspections` compares them everywhere: without capitals, underscores, surplus blanks and a leading
"the". What belongs to a regime is known by the two together, parted by a bar: "good" of one regime is not "good" of another.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator

import narwhals as nw

from bucks_cs.inspections.model.fields import When, first_day, last_day
from bucks_cs.inspections.model.kinds_of_inspection import Activity, Family, Judgement, Regime
from bucks_cs.inspections.model.regimes import REGIMES
from bucks_cs.inspections.model.scales import Grade, in_plain_words

__all__ = [
    "activity_names",
    "asks_overall_of_none",
    "grade_names",
    "grades_of_any_regime",
    "is_made",
    "judgement_names",
    "names_of",
    "out_of_force",
    "paired",
    "plain",
    "regime_names",
    "regimes_of_areas",
    "wordings",
]

_BAR = "|"


def plain(column: nw.Expr) -> nw.Expr:
    """A column of names as they are compared.

    Args:
        column: The names.
    """
    lower = column.str.to_lowercase().str.replace_all("_", " ", literal=True).str.replace_all("’", "'", literal=True)
    return lower.str.strip_chars().str.replace_all(r"\s+", " ").str.replace_all("^the ", "")


def paired(*columns: nw.Expr) -> nw.Expr:
    """Names together, each as it is compared; null where one is.

    Args:
        *columns: The names.
    """
    return nw.concat_str(*map(plain, columns), separator=_BAR)


def names_of(part: Regime | Activity | Judgement) -> frozenset[str]:
    """Every name of a regime, a kind of inspection or a judgement, as they are compared.

    Args:
        part: It.
    """
    also = () if isinstance(part, Regime) else part.also
    return frozenset(in_plain_words(name) for name in (part.key, part.title, *also))


def wordings(grade: Grade) -> frozenset[str]:
    """Every wording of a grade, as they are compared.

    Args:
        grade: The grade.
    """
    return frozenset(in_plain_words(each) for each in (grade.key, grade.wording, *grade.also))


def _of_each(parts: Iterable[tuple[Regime, Iterable[str]]]) -> list[str]:
    pairs = ((regime, name) for regime, names in parts for name in names)
    return sorted({f"{of}{_BAR}{name}" for regime, name in pairs for of in names_of(regime)})


@functools.cache
def regime_names() -> list[str]:
    """Every name of every regime."""
    return sorted({name for regime in REGIMES.values() for name in names_of(regime)})


@functools.cache
def regimes_of_areas() -> list[str]:
    """Every name of the regimes that inspect an authority or an area, and no school or home."""
    families = {Family.LOCAL_AUTHORITY, Family.AREA_SEND}
    return sorted({name for regime in REGIMES.values() if regime.family in families for name in names_of(regime)})


@functools.cache
def activity_names() -> list[str]:
    """Every kind of inspection, with its regime."""
    return _of_each((regime, names_of(activity)) for regime in REGIMES.values() for activity in regime.activities)


@functools.cache
def judgement_names() -> list[str]:
    """Every judgement, with its regime."""
    return _of_each((regime, names_of(judgement)) for regime in REGIMES.values() for judgement in regime.judgements)


@functools.cache
def asks_overall_of_none() -> list[str]:
    """An overall judgement, with each regime that makes none."""
    overall = {name for regime in REGIMES.values() if regime.overall is not None for name in names_of(regime.overall)}
    overall |= {"overall", "overall effectiveness", "overall judgement", "overall grade"}
    made = set(judgement_names())
    return [name for name in _of_each((one, overall) for one in REGIMES.values() if one.overall is None) if name not in made]


@functools.cache
def grade_names() -> list[str]:
    """Every grade, with its judgement and its regime."""
    return _of_each(
        (regime, (f"{name}{_BAR}{wording}" for name in names_of(judgement) for wording in wordings(grade)))
        for regime in REGIMES.values()
        for judgement in regime.judgements
        for grade in judgement.scale.grades
    )


@functools.cache
def grades_of_any_regime() -> list[str]:
    """Every wording of every grade, whichever regime it is of."""
    judgements = [judgement for regime in REGIMES.values() for judgement in regime.judgements]
    return sorted({wording for one in judgements for grade in one.scale.grades for wording in wordings(grade)})


def is_made(regime: nw.Expr, activity: nw.Expr, judgement: nw.Expr) -> nw.Expr:
    """Whether inspections of a kind make a judgement, at one time or another.

    Args:
        regime: The regime of each row.
        activity: The kind of inspection.
        judgement: The judgement.
    """
    return paired(regime, activity, judgement).is_in(_made())


@functools.cache
def _made() -> list[str]:
    return _of_each(
        (regime, (f"{kind}{_BAR}{name}" for kind in names_of(activity) for name in names_of(judgement)))
        for regime in REGIMES.values()
        for activity in regime.activities
        for judgement in regime.judgements
        if activity.key in judgement.activities
    )


def out_of_force(name: nw.Expr, begun: nw.Expr, *, judgements: bool) -> nw.Expr:
    """Whether nothing of a name was in force on a day: no kind of inspection, or no judgement.

    A name may have passed from one judgement to another: it is out of force where none of those was made.

    Args:
        name: The regime and the kind of inspection, or the regime and the judgement, as `paired` gives them.
        begun: The first day of the inspection.
        judgements: Whether the names are of judgements, and not of kinds of inspection.
    """
    out: nw.Expr = nw.lit(value=False)
    for (since, until), names in _by_dates(judgements).items():
        outside: nw.Expr = nw.lit(value=False)
        if since is not None:
            outside = outside | (begun < since)
        if until is not None:
            outside = outside | (begun > until)
        out = out | (name.is_in(names) & outside)
    return out


@functools.cache
def _by_dates(judgements: bool) -> dict[tuple[dt.date | None, dt.date | None], list[str]]:
    """Names that hold from one day to another; one that is held by several in turn from the first to the last of them."""
    spans: dict[str, tuple[dt.date | None, dt.date | None]] = {}
    for regime, part in _parts(judgements=judgements):
        # A regime's own days are said once, of the kinds of inspection.
        of_regime = (None, None) if judgements else (regime.since, regime.until)
        mine = (_bound(part.since, of_regime[0], first_day), _bound(part.until, of_regime[1], last_day))
        for name in _of_each([(regime, names_of(part))]):
            before = spans.get(name, mine)
            spans[name] = (_widest(before[0], mine[0], min), _widest(before[1], mine[1], max))
    by_dates: dict[tuple[dt.date | None, dt.date | None], list[str]] = {}
    for name, span in spans.items():
        by_dates.setdefault(span, []).append(name)
    return by_dates


def _parts(*, judgements: bool) -> Iterator[tuple[Regime, Activity | Judgement]]:
    for regime in REGIMES.values():
        parts: tuple[Activity | Judgement, ...] = regime.judgements if judgements else regime.activities
        yield from ((regime, part) for part in parts)


def _bound(own: dt.date | None, of_regime: When | None, end: Callable[[When], dt.date]) -> dt.date | None:
    if own is not None or of_regime is None:
        return own
    return end(of_regime)


def _widest(one: dt.date | None, other: dt.date | None, pick: Callable[[dt.date, dt.date], dt.date]) -> dt.date | None:
    if one is None or other is None:
        return None
    return pick(one, other)
