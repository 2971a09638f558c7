"""Demand: child protection plans and their reviews, as the census and list 7 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

import narwhals as nw

from bucks_cs.demand.schema.people import child
from bucks_cs.demand.sources import CATEGORIES_OF_ABUSE
from bucks_cs.frames import Checked, Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.one_at_a_time import one_at_a_time, with_the_one_before

__all__ = ["PlanReviews", "ProtectionPlans", "one_plan_at_a_time", "with_the_plan_before"]

class ProtectionPlans(FrameModel):
    """Child protection plans, a row each; a child with a second plan has two rows.

    A child is the subject of one plan at a time. That is a rule across rows, which the measures that depend on it make sure of.
    Further columns (a team, a locality, an age band) come along, and measures can be broken down by them.
    """

    child_id: Text = child()
    start_date: Date = field(
        title="Begun",
        description="The day the child became the subject of the plan.",
        aliases=["CPPstartDate", "Child Protection Plan Start Date"],
    )
    end_date: Date = field(
        title="Ended",
        description="The day the child ceased to be the subject of the plan.",
        aliases=["CPPendDate", "Child Protection Plan End Date"],
        nullable=True,
        gap="still open",
    )
    initial_category: Text = field(
        title="Category of abuse",
        description="The census's code for the category of abuse when the plan began.",
        aliases=["InitialCategoryOfAbuse", "Initial Category of Abuse"],
        nullable=True,
        gap="not recorded",
        isin=list(CATEGORIES_OF_ABUSE),
    )
    number_of_previous_plans: WholeNumber = field(
        title="Plans before",
        description="How many child protection plans the child had had before, in this authority or another.",
        unit="plan",
        aliases=["NumberOfPreviousCPP", "Number of Previous Child Protection Plans"],
        nullable=True,
        gap="not recorded",
        ge=0,
    )

    @rule("ended before it started", columns=("start_date", "end_date"))
    def ends_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not ended before it began."""
        return col("end_date") >= col("start_date")

    class Config:
        """A child's plans begin on different days: a second one on the same day is a record kept twice."""

        unique: ClassVar = ["child_id", "start_date"]


_DAYS = {"whose": "child_id", "starts": "start_date", "ends": "end_date"}


def one_plan_at_a_time(frame: FrameT | Checked[FrameT]) -> Checked[FrameT]:
    """Child protection plans, once it is sure that no child has two at a time: see `bucks_cs.frames.one_at_a_time`.

    Args:
        frame: Plans of any engine, or checked by `ProtectionPlans`.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; or plans began while the child's plan before it was open.

    Source:
        DfE, *Children in need census*, validation rules 8935 ("more than one open Child Protection plan") and 8940 ("Child
        Protection Plan data contains overlapping dates"), as public validators of the field keep them. As they are kept, 8940 is
        broken too by a plan that began on the day another ended.
    """
    return one_at_a_time(
        frame,
        schema=ProtectionPlans,
        **_DAYS,
        rule="began while the child's plan before it was open",
        hint=" A child has one plan at a time: merge the records of one plan first, from its first day to its last.",
    )


def with_the_plan_before(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Plans with the days of the child's plan before, in `START_BEFORE` and `END_BEFORE` of `bucks_cs.frames.one_at_a_time`.

    Args:
        lazy: The plans.
    """
    return with_the_one_before(lazy, **_DAYS)


class PlanReviews(FrameModel):
    """Review conferences of child protection plans, a row each, beside the plan they reviewed.

    Annex A has only the latest review of each plan, so that whether the earlier ones were in time cannot be told from it.
    """

    child_id: Text = child()
    plan_start_date: Date = field(
        title="Plan begun",
        description="The day the plan that was reviewed began: with the child's number it says which plan.",
        aliases=["CPPstartDate"],
    )
    review_date: Date = field(
        title="Reviewed",
        description="The day of the review conference.",
        aliases=["CPPreviewDate"],
    )

    @rule("reviewed before the plan started", columns=("plan_start_date", "review_date"))
    def reviewed_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not reviewed before the plan began."""
        return col("review_date") >= col("plan_start_date")

    class Config:
        """A plan is reviewed once a day."""

        unique: ClassVar = ["child_id", "plan_start_date", "review_date"]
