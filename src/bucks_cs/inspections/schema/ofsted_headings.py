"""Inspections: what Ofsted's files call their worksheets and columns, as data."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

import attrs

__all__ = ["AREA_SEND_SINCE_2023", "AREA_SEND_TO_2022", "NOT_REVISITED", "LocalAuthoritySheet", "OfstedTable"]

_OVERALL = "Overall effectiveness"
_LEADERS = "The impact of leaders on social work practice with children and families"
_HELP = "The experiences and progress of children who need help and protection"
_IN_CARE = "The experiences and progress of children in care"
_CARE_LEAVERS = "The experiences and progress of care leavers"
_CODE = "Local authority area code"
_JUDGED = (_OVERALL, _LEADERS, _HELP, _IN_CARE, _CARE_LEAVERS)

NOT_REVISITED = "Not revisited yet"
"""What stands for the first day of a revisit where a statement was required and none has been."""


def _as_fixed(given: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(given))


@attrs.frozen(kw_only=True)
class OfstedTable:
    """A table of Ofsted's: its worksheet, and the columns that it is read by.

    Args:
        what: What it is, in words.
        worksheet: What the name of its worksheet begins with; empty for a file of one table.
        headings: Our names, and what the columns are called.
        judged: The columns with a judgement each.
    """

    what: str
    worksheet: str = ""
    headings: Mapping[str, str] = attrs.field(converter=_as_fixed)
    judged: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Every heading it is read by."""
        return (*self.headings.values(), *self.judged)


class LocalAuthoritySheet(enum.Enum):
    """The three tables of *Local authority inspection outcomes*, which differ in what they say of an inspection."""

    AS_AT = OfstedTable(
        what="Local authority inspections, the latest of each authority",
        worksheet="Inspections_as_at",
        headings={"code": _CODE, "start": "Inspection date", "published": "Publication date"},
        judged=_JUDGED,
    )
    """The latest inspection of every authority; it does not say whether that was a standard or a short one."""
    IN_YEAR = OfstedTable(
        what="Local authority inspections and visits of a year",
        worksheet="In-year",
        headings={
            "code": _CODE,
            "start": "Inspection/Visit date",
            "published": "Publication date",
            "activity": "Inspection/Visit type",
            "theme": "Visit Theme",
        },
        judged=_JUDGED,
    )
    """Every inspection and visit of one year, visits with their theme and without grades."""
    HISTORY = OfstedTable(
        what="Local authority inspections since 2018",
        worksheet="ILACS_inspection_history",
        headings={
            "code": _CODE,
            "start": "Inspection date",
            "published": "Publication date",
            "activity": "Inspection type",
            "status": "Local authority status",
        },
        judged=_JUDGED,
    )
    """Every standard and short inspection since 2018, those of authorities that have ended too."""


AREA_SEND_TO_2022 = OfstedTable(
    what="Area SEND inspections and revisits, 2016 to 2022",
    worksheet="Area_SEND",
    headings={
        "code": "Local authority code",
        "start": "Inspection start date",
        "published": "Inspection publication date",
        "statement": "Inspection outcome: written statement of action required?",
        "weaknesses": "Number significant weaknesses identified in written statement of action",
        "revisit_start": "Revisit start date",
        "revisit_published": "Revisit publication date",
        "progress": "Revisit outcome: sufficient progress in addressing all significant weaknesses?",
        "with_progress": "Number significant weaknesses where sufficient progress has been made",
        "without_progress": "Number significant weaknesses where sufficient progress has not been made",
    },
)

AREA_SEND_SINCE_2023 = OfstedTable(
    what="Area SEND inspections since 2023",
    headings={
        "name": "Local.area.partnership",
        "start": "Inspection.start.date",
        "published": "Inspection.publication.date",
        "outcome": "Inspection.outcome",
        "plan": "Priority.action.plan.required.",
        "weaknesses": "Number.of.areas.for.priority.action",
    },
)
