"""EHC plans: requests for an assessment, a row each, as module 2 of the SEN2 person-level return carries them since 2023."""

from __future__ import annotations

from typing import Any

from bucks_cs.ehcp.model.outcomes import RequestOutcome
from bucks_cs.ehcp.schema.people import child, request
from bucks_cs.ehcp.sources import HISTORICAL, REQUEST_OUTCOMES, UNDECIDED
from bucks_cs.frames import Boolean, Date, FrameModel, Text, field, rule

__all__ = ["Requests"]

_DECIDED = [RequestOutcome.ASSESS.value, RequestOutcome.REFUSE.value]


class Requests(FrameModel):
    """Requests for an EHC needs assessment, a row each; a child asked for twice has two rows.

    A request on which it was decided to assess before the year of a return is *historical* (H) in it, with no day of that
    decision. Further columns (``requestsource``, ``requestmediation``, ``requesttribunal``, ``exported``, a locality) come along,
    and measures can be broken down by them.
    """

    child_id: Text = child()
    request_id: Text = request(unique=True)
    received_date: Date = field(
        title="Received",
        description="The day the request was received, with which the 20 weeks start.",
        aliases=["receiveddate"],
        nullable=True,
        gap="a historical request whose day is not known, such as that of a child who moved in with a plan",
    )
    relevant_youth_accommodation: Boolean = field(
        title="In relevant youth accommodation",
        description="Whether the child was in relevant youth accommodation when the request was made.",
        aliases=["rya"],
        nullable=True,
        gap="not recorded",
    )
    request_outcome: Text = field(
        title="Whether to assess",
        description="The return's code for what became of the request.",
        aliases=["requestoutcome"],
        nullable=True,
        gap="not decided yet, which the return codes A",
        isin=list(REQUEST_OUTCOMES),
    )
    request_outcome_date: Date = field(
        title="Decided whether to assess",
        description="The day the parent or young person was told whether there is to be an assessment.",
        aliases=["requestoutcomedate"],
        nullable=True,
        gap="not decided yet, withdrawn, or historical",
    )

    @rule("no day it was received, and not historical", columns=("received_date", "request_outcome"))
    def was_received(cls, col: Any) -> Any:  # noqa: N805 - pandera makes it a class method
        """A day of receipt, but for a historical request."""
        return ~col("received_date").is_null() | (col("request_outcome").fill_null("") == HISTORICAL)

    @rule("decided before it was received", columns=("received_date", "request_outcome_date"))
    def decided_after(cls, col: Any) -> Any:  # noqa: N805
        """Not decided before it was received."""
        return col("request_outcome_date") >= col("received_date")

    @rule("decided and no day of it", columns=("request_outcome", "request_outcome_date"))
    def decision_has_its_day(cls, col: Any) -> Any:  # noqa: N805
        """No decision without a day."""
        return ~col("request_outcome").fill_null("").is_in(_DECIDED) | ~col("request_outcome_date").is_null()

    @rule("a day of a decision that was not made", columns=("request_outcome", "request_outcome_date"))
    def day_has_its_decision(cls, col: Any) -> Any:  # noqa: N805
        """No day without a decision."""
        return (col("request_outcome").fill_null(UNDECIDED) != UNDECIDED) | col("request_outcome_date").is_null()
