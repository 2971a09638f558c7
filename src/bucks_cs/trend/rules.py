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
    "breaks_named",
    "breaks_passed",
    "from_to",
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
            not in order; months, monthly averages and spans must not overlap.
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
    if isinstance(earlier, Span):
        if not earlier.end < later.start:
            raise NotComparable(what=what, why="the earlier period must be over before the later begins")
        if _length(earlier) != _length(later):
            raise NotComparable(what=what, why="the two periods are not of one length")


def _length(period: Period) -> tuple[str, int]:
    """In months where it has whole ones, so that February to March equals June to July; else in days."""
    try:
        return "months", len(period.months())
    except InvalidValue:
        return "days", period.number_of_days


def breaks_passed(indicator: Indicator, earlier: Period, later: Period) -> tuple[Break, ...]:
    """The breaks, of any area, that lie or may lie after the first day of the earlier period and up to the last of the later.

    A break inside either period counts too: part of that figure is of the old series. One on the first day of the earlier
    does not, since all of both figures is then of the new series.
    """
    return tuple(sorted((b for b in indicator.breaks if b.lies_between(earlier.start, later.end)), key=lambda b: b.on))


def breaks_named(breaks: Sequence[Break], *, inside: Sequence[Break] = (), area: str = "this area") -> str:
    """Breaks as the subject of a sentence: how many, how sure they are, and where, if that is only a part of the area.

    Args:
        breaks: The breaks; at least one.
        inside: Those of them that concern only a part of the area.
        area: What the area is called in the sentence.

    Returns:
        Such as ``a known break`` or ``a break in Buckinghamshire, which is in this area, inferred from the figures,``.
    """
    count, inferred = len(breaks), sum(not b.certain for b in breaks)
    known = "" if inferred else "known "
    noun = f"a {known}break" if count == 1 else f"{count} {known}breaks"
    how = f" ({inferred} of them inferred from the figures)" if inferred < count else " inferred from the figures"
    how = how if inferred else ""
    if not inside:
        return f"{noun}{how}"
    names = list(dict.fromkeys(str(b.area_name) for b in inside))
    place = f"in {' and '.join(names)}, which {'is' if len(names) == 1 else 'are'} in {area},"
    if len(inside) < count:
        return f"{noun}{how}, {len(inside)} of them {place}"
    return f"{noun} {place}{how}," if how else f"{noun} {place}"


def refuse_breaks(
    breaks: Sequence[Break], *, what: str, area_known: bool, inside: Sequence[Break] = (), area: str = "this area"
) -> None:
    """Refuse to go on across breaks.

    Args:
        breaks: Those in the way, if any.
        what: What is compared, for the message.
        area_known: False where no area is given.
        inside: As for `breaks_named`.
        area: As for `breaks_named`.

    Raises:
        AcrossBreak: There are any.
    """
    if not breaks:
        return
    own = "" if area_known else ", where no area is given any area's break may be its own,"
    lies, it = ("lies", "it") if len(breaks) == 1 else ("lie", "them")
    said = f"{breaks_named(breaks, inside=inside, area=area)} {lies} in the series{own}"
    why = f"{said} and only across_breaks=True goes on across {it}, and says so"
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


def from_to(earlier: Period, later: Period) -> str:
    """``from 2021-22 to 2022-23``; a period of more words (``1 April 2022 to 30 June 2022``) stands in brackets."""
    first, last = (f"({period})" if " to " in period or "," in period else period for period in (str(earlier), str(later)))
    return f"from {first} to {last}"


def absolute_of(indicator: Indicator, *, earlier: Period, later: Period, across: Sequence[Break] = ()) -> Indicator:
    """The definition of a change in the indicator's own unit.

    Args:
        indicator: What changes; not in percent.
        earlier: From when.
        later: To when.
        across: Breaks that the change passes over, which its title and definition then say.
    """
    made = _Derived(earlier=earlier, later=later, across=across)
    return made.of(indicator, "change", title="", counts="", unit=indicator.unit)


def percent_of(indicator: Indicator, *, earlier: Period, later: Period, across: Sequence[Break] = ()) -> Indicator:
    """The definition of a change in percent of the earlier figure.

    Args:
        indicator: What changes; not in percent.
        earlier: From when.
        later: To when.
        across: Breaks that the change passes over.
    """
    made = _Derived(earlier=earlier, later=later, across=across)
    return made.of(indicator, "change_percent", title=", percent,", counts=", as a percent of the earlier", unit="percent")


def points_of(indicator: Indicator, *, earlier: Period, later: Period, across: Sequence[Break] = ()) -> Indicator:
    """The definition of the change of a share, in percentage points.

    Args:
        indicator: What changes; in percent.
        earlier: From when.
        later: To when.
        across: Breaks that the change passes over.
    """
    made = _Derived(earlier=earlier, later=later, across=across)
    in_points = {"title": ", percentage points,", "counts": ", in percentage points", "unit": "percentage_point"}
    return made.of(indicator, "change_points", **in_points)


@attrs.frozen(kw_only=True)
class _Derived:
    """What the definitions of a change share: the two periods it is between, and the breaks it passes over."""

    earlier: Period
    later: Period
    across: Sequence[Break]

    def of(self, indicator: Indicator, name: str, *, title: str, counts: str, unit: str) -> Indicator:
        told = f", passing over {'; '.join(str(b) for b in self.across)}" if self.across else ""
        less = f"the later figure ({self.later.named}) less the earlier ({self.earlier.named}){counts}"
        # Its own class may have fields that only the figure itself has (a stage, a timescale): a change is a plain Indicator.
        kept = {field.name: getattr(indicator, field.name) for field in attrs.fields(Indicator)}
        return Indicator(
            **kept
            | {
                "key": f"{indicator.key}/{name}",
                "title": f"Change in {_inside(indicator.title)}{title} {from_to(self.earlier, self.later)}{self._broken()}",
                "counts": f"{less}, of {indicator.counts}{told}",
                "measure": Measure.CHANGE,
                "unit": unit,
                "per": None,
            }
        )

    def _broken(self) -> str:
        """`` (across a break in 825)``: with the area each break concerns, so that no other is accused."""
        where = [b.area for b in self.across]
        said = []
        for area in dict.fromkeys(where):
            many = where.count(area)
            said.append(("a break" if many == 1 else f"{many} breaks") + ("" if area is None else f" in {area}"))
        return f" (across {' and '.join(said)})" if said else ""


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with an abbreviation (EHC plans)."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
