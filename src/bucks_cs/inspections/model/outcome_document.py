"""Inspections: an outcome as a document of JSON or TOML: its regime, judgements and grades by their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from bucks_cs.errors import InvalidValue
from bucks_cs.inspections.model.dates import DatesAsGiven
from bucks_cs.inspections.model.fields import When
from bucks_cs.inspections.model.recommendations import AreaOfWeakness, Recommendation
from bucks_cs.inspections.model.regimes import REGIMES
from bucks_cs.provenance import AnySource

if TYPE_CHECKING:
    from bucks_cs.inspections.model.outcome import InspectionOutcome

__all__ = ["fields_read", "written"]


@attrs.frozen(kw_only=True)
class _GradeWritten:
    judgement: str
    grade: str


@attrs.frozen(kw_only=True)
class _OutcomeWritten:
    area: str
    urn: str | None
    name: str | None
    regime: str
    activity: str
    start: When
    end: When | None
    published: When | None
    judgements: tuple[_GradeWritten, ...] = ()
    theme: str | None
    areas_of_weakness: tuple[AreaOfWeakness, ...] = ()
    number_of_weaknesses: int | None
    number_with_progress: int | None
    number_without_progress: int | None
    recommendations: tuple[Recommendation, ...] = ()
    dates_elsewhere: tuple[DatesAsGiven, ...] = ()
    source: AnySource
    note: str = ""


def written(outcome: InspectionOutcome, write: Callable[[Any], Any]) -> dict[str, Any]:
    """The document of an outcome.

    Args:
        outcome: The outcome.
        write: Writes a part.

    Raises:
        InvalidValue: Its regime is none of `REGIMES`, so that a reader could not know it by its key.
    """
    if REGIMES.get(outcome.regime.key) != outcome.regime:
        raise InvalidValue(what="InspectionOutcome.regime", expected="one of REGIMES: a document names a regime by its key alone")
    fields = {field.name: getattr(outcome, field.name) for field in attrs.fields(type(outcome))}
    fields |= {"regime": outcome.regime.key, "activity": outcome.activity.key}
    fields["judgements"] = tuple(_GradeWritten(judgement=key, grade=grade.key) for key, grade in outcome.grades.items())
    document: dict[str, Any] = write(_OutcomeWritten(**fields))
    return document


def fields_read(document: dict[str, Any], read: Callable[[Any, Any], Any]) -> dict[str, Any]:
    """The fields of the outcome that a document holds.

    Args:
        document: What `written` wrote.
        read: Reads a part as a class.
    """
    found = read(document, _OutcomeWritten)
    fields = {field.name: getattr(found, field.name) for field in attrs.fields(_OutcomeWritten)}
    fields["judgements"] = {one.judgement: one.grade for one in found.judgements}
    return fields
