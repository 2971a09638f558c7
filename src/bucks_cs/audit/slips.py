"""Slips: the search for what would explain a printed figure that does not follow.

Nothing here knows what happened. Each slip that offices make is tried in each cell, and where the figures then agree it
is listed with what it would give: one digit changed, dropped, doubled or swapped with its neighbour; a value that is
also the row's above or below, or belongs to it; a factor of 10, 100 or 1,000; a minus lost or added; digits dropped where
they should have been rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from bucks_cs.audit.ambiguity import is_aside
from bucks_cs.audit.cases import Case, Match
from bucks_cs.audit.edits import edits_of
from bucks_cs.audit.printed import Form, Printed, Rounding, number_text
from bucks_cs.audit.relations import NoResult
from bucks_cs.audit.spans import Span
from bucks_cs.audit.suggestions import Slip, Suggestion

__all__ = ["Neighbour", "explain"]

_KEYBOARD = {
    "changed": Slip.DIGIT_CHANGED,
    "dropped": Slip.DIGIT_DROPPED,
    "doubled": Slip.DIGIT_DOUBLED,
    "swapped": Slip.DIGITS_SWAPPED,
}


@attrs.frozen(kw_only=True)
class Neighbour:
    """The row above or below.

    Args:
        label: What it is called.
        below: Whether it is the one below.
        figures: Its figures by position; those that could not be read are left out.
    """

    label: str
    below: bool
    figures: Mapping[int, Printed]

    @property
    def copied(self) -> Slip:
        """The slip of printing its value twice."""
        return Slip.COPIED_FROM_ROW_BELOW if self.below else Slip.COPIED_FROM_ROW_ABOVE

    @property
    def belongs(self) -> Slip:
        """The slip of a row whose value stands in this neighbour."""
        return Slip.VALUE_OF_ROW_BELOW if self.below else Slip.VALUE_OF_ROW_ABOVE


def explain(case: Case, neighbours: tuple[Neighbour, ...] = ()) -> tuple[Suggestion, ...]:
    """Every single slip that would explain a disagreement, the likeliest kind first.

    Args:
        case: A printed figure that does not follow.
        neighbours: The rows above and below.

    Returns:
        First those after which the recomputed figure is the printed one, rounded or cut off; then those of a
        neighbouring cell; then by the number of edits. The figure under audit comes before the others, which keep the
        order of their columns.
    """
    found: list[tuple[int, Suggestion]] = []
    for order, position in enumerate(case.positions()):
        for suggestion in (
            *_edited(case, position),
            *_cut_off(case, position),
            *(s for neighbour in neighbours for s in _from_neighbour(case, position, neighbour)),
        ):
            found.append((order, suggestion))
    kinds = list(Slip)
    found.sort(key=lambda pair: (pair[1].rank, pair[0], kinds.index(pair[1].slip), pair[1].match.value, pair[1].instead))
    return tuple(suggestion for _, suggestion in found)


def _suggestion(
    case: Case, repaired: Case, position: int, slip: Slip, match: Match, *, edits: int, neighbour: str = ""
) -> Suggestion:
    return Suggestion(
        slip=slip,
        column=case.names[position],
        printed=case.figure(position).text,
        instead=repaired.figure(position).text,
        gives=str(repaired.shown()),
        edits=edits,
        match=match,
        in_audited=position == len(case.figures),
        neighbour=neighbour,
    )


def _edited(case: Case, position: int) -> Iterator[Suggestion]:
    """Slips of the keyboard, of scale and of sign in one figure."""
    expected = case.expected() if position == len(case.figures) else None
    figure = case.figure(position)
    for slip, other in (*_variants(figure), *([] if is_aside(case, position) else _other_sign(figure))):
        repaired = case.having(position, other)
        # What follows from the others stays the same while the audited figure is tried.
        match = case.fit(other, expected) if isinstance(expected, Span) else repaired.match()
        if match is not None:
            yield _suggestion(case, repaired, position, slip, match, edits=1)


def _variants(figure: Printed) -> Iterator[tuple[Slip, Printed]]:
    form = figure.form
    if form is None or not figure.can_be_edited:
        return
    on_step = figure.stated_step and figure.step and (form.value / figure.step).denominator == 1
    for kind, digits, decimals in edits_of(form.digits, form.decimals):
        other = attrs.evolve(form, digits=digits, decimals=decimals)
        # A figure rounded to the nearest 10 ends in 0, and so does what it was a slip for.
        if not on_step or (other.value / figure.step).denominator == 1:  # type: ignore[operator]
            yield _KEYBOARD[kind], figure.written_as(other)
    for power in (1, 2, 3, -1, -2, -3):
        moved = _shifted(form, power)
        if moved is not None:
            step = None if figure.step is None else figure.step * Fraction(10) ** power
            yield Slip.SCALE, figure.written_as(moved, step=step)


def _other_sign(figure: Printed) -> Iterator[tuple[Slip, Printed]]:
    """The figure with its minus taken away, or one put to it."""
    if figure.form is not None and figure.can_be_edited and figure.form.value != 0:
        yield Slip.SIGN, figure.written_as(figure.form.opposite(), step=figure.step)


def _shifted(form: Form, power: int) -> Form | None:
    """The same digits with the point moved; None for 0, which stays 0."""
    if form.value == 0:
        return None
    decimals = form.decimals - power
    digits = form.digits + "0" * max(0, -decimals)
    decimals = max(0, decimals)
    whole = digits[: len(digits) - decimals] if len(digits) > decimals else ""
    fraction = digits[len(digits) - decimals :] if decimals else ""
    return attrs.evolve(form, digits=(whole.lstrip("0") or "0") + fraction.rjust(decimals, "0"), decimals=decimals)


def _cut_off(case: Case, position: int) -> Iterator[Suggestion]:
    """A figure whose further digits were dropped, where they should have been rounded."""
    figure, span = case.figure(position), case.figure(position).cut_off()
    if span is None or figure.rounding is not Rounding.NEAREST:
        return
    repaired = case.having(position, attrs.evolve(figure, span=span))
    expected = repaired.expected()
    reach = repaired.reach(repaired.target)
    if isinstance(expected, NoResult) or reach is None or not expected.meets(reach):
        return
    value = case.recomputed()
    target_cut = position == len(case.figures) and value is not None and span.holds(value)
    match = Match.TRUNCATED if target_cut else Match.WITHIN_ROUNDING
    yield _suggestion(case, repaired, position, Slip.TRUNCATED, match, edits=0)


def _from_neighbour(case: Case, position: int, neighbour: Neighbour) -> Iterator[Suggestion]:
    """A value that is also the neighbour's (then the true one is not known), or one that the neighbour has."""
    figure, other = case.figure(position), neighbour.figures.get(position)
    if other is None or other.value is None or figure.value is None:
        return
    if other.value == figure.value:
        instead = _would_be(case, position)
        if instead:
            yield Suggestion(
                slip=neighbour.copied, column=case.names[position], printed=figure.text, instead=instead,
                gives=str(case.shown()) if position == len(case.figures) else case.target.text,
                edits=1, match=Match.WITHIN_ROUNDING, in_audited=position == len(case.figures), neighbour=neighbour.label,
            )  # fmt: skip
        return
    repaired = case.having(position, other)
    match = repaired.match()
    if match is not None:
        yield _suggestion(case, repaired, position, neighbour.belongs, match, edits=1, neighbour=neighbour.label)


