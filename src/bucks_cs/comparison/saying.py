"""A position as a head of service would read it: a sentence, and a table for a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bucks_cs import geography
from bucks_cs.comparison.others import Among
from bucks_cs.indicators import Better, definition_table, with_unit, written
from bucks_cs.units import Quantity

if TYPE_CHECKING:
    from bucks_cs.comparison.standing import Position

__all__ = ["as_table", "sentence"]

_FIRST = {
    Better.HIGHER: "first is the highest, and higher is better",
    Better.LOWER: "first is the lowest, and lower is better",
    Better.NEITHER: "first is the highest: by size alone, since neither way is better",
}
_AVERAGES = ("aggregate", "mean", "median")


def sentence(position: Position) -> str:
    """The position in one sentence: value, rank, quartile, distances, and who is left out.

    Args:
        position: Where the area stands.
    """
    parts = (_ranked, _rounded, _quarter, _distances, _not_ranked, _broken)
    return f"{_heading(position)}: {'; '.join(text for part in parts if (text := part(position)))}"


def as_table(position: Position) -> str:
    """The position as an HTML table.

    Args:
        position: Where the area stands.
    """
    quartile = position.quartile.value if position.quartile else position.why_no_quartile
    said = {"Value": _own(position), "Position": _ranked(position), "Rounding": _rounded(position), "Quartile": quartile}
    for name in _AVERAGES:
        found: Quantity | None = getattr(position, name)
        said[name.capitalize()] = "" if found is None else _amount(position, found)
    said |= {"Left out": _not_ranked(position), "Breaks": _broken(position)}
    return definition_table(_heading(position), {name: text for name, text in said.items() if text})


def _heading(position: Position) -> str:
    reading = position.reading
    by = "".join(f", {name} {value if value is not None else 'not recorded'}" for name, value in reading.dims)
    return f"{reading.indicator.title} in {geography.area_name(position.area)}{by}, {reading.period}"


def _own(position: Position) -> str:
    number = position.reading.number
    if number is None:
        return str(position.reading.withheld)
    # Where it is rounded to be ranked, enough of it is shown for that to be seen.
    return with_unit(number, position.reading.indicator.unit, places=2 if position.is_rounded_to_be_ranked else 1)


def _amount(position: Position, amount: Quantity) -> str:
    unit = position.reading.indicator.unit
    return with_unit(float(amount.m_as(unit)), unit)


def _ranked(position: Position) -> str:
    if position.rank is None:
        return f"{_own(position)}, so that it has no rank among {_whom(position)}"
    place = f"joint {_ordinal(position.rank)}" if position.tied_with else _ordinal(position.rank)
    return f"{_own(position)}, {place} of {_whom(position)} ({_FIRST[position.reading.indicator.better]})"


def _whom(position: Position) -> str:
    if position.among is Among.ENGLAND:
        return f"{position.of} authorities of England"
    if position.among is Among.REGION:
        first = geography.authority(position.area.split("/")[0])
        return f"{position.of} authorities of its region, {first.region}"
    neighbours = position.among is Among.NEIGHBOURS
    whom = f"its statistical neighbours by the {position.model}" if neighbours else "those given"
    return f"{position.of}, itself and {whom}" if position.rank is not None else f"{position.of}, {whom}"


def _rounded(position: Position) -> str:
    step, number, own = position.ranked_to, position.ranked_as, position.reading.number
    if step is None or number is None or own is None or not position.is_rounded_to_be_ranked:
        return ""
    itself = f", its own as {with_unit(number, position.reading.indicator.unit)}" if number != own else ""
    return f"ranked to the nearest {step:g}, as published figures among them are rounded{itself}"


def _quarter(position: Position) -> str:
    if position.quartile:
        return f"quartile {position.quartile.value}"
    # That a rank is by size alone, and why there is none, is said beside the rank.
    said_already = position.rank is None or position.is_by_size
    return "" if said_already else f"no quartile: {position.why_no_quartile}"


def _distances(position: Position) -> str:
    said = []
    for name in _AVERAGES:
        apart: Quantity | None = getattr(position, f"difference_from_{name}")
        there: Quantity | None = getattr(position, name)
        if apart is not None and there is not None:
            said.append(f"{_apart(position, float(apart.magnitude))} the {name} of {_amount(position, there)}")
    return ", ".join(said)


def _apart(position: Position, by: float) -> str:
    size, unit = written(abs(by)), position.reading.indicator.unit
    if size == "0":
        return "at" if by == 0 else f"a little {'above' if by > 0 else 'below'}"
    amount = with_unit(abs(by), unit) if unit != "percent" else f"{size} percentage point{'' if size == '1' else 's'}"
    return f"{amount} {'above' if by > 0 else 'below'}"


def _not_ranked(position: Position) -> str:
    said = [f"{count} {reason}" for reason, count in position.withheld_by_reason.items()]
    said += [f"{len(position.missing)} without a reading"] if position.missing else []
    said += [f"{len(position.not_there)} that were no authority at the end of the period"] if position.not_there else []
    return f"left out: {', '.join(said)}" if said else ""


def _broken(position: Position) -> str:
    return f"known breaks of one area alone: {'; '.join(map(str, position.breaks))}" if position.breaks else ""


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
