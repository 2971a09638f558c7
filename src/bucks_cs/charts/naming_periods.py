"""How a chart names periods: in full where there is room, and by their year where a title has said the rest."""

from __future__ import annotations

from collections.abc import Sequence

from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.periods import AcademicYear, MonthlyAverage, Period, ReportingYear, Snapshot, Span

__all__ = ["at", "at_short", "need_one_kind", "pair", "short", "shorts", "span"]

# The mean of monthly figures is comparable with the figure of a month, and with a mean over another number of months.
_OF_A_MONTH = {"month", "monthly average", "monthly average within"}


def at(period: Period) -> str:
    """When a figure is of, as it stands in a sentence.

    Args:
        period: The period.

    Example:
        >>> from bucks_cs.periods import Month
        >>> at(ReportingYear(2025, ends=(3, 31))), at(Snapshot("31 March 2025")), at(Month("2020-01"))
        ('in the year to 31 March 2025', 'on 31 March 2025', 'in January 2020')
    """
    if isinstance(period, Snapshot):
        return f"on {period}"
    if isinstance(period, Span):
        return f"from {period}"
    if isinstance(period, MonthlyAverage):
        return f"as a {period}"
    the = "the " if isinstance(period, (ReportingYear, AcademicYear)) else ""
    return f"in {the}{period}"


def short(period: Period) -> str:
    """A period as it stands on an axis and in a headline, whose subtitle names it in full.

    Args:
        period: The period.

    Example:
        >>> from bucks_cs.periods import Month
        >>> short(ReportingYear(2025, ends=(3, 31))), short(Snapshot("31 March 2025")), short(Month("2020-01"))
        ('2025', '31 Mar 2025', 'Jan 2020')
    """
    return str(period.end.year) if isinstance(period, ReportingYear) else period.label


def at_short(period: Period) -> str:
    """When a figure is of, as it stands in a headline.

    Args:
        period: The period.

    Example:
        >>> at_short(ReportingYear(2025, ends=(3, 31))), at_short(Snapshot("31 March 2025"))
        ('in 2025', 'on 31 Mar 2025')
        >>> at_short(Span("1 April 2022", "30 June 2022"))
        'over 1 Apr 2022 to 30 Jun 2022'
    """
    word = "on" if isinstance(period, Snapshot) else "over" if isinstance(period, (Span, MonthlyAverage)) else "in"
    return f"{word} {short(period)}"


def shorts(first: Period, last: Period) -> tuple[str, str]:
    """Two periods as the labels of two bars: their years where these tell them apart, and no more is needed.

    Args:
        first: The earlier.
        last: The later.

    Example:
        >>> shorts(MonthlyAverage("2020-01", "2020-03"), MonthlyAverage("2022-01", "2022-09"))
        ('2020', '2022')
        >>> shorts(MonthlyAverage("2022-01", "2022-03"), MonthlyAverage("2022-04", "2022-09"))
        ('Jan 2022 to Mar 2022', 'Apr 2022 to Sep 2022')
    """
    each = [period.end.year for period in (first, last) if period.start.year == period.end.year]
    if isinstance(first, (MonthlyAverage, Span)) and len(set(each)) == 2:
        return str(each[0]), str(each[1])
    found = short(first), short(last)
    return found if found[0] != found[1] else (str(first), str(last))


def span(periods: Sequence[Period]) -> str:
    """The first and the last of several periods in order, as a subtitle names them.

    Args:
        periods: The periods, in order.

    Example:
        >>> from bucks_cs.periods import Month
        >>> span([ReportingYear(year, ends=(3, 31)) for year in (2013, 2014, 2015)])
        'years to 31 March, 2013 to 2015'
        >>> span([Month("2020-01"), Month("2020-03")])
        'January 2020 to March 2020'
    """
    first, last = periods[0], periods[-1]
    if first == last:
        return str(first)
    if isinstance(first, MonthlyAverage) and isinstance(last, MonthlyAverage):
        within = "" if first.exact and last.exact else "within "
        return f"monthly averages, {within}{first.first} to {last.last}"
    if isinstance(first, Span) and isinstance(last, Span):
        return f"periods from {_day(first, first=True)} to {_day(last, first=False)}"
    return _joined(first, last, " to ")


def pair(first: Period, last: Period) -> str:
    """Two periods in full, as a subtitle names them.

    Args:
        first: The earlier.
        last: The later.

    Example:
        >>> pair(MonthlyAverage("2020-01", "2020-03", exact=False), MonthlyAverage("2022-01", "2022-09", exact=False))
        'monthly averages: within January 2020 to March 2020, and within January 2022 to September 2022'
    """
    if isinstance(first, MonthlyAverage) and isinstance(last, MonthlyAverage):
        one, other = (str(period).partition(", ")[2] for period in (first, last))
        return f"monthly averages: {one}, and {other}"
    return f"{first}, and {last}" if isinstance(first, Span) else _joined(first, last, " and ")


def _joined(first: Period, last: Period, word: str) -> str:
    """Two periods of one kind, what they share said once."""
    if isinstance(first, ReportingYear) and isinstance(last, ReportingYear) and first.ends == last.ends:
        return f"{_but_year(first).replace('year to', 'years to')}, {first.end.year}{word}{last.end.year}"
    if isinstance(first, Snapshot) and isinstance(last, Snapshot) and _but_year(first) == _but_year(last):
        return f"{_but_year(first)}, {first.end.year}{word}{last.end.year}"
    if isinstance(first, AcademicYear) and isinstance(last, AcademicYear):
        return f"{first.label}{word}{last.label} academic years"
    return f"{first}{word}{last}"


def _but_year(period: Period) -> str:
    return str(period).rpartition(" ")[0]


def _day(period: Period, *, first: bool) -> str:
    return str(Snapshot(period.start if first else period.end))


def need_one_kind(periods: Sequence[Period], *, what: str) -> None:
    """Refuse periods that are no one series: a month beside a year, or years that end on other days.

    Args:
        periods: The periods.
        what: What an error calls what they are of.

    Raises:
        InvalidValue: They are of several kinds.
    """
    kinds = {str(period.kind) for period in periods}
    alike = kinds <= _OF_A_MONTH or (len(kinds) == 1 and all(_has_order(periods[0], period) for period in periods))
    if not alike:
        hint = " Choose them with Readings.where, or draw a chart for each kind."
        raise InvalidValue(what=what, expected="periods of one kind, as years that end on the same day are", hint=hint)


def _has_order(one: Period, other: Period) -> bool:
    try:
        return one <= other or other <= one
    except NotComparable:
        return False
