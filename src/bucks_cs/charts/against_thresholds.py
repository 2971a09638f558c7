"""Threshold headroom: unaccompanied children looked after as a bar, beside the National Transfer Scheme's thresholds as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bucks_cs.charts.barring import Bar, Mark, lying_bars
from bucks_cs.charts.plotting import area_name, in_area
from bucks_cs.charts.side_by_side import Beside, beside_of, children_said
from bucks_cs.charts.style import Chart, need_few, own_words
from bucks_cs.errors import InvalidValue
from bucks_cs.indicators import Withheld
from bucks_cs.indicators.wording import listed
from bucks_cs.readings import Readings
from bucks_cs.record import PrintedUnaccompaniedChildren
from bucks_cs.uasc import TransferThreshold, UnaccompaniedChildren

__all__ = ["threshold_headroom"]

_WHAT, _BESIDE = "Unaccompanied children looked after", "beside the National Transfer Scheme's threshold"


def threshold_headroom(
    children: UnaccompaniedChildren | PrintedUnaccompaniedChildren | Readings[Any] | Any,
    *,
    thresholds: TransferThreshold | Iterable[TransferThreshold] | Readings[Any] | None = None,
    headline: str | None = None,
    subtitle: str | None = None,
) -> Chart:
    """The unaccompanied children an authority looks after as a bar, and each threshold as a line with how many are to come.

    Args:
        children: `bucks_cs.uasc.UnaccompaniedChildren`; what `bucks_cs.record.unaccompanied_children` gives, which has its
            thresholds with it; readings of `bucks_cs.uasc.LOOKED_AFTER`, not broken down; or a frame of counts beside populations
            of any engine, raw or checked by `bucks_cs.uasc.UnaccompaniedByArea`, whose thresholds are worked out.
        thresholds: What `bucks_cs.uasc.threshold` gives, one or several (the threshold in force and the one before, or of several
            editions of the population), or readings of `bucks_cs.uasc.THRESHOLD`. Left out where the children come with theirs.
        headline: What it shows, in a sentence; None gives the headroom in words: to the threshold in force on the day.
        subtitle: What is counted, where and when; None writes it.

    Returns:
        A chart of children on an axis from zero, on one day. Several areas have a row each, with one threshold each. A count or a
        threshold that is withheld has its mark and no bar or line. Children who have turned 18 are not in it.

    Raises:
        InvalidValue: Something else; counts that are broken down or of several days; no thresholds; more than four of them, or
            several of one area where there are several areas.
        NotComparable: Former unaccompanied children are given; or children and threshold are of two areas.
        FrameProblems: A rule of `bucks_cs.uasc.UnaccompaniedByArea` is broken.
        MissingExtra: The extra ``charts`` is not installed.

    Source:
        The headroom is that of `bucks_cs.uasc.headroom`; of the record's own children, to the numbers as printed.

    Example:
        >>> from bucks_cs import record
        >>> from bucks_cs.charts import alt_text, threshold_headroom
        >>> print(alt_text(threshold_headroom(record.unaccompanied_children())))
        Bar chart of unaccompanied children looked after in Buckinghamshire, 11 October 2022, beside the National Transfer
        Scheme's threshold. Buckinghamshire: 32 children; threshold of 0.10%: 127 children, 95 more; threshold of 0.07%: 89
        children, 57 more. 68 who have turned 18 are counted apart.
    """
    rows = beside_of(children, thresholds)
    need_few(max(len(row.thresholds) for row in rows), what="thresholds")
    several = len(rows) > 1
    if several and any(len(row.thresholds) > 1 for row in rows):
        raise InvalidValue(what="thresholds", expected="one threshold for each area, where there are several areas")
    drawn = [Bar(label=_label(row, several=several), said=_said(row, several=several), value=row.children) for row in rows]
    where, when = in_area(row.area for row in rows), str(rows[0].day)
    return lying_bars(
        drawn,
        axis="children",
        headline=own_words(headline, _headline(rows, where), what="headline"),
        subtitle=own_words(subtitle, _subtitle(rows, where, when), what="subtitle"),
        description=f"Bar chart of {_WHAT.lower()}{where}, {when}, {_BESIDE}. {' '.join(map(_sentence, rows))}",
        marked=_marked(rows, several=several),
    )


def _label(row: Beside, *, several: bool) -> str:
    return area_name(row.area) or ("own area" if several else "Looked after")


def _said(row: Beside, *, several: bool) -> str:
    said = row.why.symbol if row.why is not None else children_said(row.children)
    if not several:
        return said
    only = row.thresholds[0]
    left = row.headroom(only)
    if left is not None:
        return f"{said} ({_left(left)} {only.number:,.0f})"
    return f"{said} (threshold {only.why.symbol if only.why is not None else f'{only.number:,.0f}'})"


def _left(left: float) -> str:
    """Where a number stands to its threshold: ``95 below``, ``at``, ``3 above``."""
    return "at" if not left else f"{abs(left):,.0f} {'below' if left > 0 else 'above'}"


def _marked(rows: Sequence[Beside], *, several: bool) -> list[Mark]:
    if several:
        found = [(row, row.thresholds[0].number) for row in rows]
        return [Mark(at=number, label=_label(row, several=True)) for row, number in found if number is not None]
    (row,) = rows
    there = [(each.number, each) for each in row.thresholds if each.number is not None]
    return [Mark(at=number, text=row.beside(each), dashed=each.share != row.in_force.share) for number, each in there]


def _headline(rows: Sequence[Beside], where: str) -> str:
    lefts = [row.headroom(row.in_force) for row in rows]
    if len(rows) == 1:
        (row,), (left,) = rows, lefts
        number = row.in_force.number
        if left is None or number is None:
            return f"{_WHAT}{where}, beside the threshold"
        stands = f"{children_said(abs(left))} {'below' if left > 0 else 'above'}" if left else "At"
        return f"{stands} the threshold of {number:,.0f}{where}"
    if any(left is None for left in lefts):
        return f"{_WHAT}, beside the threshold of each area"
    below = sum(left is not None and left > 0 for left in lefts)
    return f"{below} of {len(rows)} areas {'is' if below == 1 else 'are'} below their threshold"


def _subtitle(rows: Sequence[Beside], where: str, when: str) -> str:
    shares = listed(dict.fromkeys(f"{each.share:.2f}%" for row in rows for each in row.thresholds))
    lines = [f"{_WHAT}{where}, {when}, {_BESIDE} ({shares} of all children)"]
    lines += dict.fromkeys(each.of for row in rows for each in row.thresholds if each.of and not each.edition)
    lines += [row.apart for row in rows if row.apart]
    whys = {why for row in rows for why in (row.why, *(each.why for each in row.thresholds)) if why is not None}
    return "\n".join([*lines, *(f"{why.symbol}: {why.meaning}" for why in Withheld if why in whys)])


def _sentence(row: Beside) -> str:
    name = area_name(row.area)
    said = f"no count ({row.why})" if row.why is not None else children_said(row.children)
    each = "; ".join(f"threshold of {one.name}: {row.beside(one, named=False)}" for one in row.thresholds)
    apart = f" {row.apart}." if row.apart else ""
    return f"{f'{name}: ' if name else ''}{said}; {each}.{apart}"
