"""Demand: child protection plans and their reviews, as the census and list 7 of Ofsted's Annex A carry them."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import narwhals as nw

from bucks_cs.demand.schema.people import child
from bucks_cs.demand.sources import CATEGORIES_OF_ABUSE
from bucks_cs.frames import Checked, Date, FrameModel, Text, WholeNumber, field, rule
from bucks_cs.frames.checked import FrameT
from bucks_cs.frames.rules import Test

__all__ = ["END_BEFORE", "START_BEFORE", "PlanReviews", "ProtectionPlans", "one_plan_at_a_time", "with_the_plan_before"]

START_BEFORE, END_BEFORE = "__start_before", "__end_before"
"""The columns with the first and the last day of the child's plan before."""


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


_ONE_AT_A_TIME = "a child has one plan at a time"


def one_plan_at_a_time(frame: FrameT | Checked[FrameT]) -> Checked[FrameT]:
    """Child protection plans, once it is sure that no child has two at a time.

    A plan is open from the day it began until the day before the one it ended on, so that one which began on the day another
    ended does not overlap it. SQL lets no aggregate look at other rows, so that a lazy frame is asked a second small question,
    after that of the schema; one that is checked is asked it by the first measure, and not again.

    Args:
        frame: Plans of any engine, or checked by `ProtectionPlans`.

    Raises:
        FrameProblems: A rule of `ProtectionPlans` is broken; or plans began while the child's plan before it was open.

    Source:
        DfE, *Children in need census*, validation rules 8935 ("more than one open Child Protection plan") and 8940 ("Child
        Protection Plan data contains overlapping dates"), as public validators of the field keep them. As they are kept, 8940 is
        broken too by a plan that began on the day another ended.
    """
    checked: Checked[FrameT] = ProtectionPlans.admit(frame)
    if _ONE_AT_A_TIME in checked.kept:
        return checked
    none_before, after_it = nw.col(START_BEFORE).is_null(), nw.col("start_date") >= nw.col(END_BEFORE)
    alone = Test(
        column="start_date, end_date",
        rule="began while the child's plan before it was open",
        holds=none_before | after_it.fill_null(value=False),
        hint=" A child has one plan at a time: merge the records of one plan first, from its first day to its last.",
    )
    ProtectionPlans.admit(attrs.evolve(checked, lazy=with_the_plan_before(checked.lazy)), also=(alone,))
    checked.kept.add(_ONE_AT_A_TIME)
    return checked


def with_the_plan_before(lazy: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Plans with the days of the child's plan before: `START_BEFORE`, null where there is none, and `END_BEFORE`.

    Args:
        lazy: The plans.
    """
    # In one order of all plans it takes a fifth of the time on polars; but Spark would bring them all together for it.
    parts = ("child_id",) if lazy.implementation is nw.Implementation.PYSPARK else ()
    before = {"__child_before": "child_id", START_BEFORE: "start_date", END_BEFORE: "end_date"}
    shifted = lazy.with_columns(
        **{name: nw.col(column).shift(1).over(*parts, order_by=("child_id", "start_date")) for name, column in before.items()}
    )
    same = nw.col("__child_before") == nw.col("child_id")
    return shifted.with_columns(*(nw.when(same).then(nw.col(name)).alias(name) for name in (START_BEFORE, END_BEFORE)))


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
