"""The workforce: where DfE's series is not what it was before."""

from __future__ import annotations

import datetime as dt

from bucks_cs.indicators import Break
from bucks_cs.workforce.sources.publications import METHODOLOGY

__all__ = ["FROM_2017"]

FROM_2017 = Break(
    on=dt.date(2016, 10, 1),
    what="collected for each social worker, where it had been collected as totals of each authority since 2013",
    certain=True,
    source=METHODOLOGY.at("background and coverage"),
)
"""The series of today begins with the year to 30 September 2017; what was published before is no part of it."""
