"""The record: figures put in the place of its own, to ask what would be found were they printed so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import attrs

from bucks_cs.audit import Printed, read_printed
from bucks_cs.errors import InvalidValue, Unreadable
from bucks_cs.record.printed_figures import PrintedFigure
from bucks_cs.record.sequences import each_a

__all__ = ["put_in"]

_EXPECTED = "figures of the record, changed with attrs.evolve"
_SAME = ("document", "place", "kind", "measure", "restates")
_JOINT = re.compile(r"(?<=[\w%)])(?:\s*[-–—]\s*|\s+to\s+|\s+and\s+)", re.IGNORECASE)


def put_in(known: Mapping[str, PrintedFigure], instead: PrintedFigure | Iterable[PrintedFigure]) -> dict[str, PrintedFigure]:
    """The figures by id, with some put in the place of those of the same id.

    Where another print was given and the reading of the old one left beside it, the reading is made again from the print.

    Args:
        known: The figures of the record by id.
        instead: Those to put in, or a single one.

    Raises:
        InvalidValue: One of them is no figure of the record; or is one in another document or place, of another kind or
            measure, or repeats another one than it does; or two are in one place; or its reading is that of the old print and
            the new one cannot be read.
    """
    several = each_a(
        PrintedFigure, [instead] if isinstance(instead, PrintedFigure) else instead, what="instead", expected=_EXPECTED
    )
    if any(one.id not in known for one in several):
        raise InvalidValue(what="instead", expected=_EXPECTED)
    if len({one.id for one in several}) < len(several):
        raise InvalidValue(what="instead", expected="a figure of the record once")
    return {**known, **{one.id: _ready(one, known[one.id]) for one in several}}


def _ready(one: PrintedFigure, before: PrintedFigure) -> PrintedFigure:
    """A figure with a reading that is of its own print."""
    for name in _SAME:
        if getattr(one, name) != getattr(before, name):
            raise InvalidValue(what="instead", expected=f"the {name} of the figure that the record has")
    reading = ("low", "high", "period")
    if (one.as_printed, one.scale) == (before.as_printed, before.scale):
        return one
    if any(getattr(one, name) != getattr(before, name) for name in reading):
        return one
    if one.kind.is_a_time:
        raise InvalidValue(
            what="instead", expected="period beside another date or time as printed: it is not read from the print"
        )
    if one.low is None and not one.kind.has_a_number:
        return one
    return _read_again(one)


def _read_again(one: PrintedFigure) -> PrintedFigure:
    """A figure with the number and the hedge of its print."""
    try:
        printed = read_printed(one.as_printed, scale=one.scale)
        low, high = _ends(printed, scale=one.scale)
    except Unreadable:
        pass
    else:
        return attrs.evolve(one, low=low, high=high, bound=printed.bound)
    raise InvalidValue(what="instead", expected="low and high beside another print in words: no number can be read in it")


def _ends(printed: Printed, *, scale: int) -> tuple[float, float]:
    """The number that is said, without its hedge; of a range both, the first in the millions of the second: £10-20m."""
    if printed.form is not None:
        return float(printed.form.value), float(printed.form.value)
    first, second = _JOINT.split(re.sub(r"^between\s+", "", printed.text, flags=re.IGNORECASE), maxsplit=1)
    high = read_printed(second, scale=scale).form
    ending = high.magnitude if high is not None and re.fullmatch(r"[-−]?£?[0-9,.]+", first) else ""
    low = read_printed(first + ending, scale=scale).form
    if low is None or high is None:
        raise Unreadable(what="a printed range", length=len(printed.text), expected="two plain numbers")
    return float(low.value), float(high.value)
