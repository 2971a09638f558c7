"""Demand: readings as what a calculation starts from, where it works on figures and not on rows."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from bucks_cs.errors import InvalidValue
from bucks_cs.frames.engine import Home, enter
from bucks_cs.provenance import AnySource
from bucks_cs.readings import Readings
from bucks_cs.readings.table import recast

__all__ = ["opened", "shared_source"]


def opened(readings: Any, *, what: str = "readings") -> tuple[nw.LazyFrame[Any], Home]:
    """The long frame of readings in the types of the contract, and the way home; nothing runs.

    Args:
        readings: The readings.
        what: The argument they were given for.

    Raises:
        InvalidValue: They are no readings.
    """
    if not isinstance(readings, Readings):
        hint = " Counts in a long frame of your own become readings with demand.activity or Readings.from_frame."
        raise InvalidValue(what=what, expected=f"Readings, not a {type(readings).__name__}", hint=hint)
    native, home = enter(readings.frame)
    return recast(native, readings.by), home


def shared_source(readings: Readings[Any]) -> AnySource | None:
    """Where all of the readings are from; None where that is not one place, or is not said.

    Args:
        readings: The readings.
    """
    return None if readings.other_sources else readings.source
