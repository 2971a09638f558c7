"""Savings: several lines that are answered for together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any

import attrs

from bucks_cs.errors import InvalidValue, NotFound, of_kind
from bucks_cs.indicators.wording import definition_table
from bucks_cs.periods import FinancialYear
from bucks_cs.provenance import AnySource, NoOfficialSource, Source
from bucks_cs.savings.model.line import SavingsLine
from bucks_cs.savings.model.parts import words
from bucks_cs.savings.model.years import years_between

__all__ = ["SavingsProgramme", "lines_of"]


def _lines(given: Any) -> tuple[Any, ...]:
    return tuple(given) if isinstance(given, Iterable) else (given,)


@attrs.frozen(kw_only=True)
class SavingsProgramme:
    """Savings lines that are answered for together, each with a key of its own.

    Args:
        name: What the whole is called.
        lines: The lines, in the order they are shown.
        source: Where the whole is from; may be left out, since each line has a source of its own.

    Raises:
        InvalidValue: No lines, two with one key, a line that stands on itself through others, or a part of another kind.
    """

    name: str = attrs.field(validator=words)
    lines: tuple[SavingsLine, ...] = attrs.field(converter=_lines)
    source: AnySource | None = attrs.field(
        default=None, validator=of_kind(Source, NoOfficialSource, NoneType, expected="a Source, NoOfficialSource, or None")
    )

    def __attrs_post_init__(self) -> None:
        lines_of(self.lines)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every financial year from the first that any line has a figure for to the last."""
        named = [year for line in self.lines for year in line.years]
        return years_between(min(named), max(named)) if named else ()

    @property
    def unplaced(self) -> tuple[SavingsLine, ...]:
        """The lines with a figure whose years are not named."""
        return tuple(line for line in self.lines if line.unplaced is not None)

    def line(self, key: str) -> SavingsLine:
        """The line of a key.

        Args:
            key: Its key.

        Raises:
            NotFound: There is none.
        """
        for found in self.lines:
            if found.key == key:
                return found
        raise NotFound(what="savings lines", asked_on=("key",), rows=0)

    def __iter__(self) -> Iterator[SavingsLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __str__(self) -> str:
        count = f"{len(self.lines)} savings line{'' if len(self.lines) == 1 else 's'}"
        years = self.years
        when = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
        open_ended = f"; {len(self.unplaced)} with a figure of no named year" if self.unplaced else ""
        return f"{self.name}: {count}{when}{open_ended}."

    def _repr_html_(self) -> str:
        return definition_table(self.name, {line.key: str(line) for line in self.lines})


def lines_of(given: object) -> tuple[SavingsLine, ...]:
    """The lines of a programme, of several lines, or of one, each with a key of its own.

    Args:
        given: A `SavingsProgramme`, lines, or a line.

    Raises:
        InvalidValue: There are no lines, two share a key, one stands on itself through others, or something is no line.
    """
    found: tuple[object, ...] = ()
    if isinstance(given, SavingsLine):
        found = (given,)
    elif isinstance(given, Iterable) and not isinstance(given, (str, dict)):
        found = tuple(given)
    lines = tuple(line for line in found if isinstance(line, SavingsLine))
    if not lines or len(lines) != len(found):
        raise InvalidValue(what="lines", expected="a SavingsProgramme, or one or more SavingsLine")
    if len({line.key for line in lines}) != len(lines):
        raise InvalidValue(what="lines", expected="a key of its own for each line")
    _refuse_circles({line.key: tuple(one.on for one in line.depends_on) for line in lines})
    return lines


def _refuse_circles(stands_on: dict[str, tuple[str, ...]]) -> None:
    """Refuse lines that stand on themselves, by taking away again and again those that stand on none that is left."""
    left = dict(stands_on)
    while left:
        free = [key for key, others in left.items() if not any(other in left for other in others)]
        if not free:
            raise InvalidValue(what="depends_on", expected="no line that stands on itself through others")
        for key in free:
            del left[key]
