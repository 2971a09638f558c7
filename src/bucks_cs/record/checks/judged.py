"""The record: every figure's verdict: it agrees, it disagrees, or it cannot be checked and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from bucks_cs.audit import Status
from bucks_cs.provenance import DateBounds
from bucks_cs.record.checks.auditing import audit, every_figure, origin, put_right_where_it_was_first, restatements
from bucks_cs.record.checks.declared import RelationKind
from bucks_cs.record.checks.found import RecordFindings
from bucks_cs.record.checks.verdict_schema import Unchecked
from bucks_cs.record.kinds import FigureKind
from bucks_cs.record.printed_figures import PrintedFigure

if TYPE_CHECKING:
    import polars as pl

__all__ = ["verdicts"]


@attrs.frozen(kw_only=True)
class _Verdict:
    status: Status
    reason: Unchecked | None = None
    why: str
    advice: str = ""


def verdicts(*, instead: Iterable[PrintedFigure] = ()) -> pl.DataFrame:
    """Each figure of the record: agrees, disagrees, or cannot be checked and why.

    A figure disagrees where it should follow from others and does not, and where it repeats one that does not. It agrees where a
    relation it is in holds and none disagrees of which it is the one audited. A figure that others should follow from and do not
    is not accused: nothing on the page says which of them is the slip, so it cannot be checked, unless another relation bears it
    out. A figure that is repeated faithfully is judged with the one it repeats: the repeating by itself bears nothing out.

    Args:
        instead: Figures to be put in the place of those of the same id, as in `bucks_cs.record.audit`.

    Returns:
        A polars frame of the columns of `bucks_cs.record.Verdicts`, a row a figure, in the order of `bucks_cs.record.figures`.

    Raises:
        InvalidValue: One of ``instead`` is no figure of the record.

    Source:
        The documents of `bucks_cs.record.documents`.

    Example:
        >>> table = verdicts()
        >>> table.filter(verdict="disagrees", document="cabinet-minutes-2022-10")["printed"].to_list()
        ['43%']
        >>> table.filter(id="cabinet-2022-10/3.19/section-47-enquiries/early-2020")["reason"].to_list()
        ['it stands beside a figure that does not follow from it']
    """
    import polars as pl

    from bucks_cs.record.checks.verdict_schema import Verdicts

    instead = tuple(instead)
    known, found = every_figure(instead=instead), audit(instead=instead)
    repeated = {origin(one.id, known) for one in restatements(known)}
    rows = [_row(one, _verdict(one, known, found, repeated), found) for one in known.values()]
    return Verdicts.validate(pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String)))


_COLUMNS = ("id", "document", "place", "printed", "verdict", "reason", "why", "relations", "what_to_do")


def _row(one: PrintedFigure, verdict: _Verdict, found: RecordFindings) -> dict[str, str | None]:
    return {
        "id": one.id,
        "document": one.document.key,
        "place": one.place,
        "printed": one.as_printed,
        "verdict": verdict.status.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "why": verdict.why,
        "relations": "; ".join(finding.label for finding in found.of(one.id)) or None,
        "what_to_do": verdict.advice or None,
    }


def _verdict(
    one: PrintedFigure, known: Mapping[str, PrintedFigure], found: RecordFindings, repeated: Collection[str]
) -> _Verdict:
    its = found.of(one.id)
    wrong = [finding for finding in its.disagrees if one.id in finding.relation.audited]
    if wrong:
        advice = " ".join(dict.fromkeys(finding.outcome.advice for finding in wrong))
        return _Verdict(status=Status.DISAGREES, why=" ".join(map(str, wrong)), advice=advice)
    holding = [finding for finding in its.agrees if finding.relation.kind is not RelationKind.REPEATED]
    if holding:
        return _Verdict(status=Status.AGREES, why=" ".join(map(str, holding)))
    first = known[origin(one.id, known)]
    if first.id != one.id:
        return _repeating(first, _verdict(first, known, found, repeated))
    reason, why = _unchecked(one, its, restated=one.id in repeated)
    return _Verdict(status=Status.CANNOT_CHECK, reason=reason, why=why)


def _repeating(first: PrintedFigure, verdict: _Verdict) -> _Verdict:
    """The verdict of a figure that repeats another, and is in no relation of its own."""
    why = f"it repeats {first.as_printed} ({first.document.title}, {first.place}): {verdict.why}"
    advice = put_right_where_it_was_first(first) if verdict.advice else ""
    return attrs.evolve(verdict, why=why, advice=advice)


def _unchecked(one: PrintedFigure, its: RecordFindings, *, restated: bool) -> tuple[Unchecked, str]:
    if not one.is_resolved:
        return Unchecked.UNRESOLVED, one.note
    own = [finding for finding in its if finding.relation.kind is not RelationKind.REPEATED and not finding.relation.carries]
    beside = [finding.label for finding in own if finding.disagrees]
    if beside:
        return Unchecked.DOES_NOT_FIT, f"nothing on the page says which of the figures is the slip: {'; '.join(beside)}"
    missing = [finding.outcome for finding in own if finding.cannot_check]
    reason = _by_its_kind(one, restated=restated, missing=bool(missing))
    if missing and reason is Unchecked.COUNTS_NOT_PRINTED:
        return reason, ", ".join(filter(None, (missing[0].why, missing[0].follows)))
    return reason, (one.note if reason in _EXPLAINED_BY_NOTE else "") or reason.value


_EXPLAINED_BY_NOTE = {Unchecked.NOT_HELD, Unchecked.GAP}


def _by_its_kind(one: PrintedFigure, *, restated: bool, missing: bool) -> Unchecked:
    """The first of the reasons that holds, from the most telling to the least."""
    holds = {
        Unchecked.CLAIM: one.kind is FigureKind.CLAIM,
        Unchecked.GAP: one.kind is FigureKind.GAP,
        Unchecked.COUNTS_NOT_PRINTED: missing or one.kind is FigureKind.CHANGE,
        Unchecked.NOT_HELD: one.kind is FigureKind.REFERENCE,
        Unchecked.TO_COME: _is_to_come(one),
        Unchecked.RULE: one.kind in {FigureKind.AGE, FigureKind.LIMIT},
        Unchecked.ONLY_RESTATED: restated,
        Unchecked.JUDGEMENT: one.kind is FigureKind.GRADE,
        Unchecked.TIME: one.kind.is_a_time,
    }
    return next((reason for reason, it_is in holds.items() if it_is), Unchecked.ALONE)


def _is_to_come(one: PrintedFigure) -> bool:
    """Whether its time ends after the last day its document can be of."""
    if one.period is None:
        return False
    end = one.period.latest if isinstance(one.period, DateBounds) else one.period.end
    return end > one.document.latest
