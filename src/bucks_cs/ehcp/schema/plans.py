"""EHC plans, a row each, as the named plans of module 4 of the SEN2 person-level return carry them since 2023."""

from __future__ import annotations

from typing import Any, ClassVar

from bucks_cs.ehcp.schema.people import child, request
from bucks_cs.ehcp.sources import CEASE_REASONS, NEEDS
from bucks_cs.frames import Checked, Date, FrameModel, Text, field, rule
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.one_at_a_time import one_at_a_time

__all__ = ["Plans", "one_plan_at_a_time"]


class Plans(FrameModel):
    """EHC plans, a row each; a child whose plan ceased and who has another has two rows.

    A child or young person has one plan at a time. That is a rule across rows, which the measures that depend on it make sure of.
    Further columns (a setting, a locality, ``transferla``) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    request_id: Text = request(nullable=True, gap="no request here: the child moved in with the plan, or it is not known")
    start_date: Date = field(
        title="Started",
        description="The day the final plan was issued.",
        aliases=["startdate"],
    )
    cease_date: Date = field(
        title="Ceased",
        description="The day the plan ceased to be maintained here.",
        aliases=["ceasedate"],
        nullable=True,
        gap="still maintained",
    )
    cease_reason: Text = field(
        title="Why it ceased",
        description="The return's code for the reason it ceased.",
        aliases=["ceasereason"],
        nullable=True,
        gap="still maintained, or not recorded",
        isin=list(CEASE_REASONS),
    )
    primary_need: Text | None = field(
        title="Primary need",
        description="The code of the type of need ranked first in the plan; a frame need not have this column.",
        aliases=["sentype"],
        nullable=True,
        gap="not recorded",
        isin=list(NEEDS),
    )

    @rule("ceased before it started", columns=("start_date", "cease_date"))
    def ceases_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ceased before it started."""
        return col("cease_date") >= col("start_date")

    @rule("a reason for ceasing and no day of it", columns=("cease_date", "cease_reason"))
    def reason_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No reason without a day."""
        return col("cease_reason").is_null() | ~col("cease_date").is_null()

    class Config:
        """A child's plans start on different days: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "start_date"]


def one_plan_at_a_time(frame: FrameT | Checked[FrameT]) -> Checked[FrameT]:
    """EHC plans, once it is sure that no child has two at a time: see `bucks_cs.frames.one_at_a_time`.

    Args:
        frame: Plans of any engine, or checked by `Plans`.

    Raises:
        FrameProblems: A rule of `Plans` is broken; or plans started while the child's plan before it was open.
    """
    return one_at_a_time(
        frame,
        schema=Plans,
        whose="child_id",
        starts="start_date",
        ends="cease_date",
        rule="started while the child's plan before it was open",
        hint=" A child has one plan at a time: give the earlier one its day of ceasing, or merge the records of one plan.",
    )
