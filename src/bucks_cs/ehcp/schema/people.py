"""EHC plans: whom a row is about. Every table names its child and its request in the same way."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import field

__all__ = ["child", "request"]


def child(*also: str, nullable: bool = False, gap: str = "") -> Any:
    """The column with the child's or young person's number: the same in every table, and never one to break a measure down by.

    Args:
        *also: Headings it has in one table alone, beside that of the SEN2 return.
        nullable: Whether it may be empty.
        gap: What an empty cell means.
    """
    return field(
        title="Child or young person",
        description="The number of the child or young person, the same in every table.",
        aliases=["persontableid", *also],
        nullable=nullable,
        gap=gap,
        identifies="child",
        str_length={"min_value": 1},
    )


def request(*, unique: bool = False, nullable: bool = False, gap: str = "") -> Any:
    """The column with the request's number, which names one child's request and so is none to break a measure down by.

    Args:
        unique: Whether no two rows may have the same.
        nullable: Whether it may be empty.
        gap: What an empty cell means.
    """
    return field(
        title="Request",
        description="The number of the request for an EHC needs assessment, the same in every table.",
        aliases=["requeststableid"],
        unique=unique,
        nullable=nullable,
        gap=gap,
        identifies="child",
        str_length={"min_value": 1},
    )
