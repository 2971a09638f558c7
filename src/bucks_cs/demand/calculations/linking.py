"""Demand: two tables in one engine, so that a child's rows in one can be found beside her rows in the other.

And which table is that of a stage, for the measures that take two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from bucks_cs.demand.model import Stage
from bucks_cs.demand.schema import (
    Assessments,
    Contacts,
    InitialConferences,
    ProtectionPlans,
    Referrals,
    Section47Enquiries,
)
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import Checked, FrameModel
from bucks_cs.frames.engine import Engine, Home, alongside, collect

__all__ = ["STAGES", "STAGE_ROWS", "carried", "grouping_beside", "two_stages", "unfinished", "with_dims"]

STAGE_ROWS: dict[Stage, tuple[type[FrameModel], str]] = {
    Stage.CONTACT: (Contacts, "contact_date"),
    Stage.REFERRAL: (Referrals, "referral_date"),
    Stage.ASSESSMENT: (Assessments, "start_date"),
    Stage.SECTION_47_ENQUIRY: (Section47Enquiries, "start_date"),
    Stage.INITIAL_CHILD_PROTECTION_CONFERENCE: (InitialConferences, "conference_date"),
    Stage.CHILD_PROTECTION_PLAN: (ProtectionPlans, "start_date"),
}
"""The table of each stage, and the day on which a child reaches it."""

STAGES = ("from_stage", "to_stage")
"""The columns that say of a result from which stage to which."""


def carried(second: Checked[Any], *, like: nw.LazyFrame[Any], columns: Sequence[str]) -> nw.LazyFrame[Any]:
    """Columns of a second checked table in the engine of the first, under the schema's types.

    Args:
        second: The second table; an eager one is carried over, a lazy one must be of the same engine.
        like: A frame of the first one's engine.
        columns: The columns that are needed.

    Raises:
        EngineMismatch: Two different lazy engines.
    """
    rows = second.lazy.select(*columns)
    # Not by way of the caller's own kind: pandas would make times of the dates.
    native = rows.to_native() if second.home.engine.is_lazy else collect(rows)
    return alongside(native, like)


def two_stages(frame: Any, later: Any, from_stage: Stage, to_stage: Stage) -> tuple[Checked[Any], Checked[Any]]:
    """Both tables, checked, once it is sure that the one stage comes after the other.

    Args:
        frame: The rows of the earlier stage.
        later: The rows of the later one.
        from_stage: The earlier stage.
        to_stage: The later one.

    Raises:
        InvalidValue: They are no steps of the pathway, or not in that order.
        FrameProblems: A rule of either schema is broken.
    """
    steps = list(STAGE_ROWS)
    if from_stage not in steps or to_stage not in steps or steps.index(from_stage) >= steps.index(to_stage):
        raise InvalidValue(
            what="from_stage and to_stage",
            expected="two steps of the pathway, the second further along: " + ", ".join(f"Stage.{step.name}" for step in steps),
        )
    return STAGE_ROWS[from_stage][0].admit(frame), STAGE_ROWS[to_stage][0].admit(later)


def grouping_beside(checked: Checked[Any], by: str | Sequence[str] | None, *, own: Sequence[str]) -> tuple[str, ...]:
    """The columns to break a measure down by, which may not be those of the result itself.

    Args:
        checked: The rows.
        by: One column, several, or None for none.
        own: The result's own columns.

    Raises:
        UnknownColumn: The frame lacks one.
        InvalidValue: One identifies a person, is named twice, or is one of the result's own.
    """
    groups = checked.grouping(by)
    if set(groups) & set(own):
        raise InvalidValue(what="by", expected=f"columns by other names than this result's own: {', '.join(own)}")
    return groups


def unfinished(home: Home) -> Home:
    """Where readings that are not finished stay: in the engine, and not run.

    Args:
        home: Where they are to go.
    """
    return home if home.engine.is_lazy else Home(Engine.POLARS_LAZY)


def with_dims(lazy: nw.LazyFrame[Any], dims: dict[str, str | int]) -> nw.LazyFrame[Any]:
    """Counted rows with what they are of, the same in each: after the counting, so that an empty frame has its rows too.

    Args:
        lazy: The rows.
        dims: The columns and their value.
    """
    return lazy.with_columns(
        *(
            nw.lit(value).cast(nw.String if isinstance(value, str) else nw.Int64).alias(name)  # a literal's own type varies
            for name, value in dims.items()
        )
    )
