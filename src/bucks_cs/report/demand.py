"""The report's demand section: the table of paragraph 3.19, each percentage recomputed from its own row."""

from __future__ import annotations

from typing import Any

from bucks_cs import audit
from bucks_cs.audit import Findings
from bucks_cs.frames.engine import enter, need_columns
from bucks_cs.record import demand_table

__all__ = ["HEADINGS", "demand_findings"]

HEADINGS = {"early_2020_monthly_average": "Early 2020", "monthly_average_2022": "2022", "percent_change": "% change"}
"""The columns of the table as a page heads them; both averages are a month."""


def demand_findings(table: Any = None, *, order_by: str | None = None) -> Findings:
    """Whether each printed percentage of a demand table follows from the two averages beside it.

    Args:
        table: A frame of any engine with the columns of `bucks_cs.record.demand_table` (text as printed); that table
            itself where none is given.
        order_by: A column to put the rows in order by, for engines that keep none.

    Returns:
        A finding a row: agrees, disagrees or cannot be checked, with every slip that would explain a disagreement.

    Raises:
        UnknownColumn: A column is missing.

    Source:
        Buckinghamshire Council, *Children's Services Update*, report to Cabinet, 11 October 2022, paragraph 3.19.

    Example:
        >>> [finding.label for finding in demand_findings().disagrees]
        ['Section 47 enquires', 'Initial Child Protection Conferences', 'Children with an allocated social worker']
    """
    lazy, home = enter(demand_table() if table is None else table)
    columns = ("label", *HEADINGS, *([order_by] if order_by is not None else []))
    need_columns(lazy, columns)
    headed = home.back(lazy.select(*dict.fromkeys(columns)).rename(HEADINGS))
    return audit.changes(headed, before="Early 2020", after="2022", printed="% change", label="label", order_by=order_by)
