"""Sources of the look-up: who says which code an area had, and when."""

from __future__ import annotations

import datetime as dt
from typing import Final

from bucks_cs.provenance import Source, published

__all__ = [
    "AUTHORITIES_KNOWN_FROM",
    "BARNSLEY_AND_SHEFFIELD",
    "BY_KEY",
    "CODE_HISTORY",
    "DISTRICTS_OF_BUCKINGHAMSHIRE",
]

CODE_HISTORY = Source(
    title="Code History Database (July 2024) for the United Kingdom",
    publisher="Office for National Statistics",
    date=published("2024-07"),
    place="ChangeHistory: entities E06, E08, E09, E10, E12, E13 and E92",
    url="https://geoportal.statistics.gov.uk/datasets/d7be63c8bd144ae0a26c6593eb5e00b7/about",
    note="read in the public copy open-innovations/geography-code-adder, docs/data, which names this edition",
)
"""First and last day of every code but the two pairs of 2025."""

BARNSLEY_AND_SHEFFIELD = Source(
    title="The Barnsley and Sheffield (Boundary Change) Order 2024 (S.I. 2024/1328)",
    publisher="Secretary of State for Housing, Communities and Local Government",
    date=dt.date(2024, 12, 12),
    place="articles 1(3) and 2, transfer date",
    note=(
        "the boundary moves on 1 April 2025; that the codes changed on that day is inferred: DfE writes the old ones "
        "at 31 March 2025 and the new ones at 30 September 2025"
    ),
)
"""Why Barnsley and Sheffield have new codes; the day of the codes themselves is inferred from that of the boundary."""

BY_KEY: Final = {"chd-2024-07": CODE_HISTORY, "si-2024-1328": BARNSLEY_AND_SHEFFIELD}
"""Sources by the key they have in ``areas.csv``."""

AUTHORITIES_KNOWN_FROM: Final = dt.date(2009, 4, 1)
"""The first day for which the list of authorities is complete: the seven counties that ended on the day before are left
out, since no published file here has an LA number for them or a figure of theirs."""

DISTRICTS_OF_BUCKINGHAMSHIRE: Final = frozenset({"E07000004", "E07000005", "E07000006", "E07000007"})
"""Aylesbury Vale, Chiltern, South Bucks and Wycombe, to 31 March 2020 (Code History Database, July 2024, E07)."""
