"""The funnel of the pathway: how many at each stage from contact on, in one period, with each beside the stage before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bucks_cs.charts.barring import Bar, lying_bars
from bucks_cs.charts.gap_marks import in_words, marks, marks_said
from bucks_cs.charts.plotting import in_area, is_frame
from bucks_cs.charts.style import Chart, own_words
from bucks_cs.demand import PATHWAY, activity
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Kind, Reading
from bucks_cs.indicators.wording import capital, written
from bucks_cs.readings import Readings

__all__ = ["pathway"]

_ORDER = {indicator.key: place for place, indicator in enumerate(PATHWAY)}
_FLOWS = frozenset(indicator.key for indicator in PATHWAY if indicator.kind is Kind.FLOW)
_NOTE = "Counts of one period, not the same children followed"


def pathway(counts: Readings[Any] | Any, *, headline: str | None = None, subtitle: str | None = None) -> Chart:
    """A bar for each stage, from contact on, each with its number for every 100 at the stage before.

    Args:
        counts: Readings of the counts of `bucks_cs.demand.PATHWAY` for one area and one period, or a frame of any engine, raw or
            checked by `bucks_cs.demand.Activity`, with those counts. Its stocks stay out: they are of a day, and the rest of a
            period.
        headline: What it shows, in a sentence; None gives the first stage and the last.
        subtitle: What is counted, where and when; None writes it.

    Returns:
        A chart on an axis from zero. The numbers are of the same period and not of the same children: nobody is followed, and a
        number for every 100 is a ratio, which may be above 100. A withheld count has its mark, and the stage after it no ratio.

    Raises:
        InvalidValue: Counts of several areas, groups or periods; fewer than two stages; no count; or something else.
        FrameProblems: A frame breaks a rule of `bucks_cs.demand.Activity`.
        MissingExtra: The extra ``charts`` is not installed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.charts import alt_text, pathway
        >>> print(alt_text(pathway(record.demand().where(period=record.SO_FAR_IN_2022))))
        Funnel of the pathway in Buckinghamshire, monthly average, within January 2022 to September 2022. Counts of one period,
        not the same children followed. Contacts: 2,088 contacts; Referrals: 1,282 referrals (61.4 for every 100 contacts); ...
    """
    readings = counts if isinstance(counts, Readings) else _of_frame(counts)
    stages = sorted((one for one in readings if one.indicator.key in _FLOWS), key=lambda one: _ORDER[one.indicator.key])
    _need_one_of_each(stages)
    drawn = [Bar(label=one.indicator.title, said=_said(one, before), value=one.number) for one, before in _beside(stages)]
    where, period = in_area(one.area for one in stages), stages[0].period
    described = "; ".join(f"{bar.label}: {bar.said}" for bar in drawn)
    return lying_bars(
        drawn,
        axis="number",
        headline=own_words(headline, _headline(stages, where), what="headline"),
        subtitle=own_words(subtitle, f"{capital(str(period))}{where}\n{_NOTE}{marks(stages)}", what="subtitle"),
        description=f"Funnel of the pathway{where}, {period}. {_NOTE}. {described}.{marks_said(stages)}",
    )


def _of_frame(counts: Any) -> Readings[Any]:
    if not is_frame(counts):
        raise InvalidValue(what="counts", expected="Readings of the pathway, or a frame as bucks_cs.demand.Activity has it")
    return activity(counts)


def _need_one_of_each(stages: Sequence[Reading]) -> None:
    keys = {one.indicator.key for one in stages}
    if len(keys) < 2:
        raise InvalidValue(what="counts", expected="counts of two stages of the pathway or more")
    if len(keys) != len(stages) or len({(one.area, one.dims, one.period) for one in stages}) != 1:
        hint = " Choose them with Readings.where."
        raise InvalidValue(what="counts", expected="one count for each stage: of one area, one group and one period", hint=hint)
    if all(one.number is None for one in stages):
        raise InvalidValue(what="counts", expected="one count or more that has a value")


def _beside(stages: Sequence[Reading]) -> list[tuple[Reading, Reading | None]]:
    return list(zip(stages, [None, *stages[:-1]], strict=True))


def _said(one: Reading, before: Reading | None) -> str:
    if before is None or not before.number or one.number is None:
        return in_words(one)
    return f"{in_words(one)} ({written(100 * one.number / before.number)} for every 100 {before.indicator.title.lower()})"


def _headline(stages: Sequence[Reading], where: str) -> str:
    there = [one for one in stages if one.number is not None]
    if len(there) < 2:
        return f"The pathway{where}"
    return f"From {in_words(there[0])} to {_stage(there[-1])}{where}"


def _stage(one: Reading) -> str:
    """A count with its stage in full: ``74 initial child protection conferences``."""
    title = one.indicator.title
    return f"{written(one.number or 0.0)} {title[0].lower()}{title[1:]}"
