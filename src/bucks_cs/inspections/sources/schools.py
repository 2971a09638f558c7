"""Inspections: the file of schools by grade and authority."""

from __future__ import annotations

import datetime as dt

from bucks_cs.provenance import DateBounds, Source

__all__ = ["SCHOOLS_BY_GRADE", "SCHOOLS_BY_GRADE_COUNTED_ON"]

SCHOOLS_BY_GRADE = Source(
    title="Overall effectiveness of state-funded schools by local authority, 2019 to 2023",
    publisher="Ofsted",
    date=DateBounds(
        earliest=dt.date(2023, 8, 31),
        latest=dt.date(2024, 8, 31),
        why="undated: it has schools of 2023 and none of 2024",
    ),
    place="measure Overall effectiveness (number of schools)",
    note="the file names years and no day. Its shares for England (86.0, 86.4, 88.1 and 88.9 per cent in 2019, 2021, 2022 and "
    "2023) are those of Ofsted's State-funded schools inspections and outcomes as at 31 August of them (86, 86, 88 and 89)",
)

SCHOOLS_BY_GRADE_COUNTED_ON = (8, 31)
"""The month and day of its years, by `SCHOOLS_BY_GRADE`'s agreement with Ofsted's main findings as at 31 August."""
