"""Senses: in what other sense a row that disagrees would agree, as it is printed and with no slip in it.

``200`` may have been rounded to the nearest 20 and not to the nearest 1, and ``10%`` between two percentages may be
points. Neither can be told from the page; both are said.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from bucks_cs.audit.cases import Case
from bucks_cs.audit.printed import Printed
from bucks_cs.audit.suggestions import Explanation, Sense

__all__ = ["STEPS", "as_points", "coarser_rounding"]

STEPS = (5, 10, 20, 25, 50, 100, 500, 1000)
"""What published counts are rounded to, other than the nearest 1, and the round numbers of speeches."""


def as_points(case: Case, points: Case) -> Explanation:
    """That a change between two percentages follows as points.

    Args:
        case: The row, as a percentage.
        points: The same in points, with which it agrees.
    """
    return Explanation(
        sense=Sense.PERCENTAGE_POINTS, columns=(case.names[-1],), printed=(case.target.text,), gives=str(points.shown())
    )  # fmt: skip


def coarser_rounding(case: Case) -> tuple[Explanation, ...]:
    """What figures that end in 0 would have to be rounded to for the row to agree.

    Args:
        case: A row that disagrees.

    Returns:
        For each figure by itself, in the order of the columns, the least step of those tried; where none alone will do,
        the least for several together. Only steps of which the figure is a multiple, and none above it, are tried.
    """
    positions = [p for p in sorted(case.positions()) if case.figure(p).may_be_coarser]
    alone = [found for position in positions if (found := _least(case, [position])) is not None]
    if alone or len(positions) < 2:
        return tuple(alone)
    together = _least(case, positions)
    return () if together is None else (together,)


def _least(case: Case, positions: Sequence[int]) -> Explanation | None:
    for step in STEPS:
        rounded = [position for position in positions if _can_be(case.figure(position), step)]
        if not rounded or (len(rounded) < 2 <= len(positions)):
            continue
        repaired = case
        for position in rounded:
            repaired = repaired.having(position, _to_step(case.figure(position), step))
        if repaired.agrees:
            first = case.figure(rounded[0])
            return Explanation(
                sense=Sense.COARSER_ROUNDING,
                columns=tuple(case.names[position] for position in rounded),
                printed=tuple(case.figure(position).text for position in rounded),
                step=first.showing(Fraction(step) * _worth(first), 0),
                gives=str(repaired.shown()),
            )
    return None


def _can_be(figure: Printed, step: int) -> bool:
    number = int(figure.form.digits) if figure.form is not None else 0
    return 0 < step <= number and number % step == 0


def _worth(figure: Printed) -> Fraction:
    return Fraction(1) if figure.form is None else abs(figure.form.factor)


def _to_step(figure: Printed, step: int) -> Printed:
    return figure if figure.form is None else figure.written_as(figure.form, step=step * _worth(figure))
