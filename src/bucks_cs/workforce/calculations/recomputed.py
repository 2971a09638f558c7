"""The workforce: each of DfE's published rates, worked out again from the figures of its own row.

A printed figure stands for everything that rounds to it. A rate disagrees only where no figures that round to those printed
beside it would give what rounds to the rate: exact arithmetic, and no tolerance.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from bucks_cs import periods
from bucks_cs.audit import Rounding, Status
from bucks_cs.audit.rows import CallersFrame
from bucks_cs.audit.spans import Span
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Kind, Withheld
from bucks_cs.periods import Period
from bucks_cs.provenance import AnySource
from bucks_cs.published_files import Published
from bucks_cs.workforce.calculations.published import COUNTED, DAYS_AVAILABLE, RATES, WORKING_DAYS, workforce_rows
from bucks_cs.workforce.calculations.rate_checks import RateCheck, RateChecks

__all__ = ["recomputed_rates"]

_EXACT, _EACH, _HUNDRED = Fraction(0), Fraction(1), Fraction(100)
_ONE = Span.point(_EACH)
_TITLES = {measure.value: measure.indicator.title for measure in COUNTED} | {WORKING_DAYS: "working days of the year"}
_STEPS = {measure.value: Fraction(str(measure.rounding.authority or 0)) for measure in (*COUNTED, *RATES)}
_MAY_BE_0 = "what it is a part of may be 0, and nothing can be divided by 0"


def recomputed_rates(frame: str | os.PathLike[str] | Any, *, source: AnySource | None = None) -> RateChecks:
    """Whether each published rate of social workers follows from the figures printed beside it, for every area and year.

    Turnover is leavers of those in post; the agency rate agency workers of them and those in post; the vacancy rate vacancies of
    them and those in post; agency cover the agency workers covering a vacancy, of agency workers and of vacancies; the caseload
    cases for each FTE who holds one; absence the days lost, of those in post times 253 working days, 254 in a leap year. FTE and
    days lost are taken as rounded to one decimal, headcounts and cases as exact, and the rate as rounded to one decimal.

    Args:
        frame: The path of either file that `read_social_work_workforce` reads, or a frame of it of any engine.
        source: The release; None for what its headings and its newest year tell of it.

    Returns:
        A check for each rate, area and year: what is printed, what follows with the least and the most it can be, and whether
        they agree, disagree or cannot be checked, and why: a figure is withheld, or what it is a part of may be 0. ``print``
        gives the counts; ``frame`` and ``counts`` the caller's own kind of frame. The rows of a lazy frame are run. Areas are as
        in `read_social_work_workforce`. A disagreement of a region or England says that the rate is not of the figures beside it:
        authorities whose part is withheld are left out of the rate, and not out of the figures.

    Raises:
        FrameProblems: As `read_social_work_workforce`.
        InvalidValue: There is no file at the path, or ``source`` is no source.
        UnsupportedFrame: It is neither a path nor a frame.

    Source:
        DfE, Local authority interactive tool, data dictionary, topic Children's Services Workforce, for what each rate is of;
        *Children's social work workforce*, data guidance of 2023 and 2024, "Rounding". `bucks_cs.audit` for the arithmetic. That
        authorities are left out of rates above them was found by this check and is printed nowhere that was read.

    Example:
        >>> import polars as pl
        >>> import datetime as dt
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.workforce import recomputed_rates
        >>> rows = pl.DataFrame({"time_period": ["2025"], "time_identifier": ["Reporting year"],
        ...     "geographic_level": ["Local authority"], "country_code": ["E92000001"], "region_code": ["E12000008"],
        ...     "old_la_code": ["825"], "new_la_code": ["E06000060"],
        ...     "inpost_fte": ["231.6"], "inpost_headcount": ["242"], "leavers_fte": ["23.2"], "leavers_headcount": ["24"],
        ...     "turnover_rate_fte": ["10"], "turnover_rate_headcount": ["9.9"], "agency_fte": ["70"], "agency_headcount": ["70"],
        ...     "agency_rate_fte": ["23.2"], "agency_rate_headcount": ["22.4"], "agency_cover_fte": ["u"],
        ...     "agency_cover_rate_fte": ["u"], "vacancy_fte": ["79"], "vacancy_rate_fte": ["25.4"],
        ...     "vacancy_agency_cover_rate_fte": ["u"], "case_holders_fte": ["150.4"], "cases": ["2720"],
        ...     "caseload_fte": ["18.1"], "working_days_lost_fte": ["332"], "absence_rate_fte": ["0.6"]})
        >>> checks = recomputed_rates(rows)
        >>> checks
        RateChecks(7 agree, 0 disagree, 2 cannot be checked)
        >>> print(checks.at(indicator="workforce.caseload_fte", area="825", period=Snapshot(dt.date(2025, 9, 30))))
        Average caseload of social workers (FTE), 825, 30 September 2025: printed 18.1,
        recomputed 18.085 (18.079 to 18.091): agrees
    """
    rows = workforce_rows(frame)
    figures = dict.fromkeys(name for rate in RATES for name in rate.figures if name != DAYS_AVAILABLE)
    dates = [f"{of}{part}" for of in ("", "stock_") for part in ("kind", "start", "end")]
    wanted = ["area", *dates, WORKING_DAYS, *(column for name in figures for column in (name, f"{name}_withheld"))]
    local = collect(rows.lazy.select(*wanted).sort("area", "end")).to_dicts()
    # The same few figures and years come again and again.
    reading, when = functools.cache(_read), functools.cache(periods.from_bounds)
    in_order = sorted(RATES, key=lambda rate: rate.indicator.key)
    found = (_check(rate, _Row(cells=row, reading=reading), when=when) for rate in in_order for row in local)
    home = CallersFrame(rows.home, rows.lazy if rows.home.engine.is_lazy else None)
    return RateChecks(found, source=rows.source if source is None else source, home=home)


@attrs.frozen
class _Figure:
    """A figure as it is printed, and everything from 0 up that rounds to it."""

    printed: Fraction
    span: Span

    def times(self, days: float) -> _Figure:
        return _Figure(self.printed * int(days), self.span.times(Fraction(int(days))))


def _read(printed: float, step: Fraction) -> _Figure:
    # The shortest text of a float is the decimal that was printed: 231.6, and not the nearest binary number.
    number = Fraction(repr(printed))
    return _Figure(number, Rounding.NEAREST.span(number, step).within(_EXACT, None) or Span.point(number))


@attrs.frozen(kw_only=True)
class _Row:
    """The figures of one area and year."""

    cells: Mapping[str, Any]
    reading: Callable[[float, Fraction], _Figure]

    def figure(self, name: str) -> _Figure:
        if name == DAYS_AVAILABLE:
            return self.figure("in_post_fte").times(self.cells[WORKING_DAYS])
        return self.reading(self.cells[name], _STEPS[name])

    def gaps(self, names: Iterable[str]) -> Iterator[tuple[str, Withheld]]:
        """The figures that are not there, and why."""
        for name in names:
            figure = "in_post_fte" if name == DAYS_AVAILABLE else name
            if self.cells[figure] is None:
                yield figure, Withheld(self.cells[f"{figure}_withheld"])
            if name == DAYS_AVAILABLE and self.cells[WORKING_DAYS] is None:
                yield WORKING_DAYS, Withheld.NOT_AVAILABLE


def _check(rate: Published, row: _Row, *, when: Callable[..., Period]) -> RateCheck:
    """One rate of one row."""
    stock = "stock_" if rate.indicator.kind is Kind.STOCK else ""
    cells = row.cells
    period = when(cells[f"{stock}kind"], cells[f"{stock}start"], cells[f"{stock}end"])
    gaps = dict(row.gaps(rate.figures))
    follows = None if gaps.keys() - {rate.value} else _followed(rate, row)
    withheld, why, status = None, "", Status.CANNOT_CHECK
    if gaps:
        withheld = Withheld.first(gaps.values())
        why = "; ".join(f"{_TITLES.get(name, 'the rate itself')}: {gap.meaning}" for name, gap in gaps.items())
    elif follows is None:
        withheld, why = Withheld.NOT_APPLICABLE, _MAY_BE_0
    else:
        status = Status.AGREES if follows.span.meets(row.figure(rate.value).span) else Status.DISAGREES
    return RateCheck(
        indicator=rate.indicator,
        area=cells["area"],
        period=period,
        printed=cells[rate.value],
        recomputed=None if follows is None else float(follows.printed),
        lower=None if follows is None else _number(follows.span.low),
        upper=None if follows is None else _number(follows.span.high),
        status=status,
        withheld=withheld,
        why=why,
    )


def _followed(rate: Published, row: _Row) -> _Figure | None:
    """What follows from the figures as printed, and from all that rounds to them; None where what it is of may be 0."""
    whole = (rate.whole,) if isinstance(rate.whole, str) else rate.whole or ()
    part = row.figure(str(rate.part))
    [rest] = [row.figure(name) for name in whole if name != rate.part]
    span = _of_itself_and(part.span, rest.span) if rate.part in whole else _over(part.span, rest.span)
    if span is None:
        return None
    of = part.printed + rest.printed if rate.part in whole else rest.printed
    times = _HUNDRED if rate.indicator.unit == "percent" else _EACH
    return _Figure(times * part.printed / of, span.times(times))


def _over(part: Span, whole: Span) -> Span | None:
    return part.over(whole) if _is_above_0(whole) else None


def _of_itself_and(part: Span, rest: Span) -> Span | None:
    """A part, of itself and the rest. Written so that the part stands in it once: twice, its two could be different values."""
    if _is_above_0(rest):
        return _ONE.minus(_ONE.over(part.over(rest).plus(_ONE)))
    return _ONE.over(rest.over(part).plus(_ONE)) if _is_above_0(part) else None


def _is_above_0(span: Span) -> bool:
    return span.low is not None and span.low > 0


def _number(end: Fraction | None) -> float | None:
    return None if end is None else float(end)
