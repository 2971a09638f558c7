"""Savings: from one basis to the other and back, and what a blank may be taken for."""

from __future__ import annotations

import itertools
from typing import Any

import attrs

from bucks_cs.errors import Ambiguous, InvalidValue
from bucks_cs.savings.calculations.levels import need_line
from bucks_cs.savings.model.choices import Basis, Recurrence
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.money import in_pence, pounds
from bucks_cs.savings.model.parts import YearSaving

__all__ = ["as_cumulative", "as_incremental", "blanks_as_zero"]


def as_cumulative(line: SavingsLine) -> SavingsLine:
    """The same line with each year's figure against the year before its first.

    Args:
        line: A line whose basis and recurrence are stated, with a figure for every year between its first and its last.

    Returns:
        A line that saves the same in every year. A recurring line's figures are the sums of those up to the year; a one-off's are
        of their own year on either basis, and stay. What was printed is left out, since the new figures are not what it says; a
        line that is cumulative already is given back as it is.

    Raises:
        Ambiguous: The basis or the recurrence is not stated.
        InvalidValue: A year between has no figure, or it is no line.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.savings import Basis, Recurrence, SavingsLine, as_cumulative, pounds
        >>> line = SavingsLine(key="a", description="A saving", programme="P", basis=Basis.INCREMENTAL,
        ...     recurrence=Recurrence.RECURRING, source=NoOfficialSource(reason="an example"),
        ...     amounts={FinancialYear("2023-24"): pounds(10_000), FinancialYear("2024-25"): pounds(5_000)})
        >>> print(as_cumulative(line))
        A saving (P): £100 in 2023-24, £150 in 2024-25; each year against 2022-23; recurring.
    """
    _need_both_stated(line)
    if line.basis is Basis.CUMULATIVE:
        return line
    _need_no_gap(line)
    figures = [in_pence(one.saving) for one in line.amounts]
    later = None if line.unplaced is None else in_pence(line.unplaced.saving)
    if line.recurrence is Recurrence.RECURRING:
        figures = list(itertools.accumulate(figures))
        later = None if later is None else later + (figures[-1] if figures else 0)
    base = line.first_year.previous() if line.first_year is not None else line.unplaced.after if line.unplaced else None
    return _with_figures(attrs.evolve(line, printed=None), figures, later, basis=Basis.CUMULATIVE, base_year=base)


def as_incremental(line: SavingsLine) -> SavingsLine:
    """The same line with each year's figure on top of the year before.

    Args:
        line: As for `as_cumulative`; a cumulative one has a figure for every year since its base year.

    Returns:
        A line that saves the same in every year; `as_cumulative` and this undo one another.

    Raises:
        Ambiguous: The basis or the recurrence is not stated.
        InvalidValue: A year since the base year has no figure, or it is no line.

    Example:
        >>> from bucks_cs.periods import FinancialYear
        >>> from bucks_cs.provenance import NoOfficialSource
        >>> from bucks_cs.savings import Basis, Recurrence, SavingsLine, as_incremental, pounds
        >>> line = SavingsLine(key="a", description="A saving", programme="P", basis=Basis.CUMULATIVE,
        ...     base_year=FinancialYear("2022-23"), recurrence=Recurrence.RECURRING,
        ...     amounts={FinancialYear("2023-24"): pounds(10_000), FinancialYear("2024-25"): pounds(15_000)},
        ...     source=NoOfficialSource(reason="an example"))
        >>> print(as_incremental(line))
        A saving (P): £100 in 2023-24, £50 in 2024-25; each year on top of the year before; recurring.
    """
    _need_both_stated(line)
    if line.basis is Basis.INCREMENTAL:
        return line
    _need_no_gap(line)
    figures = [in_pence(one.saving) for one in line.amounts]
    later = None if line.unplaced is None else in_pence(line.unplaced.saving)
    if line.recurrence is Recurrence.RECURRING:
        later = None if later is None else later - (figures[-1] if figures else 0)
        figures = [figure - before for figure, before in zip(figures, [0, *figures], strict=False)]
    return _with_figures(attrs.evolve(line, printed=None), figures, later, basis=Basis.INCREMENTAL, base_year=None)


def blanks_as_zero(line: SavingsLine) -> SavingsLine:
    """The same line with £0 for each year that has no figure, for those who know that this is what a blank means in their plan.

    Args:
        line: The line.

    Returns:
        A line without gaps; on an incremental basis 0 is no change, on a cumulative one it is no saving in that year.

    Raises:
        InvalidValue: It is no line.
    """
    need_line(line)
    filled = (*line.amounts, *(YearSaving(year=year, saving=pounds(0)) for year in line.gaps))
    return attrs.evolve(line, amounts=filled)


def _need_both_stated(line: object) -> None:
    need_line(line)
    assert isinstance(line, SavingsLine)
    if line.basis is Basis.UNSTATED:
        readings = ("incremental, each year on top of the year before", "cumulative, each year against a base year")
        settle_by = "say which with attrs.evolve(line, basis=...)"
        raise Ambiguous(what="the basis of this line", readings=readings, settle_by=settle_by)
    if line.recurrence is Recurrence.UNSTATED:
        settle_by = "say which with attrs.evolve(line, recurrence=...)"
        raise Ambiguous(what="the recurrence of this line", readings=("recurring", "one-off"), settle_by=settle_by)


def _need_no_gap(line: SavingsLine) -> None:
    if line.gaps:
        expected = "one for every year from the first, or the base year, to the last"
        raise InvalidValue(what="the line's figures", expected=expected, hint=" blanks_as_zero(line) takes a blank for 0.")


def _with_figures(line: SavingsLine, figures: list[int], later: int | None, **fields: Any) -> SavingsLine:
    amounts = tuple(
        YearSaving(year=one.year, saving=pounds(pence)) for one, pence in zip(line.amounts, figures, strict=True)
    )
    unplaced = line.unplaced
    if unplaced is not None and later is not None:
        unplaced = attrs.evolve(unplaced, saving=pounds(later), as_printed=None)
    return attrs.evolve(line, amounts=amounts, unplaced=unplaced, **fields)
