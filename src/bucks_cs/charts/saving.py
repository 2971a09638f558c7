"""Savings year by year: what each year adds, and what is saved in it, with the range that an unstated basis leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.charts.barring import Bar, lying_bars
from bucks_cs.charts.gap_marks import in_words, marks, marks_said
from bucks_cs.charts.plotting import in_area, is_frame
from bucks_cs.charts.style import Chart, own_words
from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Reading
from bucks_cs.periods import FinancialYear
from bucks_cs.readings import Readings
from bucks_cs.savings import (
    ADDED_IN_YEAR,
    TOTAL_LEVEL,
    SavingsLine,
    SavingsProgramme,
    SavingsTracker,
    tracker_of_lines,
    tracker_profile,
)

__all__ = ["savings_profile"]

_RANGE = "A range is what the lines can come to where their basis or recurrence is not stated"
_ADDED, _SAVED = "Added in the year", "Saved in the year"


def savings_profile(
    savings: SavingsProgramme | Iterable[SavingsLine] | SavingsLine | Readings[Any] | Any,
    *,
    years: Iterable[FinancialYear] | FinancialYear | None = None,
    headline: str | None = None,
    subtitle: str | None = None,
) -> Chart:
    """Two bars a year: what it adds to the year before (incremental) and what is saved in it in all (cumulative).

    Args:
        savings: Lines, a programme, a tracker of any engine, raw or checked by `bucks_cs.savings.SavingsTracker`, or the readings
            of `bucks_cs.savings.tracker_profile`, not broken down.
        years: The financial years; None takes every year from the first that has a figure to the last. For readings, whose
            years are chosen already, none may be given.
        headline: What it shows, in a sentence; None gives the last year's saving, as a range where it is one.
        subtitle: What is counted, where and when; None writes it.

    Returns:
        A chart in millions of pounds, from zero. Where a basis is not stated a bar goes up to the least the lines can come to,
        and a line goes on to the most: nothing is guessed.

    Raises:
        InvalidValue: Something else; no years; readings that are broken down, of several areas, or of something else.
        FrameProblems: A rule of `bucks_cs.savings.SavingsTracker` is broken.
        MissingExtra: The extra ``charts`` is not installed.

    Source:
        The range is that of `bucks_cs.savings.tracker_profile`, of every reading that the lines leave open.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.charts import alt_text, savings_profile
        >>> print(alt_text(savings_profile(record.savings_lines())))
        Bar chart of planned savings, two bars a year, 2023-24 to 2025-26. 2023-24, added in the year: £1.342 million; ...
    """
    found = _found(savings, years)
    drawn = [_bar(one) for one in found]
    last = next(one for one in reversed(found) if one.indicator.key == TOTAL_LEVEL.key)
    first_year, last_year = str(found[0].period), str(last.period)
    when = first_year if first_year == last_year else f"{first_year} to {last_year}"
    where = in_area(one.area for one in found)
    described = "; ".join(f"{bar.label}, {bar.group.lower()}: {bar.said}" for bar in drawn)
    said = f"Bar chart of planned savings{where}, two bars a year, {when}. {described}."
    head, notes = f"Planned savings{where} in £ million, {when}", [_RANGE] if _open(found) else []
    of_last = f" of {_span(last)} in {last_year}" if _ends(last)[0] is not None else f", {when}"
    return lying_bars(
        drawn,
        axis="£ million",
        headline=own_words(headline, f"Planned savings{where}{of_last}", what="headline"),
        subtitle=own_words(subtitle, "\n".join([head, *notes]) + marks(_untold(found)), what="subtitle"),
        description=" ".join([said, *(f"{note}." for note in notes)]) + marks_said(_untold(found)),
    )


def _found(savings: Any, years: Any) -> list[Reading]:
    readings = _readings(savings, years)
    found = sorted(readings, key=lambda one: (one.period.start, one.indicator.key))
    expected = "lines of a plan, a tracker, or what savings.tracker_profile gives of one area, not broken down"
    both = {one.indicator.key for one in found} == {ADDED_IN_YEAR.key, TOTAL_LEVEL.key}
    if not both or readings.by or len({one.area for one in found}) > 1:
        raise InvalidValue(what="savings", expected=expected)
    if all(_ends(one)[0] is None for one in found):
        raise InvalidValue(what="savings", expected="a year or more that has an amount, or a range of one")
    return found


def _readings(savings: Any, years: Any) -> Readings[Any]:
    if isinstance(savings, Readings):
        if years is not None:
            hint = " Choose them with Readings.where."
            raise InvalidValue(what="years", expected="none with readings, whose years are chosen already", hint=hint)
        return savings
    if is_frame(savings):
        return _of_tracker(savings, years)
    lines = (savings,) if isinstance(savings, SavingsLine) else tuple(savings) if isinstance(savings, Iterable) else ()
    if not lines or not all(isinstance(line, SavingsLine) for line in lines):
        raise InvalidValue(what="savings", expected="a SavingsProgramme, one SavingsLine or more, or a tracker")
    # What a tracker has no column for changes no amount of these two measures.
    plain = [attrs.evolve(line, depends_on=(), delivered=(), status=None, already_counted_in=None) for line in lines]
    asked = _from_first_to_last([one.year for line in lines for one in line.amounts]) if years is None else years
    return tracker_profile(tracker_of_lines(plain), years=asked)


def _of_tracker(frame: Any, years: Any) -> Readings[Any]:
    checked = SavingsTracker.admit(frame)
    if years is None:
        there = collect(checked.lazy.filter(~nw.col("pence").is_null()).group_by("financial_year").agg(nw.len().alias("rows")))
        years = _from_first_to_last([FinancialYear(each) for each in there["financial_year"].to_list()])
    found: Readings[Any] = tracker_profile(checked, years=years)
    return found


def _from_first_to_last(named: Sequence[FinancialYear]) -> tuple[FinancialYear, ...]:
    """Each year between, whether or not it is named: what a year adds is to the one before."""
    if not named:
        raise InvalidValue(what="savings", expected="lines with an amount in a financial year, or years= to be drawn")
    first, last = min(year.start.year for year in named), max(year.start.year for year in named)
    return tuple(FinancialYear.starting(year) for year in range(first, last + 1))


def _ends(one: Reading) -> tuple[float | None, float | None]:
    number = one.number
    return (one.bound("lower"), one.bound("upper")) if number is None else (number, number)


def _bar(one: Reading) -> Bar:
    low, high = (None if end is None else end / 1e6 for end in _ends(one))
    span = (low, high) if low != high else (None, None)
    return Bar(
        label=str(one.period),
        group=_SAVED if one.indicator.key == TOTAL_LEVEL.key else _ADDED,
        said=_span(one),
        value=_sure(low, high),
        low=span[0],
        high=span[1],
    )


def _sure(low: float | None, high: float | None) -> float | None:
    """How far a bar goes whichever end holds: not at all where one end adds and the other takes away."""
    if low is None or high is None:
        return None
    return min(low, high, key=abs) if low * high > 0 else 0.0


def _open(found: Sequence[Reading]) -> bool:
    return any(one.number is None and one.bound("lower") is not None for one in found)


def _untold(found: Sequence[Reading]) -> list[Reading]:
    """Those whose mark stands in their place, having not even a range."""
    return [one for one in found if None in _ends(one)]


def _span(one: Reading) -> str:
    low, high = _ends(one)
    if low is None or high is None:
        return in_words(one)
    return _million(low) if low == high else f"{_million(low)} to {_million(high)}"


def _million(pounds: float) -> str:
    return f"{'−' if pounds < 0 else ''}£{abs(pounds) / 1e6:,.3f}".rstrip("0").rstrip(".") + " million"
