"""Demand: what DfE's data files of children in need call their columns, release by release, as data.

DfE renames columns: ``Referrals`` of 2024 is ``referral_count`` of 2025. A release is named by the year of its newest figures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from bucks_cs.demand.sources import CHILDREN_IN_NEED
from bucks_cs.provenance import DateBounds, Source, published

__all__ = [
    "CHILDREN_IN_NEED_FILE",
    "LATEST_RELEASE",
    "PLANS_BY_DURATION_FILE",
    "POPULATION_FILE",
    "REFERRALS_FILE",
    "SUBSEQUENT_PLANS_FILE",
    "Heading",
    "PublishedFile",
]

LATEST_RELEASE = 2025
"""The newest release whose headings were read."""

_WHOLE = 100.0


@attrs.frozen(kw_only=True)
class Heading:
    """What a column is called, and in which releases; a release is named by the year of its newest figures.

    Args:
        text: The heading.
        read_in: The releases whose files were read for it.
        since: The release that brought it; None for one older than all that were read.
        until: The last release that has it; None for one still in use.
    """

    text: str
    read_in: tuple[int, ...]
    since: int | None = None
    until: int | None = None


def _kept(text: str, *read_in: int) -> tuple[Heading, ...]:
    return (Heading(text=text, read_in=read_in),)


def _renamed(before: str, after: str, *, read_in: tuple[int, ...] = (2023, 2024)) -> tuple[Heading, ...]:
    return Heading(text=before, read_in=read_in, until=2024), Heading(text=after, read_in=(2025,), since=2025)


def _dropped(text: str, *read_in: int) -> tuple[Heading, ...]:
    return (Heading(text=text, read_in=read_in, until=2024),)


@attrs.frozen(kw_only=True)
class PublishedFile:
    """One of DfE's data files of children in need.

    Args:
        name: Its letter and number.
        about: What it is about.
        headings: The names of its figures here, and what they are called in each release.
        optional: The figures that not every release has.
    """

    name: str
    about: str
    headings: Mapping[str, tuple[Heading, ...]]
    optional: frozenset[str] = frozenset()

    @staticmethod
    def most(figure: str) -> float | None:
        """The most that a figure can be: 100 for a percentage; None for a count or a rate, which are 0 or more.

        Args:
            figure: Its name here, which says of a percentage that it is one.
        """
        return _WHOLE if figure.endswith("_percent") else None

    def source(self, found: Iterable[Heading], *, latest: int | None) -> Source:
        """Which release a file is of, as far as its headings and its newest year tell.

        Args:
            found: The headings it has.
            latest: Its newest year; None where it has no rows.
        """
        there = tuple(found)
        known = [heading.since for heading in there if heading.since is not None]
        first = max([*known, latest if latest is not None else min(heading.read_in[0] for heading in there)])
        last = max(first, min([heading.until for heading in there if heading.until is not None], default=LATEST_RELEASE))
        if first == last:
            title, date = f"Children in need, reporting year {last}", published(str(last))
        else:
            why = "told by the headings and the newest year of the file"
            title, date = "Children in need", DateBounds(earliest=dt.date(first, 1, 1), latest=dt.date(last, 12, 31), why=why)
        return Source(title=title, publisher=CHILDREN_IN_NEED.publisher, date=date, place=f"data file {self.name}, {self.about}")


_COUNTS_READ_IN = (2022, 2023, 2024)
REFERRALS_FILE = PublishedFile(
    name="c1",
    about="referrals and re-referrals",
    headings={
        "referrals": _renamed("Referrals", "referral_count", read_in=_COUNTS_READ_IN),
        "rereferrals": _renamed("Re_referrals", "rereferral_count", read_in=_COUNTS_READ_IN),
        "rereferrals_percent": _renamed("Re_referrals_percent", "rereferral_percent"),
        "no_further_action": _renamed("No_Further_Action", "no_further_action_count", read_in=_COUNTS_READ_IN),
        "no_further_action_percent": _renamed("No_Further_Action_percent", "no_further_action_percent"),
        "not_in_need": _renamed("Not_in_Need", "not_in_need_count", read_in=_COUNTS_READ_IN),
        "not_in_need_percent": _renamed("Not_in_Need_percent", "not_in_need_percent"),
        "referrals_rate": _dropped("Referrals_rate", 2023, 2024),
    },
    optional=frozenset({"referrals_rate"}),
)
"""The headings of 2023, 2024 and 2025 were read in DfE's own files; the counts' of 2022 in a public script that reads it."""

CHILDREN_IN_NEED_FILE = PublishedFile(
    name="b1",
    about="children in need",
    headings={"in_need": _kept("At31_episodes", 2022, 2024, 2025), "in_need_rate": _dropped("At31_episodes_rate", 2024)},
    optional=frozenset({"in_need_rate"}),
)
"""The headings of 2024 and 2025 were read in DfE's own files; the count's of 2022 in a public script that reads that file."""

SUBSEQUENT_PLANS_FILE = PublishedFile(
    name="d3",
    about="child protection plans which are a second or subsequent plan",
    headings={
        "started": _kept("CPP_start", 2023, 2025),
        "subsequent": _kept("CPP_subsequent", 2023, 2025),
        "subsequent_percent": _kept("CPP_subsequent_percent", 2023, 2025),
    },
)
"""The headings of 2023 and 2025 were read in DfE's own files, and are the same."""

PLANS_BY_DURATION_FILE = PublishedFile(
    name="d5",
    about="child protection plans at 31 March by duration",
    headings={
        "open": _kept("CPP_At31", 2023, 2025),
        "two_years": _kept("2_years_or_more", 2023, 2025),
        "two_years_percent": _kept("2_years_or_more_percent", 2023, 2025),
    },
)
"""The headings of 2023 and 2025 were read in DfE's own files, and are the same; d7 of 2020 had others (``2_years+``)."""

POPULATION_FILE = PublishedFile(
    name="ons_mid-year_population_estimates",
    about="children aged 0 to 17",
    headings={"children": _kept("population_estimate", 2025)},
)
"""DfE's file of ONS's mid-year estimates for children aged 0 to 17, 2012 to 2024."""
