"""Members of an academy, a row each: when they started, moved to a team and left, and how their assessed year went."""

from __future__ import annotations

from typing import Any

from bucks_cs.frames import Date, FrameModel, Text, field, rule
from bucks_cs.workforce.sources.academy import ASYE_OUTCOME_CODES

__all__ = ["AcademyMembers", "AssessedYears"]


class AcademyMembers(FrameModel):
    """Social workers who started in an academy, a row each, those who have left among them.

    A table of those in post today has lost the ones who left, and everything here would read 100%. Further columns (an intake, a
    route, a team) come along, and measures can be broken down by them.
    """

    worker_id: Text = field(
        title="Worker",
        description="The social worker's number, once in the table.",
        aliases=["Worker", "Employee number", "SWE number"],
        identifies="worker",
        unique=True,
        str_length={"min_value": 1},
    )
    start_date: Date = field(
        title="Started",
        description="The day the worker started in the academy, which is the first of the assessed and supported year.",
        aliases=["Academy start date", "ASYE start date"],
    )
    moved_to_team_date: Date = field(
        title="Moved to a team",
        description="The day the worker left the academy for a permanent team.",
        aliases=["Academy end date"],
        nullable=True,
        gap="still in the academy, or left from it",
    )
    leaving_date: Date = field(
        title="Left",
        description="The day the worker left the service, or is to leave it; not in service at the end of it.",
        aliases=["Leaving date", "Date left"],
        nullable=True,
        gap="in service, with no day of leaving known",
    )

    @rule("left before starting", columns=("start_date", "leaving_date"))
    def leaves_after_start(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """Not left before the start."""
        return col("leaving_date") >= col("start_date")

    @rule("moved to a team before starting", columns=("start_date", "moved_to_team_date"))
    def moves_after_start(cls, col: Any) -> Any:  # noqa: N805
        """Not moved before the start."""
        return col("moved_to_team_date") >= col("start_date")

    @rule("moved to a team after leaving", columns=("moved_to_team_date", "leaving_date"))
    def moves_before_leaving(cls, col: Any) -> Any:  # noqa: N805
        """Not moved after leaving."""
        return col("moved_to_team_date") <= col("leaving_date")


class AssessedYears(AcademyMembers):
    """Members of an academy with how their assessed and supported year in employment (ASYE) went.

    The year ends with a pass or a fail, or the worker withdraws from it; a deferral puts the outcome off and has a day of its
    own, so that one who was deferred and passed later has both.
    """

    asye_deferred_date: Date = field(
        title="ASYE deferred",
        description="The day the outcome of the year was first put off.",
        aliases=["ASYE deferral date"],
        nullable=True,
        gap="not deferred",
    )
    asye_outcome: Text = field(
        title="ASYE outcome",
        description="How the year ended: passed, failed or withdrawn.",
        aliases=["ASYE result"],
        nullable=True,
        gap="no outcome yet, or left without one",
        isin=list(ASYE_OUTCOME_CODES),
    )
    asye_outcome_date: Date = field(
        title="ASYE outcome day",
        description="The day of that outcome.",
        aliases=["ASYE completion date"],
        nullable=True,
        gap="no outcome yet, or left without one",
    )

    @rule("an ASYE outcome without its day, or a day without an outcome", columns=("asye_outcome", "asye_outcome_date"))
    def outcome_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """Both or neither."""
        return col("asye_outcome").is_null() == col("asye_outcome_date").is_null()

    @rule("an ASYE outcome before the start", columns=("start_date", "asye_outcome_date"))
    def outcome_after_start(cls, col: Any) -> Any:  # noqa: N805
        """No outcome before the start."""
        return col("asye_outcome_date") >= col("start_date")

    @rule("an ASYE outcome after leaving", columns=("asye_outcome_date", "leaving_date"))
    def outcome_before_leaving(cls, col: Any) -> Any:  # noqa: N805
        """No outcome after leaving."""
        return col("asye_outcome_date") <= col("leaving_date")

    @rule("deferred before the start or after the outcome", columns=("start_date", "asye_deferred_date", "asye_outcome_date"))
    def deferred_before_outcome(cls, col: Any) -> Any:  # noqa: N805
        """Deferred between the start and the outcome."""
        deferred, outcome = col("asye_deferred_date"), col("asye_outcome_date")
        return (deferred >= col("start_date")) & (outcome.is_null() | (deferred <= outcome))
