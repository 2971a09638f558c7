"""What an authority's update is made of: published statistics."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from bucks_cs.geography import Authority, authority
from bucks_cs.provenance import day_in_words
from bucks_cs.report.authority.chapters import (
    children_looked_after,
    ehc_plans_of,
    home_education,
    population,
    protection_plans,
    referrals_of,
    social_workers,
)
from bucks_cs.report.authority.folder import PublishedFolder
from bucks_cs.report.authority.inspected import inspections_of, schools_of
from bucks_cs.report.blocks import Section
from bucks_cs.report.sentences import Paragraph, paragraph, said
from bucks_cs.report.update import Chapter, Evidence

__all__ = ["published"]

_CHAPTERS: dict[str, Callable[[Authority, PublishedFolder], Section]] = {
    "Referrals and children in need": referrals_of,
    "Child protection plans": protection_plans,
    "Education, health and care plans": ehc_plans_of,
    "Children looked after": children_looked_after,
    "Workforce": social_workers,
    "Inspections": inspections_of,
    "Schools": schools_of,
    "Elective home education": home_education,
    "Children in the area": population,
}


def published(area: int | str | Authority, *, folder: str | os.PathLike[str]) -> Evidence:
    """The update of any authority, from published statistics: demand, plans, children looked after, workforce and inspections.

    Args:
        area: The authority: its LA number, an ONS code it has or had, or its name.
        folder: The folder of the published files, in folders by subject: ``children_in_need``, ``ehc_plans``,
            ``children_looked_after``, ``social_work_workforce``, ``inspections``, ``home_education`` and ``population``. The
            years in their names do not matter.

    Returns:
        `Evidence` for `bucks_cs.report.cabinet_update`; the files are read when it makes the sections.

    Raises:
        UnknownArea: There is no such authority.
        Ambiguous: Two authorities have had the name.
        InvalidValue: There is no such folder, or files are missing from it; they are named.

    Example:
        >>> from bucks_cs.report import published
        >>> published("204", folder="no/such/folder")
        Traceback (most recent call last):
        ...
        bucks_cs.errors.InvalidValue: folder: expected a folder of published statistics: there is no folder at that path.
    """
    whose = authority(area)
    there = PublishedFolder(path=folder)
    introduction = (
        paragraph(
            "Every figure here is published, or worked out from what is published, of ",
            said(whose),
            ", its region and England, and leads to what it counts and who says so.",
        ),
        paragraph(
            "A figure that is withheld stays so, with its symbol and what that means; where a series breaks, the break is named "
            "and no change is given across it.",
        ),
        *_ended(whose),
    )
    chapters = [Chapter(title=title, make=partial(make, whose, there)) for title, make in _CHAPTERS.items()]
    return Evidence(title="Children's services: an update", area=whose.name, introduction=introduction, chapters=chapters)


def _ended(whose: Authority) -> tuple[Paragraph, ...]:
    if whose.until is None:
        return ()
    return (paragraph("This authority ended on ", said(day_in_words(whose.until)), ": its figures stop there."),)
