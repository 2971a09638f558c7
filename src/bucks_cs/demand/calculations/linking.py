"""Demand: which table is that of a stage, for the measures that take two of them, and what their results have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw

from bucks_cs.demand.model.stages import Stage
from bucks_cs.demand.schema import (
    Assessments,
    Contacts,
    InitialConferences,
    ProtectionPlans,
    Referrals,
    Section47Enquiries,
)
from bucks_cs.errors import InvalidValue
from bucks_cs.frames import FrameModel
from bucks_cs.frames.engine import Engine, Home

__all__ = ["STAGES", "STAGE_ROWS", "StageRows", "need_steps", "unfinished", "with_dims"]


@attrs.frozen(kw_only=True)
class StageRows:
    """The table of a stage, and what its rows stand for.

    Args:
        schema: The table.
        reached: The column with the day on which a child reaches the stage.
        counted: The column with the day that puts a row in a total, as DfE counts; a row without one is in none.
        moved_in: The column that says which rows are of a child who moved in, and so came of no earlier stage here; None where
            the table has none.
    """

    schema: type[FrameModel]
    reached: str
    counted: str
    moved_in: str | None = None


def _on(schema: type[FrameModel], day: str, *, moved_in: str | None = None) -> StageRows:
    """A stage that is counted by the day it is reached."""
    return StageRows(schema=schema, reached=day, counted=day, moved_in=moved_in)


STAGE_ROWS: dict[Stage, StageRows] = {
    Stage.CONTACT: _on(Contacts, "contact_date"),
    Stage.REFERRAL: _on(Referrals, "referral_date"),
    Stage.ASSESSMENT: StageRows(schema=Assessments, reached="start_date", counted="authorisation_date"),
    Stage.SECTION_47_ENQUIRY: _on(Section47Enquiries, "start_date"),
    Stage.INITIAL_CHILD_PROTECTION_CONFERENCE: _on(InitialConferences, "conference_date", moved_in="transfer_in"),
    Stage.CHILD_PROTECTION_PLAN: _on(ProtectionPlans, "start_date"),
}
"""The table of each stage: DfE counts assessments completed, and every other stage by the day a child reaches it."""

STAGES = ("from_stage", "to_stage")
"""The columns that say of a result from which stage to which."""


def need_steps(from_stage: object, to_stage: object) -> tuple[StageRows, StageRows]:
    """The tables of both stages, once it is sure that the one comes after the other.

    Args:
        from_stage: The earlier stage.
        to_stage: The later one.

    Raises:
        InvalidValue: One is no step of the pathway, or they are not in that order.
    """
    names = [f"Stage.{step.name}" for step in STAGE_ROWS]
    first, second = _step(from_stage, "from_stage", names), _step(to_stage, "to_stage", names)
    if first >= second:
        after = ", ".join(names[first + 1 :]) or "none comes after the last"
        raise InvalidValue(what="to_stage", expected=f"a step further along than {names[first]}: {after}")
    tables = list(STAGE_ROWS.values())
    return tables[first], tables[second]


def _step(stage: object, what: str, names: Sequence[str]) -> int:
    if not isinstance(stage, Stage) or stage not in STAGE_ROWS:
        raise InvalidValue(what=what, expected=f"a step of the pathway: {', '.join(names)}")
    return list(STAGE_ROWS).index(stage)


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
