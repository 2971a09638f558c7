"""What may be set against what: comparable periods, breaks in between, and the definitions of a change."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from bucks_cs.errors import AcrossBreak, InvalidValue, NotComparable
from bucks_cs.indicators import Break, Indicator, Measure
from bucks_cs.periods import Period, Span
from bucks_cs.units import unit

__all__ = [
    "absolute_of",
    "breaks_passed",
    "is_in_percent",
    "need_comparable_periods",
    "percent_of",
    "points_of",
    "refuse_breaks",
    "refuse_change_of_change",
]

# The mean of monthly figures is comparable with the figure of a month, and with a mean over another number of months.
_OF_A_MONTH = {"month", "monthly average", "monthly average within"}


def need_comparable_periods(earlier: Period, later: Period, *, what: str) -> None:
    """Make sure that two periods can be set against each other.

    Args:
        earlier: The one that should come first.
        later: The other.
        what: What is compared, for the message.

    Raises:
        NotComparable: They are of different kinds (a month and a monthly average are of one), of different lengths, or
            not in order; months and monthly averages must not overlap.
    """
    kinds = str(earlier.kind), str(later.kind)
    if set(kinds) <= _OF_A_MONTH:
        if not earlier.end < later.start:
            raise NotComparable(what=what, why="the earlier months must be over before the later begin")
        return
    if kinds[0] != kinds[1]:
        raise NotComparable(what=what, why=f"one figure is of a {kinds[0]}, the other of a {kinds[1]}")
    if not earlier < later:
        raise NotComparable(what=what, why="the earlier period must come before the later")
    if isinstance(earlier, Span) and _length(earlier) != _length(later):
        raise NotComparable(what=what, why="the two periods are not of one length")


def _length(period: Period) -> tuple[str, int]:
    """In months where it has whole ones, so that February to March equals June to July; else in days."""
    try:
        return "months", len(period.months())
    except InvalidValue:
        return "days", period.number_of_days


def breaks_passed(indicator: Indicator, earlier: Period, later: Period) -> tuple[Break, ...]:
    """The known breaks, of any area, after the first day of the earlier period and up to the last of the later.

    A break inside either period counts too: part of that figure is of the old series. One on the first day of the earlier
    does not, since all of both figures is then of the new series.
    """
    inside = (b for b in indicator.breaks if earlier.start < b.on <= later.end)
    return tuple(sorted(inside, key=lambda b: b.on))


def refuse_breaks(breaks: Sequence[Break], *, what: str, area_known: bool) -> None:
    """Refuse to go on across breaks.

    Raises:
        AcrossBreak: There are any.
    """
    if not breaks:
        return
    own = "" if area_known else ", where no area is given any area's break may be its own,"
    number = "a known break lies" if len(breaks) == 1 else f"{len(breaks)} known breaks lie"
    why = f"{number} in the series{own} and only across_breaks=True goes on across it, and says so"
    raise AcrossBreak(what=what, why=why, breaks=tuple(str(b) for b in breaks))


def refuse_change_of_change(indicator: Indicator) -> None:
    """Refuse to work out the change of a change.

    Raises:
        NotComparable: The indicator is a change itself.
    """
    if indicator.measure is Measure.CHANGE:
        raise NotComparable(what=indicator.key, why="it is a change itself; set the figures it was worked out from side by side")


def is_in_percent(indicator: Indicator) -> bool:
    """Whether the indicator is in percent, so that its change is in percentage points."""
    return str(unit(indicator.unit)) == "percent"


def absolute_of(indicator: Indicator, *, across: Sequence[Break] = ()) -> Indicator:
    """The definition of a change in the indicator's own unit.

    Args:
        indicator: What changes; not in percent.
        across: Breaks that the change passes over, which its title and definition then say.
    """
    return _derived(indicator, "change", "Change in {}", "the later figure less the earlier", indicator.unit, across)


def percent_of(indicator: Indicator, *, across: Sequence[Break] = ()) -> Indicator:
    """The definition of a change in percent of the earlier figure.

    Args:
        indicator: What changes; not in percent.
        across: Breaks that the change passes over.
    """
    counts = "the later figure less the earlier, as a percent of the earlier"
    return _derived(indicator, "change_percent", "Change in {}, percent", counts, "percent", across)


def points_of(indicator: Indicator, *, across: Sequence[Break] = ()) -> Indicator:
    """The definition of the change of a share, in percentage points.

    Args:
        indicator: What changes; in percent.
        across: Breaks that the change passes over.
    """
    counts = "the later share less the earlier, in percentage points"
    return _derived(indicator, "change_points", "Change in {}, percentage points", counts, "percentage_point", across)


def _derived(indicator: Indicator, name: str, title: str, counts: str, units: str, across: Sequence[Break]) -> Indicator:
    told = f", passing over {'; '.join(str(b) for b in across)}" if across else ""
    # Its own class may have fields that only the figure itself has (a stage, a timescale): a change is a plain Indicator.
    kept = {field.name: getattr(indicator, field.name) for field in attrs.fields(Indicator)}
    return Indicator(
        **kept
        | {
            "key": f"{indicator.key}/{name}",
            "title": title.format(_inside(indicator.title)) + (", across a break" if across else ""),
            "counts": f"{counts}, of {indicator.counts}{told}",
            "measure": Measure.CHANGE,
            "unit": units,
            "per": None,
        }
    )


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with an abbreviation (EHC plans)."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
