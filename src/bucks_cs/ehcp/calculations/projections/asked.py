"""EHC plans to come: what a caller asks of a projection, made sure of before anything is read."""

from __future__ import annotations

import math
from numbers import Real

import attrs

from bucks_cs.ehcp.calculations.projections.methods import ProjectionMethod, as_methods
from bucks_cs.errors import InvalidValue
from bucks_cs.marking import whole

__all__ = ["LEVEL", "MOST_YEARS", "Asked", "asked", "years_ahead"]

LEVEL = 0.8
"""Four in five: as much as an authority's own six Januaries can tell, and what a fan of projections is mostly drawn at."""

MOST_YEARS = 25
"""As many years on as a plan can last: nobody who has one then has one now."""


@attrs.frozen(kw_only=True)
class Asked:
    """What was asked: methods, years on or None, years back or None, the breakdown and the level."""

    methods: tuple[ProjectionMethod, ...]
    over: int | None
    by: str | None
    level: float

    @property
    def dims(self) -> tuple[str, ...]:
        """What the readings are broken down by beside the scenario."""
        return () if self.by is None else (self.by,)


def asked(*, methods: object, over: object, by: object, level: object) -> Asked:
    """What was asked, once it can be answered.

    Args:
        methods: A `ProjectionMethod`, or several.
        over: How many years back to fit on, or None for all.
        by: None, ``"age"`` or ``"phase"``.
        level: The level of the interval.

    Raises:
        InvalidValue: One of them is something else.
    """
    if by is not None and by not in ("age", "phase"):
        raise InvalidValue(what="by", expected='"age", "phase", or None for totals')
    return Asked(
        methods=as_methods(methods),
        over=None if over is None else whole(over, what="over", least=1, of="years"),
        by=str(by) if by is not None else None,
        level=_level(level),
    )


def years_ahead(given: object, *, what: str) -> int:
    """How many years on.

    Args:
        given: The number.
        what: The argument it was given for.

    Raises:
        InvalidValue: It is no whole number from 1 to `MOST_YEARS`.
    """
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_YEARS:
        raise InvalidValue(what=what, expected=f"a whole number of years, 1 to {MOST_YEARS}")
    return given


def _level(given: object) -> float:
    level = float(given) if isinstance(given, Real) else math.nan
    if not 0 < level < 1:
        raise InvalidValue(what="level", expected="a level strictly between 0 and 1", hint=" Write 80% as 0.8.")
    return level