def _would_be(case: Case, position: int) -> str:
    """What a figure would have to be for the rest to agree, written as it is; empty where nothing would do."""
    figure = case.figure(position)
    if position == len(case.figures):
        value, expected = case.recomputed(), case.expected()
        if value is not None:
            return " or ".join(dict.fromkeys(figure.showing(end, figure.decimals) for end in _rounded(value, figure)))
        return "" if isinstance(expected, NoResult) else _span_text(figure, expected)
    needed = None if case.target.span is None else case.rule.needed(position, case.spans(), case.target.span)
    return "" if needed is None else _span_text(figure, needed)


def _rounded(value: Fraction, figure: Printed) -> tuple[Fraction, ...]:
    """A value, or what is to either side of it where it is a half: some round it up and some to even."""
    half = figure.form.step / 2 if figure.form is not None else Fraction(0)
    if not half or (value / half).denominator != 1 or value / half % 2 == 0:
        return (value,)
    return (value - half, value + half) if value > 0 else (value + half, value - half)


def _span_text(figure: Printed, span: Span) -> str:
    ends = ["" if end is None else figure.showing(end, figure.decimals) for end in (span.low, span.high)]
    if not ends[0] or not ends[1]:
        return f"{ends[0]} or more" if ends[0] else f"{ends[1]} or less" if ends[1] else number_text(Fraction(0), 0)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
