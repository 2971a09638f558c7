"""The record: every figure's verdict: it agrees, it disagrees, or it cannot be checked and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import NoneType
from typing import TYPE_CHECKING

import attrs

from bucks_cs.audit import Status
from bucks_cs.errors import InvalidValue, of_kind
from bucks_cs.provenance import DateBounds
from bucks_cs.record.checks.auditing import audited, every_figure, origin, put_right_where_it_was_first, restatements
from bucks_cs.record.checks.declared import RelationKind
from bucks_cs.record.checks.found import RecordFindings
from bucks_cs.record.checks.verdict_schema import Unchecked
from bucks_cs.record.kinds import FigureKind
from bucks_cs.record.printed_figures import PrintedFigure, figure
from bucks_cs.record.sequences import each_a

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Verdict", "verdict", "verdicts"]


_text = of_kind(str, expected="text")


def _labels(given: Iterable[str]) -> tuple[str, ...]:
    return each_a(str, given, what="Verdict.relations", expected="labels of relations, as texts")


@attrs.frozen(kw_only=True)
class Verdict:
    """What the audit says of one figure.

    Args:
        figure: The figure as printed.
        status: Whether it agrees, disagrees, or cannot be checked.
        reason: Why it cannot be checked, of a closed list; None where it could be.
        why: The verdict in words.
        relations: The labels of the relations it is in.
        advice: What an officer should do; empty but for a disagreement.

    Raises:
        InvalidValue: A part of another kind; or a reason where it could be checked, or none where it could not.
    """

    figure: PrintedFigure = attrs.field(validator=of_kind(PrintedFigure, expected="a PrintedFigure"))
    status: Status = attrs.field(validator=of_kind(Status, expected="a Status"))
    reason: Unchecked | None = attrs.field(default=None, validator=of_kind(Unchecked, NoneType, expected="an Unchecked, or None"))
    why: str = attrs.field(validator=_text)
    relations: tuple[str, ...] = attrs.field(default=(), converter=_labels)
    advice: str = attrs.field(default="", validator=_text)

    def __attrs_post_init__(self) -> None:
        if (self.reason is None) == (self.status is Status.CANNOT_CHECK):
            raise InvalidValue(what="Verdict.reason", expected="a reason where a figure cannot be checked, and only there")

    def __str__(self) -> str:
        why = f"{self.why[:1].upper()}{self.why[1:]}".removesuffix(".")
        return f"{str(self.figure).removesuffix('.')}: {self.status.value}. {why}."


def verdict(id: str, *, instead: PrintedFigure | Iterable[PrintedFigure] = ()) -> Verdict:  # noqa: A002 - the id of the frame
    """What the audit says of one figure, by its id.

    Args:
        id: Such as ``"cabinet-2022-10/3.14/section"``, of the column ``id`` of `bucks_cs.record.figures`.
        instead: Figures, or one, to be put in the place of those of the same id, as in `bucks_cs.record.audit`.

    Raises:
        NotFound: There is none of that id.
        InvalidValue: It is no text; or one of ``instead`` cannot be put in, as `bucks_cs.record.audit` says.

    Example:
        >>> print(verdict("cabinet-2022-10/3.14/section").advice)
        Point to 3.9 instead of 3.6: the Improvement Board is there.
    """
    figure(id)
    known = every_figure(instead=instead)
    return _verdict(known[id], known, audited(known), _repeated(known))


def _repeated(known: Mapping[str, PrintedFigure]) -> Collection[str]:
    """The ids of the figures that others repeat."""
    return {origin(one.id, known) for one in restatements(known)}


def verdicts(*, instead: PrintedFigure | Iterable[PrintedFigure] = ()) -> pl.DataFrame:
    """Each figure of the record: agrees, disagrees, or cannot be checked and why.

    A figure disagrees where it should follow from others and does not, and where it repeats one that does not. It agrees where a
    relation it is in holds and none disagrees of which it is the one audited. A figure that others should follow from and do not
    is not accused: nothing on the page says which of them is the slip, so it cannot be checked, unless another relation bears it
    out. A figure that is repeated faithfully is judged with the one it repeats: the repeating by itself bears nothing out.

    Args:
        instead: Figures, or one, to be put in the place of those of the same id, as in `bucks_cs.record.audit`.

    Returns:
        A polars frame of the columns of `bucks_cs.record.Verdicts`, a row a figure, in the order of `bucks_cs.record.figures`.

    Raises:
        InvalidValue: One of ``instead`` cannot be put in, as `bucks_cs.record.audit` says.

    Source:
        The documents of `bucks_cs.record.documents`.

    Example:
        >>> table = verdicts()
        >>> table.filter(verdict="disagrees", document="cabinet-minutes-2022-10")["printed"].to_list()
        ['43%']
        >>> table.filter(id="cabinet-2022-10/3.19/section-47-enquiries/early-2020")["reason"].to_list()
        ['another figure is worked out from it and does not fit; either may be the slip']
    """
    import polars as pl

    from bucks_cs.record.checks.verdict_schema import Verdicts

    known = every_figure(instead=instead)
    found = audited(known)
    repeated = _repeated(known)
    rows = [_row(_verdict(one, known, found, repeated)) for one in known.values()]
    return Verdicts.validate(pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String)))


_COLUMNS = ("id", "document", "place", "printed", "verdict", "reason", "why", "relations", "what_to_do")


def _row(verdict: Verdict) -> dict[str, str | None]:
    one = verdict.figure
    return {
        "id": one.id,
        "document": one.document.key,
        "place": one.place,
        "printed": one.as_printed,
        "verdict": verdict.status.value,
        "reason": verdict.reason.value if verdict.reason else None,
        "why": verdict.why,
        "relations": "; ".join(verdict.relations) or None,
        "what_to_do": verdict.advice or None,
    }


def _verdict(one: PrintedFigure, known: Mapping[str, PrintedFigure], found: RecordFindings, repeated: Collection[str]) -> Verdict:
    its = found.of(one.id)
    labels = tuple(finding.label for finding in its)
    wrong = [finding for finding in its.disagrees if one.id in finding.relation.audited]
    if wrong:
        advice = " ".join(dict.fromkeys(finding.outcome.advice for finding in wrong))
        return Verdict(figure=one, status=Status.DISAGREES, why=" ".join(map(str, wrong)), relations=labels, advice=advice)
    holding = [finding for finding in its.agrees if finding.relation.kind is not RelationKind.REPEATED]
    if holding:
        return Verdict(figure=one, status=Status.AGREES, why=" ".join(map(str, holding)), relations=labels)
    first = known[origin(one.id, known)]
    if first.id != one.id:
        return attrs.evolve(_repeating(first, _verdict(first, known, found, repeated)), figure=one, relations=labels)
    reason, why = _unchecked(one, its, restated=one.id in repeated)
    return Verdict(figure=one, status=Status.CANNOT_CHECK, reason=reason, why=why, relations=labels)


def _repeating(first: PrintedFigure, verdict: Verdict) -> Verdict:
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
