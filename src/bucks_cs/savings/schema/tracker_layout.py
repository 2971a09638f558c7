"""Savings: how a council's tracker is laid out: which column is of which year, in what unit, and what else it has."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import BucksError, FrameProblems, InvalidValue, Problem, of_kind
from bucks_cs.frames import Checked
from bucks_cs.frames.checked import FrameT
from bucks_cs.periods import FinancialYear
from bucks_cs.savings.model.choices import PrintedSign
from bucks_cs.savings.schema.printed_money import times_of_heading

__all__ = ["CheckedTracker", "TrackerLayout", "YearColumn", "unit_in", "year_columns"]

_DASH = r"\s*[-/‐‑–—−]\s*"
_PAIR = rf"[0-9]{{4}}(?:{_DASH}|\s+to\s+)(?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{2}}{_DASH}[0-9]{{2}}"
_YEAR = re.compile(rf"\b(?:(?:financial year|FY)\s*)?(?:{_PAIR})(?![0-9])", re.IGNORECASE)
_AROUND = " \t\r\n\u00a0-–—,:;_|/"
_text_or_none = of_kind(str, NoneType, expected="text, or None")


@attrs.frozen(kw_only=True)
class YearColumn:
    """A column of a tracker with the figures of a year.

    Args:
        year: The financial year.
        heading: What the column is called, letter for letter.
        unit: What its figures are in: ``"£'000"``; None where neither the heading nor anybody says, so that each cell has to.
    """

    year: FinancialYear = attrs.field(validator=of_kind(FinancialYear, expected="a FinancialYear"))
    heading: str = attrs.field(validator=of_kind(str, expected="text"))
    unit: str | None = attrs.field(default=None, validator=_text_or_none)

    def __attrs_post_init__(self) -> None:
        if self.unit is not None:
            times_of_heading(self.unit)


def _columns(given: Any) -> Any:
    return _tuple(given.items() if isinstance(given, Mapping) else given)


def _tuple(given: Any) -> Any:
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)


@attrs.frozen(kw_only=True)
class TrackerLayout:
    """How a tracker is laid out, so that it can be written so again.

    Args:
        columns: The columns about the line, this library's names and the tracker's own.
        years: The columns with the figures of a year each.
        unplaced: The column with the figure whose years are not named, and its unit; None where there is none.
        sign: Which sign a saving has in it.
        order: Every heading, in the order of the tracker.

    Raises:
        InvalidValue: A part is of another kind, there are no years, or one is there twice.
    """

    columns: tuple[tuple[str, str], ...] = attrs.field(converter=_columns)
    years: tuple[YearColumn, ...] = attrs.field(converter=_tuple)
    unplaced: tuple[str, str | None] | None = None
    sign: PrintedSign = attrs.field(validator=of_kind(PrintedSign, expected="a PrintedSign"))
    order: tuple[str, ...] = attrs.field(converter=_tuple)

    def __attrs_post_init__(self) -> None:
        if not self.years or not all(isinstance(one, YearColumn) for one in self.years):
            raise InvalidValue(what="TrackerLayout.years", expected="one or more YearColumn")
        if len({one.year for one in self.years}) < len(self.years) or len(set(self.order)) < len(self.order):
            raise InvalidValue(what="TrackerLayout", expected="each year and each heading once")


@attrs.frozen(kw_only=True, repr=False, eq=False)
class CheckedTracker(Checked[FrameT]):
    """A tracker that keeps every rule of `SavingsTracker`, with the layout it was read from.

    Args:
        layout: How the tracker was laid out.
    """

    layout: TrackerLayout


def year_columns(
    headings: Iterable[str], *, unit: str | None, years: Mapping[FinancialYear, str] | None, taken: Iterable[str] = ()
) -> tuple[tuple[YearColumn, ...], tuple[str, ...]]:
    """Which columns have the figures of a year, and in what unit.

    Args:
        headings: The headings of the tracker.
        unit: What the figures of a column are in whose heading does not say; None where nobody says.
        years: The heading of each year, where the headings themselves do not say it; None to look for them.
        taken: Headings that are of something else.

    Returns:
        The columns in order of year, and the headings that have a year in them beside other words and were passed over.

    Raises:
        FrameProblems: No column is of a year, two are of one, or one that is named is not there.
        InvalidValue: ``unit`` is no unit of money, or not the one that a heading says; ``years`` is no such dict.
    """
    there = [heading for heading in headings if heading not in set(taken)]
    if unit is not None:
        times_of_heading(unit)
    passed: list[str] = []
    if years is not None:
        found = _named(years, there)
    else:
        found = []
        for heading in there:
            of_year, rest = _read(heading)
            if of_year is None:
                continue
            said = _unit(rest)
            if said is None and rest:
                passed.append(heading)
            else:
                found.append(YearColumn(year=of_year, heading=heading, unit=said))
    _need_each_once(found)
    return tuple(sorted((_in_unit(one, unit) for one in found), key=lambda one: one.year.start)), tuple(passed)


def _read(heading: str) -> tuple[FinancialYear | None, str]:
    """The year of a heading, where it has one and no other, and what it says besides."""
    found = list(_YEAR.finditer(heading))
    if len(found) != 1:
        return None, ""
    year = None
    with contextlib.suppress(BucksError):
        year = FinancialYear(found[0][0])
    rest = f"{heading[: found[0].start()].strip(_AROUND)} {heading[found[0].end() :].strip(_AROUND)}".strip()
    return year, re.sub(r"^\(\s*\)$|^in\s+", "", rest, flags=re.IGNORECASE).strip(_AROUND)


def _unit(rest: str) -> str | None:
    bare = re.sub(r"^\(\s*in\s+", "(", rest, flags=re.IGNORECASE)
    with contextlib.suppress(InvalidValue):
        times_of_heading(bare)
        return bare.strip("()")
    return None


def _named(years: object, there: list[str]) -> list[YearColumn]:
    expected = "a dict of financial years and the headings of their columns"
    if not isinstance(years, Mapping) or not years:
        raise InvalidValue(what="years", expected=expected)
    if not all(isinstance(year, FinancialYear) and isinstance(heading, str) for year, heading in years.items()):
        raise InvalidValue(what="years", expected=expected)
    absent = [heading for heading in years.values() if heading not in there]
    if absent:
        problems = tuple(Problem(column=heading, rule="there is no such column") for heading in absent)
        raise FrameProblems(schema="savings tracker", problems=problems)
    return [YearColumn(year=year, heading=heading, unit=unit_in(heading)) for year, heading in years.items()]


def unit_in(heading: str) -> str | None:
    """The unit in a heading with other words: what stands in brackets, or with a £; None where there is none.

    Args:
        heading: The heading.
    """
    for word in re.findall(r"\(([^()]*)\)|(£\S*)", heading):
        found = _unit(next(part for part in word if part)) if any(word) else None
        if found is not None:
            return found
    return None


def _in_unit(one: YearColumn, unit: str | None) -> YearColumn:
    if one.unit is None or unit is None:
        return attrs.evolve(one, unit=one.unit or unit)
    if times_of_heading(one.unit) != times_of_heading(unit):
        raise InvalidValue(what="unit", expected="what the headings say, or None where they say it themselves")
    return one


def _need_each_once(found: list[YearColumn]) -> None:
    problems = []
    if not found:
        hint = " Say which they are: years={FinancialYear('2023-24'): 'the heading', ...}."
        problems.append(Problem(rule="no heading is a financial year, with or without a unit of money", hint=hint))
    for year in dict.fromkeys(one.year for one in found):
        same = [one.heading for one in found if one.year == year]
        if len(same) > 1:
            hint = f" Say which is meant: years={{FinancialYear('{year}'): ...}}."
            problems.append(Problem(column=", ".join(same), rule=f"are all of {year}", hint=hint))
    if problems:
        raise FrameProblems(schema="savings tracker", problems=tuple(problems))
