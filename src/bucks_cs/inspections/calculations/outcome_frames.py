"""Inspections: outcomes as a frame, and a frame as outcomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, MissingSource, Problem
from bucks_cs.frames import Checked
from bucks_cs.frames.engine import collect
from bucks_cs.inspections.model.kinds_of_inspection import Family
from bucks_cs.inspections.model.outcome import InspectionOutcome
from bucks_cs.inspections.model.regimes import REGIMES
from bucks_cs.inspections.model.scales import in_plain_words
from bucks_cs.inspections.schema.judgements import Judgements
from bucks_cs.inspections.schema.known_wordings import names_of
from bucks_cs.provenance import AnySource, NoOfficialSource, Source

__all__ = ["frame_of", "outcomes_of"]

_NUMBERS = ("number_of_weaknesses", "number_with_progress", "number_without_progress")
_OF_INSPECTION = ("area", "name", "start", "end", "published", "theme", *_NUMBERS)
_KEY = ("body", "regime", "activity", "start")
_AREAS = (Family.LOCAL_AUTHORITY, Family.AREA_SEND)
_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("body", "area", "name", "regime", "activity"), pl.String),
    **dict.fromkeys(("start", "end", "published"), pl.Date),
    **dict.fromkeys(("judgement", "grade", "theme"), pl.String),
    **dict.fromkeys(_NUMBERS, pl.Int64),
}


def frame_of(outcomes: InspectionOutcome | Iterable[InspectionOutcome]) -> pl.DataFrame:
    """Outcomes as a frame in long form, a row each judgement, as `Judgements` checks it.

    Args:
        outcomes: One or several.

    Returns:
        A polars frame with the columns of `Judgements`, in the order of the outcomes and their reports: a row for each judgement
        that was given a grade, a row with no grade for each that is missing, and one row with no judgement for an inspection that
        carries none. A judgement that was not yet made has no row: nothing is missing. What a cell cannot hold (sources, notes,
        the words of recommendations and weaknesses, other sources' dates) stays behind.

    Raises:
        InvalidValue: One is no outcome, or has a day that is only known to lie between two others.

    Example:
        >>> import datetime as dt
        >>> from bucks_cs.inspections import InspectionOutcome, frame_of
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> visit = InspectionOutcome(area=825, regime="ilacs", activity="monitoring visit", start=dt.date(2019, 10, 1),
        ...     source=NoOfficialSource(reason="made up"))
        >>> frame_of(visit).select("body", "regime", "activity", "judgement").rows()
        [('825', 'ilacs', 'monitoring_visit', None)]
    """
    return pl.DataFrame([row for outcome in _several(outcomes) for row in _rows(outcome)], schema=_SCHEMA)


def outcomes_of(frame: Any, *, source: AnySource) -> tuple[InspectionOutcome, ...]:
    """The outcomes in a frame in long form: what `frame_of` makes, read back.

    Args:
        frame: Judgements, of any engine, or checked by `Judgements`.
        source: Where they are from, which no cell says.

    Returns:
        An `InspectionOutcome` for each inspection, by its first day, area and kind. A judgement with no grade is missing where it
        was made at the time, and no gap where it was not.

    Raises:
        MissingSource: ``source`` is no source.
        FrameProblems: A rule of `Judgements` is broken; or the rows of one inspection do not say the same of it (its last day,
            its theme, its weaknesses), or say what no outcome can hold: each with a count of inspections.

    Example:
        >>> import datetime as dt
        >>> import polars as pl
        >>> from bucks_cs.inspections import outcomes_of
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> rows = pl.DataFrame({"body": "825", "regime": "ILACS", "activity": "standard inspection",
        ...     "start": dt.date(2025, 1, 27), "judgement": ["overall effectiveness", "care leavers"],
        ...     "grade": ["Requires improvement to be good", None]})
        >>> outcome, = outcomes_of(rows, source=NoOfficialSource(reason="an example"))
        >>> print(outcome.overall, "|", outcome.grade("care leavers").value)
        requires improvement to be good | missing
    """
    if not isinstance(source, (Source, NoOfficialSource)):
        raise MissingSource(what="a frame of outcomes")
    checked: Checked[Any] = Judgements.admit(frame)
    there = [name for name in dict.fromkeys((*_KEY, *_OF_INSPECTION, "judgement", "grade")) if name in checked.names]
    rows = collect(checked.lazy.select(*there)).to_dicts()
    found: list[InspectionOutcome] = []
    problems: list[Problem] = []
    for of_one in _by_inspection(rows).values():
        given = _outcome(of_one, source)
        found.extend([given] if isinstance(given, InspectionOutcome) else [])
        problems.extend([given] if isinstance(given, Problem) else [])
    if problems:
        counted = {problem: problems.count(problem) for problem in problems}
        each = tuple(Problem(column=one.column, rule=one.rule, rows=number) for one, number in counted.items())
        raise FrameProblems(schema="Judgements, by inspection", problems=each)
    return tuple(sorted(found, key=lambda one: (one.start, one.area, one.urn or "", one.name or "", one.activity.key)))


def _several(outcomes: object) -> tuple[InspectionOutcome, ...]:
    given: tuple[Any, ...] = tuple(outcomes) if isinstance(outcomes, Iterable) else (outcomes,)
    if not all(isinstance(one, InspectionOutcome) for one in given):
        raise InvalidValue(what="outcomes", expected="an InspectionOutcome, or several")
    bounded = sum(any(not isinstance(day, dt.date | None) for day in (one.start, one.end, one.published)) for one in given)
    if bounded:
        hint = f" {bounded:,} of them have a day that lies between two others, which a column of days cannot hold."
        raise InvalidValue(what="outcomes", expected="outcomes whose days are known", hint=hint)
    return given


def _rows(outcome: InspectionOutcome) -> Iterator[dict[str, Any]]:
    of_it = {name: getattr(outcome, name) for name in _OF_INSPECTION}
    of_it |= {"body": outcome.body, "regime": outcome.regime.key, "activity": outcome.activity.key}
    of_it["area"] = None if outcome.body == outcome.area else outcome.area
    missing = {one.key for one in outcome.missing}
    keys = [one.key for one in outcome.regime.judgements if one.key in outcome.grades or one.key in missing]
    for key in keys:
        grade = outcome.grades.get(key)
        yield of_it | {"judgement": key, "grade": None if grade is None else grade.wording}
    if not keys:
        yield of_it


def _by_inspection(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
    """Rows by the inspection they are of, whichever name its regime and its kind go by."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        plain = in_plain_words(row["regime"])
        row["regime"] = next(regime for regime in REGIMES.values() if plain in names_of(regime))
        row["activity"] = row["regime"].activity(row["activity"])
        found.setdefault(tuple(_named(row.get(name)) for name in _KEY), []).append(row)
    return found


def _named(value: Any) -> Any:
    return getattr(value, "key", value)


def _outcome(rows: list[dict[str, Any]], source: AnySource) -> InspectionOutcome | Problem:
    """The outcome of the rows of one inspection, or why there is none."""
    said = {name: {row.get(name) for row in rows} for name in _OF_INSPECTION}
    apart = [name for name, values in said.items() if len(values) > 1]
    if apart:
        return Problem(column=", ".join(apart), rule="is not the same in the rows of one inspection")
    of_it: dict[str, Any] = {name: values.pop() for name, values in said.items()}
    of_it |= {name: rows[0][name] for name in ("regime", "activity")}
    regime, start, body = of_it["regime"], of_it["start"], rows[0]["body"]
    if regime.family in _AREAS:
        of_it["area"] = body
    elif body != of_it["name"]:
        of_it["urn"] = body
    judged = [(regime.judgement(row["judgement"], on=start).key, row["grade"]) for row in rows if row["judgement"] is not None]
    if len({key for key, _ in judged}) < len(judged):
        return Problem(column="judgement", rule="is there twice under two names")
    try:
        return InspectionOutcome(judgements=dict(judged), source=source, **of_it)
    except BucksError as error:
        refused = error
    what, expected = (getattr(refused, name, type(refused).__name__) for name in ("what", "expected"))
    return Problem(column=str(what), rule=f"is not as it must be: {expected}")
