"""The record: the audit of its figures: every relation between them checked."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import attrs

from bucks_cs.record.checks import arithmetic, dates_and_places
from bucks_cs.record.checks.declared import DeclaredRelation, RelationKind, relations
from bucks_cs.record.checks.found import Check, RecordFinding, RecordFindings
from bucks_cs.record.checks.what_if import put_in
from bucks_cs.record.printed_figures import PrintedFigure, figure, figures

__all__ = ["audit", "audited", "checked", "every_figure", "origin", "put_right_where_it_was_first", "restatements"]


def audit(*, instead: PrintedFigure | Iterable[PrintedFigure] = ()) -> RecordFindings:
    """Do the printed figures follow from one another?

    First the relations of `bucks_cs.record.relations`, in their order; then each figure that restates another against it; then
    the relations of what is restated once more with the restatement in its place, since a figure that is repeated faithfully is
    as sound as the one it repeats. Numbers go through `bucks_cs.audit`, each taken for all that rounds to it; dates, weekdays,
    lists and references have checks of their own.

    Args:
        instead: Figures, or one, to be put in the place of those of the same id: what would be found were they printed so. Make
            them with ``attrs.evolve(figure(id), as_printed=...)``; where the print is in words, with ``low`` and ``high`` too,
            and for a date with ``period``. A number that is printed in digits is read from its print again.

    Returns:
        A finding a relation. A relation disagrees only where nothing that its figures can stand for would make it hold; where it
        does, the finding says what an officer should do. That a relation agrees says that its figures fit one another, not that
        they are true.

    Raises:
        InvalidValue: One of ``instead`` is no figure of the record; is in another document or place, of another kind or measure,
            or repeats another figure than there; or is printed otherwise, in words that cannot be read, with the reading of the
            record.

    Source:
        The documents of `bucks_cs.record.documents`; the facts from outside them are in `bucks_cs.record.checks.facts`, with
        their sources.

    Example:
        >>> print(audit().at("3.14, section 3.6"))
        3.14, section 3.6: printed 3.6, from the rest 3.9: disagrees, since 3.6 does not name the Improvement Board; 3.9 does.
        >>> import attrs
        >>> repaired = attrs.evolve(figure("cabinet-2022-10/3.14/section"), as_printed="3.9")
        >>> audit(instead=[repaired]).at("3.14, section 3.6").agrees
        True
    """
    return audited(every_figure(instead=instead))


def audited(known: Mapping[str, PrintedFigure]) -> RecordFindings:
    """What is found of figures, of which some may be others than the record's.

    Args:
        known: The figures by id.
    """
    changed = {one.id for one in _figures() if known[one.id] != one}
    if not changed:
        return _as_printed()
    before = {finding.relation: finding for finding in _as_printed()}
    return RecordFindings(
        before[relation] if relation in before and changed.isdisjoint(relation.figures) else checked(relation, known)
        for relation in _every_relation(known)
    )


@functools.cache
def _as_printed() -> RecordFindings:
    """What is found of the record as it is: it never changes."""
    known = every_figure()
    return RecordFindings(checked(relation, known) for relation in _every_relation(known))


def _every_relation(known: Mapping[str, PrintedFigure]) -> tuple[DeclaredRelation, ...]:
    """The declared ones, then the restatements, then what is carried over to them."""
    repeating = restatements(known)
    declared = relations()
    return (*declared, *(_restating(one, known) for one in repeating), *_carried(declared, repeating, known))


@functools.cache
def _figures() -> tuple[PrintedFigure, ...]:
    return tuple(figure(key) for key in figures()["id"])


def every_figure(*, instead: PrintedFigure | Iterable[PrintedFigure] = ()) -> dict[str, PrintedFigure]:
    """The figures by id, in the order of the record, with some put in the place of those of the same id.

    Args:
        instead: Those to put in, or a single one.

    Raises:
        InvalidValue: One of them cannot be put in, as `audit` says.
    """
    return put_in({one.id: one for one in _figures()}, instead)


def restatements(known: Mapping[str, PrintedFigure]) -> list[PrintedFigure]:
    """The figures that restate another, in order.

    Args:
        known: The figures by id.
    """
    return [one for one in known.values() if one.restates is not None]


def origin(id: str, known: Mapping[str, PrintedFigure]) -> str:  # noqa: A002 - it is the id of the frame
    """The figure that was printed first: the one restated, and so on back.

    Args:
        id: The id of the figure.
        known: The figures by id.
    """
    before = known[id].restates
    return id if before is None else origin(before, known)


def _restating(one: PrintedFigure, known: Mapping[str, PrintedFigure]) -> DeclaredRelation:
    first = origin(one.id, known)
    return DeclaredRelation(
        label=f"{one.document.key}, {one.place}: {one.measure}, repeated from {first}",
        kind=RelationKind.REPEATED,
        audited=(one.id,),
        beside=(first,),
        says="the figure repeats the one printed before",
    )


def _carried(
    declared: Iterable[DeclaredRelation], repeating: Iterable[PrintedFigure], known: Mapping[str, PrintedFigure]
) -> Iterable[DeclaredRelation]:
    """Each relation again, with what one place repeats of it in the place of what it repeats."""
    places: dict[tuple[str, str], dict[str, str]] = {}
    for one in repeating:
        places.setdefault((one.document.key, one.place), {})[origin(one.id, known)] = one.id
    for (document, place), instead in places.items():
        for relation in declared:
            if relation.kind is RelationKind.NOT_PRINTED or not any(key in instead for key in relation.audited):
                continue
            yield attrs.evolve(
                relation,
                label=f"{relation.label}, as repeated in {document}, {place}",
                audited=tuple(instead.get(key, key) for key in relation.audited),
                beside=tuple(instead.get(key, key) for key in relation.beside),
                carries=tuple(key for key in relation.figures if key in instead),
            )


def checked(relation: DeclaredRelation, known: Mapping[str, PrintedFigure]) -> RecordFinding:
    """What is found of one relation.

    Args:
        relation: The relation.
        known: The figures by id.
    """
    outcome = _check(relation, known)(relation, known)
    if relation.carries and outcome.advice:
        outcome = attrs.evolve(outcome, advice=put_right_where_it_was_first(known[relation.carries[0]]))
    return RecordFinding(relation=relation, printed=tuple(known[key].as_printed for key in relation.audited), outcome=outcome)


def put_right_where_it_was_first(first: PrintedFigure) -> str:
    """What to do about a figure that repeats one that does not follow.

    Args:
        first: The figure that it repeats.
    """
    return (
        f"It repeats what is printed in {first.document.title}, {first.place}. Put it right there, and have the correction "
        "noted where it was repeated."
    )


def _check(relation: DeclaredRelation, known: Mapping[str, PrintedFigure]) -> Check:
    if relation.kind in {RelationKind.RESTATEMENT, RelationKind.REPEATED}:
        numbers = all(known[key].printed is not None for key in relation.figures)
        return arithmetic.restated_number if numbers else dates_and_places.restated_words
    return _CHECKS[relation.kind]


_CHECKS: Mapping[RelationKind, Check] = {
    RelationKind.CHANGE: arithmetic.change,
    RelationKind.IMPLIED_BASE: arithmetic.implied_base,
    RelationKind.TOTAL: arithmetic.total,
    RelationKind.PART: arithmetic.part,
    RelationKind.THRESHOLD: arithmetic.threshold,
    RelationKind.AGES: arithmetic.ages,
    RelationKind.LIST_COUNT: dates_and_places.list_count,
    RelationKind.WORKING_DAYS: dates_and_places.working_days,
    RelationKind.WEEKDAY: dates_and_places.weekday,
    RelationKind.SAME_TIME: dates_and_places.same_time,
    RelationKind.LENGTH: dates_and_places.length,
    RelationKind.YEARS_IN_ORDER: dates_and_places.years_in_order,
    RelationKind.REFERENCE: dates_and_places.reference,
    RelationKind.TABLE: dates_and_places.table,
    RelationKind.NOT_PRINTED: dates_and_places.not_printed,
}
