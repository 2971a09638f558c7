"""Children beside their thresholds, out of whatever holds them: typed objects, the record, readings or a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from bucks_cs.charts.plotting import is_frame
from bucks_cs.errors import InvalidValue, NotComparable
from bucks_cs.frames.engine import collect
from bucks_cs.indicators import Indicator, Reading, Withheld
from bucks_cs.indicators.wording import with_unit
from bucks_cs.periods import Period, Snapshot
from bucks_cs.readings import Readings
from bucks_cs.record import PrintedUnaccompaniedChildren
from bucks_cs.uasc import (
    LOOKED_AFTER,
    NTS_THRESHOLD,
    THRESHOLD,
    FormerUnaccompaniedChildren,
    TransferThreshold,
    UnaccompaniedByArea,
    UnaccompaniedChildren,
    headroom,
    threshold_by_area,
)

__all__ = ["Beside", "Line", "beside_of", "children_said"]


@attrs.frozen(kw_only=True)
class Line:
    """A threshold as a number of children.

    Args:
        number: The number; None where it is withheld.
        share: The share of all children in force on its day, in percent.
        of: Of which children, in words; empty where that is not said.
        why: Why there is no number.
        edition: Which of several of one share it is, in words; empty where there is one.
    """

    number: float | None
    share: float
    of: str = ""
    why: Withheld | None = None
    edition: str = ""

    @property
    def name(self) -> str:
        """The share, with its edition."""
        return f"{self.share:.2f}%{f', {self.edition}' if self.edition else ''}"


@attrs.frozen(kw_only=True)
class Beside:
    """The children of an area on a day, and the thresholds they are set beside.

    Args:
        area: The area; None for the caller's own.
        day: The day.
        children: How many; None where that is withheld.
        why: Why there is no count.
        thresholds: One or more.
        apart: A sentence on who is counted apart; empty for none.
    """

    area: str | None
    day: Period
    children: float | None
    why: Withheld | None = None
    thresholds: tuple[Line, ...]
    apart: str = ""

    @property
    def in_force(self) -> Line:
        """The threshold whose share was in force on the day; the first where none was."""
        share = _share(self.day)
        return next((each for each in self.thresholds if each.share == share), self.thresholds[0])

    def headroom(self, to: Line) -> float | None:
        """The children still to come up to a threshold; None where either is withheld.

        Args:
            to: One of its thresholds.
        """
        return None if to.number is None or self.children is None else to.number - self.children

    def beside(self, to: Line, *, named: bool = True) -> str:
        """A threshold in words, with how many are to come.

        Args:
            to: One of its thresholds.
            named: With its share before it.
        """
        if to.number is None:
            return f"no number ({to.why})"
        left = self.headroom(to)
        more = "" if left is None else ", reached" if not left else f", {abs(left):,.0f} {'more' if left > 0 else 'fewer'}"
        return f"{f'{to.name}: ' if named else ''}{children_said(to.number)}{more}"


def children_said(number: float | None) -> str:
    """So many children, in words.

    Args:
        number: How many.
    """
    return "no number" if number is None else with_unit(number, "child")


def _share(day: Period) -> float:
    return float(NTS_THRESHOLD.on(day.end).m_as("percent"))


def beside_of(children: Any, thresholds: Any) -> list[Beside]:
    """A row for each area.

    Args:
        children: As `bucks_cs.charts.threshold_headroom` takes them.
        thresholds: And these.

    Raises:
        InvalidValue: As there; so are the others.
        NotComparable: Former unaccompanied children, or two areas.
        FrameProblems: A frame breaks a rule.
    """
    if isinstance(children, PrintedUnaccompaniedChildren) and thresholds is None:
        return [_printed(children)]
    given = children.children if isinstance(children, PrintedUnaccompaniedChildren) else children
    if is_frame(given):
        if thresholds is not None:
            raise InvalidValue(what="thresholds", expected="none with a frame, whose thresholds are of its own populations")
        return _of_frame(given)
    if isinstance(given, Readings):
        return _of_readings(given, thresholds)
    if not isinstance(given, (UnaccompaniedChildren, FormerUnaccompaniedChildren)):
        expected = "UnaccompaniedChildren, readings of uasc.LOOKED_AFTER, or a frame as uasc.UnaccompaniedByArea has it"
        raise InvalidValue(what="children", expected=expected)
    found = _lines(thresholds, given)
    return [_row(given, found)] if isinstance(given, UnaccompaniedChildren) else []


def _row(given: UnaccompaniedChildren, lines: Sequence[Line]) -> Beside:
    apart = "" if given.former is None else f"{given.former.number:,} who have turned 18 are counted apart"
    return Beside(area=given.area, day=given.at, children=float(given.number), thresholds=tuple(lines), apart=apart)


def _printed(given: PrintedUnaccompaniedChildren) -> Beside:
    printed = [(each.number.quantity, _share(Snapshot(each.at))) for each in given.thresholds]
    lines = [Line(number=float(found.m_as("child")), share=share) for found, share in printed if found is not None]
    return _row(given.children, lines)


def _lines(thresholds: Any, children: Any) -> list[Line]:
    """Thresholds of one authority, made sure to be those of its children."""
    if isinstance(thresholds, Readings):
        return _of_area(list(_only(thresholds, THRESHOLD, what="thresholds", by=True)), children.area)
    given = (thresholds,) if isinstance(thresholds, TransferThreshold) else tuple(thresholds) if _can_iterate(thresholds) else ()
    if not given or not all(isinstance(each, TransferThreshold) for each in given):
        raise InvalidValue(what="thresholds", expected="what uasc.threshold gives, one or several, or readings of uasc.THRESHOLD")
    if isinstance(children, (UnaccompaniedChildren, FormerUnaccompaniedChildren)):
        for each in given:
            headroom(children, threshold=each)  # type: ignore[arg-type]  # refuses who has turned 18, and another area
    elif any(each.population.area != children.area for each in given):
        raise NotComparable(what="unaccompanied children and the threshold", why="they are of two areas")
    return _editions([(each.population.vintage, _line(each)) for each in given])


def _can_iterate(given: object) -> bool:
    return isinstance(given, Iterable) and not isinstance(given, str)


def _line(each: TransferThreshold) -> Line:
    people = each.population
    of = f"Of {people.number:,} children aged 0 to 17 on {people.mid_year}, {people.vintage}"
    return Line(number=float(each.number.m_as("child")), share=float(each.share.m_as("percent")), of=of)


def _editions(named: Sequence[tuple[str, Line]]) -> list[Line]:
    """Lines told apart by the edition of their population where their share alone does not."""
    shares = [line.share for _, line in named]
    return [attrs.evolve(line, edition=name) if shares.count(line.share) > 1 else line for name, line in named]


def _only(readings: Readings[Any], indicator: Indicator, *, what: str, by: bool = False) -> list[Reading]:
    """Readings of one indicator on one day."""
    found = list(readings)
    keys, days = {one.indicator.key for one in found}, {one.period for one in found}
    if keys != {indicator.key} or (readings.by and not by):
        raise InvalidValue(what=what, expected=f"readings of {indicator.key}{'' if by else ', not broken down'}")
    if len(days) != 1:
        raise InvalidValue(what=what, expected="readings of one day", hint=" Choose it with Readings.where.")
    return found


def _of_readings(children: Readings[Any], thresholds: Any) -> list[Beside]:
    return [
        Beside(
            area=one.area, day=one.period, children=one.number, why=one.withheld, thresholds=tuple(_lines(thresholds, one))
        )
        for one in _only(children, LOOKED_AFTER, what="children")
    ]  # fmt: skip


def _of_area(thresholds: Sequence[Reading], area: str | None) -> list[Line]:
    own = [each for each in thresholds if each.area == area]
    if not own:
        raise NotComparable(what="unaccompanied children and the threshold", why="they are of two areas")
    return _editions([(_vintage(each), _of_reading(each)) for each in own])


def _vintage(one: Reading) -> str:
    return ", ".join(value or "not recorded" for _, value in one.dims)


def _of_reading(one: Reading) -> Line:
    vintage = _vintage(one)
    return Line(number=one.number, share=_share(one.period), of=f"Population: {vintage}" if vintage else "", why=one.withheld)


def _of_frame(frame: Any) -> list[Beside]:
    checked = UnaccompaniedByArea.admit(frame)
    found = collect(checked.lazy.select("area", "children", "withheld")).to_dicts()
    if not found:
        raise InvalidValue(what="children", expected="one row or more")
    lines = _only(threshold_by_area(checked), THRESHOLD, what="children", by=True)
    counts = {row["area"]: row for row in found}
    if len({tuple(row.values()) for row in found}) > len(counts):
        raise InvalidValue(what="children", expected="one count of children for each area")
    return [
        Beside(
            area=area,
            day=lines[0].period,
            children=None if row["children"] is None else float(row["children"]),
            why=None if row["withheld"] is None else Withheld(row["withheld"]),
            thresholds=tuple(_of_area(lines, area)),
        )
        for area, row in sorted(counts.items(), key=lambda pair: str(pair[0]))
    ]
