"""Judging: rows of cells, a rule, and what is found of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from bucks_cs.audit.ambiguity import in_points, understood
from bucks_cs.audit.cases import NOTHING, Case, shown
from bucks_cs.audit.cells import Column, Gap
from bucks_cs.audit.findings import Finding, Findings, Status
from bucks_cs.audit.printed import Printed, Rounding
from bucks_cs.audit.relations import Difference, NoResult, Relation, Rule
from bucks_cs.audit.senses import as_points, coarser_rounding
from bucks_cs.audit.slips import Neighbour, explain

__all__ = ["judged"]


@attrs.frozen(kw_only=True)
class _Row:
    label: str
    read: tuple[Printed | Gap, ...]


def judged(
    rows: Sequence[Sequence[Any]],
    *,
    columns: tuple[Column, ...],
    rule: Rule,
    labels: Sequence[str],
    suggest: bool,
    given: frozenset[int] = frozenset(),
    rounding: Rounding = Rounding.NEAREST,
    home: Any = None,
) -> Findings:
    """What is found of the last figure of each row, set against those before it.

    Args:
        rows: The cells, in the order of the columns.
        columns: How each is read; the last is the one under audit.
        rule: What the last should be to the others.
        labels: What each row is called.
        suggest: Whether to search for slips where a figure disagrees.
        given: Positions that are no cell of the report.
        rounding: Which way the figure under audit was rounded.
        home: The caller's kind of frame.
    """
    readers = [_reader(column) for column in columns]
    read = [
        _Row(label=label, read=tuple(reader(cell) for reader, cell in zip(readers, row, strict=True)))
        for label, row in zip(labels, rows, strict=True)
    ]
    names = tuple(column.name for column in columns)
    found = []
    for i, row in enumerate(read):
        case = understood(_case(row, names, rule, given=given, rounding=rounding))
        finding = _finding(row, case, trouble=_trouble(row, columns, case.rule))
        if finding.disagrees:
            finding = _in_other_senses(finding, case, suggest=suggest)
        if finding.disagrees and suggest:
            finding = attrs.evolve(finding, suggestions=explain(case, _neighbours(read, i)), searched=True)
        found.append(finding)
    return Findings(tuple(found), home=home)


def _in_other_senses(finding: Finding, case: Case, *, suggest: bool) -> Finding:
    """A disagreement with what it rests on, and the senses in which there would be none."""
    points = in_points(case)
    follows = points is not None and points.agrees
    if follows and not case.target.unit:
        # A bare 10 between two percentages: the page does not say which is meant, so there is no accusing it.
        return attrs.evolve(finding, status=Status.CANNOT_CHECK, why=_NOT_SAID, unit="")
    explanations = [as_points(case, points)] if points is not None and follows else []
    if suggest:
        explanations += coarser_rounding(case)
    # Where nothing at all could follow, the audited figure's own rounding does not come into it.
    counting = case.positions() if any(finding.shown) else range(len(case.figures))
    to_last_digit = any(case.figure(position).may_be_coarser for position in counting)
    return attrs.evolve(finding, explanations=tuple(explanations), to_last_digit=to_last_digit)


_NOT_SAID = "it follows as percentage points, not as a percentage, and the page does not say which is meant"


def _reader(column: Column) -> Any:
    """Reads the cells of one column, each text once."""
    known: dict[str, Printed | Gap] = {}

    def read(cell: Any) -> Printed | Gap:
        if not isinstance(cell, str):
            return column.read(cell)
        if cell not in known:
            known[cell] = column.read(cell)
        return known[cell]

    return read


def _case(row: _Row, names: tuple[str, ...], rule: Rule, *, given: frozenset[int], rounding: Rounding) -> Case:
    """The row as a case; a gap stands in it as a figure without a span."""
    figures = [cell if isinstance(cell, Printed) else Printed(text=cell.text, span=None) for cell in row.read]
    *others, target = figures
    if rounding is not Rounding.NEAREST:
        target = target.rounded(rounding)
    return Case(rule=rule, names=names, figures=tuple(others), target=target, given=given)


def _finding(row: _Row, case: Case, *, trouble: str) -> Finding:
    span = recomputed = None
    in_words, status, why = NOTHING, Status.CANNOT_CHECK, trouble
    if all(figure.span is not None for figure in case.figures) and _alike(case):
        result = case.expected()
        if isinstance(result, NoResult):
            why = trouble or result.why
            status = Status.DISAGREES if result.impossible and not trouble else Status.CANNOT_CHECK
        else:
            span, recomputed = result, case.recomputed()
            in_words = shown(case, span, recomputed)
            reach = case.reach(case.target)
            if not trouble and reach is not None:
                status = Status.AGREES if span.meets(reach) else Status.DISAGREES
    return Finding(
        label=row.label,
        relation=case.rule.relation,
        cells=tuple((name, figure.text) for name, figure in zip(case.names, case.figures, strict=False)),
        column=case.names[-1],
        printed=case.target.text,
        recomputed=None if recomputed is None else float(recomputed),
        low=None if span is None or span.low is None else float(span.low),
        high=None if span is None or span.high is None else float(span.high),
        shown=in_words,
        unit="%" if case.rule.percent and case.target.form is not None and not case.target.unit else "",
        status=status,
        why=why,
    )


def _trouble(row: _Row, columns: tuple[Column, ...], rule: Rule) -> str:
    """Why a row cannot be checked, as far as its cells show it; empty where they do not."""
    reasons = []
    for column, cell in zip(columns, row.read, strict=True):
        if isinstance(cell, Gap):
            reasons.append(f"{column.name} {cell.why}")
        elif cell.span is None:
            reasons.append(f"{column.name} is an 'about', and nobody says how far about reaches")
    return "; ".join(reasons) or _unlike_units([cell for cell in row.read if isinstance(cell, Printed)], rule)


def _unlike_units(figures: Sequence[Printed], rule: Rule) -> str:
    *others, target = figures
    if isinstance(rule, Difference):
        return ""  # two percentages and points
    if rule.relation is Relation.THRESHOLD:
        others = others[:1]
    counted = others if rule.percent else [*others, target]
    units = dict.fromkeys(figure.unit for figure in counted if figure.unit)
    if len(units) > 1:
        return f"the figures are in different units ({', '.join(map(_unit_name, units))})"
    if rule.percent and target.unit not in {"", "%"}:
        return f"a {rule.relation.value} is in percent, and what is printed is in {_unit_name(target.unit)}"
    return ""


def _unit_name(unit: str) -> str:
    return {"pp": "percentage points", "%": "percent", "£": "pounds"}.get(unit, unit)


def _alike(case: Case) -> bool:
    figures = case.figures[:1] if case.rule.relation is Relation.THRESHOLD else case.figures
    return len({figure.unit for figure in figures if figure.unit}) < 2


def _neighbours(rows: Sequence[_Row], i: int) -> tuple[Neighbour, ...]:
    beside = [(i - 1, False), (i + 1, True)]
    return tuple(
        Neighbour(label=rows[j].label, below=below, figures=_figures(rows[j])) for j, below in beside if 0 <= j < len(rows)
    )  # fmt: skip


def _figures(row: _Row) -> Mapping[int, Printed]:
    return {position: cell for position, cell in enumerate(row.read) if isinstance(cell, Printed) and cell.span is not None}
