"""EHC plans: the day in January on which the plans of each year were counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bucks_cs.provenance import DateBounds, Source

__all__ = ["SURVEY_DAYS", "SURVEY_DAYS_SOURCE"]

_DAYS = (
    *((2015, 15), (2016, 21), (2017, 19), (2018, 18), (2019, 17), (2020, 16), (2021, 14)),
    *((2022, 20), (2023, 19), (2024, 18), (2025, 16), (2026, 15), (2027, 21)),
)

SURVEY_DAYS: Mapping[int, dt.date] = MappingProxyType({year: dt.date(year, 1, day) for year, day in _DAYS})
"""SEN2's survey day (census day) of each year, 2015 to 2027: a Thursday, the third of January but in 2021.

A year that is not among them is not guessed: its plans are of the month. See `SURVEY_DAYS_SOURCE`.
"""

SURVEY_DAYS_SOURCE = Source(
    title="Special educational needs survey (SEN2): guides of 2015 to 2025, and guide to submitting data",
    publisher="Department for Education",
    date=DateBounds(
        earliest=dt.date(2014, 1, 1), latest=dt.date(2025, 9, 26), why="a guide a year; the page of the dates changed last then"
    ),
    place="census date; Important dates",
    url="https://www.gov.uk/guidance/special-educational-needs-survey",
    note="the dates of 2015 to 2025 as a public repository of the field has them, with the guide of each year "
    "(MastodonC/witan.sen2); those of 2021, 2026 and 2027 as copies of the page have them ('survey day: Thursday "
    "15 January 2026')",
)
"""Where the survey days are from."""
