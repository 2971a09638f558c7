"""The workforce: what was found of DfE's published rates, as frames of the caller's own kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from bucks_cs.audit import Status
from bucks_cs.audit.rows import CallersFrame
from bucks_cs.frames.engine import Engine, Home, small_table
from bucks_cs.workforce.calculations.rate_checks import RateCheck, RateChecks

__all__ = ["counts_of", "frame_of"]

_KEYS = {"indicator": nw.String, "area": nw.String, "period_kind": nw.String, "period_start": nw.Date, "period_end": nw.Date}
_NUMBERS = ("printed", "recomputed", "lower", "upper")
_TYPES = {**_KEYS, **dict.fromkeys(_NUMBERS, nw.Float64), **dict.fromkeys(("status", "withheld", "why"), nw.String)}
_COUNTS = {Status.AGREES: "agrees", Status.DISAGREES: "disagrees", Status.CANNOT_CHECK: "cannot_check"}


def frame_of(checks: RateChecks) -> Any:
    """A row a check.

    Args:
        checks: What was found.
    """
    rows = [_row(check) for check in checks.items]
    return _native(checks, {name: [row[name] for row in rows] for name in _TYPES}, _TYPES, order=_KEYS)


def counts_of(checks: RateChecks) -> Any:
    """A row a rate and year.

    Args:
        checks: What was found.
    """
    found = Counter((check.indicator.key, check.period.end, check.status) for check in checks.items)
    keys = sorted({(key, end) for key, end, _ in found})
    data: dict[str, list[Any]] = {"indicator": [key for key, _ in keys], "period_end": [end for _, end in keys]}
    data |= {name: [found[key, end, status] for key, end in keys] for status, name in _COUNTS.items()}
    types = {"indicator": nw.String, "period_end": nw.Date, **dict.fromkeys(_COUNTS.values(), nw.Int64)}
    return _native(checks, data, types, order=("indicator", "period_end"))


def _row(check: RateCheck) -> dict[str, Any]:
    return {
        "indicator": check.indicator.key,
        "area": check.area,
        "period_kind": str(check.period.kind),
        "period_start": check.period.start,
        "period_end": check.period.end,
        **{name: getattr(check, name) for name in _NUMBERS},
        "status": check.status.value,
        "withheld": None if check.withheld is None else check.withheld.value,
        "why": check.why or None,
    }


def _native(checks: RateChecks, data: Mapping[str, list[Any]], types: Mapping[str, Any], *, order: Any) -> Any:
    """The table in the caller's engine; polars where there is none, as after a pickle."""
    home = checks.home if isinstance(checks.home, CallersFrame) else CallersFrame(Home(Engine.POLARS), None)
    like = home.like if home.like is not None else nw.from_native(pl.LazyFrame())
    return home.home.back(small_table(like, data, types).sort(*order))
