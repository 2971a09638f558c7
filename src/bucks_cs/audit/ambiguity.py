"""Ambiguity: what the figures of a row can mean together where each alone does not say.

Brackets are a minus in accounts and an aside beside a count. ``less than 5%`` begins at 0 for a share and nowhere for a
change. A float was worked out in binary. Two percentages differ by percent or by points. None of it can be told from one
cell, so it is settled here, for the row, and always so that nothing sound is found to disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import attrs

from bucks_cs.audit.cases import Case
from bucks_cs.audit.printed import Form, Printed
from bucks_cs.audit.relations import Change, Difference
from bucks_cs.audit.spans import Span

__all__ = ["in_points", "is_aside", "understood"]

ZERO = Fraction(0)


def understood(case: Case) -> Case:
    """A row with its hedges, brackets and floats taken as the row needs them.

    Args:
        case: The row as its cells were read one by one.

    Returns:
        The same row; percentages in brackets have the sign with which it agrees, if there is one.
    """
    if case.target.stands_alone and all(figure.stands_alone for figure in case.figures):
        return case
    if isinstance(case.rule, Change) and case.target.unit == "pp" and _between_percentages(case):
        case = attrs.evolve(case, rule=Difference())
    if any(figure.bound.opens_downwards for figure in (*case.figures, case.target)):
        case = _below_nought(case)
    noise = max(figure.noise for figure in (*case.figures, case.target))
    if noise:
        case = attrs.evolve(case, slack=noise * _size(case))
    return _either_sign(case)


def in_points(case: Case) -> Case | None:
    """A change between two percentages as one in percentage points; None where it is no such change.

    Args:
        case: The row, understood.
    """
    if not isinstance(case.rule, Change) or case.target.unit not in {"", "%"} or not _between_percentages(case):
        return None
    return _either_sign(attrs.evolve(case, rule=Difference()))


def is_aside(case: Case, position: int) -> bool:
    """Whether a figure is a percentage in brackets, which may be a minus or nothing but brackets.

    Args:
        case: The row.
        position: Where the figure stands.
    """
    figure = case.figure(position)
    if figure.form is None or not figure.form.bracketed:
        return False
    bare = not figure.unit and position == len(case.figures) and bool(case.unit)
    return figure.unit in {"%", "pp"} or bare


def _between_percentages(case: Case) -> bool:
    return all(figure.unit == "%" for figure in case.figures)


def _below_nought(case: Case) -> Case:
    """Takes the lower end of ``less than 5`` away where what it stands for may be below 0."""
    everything = (*case.figures, case.target)
    signed = any(figure.value is not None and figure.value < 0 for figure in everything)
    if signed:
        return attrs.evolve(case, figures=tuple(map(_open_below, case.figures)), target=_open_below(case.target))
    if isinstance(case.rule, (Change, Difference)):
        return attrs.evolve(case, target=_open_below(case.target))
    return case


def _open_below(figure: Printed) -> Printed:
    if not figure.bound.opens_downwards or figure.span is None:
        return figure
    return attrs.evolve(figure, span=attrs.evolve(figure.span, low=None))


def _size(case: Case) -> Fraction:
    """How large the numbers are that the audited figure was worked out from."""
    if case.rule.percent:
        return 100 + _furthest(case.target)
    return sum(map(_furthest, case.figures), _furthest(case.target))


def _furthest(figure: Printed) -> Fraction:
    span = figure.span or Span.point(ZERO)
    return max((abs(end) for end in (span.low, span.high) if end is not None), default=ZERO)


def _either_sign(case: Case) -> Case:
    """The row with its percentages in brackets as a minus or not: as it agrees, or as the recomputed figure is."""
    last = len(case.figures)
    cells = [position for position in range(last) if is_aside(case, position)]
    audited = is_aside(case, last)
    if not cells and not audited:
        return case
    signs = product([False, True] if cells else [False], [False, True] if audited else [False])
    readings = [_flipped(case, [*(cells if plus else []), *([last] if turned else [])]) for plus, turned in signs]
    for reading in readings:
        if reading.agrees:
            return reading
    # Beside counts brackets are seldom a minus; the audited figure is shown with the sign that would follow.
    beside = readings[-2:] if audited else readings[-1:]
    value = beside[0].recomputed()
    return next((r for r in beside if value is not None and r.target.value is not None and r.target.value * value > 0), beside[0])


def _flipped(case: Case, positions: Sequence[int]) -> Case:
    for position in positions:
        figure = case.figure(position)
        if figure.form is not None:
            turned: Form = attrs.evolve(figure.form, factor=-figure.form.factor)
            case = case.having(position, figure.signed(turned))
    return case
