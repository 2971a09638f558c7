"""Demand: what DfE's data files of children in need call their columns, release by release, as data.

DfE renames columns: ``Referrals`` of 2024 is ``referral_count`` of 2025. A release is named by the year of its newest figures.
"""

from __future__ import annotations

import attrs

from bucks_cs.demand.sources import CHILDREN_IN_NEED
from bucks_cs.published_files import Heading, PublishedFile, Timing, dropped, kept, renamed

__all__ = [
    "CHILDREN_IN_NEED_FILE",
    "LATEST_RELEASE",
    "PLANS_BY_DURATION_FILE",
    "POPULATION_FILE",
    "REFERRALS_FILE",
    "SUBSEQUENT_PLANS_FILE",
]

LATEST_RELEASE = 2025
"""The newest release whose headings were read."""

_TO_MARCH = Timing(identifiers="Reporting year", ends=(3, 31))
_TO_MID_YEAR = Timing(identifiers="Reporting year", ends=(6, 30))

_COUNTS_READ_IN, _READ_IN = (2022, 2023, 2024), (2023, 2024)

# The series: the year in the title is that of the release a file is of.
_SERIES = attrs.evolve(CHILDREN_IN_NEED, title="Children in need")


def _renamed(before: str, after: str, *, read_in: tuple[int, ...] = _READ_IN) -> tuple[Heading, ...]:
    """The headings of counts and percentages that the release of 2025 renamed."""
    return renamed(before, after, read_in=read_in, since=2025, read_after=(2025,))


REFERRALS_FILE = PublishedFile(
    name="c1",
    about="referrals and re-referrals",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    headings={
        "referrals": _renamed("Referrals", "referral_count", read_in=_COUNTS_READ_IN),
        "rereferrals": _renamed("Re_referrals", "rereferral_count", read_in=_COUNTS_READ_IN),
        "rereferrals_percent": _renamed("Re_referrals_percent", "rereferral_percent"),
        "no_further_action": _renamed("No_Further_Action", "no_further_action_count", read_in=_COUNTS_READ_IN),
        "no_further_action_percent": _renamed("No_Further_Action_percent", "no_further_action_percent"),
        "not_in_need": _renamed("Not_in_Need", "not_in_need_count", read_in=_COUNTS_READ_IN),
        "not_in_need_percent": _renamed("Not_in_Need_percent", "not_in_need_percent"),
        "referrals_rate": dropped("Referrals_rate", 2023, 2024, until=2024),
    },
    optional=frozenset({"referrals_rate"}),
)
"""The headings of 2023, 2024 and 2025 were read in DfE's own files; the counts' of 2022 in a public script that reads it."""

CHILDREN_IN_NEED_FILE = PublishedFile(
    name="b1",
    about="children in need",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    headings={
        "in_need": kept("At31_episodes", 2022, 2024, 2025),
        "in_need_rate": dropped("At31_episodes_rate", 2024, until=2024),
    },
    optional=frozenset({"in_need_rate"}),
)
"""The headings of 2024 and 2025 were read in DfE's own files; the count's of 2022 in a public script that reads that file."""

SUBSEQUENT_PLANS_FILE = PublishedFile(
    name="d3",
    about="child protection plans which are a second or subsequent plan",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    headings={
        "started": kept("CPP_start", 2023, 2025),
        "subsequent": kept("CPP_subsequent", 2023, 2025),
        "subsequent_percent": kept("CPP_subsequent_percent", 2023, 2025),
    },
)
"""The headings of 2023 and 2025 were read in DfE's own files, and are the same."""

PLANS_BY_DURATION_FILE = PublishedFile(
    name="d5",
    about="child protection plans at 31 March by duration",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MARCH,
    headings={
        "open": kept("CPP_At31", 2023, 2025),
        "two_years": kept("2_years_or_more", 2023, 2025),
        "two_years_percent": kept("2_years_or_more_percent", 2023, 2025),
    },
)
"""The headings of 2023 and 2025 were read in DfE's own files, and are the same; d7 of 2020 had others (``2_years+``)."""

POPULATION_FILE = PublishedFile(
    name="ons_mid-year_population_estimates",
    about="children aged 0 to 17",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_MID_YEAR,
    headings={"children": kept("population_estimate", 2025)},
)
"""DfE's file of ONS's mid-year estimates for children aged 0 to 17, 2012 to 2024."""
