"""The workforce: what DfE's data files of children's social workers call their columns, release by release, as data.

The file was ``csww_headline_measures`` to the release of 2022 and is ``csww_indicators`` since that of 2023, with other headings
and with the starters. A release is named by the year of its newest figures.
"""

from __future__ import annotations

import attrs

from bucks_cs.published_files import Heading, PublishedFile, Timing, kept, renamed
from bucks_cs.workforce.sources.publications import WORKFORCE_STATISTICS

__all__ = ["HEADLINE_MEASURES_FILE", "INDICATORS_FILE", "LATEST_RELEASE", "file_with"]

LATEST_RELEASE = 2025
"""The newest release whose headings were read."""

_TO_SEPTEMBER = Timing(identifiers="Reporting year", ends=(9, 30))
_SERIES = attrs.evolve(WORKFORCE_STATISTICS, title="Children's social work workforce", place="data files")
_BEFORE, _SINCE = (2022,), (2023, 2025)


def _renamed(before: str, after: str) -> tuple[Heading, ...]:
    """A heading that the release of 2023 renamed."""
    return renamed(before, after, read_in=_BEFORE, since=2023, read_after=_SINCE)


def _same(text: str) -> tuple[Heading, ...]:
    return kept(text, *_BEFORE, *_SINCE)


def _new(text: str) -> tuple[Heading, ...]:
    """A heading that the release of 2023 brought."""
    return (Heading(text=text, read_in=_SINCE, since=2023),)


INDICATORS_FILE = PublishedFile(
    name="csww_indicators",
    about="social workers in post, starters, leavers, agency workers, vacancies, caseload and absence",
    publication=_SERIES,
    latest_release=LATEST_RELEASE,
    timing=_TO_SEPTEMBER,
    joint_areas=True,
    headings={
        "in_post_fte": _renamed("social_worker_fte", "inpost_fte"),
        "in_post_headcount": _renamed("social_worker_headcount", "inpost_headcount"),
        "starters_fte": _new("starters_fte"),
        "starters_headcount": _new("starters_headcount"),
        "leavers_fte": _renamed("leaver_fte", "leavers_fte"),
        "leavers_headcount": _renamed("leaver_headcount", "leavers_headcount"),
        "turnover_rate_fte": _renamed("turnover_rate_fte_%", "turnover_rate_fte"),
        "turnover_rate_headcount": _renamed("turnover_rate_headcount_%", "turnover_rate_headcount"),
        "agency_fte": _same("agency_fte"),
        "agency_headcount": _same("agency_headcount"),
        "agency_fte_percent": _renamed("agency_worker_rate_fte_%", "agency_rate_fte"),
        "agency_headcount_percent": _renamed("agency_worker_rate_headcount_%", "agency_rate_headcount"),
        "agency_cover_fte": _same("agency_cover_fte"),
        "agency_cover_fte_percent": _renamed("agency_cover_rate_fte_%", "agency_cover_rate_fte"),
        "vacancies_fte": _same("vacancy_fte"),
        "vacancy_fte_percent": _renamed("vacancy_rate_fte_%", "vacancy_rate_fte"),
        "vacancy_agency_cover_rate_fte": _renamed("vacancy_agency_cover_rate_fte_%", "vacancy_agency_cover_rate_fte"),
        "case_holders_fte": _same("case_holders_fte"),
        "cases": _same("cases"),
        "caseload_fte": _same("caseload_fte"),
        "working_days_lost": _same("working_days_lost_fte"),
        "absence_rate_fte": _renamed("absence_rate_fte_%", "absence_rate_fte"),
    },
    optional=frozenset({"starters_fte", "starters_headcount"}),
)
"""The headings of 2022 and 2025 were read in DfE's own files, and those of 2023 in the first lines that its data catalogue shows.

The figures whose names end in ``_percent`` are parts of a whole. The others may be above 100: more can leave in a year than are
left at its end, and agency workers can be said to cover more than the vacancies there are (234.1% in the release of 2022).
"""

HEADLINE_MEASURES_FILE = attrs.evolve(
    INDICATORS_FILE,
    name="csww_headline_measures",
    about="social workers in post, leavers, agency workers, vacancies, caseload and absence",
)
"""What the file was called to the release of 2022; its headings are among those of `INDICATORS_FILE`."""


def file_with(headings: tuple[str, ...]) -> PublishedFile:
    """Which of the two files has these headings: the older one, if any of them is only in that.

    Args:
        headings: The headings of the file.

    Example:
        >>> from bucks_cs.workforce.schema.published_headings import file_with
        >>> file_with(("time_period", "leaver_fte")).name, file_with(("time_period", "leavers_fte")).name
        ('csww_headline_measures', 'csww_indicators')
    """
    every = [heading for known in INDICATORS_FILE.headings.values() for heading in known]
    older = {heading.text for heading in every if heading.until is not None}
    return HEADLINE_MEASURES_FILE if older & set(headings) else INDICATORS_FILE
