"""Demand: whom a row is about. Every table of rows names its children, and some their workers, in the same way."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import field

__all__ = ["child", "worker"]


def child(*also: str) -> Any:
    """The column with the child's number: one in every table, and never one to break a measure down by.

    Args:
        *also: Headings it has in one table alone, beside those of the census and of Annex A.
    """
    return field(
        title="Child",
        description="The child's number, the same in every table.",
        aliases=["LAchildID", "Child Unique ID", *also],
        identifies="child",
        str_length={"min_value": 1},
    )


def worker(*also: str) -> Any:
    """The column with the social worker: she is a person too, and no ``by=`` names her.

    Args:
        *also: Headings it has in one table alone, beside that of Annex A.
    """
    return field(
        title="Worker",
        description="The social worker's number or name, the same in every row.",
        aliases=["Allocated Worker", *also],
        identifies="worker",
        str_length={"min_value": 1},
    )
