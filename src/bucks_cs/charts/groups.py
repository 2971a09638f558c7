"""Bars of one indicator at one time, a row a group; and the growth of EHC plans by primary need, as counted or as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bucks_cs.charts.barring import Bar, lying_bars, ranges_that_show
from bucks_cs.charts.claiming import highest
from bucks_cs.charts.gap_marks import in_words, marks, with_range
from bucks_cs.charts.naming_periods import at
from bucks_cs.charts.plotting import Plot, intervals_named, plot_of
from bucks_cs.charts.style import Chart, own_words
from bucks_cs.ehcp import PrimaryNeed
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Reading
from bucks_cs.indicators.wording import capital, with_unit
from bucks_cs.readings import Readings
from bucks_cs.record import PrintedCohorts, PrintedNeedGrowth

__all__ = ["bars", "growth_by_need"]

_GROWTH = "ehcp.plans/change_percent"


def bars(readings: Readings[Any], *, headline: str | None = None, subtitle: str | None = None) -> Chart:
    """A bar for each area or group, from the largest down, each with its interval as a line and its figure beside it.

    Args:
        readings: Of one indicator and one period, of any engine.
        headline: What it shows, in a sentence; None names the highest, where its interval is above those of all others.
        subtitle: What is counted, where and when; None writes it from the indicator.

    Returns:
        A chart on an axis from zero. A withheld value has no bar: its mark stands in its place, and what it means below the
        title.

    Raises:
        InvalidValue: No Readings, several indicators or periods, or no value.
        MissingExtra: The extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs import ehcp
        >>> from bucks_cs.charts import alt_text, bars
        >>> from bucks_cs.indicators import Reading
        >>> from bucks_cs.periods import Snapshot
        >>> from bucks_cs.readings import Readings
        >>> found = [Reading.of(ehcp.PLANS, n, period=Snapshot("16 January 2025"), dims={"primary_need": need})
        ...     for need, n in (("autistic spectrum disorder", 2_100), ("moderate learning difficulty", 310))]
        >>> print(alt_text(bars(Readings.of(found))))
        Bar chart of EHC plans, 16 January 2025, 2 rows. autistic spectrum disorder: 2,100 plans; moderate learning difficulty:
        310 plans.
    """
    plot = plot_of(readings)
    if len(plot.periods) > 1:
        hint = " For several periods draw charts.over_time, or charts.change for two."
        raise InvalidValue(what="readings", expected="readings of one period", hint=hint)
    what = f"{plot.indicator.title}{plot.where}"
    named = [(name or plot.indicator.title, one) for name, one in zip(plot.of, plot.readings, strict=True)]
    said = f"{what}, {plot.unit}, {plot.periods[0]}"
    claim = own_words(headline, _headline(what, plot, named), what="headline")
    return _of_plot(plot, named, what=f"{what}, {plot.periods[0]}", headline=claim, subtitle=subtitle, said=said)


def _of_plot(
    plot: Plot, named: Iterable[tuple[str, Reading]], *, what: str, headline: str, subtitle: str | None, said: str
) -> Chart:
    """The bars of readings with the name of each, from the largest down, and what has no value last."""
    drawn = ranges_that_show([_bar(name, one) for name, one in _in_order(named)])
    rows, intervals = f", {len(drawn)} rows" if len(drawn) > 1 else "", _intervals(plot, drawn)
    gaps = [plot.gaps] if plot.withheld else []
    return lying_bars(
        drawn,
        axis=plot.unit,
        headline=headline,
        subtitle=own_words(subtitle, "\n".join([said, *intervals]) + marks(plot.readings), what="subtitle"),
        description=" ".join([f"Bar chart of {what}{rows}. {_said(drawn)}", *(f"{each}." for each in intervals), *gaps]),
    )


def _in_order(named: Iterable[tuple[str, Reading]]) -> list[tuple[str, Reading]]:
    return sorted(named, key=lambda pair: (pair[1].number is None, -(pair[1].number or 0.0)))


def _intervals(plot: Plot, drawn: Sequence[Bar]) -> list[str]:
    """What the lines on bars are, where there are some."""
    spans = any(bar.low is not None and bar.high is not None for bar in drawn)
    return [f"Line on a bar: {intervals_named(plot.readings)}"] if spans else []


def _bar(label: str, one: Reading) -> Bar:
    return Bar(label=label, said=with_range(one), value=one.number, low=one.bound("lower"), high=one.bound("upper"))


def _headline(what: str, plot: Plot, named: Iterable[tuple[str, Reading]]) -> str:
    """The highest, where it is one and plainly so; else what is drawn."""
    ordered = _in_order(named)
    name, first = ordered[0]
    if len(ordered) == 1:
        return f"{what}: {in_words(first)} {at(first.period)}"
    if not highest(first, (one for _, one in ordered[1:])):
        return f"{what} {at(plot.periods[0])}"
    # What is not recorded is no group of its own.
    recorded = sum(all(value is not None for _, value in one.dims) for _, one in ordered)
    of = "given" if plot.withheld else f"of {len(ordered)}" if recorded == len(ordered) else f"of the {recorded} recorded"
    return f"{capital(name)}: {in_words(first)}, the highest {of}"


def _said(drawn: Iterable[Bar]) -> str:
    return "; ".join(f"{bar.label}: {bar.said}" for bar in drawn) + "."


def growth_by_need(
    growth: Readings[Any] | PrintedCohorts | Iterable[PrintedNeedGrowth],
    *,
    headline: str | None = None,
    subtitle: str | None = None,
) -> Chart:
    """How much the EHC plans of each primary need grew, from the most down.

    Args:
        growth: What `bucks_cs.ehcp.growth_by` gives of primary needs (its percentages are drawn), what
            `bucks_cs.record.ehcp_cohorts` gives, or growths as printed.
        headline: What it shows, in a sentence; None names the need that grew most, where that is plain.
        subtitle: What is counted, where and when; None writes it.

    Returns:
        A chart of percentages from zero; the growth of few plans has its interval, and a growth as printed none. A need whose
        print leaves open which it is, is said to be open.

    Raises:
        InvalidValue: Something else, or no growth that has a value.
        MissingExtra: The extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.charts import alt_text, growth_by_need
        >>> print(alt_text(growth_by_need(record.ehcp_cohorts())))
        Bar chart of the growth of EHC plans by primary need, January 2019 to July 2022, as printed. specific learning difficulty
        (SLD) (which need is open): 75%; multi-sensory impairment (MSI): 60%; profound and multiple learning difficulty (PMLD):
        59%; autistic spectrum disorder (ASD): 49%; speech, language and communication needs (SLCN): 37%.
    """
    if isinstance(growth, Readings):
        return _counted(growth, headline, subtitle)
    found = tuple(growth.growth_by_need if isinstance(growth, PrintedCohorts) else _printed(growth))
    if not found or not all(isinstance(one, PrintedNeedGrowth) for one in found):
        expected = "what ehcp.growth_by or record.ehcp_cohorts gives"
        raise InvalidValue(what="growth", expected=expected)
    if len({(one.earlier, one.later) for one in found}) > 1:
        raise InvalidValue(what="growth", expected="growths from one month to one other")
    ordered = sorted(found, key=lambda one: -_percent(one))
    drawn = [Bar(label=_label(one), said=with_unit(_percent(one), "percent"), value=_percent(one)) for one in ordered]
    when = f"{ordered[0].earlier} to {ordered[0].later}"
    tied = len(ordered) > 1 and _percent(ordered[0]) == _percent(ordered[1])
    plain = len(drawn) > 1 and not tied and _percent(ordered[0]) > 0
    claim = f"Of the needs printed, plans for {_label(ordered[0])} grew most: {drawn[0].said}"
    printed = f"EHC plans by primary need, growth in percent, {when}, as printed\nThe counts behind it were not printed"
    return lying_bars(
        drawn,
        axis="% more plans",
        headline=own_words(headline, claim if plain else f"Growth of EHC plans by primary need, {when}", what="headline"),
        subtitle=own_words(subtitle, printed, what="subtitle"),
        description=f"Bar chart of the growth of EHC plans by primary need, {when}, as printed. {_said(drawn)}",
    )


def _printed(growth: Any) -> tuple[Any, ...]:
    return tuple(growth) if isinstance(growth, Iterable) and not isinstance(growth, str) else ()


def _percent(one: PrintedNeedGrowth) -> float:
    return float(one.percent.m_as("percent"))


def _label(one: PrintedNeedGrowth) -> str:
    return one.label if one.need is not None else f"{one.label} (which need is open)"


def _counted(growth: Readings[Any], headline: str | None, subtitle: str | None) -> Chart:
    keys = {indicator.key for indicator in growth.indicators}
    if _GROWTH not in keys or growth.by != ("primary_need",):
        expected = "what ehcp.growth_by gives of primary needs, which has the change of plans in percent"
        raise InvalidValue(what="growth", expected=expected)
    plot = plot_of(growth.where(indicator=_GROWTH), what="growth")
    if len(plot.periods) > 1:
        raise InvalidValue(what="growth", expected="growth from one day to one other")
    meanings = {need.value: need.meaning for need in PrimaryNeed}
    named = [(meanings.get(name, name), one) for name, one in zip(plot.of, plot.readings, strict=True)]
    what, ordered = f"Growth of EHC plans by primary need{plot.where}", _in_order(named)
    first, others = ordered[0], [one for _, one in ordered[1:]]
    grew = (first[1].number or 0.0) > 0 and (first[1].bound("lower") or 0.0) >= 0
    plain = bool(others) and grew and not plot.withheld and highest(first[1], others)
    claim = own_words(
        headline, f"Plans for {first[0]} grew most{plot.where}: {in_words(first[1])}" if plain else what, what="headline"
    )
    said = f"{plot.indicator.title}{plot.where}"
    return _of_plot(plot, named, what=said, headline=claim, subtitle=subtitle, said=said)
