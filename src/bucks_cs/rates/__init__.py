"""Shares and rates with intervals: Wilson's for a share, Byar's (exact Poisson below ten events) for a rate.

For single numbers, `proportion` and `rate` give an `Estimate` of plain floats; for the rows of a frame of any engine,
`proportions` and `rates` give the caller's own kind of frame back with ``value``, ``lower``, ``upper`` and
``withheld``; and for other calculations `wilson` and `byar` are the same as narwhals expressions. What such an interval
means for a complete count, and why repeat events of one child are not independent, is in the docs under
"Uncertainty".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucks_cs.rates.columns import byar as byar
    from bucks_cs.rates.columns import proportions as proportions
    from bucks_cs.rates.columns import rates as rates
    from bucks_cs.rates.columns import wilson as wilson
    from bucks_cs.rates.estimates import Estimate as Estimate
    from bucks_cs.rates.estimates import Method as Method
    from bucks_cs.rates.estimates import proportion as proportion
    from bucks_cs.rates.estimates import rate as rate
else:
    import importlib

    _ROOMS = {
        **dict.fromkeys(("Estimate", "Method", "proportion", "rate"), "bucks_cs.rates.estimates"),
        **dict.fromkeys(("byar", "proportions", "rates", "wilson"), "bucks_cs.rates.columns"),
    }

    def __getattr__(name: str) -> object:
        if name not in _ROOMS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(_ROOMS[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_ROOMS})


__all__ = ["Estimate", "Method", "byar", "proportion", "proportions", "rate", "rates", "wilson"]
