"""The record: the documents it is taken from."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import Source

__all__ = ["CABINET_REPORT_OCTOBER_2022"]

CABINET_REPORT_OCTOBER_2022 = Source(
    title="Children's Services Update, report to Cabinet",
    publisher="Buckinghamshire Council",
    date=dt.date(2022, 10, 11),
    place="paragraph 3.19, table",
)
"""The report whose demand table this library began with."""
